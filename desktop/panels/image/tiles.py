"""The tiles of the picture that the canvas paints: composed on worker threads, bounded in memory, never waited for.

A tile is named ``(level, col, row)``: 256×256 pixels of the document at 1/2^level. When the document changes, only the
tiles that can differ become *stale*; a stale tile is still better than a hole and is shown until its successor arrives.
Requests replace each other: what is no longer wanted is not composed.
"""

import logging
import os
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from core.documents.image import ImageDocument
from core.raster.compositor import Compositor
from core.raster.manifest import TILE, Pixels
from core.raster.tiles import Overrides

log = logging.getLogger(__name__)

Key = tuple[int, int, int]
TILE_MEMORY = TILE * TILE * 4
BUDGET = 96 * 2**20
"""Bytes of composed tiles to keep. What is in view is kept whatever it takes."""


@dataclass(slots=True)
class Tile:
    """One composed tile. ``pixels`` owns the memory that ``image`` shows."""

    image: QImage
    pixels: Pixels
    opaque: bool
    fresh: bool = True


class Dirty:
    """Which level-0 tiles a change can have touched; None stands for all of them."""

    def __init__(self, cells: Iterable[tuple[int, int]] | None) -> None:
        self._levels: dict[int, set[tuple[int, int]]] | None = None if cells is None else {0: set(cells)}

    def __bool__(self) -> bool:
        return self._levels is None or bool(self._levels[0])

    @property
    def cells(self) -> set[tuple[int, int]] | None:
        """The level-0 tiles, None for all."""
        return None if self._levels is None else self._levels[0]

    def touches(self, key: Key) -> bool:
        """Return whether that tile, at whatever level, covers one of them."""
        if self._levels is None:
            return True
        level, col, row = key
        cells = self._levels.get(level)
        if cells is None:
            cells = self._levels[level] = {(c >> level, r >> level) for c, r in self._levels[0]}
        return (col, row) in cells


