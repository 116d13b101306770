"""Whether a block of a document may be composed in part: where a clip would change it by a shade, it may not."""

import math
from typing import TypeGuard

from core.documents.image import (
    AnyLayer,
    ImageDocument,
    Pictured,
    Placed,
    RasterLayer,
    ShapeLayer,
    SmartLayer,
    TextLayer,
    walk,
)
from core.raster.affine import Rect, bounds, mask_placement, quad
from core.raster.bounds import ink_bounds, layer_bounds
from core.raster.resample import Block
from core.raster.surfaces import Part

PATHS_FROM = 160.0
"""From about this size in pixels skia may draw glyphs as paths (it does when one is larger than 256 pixels)."""


def needs_whole(document: ImageDocument, block: Block, part: Part) -> bool:
    """Return whether a clip to ``part`` may change a block of the document by a shade.

    Skia cuts the outlines that it fills at the clip, and antialiases what is left a little differently: slanted edges
    of rasters, shapes, large letters and the boxes behind text, and an upright edge of a raster within a pixel at the
    clip's own edge. Everything else is drawn pixel by pixel.
    """
    for layer in walk(document.layers):
        if _outlined(layer, block) and not _seen(ink_bounds(layer), block).empty:
            return True
        if isinstance(layer, Pictured) and _grazes(layer_bounds(layer), block, part):
            return True
        mask = layer.mask
        if mask is not None and mask.enabled:
            around = bounds(quad(mask_placement(mask), Rect(0, 0, mask.width, mask.height)))
            if mask.transform.rotation % 90 != 0 or _grazes(around, block, part):
                return True
    return False


def _grazes(around: Rect, block: Block, part: Part) -> bool:
    """Return whether an edge of an upright raster runs through the outermost pixels of a part of the block."""
    for edge, start, first, last in (
        (around.left, block.x, part[0], part[2]),
        (around.right, block.x, part[0], part[2]),
        (around.top, block.y, part[1], part[3]),
        (around.bottom, block.y, part[1], part[3]),
    ):
        place = edge * block.scale - start
        if place != round(place) and math.floor(place) in (first, last - 1):
            return True
    return False


def _outlined(layer: AnyLayer, block: Block) -> TypeGuard[Placed]:
    match layer:
        case ShapeLayer():
            return True
        case RasterLayer() | SmartLayer() | TextLayer() if layer.warp is not None:
            return True
        case RasterLayer() | SmartLayer():
            return layer.transform.rotation % 90 != 0
        case TextLayer():
            scale = max(abs(layer.transform.scale_x), abs(layer.transform.scale_y)) * block.scale
            return layer.background is not None or layer.size * scale > PATHS_FROM
    return False


def _seen(rect: Rect, block: Block) -> Rect:
    left, top, right, bottom = (edge * block.scale for edge in rect.grow(2 / block.scale))
    return Rect(left - block.x, top - block.y, right - block.x, bottom - block.y).intersect(block.rect)
