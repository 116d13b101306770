"""The magic wand: which pixels are like the one that was pointed at, and which of them hang together with it.

Connected pixels are found by runs: each row becomes its stretches of like pixels, and runs of neighbouring rows that
touch are joined (union by hooking and pointer jumping). No step looks at single pixels in Python.
"""

import numpy as np
import numpy.typing as npt

from core.raster.manifest import Pixels
from core.raster.selecting import Coverage

Flags = npt.NDArray[np.bool_]
Indices = npt.NDArray[np.intp]
CLEAR = 8
"""Below this alpha a pixel has no colour to speak of."""


def similar(pixels: Pixels, x: int, y: int, tolerance: int) -> Flags:
    """Return which pixels (straight RGBA, sRGB) differ from the one at (x, y) by at most ``tolerance`` (0–255).

    The difference is the largest of the encoded red, green, blue and alpha ones; where the pixel is transparent,
    only alpha counts.
    """
    seed = [int(value) for value in pixels[y, x]]
    found: Flags | None = None
    for channel in (3,) if seed[3] < CLEAR else (0, 1, 2, 3):
        plane = np.ascontiguousarray(pixels[..., channel])
        # One comparison says both bounds: below the lower one, unsigned numbers wrap round to large ones.
        low, high = max(0, seed[channel] - tolerance), min(255, seed[channel] + tolerance)
        near = (plane - np.uint8(low)) <= np.uint8(high - low)
        found = near if found is None else np.logical_and(found, near, out=found)
    assert found is not None
    return found


def contiguous(like: Flags, x: int, y: int) -> Flags:
    """Return those of ``like`` that (x, y) reaches by steps to the left, right, up and down within ``like``."""
    height, width = like.shape
    out = np.zeros((height, width + 1), np.bool_)
    if not like[y, x]:
        return out[:, :width]
    # A column of nothing at the end keeps the runs of one row from going on in the next.
    flat = np.zeros((height, width + 1), np.bool_)
    flat[:, :width] = like
    edges = np.flatnonzero(np.diff(flat.ravel(), prepend=False))
    starts, ends = edges[0::2], edges[1::2]
    labels = _joined(starts, ends, width + 1)
    seed = np.searchsorted(starts, y * (width + 1) + x, "right") - 1
    chosen = labels == labels[seed]
    steps = np.zeros(height * (width + 1) + 1, np.int8)
    steps[starts[chosen]] = 1
    steps[ends[chosen]] -= 1
    np.cumsum(steps[:-1], out=out.view(np.int8).ravel(), dtype=np.int8)
    return out[:, :width]


def _joined(starts: Indices, ends: Indices, pitch: int) -> Indices:
    """Return a label for each run (first and end of its flat indices, in order): equal where runs hang together."""
    first = np.searchsorted(ends, starts + pitch, "right")
    last = np.searchsorted(starts, ends + pitch, "left")
    count = np.maximum(last - first, 0)
    upper = np.repeat(np.arange(starts.size), count)
    lower = np.arange(upper.size) - np.repeat(np.cumsum(count) - count, count) + np.repeat(first, count)
    parent = np.arange(starts.size)
    while True:
        one, other = parent[upper], parent[lower]
        apart = one != other
        if not apart.any():
            return parent
        upper, lower, one, other = upper[apart], lower[apart], one[apart], other[apart]
        np.minimum.at(parent, np.maximum(one, other), np.minimum(one, other))
        while not np.array_equal(further := parent[parent], parent):
            parent = further


def wand(pixels: Pixels, x: int, y: int, tolerance: int, *, only_connected: bool = True) -> Coverage:
    """Return the coverage of what the wand chooses at (x, y), in whole pixels."""
    like = similar(pixels, x, y, tolerance)
    if only_connected:
        like = contiguous(like, x, y)
    return np.where(like, np.uint8(255), np.uint8(0))
