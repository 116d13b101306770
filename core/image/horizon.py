"""Where the horizon is and how far it leans: line segments vote for an angle, then for a place, then a line is fitted.

Segments come from LSD (Grompone von Gioi, Jakubowicz, Morel and Randall 2010). Of the lines that most of them vote
for, the one is taken that parts the picture best: it is long, and the colours differ on its two sides. A line counts
as the horizon only when it runs through half of the picture's width and what is above it differs from what is below.
"""

import math
from typing import NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from core.image.pixels import Floats, Pixels, flatten, shrink

SIDE = 800
MOST = 20.0
"""Degrees from level up to which a line may be the horizon."""
SHORTEST = 0.025
"""Length of a segment that may vote, as a part of the picture's width."""
ANGLES, PLACES = 8, 2
"""How many angles, and places for each, are looked at before one is chosen: textures have lines as well."""
LEAST_COVER = 0.5
EDGE = 0.06
"""A line nearer to the top or bottom than this part of the height is a frame or a shelf, not the horizon."""
LEAST_DIFFERENCE = 5.0
"""CIE 1976 ΔE between strips above and below the line."""


class Horizon(NamedTuple):
    """A line from the left edge of the picture to the right one."""

    left: float
    """Where it meets the left edge, as a fraction of the height; may lie outside of 0…1."""
    right: float
    degrees: float
    """Clockwise from level: positive falls to the right."""
    cover: float
    """Along which part of the width there are segments that say so, 0…1."""


def find_horizon(pixels: Pixels) -> Horizon | None:
    """Return the horizon, or ``None`` when no line is one."""
    small = flatten(shrink(pixels, SIDE), (255, 255, 255))
    height, width = small.shape[:2]
    if min(height, width) < 32:
        return None
    segments = _segments(cv2.cvtColor(small, cv2.COLOR_RGB2GRAY))
    if not len(segments):
        return None
    best: tuple[float, Horizon] | None = None
    for angle in _vote_angles(segments):
        for place in _vote_places(segments, angle, height):
            slope, offset, cover = _fit(segments, place, angle, width, height)
            degrees, middle = math.degrees(math.atan(slope)), (offset + slope * width / 2) / height
            if cover < LEAST_COVER or abs(degrees) > MOST or not EDGE <= middle <= 1 - EDGE:
                continue
            difference = _difference(small, slope, offset)
            score = cover * min(difference, 40.0)
            if difference >= LEAST_DIFFERENCE and (best is None or score > best[0]):
                best = score, Horizon(offset / height, (offset + slope * width) / height, degrees, cover)
    return None if best is None else best[1]


def _segments(grey: npt.NDArray[np.uint8]) -> npt.NDArray[np.float64]:
    """Return segments that are nearly level as rows of x1, y1, x2, y2 with x1 < x2."""
    found = cv2.createLineSegmentDetector().detect(grey)[0]
    if found is None:
        return np.zeros((0, 4))
    lines = found.reshape(-1, 4).astype(np.float64)
    swap = lines[:, 0] > lines[:, 2]
    lines[swap] = lines[swap][:, (2, 3, 0, 1)]
    across, down = lines[:, 2] - lines[:, 0], lines[:, 3] - lines[:, 1]
    level = np.abs(down) <= np.tan(np.radians(MOST)) * np.maximum(across, 1e-6)
    return np.asarray(lines[level & (np.hypot(across, down) >= SHORTEST * grey.shape[1])])


def _lengths(lines: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    return np.asarray(np.hypot(lines[:, 2] - lines[:, 0], lines[:, 3] - lines[:, 1]))


def _angles(lines: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    return np.asarray(np.degrees(np.arctan2(lines[:, 3] - lines[:, 1], lines[:, 2] - lines[:, 0])))


def _vote_angles(lines: npt.NDArray[np.float64]) -> list[float]:
    """Return the angles that most length speaks for, the best first; long segments count more, being more exact."""
    edges = np.arange(-MOST - 0.05, MOST + 0.1, 0.1)
    votes, _ = np.histogram(_angles(lines), edges, weights=_lengths(lines) ** 2)
    return [float(edges[peak] + 0.05) for peak in _peaks(votes, 5.0, ANGLES)]


def _vote_places(lines: npt.NDArray[np.float64], angle: float, height: int) -> list[float]:
    """Return the offsets (y at x = 0) of the lines at that angle which the most length lies on."""
    lines = lines[np.abs(_angles(lines) - angle) <= 2.5]
    if not len(lines):
        return []
    slope = math.tan(math.radians(angle))
    middle = (lines[:, :2] + lines[:, 2:]) / 2
    offsets = middle[:, 1] - slope * middle[:, 0]
    step = max(1.0, height * 0.004)
    low, high = offsets.min() - 2 * step, offsets.max() + 2 * step
    votes, edges = np.histogram(offsets, np.arange(low, high + step, step), weights=_lengths(lines))
    return [float(edges[peak] + step / 2) for peak in _peaks(votes, 1.0, PLACES)]


def _peaks(votes: npt.NDArray[np.floating], sigma: float, count: int) -> list[int]:
    """Return where the smoothed votes are highest, each peak at least three sigmas from the others."""
    smooth = cv2.GaussianBlur(np.asarray(votes, np.float64)[None], (0, 0), sigma)[0]
    found: list[int] = []
    for _ in range(count):
        peak = int(smooth.argmax())
        if smooth[peak] <= 0:
            break
        found.append(peak)
        smooth[max(0, peak - round(3 * sigma)) : peak + round(3 * sigma) + 1] = 0
    return found


def _fit(
    lines: npt.NDArray[np.float64], offset: float, angle: float, width: int, height: int
) -> tuple[float, float, float]:
    """Return slope, offset and cover of the line through the segments that lie on it; fitted ever closer."""
    slope, reach = math.tan(math.radians(angle)), height * 0.02
    cover = 0.0
    for tolerance in (reach, reach / 2, reach / 3):
        ends = lines.reshape(-1, 2, 2)
        off = np.abs(ends[..., 1] - slope * ends[..., 0] - offset).max(axis=1)
        on = lines[off <= tolerance]
        if len(on) == 0:
            break
        points = on.reshape(-1, 2)
        weights = np.repeat(_lengths(on), 2)
        if np.ptp(points[:, 0]) > 0.15 * width:
            slope, offset = (float(v) for v in np.polyfit(points[:, 0], points[:, 1], 1, w=np.sqrt(weights)))
        columns = np.zeros(width, bool)
        for x1, _, x2, _ in on:
            columns[max(0, int(x1)) : max(0, int(x2)) + 1] = True
        cover = float(columns.mean())
    return slope, offset, cover


def _difference(rgb: npt.NDArray[np.uint8], slope: float, offset: float) -> float:
    """Return how differently coloured the strips above and below the line are."""
    height, width = rgb.shape[:2]
    lab: Floats = cv2.cvtColor(rgb.astype(np.float32) / 255, cv2.COLOR_RGB2LAB)
    rows = np.arange(height)[:, None] - (offset + slope * np.arange(width)[None])
    gap, reach = height * 0.01, height * 0.08
    above, below = (rows < -gap) & (rows > -reach), (rows > gap) & (rows < reach)
    if above.sum() < 50 or below.sum() < 50:
        return 0.0
    return float(np.linalg.norm(lab[above].mean(0) - lab[below].mean(0)))
