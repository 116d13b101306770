"""Vector shapes drawn with skia, and what is asked of them: where they have ink and what a point is on."""

import math
from functools import lru_cache

import skia

from core.documents import image_shapes
from core.documents.image import ShapeLayer
from core.documents.image_edits import shape_reach
from core.documents.image_shapes import (
    Contour,
    Contours,
    Geometry,
    Knot,
    Line,
    LinearGradient,
    Point,
    RadialGradient,
    ShapePaint,
    ShapeStroke,
    Solid,
)
from core.raster.affine import Affine, Rect
from core.raster.text import parse_colour

GRIP = 6.0
"""A thinner stroke is as easy to hit as one of this width, in the shape's pixels."""

OPERATIONS = {
    "unite": skia.PathOp.kUnion_PathOp,
    "subtract": skia.PathOp.kDifference_PathOp,
    "intersect": skia.PathOp.kIntersect_PathOp,
    "exclude": skia.PathOp.kXOR_PathOp,
}
_CAPS = {"butt": skia.Paint.kButt_Cap, "round": skia.Paint.kRound_Cap, "square": skia.Paint.kSquare_Cap}
_JOINS = {"miter": skia.Paint.kMiter_Join, "round": skia.Paint.kRound_Join, "bevel": skia.Paint.kBevel_Join}


def to_matrix(matrix: Affine) -> "skia.Matrix":
    """Return an affine tuple as skia knows it."""
    a, b, c, d, tx, ty = matrix
    return skia.Matrix.MakeAll(a, c, tx, b, d, ty, 0, 0, 1)


def to_path(contours: Contours, *, even_odd: bool = False) -> "skia.Path":
    """Return contours as a skia path; what is not finite is left out."""
    path = skia.Path()
    for contour in contours:
        if not contour.knots:
            continue
        path.moveTo(*contour.knots[0].at)
        for start, first, second, end in contour.segments():
            if first == start and second == end:
                path.lineTo(*end)
            else:
                path.cubicTo(*first, *second, *end)
        if contour.closed:
            path.close()
    path.setFillType(skia.PathFillType.kEvenOdd if even_odd else skia.PathFillType.kWinding)
    return path if path.isFinite() else skia.Path()


@lru_cache(maxsize=512)
def outline(geometry: Geometry) -> "skia.Path":
    """Return a geometry's outline in its own box, its contours combined. Never changed: it is shared."""
    contours, rule = geometry.contours(), image_shapes.even_odd(geometry)
    if image_shapes.is_live(geometry):
        first = next(index for index, contour in enumerate(contours) if contour.combine != "unite")
        whole = to_path(contours[:first], even_odd=rule)
        try:
            for contour in contours[first:]:
                whole = skia.Op(whole, to_path((contour,)), OPERATIONS[contour.combine])
        except RuntimeError:  # too intricate: shown as if they were united
            return to_path(contours, even_odd=rule)
        return whole
    return to_path(contours, even_odd=rule)


def drawn_contours(geometry: Geometry) -> tuple[Contours, bool]:
    """Return what is drawn of a geometry as contours that need not be combined, and whether the even-odd rule holds."""
    if not image_shapes.is_live(geometry):
        return geometry.contours(), image_shapes.even_odd(geometry)
    path = outline(geometry)
    return from_path(path), path.getFillType() == skia.PathFillType.kEvenOdd


def from_path(path: "skia.Path") -> Contours:
    """Return what a skia path holds as contours; conics become cubics (Dokken's nearest: within 0.03 %)."""
    found: list[Contour] = []
    run: list[Knot] = []
    closed = False

    def end() -> None:
        nonlocal run, closed
        if closed and len(run) > 1 and math.dist(run[0].at, run[-1].at) < 1e-4:
            last = run.pop()
            run[0] = run[0]._replace(in_x=last.in_x, in_y=last.in_y)
        if len(run) > 1:
            found.append(Contour(knots=tuple(map(_with_smoothness, run)), closed=closed))
        run, closed = [], False

    def curve(first: Point, second: Point, to: Point) -> None:
        x, y = run[-1].at
        run[-1] = run[-1]._replace(out_x=first[0] - x, out_y=first[1] - y)
        run.append(Knot(to[0], to[1], second[0] - to[0], second[1] - to[1]))

    iterator = skia.Path.Iter(path, False)
    while True:
        verb, points = iterator.next()
        at = [(float(point.x()), float(point.y())) for point in points]
        match verb:
            case skia.Path.kMove_Verb:
                end()
                run = [Knot(*at[0])]
            case skia.Path.kLine_Verb:
                if math.dist(at[0], at[1]) > 1e-6:
                    run.append(Knot(*at[1]))
            case skia.Path.kQuad_Verb:
                curve(_between(at[0], at[1], 2 / 3), _between(at[2], at[1], 2 / 3), at[2])
            case skia.Path.kConic_Verb:
                weight = iterator.conicWeight()
                part = 4 * weight / (3 * (1 + weight))
                curve(_between(at[0], at[1], part), _between(at[2], at[1], part), at[2])
            case skia.Path.kCubic_Verb:
                curve(at[1], at[2], at[3])
            case skia.Path.kClose_Verb:
                closed = True
                end()
            case _:
                end()
                return tuple(found)


