"""Both languages are whole: every text, every place in it, and the compiled file is that of the source."""

import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

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
            found.append((name, message.findtext("source") or "", message.findtext("translation") or ""))
    return found


@pytest.fixture
def chinese() -> list[tuple[str, str, str]]:
    return messages(resource("translations", "atelier_zh_CN.ts"))


def test_everything_is_translated() -> None:
    done = subprocess.run(
        [sys.executable, "scripts/translations.py", "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def test_every_operation_is_in_it(chinese: list[tuple[str, str, str]]) -> None:
    known = {source for context, source, _ in chinese if context == "operations"}
    for cls in all_operations().values():
        assert {cls.info.title, cls.info.help, cls.info.intent} <= known


def test_the_compiled_file_says_what_the_source_says(chinese: list[tuple[str, str, str]], qapp: QApplication) -> None:
    translator = QTranslator()
    assert translator.load("atelier_zh_CN", str(resource("translations")))
    different = [s for c, s, t in chinese if t and translator.translate(c, s) != t]
    assert not different


def test_chinese_is_written_as_chinese(chinese: list[tuple[str, str, str]]) -> None:
    """Full-width marks after Chinese signs, and no half-width sentence ends."""
    wrong = [t for _, _, t in chinese if re.search(r"[\u4e00-\u9fff][,.;:!?](?!\w)", t)]
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
