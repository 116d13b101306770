"""Filling a hole in a picture with what the rest of the picture is made of, from a few pixels' size up to the real one.

Multi-scale patch-based completion (Wexler, Shechtman and Irani 2007; Barnes et al. 2009; Newson et al. 2017); the
search itself is in :mod:`core.image.patches`. In the end every pixel is a copy of a real one, and a screened Poisson
equation takes the seams out between copies from different places.
"""

from collections.abc import Callable
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from core.image import patches, poisson
from core.image.patches import HALF, Level, Mask
from core.image.pixels import Floats

COARSEST = 8.0
"""On the coarsest level no pixel of the hole is farther than this from what is known."""
FEWEST = 50
"""A level with fewer patches to choose from is not made."""
SEARCHED = 60_000
"""A level with more targets than this is only refined."""
BUSY = 3.0
"""Weight of how busy the surroundings are beside colour: less, and fillings become dull."""
SOFT, CRISP = 0.6, 0.08
"""How much worse than most a patch may be and still have a say, in the first and the last round of a level."""
SEAM = 60.0
"""A step (of 255) between copies that no copy has: much smaller it is a seam, much larger an edge of a thing."""

Sources = npt.NDArray[np.int32]
"""For each pixel the flat index of the pixel whose colour it takes; H×W."""
Tick = Callable[[], None]
Show = Callable[[float, Floats], None]
"""Hears how far the work is (0…1) and how it looks (h×w×3, 0…255, any size, a little larger than the picture)."""


def fill(rgb: Floats, hole: Mask, outside: Mask, allowed: Mask, seed: int, show: Show, tick: Tick) -> Sources | None:
    """Return where every pixel of ``rgb`` (H×W×3 float32, 0…255) is to be copied from: itself outside ``hole``.

    ``outside`` are pixels that do not exist (transparent), ``allowed`` where material may come from; all H×W. Returns
    None when not one 7×7 patch may be copied.
    """
    random = np.random.default_rng(seed)
    levels = _pyramid(rgb, hole, outside, allowed)
    if not len(levels[0].sources):
        return None
    work = [_rounds(level) * (2000 + len(level.targets)) for level in levels]
    total, done = float(sum(work)), 0.0
    patches.peel(levels[-1], random, tick)
    for level, coarser, share in zip(levels[::-1], [None, *levels[:0:-1]], work[::-1], strict=True):
        if coarser is not None:
            _carry(coarser, level, tick)
        confidence = _confidence(level)
        for index in range(_rounds(level)):
            _search(level, random, index, tick)
            patches.wear(level)
            change = patches.vote(level, confidence, SOFT + (CRISP - SOFT) * index / (_rounds(level) - 1), tick)
            done += share / _rounds(level) / total
            show(min(0.97, done), _inner(level.values, level)[..., :3])
            if change < 0.3:
                break
        _search(level, random, 1, tick)
    return _sources(levels[0], hole.shape, tick)


def _rounds(level: Level) -> int:
    if level.exact:
        return 10
    return 4 if len(level.targets) < SEARCHED else 2


def _search(level: Level, random: np.random.Generator, index: int, tick: Tick) -> None:
    if len(level.targets) < SEARCHED:
        patches.search(level, random, 3 if index == 0 else 2, tick)
    else:
        patches.improve(level, random, 1, tick, reaches=(0.02, 0.005), sparse=True)


def _inner(values: npt.NDArray[Any], level: Level) -> npt.NDArray[Any]:
    """Return flat values of a level as a picture, without its padding."""
    return values.reshape(*level.shape, *values.shape[1:])[HALF:-HALF, HALF:-HALF]


def _place(index: Sources, level: Level) -> tuple[Sources, Sources]:
    """Return row and column without the padding."""
    y, x = np.divmod(index, np.int32(level.width))
    return y - np.int32(HALF), x - np.int32(HALF)


def _pyramid(rgb: Floats, hole: Mask, outside: Mask, allowed: Mask) -> list[Level]:
    """Return the levels, each half as large as the one before, from the picture itself to where the hole is small.

    What is known is averaged without the hole; a coarse pixel with any part of the hole in it belongs to the hole.
    """
    height, width = hole.shape
    depth = float(cv2.distanceTransform(np.pad(hole, 1).astype(np.uint8), cv2.DIST_L2, 5).max())
    count = 1 + max(0, int(np.ceil(np.log2(max(depth, 1) / COARSEST))))
    pad = ((0, -height % (1 << count - 1)), (0, -width % (1 << count - 1)))
    hole, allowed, outside = np.pad(hole, pad), np.pad(allowed, pad), np.pad(outside, pad, constant_values=True)
    rgb = np.pad(rgb, (*pad, (0, 0)), mode="edge")
    values: Floats = np.dstack((rgb, _busyness(rgb, hole)))
    known = (~hole).astype(np.float32)
    levels: list[Level] = []
    while True:
        level = Level(values, hole, outside, allowed)
        if levels and len(level.sources) < FEWEST:
            return levels
        levels.append(level)
        if len(levels) == count:
            return levels
        share = _half(known)
        values = (_half(values * known[..., None]) / np.maximum(share, np.float32(1e-6))[..., None]).astype(np.float32)
        known = (share > 0.99).astype(np.float32)
        hole, outside = _half(hole.astype(np.float32)) > 0, _half(outside.astype(np.float32)) > 0
        allowed = _half(allowed.astype(np.float32)) > 0.99


