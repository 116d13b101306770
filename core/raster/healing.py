"""Healing: the texture of one place with the light and colour of another.

A membrane (Pérez, Gangnet and Blake, *Poisson Image Editing*, SIGGRAPH 2003: the difference between target and source
around a region, carried into it by Laplace's equation) makes a copied piece fit its surroundings. Where no source is
given, the place is looked for whose surroundings are most like those of the blemish (:mod:`core.raster.likeness`).
NumPy only: the window heals without the core.
"""

import math

import numpy as np
import numpy.typing as npt

from core.raster import poisson
from core.raster.brush import Brush, Coverage, Stroke, lay_over
from core.raster.depths import Deep, as_bytes, levels, peak, rounding
from core.raster.likeness import nearest_like
from core.raster.manifest import TILE, AssetSource
from core.raster.sampling import Floats, Sampler
from core.raster.selecting import Box
from core.raster.stamping import CloneStroke, Limit
from core.raster.tiles import TileKey
from core.values import AtelierError

Mask = npt.NDArray[np.bool_]
SEEN = 1 / 255
"""From this share on a pixel is healed."""
SOLVED = 160_000
"""Deep of a box in which the membrane is found exactly; in a larger one, from a smaller picture."""
SWEEPS, DAMPING = 20, 0.8
FAR, FARTHEST = 4.0, 480
"""How far around a blemish a place is looked for, in its own lengths and in pixels at most."""
PIECE = 24
"""Deep that a piece of a long stroke is long at least; otherwise it is two brushes."""
MOST = 16_000_000
"""Deep of a box around a region that can be healed at once."""


def membrane(difference: Floats, region: Mask, known: Mask) -> Floats:
    """Return ``difference`` (H×W×C) carried into ``region`` from the ``known`` pixels that touch it.

    What is neither has no say. Where nothing known touches the region, it stays 0.
    """
    if not region.any() or not known.any():
        return np.where(known[..., None], difference, np.float32(0)).astype(np.float32)
    start = np.where(known[..., None], difference, np.float32(0)).astype(np.float32)
    part = region | known
    weights = (part[:, 1:] & part[:, :-1]).astype(np.float32), (part[1:] & part[:-1]).astype(np.float32)
    if region.size > SOLVED:
        start = np.where(region[..., None], _rough(start, region, known), start)
        return _smoothed(start, weights, region)
    right = np.zeros((*weights[0].shape, difference.shape[2]), np.float32)
    below = np.zeros((*weights[1].shape, difference.shape[2]), np.float32)
    # A region that touches nothing known is held where it is.
    return poisson.solve(start, right, below, region, lambda _: None, anchor=1e-6, weights=weights, tolerance=0.05)


def _smoothed(values: Floats, weights: tuple[Floats, Floats], region: Mask) -> Floats:
    """Return ``values`` after a few damped Jacobi steps in ``region``: only the detail of its edge is left to do.

    From level to level this is cascadic multigrid (Bornemann and Deuflhard 1996).
    """
    wide, tall = weights
    total = np.zeros(region.shape, np.float32)
    total[:, :-1] += wide
    total[:, 1:] += wide
    total[:-1] += tall
    total[1:] += tall
    share = np.where(region, np.float32(DAMPING) / np.maximum(total, 1), np.float32(0)).astype(np.float32)
    planes = np.ascontiguousarray(values.transpose(2, 0, 1))
    for plane in planes:
        for _ in range(SWEEPS):
            pull = np.zeros_like(plane)
            step = (plane[:, 1:] - plane[:, :-1]) * wide
            pull[:, :-1] += step
            pull[:, 1:] -= step
            step = (plane[1:] - plane[:-1]) * tall
            pull[:-1] += step
            pull[1:] -= step
            pull *= share
            plane += pull
    return np.ascontiguousarray(planes.transpose(1, 2, 0))


def _rough(start: Floats, region: Mask, known: Mask) -> Floats:
    """Return the membrane found at half the size."""
    height, width = region.shape
    times = 2
    pad = ((0, -height % times), (0, -width % times))

    def blocks(values: Floats) -> Floats:
        padded = np.pad(values, (*pad, *((0, 0),) * (values.ndim - 2)))
        shape = padded.shape[0] // times, times, padded.shape[1] // times, times, *values.shape[2:]
        return np.asarray(padded.reshape(shape).sum((1, 3)), np.float32)

    count = blocks(known.astype(np.float32))
    small_known = count > 0
    mean = np.asarray(blocks(start * known[..., None]) / np.maximum(count, np.float32(1))[..., None], np.float32)
    small_region = (blocks(region.astype(np.float32)) > 0) & ~small_known
    small = membrane(mean, small_region, small_known)
    rows = np.clip((np.arange(height) + 0.5) / times - 0.5, 0, small.shape[0] - 1.001)
    columns = np.clip((np.arange(width) + 0.5) / times - 0.5, 0, small.shape[1] - 1.001)
    rows, columns = np.maximum(rows, 0), np.maximum(columns, 0)
    top, left = rows.astype(np.intp), columns.astype(np.intp)
    down, across = (rows - top).astype(np.float32)[:, None, None], (columns - left).astype(np.float32)[None, :, None]
    bottom, end = np.minimum(top + 1, small.shape[0] - 1), np.minimum(left + 1, small.shape[1] - 1)
    tall = small[top] * (1 - down) + small[bottom] * down
    return np.asarray(tall[:, left] * (1 - across) + tall[:, end] * across, np.float32)


