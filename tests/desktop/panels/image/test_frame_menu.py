"""The Image menu for the whole picture: sizes in any unit, turning, mirroring, trimming and showing all."""

import asyncio

import numpy as np
import pytest
from image_hands import Hands
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from core.documents import image_edits, image_place
from core.documents.image import RasterLayer
from desktop.panels.image.size_dialog import SizeDialog


def choose(hands: Hands, name: str) -> None:
    hands.panel.frame_actions.by_id[name].trigger()


def dialog(hands: Hands) -> SizeDialog:
    found = hands.panel.frame_actions.dialog
    assert found is not None and found.isVisible()
    return found


def test_the_picture_is_scaled_in_centimetres(hands: Hands) -> None:
    choose(hands, "image.size")
    asked = dialog(hands)
    asked.resolution.change(254)
    QTest.mouseClick(asked.unit._group.button(1), Qt.MouseButton.LeftButton)
    asked.across.setFocus()
    asked.across.change(12)
    assert asked.down.value() == 8
    QTest.keyClick(asked, Qt.Key.Key_Return)
    assert (hands.document.width, hands.document.height, hands.document.resolution) == (1200, 800, 254)
    layer = hands.layer("red")
    assert isinstance(layer, RasterLayer) and layer.transform.scale_x == pytest.approx(2) and layer.width == 200


def test_the_canvas_grows_by_so_much_about_its_anchor(hands: Hands) -> None:
    choose(hands, "image.canvas")
    asked = dialog(hands)
    asked.relative.click()
    asked.across.change(50)
    asked.anchor.choose(0, 1)
    asked.down.change(40_000)
    assert not asked.apply_button.isEnabled()
    asked.down.change(0)
    asked.apply_button.click()
    assert (hands.document.width, hands.document.height) == (650, 400)
    layer = hands.layer("red")
    assert isinstance(layer, RasterLayer) and layer.transform.x == 100
    assert hands.steps()[-1] == "Resize canvas"


def test_turning_and_mirroring_the_picture(hands: Hands) -> None:
    before = hands.document
    red = hands.picture()
    choose(hands, "image.turn-right")
    turned = hands.picture()
    assert (hands.document.width, hands.document.height) == (400, 600)
    assert np.abs(turned.astype(int) - np.rot90(red, -1)).mean() < 1  # letters are drawn anew
    choose(hands, "image.turn-left")
    choose(hands, "image.flip-h")
    assert tuple(hands.picture()[100, 450, :3]) == tuple(red[100, 150, :3]) == (220, 30, 30)
    assert hands.steps()[-1] == "Flip picture"
    for _ in range(3):
        hands.undo()
    assert hands.document == before


def test_trimming_and_revealing(hands: Hands) -> None:
    editor = hands.panel.editor
    asyncio.run(hands.panel.frame_actions.commands.trim())
    assert hands.document.width == 600
    document = image_edits.update(hands.document, ["back", "words"], visible=False)
    editor.commit("Hide", document)
    asyncio.run(hands.panel.frame_actions.commands.trim())
    assert (hands.document.width, hands.document.height) == (200, 100)
    assert (hands.picture()[..., 3] == 255).all()
    editor.commit("Move", image_place.move_by(hands.document, ["red"], -30, 0))
    choose(hands, "image.reveal")
    box = editor.bounds([layer.id for layer in hands.document.layers])
    assert box is not None and box.left >= 0 and box.top >= 0
    assert box.right <= hands.document.width and box.bottom <= hands.document.height