def _between(a: Point, b: Point, part: float) -> Point:
    return a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part


def _with_smoothness(knot: Knot) -> Knot:
    """Return the knot, smooth when its handles are in one line."""
    first, second = math.hypot(knot.in_x, knot.in_y), math.hypot(knot.out_x, knot.out_y)
    if first < 1e-6 or second < 1e-6:
        return knot
    cosine = (knot.in_x * knot.out_x + knot.in_y * knot.out_y) / first / second
    return knot._replace(smooth=cosine < -0.9999)


# --- drawing ---------------------------------------------------------------------------------------------------------


def draw(canvas: "skia.Canvas", layer: ShapeLayer) -> None:
    """Draw a shape with its box's corner at the origin of ``canvas``'s current matrix, blended *over* what is there."""
    path, fill, stroke = outline(layer.geometry), layer.fill, layer.stroke
    filling = (
        fill_paint(fill, layer.geometry.size()) if fill is not None and not isinstance(layer.geometry, Line) else None
    )
    if stroke is None:
        if filling is not None:
            canvas.drawPath(path, filling)
        return
    where = stroke.position if not image_shapes.is_open(layer.geometry) else "centre"
    if where == "centre":
        if filling is not None:
            canvas.drawPath(path, filling)
        if isinstance(layer.geometry, Line):
            canvas.drawPath(stroked(layer.geometry, stroke), _colour(stroke.colour))
        else:
            canvas.drawPath(path, stroke_paint(stroke))
        return
    # Twice as wide, and cut along the outline. On a surface of its own, so that the cut edge is as smooth as the
    # outline itself, without a fringe of the fill.
    wide = stroke_paint(stroke, 2.0)
    canvas.saveLayer(None, skia.Paint())
    if where == "inside":
        if filling is not None:
            canvas.drawPath(path, filling)
        canvas.drawPath(path, wide)
        outside = skia.Path(path)
        outside.toggleInverseFillType()
        canvas.drawPath(outside, skia.Paint(AntiAlias=True, BlendMode=skia.BlendMode.kClear))
    else:
        canvas.drawPath(path, wide)
        canvas.drawPath(path, skia.Paint(AntiAlias=True, BlendMode=skia.BlendMode.kClear))
        if filling is not None:
            filling.setBlendMode(skia.BlendMode.kPlus)
            canvas.drawPath(path, filling)
    canvas.restore()


def _colour(colour: str) -> "skia.Paint":
    return skia.Paint(AntiAlias=True, Color4f=skia.Color4f(*parse_colour(colour)))


def fill_paint(fill: ShapePaint, size: tuple[float, float]) -> "skia.Paint":
    """Return what a shape with a box of ``size`` is filled with."""
    if isinstance(fill, Solid):
        return _colour(fill.colour)
    if len(fill.stops) < 2 or min(size) <= 0:
        return _colour(fill.stops[-1].colour)
    return skia.Paint(AntiAlias=True, Shader=gradient_shader(fill, size))


def gradient_shader(fill: LinearGradient | RadialGradient, size: tuple[float, float]) -> "skia.Shader":
    """Return a gradient over a box with its corner at the origin."""
    width, height = size
    stops = sorted(fill.stops, key=lambda stop: stop.at)
    colours = [skia.Color4f(*parse_colour(stop.colour)).toColor() for stop in stops]
    places = [stop.at for stop in stops]
    straight = 0  # SVG mixes colours that are not premultiplied
    if isinstance(fill, LinearGradient):
        ends = [skia.Point(x * width, y * height) for x, y in (fill.start, fill.end)]
        return skia.GradientShader.MakeLinear(ends, colours, places, skia.TileMode.kClamp, straight)
    (cx, cy), (rx, ry) = fill.centre, fill.radii
    local = skia.Matrix.MakeAll(rx * width, 0, cx * width, 0, ry * height, cy * height, 0, 0, 1)
    return skia.GradientShader.MakeRadial(skia.Point(0, 0), 1.0, colours, places, skia.TileMode.kClamp, straight, local)


