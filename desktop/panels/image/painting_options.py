"""The options of the tools that paint and fill, in the bar above the canvas."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from PySide6.QtCore import QObject, QPoint, QSize
from PySide6.QtGui import QIcon, QImage, QPixmap
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QWidget

from core.raster.gradients import PRESETS, Stop, table
from desktop import theme
from desktop.panels.image.editor import Editor
from desktop.panels.image.option_parts import icon_button, separator
from desktop.panels.image.tip_popup import TipPopup
from desktop.panels.image.tools.bucket import BucketTool
from desktop.panels.image.tools.gradient import GradientTool
from desktop.panels.image.tools.painting import PaintTool
from desktop.panels.image.tools.smear import SmudgeTool
from desktop.panels.image.tools.stamp import CloneTool, SamplingTool
from desktop.panels.image.tools.target import TargetTool
from desktop.panels.image.tools.tip import MAX_SIZE
from desktop.panels.image.tools.tone import SpongeTool, ToneTool
from desktop.widgets.choice import Dropdown, Segmented
from desktop.widgets.number import NumberField, SliderField


class TargetPage(QObject):
    """Base of the pages: fields that set an option, and follow when it is set elsewhere."""

    def __init__(self, tool: TargetTool, row: QHBoxLayout, page: QWidget) -> None:
        super().__init__(page)
        self._tool = tool
        self._row = row
        self._followers: list[Callable[[], None]] = []
        self._spare: list[QWidget] = []
        """What goes first where there is no room for it: it can be set elsewhere, or seldom is."""
        tool.changed.connect(self.follow)

    def follow(self) -> None:
        """Show what is set now."""
        for follower in self._followers:
            follower()

    def fit(self, room: int) -> None:
        """Leave out what does not fit into ``room`` logical pixels."""
        for widget in self._spare:
            widget.show()
        for widget in self._spare:
            self._row.invalidate()
            if self._row.minimumSize().width() <= room:
                return
            widget.hide()

    def _labelled(self, text: str, widget: QWidget) -> QLabel:
        label = QLabel(text)
        theme.set_role(label, "muted")
        label.setBuddy(widget)
        self._row.addWidget(label)
        self._row.addWidget(widget)
        self._row.addSpacing(theme.px(4))
        return label

    def _percent(
        self, text: str, value: Callable[[], float], take: Callable[[float], None], default: float, minimum: float = 0
    ) -> tuple[QLabel, NumberField]:
        field = NumberField(text, minimum=minimum, maximum=100, step=1, unit="%", value=value() * 100, default=default)
        field.setFixedWidth(theme.px(60))
        field.value_changed.connect(lambda number: take(number / 100))
        self._followers.append(lambda: field.set_value(round(value() * 100)))
        return self._labelled(text, field), field

    def _check(self, name: str, text: str, tip: str) -> None:
        box = QCheckBox(text)
        box.setToolTip(tip)
        box.toggled.connect(lambda on: self._tool.choose(**{name: on}))
        self._row.addWidget(box)
        self._followers.append(lambda: box.setChecked(getattr(self._tool.options, name)))

    def _choice(self, name: str, title: str, choices: Sequence[tuple[object, str]], *, list_: bool = False) -> Any:
        kind = Dropdown if list_ else Segmented
        field = kind(title, choices, getattr(self._tool.options, name))
        field.setToolTip(title)
        field.committed.connect(lambda value: self._tool.choose(**{name: value}))
        self._row.addWidget(field)
        self._followers.append(lambda: field.set_value(getattr(self._tool.options, name)))
        return field


class PaintPage(TargetPage):
    """Size, hardness and strength, the tip in full, and what the one tool has besides."""

    def __init__(self, tool: PaintTool, row: QHBoxLayout, page: QWidget) -> None:
        super().__init__(tool, row, page)
        self._paint = tool
        self.popup: TipPopup | None = None
        row.addWidget(separator())
        self._size()
        hardness = self._percent(
            self.tr("Hardness"),
            lambda: tool.brush.hardness,
            lambda value: tool.adjust(hardness=value),
            tool.default_brush.hardness * 100,
        )
        self._percent(
            tool.strength_name(),
            lambda: tool.brush.opacity,
            lambda value: tool.adjust(opacity=value),
            tool.default_brush.opacity * 100,
        )
        if tool.uses_flow:
            self._spare += self._percent(
                self.tr("Flow"), lambda: tool.brush.flow, lambda value: tool.adjust(flow=value), 100, minimum=1
            )
        pressure = icon_button(
            "pencil",
            self.tr("Pen pressure changes the size"),
            lambda: tool.adjust(pressure_size=pressure.isChecked()),
            checkable=True,
        )
        self._followers.append(lambda: pressure.setChecked(tool.brush.pressure_size))
        self._tip = icon_button("sliders-horizontal", self.tr("Brush tip, smoothing and pen"), self.open_tip)
        self._spare += [*hardness, pressure]
        row.addWidget(pressure)
        row.addWidget(self._tip)
        self._besides(tool)
        self.follow()

    def _size(self) -> None:
        tool = self._paint
        size = SliderField(
            self.tr("Size"),
            minimum=1,
            maximum=MAX_SIZE,
            step=1,
            unit="px",
            value=tool.brush.size,
            default=tool.default_brush.size,
            logarithmic=True,
        )
        size.setMinimumWidth(theme.px(108))
        size.setMaximumWidth(theme.px(176))
        size.value_changed.connect(lambda value: tool.adjust(size=value))
        self._followers.append(lambda: size.set_value(tool.brush.size))
        self._labelled(self.tr("Size"), size)

    def open_tip(self) -> None:
        """Open the tip's full settings below their button."""
        popup = TipPopup(self._paint, self._tip)
        self.popup = popup
        popup.destroyed.connect(lambda: setattr(self, "popup", None))
        popup.adjustSize()
        at, room = self._tip.mapToGlobal(QPoint(0, self._tip.height() + theme.px(8))), self._tip.screen()
        popup.move(min(at.x(), room.availableGeometry().right() - popup.width()), at.y())
        popup.show()
        popup.preset.setFocus()

    def _besides(self, tool: PaintTool) -> None:
        if isinstance(tool, SamplingTool):
            self._row.addWidget(separator())
            if isinstance(tool, CloneTool):
                self._check(
                    "aligned",
                    self.tr("Aligned"),
                    self.tr("Strokes go on beside each other; otherwise each begins at the source again."),
                )
            samples = (
                ("layer", self.tr("This layer")),
                ("below", self.tr("This and below")),
                ("all", self.tr("All layers")),
            )
            self._choice("sample", self.tr("What is sampled"), samples, list_=True)
        elif isinstance(tool, SpongeTool):
            self._row.addWidget(separator())
            ways = ("desaturate", self.tr("Desaturate")), ("saturate", self.tr("Saturate"))
            self._choice("way", self.tr("What the sponge does"), ways)
        elif isinstance(tool, ToneTool):
            self._row.addWidget(separator())
            ranges = (
                ("shadows", self.tr("Shadows")),
                ("midtones", self.tr("Midtones")),
                ("highlights", self.tr("Highlights")),
            )
            self._choice("range", self.tr("Which tones change most"), ranges, list_=True)
        elif isinstance(tool, SmudgeTool):
            self._row.addWidget(separator())
            self._check(
                "finger", self.tr("Finger painting"), self.tr("Strokes begin with the foreground colour on the finger.")
            )


