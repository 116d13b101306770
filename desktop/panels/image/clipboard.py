"""Cut, copy and paste: layers as layers within a project, as pictures to and from everything else."""

import asyncio
import math
from collections.abc import Sequence
from typing import Any

import msgspec
import numpy as np
from PySide6.QtCore import QBuffer, QIODevice, QMimeData, QObject
from PySide6.QtGui import QColorSpace, QGuiApplication, QImage

from core.documents import artboard_edits, image_edits
from core.documents.image import AnyLayer, ImageDocument
from core.documents.image_place import Box
from core.raster.bounds import layer_bounds
from core.raster.compositor import Compositor
from core.raster.managing import Planes, convert_straight
from core.raster.manifest import Pixels, write_raster
from core.values import AtelierError
from desktop.panels.image.commands import Commands
from desktop.panels.image.converting import converted_document
from desktop.panels.image.editor import Editor
from desktop.panels.image.pixel_commands import PixelCommands
from desktop.panels.image.words import QT_TRANSLATE_NOOP

MIME = "application/x-atelier-image-layers"
replace = msgspec.structs.replace


class _Carried(msgspec.Struct):
    project: str
    layers: list[AnyLayer]
    profile: str | None = None
    """What their colours are in: an asset of the project, None: sRGB."""
    origin: tuple[int, int] | None = None
    """Where the artboard stands that they were copied from."""


class LayersMime(QMimeData):
    """Layers for Atelier, and a picture of them for other programs, composed only when one asks."""

    def __init__(
        self, carried: bytes, compositor: Compositor, document: ImageDocument, rect: Any, srgb: Planes | None
    ) -> None:
        """``srgb`` is how the document's numbers become sRGB, None where they are."""
        super().__init__()
        self.setData(MIME, carried)
        self._compositor, self._document, self._rect, self._srgb = compositor, document, rect, srgb

    def formats(self) -> list[str]:
        return [*super().formats(), "application/x-qt-image", "image/png"]

    def hasFormat(self, mime: str) -> bool:
        return mime in self.formats()

    def retrieveData(self, mime: str, kind: Any) -> Any:
        if mime in ("application/x-qt-image", "image/png"):
            image = self.picture()
            if image is None or mime == "application/x-qt-image":
                return image
            buffer = QBuffer()
            buffer.open(QIODevice.OpenModeFlag.WriteOnly)
            image.save(buffer, "PNG")  # type: ignore[call-overload]
            return buffer.data()
        return super().retrieveData(mime, kind)

    def picture(self) -> QImage | None:
        """Return the picture of the layers, ``None`` when it cannot be composed."""
        try:
            pixels = self._compositor.render(self._document, self._rect)
        except AtelierError:
            return None
        if self._srgb is not None:
            convert_straight(self._srgb, pixels)
        image = QImage(
            pixels.data, pixels.shape[1], pixels.shape[0], pixels.strides[0], QImage.Format.Format_RGBA8888
        ).copy()
        image.setColorSpace(QColorSpace(QColorSpace.NamedColorSpace.SRgb))
        return image


