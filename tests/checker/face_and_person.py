"""What MediaPipe's own pipelines see in a picture."""

import numpy as np
from mediapipe.python.solutions.face_mesh import FaceMesh
from mediapipe.python.solutions.selfie_segmentation import SelfieSegmentation


def face_points(pixels: np.ndarray) -> list[np.ndarray]:
    """For each face, 478 points (x, y) in pixels; `pixels` are rows of RGB."""
    height, width = pixels.shape[:2]
    with FaceMesh(static_image_mode=True, max_num_faces=3, refine_landmarks=True) as mesh:
        found = mesh.process(pixels).multi_face_landmarks or []
    return [
        np.array([[point.x * width, point.y * height] for point in face.landmark]) for face in found
    ]


def person_mask(pixels: np.ndarray) -> np.ndarray:
    """For each pixel, how surely it belongs to a person, 0 to 1."""
    with SelfieSegmentation(model_selection=0) as segmentation:
        return segmentation.process(pixels).segmentation_mask