class GradientPage(TargetPage):
    """Shape, colours and opacity of the gradient tool."""

    SWATCH = 56, 14

    def __init__(self, tool: GradientTool, editor: Editor, row: QHBoxLayout, page: QWidget) -> None:
        super().__init__(tool, row, page)
        self._gradient = tool
        row.addWidget(separator())
        colours: list[tuple[object, str]] = [
            ("front-back", self.tr("Foreground to background")),
            ("front-clear", self.tr("Foreground to transparent")),
            *((f"preset:{name}", self._preset_name(name)) for name in PRESETS),
        ]
        self.colours = Dropdown(self.tr("Colours"), colours, self._value())
        self.colours.setIconSize(QSize(theme.px(self.SWATCH[0]), theme.px(self.SWATCH[1])))
        self.colours.setMinimumContentsLength(12)
        longest = max(self.colours.fontMetrics().horizontalAdvance(text) for _, text in colours)
        self.colours.view().setMinimumWidth(longest + theme.px(self.SWATCH[0] + 40))
        self.colours.committed.connect(self._take)
        self._spare.append(self._labelled(self.tr("Colours"), self.colours))
        self._followers.append(self._show_colours)
        shapes = (
            ("linear", self.tr("Linear")),
            ("radial", self.tr("Radial")),
            ("reflected", self.tr("Reflected")),
            ("angle", self.tr("Angle")),
        )
        self._choice("shape", self.tr("Gradient shape"), shapes, list_=True)
        row.addWidget(separator())
        opacity, _ = self._percent(
            self.tr("Opacity"),
            lambda: float(tool.options.opacity),
            lambda value: tool.choose(opacity=max(0.01, value)),
            100,
            minimum=1,
        )
        self._spare.append(opacity)
        self._check("reverse", self.tr("Reverse"), self.tr("From the last colour to the first."))
        self._check("dither", self.tr("Dither"), self.tr("A trace of noise keeps long gradients free of bands."))
        editor.colours_changed.connect(self._show_colours)
        self.follow()

    def _preset_name(self, name: str) -> str:
        return {
            "black-white": self.tr("Black to white"),
            "black-clear": self.tr("Black to transparent"),
            "dawn": self.tr("Dawn"),
            "sea": self.tr("Sea"),
            "copper": self.tr("Copper"),
            "chrome": self.tr("Chrome"),
            "spectrum": self.tr("Spectrum"),
        }[name]

    def _value(self) -> str:
        options = self._gradient.options
        return f"preset:{options.preset}" if options.colours == "preset" else str(options.colours)

    def _take(self, value: object) -> None:
        kind, _, preset = str(value).partition(":")
        self._gradient.choose(colours=kind, **({"preset": preset} if preset else {}))

    def _show_colours(self) -> None:
        front, back = self._gradient.editor.colour, self._gradient.editor.other_colour
        kinds: list[tuple[Stop, ...]] = [((0.0, front), (1.0, back)), ((0.0, f"{front}ff"), (1.0, f"{front}00"))]
        for index, stops in enumerate([*kinds, *PRESETS.values()]):
            self.colours.setItemIcon(index, QIcon(_swatch(stops, *map(theme.px, self.SWATCH))))
        self.colours.set_value(self._value())


