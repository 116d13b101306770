"""The geometry of SVG's shapes as that of shape layers, in document pixels."""

import math

import msgspec

from core.documents import image_shapes, svg_paths
from core.documents.image import Transform
from core.documents.image_shapes import (
    MAX_CONTOURS,
    MAX_KNOTS,
    Contour,
    Contours,
    Ellipse,
    Geometry,
    Knot,
    Line,
    Path,
    Rectangle,
    contour_bounds,
    shifted,
    transformed,
)
from core.image import svg
from core.image.svg_tree import Element, NotSimpleError
from core.raster.affine import Affine, apply
from core.values import Message

Made = tuple[Geometry, Transform, tuple[float, float, float, float]]


def similar(matrix: Affine) -> float | None:
    """Return by how much a matrix scales when it does so alike in all directions."""
    a, b, c, d, _, _ = matrix
    first, second = math.hypot(a, b), math.hypot(c, d)
    if first < 1e-9 or abs(first - second) > 1e-4 * first or abs(a * c + b * d) > 1e-4 * first * second:
        return None
    return first


def geometry_of(element: Element, matrix: Affine, even_odd: bool) -> Made | None:
    """Return a shape, where it stands, and its box in its own coordinates; ``None`` for what draws nothing."""
    own = _simple(element)
    contours = _contours(element) if own is None else own[0].contours()
    if own is not None and not isinstance(own[0], Path):
        contours = shifted(contours, *own[1])
    if not contours or sum(len(one.knots) for one in contours) == 0:
        return None
    if len(contours) > MAX_CONTOURS or max(len(one.knots) for one in contours) > MAX_KNOTS:
        raise NotSimpleError(Message("a path with too many points"))
    box = contour_bounds(contours)
    scale = similar(matrix)
    if own is not None and scale is not None:
        geometry, (x, y) = own
        geometry = image_shapes.scaled(geometry, scale)
        mirror = -1.0 if matrix[0] * matrix[3] - matrix[1] * matrix[2] < 0 else 1.0
        turn = math.degrees(math.atan2(matrix[1], matrix[0]))
        width, height = own[0].size()
        cx, cy = apply(matrix, x + width / 2, y + height / 2)
        w, h = geometry.size()
        place = Transform(x=cx - w / 2, y=cy - h / 2, scale_y=mirror, rotation=_plain(turn))
        return _bounded(geometry), place, box
    placed = transformed(contours, matrix)
    left, top, _, _ = contour_bounds(placed)
    path = Path(parts=shifted(placed, -left, -top), even_odd=even_odd)
    return _bounded(path), Transform(x=left, y=top), box


def _plain(degrees: float) -> float:
    rounded = round(degrees, 6)
    return rounded + 0.0


def _bounded(geometry: Geometry) -> Geometry:
    try:
        msgspec.convert(msgspec.to_builtins(geometry), type(geometry))
    except msgspec.ValidationError:
        raise NotSimpleError(Message("shapes far beyond the canvas")) from None
    return geometry


def _simple(element: Element) -> tuple[Geometry, tuple[float, float]] | None:
    """Return a basic shape and where its box begins, ``None`` for paths and what has no parametric counterpart."""

    def number(name: str) -> float:
        text = element.attributes.get(name)
        if text is None or text.strip() == "auto":
            return 0.0
        found = svg.length(text)
        if found is None:
            raise NotSimpleError(f"{name}={text[:20]}")
        return found

    match element.tag:
        case "rect":
            width, height = number("width"), number("height")
            if width <= 0 or height <= 0:
                return Path(), (0.0, 0.0)
            rx, ry = number("rx"), number("ry")
            rx, ry = (rx or ry), (ry or rx)
            rx, ry = min(rx, width / 2), min(ry, height / 2)
            if abs(rx - ry) > 1e-6:
                return None
            return Rectangle(width=width, height=height, radii=(rx, rx, rx, rx)), (number("x"), number("y"))
        case "circle" | "ellipse":
            rx, ry = (number("r"),) * 2 if element.tag == "circle" else (number("rx"), number("ry"))
            if rx <= 0 or ry <= 0:
                return Path(), (0.0, 0.0)
            return Ellipse(width=2 * rx, height=2 * ry), (number("cx") - rx, number("cy") - ry)
        case "line":
            x1, y1, x2, y2 = (number(name) for name in ("x1", "y1", "x2", "y2"))
            return Line(dx=x2 - x1, dy=y2 - y1), (min(x1, x2), min(y1, y2))
    return None


def _contours(element: Element) -> Contours:
    if element.tag in ("polyline", "polygon"):
        return svg_paths.basic(element.tag, element.attributes)
    if element.tag == "rect":  # with corners that are no quarters of circles
        return _oval_corners(element)
    data = element.attributes.get("d", "")
    try:
        if data.strip() and data.lstrip()[0] not in "Mm":
            raise ValueError("a path that begins nowhere")
        found = svg_paths.path(data, most=MAX_KNOTS * 10)
    except svg_paths.TooManySegmentsError:
        raise NotSimpleError(Message("a path with too many points")) from None
    except (ValueError, OverflowError, ZeroDivisionError):
        raise NotSimpleError(Message("a path that cannot be read")) from None
    return tuple(Contour(knots=tuple(map(_smooth, one.knots)), closed=one.closed) for one in found)


def _oval_corners(element: Element) -> Contours:
    values = {
        name: svg.length(element.attributes.get(name, "0")) or 0.0 for name in ("x", "y", "width", "height", "rx", "ry")
    }
    rx, ry = min(values["rx"], values["width"] / 2), min(values["ry"], values["height"] / 2)
    flat = Rectangle(width=values["width"] / rx, height=values["height"] / ry, radii=(1.0,) * 4)
    return transformed(flat.contours(), (rx, 0.0, 0.0, ry, values["x"], values["y"]))


def _smooth(knot: Knot) -> Knot:
    first, second = math.hypot(knot.in_x, knot.in_y), math.hypot(knot.out_x, knot.out_y)
    if first < 1e-9 or second < 1e-9:
        return knot
    cosine = (knot.in_x * knot.out_x + knot.in_y * knot.out_y) / first / second
    return knot._replace(smooth=cosine < -0.9999)
