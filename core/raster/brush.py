"""A brush: pointer positions become coverage, coverage becomes tiles.

A stroke is painted on its own first: each dab brings the coverage of its pixels nearer to its own by ``flow``, never
beyond, and the finished coverage is laid over what was there with ``opacity``. So a stroke that crosses itself does not
get darker than ``opacity``, its edge is as soft as one dab's however densely dabs lie, and the result does not depend
on how the pointer's events were cut up.
"""

import math
import random
from collections.abc import Callable, Iterator
from typing import Annotated, Literal

import msgspec
import numpy as np
import numpy.typing as npt
from msgspec import Meta

from core.raster.depths import Deep, peak, rounding
from core.raster.manifest import TILE, AssetSource, read_manifest, read_tile
from core.raster.surfaces import Part
from core.raster.text import parse_colour
from core.raster.tiles import TileKey

Coverage = npt.NDArray[np.float32]
Sample = tuple[float, float, float, float, float]
"""x, y, pressure, tilt and speed."""
Mode = Literal["paint", "erase", "mask"]
LEANING = 3.0
LEAST = 0.2
_SMALLEST_STEP = 0.5


class Brush(msgspec.Struct, frozen=True, kw_only=True):
    """How a stroke looks. Lengths are in the pixels of what is painted on."""

    size: Annotated[float, Meta(ge=1, le=5000)] = 40.0
    """Diameter at full pressure."""
    hardness: Annotated[float, Meta(ge=0, le=1)] = 0.8
    """Which part of the radius is full; from there to the edge it fades."""
    opacity: Annotated[float, Meta(ge=0, le=1)] = 1.0
    """The most that one stroke covers."""
    flow: Annotated[float, Meta(gt=0, le=1)] = 1.0
    """How much of the way to its own coverage each dab goes."""
    spacing: Annotated[float, Meta(ge=0.01, le=5)] = 0.1
    """From dab to dab, as a part of the diameter."""
    colour: str = "#000000"
    """``#rrggbb`` or ``#rrggbbaa``. On a mask its lightness is what the mask becomes: white shows, black hides."""
    pressure_size: bool = True
    pressure_opacity: bool = False
    pressure_flow: bool = False
    tilt_size: bool = False
    """A stylus that leans paints up to :data:`LEANING` times as wide, like the side of a pencil."""
    tilt_opacity: bool = False
    """A stylus that leans, or one that moves fast, covers less: down to :data:`LEAST`."""
    tilt_flow: bool = False
    speed_size: bool = False
    speed_opacity: bool = False
    speed_flow: bool = False
    roundness: Annotated[float, Meta(ge=0.05, le=1)] = 1.0
    """How high the tip is, as a part of its width."""
    angle: Annotated[float, Meta(ge=-180, le=180)] = 0.0
    """How far the tip is turned, in degrees, clockwise on the screen."""
    scatter: Annotated[float, Meta(ge=0, le=10)] = 0.0
    """How far dabs fall beside the path at most, as a part of the diameter."""
    smoothing: Annotated[float, Meta(ge=0, le=1)] = 0.0
    """How long the string is on which the pointer pulls the brush; the brush alone does nothing with it."""


