"""The ``d`` of an SVG path, and SVG's basic shapes, as :class:`Contour` values.

After the grammar of SVG 1.1, chapter 8.3 and the notes on arcs in its appendix F.6: quarter arcs become cubics with
the nearest handles. Lengths are user units. Nothing here draws or knows of colours.
"""

import math
import re
from collections.abc import Mapping, Sequence

from core.documents.image_shapes import Contour, Contours, Ellipse, Knot, Point, Rectangle, shifted
from core.documents.svg_values import NUMBER, numbers

MAX_SEGMENTS = 20_000
_TOKEN = re.compile(rf"([MmZzLlHhVvCcSsQqTtAa])|({NUMBER})")
_FLAG = re.compile(r"[\s,]*([01])")
_NUMBER = re.compile(rf"[\s,]*({NUMBER})")
_COUNT = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "A": 7}
Cubic = tuple[Point, Point, Point, Point]


class TooManySegmentsError(ValueError):
    """A path is longer than the caller allows."""


class _Pen:
    """Collects segments and makes contours of them."""

    def __init__(self, most: int) -> None:
        self.contours: list[Contour] = []
        self._most = most
        self._moved = False
        self.start: Point = (0.0, 0.0)
        self.at: Point = (0.0, 0.0)
        self._cubics: list[Cubic] = []
        self._count = 0

    def move(self, to: Point) -> None:
        self.finish(closed=False)
        self.start = self.at = to
        self._moved = True

    def line(self, to: Point) -> None:
        self.cubic(self.at, to, to)

    def cubic(self, first: Point, second: Point, to: Point) -> None:
        self._count += 1
        if self._count > self._most:
            raise TooManySegmentsError("too many segments")
        self._cubics.append((self.at, first, second, to))
        self.at = to

    def finish(self, *, closed: bool) -> None:
        if self._cubics:
            self.contours.append(_contour(self._cubics, closed))
        elif closed and self._moved:  # a dot, where its stroke has round ends
            self.contours.append(Contour(knots=(Knot(*self.start),), closed=True))
        self._cubics, self._moved = [], False
        if closed:
            self.at = self.start


def _contour(cubics: Sequence[Cubic], closed: bool) -> Contour:
    points = [cubics[0][0], *(cubic[3] for cubic in cubics)]
    into = [points[0], *(cubic[2] for cubic in cubics)]
    out = [*(cubic[1] for cubic in cubics), points[-1]]
    if closed and len(points) > 1 and math.dist(points[0], points[-1]) < 1e-6:
        into[0] = (into[-1][0] - points[-1][0] + points[0][0], into[-1][1] - points[-1][1] + points[0][1])
        points, into, out = points[:-1], into[:-1], out[:-1]
    knots = tuple(
        Knot(x, y, ix - x, iy - y, ox - x, oy - y) for (x, y), (ix, iy), (ox, oy) in zip(points, into, out, strict=True)
    )
    return Contour(knots=knots, closed=closed)


def path(data: str, most: int = MAX_SEGMENTS) -> Contours:
    """Return the contours of a ``d`` attribute.

    Raises :class:`ValueError` where it does not follow the grammar, :class:`TooManySegmentsError` past ``most``.
    """
    pen = _Pen(most)
    at, command, last = 0, "", ""
    handle: Point = (0.0, 0.0)
    while True:
        match = _TOKEN.search(data, at)
        if match is None:
            break
        if data[at : match.start()].strip(" \t\r\n,"):
            raise ValueError("not a path")
        if match[1]:
            command, at = match[1], match.end()
            if command in "Zz":
                pen.finish(closed=True)
                last = "Z"
                continue
        elif not command or command in "Zz":
            raise ValueError("a number without a command")
        else:
            at = match.start()
        values, at = _arguments(data, at, command.upper())
        handle = _step(pen, command, values, handle, last)
        last = command.upper()
        command = {"M": "L", "m": "l"}.get(command, command)
    pen.finish(closed=False)
    return tuple(pen.contours)


def _arguments(data: str, at: int, command: str) -> tuple[list[float], int]:
    values: list[float] = []
    for index in range(_COUNT[command]):
        # The two flags of an arc may stand without anything between them.
        match = (_FLAG if command == "A" and index in (3, 4) else _NUMBER).match(data, at)
        if match is None:
            raise ValueError("a path ends early")
        values.append(float(match[1]))
        at = match.end()
    return values, at


def _step(pen: _Pen, command: str, v: list[float], handle: Point, last: str) -> Point:
    """Draw one segment; return the handle that a smooth one after it mirrors."""
    x, y = pen.at
    dx, dy = (x, y) if command.islower() else (0.0, 0.0)
    match command.upper():
        case "M":
            pen.move((v[0] + dx, v[1] + dy))
        case "L":
            pen.line((v[0] + dx, v[1] + dy))
        case "H":
            pen.line((v[0] + dx, y))
        case "V":
            pen.line((x, v[0] + dy))
        case "C":
            handle = v[2] + dx, v[3] + dy
            pen.cubic((v[0] + dx, v[1] + dy), handle, (v[4] + dx, v[5] + dy))
            return handle
        case "S":
            first = (2 * x - handle[0], 2 * y - handle[1]) if last in "CS" else (x, y)
            handle = v[0] + dx, v[1] + dy
            pen.cubic(first, handle, (v[2] + dx, v[3] + dy))
            return handle
        case "Q":
            handle = v[0] + dx, v[1] + dy
            _quadratic(pen, handle, (v[2] + dx, v[3] + dy))
            return handle
        case "T":
            handle = (2 * x - handle[0], 2 * y - handle[1]) if last in "QT" else (x, y)
            _quadratic(pen, handle, (v[0] + dx, v[1] + dy))
            return handle
        case "A":
            _arc(pen, v[0], v[1], v[2], v[3] != 0, v[4] != 0, (v[5] + dx, v[6] + dy))
    return pen.at


