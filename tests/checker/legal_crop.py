"""Does a legal crop of an original exist? Answered by trying crops, not by solving for one.

Every scale in small steps, every shift of the photo's edges in whole photo pixels. A crop must lie on the picture,
but for flat colour above and beside; of those, the one that keeps the bands best is the answer. Its worst margin
is the slack: by how much every band is kept or, below zero, how far the nearest crop is from being legal.
"""

import dataclasses
import math

import numpy as np

from national import CENTRE_TOLERANCE, CROWN, EYES, FACE_WIDTH, HEIGHT, MAX_SCALE, WIDTH

SCALE_STEP = 0.002
# Face widths worth trying, in photo pixels: further from the band than any slack of interest.
FACE_TRIED = (100, 420)
# Where the eyes are tried to lie, and how far beside the middle the axis.
EYES_TRIED, CENTRE_TRIED = (100, 440), 60


@dataclasses.dataclass(frozen=True)
class Head:
    """A head and the picture round it, in the original's pixels."""

    crown: float
    eyes: float
    axis: float
    face_width: float
    width: float
    height: float
    # The person goes on above the picture: nothing may be added there.
    touches_top: bool = False
    # The first row in which the person touches a side; infinite when none.
    touches_left_from: float = math.inf
    touches_right_from: float = math.inf


@dataclasses.dataclass(frozen=True)
class Crop:
    """The best crop tried."""

    # It lies on the picture, as far as that may not be extended.
    covered: bool
    # The worst margin of the bands, or of the picture where that does not cover it; photo pixels.
    slack: float
    scale: float
    left: float
    top: float
    # What has this margin.
    binding: str

    def rank(self) -> tuple[bool, float]:
        """The better, the larger."""
        return self.covered, self.slack


def best_crop(head: Head, without: frozenset[str] = frozenset()) -> Crop:
    """The crop that keeps every demand best, apart from those named in `without`.

    The demands: crown, eyes, face, centre; above, below, left, right (the picture); scale.
    """
    largest = 4 * MAX_SCALE if "scale" in without else MAX_SCALE
    least, most = (width / head.face_width for width in FACE_TRIED)
    scales = np.arange(min(largest, most), least, -SCALE_STEP)
    # a face too small even for that: the largest scale is still the nearest
    tried = scales if scales.size else [largest]
    return max((best_at(head, float(scale), without) for scale in tried), key=Crop.rank)


def best_at(head: Head, scale: float, without: frozenset[str]) -> Crop:
    """The same at one scale: every shift up and down against every shift sideways."""
    # the photo's upper and left edge in scaled pixels
    up = math.floor(scale * head.eyes) - np.arange(*EYES_TRIED, dtype=float)[:, None]
    side = math.floor(scale * head.axis) - WIDTH / 2 + np.arange(-CENTRE_TRIED, CENTRE_TRIED, dtype=float)[None, :]

    def inside(value, band):
        return np.minimum(value - band[0], band[1] - value)

    picture = {
        # never extended below; above and beside only where the person leaves the edge within the photo alone
        "below": scale * head.height - (up + HEIGHT),
        "above": up if head.touches_top else np.inf,
        "left": np.maximum(side, scale * head.touches_left_from - up - HEIGHT),
        "right": np.maximum(scale * head.width - side - WIDTH, scale * head.touches_right_from - up - HEIGHT),
    }
    bands = {
        "face": inside(scale * head.face_width, FACE_WIDTH),
        "crown": inside(scale * head.crown - up, CROWN),
        "eyes": inside(scale * head.eyes - up, EYES),
        "centre": CENTRE_TOLERANCE - np.abs(scale * head.axis - side - WIDTH / 2),
    }

    def worst(margins):
        kept = [np.broadcast_to(m, (up.size, side.size)) for name, m in margins.items() if name not in without]
        return np.min(kept, axis=0) if kept else np.full((up.size, side.size), np.inf)

    room, band = worst(picture), worst(bands)
    covered = bool((room >= 0).any())
    score = np.where(room >= 0, band, -np.inf) if covered else room
    at = np.unravel_index(int(score.argmax()), score.shape)
    margins = bands if covered else picture
    here = {
        name: np.broadcast_to(m, score.shape)[at] for name, m in margins.items() if name not in without
    }
    return Crop(
        covered=covered,
        slack=float(score[at]),
        scale=scale,
        left=float(side[0, at[1]] / scale),
        top=float(up[at[0], 0] / scale),
        binding=min(here, key=here.get, default="nothing"),
    )
