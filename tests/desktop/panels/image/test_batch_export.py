"""Several files in one go, from the real window through the real core process."""

from pathlib import Path

import numpy as np
import pytest
from person import Person
from PIL import Image
from PySide6.QtWidgets import QApplication, QMessageBox

from core.documents.image import FillLayer, GroupLayer, ImageDocument, RasterLayer, TextLayer
from desktop.panels.image import batch
from desktop.panels.image.batch_export import BatchExportDialog
from desktop.panels.image.export import ExportChoice

DATA = Path(__file__).parents[3] / "data"


def row(label: str, kind: str = "png", **size: object) -> batch.Row:
    return batch.Row(batch.Size(label, **size), ExportChoice(format=kind))  # type: ignore[arg-type]


def test_names_follow_the_template_and_never_clash_or_lead_elsewhere() -> None:
    document = ImageDocument(id="d", title="Sum/mer: 夏", width=400, height=300)
    rows = [row("1×"), row("2×", scale=2.0), row("1×"), row("1080×1080", "jpeg", width=1080, height=1080)]
    names = [file.name for file in batch.files(document, rows, "picture", "{name}_{size}_{format}")]
    assert names == [
        "Sum-mer- 夏_1x_png.png",
        "Sum-mer- 夏_2x_png.png",
        "Sum-mer- 夏_1x_png-2.png",
        "Sum-mer- 夏_1080x1080_jpeg.jpg",
    ]
    assert batch.files(document, [row("1×")], "picture", "../../{name}")[0].name == "Sum-mer- 夏.png"
    retina = batch.Row(batch.Size("2×", 2.0), suffix="@2x")
    assert batch.files(document, [retina], "picture", "icon")[0].name == "icon@2x.png"
    assert batch.files(document, [row("1×")], "picture", "CON")[0].name == "_CON.png"
    assert batch.files(document, [row("1×")], "picture", "{width}x{height}")[0].name == "400x300.png"


def test_layers_and_groups_stand_alone_on_their_own_canvas() -> None:
    inner = TextLayer(name="Words", text="Hello", size=40)
    raster = RasterLayer(name="Cup", pixels="0" * 64, width=50, height=40)
    group = GroupLayer(name="Both", layers=(inner, raster))
    hidden = RasterLayer(name="Old", pixels="0" * 64, width=50, height=40, visible=False)
    document = ImageDocument(id="d", title="Ad", width=400, height=300, layers=(FillLayer(name="Sky"), group, hidden))
    files = batch.files(document, [row("1×")], "layers", "{name}")
    assert [file.name for file in files] == ["Ad-Words.png", "Ad-Cup.png"]
    assert (files[1].document.width, files[1].document.height) == (50, 40)
    assert [f.name for f in batch.files(document, [row("1×")], "groups", "{layer}")] == ["Both.png"]


def test_sizes_formats_and_replacing_once(person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    person.drop([DATA / "rocket.jpg"], person.window.welcome.drop)
    person.wait()
    person.session.settings.views["image.export.folder"] = str(tmp_path)
    person.panel.export()
    person.click(person.button("Several files…", QApplication.activeModalWidget()))
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, BatchExportDialog)
    for line in list(dialog.rows):
        dialog._remove(line)
    for size, kind in (("1×", "avif"), ("square", "png"), ("story", "jpeg"), ("2×", "tiff"), ("psd", "psd")):
        exact = {"square": (200, 200, True), "story": (108, 192, False)}.get(size)
        made = batch.Size("1×", 2.0 if size == "2×" else 1.0, *exact) if exact else batch.Size("1×", 1.0)
        made = batch.Size("2×", 2.0) if size == "2×" else made
        dialog._add(batch.Row(made, ExportChoice(format=kind)))  # type: ignore[arg-type]
    dialog._follow()
    shown = [dialog.names.item(i).text() for i in range(dialog.names.count())]
    assert shown == ["rocket-1x.avif", "rocket-200x200.png", "rocket-108x192.jpg", "rocket-2x.tif", "rocket-1x.psd"]
    (tmp_path / "rocket-1x.avif").write_bytes(b"old")
    asked: list[str] = []

    def answer(box: QMessageBox) -> int:
        asked.append(box.informativeText())
        box.buttons()[0].click()
        return 0

    monkeypatch.setattr(QMessageBox, "exec", answer)
    dialog.begin()
    person.wait((tmp_path / "rocket-1x.psd").exists)
    person.wait()
    assert asked == ["rocket-1x.avif"], "one question for all"
    sizes = {}
    for path in tmp_path.iterdir():
        with Image.open(path) as picture:
            sizes[path.name] = picture.size
            colours = np.asarray(picture.convert("RGB")).std()
        assert colours > 10, path.name
    assert sizes == {
        "rocket-1x.avif": (640, 427),
        "rocket-200x200.png": (200, 200),
        "rocket-108x192.jpg": (108, 192),
        "rocket-2x.tif": (1280, 854),
        "rocket-1x.psd": (640, 427),
    }
    assert "5 of 5 files" in person.said


def test_stopping_leaves_no_half_file(person: Person, tmp_path: Path) -> None:
    person.drop([DATA / "rocket.jpg"], person.window.welcome.drop)
    person.wait()
    dialog = BatchExportDialog(person.panel.editor, person.window)
    dialog.open()
    dialog.folder.setText(str(tmp_path))
    for line in list(dialog.rows):
        dialog._remove(line)
    for _ in range(6):
        dialog._add(row("1×", "png"))
    dialog._follow()
    dialog.begin()
    dialog.reject()
    person.wait()
    assert len(list(tmp_path.iterdir())) < 6
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]
