"""16 and 32 bits a channel in the window: converting, what is said of it, and tools that keep every bit."""

import asyncio
from collections.abc import Callable
from typing import Any

import msgspec
import numpy as np
import pytest
from image_hands import Hands
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from tests_desktop import Run

from core.documents.image import FillLayer, ImageDocument, RasterLayer, Transform, new_image
from core.documents.image_values import Depth
from core.raster.depths import DTYPES, converted
from core.raster.manifest import read_deep, read_manifest, write_raster
from desktop.panels.image.document_section import DocumentSection
from desktop.panels.image.panel import ImagePanel
from desktop.panels.image.samples import sample

replace = msgspec.structs.replace


@pytest.fixture(autouse=True)
def ready(run: Run, panel: ImagePanel) -> None:
    """The loop is there before the panel, and ends after it."""


def deep_layer(hands: Hands, depth: Depth = 16) -> Any:
    """Make the picture 16 or 32 bits deep, with a soft layer over all of it, selected; return its pixels."""
    panel = hands.panel
    y, x = np.mgrid[0:400, 0:600]
    array: Any
    if depth == 32:
        array = np.stack([x / 200, y / 400, x * 0 + 0.2, x * 0 + 1.0], -1).astype(np.float32)
    else:
        grain = np.random.default_rng(0).integers(0, 500, (400, 600))
        array = np.stack([20_000 + x * 3, 30_000 + grain, 9_000 + x, x * 0 + 65535], -1).astype(np.uint16)
    pixels = write_raster(array, panel.session.require())
    layer = RasterLayer(id="deep", name="Deep", pixels=pixels, width=600, height=400)
    document = replace(panel.editor.require(), depth=depth).insert_layer(layer)
    panel.session.commit("Add layer", document)
    panel.editor.select(["deep"])
    return array


def wait(run: Run, done: Callable[[], bool]) -> None:
    """Let the event loop run until something is so."""

    async def until() -> None:
        for _ in range(500):
            if done():
                return
            await asyncio.sleep(0.02)
        raise AssertionError("it did not happen")

    run(until())


def pixels_of(hands: Hands, layer_id: str = "deep") -> Any:
    layer = hands.layer(layer_id)
    assert isinstance(layer, RasterLayer)
    return read_deep(layer.pixels, hands.panel.session.require())


def depth_of(hands: Hands, layer_id: str) -> int:
    layer = hands.layer(layer_id)
    assert isinstance(layer, RasterLayer)
    return read_manifest(layer.pixels, hands.panel.session.require()).depth


def test_converting_is_one_step_and_exact(hands: Hands, run: Run) -> None:
    panel, before = hands.panel, hands.document
    seen = hands.picture()
    panel.frame_actions.by_id["image.depth-16"].trigger()
    wait(run, lambda: hands.document.depth == 16)
    assert hands.steps()[-1] == "Convert to 16 bits a channel"
    assert depth_of(hands, "red") == 16
    assert np.array_equal(hands.picture(), seen)
    assert "16 bit" in panel.status()
    panel.frame_actions.follow()
    assert panel.frame_actions.by_id["image.depth-16"].isChecked()
    hands.undo()
    assert hands.document == before and "8 bit" in panel.status()


def test_taking_bits_away_dithers_or_rounds(hands: Hands, run: Run) -> None:
    panel = hands.panel
    array = deep_layer(hands)
    section = panel._inspector.findChild(DocumentSection)
    assert section is not None
    assert section.dither.isChecked()
    panel.frame_actions.depth.convert(8)
    wait(run, lambda: hands.document.depth == 8)
    dithered = pixels_of(hands).astype(float)
    assert np.abs(dithered - array / 257).max() <= 1
    assert np.abs(dithered - array / 257).max() > 0.6
    hands.undo()
    section.dither.setChecked(False)
    panel.frame_actions.depth.convert(8)
    wait(run, lambda: hands.document.depth == 8)
    assert np.array_equal(pixels_of(hands), converted(array, 8))
    section.dither.setChecked(True)


def test_the_inspector_offers_the_depth(hands: Hands, run: Run) -> None:
    panel = hands.panel
    panel.editor.select([])
    section = panel._inspector.findChild(DocumentSection)
    assert section is not None
    section.depth_choice.committed.emit(32)
    wait(run, lambda: hands.document.depth == 32)
    section.follow()
    assert section.depth_choice.value() == 32 and "32 bit float" in panel.status()


