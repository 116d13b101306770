"""Results on disk, named by what was asked for: bounded, least recently used goes first, safe to delete at any time.

One folder per :func:`core.operations.recipe.fingerprint`, with the output files and ``entry.msgpack``, which holds
their BLAKE2b digests. Files are verified on every hit, so a damaged or meddled-with entry is a miss and never a
wrong picture. Several core processes may share one cache: an entry appears by a rename, and whatever is missing when
it is looked at is a miss.
"""

import contextlib
import hashlib
import logging
import os
import secrets
import shutil
import threading
from collections.abc import Callable, Mapping
from pathlib import Path

import msgspec

from core.engine.protocol import OutputFile

log = logging.getLogger(__name__)

_ENTRY = "entry.msgpack"
_CHUNK = 1 << 20


class _File(msgspec.Struct, frozen=True):
    name: str
    digest: str
    size: int
    output: OutputFile
    """``path`` is empty: it depends on where the file is wanted."""


class _Entry(msgspec.Struct, frozen=True):
    outputs: dict[str, _File]


class ResultCache:
    """Outputs of operations by fingerprint. Thread-safe."""

    def __init__(self, folder: Path, limit: int) -> None:
        """Keep at most ``limit`` bytes under ``folder``; 0 keeps nothing."""
        self.folder = folder
        self.limit = limit
        self._lock = threading.Lock()
        self._size: int | None = None

    def get(self, key: str, into: Path, prefix: str, check: Callable[[], None]) -> dict[str, OutputFile] | None:
        """Put the outputs stored under ``key`` into the folder ``into`` and return them by name; ``None`` on a miss.

        File names there start with ``prefix``. ``check`` is called between pieces and may raise to stop.
        """
        folder = self._place(key)
        try:
            entry = msgspec.msgpack.decode((folder / _ENTRY).read_bytes(), type=_Entry)
            found: dict[str, OutputFile] = {}
            for name, stored in entry.outputs.items():
                target = into / f"{prefix}-{stored.name}"
                _link(folder / stored.name, target)
                if file_digest(target, check) != stored.digest:
                    log.warning("result %s was damaged and is computed again", key[:12])
                    shutil.rmtree(folder, ignore_errors=True)
                    return None
                found[name] = msgspec.structs.replace(stored.output, path=str(target))
            os.utime(folder)
        except FileNotFoundError:
            return None
        except (OSError, msgspec.MsgspecError, ValueError):
            log.warning("result %s cannot be read and is computed again", key[:12], exc_info=True)
            return None
        return found

    def put(self, key: str, outputs: Mapping[str, OutputFile], work: Path) -> None:
        """Keep ``outputs`` under ``key``. A full or unwritable disk costs the entry and nothing else.

        The entry is put together in the folder ``work``, on the same disk, which somebody clears after a crash.
        """
        if self.limit <= 0:
            return
        temporary = work / f"entry-{secrets.token_hex(8)}"
        try:
            temporary.mkdir(parents=True)
            files: dict[str, _File] = {}
            for name, output in outputs.items():
                source = Path(output.path)
                file_name = f"{name}{source.suffix}"
                _link(source, temporary / file_name)
                digest, size = file_digest(source), source.stat().st_size
                files[name] = _File(file_name, digest, size, msgspec.structs.replace(output, path=""))
            (temporary / _ENTRY).write_bytes(msgspec.msgpack.encode(_Entry(files)))
            target = self._place(key)
            target.parent.mkdir(parents=True, exist_ok=True)
            with contextlib.suppress(OSError):  # it is there already: another core computed the same
                temporary.rename(target)
            added = sum(f.size for f in files.values())
        except OSError:
            log.warning("a result could not be kept", exc_info=True)
            return
        finally:
            shutil.rmtree(temporary, ignore_errors=True)
        with self._lock:
            if self._size is not None:
                self._size += added
            if self._size is None or self._size > self.limit:
                self._evict()

    def clear(self) -> None:
        """Remove everything."""
        with self._lock:
            shutil.rmtree(self.folder, ignore_errors=True)
            self._size = 0

    def _place(self, key: str) -> Path:
        return self.folder / key[:2] / key

    def _evict(self) -> None:
        """Count what is there and remove the least recently used until a tenth of the limit is free again."""
        entries: list[tuple[float, int, Path]] = []
        for entry in self.folder.glob("??/*"):
            with contextlib.suppress(OSError):
                entries.append((entry.stat().st_mtime, sum(f.stat().st_size for f in entry.iterdir()), entry))
        total = sum(size for _, size, _ in entries)
        if total > self.limit:
            for _, size, entry in sorted(entries):
                shutil.rmtree(entry, ignore_errors=True)
                total -= size
                if total <= self.limit * 0.9:
                    break
        self._size = total


def file_digest(path: Path, check: Callable[[], None] | None = None) -> str:
    """Return the BLAKE2b-256 of a file's bytes, in hexadecimal. ``check`` is called every MiB."""
    digest = hashlib.blake2b(digest_size=32)
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
            if check is not None:
                check()
    return digest.hexdigest()


def _link(source: Path, target: Path) -> None:
    """Make ``target`` the same file as ``source``, or a copy where links cannot be made."""
    target.unlink(missing_ok=True)
    try:
        os.link(source, target)
    except FileNotFoundError:
        raise
    except OSError:
        shutil.copyfile(source, target)
