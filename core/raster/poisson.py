"""Pictures from gradients: the Poisson equation on any set of pixels, by conjugate gradients and multigrid.

Pérez, Gangnet and Blake, *Poisson Image Editing*, SIGGRAPH 2003. The unknown is least squares: every edge between two
neighbouring pixels wants a difference, pixels that are not free keep their value, and what lies beyond the border of
the array has no say (so a region may touch it). A multigrid V-cycle preconditions the conjugate gradients: ten rounds
are enough for any size.
"""

import math
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Mask = npt.NDArray[np.bool_]

Tick = Callable[[float], None]
"""Hears how far the work is (0…1), and may raise."""

ROUNDS = 24
_SMOOTH = 2
_DAMPING = np.float32(0.8)


class _Grid(NamedTuple):
    """One level: weights of the edges to the right (H×W−1) and below (H−1×W), and of the pull on each pixel (H×W)."""

    right: Floats
    below: Floats
    pull: Floats
    inverse: Floats
    """One over the diagonal of the matrix, 0 where a pixel is not free (H×W)."""


def solve(
    values: Floats,
    right: Floats,
    below: Floats,
    free: Mask,
    tick: Tick,
    anchor: float = 0.0,
    weights: tuple[Floats, Floats] | None = None,
    tolerance: float = 0.02,
) -> Floats:
    """Return ``values`` (H×W×C) with its ``free`` pixels (H×W) changed so that differences are the wanted ones.

    ``right[y, x]`` is wanted of ``values[y, x + 1] − values[y, x]`` (H×W−1×C), ``below`` likewise (H−1×W×C);
    ``weights`` say how much each of them counts (H×W−1 and H−1×W; all the same where not given). ``anchor`` is the
    weight with which a free pixel is drawn to the value it has. ``tick`` hears how far it is (0…1) and may raise.
    ``tolerance`` is the largest residual left, in the unit of ``values``.
    """
    height, width = free.shape
    if not free.any():
        return values.astype(np.float32)
    wide, tall = weights or (np.ones((height, width - 1), np.float32), np.ones((height - 1, width), np.float32))
    grids = _grids(wide, tall, free, np.float32(anchor))
    found = _planes(values)
    residual = _residual(found, _planes(right), _planes(below), wide, tall) * free
    correction = np.zeros_like(found)
    direction: Floats | None = None
    before = np.ones(len(found), np.float32)
    start = float(np.abs(residual).max())
    for _ in range(ROUNDS):
        left = float(np.abs(residual).max())
        if left <= tolerance:
            break
        tick(min(1.0, math.log(max(start / left, 1)) / math.log(max(start / tolerance, 1.001))))
        better = _cycle(grids, residual)
        now = _dot(residual, better)
        if direction is None:
            direction = better
        else:
            direction *= (now / before)[:, None, None]
            direction += better
        image = _apply(grids[0], direction)
        step = (now / _dot(direction, image))[:, None, None]
        correction += step * direction
        image *= step
        residual -= image
        before = now
    tick(1.0)
    return np.ascontiguousarray((found + correction).transpose(1, 2, 0))


def _planes(values: Floats) -> Floats:
    """Return H×W×C as C×H×W: numpy is several times as fast along rows as along three channels."""
    return np.ascontiguousarray(values.transpose(2, 0, 1), np.float32)


def _dot(a: Floats, b: Floats) -> Floats:
    """Return the product of each plane with its like, never 0: one that is solved shall divide to nothing."""
    return np.array([np.dot(x.ravel(), y.ravel()) for x, y in zip(a, b, strict=True)], np.float32) + np.float32(1e-20)


def _residual(values: Floats, right: Floats, below: Floats, wide: Floats, tall: Floats) -> Floats:
    """Return the negative slope of the energy at ``values`` (C×H×W)."""
    out = np.zeros_like(values)
    step = (np.diff(values, axis=2) - right) * wide
    out[:, :, :-1] += step
    out[:, :, 1:] -= step
    step = (np.diff(values, axis=1) - below) * tall
    out[:, :-1] += step
    out[:, 1:] -= step
    return out


