"""Vector shapes as frozen values: rectangles, ellipses, polygons, stars, lines and free paths, their fill and stroke.

A shape stands in its own box, whose top left corner is (0, 0) and whose sides are :meth:`size`; lengths are pixels, x
to the right and y down. Whatever it is, :meth:`contours` says it as cubic Béziers, which is what is drawn, tested and
edited. Where a shape stands is its layer's business. Curves: quarters of circles are cubics with the usual constant
(0.03 % off at most).
"""

import math
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Annotated, Literal, NamedTuple

import msgspec
from msgspec import Meta

from core.documents.base import Node
from core.documents.image_values import Colour, Unit

replace = msgspec.structs.replace
Point = tuple[float, float]
MAX_LENGTH = 100_000.0
MAX_KNOTS = 20_000
"""In one contour."""
MAX_CONTOURS = 4_000
MAX_STOPS = 32
MAX_DASHES = 16

Length = Annotated[float, Meta(ge=0, le=MAX_LENGTH)]
Number = Annotated[float, Meta(ge=-1e6, le=1e6)]


class Knot(NamedTuple):
    """A point of a path. The handles are offsets from it, (0, 0) where the segment leaves it straight.

    ``smooth`` says that both handles are meant to stay in one line while they are dragged.
    """

    x: Number
    y: Number
    in_x: Number = 0.0
    in_y: Number = 0.0
    out_x: Number = 0.0
    out_y: Number = 0.0
    smooth: bool = False

    @property
    def at(self) -> Point:
        return self.x, self.y

    @property
    def before(self) -> Point:
        """Where the handle of the segment that arrives stands."""
        return self.x + self.in_x, self.y + self.in_y

    @property
    def after(self) -> Point:
        """Where the handle of the segment that leaves stands."""
        return self.x + self.out_x, self.y + self.out_y

    def moved(self, dx: float, dy: float) -> "Knot":
        return self._replace(x=self.x + dx, y=self.y + dy)

    def stretched(self, fx: float, fy: float) -> "Knot":
        """Return the knot with all its x multiplied by ``fx`` and all its y by ``fy``."""
        ix, iy, ox, oy = self.in_x * fx, self.in_y * fy, self.out_x * fx, self.out_y * fy
        return Knot(self.x * fx, self.y * fy, ix, iy, ox, oy, self.smooth)


Combining = Literal["unite", "subtract", "intersect", "exclude"]
"""What a contour does to those before it."""


class Contour(Node, frozen=True, kw_only=True):
    """A run of knots, joined by cubic Béziers; a closed one comes back to its first knot.

    ``combine`` says what becomes of the contours before it, as long as one of them says anything but *unite*: the
    path is then worked out anew whenever it is drawn, and every contour can still be changed.
    """

    knots: Annotated[tuple[Knot, ...], Meta(max_length=MAX_KNOTS)] = ()
    closed: bool = True
    combine: Combining = "unite"

    def segments(self) -> list[tuple[Point, Point, Point, Point]]:
        """Return the cubics (start, two handles, end) in order."""
        pairs = list(zip(self.knots, self.knots[1:], strict=False))
        if self.closed and len(self.knots) > 1:
            pairs.append((self.knots[-1], self.knots[0]))
        return [(a.at, a.after, b.before, b.at) for a, b in pairs]


Contours = tuple[Contour, ...]


class _Shape(Node, frozen=True, kw_only=True, tag_field="kind"):
    """What all geometries have."""

    def size(self) -> tuple[float, float]:
        """Return width and height of the box it stands in."""
        raise NotImplementedError

    def contours(self) -> Contours:
        """Return its outline as Béziers in its own box."""
        raise NotImplementedError


class _Boxed(_Shape, frozen=True, kw_only=True):
    width: Length = 100.0
    height: Length = 100.0

    def size(self) -> tuple[float, float]:
        return self.width, self.height


class Rectangle(_Boxed, frozen=True, kw_only=True, tag="rectangle"):
    """``radii`` of the corners, clockwise from the top left; where they would overlap, all shrink alike (CSS)."""

    radii: tuple[Length, Length, Length, Length] = (0.0, 0.0, 0.0, 0.0)

    def contours(self) -> Contours:
        w, h = self.width, self.height
        return (Contour(knots=rounded(((0.0, 0.0), (w, 0.0), (w, h), (0.0, h)), self.radii)),)


class Ellipse(_Boxed, frozen=True, kw_only=True, tag="ellipse"):
    """Touches all four sides of its box."""

    def contours(self) -> Contours:
        a, b = self.width / 2, self.height / 2
        k, m = a * _KAPPA, b * _KAPPA
        knots = (
            Knot(a, 0.0, -k, 0.0, k, 0.0, True),
            Knot(2 * a, b, 0.0, -m, 0.0, m, True),
            Knot(a, 2 * b, k, 0.0, -k, 0.0, True),
            Knot(0.0, b, 0.0, m, 0.0, -m, True),
        )
        return (Contour(knots=knots),)


