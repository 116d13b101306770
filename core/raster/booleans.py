"""Shapes made of shapes: united, subtracted, intersected, excluded; and strokes made into shapes of their own."""

from collections.abc import Sequence
from functools import reduce

import msgspec
import skia

from core.documents.image import ShapeLayer, Transform
from core.documents.image_paths import turned_round
from core.documents.image_shapes import (
    MAX_CONTOURS,
    MAX_KNOTS,
    Combining,
    Contour,
    Contours,
    Line,
    Path,
    Solid,
    contour_bounds,
    even_odd,
    is_open,
    shifted,
    transformed,
)
from core.raster import vector
from core.raster.bounds import layer_matrix
from core.values import AtelierError

replace = msgspec.structs.replace


def area(layer: ShapeLayer) -> "skia.Path":
    """Return what a shape covers in document pixels: its inside; of lines, which have none, their stroke."""
    path = vector.outline(layer.geometry)
    if isinstance(layer.geometry, Line) and layer.stroke is not None:
        path = vector.stroked(layer.geometry, layer.stroke)
    out = skia.Path(path)
    out.transform(vector.to_matrix(layer_matrix(layer)))
    return out


def combine(layers: Sequence[ShapeLayer], operation: Combining) -> ShapeLayer:
    """Return one shape made of several, given from the bottom to the top; raises :class:`AtelierError`.

    Of one shape, what its contours cover becomes contours that do not overlap.

    What is subtracted is cut out of the lowest one, which lends the result its look; else the topmost does.
    """
    areas = [area(layer) for layer in layers]
    try:
        whole = reduce(lambda one, other: skia.Op(one, other, vector.OPERATIONS[operation]), areas)
        whole = skia.Simplify(whole) if len(areas) == 1 else whole
    except RuntimeError:
        raise AtelierError("These shapes are too intricate to be combined.") from None
    look = layers[0] if operation == "subtract" else layers[-1]
    if isinstance(look.geometry, Line) and look.stroke is not None:
        look = replace(look, fill=Solid(colour=look.stroke.colour), stroke=None)
    contours = _checked(vector.from_path(whole))
    if not contours:
        raise AtelierError("Nothing would be left of these shapes.")
    return _with(look, contours, even_odd=whole.getFillType() == skia.PathFillType.kEvenOdd)


def combine_live(layers: Sequence[ShapeLayer], operation: Combining) -> ShapeLayer | None:
    """Return one shape whose contours are those of the layers, combined whenever it is drawn.

    ``None`` where a contour could not say it: of all but the lowest layer each must be one closed contour.
    """
    shapes = [transformed(layer.geometry.contours(), layer_matrix(layer)) for layer in layers]
    if any(is_open(layer.geometry) for layer in layers) or any(len(contours) != 1 for contours in shapes[1:]):
        return None
    # All drawn the same way round, so that what is united has no hole where two of them overlap.
    first = tuple(map(_clockwise, shapes[0])) if len(shapes[0]) == 1 else shapes[0]
    parts: list[Contour] = [*first, *(replace(_clockwise(one[0]), combine=operation) for one in shapes[1:])]
    look = layers[0] if operation == "subtract" else layers[-1]
    return _with(look, _checked(tuple(parts)), even_odd=even_odd(layers[0].geometry))


def _clockwise(contour: Contour) -> Contour:
    points = [point for segment in contour.segments() for point in segment[:3]]
    pairs = zip(points, [*points[1:], *points[:1]], strict=True)
    area = sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in pairs)
    return contour if area >= 0 else turned_round(contour)


def outlined_stroke(layer: ShapeLayer) -> ShapeLayer:
    """Return a shape that covers what the stroke of ``layer`` covers; raises :class:`AtelierError`."""
    stroke = layer.stroke
    if stroke is None:
        raise AtelierError("This shape has no stroke.")
    where = "centre" if is_open(layer.geometry) else stroke.position
    wide = stroke if where == "centre" else replace(stroke, width=min(2000.0, stroke.width * 2))
    covered = vector.stroked(layer.geometry, wide)
    try:
        if where == "centre":
            covered = skia.Simplify(covered)
        else:
            how = "intersect" if where == "inside" else "subtract"
            covered = skia.Op(covered, vector.outline(layer.geometry), vector.OPERATIONS[how])
    except RuntimeError:
        raise AtelierError("This stroke is too intricate to become a shape.") from None
    covered.transform(vector.to_matrix(layer_matrix(layer)))
    contours = _checked(vector.from_path(covered))
    if not contours:
        raise AtelierError("Nothing would be left of these shapes.")
    even_odd = covered.getFillType() == skia.PathFillType.kEvenOdd
    return replace(_with(layer, contours, even_odd=even_odd), fill=Solid(colour=stroke.colour), stroke=None, effects=())


def _with(look: ShapeLayer, contours: Contours, *, even_odd: bool) -> ShapeLayer:
    left, top, _, _ = contour_bounds(contours)
    path = Path(parts=shifted(contours, -left, -top), even_odd=even_odd)
    return replace(look, geometry=path, transform=Transform(x=left, y=top))


def _checked(contours: Contours) -> Contours:
    if len(contours) > MAX_CONTOURS or any(len(contour.knots) > MAX_KNOTS for contour in contours):
        raise AtelierError("The shape would have too many points.")
    return contours
