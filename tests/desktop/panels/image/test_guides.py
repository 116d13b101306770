"""Rulers, guides, grid and snapping by mouse and keys, in a real panel; every change of a guide is one undo step."""

import msgspec
import pytest
from image_hands import Hands
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from core.documents import image_edits
from core.documents.image import Guide, RasterLayer, Transform
from core.documents.image_place import Box
from desktop.panels.image.measure_dialogs import GuideDialog, MeasureDialog
from desktop.panels.image.rulers import Ruler, tick_step
from desktop.panels.image.snapping import Span, equal_gaps, neighbours, snap_box

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def ruled(hands: Hands) -> Hands:
    """Rulers are shown; what was set before is forgotten."""
    hands.panel.editor.session.settings.views.pop("image.measure", None)
    hands.panel.editor.measuring._options = None
    hands.panel.frame_actions.by_id["view.rulers"].trigger()
    QApplication.processEvents()
    hands.canvas.set_zoom(1.0)
    return hands


def ruler(hands: Hands, side: str) -> Ruler:
    return next(one for one in hands.panel.findChildren(Ruler) if one.side == side)


def pull(hands: Hands, side: str, to: tuple[float, float], keys: Qt.KeyboardModifier = NONE) -> None:
    """Drag from a ruler to a document point."""
    start = ruler(hands, side)
    QTest.mousePress(start, LEFT, NONE, QPoint(8, 8))
    spot = QPointF(start.mapFrom(hands.panel, hands.canvas.mapTo(hands.panel, hands.at(*to))))
    _move(start, QPointF(10, 10), keys)
    _move(start, spot, keys)
    QTest.mouseRelease(start, LEFT, keys, spot.toPoint())


def _move(widget: QWidget, at: QPointF, keys: Qt.KeyboardModifier) -> None:
    event = QMouseEvent(QEvent.Type.MouseMove, at, widget.mapToGlobal(at), Qt.MouseButton.NoButton, LEFT, keys)
    QApplication.sendEvent(widget, event)


def test_guides_come_out_of_rulers_move_and_go_back(ruled: Hands) -> None:
    pull(ruled, "left", (243.4, 120), CTRL)
    assert ruled.document.guides == (Guide(axis="x", at=pytest.approx(243, abs=1)),)
    pull(ruled, "top", (240, 53))
    pull(ruled, "left", (300, 355), ALT)  # Alt: of the other kind
    assert [guide.axis for guide in ruled.document.guides] == ["x", "y", "y"]
    pull(ruled, "left", (104, 300))  # the left edge of the red picture is at 100
    assert ruled.document.guides[-1] == Guide(axis="x", at=100)
    assert ruled.steps()[-1] == "Add guide"
    place = ruled.document.guides[1].at
    ruled.drag([(20, place), (20, place + 6), (20, place - 20)], CTRL)
    assert ruled.document.guides[1].at == pytest.approx(place - 20, abs=1)
    assert ruled.steps()[-1] == "Move guide"
    before = ruled.document
    ruled.drag([(20, place - 20), (20, 10), (20, -500)])
    assert len(ruled.document.guides) == 3 and ruled.steps()[-1] == "Remove guide"
    ruled.undo()
    assert ruled.document == before


def test_escape_and_locking_and_clearing(ruled: Hands) -> None:
    actions = ruled.panel.frame_actions.by_id
    start = ruler(ruled, "top")
    QTest.mousePress(start, LEFT, NONE, QPoint(8, 8))
    _move(start, QPointF(40, 90), NONE)
    assert ruled.panel.guides.held is not None
    QTest.keyClick(start, Qt.Key.Key_Escape)
    QTest.mouseRelease(start, LEFT, NONE, QPoint(40, 90))
    assert ruled.document.guides == ()
    pull(ruled, "top", (240, 40))
    actions["view.locked"].trigger()
    at = ruled.document.guides[0].at
    ruled.drag([(550, at), (550, at + 10), (550, at + 30)])
    assert ruled.document.guides[0].at == at
    assert actions["view.guides-clear"].isEnabled()
    actions["view.guides-clear"].trigger()
    assert ruled.document.guides == () and ruled.steps()[-1] == "Clear guides"
    ruled.undo()
    assert len(ruled.document.guides) == 1


def test_a_double_click_asks_for_the_exact_place_in_the_unit_in_use(ruled: Hands) -> None:
    ruled.panel.editor.measuring.adjust(unit="in")
    pull(ruled, "left", (240, 40), CTRL)
    at = ruled.document.guides[0].at
    ruled.double_click(at, 350)
    asked = ruled.panel.frame_actions.dialog
    assert isinstance(asked, GuideDialog)
    asked.place.change(2.5)
    QTest.keyClick(asked, Qt.Key.Key_Return)
    assert ruled.document.guides == (Guide(axis="x", at=180),)
    ruled.panel.frame_actions.by_id["view.guide-new"].trigger()
    new = ruled.panel.frame_actions.dialog
    assert isinstance(new, GuideDialog)
    new.axis.set_value("y")
    new.place.change(1)
    new.accept()
    assert ruled.document.guides[-1] == Guide(axis="y", at=72)


