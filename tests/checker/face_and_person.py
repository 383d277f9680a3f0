"""What MediaPipe's own pipelines see in a picture."""

import os

os.environ.setdefault("GLOG_minloglevel", "2")  # MediaPipe tells of its start otherwise
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

import numpy as np
from mediapipe.python.solutions.face_mesh import FaceMesh
from mediapipe.python.solutions.selfie_segmentation import SelfieSegmentation

# Points of MediaPipe's face mesh.
RIGHT_IRIS, LEFT_IRIS = 468, 473
RIGHT_CHEEK, LEFT_CHEEK = 234, 454


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


def person_anywhere(pixels: np.ndarray) -> np.ndarray:
    """The same for a photo, the surest of several windows: in one framing alone the network misses loose hair."""
    height, width = pixels.shape[:2]
    mask = person_mask(pixels).copy()
    # the upper and the lower three quarters, the left and the right two thirds, the middle
    for top, bottom, left, right in (
        (0.0, 0.75, 0.0, 1.0),
        (0.25, 1.0, 0.0, 1.0),
        (0.125, 0.875, 0.0, 0.67),
        (0.125, 0.875, 0.33, 1.0),
        (0.1, 0.85, 0.125, 0.875),
    ):
        rows = slice(round(top * height), round(bottom * height))
        columns = slice(round(left * width), round(right * width))
        window = person_mask(np.ascontiguousarray(pixels[rows, columns]))
        mask[rows, columns] = np.maximum(mask[rows, columns], window)
    return mask
