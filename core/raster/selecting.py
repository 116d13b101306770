"""Selections of pixels: making one from another, storing one as a mask, and reading it in any grid of pixels.

A selection in memory is *coverage*: H×W uint8 over the whole document, 255 chosen, 0 not. In a document it is
a :class:`core.documents.image.Mask`. Distances are Euclidean and in document pixels; a selection's edge is where its
coverage is half. At the canvas's edge a selection counts as going on: growing, shrinking and feathering act on edges
inside the picture only. Work is done around edges, block by block, so it costs what the edge is long. Any thread.
"""

import math
from collections.abc import Callable
from typing import Literal, Protocol

import numpy as np
import numpy.typing as npt

from core.documents.image import ImageDocument, Mask
from core.raster.affine import Affine, apply, invert, mask_placement, on_grid
from core.raster.bending import Bend
from core.raster.manifest import (
    TILE,
    AssetSink,
    AssetSource,
    Pixels,
    load_tile,
    read_manifest,
    replace_tiles,
    solid_raster,
)

Coverage = npt.NDArray[np.uint8]
Floats = npt.NDArray[np.float32]
Combine = Literal["new", "add", "subtract", "intersect"]
Box = tuple[int, int, int, int]
"""Left, top, right and bottom in pixels."""
HALF = 128
"""From this coverage on a pixel counts as chosen where only yes or no can be said."""
BLOCK = 256


class Store(AssetSource, AssetSink, Protocol):
    """Where assets are read from and written to: a project."""


# --- combining -------------------------------------------------------------------------------------------------------


def combined(old: Coverage | None, new: Coverage, how: Combine) -> Coverage:
    """Return ``new`` taken together with what is chosen already; nothing chosen is ``None``."""
    if how == "new" or (old is None and how == "add"):
        return new
    if old is None:
        return np.zeros_like(new)
    if how == "add":
        return np.maximum(old, new)
    return np.minimum(old, new if how == "intersect" else ~new)


def bounding(coverage: Coverage) -> Box | None:
    """Return the smallest box around everything that is chosen at all, ``None`` when nothing is."""
    rows, columns = np.flatnonzero(coverage.any(1)), np.flatnonzero(coverage.any(0))
    if not rows.size:
        return None
    return int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1


def shifted(coverage: Coverage, dx: int, dy: int) -> Coverage:
    """Return the selection moved by whole pixels; what leaves the canvas is lost."""
    height, width = coverage.shape
    out = np.zeros_like(coverage)
    if abs(dx) < width and abs(dy) < height:
        rows, columns = slice(max(0, dy), height + min(0, dy)), slice(max(0, dx), width + min(0, dx))
        out[rows, columns] = coverage[max(0, -dy) : height - max(0, dy), max(0, -dx) : width - max(0, dx)]
    return out


# --- shape -----------------------------------------------------------------------------------------------------------


def grown(coverage: Coverage, pixels: float) -> Coverage:
    """Return the selection with everything that is up to ``pixels`` away; what was soft within stays."""
    if pixels <= 0:
        return coverage.copy()
    reach = math.ceil(pixels) + 1

    def work(part: Coverage) -> Coverage:
        near = np.clip(np.float32(pixels + 1) - _distance(part >= HALF, reach), 0, 1)
        return np.maximum(part, _bytes(near * 255))

    return _near_edges(coverage, reach, work)


def shrunk(coverage: Coverage, pixels: float) -> Coverage:
    """Return the selection without what is up to ``pixels`` from its edge."""
    return ~grown(~coverage, pixels)


def bordered(coverage: Coverage, pixels: float) -> Coverage:
    """Return a band of that width along the edge, half of it on either side."""
    return np.minimum(grown(coverage, pixels / 2), ~shrunk(coverage, pixels / 2))


def feathered(coverage: Coverage, pixels: float) -> Coverage:
    """Return the selection with a soft edge: blurred with a Gaussian whose standard deviation is ``pixels``."""
    if pixels <= 0:
        return coverage.copy()
    return _near_edges(coverage, math.ceil(3 * pixels) + 2, lambda part: _bytes(_gauss(part, pixels)))


