"""What a file dialog or the welcome page shows of a project without opening it."""

import contextlib
import sqlite3
from pathlib import Path

import msgspec

from core.project import schema
from core.project.store import FAULTS, connect, open_in_this_process
from core.values import AtelierError


class ProjectSummary(msgspec.Struct, frozen=True):
    """``modified`` is seconds since 1970, ``size`` bytes, ``thumbnail`` PNG or ``None``."""

    path: Path
    title: str
    thumbnail: bytes | None
    modified: float
    size: int
    documents: int


def peek(path: Path) -> ProjectSummary:
    """Return what can be seen of the project at ``path``; never waits, and never writes.

    While another process has the project open this shows the file as it was at its last checkpoint. Raises
    :class:`AtelierError` when it is no project.
    """
    try:
        status = path.stat()
    except OSError:
        raise AtelierError("There is no file “{path}”.", path=str(path)) from None
    store = open_in_this_process(path)
    try:
        if store is not None:
            meta = {
                row[0]: row[1] for row in store.rows("SELECT key, value FROM meta WHERE key IN ('title','thumbnail')")
            }
            count = int(store.rows("SELECT count(*) FROM documents")[0][0])
        else:
            meta, count = _read(path)
    except (*FAULTS, OSError):
        raise AtelierError("“{name}” is not an Atelier project, or it is damaged.", name=path.name) from None
    title = meta.get("title", b"").decode("utf-8", "replace") or path.stem
    return ProjectSummary(path, title, meta.get("thumbnail"), status.st_mtime, status.st_size, count)


def _read(path: Path) -> tuple[dict[str, bytes], int]:
    with contextlib.closing(connect(path, read_only=True, immutable=True)) as connection:
        if connection.execute("PRAGMA application_id").fetchone()[0] != schema.APPLICATION_ID:
            raise sqlite3.DatabaseError("another application's file")
        found = {}
        for key in ("title", "thumbnail"):
            row = connection.execute(f"{schema.SELECT['meta']} WHERE key = ?", (key,)).fetchone()
            if row is not None and schema.row_sum("meta", row[:-1]) == row[-1]:
                found[key] = bytes(row[1])
        return found, int(connection.execute("SELECT count(*) FROM documents").fetchone()[0])
