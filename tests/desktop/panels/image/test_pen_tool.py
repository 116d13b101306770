"""The pen and the direct selection with mouse and keys: points, handles, curves, closing, and undo point by point."""

import msgspec
import pytest
from image_hands import Hands
from PySide6.QtCore import Qt

from core.documents.image import FillLayer, ShapeLayer, Transform, VectorMask
from core.documents.image_edits import set_vector_mask
from core.documents.image_paths import Spot
from core.documents.image_shapes import Contours, Ellipse, Line, Path, Rectangle, ShapeStroke, transformed
from core.raster.bounds import layer_matrix
from desktop.panel import EditCommand
from desktop.panels.image.tools.pen import PenTool
from desktop.panels.image.tools.points import PointsTool

replace = msgspec.structs.replace
SHIFT, ALT, CTRL = (
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier,
)


def path_of(hands: Hands) -> Contours:
    """The top layer's path in document pixels."""
    layer = hands.document.layers[-1]
    assert isinstance(layer, ShapeLayer)
    return transformed(layer.geometry.contours(), layer_matrix(layer))


def spots(hands: Hands, index: int = 0) -> list[tuple[float, float]]:
    return [(round(knot.x, 3), round(knot.y, 3)) for knot in path_of(hands)[index].knots]


@pytest.fixture
def pen(hands: Hands) -> PenTool:
    hands.panel.use_tool("pen")
    tool = hands.canvas.tool
    assert isinstance(tool, PenTool)
    return tool


@pytest.fixture
def points(hands: Hands) -> PointsTool:
    """The direct selection on a square of 80 pixels at (400, 40)."""
    layer = ShapeLayer(id="box", geometry=Rectangle(width=80, height=80), transform=Transform(x=400, y=40))
    hands.panel.session.commit("Add", hands.document.insert_layer(layer))
    hands.panel.use_tool("move")
    hands.double_click(440, 80)
    tool = hands.canvas.tool
    assert isinstance(tool, PointsTool) and hands.panel.editor.selection == ("box",)
    return tool


def test_clicks_make_corners_and_the_first_point_closes(hands: Hands, pen: PenTool) -> None:
    count = len(hands.steps())
    for x, y in ((400, 40), (500, 40), (450, 120)):
        hands.click(x, y)
    assert spots(hands) == [(400, 40), (500, 40), (450, 120)] and not path_of(hands)[0].closed
    hands.click(400, 40)
    assert path_of(hands)[0].closed and len(path_of(hands)[0].knots) == 3 and not pen.drawing
    assert hands.steps()[count:] == ["Draw path", "Draw path", "Close path"]
    assert tuple(hands.picture()[70, 450]) == (0, 0, 0, 255)
    hands.undo()
    assert not path_of(hands)[0].closed


def test_a_drag_makes_a_curve_and_alt_breaks_it(hands: Hands, pen: PenTool) -> None:
    hands.drag([(400, 100), (420, 80), (430, 60)])
    hands.drag([(500, 100), (520, 120), (530, 140)])
    first, second = path_of(hands)[0].knots
    assert first.smooth and (first.out_x, first.out_y) == pytest.approx((30, -40))
    assert (second.in_x, second.in_y) == pytest.approx((-30, -40)) and second.smooth
    hands.press(560, 60)
    hands.move(570, 60)
    hands.move(580, 60)
    hands.move(580, 20, ALT)
    hands.release(580, 20, ALT)
    third = path_of(hands)[0].knots[2]
    assert (third.in_x, third.in_y) == pytest.approx((-20, 0)) and not third.smooth
    assert (third.out_x, third.out_y) == pytest.approx((20, -40))
    hands.key(Qt.Key.Key_Return)
    assert not pen.drawing


def test_escape_ends_an_open_path_and_undo_takes_its_points_one_by_one(hands: Hands, pen: PenTool) -> None:
    before = hands.document
    hands.click(400, 40)
    hands.key(Qt.Key.Key_Escape)
    assert hands.document == before and not pen.drawing
    for x in (400, 450, 500, 550):
        hands.click(x, 60)
    hands.undo()
    assert spots(hands) == [(400, 60), (450, 60), (500, 60)] and pen.drawing
    hands.click(520, 90)  # and goes on from there
    assert spots(hands)[-2:] == [(500, 60), (520, 90)]
    hands.key(Qt.Key.Key_Backspace)
    assert spots(hands)[-1] == (500, 60)
    hands.key(Qt.Key.Key_Escape)
    assert not pen.drawing and hands.canvas.tool is pen
    for _ in range(5):
        hands.undo()
    assert hands.document == before


