"""Where painting takes pixels from: a raster's own, or the picture as it looks, on the grid of what is painted on."""

import math
from collections import OrderedDict
from typing import Protocol

import msgspec
import numpy as np
import numpy.typing as npt

from core.documents.image import AnyLayer, GroupLayer, ImageDocument, walk
from core.documents.image_values import Depth
from core.raster.affine import Affine, apply, invert, on_grid
from core.raster.compositor import Compositor
from core.raster.depths import Deep, depth_of, peak, rounding, zeros
from core.raster.manifest import TILE, AssetSource, read_manifest, read_tile
from core.raster.selecting import Box

replace = msgspec.structs.replace
Floats = npt.NDArray[np.float32]
KEPT = 96
"""Tiles that a sampler keeps, 256 KiB each at 8 bits."""


class Sampler(Protocol):
    """Gives pixels on the grid of what is painted on. Used in one thread."""

    def read(self, box: Box) -> Deep:
        """Return the pixels of ``box`` (left, top, right, bottom), straight RGBA, transparent where nothing is.

        Do not change them. Raises :class:`core.values.AtelierError` when something cannot be read.
        """
        ...


class _Tiles:
    """Puts boxes together from tiles, of which the last few are kept."""

    def __init__(self, depth: Depth) -> None:
        self.depth: Depth = depth
        self._kept: OrderedDict[tuple[int, int], Deep] = OrderedDict()

    def _load(self, col: int, row: int) -> Deep:
        raise NotImplementedError

    def _tile(self, col: int, row: int) -> Deep:
        key = col, row
        if key not in self._kept:
            self._kept[key] = self._load(col, row)
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        self._kept.move_to_end(key)
        return self._kept[key]

    def box(self, box: Box, size: tuple[int, int]) -> Deep:
        """Return the pixels of ``box``; beyond ``size`` (width, height) there are none."""
        left, top, right, bottom = box
        out = zeros(max(0, bottom - top), max(0, right - left), self.depth)
        x0, y0, x1, y1 = max(0, left), max(0, top), min(size[0], right), min(size[1], bottom)
        if x0 >= x1 or y0 >= y1:
            return out
        for row in range(y0 // TILE, -(-y1 // TILE)):
            for col in range(x0 // TILE, -(-x1 // TILE)):
                ox, oy = col * TILE, row * TILE
                a, b, c, d = max(x0, ox), max(y0, oy), min(x1, ox + TILE), min(y1, oy + TILE)
                out[b - top : d - top, a - left : c - left] = self._tile(col, row)[b - oy : d - oy, a - ox : c - ox]
        return out


class RasterSampler(_Tiles):
    """The pixels of one raster, untouched."""

    def __init__(self, digest: str, source: AssetSource) -> None:
        self._manifest = read_manifest(digest, source)
        super().__init__(self._manifest.depth)
        self._source = source

    def _load(self, col: int, row: int) -> Deep:
        return read_tile(self._manifest, col, row, self._source)

    def read(self, box: Box) -> Deep:
        """See :class:`Sampler`."""
        return self.box(box, (self._manifest.width, self._manifest.height))


class PictureSampler(_Tiles):
    """A document as it looks, at its depth, on a grid whose pixels ``to_document`` takes to the document's."""

    def __init__(self, compositor: Compositor, document: ImageDocument, to_document: Affine) -> None:
        super().__init__(document.depth)
        self._compositor = compositor
        self._document = document
        self._matrix = to_document

    def _load(self, col: int, row: int) -> Deep:
        return self._compositor.render_deep(self._document, (col * TILE, row * TILE, TILE, TILE))

    def read(self, box: Box) -> Deep:
        """See :class:`Sampler`. Bilinear where pixels do not fall on pixels."""
        size = self._document.width, self._document.height
        left, top, right, bottom = box
        if self._matrix[:4] == (1.0, 0.0, 0.0, 1.0) and on_grid(self._matrix):
            x, y = round(self._matrix[4]), round(self._matrix[5])
            return self.box((left + x, top + y, right + x, bottom + y), size)
        corners = [apply(self._matrix, x, y) for x in (left, right) for y in (top, bottom)]
        xs, ys = zip(*corners, strict=True)
        ox, oy = max(-1, math.floor(min(xs)) - 1), max(-1, math.floor(min(ys)) - 1)
        ex, ey = min(size[0] + 1, math.ceil(max(xs)) + 2), min(size[1] + 1, math.ceil(max(ys)) + 2)
        if ex - ox < 2 or ey - oy < 2:
            return zeros(bottom - top, right - left, self.depth)
        there = self.box((ox, oy, ex, ey), size)
        return _bilinear(there, self._matrix, box, (ox, oy))


def _bilinear(pixels: Deep, matrix: Affine, box: Box, origin: tuple[int, int]) -> Deep:
    """Return ``pixels``, whose corner is at ``origin``, on the pixels of ``box`` under ``matrix``."""
    a, b, c, d, tx, ty = matrix
    across = np.arange(box[0], box[2], dtype=np.float32)[None] + np.float32(0.5)
    down = np.arange(box[1], box[3], dtype=np.float32)[:, None] + np.float32(0.5)
    height, width = pixels.shape[:2]
    x = np.clip(a * across + c * down + np.float32(tx - 0.5 - origin[0]), 0, width - 1.001).astype(np.float32)
    y = np.clip(b * across + d * down + np.float32(ty - 0.5 - origin[1]), 0, height - 1.001).astype(np.float32)
    ix, iy = x.astype(np.intp), y.astype(np.intp)
    fx, fy = (x - ix)[..., None], (y - iy)[..., None]
    values = premultiplied(pixels)
    above = values[iy, ix] * (1 - fx) + values[iy, ix + 1] * fx
    below = values[iy + 1, ix] * (1 - fx) + values[iy + 1, ix + 1] * fx
    return straight(above * (1 - fy) + below * fy, depth_of(pixels))


def premultiplied(pixels: Deep) -> Floats:
    """Return straight RGBA as floats (0…255 at any depth) whose colour is multiplied by alpha."""
    out = pixels.astype(np.float32)
    full = peak(pixels)
    if full != 255:
        out *= np.float32(255) / full
    if pixels[..., 3].min() < full:
        out[..., :3] *= out[..., 3:] * np.float32(1 / 255)
    return out


def straight(values: Floats, depth: Depth = 8) -> Deep:
    """Return premultiplied floats (0…255) as straight RGBA, rounded; colours of 32 bits go beyond."""
    if depth > 8:
        return _straight_deep(values, depth)
    out = np.empty(values.shape, np.uint8)
    alpha = values[..., 3]
    if alpha.min() >= 254.5:
        np.clip(values + np.float32(0.5), 0, 255, out=values)
        out[...] = values
        out[..., 3] = 255
        return out
    share = np.divide(np.float32(255), alpha, out=np.zeros_like(alpha), where=alpha > 0.25)
    for channel in range(3):
        out[..., channel] = np.clip(values[..., channel] * share + np.float32(0.5), 0, 255)
    out[..., 3] = np.clip(alpha + np.float32(0.5), 0, 255)
    return out


def _straight_deep(values: Floats, depth: Depth) -> Deep:
    out = zeros(values.shape[0], values.shape[1], depth)
    alpha = np.clip(values[..., 3:], 0, 255)
    colours = np.divide(values[..., :3] * np.float32(255), alpha, out=np.zeros_like(values[..., :3]), where=alpha > 0)
    times, half = peak(out) / np.float32(255), rounding(out)
    if depth == 16:
        colours = np.clip(colours, 0, 255)
    out[..., :3] = colours * times + half
    out[..., 3:] = alpha * times + half
    return out


def up_to(document: ImageDocument, layer_id: str) -> ImageDocument:
    """Return the document without what lies above a layer: in its group, and above each group around it."""
    return replace(document, layers=_up_to(document.layers, layer_id))


def _up_to(layers: tuple[AnyLayer, ...], layer_id: str) -> tuple[AnyLayer, ...]:
    for index, layer in enumerate(layers):
        if layer.id == layer_id:
            return layers[: index + 1]
        if isinstance(layer, GroupLayer):
            inside = _up_to(layer.layers, layer_id)
            if layer_id in {one.id for one in walk(layer.layers)}:
                return (*layers[:index], replace(layer, layers=inside))
    return layers


def offset_on(to_document: Affine, dx: float, dy: float) -> tuple[int, int]:
    """Return a way in document pixels as whole pixels of a grid; (0, 0) on one that is squashed flat."""
    back = invert(to_document)
    if back is None:
        return 0, 0
    a, b, c, d, _, _ = back
    return round(a * dx + c * dy), round(b * dx + d * dy)