class Polygon(_Boxed, frozen=True, kw_only=True, tag="polygon"):
    """A regular polygon with a corner at the top, stretched to fill its box; ``radius`` rounds the corners."""

    sides: Annotated[int, Meta(ge=3, le=100)] = 5
    radius: Length = 0.0

    def contours(self) -> Contours:
        points = _filling(_ring(self.sides), self.width, self.height)
        return (Contour(knots=rounded(points, (self.radius,) * len(points))),)

    def proportion(self) -> float:
        """Return width by height of the box in which all sides are equal."""
        return _proportion(_ring(self.sides))


class Star(_Boxed, frozen=True, kw_only=True, tag="star"):
    """``inner`` is how far the inner corners are from the middle, as a part of the tips' distance."""

    points: Annotated[int, Meta(ge=3, le=100)] = 5
    inner: Annotated[float, Meta(ge=0.05, le=1.0)] = 0.5
    radius: Length = 0.0

    def _corners(self) -> list[Point]:
        ring = _ring(2 * self.points)
        return [(x, y) if index % 2 == 0 else (x * self.inner, y * self.inner) for index, (x, y) in enumerate(ring)]

    def contours(self) -> Contours:
        points = _filling(self._corners(), self.width, self.height)
        return (Contour(knots=rounded(points, (self.radius,) * len(points))),)

    def proportion(self) -> float:
        """Return width by height of the box in which all tips are alike."""
        return _proportion(self._corners())


Head = Literal["none", "arrow", "dot"]


class Line(_Shape, frozen=True, kw_only=True, tag="line"):
    """From its start by (``dx``, ``dy``) to its end, with what is at the ends. ``head`` is their length in widths."""

    dx: Number = 100.0
    dy: Number = 0.0
    start: Head = "none"
    end: Head = "none"
    head: Annotated[float, Meta(ge=1, le=20)] = 4.0

    def size(self) -> tuple[float, float]:
        return abs(self.dx), abs(self.dy)

    def ends(self) -> tuple[Point, Point]:
        """Return where it starts and ends in its box."""
        x, y = max(0.0, -self.dx), max(0.0, -self.dy)
        return (x, y), (x + self.dx, y + self.dy)

    def contours(self) -> Contours:
        return (Contour(knots=tuple(Knot(*end) for end in self.ends()), closed=False),)


class Path(_Shape, frozen=True, kw_only=True, tag="path"):
    """Free contours. ``even_odd``: where two of them overlap is outside again (else the nonzero rule holds)."""

    parts: Annotated[tuple[Contour, ...], Meta(max_length=MAX_CONTOURS)] = ()
    even_odd: bool = False

    def size(self) -> tuple[float, float]:
        left, top, right, bottom = _known_bounds(self.parts)
        return right - left, bottom - top

    def contours(self) -> Contours:
        return self.parts


Geometry = Rectangle | Ellipse | Polygon | Star | Line | Path
CURVES = Path, Line
"""Geometries that are not a width and a height."""


def resized(geometry: Geometry, fx: float, fy: float) -> Geometry:
    """Return the geometry in a box of other sides (factors of at least 0); corner radii stay as they are."""
    match geometry:
        case Path():
            return replace(geometry, parts=tuple(stretched(part, fx, fy) for part in geometry.parts))
        case Line():
            return replace(geometry, dx=geometry.dx * fx, dy=geometry.dy * fy)
    return replace(geometry, width=min(MAX_LENGTH, geometry.width * fx), height=min(MAX_LENGTH, geometry.height * fy))


def scaled(geometry: Geometry, factor: float) -> Geometry:
    """Return the geometry ``factor`` times as large, corner radii too."""
    geometry = resized(geometry, factor, factor)
    if isinstance(geometry, Rectangle):
        first, second, third, fourth = (min(MAX_LENGTH, radius * factor) for radius in geometry.radii)
        return replace(geometry, radii=(first, second, third, fourth))
    if isinstance(geometry, Polygon | Star):
        return replace(geometry, radius=min(MAX_LENGTH, geometry.radius * factor))
    return geometry


def even_odd(geometry: Geometry) -> bool:
    """Return whether the even-odd rule says what is inside."""
    return isinstance(geometry, Path) and geometry.even_odd


def is_live(geometry: Geometry) -> bool:
    """Return whether its contours are combined with each other whenever it is drawn."""
    return isinstance(geometry, Path) and any(part.combine != "unite" for part in geometry.parts)


def is_open(geometry: Geometry) -> bool:
    """Return whether any of its contours has ends."""
    return isinstance(geometry, Line) or (
        isinstance(geometry, Path) and any(not part.closed and len(part.knots) > 1 for part in geometry.parts)
    )


