"""The Info dock: what it counts, what it says under the pointer, pinned points, and ways to look at the picture."""

from collections.abc import Callable, Iterator

import numpy as np
import pytest
from image_hands import Hands
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests_desktop import Run

from core.documents.image import AdjustmentLayer, Levels
from core.raster.seeing import Look
from desktop.panels.image.info import InfoDock

SHIFT, ALT = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def info(hands: Hands, qtbot: QtBot) -> Iterator[InfoDock]:
    """The dock's inside, shown."""
    dock = hands.panel.info
    dock.counter._quiet.setInterval(60)
    dock.resize(312, 700)
    dock.show()
    qtbot.waitUntil(lambda: dock._front.seen, timeout=5000)
    yield dock
    dock.hide()


def counted(info: InfoDock, qtbot: QtBot) -> None:
    """Wait until every pixel was counted."""
    qtbot.waitUntil(lambda: info._last is not None and not info.counter._stale, timeout=10_000)


def hover(hands: Hands, x: float, y: float) -> None:
    QTest.mouseMove(hands.canvas, hands.at(x, y) + QPoint(0, 1))
    hands.move(x, y)
    QTest.qWait(40)


def test_it_counts_the_picture_and_then_the_selection(run: Run, hands: Hands, info: InfoDock, qtbot: QtBot) -> None:
    counted(info, qtbot)
    assert info._last is not None and info._last.pixels == 600 * 400
    picture = hands.picture()
    assert (info._last.of("green") == np.bincount(picture[..., 1].ravel(), minlength=256)).all()
    chosen = np.zeros((400, 600), np.uint8)
    chosen[100:120, 150:200] = 255
    hands.panel.editor.pixels.choose("Select", chosen)
    qtbot.waitUntil(lambda: info._last is not None and info._last.pixels == 1000 and info._exact, timeout=10_000)
    assert info._last.of("red")[220] == 1000 and info.values["selection"].text() == "50 × 20 px at 150, 100"
    hands.undo()
    counted(info, qtbot)
    qtbot.waitUntil(lambda: info._last is not None and info._last.pixels == 240_000 and info._exact, timeout=10_000)
    assert info.values["selection"].text() == "–"


def test_it_does_nothing_while_nobody_looks(run: Run, hands: Hands, info: InfoDock, qtbot: QtBot) -> None:
    counted(info, qtbot)
    info.hide()
    seen: list[object] = []
    info.counter.counted.connect(lambda *found: seen.append(found))
    hands.panel.commands.add_adjustment(Levels)
    QTest.qWait(120)
    assert not seen and info.counter._stale
    info.show()
    counted(info, qtbot)
    assert seen


def test_values_under_the_pointer_are_those_of_the_picture(hands: Hands, info: InfoDock) -> None:
    hover(hands, 150, 100)
    assert info.hex.text() == "#dc1e1e" and info.values["rgb"].text().split() == ["220", "30", "30"]
    assert info.values["hsl"].text().split() == ["0°", "76", "%", "49", "%"]
    assert info.values["cmyk"].text().split() == ["0", "86", "86", "14", "%"]
    assert info.values["position"].text() == "150, 100 px" and info.values["alpha"].text() == "100%"
    info.around.setCurrentIndex(3)
    info.around.activated.emit(3)
    hover(hands, 100, 120)  # half of eleven columns lies on the white beside the picture
    expected = hands.picture()[115:126, 95:106, :3].reshape(-1, 3).mean(axis=0)
    assert [int(v) for v in info.values["rgb"].text().split()] == [round(v) for v in expected]
    hover(hands, 700, 100)
    assert info.values["rgb"].text() == "–"


def test_points_are_pinned_moved_and_follow_edits(hands: Hands, info: InfoDock) -> None:
    hands.panel.use_tool("eyedropper")
    before = hands.panel.editor.colour
    for x in (150, 160, 170, 180, 190):
        hands.click(x, 100, SHIFT)
    assert len(hands.panel.samples.points) == 4 and hands.panel.editor.colour == before
    assert [row.isHidden() for row in info.points] == [False] * 4
    assert info.points[0].text.text().startswith("#dc1e1e")
    hands.panel.editor.select(["red"])
    hands.panel.commands.toggle("visible")
    assert info.points[0].text.text().startswith("#ffffff")
    hands.undo()
    assert info.points[0].text.text().startswith("#dc1e1e")
    hands.drag([(150, 100), (50, 50), (40, 40)])
    assert info.points[0].text.text().startswith("#ffffff") and info.points[0].place.text() == "40, 40 px"
    hands.click(40, 40, ALT)
    assert len(hands.panel.samples.points) == 3
    state = hands.panel.view_state()
    hands.panel.samples.restore([])
    hands.panel.restore_view_state(state)
    assert len(hands.panel.samples.points) == 3


@pytest.mark.parametrize("look", [Look.RED, Look.GREEN, Look.GREY, Look.DEUTAN, Look.ALPHA])
def test_ways_to_look_change_the_canvas_alone(hands: Hands, settle: Callable[[], None], look: Look) -> None:
    settle()
    document, picture = hands.document, hands.picture()
    panel = hands.panel
    panel.looks.actions[look].trigger()
    QApplication.processEvents()
    expected = {
        Look.RED: (220, 220, 220),
        Look.GREEN: (30, 30, 30),
        Look.GREY: (113, 113, 113),
        Look.DEUTAN: (143, 126, 14),
        Look.ALPHA: (255, 255, 255),
    }[look]
    assert np.abs(np.array(hands.seen(150, 100)) - expected).max() <= 3
    assert not panel.looks.badge.isHidden() and look.value in str(panel.canvas.look)
    assert hands.document is document and (hands.picture() == picture).all()
    hands.canvas.pan(7, 5)  # what is moved was filtered already and must not be filtered twice
    settle()
    assert np.abs(np.array(hands.seen(150, 100)) - expected).max() <= 3
    panel.looks.badge.click()
    QApplication.processEvents()
    assert hands.seen(150, 100) == (220, 30, 30) and panel.looks.badge.isHidden()
    assert "channel" not in panel.status()


def test_levels_are_dragged_over_the_histogram(hands: Hands, qtbot: QtBot) -> None:
    panel = hands.panel
    panel.commands.add_adjustment(Levels)
    body = panel._inspector.adjustment.levels
    assert body is not None
    panel._inspector.resize(312, 700)
    editor = body.editor
    editor.resize(280, editor.sizeHint().height())
    qtbot.waitUntil(lambda: bool(editor._heights.any()), timeout=5000)
    start, steps = editor.place("white").toPoint() + QPoint(0, 4), len(hands.steps())
    QTest.mousePress(editor, Qt.MouseButton.LeftButton, pos=start)
    for x in (200, 160, 140):
        QTest.mouseMove(editor, QPoint(x, start.y()))
        assert panel.editor.shown is not panel.editor.document
    QTest.mouseRelease(editor, Qt.MouseButton.LeftButton, pos=QPoint(140, start.y()))
    layer = panel.editor.layer
    assert isinstance(layer, AdjustmentLayer) and isinstance(layer.adjustment, Levels)
    assert 115 <= layer.adjustment.white <= 140 and layer.adjustment.black == 0
    assert len(hands.steps()) == steps + 1
    hands.undo()
    assert editor.value() == Levels()
    QTest.mousePress(editor, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(editor, QPoint(150, start.y()))
    assert panel.editor.shown is not panel.editor.document
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    QTest.mouseRelease(editor, Qt.MouseButton.LeftButton, pos=QPoint(150, start.y()))
    assert panel.editor.shown is panel.editor.document and editor.value() == Levels()
