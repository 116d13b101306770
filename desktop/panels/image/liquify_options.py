"""The options of Liquify, in the bar above the canvas."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from desktop import theme
from desktop.panels.image.option_parts import icon_button, separator
from desktop.panels.image.tools.liquify import MAX_SIZE, LiquifyTool
from desktop.widgets.choice import Segmented
from desktop.widgets.number import SliderField


class LiquifyPage(QObject):
    """Which brush, its size and strength, and the ways out."""

    def __init__(self, tool: LiquifyTool, row: QHBoxLayout, page: QWidget) -> None:
        super().__init__(page)
        self.tool = tool
        row.addWidget(separator())
        kinds = (
            ("push", self.tr("Push")),
            ("twirl", self.tr("Twirl")),
            ("pinch", self.tr("Pinch")),
            ("bloat", self.tr("Bloat")),
            ("restore", self.tr("Restore")),
        )
        self.kind = Segmented(self.tr("Brush"), kinds, tool.options.kind)
        self.size = SliderField(
            self.tr("Size"), minimum=4, maximum=MAX_SIZE, step=1, unit="px", value=150, default=150, logarithmic=True
        )
        self.strength = SliderField(self.tr("Strength"), minimum=1, maximum=100, step=1, unit="%", value=60, default=60)
        row.addWidget(self.kind)
        row.addWidget(separator())
        for text, field in ((self.tr("Size"), self.size), (self.tr("Strength"), self.strength)):
            label = QLabel(text)
            theme.set_role(label, "muted")
            label.setBuddy(field)
            field.setFixedWidth(theme.px(150))
            row.addWidget(label)
            row.addWidget(field)
        row.addWidget(separator())
        self.reset = icon_button("refresh-cw", self.tr("Put every pixel back"), tool.reset)
        self.cancel = icon_button("x", self.tr("Take everything back (Esc)"), tool.give_up)
        self.done = icon_button("check", self.tr("Keep what was moved (Enter)"), tool.done, token="accent_text")
        for button in (self.reset, self.cancel, self.done):
            row.addWidget(button)
        self.kind.committed.connect(lambda value: tool.adjust(kind=value))
        self.size.value_changed.connect(lambda value: tool.adjust(size=value))
        self.strength.value_changed.connect(lambda value: tool.adjust(strength=value / 100))
        tool.changed.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        options = self.tool.options
        self.kind.set_value(options.kind)
        self.size.set_value(options.size)
        self.strength.set_value(round(options.strength * 100))
        self.reset.setEnabled(self.tool.pending)
