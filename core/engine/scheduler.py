"""Which job runs when: one list of waiting jobs, and so many workers for each lane.

The list is one order that a user can change. A lane takes the first job of its own kind from it as soon as one of
its workers is free, so interactive work never waits for generation. Background work starts only when nothing else
waits or runs. A job that is suspected of having stopped the core runs alone.
"""

import threading
from collections.abc import Callable, Mapping
from typing import Generic, Protocol, TypeVar

from core.operations.base import Lane

DEFAULT_LANES: Mapping[Lane, int] = {Lane.INTERACTIVE: 1, Lane.GPU: 1, Lane.CPU: 1, Lane.BACKGROUND: 1}
"""One worker each: the libraries behind an operation use all processors by themselves."""


class Work(Protocol):
    """What the scheduler needs to know of a job."""

    @property
    def id(self) -> str: ...
    @property
    def lane(self) -> Lane: ...
    @property
    def alone(self) -> bool: ...


W = TypeVar("W", bound=Work)


class Scheduler(Generic[W]):
    """Runs jobs on threads of its own, which live as long as the process. Thread-safe."""

    def __init__(self, lanes: Mapping[Lane, int], run: Callable[[W], None], queued: Callable[[str, int], None]) -> None:
        """Prepare ``lanes[lane]`` workers for each lane (at least one); a thread starts when it is first needed.

        ``run`` is called on a worker's thread and must not raise. ``queued(job, position)`` is called on any thread
        when a waiting job's position among those of its lane has changed.
        """
        self._lanes = {lane: max(1, lanes.get(lane, 1)) for lane in Lane}
        self._run = run
        self._queued = queued
        self._changed = threading.Condition()
        self._waiting: list[W] = []
        self._running: dict[str, W] = {}
        self._threads = dict.fromkeys(Lane, 0)
        self._positions: dict[str, int] = {}
        self._telling = threading.Lock()

    def submit(self, job: W) -> None:
        """Put ``job`` at the end of the list."""
        with self._changed:
            self._waiting.append(job)
            if self._threads[job.lane] < self._lanes[job.lane]:
                self._threads[job.lane] += 1
                name = f"{job.lane} {self._threads[job.lane]}"
                threading.Thread(target=self._work, args=(job.lane,), name=name, daemon=True).start()
            self._changed.notify_all()
        self._tell()

    def remove(self, job_id: str) -> W | None:
        """Take a waiting job off the list and return it; ``None`` when it does not wait (any more)."""
        with self._changed:
            job = next((j for j in self._waiting if j.id == job_id), None)
            if job is None:
                return None
            self._waiting.remove(job)
            self._changed.notify_all()
        self._tell()
        return job

    def move(self, job_id: str, index: int) -> None:
        """Put a waiting job at ``index`` of the list; does nothing when it does not wait (any more)."""
        with self._changed:
            job = next((j for j in self._waiting if j.id == job_id), None)
            if job is None:
                return
            self._waiting.remove(job)
            self._waiting.insert(max(0, index), job)
            self._changed.notify_all()
        self._tell()

    def running(self) -> tuple[W, ...]:
        """Return the jobs that run now, the one that started last at the end."""
        with self._changed:
            return tuple(self._running.values())

    def waiting(self) -> tuple[W, ...]:
        """Return the jobs that wait, in order."""
        with self._changed:
            return tuple(self._waiting)

    def _work(self, lane: Lane) -> None:
        while True:
            with self._changed:
                while (job := self._next(lane)) is None:
                    self._changed.wait()
                self._waiting.remove(job)
                self._running[job.id] = job
            self._tell()
            try:
                self._run(job)
            finally:
                with self._changed:
                    del self._running[job.id]
                    self._changed.notify_all()

    def _next(self, lane: Lane) -> W | None:
        if any(job.alone for job in self._running.values()):
            return None
        if lane is Lane.BACKGROUND and any(
            job.lane is not Lane.BACKGROUND for job in (*self._waiting, *self._running.values())
        ):
            return None
        for job in self._waiting:
            if job.lane is lane:
                return job if not (job.alone and self._running) else None
            if job.alone:
                return None  # else it might wait for ever
        return None

    def _tell(self) -> None:
        # One thread at a time, so that positions are told in the order in which they came about.
        with self._telling:
            with self._changed:
                counts = dict.fromkeys(Lane, 0)
                positions: dict[str, int] = {}
                for job in self._waiting:
                    positions[job.id] = counts[job.lane]
                    counts[job.lane] += 1
            for job_id, position in positions.items():
                if self._positions.get(job_id) != position:
                    self._queued(job_id, position)
            self._positions = positions
