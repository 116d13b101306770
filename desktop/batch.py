"""An action played on many pictures: files of a folder into another folder, or assets of the project.

One file after the other goes through the core; what fails is noted and the rest goes on. GUI thread, awaited.
"""

import asyncio
import os
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from core.engine.cache import file_digest
from core.engine.jobs import JobCancelled
from core.operations.actions import Action
from core.operations.base import Asset
from core.operations.playing import Failure, Writing, file_recipe, named
from core.values import AtelierError, Message, reason
from desktop.work import Task

if TYPE_CHECKING:
    from desktop.session import Session

STOPPED = Message("It was stopped.")


class Batch(QObject):
    """One run of an action over many pictures, and how far it is."""

    changed = Signal()
    finished = Signal()

    def __init__(self, session: "Session", action: Action, count: int) -> None:
        super().__init__(session)
        self._session, self.action, self.total = session, action, count
        self.at = 0
        """How many pictures are over, done or failed."""
        self.name = ""
        self.failures: list[Failure] = []
        self.written: list[Path] = []
        self.made = 0
        self.running = True
        """Until it is over; it begins with :meth:`files` or :meth:`assets`."""
        self.stopped = False
        self._fraction = 0.0
        self._task: Task | None = None
        self._started = 0.0

    @property
    def fraction(self) -> float:
        """How much of all is done, 0…1."""
        return min(1.0, (self.at + self._fraction) / max(1, self.total))

    @property
    def seconds_left(self) -> float | None:
        """How long it will still take, by what it took so far; ``None`` while that cannot be said."""
        spent, done = time.monotonic() - self._started, self.fraction
        return spent / done - spent if self.running and done > 0.02 and spent > 1 else None

    def stop(self) -> None:
        """Stop now; what is done stays done."""
        self.stopped = True
        if self._task is not None:
            self._session.work.cancel(self._task)

    async def files(self, files: Sequence[Path], writing: Writing) -> None:
        """Play on files and write new ones. The folder for them is made when it is not there."""
        folder = Path(writing.folder)
        try:
            await asyncio.to_thread(folder.mkdir, parents=True, exist_ok=True)
        except OSError as error:
            self.running = False
            self.finished.emit()
            raise AtelierError(
                "The folder “{folder}” cannot be made: {reason}.", folder=str(folder), reason=reason(error)
            ) from None

        async def one(index: int) -> None:
            await self._file(files[index], index + 1, writing)

        await self._each([path.name for path in files], [str(path) for path in files], one)

    async def assets(self, assets: Sequence[tuple[str, str]]) -> None:
        """Play on pictures of the project, given as hash and name; results are kept among its assets."""

        async def one(index: int) -> None:
            digest, name = assets[index]
            raster = await self._session.raster_of(digest)
            title = f"{self.action.name}: {name}"
            await self._session.make(self.action.bind(Asset(hash=raster)), title=title, origin="action")
            self.made += 1

        await self._each([name for _, name in assets], [name for _, name in assets], one)

    def _halted(self) -> bool:
        return self.stopped

    async def _each(self, names: Sequence[str], places: Sequence[str], one: Callable[[int], Awaitable[None]]) -> None:
        self._started = time.monotonic()
        self._session.work.changed.connect(self._on_work)
        self._session.work.added.connect(self._on_added)
        try:
            for index, name in enumerate(names):
                if self._halted():
                    break
                self.name, self._fraction = name, 0.0
                self.changed.emit()
                try:
                    await one(index)
                except JobCancelled:
                    if not self._halted():
                        self.failures.append(Failure(places[index], STOPPED))
                except AtelierError as error:
                    self.failures.append(Failure(places[index], error.message))
                except OSError as error:
                    self.failures.append(Failure(places[index], reason(error)))
                if self._halted():
                    break
                self.at, self._fraction = index + 1, 0.0
        finally:
            self.running, self._task = False, None
            self._session.work.changed.disconnect(self._on_work)
            self._session.work.added.disconnect(self._on_added)
            self.changed.emit()
            self.finished.emit()

    async def _file(self, path: Path, number: int, writing: Writing) -> None:
        session = self._session
        digest = await asyncio.to_thread(file_digest, path)
        recipe = file_recipe(self.action, digest, path.name, writing)
        session.core.lend(digest, path.absolute())
        task: Task | None = None
        try:
            task = session.start(recipe, title=f"{self.action.name}: {path.name}", origin="batch")
            result = await session.work.wait(task)
            made = Path(result.outputs["export.file"].path)
            target = await asyncio.to_thread(named, writing, self.action, path, number, self.written)
            await asyncio.to_thread(deliver, made, target)
            self.written.append(target)
            self.made += 1
        finally:
            session.core.take_back(digest)
            if task is not None:
                session.work.release(task)
                session.work.remove(task)

    def _on_added(self, task: Task) -> None:
        if task.origin in ("batch", "action"):
            self._task = task

    def _on_work(self, task: Task) -> None:
        if task is self._task:
            self._fraction = task.fraction
            self.changed.emit()


def deliver(source: Path, target: Path) -> None:
    """Copy a finished file to where it was asked for, whole or not at all; raises :class:`AtelierError`. Any thread."""
    name = ""
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=".atelier-", suffix=target.suffix)
        with os.fdopen(handle, "wb") as file:
            file.write(source.read_bytes())
            file.flush()
            os.fsync(file.fileno())
        umask = os.umask(0)
        os.umask(umask)
        Path(name).chmod(0o666 & ~umask)
        Path(name).replace(target)
    except OSError as error:
        if name:
            Path(name).unlink(missing_ok=True)
        raise AtelierError(
            "The file “{path}” cannot be written: {reason}.", path=str(target), reason=reason(error)
        ) from None
