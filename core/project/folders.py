"""Which folders a project can be worked in, and which only hold what is published to them.

SQLite's log and its locks need a file system that keeps locks and writes in order. Network shares and FAT promise
neither, and a sync folder uploads whatever it sees, half a transaction included. Known kinds are told by the type of
their file system and by the marks that sync programs leave; any other folder is tried when SQLite complains.

``ATELIER_SHARED`` names further folders (separated as in ``PATH``) that are to be taken for shared ones.
"""

import contextlib
import os
import re
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from core.project.store import code_of, connect, take
from core.values import new_id

MOUNTS: Final = Path("/proc/self/mounts")

REMOTE: Final = frozenset(
    {
        *("nfs", "nfs4", "cifs", "smb2", "smb3", "smbfs", "ncpfs", "afs", "afpfs", "ceph", "davfs", "webdav"),
        *("9p", "virtiofs", "vboxsf", "prl_fs"),  # a virtual machine's host
        *("msdos", "vfat", "exfat"),
    }
)
"""File systems without locks, or with locks that not everybody else sees. ``fuse.…`` is among them, ``fuseblk`` not."""

SYNCED: Final = (
    re.compile(r"Dropbox( \(.+\))?"),
    re.compile(r"OneDrive( - .+)?"),
    re.compile(r"iCloud ?Drive|Mobile Documents|com~apple~CloudDocs|CloudStorage", re.IGNORECASE),
    re.compile(r"Google ?Drive|GoogleDrive-.+|My Drive"),
    re.compile(r"Nextcloud|ownCloud|MEGAsync|pCloud ?Drive|Box( Sync)?|Seafile|Nutstore|坚果云|Yandex\.Disk"),
)
"""What sync programs call their folders."""

MARKS: Final = (
    ".dropbox",
    ".dropbox.cache",
    ".stfolder",
    ".owncloudsync.log",
    ".nextcloudsync.log",
    ".csync_journal.db",
)
"""What sync programs put into the folders that they keep."""

LOCKISH: Final = frozenset((sqlite3.SQLITE_BUSY, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_PROTOCOL, sqlite3.SQLITE_NOLFS))


def shared(folder: Path) -> str:
    """Return what makes ``folder`` one that is not to be worked in (``nfs4``, ``Dropbox``), or an empty text."""
    whole = folder.expanduser().absolute()
    resolved = Path(os.path.realpath(whole))
    return _named(resolved) or _mounted(resolved) or _synced(whole) or (_synced(resolved) if resolved != whole else "")


def lockish(error: Exception) -> bool:
    """Return whether ``error`` is what a file system without locks, or without the log, would bring about."""
    return isinstance(error, sqlite3.Error) and (code_of(error) in LOCKISH or "journal mode" in str(error))


def can_lock(folder: Path) -> bool:
    """Try whether an SQLite log can be kept in ``folder``: in a file of its own, which is gone afterwards.

    True too when nothing can be written there, or there is no room: then that is the trouble, and not the locks.
    """
    trial = folder / f".atelier-{new_id()}.trial"
    try:
        trial.touch(exist_ok=False)
    except OSError:
        return True
    try:
        with contextlib.closing(connect(trial, read_only=False)) as connection:
            take(connection)
            connection.execute("CREATE TABLE trial (x)")
    except sqlite3.Error as error:
        return not lockish(error)
    finally:
        for left in (trial, *(trial.with_name(trial.name + end) for end in ("-wal", "-shm", "-journal"))):
            with contextlib.suppress(OSError):
                left.unlink()
    return True


def _named(folder: Path) -> str:
    for text in os.environ.get("ATELIER_SHARED", "").split(os.pathsep):
        if text and folder.is_relative_to(os.path.realpath(text)):
            return "ATELIER_SHARED"
    return ""


def _mounted(folder: Path) -> str:
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415  (Windows only)

        remote, removable = 4, 2
        anchor = folder.anchor
        if anchor.startswith("\\\\") or ctypes.windll.kernel32.GetDriveTypeW(anchor) in (remote, removable):
            return anchor
        return ""
    best, kind = -1, ""
    for place, found in _mounts():
        # The deepest one counts, and of several at one place the last, which lies on top.
        if folder.is_relative_to(place) and len(place.parts) >= best:
            best, kind = len(place.parts), found
    return kind if kind in REMOTE or kind.startswith("fuse.") else ""


def _mounts() -> Iterator[tuple[Path, str]]:
    try:
        lines = MOUNTS.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return
    for line in lines:
        parts = line.split(" ")
        if len(parts) > 2:
            yield Path(re.sub(r"\\([0-7]{3})", lambda match: chr(int(match[1], 8)), parts[1])), parts[2]


def _synced(folder: Path) -> str:
    for place in (folder, *folder.parents):
        if any(pattern.fullmatch(place.name) for pattern in SYNCED):
            return place.name
        for mark in MARKS:
            with contextlib.suppress(OSError):
                if place != Path.home() and (place / mark).exists():
                    return mark
    return ""
