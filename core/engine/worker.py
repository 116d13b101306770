"""The core process: ``python -m core.engine.worker``, started by :class:`core.engine.client.CoreClient` alone.

The main thread reads requests, jobs run on the scheduler's threads, and a third kind of thread is the heartbeat: it
tells the client how the core is and keeps it within its memory. When the client goes away, however it goes, the main
thread finds the channel closed, removes the session's files and ends the process. The process has no network socket,
no window, and no project file.
"""

import contextlib
import faulthandler
import gc
import importlib
import logging
import os
import shutil
import sys
import threading
import time
from pathlib import Path
from typing import NoReturn

from core.engine import logs
from core.engine.cache import ResultCache
from core.engine.channel import Channel, Closed, connect
from core.engine.estimate import Durations
from core.engine.frames import FrameWriter
from core.engine.protocol import (
    Activity,
    Cancel,
    Cancelled,
    CoreState,
    Event,
    Failed,
    Move,
    Queued,
    Ready,
    Stop,
    Submit,
    decode_request,
    encode,
)
from core.engine.runner import JobRun, Runner
from core.engine.scheduler import Scheduler
from core.engine.spawn import EXIT_MEMORY, WorkerConfig, read_config
from core.models import devices
from core.models.residency import Residency
from core.values import NOTHING, Message

log = logging.getLogger("core")

BEAT = 1.0
_WATCH = 0.2
"""Seconds between looks at the memory while a job runs."""
_MEMORY_GRACE = 2.0
"""A job that is over the limit has so long to stop by itself."""
_HARD = 1.25
"""Beyond this many times the limit there is no waiting."""
_MODELS_SHARE = 0.6
"""How much of the memory limit loaded models may take."""


