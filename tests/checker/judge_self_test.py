"""The self-test of the judge: drawn heads whose answers are worked out by hand, no pictures, no MediaPipe."""

import dataclasses

from legal_crop import Head, best_crop
from refusal import Seen, assess

# At scale 1 a photo to the pixel in the middle of every band: crown 80, eyes 250, face 240, axis 240.
FITS = Head(crown=80, eyes=250, axis=240, face_width=240, width=480, height=640)


def head(**change) -> Head:
    return dataclasses.replace(FITS, **change)


# What is drawn, the head, the codes it was refused with, the verdict, and the slack (None: not worked out).
CASES = [
    ("fits", FITS, ["room_above"], "contradicted", 30.0),
    # a legal photo begins above the picture, whose upper edge the hair leaves free
    ("may be extended above", head(crown=10, eyes=180), ["room_above"], "contradicted", None),
    # the same touching: the photo begins at the picture's edge, the crown lies at 0 instead of 50
    ("touches the upper border", head(crown=0, eyes=170, touches_top=True), ["crown_cut_off"], "confirmed", -50.0),
    ("another reason", head(crown=0, eyes=170, touches_top=True), ["face_too_small"], "contradicted", -50.0),
    # 100 wide: 110 at the largest scale instead of 180
    ("too small", head(crown=180, face_width=100, height=900), ["face_too_small"], "confirmed", -70.0),
    # 300 rows at 1.1 are 330: 310 of the photo's are missing, at best half above and half below
    (
        "no picture",
        Head(crown=40, eyes=120, axis=120, face_width=110, width=240, height=300, touches_top=True),
        ["picture_too_small"],
        "confirmed",
        -155.0,
    ),
    # 370 rows from the crown to the end are 407 at 1.1: the crown lies at 233 instead of 110
    ("cut below", head(height=450), ["room_below"], "confirmed", -123.0),
    # 180 columns right of the axis, where an arm goes on, are 198 at 1.1: the axis lies 42 off the middle, not 30
    ("arm at the right edge", head(axis=390, width=570, touches_right_from=500.0), ["room_sides"], "confirmed", -12.0),
    # the same arm, but below the photo's lower edge: flat colour goes on beside
    (
        "arm below the photo",
        head(axis=390, width=570, height=900, touches_right_from=860.0),
        ["room_sides"],
        "contradicted",
        None,
    ),
    ("may be extended beside", head(axis=390, width=570), ["room_sides"], "contradicted", 30.0),
    # crown to eyes 300 of a face of 240: 225 when the face is 180 wide, and 300 - 50 is the most
    ("tall hair fits when small", head(crown=100, eyes=400, height=1200), ["proportions"], "contradicted", None),
    # crown to eyes 400: with each band exceeded by x, (180 - x) / 240 * 400 = 250 + 2x
    ("tall hair", head(crown=100, eyes=500, height=1400), ["proportions"], "confirmed", -13.6),
    # crown to eyes 340: (180 - x) / 240 * 340 = 250 + 2x gives 1.5, less than the noise
    ("hardly too tall", head(crown=100, eyes=440, height=1400), ["proportions"], "not assessable", -1.5),
    ("a code of the finished file", FITS, ["background_remnant"], "contradicted", None),
    ("a code no original shows", head(height=450), ["bytes_too_many"], "not assessable", None),
]


def self_test() -> int:
    """0 if every drawn head gets its answer, else 1."""
    wrong = 0
    for name, drawn, codes, expected, slack in CASES:
        answer = assess(Seen(faces=1, head=drawn), codes)
        got = best_crop(drawn).slack
        # shifts are whole pixels and scales steps of 0.002: half a pixel either way
        if answer["verdict"] != expected or (slack is not None and abs(got - slack) > 0.6):
            wrong += 1
            print(f"{name}: {answer}, slack {got:.1f} (expected {expected}, {slack})")
    for name, seen, codes, expected in [
        ("no face", Seen(0), ["face_missing"], "confirmed"),
        ("a face after all", Seen(1, FITS), ["face_missing"], "contradicted"),
        ("two faces", Seen(2, FITS), ["face_several"], "confirmed"),
        ("one face only", Seen(1, FITS), ["two_faces"], "contradicted"),
        ("face not found here", Seen(0), ["room_above"], "not assessable"),
        ("edge in doubt", Seen(1, head(crown=3, eyes=173), top_doubtful=True), ["crown_cut_off"], "not assessable"),
    ]:
        answer = assess(seen, codes)["verdict"]
        if answer != expected:
            wrong += 1
            print(f"{name}: {answer} (expected {expected})")
    print("self-test: " + (f"{wrong} wrong" if wrong else "all as expected"))
    return 1 if wrong else 0
