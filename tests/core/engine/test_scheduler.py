"""Which job runs when."""

import threading
from dataclasses import dataclass, field

import pytest

from core.engine.scheduler import DEFAULT_LANES, Scheduler
from core.operations.base import Lane


@dataclass
class _Job:
    id: str
    lane: Lane = Lane.CPU
    alone: bool = False
    go: threading.Event = field(default_factory=threading.Event)


class _Place:
    """A scheduler whose jobs end when they are told to."""

    def __init__(self, lanes: dict[Lane, int] | None = None) -> None:
        self.started: list[str] = []
        self.positions: list[tuple[str, int]] = []
        self.changed = threading.Condition()
        self.jobs: dict[str, _Job] = {}
        self.scheduler: Scheduler[_Job] = Scheduler(lanes or dict(DEFAULT_LANES), self.run, self.queued)

    def run(self, job: _Job) -> None:
        with self.changed:
            self.started.append(job.id)
            self.changed.notify_all()
        job.go.wait(20)

    def queued(self, job: str, position: int) -> None:
        self.positions.append((job, position))

    def add(self, name: str, lane: Lane = Lane.CPU, alone: bool = False) -> None:
        self.jobs[name] = _Job(name, lane, alone)
        self.scheduler.submit(self.jobs[name])

    def end(self, *names: str) -> None:
        for name in names:
            self.jobs[name].go.set()

    def expect(self, *names: str) -> None:
        with self.changed:
            assert self.changed.wait_for(lambda: len(self.started) >= len(names), 5), self.started
        self.settle()
        assert self.started == list(names)

    def settle(self) -> None:
        """Give a job that should not start the time to start."""
        with self.changed:
            self.changed.wait_for(lambda: False, 0.05)


@pytest.fixture
def place():
    place = _Place()
    yield place
    place.end(*place.jobs)


def test_a_lane_runs_its_jobs_one_after_the_other(place: _Place) -> None:
    place.add("a")
    place.add("b")
    place.add("c")
    place.expect("a")
    place.end("a")
    place.expect("a", "b")
    place.end("b")
    place.expect("a", "b", "c")


def test_a_lane_may_have_more_workers() -> None:
    place = _Place({Lane.CPU: 2})
    place.add("a")
    place.expect("a")  # of two that start at once, either may say so first
    place.add("b")
    place.add("c")
    place.expect("a", "b")
    place.end("a", "b", "c")


def test_interactive_work_does_not_wait_for_generation(place: _Place) -> None:
    place.add("slow", Lane.GPU)
    place.expect("slow")
    place.add("slower", Lane.CPU)
    place.expect("slow", "slower")
    place.add("click", Lane.INTERACTIVE)
    place.expect("slow", "slower", "click")


def test_background_work_waits_until_nothing_else_does(place: _Place) -> None:
    place.add("work", Lane.CPU)
    place.add("index", Lane.BACKGROUND)
    place.add("more", Lane.CPU)
    place.expect("work")
    place.end("work")
    place.expect("work", "more")
    place.end("more")
    place.expect("work", "more", "index")


def test_waiting_jobs_can_be_moved_and_know_their_place(place: _Place) -> None:
    place.add("a")
    place.expect("a")
    for name in ("b", "c", "d"):
        place.add(name)
    place.scheduler.move("d", 0)
    place.scheduler.move("nobody", 0)
    assert [job.id for job in place.scheduler.waiting()] == ["d", "b", "c"]
    assert dict(place.positions[-3:]) == {"d": 0, "b": 1, "c": 2}
    place.end("a")
    place.expect("a", "d")


def test_a_waiting_job_can_be_taken_off_a_running_one_not(place: _Place) -> None:
    place.add("a")
    place.add("b")
    place.expect("a")
    assert place.scheduler.remove("b") is place.jobs["b"]
    assert place.scheduler.remove("b") is None
    assert place.scheduler.remove("a") is None
    assert [job.id for job in place.scheduler.running()] == ["a"]


def test_a_suspect_runs_alone_and_does_not_wait_for_ever(place: _Place) -> None:
    place.add("gpu", Lane.GPU)
    place.expect("gpu")
    place.add("suspect", Lane.CPU, alone=True)
    place.add("later", Lane.INTERACTIVE)
    place.add("also", Lane.GPU)
    place.expect("gpu")
    place.end("gpu")
    place.expect("gpu", "suspect")
    place.end("suspect")
    with place.changed:
        assert place.changed.wait_for(lambda: len(place.started) == 4, 5)
    assert set(place.started[2:]) == {"later", "also"}


def test_positions_count_within_a_lane(place: _Place) -> None:
    place.add("a", Lane.CPU)
    place.expect("a")
    place.add("b", Lane.GPU)
    place.expect("a", "b")
    place.positions.clear()
    place.add("c", Lane.CPU)
    place.add("d", Lane.GPU)
    place.add("e", Lane.GPU)
    assert place.positions == [("c", 0), ("d", 0), ("e", 1)]
