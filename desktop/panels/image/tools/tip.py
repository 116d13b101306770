"""The tip of a brush: its settings, the keys that change them, and its outline under the pointer."""

import math
import time
from typing import Any, ClassVar

import msgspec
from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen

from core.raster.affine import Affine
from core.raster.brush import Brush
from desktop.panels.image import marks
from desktop.panels.image.tools.base import Pointer
from desktop.panels.image.tools.target import TargetTool

replace = msgspec.structs.replace
MAX_SIZE = 2000.0
STRING = 120.0
"""How long the string is on which the pointer pulls the brush at full smoothing, in logical pixels."""
SECOND_DIGIT = 0.7
"""Seconds in which a second digit makes a number of two digits of the first."""
SHARES = "hardness", "opacity", "smoothing"


class TipTool(TargetTool):
    """Base of the tools that have a tip."""

    default_brush: ClassVar[Brush] = Brush()
    uses_flow = True
    _at: QPointF | None = None
    _picking = False
    _settings: Brush | None = None
    _digit: tuple[int, float] | None = None

    # --- settings ---------------------------------------------------------------------------------------------------

    @property
    def brush(self) -> Brush:
        """The brush in document pixels, without a colour."""
        if self._settings is None:
            self._settings = self._stored()
        return self._settings

    def adjust(self, **fields: Any) -> None:
        """Change settings, within their bounds."""
        if "size" in fields:
            fields["size"] = min(MAX_SIZE, max(1.0, fields["size"]))
        for name in SHARES:
            if name in fields:
                fields[name] = min(1.0, max(0.0, fields[name]))
        if "flow" in fields:
            fields["flow"] = min(1.0, max(0.01, fields["flow"]))
        brush = replace(self.brush, **fields)
        if brush != self._settings:
            self._settings = brush
            self.editor.session.settings.views[f"image.{self.id}"] = msgspec.to_builtins(brush)
            self.changed.emit()
            self.canvas.update()

    def _stored(self) -> Brush:
        stored = self.editor.session.settings.views.get(f"image.{self.id}", {})
        try:
            return msgspec.convert(msgspec.to_builtins(self.default_brush) | stored, Brush)
        except (msgspec.ValidationError, TypeError):
            return self.default_brush

    def step_size(self, up: bool) -> None:
        """Make the brush the next size larger or smaller: fine steps when small, tenths when large."""
        size = self.brush.size
        step = 1.0 if size < 10 else 5.0 if size < 50 else 10.0 if size < 100 else max(10.0, round(size / 100) * 10.0)
        self.adjust(size=float(round(size + step if up else size - min(step, size - 1))))

    def strength_name(self) -> str:
        """Return what the tool calls the most that a stroke does: the brush's ``opacity``."""
        return self.tr("Opacity")

    # --- the pointer ------------------------------------------------------------------------------------------------

    def cursor(self, pointer: Pointer | None) -> Qt.CursorShape:
        if pointer is not None and pointer.alt:
            return Qt.CursorShape.CrossCursor
        return Qt.CursorShape.BlankCursor if self._diameter() >= 6 else Qt.CursorShape.CrossCursor

    def hover(self, pointer: Pointer) -> None:
        self._show_cursor(pointer.at)

    def leave(self) -> None:
        self._show_cursor(None)

    def deactivate(self) -> None:
        self._at = None
        self._picking = False

    # --- keys -------------------------------------------------------------------------------------------------------

    def key_press(self, event: QKeyEvent) -> bool:
        key, shift = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
            return False
        if key in (Qt.Key.Key_BraceLeft, Qt.Key.Key_BraceRight) or (
            shift and key in (Qt.Key.Key_BracketLeft, Qt.Key.Key_BracketRight)
        ):
            up = key in (Qt.Key.Key_BraceRight, Qt.Key.Key_BracketRight)
            self.adjust(hardness=round(self.brush.hardness + (0.1 if up else -0.1), 2))
        elif key in (Qt.Key.Key_BracketLeft, Qt.Key.Key_BracketRight):
            self.step_size(key == Qt.Key.Key_BracketRight)
        elif Qt.Key.Key_0 <= key <= Qt.Key.Key_9 and not shift:
            self._type_digit(int(key) - int(Qt.Key.Key_0))
        else:
            return False
        return True

    def _type_digit(self, digit: int) -> None:
        """One digit is tens of percent (0 is all); a second one right after makes it exact."""
        now, first = time.monotonic(), self._digit
        if first is not None and now - first[1] <= SECOND_DIGIT:
            self._digit = None
            self.adjust(opacity=max(1, first[0] * 10 + digit) / 100)
            return
        self._digit = digit, now
        self.adjust(opacity=(digit or 10) / 10)

    # --- marks ------------------------------------------------------------------------------------------------------

    def _diameter(self) -> float:
        return self.canvas.view.length(self.brush.size)

    def _show_cursor(self, at: QPointF | None) -> None:
        before, self._at = self._at, at
        for point in (before, at):
            if point is not None:
                self.canvas.update(self._cursor_rect(point))

    def _cursor_rect(self, at: QPointF) -> QRect:
        reach = self._diameter() / 2 + 4
        if self.brush.smoothing:
            reach += self.brush.smoothing * STRING
        return QRectF(at.x() - reach, at.y() - reach, 2 * reach, 2 * reach).toAlignedRect()

    def brush_place(self) -> tuple[float, float] | None:
        """Return where the brush is in document pixels when that is not under the pointer."""
        return None

    def paint(self, painter: QPainter) -> None:
        if self._at is None or self._picking:
            return
        place, middle = self.brush_place(), self._at
        if place is not None:
            middle = QPointF(*self.canvas.view.to_widget(*place))
            painter.setPen(QPen(marks.SEAM, 2.5))
            painter.drawLine(middle, self._at)
            painter.setPen(QPen(QColor(255, 255, 255, 230), 1))
            painter.drawLine(middle, self._at)
        self._paint_tip(painter, middle)

    def _paint_tip(self, painter: QPainter, middle: QPointF) -> None:
        radius = self._diameter() / 2
        if radius < 3:
            return
        painter.save()
        painter.translate(middle)
        painter.rotate(self.brush.angle)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for pen in (QPen(QColor(0, 0, 0, 150), 2.5), QPen(QColor(255, 255, 255, 230), 1)):
            painter.setPen(pen)
            painter.drawEllipse(QPointF(0, 0), radius, radius * self.brush.roundness)
        painter.restore()


def tip_angle(angle: float, to_document: Affine) -> float:
    """Return a tip's angle in the document as one on a grid, in degrees within ±180."""
    a, b, c, d, _, _ = to_document
    x, y = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    det = a * d - b * c
    local = math.degrees(math.atan2((-b * x + a * y) / det, (d * x - c * y) / det))
    return local
