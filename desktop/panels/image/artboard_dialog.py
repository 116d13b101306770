"""Asks which artboards are wanted: any of the formats, and one size of one's own. It is not in the way of the view."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from core.documents.artboard_edits import Size
from core.documents.image import MAX_SIDE, check_size
from core.values import AtelierError
from desktop import theme
from desktop.i18n import said
from desktop.panels.image.artboard_presets import PRESETS
from desktop.panels.image.board_commands import BoardCommands
from desktop.widgets.choice import Segmented
from desktop.widgets.number import NumberField


class ArtboardDialog(QDialog):
    """New artboards, or with ``copy`` copies of the selected one whose layers are adapted."""

    def __init__(self, commands: BoardCommands, *, copy: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self.commands, self.copy = commands, copy
        document = commands.editor.require()
        self._document, self._subject = document.id, commands.subject()
        self.setWindowTitle(self.tr("Duplicate artboard to sizes") if copy else self.tr("New artboard"))
        self.setModal(False)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.formats = QListWidget()
        self.formats.setAccessibleName(self.tr("Formats"))
        for preset in PRESETS:
            size = preset.size(document.resolution)
            item = QListWidgetItem(f"{preset.title()}   {size.width} × {size.height}")
            item.setData(Qt.ItemDataRole.UserRole, tuple(size))
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Unchecked)
            self.formats.addItem(item)
        self.formats.setMinimumHeight(self.formats.sizeHintForRow(0) * len(PRESETS) + theme.px(12))
        self.own = QCheckBox(self.tr("Own size"))
        self.across = NumberField(self.tr("Width"), minimum=1, maximum=MAX_SIDE, step=1, unit="px", value=1080)
        self.down = NumberField(self.tr("Height"), minimum=1, maximum=MAX_SIDE, step=1, unit="px", value=1080)
        backgrounds = (("#ffffff", self.tr("White")), ("#000000", self.tr("Black")), (None, self.tr("Transparent")))
        self.background = Segmented(self.tr("Background"), backgrounds, "#ffffff")
        self.note = QLabel()
        self.note.setWordWrap(True)
        self.note.setMinimumHeight(self.note.fontMetrics().lineSpacing() * 3)
        self.note.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        text = self.tr("Duplicate") if copy else self.tr("Make artboard")
        self.button = self.buttons.addButton(text, QDialogButtonBox.ButtonRole.AcceptRole)
        theme.set_role(self.button, "primary")
        self.button.setDefault(True)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self._lay_out()
        self.formats.itemChanged.connect(lambda _: self._follow())
        self.own.toggled.connect(lambda _: self._follow())
        self.formats.itemDoubleClicked.connect(self._only)
        for field in (self.across, self.down):
            field.value_changed.connect(lambda _: self.own.setChecked(True))
            field.value_changed.connect(lambda _: self._follow())
        self._follow()
        self.formats.setCurrentRow(0)
        self.formats.setFocus()

    def _lay_out(self) -> None:
        own = QHBoxLayout()
        own.setSpacing(theme.px(8))
        own.addWidget(self.own)
        own.addWidget(self.across, 1)
        own.addWidget(QLabel("×"))
        own.addWidget(self.down, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(24), theme.px(24), theme.px(24), theme.px(16))
        column.setSpacing(theme.px(12))
        column.addWidget(self.formats, 1)
        column.addLayout(own)
        if self.copy:
            self.background.setParent(self)
            self.background.hide()
        else:
            row = QHBoxLayout()
            row.setSpacing(theme.px(8))
            row.addWidget(QLabel(self.tr("Background")))
            row.addWidget(self.background)
            row.addStretch(1)
            column.addLayout(row)
        column.addWidget(self.note)
        column.addWidget(self.buttons)
        self.setMinimumWidth(theme.px(400))

    def _only(self, item: QListWidgetItem) -> None:
        """A double click takes just this one, at once."""
        for row in range(self.formats.count()):
            self.formats.item(row).setCheckState(Qt.CheckState.Unchecked)
        self.own.setChecked(False)
        item.setCheckState(Qt.CheckState.Checked)
        if self.button.isEnabled():
            self.accept()

    def sizes(self) -> list[Size]:
        """Return the sizes that are ticked."""
        found: list[Size] = []
        for row in range(self.formats.count()):
            item = self.formats.item(row)
            if item.checkState() == Qt.CheckState.Checked:
                found.append(Size(*item.data(Qt.ItemDataRole.UserRole)))
        if self.own.isChecked():
            found.append(Size(round(self.across.value()), round(self.down.value())))
        return found

    def _follow(self) -> None:
        wanted = self.sizes()
        try:
            for size in wanted:
                check_size(size.width, size.height)
        except AtelierError as error:
            self._say(said(error), "danger")
            self.button.setEnabled(False)
            return
        self.button.setEnabled(bool(wanted))
        if not wanted:
            self._say(self.tr("Tick the formats that are wanted."), "secondary")
        elif self.copy:
            self._say(
                self.tr(
                    "What covers the artboard covers the copies; the rest keeps its edge or the middle and is scaled. "
                    "Everything can be changed by hand afterwards."
                ),
                "secondary",
            )
        elif len(wanted) == 1:
            self._say(self.tr("One artboard will be made, beside those that are there."), "secondary")
        else:
            text = self.tr("{n} artboards will be made, beside those that are there.")
            self._say(text.format(n=len(wanted)), "secondary")

    def _say(self, text: str, role: str) -> None:
        self.note.setText(text)
        theme.set_role(self.note, role)

    def accept(self) -> None:
        """Make them, unless another picture was opened meanwhile."""
        wanted, document = self.sizes(), self.commands.editor.document
        super().accept()
        if not wanted or document is None or document.id != self._document:
            return
        if not self.copy:
            colour = self.background.value()
            self.commands.make(wanted, None if colour is None else str(colour))
        elif self._subject is not None and self.commands.subject() == self._subject:
            self.commands.duplicate_to(wanted)
