"""Watches the core process from inside: loaded by the core before anything else happens in it."""

import socket
import sys
from typing import Any

from core.engine.context import Context
from core.operations.base import Operation, OperationInfo, operation

attempts: list[str] = []


def _watch(event: str, arguments: tuple[Any, ...]) -> None:
    if event in ("socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg"):
        attempts.append(f"{event} {arguments[1]!r}")
    elif event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"):
        attempts.append(f"{event} {arguments[0]!r}")
    elif event == "socket.__new__" and arguments[1] in (socket.AF_INET, socket.AF_INET6):
        attempts.append(f"{event} {arguments[1]!r}")


sys.addaudithook(_watch)


@operation(
    OperationInfo(
        name="test.attempts",
        version=1,
        title="Attempts",
        intent="",
        help="",
        implementation=f"{__name__}:report",
        outputs={"data": "data"},
        hidden=True,
    )
)
class Attempts(Operation, frozen=True, kw_only=True):
    number: int = 0
    reach: bool = False


def report(op: Attempts, ctx: Context) -> Any:
    if op.reach:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
            sock.connect(("127.0.0.1", 9))
    return {"data": attempts}
