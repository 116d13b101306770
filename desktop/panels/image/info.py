"""The Info dock: histogram, the colour under the pointer in every notation, what is selected, pinned points."""

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from core.raster.histogram import Channel, Histogram
from core.raster.seeing import Look
from core.values import AtelierError
from desktop import theme
from desktop.panels.image.canvas import Canvas
from desktop.panels.image.editor import Editor
from desktop.panels.image.histogram import Counter, HistogramView
from desktop.panels.image.in_front import InFront
from desktop.panels.image.looks import Looks
from desktop.panels.image.option_parts import icon_button
from desktop.panels.image.samples import MAX_POINTS, Point, Sample, Samples, sample
from desktop.widgets.choice import Dropdown
from desktop.widgets.colour import Swatch

AROUND = (1, 3, 5, 11, 31)
VIEW = "image.info"


class InfoDock(QWidget):
    """What the picture is made of. Counts and samples only while it can be seen."""

    def __init__(self, editor: Editor, canvas: Canvas, looks: Looks, samples: Samples) -> None:
        super().__init__()
        self._editor, self._canvas, self._looks, self._samples = editor, canvas, looks, samples
        self._at: Point | None = None
        self._last: Histogram | None = None
        self._exact = True
        self.counter = Counter(editor)
        self._front = InFront(self)
        self._front.changed.connect(self._on_front)
        page = QWidget()
        page.setProperty("role", "page")
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self._histogram_part(), self._pointer_part(), self._points_part()):
            column.addWidget(part)
            line = QFrame()
            line.setProperty("role", "line")
            column.addWidget(line)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(page)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)
        self.setMinimumWidth(theme.px(288))
        self.counter.counted.connect(self._counted)
        samples.hovered.connect(self._hovered)
        samples.changed.connect(self._show_points)
        editor.shown_changed.connect(lambda _: self._follow())
        editor.pixels.changed.connect(self._show_selection)
        looks.changed.connect(lambda: self.clipped.setChecked(looks.look is Look.CLIPPED))
        self._follow()

    # --- the parts --------------------------------------------------------------------------------------------------

    def _histogram_part(self) -> QWidget:
        choices = (
            (None, self.tr("Colours")),
            ("luminosity", self.tr("Luminosity")),
            ("red", self.tr("Red")),
            ("green", self.tr("Green")),
            ("blue", self.tr("Blue")),
        )
        self.channel = Dropdown(self.tr("Channel"), choices, None)
        self.clipped = icon_button(
            "triangle-alert",
            self.tr("Show on the canvas what is clipped: blue where shadows are, red where highlights are"),
            lambda: self._looks.toggle(Look.CLIPPED),
            checkable=True,
            token="muted",
        )
        self.view = HistogramView()
        self.source = QLabel()
        self.figures = QLabel()
        self.losses = QLabel()
        for label in (self.source, self.figures, self.losses):
            theme.set_role(label, "secondary")
        self.channel.committed.connect(self._choose)
        self.view.pointed.connect(lambda _: self._say_figures())
        self.view.pointed.connect(self._point)
        self._pointed = -1
        holder, column = _part()
        row = QHBoxLayout()
        row.setSpacing(theme.px(4))
        heading = QLabel(self.tr("Histogram"))
        theme.set_role(heading, "heading")
        row.addWidget(heading, 1)
        row.addWidget(self.channel)
        row.addWidget(self.clipped)
        column.addLayout(row)
        column.addWidget(self.view)
        column.addWidget(self.figures)
        column.addWidget(self.losses)
        column.addWidget(self.source)
        return holder

    def _pointer_part(self) -> QWidget:
        holder, column = _part()
        self.swatch = Swatch("#000000")
        self.swatch.setFixedSize(theme.px(24), theme.px(24))
        self.swatch.setEnabled(False)
        self.swatch.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hex = QLabel()
        choices = [(n, self.tr("Point") if n == 1 else self.tr("{n} × {n} mean").format(n=n)) for n in AROUND]
        stored = self._editor.session.settings.views.get(VIEW, 1)
        self.around = Dropdown(self.tr("Area that is averaged"), choices, stored if stored in AROUND else 1)
        self.around.committed.connect(self._set_around)
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        row.addWidget(self.swatch)
        row.addWidget(self.hex, 1)
        row.addWidget(self.around)
        column.addLayout(row)
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(12))
        grid.setVerticalSpacing(theme.px(4))
        grid.setColumnStretch(1, 1)
        self.values: dict[str, QLabel] = {}
        estimate = self.tr(
            "Counted from RGB alone, without the profile of a press. What is printed depends on ink and paper."
        )
        rows = (
            ("rgb", self.tr("RGB"), ""),
            ("hsl", self.tr("HSL"), ""),
            ("cmyk", self.tr("CMYK, rough estimate"), estimate),
            ("alpha", self.tr("Opacity"), ""),
            ("position", self.tr("Position"), ""),
            ("selection", self.tr("Selection"), ""),
        )
        for number, (name, title, tip) in enumerate(rows):
            label, value = QLabel(title), QLabel("–")
            theme.set_role(label, "muted")
            label.setToolTip(tip)
            value.setToolTip(tip)
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            value.setAccessibleName(title)
            self.values[name] = value
            grid.addWidget(label, number, 0)
            grid.addWidget(value, number, 1)
        column.addLayout(grid)
        return holder

    def _points_part(self) -> QWidget:
        holder, column = _part()
        heading = QLabel(self.tr("Pinned points"))
        theme.set_role(heading, "heading")
        column.addWidget(heading)
        self._hint = QLabel(self.tr("Shift-click with the eyedropper pins up to four points to watch while you edit."))
        self._hint.setWordWrap(True)
        theme.set_role(self._hint, "secondary")
        column.addWidget(self._hint)
        self.points: list[PointRow] = []
        for index in range(MAX_POINTS):
            row = PointRow(index, lambda i=index: self._samples.remove(i))
            row.hide()
            column.addWidget(row)
            self.points.append(row)
        return holder

    # --- the histogram ----------------------------------------------------------------------------------------------

    def _choose(self, channel: Channel | None) -> None:
        self.view.show_channel(channel)
        self._say_figures()

    def _point(self, value: int) -> None:
        self._pointed = value
        self._say_figures()

    def _counted(self, histogram: Histogram | None, exact: bool) -> None:
        self._last, self._exact = histogram, exact
        self.view.show_histogram(histogram)
        self._say_figures()

    def _say_figures(self) -> None:
        histogram, channel = self._last, self.channel.value()
        if histogram is None or not histogram.pixels:
            self.figures.setText(self.tr("There is nothing to count."))
            self.losses.setText("")
            self.source.setText("")
            return
        one: Channel = channel if channel in ("red", "green", "blue", "luminosity") else "luminosity"
        if self._pointed >= 0:
            count = int(histogram.of(one)[self._pointed])
            darker = float(histogram.of(one)[: self._pointed + 1].sum()) / histogram.pixels
            text = self.tr("Level {level}: {share} of the pixels, {darker} are darker or equal")
            share = f"{count / histogram.pixels:.2%}"
            self.figures.setText(text.format(level=self._pointed, share=share, darker=f"{darker:.0%}"))
        else:
            mean, spread, median = histogram.figures(one)
            text = self.tr("Mean {mean}   Median {median}   Deviation {spread}")
            self.figures.setText(text.format(mean=f"{mean:.1f}", median=f"{median:.0f}", spread=f"{spread:.1f}"))
        below, above = histogram.clipped(channel)  # type: ignore[arg-type]
        text = self.tr("Clipped: shadows {below}, highlights {above}")
        self.losses.setText(text.format(below=f"{below:.2%}", above=f"{above:.2%}"))
        where = self.tr("Selection") if self._editor.pixels.mask is not None else self.tr("Whole picture")
        how = self.tr("every pixel counted") if self._exact else self.tr("from a small copy")
        self.source.setText(f"{where}, {how}")

    # --- colours ----------------------------------------------------------------------------------------------------

    def _set_around(self, value: object) -> None:
        self._editor.session.settings.views[VIEW] = value
        self._show_pointer()
        self._show_points()

    def _sample(self, at: Point) -> Sample | None:
        around = self.around.value()
        return sample(self._editor, self._canvas, *at, around if isinstance(around, int) else 1)

    def _hovered(self, at: Point | None) -> None:
        self._at = at
        if self._front.seen:
            self._show_pointer()

    def _show_pointer(self) -> None:
        found = None if self._at is None else self._sample(self._at)
        self.hex.setText(found.hex if found is not None and found.alpha else self.tr("Point at the picture"))
        self.swatch.setVisible(found is not None and found.alpha > 0)
        if found is None:
            for name in ("rgb", "hsl", "cmyk", "alpha", "position"):
                self.values[name].setText("–")
            return
        self.swatch.set_colour(found.hex)
        self.values["rgb"].setText(found.values)
        hue, saturation, lightness = found.hsl
        self.values["hsl"].setText(f"{hue}°   {saturation} %   {lightness} %")
        self.values["cmyk"].setText("   ".join(str(part) for part in found.cmyk) + " %")
        self.values["alpha"].setText(f"{found.alpha / 255:.0%}")
        if not found.alpha:
            for name in ("rgb", "hsl", "cmyk"):
                self.values[name].setText("–")
        self.values["position"].setText(self.tr("{x}, {y} px").format(x=found.x, y=found.y))

    def _show_points(self) -> None:
        points = self._samples.points
        self._hint.setVisible(not points)
        for row, at in zip(self.points, [*points, *[None] * MAX_POINTS], strict=False):
            row.setVisible(at is not None)
            if at is not None:
                row.show_sample(self._sample(at), at)

    def _show_selection(self) -> None:
        try:
            coverage = self._editor.pixels.coverage()
        except AtelierError:
            coverage = None
        if coverage is None:
            self.values["selection"].setText("–")
            return
        rows, columns = np.flatnonzero(coverage.any(axis=1)), np.flatnonzero(coverage.any(axis=0))
        if not rows.size:
            self.values["selection"].setText("–")
            return
        text = self.tr("{width} × {height} px at {x}, {y}")
        dx, dy = self._editor.pixels.offset
        left, top = int(columns[0]), int(rows[0])
        size = {"width": int(columns[-1]) - left + 1, "height": int(rows[-1]) - top + 1}
        self.values["selection"].setText(text.format(**size, x=left + dx, y=top + dy))

    # --- following --------------------------------------------------------------------------------------------------

    def _follow(self) -> None:
        if self._front.seen:
            self._show_pointer()
            self._show_points()
            self._show_selection()

    def _on_front(self, seen: bool) -> None:
        self.counter.watch(seen)
        self._follow()

    def shut_down(self) -> None:
        """Stop counting."""
        self.counter.shut_down()


