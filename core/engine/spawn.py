"""How the core process comes to life, from a checkout, an installed package or a frozen application.

The child gets its configuration, and the key of the channel where there is one, through its standard input: a
command line can be read by every user of the machine.
"""

import importlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import msgspec

import core
from core.engine.frames import Layout
from core.operations.base import Lane
from core.project import places

if TYPE_CHECKING:
    import subprocess

FLAG = "--atelier-core"
"""As its only argument, it makes a frozen application the core process instead of the window."""

READER_FLAG = "--atelier-read-layers"
"""As its only argument, it makes a frozen application the process that reads one layered file."""
_READER = "core.image.layered_child"
"""By name: the media rooms stand on the floor above."""

EXTENSIONS = "ATELIER_OPERATIONS"
"""Environment variable: names of further modules that declare operations, separated by commas."""

EXIT_MEMORY = 86
"""Exit status of a core that left because a job needed more memory than it may use (it said so before)."""

CRASH_LOG_BYTES = 1_000_000


class WorkerConfig(msgspec.Struct, frozen=True):
    """What the core needs to know before the first message."""

    address: str
    key: str
    frames: Layout
    folder: str
    """The session's folder, which the core removes when it finds itself alone."""
    cache_folder: str
    cache_bytes: int
    memory_limit: int
    """Bytes that the process may occupy."""
    lanes: dict[Lane, int]
    """How many jobs of each lane may run at the same time."""
    modules: tuple[str, ...] = ()
    hang_seconds: float = 90.0


def worker_command() -> list[str]:
    """Return the command that starts the core process: this program again when it is frozen, else Python.

    ``-P`` keeps the current folder off the import path: it may be anybody's.
    """
    if getattr(sys, "frozen", False):
        return [sys.executable, FLAG]
    return [sys.executable, "-P", "-m", "core.engine.worker"]


def reader_command() -> list[str]:
    """Return the command that starts a process which reads one layered file."""
    if getattr(sys, "frozen", False):
        return [sys.executable, READER_FLAG]
    return [sys.executable, "-P", "-m", _READER]


def maybe_run_worker(argv: Sequence[str] | None = None) -> None:
    """Become the core process, and never return, when this program was started as one.

    To be called at the top of every entry point of a frozen application, before anything heavy is imported.
    """
    arguments = sys.argv if argv is None else argv
    if len(arguments) == 2 and arguments[1] == FLAG:
        from core.engine.worker import main  # the client must not load the worker

        main()
    if len(arguments) == 2 and arguments[1] == READER_FLAG:
        importlib.import_module(_READER).main()
        sys.exit(0)


def extension_modules() -> tuple[str, ...]:
    """Return the modules with further operations that :data:`EXTENSIONS` names.

    This is the extension point for operations that do not ship with Atelier: each module declares them with
    :func:`core.operations.base.operation`, and is imported by the core process and by the command line.
    """
    return tuple(name for name in os.environ.get(EXTENSIONS, "").split(",") if name.strip())


def threads() -> int:
    """Return how many threads a heavy library may use: all processors but one for the window, if there are many."""
    count = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return count if count <= 2 else count - 1


def environment() -> dict[str, str]:
    """Return the environment of the core process: calm thread pools, and no library that looks for the network."""
    found = dict(os.environ)
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS"):
        found.setdefault(name, str(threads()))
    # Waiting threads that spin make everything ten times slower on a busy machine.
    found.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    found.update(HF_HUB_OFFLINE="1", TRANSFORMERS_OFFLINE="1", HF_HUB_DISABLE_TELEMETRY="1", DO_NOT_TRACK="1")
    found["PYTHONIOENCODING"] = "utf-8"
    found["PYTHONHASHSEED"] = "0"  # the same bytes from the same input, also where a set is walked
    if not getattr(sys, "frozen", False):
        root = str(Path(core.__file__).resolve().parent.parent)
        inherited = [p for p in found.get("PYTHONPATH", "").split(os.pathsep) if p]
        found["PYTHONPATH"] = os.pathsep.join([root, *(p for p in inherited if p != root)])
    return found


def launch(config: WorkerConfig, inherit: Sequence[int]) -> "subprocess.Popen[bytes]":
    """Start the core process. ``inherit`` are the file descriptors it needs (POSIX). Raises ``OSError``.

    It ends by itself when its end of the channel is closed: whoever started it is gone then, however it went.
    """
    import subprocess  # the core itself starts nothing

    options: dict[str, Any] = {}
    if sys.platform == "win32":
        options["creationflags"] = subprocess.CREATE_NO_WINDOW | subprocess.BELOW_NORMAL_PRIORITY_CLASS
    else:
        options["pass_fds"] = tuple(inherit)
        # Ctrl-C in a terminal goes to the whole group: the client decides what it means.
        options["start_new_session"] = True
    with _crash_log() as stderr:
        process = subprocess.Popen(
            worker_command(),
            stdin=subprocess.PIPE,
            stdout=stderr,
            stderr=stderr,
            cwd=config.folder,
            env=environment(),
            **options,
        )
    if process.stdin is None:  # cannot be: it was asked for
        raise OSError("no standard input")
    try:
        process.stdin.write(msgspec.json.encode(config))
        process.stdin.close()
    except OSError:
        pass  # it died at once: whoever waits for its first message finds out
    return process


def read_config() -> WorkerConfig:
    """Return the configuration from standard input, and leave nothing there. Core process only."""
    data = bytearray()
    while chunk := os.read(0, 65536):
        data += chunk
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    return msgspec.json.decode(data, type=WorkerConfig)


def _crash_log() -> IO[bytes]:
    """What native libraries say on their way down, and Python's own last words."""
    path = places.log() / "core-crash.log"
    try:
        if path.stat().st_size > CRASH_LOG_BYTES:
            path.unlink()
    except OSError:
        pass  # not there yet, or another core has it open
    try:
        return path.open("ab")
    except OSError:
        return Path(os.devnull).open("ab")
