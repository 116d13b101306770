"""Smart layers by the hand: made, edited in their own tab, followed, replaced, unpacked; undone in one step each."""

import asyncio
from pathlib import Path

import msgspec
import numpy as np
import pytest
from image_hands import Hands
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from tests_desktop import Run

from core.documents.image import FillLayer, GroupLayer, ImageDocument, RasterLayer, SmartLayer, new_image
from core.documents.image_place import fit_into
from core.operations.image import RenderDocument
from core.project.project import Project
from core.raster.manifest import read_raster
from core.values import DOCUMENT_TYPE
from desktop.panels.image.layer_rows import Part

replace = msgspec.structs.replace


def smart(hands: Hands) -> SmartLayer:
    layer = hands.panel.editor.layer
    assert isinstance(layer, SmartLayer)
    return layer


def inner(hands: Hands, layer: SmartLayer) -> ImageDocument:
    found = hands.panel.session.document(layer.document)
    assert isinstance(found, ImageDocument)
    return found


def convert(hands: Hands, *ids: str) -> SmartLayer:
    hands.panel.editor.select(list(ids))
    hands.panel.named.by_id["layer.smart"].trigger()
    return smart(hands)


def recolour(hands: Hands, layer: SmartLayer, colour: str) -> None:
    """Put a fill on top in the document that a smart layer shows."""
    document = inner(hands, layer)
    changed = replace(document, layers=(*document.layers, FillLayer(colour=colour)))
    hands.panel.session.commit("Add fill", changed)


def test_layers_become_a_document_that_is_shown_as_they_were(hands: Hands) -> None:
    before, steps = hands.picture(), len(hands.steps())
    layer = convert(hands, "red", "words")
    assert np.abs(hands.picture().astype(int) - before).max() <= 1
    assert [one.id for one in hands.document.layers] == ["back", layer.id]
    assert len(inner(hands, layer).layers) == 2 and layer.name == inner(hands, layer).title
    assert len(hands.steps()) == steps + 1
    hands.undo()
    assert [one.id for one in hands.document.layers] == ["back", "red", "words"]
    with pytest.raises(Exception, match="no longer in the project"):
        inner(hands, layer)
    hands.panel.session.redo()
    assert inner(hands, layer).layers


def test_every_edit_of_the_document_shows_and_is_undone_with_it(hands: Hands) -> None:
    layer = convert(hands, "red")
    assert tuple(hands.picture()[130, 200]) == (220, 30, 30, 255)
    recolour(hands, layer, "#00ff00")
    assert tuple(hands.picture()[130, 200]) == (0, 255, 0, 255)
    hands.qtbot.waitUntil(lambda: hands.seen(200, 130) == (0, 255, 0))
    hands.undo()
    assert tuple(hands.picture()[130, 200]) == (220, 30, 30, 255)
    hands.panel.session.redo()
    assert tuple(hands.picture()[130, 200]) == (0, 255, 0, 255)
    assert tuple(hands.picture()[300, 500]) == (255, 255, 255, 255)


