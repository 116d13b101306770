"""Liquify by hand: pixels go with the brush, strokes are taken back one by one, and all of it is kept as one step."""

import numpy as np
import pytest
from image_hands import Hands
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from core.documents import image_edits
from core.documents.image import RasterLayer, Transform
from core.documents.image_warp import Warp
from desktop.panels.image.liquify_options import LiquifyPage
from desktop.panels.image.tools.liquify import LiquifyTool

CTRL = Qt.KeyboardModifier.ControlModifier


def begin(hands: Hands) -> LiquifyTool:
    hands.panel.editor.session.settings.views.pop("image.liquify", None)
    hands.panel.editor.select(["red"])
    hands.panel.frame_actions.by_id["layer.liquify"].trigger()
    tool = hands.canvas.tool
    assert isinstance(tool, LiquifyTool)
    tool._options = None
    tool.adjust(size=80.0, strength=1.0)
    return tool


def spot(hands: Hands) -> None:
    """Put a green square into the middle of the red picture."""
    editor = hands.panel.editor
    editor.select(["red"])
    chosen = np.zeros((400, 600), np.uint8)
    chosen[125:135, 195:205] = 255
    editor.pixels.choose("Select", chosen)
    hands.panel.pixel_commands.fill("#00ff00")
    editor.pixels.nothing()


def green(picture: np.ndarray) -> tuple[float, float]:
    found = np.argwhere((picture[..., 1] > 180) & (picture[..., 0] < 90)).mean(axis=0)
    return float(found[1]), float(found[0])


@pytest.mark.parametrize("transform", [Transform(x=100, y=80), Transform(x=100, y=80, scale_x=-1.0, rotation=180.0)])
def test_what_is_under_the_brush_goes_with_it_in_one_step(hands: Hands, transform: Transform) -> None:
    hands.panel.editor.commit("Turn", image_edits.update(hands.document, ["red"], transform=transform))
    spot(hands)
    before, count = hands.document, len(hands.steps())
    begin(hands)
    hands.drag([(200, 130), (210, 130), (220, 130), (230, 130)])
    hands.drag([(120, 100), (125, 105), (130, 110)])
    assert hands.document == before
    hands.key(Qt.Key.Key_Return)
    assert hands.steps()[count:] == ["Liquify"]
    assert hands.canvas.tool is hands.panel.move_tool and not hands.canvas.tiles.overrides
    x, y = green(hands.picture())
    assert x == pytest.approx(228, abs=5) and y == pytest.approx(130, abs=2)
    hands.undo()
    assert hands.document == before


def test_the_canvas_shows_it_at_once_and_escape_takes_it_back(hands: Hands) -> None:
    spot(hands)
    before = hands.document
    tool = begin(hands)
    hands.drag([(200, 130), (210, 130), (220, 130), (230, 130)])
    hands.qtbot.waitUntil(lambda: hands.seen(228, 126)[1] > 180, timeout=5000)
    hands.drag([(230, 130), (230, 120), (230, 110)])
    hands.key(Qt.Key.Key_Z, CTRL)
    hands.qtbot.waitUntil(lambda: hands.seen(228, 126)[1] > 180, timeout=5000)
    assert tool.pending
    hands.key(Qt.Key.Key_Escape)
    QApplication.processEvents()
    assert hands.document == before and hands.canvas.tool is hands.panel.move_tool
    hands.qtbot.waitUntil(lambda: hands.seen(200, 127)[1] > 180, timeout=5000)
    assert hands.seen(228, 126)[1] < 60


def test_a_held_brush_goes_on_and_restore_brings_back(hands: Hands) -> None:
    tool = begin(hands)
    page = hands.panel.options_widget().findChild(LiquifyPage)
    assert isinstance(page, LiquifyPage)
    page.kind.committed.emit("bloat")
    hands.press(200, 130)
    field = tool._field
    assert field is not None
    first = float(np.abs(field.moves).max())
    hands.qtbot.waitUntil(lambda: float(np.abs(field.moves).max()) > 2 * first > 0, timeout=5000)
    hands.release(200, 130)
    hands.key(Qt.Key.Key_BracketRight)
    assert tool.options.size == 92
    page.reset.click()
    assert not tool.pending or not np.abs(field.moves).max()
    hands.key(Qt.Key.Key_Return)
    assert hands.steps()[-1] != "Liquify"


def test_only_what_is_chosen_moves_and_bent_layers_are_refused(hands: Hands) -> None:
    spot(hands)
    editor = hands.panel.editor
    chosen = np.zeros((400, 600), np.uint8)
    chosen[:, 400:] = 255
    editor.pixels.choose("Select", chosen)
    before = hands.document.layer("red")
    begin(hands)
    hands.drag([(200, 130), (210, 130), (230, 130)])
    hands.key(Qt.Key.Key_Return)
    after = hands.document.layer("red")
    assert isinstance(before, RasterLayer) and isinstance(after, RasterLayer) and after.pixels == before.pixels
    said: list[str] = []
    editor.hint.connect(said.append)
    warp = Warp(corners=((0.0, 0.0), (1.0, 0.3), (1.0, 0.7), (0.0, 1.0)))
    editor.commit("Bend", image_edits.update(hands.document, ["red"], warp=warp))
    begin(hands)
    assert any("bent" in text for text in said)
