"""Strokes store the tiles they touch, undo gives every pixel back, masks hide and show."""

from collections.abc import Callable

import msgspec
import numpy as np
import pytest
from image_hands import Hands
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QPointingDevice, QTabletEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.documents.image import RasterLayer
from core.raster.manifest import TILE_TYPE, read_manifest, solid_raster
from desktop.panels.image.panel import ImagePanel

replace = msgspec.structs.replace


def brush(panel: ImagePanel, tool: str = "brush", **fields: object) -> None:
    panel.use_tool(tool)
    panel.tools[tool].adjust(**{"size": 20.0, "hardness": 1.0, "opacity": 1.0, "flow": 1.0, **fields})  # type: ignore[attr-defined]


def large_layer(hands: Hands, colour: tuple[int, int, int, int] = (0, 0, 0, 0)) -> RasterLayer:
    """Give the document a pixel layer of 1500×1000, 24 tiles, and select it."""
    panel = hands.panel
    pixels = solid_raster(1500, 1000, colour, panel.session.require())
    layer = RasterLayer(id="large", name="Large", pixels=pixels, width=1500, height=1000)
    panel.session.commit("Add layer", panel.editor.require().insert_layer(layer))
    panel.editor.select(["large"])
    return layer


def test_a_stroke_stores_only_the_tiles_it_touched(hands: Hands) -> None:
    project = hands.panel.session.require()
    before = large_layer(hands)
    brush(hands.panel)
    hands.panel.editor.set_colour("#2060c0")
    known = {asset.hash for asset in project.assets() if asset.media_type == TILE_TYPE}
    hands.drag([(40, 40), (80, 50), (120, 60)])
    after = hands.layer("large")
    assert isinstance(after, RasterLayer) and after.pixels != before.pixels
    old, new = (read_manifest(layer.pixels, project) for layer in (before, after))
    changed = [index for index, pair in enumerate(zip(old.tiles, new.tiles, strict=True)) if pair[0] != pair[1]]
    assert changed == [0]
    fresh = {asset.hash for asset in project.assets() if asset.media_type == TILE_TYPE} - known
    assert len(fresh) <= 1 + len(new.levels)  # the tile, and its parent in each reduced size
    assert tuple(hands.picture()[50, 80]) == (0x20, 0x60, 0xC0, 255)
    assert hands.steps()[-1] == "Brush stroke"


