"""Trying blend modes, and adjustments of every kind, through the inspector and by dropping a file."""

import asyncio
from pathlib import Path

import pytest
from image_hands import Hands
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from core.documents.image import AdjustmentLayer, BlendMode
from core.documents.image_adjustments import ColourLookup, GradientMap, PhotoFilter, Threshold
from core.values import AtelierError
from desktop.panels.image.words import ADJUSTMENTS, BLEND_GROUPS
from desktop.project_commands import ProjectCommands


def chosen(hands: Hands) -> AdjustmentLayer:
    layer = hands.panel.editor.layer
    assert isinstance(layer, AdjustmentLayer)
    return layer


def test_the_list_holds_every_mode_once(hands: Hands) -> None:
    modes = [mode for group in BLEND_GROUPS for mode in group]
    assert sorted(modes) == sorted(BlendMode) and len(modes) >= 26


def test_modes_are_tried_on_the_canvas_and_taken_in_one_step(hands: Hands) -> None:
    editor, field = hands.panel.editor, hands.panel._layers.blend
    editor.select(["red"])
    field.showPopup()
    field.highlighted.emit(field.findData("linear-burn"))
    assert editor.shown is not None and editor.shown.layer("red").blend is BlendMode.LINEAR_BURN
    assert hands.layer("red").blend is BlendMode.NORMAL
    QTest.keyClick(field.view(), Qt.Key.Key_Escape)
    QApplication.processEvents()
    assert editor.shown is editor.document
    field.showPopup()
    QTest.keyClick(field.view(), Qt.Key.Key_Down)
    assert editor.shown is not editor.document
    QTest.keyClick(field.view(), Qt.Key.Key_Return)
    QApplication.processEvents()
    assert hands.layer("red").blend is BlendMode.DARKEN and editor.shown is editor.document
    hands.undo()
    assert hands.layer("red").blend is BlendMode.NORMAL
    for _ in range(3):
        QTest.keyClick(field, Qt.Key.Key_Down)
    assert hands.layer("red").blend is BlendMode.COLOUR_BURN
    hands.undo()
    assert hands.layer("red").blend is BlendMode.NORMAL


def test_every_adjustment_shows_its_controls_and_resets(hands: Hands) -> None:
    section = hands.panel._inspector.adjustment
    for kind in ADJUSTMENTS:
        hands.panel.commands.add_adjustment(kind)
        assert isinstance(chosen(hands).adjustment, kind)
        assert not section.isHidden()
        assert not section.reset.isEnabled()
        for name, slider in (section.rows.sliders if section.rows is not None else {}).items():
            assert slider.value() == pytest.approx(getattr(chosen(hands).adjustment, name))
        hands.picture()
        hands.undo()


def test_a_photo_filter_is_live_and_resets(hands: Hands) -> None:
    section, editor = hands.panel._inspector.adjustment, hands.panel.editor
    hands.panel.commands.add_adjustment(PhotoFilter)
    assert section.rows is not None
    section.rows.colours["colour"].value_changed.emit("#0000ff")
    assert editor.shown is not editor.document
    section.rows.colours["colour"].committed.emit("#0000ff")
    section.rows.boxes["preserve"].click()
    section.rows.sliders["density"].committed.emit(100.0)
    assert chosen(hands).adjustment == PhotoFilter(colour="#0000ff", density=100, preserve=False)
    assert tuple(hands.picture()[10, 10]) == (0, 0, 255, 255)
    section.reset.click()
    assert chosen(hands).adjustment == PhotoFilter()
    hands.undo()
    assert chosen(hands).adjustment == PhotoFilter(colour="#0000ff", density=100, preserve=False)


def test_stops_of_a_gradient_map(hands: Hands) -> None:
    section = hands.panel._inspector.adjustment
    hands.panel.commands.add_adjustment(GradientMap)
    assert section.stops is not None and section.rows is not None
    section.stops.colours[1].committed.emit("#00ff00")
    assert tuple(hands.picture()[10, 10]) == (0, 255, 0, 255)
    section.stops.add.click()
    assert len(section.stops.places) == 3
    section.stops.places[1].committed.emit(25.0)
    section.rows.choices["space"].committed.emit("srgb")
    adjustment = chosen(hands).adjustment
    assert isinstance(adjustment, GradientMap)
    assert [stop.at for stop in adjustment.stops] == [0.0, 0.25, 1.0] and adjustment.space == "srgb"
    section.stops._remove(1)
    assert len(section.stops.places) == 2


def table(folder: Path) -> Path:
    path = folder / "Swap.cube"
    rows = [f"{b} {g} {r}" for b in (0, 1) for g in (0, 1) for r in (0, 1)]
    path.write_text("LUT_3D_SIZE 2\n" + "\n".join(rows))
    return path


def test_a_dropped_table_becomes_a_layer_that_uses_it(hands: Hands, tmp_path: Path) -> None:
    panel = hands.panel
    digest = asyncio.run(panel.session.import_file(table(tmp_path)))
    assert panel.show_colour_table(digest, "Swap.cube")
    layer = chosen(hands)
    assert layer.name == "Swap" and layer.adjustment == ColourLookup(table=digest, name="Swap.cube")
    assert tuple(hands.picture()[100, 150]) == (30, 30, 220, 255)
    assert digest in hands.document.assets()
    section = panel._inspector.adjustment
    assert section.table is not None and section.table.name.text() == "Swap.cube"
    hands.undo()
    assert tuple(hands.picture()[100, 150]) == (220, 30, 30, 255)


def test_a_table_is_chosen_in_the_inspector(hands: Hands, tmp_path: Path) -> None:
    hands.panel.commands.add_adjustment(ColourLookup)
    section = hands.panel._inspector.adjustment
    assert section.table is not None
    asyncio.run(section.table.read(table(tmp_path)))
    assert tuple(hands.picture()[100, 150]) == (30, 30, 220, 255)
    broken = tmp_path / "broken.cube"
    broken.write_text("LUT_3D_SIZE 2\n1 2 3\n")
    with pytest.raises(AtelierError, match="broken"):
        asyncio.run(section.table.read(broken))


def test_drops_bring_tables_to_the_panel(hands: Hands, tmp_path: Path) -> None:
    from desktop.drops import Drops

    class Files(ProjectCommands):
        def __init__(self) -> None:
            pass

        def ensure_project(self, name: str) -> None:
            pass

    drops = Drops.__new__(Drops)
    drops._session, drops._files = hands.panel.session, Files.__new__(Files)
    from desktop.drops import _sort

    said = asyncio.run(drops._take_tables(_sort([table(tmp_path)])[0], hands.panel))
    assert not said and isinstance(chosen(hands).adjustment, ColourLookup)


def test_threshold_makes_black_and_white(hands: Hands) -> None:
    hands.panel.commands.add_adjustment(Threshold)
    assert {tuple(pixel) for pixel in hands.picture().reshape(-1, 4)} == {(0, 0, 0, 255), (255, 255, 255, 255)}