def test_layers_snap_to_guides_to_the_grid_and_not_when_told(ruled: Hands) -> None:
    document = msgspec.structs.replace(ruled.document, guides=(Guide(axis="x", at=137),))
    ruled.panel.editor.commit("Guide", document)

    def dragged(keys: Qt.KeyboardModifier = NONE) -> tuple[float, float]:
        ruled.drag([(200, 130), (210, 140), (234, 163)], keys)  # the left edge would come to 134, the top to 113
        layer = ruled.layer("red")
        assert isinstance(layer, RasterLayer)
        place = layer.transform.x, layer.transform.y
        ruled.undo()
        return place

    assert dragged() == (137, 113)
    assert dragged(CTRL) == (134, 113)
    ruled.panel.frame_actions.by_id["view.grid"].trigger()
    ruled.panel.editor.measuring.adjust(step=50.0, parts=5, to_layers=False)
    assert dragged() == (137, 110)
    ruled.panel.frame_actions.by_id["view.guides"].trigger()
    assert dragged()[0] == 130
    ruled.panel.frame_actions.by_id["view.snap"].trigger()
    assert dragged() == (134, 113)


def test_grid_guides_and_rulers_are_painted(ruled: Hands) -> None:
    document = msgspec.structs.replace(ruled.document, guides=(Guide(axis="x", at=450),))
    ruled.panel.editor.commit("Guide", document)
    ruled.qtbot.waitUntil(lambda: ruled.seen(500, 30) == (255, 255, 255), timeout=5000)
    red, _, blue = ruled.seen(450, 30)
    assert blue > 200 and red < 100
    ruled.panel.editor.measuring.adjust(grid=True, step=40.0, parts=1)
    assert ruled.seen(480, 30) != (255, 255, 255) == ruled.seen(500, 30)
    strip = ruler(ruled, "top").grab().toImage()
    colours = {strip.pixel(x, strip.height() // 2) for x in range(strip.width())}
    assert len(colours) > 3


def test_gaps_become_equal_and_distances_are_said() -> None:
    row = [Box(0, 0, 40, 40), Box(60, 0, 100, 40)]
    moved = snap_box(Box(0, 5, 30, 35), 122, 0, (), 6.0, boxes=row)
    assert moved.dx == 120
    assert moved.gaps == (Span("x", 40, 60, 20), Span("x", 100, 120, 20))
    between = [Box(0, 0, 40, 40), Box(100, 0, 140, 40)]
    assert snap_box(Box(0, 0, 20, 20), 57, 0, (), 6.0, boxes=between).dx == 60
    assert equal_gaps(Box(61, 0, 81, 20), "x", between) == []
    found = neighbours(Box(120, 10, 150, 30), Box(0, 0, 300, 200), row)
    assert Span("x", 100, 120, 20) in found and Span("x", 150, 300, 20) in found
    assert Span("y", 0, 10, 135) in found and Span("y", 30, 200, 135) in found


def test_a_third_layer_is_set_at_the_same_gap(ruled: Hands) -> None:
    red = ruled.layer("red")
    assert isinstance(red, RasterLayer)
    second = msgspec.structs.replace(red, id="two", transform=Transform(x=20, y=280, scale_x=0.5, scale_y=0.5))
    document = image_edits.update(ruled.document, ["words"], visible=False)
    document = document.replace_layer("red", lambda _: msgspec.structs.replace(red, width=100))
    third = msgspec.structs.replace(second, id="three", transform=Transform(x=350, y=280, scale_x=0.5, scale_y=0.5))
    ruled.panel.editor.commit("Two", document.insert_layer(second).insert_layer(third))
    boxes = [ruled.panel.editor.bounds([i], ruled.document) for i in ("two", "three")]
    assert boxes[0] is not None and boxes[1] is not None
    middle = (boxes[0].right + boxes[1].left) / 2
    ruled.panel.editor.measuring.adjust(to_canvas=False)
    start = 150.0, 130.0
    ruled.press(*start)
    ruled.move(160, 150)
    ruled.move(middle + 4, 330)  # the picture's middle is 4 px from the middle of the gap
    assert len(ruled.panel.move_tool._gaps) == 2
    ruled.release(middle + 4, 330)
    box = ruled.panel.editor.bounds(["red"], ruled.document)
    assert box is not None and box.centre[0] == pytest.approx(middle, abs=1)


def test_numbers_on_rulers_are_round_and_far_enough_apart() -> None:
    for zoom in (0.03, 0.2, 0.5, 1.0, 3.0, 20.0):
        for unit, per in (("px", 1.0), ("cm", 28.35), ("in", 72.0), ("%", 10.8)):
            step, parts = tick_step(per * zoom, unit, 56.0)
            assert step * per * zoom >= 55.9 and parts >= 1
    assert tick_step(1.0, "px", 56.0) == (100.0, 10)


def test_how_one_measures_is_kept(ruled: Hands) -> None:
    ruled.panel.frame_actions.by_id["view.measure"].trigger()
    asked = ruled.panel.frame_actions.dialog
    assert isinstance(asked, MeasureDialog)
    asked.step.change(100)
    asked.boxes["to_layers"].click()
    asked.reject()
    stored = ruled.panel.editor.session.settings.views["image.measure"]
    assert stored["step"] == 100 and stored["to_layers"] is False and stored["rulers"] is True
