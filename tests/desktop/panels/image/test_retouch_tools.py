"""Clone, heal, dodge, smudge and their kin by mouse and keys, on the pixels of the document."""

import msgspec
import numpy as np
import pytest
from image_hands import Hands
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from tests_desktop import Run

from core.documents.image import RasterLayer, Transform
from core.raster.manifest import read_raster, write_raster
from desktop.panels.image.painting_options import PaintPage
from desktop.panels.image.panel import ImagePanel
from desktop.panels.image.tools.painting import PaintTool

replace = msgspec.structs.replace
ALT, SHIFT = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier
Array = np.ndarray
RETOUCHING = ["clone", "spot-heal", "heal", "dodge", "burn", "sponge", "smudge", "blur", "sharpen"]
LABELS = ["Clone", "Heal spot", "Heal", "Dodge", "Burn", "Sponge", "Smudge", "Blur brush", "Sharpen brush"]


@pytest.fixture(autouse=True)
def ready(run: Run, panel: ImagePanel) -> None:
    """The loop is there before the panel, and ends after it."""


@pytest.fixture
def picture(hands: Hands) -> Array:
    """A pixel layer of 600×400, coloured grain over a slope of light, on top, opaque and selected."""
    rng = np.random.default_rng(3)
    y, x = np.mgrid[0:400, 0:600]
    base = np.dstack([70 + x / 6, 60 + y / 4, 140 - x / 10]) + rng.normal(0, 6, (400, 600, 1))
    pixels = np.dstack([np.clip(base, 0, 255), np.full((400, 600), 255)]).astype(np.uint8)
    add(hands, pixels)
    return pixels


def add(hands: Hands, pixels: Array, transform: Transform | None = None) -> None:
    session = hands.panel.session
    digest = write_raster(pixels, session.require())
    layer = RasterLayer(
        id="photo", name="Photo", pixels=digest, width=pixels.shape[1], height=pixels.shape[0],
        transform=transform or Transform(),
    )  # fmt: skip
    session.commit("Add layer", hands.panel.editor.require().insert_layer(layer))
    hands.panel.editor.select(["photo"])


def use(hands: Hands, name: str, **fields: object) -> PaintTool:
    hands.panel.use_tool(name)
    tool = hands.panel.tools[name]
    assert isinstance(tool, PaintTool)
    tool.adjust(**{"size": 40.0, "hardness": 1.0, **fields})
    return tool


def pixels(hands: Hands) -> Array:
    layer = hands.layer("photo")
    assert isinstance(layer, RasterLayer)
    return read_raster(layer.pixels, hands.panel.session.require())


def stroke(hands: Hands, *points: tuple[float, float]) -> None:
    hands.drag(points)


# --- what all share --------------------------------------------------------------------------------------------------


def test_strokes_are_seen_cancelled_committed_and_taken_back(hands: Hands, picture: Array, settle: object) -> None:
    for number, (name, label) in enumerate(zip(RETOUCHING, LABELS, strict=True)):
        _go_through(hands, settle, name, label, 30 + 36 * number)


def _go_through(hands: Hands, settle: object, name: str, label: str, y: int) -> None:
    picture = pixels(hands)
    settle()  # type: ignore[operator]
    use(hands, name, opacity=0.8)
    if name in ("clone", "heal"):
        hands.click(120, 380 - y, ALT)
    before, steps = hands.canvas.grab().toImage(), hands.steps()
    hands.press(300, y)
    hands.move(320, y + 5)
    hands.move(350, y + 15)
    hands.panel.canvas.tool.leave()  # type: ignore[union-attr]  # the marks are not what is looked at
    assert hands.canvas.grab().toImage() != before
    hands.key(Qt.Key.Key_Escape)
    hands.release(350, y + 15)
    assert hands.steps() == steps and np.array_equal(pixels(hands), picture)
    stroke(hands, (300, y), (320, y + 5), (350, y + 15))
    assert hands.steps() == [*steps, label]
    after = pixels(hands)
    changed = (after != picture).any(-1)
    assert changed[y - 5 : y + 15, 305:345].mean() > 0.5
    assert not changed[: y - 25].any() and not changed[y + 45 :].any() and (after[..., 3] == 255).all()
    settle()  # type: ignore[operator]
    shown = hands.canvas.grab().toImage()
    hands.undo()
    assert np.array_equal(pixels(hands), picture)
    hands.panel.session.redo()
    hands.panel.canvas.damage_all()
    settle()  # type: ignore[operator]
    assert np.array_equal(pixels(hands), after)
    assert hands.canvas.grab().toImage() == shown  # nothing of the preview is left


