"""How each TFLite step is said in ONNX. One function a kind of step; the table is at the end.

Every function takes the step, the TFLite model, the ONNX graph under construction and the values
computed so far, and records the step's one output.
"""

import numpy as np
import tflite

from values import NCHW, NHWC, to_nchw
from windows import average_pool, convolution, depthwise_convolution, max_pool, upscaling_convolution
from activations import activated, hard_swish, parametric_relu


def unpacked(step, model, graph, values):
    """DEQUANTIZE and DENSIFY of a constant: reading the file has unpacked it already."""
    constant = model.constant(step.inputs[0])
    if constant is None:
        raise ValueError(f"{step.name} of a computed tensor is not known")
    model.set_constant(step.outputs[0], constant)


def unary(kind):
    """A step that treats every element alike."""

    def say(step, model, graph, values):
        values.put(step.outputs[0], graph.node(kind, [values.get(step.inputs[0])]))

    return say


def binary(kind, options=None):
    """An element-wise step on two tensors, with an activation if its options have one."""

    def say(step, model, graph, values):
        left, right = _operands(step, model, values)
        result = graph.node(kind, [left, right])
        if options is not None:
            chosen = step.options(options).FusedActivationFunction()
            result = activated(graph, result, chosen)
        values.put(step.outputs[0], result)

    return say


def squared_difference(step, model, graph, values):
    difference = graph.node("Sub", list(_operands(step, model, values)))
    values.put(step.outputs[0], graph.node("Mul", [difference, difference]))


def reciprocal_root(step, model, graph, values):
    root = graph.node("Sqrt", [values.get(step.inputs[0])])
    values.put(step.outputs[0], graph.node("Reciprocal", [root]))


def zero_pad(step, model, graph, values):
    pads = [(int(before), int(after)) for before, after in model.constant(step.inputs[1])]
    values.put_zero_padded(step.outputs[0], step.inputs[0], pads)


def reshape(step, model, graph, values):
    shape = graph.constant(np.array(model.shape(step.outputs[0]), np.int64))
    source = values.get(step.inputs[0], NHWC)
    values.put(step.outputs[0], graph.node("Reshape", [source, shape]), NHWC)


def transpose(step, model, graph, values):
    order = [int(axis) for axis in model.constant(step.inputs[1])]
    source = values.get(step.inputs[0], NHWC)
    values.put(step.outputs[0], graph.node("Transpose", [source], perm=order), NHWC)


def concatenation(step, model, graph, values):
    options = step.options(tflite.ConcatenationOptions)
    rank = len(model.shape(step.outputs[0]))
    axis = options.Axis() % rank
    if rank == 4:
        axis = to_nchw([0, 1, 2, 3]).index(axis)
    joined = graph.node("Concat", [values.get(tensor) for tensor in step.inputs], axis=axis)
    values.put(step.outputs[0], activated(graph, joined, options.FusedActivationFunction()))


def strided_slice(step, model, graph, values):
    options = step.options(tflite.StridedSliceOptions)
    if options.NewAxisMask() or options.EllipsisMask():
        raise ValueError("a slice that adds axes is not known")
    sizes = model.shape(step.inputs[0])
    begin, end, stride = (model.constant(t).astype(np.int64) for t in step.inputs[1:4])
    begin, end = begin.copy(), end.copy()
    for axis, size in enumerate(sizes):
        if options.BeginMask() >> axis & 1:
            begin[axis] = 0
        if options.EndMask() >> axis & 1:
            end[axis] = size
        if options.ShrinkAxisMask() >> axis & 1:
            end[axis] = begin[axis] + 1
    axes = np.arange(len(sizes), dtype=np.int64)
    limits = [graph.constant(part) for part in (begin, end, axes, stride)]
    result = graph.node("Slice", [values.get(step.inputs[0], NHWC), *limits])
    if options.ShrinkAxisMask():
        shape = graph.constant(np.array(model.shape(step.outputs[0]), np.int64))
        result = graph.node("Reshape", [result, shape])
    values.put(step.outputs[0], result, NHWC)


def mean(step, model, graph, values):
    source, axes, keep = _reduced(step, model, values)
    result = graph.node("ReduceMean", [source], axes=axes, keepdims=keep)
    values.put(step.outputs[0], result, NHWC)


def total(step, model, graph, values):
    source, axes, keep = _reduced(step, model, values)
    result = graph.node("ReduceSum", [source, graph.constant(np.array(axes, np.int64))], keepdims=keep)
    values.put(step.outputs[0], result, NHWC)


def resize_bilinear(step, model, graph, values):
    options = step.options(tflite.ResizeBilinearOptions)
    before, after = model.shape(step.inputs[0]), model.shape(step.outputs[0])
    if options.AlignCorners():
        mode = "align_corners"
    elif options.HalfPixelCenters():
        mode = "half_pixel"
    else:
        mode = "asymmetric"
    scales = np.array([1, 1, after[1] / before[1], after[2] / before[2]], np.float32)
    result = graph.node(
        "Resize",
        [values.get(step.inputs[0]), "", graph.constant(scales)],
        mode="linear",
        coordinate_transformation_mode=mode,
    )
    values.put(step.outputs[0], result)


def depth_to_space(step, model, graph, values):
    block = step.options(tflite.DepthToSpaceOptions).BlockSize()
    source = values.get(step.inputs[0])
    values.put(step.outputs[0], graph.node("DepthToSpace", [source], blocksize=block, mode="DCR"))


def _operands(step, model, values):
    rank = len(model.shape(step.outputs[0]))
    return (values.operand(tensor, rank) for tensor in step.inputs)


def _reduced(step, model, values):
    """The source in TFLite's order, the axes, and whether they stay as size 1."""
    rank = len(model.shape(step.inputs[0]))
    axes = [int(axis) % rank for axis in np.atleast_1d(model.constant(step.inputs[1]))]
    keep = int(step.options(tflite.ReducerOptions).KeepDims())
    return values.get(step.inputs[0], NHWC), axes, keep


STEPS = {
    "ADD": binary("Add", tflite.AddOptions),
    "AVERAGE_POOL_2D": average_pool,
    "CONCATENATION": concatenation,
    "CONV_2D": convolution,
    "Convolution2DTransposeBias": upscaling_convolution,
    "DENSIFY": unpacked,
    "DEPTHWISE_CONV_2D": depthwise_convolution,
    "DEPTH_TO_SPACE": depth_to_space,
    "DEQUANTIZE": unpacked,
    "DIV": binary("Div", tflite.DivOptions),
    "HARD_SWISH": hard_swish,
    "LOGISTIC": unary("Sigmoid"),
    "MAX_POOL_2D": max_pool,
    "MEAN": mean,
    "MUL": binary("Mul", tflite.MulOptions),
    "NEG": unary("Neg"),
    "PAD": zero_pad,
    "PRELU": parametric_relu,
    "RELU": unary("Relu"),
    "RESHAPE": reshape,
    "RESIZE_BILINEAR": resize_bilinear,
    "RSQRT": reciprocal_root,
    "SQRT": unary("Sqrt"),
    "SQUARED_DIFFERENCE": squared_difference,
    "STRIDED_SLICE": strided_slice,
    "SUB": binary("Sub", tflite.SubOptions),
    "SUM": total,
    "TRANSPOSE": transpose,
}
