"""Tools that repair with what is elsewhere: Clone stamp (S), Healing brush and Spot healing (J)."""

import math
from dataclasses import dataclass
from typing import Literal

import msgspec
import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen

from core.documents.image import BlendMode, ImageDocument, RasterLayer
from core.raster.brush import Brush, Stroke
from core.raster.depths import Deep
from core.raster.healing import HealStroke, SpotStroke
from core.raster.sampling import PictureSampler, RasterSampler, Sampler, offset_on, up_to
from core.raster.stamping import CloneStroke, Limit
from core.values import AtelierError
from desktop.panels.image.tools.base import Pointer
from desktop.panels.image.tools.painting import PaintTool
from desktop.panels.image.tools.target import Target
from desktop.panels.image.words import QT_TRANSLATE_NOOP

replace = msgspec.structs.replace
Sample = Literal["layer", "below", "all"]
LARGEST = 900
"""Deep of a side up to which the source is shown under the pointer."""


class StampOptions(msgspec.Struct, frozen=True):
    """What the clone stamp and the healing brush are set to."""

    aligned: bool = True
    """Strokes go on beside each other; otherwise each begins at the source again."""
    sample: Sample = "layer"


class SpotOptions(msgspec.Struct, frozen=True):
    """What spot healing is set to."""

    sample: Sample = "layer"


@dataclass
class _Mark:
    """Where is copied from, in document pixels."""

    document_id: str
    x: float
    y: float
    way: tuple[float, float] | None = None
    """From the pointer to the source, once a stroke has begun."""


class SamplingTool(PaintTool):
    """Base of the tools that look at the layer, at it and what is below, or at the whole picture."""

    def _sampler(self, target: Target) -> Sampler:
        """Return the pixels that are looked at, on the grid of what is painted on."""
        if target.mask or self.options.sample == "layer":
            return RasterSampler(target.pixels, self.editor.session.require())
        compositor = self.editor.compositor
        assert compositor is not None
        document = target.document
        if self.options.sample == "below":
            document = up_to(document, target.layer_id)
        return PictureSampler(compositor, replace(document, selection=None), target.matrix)

    def may_make_layer(self) -> bool:
        return bool(self.options.sample != "layer")

    def needs_layer(self) -> str:
        return self.tr("Select a pixel layer, or sample all layers to paint on a new one.")


