"""What new shapes look like, and the same edits on the shapes that are selected."""

from collections.abc import Callable
from typing import Any

import msgspec
from PySide6.QtCore import QObject, Signal

from core.documents import image_edits
from core.documents.image import AnyLayer, ImageDocument, ShapeLayer
from core.documents.image_shapes import Head, ShapePaint, ShapeStroke, Solid
from core.values import AtelierError
from desktop.panels.image.editor import Editor
from desktop.panels.image.words import QT_TRANSLATE_NOOP

replace = msgspec.structs.replace
Change = Callable[[ShapeLayer], ShapeLayer]
CHANGE = QT_TRANSLATE_NOOP("history", "Change shape")


class ShapeStyle(QObject):
    """Shared by all shape tools and the pen."""

    changed = Signal()
    """New shapes will look different."""

    radius = 0.0
    sides = 5
    points = 5
    inner = 0.5
    start: Head = "none"
    end: Head = "none"
    line_width = 4.0

    def __init__(self, editor: Editor, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.editor = editor
        self._fill: ShapePaint | None = None
        self._chosen = False
        self.stroke: ShapeStroke | None = None
        editor.colours_changed.connect(self._on_colours)

    def _on_colours(self) -> None:
        # Who draws without a fill goes on to do so.
        self._chosen = self._chosen and self._fill is None
        self.changed.emit()

    @property
    def fill(self) -> ShapePaint | None:
        """What new shapes are filled with: the foreground colour, until another fill was chosen."""
        return self._fill if self._chosen else Solid(colour=self.editor.colour)

    def remember(self, layer: ShapeLayer) -> None:
        """Give new shapes the fill and stroke of this one."""
        self._fill, self._chosen, self.stroke = layer.fill, True, layer.stroke
        self.changed.emit()

    def set_fill(self, fill: ShapePaint | None) -> None:
        """Fill new shapes with this from now on."""
        self._fill, self._chosen = fill, True
        self.changed.emit()

    def set_fields(self, **fields: Any) -> None:
        """Set ``stroke``, ``radius``, ``sides`` and the like for new shapes."""
        for name, value in fields.items():
            setattr(self, name, value)
        self.changed.emit()

    # --- the selected shapes ----------------------------------------------------------------------------------------

    def selected(self) -> list[ShapeLayer]:
        """Return the selected shape layers as they are shown."""
        return [layer for layer in self.editor.selected() if isinstance(layer, ShapeLayer)]

    def changed_document(self, how: Change) -> ImageDocument | None:
        """Return the committed document with the selected shapes passed through ``how``."""
        document = self.editor.document
        ids = [layer.id for layer in self.selected()]
        if document is None or not ids:
            return None

        def one(layer: AnyLayer) -> AnyLayer:
            return image_edits.checked(how(layer)) if isinstance(layer, ShapeLayer) else layer

        return image_edits.change(document, ids, one)

    def try_out(self, how: Change) -> None:
        """Show the selected shapes changed while a control moves."""
        try:
            self.editor.preview(self.changed_document(how))
        except AtelierError:
            self.editor.preview(None)

    def apply(self, how: Change, label: str = CHANGE) -> None:
        """Change the selected shapes as one step."""
        try:
            document = self.changed_document(how)
        except AtelierError as error:
            self.editor.preview(None)
            self.editor.session.report(error)
            return
        if document is not None:
            self.editor.commit(label, document)
