"""Effects of a layer through the inspector and the menu; everything is one undo step."""

import asyncio
from collections.abc import Callable

import pytest
from image_hands import Hands
from PySide6.QtCore import Qt

from core.documents.image import BlendMode, RasterLayer
from core.documents.image_effects import ColourOverlay, DropShadow, Effect, Stroke
from desktop.panels.image.effect_commands import add_effect
from desktop.panels.image.effects_section import EffectsSection
from desktop.panels.image.words import EFFECTS


@pytest.fixture
def section(hands: Hands) -> EffectsSection:
    hands.panel.editor.select(["red"])
    return hands.panel._inspector.effects


def effects(hands: Hands) -> tuple[Effect, ...]:
    return hands.layer("red").effects


def test_every_kind_is_added_shown_and_taken_back(hands: Hands, section: EffectsSection) -> None:
    assert not section.isHidden() and section.list.isHidden()
    menu = section.add.menu()
    assert menu is not None
    for number, kind in enumerate(EFFECTS, 1):
        menu.actions()[number - 1].trigger()
        assert isinstance(effects(hands)[-1], kind)
        assert section.list.count() == number
        assert section.body is not None and section.body.kind is kind
    hands.picture()
    for number in range(len(EFFECTS) - 1, -1, -1):
        hands.undo()
        assert len(effects(hands)) == section.list.count() == number


def test_a_stroke_is_live_and_one_step(hands: Hands, section: EffectsSection, settle: Callable[[], None]) -> None:
    add_effect(hands.panel.editor, Stroke)
    assert section.body is not None
    rows, editor = section.body.rows, hands.panel.editor
    rows.colours["colour"].committed.emit("#00ff00")
    rows.sliders["size"].value_changed.emit(20.0)
    assert editor.shown is not editor.document
    settle()
    assert hands.seen(90, 110) == (0, 255, 0)
    rows.sliders["size"].committed.emit(10.0)
    settle()
    assert hands.seen(95, 110) == (0, 255, 0) and hands.seen(85, 110) == (255, 255, 255)
    rows.choices["position"].committed.emit("inside")
    assert effects(hands) == (Stroke(size=10, colour="#00ff00", position="inside"),)
    settle()
    assert hands.seen(95, 110) == (255, 255, 255) and hands.seen(105, 110) == (0, 255, 0)
    assert hands.seen(120, 110) == (220, 30, 30)
    hands.undo()
    settle()
    assert hands.seen(95, 110) == (0, 255, 0)


def test_switching_ordering_blending_and_deleting(hands: Hands, section: EffectsSection) -> None:
    for kind in (DropShadow, ColourOverlay, Stroke):
        add_effect(hands.panel.editor, kind)
    section.list.item(1).setCheckState(Qt.CheckState.Unchecked)
    assert effects(hands) == (DropShadow(), ColourOverlay(enabled=False), Stroke())
    section.up.click()
    assert effects(hands) == (DropShadow(), Stroke(), ColourOverlay(enabled=False))
    assert section.body is not None and section.body.kind is ColourOverlay
    section.down.click()
    section.down.click()
    assert effects(hands) == (ColourOverlay(enabled=False), DropShadow(), Stroke())
    section.list.setCurrentRow(1)
    assert section.body.kind is DropShadow
    section.body.blend.committed.emit(BlendMode.LINEAR_BURN)
    section.body.opacity.committed.emit(30.0)
    assert effects(hands)[1] == DropShadow(blend=BlendMode.LINEAR_BURN, opacity=0.3)
    section.remove.click()
    assert effects(hands) == (ColourOverlay(enabled=False), Stroke())
    hands.undo()
    assert effects(hands)[1] == DropShadow(blend=BlendMode.LINEAR_BURN, opacity=0.3)


def test_turning_into_pixels_keeps_what_is_seen(hands: Hands, section: EffectsSection) -> None:
    add_effect(hands.panel.editor, DropShadow)
    before = hands.picture().astype(int)
    made: list[str] = []

    async def flatten() -> None:
        editor = hands.panel.editor
        compositor = editor.compositor
        assert compositor is not None
        await hands.panel.commands._flattening("Rasterise layer", editor.require(), ("red",), "Red", compositor)
        made.extend(editor.selection)

    asyncio.run(flatten())
    layer = hands.layer(made[0])
    assert isinstance(layer, RasterLayer) and not layer.effects and layer.width > 200
    # The shadow is multiplied with nothing when it is made alone; on white that looks the same.
    assert abs(hands.picture().astype(int) - before).max() <= 2
