"""Messages: an English text that keeps what it was made of, through errors, processes and copies."""

import ast
import copy
import errno
import os
import pickle
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.engine.protocol import CoreState, Failed, Progress, decode_event, encode
from core.project.store import DamagedError
from core.values import NOTHING, AtelierError, Message, reason

ROOT = Path(__file__).parents[2]
HOSTILE = ["{0}.png", "{name}", "{", "}}{{", "{name.__class__}", "{name!r:>99999}", "%s %n"]


def test_a_message_is_its_english_text() -> None:
    said = Message("“{name}” is {size:,} bytes, {part:.1%} of all.", name="a.png", size=1234567, part=0.5)
    assert said == "“a.png” is 1,234,567 bytes, 50.0% of all."
    assert f"{said}" == str(said) == "“a.png” is 1,234,567 bytes, 50.0% of all."
    assert said.template == "“{name}” is {size:,} bytes, {part:.1%} of all."
    assert said.values == {"name": "a.png", "size": 1234567, "part": 0.5}
    assert Message(said) is said
    assert not NOTHING


def test_without_values_the_text_is_taken_as_it_is() -> None:
    for text in HOSTILE:
        assert Message(text) == Message(text).template == text
        assert str(AtelierError(text)) == text


@pytest.mark.parametrize("name", HOSTILE)
def test_a_value_is_never_looked_into(name: str) -> None:
    inner = AtelierError("“{name}” is empty.", name=name)
    outer = AtelierError("Nothing came of it: {why}", why=inner)
    assert str(inner) == f"“{name}” is empty."
    assert str(outer) == f"Nothing came of it: “{name}” is empty."
    assert outer.values == {"why": inner.message}
    back = decode_event(encode(Failed("job", outer.message)))
    assert isinstance(back, Failed)
    assert back == Failed("job", outer.message)
    assert back.message.values["why"].values == {"name": name}


def test_an_error_keeps_template_and_values() -> None:
    error = AtelierError("“{template}” has {self} layers.", template="a", self=2)
    assert (error.template, error.values) == ("“{template}” has {self} layers.", {"template": "a", "self": 2})
    assert AtelierError(error.message).message is error.message
    packed = pickle.dumps(error)
    for twin in (pickle.loads(packed), copy.copy(error), copy.deepcopy(error)):  # noqa: S301  (packed just above)
        assert (str(twin), twin.template, twin.values) == ("“a” has 2 layers.", error.template, error.values)


def test_a_damaged_project_says_what_is_damaged() -> None:
    error = DamagedError("the document “{title}” has no content", title="{x}")
    assert str(error) == (
        "The project file is damaged (the document “{x}” has no content): close and open it again to save what can "
        "be read."
    )
    assert error.values["what"].values == {"title": "{x}"}


def test_messages_cross_to_the_other_process() -> None:
    inner = Message("Tile {done} of {total}", done=3, total=1 << 40)
    step = Message("{title}: {step}", title=Message("Enlarge"), step=inner)
    progress = decode_event(encode(Progress("job", 0.5, step, 2.0)))
    assert progress == Progress("job", 0.5, step, 2.0)
    assert isinstance(progress, Progress)
    assert progress.step.template == "{title}: {step}"
    title = progress.step.values["title"]
    assert (type(title), title.values) == (Message, {}), "a message without values is told from a text"
    assert progress.step.values["step"].values == {"done": 3, "total": 1 << 40}
    state = decode_event(encode(CoreState(device=Message("CPU, {count} cores", count=8))))
    assert isinstance(state, CoreState)
    assert (state.device.values, state.message) == ({"count": 8}, NOTHING)


def test_what_the_system_says_is_known_by_its_number() -> None:
    for code in (errno.ENOENT, errno.ENOSPC, errno.EACCES, errno.EROFS):
        assert reason(OSError(code, "言")) == os.strerror(code)
    assert reason(OSError(errno.EXDEV, os.strerror(errno.EXDEV))) == os.strerror(errno.EXDEV)
    assert reason(OSError("image file is truncated")) == "image file is truncated"


def said(tree: ast.AST) -> Iterator[tuple[ast.Call, ast.expr]]:
    """Yield the calls that make a message and the argument that is its template."""
    errors = {"AtelierError", "DamagedError", "Message"}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if name in errors and node.args:
            yield node, node.args[0]
        elif name == "progress" and len(node.args) > 1:
            yield node, node.args[1]


SOURCES = sorted([*(ROOT / "core").rglob("*.py"), *(ROOT / "desktop").rglob("*.py")])


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_sentence_can_be_translated(path: Path) -> None:
    """Its template is one literal, not put together, and its places are the values that are given."""
    for call, template in said(ast.parse(path.read_text(encoding="utf-8"))):
        where = f"{path}:{call.lineno}"
        assert not isinstance(template, ast.JoinedStr | ast.BinOp | ast.IfExp), f"{where}: {ast.unparse(template)}"
        given = {keyword.arg for keyword in call.keywords if keyword.arg is not None}
        if isinstance(template, ast.Constant):
            places = {name for _, name, _, _ in string.Formatter().parse(template.value) if name is not None}
            assert places == given, f"{where}: {template.value}"
        else:
            assert not given, f"{where}: values for a text that is filled in already"


def test_every_kind_of_error_is_known_to_the_tests() -> None:
    """Whoever makes another kind of error adds it here and, if it is given words, in ``scripts/translations.py``."""
    found = {
        node.name
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef) and any(getattr(base, "id", "") == "AtelierError" for base in node.bases)
    }
    assert found == {"DamagedError", "NoLocksError"}
