"""A recipe run from a terminal: through the real core process, with a progress bar, until Ctrl-C."""

import shutil
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from core.engine.client import CoreClient
from core.engine.jobs import Job, JobCancelled, RecipeResult
from core.engine.protocol import CoreState, JobEvent, Progress
from core.operations.recipe import Recipe


class Bar:
    """Progress on a terminal, or as plain lines where there is none. Written to by one thread at a time."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._live = stream.isatty()
        self._drawn = 0
        self._last = (-1.0, "")
        self._next = 0.0

    def show(self, fraction: float, step: str, seconds_left: float | None) -> None:
        """Show how far it is."""
        left = f"{time_text(seconds_left)} left" if seconds_left is not None and fraction < 1 else ""
        if self._live:
            if time.monotonic() < self._next and fraction < 1:
                return
            self._next = time.monotonic() + 0.05
            self._draw(fraction, step, left)
        elif (
            step.partition(":")[0] != self._last[1]
            or fraction - self._last[0] >= 0.1
            or (fraction == 1 > self._last[0])
        ):
            self._last = (fraction, step.partition(":")[0])
            self._stream.write(f"{fraction:4.0%}  {step}{f'  ({left})' if left else ''}\n")
            self._stream.flush()

    def say(self, text: str) -> None:
        """Show a sentence on a line of its own."""
        self.end()
        self._stream.write(f"{text}\n")
        self._stream.flush()

    def end(self) -> None:
        """Take the bar away."""
        if self._drawn:
            self._stream.write("\r" + " " * self._drawn + "\r")
            self._stream.flush()
            self._drawn = 0

    def _draw(self, fraction: float, step: str, left: str) -> None:
        columns = shutil.get_terminal_size().columns - 1
        done = round(24 * fraction)
        line = f"[{'#' * done}{'.' * (24 - done)}] {fraction:4.0%}  {step}"
        if left:
            line = f"{line[: max(0, columns - len(left) - 2)]}  {left}"
        line = line[:columns]
        self._stream.write("\r" + line.ljust(self._drawn))
        self._stream.flush()
        self._drawn = len(line)


def time_text(seconds: float) -> str:
    """Return a duration as people read it: ``3 s``, ``2 min 05 s``, ``1 h 10 min``."""
    whole = max(1, round(seconds))
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60:02d} s"
    return f"{whole // 3600} h {whole % 3600 // 60:02d} min"


@contextmanager
def finished(
    recipe: Recipe,
    materialise: Callable[[str], Path],
    assets_of: Callable[[str], Iterable[str]] | None = None,
    title: str = "",
) -> Iterator[RecipeResult]:
    """Do ``recipe`` in a core process of its own and give its result; the files are there within the block.

    Raises :class:`AtelierError` when it fails and ``KeyboardInterrupt`` on Ctrl-C, after the job was cancelled.
    """
    bar = Bar(sys.stderr)

    def on_event(_job: str, event: JobEvent) -> None:
        if isinstance(event, Progress):
            bar.show(event.fraction, event.step, event.seconds_left)

    def on_state(state: CoreState) -> None:
        if state.message:
            bar.say(state.message)

    with CoreClient(materialise, on_event, on_state, assets_of=assets_of) as client:
        try:
            result = wait_for(client.submit(recipe, title=title))
        except JobCancelled:
            raise KeyboardInterrupt from None
        finally:
            bar.end()
        yield result


def wait_for(job: Job) -> RecipeResult:
    """Wait for a job so that Ctrl-C is heard on every platform; it cancels the job."""
    try:
        while True:
            try:
                return job.result(0.2)  # a wait without end cannot be interrupted on Windows
            except TimeoutError:
                continue
    except KeyboardInterrupt:
        job.cancel()
        raise
