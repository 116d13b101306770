"""Artboards by mouse and keys: drawn, chosen, moved, resized, copied; new things go onto the one that is worked on."""

import asyncio

import msgspec
import numpy as np
import pytest
from image_hands import Hands
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from core.documents import artboard_edits, image_edits
from core.documents.image import (
    Artboard,
    FillLayer,
    GroupLayer,
    ImageDocument,
    RasterLayer,
    ShapeLayer,
    TextLayer,
    Transform,
    new_image,
)
from core.documents.image_place import Box
from core.project.project import Project
from core.raster.manifest import write_raster
from desktop import theme
from desktop.panel import EditCommand
from desktop.panels.image.tools.artboard import ArtboardTool

replace = msgspec.structs.replace
SHIFT, ALT, CTRL = (
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier,
)
ONE = Artboard(x=20, y=40, width=200, height=200, background="#ffffff")
TWO = Artboard(x=300, y=40, width=120, height=240)


@pytest.fixture
def document(project: Project) -> ImageDocument:
    """A white artboard with a red picture and a text on it, and a transparent one beside it."""
    pixels = np.zeros((40, 60, 4), np.uint8)
    pixels[...] = (220, 30, 30, 255)
    red = RasterLayer(
        id="red", name="Red", pixels=write_raster(pixels, project), width=60, height=40, transform=Transform(x=40, y=60)
    )
    words = TextLayer(id="words", text="Sale", size=30.0, transform=Transform(x=120.0, y=150.0))
    made = replace(
        new_image(480, 320, "Ads"),
        layers=(
            GroupLayer(id="one", name="Square", layers=(red, words), artboard=ONE),
            GroupLayer(id="two", name="Tower", artboard=TWO),
        ),
    )
    with project.transaction("New image") as transaction:
        transaction.put(made)
    return made


def board(hands: Hands, board_id: str) -> Artboard:
    return artboard_edits.board(hands.document, board_id)


def inside(hands: Hands, board_id: str) -> list[str]:
    layer = hands.layer(board_id)
    assert isinstance(layer, GroupLayer)
    return [child.id for child in layer.layers]


@pytest.fixture
def tool(hands: Hands) -> ArtboardTool:
    hands.panel.use_tool("artboard")
    return hands.panel.artboard_tool


def test_shift_v_goes_from_move_to_artboard_and_back(hands: Hands) -> None:
    actions = hands.panel.named.by_id
    assert actions["tool.move-next"].shortcut().toString() == "Shift+V"
    assert actions["tool.move-used"].shortcut().toString() == "V"
    actions["tool.move-next"].trigger()
    assert hands.canvas.tool is hands.panel.artboard_tool
    actions["tool.move-next"].trigger()
    assert hands.canvas.tool is hands.panel.move_tool


def test_dragging_on_free_canvas_makes_one(hands: Hands, tool: ArtboardTool) -> None:
    count = len(hands.steps())
    hands.drag([(230, 250), (260, 270), (290, 310)], CTRL)
    made = hands.document.layers[-1]
    assert isinstance(made, GroupLayer) and made.artboard is not None
    assert (made.artboard.x, made.artboard.y, made.artboard.width, made.artboard.height) == (230, 250, 60, 60)
    assert made.artboard.background == "#ffffff"
    assert hands.panel.editor.selection == (made.id,)
    assert hands.steps()[count:] == ["Add artboard"]
    hands.undo()
    assert len(hands.document.layers) == 2


def test_a_drag_snaps_to_the_edges_of_others_and_esc_takes_it_back(hands: Hands, tool: ArtboardTool) -> None:
    hands.press(440, 43)
    hands.move(450, 100)
    hands.move(470, 237)
    hands.key(Qt.Key.Key_Escape)
    hands.release(470, 237)
    assert len(hands.document.layers) == 2
    hands.drag([(440, 43), (450, 100), (470, 237)])
    made = hands.document.layers[-1]
    assert isinstance(made, GroupLayer) and made.artboard is not None
    assert (made.artboard.y, made.artboard.bottom) == (40, 240)


