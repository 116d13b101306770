"""Opening a project file: which way it can be opened here, and what a person should be told about it.

A file at rest is looked over through a connection that only reads, so that one found damaged is left byte for byte as
it was. Only then does the project become its writer.
"""

import contextlib
import os
import shutil
import sqlite3
import stat
import tempfile
from pathlib import Path
from typing import Final, NamedTuple

from core.project import schema
from core.project.history import History
from core.project.pages import Log
from core.project.store import (
    FAULTS,
    DamagedError,
    Store,
    build,
    code_of,
    connect,
    open_in_this_process,
    take,
    translate,
)
from core.values import NOTHING, AtelierError, Message, reason

_MAGIC: Final = b"SQLite format 3\x00"
_HEADER: Final = 100


class Opened(NamedTuple):
    """An open store with its documents, what a person should know, and a folder to remove after closing."""

    store: Store
    history: History
    notice: Message = NOTHING
    scratch: Path | None = None


def create_store(path: Path) -> Store:
    """Make an empty project in a new file. Raises :class:`AtelierError`, also when the file exists already."""
    if path.exists():
        raise AtelierError("“{name}” exists already; choose another name.", name=path.name)
    connection: sqlite3.Connection | None = None
    try:
        connection = connect(path, read_only=False)
        build(connection)
        return Store(path, connection, read_only=False)
    except (*FAULTS, OSError) as error:
        if connection is not None:
            connection.close()
        for left in (path, log_of(path)):
            with contextlib.suppress(OSError):
                left.unlink()
        raise told(error, path, "write") from None


def open_store(path: Path, *, read_only: bool = False) -> Opened:
    """Open the project file at ``path``.

    Raises :class:`DamagedError` when it has to be recovered (the file is as it was), and :class:`AtelierError` when
    it is open elsewhere, cannot be read, or is no file.
    """
    _look(path)
    try:
        if read_only:
            return _reading(path)
        if not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
            notice = Message(
                "“{name}” cannot be written where it is, so it is open for reading only: save it elsewhere.",
                name=path.name,
            )
            return _reading(path)._replace(notice=notice)
        return _writing(path)
    except (*FAULTS, OSError) as error:
        raise told(error, path, "read") from None


def told(error: Exception, path: Path, doing: str) -> AtelierError:
    """Return the sentence for ``error``: an :class:`AtelierError`, perhaps a :class:`DamagedError`."""
    if isinstance(error, AtelierError):
        return error
    if isinstance(error, OSError):
        return AtelierError(
            "“{name}” cannot be opened in “{folder}”: {reason}.",
            name=path.name,
            folder=str(path.parent),
            reason=reason(error),
        )
    return translate(error, path, doing)


def busy(path: Path) -> AtelierError:
    """Return what to say when another process has the project open."""
    return AtelierError("“{name}” is open in another window or program; close it there first.", name=path.name)


def log_of(path: Path) -> Path:
    """Return the path of SQLite's log beside a project that is open, or was when its process died."""
    return path.with_name(path.name + "-wal")


def _look(path: Path) -> None:
    """Raise unless there is a whole header of ours, as far as that can be told without SQLite."""
    try:
        status = path.stat()
    except OSError as error:
        if isinstance(error, FileNotFoundError):
            raise AtelierError("There is no file “{path}”.", path=str(path)) from None
        raise told(error, path, "read") from None
    if not stat.S_ISREG(status.st_mode):
        raise AtelierError("“{path}” is not a file.", path=str(path))
    if open_in_this_process(path):
        raise AtelierError("“{name}” is open already.", name=path.name)
    try:
        with path.open("rb") as file:
            header = file.read(_HEADER)
    except OSError as error:
        raise told(error, path, "read") from None
    if not header.startswith(_MAGIC) or len(header) < _HEADER:
        raise DamagedError("“{name}” does not begin as a project does", name=path.name)
    if int.from_bytes(header[68:72], "big") != schema.APPLICATION_ID:
        raise DamagedError("“{name}” belongs to another program, or its beginning is damaged", name=path.name)
    if log_of(path).exists():
        if Log(log_of(path)).damaged and not _locked(path):
            raise DamagedError("the log beside “{name}” is damaged", name=path.name)
    elif int.from_bytes(header[28:32], "big") * schema.PAGE_SIZE > status.st_size and not _locked(path):
        raise DamagedError("“{name}” has been cut off", name=path.name)