def stretched(contour: Contour, fx: float, fy: float) -> Contour:
    """Return a contour with all x multiplied by ``fx`` and all y by ``fy``."""
    return replace(contour, knots=tuple(knot.stretched(fx, fy) for knot in contour.knots))


def shifted(contours: Iterable[Contour], dx: float, dy: float) -> Contours:
    """Return contours moved."""
    return tuple(replace(one, knots=tuple(knot.moved(dx, dy) for knot in one.knots)) for one in contours)


def transformed(contours: Iterable[Contour], matrix: tuple[float, float, float, float, float, float]) -> Contours:
    """Return contours under an affine matrix ``(a, b, c, d, tx, ty)``."""
    a, b, c, d, tx, ty = matrix

    def knot(k: Knot) -> Knot:
        return Knot(
            a * k.x + c * k.y + tx,
            b * k.x + d * k.y + ty,
            a * k.in_x + c * k.in_y,
            b * k.in_x + d * k.in_y,
            a * k.out_x + c * k.out_y,
            b * k.out_x + d * k.out_y,
            k.smooth,
        )

    return tuple(replace(one, knots=tuple(map(knot, one.knots))) for one in contours)


def contour_bounds(contours: Iterable[Contour]) -> tuple[float, float, float, float]:
    """Return left, top, right and bottom of the curves themselves (not of their handles); zeros for nothing."""
    xs: list[float] = []
    ys: list[float] = []
    for contour in contours:
        for knot in contour.knots:
            xs.append(knot.x)
            ys.append(knot.y)
        for p0, p1, p2, p3 in contour.segments():
            if p1 != p0 or p2 != p3:
                xs.extend(_extremes(p0[0], p1[0], p2[0], p3[0]))
                ys.extend(_extremes(p0[1], p1[1], p2[1], p3[1]))
    return (min(xs), min(ys), max(xs), max(ys)) if xs else (0.0, 0.0, 0.0, 0.0)


_known_bounds = lru_cache(maxsize=256)(contour_bounds)


def _extremes(p0: float, p1: float, p2: float, p3: float) -> list[float]:
    """Return the values of a cubic where its slope is zero, between its ends."""
    low, high = min(p0, p3), max(p0, p3)
    if low <= p1 <= high and low <= p2 <= high:
        return []  # it lies within the hull of its ends
    a, b, c = -p0 + 3 * p1 - 3 * p2 + p3, 2 * (p0 - 2 * p1 + p2), p1 - p0
    found: list[float] = []
    if abs(a) < 1e-12:
        roots = [-c / b] if abs(b) > 1e-12 else []
    else:
        inner = b * b - 4 * a * c
        roots = [(-b + sign * math.sqrt(inner)) / (2 * a) for sign in (1, -1)] if inner >= 0 else []
    for t in roots:
        if 0 < t < 1:
            s = 1 - t
            found.append(s * s * s * p0 + 3 * s * s * t * p1 + 3 * s * t * t * p2 + t * t * t * p3)
    return found


def rounded(points: Sequence[Point], radii: Sequence[float]) -> tuple[Knot, ...]:
    """Return a closed polygon with each corner replaced by an arc; where arcs would overlap, all shrink alike."""
    count = len(points)
    if not any(radii):
        return tuple(Knot(x, y) for x, y in points)
    edges = [math.dist(points[i], points[(i + 1) % count]) for i in range(count)]
    turns: list[float] = []
    reaches: list[float] = []
    for i, radius in enumerate(radii):
        (x, y), (px, py), (nx, ny) = points[i], points[i - 1], points[(i + 1) % count]
        cross, dot = (x - px) * (ny - y) - (y - py) * (nx - x), (x - px) * (nx - x) + (y - py) * (ny - y)
        turn = abs(math.atan2(cross, dot))
        turns.append(turn)
        usable = edges[i] > 1e-9 and edges[i - 1] > 1e-9 and turn < math.pi - 1e-6
        reaches.append(radius * math.tan(turn / 2) if usable else 0.0)
    fits = [
        edges[i] / (reaches[i] + reaches[(i + 1) % count])
        for i in range(count)
        if reaches[i] + reaches[(i + 1) % count] > 0
    ]
    shrink = min(1.0, *fits) if fits else 1.0
    knots: list[Knot] = []
    for i, (x, y) in enumerate(points):
        reach = reaches[i] * shrink
        if reach < 1e-9:
            knots.append(Knot(x, y))
            continue
        (px, py), (nx, ny) = points[i - 1], points[(i + 1) % count]
        ux, uy = (px - x) / edges[i - 1], (py - y) / edges[i - 1]
        vx, vy = (nx - x) / edges[i], (ny - y) / edges[i]
        # The cubic nearest to an arc of this angle.
        handle = 4 / 3 * math.tan(turns[i] / 4) * reach / math.tan(turns[i] / 2)
        knots.append(Knot(x + ux * reach, y + uy * reach, 0.0, 0.0, -ux * handle, -uy * handle))
        knots.append(Knot(x + vx * reach, y + vy * reach, -vx * handle, -vy * handle, 0.0, 0.0))
    return tuple(knots)


