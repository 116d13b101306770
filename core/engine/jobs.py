"""A job as its client knows it, and what comes of it."""

import concurrent.futures
import enum
from collections.abc import Callable
from pathlib import Path

import msgspec

from core.engine.protocol import Cancelled, Failed, Finished, OutputFile, Progress
from core.operations.base import Lane
from core.operations.recipe import Recipe
from core.values import NOTHING, AtelierError, new_id


class JobStatus(enum.StrEnum):
    """Where a job stands."""

    PREPARING = "preparing"
    """Its assets are being made into files."""
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def final(self) -> bool:
        """True when nothing more will happen to it."""
        return self in (JobStatus.DONE, JobStatus.FAILED, JobStatus.CANCELLED)


class JobCancelled(Exception):  # noqa: N818  (it is no error: someone asked for it)
    """A job was stopped because someone asked for it."""


class RecipeResult(msgspec.Struct, frozen=True):
    """What a recipe made. The files are the client's until the job is released: adopt them, then release it."""

    outputs: dict[str, OutputFile]
    """``step.name`` to file, for each of the recipe's results."""
    cached: tuple[str, ...]
    """Ids of the steps that were not computed again."""
    model_hashes: dict[str, str]
    """SHA-256 of every model that a step names."""
    seconds: float


class Job:
    """One recipe on its way. What changes is changed by the client alone; reading is safe on any thread."""

    def __init__(self, recipe: Recipe, lane: Lane, title: str) -> None:
        self.id = new_id()
        self.recipe = recipe
        self.lane = lane
        self.title = title
        self.status = JobStatus.PREPARING
        self.position = 0
        """How many jobs of its lane wait before it."""
        self.progress: Progress | None = None
        self.error = NOTHING
        """One sentence when it failed."""
        self.folder = Path()
        # For the client alone:
        self.assets: dict[str, str] = {}
        self.prepared = False
        self.submitted = False
        self.strikes = 0
        self.alone = False
        self.cancel_deadline: float | None = None
        self._future: concurrent.futures.Future[RecipeResult] = concurrent.futures.Future()
        self._cancel: Callable[[str], None] = lambda _: None

    def result(self, timeout: float | None = None) -> RecipeResult:
        """Wait for what comes of it. Raises :class:`AtelierError`, :class:`JobCancelled` or ``TimeoutError``."""
        return self._future.result(timeout)

    def cancel(self) -> None:
        """Stop it, waiting or running."""
        self._cancel(self.id)

    def bind(self, cancel: Callable[[str], None]) -> None:
        """Say how it is cancelled. For the client."""
        self._cancel = cancel

    def end(self, event: Finished | Failed | Cancelled) -> None:
        """Note how it ended. For the client."""
        self.cancel_deadline = None
        match event:
            case Finished():
                self.status = JobStatus.DONE
            case Failed(message=message):
                self.status, self.error = JobStatus.FAILED, message
            case Cancelled():
                self.status = JobStatus.CANCELLED

    def settle(self, event: Finished | Failed | Cancelled) -> None:
        """Wake up whoever waits in :meth:`result`. For the client."""
        match event:
            case Finished():
                self._future.set_result(result_of(event))
            case Failed(message=message):
                self._future.set_exception(AtelierError(message))
            case Cancelled():
                self._future.set_exception(JobCancelled(f"“{self.title}” was cancelled."))


def result_of(event: Finished) -> RecipeResult:
    """Return what a finished job made."""
    return RecipeResult(event.outputs, event.cached, event.model_hashes, event.seconds)


_WEIGHT = (Lane.INTERACTIVE, Lane.CPU, Lane.GPU, Lane.BACKGROUND)


def default_lane(recipe: Recipe) -> Lane:
    """Return the lane of the recipe's heaviest step."""
    return max((step.operation.info.lane for step in recipe.steps), key=_WEIGHT.index)
