"""Pushing pixels about: a grid of displacements that brushes change, and the tiles that it makes of a raster.

The grid says for points of the result where they come from, in the raster's own pixels; a brush composes its own small
displacement with what is there, so that strokes add up as they would in a fluid. Until it is drawn nothing is lost:
*restore* brings any place back. Used in one thread.
"""

import math
from collections.abc import Callable, Iterator
from typing import Literal

import numpy as np
import numpy.typing as npt
import skia

from core.raster.affine import Rect
from core.raster.bent import RasterSource, draw_cells
from core.raster.depths import Deep, converted, settled, zeros
from core.raster.manifest import TILE
from core.raster.resample import CUBIC, REACH
from core.raster.surfaces import scratch, unsqueeze
from core.raster.tiles import TileKey, TileReader

Floats = npt.NDArray[np.float32]
Stroke = Literal["push", "twirl", "pinch", "bloat", "restore"]
Limit = Callable[[Floats, Floats], Floats]
"""Says for own points how much of them may be moved, 0…1."""
NODES = 1200
"""The grid has about so many points along the longer side, at most."""
STILL = 1e-3
"""Displacements below this are none."""


class Field:
    """The displacements of one raster of ``width``×``height`` pixels."""

    def __init__(self, width: int, height: int, limit: Limit | None = None) -> None:
        self.size = width, height
        self.step = 4
        while max(width, height) / self.step > NODES and self.step < TILE:
            self.step *= 2
        self._limit = limit
        self._finest = math.inf
        """The smallest radius that a brush had: the displacements are as smooth as that."""
        self.cols, self.rows = -(-width // TILE), -(-height // TILE)
        per = TILE // self.step
        self.moves: Floats = np.zeros((self.rows * per + 1, self.cols * per + 1, 2), np.float32)
        """Where each point comes from, as an offset from itself: rows×columns×(x, y)."""

    def stroke(
        self, kind: Stroke, x: float, y: float, radius: float, strength: float, dx: float = 0.0, dy: float = 0.0
    ) -> set[TileKey]:
        """Touch the raster with a soft round brush; return the tiles that may have changed.

        ``push`` moves what is under the brush by (``dx``, ``dy``). The others act by ``strength`` (0…1, negative the
        other way round): ``twirl`` clockwise by up to a quarter radian, ``pinch`` towards the middle, ``bloat`` away
        from it, ``restore`` back to where it was.
        """
        parts = max(1, math.ceil(math.hypot(dx, dy) / max(radius / 4, 0.5))) if kind == "push" else 1
        found: set[TileKey] = set()
        self._finest = min(self._finest, radius)
        for part in range(parts):
            at = (part + 0.5) / parts - 1
            place = (x + dx * at, y + dy * at) if kind == "push" else (x, y)
            found |= self._touch(kind, *place, radius, strength, dx / parts, dy / parts)
        return found

    def _touch(
        self, kind: Stroke, x: float, y: float, radius: float, strength: float, dx: float, dy: float
    ) -> set[TileKey]:
        rows, columns = self._around(x, y, radius)
        if rows.stop <= rows.start or columns.stop <= columns.start:
            return set()
        px, py = np.meshgrid(
            np.arange(columns.start, columns.stop, dtype=np.float32) * self.step,
            np.arange(rows.start, rows.stop, dtype=np.float32) * self.step,
        )
        ox, oy = px - np.float32(x), py - np.float32(y)
        weight = np.square(np.maximum(0, 1 - (ox * ox + oy * oy) / np.float32(radius * radius)))
        if self._limit is not None:
            weight = weight * self._limit(px, py)
        if kind == "restore":
            self.moves[rows, columns] *= (1 - weight * np.float32(min(1.0, max(0.0, strength))))[..., None]
        else:
            qx, qy = _source(kind, ox, oy, weight, np.float32(strength), dx, dy)
            moved = self._at(px + qx, py + qy)
            moved[..., 0] += qx
            moved[..., 1] += qy
            self.moves[rows, columns] = np.where(weight[..., None] > 0, moved, self.moves[rows, columns])
        self._pin()
        return self._tiles_of(rows, columns)

    def _around(self, x: float, y: float, radius: float) -> tuple[slice, slice]:
        height, width = self.moves.shape[:2]
        top, bottom = math.floor((y - radius) / self.step), math.ceil((y + radius) / self.step) + 1
        left, right = math.floor((x - radius) / self.step), math.ceil((x + radius) / self.step) + 1
        return slice(max(0, top), min(height, bottom)), slice(max(0, left), min(width, right))

    def _at(self, x: Floats, y: Floats) -> Floats:
        """Return the displacements at own points, bilinear."""
        height, width = self.moves.shape[:2]
        gx = np.clip(x / self.step, 0, width - 1.001)
        gy = np.clip(y / self.step, 0, height - 1.001)
        ix, iy = gx.astype(np.intp), gy.astype(np.intp)
        fx, fy = (gx - ix)[..., None], (gy - iy)[..., None]
        above = self.moves[iy, ix] * (1 - fx) + self.moves[iy, ix + 1] * fx
        below = self.moves[iy + 1, ix] * (1 - fx) + self.moves[iy + 1, ix + 1] * fx
        return np.asarray(above * (1 - fy) + below * fy, np.float32)

    def _pin(self) -> None:
        """Keep the raster's edges where they are: pixels move along them, not across."""
        right, bottom = self.size[0] // self.step, self.size[1] // self.step
        self.moves[:, 0, 0] = 0
        self.moves[:, right:, 0] = 0
        self.moves[0, :, 1] = 0
        self.moves[bottom:, :, 1] = 0

    def _tiles_of(self, rows: slice, columns: slice) -> set[TileKey]:
        per = TILE // self.step
        return {
            (col, row)
            for row in range(max(0, (rows.start - 1) // per), min(self.rows, rows.stop // per + 1))
            for col in range(max(0, (columns.start - 1) // per), min(self.cols, columns.stop // per + 1))
        }

    def moved_tiles(self) -> Iterator[TileKey]:
        """Yield the tiles in which something is moved."""
        per = TILE // self.step
        for row in range(self.rows):
            for col in range(self.cols):
                if np.abs(self.moves[row * per : (row + 1) * per + 1, col * per : (col + 1) * per + 1]).max() > STILL:
                    yield col, row

    def _coarseness(self) -> int:
        """Return of how many points of the grid one is enough to draw with: a brush is a dozen of cells across."""
        every = 1
        while self._limit is None and self.step * every < 32 and self.step * every * 2 <= self._finest / 8:
            every *= 2
        return every

    def tile(self, reader: TileReader, digest: str, key: TileKey) -> Deep:
        """Return one tile of the raster ``digest`` as it is moved: 256×256×4 straight RGBA at its depth.

        Raises :class:`core.values.AtelierError` when a tile that it comes from cannot be read.
        """
        col, row = key
        every = self._coarseness()
        per = TILE // self.step
        stored = reader.tile(digest, 0, col, row)
        depth = reader.manifest(digest).depth
        before = zeros(TILE, TILE, depth) if stored is None else stored.array
        moves = self.moves[row * per : (row + 1) * per + 1, col * per : (col + 1) * per + 1].astype(np.float64)
        still = np.abs(moves).max(axis=2) <= STILL
        if still.all():
            return before.copy()
        moves = moves[::every, ::every]
        places = np.arange(0, per + 1, every) * float(self.step)
        px, py = np.meshgrid(places, places)
        x, y = px + col * TILE + moves[..., 0], py + row * TILE + moves[..., 1]
        whole = Rect(0, 0, *self.size)
        left, top = math.floor(max(x.min(), 0)) - REACH, math.floor(max(y.min(), 0)) - REACH
        seen = Rect(left, top, math.ceil(x.max()) + REACH, math.ceil(y.max()) + REACH).intersect(whole)
        source = RasterSource(reader, digest, self.size, None)
        if seen.empty:
            return before.copy()
        box = int(seen.left), int(seen.top), int(seen.width), int(seen.height)
        image = source.patch(0, *box)
        if image is None:
            return zeros(TILE, TILE, depth)
        clamp = skia.TileMode.kClamp
        shader = image.makeShader(clamp, clamp, CUBIC, skia.Matrix.Translate(box[0], box[1]))
        everywhere = np.ones((len(places) - 1, len(places) - 1), np.bool_)
        points = x, y, px, py
        if source.depth > 8:
            with scratch() as own:
                paint = skia.Paint(Shader=shader)
                if source.depth == 32:
                    paint.setColorFilter(unsqueeze())
                draw_cells(own.canvas, paint, points, everywhere)
                own.empty = False
                out = converted(settled(own.read_floats()), depth)
        else:
            surface = skia.Surface.MakeRasterN32Premul(TILE, TILE)
            draw_cells(surface.getCanvas(), skia.Paint(Shader=shader), points, everywhere)
            out = np.empty((TILE, TILE, 4), np.uint8)
            info = skia.ImageInfo.Make(TILE, TILE, skia.kRGBA_8888_ColorType, skia.kUnpremul_AlphaType)
            surface.readPixels(info, out, TILE * 4, 0, 0)
        # What is not moved is not touched either: not even by rounding.
        calm = still[:-1, :-1] & still[1:, :-1] & still[:-1, 1:] & still[1:, 1:]
        same = np.repeat(np.repeat(calm, self.step, axis=0), self.step, axis=1)
        np.copyto(out, before, where=same[..., None])
        return out


def _source(
    kind: Stroke, ox: Floats, oy: Floats, weight: Floats, strength: np.float32, dx: float, dy: float
) -> tuple[Floats, Floats]:
    """Return where points at (``ox``, ``oy``) from the brush's middle come from, as offsets from themselves."""
    match kind:
        case "push":
            return -weight * np.float32(dx), -weight * np.float32(dy)
        case "twirl":
            angle = -weight * strength * np.float32(0.25)
            cos, sin = np.cos(angle), np.sin(angle)
            return cos * ox - sin * oy - ox, sin * ox + cos * oy - oy
        case "pinch":
            return weight * strength * ox * np.float32(0.15), weight * strength * oy * np.float32(0.15)
        case "bloat":
            return -weight * strength * ox * np.float32(0.15), -weight * strength * oy * np.float32(0.15)
    return np.zeros_like(ox), np.zeros_like(oy)
