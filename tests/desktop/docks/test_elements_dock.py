"""The library of elements in the real window: found, placed, dropped, recoloured, credited."""

from pathlib import Path

import pytest
from person import CTRL, Person
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from core.documents.image import AnyLayer, GroupLayer, ShapeLayer, walk
from core.documents.image_shapes import Solid
from core.library.search import library
from desktop.docks.elements import ITEM, ElementsDock
from desktop.element_pictures import draw
from desktop.mime import DraggedElement, mime_of_element
from desktop.panels.image.swatches import VIEW as PALETTE


@pytest.fixture
def cup(person: Person, coffee: Path) -> Person:
    """With the photo of a cup in front and the Elements dock read."""
    person.drop([coffee], person.window.welcome.drop)
    person.wait()
    person.show("elements")
    person.wait(lambda: person.window.elements.model.rowCount() > 0)
    return person


def shown(dock: ElementsDock, count: int = 6) -> list[str]:
    return [dock.model.index(row).data(ITEM).id for row in range(min(count, dock.model.rowCount()))]


def top(person: Person) -> AnyLayer:
    return person.document.layers[-1]


def colours_of(layer: AnyLayer) -> set[str]:
    shapes = [one for one in walk((layer,)) if isinstance(one, ShapeLayer)]
    fills = {one.fill.colour for one in shapes if isinstance(one.fill, Solid)}
    return fills | {one.stroke.colour for one in shapes if one.stroke is not None}


def with_the_keyboard_alone(cup: Person) -> None:
    dock = cup.window.elements
    before = len(cup.document.layers)
    cup.panel.editor.set_colour("#aa3311")
    dock.search.setFocus()
    cup.compose("gouwuche", "购物车")
    cup.press(Qt.Key.Key_Down)
    assert dock.grid.hasFocus() and "cart" in shown(dock)[0]
    cup.press(Qt.Key.Key_Return)
    cup.wait()
    assert len(cup.document.layers) == before + 1
    layer = top(cup)
    assert " · " in layer.name and colours_of(layer) == {"#aa3311"}
    box = cup.panel.editor.bounds([layer.id])
    assert box is not None and abs(box.centre[0] - 300) < 20 and abs(box.centre[1] - 200) < 20
    cup.press(Qt.Key.Key_Z, CTRL)
    assert len(cup.document.layers) == before, "placing was one step"


def dropped_where_it_is_let_go(cup: Person) -> None:
    assert cup.drop_data(mime_of_element(DraggedElement("tabler:heart", "own"), "heart"), cup.panel.canvas)
    cup.wait()
    layer = top(cup)
    assert isinstance(layer, ShapeLayer) and layer.name == "Heart · Tabler Icons"
    assert layer.stroke is not None and layer.stroke.cap == "round", "an outline stays one shape with a stroke"


def a_colourful_one_keeps_its_colours_or_takes_the_palette(cup: Person) -> None:
    dock = cup.window.elements
    dock.place_wanted.emit(DraggedElement("fluent-emoji-flat:birthday-cake", "own"))
    own = colours_of(top(cup))
    assert isinstance(top(cup), GroupLayer) and len(own) > 3
    palette = ["#102030", "#ff8800", "#fff0d0"]
    cup.session.settings.views[PALETTE] = palette
    dock.place_wanted.emit(DraggedElement("fluent-emoji-flat:birthday-cake", "palette"))
    assert colours_of(top(cup)) <= set(palette) and len(colours_of(top(cup))) == 3


def a_pattern_covers_the_canvas(cup: Person) -> None:
    cup.window.elements.place_wanted.emit(DraggedElement("hero-patterns:polkaDots", "own"))
    cup.wait()
    box = cup.panel.editor.bounds([top(cup).id])
    assert box is not None and box.right >= 590 and box.bottom >= 390


def credits_name_author_and_licence_once(cup: Person) -> None:
    for _ in range(2):
        cup.window.elements.place_wanted.emit(DraggedElement("tabler:heart", "own"))
    cup.click(cup.window.elements.copy_credits)
    lines = QApplication.clipboard().text().splitlines()
    tabler = [line for line in lines if line.startswith("Heart — Tabler Icons")]
    assert len(tabler) == 1 and "Paweł Kuna, MIT" in tabler[0]
    assert any("Hero Patterns" in line for line in lines), "the pattern that was placed before"


def categories_sets_and_nothing(cup: Person) -> None:
    dock = cup.window.elements
    dock.show_everything()
    chip = next(one for one in dock.chips.buttons() if one.property("kind") == "food")
    cup.click(chip)
    assert all("food" in one.kinds for one in dock.model.found)
    dock.sets.setCurrentIndex(dock.sets.findData("lucide"))
    assert {one.set for one in dock.model.found} == {"lucide"}
    dock.search.setText("qwxyzv")
    dock.search_now()
    assert dock._nothing.isVisible()
    dock.show_everything()
    assert len(dock.model.found) == len(library.index().store.elements)
    assert dock.model.rowCount() < 1000, "laid out a page at a time"


def pictures_are_drawn_away_from_the_window_and_kept(cup: Person) -> None:
    dock = cup.window.elements
    element = library.index().element("tabler:heart")
    side = 40
    dock.model.picture(element, side)
    cup.wait(lambda: dock.model.picture(element, side) is not None)
    image = dock.model.picture(element, side)
    assert image is not None and image.width() == side


def test_elements_are_placed(cup: Person) -> None:
    """One window for all of it: opening one takes longer than all the rest."""
    with_the_keyboard_alone(cup)
    dropped_where_it_is_let_go(cup)
    a_colourful_one_keeps_its_colours_or_takes_the_palette(cup)
    a_pattern_covers_the_canvas(cup)
    credits_name_author_and_licence_once(cup)
    categories_sets_and_nothing(cup)
    pictures_are_drawn_away_from_the_window_and_kept(cup)


def test_colours_of_a_thumbnail() -> None:
    index = library.index()
    element = index.element("mdi:heart")
    image = draw(index.store.body(element), element.box, 48, "#ff0000")
    assert image.pixelColor(24, 24) == QColor("#ff0000")
    assert image.pixelColor(1, 47).alpha() == 0
