"""What all parts of the inspector share: sections whose controls preview while they move and commit at the end."""

from collections.abc import Callable, Hashable
from typing import Any, Protocol

from PySide6.QtCore import QSignalBlocker, Qt, SignalInstance
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from core.documents import image_edits
from core.documents.image import ImageDocument
from core.values import AtelierError
from desktop import theme
from desktop.panels.image.editor import Editor
from desktop.panels.image.option_parts import icon_button

LABEL = 84
"""Width of the column of names."""


class Live(Protocol):
    """A control that says a value while it changes and once when it is decided."""

    value_changed: SignalInstance
    committed: SignalInstance


class Section(QWidget):
    """A heading and rows of a name and a control."""

    def __init__(self, editor: Editor, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editor = editor
        self.head = QHBoxLayout()
        self.head.setSpacing(theme.px(2))
        self.heading = QLabel(title)
        theme.set_role(self.heading, "heading")
        self.head.addWidget(self.heading)
        self.head.addStretch(1)
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(theme.px(8))
        self.grid.setVerticalSpacing(theme.px(8))
        self.grid.setColumnMinimumWidth(0, theme.px(LABEL))
        self.grid.setColumnStretch(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(12), theme.px(12), theme.px(12), theme.px(12))
        column.setSpacing(theme.px(8))
        column.addLayout(self.head)
        column.addLayout(self.grid)
        self._row = 0

    # --- rows -------------------------------------------------------------------------------------------------------

    def row(self, text: str, *widgets: QWidget, between: QWidget | None = None, gap: int = 8) -> QLabel:
        """Add a row: a name, and one or more controls beside each other, ``gap`` apart or with ``between`` them."""
        label = QLabel(text)
        theme.set_role(label, "muted")
        label.setBuddy(widgets[0])
        self.grid.addWidget(label, self._row, 0, Qt.AlignmentFlag.AlignVCenter)
        if len(widgets) == 1:
            self.grid.addWidget(widgets[0], self._row, 1)
        else:
            line = QHBoxLayout()
            line.setSpacing(theme.px(gap) if between is None else 0)
            for widget in widgets:
                if between is not None and line.count():
                    line.addWidget(between)
                line.addWidget(widget, 1)
            self.grid.addLayout(line, self._row, 1)
        self._row += 1
        return label

    def wide(self, widget: QWidget) -> None:
        """Add a control as wide as the section."""
        self.grid.addWidget(widget, self._row, 0, 1, 2)
        self._row += 1

    def tool(self, icon: str, tip: str, run: Callable[[], object], *, checkable: bool = False) -> QToolButton:
        """Add a small button at the right of the heading."""
        button = self.small(icon, tip, run, checkable=checkable)
        self.head.addWidget(button)
        return button

    def small(self, icon: str, tip: str, run: Callable[[], object], *, checkable: bool = False) -> QToolButton:
        """Return a small flat button."""
        return icon_button(icon, tip, run, checkable=checkable, token="muted")

    # --- editing ----------------------------------------------------------------------------------------------------

    def live(self, control: Live, label: str, how: Callable[[ImageDocument, Any], ImageDocument]) -> None:
        """Let a control show what it does while it moves, and make one undo step of it."""
        control.value_changed.connect(lambda value: self._show(how, value))
        control.committed.connect(lambda value: self.apply(label, lambda document: how(document, value)))

    def apply(self, label: str, how: Callable[[ImageDocument], ImageDocument]) -> None:
        """Commit an edit. What cannot be done is said in the banner."""
        document = self.editor.document
        if document is None:
            return
        try:
            new = how(document)
        except AtelierError as error:
            self.editor.preview(None)
            self.editor.session.report(error)
        except KeyError:
            self.editor.preview(None)  # the layer went away while its control was held
        else:
            self.editor.commit(label, new)

    def _show(self, how: Callable[[ImageDocument, Any], ImageDocument], value: Any) -> None:
        document = self.editor.document
        if document is not None:
            try:
                self.editor.preview(how(document, value))
            except (AtelierError, KeyError):
                self.editor.preview(None)

    def field(
        self, name: str, convert: Callable[[Any], Hashable] = lambda value: value
    ) -> Callable[[ImageDocument, Any], ImageDocument]:
        """Return the edit that sets one field of each selected layer."""
        return lambda document, value: image_edits.update(document, self.editor.selection, **{name: convert(value)})

    def follow(self) -> None:
        """Show the values of what is selected now."""


def set_checked(box: QCheckBox | QToolButton, on: bool) -> None:
    """Check a box without a signal."""
    with QSignalBlocker(box):
        box.setChecked(on)
