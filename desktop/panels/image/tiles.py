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
from functools import reduce

import numpy as np
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from core.documents.image import ImageDocument
from core.raster.compositor import Compositor
from core.raster.coverage import Area
from core.raster.managing import Planes, convert_screen
from core.raster.manifest import TILE, Pixels
from core.raster.surfaces import Part
from core.raster.tiles import Overrides

log = logging.getLogger(__name__)

Key = tuple[int, int, int]
TILE_MEMORY = TILE * TILE * 4
WHOLE: Part = (0, 0, TILE, TILE)
BUDGET = 96 * 2**20
"""Bytes of composed tiles to keep. What is in view is kept whatever it takes."""


@dataclass(slots=True)
class Tile:
    """One composed tile. ``pixels`` are the document's own numbers; ``image`` is what a screen shows of them.

    It shows the memory of ``shown``, which is ``pixels`` itself where ``screen`` (how it was converted) is None.
    """

    image: QImage
    pixels: Pixels
    opaque: bool
    shown: Pixels
    screen: Planes | None = None
    stale: Part | None = None
    """What of it does not show the document as it is now."""

    @property
    def fresh(self) -> bool:
        """Whether all of it shows the document as it is now."""
        return self.stale is None

    def spoil(self, part: Part | None) -> None:
        """That part shows what was."""
        self.stale = _union(self.stale, part)


def _union(one: Part | None, other: Part | None) -> Part | None:
    if one is None or other is None:
        return one or other
    return min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])


class Dirty:
    """What a change can have touched: everything, or level-0 ``cells``, or more closely ``areas``."""

    def __init__(self, cells: Iterable[tuple[int, int]] | None = None, areas: Sequence[Area] | None = None) -> None:
        self._areas = areas
        self._cells = None if cells is None else set(cells)
        self._levels: dict[int, dict[tuple[int, int], Part]] = {}
        self.everything = cells is None and areas is None

    def __bool__(self) -> bool:
        return self.everything or bool(self._cells) or bool(self._areas)

    def part(self, key: Key) -> Part | None:
        """Return what of that tile, at whatever level, it can have touched."""
        if self.everything:
            return WHOLE
        level, col, row = key
        if level not in self._levels:
            self._levels[level] = self._at_level(level)
        return self._levels[level].get((col, row))

    def _at_level(self, level: int) -> dict[tuple[int, int], Part]:
        found = {(col >> level, row >> level): WHOLE for col, row in self._cells or ()}
        for area in self._areas or ():
            for place in area.tiles(level):
                part = _union(found.get(place), area.part(level, *place))
                if part is not None:
                    found[place] = part
        return found


def dressed(pixels: Pixels, screen: Planes | None, old: Pixels | None = None, part: Part = WHOLE) -> Tile:
    """Return a tile as a screen shows it. ``old`` is how it was shown before ``part`` of it was composed anew."""
    opaque = bool((pixels[..., 3] == 255).all())
    shown = pixels
    if screen is not None:
        left, top, right, bottom = part if old is not None else WHOLE
        shown = np.empty_like(pixels) if old is None else old
        where = slice(top, bottom), slice(left, right)
        convert_screen(screen, pixels[where], shown[where], opaque=opaque)
    layout = QImage.Format.Format_RGB32 if opaque else QImage.Format.Format_ARGB32_Premultiplied
    return Tile(QImage(shown.data, TILE, TILE, shown.strides[0], layout), pixels, opaque, shown, screen)


def _composed(
    compositor: Compositor,
    document: ImageDocument,
    key: Key,
    overrides: Mapping[str, Overrides],
    mask_overrides: Mapping[str, Overrides],
    old: Pixels | None,
    part: Part,
    screen: Planes | None,
    shown: Pixels | None,
) -> Tile:
    """Return a tile: composed, or ``old`` (shown as ``shown``) with its ``part`` composed anew."""
    level, col, row = key
    pixels = compositor.render_tile(
        document, col, row, level,
        overrides=overrides, mask_overrides=mask_overrides, old=None if part == WHOLE else old, part=part,
    )  # fmt: skip
    return dressed(pixels, screen, None if old is None or part == WHOLE else shown, part)


