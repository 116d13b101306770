"""What lies below filter layers: composed tile by tile, and kept for the neighbours and for the next turn of a knob."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]

KEPT = 96
"""Tiles, each of a megabyte."""


class Named:
    """A key that is hashed once: layers are hashed whole, each time."""

    __slots__ = ("_hash", "_value")

    def __init__(self, value: Hashable) -> None:
        self._value = value
        self._hash = hash(value)

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Named) and self._hash == other._hash and self._value == other._value


Place = tuple[Named, float, int, int]
"""What is composed, at which scale, and its column and row."""


class Belows:
    """The tiles that were used last. Thread-safe; arrays are read-only, 256×256×4, float32, premultiplied."""

    def __init__(self, limit: int = KEPT) -> None:
        self._limit = limit
        self._lock = threading.Lock()
        self._tiles: OrderedDict[Place, Floats] = OrderedDict()

    def get(self, place: Place, compose: Callable[[], Floats]) -> Floats:
        """Return a tile, composed if it is not known."""
        with self._lock:
            known = self._tiles.get(place)
            if known is not None:
                self._tiles.move_to_end(place)
                return known
        tile = compose()
        tile.flags.writeable = False
        with self._lock:
            self._tiles[place] = tile
            while len(self._tiles) > self._limit:
                self._tiles.popitem(last=False)
        return tile

    def clear(self) -> None:
        """Forget them all."""
        with self._lock:
            self._tiles.clear()
