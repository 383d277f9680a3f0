"""The steps that slide a window over a picture: convolutions and pools.

TFLite says `SAME` (as many zeros around the picture as make the output cover it, the odd one at
the end) or `VALID` (none); ONNX wants the zeros counted for each side. Zeros that a step before has
put around the picture are counted in, which spares computing the padded picture.
"""

import math

import numpy as np
import tflite

from activations import activated


def convolution(step, model, graph, values):
    """CONV_2D: weights are stored as out, row, column, in."""
    weights = model.constant(step.inputs[1]).transpose(0, 3, 1, 2)
    groups = model.shape(step.inputs[0])[3] // weights.shape[1]
    options = step.options(tflite.Conv2DOptions)
    _convolve(step, model, graph, values, options, weights, groups)


def depthwise_convolution(step, model, graph, values):
    """DEPTHWISE_CONV_2D: weights are stored as 1, row, column, out; each channel by itself."""
    weights = model.constant(step.inputs[1]).transpose(3, 0, 1, 2)
    groups = model.shape(step.inputs[0])[3]
    options = step.options(tflite.DepthwiseConv2DOptions)
    _convolve(step, model, graph, values, options, weights, groups)


def _convolve(step, model, graph, values, options, weights, groups):
    stride = [options.StrideH(), options.StrideW()]
    dilation = [options.DilationHFactor(), options.DilationWFactor()]
    window = [int(size) for size in weights.shape[2:]]
    source, zeros = values.unpadded(step.inputs[0])
    sides = _zeros(options.Padding(), model.shape(step.inputs[0]), window, stride, dilation)
    inputs = [values.get(source), graph.constant(weights)]
    inputs += [graph.constant(model.constant(bias)) for bias in step.inputs[2:]]
    result = graph.node(
        "Conv",
        inputs,
        kernel_shape=window,
        strides=stride,
        dilations=dilation,
        group=groups,
        pads=_onnx_pads([(a + c, b + d) for (a, b), (c, d) in zip(sides, zeros)]),
    )
    values.put(step.outputs[0], activated(graph, result, options.FusedActivationFunction()))


def upscaling_convolution(step, model, graph, values):
    """Convolution2DTransposeBias, MediaPipe's own step: each input pixel spreads over a window.

    Its options are three 32-bit numbers: padding, column stride, row stride; its padding is SAME.
    """
    padding, columns, rows = np.frombuffer(step.raw.CustomOptionsAsNumpy().tobytes()[:12], "<i4")
    weights = model.constant(step.inputs[1])
    _, height, width, _ = model.shape(step.inputs[0])
    if model.shape(step.outputs[0])[1:3] != [height * rows, width * columns]:
        raise ValueError(f"{step.name} with padding {padding} is not known")
    window = [int(size) for size in weights.shape[1:3]]
    # the spread covers (n - 1) * stride + window pixels; what exceeds n * stride is cut
    excess = [max(size - stride, 0) for size, stride in zip(window, (int(rows), int(columns)))]
    result = graph.node(
        "ConvTranspose",
        [
            values.get(step.inputs[0]),
            graph.constant(weights.transpose(3, 0, 1, 2)),
            graph.constant(model.constant(step.inputs[2])),
        ],
        kernel_shape=window,
        strides=[int(rows), int(columns)],
        pads=_onnx_pads([(cut // 2, cut - cut // 2) for cut in excess]),
    )
    values.put(step.outputs[0], result)


def max_pool(step, model, graph, values):
    """MAX_POOL_2D."""
    _pool("MaxPool", step, model, graph, values)


def average_pool(step, model, graph, values):
    """AVERAGE_POOL_2D: zeros around the picture do not count."""
    options = step.options(tflite.Pool2DOptions)
    if model.shape(step.inputs[0])[1:3] == [options.FilterHeight(), options.FilterWidth()]:
        result = graph.node("GlobalAveragePool", [values.get(step.inputs[0])])
        values.put(step.outputs[0], activated(graph, result, options.FusedActivationFunction()))
    else:
        _pool("AveragePool", step, model, graph, values, count_include_pad=0)


def _pool(kind, step, model, graph, values, **attributes):
    options = step.options(tflite.Pool2DOptions)
    window = [options.FilterHeight(), options.FilterWidth()]
    stride = [options.StrideH(), options.StrideW()]
    shape = model.shape(step.inputs[0])
    result = graph.node(
        kind,
        [values.get(step.inputs[0])],
        kernel_shape=window,
        strides=stride,
        pads=_onnx_pads(_zeros(options.Padding(), shape, window, stride, [1, 1])),
        **attributes,
    )
    values.put(step.outputs[0], activated(graph, result, options.FusedActivationFunction()))


def _zeros(padding, shape, window, stride, dilation) -> list[tuple[int, int]]:
    """Zeros (before, after) rows, then columns, for TFLite's `padding` of an NHWC `shape`."""
    if padding == tflite.Padding.VALID:
        return [(0, 0), (0, 0)]
    zeros = []
    for size, extent, pace, spread in zip(shape[1:3], window, stride, dilation):
        reach = (math.ceil(size / pace) - 1) * pace + (extent - 1) * spread + 1
        missing = max(reach - size, 0)
        zeros.append((missing // 2, missing - missing // 2))
    return zeros


def _onnx_pads(sides: list[tuple[int, int]]) -> list[int]:
    (top, bottom), (left, right) = sides
    return [top, left, bottom, right]