class Stroke:
    """One stroke on a raster, from pointer down to pointer up. Used in one thread.

    ``mode`` is ``paint``, ``erase`` (takes alpha away; a mask is made to hide) or ``mask`` (alpha moves towards the
    colour's lightness). Coordinates are the raster's own pixels; painting beyond its edges does nothing. Raises
    :class:`core.values.AtelierError` when a tile under the brush cannot be read.
    """

    def __init__(
        self,
        brush: Brush,
        digest: str,
        source: AssetSource,
        mode: Mode = "paint",
        limit: Callable[[TileKey], npt.NDArray[np.uint8]] | None = None,
    ) -> None:
        """``limit`` gives for a tile how much of each pixel may be painted, 256×256, 255 all of it: a selection."""
        self.brush = brush
        self.mode = mode
        self._limit = limit
        self._limits: dict[TileKey, npt.NDArray[np.uint8]] = {}
        self._source = source
        self._manifest = read_manifest(digest, source)
        self._coverage: dict[TileKey, Coverage] = {}
        self._base: dict[TileKey, Deep] = {}
        self._painted: dict[TileKey, Deep] = {}
        self._points: list[Sample] = []
        self._end: Sample | None = None
        self._until_dab = 0.0
        self.boxes: dict[TileKey, Part] = {}
        """Which part of which tile the last :meth:`add` or :meth:`finish` changed."""
        self._begun = False
        self._random = random.Random(0)
        red, green, blue, self._alpha = parse_colour(brush.colour)
        self._colour = np.array([red, green, blue], np.float32) * 255
        # Rec. 601 luma: which grey an encoded colour looks like.
        self._grey = 0.299 * red + 0.587 * green + 0.114 * blue

    @property
    def tiles(self) -> dict[TileKey, Deep]:
        """The tiles as they are now, by (column, row): what differs from the raster. The arrays are read-only and
        never change again; a later :meth:`add` puts others in their place. Give it to the compositor as override.
        """
        return dict(self._painted)

    def add(self, x: float, y: float, pressure: float = 1.0, tilt: float = 0.0, speed: float = 0.0) -> set[TileKey]:
        """Take the pointer to (``x``, ``y``); return the tiles (column, row) that changed.

        ``pressure``, ``tilt`` (0 upright, 1 flat) and ``speed`` (0 at rest, 1 as fast as counts) go from 0 to 1. The
        path is a quadratic spline through the middles between pointer positions, so it follows half a step
        behind and has no corners.
        """
        point: Sample = x, y, _share(pressure), _share(tilt), _share(speed)
        if not all(map(math.isfinite, point)):
            self.boxes = {}
            return set()
        self._points = [*self._points[-1:], point]
        if self._end is None:
            self._end = point
            self._until_dab = 0.0
            return self._paint(iter([point]))
        last = self._points[0]
        middle = _between(last, point, 0.5)
        start, self._end = self._end, middle
        return self._paint(self._dabs(lambda t: _quadratic(start, last, middle, t), _length(start, last, middle)))

    def finish(self) -> dict[TileKey, Deep]:
        """Bring the stroke to the last pointer position; return all tiles that differ from the raster.

        The caller stores them with :func:`core.raster.manifest.replace_tiles`.
        """
        self.boxes = {}
        if self._end is not None and self._end != self._points[-1]:
            start, last = self._end, self._points[-1]
            self._end = last
            self._paint(self._dabs(lambda t: _between(start, last, t), math.dist(start[:2], last[:2])))
        return self.tiles

    def _dabs(self, at: Callable[[float], Sample], length: float) -> Iterator[Sample]:
        """Yield where dabs go along a piece of the path, one step apart, also across the joints of pieces."""
        if length <= 0.0:
            return
        pieces = max(1, math.ceil(length / 4))
        before = at(0.0)
        for index in range(1, pieces + 1):
            after = at(index / pieces)
            piece = math.dist(before[:2], after[:2])
            gone = 0.0
            while piece - gone >= self._until_dab - 1e-9 and piece > 0.0:
                gone += self._until_dab
                dab = _between(before, after, gone / piece)
                yield dab
                self._until_dab = self._step(dab)
            self._until_dab -= piece - gone
            before = after

    def _diameter(self, sample: Sample) -> float:
        brush, size = self.brush, self.brush.size
        if brush.pressure_size:
            size *= sample[2]
        if brush.tilt_size:
            size *= 1 + (LEANING - 1) * sample[3]
        if brush.speed_size:
            size *= 1 - (1 - LEAST) * sample[4]
        return max(1.0, size)

    def _step(self, sample: Sample) -> float:
        # A flat tip leaves gaps when it moves along its short side.
        return max(_SMALLEST_STEP, self.brush.spacing * self._diameter(sample) * math.sqrt(self.brush.roundness))

    def _weight(self, sample: Sample, *, flow: bool) -> float:
        """Return how much of the brush's opacity or flow a dab has."""
        brush = self.brush
        by_pressure, by_tilt, by_speed = (
            (brush.pressure_flow, brush.tilt_flow, brush.speed_flow)
            if flow
            else (brush.pressure_opacity, brush.tilt_opacity, brush.speed_opacity)
        )
        weight = sample[2] if by_pressure else 1.0
        if by_tilt:
            weight *= 1 - (1 - LEAST) * sample[3]
        if by_speed:
            weight *= 1 - (1 - LEAST) * sample[4]
        return weight

    def _paint(self, dabs: Iterator[Sample]) -> set[TileKey]:
        self.boxes = {}
        first = not self._begun
        for dab in dabs:
            self._begun = True
            self._dab(dab)
            if first:
                self._until_dab, first = self._step(dab), False
        for key, (left, top, right, bottom) in self.boxes.items():
            self._compose(key, slice(top, bottom), slice(left, right))
        return set(self.boxes)

    def _scattered(self, sample: Sample, diameter: float) -> tuple[float, float]:
        if not self.brush.scatter:
            return sample[:2]
        angle, far = self._random.uniform(0, 2 * math.pi), math.sqrt(self._random.random())
        reach = self.brush.scatter * diameter * far
        return sample[0] + reach * math.cos(angle), sample[1] + reach * math.sin(angle)

    def _dab(self, sample: Sample) -> None:
        """Raise the coverage under one dab, and note in :attr:`boxes` which part of which tile that was."""
        diameter = self._diameter(sample)
        radius = diameter / 2
        x, y = self._scattered(sample, diameter)
        flow = np.float32(self.brush.flow * self._weight(sample, flow=True))
        ceiling = np.float32(self._weight(sample, flow=False))
        left, right = max(0, math.floor(x - radius - 1)), min(self._manifest.width, math.ceil(x + radius + 1))
        top, bottom = max(0, math.floor(y - radius - 1)), min(self._manifest.height, math.ceil(y + radius + 1))
        if left >= right or top >= bottom or ceiling <= 0:
            return
        box, brush = (left, top, right, bottom), self.brush
        dab = dab_coverage(x, y, radius, brush.hardness, box, brush.roundness, brush.angle)
        if ceiling < 1:
            dab *= ceiling
        for row in range(top // TILE, -(-bottom // TILE)):
            for col in range(left // TILE, -(-right // TILE)):
                ox, oy = col * TILE, row * TILE
                x0, x1 = max(left, ox), min(right, ox + TILE)
                y0, y1 = max(top, oy), min(bottom, oy + TILE)
                coverage = self._coverage.get((col, row))
                if coverage is None:
                    coverage = self._coverage[col, row] = np.zeros((TILE, TILE), np.float32)
                part = coverage[y0 - oy : y1 - oy, x0 - ox : x1 - ox]
                more = dab[y0 - top : y1 - top, x0 - left : x1 - left] - part
                np.maximum(more, 0, out=more)
                rows, columns = np.flatnonzero(more.any(1)), np.flatnonzero(more.any(0))
                if not rows.size:
                    continue
                more *= flow
                part += more
                # Of a dab beside another only a crescent is new.
                across, down = columns + (x0 - ox), rows + (y0 - oy)
                self._note((col, row), (int(across[0]), int(down[0]), int(across[-1]) + 1, int(down[-1]) + 1))

    def _note(self, key: TileKey, part: Part) -> None:
        """Remember that this part of a tile changed."""
        had = self.boxes.get(key, part)
        self.boxes[key] = min(had[0], part[0]), min(had[1], part[1]), max(had[2], part[2]), max(had[3], part[3])

    def _compose(self, key: TileKey, rows: slice, columns: slice) -> None:
        """Lay the coverage over the stored tile, in one rectangle, in a new array."""
        base = self._under(key)
        out = self._painted.get(key, base).copy()
        amount = self._amount(key, rows, columns)
        self._lay(key, (rows, columns), base[rows, columns], out[rows, columns], amount)
        out.flags.writeable = False
        self._painted[key] = out

    def _under(self, key: TileKey) -> Deep:
        """Return the stored tile."""
        base = self._base.get(key)
        if base is None:
            base = self._base[key] = read_tile(self._manifest, *key, self._source)
        return base

    def _amount(self, key: TileKey, rows: slice, columns: slice) -> Coverage:
        """Return how much of each pixel is painted: coverage, opacity and selection together."""
        amount = self._coverage[key][rows, columns] * np.float32(self.brush.opacity * self._alpha)
        if self._limit is not None:
            if key not in self._limits:
                self._limits[key] = self._limit(key)
            amount *= self._limits[key][rows, columns] * np.float32(1 / 255)
        return amount

    def _lay(self, key: TileKey, where: tuple[slice, slice], under: Deep, part: Deep, amount: Coverage) -> None:
        """Change ``part``, which becomes a rectangle of the tile, from what is ``under`` it, by ``amount``.

        Kinds of strokes differ in this alone. All arrays show the same rectangle, ``where`` in the tile ``key``.
        """
        if self.mode == "paint":
            lay_over(under, part, amount, self._colour)
        elif self.mode == "erase":
            part[..., 3] = under[..., 3] * (1 - amount) + rounding(part)
        else:
            cover(under, part, amount, np.float32(self._grey * 255))


def lay_over(under: Deep, part: Deep, amount: Coverage, colour: npt.NDArray[np.float32] | Deep) -> None:
    """Lay a colour (three values, or H×W×3; 0…255, sRGB) over ``under`` into ``part``, straight RGBA of one depth.

    W3C source-over, written for straight colour: C = Cb + (Cs − Cb)·αs/αo.
    """
    full, half = peak(part), rounding(part)
    if full != 255:
        colour = np.asarray(colour, np.float32) * np.float32(full / np.float32(255))
    weight = amount
    if under[..., 3].min() < full:
        below = under[..., 3] * np.float32(1 / full)
        below *= 1 - amount
        alpha = amount + below
        weight = np.divide(amount, alpha, out=np.zeros_like(amount), where=alpha > 0)
        part[..., 3] = alpha * full + half
    for channel in range(3):  # planes: numpy is several times slower over an innermost axis of 3
        plane = under[..., channel].astype(np.float32)
        plane += (colour[..., channel] - plane) * weight
        plane += half
        part[..., channel] = plane


def cover(under: Deep, part: Deep, amount: Coverage, target: np.float32 | Coverage) -> None:
    """Bring a mask's coverage (its alpha) nearer to ``target`` (0…255)."""
    value = under[..., 3].astype(np.float32)
    part[..., 3] = value + (target - value) * amount + 0.5
    part[..., :3] = 255


def dab_coverage(
    x: float,
    y: float,
    radius: float,
    hardness: float,
    box: tuple[int, int, int, int],
    roundness: float = 1.0,
    angle: float = 0.0,
) -> Coverage:
    """Return the coverage (0…1, float32) of one dab around (``x``, ``y``) on the pixels of ``box``.

    ``box`` is (left, top, right, bottom). Full within ``hardness`` of the radius, then falling smoothly to nothing
    at the radius; a hard edge is one pixel wide, centred on the radius. The tip is ``roundness`` times as high as
    wide, turned by ``angle`` degrees (x towards y).
    """
    left, top, right, bottom = box
    across = np.arange(left, right, dtype=np.float32) + np.float32(0.5 - x)
    down = np.arange(top, bottom, dtype=np.float32) + np.float32(0.5 - y)
    fade = radius * (1 - hardness)
    hard = fade <= 1.0
    if roundness >= 1.0:
        distance = np.add((across * across)[None, :], (down * down)[:, None])
        np.sqrt(distance, out=distance)
    else:
        distance = _elliptic(across[None, :], down[:, None], roundness, angle, radius if hard else None)
    distance *= np.float32(-1.0 if hard else -1 / fade)
    distance += np.float32(radius + 0.5 if hard else radius / fade)
    coverage: Coverage = np.clip(distance, 0, min(1.0, radius * 2), out=distance)
    if hard:
        return coverage
    smooth = 3 - 2 * coverage
    smooth *= coverage
    smooth *= coverage
    return smooth


def _elliptic(across: Coverage, down: Coverage, roundness: float, angle: float, edge: float | None) -> Coverage:
    """Return distances from the middle, those along the short side longer; true pixels around an ``edge`` there."""
    cos, sin = (np.float32(f(math.radians(angle))) for f in (math.cos, math.sin))
    long = across * cos + down * sin
    short = (down * cos - across * sin) * np.float32(1 / roundness)
    distance: Coverage = np.sqrt(long * long + short * short)
    if edge is None:
        return distance
    # One pixel is more than one unit of this distance: divide by its slope, which grows towards the short side.
    slope = np.sqrt(long * long + (short * short) * np.float32(1 / roundness**2))
    slope /= np.maximum(distance, np.float32(1e-6))
    return np.asarray(edge + (distance - np.float32(edge)) / np.maximum(slope, 1), np.float32)


def _share(value: float) -> float:
    return min(max(value, 0.0), 1.0)


def _between(start: Sample, end: Sample, t: float) -> Sample:
    x, y, pressure, tilt, speed = (one + (other - one) * t for one, other in zip(start, end, strict=True))
    return x, y, pressure, tilt, speed


def _quadratic(start: Sample, control: Sample, end: Sample, t: float) -> Sample:
    return _between(_between(start, control, t), _between(control, end, t), t)


def _length(start: Sample, control: Sample, end: Sample) -> float:
    """Return the length of the control polygon: at least that of the curve."""
    return math.dist(start[:2], control[:2]) + math.dist(control[:2], end[:2])
