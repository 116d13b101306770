"""Opening files with layers or pages: read in a process of its own, which may be stopped, and handed on as one file.

A PSD, an OpenRaster file or a PDF is untrusted and large. The process that reads it has a limit of memory and of time,
and all it can do is write a ``.layers`` file (:mod:`core.raster.layered`), which is checked when it is adopted.
"""

import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import psutil

from core.engine.context import LAYERED_SUFFIX
from core.engine.protocol import unpack_message
from core.engine.spawn import environment, reader_command
from core.image import files, memory, sniff
from core.operations.image import ImportLayers
from core.values import AtelierError, Message

if TYPE_CHECKING:
    from core.engine.context import Context

MAX_SECONDS = 600.0
BASE_MEMORY = 4 << 30
"""Bytes a reader may take besides twice the size of its file (a PSD is held whole while its layers are unpacked)."""


class Told(msgspec.Struct, frozen=True):
    """What a reader says at its end: either what it read, or why not."""

    info: dict[str, Any] = {}
    error: list[Any] | None = None
    """A message as :func:`core.engine.protocol.pack_message` packs it."""


def import_layers(op: ImportLayers, ctx: "Context") -> dict[str, Any]:
    """Return ``document`` (a ``.layers`` file) and ``info`` (:class:`core.image.layering.LayersInfo`)."""
    path = ctx.file(op.file)
    name = op.name or Message("The picture")
    target = ctx.scratch / f"document{LAYERED_SUFFIX}"
    options = {"name": str(name), "page": op.page, "dpi": op.resolution, "width": op.width}
    options |= {"keep_profile": op.keep_profile}

    def check(fraction: float) -> None:
        ctx.progress(fraction, "Reading layers")

    info = read(path, target, options, check)
    return {"document": target, "info": msgspec.json.encode(info, order="deterministic")}


def read(path: Path, target: Path, options: dict[str, Any], check: Callable[[float], None]) -> dict[str, Any]:
    """Read the file at ``path`` into ``target`` and return what is known of it; raises :class:`AtelierError`.

    ``check`` is called often with how much is done, and may raise to stop.
    """
    name = str(options["name"])
    try:
        with files.open_file(path, name) as stream:
            kind = sniff.identify(stream.read(sniff.HEAD), name)
            size = stream.seek(0, 2)
    except OSError:
        raise AtelierError("“{name}” cannot be read.", name=name) from None
    if kind not in sniff.LAYERED:
        raise AtelierError("“{name}” has no layers or pages to open.", name=name)
    limit = min(BASE_MEMORY + 2 * size, max(512 << 20, memory.available() - memory.RESERVE))
    request = {**options, "source": str(path), "target": str(target), "kind": kind, "limit": limit}
    told = _in_child(request, name, check)
    if told.error is not None:
        raise AtelierError(unpack_message(Message, told.error))
    return told.info


def _in_child(request: dict[str, Any], name: str, check: Callable[[float], None]) -> Told:
    said = Path(request["target"]).with_suffix(".json")
    done = Path(request["target"]).with_suffix(".done")
    request |= {"said": str(said), "done": str(done)}
    child = subprocess.Popen(
        reader_command(),
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment(),
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    with child:
        try:
            if child.stdin is not None:
                child.stdin.write(msgspec.json.encode(request))
                child.stdin.close()
            _watch(child, name, done, request["limit"], check)
        except BrokenPipeError:
            pass  # it ended before it began; what it left is looked at below
        finally:
            child.kill()
    try:
        return msgspec.json.decode(said.read_bytes(), type=Told)
    except (OSError, msgspec.MsgspecError):
        raise AtelierError("“{name}” is damaged: its reader stopped while reading it.", name=name) from None


def _watch(child: "subprocess.Popen[bytes]", name: str, done: Path, limit: int, check: Callable[[float], None]) -> None:
    """Wait for ``child``; raise when it takes too long, too much memory, or the job is cancelled."""
    end = time.monotonic() + MAX_SECONDS
    process = psutil.Process(child.pid)
    while True:
        try:
            child.wait(0.03)
            return
        except subprocess.TimeoutExpired:
            pass
        check(_fraction(done))
        try:
            taken = process.memory_info().rss
        except psutil.NoSuchProcess:
            continue
        if taken > limit:
            raise AtelierError("“{name}” needs more memory to open than may be used for one picture.", name=name)
        if time.monotonic() > end:
            raise AtelierError("“{name}” takes longer than {n:.0f} minutes to read.", name=name, n=MAX_SECONDS / 60)


def _fraction(done: Path) -> float:
    try:
        return min(0.99, max(0.0, float(done.read_text() or 0)))
    except (OSError, ValueError):
        return 0.0
