"""Frames from the core process to a painted widget, against the usual ways to send pixels, in one run.

    python benchmarks/frames.py [--quick]

Everything is real: the core process that the window starts, its operation's ``Context.frame``, the ring in shared
memory, :class:`desktop.core_client.Core` on a Qt event loop under qasync, and a :class:`desktop.frames.FrameView` of
1920 × 1080 that is shown on Qt's offscreen platform. A frame counts when its ``paintEvent`` is over.

* **speed**: as many as go, newest first, frames that find no room are dropped;
* **latency**: 60 a second, from just before the sender hands the frame over (so its copy is in it) to the end of the
  paint, on the monotonic clock that all processes of the machine share;
* **processor**: what both processes took for one painted frame, which hardly depends on who else is busy;
* **whole**: each frame has its own number in its pixels (``parts/frame_source.py`` says where), and is looked through
  just before its memory is given back: after it was painted, or on the client's own thread, which is faster.

The peers' frames are the same; a thread receives them and hands the newest to the same widget, as
:class:`desktop.core_client.Core` does. A plain copy of one frame within one process is the bound that no transport
between processes can pass. Rates and latencies are those of the best round, for all alike.
"""

import argparse
import asyncio
import importlib.util
import mmap
import multiprocessing
import os
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parent.parent
PARTS = str(ROOT / "benchmarks" / "parts")
sys.path[:0] = [str(ROOT), PARTS]
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import frame_source  # noqa: E402
import psutil  # noqa: E402
import qasync  # noqa: E402
from frame_source import HEAD, STAMP, Pattern, Stream, is_whole  # noqa: E402
from PySide6.QtCore import QObject, Qt, Signal  # noqa: E402
from PySide6.QtGui import QImage  # noqa: E402
from PySide6.QtWidgets import QApplication  # noqa: E402
from tables import machine, middle, percentile, table, verdict  # noqa: E402

from core.engine.client import ClientSettings, CoreClient  # noqa: E402
from core.engine.frames import Frame  # noqa: E402
from core.operations.recipe import single  # noqa: E402
from desktop.core_client import Core  # noqa: E402
from desktop.frames import FrameView  # noqa: E402

WIDTH, HEIGHT = 1920, 1080
SMALL = 256, 144
WANTED_RATE, WANTED_MS = 300.0, 5.0
MODULES = ("frame_source",)
_STARTING = -2.0
Stamped = tuple[QImage, tuple[int, int]]


class Run(NamedTuple):
    """What one run showed."""

    rate: float
    """Painted frames a second."""
    latencies: list[float]
    """Milliseconds, of each painted frame."""
    window_ms: float
    """Processor time of this process for one painted frame."""
    sender_ms: float
    """The same of the process that sent it."""


class Eye:
    """Looks at what the view has painted, and into each frame before its memory goes back."""

    def __init__(self, width: int, height: int, pattern: Pattern | None = "rows") -> None:
        self.view = FrameView()
        self.view.resize(width, height)
        self.view.painted.connect(self._painted)
        self.pattern = pattern
        self.torn = 0
        self.checked = 0
        self._stamp: Callable[[], tuple[int, int]] = lambda: (0, 0)
        self._times: list[int] = []
        self._latencies: list[float] = []
        self._last = 0
        self.view.show()

    def show_frame(self, frame: Frame, release: Callable[[Frame], None]) -> None:
        """Have a frame of the core painted; what :meth:`Core.watch` is given."""
        self._stamp = lambda: STAMP.unpack_from(frame.pixels, 0)

        def checked(old: Frame) -> None:
            if self.pattern is not None:
                self.checked += 1
                self.torn += not is_whole(old.pixels, old.width, old.height, self.pattern)
            release(old)

        self.view.show_frame(frame, checked)

    def show_image(self, image: QImage, stamp: tuple[int, int]) -> None:
        """Have a peer's frame painted."""
        self._stamp = lambda: stamp
        self.view.show_image(image)

    def _painted(self, _sequence: int) -> None:
        now = time.monotonic_ns()
        sent, number = self._stamp()
        if number != self._last:  # not the same one again
            self._last = number
            self._times.append(now)
            self._latencies.append((now - sent) / 1e6)

    async def watch(self, seconds: float, sender: Callable[[], int]) -> Run:
        """Wait until frames arrive, then for ``seconds``; return what was painted in that time."""
        self._times = []
        limit = time.monotonic() + 30
        while len(self._times) < 10:
            await asyncio.sleep(0.02)
            if time.monotonic() > limit:
                raise TimeoutError
        other = psutil.Process(sender())
        self._times, self._latencies = [], []
        mine, theirs = time.process_time(), _processor(other)
        await asyncio.sleep(seconds)
        mine, theirs = time.process_time() - mine, _processor(other) - theirs
        count = len(self._times)
        span = (self._times[-1] - self._times[0]) / 1e9 if count > 1 else 0.0
        rate = (count - 1) / span if span else 0.0
        return Run(rate, self._latencies, mine * 1000 / max(1, count), theirs * 1000 / max(1, count))

    def close(self) -> None:
        """Give the last frame back."""
        self.view.clear()
        self.view.close()