def test_a_click_inside_or_on_the_name_selects_it(hands: Hands, tool: ArtboardTool) -> None:
    hands.click(350, 200)
    assert hands.panel.editor.selection == ("two",)
    boxes = hands.panel.editor.boards.name_boxes(hands.canvas, hands.document)
    spot = boxes[0][1].center().toPoint()
    QTest.mouseClick(hands.canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, spot)
    assert hands.panel.editor.selection == ("one",)
    hands.click(350, 200, SHIFT)
    assert set(hands.panel.editor.selection) == {"one", "two"}
    hands.click(250, 300)
    assert hands.panel.editor.selection == ()


def test_moving_it_moves_its_layers(hands: Hands, tool: ArtboardTool) -> None:
    hands.drag([(30, 230), (40, 232), (37, 240)], CTRL)
    assert (board(hands, "one").x, board(hands, "one").y) == (27, 50)
    red = hands.layer("red")
    assert isinstance(red, RasterLayer) and (red.transform.x, red.transform.y) == (47, 70)
    hands.key(Qt.Key.Key_Right, SHIFT)
    assert board(hands, "one").x == 37
    hands.undo()
    hands.undo()
    assert board(hands, "one") == ONE


def test_its_handles_resize_it_and_what_is_on_it_stays(hands: Hands, tool: ArtboardTool) -> None:
    hands.click(30, 230)
    hands.drag([(220, 240), (230, 260), (250, 300)], CTRL)
    assert board(hands, "one") == replace(ONE, width=230, height=260)
    hands.drag([(20, 120), (10, 120), (60, 120)], CTRL)
    assert board(hands, "one") == replace(ONE, x=60, width=190, height=260)
    red = hands.layer("red")
    assert isinstance(red, RasterLayer) and red.transform.x == 40
    assert hands.steps()[-2:] == ["Resize artboard", "Resize artboard"]


def test_the_canvas_grows_for_what_is_dragged_beyond_it(hands: Hands, tool: ArtboardTool) -> None:
    before = hands.at(350, 60)
    hands.drag([(30, 230), (20, 230), (-60, 200)], CTRL)
    assert board(hands, "one").x == artboard_edits.MARGIN
    assert board(hands, "two").x == 300 + 70 + artboard_edits.MARGIN
    assert hands.document.width == 480 + 70 + artboard_edits.MARGIN
    after = hands.at(350 + 70 + artboard_edits.MARGIN, 60)
    assert (before - after).manhattanLength() <= 71 + artboard_edits.MARGIN
    hands.undo()
    assert hands.document.width == 480


def test_alt_drags_a_copy_and_the_plus_makes_one_beside(hands: Hands, tool: ArtboardTool) -> None:
    hands.drag([(350, 270), (352, 272), (340, 300)], ALT | CTRL)
    names = [layer.name for layer in hands.document.layers]
    assert names == ["Square", "Tower", "Tower copy"]
    hands.undo()
    hands.click(30, 230)
    spot = tool.plus_spots()[0, 1].toPoint()
    QTest.mouseClick(hands.canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, spot)
    copy = hands.panel.editor.selection[0]
    assert copy != "one" and board(hands, copy).y == 40 + 200 + artboard_edits.GAP
    assert len(inside(hands, copy)) == 2
    assert hands.document.height == 540 + artboard_edits.MARGIN
    assert hands.steps()[-1] == "Duplicate artboard"


def test_duplicate_sets_copies_aside(hands: Hands) -> None:
    hands.panel.editor.select(["one"])
    hands.panel.edit(EditCommand.DUPLICATE)
    (copy,) = hands.panel.editor.selection
    assert board(hands, copy).x == TWO.right + artboard_edits.GAP
    hands.panel.edit(EditCommand.DELETE)
    assert [layer.id for layer in hands.document.layers] == ["one", "two"]


def test_the_move_tool_takes_layers_first_and_artboards_by_name_or_selection(hands: Hands) -> None:
    hands.panel.use_tool("move")
    hands.click(60, 80)
    assert hands.panel.editor.selection == ("red",)
    hands.drag([(25, 45), (60, 80), (140, 140)])
    assert hands.panel.editor.selection == ("red",) and board(hands, "one") == ONE
    hands.click(30, 230)
    assert hands.panel.editor.selection == ("one",)
    hands.drag([(30, 230), (40, 232), (50, 240)], CTRL)
    assert (board(hands, "one").x, board(hands, "one").y) == (40, 50)
    hands.drag([(100, 90), (110, 95), (115, 100)], CTRL)
    assert hands.panel.editor.selection == ("red",)


