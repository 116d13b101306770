"""The path along which two overlapping pieces differ least, and joining them there.

Minimum-error boundary cuts (Efros and Freeman, *Image Quilting*, SIGGRAPH 2001) by dynamic programming, and a narrow
blend that is as wide as the pieces differ.
"""

import cv2
import numpy as np
import numpy.typing as npt

from core.image.pixels import Floats

Path = npt.NDArray[np.intp]


def cut(cost: Floats, closed: bool = False) -> Path:
    """Return for each row of ``cost`` (h×w) the column of the cheapest path from top to bottom.

    With ``closed`` the path ends where it begins, so that it goes on when the rows repeat.
    """
    if not closed:
        return _cheapest(cost)
    # Twice around: in the middle the ends no longer matter; then once more from where it passes there, and back.
    height = len(cost)
    half = height // 2
    column = int(_cheapest(np.vstack((cost[half:], cost, cost[:half])))[height - half])
    walled = cost.copy()
    wall = np.float32(1e6 + cost.sum())
    for row in (0, height - 1):
        away = np.arange(cost.shape[1]) != column
        walled[row, away] = wall
    return _cheapest(walled)


def _cheapest(cost: Floats) -> Path:
    height, width = cost.shape
    total = np.full((height, width + 2), np.inf, np.float64)
    total[:, 1:-1] = cost
    for row in range(1, height):
        above = total[row - 1]
        total[row, 1:-1] += np.minimum(np.minimum(above[:-2], above[2:]), above[1:-1])
    path = np.empty(height, np.intp)
    column = int(total[-1].argmin())
    path[-1] = column - 1
    for row in range(height - 2, -1, -1):
        # Straight on where that is as cheap as to either side.
        beside = total[row, column - 1 : column + 2]
        least = beside.min()
        if beside[1] > least:
            column += 1 if beside[2] == least else -1
        path[row] = column - 1
    return path


def share(path: Path, width: int, softness: float) -> Floats:
    """Return h×w: 0 left of the path, 1 right of it, with a ramp of ``softness`` pixels to each side."""
    away = np.arange(width, dtype=np.float32)[None] - path[:, None].astype(np.float32) + np.float32(0.5)
    if softness > 0:
        # The ramp never reaches the ends, where only one of the two pieces may be seen.
        room = np.minimum(path + 0.5, width - path - 0.5).astype(np.float32)[:, None]
        ramp = np.clip(away / np.maximum(np.minimum(softness, room), np.float32(0.5)), -1, 1)
        return np.asarray(0.5 + 0.5 * np.sin(ramp * np.float32(np.pi / 2)), np.float32)
    return np.asarray(away > 0, np.float32)


def difference(first: Floats, second: Floats) -> Floats:
    """Return what a cut costs at each pixel of two overlapping pieces (h×w×C): colour, and more in calm places."""
    apart = ((first - second) ** 2).sum(-1)
    return np.asarray(cv2.GaussianBlur(apart, (0, 0), 0.8), np.float32)
