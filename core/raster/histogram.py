"""How often each value occurs in a picture, and what is lost at either end. Pure counting; any thread.

Pictures are uint8 H×W×4, straight RGBA, encoded sRGB. Pixels that are less than half there do not count: their colour
is nobody's.
"""

from dataclasses import dataclass, field
from typing import Literal

import numpy as np
import numpy.typing as npt

Channel = Literal["red", "green", "blue", "luminosity"]
CHANNELS: tuple[Channel, ...] = ("red", "green", "blue", "luminosity")
_LUMA = np.array([77, 151, 28], np.uint16)
"""0.3, 0.59 and 0.11 in 256ths: the luma of encoded values, as in PDF 2.0."""
BAND = 64
"""Rows that are counted at once, so that nothing large is kept beside the picture."""


def _none() -> npt.NDArray[np.int64]:
    return np.zeros((4, 256), np.int64)


@dataclass
class Histogram:
    """Counts of 256 values for each of :data:`CHANNELS`; grows with :meth:`add`."""

    counts: npt.NDArray[np.int64] = field(default_factory=_none)
    pixels: int = 0
    """How many pixels were counted."""
    below: int = 0
    """Pixels with at least one colour at 0: shadows without detail."""
    above: int = 0
    """Pixels with at least one colour at 255."""

    def add(self, pixels: npt.NDArray[np.uint8], coverage: npt.NDArray[np.uint8] | None = None) -> None:
        """Count a picture, or those of its pixels that ``coverage`` (H×W) chooses at least by half."""
        for top in range(0, pixels.shape[0], BAND):
            band = pixels[top : top + BAND]
            seen = band[..., 3] >= 128
            if coverage is not None:
                seen &= coverage[top : top + BAND] >= 128
            self._count(band.reshape(-1, 4) if seen.all() else band[seen])

    def _count(self, seen: npt.NDArray[np.uint8]) -> None:
        if not len(seen):
            return
        red, green, blue = (np.ascontiguousarray(seen[:, channel]) for channel in range(3))
        luma = (red * _LUMA[0] + green * _LUMA[1] + blue * _LUMA[2]) >> 8
        for channel, plane in enumerate((red, green, blue, luma)):
            self.counts[channel] += np.bincount(plane, minlength=256)
        self.pixels += len(seen)
        self.below += int(np.count_nonzero(np.minimum(np.minimum(red, green), blue) == 0))
        self.above += int(np.count_nonzero(np.maximum(np.maximum(red, green), blue) == 255))

    def of(self, channel: Channel) -> npt.NDArray[np.int64]:
        """Return the counts of one channel."""
        return np.asarray(self.counts[CHANNELS.index(channel)])

    def clipped(self, channel: Channel | None = None) -> tuple[float, float]:
        """Return which part (0…1) is lost in the shadows and in the highlights of a channel, or of any colour."""
        if not self.pixels:
            return 0.0, 0.0
        if channel is None:
            return self.below / self.pixels, self.above / self.pixels
        counts = self.of(channel)
        return float(counts[0]) / self.pixels, float(counts[255]) / self.pixels

    def figures(self, channel: Channel) -> tuple[float, float, float]:
        """Return mean, standard deviation and median of a channel, 0…255; zeros when nothing was counted."""
        counts = self.of(channel)
        total = int(counts.sum())
        if not total:
            return 0.0, 0.0, 0.0
        values = np.arange(256)
        mean = float((counts * values).sum()) / total
        spread = float(np.sqrt(float((counts * (values - mean) ** 2).sum()) / total))
        return mean, spread, float(np.searchsorted(np.cumsum(counts), (total + 1) // 2))

    def heights(self, channel: Channel) -> npt.NDArray[np.float64]:
        """Return 256 heights in 0…1, cut where a few spikes (a flat background) would flatten all the rest."""
        counts = self.of(channel).astype(np.float64)
        inner = np.sort(counts[1:255])
        high = max(1.0, float(inner[-3]) * 1.05 if inner[-3] > 0 else float(counts.max()))
        return np.minimum(1.0, counts / high)
