"""Before and after in one place, with a divider to drag across."""

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop import theme
from desktop.frames import fit

GRIP = 14


class CompareView(QWidget):
    """Shows ``after``; where there is a ``before``, it is seen to the left of the divider."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._before = QImage()
        self._after = QImage()
        self._part = 0.5
        self._text = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(theme.px(120), theme.px(80))
        self.setAccessibleName(self.tr("Before and after"))
        self.setAccessibleDescription(self.tr("The arrow keys move the divider."))

    def show_pair(self, before: QImage, after: QImage) -> None:
        """Show two pictures of the same thing; a null ``before`` takes the divider away."""
        self._before, self._after, self._text = before, after, ""
        self.setCursor(Qt.CursorShape.ArrowCursor if before.isNull() else Qt.CursorShape.SplitHCursor)
        self.update()

    def show_text(self, text: str) -> None:
        """Say something in the place of a picture."""
        self._before, self._after, self._text = QImage(), QImage(), text
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(320), theme.px(200))

    def _place(self) -> QRectF:
        room = QRectF(self.rect()).adjusted(8, 8, -8, -8)
        place = fit(QSizeF(self._after.size()), room)
        scale = place.width() / max(1, self._after.width())
        if scale > 4:  # a small picture is not blown up into a blur
            place = QRectF(0, 0, self._after.width() * 4, self._after.height() * 4)
            place.moveCenter(room.center())
        return place

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.rect(), theme.colour("surround"))
        if self._after.isNull():
            painter.setPen(theme.colour("muted" if theme.current().dark else "text"))
            room = self.rect().adjusted(16, 16, -16, -16)
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._text)
            return
        place = self._place()
        if self._after.hasAlphaChannel() or self._before.hasAlphaChannel():
            painter.drawTiledPixmap(place, chequer())
        painter.drawImage(place, self._after)
        if self._before.isNull():
            return
        x = place.left() + place.width() * self._part
        painter.save()
        painter.setClipRect(QRectF(place.left(), place.top(), x - place.left(), place.height()))
        if self._before.hasAlphaChannel():
            painter.drawTiledPixmap(place, chequer())
        painter.drawImage(place, self._before)
        painter.restore()
        painter.setPen(QPen(QColor(0, 0, 0, 120), 3))
        painter.drawLine(QPointF(x, place.top()), QPointF(x, place.bottom()))
        painter.setPen(QPen(QColor("#ffffff"), 1.5))
        painter.drawLine(QPointF(x, place.top()), QPointF(x, place.bottom()))
        painter.setBrush(theme.colour("accent_text" if self.hasFocus() else "surface"))
        painter.drawEllipse(QPointF(x, place.center().y()), GRIP / 2, GRIP / 2)
        self._label(painter, place, self.tr("Before"), left=True)
        self._label(painter, place, self.tr("After"), left=False)

    def _label(self, painter: QPainter, place: QRectF, text: str, *, left: bool) -> None:
        painter.setFont(theme.ui_font(11))
        width = painter.fontMetrics().horizontalAdvance(text) + 12
        if place.width() < width * 3:
            return
        box = QRectF(0, 0, width, theme.px(20))
        box.moveTopLeft(place.topLeft() + QPointF(6, 6))
        if not left:
            box.moveRight(place.right() - 6)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(0, 0, 0, 150))
        painter.drawRoundedRect(box, 4, 4)
        painter.setPen(QColor("#ffffff"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._drag(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._drag(event.position())

    def _drag(self, at: QPointF) -> None:
        place = self._place()
        if not self._before.isNull() and place.width() > 0:
            self.set_part((at.x() - place.left()) / place.width())

    def set_part(self, part: float) -> None:
        """Put the divider at ``part`` of the width, 0 to 1."""
        self._part = min(1.0, max(0.0, part))
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right) and not self._before.isNull():
            self.set_part(self._part + (0.05 if event.key() == Qt.Key.Key_Right else -0.05))
        else:
            super().keyPressEvent(event)


def chequer(side: int = 8) -> QPixmap:
    """Return the pattern that stands for transparency, as a tile."""
    tile = QPixmap(side * 2, side * 2)
    tile.fill(QColor("#ffffff"))
    painter = QPainter(tile)
    painter.fillRect(0, 0, side, side, QColor("#cccccc"))
    painter.fillRect(side, side, side, side, QColor("#cccccc"))
    painter.end()
    return tile
