"""Choosing, dragging, scaling, turning and nudging layers on the canvas; everything comes back with one undo."""

import math

import msgspec
import pytest
from image_hands import Hands
from PySide6.QtCore import QPointF, Qt

from core.documents import image_edits
from core.documents.image import GroupLayer, RasterLayer, TextLayer, Transform
from core.documents.image_place import Box
from desktop.panels.image.tools.handles import Frame, Handle
from desktop.panels.image.tools.move import MoveTool

replace = msgspec.structs.replace
SHIFT, ALT, CTRL = (
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier,
)


def box(hands: Hands, layer_id: str) -> Box:
    found = hands.panel.editor.bounds([layer_id], hands.document)
    assert found is not None
    return found


def handle(hands: Hands, which: Handle) -> tuple[float, float]:
    """Return where a handle of the selection is, in document pixels."""
    tool = hands.panel.move_tool
    frame = tool.frame()
    assert frame is not None
    spot = frame.spot(which, hands.canvas.view)
    return hands.canvas.view.to_document(spot.x(), spot.y())


def test_a_click_chooses_the_topmost_layer_under_the_pointer(hands: Hands) -> None:
    hands.click(200, 130)
    assert hands.panel.editor.selection == ("red",)
    hands.click(120, 285)
    assert hands.panel.editor.selection == ("words",)
    hands.click(200, 130, SHIFT)
    assert set(hands.panel.editor.selection) == {"words", "red"}
    hands.click(550, 380)
    assert hands.panel.editor.selection in ((), ("back",))


def test_locked_layers_are_not_chosen_on_the_canvas(hands: Hands) -> None:
    hands.panel.session.commit("Lock", image_edits.update(hands.document, ["red", "back"], locked=True))
    hands.click(200, 130)
    assert hands.panel.editor.selection == ()


def test_dragging_moves_by_whole_pixels_in_one_step(hands: Hands) -> None:
    before, count = hands.document, len(hands.steps())
    hands.drag([(200, 130), (220, 140), (231, 147)], CTRL)
    assert box(hands, "red") == Box(131, 97, 331, 197)
    assert hands.steps()[count:] == ["Move layer"]
    hands.undo()
    assert hands.document == before


def test_shift_keeps_the_direction(hands: Hands) -> None:
    hands.drag([(200, 130), (220, 133), (260, 141)], CTRL | SHIFT)
    assert (box(hands, "red").left, box(hands, "red").top) == (160, 80)


def test_alt_drags_a_copy(hands: Hands) -> None:
    hands.click(200, 130)
    hands.drag([(200, 130), (240, 160), (300, 200)], ALT | CTRL)
    names = [layer.name for layer in hands.document.layers]
    assert names == ["Background", "Red", "Red copy", ""]
    copy = hands.document.layers[2]
    assert hands.panel.editor.selection == (copy.id,)
    assert box(hands, "red").left == 100 and box(hands, copy.id).left == 200


def test_a_drag_snaps_to_the_middle_and_shows_the_line(hands: Hands) -> None:
    hands.press(200, 130)
    hands.move(240, 130)
    hands.move(297, 130)  # the middle would be at 297; the canvas's is at 300
    tool = hands.panel.move_tool
    assert isinstance(tool, MoveTool)
    assert any(line.axis == "x" and line.at == 300 for line in tool._met)
    hands.release(297, 130)
    assert box(hands, "red").centre[0] == 300


def test_arrow_keys_move_by_one_and_ten_and_merge(hands: Hands) -> None:
    hands.click(200, 130)
    hands.canvas.setFocus()
    count = len(hands.steps())
    for _ in range(3):
        hands.key(Qt.Key.Key_Right)
    hands.key(Qt.Key.Key_Down, SHIFT)
    assert (box(hands, "red").left, box(hands, "red").top) == (103, 90)
    assert len(hands.steps()) == count + 1
    hands.undo()
    assert box(hands, "red").left == 100


def test_a_corner_scales_in_proportion_about_the_opposite_corner(hands: Hands) -> None:
    hands.click(200, 130)
    x, y = handle(hands, Handle.BOTTOM_RIGHT)
    hands.drag([(x, y), (x + 50, y + 25), (x + 100, y + 50)], CTRL)
    after = box(hands, "red")
    assert (after.left, after.top) == (100, 80)
    assert after.right == pytest.approx(400, abs=1) and after.bottom == pytest.approx(230, abs=1)
    layer = hands.layer("red")
    assert isinstance(layer, RasterLayer)
    assert layer.transform.scale_x == pytest.approx(layer.transform.scale_y)
    assert (layer.width, layer.height) == (200, 100)
    assert hands.steps()[-1] == "Scale layer"


