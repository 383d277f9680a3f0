"""Times MediaPipe's face mesh on the pictures of a folder, one after the other, as a camera would send them.

face_mesh.py FOLDER COUNT prints one line of JSON: the milliseconds of each frame after the first ones, in how many
a face was found, and how many seconds of processor time went into one second (above 1: more than one thread worked).
"""

import json
import os
import sys
import time
from pathlib import Path

os.environ.setdefault("GLOG_minloglevel", "2")  # MediaPipe tells of its start otherwise
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

import numpy as np
from mediapipe.python.solutions.face_mesh import FaceMesh
from PIL import Image

# Frames before the first one that counts: the graph is built and the face found.
WARM = 10


def main(folder: str, count: int) -> None:
    frames = [np.asarray(Image.open(file).convert("RGB")) for file in sorted(Path(folder).glob("*.jpg"))]
    times, found, processor = [], 0, 0.0
    with FaceMesh(static_image_mode=False, max_num_faces=1, refine_landmarks=True) as mesh:
        for turn in range(WARM + count):
            used, start = time.process_time(), time.perf_counter()
            faces = mesh.process(frames[turn % len(frames)]).multi_face_landmarks
            took, used = time.perf_counter() - start, time.process_time() - used
            if turn >= WARM:
                times.append(took * 1000.0)
                processor += used
                found += bool(faces)
    threads = processor * 1000.0 / sum(times)
    print(json.dumps({"milliseconds": times, "found": found, "threads": threads}))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
