"""What schemathesis cannot know of this server: its kinds of text, and ids that are really there."""

import base64
import os
import uuid

import schemathesis
from hypothesis import strategies as st

# Keys of ed25519's RFC 8032, section 7.1; most texts of 64 digits are no point of the curve.
KEYS = [
    "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
    "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
    "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
]
schemathesis.openapi.format("ed25519-verifying-key", st.sampled_from(KEYS))
CHECKSUMS = st.binary(min_size=20, max_size=20).map(lambda b: "sha1 " + base64.b64encode(b).decode())
schemathesis.openapi.format("tus-checksum", CHECKSUMS)
VALUES = st.binary(max_size=30).map(lambda b: base64.b64encode(b).decode())
schemathesis.openapi.format("tus-metadata", VALUES.map(lambda value: f"filename {value},type"))


@schemathesis.serializer("application/offset+octet-stream")
def octets(ctx, value):
    """Bytes of an upload as they are."""
    return schemathesis_bytes(value)


def schemathesis_bytes(value):
    """Whatever was made up, as bytes."""
    if isinstance(value, bytes):
        return value
    return str(value).encode("utf-8", "replace")


THERE = {
    "/v1/packets/{id}/": os.environ["CENTRAL_PACKET"],
    "/v1/orders/{id}": os.environ["CENTRAL_ORDER"],
    "/v1/stations/{id}": os.environ["CENTRAL_STATION"],
    "/files/{id}": os.environ["CENTRAL_UPLOAD"],
    "/v1/sessions/{id}": "sample-2027",
}


@schemathesis.hook
def map_path_parameters(context, path_parameters):
    """Every second well-formed id becomes one that is there, so that more than 404 is asked for."""
    path = context.operation.path
    known = next((id for start, id in THERE.items() if path.startswith(start)), None)
    if known and path_parameters and odd(path_parameters.get("id")):
        path_parameters["id"] = known
    return path_parameters


def odd(text):
    """True for half of all well-formed ids."""
    try:
        return uuid.UUID(str(text)).int % 2 == 1
    except ValueError:
        return isinstance(text, str) and text.isascii() and text.isalnum() and len(text) % 2 == 1


@schemathesis.hook
def filter_case(context, case):
    """HTTP wants unknown headers to be passed over, whatever the schema says of others."""
    headers = case.headers or {}
    return not any(name.lower().startswith("x-schemathesis") for name in headers)
