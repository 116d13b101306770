"""Drawing shapes with the mouse, styling them in the bar and the inspector; each is one undo step."""

from collections.abc import Callable

import msgspec
import pytest
from image_hands import Hands
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QToolButton

from core.documents.image import ShapeLayer
from core.documents.image_shapes import Ellipse, Line, LinearGradient, Polygon, Rectangle, Solid, Star
from desktop.panels.image.tools.corner_handles import corner_spots
from desktop.panels.image.tools.shape import ShapeTool

replace = msgspec.structs.replace
SHIFT, ALT, CTRL = (
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier,
)


def top(hands: Hands) -> ShapeLayer:
    layer = hands.document.layers[-1]
    assert isinstance(layer, ShapeLayer)
    return layer


def box(hands: Hands) -> tuple[float, ...]:
    found = hands.panel.editor.bounds([top(hands).id], hands.document)
    assert found is not None
    return tuple(found)


def test_a_rectangle_is_drawn_filled_and_one_step(hands: Hands, settle: Callable[[], None]) -> None:
    before, count = hands.document, len(hands.steps())
    hands.panel.editor.set_colour("#2060c0")
    hands.panel.use_tool("rectangle")
    hands.press(410, 30)
    hands.move(450, 60)
    hands.move(530, 110)
    tool = hands.canvas.tool
    assert isinstance(tool, ShapeTool) and tool.busy and tool._text == "120 × 80 px"
    settle()
    assert hands.seen(500, 90) == (0x20, 0x60, 0xC0)  # while it is drawn
    assert hands.document == before
    hands.release(530, 110)
    assert top(hands).geometry == Rectangle(width=120, height=80)
    assert box(hands) == (410, 30, 530, 110)
    assert tuple(hands.picture()[60, 450]) == (0x20, 0x60, 0xC0, 255)
    assert hands.panel.editor.selection == (top(hands).id,)
    assert hands.steps()[count:] == ["Add shape"]
    hands.undo()
    assert hands.document == before


@pytest.mark.parametrize(
    ("keys", "expected"),
    [(SHIFT, (420, 20, 500, 100)), (ALT, (340, -20, 500, 60)), (SHIFT | ALT, (340, -60, 500, 100))],
)
def test_modifiers_keep_it_regular_and_draw_from_the_middle(
    hands: Hands, keys: Qt.KeyboardModifier, expected: tuple[float, ...]
) -> None:
    hands.panel.use_tool("oval")
    hands.drag([(420, 20), (460, 50), (500, 60)], keys | CTRL)
    assert isinstance(top(hands).geometry, Ellipse)
    assert box(hands) == expected


def test_a_modifier_counts_as_soon_as_it_is_pressed(hands: Hands) -> None:
    hands.panel.use_tool("rectangle")
    hands.press(420, 20, CTRL)
    hands.move(500, 60, CTRL)
    QApplication.sendEvent(hands.canvas, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Shift, CTRL | SHIFT))
    shown = hands.panel.editor.shown
    assert shown is not None
    drawn = shown.layer("new")
    assert isinstance(drawn, ShapeLayer) and drawn.geometry == Rectangle(width=80, height=80)
    hands.key(Qt.Key.Key_Escape)
    assert hands.panel.editor.shown == hands.document
    hands.release(500, 60)
    assert not any(isinstance(layer, ShapeLayer) for layer in hands.document.layers)


def test_space_moves_what_is_drawn(hands: Hands) -> None:
    hands.panel.use_tool("rectangle")
    hands.press(410, 30, CTRL)
    hands.move(450, 60, CTRL)
    QApplication.sendEvent(hands.canvas, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Space, CTRL))
    hands.move(470, 90, CTRL)
    QApplication.sendEvent(hands.canvas, QKeyEvent(QEvent.Type.KeyRelease, Qt.Key.Key_Space, CTRL))
    hands.move(490, 95, CTRL)
    hands.release(490, 95, CTRL)
    assert box(hands) == (430, 60, 490, 95)


def test_a_click_makes_one_of_a_fifth_of_the_canvas(hands: Hands) -> None:
    hands.panel.use_tool("star")
    hands.click(500, 100)
    layer = top(hands)
    assert isinstance(layer.geometry, Star) and layer.geometry.width == 80
    left, top_, right, bottom = box(hands)
    assert ((left + right) / 2, (top_ + bottom) / 2) == pytest.approx((500, 100), abs=1)


def test_corners_snap_to_other_layers(hands: Hands) -> None:
    hands.panel.use_tool("rectangle")
    hands.drag([(303, 30), (420, 60), (470, 77)])
    assert box(hands) == (300, 30, 470, 80)  # the red picture's right side and its top


