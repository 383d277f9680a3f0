"""Where each TFLite tensor lives in the ONNX graph, and in which order its elements lie.

TFLite orders a picture's elements by row, column, channel (NHWC), ONNX's convolutions by channel,
row, column (NCHW). A value of rank 4 is kept in the order in which it was made; the other order is
made at most once, when a step asks for it. So a network stays in NCHW from its first convolution to
the last reshape, and the file's inputs and outputs keep TFLite's order.
"""

import numpy as np

from onnx_graph import OnnxGraph
from tflite_model import TfliteModel

NCHW = "NCHW"
NHWC = "NHWC"
_PERMUTATION = {NCHW: [0, 3, 1, 2], NHWC: [0, 2, 3, 1]}


def to_nchw(numbers: list) -> list:
    """The same four numbers (sizes, paddings), given in NHWC order, in NCHW order."""
    return [numbers[i] for i in _PERMUTATION[NCHW]]


class Values:
    """The tensors that are computed so far."""

    def __init__(self, model: TfliteModel, graph: OnnxGraph):
        self._model = model
        self._graph = graph
        self._names: dict[int, dict[str, str]] = {}
        self._zero_padded: dict[int, tuple[int, list[tuple[int, int]]]] = {}

    def put(self, tensor: int, name: str, order: str = NCHW) -> None:
        """Records that `name` holds the tensor. `order` matters at rank 4 only."""
        self._names[tensor] = {order if self._is_picture(tensor) else "": name}

    def put_same(self, tensor: int, source: int) -> None:
        """Records that a step leaves its input as it is."""
        self._names[tensor] = self._names[source]

    def put_zero_padded(self, tensor: int, source: int, pads: list[tuple[int, int]]) -> None:
        """Records zeros around `source`; `pads` is (before, after) of each NHWC dimension.

        The padding is computed only if a step needs it: a convolution takes it over.
        """
        self._zero_padded[tensor] = (source, pads)

    def unpadded(self, tensor: int) -> tuple[int, list[tuple[int, int]]]:
        """The tensor without zero rows and columns around it, and how many those are (y, x)."""
        source, pads = self._zero_padded.get(tensor, (tensor, [(0, 0)] * 4))
        if pads[0] != (0, 0) or pads[3] != (0, 0):
            return tensor, [(0, 0), (0, 0)]
        return source, pads[1:3]

    def get(self, tensor: int, order: str = NCHW) -> str:
        """The name of the tensor's value, in `order` at rank 4."""
        constant = self._model.constant(tensor)
        if constant is not None:
            if order == NCHW and constant.ndim == 4:
                constant = constant.transpose(_PERMUTATION[NCHW])
            return self._graph.constant(constant)
        if tensor not in self._names and tensor in self._zero_padded:
            self.put(tensor, self._pad(*self._zero_padded[tensor]))
        names = self._names[tensor]
        if not self._is_picture(tensor):
            return names[""]
        if order not in names:
            other = NHWC if order == NCHW else NCHW
            names[order] = self._graph.node(
                "Transpose", [names[other]], perm=_PERMUTATION[order]
            )
        return names[order]

    def operand(self, tensor: int, rank: int) -> str:
        """The value as one side of an element-wise step whose result has `rank`."""
        constant = self._model.constant(tensor)
        if rank != 4 or constant is None or constant.ndim == 0:
            return self.get(tensor)
        # TFLite lines up trailing dimensions, so a bare row of channels goes last in NHWC
        widened = constant.reshape((1,) * (4 - constant.ndim) + constant.shape)
        return self._graph.constant(widened.transpose(_PERMUTATION[NCHW]))

    def _pad(self, source: int, pads: list[tuple[int, int]]) -> str:
        ordered = np.array(to_nchw(pads), np.int64)
        amounts = self._graph.constant(np.concatenate([ordered[:, 0], ordered[:, 1]]))
        return self._graph.node("Pad", [self.get(source), amounts], mode="constant")

    def _is_picture(self, tensor: int) -> bool:
        return len(self._model.shape(tensor)) == 4
