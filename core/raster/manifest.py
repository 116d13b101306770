"""A raster as 256×256 tiles named by their content, so that a brush stroke stores only what it touched.

A *manifest* asset (media type :data:`core.values.RASTER_TYPE`) is the msgpack of a :class:`Manifest`. It names its
tiles by BLAKE2b-256 digest and says how many bits a channel they have, the same for all. *Tile* assets are described in
:mod:`core.raster.tile_bytes`; those at the right and bottom edge are padded with zeros. A fully transparent tile is not
stored at all. Beside the full size, a manifest carries its halves, quarters, … down to a single tile, so that a large
picture opens at *fit* without reading all of it; whoever lacks one of those tiles can make it from the level below.

Everything read here may be damaged or hostile: sizes are checked before memory is taken, tiles are checked against
their digest, and every failure is an :class:`core.values.AtelierError`.
"""

import os
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from typing import Protocol

import msgspec
import numpy as np
import numpy.typing as npt

from core.documents.image import check_size
from core.documents.image_values import Depth
from core.raster.depths import Deep, as_bytes, converted, depth_of, zeros
from core.raster.tile_bytes import MAX_TILE_FILE as MAX_TILE_FILE
from core.raster.tile_bytes import MAX_TILE_FILES as MAX_TILE_FILES
from core.raster.tile_bytes import TILE as TILE
from core.raster.tile_bytes import check_tile
from core.raster.tile_bytes import decode_tile as decode_tile
from core.raster.tile_bytes import encode_tile as encode_tile
from core.raster.tile_bytes import halve as halve
from core.raster.tile_bytes import quadrant as quadrant
from core.values import RASTER_TYPE, AtelierError, hash_bytes

TILE_TYPE = "application/x-atelier-tile"
MAX_MANIFEST_FILE = 4_000_000

Pixels = npt.NDArray[np.uint8]
"""height×width×4, RGBA, 8 bits, sRGB, straight alpha, unless its place says otherwise."""

Tiles = list[bytes | None]
"""Row-major digests (32 bytes each) of one level's tiles; ``None`` is fully transparent."""


class AssetSource(Protocol):
    """Where assets are read from. ``get`` may be called from any thread."""

    def get(self, digest: str) -> bytes:
        """Return the asset's bytes; raises :class:`AtelierError` (or ``KeyError``) when there is none."""
        ...


class AssetSink(Protocol):
    """Where assets are written to. ``put`` returns the hash, and stores equal bytes once."""

    def put(self, data: bytes, media_type: str) -> str: ...