class BucketPage(TargetPage):
    """Tolerance and extent of the paint bucket."""

    def __init__(self, tool: BucketTool, row: QHBoxLayout, page: QWidget) -> None:
        super().__init__(tool, row, page)
        row.addWidget(separator())
        tolerance = NumberField(self.tr("Tolerance"), minimum=0, maximum=255, step=1, default=32)
        tolerance.setFixedWidth(theme.px(60))
        tolerance.setToolTip(self.tr("How different a colour may be and still count as alike, of 255."))
        tolerance.committed.connect(lambda value: tool.choose(tolerance=round(value)))
        self._followers.append(lambda: tolerance.set_value(tool.options.tolerance))
        self._labelled(self.tr("Tolerance"), tolerance)
        self._percent(
            self.tr("Opacity"),
            lambda: float(tool.options.opacity),
            lambda value: tool.choose(opacity=max(0.01, value)),
            100,
            minimum=1,
        )
        row.addWidget(separator())
        self._check("contiguous", self.tr("Contiguous"), self.tr("Only what hangs together with the pixel clicked."))
        self._check("all_layers", self.tr("All layers"), self.tr("Look at the whole picture, not at one layer."))
        self._check("smooth", self.tr("Smooth edge"), self.tr("Pixels along the edge are filled in part."))
        self.follow()


def _swatch(stops: tuple[Stop, ...], width: int, height: int) -> QPixmap:
    """Return a gradient as a small picture, over a chequer where it is clear."""
    colours = table(stops)
    line = colours[np.linspace(0, len(colours) - 1, width).astype(int)]
    rows, columns = np.mgrid[0:height, 0:width] // 4
    back = np.where((rows + columns) % 2, 150.0, 205.0)[..., None]
    alpha = line[None, :, 3:] / 255
    pixels = np.ascontiguousarray((line[None, :, :3] * alpha + back * (1 - alpha) + 0.5).astype(np.uint8))
    return QPixmap.fromImage(QImage(pixels.data, width, height, pixels.strides[0], QImage.Format.Format_RGB888).copy())
