"""Logs of both processes: rotating files, and one archive of them to report a problem with.

The archive names nobody: home folder, user and computer name and the names of files are taken out.
"""

import contextlib
import logging
import logging.handlers
import os
import re
import sys
import threading
from pathlib import Path
from types import TracebackType

from core.project import places

MAX_BYTES = 1_000_000
KEPT = 3

_FORMAT = "%(asctime)s %(process)d %(levelname)s %(name)s: %(message)s"


class _TolerantHandler(logging.handlers.RotatingFileHandler):
    """Two cores (the window's and a command's) may write one log: on Windows the other's handle blocks a rename."""

    def doRollover(self) -> None:
        try:
            super().doRollover()
        except OSError:
            if self.stream is None:
                self.stream = self._open()


def start(role: str, level: int = logging.INFO) -> Path:
    """Send this process's log to ``<role>.log`` (``desktop``, ``core``, ``cli``) and return its path.

    Exceptions that nobody caught, in any thread, go there too. When the folder cannot be written the log is lost
    rather than the program.
    """
    path = places.log() / f"{role}.log"
    root = logging.getLogger()
    root.setLevel(level)
    if not any(isinstance(h, _TolerantHandler) and h.baseFilename == str(path) for h in root.handlers):
        try:
            handler: logging.Handler = _TolerantHandler(path, maxBytes=MAX_BYTES, backupCount=KEPT, encoding="utf-8")
        except OSError:
            handler = logging.NullHandler()
        handler.setFormatter(logging.Formatter(_FORMAT))
        root.addHandler(handler)
    logging.raiseExceptions = False
    sys.excepthook = _uncaught
    threading.excepthook = _uncaught_in_thread
    return path


def _uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    logging.getLogger("atelier").critical("not caught", exc_info=(kind, error, trace))


def _uncaught_in_thread(args: threading.ExceptHookArgs) -> None:
    if args.exc_value is not None and args.exc_type is not SystemExit:
        name = args.thread.name if args.thread else "?"
        trace = (args.exc_type, args.exc_value, args.exc_traceback)
        logging.getLogger("atelier").critical("not caught in thread %s", name, exc_info=trace)


def gather(archive: Path) -> Path:
    """Write every log, without personal data, and a line about the system into the zip file ``archive``."""
    import platform
    import zipfile  # neither is wanted while the core starts

    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(
            "system.txt",
            f"{platform.system()} {platform.release()} {platform.machine()}\n"
            f"Python {platform.python_version()}\nprocessors {os.cpu_count()}\n",
        )
        for path in sorted(places.log().glob("*.log*")):
            try:
                text = path.read_text("utf-8", errors="replace")
            except OSError as error:
                text = f"could not be read: {error.strerror}"
            packed.writestr(path.name, scrub(text))
    return archive


_KNOWN_CODE = re.compile(r"(?:[/\\](?:core|desktop|site-packages|lib[/\\]python[\d.]*))(?=[/\\])")
_PATH = re.compile(
    r"""(?P<quote>['"“«])(?P<quoted>(?:[A-Za-z]:[\\/]|/|~[/\\]|\\\\)[^'"”»\n]*)(?P<close>['"”»])"""
    r"""|(?P<bare>(?<![\w.:/\\])(?:[A-Za-z]:[\\/]|~?/|\\\\)(?![\s/])[^\s'"“”«»<>|:;,()]+)"""
)
_NAMED = re.compile(r"""(['"“«])([^'"”»“«\n/\\<]*\.[A-Za-z][A-Za-z0-9]{1,7})(['"”»])""")


def scrub(text: str) -> str:
    """Return ``text`` without home folder, user and computer names and file names.

    Paths of the program's own code stay from the package on (a traceback is of no use otherwise).
    """
    text = _PATH.sub(_scrub_path, text)
    text = _NAMED.sub(lambda m: f"{m[1]}file{Path(m[2]).suffix}{m[3]}", text)
    for secret, stand_in in _secrets():
        text = re.sub(rf"(?i)(?<![A-Za-z0-9]){re.escape(secret)}(?![A-Za-z0-9])", stand_in, text)
    return text


def _scrub_path(match: re.Match[str]) -> str:
    path = match["quoted"] or match["bare"]
    code = next(reversed(list(_KNOWN_CODE.finditer(path))), None)
    if code is not None and path.endswith((".py", ".so", ".pyd", ".dll")):
        kept = "…" + path[code.start() :]
    else:
        kept = f"<path>{Path(path.rstrip('.')).suffix[:8]}"
    return f"{match['quote']}{kept}{match['close']}" if match["quoted"] else kept


def _secrets() -> list[tuple[str, str]]:
    import getpass
    import platform

    found = [(str(Path.home()), "<home>"), (platform.node(), "<computer>")]
    with contextlib.suppress(OSError, KeyError):
        found.append((getpass.getuser(), "<user>"))
    return [(secret, stand_in) for secret, stand_in in found if len(secret) > 1 and secret != "/"]
