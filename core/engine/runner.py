"""Doing a job: step after step, from the cache where it can be, into files in the job's folder."""

import contextlib
import functools
import gc
import logging
import shutil
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from core.engine.cache import ResultCache, file_digest
from core.engine.context import LAYERED_SUFFIX, RASTER_SUFFIX, Cancelled, CancelToken, Context, Services, content_hash
from core.engine.estimate import Durations, Estimate
from core.engine.protocol import Cancelled as CancelledEvent
from core.engine.protocol import Event, Failed, Finished, OutputFile, Progress, Started, Submit, pack_message
from core.models import catalog
from core.operations import recipe as recipes
from core.operations.base import Lane, OperationInfo, load_implementation
from core.operations.recipe import Recipe, Step
from core.values import DOCUMENT_TYPE, LAYERED_TYPE, NOTHING, RASTER_TYPE, AtelierError, Message, hash_bytes

log = logging.getLogger(__name__)

_PROGRESS_PAUSE = 1 / 60

MEDIA_TYPES = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".psd": "image/vnd.adobe.photoshop",
    ".ora": "image/openraster",
    ".zip": "application/zip",
    ".tif": "image/tiff",
    ".tiff": "image/tiff",
    ".hdr": "image/vnd.radiance",
    ".exr": "image/x-exr",
    ".svg": "image/svg+xml",
    ".pdf": "application/pdf",
    ".txt": "text/plain",
    ".json": "application/json",
    ".mid": "audio/midi",
    ".wav": "audio/wav",
    ".flac": "audio/flac",
    ".mp3": "audio/mpeg",
    ".ogg": "audio/ogg",
    ".mp4": "video/mp4",
    ".mov": "video/quicktime",
    ".webm": "video/webm",
    ".glb": "model/gltf-binary",
}
"""What a file that an operation made is. Not the system's table: it differs from machine to machine."""


class JobRun:
    """One job in the core: what was asked for, and the token that stops it."""

    def __init__(self, request: Submit) -> None:
        self.request = request
        self.token = CancelToken()
        self.step_title = NOTHING
        """What it does now, for a sentence about what went wrong."""

    @property
    def id(self) -> str:
        return self.request.job

    @property
    def lane(self) -> Lane:
        return self.request.lane

    @property
    def alone(self) -> bool:
        return self.request.alone


class Runner:
    """Runs jobs to their end, whatever it is. :meth:`run` may be called on several threads at a time."""

    def __init__(self, services: Services, cache: ResultCache, durations: Durations) -> None:
        self._services = services
        self._cache = cache
        self._durations = durations

    def run(self, job: JobRun) -> None:
        """Do ``job`` and tell the client what came of it. Never raises."""
        self._services.send(self._outcome(job))

    def _outcome(self, job: JobRun) -> Event:
        try:
            return _Execution(job, self._services, self._cache, self._durations).run()
        except Cancelled:
            return Failed(job.id, job.token.reason) if job.token.reason else CancelledEvent(job.id)
        except AtelierError as error:
            return Failed(job.id, error.message)
        except Exception as error:
            if job.token.cancelled and not job.token.reason:
                return CancelledEvent(job.id)  # libraries turn being stopped into errors of their own
            title = job.step_title or job.request.title
            if _out_of_memory(error):
                log.warning("out of memory in %s", title, exc_info=True)
                self._services.residency.trim(0)
                gc.collect()
                return Failed(job.id, job.token.reason or out_of_memory_sentence(title))
            log.exception("%s failed", title)
            sentence = Message("“{title}” failed unexpectedly; details are in the log.", title=title)
            return Failed(job.id, job.token.reason or sentence)


def out_of_memory_sentence(title: str) -> Message:
    """What is said when there is no memory left at all (not: over the limit that was set)."""
    return Message(
        "“{title}” needs more memory than this computer has free. Try a smaller picture, or close other programs.",
        title=title,
    )


def _out_of_memory(error: Exception) -> bool:
    if isinstance(error, MemoryError):
        return True
    # By name: numpy and torch have errors of their own, and neither may be loaded here.
    return type(error).__name__ in ("OutOfMemoryError", "_ArrayMemoryError") or "out of memory" in str(error).lower()


