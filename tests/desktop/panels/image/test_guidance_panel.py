"""The Guidance dock over the real core: what it says of real pictures, what Show points at, what Apply changes."""

import math
from collections.abc import Callable
from pathlib import Path

import msgspec
import numpy as np
import pytest
from image_hands import Hands
from PIL import Image
from PySide6.QtWidgets import QApplication
from tests_desktop import Run

from core.documents.image import FillLayer, ImageDocument, RasterLayer, TextLayer, Transform, new_image
from core.operations.image_findings import Composition, Crop, Harmony, Level, Subject, TextContrast
from core.project.project import Project
from core.raster.bounds import layer_bounds
from core.raster.manifest import write_raster
from core.raster.seeing import Look
from desktop.panels.image import guidance_edits as edits
from desktop.panels.image import guidance_findings as findings
from desktop.panels.image.guidance import GuidanceDock
from desktop.panels.image.guidance_overlays import Grid

replace = msgspec.structs.replace


@pytest.fixture
def document(project: Project, photo: Path) -> ImageDocument:
    """900×600: a real cup, cut out, near the middle of a plain ground, and a text that is hard to read on it."""
    cup = np.array(Image.open(photo).convert("RGBA"))[10:390, 70:480].copy()
    yy, xx = np.mgrid[: cup.shape[0], : cup.shape[1]]
    cup[..., 3] = np.where(((xx - 205) / 195.0) ** 2 + ((yy - 190) / 180.0) ** 2 < 1, 255, 0)
    height, width = cup.shape[:2]
    layer = RasterLayer(
        id="cup",
        name="Cup",
        pixels=write_raster(cup, project),
        width=width,
        height=height,
        transform=Transform(x=250, y=150, scale_x=0.6, scale_y=0.6),
    )
    words = TextLayer(id="words", text="Slow mornings", size=20.0, colour="#c9b8a2", transform=Transform(x=60, y=520))
    back = FillLayer(id="back", name="Background", colour="#efe6d8")
    made = replace(new_image(900, 600, "Ad"), layers=(back, layer, words))
    with project.transaction("New image") as transaction:
        transaction.put(made)
    return made


def test_it_looks_says_shows_and_applies(
    run: Run, hands: Hands, dock: GuidanceDock, settle: Callable[[], None]
) -> None:
    async def look() -> None:
        document = hands.document
        await dock._looking(document)

    run(look())
    cards, panel = dock.cards, hands.panel
    assert "thirds" in cards["subject"].finding.text or "third" in cards["subject"].finding.text
    assert cards["subject"].finding.action == "Move it to a third", "the cup is a layer of its own"
    assert cards["horizon"].finding.mark is None and not panel.session.work.tasks
    # Show: the frame and the heat are drawn, and taken away again
    settle()
    plain = hands.canvas.grab().toImage()
    cards["subject"].show_button.click()
    QApplication.processEvents()
    assert hands.canvas.grab().toImage() != plain and cards["subject"].show_button.isChecked()
    cards["subject"].show_button.click()
    QApplication.processEvents()
    assert hands.canvas.grab().toImage() == plain
    # Apply to the text: it can be read afterwards, measured again by the core
    card = cards["text-words"]
    assert card.finding.level == "warn" and "4.5:1" in card.finding.text
    before, steps = hands.document, len(hands.steps())
    card.apply_button.click()
    assert len(hands.steps()) == steps + 1
    run(look())
    assert dock.cards["text-words"].finding.level == "good"
    hands.undo()
    assert hands.document == before
    # Apply to the subject: what stands out is on a third
    run(look())
    dock.cards["subject"].apply_button.click()
    box = layer_bounds(hands.layer("cup"))
    middle = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    assert min(abs(middle[0] - 300), abs(middle[0] - 600)) < 40
    run(look())
    assert dock.cards["subject"].finding.level == "good"


def test_colours_are_brought_into_harmony_in_one_step(
    run: Run, hands: Hands, dock: GuidanceDock, project: Project
) -> None:
    random = np.random.default_rng(0)
    stray = random.integers(0, 256, (60, 80, 4), dtype=np.uint8)
    stray[..., 3] = 255
    layers = (
        FillLayer(id="back", colour="#30b060"),
        RasterLayer(id="noise", pixels=write_raster(stray, project), width=80, height=60),
        FillLayer(id="grey", colour="#808080", opacity=0.0),
        TextLayer(id="words", text="Ad", colour="#c030c0", transform=Transform(x=200, y=200)),
    )
    document = replace(hands.document, layers=layers)
    hands.panel.editor.commit("Change", document)
    harmony = Harmony(False, "opposites", False, 30.0, 0.5, ((40.0, 18.0), (220.0, 18.0)), (1.0,) * 36, 40.0, ())
    steps = len(hands.steps())
    run(dock._harmonise(harmony))
    assert len(hands.steps()) == steps + 1
    after = hands.document
    fill, words, noise = (hands.layer(i) for i in ("back", "words", "noise"))
    assert isinstance(fill, FillLayer) and fill.colour != "#30b060" and hands.layer("grey") == document.layer("grey")
    assert isinstance(words, TextLayer) and words.colour != "#c030c0"
    assert isinstance(noise, RasterLayer) and noise.pixels != document.layer("noise").pixels  # type: ignore[union-attr]
    hands.undo()
    assert hands.document == document and after != document


