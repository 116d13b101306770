"""Decoded tiles, ready to be drawn: read, checked, reduced, and kept in memory up to a number of bytes."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping

import numpy as np
import numpy.typing as npt
import skia

from core.documents.base import decode_document
from core.documents.image import ImageDocument
from core.raster.adjust import lookup_filter
from core.raster.belows import Belows
from core.raster.cube import Cube, read_cube
from core.raster.depths import Deep, converted, depth_of, peak, zeros
from core.raster.fonts import fonts
from core.raster.icc import read_profile
from core.raster.managing import Planes, between, convert_straight
from core.raster.manifest import (
    TILE,
    AssetSource,
    Manifest,
    fetch,
    halve,
    level_size,
    load_tile,
    quadrant,
    read_manifest,
)
from core.raster.surfaces import FLOAT_INFO, Part
from core.values import AtelierError, hash_bytes

TileKey = tuple[int, int]
"""(column, row)."""

Overrides = Mapping[TileKey, Deep]
"""Uncommitted tiles of one raster: 256×256×4 straight RGBA at its depth.

A read-only array is taken as never changing again.
"""


FLOAT_BYTES = TILE * TILE * 16
LIVING = 64 * TILE * TILE * 4
COLOUR_TYPES = {8: skia.kRGBA_8888_ColorType, 16: skia.kR16G16B16A16_unorm_ColorType, 32: skia.kRGBA_F32_ColorType}


class Tile:
    """Pixels as an image that skia can draw. Immutable; ``array`` is straight RGBA and shares the image's memory.

    ``solid`` is the width and height of the opaque part at the top left: a tile at a raster's edge is not full.
    """

    __slots__ = ("_floats", "array", "image", "nbytes", "partial", "solid")

    def __init__(self, array: Deep) -> None:
        alpha, depth = array[..., 3], depth_of(array)
        full = peak(array)
        self.solid = _solid(alpha, full)
        self.partial = False
        """Whether there is alpha between nothing and full."""
        kind = skia.kOpaque_AlphaType
        if self.solid != (TILE, TILE):
            kind, self.partial = skia.kUnpremul_AlphaType, True
            if not (((alpha + np.uint8(1)) > 1) if depth == 8 else ((alpha > 0) & (alpha < full))).any():
                # With alpha only 0 or 255, straight and premultiplied are the same once what is hidden is black,
                # and skia has a much shorter way for premultiplied images.
                array = np.where(alpha[..., None] == full, array, array.dtype.type(0))
                kind, self.partial = skia.kPremul_AlphaType, False
        self.array = np.ascontiguousarray(array)
        self.image = skia.Image.fromarray(self.array, COLOUR_TYPES[depth], kind, copy=False)
        self.nbytes = self.array.nbytes
        self._floats: npt.NDArray[np.float32] | None = None

    def premultiply(self) -> None:
        """Give ``image`` premultiplied floats: as exact, drawn in less than half the time, and four times as large."""
        floats = np.empty((TILE, TILE, 4), np.float32)
        canvas = skia.Surface.MakeRasterDirect(FLOAT_INFO, floats, TILE * 16).getCanvas()
        canvas.drawImage(self.image, 0, 0, skia.SamplingOptions(), skia.Paint(BlendMode=skia.BlendMode.kSrc))
        self._floats = floats  # the image does not own its memory
        self.image = skia.Image.fromarray(floats, skia.kRGBA_F32_ColorType, skia.kPremul_AlphaType, copy=False)
        self.nbytes = self.array.nbytes + floats.nbytes
        self.partial = False

    def plain(self) -> "Tile | None":
        """Return the same tile without its floats; ``None`` when it has none. Who draws this one keeps its memory."""
        return None if self._floats is None else Tile(self.array)


def _solid(alpha: Deep, full: np.float32) -> tuple[int, int]:
    row, column = alpha[0] == full, alpha[:, 0] == full
    width = TILE if row.all() else int(row.argmin())
    height = TILE if column.all() else int(column.argmin())
    return (width, height) if width and alpha[:height, :width].min() == full else (0, 0)


def make_tile(array: Deep) -> Tile | None:
    """Return a drawable tile, or ``None`` when nothing of it can be seen."""
    return Tile(array) if array[..., 3].any() else None


class TileCache:
    """Tiles by key, the least recently used dropped first so that they stay below ``limit`` bytes. Thread-safe.

    A key may be known to hold nothing (``None``): that is remembered too.
    """

    _NOTHING = 64

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.used = 0
        self._lock = threading.Lock()
        self._tiles: OrderedDict[Hashable, Tile | None] = OrderedDict()
        self._warm: OrderedDict[Hashable, None] = OrderedDict()
        """Keys of tiles with floats, those that got them first in front."""

    def get(self, key: Hashable) -> tuple[bool, Tile | None]:
        """Return whether the key is known, and its tile."""
        with self._lock:
            if key not in self._tiles:
                return False, None
            self._tiles.move_to_end(key)
            return True, self._tiles[key]

    def put(self, key: Hashable, tile: Tile | None) -> None:
        """Remember ``tile``; drops others when there is too much, itself included when it alone is too large."""
        with self._lock:
            if key in self._tiles:
                self.used -= self._size(self._tiles.pop(key))
            self._tiles[key] = tile
            self.used += self._size(tile)
            self._shed()
            while self.used > self.limit and self._tiles:
                self.used -= self._size(self._tiles.popitem(last=False)[1])

    def warm(self, key: Hashable, tile: Tile) -> None:
        """Premultiply a tile that is drawn again, as long as that makes nothing else go."""
        with self._lock:
            room = self.used + FLOAT_BYTES <= self.limit
            if not (room and tile.partial and self._tiles.get(key) is tile):
                return
            tile.premultiply()
            self._warm[key] = None
            self.used += FLOAT_BYTES

    def _shed(self) -> None:
        """Let floats go before tiles do: to unpack a tile again takes longer than to draw it without them."""
        while self.used > self.limit and self._warm:
            key, _ = self._warm.popitem(last=False)
            tile = self._tiles.get(key)
            plain = None if tile is None else tile.plain()
            if plain is not None:
                self._tiles[key] = plain
                self.used -= FLOAT_BYTES

    def clear(self) -> None:
        with self._lock:
            self._tiles.clear()
            self._warm.clear()
            self.used = 0

    def _size(self, tile: Tile | None) -> int:
        return self._NOTHING if tile is None else tile.nbytes


Compose = Callable[[ImageDocument, int, int, int], Deep]
"""``compose(document, level, column, row)``: a tile of a document, 256×256×4 straight RGBA at its depth."""
MAX_NESTED = 16
_nesting = threading.local()


class LinkedTiles:
    """The tiles of stored documents, asked for as those of rasters are, in the numbers of one that shows them."""

    def __init__(self, reader: "TileReader", profile: str | None = None) -> None:
        """``profile`` is that of the document that shows them: an asset, None for sRGB."""
        self._reader = reader
        self._profile = profile

    def tile(
        self,
        digest: str,
        level: int,
        col: int,
        row: int,
        overrides: Overrides | None = None,
        part: Part = (0, 0, TILE, TILE),
    ) -> Tile | None:
        """See :meth:`TileReader.tile`. Nobody paints on these, so there are no overrides."""
        return self._reader.composed(digest, level, col, row, self._profile)


class TileReader:
    """Gives the tiles of any raster at any reduced level, through one cache. Thread-safe.

    A level's tile comes from the manifest when that carries it; otherwise it is made of the four below it.
    """

    def __init__(self, source: AssetSource, limit: int, compose: Compose | None = None) -> None:
        """``compose`` makes the tiles of documents that others show; without it they are nothing."""
        self.source = source
        self._conversions: dict[tuple[str | None, str | None], Planes | None] = {}
        self._compose = compose
        self._documents: OrderedDict[str, ImageDocument] = OrderedDict()
        self.cache = TileCache(limit)
        self.belows = Belows()
        self._living = TileCache(LIVING)
        """Tiles made of overrides: each move of a pointer makes others, so they are kept apart from what lasts."""
        self._lock = threading.Lock()
        self._manifests: OrderedDict[str, Manifest] = OrderedDict()
        self._cubes: OrderedDict[str, Cube] = OrderedDict()
        self._lookups: OrderedDict[tuple[str, float, bool], skia.ColorFilter] = OrderedDict()

    def lookup(self, digest: str, amount: float, *, deep: bool = False) -> "skia.ColorFilter":
        """Return the filter of the .cube file ``digest``; raises :class:`AtelierError`. The last few are kept.

        ``deep`` as of :func:`core.raster.adjust.lookup_filter`.
        """
        with self._lock:
            key = digest, amount, deep
            if key not in self._lookups:
                if digest not in self._cubes:
                    self._cubes[digest] = read_cube(fetch(digest, self.source))
                self._lookups[key] = lookup_filter(self._cubes[digest], amount, deep=deep)
                for kept in (self._cubes, self._lookups):
                    while len(kept) > 4:
                        kept.popitem(last=False)
            self._lookups.move_to_end(key)
            return self._lookups[key]

    def manifest(self, digest: str) -> Manifest:
        """Return the manifest ``digest``; raises :class:`AtelierError` when it is missing or damaged."""
        with self._lock:
            known = self._manifests.get(digest)
            if known is not None:
                self._manifests.move_to_end(digest)
                return known
        manifest = read_manifest(digest, self.source)
        with self._lock:
            self._manifests[digest] = manifest
            while len(self._manifests) > 512:
                self._manifests.popitem(last=False)
        return manifest

    def document(self, digest: str) -> ImageDocument:
        """Return the stored image document ``digest``; raises :class:`AtelierError` when it is missing or damaged."""
        with self._lock:
            known = self._documents.get(digest)
            if known is not None:
                self._documents.move_to_end(digest)
                return known
        data = fetch(digest, self.source)
        document = decode_document(data) if hash_bytes(data) == digest else None
        if not isinstance(document, ImageDocument):
            raise AtelierError("A smart layer's contents are damaged: what it shows is not a picture.")
        with self._lock:
            self._documents[digest] = document
            while len(self._documents) > 32:
                self._documents.popitem(last=False)
        return document

    def linked(self, profile: str | None) -> LinkedTiles:
        """Return the tiles of stored documents as a document with that profile shows them."""
        return LinkedTiles(self, profile)

    def _conversion(self, source: str | None, target: str | None) -> Planes | None:
        """Return how colours of one profile become those of another; None where they stay as they are.

        They do too where a profile has tables, or cannot be read, which whoever shows the document says.
        """
        pair = source, target
        if pair not in self._conversions:
            try:
                ends = [None if one is None else read_profile(fetch(one, self.source)) for one in pair]
                exact = all(one is None or one.exact for one in ends)
                self._conversions[pair] = between(*ends) if exact else None
            except AtelierError:
                self._conversions[pair] = None
        return self._conversions[pair]

    def composed(self, digest: str, level: int, col: int, row: int, profile: str | None) -> Tile | None:
        """Return one tile of the stored document ``digest`` in the numbers of ``profile``.

        Raises :class:`AtelierError` as composing it does.
        """
        document = self.document(digest)
        width, height = level_size(document.width, document.height, level)
        if self._compose is None or not (0 <= col * TILE < width and 0 <= row * TILE < height):
            return None
        wanted = None if document.profile == profile else self._conversion(document.profile, profile)
        key = "document", digest, level, col, row, fonts().generation, None if wanted is None else (profile,)
        known, tile = self.cache.get(key)
        if known:
            if tile is not None and tile.partial:
                self.cache.warm(key, tile)
            return tile
        depth = getattr(_nesting, "depth", 0)
        if depth >= MAX_NESTED:
            raise AtelierError("Smart layers are nested too deep: at most {most} within each other.", most=MAX_NESTED)
        _nesting.depth = depth + 1
        try:
            pixels = self._compose(document, level, col, row)
            if wanted is not None:
                convert_straight(wanted, pixels)
            tile = make_tile(pixels)
        finally:
            _nesting.depth = depth
        self.cache.put(key, tile)
        return tile

    def tile(
        self,
        digest: str,
        level: int,
        col: int,
        row: int,
        overrides: Overrides | None = None,
        part: Part = (0, 0, TILE, TILE),
    ) -> Tile | None:
        """Return one tile of the raster ``digest``, or ``None`` when it is transparent or outside.

        ``overrides`` stand in for stored tiles of level 0; with them, only ``part`` of the tile need be right. Raises
        :class:`AtelierError`.
        """
        if overrides:
            return self._overridden(digest, level, col, row, overrides, part)
        manifest = self.manifest(digest)
        if manifest.level(level) is None:
            return self._reduced(digest, manifest, level, col, row)
        name = manifest.digest(col, row, level)
        if name is None:
            return None
        key: Hashable = name if manifest.depth == 8 else (name, manifest.depth)
        known, tile = self.cache.get(key)
        if not known:
            try:
                tile = make_tile(load_tile(name, self.source, manifest.depth))
            except AtelierError:
                # What is reduced can be made again as long as the full size is there.
                if level == 0:
                    raise
                return self._reduced(digest, manifest, level, col, row)
            self.cache.put(key, tile)
        elif tile is not None and tile.partial:
            self.cache.warm(key, tile)
        return tile

    def _reduced(self, digest: str, manifest: Manifest, level: int, col: int, row: int) -> Tile | None:
        width, height = manifest.size(level)
        if not (0 <= col * TILE < width and 0 <= row * TILE < height):
            return None
        key = digest, level, col, row
        known, tile = self.cache.get(key)
        if known:
            return tile
        array = zeros(TILE, TILE, manifest.depth)
        for x, y in ((col * 2 + dx, row * 2 + dy) for dy in (0, 1) for dx in (0, 1)):
            child = self.tile(digest, level - 1, x, y)
            if child is not None:
                array[quadrant(x, y)] = halve(child.array)
        tile = make_tile(array)
        self.cache.put(key, tile)
        return tile

    def _overridden(self, digest: str, level: int, col: int, row: int, overrides: Overrides, part: Part) -> Tile | None:
        if level == 0:
            array = overrides.get((col, row))
            return self.tile(digest, 0, col, row) if array is None else self._live(array)
        stored = self.tile(digest, level, col, row)
        side = TILE >> level
        inside = []
        for x, y in sorted(key for key in overrides if key[0] >> level == col and key[1] >> level == row):
            left, top = (x * side) % TILE, (y * side) % TILE
            box = max(left, part[0]), max(top, part[1]), min(left + side, part[2]), min(top + side, part[3])
            if box[0] < box[2] and box[1] < box[3]:
                inside.append((overrides[x, y], left, top, box))
        if not inside:
            return stored
        key = ("live", digest, level, col, row, part, *(id(array) for array, *_ in inside))
        settled = all(not array.flags.writeable for array, *_ in inside)
        known, tile = self._living.get(key) if settled else (False, None)
        if known and isinstance(tile, _LiveTile):
            return tile
        depth = depth_of(inside[0][0])
        result = zeros(TILE, TILE, depth) if stored is None else converted(stored.array, depth).copy()
        for array, left, top, (x0, y0, x1, y1) in inside:
            small = array[(y0 - top) << level : (y1 - top) << level, (x0 - left) << level : (x1 - left) << level]
            for _ in range(level):
                small = halve(small)
            result[y0:y1, x0:x1] = small
        tile = _LiveTile(result, [array for array, *_ in inside])
        if settled:
            self._living.put(key, tile)
        return tile

    def _live(self, array: Deep) -> Tile | None:
        if array.flags.writeable:
            return make_tile(array.copy())
        key = "live", id(array)
        known, tile = self._living.get(key)
        if known and isinstance(tile, _LiveTile):
            return tile
        tile = _LiveTile(array, [array])
        self._living.put(key, tile)
        return tile


class _LiveTile(Tile):
    """A tile that holds on to the arrays it was made of, so that their ``id`` can stand for them in a key."""

    __slots__ = ("made_of",)

    def __init__(self, array: Deep, made_of: list[Deep]) -> None:
        super().__init__(array)
        self.made_of = made_of
