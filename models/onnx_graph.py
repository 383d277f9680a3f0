"""Collects the nodes of an ONNX graph and writes the file, byte for byte the same every time."""

import pathlib

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

OPSET = 13
IR_VERSION = 8


class OnnxGraph:
    """A graph under construction. Values are known by their name."""

    def __init__(self):
        self._nodes: list[onnx.NodeProto] = []
        self._constants: dict[tuple, onnx.TensorProto] = {}
        self._count = 0

    def constant(self, value: np.ndarray) -> str:
        """The name of a constant; equal constants are stored once."""
        value = np.ascontiguousarray(value)
        key = (value.dtype.str, value.shape, value.tobytes())
        if key not in self._constants:
            self._constants[key] = numpy_helper.from_array(value, self._next("constant"))
        return self._constants[key].name

    def node(self, kind: str, inputs: list[str], **attributes) -> str:
        """Appends a node with one output and returns the output's name."""
        output = self._next(kind.lower())
        self._nodes.append(helper.make_node(kind, inputs, [output], name=output, **attributes))
        return output

    def rename(self, value: str, name: str) -> None:
        """Gives a computed value the name by which callers ask for it."""
        self._nodes.append(helper.make_node("Identity", [value], [name], name=name))

    def save(
        self,
        path: pathlib.Path,
        inputs: list[tuple[str, list[int]]],
        outputs: list[tuple[str, list[int]]],
    ) -> None:
        """Writes the part of the graph that the outputs need, after the ONNX checker has passed it."""
        needed = {name for name, _ in outputs}
        nodes = []
        for node in reversed(self._nodes):
            if needed.intersection(node.output):
                nodes.append(node)
                needed.update(node.input)
        graph = helper.make_graph(
            nodes[::-1],
            path.stem,
            [_float_value(*value) for value in inputs],
            [_float_value(*value) for value in outputs],
            [constant for constant in self._constants.values() if constant.name in needed],
        )
        model = helper.make_model(
            graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=IR_VERSION
        )
        onnx.checker.check_model(model, full_check=True)
        path.write_bytes(model.SerializeToString(deterministic=True))

    def _next(self, stem: str) -> str:
        self._count += 1
        return f"{stem}_{self._count}"


def _float_value(name: str, shape: list[int]) -> onnx.ValueInfoProto:
    return helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)
