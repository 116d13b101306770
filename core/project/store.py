"""The SQLite connection of one open project: locking, durability, and errors as sentences.

Threads: a :class:`Store` may be used from any thread. One re-entrant lock guards the connection; it is held for the
length of a statement or a write, never while a listener or a recipe runs, and nothing else is locked under it.

Durability: WAL with ``synchronous=FULL`` for edits (a committed edit survives a power cut, at the cost of one fsync)
and ``NORMAL`` for assets (they survive a killed process; the next edit's fsync covers the log before it, so an edit
never reaches the disk without its assets).
"""

import contextlib
import errno
import os
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from core.project import schema
from core.values import AtelierError, Message, Value

Row = tuple[Any, ...]

FAULTS: Final = (sqlite3.Error, UnicodeDecodeError, OverflowError)
"""What the sqlite3 module raises: text that is no UTF-8 (even in SQLite's own message) means damage too."""


class DamagedError(AtelierError):
    """Rows or pages are not as they were written. On opening it becomes a recovery."""

    def __init__(self, what: str, /, **values: Value) -> None:
        """Arguments as of :class:`core.values.Message`: what is damaged, to stand in brackets."""
        sentence = Message(
            "The project file is damaged ({what}): close and open it again to save what can be read.",
            what=Message(what, **values),
        )
        super().__init__(sentence)


_open_files: Final[dict[tuple[int, int], "Store"]] = {}
"""Files open in this process, by device and inode: POSIX drops all locks on a file when *any* of a process's
descriptors of it is closed, so such a file must not be opened a second time, not even to read its thumbnail."""
_registry_lock = threading.Lock()


def open_in_this_process(path: Path) -> "Store | None":
    """Return the store that has the file at ``path`` open in this process, if any."""
    with _registry_lock:
        key = _identity(path)
        return _open_files.get(key) if key else None


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return (status.st_dev, status.st_ino)


