"""Framing at the real window: rulers and guides, cropping, bending, undo, and the file that is exported."""

from pathlib import Path

import cv2
import numpy as np
import pytest
from person import ALT, CTRL, SHIFT, Person
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from core.documents.image import Guide, RasterLayer
from desktop.panels.image.rulers import Ruler

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def cup(person: Person, coffee: Path) -> Person:
    """With the photo of a cup in front, 600×400."""
    person.drop([coffee], person.window.welcome.drop)
    person.wait()
    person.press(Qt.Key.Key_1, CTRL)
    return person


def test_a_picture_is_measured_cropped_bent_and_exported_as_it_is_seen(
    cup: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hands, before = cup.hands, cup.document
    cup.press(Qt.Key.Key_R, CTRL)
    ruler = next(one for one in cup.panel.findChildren(Ruler) if one.side == "left")
    assert ruler.isVisible()
    cup.press(Qt.Key.Key_1, CTRL)
    QTest.mousePress(ruler, LEFT, Qt.KeyboardModifier.NoModifier, QPoint(5, 90))
    at = QPointF(ruler.mapFrom(cup.panel, hands.canvas.mapTo(cup.panel, hands.at(120, 60))))
    for keys in (CTRL, CTRL):
        event = QMouseEvent(QEvent.Type.MouseMove, at, ruler.mapToGlobal(at), Qt.MouseButton.NoButton, LEFT, keys)
        QApplication.sendEvent(ruler, event)
    QTest.mouseRelease(ruler, LEFT, CTRL, at.toPoint())
    guide = cup.document.guides[0]
    assert guide.axis == "x" and guide.at == pytest.approx(120, abs=1)
    cup.menu("View", "Clear guides")
    assert cup.document.guides == ()
    cup.press(Qt.Key.Key_Z, CTRL)
    assert cup.document.guides == (guide,)
    # Crop to the guide, with the pointer snapping to it
    cup.press(Qt.Key.Key_C)
    cup.hands.drag([(0, 200), (60, 200), (guide.at + 3, 200)])
    cup.press(Qt.Key.Key_Return)
    assert (cup.document.width, cup.document.height) == (600 - guide.at, 400)
    assert cup.document.guides == (Guide(axis="x", at=0),)
    # Perspective on the layer by its corner
    cup.panel.editor.select([cup.document.layers[0].id])
    cup.press(Qt.Key.Key_T, CTRL)
    cup.hands.drag([(cup.document.width, 0), (440, 30), (420, 60)], CTRL | SHIFT)
    cup.press(Qt.Key.Key_Return)
    layer = cup.document.layers[0]
    assert isinstance(layer, RasterLayer) and layer.warp is not None
    assert [step.label for step in cup.session.require().history()][-3:] == ["Add guide", "Crop", "Transform layer"]
    # The core composes the same pixels for the file
    file = cup.export(tmp_path / "framed.png", monkeypatch)
    written = cv2.cvtColor(cv2.imread(str(file), cv2.IMREAD_UNCHANGED), cv2.COLOR_BGRA2RGBA)
    seen = cup.pixels()
    assert written.shape == seen.shape and (seen[..., 3] < 255).any()
    shown = seen[..., 3] > 0
    assert np.abs(written.astype(int) - seen)[shown].max() <= 1
    for _ in range(3):
        cup.press(Qt.Key.Key_Z, CTRL)
    assert cup.document == before
    cup.press(Qt.Key.Key_R, CTRL)
    assert not ruler.isVisible()


def test_undo_in_the_middle_of_a_crop_takes_back_the_frame_first(cup: Person) -> None:
    cup.press(Qt.Key.Key_C)
    cup.hands.drag([(600, 400), (500, 350), (411, 303)], CTRL)
    cup.hands.drag([(411, 303), (350, 250), (311, 203)], CTRL)
    tool = cup.hands.canvas.tool
    steps = len(cup.session.require().history())
    cup.press(Qt.Key.Key_Z, CTRL)
    assert tool.size() == (411, 303)  # type: ignore[union-attr]
    cup.press(Qt.Key.Key_Z, CTRL)
    assert tool.size() == (600, 400)  # type: ignore[union-attr]
    assert len(cup.session.require().history()) == steps
    cup.press(Qt.Key.Key_C, ALT | CTRL)
    assert cup.panel.frame_actions.dialog is not None
    cup.panel.frame_actions.dialog.reject()
