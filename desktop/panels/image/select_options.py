"""The options of the selection tools, in the bar above the canvas."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QHBoxLayout, QLabel, QToolButton, QWidget

from core.documents.image import MAX_SIDE
from core.raster.selecting import Combine
from desktop import icons, theme
from desktop.panels.image.option_parts import icon_button, separator
from desktop.panels.image.selecting import MAX_AMOUNT, SelectOptions
from desktop.panels.image.tools.lasso import WandTool
from desktop.panels.image.tools.select import EllipseTool, MarqueeTool, SelectTool
from desktop.widgets.choice import Segmented
from desktop.widgets.number import NumberField


class SelectPage(QObject):
    """Combine, feather, smooth edge, and what the one tool has besides. All tools share these options."""

    def __init__(self, tool: SelectTool, row: QHBoxLayout, page: QWidget) -> None:
        super().__init__(page)
        self._row = row
        self._followers: list[Callable[[SelectOptions], None]] = []
        self.pixels = tool.editor.pixels
        row.addWidget(separator())
        self._combine()
        row.addWidget(separator())
        feather = NumberField(
            self.tr("Feather"), minimum=0, maximum=MAX_AMOUNT, step=1, decimals=1, unit="px", default=0
        )
        feather.committed.connect(lambda value: self.pixels.adjust(feather=value))
        self._labelled(self.tr("Feather"), feather)
        self._followers.append(lambda now: feather.set_value(now.feather))
        if isinstance(tool, EllipseTool) or not isinstance(tool, MarqueeTool):
            self._check("smooth", self.tr("Smooth edge"), self.tr("Pixels along the edge are chosen in part."))
        if isinstance(tool, MarqueeTool):
            self._shape()
        elif isinstance(tool, WandTool):
            self._wand()
        self.pixels.options_changed.connect(self._follow)
        self._follow()

    def _check(self, name: str, text: str, tip: str) -> None:
        box = QCheckBox(text)
        box.setToolTip(tip)
        box.toggled.connect(lambda on: self.pixels.adjust(**{name: on}))
        self._row.addWidget(box)
        self._followers.append(lambda now: box.setChecked(getattr(now, name)))

    def _labelled(self, text: str, field: NumberField) -> None:
        label = QLabel(text)
        theme.set_role(label, "muted")
        label.setBuddy(field)
        field.setFixedWidth(theme.px(64))
        self._row.addWidget(label)
        self._row.addWidget(field)

    def _combine(self) -> None:
        group = QButtonGroup(self)
        strip = QHBoxLayout()
        strip.setSpacing(theme.px(2))
        buttons: dict[str, QToolButton] = {}
        hows: tuple[tuple[Combine, str, str], ...] = (
            ("new", "square", self.tr("New selection")),
            ("add", "squares-unite", self.tr("Add to the selection (Shift)")),
            ("subtract", "squares-subtract", self.tr("Take away from the selection (Alt)")),
            ("intersect", "squares-intersect", self.tr("Keep what is in both (Shift+Alt)")),
        )
        for how, icon, tip in hows:
            button = icon_button(icon, tip, lambda h=how: self.pixels.adjust(how=h), checkable=True)  # type: ignore[misc]
            group.addButton(button)
            buttons[how] = button
            strip.addWidget(button)
        self._row.addLayout(strip)
        self._followers.append(lambda now: buttons[now.how].setChecked(True))

    def _shape(self) -> None:
        self._row.addWidget(separator())
        styles = (("free", self.tr("Free")), ("ratio", self.tr("Ratio")), ("size", self.tr("Fixed size")))
        style = Segmented(self.tr("Shape"), styles, "free")
        style.committed.connect(lambda value: self.pixels.adjust(style=value))
        across = NumberField(self.tr("Width"), minimum=1, maximum=MAX_SIDE, step=1, decimals=2, value=1)
        down = NumberField(self.tr("Height"), minimum=1, maximum=MAX_SIDE, step=1, decimals=2, value=1)
        across.committed.connect(lambda value: self.pixels.adjust(across=value))
        down.committed.connect(lambda value: self.pixels.adjust(down=value))
        times = QLabel()
        icons.set_icon(times, "x", "muted", 12)
        for widget in (style, across, times, down):
            self._row.addWidget(widget)
        for field in (across, down):
            field.setFixedWidth(theme.px(64))

        def follow(now: SelectOptions) -> None:
            style.set_value(now.style)
            for field, value in ((across, now.across), (down, now.down)):
                field.set_value(value)
                field.setEnabled(now.style != "free")

        self._followers.append(follow)

    def _wand(self) -> None:
        self._row.addWidget(separator())
        tolerance = NumberField(self.tr("Tolerance"), minimum=0, maximum=255, step=1, value=32, default=32)
        tolerance.committed.connect(lambda value: self.pixels.adjust(tolerance=round(value)))
        self._labelled(self.tr("Tolerance"), tolerance)
        self._followers.append(lambda now: tolerance.set_value(now.tolerance))
        self._check(
            "contiguous", self.tr("Connected"), self.tr("Only what hangs together with the place that was clicked.")
        )
        self._check(
            "all_layers",
            self.tr("All layers"),
            self.tr("Look at the picture as it is seen, not at the selected layer alone."),
        )

    def _follow(self) -> None:
        for follow in self._followers:
            follow(self.pixels.options)
