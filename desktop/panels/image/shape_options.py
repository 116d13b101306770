"""The options of the shape tools and the pen, in the bar above the canvas. They style the selected shapes, too."""

from collections.abc import Callable
from typing import Any

import msgspec
from PySide6.QtCore import QObject, QSignalBlocker
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QWidget

from core.documents.image import ShapeLayer
from core.documents.image_shapes import Line, Polygon, Rectangle, ShapeStroke, Solid, Star
from desktop import theme
from desktop.panels.image.option_parts import separator
from desktop.panels.image.shape_style import Change, ShapeStyle
from desktop.panels.image.tools.base import Tool
from desktop.panels.image.tools.shape import LineTool, PolygonShapeTool, RectangleTool, StarTool
from desktop.widgets.choice import Dropdown
from desktop.widgets.colour import ColourField
from desktop.widgets.number import NumberField

replace = msgspec.structs.replace


class ShapePage(QObject):
    """Fill, stroke and what the one tool has besides."""

    def __init__(self, tool: Tool, style: ShapeStyle, row: QHBoxLayout, page: QWidget) -> None:
        super().__init__(page)
        self._row, self.style = row, style
        self._followers: list[Callable[[ShapeLayer | None], None]] = []
        row.addWidget(separator())
        if not isinstance(tool, LineTool):
            self._fill()
        self._stroke(line=isinstance(tool, LineTool))
        if isinstance(tool, RectangleTool):
            self._number(self.tr("Radius"), "radius", 0, 5000, "px", self._radius, _radius_of)
        elif isinstance(tool, PolygonShapeTool):
            self._number(self.tr("Sides"), "sides", 3, 100, "", _set(Polygon, "sides", int), _of(Polygon, "sides"))
        elif isinstance(tool, StarTool):
            self._number(self.tr("Points"), "points", 3, 100, "", _set(Star, "points", int), _of(Star, "points"))
            self._number(
                self.tr("Depth"), "inner", 5, 100, "%", _set(Star, "inner", _part), _of(Star, "inner", 100), share=100
            )
        elif isinstance(tool, LineTool):
            self._heads()
        style.changed.connect(self._follow)
        style.editor.selection_changed.connect(self._follow)
        style.editor.committed.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        found = self.style.selected()
        layer = found[0] if len(found) == 1 else None
        for follow in self._followers:
            follow(layer)

    def _fill(self) -> None:
        on, field = QCheckBox(self.tr("Fill")), ColourField(self.tr("Fill colour"), alpha=True)
        field.setFixedWidth(theme.px(132))
        self._row.addWidget(on)
        self._row.addWidget(field)

        def decide(colour: str) -> None:
            self.style.set_fill(Solid(colour=colour))
            self.style.apply(lambda layer: replace(layer, fill=Solid(colour=colour)))

        def switch(checked: bool) -> None:
            fill = Solid(colour=field.value()) if checked else None
            self.style.set_fill(fill)
            self.style.apply(lambda layer: replace(layer, fill=fill))

        field.value_changed.connect(
            lambda colour: self.style.try_out(lambda layer: replace(layer, fill=Solid(colour=colour)))
        )
        field.committed.connect(decide)
        on.toggled.connect(switch)

        def follow(layer: ShapeLayer | None) -> None:
            fill = self.style.fill if layer is None else layer.fill
            with QSignalBlocker(on):
                on.setChecked(fill is not None)
            field.setEnabled(fill is not None)
            if fill is not None:
                field.set_value(fill.colour if isinstance(fill, Solid) else fill.stops[0].colour)

        self._followers.append(follow)

    def _stroke(self, *, line: bool) -> None:
        on = None if line else QCheckBox(self.tr("Stroke"))
        field = ColourField(self.tr("Stroke colour"), alpha=True)
        field.setFixedWidth(theme.px(132))
        width = NumberField(
            self.tr("Stroke width"), minimum=0.1, maximum=2000, step=1, decimals=1, unit="px", value=4, default=4
        )
        width.setFixedWidth(theme.px(64))
        self._row.addWidget(on or _muted(self.tr("Stroke")))
        self._row.addWidget(field)
        self._row.addWidget(width)

        def changed(**fields: Any) -> Change:
            def how(layer: ShapeLayer) -> ShapeLayer:
                base = layer.stroke or ShapeStroke(colour=field.value(), width=width.value())
                return replace(layer, stroke=replace(base, **fields))

            return how

        def decide(**fields: Any) -> None:
            selected = self.style.selected()
            base = self.style.stroke or ShapeStroke(colour=field.value(), width=width.value())
            if line and not selected:
                self.style.set_fields(line_width=width.value())
                if "colour" in fields:
                    self.style.set_fields(stroke=replace(base, **fields))
            elif not line:
                self.style.set_fields(stroke=replace(base, **fields))
            self.style.apply(changed(**fields))

        def switch(checked: bool) -> None:
            stroke = ShapeStroke(colour=field.value(), width=width.value()) if checked else None
            self.style.set_fields(stroke=stroke)
            self.style.apply(lambda layer: replace(layer, stroke=stroke))

        field.value_changed.connect(lambda colour: self.style.try_out(changed(colour=colour)))
        field.committed.connect(lambda colour: decide(colour=colour))
        width.value_changed.connect(lambda value: self.style.try_out(changed(width=value)))
        width.committed.connect(lambda value: decide(width=value))
        if on is not None:
            on.toggled.connect(switch)

        def follow(layer: ShapeLayer | None) -> None:
            stroke = self.style.stroke if layer is None else layer.stroke
            if on is not None:
                with QSignalBlocker(on):
                    on.setChecked(stroke is not None)
            for widget in (field, width):
                widget.setEnabled(stroke is not None or line)
            if stroke is not None:
                field.set_value(stroke.colour)
                width.set_value(stroke.width)
            elif line:
                fill = self.style.fill
                field.set_value(fill.colour if isinstance(fill, Solid) else self.style.editor.colour)
                width.set_value(self.style.line_width)

        self._followers.append(follow)

    def _number(
        self,
        title: str,
        name: str,
        minimum: float,
        maximum: float,
        unit: str,
        set_value: Callable[[ShapeLayer, float], ShapeLayer],
        value_of: Callable[[ShapeLayer], float | None],
        *,
        share: float = 1,
    ) -> None:
        field = NumberField(title, minimum=minimum, maximum=maximum, step=1, decimals=0, unit=unit)
        field.setFixedWidth(theme.px(60))
        self._row.addWidget(_muted(title))
        self._row.addWidget(field)
        whole = name in ("sides", "points")

        def decide(value: float) -> None:
            self.style.set_fields(**{name: int(value) if whole else value / share})
            self.style.apply(lambda layer: set_value(layer, value))

        field.value_changed.connect(lambda value: self.style.try_out(lambda layer: set_value(layer, value)))
        field.committed.connect(decide)

        def follow(layer: ShapeLayer | None) -> None:
            own = None if layer is None else value_of(layer)
            field.set_value(getattr(self.style, name) * share if own is None else own)

        self._followers.append(follow)

    def _radius(self, layer: ShapeLayer, value: float) -> ShapeLayer:
        if not isinstance(layer.geometry, Rectangle):
            return layer
        return replace(layer, geometry=replace(layer.geometry, radii=(value,) * 4))

    def _heads(self) -> None:
        choices = ("none", self.tr("None")), ("arrow", self.tr("Arrow")), ("dot", self.tr("Dot"))
        for name, title in (("start", self.tr("Start")), ("end", self.tr("End"))):
            field = Dropdown(title, choices, "none")
            self._row.addWidget(_muted(title))
            self._row.addWidget(field)

            def decide(value: object, name: str = name) -> None:
                self.style.set_fields(**{name: value})
                self.style.apply(lambda layer: _set(Line, name, str)(layer, value))

            def follow(layer: ShapeLayer | None, name: str = name, field: Dropdown = field) -> None:
                line = layer.geometry if layer is not None else None
                field.set_value(getattr(line if isinstance(line, Line) else self.style, name))

            field.committed.connect(decide)
            self._followers.append(follow)


def _muted(text: str) -> QLabel:
    label = QLabel(text)
    theme.set_role(label, "muted")
    return label


def _part(value: float) -> float:
    return value / 100


def _set(kind: type, name: str, convert: Callable[[Any], Any]) -> Callable[[ShapeLayer, Any], ShapeLayer]:
    def how(layer: ShapeLayer, value: Any) -> ShapeLayer:
        if not isinstance(layer.geometry, kind):
            return layer
        return replace(layer, geometry=replace(layer.geometry, **{name: convert(value)}))

    return how


def _of(kind: type, name: str, times: float = 1) -> Callable[[ShapeLayer], float | None]:
    def value(layer: ShapeLayer) -> float | None:
        return getattr(layer.geometry, name) * times if isinstance(layer.geometry, kind) else None

    return value


def _radius_of(layer: ShapeLayer) -> float | None:
    return max(layer.geometry.radii) if isinstance(layer.geometry, Rectangle) else None
