"""Colours: hex in, hex out, alpha at the end as in CSS."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.widgets.colour import ColourField, ColourPopup, from_qcolor, parse_colour, to_qcolor


@pytest.mark.parametrize(
    ("typed", "colour"),
    [("#FFF", "#ffffff"), ("6c61e8", "#6c61e8"), (" #11223344 ", "#11223344"), ("red", None), ("#12", None)],
)
def test_parsing(typed: str, colour: str | None) -> None:
    assert parse_colour(typed) == colour


def test_alpha_stands_at_the_end() -> None:
    assert to_qcolor("#11223380").alpha() == 0x80
    assert from_qcolor(to_qcolor("#11223380")) == "#11223380"
    assert from_qcolor(to_qcolor("#112233ff")) == "#112233"


def test_typing_commits_and_nonsense_is_marked(qtbot: QtBot, dressed: QApplication) -> None:
    field = ColourField("Fill", "#000000")
    qtbot.addWidget(field)
    committed: list[str] = []
    field.committed.connect(committed.append)
    field.edit.setText("#6c61e8")
    field.edit.editingFinished.emit()
    assert field.value() == "#6c61e8"
    assert committed == ["#6c61e8"]
    field.edit.setText("blueish")
    field.edit.editingFinished.emit()
    assert field.edit.property("state") == "bad"
    assert field.value() == "#6c61e8"


def test_the_picker_answers_to_the_keyboard_and_escape_takes_back(qtbot: QtBot, dressed: QApplication) -> None:
    popup = ColourPopup("#ff0000", alpha=False)
    seen: list[str] = []
    popup.changed.connect(seen.append)
    popup.show()
    QTest.keyClick(popup.hue, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert seen
    assert seen[-1] != "#ff0000"
    QTest.keyClick(popup, Qt.Key.Key_Escape)
    assert seen[-1] == "#ff0000"