PAINTERS = ["brush", "eraser", "smudge", "blur", "sharpen", "dodge", "burn", "sponge"]


@pytest.mark.parametrize("depth", [16, 32])
@pytest.mark.parametrize("tool", PAINTERS)
def test_painting_keeps_the_depth(hands: Hands, tool: str, depth: Depth) -> None:
    array = deep_layer(hands, depth)
    hands.panel.use_tool(tool)
    hands.panel.tools[tool].adjust(size=30.0, hardness=0.3)  # type: ignore[attr-defined]
    hands.drag([(100, 100), (140, 120), (190, 150)])
    after = pixels_of(hands)
    assert after.dtype == DTYPES[depth]
    assert not np.array_equal(after, array)
    assert np.array_equal(after[256:], array[256:]) and np.array_equal(after[:, 256:], array[:, 256:])
    hands.undo()
    assert np.array_equal(pixels_of(hands), array)


@pytest.mark.parametrize("depth", [16, 32])
@pytest.mark.parametrize(
    ("tool", "sample"), [("clone", "layer"), ("clone", "all"), ("heal", "layer"), ("spot-heal", "layer")]
)
def test_cloning_and_healing_keep_the_depth(hands: Hands, run: Run, tool: str, sample: str, depth: Depth) -> None:
    array = deep_layer(hands, depth)
    panel = hands.panel
    panel.use_tool(tool)
    made: Any = panel.tools[tool]
    made.adjust(size=20.0, hardness=0.5)
    made.choose(sample=sample)
    if tool != "spot-heal":
        hands.click(200, 200, Qt.KeyboardModifier.AltModifier)
    steps = len(hands.steps())
    hands.drag([(60, 60), (70, 64), (80, 66)])
    wait(run, lambda: len(hands.steps()) > steps)
    layer = panel.editor.selection[0]
    after = pixels_of(hands, layer)
    assert after.dtype == DTYPES[depth] and not np.array_equal(after, array)
    assert np.array_equal(pixels_of(hands)[200:], array[200:])


@pytest.mark.parametrize("depth", [16, 32])
def test_the_canvas_shows_a_stroke_as_it_is_stored(hands: Hands, depth: Depth, settle: Callable[[], None]) -> None:
    deep_layer(hands, depth)
    canvas, compositor = hands.panel.canvas, hands.panel.editor.compositor
    assert compositor is not None
    settle()
    hands.panel.use_tool("brush")
    hands.drag([(100, 100), (140, 120), (190, 150)])
    settle()
    document = hands.document
    for level, col, row in canvas.visible_keys():
        tile = canvas.tiles.get((level, col, row))
        assert tile is not None
        assert np.array_equal(tile.pixels, compositor.render_tile(document, col, row, level))


def test_a_new_layer_and_a_fill_have_the_pictures_depth(hands: Hands, run: Run) -> None:
    deep_layer(hands)
    panel = hands.panel
    panel.commands.add_raster()
    new = panel.editor.selection[0]
    assert depth_of(hands, new) == 16
    panel.editor.set_colour("#2060c0")
    panel.pixel_commands.fill("#2060c0")
    assert tuple(pixels_of(hands, new)[10, 10]) == (0x2020, 0x6060, 0xC0C0, 65535)
    panel.use_tool("gradient")
    hands.drag([(0, 200), (300, 200), (599, 200)])
    wait(run, lambda: hands.steps()[-1] == "Gradient")
    assert len(np.unique(pixels_of(hands, new)[200, :, 0])) > 300
    panel.use_tool("bucket")
    hands.click(20, 20)
    wait(run, lambda: hands.steps()[-1] == "Fill" and len(hands.steps()) > 4)
    assert depth_of(hands, new) == 16


def test_merging_copying_and_pasting_keep_every_bit(hands: Hands, run: Run) -> None:
    array = deep_layer(hands)
    panel = hands.panel
    chosen = np.zeros((400, 600), np.uint8)
    chosen[50:150, 60:160] = 255
    panel.editor.pixels.choose("Select", chosen)
    assert panel.clipboard.copy()
    panel.clipboard.paste()
    pasted = panel.editor.selection[0]
    assert np.array_equal(pixels_of(hands, pasted), array[50:150, 60:160])
    panel.editor.select(["deep", pasted])
    panel.commands.merge()
    wait(run, lambda: hands.steps()[-1] == "Merge layers")
    merged = panel.editor.selection[0]
    assert np.array_equal(pixels_of(hands, merged), array)


