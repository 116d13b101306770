"""Cropping by hand: frame, ratio, turning, straightening, a size in pixels; one step each, and nothing is lost."""

import asyncio
import math

import numpy as np
import pytest
from image_hands import Hands
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from core.documents.image import RasterLayer, TextLayer
from desktop.panels.image.crop_options import CropPage
from desktop.panels.image.tools.crop import CropTool

SHIFT, ALT, CTRL = (
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier,
)


@pytest.fixture
def tool(hands: Hands) -> CropTool:
    hands.panel.editor.session.settings.views.pop("image.crop", None)
    hands.key(Qt.Key.Key_C)
    hands.panel.use_tool("crop")
    hands.canvas.setFocus()
    found = hands.canvas.tool
    assert isinstance(found, CropTool)
    return found


def page(hands: Hands) -> CropPage:
    found = hands.panel.options_widget().findChild(CropPage)
    assert isinstance(found, CropPage)
    return found


def frame(tool: CropTool) -> tuple[float, ...]:
    assert tool.frame is not None
    return tuple(tool.frame)


def test_a_drawn_frame_becomes_the_canvas_in_one_step_and_nothing_is_lost(hands: Hands, tool: CropTool) -> None:
    before, picture, count = hands.document, hands.picture(), len(hands.steps())
    hands.drag([(90, 70), (200, 150), (330, 250)], CTRL | ALT)  # Ctrl inside draws a horizon instead
    assert tool.frame is not None and tool.frame.degrees != 0
    hands.key(Qt.Key.Key_Escape)
    assert frame(tool) == (300, 200, 600, 400, 0)
    hands.drag([(92, 68), (200, 150), (332, 251)])
    assert frame(tool) == (212, 159.5, 240, 183, 0)
    hands.key(Qt.Key.Key_Return)
    assert (hands.document.width, hands.document.height) == (240, 183)
    assert hands.steps()[count:] == ["Crop"]
    assert np.array_equal(hands.picture(), picture[68:251, 92:332])
    layer = hands.layer("red")
    assert isinstance(layer, RasterLayer) and (layer.width, layer.height) == (200, 100)
    hands.undo()
    assert hands.document == before


def test_handles_snap_keep_ratios_and_turn_over(hands: Hands, tool: CropTool) -> None:
    hands.drag([(600, 400), (500, 350), (303, 334)])  # near the picture's right edge at 300
    assert frame(tool)[:4] == (150, 167, 300, 334)
    hands.drag([(300, 334), (250, 303), (200, 250)], SHIFT | CTRL)
    assert frame(tool)[2] == pytest.approx(frame(tool)[3] * 300 / 334, abs=1)
    tool.adjust(ratio="1:1")
    x, y, width, height, _ = frame(tool)
    assert width == height
    hands.drag([(x + width / 2, y), (x + 10, y), (x + width / 2 - 40, y)], CTRL)
    assert frame(tool)[2] == frame(tool)[3] == pytest.approx(width - 40, abs=1)


def test_a_frame_outside_grows_the_canvas(hands: Hands, tool: CropTool) -> None:
    hands.drag([(600, 200), (620, 200), (650, 200)], CTRL)
    hands.drag([(300, 0), (300, -20), (300, -40)], CTRL)
    hands.double_click(300, 200)
    assert (hands.document.width, hands.document.height) == (650, 440)
    layer = hands.layer("red")
    assert isinstance(layer, RasterLayer) and (layer.transform.x, layer.transform.y) == (100, 120)


def test_straightening_along_a_horizon_levels_the_line_and_stays_inside(hands: Hands, tool: CropTool) -> None:
    start, end = (100.0, 150.0), (400.0, 150.0 + 300 * math.tan(math.radians(5)))
    QTest.mouseClick(page(hands).level, Qt.MouseButton.LeftButton)
    hands.drag([start, (200, 160), end])
    assert tool.frame is not None and tool.frame.degrees == pytest.approx(5, abs=0.15)
    assert not page(hands).level.isChecked()
    assert all(-0.01 <= x <= 600.01 and -0.01 <= y <= 400.01 for x, y in tool.frame.corners)
    first, second = tool.frame.to_own(*start), tool.frame.to_own(*end)
    assert first[1] == pytest.approx(second[1], abs=1.0)
    degrees = tool.frame.degrees
    hands.key(Qt.Key.Key_Return)
    text = hands.layer("words")
    assert isinstance(text, TextLayer) and text.transform.rotation == pytest.approx(-degrees)
    assert (hands.picture()[..., :3].min(axis=2) > 0).any()


def test_dragging_outside_turns_and_shift_takes_steps(hands: Hands, tool: CropTool) -> None:
    hands.drag([(200, 100), (300, 200), (400, 300)], ALT)
    cx, cy = tool.frame.cx, tool.frame.cy  # type: ignore[union-attr]
    radius = 260
    to = cx + radius * math.cos(math.radians(33)), cy + radius * math.sin(math.radians(33))
    hands.drag([(cx + radius, cy), (cx + radius, cy + 40), to], SHIFT)
    assert frame(tool)[4] == 30
    assert frame(tool)[:2] == (cx, cy)


def test_a_size_in_pixels_scales_and_numbers_set_the_frame(hands: Hands, tool: CropTool) -> None:
    bar = page(hands)
    bar.across.change(300)
    bar.down.change(200)
    assert frame(tool)[2:4] == (300, 200)
    bar.angle.change(10)
    assert frame(tool)[4] == 10
    for choice in ("1:1", "9:16", "size"):
        bar.ratio.committed.emit(choice)
    bar.across.change(160)
    bar.down.change(90)
    assert frame(tool)[2] == pytest.approx(300)  # fitted into what was typed, whatever was tried between
    hands.key(Qt.Key.Key_Return)
    assert (hands.document.width, hands.document.height) == (160, 90)
    layer = hands.layer("red")
    assert isinstance(layer, RasterLayer)
    assert layer.transform.scale_x == pytest.approx(160 / 300, abs=0.01) and layer.width == 200
    assert layer.transform.rotation == pytest.approx(-10)


def test_swapping_and_moving_and_giving_up(hands: Hands, tool: CropTool) -> None:
    before = hands.document
    hands.panel.editor.measuring.adjust(snap=False)
    tool.adjust(ratio="16:9")
    width, height = frame(tool)[2:4]
    tool.swap()
    assert frame(tool)[2:4] == (height, width)
    assert tool.ratio == pytest.approx(9 / 16)
    x, y = frame(tool)[:2]
    hands.drag([(x, y), (x + 20, y), (x + 50, y + 10)])
    assert frame(tool)[:2] == (x + 50, y + 10)
    hands.key(Qt.Key.Key_Z, CTRL)
    assert frame(tool)[:2] == (x, y) and hands.document == before
    hands.drag([(x, y), (x + 20, y), (x + 50, y + 10)])
    hands.key(Qt.Key.Key_Right, SHIFT)
    assert frame(tool)[0] == x + 60
    hands.panel.use_tool("move")
    assert tool.frame is None and hands.document == before


def test_what_is_outside_can_be_deleted(hands: Hands, tool: CropTool) -> None:
    async def crop() -> None:
        tool.adjust(discard=True)
        tool.set_size(200, 200)
        tool.apply()
        while hands.document.width != 200:
            await asyncio.sleep(0.01)

    asyncio.run(crop())
    layer = hands.layer("red")
    assert isinstance(layer, RasterLayer) and (layer.width, layer.height) == (100, 80)
    assert hands.steps()[-1] == "Crop"
