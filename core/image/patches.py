"""Which patch of a picture is most like another one, and what the patches that overlap make of a pixel.

The parts of non-local filling: *Space-Time Completion of Video* (Wexler, Shechtman and Irani, TPAMI 2007), *PatchMatch*
(Barnes et al., SIGGRAPH 2009) and *Non-Local Patch-Based Image Inpainting* (Newson et al., IPOL 2017). Everything is
done for all targets at once: small levels are searched exactly in a few principal components, large ones by PatchMatch
in which all pixels ask their neighbours at the same time.

A level is a grid of pixels with :data:`CHANNELS` float32 values each, padded by :data:`HALF` on every side; a pixel is
named by its index in the flattened grid.
"""

from collections.abc import Callable
from typing import NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from core.image.pixels import Floats

HALF = 3
"""Patches are 7×7."""
CHANNELS = 4
"""Three of colour, one of how busy the surroundings are: without it, fillings drift to what is smooth."""

Mask = npt.NDArray[np.bool_]
Places = npt.NDArray[np.int32]

COMPONENTS = 24
RISE, ASIDE = 120.0, 60.0
"""What it costs to fetch from the whole picture's length above or beside, as a difference in colour (of 255)."""
CHOICES = 3
WEAR = 1.0
"""How much a source that is copied often loses, in parts of a usual difference."""
PEELED = 15_000_000
"""So many pairs are compared at most to fill the first level."""
EXACT = 40_000_000
"""Up to this many pairs of target and source are compared one by one."""
_CHUNK = 8192


class _Index(NamedTuple):
    """The sources of a level in their principal components, with their place in the picture as two more."""

    mean: Floats
    axes: Floats
    places: Floats
    """Column by column those of the sources, and the squared length as one more row."""

    def place(self, level: "Level", chunk: Places) -> Floats:
        """Return N×(components + 2) in which squared distance is about that of :func:`measure`, times 49."""
        flat = level.patches(chunk, level.offsets).reshape(len(chunk), -1) - self.mean
        return np.hstack((flat @ self.axes, np.float32(len(level.offsets) ** 0.5) * level.ground[chunk]))


class Level:
    """One size of the picture, and what is known of it.

    ``values`` float32 H×W×4; ``hole`` and ``outside`` (H×W) are what shall be filled, and what does not exist (beyond
    the border, transparent). What is outside but within reach of a patch on the hole is filled as well, and forgotten.
    """

    def __init__(self, values: Floats, hole: Mask, outside: Mask, allowed: Mask) -> None:
        """``allowed`` (H×W): where the centres of patches to copy from may lie."""
        pad = ((HALF, HALF), (HALF, HALF))
        self.shape = values.shape[0] + 2 * HALF, values.shape[1] + 2 * HALF
        self.width = self.shape[1]
        self.values: Floats = np.pad(values, (*pad, (0, 0)), mode="edge").reshape(-1, CHANNELS)
        hole = np.pad(hole & ~outside, pad)
        outside = np.pad(outside, pad, constant_values=True)
        steps = np.arange(-HALF, HALF + 1)
        self.offsets: Places = (steps[:, None] * self.width + steps[None]).ravel().astype(np.int32)
        self.targets: Places = np.flatnonzero(_grow(hole) & ~outside).astype(np.int32)
        self.is_target = np.zeros(hole.size, bool)
        self.is_target[self.targets] = True
        seen = _grow(self.is_target.reshape(self.shape))
        self.unknown = (hole | (outside & seen)).ravel()
        self.source = (~_grow(hole | outside) & np.pad(allowed, pad)).ravel()
        self.sources: Places = np.flatnonzero(self.source).astype(np.int32)
        y, x = np.divmod(np.arange(hole.size), self.width)
        unit = np.float32(1 / max(self.shape))
        self.ground: Floats = np.stack((y * (unit * RISE), x * (unit * ASIDE)), 1).astype(np.float32)
        """Place as two more values: material from near is likelier, and from the same height."""
        self.nearest: Places = np.zeros(hole.size, np.int32)
        """For each target the source that it is most like; 0 elsewhere."""
        self.worn: Floats = np.zeros(hole.size, np.float32)
        """What it costs to copy from a place that is copied often: so fillings do not become dull or a pattern."""
        self.exact = len(self.targets) * len(self.sources) <= EXACT
        self.index: _Index | None = None
        self.distance: Floats = np.zeros(hole.size, np.float32)

    def patches(self, places: Places, offsets: Places) -> Floats:
        """Return the patches around ``places``: N×len(offsets)×4."""
        found: Floats = np.take(self.values, places[:, None] + offsets, axis=0)
        return found


def _grow(mask: Mask) -> Mask:
    """Return ``mask`` (H×W) with all pixels whose patch touches it."""
    out = mask.copy()
    for axis in (0, 1):
        rows = np.moveaxis(out, axis, 0)
        original = rows.copy()
        for step in range(1, HALF + 1):
            rows[step:] |= original[:-step]
            rows[:-step] |= original[step:]
    return out


