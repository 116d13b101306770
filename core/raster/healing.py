"""Healing: the texture of one place with the light and colour of another.

A membrane (Pérez, Gangnet and Blake, *Poisson Image Editing*, SIGGRAPH 2003: the difference between target and source
around a region, carried into it by Laplace's equation) makes a copied piece fit its surroundings. Where no source is
given, the place is looked for whose surroundings are most like those of the blemish; all places are tried at once by
Fourier transforms. NumPy only: the window heals without the core.
"""

import math

import numpy as np
import numpy.typing as npt

from core.raster import poisson
from core.raster.brush import Brush, Coverage, Stroke, lay_over
from core.raster.manifest import TILE, AssetSource, Pixels
from core.raster.sampling import Floats, Sampler
from core.raster.selecting import Box
from core.raster.stamping import CloneStroke, Limit
from core.raster.tiles import TileKey
from core.values import AtelierError

Mask = npt.NDArray[np.bool_]
SEEN = 1 / 255
"""From this share on a pixel is healed."""
SOLVED = 160_000
"""Pixels of a box in which the membrane is found exactly; in a larger one, from a smaller picture."""
SWEEPS, DAMPING = 20, 0.8
RING = 5
"""How wide the surroundings are that are compared, at least, in pixels of the search."""
COARSE = 26
"""A blemish is looked after in a picture in which it is at most so many pixels long."""
FAR = 4.0
"""How far around a blemish a place is looked for, in its own lengths."""
MOST = 16_000_000
"""Pixels of a box around a region that can be healed at once."""


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


def healed(target: Pixels, source: Pixels, region: Mask) -> Floats:
    """Return the colours (H×W×3, 0…255) of ``source`` in ``region``, made to fit ``target`` around it.

    All H×W; straight RGBA. The pictures must reach one pixel beyond the region wherever there is something. Pixels
    that either picture has not got do not say what fits.
    """
    there = source[..., 3] > 127
    seen = (target[..., 3] > 127) & there
    difference = target[..., :3].astype(np.float32) - source[..., :3]
    # A hole in the source is bridged by the membrane of what is around it.
    inside = region & there
    out = source[..., :3].astype(np.float32)
    out += membrane(difference, inside, seen & ~region)
    return np.clip(out, 0, 255)


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

    def finish(self) -> dict[TileKey, Pixels]:
        """Bring the stroke to its end and make it fit. Raises :class:`AtelierError` when it is too large for that."""
        if not super().finish():
            return {}
        box, amount = painted_region(self)
        dx, dy = self._offset
        there = self._sampler.read((box[0] + dx, box[1] + dy, box[2] + dx, box[3] + dy))
        colours = healed(self._target.read(box), there, amount > SEEN)
        return lay_region(self, box, amount * (there[..., 3] * np.float32(1 / 255)), colours)


class SpotStroke(Stroke):
    """A stroke over a blemish: shown as a veil while it is drawn, healed from what is around it when it ends."""

    def __init__(
        self, brush: Brush, digest: str, source: AssetSource, target: Sampler, limit: Limit | None = None
    ) -> None:
        super().__init__(brush, digest, source, "paint", limit)
        self._target = target
        self._veil = np.array([20, 20, 24], np.float32)

    def _lay(self, key: TileKey, where: tuple[slice, slice], under: Pixels, part: Pixels, amount: Coverage) -> None:
        lay_over(under, part, amount * np.float32(0.45), self._veil)

    def finish(self) -> dict[TileKey, Pixels]:
        """Heal what was painted over. Raises :class:`AtelierError` where nothing is that could fill it."""
        if not super().finish():
            return {}
        box, amount = painted_region(self)
        region = amount > SEEN
        rows, columns = np.flatnonzero(region.any(1)), np.flatnonzero(region.any(0))
        if not rows.size:
            return {}
        side = max(int(rows[-1] - rows[0]), int(columns[-1] - columns[0])) + 1
        reach = math.ceil(FAR * side) + 16
        width, height = self._manifest.width, self._manifest.height
        wide = (
            max(0, box[0] - reach),
            max(0, box[1] - reach),
            min(width, box[2] + reach),
            min(height, box[3] + reach),
        )
        picture = self._target.read(wide)
        hole = np.zeros(picture.shape[:2], bool)
        y, x = box[1] - wide[1], box[0] - wide[0]
        hole[y : y + region.shape[0], x : x + region.shape[1]] = region
        found = nearest_like(picture, hole)
        if found is None:
            raise AtelierError("There is too little around this place to heal it from: paint over a smaller one.")
        dx, dy = found
        rows_, columns_ = slice(y, y + region.shape[0]), slice(x, x + region.shape[1])
        there = _shifted(picture, dx, dy, rows_, columns_)
        colours = healed(picture[rows_, columns_], there, region)
        return lay_region(self, box, amount, colours)


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


