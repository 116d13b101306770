"""Playing an action on many files: which files, what the new ones are called, and the recipe for each. Pure."""

import string
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Literal, get_args

import msgspec
from msgspec import Meta

from core.operations.actions import Action
from core.operations.base import Asset, Output
from core.operations.image import Export, ImportFile
from core.operations.recipe import Recipe, Step, check
from core.values import AtelierError, Message, reason

Format = Literal["png", "jpeg", "webp"]
SUFFIXES: dict[str, str] = {"png": ".png", "jpeg": ".jpg", "webp": ".webp"}
PICTURES = (".png", ".jpg", ".jpeg", ".jpe", ".webp", ".tif", ".tiff", ".bmp", ".gif", ".hdr", ".exr", ".svg")
"""Endings of files that a folder is searched for; what a file is, its content says when it is read."""
MAX_FILES = 100_000
PLACES = ("name", "number", "action")
_FORBIDDEN = '<>:"/\\|?*'
_RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}
"""Names that Windows gives to devices."""


class Writing(msgspec.Struct, frozen=True, kw_only=True):
    """How new files are written."""

    folder: str
    format: Format = "png"
    quality: Annotated[int, Meta(ge=1, le=100)] = 92
    template: str = "{name}"
    """What new files are called, without the ending: ``{name}`` is the old name, ``{number}`` counts from 1
    (``{number:03}`` with three digits), ``{action}`` is the action's name."""
    overwrite: bool = False
    """Replace files that are there already (never the picture itself); else a number is added to the name."""


class Failure(msgspec.Struct, frozen=True):
    """A file that could not be done, and why."""

    path: str
    why: Message | str


def pictures_in(folder: Path, *, inside: bool = False) -> list[Path]:
    """Return the pictures of a folder by name, those of the folders inside it too with ``inside``.

    Hidden files are left out. Raises :class:`AtelierError` when the folder cannot be read.
    """
    try:
        found = sorted(
            (p for p in (folder.rglob("*") if inside else folder.iterdir()) if _is_picture(p)),
            key=lambda p: natural(str(p.relative_to(folder))),
        )
    except OSError as error:
        raise AtelierError(
            "The folder “{folder}” cannot be read: {reason}.", folder=str(folder), reason=reason(error)
        ) from None
    return found[:MAX_FILES]


def _is_picture(path: Path) -> bool:
    return path.suffix.lower() in PICTURES and not path.name.startswith(".") and path.is_file()


def natural(text: str) -> tuple[tuple[int, int, str], ...]:
    """Return what sorts ``img2`` before ``img10``."""
    parts: list[tuple[int, int, str]] = []
    digits = other = ""
    for letter in text.casefold() + "\0":
        if letter.isdecimal():
            digits += letter
            continue
        if digits:
            parts += [(1, 0, other), (0, int(digits[:18]), digits)]
            digits = other = ""
        other += letter
    return (*parts, (1, 0, other))


def checked_template(template: str) -> str:
    """Return a template for names; raises :class:`AtelierError` naming what does not fit."""
    try:
        used = [(field, spec, conversion) for _, field, spec, conversion in string.Formatter().parse(template)]
    except ValueError:
        raise AtelierError("The name “{template}” has a brace without its partner.", template=template) from None
    for field, spec, conversion in used:
        wrong = field is not None and field not in PLACES
        if wrong or conversion is not None or (spec and not _is_width(field, spec)):
            raise AtelierError(
                "The name “{template}” has a place that is not known: use {places}.",
                template=template,
                places=", ".join(f"{{{place}}}" for place in PLACES),
            )
    if not template.strip() or all(field is None for field, _, _ in used):
        raise AtelierError(
            "Use {one} or {other} in the name, or all files would be called the same.", one="{name}", other="{number}"
        )
    return template


def _is_width(field: str | None, spec: str) -> bool:
    return field == "number" and spec.isdecimal() and 1 <= int(spec) <= 9


def named(writing: Writing, action: Action, source: Path, number: int, taken: Iterable[Path] = ()) -> Path:
    """Return the file that ``source`` becomes: one that is not there yet, unless files may be replaced.

    ``taken`` are the files that were written in this run: none of them is ever replaced, nor is the source.
    """
    text = writing.template.format(name=source.stem, number=number, action=action.name)
    clean = "".join("-" if letter in _FORBIDDEN or ord(letter) < 32 else letter for letter in text).strip(" .")
    clean = clean[:200] or "picture"
    if clean.split(".")[0].casefold() in _RESERVED:
        clean = f"{clean}-"
    folder, suffix, held = Path(writing.folder), SUFFIXES[writing.format], {_key(path) for path in taken}
    for target in _versions(folder, clean, suffix):
        free = writing.overwrite or not target.exists()
        if free and _key(target) not in held and not _same(target, source):
            return target
    raise AssertionError


def _versions(folder: Path, name: str, suffix: str) -> Iterator[Path]:
    yield folder / f"{name}{suffix}"
    number = 2
    while True:
        yield folder / f"{name} ({number}){suffix}"
        number += 1


def _key(path: Path) -> str:
    return str(path).casefold()


def _same(first: Path, second: Path) -> bool:
    try:
        return first.samefile(second)
    except OSError:
        return False


def file_recipe(action: Action, digest: str, name: str, writing: Writing) -> Recipe:
    """Return the recipe that reads a file, plays the action on it and encodes what comes of it (``export.file``)."""
    read = Step("import", ImportFile(file=Asset(hash=digest), name=name[:255]))
    recipe = action.bind(Output(step="import"), (read,))
    ids = {step.id for step in recipe.steps}
    assert "export" not in ids
    quality = writing.quality
    write = Step("export", Export(image=recipe.results[0], format=writing.format, quality=quality))
    made = Recipe((*recipe.steps, write), (Output(step="export", name="file"),), name)
    check(made)
    return made


assert set(SUFFIXES) == set(get_args(Format))
