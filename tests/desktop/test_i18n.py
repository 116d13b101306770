"""Both languages are whole: every text, every place in it, and the compiled file is that of the source."""

import importlib.util
import re
import sys
import xml.etree.ElementTree as ET
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtCore import QCoreApplication, QTranslator
from PySide6.QtWidgets import QApplication

from core.operations.base import all_operations
from core.resources import resource
from desktop import i18n

ROOT = Path(__file__).parents[2]


def messages(path: Path) -> list[tuple[str, str, str]]:
    found = []
    for context in ET.parse(path).getroot().iter("context"):
        for message in context.iter("message"):
            name = context.findtext("name") or ""
            text = message.findtext("translation/numerusform") or message.findtext("translation") or ""
            found.append((name, message.findtext("source") or "", text))
    return found


@pytest.fixture
def chinese() -> list[tuple[str, str, str]]:
    return messages(resource("translations", "atelier_zh_CN.ts"))


@pytest.fixture(scope="module")
def script() -> ModuleType:
    """``scripts/translations.py``, which is no part of a package."""
    spec = importlib.util.spec_from_file_location("translations_script", ROOT / "scripts" / "translations.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def check(script: ModuleType, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr(sys, "argv", ["translations.py", "--check"])
    code: int = script.main()
    return code


def test_everything_is_translated(
    script: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Collected afresh: a text that was written into the source a moment ago counts."""
    assert check(script, monkeypatch) == 0, capsys.readouterr().out


def test_a_new_text_in_the_source_is_missed(
    script: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    texts = [*script.collect(), script.Text("Menus", "Not translated by anybody")]
    monkeypatch.setattr(script, "collect", lambda: texts)
    folder = resource("translations")
    before = {path: path.read_bytes() for path in folder.iterdir()}
    assert check(script, monkeypatch) == 1
    assert "zh_CN: not translated: Menus: Not translated by anybody" in capsys.readouterr().out.splitlines()
    assert {path: path.read_bytes() for path in folder.iterdir()} == before, "nothing is changed"


SOURCE = """
class Shelf(QWidget):
    def __init__(self, panel: "ImagePanel") -> None:
        super().__init__()
        self.panel = panel
        self.setToolTip(self.tr("One " "text"))
        self.setWindowTitle(f"{self.tr('In an f-string')} (*)")
        self.count = self.tr("%n books", "on a shelf", 3)
        panel.setToolTip(panel.tr("Of the panel"))

    def act(self, project) -> None:
        self.panel.tr("Of the panel too")
        label = "One picture" if self.count else "Many pictures"
        self.commit(label)
        project.commit("Sort books", 3)
        self.commit(QT_TRANSLATE_NOOP("history", "Lend book"))
        "abc".translate({})


def outside() -> str:
    return QCoreApplication.translate("since", "just now")
"""


def test_texts_are_found_wherever_they_stand(script: ModuleType, tmp_path: Path) -> None:
    path = tmp_path / "shelf.py"
    path.write_text(SOURCE, encoding="utf-8")
    assert set(script.Collector(path).found) == {
        script.Text("Shelf", "One text"),
        script.Text("Shelf", "In an f-string"),
        script.Text("Shelf", "%n books", "on a shelf", counted=True),
        script.Text("ImagePanel", "Of the panel"),
        script.Text("ImagePanel", "Of the panel too"),
        script.Text("history", "One picture"),
        script.Text("history", "Many pictures"),
        script.Text("history", "Sort books"),
        script.Text("history", "Lend book"),
        script.Text("since", "just now"),
    }


@pytest.mark.parametrize("call", ["self.tr(text)", "self.tr('a' if text else 'b')", "somebody.tr('A text')"])
def test_a_text_that_cannot_be_found_is_said(script: ModuleType, tmp_path: Path, call: str) -> None:
    path = tmp_path / "shelf.py"
    path.write_text(f"class Shelf:\n    def act(self, text):\n        {call}\n", encoding="utf-8")
    with pytest.raises(script.NotCollectedError, match=r"shelf\.py:3"):
        script.Collector(path)


def test_every_operation_is_in_it(chinese: list[tuple[str, str, str]]) -> None:
    known = {source for context, source, _ in chinese if context == "operations"}
    for cls in all_operations().values():
        assert {cls.info.title, cls.info.help, cls.info.intent} <= known


def test_the_compiled_file_says_what_the_source_says(chinese: list[tuple[str, str, str]], qapp: QApplication) -> None:
    translator = QTranslator()
    assert translator.load("atelier_zh_CN", str(resource("translations")))
    different = [s for c, s, t in chinese if translator.translate(c, s, "", 2 if "%n" in s else -1) != t]
    assert not different


def test_chinese_is_written_as_chinese(chinese: list[tuple[str, str, str]]) -> None:
    """Full-width marks after Chinese signs, and no half-width sentence ends."""
    wrong = [t for _, _, t in chinese if re.search(r"[\u4e00-\u9fff][,.;:!?](?!\w)", t)]
    assert not wrong


def test_a_space_stands_between_chinese_and_latin(chinese: list[tuple[str, str, str]]) -> None:
    """One between Chinese signs and Latin letters or digits, none between two Chinese signs."""
    sign = r"[\u4e00-\u9fff]"
    search_words = {cls.info.intent for cls in all_operations().values()}
    wrong = [
        text
        for _, source, text in chinese
        if source not in search_words and re.search(f"{sign}[A-Za-z0-9%]|[A-Za-z0-9%]{sign}|{sign} +{sign}", text)
    ]
    assert not wrong


def test_switching_and_back(qapp: QApplication) -> None:
    i18n.use("zh_CN")
    assert i18n.language() == "zh_CN"
    assert QCoreApplication.translate("Menus", "&Layer") != "&Layer"
    info = all_operations()["image.remove_background"].info
    assert i18n.operation_title(info) != info.title
    assert info.title in i18n.search_words(info), "found by English words too"
    i18n.use("en")
    assert QCoreApplication.translate("Menus", "&Layer") == "&Layer"
    assert i18n.operation_title(info) == info.title


def test_an_unknown_language_is_english(qapp: QApplication) -> None:
    assert i18n.use("tlh") == "en"
