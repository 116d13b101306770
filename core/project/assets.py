"""Assets: bytes named by their BLAKE2b-256, in chunks of 1 MiB, each stored once; large media by reference.

Nothing is handed out that does not hash to its name. A file that stays outside is found by its path relative to the
project's folder, and by its size and hash when it has moved.
"""

import hashlib
import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import msgspec

from core.project.media import HEAD, media_type
from core.project.store import Row, Store
from core.values import AtelierError, hash_bytes, reason

CHUNK: Final = 1 << 20
MAX_SEARCH: Final = 200_000
"""Relinking looks at no more files than this."""


class AssetInfo(msgspec.Struct, frozen=True):
    """What is known of an asset. ``created`` is seconds since 1970; ``external`` its path when it stays outside."""

    hash: str
    media_type: str
    size: int
    name: str
    created: float
    external: Path | None = None


class Assets:
    """The assets of one open project. Any thread; the store's lock is held for single statements only."""

    def __init__(self, store: Store, folder: Path) -> None:
        self._store = store
        self.folder = folder
        """What external paths are relative to."""

    def move(self, store: Store, folder: Path) -> None:
        """Go on in another file that holds the same; what lies outside is found from its folder from now on."""
        outside = [a for a in self.all() if a.external is not None] if folder != self.folder else []
        self._store = store
        self.folder = folder
        if outside and not store.read_only:
            with store.write():
                for asset in outside:
                    assert asset.external is not None
                    external = self._relative(asset.external)
                    self._row(asset.hash, asset.media_type, asset.size, asset.name, external, None)

    def put(self, data: bytes, media_type: str, name: str = "") -> str:
        """Store ``data``; return its hash. Equal bytes are stored once."""
        digest = hash_bytes(data)
        if self.has(digest):
            return digest
        with self._store.write(durable=False) as db:
            chunks = None
            if len(data) <= CHUNK:
                db.execute("INSERT OR IGNORE INTO chunks VALUES (?, ?)", (bytes.fromhex(digest), data))
            else:
                view = memoryview(data)
                chunks = b"".join(self._chunk(bytes(view[i : i + CHUNK])) for i in range(0, len(data), CHUNK))
            self._row(digest, media_type, len(data), name, None, chunks)
        return digest

    def add_file(self, path: Path) -> str:
        """Store a file's bytes, streamed; return their hash. Raises :class:`AtelierError` when it cannot be read."""
        whole, size, chunks, head, first = hashlib.blake2b(digest_size=32), 0, [], b"", b""
        try:
            with path.open("rb") as file, self._store.write(durable=False):
                while block := file.read(CHUNK):
                    head = head or block[:HEAD]
                    whole.update(block)
                    size += len(block)
                    chunks.append(self._chunk(block))
                first = chunks[0] if chunks else self._chunk(b"")
                digest = whole.hexdigest()
                if not self.has(digest):
                    single = len(chunks) <= 1 and first == bytes.fromhex(digest)
                    table = None if single else b"".join(chunks)
                    self._row(digest, media_type(head, path.name), size, path.name, None, table)
        except OSError as error:
            raise AtelierError("“{name}” cannot be read: {reason}.", name=path.name, reason=reason(error)) from None
        return digest

    def link_file(self, path: Path) -> str:
        """Refer to a file that stays where it is; return its hash. It is read once, to know it again."""
        digest, size, head = _digest_file(path)
        if not self.has(digest):
            with self._store.write(durable=False):
                self._row(digest, media_type(head, path.name), size, path.name, self._relative(path), None)
        return digest

    def has(self, digest: str) -> bool:
        """Return whether there is such an asset (its file may be missing when it is external)."""
        return bool(self._store.rows("SELECT 1 FROM assets WHERE hash = ?", (_blob(digest),)))

    def info(self, digest: str) -> AssetInfo:
        """Return what is known of an asset; raises :class:`AtelierError` when there is none."""
        row = self._store.one("assets", "WHERE hash = ?", (_blob(digest),))
        if row is None:
            raise AtelierError("The project holds no asset {digest}….", digest=digest[:12])
        return self._info(row)

    def all(self) -> tuple[AssetInfo, ...]:
        """Return every asset, oldest first."""
        return tuple(self._info(row) for row in self._store.sealed_rows("assets", "ORDER BY created, rowid"))

    def of_kind(self, kind: str) -> tuple[AssetInfo, ...]:
        """Return the assets whose media type begins with ``kind/``, oldest first."""
        where = "WHERE media_type >= ? AND media_type < ? ORDER BY created, rowid"
        return tuple(self._info(row) for row in self._store.sealed_rows("assets", where, (f"{kind}/", f"{kind}0")))

    def get(self, digest: str) -> bytes:
        """Return an asset's bytes; raises :class:`AtelierError` when it is missing, or not what was stored."""
        data = b"".join(self.blocks(digest))
        if hash_bytes(data) != digest:
            raise AtelierError("An asset of this project ({digest}…) is damaged.", digest=digest[:12])
        return data

    def blocks(self, digest: str) -> Iterator[bytes]:
        """Yield an asset's bytes in pieces, each checked on its own; the whole is not (see :meth:`get`)."""
        row = self._store.one("assets", "WHERE hash = ?", (_blob(digest),))
        if row is None:
            raise AtelierError("The project holds no asset {digest}….", digest=digest[:12])
        info = self._info(row)
        if info.external is not None:
            yield from self._outside(info)
            return
        names = [row[0]] if row[6] is None else [row[6][i : i + 32] for i in range(0, len(row[6]), 32)]
        for name in names:
            found = self._store.rows("SELECT data FROM chunks WHERE hash = ?", (name,))
            if not found or hashlib.blake2b(found[0][0], digest_size=32).digest() != name:
                raise AtelierError("An asset of this project ({name}) is damaged.", name=info.name or digest[:12])
            yield found[0][0]

    def check(self, digest: str) -> None:
        """Raise :class:`AtelierError` unless the asset's bytes are all there and right. Any size: nothing is kept."""
        whole = hashlib.blake2b(digest_size=32)
        for block in self.blocks(digest):
            whole.update(block)
        if whole.hexdigest() != digest:
            raise AtelierError("An asset of this project ({digest}…) is damaged.", digest=digest[:12])

    def missing(self) -> tuple[AssetInfo, ...]:
        """Return the external assets whose file is not where it was, or has another size."""
        return tuple(a for a in self.all() if a.external is not None and not _has_size(a.external, a.size))

    def relink(self, folder: Path) -> tuple[AssetInfo, ...]:
        """Look below ``folder`` for files that are missing, by size and then by hash; return those found."""
        wanted: dict[int, list[AssetInfo]] = {}
        for asset in self.missing():
            wanted.setdefault(asset.size, []).append(asset)
        found: list[AssetInfo] = []
        for seen, path in enumerate(_files(folder)):
            if not wanted or seen > MAX_SEARCH:
                break
            try:
                candidates = wanted.get(path.stat().st_size)
                digest = _digest_file(path)[0] if candidates else ""
            except (OSError, AtelierError):
                continue
            for asset in [a for a in candidates or () if a.hash == digest]:
                with self._store.write():
                    self._row(asset.hash, asset.media_type, asset.size, asset.name, self._relative(path), None)
                found.append(self.info(asset.hash))
                wanted[asset.size].remove(asset)
                if not wanted[asset.size]:
                    del wanted[asset.size]
        return tuple(found)

    def collect(self, folder: Path | None = None) -> int:
        """Bring every external file into the project, or beside it into ``folder``; return how many."""
        external = [a for a in self.all() if a.external is not None]
        for asset in external:
            assert asset.external is not None
            if folder is None:
                with self._store.write() as db:
                    chunks = b"".join(self._chunk(block) for block in self._outside(asset))
                    single = chunks == bytes.fromhex(asset.hash)
                    db.execute("DELETE FROM assets WHERE hash = ?", (_blob(asset.hash),))
                    self._row(asset.hash, asset.media_type, asset.size, asset.name, None, None if single else chunks)
            else:
                target = _copy_beside(asset.external, folder)
                with self._store.write():
                    self._row(asset.hash, asset.media_type, asset.size, asset.name, self._relative(target), None)
        return len(external)

    def _outside(self, info: AssetInfo) -> Iterator[bytes]:
        assert info.external is not None
        whole = hashlib.blake2b(digest_size=32)
        try:
            with info.external.open("rb") as file:
                while block := file.read(CHUNK):
                    whole.update(block)
                    yield block
        except OSError:
            raise AtelierError(
                "“{path}” is not there any more: find it with Relink.", path=str(info.external)
            ) from None
        if whole.hexdigest() != info.hash:
            raise AtelierError("“{path}” has been changed since it was added to the project.", path=str(info.external))

    def _chunk(self, data: bytes) -> bytes:
        name = hashlib.blake2b(data, digest_size=32).digest()
        self._store.db.execute("INSERT OR IGNORE INTO chunks VALUES (?, ?)", (name, data))
        return name

    def _row(self, digest: str, kind: str, size: int, name: str, external: str | None, chunks: bytes | None) -> None:
        self._store.put("assets", _blob(digest), kind, size, name, time.time_ns() // 1000, external, chunks)

    def _info(self, row: Row) -> AssetInfo:
        digest, kind, size, name, created, external, _ = row
        path = None if external is None else Path(os.path.normpath(self.folder / external))
        return AssetInfo(digest.hex(), kind, size, name, created / 1e6, path)

    def _relative(self, path: Path) -> str:
        try:
            return os.path.relpath(path.absolute(), self.folder)
        except ValueError:  # another drive
            return str(path.absolute())


def _blob(digest: str) -> bytes:
    try:
        return bytes.fromhex(digest)
    except ValueError:
        raise AtelierError("“{name}” is not the name of an asset.", name=digest[:80]) from None


def _digest_file(path: Path) -> tuple[str, int, bytes]:
    whole, size, head = hashlib.blake2b(digest_size=32), 0, b""
    try:
        with path.open("rb") as file:
            while block := file.read(CHUNK):
                head = head or block[:HEAD]
                whole.update(block)
                size += len(block)
    except OSError as error:
        raise AtelierError("“{name}” cannot be read: {reason}.", name=path.name, reason=reason(error)) from None
    return whole.hexdigest(), size, head


def _has_size(path: Path, size: int) -> bool:
    try:
        return path.stat().st_size == size
    except OSError:
        return False


def _copy_beside(path: Path, folder: Path) -> Path:
    """Copy a file into ``folder`` under a name that is free there, whole or not at all."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        target = _free_name(folder, path.name)
        try:
            shutil.copyfile(path, target)
        except BaseException:
            target.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise AtelierError(
            "“{name}” cannot be copied into “{folder}”: {reason}.",
            name=path.name,
            folder=str(folder),
            reason=reason(error),
        ) from None
    return target


def _files(folder: Path) -> Iterator[Path]:
    for parent, _, names in os.walk(folder):
        for name in names:
            yield Path(parent) / name


def _free_name(folder: Path, name: str) -> Path:
    target, number = folder / name, 2
    while target.exists():
        target = folder / f"{Path(name).stem}-{number}{Path(name).suffix}"
        number += 1
    return target
