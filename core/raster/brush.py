"""A round brush: pointer positions become coverage, coverage becomes tiles.

A stroke is painted on its own first: each dab brings the coverage of its pixels nearer to its own by ``flow``, never
beyond, and the finished coverage is laid over what was there with ``opacity``. So a stroke that crosses itself does not
get darker than ``opacity``, its edge is as soft as one dab's however densely dabs lie, and the result does not depend
on how the pointer's events were cut up.
"""

import math
from collections.abc import Callable, Iterator
from typing import Annotated, Literal

import msgspec
import numpy as np
import numpy.typing as npt
from msgspec import Meta

from core.raster.manifest import TILE, AssetSource, Pixels, read_manifest, read_tile
from core.raster.surfaces import Part
from core.raster.text import parse_colour
from core.raster.tiles import TileKey

Coverage = npt.NDArray[np.float32]
Mode = Literal["paint", "erase", "mask"]
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
        self._base: dict[TileKey, Pixels] = {}
        self._painted: dict[TileKey, Pixels] = {}
        self._points: list[tuple[float, float, float]] = []
        self._end: tuple[float, float, float] | None = None
        self._until_dab = 0.0
        self.boxes: dict[TileKey, Part] = {}
        """Which part of which tile the last :meth:`add` or :meth:`finish` changed."""
        red, green, blue, self._alpha = parse_colour(brush.colour)
        self._colour = np.array([red, green, blue], np.float32) * 255
        # Rec. 601 luma: which grey an encoded colour looks like.
        self._grey = 0.299 * red + 0.587 * green + 0.114 * blue

    @property
    def tiles(self) -> dict[TileKey, Pixels]:
        """The tiles as they are now, by (column, row): what differs from the raster. The arrays are read-only and
        never change again; a later :meth:`add` puts others in their place. Give it to the compositor as override.
        """
        return dict(self._painted)

    def add(self, x: float, y: float, pressure: float = 1.0) -> set[TileKey]:
        """Take the pointer to (``x``, ``y``); return the tiles (column, row) that changed.

        The path is a quadratic spline through the middles between pointer positions, so it follows half a step
        behind and has no corners.
        """
        point = x, y, min(max(pressure, 0.0), 1.0)
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

    def finish(self) -> dict[TileKey, Pixels]:
        """Bring the stroke to the last pointer position; return all tiles that differ from the raster.

        The caller stores them with :func:`core.raster.manifest.replace_tiles`.
        """
        self.boxes = {}
        if self._end is not None and self._end != self._points[-1]:
            start, last = self._end, self._points[-1]
            self._end = last
            self._paint(self._dabs(lambda t: _between(start, last, t), math.dist(start[:2], last[:2])))
        return self.tiles

    def _dabs(
        self, at: Callable[[float], tuple[float, float, float]], length: float
    ) -> Iterator[tuple[float, float, float]]:
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
                self._until_dab = self._step(dab[2])
            self._until_dab -= piece - gone
            before = after

    def _diameter(self, pressure: float) -> float:
        return max(1.0, self.brush.size * pressure) if self.brush.pressure_size else self.brush.size

    def _step(self, pressure: float) -> float:
        return max(_SMALLEST_STEP, self.brush.spacing * self._diameter(pressure))

    def _paint(self, dabs: Iterator[tuple[float, float, float]]) -> set[TileKey]:
        touched: dict[TileKey, list[int]] = {}
        first = not self._coverage
        for x, y, pressure in dabs:
            self._dab(x, y, pressure, touched)
            if first:
                self._until_dab, first = self._step(pressure), False
        for key, (left, top, right, bottom) in touched.items():
            self._compose(key, slice(top, bottom), slice(left, right))
        self.boxes = {key: (left, top, right, bottom) for key, (left, top, right, bottom) in touched.items()}
        return set(touched)

    def _dab(self, x: float, y: float, pressure: float, touched: dict[TileKey, list[int]]) -> None:
        """Raise the coverage under one dab, and note which part of which tile that was."""
        radius = self._diameter(pressure) / 2
        flow = np.float32(self.brush.flow)
        ceiling = np.float32(pressure if self.brush.pressure_opacity else 1.0)
        left, right = max(0, math.floor(x - radius - 1)), min(self._manifest.width, math.ceil(x + radius + 1))
        top, bottom = max(0, math.floor(y - radius - 1)), min(self._manifest.height, math.ceil(y + radius + 1))
        if left >= right or top >= bottom or ceiling <= 0:
            return
        dab = dab_coverage(x, y, radius, self.brush.hardness, (left, top, right, bottom))
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
                box = touched.setdefault((col, row), [TILE, TILE, 0, 0])
                box[0], box[1] = min(box[0], x0 - ox + int(columns[0])), min(box[1], y0 - oy + int(rows[0]))
                box[2], box[3] = max(box[2], x0 - ox + int(columns[-1]) + 1), max(box[3], y0 - oy + int(rows[-1]) + 1)

    def _compose(self, key: TileKey, rows: slice, columns: slice) -> None:
        """Lay the coverage over the stored tile, in one rectangle, in a new array."""
        base = self._base.get(key)
        if base is None:
            base = self._base[key] = read_tile(self._manifest, *key, self._source)
        out = self._painted.get(key, base).copy()
        under, part = base[rows, columns], out[rows, columns]
        amount = self._coverage[key][rows, columns] * np.float32(self.brush.opacity * self._alpha)
        if self._limit is not None:
            if key not in self._limits:
                self._limits[key] = self._limit(key)
            amount *= self._limits[key][rows, columns] * np.float32(1 / 255)
        if self.mode == "paint":
            # W3C source-over, written for straight colour: C = Cb + (Cs − Cb)·αs/αo.
            weight = amount
            if under[..., 3].min() < 255:
                below = under[..., 3] * np.float32(1 / 255)
                below *= 1 - amount
                alpha = amount + below
                weight = np.divide(amount, alpha, out=np.zeros_like(amount), where=alpha > 0)
                part[..., 3] = alpha * 255 + 0.5
            for channel in range(3):  # planes: numpy is several times slower over an innermost axis of 3
                plane = under[..., channel].astype(np.float32)
                plane += (self._colour[channel] - plane) * weight
                plane += 0.5
                part[..., channel] = plane
        elif self.mode == "erase":
            part[..., 3] = under[..., 3] * (1 - amount) + 0.5
        else:
            value = under[..., 3].astype(np.float32)
            part[..., 3] = value + (np.float32(self._grey * 255) - value) * amount + 0.5
            part[..., :3] = 255
        out.flags.writeable = False
        self._painted[key] = out