def _locked(path: Path) -> bool:
    """Return whether another process is writing, in which case what was read meanwhile proves nothing."""
    index = path.with_name(path.name + "-shm")
    there = index.exists()
    try:
        with contextlib.closing(connect(path, read_only=True)) as connection:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.Error as error:
        return code_of(error) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
    except FAULTS:
        return False
    finally:
        if not there:
            index.unlink(missing_ok=True)
    return False


def version_of(connection: sqlite3.Connection, path: Path) -> int:
    """Return the format that the file says it has; raises :class:`DamagedError` when there is no such format."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version < 1:
        raise DamagedError("“{name}” does not say which version of Atelier wrote it", name=path.name)
    return int(version)


def check_schema(connection: sqlite3.Connection, path: Path) -> None:
    """Raise :class:`DamagedError` unless the file has the tables of its version and nothing that could run."""
    if version_of(connection, path) > schema.FORMAT:
        return
    found = dict(connection.execute("SELECT name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite~_%' ESCAPE '~'"))
    if found != {**schema.TABLES, **schema.INDEXES}:
        raise DamagedError("the list of tables in “{name}” is not as it was written", name=path.name)


def _reading(path: Path) -> Opened:
    """Open for reading only. Where SQLite would have to write first (a log to fold in), a copy is read."""
    if not log_of(path).exists():
        store = Store(path, _reader(path), read_only=True)
        return Opened(store, _documents(store))
    if _locked(path):
        raise busy(path)
    scratch = Path(tempfile.mkdtemp(prefix="atelier-reading-"))
    try:
        copy = scratch / path.name
        shutil.copyfile(path, copy)
        shutil.copyfile(log_of(path), log_of(copy))
        with contextlib.closing(connect(copy, read_only=False)) as connection:
            take(connection)
            connection.execute("PRAGMA journal_mode=DELETE")
        store = Store(copy, _reader(copy), read_only=True, shown_as=path)
        return Opened(store, _documents(store), scratch=scratch)
    except BaseException:
        shutil.rmtree(scratch, ignore_errors=True)
        raise


def _reader(path: Path) -> sqlite3.Connection:
    connection = connect(path, read_only=True)
    try:
        check_schema(connection, path)
    except sqlite3.OperationalError as error:
        connection.close()
        if code_of(error) != sqlite3.SQLITE_CANTOPEN:
            raise
        # It was left in log mode without a log, where no index for one can be made: nobody else can write it either.
        connection = connect(path, read_only=True, immutable=True)
        check_schema(connection, path)
    except BaseException:
        connection.close()
        raise
    return connection


def _documents(store: Store) -> History:
    try:
        return History(store)
    except BaseException:
        store.close()
        raise


def _writing(path: Path) -> Opened:
    looked = None if log_of(path).exists() else _reading(path)
    if looked is not None:
        if version_of(looked.store.db, path) > schema.FORMAT:
            return looked._replace(notice=_newer(path))
        serial = looked.store.serial()
        looked.store.close()
    connection = connect(path, read_only=False)
    try:
        take(connection)
        version = version_of(connection, path)
        check_schema(connection, path)
        if version > schema.FORMAT:
            connection.execute("PRAGMA journal_mode=DELETE")
            connection.close()
            return _reading(path)._replace(notice=_newer(path))
        store = Store(path, connection, read_only=False)
    except BaseException:
        with contextlib.suppress(*FAULTS):
            connection.execute("PRAGMA journal_mode=DELETE")
        connection.close()
        raise
    if looked is not None and store.serial() == serial:
        looked.history.move(store)
        return Opened(store, looked.history)
    return Opened(store, _documents(store))


def _newer(path: Path) -> Message:
    return Message("“{name}” was saved by a newer version of Atelier, so it is open for reading only.", name=path.name)
