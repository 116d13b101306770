"""The core process as Qt signals and awaitables. Everything here is used on the GUI thread, and nothing here blocks it.

News from the client's threads is put into an inbox; one queued signal wakes this thread to empty it. Progress is
passed on at most thirty times a second, and always before a job's end.
"""

import asyncio
import threading
from collections import deque
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QImage

from core.engine.client import ClientSettings, CoreClient
from core.engine.frames import Frame
from core.engine.jobs import Job, JobCancelled, RecipeResult, result_of
from core.engine.protocol import (
    Cancelled,
    CoreState,
    Failed,
    Finished,
    JobEvent,
    Preview,
    Progress,
    Queued,
    Started,
    Token,
)
from core.operations.base import Lane
from core.operations.recipe import Recipe
from core.values import AtelierError
from desktop.frames import image_of

if TYPE_CHECKING:
    from core.project.project import Project

PROGRESS_MS = 33


class Core(QObject):
    """One core process, and the jobs that this window gave it."""

    started = Signal(str)
    progress = Signal(str, object)
    """Job, :class:`core.engine.protocol.Progress` (fraction, step, seconds left)."""
    preview = Signal(str, QImage)
    token = Signal(str, str)
    finished = Signal(str, object)
    """Job, :class:`core.engine.jobs.RecipeResult`. Adopt its files, then call :meth:`release`."""
    failed = Signal(str, object)
    """Job, :class:`core.values.Message`: why, in one sentence."""
    cancelled = Signal(str)
    state_changed = Signal(object)
    """:class:`core.engine.protocol.CoreState`, about once a second and whenever something happens to the core."""
    jobs_changed = Signal()
    _news = Signal()

    def __init__(self, settings: ClientSettings | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._project: Project | None = None
        self._lent: dict[str, Path] = {}
        self._inbox: deque[tuple[str, JobEvent | CoreState | None]] = deque()
        self._awake = threading.Event()
        self._progress: dict[str, Progress] = {}
        self._waiting: dict[str, asyncio.Future[RecipeResult]] = {}
        self._viewers: dict[str, Callable[[Frame, Callable[[Frame], None]], None]] = {}
        self._client = CoreClient(
            self._materialise,
            on_event=self._receive,
            on_state=lambda state: self._receive("", state),
            on_frame=lambda job: self._receive(job, None),
            assets_of=self._assets_of,
            settings=settings,
        )
        self._news.connect(self._empty_inbox, Qt.ConnectionType.QueuedConnection)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PROGRESS_MS)
        self._timer.timeout.connect(self._flush_progress)

    # Life

    def start(self) -> None:
        """Start the core process in the background; :meth:`submit` does it when it was not done."""
        self._client.start()

    def stop(self) -> None:
        """End the core process and cancel all jobs; takes up to two seconds. For the end of the program."""
        self._client.stop()
        self._empty_inbox()

    def set_project(self, project: "Project | None") -> None:
        """Say where assets come from."""
        self._project = project

    def lend(self, digest: str, path: Path) -> None:
        """Let jobs read a file that is no asset of the project, by its hash, until :meth:`take_back`."""
        self._lent[digest] = path

    def take_back(self, digest: str) -> None:
        """The file is not wanted any more."""
        self._lent.pop(digest, None)

    @property
    def state(self) -> CoreState:
        """How the core is, as of its last heartbeat."""
        return self._client.state

    # Jobs

    def submit(self, recipe: Recipe, *, lane: Lane | None = None, title: str = "") -> Job:
        """Have ``recipe`` done; returns at once. Raises :class:`AtelierError` when it makes no sense."""
        job = self._client.submit(recipe, lane=lane, title=title)
        self.jobs_changed.emit()
        return job

    async def run(self, recipe: Recipe, *, lane: Lane | None = None, title: str = "") -> RecipeResult:
        """Have ``recipe`` done and return what it made; all signals of the job come before.

        Raises :class:`AtelierError` when it fails and :class:`JobCancelled` when it is stopped; when the task that
        awaits is cancelled, so is the job.
        """
        future: asyncio.Future[RecipeResult] = asyncio.get_running_loop().create_future()
        job = self.submit(recipe, lane=lane, title=title)
        self._waiting[job.id] = future
        try:
            return await future
        except asyncio.CancelledError:
            job.cancel()
            raise
        finally:
            self._waiting.pop(job.id, None)

    def cancel(self, job_id: str) -> None:
        """Stop a job, waiting or running."""
        self._client.cancel(job_id)

    def reorder(self, job_id: str, index: int) -> None:
        """Put a waiting job at ``index`` among all that wait (0: first)."""
        self._client.reorder(job_id, index)
        self.jobs_changed.emit()

    def jobs(self) -> tuple[Job, ...]:
        """Return all jobs that are not released: the finished ones, then the running, then the waiting in order."""
        return self._client.jobs()

    def release(self, job_id: str) -> None:
        """Forget a finished job and remove its files, once they are adopted or not wanted."""
        self._client.release(job_id)

    def watch(self, job_id: str, show: Callable[[Frame, Callable[[Frame], None]], None] | None) -> None:
        """Give every frame of a job to ``show(frame, release)`` instead of :attr:`preview` (``None``: no longer).

        For players: :meth:`desktop.frames.FrameView.show_frame` paints it from shared memory, without a copy.
        """
        if show is None:
            self._viewers.pop(job_id, None)
        else:
            self._viewers[job_id] = show

    # Assets, on the client's threads

    def _materialise(self, digest: str) -> Path:
        if (lent := self._lent.get(digest)) is not None:
            return lent
        project = self._project
        if project is None:
            raise AtelierError("The project that this job belongs to is closed.")
        return project.materialise(digest, self._client.assets_folder)

    def _assets_of(self, digest: str) -> Iterable[str]:
        project = self._project
        return () if project is None or digest in self._lent else project.assets_of(digest)

    # News

    def _receive(self, job: str, news: JobEvent | CoreState | None) -> None:
        """Take news from any thread. ``None``: there is a new frame."""
        self._inbox.append((job, news))
        if not self._awake.is_set():
            self._awake.set()
            self._news.emit()

    def _empty_inbox(self) -> None:
        self._awake.clear()
        changed = False
        while self._inbox:
            job, news = self._inbox.popleft()
            match news:
                case None:
                    self._show(job)
                case CoreState():
                    self.state_changed.emit(news)
                case Progress():
                    self._progress[job] = news
                    if not self._timer.isActive():
                        self._timer.start()
                case Token(text=text):
                    self.token.emit(job, text)
                case Queued():
                    changed = True
                case Started():
                    changed = True
                    self.started.emit(job)
                case Finished() | Failed() | Cancelled():
                    changed = True
                    self._end(job, news)
                case Preview():
                    pass  # arrives as a frame
        if changed:
            self.jobs_changed.emit()

    def _flush_progress(self) -> None:
        waiting, self._progress = self._progress, {}
        for job, progress in waiting.items():
            self.progress.emit(job, progress)

    def _end(self, job: str, event: Finished | Failed | Cancelled) -> None:
        last = self._progress.pop(job, None)
        if last is not None:
            self.progress.emit(job, last)
        self._viewers.pop(job, None)
        future = self._waiting.pop(job, None)
        if future is not None and future.done():
            future = None
        match event:
            case Finished():
                result = result_of(event)
                self.finished.emit(job, result)
                if future is not None:
                    future.set_result(result)
            case Failed(message=message):
                self.failed.emit(job, message)
                if future is not None:
                    future.set_exception(AtelierError(message))
            case Cancelled():
                self.cancelled.emit(job)
                if future is not None:
                    future.set_exception(JobCancelled("The job was cancelled."))

    def _show(self, job: str) -> None:
        frame = self._client.take_frame(job)
        if frame is None:
            return  # an older announcement of a frame that was shown already
        viewer = self._viewers.get(job)
        if viewer is not None:
            viewer(frame, self._client.release_frame)
            return
        try:
            image = image_of(frame)
        finally:
            self._client.release_frame(frame)
        self.preview.emit(job, image)