def _half(values: Floats) -> Floats:
    height, width = values.shape[:2]
    return np.asarray(cv2.resize(values, (width // 2, height // 2), interpolation=cv2.INTER_AREA), np.float32)


def _busyness(rgb: Floats, hole: Mask) -> Floats:
    """Return the weighted mean slope of grey values in a 9×9 window, what is in the hole left out (H×W)."""
    grey = rgb @ np.array([0.299, 0.587, 0.114], np.float32)
    slope = np.abs(np.diff(grey, axis=1, append=grey[:, -1:])) + np.abs(np.diff(grey, axis=0, append=grey[-1:]))
    known = cv2.erode((~hole).astype(np.float32), np.ones((3, 3)))
    size = (9, 9)
    return np.asarray(BUSY * cv2.blur(slope * known, size) / np.maximum(cv2.blur(known, size), 1e-3), np.float32)


def _confidence(level: Level) -> Floats:
    """Return how far each pixel's patch can be trusted: less for each pixel away from what is known."""
    depth = cv2.distanceTransform(level.unknown.reshape(level.shape).astype(np.uint8), cv2.DIST_L2, 5)
    return np.asarray(np.maximum(np.float32(1.3) ** -depth, 1e-6).ravel(), np.float32)


def _carry(coarse: Level, fine: Level, tick: Tick) -> None:
    """Start a level from the coarser one: its sources, twice as far away, and what they make of the hole."""
    y, x = _place(fine.targets, fine)
    at = (y // 2 + HALF) * coarse.width + x // 2 + HALF
    source_y, source_x = _place(coarse.nearest[at], coarse)
    place_y, place_x = 2 * source_y + y % 2 + HALF, 2 * source_x + x % 2 + HALF
    place = np.clip(place_y * fine.width + place_x, 0, fine.source.size - 1)
    good = coarse.is_target[at] & fine.source[place]
    # A few have none: patches along the rim of what may be copied. Neighbours will tell them.
    spare = fine.sources[np.arange(len(place)) * 7919 % len(fine.sources)]
    fine.nearest[fine.targets] = np.where(good, place, spare)
    fine.distance[fine.targets] = np.where(good, 1.0, 1e6)
    patches.vote(fine, np.ones(len(fine.distance), np.float32), CRISP, tick)


def _sources(level: Level, shape: tuple[int, ...], tick: Tick) -> Sources:
    found = np.arange(len(level.values), dtype=np.int32)
    found[level.unknown] = patches.choose(level, tick)
    y, x = _place(_inner(found, level)[: shape[0], : shape[1]], level)
    return np.asarray(y * np.int32(shape[1]) + x, np.int32)


def enlarge(sources: Sources, times: int, shape: tuple[int, ...]) -> Sources:
    """Return sources found in a picture ``times`` smaller for one of ``shape``: whole blocks are copied."""
    height, width = shape[:2]
    y, x = np.divmod(sources, sources.shape[1])
    rows, columns = np.arange(height)[:, None], np.arange(width)[None]
    block = rows // times, columns // times
    return np.asarray((y[block] * times + rows % times) * width + x[block] * times + columns % times, np.int32)


def blend(
    rgb: Floats, sources: Sources, hole: Mask, outside: Mask, box: tuple[slice, slice], reach: float, tick: Tick
) -> Floats:
    """Return the part ``box`` of ``rgb`` (H×W×3) with the copies in it, free of seams; masks are H×W.

    Differences between neighbours are those at the places they come from (Pérez et al. 2003); within about ``reach``
    pixels of a seam colours give way for it, farther away they are the copied ones.
    """
    height, width = hole.shape
    flat = rgb.reshape(-1, 3)
    inside, places = hole[box], sources[box]
    copied = flat[places]
    copied[~inside] = rgb[box][~inside]
    if reach <= 0 or min(copied.shape[:2]) < 2:
        return copied

    usable = ~(hole | outside).ravel()
    column = np.arange(height * width, dtype=np.int32) % np.int32(width)

    def wanted(first: Sources, second: Sources, step: int) -> Floats:
        """Return the difference that both copies know of, or the one that does; what the hole held says nothing."""
        ahead, behind = np.minimum(first + step, len(flat) - 1), np.maximum(second - step, 0)
        sides = 1 if step == 1 else 0
        good = usable[ahead] & usable[first] & (column[ahead] == column[first] + sides)
        also = usable[behind] & usable[second] & (column[behind] == column[second] - sides)
        steps = (flat[ahead] - flat[first]) * good[..., None] + (flat[second] - flat[behind]) * also[..., None]
        return np.asarray(steps / np.maximum(good * 1 + also, 1)[..., None], np.float32)

    right = wanted(places[:, :-1], places[:, 1:], 1)
    below = wanted(places[:-1], places[1:], width)

    def weight(steps: Floats, wanted: Floats) -> Floats:
        return np.asarray(1 / (1 + (np.abs(steps - wanted).mean(-1) / SEAM) ** 2), np.float32)

    weights = weight(np.diff(copied, axis=1), right), weight(np.diff(copied, axis=0), below)
    return poisson.solve(copied, right, below, inside, lambda _: tick(), anchor=1 / reach**2, weights=weights)
