"""Grow texture: image quilting (Efros and Freeman, SIGGRAPH 2001), also around the borders so that the result repeats.

Pieces of the sample are laid row by row, each chosen among those that fit best what lies there already, and joined on
the path of least difference (:mod:`core.image.seams`). Candidates are found by correlation in a smaller copy, then
compared at full size; pieces that were used close by count as fitting less, so that nothing is seen twice.
"""

from typing import TYPE_CHECKING, NamedTuple

import cv2
import numpy as np

from core.image import memory, seams
from core.image.pixels import Floats, Pixels, shrink, to_byte
from core.operations.image_style import SynthesiseTexture
from core.values import AtelierError, Message

if TYPE_CHECKING:
    from core.engine.context import Context

SMALL = 96
"""Candidates are found in a copy of the sample whose shorter side is about this."""
MOST = 1_500
"""At most so many pieces are laid; they get larger instead."""
LAP = 0.34
"""How much of a piece lies on its neighbours."""


class _Grid(NamedTuple):
    """Where pieces lie: every ``step`` pixels, each ``side`` wide; ``lap`` is what they overlap."""

    side: int
    lap: int
    down: int
    across: int

    @property
    def step(self) -> int:
        return self.side - self.lap


def synthesise_texture(op: SynthesiseTexture, ctx: "Context") -> Pixels:
    """Return ``height``×``width`` of the sample's material, opaque. Raises :class:`AtelierError` for a tiny sample."""
    sample = ctx.image(op.image)
    if min(sample.shape[:2]) < 8:
        raise AtelierError("The sample is too small to show a material: it needs at least 8 × 8 pixels.")
    if (sample[..., 3] < 128).mean() > 0.02:
        raise AtelierError("The sample is partly transparent: crop it to nothing but the material first.")
    memory.require(op.width * op.height * 44 + sample.shape[0] * sample.shape[1] * 24, Message("Growing texture"))
    source = np.ascontiguousarray(sample[..., :3]).astype(np.float32) / np.float32(255)
    grid = _grid(op, min(source.shape[:2]))
    canvas = _quilt(op, source, grid, ctx)
    made = to_byte(canvas[: op.height, : op.width])
    out = np.dstack((made, np.full(made.shape[:2], 255, np.uint8)))
    ctx.preview(shrink(out, 1024))
    ctx.progress(1.0)
    return out