def test_shift_keeps_to_45_degrees(hands: Hands, pen: PenTool) -> None:
    hands.click(400, 40)
    hands.click(470, 46, SHIFT)
    assert spots(hands) == [(400, 40), (470, 40)]


def test_the_pen_goes_on_adds_and_deletes(hands: Hands, pen: PenTool) -> None:
    for x, y in ((400, 40), (500, 40), (500, 120)):
        hands.click(x, y)
    hands.key(Qt.Key.Key_Return)
    hands.click(450, 40)  # on the line: a point more
    assert spots(hands) == [(400, 40), (450, 40), (500, 40), (500, 120)]
    hands.click(500, 40)  # on a point: one less
    assert spots(hands) == [(400, 40), (450, 40), (500, 120)]
    hands.click(400, 40)  # on its beginning: it goes on from there
    assert pen.drawing
    hands.click(400, 140)
    assert spots(hands) == [(400, 140), (400, 40), (450, 40), (500, 120)]
    hands.click(500, 120)
    assert path_of(hands)[0].closed and len(path_of(hands)) == 1


def test_ctrl_moves_points_without_leaving_the_pen(hands: Hands, pen: PenTool) -> None:
    for x, y in ((400, 40), (500, 40), (500, 120)):
        hands.click(x, y)
    hands.drag([(500, 40), (510, 35), (530, 20)], CTRL)
    assert spots(hands)[1] == (530, 20) and hands.canvas.tool is pen
    hands.click(440, 150)
    assert spots(hands)[-1] == (440, 150)


def test_the_pen_paints_with_the_current_style(hands: Hands, pen: PenTool) -> None:
    hands.panel.shape_style.set_fill(None)
    hands.panel.shape_style.set_fields(stroke=ShapeStroke(colour="#ff0000", width=8))
    hands.click(400, 50)
    hands.click(500, 50)
    assert tuple(hands.picture()[50, 450]) == (255, 0, 0, 255)
    assert tuple(hands.picture()[58, 450]) == (255, 255, 255, 255)


def test_moving_a_corner_turns_a_rectangle_into_a_path(hands: Hands, points: PointsTool) -> None:
    count = len(hands.steps())
    hands.drag([(400, 40), (390, 30), (380, 25)], CTRL)
    assert spots(hands) == [(380, 25), (480, 40), (480, 120), (400, 120)]
    assert isinstance(hands.document.layers[-1], ShapeLayer) and isinstance(hands.document.layers[-1].geometry, Path)
    assert hands.steps()[count:] == ["Move points"]
    hands.undo()
    assert hands.document.layers[-1].geometry == Rectangle(width=80, height=80)


def test_points_are_chosen_nudged_and_deleted(hands: Hands, points: PointsTool) -> None:
    hands.click(480, 40)
    hands.click(480, 120, SHIFT)
    assert points.chosen == {Spot(0, 1), Spot(0, 2)}
    count = len(hands.steps())
    hands.key(Qt.Key.Key_Right, SHIFT)
    hands.key(Qt.Key.Key_Right)
    assert spots(hands) == [(400, 40), (491, 40), (491, 120), (400, 120)]
    assert hands.steps()[count:] == ["Move points"]
    assert hands.panel.can_edit(EditCommand.DELETE)
    hands.panel.edit(EditCommand.DELETE)
    assert spots(hands) == [(400, 40), (400, 120)]
    hands.panel.edit(EditCommand.SELECT_ALL)
    hands.panel.edit(EditCommand.DELETE)
    assert not any(layer.id == "box" for layer in hands.document.layers)


def test_a_frame_chooses_points(hands: Hands, points: PointsTool) -> None:
    hands.drag([(380, 20), (420, 60), (495, 60)])
    assert points.chosen == {Spot(0, 0), Spot(0, 1)}
    hands.key(Qt.Key.Key_Escape)
    assert points.chosen == set() and hands.canvas.tool is points


