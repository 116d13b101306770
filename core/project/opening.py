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
from typing import TYPE_CHECKING, Final, NamedTuple

from core.project import folders, migrations, schema
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

if TYPE_CHECKING:
    from core.project.publishing import Publisher

_MAGIC: Final = b"SQLite format 3\x00"
_HEADER: Final = 100


class Opened(NamedTuple):
    """An open store with its documents, what a person should know, and a folder to remove after closing.

    ``publisher`` brings what is written to where the project belongs, when that is not the store's own file.
    """

    store: Store
    history: History
    notice: Message = NOTHING
    scratch: Path | None = None
    publisher: "Publisher | None" = None


class NoLocksError(AtelierError):
    """The file system of the folder cannot do what a writer needs: the project has to be worked on elsewhere."""

    def __init__(self, path: Path) -> None:
        sentence = Message(
            "“{name}” cannot be worked on in “{folder}”: the file system there cannot lock files.",
            name=path.name,
            folder=str(path.parent),
        )
        super().__init__(sentence)


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
        if folders.lockish(error) and not folders.can_lock(path.parent):
            raise NoLocksError(path) from None
        raise told(error, path, "write") from None


def open_store(path: Path, *, read_only: bool = False, shown_as: Path | None = None) -> Opened:
    """Open the project file at ``path``, which a person knows as ``shown_as`` when it is a working copy.

    Raises :class:`NoLocksError` when it could be opened for writing but for the file system, :class:`DamagedError`
    when it has to be recovered (the file is as it was), and :class:`AtelierError` when it is open elsewhere, cannot be
    read, or is no file.
    """
    look(path)
    shown = shown_as or path
    try:
        if read_only:
            return _reading(path, shown)
        if not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
            notice = Message(
                "“{name}” cannot be written where it is, so it is open for reading only: save it elsewhere.",
                name=path.name,
            )
            return _reading(path, shown)._replace(notice=notice)
        return _writing(path, shown)
    except (*FAULTS, OSError) as error:
        if folders.lockish(error) and not folders.can_lock(path.parent):
            raise NoLocksError(path) from None
        raise told(error, shown, "read") from None


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


def _index_of(path: Path) -> Path:
    """Return the path of SQLite's index of the log, which a process makes that is not alone with the file."""
    return path.with_name(path.name + "-shm")


def left_beside(path: Path) -> list[Path]:
    """Return the files without which the project at ``path`` is not whole: its log, and SQLite's rollback journal.

    The journal is there while a project goes from one file to file and log, or back: a process that dies meanwhile
    leaves it, and whoever reads only cannot roll it back.
    """
    return [left for left in (log_of(path), path.with_name(path.name + "-journal")) if left.exists()]


def look(path: Path) -> None:
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
    elif (
        int.from_bytes(header[28:32], "big") * schema.PAGE_SIZE > status.st_size
        and not left_beside(path)
        and not _locked(path)
    ):
        raise DamagedError("“{name}” has been cut off", name=path.name)


def _locked(path: Path) -> bool:
    """Return whether another process is writing, in which case what was read meanwhile proves nothing."""
    index = _index_of(path)
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
            with contextlib.suppress(OSError):  # there is none where nothing can be written
                index.unlink()
    return False