def test_a_layer_dragged_over_another_artboard_goes_onto_it(hands: Hands) -> None:
    hands.panel.use_tool("move")
    hands.drag([(60, 80), (200, 90), (360, 100)], CTRL)
    assert inside(hands, "one") == ["words"] and inside(hands, "two") == ["red"]
    assert hands.steps()[-1] == "Move layer"
    hands.drag([(360, 100), (300, 90), (250, 20)], CTRL)
    assert inside(hands, "two") == [] and hands.document.layers[-1].id == "red"
    hands.undo()
    hands.undo()
    assert inside(hands, "one") == ["red", "words"]


def test_layers_snap_and_align_to_their_artboard(hands: Hands) -> None:
    hands.panel.use_tool("move")
    hands.drag([(60, 80), (50, 82), (43, 81)])
    box = hands.panel.editor.bounds(["red"], hands.document)
    assert box is not None and box.left == ONE.x
    hands.panel.commands.align("right")
    hands.panel.commands.align("middle")
    assert hands.panel.editor.bounds(["red"], hands.document) == Box(160, 120, 220, 160)


def test_new_layers_go_onto_the_artboard_that_is_worked_on(hands: Hands, settle) -> None:
    panel = hands.panel
    panel.editor.select(["red"])
    panel.commands.add_fill()
    assert inside(hands, "one")[1] == panel.editor.selection[0]
    panel.use_tool("rectangle")
    hands.drag([(320, 60), (340, 80), (380, 120)], CTRL)
    assert isinstance(hands.layer(inside(hands, "two")[0]), ShapeLayer)
    panel.use_tool("text")
    hands.click(330, 200)
    hands.type("Now")
    hands.key(Qt.Key.Key_Escape)
    assert isinstance(hands.layer(inside(hands, "two")[1]), TextLayer)
    panel.use_tool("brush")
    panel.editor.select([])
    hands.drag([(60, 200), (80, 200), (100, 200)])
    painted = hands.layer(inside(hands, "one")[-1])
    assert isinstance(painted, RasterLayer) and (painted.width, painted.height) == (200, 200)
    assert (painted.transform.x, painted.transform.y) == (20, 40)


def test_pictures_are_placed_in_the_middle_and_made_to_fit(hands: Hands) -> None:
    pixels = np.full((400, 400, 4), 255, np.uint8)
    digest = write_raster(pixels, hands.panel.session.require())
    hands.panel.editor.select(["two"])
    hands.panel.place(digest, "Big")
    (big,) = [layer for layer in (hands.layer(i) for i in inside(hands, "two")) if layer.name == "Big"]
    assert hands.panel.editor.bounds([big.id], hands.document) == Box(300, 100, 420, 220)
    at = hands.canvas.mapTo(hands.panel, hands.at(100, 100))
    hands.panel.place(digest, "Dropped", QPoint(at))
    assert hands.layer(inside(hands, "one")[-1]).name == "Dropped"


def test_pasted_artboards_stand_beside_others(hands: Hands) -> None:
    hands.panel.editor.select(["two"])
    hands.panel.edit(EditCommand.COPY)
    hands.panel.editor.select(["words"])
    hands.panel.edit(EditCommand.PASTE)
    assert [layer.name for layer in hands.document.layers] == ["Square", "Tower", "Tower"]


def test_what_is_pasted_on_another_artboard_is_seen_there(hands: Hands) -> None:
    editor = hands.panel.editor
    editor.select(["red"])
    hands.panel.edit(EditCommand.COPY)
    editor.select(["two"])
    hands.panel.edit(EditCommand.PASTE)
    (copy,) = inside(hands, "two")
    box = editor.bounds([copy], hands.document)
    assert box is not None and (box.left, box.top) == (TWO.x + 20, TWO.y + 20)
    hands.panel.session.commit("Narrow", artboard_edits.change(hands.document, "two", x=500, width=15))
    hands.panel.edit(EditCommand.PASTE)
    far = editor.bounds([inside(hands, "two")[-1]], hands.document)
    assert far is not None and far.centre[0] == pytest.approx(507.5, abs=1)


