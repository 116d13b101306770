"""The options of the free transform, in the bar above the canvas."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from core.documents.image_warp import Warp
from desktop import theme
from desktop.panels.image.option_parts import icon_button, separator
from desktop.panels.image.tools.transform import TransformTool
from desktop.widgets.choice import Segmented
from desktop.widgets.number import NumberField

FAR = 100_000.0


class TransformPage(QObject):
    """What dragging does, the place of what is held, scale and angle, and the two ways out."""

    def __init__(self, tool: TransformTool, row: QHBoxLayout, page: QWidget) -> None:
        super().__init__(page)
        self.tool = tool
        row.addWidget(separator())
        modes = (
            ("free", self.tr("Free")),
            ("distort", self.tr("Distort")),
            ("perspective", self.tr("Perspective")),
            ("warp", self.tr("Warp")),
        )
        self.mode = Segmented(self.tr("Transform"), modes, tool.mode)
        self.mode.committed.connect(tool.use_mode)
        row.addWidget(self.mode)
        row.addWidget(separator())
        self.left = NumberField(self.tr("X of what is held"), minimum=-FAR, maximum=FAR, step=1, decimals=1, unit="px")
        self.top = NumberField(self.tr("Y of what is held"), minimum=-FAR, maximum=FAR, step=1, decimals=1, unit="px")
        self.scale = NumberField(
            self.tr("Scale"), minimum=0.1, maximum=10_000, step=1, decimals=1, unit="%", value=100, default=100
        )
        self.angle = NumberField(
            self.tr("Rotation"), minimum=-180, maximum=180, step=0.5, decimals=2, unit="°", value=0, default=0
        )
        for text, field in (
            (self.tr("X"), self.left),
            (self.tr("Y"), self.top),
            (self.tr("Scale"), self.scale),
            (self.tr("Rotation"), self.angle),
        ):
            label = QLabel(text)
            theme.set_role(label, "muted")
            label.setBuddy(field)
            field.setFixedWidth(theme.px(84 if field in (self.left, self.top) else 68))
            row.addWidget(label)
            row.addWidget(field)
        row.addWidget(separator())
        self.reset = icon_button("refresh-cw", self.tr("Reset the distortion"), tool.reset)
        self.cancel = icon_button("x", self.tr("Take the transform back (Esc)"), tool.give_up)
        self.done = icon_button("check", self.tr("Keep the transform (Enter)"), tool.done, token="accent_text")
        for button in (self.reset, self.cancel, self.done):
            row.addWidget(button)
        self.left.value_changed.connect(lambda value: tool.set_place(value, tool.place()[1]))
        self.top.value_changed.connect(lambda value: tool.set_place(tool.place()[0], value))
        self.scale.value_changed.connect(lambda value: tool.set_scale(value / 100))
        self.angle.value_changed.connect(tool.set_degrees)
        tool.changed.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        tool, target = self.tool, self.tool.target()
        self.mode.set_value(tool.mode)
        x, y = tool.place()
        self.left.set_value(x)
        self.top.set_value(y)
        for field in (self.scale, self.angle):
            field.setEnabled(target is not None)
        if target is not None:
            self.scale.set_value(abs(target.transform.scale_x) * 100)
            self.angle.set_value(target.transform.rotation)
        self.reset.setEnabled(tool.warp() != Warp())
