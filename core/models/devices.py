"""Where models can run, found out cheaply: nothing here imports torch, it only asks a torch that is there already."""

import os
import sys
from typing import Any

import msgspec

from core.values import Message


class Device(msgspec.Struct, frozen=True):
    """A place for models. Memory in bytes; for a processor, the machine's own."""

    kind: str
    """``cpu``, ``cuda`` or ``mps``."""
    name: Message
    memory_used: int
    memory_total: int


def current() -> Device:
    """Return the device that models use, as far as it can be told without loading a library."""
    torch: Any = sys.modules.get("torch")
    # A torch that another thread is still importing lacks some of its names.
    cuda = getattr(torch, "cuda", None)
    if cuda is not None and getattr(cuda, "is_initialized", bool)():
        free, total = cuda.mem_get_info()
        return Device("cuda", Message(str(cuda.get_device_name())), total - free, total)
    mps = getattr(torch, "mps", None)
    if mps is not None and sys.platform == "darwin" and torch.backends.mps.is_available():
        return Device("mps", Message("Apple GPU"), mps.driver_allocated_memory(), mps.recommended_max_memory())
    return _processor()


def best() -> str:
    """Return ``cuda``, ``mps`` or ``cpu``: what torch should be asked for. Imports torch: core process only."""
    import torch  # 1.8 s

    if torch.cuda.is_available():
        return "cuda"
    return "mps" if torch.backends.mps.is_available() else "cpu"


def _processor() -> Device:
    import psutil  # the core is ready before it is needed

    count = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    memory = psutil.virtual_memory()
    name = Message("CPU, 1 core") if count == 1 else Message("CPU, {count} cores", count=count)
    return Device("cpu", name, memory.total - memory.available, memory.total)
