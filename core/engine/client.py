"""The client's side of the core process: jobs go in, events and results come out, whatever happens to the process.

Free of Qt; :mod:`desktop.core_client` dresses it in signals, the command line uses it as it is.
"""

import concurrent.futures
import logging
import shutil
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import msgspec

from core.engine import protocol
from core.engine.frames import Frame, FrameRing, Layout
from core.engine.jobs import Job, JobStatus, default_lane
from core.engine.protocol import (
    Activity,
    Cancel,
    CoreState,
    Finished,
    JobEvent,
    Move,
    Preview,
    Progress,
    Queued,
    Started,
    Submit,
)
from core.engine.scheduler import DEFAULT_LANES
from core.engine.session import AssetFolder, SessionFolder
from core.engine.spawn import EXIT_MEMORY, WorkerConfig, extension_modules
from core.engine.supervisor import Supervisor
from core.operations import recipe as recipes
from core.operations.base import Lane
from core.operations.recipe import Recipe
from core.project import places
from core.values import NOTHING, AtelierError, Message, reason

log = logging.getLogger("atelier.client")

MIN_MEMORY = 256 << 20
MAX_STRIKES = 2
"""A job that was running when the core died so often is not tried again."""
_LOOK = 5.0
"""Seconds between looks at a core of which nothing is expected."""
_SILENT = 10.0


class ClientSettings(msgspec.Struct, frozen=True, kw_only=True):
    """What can be chosen about the core."""

    cache_bytes: int = 4 << 30
    memory_limit: int = 0
    """Bytes the core may occupy; 0: three quarters of the computer's memory."""
    lanes: dict[Lane, int] = msgspec.field(default_factory=lambda: dict(DEFAULT_LANES))
    cancel_grace: float = 2.0
    """Seconds that a job has to stop by itself before the core is killed."""
    hang_seconds: float = 90.0
    """A core that has been silent for so long is killed."""
    modules: tuple[str, ...] = msgspec.field(default_factory=extension_modules)
    """Further modules that declare operations; see :data:`core.engine.spawn.EXTENSIONS`."""
    channel_folder: str | None = None
    """A private folder for a named channel instead of a nameless one (what Windows does; tests)."""
    assets_bytes: int = 2 << 30
    """How much of what was made into files for jobs is kept for later ones."""
    frame_slots: int = 4
    frame_bytes: int = 3840 * 2160 * 4


