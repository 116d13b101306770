"""The parts that the Guidance dock is made of: a card for each finding, a row for each scheme of colours."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from desktop import icons, theme
from desktop.panels.image.guidance_findings import Finding
from desktop.widgets.colour import Swatch
from desktop.widgets.flow import FlowLayout

MARKS = {"good": ("circle-check", "done"), "note": ("info", "muted"), "warn": ("triangle-alert", "warn")}


class Card(QWidget):
    """One finding: a mark, a sentence, *Show*, and what can be done about it."""

    def __init__(self, finding: Finding, show: Callable[[], None], apply: Callable[[], None]) -> None:
        super().__init__()
        self.finding = finding
        mark = QLabel()
        icons.set_icon(mark, *MARKS[finding.level])
        self.sentence = QLabel(finding.text)
        self.sentence.setWordWrap(True)
        self.sentence.setTextFormat(Qt.TextFormat.PlainText)
        self.setAccessibleName(finding.text)
        self.show_button = QPushButton(self.tr("Show"))
        self.show_button.setCheckable(True)
        self.show_button.setAccessibleDescription(finding.text)
        if finding.mark is None and finding.look is None:
            self.show_button.hide()
        self.show_button.clicked.connect(lambda _=False: show())
        self.apply_button = QPushButton(finding.action)
        self.apply_button.setAccessibleDescription(finding.text)
        self.apply_button.setToolTip(self.tr("Apply this to the picture; it can be undone"))
        if not finding.action:
            self.apply_button.hide()
        self.apply_button.clicked.connect(lambda _=False: apply())
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        for button in (self.show_button, self.apply_button):
            row.addWidget(button)
        row.addStretch(1)
        words = QVBoxLayout()
        words.setSpacing(theme.px(6))
        words.addWidget(self.sentence)
        if finding.colours:
            words.addWidget(swatches(finding.colours))
        words.addLayout(row)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, theme.px(4))
        line.setSpacing(theme.px(8))
        line.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(words, 1)


class SchemeRow(QWidget):
    """A scheme of colours: its name, its colours to paint with, and a button that makes them the palette."""

    def __init__(self, name: str, colours: Sequence[str], use: Callable[[], None], pick: Callable[[str], None]) -> None:
        super().__init__()
        label = QLabel(name)
        theme.set_role(label, "muted")
        button = QPushButton(self.tr("Use as palette"))
        button.setAccessibleName(self.tr("Use {name} as palette").format(name=name))
        button.clicked.connect(lambda _=False: use())
        line = QHBoxLayout()
        line.setSpacing(theme.px(8))
        line.addWidget(swatches(colours, pick), 1)
        line.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(2))
        column.addWidget(label)
        column.addLayout(line)


def swatches(colours: Sequence[str], pick: Callable[[str], None] | None = None) -> QWidget:
    """Return colours side by side; with ``pick`` a click gives one to it."""
    holder = QWidget()
    flow = FlowLayout(holder, spacing=theme.px(4))
    for colour in colours:
        swatch = Swatch(colour)
        swatch.setFixedSize(theme.px(24), theme.px(24))
        swatch.setToolTip(colour)
        swatch.setAccessibleName(colour)
        if pick is None:
            swatch.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        else:
            swatch.clicked.connect(lambda _=False, c=colour: pick(c))
        flow.addWidget(swatch)
    return holder


def chip(text: str, tip: str) -> QToolButton:
    """Return a small button that is on or off."""
    button = QToolButton()
    button.setText(text)
    button.setToolTip(tip)
    button.setAccessibleName(text)
    button.setCheckable(True)
    button.setProperty("role", "segment")
    button.setProperty("edge", "only")
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
