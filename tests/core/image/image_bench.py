"""Running an operation's implementation in this process, with the engine's own context."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from core.documents.base import Document, encode_document
from core.engine.context import Cancelled, CancelToken, Context
from core.engine.protocol import Progress, encode
from core.models.residency import Residency
from core.operations.base import Asset, Operation, load_implementation
from core.raster.manifest import AssetSource
from core.raster.pack import pack_array, write_pack
from core.values import AtelierError, Message, hash_bytes

DATA = Path(__file__).parents[2] / "data"


class Run:
    """What an operation put out and said on the way."""

    def __init__(self) -> None:
        self.output: Any = None
        self.progress: list[tuple[float, str]] = []
        self.previews: list[np.ndarray] = []
        self.token = CancelToken()

    def __getitem__(self, name: str) -> Any:
        return self.output[name] if isinstance(self.output, dict) else self.output


class _Watched(Context):
    """The real context; previews are kept instead of sent."""

    run: Run

    def preview(self, array: Any) -> None:
        self.check_cancelled()
        self.run.previews.append(np.array(array))


class _Services:
    def __init__(self) -> None:
        self.residency = Residency(2_000_000_000)
        self.writer: Any = None

    def send(self, event: Any) -> None:
        raise AssertionError(f"nothing is sent from here: {event}")


class Bench:
    """Gives assets hashes and runs operations on them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files: dict[str, str] = {}
        self.services = _Services()

    def image(self, pixels: np.ndarray) -> Asset:
        """Return an image input for uint8 H×W×3, or H×W×4 of any depth."""
        if pixels.shape[2] == 3:
            pixels = np.dstack((pixels, np.full(pixels.shape[:2], 255, np.uint8)))
        path = self.folder / f"{len(list(self.folder.iterdir()))}.raster"
        digest = pack_array(path, np.ascontiguousarray(pixels))
        self.files[digest] = str(path)
        return Asset(hash=digest)

    def file(self, path: Path) -> Asset:
        """Return an input for a file as it is."""
        digest = hash_bytes(path.read_bytes())
        self.files[digest] = str(path)
        return Asset(hash=digest)

    def document(self, document: Document, assets: AssetSource) -> Asset:
        """Return a document input, what it refers to handed over with it."""
        path = self.folder / "document"
        path.write_bytes(encode_document(document))
        for digest in document.assets():
            file = self.folder / digest
            try:
                file = file.with_suffix(".raster")
                write_pack(file, digest, assets)
            except AtelierError:
                file = file.with_suffix("")
                file.write_bytes(assets.get(digest))
            self.files[digest] = str(file)
        return self.file(path)

    def run(
        self, operation: Operation, on_progress: Callable[[Run, float], None] | None = None, run: Run | None = None
    ) -> Run:
        """Run ``operation`` here and now; what its implementation raises comes out."""
        run = run or Run()

        def advance(fraction: float, step: Message) -> None:
            encode(Progress("job", fraction, step))  # it must get to the window
            run.progress.append((fraction, step))
            if on_progress is not None:
                on_progress(run, fraction)

        scratch = self.folder / f"scratch{len(list(self.folder.iterdir()))}"
        context = _Watched("job", operation.info, self.services, run.token, dict(self.files), {}, scratch, advance)
        context.run = run
        try:
            run.output = load_implementation(operation.info)(operation, context)
        finally:
            context.finish()
        return run

    def stopped(self, operation: Operation, after: float) -> Run:
        """Run ``operation`` until it says that more than ``after`` is done, cancel it, and see that it stops."""
        run = Run()

        def on_progress(run: Run, fraction: float) -> None:
            if fraction > after:
                run.token.cancel()

        with pytest.raises(Cancelled):
            self.run(operation, on_progress, run)
        return run


def psnr(a: np.ndarray, b: np.ndarray) -> float:
    """Peak signal-to-noise ratio of uint8 pictures in dB."""
    return float(10 * np.log10(255**2 / max(1e-9, float(np.mean((a.astype(np.float64) - b) ** 2)))))
