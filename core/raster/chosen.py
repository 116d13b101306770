"""Strokes on a selection: a brush that chooses, and an eraser that takes out of what is chosen."""

import numpy as np

from core.raster.brush import Brush, Mode, Stroke
from core.raster.depths import as_bytes
from core.raster.manifest import TILE, Pixels, solid_raster
from core.raster.pack import MemoryAssets
from core.raster.selecting import Coverage
from core.raster.tiles import TileKey


class ChosenStroke(Stroke):
    """A stroke on coverage (uint8 H×W, 255 = chosen) in document pixels; ``mode`` is ``mask`` or ``erase``.

    White chooses, black takes out, grey in part. :attr:`coverage` is a copy, changed in place while the stroke goes on.
    """

    def __init__(self, brush: Brush, coverage: Coverage, mode: Mode = "mask") -> None:
        self.coverage = coverage.copy()
        self._before = coverage
        height, width = coverage.shape
        empty = MemoryAssets()
        super().__init__(brush, solid_raster(width, height, (0, 0, 0, 0), empty), empty, mode)

    def _under(self, key: TileKey) -> Pixels:
        if key not in self._base:
            col, row = key
            part = self._before[row * TILE : (row + 1) * TILE, col * TILE : (col + 1) * TILE]
            tile = np.zeros((TILE, TILE, 4), np.uint8)
            tile[: part.shape[0], : part.shape[1], :3] = 255
            tile[: part.shape[0], : part.shape[1], 3] = part
            self._base[key] = tile
            return tile
        return as_bytes(self._base[key])

    def _compose(self, key: TileKey, rows: slice, columns: slice) -> None:
        super()._compose(key, rows, columns)
        col, row = key
        part = self.coverage[row * TILE : (row + 1) * TILE, col * TILE : (col + 1) * TILE][rows, columns]
        part[...] = self._painted[key][rows, columns, 3][: part.shape[0], : part.shape[1]]
