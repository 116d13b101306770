"""``atelier …``: everything the panels can do, without a window.

Exit status: 0 when it worked, 1 with one sentence on standard error when it did not, 2 for a wrong command line, 130
when it was stopped with Ctrl-C.
"""

import argparse
import importlib
import logging
import os
import sys
from collections.abc import Sequence

from core.engine import logs
from core.engine.spawn import EXTENSIONS, extension_modules, maybe_run_worker
from core.values import AtelierError

GROUPS = ("operations", "run", "action", "export", "sample", "project", "models")
"""Modules of this package; each adds its commands in ``add_parser(subparsers)``."""

INTERRUPTED = 130


def build_parser(groups: Sequence[str] = GROUPS) -> argparse.ArgumentParser:
    """Return the parser of all commands, or of some of them."""
    parser = argparse.ArgumentParser(
        prog="atelier", description="An offline AI studio for creative professionals, from the command line."
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for group in groups:
        importlib.import_module(f"core.cli.{group}").add_parser(commands)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status. A wrong command line raises ``SystemExit(2)``."""
    maybe_run_worker()
    given = sys.argv[1:] if arguments is None else arguments
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a terminal that cannot show a character shows another
    log_file = None
    try:
        log_file = logs.start("cli")
        _load_extensions()
        # A command loads what it needs and no more: one that lists operations need not load codecs.
        options = build_parser(given[:1] if given and given[0] in GROUPS else GROUPS).parse_args(given)
        status: int = options.run(options)
        sys.stdout.flush()
        return status
    except AtelierError as error:
        print(f"atelier: {error}", file=sys.stderr)
    except KeyboardInterrupt:
        print("atelier: Cancelled.", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has left. Python writes what is buffered at its end: let it go nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except Exception:
        logging.getLogger("atelier.cli").exception("command failed")
        print(f"atelier: Something went wrong in Atelier; details are in {log_file or 'the log'}.", file=sys.stderr)
    return 1


def _load_extensions() -> None:
    for module in extension_modules():
        try:
            importlib.import_module(module)
        except ImportError as error:
            raise AtelierError(
                "The module “{module}” that {variable} names cannot be loaded: {why}.",
                module=module,
                variable=EXTENSIONS,
                why=str(error),
            ) from None
