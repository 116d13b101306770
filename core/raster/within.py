"""Changing a raster's pixels inside a selection: clearing, filling, cutting out. Only tiles that change are made."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from core.raster.affine import Affine
from core.raster.bending import Bend
from core.raster.depths import Deep, peak, rounding
from core.raster.manifest import TILE, AssetSource, read_manifest, read_tile
from core.raster.selecting import Coverage, tile_coverage, tiles_within
from core.raster.tiles import TileKey

Weights = npt.NDArray[np.float32]
Change = Callable[[Deep, Weights], None]
"""Changes a tile in place by how much of each pixel is chosen (0…1)."""


def changed_tiles(
    digest: str, chosen: Coverage | None, to_document: Affine | Bend, source: AssetSource, change: Change
) -> dict[TileKey, Deep]:
    """Return the tiles of a raster that ``change`` makes different inside the selection (``None``: everywhere).

    ``to_document`` takes the raster's pixels to the selection's. For :func:`core.raster.manifest.replace_tiles`.
    Raises :class:`core.values.AtelierError` when a tile cannot be read.
    """
    manifest = read_manifest(digest, source)
    if chosen is None:
        keys = [(col, row) for row in range(manifest.rows) for col in range(manifest.cols)]
    else:
        keys = tiles_within(chosen, to_document, (manifest.width, manifest.height))
    found: dict[TileKey, Deep] = {}
    for col, row in keys:
        weights = np.zeros((TILE, TILE), np.float32)
        # What a tile holds beyond the raster's edge is never changed.
        inside = slice(0, manifest.height - row * TILE), slice(0, manifest.width - col * TILE)
        weights[inside] = 1.0
        if chosen is not None:
            weights *= tile_coverage(chosen, to_document, col, row) * np.float32(1 / 255)
        if weights.any():
            before = read_tile(manifest, col, row, source)
            after = before.copy()
            change(after, weights)
            if not np.array_equal(before, after):
                found[col, row] = after
    return found


def clear(tile: Deep, weights: Weights) -> None:
    """Take the alpha away."""
    tile[..., 3] = tile[..., 3] * (1 - weights) + rounding(tile)


def fill_with(red: int, green: int, blue: int) -> Change:
    """Return a change that lays a colour (0–255, sRGB) over what is there: W3C source-over on straight alpha."""

    def fill(tile: Deep, weights: Weights) -> None:
        full, half = peak(tile), rounding(tile)
        below = tile[..., 3] * np.float32(1 / full) * (1 - weights)
        alpha = weights + below
        share = np.divide(weights, alpha, out=np.zeros_like(weights), where=alpha > 0)
        for channel, value in enumerate((red, green, blue)):
            plane = tile[..., channel].astype(np.float32)
            plane += (np.float32(value * float(full) / 255) - plane) * share
            tile[..., channel] = plane + half
        tile[..., 3] = alpha * full + half

    return fill


def cover_with(value: int) -> Change:
    """Return a change that brings a mask's coverage to ``value`` (0–255)."""

    def cover(tile: Deep, weights: Weights) -> None:
        before = tile[..., 3].astype(np.float32)
        tile[..., 3] = before + (np.float32(value) - before) * weights + 0.5
        tile[..., :3][weights > 0] = 255

    return cover