def smoothed(coverage: Coverage, pixels: float) -> Coverage:
    """Return the selection with corners rounded, and spots and holes closed, that are smaller than ``pixels``."""
    if pixels <= 0:
        return coverage.copy()
    sigma = pixels / 2
    # The blurred edge's slope is 1/(σ√2π): this makes it one pixel wide again.
    steep = np.float32(sigma * math.sqrt(2 * math.pi))

    def work(part: Coverage) -> Coverage:
        return _bytes(np.clip((_gauss(part, sigma) - 127.5) * steep + 127.5, 0, 255))

    return _near_edges(coverage, math.ceil(3 * sigma) + 2, work)


def softened(coverage: Coverage) -> Coverage:
    """Return a selection of whole pixels with its stairs smoothed over one pixel."""
    return _near_edges(coverage, 3, lambda part: _bytes(_gauss(part, 0.6)))


def _near_edges(coverage: Coverage, reach: int, work: Callable[[Coverage], Coverage]) -> Coverage:
    """Pass blocks through ``work`` with ``reach`` pixels around them, but for those in which nothing changes."""
    height, width = coverage.shape
    side = max(BLOCK, 2 * reach)
    out = coverage.copy()
    for top in range(0, height, side):
        for left in range(0, width, side):
            x, y = max(0, left - reach), max(0, top - reach)
            part = coverage[y : top + side + reach, x : left + side + reach]
            if (low := part.min()) == part.max() and low in (0, 255):
                continue
            done = work(part)[top - y : top - y + side, left - x : left - x + side]
            out[top : top + done.shape[0], left : left + done.shape[1]] = done
    return out


def _bytes(values: Floats) -> Coverage:
    return (values + np.float32(0.5)).astype(np.uint8)


def _distance(on: npt.NDArray[np.bool_], limit: int) -> Floats:
    """Return how far each pixel is from the nearest one that is ``on``, exactly up to ``limit`` and more beyond."""
    height, width = on.shape
    far = limit + 1
    along = np.arange(width, dtype=np.int32)
    left = np.maximum.accumulate(np.where(on, along, -far), axis=1)
    right = np.minimum.accumulate(np.where(on, along, width + far)[:, ::-1], axis=1)[:, ::-1]
    row = np.minimum(np.minimum(along - left, right - along), far) ** 2
    best = row.copy()
    for step in range(1, min(limit, height - 1) + 1):
        square = step * step
        np.minimum(best[step:], row[:-step] + square, out=best[step:])
        np.minimum(best[:-step], row[step:] + square, out=best[:-step])
    return np.asarray(np.sqrt(best), np.float32)


def _gauss(values: npt.NDArray[np.uint8] | Floats, sigma: float) -> Floats:
    """Return ``values`` blurred; beyond the edge the outermost pixel repeats. Wide blurs work on halves."""
    source = np.asarray(values, np.float32)
    if sigma > 6 and min(source.shape) >= 4:
        height, width = source.shape
        even = np.pad(source, ((0, height % 2), (0, width % 2)), mode="edge")
        half = (even[0::2, 0::2] + even[1::2, 0::2] + even[0::2, 1::2] + even[1::2, 1::2]) * np.float32(0.25)
        # Halving is a box of variance 1/4 and doubling a triangle of variance 2/3: the rest is left to do.
        blurred = _gauss(half, math.sqrt(sigma * sigma - 11 / 12) / 2)
        return _doubled(_doubled(blurred).T).T[:height, :width]
    reach = math.ceil(3 * sigma)
    weights = np.exp(-0.5 * (np.arange(-reach, reach + 1) / sigma) ** 2)
    weights = (weights / weights.sum()).astype(np.float32)
    for _ in range(2):
        padded = np.pad(source, ((reach, reach), (0, 0)), mode="edge")
        total = padded[reach:-reach] * weights[reach]
        for step in range(1, reach + 1):
            both = padded[reach - step : -reach - step] + padded[reach + step : padded.shape[0] - reach + step]
            total += both * weights[reach + step]
        source = np.ascontiguousarray(total.T)
    return source