def _quadratic(pen: _Pen, q: Point, to: Point) -> None:
    x, y = pen.at
    first = x + 2 / 3 * (q[0] - x), y + 2 / 3 * (q[1] - y)
    second = to[0] + 2 / 3 * (q[0] - to[0]), to[1] + 2 / 3 * (q[1] - to[1])
    pen.cubic(first, second, to)


def _arc(pen: _Pen, rx: float, ry: float, turn: float, large: bool, sweep: bool, to: Point) -> None:
    x, y = pen.at
    rx, ry = abs(rx), abs(ry)
    if (x, y) == to:
        return
    if rx < 1e-12 or ry < 1e-12:
        pen.line(to)
        return
    cos, sin = math.cos(math.radians(turn)), math.sin(math.radians(turn))
    hx, hy = (x - to[0]) / 2, (y - to[1]) / 2
    px, py = cos * hx + sin * hy, -sin * hx + cos * hy
    grow = (px / rx) ** 2 + (py / ry) ** 2
    if grow > 1:
        rx, ry = rx * math.sqrt(grow), ry * math.sqrt(grow)
    below = (rx * py) ** 2 + (ry * px) ** 2
    factor = math.sqrt(max(0.0, (rx * ry) ** 2 / below - 1)) if below else 0.0
    factor = -factor if large == sweep else factor
    cx, cy = factor * rx * py / ry, -factor * ry * px / rx
    mx, my = cos * cx - sin * cy + (x + to[0]) / 2, sin * cx + cos * cy + (y + to[1]) / 2
    begin = math.atan2((py - cy) / ry, (px - cx) / rx)
    spread = math.atan2((-py - cy) / ry, (-px - cx) / rx) - begin
    if sweep and spread < 0:
        spread += 2 * math.pi
    elif not sweep and spread > 0:
        spread -= 2 * math.pi
    steps = max(1, math.ceil(abs(spread) / (math.pi / 2) - 1e-9))
    each = spread / steps
    reach = 4 / 3 * math.tan(each / 4)

    def on(u: float, w: float) -> Point:
        return cos * rx * u - sin * ry * w + mx, sin * rx * u + cos * ry * w + my

    for index in range(steps):
        a, b = begin + index * each, begin + (index + 1) * each
        first = on(math.cos(a) - reach * math.sin(a), math.sin(a) + reach * math.cos(a))
        second = on(math.cos(b) + reach * math.sin(b), math.sin(b) - reach * math.cos(b))
        pen.cubic(first, second, to if index == steps - 1 else on(math.cos(b), math.sin(b)))


def number(text: str | None, fallback: float = 0.0) -> float:
    """Return a length in user units; ``fallback`` where there is none or it has another unit."""
    match = re.fullmatch(rf"\s*({NUMBER})(?:px)?\s*", text or "")
    return float(match[1]) if match else fallback


def basic(tag: str, a: Mapping[str, str]) -> Contours:
    """Return the contours of a path, rect, circle, ellipse, line, polyline or polygon; none for anything else."""
    if tag == "path":
        return path(a.get("d", ""))
    if tag == "rect":
        width, height = number(a.get("width")), number(a.get("height"))
        rx, ry = number(a.get("rx"), -1.0), number(a.get("ry"), -1.0)
        radius = max(0.0, min(rx if rx >= 0 else ry, width / 2, height / 2))
        if width <= 0 or height <= 0:
            return ()
        shape = Rectangle(width=width, height=height, radii=(radius,) * 4)
        return shifted(shape.contours(), number(a.get("x")), number(a.get("y")))
    if tag in ("circle", "ellipse"):
        rx, ry = (number(a.get("r")),) * 2 if tag == "circle" else (number(a.get("rx")), number(a.get("ry")))
        if rx <= 0 or ry <= 0:
            return ()
        round_ = Ellipse(width=2 * rx, height=2 * ry)
        return shifted(round_.contours(), number(a.get("cx")) - rx, number(a.get("cy")) - ry)
    if tag == "line":
        ends = (number(a.get("x1")), number(a.get("y1"))), (number(a.get("x2")), number(a.get("y2")))
        return (Contour(knots=tuple(Knot(*end) for end in ends), closed=False),)
    if tag in ("polyline", "polygon"):
        values = numbers(a.get("points", ""))
        points = tuple(Knot(x, y) for x, y in zip(values[::2], values[1::2], strict=False))
        return (Contour(knots=points, closed=tag == "polygon"),) if len(points) > 1 else ()
    return ()
