"""Contrast of text against what is really behind it, through the real core process."""

from pathlib import Path

import msgspec
import numpy as np
import pytest
from coloraide import Color
from PIL import Image

from core.documents.base import encode_document
from core.documents.image import (
    AdjustmentLayer,
    Exposure,
    FillLayer,
    ImageDocument,
    RasterLayer,
    TextLayer,
    Transform,
    new_image,
)
from core.image.text_contrast import judge
from core.operations.base import Asset
from core.operations.image_findings import Contrasts, TextContrast
from core.operations.image_guidance import MeasureContrast
from core.project.project import Project
from core.raster.compositor import Compositor
from core.raster.manifest import write_raster
from core.values import DOCUMENT_TYPE

replace = msgspec.structs.replace


@pytest.fixture
def project(tmp_path: Path) -> "object":
    made = Project.create(tmp_path / "contrast.atelier", "Contrast")
    yield made
    made.close()


def text(colour: str, **fields: object) -> TextLayer:
    layer = TextLayer(id="words", text="Slow mornings", size=40.0, colour=colour, transform=Transform(x=60, y=60))
    return replace(layer, **fields)


def judged(project: Project, *layers: object) -> TextContrast:
    document: ImageDocument = replace(new_image(600, 400, "Ad"), layers=layers)
    layer = next(one for one in layers if isinstance(one, TextLayer))
    found = judge(document, layer, Compositor(project))
    assert found is not None
    return found


@pytest.mark.parametrize(("colour", "back"), [("#000000", "#ffffff"), ("#777777", "#ffffff"), ("#e23d3d", "#203040")])
def test_on_flat_colour_it_is_wcag_s_own_number(project: Project, colour: str, back: str) -> None:
    """Against coloraide's contrast of the two colours."""
    found = judged(project, FillLayer(colour=back), text(colour))
    expected = Color(colour).contrast(back)
    assert found.worst == pytest.approx(expected, rel=0.02) and found.typical == pytest.approx(expected, rel=0.02)


def test_size_and_weight_say_what_is_needed(project: Project) -> None:
    back = FillLayer(colour="#ffffff")
    assert judged(project, back, text("#000000", size=30.0)).needed == 3.0
    assert judged(project, back, text("#000000", size=20.0)).needed == 4.5
    assert judged(project, back, text("#000000", size=20.0, weight=700)).needed == 3.0
    half = Transform(x=60, y=60, scale_x=0.5, scale_y=0.5)
    assert judged(project, back, text("#000000", size=40.0, transform=half)).needed == 4.5


def test_what_is_measured_is_what_is_seen(project: Project) -> None:
    """Opacity, an adjustment above, and the text's own box all count."""
    back = FillLayer(colour="#ffffff")
    plain = judged(project, back, text("#000000"))
    faint = judged(project, back, text("#000000", opacity=0.3))
    assert faint.worst < 2.2 < plain.worst
    darker = judged(project, back, text("#000000"), AdjustmentLayer(adjustment=Exposure(stops=-4)))
    assert darker.worst < plain.worst / 3
    boxed = judged(project, back, text("#ffffff", background="#000000", padding=20.0))
    assert boxed.worst == pytest.approx(21, rel=0.02)


def test_a_colour_that_can_be_read_is_found_and_measured(project: Project) -> None:
    """The suggestion keeps the hue where it can and holds when it is measured again in its place."""
    back = FillLayer(colour="#f2e6d8")
    found = judged(project, back, text("#e8a050", size=20.0))
    assert not found.passes and found.colour and found.colour_reaches >= 4.5
    again = judged(project, back, text(found.colour, size=20.0))
    assert again.passes and again.worst == pytest.approx(found.colour_reaches, abs=0.02)
    old, new = (Color(c).convert("oklch") for c in ("#e8a050", found.colour))
    assert abs((old["hue"] - new["hue"] + 180) % 360 - 180) < 12 and new["lightness"] < old["lightness"]
    nearer = Color(found.colour).mix("#e8a050", 0.25, space="oklab").convert("srgb").clip().to_string(hex=True)
    assert judged(project, back, text(nearer, size=20.0)).worst < 4.5, "no needlessly dark colour is suggested"


def test_over_a_photo_the_worst_place_counts(project: Project, coffee: Path) -> None:
    pixels = np.array(Image.open(coffee).convert("RGBA"))
    photo = RasterLayer(pixels=write_raster(pixels, project), width=600, height=400)
    wide = text("#ffffff", text="A cup of slow mornings", transform=Transform(x=40, y=120))
    found = judged(project, photo, wide)
    assert found.worst < 3.0 < found.typical, "white letters are lost on the white rim of the cup alone"
    assert not found.colour or found.colour_reaches >= found.needed
    assert found.colour or (found.box and found.box_reaches >= found.needed)


def test_stripes_of_black_and_white_need_a_box(project: Project) -> None:
    stripes = np.full((400, 600, 4), 255, np.uint8)
    stripes[:, (np.arange(600) // 40) % 2 == 0, :3] = 0
    photo = RasterLayer(pixels=write_raster(stripes, project), width=600, height=400)
    found = judged(project, photo, text("#808080", size=20.0))
    assert not found.passes and not found.colour
    assert found.box and found.box_reaches >= 4.5


def test_the_core_measures_every_text_of_a_document(project: Project, tmp_path: Path) -> None:
    from core.engine.client import ClientSettings, CoreClient
    from core.operations.recipe import single

    hidden = text("#fefefe", id="hidden", visible=False)
    faint = text("#eeeeee", id="faint", name="Claim", transform=Transform(x=60, y=200))
    layers = (FillLayer(colour="#ffffff"), text("#000000"), hidden, faint)
    document = replace(new_image(600, 400, "Ad"), layers=layers)
    digest = project.put(encode_document(document), DOCUMENT_TYPE, name="Ad")
    folder = tmp_path / "out"
    folder.mkdir()
    client = CoreClient(
        lambda found: project.materialise(found, folder),
        assets_of=project.assets_of,
        settings=ClientSettings(cache_bytes=16 << 20),
    )
    with client:
        result = client.submit(single(MeasureContrast(document=Asset(hash=digest)))).result(60)
        data = Path(next(iter(result.outputs.values())).path).read_bytes()
    found = msgspec.json.decode(data, type=Contrasts)
    assert [(one.layer, one.name, one.passes) for one in found.texts] == [
        ("words", "Slow mornings", True),
        ("faint", "Claim", False),
    ]
