"""Writing a whole project to another place: a copy, or where it lives from now on."""

import contextlib
import shutil
import sqlite3
from pathlib import Path

from core.project import away, folders, schema, working
from core.project.delivery import sync_file, sync_folder
from core.project.opening import Opened, told
from core.project.store import FAULTS, Store, code_of
from core.values import AtelierError, reason


def copy(store: Store, path: Path) -> None:
    """Write a copy of an open project to ``path``, whole or not at all. Raises :class:`AtelierError`."""
    if not folders.shared(path.parent):
        part = path.with_name(path.name + ".part")
        try:
            _write_into(store, part)
            part.replace(path)
            sync_folder(path.parent)
            return
        except OSError as error:
            raise AtelierError("“{path}” cannot be written: {reason}.", path=str(path), reason=reason(error)) from None
        except FAULTS as error:
            if not folders.lockish(error) or folders.can_lock(path.parent):
                raise _untold(error, path) from error
        finally:
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)
    _by_way_of_here(store, path)


def move(store: Store, path: Path) -> Opened:
    """Write an open project to ``path`` and open it there; the caller goes on in that. Under the store's lock.

    One of a newer format stays open for reading only.
    """
    away.refuse_unpublished(path)
    copy(store, path)
    newer = store.rows("PRAGMA user_version")[0][0] > schema.FORMAT
    return away.open_anywhere(path, read_only=newer)


def give_up(opened: Opened) -> None:
    """Close what was opened, when nobody goes on in it."""
    if opened.publisher is not None:
        opened.publisher.close()
    with contextlib.suppress(AtelierError):
        opened.store.close()
    if opened.publisher is not None:
        opened.publisher.leave()
    if opened.scratch is not None:
        shutil.rmtree(opened.scratch, ignore_errors=True)


def _by_way_of_here(store: Store, path: Path) -> None:
    """SQLite cannot write there: it writes into a folder of ours, and the finished file is brought over."""
    scratch = working.fresh_folder()
    try:
        file = scratch / path.name
        _write_into(store, file)
        away.deliver(file, path)
    except FAULTS as error:
        raise _untold(error, file) from error
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _write_into(store: Store, part: Path) -> None:
    part.unlink(missing_ok=True)
    with store.lock:
        store.db.execute("VACUUM INTO ?", (str(part),))
    sync_file(part)


def _untold(error: Exception, path: Path) -> AtelierError:
    if isinstance(error, sqlite3.Error) and code_of(error) == sqlite3.SQLITE_FULL:
        return AtelierError("The disk is full: “{path}” could not be written.", path=str(path))
    return told(error, path, "write")
