"""Paint bucket (G): fills what looks like the pixel that was clicked."""

import asyncio
from typing import Annotated

import msgspec
import numpy as np
from msgspec import Meta
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QKeyEvent

from core.documents.image import ImageDocument
from core.raster import flood, selecting, within
from core.raster.manifest import replace_tiles
from core.raster.selecting import Coverage
from core.values import AtelierError
from desktop.panels.image.tools.base import Pointer
from desktop.panels.image.tools.look import sample_colour
from desktop.panels.image.tools.target import Target, TargetTool
from desktop.panels.image.words import QT_TRANSLATE_NOOP


class BucketOptions(msgspec.Struct, frozen=True):
    """What the paint bucket is set to."""

    tolerance: Annotated[int, Meta(ge=0, le=255)] = 32
    contiguous: bool = True
    all_layers: bool = False
    smooth: bool = True
    opacity: Annotated[float, Meta(gt=0, le=1)] = 1.0


class BucketTool(TargetTool):
    id = "bucket"
    icon = "paint-bucket"
    key = "G"
    options_type = BucketOptions
    _filling = False

    def title(self) -> str:
        return self.tr("Paint bucket")

    def help(self) -> str:
        return self.tr(
            "Click to fill what looks alike with the foreground colour, inside the selection; Alt takes a colour."
        )

    def cursor(self, pointer: Pointer | None) -> Qt.CursorShape:
        return Qt.CursorShape.CrossCursor

    def press(self, pointer: Pointer) -> None:
        if pointer.alt:
            colour = sample_colour(self.editor, self.canvas.tiles, pointer.x, pointer.y)
            if colour is not None:
                self.editor.set_colour(colour)
            return
        document, x, y = self.editor.require(), int(pointer.x // 1), int(pointer.y // 1)
        if self._filling or not (0 <= x < document.width and 0 <= y < document.height):
            return
        try:
            chosen = self.editor.pixels.coverage()
            if chosen is not None and not chosen[y, x]:
                self.editor.hint.emit(self.tr("Click inside the selection: nothing outside of it is filled."))
                return
            target = self.find_target()
        except AtelierError as error:
            self.editor.session.report(error)
            return
        if target is not None:
            self._filling = True
            self.editor.session.spawn(self._fill(target, document, chosen, x, y))

    def double_click(self, pointer: Pointer) -> None:
        self.press(pointer)

    def key_press(self, event: QKeyEvent) -> bool:
        key = event.key()
        if event.modifiers() or not (Qt.Key.Key_0 <= key <= Qt.Key.Key_9):
            return False
        self.choose(opacity=((int(key) - int(Qt.Key.Key_0)) or 10) / 10)
        return True

    async def _fill(self, target: Target, document: ImageDocument, chosen: Coverage | None, x: int, y: int) -> None:
        editor, options, colour = self.editor, self.options, QColor(self.editor.colour)
        project = editor.session.require()
        try:
            if target.mask:
                found = await asyncio.to_thread(self._like_on_mask, target, document, x, y)
            else:
                like = await editor.pixels.like(
                    x,
                    y,
                    options.tolerance,
                    contiguous=options.contiguous,
                    all_layers=options.all_layers or target.made,
                    smooth=options.smooth,
                )
                if like is None:
                    return
                found = like

            def work() -> str | None:
                part = found if chosen is None else np.minimum(found, chosen)
                if options.opacity < 1:
                    part = (part * np.float32(options.opacity) + np.float32(0.5)).astype(np.uint8)
                grey = round(0.299 * colour.red() + 0.587 * colour.green() + 0.114 * colour.blue())
                how = within.fill_with(colour.red(), colour.green(), colour.blue())
                if target.mask:
                    how = within.cover_with(255 - grey if target.inverted else grey)
                tiles = within.changed_tiles(target.pixels, part, target.matrix, project, how)
                return replace_tiles(target.pixels, tiles, project, project) if tiles else None

            pixels = await asyncio.to_thread(work)
            if pixels is None:
                editor.hint.emit(self.tr("There are no pixels of this layer to fill there."))
                return
            self.commit_pixels(QT_TRANSLATE_NOOP("history", "Fill"), target, pixels)
        finally:
            self._filling = False

    def _like_on_mask(self, target: Target, document: ImageDocument, x: int, y: int) -> Coverage:
        """Return where the mask is like it is at (x, y). Runs on a worker."""
        mask, options = document.layer(target.layer_id).mask, self.options
        assert mask is not None
        coverage = selecting.read(mask, document.width, document.height, self.editor.session.require())
        picture = np.dstack([coverage, coverage, coverage, np.full_like(coverage, 255)])
        found = flood.wand(picture, x, y, options.tolerance, only_connected=options.contiguous)
        return selecting.softened(found) if options.smooth else found
