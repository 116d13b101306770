"""Actions: recorded sequences of operations: their list, their steps to change, and playing them."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QScrollArea,
    QSplitter,
    QStackedLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from core.operations import actions
from core.operations.actions import Action
from core.values import AtelierError
from desktop import i18n, icons, theme
from desktop.docks.playing import PlayView
from desktop.forms import OperationForm
from desktop.panel import Panel
from desktop.session import Session
from desktop.widgets.empty import EmptyState

PATH = Qt.ItemDataRole.UserRole


class ActionsDock(QWidget):
    """List, steps, the fields of one step, and what to play on."""

    results_wanted = Signal()
    """Something is being made: *Make* shows what comes of it."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._shelf = session.actions
        self._form: OperationForm | None = None
        self._filling = False
        self.play = PlayView(session)
        self.play.results_wanted.connect(self.results_wanted)
        split = QSplitter()
        split.setHandleWidth(1)
        split.setChildrenCollapsible(False)
        for part, stretch in ((self._build_list(), 0), (self._build_steps(), 0), (self._build_form(), 1)):
            split.addWidget(part)
            split.setStretchFactor(split.count() - 1, stretch)
        split.addWidget(self.play)
        split.setSizes([theme.px(200), theme.px(240), theme.px(300), theme.px(380)])
        self._split = split
        words = self.tr("Record what you make, step by step, and play it on other pictures or on whole folders.")
        empty = EmptyState("play", words, self.tr("Record an action"), self._record)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(empty)
        self._stack.addWidget(split)
        self._shelf.changed.connect(self.refresh)
        self._shelf.recording_changed.connect(self._follow_recording)
        self._shelf.saved.connect(self.choose)
        self.refresh()

    # --- the parts --------------------------------------------------------------------------------------------------

    def _build_list(self) -> QWidget:
        self.record = _button("circle", self.tr("Record an action"), self._record)
        bring = _button("download", self.tr("Import an action…"), self._import)
        self.send = _button("upload", self.tr("Export this action…"), self._export)
        self.delete = _button("trash-2", self.tr("Delete this action"), self._delete)
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Actions"))
        self.list.currentItemChanged.connect(lambda *_: self._show())
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(self._menu)
        return _column((self.record, bring, self.send, self.delete), self.list)

    def _build_steps(self) -> QWidget:
        self.name = QLineEdit()
        self.name.setAccessibleName(self.tr("Name of the action"))
        self.name.setMaxLength(actions.MAX_NAME)
        self.name.editingFinished.connect(self._rename)
        self.up = _button("arrow-up", self.tr("Do this step earlier"), lambda: self._move(-1))
        self.down = _button("arrow-down", self.tr("Do this step later"), lambda: self._move(1))
        self.remove = _button("trash-2", self.tr("Delete this step"), self._remove_step)
        self.steps = StepList()
        self.steps.setAccessibleName(self.tr("Steps"))
        self.steps.currentRowChanged.connect(lambda _: self._show_step())
        self.steps.dropped.connect(self._dropped)
        self.steps.deleted.connect(self._remove_step)
        return _column((self.up, self.down, self.remove), self.steps, self.name)

    def _build_form(self) -> QWidget:
        self._title = QLabel()
        theme.set_role(self._title, "heading")
        page = QWidget()
        page.setProperty("role", "page")
        self._page = QVBoxLayout(page)
        self._page.setContentsMargins(16, 12, 16, 12)
        self._page.setSpacing(theme.px(8))
        self._page.addWidget(self._title)
        self._none = QLabel(self.tr("This step has nothing to set."))
        theme.set_role(self._none, "muted")
        self._page.addWidget(self._none)
        self._page.addStretch(1)
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setMinimumWidth(theme.px(240))
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(page)
        return scroll

    # --- what others ask of it --------------------------------------------------------------------------------------

    def set_panel(self, panel: Panel | None) -> None:
        """Play on what is selected in ``panel`` from now on."""
        self.play.set_panel(panel)

    def choose(self, path: Path) -> None:
        """Show the action in a file."""
        for row in range(self.list.count()):
            if self.list.item(row).data(PATH) == path:
                self.list.setCurrentRow(row)

    def path(self) -> Path | None:
        """Return the file of the action that is shown."""
        item = self.list.currentItem()
        found = item.data(PATH) if item is not None else None
        return found if isinstance(found, Path) else None

    def action(self) -> Action | None:
        """Return the action that is shown."""
        path = self.path()
        return self._shelf.all().get(path) if path is not None else None

    def refresh(self) -> None:
        """Read the list again; what is chosen stays chosen."""
        chosen, known = self.path(), self._shelf.all()
        self._filling = True
        self.list.clear()
        for path, action in known.items():
            item = QListWidgetItem(icons.icon("play", "muted"), action.name)
            item.setData(PATH, path)
            item.setToolTip(self.tr("Steps: {n}").format(n=len(action.steps)))
            item.setSizeHint(QSize(0, theme.px(30)))
            self.list.addItem(item)
        self._filling = False
        if self.list.count():
            paths = list(known)
            self.list.setCurrentRow(paths.index(chosen) if chosen in paths else 0)
        self._stack.setCurrentIndex(1 if known or self._shelf.recording is not None else 0)
        self._show()

    # --- showing ----------------------------------------------------------------------------------------------------

    def _show(self) -> None:
        if self._filling:
            return
        action = self.action()
        for widget in (self.send, self.delete, self.name, self.steps):
            widget.setEnabled(action is not None)
        if not self.name.hasFocus() or action is None:
            self.name.setText(action.name if action is not None else "")
        row = max(0, self.steps.currentRow())
        self._filling = True
        self.steps.clear()
        for number, step in enumerate(action.steps if action is not None else (), 1):
            text = f"{number}  {i18n.step_title(step)}"
            item = QListWidgetItem(icons.icon(step.operation.info.icon, "muted"), text)
            item.setSizeHint(QSize(0, theme.px(30)))
            self.steps.addItem(item)
        self._filling = False
        if self.steps.count():
            self.steps.setCurrentRow(min(row, self.steps.count() - 1))
        self.play.show_action(action)
        self._show_step()

    def _show_step(self) -> None:
        if self._filling:
            return
        action, row = self.action(), self.steps.currentRow()
        there = action is not None and 0 <= row < len(action.steps)
        count = len(action.steps) if action is not None else 0
        self.up.setEnabled(there and row > 0)
        self.down.setEnabled(there and row < count - 1)
        self.remove.setEnabled(there)
        if not there or action is None:
            self._take_form(None)
            self._title.setText("")
            self._none.hide()
            return
        operation = action.steps[row].operation
        self._title.setText(i18n.operation_title(operation.info))
        if self._form is None or self._form.cls is not type(operation):
            form = OperationForm(type(operation), self._session, inputs=False)
            form.committed.connect(self._change_fields)
            self._take_form(form)
        assert self._form is not None
        self._form.set_operation(operation)
        self._none.setVisible(self._form.is_empty())

    def _take_form(self, form: OperationForm | None) -> None:
        if self._form is not None:
            self._page.removeWidget(self._form)
            self._form.hide()
            self._form.deleteLater()
        self._form = form
        if form is not None:
            self._page.insertWidget(1, form)

    # --- changing ---------------------------------------------------------------------------------------------------

    def _change(self, how: Callable[[Action], Action]) -> None:
        path, action = self.path(), self.action()
        if path is None or action is None:
            return
        try:
            new = how(action)
            if new != action:
                self._shelf.put(path, new)
        except AtelierError as error:
            self._session.report(error)
            self._show()

    def _change_fields(self) -> None:
        form, row = self._form, self.steps.currentRow()
        if form is not None:
            self._change(lambda a: actions.changed(a, row, form.operation(a.steps[row].operation)))

    def _rename(self) -> None:
        text = self.name.text()
        action = self.action()
        if action is not None and text != action.name:
            self._change(lambda a: actions.renamed(a, text))

    def _move(self, by: int) -> None:
        row = self.steps.currentRow()
        self._change(lambda a: actions.moved(a, row, row + by))
        self.steps.setCurrentRow(row + by)

    def _dropped(self, row: int, to: int) -> None:
        self._change(lambda a: actions.moved(a, row, to))
        self._show()
        self.steps.setCurrentRow(to)

    def _remove_step(self) -> None:
        row, before = self.steps.currentRow(), self.action()
        path = self.path()
        if before is None or path is None or not 0 <= row < len(before.steps):
            return
        self._change(lambda a: actions.without(a, row))
        self._session.say(
            self.tr("The step was taken out of “{name}”.").format(name=before.name),
            action=self.tr("Undo"),
            run=lambda: self._shelf.put(path, before),
        )

    def _delete(self) -> None:
        path = self.path()
        if path is None:
            return
        gone = self._shelf.remove(path)
        self._session.say(
            self.tr("The action “{name}” was deleted.").format(name=gone.name),
            action=self.tr("Undo"),
            run=lambda: self._shelf.add(gone),
        )

    # --- recording, files -------------------------------------------------------------------------------------------

    def _record(self) -> None:
        if self._shelf.recording is None:
            self._shelf.start()
            self.results_wanted.emit()
        else:
            self._shelf.stop()

    def _follow_recording(self) -> None:
        on = self._shelf.recording is not None
        icons.set_icon(self.record, "circle-stop" if on else "circle", "danger" if on else "text")
        text = self.tr("Stop recording") if on else self.tr("Record an action")
        self.record.setToolTip(text)
        self.record.setAccessibleName(text)
        self._stack.setCurrentIndex(1 if self._shelf.all() or on else 0)

    def _import(self) -> None:
        files, _ = QFileDialog.getOpenFileNames(self, self.tr("Import actions"), "", self.tr("Actions (*.json)"))
        for name in files:
            try:
                self._shelf.bring_in(Path(name))
            except AtelierError as error:
                self._session.report(error)

    def _export(self) -> None:
        path, action = self.path(), self.action()
        if path is None or action is None:
            return
        name, _ = QFileDialog.getSaveFileName(
            self, self.tr("Export action"), f"{action.name}.json", self.tr("Actions (*.json)")
        )
        if name:
            target = Path(name)
            try:
                self._shelf.send_out(path, target if target.suffix else target.with_suffix(".json"))
            except AtelierError as error:
                self._session.report(error)

    def _menu(self, at: QPoint) -> None:
        if self.list.itemAt(at) is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.tr("Play on this picture"), self.play.on_picture)
        menu.addAction(self.tr("Rename"), self._begin_rename)
        menu.addAction(self.tr("Duplicate"), self._duplicate)
        menu.addAction(self.tr("Export this action…"), self._export)
        menu.addSeparator()
        menu.addAction(self.tr("Delete"), self._delete)
        menu.popup(self.list.viewport().mapToGlobal(at))

    def _begin_rename(self) -> None:
        self.name.setFocus()
        self.name.selectAll()

    def _duplicate(self) -> None:
        action = self.action()
        if action is not None:
            self._shelf.add(action)