def test_a_side_handle_stretches_one_way_and_alt_keeps_the_middle(hands: Hands) -> None:
    hands.click(200, 130)
    x, y = handle(hands, Handle.RIGHT)
    hands.drag([(x, y), (x + 20, y), (x + 40, y)], ALT | CTRL)
    after = box(hands, "red")
    assert (after.left, after.right) == (pytest.approx(60, abs=1), pytest.approx(340, abs=1))
    assert (after.top, after.bottom) == (80, 180)


def test_the_turning_handle_turns_about_the_middle_and_shift_takes_steps(hands: Hands) -> None:
    hands.click(200, 130)
    x, y = handle(hands, Handle.TURN)
    radius = 130 - y
    angle = math.radians(-90 + 42)
    to = (200 + radius * math.cos(angle), 130 + radius * math.sin(angle))
    hands.drag([(x, y), ((x + to[0]) / 2, (y + to[1]) / 2), to], SHIFT)
    layer = hands.layer("red")
    assert isinstance(layer, RasterLayer)
    assert layer.transform.rotation == 45
    assert box(hands, "red").centre == (pytest.approx(200), pytest.approx(130))
    assert hands.steps()[-1] == "Rotate layer"


def test_the_side_of_a_text_sets_where_its_lines_break(hands: Hands) -> None:
    hands.click(120, 285)
    before = box(hands, "words")
    x, y = handle(hands, Handle.RIGHT)
    hands.drag([(x, y), (x - 60, y), (x - 110, y)], CTRL)
    layer = hands.layer("words")
    assert isinstance(layer, TextLayer)
    assert layer.width > 0 and layer.size == 40 and layer.transform.scale_x == 1
    after = box(hands, "words")
    assert after.left == pytest.approx(before.left) and after.top == pytest.approx(before.top)
    assert after.bottom > before.bottom + 30  # two lines now


def test_several_layers_scale_together(hands: Hands) -> None:
    hands.panel.editor.select(["red", "words"])
    joined = box(hands, "red").union(box(hands, "words"))
    x, y = handle(hands, Handle.BOTTOM_RIGHT)
    width, height = joined.right - joined.left, joined.bottom - joined.top
    hands.drag([(x, y), (x - width / 4, y - height / 4), (x - width / 2, y - height / 2)], CTRL)
    after = box(hands, "red").union(box(hands, "words"))
    assert (after.left, after.top) == (pytest.approx(joined.left), pytest.approx(joined.top))
    assert after.right - after.left == pytest.approx(width / 2, abs=1)


def test_escape_takes_a_drag_back(hands: Hands) -> None:
    before, count = hands.document, len(hands.steps())
    hands.press(200, 130)
    hands.move(260, 160)
    assert hands.panel.editor.shown != before
    hands.key(Qt.Key.Key_Escape)
    assert hands.panel.editor.shown == before
    hands.release(260, 160)
    assert len(hands.steps()) == count


def test_group_mode_chooses_and_moves_the_whole_group(hands: Hands) -> None:
    document, group = image_edits.group(hands.document, ["red", "words"], "Pair")
    hands.panel.session.commit("Group", document)
    hands.panel.move_tool.whole_groups = True
    hands.drag([(200, 130), (230, 150), (240, 150)], CTRL)
    assert hands.panel.editor.selection == (group,)
    assert box(hands, "red").left == 140
    assert box(hands, "words").left == pytest.approx(100)
    assert isinstance(hands.layer(group), GroupLayer)


def test_a_frame_around_several_things_selects_them(hands: Hands) -> None:
    hands.panel.session.commit("Lock", image_edits.update(hands.document, ["back"], locked=True))
    hands.drag([(20, 60), (300, 200), (450, 330)])
    assert set(hands.panel.editor.selection) == {"red", "words"}


def test_handles_are_found_where_they_are_drawn(hands: Hands) -> None:
    layer = RasterLayer(pixels="0" * 64, width=200, height=100, transform=Transform(x=150, y=150, rotation=30))
    frame = Frame.of_layer(layer, lambda _: (200.0, 100.0))
    assert frame is not None
    for which in (*frame.handles(), Handle.TURN):
        assert frame.handle_at(frame.spot(which, hands.canvas.view), hands.canvas.view) is which
    outside = frame.spot(Handle.TOP_LEFT, hands.canvas.view) + QPointF(-14, -6)
    assert frame.handle_at(outside, hands.canvas.view) is Handle.TURN
    middle = QPointF(*hands.canvas.view.to_widget(250, 200))
    assert frame.handle_at(middle, hands.canvas.view) is None
