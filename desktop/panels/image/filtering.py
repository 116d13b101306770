"""What the canvas paints, shown in another way: the screen's own pixels are changed, the picture's never are."""

from collections.abc import Iterable

import numpy as np
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage

from core.raster import seeing
from core.raster.managing import Planes, convert_screen
from core.raster.proof import Proof
from core.raster.seeing import Look
from desktop.panels.image.tiles import Tile


def filter_view(
    look: Look, buffer: QImage, rects: Iterable[QRect], proof: Proof | None = None, *, warn: bool = False
) -> None:
    """Show these rectangles of ``buffer`` (Format_RGB32) in another way; they were just painted and do not overlap.

    No painter may be active on the buffer. ``proof`` is the press of :attr:`Look.PROOF`; with ``warn``, what it cannot
    print is marked.
    """
    if look in (Look.NORMAL, Look.ALPHA):
        return
    pixels = np.frombuffer(buffer.bits(), np.uint8).reshape(buffer.height(), buffer.bytesPerLine() // 4, 4)
    for rect in rects:
        part = pixels[rect.top() : rect.bottom() + 1, rect.left() : rect.right() + 1]
        if look is not Look.PROOF:
            seeing.apply(look, part)
        elif proof is not None:
            proof.apply(part, warn=warn)


def convert_view(screen: Planes, buffer: QImage, rects: Iterable[QRect]) -> None:
    """Convert these rectangles of ``buffer`` (Format_RGB32), which may be empty. No painter may be active on it."""
    pixels = np.frombuffer(buffer.bits(), np.uint8).reshape(buffer.height(), buffer.bytesPerLine() // 4, 4)
    for rect in rects:
        part = pixels[rect.top() : rect.bottom() + 1, rect.left() : rect.right() + 1]
        if part.size:
            convert_screen(screen, part, part, opaque=True)


def alpha_image(tile: Tile) -> QImage:
    """Return the opacity of a tile as grey: white is opaque."""
    alpha = np.ascontiguousarray(tile.pixels[..., 3])
    height, width = alpha.shape
    return QImage(alpha.data, width, height, width, QImage.Format.Format_Grayscale8).copy()
