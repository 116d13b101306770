"""Gradient and paint bucket by mouse and keys: what is seen while drawing is what the document then holds."""

import asyncio
from collections.abc import Callable

import msgspec
import numpy as np
import pytest
from image_hands import Hands, Point
from PySide6.QtCore import Qt
from tests_desktop import Run

from core.documents.image import RasterLayer, Transform
from core.raster.manifest import read_raster, write_raster
from desktop.panels.image.panel import ImagePanel
from desktop.panels.image.tools.target import TargetTool

replace = msgspec.structs.replace
ALT, SHIFT = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier
Array = np.ndarray


@pytest.fixture(autouse=True)
def ready(run: Run, panel: ImagePanel) -> None:
    """The loop is there before the panel, and ends after it."""


def use(hands: Hands, name: str, **options: object) -> TargetTool:
    hands.panel.use_tool(name)
    tool = hands.panel.tools[name]
    assert isinstance(tool, TargetTool)
    tool.choose(**options)
    return tool


def add(hands: Hands, pixels: Array, transform: Transform | None = None, **fields: object) -> None:
    session = hands.panel.session
    layer = RasterLayer(
        id="photo", name="Photo", pixels=write_raster(pixels, session.require()), width=pixels.shape[1],
        height=pixels.shape[0], transform=transform or Transform(),
    )  # fmt: skip
    session.commit("Add layer", hands.panel.editor.require().insert_layer(replace(layer, **fields)))
    hands.panel.editor.select(["photo"])


def own(hands: Hands) -> Array:
    layer = hands.layer("photo")
    assert isinstance(layer, RasterLayer)
    return read_raster(layer.pixels, hands.panel.session.require())


def wait(hands: Hands, run: Run) -> None:
    async def until() -> None:
        while hands.panel.session.busy:
            await asyncio.sleep(0.01)

    run(until())