def lay_region(stroke: Stroke, box: Box, amount: Coverage, colours: Floats) -> dict[TileKey, Pixels]:
    """Return the tiles of a stroke's raster with ``colours`` laid over ``box`` by ``amount``."""
    left, top, right, bottom = box
    found: dict[TileKey, Pixels] = {}
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


# --- finding a source ------------------------------------------------------------------------------------------------


def nearest_like(picture: Pixels, hole: Mask) -> tuple[int, int] | None:
    """Return how far away (x, y) a piece lies that can take the place of ``hole``; ``None`` when there is none.

    ``picture`` is straight RGBA, H×W×4. A piece is good when its surroundings are like those of the hole, up to a
    difference in light, when it is itself like its own surroundings (so not another blemish), and when it is near.
    """
    rows, columns = np.flatnonzero(hole.any(1)), np.flatnonzero(hole.any(0))
    if not rows.size:
        return None
    side = max(int(rows[-1] - rows[0]), int(columns[-1] - columns[0])) + 1
    times = max(1, math.ceil(side / COARSE))
    small, small_hole, small_gone = _smaller(picture, hole, times)
    coarse = _best(small, small_hole, small_gone)
    if coarse is None:
        return None
    if times == 1:
        return coarse
    return _refined(picture, hole, (coarse[0] * times, coarse[1] * times), times)


