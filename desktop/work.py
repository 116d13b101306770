"""Work the core process was asked for, as the window sees it: one task per job, from request to result.

Everything here lives on the GUI thread. The core's signals arrive coalesced (thirty a second at most).
"""

import asyncio
import enum
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from core.engine.jobs import JobCancelled, RecipeResult
from core.engine.protocol import Progress
from core.operations.base import Lane
from core.operations.recipe import Recipe
from core.values import NOTHING, AtelierError, Message
from desktop.panel import Source

if TYPE_CHECKING:
    from desktop.core_client import Core


Redo = Callable[[], Awaitable[object]]


class State(enum.StrEnum):
    """Where a task stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(eq=False)
class Task:
    """One job and what became of it."""

    id: str
    title: str
    recipe: Recipe
    lane: Lane | None = None
    sources: Mapping[str, Source] = field(default_factory=dict)
    origin: str = ""
    """Who asked: ``make``, ``import``, ``export``, ``refresh``."""
    redo: Redo | None = None
    """Begins all of what it was a part of again: what waited for it is gone when it failed or was stopped."""
    state: State = State.WAITING
    fraction: float = 0.0
    step: Message = NOTHING
    """What it does now, for :func:`desktop.i18n.said`."""
    seconds_left: float | None = None
    preview: QImage | None = None
    result: RecipeResult | None = None
    """What it made, once it is done; its files are there until :meth:`Work.release`."""
    error: Message = NOTHING
    """Why it failed, for :func:`desktop.i18n.said`."""
    started: float = 0.0
    ended: float = 0.0
    released: bool = False
    future: "asyncio.Future[RecipeResult] | None" = None

    @property
    def active(self) -> bool:
        """True while it waits or runs."""
        return self.state in (State.WAITING, State.RUNNING)

    @property
    def can_retry(self) -> bool:
        """True when it failed or was stopped and somebody would take what it made if it were done again."""
        ended = self.state in (State.FAILED, State.CANCELLED)
        return ended and (self.redo is not None or self.origin in ("", "make"))

    @property
    def seconds(self) -> float:
        """How long it has run."""
        return (self.ended or time.monotonic()) - self.started if self.started else 0.0


class Work(QObject):
    """All tasks of this session, oldest first."""

    added = Signal(object)
    changed = Signal(object)
    removed = Signal(object)
    reordered = Signal()

    KEEP_FINISHED = 50
    """Finished tasks that are remembered; the results that were kept live in the project."""

    def __init__(self, core: "Core", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.core = core
        self.tasks: list[Task] = []
        core.started.connect(self._on_started)
        core.progress.connect(self._on_progress)
        core.preview.connect(self._on_preview)
        core.finished.connect(self._on_finished)
        core.failed.connect(self._on_failed)
        core.cancelled.connect(self._on_cancelled)

    def start(
        self,
        recipe: Recipe,
        *,
        title: str = "",
        lane: Lane | None = None,
        sources: Mapping[str, Source] | None = None,
        origin: str = "",
        redo: Redo | None = None,
    ) -> Task:
        """Ask the core for ``recipe``; returns at once. Raises :class:`AtelierError` when it cannot be asked."""
        job = self.core.submit(recipe, lane=lane, title=title or recipe.title)
        task = Task(job.id, title or recipe.title, recipe, lane, dict(sources or {}), origin, redo)
        self.tasks.append(task)
        self.added.emit(task)
        self._forget_old()
        return task

    async def run(self, recipe: Recipe, **options: Any) -> RecipeResult:
        """Start a task and wait for its ``RecipeResult``.

        Raises :class:`AtelierError` when it fails and :class:`core.engine.jobs.JobCancelled` when it is stopped.
        Options as of :meth:`start`.
        """
        return await self.wait(self.start(recipe, **options))

    async def wait(self, task: Task) -> RecipeResult:
        """Return the result of ``task`` once it is done; raises as :meth:`run` does."""
        if task.result is not None:
            return task.result
        if task.state is State.FAILED:
            raise AtelierError(task.error)
        if task.state is State.CANCELLED:
            raise JobCancelled(f"“{task.title}” was cancelled.")
        if task.future is None:
            task.future = asyncio.get_running_loop().create_future()
        try:
            return await asyncio.shield(task.future)
        except asyncio.CancelledError:
            self.cancel(task)
            raise

    def cancel(self, task: Task) -> None:
        """Stop ``task``, waiting or running."""
        if task.active:
            self.core.cancel(task.id)

    def retry(self, task: Task) -> Task:
        """Ask for the same work again, as a new task in the place of the old one."""
        fresh = self.start(task.recipe, title=task.title, lane=task.lane, sources=task.sources, origin=task.origin)
        self.remove(task)
        return fresh

    def move(self, task: Task, index: int) -> None:
        """Put a waiting task at ``index`` among the waiting ones (0 is next)."""
        waiting = [t for t in self.tasks if t.state is State.WAITING]
        if task not in waiting:
            return
        waiting.remove(task)
        waiting.insert(max(0, min(index, len(waiting))), task)
        self.core.reorder(task.id, waiting.index(task))
        places = [i for i, t in enumerate(self.tasks) if t.state is State.WAITING]
        for place, waiting_task in zip(places, waiting, strict=True):
            self.tasks[place] = waiting_task
        self.reordered.emit()

    def remove(self, task: Task) -> None:
        """Take a finished task off the list."""
        if task in self.tasks and not task.active:
            self.release(task)
            self.tasks.remove(task)
            self.removed.emit(task)

    def release(self, task: Task) -> None:
        """Let the files of a finished task go: they were taken into the project, or nobody wants them."""
        if not task.active and not task.released:
            task.released = True
            self.core.release(task.id)

    def clear_finished(self) -> None:
        """Take everything off the list that neither waits nor runs."""
        for task in [t for t in self.tasks if not t.active]:
            self.remove(task)

    def cancel_all(self) -> None:
        """Stop everything: the project closes."""
        for task in list(self.tasks):
            self.cancel(task)

    def active(self) -> list[Task]:
        """Return the tasks that wait or run."""
        return [t for t in self.tasks if t.active]

    def _forget_old(self) -> None:
        finished = [t for t in self.tasks if not t.active]
        for task in finished[: max(0, len(finished) - self.KEEP_FINISHED)]:
            self.remove(task)

    def _find(self, job: str) -> Task | None:
        return next((t for t in reversed(self.tasks) if t.id == job), None)

    def _on_started(self, job: str) -> None:
        if (task := self._find(job)) and task.active:
            task.state = State.RUNNING
            task.started = task.started or time.monotonic()
            self.changed.emit(task)

    def _on_progress(self, job: str, progress: Progress) -> None:
        if (task := self._find(job)) and task.active:
            task.state = State.RUNNING
            task.started = task.started or time.monotonic()
            task.fraction = progress.fraction
            task.step = progress.step
            task.seconds_left = progress.seconds_left
            self.changed.emit(task)

    def _on_preview(self, job: str, image: QImage) -> None:
        if (task := self._find(job)) and task.active:
            task.preview = image
            self.changed.emit(task)

    def _on_finished(self, job: str, result: RecipeResult) -> None:
        if (task := self._find(job)) and task.active:
            task.result = result
            task.fraction = 1.0
            self._end(task, State.DONE)
            if task.future is not None and not task.future.done():
                task.future.set_result(result)

    def _on_failed(self, job: str, message: Message) -> None:
        if (task := self._find(job)) and task.active:
            task.error = message
            self._end(task, State.FAILED)
            if task.future is not None and not task.future.done():
                task.future.set_exception(AtelierError(message))

    def _on_cancelled(self, job: str) -> None:
        if (task := self._find(job)) and task.active:
            self._end(task, State.CANCELLED)
            if task.future is not None and not task.future.done():
                task.future.set_exception(JobCancelled(f"“{task.title}” was cancelled."))

    def _end(self, task: Task, state: State) -> None:
        task.state = state
        task.ended = time.monotonic()
        task.seconds_left = None
        self.changed.emit(task)
