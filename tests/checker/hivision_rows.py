"""What HivisionIDPhotos makes of the same pictures, for whom has it installed. Informative; no test runs it.

    target/venv-checker/bin/python tests/checker/hivision_rows.py HIVISION PICTURES OUT [--python PROGRAM]

HIVISION is a checkout of HivisionIDPhotos with its weights, PICTURES a folder, OUT a new folder for what it makes;
PROGRAM is the Python that has its packages, without it `python3`. Each picture goes through its command line: an
ID photo of 480 x 640, then the light blue background. Prints one JSON object a row: `id`, `what`, `value`, `unit`.
"""

import argparse
import json
import pathlib
import resource
import subprocess
import sys
import time

from check_photo import check

ENDINGS = {".jpg", ".jpeg", ".png", ".webp"}
BLUE = "64c5ff"
# Of the checks of a finished photo those that say where the head lies.
PLACE = {"crown_px", "eyes_px", "face_width_px"}


def spent() -> float:
    """Seconds of processor time of the programs that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def make(arguments, picture: pathlib.Path, photo: pathlib.Path) -> bool:
    cut = photo.with_suffix(".png")
    steps = [
        ["-t", "idphoto", "-i", picture, "-o", cut, "--height", "640", "--width", "480"],
        ["-t", "add_background", "-i", cut, "-o", photo, "-c", BLUE, "-k", "40"],
    ]
    for step in steps:
        command = [arguments.python, "inference.py", *map(str, step)]
        ended = subprocess.run(command, cwd=arguments.hivision, capture_output=True, check=False)
        if ended.returncode != 0:
            return False
    return photo.is_file()


def row(name: str, what: str, value: float, unit: str) -> None:
    print(json.dumps({"id": name, "what": what, "value": round(value, 3), "unit": unit}))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("hivision", type=pathlib.Path)
    parser.add_argument("pictures", type=pathlib.Path)
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--python", default="python3")
    arguments = parser.parse_args()
    if not (arguments.hivision / "inference.py").is_file():
        parser.error(f"{arguments.hivision} has no inference.py: name a checkout of HivisionIDPhotos")
    pictures = sorted(p.resolve() for p in arguments.pictures.iterdir() if p.suffix.lower() in ENDINGS)
    if not pictures:
        parser.error(f"no picture in {arguments.pictures}")
    arguments.out.mkdir(parents=True)
    begun, used = time.monotonic(), spent()
    photos = []
    for picture in pictures:
        photo = arguments.out.resolve() / f"{picture.stem}.jpg"
        if make(arguments, picture, photo):
            photos.append(photo)
    wall, used = time.monotonic() - begun, spent() - used
    reports = [check(photo) for photo in photos]
    placed = [all(c["ok"] for c in report.checks if c["check"] in PLACE) for report in reports]
    row("hivision_photos", "pictures that became a photo", len(photos), f"of {len(pictures)}")
    row("hivision_placed", "photos with crown, eyes and face width inside", sum(placed), f"of {len(photos)}")
    row("hivision_passes", "photos that pass every check", sum(r.passes() for r in reports), f"of {len(photos)}")
    row("hivision_wall_s", "two commands, start included, a picture", wall / len(pictures), "s")
    row("hivision_cpu_s", "their processor time", used / len(pictures), "s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
