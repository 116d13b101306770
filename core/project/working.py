"""Working copies: where a project is edited whose own folder cannot be worked in.

Each is a folder of its own in ``working`` in the data folder, with the project file, a record of where it belongs and
what was last published there, and the mark ``published`` while nothing in it is newer than what lies at the target.
The mark is taken away, and that seen to the disk, before the first write; so after a crash a copy without it is known
to hold what nobody else has. Taking it away needs no room, so a full disk cannot get in the way.
"""

import contextlib
import hashlib
import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import msgspec

from core.project import places
from core.project.delivery import Mark, copy_synced, sync_folder, write_whole
from core.values import AtelierError, new_id, reason

_FILE: Final = "project.atelier"
_RECORD: Final = "record.json"
_CLEAN: Final = "published"
_NEW: Final = ".new-"
_ABANDONED: Final = 24 * 3600.0
"""Seconds after which a copy that was never finished is taken for left over. It holds nothing that was edited."""


class Record(msgspec.Struct, frozen=True):
    """Where a working copy belongs. ``pending`` is what is being published, in case nobody comes to say it was."""

    target: str
    id: str
    published: Mark | None = None
    pending: Mark | None = None


class WorkingCopy:
    """One working copy. The project that has its file open owns it."""

    def __init__(self, folder: Path, record: Record) -> None:
        self.folder = folder
        self.record = record

    @property
    def file(self) -> Path:
        return self.folder / _FILE

    @property
    def target(self) -> Path:
        """The file that a person knows."""
        return Path(self.record.target)

    @property
    def clean(self) -> bool:
        """Whether all that is in it has been published."""
        return (self.folder / _CLEAN).exists()

    def write(self, **changes: object) -> None:
        """Change the record, durably. Raises :class:`OSError`."""
        record = msgspec.structs.replace(self.record, **changes)
        write_whole(self.folder / _RECORD, msgspec.json.encode(record))
        self.record = record

    def set_clean(self) -> None:
        """Say that everything is published."""
        (self.folder / _CLEAN).touch()
        sync_folder(self.folder)

    def set_dirty(self) -> None:
        """Say, before it is written, that something will be in here that is nowhere else."""
        (self.folder / _CLEAN).unlink(missing_ok=True)
        sync_folder(self.folder)

    def is_ours(self, path: Path) -> bool:
        """Return whether ``path`` is as we published or found it. Raises :class:`OSError`."""
        return any(mark is not None and mark.fits(path) for mark in (self.record.published, self.record.pending))

    def drop(self) -> None:
        """Remove the copy: all of it is published, or it was never worked in."""
        with contextlib.suppress(OSError):
            # Under another name first: a half removed copy must not be found again.
            gone = self.folder.with_name(f"{_NEW}{new_id()}")
            self.folder.rename(gone)
            self.folder = gone
        shutil.rmtree(self.folder, ignore_errors=True)


def root() -> Path:
    """Return the folder of all working copies."""
    folder = places.data() / "working"
    folder.mkdir(exist_ok=True)
    return folder


def every() -> Iterator[WorkingCopy]:
    """Yield all working copies, those in use included."""
    for folder in sorted(root().iterdir()):
        if folder.name.startswith("."):
            continue
        with contextlib.suppress(OSError, msgspec.DecodeError):
            yield WorkingCopy(folder, msgspec.json.decode((folder / _RECORD).read_bytes(), type=Record))


def find(target: Path) -> WorkingCopy | None:
    """Return the working copy that belongs to ``target``, left by a crash or in use; one with edits before others."""
    wanted = _same_for_all(target)
    found = [copy for copy in every() if _same_for_all(copy.target) == wanted]
    return min(found, key=lambda copy: copy.clean, default=None)


def make(target: Path, source: Path, published: Mark | None = None) -> WorkingCopy:
    """Make a clean working copy for ``target`` from ``source``: the target itself, or what was just published to it.

    Raises :class:`AtelierError` when there is no room, or another process made one in the meantime.
    """
    _sweep()
    folder = fresh_folder()
    try:
        mark = copy_synced(source, folder / _FILE)
        if published is None:
            status = source.stat()
            published = msgspec.structs.replace(mark, time=status.st_mtime_ns)
        record = Record(str(target.absolute()), new_id(), published)
        write_whole(folder / _RECORD, msgspec.json.encode(record))
        copy = WorkingCopy(folder, record)
        copy.set_clean()
        copy.folder = _settle(folder, target)
    except OSError as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise AtelierError(
            "There is no working copy of “{name}”, which it needs because of the folder it is in: {reason}.",
            name=target.name,
            reason=reason(error),
        ) from None
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return copy


def fresh_folder() -> Path:
    """Make an empty folder that nobody takes for a working copy, and that goes by itself when it is forgotten."""
    folder = root() / f"{_NEW}{new_id()}"
    folder.mkdir()
    return folder


def keep_damaged(copy: WorkingCopy) -> None:
    """Put a damaged copy's file and log aside, where they stay."""
    aside = root() / ".damaged"
    aside.mkdir(exist_ok=True)
    name = f"{copy.target.stem}-{new_id()}{copy.target.suffix}"
    copy.file.rename(aside / name)
    log = copy.file.with_name(f"{_FILE}-wal")
    with contextlib.suppress(FileNotFoundError):
        log.rename(aside / f"{name}-wal")


def _settle(folder: Path, target: Path) -> Path:
    """Give a finished copy its name. The name follows from the target, so of two processes only one gets it."""
    number = 1
    while True:
        name = f"{target.stem[:40]}-{_short(target)}{'' if number == 1 else f'-{number}'}"
        place = folder.with_name(name)
        try:
            folder.rename(place)
        except OSError:
            if not place.exists():
                raise
        else:
            sync_folder(place.parent)
            return place
        other = find(target)
        if other is not None:
            raise AtelierError("“{name}” is open in another window or program; close it there first.", name=target.name)
        number += 1


def _sweep() -> None:
    for folder in root().glob(f"{_NEW}*"):
        with contextlib.suppress(OSError):
            if time.time() - folder.stat().st_mtime > _ABANDONED:
                shutil.rmtree(folder, ignore_errors=True)


def _same_for_all(path: Path) -> str:
    whole = path.absolute()
    return os.path.normcase(os.path.join(os.path.realpath(whole.parent), whole.name))  # noqa: PTH118


def _short(target: Path) -> str:
    name = _same_for_all(target).encode("utf-8", "surrogateescape")
    return hashlib.blake2b(name, digest_size=6).hexdigest()
