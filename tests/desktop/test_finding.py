"""Finding by a few letters, in two languages; shortcuts that can be changed."""

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop import shortcuts
from desktop.actions import keys_text, make_action, plain_text
from desktop.fuzzy import score


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("remove", "Remove background, cut out"),
        ("background remove", "Remove background"),
        ("rmbg", "remove background"),
        ("cut", "Remove background, cut out, isolate"),
        ("抠图", "移除背景, 抠图, 去背"),
        ("放大", "图像放大, Enlarge"),
    ],
)
def test_it_is_found(words: str, text: str) -> None:
    assert score(words, text) > 0


def test_what_does_not_fit_is_not_found() -> None:
    assert score("palette", "Remove background") == 0
    assert score("background zebra", "Remove background") == 0
    assert score("图层", "移除背景") == 0


def test_a_word_beats_a_piece_of_one() -> None:
    assert score("noise", "Remove noise") > score("noise", "Denoised things")
    assert score("undo", "Undo") > score("undo", "Bundout")


def test_shortcuts_can_be_changed_reset_and_clash(qtbot: QtBot, dressed: QApplication) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    first = make_action(owner, "a.first", "&First…", shortcut="Ctrl+1")
    second = make_action(owner, "a.second", "Second", shortcut="Ctrl+2; F5")
    assert plain_text(first) == "First"
    first.setText("剪切(&T)")
    assert plain_text(first) == "剪切"
    assert keys_text(second) == "Ctrl+2; F5"
    custom: dict[str, str] = {}
    shortcuts.assign(second, "Ctrl+1", custom)
    assert custom == {"a.second": "Ctrl+1"}
    assert set(shortcuts.conflicts([first, second])) == {"Ctrl+1"}
    assert shortcuts.taken_by("Ctrl+1", [first, second], second) is first
    shortcuts.assign(second, "Ctrl+2; F5", custom)
    assert custom == {}
    shortcuts.apply([first, second], {"a.first": ""})
    assert not first.shortcuts()
