"""Reads one layered file and ends: the process that :mod:`core.image.layered` starts and may stop at any time."""

import contextlib
import logging
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec

from core.documents.image import walk
from core.engine.protocol import pack_message
from core.image import sniff
from core.image.layering import Intake, LayersInfo
from core.raster.layered import LayeredWriter
from core.values import AtelierError, Message

_HEADROOM = 3 << 30
"""Address space beyond the memory that may be used: libraries reserve much that they never touch."""


def work(request: dict[str, Any], progress: Callable[[float], None]) -> dict[str, Any]:
    """Return what :class:`core.image.layered.Told` holds. Whatever goes wrong in a reader is one sentence."""
    name = request["name"]
    try:
        info = _read(request, name, progress)
        return {"info": msgspec.json.decode(msgspec.json.encode(info, enc_hook=pack_message))}
    except AtelierError as error:
        message = error.message
    except MemoryError:
        message = Message("There is not enough memory to open “{name}”.", name=name)
    except RecursionError:
        message = sniff.damaged(name, Message("it nests too deeply")).message
    except Exception:  # noqa: BLE001  (a reader's own confusion over a file that lies to it)
        logging.getLogger("atelier.layers").debug("reading failed", exc_info=True)
        message = sniff.damaged(name).message
    packed = msgspec.json.decode(msgspec.json.encode(message, enc_hook=pack_message))
    return {"error": packed}


def _read(request: dict[str, Any], name: str, progress: Callable[[float], None]) -> LayersInfo:
    source, kind = Path(request["source"]), request["kind"]
    pages = 1
    with LayeredWriter(Path(request["target"]), limit=16 << 30) as out:
        intake = Intake(out, name, progress)
        if kind == "ORA":
            from core.image import ora

            document = ora.read(source, intake)
        elif kind == "PSD":
            from core.image import psd

            document = psd.read(source, intake, keep_profile=bool(request.get("keep_profile")))
        else:
            from core.image import pdf

            document, pages = pdf.read(source, intake, request["page"], request["dpi"], request["width"])
        out.finish(document)
    count = sum(1 for _ in walk(document.layers))
    return LayersInfo(kind, document.width, document.height, count, pages, intake.told())


def _limit(memory: int) -> None:
    """Ask the system to stop this process past these limits, where it can."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory + _HEADROOM, memory + _HEADROOM))
        resource.setrlimit(resource.RLIMIT_CPU, (1200, 1200))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> None:
    """Read the request from standard input, do it, and leave what came of it beside the target."""
    request = msgspec.json.decode(sys.stdin.buffer.read(), type=dict[str, Any])
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    _limit(request["limit"])
    done, last = Path(request["done"]), 0.0

    def progress(fraction: float) -> None:
        nonlocal last
        if time.monotonic() - last > 0.1:
            last = time.monotonic()
            with contextlib.suppress(OSError):
                done.write_text(f"{fraction:.3f}")

    Path(request["said"]).write_bytes(msgspec.json.encode(work(request, progress)))


if __name__ == "__main__":
    main()