class Clipboard(QObject):
    """The clipboard as the image panel uses it."""

    def __init__(
        self, editor: Editor, commands: Commands, pixels: PixelCommands, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.editor = editor
        self.commands = commands
        self.pixels = pixels
        self._kept: LayersMime | None = None

    def copy(self) -> bool:
        """Copy the chosen pixels, or the selected layers where none are chosen. Return whether there were any."""
        editor, document = self.editor, self.editor.document
        if document is None:
            return False
        if editor.pixels.mask is not None:
            layer = self.pixels.cut_out()
            if layer is None:
                editor.hint.emit(self.tr("There are no pixels inside the selection to copy."))
                return False
            return self._carry(document, [layer], Box(*layer_bounds(layer)))
        if not editor.selection:
            return False
        ids = image_edits.top_level(document, editor.selection)
        return self._carry(document, [document.layer(i) for i in ids], editor.bounds(ids, document))

    def _carry(self, document: ImageDocument, layers: list[AnyLayer], box: Box | None) -> bool:
        editor, compositor = self.editor, self.editor.compositor
        assert compositor is not None
        project = str(editor.session.require().path)
        group = artboard_edits.holder(document, layers[0].id)
        on = None if group is None or group is layers[0] or group.artboard is None else group.artboard
        origin = None if on is None else (on.x, on.y)
        carried = msgspec.msgpack.encode(_Carried(project, layers, document.profile, origin))
        rect: tuple[int, int, int, int] | None = None
        if box is not None:
            x, y = math.floor(box.left), math.floor(box.top)
            rect = x, y, max(1, math.ceil(box.right) - x), max(1, math.ceil(box.bottom) - y)
        alone = artboard_edits.alone(document, layers, layers[0].id)
        self._kept = LayersMime(carried, compositor, alone, rect, editor.colours.srgb)
        QGuiApplication.clipboard().setMimeData(self._kept)
        return True

    def cut(self) -> None:
        """Copy the chosen pixels or the selected layers, and take them away."""
        clears = self.pixels.can_clear()
        if self.editor.pixels.mask is not None and not clears:
            self.editor.hint.emit(self.tr("Select one pixel layer to cut from."))
        elif self.copy():
            (self.pixels.clear if clears else self.commands.delete)()

    def shut_down(self) -> None:
        """Leave a plain picture behind: what is composed on demand needs the project, which closes, and Python."""
        kept, self._kept = self._kept, None
        board = QGuiApplication.clipboard()
        if kept is not None and board.mimeData() is not None and board.mimeData().hasFormat(MIME):
            image = kept.picture()
            if image is None:
                board.clear()
            else:
                board.setImage(image)

    def can_paste(self) -> bool:
        """Return whether the clipboard holds layers or a picture."""
        data = QGuiApplication.clipboard().mimeData()
        # Another program may have gone with what it had copied: then there is no data at all.
        return data is not None and (data.hasFormat(MIME) or data.hasImage())

    def paste(self) -> None:
        """Put what the clipboard holds into the document."""
        data = QGuiApplication.clipboard().mimeData()
        if data is not None and data.hasFormat(MIME) and self._paste_layers(bytes(data.data(MIME).data())):
            return
        image = QGuiApplication.clipboard().image()
        if image.isNull():
            self.editor.hint.emit(self.tr("There is no picture in the clipboard."))
            return
        self.editor.session.spawn(self._paste_image(image))

    def _paste_layers(self, data: bytes) -> bool:
        try:
            carried = msgspec.msgpack.decode(data, type=_Carried)
        except msgspec.MsgspecError:
            return False
        if carried.project != str(self.editor.session.require().path):
            return False  # its pixels are in another project: paste the picture of them
        if carried.profile != self.editor.require().profile:
            self.editor.session.spawn(self._paste_converted(carried))
        else:
            self._insert(carried.layers, carried.origin)
        return True

    def _insert(self, layers: Sequence[AnyLayer], origin: tuple[int, int] | None) -> None:
        fresh = [image_edits.with_new_ids(layer) for layer in self.editor.boards.brought_in(layers, origin)]
        self.commands.bring(QT_TRANSLATE_NOOP("history", "Paste"), *fresh)

    async def _paste_converted(self, carried: _Carried) -> None:
        """Paste layers of a document in another profile: they look here as they looked there."""
        document = self.editor.require()
        alone = replace(document, layers=tuple(carried.layers), selection=None, profile=carried.profile)
        converted, _ = await converted_document(self.editor.session, alone, document.profile)
        if self.editor.document is not None and self.editor.document.id == document.id:
            self._insert(converted.layers, carried.origin)

    async def _paste_image(self, image: QImage) -> None:
        project = self.editor.session.require()
        digest = await asyncio.to_thread(lambda: write_raster(pixels_of(image), project))
        digest = await self.editor.colours.raster(digest, None, self.editor.require().profile)
        self.commands.place(digest, self.tr("Pasted picture"), None)


def pixels_of(image: QImage) -> Pixels:
    """Return an image as H×W×4 uint8 straight RGBA in sRGB. Any thread."""
    srgb = QColorSpace(QColorSpace.NamedColorSpace.SRgb)
    if image.colorSpace().isValid() and image.colorSpace() != srgb:
        image = image.convertedToColorSpace(srgb)
    image = image.convertToFormat(QImage.Format.Format_RGBA8888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : image.width() * 4].reshape(image.height(), image.width(), 4).copy()