def test_an_artboard_is_not_transformed_freely(hands: Hands) -> None:
    actions = hands.panel.frame_actions.by_id
    hands.panel.editor.select(["red"])
    assert actions["layer.transform-free"].isEnabled()
    hands.panel.editor.select(["one"])
    assert not actions["layer.transform-free"].isEnabled()


def test_layers_become_an_artboard_and_an_artboard_a_group(hands: Hands) -> None:
    panel = hands.panel
    panel.editor.select(["one"])
    panel.commands.ungroup()
    assert [layer.name for layer in hands.document.layers] == ["Background", "Red", "", "Tower"]
    panel.editor.select(["red", "words"])
    assert panel.board_actions.by_id["layer.artboard-from"].isEnabled()
    panel.board_actions.by_id["layer.artboard-from"].trigger()
    (made,) = panel.editor.selection
    assert inside(hands, made) == ["red", "words"]
    assert board(hands, made).x == 40 and board(hands, made).y == 60
    assert not panel.board_actions.by_id["layer.artboard-from"].isEnabled()
    panel.editor.select([made, "two"])
    panel.commands.group()
    assert [type(layer) for layer in hands.document.layers] == [ShapeLayer, GroupLayer, GroupLayer]


def test_formats_are_ticked_and_made_in_one_step(hands: Hands, qtbot: QtBot) -> None:
    panel = hands.panel
    panel.board_actions.by_id["layer.artboard-new"].trigger()
    dialog = panel.board_actions.dialog
    assert dialog is not None and not dialog.isModal()
    assert not dialog.button.isEnabled()
    for row in (4, 5):
        dialog.formats.item(row).setCheckState(Qt.CheckState.Checked)
    count = len(hands.steps())
    dialog.button.click()
    assert hands.steps()[count:] == ["Add artboard"]
    made = [board(hands, i) for i in panel.editor.selection]
    assert [(one.width, one.height, one.preset) for one in made] == [
        (300, 250, "Medium rectangle"), (728, 90, "Leaderboard")
    ]  # fmt: skip
    left, _, right, _ = panel.canvas.view.visible()
    assert left <= made[0].x and made[1].right <= right


def test_copies_in_other_sizes_are_one_step(hands: Hands) -> None:
    panel = hands.panel
    panel.editor.select(["words"])
    panel.board_actions.by_id["layer.artboard-sizes"].trigger()
    dialog = panel.board_actions.dialog
    assert dialog is not None
    dialog.formats.item(8).setCheckState(Qt.CheckState.Checked)
    dialog.across.value_changed.emit(640)
    dialog.across.set_value(640)
    count = len(hands.steps())
    dialog.accept()
    assert hands.steps()[count:] == ["Duplicate artboard to sizes"]
    sizes = [(board(hands, i).width, board(hands, i).height) for i in panel.editor.selection]
    assert sizes == [(320, 50), (640, 1080)]
    for made in panel.editor.selection:
        red, words = inside(hands, made)
        around = panel.editor.bounds([made], hands.document)
        assert around is not None
        for one in (red, words):
            box = panel.editor.bounds([one], hands.document)
            assert box is not None and box.union(around) == around
    hands.undo()
    assert len(hands.document.layers) == 2


def test_properties_show_and_change_it(hands: Hands) -> None:
    panel = hands.panel
    panel.editor.select(["one"])
    section = panel._inspector.artboard
    assert section.isVisibleTo(panel._inspector)
    assert (section.across.value(), section.down.value(), section.left.value()) == (200, 200, 20)
    section.left.committed.emit(33)
    assert board(hands, "one").x == 33 and hands.layer("red").transform.x == 53  # type: ignore[union-attr]
    section.preset.committed.emit("Mobile banner")
    assert (board(hands, "one").width, board(hands, "one").preset) == (320, "Mobile banner")
    section.across.committed.emit(250)
    assert (board(hands, "one").width, board(hands, "one").preset) == (250, "")
    section.filled.setChecked(False)
    assert board(hands, "one").background is None
    section.name.setText("Banner")
    section.name.editingFinished.emit()
    assert hands.layer("one").name == "Banner"
    panel.editor.select(["red"])
    assert not section.isVisibleTo(panel._inspector)


