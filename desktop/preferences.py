"""Settings: what everything looks like, in which language, how much memory models may take, and the shortcuts."""

from collections.abc import Sequence
from typing import Any

import psutil
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSortFilterProxyModel, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QHeaderView,
    QKeySequenceEdit,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableView,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from desktop import i18n, icons, shortcuts, theme
from desktop import settings as stored
from desktop.actions import keys_text, plain_text
from desktop.session import Session
from desktop.widgets.choice import Dropdown, Segmented
from desktop.widgets.number import SliderField

Index = QModelIndex | QPersistentModelIndex


class Preferences(QDialog):
    """Every choice takes effect at once; there is nothing to confirm."""

    rebuild_wanted = Signal()
    """Language or text size changed."""

    def __init__(
        self, session: Session, actions: Sequence[QAction], page: str = "general", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Settings"))
        self.resize(theme.px(640), theme.px(520))
        self._session = session
        self._settings = session.settings
        self._rebuild = False
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(self._general(), self.tr("General"))
        self.keys = ShortcutPage(session, actions)
        self.tabs.addTab(self.keys, self.tr("Shortcuts"))
        self.tabs.setCurrentIndex(1 if page == "shortcuts" else 0)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.close)
        foot = QHBoxLayout()
        foot.setContentsMargins(24, 0, 24, 16)
        foot.addWidget(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.tabs, 1)
        column.addLayout(foot)
        self.finished.connect(self._on_finished)

    def _general(self) -> QWidget:
        page = QWidget()
        form = QFormLayout(page)
        form.setContentsMargins(24, 24, 24, 24)
        form.setHorizontalSpacing(24)
        form.setVerticalSpacing(16)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        looks = (("dark", self.tr("Dark")), ("light", self.tr("Light")), ("system", self.tr("As the system")))
        self.appearance = Segmented(self.tr("Theme"), looks, self._settings.appearance)
        self.appearance.committed.connect(self._set_appearance)
        languages = [("system", self.tr("As the system")), *i18n.LANGUAGES.items()]
        self.language = Dropdown(self.tr("Language"), languages, self._settings.language)
        self.language.committed.connect(self._set_language)
        self.text_scale = SliderField(
            self.tr("Text size"),
            minimum=100,
            maximum=200,
            step=5,
            unit="%",
            value=self._settings.text_scale * 100,
            default=100,
        )
        self.text_scale.committed.connect(self._set_scale)
        profiles = (("keep", self.tr("Keep it")), ("srgb", self.tr("Convert to sRGB")))
        self.profiles = Segmented(self.tr("Pictures with another profile"), profiles, self._settings.profiles)
        self.profiles.setToolTip(
            self.tr("When a picture is opened as a document; what is placed takes the document’s profile.")
        )
        self.profiles.committed.connect(self._set_profiles)
        memory = psutil.virtual_memory().total >> 20
        self.memory = SliderField(
            self.tr("Memory for models"),
            minimum=0,
            maximum=memory // 512 * 512,
            step=512,
            unit="MB",
            value=self._settings.memory_budget,
            default=0,
        )
        self.memory.committed.connect(self._set_memory)
        form.addRow(self.tr("Theme"), self.appearance)
        form.addRow(self.tr("Language"), self.language)
        form.addRow(self.tr("Text size"), self.text_scale)
        form.addRow(self.tr("Pictures with another profile"), self.profiles)
        form.addRow(self.tr("Memory for models"), self.memory)
        note = QLabel(
            self.tr("0 lets Atelier decide: three quarters of {n} GB. It counts from the next start on.").format(
                n=round(memory / 1024)
            )
        )
        note.setWordWrap(True)
        theme.set_role(note, "secondary")
        form.addRow("", note)
        return page

    def _set_appearance(self, value: object) -> None:
        self._settings.appearance = "system" if value == "system" else "light" if value == "light" else "dark"
        theme.apply(self._settings.appearance, self._settings.text_scale)
        self._save()

    def _set_language(self, value: object) -> None:
        self._settings.language = "zh_CN" if value == "zh_CN" else "en" if value == "en" else "system"
        self._save()
        self._rebuild = True
        self.close()

    def _set_scale(self, value: float) -> None:
        if abs(value / 100 - self._settings.text_scale) > 1e-6:
            self._settings.text_scale = value / 100
            self._save()
            self._rebuild = True

    def _set_profiles(self, value: object) -> None:
        self._settings.profiles = "srgb" if value == "srgb" else "keep"
        self._save()

    def _set_memory(self, value: float) -> None:
        self._settings.memory_budget = round(value)
        self._save()

    def _save(self) -> None:
        stored.save(self._settings)

    def _on_finished(self) -> None:
        if self._rebuild:
            self.rebuild_wanted.emit()


