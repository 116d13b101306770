"""Text (T): click and type on the picture; double-click to type again. A burst of typing is one undo step."""

from dataclasses import dataclass
from typing import Any

import msgspec
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QInputMethodEvent, QKeyEvent, QPainter, QPen, QTransform

from core.documents import image_edits
from core.documents.image import ImageDocument, TextLayer, Transform, walk
from core.raster.affine import apply, invert
from core.raster.bending import straightened
from core.raster.bounds import layer_matrix
from core.raster.hit import layers_at
from core.values import new_id
from desktop.panels.image import marks
from desktop.panels.image.commands import Commands
from desktop.panels.image.text_buffer import TextBuffer
from desktop.panels.image.text_lines import TextLines
from desktop.panels.image.tools.base import Pointer, Tool
from desktop.panels.image.tools.handles import Frame, pinned
from desktop.panels.image.words import QT_TRANSLATE_NOOP

replace = msgspec.structs.replace
DRAG = 8.0
"""Logical pixels from which a press is not a place but a box to write in."""
STYLE = ("family", "weight", "italic", "size", "align", "leading", "tracking")


@dataclass
class _Typing:
    """A text being typed. ``fresh`` is the layer until its first letter puts it into the document."""

    layer_id: str
    buffer: TextBuffer
    merge: str
    fresh: TextLayer | None = None
    column: float | None = None
    """The x that moving up and down keeps to."""


