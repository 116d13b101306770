"""Free transform by hand: several gestures kept as one step; distort, perspective, warp; numbers; nothing is lost."""

import numpy as np
import pytest
from image_hands import Hands
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from core.documents import image_edits
from core.documents.image import ImageDocument, Mask, RasterLayer, TextLayer
from core.documents.image_warp import Warp
from core.raster.bending import bend_of
from desktop.panels.image.tools.brush import BrushTool
from desktop.panels.image.tools.transform import TransformTool
from desktop.panels.image.transform_options import TransformPage

SHIFT, ALT, CTRL = (
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier,
)


def begin(hands: Hands, mode: str = "free", layer: str = "red") -> TransformTool:
    hands.panel.editor.measuring.adjust(snap=False)
    hands.panel.editor.select([layer])
    hands.panel.frame_actions.by_id[f"layer.transform-{mode}"].trigger()
    tool = hands.canvas.tool
    assert isinstance(tool, TransformTool) and tool.mode == mode
    return tool


def page(hands: Hands) -> TransformPage:
    found = hands.panel.options_widget().findChild(TransformPage)
    assert isinstance(found, TransformPage)
    return found


def red(hands: Hands) -> RasterLayer:
    layer = hands.layer("red")
    assert isinstance(layer, RasterLayer)
    return layer


def test_several_gestures_are_one_step_and_escape_takes_all_back(hands: Hands) -> None:
    before, count = hands.document, len(hands.steps())
    begin(hands)
    hands.drag([(200, 130), (210, 130), (240, 150)])
    hands.drag([(340, 200), (350, 205), (440, 250)])  # its bottom right corner
    hands.drag([(500, 60), (500, 70), (480, 160)], SHIFT)  # outside: turns
    assert hands.document == before and hands.panel.editor.shown != before
    hands.key(Qt.Key.Key_Return)
    assert hands.steps()[count:] == ["Transform layer"]
    layer = red(hands)
    assert layer.transform.scale_x == pytest.approx(1.5, abs=0.02) and layer.transform.rotation % 15 == 0
    assert hands.canvas.tool is hands.panel.move_tool
    hands.undo()
    assert hands.document == before
    begin(hands)
    hands.drag([(200, 130), (210, 130), (240, 150)])
    hands.key(Qt.Key.Key_Escape)
    QApplication.processEvents()
    assert hands.document == before == hands.panel.editor.shown
    assert hands.canvas.tool is hands.panel.move_tool


def test_ctrl_on_a_corner_distorts_and_the_corner_is_where_it_was_left(hands: Hands) -> None:
    tool = begin(hands)
    hands.drag([(300, 180), (320, 190), (360, 240)], CTRL)
    hands.drag([(100, 80), (110, 90), (130, 60)], CTRL)
    hands.key(Qt.Key.Key_Z, CTRL)  # one gesture back
    assert tool.corner_points()[0] == pytest.approx((100, 80))
    hands.key(Qt.Key.Key_Return)
    layer = red(hands)
    assert layer.warp is not None and layer.warp.corners[2] == pytest.approx((1.3, 1.6))
    picture = hands.picture()
    assert tuple(picture[220, 345, :3]) == (220, 30, 30) and tuple(picture[232, 310, :3]) == (255, 255, 255)
    box = hands.panel.editor.bounds(["red"], hands.document)
    assert box is not None and (box.right, box.bottom) == (pytest.approx(360), pytest.approx(240))
    hands.panel.editor.select([])
    hands.click(345, 220)
    assert hands.panel.editor.selection == ("red",)
    hands.drag([(200, 130), (220, 140), (230, 150)], CTRL)  # a bent layer moves as it is
    assert red(hands).warp == layer.warp and red(hands).transform.x == 130


def test_sides_skew_and_figures_that_cannot_be_seen_are_not_made(hands: Hands) -> None:
    tool = begin(hands, "distort")
    hands.drag([(200, 80), (220, 80), (250, 80)])
    assert tool.corner_points()[:2] == (pytest.approx((150, 80)), pytest.approx((350, 80)))
    hands.drag([(300, 180), (250, 150), (160, 90)])  # across the diagonal: stops before it
    corners = tool.corner_points()
    assert corners[3] == pytest.approx((100, 180))
    hands.key(Qt.Key.Key_Return)
    assert red(hands).warp is not None
    assert np.isfinite(hands.picture()).all()


def test_perspective_moves_the_neighbour_the_other_way(hands: Hands) -> None:
    tool = begin(hands, "perspective")
    hands.drag([(100, 80), (110, 81), (130, 82)])
    points = tool.corner_points()
    assert points[0] == pytest.approx((130, 80)) and points[1] == pytest.approx((270, 80))
    assert points[2:] == (pytest.approx((300, 180)), pytest.approx((100, 180)))


def test_warp_pulls_points_and_the_surface(hands: Hands) -> None:
    tool = begin(hands, "warp")
    points = tool.mesh_points()
    assert points[5] == pytest.approx((100 + 200 / 3, 80 + 100 / 3))
    hands.drag([points[5], (180, 130), (200, 140)])
    assert tool.mesh_points()[5] == pytest.approx((200, 140), abs=1)
    hands.key(Qt.Key.Key_Z, CTRL)
    hands.drag([(200, 130), (205, 120), (215, 100)])  # the middle of the surface
    bend = tool._bend()
    assert bend is not None
    x, y = bend.forward(np.array([100.0]), np.array([50.0]))
    assert (float(x[0]), float(y[0])) == (pytest.approx(215, abs=1), pytest.approx(100, abs=1))
    hands.drag([(100, 80), (90, 70), (80, 60)])  # a corner takes its neighbours along
    after = tool.mesh_points()
    assert after[0] == pytest.approx((80, 60), abs=1)
    hands.key(Qt.Key.Key_Return)
    layer = red(hands)
    assert layer.warp is not None and layer.warp.mesh is not None
    assert tuple(hands.picture()[100, 215, :3]) == (220, 30, 30)