def test_what_cannot_be_painted_says_why(hands: Hands, picture: Array) -> None:
    for name in RETOUCHING:
        _refused(hands, name)


def _refused(hands: Hands, name: str) -> None:
    hands.panel.editor.select(["photo"])
    said: list[str] = []
    hands.panel.editor.hint.connect(lambda text: said.append(text) if text else None)
    use(hands, name)
    if name in ("clone", "heal"):
        stroke(hands, (300, 200), (320, 200))
        assert said.pop() == "Alt+click first to choose where to copy from."
        hands.click(150, 300, ALT)
    steps = len(hands.steps())
    for field, word in (("locked", "locked"), ("visible", "hidden")):
        hands.panel.commands.toggle(field)  # type: ignore[arg-type]
        steps += 1
        stroke(hands, (300, 200), (320, 200))
        assert word in said.pop() and len(hands.steps()) == steps
        hands.panel.commands.toggle(field)  # type: ignore[arg-type]
        steps += 1
    hands.panel.editor.select(["words"])
    stroke(hands, (300, 200), (320, 200))
    assert "Select a pixel layer" in said.pop() and len(hands.steps()) == steps


# --- clone -----------------------------------------------------------------------------------------------------------


def test_aligned_strokes_keep_their_way_and_others_begin_at_the_source(hands: Hands, picture: Array) -> None:
    tool = use(hands, "clone")
    hands.click(100, 300, ALT)
    stroke(hands, (300, 100), (301, 100))
    stroke(hands, (400, 150), (401, 150))
    out = pixels(hands)
    assert np.array_equal(out[90:110, 290:310], picture[290:310, 90:110])
    assert np.array_equal(out[140:160, 390:410], picture[340:360, 190:210])
    tool.choose(aligned=False)
    stroke(hands, (500, 200), (501, 200))
    assert np.array_equal(pixels(hands)[190:210, 490:510], picture[290:310, 90:110])


def test_cloning_all_layers_goes_to_a_new_layer_and_below_leaves_out_what_is_above(hands: Hands) -> None:
    panel = hands.panel
    panel.editor.select(["words"])
    tool = use(hands, "clone")
    tool.choose(sample="all", aligned=False)
    hands.click(200, 130, ALT)  # red
    steps = len(hands.steps())
    stroke(hands, (450, 130), (451, 130))
    assert len(hands.steps()) == steps + 1 and tuple(hands.picture()[130, 450]) == (220, 30, 30, 255)
    made = hands.panel.editor.layer
    assert isinstance(made, RasterLayer) and made.name == "Layer 1"
    # On a layer below the red one, "this and below" sees the white ground where all layers show red.
    panel.editor.select(["back"])
    panel.commands.add_raster()
    tool.choose(sample="below")
    low = panel.editor.layer
    assert isinstance(low, RasterLayer)
    hands.click(200, 130, ALT)
    stroke(hands, (500, 300), (501, 300))
    layer = hands.layer(low.id)
    assert isinstance(layer, RasterLayer)
    assert tuple(read_raster(layer.pixels, panel.session.require())[300, 500]) == (255, 255, 255, 255)


def test_cloning_on_a_turned_layer_lands_under_the_pointer(hands: Hands) -> None:
    image = np.zeros((200, 200, 4), np.uint8)
    image[...] = (40, 40, 40, 255)
    image[80:120, 80:120, :3] = (0, 200, 0)
    add(hands, image, Transform(x=200, y=100, scale_x=1.4, scale_y=1.4, rotation=45))
    use(hands, "clone", size=40.0)
    hands.click(300, 200, ALT)  # the green middle
    stroke(hands, (300, 290), (300, 290))
    out = hands.picture().astype(int)
    green = (out[..., 1] > 120) & (out[..., 0] < 90)
    green[:245] = False
    ys, xs = np.nonzero(green)
    assert abs(xs.mean() - 299.5) < 2 and abs(ys.mean() - 289.5) < 2 and abs(green.sum() - np.pi * 400) < 150


