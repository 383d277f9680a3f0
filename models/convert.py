"""Converts a TFLite network to ONNX.

    python models/convert.py network.tflite network.onnx [--outputs NAME,NAME]

Inputs and outputs keep TFLite's names (without `:0`) and element order (NHWC). The same input gives
the same bytes. Only the steps that the station's networks have are known; any other is refused.
"""

import argparse
import pathlib

from onnx_graph import OnnxGraph
from steps import STEPS
from tflite_model import TfliteModel
from values import NHWC, Values


def convert(source: pathlib.Path, destination: pathlib.Path, keep: list[str] | None = None) -> None:
    """Writes `destination`; `keep` names the outputs to keep if not all are wanted."""
    model = TfliteModel(source)
    graph = OnnxGraph()
    values = Values(model, graph)
    for tensor in model.inputs:
        values.put(tensor, model.name(tensor), NHWC)
    for step in model.operators():
        if step.name not in STEPS:
            raise ValueError(f"{source}: the step {step.name} is not known")
        STEPS[step.name](step, model, graph, values)

    outputs = [(model.name(tensor), tensor) for tensor in model.outputs]
    if keep is not None:
        unknown = set(keep) - {name for name, _ in outputs}
        if unknown:
            raise ValueError(f"{source} has no output {', '.join(sorted(unknown))}")
        outputs = [(name, tensor) for name, tensor in outputs if name in keep]
    for name, tensor in outputs:
        graph.rename(values.get(tensor, NHWC), name)
    graph.save(
        destination,
        [(model.name(tensor), model.shape(tensor)) for tensor in model.inputs],
        [(name, model.shape(tensor)) for name, tensor in outputs],
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("source", type=pathlib.Path)
    parser.add_argument("destination", type=pathlib.Path)
    parser.add_argument("--outputs", type=lambda names: names.split(","))
    chosen = parser.parse_args()
    convert(chosen.source, chosen.destination, chosen.outputs)


if __name__ == "__main__":
    main()