def test_numbers_place_what_is_held_and_reset_makes_it_straight(hands: Hands) -> None:
    before = hands.document
    tool, bar = begin(hands, "distort"), page(hands)
    hands.click(300, 180)
    bar.left.change(333)
    bar.top.change(222)
    assert tool.corner_points()[2] == pytest.approx((333, 222))
    assert bar.reset.isEnabled()
    bar.mode.committed.emit("free")
    bar.angle.change(30)
    bar.scale.change(50)
    hands.key(Qt.Key.Key_Return)
    layer = red(hands)
    assert layer.transform.rotation == pytest.approx(30) and layer.transform.scale_x == pytest.approx(0.5)
    assert layer.warp is not None and layer.warp.corners[2] == pytest.approx((1.165, 1.42))
    begin(hands)
    bar.reset.click()
    bar.angle.change(0)
    bar.scale.change(100)
    hands.key(Qt.Key.Key_Return)
    again = red(hands)
    assert again.warp is None and again.pixels == before.layer("red").pixels  # type: ignore[union-attr]
    assert (again.transform.scale_x, again.transform.rotation) == (pytest.approx(1), pytest.approx(0))


def test_what_goes_on_elsewhere_does_not_lose_the_transform(hands: Hands) -> None:
    begin(hands)
    hands.drag([(200, 130), (210, 130), (240, 150)])
    document = image_edits.update(hands.document, ["red"], opacity=0.5)
    hands.panel.editor.commit("Fade", document)
    hands.key(Qt.Key.Key_Return)
    assert red(hands).opacity == 0.5 and red(hands).transform.x == 140
    begin(hands)
    hands.drag([(240, 150), (250, 150), (260, 170)])
    hands.panel.editor.select(["words"])  # another layer: the first one is kept
    assert red(hands).transform.x == 160


def test_text_bends_is_typed_straight_and_stays_text(hands: Hands) -> None:
    tool = begin(hands, "distort", "words")
    points = tool.corner_points()
    hands.drag([points[2], (points[2][0] + 10, points[2][1] + 10), (points[2][0] + 30, points[2][1] + 50)])
    hands.key(Qt.Key.Key_Return)
    layer = hands.layer("words")
    assert isinstance(layer, TextLayer) and layer.warp is not None
    hands.panel.use_tool("text")
    hands.click(120, 285)
    shown = hands.panel.editor.shown
    assert shown is not None and shown.layer("words").warp is None  # type: ignore[union-attr]
    hands.key(Qt.Key.Key_End)
    hands.type("!")
    hands.key(Qt.Key.Key_Escape)
    after = hands.layer("words")
    assert isinstance(after, TextLayer) and after.text.endswith("!") and after.warp == layer.warp


def test_painting_asks_for_pixels_and_masks_are_bent(hands: Hands) -> None:
    warp = Warp(corners=((0.0, 0.0), (1.0, 0.3), (1.0, 0.7), (0.0, 1.0)))
    editor = hands.panel.editor
    editor.commit("Bend", image_edits.update(hands.document, ["red"], warp=warp))
    editor.select(["red"])
    said: list[str] = []
    editor.hint.connect(said.append)
    hands.panel.use_tool("brush")
    assert isinstance(hands.canvas.tool, BrushTool)
    before = hands.document
    hands.drag([(150, 130), (170, 130), (200, 130)])
    assert hands.document == before and any("pixels" in text for text in said)
    assert hands.panel.named.by_id["layer.rasterise"].isEnabled()
    editor.pixels.choose("Select", _half(hands.document))
    hands.panel.commands.add_mask()
    mask = red(hands).mask
    assert isinstance(mask, Mask)
    picture = hands.picture()
    assert tuple(picture[130, 150, :3]) == (220, 30, 30) and tuple(picture[130, 250, :3]) == (255, 255, 255)
    bend = bend_of(red(hands))
    assert bend is not None and bend.bounds().right == pytest.approx(300)


def _half(document: ImageDocument) -> np.ndarray:
    chosen = np.zeros((document.height, document.width), np.uint8)
    chosen[:, :200] = 255
    return chosen


def test_pixels_inside_a_selection_are_found_on_a_bent_layer(hands: Hands) -> None:
    editor = hands.panel.editor
    warp = Warp(corners=((0.0, 0.0), (1.0, 0.3), (1.0, 0.7), (0.0, 1.0)))
    editor.commit("Bend", image_edits.update(hands.document, ["red"], warp=warp))
    editor.select(["red"])
    editor.pixels.choose("Select", _half(hands.document))
    hands.panel.pixel_commands.fill("#0000ff")
    picture = hands.picture()
    assert tuple(picture[130, 150, :3]) == (0, 0, 255) and tuple(picture[130, 250, :3]) == (220, 30, 30)
    assert tuple(picture[130, 196, :3]) == (0, 0, 255) and tuple(picture[130, 204, :3]) == (220, 30, 30)
