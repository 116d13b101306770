"""``atelier models list|verify``: which weights and other parts there are, and whether they are what they should be."""

import argparse
import sys
from pathlib import Path

import msgspec

from core.cli.operations import Commands
from core.models import catalog
from core.values import AtelierError


def add_parser(commands: Commands) -> None:
    """Add the commands."""
    parser = commands.add_parser("models", help="list or verify the weights and other parts that Atelier uses")
    actions = parser.add_subparsers(title="actions", metavar="ACTION", required=True)
    lister = actions.add_parser("list", help="what there is, with origin and licence")
    lister.add_argument("--json", action="store_true", help="as JSON, with every file and its hash")
    lister.add_argument("--all", action="store_true", help="fonts, icons, sounds and photos too")
    lister.set_defaults(run=run_list)
    verifier = actions.add_parser("verify", help="hash every file again")
    verifier.add_argument("names", nargs="*", metavar="NAME", help="only these")
    verifier.set_defaults(run=run_verify)


def run_list(options: argparse.Namespace) -> int:
    """Print the parts."""
    shown = [part for part in catalog.parts().values() if options.all or options.json or part.kind == "weights"]
    if options.json:
        print(msgspec.json.format(msgspec.json.encode([_as_json(part) for part in shown])).decode())
        return 0
    width = max((len(part.name) for part in shown), default=0)
    for part in shown:
        print(f"{part.name:<{width}}  {part.kind:<8} {_state(part.name):<10} {part.licence:<14} {part.origin}")
    return 0


def run_verify(options: argparse.Namespace) -> int:
    """Hash the files of all parts, or of those named; 1 when one of them is not what it should be."""
    names = options.names or list(catalog.parts())
    bad = 0
    for name in names:
        try:
            catalog.verify(name)
            print(f"{name}: right")
        except AtelierError as error:
            bad += 1
            print(f"atelier: {error}", file=sys.stderr)
    return 1 if bad else 0


def _as_json(part: catalog.Part) -> dict[str, object]:
    found: dict[str, object] = msgspec.to_builtins(part)
    return {**found, "sha256": part.sha256, "state": _state(part.name)}


def _state(name: str) -> str:
    try:
        path: Path = catalog.locate(name)
    except AtelierError:
        return "missing"
    return "there" if path.exists() else "missing"
