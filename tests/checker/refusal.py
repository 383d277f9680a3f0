"""Is a refusal's reason there? Decided on the numbers of an original, see `legal_crop`."""

import dataclasses
import math

from legal_crop import Crop, Head, best_crop

# How far this checker's numbers of an original and of the photo made of it lie apart, in photo pixels: on 42
# right photos the eyes by at most 0.7, the face's width by 4.6, the crown by 5 in all but one (6.1).
NOISE_PX = 5.0

# What each code says stands in the way, as demands of `legal_crop`. Both the solver's words and the guide's.
IN_THE_WAY = {
    "face_too_small": {"scale"},
    "picture_too_small": {"scale"},
    "too_small": {"scale"},
    "too_close": {"above", "below", "left", "right"},
    "too_large": {"above", "below", "left", "right"},
    "crown_cut_off": {"above"},
    "room_above": {"above"},
    "crown_high": {"above"},
    "room_below": {"below"},
    "chest_cut": {"below"},
    "crown_low": {"below"},
    "room_sides": {"left", "right"},
    "move_left": {"left", "right"},
    "move_right": {"left", "right"},
    "proportions": {"crown", "eyes", "face"},
}
NO_FACE = {"face_missing", "no_face"}
SEVERAL_FACES = {"face_several", "two_faces"}


@dataclasses.dataclass(frozen=True)
class Seen:
    """An original as the checker sees it."""

    faces: int
    head: Head | None = None
    # How far the readings of the crown lie from their mean, in the original's pixels.
    crown_doubt: float = 0.0
    # The head ends so near the upper edge that the mask cannot tell whether it touches it.
    top_doubtful: bool = False


def assess(seen: Seen, codes: list[str]) -> dict:
    """`confirmed`, `contradicted` or `not assessable`, why, and the nearest legal crop."""
    if NO_FACE & set(codes):
        return verdict(seen.faces == 0, f"{seen.faces} faces seen")
    if seen.head is None:
        return {"verdict": "not assessable", "why": "the checker sees no face"}
    if SEVERAL_FACES & set(codes):
        return verdict(seen.faces > 1, f"{seen.faces} faces seen")

    best = best_crop(seen.head)
    noise = noise_of(seen, best)
    if seen.top_doubtful:
        other = best_crop(dataclasses.replace(seen.head, touches_top=not seen.head.touches_top))
        if legal(other) != legal(best):
            return unsure("the head may touch the upper edge", best, noise)
    # where the picture ends is known to the pixel
    if best.covered and abs(best.slack) <= noise:
        return unsure("within the noise", best, noise)
    if legal(best):
        return verdict(False, "a legal crop exists", best, noise)

    known = [code for code in codes if code in IN_THE_WAY]
    if not known:
        return unsure("no legal crop, but the codes name nothing an original shows", best, noise)
    without = frozenset().union(*(IN_THE_WAY[code] for code in known))
    eased = best_crop(seen.head, without)
    if not eased.covered or eased.slack < -noise:
        return verdict(False, f"no legal crop, but without {sorted(without)} there is none either", eased, noise)
    return verdict(True, "no legal crop, and what the codes name is in the way", best, noise)


def noise_of(seen: Seen, crop: Crop) -> float:
    """How far a slack may be off, photo pixels."""
    return max(NOISE_PX, seen.crown_doubt * crop.scale)


def legal(crop: Crop) -> bool:
    """Every demand is kept."""
    return crop.covered and crop.slack >= 0


def verdict(holds: bool, why: str, crop: Crop | None = None, noise: float = 0.0) -> dict:
    """The answer with its numbers."""
    answer = {"verdict": "confirmed" if holds else "contradicted", "why": why}
    return answer | numbers(crop, noise)


def unsure(why: str, crop: Crop, noise: float) -> dict:
    """The answer where the numbers do not decide."""
    return {"verdict": "not assessable", "why": why} | numbers(crop, noise)


def numbers(crop: Crop | None, noise: float) -> dict:
    """The nearest crop for the report; a slack below zero is how far it is from legal, in photo pixels."""
    if crop is None:
        return {}
    nearest = {
        name: round(value, 3) if isinstance(value, float) else value
        for name, value in dataclasses.asdict(crop).items()
    }
    return {"nearest": nearest, "noise_px": round(noise, 1)}


def measured(seen: Seen) -> dict:
    """The original's numbers for the report."""
    if seen.head is None:
        return {"faces": seen.faces}
    head = {
        name: None if value == math.inf else round(value, 1) if isinstance(value, float) else value
        for name, value in dataclasses.asdict(seen.head).items()
    }
    doubt = {"crown_doubt": round(seen.crown_doubt, 1), "top_doubtful": seen.top_doubtful}
    return {"faces": seen.faces} | head | doubt