def test_a_double_click_on_its_picture_opens_the_document(hands: Hands) -> None:
    layer = convert(hands, "red")
    wanted: list[str] = []
    hands.panel.session.show_document.connect(wanted.append)
    tree = hands.panel._layers.tree
    tree.resize(300, 300)
    index = tree.layers.index_of(layer.id)
    at = tree.rows.places(tree.visualRect(index), layer)[Part.THUMBNAIL].center()
    QTest.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    QTest.mouseDClick(tree.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    assert wanted == [layer.document]
    hands.panel.open_document(layer.document)
    assert hands.document.id == layer.document and hands.picture().shape[:2] == (layer.height, layer.width)


def other(hands: Hands, title: str = "Logo") -> ImageDocument:
    made = replace(new_image(300, 100, title), layers=(FillLayer(colour="#0000ff"),))
    hands.panel.session.commit("New image", made)
    return made


def entries(menu: QMenu) -> list[str]:
    return [action.text() for action in menu.actions()]


def test_another_document_is_placed_and_replaced_from_a_menu(hands: Hands) -> None:
    commands = hands.panel.smart_commands
    menu = commands.choose(hands.canvas, commands.place)
    assert entries(menu) == ["This project has no other picture that could be placed here"]
    menu.close()
    logo, badge = other(hands), other(hands, "Badge & co")
    menu = commands.choose(hands.canvas, commands.place)
    assert entries(menu) == ["Logo", "Badge && co"]
    menu.actions()[0].trigger()
    menu.close()
    assert smart(hands).document == logo.id and smart(hands).transform == fit_into(300, 100, hands.document)
    assert tuple(hands.picture()[200, 300]) == (0, 0, 255, 255)
    commands.replace_contents(badge.id)
    assert smart(hands).document == badge.id
    # Neither can show what shows it.
    hands.panel.open_document(badge.id)
    assert [title for _, title in commands.others()] == ["Logo"]
    menu = commands.choose(hands.canvas, commands.place)
    assert entries(menu) == ["Logo"]
    menu.close()
    QApplication.processEvents()


def test_the_inspector_says_what_it_shows_and_brings_it_back(hands: Hands) -> None:
    section, session = hands.panel._inspector.smart, hands.panel.session
    logo = other(hands)
    assert section.isHidden()
    hands.panel.smart_commands.place(logo.id)
    assert not section.isHidden()
    assert "“Logo”, 300 × 100 px" in section.what.text() and section.edit.text() == "Edit contents"
    session.remove_document("Delete document", logo.id)
    hands.panel._inspector.follow()
    assert "not in the project any more" in section.what.text()
    assert tuple(hands.picture()[200, 300]) == (0, 0, 255, 255)
    shown: list[str] = []
    session.show_document.connect(shown.append)
    section.edit.click()
    assert shown == [logo.id] and session.document(logo.id) == logo


def test_unpacked_the_layers_stand_where_they_showed(hands: Hands) -> None:
    layer = convert(hands, "red", "words")
    place = replace(layer.transform, scale_x=0.5, scale_y=0.5, x=layer.transform.x + 30)
    editor = hands.panel.editor
    editor.commit("Move", hands.document.replace_layer(layer.id, lambda one: replace(one, transform=place)))
    before = hands.picture()
    hands.panel.named.by_id["layer.smart-unpack"].trigger()
    group = editor.layer
    assert isinstance(group, GroupLayer) and len(group.layers) == 2
    away = np.abs(hands.picture().astype(int) - before)
    assert away.mean() < 1.0
    assert np.abs(hands.picture()[:, :, :3].astype(int) - before[:, :, :3]).max(axis=-1)[130, 200] <= 2
    hands.undo()
    assert isinstance(hands.layer(layer.id), SmartLayer)


def test_what_cannot_be_done_is_said(hands: Hands) -> None:
    said: list[str] = []
    hands.panel.session.notice.connect(lambda notice: said.append(notice.text))
    layer = convert(hands, "red")
    stretched = replace(layer.transform, scale_x=3.0)
    hands.panel.editor.commit(
        "Stretch", hands.document.replace_layer(layer.id, lambda one: replace(one, transform=stretched))
    )
    hands.panel.smart_commands.unpack()
    assert len(said) == 1 and "stretched more one way" in said[0]
    hands.panel.use_tool("brush")
    hands.drag([(150, 100), (170, 110)])
    assert hands.layer(layer.id) == replace(layer, transform=stretched)


def test_it_turns_into_pixels(hands: Hands) -> None:
    layer = convert(hands, "red")
    before = hands.picture()

    async def rasterise() -> None:
        hands.panel.named.by_id["layer.rasterise"].trigger()
        while hands.panel.session.busy:
            await asyncio.sleep(0.01)

    asyncio.run(rasterise())
    assert isinstance(hands.panel.editor.layer, RasterLayer)
    assert np.abs(hands.picture().astype(int) - before).max() <= 1
    assert layer.document in {entry.id for entry in hands.panel.session.require().documents()}


def test_the_core_draws_it_and_the_project_keeps_what_it_needs(run: Run, hands: Hands, tmp_path: Path) -> None:
    layer = convert(hands, "red", "words")
    recolour(hands, layer, "#123456")
    session, expected = hands.panel.session, hands.picture()
    project = session.require()
    from core.documents.base import encode_document
    from core.operations.base import Asset

    digest = project.put(encode_document(hands.document), DOCUMENT_TYPE, name="Ad")
    made = run(session.make(RenderDocument(document=Asset(hash=digest))))
    assert np.abs(read_raster(made.outputs["image"], project).astype(int) - expected).max() <= 1
    assert project.verify() == []
    copy = tmp_path / "copy.atelier"
    project.copy_to(copy)
    with Project.open(copy) as opened:
        opened.compact()
        assert opened.verify() == []
        found = opened.document(hands.document.id)
        assert found == hands.document and opened.has(found.layer(layer.id).source)  # type: ignore[attr-defined]