class _Execution:
    """The state of one run of one job."""

    def __init__(self, job: JobRun, services: Services, cache: ResultCache, durations: Durations) -> None:
        self._job = job
        self._services = services
        self._cache = cache
        self._durations = durations
        self._folder = Path(job.request.folder)
        self._outputs: dict[tuple[str, str], OutputFile] = {}
        self._cached: list[str] = []
        self._models: dict[str, str] = {}
        self._last_progress = (0.0, "")

    def run(self) -> Finished:
        started = time.monotonic()
        self._job.token.check()
        recipe = recipes.decode(self._job.request.recipe)
        self._services.send(Started(self._job.id, len(recipe.steps)))
        names = [step.operation.info.name for step in recipe.steps]
        estimate = Estimate([self._durations.expect(name) for name in names])
        for index, step in enumerate(recipe.steps):
            self._job.token.check()
            self._job.step_title = Message(step.label or step.operation.info.title)
            self._do(index, step, estimate)
        results = self._results(recipe)
        seconds = time.monotonic() - started
        return Finished(self._job.id, results, tuple(self._cached), self._models, seconds)

    def _do(self, index: int, step: Step, estimate: Estimate) -> None:
        operation = step.operation
        estimate.begin(index)
        title = self._job.step_title
        self._advance(estimate, title, 0.0, NOTHING)
        models = catalog.hashes(operation.info.models)
        self._models.update(models)
        inputs = {source: content_hash(source, self._outputs) for _, source in recipes.inputs_of(operation)}
        key = recipes.fingerprint(operation, inputs, models)
        check = self._job.token.check
        found = self._cache.get(key, self._folder, f"{index}", check)
        if found is not None and set(found) == set(operation.info.outputs):
            estimate.cached(index)
            self._cached.append(step.id)
        else:
            started = time.monotonic()
            found = self._compute(index, step, functools.partial(self._advance, estimate, title))
            self._durations.note(operation.info.name, time.monotonic() - started)
            self._cache.put(key, found, self._folder)
        for name, output in found.items():
            self._outputs[step.id, name] = output
        self._advance(estimate, title, 1.0, NOTHING)

    def _compute(self, index: int, step: Step, advance: Any) -> dict[str, OutputFile]:
        info = step.operation.info
        scratch = self._folder / f"{index}-scratch"
        context = Context(
            self._job.id,
            info,
            self._services,
            self._job.token,
            self._job.request.assets,
            self._outputs,
            scratch,
            advance,
        )
        try:
            implementation = load_implementation(info)
            self._job.token.check()
            value = implementation(step.operation, context)
            self._job.token.check()
            values = value if isinstance(value, Mapping) else {next(iter(info.outputs)): value}
            if set(values) != set(info.outputs):
                raise TypeError(f"{info.name} promises {sorted(info.outputs)} and returned {sorted(values)}")
            return {name: self._store(index, info, name, item) for name, item in values.items()}
        finally:
            context.finish()
            shutil.rmtree(scratch, ignore_errors=True)

    def _store(self, index: int, info: OperationInfo, name: str, value: Any) -> OutputFile:
        """Make ``value`` a file in the job's folder."""
        kind = info.outputs[name]
        if isinstance(value, Path):
            path = self._folder / f"{index}-{name}{value.suffix}"
            shutil.move(value, path)
            if kind == "document":
                whole = LAYERED_TYPE if path.suffix == LAYERED_SUFFIX else DOCUMENT_TYPE
                return OutputFile(str(path), file_digest(path), whole)
            media_type = MEDIA_TYPES.get(path.suffix.lower(), "application/octet-stream")
            return OutputFile(str(path), file_digest(path, self._job.token.check), media_type)
        if kind in ("image", "mask"):
            from core.raster.pack import pack_array  # numpy and zstandard

            path = self._folder / f"{index}-{name}{RASTER_SUFFIX}"
            digest = pack_array(path, _rgba(value))
            return OutputFile(str(path), digest, RASTER_TYPE, value.shape[1], value.shape[0])
        if not isinstance(value, bytes):
            value = msgspec.json.encode(value, order="deterministic", enc_hook=pack_message)
        data: bytes = value
        path = self._folder / f"{index}-{name}.json"
        path.write_bytes(data)
        return OutputFile(str(path), hash_bytes(data), "application/json")

    def _results(self, recipe: Recipe) -> dict[str, OutputFile]:
        """Return what the caller wants, and remove the files of everything else."""
        results = {f"{r.step}.{r.name}": self._outputs[r.step, r.name] for r in recipe.results}
        kept = {output.path for output in results.values()}
        for output in self._outputs.values():
            if output.path not in kept:
                with contextlib.suppress(OSError):
                    Path(output.path).unlink()
        return results

    def _advance(self, estimate: Estimate, title: Message, fraction: float, step: Message) -> None:
        label = Message("{title}: {step}", title=title, step=step) if step else title
        now = time.monotonic()
        before, last_label = self._last_progress
        if now - before < _PROGRESS_PAUSE and label == last_label and 0 < fraction < 1:
            return
        self._last_progress = (now, label)
        done, left = estimate.at(fraction)
        self._services.send(Progress(self._job.id, done, label, left))


def _rgba(array: Any) -> Any:
    """Return an image output as H×W×4: a mask (uint8 H×W) becomes alpha of white, RGB becomes opaque."""
    import numpy as np  # the core starts without numpy

    if array.dtype != np.uint8 and (array.dtype not in (np.uint16, np.float32) or array.ndim != 3):
        raise TypeError(f"an image output is an array of uint8, uint16 or float32, not {array.dtype}")
    if array.ndim == 2:
        out = np.full((*array.shape, 4), 255, np.uint8)
        out[..., 3] = array
        return out
    if array.ndim == 3 and array.shape[2] == 3:
        full = 1.0 if array.dtype == np.float32 else np.iinfo(array.dtype).max
        out = np.full((*array.shape[:2], 4), full, array.dtype)
        out[..., :3] = array
        return out
    if array.ndim != 3 or array.shape[2] != 4:
        raise TypeError(f"an image output is H×W, H×W×3 or H×W×4, not {array.shape}")
    return np.ascontiguousarray(array)
