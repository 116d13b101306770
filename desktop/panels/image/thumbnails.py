"""Small pictures of layers and masks for the layer list, made on a worker thread and kept by what they show."""

import math
import threading
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor

import msgspec
import numpy as np
from PySide6.QtCore import QObject, QPointF, QRect, Qt, Signal
from PySide6.QtGui import QColor, QImage, QLinearGradient, QPainter

from core.documents.image import (
    AnyLayer,
    BlendMode,
    FillLayer,
    GroupLayer,
    ImageDocument,
    Mask,
    Placed,
    RasterLayer,
    Transform,
    walk,
)
from core.raster.bounds import ink_bounds, layer_bounds
from core.raster.compositor import Compositor
from core.raster.managing import Planes, convert_hex, convert_straight
from core.values import AtelierError
from desktop.panels.image.editor import Editor
from desktop.widgets.colour import to_qcolor

replace = msgspec.structs.replace
KEEP = 400
"""How many thumbnails are kept; each is a few kilobytes."""

Key = tuple[AnyLayer | Mask, int]


class Thumbnails(QObject):
    """Gives a layer's or mask's thumbnail at once if it is there, else later, saying ``arrived``."""

    arrived = Signal()
    _done = Signal(object, object)

    def __init__(self, editor: Editor, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.editor = editor
        self._known: OrderedDict[Key, QImage] = OrderedDict()
        self._last: dict[tuple[str, bool], QImage] = {}
        self._waiting: set[Key] = set()
        self._stopped = threading.Event()
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="thumbnails")
        self._done.connect(self._keep)
        editor.colours.changed.connect(self.recolour)

    def layer(self, layer: AnyLayer, side: int) -> QImage | None:
        """Return a picture of the layer's own content at most ``side`` device pixels on a side; None if not yet."""
        if isinstance(layer, FillLayer):
            return _fill(self._seen(layer), side)
        return self._get((_plain(layer), side), (layer.id, False))

    def _seen(self, layer: FillLayer) -> FillLayer:
        """Return a fill in the colours that the screen shows of it."""
        both = [layer.colour, *([layer.colour2] if layer.colour2 else [])]
        first, *second = convert_hex(self.editor.colours.screen, both)
        return replace(layer, colour=first, colour2=second[0] if second else None)

    def recolour(self) -> None:
        """Colours look different now: make all again."""
        self._known.clear()
        self.arrived.emit()

    def mask(self, layer: AnyLayer, side: int) -> QImage | None:
        """Return a picture of the layer's mask, white where it shows."""
        if layer.mask is None:
            return None
        mask = replace(layer.mask, x=0, y=0, transform=Transform(), enabled=True)
        return self._get((mask, side), (layer.id, True))

    def _get(self, key: Key, place: tuple[str, bool]) -> QImage | None:
        found = self._known.get(key)
        if found is not None:
            self._known.move_to_end(key)
            self._last[place] = found
            return found
        compositor, document = self.editor.compositor, self.editor.shown
        if key not in self._waiting and compositor is not None and document is not None and not self._stopped.is_set():
            self._waiting.add(key)
            self._pool.submit(self._make, compositor, document, key)
        # An older picture of the same layer is better than a hole that blinks.
        return self._last.get(place)

    def _make(self, compositor: Compositor, document: ImageDocument, key: Key) -> None:
        if self._stopped.is_set():
            return
        what, side = key
        try:
            image = (
                _mask(compositor, what, side)
                if isinstance(what, Mask)
                else _layer(compositor, document, what, side, self.editor.colours.screen)
            )
        except AtelierError:
            image = QImage()  # the canvas says what is wrong with it
        self._done.emit(key, image)

    def _keep(self, key: Key, image: QImage) -> None:
        self._waiting.discard(key)
        self._known[key] = image
        while len(self._known) > KEEP:
            self._known.popitem(last=False)
        self.arrived.emit()

    def forget(self) -> None:
        """Another document is shown."""
        self._last.clear()

    def shut_down(self) -> None:
        """Stop the worker and wait for it."""
        self._stopped.set()
        self._pool.shutdown(wait=True, cancel_futures=True)


def _plain(layer: AnyLayer) -> AnyLayer:
    """Return the layer without what its thumbnail does not show, so that moving or fading it makes no new one."""
    plain = replace(
        layer, id="", name="", visible=True, locked=False, opacity=1.0, blend=BlendMode.NORMAL, clipped=False, mask=None
    )
    plain = replace(plain, vector_mask=None)
    if isinstance(plain, Placed):
        plain = replace(plain, transform=replace(plain.transform, x=0.0, y=0.0))
    return plain


def _layer(
    compositor: Compositor, document: ImageDocument, layer: AnyLayer, side: int, screen: Planes | None
) -> QImage:
    if isinstance(layer, GroupLayer) and not layer.layers:
        return QImage()
    left, top, right, bottom = 0.0, 0.0, float(document.width), float(document.height)
    if isinstance(layer, Placed):
        left, top, right, bottom = layer_bounds(layer).union(ink_bounds(layer))
    width, height = max(1, round(right - left)), max(1, round(bottom - top))
    scale = min(1.0, side / max(width, height))
    if isinstance(layer, GroupLayer) and not any(one.visible for one in walk(layer.layers)):
        return QImage()
    alone = replace(document, layers=(layer,))
    pixels = compositor.render(alone, (round(left), round(top), width, height), scale)
    if screen is not None:
        convert_straight(screen, pixels)
    return QImage(
        pixels.data, pixels.shape[1], pixels.shape[0], pixels.strides[0], QImage.Format.Format_RGBA8888
    ).copy()


def _mask(compositor: Compositor, mask: Mask, side: int) -> QImage:
    scale = min(1.0, side / max(mask.width, mask.height))
    raster = RasterLayer(pixels=mask.pixels, width=mask.width, height=mask.height)
    alone = ImageDocument(id="", width=mask.width, height=mask.height, layers=(raster,))
    alpha = np.ascontiguousarray(compositor.render(alone, None, scale)[..., 3])
    if mask.inverted:
        alpha = 255 - alpha
    return QImage(alpha.data, alpha.shape[1], alpha.shape[0], alpha.strides[0], QImage.Format.Format_Grayscale8).copy()


def _fill(layer: FillLayer, side: int) -> QImage:
    image = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    if layer.colour2 is None:
        painter.fillRect(image.rect(), to_qcolor(layer.colour))
    else:
        painter.fillRect(image.rect(), gradient(layer, QRect(0, 0, side, side)))
    painter.end()
    return image


def gradient(layer: FillLayer, rect: QRect) -> QLinearGradient:
    """Return the layer's gradient over a rectangle, in its direction."""
    angle = math.radians(layer.angle)
    cos, sin = math.cos(angle), math.sin(angle)
    half = (abs(rect.width() * cos) + abs(rect.height() * sin)) / 2
    middle = QPointF(rect.x() + rect.width() / 2, rect.y() + rect.height() / 2)
    along = QPointF(cos * half, sin * half)
    made = QLinearGradient(middle - along, middle + along)
    made.setColorAt(0, to_qcolor(layer.colour))
    made.setColorAt(1, to_qcolor(layer.colour2) if layer.colour2 else QColor(layer.colour))
    return made
