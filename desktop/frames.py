"""Frames from the core on the screen: shared memory becomes a QImage without a copy, and a widget paints it."""

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from core.engine.frames import Frame


def image_on(frame: Frame) -> QImage:
    """Return an image that looks straight at the frame's shared memory: valid until the frame is released."""
    form = QImage.Format.Format_ARGB32_Premultiplied if frame.alpha else QImage.Format.Format_RGB32
    return QImage(frame.pixels, frame.width, frame.height, frame.width * 4, form)


def image_of(frame: Frame) -> QImage:
    """Return an image with the frame's pixels as its own (one memcpy)."""
    return image_on(frame).copy()


def fit(content: QSizeF, into: QRectF) -> QRectF:
    """Return the largest rectangle of the content's proportions in the middle of ``into``."""
    if content.isEmpty() or into.isEmpty():
        return QRectF()
    size = content.scaled(into.size(), Qt.AspectRatioMode.KeepAspectRatio)
    place = QRectF(into.topLeft(), size)
    place.moveCenter(into.center())
    return place


class _Lease:
    """The frame that is looked at, and who wants it back. An object of its own: it outlives the widget."""

    def __init__(self) -> None:
        self.frame: Frame | None = None
        self._release: Callable[[Frame], None] | None = None

    def change(self, frame: Frame | None, release: Callable[[Frame], None] | None) -> None:
        old, old_release = self.frame, self._release
        self.frame, self._release = frame, release
        if old is not None and old_release is not None:
            old_release(old)

    def end(self) -> None:
        self.change(None, None)


class FrameView(QWidget):
    """Shows the newest frame, fitted into the widget, sharp on any screen. GUI thread only.

    A frame is painted from shared memory; its slot is given back when a newer frame takes its place. A picture that
    is as large as its place in device pixels is painted pixel by pixel, anything else is scaled smoothly.
    """

    painted = Signal(int)
    """The sequence number of a frame that is on the widget now (0 for an image)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image = QImage()
        self._lease = _Lease()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName(self.tr("Preview"))
        self.destroyed.connect(self._lease.end)

    def show_frame(self, frame: Frame, release: Callable[[Frame], None]) -> None:
        """Show ``frame`` from now on; ``release`` is called with it when it is not looked at any more."""
        self._image = image_on(frame)
        self._lease.change(frame, release)
        self.update()

    def show_image(self, image: QImage) -> None:
        """Show a picture; a null image clears the view."""
        self._image = image
        self._lease.end()
        self.update()

    def clear(self) -> None:
        """Show nothing."""
        self.show_image(QImage())

    def image(self) -> QImage:
        """Return what is shown, as a picture of its own."""
        return self._image.copy()

    def sizeHint(self) -> QSize:
        return QSize(320, 240) if self._image.isNull() else self._image.size().scaled(320, 240, _KEEP)

    def target(self) -> QRectF:
        """Return where the picture lies in the widget."""
        return fit(QSizeF(self._image.size()), QRectF(self.rect()))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        place = self.target()
        if self._image.isNull() or self._image.hasAlphaChannel() or place != QRectF(self.rect()):
            painter.fillRect(self.rect(), self.palette().window())
        if self._image.isNull():
            return
        ratio = self.devicePixelRatioF()
        same = QSizeF(place.width() * ratio, place.height() * ratio) == QSizeF(self._image.size())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, not same)
        painter.drawImage(place, self._image, QRectF(self._image.rect()))
        painter.end()
        self.painted.emit(self._lease.frame.sequence if self._lease.frame is not None else 0)


_KEEP = Qt.AspectRatioMode.KeepAspectRatio