class TileStore(QObject):
    """Composes tiles of one document at a time. Everything but the workers runs on the GUI thread."""

    arrived = Signal(object)
    """The :data:`Key` of a tile that is there now, or is newer now."""
    failed = Signal(object)
    """The exception that composing ended in; said once per document."""
    _done = Signal(object, object, int)

    def __init__(self, threads: int | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tiles: OrderedDict[Key, Tile] = OrderedDict()
        self._pinned: frozenset[Key] = frozenset()
        self._document: ImageDocument | None = None
        self._compositor: Compositor | None = None
        self._clock = 0
        self._changes: list[tuple[int, Dirty]] = []
        self._in_flight: dict[Key, int] = {}
        self._queue: list[Key] = []
        self._wake = threading.Condition()
        self._stopped = False
        self._said = False
        self.overrides: Mapping[str, Overrides] = {}
        """Uncommitted tiles of raster layers, by layer: a stroke under way."""
        self.mask_overrides: Mapping[str, Overrides] = {}
        self._done.connect(self._on_done)
        count = threads if threads is not None else max(1, min(4, (os.cpu_count() or 2) - 1))
        self._threads = [
            threading.Thread(target=self._work, name=f"canvas-tiles-{i}", daemon=True) for i in range(count)
        ]
        for thread in self._threads:
            thread.start()

    # --- what is shown ----------------------------------------------------------------------------------------------

    def open(self, compositor: Compositor | None, document: ImageDocument | None) -> None:
        """Start over with another document; None shows nothing."""
        with self._wake:
            self._compositor, self._document = compositor, document
            self._queue.clear()
            self._clock += 1
            self._changes = [(self._clock, Dirty(None))]
        self._tiles.clear()
        self._said = False

    def change(self, document: ImageDocument, dirty: Dirty) -> None:
        """The document looks different where ``dirty`` says."""
        with self._wake:
            self._document = document
            self._clock += 1
            oldest = min(self._in_flight.values(), default=self._clock)
            self._changes = [(clock, change) for clock, change in self._changes if clock > oldest]
            self._changes.append((self._clock, dirty))
        for key, tile in self._tiles.items():
            if tile.fresh and dirty.touches(key):
                tile.fresh = False

    def get(self, key: Key) -> Tile | None:
        """Return a tile, fresh or stale, or None."""
        tile = self._tiles.get(key)
        if tile is not None:
            self._tiles.move_to_end(key)
        return tile

    def is_fresh(self, key: Key) -> bool:
        """Return whether that tile shows the document as it is now."""
        tile = self._tiles.get(key)
        return tile is not None and tile.fresh

    @property
    def idle(self) -> bool:
        """True when nothing is queued or being composed."""
        with self._wake:
            return not self._queue and not self._in_flight

    @property
    def memory(self) -> int:
        """Bytes of tiles that are kept."""
        return len(self._tiles) * TILE_MEMORY

    # --- composing --------------------------------------------------------------------------------------------------

    def request(self, keys: Sequence[Key], keep: Iterable[Key]) -> None:
        """Compose ``keys`` in that order, and nothing else that was asked for; never drop any of ``keep``."""
        self._pinned = frozenset(keep)
        with self._wake:
            self._queue = [key for key in keys if not self.is_fresh(key) and not self._under_way(key)]
            self._queue.reverse()
            if self._queue:
                self._wake.notify_all()

    def _under_way(self, key: Key) -> bool:
        since = self._in_flight.get(key)
        return since is not None and not any(at > since and change.touches(key) for at, change in self._changes)

    def compose_now(self, keys: Iterable[Key], more: Callable[[], bool]) -> None:
        """Compose stale tiles in the calling (GUI) thread, as long as ``more()`` says there is time."""
        compositor, document = self._compositor, self._document
        if compositor is None or document is None:
            return
        for key in keys:
            if not more():
                break
            if not self.is_fresh(key):
                try:
                    self._keep(key, self._compose(compositor, document, key))
                except Exception as error:
                    self._fail(error)
                    return

    def _compose(self, compositor: Compositor, document: ImageDocument, key: Key) -> Tile:
        """Runs on a worker, or in the GUI thread for what a stroke has just touched."""
        level, col, row = key
        pixels = compositor.render_tile(
            document, col, row, level, overrides=self.overrides, mask_overrides=self.mask_overrides
        )
        opaque = bool((pixels[..., 3] == 255).all())
        layout = QImage.Format.Format_RGB32 if opaque else QImage.Format.Format_ARGB32_Premultiplied
        image = QImage(pixels.data, TILE, TILE, pixels.strides[0], layout)
        return Tile(image, pixels, opaque)

    def _work(self) -> None:
        while True:
            with self._wake:
                while not self._queue and not self._stopped:
                    self._wake.wait()
                if self._stopped:
                    return
                key = self._queue.pop()
                compositor, document, clock = self._compositor, self._document, self._clock
                if compositor is None or document is None:
                    continue
                self._in_flight[key] = clock
            try:
                result: Tile | Exception = self._compose(compositor, document, key)
            except Exception as error:
                result = error
            if not self._stopped:
                self._done.emit(key, result, clock)

    def _on_done(self, key: Key, result: Tile | Exception, clock: int) -> None:
        with self._wake:
            if self._in_flight.get(key) == clock:
                del self._in_flight[key]
            stale = any(at > clock and change.touches(key) for at, change in self._changes)
            replaced = any(at > clock and change.cells is None for at, change in self._changes)
        if isinstance(result, Exception):
            self._fail(result)
            return
        known = self._tiles.get(key)
        if stale and ((known is not None and known.fresh) or (replaced and known is None)):
            return
        result.fresh = not stale
        self._keep(key, result)

    def _keep(self, key: Key, tile: Tile) -> None:
        self._tiles[key] = tile
        self._tiles.move_to_end(key)
        limit = max(BUDGET // TILE_MEMORY, len(self._pinned) * 3 // 2)
        for old in list(self._tiles):
            if len(self._tiles) <= limit:
                break
            if old not in self._pinned:
                del self._tiles[old]
        self.arrived.emit(key)

    def _fail(self, error: Exception) -> None:
        if not self._said:
            self._said = True
            self.failed.emit(error)

    def shut_down(self) -> None:
        """Stop the workers and wait for them."""
        with self._wake:
            self._stopped = True
            self._queue.clear()
            self._wake.notify_all()
        for thread in self._threads:
            thread.join()
        self._tiles.clear()
