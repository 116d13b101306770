"""What can be done to layer masks. Each is one undo step."""

import math

import msgspec
from PySide6.QtCore import QObject

from core.documents import image_edits
from core.documents.image import AnyLayer, Mask, RasterLayer, SmartLayer, TextLayer
from core.documents.image_place import Box
from core.raster import selecting
from core.raster.bending import bend_of, warp_of
from core.raster.manifest import solid_raster
from core.values import AtelierError
from desktop.panels.image.editor import Editor
from desktop.panels.image.words import QT_TRANSLATE_NOOP

replace = msgspec.structs.replace
SHOWS = (255, 255, 255, 255)
HIDES = (0, 0, 0, 0)


class MaskCommands(QObject):
    """Edits of the selected layer's mask."""

    def __init__(self, editor: Editor, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.editor = editor

    def add_mask(self, *, hidden: bool = False) -> None:
        """Give the selected layer a mask that shows (or hides) all of it, or the selection of pixels, and edit that."""
        layer, document, editor = self.editor.layer, self.editor.require(), self.editor
        if layer is None or layer.mask is not None:
            return
        if warp_of(layer) is not None:
            self._add_bent_mask(layer, hidden=hidden)
            return
        box = Box(0, 0, document.width, document.height)
        own = editor.bounds([layer.id])
        if own is not None:
            box = box.union(own)
        x, y = math.floor(box.left), math.floor(box.top)
        width, height = math.ceil(box.right) - x, math.ceil(box.bottom) - y
        try:
            project = editor.session.require()
            mask = selecting.as_layer_mask(document, (x, y, x + width, y + height), project, hides=hidden)
            if mask is None:
                pixels = solid_raster(width, height, HIDES if hidden else SHOWS, project)
                mask = Mask(pixels=pixels, x=x, y=y, width=width, height=height)
        except AtelierError as error:
            editor.session.report(error)
            return
        label = QT_TRANSLATE_NOOP("history", "Add mask")
        if editor.commit(label, image_edits.set_mask(replace(document, selection=None), layer.id, mask)):
            editor.select([layer.id], mask=True)

    def _add_bent_mask(self, layer: AnyLayer, *, hidden: bool) -> None:
        """Give a bent layer a mask over its own pixels, which is bent with them."""
        editor, document, bend = self.editor, self.editor.require(), bend_of(layer)
        if bend is None or not isinstance(layer, RasterLayer | SmartLayer | TextLayer):
            return
        width, height = math.ceil(bend.size[0]), math.ceil(bend.size[1])
        place = layer.transform
        left, top = place.x + (bend.size[0] - width) / 2, place.y + (bend.size[1] - height) / 2
        x, y = math.floor(left), math.floor(top)
        try:
            project, chosen = editor.session.require(), editor.pixels.coverage()
            made: Mask | None = None
            if chosen is not None:
                own = selecting.resampled_bent(chosen, bend, (0, 0, width, height))
                made = selecting.store(~own if hidden else own, project)
            solid = HIDES if hidden or chosen is not None else SHOWS
            pixels = solid_raster(width, height, solid, project) if made is None else made.pixels
        except AtelierError as error:
            editor.session.report(error)
            return
        inner = replace(place, x=left - x, y=top - y)
        mask = Mask(pixels=pixels, x=x, y=y, width=width, height=height, transform=inner)
        label = QT_TRANSLATE_NOOP("history", "Add mask")
        if editor.commit(label, image_edits.set_mask(replace(document, selection=None), layer.id, mask)):
            editor.select([layer.id], mask=True)

    def delete_mask(self) -> None:
        """Take the selected layer's mask away."""
        layer = self.editor.layer
        if layer is not None and layer.mask is not None:
            document = image_edits.set_mask(self.editor.require(), layer.id, None)
            self.editor.commit(QT_TRANSLATE_NOOP("history", "Delete mask"), document)

    def change_mask(self, label: str, layer_id: str, **fields: bool) -> None:
        """Set fields of a layer's mask."""
        self.editor.commit(label, image_edits.update_mask(self.editor.require(), layer_id, **fields))

    def invert_mask(self) -> None:
        """Show what the mask hides, and hide what it shows."""
        layer = self.editor.layer
        if layer is not None and layer.mask is not None:
            self.change_mask(QT_TRANSLATE_NOOP("history", "Invert mask"), layer.id, inverted=not layer.mask.inverted)

    def toggle_mask(self, layer_id: str) -> None:
        """Switch a mask off and on."""
        mask = self.editor.require().layer(layer_id).mask
        if mask is not None:
            label = QT_TRANSLATE_NOOP("history", "Switch mask on or off")
            self.change_mask(label, layer_id, enabled=not mask.enabled)

    def delete_vector_mask(self) -> None:
        """Take the selected layer's vector mask away."""
        layer = self.editor.layer
        if layer is not None and layer.vector_mask is not None:
            label = QT_TRANSLATE_NOOP("history", "Delete vector mask")
            self.editor.commit(label, image_edits.set_vector_mask(self.editor.require(), layer.id, None))

    def toggle_vector_mask(self, layer_id: str) -> None:
        """Switch a vector mask off and on."""
        mask = self.editor.require().layer(layer_id).vector_mask
        if mask is not None:
            label = QT_TRANSLATE_NOOP("history", "Switch mask on or off")
            new = replace(mask, enabled=not mask.enabled)
            self.editor.commit(label, image_edits.set_vector_mask(self.editor.require(), layer_id, new))
