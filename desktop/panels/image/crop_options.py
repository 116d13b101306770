"""The options of the crop tool, in the bar above the canvas."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QWidget

from core.documents.image import MAX_SIDE
from desktop import icons, theme
from desktop.panels.image.framing import RATIOS
from desktop.panels.image.option_parts import icon_button, separator
from desktop.panels.image.tools.crop import CropTool
from desktop.widgets.choice import Dropdown
from desktop.widgets.number import NumberField


class CropPage(QObject):
    """Format, size and angle of the frame, what is drawn in it, and the two ways out."""

    def __init__(self, tool: CropTool, row: QHBoxLayout, page: QWidget) -> None:
        super().__init__(page)
        self.tool = tool
        row.addWidget(separator())
        names = {"free": self.tr("Free"), "original": self.tr("Original ratio"), "size": self.tr("Size in pixels")}
        ratios = [(name, names.get(name, name.replace(":", " : "))) for name in RATIOS]
        self.ratio = Dropdown(self.tr("Ratio"), ratios, tool.options.ratio)
        self.ratio.setToolTip(self.tr("Width to height of the frame. A size in pixels scales the picture to it."))
        self.across = NumberField(self.tr("Width"), minimum=1, maximum=MAX_SIDE, step=1, unit="px", value=1)
        self.down = NumberField(self.tr("Height"), minimum=1, maximum=MAX_SIDE, step=1, unit="px", value=1)
        self.angle = NumberField(
            self.tr("Angle"), minimum=-180, maximum=180, step=0.1, decimals=2, unit="°", value=0, default=0
        )
        for field, width in ((self.across, 68), (self.down, 68), (self.angle, 60)):
            field.setFixedWidth(theme.px(width))
        swap = icon_button("arrow-left-right", self.tr("Swap width and height"), tool.swap)
        self.level = icon_button("ruler", self.tr("Straighten: draw along a horizon"), self._level, checkable=True)
        overlays = (
            ("thirds", self.tr("Thirds")),
            ("golden", self.tr("Golden ratio")),
            ("grid", self.tr("Grid")),
            ("none", self.tr("No lines")),
        )
        self.overlay = Dropdown(self.tr("Lines in the frame"), overlays, tool.options.overlay)
        self.overlay.setToolTip(self.tr("Lines in the frame"))
        self.discard = QCheckBox(self.tr("Delete what is outside"))
        self.discard.setToolTip(
            self.tr(
                "Pixels outside of the frame are deleted. Otherwise layers keep them, and a larger canvas shows them."
            )
        )
        times = QLabel()
        icons.set_icon(times, "x", "muted", 12)
        numbers = self.across, times, self.down, swap, separator(), self.angle, self.level
        for widget in (self.ratio, *numbers, separator(), self.overlay, self.discard, separator()):
            row.addWidget(widget)
        self.cancel = icon_button("x", self.tr("Take the frame back (Esc)"), tool.reset)
        self.done = icon_button("check", self.tr("Crop (Enter)"), tool.apply, token="accent_text")
        row.addWidget(self.cancel)
        row.addWidget(self.done)
        self.ratio.committed.connect(lambda value: tool.adjust(ratio=value, swapped=False))
        self.overlay.committed.connect(lambda value: tool.adjust(overlay=value))
        self.discard.toggled.connect(lambda on: tool.adjust(discard=on))
        self.across.committed.connect(lambda value: tool.set_size(value, None))
        self.down.committed.connect(lambda value: tool.set_size(None, value))
        self.angle.value_changed.connect(tool.set_degrees)
        tool.changed.connect(self._follow)
        self._follow()

    def _level(self) -> None:
        self.tool.set_levelling(self.level.isChecked())

    def _follow(self) -> None:
        tool, frame = self.tool, self.tool.frame
        self.ratio.set_value(tool.options.ratio)
        self.overlay.set_value(tool.options.overlay)
        for field, value in zip((self.across, self.down), tool.size(), strict=True):
            field.set_value(value)
        self.angle.set_value(frame.degrees if frame is not None else 0.0)
        self.level.setChecked(tool.levelling)
        blocked = self.discard.blockSignals(True)
        self.discard.setChecked(tool.options.discard)
        self.discard.blockSignals(blocked)
        self.cancel.setEnabled(tool.touched)
