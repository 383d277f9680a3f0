"""Reads one TFLite file: its tensors, its constants as float32 arrays, its operators in order."""

import pathlib
from dataclasses import dataclass

import numpy as np
import tflite

import sparse_tensor

_TYPES = {
    tflite.TensorType.FLOAT32: np.float32,
    tflite.TensorType.FLOAT16: np.float16,
    tflite.TensorType.INT32: np.int32,
    tflite.TensorType.INT64: np.int64,
}
_NAMES = {code: name for name, code in vars(tflite.BuiltinOperator).items() if isinstance(code, int)}


@dataclass(frozen=True)
class Operator:
    """One step of the graph. `name` is TFLite's own (CONV_2D) or, for a custom step, its code."""

    name: str
    inputs: list[int]
    outputs: list[int]
    raw: tflite.Operator

    def options(self, kind):
        """The step's options, read as the flat-buffer class `kind`."""
        table = self.raw.BuiltinOptions()
        options = kind()
        options.Init(table.Bytes, table.Pos)
        return options


class TfliteModel:
    """A file with one graph. Tensors are known by their index."""

    def __init__(self, path: pathlib.Path):
        self._model = tflite.Model.GetRootAsModel(path.read_bytes(), 0)
        if self._model.SubgraphsLength() != 1:
            raise ValueError(f"{path} holds {self._model.SubgraphsLength()} graphs, not one")
        self._graph = self._model.Subgraphs(0)
        self._constants: dict[int, np.ndarray | None] = {}
        self.inputs = [int(t) for t in self._graph.InputsAsNumpy()]
        self.outputs = [int(t) for t in self._graph.OutputsAsNumpy()]

    def operators(self):
        """The steps, in the order in which they are computed."""
        for i in range(self._graph.OperatorsLength()):
            raw = self._graph.Operators(i)
            entry = self._model.OperatorCodes(raw.OpcodeIndex())
            code = max(entry.BuiltinCode(), entry.DeprecatedBuiltinCode())
            custom = code == tflite.BuiltinOperator.CUSTOM
            yield Operator(
                name=entry.CustomCode().decode() if custom else _NAMES[code],
                # a tensor left out (a convolution without bias) is -1
                inputs=[int(t) for t in raw.InputsAsNumpy() if t >= 0],
                outputs=[int(t) for t in raw.OutputsAsNumpy()],
                raw=raw,
            )

    def name(self, tensor: int) -> str:
        """The tensor's name without the output number that TensorFlow appends (`:0`)."""
        return self._graph.Tensors(tensor).Name().decode().split(":")[0]

    def shape(self, tensor: int) -> list[int]:
        """Sizes, in TFLite's order (batch, rows, columns, channels at rank 4)."""
        if self._graph.Tensors(tensor).ShapeLength() == 0:
            return []
        return [int(size) for size in self._graph.Tensors(tensor).ShapeAsNumpy()]

    def constant(self, tensor: int) -> np.ndarray | None:
        """The tensor's value if the file fixes it, with 16-bit floats widened (which is exact)."""
        if tensor not in self._constants:
            self._constants[tensor] = self._read(tensor)
        return self._constants[tensor]

    def set_constant(self, tensor: int, value: np.ndarray) -> None:
        """Records that a step only unpacks a constant, so that nothing is left of it to compute."""
        self._constants[tensor] = value

    def _read(self, tensor: int) -> np.ndarray | None:
        description = self._graph.Tensors(tensor)
        buffer = self._model.Buffers(description.Buffer())
        if buffer.DataLength() == 0:
            return None
        values = np.frombuffer(buffer.DataAsNumpy().tobytes(), _TYPES[description.Type()])
        if values.dtype == np.float16:
            values = values.astype(np.float32)
        if description.Sparsity() is not None:
            return sparse_tensor.dense(description.Sparsity(), values, self.shape(tensor))
        return values.reshape(self.shape(tensor))
