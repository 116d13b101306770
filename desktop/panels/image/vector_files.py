"""Shapes to and from other programs: drawings placed as layers, layers copied and written as SVG."""

import asyncio
import os
import tempfile
from pathlib import Path

import msgspec
from PySide6.QtCore import QMimeData, QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from core.documents import image_edits, image_place
from core.documents.image import AnyLayer, GroupLayer, ImageDocument
from core.documents.image_colours import recoloured
from core.documents.image_place import Placement
from core.raster.managing import convert_hex
from core.raster.svg_out import Written, has_vectors, write
from core.values import AtelierError, reason
from desktop.i18n import said
from desktop.panels.image.commands import Commands
from desktop.panels.image.editor import Editor
from desktop.panels.image.words import QT_TRANSLATE_NOOP

replace = msgspec.structs.replace
SVG = "image/svg+xml"


class VectorFiles(QObject):
    """What the menus do with SVG."""

    def __init__(self, editor: Editor, commands: Commands, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.editor = editor
        self.commands = commands

    def place(self, drawing: ImageDocument, name: str, at: tuple[float, float] | None) -> bool:
        """Put a drawing's layers into the document, in a group: centred there, or on the canvas, made to fit it."""
        if at is not None:
            self.editor.boards.point_at(*at)
        room, colours = self.editor.boards.room(), self.editor.colours
        drawing = recoloured(drawing, lambda found: convert_hex(colours.from_srgb, found))
        wide, high = room.right - room.left, room.bottom - room.top
        factor = min(1.0, wide / drawing.width, high / drawing.height)
        x, y = at if at is not None else room.centre
        dx, dy = x - drawing.width * factor / 2, y - drawing.height * factor / 2
        if factor == 1:
            dx, dy = float(round(dx)), float(round(dy))
        how = Placement(scale=factor, dx=dx, dy=dy)
        placed = image_place.place_by(drawing, [layer.id for layer in drawing.layers], how, self.editor.size_of)
        layers = tuple(image_edits.with_new_ids(layer) for layer in placed.layers)
        one: AnyLayer = GroupLayer(name=name, layers=layers) if len(layers) > 1 else replace(layers[0], name=name)
        return self.commands.insert(QT_TRANSLATE_NOOP("history", "Place drawing"), one)

    def _chosen(self) -> tuple[AnyLayer, ...] | None:
        """Return the selected layers, ``None`` for the whole picture when nothing selected is a shape."""
        document = self.editor.require()
        ids = image_edits.top_level(document, self.editor.selection)
        layers = tuple(document.layer(i) for i in ids)
        return layers if has_vectors(layers) else None

    def can_write(self) -> bool:
        """Return whether there is a shape to write."""
        document = self.editor.document
        return document is not None and has_vectors(document.layers)

    def copy(self) -> None:
        """Put the selected shapes, or all of them, onto the clipboard as SVG, cut to what they cover."""
        written = self._write(fitted=True)
        if written is None:
            return
        data = QMimeData()
        data.setData(SVG, written.text.encode())
        data.setText(written.text)
        QGuiApplication.clipboard().setMimeData(data)
        self._say(self.tr("The shapes are on the clipboard as SVG."), written)

    def export(self, parent: QWidget) -> None:
        """Ask where, and write the selected shapes, or all of them, as an SVG file of the canvas's size."""
        document = self.editor.require()
        name = f"{document.title or self.tr('Drawing')}.svg"
        text, _ = QFileDialog.getSaveFileName(parent, self.tr("Export as SVG"), name, "SVG (*.svg)")
        if text:
            path = Path(text)
            self.editor.session.spawn(self.write_file(path if path.suffix else path.with_suffix(".svg")))

    async def write_file(self, path: Path) -> None:
        """Write the selected shapes, or all of them, to ``path``; a file that is there is replaced by a whole one."""
        written = self._write(fitted=False)
        if written is not None:
            await asyncio.to_thread(_save, path, written.text)
            self._say(self.tr("“{name}” is written.").format(name=path.name), written)

    def _write(self, *, fitted: bool) -> Written | None:
        colours = self.editor.colours
        document, chosen = recoloured(
            (self.editor.require(), self._chosen()), lambda found: convert_hex(colours.srgb, found)
        )
        try:
            return write(document, chosen, fitted=fitted)
        except AtelierError as error:
            self.editor.session.report(error)
            return None

    def _say(self, text: str, written: Written) -> None:
        left_out = " ".join(map(said, written.left_out))
        self.editor.session.say(f"{text} {left_out}".strip(), "warn" if left_out else "info")


def _save(path: Path, text: str) -> None:
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".atelier-", suffix=".svg")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        umask = os.umask(0)
        os.umask(umask)
        Path(name).chmod(0o666 & ~umask)
        Path(name).replace(path)
    except OSError as error:
        raise AtelierError(
            "“{name}” could not be written to {folder}: {reason}.",
            name=path.name,
            folder=str(path.parent),
            reason=reason(error),
        ) from None
