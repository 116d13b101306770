"""The tip of a brush in full, with a stroke that shows it: presets, shape, scatter, smoothing, what a pen changes."""

import math
from typing import Any

import msgspec
import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout, QLabel, QVBoxLayout, QWidget

from core.raster.brush import Stroke
from core.raster.manifest import read_raster, replace_tiles, solid_raster
from core.raster.pack import MemoryAssets
from desktop import theme
from desktop.panels.image.tip_presets import PRESETS, preset_of
from desktop.panels.image.tools.painting import PaintTool
from desktop.widgets.choice import Dropdown
from desktop.widgets.number import SliderField

replace = msgspec.structs.replace


class TipPopup(QFrame):
    """Opens below its button. Every change acts at once; Esc or a click beside it closes it."""

    def __init__(self, tool: PaintTool, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("role", "card")
        self.setAccessibleName(self.tr("Brush tip"))
        self.tool = tool
        self._sliders: dict[str, tuple[SliderField, float]] = {}
        self._boxes: dict[str, QCheckBox] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(*(theme.px(12),) * 4)
        column.setSpacing(theme.px(8))
        names = (("", self.tr("Custom")), *((name, self._preset_name(name)) for name in PRESETS))
        self.preset = Dropdown(self.tr("Preset"), names, "")
        self.preset.committed.connect(self._take_preset)
        self._stroke = QLabel()
        self._stroke.setFixedSize(theme.px(296), theme.px(64))
        self._stroke.setAccessibleName(self.tr("A stroke of this brush"))
        column.addWidget(self.preset)
        column.addWidget(self._stroke)
        column.addLayout(self._shape())
        column.addSpacing(theme.px(4))
        column.addLayout(self._dynamics())
        tool.changed.connect(self._follow)
        self._follow()

    def _preset_name(self, name: str) -> str:
        return {
            "soft": self.tr("Soft round"),
            "hard": self.tr("Hard round"),
            "airbrush": self.tr("Airbrush"),
            "ink": self.tr("Ink pen"),
            "pencil": self.tr("Pencil"),
            "calligraphy": self.tr("Calligraphy"),
            "chalk": self.tr("Chalk"),
            "spray": self.tr("Spray"),
        }[name]

    def _take_preset(self, name: object) -> None:
        if name:
            self.tool.adjust(**PRESETS[str(name)])
        else:
            self._follow()

    def _shape(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setVerticalSpacing(theme.px(6))
        grid.setHorizontalSpacing(theme.px(8))
        apart = self.tr("From dab to dab, in parts of the size.")
        rows: tuple[tuple[str, str, float, float, float, str, float, str], ...] = (
            ("hardness", self.tr("Hardness"), 0, 100, 80, "%", 100, ""),
            ("flow", self.tr("Flow"), 1, 100, 100, "%", 100, self.tr("How much of its colour each dab lays down.")),
            ("spacing", self.tr("Dab spacing"), 1, 200, 10, "%", 100, apart),
            ("roundness", self.tr("Roundness"), 5, 100, 100, "%", 100, ""),
            ("angle", self.tr("Angle"), -180, 180, 0, "°", 1, ""),
            ("scatter", self.tr("Scatter"), 0, 500, 0, "%", 100, self.tr("How far dabs fall beside the line.")),
            (
                "smoothing",
                self.tr("Smoothing"),
                0,
                100,
                0,
                "%",
                100,
                self.tr("The pointer pulls the brush on a string, so that a shaking hand draws a calm line."),
            ),
        )
        for row, (field, title, low, high, default, unit, scale, tip) in enumerate(rows):
            if field == "flow" and not self.tool.uses_flow:
                continue
            label = QLabel(title)
            theme.set_role(label, "muted")
            slider = SliderField(title, minimum=low, maximum=high, step=1, unit=unit, default=default)
            slider.setToolTip(tip or title)
            label.setToolTip(tip)
            label.setBuddy(slider)
            slider.value_changed.connect(lambda value, f=field, s=scale: self.tool.adjust(**{f: value / s}))
            self._sliders[field] = slider, scale
            grid.addWidget(label, row, 0)
            grid.addWidget(slider, row, 1)
        grid.setColumnStretch(1, 1)
        return grid

    def _dynamics(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setVerticalSpacing(theme.px(4))
        grid.setHorizontalSpacing(theme.px(16))
        targets = [("size", self.tr("Size")), ("opacity", self.tool.strength_name())]
        if self.tool.uses_flow:
            targets.append(("flow", self.tr("Flow")))
        sources = (
            ("pressure", self.tr("Pen pressure"), self.tr("{what} follows the pressure of the pen")),
            ("tilt", self.tr("Pen tilt"), self.tr("{what} follows the tilt of the pen")),
            ("speed", self.tr("Speed"), self.tr("{what} falls when the pointer moves fast")),
        )
        for column, (_, title) in enumerate(targets, 1):
            label = QLabel(title)
            theme.set_role(label, "muted")
            grid.addWidget(label, 0, column, Qt.AlignmentFlag.AlignHCenter)
        for row, (source, title, tip) in enumerate(sources, 1):
            label = QLabel(title)
            theme.set_role(label, "muted")
            grid.addWidget(label, row, 0)
            for column, (target, what) in enumerate(targets, 1):
                box = QCheckBox()
                field = f"{source}_{target}"
                box.setToolTip(tip.format(what=what))
                box.setAccessibleName(tip.format(what=what))
                box.toggled.connect(lambda on, f=field: self.tool.adjust(**{f: on}))
                self._boxes[field] = box
                grid.addWidget(box, row, column, Qt.AlignmentFlag.AlignHCenter)
        grid.setColumnStretch(0, 1)
        return grid

    def _follow(self) -> None:
        brush = self.tool.brush
        now = msgspec.to_builtins(brush)
        for field, (slider, scale) in self._sliders.items():
            slider.set_value(round(now[field] * scale))
        for field, box in self._boxes.items():
            box.setChecked(now[field])
        self.preset.set_value(preset_of(now))
        self._draw(now)

    def _draw(self, now: dict[str, Any]) -> None:
        """Draw a stroke that is set down lightly, pressed, and lifted again."""
        width, height = self._stroke.width(), self._stroke.height()
        ratio = self.devicePixelRatioF()
        across, down = round(width * ratio), round(height * ratio)
        size = min(self.tool.brush.size * ratio, down * (0.55 if not now["scatter"] else 0.2))
        brush = replace(self.tool.brush, size=max(1.0, size), colour=theme.colour("text").name(), opacity=1.0)
        assets = MemoryAssets()
        empty = solid_raster(across, down, (0, 0, 0, 0), assets)
        stroke = Stroke(brush, empty, assets)
        for step in range(49):
            part = step / 48
            x = across * (0.1 + 0.8 * part)
            y = down * (0.5 - 0.22 * math.sin(part * 2 * math.pi))
            swell = math.sin(part * math.pi)
            stroke.add(x, y, 0.08 + 0.92 * swell, tilt=0.0, speed=1 - swell)
        pixels = read_raster(replace_tiles(empty, stroke.finish(), assets, assets), assets)
        pixels = np.ascontiguousarray(pixels)
        image = QImage(pixels.data, across, down, pixels.strides[0], QImage.Format.Format_RGBA8888).copy()
        image.setDevicePixelRatio(ratio)
        self._stroke.setPixmap(QPixmap.fromImage(image))
