"""A deep picture through the whole studio: dropped on the window, painted on, made from, exported."""

from pathlib import Path

import numpy as np
import pytest
from person import Person
from PySide6.QtWidgets import QApplication

from core.documents.image import ImageDocument, RasterLayer
from core.image import files, saving
from core.raster import icc
from core.raster.manifest import read_deep
from desktop.panels.image.export import ExportDialog


@pytest.mark.parametrize("profile", [None, icc.shipped("display-p3")], ids=["sRGB", "Display P3"])
def test_from_a_16_bit_file_to_a_16_bit_file(person: Person, tmp_path: Path, profile: bytes | None) -> None:
    generator = np.random.default_rng(0)
    array = generator.integers(0, 65536, (300, 400, 4)).astype(np.uint16)
    array[..., 3] = 65535
    saving.save(tmp_path / "deep.png", array, "png", profile=profile)
    person.drop([tmp_path / "deep.png"], person.window.welcome.drop)
    person.wait()
    document = person.document
    assert isinstance(document, ImageDocument) and document.depth == 16
    assert (document.profile is None) == (profile is None)
    (layer,) = document.layers
    assert isinstance(layer, RasterLayer)
    assert np.array_equal(read_deep(layer.pixels, person.session.require()), array)
    assert "16 bit" in person.panel.status()
    person.panel.use_tool("brush")
    person.hands.drag([(50, 50), (80, 60), (100, 70)])
    person.panel.export()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ExportDialog)
    assert dialog.format.value() == "png" and dialog.bits.value() == 16 and dialog.bits.isVisible()
    if profile is not None:
        dialog.srgb.click()
    dialog.export_to(tmp_path / "out.png")
    person.wait()
    loaded = files.load(tmp_path / "out.png", keep_profile=True, deep=True)
    out = loaded.pixels
    assert loaded.info.icc == (profile or b"")
    assert out.dtype == np.uint16
    assert np.array_equal(out[256:], array[256:]) and not np.array_equal(out, array)


def test_a_format_offers_what_it_can_hold(person: Person, tmp_path: Path) -> None:
    saving.save(tmp_path / "light.tif", np.full((30, 40, 4), 1.0, np.float32), "tiff")
    person.drop([tmp_path / "light.tif"], person.window.welcome.drop)
    person.wait()
    assert person.document.depth == 32  # type: ignore[attr-defined]
    person.panel.export()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ExportDialog)
    for kind, held, first in (("tiff", 3, 32), ("png", 2, 16), ("psd", 2, 16)):
        dialog.format.set_value(kind)
        dialog.format.committed.emit(kind)
        assert (dialog.bits.count(), dialog.bits.value()) == (held, first)
        assert dialog.choice().depth == first
    dialog.format.set_value("jpeg")
    dialog.format.committed.emit("jpeg")
    assert not dialog.bits.isVisible() and dialog.choice().depth == 8
    dialog.reject()
    person.wait()