def _grid(op: SynthesiseTexture, shorter: int) -> _Grid:
    side = max(6, round(op.block / 100 * shorter))
    side = min(max(side, round((op.width * op.height / MOST) ** 0.5 / (1 - LAP))), shorter - 1)
    lap = max(2, round(side * LAP))
    step = side - lap
    return _Grid(side, lap, -(-op.height // step), -(-op.width // step))


def _quilt(op: SynthesiseTexture, source: Floats, grid: _Grid, ctx: "Context") -> Floats:
    """Return a canvas of at least the wanted size; with ``seamless`` its first ``height``×``width`` repeat."""
    random = np.random.default_rng(op.seed)
    side, lap, step = grid.side, grid.lap, grid.step
    height, width = (op.height, op.width) if op.seamless else (grid.down * step + lap, grid.across * step + lap)
    canvas = np.zeros((height, width, 3), np.float32)
    laid = np.zeros((height, width), bool)
    finder = _Finder(source, grid)
    used: list[tuple[int, int, int, int]] = []
    shown = 0
    for row in range(grid.down):
        for column in range(grid.across):
            ctx.progress(
                0.02 + 0.96 * (row * grid.across + column) / (grid.down * grid.across),
                "Piece {number} of {total}",
                number=row * grid.across + column + 1,
                total=grid.down * grid.across,
            )
            top, left = row * step, column * step
            rows, columns = np.arange(top, top + side), np.arange(left, left + side)
            if op.seamless:
                rows, columns = rows % height, columns % width
            place = np.ix_(rows, columns)
            there, known = canvas[place], laid[place]
            near = [(y, x) for r, c, y, x in used[-3 * grid.across :] if abs(r - row) <= 3 and abs(c - column) <= 3]
            y, x = finder.choose(there, known, near, op.variety / 100, random)
            used.append((row, column, y, x))
            piece = source[y : y + side, x : x + side]
            canvas[place] = _laid(there, known, piece, lap)
            laid[place] = True
            if (row * grid.across + column) // 24 != shown:
                shown = (row * grid.across + column) // 24
                ctx.preview(_view(canvas, laid))
    return canvas


def _view(canvas: Floats, laid: np.ndarray) -> Pixels:
    scale = min(1.0, 800 / max(laid.shape))
    size = max(1, round(laid.shape[1] * scale)), max(1, round(laid.shape[0] * scale))
    small = cv2.resize(canvas, size, interpolation=cv2.INTER_NEAREST)
    seen = cv2.resize(laid.astype(np.uint8) * 255, size, interpolation=cv2.INTER_NEAREST)
    return np.dstack((to_byte(small), seen))


class _Finder:
    """Finds pieces of the sample that fit what lies there."""

    def __init__(self, source: Floats, grid: _Grid) -> None:
        self.source = source
        self.side = grid.side
        shorter = min(source.shape[:2])
        self.scale = min(1.0, SMALL / shorter, 1.0)
        if grid.side * self.scale < 6:
            self.scale = min(1.0, 6 / grid.side)
        self.small = cv2.resize(source, None, fx=self.scale, fy=self.scale, interpolation=cv2.INTER_AREA)
        self.most = source.shape[0] - grid.side, source.shape[1] - grid.side

    def choose(
        self,
        there: Floats,
        known: np.ndarray,
        near: list[tuple[int, int]],
        variety: float,
        random: np.random.Generator,
    ) -> tuple[int, int]:
        """Return row and column in the sample of a piece that fits ``there`` where it is ``known``."""
        if not known.any():
            return int(random.integers(self.most[0] + 1)), int(random.integers(self.most[1] + 1))
        side = min(max(3, round(self.side * self.scale)), *self.small.shape[:2])
        part = cv2.resize(there, (side, side), interpolation=cv2.INTER_AREA)
        mask = cv2.resize(known.astype(np.float32), (side, side), interpolation=cv2.INTER_AREA)
        part = np.where(mask[..., None] > 0, part, 0).astype(np.float32)
        weight = np.ascontiguousarray(np.dstack([np.where(mask > 0.99, mask, 0)] * 3), np.float32)
        error = cv2.matchTemplate(self.small, part, cv2.TM_SQDIFF, mask=weight)
        error = np.maximum(error, 0) + np.float32(1e-4) * max(1.0, float(weight.sum()))
        error = self._discouraged(error, near)
        count = min(error.size, 6 + round(24 * variety))
        best = np.argpartition(error.ravel(), count - 1)[:count]
        places = [self._refined(int(i) // error.shape[1], int(i) % error.shape[1]) for i in best]
        wanted = there[known]
        exact = np.array([self._error(y, x, wanted, known) for y, x in places])
        penalty = error.ravel()[best] / np.maximum(error.ravel()[best].min(), 1e-9)
        exact = exact * np.sqrt(penalty)
        order = np.argsort(exact)
        fine = order[exact[order] <= exact[order[0]] * (1 + 0.6 * variety) + 1e-9]
        return places[int(fine[random.integers(len(fine))])]

    def _discouraged(self, error: Floats, near: list[tuple[int, int]]) -> Floats:
        """Return errors, larger around places that are seen close by already."""
        if not near:
            return error
        rows, columns = np.mgrid[: error.shape[0], : error.shape[1]].astype(np.float32)
        reach = max(1.5, 0.35 * self.side * self.scale)
        out = error.copy()
        for y, x in near:
            away = ((rows - y * self.scale) ** 2 + (columns - x * self.scale) ** 2) / (reach * reach)
            out *= 1 + np.float32(2.0) * np.exp(-away)
        return out

    def _refined(self, row: int, column: int) -> tuple[int, int]:
        y, x = round((row + 0.0) / self.scale), round((column + 0.0) / self.scale)
        return min(max(0, y), self.most[0]), min(max(0, x), self.most[1])

    def _error(self, y: int, x: int, wanted: Floats, known: np.ndarray) -> float:
        """Return the mean squared difference at full size, of the best place within a pixel of the small copy."""
        piece = self.source[y : y + self.side, x : x + self.side][known]
        return float(np.mean((piece - wanted) ** 2))


def _laid(there: Floats, known: np.ndarray, piece: Floats, lap: int) -> Floats:
    """Return what is there with ``piece`` on it, cut to it on each side where something lay before."""
    if not known.any():
        return piece
    side = len(piece)
    new = np.ones((side, side), np.float32)
    cost = seams.difference(there, piece)
    for turn in range(4):  # left, top, right, bottom
        seen, price = np.rot90(known, -turn), np.rot90(cost, -turn)
        if seen[:, :lap].mean() > 0.9:
            path = seams.cut(np.ascontiguousarray(price[:, :lap]))
            strip = seams.share(path, lap, min(2.0, lap / 4))
            view = np.rot90(new, -turn)
            view[:, :lap] = np.minimum(view[:, :lap], strip)
    new = np.where(known, new, 1)
    return np.asarray(there + new[..., None] * (piece - there), np.float32)
