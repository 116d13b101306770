"""Every step that was ever taken in this project, to go to by a click; named snapshots; pruning on purpose."""

import time
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QHBoxLayout,
    QInputDialog,
    QListView,
    QMenu,
    QMessageBox,
    QPushButton,
    QStackedLayout,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from core.project.history import Transaction
from core.values import AtelierError
from desktop import i18n, icons, theme
from desktop.session import Session
from desktop.welcome import since, size_text
from desktop.widgets.empty import EmptyState

ROW = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex


class HistoryModel(QAbstractListModel):
    """Transactions, the newest first; those that were undone stand above the current one, dimmed."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.rows: list[Transaction] = []

    def refresh(self) -> None:
        """Read the history again."""
        project = self._session.project
        self.beginResetModel()
        self.rows = list(reversed(project.history())) if project is not None else []
        self.endResetModel()

    def current_row(self) -> int:
        """Return the row of the state that is shown, -1 when there is none."""
        return next((i for i, row in enumerate(self.rows) if row.current), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (Qt's own default)
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return i18n.history_label(row.label)
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{i18n.history_label(row.label)}\n{since(row.time)} · {size_text(row.bytes)}"
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.AccessibleTextRole:
            here = self.tr("current state") if row.current else ""
            return f"{i18n.history_label(row.label)} {since(row.time)} {here}"
        return None


class HistoryDelegate(QStyledItemDelegate):
    """A mark for the state that is shown, the label, and when it was."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Transaction = index.data(ROW)
        undone = row.undone
        painter.save()
        box = option.rect
        state = option.state
        if row.current:
            painter.fillRect(box, theme.colour("selected"))
        elif state & (QStyle.StateFlag.State_MouseOver | QStyle.StateFlag.State_HasFocus):
            painter.fillRect(box, theme.colour("raised"))
        if row.current:
            side = theme.px(16)
            mark = icons.pixmap("check", side, theme.colour("accent_text").name())
            painter.drawPixmap(box.left() + theme.px(12), box.center().y() - side // 2 + 1, mark)
        painter.setPen(theme.colour("disabled" if undone else "text"))
        painter.setFont(theme.ui_font(12))
        right = theme.px(104)
        text = QRect(box.left() + theme.px(36), box.top(), box.width() - theme.px(48) - right, box.height())
        label = painter.fontMetrics().elidedText(index.data(), Qt.TextElideMode.ElideRight, text.width())
        painter.drawText(text, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, label)
        painter.setPen(theme.colour("disabled" if undone else "muted"))
        painter.setFont(theme.ui_font(11))
        when = QRect(box.right() - right - theme.px(12), box.top(), right, box.height())
        painter.drawText(when, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, since(row.time))
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(theme.px(160), theme.px(28))


class HistoryDock(QWidget):
    """The list, and what can be done with it."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._stale = True
        self.model = HistoryModel(session)
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setItemDelegate(HistoryDelegate(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setAccessibleName(self.tr("History"))
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(self._menu)
        self.list.clicked.connect(self._go)
        self.list.activated.connect(self._go)
        self._empty = EmptyState(
            "history", self.tr("Every step you take is kept here, also after closing. Undo never runs out.")
        )
        snapshot = QPushButton(self.tr("Snapshot…"))
        icons.set_icon(snapshot, "camera")
        snapshot.setToolTip(self.tr("Give the present state a name, to come back to it"))
        snapshot.clicked.connect(self.take_snapshot)
        self._snapshots = QPushButton(self.tr("Snapshots"))
        self._menu_of_snapshots = QMenu(self._snapshots)
        self._snapshots.setMenu(self._menu_of_snapshots)
        self._menu_of_snapshots.aboutToShow.connect(self._fill_snapshots)
        bar = QHBoxLayout()
        bar.setContentsMargins(12, 8, 12, 8)
        bar.setSpacing(8)
        bar.addWidget(snapshot)
        bar.addWidget(self._snapshots)
        bar.addStretch(1)
        self._bar = QWidget()
        self._bar.setLayout(bar)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._bar)
        column.addWidget(self.list, 1)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(content)
        session.history_changed.connect(self._mark_stale)
        session.project_changed.connect(self._mark_stale)

    def showEvent(self, event: object) -> None:
        self._refresh_if_stale()

    def _mark_stale(self) -> None:
        self._stale = True
        if self.isVisible():
            self._refresh_if_stale()

    def _refresh_if_stale(self) -> None:
        if not self._stale:
            return
        self._stale = False
        self.model.refresh()
        self._stack.setCurrentIndex(1 if self.model.rows else 0)
        row = self.model.current_row()
        if row >= 0:
            self.list.setCurrentIndex(self.model.index(row))
            self.list.scrollTo(self.model.index(row))

    def _go(self, index: QModelIndex) -> None:
        project = self._session.project
        row: Transaction | None = index.data(ROW)
        if project is None or row is None or row.current:
            return
        try:
            project.go_to(row.id)
        except AtelierError as error:
            self._session.report(error)

    def take_snapshot(self) -> None:
        """Ask for a name and keep the present state under it."""
        name, sure = QInputDialog.getText(self, self.tr("Snapshot"), self.tr("Name of this state"))
        if sure and name.strip():
            try:
                self._session.require().snapshot(name.strip())
            except AtelierError as error:
                self._session.report(error)
            else:
                self._session.say(self.tr("Kept as “{name}”.").format(name=name.strip()), "done")

    def _fill_snapshots(self) -> None:
        menu = self._menu_of_snapshots
        menu.clear()
        project = self._session.project
        names = [snapshot.name for snapshot in project.snapshots()] if project is not None else []
        for name in names:
            action = menu.addAction(name)
            action.triggered.connect(lambda _=False, n=name: self._restore(n))
        if not names:
            menu.addAction(self.tr("No snapshots yet")).setEnabled(False)

    def _restore(self, name: str) -> None:
        try:
            self._session.require().restore(name)
        except AtelierError as error:
            self._session.report(error)

    def _menu(self, at: QPoint) -> None:
        index = self.list.indexAt(at)
        row: Transaction | None = index.data(ROW) if index.isValid() else None
        if row is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.tr("Go to this state"), lambda: self._go(index))
        menu.addSeparator()
        menu.addAction(self.tr("Forget everything before this…"), lambda: self._prune(row))
        menu.popup(self.list.viewport().mapToGlobal(at))

    def _prune(self, row: Transaction) -> None:
        """Pruning is the one act here that cannot be undone, so it asks."""
        older = [r for r in self.model.rows if r.id < row.id]
        if not older:
            self._session.say(self.tr("This is the oldest step already."))
            return
        question = QMessageBox(self)
        question.setIcon(QMessageBox.Icon.NoIcon)
        question.setWindowTitle(self.tr("Forget history"))
        question.setText(
            self.tr("Forget {count} steps before {when}? They cannot be undone any more.").format(
                count=len(older), when=time.strftime("%Y-%m-%d %H:%M", time.localtime(row.time))
            )
        )
        forget = question.addButton(self.tr("Forget"), QMessageBox.ButtonRole.DestructiveRole)
        theme.set_role(forget, "danger")
        question.setDefaultButton(question.addButton(QMessageBox.StandardButton.Cancel))
        question.exec()
        if question.clickedButton() is forget:
            try:
                self._session.require().prune(older[0].id)
            except AtelierError as error:
                self._session.report(error)
            self._session.history_changed.emit()
