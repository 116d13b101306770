"""Fixtures for tests of pictures."""

from pathlib import Path

import pytest
from image_bench import Bench


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    """A place to run operations in this process."""
    folder = tmp_path / "bench"
    folder.mkdir()
    return Bench(folder)