def _processor(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)


class Ours:
    """The core process and its frames."""

    def __init__(self) -> None:
        self.core = Core(ClientSettings(modules=MODULES))
        self._ended: set[str] = set()
        self.core.cancelled.connect(self._ended.add)
        self.core.failed.connect(lambda job, message: sys.exit(f"the operation failed: {message}"))
        self._runs = 0

    async def run(self, eye: Eye, rate: float, seconds: float) -> Run:
        """Stream for ``seconds`` into the view."""
        self._runs += 1
        width, height, pattern = eye.view.width(), eye.view.height(), eye.pattern or "rows"
        recipe = single(Stream(width=width, height=height, rate=rate, pattern=pattern, number=self._runs))
        job = self.core.submit(recipe)
        self.core.watch(job.id, eye.show_frame)
        try:
            return await eye.watch(seconds, lambda: self.core.state.pid)
        finally:
            self.core.cancel(job.id)
            while job.id not in self._ended:
                await asyncio.sleep(0.01)
            self.core.release(job.id)


class Peer(QObject):
    """Another process that sends the same frames another way, and a thread that receives them."""

    _news = Signal()

    def __init__(self, send: Callable[..., None]) -> None:
        super().__init__()
        self._eye: Eye | None = None
        self._newest: Stamped | None = None
        self._news.connect(self._show, Qt.ConnectionType.QueuedConnection)
        self._stopped = False
        context = multiprocessing.get_context("spawn")
        self._rate = context.Value("d", _STARTING)
        give: Any
        if send is frame_source.through_queue:
            give = context.Queue(3)
            self._source = self._from_queue(give)
        else:
            ours, give = context.Pipe()
            self._source = self._from_pipe(ours) if send is frame_source.through_pipe else self._from_socket(ours)
        self._process = context.Process(target=send, args=(give, WIDTH, HEIGHT, self._rate), daemon=True)
        self._process.start()
        self._thread = threading.Thread(target=self._receive, daemon=True)
        self._thread.start()

    async def ready(self) -> None:
        """Wait until its process has started: it shall not disturb the others."""
        limit = time.monotonic() + 30
        while self._rate.value == _STARTING:
            await asyncio.sleep(0.02)
            if time.monotonic() > limit:
                raise SystemExit("a peer did not start within 30 seconds")

    async def run(self, eye: Eye, rate: float, seconds: float) -> Run:
        """Have it send for ``seconds`` into the view; it waits before and afterwards."""
        self._rate.value = rate
        self._eye = eye
        try:
            return await eye.watch(seconds, lambda: self._process.pid or 0)
        finally:
            self._rate.value = -1.0
            await asyncio.sleep(0.3)  # what is under way arrives
            self._eye = None

    def _from_queue(self, queue: Any) -> Iterator[Stamped]:
        while True:
            array = queue.get()
            yield _Held(memoryview(array).cast("B")), STAMP.unpack_from(array, 0)

    def _from_pipe(self, pipe: Any) -> Iterator[Stamped]:
        while True:
            data = pipe.recv_bytes()
            yield _Held(data), STAMP.unpack_from(data, 0)

    def _from_socket(self, pipe: Any) -> Iterator[Stamped]:
        with socket.create_server(("127.0.0.1", 0)) as server:
            pipe.send(server.getsockname()[1])
            with server.accept()[0] as connection, connection.makefile("rb") as file:
                while head := file.read(HEAD.size):
                    sent, number, size = HEAD.unpack(head)
                    # Qt's own decoder (libjpeg-turbo): there is no OpenCV in the window's process.
                    yield QImage.fromData(file.read(size)), (sent, number)

    def _receive(self) -> None:
        try:
            for item in self._source:
                if self._stopped:
                    return
                before, self._newest = self._newest, item
                if before is None:  # else the window has not come to the last one yet: it sees this one instead
                    self._news.emit()
        except (OSError, EOFError, RuntimeError, ValueError) as error:
            if not self._stopped:
                print(f"  a peer stopped: {type(error).__name__}", file=sys.stderr)

    def _show(self) -> None:
        newest, self._newest = self._newest, None
        if newest is not None and self._eye is not None:
            self._eye.show_image(*newest)

    def stop(self) -> None:
        """End the process; the thread ends with its next frame, or with the program."""
        self._stopped = True
        self._process.kill()
        self._process.join()