def version_of(connection: sqlite3.Connection, path: Path) -> int:
    """Return the format that the file says it has; raises :class:`DamagedError` when there is no such format."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version < 1:
        raise DamagedError("“{name}” does not say which version of Atelier wrote it", name=path.name)
    return int(version)


def check_schema(connection: sqlite3.Connection, path: Path) -> None:
    """Raise :class:`DamagedError` unless the file has the tables of its version and nothing that could run."""
    version = version_of(connection, path)
    if version > schema.FORMAT:
        return
    if version < schema.FORMAT:  # what tables it had is for the steps to know that change them
        rows = connection.execute("SELECT count(*) FROM sqlite_master WHERE type NOT IN ('table', 'index')")
        right = rows.fetchone()[0] == 0
    else:
        names = "SELECT name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite~_%' ESCAPE '~'"
        right = dict(connection.execute(names)) == {**schema.TABLES, **schema.INDEXES}
    if not right:
        raise DamagedError("the list of tables in “{name}” is not as it was written", name=path.name)


def _reading(path: Path, shown: Path) -> Opened:
    """Open for reading only. Where SQLite would have to write first, or could not lock, a copy is read."""
    left = left_beside(path)
    if left and _locked(path):
        raise busy(shown)
    if not left and not folders.shared(path.parent):
        try:
            opened = _in_place(path, shown)
        except sqlite3.Error as error:
            if not folders.lockish(error) or (os.access(path.parent, os.W_OK) and folders.can_lock(path.parent)):
                raise
        else:
            if opened is not None:
                return opened
    return _copied(path, shown)


def _in_place(path: Path, shown: Path) -> Opened | None:
    """Read the file itself; ``None`` when it is of an older format, which none of the readers know."""
    connection = _reader(path)
    version = version_of(connection, path)
    if version < schema.FORMAT:
        with contextlib.closing(connection):
            migrations.require_steps(version, shown)
            (found,) = connection.execute("PRAGMA quick_check(1)").fetchone()
        if found != "ok":
            raise DamagedError("SQLite: {finding}", finding=str(found))
        return None
    store = Store(path, connection, read_only=True, shown_as=shown)
    return Opened(store, _documents(store))


def _copied(path: Path, shown: Path) -> Opened:
    """Read a copy, brought to rest and to the present format, in a folder that is removed afterwards."""
    scratch = Path(tempfile.mkdtemp(prefix="atelier-reading-"))
    try:
        copy = scratch / path.name
        for file in (path, *left_beside(path)):
            shutil.copyfile(file, scratch / file.name)
        _settle(copy, shown)
        store = Store(copy, _reader(copy), read_only=True, shown_as=shown)
        return Opened(store, _documents(store), scratch=scratch)
    except BaseException:
        shutil.rmtree(scratch, ignore_errors=True)
        raise


def _settle(copy: Path, shown: Path) -> None:
    connection = connect(copy, read_only=False)
    store = Store(copy, connection, read_only=False, shown_as=shown)
    try:
        take(connection)
        check_schema(connection, shown)
        version = version_of(connection, shown)
        if version < schema.FORMAT:
            migrations.require_steps(version, shown)
            migrations.apply_steps(store, version, check_schema)
    finally:
        store.close()


def _reader(path: Path) -> sqlite3.Connection:
    """Return a connection that only reads, to a file with nothing beside it.

    One that was left in log mode has no writer, else there were a log, and is read as it is: SQLite would make a log
    and an index first, and leave them behind; or could not, where nothing can be written.
    """
    connection = connect(path, read_only=True, immutable=_in_log_mode(path))
    try:
        check_schema(connection, path)
    except BaseException:
        connection.close()
        raise
    return connection


def _in_log_mode(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(_HEADER)[18:20] == b"\x02\x02"


def _documents(store: Store) -> History:
    try:
        return History(store)
    except BaseException:
        store.close()
        raise


def _writing(path: Path, shown: Path) -> Opened:
    looked = None if left_beside(path) else _in_place(path, shown)
    if looked is not None:
        if version_of(looked.store.db, path) > schema.FORMAT:
            return looked._replace(notice=_newer(shown))
        serial = looked.store.serial()
        looked.store.close()
    connection = connect(path, read_only=False)
    try:
        take(connection)
        with contextlib.suppress(OSError):  # a dead process may have left one; who is alone needs none
            _index_of(path).unlink()
        version = version_of(connection, path)
        check_schema(connection, path)
        if version > schema.FORMAT:
            connection.execute("PRAGMA journal_mode=DELETE")
            connection.close()
            return _reading(path, shown)._replace(notice=_newer(shown))
        store = Store(path, connection, read_only=False, shown_as=shown)
    except BaseException:
        with contextlib.suppress(*FAULTS):
            connection.execute("PRAGMA journal_mode=DELETE")
        connection.close()
        raise
    if version < schema.FORMAT:
        return _migrated(store)
    if looked is not None and store.serial() == serial:
        looked.history.move(store)
        return Opened(store, looked.history)
    return Opened(store, _documents(store))


def _migrated(store: Store) -> Opened:
    try:
        history, notice = migrations.migrate(store, check_schema)
    except BaseException:
        store.close()
        raise
    return Opened(store, history, notice)


def _newer(path: Path) -> Message:
    return Message("“{name}” was saved by a newer version of Atelier, so it is open for reading only.", name=path.name)
