"""Pictures in Qt's form: as PNG, and from the core's arrays."""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage


def png_of(image: QImage) -> bytes:
    """Return ``image`` as a PNG file."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # PySide takes str only, whatever its stub says
    return bytes(data.data())


def image_of_array(pixels: object) -> QImage:
    """Return height×width×4 RGBA, 8 bits, straight alpha, as an image of its own."""
    import numpy as np

    array = np.ascontiguousarray(pixels, dtype=np.uint8)
    height, width = array.shape[:2]
    return QImage(array.data, width, height, width * 4, QImage.Format.Format_RGBA8888).copy()
