"""Writes the canonical face (the basis of head pose) as JSON, out of a face landmarker bundle.

    python models/canonical_face.py geometry_pipeline_metadata_landmarks.binarypb canonical_face.json

The input is a protocol buffer of MediaPipe's face geometry metadata: field 1 holds the mesh (its
field 3 packs five floats a vertex: x, y, z, u, v), field 2, repeated, the landmarks of the weighted
fit (1: index, 2: weight). The output:

    {"unit": "cm",
     "vertices": [[x, y, z], ...],                      468 rows; x to the sitter's left, y up, z to the camera
     "fit": [{"landmark": 4, "weight": 0.0709}, ...]}   33 rows, ascending
"""

import argparse
import json
import pathlib
import struct

VERTICES = 468
FLOATS_A_VERTEX = 5


def fields(message: bytes):
    """Yields (field number, value) of one protocol buffer message; value is an int or bytes."""
    at = 0

    def varint() -> int:
        nonlocal at
        value = shift = 0
        while True:
            byte = message[at]
            at += 1
            value |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                return value

    def take(length: int) -> bytes:
        nonlocal at
        if at + length > len(message):
            raise ValueError("the message ends inside a field")
        at += length
        return message[at - length : at]

    while at < len(message):
        tag = varint()
        wire = tag & 7
        if wire == 0:
            yield tag >> 3, varint()
        elif wire == 1:
            yield tag >> 3, take(8)
        elif wire == 2:
            yield tag >> 3, take(varint())
        elif wire == 5:
            yield tag >> 3, take(4)
        else:
            raise ValueError(f"wire type {wire} is not known")


def shortest(value: float) -> float:
    """The decimal number with the fewest digits that is still the same 32-bit float."""
    for digits in range(1, 10):
        candidate = float(f"{value:.{digits}g}")
        if struct.pack("<f", candidate) == struct.pack("<f", value):
            return candidate
    return value


def floats(packed: bytes) -> list[float]:
    return [shortest(v) for v in struct.unpack(f"<{len(packed) // 4}f", packed)]


def canonical_face(metadata: bytes) -> dict:
    """The document described above, from the bytes of the metadata file."""
    top = list(fields(metadata))
    mesh = next(value for number, value in top if number == 1)
    packed = b"".join(value for number, value in fields(mesh) if number == 3)
    numbers = floats(packed)
    if len(numbers) != VERTICES * FLOATS_A_VERTEX:
        raise ValueError(f"{len(numbers)} floats where {VERTICES * FLOATS_A_VERTEX} are due")
    vertices = [
        numbers[row * FLOATS_A_VERTEX : row * FLOATS_A_VERTEX + 3] for row in range(VERTICES)
    ]
    fit = []
    for number, value in top:
        if number == 2:
            entry = dict(fields(value))
            fit.append({"landmark": entry.get(1, 0), "weight": floats(entry[2])[0]})
    return {"unit": "cm", "vertices": vertices, "fit": fit}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("metadata", type=pathlib.Path)
    parser.add_argument("output", type=pathlib.Path)
    chosen = parser.parse_args()
    document = canonical_face(chosen.metadata.read_bytes())
    text = json.dumps(document, separators=(",", ":")).replace("],[", "],\n[") + "\n"
    chosen.output.write_text(text, encoding="ascii")


if __name__ == "__main__":
    main()