def dab_coverage(x: float, y: float, radius: float, hardness: float, box: tuple[int, int, int, int]) -> Coverage:
    """Return the coverage (0…1, float32) of one dab around (``x``, ``y``) on the pixels of ``box``.

    ``box`` is (left, top, right, bottom). Full within ``hardness`` of the radius, then falling smoothly to nothing
    at the radius; a hard edge is one pixel wide, centred on the radius.
    """
    left, top, right, bottom = box
    across = np.arange(left, right, dtype=np.float32) + np.float32(0.5 - x)
    down = np.arange(top, bottom, dtype=np.float32) + np.float32(0.5 - y)
    distance = np.add((across * across)[None, :], (down * down)[:, None])
    np.sqrt(distance, out=distance)
    fade = radius * (1 - hardness)
    hard = fade <= 1.0
    distance *= np.float32(-1.0 if hard else -1 / fade)
    distance += np.float32(radius + 0.5 if hard else radius / fade)
    coverage: Coverage = np.clip(distance, 0, min(1.0, radius * 2), out=distance)
    if hard:
        return coverage
    smooth = 3 - 2 * coverage
    smooth *= coverage
    smooth *= coverage
    return smooth


Sample = tuple[float, float, float]


def _between(start: Sample, end: Sample, t: float) -> Sample:
    x, y, pressure = (one + (other - one) * t for one, other in zip(start, end, strict=True))
    return x, y, pressure


def _quadratic(start: Sample, control: Sample, end: Sample, t: float) -> Sample:
    return _between(_between(start, control, t), _between(control, end, t), t)


def _length(start: Sample, control: Sample, end: Sample) -> float:
    """Return the length of the control polygon: at least that of the curve."""
    return math.dist(start[:2], control[:2]) + math.dist(control[:2], end[:2])
