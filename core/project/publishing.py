"""Publishing: a project that is worked on in a working copy is brought to its own place, whole, by and by.

One thread per project waits for a few seconds of quiet after an edit (and not longer than a while), copies the
working copy page by page while editing goes on, compacts that with ``VACUUM INTO``, and delivers it
(:mod:`core.project.delivery`). SQLite never touches the share: what cannot lock need not.

What lies at the target is replaced only when it is what we put or found there. Anything else is somebody's work: then
we publish beside it, under another name, and go on there. When the share cannot be reached, the work goes on here, and
publishing is tried again.

Locks, in this order: publishing one at a time, the store's, the condition. Listeners run under none of them.
"""

import contextlib
import logging
import platform
import sqlite3
import threading
import time
from collections.abc import Callable
from pathlib import Path

import msgspec

from core.project.delivery import Mark, copy_synced, free_name, part_of, sync_folder
from core.project.opening import left_beside
from core.project.presence import RENEW, Presence, warning
from core.project.store import FAULTS, Store, code_of
from core.project.working import WorkingCopy
from core.values import NOTHING, AtelierError, Message, reason

log = logging.getLogger(__name__)

QUIET = 4.0
"""Seconds without an edit after which it is time to publish."""
LATEST = 60.0
"""Seconds after which it is, however busy somebody is."""
RETRY = 20.0
"""Seconds until the next try after one that failed."""
PAGES = 512
"""Pages that are copied in one go (2 MiB); an edit waits no longer than for these."""


class Publication(msgspec.Struct, frozen=True):
    """How far the target is behind. ``published`` means not at all; ``notice`` is what a person should know."""

    target: Path
    published: bool
    notice: Message = NOTHING


Listener = Callable[[Publication], None]


def moment(step: str) -> None:
    """Do nothing: between any two steps of publishing a test may stand here and end the process."""


