"""Operations that only tests ask for. The core loads this module because its client names it (an extension)."""

import ctypes
import os
import signal
import threading
import time
from pathlib import Path
from typing import Any

from core.engine.context import Context
from core.operations.base import DocumentInput, FileInput, ImageInput, Lane, Operation, OperationInfo, operation
from core.values import AtelierError

_NAME = __name__


def _info(verb: str, **more: Any) -> OperationInfo:
    outputs = more.pop("outputs", {"image": "image"})
    return OperationInfo(
        name=f"test.{verb}",
        version=1,
        title=verb.replace("_", " ").capitalize(),
        intent="",
        help="",
        implementation=f"{_NAME}:{verb}",
        outputs=outputs,
        hidden=True,
        **more,
    )


@operation(_info("paint"))
class Paint(Operation, frozen=True, kw_only=True):
    value: int = 0
    size: int = 16
    seconds: float = 0.0


def paint(op: Paint, ctx: Context) -> Any:
    import numpy as np  # not before it is needed: the core starts in a fifth of a second without

    steps = max(1, int(op.seconds / 0.01))
    for index in range(steps):
        if op.seconds:
            time.sleep(op.seconds / steps)
        ctx.progress((index + 1) / steps, "painting")
    array = np.full((op.size, op.size, 4), 255, np.uint8)
    array[..., 0] = op.value % 256
    ctx.preview(array)
    note = os.environ.get("ATELIER_TEST_RUNS")
    if note:
        with Path(note).open("a") as file:
            file.write(f"paint {op.value}\n")
    return array


@operation(_info("invert", lane=Lane.INTERACTIVE))
class Invert(Operation, frozen=True, kw_only=True):
    image: ImageInput


def invert(op: Invert, ctx: Context) -> Any:
    pixels = ctx.image(op.image)
    pixels[..., :3] = 255 - pixels[..., :3]
    return pixels


@operation(_info("speak", outputs={"data": "data"}))
class Speak(Operation, frozen=True, kw_only=True):
    words: tuple[str, ...] = ("one", "two", "three")


def speak(op: Speak, ctx: Context) -> Any:
    for word in op.words:
        ctx.emit(word)
    return {"data": {"words": list(op.words), "pid": os.getpid()}}


@operation(_info("copy_file", outputs={"file": "file"}))
class CopyFile(Operation, frozen=True, kw_only=True):
    file: FileInput


def copy_file(op: CopyFile, ctx: Context) -> Path:
    path = ctx.scratch / "copy.txt"
    path.write_bytes(ctx.file(op.file).read_bytes())
    return path


@operation(_info("describe", outputs={"data": "data"}))
class Describe(Operation, frozen=True, kw_only=True):
    document: DocumentInput


def describe(op: Describe, ctx: Context) -> Any:
    document = ctx.document(op.document)
    from core.raster.manifest import read_raster

    sizes = {digest: list(read_raster(digest, ctx.assets).shape) for digest in document.assets()}
    return {"data": {"title": document.title, "pictures": sizes}}


class _Trouble(Operation, frozen=True, kw_only=True):
    how: str = ""
    number: int = 0


@operation(_info("trouble", outputs={"data": "data"}))
class Trouble(_Trouble, frozen=True, kw_only=True):
    pass


def trouble(op: Trouble, ctx: Context) -> Any:
    match op.how:
        case "sentence":
            raise AtelierError("The moon is not made of cheese.")
        case "values":
            ctx.progress(0.5, "Tile {done} of {total}", done=1, total=2)
            eaten = AtelierError("“{name}” was eaten", name="{0}.png")
            raise AtelierError("The moon has lost {bytes:,} bytes: {why}.", bytes=1234567, why=eaten)
        case "defect":
            raise KeyError("secret detail")
        case "memory":
            raise MemoryError
        case "torch":

            class OutOfMemoryError(RuntimeError):
                pass

            raise OutOfMemoryError("CUDA out of memory. Tried to allocate 2 GiB")
        case "die":
            time.sleep(0.05)
            os.kill(os.getpid(), signal.SIGKILL)
        case "segfault":
            ctypes.string_at(0)
        case "leave":
            os._exit(3)
        case "swallow":
            for _ in range(1000):
                try:
                    ctx.check_cancelled()
                    time.sleep(0.01)
                except Exception:
                    pass
        case "deaf":
            time.sleep(60)
        case "gil":
            # Holds the interpreter's lock in C: PyDLL calls do not release it.
            ctypes.PyDLL(None).sleep(60)
        case "eat":
            import numpy as np

            kept = []
            for index in range(200):
                kept.append(np.full(10_000_000, index % 255 + 1, np.uint8))
                time.sleep(0.005)
                ctx.check_cancelled()
        case "gorge":
            import numpy as np

            greedy = [np.full(50_000_000, 1 + index % 255, np.uint8) for index in range(40)]
            time.sleep(60)
            return {"data": len(greedy)}
        case "shape":
            return {"wrong": 1}
    return {"data": {"how": op.how}}


@operation(_info("load", outputs={"data": "data"}))
class Load(Operation, frozen=True, kw_only=True):
    model: str
    size: int = 1000
    seconds: float = 0.0
    number: int = 0


_loads: list[str] = []


def load(op: Load, ctx: Context) -> Any:
    def read() -> object:
        end = time.monotonic() + op.seconds
        while time.monotonic() < end:
            ctx.check_cancelled()
            time.sleep(0.01)
        _loads.append(op.model)
        return object()

    first = ctx.resident(op.model, read, op.size)
    assert ctx.resident(op.model, read, op.size) is first
    return {"data": {"loads": _loads.count(op.model)}}


@operation(_info("stream", outputs={"data": "data"}, lane=Lane.INTERACTIVE))
class Stream(Operation, frozen=True, kw_only=True):
    """Frames as fast as they go, or ``rate`` a second; each is filled with one value, so that a torn one shows."""

    width: int = 64
    height: int = 64
    count: int = 1000
    rate: float = 0.0
    number: int = 0


def stream(op: Stream, ctx: Context) -> Any:
    import numpy as np  # not before it is needed: the core starts in a fifth of a second without

    frames = [np.full((op.height, op.width, 4), value, np.uint8) for value in range(1, 8)]
    sent = 0
    start = time.perf_counter()
    index = 0
    while sent < op.count:
        if op.rate:
            wait = start + index / op.rate - time.perf_counter()
            if wait > 0:
                time.sleep(wait)
        if ctx.frame(frames[index % 7], op.width, op.height):
            sent += 1
        elif not op.rate:
            time.sleep(0)
        index += 1
        if index % 64 == 0:
            ctx.check_cancelled()
    return {"data": {"sent": sent, "tried": index}}


@operation(_info("world", outputs={"data": "data"}))
class World(Operation, frozen=True, kw_only=True):
    number: int = 0


def world(op: World, ctx: Context) -> Any:
    """Say what the process looks like from inside."""
    import sys

    seen = {
        "modules": sorted(sys.modules),
        "threads": sorted(thread.name for thread in threading.enumerate()),
        "environment": {k: os.environ.get(k) for k in ("OMP_NUM_THREADS", "OMP_WAIT_POLICY", "HF_HUB_OFFLINE")},
        "path": sys.path,
        "argv": sys.argv,
    }
    return {"data": seen}
