"""Bits a channel: 8 (uint8, 0–255), 16 (uint16, 0–65535) or 32 (float32, where 0…1 is black to white).

All hold encoded sRGB with straight alpha. Floats keep colours above 1 and below 0; their alpha stays in 0…1. The same
formulas serve all three: an array's *peak* is what full means in it, and its *rounding* what is added before numbers
are cut off to whole ones.
"""

from typing import Any, cast

import numpy as np
import numpy.typing as npt

from core.documents.image_values import Depth

Deep = npt.NDArray[np.uint8 | np.uint16 | np.float32]
"""height×width×4, straight RGBA, encoded sRGB, at any depth."""

DTYPES: dict[Depth, Any] = {8: np.uint8, 16: np.uint16, 32: np.float32}
PEAKS: dict[Depth, float] = {8: 255.0, 16: 65535.0, 32: 1.0}
FARTHEST = 65504.0
"""How far from black a float's colour may be: the largest half float. It is 2^13 times as bright as any file holds."""


def depth_of(array: npt.NDArray[Any]) -> Depth:
    """Return how many bits a channel an array has; raises ``ValueError`` when that is not one of ours."""
    for depth, kind in DTYPES.items():
        if array.dtype == kind:
            return depth
    raise ValueError(f"pixels are uint8, uint16 or float32, not {array.dtype}")


def peak(array: npt.NDArray[Any]) -> np.float32:
    """Return what full is in an array: 255, 65535 or 1."""
    return np.float32(PEAKS[depth_of(array)])


def rounding(array: npt.NDArray[Any]) -> np.float32:
    """Return what is added to numbers that are to be stored in an array: a half, or nothing to floats."""
    return np.float32(0.0 if array.dtype == np.float32 else 0.5)


def levels(array: Deep) -> Deep:
    """Return colours in 0…255, the range that brushes reckon in; the very array when it has 8 bits."""
    full = peak(array)
    return array if full == 255 else array.astype(np.float32) * (np.float32(255) / full)


def zeros(height: int, width: int, depth: Depth) -> Deep:
    """Return a transparent picture."""
    return np.zeros((height, width, 4), DTYPES[depth])


def converted(array: Deep, depth: Depth, dither: np.random.Generator | None = None) -> Deep:
    """Return pixels at another depth; the very array when it has that one.

    More bits are exact, and come back as they were. Fewer are rounded to the nearest, or with ``dither`` up or down
    by chance, so that a soft gradient shows no steps; what falls on a step exactly stays there. Colours outside of
    0…1 are limited when floats become whole numbers.
    """
    old = depth_of(array)
    if old == depth:
        return array
    if depth == 32:
        return array.astype(np.float32) / np.float32(PEAKS[old])
    if old == 8:
        return array.astype(np.uint16) * np.uint16(257)
    if old == 16 and dither is None:
        return ((array.astype(np.uint32) + 128) // 257).astype(np.uint8)
    full = PEAKS[depth]
    # In double precision: what is a whole step must come out as one.
    values = array / np.float64(257) if old == 16 else np.clip(array, 0.0, 1.0).astype(np.float64) * full
    if dither is None:
        return cast(Deep, np.rint(values).astype(DTYPES[depth]))
    low = np.floor(values + 1e-4)
    up = dither.random(values.shape, np.float32) < values - low
    up[..., 3] = values[..., 3] - low[..., 3] >= 0.5  # an edge gets no noise
    return cast(Deep, (low + up).astype(DTYPES[depth]))


def as_bytes(array: Deep) -> npt.NDArray[np.uint8]:
    """Return pixels at 8 bits, rounded; the very array when it has 8."""
    return cast(npt.NDArray[np.uint8], converted(array, 8))


def settled(array: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Return floats that can be stored: nothing infinite, nothing that is no number, alpha in 0…1."""
    if np.isfinite(array).all() and np.abs(array[..., :3]).max(initial=0.0) <= FARTHEST:
        alpha = array[..., 3]
        if alpha.min(initial=0.0) >= 0.0 and alpha.max(initial=0.0) <= 1.0:
            return array
    out = np.nan_to_num(array, nan=0.0, posinf=FARTHEST, neginf=-FARTHEST)
    np.clip(out[..., :3], -FARTHEST, FARTHEST, out=out[..., :3])
    np.clip(out[..., 3], 0.0, 1.0, out=out[..., 3])
    return out


def linear_beyond(values: npt.NDArray[np.floating]) -> npt.NDArray[np.float32]:
    """Return linear light of encoded sRGB of any size: IEC 61966-2-1, the mirror image below 0."""
    size = np.abs(np.asarray(values, np.float32))
    curve = ((size + np.float32(0.055)) * np.float32(1 / 1.055)) ** np.float32(2.4)
    return np.asarray(np.copysign(np.where(size <= 0.04045, size * np.float32(1 / 12.92), curve), values), np.float32)


def encoded_beyond(values: npt.NDArray[np.floating]) -> npt.NDArray[np.float32]:
    """Return encoded sRGB of linear light of any size, the mirror image below 0."""
    size = np.abs(np.asarray(values, np.float32))
    curve = np.float32(1.055) * size ** np.float32(1 / 2.4) - np.float32(0.055)
    return np.asarray(np.copysign(np.where(size <= 0.0031308, size * np.float32(12.92), curve), values), np.float32)