class Publisher:
    """Publishes one working copy. :meth:`start` once; :meth:`close` before the store is, :meth:`leave` after it."""

    def __init__(self, store: Store, copy: WorkingCopy) -> None:
        self._store = store
        self._copy = copy
        self._presence = Presence(copy.target, copy.record.id)
        self._remark = warning(self._presence.other(), copy.target)
        self._problem = NOTHING
        self._publishing = threading.Lock()
        self._cond = threading.Condition()
        now = time.monotonic()
        self._clean = copy.clean
        self._version = 0
        self._first = self._last = now
        self._not_before = 0.0
        self._stopped = False
        self._told: Publication | None = None
        self._listeners: list[Listener] = []
        self._thread = threading.Thread(target=self._run, name="atelier-publish", daemon=True)

    def start(self) -> None:
        """Begin to publish what is edited from now on, and what a crash left."""
        self._store.before_write = self.edited
        with contextlib.suppress(OSError):  # what a process left that died
            part_of(self.target, self._copy.record.id).unlink(missing_ok=True)
        self._thread.start()

    @property
    def target(self) -> Path:
        """Where the project lives for a person."""
        return self._copy.target

    @property
    def state(self) -> Publication:
        with self._cond:
            return self._state()

    def _state(self) -> Publication:
        return Publication(self._copy.target, self._clean, self._problem or self._remark)

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call ``listener`` whenever :attr:`state` is another, on the publishing thread; return what ends that."""
        self._listeners.append(listener)

        def unsubscribe() -> None:
            with contextlib.suppress(ValueError):
                self._listeners.remove(listener)

        return unsubscribe

    def edited(self) -> None:
        """Take note that something is about to be written. Called by the store, under its lock."""
        with self._cond:
            now = time.monotonic()
            if self._clean:
                try:
                    self._copy.set_dirty()
                except OSError as error:
                    raise AtelierError(
                        "“{name}” cannot be written: {reason}.", name=self.target.name, reason=reason(error)
                    ) from None
                self._clean, self._first = False, now
            self._version += 1
            self._last = now
            self._cond.notify_all()

    def publish(self) -> None:
        """Publish now what is committed. Any thread. Raises :class:`AtelierError` when that is not possible."""
        with self._publishing:
            with self._store.lock, self._cond:
                version = self._version
            outgoing = self._copy.folder / "outgoing.atelier"
            try:
                self._compact(outgoing)
                moment("compacted")
                self._deliver(outgoing)
                self._settle(version)
            except (OSError, *FAULTS) as error:
                raise self._why(error) from error
            finally:
                with contextlib.suppress(OSError):
                    outgoing.unlink()

    def close(self) -> None:
        """Publish what is not yet, if it can be, and stop. Never raises: what was edited is safe here."""
        with self._cond:
            self._stopped = True
            self._cond.notify_all()
        if self._thread.is_alive():
            self._thread.join()
        if not self.state.published:
            self._attempt()

    def leave(self) -> None:
        """Remove what is not needed once the store is closed: everything, or nothing when it is not published."""
        self._store.before_write = None
        self._presence.leave()
        if self.state.published:
            self._copy.drop()

    # The thread

    def _run(self) -> None:
        while True:
            self._tell()
            self._presence.renew()
            with self._cond:
                if self._stopped:
                    return
                if self._told != self._state():
                    continue
                wait = self._due() - time.monotonic()
                if wait > 0:
                    self._cond.wait(min(wait, RENEW))
                    continue
            self._attempt()

    def _due(self) -> float:
        if self._clean:
            return float("inf")
        return max(min(self._last + QUIET, self._first + LATEST), self._not_before)

    def _attempt(self) -> None:
        problem = NOTHING
        try:
            self.publish()
        except AtelierError as error:
            log.info("not published: %s", error)
            problem = Message(
                "“{name}” is saved on this computer, but not in the shared folder yet: {problem} It is tried again.",
                name=self.target.name,
                problem=error,
            )
        with self._cond:
            self._problem = problem
            self._not_before = time.monotonic() + (RETRY if problem else 0)
        self._tell()

    def _tell(self) -> None:
        with self._cond:
            state = self._state()
            if state == self._told:
                return
            self._told = state
        for listener in tuple(self._listeners):
            listener(state)

    # The steps of publishing

    def _compact(self, outgoing: Path) -> None:
        """Write what is committed into ``outgoing``, as small as can be. Editing goes on meanwhile."""
        rough = outgoing.with_name("rough.atelier")
        _unlink(rough)
        _unlink(outgoing)
        try:
            self._store.copy_pages(rough, PAGES)
            moment("copied")
            with contextlib.closing(sqlite3.connect(rough, isolation_level=None)) as connection:
                connection.execute("PRAGMA locking_mode=EXCLUSIVE")
                connection.execute("PRAGMA synchronous=OFF")
                connection.execute("VACUUM INTO ?", (str(outgoing),))
        finally:
            _unlink(rough)

    def _deliver(self, outgoing: Path) -> None:
        target = self._copy.target
        part = part_of(target, self._copy.record.id)
        try:
            mark = copy_synced(outgoing, part)
            moment("delivered")
            foreign = self._is_foreign(target)
            aim = free_name(target, _conflict()) if foreign else target
            if not foreign:
                self._copy.write(pending=mark)
            moment("announced")
            part.replace(aim)
            moment("replaced")
        finally:
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)
        sync_folder(aim.parent)
        self._take_down(aim, mark, foreign)

    def _take_down(self, aim: Path, mark: Mark, foreign: bool) -> None:
        """Remember what lies at the target now; after a conflict that is another file, in which we go on."""
        old = self._copy.target
        # The share may say another time now than it did before the file got its name.
        mark = msgspec.structs.replace(mark, time=aim.stat().st_mtime_ns)
        self._copy.write(target=str(aim), published=mark, pending=None)
        moment("taken down")
        if not foreign:
            return
        self._presence.leave()
        self._presence = Presence(aim, self._copy.record.id)
        self._store.shown_as = aim
        with self._cond:
            self._remark = Message(
                "“{name}” was changed by somebody else meanwhile. Your version is in “{saved}” beside it; this is it.",
                name=old.name,
                saved=aim.name,
            )

    def _is_foreign(self, target: Path) -> bool:
        if left_beside(target):
            return True  # somebody works in it right there, or it would be torn: see core.project.away
        try:
            return not self._copy.is_ours(target)
        except FileNotFoundError:
            return False

    def _settle(self, version: int) -> None:
        with self._store.lock, self._cond:
            self._first, self._problem = time.monotonic(), NOTHING
            if self._version == version:
                self._copy.set_clean()
                self._clean = True
            self._cond.notify_all()  # there is something to tell
        moment("settled")

    def _why(self, error: Exception) -> AtelierError:
        target = self._copy.target
        if isinstance(error, OSError):
            return AtelierError(
                "“{folder}” cannot be written: {reason}.", folder=str(target.parent), reason=reason(error)
            )
        if code_of(error) == sqlite3.SQLITE_FULL:
            return AtelierError("There is no room on this computer to prepare it.")
        return AtelierError("The working copy could not be read ({why}).", why=str(error))


def _conflict() -> str:
    name = f"conflict {time.strftime('%Y-%m-%d %H-%M')} {platform.node()}"
    return "".join(char for char in name if char.isprintable() and char not in '/\\:*?"<>|').strip()


def _unlink(path: Path) -> None:
    for name in (path.name, f"{path.name}-wal", f"{path.name}-shm", f"{path.name}-journal"):
        path.with_name(name).unlink(missing_ok=True)
