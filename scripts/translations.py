"""Brings ``resources/translations`` up to date: collects every text, then compiles what is translated.

Run it after changing a text that a person sees: ``.venv/bin/python scripts/translations.py``. Texts come from
``desktop`` (``self.tr``, ``translate``, ``QT_TRANSLATE_NOOP``) and from declarations, which know nothing of Qt:
operations with their fields, choices and units, and the fields of adjustments. ``--check`` only says what is missing.
"""

import argparse
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from core.documents.image import Adjustment  # noqa: E402
from core.operations.base import FieldKind, all_operations, fields  # noqa: E402
from desktop.i18n import LANGUAGES, choice_text  # noqa: E402

FOLDER = ROOT / "resources" / "translations"


def declared() -> Iterator[tuple[str, str]]:
    """Yield ``(context, text)`` for everything that declarations show."""
    for cls in all_operations().values():
        info = cls.info
        yield from (("operations", text) for text in (info.title, info.intent, info.help))
        yield from (("outputs", name) for name in info.outputs)
        for field in fields(cls):
            yield "operations", field.title
            yield "operations", field.help
            yield "units", field.unit
            if field.kind is FieldKind.CHOICE:
                yield from (("operations", choice_text(value)) for value in field.choices)
    for adjustment in get_args(Adjustment):
        for name in adjustment.__struct_fields__:
            for meta in adjustment.__annotations__.get(name, None).__metadata__ if _annotated(adjustment, name) else ():
                yield "operations", meta.title or ""
                yield "units", (meta.extra or {}).get("unit", "")


def _annotated(cls: type, name: str) -> bool:
    return hasattr(cls.__annotations__.get(name), "__metadata__")


def sources(folder: Path) -> list[Path]:
    """Return the files that lupdate reads; the declarations' texts are written into one of their own."""
    texts = dict.fromkeys((c, t) for c, t in declared() if t and not t.isdigit())
    lines = [f"QT_TRANSLATE_NOOP({context!r}, {text!r})" for context, text in texts]
    made = folder / "declared.py"
    made.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return [*sorted((ROOT / "desktop").rglob("*.py")), made]


def update(language: str, folder: Path) -> Path:
    """Write what is to be translated into the ``.ts`` file of ``language``, keeping what is translated."""
    target = FOLDER / f"atelier_{language}.ts"
    command = [tool("lupdate"), *map(str, sources(folder)), "-ts", str(target), "-target-language", language]
    subprocess.run(
        [*command, "-source-language", "en", "-locations", "none", "-no-obsolete", "-silent"], check=True, cwd=ROOT
    )
    return target


def unfinished(path: Path) -> list[str]:
    """Return ``context: text`` for every text without a translation."""
    missing = []
    for context in ET.parse(path).getroot().iter("context"):
        name = context.findtext("name")
        for message in context.iter("message"):
            translation = message.find("translation")
            if translation is None or translation.get("type") == "unfinished" or not translation.text:
                missing.append(f"{name}: {message.findtext('source')}")
    return missing


def mismatched(path: Path) -> list[str]:
    """Return translations whose ``{places}`` are not those of the text: they would fail when they are filled in."""
    wrong = []
    for message in ET.parse(path).getroot().iter("message"):
        source, translation = message.findtext("source") or "", message.findtext("translation") or ""
        if translation and set(re.findall(r"\{\w*\}", source)) != set(re.findall(r"\{\w*\}", translation)):
            wrong.append(f"{source} → {translation}")
    return wrong


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
    problems: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        for language in LANGUAGES:
            if language == "en":
                continue
            path = FOLDER / f"atelier_{language}.ts"
            if not check:
                path = update(language, Path(folder))
            problems += [f"{language}: not translated: {text}" for text in unfinished(path)]
            problems += [f"{language}: other places: {text}" for text in mismatched(path)]
    if not check:
        compile_all()
    for problem in problems:
        print(problem)
    print(f"{len(problems)} to be done")
    return 1 if check and problems else 0


if __name__ == "__main__":
    sys.exit(main())
