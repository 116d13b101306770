"""Filter layers by the hand: from the menu and the layer list, tried on the canvas, through a selection, and undone."""

import numpy as np
import pytest
from image_hands import Hands
from PySide6.QtWidgets import QApplication

from core.documents.image import AdjustmentLayer
from core.documents.image_filters import AddNoise, GaussianBlur, Mosaic
from desktop.actions import MENU
from desktop.panels.image.words import FILTERS, adjustment_name


def chosen(hands: Hands) -> AdjustmentLayer:
    layer = hands.panel.editor.layer
    assert isinstance(layer, AdjustmentLayer)
    return layer


def test_every_filter_shows_its_controls_and_resets(hands: Hands) -> None:
    section = hands.panel._inspector.adjustment
    for kind in FILTERS:
        hands.panel.commands.add_adjustment(kind)
        layer = chosen(hands)
        assert isinstance(layer.adjustment, kind) and layer.name == adjustment_name(kind)
        assert not section.isHidden() and not section.reset.isEnabled() and section.rows is not None
        for name, slider in section.rows.sliders.items():
            assert slider.value() == pytest.approx(getattr(layer.adjustment, name))
        hands.picture()
        hands.undo()


def test_the_menu_and_the_list_offer_them_all(hands: Hands) -> None:
    entries = [action for action in hands.panel.actions() if action.property(MENU) == "filter"]
    assert [entry.text() for entry in entries] == [adjustment_name(kind) for kind in FILTERS]
    listed = hands.panel._layers.filters.actions()
    assert [entry.text() for entry in listed] == [adjustment_name(kind) for kind in FILTERS]
    listed[0].trigger()
    assert isinstance(chosen(hands).adjustment, GaussianBlur)
    model = hands.panel._layers.tree.layers
    assert model.kind_of(chosen(hands)) == "Filter"
    hands.undo()
    entries[0].trigger()
    assert isinstance(chosen(hands).adjustment, GaussianBlur)


def test_a_radius_is_tried_live_and_taken_in_one_step(hands: Hands) -> None:
    section, editor = hands.panel._inspector.adjustment, hands.panel.editor
    before = hands.picture()
    hands.panel.commands.add_adjustment(GaussianBlur)
    assert section.rows is not None
    slider = section.rows.sliders["radius"]
    for radius in (10.0, 20.0, 30.0):
        slider.value_changed.emit(radius)
    shown = editor.shown
    assert shown is not None and shown.layer(chosen(hands).id).adjustment == GaussianBlur(radius=30)  # type: ignore[union-attr]
    assert hands.layer(chosen(hands).id).adjustment == GaussianBlur()  # type: ignore[union-attr]
    slider.committed.emit(30.0)
    assert chosen(hands).adjustment == GaussianBlur(radius=30)
    assert np.abs(hands.picture().astype(int) - before).max() > 20
    hands.undo()
    hands.undo()
    assert np.array_equal(hands.picture(), before)


def test_it_takes_the_selection_as_its_mask(hands: Hands) -> None:
    before = hands.picture()
    hands.panel.use_tool("marquee")
    hands.drag([(20, 20), (60, 60), (90, 80)])
    hands.panel.commands.add_adjustment(Mosaic)
    assert chosen(hands).mask is not None and hands.document.selection is None
    changed = np.abs(hands.picture().astype(int) - before).max(axis=-1) > 2
    outside = changed.copy()
    outside[20:80, 20:90] = False
    assert not outside.any()


def test_painting_below_a_filter_is_seen_through_it(hands: Hands) -> None:
    hands.panel.commands.add_adjustment(GaussianBlur)
    editor = hands.panel.editor
    editor.select(["red"])
    hands.panel.use_tool("brush")
    hands.drag([(150, 100), (160, 105), (170, 110)])
    expected = hands.picture()
    hands.qtbot.waitUntil(lambda: all(hands.canvas.tiles.is_fresh(key) for key in hands.canvas.visible_keys()))
    QApplication.processEvents()
    for x, y in ((150, 100), (160, 105), (140, 95), (175, 118)):
        assert np.abs(np.subtract(hands.seen(x, y), expected[y, x, :3].astype(int))).max() <= 4


def test_a_seed_is_a_whole_number_of_its_own(hands: Hands) -> None:
    hands.panel.commands.add_adjustment(AddNoise)
    section = hands.panel._inspector.adjustment
    assert section.rows is not None
    section.rows.boxes["monochrome"].click()
    section.rows.sliders["seed"].committed.emit(7.0)
    assert chosen(hands).adjustment == AddNoise(monochrome=False, seed=7)
    hands.undo()
    assert chosen(hands).adjustment == AddNoise(monochrome=False)
