"""Measures the head of an original by the checker's own means."""

import math
import pathlib

import numpy as np
from PIL import Image, ImageOps

from face_and_person import LEFT_CHEEK, LEFT_IRIS, RIGHT_CHEEK, RIGHT_IRIS, face_points, person_mask
from legal_crop import Head
from refusal import Seen

PERSON = 0.5
# The mask has 256 cells a side: a head nearer to the picture's edge than two of them, in face widths, may touch it.
EDGE = 0.02
# Widths of the windows the mask is read in, in face widths: the crown is their mean, its doubt half their spread.
WINDOWS = (2.4, 3.0, 3.6)


def open_upright(path: pathlib.Path) -> Image.Image:
    """RGB, turned as the file says."""
    with Image.open(path) as image:
        return ImageOps.exif_transpose(image).convert("RGB")


def cut(image: Image.Image, left: float, top: float, scale: float, size: tuple[int, int]) -> np.ndarray:
    """A window of `size` at `scale` window pixels an image pixel; black where the image has ended."""
    right, bottom = left + size[0] / scale, top + size[1] / scale
    whole = (math.floor(left), math.floor(top), math.ceil(right), math.ceil(bottom))
    part = image.crop(whole)
    box = (left - whole[0], top - whole[1], right - whole[0], bottom - whole[1])
    return np.asarray(part.resize(size, Image.Resampling.BICUBIC, box=box))


def look(path: pathlib.Path) -> Seen:
    """Every number the search for a legal crop needs."""
    image = open_upright(path)
    faces = face_points(np.asarray(image))
    if not faces:
        return Seen(faces=0)
    face = framed(image, max(faces, key=face_width))
    wide, axis, eyes = face_width(face), cheeks(face)[:, 0].mean(), face[[RIGHT_IRIS, LEFT_IRIS], 1].mean()

    crowns, touches = [], []
    for window in WINDOWS:
        row, top = crown(image, window * wide, (axis, eyes), cheeks(face))
        crowns.append(row)
        touches.append(top)
    mean = float(np.mean(crowns))
    left, right = sides(image)
    head = Head(
        crown=mean,
        eyes=float(eyes),
        axis=float(axis),
        face_width=wide,
        width=image.width,
        height=image.height,
        touches_top=sum(touches) * 2 > len(touches),
        touches_left_from=left,
        touches_right_from=right,
    )
    doubtful = len(set(touches)) > 1 or (mean < EDGE * wide and not head.touches_top)
    return Seen(len(faces), head, (max(crowns) - min(crowns)) / 2, doubtful)


def framed(image: Image.Image, face: np.ndarray) -> np.ndarray:
    """The face read anew in a window framed like the photo: the mesh moves by some pixels with its framing."""
    scale = 240 / face_width(face)
    left = cheeks(face)[:, 0].mean() - 240 / scale
    top = face[[RIGHT_IRIS, LEFT_IRIS], 1].mean() - 250 / scale
    anew = face_points(cut(image, left, top, scale, (480, 640)))
    return anew[0] / scale + [left, top] if len(anew) == 1 else face


def cheeks(face: np.ndarray) -> np.ndarray:
    """Both ends of the face's width."""
    return face[[RIGHT_CHEEK, LEFT_CHEEK]]


def face_width(face: np.ndarray) -> float:
    """Between the cheeks."""
    return float(np.linalg.norm(cheeks(face)[1] - cheeks(face)[0]))


def crown(image: Image.Image, side: float, at: tuple[float, float], ends: np.ndarray) -> tuple[float, bool]:
    """The row of the crown by the mask of a square of that side round the head, and whether it is at the edge."""
    left, right = max(at[0] - side / 2, 0), min(at[0] + side / 2, image.width)
    top, bottom = max(at[1] - side * 0.55, 0), min(at[1] + side * 0.45, image.height)
    scale = 768 / side
    size = (round((right - left) * scale), round((bottom - top) * scale))
    person = person_mask(cut(image, left, top, scale, size)) > PERSON
    columns = slice(max(round((ends[0, 0] - left) * scale), 0), round((ends[1, 0] - left) * scale) + 1)
    least = np.linalg.norm(ends[1] - ends[0]) * scale / 10
    rows = np.flatnonzero(person[:, columns].sum(axis=1) >= least)
    row = float(rows[0]) if len(rows) else float(size[1])
    # a cell of the mask is three rows here; the person at the edge fills them
    at_edge = top == 0 and person[:4].any(axis=0).sum() >= least
    return top + row / scale, bool(at_edge)


def sides(image: Image.Image) -> tuple[float, float]:
    """The first rows in which the person touches the left and the right edge; infinite when none."""
    mask = person_mask(np.asarray(image)) > PERSON
    few = max(image.width // 256, 1)
    touched = (mask[:, :few].any(axis=1), mask[:, -few:].any(axis=1))
    rows = [np.flatnonzero(edge) for edge in touched]
    left, right = (float(found[0]) if len(found) else math.inf for found in rows)
    return left, right
