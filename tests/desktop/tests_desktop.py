"""What tests of the desktop share beside fixtures."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from desktop.session import Session

Run = Callable[[Coroutine[Any, Any, Any]], Any]
"""The ``run`` fixture: runs a coroutine on the Qt event loop."""


async def settled(session: Session, seconds: float = 30) -> None:
    """Wait until nothing runs any more, neither in the core nor in the session."""
    for _ in range(round(seconds * 50)):
        await asyncio.sleep(0.02)
        if not session.work.active() and not session.busy:
            return
    raise AssertionError("something is still running")