def test_what_is_placed_takes_the_pictures_depth(hands: Hands, run: Run) -> None:
    panel, project = hands.panel, hands.panel.session.require()
    sixteen = np.full((30, 40, 4), 65535, np.uint16)
    sixteen[..., 0] = np.arange(40) * 1000
    panel.commands.place(write_raster(sixteen, project), "Sixteen", None)
    wait(run, lambda: hands.steps()[-1] == "Place picture")
    placed = panel.editor.selection[0]
    assert np.array_equal(pixels_of(hands, placed), converted(sixteen, 8))
    deep_layer(hands)
    eight = np.full((30, 40, 4), 255, np.uint8)
    eight[..., 1] = np.arange(40)
    count = len(hands.steps())
    panel.commands.place(write_raster(eight, project), "Eight", None)
    wait(run, lambda: len(hands.steps()) > count)
    assert np.array_equal(pixels_of(hands, panel.editor.selection[0]), converted(eight, 16))


def test_a_deep_picture_opens_as_a_deep_document(panel: ImagePanel) -> None:
    digest = write_raster(np.full((30, 40, 4), 0.5, np.float32), panel.session.require())
    document = panel.document_from(digest, "Light")
    assert isinstance(document, ImageDocument) and document.depth == 32


def test_points_have_the_numbers_of_the_depth(hands: Hands) -> None:
    panel, array = hands.panel, deep_layer(hands)
    found = sample(panel.editor, panel.canvas, 100, 50)
    assert found is not None
    assert found.values.split() == ["20300", str(array[50, 100, 1]), "9100"] and found.red == round(20300 / 257)
    panel.session.commit("Deeper", replace(hands.document, depth=32))
    found = sample(panel.editor, panel.canvas, 100, 50)
    assert found is not None and found.values.split() == [f"{value / 65535:.4f}" for value in array[50, 100, :3]]


def test_it_says_what_has_fewer_bits(hands: Hands) -> None:
    panel = hands.panel
    assert panel.make_notice() == ""
    panel.session.commit("Deeper", replace(hands.document, depth=16))
    assert "8" in panel.make_notice() and "16" in panel.make_notice()
    panel.editor.select([])
    section = panel._inspector.findChild(DocumentSection)
    assert section is not None
    section.follow()
    assert "“Red”" in section.fewer.text()


def test_painting_on_a_layer_of_another_depth_stays_at_its_own(hands: Hands) -> None:
    panel = hands.panel
    panel.session.commit("Deeper", replace(hands.document, depth=16))
    panel.editor.select(["red"])
    panel.use_tool("brush")
    panel.editor.set_colour("#0000ff")
    hands.drag([(120, 100), (160, 120), (200, 130)])
    assert depth_of(hands, "red") == 8 and tuple(hands.picture()[120, 160][:3]) == (0, 0, 255)


def test_liquify_keeps_the_depth(hands: Hands, run: Run) -> None:
    array = deep_layer(hands, 32)
    panel = hands.panel
    panel.liquify()
    hands.drag([(100, 100), (120, 110), (140, 120)])
    wait(run, lambda: panel.liquify_tool.pending)
    panel.liquify_tool.done()
    after = pixels_of(hands)
    assert after.dtype == np.float32 and not np.array_equal(after, array)
    assert np.array_equal(after[:, 300:], array[:, 300:])


def test_cutting_a_picture_to_its_canvas_keeps_the_depth(hands: Hands, run: Run) -> None:
    from core.raster.cutting import cut_to_canvas

    project, compositor = hands.panel.session.require(), hands.panel.editor.compositor
    assert compositor is not None
    array = np.full((80, 80, 4), 0.25, np.float32)
    array[..., 0] = 3.0
    array[..., 3] = 1
    layer = RasterLayer(id="a", pixels=write_raster(array, project), width=80, height=80, transform=Transform(x=-20))
    document = replace(new_image(50, 50), layers=(FillLayer(id="b"), layer), depth=32)
    cut = cut_to_canvas(document, compositor, project).layers[1]
    assert isinstance(cut, RasterLayer)
    assert np.array_equal(read_deep(cut.pixels, project), array[:50, :50])
    QApplication.processEvents()
