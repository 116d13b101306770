"""``atelier operations``: what can be asked for."""

import argparse
import textwrap
from typing import Any

import msgspec

from core.operations.base import FieldInfo, FieldKind, Operation, all_operations, fields, operation_class

Commands = Any
"""What ``ArgumentParser.add_subparsers`` returns; its type has no public name."""


def add_parser(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser("operations", help="list what can be asked for, or say all about one operation")
    parser.add_argument("name", nargs="?", help="an operation to describe with all of its fields")
    parser.add_argument("--json", action="store_true", help="as JSON, with every field")
    parser.add_argument("--all", action="store_true", help="the plumbing too (import, export, …)")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the operations."""
    if options.name:
        shown = [operation_class(options.name)]
    else:
        shown = [cls for cls in all_operations().values() if options.all or options.json or not cls.info.hidden]
    if options.json:
        print(msgspec.json.format(msgspec.json.encode([as_json(cls) for cls in shown])).decode())
    elif options.name:
        print(describe(shown[0]))
    else:
        width = max((len(cls.info.name) for cls in shown), default=0)
        for cls in shown:
            print(f"{cls.info.name:<{width}}  {cls.info.title}: {cls.info.help}")
    return 0


def as_json(cls: type[Operation]) -> dict[str, Any]:
    """Return everything that is known of an operation as plain values."""
    info: dict[str, Any] = msgspec.to_builtins(cls.info)
    del info["implementation"]
    return {**info, "fields": [msgspec.to_builtins(field) for field in fields(cls)]}


def describe(cls: type[Operation]) -> str:
    """Return a page of help about an operation."""
    info = cls.info
    lines = [f"{info.name}: {info.title}", *textwrap.wrap(info.help, 96), ""]
    for field in fields(cls):
        option = f"--in {field.name}=FILE" if field.kind is FieldKind.INPUT else f"--set {field.name}={_form(field)}"
        lines.append(f"  {option}")
        text = ". ".join(part.rstrip(".") for part in (field.title, field.help, _limits(field)) if part)
        lines.extend(textwrap.wrap(f"{text}.", 90, initial_indent="      ", subsequent_indent="      "))
    lines.append("")
    lines.extend(f"  --out {name}=FILE  ({kind})" for name, kind in info.outputs.items())
    return "\n".join(lines)


def _form(field: FieldInfo) -> str:
    if field.choices:
        form = "|".join(str(choice) for choice in field.choices)
    else:
        names = {
            FieldKind.BOOLEAN: "yes|no",
            FieldKind.INTEGER: "NUMBER",
            FieldKind.NUMBER: "NUMBER",
            FieldKind.SEED: "NUMBER",
            FieldKind.COLOUR: "#RRGGBB",
        }
        form = names.get(field.kind, "TEXT")
    return f"{form},{form},…" if field.repeated else form


def _limits(field: FieldInfo) -> str:
    parts = []
    unit = f" {field.unit}" if field.unit else ""
    if field.minimum is not None and field.maximum is not None:
        parts.append(f"{_number(field.minimum)} to {_number(field.maximum)}{unit}")
    if field.repeated and field.kind is FieldKind.INPUT:
        parts.append("may be given several times")
    if field.required:
        parts.append("required")
    elif field.kind is not FieldKind.INPUT and field.default not in (None, ""):
        parts.append(f"default {field.default}")
    return ", ".join(parts)


def _number(value: float) -> str:
    return f"{value:,.0f}".replace(",", " ") if value == int(value) else f"{value:g}"
