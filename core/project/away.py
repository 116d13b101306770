"""Opening a project wherever it lies: in its own file, or, where that folder cannot be worked in, in a working copy."""

import contextlib
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from core.project import folders, working
from core.project.delivery import Mark, copy_synced, free_name, part_of, sync_folder
from core.project.opening import NoLocksError, Opened, busy, left_beside, look, open_store
from core.project.publishing import Publisher
from core.project.store import DamagedError
from core.project.working import WorkingCopy
from core.values import AtelierError, Message, reason

if TYPE_CHECKING:
    from core.project.recovery import RecoveryReport


def open_anywhere(path: Path, *, read_only: bool = False) -> Opened:
    """Open a project for writing if it can be. Raises as :func:`core.project.opening.open_store` does.

    Edits that were not published when a process died are taken up, even when the share is not there.
    """
    if read_only:
        return open_store(path, read_only=True)
    copy = working.find(path)
    if copy is not None:
        return _take_up(path, copy)
    if not folders.shared(path.parent):
        try:
            return open_store(path)
        except NoLocksError:
            pass
    return _begin(path)


def create_away(path: Path, build: Callable[[Path], None]) -> Opened:
    """Make a project in a folder that cannot be worked in: ``build`` makes it in a file here, which is delivered."""
    refuse_unpublished(path)
    if path.exists():
        raise AtelierError("“{name}” exists already; choose another name.", name=path.name)
    scratch = working.fresh_folder()
    try:
        file = scratch / path.name
        build(file)
        return adopt(path, file)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def adopt(path: Path, file: Path) -> Opened:
    """Deliver ``file`` to ``path``, replacing what is there, and work on a copy of it. Raises :class:`AtelierError`."""
    mark = deliver(file, path)
    return _run(working.make(path, file, mark))


def deliver(file: Path, path: Path) -> Mark:
    """Bring a copy of ``file`` to ``path``, whole or not at all. Raises :class:`AtelierError`."""
    part = part_of(path, "new")
    try:
        mark = copy_synced(file, part)
        part.replace(path)
        sync_folder(path.parent)
        return msgspec.structs.replace(mark, time=path.stat().st_mtime_ns)
    except OSError as error:
        raise AtelierError("“{path}” cannot be written: {reason}.", path=str(path), reason=reason(error)) from None
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)


def recovered(path: Path) -> tuple["RecoveryReport", Opened, Path]:
    """Save what can be read of a damaged project into a new file beside it, and open that."""
    from core.project.recovery import recover  # noqa: PLC0415  (it builds on the project)

    saved = free_name(path, "recovered")
    if not folders.shared(path.parent) and folders.can_lock(path.parent):
        report = recover(path, saved)
        return report, open_store(saved), saved
    scratch = working.fresh_folder()
    try:
        file = scratch / saved.name
        report = recover(path, file, moved=Path())
        return report, adopt(saved, file), saved
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def refuse_unpublished(path: Path) -> None:
    """Raise when edits wait here that belong under this very name: they must not be published over something new."""
    copy = working.find(path)
    if copy is not None and not copy.clean:
        raise AtelierError(
            "Edits of “{name}” that were not published are kept on this computer: open it, or choose another name.",
            name=path.name,
        )
    if copy is not None:
        _free(copy)


def _begin(path: Path) -> Opened:
    """Work on a fresh copy of what is published."""
    look(path)
    if not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
        return open_store(path)
    if left_beside(path):
        _fold_in(path)
    copy = working.make(path, path)
    for left in left_beside(path):
        try:
            shutil.copyfile(left, copy.file.with_name(copy.file.name + left.name.removeprefix(path.name)))
        except OSError:
            copy.drop()
            raise busy(path) from None
    return _run(copy)


def _run(copy: WorkingCopy, notice: Message | None = None) -> Opened:
    """Open a copy that was made just now. One that cannot be opened goes again: nobody has worked in it."""
    try:
        opened = open_store(copy.file, shown_as=copy.target)
    except BaseException:
        copy.drop()
        raise
    if opened.store.read_only:  # of a newer version: nothing will be published
        return opened._replace(scratch=copy.folder)
    return _published(opened, copy, notice)


def _published(opened: Opened, copy: WorkingCopy, notice: Message | None = None) -> Opened:
    if opened.notice:  # it was brought to this version's format, which the target was not yet
        copy.set_dirty()
    publisher = Publisher(opened.store, copy)
    said = opened.notice or notice or publisher.state.notice
    publisher.start()
    return opened._replace(publisher=publisher, notice=said)


def _take_up(path: Path, copy: WorkingCopy) -> Opened:
    """Go on in the copy that a crash, or a share that was gone, left. Raises when another process is at it."""
    notice = None
    try:
        opened = open_store(copy.file, shown_as=copy.target)
    except DamagedError:
        if copy.clean:
            copy.drop()
            return open_anywhere(path)
        notice = _mend(copy)
        opened = open_store(copy.file, shown_as=copy.target)
    if copy.clean and not _is_current(copy):
        opened.store.close()
        copy.drop()
        return open_anywhere(path)
    if opened.store.read_only:
        return opened
    if not copy.clean and notice is None:
        notice = Message(
            "Edits of “{name}” that had not reached its folder were kept on this computer. They are here, and are "
            "published now.",
            name=copy.target.name,
        )
    return _published(opened, copy, notice)


def _is_current(copy: WorkingCopy) -> bool:
    """Return whether a clean copy still is what lies at its target; so it is while the target cannot be seen."""
    try:
        return copy.is_ours(copy.target)
    except OSError:
        return not copy.target.parent.exists()


def _mend(copy: WorkingCopy) -> Message:
    """Recover a damaged copy that holds what is nowhere else, in its place; the damaged file is kept."""
    from core.project.recovery import recover  # noqa: PLC0415  (it builds on the project)

    mended = copy.folder / "mended.atelier"
    mended.unlink(missing_ok=True)
    recover(copy.file, mended, moved=Path())
    working.keep_damaged(copy)
    mended.rename(copy.file)
    return Message(
        "The working copy of “{name}” was damaged; what could be read is open and is published.",
        name=copy.target.name,
    )


def _fold_in(path: Path) -> None:
    """Have the log or journal that lies beside a shared file folded into it, where that goes.

    Where it does not, it is copied along, and the file is never replaced: it would be taken for the new one's.
    """
    with contextlib.suppress(NoLocksError):
        open_store(path).store.close()


def _free(copy: WorkingCopy) -> None:
    """Remove a copy that nothing is lost with; raises when another process works in it."""
    open_store(copy.file, shown_as=copy.target).store.close()
    copy.drop()