def test_alt_pulls_handles_a_double_click_takes_them_and_curves_bend(hands: Hands, points: PointsTool) -> None:
    hands.drag([(480, 40), (490, 30), (500, 60)], ALT)
    knot = path_of(hands)[0].knots[1]
    assert knot.smooth and (knot.out_x, knot.out_y) == pytest.approx((20, 20))
    middle = path_of(hands)[0].segments()[1]
    at = tuple(sum(w * p[axis] for w, p in zip((0.125, 0.375, 0.375, 0.125), middle, strict=True)) for axis in (0, 1))
    hands.click(300, 380)
    hands.panel.editor.select(["box"])
    hands.drag([(at[0], at[1]), (at[0] + 10, at[1]), (at[0] + 20, at[1])])
    bent = path_of(hands)[0].segments()[1]
    now = sum(w * p[0] for w, p in zip((0.125, 0.375, 0.375, 0.125), bent, strict=True))
    assert now == pytest.approx(at[0] + 20, abs=1.5)
    hands.double_click(480, 40)
    assert path_of(hands)[0].knots[1][2:6] == (0, 0, 0, 0)


def test_a_handle_is_dragged_and_alt_breaks_it(hands: Hands) -> None:
    layer = ShapeLayer(id="disc", geometry=Ellipse(width=100, height=100), transform=Transform(x=400, y=40))
    hands.panel.session.commit("Add", hands.document.insert_layer(layer))
    hands.panel.editor.select(["disc"])
    hands.panel.use_tool("points")
    hands.click(450, 40)
    top = path_of(hands)[0].knots[0]
    hands.drag([top.after, (480, 60), (480, 70)])
    turned = path_of(hands)[0].knots[0]
    assert turned.after == pytest.approx((480, 70), abs=0.7) and turned.smooth and turned.in_y < 0
    hands.drag([turned.after, (490, 30), (500, 20)], ALT)
    broken = path_of(hands)[0].knots[0]
    assert not broken.smooth and broken.before == pytest.approx(turned.before)


def test_a_turned_shape_is_edited_where_it_is_seen(hands: Hands) -> None:
    layer = ShapeLayer(id="t", geometry=Rectangle(width=80, height=40), transform=Transform(x=420, y=60, rotation=30))
    hands.panel.session.commit("Add", hands.document.insert_layer(layer))
    hands.panel.editor.select(["t"])
    hands.panel.use_tool("points")
    before = spots(hands)
    hands.drag([before[2], (520, 130), (540, 150)], CTRL)
    after = spots(hands)
    assert after[2] == pytest.approx((540, 150), abs=0.8)
    assert [after[i] for i in (0, 1, 3)] == [pytest.approx(before[i], abs=0.002) for i in (0, 1, 3)]


def test_a_vector_mask_is_edited_with_the_same_tools(hands: Hands) -> None:
    mask = VectorMask(geometry=Rectangle(width=100, height=100), transform=Transform(x=400, y=40))
    fill = FillLayer(id="cut", colour="#00ff00")
    hands.panel.session.commit("Add", set_vector_mask(hands.document.insert_layer(fill), "cut", mask))
    hands.panel.editor.select(["cut"])
    hands.panel.use_tool("points")
    hands.drag([(500, 140), (520, 150), (560, 200)], CTRL)
    found = hands.document.layers[-1].vector_mask
    assert found is not None and isinstance(found.geometry, Path)
    assert tuple(hands.picture()[170, 530]) == (0, 255, 0, 255)
    hands.panel.use_tool("pen")
    for x, y in ((420, 300), (460, 300), (440, 340), (420, 300)):
        hands.click(x, y)
    assert tuple(hands.picture()[310, 440]) == (0, 255, 0, 255)
    assert len(hands.document.layers) == 4


def test_a_locked_shape_keeps_its_points(hands: Hands, points: PointsTool) -> None:
    hands.panel.session.commit("Lock", hands.document.replace_layer("box", lambda one: replace(one, locked=True)))
    hands.drag([(400, 40), (390, 30), (380, 25)])
    assert hands.document.layers[-1].geometry == Rectangle(width=80, height=80)


def test_an_arrow_whose_end_is_moved_is_still_an_arrow(hands: Hands) -> None:
    line = Line(dx=100, dy=0, end="arrow")
    layer = ShapeLayer(id="l", geometry=line, fill=None, stroke=ShapeStroke(width=4), transform=Transform(x=400, y=60))
    hands.panel.session.commit("Add", hands.document.insert_layer(layer))
    hands.panel.editor.select(["l"])
    hands.panel.use_tool("points")
    hands.drag([(400, 60), (410, 80), (420, 100)], CTRL)
    moved = hands.document.layers[-1]
    assert isinstance(moved, ShapeLayer) and moved.geometry == Line(dx=80, dy=-40, end="arrow")
    assert spots(hands) == [(420, 100), (500, 60)]
    hands.double_click(460, 80)  # with a point more it is a path
    assert isinstance(hands.document.layers[-1].geometry, Path) and len(spots(hands)) == 3
