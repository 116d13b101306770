"""Brings ``resources/translations`` up to date: collects every text, then compiles what is translated.

Run it after changing a text that a person sees: ``.venv/bin/python scripts/translations.py``. Texts come from
``desktop`` (``self.tr``, ``translate``, ``QT_TRANSLATE_NOOP``), from the labels of history steps, from what ``core``
says (errors, progress, the titles of steps; the command line is English), and from declarations, which know nothing of
Qt: operations with their fields, choices and units, and the fields of adjustments.
``--check`` collects too, but into a copy: it changes nothing and only says what is missing.

The texts are collected here and not by lupdate, which misses those inside f-strings and takes the variable of
``panel.tr()`` for a class; lupdate then merges them into what is translated already.
"""

import argparse
import ast
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from core.documents.image import Adjustment  # noqa: E402
from core.documents.image_effects import Effect  # noqa: E402
from core.documents.image_filters import Filter  # noqa: E402
from core.operations.base import DECLARATIONS, FieldKind, Group, all_operations, fields  # noqa: E402
from desktop.i18n import LANGUAGES, choice_text  # noqa: E402
from desktop.panels.image.declared import described  # noqa: E402

FOLDER = ROOT / "resources" / "translations"

MARKING = frozenset({"translate", "QT_TRANSLATE_NOOP", "word"})
"""Functions called with a context and a text."""

LABELLED = frozenset({"commit", "remove_document", "transaction"})
"""Functions whose first argument is the label of a history step."""

SAYING = {
    "AtelierError": (0, ""),
    "DamagedError": (0, ""),
    "Message": (0, ""),
    "progress": (1, ""),
    "tell": (0, ""),
    "tell_of": (0, ""),
    "Step": (2, "label"),
    "Recipe": (2, "title"),
}
"""Calls that take words of a :class:`core.values.Message`, and where: at that place, or under that keyword."""

PLACE = r"\{\w*(?::[^{}]*)?\}"
"""What is filled in: ``{name}``, ``{size:,}``."""


class NotCollectedError(Exception):
    """A call whose text cannot be known without running it; says where it is."""


@dataclass(frozen=True)
class Text:
    """One text to translate."""

    context: str
    source: str
    comment: str = ""
    counted: bool = False


def declared() -> Iterator[Text]:
    """Yield everything that declarations show; empty where they say nothing."""
    yield from (Text("operations", group.value) for group in Group)
    for cls in all_operations().values():
        if cls.__module__ not in DECLARATIONS:  # an extension has texts of its own
            continue
        info = cls.info
        yield from (Text("operations", text) for text in (info.title, info.intent, info.help))
        yield from (Text("outputs", name) for name in info.outputs)
        for field in fields(cls):
            yield Text("operations", field.title)
            yield Text("operations", field.help)
            yield Text("units", field.unit)
            if field.kind is FieldKind.CHOICE:
                yield from (Text("operations", choice_text(value)) for value in field.choices)
    for context, kinds in (("adjustments", get_args(Adjustment | Filter)), ("effects", get_args(Effect))):
        for kind in kinds:
            for _, _, meta, _ in described(kind):
                yield Text(context, meta.title or "")
                yield Text("units", (meta.extra or {}).get("unit", ""))


