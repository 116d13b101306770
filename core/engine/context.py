"""What an implementation gets beside its operation: its inputs as pixels and files, models, and a way to speak."""

import importlib
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, cast

from core.engine import frames
from core.engine.protocol import OutputFile, Preview, Token
from core.operations.base import Asset, Input, OperationInfo, Output
from core.values import NOTHING, AtelierError, Message, Value

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from core.documents.base import Document
    from core.engine.protocol import Event
    from core.models.residency import Residency
    from core.raster.depths import Deep
    from core.raster.manifest import AssetSource

    Pixels = npt.NDArray[np.uint8]

T = TypeVar("T")

RASTER_SUFFIX = ".raster"
LAYERED_SUFFIX = ".layers"
"""A document with its rasters: see :mod:`core.raster.layered`."""
PREVIEW_SIDE = 1280
"""Longer side of a preview in pixels; larger ones are made smaller on their way."""
_PREVIEW_PAUSE = 1 / 30
_IMAGE_LOADER = ("core.image.files", "load")
"""Reads an encoded picture. By name: the media rooms stand on the floor above."""


class Cancelled(BaseException):
    """The job shall stop. Not an ``Exception``, so that ``except Exception`` in an implementation lets it through."""


class CancelToken:
    """Says that a job shall stop, from any thread."""

    def __init__(self) -> None:
        self._event = threading.Event()
        self._lock = threading.Lock()
        self._callbacks: list[Callable[[], object]] = []
        self.reason = NOTHING
        """Why, as a sentence, when it was not the user who asked (out of memory)."""

    @property
    def cancelled(self) -> bool:
        """True once the job shall stop."""
        return self._event.is_set()

    def cancel(self, reason: Message | None = None) -> None:
        """Ask the job to stop, and call what :meth:`add` was given."""
        with self._lock:
            if self._event.is_set():
                return
            self.reason = reason or NOTHING
            self._event.set()
            callbacks = list(self._callbacks)
        for callback in callbacks:
            callback()

    def check(self) -> None:
        """Raise :class:`Cancelled` when the job shall stop."""
        if self._event.is_set():
            raise Cancelled

    def add(self, callback: Callable[[], object]) -> None:
        """Call ``callback`` when the job shall stop; at once when it already shall."""
        with self._lock:
            if not self._event.is_set():
                self._callbacks.append(callback)
                return
        callback()

    def remove(self, callback: Callable[[], object]) -> None:
        """Forget ``callback``."""
        with self._lock:
            if callback in self._callbacks:
                self._callbacks.remove(callback)


class Services(Protocol):
    """What the core process lends to every job."""

    residency: "Residency"
    writer: frames.FrameWriter

    def send(self, event: "Event") -> None:
        """Tell the client; any thread."""


