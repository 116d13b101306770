"""Bits a channel of the picture: what they are called, and changing them."""

import asyncio
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject

from core.documents.image import ImageDocument, RasterLayer, walk
from core.documents.image_values import Depth
from core.raster.converting import convert_document
from core.values import AtelierError
from desktop.panels.image.editor import Editor
from desktop.panels.image.words import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from core.raster.compositor import Compositor

DITHER = "image.depth.dither"
LABELS: dict[Depth, str] = {
    8: QT_TRANSLATE_NOOP("history", "Convert to 8 bits a channel"),
    16: QT_TRANSLATE_NOOP("history", "Convert to 16 bits a channel"),
    32: QT_TRANSLATE_NOOP("history", "Convert to 32 bits a channel"),
}


def depth_name(depth: Depth) -> str:
    """Return a depth as a menu says it."""
    translate = QCoreApplication.translate
    return {
        8: translate("depth", "8 bits a channel"),
        16: translate("depth", "16 bits a channel"),
        32: translate("depth", "32 bits a channel (floating point)"),
    }[depth]


def short_depth(depth: Depth) -> str:
    """Return a depth as the status line says it."""
    translate = QCoreApplication.translate
    return {
        8: translate("depth", "8 bit"),
        16: translate("depth", "16 bit"),
        32: translate("depth", "32 bit float"),
    }[depth]


def fewer_bits(document: ImageDocument, compositor: "Compositor") -> str:
    """Say which pixels of a deep picture have fewer bits than it; empty when none have.

    Raises :class:`AtelierError` when a raster's table of tiles cannot be read.
    """
    found = [
        layer.name
        for layer in walk(document.layers)
        if isinstance(layer, RasterLayer) and compositor.manifest(layer.pixels).depth < document.depth
    ]
    if not found:
        return ""
    text = QCoreApplication.translate("depth", "Fewer bits than the picture: {layers}.")
    return text.format(layers=", ".join(f"“{name}”" for name in found[:3]) + ("…" if len(found) > 3 else ""))


class DepthCommands(QObject):
    """Converts the picture, its pixel layers with it, on a worker; one undo step."""

    def __init__(self, editor: Editor, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.editor = editor

    @property
    def dither(self) -> bool:
        """Whether pixels are dithered when bits are taken away."""
        return bool(self.editor.session.settings.views.get(DITHER, True))

    def set_dither(self, on: bool) -> None:
        """Have pixels dithered when bits are taken away, or rounded."""
        self.editor.session.settings.views[DITHER] = on

    def convert(self, depth: Depth) -> None:
        """Give the picture ``depth`` bits a channel; where it has them, give them to layers that have others."""
        if self.editor.document is not None:
            self.editor.session.spawn(self.converting(depth))

    async def converting(self, depth: Depth) -> None:
        """Convert, and commit when done. Raises :class:`AtelierError` when the picture was changed meanwhile."""
        editor, document, project = self.editor, self.editor.require(), self.editor.session.require()
        editor.hint.emit(self.tr("Converting the picture…"))
        dither = self.dither and depth < document.depth
        try:
            new = await asyncio.to_thread(convert_document, document, depth, project, project, dither=dither)
        finally:
            editor.hint.emit("")
        if editor.document is not document:
            raise AtelierError(self.tr("The picture was changed while it was converted, so nothing was converted."))
        if new != document:
            editor.commit(LABELS[depth], new)