_KAPPA = 4 / 3 * (math.sqrt(2) - 1)


def _ring(count: int) -> list[Point]:
    """Return points on the unit circle, clockwise from the top."""
    turns = [2 * math.pi * index / count for index in range(count)]
    return [(math.sin(turn), -math.cos(turn)) for turn in turns]


def _extent(points: Sequence[Point]) -> tuple[float, float, float, float]:
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)


def _filling(points: Sequence[Point], width: float, height: float) -> list[Point]:
    left, top, across, down = _extent(points)
    return [((x - left) / across * width, (y - top) / down * height) for x, y in points]


def _proportion(points: Sequence[Point]) -> float:
    _, _, across, down = _extent(points)
    return across / down


# --- what a shape is painted with ------------------------------------------------------------------------------------


class Stop(NamedTuple):
    """A colour of a gradient and where it is."""

    at: Unit
    colour: Colour


Stops = Annotated[tuple[Stop, ...], Meta(min_length=1, max_length=MAX_STOPS)]
Fraction = Annotated[float, Meta(ge=-100, le=100)]


class Solid(Node, frozen=True, kw_only=True, tag_field="kind", tag="solid"):
    """One colour."""

    colour: Colour = "#000000"


class LinearGradient(Node, frozen=True, kw_only=True, tag_field="kind", tag="linear"):
    """Colours along the line from ``start`` to ``end``, which are parts of the width and height of the shape's box."""

    stops: Stops
    start: tuple[Fraction, Fraction] = (0.5, 0.0)
    end: tuple[Fraction, Fraction] = (0.5, 1.0)


class RadialGradient(Node, frozen=True, kw_only=True, tag_field="kind", tag="radial"):
    """Colours from ``centre`` outwards to an ellipse of these radii, all as parts of the box's width and height."""

    stops: Stops
    centre: tuple[Fraction, Fraction] = (0.5, 0.5)
    radii: tuple[Annotated[float, Meta(gt=0, le=100)], Annotated[float, Meta(gt=0, le=100)]] = (0.5, 0.5)


ShapePaint = Solid | LinearGradient | RadialGradient


class ShapeStroke(Node, frozen=True, kw_only=True):
    """A line along the outline. Open contours have no inside: there it is always centred.

    ``dash`` are lengths of marks and gaps in widths of the stroke; nothing is a whole line.
    """

    colour: Colour = "#000000"
    width: Annotated[float, Meta(gt=0, le=2000)] = 4.0
    position: Literal["inside", "centre", "outside"] = "centre"
    cap: Literal["butt", "round", "square"] = "butt"
    join: Literal["miter", "round", "bevel"] = "miter"
    miter: Annotated[float, Meta(ge=1, le=100)] = 4.0
    dash: Annotated[tuple[Annotated[float, Meta(ge=0, le=1000)], ...], Meta(max_length=MAX_DASHES)] = ()
    dash_offset: Annotated[float, Meta(ge=-100_000, le=100_000)] = 0.0

    def reach(self) -> float:
        """Return how far from the outline it can be seen."""
        out = {"inside": 0.0, "centre": 0.5, "outside": 1.0}[self.position] * self.width
        corner = max(self.miter if self.join == "miter" else 1.0, math.sqrt(2) if self.cap == "square" else 1.0)
        return out * corner


def linear(angle: float, stops: tuple[Stop, ...], size: tuple[float, float]) -> LinearGradient:
    """Return a gradient in a direction (degrees clockwise, 0 from left to right) whose ends reach the box's corners."""
    turn = math.radians(angle)
    cos, sin = math.cos(turn), math.sin(turn)
    width, height = max(size[0], 1e-6), max(size[1], 1e-6)
    half = (abs(width * cos) + abs(height * sin)) / 2
    dx, dy = cos * half / width, sin * half / height
    return LinearGradient(stops=stops, start=_bounded(0.5 - dx, 0.5 - dy), end=_bounded(0.5 + dx, 0.5 + dy))


def angle_of(gradient: LinearGradient, size: tuple[float, float]) -> float:
    """Return the direction of a gradient in a box of that size, in degrees clockwise, −180…180."""
    dx = (gradient.end[0] - gradient.start[0]) * max(size[0], 1e-6)
    dy = (gradient.end[1] - gradient.start[1]) * max(size[1], 1e-6)
    return math.degrees(math.atan2(dy, dx))


def _bounded(x: float, y: float) -> Point:
    return min(100.0, max(-100.0, x)), min(100.0, max(-100.0, y))
