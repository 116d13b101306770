"""How far a job is and how long it will still take, from how long such steps took before."""

import contextlib
import os
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

_FIRST_GUESS = 1.0
_CACHED = 0.01


class Durations:
    """Seconds that each operation took lately, kept on disk between sessions. Thread-safe."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        try:
            self._seconds = msgspec.json.decode(path.read_bytes(), type=dict[str, float])
        except (OSError, msgspec.MsgspecError):
            self._seconds = {}

    def expect(self, operation: str) -> float | None:
        """Return how long ``operation`` takes, or ``None`` when it never ran."""
        with self._lock:
            return self._seconds.get(operation)

    def note(self, operation: str, seconds: float) -> None:
        """Remember that ``operation`` took ``seconds``; later runs count more than early ones."""
        with self._lock:
            before = self._seconds.get(operation, seconds)
            self._seconds[operation] = round(0.5 * before + 0.5 * seconds, 4)
            temporary = self._path.with_suffix(f".{os.getpid()}")
            with contextlib.suppress(OSError):  # then it is learned again
                temporary.write_bytes(msgspec.json.encode(self._seconds))
                temporary.replace(self._path)


class Estimate:
    """Progress over all steps of one job. One thread at a time."""

    def __init__(self, expected: Sequence[float | None], clock: Callable[[], float] = time.monotonic) -> None:
        """``expected[i]`` is how long step ``i`` should take in seconds, ``None`` when it is not known."""
        known = [e for e in expected if e is not None]
        usual = sum(known) / len(known) if known else _FIRST_GUESS
        self._known = len(known) == len(expected)
        self._weights = [max(0.001, usual if e is None else e) for e in expected]
        self._index = 0
        self._clock = clock
        self._start = self._step_start = clock()
        self._fraction = 0.0

    def begin(self, index: int) -> None:
        """Step ``index`` starts now."""
        self._index = index
        self._step_start = self._clock()

    def cached(self, index: int) -> None:
        """Step ``index`` need not be computed: it weighs nothing in what is left."""
        self._weights[index] = min(self._weights[index], _CACHED)

    def at(self, fraction: float) -> tuple[float, float | None]:
        """Return the job's fraction and the seconds left, with the running step ``fraction`` done.

        The fraction never falls. Seconds are ``None`` until there is something to go by.
        """
        total = sum(self._weights)
        done = sum(self._weights[: self._index]) + fraction * self._weights[self._index]
        self._fraction = max(self._fraction, min(1.0, done / total))
        elapsed = self._clock() - self._step_start
        if fraction > 0.02 and elapsed > 0.3:
            step_left = elapsed * (1 - fraction) / fraction
            # The later steps are as much slower or faster than expected as this one is.
            pace = (elapsed / fraction) / self._weights[self._index]
        elif self._known:
            step_left, pace = max(0.0, self._weights[self._index] - elapsed), 1.0
        else:
            return self._fraction, None
        later = sum(self._weights[self._index + 1 :])
        return self._fraction, step_left + later * (pace if not self._known else min(3.0, max(0.3, pace)))
