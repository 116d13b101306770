"""The list of *Make*: every operation under its heading, found by intent."""

from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from core.operations.base import Group, Operation, all_operations
from desktop import i18n, icons, theme
from desktop.fuzzy import score

OPERATION = Qt.ItemDataRole.UserRole
WORDS = Qt.ItemDataRole.UserRole + 1
Index = QModelIndex | QPersistentModelIndex


class OperationModel(QAbstractListModel):
    """Every operation that is offered: a heading for each group, and under it what belongs there, by title."""

    def __init__(self) -> None:
        super().__init__()
        offered = sorted(
            (cls for cls in all_operations().values() if not cls.info.hidden),
            key=lambda cls: i18n.operation_title(cls.info),
        )
        self.rows: list[Group | type[Operation]] = []
        for group in Group:
            if members := [cls for cls in offered if cls.info.group is group]:
                self.rows += [group, *members]

    def operations(self) -> list[type[Operation]]:
        """Return what is offered, without the headings."""
        return [row for row in self.rows if not isinstance(row, Group)]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (Qt's own default)
        return 0 if parent.isValid() else len(self.rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.isValid() and isinstance(self.rows[index.row()], Group):
            return Qt.ItemFlag.ItemIsEnabled
        return super().flags(index)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if isinstance(row, Group):
            return i18n.word("operations", row.value) if role == Qt.ItemDataRole.DisplayRole else None
        if role == Qt.ItemDataRole.DisplayRole:
            return i18n.operation_title(row.info)
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{i18n.operation_title(row.info)}\n{i18n.operation_help(row.info)}"
        if role == WORDS:
            return i18n.search_words(row.info)
        if role == OPERATION:
            return row
        return None


class IntentFilter(QSortFilterProxyModel):
    """Lets through what fits the words, the best first; without words everything, under its headings."""

    def __init__(self) -> None:
        super().__init__()
        self._words = ""
        self.sort(0)

    def set_words(self, words: str) -> None:
        """Look for other words."""
        self._words = words.strip()
        self.invalidate()

    def first(self) -> QModelIndex:
        """Return the first operation that is let through."""
        return self.next(-1, 1)

    def next(self, row: int, by: int) -> QModelIndex:
        """Return the operation after (``by`` 1) or before (-1) a row, past headings; invalid where there is none."""
        row += by
        while 0 <= row < self.rowCount():
            index = self.index(row, 0)
            if index.data(OPERATION) is not None:
                return index
            row += by
        return QModelIndex()

    def filterAcceptsRow(self, row: int, parent: Index) -> bool:
        words = self.sourceModel().index(row, 0).data(WORDS)
        return not self._words or (words is not None and score(self._words, words) > 0)

    def lessThan(self, left: Index, right: Index) -> bool:
        if not self._words:
            return left.row() < right.row()
        return score(self._words, left.data(WORDS) or "") > score(self._words, right.data(WORDS) or "")


class OperationDelegate(QStyledItemDelegate):
    """Icon and title."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        cls: type[Operation] | None = index.data(OPERATION)
        painter.save()
        if cls is None:
            painter.setPen(theme.colour("muted"))
            painter.setFont(theme.ui_font(11))
            place = QRect(option.rect).adjusted(theme.px(12), 0, -8, -theme.px(4))
            painter.drawText(place, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft, index.data())
            painter.restore()
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRect(option.rect).adjusted(4, 1, -4, -1)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("selected" if chosen else "raised"))
            painter.drawRoundedRect(QRectF(box), 5, 5)
        side = theme.px(16)
        mark = icons.pixmap(cls.info.icon, side, theme.colour("text" if chosen else "muted").name())
        painter.drawPixmap(box.left() + theme.px(8), box.center().y() - side // 2 + 1, mark)
        painter.setPen(theme.colour("text"))
        painter.setFont(theme.ui_font(12))
        text = box.adjusted(theme.px(32), 0, -8, 0)
        title = painter.fontMetrics().elidedText(index.data(), Qt.TextElideMode.ElideRight, text.width())
        painter.drawText(text, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, title)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(theme.px(120), theme.px(30))


class SearchField(QLineEdit):
    """A search field whose arrow keys move through the list below it."""

    moved = Signal(int)
    taken = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.moved.emit(1 if event.key() == Qt.Key.Key_Down else -1)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.taken.emit()
        else:
            super().keyPressEvent(event)
