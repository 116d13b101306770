"""The points of a path that are chosen, and what can be done to all of them at once."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMenu

from core.documents import image_edits, image_paths
from core.documents.image_paths import Spot
from core.documents.image_shapes import Combining, Contours
from core.values import AtelierError
from desktop.panel import EditCommand
from desktop.panels.image.tools.base import Pointer, Tool, arrow_step
from desktop.panels.image.tools.path_target import Target, put, target_of
from desktop.panels.image.words import QT_TRANSLATE_NOOP


class ChosenPoints(Tool):
    """A tool that chooses points: keys, menus and the options bar act on them."""

    chosen_changed = Signal()
    """Other points are chosen."""

    _chosen: frozenset[Spot] = frozenset()
    _layer = ""

    @property
    def chosen(self) -> set[Spot]:
        """The points that are chosen and still there."""
        target = self.target()
        if target is None or target.layer_id != self._layer:
            return set()
        return {one for one in self._chosen if image_paths.knot_at(target.contours, one) is not None}

    def choose(self, spots: set[Spot]) -> None:
        """Choose these points of the path at hand."""
        target = self.target()
        self._layer = target.layer_id if target is not None else ""
        self._chosen = frozenset(spots)
        self.chosen_changed.emit()
        self.canvas.update()

    def target(self) -> Target | None:
        """Return the path at hand as it is shown."""
        return target_of(self.editor, self.editor.shown)

    def _editable(self) -> bool:
        document = self.editor.document
        locked = document is not None and any(image_edits.is_locked(document, i) for i in self.editor.selection)
        if locked:
            self.editor.hint.emit(self.tr("This layer is locked: unlock it in the layer list to change its points."))
        return not locked

    def _commit(self, label: str, target: Target, contours: Contours, merge: str | None = None) -> None:
        try:
            document = put(self.editor.require(), target, contours)
        except AtelierError as error:
            self.editor.session.report(error)
            return
        self.editor.commit(label, document, merge=merge)

    def can(self, command: EditCommand) -> bool:
        """Return whether a command of the Edit menu is about points now."""
        if command is EditCommand.SELECT_ALL:
            return self.target() is not None
        return command in (EditCommand.DELETE, EditCommand.DESELECT) and bool(self.chosen)

    def do(self, command: EditCommand) -> None:
        """Carry out a command of the Edit menu."""
        target = self.target()
        if target is None:
            return
        if command is EditCommand.SELECT_ALL:
            self.choose(set(image_paths.every(target.contours)))
        elif command is EditCommand.DESELECT:
            self.choose(set())
        elif command is EditCommand.DELETE:
            self.delete()

    def delete(self) -> None:
        """Delete the chosen points."""
        target, chosen = target_of(self.editor, self.editor.document), self.chosen
        if target is not None and chosen and self._editable():
            contours = image_paths.delete(target.contours, chosen)
            self.choose(set())
            self._commit(QT_TRANSLATE_NOOP("history", "Delete points"), target, contours)

    def convert(self, *, smooth: bool) -> None:
        """Make the chosen points smooth, or corners."""
        target, chosen = target_of(self.editor, self.editor.document), self.chosen
        if target is not None and chosen and self._editable():
            contours = image_paths.convert(target.contours, chosen, smooth=smooth)
            self._commit(QT_TRANSLATE_NOOP("history", "Convert point"), target, contours)

    def combining(self) -> Combining | None:
        """Return what the contours of the chosen points do to those before them; None when they differ or none is."""
        target = self.target()
        found = {target.contours[one.contour].combine for one in self.chosen} if target is not None else set()
        return found.pop() if len(found) == 1 else None

    def set_combining(self, combine: Combining) -> None:
        """Unite, subtract, intersect or exclude the contours of the chosen points with those before them."""
        target, chosen = target_of(self.editor, self.editor.document), self.chosen
        if target is not None and chosen and self._editable():
            contours = image_paths.combined(target.contours, {one.contour for one in chosen}, combine)
            self._commit(QT_TRANSLATE_NOOP("history", "Combine paths"), target, contours)

    def key_press(self, event: QKeyEvent) -> bool:
        step = arrow_step(event)
        target, chosen = target_of(self.editor, self.editor.document), self.chosen
        if self.busy or target is None or not chosen:
            return False
        if event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self.delete()
            return True
        if step is None or not self._editable():
            return False
        moved = image_paths.move(target.contours, chosen, step[0], step[1])
        self._commit(QT_TRANSLATE_NOOP("history", "Move points"), target, moved, f"points:{target.layer_id}")
        return True

    def fill_menu(self, menu: QMenu, pointer: Pointer) -> None:
        if self.chosen:
            menu.addAction(self.tr("Make smooth"), lambda: self.convert(smooth=True))
            menu.addAction(self.tr("Make corners"), lambda: self.convert(smooth=False))
            menu.addAction(self.tr("Delete points"), self.delete)
            menu.addSeparator()