def search(level: Level, random: np.random.Generator, rounds: int, tick: Callable[[], None]) -> None:
    """Find for every target the most similar source: exactly where that is quick, else by PatchMatch."""
    if level.exact:
        _search_all(level, tick)
    else:
        for index in range(rounds):
            improve(level, random, 1 << (index % 3), tick)


def _search_all(level: Level, tick: Callable[[], None]) -> None:
    if level.index is None:
        level.index = _index(level, tick)
    index = level.index
    worn = level.worn[level.sources] * np.float32(len(level.offsets))
    for start in range(0, len(level.targets), _CHUNK // 8):
        tick()
        chunk = level.targets[start : start + _CHUNK // 8]
        wanted = index.place(level, chunk)
        distance = np.hstack((np.float32(-2) * wanted, np.ones((len(chunk), 1), np.float32))) @ index.places
        distance += worn
        level.nearest[chunk] = level.sources[distance.argmin(1)]
    measure(level, tick)


def _index(level: Level, tick: Callable[[], None]) -> _Index:
    some = level.sources[:: 1 + len(level.sources) // 4000]
    sample = level.patches(some, level.offsets).reshape(len(some), -1)
    mean = sample.mean(0)
    sample -= mean
    _, axes = np.linalg.eigh(sample.T @ sample)
    found = _Index(mean, np.ascontiguousarray(axes[:, -COMPONENTS:]), np.empty(0, np.float32))
    places = []
    for start in range(0, len(level.sources), _CHUNK):
        tick()
        places.append(found.place(level, level.sources[start : start + _CHUNK]))
    whole = np.concatenate(places)
    lengths = np.einsum("ij,ij->i", whole, whole)
    return found._replace(places=np.ascontiguousarray(np.hstack((whole, lengths[:, None])).T))


def far(level: Level, first: Places, second: Places) -> Floats:
    """Return what the distance between places costs."""
    away = level.ground[first] - level.ground[second]
    return np.asarray(np.einsum("ni,ni->n", away, away), np.float32)


def measure(level: Level, tick: Callable[[], None]) -> None:
    """Set the mean squared difference of each target to its source."""
    for start in range(0, len(level.targets), _CHUNK):
        tick()
        chunk = level.targets[start : start + _CHUNK]
        difference = level.patches(chunk, level.offsets) - level.patches(level.nearest[chunk], level.offsets)
        level.distance[chunk] = np.einsum("nij,nij->n", difference, difference) / len(level.offsets)
        level.distance[chunk] += far(level, chunk, level.nearest[chunk])


def improve(
    level: Level,
    random: np.random.Generator,
    step: int,
    tick: Callable[[], None],
    reaches: tuple[float, ...] = (1.0, 0.1, 0.02),
    sparse: bool = False,
) -> None:
    """One round of PatchMatch: every target tries what its neighbours ``step`` pixels away have, and some random ones.

    ``reaches`` are the distances of the random ones in parts of the picture. ``sparse`` compares a third of the
    pixels of a patch.
    """
    offsets = level.offsets[:: 3 if sparse else 1]
    height, width = level.shape
    moves = (step, -step, step * width, -step * width)
    for start in range(0, len(level.targets), _CHUNK):
        tick()
        chunk = level.targets[start : start + _CHUNK]
        own = level.nearest[chunk]
        tries = [own]
        for move in moves:
            other = np.clip(chunk + move, 0, len(level.nearest) - 1)
            tries.append(np.where(level.is_target[other], level.nearest[other] - move, own))
        for reach in reaches:
            span = max(1, round(reach * max(height, width)))
            jump = random.integers(-span, span + 1, (2, len(chunk)))
            tries.append(own + jump[0] * width + jump[1])
        wanted = level.patches(chunk, offsets)
        best = np.full(len(chunk), np.inf, np.float32)
        for place in tries:
            place = np.clip(place, 0, len(level.nearest) - 1).astype(np.int32)
            place = np.where(level.source[place], place, own)
            difference = level.patches(place, offsets) - wanted
            distance = np.einsum("nij,nij->n", difference, difference) / len(offsets) + far(level, chunk, place)
            distance += level.worn[place]
            better = distance < best
            best[better] = distance[better]
            level.nearest[chunk[better]] = place[better]
        level.distance[chunk] = np.maximum(best - level.worn[level.nearest[chunk]], 0)


def wear(level: Level) -> None:
    """Note how often each source is copied by now (Kaspar et al., *Self Tuning Texture Optimization*, 2015)."""
    counts = np.bincount(level.nearest[level.targets], minlength=level.source.size).astype(np.float32)
    often = cv2.blur(counts.reshape(level.shape), (2 * HALF + 1, 2 * HALF + 1)).ravel()
    fair = 1.5 * max(1.0, len(level.targets) / max(1, len(level.sources)))
    typical = np.float32(np.quantile(level.distance[level.targets], 0.75))
    level.worn = (level.worn + WEAR * typical * np.clip(often / fair - 1, 0, 4)) / 2


def vote(level: Level, confidence: Floats, sharpness: float, tick: Callable[[], None]) -> float:
    """Set every unknown pixel to the weighted mean of what the patches over it have there; return the mean change.

    A patch that is like its source counts more, and so does one with a high ``confidence`` (by place). ``sharpness``
    is how much worse than most a patch may be and still have a say: less gives crisper, more gives calmer fillings.
    """
    typical = float(np.quantile(level.distance[level.targets], 0.75)) + 1e-6
    weight = np.zeros(len(level.distance), np.float32)
    weight[level.targets] = (
        np.exp(-level.distance[level.targets] / (2 * sharpness * typical)) * confidence[level.targets]
    )
    weight[level.targets] += np.float32(1e-12)
    pixels = np.flatnonzero(level.unknown)
    change = 0.0
    old = level.values.copy() if len(pixels) else level.values
    for start in range(0, len(pixels), _CHUNK):
        tick()
        chunk = pixels[start : start + _CHUNK]
        total = np.zeros((len(chunk), CHANNELS), np.float32)
        sums = np.zeros(len(chunk), np.float32)
        for offset in level.offsets:
            centre = np.clip(chunk - offset, 0, len(weight) - 1)
            share = weight[centre]
            total += share[:, None] * old[np.where(share > 0, level.nearest[centre] + offset, chunk)]
            sums += share
        known = sums > 0
        new = np.where(known[:, None], total / np.maximum(sums, 1e-30)[:, None], old[chunk])
        change += float(np.abs(new - old[chunk]).sum())
        level.values[chunk] = new
    return change / max(1, len(pixels) * CHANNELS)


def choose(level: Level, tick: Callable[[], None]) -> Places:
    """Return for each unknown pixel (in the order of the grid) the one known pixel that its best patch has there."""
    distance = np.full(len(level.distance), np.inf, np.float32)
    distance[level.targets] = level.distance[level.targets]
    pixels = np.flatnonzero(level.unknown)
    found = pixels.astype(np.int32)
    for start in range(0, len(pixels), _CHUNK):
        tick()
        chunk = pixels[start : start + _CHUNK]
        best = np.full(len(chunk), np.inf, np.float32)
        for offset in level.offsets[np.argsort(_reach(), kind="stable")]:
            centre = np.clip(chunk - offset, 0, len(distance) - 1)
            better = distance[centre] < best
            best[better] = distance[centre[better]]
            found[start : start + len(chunk)][better] = level.nearest[centre[better]] + offset
    return found


def _reach() -> Floats:
    steps = np.arange(-HALF, HALF + 1)
    return np.asarray(steps[:, None] ** 2 + steps[None] ** 2, np.float32).ravel()


def peel(level: Level, random: np.random.Generator, tick: Callable[[], None]) -> None:
    """Fill a small level from its rim inwards: each ring is copied from what fits the known part of its patches.

    One of the :data:`CHOICES` best is taken, so that another ``random`` gives another picture.
    """
    known = ~level.unknown
    most = max(PEELED // max(1, len(level.targets)), 200)
    some = level.sources if len(level.sources) <= most else np.sort(random.choice(level.sources, most, replace=False))
    flat = level.patches(some, level.offsets).reshape(len(some), -1)
    both = np.hstack((flat, flat * flat)).T
    ground, lengths = level.ground[some], np.einsum("ij,ij->i", level.ground[some], level.ground[some])
    waiting = level.targets[~known[level.targets]]
    while len(waiting):
        part = known[waiting[:, None] + level.offsets]
        shares = part.sum(1)
        if not shares.any():
            break
        # The outermost first: those that know as much as along a straight edge.
        rim = shares >= min(int(shares.max()), len(level.offsets) * 0.35)
        for start in range(0, int(rim.sum()), _CHUNK // 8):
            tick()
            ring = waiting[rim][start : start + _CHUNK // 8]
            weight = np.repeat(part[rim][start : start + _CHUNK // 8].astype(np.float32), CHANNELS, 1)
            wanted = level.patches(ring, level.offsets).reshape(len(ring), -1)
            distance = np.hstack((-2 * weight * wanted, weight)) @ both
            distance += weight.sum(1)[:, None] / CHANNELS * (lengths - 2 * level.ground[ring] @ ground.T)
            count = min(CHOICES, len(some))
            best = np.argpartition(distance, count - 1, axis=1)[:, :count]
            picked = best[np.arange(len(ring)), random.integers(0, count, len(ring))]
            level.nearest[ring] = some[picked]
        level.values[waiting[rim]] = level.values[level.nearest[waiting[rim]]]
        known[waiting[rim]] = True
        waiting = waiting[~rim]
