"""What is done to the frame of the whole picture: turning, mirroring, trimming, showing all. Each is one undo step."""

import asyncio
import math

import numpy as np
from PySide6.QtCore import QObject

from core.documents import image_edits, image_frame, image_place
from core.documents.image import ImageDocument
from core.documents.image_frame import Direction
from core.raster.compositor import Compositor
from core.values import AtelierError
from desktop.panels.image.editor import Editor
from desktop.panels.image.words import QT_TRANSLATE_NOOP

BAND = 1024
"""Rows that are composed at once."""


class FrameCommands(QObject):
    """Edits of the document's own frame."""

    def __init__(self, editor: Editor, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.editor = editor

    def turn(self, quarters: int) -> None:
        """Turn the whole picture clockwise by quarters."""
        document = image_frame.turn_picture(self.editor.require(), quarters, self.editor.size_of)
        self.editor.commit(QT_TRANSLATE_NOOP("history", "Rotate picture"), document)

    def flip(self, direction: Direction) -> None:
        """Mirror the whole picture."""
        document = image_frame.flip_picture(self.editor.require(), direction, self.editor.size_of)
        self.editor.commit(QT_TRANSLATE_NOOP("history", "Flip picture"), document)

    def reveal(self) -> None:
        """Make the canvas so large that every layer is inside."""
        editor, document = self.editor, self.editor.require()
        box = editor.bounds([layer.id for layer in document.layers], document)
        if box is None:
            return
        around = max((image_edits.outset(layer) for layer in document.layers), default=0.0)
        left, top = min(0, math.floor(box.left - around)), min(0, math.floor(box.top - around))
        right = max(document.width, math.ceil(box.right + around))
        bottom = max(document.height, math.ceil(box.bottom + around))
        if (left, top, right, bottom) == (0, 0, document.width, document.height):
            editor.hint.emit(self.tr("No layer reaches beyond the canvas."))
            return
        try:
            new = image_place.crop(document, (left, top, right, bottom))
        except AtelierError as error:
            editor.session.report(error)
            return
        editor.commit(QT_TRANSLATE_NOOP("history", "Reveal all"), new)

    async def trim(self) -> None:
        """Take transparent edges off the canvas. The picture is composed on a worker thread."""
        editor, document, compositor = self.editor, self.editor.require(), self.editor.compositor
        assert compositor is not None
        box = await asyncio.to_thread(opaque_box, document, compositor)
        if editor.document is not document:
            return
        if box is None:
            editor.hint.emit(self.tr("The picture is empty: there is nothing to trim to."))
        elif box == (0, 0, document.width, document.height):
            editor.hint.emit(self.tr("There are no transparent edges to trim."))
        else:
            editor.commit(QT_TRANSLATE_NOOP("history", "Trim"), image_place.crop(document, box))


def opaque_box(document: ImageDocument, compositor: Compositor) -> tuple[int, int, int, int] | None:
    """Return left, top, right and bottom of all that is not transparent, ``None`` when nothing is. Any thread."""
    rows = np.zeros(document.height, np.bool_)
    columns = np.zeros(document.width, np.bool_)
    for top in range(0, document.height, BAND):
        height = min(BAND, document.height - top)
        alpha = compositor.render(document, (0, top, document.width, height))[..., 3]
        rows[top : top + height] = alpha.any(axis=1)
        columns |= alpha.any(axis=0)
    down, across = np.flatnonzero(rows), np.flatnonzero(columns)
    if not down.size:
        return None
    return int(across[0]), int(down[0]), int(across[-1]) + 1, int(down[-1]) + 1