def _doubled(values: Floats) -> Floats:
    """Return twice as many rows, interpolated linearly."""
    padded = np.pad(values, ((1, 1), (0, 0)), mode="edge")
    out = np.empty((values.shape[0] * 2, values.shape[1]), np.float32)
    out[0::2] = values * np.float32(0.75) + padded[:-2] * np.float32(0.25)
    out[1::2] = values * np.float32(0.75) + padded[2:] * np.float32(0.25)
    return out


# --- in another grid -------------------------------------------------------------------------------------------------


def resampled(coverage: Coverage, matrix: Affine, box: Box) -> Coverage:
    """Return the coverage on the pixels of ``box`` in another grid, whose pixels ``matrix`` takes to ``coverage``'s.

    Outside of ``coverage`` nothing is chosen. Bilinear where pixels do not fall on pixels.
    """
    left, top, right, bottom = box
    out = np.zeros((bottom - top, right - left), np.uint8)
    if matrix[:4] == (1.0, 0.0, 0.0, 1.0) and on_grid(matrix):
        x, y = left + round(matrix[4]), top + round(matrix[5])
        height, width = coverage.shape
        x0, y0, x1, y1 = max(0, x), max(0, y), min(width, x + right - left), min(height, y + bottom - top)
        if x0 < x1 and y0 < y1:
            out[y0 - y : y1 - y, x0 - x : x1 - x] = coverage[y0:y1, x0:x1]
        return out
    for row in range(0, bottom - top, BLOCK):  # in bands, so that the coordinates need little memory
        band = out[row : row + BLOCK]
        band[...] = _sampled(coverage, matrix, (left, top + row, right, top + row + band.shape[0]))
    return out


def _sampled(coverage: Coverage, matrix: Affine, box: Box) -> Coverage:
    a, b, c, d, tx, ty = matrix
    across = np.arange(box[0], box[2], dtype=np.float32)[None] + np.float32(0.5)
    down = np.arange(box[1], box[3], dtype=np.float32)[:, None] + np.float32(0.5)
    return _sampled_at(coverage, a * across + c * down + np.float32(tx), b * across + d * down + np.float32(ty))


def _sampled_at(coverage: Coverage, x: npt.NDArray[np.floating], y: npt.NDArray[np.floating]) -> Coverage:
    """Return the coverage at points (pixels' middles are at halves), bilinear."""
    padded = np.pad(coverage, 1)
    height, width = coverage.shape
    x = np.clip(x + np.float32(0.5), 0, width + 0.999).astype(np.float32)
    y = np.clip(y + np.float32(0.5), 0, height + 0.999).astype(np.float32)
    ix, iy = x.astype(np.intp), y.astype(np.intp)
    fx, fy = x - ix, y - iy
    above = padded[iy, ix] * (1 - fx) + padded[iy, ix + 1] * fx
    below = padded[iy + 1, ix] * (1 - fx) + padded[iy + 1, ix + 1] * fx
    return _bytes((above * (1 - fy) + below * fy).astype(np.float32))


def resampled_bent(coverage: Coverage, bend: Bend, box: Box) -> Coverage:
    """Return the coverage on the pixels of ``box`` in a bent layer's own grid. Bilinear."""
    left, top, right, bottom = box
    out = np.zeros((bottom - top, right - left), np.uint8)
    for row in range(0, bottom - top, BLOCK):
        x, y = np.meshgrid(np.arange(left, right) + 0.5, np.arange(top + row, min(bottom, top + row + BLOCK)) + 0.5)
        out[row : row + BLOCK] = _sampled_at(coverage, *bend.forward(x, y))
    return out


def tile_coverage(coverage: Coverage, to_document: Affine | Bend, col: int, row: int) -> Coverage:
    """Return the coverage on one tile of a raster, 256×256; ``to_document`` takes the raster's pixels there."""
    if isinstance(to_document, Bend):
        return resampled_bent(coverage, to_document, (col * TILE, row * TILE, (col + 1) * TILE, (row + 1) * TILE))
    return resampled(coverage, to_document, (col * TILE, row * TILE, (col + 1) * TILE, (row + 1) * TILE))


