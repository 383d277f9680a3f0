"""Checks a finished graduation photo, with nothing in common with the program that made it.

    target/venv-checker/bin/python tests/checker/check_photo.py PHOTO.jpg [PHOTO.jpg ...]

Prints one JSON object a photo, on a line of its own: the file, whether it passes, and every check with
its value, its limits and its verdict. Ends with 0 if every photo passes, else with 1.

The rules are those of `national.py`. Pillow decodes, MediaPipe 0.10.21 finds the face and the person.
"""

import io
import json
import pathlib
import sys

import numpy as np
from PIL import Image, ImageCms, ImageFilter, UnidentifiedImageError

from face_and_person import (
    LEFT_CHEEK,
    LEFT_IRIS,
    RIGHT_CHEEK,
    RIGHT_IRIS,
    face_points,
    person_anywhere,
    person_mask,
)
from national import (
    BYTES,
    CENTRE_TOLERANCE,
    CROWN,
    DENSITY,
    EYES,
    FACE_WIDTH,
    HEIGHT,
    LEAST_QUALITY,
    TALL_HAIR,
    TALL_HAIR_NOISE,
    WIDTH,
)
from national import BACKGROUND as BACKGROUND_RGB

BACKGROUND = np.array(BACKGROUND_RGB)

# How far a background pixel may be from the colour, in any of its three values: compression rounds.
CORNER_TOLERANCE = 6
# A pixel as far as this from the colour is no background; soft hair edges lie between.
FOREGROUND_DISTANCE = 40
CORNER = 24

# The luminance table of the JPEG standard (annex K), of which quality 50 is the unscaled form.
STANDARD_LUMINANCE_SUM = 3688

# What Pillow tells of a JPEG that carries picture and density and nothing else.
PLAIN_JPEG = {"jfif", "jfif_version", "jfif_unit", "jfif_density", "dpi", "icc_profile"}


class Report:
    """The checks of one photo."""

    def __init__(self, path: pathlib.Path):
        self.file = str(path)
        self.checks = []

    def within(self, name: str, value: float, least: float | None, most: float | None) -> None:
        low = least is None or value >= least
        high = most is None or value <= most
        self._add(name, round(float(value), 2), {"min": least, "max": most}, bool(low and high))

    def equal(self, name: str, value, expected) -> None:
        self._add(name, value, {"is": expected}, value == expected)

    def failed(self, name: str, why: str) -> None:
        self._add(name, why, {}, False)

    def _add(self, name, value, limits, ok):
        self.checks.append({"check": name, "value": value, **limits, "ok": ok})

    def passes(self) -> bool:
        return all(check["ok"] for check in self.checks)

    def as_json(self) -> str:
        document = {"file": self.file, "ok": self.passes(), "checks": self.checks}
        return json.dumps(document, ensure_ascii=False)


def check(path: pathlib.Path) -> Report:
    """Every check of one file."""
    report = Report(path)
    try:
        with Image.open(path) as image:
            image.load()
    except (OSError, UnidentifiedImageError, Image.DecompressionBombError) as error:
        report.failed("decodes", str(error))
        return report
    check_file(report, path, image)
    if image.mode == "RGB" and image.size == (WIDTH, HEIGHT):
        pixels = np.asarray(image)
        check_background(report, pixels)
        check_geometry(report, pixels)
    return report


def check_file(report: Report, path: pathlib.Path, image: Image.Image) -> None:
    report.equal("format", image.format, "JPEG")
    report.equal("mode", image.mode, "RGB")
    report.equal("size_px", list(image.size), [WIDTH, HEIGHT])
    report.equal("density_dpi", [round(float(d), 2) for d in image.info.get("dpi", ())], [DENSITY] * 2)
    report.within("bytes", path.stat().st_size, *BYTES)
    # the text names files *.JPG
    report.equal("extension", path.suffix.lower(), ".jpg")
    report.equal("orientation", image.getexif().get(0x0112, 1), 1)
    report.equal("metadata", sorted(set(image.info) - PLAIN_JPEG), [])
    report.equal("colour_space", colour_space(image), "sRGB")
    tables = getattr(image, "quantization", None)
    if tables:
        scale = 100 * sum(tables[0]) / STANDARD_LUMINANCE_SUM
        quality = 100 - scale / 2 if scale <= 100 else 5000 / scale
        report.within("jpeg_quality", quality, LEAST_QUALITY, None)