def healed(target: Deep, source: Deep, region: Mask) -> Floats:
    """Return the colours (H×W×3, 0…255) of ``source`` in ``region``, made to fit ``target`` around it.

    All H×W; straight RGBA. The pictures must reach one pixel beyond the region wherever there is something. Deep
    that either picture has not got do not say what fits.
    """
    there = source[..., 3] > peak(source) / 2
    seen = (target[..., 3] > peak(target) / 2) & there
    copied = levels(source)[..., :3].astype(np.float32)
    difference = levels(target)[..., :3] - copied
    # A hole in the source is bridged by the membrane of what is around it.
    inside = region & there
    out = copied + membrane(difference, inside, seen & ~region)
    return out if target.dtype == np.float32 else np.clip(out, 0, 255)


class HealStroke(CloneStroke):
    """A clone stroke that is made to fit when it ends. ``target`` gives what it must fit: the layer, or the picture."""

    def __init__(
        self,
        brush: Brush,
        digest: str,
        source: AssetSource,
        sampler: Sampler,
        offset: tuple[int, int],
        target: Sampler,
        limit: Limit | None = None,
    ) -> None:
        super().__init__(brush, digest, source, sampler, offset, "paint", limit)
        self._target = target

    def finish(self) -> dict[TileKey, Deep]:
        """Bring the stroke to its end and make it fit. Raises :class:`AtelierError` when it is too large for that."""
        if not super().finish():
            return {}
        box, amount = painted_region(self)
        dx, dy = self._offset
        there = self._sampler.read((box[0] + dx, box[1] + dy, box[2] + dx, box[3] + dy))
        colours = healed(self._target.read(box), there, amount > SEEN)
        return lay_region(self, box, amount * (there[..., 3] * np.float32(1 / peak(there))), colours)


class SpotStroke(Stroke):
    """A stroke over a blemish: shown as a veil while it is drawn, healed from what is around it when it ends."""

    def __init__(
        self, brush: Brush, digest: str, source: AssetSource, target: Sampler, limit: Limit | None = None
    ) -> None:
        super().__init__(brush, digest, source, "paint", limit)
        self._target = target
        self._veil = np.array([20, 20, 24], np.float32)

    def _lay(self, key: TileKey, where: tuple[slice, slice], under: Deep, part: Deep, amount: Coverage) -> None:
        lay_over(under, part, amount * np.float32(0.45), self._veil)

    def finish(self) -> dict[TileKey, Deep]:
        """Heal what was painted over. Raises :class:`AtelierError` where nothing is that could fill it."""
        if not super().finish():
            return {}
        box, amount = painted_region(self)
        region = amount > SEEN
        if not region.any():
            return {}
        colours = levels(self._target.read(box))[..., :3].astype(np.float32)
        left = region.copy()
        for piece in pieces(region, max(PIECE, round(2 * self.brush.size))):
            self._heal(box, piece, colours, left, region & ~left)
        return lay_region(self, box, amount, colours)

    def _heal(self, box: Box, piece: Mask, colours: Floats, left: Mask, ready: Mask) -> None:
        """Fill ``piece`` of ``colours`` from around it, and take it out of what is ``left``; all in ``box``."""
        rows, columns = np.flatnonzero(piece.any(1)), np.flatnonzero(piece.any(0))
        side = max(int(rows[-1] - rows[0]), int(columns[-1] - columns[0])) + 1
        reach = min(math.ceil(FAR * side) + 16, FARTHEST)
        x, y = box[:2]
        wide = (
            max(0, x + int(columns[0]) - reach),
            max(0, y + int(rows[0]) - reach),
            min(self._manifest.width, x + int(columns[-1]) + 1 + reach),
            min(self._manifest.height, y + int(rows[-1]) + 1 + reach),
        )
        picture = self._target.read(wide).copy()
        # Where the two boxes overlap, in each of them.
        there = _overlap(wide, box)
        here = _overlap(box, wide)
        shown = picture[there]
        times = peak(picture) / np.float32(255)
        shown[ready[here], :3] = colours[here][ready[here]] * times + rounding(picture)
        shown[(left & ~piece)[here], 3] = 0  # not healed yet: neither a source nor what is to be fitted
        hole, used = np.zeros(picture.shape[:2], bool), np.zeros(picture.shape[:2], bool)
        hole[there], used[there] = piece[here], ready[here]
        found = nearest_like(as_bytes(picture), hole, used)
        if found is None:
            raise AtelierError("There is too little around this place to heal it from: paint over a smaller one.")
        top, first = int(rows[0]) + y - wide[1], int(columns[0]) + x - wide[0]
        bottom, last = top + int(rows[-1] - rows[0]) + 2, first + int(columns[-1] - columns[0]) + 2
        down = slice(max(0, top - 1), min(bottom, picture.shape[0]))
        across = slice(max(0, first - 1), min(last, picture.shape[1]))
        filled = healed(picture[down, across], _shifted(picture, *found, down, across), hole[down, across])
        ys, xs = np.nonzero(hole[down, across])
        colours[ys + down.start + wide[1] - y, xs + across.start + wide[0] - x] = filled[ys, xs]
        left[piece] = False