def test_the_options_bar_resizes_it(hands: Hands, tool: ArtboardTool) -> None:
    from desktop.panels.image.artboard_options import ArtboardPage

    page = hands.panel._options.findChild(ArtboardPage)
    assert page is not None and not page.across.isEnabled()
    hands.click(350, 200)
    assert page.across.isEnabled() and page.across.value() == 120
    page.swap.click()
    assert (board(hands, "two").width, board(hands, "two").height) == (240, 120)


def test_beside_artboards_the_surround_is_seen(hands: Hands, settle) -> None:
    settle()
    surround = theme.colour("surround")
    assert hands.seen(260, 160) == (surround.red(), surround.green(), surround.blue())
    assert hands.seen(150, 100) == (255, 255, 255)
    assert hands.seen(360, 150) != (surround.red(), surround.green(), surround.blue())


def test_a_locked_artboard_is_left_alone(hands: Hands, tool: ArtboardTool) -> None:
    hands.panel.session.commit("Lock", image_edits.update(hands.document, ["two"], locked=True))
    hands.panel.editor.select(["two"])
    assert tool.selected() is None and tool.plus_spots() == {}
    hands.drag([(350, 200), (360, 210), (370, 220)], CTRL)
    assert board(hands, "two") == TWO


def test_a_row_of_the_layer_list_says_its_size(hands: Hands) -> None:
    tree = hands.panel._layers.tree
    index = tree.layers.index_of("one")
    assert tree.layers.kind_of(hands.layer("one")) == "Artboard"
    assert tree.rows._details(hands.layer("one")) == "200 × 200"
    assert tree.rows._details(hands.layer("red")) == ""
    data = tree.layers.mimeData([tree.layers.index_of("red")])
    tree.layers.dropMimeData(data, Qt.DropAction.MoveAction, -1, 0, tree.layers.index_of("two"))
    assert inside(hands, "two") == ["red"]
    red = hands.panel.editor.bounds(["red"], hands.document)
    assert red is not None and (red.left, red.top) == (TWO.x + 20, TWO.y + 20), "as on the one before"
    data = tree.layers.mimeData([index])
    tree.layers.dropMimeData(data, Qt.DropAction.MoveAction, -1, 0, tree.layers.index_of("two"))
    assert [layer.id for layer in hands.document.layers] == ["one", "two"]


def test_fills_of_an_artboard_merge_as_they_look(hands: Hands, qtbot: QtBot) -> None:
    panel = hands.panel
    ramp = FillLayer(id="ramp", colour="#000000", colour2="#ffffff", angle=0.0)
    document = image_edits.insert(hands.document, [ramp], "one", 0)
    panel.session.commit("Ramp", document)
    before = hands.picture()
    panel.editor.select(["ramp", "red"])
    compositor = panel.editor.compositor
    assert compositor is not None
    asyncio.run(panel.commands._flattening("Merge layers", hands.document, ("ramp", "red"), "Ramp", compositor))
    assert isinstance(hands.layer(inside(hands, "one")[0]), RasterLayer)
    assert np.abs(before.astype(int) - hands.picture()).max() <= 1


def test_with_several_selected_new_layers_go_onto_the_last(hands: Hands) -> None:
    panel = hands.panel
    panel.editor.select(["two", "one"])
    panel.commands.add_fill()
    assert len(inside(hands, "one")) == 3 and inside(hands, "two") == []
    panel.editor.select(["two"])
    panel.add_text()
    hands.type("Now")
    hands.key(Qt.Key.Key_Escape)
    (made,) = inside(hands, "two")
    words, around = (panel.editor.bounds([i], hands.document) for i in (made, "two"))
    assert words is not None and around is not None and around.top < words.top < around.bottom
