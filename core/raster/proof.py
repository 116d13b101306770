"""What a press makes of the colours on the screen: a soft proof's table, looked up for what is shown.

The table comes from :func:`core.image.proofing.proof_table`. Nothing here changes a document. Any thread.
"""

import numpy as np
import numpy.typing as npt

from core.raster.manifest import Pixels
from core.raster.seeing import Screen

WARNING = 0xC83CC8
"""What a colour beyond the press is shown as, 0xRRGGBB: no picture has much of it, and no ink makes it."""
FINE = 128
"""Colours along each axis that are looked up without interpolation: a step is two levels of 255."""
_WITHIN = 250
"""From this value of the table's alpha on a colour can be printed; what lies between two nodes has to be sure of it."""


class Proof:
    """One press. ``table`` is SIDE²×SIDE×4 as the operation puts it out. Making one takes about 0.2 s."""

    def __init__(self, table: Pixels) -> None:
        side = table.shape[1]
        solid = table.reshape(side, side, side, 4).astype(np.float32)
        # The middle of each pair of levels, as a place between the table's nodes.
        place = (np.arange(FINE) * 2 + 0.5) * ((side - 1) / 255)
        for axis in range(3):
            low = np.minimum(np.floor(place).astype(np.intp), side - 2)
            share = (place - low).astype(np.float32).reshape([-1 if one == axis else 1 for one in range(4)])
            start = solid.take(low, axis)
            solid = start + share * (solid.take(low + 1, axis) - start)
        whole = np.rint(solid).astype(np.uint32).reshape(-1, 4)
        self._printed: npt.NDArray[np.uint32] = (whole[:, 0] << 16 | whole[:, 1] << 8 | whole[:, 2]).astype(np.uint32)
        self._warned = np.where(whole[:, 3] < _WITHIN, np.uint32(WARNING), self._printed)

    def apply(self, pixels: Screen, *, warn: bool = False) -> None:
        """Show ``pixels`` (blue, green, red, unused; changed in place) as they will be printed.

        With ``warn``, colours that the press cannot print are marked.
        """
        if not pixels.size:
            return
        values = np.ascontiguousarray(pixels).view("<u4")[..., 0]
        # Seven bits of each channel side by side: blue runs slowest in the table, red fastest.
        index = (values >> 17) & 0x7F
        index |= (values >> 2) & 0x3F80
        index |= (values << 13) & 0x1FC000
        found = (self._warned if warn else self._printed).take(index)
        pixels[..., :3] = found.view(np.uint8).reshape(*found.shape, 4)[..., :3]
