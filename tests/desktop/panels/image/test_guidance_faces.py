"""What the Guidance dock says of faces in a real photograph, what it shows, and what it does about them."""

from collections.abc import Callable
from pathlib import Path

import msgspec
import numpy as np
import pytest
from image_hands import Hands
from PIL import Image
from PySide6.QtWidgets import QApplication
from tests_desktop import Run

from core.documents.image import FillLayer, ImageDocument, RasterLayer, Transform, new_image
from core.operations.image_findings import Composition, Crop, Face, Portrait
from core.project.project import Project
from core.raster.manifest import write_raster
from desktop.panels.image.guidance import GuidanceDock
from desktop.panels.image.guidance_faces import faces

replace = msgspec.structs.replace
PHOTO = Path(__file__).parents[3] / "data" / "astronaut.jpg"


def portrait(project: Project) -> np.ndarray:
    """510 × 460: the astronaut with much room above her."""
    pixels = np.array(Image.open(PHOTO).convert("RGBA"))[:330, 2:]
    return np.vstack((np.repeat(pixels[:1], 130, axis=0), pixels))


@pytest.fixture
def document(project: Project) -> ImageDocument:
    layer = RasterLayer(
        id="photo", name="Photo", pixels=write_raster(portrait(project), project), width=510, height=460
    )
    made = replace(new_image(510, 460, "Portrait"), layers=(layer,))
    with project.transaction("New image") as transaction:
        transaction.put(made)
    return made


def test_eyes_that_stand_low_are_brought_to_the_upper_third(
    run: Run, hands: Hands, dock: GuidanceDock, settle: Callable[[], None]
) -> None:
    async def look() -> None:
        await dock._looking(hands.document)

    run(look())
    card = dock.cards["faces"]
    assert "a face" in card.finding.text and card.finding.mark is not None and len(card.finding.mark.faces) == 1
    settle()
    plain = hands.canvas.grab().toImage()
    card.show_button.click()
    QApplication.processEvents()
    assert hands.canvas.grab().toImage() != plain and card.show_button.isChecked()
    card.show_button.click()
    QApplication.processEvents()
    assert hands.canvas.grab().toImage() == plain
    eyes = dock.cards["eyes"]
    assert eyes.finding.level == "note" and "below" in eyes.finding.text
    assert eyes.finding.action == "Crop to put the eyes there"
    before, steps = hands.document, len(hands.steps())
    eyes.apply_button.click()
    assert len(hands.steps()) == steps + 1 and hands.document.height < 460
    run(look())
    assert dock.cards["eyes"].finding.level == "good" and not dock.cards["eyes"].finding.action
    hands.undo()
    assert hands.document == before


def test_a_face_that_the_canvas_cuts_off_is_moved_into_it(run: Run, hands: Hands, dock: GuidanceDock) -> None:
    """The layer goes on beyond the canvas, so there is more of the face to be shown."""

    async def look() -> None:
        await dock._looking(hands.document)

    layer = hands.layer("photo")
    hands.panel.editor.commit("Move", replace(hands.document, layers=(replace(layer, transform=Transform(x=-213)),)))
    run(look())
    card = dock.cards["cut-face-0"]
    assert card.finding.level == "warn" and "left edge" in card.finding.text
    card.apply_button.click()
    moved = hands.layer("photo")
    assert isinstance(moved, RasterLayer) and -200 < moved.transform.x < -120 and moved.transform.y == 0
    run(look())
    assert "cut-face-0" not in dock.cards and "faces" in dock.cards


def test_what_cannot_be_moved_is_only_said(hands: Hands) -> None:
    """Where the layer ends with the canvas there is nothing of the face to be brought back."""
    face = Face(-0.08, 0.3, 0.12, 0.5, (0.02, 0.38), 0.0, 0.9, ("left",))
    found = Composition(None, None, (0.5, 0.5), None, (face,))
    said = {finding.id: finding for finding in faces(found, hands.panel.editor)}
    assert said["cut-face-0"].level == "warn" and not said["cut-face-0"].action
    close = Composition(None, None, (0.5, 0.5), None, (replace(face, top=-0.2, bottom=0.9, cut=("top",)),))
    assert [finding.id for finding in faces(close, hands.panel.editor)] == ["faces"], "close-ups are cut on purpose"
    none = Composition(None, None, (0.5, 0.5), None)
    assert list(faces(none, hands.panel.editor)) == []


def test_a_cut_out_is_moved_alone_and_leaves_no_gap(hands: Hands, project: Project) -> None:
    person = RasterLayer(
        id="person",
        pixels=write_raster(portrait(project), project),
        width=510,
        height=460,
        transform=Transform(x=-53, y=62, scale_x=0.4, scale_y=0.4),  # seen at 100, 200; it is scaled about its middle
    )
    standing = replace(hands.document, layers=(FillLayer(id="back", colour="#dddddd"), person))
    hands.panel.editor.commit("Change", standing)
    face = Face(0.37, 0.55, 0.45, 0.65, (0.41, 0.6), 0.0, 0.9)
    shown = Portrait(1, face.eyes, "", False, None, None)
    found = Composition(None, None, (0.5, 0.5), None, (face,), shown)
    eyes = next(f for f in faces(found, hands.panel.editor) if f.id == "eyes")
    assert eyes.edit is not None
    after = eyes.edit(hands.document).layer("person")
    assert isinstance(after, RasterLayer) and after.transform.x == -53
    assert after.transform.y == pytest.approx(62 - (0.6 - 1 / 3) * 460, abs=1)
    # Cut off by the foot of the canvas it stays where it is: raised, it would float.
    low = replace(person, transform=Transform(x=-53, y=162, scale_x=0.4, scale_y=0.4))
    hands.panel.editor.commit("Change", replace(standing, layers=(standing.layers[0], low)))
    face = replace(face, top=0.75, bottom=0.85, eyes=(0.41, 0.8))
    found = replace(found, faces=(face,), portrait=replace(shown, eyes=face.eyes))
    eyes = next(f for f in faces(found, hands.panel.editor) if f.id == "eyes")
    assert eyes.edit is None and not eyes.action


def test_every_sentence_is_whole(hands: Hands) -> None:
    face = Face(0.4, 0.4, 0.5, 0.55, (0.45, 0.45), 0.0, 0.9)
    crop = Crop(0.1, 0.1, 0.9, 0.9, 0.4, 1 / 3)
    texts = set()
    for edge in ("left", "top", "right", "bottom"):
        for height in (0.1, 1 / 3, 0.6):
            for looks, tight in (("", False), ("left", False), ("left", True), ("right", False), ("right", True)):
                shown = Portrait(1, (0.45, height), looks, tight, crop, crop if tight else None)
                found = Composition(None, None, (0.5, 0.5), None, (replace(face, cut=(edge,)), face), shown)
                for finding in faces(found, hands.panel.editor):
                    assert finding.text.endswith(".") and "{" not in finding.text
                    assert finding.mark is not None and bool(finding.action) == (finding.edit is not None)
                    texts.add(finding.text)
    assert len(texts) == 1 + 4 + 3 + 4
