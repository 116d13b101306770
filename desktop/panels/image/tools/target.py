"""What a tool that changes pixels works on, and its options."""

from dataclasses import dataclass
from typing import Any, ClassVar

import msgspec
from PySide6.QtCore import Signal

from core.documents import image_edits
from core.documents.image import ImageDocument, RasterLayer, walk
from core.raster.affine import Affine, mask_placement
from core.raster.bending import warp_of
from core.raster.bounds import layer_matrix
from core.raster.brush import Mode
from desktop.panels.image.commands import Commands
from desktop.panels.image.tools.base import Tool

replace = msgspec.structs.replace


@dataclass(frozen=True)
class Target:
    """What an edit of pixels goes to."""

    document: ImageDocument
    layer_id: str
    mask: bool
    pixels: str
    """The raster, as it was before."""
    matrix: Affine
    """From its pixels to the document's."""
    mode: Mode
    base: ImageDocument
    """The document as it was committed when the edit began."""
    made: bool = False
    """True when the layer was made for this edit: ``document`` has it, ``base`` has not."""

    @property
    def inverted(self) -> bool:
        """Whether it is a mask that hides where its coverage is full."""
        mask = self.document.layer(self.layer_id).mask if self.mask else None
        return mask is not None and mask.inverted

    def onto(self, now: ImageDocument | None, pixels: str) -> ImageDocument | None:
        """Return the document of ``now`` with another raster in its place; None when it is not there as it was.

        Something else may have been committed since the edit began: a selection, a result, another layer.
        """
        if now is None or now.id != self.base.id:
            return None
        if now is self.base:
            return self._in(self.document, pixels)
        if self.made:
            layer = self._in(self.document, pixels).layer(self.layer_id)
            return image_edits.insert(now, [layer], None, len(now.layers))
        there = next((one for one in walk(now.layers) if one.id == self.layer_id), None)
        if self.mask:
            same = there is not None and there.mask is not None and there.mask.pixels == self.pixels
        else:
            same = isinstance(there, RasterLayer) and there.pixels == self.pixels
        return self._in(now, pixels) if same else None

    def _in(self, document: ImageDocument, pixels: str) -> ImageDocument:
        if self.mask:
            return image_edits.update_mask(document, self.layer_id, pixels=pixels)
        return image_edits.update(document, [self.layer_id], pixels=pixels)


class TargetTool(Tool):
    """Base of the tools that change pixels. ``options`` are kept from one start to the next."""

    changed = Signal()
    """A setting changed."""
    mode: Mode = "paint"
    options_type: ClassVar[type[msgspec.Struct] | None] = None
    makes_layer = True
    """Where no pixel layer is selected, a new one is made; otherwise the tool says that it needs one."""
    paints_masks = True

    commands: Commands
    _options: Any = None

    @property
    def options(self) -> Any:
        """What the tool is set to; a struct of ``options_type``."""
        assert self.options_type is not None
        if self._options is None:
            stored = self.editor.session.settings.views.get(f"image.{self.id}.options", {})
            try:
                self._options = msgspec.convert(stored, self.options_type)
            except msgspec.ValidationError:
                self._options = self.options_type()
        return self._options

    def choose(self, **fields: Any) -> None:
        """Change options."""
        options = replace(self.options, **fields)
        if options != self._options:
            self._options = options
            self.editor.session.settings.views[f"image.{self.id}.options"] = msgspec.to_builtins(options)
            self.changed.emit()
            self.canvas.update()

    def find_target(self) -> Target | None:
        """Find what to work on; None after saying why there is nothing. Raises :class:`AtelierError`."""
        editor, document, layer = self.editor, self.editor.require(), self.editor.layer
        if layer is not None and editor.on_mask and layer.mask is not None:
            if not self.paints_masks:
                editor.hint.emit(self.tr("This tool works on pixels: choose the layer’s picture instead of its mask."))
                return None
            if not self._may_paint(document, layer.id):
                return None
            mode: Mode = "mask" if self.mode == "paint" else "erase"
            if layer.mask.inverted and mode == "erase":
                mode = "mask"  # on an inverted mask, what hides is full coverage
            return Target(document, layer.id, True, layer.mask.pixels, mask_placement(layer.mask), mode, document)
        if isinstance(layer, RasterLayer):
            if not self._may_paint(document, layer.id):
                return None
            return Target(document, layer.id, False, layer.pixels, layer_matrix(layer), self.mode, document)
        if not self.may_make_layer():
            editor.hint.emit(self.needs_layer())
            return None
        if len(editor.selection) > 1:
            editor.hint.emit(self.tr("Select one layer to paint on."))
            return None
        new = self.commands.new_raster()
        parent, position = self.commands.spot()
        with_new = image_edits.insert(document, [new], parent, position)
        return Target(with_new, new.id, False, new.pixels, layer_matrix(new), "paint", document, made=True)

    def commit_pixels(self, label: str, target: Target, pixels: str, *, as_shown: bool = False) -> bool:
        """Commit another raster in the place of what was edited; return whether that was done.

        ``as_shown`` when it looks just as the canvas shows it now, by its overrides: nothing is composed again then.
        """
        document = target.onto(self.editor.document, pixels)
        if document is None:
            self.editor.hint.emit(self.tr("The layer was changed in the meantime, so this was taken back."))
            return False
        if as_shown:
            self.canvas.expect(target.document, document)
        if not self.editor.commit(label, document):
            return False
        if target.made:
            self.editor.select([target.layer_id])
        return True

    def may_make_layer(self) -> bool:
        """Return whether a new layer may be made."""
        return self.makes_layer

    def needs_layer(self) -> str:
        """Return the sentence that is said where no pixel layer is selected."""
        return self.tr("Select a pixel layer or a mask first.")

    def _may_paint(self, document: ImageDocument, layer_id: str) -> bool:
        if warp_of(document.layer(layer_id)) is not None:
            self.editor.hint.emit(self.tr("This layer is bent: turn it into pixels to paint on it."))
            return False
        if image_edits.is_locked(document, layer_id):
            self.editor.hint.emit(self.tr("This layer is locked: unlock it in the layer list to paint on it."))
            return False
        if not image_edits.is_visible(document, layer_id):
            self.editor.hint.emit(self.tr("This layer is hidden: show it in the layer list to paint on it."))
            return False
        return True
