"""The size of a new picture: common formats to pick from, or any numbers."""

from dataclasses import dataclass

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from core.documents.image import MAX_SIDE, check_size
from core.values import AtelierError
from desktop import icons, theme
from desktop.i18n import said
from desktop.widgets.choice import Segmented
from desktop.widgets.number import NumberField


@dataclass(frozen=True)
class Preset:
    """A format with a name."""

    name: str
    width: int
    height: int


PRESETS = (
    Preset(str(QT_TRANSLATE_NOOP("presets", "Square post")), 1080, 1080),
    Preset(str(QT_TRANSLATE_NOOP("presets", "Portrait post")), 1080, 1350),
    Preset(str(QT_TRANSLATE_NOOP("presets", "Story")), 1080, 1920),
    Preset(str(QT_TRANSLATE_NOOP("presets", "Wide banner")), 1200, 628),
    Preset(str(QT_TRANSLATE_NOOP("presets", "Full HD")), 1920, 1080),
    Preset(str(QT_TRANSLATE_NOOP("presets", "4K UHD")), 3840, 2160),
    Preset(str(QT_TRANSLATE_NOOP("presets", "A4, 300 ppi")), 2480, 3508),
    Preset(str(QT_TRANSLATE_NOOP("presets", "Large poster")), 6000, 8000),
)


@dataclass(frozen=True)
class Choice:
    """What was decided. ``colour`` None means transparent."""

    title: str
    width: int
    height: int
    colour: str | None


class NewImageDialog(QDialog):
    """Formats on the left, numbers on the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("New image"))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 24, 24, 16)
        outer.setSpacing(16)
        columns = QHBoxLayout()
        columns.setSpacing(24)
        outer.addLayout(columns)
        grid = QGridLayout()
        grid.setSpacing(8)
        columns.addLayout(grid)
        self._group = QButtonGroup(self)
        for index, preset in enumerate(PRESETS):
            button = PresetButton(preset)
            self._group.addButton(button, index)
            grid.addWidget(button, index // 4, index % 4)
        self._group.idClicked.connect(lambda index: self._take(PRESETS[index]))

        form = QFormLayout()
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(8)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        columns.addLayout(form)
        self.name = QLineEdit()
        self.name.setPlaceholderText(self.tr("Untitled"))
        self.name.setAccessibleName(self.tr("Name"))
        self.width_field = NumberField(self.tr("Width"), minimum=1, maximum=MAX_SIDE, unit="px", value=1080)
        self.height_field = NumberField(self.tr("Height"), minimum=1, maximum=MAX_SIDE, unit="px", value=1080)
        self.swap = QToolButton()
        icons.set_icon(self.swap, "arrow-left-right", "muted")
        self.swap.setToolTip(self.tr("Swap width and height"))
        self.swap.setAccessibleName(self.tr("Swap width and height"))
        self.swap.clicked.connect(self._swap)
        backgrounds = ((None, self.tr("Transparent")), ("#ffffff", self.tr("White")), ("#000000", self.tr("Black")))
        self.background = Segmented(self.tr("Background"), backgrounds, "#ffffff")
        width_row = QHBoxLayout()
        width_row.setSpacing(4)
        width_row.addWidget(self.width_field, 1)
        width_row.addWidget(self.swap)
        form.addRow(self.tr("Name"), self.name)
        form.addRow(self.tr("Width"), width_row)
        form.addRow(self.tr("Height"), self.height_field)
        form.addRow(self.tr("Background"), self.background)
        self._note = QLabel()
        theme.set_role(self._note, "secondary")
        self._note.setWordWrap(True)
        form.addRow("", self._note)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self._make = self.buttons.addButton(self.tr("Make image"), QDialogButtonBox.ButtonRole.AcceptRole)
        theme.set_role(self._make, "primary")
        self._make.setDefault(True)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        outer.addWidget(self.buttons)
        for field in (self.width_field, self.height_field):
            field.value_changed.connect(self._check)
        self._take(PRESETS[0])
        self._group.button(0).setChecked(True)

    def choice(self) -> Choice:
        """Return what was decided."""
        colour = self.background.value()
        title = self.name.text().strip() or self.tr("Untitled")
        size = round(self.width_field.value()), round(self.height_field.value())
        return Choice(title, *size, str(colour) if colour else None)

    def _take(self, preset: Preset) -> None:
        self.width_field.set_value(preset.width)
        self.height_field.set_value(preset.height)
        self._check()

    def _swap(self) -> None:
        width, height = self.width_field.value(), self.height_field.value()
        self.width_field.set_value(height)
        self.height_field.set_value(width)
        self._check()

    def _check(self) -> None:
        width, height = round(self.width_field.value()), round(self.height_field.value())
        for index, preset in enumerate(PRESETS):
            self._group.setExclusive(False)
            self._group.button(index).setChecked((preset.width, preset.height) == (width, height))
            self._group.setExclusive(True)
        try:
            check_size(width, height)
        except AtelierError as error:
            self._note.setText(said(error))
            theme.set_role(self._note, "danger")
            self._make.setEnabled(False)
        else:
            self._note.setText(self.tr("{n} megapixels").format(n=f"{width * height / 1e6:.1f}"))
            theme.set_role(self._note, "secondary")
            self._make.setEnabled(True)


class PresetButton(QToolButton):
    """A format, drawn as a page of its proportions above its name and size."""

    def __init__(self, preset: Preset) -> None:
        super().__init__()
        self._preset = preset
        self._name = QCoreApplication.translate("presets", preset.name)
        self.setCheckable(True)
        self.setAccessibleName(f"{self._name}, {preset.width} × {preset.height}")
        self.setFixedSize(theme.px(112), theme.px(112))

    def sizeHint(self) -> QSize:
        return QSize(theme.px(112), theme.px(112))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = self.isChecked()
        painter.setPen(theme.colour("accent_text" if chosen or self.hasFocus() else "line"))
        painter.setBrush(theme.colour("selected" if chosen else "raised" if self.underMouse() else "surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        room = theme.px(44)
        scale = room / max(self._preset.width, self._preset.height)
        width, height = self._preset.width * scale, self._preset.height * scale
        page = QRectF((self.width() - width) / 2, theme.px(12) + (room - height) / 2, width, height)
        painter.setPen(theme.colour("text" if chosen else "muted"))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(page, 2, 2)
        line = theme.px(18)
        box = QRectF(4, theme.px(66), self.width() - 8, line)
        painter.setFont(theme.ui_font(12))
        painter.setPen(theme.colour("text"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._name)
        painter.setFont(theme.ui_font(11))
        painter.setPen(theme.colour("muted"))
        size = f"{self._preset.width} × {self._preset.height}"
        painter.drawText(box.translated(0, line), Qt.AlignmentFlag.AlignCenter, size)
