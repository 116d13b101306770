"""A photo in another profile, from the file to the file, at the real window."""

import io
from pathlib import Path

import numpy as np
import pytest
from person import Person
from PIL import Image, ImageCms

from core.documents.image import RasterLayer
from core.raster import icc
from core.raster.managing import between, convert_straight
from core.raster.manifest import read_raster
from desktop.panels.image.export import ExportChoice


@pytest.fixture
def wide(coffee: Path, tmp_path: Path) -> Path:
    """The product photo with the numbers of Display P3."""
    path = tmp_path / "wide.png"
    with Image.open(coffee) as picture:
        picture.convert("RGB").save(path, icc_profile=icc.shipped("display-p3"))
    return path


def test_a_wide_photo_is_worked_on_and_written_in_its_own_colours(
    person: Person, wide: Path, coffee: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    person.drop([wide], person.window.welcome.drop)
    person.wait()
    assert person.document.profile is not None and "Display P3" in person.window.statusBar().panel.text()
    assert "Display P3" in person.said, "that it was kept is said"
    with Image.open(wide) as picture:
        numbers = np.asarray(picture)
    assert np.array_equal(person.pixels()[..., :3], numbers)

    person.wait(lambda: "image" in person.panel.selection_inputs())
    person.make("haze")
    person.watch()
    person.keep()
    person.wait()
    layer = person.document.layers[0]
    assert isinstance(layer, RasterLayer) and person.document.profile is not None
    changed = read_raster(layer.pixels, person.session.require())
    assert not np.array_equal(changed[..., :3], numbers)

    assert person.drop([coffee], person.panel.canvas)
    person.wait()
    placed = person.document.layers[-1]
    assert isinstance(placed, RasterLayer) and placed.name == "coffee"
    brought = read_raster(placed.pixels, person.session.require())[..., :3].astype(int)
    conversion = between(None, icc.shipped_profile("display-p3"))
    assert conversion is not None
    with Image.open(coffee) as picture:
        expected = np.array(picture.convert("RGBA"))
    convert_straight(conversion, expected)
    assert np.abs(brought - expected[..., :3]).max() <= 1, "what is placed takes the document's profile"

    before, project = person.document, person.session.require().path
    person.window.close()
    person = person.opens_again()
    assert person.drop([project], person.window.welcome.drop)
    person.wait()
    assert person.document.profile == before.profile and "Display P3" in person.window.statusBar().panel.text()
    person.session.settings.views["image.export"] = {"format": "png", "profile": "keep"}
    out = person.export(tmp_path / "kept.png", monkeypatch)
    with Image.open(out) as picture:
        assert picture.info["icc_profile"] == icc.shipped("display-p3")
        assert np.array_equal(np.asarray(picture.convert("RGB")), person.pixels()[..., :3])
    person.session.settings.views["image.export"] = {"format": "png"}
    out = person.export(tmp_path / "plain.png", monkeypatch)
    with Image.open(out) as picture:
        embedded = ImageCms.ImageCmsProfile(io.BytesIO(picture.info["icc_profile"]))
        assert "sRGB" in str(embedded.profile.profile_description)
        assert not np.array_equal(np.asarray(picture.convert("RGB")), person.pixels()[..., :3])
    assert ExportChoice().to_srgb and person.session.require().verify() == []
