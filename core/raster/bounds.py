"""How large layers are and where they stand. Text is laid out to know; pixels are never read."""

from core.documents.image import (
    AnyLayer,
    GroupLayer,
    ImageDocument,
    Pictured,
    Placed,
    RasterLayer,
    ShapeLayer,
    SmartLayer,
    TextLayer,
)
from core.raster import vector
from core.raster.affine import IDENTITY, Affine, Point, Rect, bounds, placement, quad
from core.raster.artboards import board_rect
from core.raster.bending import bend_of
from core.raster.text import layout_text

NOWHERE = Rect(0.0, 0.0, 0.0, 0.0)


def content_size(layer: AnyLayer) -> tuple[float, float]:
    """Return the width and height of a layer's own content in its own pixels, before its transform.

    (0, 0) for fills, adjustments and groups, which have none of their own.
    """
    match layer:
        case RasterLayer(width=width, height=height) | SmartLayer(width=width, height=height):
            return float(width), float(height)
        case TextLayer():
            block = layout_text(layer)
            return block.width, block.height
        case ShapeLayer():
            return layer.geometry.size()
    return 0.0, 0.0


def layer_matrix(layer: AnyLayer) -> Affine:
    """Return the matrix from a layer's own pixels to document pixels, as the compositor uses it.

    Of a bent layer, as if it were not: see :mod:`core.raster.bending`.
    """
    match layer:
        case RasterLayer() | SmartLayer():
            return placement(layer.transform, layer.width, layer.height)
        case TextLayer() | ShapeLayer():
            return layer.transform.matrix(*content_size(layer))
    return IDENTITY


def layer_quad(layer: AnyLayer, document: ImageDocument | Rect | None = None) -> tuple[Point, Point, Point, Point]:
    """Return the corners of a layer's content in document pixels, clockwise from the content's own top left.

    Fills and adjustments cover ``document``; a group's corners are those of :func:`layer_bounds`. What stands
    nowhere (an empty group; a fill when no document is given) gives four times (0, 0).
    """
    match layer:
        case RasterLayer() | SmartLayer() | TextLayer() | ShapeLayer():
            bend = bend_of(layer)
            if bend is not None:
                return bend.corners()
            return quad(layer_matrix(layer), Rect(0.0, 0.0, *content_size(layer)))
        case GroupLayer():
            return quad(IDENTITY, layer_bounds(layer, document))
    return quad(IDENTITY, _whole(document))


def layer_bounds(layer: AnyLayer, document: ImageDocument | Rect | None = None) -> Rect:
    """Return the rectangle (left, top, right, bottom) around a layer in document pixels, masks not considered.

    Fills and adjustments cover ``document`` (a rectangle in its place: an artboard's); a group is as large
    as what is in it, one with an artboard as that. See :func:`layer_quad`.
    """
    if isinstance(layer, GroupLayer):
        if layer.artboard is not None:
            return board_rect(layer.artboard)
        around = NOWHERE
        for child in layer.layers:
            around = around.union(layer_bounds(child, document))
        return around
    bend = bend_of(layer)
    if bend is not None:
        return bend.bounds()
    return bounds(layer_quad(layer, document))


def ink_bounds(layer: Placed) -> Rect:
    """Return the rectangle around what a layer draws in document pixels.

    Slanted letters may leave the text's box, and strokes a shape's.
    """
    if isinstance(layer, Pictured):
        return layer_bounds(layer)
    bend = bend_of(layer)
    ink = vector.ink(layer) if isinstance(layer, ShapeLayer) else layout_text(layer).ink
    return bounds(quad(layer_matrix(layer), ink)) if bend is None else bend.bounds(ink)


def _whole(document: ImageDocument | Rect | None) -> Rect:
    if isinstance(document, Rect):
        return document
    return NOWHERE if document is None else Rect(0.0, 0.0, document.width, document.height)
