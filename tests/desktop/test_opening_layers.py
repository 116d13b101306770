"""Files with layers opened by a person: the core process reads them, the window shows their layers and what differs."""

import shutil
from pathlib import Path

from person import Person
from PySide6.QtWidgets import QApplication

from core.documents.image import GroupLayer, RasterLayer, ShapeLayer, walk
from core.resources import resource
from desktop.imports import tell
from desktop.pdf_sheet import PageSheet

DATA = Path(__file__).parents[1] / "data" / "layered"


def two_pages(path: Path) -> Path:
    """Write a PDF of a red and a blue page with skia, as any program may."""
    import skia

    stream = skia.FILEWStream(str(path))
    document = skia.PDF.MakeDocument(stream)
    for colour in (skia.ColorRED, skia.ColorBLUE):
        canvas = document.beginPage(144, 72)
        canvas.drawRect(skia.Rect.MakeXYWH(10, 10, 100, 50), skia.Paint(Color=colour))
        document.endPage()
    document.close()
    stream.flush()
    return path


def test_a_photoshop_file_opens_with_its_layers_in_one_step(person: Person, tmp_path: Path) -> None:
    path = tmp_path / "Ad, final.psd"
    shutil.copy(DATA / "group.psd", path)
    assert person.drop([path], person.window.welcome.drop)
    person.wait()
    assert person.document.title == "Ad, final"
    assert any(isinstance(layer, GroupLayer) for layer in person.document.layers)
    assert person.asset_names() == ["Ad, final.psd"]
    assert [step.label for step in person.session.require().history()] == ["Open picture"]
    first = {layer.id for layer in person.document.layers}
    assert person.drop([path], person.panel.canvas)
    person.wait()
    assert isinstance(person.document.layers[-1], RasterLayer), "placed, it is one layer"
    person.session.spawn(person.window.files.open_images([path]))
    person.wait()
    assert len(person.session.require().documents()) == 2
    assert first.isdisjoint(layer.id for layer in person.document.layers), "each opening has layers of its own"


def test_what_differs_is_said_and_a_broken_file_ends_in_one_sentence(person: Person, tmp_path: Path) -> None:
    assert person.drop([DATA / "16bit5x5.psd"], person.window.welcome.drop)
    person.wait()
    assert person.said == "" and person.document.depth == 16, "nothing was lost"
    assert person.drop([DATA / "layer-name-emoji.psd"], person.window.rail)
    person.wait()
    words = "Translucent in linear dodge, which may look a little different: “👽”."
    assert person.said == f"“layer-name-emoji.psd” is open. {words}"
    broken = tmp_path / "broken.psd"
    broken.write_bytes((DATA / "group.psd").read_bytes()[:9000])
    person.session.spawn(person.window.files.open_images([broken]))
    person.wait()
    assert "“broken.psd” is" in person.said and person.said.endswith(".")
    tell(person.session, "a.psd", ["One.", "Two.", "Three."])
    assert person.said == "“a.psd” is open. One. Two."


def test_another_page_of_a_pdf_can_be_opened(person: Person, tmp_path: Path) -> None:
    path = two_pages(tmp_path / "leaflet.pdf")
    assert person.drop([path], person.window.welcome.drop)
    person.wait()
    assert (person.document.width, person.document.height) == (600, 300)
    assert tuple(person.pixels()[150, 200]) == (255, 0, 0, 255)
    assert "Page 1 of 2" in person.said
    person.click(person.button("Open another page…", person.window.area.banner))
    sheet = QApplication.activeModalWidget()
    assert isinstance(sheet, PageSheet) and sheet.page.value() == 2
    sheet.resolution.set_value(72)
    person.click(person.button("Open", sheet))
    person.wait(lambda: len(person.session.require().documents()) == 2)
    person.wait()
    assert (person.document.width, person.document.height) == (144, 72)
    assert tuple(person.pixels()[40, 50]) == (0, 0, 255, 255)


def test_a_drawing_opened_twice_is_two_documents(person: Person, tmp_path: Path) -> None:
    path = tmp_path / "shapes.svg"
    shutil.copy(resource("icons", "shapes.svg"), path)
    seen = []
    for target in (person.window.welcome.drop, person.window.area.tabs):
        assert person.drop([path], target)
        person.wait()
        seen.append(person.document)
    first, second = seen
    assert len(person.session.require().documents()) == 2 and first.id != second.id
    assert all(isinstance(layer, ShapeLayer) for layer in walk(first.layers) if not isinstance(layer, GroupLayer))
    assert not {layer.id for layer in walk(first.layers)} & {layer.id for layer in walk(second.layers)}