def colour_space(image: Image.Image) -> str:
    """The name of the profile; without one a JPEG is read as sRGB."""
    profile = image.info.get("icc_profile")
    if not profile:
        return "sRGB"
    try:
        name = ImageCms.getProfileDescription(io.BytesIO(profile)).strip()
    except ImageCms.PyCMSError as error:
        return str(error)
    return "sRGB" if name.startswith("sRGB") else name


def check_background(report: Report, pixels: np.ndarray) -> None:
    for name, corner in (
        ("background_top_left", pixels[:CORNER, :CORNER]),
        ("background_top_right", pixels[:CORNER, -CORNER:]),
    ):
        report.within(name, np.abs(corner.astype(int) - BACKGROUND).max(), 0, CORNER_TOLERANCE)


def check_geometry(report: Report, pixels: np.ndarray) -> None:
    faces = face_points(pixels)
    report.equal("faces", len(faces), 1)
    if len(faces) != 1:
        return
    face = faces[0]
    eyes = face[[RIGHT_IRIS, LEFT_IRIS]]
    cheeks = face[[RIGHT_CHEEK, LEFT_CHEEK]]
    width = float(np.linalg.norm(cheeks[1] - cheeks[0]))
    report.within("eyes_px", eyes[:, 1].mean(), *EYES)
    report.within("face_width_px", width, *FACE_WIDTH)
    # the eye on the left of the picture comes first unless the picture is upside down
    report.within("eyes_left_to_right_px", eyes[1, 0] - eyes[0, 0], 1, None)
    report.within("face_centre_px", cheeks[:, 0].mean(), *(WIDTH / 2 + side for side in (-CENTRE_TOLERANCE, CENTRE_TOLERANCE)))

    distance = np.abs(pixels.astype(int) - BACKGROUND).max(axis=2)
    over_the_face = slice(max(int(cheeks[0, 0]), 0), int(cheeks[1, 0]) + 1)
    # by the top of the hair, or where that is too tall by the head below it
    head = eyes[:, 1].mean() - TALL_HAIR * width
    seen = crown(distance[:, over_the_face] > FOREGROUND_DISTANCE, width)
    tall = seen < min(head, CROWN[0])
    noise = TALL_HAIR_NOISE if tall else 0
    report.within("crown_px", head if tall else seen, CROWN[0] - noise, CROWN[1] + noise)
    # nothing is added below a person: in the last rows the body is wider than the face
    report.within("lowest_rows_px", (distance[-3:] > FOREGROUND_DISTANCE).sum(axis=1).min(), width, None)

    person = person_mask(pixels)
    masked = head if tall else crown(person[:, over_the_face] > 0.5, width)
    report.within("person_mask_crown_px", masked, CROWN[0] - 15, CROWN[1] + 15)
    near_person = Image.fromarray((person_anywhere(pixels) > 0.1).astype(np.uint8) * 255).filter(ImageFilter.MaxFilter(41))
    far = np.asarray(near_person) == 0
    off = float((distance[far] > CORNER_TOLERANCE).mean()) if far.any() else 1.0
    report.within("background_off_colour_share", off, 0, 0.01)


def crown(head: np.ndarray, face_width: float) -> int:
    """The first row in which a tenth of the face's width is head: single hairs are not the crown."""
    rows = np.flatnonzero(head.sum(axis=1) >= face_width / 10)
    return int(rows[0]) if len(rows) else HEIGHT


def main() -> int:
    paths = [pathlib.Path(argument) for argument in sys.argv[1:]]
    if not paths:
        print(__doc__, file=sys.stderr)
        return 2
    reports = [check(path) for path in paths]
    for report in reports:
        print(report.as_json())
    return 0 if all(report.passes() for report in reports) else 1


if __name__ == "__main__":
    sys.exit(main())
