"""``atelier run NAME --in image=photo.jpg --set scale=2 --out result.png``: any operation, through the core process."""

import argparse
import os
import secrets
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from core.cli.console import finished
from core.cli.operations import Commands
from core.engine.cache import file_digest
from core.operations.base import Asset, FieldInfo, FieldKind, Operation, Output, fields, operation_class
from core.operations.recipe import Recipe, Step, from_fields
from core.values import AtelierError, reason

STEP = "run"
PICTURES = {
    ".png": "png",
    ".jpg": "jpeg",
    ".jpeg": "jpeg",
    ".webp": "webp",
    ".avif": "avif",
    ".tif": "tiff",
    ".tiff": "tiff",
    ".hdr": "hdr",
    ".exr": "exr",
}
"""File name endings that a picture can be written as, and their formats."""


class Target(NamedTuple):
    """An output and the file it goes to."""

    name: str
    path: Path


def add_parser(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "run", help="run an operation", epilog="`atelier operations NAME` lists the fields and outputs of an operation."
    )
    parser.add_argument("name", metavar="NAME", help="an operation, as `atelier operations` lists them")
    parser.add_argument("--in", dest="inputs", action="append", default=[], metavar="FIELD=FILE", help="a file to read")
    parser.add_argument(
        "--set", dest="values", action="append", default=[], metavar="FIELD=VALUE", help="a field's value"
    )
    parser.add_argument(
        "--out", dest="outputs", action="append", required=True, metavar="[OUTPUT=]FILE", help="a file to write"
    )
    parser.add_argument("--quality", type=int, metavar="1–100", help="of JPEG and WebP files (92)")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Run one operation and write its outputs."""
    cls = operation_class(options.name)
    files: dict[str, Path] = {}
    operation = build(cls, options.inputs, options.values, files)
    targets = parse_targets(cls, options.outputs)
    recipe, sources = plan(operation, targets, options.quality)
    with finished(recipe, files.__getitem__, title=cls.info.title) as result:
        for target, source in zip(targets, sources, strict=True):
            write(Path(result.outputs[source].path), target.path, cls.info.outputs[target.name])
    return 0


def build(cls: type[Operation], inputs: list[str], values: list[str], files: dict[str, Path]) -> Operation:
    """Return the operation that the command line describes; input files are added to ``files`` by hash.

    Raises :class:`AtelierError` that names what is wrong.
    """
    known = {field.name: field for field in fields(cls)}
    given: dict[str, Any] = {}
    for text in inputs:
        field, path = _input(cls, known, text)
        digest = _identify(path)
        files[digest] = path.absolute()
        _put(given, field, msgspec.to_builtins(Asset(hash=digest)))
    for text in values:
        name, equals, value = text.partition("=")
        if not equals or name not in known or known[name].kind is FieldKind.INPUT:
            raise _unknown(cls, known, text, "--set", wanted_inputs=False)
        for item in value.split(",") if known[name].repeated else [value]:
            _put(given, known[name], parse_value(cls, known[name], item.strip() if known[name].repeated else item))
    missing = [f.name for f in known.values() if f.required and f.name not in given]
    if missing:
        option = "--in" if known[missing[0]].kind is FieldKind.INPUT else "--set"
        raise AtelierError(
            "{title} needs {fields}: give it with {option} {first}=….",
            title=cls.info.title,
            fields=" and ".join(missing),
            option=option,
            first=missing[0],
        )
    return from_fields(cls.info.name, given)


def parse_value(cls: type[Operation], field: FieldInfo, text: str) -> Any:
    """Return a field's value from the command line; its range is checked later, with all others."""
    if field.optional and text.lower() in ("", "none"):
        return None
    try:
        match field.kind:
            case FieldKind.BOOLEAN:
                return _BOOLEANS[text.lower()]
            case FieldKind.INTEGER | FieldKind.SEED:
                return int(text)
            case FieldKind.NUMBER:
                return float(text)
            case FieldKind.CHOICE:
                return next(choice for choice in field.choices if str(choice) == text)
            case FieldKind.OTHER:
                return msgspec.json.decode(text)
            case _:
                return text
    except (ValueError, KeyError, StopIteration):
        wanted = {
            FieldKind.BOOLEAN: "yes or no",
            FieldKind.CHOICE: f"one of {', '.join(str(c) for c in field.choices)}",
            FieldKind.OTHER: "a value in JSON",
        }.get(field.kind, "a number")
        raise AtelierError(
            "{title}: {field} is {wanted}, not “{text}”.",
            title=cls.info.title,
            field=field.name,
            wanted=wanted,
            text=text,
        ) from None