def test_the_source_is_shown_in_the_tip_and_crossed_while_painting(hands: Hands, settle: object) -> None:
    image = np.full((400, 600, 4), 255, np.uint8)
    image[:, :300, :3] = (10, 160, 20)
    add(hands, image)
    use(hands, "clone", size=60.0)
    QTest.mouseMove(hands.canvas, hands.at(500, 200))
    assert hands.canvas.cursor().shape() == Qt.CursorShape.ForbiddenCursor
    hands.click(150, 200, ALT)
    settle()  # type: ignore[operator]
    QTest.mouseMove(hands.canvas, hands.at(500, 200))
    assert hands.seen(512, 208) == (10, 160, 20)  # what a press would paint
    assert hands.seen(560, 208) == (255, 255, 255)
    assert hands.seen(150, 200)[0] > 200  # the white cross at the source
    hands.press(500, 200)
    hands.move(520, 200)
    assert hands.seen(170, 200)[0] > 200 and hands.seen(150, 200) == (10, 160, 20)
    hands.release(520, 200)


# --- heal ------------------------------------------------------------------------------------------------------------


def test_healing_fits_the_light_and_spot_healing_needs_no_source(hands: Hands, picture: Array) -> None:
    hurt = picture.copy()
    for x, y in ((300, 200), (450, 120)):
        hurt[y - 8 : y + 8, x - 8 : x + 8, :3] = (10, 5, 5)
    hands.panel.commands.delete()
    add(hands, hurt)
    use(hands, "heal", size=36.0)
    hands.click(120, 330, ALT)
    stroke(hands, (300, 200), (301, 201))
    use(hands, "spot-heal", size=36.0)
    hands.click(450, 120)
    out = pixels(hands).astype(float)
    for x, y in ((300, 200), (450, 120)):
        part = slice(y - 10, y + 10), slice(x - 10, x + 10)
        assert np.abs(out[part][..., :3].mean((0, 1)) - picture[part][..., :3].mean((0, 1))).max() < 4
        assert 3.5 < out[part][..., 0].std() < 9  # grain, as around it
    assert hands.steps()[-2:] == ["Heal", "Heal spot"]


def test_spots_heal_onto_a_new_layer_when_all_layers_are_sampled(hands: Hands, picture: Array) -> None:
    hurt = picture.copy()
    hurt[192:208, 292:308, :3] = (250, 250, 250)
    hands.panel.commands.delete()
    add(hands, hurt)
    hands.panel.commands.add_raster()
    new = hands.panel.editor.layer
    tool = use(hands, "spot-heal", size=36.0)
    tool.choose(sample="all")
    hands.click(300, 200)
    assert new is not None and np.array_equal(pixels(hands), hurt)  # the photo itself is left alone
    assert (
        np.abs(hands.picture()[195:205, 295:305, :3].mean((0, 1)) - picture[195:205, 295:305, :3].mean((0, 1))).max()
        < 5
    )


# --- selection and masks ---------------------------------------------------------------------------------------------


def test_only_the_selection_is_changed(hands: Hands, picture: Array) -> None:
    chosen = np.zeros((400, 600), np.uint8)
    chosen[150:250, 310:500] = 255
    hands.panel.editor.pixels.choose("Select", chosen)
    for name in RETOUCHING:
        use(hands, name, size=60.0)
        if name in ("clone", "heal"):
            hands.click(150, 300, ALT)
        stroke(hands, (300, 200), (320, 205), (340, 205))
        changed = (pixels(hands) != picture).any(-1)
        assert changed.any() and not changed[chosen == 0].any(), name
        hands.undo()


