"""Rasters and whole documents at another number of bits a channel. Any thread; takes time."""

from collections.abc import Callable

import msgspec
import numpy as np

from core.documents.image import ImageDocument, RasterLayer, walk
from core.documents.image_values import Depth
from core.raster.depths import Deep, converted, zeros
from core.raster.manifest import (
    TILE,
    AssetSink,
    AssetSource,
    Manifest,
    encode_manifest,
    encode_tile,
    halve,
    level_count,
    level_size,
    load_tile,
    put_tile,
    quadrant,
    read_manifest,
)
from core.values import RASTER_TYPE

replace = msgspec.structs.replace


def convert_raster(digest: str, depth: Depth, source: AssetSource, sink: AssetSink, *, dither: bool = False) -> str:
    """Store a raster at another depth (see :func:`core.raster.depths.converted`); return its hash.

    A few tiles are in memory at a time. A raster that has that depth is left as it is. ``dither`` makes the same noise
    every time. Raises :class:`core.values.AtelierError` when the raster cannot be read.
    """
    old = read_manifest(digest, source)
    if old.depth == depth:
        return digest
    generator = np.random.default_rng(0) if dither else None
    top = level_count(old.width, old.height)
    levels: list[list[bytes | None]] = []
    for level in range(top + 1):
        width, height = level_size(old.width, old.height, level)
        levels.append([None] * (-(-width // TILE) * -(-height // TILE)))

    def make(level: int, col: int, row: int) -> Deep | None:
        """Convert or build one tile and everything below it, so that parents are made of what is stored."""
        width, height = level_size(old.width, old.height, level)
        cols, rows = -(-width // TILE), -(-height // TILE)
        if not (0 <= col < cols and 0 <= row < rows):
            return None
        tile: Deep | None = None
        if level == 0:
            name = old.digest(col, row)
            if name is not None:
                tile = converted(load_tile(name, source, old.depth), depth, generator)
        else:
            for x, y in ((col * 2 + dx, row * 2 + dy) for dy in (0, 1) for dx in (0, 1)):
                child = make(level - 1, x, y)
                if child is not None:
                    tile = zeros(TILE, TILE, depth) if tile is None else tile
                    tile[quadrant(x, y)] = halve(child)
        stored = None if tile is None else put_tile(encode_tile(tile), sink)
        levels[level][row * cols + col] = stored
        return tile if stored is not None else None

    make(top, 0, 0)
    return sink.put(encode_manifest(Manifest(old.width, old.height, levels[0], levels[1:], depth)), RASTER_TYPE)


def convert_document(
    document: ImageDocument,
    depth: Depth,
    source: AssetSource,
    sink: AssetSink,
    *,
    dither: bool = False,
    progress: Callable[[float], None] = lambda _: None,
) -> ImageDocument:
    """Return the document at another depth, the pixels of all its raster layers with it. Masks keep their 8 bits.

    ``progress`` is called with a fraction before each layer and may raise to stop.
    """
    layers = [layer for layer in walk(document.layers) if isinstance(layer, RasterLayer)]
    known: dict[str, str] = {}
    for index, layer in enumerate(layers):
        progress(index / len(layers))
        if layer.pixels not in known:
            known[layer.pixels] = convert_raster(layer.pixels, depth, source, sink, dither=dither)
        pixels = known[layer.pixels]
        if pixels != layer.pixels:
            new = replace(layer, pixels=pixels)
            document = document.replace_layer(layer.id, lambda _, new=new: new)  # type: ignore[misc]
    return replace(document, depth=depth)