def stroke_paint(stroke: ShapeStroke, wider: float = 1.0) -> "skia.Paint":
    """Return what an outline is drawn with, ``wider`` times as wide."""
    paint = _colour(stroke.colour)
    paint.setStyle(skia.Paint.kStroke_Style)
    paint.setStrokeWidth(stroke.width * wider)
    paint.setStrokeCap(_CAPS[stroke.cap])
    paint.setStrokeJoin(_JOINS[stroke.join])
    paint.setStrokeMiter(stroke.miter)
    dashes = [max(0.001, part) * stroke.width for part in stroke.dash]
    if dashes and sum(stroke.dash) > 0:
        dashes *= 1 + len(dashes) % 2
        paint.setPathEffect(skia.DashPathEffect.Make(dashes, stroke.dash_offset * stroke.width))
    return paint


def stroked(geometry: Geometry, stroke: ShapeStroke) -> "skia.Path":
    """Return the area that a centred stroke covers, with the heads of a line."""
    out = skia.Path()
    path, ends = outline(geometry), None
    if isinstance(geometry, Line):
        shaft, heads = _line(geometry, stroke.width)
        path, ends = to_path((shaft,)), to_path(heads)
    paint = stroke_paint(stroke)
    paint.getFillPath(path, out)
    if ends is not None and not ends.isEmpty():
        out = skia.Op(out, ends, skia.PathOp.kUnion_PathOp)
    return out


def _line(line: Line, width: float) -> tuple[Contour, Contours]:
    """Return the shaft of a line, cut short beneath its heads, and the heads."""
    (x0, y0), (x1, y1) = line.ends()
    length = math.hypot(line.dx, line.dy)
    if length < 1e-9:
        return Contour(knots=(Knot(x0, y0), Knot(x1, y1)), closed=False), ()
    ux, uy = line.dx / length, line.dy / length
    size = line.head * width
    heads: list[Contour] = []
    ends: list[Point] = []
    for (x, y), sign, head in (((x0, y0), 1.0, line.start), ((x1, y1), -1.0, line.end)):
        vx, vy = ux * sign, uy * sign
        if head == "arrow":
            side = size * 0.45
            base = x + vx * size, y + vy * size
            corners = (x, y), (base[0] - vy * side, base[1] + vx * side), (base[0] + vy * side, base[1] - vx * side)
            heads.append(Contour(knots=tuple(Knot(*corner) for corner in corners)))
            back = min(size * 0.9, length * 0.5)
            x, y = x + vx * back, y + vy * back
        elif head == "dot":
            radius = size * 0.4
            heads += image_shapes.shifted(
                image_shapes.Ellipse(width=2 * radius, height=2 * radius).contours(), x - radius, y - radius
            )
        ends.append((x, y))
    return Contour(knots=tuple(Knot(*end) for end in ends), closed=False), tuple(heads)


# --- asking ----------------------------------------------------------------------------------------------------------


def ink_of(geometry: Geometry) -> Rect:
    """Return the box of a geometry, in its own coordinates."""
    return Rect(0.0, 0.0, *geometry.size())


def ink(layer: ShapeLayer) -> Rect:
    """Return the rectangle around what a shape draws, in its own box's coordinates."""
    return ink_of(layer.geometry).grow(shape_reach(layer))


def inside(geometry: Geometry, x: float, y: float) -> bool:
    """Return whether a point of the box is inside the outline."""
    return not isinstance(geometry, Line) and bool(outline(geometry).contains(x, y))


def hit(layer: ShapeLayer, x: float, y: float) -> bool:
    """Return whether a point of the box is on the fill or the stroke. Thin strokes are met from nearby."""
    if layer.fill is not None and _opacity(layer.fill) > 0 and inside(layer.geometry, x, y):
        return True
    stroke = layer.stroke
    if stroke is None or parse_colour(stroke.colour)[3] == 0:
        return False
    stroke = image_shapes.replace(stroke, width=max(GRIP, stroke.width), dash=())
    where = stroke.position if not image_shapes.is_open(layer.geometry) else "centre"
    if where == "centre":
        return bool(stroked(layer.geometry, stroke).contains(x, y))
    wide = image_shapes.replace(stroke, width=min(2000.0, stroke.width * 2))
    return inside(layer.geometry, x, y) == (where == "inside") and bool(stroked(layer.geometry, wide).contains(x, y))


def _opacity(fill: ShapePaint) -> float:
    colours = [fill.colour] if isinstance(fill, Solid) else [stop.colour for stop in fill.stops]
    return max(parse_colour(colour)[3] for colour in colours)
