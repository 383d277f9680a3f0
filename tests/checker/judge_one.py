"""Judges one photo or one refusal by pictures; the numbers are judged in `refusal`."""

import json
import pathlib

from check_photo import check
from head import look, open_upright
from legal_crop import best_crop
from refusal import assess, measured, noise_of, numbers
from same_face import same_face

# Checks that a legal crop keeps: when one fails, it matters whether there was a legal crop at all.
OF_THE_CROP = {"crown_px", "person_mask_crown_px", "eyes_px", "face_width_px", "face_centre_px", "lowest_rows_px"}


def judge_photo(original: pathlib.Path, photo: pathlib.Path) -> dict:
    """Right, or wrong with every check that failed."""
    failed = {line["check"]: line["value"] for line in check(photo).checks if not line["ok"]}
    answer = {}
    report = photo.with_suffix(".json")
    if report.is_file() and "decodes" not in failed:
        try:
            recorded = json.loads(report.read_text("utf-8"))
            answer["same_face"] = same_face(open_upright(original), open_upright(photo), recorded)
        except (OSError, ValueError, KeyError) as error:
            answer["same_face"] = {"ok": False, "why": str(error)}
        if not answer["same_face"]["ok"]:
            failed["same_face"] = answer["same_face"].get("why", "see same_face")
    if failed:
        answer["failed"] = failed
    if OF_THE_CROP & set(failed):
        seen = look(original)
        if seen.head:
            best = best_crop(seen.head)
            answer |= numbers(best, noise_of(seen, best)) | {"original": measured(seen)}
    return {"verdict": "wrong" if failed else "right"} | answer


def judge_refusal(original: pathlib.Path, codes: list[str]) -> dict:
    """Confirmed, contradicted or not assessable."""
    try:
        seen = look(original)
    except OSError as error:
        return {"verdict": "not assessable", "why": f"the original cannot be opened: {error}"}
    return assess(seen, codes) | {"original": measured(seen)}
