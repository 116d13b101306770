"""How a picture flows, and filters along that: the parts that paintings and drawings of it are made of.

The flow is the smoothed structure tensor (Kyprianidis and Döllner, *Image abstraction by structure adaptive filtering*,
2008); the painting filter the anisotropic Kuwahara filter (Kyprianidis, Kang and Döllner, *Image and video abstraction
by anisotropic Kuwahara filtering*, 2009). Its samples lie in the frame of each pixel's ellipse, so that the weight of a
sample in each sector is one number for all pixels and the work is done by ``cv2.remap``. Everything is done in
horizontal bands with a margin, so that no size needs more than a few bytes a pixel.
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from core.image.pixels import Floats

SECTORS = 8
HARD = 8.0
"""How clearly the calmest sectors win."""
BAND = 700_000
"""Pixels of a band, about."""
PER_PIXEL = 260
"""Bytes that a pixel of a band needs."""


class Flow(NamedTuple):
    """Unit vectors along the edges (h×w each), and how much the picture has one direction there (0…1)."""

    x: Floats
    y: Floats
    strength: Floats

    def rows(self, first: int, last: int) -> "Flow":
        """Return the flow of these rows."""
        return Flow(*(part[first:last] for part in self))


def flow(light: Floats, sigma: float) -> Flow:
    """Return the flow of a lightness (h×w, 0…1), smoothed by ``sigma`` pixels."""
    calm = cv2.GaussianBlur(light, (0, 0), 1.0)
    dx, dy = (cv2.Scharr(calm, cv2.CV_32F, a, b, scale=1 / 32) for a, b in ((1, 0), (0, 1)))
    xx, yy, xy = (blur(part, sigma) for part in (dx * dx, dy * dy, dx * dy))
    root = np.sqrt((xx - yy) ** 2 + 4 * xy * xy)
    angle = np.arctan2(2 * xy, xx - yy) / 2 + np.float32(np.pi / 2)
    total = xx + yy
    strength = root / (total + np.float32(2e-5))
    return Flow(np.cos(angle).astype(np.float32), np.sin(angle).astype(np.float32), strength.astype(np.float32))


def blur(values: Floats, sigma: float) -> Floats:
    """Return a Gaussian blur (h×w or h×w×C), mirrored at the border; a wide one at reduced size."""
    times = int(min(max(1.0, sigma / 4), *values.shape[:2]))
    if times < 2:
        return np.asarray(cv2.GaussianBlur(values, (0, 0), sigma), np.float32)
    height, width = values.shape[:2]
    size = max(1, width // times), max(1, height // times)
    small = cv2.GaussianBlur(cv2.resize(values, size, interpolation=cv2.INTER_AREA), (0, 0), sigma / times)
    return np.asarray(cv2.resize(small, (width, height), interpolation=cv2.INTER_LINEAR), np.float32)


def bands(height: int, width: int, margin: int) -> Iterator[tuple[int, int, int, int]]:
    """Yield ``(first, top, bottom, last)``: bands from ``top`` to ``bottom`` with their margins."""
    rows = max(margin, BAND // max(1, width), 8)
    for top in range(0, height, rows):
        bottom = min(height, top + rows)
        yield max(0, top - margin), top, bottom, min(height, bottom + margin)


def kuwahara(rgb: Floats, along: Flow, radius: float, follow: float, tick: Callable[[], None]) -> Floats:
    """Return a piece of a picture (h×w×3, 0…1) as flat strokes of about ``radius`` pixels, its edges kept.

    ``follow`` (0…1) is how long strokes get along edges. ``tick`` is called now and then and may raise.
    """
    height, width = rgb.shape[:2]
    rings = max(2, min(4, round(radius / 2.5)))
    spacing = radius / (rings + 0.5)
    soft = cv2.GaussianBlur(rgb, (0, 0), 0.4 * spacing) if spacing > 1.2 else rgb
    source = np.dstack((soft, (soft * soft).sum(-1)))
    stretch = 1 + np.float32(1.6 * follow) * along.strength
    long, short = np.float32(radius) * stretch, np.float32(radius) / stretch
    to_x, to_y = long * along.x, long * along.y
    off_x, off_y = -short * along.y, short * along.x
    columns = np.arange(width, dtype=np.float32)[None]
    rows = np.arange(height, dtype=np.float32)[:, None]
    sums = [np.zeros((height, width, 4), np.float32) for _ in range(SECTORS)]
    weights = np.zeros(SECTORS)
    for reach, angle in _samples(rings):
        tick()
        across, ahead = np.float32(reach * np.sin(angle)), np.float32(reach * np.cos(angle))
        there = cv2.remap(
            source,
            columns + ahead * to_x + across * off_x,
            rows + ahead * to_y + across * off_y,
            cv2.INTER_LINEAR,
            borderMode=cv2.BORDER_REFLECT_101,
        )
        fall = np.exp(-2.0 * reach * reach)
        for sector in range(SECTORS):
            away = abs((angle - 2 * np.pi * sector / SECTORS + np.pi) % (2 * np.pi) - np.pi)
            share = (
                1 / SECTORS if reach == 0 else max(0.0, np.cos(away * SECTORS / 4)) ** 2 * (away < 2 * np.pi / SECTORS)
            )
            if share > 1e-3:
                cv2.scaleAdd(there, float(fall * share), sums[sector], dst=sums[sector])
                weights[sector] += fall * share
    out = np.zeros((height, width, 3), np.float32)
    total = np.zeros((height, width), np.float32)
    for sector in range(SECTORS):
        tick()
        mean = sums[sector] / np.float32(weights[sector])
        spread = np.maximum(mean[..., 3] - (mean[..., :3] ** 2).sum(-1), 0)
        # Standard deviation in levels of 255, to the power of HARD.
        share = 1 / (1 + (spread * np.float32(255**2 / 9)) ** np.float32(HARD / 2))
        share += np.float32(1e-12)
        out += share[..., None] * mean[..., :3]
        total += share
    return out / total[..., None]


def _samples(rings: int) -> Iterator[tuple[float, float]]:
    """Yield places in the unit disc as radius and angle."""
    yield 0.0, 0.0
    for ring in range(1, rings + 1):
        count = 8 * ring if ring > 1 else 8
        for index in range(count):
            yield ring / rings, 2 * np.pi * (index + 0.5 * (ring % 2)) / count


def smear(values: Floats, along: Flow, length: float, tick: Callable[[], None], steps: int = 8) -> Floats:
    """Return ``values`` (h×w or h×w×C) averaged along the flow over ``length`` pixels to each side."""
    height, width = values.shape[:2]
    columns = np.arange(width, dtype=np.float32)[None]
    rows = np.arange(height, dtype=np.float32)[:, None]
    out, total = values.copy(), 1.0
    for side in (-1, 1):
        x, y = np.broadcast_to(columns, (height, width)), np.broadcast_to(rows, (height, width))
        ahead_x, ahead_y = along.x * np.float32(side), along.y * np.float32(side)
        for step in range(1, steps + 1):
            if step % 4 == 1:
                tick()
            pace = np.float32(length / steps)
            x, y = x + pace * ahead_x, y + pace * ahead_y
            weight = float(np.exp(-2 * (step / steps) ** 2))
            there = cv2.remap(values, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT_101)
            cv2.scaleAdd(there, weight, out, dst=out)
            total += weight
            if step % 2 == 0 and step < steps:  # the flow bends; its vectors have no sign
                next_x = cv2.remap(along.x, x, y, cv2.INTER_NEAREST, borderMode=cv2.BORDER_REPLICATE)
                next_y = cv2.remap(along.y, x, y, cv2.INTER_NEAREST, borderMode=cv2.BORDER_REPLICATE)
                sign = np.where(next_x * ahead_x + next_y * ahead_y < 0, np.float32(-1), np.float32(1))
                ahead_x, ahead_y = next_x * sign, next_y * sign
    return out / np.float32(total)


def noise(height: int, width: int, grain: float, random: np.random.Generator) -> npt.NDArray[np.uint8]:
    """Return smooth noise (h×w, uint8, its middle 128) with grains of ``grain`` pixels, the same at every size.

    The grid of random numbers depends on how many grains the picture is wide and high, not on its pixels.
    """
    across, down = max(2, round(width / grain) + 2), max(2, round(height / grain) + 2)
    grid = random.integers(0, 256, (min(down, 8192), min(across, 8192)), np.uint8)
    return np.asarray(cv2.resize(grid, (width, height), interpolation=cv2.INTER_CUBIC), np.uint8)


def clouds(height: int, width: int, grain: float, random: np.random.Generator, octaves: int = 4) -> Floats:
    """Return soft noise of several scales (h×w float32, mean about 0, spread about 1), the same at every size."""
    out = np.zeros((height, width), np.float32)
    weight, total = 1.0, 0.0
    for _ in range(octaves):
        part = noise(height, width, max(grain, 1.0), random)
        out += np.float32(weight) * (part.astype(np.float32) - np.float32(127.5)) / np.float32(55)
        total += weight * weight
        grain, weight = grain / 2, weight * 0.55
        if grain < 1:
            break
    return out / np.float32(np.sqrt(total))