class StepList(QListWidget):
    """Steps that can be dragged into another order."""

    dropped = Signal(int, int)
    deleted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.model().rowsMoved.connect(self._moved)

    def _moved(self, _: object, start: int, _end: int, __: object, to: int) -> None:
        self.dropped.emit(start, to - 1 if to > start else to)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.deleted.emit()
        else:
            super().keyPressEvent(event)


def _button(icon: str, tip: str, run: Callable[[], object]) -> QToolButton:
    button = QToolButton()
    icons.set_icon(button, icon)
    button.setIconSize(QSize(theme.px(16), theme.px(16)))
    button.setToolTip(tip)
    button.setAccessibleName(tip)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.clicked.connect(lambda _=False: run())
    return button


def _column(buttons: tuple[QToolButton, ...], view: QWidget, top: QWidget | None = None) -> QWidget:
    holder = QWidget()
    holder.setMinimumWidth(theme.px(168))
    column = QVBoxLayout(holder)
    column.setContentsMargins(8, 8, 8, 8)
    column.setSpacing(theme.px(4))
    row = QHBoxLayout()
    row.setSpacing(theme.px(2))
    if top is not None:
        row.addWidget(top, 1)
    for button in buttons:
        row.addWidget(button)
    if top is None:
        row.addStretch(1)
    column.addLayout(row)
    column.addWidget(view, 1)
    return holder