class _Held(QImage):
    """An image that keeps alive the bytes it looks at."""

    def __init__(self, data: Any) -> None:
        super().__init__(data, WIDTH, HEIGHT, WIDTH * 4, QImage.Format.Format_RGB32)
        self.data = data


def copying(seconds: float) -> float:
    """Return how many times a second a frame can be copied from one array into four slots of memory, in turn."""
    size = WIDTH * HEIGHT * 4
    frame, slots = bytearray(os.urandom(size)), mmap.mmap(-1, size * 4)
    for index in range(4):
        slots[index * size : (index + 1) * size] = frame
    count, began = 0, time.perf_counter()
    while (now := time.perf_counter()) - began < seconds:
        start = count % 4 * size
        slots[start : start + size] = frame
        count += 1
    slots.close()
    return count / (now - began)


async def measure(quick: bool) -> None:
    """Run everything and print it."""
    rounds, seconds = (1, 1.0) if quick else (3, 2.5)
    peers = {
        "multiprocessing.Queue, pickled": Peer(frame_source.through_queue),
        "multiprocessing.Pipe, bytes": Peer(frame_source.through_pipe),
    }
    if importlib.util.find_spec("cv2"):
        peers["JPEG (OpenCV, q 90), socket"] = Peer(frame_source.through_jpeg)
    ours = Ours()
    for peer in peers.values():
        await peer.ready()
    contenders: dict[str, tuple[Ours | Peer, float]] = {"Atelier: shared memory": (ours, seconds)}
    contenders |= {name: (peer, seconds * 0.6) for name, peer in peers.items()}
    fast: dict[str, list[Run]] = {name: [] for name in contenders}
    paced: dict[str, list[Run]] = {name: [] for name in contenders}
    copies = 0.0
    # Rounds, so that a busy second on this machine does not hit one contender only.
    for _ in range(rounds):
        copies = max(copies, copying(0.3))
        for name, (contender, long) in contenders.items():
            eye = Eye(WIDTH, HEIGHT)
            try:
                fast[name].append(await contender.run(eye, 0.0, long))
                paced[name].append(await contender.run(eye, 60.0, long))
            except TimeoutError:
                raise SystemExit(f"{name}: no frames arrived within 30 seconds") from None
            eye.close()
            if eye.torn:
                raise SystemExit(f"{name}: {eye.torn} of {eye.checked} frames were torn")
    for peer in peers.values():
        peer.stop()
    show(fast, paced, copies)
    if len(peers) < 3:
        print("  JPEG is left out: OpenCV is not installed; scripts/setup.sh adds it")
    await wholeness(ours, quick)