class CoreClient:
    """One core process and the jobs it was given. Thread-safe.

    ``on_event(job, event)``, ``on_state(state)`` and ``on_frame(job)`` are called in order, on whatever thread brought
    the news, and must return soon. ``on_frame`` says that :meth:`take_frame` has something new; else frames
    are dropped.
    """

    def __init__(
        self,
        materialise: Callable[[str], Path],
        on_event: Callable[[str, JobEvent], None] | None = None,
        on_state: Callable[[CoreState], None] | None = None,
        on_frame: Callable[[str], None] | None = None,
        assets_of: Callable[[str], Iterable[str]] | None = None,
        settings: ClientSettings | None = None,
    ) -> None:
        """``materialise(hash)`` returns a file with an asset's content, ``assets_of(hash)`` the assets that an asset
        refers to (a document's pictures). Both are called on a thread of the client and may take their time."""
        self.settings = settings or ClientSettings()
        self._materialise = materialise
        self._assets_of = assets_of or (lambda _: ())
        self._on_event = on_event or (lambda _job, _event: None)
        self._on_state = on_state or (lambda _: None)
        self._on_frame = on_frame
        self._lock = threading.RLock()
        self._jobs: dict[str, Job] = {}
        """In the order in which they wait; finished ones stay until they are released."""
        self._frames: dict[str, Preview] = {}
        self._state = CoreState()
        self._session: SessionFolder | None = None
        self._assets: AssetFolder
        self._supervisor: Supervisor | None = None
        self._pool = concurrent.futures.ThreadPoolExecutor(2, "materialise")
        self._clock: threading.Thread | None = None
        self._tick = threading.Event()
        self._stopped = False
        self._killed_for: str | None = None

    # Life

    def start(self) -> None:
        """Start the core process in the background; returns at once. :meth:`submit` does it when it was not done."""
        with self._lock:
            if self._stopped:
                raise AtelierError("The engine was stopped.")
            if self._supervisor is not None:
                return
            try:
                self._session = SessionFolder(places.cache() / "sessions")
                self._assets = AssetFolder(self._session.path / "assets", self.settings.assets_bytes)
            except OSError as error:
                raise AtelierError("The engine has no room to work: {reason}.", reason=reason(error)) from None
            ring = FrameRing(self.settings.frame_slots, self.settings.frame_bytes)
            self._supervisor = Supervisor(self, self._config, self.settings.channel_folder, ring)
            self._set_state(Activity.STARTING)
            self._supervisor.start()
            self._clock = threading.Thread(target=self._watch, name="core clock", daemon=True)
            self._clock.start()

    def stop(self) -> None:
        """End the core process, cancel all jobs and remove all files; takes up to two seconds."""
        with self._lock:
            if self._stopped:
                return
            self._stopped = True
            jobs = [job for job in self._jobs.values() if not job.status.final]
        for job in jobs:
            self._end(job, protocol.Cancelled(job.id))
        self._pool.shutdown(wait=False, cancel_futures=True)
        self._tick.set()
        if self._supervisor is not None:
            self._supervisor.stop()
        if self._clock is not None and self._clock is not threading.current_thread():
            self._clock.join()
        self._pool.shutdown(wait=True)
        if self._session is not None:
            self._session.close()
        self._set_state(Activity.STOPPED)

    def __enter__(self) -> "CoreClient":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def state(self) -> CoreState:
        """How the core is, as of its last heartbeat."""
        return self._state

    @property
    def assets_folder(self) -> Path:
        """Where ``materialise`` should put its files: bounded, least recently made first, and gone with this client."""
        if self._session is None:
            raise AtelierError("The engine is not started.")
        return self._assets.folder

    # Jobs

    def submit(self, recipe: Recipe, *, lane: Lane | None = None, title: str = "") -> Job:
        """Have ``recipe`` done; returns at once. Raises :class:`AtelierError` when it makes no sense.

        Without ``lane`` it waits in the lane of its heaviest step.
        """
        recipes.check(recipe)
        self.start()
        job = Job(recipe, lane or default_lane(recipe), title or recipe.title or recipe.steps[-1].operation.info.title)
        with self._lock:
            if self._stopped or self._session is None or self._supervisor is None:
                raise AtelierError("The engine was stopped.")
            job.folder = self._session.path / job.id
            job.bind(self.cancel)
            self._jobs[job.id] = job
            if self._state.activity is Activity.FAILED:
                self._supervisor.wake()
            self._pool.submit(self._prepare, job)
        return job

    def cancel(self, job_id: str) -> None:
        """Stop a job, waiting or running. When it does not stop within the grace, the core is started afresh."""
        with self._lock:
            job = self._jobs.get(job_id)
            if job is None or job.status.final or job.cancel_deadline is not None:
                return
            if job.submitted:
                job.cancel_deadline = time.monotonic() + self.settings.cancel_grace
                self._send(Cancel(job_id))
                self._tick.set()
                return
        self._end(job, protocol.Cancelled(job_id))

    def reorder(self, job_id: str, index: int) -> None:
        """Put a waiting job at ``index`` among all that wait (0: first)."""
        with self._lock:
            waiting = [j for j in self._jobs.values() if j.status in (JobStatus.PREPARING, JobStatus.WAITING)]
            job = self._jobs.get(job_id)
            if job is None or job not in waiting:
                return
            waiting.remove(job)
            waiting.insert(max(0, index), job)
            rest = [j for j in self._jobs.values() if j not in waiting]
            self._jobs = {j.id: j for j in (*rest, *waiting)}
            submitted = [j for j in waiting if j.submitted]
            if job in submitted:
                self._send(Move(job_id, submitted.index(job)))

    def jobs(self) -> tuple[Job, ...]:
        """Return all jobs that are not released: the finished ones, then the running, then the waiting in order."""
        with self._lock:
            ranks = {JobStatus.RUNNING: 1, JobStatus.PREPARING: 2, JobStatus.WAITING: 2}
            return tuple(sorted(self._jobs.values(), key=lambda j: ranks.get(j.status, 0)))

    def release(self, job_id: str) -> None:
        """Forget a finished job and remove its files, once they are adopted or not wanted."""
        with self._lock:
            job = self._jobs.get(job_id)
            if job is None or not job.status.final:
                return
            del self._jobs[job_id]
            self._drop_frame(job_id)
        shutil.rmtree(job.folder, ignore_errors=True)

    # Frames

    def take_frame(self, job_id: str) -> Frame | None:
        """Return the newest frame of a job, once, or ``None``. Any thread; give it back with :meth:`release_frame`."""
        with self._lock:
            place = self._frames.pop(job_id, None)
            if place is None or self._supervisor is None:
                return None
            return self._supervisor.ring.take(place.slot, place.sequence)

    def release_frame(self, frame: Frame) -> None:
        """Give a frame's memory back to the core; its pixels must not be looked at any more."""
        if self._supervisor is not None:
            self._supervisor.ring.release(frame.slot, frame.sequence)

    # What the supervisor says, on its thread

    def core_up(self, pid: int) -> None:
        """A fresh core is there: hand it every job that is ready."""
        with self._lock:
            self._set_state(Activity.IDLE, pid=pid)
            for job in list(self._jobs.values()):
                if job.prepared and not job.status.final:
                    self._submit(job)

    def core_event(self, event: protocol.AnyEvent) -> None:
        """The core said something."""
        match event:
            case CoreState():
                self._state = event
                self._on_state(event)
            case protocol.Ready():
                pass
            case Preview():
                self._preview(event)
            case _:
                self._job_event(event)

    def core_down(self, status: int | None) -> None:
        """The core is gone: what it was given is given to the next one, unless that is what stops it each time."""
        with self._lock:
            killed_for, self._killed_for = self._killed_for, None
            blameless = killed_for is not None or status == EXIT_MEMORY
            self._frames.clear()
            open_jobs = [job for job in self._jobs.values() if not job.status.final]
            running = [job for job in open_jobs if job.status is JobStatus.RUNNING]
            ended: list[tuple[Job, protocol.Failed | protocol.Cancelled]] = []
            for job in open_jobs:
                if job.cancel_deadline is not None:
                    ended.append((job, protocol.Cancelled(job.id)))
                    continue
                if job in running and not blameless:
                    job.strikes += 1
                    job.alone = True  # so that the next time it is known whose fault it is
                    if job.strikes >= MAX_STRIKES:
                        sentence = Message(
                            "“{title}” stopped the engine twice and was not tried again.", title=job.title
                        )
                        ended.append((job, protocol.Failed(job.id, sentence)))
                        continue
                job.submitted = False
                job.status = JobStatus.WAITING if job.prepared else JobStatus.PREPARING
            message = NOTHING if blameless else _stopped(running)
            self._set_state(Activity.STARTING, pid=0, message=message)
        for job, event in ended:
            self._end(job, event)

    def core_failed(self) -> None:
        """The core cannot be started: say so for every job."""
        sentence = Message("The engine could not be started; details are in the log (Help → Report a problem).")
        with self._lock:
            self._set_state(Activity.FAILED, pid=0, message=sentence)
            jobs = [job for job in self._jobs.values() if not job.status.final]
        for job in jobs:
            self._end(job, protocol.Failed(job.id, sentence))

    # Inside

    def _config(self, address: str, key: str, frames: Layout) -> WorkerConfig:
        import psutil  # on the supervisor's thread, after the window is up

        if self._session is None:
            raise OSError("the client was stopped")
        limit = self.settings.memory_limit or psutil.virtual_memory().total * 3 // 4
        return WorkerConfig(
            address=address,
            key=key,
            frames=frames,
            folder=str(self._session.path),
            cache_folder=str(places.cache() / "results"),
            cache_bytes=self.settings.cache_bytes,
            memory_limit=max(MIN_MEMORY, limit),
            lanes=self.settings.lanes,
            modules=self.settings.modules,
            hang_seconds=self.settings.hang_seconds,
        )

    def _prepare(self, job: Job) -> None:
        """Make files of all assets that the job may read, then hand it to the core. On a thread of the pool."""
        self._assets.prune(self._used_files)
        try:
            with self._assets.filling():
                job.assets = self._files(job)
            job.folder.mkdir(parents=True, exist_ok=True)
        except AtelierError as error:
            self._end(job, protocol.Failed(job.id, error.message))
            return
        except OSError as error:
            sentence = Message(
                "“{title}” could not get its files ready: {reason}.", title=job.title, reason=reason(error)
            )
            self._end(job, protocol.Failed(job.id, sentence))
            return
        except Exception:
            log.exception("preparing %s", job.title)
            sentence = Message("“{title}” failed unexpectedly; details are in the log.", title=job.title)
            self._end(job, protocol.Failed(job.id, sentence))
            return
        with self._lock:
            job.prepared = True
            if not job.status.final:
                job.status = JobStatus.WAITING
                self._submit(job)

    def _used_files(self) -> set[str]:
        with self._lock:
            return {path for j in self._jobs.values() if not j.status.final for path in j.assets.values()}

    def _files(self, job: Job) -> dict[str, str]:
        files: dict[str, str] = {}
        wanted = sorted(job.recipe.assets())
        while wanted:
            digest = wanted.pop()
            if job.status.final:
                break
            if digest not in files:
                files[digest] = str(self._materialise(digest))
                wanted.extend(self._assets_of(digest))
        return files

    def _submit(self, job: Job) -> None:
        """Hand a prepared job to the core, if there is one. Under the lock."""
        if job.submitted:
            return
        job.submitted = self._send(
            Submit(
                job=job.id,
                recipe=recipes.encode(job.recipe),
                lane=job.lane,
                title=job.title,
                folder=str(job.folder),
                assets=job.assets,
                alone=job.alone,
            )
        )
        # Several jobs are prepared at once: one that was ready sooner does not overtake those that were asked for
        # before it.
        waiting = [j for j in self._jobs.values() if j.submitted and j.status is JobStatus.WAITING]
        if job.submitted and waiting[-1] is not job:
            self._send(Move(job.id, waiting.index(job)))

    def _send(self, request: protocol.Request) -> bool:
        return self._supervisor is not None and self._supervisor.send(request)

    def _job_event(self, event: JobEvent) -> None:
        with self._lock:
            job = self._jobs.get(event.job)
            if job is None or job.status.final:
                return
            match event:
                case Started():
                    job.status = JobStatus.RUNNING
                case Queued(position=position):
                    job.position = position
                case Progress():
                    job.progress = event
                case Finished() | protocol.Failed() | protocol.Cancelled():
                    pass
        if isinstance(event, Finished | protocol.Failed | protocol.Cancelled):
            self._end(job, event)
        else:
            self._on_event(job.id, event)

    def _end(self, job: Job, event: Finished | protocol.Failed | protocol.Cancelled) -> None:
        """Bring a job to its end, once, and tell whoever waits for it."""
        with self._lock:
            if job.status.final:
                return
            job.end(event)
        self._on_event(job.id, event)
        job.settle(event)

    def _preview(self, event: Preview) -> None:
        with self._lock:
            job = self._jobs.get(event.job)
            ring = self._supervisor.ring if self._supervisor else None
            if ring is None:
                return
            if job is None or job.status.final or self._on_frame is None:
                ring.release(event.slot, event.sequence)
                return
            for other in [j for j in self._frames if j == event.job or self._is_over(j)]:
                self._drop_frame(other)
            self._frames[event.job] = event
        self._on_frame(event.job)

    def _is_over(self, job_id: str) -> bool:
        job = self._jobs.get(job_id)
        return job is None or job.status.final

    def _drop_frame(self, job_id: str) -> None:
        place = self._frames.pop(job_id, None)
        if place is not None and self._supervisor is not None:
            self._supervisor.ring.release(place.slot, place.sequence)

    def _set_state(self, activity: Activity, pid: int | None = None, message: Message | None = None) -> None:
        state = self._state
        self._state = msgspec.structs.replace(
            state,
            activity=activity,
            pid=state.pid if pid is None else pid,
            running=0,
            waiting=0,
            rss=0,
            message=message or NOTHING,
        )
        self._on_state(self._state)

    def _watch(self) -> None:
        """Kill a core that does not do what it is told, or does not answer at all. On the clock's thread."""
        while not self._stopped:
            with self._lock:
                deadlines = [j.cancel_deadline for j in self._jobs.values() if j.cancel_deadline and not j.status.final]
            now = time.monotonic()
            planned = min([_LOOK, *(max(0.0, deadline - now) for deadline in deadlines)])
            self._tick.wait(planned)
            self._tick.clear()
            supervisor = self._supervisor
            if self._stopped or supervisor is None:
                return
            late = time.monotonic() - now - planned
            if late > _LOOK:  # the computer slept
                supervisor.last_heard = time.monotonic()
            self._look(supervisor)

    def _look(self, supervisor: Supervisor) -> None:
        now = time.monotonic()
        with self._lock:
            stubborn = next(
                (
                    j
                    for j in self._jobs.values()
                    if j.cancel_deadline and not j.status.final and now >= j.cancel_deadline
                ),
                None,
            )
            if stubborn is not None:
                log.warning(
                    "“%s” did not stop within %.1f s: the core is killed", stubborn.title, self.settings.cancel_grace
                )
                self._killed_for = stubborn.id
                stubborn.cancel_deadline = now + _LOOK
                supervisor.kill()
                return
        silence = now - supervisor.last_heard
        if silence > self.settings.hang_seconds and self._state.activity is not Activity.FAILED:
            log.error("the core has been silent for %.0f s: it is killed", silence)
            supervisor.last_heard = now
            supervisor.kill()
        elif silence > _SILENT and self._state.activity in (Activity.BUSY, Activity.IDLE):
            self._state = msgspec.structs.replace(self._state, activity=Activity.SILENT)
            self._on_state(self._state)


def _stopped(running: list[Job]) -> Message:
    """Say that the core is gone, and what it was doing."""
    if not running:
        return Message("The engine stopped and is being started again.")
    names = ", ".join(f"“{job.title}”" for job in running)
    return Message("The engine stopped while it worked on {names} and is being started again.", names=names)
