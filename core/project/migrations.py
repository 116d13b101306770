"""Bringing a project of an older version of Atelier to this one's format.

Forward only. The file as it was is kept beside it first; then all steps, and a look at every document, are one
transaction: it counts as a whole or not at all, whenever the process may die. :data:`core.project.schema.FORMAT` is 1,
so there is nothing to bring forward yet.

To raise the format: change :mod:`core.project.schema`, raise ``FORMAT``, and add the step from the one before.
"""

import contextlib
import filecmp
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Final

from core.project import schema
from core.project.delivery import copy_synced, free_name, part_of, sync_file, sync_folder
from core.project.history import History
from core.project.store import FAULTS, DamagedError, Store
from core.values import AtelierError, Message, reason

Step = Callable[[sqlite3.Connection], None]

STEPS: Final[dict[int, Step]] = {}
"""From a format to what changes a file of it into the next one. Runs inside a transaction and must not end it.

A step speaks SQL and plain Python only, and nothing of the other modules here: those go on changing, it does not.
"""


def moment(step: str) -> None:
    """Do nothing: between any two steps a test may stand here and end the process."""


def migrate(store: Store, check: Callable[[sqlite3.Connection, Path], None]) -> tuple[History, Message]:
    """Bring an open file to the present format; return its documents, and what to say of it.

    ``check`` raises when the tables are not those of the present format. Raises :class:`AtelierError`; then the file
    is as it was.
    """
    (version,) = store.rows("PRAGMA user_version")[0]
    require_steps(version, store.shown_as)
    kept = back_up(store)
    moment("backed up")
    history = apply_steps(store, version, check)
    notice = Message(
        "“{name}” was brought to the format of this version of Atelier. As it was it is kept as “{saved}”.",
        name=store.shown_as.name,
        saved=kept.name,
    )
    return history, notice


def require_steps(version: int, path: Path) -> None:
    """Raise unless there is a way from ``version`` to the present format."""
    if any(number not in STEPS for number in range(version, schema.FORMAT)):
        raise AtelierError(
            "“{name}” was saved by a version of Atelier that is too old for this one to open.", name=path.name
        )


def apply_steps(store: Store, version: int, check: Callable[[sqlite3.Connection, Path], None]) -> History:
    """Run the steps from ``version`` on, and read every document, as one transaction."""
    with store.write() as db:
        for number in range(version, schema.FORMAT):
            STEPS[number](db)
            db.execute(f"PRAGMA user_version={number + 1}")
            moment(f"step {number}")
        check(db, store.shown_as)
        history = History(store)
    moment("committed")
    return history


def back_up(store: Store) -> Path:
    """Keep the file as it is beside it; return where. An equal one from a try that was cut short serves as well."""
    shown = store.shown_as
    here = store.path.with_name(f".{shown.name}.before.part")
    remark = f"before Atelier format {schema.FORMAT}"
    first = shown.with_name(f"{shown.stem} ({remark}){shown.suffix}")
    try:
        here.unlink(missing_ok=True)
        store.copy_pages(here, -1)
        _at_rest(here)
        if first.exists() and filecmp.cmp(here, first, shallow=False):
            return first
        target = free_name(shown, remark)
        _place(here, target)
        return target
    except (OSError, *FAULTS) as error:
        why = reason(error) if isinstance(error, OSError) else Message(str(error))
        raise AtelierError(
            "“{name}” is left as it is: before it is brought to a newer format it needs a backup ({why}).",
            name=shown.name,
            why=why,
        ) from None
    finally:
        for left in (here, here.with_name(here.name + "-wal"), here.with_name(here.name + "-shm")):
            with contextlib.suppress(OSError):
                left.unlink()


def _at_rest(path: Path) -> None:
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA locking_mode=EXCLUSIVE")
        connection.execute("PRAGMA journal_mode=DELETE")
        (found,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    if found != "ok":
        raise DamagedError("SQLite: {finding}", finding=str(found))
    sync_file(path)


def _place(here: Path, target: Path) -> None:
    if here.parent == target.parent:
        here.replace(target)
    else:
        part = part_of(target, "before")
        copy_synced(here, part)
        part.replace(target)
    sync_folder(target.parent)
