"""16- and 32-bit channels of Photoshop files as pixels of that depth, in sRGB."""

from typing import Any, cast

import numpy as np
import numpy.typing as npt
from psd_tools.constants import ColorMode

from core.documents.image_values import Depth
from core.image import icc_floats
from core.raster.depths import DTYPES, PEAKS, Deep, encoded_beyond, settled


class DeepColours:
    """How one file's numbers become sRGB. ``depth`` is what its layers get: 8 where more is not understood."""

    def __init__(self, file: Any, icc: bytes | None) -> None:
        self._way: icc_floats.ToSrgb | None = None
        self.depth: Depth = 8
        plain = file.color_mode in (ColorMode.RGB, ColorMode.GRAYSCALE)
        if file.depth == 32:
            self.depth = 32
        elif file.depth == 16 and plain:
            way = None if icc is None else icc_floats.to_srgb(icc)
            if icc is None or (way is not None and (len(way.curves) == 1) == (file.color_mode == ColorMode.GRAYSCALE)):
                self.depth = 16
                self._way = None if way is None or (len(way.curves) == 3 and icc_floats.is_srgb(way)) else way

    def pixels(self, values: npt.NDArray[np.float32]) -> Deep:
        """Return channels in 0…1 (H×W×1…4: grey or RGB, and alpha) as RGBA. 32-bit ones hold linear light."""
        count = values.shape[2]
        colours = np.nan_to_num(values[..., : 3 if count >= 3 else 1].astype(np.float32))
        if self.depth == 32:
            colours = encoded_beyond(colours)
        elif self._way is not None:
            colours = np.clip(self._way(colours), 0, 1)
        full = np.float32(PEAKS[self.depth])
        half = 0.5 if self.depth == 16 else 0.0
        out: Any = np.full((*values.shape[:2], 4), full, DTYPES[self.depth])
        out[..., :3] = colours * full + half
        if count in (2, 4):
            out[..., 3] = np.nan_to_num(values[..., -1]).clip(0, 1) * full + half
        return cast(Deep, settled(out) if self.depth == 32 else out)
