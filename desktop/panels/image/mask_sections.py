"""Inspector sections for a layer's masks: the raster that one paints, and the shape that one draws."""

from collections.abc import Callable
from typing import Any

import msgspec
from PySide6.QtWidgets import QCheckBox, QLabel, QPushButton, QWidget

from core.documents import image_edits
from core.documents.image import ImageDocument, Mask, VectorMask
from desktop import theme
from desktop.panels.image.commands import Commands
from desktop.panels.image.editor import Editor
from desktop.panels.image.sections import Section, set_checked
from desktop.panels.image.shape_commands import ShapeCommands
from desktop.panels.image.words import QT_TRANSLATE_NOOP
from desktop.widgets.number import SliderField

replace = msgspec.structs.replace
CHANGE = QT_TRANSLATE_NOOP("history", "Change mask")


class _Masking(Section):
    """What both kinds have: on or off, which way round, how soft, and how much."""

    def __init__(self, editor: Editor, parent: QWidget | None = None) -> None:
        super().__init__(editor, "", parent)
        self.enabled = QCheckBox(self.tr("Use the mask"))
        self.inverted = QCheckBox(self.tr("Invert"))
        self.edit = QPushButton()
        self.edit.setCheckable(True)
        self.feather = SliderField(self.tr("Feather"), minimum=0, maximum=250, step=1, unit="px", value=0, default=0)
        self.density = SliderField(self.tr("Density"), minimum=0, maximum=100, step=1, unit="%", value=100, default=100)
        self.feather.setToolTip(self.tr("How soft the edge of the mask is"))
        self.density.setToolTip(self.tr("How much the mask hides: at 0 % the whole layer shows"))

    def lay_out(self, note: str) -> None:
        """Put the rows in order, a line of help at the end."""
        self.wide(self.enabled)
        self.wide(self.inverted)
        self.row(self.tr("Feather"), self.feather)
        self.row(self.tr("Density"), self.density)
        self.wide(self.edit)
        label = QLabel(note)
        theme.set_role(label, "secondary")
        label.setWordWrap(True)
        self.wide(label)
        self.live(self.feather, CHANGE, self.set_field("feather", float))
        self.live(self.density, CHANGE, self.set_field("density", lambda value: value / 100))

    def set_field(self, name: str, convert: Callable[[Any], Any]) -> Callable[[ImageDocument, Any], ImageDocument]:
        """Return the edit that sets a field of the mask."""
        raise NotImplementedError

    def show_mask(self, mask: Mask | VectorMask, *, editing: bool) -> None:
        """Show the values of a mask."""
        set_checked(self.enabled, mask.enabled)
        set_checked(self.inverted, mask.inverted)
        self.feather.set_value(mask.feather)
        self.density.set_value(round(mask.density * 100))
        blocked = self.edit.blockSignals(True)
        self.edit.setChecked(editing)
        self.edit.blockSignals(blocked)


class MaskSection(_Masking):
    """The raster mask, and whether one paints on it."""

    def __init__(self, editor: Editor, commands: Commands, parent: QWidget | None = None) -> None:
        super().__init__(editor, parent)
        self.commands = commands
        self.heading.setText(self.tr("Mask"))
        self.edit.setText(self.tr("Paint on the mask"))
        self.tool("trash-2", self.tr("Delete the mask"), commands.delete_mask)
        self.lay_out(self.tr("White shows the layer, black hides it."))
        self.enabled.toggled.connect(self._enable)
        self.inverted.toggled.connect(lambda _: commands.invert_mask())
        self.edit.toggled.connect(lambda on: editor.select(editor.selection, mask=on))

    def set_field(self, name: str, convert: Callable[[Any], Any]) -> Callable[[ImageDocument, Any], ImageDocument]:
        return lambda document, value: image_edits.update_mask(
            document, self.editor.selection[0], **{name: convert(value)}
        )

    def _enable(self, _: bool) -> None:
        layer = self.editor.layer
        if layer is not None:
            self.commands.toggle_mask(layer.id)

    def follow(self) -> None:
        layer = self.editor.layer
        if layer is not None and layer.mask is not None:
            self.show_mask(layer.mask, editing=self.editor.on_mask)


class VectorMaskSection(_Masking):
    """The vector mask, and whether the pen works on it."""

    def __init__(
        self, editor: Editor, commands: Commands, shapes: ShapeCommands, parent: QWidget | None = None
    ) -> None:
        super().__init__(editor, parent)
        self.heading.setText(self.tr("Vector mask"))
        self.edit.setText(self.tr("Edit the mask’s path"))
        self.tool("shapes", self.tr("Turn the mask into a shape"), shapes.release_vector_mask)
        self.tool("trash-2", self.tr("Delete the vector mask"), commands.delete_vector_mask)
        self.lay_out(self.tr("The layer shows inside the path. Change it with the pen and the direct selection."))
        self.enabled.toggled.connect(lambda on: self.apply(CHANGE, lambda document: self._set(document, "enabled", on)))
        self.inverted.toggled.connect(
            lambda on: self.apply(CHANGE, lambda document: self._set(document, "inverted", on))
        )
        self.edit.toggled.connect(lambda on: editor.select(editor.selection, path=on))

    def _set(self, document: ImageDocument, name: str, value: Any) -> ImageDocument:
        layer_id = self.editor.selection[0]
        mask = document.layer(layer_id).vector_mask
        if mask is None:
            raise KeyError(layer_id)
        return image_edits.set_vector_mask(document, layer_id, replace(mask, **{name: value}))

    def set_field(self, name: str, convert: Callable[[Any], Any]) -> Callable[[ImageDocument, Any], ImageDocument]:
        return lambda document, value: self._set(document, name, convert(value))

    def follow(self) -> None:
        layer = self.editor.layer
        if layer is not None and layer.vector_mask is not None:
            self.show_mask(layer.vector_mask, editing=self.editor.on_path)
