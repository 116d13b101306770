"""Assets in memory and pictures with every kind of alpha."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pytest
from raster_reference import Kept

from core.raster.pack import MemoryAssets

Array = npt.NDArray[np.uint8]


@pytest.fixture
def assets() -> MemoryAssets:
    return MemoryAssets()


@pytest.fixture
def noise() -> Callable[..., Array]:
    """Return a maker of pictures: noise in every channel, with some pixels fully clear and some fully opaque."""

    def make(width: int, height: int, seed: int = 0, alpha: int | None = None) -> Array:
        generator = np.random.default_rng(seed)
        array = generator.integers(0, 256, (height, width, 4)).astype(np.uint8)
        kind = generator.integers(0, 6, (height, width))
        array[..., 3] = np.where(kind == 0, 0, np.where(kind == 1, 255, array[..., 3]))
        if alpha is not None:
            array[..., 3] = alpha
        return array

    return make


@pytest.fixture
def kept() -> Kept:
    return Kept()