def _grids(wide: Floats, tall: Floats, free: Mask, anchor: np.float32) -> list[_Grid]:
    """Return the levels, finest first. An edge to a pixel that is not free pulls its other end to where it is."""
    open_ = free.astype(np.float32)
    pull = np.zeros(free.shape, np.float32)
    pull[:, :-1] += wide * (1 - open_[:, 1:])
    pull[:, 1:] += wide * (1 - open_[:, :-1])
    pull[:-1] += tall * (1 - open_[1:])
    pull[1:] += tall * (1 - open_[:-1])
    held = np.full(free.shape, anchor, np.float32)
    wide = wide * open_[:, 1:] * open_[:, :-1]
    tall = tall * open_[1:] * open_[:-1]
    grids = []
    while True:
        grids.append(_grid(wide, tall, (pull + held) * open_, open_))
        if min(free.shape[0] >> len(grids), free.shape[1] >> len(grids)) < 2 or len(grids) > 12:
            return grids
        # Half of the sum: steps between blocks overrate a slope twofold.
        pull, held = _blocks(pull * open_) * np.float32(0.5), _blocks(held * open_)
        wide, tall = (
            _blocks(_every(wide, 1), (2, 1)) * np.float32(0.5),
            _blocks(_every(tall, 0), (1, 2)) * np.float32(0.5),
        )
        open_ = (_blocks(open_) > 0).astype(np.float32)
        wide, tall = wide[:, : open_.shape[1] - 1], tall[: open_.shape[0] - 1]


def _grid(wide: Floats, tall: Floats, pull: Floats, open_: Floats) -> _Grid:
    diagonal = pull.copy()
    diagonal[:, :-1] += wide
    diagonal[:, 1:] += wide
    diagonal[:-1] += tall
    diagonal[1:] += tall
    inverse = np.where((open_ > 0) & (diagonal > 0), 1 / np.maximum(diagonal, 1e-12), 0).astype(np.float32)
    return _Grid(wide, tall, pull, inverse)


def _every(edges: Floats, axis: int) -> Floats:
    """Return the edges that run between blocks of two, not within one."""
    return edges[:, 1::2] if axis == 1 else edges[1::2]


def _blocks(values: Floats, size: tuple[int, int] = (2, 2)) -> Floats:
    """Return sums over blocks of ``size`` (rows, columns) of …×H×W; incomplete ones at the end count as they are."""
    for axis, count in zip((-2, -1), size, strict=True):
        if count == 2:
            pairs = values.shape[axis] // 2
            rows = np.moveaxis(values, axis, 0)
            sums = rows[0 : 2 * pairs : 2] + rows[1 : 2 * pairs : 2]
            values = np.moveaxis(np.concatenate((sums, rows[2 * pairs :])), 0, axis)
    return np.ascontiguousarray(values)


def _apply(grid: _Grid, x: Floats) -> Floats:
    """Return the matrix of ``grid`` times ``x`` (C×H×W), which is 0 where a pixel is not free."""
    out: Floats = grid.pull * x
    step = x[:, :, 1:] - x[:, :, :-1]
    step *= grid.right
    out[:, :, :-1] -= step
    out[:, :, 1:] += step
    step = x[:, 1:] - x[:, :-1]
    step *= grid.below
    out[:, :-1] -= step
    out[:, 1:] += step
    return out


def _smooth(grid: _Grid, damped: Floats, residual: Floats, x: Floats) -> None:
    """Bring ``x`` one damped Jacobi step nearer to the solution."""
    step = _apply(grid, x)
    np.subtract(residual, step, out=step)
    step *= damped
    x += step


def _cycle(grids: list[_Grid], residual: Floats) -> Floats:
    """Return about what, times the matrix, is ``residual``: one V-cycle from the first of ``grids`` down and back."""
    grid = grids[0]
    damped = grid.inverse * _DAMPING
    x: Floats = damped * residual
    for _ in range(_SMOOTH - 1 if len(grids) > 1 else 12):
        _smooth(grid, damped, residual, x)
    if len(grids) == 1:
        return x
    coarse = _cycle(grids[1:], _blocks(residual - _apply(grid, x)))
    height, width = residual.shape[1:]
    x += np.repeat(np.repeat(coarse, 2, 1)[:, :height], 2, 2)[:, :, :width] * (grid.inverse > 0)
    for _ in range(_SMOOTH):
        _smooth(grid, damped, residual, x)
    return x
