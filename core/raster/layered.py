"""A document with the rasters its layers refer to, in one file (``.layers``), on its way between two processes.

Layout: the magic bytes, then records: a kind (``T`` a tile, ``M`` a manifest, ``P`` the document's ICC profile, ``F``
another file that a layer refers to, ``D`` the document), a 32-byte digest, a 32-bit little-endian length, and as many
bytes. Tiles come before the manifest that names them and the document comes
last, so that a writer never holds more than one raster. As with :mod:`core.raster.pack`, every byte is covered by a
digest or checked, and whatever is damaged raises :class:`core.values.AtelierError`: the file may come from a process
that a hostile picture has taken over.
"""

import struct
import threading
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from core.documents.base import Document, decode_document, encode_document
from core.documents.image_values import Depth
from core.raster import icc
from core.raster.manifest import (
    MAX_MANIFEST_FILE,
    MAX_TILE_FILE,
    TILE_TYPE,
    AssetSink,
    AssetSource,
    decode_manifest,
    decode_tile,
)
from core.raster.tile_bytes import tile_depth
from core.values import DOCUMENT_TYPE, RASTER_TYPE, AtelierError, hash_bytes, reason

MAGIC = b"ATELIER-LAYERS1\n"
MAX_DOCUMENT_FILE = 64_000_000
MAX_FILE = 64_000_000
FILE_TYPE = "application/octet-stream"
_HEAD = struct.Struct("<c32sI")
_LIMITS = {b"T": MAX_TILE_FILE, b"M": MAX_MANIFEST_FILE, b"P": icc.MAX_BYTES, b"F": MAX_FILE, b"D": MAX_DOCUMENT_FILE}
_KINDS = {TILE_TYPE: b"T", RASTER_TYPE: b"M", icc.PROFILE_TYPE: b"P", FILE_TYPE: b"F"}


class LayeredWriter:
    """Writes such a file at once, record by record: an :class:`~core.raster.manifest.AssetSink` and its source.

    ``with LayeredWriter(path) as out: … out.finish(document)``. One thread. Raises :class:`AtelierError` when the
    file cannot be written, or would become larger than ``limit`` bytes.
    """

    def __init__(self, path: Path, limit: int = 1 << 40) -> None:
        self._limit = limit
        self._places: dict[str, tuple[int, int]] = {}
        try:
            self._file: BinaryIO = path.open("w+b")
        except OSError as error:
            raise _unwritable(error) from None
        self._file.write(MAGIC)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, at: TracebackType | None) -> None:
        self._file.close()

    def put(self, data: bytes, media_type: str) -> str:
        """Write a part of the document, unless it is there, and return its hash."""
        digest = hash_bytes(data)
        if digest not in self._places:
            self._write(_KINDS[media_type], digest, data)
        return digest

    def get(self, digest: str) -> bytes:
        """Return what was put; raises ``KeyError``."""
        at, length = self._places[digest]
        self._file.seek(at)
        return self._file.read(length)

    def finish(self, document: Document) -> None:
        """Write the document, last of all."""
        data = encode_document(document)
        self._write(b"D", hash_bytes(data), data)
        try:
            self._file.flush()
        except OSError as error:
            raise _unwritable(error) from None

    def _write(self, kind: bytes, digest: str, data: bytes) -> None:
        try:
            at = self._file.seek(0, 2) + _HEAD.size
            if at + len(data) > self._limit:
                raise AtelierError("Its layers unfold to more than a picture may hold.")
            self._file.write(_HEAD.pack(kind, bytes.fromhex(digest), len(data)) + data)
        except OSError as error:
            raise _unwritable(error) from None
        self._places[digest] = at, len(data)


def _unwritable(error: OSError) -> AtelierError:
    return AtelierError("The layers of a picture cannot be written: {reason}.", reason=reason(error))


class LayeredReader:
    """Such a file opened for reading, an :class:`~core.raster.manifest.AssetSource` of all rasters in it. Thread-safe.

    Only the document is read at once, and where everything else lies. Raises :class:`AtelierError`.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._places: dict[str, tuple[bytes, int, int]] = {}
        self._lock = threading.Lock()
        try:
            with path.open("rb") as file:
                data = self._index(file)
        except OSError as error:
            raise AtelierError(
                "The picture file “{name}” cannot be read: {reason}.", name=path.name, reason=reason(error)
            ) from None
        self.document = decode_document(data)
        """What the file holds."""
        missing = self.document.assets() - self._places.keys()
        if missing:
            raise AtelierError("The layers of a picture are damaged: {n} of them are missing.", n=len(missing))

    def _index(self, file: BinaryIO) -> bytes:
        end = file.seek(0, 2)
        file.seek(0)
        if file.read(len(MAGIC)) != MAGIC:
            raise _damaged()
        while head := file.read(_HEAD.size):
            if len(head) < _HEAD.size:
                raise _damaged()
            kind, name, length = _HEAD.unpack(head)
            at = file.tell()
            if kind not in _LIMITS or length > _LIMITS[kind] or at + length > end:
                raise _damaged()
            if kind == b"D":
                data = file.read(length)
                if hash_bytes(data) != name.hex() or file.read(1):
                    raise _damaged()
                return data
            self._places[name.hex()] = kind, at, length
            file.seek(length, 1)
        raise _damaged()

    def get(self, digest: str) -> bytes:
        """Return a part of the document after checking it against its name; raises ``KeyError`` when there is none."""
        _, at, length = self._places[digest]
        with self._lock, self.path.open("rb") as file:
            file.seek(at)
            data = file.read(length)
        if hash_bytes(data) != digest:
            raise _damaged()
        return data

    def records(self) -> list[tuple[str, bytes]]:
        """Return the hash and kind of every raster and tile, in the order they were written."""
        return [(digest, kind) for digest, (kind, _, _) in self._places.items()]


class Chained:
    """An :class:`~core.raster.manifest.AssetSource` of two: what the first has not is asked of the second."""

    def __init__(self, first: AssetSource, second: AssetSource) -> None:
        self._first, self._second = first, second

    def get(self, digest: str) -> bytes:
        """Return an asset's bytes; raises as the second does."""
        try:
            return self._first.get(digest)
        except KeyError:
            return self._second.get(digest)


def _damaged() -> AtelierError:
    return AtelierError("The layers of a picture are damaged: their file is cut short or is not what it says.")


def adopt_layered(path: Path, sink: AssetSink) -> str:
    """Put a document and its rasters into ``sink``; return the document's hash.

    Every tile is unpacked once and every manifest checked: nothing damaged gets into a project.
    """
    reader = LayeredReader(path)
    depths: dict[str, Depth] = {}
    for digest, kind in reader.records():
        data = reader.get(digest)
        if kind == b"T":
            depths[digest] = tile_depth(data)
            decode_tile(data, depths[digest])
            sink.put(data, TILE_TYPE)
        elif kind == b"P":
            icc.read_profile(data)
            sink.put(data, icc.PROFILE_TYPE)
        elif kind == b"F":
            sink.put(data, FILE_TYPE)
        else:
            manifest = decode_manifest(data)
            if any(depths.get(tile) != manifest.depth for tile in manifest.digests()):
                raise _damaged()
            sink.put(data, RASTER_TYPE)
    return sink.put(encode_document(reader.document), DOCUMENT_TYPE)