class CloneTool(SamplingTool):
    id = "clone"
    icon = "stamp"
    key = "S"
    label = QT_TRANSLATE_NOOP("history", "Clone")
    options_type = StampOptions
    default_brush = Brush(size=80, hardness=0.5)
    _mark: _Mark | None = None
    _overlay: tuple[object, QImage] | None = None

    def title(self) -> str:
        return self.tr("Clone stamp")

    def help(self) -> str:
        return self.tr(
            "Alt+click where to copy from, then paint. [ and ] change the size, digits the opacity; Shift+click draws "
            "a line."
        )

    def cursor(self, pointer: Pointer | None) -> Qt.CursorShape:
        if pointer is not None and not pointer.alt and self._marked() is None:
            return Qt.CursorShape.ForbiddenCursor
        return super().cursor(pointer)

    # --- the source -------------------------------------------------------------------------------------------------

    def _marked(self) -> _Mark | None:
        mark, document = self._mark, self.editor.document
        return mark if mark is not None and document is not None and mark.document_id == document.id else None

    def alt_press(self, pointer: Pointer) -> bool:
        self.alt_drag(pointer)
        return True

    def alt_drag(self, pointer: Pointer) -> None:
        self._mark = _Mark(self.editor.require().id, pointer.x, pointer.y)
        self._overlay = None
        self.editor.hint.emit("")
        self.canvas.update()

    def _way(self, x: float, y: float) -> tuple[float, float] | None:
        """Return the way to the source for a stroke that begins at a document point."""
        mark = self._marked()
        if mark is None:
            return None
        if mark.way is not None and (self.options.aligned or self.busy):
            return mark.way
        return mark.x - x, mark.y - y

    def make_stroke(self, target: Target, brush: Brush, limit: Limit | None, pointer: Pointer) -> Stroke | None:
        way, mark = self._way(pointer.x, pointer.y), self._marked()
        if way is None or mark is None:
            self.editor.hint.emit(self.tr("Alt+click first to choose where to copy from."))
            return None
        offset = offset_on(target.matrix, *way)
        stroke = self._stamp(target, brush, limit, offset)
        mark.way = way
        return stroke

    def _stamp(self, target: Target, brush: Brush, limit: Limit | None, offset: tuple[int, int]) -> Stroke:
        project = self.editor.session.require()
        return CloneStroke(brush, target.pixels, project, self._sampler(target), offset, target.mode, limit)

    # --- marks ------------------------------------------------------------------------------------------------------

    def hover(self, pointer: Pointer) -> None:
        super().hover(pointer)
        self.canvas.update()  # the cross at the source may be anywhere

    def drag(self, pointer: Pointer) -> None:
        super().drag(pointer)
        self.canvas.update()

    def paint(self, painter: QPainter) -> None:
        at = self._at
        if at is None or self._picking or self._marked() is None:
            if self._picking and self._marked() is not None:
                self._paint_source(painter)
            super().paint(painter)
            return
        if not self.busy:
            self._paint_overlay(painter, at)
        self._paint_source(painter)
        super().paint(painter)

    def _source_point(self) -> tuple[float, float]:
        mark, at = self._marked(), self._at
        assert mark is not None
        following = self.busy or (self.options.aligned and mark.way is not None)
        if mark.way is None or at is None or not following:
            return mark.x, mark.y
        x, y = self.brush_place() or self.canvas.view.to_document(at.x(), at.y())
        return x + mark.way[0], y + mark.way[1]

    def _paint_source(self, painter: QPainter) -> None:
        middle = QPointF(*self.canvas.view.to_widget(*self._source_point()))
        for pen in (QPen(QColor(0, 0, 0, 170), 3.0), QPen(QColor(255, 255, 255, 240), 1.25)):
            painter.setPen(pen)
            for dx, dy in ((1, 0), (0, 1)):
                painter.drawLine(middle - QPointF(9 * dx, 9 * dy), middle + QPointF(9 * dx, 9 * dy))

    def _paint_overlay(self, painter: QPainter, at: QPointF) -> None:
        """Show in the tip what a press would paint there."""
        view, radius = self.canvas.view, self._diameter() / 2
        if radius < 4:
            return
        x, y = self._source_point()
        image = self._source_image(x, y)
        if image is None:
            return
        reach = self._reach()
        left, top = math.floor(x) - reach, math.floor(y) - reach
        side = view.length(2 * reach + 1)
        box = QRectF(at.x() - view.length(x - left), at.y() - view.length(y - top), side, side)
        painter.save()
        path = QPainterPath()
        path.addEllipse(at, radius, radius)
        painter.setClipPath(path)
        painter.setOpacity(max(0.35, self.brush.opacity))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(box, image)
        painter.restore()

    def _reach(self) -> int:
        return math.ceil(self.brush.size / 2) + 1

    def _source_image(self, x: float, y: float) -> QImage | None:
        """Return what is around the source, as large as it is on the screen; the last one is kept."""
        document, compositor, reach = self.editor.document, self.editor.compositor, self._reach()
        if document is None or compositor is None:
            return None
        left, top, side = math.floor(x) - reach, math.floor(y) - reach, 2 * reach + 1
        scale = min(1.0, self.canvas.view.zoom)
        if side * scale > LARGEST:
            return None
        key = document, self.editor.selection, self.options.sample, left, top, side, scale
        if self._overlay is None or self._overlay[0] != key:
            looked_at = self._looked_at(document)
            if looked_at is None:
                return None
            try:
                pixels = compositor.render(looked_at, (left, top, side, side), scale)
            except AtelierError:
                return None  # it is said when a stroke begins
            self._overlay = key, _image(self.editor.colours.to_screen(pixels))
        return self._overlay[1]

    def _looked_at(self, document: ImageDocument) -> ImageDocument | None:
        layer = self.editor.layer
        if self.options.sample == "all" or (layer is None and self.options.sample == "below"):
            return replace(document, selection=None)
        if layer is None or self.editor.on_mask:
            return None
        if self.options.sample == "below":
            return replace(up_to(document, layer.id), selection=None)
        if not isinstance(layer, RasterLayer):
            return None
        plain = replace(layer, mask=None, opacity=1.0, blend=BlendMode.NORMAL, clipped=False, visible=True, effects=())
        return replace(document, selection=None, layers=(plain,))


class HealTool(CloneTool):
    id = "heal"
    icon = "cross"
    key = "J"
    label = QT_TRANSLATE_NOOP("history", "Heal")
    default_brush = Brush(size=40, hardness=0.8)
    paints_masks = False
    previews_otherwise = True
    uses_flow = False

    def title(self) -> str:
        return self.tr("Healing brush")

    def help(self) -> str:
        return self.tr(
            "Alt+click where good texture is, then paint over what to repair: light and colour stay those of the place."
        )

    def _stamp(self, target: Target, brush: Brush, limit: Limit | None, offset: tuple[int, int]) -> Stroke:
        project, sampler = self.editor.session.require(), self._sampler(target)
        return HealStroke(brush, target.pixels, project, sampler, offset, sampler, limit)


class SpotHealTool(SamplingTool):
    id = "spot-heal"
    icon = "bandage"
    key = "J"
    label = QT_TRANSLATE_NOOP("history", "Heal spot")
    options_type = SpotOptions
    default_brush = Brush(size=30, hardness=0.8)
    paints_masks = False
    previews_otherwise = True
    uses_flow = False

    def title(self) -> str:
        return self.tr("Spot healing")

    def help(self) -> str:
        return self.tr(
            "Click a blemish or paint over it, a little larger than it is: it is filled from what is around it."
        )

    def make_stroke(self, target: Target, brush: Brush, limit: Limit | None, pointer: Pointer) -> Stroke | None:
        project = self.editor.session.require()
        return SpotStroke(brush, target.pixels, project, self._sampler(target), limit)


def _image(pixels: Deep) -> QImage:
    """Return straight RGBA as an image that owns its memory."""
    pixels = np.ascontiguousarray(pixels)
    height, width = pixels.shape[:2]
    return QImage(pixels.data, width, height, pixels.strides[0], QImage.Format.Format_RGBA8888).copy()