class Context:
    """One step of one job. Used on the job's own thread, except :meth:`check_cancelled`, which any thread may call."""

    def __init__(
        self,
        job: str,
        info: OperationInfo,
        services: Services,
        token: CancelToken,
        files: Mapping[str, str],
        outputs: Mapping[tuple[str, str], OutputFile],
        scratch: Path,
        advance: Callable[[float, Message], None],
    ) -> None:
        """``files`` maps asset hashes to files, ``outputs`` (step, name) to what earlier steps put out."""
        self._job = job
        self._info = info
        self._services = services
        self._token = token
        self._files = files
        self._outputs = outputs
        self._scratch = scratch
        self._advance = advance
        self._last_preview = 0.0
        self._residents: list[str] = []

    # Saying how it goes

    def progress(self, fraction: float, step: str = "", /, **values: Value) -> None:
        """Say that the operation is ``fraction`` (0…1) done, and what it does in a word or two. Checks for cancel.

        ``step`` is the literal template of a :class:`core.values.Message`: ``"Tile {done} of {total}"``.
        """
        self._token.check()
        # What NumPy works out is a number of its own kind, which no message carries.
        self._advance(min(1.0, max(0.0, float(fraction))), Message(step, **values))

    def preview(self, array: "npt.NDArray[Any]") -> None:
        """Show a picture of how it looks by now: uint8 H×W×3|4, RGB or RGBA with straight alpha, sRGB.

        Cheap to call often: at most thirty a second are sent, smaller than 1280 pixels, and none while the window lags.
        Raises ``ValueError`` for another shape. Checks for cancel.
        """
        self._token.check()
        now = time.monotonic()
        if now - self._last_preview >= _PREVIEW_PAUSE:
            self._last_preview = now
            pixels, alpha = frames.to_bgra(array, PREVIEW_SIDE)
            self.frame(pixels, pixels.shape[1], pixels.shape[0], alpha)

    def frame(self, pixels: "Pixels | bytes | memoryview", width: int, height: int, alpha: bool = False) -> bool:
        """Send one frame as it is, as fast as it comes: BGRX, or premultiplied BGRA with ``alpha``, rows unpadded.

        Returns False when it was dropped because the reader lags. For players; a preview wants :meth:`preview`.
        """
        place = self._services.writer.write(pixels, width, height, alpha)
        if place is not None:
            self._services.send(Preview(self._job, *place))
        return place is not None

    def emit(self, token: str) -> None:
        """Send a piece of text as it is made. Checks for cancel."""
        self._token.check()
        self._services.send(Token(self._job, token))

    def check_cancelled(self) -> None:
        """Raise :class:`Cancelled` when the job shall stop. Call it between steps, ten times a second or so."""
        self._token.check()

    @contextmanager
    def on_cancel(self, callback: Callable[[], object]) -> Iterator[None]:
        """Within the block, call ``callback`` (on another thread) as soon as the job shall stop.

        For libraries that have a switch of their own, such as ``RunOptions.terminate`` of onnxruntime.
        """
        self._token.add(callback)
        try:
            yield
        finally:
            self._token.remove(callback)

    # Inputs

    def file(self, source: Input) -> Path:
        """Return the file of an input, as it is (its name says nothing about its format)."""
        if isinstance(source, Output):
            return Path(self._outputs[source.step, source.name].path)
        path = self._files.get(source.hash)
        if path is None:
            raise AtelierError(
                "{title}: an input ({digest}…) is missing from the project.",
                title=Message(self._info.title),
                digest=source.hash[:12],
            )
        return Path(path)

    def image(self, source: Input) -> "Pixels":
        """Return the pixels of an image input: uint8 H×W×4, RGBA, straight alpha, sRGB; the caller may write to it."""
        return cast("Pixels", self._pixels(source, deep=False))

    def deep_image(self, source: Input) -> "Deep":
        """Return the pixels of an image input at all bits it has: uint8, uint16 or float32, as :meth:`image`."""
        return self._pixels(source, deep=True)

    def _pixels(self, source: Input, *, deep: bool) -> "Deep":
        self._token.check()
        path = self.file(source)
        if path.suffix == RASTER_SUFFIX:
            from core.raster.pack import read_deep_pack, read_pack  # numpy and zstandard

            return read_deep_pack(path) if deep else read_pack(path)
        module, function = _IMAGE_LOADER
        pixels: Deep = getattr(importlib.import_module(module), function)(path, deep=deep).pixels
        return pixels

    def document(self, source: Input) -> "Document":
        """Return a document input; what its layers refer to is in :attr:`assets`."""
        from core.documents.base import decode_document

        path = self.file(source)
        if path.suffix == LAYERED_SUFFIX:
            from core.raster.layered import LayeredReader  # numpy and zstandard

            return LayeredReader(path).document
        return decode_document(path.read_bytes())

    @property
    def assets(self) -> "AssetSource":
        """Everything that was handed over for this job, by hash: raster manifests, their tiles, whole files."""
        from core.engine.assets import JobAssets  # numpy and zstandard

        return JobAssets({**self._files, **{o.hash: o.path for o in self._outputs.values()}})

    # Models and room to work

    def model(self, name: str) -> Path:
        """Return the verified file (or folder) of weights ``name``, one of the operation's declared models."""
        from core.models import catalog

        if name not in self._info.models:
            raise ValueError(f"{self._info.name} does not declare the model {name}: its cache key would not hold it")
        return catalog.model(name, self._token.check)

    def resident(self, name: str, load: Callable[[], T], bytes: int) -> T:
        """Return a loaded model, from memory when it is there, else from ``load()``; it stays for this step at least.

        ``bytes`` is what it is expected to occupy. Another job that loads the same model is waited for. Everything
        that makes two loaded models different belongs into ``name``.
        """
        value = self._services.residency.acquire(name, load, bytes, self._token.check)
        self._residents.append(name)
        return value

    @property
    def scratch(self) -> Path:
        """An empty folder for this step; gone when the step is done, except for files that it returns."""
        self._scratch.mkdir(parents=True, exist_ok=True)
        return self._scratch

    def finish(self) -> None:
        """Let go of models. Called by whoever ran the step."""
        while self._residents:
            self._services.residency.release(self._residents.pop())


def content_hash(source: Input, outputs: Mapping[tuple[str, str], OutputFile]) -> str:
    """Return the hash of what an input holds."""
    return source.hash if isinstance(source, Asset) else outputs[source.step, source.name].hash