class Store:
    """One connection. ``read_only`` stores write nothing at all."""

    def __init__(self, path: Path, connection: sqlite3.Connection, *, read_only: bool, shown_as: Path | None = None):
        self.path = path
        self.shown_as = shown_as or path
        """The path a person knows, for sentences; differs from ``path`` for a working copy."""
        self.read_only = read_only
        self.lock = threading.RLock()
        self.before_write: Callable[[], None] | None = None
        """Called under the lock before anything is written; what it raises keeps it from being written."""
        self._db: sqlite3.Connection | None = connection
        self._synchronous = "FULL"
        self._depth = 0
        self._serial = 0
        identity = _identity(path)
        self._key = identity
        if identity is not None:
            with _registry_lock:
                _open_files[identity] = self

    @property
    def db(self) -> sqlite3.Connection:
        """The connection; raises :class:`AtelierError` after :meth:`close`."""
        if self._db is None:
            raise AtelierError("The project “{name}” has been closed.", name=self.shown_as.name)
        return self._db

    @property
    def closed(self) -> bool:
        return self._db is None

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[Row]:
        """Return all rows; raises :class:`DamagedError` when SQLite finds the file damaged."""
        with self.lock, self._errors("read"):
            return self.db.execute(sql, parameters).fetchall()

    def sealed_rows(self, table: str, where: str = "", parameters: Sequence[Any] = ()) -> list[Row]:
        """Return rows of ``table`` without their sums, each checked; raises :class:`DamagedError`."""
        checked = []
        for row in self.rows(f"{schema.SELECT[table]} {where}", parameters):
            if schema.row_sum(table, row[:-1]) != row[-1]:
                raise DamagedError("a row of the table “{table}” is not as it was written", table=table)
            checked.append(row[:-1])
        return checked

    def one(self, table: str, where: str = "", parameters: Sequence[Any] = ()) -> Row | None:
        """Return the first such row, checked, or ``None``."""
        found = self.sealed_rows(table, f"{where} LIMIT 1", parameters)
        return found[0] if found else None

    @contextlib.contextmanager
    def write(self, *, durable: bool = True) -> Iterator[sqlite3.Connection]:
        """Write atomically: all of the block's statements are committed at its end, or none of them.

        Blocks may be nested; the outermost commits. Raises
        :class:`AtelierError` when the disk is full, the folder cannot be written, or the project is read-only.
        """
        if self.read_only:
            raise AtelierError("“{name}” is open for reading only, so it cannot be changed.", name=self.shown_as.name)
        with self.lock:
            if self._depth:
                if durable and self._synchronous != "FULL":
                    raise RuntimeError("a write that must survive a power cut cannot stand inside one that need not")
                self._depth += 1
                try:
                    yield self.db
                finally:
                    self._depth -= 1
                return
            if self.before_write is not None:
                self.before_write()
            with self._errors("write"):
                self._set_synchronous("FULL" if durable else "NORMAL")
                self.db.execute("BEGIN IMMEDIATE")
                self._depth = 1
                try:
                    yield self.db
                    self.db.execute("COMMIT")
                except BaseException:
                    with contextlib.suppress(sqlite3.Error):
                        if self.db.in_transaction:
                            self.db.execute("ROLLBACK")
                    raise
                finally:
                    self._depth = 0

    def _set_synchronous(self, level: str) -> None:
        if self._synchronous != level:
            self.db.execute(f"PRAGMA synchronous={level}")
            self._synchronous = level

    def put(self, table: str, *values: Any) -> None:
        """Insert or replace one row with its sum. Inside :meth:`write` only."""
        self.db.execute(schema.INSERT[table], schema.sealed(table, *values))

    def meta(self, key: str) -> bytes | None:
        """Return a named value of the project, or ``None``."""
        row = self.one("meta", "WHERE key = ?", (key,))
        return None if row is None else row[1]

    def set_meta(self, key: str, value: bytes) -> None:
        """Set a named value. Inside :meth:`write` only."""
        if not self._serial:
            self._serial = self.serial()
        self._serial += 1
        self.put("meta", key, value, self._serial)

    def serial(self) -> int:
        """Return a number that every edit raises."""
        return int(self.rows("SELECT coalesce(max(serial), 0) FROM meta")[0][0])

    def checkpoint(self) -> None:
        """Fold the log into the main file, so that the file alone is the whole project."""
        with self.lock, self._errors("write"):
            self.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def vacuum(self) -> None:
        """Give unused space back. That takes room for a second copy, and changes nothing when there is none."""
        with self.lock:
            try:
                self.db.execute("VACUUM")
            except FAULTS as error:
                if code_of(error) == sqlite3.SQLITE_FULL:
                    raise AtelierError(
                        "There is not enough room on the disk to make “{name}” smaller.", name=self.shown_as.name
                    ) from error
                raise translate(error, self.shown_as, "write") from error

    def copy_pages(self, path: Path, pages: int) -> None:
        """Copy what is committed into a new file, ``pages`` at a time; what is written meanwhile is copied too.

        The lock is let go between, so the caller must not hold it. Raises what SQLite does, about either file.
        """
        with self.lock, contextlib.closing(sqlite3.connect(path, isolation_level=None)) as copy:
            copy.execute("PRAGMA synchronous=OFF")
            self.db.backup(copy, pages=pages, progress=self._breathe)

    def _breathe(self, *_: int) -> None:
        self.lock.release()
        try:
            time.sleep(0.001)  # long enough for another thread to take the lock, which is not fair by itself
        finally:
            self.lock.acquire()

    def close(self) -> None:
        """Fold the log in, leave one file and give up the lock. Harmless when closed already.

        On a full disk the log stays beside the file: everything is in the two, and is folded in the next time.
        """
        with self.lock:
            if self._db is None:
                return
            try:
                if not self.read_only:
                    self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                    self._db.execute("PRAGMA journal_mode=DELETE")
            except FAULTS as error:
                if code_of(error) != sqlite3.SQLITE_FULL:
                    raise translate(error, self.shown_as, "write") from error
            finally:
                connection, self._db = self._db, None
                with _registry_lock:
                    if self._key is not None:
                        _open_files.pop(self._key, None)
                connection.close()

    def discard(self) -> None:
        """Close without keeping anything, and remove the file: what was being made could not be finished."""
        with self.lock:
            connection, self._db = self._db, None
            with _registry_lock:
                if self._key is not None:
                    _open_files.pop(self._key, None)
            if connection is not None:
                with contextlib.suppress(*FAULTS):
                    connection.close()
            for left in (self.path, self.path.with_name(self.path.name + "-wal")):
                with contextlib.suppress(OSError):
                    left.unlink()

    @contextlib.contextmanager
    def _errors(self, doing: str) -> Iterator[None]:
        try:
            yield
        except FAULTS as error:
            raise translate(error, self.shown_as, doing) from error


