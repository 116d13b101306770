"""Smudge: each dab lays down what the brush carries and takes up what is there, like a finger in wet paint."""

import math

import numpy as np

from core.raster.brush import Brush, Mode, Sample, Stroke, dab_coverage
from core.raster.depths import Deep, depth_of
from core.raster.manifest import TILE, AssetSource
from core.raster.sampling import Floats, premultiplied, straight
from core.raster.stamping import Limit
from core.raster.tiles import TileKey


class SmudgeStroke(Stroke):
    """``strength`` (0…1): how much of what the brush carries each dab leaves. With ``finger`` it begins with the
    brush's colour instead of what it is set down on. Dabs lie on whole pixels, so that nothing blurs by itself.
    """

    def __init__(
        self,
        brush: Brush,
        digest: str,
        source: AssetSource,
        strength: float,
        *,
        finger: bool = False,
        mode: Mode = "paint",
        limit: Limit | None = None,
    ) -> None:
        super().__init__(brush, digest, source, mode, limit)
        self._strength = strength
        self._finger = finger
        self._carried: Floats | None = None
        self._work: dict[TileKey, Floats] = {}
        """Premultiplied, 0…255."""

    def _dab(self, sample: Sample) -> None:
        # A brush that changed its size would have to stretch what it carries: pressure makes the dab smaller only.
        radius = max(0.5, self.brush.size / 2)
        own = min(radius, self._diameter(sample) / 2)
        x, y = (math.floor(value) + 0.5 for value in sample[:2])
        reach = math.ceil(radius)
        left, top = math.floor(x) - reach, math.floor(y) - reach
        box = left, top, left + 2 * reach + 1, top + 2 * reach + 1
        here = self._read(box)
        if self._carried is None:
            self._carried = here.copy()
            if self._finger:
                colour = self._grey * 255 if self.mode == "mask" else 255.0
                self._carried[..., :3] = self._colour
                self._carried[..., 3] = colour
            elif not self._finger:
                return
        carried = self._carried
        brush = self.brush
        share = dab_coverage(x, y, own, brush.hardness, box, brush.roundness, brush.angle)
        rate = np.float32(self._strength * self._weight(sample, flow=False))
        np.minimum(share, np.float32(1), out=share)
        # What is laid down is what is carried; what is carried then is what lies there now.
        mixed = carried * rate + here * (1 - rate)
        self._carried = mixed
        here = here + (mixed - here) * share[..., None]
        self._write(box, here)

    def _own(self, key: TileKey) -> Floats:
        if key not in self._work:
            self._work[key] = premultiplied(self._under(key))
        return self._work[key]

    def _parts(self, box: tuple[int, int, int, int]) -> list[tuple[TileKey, tuple[slice, slice], tuple[slice, slice]]]:
        """Return the tiles in ``box``, where in each, and where in the box."""
        left, top, right, bottom = box
        x0, y0 = max(0, left), max(0, top)
        x1, y1 = min(self._manifest.width, right), min(self._manifest.height, bottom)
        found = []
        for row in range(y0 // TILE, -(-y1 // TILE) if y0 < y1 else 0):
            for col in range(x0 // TILE, -(-x1 // TILE) if x0 < x1 else 0):
                ox, oy = col * TILE, row * TILE
                a, b, c, d = max(x0, ox), max(y0, oy), min(x1, ox + TILE), min(y1, oy + TILE)
                inside = slice(b - oy, d - oy), slice(a - ox, c - ox)
                found.append(((col, row), inside, (slice(b - top, d - top), slice(a - left, c - left))))
        return found

    def _read(self, box: tuple[int, int, int, int]) -> Floats:
        """Return the pixels of ``box`` as they are now; beyond the raster's edge its outermost pixels repeat."""
        left, top, right, bottom = box
        out = np.zeros((bottom - top, right - left, 4), np.float32)
        for key, inside, there in self._parts(box):
            out[there] = self._own(key)[inside]
        width, height = self._manifest.width, self._manifest.height
        x0, x1 = min(max(0, -left), right - left - 1), min(right, width) - left
        y0, y1 = min(max(0, -top), bottom - top - 1), min(bottom, height) - top
        if x1 <= x0 or y1 <= y0:
            return out
        out[:, :x0], out[:, x1:] = out[:, x0 : x0 + 1], out[:, x1 - 1 : x1]
        out[:y0], out[y1:] = out[y0 : y0 + 1], out[y1 - 1 : y1]
        return out

    def _write(self, box: tuple[int, int, int, int], values: Floats) -> None:
        for key, inside, there in self._parts(box):
            self._own(key)[inside] = values[there]
            rows, columns = inside
            self._note(key, (columns.start, rows.start, columns.stop, rows.stop))

    def _compose(self, key: TileKey, rows: slice, columns: slice) -> None:
        under = self._under(key)
        out = self._painted.get(key, under).copy()
        values, part, below = self._own(key)[rows, columns], out[rows, columns], under[rows, columns]
        if self._limit is not None:
            if key not in self._limits:
                self._limits[key] = self._limit(key)
            kept = self._limits[key][rows, columns] * np.float32(1 / 255)
            before = premultiplied(below)
            values = before + (values - before) * kept[..., None]
        part[...] = self._made(values, below)
        out.flags.writeable = False
        self._painted[key] = out

    def _made(self, values: Floats, below: Deep) -> Deep:
        if self.mode == "mask":
            done = np.full_like(below, 255)
            done[..., 3] = np.clip(values[..., 3] + np.float32(0.5), 0, 255)
            return done
        depth = depth_of(below)
        done = straight(values.copy(), depth)
        same = np.abs(values - premultiplied(below)).max(axis=-1) < (0.02 if depth == 8 else 1e-4)
        done[same] = below[same]
        return done