def test_a_line_keeps_to_45_degrees_and_takes_its_arrow(hands: Hands) -> None:
    hands.panel.use_tool("line")
    hands.panel.shape_style.set_fields(end="arrow")
    hands.drag([(420, 20), (460, 50), (500, 94)], SHIFT | CTRL)
    line = top(hands)
    assert isinstance(line.geometry, Line) and line.geometry.end == "arrow"
    assert line.geometry.dx == pytest.approx(line.geometry.dy) and line.fill is None and line.stroke is not None
    assert hands.picture()[57, 457, 0] < 60


def test_the_ring_in_a_corner_rounds_it(hands: Hands) -> None:
    hands.panel.use_tool("rectangle")
    hands.drag([(400, 20), (450, 60), (520, 120)], CTRL)
    count = len(hands.steps())
    for keys, expected in ((ALT, (30, 0, 0, 0)), (Qt.KeyboardModifier.NoModifier, (20, 20, 20, 20))):
        spot = corner_spots(top(hands), hands.canvas.view)[0]
        at = hands.canvas.view.to_document(spot.x(), spot.y())
        hands.drag([at, (425, 45), (400 + expected[0], 20 + expected[0])], keys)
        assert top(hands).geometry == Rectangle(width=120, height=100, radii=expected)
    assert hands.steps()[count:] == ["Round corners", "Round corners"]
    assert hands.picture()[22, 402, 0] == 255


def test_the_move_tool_resizes_without_touching_stroke_and_corners(hands: Hands) -> None:
    hands.panel.shape_style.set_fields(radius=10.0)
    hands.panel.use_tool("rectangle")
    hands.drag([(400, 20), (450, 60), (500, 120)], CTRL)
    hands.panel.use_tool("move")
    hands.drag([(500, 70), (520, 70), (550, 70)], CTRL)
    assert top(hands).geometry == Rectangle(width=150, height=100, radii=(10, 10, 10, 10))
    assert box(hands) == (400, 20, 550, 120)


def test_the_inspector_changes_the_shape_as_one_step_each(hands: Hands, settle: Callable[[], None]) -> None:
    hands.panel.use_tool("polygon-shape")
    hands.drag([(400, 20), (450, 60), (560, 160)], CTRL)
    section, count = hands.panel._inspector.shape, len(hands.steps())
    assert not section.isHidden() and not section.sides.isHidden() and section.points.isHidden()
    section.sides.change(8)
    section.fill.committed.emit("linear")
    section.colour.committed.emit("#ff0000")
    section.second.committed.emit("#0000ff")
    section.stroked.setChecked(True)
    section.width_.change(6)
    section.position.committed.emit("inside")
    layer = top(hands)
    assert isinstance(layer.geometry, Polygon) and layer.geometry.sides == 8
    assert isinstance(layer.fill, LinearGradient) and [stop.colour for stop in layer.fill.stops] == [
        "#ff0000",
        "#0000ff",
    ]
    assert layer.stroke is not None and (layer.stroke.width, layer.stroke.position) == (6, "inside")
    assert len(hands.steps()) - count == 7
    settle()
    red, _, blue = hands.seen(500, 40)
    assert red > 200 and blue < 60
    assert hands.seen(480, 150)[2] > 200
    section.angle.value_changed.emit(0.0)
    assert hands.document.layers[-1] == layer  # only shown
    for _ in range(7):
        hands.undo()
    assert isinstance(top(hands).fill, Solid)


def test_the_bar_styles_the_selected_shape_and_what_comes_next(hands: Hands) -> None:
    hands.panel.use_tool("rectangle")
    hands.drag([(400, 20), (450, 60), (460, 80)], CTRL)
    style = hands.panel.shape_style
    style.set_fill(Solid(colour="#00aa00"))
    style.apply(lambda layer: replace(layer, fill=Solid(colour="#00aa00")))
    assert top(hands).fill == Solid(colour="#00aa00")
    hands.drag([(480, 20), (520, 60), (540, 80)], CTRL)
    assert top(hands).fill == Solid(colour="#00aa00")
    hands.panel.editor.set_colour("#123456")
    hands.drag([(400, 100), (420, 140), (460, 160)], CTRL)
    assert top(hands).fill == Solid(colour="#123456")
    style.set_fill(None)
    hands.panel.editor.set_colour("#654321")
    assert style.fill is None  # who draws outlines goes on to draw outlines


def test_shapes_are_one_family_under_one_key(hands: Hands) -> None:
    by_id = hands.panel.named.by_id
    by_id["tool.rectangle-used"].trigger()
    assert hands.canvas.tool is hands.panel.tools["rectangle"]
    by_id["tool.rectangle-next"].trigger()
    assert hands.canvas.tool is hands.panel.tools["oval"]
    hands.panel.use_tool("move")
    strip = hands.panel.tools_widget()
    seen = [button.accessibleName() for button in strip.findChildren(QToolButton) if not button.isHidden()]
    assert "Ellipse" in seen and "Rectangle" not in seen  # one place in the strip, for the one used last
    by_id["tool.rectangle-used"].trigger()
    assert hands.canvas.tool is hands.panel.tools["oval"]
