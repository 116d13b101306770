"""Where in a picture a piece lies that can stand in for another: all places are tried at once by Fourier transforms."""

import math

import numpy as np
import numpy.typing as npt

from core.raster.manifest import Pixels
from core.raster.sampling import Floats

Mask = npt.NDArray[np.bool_]
RING = 5
"""How wide the surroundings are that are compared, at least, in pixels of the search."""
COARSE = 26
"""A hole is looked after in a picture in which it is at most so many pixels long."""


def nearest_like(picture: Pixels, hole: Mask, used: Mask | None = None) -> tuple[int, int] | None:
    """Return how far away (x, y) a piece lies that can take the place of ``hole``; ``None`` when there is none.

    ``picture`` is straight RGBA, H×W×4. A piece is good when its surroundings are like those of the hole, up to a
    difference in light, when it is itself like its own surroundings (so not another blemish), and when it is near.
    Nothing is taken from what is ``used``, which still says what fits.
    """
    rows, columns = np.flatnonzero(hole.any(1)), np.flatnonzero(hole.any(0))
    if not rows.size:
        return None
    side = max(int(rows[-1] - rows[0]), int(columns[-1] - columns[0])) + 1
    times = max(1, math.ceil(side / COARSE))
    used = np.zeros_like(hole) if used is None else used
    gone = picture[..., 3] < 128
    small, flags = _smaller(picture, (hole, gone, used), times)
    coarse = _best(small, *flags)
    if coarse is None or times == 1:
        return coarse
    return _refined(picture, hole, gone | used, (coarse[0] * times, coarse[1] * times), times)


def _smaller(picture: Pixels, flags: tuple[Mask, ...], times: int) -> tuple[Floats, tuple[Mask, ...]]:
    """Return colours and flags ``times`` smaller; a block with any flagged pixel is flagged."""
    if times == 1:
        return picture[..., :3].astype(np.float32), flags
    height, width = (side // times * times for side in picture.shape[:2])
    shape = height // times, times, width // times, times
    small = picture[:height, :width, :3].reshape(*shape, 3).mean((1, 3), dtype=np.float32)
    return small, tuple(np.asarray(one[:height, :width].reshape(shape).any((1, 3))) for one in flags)


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


def _best(values: Floats, hole: Mask, gone: Mask, used: Mask) -> tuple[int, int] | None:
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
    blocked = spectrum((near | gone | used).astype(np.float32))
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


def _refined(picture: Pixels, hole: Mask, barred: Mask, about: tuple[int, int], times: int) -> tuple[int, int]:
    """Return the best of the ways near ``about``, by the hole's edge at full size: in ever smaller steps."""
    edge = grown(hole, 3) & ~grown(hole, 1) & (picture[..., 3] >= 128)
    rows, columns = np.nonzero(edge)
    thin = max(1, len(rows) // 1000)
    rows, columns = rows[::thin], columns[::thin]
    own = picture[rows, columns, :3].astype(np.float32)
    inside = np.nonzero(hole)
    inside = inside[0][:: max(1, len(inside[0]) // 4000)], inside[1][:: max(1, len(inside[1]) // 4000)]
    shut = hole | barred

    def cost(dx: int, dy: int) -> float:
        ys, xs = np.concatenate([rows, inside[0]]) + dy, np.concatenate([columns, inside[1]]) + dx
        if ys.min() < 0 or xs.min() < 0 or ys.max() >= hole.shape[0] or xs.max() >= hole.shape[1]:
            return math.inf
        if shut[inside[0] + dy, inside[1] + dx].any():
            return math.inf
        off = own - picture[rows + dy, columns + dx, :3]
        return float((off * off).mean() - 0.85 * (off.mean(0) ** 2).mean())

    best, least = about, cost(*about)
    step = max(1, times // 3)
    reach = times
    while True:
        around = range(-(reach // step) * step, reach + 1, step)
        middle = best
        for dy in around:
            for dx in around:
                there = middle[0] + dx, middle[1] + dy
                if (value := cost(*there)) < least:
                    best, least = there, value
        if step == 1:
            return best
        reach, step = step, max(1, step // 3)