@pytest.mark.parametrize("inverted", [False, True])
def test_dodging_a_mask_shows_more_whichever_way_round_it_is(hands: Hands, picture: Array, inverted: bool) -> None:
    panel = hands.panel
    panel.commands.add_mask(hidden=inverted)
    if inverted:
        panel.commands.invert_mask()
    panel.editor.set_colour("#808080")
    panel.use_tool("brush")
    panel.tools["brush"].adjust(size=120.0, hardness=1.0)  # type: ignore[attr-defined]
    stroke(hands, (300, 200), (301, 200))

    def shows(x: int, y: int) -> float:
        mask = hands.layer("photo").mask
        assert mask is not None
        alpha = int(read_raster(mask.pixels, panel.session.require())[y, x, 3])
        return 255 - alpha if mask.inverted else alpha

    half = shows(300, 200)
    assert 120 < half < 136
    use(hands, "dodge", opacity=0.6)
    stroke(hands, (300, 200), (301, 200))
    lighter = shows(300, 200)
    assert lighter > half + 15
    hands.drag([(340, 200), (341, 200)], ALT)  # burns
    assert shows(340, 200) < half - 15
    said: list[str] = []
    panel.editor.hint.connect(said.append)
    use(hands, "heal")
    stroke(hands, (300, 200), (301, 200))
    assert "works on pixels" in said[-1]


# --- the tip ---------------------------------------------------------------------------------------------------------


def test_two_digits_are_an_exact_number_and_brackets_the_size(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop.panels.image.tools.tip.SECOND_DIGIT", 60.0)
    tool = use(hands, "dodge", size=100.0)
    hands.canvas.setFocus()
    hands.key(Qt.Key.Key_3)
    assert tool.brush.opacity == 0.3
    hands.key(Qt.Key.Key_5)
    assert tool.brush.opacity == 0.35
    hands.key(Qt.Key.Key_0)
    assert tool.brush.opacity == 1.0
    hands.key(Qt.Key.Key_BracketRight)
    assert tool.brush.size == 110
    assert hands.panel.tools["brush"].brush.size != 110  # type: ignore[attr-defined]  # each tool has its own


def test_a_smoothed_stroke_is_calmer_than_the_hand_and_still_arrives(hands: Hands, picture: Array) -> None:
    hands.panel.editor.set_colour("#ffffff")
    shaking = [(60 + 4 * i, 200 + (12 if i % 2 else -12)) for i in range(100)]
    tops = []
    for smoothing in (0.0, 0.5):
        use(hands, "brush", size=10.0, smoothing=smoothing, pressure_size=False)
        stroke(hands, *shaking)
        white = (pixels(hands)[..., :3] == 255).all(-1)
        rows = np.flatnonzero(white[:, 200:400].any(1))
        tops.append(int(rows[-1] - rows[0]))
        assert white[184:216, 452:462].any()  # its end is where the button came up
        hands.undo()
    assert tops[1] < tops[0] / 2 + 8


def test_the_tips_settings_open_and_presets_leave_size_and_opacity(hands: Hands) -> None:
    tool = use(hands, "brush", size=33.0, opacity=0.7)
    bar = hands.panel.options_widget()
    assert bar is not None
    page = next(p for p in bar.findChildren(PaintPage) if p._paint is tool)
    page.open_tip()
    popup = page.popup
    assert popup is not None and popup.preset.value() == ""
    popup.preset.setCurrentIndex(popup.preset.findText("Calligraphy"))
    popup.preset.activated.emit(popup.preset.currentIndex())
    assert (tool.brush.size, tool.brush.opacity) == (33.0, 0.7)
    assert (tool.brush.roundness, tool.brush.angle) == (0.2, -40.0)
    popup._sliders["spacing"][0].number.change(25)
    assert tool.brush.spacing == 0.25 and popup.preset.value() == ""
    popup._boxes["tilt_size"].click()
    assert tool.brush.tilt_size
    popup.close()


def test_a_narrow_bar_leaves_out_what_the_tips_settings_have(hands: Hands) -> None:
    use(hands, "clone")
    bar = hands.panel.options_widget()
    assert bar is not None
    page = next(p for p in bar.findChildren(PaintPage) if p._paint.id == "clone")
    bar.show()
    for width in (1400, 640, 1400):
        bar.resize(width, bar.height())
        QApplication.processEvents()
        shown = [w for w in bar.findChildren(QWidget) if w.isVisible() and w.parent() is page.parent()]
        places = [w.geometry() for w in shown]
        assert not any(a.intersects(b) for i, a in enumerate(places) for b in places[i + 1 :]), width
        assert [w.isVisible() for w in page._spare[:2]] == [width == 1400] * 2, (
            width,
            bar.width(),
            page._row.minimumSize(),
        )