def test_grids_and_views_are_switched_and_never_saved(
    hands: Hands, dock: GuidanceDock, settle: Callable[[], None]
) -> None:
    settle()
    document, plain = hands.document, hands.canvas.grab().toImage()
    pictures = []
    for grid in (Grid.THIRDS, Grid.GOLDEN, Grid.DIAGONALS, Grid.SPIRAL):
        dock.grids[grid].click()
        QApplication.processEvents()
        pictures.append(hands.canvas.grab().toImage())
        assert [g for g, b in dock.grids.items() if b.isChecked()] == [grid]
    assert len({p.cacheKey() for p in pictures}) == 4 and all(p != plain for p in pictures)
    dock.grids[Grid.SPIRAL].click()
    QApplication.processEvents()
    assert hands.canvas.grab().toImage() == plain
    dock.views[Look.DEUTAN].click()
    assert hands.panel.looks.look is Look.DEUTAN and dock.views[Look.DEUTAN].isChecked()
    dock.views[Look.DEUTAN].click()
    assert hands.panel.looks.look is Look.NORMAL and hands.document is document


def test_a_leaning_photo_is_straightened_without_bare_corners(hands: Hands, project: Project) -> None:
    photo = RasterLayer(
        id="photo", pixels=write_raster(np.full((600, 900, 4), 255, np.uint8), project), width=900, height=600
    )
    words = TextLayer(id="words", text="Ad", transform=Transform(x=20, y=20))
    document = replace(hands.document, layers=(photo, words))
    hands.panel.editor.commit("Change", document)
    found = Composition(None, Level(0.45, 0.55, 3.8, 0.9), (0.5, 0.5), None)
    finding = next(f for f in findings.composition(found, hands.panel.editor) if f.id == "horizon")
    assert "3.8°" in finding.text and finding.edit is not None
    after = finding.edit(hands.document)
    turned = after.layer("photo")
    assert isinstance(turned, RasterLayer) and turned.transform.rotation == pytest.approx(-3.8)
    assert after.layer("words") == words, "the text stays level"
    hands.panel.editor.commit("Straighten", after)
    assert (hands.picture()[..., 3] == 255).all(), "no corner is bare"
    angle = math.radians(3.8)
    assert turned.transform.scale_x == pytest.approx(math.cos(angle) + 1.5 * math.sin(angle))


def test_a_crop_and_a_box_are_single_edits(hands: Hands) -> None:
    document = hands.document
    crop = Crop(0.1, 0.05, 0.9, 0.85, 1 / 3, 1 / 3)
    after = edits.cropped(document, crop)
    assert (after.width, after.height) == (720, 480)
    box = layer_bounds(after.layer("cup"))
    assert box.left == pytest.approx(layer_bounds(document.layer("cup")).left - 90)
    found = TextContrast("words", "Slow", 20.0, False, 4.5, 1.2, 2.0, False, box="#202020", box_reaches=9.0)
    boxed = edits.readable(document, found).layer("words")
    old = document.layer("words")
    assert isinstance(boxed, TextLayer) and isinstance(old, TextLayer) and boxed.background == "#202020"
    assert boxed.transform.x + boxed.padding == old.transform.x + old.padding, "the letters stay where they are"
    with pytest.raises(KeyError):
        edits.readable(document, replace(found, layer="gone", colour="#000000"))


def test_every_finding_is_a_whole_sentence(hands: Hands) -> None:
    subject = Subject(0.4, 0.4, 0.6, 0.6, 0.5, 0.5, 5.0)
    cases = [
        Composition(None, None, (0.5, 0.5), None),
        Composition(subject, Level(0.5, 0.5, 0.1, 0.9), (0.7, 0.5), None),
        Composition(replace(subject, x=0.4), Level(0.5, 0.4, -5.0, 0.9), (0.5, 0.2), None),
        Composition(replace(subject, x=0.33, y=0.33), None, (0.2, 0.5), None),
    ]
    for found in cases:
        for finding in findings.composition(found, hands.panel.editor):
            assert finding.text.endswith(".") and "{" not in finding.text, finding
    hands.panel.editor.select(["words"])
    place = findings.selected_place(hands.panel.editor)
    assert place is not None and place.edit is not None
    moved = layer_bounds(place.edit(hands.document).layer("words"))
    third = edits.nearest_third(hands.document, (moved.left + moved.right) / 2, (moved.top + moved.bottom) / 2)
    assert abs((moved.left + moved.right) / 2 - third[0]) <= 0.5
