"""Where the frames of ``benchmarks/frames.py`` come from: an operation in the core process, and the peers' processes.

No Qt here: the core process imports this module because its client names it, as it would an extension.

Each frame carries a stamp in its first two pixels (nanoseconds of the system-wide monotonic clock, taken before the
frame is handed over) and its own number beside it. A *whole* frame has its number in every pixel after the stamp; a
*rows* frame has it in the third and in the last pixel of each row, over a photograph: a frame that was mixed from two,
wherever in whatever row, has two numbers in it.
"""

import functools
import socket
import struct
import time
from collections.abc import Callable, Iterator
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from core.engine.context import Context
from core.operations.base import Lane, Operation, OperationInfo, operation

Pixels = npt.NDArray[np.uint32]
Pattern = Literal["whole", "rows"]

STAMP = struct.Struct("<QI")
"""Nanoseconds, number: the first three pixels."""
HEAD = struct.Struct("<QII")
"""Before a JPEG: nanoseconds, number, bytes."""


@operation(
    OperationInfo(
        name="bench.stream",
        version=1,
        title="Stream frames",
        intent="",
        help="",
        implementation=f"{__name__}:stream",
        outputs={"data": "data"},
        lane=Lane.INTERACTIVE,
        hidden=True,
    )
)
class Stream(Operation, frozen=True, kw_only=True):
    """Frames until it is cancelled: as fast as they go, or ``rate`` a second."""

    width: int = 1920
    height: int = 1080
    rate: float = 0.0
    pattern: Pattern = "rows"
    number: int = 0
    """Makes one run differ from another, so that none is answered from the cache."""


def stream(op: Stream, ctx: Context) -> Any:
    """Send frames through the core's own way: :meth:`core.engine.context.Context.frame`."""
    sent = 0
    for frame in frames(op.width, op.height, lambda: op.rate, op.pattern):
        if ctx.frame(frame, op.width, op.height):
            sent += 1
        elif not op.rate:
            time.sleep(0.0002)  # no room: the window is not there yet
        ctx.check_cancelled()
    return {"data": {"sent": sent}}


def frames(width: int, height: int, rate: Callable[[], float], pattern: Pattern) -> Iterator[memoryview]:
    """Yield stamped frames for ever, each in one of a few arrays that are used in turn.

    ``rate()`` a second; 0: as they are taken; less: none for now.
    """
    made = [picture(width, height, seed) for seed in range(3)]
    views = [frame.data.cast("B") for frame in made]
    due, number = time.perf_counter(), 0
    while True:
        while (wanted := rate()) < 0:
            time.sleep(0.005)
        if wanted:
            due = max(due + 1 / wanted, time.perf_counter() - 0.1)  # who cannot keep up does not make up for it
            time.sleep(max(0.0, due - time.perf_counter()))
        number += 1
        frame = made[number % len(made)]
        if pattern == "whole":
            frame.fill(number)
        else:
            frame[:, 2] = number
            frame[:, -1] = number
        view = views[number % len(made)]
        STAMP.pack_into(view, 0, time.monotonic_ns(), number)
        yield view


@functools.lru_cache(8)
def picture(width: int, height: int, seed: int) -> Pixels:
    """Return BGRX pixels with the looks of a photograph: soft shapes and a little grain. Made once."""
    generator = np.random.default_rng(seed)
    x, y = np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32)[:, None]
    grain = np.tile(generator.normal(0, 1.5, (64, 64)).astype(np.float32), (height // 64 + 1, width // 64 + 1))
    out = np.full((height, width, 4), 255, np.uint8)
    for channel in range(3):
        a, b, c, d = generator.uniform(0.002, 0.02, 4)
        shapes = np.sin(x * a + channel) + np.cos(x * b) * np.sin(y * c + seed) + np.sin(y * d)
        out[..., channel] = np.clip(128 + shapes * 35 + grain[:height, :width], 0, 255)
    return out.view(np.uint32).reshape(height, width)


def is_whole(data: memoryview, width: int, height: int, pattern: Pattern) -> bool:
    """Return whether a frame holds one number wherever its pattern has one."""
    (number,) = struct.unpack_from("<I", data, 8)
    array = np.frombuffer(data, "<u4")
    if pattern == "whole":
        return bool((array[2:] == number).all())
    rows = array.reshape(height, width)
    return bool((rows[:, 2] == number).all() and (rows[:, -1] == number).all())


def _when_told(width: int, height: int, rate: Any) -> Iterator[memoryview]:
    """Yield a peer's frames at the rate in shared memory, once it was said there that this process is ready."""
    for seed in range(3):
        picture(width, height, seed)
    rate.value = -1.0
    return frames(width, height, lambda: float(rate.value), "rows")


def through_queue(queue: Any, width: int, height: int, rate: Any) -> None:
    """Peer: arrays pickled through :class:`multiprocessing.Queue`, three at most under way."""
    for frame in _when_told(width, height, rate):
        queue.put(np.array(frame))  # the queue's own thread pickles it, when this one has gone on to the next


def through_pipe(pipe: Any, width: int, height: int, rate: Any) -> None:
    """Peer: bytes through :func:`multiprocessing.Pipe`."""
    for frame in _when_told(width, height, rate):
        pipe.send_bytes(frame)


def through_jpeg(pipe: Any, width: int, height: int, rate: Any) -> None:
    """Peer: JPEG (OpenCV, quality 90) through a local TCP socket; ``pipe`` tells the port."""
    import cv2  # noqa: PLC0415  (may not be there)

    with socket.create_connection(("127.0.0.1", pipe.recv())) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for frame in _when_told(width, height, rate):
            stamp = STAMP.unpack_from(frame, 0)
            bgra = np.frombuffer(frame, np.uint8).reshape(height, width, 4)
            packed = cv2.imencode(".jpg", cv2.cvtColor(bgra, cv2.COLOR_BGRA2BGR), [cv2.IMWRITE_JPEG_QUALITY, 90])[1]
            connection.sendall(HEAD.pack(*stamp, packed.size) + packed.tobytes())
