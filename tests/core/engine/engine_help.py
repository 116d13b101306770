"""What the tests of the engine share: a client whose core knows the test operations, and a place for its assets."""

import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

HERE = str(Path(__file__).parent)
if HERE not in sys.path:
    sys.path.insert(0, HERE)
if HERE not in os.environ.get("PYTHONPATH", "").split(os.pathsep):
    # The core process finds the test operations the way it would find anybody's.
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [HERE, os.environ.get("PYTHONPATH", "")]))

from core.engine.client import ClientSettings, CoreClient  # noqa: E402
from core.engine.protocol import CoreState, JobEvent  # noqa: E402
from core.values import hash_bytes  # noqa: E402

MODULES = ("engine_ops",)
PATIENCE = 120.0
"""Seconds after which a test gives up. The first core of a fresh copy compiles all it imports, beside other work."""


def settings(**more: Any) -> ClientSettings:
    """Settings of a core that knows the test operations."""
    return ClientSettings(**{"modules": MODULES, "frame_bytes": 1 << 20, **more})


class Files:
    """Assets as files, by hash, and what they refer to."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.paths: dict[str, Path] = {}
        self.refers: dict[str, tuple[str, ...]] = {}

    def add(self, data: bytes, suffix: str = "") -> str:
        """Make an asset of ``data``."""
        digest = hash_bytes(data)
        path = self.folder / f"{digest}{suffix}"
        path.write_bytes(data)
        self.paths[digest] = path
        return digest


class Recorder:
    """Every event, in order, from whatever thread."""

    def __init__(self) -> None:
        self.events: list[tuple[str, JobEvent]] = []
        self.states: list[CoreState] = []
        self.frames: list[str] = []
        self._changed = threading.Condition()

    def on_event(self, job: str, event: JobEvent) -> None:
        with self._changed:
            self.events.append((job, event))
            self._changed.notify_all()

    def on_state(self, state: CoreState) -> None:
        with self._changed:
            self.states.append(state)
            self._changed.notify_all()

    def of(self, job: str, kind: type | None = None) -> list[Any]:
        """The events of one job, perhaps of one kind."""
        with self._changed:
            return [e for j, e in self.events if j == job and (kind is None or isinstance(e, kind))]

    def wait(self, condition: Callable[[], bool], timeout: float = PATIENCE) -> None:
        """Wait until ``condition()`` holds."""
        end = time.monotonic() + timeout
        with self._changed:
            while not condition():
                left = end - time.monotonic()
                assert left > 0, "it did not come to that in time"
                self._changed.wait(min(left, 0.05))


@contextmanager
def running(files: Files | None = None, **more: Any) -> Iterator[tuple[CoreClient, Recorder]]:
    """A client with a core process of its own, and what it says."""
    recorder = Recorder()
    known = files or Files(Path())
    client = CoreClient(
        known.paths.__getitem__,
        recorder.on_event,
        recorder.on_state,
        assets_of=lambda digest: known.refers.get(digest, ()),
        settings=settings(**more),
    )
    with client:
        yield client, recorder
