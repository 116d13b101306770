"""Artboards as the image panel sees them: which one is worked on, where new layers go, their names on the canvas."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import QObject, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from core.documents import artboard_edits, image_edits, image_place
from core.documents.image import AnyLayer, GroupLayer, ImageDocument
from core.documents.image_place import Box
from desktop import theme

if TYPE_CHECKING:
    from desktop.panels.image.canvas import Canvas
    from desktop.panels.image.editor import Editor

replace = msgspec.structs.replace
NAME_GAP = 6.0
"""Logical pixels between an artboard and its name above it."""
LEAST = 24.0
"""An artboard that is narrower than this on the screen shows no name; logical pixels."""


class Boards(QObject):
    """The artboards of the open document. GUI thread.

    ``active`` is the artboard that was pointed at or selected last: new layers go there. ``None`` means outside of all.
    """

    def __init__(self, editor: "Editor") -> None:
        super().__init__(editor)
        self.editor = editor
        self._active: str | None = None
        editor.selection_changed.connect(self._on_selection)

    def _on_selection(self) -> None:
        document, selection = self.editor.document, self.editor.selection
        if document is not None and selection:
            group = artboard_edits.holder(document, selection[-1])
            self._active = None if group is None else group.id

    def point_at(self, x: float, y: float) -> None:
        """The pointer was pressed at a document point: what is made next goes onto the artboard there."""
        document = self.editor.document
        if document is not None:
            group = artboard_edits.board_at(document, x, y)
            self._active = None if group is None else group.id

    def active(self) -> GroupLayer | None:
        """Return the artboard that is worked on, ``None`` when there is none or the work is outside of all."""
        document = self.editor.document
        if document is None or self._active is None:
            return None
        return next((group for group in artboard_edits.boards(document) if group.id == self._active), None)

    def selected(self) -> tuple[GroupLayer, ...]:
        """Return the selected artboards as they are shown."""
        document = self.editor.shown
        if document is None:
            return ()
        return tuple(group for group in artboard_edits.boards(document) if group.id in self.editor.selection)

    def elsewhere(self, chosen: str) -> tuple[str | None, int] | None:
        """Return where a new layer goes when it does not go beside the selected layer ``chosen`` (empty: none is).

        That is so when another artboard is worked on than the one which that layer is on. ``None``: it goes beside it.
        """
        document, active = self.editor.require(), self.active()
        around = artboard_edits.holder(document, chosen) if chosen else None
        boards = [group.id for group in self.selected()]
        if active is not None and len(boards) > 1 and active.id in boards:
            return active.id, len(active.layers)
        if (around and around.id) == (active and active.id):
            return None
        return (None, len(document.layers)) if active is None else (active.id, len(active.layers))

    def room(self) -> Box:
        """Return where new content is placed and fitted: the artboard that is worked on, or the whole canvas."""
        document, active = self.editor.require(), self.active()
        if active is not None and active.artboard is not None:
            return artboard_edits.box_of(active.artboard)
        return Box(0.0, 0.0, float(document.width), float(document.height))

    def brought_in(self, layers: Sequence[AnyLayer], origin: tuple[int, int] | None) -> tuple[AnyLayer, ...]:
        """Return layers from elsewhere as they come to stand on the artboard that is worked on.

        Those from another artboard (which stands at ``origin``) stand there as on that; what would not be seen comes
        to its middle. Without an artboard to go onto they stay where they are.
        """
        active, room = self.active(), self.room()
        if active is None or any(isinstance(layer, GroupLayer) and layer.artboard is not None for layer in layers):
            return tuple(layers)
        dx, dy = (0.0, 0.0) if origin is None else (room.left - origin[0], room.top - origin[1])
        drawing = replace(self.editor.require(), layers=tuple(image_place.moved(layer, dx, dy) for layer in layers))
        box = self.editor.bounds([layer.id for layer in layers], drawing)
        beside = box is not None and (
            box.right <= room.left or box.left >= room.right or box.bottom <= room.top or box.top >= room.bottom
        )
        if box is None or not beside:
            return drawing.layers
        x, y = round(room.centre[0] - box.centre[0]), round(room.centre[1] - box.centre[1])
        return tuple(image_place.moved(layer, x, y) for layer in drawing.layers)

    def around(self, ids: tuple[str, ...], document: ImageDocument) -> Box | None:
        """Return the artboard that all of these layers are on, ``None`` when there is no such one."""
        group = artboard_edits.common_holder(document, ids)
        return None if group is None or group.artboard is None else artboard_edits.box_of(group.artboard)

    # --- on the canvas ----------------------------------------------------------------------------------------------

    def name_boxes(self, canvas: "Canvas", document: ImageDocument) -> list[tuple[GroupLayer, QRectF, str]]:
        """Return each visible artboard with where its name is drawn in the widget, and the name, cut to fit."""
        metrics = QFontMetricsF(theme.ui_font(11))
        found: list[tuple[GroupLayer, QRectF, str]] = []
        for group in artboard_edits.boards(document):
            board = group.artboard
            if board is None or not group.visible:
                continue
            left, top = canvas.view.to_widget(board.x, board.y)
            room = canvas.view.length(board.width)
            if room < theme.px(LEAST):
                continue
            text = metrics.elidedText(group.name or self.tr("Artboard"), Qt.TextElideMode.ElideRight, room)
            height = metrics.height()
            box = QRectF(left, top - height - theme.px(NAME_GAP), metrics.horizontalAdvance(text), height)
            found.append((group, box, text))
        return found

    def name_at(self, canvas: "Canvas", at: QPointF) -> str | None:
        """Return the artboard whose name is at a point of the canvas widget, unless it is locked."""
        document = self.editor.document
        if document is None:
            return None
        for group, box, _ in reversed(self.name_boxes(canvas, document)):
            if box.adjusted(-4, -4, 4, 4).contains(at) and not image_edits.is_locked(document, group.id):
                return group.id
        return None

    def paint(self, painter: QPainter, canvas: "Canvas") -> None:
        """Draw a thin line around each artboard and its name above it."""
        document = self.editor.shown
        if document is None:
            return
        painter.setFont(theme.ui_font(11))
        named = {group.id: (box, text) for group, box, text in self.name_boxes(canvas, document)}
        for group in artboard_edits.boards(document):
            if not group.visible:
                continue
            assert group.artboard is not None
            rect = board_rect(canvas, artboard_edits.box_of(group.artboard))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(0, 0, 0, 90), 1))
            painter.drawRect(rect.adjusted(-0.5, -0.5, 0.5, 0.5))
            if group.id in named:
                box, text = named[group.id]
                chosen = group.id in self.editor.selection
                painter.setPen(theme.colour("accent_text" if chosen else "text"))
                painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)


def board_rect(canvas: "Canvas", box: Box) -> QRectF:
    """Return where a box of the document is in the canvas widget."""
    left, top = canvas.view.to_widget(box.left, box.top)
    right, bottom = canvas.view.to_widget(box.right, box.bottom)
    return QRectF(left, top, right - left, bottom - top)
