"""Masks that are more than a raster as it is: shapes, soft edges, and masks that hide only in part.

Coverage is float32, 0…1, rows×columns, worked out for a block with as much around it as its blur looks at, so that
blocks join without a seam. A feather is a Gaussian (σ half of it, cut off at 3σ).
"""

import math
from collections.abc import Callable

import numpy as np
import skia

from core.documents.image import Mask, VectorMask
from core.raster.affine import map_rect, scaled
from core.raster.effects import Coverage, blurred
from core.raster.manifest import TILE
from core.raster.resample import Block
from core.raster.surfaces import scratch
from core.raster.vector import ink_of, outline, to_matrix


def plain(mask: Mask | VectorMask) -> bool:
    """Return whether a mask is a raster and nothing else."""
    return isinstance(mask, Mask) and mask.feather == 0 and mask.density == 1


def reach(mask: Mask | VectorMask) -> float:
    """Return how far a mask is changed by what is beside it, in document pixels."""
    return mask.feather * 1.5


def coverage(mask: Mask | VectorMask, block: Block, raster: Callable[[Block], Coverage]) -> Coverage:
    """Return how much a mask shows of each pixel of a block; ``raster`` gives a raster mask's alpha in a block."""
    sigma = mask.feather / 2 * block.scale
    margin = math.ceil(3 * sigma) + 2 if sigma >= 0.05 else 0
    width, height = block.width + 2 * margin, block.height + 2 * margin
    around = Block(block.x - margin, block.y - margin, width, height, block.scale)
    if isinstance(mask, VectorMask):
        values = _shape(mask, around)
    else:
        values = raster(around) if not margin else _in_parts(around, raster)
    if margin and values.min() != values.max():
        values = blurred(blurred(values, margin, 0.0, sigma).T, margin, 0.0, sigma).T
    elif margin:
        values = values[margin:-margin, margin:-margin]
    if mask.inverted:
        values = 1 - values
    if mask.density < 1:
        values = 1 - np.float32(mask.density) * (1 - values)
    return values


def _in_parts(around: Block, alpha: Callable[[Block], Coverage]) -> Coverage:
    out = np.empty((around.height, around.width), np.float32)
    for top in range(0, around.height, TILE):
        for left in range(0, around.width, TILE):
            width, height = min(TILE, around.width - left), min(TILE, around.height - top)
            part = Block(around.x + left, around.y + top, width, height, around.scale)
            out[top : top + height, left : left + width] = alpha(part)
    return out


def _shape(mask: VectorMask, around: Block) -> Coverage:
    matrix = scaled(mask.matrix(), around.scale, around.x, around.y)
    if map_rect(matrix, ink_of(mask.geometry)).grow(1).intersect(around.rect).empty:
        return np.zeros((around.height, around.width), np.float32)
    path, paint = outline(mask.geometry), skia.Paint(AntiAlias=True)

    def alpha(part: Block) -> Coverage:
        with scratch((0, 0, part.width, part.height)) as own:
            own.canvas.save()
            own.canvas.concat(to_matrix(scaled(mask.matrix(), part.scale, part.x, part.y)))
            own.canvas.drawPath(path, paint)
            own.canvas.restore()
            own.empty = False
            return own.array[: part.height, : part.width, 3].copy()

    return _in_parts(around, alpha)