def parse_targets(cls: type[Operation], texts: list[str]) -> list[Target]:
    """Return which output goes to which file; a file without a name is for the first output that has none yet."""
    targets: list[Target] = []
    free = [name for name in cls.info.outputs if not any(text.startswith(f"{name}=") for text in texts)]
    for text in texts:
        name, equals, rest = text.partition("=")
        if not equals or name not in cls.info.outputs:
            if not free:
                names = ", ".join(cls.info.outputs)
                raise AtelierError(
                    "{title} has no more outputs for “{text}”; it makes {names}.",
                    title=cls.info.title,
                    text=text,
                    names=names,
                )
            name, rest = free.pop(0), text
        path = Path(rest)
        if path.is_dir() or not path.absolute().parent.is_dir():
            raise AtelierError(
                "The file “{path}” cannot be written: its folder does not exist, or it is a folder itself.",
                path=str(path),
            )
        kind = cls.info.outputs[name]
        if kind in ("image", "mask") and path.suffix.lower() not in PICTURES:
            raise AtelierError(
                "A picture is written as {formats}; “{name}” is none of these.",
                formats=", ".join(PICTURES),
                name=path.name,
            )
        if kind == "data" and path.suffix.lower() != ".json":
            raise AtelierError(
                "{title}: {output} is data, so its file ends in .json, unlike “{name}”.",
                title=cls.info.title,
                output=name,
                name=path.name,
            )
        targets.append(Target(name, path))
    return targets


def plan(operation: Operation, targets: list[Target], quality: int | None) -> tuple[Recipe, list[str]]:
    """Return the recipe and, for each target, which of its results is meant for it. Pictures are exported in it."""
    steps = [Step(STEP, operation)]
    results: list[Output] = []
    for index, target in enumerate(targets):
        output = Output(step=STEP, name=target.name)
        if operation.info.outputs[target.name] in ("image", "mask"):
            export: dict[str, Any] = {
                "image": msgspec.to_builtins(output),
                "format": PICTURES[target.path.suffix.lower()],
            }
            if quality is not None:
                export["quality"] = quality
            step = Step(f"export-{index}", from_fields("image.export", export), f"Write {target.path.name}")
            steps.append(step)
            output = Output(step=step.id, name="file")
        results.append(output)
    recipe = Recipe(tuple(steps), tuple(dict.fromkeys(results)), operation.info.title)
    return recipe, [f"{result.step}.{result.name}" for result in results]


def write(source: Path, target: Path, kind: str) -> None:
    """Copy a result to where it was asked for, whole or not at all; JSON is laid out for reading."""
    temporary = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
    try:
        if kind == "data":
            temporary.write_bytes(msgspec.json.format(source.read_bytes()) + b"\n")
        else:
            shutil.copyfile(source, temporary)
        os.replace(temporary, target)  # noqa: PTH105  (the same on every platform)
    except OSError as error:
        raise AtelierError(
            "The file “{path}” cannot be written: {reason}.", path=str(target), reason=reason(error)
        ) from None
    finally:
        temporary.unlink(missing_ok=True)


_BOOLEANS = {"yes": True, "true": True, "on": True, "1": True, "no": False, "false": False, "off": False, "0": False}


def _input(cls: type[Operation], known: Mapping[str, FieldInfo], text: str) -> tuple[FieldInfo, Path]:
    name, equals, rest = text.partition("=")
    if equals and name in known and known[name].kind is FieldKind.INPUT:
        return known[name], Path(rest)
    takes = [field for field in known.values() if field.kind is FieldKind.INPUT and field.required]
    # “a=b.png” may be a file; “picture=b.png” is more likely a field that does not exist.
    if len(takes) == 1 and not (equals and (name in known or not Path(text).exists())):
        return takes[0], Path(text)
    raise _unknown(cls, known, text, "--in", wanted_inputs=True)


def _unknown(
    cls: type[Operation], known: Mapping[str, FieldInfo], text: str, option: str, *, wanted_inputs: bool
) -> AtelierError:
    names = [f.name for f in known.values() if (f.kind is FieldKind.INPUT) == wanted_inputs]
    title = cls.info.title
    if not names:
        return AtelierError(
            "{title} has no such field for “{option} {text}”: it has none.", title=title, option=option, text=text
        )
    return AtelierError(
        "{title} has no such field for “{option} {text}”: it has {names}.",
        title=title,
        option=option,
        text=text,
        names=", ".join(names),
    )


def _identify(path: Path) -> str:
    try:
        return file_digest(path)
    except OSError as error:
        raise AtelierError(
            "The file “{path}” cannot be read: {reason}.", path=str(path), reason=reason(error)
        ) from None


def _put(given: dict[str, Any], field: FieldInfo, value: Any) -> None:
    if field.repeated:
        given.setdefault(field.name, []).append(value)
    elif field.name in given:
        raise AtelierError("“{field}” was given twice.", field=field.name)
    else:
        given[field.name] = value
