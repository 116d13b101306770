"""Which models are in memory. One class owns one number: the bytes that models may occupy.

Locks, in the order in which they may be taken: an item's own lock (held while it loads), then the table's lock (never
held while anything loads or is freed). Nobody takes an item's lock while holding the table's.
"""

import threading
from collections.abc import Callable
from typing import Any, TypeVar, cast

T = TypeVar("T")


class _Item:
    def __init__(self, size: int) -> None:
        self.lock = threading.Lock()
        self.size = size
        self.value: Any = None
        self.loaded = False
        self.users = 0
        """Jobs that hold it now: it stays while there are any."""


class Residency:
    """Loaded models by name, within a budget: when one more is wanted, the least recently used go. Thread-safe."""

    def __init__(self, budget: int) -> None:
        """``budget`` is in bytes. A single model that is larger is loaded all the same, alone."""
        self.budget = budget
        self._lock = threading.Lock()
        self._items: dict[str, _Item] = {}
        """In order of use, the least recent first."""

    def acquire(self, name: str, load: Callable[[], T], size: int, check: Callable[[], None]) -> T:
        """Return the model ``name``, loading it with ``load`` if it is not there; pair it with :meth:`release`.

        ``size`` is what it is expected to occupy. ``check`` is called while another thread loads it, and just before
        and after loading; it may raise to give up. What ``load`` raises comes out here, and nothing is kept.
        """
        with self._lock:
            item = self._items.pop(name, None) or _Item(size)
            self._items[name] = item
            item.users += 1
        try:
            while not item.lock.acquire(timeout=0.05):
                check()
            try:
                if not item.loaded:
                    check()
                    self.trim(self.budget - size)
                    item.value = load()
                    item.loaded = True
                check()
                return cast("T", item.value)
            finally:
                item.lock.release()
        except BaseException:
            self.release(name)
            raise

    def release(self, name: str) -> None:
        """Say that one user of ``name`` is done; it stays loaded until its place is wanted."""
        with self._lock:
            item = self._items.get(name)
            if item is not None:
                item.users -= 1
                if not item.loaded and item.users == 0:
                    del self._items[name]

    def trim(self, target: int) -> int:
        """Free what nobody uses, least recently used first, until at most ``target`` bytes stay; return bytes freed."""
        freed: list[_Item] = []
        with self._lock:
            total = sum(i.size for i in self._items.values() if i.loaded)
            for name, item in list(self._items.items()):
                if total <= target:
                    break
                if item.loaded and item.users == 0:
                    del self._items[name]
                    freed.append(item)
                    total -= item.size
        size = sum(item.size for item in freed)
        freed.clear()  # outside of the lock: freeing a model may take a while
        return size

    @property
    def used(self) -> int:
        """Bytes that loaded models are expected to occupy."""
        with self._lock:
            return sum(i.size for i in self._items.values() if i.loaded)

    def loaded(self) -> tuple[str, ...]:
        """Return the names of the loaded models, the least recently used first."""
        with self._lock:
            return tuple(name for name, item in self._items.items() if item.loaded)
