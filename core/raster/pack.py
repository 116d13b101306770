"""One raster in one file (``.raster``), as it travels between the desktop and the core process.

Layout: the magic bytes, then assets: a 32-byte digest, a 32-bit little-endian length, and as many bytes. The first is
the manifest (see :mod:`core.raster.manifest`), the others its tiles, each different one once. A pack is written under
another name and moved into place, so a reader sees a whole one or none. Every byte is covered by a digest or checked:
whatever is damaged raises :class:`core.values.AtelierError`.
"""

import io
import secrets
import struct
from collections.abc import Callable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from core.raster.depths import Deep, as_bytes
from core.raster.manifest import (
    MAX_MANIFEST_FILE,
    MAX_TILE_FILES,
    TILE_TYPE,
    AssetSink,
    AssetSource,
    Manifest,
    Pixels,
    assemble,
    decode_manifest,
    decode_tile,
    encode_manifest,
    fetch,
    read_manifest,
    write_raster,
)
from core.values import RASTER_TYPE, AtelierError, hash_bytes, reason

MAGIC = b"ATELIER-RASTER1\n"
_LENGTH = struct.Struct("<I")


class MemoryAssets:
    """Assets in a dictionary: a source and a sink. Used for packs, tests, and pictures that are never stored."""

    def __init__(self, assets: Mapping[str, bytes] | None = None) -> None:
        self.assets: dict[str, bytes] = dict(assets or {})

    def get(self, digest: str) -> bytes:
        """Return the bytes stored under ``digest``; raises ``KeyError``."""
        return self.assets[digest]

    def put(self, data: bytes, media_type: str) -> str:
        """Keep ``data`` and return its hash."""
        digest = hash_bytes(data)
        self.assets[digest] = data
        return digest


class PackReader:
    """A pack opened for reading, an :class:`~core.raster.manifest.AssetSource` of the raster in it.

    ``hash`` and ``manifest`` say what it holds. The tiles are read into memory, still compressed, and checked
    against their digests. Raises :class:`AtelierError`: no such file, not a pack, cut short, or damaged.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            with path.open("rb") as file:
                self.manifest, self._tiles = _read(file)
        except OSError as error:
            raise AtelierError(
                "The picture file “{name}” cannot be read: {reason}.", name=path.name, reason=reason(error)
            ) from None
        self._data = encode_manifest(self.manifest)
        self.hash = hash_bytes(self._data)

    def get(self, digest: str) -> bytes:
        """Return the manifest or a tile of it; raises ``KeyError`` for anything else."""
        return self._data if digest == self.hash else self._tiles[digest]

    def tiles(self) -> Iterator[bytes]:
        """Yield each different tile asset's bytes."""
        yield from self._tiles.values()


def _read(file: BinaryIO) -> tuple[Manifest, dict[str, bytes]]:
    if file.read(len(MAGIC)) != MAGIC:
        raise AtelierError("A picture in this project is damaged: its file is not an Atelier raster.")
    table = file.read(32).hex()
    data = _block(file, MAX_MANIFEST_FILE)
    if hash_bytes(data) != table:
        raise AtelierError("A picture in this project is damaged: the table of tiles in its file is not what it says.")
    manifest = decode_manifest(data)
    wanted = manifest.digests()
    tiles: dict[str, bytes] = {}
    while head := file.read(32):
        name = head.hex()
        data = _block(file, MAX_TILE_FILES[manifest.depth])
        if name not in wanted or name in tiles or hash_bytes(data) != name:
            raise AtelierError("A picture in this project is damaged: its file holds a tile that is not what it says.")
        tiles[name] = data
    if len(tiles) != len(wanted):
        raise AtelierError(
            "A picture in this project is damaged: its file is cut short, {missing} of {all} tiles are missing.",
            missing=len(wanted) - len(tiles),
            all=len(wanted),
        )
    return manifest, tiles


def _block(file: BinaryIO, limit: int) -> bytes:
    head = file.read(_LENGTH.size)
    length = _LENGTH.unpack(head)[0] if len(head) == _LENGTH.size else -1
    if not 0 <= length <= limit:
        raise AtelierError("A picture in this project is damaged: its file is cut short or holds an impossible length.")
    data = file.read(length)
    if len(data) != length:
        raise AtelierError("A picture in this project is damaged: its file is cut short.")
    return data


def write_pack(path: Path, digest: str, source: AssetSource) -> None:
    """Write the raster ``digest`` to ``path``, atomically. Raises :class:`AtelierError` when a part is missing."""
    manifest = read_manifest(digest, source)
    data = fetch(digest, source)
    _write(path, (digest, data), ((name, fetch(name, source)) for name in sorted(manifest.digests())))


def pack_bytes(digest: str, source: AssetSource) -> bytes:
    """Return the raster ``digest`` as the bytes of a pack. Raises :class:`AtelierError` when a part is missing."""
    names = [digest, *sorted(read_manifest(digest, source).digests())]
    parts = ((name, fetch(name, source)) for name in names)
    return MAGIC + b"".join(bytes.fromhex(name) + _LENGTH.pack(len(data)) + data for name, data in parts)


def unpack_bytes(data: bytes, claim: Callable[[Manifest], None]) -> Deep:
    """Return the pixels in a pack's bytes at their own depth; ``claim`` may refuse them before memory is taken.

    Raises :class:`AtelierError` when it is damaged.
    """
    manifest, tiles = _read(io.BytesIO(data))
    claim(manifest)
    return assemble(manifest, MemoryAssets(tiles))


def pack_array(path: Path, array: Deep) -> str:
    """Write an H×W×4 straight RGBA array (uint8, uint16 or float32) to ``path`` as a pack.

    Returns the hash of its manifest.
    """
    assets = MemoryAssets()
    digest = write_raster(array, assets)
    data = assets.assets.pop(digest)
    _write(path, (digest, data), iter(assets.assets.items()))
    return digest


def _write(path: Path, manifest: tuple[str, bytes], tiles: Iterator[tuple[str, bytes]]) -> None:
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        with part.open("xb") as file:
            file.write(MAGIC)
            for name, data in chain([manifest], tiles):
                file.write(bytes.fromhex(name) + _LENGTH.pack(len(data)) + data)
        part.replace(path)
    except OSError as error:
        raise AtelierError(
            "The picture file “{name}” cannot be written: {reason}.", name=path.name, reason=reason(error)
        ) from None
    finally:
        part.unlink(missing_ok=True)


def read_pack(path: Path) -> Pixels:
    """Return the pixels in a pack, H×W×4 uint8 straight RGBA, rounded where it has more bits.

    Raises :class:`AtelierError` when it is damaged.
    """
    return as_bytes(read_deep_pack(path))


def read_deep_pack(path: Path) -> Deep:
    """Return the pixels in a pack at its own depth; raises :class:`AtelierError` when it is damaged."""
    reader = PackReader(path)
    return assemble(reader.manifest, reader)


def adopt_pack(path: Path, sink: AssetSink) -> str:
    """Put a pack's tiles and manifest into ``sink`` and return the manifest's hash.

    Every tile is unpacked once to see that it is whole: nothing damaged gets into a project.
    """
    reader = PackReader(path)
    for data in reader.tiles():
        decode_tile(data, reader.manifest.depth)
        sink.put(data, TILE_TYPE)
    return sink.put(encode_manifest(reader.manifest), RASTER_TYPE)
