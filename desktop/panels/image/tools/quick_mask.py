"""Painting in quick mask: strokes go to the selection, under its veil, instead of to the picture."""

import msgspec

from core.raster.brush import Mode
from core.raster.chosen import ChosenStroke
from core.values import AtelierError
from desktop.panels.image.tools.base import Pointer
from desktop.panels.image.tools.painting import PaintTool
from desktop.panels.image.words import QT_TRANSLATE_NOOP


class QuickMasked(PaintTool):
    """Base of the tools that paint on the selection while quick mask is on: white chooses, black takes out."""

    _choosing: ChosenStroke | None = None

    @property
    def busy(self) -> bool:
        return self._choosing is not None or super().busy

    def press(self, pointer: Pointer) -> None:
        chosen = self.editor.pixels
        if not chosen.quick or pointer.alt:
            super().press(pointer)
            return
        mode: Mode = "erase" if self.mode == "erase" else "mask"
        try:
            coverage = chosen.coverage_or_all()
        except AtelierError as error:
            self.editor.session.report(error)
            return
        brush = msgspec.structs.replace(self.brush, colour=self.editor.colour)
        self._choosing = ChosenStroke(brush, coverage, mode)
        if pointer.shift and self._last is not None:
            self._choosing.add(*self._last, pointer.pressure)
        self._choose(pointer)

    def drag(self, pointer: Pointer) -> None:
        if self._choosing is None:
            super().drag(pointer)
            return
        self._choose(pointer)
        self._show_cursor(pointer.at)

    def release(self, pointer: Pointer) -> None:
        stroke, self._choosing = self._choosing, None
        if stroke is None:
            super().release(pointer)
            return
        self._last = pointer.x, pointer.y
        stroke.finish()
        self.editor.pixels.preview(None)
        self.editor.pixels.choose(
            QT_TRANSLATE_NOOP("history", "Paint selection"), stroke.coverage if stroke.coverage.any() else None
        )

    def cancel(self) -> bool:
        if self._choosing is None:
            return super().cancel()
        self._choosing = None
        self.editor.pixels.preview(None)
        return True

    def _choose(self, pointer: Pointer) -> None:
        assert self._choosing is not None
        self._choosing.add(pointer.x, pointer.y, pointer.pressure, pointer.tilt)
        self.editor.pixels.preview(self._choosing.coverage)
