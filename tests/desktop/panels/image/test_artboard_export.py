"""Exporting artboards from the real window through the real core process: a file each, one alone, pages of a PDF."""

from pathlib import Path

import msgspec
import pypdfium2 as pdfium
import pytest
from person import Person
from PIL import Image
from PySide6.QtWidgets import QMessageBox

from core.documents.image import Artboard, FillLayer, GroupLayer, TextLayer, Transform, new_image
from desktop.panels.image import batch
from desktop.panels.image.batch_export import BatchExportDialog
from desktop.panels.image.export import ExportChoice, ExportDialog
from desktop.panels.image.export_parts import CANVAS, EVERY

DATA = Path(__file__).parents[3] / "data"
replace = msgspec.structs.replace
TITLE = TextLayer(id="t", text="Sale", size=30, transform=Transform(x=30.0, y=30.0))
BOARDS = (
    GroupLayer(
        id="one",
        name="Square",
        layers=(FillLayer(colour="#336699"), TITLE),
        artboard=Artboard(x=20, y=20, width=120, height=120),
    ),
    GroupLayer(id="two", name="Tower", artboard=Artboard(x=200, y=20, width=60, height=240, background="#ff8800")),
    GroupLayer(id="three", name="Old", visible=False, artboard=Artboard(x=300, y=20, width=60, height=60)),
)
ADS = replace(new_image(400, 300, "Ads"), layers=BOARDS)


@pytest.fixture
def dialog(person: Person) -> ExportDialog:
    person.drop([DATA / "rocket.jpg"], person.window.welcome.drop)  # which makes a project
    person.wait()
    with person.session.require().transaction("New image") as transaction:
        transaction.put(ADS)
    person.panel.open_document(ADS.id)
    made = ExportDialog(person.panel.editor, person.window)
    made.open()
    return made


def test_names_of_artboards_stand_in_for_a_token() -> None:
    rows = [batch.Row(batch.Size("1×")), batch.Row(batch.Size("2×", 2.0), ExportChoice(format="jpeg"))]
    found = batch.files(ADS, rows, "artboards", "{name}_{artboard}_{width}")
    assert [file.name for file in found] == [
        "Ads_Square_120.png", "Ads_Square_240.jpg", "Ads_Tower_60.png", "Ads_Tower_120.jpg"
    ]  # fmt: skip
    assert [(file.document.width, file.document.height) for file in found[1:3]] == [(120, 120), (60, 240)]
    assert batch.files(ADS, rows[:1], "artboards", "{name}")[0].name == "Ads-Square.png"


def test_every_artboard_becomes_a_file(
    person: Person, dialog: ExportDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert dialog.what.value() == EVERY
    person.wait(lambda: "B" in dialog.weight.text())
    (tmp_path / "Tower.png").write_bytes(b"old")
    asked: list[str] = []

    def answer(box: QMessageBox) -> int:
        asked.append(box.informativeText())
        box.buttons()[len(asked) % 2].click()
        return 0

    monkeypatch.setattr(QMessageBox, "exec", answer)
    dialog.export_every(tmp_path)
    if not (tmp_path / "Square.png").exists() and len(asked) == 1 and dialog.isVisible():
        dialog.export_every(tmp_path)  # the question was answered with no
    person.wait((tmp_path / "Square.png").exists)
    person.wait()
    assert set(asked) == {"Tower.png"}
    sizes = {}
    for path in tmp_path.glob("*.png"):
        with Image.open(path) as picture:
            sizes[path.name] = picture.size
    assert sizes == {"Square.png": (120, 120), "Tower.png": (60, 240)}
    assert "2 of 2 files" in person.said


def test_one_artboard_has_its_own_size(person: Person, dialog: ExportDialog, tmp_path: Path) -> None:
    dialog.what.set_value("two")
    dialog.what.committed.emit("two")
    assert (dialog.across.value(), dialog.down.value()) == (60, 240)
    dialog.down.value_changed.emit(480)
    dialog.export_to(tmp_path / "a.png")
    person.wait((tmp_path / "a.png").exists)
    person.wait()
    with Image.open(tmp_path / "a.png") as picture:
        assert picture.size == (120, 480)


def test_a_pdf_has_a_page_for_each(person: Person, dialog: ExportDialog, tmp_path: Path) -> None:
    dialog.format.set_value("pdf")
    dialog.export_to(tmp_path / "a.pdf")
    person.wait((tmp_path / "a.pdf").exists)
    person.wait()
    with pdfium.PdfDocument(tmp_path / "a.pdf") as file:
        assert [tuple(page.get_size()) for page in file] == [(120.0, 120.0), (60.0, 240.0)]


def test_the_whole_canvas_can_be_had_too(person: Person, dialog: ExportDialog) -> None:
    dialog.what.set_value(CANVAS)
    dialog.what.committed.emit(CANVAS)
    assert (dialog.across.value(), dialog.down.value()) == (400, 300)
    dialog.reject()
    several = BatchExportDialog(person.panel.editor, person.window)
    several.open()
    assert several.what.value() == "artboards"
    assert several.names.item(0).text() == "Ads-1x-Square.png"
    several.reject()
