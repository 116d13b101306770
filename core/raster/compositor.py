"""Pictures out of image documents: whole, in part, at any scale, or tile by tile for a canvas."""

import math
from collections.abc import Iterable, Mapping
from typing import cast

import numpy as np

from core.documents.image import ImageDocument, check_size
from core.documents.image_values import Depth
from core.raster import coverage
from core.raster.coverage import Area
from core.raster.depths import DTYPES, Deep, converted, settled, zeros
from core.raster.manifest import TILE, AssetSource, Manifest, Pixels, level_size
from core.raster.painter import Painter
from core.raster.resample import DEEPEST, Block
from core.raster.surfaces import Part, scratch
from core.raster.tiles import Overrides, TileKey, TileReader
from core.raster.wholeness import needs_whole
from core.values import AtelierError

CACHE_BYTES = 384 * 1024 * 1024
MAX_LEVEL = DEEPEST
"""The coarsest level of a document: 30,000 pixels become 118."""

NO_OVERRIDES: Mapping[str, Overrides] = {}


class Compositor:
    """Composes image documents from the assets of ``source``, keeping up to ``cache_bytes`` of decoded tiles.

    Thread-safe: any number of threads may render at once (skia holds the GIL while it draws; reading and unpacking
    tiles does not). Nothing is kept of documents themselves, so there is nothing to invalidate: tiles are named by
    their content.

    ``overrides`` (uncommitted tiles of raster layers) and ``mask_overrides`` (of masks; coverage is their alpha) are
    keyed by layer id, then by (column, row) in the layer's or mask's own pixels; 256×256×4, straight RGBA at the
    raster's depth. An array with ``flags.writeable`` off is taken as never changing again and converted only once.
    """

    def __init__(self, source: AssetSource, cache_bytes: int = CACHE_BYTES) -> None:
        self.reader = TileReader(source, cache_bytes, self._linked)

    @property
    def source(self) -> AssetSource:
        """Where the assets are read from."""
        return self.reader.source

    def render(
        self,
        document: ImageDocument,
        rect: tuple[int, int, int, int] | None = None,
        scale: float = 1.0,
        *,
        overrides: Mapping[str, Overrides] = NO_OVERRIDES,
        mask_overrides: Mapping[str, Overrides] = NO_OVERRIDES,
    ) -> Pixels:
        """Return ``rect`` (x, y, width, height in document pixels; all of it by default) at ``scale``.

        The result is H×W×4 uint8, straight RGBA, sRGB, with H and W rounded and at least 1. Parts of ``rect``
        outside of the document are composed like the rest. Raises :class:`AtelierError` when assets are missing or
        damaged, or the result would be too large.
        """
        out = self._whole(document, rect, scale, 8, overrides, mask_overrides)
        return cast(Pixels, out)

    def render_deep(
        self,
        document: ImageDocument,
        rect: tuple[int, int, int, int] | None = None,
        scale: float = 1.0,
        *,
        depth: Depth | None = None,
        overrides: Mapping[str, Overrides] = NO_OVERRIDES,
        mask_overrides: Mapping[str, Overrides] = NO_OVERRIDES,
    ) -> Deep:
        """Return what :meth:`render` does at ``depth`` bits a channel (the document's own by default).

        The result is uint8, uint16 or float32; floats are as composed, beyond 0…1 where the picture is.
        """
        return self._whole(document, rect, scale, depth or document.depth, overrides, mask_overrides)

    def _whole(
        self,
        document: ImageDocument,
        rect: tuple[int, int, int, int] | None,
        scale: float,
        depth: Depth,
        overrides: Mapping[str, Overrides],
        mask_overrides: Mapping[str, Overrides],
    ) -> Deep:
        x, y, width, height = rect or (0, 0, document.width, document.height)
        if not (0.0 < scale <= 64.0) or width < 1 or height < 1:
            raise AtelierError(
                "A picture of {width} × {height} pixels cannot be made at {scale:g} times its size.",
                width=width,
                height=height,
                scale=scale,
            )
        across, down = max(1, round(width * scale)), max(1, round(height * scale))
        check_size(across, down)
        left, top = round(x * scale), round(y * scale)
        out: Deep = np.empty((down, across, 4), DTYPES[depth])
        for oy in range(0, down, TILE):
            for ox in range(0, across, TILE):
                block = Block(left + ox, top + oy, min(TILE, across - ox), min(TILE, down - oy), scale)
                whole = 0, 0, block.width, block.height
                composed = self._compose(document, block, overrides, mask_overrides, whole, depth)
                out[oy : oy + block.height, ox : ox + block.width] = composed
        return out

    def render_tile(
        self,
        document: ImageDocument,
        col: int,
        row: int,
        level: int = 0,
        *,
        overrides: Mapping[str, Overrides] = NO_OVERRIDES,
        mask_overrides: Mapping[str, Overrides] = NO_OVERRIDES,
        old: Pixels | None = None,
        part: Part | None = None,
    ) -> Pixels:
        """Return one tile of the document at 1/2^``level`` of its size, ready for a QImage.

        256×256×4 uint8, premultiplied **BGRA** (``Format_ARGB32_Premultiplied`` on little-endian machines);
        transparent beyond the document's right and bottom edge. With ``old``, a tile as it was, only its ``part`` is
        composed, into that very array, bit by bit as in a whole tile. Raises :class:`AtelierError`.
        """
        out = np.zeros((TILE, TILE, 4), np.uint8) if old is None else old
        across, down = level_size(document.width, document.height, level)
        width, height = min(TILE, across - col * TILE), min(TILE, down - row * TILE)
        if width > 0 and height > 0 and col >= 0 and row >= 0:
            block = Block(col * TILE, row * TILE, width, height, 1 / (1 << level))
            left, top, right, bottom = (0, 0, TILE, TILE) if part is None or old is None else part
            inner = left, top, min(right, width), min(bottom, height)
            if inner[0] < inner[2] and inner[1] < inner[3]:
                whole = 0, 0, width, height
                drawn = whole if inner == whole or needs_whole(document, block, inner) else inner
                composed = self._compose(document, block, overrides, mask_overrides, drawn, None)
                wanted = (
                    slice(inner[1] - drawn[1], inner[3] - drawn[1]),
                    slice(inner[0] - drawn[0], inner[2] - drawn[0]),
                )
                out[inner[1] : inner[3], inner[0] : inner[2]] = composed[wanted]
        return out

    def _compose(
        self,
        document: ImageDocument,
        block: Block,
        overrides: Mapping[str, Overrides],
        mask_overrides: Mapping[str, Overrides],
        part: Part,
        depth: Depth | None,
    ) -> Deep:
        """Return a part of a block, straight RGBA at ``depth``; without one as the screen has it."""
        with scratch(part) as target:
            Painter(document, block, self.reader, overrides, mask_overrides, part).paint(target)
            if depth is not None and depth > 8:
                return converted(settled(target.read_floats()), depth)
            if document.depth == 32:
                target.limit()
            return target.read(straight=depth is not None)

    def _linked(self, document: ImageDocument, level: int, col: int, row: int) -> Deep:
        """Return a tile of a document that a smart layer shows: 256×256×4 straight RGBA at the document's depth."""
        across, down = level_size(document.width, document.height, level)
        width, height = min(TILE, across - col * TILE), min(TILE, down - row * TILE)
        block = Block(col * TILE, row * TILE, width, height, 1 / (1 << level))
        out = zeros(TILE, TILE, document.depth)
        whole = 0, 0, width, height
        out[:height, :width] = self._compose(document, block, NO_OVERRIDES, NO_OVERRIDES, whole, document.depth)
        return out

    def grid(self, document: ImageDocument, level: int = 0) -> tuple[int, int]:
        """Return how many columns and rows of tiles the document has at that level."""
        width, height = level_size(document.width, document.height, level)
        return -(-width // TILE), -(-height // TILE)

    def manifest(self, digest: str) -> Manifest:
        """Return the manifest of a raster; raises :class:`AtelierError`."""
        return self.reader.manifest(digest)

    def dirty_tiles(self, old: ImageDocument, new: ImageDocument, level: int = 0) -> set[TileKey] | None:
        """Return the document tiles of that level, as (column, row), that can differ; ``None`` means all of them.

        Tiles that are not in it are bit-identical in both. Raises :class:`AtelierError` when a raster's table of
        tiles cannot be read.
        """
        return coverage.dirty_tiles(old, new, self.reader, level)

    def document_tiles(
        self, document: ImageDocument, layer_id: str, tiles: Iterable[TileKey], *, mask: bool = False, level: int = 0
    ) -> set[TileKey]:
        """Return the document tiles that show any of the given tiles of a raster layer, or of a layer's mask.

        For repainting while a stroke is in progress. Raises ``KeyError`` when there is no such layer.
        """
        return coverage.document_tiles(document, document.layer(layer_id), tiles, mask=mask, level=level)

    def document_areas(
        self, document: ImageDocument, layer_id: str, boxes: Mapping[TileKey, Part], *, mask: bool = False
    ) -> list[Area]:
        """Return what of the document shows the given parts of tiles of a raster layer, or of a layer's mask.

        As :meth:`document_tiles`, but to the pixel and for all levels. Raises ``KeyError``.
        """
        return coverage.document_areas(document, document.layer(layer_id), boxes, mask=mask)

    def clear(self) -> None:
        """Forget all decoded tiles."""
        self.reader.cache.clear()
        self.reader.belows.clear()


def level_for(scale: float) -> int:
    """Return the level whose tiles to show at a zoom of ``scale``: never shown enlarged below 100 %, nor below half."""
    return max(0, min(MAX_LEVEL, math.floor(-math.log2(scale) + 1e-9))) if scale > 0 else MAX_LEVEL