def tiles_within(coverage: Coverage, to_document: Affine | Bend, size: tuple[int, int]) -> list[tuple[int, int]]:
    """Return which tiles (column, row) of a raster of ``size`` the selection can touch."""
    if isinstance(to_document, Bend):
        return [(col, row) for row in range(-(-size[1] // TILE)) for col in range(-(-size[0] // TILE))]
    box, back = bounding(coverage), invert(to_document)
    if box is None or back is None:
        return []
    corners = [apply(back, x, y) for x in box[0::2] for y in box[1::2]]
    xs, ys = zip(*corners, strict=True)
    cols = range(max(0, math.floor(min(xs) - 1) // TILE), min(-(-size[0] // TILE), math.ceil(max(xs) + 1) // TILE + 1))
    rows = range(max(0, math.floor(min(ys) - 1) // TILE), min(-(-size[1] // TILE), math.ceil(max(ys) + 1) // TILE + 1))
    return [(col, row) for row in rows for col in cols]


# --- stored ----------------------------------------------------------------------------------------------------------


def store(coverage: Coverage, project: Store) -> Mask | None:
    """Store a selection as a mask of the same size at the origin; ``None`` when nothing is chosen.

    Raises :class:`core.values.AtelierError` when it cannot be written.
    """
    height, width = coverage.shape
    if coverage.min() == 255:
        return Mask(pixels=solid_raster(width, height, (255, 255, 255, 255), project), width=width, height=height)
    tiles: dict[tuple[int, int], Pixels] = {}
    for top in range(0, height, TILE):
        for left in range(0, width, TILE):
            part = coverage[top : top + TILE, left : left + TILE]
            if part.any():
                tile = np.zeros((TILE, TILE, 4), np.uint8)
                tile[: part.shape[0], : part.shape[1], :3] = 255
                tile[: part.shape[0], : part.shape[1], 3] = part
                tiles[left // TILE, top // TILE] = tile
    if not tiles:
        return None
    empty = solid_raster(width, height, (0, 0, 0, 0), project)
    return Mask(pixels=replace_tiles(empty, tiles, project, project), width=width, height=height)


def read(mask: Mask, width: int, height: int, source: AssetSource) -> Coverage:
    """Return a mask's coverage over a document of that size, whether it is enabled or not.

    Raises :class:`core.values.AtelierError` when a tile is missing or damaged.
    """
    manifest = read_manifest(mask.pixels, source)
    own = np.zeros((manifest.height, manifest.width), np.uint8)
    for index, digest in enumerate(manifest.tiles):
        if digest is not None:
            row, col = divmod(index, manifest.cols)
            part = own[row * TILE : (row + 1) * TILE, col * TILE : (col + 1) * TILE]
            part[...] = load_tile(digest, source)[: part.shape[0], : part.shape[1], 3]
    back = invert(mask_placement(mask))
    out = np.zeros((height, width), np.uint8) if back is None else resampled(own, back, (0, 0, width, height))
    return ~out if mask.inverted else out


def as_layer_mask(document: ImageDocument, box: Box, project: Store, *, hides: bool = False) -> Mask | None:
    """Return the document's selection as a layer's mask over ``box`` (document pixels), ``None`` when there is none.

    With ``hides`` the mask hides what is chosen. Raises :class:`core.values.AtelierError`.
    """
    if document.selection is None:
        return None
    coverage = read(document.selection, document.width, document.height, project)
    left, top, right, bottom = box
    part = resampled(coverage, (1.0, 0.0, 0.0, 1.0, 0.0, 0.0), box)
    made = store(~part if hides else part, project)
    if made is None:
        width, height = right - left, bottom - top
        made = Mask(pixels=solid_raster(width, height, (0, 0, 0, 0), project), width=width, height=height)
    return Mask(pixels=made.pixels, x=left, y=top, width=made.width, height=made.height)