class ActionTable(QAbstractTableModel):
    """Every command and its shortcuts."""

    def __init__(self, actions: Sequence[QAction]) -> None:
        super().__init__()
        self.actions = [action for action in actions if action.objectName()]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (Qt's own default)
        return 0 if parent.isValid() else len(self.actions)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 2

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (self.tr("Command"), self.tr("Shortcut"))[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        action = self.actions[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            if index.column() == 0:
                return plain_text(action)
            return "  ".join(s.toString(QKeySequence.SequenceFormat.NativeText) for s in action.shortcuts())
        if role == Qt.ItemDataRole.UserRole:
            return action
        if role == Qt.ItemDataRole.ForegroundRole and index.column() == 1:
            clash = any(len(found) > 1 and action in found for found in shortcuts.conflicts(self.actions).values())
            return theme.colour("danger" if clash else "muted")
        return None

    def changed(self) -> None:
        """Show the shortcuts again."""
        self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, 1))


class ShortcutPage(QWidget):
    """The list, and a field that takes another shortcut for the chosen command."""

    def __init__(self, session: Session, actions: Sequence[QAction]) -> None:
        super().__init__()
        self._session = session
        self.model = ActionTable(actions)
        self._filtered = QSortFilterProxyModel(self)
        self._filtered.setSourceModel(self.model)
        self._filtered.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._filtered.setFilterKeyColumn(-1)
        search = QLineEdit()
        search.setPlaceholderText(self.tr("Search commands or keys"))
        search.setAccessibleName(self.tr("Search commands or keys"))
        search.addAction(icons.icon("search", "muted"), QLineEdit.ActionPosition.LeadingPosition)
        search.textChanged.connect(self._filtered.setFilterFixedString)
        self.table = QTableView()
        self.table.setModel(self._filtered)
        self.table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.table.setShowGrid(False)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(theme.px(28))
        self.table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.table.setColumnWidth(1, theme.px(200))
        self.table.setAccessibleName(self.tr("Commands and their shortcuts"))
        self.edit = QKeySequenceEdit()
        self.edit.setMaximumSequenceLength(1)
        self.edit.setClearButtonEnabled(True)
        self.edit.setAccessibleName(self.tr("Another shortcut"))
        self.edit.keySequenceChanged.connect(self._on_keys)
        self.reset = QPushButton(self.tr("Reset"))
        self.reset.clicked.connect(self._reset)
        self.note = QLabel()
        self.note.setWordWrap(True)
        theme.set_role(self.note, "warn")
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(QLabel(self.tr("Another shortcut")))
        row.addWidget(self.edit, 1)
        row.addWidget(self.reset)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 0)
        column.setSpacing(8)
        column.addWidget(search)
        column.addWidget(self.table, 1)
        column.addLayout(row)
        column.addWidget(self.note)
        self.table.selectionModel().currentChanged.connect(self._show)
        self.table.setCurrentIndex(self._filtered.index(0, 0))

    def current(self) -> QAction | None:
        """Return the command that is chosen."""
        action = self.table.currentIndex().data(Qt.ItemDataRole.UserRole)
        return action if isinstance(action, QAction) else None

    def _show(self) -> None:
        action = self.current()
        blocked = self.edit.blockSignals(True)
        self.edit.setKeySequence(action.shortcut() if action is not None else QKeySequence())
        self.edit.blockSignals(blocked)
        self.reset.setEnabled(action is not None and keys_text(action) != shortcuts.default_keys(action))
        self.note.clear()

    def _on_keys(self, sequence: QKeySequence) -> None:
        action = self.current()
        if action is None:
            return
        keys = sequence.toString(QKeySequence.SequenceFormat.PortableText)
        owner = shortcuts.taken_by(keys, self.model.actions, action) if keys else None
        self._assign(action, keys)
        if owner is not None:
            self.note.setText(
                self.tr("“{command}” has this shortcut too; neither works until one of them gets another.").format(
                    command=plain_text(owner)
                )
            )
        else:
            self.note.clear()

    def _reset(self) -> None:
        action = self.current()
        if action is not None:
            self._assign(action, shortcuts.default_keys(action))
            self._show()

    def _assign(self, action: QAction, keys: str) -> None:
        shortcuts.assign(action, keys, self._session.settings.shortcuts)
        stored.save(self._session.settings)
        self.model.changed()
        self.reset.setEnabled(keys != shortcuts.default_keys(action))