class TileStore(QObject):
    """Composes tiles of one document at a time. Everything but the workers runs on the GUI thread."""

    arrived = Signal(object, object)
    """The :data:`Key` of a tile that is there now, or is newer now, and which part of it."""
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
        self._screen: Planes | None = None
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
                tile.spoil(dirty.part(key))

    def adopt(self, document: ImageDocument) -> None:
        """The document is now one that looks just as what is shown with the overrides, which are not needed then."""
        with self._wake:
            self._document = document
            self.overrides = self.mask_overrides = {}

    def get(self, key: Key) -> Tile | None:
        """Return a tile, fresh or stale, or None."""
        tile = self._tiles.get(key)
        if tile is not None:
            self._tiles.move_to_end(key)
            if tile.screen is not self._screen:
                fresh = dressed(tile.pixels, self._screen)
                fresh.stale = tile.stale
                with self._wake:
                    tile = self._tiles[key] = fresh
        return tile

    def show_on(self, screen: Planes | None) -> None:
        """Show tiles as that converts them from now on, None as they are; those in view when they are painted."""
        with self._wake:
            self._screen = screen

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
        return len(self._tiles) * self._cost()

    def _cost(self) -> int:
        """Return how many bytes a tile takes: twice as many where it is shown in other colours."""
        return TILE_MEMORY if self._screen is None else 2 * TILE_MEMORY

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
        return since is not None and not any(at > since and change.part(key) for at, change in self._changes)

    def compose_now(self, keys: Iterable[Key], more: Callable[[], bool]) -> None:
        """Compose stale tiles in the calling (GUI) thread, as long as ``more()`` says there is time."""
        compositor, document = self._compositor, self._document
        if compositor is None or document is None:
            return
        for key in keys:
            if not more():
                break
            if not self.is_fresh(key):
                old = self._tiles.get(key)
                part = WHOLE if old is None or old.stale is None else old.stale
                try:
                    tile = _composed(
                        compositor, document, key, self.overrides, self.mask_overrides,
                        None if old is None else old.pixels, part, self._screen, self._shown_by(old),
                    )  # fmt: skip
                except Exception as error:
                    self._fail(error)
                    return
                self._keep(key, tile, part)

    def _shown_by(self, tile: Tile | None) -> Pixels | None:
        """Return how a tile is shown, where that is another array than its pixels and still what is wanted."""
        return None if tile is None or self._screen is None or tile.screen is not self._screen else tile.shown

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
                overrides, mask_overrides = self.overrides, self.mask_overrides
                known = self._tiles.get(key)
                # A copy, as the GUI thread composes into the tile's own; what it changes meanwhile is stale here.
                old = None if known is None else known.pixels.copy()
                part = WHOLE if known is None else known.stale or WHOLE
                screen, before = self._screen, self._shown_by(known)
                shown = None if before is None else before.copy()
            try:
                result: Tile | Exception = _composed(
                    compositor, document, key, overrides, mask_overrides, old, part, screen, shown
                )
            except Exception as error:
                result = error
            if not self._stopped:
                self._done.emit(key, result, clock)

    def _on_done(self, key: Key, result: Tile | Exception, clock: int) -> None:
        with self._wake:
            if self._in_flight.get(key) == clock:
                del self._in_flight[key]
            stale = reduce(_union, (change.part(key) for at, change in self._changes if at > clock), None)
            replaced = any(at > clock and change.everything for at, change in self._changes)
        if isinstance(result, Exception):
            self._fail(result)
            return
        known = self._tiles.get(key)
        if stale is not None and ((known is not None and known.fresh) or (replaced and known is None)):
            return
        result.stale = stale
        self._keep(key, result)

    def _keep(self, key: Key, tile: Tile, part: Part = WHOLE) -> None:
        self._tiles[key] = tile
        self._tiles.move_to_end(key)
        limit = max(BUDGET // self._cost(), len(self._pinned) * 3 // 2)
        for old in list(self._tiles):
            if len(self._tiles) <= limit:
                break
            if old not in self._pinned:
                del self._tiles[old]
        self.arrived.emit(key, part)

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
