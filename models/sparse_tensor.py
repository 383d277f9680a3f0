"""Turns TFLite's sparse constants into dense arrays.

TFLite stores a sparse tensor as a tree of levels, visited in `traversal order`. A level is dense
(a size) or compressed (segments and indices, as in CSR). The levels behind the tensor's own rank,
if any, are the blocks into which some of its dimensions are cut (`block map`).
"""

import numpy as np
import tflite

_VECTORS = {1: tflite.Int32Vector, 2: tflite.Uint16Vector, 3: tflite.Uint8Vector}


def dense(sparsity: tflite.SparsityParameters, values: np.ndarray, shape: list[int]) -> np.ndarray:
    """The dense array of the stored non-zero `values`."""
    rank = len(shape)
    order = [int(dimension) for dimension in sparsity.TraversalOrderAsNumpy()]
    blocked = np.atleast_1d(sparsity.BlockMapAsNumpy()) if sparsity.BlockMapLength() else []
    levels = [_level(sparsity.DimMetadata(i)) for i in range(sparsity.DimMetadataLength())]
    block_size = {int(d): levels[rank + i][0] for i, d in enumerate(blocked)}

    # Every path through the tree, one level at a time: `node` numbers the paths within a level,
    # `steps` keeps each path's index at every level passed so far.
    node = np.zeros(1, np.int64)
    steps = np.zeros((1, 0), np.int64)
    for size, segments, indices in levels:
        if segments is None:
            index = np.tile(np.arange(size), len(node))
            parent = np.repeat(np.arange(len(node)), size)
            node = np.repeat(node, size) * size + index
        else:
            counts = segments[node + 1] - segments[node]
            parent = np.repeat(np.arange(len(node)), counts)
            within = np.arange(len(parent)) - np.repeat(np.cumsum(counts) - counts, counts)
            node = np.repeat(segments[node], counts) + within
            index = indices[node]
        steps = np.column_stack([steps[parent], index])
    if len(steps) != len(values):
        raise ValueError(f"{len(values)} stored values where the index names {len(steps)}")

    place = np.zeros((len(steps), rank), np.int64)
    for level, dimension in enumerate(order):
        if dimension < rank:
            place[:, dimension] += steps[:, level] * block_size.get(dimension, 1)
        else:
            place[:, int(blocked[dimension - rank])] += steps[:, level]
    result = np.zeros(shape, values.dtype)
    result[tuple(place.T)] = values
    return result


def _level(metadata: tflite.DimensionMetadata):
    """(size, None, None) of a dense level, (0, segments, indices) of a compressed one."""
    if metadata.Format() == tflite.DimensionType.DENSE:
        return metadata.DenseSize(), None, None
    segments = _numbers(metadata.ArraySegmentsType(), metadata.ArraySegments())
    return 0, segments, _numbers(metadata.ArrayIndicesType(), metadata.ArrayIndices())


def _numbers(kind: int, table) -> np.ndarray:
    vector = _VECTORS[kind]()
    vector.Init(table.Bytes, table.Pos)
    return vector.ValuesAsNumpy().astype(np.int64)
