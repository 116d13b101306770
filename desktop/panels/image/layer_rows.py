"""How a row of the layer list is painted, and which part of it the pointer is on."""

import enum
from typing import cast

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPainterPath, QPen, QPixmap
from PySide6.QtWidgets import QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from core.documents.image import AdjustmentLayer, AnyLayer, GroupLayer, RasterLayer, SmartLayer, TextLayer
from core.documents.image_filters import LayerFilter
from core.documents.image_shapes import transformed
from core.raster.affine import scaled
from desktop import icons, theme
from desktop.panels.image.editor import Editor
from desktop.panels.image.layer_model import Role
from desktop.panels.image.thumbnails import Thumbnails
from desktop.panels.image.words import blend_name

AnyIndex = QModelIndex | QPersistentModelIndex
ROW = 40
THUMB = 30


class Part(enum.Enum):
    """A part of a row that can be clicked on its own."""

    THUMBNAIL = 1
    MASK = 2
    NAME = 3
    LOCK = 4
    EYE = 5
    PATH = 6
    """The vector mask."""


class LayerRows(QStyledItemDelegate):
    """Paints thumbnail, mask, name, marks, lock and eye."""

    def __init__(self, editor: Editor, thumbnails: Thumbnails, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.editor = editor
        self.thumbnails = thumbnails
        self.hovered: tuple[QPersistentModelIndex, Part | None] | None = None

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        return QSize(160, theme.px(ROW))

    # --- places -----------------------------------------------------------------------------------------------------

    def places(self, rect: QRect, layer: AnyLayer) -> dict[Part, QRect]:
        """Return where each part of a row stands."""
        px = theme.px
        side, middle = px(THUMB), rect.center().y() + 1
        left = rect.left() + px(4) + (px(14) if layer.clipped else 0)
        found = {Part.THUMBNAIL: QRect(left, middle - side // 2, side, side)}
        left += side + px(8)
        if layer.mask is not None:
            found[Part.MASK] = QRect(left, middle - side // 2, side, side)
            left += side + px(8)
        if layer.vector_mask is not None:
            found[Part.PATH] = QRect(left, middle - side // 2, side, side)
            left += side + px(8)
        button = px(24)
        eye = QRect(rect.right() - button - px(4), middle - button // 2, button, button)
        lock = eye.translated(-button, 0)
        found[Part.EYE], found[Part.LOCK] = eye, lock
        found[Part.NAME] = QRect(left, rect.top(), max(0, lock.left() - px(4) - left), rect.height())
        return found

    def part_at(self, rect: QRect, layer: AnyLayer, x: int, y: int) -> Part | None:
        """Return the part of a row at a point of the view."""
        for part, place in self.places(rect, layer).items():
            if place.contains(x, y):
                return part
        return None

    # --- painting ---------------------------------------------------------------------------------------------------

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        layer = cast("AnyLayer | None", index.data(Role.LAYER))
        if layer is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        rect = option.rect
        state = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        over = bool(state & QStyle.StateFlag.State_MouseOver)
        view = option.widget
        row = QRect(0, rect.top(), view.width(), rect.height())
        if selected or over:
            painter.fillRect(row, theme.colour("selected" if selected else "raised"))
        shown = bool(index.data(Role.SHOWN))
        painter.setOpacity(1.0 if shown else 0.45)
        places = self.places(rect, layer)
        if layer.clipped:
            side = theme.px(14)
            at = places[Part.THUMBNAIL]
            pixmap = icons.pixmap("corner-down-left", side, theme.colour("muted").name())
            painter.drawPixmap(at.left() - side - theme.px(2), at.center().y() - side // 2, pixmap)
        on_mask = self.editor.on_mask and layer.id in self.editor.selection
        on_path = self.editor.on_path and layer.id in self.editor.selection
        masked = layer.mask is not None or layer.vector_mask is not None
        self._paint_thumbnail(
            painter, places[Part.THUMBNAIL], layer, framed=selected and masked and not on_mask and not on_path
        )
        if Part.MASK in places:
            self._paint_mask(painter, places[Part.MASK], layer, framed=selected and on_mask)
        if Part.PATH in places:
            self._paint_path(painter, places[Part.PATH], layer, framed=selected and on_path)
        self._paint_name(painter, places[Part.NAME], layer, str(index.data(Qt.ItemDataRole.DisplayRole)))
        painter.setOpacity(1.0)
        locked = bool(index.data(Role.LOCKED))
        if locked or over:
            name = "lock" if locked else "lock-open"
            self._paint_button(painter, places[Part.LOCK], name, strong=layer.locked, faint=locked and not layer.locked)
        self._paint_button(
            painter,
            places[Part.EYE],
            "eye" if layer.visible else "eye-off",
            strong=not layer.visible,
            faint=layer.visible and not shown,
        )
        if state & QStyle.StateFlag.State_HasFocus and view.window().property("keyboardFocusVisible"):
            painter.setPen(QPen(theme.colour("accent_text"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(row.adjusted(0, 0, -1, -1))
        painter.restore()

    def _paint_button(self, painter: QPainter, rect: QRect, name: str, *, strong: bool, faint: bool) -> None:
        side = theme.px(16)
        token = "text" if strong else "disabled" if faint else "muted"
        pixmap = icons.pixmap(name, side, theme.colour(token).name())
        painter.drawPixmap(rect.center().x() - side // 2 + 1, rect.center().y() - side // 2 + 1, pixmap)

    def _paint_thumbnail(self, painter: QPainter, rect: QRect, layer: AnyLayer, *, framed: bool) -> None:
        name = layer_icon(layer)
        if name is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("raised"))
            painter.drawRoundedRect(rect, 4, 4)
            side = theme.px(16)
            pixmap = icons.pixmap(name, side, theme.colour("text").name())
            painter.drawPixmap(rect.center().x() - side // 2 + 1, rect.center().y() - side // 2 + 1, pixmap)
        else:
            self._paint_image(painter, rect, self.thumbnails.layer(layer, self._device(painter, rect)))
        self._paint_border(painter, rect, framed)

    def _paint_mask(self, painter: QPainter, rect: QRect, layer: AnyLayer, *, framed: bool) -> None:
        self._paint_image(painter, rect, self.thumbnails.mask(layer, self._device(painter, rect)), chequered=False)
        self._paint_border(painter, rect, framed)
        if layer.mask is not None and not layer.mask.enabled:
            self._paint_cross(painter, rect)

    def _paint_path(self, painter: QPainter, rect: QRect, layer: AnyLayer, *, framed: bool) -> None:
        """Draw the vector mask where it stands on the canvas: white shows, grey hides."""
        mask, document = layer.vector_mask, self.editor.shown
        assert mask is not None
        white, grey = QColor("#f2f2f2"), QColor("#6a6a6a")
        painter.fillRect(rect, white if mask.inverted else grey)
        if document is not None:
            scale = min(rect.width() / document.width, rect.height() / document.height)
            left = rect.center().x() + 0.5 - document.width * scale / 2
            top = rect.center().y() + 0.5 - document.height * scale / 2
            path = QPainterPath()
            for contour in transformed(mask.geometry.contours(), scaled(mask.matrix(), scale, -left, -top)):
                for index, (start, first, second, end) in enumerate(contour.segments()):
                    if index == 0:
                        path.moveTo(*start)
                    path.cubicTo(*first, *second, *end)
            painter.save()
            painter.setClipRect(rect)
            painter.fillPath(path, grey if mask.inverted else white)
            painter.restore()
        self._paint_border(painter, rect, framed)
        if not mask.enabled:
            self._paint_cross(painter, rect)

    def _paint_cross(self, painter: QPainter, rect: QRect) -> None:
        painter.setPen(QPen(theme.colour("danger"), 1.75))
        inside = rect.adjusted(3, 3, -3, -3)
        painter.drawLine(inside.topLeft(), inside.bottomRight())
        painter.drawLine(inside.topRight(), inside.bottomLeft())

    def _device(self, painter: QPainter, rect: QRect) -> int:
        return round(rect.width() * painter.device().devicePixelRatioF())

    def _paint_image(self, painter: QPainter, rect: QRect, image: QImage | None, *, chequered: bool = True) -> None:
        if chequered:
            painter.fillRect(rect, _chequer())
        else:
            painter.fillRect(rect, theme.colour("raised"))
        if image is not None and not image.isNull():
            size = image.size().scaled(rect.size(), Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(1, 1))
            target = QRect(rect.topLeft(), size)
            target.moveCenter(rect.center())
            painter.drawImage(target, image)

    def _paint_border(self, painter: QPainter, rect: QRect, framed: bool) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if framed:
            painter.setPen(QPen(theme.colour("accent_text"), 2))
            painter.drawRoundedRect(rect.adjusted(-2, -2, 1, 1), 3, 3)
        else:
            painter.setPen(QPen(theme.colour("line"), 1))
            painter.drawRect(rect.adjusted(0, 0, -1, -1))

    def _paint_name(self, painter: QPainter, rect: QRect, layer: AnyLayer, text: str) -> None:
        painter.setPen(theme.colour("text"))
        painter.setFont(theme.ui_font(12))
        details = self._details(layer)
        for icon, token in _marks(layer):
            side = theme.px(12)
            at = QRect(rect.right() - side, rect.center().y() - side // 2, side, side)
            painter.drawPixmap(at.topLeft(), icons.pixmap(icon, side, theme.colour(token).name()))
            rect = rect.adjusted(0, 0, -side - theme.px(4), 0)
        metrics = painter.fontMetrics()
        elided = metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        if not details:
            painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter, elided)
            return
        upper = QRect(rect.left(), rect.center().y() - metrics.height(), rect.width(), metrics.height())
        painter.drawText(upper, Qt.AlignmentFlag.AlignVCenter, elided)
        painter.setFont(theme.ui_font(11))
        painter.setPen(theme.colour("muted"))
        lower = QRect(rect.left(), rect.center().y() + 1, rect.width(), metrics.height())
        painter.drawText(
            lower,
            Qt.AlignmentFlag.AlignVCenter,
            painter.fontMetrics().elidedText(details, Qt.TextElideMode.ElideRight, rect.width()),
        )

    def _details(self, layer: AnyLayer) -> str:
        """Return an artboard's size, and what differs from a plain layer: its blend mode and opacity."""
        parts: list[str] = []
        if isinstance(layer, GroupLayer) and layer.artboard is not None:
            parts.append(f"{layer.artboard.width} × {layer.artboard.height}")
        if layer.blend != "normal":
            parts.append(blend_name(layer.blend))
        if layer.opacity < 1:
            parts.append(f"{layer.opacity * 100:.0f} %")
        return " · ".join(parts)

    # --- renaming ---------------------------------------------------------------------------------------------------

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: AnyIndex) -> QWidget:
        edit = QLineEdit(parent)
        edit.setAccessibleName(self.tr("Layer name"))
        edit.setMaxLength(200)
        return edit

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        layer = cast("AnyLayer | None", index.data(Role.LAYER))
        if layer is not None:
            place = self.places(option.rect, layer)[Part.NAME]
            height = theme.px(28)
            editor.setGeometry(
                place.left() - theme.px(6), place.center().y() - height // 2, place.width() + theme.px(6), height
            )


def _marks(layer: AnyLayer) -> list[tuple[str, str]]:
    """Return icon and colour of what is marked beside a name: effects, and that a model made it."""
    marks: list[tuple[str, str]] = []
    if layer.effects:
        marks.append(("wand-sparkles", "muted" if any(effect.enabled for effect in layer.effects) else "disabled"))
    if isinstance(layer, SmartLayer):
        marks.append(("file-symlink", "muted"))
    if isinstance(layer, RasterLayer) and layer.made_by_model:
        marks.append(("sparkles", "accent_text"))
    return marks


def _chequer() -> QBrush:
    side = 5
    dark = theme.current().dark
    pixmap = QPixmap(2 * side, 2 * side)
    pixmap.fill(QColor("#5a5a5a" if dark else "#ffffff"))
    painter = QPainter(pixmap)
    other = QColor("#4a4a4a" if dark else "#e2e2e2")
    painter.fillRect(0, 0, side, side, other)
    painter.fillRect(side, side, side, side, other)
    painter.end()
    return QBrush(pixmap)


def layer_icon(layer: AnyLayer) -> str | None:
    """Return what stands for a layer that has no picture of its own."""
    if isinstance(layer, AdjustmentLayer) and isinstance(layer.adjustment, LayerFilter):
        return "aperture"
    if isinstance(layer, GroupLayer) and layer.artboard is not None:
        return "frame"
    return {GroupLayer: "folder", AdjustmentLayer: "sliders-horizontal", TextLayer: "type"}.get(type(layer))
