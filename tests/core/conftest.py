"""A real core process that the tests of one module share."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.engine.client import CoreClient
from core.engine.protocol import Activity


@pytest.fixture(scope="module")
def core(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[CoreClient, dict[str, Path]]]:
    """The core process and the files it may read, by hash."""
    files: dict[str, Path] = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ATELIER_HOME", str(tmp_path_factory.mktemp("home")))
        client = CoreClient(files.__getitem__)
        client.start()
        # It starts on a thread of its own; until it is there, it would look like something that a test left running.
        for _ in range(6000):
            if client.state.activity is Activity.IDLE:
                break
            time.sleep(0.01)
    yield client, files
    client.stop()
