"""What the readers of layered files share: layers and their rasters are written as they are met, within limits.

A reader (:mod:`core.image.ora`, :mod:`core.image.psd`) walks its file once and makes layers with an :class:`Intake`.
What cannot be kept is noted, each thing once, in sentences a person reads after opening.
"""

from collections.abc import Callable

import msgspec
import numpy as np
import numpy.typing as npt

from core.documents.image import MAX_PIXELS, AnyLayer, ImageDocument, Mask, RasterLayer, Transform, check_size
from core.documents.image_values import Depth
from core.raster.depths import Deep
from core.raster.layered import LayeredWriter
from core.raster.manifest import write_raster
from core.values import AtelierError, Message, Value

MAX_LAYERS = 4_000
MAX_LAYER_PIXELS = 20 * MAX_PIXELS
"""Pixels of all layers and masks together: they are written one by one, so this bounds time and disk, not memory."""
MAX_NOTES = 40
NAMED = 4
"""How many layers a sentence names."""

Coverage = npt.NDArray[np.uint8]


class Intake:
    """Takes layers in. Used by one reader on one thread.

    ``progress`` is called with a fraction and may raise to stop.
    """

    def __init__(self, out: LayeredWriter, name: str, progress: Callable[[float], None]) -> None:
        self.out = out
        self.name = name
        self.progress = progress
        self._told: dict[str, tuple[list[str], dict[str, str | int | float]]] = {}
        self._layers = 0
        self._pixels = 0

    def tell(self, template: str, /, **values: str | int | float) -> None:
        """Keep a sentence for the person who opens the file. ``template`` is a literal, as of :class:`Message`."""
        self._told.setdefault(template, ([], values))

    def tell_of(self, template: str, layer: str, /, **values: str | int | float) -> None:
        """Keep a sentence on a layer; the same one on several becomes one, with their names at ``{layers}``."""
        names, _ = self._told.setdefault(template, ([], values))
        names.append(layer)

    def layer_id(self) -> str:
        """Return the next layer's id: the same file gives the same document. Raises when there are too many."""
        self._layers += 1
        if self._layers > MAX_LAYERS:
            raise AtelierError("“{name}” has more than {n:,} layers.", name=self.name, n=MAX_LAYERS)
        return f"layer-{self._layers}"

    def claim(self, width: int, height: int) -> None:
        """Raise :class:`AtelierError` unless a raster of that size may be read, before any memory is taken for it."""
        check_size(max(1, width), max(1, height))
        self._pixels += width * height
        if self._pixels > MAX_LAYER_PIXELS:
            raise AtelierError("“{name}” has layers that are too large together.", name=self.name)

    def store(self, pixels: Deep) -> str:
        """Write an H×W×4 raster and return its hash."""
        return write_raster(np.ascontiguousarray(pixels), self.out)

    def raster(self, pixels: Deep | None, x: float, y: float, **common: object) -> RasterLayer:
        """Return a layer of those pixels (H×W×4, straight, sRGB) at ``x``, ``y``; an empty one for ``None``."""
        if pixels is None or 0 in pixels.shape[:2]:
            pixels = np.zeros((1, 1, 4), np.uint8)
        return RasterLayer(
            **common,  # type: ignore[arg-type]
            pixels=self.store(pixels),
            width=pixels.shape[1],
            height=pixels.shape[0],
            transform=Transform(x=float(x), y=float(y)),
        )

    def mask(self, coverage: Coverage, x: int, y: int, *, outside: int = 0, enabled: bool = True) -> Mask:
        """Return a mask of ``coverage`` (uint8 H×W, 255 shows), which shows ``outside`` of its rectangle or hides."""
        inverted = outside >= 128
        if 0 in coverage.shape:
            coverage, x, y = np.full((1, 1), outside, np.uint8), 0, 0
        pixels = np.full((*coverage.shape, 4), 255, np.uint8)
        pixels[..., 3] = 255 - coverage if inverted else coverage
        return Mask(
            pixels=self.store(pixels),
            x=x,
            y=y,
            width=pixels.shape[1],
            height=pixels.shape[0],
            enabled=enabled,
            inverted=inverted,
        )

    def document(
        self,
        width: int,
        height: int,
        layers: tuple[AnyLayer, ...],
        resolution: float | None = None,
        depth: Depth = 8,
    ) -> ImageDocument:
        """Return the whole; its id and its layers' ids are only good within this file."""
        check_size(width, height)
        if resolution is None or not 1 <= resolution <= 10_000:
            resolution = 72.0
        return ImageDocument(
            id="imported",
            title="",
            width=width,
            height=height,
            resolution=round(resolution, 3),
            layers=layers,
            depth=depth,
        )

    def told(self) -> tuple[Message, ...]:
        """Return the sentences, each once, with the names of at most a few layers."""
        found: list[Message] = []
        for template, (names, values) in self._told.items():
            filled: dict[str, Value] = dict(values)
            if names:
                names = list(dict.fromkeys(names))
                first = ", ".join(f"“{name[:40]}”" for name in names[:NAMED])
                more = len(names) - NAMED
                filled["layers"] = Message("{names} and {n} more", names=first, n=more) if more > 0 else first
            found.append(Message(template, **filled))
        return tuple(found[:MAX_NOTES])


class LayersInfo(msgspec.Struct, frozen=True):
    """What is worth knowing of a layered file besides its document."""

    format: str
    """``PSD``, ``ORA`` or ``PDF``."""
    width: int
    height: int
    layers: int
    pages: int = 1
    notes: tuple[str, ...] = ()
    """Sentences (:class:`core.values.Message`): what could not be kept."""
