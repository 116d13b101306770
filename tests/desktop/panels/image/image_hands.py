"""Mouse and keyboard on the canvas, in document coordinates."""

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.documents.image import AnyLayer, ImageDocument
from desktop.panels.image.panel import ImagePanel

Point = tuple[float, float]
NONE = Qt.KeyboardModifier.NoModifier


class Hands:
    """One person's hands. ``panel`` must be shown."""

    def __init__(self, panel: ImagePanel, qtbot: QtBot) -> None:
        self.panel = panel
        self.canvas = panel.canvas
        self.qtbot = qtbot

    @property
    def document(self) -> ImageDocument:
        """The committed document."""
        return self.panel.editor.require()

    def layer(self, layer_id: str) -> AnyLayer:
        """The committed layer."""
        return self.document.layer(layer_id)

    def at(self, x: float, y: float) -> QPoint:
        """Return where a document point is in the canvas."""
        return QPointF(*self.canvas.view.to_widget(x, y)).toPoint()

    def click(self, x: float, y: float, keys: Qt.KeyboardModifier = NONE) -> None:
        QTest.mouseClick(self.canvas, Qt.MouseButton.LeftButton, keys, self.at(x, y))

    def double_click(self, x: float, y: float) -> None:
        QTest.mouseClick(self.canvas, Qt.MouseButton.LeftButton, NONE, self.at(x, y))
        QTest.mouseDClick(self.canvas, Qt.MouseButton.LeftButton, NONE, self.at(x, y))

    def press(self, x: float, y: float, keys: Qt.KeyboardModifier = NONE) -> None:
        QTest.mousePress(self.canvas, Qt.MouseButton.LeftButton, keys, self.at(x, y))

    def release(self, x: float, y: float, keys: Qt.KeyboardModifier = NONE) -> None:
        QTest.mouseRelease(self.canvas, Qt.MouseButton.LeftButton, keys, self.at(x, y))

    def move(self, x: float, y: float, keys: Qt.KeyboardModifier = NONE) -> None:
        """Move with the left button down, when it was pressed before."""
        from PySide6.QtCore import QEvent
        from PySide6.QtGui import QMouseEvent

        at = QPointF(self.at(x, y))
        event = QMouseEvent(
            QEvent.Type.MouseMove,
            at,
            self.canvas.mapToGlobal(at),
            Qt.MouseButton.NoButton,
            Qt.MouseButton.LeftButton,
            keys,
        )
        QApplication.sendEvent(self.canvas, event)

    def drag(self, points: Iterable[Point], keys: Qt.KeyboardModifier = NONE) -> None:
        """Press at the first point, go through the others and release at the last."""
        first, *rest = points
        self.press(*first, keys)
        for point in rest:
            self.move(*point, keys)
        self.release(*rest[-1], keys)

    def key(self, key: Qt.Key, keys: Qt.KeyboardModifier = NONE) -> None:
        QTest.keyClick(self.canvas, key, keys)

    def type(self, text: str) -> None:
        for letter in text:
            if letter == "\n":
                self.key(Qt.Key.Key_Return)
            else:
                QTest.keyClicks(self.canvas, letter)

    def picture(self) -> npt.NDArray[np.uint8]:
        """Return the committed document as the compositor renders it, straight RGBA."""
        compositor = self.panel.editor.compositor
        assert compositor is not None
        return compositor.render(self.document)

    def seen(self, x: float, y: float) -> tuple[int, int, int]:
        """Return the colour that the canvas widget shows at a document point."""
        image = self.canvas.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
        ratio = image.devicePixelRatio()
        at = self.at(x, y)
        colour = image.pixelColor(round(at.x() * ratio), round(at.y() * ratio))
        return colour.red(), colour.green(), colour.blue()

    def undo(self) -> None:
        self.panel.session.undo()

    def steps(self) -> list[str]:
        """Return the labels of the history, oldest first."""
        project = self.panel.session.require()
        return [step.label for step in project.history()]
