"""What can be done to shapes and vector masks, whoever asks. Each is one undo step."""

from collections.abc import Callable

import msgspec
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication

from core.documents import image_edits
from core.documents.image import AnyLayer, ImageDocument, ShapeLayer, Transform, VectorMask
from core.documents.image_place import Box
from core.documents.image_shapes import Combining, Line, Path, Rectangle
from core.raster.booleans import combine, combine_live, outlined_stroke
from core.values import AtelierError, new_id
from desktop.panels.image.editor import Editor
from desktop.panels.image.words import QT_TRANSLATE_NOOP

replace = msgspec.structs.replace
_LABELS: dict[Combining, str] = {
    "unite": QT_TRANSLATE_NOOP("history", "Unite shapes"),
    "subtract": QT_TRANSLATE_NOOP("history", "Subtract shapes"),
    "intersect": QT_TRANSLATE_NOOP("history", "Intersect shapes"),
    "exclude": QT_TRANSLATE_NOOP("history", "Exclude shapes"),
}


class ShapeCommands(QObject):
    """Edits of the selected shapes and of the selected layer's vector mask. What cannot be done is said."""

    def __init__(self, editor: Editor, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.editor = editor

    def _commit(self, label: str, how: Callable[[], ImageDocument | None]) -> bool:
        try:
            document = how()
        except AtelierError as error:
            self.editor.session.report(error)
            return False
        return document is not None and self.editor.commit(label, document)

    # --- combining --------------------------------------------------------------------------------------------------

    def _shapes(self) -> list[ShapeLayer]:
        document = self.editor.document
        if document is None:
            return []
        found = [document.layer(i) for i in self.editor.movable()]
        shapes = [layer for layer in found if isinstance(layer, ShapeLayer)]
        return shapes if len(shapes) == len(self.editor.selection) else []

    def can_combine(self) -> bool:
        """Return whether two or more shapes, and nothing else, are selected."""
        return len(self._shapes()) > 1

    def combine(self, operation: Combining, *, live: bool | None = None) -> None:
        """Make one shape of the selected ones; it stands where the topmost stood, or the one that is cut.

        ``live`` (by default: Alt is held) keeps their outlines as they are, to be combined whenever it is drawn.
        """
        if live is None:
            live = bool(QGuiApplication.keyboardModifiers() & Qt.KeyboardModifier.AltModifier)
        shapes, document = self._shapes(), self.editor.require()
        if len(shapes) < 2:
            return
        keep = shapes[0] if operation == "subtract" else shapes[-1]
        gone = [layer.id for layer in shapes if layer is not keep]

        def how() -> ImageDocument:
            kept = combine_live(shapes, operation) if live else None
            made = image_edits.checked(kept or combine(shapes, operation))
            return image_edits.remove(document.replace_layer(keep.id, lambda _: replace(made, id=keep.id)), gone)

        if self._commit(_LABELS[operation], how):
            self.editor.select([keep.id])

    def can_flatten(self) -> bool:
        """Return whether one path of several outlines is selected."""
        shapes = self._shapes()
        path = shapes[0].geometry if len(shapes) == 1 else None
        return isinstance(path, Path) and len(path.parts) > 1

    def flatten(self) -> None:
        """Make outlines that do not overlap of the selected path's, combined as they say."""
        shapes, document = self._shapes(), self.editor.require()
        if shapes and self.can_flatten():
            label = QT_TRANSLATE_NOOP("history", "Merge path parts")
            self._commit(
                label,
                lambda: document.replace_layer(shapes[0].id, lambda _: image_edits.checked(combine(shapes, "unite"))),
            )

    def can_outline(self) -> bool:
        """Return whether every selected layer is a shape with a stroke."""
        shapes = self._shapes()
        return bool(shapes) and all(layer.stroke is not None for layer in shapes)

    def outline_stroke(self) -> None:
        """Make shapes of the strokes of the selected shapes; a fill stays as a shape below."""
        document, shapes = self.editor.require(), self._shapes()
        made: list[str] = []

        def how() -> ImageDocument:
            new = document
            for layer in shapes:
                outline = image_edits.checked(outlined_stroke(layer))
                if layer.fill is None or isinstance(layer.geometry, Line):
                    new = new.replace_layer(layer.id, lambda _, outline=outline: outline)  # type: ignore[misc]
                    made.append(layer.id)
                else:
                    outline = replace(outline, id=new_id(), name=self.tr("{name} stroke").format(name=layer.name))
                    new = new.insert_layer(outline, above=layer.id)
                    new = new.replace_layer(layer.id, lambda one: replace(one, stroke=None))
                    made.append(outline.id)
            return new

        if self._commit(QT_TRANSLATE_NOOP("history", "Turn stroke into shape"), how):
            self.editor.select(made)

    # --- vector masks -----------------------------------------------------------------------------------------------

    def _to_mask(self) -> tuple[ShapeLayer, AnyLayer] | None:
        """Return the shape that would become a mask, and the layer it would mask: the other one, or the one below."""
        document, ids = self.editor.document, self.editor.movable()
        if document is None or not 1 <= len(ids) <= 2 or len(ids) != len(self.editor.selection):
            return None
        layers = [document.layer(i) for i in ids]
        shape = next((layer for layer in reversed(layers) if isinstance(layer, ShapeLayer)), None)
        if shape is None:
            return None
        other = next((layer for layer in layers if layer is not shape), None) or image_edits.below(document, shape.id)
        if other is None or other.vector_mask is not None or image_edits.is_locked(document, other.id):
            return None
        return shape, other

    def can_mask_with_shape(self) -> bool:
        """Return whether :meth:`mask_with_shape` has something to do."""
        return self._to_mask() is not None

    def mask_with_shape(self) -> None:
        """Make the selected shape the vector mask of the other selected layer, or of the one below it."""
        found, document = self._to_mask(), self.editor.require()
        if found is None:
            return
        shape, other = found
        mask = VectorMask(geometry=shape.geometry, transform=shape.transform)
        label = QT_TRANSLATE_NOOP("history", "Mask with shape")
        new = image_edits.set_vector_mask(image_edits.remove(document, [shape.id]), other.id, mask)
        if self.editor.commit(label, new):
            self.editor.select([other.id], path=True)

    def add_vector_mask(self) -> None:
        """Give the selected layer a vector mask around all of it, to be changed with the pen."""
        layer, document, editor = self.editor.layer, self.editor.require(), self.editor
        if layer is None or layer.vector_mask is not None:
            return
        box = editor.bounds([layer.id]) or Box(0, 0, document.width, document.height)
        shape = Rectangle(width=max(1.0, box.right - box.left), height=max(1.0, box.bottom - box.top))
        mask = VectorMask(geometry=shape, transform=Transform(x=box.left, y=box.top))
        label = QT_TRANSLATE_NOOP("history", "Add vector mask")
        if editor.commit(label, image_edits.set_vector_mask(document, layer.id, mask)):
            editor.select([layer.id], path=True)

    def release_vector_mask(self) -> None:
        """Make the selected layer's vector mask a shape of its own above the layer."""
        layer, document = self.editor.layer, self.editor.require()
        if layer is None or layer.vector_mask is None:
            return
        mask = layer.vector_mask
        shape = ShapeLayer(
            name=image_edits.fresh_name(document, self.tr("Path")), geometry=mask.geometry, transform=mask.transform
        )
        new = image_edits.set_vector_mask(document, layer.id, None).insert_layer(shape, above=layer.id)
        if self.editor.commit(QT_TRANSLATE_NOOP("history", "Release vector mask"), new):
            self.editor.select([shape.id])