def draw(hands: Hands, run: Run, *points: Point, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    hands.drag(points, keys)
    wait(hands, run)


def grey(value: int, width: int = 600, height: int = 400) -> Array:
    pixels = np.full((height, width, 4), value, np.uint8)
    pixels[..., 3] = 255
    return pixels


def test_a_long_healing_stroke_is_fitted_beside_other_work(hands: Hands, run: Run) -> None:
    pixels = grey(120)
    pixels[..., :3] += np.random.default_rng(2).integers(0, 20, (400, 600, 1), dtype=np.uint8)
    add(hands, pixels)
    hands.panel.use_tool("spot-heal")
    hands.panel.tools["spot-heal"].adjust(size=20.0)  # type: ignore[attr-defined]
    path = [(60 + 20 * i, 200) for i in range(24)]
    steps = len(hands.steps())
    hands.drag(path)
    assert len(hands.steps()) == steps and hands.canvas.cursor().shape() == Qt.CursorShape.WaitCursor
    hands.drag([(100, 50), (110, 50)])  # not yet
    renamed = hands.document.replace_layer("red", lambda layer: replace(layer, name="Renamed"))
    hands.panel.session.commit("Rename", renamed)
    wait(hands, run)
    assert hands.steps()[steps:] == ["Rename", "Heal spot"] and hands.layer("red").name == "Renamed"
    changed = (own(hands) != pixels).any(-1)
    assert changed[195:205, 80:500].mean() > 0.8 and not changed[:180].any()
    hands.drag(path)
    hands.key(Qt.Key.Key_Escape)
    wait(hands, run)
    assert len(hands.steps()) == steps + 2
    assert hands.canvas.tiles.overrides == {}


# --- gradient --------------------------------------------------------------------------------------------------------


def test_a_gradient_is_seen_while_it_is_drawn_and_becomes_one_step(
    hands: Hands, run: Run, settle: Callable[[], None]
) -> None:
    """On a turned, half transparent, multiplied layer with a selection: the preview must not differ from the result."""
    transform = Transform(x=120, y=60, scale_x=0.7, scale_y=0.9, rotation=20)
    add(hands, grey(200), transform, opacity=0.6)
    chosen = np.zeros((400, 600), np.uint8)
    chosen[100:330, 150:450] = 255
    hands.panel.editor.pixels.choose("Select", chosen)
    hands.panel.editor.set_colour("#c02040")
    use(hands, "gradient", dither=False)
    settle()
    before, steps = hands.picture(), hands.steps()
    rows = hands.panel.structure_widget()
    hands.press(180, 120)
    hands.move(300, 200)
    hands.move(420, 310)
    settle()
    spots = [(200, 160), (230, 220), (330, 280), (380, 180), (440, 150), (120, 200)]
    seen = [hands.seen(*spot) for spot in spots]
    assert hands.steps() == steps and rows is not None
    assert len(hands.panel.editor.shown.layers) == len(hands.document.layers)  # type: ignore[union-attr]
    hands.release(420, 310)
    wait(hands, run)
    assert hands.steps() == [*steps, "Gradient"]
    after = hands.picture()
    for (x, y), colour in zip(spots, seen, strict=True):
        assert np.abs(after[y, x, :3].astype(int) - colour).max() <= 3, (x, y)
    outside = chosen == 0
    outside[99:331, 149:451] = False  # the layer's grid is turned: its pixels reach over the edge
    assert np.array_equal(after[outside], before[outside]) and (after != before).any()
    settle()
    assert hands.seen(230, 220) == tuple(after[220, 230, :3])
    hands.undo()
    assert np.array_equal(hands.picture(), before)


def test_esc_takes_a_gradient_back_and_a_slip_of_the_hand_is_none(
    hands: Hands, run: Run, settle: Callable[[], None]
) -> None:
    add(hands, grey(90))
    use(hands, "gradient")
    steps = hands.steps()
    hands.press(100, 100)
    hands.move(400, 300)
    hands.key(Qt.Key.Key_Escape)
    hands.release(400, 300)
    wait(hands, run)
    settle()
    assert hands.steps() == steps and hands.seen(250, 200) == (90, 90, 90)
    said: list[str] = []
    hands.panel.editor.hint.connect(said.append)
    hands.click(100, 100)
    wait(hands, run)
    assert hands.steps() == steps and "Drag a line" in said[-1]


def test_shift_keeps_to_45_degrees_and_presets_reverse(hands: Hands, run: Run) -> None:
    add(hands, grey(90))
    use(hands, "gradient", colours="preset", preset="black-white", dither=False)
    draw(hands, run, (100, 200), (300, 190), (500, 215), keys=SHIFT)
    out = own(hands)[..., 0].astype(int)
    assert np.ptp(out, axis=0).max() == 0  # exactly across
    assert np.abs(out[0] - np.clip((np.arange(600) + 0.5 - 100) / 400, 0, 1) * 255).max() <= 1.5
    use(hands, "gradient", reverse=True)
    draw(hands, run, (100, 200), (300, 200), (500, 200))
    assert own(hands)[0, 590, 0] == 0 and own(hands)[0, 10, 0] == 255


@pytest.mark.parametrize("inverted", [False, True])
def test_a_gradient_on_a_mask_shows_where_it_is_white(hands: Hands, run: Run, inverted: bool) -> None:
    panel = hands.panel
    add(hands, grey(0))
    panel.commands.add_mask(hidden=inverted)
    if inverted:
        panel.commands.invert_mask()
    assert panel.editor.on_mask
    use(hands, "gradient", colours="preset", preset="black-white")
    draw(hands, run, (100, 200), (300, 200), (500, 200))
    row = hands.picture()[350, :, 0].astype(int)  # black where it shows, on white
    assert row[50] > 250 and row[550] < 5 and abs(row[300] - 128) < 4


def test_a_gradient_needs_no_layer_and_respects_locks(hands: Hands, run: Run) -> None:
    panel = hands.panel
    panel.editor.select(["words"])
    panel.editor.set_colour("#0000ff")
    use(hands, "gradient", colours="front-clear")
    steps = len(hands.steps())
    draw(hands, run, (0, 200), (300, 200), (600, 200))
    assert len(hands.steps()) == steps + 1
    made = panel.editor.layer
    assert isinstance(made, RasterLayer) and made.name == "Layer 1"
    pixels = read_raster(made.pixels, panel.session.require())
    assert tuple(pixels[10, 2, :3]) == (0, 0, 255) and pixels[10, 2, 3] > 250 and pixels[10, 598, 3] < 5
    said: list[str] = []
    panel.editor.hint.connect(said.append)
    panel.commands.toggle("locked")
    steps = len(hands.steps())
    draw(hands, run, (0, 200), (300, 200), (600, 200))
    assert len(hands.steps()) == steps and "locked" in said[-1]


def test_what_is_committed_while_a_gradient_is_laid_stays(hands: Hands, run: Run) -> None:
    add(hands, grey(90))
    use(hands, "gradient", colours="preset", preset="black-white")
    hands.drag([(100, 200), (300, 200), (500, 200)])
    renamed = hands.document.replace_layer("red", lambda layer: replace(layer, name="Renamed"))
    hands.panel.session.commit("Rename", renamed)
    wait(hands, run)
    assert hands.layer("red").name == "Renamed" and own(hands)[0, 550, 0] == 255
    said: list[str] = []
    hands.panel.editor.hint.connect(said.append)
    hands.drag([(500, 200), (300, 200), (100, 200)])
    hands.panel.editor.set_colour("#00ff00")
    hands.panel.pixel_commands.fill("#00ff00")  # the same layer is something else now
    wait(hands, run)
    assert "taken back" in said[-1] and (own(hands)[..., :3] == (0, 255, 0)).all()


# --- bucket ----------------------------------------------------------------------------------------------------------


def click(hands: Hands, run: Run, x: float, y: float) -> None:
    hands.click(x, y)
    wait(hands, run)


def test_the_bucket_fills_what_hangs_together_inside_the_selection(hands: Hands, run: Run) -> None:
    pixels = grey(100)
    pixels[100:200, 100:200, :3] = 160
    pixels[100:200, 300:400, :3] = 160
    add(hands, pixels)
    hands.panel.editor.set_colour("#00ff00")
    use(hands, "bucket", tolerance=20, smooth=False)
    click(hands, run, 150, 150)
    out = own(hands)
    assert (out[100:200, 100:200, :3] == (0, 255, 0)).all()
    out[100:200, 100:200] = pixels[100:200, 100:200]
    assert np.array_equal(out, pixels)
    assert hands.steps()[-1] == "Fill"
    hands.undo()
    use(hands, "bucket", contiguous=False, opacity=0.5)
    click(hands, run, 150, 150)
    out = own(hands)
    assert np.abs(out[150, [150, 350], :3].astype(int) - (80, 208, 80)).max() <= 1
    hands.undo()
    chosen = np.zeros((400, 600), np.uint8)
    chosen[:, :150] = 255
    hands.panel.editor.pixels.choose("Select", chosen)
    use(hands, "bucket", contiguous=True, opacity=1.0)
    click(hands, run, 120, 150)
    changed = (own(hands) != pixels).any(-1)
    assert changed.sum() == 50 * 100 and not changed[:, 150:].any()
    said: list[str] = []
    hands.panel.editor.hint.connect(said.append)
    click(hands, run, 350, 150)
    assert "inside the selection" in said[-1]


def test_the_bucket_on_a_new_layer_looks_at_the_picture_and_alt_takes_a_colour(hands: Hands, run: Run) -> None:
    panel = hands.panel
    panel.editor.select(["words"])
    use(hands, "bucket", smooth=True)
    hands.click(200, 130, ALT)
    assert panel.editor.colour == "#dc1e1e"
    panel.editor.set_colour("#0040ff")
    steps = len(hands.steps())
    click(hands, run, 200, 130)
    assert len(hands.steps()) == steps + 1
    picture = hands.picture()
    assert tuple(picture[130, 200]) == (0, 0x40, 0xFF, 255) and tuple(picture[60, 200]) == (255, 255, 255, 255)


def test_the_bucket_fills_a_mask_by_lightness(hands: Hands, run: Run) -> None:
    panel = hands.panel
    panel.editor.select(["red"])
    panel.commands.add_mask()
    panel.editor.set_colour("#000000")
    use(hands, "bucket")
    click(hands, run, 200, 130)
    assert tuple(hands.picture()[130, 200]) == (255, 255, 255, 255)
