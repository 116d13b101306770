"""What is done to the pixels inside the selection, on the selected pixel layer or mask. Each is one undo step."""

import msgspec
import numpy as np
from PySide6.QtCore import QObject
from PySide6.QtGui import QColor

from core.documents import image_edits
from core.documents.image import BlendMode, ImageDocument, RasterLayer, Transform
from core.raster import selecting, within
from core.raster.affine import Affine, mask_placement
from core.raster.bending import Bend, bend_of, warp_of
from core.raster.bounds import layer_matrix
from core.raster.depths import rounding
from core.raster.manifest import replace_tiles, write_raster
from core.values import AtelierError
from desktop.panels.image.editor import Editor
from desktop.panels.image.words import QT_TRANSLATE_NOOP

replace = msgspec.structs.replace


class PixelCommands(QObject):
    """Clear, fill, and copy out."""

    def __init__(self, editor: Editor, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.editor = editor

    def can_clear(self) -> bool:
        """Return whether Delete means pixels: some are chosen, and a layer or mask that has pixels is selected."""
        return self.editor.pixels.mask is not None and (
            isinstance(self.editor.layer, RasterLayer) or self.editor.on_mask
        )

    def clear(self) -> None:
        """Make the chosen pixels of the layer transparent, or have the mask hide them."""
        mask = self.editor.layer.mask if self.editor.on_mask and self.editor.layer is not None else None
        hides = within.cover_with(255 if mask is not None and mask.inverted else 0)
        label = QT_TRANSLATE_NOOP("history", "Clear pixels")
        self._change(label, within.clear, hides)

    def fill(self, colour: str) -> None:
        """Fill the chosen pixels (all of them when nothing is chosen) with ``#rrggbb``; a mask by its lightness."""
        value = QColor(colour)
        layer = self.editor.layer
        grey = round(0.299 * value.red() + 0.587 * value.green() + 0.114 * value.blue())
        if layer is not None and layer.mask is not None and layer.mask.inverted:
            grey = 255 - grey
        paint = within.fill_with(value.red(), value.green(), value.blue())
        self._change(QT_TRANSLATE_NOOP("history", "Fill"), paint, within.cover_with(grey))

    def _change(self, label: str, on_layer: within.Change, on_mask: within.Change) -> None:
        editor, document, layer = self.editor, self.editor.require(), self.editor.layer
        masked = editor.on_mask and layer is not None and layer.mask is not None
        if layer is None or not (masked or isinstance(layer, RasterLayer)):
            editor.hint.emit(self.tr("Select one pixel layer or a mask first."))
            return
        if image_edits.is_locked(document, layer.id):
            editor.hint.emit(self.tr("This layer is locked: unlock it in the layer list first."))
            return
        try:
            project, chosen = editor.session.require(), editor.pixels.coverage()
            matrix: Affine | Bend
            if masked:
                assert layer.mask is not None
                if warp_of(layer) is not None:
                    editor.hint.emit(self.tr("This layer is bent: turn it into pixels to change its mask."))
                    return
                digest, matrix, change = layer.mask.pixels, mask_placement(layer.mask), on_mask
            else:
                assert isinstance(layer, RasterLayer)
                digest, change = layer.pixels, on_layer
                matrix = bend_of(layer) or layer_matrix(layer)
            tiles = within.changed_tiles(digest, chosen, matrix, project, change)
            if not tiles:
                editor.hint.emit(self.tr("There are no pixels of this layer to change inside the selection."))
                return
            pixels = replace_tiles(digest, tiles, project, project)
        except AtelierError as error:
            editor.session.report(error)
            return
        if masked:
            document = image_edits.update_mask(document, layer.id, pixels=pixels)
        else:
            document = image_edits.update(document, [layer.id], pixels=pixels)
        editor.commit(label, document)

    def cut_out(self) -> RasterLayer | None:
        """Return the chosen pixels of the selected layers, or of the picture when none is, as a layer in place.

        It is not in the document yet. ``None`` when nothing is there. Raises :class:`AtelierError`.
        """
        editor, document, compositor = self.editor, self.editor.require(), self.editor.compositor
        chosen = editor.pixels.coverage()
        box = None if chosen is None else selecting.bounding(chosen)
        if chosen is None or box is None or compositor is None:
            return None
        left, top, right, bottom = box
        source = self._source(document)
        pixels = compositor.render_deep(source, (left, top, right - left, bottom - top))
        amount = chosen[top:bottom, left:right]
        if pixels.dtype == np.uint8:
            pixels[..., 3] = (pixels[..., 3] * amount.astype(np.uint16) + 127) // 255
        else:
            pixels[..., 3] = pixels[..., 3] * (amount / np.float64(255)) + rounding(pixels)
        if not pixels[..., 3].any():
            return None
        return RasterLayer(
            name=image_edits.fresh_name(document, self.tr("Layer")),
            pixels=write_raster(pixels, editor.session.require()),
            width=right - left,
            height=bottom - top,
            transform=Transform(x=left, y=top),
        )

    def _source(self, document: ImageDocument) -> ImageDocument:
        ids = image_edits.top_level(document, self.editor.selection)
        if not ids:
            return document
        layers = [document.layer(i) for i in ids]
        if len(layers) == 1:  # its opacity and blend mode are the layer's, not the pixels'
            layers = [replace(layers[0], opacity=1.0, blend=BlendMode.NORMAL, clipped=False, visible=True)]
        return replace(document, layers=tuple(layers))