class Collector(ast.NodeVisitor):
    """Finds the texts of one file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.found: list[Text] = []
        self._classes: list[str] = []
        tree = ast.parse(path.read_text(encoding="utf-8"), str(path))
        self._annotated: dict[str, set[str]] = {}
        for node in ast.walk(tree):
            if isinstance(node, ast.arg) and node.annotation is not None:
                self._annotated.setdefault(node.arg, set()).add(ast.unparse(node.annotation).strip("'\""))
        self.visit(tree)

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        """Remember whose ``self.tr()`` follows."""
        self._classes.append(node.name)
        self.generic_visit(node)
        self._classes.pop()

    def visit_Assign(self, node: ast.Assign) -> None:
        """Take a literal that is called ``label``: it is a history label."""
        if any(isinstance(target, ast.Name) and target.id == "label" for target in node.targets):
            self._label(node.value)
        self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        """Take the text of a call that translates or marks one."""
        function = node.func
        name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
        texts = [a.value if isinstance(a, ast.Constant) and isinstance(a.value, str) else None for a in node.args]
        if name == "tr" and isinstance(function, ast.Attribute):
            if not texts or texts[0] is None:
                raise self._problem(node, "the text of tr() is not one literal")
            comment = texts[1] if len(texts) > 1 else ""
            self._add(self._class_of(node, function.value), texts[0], comment or "", len(texts) > 2)
        elif name in MARKING and len(texts) > 1 and texts[0] is not None and texts[1] is not None:
            self._add(texts[0], texts[1], (texts[2] if len(texts) > 2 else "") or "")
        elif name in LABELLED and node.args:
            self._label(node.args[0])
        elif name in SAYING:
            self._message(node, *SAYING[name])
        self.generic_visit(node)

    def _label(self, value: ast.expr) -> None:
        for one in (value.body, value.orelse) if isinstance(value, ast.IfExp) else (value,):
            if isinstance(one, ast.Constant) and isinstance(one.value, str):
                self._add("history", one.value)

    def _message(self, node: ast.Call, place: int, keyword: str) -> None:
        """Take the template of a message; what a variable or a call gives was collected where it was made."""
        given = [*node.args[place : place + 1], *(k.value for k in node.keywords if keyword and k.arg == keyword)]
        for value in given:
            if isinstance(value, ast.Constant) and isinstance(value.value, str):
                if re.sub(PLACE, "", value.value).strip():
                    self._add("messages", value.value)
            elif isinstance(value, ast.JoinedStr | ast.BinOp | ast.IfExp):
                raise self._problem(node, "the words of a message are not one literal")

    def _add(self, context: str, source: str, comment: str = "", counted: bool = False) -> None:
        self.found.append(Text(context, source, comment, counted))

    def _class_of(self, node: ast.Call, owner: ast.expr) -> str:
        """Return the class in whose context ``owner.tr()`` looks: of ``panel``, what a parameter of that name is."""
        name = owner.attr if isinstance(owner, ast.Attribute) else getattr(owner, "id", "")
        classes = set(self._classes[-1:]) if name == "self" else self._annotated.get(name, set())
        if len(classes) != 1:
            raise self._problem(node, f"the class of “{ast.unparse(owner)}” is not known; use translate()")
        return next(iter(classes))

    def _problem(self, node: ast.Call, words: str) -> NotCollectedError:
        return NotCollectedError(f"{self.path}:{node.lineno}: {words}")


def collect(root: Path = ROOT) -> list[Text]:
    """Return every text that a person can see, each once."""
    texts = list(declared())
    for path in sorted((root / "desktop").rglob("*.py")):
        texts += Collector(path).found
    for path in sorted((root / "core").rglob("*.py")):
        if root / "core" / "cli" not in path.parents:
            texts += (text for text in Collector(path).found if text.context in ("history", "messages"))
    return list(dict.fromkeys(text for text in texts if text.source and not text.source.isdigit()))


def write_marked(texts: list[Text], path: Path) -> None:
    """Write ``texts`` as lupdate reads them."""
    lines = []
    for context in dict.fromkeys(text.context for text in texts):
        lines += [f"class {context}:", "    def texts(self):"]
        for text in texts:
            if text.context == context:
                count = ", 0" if text.counted else ""
                lines.append(f"        self.tr({text.source!r}, {text.comment!r}{count})")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def update(language: str, folder: Path, texts: list[Text]) -> Path:
    """Return a new ``.ts`` file of ``language`` in ``folder``, with ``texts`` and what is translated of them."""
    target = folder / f"atelier_{language}.ts"
    known = FOLDER / target.name
    if known.exists():
        shutil.copyfile(known, target)
    marked = folder / "texts.py"
    write_marked(texts, marked)
    command = [tool("lupdate"), str(marked), "-ts", str(target), "-target-language", language]
    subprocess.run(
        [*command, "-source-language", "en", "-locations", "none", "-no-obsolete", "-silent"], check=True, cwd=folder
    )
    return target


def unfinished(path: Path) -> list[str]:
    """Return ``context: text`` for every text without a translation."""
    missing = []
    for context in ET.parse(path).getroot().iter("context"):
        name = context.findtext("name")
        for message in context.iter("message"):
            translation = message.find("translation")
            if translation is None or translation.get("type") == "unfinished" or not all(translated(message)):
                missing.append(f"{name}: {message.findtext('source')}")
    return missing


def translated(message: ET.Element) -> list[str]:
    """Return the translations of a message: one, or one for each form of a counted text."""
    if message.get("numerus") == "yes":
        return [form.text or "" for form in message.iter("numerusform")] or [""]
    return [message.findtext("translation") or ""]


def mismatched(path: Path) -> list[str]:
    """Return translations whose ``{places}`` are not those of the text: they would fail when they are filled in."""
    wrong = []
    for message in ET.parse(path).getroot().iter("message"):
        source = message.findtext("source") or ""
        wrong += [f"{source} → {one}" for one in translated(message) if one and places(one) != places(source)]
    return wrong


def places(text: str) -> set[str]:
    """Return what is filled in when a text is shown: ``{name}``, and ``%n`` of a counted one."""
    return set(re.findall(rf"{PLACE}|%n", text))


def compile_all() -> None:
    """Write each language's ``.qm``."""
    for language in LANGUAGES:
        source = FOLDER / f"atelier_{language}.ts"
        if source.exists():
            subprocess.run(
                [tool("lrelease"), "-silent", str(source), "-qm", str(source.with_suffix(".qm"))], check=True
            )


def tool(name: str) -> str:
    """Return the path of a PySide6 translation tool beside this Python."""
    return str(Path(sys.executable).parent / f"pyside6-{name}")


def main() -> int:
    """Update, compile and report; with ``--check`` fail when something is missing."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing; fail when a text is not translated")
    check = parser.parse_args().check
    try:
        texts = collect()
    except NotCollectedError as error:
        print(error)
        return 1
    problems: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        for language in LANGUAGES:
            if language == "en":
                continue
            path = update(language, Path(folder), texts)
            problems += [f"{language}: not translated: {text}" for text in unfinished(path)]
            problems += [f"{language}: other places: {text}" for text in mismatched(path)]
            if not check:
                shutil.copyfile(path, FOLDER / path.name)
    if not check:
        compile_all()
    for problem in problems:
        print(problem)
    print(f"{len(problems)} to be done")
    return 1 if check and problems else 0


if __name__ == "__main__":
    sys.exit(main())
