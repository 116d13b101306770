"""Tools of one family share a button: it lists them, remembers the last one, and never makes the window too high."""

import pytest
from image_hands import NONE, Hands
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests_desktop import Run

from desktop.panels.image.panel import ImagePanel
from desktop.panels.image.tool_button import HOLD, ToolButton
from desktop.panels.image.toolbar import ToolStrip

LEFT, SHIFT = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture(autouse=True)
def ready(run: Run, panel: ImagePanel) -> None:
    """The loop is there before the panel, and ends after it."""


def strip(panel: ImagePanel) -> ToolStrip:
    found = panel.tools_widget()
    assert isinstance(found, ToolStrip)
    return found


def button(panel: ImagePanel, tool: str) -> ToolButton:
    return next(one for one in strip(panel).buttons if tool in one.tools)


def listed(one: ToolButton) -> list[str]:
    assert one.menu_shown is not None
    return [action.text().partition("\t")[0] for action in one.menu_shown.actions()]


def choose(one: ToolButton, name: str) -> None:
    menu = one.menu_shown
    assert menu is not None
    action = next(a for a in menu.actions() if a.text().startswith(name))
    QTest.mouseClick(menu, LEFT, NONE, menu.actionGeometry(action).center())
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_a_held_or_right_clicked_button_lists_its_family(panel: ImagePanel, qtbot: QtBot) -> None:
    tones = button(panel, "dodge")
    strip(panel).show()
    QTest.mousePress(tones, LEFT, NONE, tones.rect().center())
    qtbot.waitUntil(lambda: tones.menu_shown is not None, timeout=20 * HOLD)
    assert listed(tones) == ["Dodge", "Burn", "Sponge"]
    choose(tones, "Burn")
    assert panel.canvas.tool is panel.tools["burn"] and tones.accessibleName() == "Burn" and tones.isChecked()
    at = tones.rect().center()
    QApplication.sendEvent(tones, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, tones.mapToGlobal(at)))
    choose(tones, "Sponge")
    assert panel.canvas.tool is panel.tools["sponge"]
    panel.use_tool("move")
    QTest.mouseClick(tones, LEFT)
    assert panel.canvas.tool is panel.tools["sponge"]  # the one used last
    text = button(panel, "text")
    text.open_family()
    assert text.menu_shown is None  # alone


def test_the_keyboard_reaches_every_tool_of_a_family(panel: ImagePanel) -> None:
    one = button(panel, "smudge")
    strip(panel).show()
    assert one.focusPolicy() & Qt.FocusPolicy.TabFocus
    QTest.keyClick(one, Qt.Key.Key_Down)
    assert one.menu_shown is not None
    QTest.keyClick(one.menu_shown, Qt.Key.Key_Down)
    QTest.keyClick(one.menu_shown, Qt.Key.Key_Return)
    assert panel.canvas.tool is panel.tools["blur"]
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_letters_choose_families_and_shift_goes_through_them(hands: Hands) -> None:
    hands.panel.activateWindow()
    hands.canvas.setFocus()
    used = []
    for key, keys in (
        (Qt.Key.Key_J, NONE),
        (Qt.Key.Key_J, SHIFT),
        (Qt.Key.Key_O, NONE),
        (Qt.Key.Key_O, SHIFT),
        (Qt.Key.Key_G, NONE),
        (Qt.Key.Key_G, SHIFT),
        (Qt.Key.Key_R, NONE),
        (Qt.Key.Key_S, NONE),
        (Qt.Key.Key_J, NONE),
    ):
        hands.key(key, keys)
        assert hands.canvas.tool is not None
        used.append(hands.canvas.tool.id)
    assert used == ["spot-heal", "heal", "dodge", "burn", "gradient", "bucket", "smudge", "clone", "heal"]


def test_the_strip_remembers_what_was_used_last(panel: ImagePanel, qtbot: QtBot) -> None:
    panel.use_tool("sharpen")
    panel.use_tool("brush")
    again = ImagePanel(panel.session)
    qtbot.addWidget(again)
    assert button(again, "smudge").current == "sharpen"
    again.use_one_of(["smudge", "blur", "sharpen"])
    assert again.canvas.tool is again.tools["sharpen"]
    again.shut_down()
    own = again.properties_widget(), again.structure_widget(), again.tools_widget(), again.options_widget()
    for lent in (*own, *again.side_widgets().values()):
        lent.deleteLater()


def test_it_folds_into_columns_where_the_window_is_low(panel: ImagePanel, qtbot: QtBot) -> None:
    one = strip(panel)
    assert one.minimumSizeHint().height() < 400  # of the 768 of a small screen, the tray open
    assert one.sizeHint().height() < 800  # in one column on a screen of 1080
    one.show()
    one.resize(one.sizeHint())
    QApplication.processEvents()
    assert len({b.x() for b in one.buttons}) == 1
    one.resize(one.width(), 460)
    QApplication.processEvents()
    one.resize(one.sizeHint().width(), 460)
    QApplication.processEvents()
    assert len({b.x() for b in one.buttons}) == 2
    inside = one.rect()
    for part in (*one.buttons, one.wells):
        assert inside.contains(part.geometry()), part
    places = [b.geometry() for b in one.buttons]
    assert not any(a.intersects(b) for i, a in enumerate(places) for b in places[i + 1 :])
