"""The core process seen from outside: started, listened to, started again when it dies. Knows nothing of jobs."""

import contextlib
import logging
import queue
import subprocess
import threading
import time
from collections.abc import Callable
from typing import Protocol

import msgspec

from core.engine.channel import Channel, Closed, Offer, offer
from core.engine.frames import FrameRing, Layout
from core.engine.protocol import VERSION, AnyEvent, CoreState, Ready, Request, Stop, decode_event, encode
from core.engine.spawn import WorkerConfig, launch

log = logging.getLogger("atelier.core")

START_TRIES = 3
"""A core that dies so often before its first word is not tried again until it is wanted anew."""
_STOP_SECONDS = 1.0


class Listener(Protocol):
    """Who is told. All on the supervisor's thread, never two at a time."""

    def core_up(self, pid: int) -> None:
        """A fresh core takes requests."""

    def core_event(self, event: AnyEvent) -> None:
        """It said something."""

    def core_down(self, status: int | None) -> None:
        """It is gone, with that exit status (negative: the signal), and will be started again."""

    def core_failed(self) -> None:
        """It cannot be started; :meth:`Supervisor.wake` tries again."""


class Supervisor:
    """Owns the process, the channel and the shared memory."""

    def __init__(
        self,
        listener: Listener,
        config: Callable[[str, str, Layout], WorkerConfig],
        channel_folder: str | None = None,
        ring: FrameRing | None = None,
    ) -> None:
        """``config(address, key, frames)`` returns what a core that starts now should know; may raise ``OSError``."""
        self._listener = listener
        self._config = config
        self._channel_folder = channel_folder
        self.ring = ring or FrameRing()
        self._thread: threading.Thread | None = None
        self._sender: threading.Thread | None = None
        self._stop = threading.Event()
        self._wake = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._outbox: queue.SimpleQueue[tuple[Channel, Request] | None] = queue.SimpleQueue()
        self._channel: Channel | None = None
        self._worked = False
        """Whether the core that lives now has said anything about a job."""
        self.last_heard = time.monotonic()

    def start(self) -> None:
        """Start the process on a thread of its own; returns at once."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="core supervisor", daemon=True)
            self._sender = threading.Thread(target=self._send, name="core sender", daemon=True)
            self._thread.start()
            self._sender.start()

    def stop(self) -> None:
        """End the process and the threads; returns when they are gone, at the latest after a second or two."""
        self._stop.set()
        self._wake.set()
        self.send(Stop())
        if self._thread is not None and self._thread is not threading.current_thread():
            self._thread.join(_STOP_SECONDS)
            if self._thread.is_alive():
                self.kill()
                self._thread.join()
        self._outbox.put(None)
        if self._sender is not None:
            self._sender.join()
        self.ring.close()

    def send(self, request: Request) -> bool:
        """Send a request, without waiting; False when there is no core to take it."""
        channel = self._channel
        if channel is None:
            return False
        self._outbox.put((channel, request))
        return True

    def kill(self) -> None:
        """End the process at once, wherever it is; it is started again unless :meth:`stop` was called."""
        process = self._process
        if process is not None:
            process.kill()

    def wake(self) -> None:
        """Try again to start a core that could not be started."""
        self._wake.set()

    def _send(self) -> None:
        while (item := self._outbox.get()) is not None:
            channel, request = item
            with contextlib.suppress(Closed):  # the thread that listens finds out
                channel.send(encode(request))

    def _run(self) -> None:
        failures = 0
        pause = 0.0
        while not self._stop.is_set():
            started = time.monotonic()
            was_up = self._live()
            if self._stop.is_set():
                return
            failures = 0 if was_up else failures + 1
            if failures >= START_TRIES:
                self._wake.clear()
                self._listener.core_failed()
                self._wake.wait()
                failures = 0
            # A core that dies as soon as it is up, with no job to blame, must not keep a processor busy.
            pause = 0.0 if self._worked or time.monotonic() - started > 5 else min(2.0, pause * 2 + 0.02)
            self._wake.clear()
            if self._stop.is_set():
                return
            self._wake.wait(pause)

    def _live(self) -> bool:
        """Start one core and listen to it until its end; True when it ever said that it is ready."""
        met = offer(self._channel_folder)
        self._worked = False
        self.ring.reset()
        try:
            process, channel = self._launch(met)
        except (OSError, Closed) as error:
            log.error("the core process could not be started: %s", error or "it ended at once")
            return False
        finally:
            met.close()
        up = False
        try:
            while True:
                event = decode_event(channel.receive())
                self.last_heard = time.monotonic()
                if isinstance(event, Ready):
                    if event.version != VERSION:
                        log.error("the core is version %d, not %d", event.version, VERSION)
                        break
                    up = True
                    self._channel = channel
                    self._listener.core_up(event.pid)
                    if self._stop.is_set():
                        self.send(Stop())
                else:
                    self._worked = self._worked or not isinstance(event, CoreState)
                    self._listener.core_event(event)
        except Closed:
            pass
        except msgspec.DecodeError:
            log.exception("the core said something that cannot be understood")
        self._channel = None
        status = _reap(process)
        channel.close()
        self._process = None
        if not self._stop.is_set():
            log.warning("the core process %d ended with status %s", process.pid, status)
            if up:
                self._listener.core_down(status)
        return up

    def _launch(self, met: Offer) -> tuple["subprocess.Popen[bytes]", Channel]:
        config = self._config(met.address, met.key, self.ring.layout)
        process = launch(config, (*met.descriptors, *self.ring.descriptors))
        self._process = process
        self.last_heard = time.monotonic()
        try:
            return process, met.meet(lambda: process.poll() is None)
        except Closed:
            _reap(process)
            self._process = None
            raise


def _reap(process: "subprocess.Popen[bytes]") -> int:
    """Wait for the end of a process that should be on its way out, and help it along."""
    try:
        return process.wait(2.0)
    except subprocess.TimeoutExpired:
        process.kill()
        return process.wait()