def _smaller(picture: Pixels, hole: Mask, times: int) -> tuple[Floats, Mask, Mask]:
    """Return colours, hole, and what is not there; a block with any of either in it belongs to it."""
    gone = picture[..., 3] < 128
    values = picture[..., :3].astype(np.float32)
    if times == 1:
        return values, hole, gone
    height, width = (side // times * times for side in hole.shape)
    shape = height // times, times, width // times, times
    small = values[:height, :width].reshape(*shape, 3).mean((1, 3), dtype=np.float32)
    return small, *(flags[:height, :width].reshape(shape).any((1, 3)) for flags in (hole, gone))


def grown(flags: Mask, steps: int) -> Mask:
    """Return ``flags`` with all pixels up to ``steps`` to the side, above and below."""
    out = flags.copy()
    for axis in (0, 1):
        wide = out.copy()
        for step in range(1, min(steps, flags.shape[axis] - 1) + 1):
            if axis == 0:
                wide[step:] |= out[:-step]
                wide[:-step] |= out[step:]
            else:
                wide[:, step:] |= out[:, :-step]
                wide[:, :-step] |= out[:, step:]
        out = wide
    return out


def _best(values: Floats, hole: Mask, gone: Mask) -> tuple[int, int] | None:
    height, width = hole.shape
    near = grown(hole, 1)
    ring = grown(hole, max(RING, round(math.sqrt(hole.sum()) / 3))) & ~near & ~gone
    if ring.sum() < 12:
        return None
    rows, columns = np.flatnonzero((ring | hole).any(1)), np.flatnonzero((ring | hole).any(0))
    top, left = int(rows[0]), int(columns[0])
    window = slice(top, int(rows[-1]) + 1), slice(left, int(columns[-1]) + 1)
    ring_, hole_ = ring[window].astype(np.float32), near[window].astype(np.float32)
    down, across = height - ring_.shape[0] + 1, width - ring_.shape[1] + 1
    size = height + ring_.shape[0], width + ring_.shape[1]

    def spectrum(array: Floats) -> npt.NDArray[np.complex128]:
        return np.asarray(np.fft.rfft2(array, size))

    def along(kernel: npt.NDArray[np.complex128], of: npt.NDArray[np.complex128]) -> npt.NDArray[np.float64]:
        """Return the sum of ``of`` under the kernel for every place of its corner."""
        return np.fft.irfft2(of * np.conj(kernel), size)[:down, :across]

    ring_f, hole_f = spectrum(ring_), spectrum(hole_)
    blocked = spectrum((near | gone).astype(np.float32))
    free = (along(ring_f, blocked) + along(hole_f, blocked)) < 0.5
    if not free.any():
        return None
    count, inner = float(ring_.sum()), float(hole_.sum())
    score = np.zeros((down, across))
    for channel in range(3):
        # Float64 sums of squares need values around 0 to keep their digits.
        plane = values[..., channel] - np.float32(values[..., channel].mean())
        mine = plane[window] * ring_
        there, squares = spectrum(plane), spectrum(plane * plane)
        mean_ring = along(ring_f, there) / count
        mean_own = float(mine.sum()) / count
        square_ring = along(ring_f, squares) / count
        unlike = square_ring + float((mine * mine).sum()) / count - 2 * along(spectrum(mine), there) / count
        shift = mean_ring - mean_own
        # The membrane evens a difference in light out, and costs contrast when it is large.
        score += np.maximum(unlike - 0.85 * shift * shift, 0)
        mean_inner, square_inner = along(hole_f, there) / inner, along(hole_f, squares) / inner
        score += 1.5 * (mean_inner - mean_ring) ** 2
        rough_ring, rough_inner = square_ring - mean_ring**2, square_inner - mean_inner**2
        score += 1.0 * np.maximum(rough_inner - rough_ring, 0) + 0.25 * np.maximum(rough_ring - rough_inner, 0)
    ys, xs = np.mgrid[0:down, 0:across]
    far = np.hypot(ys - top, xs - left) / max(hole_.shape)
    score = (score + 4.0) * (1 + 0.06 * far)
    score[~free] = np.inf
    y, x = np.unravel_index(int(np.argmin(score)), score.shape)
    return int(x) - left, int(y) - top


def _refined(picture: Pixels, hole: Mask, about: tuple[int, int], times: int) -> tuple[int, int] | None:
    """Return the best of the ways near ``about``, by the hole's edge at full size."""
    gone = picture[..., 3] < 128
    edge = grown(hole, 3) & ~grown(hole, 1) & ~gone
    rows, columns = np.nonzero(edge)
    step = max(1, len(rows) // 2000)
    rows, columns = rows[::step], columns[::step]
    own = picture[rows, columns, :3].astype(np.float32)
    inside = np.nonzero(hole)
    best: tuple[float, tuple[int, int]] | None = None
    height, width = hole.shape
    for dy in range(about[1] - times, about[1] + times + 1):
        for dx in range(about[0] - times, about[0] + times + 1):
            ys, xs = rows + dy, columns + dx
            if ys.min() < 0 or xs.min() < 0 or ys.max() >= height or xs.max() >= width:
                continue
            if hole[inside[0] + dy, inside[1] + dx].any() or gone[inside[0] + dy, inside[1] + dx].any():
                continue
            off = own - picture[ys, xs, :3]
            cost = float((off * off).mean() - 0.85 * (off.mean(0) ** 2).mean())
            if best is None or cost < best[0]:
                best = cost, (dx, dy)
    return about if best is None else best[1]


def _shifted(picture: Pixels, dx: int, dy: int, rows: slice, columns: slice) -> Pixels:
    """Return what lies (dx, dy) from a part of a picture; transparent beyond its edge."""
    height, width = rows.stop - rows.start, columns.stop - columns.start
    out = np.zeros((height, width, 4), np.uint8)
    y, x = rows.start + dy, columns.start + dx
    y0, x0 = max(0, y), max(0, x)
    y1, x1 = min(picture.shape[0], y + height), min(picture.shape[1], x + width)
    if y0 < y1 and x0 < x1:
        out[y0 - y : y1 - y, x0 - x : x1 - x] = picture[y0:y1, x0:x1]
    return out