def pieces(region: Mask, side: int) -> list[Mask]:
    """Return a region in pieces of about ``side`` pixels, neighbours after each other; a compact one as it is.

    A scratch is healed from beside it all along, which no single place could do.
    """
    height, width = region.shape
    if max(height, width) <= 1.5 * side:
        return [region]
    down, across = max(1, round(height / side)), max(1, round(width / side))
    found = []
    for row in range(down):
        for column in range(across) if row % 2 == 0 else reversed(range(across)):
            cell = np.zeros_like(region)
            where = (
                slice(row * height // down, (row + 1) * height // down),
                slice(column * width // across, (column + 1) * width // across),
            )
            cell[where] = region[where]
            if cell.any():
                found.append(cell)
    return found


def _overlap(box: Box, other: Box) -> tuple[slice, slice]:
    """Return where in ``box`` the part is that both have in common: rows and columns."""
    return (
        slice(max(box[1], other[1]) - box[1], min(box[3], other[3]) - box[1]),
        slice(max(box[0], other[0]) - box[0], min(box[2], other[2]) - box[0]),
    )


def painted_region(stroke: Stroke) -> tuple[Box, Coverage]:
    """Return a box one pixel larger than what a stroke covers, within the raster, and how much of each pixel it is."""
    amounts = {key: stroke._amount(key, slice(None), slice(None)) for key in stroke._coverage}
    width, height = stroke._manifest.width, stroke._manifest.height
    edges = []
    for (col, row), amount in amounts.items():
        rows, columns = np.flatnonzero((amount > SEEN).any(1)), np.flatnonzero((amount > SEEN).any(0))
        if rows.size:
            x, y = col * TILE, row * TILE
            edges.append((x + columns[0], y + rows[0], x + columns[-1] + 1, y + rows[-1] + 1))
    if not edges:
        return (0, 0, 1, 1), np.zeros((1, 1), np.float32)
    left, top = (max(0, int(min(edge[i] for edge in edges)) - 1) for i in (0, 1))
    right, bottom = (min(size, int(max(edge[i] for edge in edges)) + 1) for i, size in ((2, width), (3, height)))
    if (right - left) * (bottom - top) > MOST:
        raise AtelierError("This stroke is too large to be healed in one go: heal a smaller part at a time.")
    whole = np.zeros((bottom - top, right - left), np.float32)
    for (col, row), amount in amounts.items():
        x, y = col * TILE, row * TILE
        a, b, c, d = max(left, x), max(top, y), min(right, x + TILE), min(bottom, y + TILE)
        if a < c and b < d:
            whole[b - top : d - top, a - left : c - left] = amount[b - y : d - y, a - x : c - x]
    return (left, top, right, bottom), whole


def lay_region(stroke: Stroke, box: Box, amount: Coverage, colours: Floats) -> dict[TileKey, Deep]:
    """Return the tiles of a stroke's raster with ``colours`` laid over ``box`` by ``amount``."""
    left, top, right, bottom = box
    found: dict[TileKey, Deep] = {}
    for row in range(top // TILE, -(-bottom // TILE)):
        for col in range(left // TILE, -(-right // TILE)):
            x, y = col * TILE, row * TILE
            a, b, c, d = max(left, x), max(top, y), min(right, x + TILE), min(bottom, y + TILE)
            part = slice(b - top, d - top), slice(a - left, c - left)
            if not amount[part].any():
                continue
            inside = slice(b - y, d - y), slice(a - x, c - x)
            under = stroke._under((col, row))
            tile = under.copy()
            lay_over(under[inside], tile[inside], amount[part], colours[part])
            found[col, row] = tile
    return found


def _shifted(picture: Deep, dx: int, dy: int, rows: slice, columns: slice) -> Deep:
    """Return what lies (dx, dy) from a part of a picture; transparent beyond its edge."""
    height, width = rows.stop - rows.start, columns.stop - columns.start
    out = np.zeros((height, width, 4), picture.dtype)
    y, x = rows.start + dy, columns.start + dx
    y0, x0 = max(0, y), max(0, x)
    y1, x1 = min(picture.shape[0], y + height), min(picture.shape[1], x + width)
    if y0 < y1 and x0 < x1:
        out[y0 - y : y1 - y, x0 - x : x1 - x] = picture[y0:y1, x0:x1]
    return out