class TextTool(Tool):
    id = "text"
    icon = "type"
    key = "T"
    style_changed = Signal()
    """:meth:`style` is another now."""
    styled = Signal(object)
    """A person chose these fields (a dict) in the options bar: the text at hand takes them."""
    commands: Commands
    _typing: _Typing | None = None
    _start: Pointer | None = None
    _drag_to: QPointF | None = None
    _selecting = False
    _style: TextLayer | None = None

    def title(self) -> str:
        return self.tr("Text")

    def help(self) -> str:
        return self.tr(
            "Click and type, or drag a box to write in. Click a text to change it; Esc or Ctrl+Enter when you are done."
        )

    # --- the style of what is written next --------------------------------------------------------------------------

    def style(self) -> TextLayer:
        """Return a text layer with the style of the text at hand, or the one that new text gets."""
        layer = self._layer() or self.editor.layer
        if isinstance(layer, TextLayer):
            return layer
        document = self.editor.document
        if self._style is None:
            size = float(max(12, round(document.height / 12))) if document is not None else 48.0
            self._style = TextLayer(id="", size=size)
        return self._style

    def set_style(self, **fields: Any) -> None:
        """Style new text from now on, and the text that is typed or selected."""
        self.remember(**fields)
        typing = self._typing
        if typing is not None and typing.fresh is not None:
            typing.fresh = restyled(typing.fresh, self.editor.size_of, **fields)
            self.canvas.update()
        else:
            self.styled.emit(fields)
        self.style_changed.emit()

    def remember(self, **fields: Any) -> None:
        """Give new text these fields from now on."""
        self._style = replace(self.style(), id="", **{k: v for k, v in fields.items() if k in STYLE})

    # --- state ------------------------------------------------------------------------------------------------------

    @property
    def busy(self) -> bool:
        return self._typing is not None

    @property
    def buffer(self) -> TextBuffer | None:
        """The text being typed, for cut, copy and paste."""
        return self._typing.buffer if self._typing is not None else None

    def _layer(self) -> TextLayer | None:
        typing, document = self._typing, self.editor.shown
        if typing is None or document is None:
            return None
        found = next((layer for layer in walk(document.layers) if layer.id == typing.layer_id), None)
        return found if isinstance(found, TextLayer) else typing.fresh

    def activate(self) -> None:
        self.editor.committed.connect(self._on_committed)

    def deactivate(self) -> None:
        self.finish()
        self.editor.committed.disconnect(self._on_committed)

    def _on_committed(self) -> None:
        """Undo, or an edit in the inspector, may have changed or removed the text under the cursor."""
        typing, document = self._typing, self.editor.document
        if typing is None or typing.fresh is not None:
            return
        layer = next((one for one in walk(document.layers) if one.id == typing.layer_id), None) if document else None
        if isinstance(layer, TextLayer):
            typing.buffer.follow(layer.text)
        else:
            self._typing = None
        self.editor.preview(self._straight(None))
        self.canvas.update()

    def _straight(self, document: ImageDocument | None) -> ImageDocument | None:
        """Return the document (``None``: the committed one) with the text that is typed as if it were not bent."""
        typing, base = self._typing, document or self.editor.document
        layer = next((one for one in walk(base.layers) if one.id == typing.layer_id), None) if typing and base else None
        if base is None or not isinstance(layer, TextLayer) or layer.warp is None:
            return document
        return image_edits.update(base, [layer.id], warp=None)

    # --- starting and ending ----------------------------------------------------------------------------------------

    def edit(self, layer_id: str, at: Pointer | None = None) -> None:
        """Type in a text that is there, the cursor under the pointer (all of it selected without one)."""
        self.finish()
        document = self.editor.require()
        layer = document.layer(layer_id)
        if not isinstance(layer, TextLayer):
            return
        if image_edits.is_locked(document, layer_id):
            self.editor.hint.emit(self.tr("This text is locked: unlock it in the layer list to change it."))
            return
        self.editor.select([layer_id])
        self._typing = _Typing(layer_id, TextBuffer(layer.text), f"typing:{layer_id}:{new_id()}")
        if at is None:
            self._typing.buffer.select_all()
        else:
            self._typing.buffer.go(self._position(layer, at))
        self.editor.preview(self._straight(None))
        self.style_changed.emit()
        self._sync_input()

    def begin(self, x: float, y: float, width: float = 0.0) -> None:
        """Start a new text with its first line at a document point."""
        self.finish()
        style = {name: getattr(self.style(), name) for name in STYLE}
        layer = TextLayer(id=new_id(), colour=self.editor.colour, width=round(width), **style)
        height = self.editor.size_of(layer)[1]
        left, top = (x, y - height / 2) if not width else (x, y)
        if not width:
            left -= {"center": 0.5, "right": 1.0}.get(layer.align, 0.0) * self.editor.size_of(layer)[0]
        layer = replace(layer, transform=Transform(x=round(left), y=round(top)))
        self._typing = _Typing(layer.id, TextBuffer(), f"typing:{layer.id}", fresh=layer)
        self._sync_input()
        self.canvas.update()

    def finish(self) -> None:
        """Stop typing. A text that was emptied goes away."""
        typing, self._typing = self._typing, None
        if typing is None:
            return
        QGuiApplication.inputMethod().reset()
        document = self.editor.document
        if document is not None and typing.fresh is None and not typing.buffer.text.strip():
            label = QT_TRANSLATE_NOOP("history", "Delete text")
            self.editor.commit(label, image_edits.remove(document, [typing.layer_id]), merge=typing.merge)
        self.editor.preview(None)
        self.canvas.update()

    def cancel(self) -> bool:
        if self._typing is None:
            return False
        self.finish()
        return True

    # --- the pointer ------------------------------------------------------------------------------------------------

    def cursor(self, pointer: Pointer | None) -> Qt.CursorShape:
        return Qt.CursorShape.IBeamCursor

    def _inside(self, layer: TextLayer, pointer: Pointer) -> bool:
        frame = Frame.of_layer(layer, self.editor.size_of)
        return frame is not None and frame.contains(pointer.x, pointer.y)

    def _position(self, layer: TextLayer, pointer: Pointer) -> int:
        back, straight = invert(layer_matrix(layer)), straightened(layer, pointer.x, pointer.y)
        if back is None or straight is None:
            return 0
        return TextLines(layer).position_at(QPointF(*apply(back, *straight)))

    def press(self, pointer: Pointer) -> None:
        layer = self._layer()
        self._start, self._drag_to = None, None
        if layer is not None and self._typing is not None:
            if self._inside(layer, pointer):
                self._selecting = True
                self._typing.column = None
                self._typing.buffer.go(self._position(layer, pointer), keep=pointer.shift)
                self.canvas.update()
                return
            self.finish()
            if (under := self._text_under(pointer)) is not None:
                self.edit(under, pointer)
                self._selecting = True
            return
        if (under := self._text_under(pointer)) is not None:
            self.edit(under, pointer)
            self._selecting = True
        else:
            self._start = pointer

    def _text_under(self, pointer: Pointer) -> str | None:
        document, compositor = self.editor.document, self.editor.compositor
        if document is None or compositor is None:
            return None
        for layer_id in layers_at(document, pointer.x, pointer.y, compositor.reader):
            if isinstance(document.layer(layer_id), TextLayer) and not image_edits.is_locked(document, layer_id):
                return layer_id
        return None

    def drag(self, pointer: Pointer) -> None:
        layer = self._layer()
        if self._selecting and layer is not None and self._typing is not None:
            self._typing.buffer.go(self._position(layer, pointer), keep=True)
        elif self._start is not None:
            self._drag_to = pointer.at
        self.canvas.update()

    def release(self, pointer: Pointer) -> None:
        start, self._start = self._start, None
        self._selecting, self._drag_to = False, None
        if start is None:
            return
        if abs(pointer.at.x() - start.at.x()) > DRAG and abs(pointer.at.y() - start.at.y()) > DRAG / 2:
            left, top = min(start.x, pointer.x), min(start.y, pointer.y)
            self.begin(left, top, abs(pointer.x - start.x))
        else:
            self.begin(start.x, start.y)

    def double_click(self, pointer: Pointer) -> None:
        layer = self._layer()
        if layer is not None and self._typing is not None and self._inside(layer, pointer):
            self._typing.buffer.select_word(self._position(layer, pointer))
            self.canvas.update()
        else:
            self.press(pointer)

    # --- keys -------------------------------------------------------------------------------------------------------

    def key_press(self, event: QKeyEvent) -> bool:
        typing = self._typing
        if typing is None:
            return False
        buffer, key, keys = typing.buffer, event.key(), event.modifiers()
        shift, ctrl = (
            bool(keys & held) for held in (Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier)
        )
        before, column = buffer.text, None
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if ctrl:
                self.finish()
                return True
            buffer.insert("\n")
        elif key in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            buffer.delete(forward=key == Qt.Key.Key_Delete, word=ctrl)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            buffer.move(key == Qt.Key.Key_Right, word=ctrl, keep=shift)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            to, column = self._lines().vertical(buffer.cursor, key == Qt.Key.Key_Down, typing.column)
            buffer.go(to, keep=shift)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            start, end = (0, buffer.length) if ctrl else self._lines().ends(buffer.cursor)
            buffer.go(start if key == Qt.Key.Key_Home else end, keep=shift)
        elif event.text() and not ctrl and event.text().isprintable():
            buffer.insert(event.text())
        else:
            return False
        typing.column = column
        self._changed(before)
        return True

    def input_method(self, event: QInputMethodEvent) -> bool:
        typing = self._typing
        if typing is None:
            return False
        before = typing.buffer.text
        typing.buffer.composing = ""
        if event.commitString():
            typing.buffer.insert(event.commitString())
        typing.buffer.composing = event.preeditString()
        self._changed(before)
        event.accept()
        return True

    def input_query(self, query: Qt.InputMethodQuery) -> object:
        if query == Qt.InputMethodQuery.ImEnabled:
            return self._typing is not None
        if self._typing is None:
            return None
        if query == Qt.InputMethodQuery.ImCursorRectangle:
            return self._to_widget().mapRect(self._lines().caret(self._typing.buffer.shown_cursor))
        if query == Qt.InputMethodQuery.ImSurroundingText:
            return self._typing.buffer.text
        if query == Qt.InputMethodQuery.ImCursorPosition:
            return self._typing.buffer.cursor
        if query == Qt.InputMethodQuery.ImCurrentSelection:
            return self._typing.buffer.selected
        return None

    def insert(self, text: str) -> None:
        """Paste text at the cursor."""
        if self._typing is not None:
            before = self._typing.buffer.text
            self._typing.buffer.insert(text)
            self._changed(before)

    def cut(self) -> str:
        """Take the selected text out and return it."""
        if self._typing is None:
            return ""
        before, taken = self._typing.buffer.text, self._typing.buffer.selected
        if taken:
            self._typing.buffer.delete(forward=False)
            self._changed(before)
        return taken

    def delete(self) -> None:
        """Delete the selected text, or the character behind the cursor."""
        if self._typing is not None:
            before = self._typing.buffer.text
            self._typing.buffer.delete(forward=True)
            self._changed(before)

    def _changed(self, before: str) -> None:
        """Show what is typed; commit it when it is more than a moved cursor."""
        typing = self._typing
        assert typing is not None
        shown, text = typing.buffer.shown, typing.buffer.text
        if text != before:
            document = self._with(text)
            fresh = typing.fresh is not None
            label = QT_TRANSLATE_NOOP("history", "Add text") if fresh else QT_TRANSLATE_NOOP("history", "Type text")
            if text or not fresh:
                typing.fresh = None
                if self.editor.commit(label, document, merge=typing.merge) and fresh:
                    self.editor.select([typing.layer_id])
        self.editor.preview(self._straight(self._with(shown) if shown != text else None))
        self._sync_input()
        self.canvas.update()

    def _with(self, text: str) -> ImageDocument:
        """Return the document with the text, its first line staying where it is."""
        typing, document = self._typing, self.editor.require()
        assert typing is not None
        if typing.fresh is not None:
            layer = restyled(typing.fresh, self.editor.size_of, text=text)
            parent, position = self.commands.spot()
            return image_edits.insert(document, [layer], parent, position)
        return document.replace_layer(
            typing.layer_id,
            lambda one: restyled(one, self.editor.size_of, text=text) if isinstance(one, TextLayer) else one,
        )

    def _sync_input(self) -> None:
        self.canvas.updateMicroFocus()

    # --- marks ------------------------------------------------------------------------------------------------------

    def _lines(self) -> TextLines:
        layer = self._layer()
        assert layer is not None
        return TextLines(layer)

    def _to_widget(self) -> QTransform:
        layer, view = self._layer(), self.canvas.view
        assert layer is not None
        scale = view.zoom / view.ratio
        return QTransform(*layer_matrix(layer)) * QTransform(
            scale, 0, 0, scale, view.left / view.ratio, view.top / view.ratio
        )

    def paint(self, painter: QPainter) -> None:
        if self._start is not None and self._drag_to is not None:
            marks.frame(painter, _corners(QRectF(self._start.at, self._drag_to).normalized()), dashed=True)
        layer, typing = self._layer(), self._typing
        if layer is None or typing is None:
            if self.editor.layer is not None and isinstance(self.editor.layer, TextLayer):
                frame = Frame.of_layer(self.editor.layer, self.editor.size_of)
                if frame is not None:
                    marks.frame(painter, frame.outline(self.canvas.view), width=1)
            return
        lines, to_widget = TextLines(layer), self._to_widget()
        box = QRectF(0, 0, *lines.size)
        marks.frame(painter, [to_widget.map(point) for point in _corners(box)], width=1)
        start, end = typing.buffer.selection
        if start != end:
            fill = QColor(marks.accent())
            fill.setAlpha(90)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(fill)
            for part in lines.boxes(start, end):
                painter.drawPolygon(to_widget.mapToPolygon(part.toAlignedRect()))
        caret = lines.caret(typing.buffer.shown_cursor)
        top, bottom = to_widget.map(caret.topLeft()), to_widget.map(caret.bottomLeft())
        painter.setPen(QPen(QColor(0, 0, 0, 160), 3.5))
        painter.drawLine(top, bottom)
        painter.setPen(QPen(QColor("#ffffff"), 1.5))
        painter.drawLine(top, bottom)


def restyled(layer: TextLayer, size_of: Any, **fields: Any) -> TextLayer:
    """Return a text with other fields, held where its lines begin: at its left, middle or right, and its top."""
    frame = Frame.of_layer(layer, size_of)
    new = image_edits.checked(replace(layer, **fields))
    if frame is None:
        return new
    fraction = {"center": 0.5, "right": 1.0}.get(new.align if not new.width else "left", 0.0)
    held = pinned(new, (fraction, 0.0), frame.at(fraction, 0.0), size_of)
    assert isinstance(held, TextLayer)
    return held


def _corners(box: QRectF) -> list[QPointF]:
    return [box.topLeft(), box.topRight(), box.bottomRight(), box.bottomLeft()]
