"""Where a cut-out stands: its outline, its lower edge, and blurs that grow with the distance from the ground."""

from typing import NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from core.image.pixels import Floats, Pixels
from core.values import AtelierError, Message

BASE = 0.22
"""In so much of its height above its lowest point a product may touch the ground."""
STEEPEST = 0.6
"""Where an outline falls by more than this a column, it is a side, not a base."""
_SEEN = 128


class Standing(NamedTuple):
    """A cut-out's box in pixels (``bottom`` and ``right`` are past it) and the row where each column meets the ground.

    ``edge`` (float32, one value for each column of the box, rows of the whole picture) is the lower outline where it is
    part of the base, and carried on straight beyond it: parts that overhang do not touch the ground.
    """

    left: int
    top: int
    right: int
    bottom: int
    edge: Floats

    @property
    def height(self) -> int:
        """Rows from the top to the lowest point."""
        return self.bottom - self.top

    @property
    def width(self) -> int:
        """Columns from the leftmost to the rightmost point."""
        return self.right - self.left

    @property
    def ground(self) -> float:
        """The row where a flat picture of the product would stand: in the middle of its base, seen from above."""
        return float(self.bottom - (self.bottom - np.quantile(self.edge, 0.15)) / 2)


def standing(pixels: Pixels, what: Message) -> Standing:
    """Return where the cut-out ``pixels`` stands; raises :class:`AtelierError` about ``what`` when nothing is seen."""
    seen = pixels[..., 3] >= min(_SEEN, max(1, int(pixels[..., 3].max())))
    if not seen.any():
        raise AtelierError("{what} is transparent everywhere: cut the product out first.", what=what)
    rows, columns = np.flatnonzero(seen.any(1)), np.flatnonzero(seen.any(0))
    top, bottom, left, right = int(rows[0]), int(rows[-1]) + 1, int(columns[0]), int(columns[-1]) + 1
    part = seen[top:bottom, left:right]
    lowest = bottom - part[::-1].argmax(0)
    base = part.any(0) & (lowest >= bottom - BASE * (bottom - top))
    base &= _level(np.where(base, lowest, -(10**6)))
    places = np.flatnonzero(base if base.any() else lowest == bottom)
    edge = np.interp(np.arange(right - left), places, lowest[places]).astype(np.float32)
    # Legs leave gaps, and a jagged mask steps: the ground does neither.
    reach = max(1, round(0.02 * (right - left))) | 1
    smooth = cv2.blur(np.pad(edge, reach, mode="edge")[None], (reach, 1))[0, reach:-reach]
    return Standing(left, top, right, bottom, np.asarray(smooth, np.float32))


def _level(lowest: npt.NDArray[np.integer]) -> npt.NDArray[np.bool_]:
    """Return where an outline runs level enough, to one side at least, to be an edge that stands on the ground.

    A ball's outline leaves the ground as it gets steep; the rim of a round base seen from above is steep at its ends.
    """
    step = max(2, round(0.01 * len(lowest)))
    padded = np.pad(lowest.astype(np.float64), step, constant_values=-1e9)
    ahead, behind = np.abs(padded[2 * step :] - lowest), np.abs(padded[: -2 * step] - lowest)
    return np.asarray(np.minimum(ahead, behind) <= STEEPEST * step, bool)


def blurred(values: Floats, sigma: float) -> Floats:
    """Return ``values`` (H×W or H×W×C) with a Gaussian blur, zero beyond the border; wide ones at reduced size."""
    if sigma < 0.3:
        return values
    height, width = values.shape[:2]
    times = int(min(max(1.0, sigma / 4), height, width))
    if times > 1:
        size = -(-width // times), -(-height // times)
        pad = ((0, size[1] * times - height), (0, size[0] * times - width), *(((0, 0),) * (values.ndim - 2)))
        small = cv2.resize(np.pad(values, pad), size, interpolation=cv2.INTER_AREA)
        small = cv2.GaussianBlur(small, (0, 0), sigma / times, borderType=cv2.BORDER_CONSTANT)
        whole = cv2.resize(small, (size[0] * times, size[1] * times), interpolation=cv2.INTER_CUBIC)
        return np.asarray(whole[:height, :width], np.float32)
    return np.asarray(cv2.GaussianBlur(values, (0, 0), sigma, borderType=cv2.BORDER_CONSTANT), np.float32)


def blurred_by_row(values: Floats, sigmas: npt.NDArray[np.floating]) -> Floats:
    """Return ``values`` (H×W or H×W×C) with row ``i`` as a blur of ``sigmas[i]`` pixels leaves it.

    Blurs a factor of 1.6 apart are mixed; each is made for the rows only that need it.
    """
    steps = [0.0, *np.geomspace(0.5, max(0.5, float(sigmas.max())), 1 + int(np.log(max(1, sigmas.max() / 0.5)) / 0.47))]
    out = np.zeros_like(values)
    place = np.interp(sigmas, steps, np.arange(len(steps)))
    for index, sigma in enumerate(steps):
        share = np.clip(1 - np.abs(place - index), 0, 1).astype(np.float32)
        rows = np.flatnonzero(share)
        if len(rows):
            first, last = int(rows[0]), int(rows[-1]) + 1
            margin = int(4 * sigma) + 1
            start = max(0, first - margin)
            piece = blurred(values[start : last + margin], float(sigma))[first - start : last - start]
            out[first:last] += piece * share[first:last].reshape(-1, *(1,) * (values.ndim - 1))
    return out


def to_alpha(values: Floats) -> npt.NDArray[np.uint8]:
    """Return coverage in 0…1 as uint8, with noise of less than one level, so that wide soft ramps show no bands."""
    noise = np.random.default_rng(0).random(values.shape, np.float32)
    # 0 and 1 stay what they are: the surroundings of a shadow are empty.
    return np.asarray(np.floor(np.clip(values, 0, 1) * 255 + noise * (values > 1e-4)).clip(0, 255), np.uint8)
