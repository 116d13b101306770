"""Things dropped on the real window: each goes where it belongs, and what is refused is refused with a reason."""

import os
import pickle
import shutil
import struct
from pathlib import Path

import numpy as np
import pytest
from person import Person
from PySide6.QtCore import QMimeData, QUrl

from core.documents.image import RasterLayer, TextLayer, new_image
from core.project.project import Project
from core.raster.fonts import fonts
from core.resources import resource
from desktop.mime import DraggedAsset, mime_of
from desktop.panels.image.text_section import TextSection
from desktop.project_commands import is_untitled
from desktop.project_fonts import keep_fonts

DATA = Path(__file__).parents[1] / "data"


def titles(person: Person) -> list[str]:
    return [entry.title for entry in person.session.require().documents()]


def write(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


@pytest.fixture
def shoot(tmp_path: Path, coffee: Path) -> Path:
    """A folder as it comes from a photographer: pictures, folders in it, notes, and one picture that is broken."""
    folder = tmp_path / "Shoot"
    (folder / "second day").mkdir(parents=True)
    (folder / ".cache").mkdir()
    shutil.copy(coffee, folder / "a cup.png")
    write(folder, "b broken.png", coffee.read_bytes()[:3000])
    shutil.copy(DATA / "chelsea.png", folder / "c cat.png")
    shutil.copy(DATA / "rocket.jpg", folder / "second day" / "rocket.jpg")
    shutil.copy(coffee, folder / ".cache" / "thumbnail.png")
    write(folder, "notes.txt", "Morning light, 慢早晨".encode())
    return folder


def test_a_folder_brings_its_pictures_and_names_the_one_that_is_broken(person: Person, shoot: Path) -> None:
    assert person.drop([shoot], person.window.welcome.drop)
    person.wait()
    assert titles(person) == ["a cup", "c cat", "rocket"]
    assert "b broken.png" in person.said
    tabs = person.window.area.tabs
    assert [tabs.tabText(index) for index in range(tabs.count())] == titles(person)
    assert person.document.title == "rocket"
    assert "notes.txt" in person.asset_names()
    assert [step.label for step in person.session.require().history()] == ["Open pictures"]


def test_pictures_dropped_on_the_work_become_layers_there(person: Person, shoot: Path) -> None:
    person.drop([DATA / "rocket.jpg"], person.window.welcome.drop)
    person.wait()
    assert person.drop([shoot], person.panel.canvas)
    person.wait()
    assert titles(person) == ["rocket"]
    assert person.names() == ["rocket", "c cat", "a cup", "rocket"]
    assert "b broken.png" in person.said


def test_a_broken_picture_that_was_mended_is_opened_by_trying_again(
    person: Person, tmp_path: Path, coffee: Path
) -> None:
    broken = write(tmp_path, "cup.png", coffee.read_bytes()[:3000])
    person.drop([broken], person.window.welcome.drop)
    person.wait()
    assert titles(person) == [] and "cup.png" in person.said
    shutil.copy(coffee, broken)
    person.show("jobs")
    (row,) = person.jobs._rows.values()
    assert "cut off" in row.accessibleName()
    assert row._button.toolTip() == "Try again"
    person.click(row._button)
    person.wait()
    assert titles(person) == ["cup"]
    assert person.document.width == 600


def test_text_music_and_fonts_are_kept_in_assets(person: Person, tmp_path: Path) -> None:
    text = write(tmp_path, "brief.md", "# 慢早晨\nSlow mornings".encode())
    song = write(tmp_path, "song.mid", b"MThd\x00\x00\x00\x06\x00\x01\x00\x02\x00\x60")
    assert person.drop([text], person.window.welcome.drop)
    person.wait()
    assert "brief.md" in person.said
    assert person.session.require().title == "brief"
    person.drop([song], person.window.area)
    person.wait()
    assert "song.mid" in person.said
    person.drop([resource("fonts", "PlayfairDisplay_400Regular.ttf")], person.window.area)
    person.wait()
    assert "Playfair Display" in person.said
    assert set(person.asset_names()) == {"brief.md", "song.mid", "PlayfairDisplay_400Regular.ttf"}
    assert titles(person) == []


def test_a_font_dropped_on_the_work_is_what_one_writes_with_next(person: Person, coffee: Path) -> None:
    person.drop([coffee], person.window.welcome.drop)
    person.wait()
    person.drop([resource("fonts", "PlayfairDisplay_400Regular.ttf")], person.panel.canvas)
    person.wait()
    person.hands.click(200, 100)
    person.type("Slow")
    layer = person.panel.editor.layer
    assert layer is not None and layer.family == "Playfair Display"  # type: ignore[union-attr]


def test_a_font_is_kept_in_the_project_and_used_wherever_that_is_opened(
    person: Person, coffee: Path, tmp_path: Path
) -> None:
    data = resource("fonts", "PlayfairDisplay_400Regular.ttf").read_bytes()
    for coding in ("ascii", "utf-16-be"):
        data = data.replace("Playfair Display".encode(coding), "Playfair Strange".encode(coding))
    person.drop([coffee], person.window.welcome.drop)
    person.wait()
    person.drop([write(tmp_path, "strange.ttf", data)], person.panel.canvas)
    person.wait()
    assert "Playfair Strange" in person.said and "can be used" in person.said
    person.hands.click(200, 100)
    person.type("Slow")
    layer = person.panel.editor.layer
    assert isinstance(layer, TextLayer) and layer.family == "Playfair Strange"
    missing = person.window.findChild(TextSection).missing  # type: ignore[union-attr]
    assert missing.isHidden()
    # Another computer: nothing but what is shipped is known, until the project is opened.
    project = person.session.require()
    fonts.cache_clear()
    assert not fonts().has("Playfair Strange")
    keep_fonts(project)
    assert fonts().has("Playfair Strange")
    person.drop([write(tmp_path, "broken.ttf", data[:2000])], person.window.area)
    person.wait()
    assert "broken.ttf" in person.said and "not a font" in person.said


def test_models_are_refused_with_a_reason(person: Person, tmp_path: Path) -> None:
    safe = write(tmp_path, "style.safetensors", struct.pack("<Q", 2) + b"{}")
    assert person.drop([safe], person.window.welcome.drop)
    person.wait()
    assert "style.safetensors" in person.said and "yet" in person.said
    for name in ("model.ckpt", "innocent.safetensors"):
        person.drop([write(tmp_path, name, pickle.dumps({"weights": [1.0]}))], person.window.welcome.drop)
        person.wait()
        assert name in person.said and "pickle" in person.said
    assert person.session.project is None, "no project is made for what is not taken"


def test_what_cannot_be_read_is_named(person: Person, tmp_path: Path) -> None:
    gone, pipe = tmp_path / "gone.png", tmp_path / "pipe.png"
    gone.symlink_to(tmp_path / "nowhere")
    os.mkfifo(pipe)
    for path in (gone, pipe, write(tmp_path, "empty.png", b""), write(tmp_path, "thing.bin", bytes(range(256)))):
        assert person.drop([path], person.window.welcome.drop)
        person.wait()
        assert path.name in person.said
    assert person.session.project is None


def test_what_is_not_a_file_is_refused_at_once(person: Person) -> None:
    data = QMimeData()
    data.setUrls([QUrl("https://example.org/cup.png")])
    person.drop_data(data, person.window.welcome.drop)
    assert "not on this computer" in person.said
    words = QMimeData()
    words.setText("hello")
    assert not person.drop_data(words, person.window.welcome.drop)


def test_a_project_is_opened_in_place_of_the_one_that_is_open(person: Person, tmp_path: Path, coffee: Path) -> None:
    path = tmp_path / "Campaign.atelier"
    with Project.create(path, "Campaign") as project, project.transaction("New image") as edit:
        edit.put(new_image(300, 200, "Poster"))
    person.drop([coffee], person.window.welcome.drop)
    person.wait()
    before = person.session.require().path
    assert is_untitled(before)
    assert person.drop([path], person.panel.canvas)
    person.wait()
    assert person.session.require().path == path
    assert person.document.title == "Poster"
    assert person.window.windowTitle() == "Campaign — Atelier"
    with Project.open(before) as kept:
        assert [e.title for e in kept.documents()] == ["coffee"]


def test_an_asset_dragged_onto_the_work_is_placed_where_it_falls(person: Person, coffee: Path) -> None:
    person.drop([coffee], person.window.welcome.drop)
    person.wait()
    index = person.asset("coffee.png")
    item = person.assets._item(index)
    assert item is not None
    person.drop_data(mime_of(DraggedAsset(item.hash, item.media_type, item.name)), person.panel.canvas)
    person.wait()
    placed = person.document.layers[-1]
    assert isinstance(placed, RasterLayer) and person.names()[0] == "coffee.png"
    assert np.array_equal(person.pixels()[..., 3], np.full((400, 600), 255))
