"""Bringing a finished file to a place where others may look at it at any moment: whole, or not at all.

The bytes go to a temporary file beside the target, to the disk, and only then under the target's name, in one step.
Nothing here needs a lock of the file system, so it works on a share that has none.
"""

import contextlib
import hashlib
import os
from pathlib import Path
from typing import Final

import msgspec

BLOCK: Final = 1 << 20
HEAD: Final = 100
"""SQLite's header, in which a counter is raised by whoever writes in place."""


class Mark(msgspec.Struct, frozen=True):
    """How a file is known again: by its size, its time and its beginning, or in doubt by the hash of all of it."""

    size: int
    time: int
    """Nanoseconds since 1970, as the file system keeps it."""
    head: bytes
    digest: bytes

    def fits(self, path: Path) -> bool:
        """Return whether ``path`` has just these bytes. Raises :class:`OSError` when it cannot be read."""
        status = path.stat()
        if status.st_size != self.size:
            return False
        # A time in whole seconds is that of a file system which could not tell two writes in a second apart.
        if status.st_mtime_ns == self.time and self.time % 1_000_000_000:
            with path.open("rb") as file:
                return file.read(HEAD) == self.head
        return mark_of(path).digest == self.digest


def mark_of(path: Path) -> Mark:
    """Read all of a file. Raises :class:`OSError`."""
    with path.open("rb") as file:
        whole, head = hashlib.blake2b(digest_size=32), b""
        while block := file.read(BLOCK):
            head = head or block[:HEAD]
            whole.update(block)
        status = os.fstat(file.fileno())
    return Mark(status.st_size, status.st_mtime_ns, head, whole.digest())


def copy_synced(source: Path, target: Path) -> Mark:
    """Copy a file and see it to the disk; return the mark of the copy. Raises :class:`OSError`, leaving nothing."""
    whole, size, head = hashlib.blake2b(digest_size=32), 0, b""
    try:
        with source.open("rb") as file, target.open("wb") as copy:
            while block := file.read(BLOCK):
                head = head or block[:HEAD]
                whole.update(block)
                size += len(block)
                copy.write(block)
            copy.flush()
            os.fsync(copy.fileno())
        return Mark(size, target.stat().st_mtime_ns, head, whole.digest())
    except BaseException:
        with contextlib.suppress(OSError):
            target.unlink()
        raise


def sync_file(path: Path) -> None:
    """See a file's bytes to the disk. Raises :class:`OSError`."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """See to the disk which names a folder holds, where the platform can; it is a matter of power cuts only."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def write_whole(path: Path, data: bytes) -> None:
    """Write a small file, whole or not at all. Raises :class:`OSError`."""
    part = path.with_name(f".{path.name}.part")
    with part.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    sync_folder(path.parent)


def part_of(target: Path, identity: str) -> Path:
    """Return where the bytes for ``target`` go first; ``identity`` keeps two computers from using the same file."""
    return target.with_name(f".{target.name}.{identity}.part")


def free_name(path: Path, remark: str) -> Path:
    """Return ``name (remark).suffix`` beside ``path``, with a number when that is taken."""
    number = 1
    while True:
        target = path.with_name(f"{path.stem} ({remark}{'' if number == 1 else f' {number}'}){path.suffix}")
        if not target.exists():
            return target
        number += 1