class Worker:
    """Everything the core process has; one per process."""

    def __init__(self, config: WorkerConfig, channel: Channel) -> None:
        self._config = config
        self._channel = channel
        self.residency = Residency(int(config.memory_limit * _MODELS_SHARE))
        self.writer = FrameWriter(config.frames)
        cache_folder = Path(config.cache_folder)
        cache = ResultCache(cache_folder, config.cache_bytes)
        self._runner = Runner(self, cache, Durations(cache_folder.with_name("durations.json")))
        self._scheduler: Scheduler[JobRun] = Scheduler(config.lanes, self._run, self._queued)
        self._jobs: dict[str, JobRun] = {}
        self._busy = threading.Event()
        self._over_since: float | None = None

    def send(self, event: Event) -> None:
        """Tell the client; any thread. When it is gone, the main thread finds out and ends the process."""
        with contextlib.suppress(Closed):
            self._channel.send(encode(event))

    def serve(self) -> bool:
        """Answer requests until the client stops the core (True) or goes away (False). Main thread."""
        threading.Thread(target=self._beat, name="heartbeat", daemon=True).start()
        self.send(Ready(os.getpid()))
        while True:
            try:
                request = decode_request(self._channel.receive())
            except Closed:
                return False
            match request:
                case Submit():
                    job = JobRun(request)
                    self._jobs[job.id] = job
                    self._scheduler.submit(job)
                case Cancel(job=job_id):
                    self._cancel(job_id)
                case Move(job=job_id, index=index):
                    self._scheduler.move(job_id, index)
                case Stop():
                    return True

    def clean_up(self) -> None:
        """Remove the session's files: nobody else is left to do it."""
        for job in tuple(self._jobs.values()):
            job.token.cancel()
        folder = Path(self._config.folder)
        for _ in range(20):  # jobs may still be writing
            shutil.rmtree(folder, ignore_errors=True)
            if not folder.exists():
                folder.with_name(f"{folder.name}.lock").unlink(missing_ok=True)
                return
            time.sleep(0.05)

    def _cancel(self, job_id: str) -> None:
        job = self._jobs.get(job_id)
        if job is None:
            return
        job.token.cancel()
        if self._scheduler.remove(job_id) is not None:
            self._jobs.pop(job_id, None)
            self.send(Cancelled(job_id))

    def _run(self, job: JobRun) -> None:
        self._busy.set()
        try:
            self._runner.run(job)
        finally:
            self._jobs.pop(job.id, None)

    def _queued(self, job_id: str, position: int) -> None:
        self.send(Queued(job_id, position))

    def _beat(self) -> None:
        import psutil  # the client need not wait for it

        process = psutil.Process()
        last_beat = 0.0
        last_state: tuple[int, int] | None = None
        while True:
            try:
                running, waiting = self._scheduler.running(), len(self._scheduler.waiting())
                rss = process.memory_info().rss
                self._watch(rss, running)
                now = time.monotonic()
                if now - last_beat >= BEAT or last_state != (len(running), waiting):
                    last_beat, last_state = now, (len(running), waiting)
                    # Should this process hang while nobody is left to kill it, a native thread ends it, and says where.
                    faulthandler.dump_traceback_later(self._config.hang_seconds * 1.2, exit=True)
                    self.send(self._state(len(running), waiting, rss))
            except Exception:
                log.exception("heartbeat")
            self._busy.wait(BEAT) if not running else time.sleep(_WATCH)
            self._busy.clear()

    def _state(self, running: int, waiting: int, rss: int) -> CoreState:
        device = devices.current()
        return CoreState(
            activity=Activity.BUSY if running else Activity.IDLE,
            pid=os.getpid(),
            running=running,
            waiting=waiting,
            device=device.name,
            memory_used=device.memory_used,
            memory_total=device.memory_total,
            rss=rss,
            models_loaded=len(self.residency.loaded()),
        )

    def _watch(self, rss: int, running: tuple[JobRun, ...]) -> None:
        """Keep the process within its memory: first idle models go, then the job that started last, then all."""
        limit = self._config.memory_limit
        if rss <= limit:
            self._over_since = None
            return
        now = time.monotonic()
        if self._over_since is None:
            self._over_since = now
            self.residency.trim(0)
            gc.collect()
            _give_back()
            if rss <= limit * _HARD:
                return
        victim = next((job for job in reversed(running) if not job.token.cancelled), None)
        sentence = _memory_sentence(running[-1].step_title or running[-1].request.title, limit) if running else NOTHING
        if victim is not None and rss <= limit * _HARD:
            log.warning("%d MB of %d: stopping “%s”", rss >> 20, limit >> 20, victim.step_title)
            victim.token.cancel(sentence)
            self._over_since = now
        elif rss > limit * _HARD or now - self._over_since > _MEMORY_GRACE:
            if running:
                self.send(Failed(running[-1].id, sentence))
            log.error("%d MB of %d: leaving", rss >> 20, limit >> 20)
            self._leave(EXIT_MEMORY)

    def _leave(self, status: int) -> NoReturn:
        logging.shutdown()
        os._exit(status)  # jobs may hang in native code: nothing else is sure to end the process


def _memory_sentence(title: str, limit: int) -> Message:
    return Message(
        "“{title}” needs more than the {limit:.1f} GB of memory that Atelier may use. Try a smaller picture, "
        "or raise the limit in Settings.",
        title=title,
        limit=limit / 2**30,
    )


def _give_back() -> None:
    """Ask the C library to give freed memory back to the system, where it can (glibc)."""
    if sys.platform == "linux":
        import ctypes

        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
        if trim is not None:
            trim(0)


def main() -> NoReturn:
    """Be the core process until the client stops it or goes away."""
    faulthandler.enable()
    config = read_config()
    logs.start("core")
    status = 0
    try:
        if hasattr(os, "nice"):
            os.nice(5)  # the window goes first
        channel = connect(config.address, config.key)
        for name in config.modules:
            importlib.import_module(name)
        worker = Worker(config, channel)
        if not worker.serve():
            worker.clean_up()
    except Exception:
        log.exception("the core process stopped")
        status = 1
    logging.shutdown()
    os._exit(status)


if __name__ == "__main__":
    main()
