"""How much memory may still be used, so that a huge picture is refused with a sentence and not by the system."""

import sys
from pathlib import Path

import psutil

from core.values import AtelierError, Message

RESERVE = 64 * 1024 * 1024


def available() -> int:
    """Return the bytes this process may still allocate: free memory, less where a limit of the system is lower."""
    free = int(psutil.virtual_memory().available)
    if sys.platform != "win32":
        import resource

        limit, _ = resource.getrlimit(resource.RLIMIT_AS)
        if limit != resource.RLIM_INFINITY:
            free = min(free, limit - psutil.Process().memory_info().vms)
    return max(0, min(free, _control_group()))


def _control_group() -> int:
    """Return what the control group of a container leaves (Linux, version 2), else a very large number."""
    try:
        limit = Path("/sys/fs/cgroup/memory.max").read_text().strip()
        used = Path("/sys/fs/cgroup/memory.current").read_text().strip()
        return sys.maxsize if limit == "max" else int(limit) - int(used)
    except (OSError, ValueError):
        return sys.maxsize


def require(needed: int, what: Message) -> None:
    """Raise :class:`AtelierError` when ``needed`` bytes are not free; ``what`` is the subject of the sentence."""
    free = available() - RESERVE
    if needed > free:
        raise AtelierError(
            "{what} needs about {needed:.1f} GB of memory, and only {free:.1f} GB is free.",
            what=what,
            needed=needed / 1e9,
            free=max(0, free) / 1e9,
        )
