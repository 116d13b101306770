"""The command palette: every action, every operation and every document, by a few letters."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QKeySequence, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from core.operations.base import all_operations
from desktop import i18n, icons, theme
from desktop.actions import FINDING, plain_text
from desktop.docks.make_list import SearchField
from desktop.fuzzy import score

if TYPE_CHECKING:
    from desktop.window import MainWindow

ROWS = 10
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Entry:
    """One thing that can be done."""

    text: str
    words: str
    """What it is found by, in the language in use and in English."""
    run: Callable[[], object]
    icon: str = ""
    hint: str = ""
    """Its shortcut, or what kind of thing it is."""


class EntryModel(QAbstractListModel):
    """The entries that fit, best first."""

    def __init__(self, entries: list[Entry]) -> None:
        super().__init__()
        self._all = entries
        self.shown = entries

    def search(self, words: str) -> None:
        """Show what fits ``words``."""
        self.beginResetModel()
        if words.strip():
            scored = [(score(words, entry.words), entry) for entry in self._all]
            self.shown = [entry for points, entry in sorted(scored, key=lambda p: -p[0]) if points > 0]
        else:
            self.shown = self._all
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (Qt's own default)
        return 0 if parent.isValid() else len(self.shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        entry = self.shown[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.text
        if role == Qt.ItemDataRole.UserRole:
            return entry
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{entry.text} {entry.hint}"
        return None


class EntryDelegate(QStyledItemDelegate):
    """Icon, words, shortcut."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry: Entry = index.data(Qt.ItemDataRole.UserRole)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRect(option.rect).adjusted(4, 0, -4, 0)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("selected"))
            painter.drawRoundedRect(box, 5, 5)
        if entry.icon:
            side = theme.px(16)
            mark = icons.pixmap(entry.icon, side, theme.colour("muted").name())
            painter.drawPixmap(box.left() + theme.px(8), box.center().y() - side // 2 + 1, mark)
        painter.setPen(theme.colour("muted"))
        painter.setFont(theme.ui_font(11))
        hint_width = painter.fontMetrics().horizontalAdvance(entry.hint)
        painter.drawText(
            box.adjusted(0, 0, -theme.px(10), 0),
            Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight,
            entry.hint,
        )
        painter.setPen(theme.colour("text"))
        painter.setFont(theme.ui_font(12))
        text = box.adjusted(theme.px(34), 0, -hint_width - theme.px(20), 0)
        words = painter.fontMetrics().elidedText(entry.text, Qt.TextElideMode.ElideRight, text.width())
        painter.drawText(text, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(theme.px(200), theme.px(32))


class CommandPalette(QFrame):
    """A search field and what it finds. Esc or a click elsewhere closes it."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("palette")
        self.setAccessibleName(self.tr("Find a command"))
        self._window = window
        self.model = EntryModel(self._entries())
        self.search = SearchField()
        self.search.setPlaceholderText(self.tr("Type what you want to do"))
        self.search.setAccessibleName(self.tr("Find a command"))
        self.search.addAction(icons.icon("search", "muted"), SearchField.ActionPosition.LeadingPosition)
        self.search.setMinimumHeight(theme.px(36))
        self.search.textChanged.connect(self._search)
        self.search.moved.connect(self._move)
        self.search.taken.connect(self._take)
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setItemDelegate(EntryDelegate(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setAccessibleName(self.tr("Commands"))
        self.list.clicked.connect(lambda _: self._take())
        self.list.entered.connect(self.list.setCurrentIndex)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(8)
        column.addWidget(self.search)
        column.addWidget(self.list)
        self._nothing = QLabel(self.tr("Nothing fits these words."))
        self._nothing.setContentsMargins(8, 4, 8, 8)
        theme.set_role(self._nothing, "muted")
        column.addWidget(self._nothing)
        self.setFixedWidth(theme.px(560))
        self.list.setCurrentIndex(self.model.index(0))

    def open_at(self, window: QWidget) -> None:
        """Show it at the top of ``window``, in the middle."""
        self._fit()
        at = window.mapToGlobal(QPoint((window.width() - self.width()) // 2, theme.px(64)))
        self.move(at)
        self.show()
        self.search.setFocus(Qt.FocusReason.PopupFocusReason)

    def _entries(self) -> list[Entry]:
        window = self._window
        entries: list[Entry] = []
        for action in window.menus.all_actions():
            if not action.isEnabled() or action.objectName() in ("edit.palette", ""):
                continue
            text = str(action.property(FINDING) or "") or plain_text(action)
            english = action.objectName().replace(".", " ").replace("-", " ")
            keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            icon = str(action.property("atelierIcon") or "")
            entries.append(Entry(text, f"{text} {english}", action.trigger, icon, keys))
        make = self.tr("Make")
        for cls in all_operations().values():
            if not cls.info.hidden and window.session.project is not None:
                run = self._opener(cls.info.name)
                title = i18n.operation_title(cls.info)
                entries.append(Entry(title, i18n.search_words(cls.info), run, cls.info.icon, make))
        project = window.session.project
        for entry in project.documents() if project is not None else ():
            entries.append(Entry(entry.title, entry.title, self._document(entry.id), "image", self.tr("Document")))
        return entries

    def _opener(self, name: str) -> Callable[[], None]:
        return lambda: self._window.commands.show_operation(name)

    def _document(self, document_id: str) -> Callable[[], None]:
        return lambda: self._window.stage.open_document(document_id)

    def _fit(self) -> None:
        rows = min(ROWS, self.model.rowCount())
        self.list.setFixedHeight(theme.px(32) * rows)
        self.list.setVisible(rows > 0)
        self._nothing.setVisible(rows == 0)
        self.adjustSize()

    def _search(self, words: str) -> None:
        self.model.search(words)
        self._fit()
        self.list.setCurrentIndex(self.model.index(0))

    def _move(self, by: int) -> None:
        row = (self.list.currentIndex().row() + by) % max(1, self.model.rowCount())
        self.list.setCurrentIndex(self.model.index(row))

    def _take(self) -> None:
        entry = self.list.currentIndex().data(Qt.ItemDataRole.UserRole)
        self.close()
        if isinstance(entry, Entry):
            entry.run()