def show(fast: dict[str, list[Run]], paced: dict[str, list[Run]], copies: float) -> None:
    """Print the table of all contenders and whether ours does what it must."""
    rows: list[list[str]] = []
    own = 0.0
    for name, runs in fast.items():
        best = max(runs, key=lambda run: run.rate)
        own = own or best.rate
        steady = min(paced[name], key=lambda run: percentile(run.latencies, 0.95))
        p50, p95 = (percentile(steady.latencies, share) for share in (0.5, 0.95))
        costs = [middle([run.window_ms for run in runs]), middle([run.sender_ms for run in runs])]
        cells = [f"{best.rate:.0f}", f"{best.rate / own:.2f}×", *(f"{cost:.1f}" for cost in costs)]
        rows.append([name, *cells, f"{steady.rate:.0f}", f"{p50:.1f}", f"{p95:.1f}"])
    rows.append(["bound: one memcpy, one process", f"{copies:.0f}", f"{copies / own:.2f}×", *[""] * 5])
    columns = ["", "painted/s", "of ours", "window ms", "sender ms", "at 60/s:", "p50 ms", "p95 ms"]
    table(f"{WIDTH} × {HEIGHT} BGRX from another process to a painted widget ({machine()}):", columns, rows)
    mine = next(iter(fast))
    rates = [run.rate for run in fast[mine]]
    p95s = [percentile(run.latencies, 0.95) for run in paced[mine]]
    found = f"{max(rates):.0f}/s (median of {len(rates)} rounds {middle(rates):.0f})"
    verdict("unpaced", f"≥ {WANTED_RATE:.0f}/s", found, max(rates) >= WANTED_RATE)
    found = f"{min(p95s):.1f} ms (median of {len(p95s)} rounds {middle(p95s):.1f})"
    verdict("p95 at 60 a second", f"< {WANTED_MS:g} ms", found, min(p95s) < WANTED_MS)


async def wholeness(ours: Ours, quick: bool) -> None:
    """Look through many frames: small ones on the client's thread, and painted ones of both sizes."""
    rows: list[list[str]] = []
    torn = total = 0
    for size, seconds in ((SMALL, 1.0 if quick else 5.0), ((WIDTH, HEIGHT), 1.0 if quick else 10.0)):
        eye = Eye(*size, "whole")
        run = await ours.run(eye, 0.0, seconds)
        eye.close()
        torn, total = torn + eye.torn, total + eye.checked
        rows.append([f"{size[0]} × {size[1]}, painted", f"{eye.checked:,}", f"{run.rate:.0f}", str(eye.torn)])
    ours.core.stop()
    wanted = 5_000 if quick else 100_000
    bad, seen, rate = await asyncio.to_thread(unpainted, wanted, 60.0)
    rows.append([f"{SMALL[0]} × {SMALL[1]}, not painted", f"{seen:,}", f"{rate:.0f}", str(bad)])
    title = "Frames with their number in every pixel, looked through before their memory goes back:"
    table(title, ["", "frames", "a second", "torn"], rows)
    torn, total = torn + bad, total + seen
    verdict("torn frames", f"none in {wanted:,}", f"{torn} in {total:,}", not torn and seen >= wanted)
    if torn:
        raise SystemExit(1)


def unpainted(frames: int, seconds: float) -> tuple[int, int, float]:
    """Take small frames on the client's own thread as fast as the core sends them; return torn, all, and a second."""
    times: list[float] = []
    torn = 0
    enough = threading.Event()

    def look(job: str) -> None:
        nonlocal torn
        frame = client.take_frame(job)
        if frame is not None:
            torn += not is_whole(frame.pixels, frame.width, frame.height, "whole")
            times.append(time.perf_counter())
            client.release_frame(frame)
            if len(times) >= frames:
                enough.set()

    with CoreClient(lambda _: Path(), on_frame=look, settings=ClientSettings(modules=MODULES)) as client:
        client.submit(single(Stream(width=SMALL[0], height=SMALL[1], pattern="whole")))
        enough.wait(seconds)
    return torn, len(times), len(times) / (times[-1] - times[0]) if len(times) > 1 else 0.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="one short round, 5,000 frames looked through")
    quick = parser.parse_args().quick
    with tempfile.TemporaryDirectory(prefix="atelier-bench-") as home:
        os.environ["ATELIER_HOME"] = home
        # The core process finds the operation as it would find anybody's.
        os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [PARTS, os.environ.get("PYTHONPATH", "")]))
        app = QApplication(sys.argv[:1])
        app.setQuitOnLastWindowClosed(False)
        loop = qasync.QEventLoop(app)
        asyncio.set_event_loop(loop)
        with loop:
            loop.run_until_complete(measure(quick))


if __name__ == "__main__":
    main()
