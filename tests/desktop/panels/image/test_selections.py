"""Pixels are chosen with mouse and keys, every choice is one undo step, and everything that paints respects it."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import cv2
import msgspec
import numpy as np
import pytest
from image_hands import Hands
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from tests_desktop import Run

from core.documents.image import AdjustmentLayer, Exposure, FillLayer, RasterLayer, Transform
from core.operations.base import Asset
from core.operations.image import RemoveBackground
from core.operations.image_select import RefineEdge
from core.project.project import Project
from core.raster.manifest import TILE_TYPE, read_raster, solid_raster, write_raster
from core.raster.selecting import bounding
from desktop.forms import OperationForm
from desktop.panel import EditCommand
from desktop.panels.image.layer_rows import Part
from desktop.panels.image.panel import ImagePanel

replace = msgspec.structs.replace
SHIFT, ALT, CTRL = (
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier,
)
NONE = Qt.KeyboardModifier.NoModifier
DATA = Path(__file__).parents[3] / "data"
Settle = Callable[[], None]


def chosen(hands: Hands) -> np.ndarray:
    """What is chosen; zeros when nothing is."""
    found = hands.panel.editor.pixels.coverage()
    return np.zeros((400, 600), np.uint8) if found is None else found


def box(hands: Hands) -> tuple[int, int, int, int] | None:
    return bounding(chosen(hands))


def act(panel: ImagePanel, name: str) -> None:
    action = next(one for one in panel.actions() if one.objectName() == name)
    assert action.isEnabled(), name
    action.trigger()


def large(hands: Hands, colour: tuple[int, int, int, int] = (10, 200, 90, 255)) -> None:
    pixels = solid_raster(600, 400, colour, hands.panel.session.require())
    layer = RasterLayer(id="large", name="Large", pixels=pixels, width=600, height=400)
    hands.panel.session.commit("Add layer", hands.document.insert_layer(layer))
    hands.panel.editor.select(["large"])


@pytest.fixture(autouse=True)
def ready(run: Run, panel: ImagePanel) -> None:
    panel.use_tool("marquee")


# --- marquees --------------------------------------------------------------------------------------------------------


def test_a_box_in_whole_pixels_is_one_undo_step_and_survives_opening_again(hands: Hands) -> None:
    hands.drag([(50, 60), (90, 80), (210, 160)])
    assert box(hands) == (50, 60, 210, 160) and (chosen(hands)[60:160, 50:210] == 255).all()
    assert hands.steps()[-1] == "Select"
    hands.undo()
    assert hands.document.selection is None
    hands.panel.session.redo()
    assert box(hands) == (50, 60, 210, 160)
    document = hands.document
    hands.panel.editor.open("")
    hands.panel.open_document(document.id)
    assert box(hands) == (50, 60, 210, 160)


def test_a_box_is_cut_to_the_canvas_and_a_click_chooses_nothing(hands: Hands) -> None:
    hands.drag([(550, 350), (580, 380), (640, 430)])
    assert box(hands) == (550, 350, 600, 400)
    hands.click(20, 20)
    assert hands.document.selection is None and hands.steps()[-1] == "Deselect"
    count = len(hands.steps())
    hands.click(20, 20)
    assert len(hands.steps()) == count


def test_shift_and_alt_held_before_combine_and_pressed_after_constrain(hands: Hands) -> None:
    hands.drag([(100, 100), (150, 150), (200, 200)])
    hands.drag([(300, 100), (350, 150), (400, 180)], SHIFT)
    assert box(hands) == (100, 100, 400, 200) and not chosen(hands)[190, 350]
    hands.drag([(150, 50), (170, 70), (250, 300)], ALT)
    assert not chosen(hands)[150, 180] and chosen(hands)[150, 120]
    hands.drag([(110, 110), (120, 120), (350, 130)], SHIFT | ALT)
    assert box(hands) == (110, 110, 350, 130)
    hands.click(500, 300)
    hands.press(100, 100)  # Shift comes later: a square
    hands.move(150, 110)
    hands.move(200, 130, SHIFT)
    hands.release(200, 130, SHIFT)
    assert box(hands) == (100, 100, 200, 200)
    hands.click(500, 300)
    hands.press(300, 200)
    hands.move(320, 210)
    hands.move(340, 230, ALT)
    hands.release(340, 230, ALT)
    assert box(hands) == (260, 170, 340, 230)


def test_without_a_selection_shift_shapes_from_the_start(hands: Hands) -> None:
    hands.drag([(100, 100), (150, 110), (180, 120)], SHIFT)
    assert box(hands) == (100, 100, 180, 180)


def test_added_with_shift_then_let_go_and_pressed_again_is_square_and_added(hands: Hands) -> None:
    hands.drag([(10, 10), (20, 20), (30, 30)])
    hands.press(100, 100, SHIFT)
    hands.move(120, 110, SHIFT)
    hands.move(140, 110)
    hands.move(160, 120, SHIFT)
    hands.release(160, 120, SHIFT)
    assert box(hands) == (10, 10, 160, 160) and chosen(hands)[20, 20] == 255


def test_escape_ends_a_drag_without_a_step(hands: Hands) -> None:
    count = len(hands.steps())
    hands.press(100, 100)
    hands.move(200, 200)
    hands.key(Qt.Key.Key_Escape)
    hands.release(220, 220)
    assert len(hands.steps()) == count and hands.document.selection is None


def test_space_moves_the_box_that_is_being_drawn(hands: Hands) -> None:
    hands.press(100, 100)
    hands.move(150, 140)
    QTest.keyPress(hands.canvas, Qt.Key.Key_Space)
    hands.move(250, 240)
    QTest.keyRelease(hands.canvas, Qt.Key.Key_Space)
    hands.release(250, 240)
    assert box(hands) == (200, 200, 250, 240)


def test_fixed_ratio_and_size(hands: Hands) -> None:
    pixels = hands.panel.editor.pixels
    pixels.adjust(style="ratio", across=2, down=1)
    hands.drag([(100, 100), (150, 110), (200, 120)])
    assert box(hands) == (100, 100, 200, 150)
    hands.click(500, 300)
    pixels.adjust(style="size", across=80, down=30)
    hands.click(300, 200)
    assert box(hands) == (300, 200, 380, 230)


def test_an_ellipse_has_a_smooth_edge_unless_told_otherwise(hands: Hands) -> None:
    hands.panel.use_tool("ellipse")
    hands.drag([(100, 100), (150, 110), (300, 200)])
    area = chosen(hands).sum() / 255
    assert abs(area - np.pi * 100 * 50) < 40 and ((chosen(hands) > 0) & (chosen(hands) < 255)).any()
    hands.click(500, 300)
    hands.panel.editor.pixels.adjust(smooth=False)
    hands.drag([(100, 100), (150, 110), (300, 200)])
    assert set(np.unique(chosen(hands))) == {0, 255}


def test_feather_of_the_options_is_applied_to_the_new_shape_alone(hands: Hands) -> None:
    hands.drag([(20, 20), (40, 40), (60, 60)])
    hands.panel.editor.pixels.adjust(feather=5.0)
    hands.drag([(200, 100), (250, 150), (400, 300)], SHIFT)
    found = chosen(hands)
    assert found[20, 20] == 255 and found[19, 20] == 0
    assert abs(int(found[200, 200]) - 128) < 30 and found[200, 300] == 255


def test_dragging_inside_moves_the_outline_and_arrows_nudge_it(hands: Hands) -> None:
    hands.drag([(100, 100), (150, 150), (200, 200)])
    before = hands.picture()
    hands.drag([(150, 150), (170, 160), (190, 140)])
    assert box(hands) == (140, 90, 240, 190) and hands.steps()[-1] == "Move selection"
    assert np.array_equal(hands.picture(), before)
    count = len(hands.steps())
    for _ in range(3):
        hands.key(Qt.Key.Key_Right)
    hands.key(Qt.Key.Key_Up, SHIFT)
    assert box(hands) == (143, 80, 243, 180)
    assert len(hands.steps()) == count + 1
    hands.drag([(150, 150), (100, 150), (-50, 150)])  # out of the canvas, and back
    hands.panel.editor.pixels.move(200, 0)
    assert box(hands) == (143, 80, 243, 180)


def test_keys_choose_the_tools_and_shift_goes_to_the_next_of_a_kind(hands: Hands) -> None:
    canvas = hands.canvas
    hands.panel.activateWindow()
    canvas.setFocus()
    used = []
    for key, keys in ((Qt.Key.Key_L, NONE), (Qt.Key.Key_L, SHIFT), (Qt.Key.Key_W, NONE), (Qt.Key.Key_L, NONE)):
        hands.key(key, keys)
        assert canvas.tool is not None
        used.append(canvas.tool.id)
    hands.key(Qt.Key.Key_M)
    hands.key(Qt.Key.Key_M, SHIFT)
    hands.key(Qt.Key.Key_M, SHIFT)
    assert used == ["lasso", "polygon", "wand", "polygon"] and canvas.tool.id == "marquee"


# --- lassos and wand -------------------------------------------------------------------------------------------------


def test_a_lasso_closes_when_the_button_comes_up(hands: Hands) -> None:
    hands.panel.use_tool("lasso")
    hands.drag([(100, 100), (200, 100), (200, 200), (100, 200)])
    assert abs(chosen(hands).sum() / 255 - 100 * 100) < 5 and hands.steps()[-1] == "Select"
    hands.click(400, 300)
    assert hands.document.selection is None


def test_a_polygon_is_clicked_taken_back_closed_and_cancelled(hands: Hands) -> None:
    hands.panel.use_tool("polygon")
    for x, y in ((100, 100), (200, 100), (300, 300), (200, 200)):
        hands.click(x, y)
    hands.key(Qt.Key.Key_Escape)
    assert not hands.panel.tools["polygon"].busy and hands.document.selection is None
    for x, y in ((100, 100), (200, 100), (300, 300)):
        hands.click(x, y)
    hands.key(Qt.Key.Key_Backspace)
    hands.click(200, 200)
    hands.key(Qt.Key.Key_Return)
    assert abs(chosen(hands).sum() / 255 - 100 * 100 / 2) < 5
    hands.click(400, 100)
    hands.click(500, 100)
    hands.click(500, 200)
    hands.click(402, 101)  # on the first corner
    assert box(hands) == (400, 100, 500, 200)


async def until(ready: Callable[[], bool]) -> None:
    while not ready():
        await asyncio.sleep(0.01)


def wand(hands: Hands, run: Run, x: float, y: float, keys: Qt.KeyboardModifier = NONE) -> None:
    hands.click(x, y, keys)
    run(until(lambda: not hands.panel.session.busy))


def test_the_wand_takes_what_looks_alike_and_hangs_together(hands: Hands, run: Run) -> None:
    panel = hands.panel
    panel.use_tool("wand")
    panel.editor.pixels.adjust(smooth=False)
    wand(hands, run, 150, 120)
    assert box(hands) == (100, 80, 300, 180) and (chosen(hands)[80:180, 100:300] == 255).all()
    wand(hands, run, 20, 20)
    assert not chosen(hands)[120, 150] and chosen(hands)[399, 0]
    panel.editor.select(["red"])  # alone: the fill below it is not looked at
    wand(hands, run, 20, 20, SHIFT)
    assert chosen(hands)[120, 150] == 0
    panel.editor.pixels.adjust(all_layers=True)
    wand(hands, run, 150, 120, SHIFT)
    assert chosen(hands)[120, 150] == 255


def test_the_wand_without_connection_finds_every_patch(hands: Hands, run: Run) -> None:
    panel = hands.panel
    panel.editor.select(["red"])
    panel.commands.duplicate()
    panel.editor.select([])
    copy = hands.document.layers[2]
    assert isinstance(copy, RasterLayer)
    moved = replace(copy, transform=replace(copy.transform, x=350, y=290))
    panel.session.commit("Move", hands.document.replace_layer(copy.id, lambda _: moved))
    panel.use_tool("wand")
    panel.editor.pixels.adjust(smooth=False, contiguous=False)
    wand(hands, run, 150, 120)
    assert box(hands) == (100, 80, 550, 390)


# --- the menu --------------------------------------------------------------------------------------------------------


def test_all_nothing_again_and_inverse(hands: Hands) -> None:
    panel = hands.panel
    panel.edit(EditCommand.SELECT_ALL)
    assert box(hands) == (0, 0, 600, 400)
    act(panel, "select.none")
    assert hands.document.selection is None
    hands.drag([(100, 100), (150, 150), (200, 200)])
    panel.edit(EditCommand.DESELECT)
    act(panel, "select.again")
    assert box(hands) == (100, 100, 200, 200)
    act(panel, "select.invert")
    assert chosen(hands)[0, 0] == 255 and chosen(hands)[150, 150] == 0
    hands.undo()
    assert box(hands) == (100, 100, 200, 200)
    act(panel, "select.layers")
    assert panel.editor.selection == ("back", "red", "words")


def test_amounts_are_asked_for_in_pixels(hands: Hands, qtbot: QtBot) -> None:
    panel = hands.panel
    hands.drag([(100, 100), (150, 150), (200, 200)])
    for name, wanted in (("grow", (93, 93, 207, 207)), ("shrink", (100, 100, 200, 200))):
        act(panel, f"select.{name}")
        dialog = panel.select_actions.dialog
        assert dialog is not None and not dialog.isModal()
        dialog.field.set_value(7)
        QTest.keyClick(dialog, Qt.Key.Key_Return)
        found = chosen(hands) >= 128
        assert bounding(found.astype(np.uint8)) == wanted
    act(panel, "select.shrink")
    dialog = panel.select_actions.dialog
    assert dialog is not None
    dialog.field.set_value(70)
    dialog.accept()
    assert hands.document.selection is not None  # nothing would be left: it is said, and not done


def test_a_layer_is_chosen_by_a_click_on_its_thumbnail_with_ctrl(hands: Hands) -> None:
    tree = hands.panel.structure_widget().tree  # type: ignore[attr-defined]
    hands.panel.structure_widget().show()
    index = tree.layers.index_of("red")
    spot = tree.rows.places(tree.visualRect(index), hands.layer("red"))[Part.THUMBNAIL].center()
    QTest.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, CTRL, spot)
    assert box(hands) == (100, 80, 300, 180)
    hands.panel.structure_widget().hide()


def test_a_refined_edge_is_the_selection_where_the_layer_is_seen(hands: Hands, run: Run, project: Project) -> None:
    panel = hands.panel
    photo = cv2.imread(str(DATA / "chelsea.png"))
    pixels = np.dstack((photo[..., ::-1], np.full(photo.shape[:2], 255, np.uint8)))
    cat = RasterLayer(
        id="cat",
        pixels=write_raster(np.ascontiguousarray(pixels), project),
        width=pixels.shape[1],
        height=pixels.shape[0],
        transform=Transform(x=60, y=40),
    )
    panel.session.commit("Place", hands.document.insert_layer(cat))
    panel.editor.select(["cat"])
    asked: list[str] = []
    panel.make_requested.connect(asked.append)
    action = next(one for one in panel.actions() if one.objectName() == "select.refine")
    assert not action.isEnabled()
    rough = np.zeros((400, 600), np.uint8)
    rough[120:300, 150:400] = 255
    panel.editor.pixels.choose("Select", rough)
    assert action.isEnabled()
    action.trigger()
    assert asked == ["image.refine_edge"]
    run(until(lambda: "mask" in panel.make_inputs.inputs()))
    operation = RefineEdge(radius=20, **panel.make_inputs.inputs())  # type: ignore[arg-type]

    async def work() -> None:
        made = await panel.session.make(operation, sources=panel.make_inputs.sources())
        panel.apply_result(operation, made)

    run(work())
    run(until(lambda: not panel.session.busy))
    assert hands.steps()[-1] == "Refine edge"
    refined = chosen(hands)
    inside = cv2.erode(rough, np.ones((45, 45))) > 0
    outside = cv2.dilate(rough, np.ones((45, 45))) == 0
    assert (refined[inside] == 255).all() and (refined[outside] == 0).all()
    assert not np.array_equal(refined, rough)
    assert hands.document.layer("cat").mask is None, "it is a selection, not a mask"


def test_the_subject_of_a_turned_layer_is_chosen_where_it_is_seen(
    hands: Hands, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel, project = hands.panel, hands.panel.session.require()
    layer = hands.layer("red")
    assert isinstance(layer, RasterLayer)
    turned = replace(layer, transform=replace(layer.transform, rotation=90.0))
    panel.session.commit("Turn", hands.document.replace_layer("red", lambda _: turned))
    found = np.zeros((100, 200, 4), np.uint8)
    found[:, :50] = 255  # the left quarter, which is on top now
    asked: list[object] = []

    async def make(operation: object, **options: object) -> SimpleNamespace:
        asked.append(operation)
        return SimpleNamespace(outputs={"mask": write_raster(found, project)})

    monkeypatch.setattr(panel.session, "make", make)
    panel.editor.select(["red"])
    act(panel, "select.subject")
    run(until(lambda: not panel.session.busy))
    assert box(hands) == (150, 30, 250, 80) and hands.steps()[-1] == "Select subject"
    assert asked == [RemoveBackground(image=Asset(hash=layer.pixels))]
    hands.undo()
    assert hands.document.selection is None


# --- what respects it ------------------------------------------------------------------------------------------------


def test_brush_and_eraser_paint_only_inside(hands: Hands) -> None:
    large(hands)
    hands.drag([(100, 100), (150, 150), (200, 200)])
    before = hands.picture()
    for tool, colour in (("brush", "#ff0000"), ("eraser", "#000000")):
        hands.panel.use_tool(tool)
        hands.panel.tools[tool].adjust(size=60.0, hardness=1.0, opacity=1.0, flow=1.0)  # type: ignore[attr-defined]
        hands.panel.editor.set_colour(colour)
        hands.drag([(50, 150), (150, 150), (350, 150)])
        changed = (hands.picture() != before).any(-1)
        assert bounding(changed.astype(np.uint8)) == (100, 120, 200, 180)


def test_painting_on_a_turned_layer_keeps_to_the_selection_of_the_document(hands: Hands) -> None:
    layer = hands.layer("red")
    assert isinstance(layer, RasterLayer)
    turned = replace(layer, transform=replace(layer.transform, rotation=30.0, scale_x=1.4, scale_y=1.4))
    hands.panel.session.commit("Turn", hands.document.replace_layer("red", lambda _: turned))
    hands.drag([(150, 80), (200, 120), (250, 160)])
    before = hands.picture()
    hands.panel.editor.select(["red"])
    hands.panel.editor.set_colour("#0000ff")
    hands.panel.use_tool("brush")
    hands.panel.tools["brush"].adjust(size=80.0, hardness=1.0)  # type: ignore[attr-defined]
    hands.drag([(100, 120), (200, 120), (320, 130)])
    changed = (np.abs(hands.picture().astype(int) - before) > 20).any(-1)
    found = bounding(changed.astype(np.uint8))
    assert found is not None and np.abs(np.array(found) - (150, 80, 250, 160)).max() <= 2


def test_delete_clears_pixels_and_stores_only_the_tiles_that_changed(hands: Hands) -> None:
    large(hands)
    project = hands.panel.session.require()
    hands.drag([(10, 10), (50, 50), (100, 100)])
    known = {asset.hash for asset in project.assets() if asset.media_type == TILE_TYPE}
    before = hands.picture()
    hands.panel.edit(EditCommand.DELETE)
    layer = hands.layer("large")
    assert isinstance(layer, RasterLayer)
    alpha = read_raster(layer.pixels, project)[..., 3]
    assert not alpha[10:100, 10:100].any() and alpha[100:].all() and hands.steps()[-1] == "Clear pixels"
    assert len({a.hash for a in project.assets() if a.media_type == TILE_TYPE} - known) <= 3
    hands.undo()
    assert np.array_equal(hands.picture(), before)
    act(hands.panel, "select.none")
    hands.panel.edit(EditCommand.DELETE)
    assert [one.id for one in hands.document.layers] == ["back", "red", "words"]


def test_a_locked_layer_is_not_cleared(hands: Hands) -> None:
    large(hands)
    hands.panel.commands.toggle("locked")
    hands.drag([(10, 10), (50, 50), (100, 100)])
    count = len(hands.steps())
    hands.panel.edit(EditCommand.DELETE)
    act(hands.panel, "layer.fill-front")
    assert len(hands.steps()) == count


def test_cut_and_paste_put_the_pixels_into_a_layer_in_place(hands: Hands) -> None:
    large(hands)
    hands.drag([(10, 20), (50, 50), (110, 120)])
    before = hands.picture()
    hands.panel.edit(EditCommand.CUT)
    assert (hands.picture()[30, 30] == (255, 255, 255, 255)).all()
    hands.panel.edit(EditCommand.PASTE)
    assert np.array_equal(hands.picture(), before)
    layer = hands.panel.editor.layer
    assert isinstance(layer, RasterLayer) and layer.id != "large"
    assert (layer.width, layer.height, layer.transform.x, layer.transform.y) == (100, 100, 10, 20)


def test_fill_with_the_foreground_and_background_colour(hands: Hands) -> None:
    large(hands)
    hands.panel.editor.set_colour("#102030")
    hands.drag([(10, 20), (50, 50), (110, 120)])
    hands.panel.activateWindow()
    hands.canvas.setFocus()
    hands.key(Qt.Key.Key_Backspace, ALT)
    assert tuple(hands.picture()[50, 50]) == (0x10, 0x20, 0x30, 255)
    assert tuple(hands.picture()[200, 50]) == (10, 200, 90, 255)
    hands.key(Qt.Key.Key_Backspace, CTRL)
    assert tuple(hands.picture()[50, 50]) == (255, 255, 255, 255)


def test_a_mask_a_fill_and_an_adjustment_take_the_selection_over(hands: Hands) -> None:
    panel = hands.panel
    hands.drag([(150, 100), (180, 120), (250, 150)])
    wanted = chosen(hands)
    panel.editor.select(["red"])
    panel.commands.add_mask()
    assert hands.document.selection is None and tuple(hands.picture()[90, 120]) == (255, 255, 255, 255)
    assert tuple(hands.picture()[120, 200]) == (220, 30, 30, 255)
    hands.undo()
    assert np.array_equal(chosen(hands), wanted)
    panel.editor.set_colour("#0000ff")
    panel.commands.add_fill()
    layer = panel.editor.layer
    assert isinstance(layer, FillLayer) and layer.mask is not None
    assert tuple(hands.picture()[120, 200]) == (0, 0, 255, 255) and tuple(hands.picture()[200, 200])[:2] == (255, 255)
    hands.undo()
    panel.commands.add_adjustment(Exposure)
    layer = panel.editor.layer
    assert isinstance(layer, AdjustmentLayer) and layer.mask is not None and hands.document.selection is None


def test_crop_to_the_selection(hands: Hands) -> None:
    before = hands.picture()
    hands.drag([(80, 60), (180, 120), (320, 200)])
    act(hands.panel, "image.crop")
    assert (hands.document.width, hands.document.height) == (240, 140) and hands.document.selection is None
    assert np.array_equal(hands.picture(), before[60:200, 80:320])
    hands.undo()
    assert np.array_equal(hands.picture(), before) and box(hands) == (80, 60, 320, 200)


# --- what is seen ----------------------------------------------------------------------------------------------------


def test_the_outline_is_black_and_white_one_pixel_wide_and_marches(hands: Hands, settle: Settle) -> None:
    hands.drag([(100, 200), (150, 250), (200, 380)])
    settle()
    assert {hands.seen(x, 200) for x in range(104, 190)} == {(0, 0, 0), (255, 255, 255)}
    assert hands.seen(150, 202.5) == (255, 255, 255)  # inside: the picture
    ants = hands.panel.ants
    before = [hands.seen(x, 200) for x in range(104, 190)]
    ants._step()
    assert ants.marching == ants._may_march()
    if ants.marching:
        assert [hands.seen(x, 200) for x in range(104, 190)] != before
    for zoom in (0.5, 4.0):
        hands.canvas.set_zoom(zoom)
        hands.canvas.grab()
        left, _ = hands.canvas.view.to_widget(100, 200)
        assert ants.rect.isEmpty() or ants.rect.left() <= max(0, round(left)) + 1
    hands.panel.editor.pixels.nothing()
    hands.canvas.grab()
    assert ants.rect.isEmpty()


def test_in_quick_mask_the_brush_paints_the_selection(hands: Hands) -> None:
    panel = hands.panel
    before = hands.picture()
    panel.use_tool("brush")
    panel.tools["brush"].adjust(size=40.0, hardness=1.0, opacity=1.0, flow=1.0)  # type: ignore[attr-defined]
    act(panel, "select.veil")
    panel.editor.set_colour("#000000")
    hands.drag([(100, 100), (200, 100), (300, 100)])
    assert hands.steps()[-1] == "Paint selection"
    assert chosen(hands)[100, 200] == 0 and chosen(hands)[300, 200] == 255, "all but the stroke is chosen"
    panel.editor.set_colour("#ffffff")
    hands.drag([(200, 100), (200, 101)])
    assert chosen(hands)[100, 200] == 255 and chosen(hands)[100, 120] == 0
    panel.use_tool("eraser")
    panel.tools["eraser"].adjust(size=20.0, hardness=1.0, opacity=0.5)  # type: ignore[attr-defined]
    hands.drag([(400, 300), (401, 300)])
    assert chosen(hands)[300, 400] == pytest.approx(128, abs=1), "half taken out"
    hands.press(50, 300)
    hands.move(80, 300)
    assert chosen(hands)[300, 60] == 128
    hands.key(Qt.Key.Key_Escape)
    hands.release(80, 300)
    assert chosen(hands)[300, 60] == 255, "Esc takes the stroke back"
    hands.undo()
    assert chosen(hands)[300, 400] == 255
    assert np.array_equal(hands.picture(), before), "the picture is as it was"
    act(panel, "select.veil")
    panel.use_tool("brush")
    panel.editor.select(["red"])
    panel.editor.pixels.nothing()
    hands.drag([(150, 120), (160, 120)])
    assert hands.steps()[-1] == "Brush stroke"


def test_the_quick_mask_reddens_what_is_not_chosen(hands: Hands, settle: Settle) -> None:
    hands.drag([(100, 200), (150, 250), (200, 380)])
    settle()
    act(hands.panel, "select.veil")
    red, green, blue = hands.seen(400, 300)
    assert red == 255 and green < 140 and blue < 140 and hands.seen(150, 300) == (255, 255, 255)
    act(hands.panel, "select.veil")
    assert hands.seen(400, 300) == (255, 255, 255)


# --- Make ------------------------------------------------------------------------------------------------------------


def test_make_gets_the_selection_in_the_layers_own_pixels(hands: Hands, run: Run, qtbot: QtBot) -> None:
    from core.operations.image_retouch import RemoveObject
    from core.values import AtelierError

    panel = hands.panel
    form = OperationForm(RemoveObject, panel.session)
    qtbot.addWidget(form)
    panel.editor.select(["red"])
    form.set_inputs(panel.selection_inputs(), panel.selection_sources())
    with pytest.raises(AtelierError, match="selection first"):
        form.operation()
    hands.drag([(150, 100), (180, 120), (250, 150)])
    run(until(lambda: "mask" in panel.selection_inputs()))
    found = panel.selection_inputs()["mask"]
    assert isinstance(found, Asset) and panel.selection_sources()["mask"].title == "Selection"
    alpha = read_raster(found.hash, panel.session.require())[..., 3]
    assert alpha.shape == (100, 200) and bounding(alpha) == (50, 20, 150, 70)
    form.set_inputs(panel.selection_inputs(), panel.selection_sources())
    operation = form.operation()
    assert isinstance(operation, RemoveObject) and operation.mask == found
    panel.editor.pixels.nothing()
    assert "mask" not in panel.selection_inputs()


def test_options_are_kept_and_shown(hands: Hands) -> None:
    panel = hands.panel
    panel.editor.pixels.adjust(how="add", tolerance=50)
    assert panel.session.settings.views["image.select"]["tolerance"] == 50
    hands.drag([(100, 100), (110, 110), (120, 120)])
    hands.drag([(200, 100), (210, 110), (220, 120)])
    assert box(hands) == (100, 100, 220, 120)
    for tool in ("marquee", "ellipse", "lasso", "polygon", "wand"):
        panel.use_tool(tool)
        panel.options_widget().grab()


def test_a_selection_is_there_again_after_a_restart(hands: Hands) -> None:
    panel = hands.panel
    hands.drag([(50, 60), (90, 80), (210, 160)])
    hands.drag([(100, 100), (120, 110), (130, 120)])  # moved, too
    document, path = hands.document, panel.session.require().path
    panel.editor.open("")
    panel.session.close_project()
    panel.session.adopt_project(Project.open(path))
    panel.open_document(document.id)
    assert hands.document == document and box(hands) == (80, 80, 240, 180)
    hands.undo()
    assert box(hands) == (50, 60, 210, 160)