class Manifest(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a raster is made of. ``levels[0]`` are the tiles at half size, ``levels[1]`` at a quarter, …"""

    width: int
    height: int
    tiles: Tiles
    levels: list[Tiles] = []
    depth: Depth = 8
    """Bits a channel of every tile at every level."""

    @property
    def cols(self) -> int:
        return -(-self.width // TILE)

    @property
    def rows(self) -> int:
        return -(-self.height // TILE)

    def size(self, level: int) -> tuple[int, int]:
        """Return width and height in pixels at 1/2^``level`` (rounded up)."""
        return level_size(self.width, self.height, level)

    def level(self, level: int) -> Tiles | None:
        """Return the tiles of that level, or ``None`` when the manifest does not carry it."""
        if level == 0:
            return self.tiles
        return self.levels[level - 1] if level <= len(self.levels) else None

    def digest(self, col: int, row: int, level: int = 0) -> bytes | None:
        """Return one tile's digest; ``None`` when it is transparent, outside of the raster, or not carried."""
        width, height = self.size(level)
        cols, rows = -(-width // TILE), -(-height // TILE)
        tiles = self.level(level)
        if tiles is None or not (0 <= col < cols and 0 <= row < rows):
            return None
        return tiles[row * cols + col]

    def digests(self) -> frozenset[str]:
        """Return the asset hashes of every tile that this manifest refers to, at all levels."""
        return frozenset(tile.hex() for tile in chain(self.tiles, *self.levels) if tile is not None)


_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(Manifest)


def level_size(width: int, height: int, level: int) -> tuple[int, int]:
    """Return the size of a ``width``×``height`` raster at 1/2^``level``, each side rounded up."""
    return -(-width >> level), -(-height >> level)


def level_count(width: int, height: int) -> int:
    """Return how many reduced levels there are until a single tile holds the whole raster."""
    count = 0
    while max(level_size(width, height, count)) > TILE:
        count += 1
    return count


def encode_manifest(manifest: Manifest) -> bytes:
    """Return the manifest asset's bytes; equal manifests give equal bytes."""
    return _encoder.encode(manifest)


def decode_manifest(data: bytes) -> Manifest:
    """Return the manifest in ``data`` after checking every size in it; raises :class:`AtelierError`."""
    if len(data) > MAX_MANIFEST_FILE:
        raise AtelierError("A picture in this project is damaged: its table of tiles is impossibly large.")
    try:
        manifest = _decoder.decode(data)
    except (msgspec.DecodeError, RecursionError) as error:
        raise AtelierError(
            "A picture in this project is damaged: its table of tiles cannot be read ({why}).", why=str(error)
        ) from None
    check_size(manifest.width, manifest.height)
    if len(manifest.levels) > level_count(manifest.width, manifest.height):
        raise AtelierError(
            "A picture in this project is damaged: it has more reduced sizes than a picture of its size can have."
        )
    for level in range(len(manifest.levels) + 1):
        width, height = manifest.size(level)
        tiles = manifest.level(level) or []
        if len(tiles) != -(-width // TILE) * -(-height // TILE):
            raise AtelierError(
                "A picture in this project is damaged: its table of tiles does not fit {width} × {height} pixels.",
                width=manifest.width,
                height=manifest.height,
            )
        if any(tile is not None and len(tile) != 32 for tile in tiles):
            raise AtelierError(
                "A picture in this project is damaged: its table of tiles holds something that is not a digest."
            )
    return manifest


def referenced(data: bytes) -> frozenset[str]:
    """Return the hashes of the tile assets that a manifest asset's bytes refer to (for reachability and transport)."""
    return decode_manifest(data).digests()


def fetch(digest: str, source: AssetSource) -> bytes:
    """Return an asset's bytes; whatever way the source has of saying "not here" becomes an :class:`AtelierError`."""
    try:
        return source.get(digest)
    except (KeyError, FileNotFoundError):
        raise AtelierError(
            "A picture in this project is damaged: a part of it ({digest}…) is missing.", digest=digest[:12]
        ) from None


def read_manifest(digest: str, source: AssetSource) -> Manifest:
    """Return the manifest stored under ``digest``; raises :class:`AtelierError` when it is missing or damaged."""
    data = fetch(digest, source)
    if hash_bytes(data) != digest:
        raise AtelierError("A picture in this project is damaged: its table of tiles is not what was stored.")
    return decode_manifest(data)


def load_tile(digest: bytes, source: AssetSource, depth: Depth = 8) -> Deep:
    """Return the tile named ``digest``, which has ``depth`` bits a channel, after checking its bytes against that name.

    Raises :class:`AtelierError`.
    """
    name = digest.hex()
    data = fetch(name, source)
    if hash_bytes(data) != name:
        raise AtelierError(
            "A picture in this project is damaged: one of its tiles ({digest}…) is not what was stored.",
            digest=name[:12],
        )
    return decode_tile(data, depth)


def read_tile(manifest: Manifest, col: int, row: int, source: AssetSource, level: int = 0) -> Deep:
    """Return one tile at the manifest's depth, 256×256×4 straight RGBA (zeros when transparent or outside).

    Raises :class:`AtelierError`.
    """
    digest = manifest.digest(col, row, level)
    return zeros(TILE, TILE, manifest.depth) if digest is None else load_tile(digest, source, manifest.depth)


def _cut(array: Deep, col: int, row: int) -> Deep:
    part = array[row * TILE : (row + 1) * TILE, col * TILE : (col + 1) * TILE]
    if part.shape[:2] == (TILE, TILE):
        return part
    tile = zeros(TILE, TILE, depth_of(array))
    tile[: part.shape[0], : part.shape[1]] = part
    return tile


def _threads() -> int:
    return max(1, min(8, (os.cpu_count() or 1)))


def _store(tiles: Iterator[Deep], sink: AssetSink) -> Iterator[bytes | None]:
    """Compress on all processors (zstd releases the GIL), put in the calling thread; few are in flight at a time."""
    with ThreadPoolExecutor(_threads(), thread_name_prefix="tiles") as pool:
        pending = []
        for tile in tiles:
            pending.append(pool.submit(encode_tile, tile))
            if len(pending) >= 32:
                yield put_tile(pending.pop(0).result(), sink)
        for future in pending:
            yield put_tile(future.result(), sink)


def put_tile(data: bytes | None, sink: AssetSink) -> bytes | None:
    return None if data is None else bytes.fromhex(sink.put(data, TILE_TYPE))


def _level_tiles(array: Deep, sink: AssetSink) -> Tiles:
    cols, rows = -(-array.shape[1] // TILE), -(-array.shape[0] // TILE)
    return list(_store((_cut(array, col, row) for row in range(rows) for col in range(cols)), sink))


def _halve_all(array: Deep) -> Deep:
    """Return a whole raster at half size, a band of tiles at a time; odd sides are padded with transparent pixels."""
    width, height = level_size(array.shape[1], array.shape[0], 1)
    out = zeros(height, width, depth_of(array))
    for top in range(0, array.shape[0], TILE):
        for left in range(0, array.shape[1], TILE):
            part = array[top : top + TILE, left : left + TILE]
            if part.shape[0] % 2 or part.shape[1] % 2:
                part = np.pad(part, ((0, part.shape[0] % 2), (0, part.shape[1] % 2), (0, 0)))
            out[top // 2 : top // 2 + part.shape[0] // 2, left // 2 : left // 2 + part.shape[1] // 2] = halve(part)
    return out


def write_raster(array: Deep, sink: AssetSink) -> str:
    """Store an H×W×4 straight RGBA array (uint8, uint16 or float32) as tiles of that depth; return the manifest's hash.

    Equal pixels give an equal hash. Raises :class:`AtelierError` when it is too large, ``ValueError`` when it is not
    such an array.
    """
    depth = depth_of(array)
    if array.ndim != 3 or array.shape[2] != 4:
        raise ValueError(f"a raster is H×W×4, not {array.shape}")
    height, width = array.shape[:2]
    check_size(width, height)
    tiles, levels = _level_tiles(array, sink), []
    for _ in range(level_count(width, height)):
        array = _halve_all(array)
        levels.append(_level_tiles(array, sink))
    return sink.put(encode_manifest(Manifest(width, height, tiles, levels, depth)), RASTER_TYPE)


def solid_raster(width: int, height: int, rgba: tuple[int, int, int, int], sink: AssetSink, depth: Depth = 8) -> str:
    """Store a raster of one colour (``rgba`` 0–255, straight); return its hash. Takes memory for a few tiles only."""
    check_size(width, height)
    pixels: dict[bytes | None, Deep] = {None: zeros(TILE, TILE, depth)}

    def keep(tile: Deep) -> bytes | None:
        digest = put_tile(encode_tile(tile), sink)
        pixels.setdefault(digest, tile)
        return digest

    cols, rows = -(-width // TILE), -(-height // TILE)
    kinds: dict[tuple[bool, bool], bytes | None] = {}  # only the tiles at the right and bottom edge differ
    for right, bottom in ((right, bottom) for right in (False, True) for bottom in (False, True)):
        tile = np.zeros((TILE, TILE, 4), np.uint8)
        tile[: height - (rows - 1) * TILE if bottom else TILE, : width - (cols - 1) * TILE if right else TILE] = rgba
        kinds[right, bottom] = keep(converted(tile, depth))
    tiles: Tiles = [kinds[col == cols - 1, row == rows - 1] for row in range(rows) for col in range(cols)]
    everything = [tiles]
    for level in range(level_count(width, height)):
        below, known = everything[-1], dict[tuple[bytes | None, ...], bytes | None]()
        below_cols = -(-level_size(width, height, level)[0] // TILE)
        tiles = []
        for children in _families(below, below_cols):
            if children not in known:
                parent = zeros(TILE, TILE, depth)
                for index, child in enumerate(children):
                    parent[quadrant(index & 1, index >> 1)] = halve(pixels[child])
                known[children] = keep(parent)
            tiles.append(known[children])
        everything.append(tiles)
    return sink.put(encode_manifest(Manifest(width, height, everything[0], everything[1:], depth)), RASTER_TYPE)


def _families(tiles: Tiles, cols: int) -> Iterator[tuple[bytes | None, ...]]:
    """Yield for each tile of the next level its four children (left to right, top to bottom), in row-major order."""
    rows = len(tiles) // cols
    for row in range(0, rows, 2):
        for col in range(0, cols, 2):
            yield tuple(
                tiles[y * cols + x] if x < cols and y < rows else None for y in (row, row + 1) for x in (col, col + 1)
            )


def replace_tiles(digest: str, tiles: Mapping[tuple[int, int], Deep], source: AssetSource, sink: AssetSink) -> str:
    """Store a raster that differs from ``digest`` in the given tiles, keyed (column, row); return its hash.

    Only those tiles and their parents in the reduced levels are read and written. What a tile holds beyond the
    raster's right and bottom edge is cleared. Raises :class:`AtelierError` when what is there cannot be read,
    ``ValueError`` when a tile lies outside or is not of the raster's depth.
    """
    old = read_manifest(digest, source)
    levels = [list(old.tiles), *(list(level) for level in old.levels)]
    changed: dict[tuple[int, int], Deep] = {}
    for (col, row), tile in tiles.items():
        if not (0 <= col < old.cols and 0 <= row < old.rows):
            raise ValueError(f"there is no tile ({col}, {row}) in a raster of {old.width} × {old.height} pixels")
        check_tile(tile, old.depth)
        changed[col, row] = _clear_outside(tile, old.width - col * TILE, old.height - row * TILE)
    for level, row_major in enumerate(levels):
        cols = -(-old.size(level)[0] // TILE)
        if level:
            parents: dict[tuple[int, int], Deep] = {}
            for (col, row), tile in changed.items():
                key = col >> 1, row >> 1
                if key not in parents:
                    parents[key] = read_tile(old, *key, source, level).copy()
                parents[key][quadrant(col, row)] = halve(tile)
            changed = parents
        keys = list(changed)
        stored = _store((changed[key] for key in keys), sink) if len(keys) > 4 else _store_few(changed.values(), sink)
        for (col, row), name in zip(keys, stored, strict=True):
            row_major[row * cols + col] = name
    return sink.put(encode_manifest(Manifest(old.width, old.height, levels[0], levels[1:], old.depth)), RASTER_TYPE)


def _store_few(tiles: Iterable[Deep], sink: AssetSink) -> Iterator[bytes | None]:
    return (put_tile(encode_tile(tile), sink) for tile in tiles)


def _clear_outside(tile: Deep, width: int, height: int) -> Deep:
    if width >= TILE and height >= TILE:
        return tile
    tile = tile.copy()
    tile[:, max(width, 0) :] = 0
    tile[max(height, 0) :] = 0
    return tile


def read_raster(digest: str, source: AssetSource) -> Pixels:
    """Return a whole raster as an H×W×4 uint8 straight RGBA array, rounded where it has more bits.

    Raises :class:`AtelierError` when it is damaged.
    """
    return as_bytes(assemble(read_manifest(digest, source), source))


def read_deep(digest: str, source: AssetSource) -> Deep:
    """Return a whole raster at its own depth, H×W×4 straight RGBA; raises :class:`AtelierError` when it is damaged."""
    return assemble(read_manifest(digest, source), source)


def assemble(manifest: Manifest, source: AssetSource) -> Deep:
    """Return the pixels of ``manifest``, H×W×4 straight RGBA, reading its tiles on several threads."""
    out = zeros(manifest.height, manifest.width, manifest.depth)

    def place(index: int) -> None:
        digest = manifest.tiles[index]
        if digest is not None:
            row, col = divmod(index, manifest.cols)
            part = out[row * TILE : (row + 1) * TILE, col * TILE : (col + 1) * TILE]
            part[...] = load_tile(digest, source, manifest.depth)[: part.shape[0], : part.shape[1]]

    with ThreadPoolExecutor(_threads(), thread_name_prefix="tiles") as pool:
        # A list, so that the first failure is raised here.
        list(pool.map(place, range(len(manifest.tiles))))
    return out