def code_of(error: Exception) -> int:
    """Return SQLite's primary result code, 0 where the module itself raised."""
    return (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF


def translate(error: Exception, path: Path, doing: str) -> AtelierError:
    """Return what a person should be told of ``error``, or :class:`DamagedError`."""
    code = code_of(error)
    match code:
        case sqlite3.SQLITE_FULL:
            return AtelierError(
                "The disk is full: “{name}” could not be saved, and the last edit was taken back.", name=path.name
            )
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return AtelierError("“{name}” is open in another window or program; close it there first.", name=path.name)
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM:
            return AtelierError("“{name}” cannot be written: its file or its folder is read-only.", name=path.name)
        case sqlite3.SQLITE_CANTOPEN:
            return AtelierError(
                "“{name}” cannot be opened in the folder “{folder}”: it may be read-only or gone.",
                name=path.name,
                folder=str(path.parent),
            )
        case sqlite3.SQLITE_IOERR:
            return _io_error(path, doing)
        case sqlite3.SQLITE_TOOBIG:
            return AtelierError("“{name}” cannot hold a single value that large.", name=path.name)
        case sqlite3.SQLITE_NOMEM:
            if doing == "write":
                return AtelierError("There is not enough memory to write “{name}”.", name=path.name)
            return AtelierError("There is not enough memory to read “{name}”.", name=path.name)
    return DamagedError("{kind}: {why}", kind=type(error).__name__, why=str(error))


def _io_error(path: Path, doing: str) -> AtelierError:
    try:
        status = os.statvfs(path.parent)
        full = status.f_bavail * status.f_frsize < 1 << 16
    except (OSError, AttributeError) as error:
        full = getattr(error, "errno", 0) == errno.ENOSPC
    if full:
        return AtelierError(
            "The disk is full: “{name}” could not be saved, and the last edit was taken back.", name=path.name
        )
    if doing == "write":
        return AtelierError(
            "“{name}” could not be written: the disk or the connection to it reports an error.", name=path.name
        )
    return AtelierError(
        "“{name}” could not be read: the disk or the connection to it reports an error.", name=path.name
    )


def connect(path: Path, *, read_only: bool, immutable: bool = False) -> sqlite3.Connection:
    """Open the SQLite file at ``path``, which exists unless it is being created. Raises :class:`sqlite3.Error`."""
    if read_only:
        mode = "immutable=1" if immutable else "mode=ro"
        connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?{mode}", uri=True, timeout=0.25, isolation_level=None, check_same_thread=False
        )
    else:
        connection = sqlite3.connect(path, timeout=0.25, isolation_level=None, check_same_thread=False)
    # A project comes from anywhere: nothing that its schema might hold is to be run.
    connection.execute("PRAGMA trusted_schema=OFF")
    connection.execute("PRAGMA cell_size_check=ON")
    return connection


def take(connection: sqlite3.Connection) -> None:
    """Become the one writer: exclusive lock, write-ahead log, full durability. Raises :class:`sqlite3.Error`."""
    connection.execute("PRAGMA locking_mode=EXCLUSIVE")
    (mode,) = connection.execute("PRAGMA journal_mode=WAL").fetchone()
    if mode != "wal":
        raise sqlite3.OperationalError(f"journal mode {mode}")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA secure_delete=FAST")
    connection.execute("PRAGMA cache_size=-16000")
    connection.execute("PRAGMA wal_autocheckpoint=1000")
    connection.execute("PRAGMA journal_size_limit=67108864")
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("COMMIT")


def build(connection: sqlite3.Connection) -> None:
    """Make the tables of a new project in an empty file. Raises :class:`sqlite3.Error`."""
    connection.execute(f"PRAGMA page_size={schema.PAGE_SIZE}")
    take(connection)
    connection.execute("BEGIN IMMEDIATE")
    for statement in (*schema.TABLES.values(), *schema.INDEXES.values()):
        connection.execute(statement)
    connection.execute(f"PRAGMA application_id={schema.APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version={schema.FORMAT}")
    connection.execute("COMMIT")