def test_nothing_is_composed_twice_for_a_stroke(
    hands: Hands, settle: Callable[[], None], monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    """Its tiles are composed where it paints, and are still those of the document when it is stored."""
    large_layer(hands, (250, 240, 230, 255))
    canvas, compositor = hands.panel.canvas, hands.panel.editor.compositor
    assert compositor is not None
    settle()
    qtbot.waitUntil(lambda: canvas.tiles.idle)  # what lies around the view, too
    parts: list[tuple[int, int, int, int]] = []
    compose = compositor.render_tile

    def watched(*args: object, **kwargs: object) -> object:
        parts.append(kwargs["part"] if kwargs["old"] is not None else (0, 0, 256, 256))  # type: ignore[arg-type]
        return compose(*args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(compositor, "render_tile", watched)
    brush(hands.panel, size=12.0)
    hands.drag([(40, 40), (60, 50), (80, 44)])
    settle()
    monkeypatch.undo()
    assert parts and max(right - left for left, _, right, _ in parts) < 80, parts
    document = hands.panel.editor.require()
    for level, col, row in canvas.visible_keys():
        tile = canvas.tiles.get((level, col, row))
        assert tile is not None
        assert np.array_equal(tile.pixels, compositor.render_tile(document, col, row, level))


def test_undo_gives_back_exactly_the_same_pixels(hands: Hands) -> None:
    large_layer(hands, (10, 200, 90, 130))
    before = hands.picture()
    brush(hands.panel, hardness=0.3, opacity=0.7)
    hands.drag([(20, 20), (300, 200), (500, 100), (560, 380)])
    painted = hands.picture()
    assert (painted != before).any()
    hands.undo()
    assert np.array_equal(hands.picture(), before)
    hands.panel.session.redo()
    assert np.array_equal(hands.picture(), painted)


def test_the_stroke_is_on_the_screen_before_the_button_is_released(hands: Hands, settle: object) -> None:
    settle()  # type: ignore[operator]
    large_layer(hands)
    settle()  # type: ignore[operator]
    brush(hands.panel)
    hands.panel.editor.set_colour("#ff00ff")
    hands.press(300, 350)
    hands.move(340, 350)
    hands.move(380, 350)
    assert hands.seen(330, 350) == (255, 0, 255)
    assert "Brush stroke" not in hands.steps()
    hands.key(Qt.Key.Key_Escape)
    settle()  # type: ignore[operator]
    hands.release(380, 350)
    assert hands.seen(330, 350) == (255, 255, 255)
    assert "Brush stroke" not in hands.steps()


def test_painting_without_a_pixel_layer_makes_one_in_the_same_step(hands: Hands) -> None:
    hands.panel.editor.select(["back"])
    count, layers = len(hands.steps()), len(hands.document.layers)
    brush(hands.panel)
    hands.drag([(50, 50), (60, 50), (70, 50)])
    assert len(hands.steps()) == count + 1
    assert [layer.name for layer in hands.document.layers] == ["Background", "Layer 1", "Red", ""]
    assert hands.panel.editor.selection == (hands.document.layers[1].id,)
    hands.undo()
    assert len(hands.document.layers) == layers


def test_painting_on_a_scaled_and_turned_layer_lands_under_the_pointer(hands: Hands) -> None:
    editor = hands.panel.editor
    layer = hands.layer("red")
    assert isinstance(layer, RasterLayer)
    turned = replace(layer, transform=replace(layer.transform, scale_x=1.5, scale_y=1.5, rotation=30.0))
    hands.panel.session.commit("Turn", hands.document.replace_layer("red", lambda _: turned))
    editor.select(["red"])
    editor.set_colour("#0000ff")
    brush(hands.panel, size=24)
    hands.drag([(200, 130), (201, 130), (202, 130)])
    red = hands.picture()[..., 0].astype(int)
    blue = (hands.picture()[..., 2] > 128) & (red < 110)
    ys, xs = np.nonzero(blue)
    assert abs(xs.mean() - 201) < 2 and abs(ys.mean() - 130) < 2
    assert abs((xs.max() - xs.min() + 1) - 26) <= 2


def test_the_mask_is_painted_instead_when_it_is_chosen(hands: Hands) -> None:
    panel = hands.panel
    panel.editor.select(["red"])
    panel.commands.add_mask()
    assert panel.editor.on_mask
    pixels = hands.layer("red").mask
    brush(panel, size=40)
    panel.editor.set_colour("#000000")
    hands.drag([(150, 130), (200, 130), (250, 130)])
    layer = hands.layer("red")
    assert isinstance(layer, RasterLayer) and layer.mask is not None and pixels is not None
    assert layer.mask.pixels != pixels.pixels
    assert tuple(hands.picture()[130, 200]) == (255, 255, 255, 255)  # the white fill shows through
    assert tuple(hands.picture()[100, 110]) == (220, 30, 30, 255)
    assert hands.steps()[-1] == "Paint on mask"
    panel.editor.set_colour("#ffffff")
    hands.drag([(150, 130), (200, 130), (250, 130)])
    assert tuple(hands.picture()[130, 200]) == (220, 30, 30, 255)


@pytest.mark.parametrize("inverted", [False, True])
def test_erasing_on_a_mask_hides_whichever_way_round_it_is(hands: Hands, inverted: bool) -> None:
    panel = hands.panel
    panel.editor.select(["red"])
    panel.commands.add_mask(hidden=inverted)
    if inverted:
        panel.commands.invert_mask()
    assert tuple(hands.picture()[130, 200]) == (220, 30, 30, 255)
    brush(panel, "eraser", size=40)
    hands.drag([(190, 130), (200, 130), (210, 130)])
    assert tuple(hands.picture()[130, 200]) == (255, 255, 255, 255)


def test_the_eraser_takes_pixels_away(hands: Hands) -> None:
    hands.panel.editor.select(["red"])
    brush(hands.panel, "eraser", size=30)
    hands.drag([(150, 120), (160, 120), (170, 120)])
    assert tuple(hands.picture()[120, 160]) == (255, 255, 255, 255)
    assert hands.steps()[-1] == "Erase"


def test_locked_and_hidden_layers_are_not_painted_and_say_why(hands: Hands) -> None:
    said: list[str] = []
    panel = hands.panel
    panel.editor.hint.connect(said.append)
    brush(panel)
    for field in ("locked", "visible"):
        panel.editor.select(["red"])
        panel.commands.toggle(field)  # type: ignore[arg-type]
        count = len(hands.steps())
        hands.drag([(150, 120), (160, 120), (170, 120)])
        assert len(hands.steps()) == count
        panel.commands.toggle(field)  # type: ignore[arg-type]
    assert ["locked" in said[0], "hidden" in said[1]] == [True, True]
    panel.editor.select(["words"])
    brush(panel, "eraser")
    hands.drag([(150, 120), (160, 120)])
    assert "Select a pixel layer" in said[-1]


def test_keys_change_the_brush(hands: Hands) -> None:
    brush(hands.panel, size=40)
    tool = hands.panel.tools["brush"]
    hands.canvas.setFocus()
    hands.key(Qt.Key.Key_BracketRight)
    assert tool.brush.size == 45  # type: ignore[attr-defined]
    hands.key(Qt.Key.Key_BracketLeft)
    hands.key(Qt.Key.Key_BracketLeft)
    assert tool.brush.size == 35  # type: ignore[attr-defined]
    hands.key(Qt.Key.Key_BraceLeft, Qt.KeyboardModifier.ShiftModifier)
    assert tool.brush.hardness == 0.9  # type: ignore[attr-defined]
    hands.key(Qt.Key.Key_5)
    assert tool.brush.opacity == 0.5  # type: ignore[attr-defined]


def pen(hands: Hands, kind: QEvent.Type, x: float, y: float, pressure: float, tilt: float = 0.0) -> None:
    at, device = QPointF(hands.at(x, y)), QPointingDevice.primaryPointingDevice()
    up = kind == QEvent.Type.TabletRelease
    button = Qt.MouseButton.NoButton if kind == QEvent.Type.TabletMove else Qt.MouseButton.LeftButton
    event = QTabletEvent(
        kind, device, at, hands.canvas.mapToGlobal(at), pressure, tilt, 0, 0, 0, 0,
        Qt.KeyboardModifier.NoModifier, button, Qt.MouseButton.NoButton if up else Qt.MouseButton.LeftButton,
    )  # fmt: skip
    QApplication.sendEvent(hands.canvas, event)


def test_a_pen_that_leans_paints_wider_when_it_is_set_to(hands: Hands) -> None:
    large_layer(hands)
    hands.panel.editor.set_colour("#00ff00")
    for tilt_size, y in ((False, 80), (True, 280)):
        brush(hands.panel, size=30, pressure_size=False, tilt_size=tilt_size)
        pen(hands, QEvent.Type.TabletPress, 300, y, 1.0, 30)
        pen(hands, QEvent.Type.TabletRelease, 300, y, 1.0, 30)
    green = (hands.picture()[..., :3] == (0, 255, 0)).all(axis=2)[:, 300]
    assert 28 <= green[:180].sum() <= 31 and 57 <= green[180:].sum() <= 61  # half way to three times as wide


def test_a_pen_paints_with_its_pressure(hands: Hands) -> None:
    large_layer(hands)
    brush(hands.panel, size=60, pressure_size=True)
    hands.panel.editor.set_colour("#00ff00")
    for y, pressure in ((320, 0.2), (60, 1.0)):
        pen(hands, QEvent.Type.TabletPress, 300, y, pressure)
        pen(hands, QEvent.Type.TabletMove, 400, y, pressure)
        pen(hands, QEvent.Type.TabletMove, 500, y, pressure)
        pen(hands, QEvent.Type.TabletRelease, 500, y, pressure)
    green = (hands.picture()[..., :3] == (0, 255, 0)).all(axis=2)
    light, heavy = green[240:, 400].sum(), green[:160, 400].sum()
    assert 9 <= light <= 14 and 56 <= heavy <= 62