class PointRow(QWidget):
    """One pinned point: number, colour, values and place."""

    def __init__(self, index: int, remove: object) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        number = QLabel(str(index + 1))
        theme.set_role(number, "muted")
        self.swatch = Swatch("#000000")
        self.swatch.setFixedSize(theme.px(24), theme.px(24))
        self.swatch.setEnabled(False)
        self.swatch.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.text = QLabel()
        self.place = QLabel()
        for label in (self.text, self.place):
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        theme.set_role(self.place, "secondary")
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.text)
        words.addWidget(self.place)
        row.addWidget(number)
        row.addWidget(self.swatch)
        row.addLayout(words, 1)
        row.addWidget(
            icon_button("x", self.tr("Take point {n} away").format(n=index + 1), remove, token="muted")  # type: ignore[arg-type]
        )

    def show_sample(self, found: Sample | None, at: Point) -> None:
        """Show the colour at the point."""
        self.place.setText(self.tr("{x}, {y} px").format(x=int(at[0]), y=int(at[1])))
        if found is None or not found.alpha:
            self.text.setText(self.tr("transparent"))
            self.swatch.hide()
            return
        self.swatch.show()
        self.swatch.set_colour(found.hex)
        self.text.setText(f"{found.hex}   {found.values.replace('   ', ' ')}")


def _part() -> tuple[QWidget, QVBoxLayout]:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(theme.px(12), theme.px(12), theme.px(12), theme.px(12))
    column.setSpacing(theme.px(6))
    return holder, column
