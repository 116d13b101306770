"""SVG's gradients as those of shape layers, whose ends are parts of the shape's box."""

import math

from core.documents.image_shapes import LinearGradient, RadialGradient, ShapePaint, Solid, Stop
from core.image.svg_tree import NotSimpleError
from core.raster.affine import Affine, apply


def linear(
    matrix: Affine,
    start: tuple[float, float],
    end: tuple[float, float],
    stops: tuple[Stop, ...],
    size: tuple[float, float],
) -> ShapePaint:
    """Return a gradient under any affine matrix: the lines of one colour stay straight and parallel."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    if math.hypot(dx, dy) < 1e-9:
        return Solid(colour=stops[-1].colour)
    a, b, c, d, _, _ = matrix
    ix, iy = -a * dy + c * dx, -b * dy + d * dx  # along which the colour stays the same
    (sx, sy), (ex, ey) = apply(matrix, *start), apply(matrix, *end)
    nx, ny = -iy, ix
    square = nx * nx + ny * ny
    if square < 1e-18:
        return Solid(colour=stops[-1].colour)
    along = ((ex - sx) * nx + (ey - sy) * ny) / square
    width, height = size
    first, last = (sx / width, sy / height), ((sx + nx * along) / width, (sy + ny * along) / height)
    if max(map(abs, (*first, *last))) > 100:
        raise NotSimpleError("linearGradient")
    return LinearGradient(stops=stops, start=first, end=last)


def radial(
    matrix: Affine, centre: tuple[float, float], radius: float, stops: tuple[Stop, ...], size: tuple[float, float]
) -> ShapePaint:
    if radius <= 0:
        return Solid(colour=stops[-1].colour)
    a, b, c, d, _, _ = matrix
    across, down, skew = a * a + c * c, b * b + d * d, a * b + c * d
    if abs(skew) > 1e-3 * math.sqrt(across * down):
        raise NotSimpleError("radialGradient")  # an ellipse that is turned
    x, y = apply(matrix, *centre)
    width, height = size
    radii = radius * math.sqrt(across) / width, radius * math.sqrt(down) / height
    if not all(1e-9 < value <= 100 for value in radii) or max(abs(x / width), abs(y / height)) > 100:
        raise NotSimpleError("radialGradient")
    return RadialGradient(stops=stops, centre=(x / width, y / height), radii=radii)
