"""Both languages are whole: every text, every place in it, and the compiled file is that of the source."""

import errno
import importlib.util
import re
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtCore import QCoreApplication, QTranslator
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests_desktop import Run, settled

from core.operations.base import DECLARATIONS, Asset, all_operations
from core.operations.image import Denoise
from core.operations.recipe import Step, single
from core.project.project import Project
from core.resources import resource
from core.values import AtelierError, Message
from desktop import i18n
from desktop.docks.jobs import JobsDock
from desktop.session import Session
from desktop.widgets.banner import Banner

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
    for cls in (cls for cls in all_operations().values() if cls.__module__ in DECLARATIONS):
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


@pytest.fixture
def in_chinese(dressed: QApplication) -> Iterator[None]:
    i18n.use("zh_CN")
    yield
    i18n.use("en")


def test_what_the_core_says_is_translated_with_its_values(in_chinese: None) -> None:
    assert i18n.said(AtelierError("“{name}” is empty.", name="{name}.png")) == "“{name}.png”是空文件。"
    why = Message("line {line} is not well-formed ({why})", line=3, why="{0}")
    assert i18n.said(Message("“{name}” is damaged: {why}.", name="a", why=why)) == "“a”已损坏：第 3 行格式有误（{0}）。"
    size = Message("“{name}” ({kind}, {size:,} bytes) is damaged.", name="a", kind="image/png", size=1234567)
    assert i18n.said(size) == "“a”（image/png，1,234,567 字节）已损坏。"
    step = Message("{title}: {step}", title=Message("Enlarge"), step=Message("Tile {done} of {total}", done=1, total=4))
    assert i18n.said(step) == "放大图片：第 1 块，共 4 块", "titles of operations stand in it too"
    assert i18n.said(PermissionError(errno.EACCES, "Permission denied")) == "没有权限"


def test_what_is_not_translated_is_said_in_english(in_chinese: None) -> None:
    for text in ("Encoding {", "{0} {name}", "No file of mine is called this"):
        assert i18n.said(AtelierError(text)) == i18n.said(Message(text)) == text
    assert i18n.said("Encoding") == "Encoding", "a text of a person is no message"
    assert i18n.said(Message("Nobody translated “{name}”.", name="{}")) == "Nobody translated “{}”."


def test_a_translation_that_does_not_fit_is_english(
    in_chinese: None, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    for broken in ("“{nom}”", "“{name", "“{name.x}”", "“{}”", "“{name:d}”"):
        monkeypatch.setattr(i18n, "word", lambda _context, _text, broken=broken: broken)
        assert i18n.said(Message("“{name}” is empty.", name="a")) == "“a” is empty."
    assert "does not fit" in caplog.text


def test_steps_and_recipes_are_called_what_a_person_reads(in_chinese: None) -> None:
    asset = Asset(hash="0" * 64)
    recipe = single(Denoise(image=asset))
    assert i18n.recipe_title(recipe) == i18n.step_title(recipe.steps[0]) == "降噪"
    assert i18n.step_title(Step("a", Denoise(image=asset), "Enlarge the photo")) == "放大照片"
    assert i18n.recipe_title(single(Denoise(image=asset), "photo.png")) == "photo.png"


def test_a_broken_picture_is_refused_in_chinese(
    session: Session, project: Project, run: Run, qtbot: QtBot, tmp_path: Path, in_chinese: None
) -> None:
    """From the decoder in the core process to the banner, the job list and what is read aloud of it."""
    banner, jobs = Banner(), JobsDock(session)
    qtbot.addWidget(banner)
    qtbot.addWidget(jobs)
    session.notice.connect(banner.show_notice)
    path = tmp_path / "{0}.png"
    path.write_bytes(resource("samples", "coffee.png").read_bytes()[:5000])

    async def work() -> None:
        session.spawn(session.import_image(path))
        await settled(session)

    run(work())
    sentence = "“{0}.png”不完整：图片尚未结束，文件就已中断。"
    assert banner.text == sentence
    task = session.work.tasks[-1]
    assert str(task.error) == "“{0}.png” is cut off: the file ends before the picture does."
    row = jobs._rows[task.id]
    assert row._detail.text() == row._detail.toolTip() == sentence
    assert sentence in row.accessibleName()


def test_a_recovered_project_says_so_in_chinese(in_chinese: None, tmp_path: Path) -> None:
    path = tmp_path / "{x}.atelier"
    Project.create(path).close()
    data = bytearray(path.read_bytes())
    data[0:4] = b"junk"
    path.write_bytes(data)
    with Project.open(path) as project:
        assert project.notice.startswith("“{x}.atelier” is damaged.")
        assert i18n.said(project.notice) == (
            "“{x}.atelier”已损坏。可读取的内容已保存为“{x} (recovered).atelier”，即当前打开的项目。"
        )


def test_the_words_of_a_message_are_found(script: ModuleType, tmp_path: Path) -> None:
    path = tmp_path / "moon.py"
    path.write_text(
        """
def land(ctx, name, message):
    ctx.progress(0.5, "Tile {done} of {total}", done=1, total=2)
    ctx.progress(0.7, "{layer}", layer=name)
    ctx.progress(1.0)
    Step("a", Land(), "Land on the moon"), Step("b", Land(), label="Come back"), Recipe((), title="Journey")
    if name:
        raise DamagedError("a crater of {size:,} m", size=3)
    raise AtelierError(message)
""",
        encoding="utf-8",
    )
    assert [(t.context, t.source) for t in script.Collector(path).found] == [
        ("messages", words)
        for words in (
            "Tile {done} of {total}",
            "Land on the moon",
            "Come back",
            "Journey",
            "a crater of {size:,} m",
        )
    ]
    for call in ('AtelierError(f"No {name}")', 'Message("a" if name else "b")', 'ctx.progress(0.1, "a " + name)'):
        path.write_text(f"{call}\n", encoding="utf-8")
        with pytest.raises(script.NotCollectedError, match=r"moon\.py:1"):
            script.Collector(path)
    assert script.places("{size:,} of {all}, %n") == {"{size:,}", "{all}", "%n"}


def test_an_unknown_language_is_english(qapp: QApplication) -> None:
    assert i18n.use("tlh") == "en"
