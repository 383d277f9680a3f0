"""Compares every model with its original in the runtime it was made for.

    python3 -m venv target/venv-verify
    target/venv-verify/bin/pip install -r models/requirements-verify.txt
    target/venv-verify/bin/python models/verify.py

To be run by hand after a change to the conversion: daily set-up compares sha256 sums instead. Needs
what `cargo xtask models` leaves in models/files/, target/models/parts/ and target/sitters/. The
reference is TensorFlow Lite (ai-edge-litert); for the person mask, whose last step is MediaPipe's own,
it is MediaPipe's segmentation. The inputs are noise, soft blobs and the sitters' pictures.
Prints, for each output, the largest difference beside the largest value, and ends with 1 if one is
beyond its limit, or if a tensor's name or shape is not what the manifest says.
"""

import pathlib
import sys
import tomllib

import numpy as np
import onnxruntime
from ai_edge_litert.interpreter import Interpreter, OpResolverType
from PIL import Image

ROOT = pathlib.Path(__file__).resolve().parent.parent
FILES = ROOT / "models/files"
PARTS = ROOT / "target/models/parts"
SITTERS = ROOT / "target/sitters"
# Largest difference allowed, as a share of the largest value (and at least of 1): float32 rounding.
LIMIT = 1e-4


def inputs(shape: list[int], signed: bool):
    """Float32 arrays for one input: pictures of `shape`, or points up to 256 pixels away."""
    random = np.random.default_rng(1)
    if len(shape) != 4:
        for _ in range(4):
            yield random.random(shape, np.float32) * 256
        return
    rows, columns = shape[1:3]
    blobs = Image.fromarray(random.integers(0, 256, (8, 8, 3), np.uint8))
    pictures = [Image.open(path).convert("RGB") for path in sorted(SITTERS.glob("*.[jp]*g"))]
    noise = random.random(shape, np.float32)
    sized = [picture.resize((columns, rows), Image.Resampling.BICUBIC) for picture in [blobs, *pictures]]
    for picture in [noise, *(np.asarray(image, np.float32)[None] / 255 for image in sized)]:
        yield picture * 2 - 1 if signed else picture


def tflite_reference(path: pathlib.Path):
    """A function from input to {output name: value} in TensorFlow Lite's plain kernels."""
    interpreter = Interpreter(
        str(path), experimental_op_resolver_type=OpResolverType.BUILTIN_WITHOUT_DEFAULT_DELEGATES
    )
    interpreter.allocate_tensors()
    source = interpreter.get_input_details()[0]["index"]

    def run(value):
        interpreter.set_tensor(source, value)
        interpreter.invoke()
        return {
            output["name"].split(":")[0]: interpreter.get_tensor(output["index"])
            for output in interpreter.get_output_details()
        }

    return run


def segmentation_reference(output: str):
    """The same by MediaPipe's own segmentation, which takes a picture of the network's size as it is."""
    from mediapipe.python.solutions.selfie_segmentation import SelfieSegmentation

    def run(value):
        pixels = np.ascontiguousarray(np.round(value[0] * 255).astype(np.uint8))
        with SelfieSegmentation(model_selection=0) as segmentation:
            mask = segmentation.process(pixels).segmentation_mask
        return {output: np.asarray(mask, np.float32)[None, :, :, None]}

    return run


def has_the_tensors(session, model: dict) -> bool:
    """Whether names and shapes are those of the manifest; says what is not."""
    right = True
    for kind, found in (("input", session.get_inputs()), ("output", session.get_outputs())):
        for value, expected in zip(found, model[kind], strict=True):
            shape = [size if isinstance(size, int) else 0 for size in value.shape]
            if (value.name, shape) != (expected["name"], expected["shape"]):
                print(f"  {value.name} {shape} where the manifest says {expected['name']} {expected['shape']}")
                right = False
    return right


def compare(session, model: dict) -> bool:
    """Prints the differences of one converted model."""
    part = PARTS / model["carrier"] / model["inside"][-1].rsplit("/", 1)[-1]
    first = model["input"][0]
    whole_bytes = model["id"] == "selfie_seg_256"
    reference = segmentation_reference(model["output"][0]["name"]) if whole_bytes else tflite_reference(part)
    worst: dict[str, float] = {}
    largest: dict[str, float] = {}
    for value in inputs(first["shape"], first["range"].startswith("-1..1")):
        if whole_bytes:
            value = np.round(value * 255).astype(np.float32) / np.float32(255)
        expected = reference(value)
        names = [output.name for output in session.get_outputs()]
        for name, found in zip(names, session.run(names, {first["name"]: value}), strict=True):
            difference = float(np.abs(found.reshape(-1) - expected[name].reshape(-1)).max())
            worst[name] = max(worst.get(name, 0.0), difference)
            largest[name] = max(largest.get(name, 0.0), float(np.abs(expected[name]).max()))
    for name in worst:
        print(f"  {name:<28} differs by {worst[name]:.2g} where values reach {largest[name]:.3g}")
    return all(worst[name] <= LIMIT * max(1.0, largest[name]) for name in worst)


def main() -> int:
    manifest = tomllib.loads((ROOT / "models/manifest.toml").read_text(encoding="utf-8"))
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    right = True
    for model in manifest["model"]:
        if not model["file"].endswith(".onnx"):
            continue
        print(model["id"])
        session = onnxruntime.InferenceSession(
            FILES / model["file"], options, providers=["CPUExecutionProvider"]
        )
        right &= has_the_tensors(session, model)
        if model["make"] == "onnx-from-tflite":
            right &= compare(session, model)
    print("all within the limit" if right else "BEYOND THE LIMIT")
    return 0 if right else 1


if __name__ == "__main__":
    sys.exit(main())
