"""``atelier …``: everything the panels can do, without a window.

Exit status: 0 when it worked, 1 with one sentence on standard error when it did not, 2 for a wrong command line, 130
when it was stopped with Ctrl-C.
"""

import argparse
import importlib
import logging
import sys
from collections.abc import Sequence

from core.engine import logs
from core.engine.spawn import extension_modules, maybe_run_worker
from core.values import AtelierError

GROUPS = ("operations", "run", "sample", "project", "models")
"""Modules of this package; each adds its commands in ``add_parser(subparsers)``."""

INTERRUPTED = 130


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of all commands."""
    parser = argparse.ArgumentParser(
        prog="atelier", description="An offline AI studio for creative professionals, from the command line."
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for group in GROUPS:
        importlib.import_module(f"core.cli.{group}").add_parser(commands)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status. A wrong command line raises ``SystemExit(2)``."""
    maybe_run_worker()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a terminal that cannot show a character shows another
    try:
        log_file = logs.start("cli")
        for module in extension_modules():
            importlib.import_module(module)
        options = build_parser().parse_args(arguments)
        status: int = options.run(options)
        sys.stdout.flush()
        return status
    except AtelierError as error:
        print(f"atelier: {error}", file=sys.stderr)
    except KeyboardInterrupt:
        print("atelier: Cancelled.", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        sys.stderr.close()  # whoever read our output has left: say no more
    except Exception:
        logging.getLogger("atelier.cli").exception("command failed")
        print(f"atelier: Something went wrong in Atelier; details are in {log_file}.", file=sys.stderr)
    return 1
