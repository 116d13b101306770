"""Strokes that take their colour from pixels: the clone stamp, and brushes that blur or sharpen what is there."""

import math
from collections.abc import Callable
from typing import Literal

import numpy as np
import numpy.typing as npt

from core.raster.brush import Brush, Coverage, Mode, Stroke, cover, lay_over
from core.raster.depths import Deep, depth_of, levels, peak
from core.raster.manifest import TILE, AssetSource
from core.raster.sampling import Floats, Sampler, premultiplied, straight
from core.raster.tiles import TileKey

Limit = Callable[[TileKey], npt.NDArray[np.uint8]]
OVERSHOOT = 3.0
"""By how many levels sharpening may go beyond what is around a pixel."""
REACH = 9
"""How far from a pixel the blur looks, in pixels."""


class CloneStroke(Stroke):
    """Paints with what ``sampler`` holds ``offset`` (whole pixels, source minus target) away. Where nothing is there,
    nothing is painted. In mode ``mask`` the source's alpha is what the mask becomes.
    """

    def __init__(
        self,
        brush: Brush,
        digest: str,
        source: AssetSource,
        sampler: Sampler,
        offset: tuple[int, int],
        mode: Mode = "paint",
        limit: Limit | None = None,
    ) -> None:
        super().__init__(brush, digest, source, mode, limit)
        self._sampler = sampler
        self._offset = offset
        self._sources: dict[TileKey, Deep] = {}

    def _there(self, key: TileKey) -> Deep:
        """Return the tile that a tile is painted with."""
        if key not in self._sources:
            left, top = key[0] * TILE + self._offset[0], key[1] * TILE + self._offset[1]
            self._sources[key] = self._sampler.read((left, top, left + TILE, top + TILE))
        return self._sources[key]

    def _lay(self, key: TileKey, where: tuple[slice, slice], under: Deep, part: Deep, amount: Coverage) -> None:
        there = self._there(key)[where]
        if self.mode == "mask":
            cover(under, part, amount, levels(there)[..., 3].astype(np.float32))
            return
        full = peak(there)
        if there[..., 3].min() < full:
            amount = amount * (there[..., 3] * np.float32(1 / full))
        lay_over(under, part, amount, levels(there)[..., :3])


class FilterStroke(Stroke):
    """Mixes a blurred or sharpened copy of the raster in. ``strength`` goes from 0 to 1."""

    def __init__(
        self,
        brush: Brush,
        digest: str,
        source: AssetSource,
        sampler: Sampler,
        kind: Literal["blur", "sharpen"],
        strength: float,
        mode: Mode = "paint",
        limit: Limit | None = None,
    ) -> None:
        super().__init__(brush, digest, source, mode, limit)
        self._sampler = sampler
        self._kind = kind
        self._strength = strength
        self._filtered: dict[TileKey, Floats] = {}

    def _target(self, key: TileKey) -> Floats:
        """Return a tile as the filter makes it, premultiplied."""
        if key not in self._filtered:
            left, top = key[0] * TILE, key[1] * TILE
            right, bottom = min(left + TILE, self._manifest.width), min(top + TILE, self._manifest.height)
            around = max(0, left - REACH), max(0, top - REACH), right + REACH, bottom + REACH
            around = (*around[:2], min(around[2], self._manifest.width), min(around[3], self._manifest.height))
            values = premultiplied(self._sampler.read(around))
            done = blurred(values, 0.6 + 2.2 * self._strength)
            if self._kind == "sharpen":
                done = sharpened(values, self._strength, beyond=self._manifest.depth == 32)
            tile = np.zeros((TILE, TILE, 4), np.float32)
            x, y = left - around[0], top - around[1]
            tile[: bottom - top, : right - left] = done[y : y + bottom - top, x : x + right - left]
            self._filtered[key] = tile
        return self._filtered[key]

    def _lay(self, key: TileKey, where: tuple[slice, slice], under: Deep, part: Deep, amount: Coverage) -> None:
        target = self._target(key)[where]
        if self.mode == "mask":
            cover(under, part, amount, np.ascontiguousarray(target[..., 3]))
            return
        values = premultiplied(under)
        values += (target - values) * amount[..., None]
        done = straight(values, depth_of(under))
        # What is hardly touched keeps every bit of its colour.
        part[...] = np.where((amount > 1 / 512)[..., None], done, under)


def blurred(values: Floats, sigma: float) -> Floats:
    """Return premultiplied values under a Gaussian; the outermost pixels repeat beyond the edge."""
    reach = min(REACH, math.ceil(3 * sigma))
    weights = np.exp(-0.5 * (np.arange(-reach, reach + 1) / sigma) ** 2)
    weights = (weights / weights.sum()).astype(np.float32)
    for axis in (0, 1):
        pad = [(0, 0)] * values.ndim
        pad[axis] = (reach, reach)
        padded = np.pad(values, pad, mode="edge")
        length = values.shape[axis]

        def cut(start: int, padded: Floats = padded, axis: int = axis, length: int = length) -> Floats:
            return padded[start : start + length] if axis == 0 else padded[:, start : start + length]

        total = cut(reach) * weights[reach]
        for step in range(1, reach + 1):
            total += (cut(reach - step) + cut(reach + step)) * weights[reach + step]
        values = total
    return values


def sharpened(values: Floats, strength: float, *, beyond: bool = False) -> Floats:
    """Return premultiplied values sharpened by an unsharp mask that makes no halos.

    What overshoots the lightest or darkest of the 3×3 pixels around by more than a little is held back, so that going
    over a place again and again does not end in noise and white lines. Alpha is not sharpened beyond 0 and 255, nor
    colours beyond black and white unless they may go ``beyond`` both.
    """
    detail = values - blurred(values, 1.1)
    out = values + detail * np.float32(0.5 + 2.0 * strength)
    low, high = values.copy(), values.copy()
    height, width = values.shape[:2]
    padded = np.pad(values, ((1, 1), (1, 1), (0, 0)), mode="edge")
    for y in range(3):
        for x in range(3):
            near = padded[y : y + height, x : x + width]
            np.minimum(low, near, out=low)
            np.maximum(high, near, out=high)
    room = np.minimum((high - low) * np.float32(0.1 + 0.25 * strength), np.float32(OVERSHOOT))
    np.clip(out, low - room, high + room, out=out)
    if beyond:
        np.clip(out[..., 3], 0, 255, out=out[..., 3])
        return out
    np.clip(out, 0, 255, out=out)
    np.minimum(out[..., :3], out[..., 3:], out=out[..., :3])
    return out
