"""Inspector section for shapes: fill, stroke, and the numbers of the one kind."""

from collections.abc import Callable
from typing import Any

import msgspec
from PySide6.QtWidgets import QCheckBox, QLabel, QWidget

from core.documents import image_edits
from core.documents.image import ImageDocument, ShapeLayer
from core.documents.image_shapes import (
    Geometry,
    Line,
    LinearGradient,
    Path,
    Polygon,
    RadialGradient,
    Rectangle,
    ShapePaint,
    ShapeStroke,
    Solid,
    Star,
    Stop,
    angle_of,
    is_open,
    linear,
)
from desktop import theme
from desktop.panels.image.editor import Editor
from desktop.panels.image.sections import Section, set_checked
from desktop.panels.image.shape_style import CHANGE, ShapeStyle
from desktop.widgets.choice import Dropdown, Segmented, choice_field
from desktop.widgets.colour import ColourField
from desktop.widgets.number import NumberField, SliderField

replace = msgspec.structs.replace
Edit = Callable[[ImageDocument, Any], ImageDocument]
DASHES: dict[str, tuple[float, ...]] = {"whole": (), "dashed": (3.0, 2.0), "dotted": (0.0, 2.0)}


class ShapeSection(Section):
    """Edits all selected shapes at once; what only one kind has is shown when all are of it."""

    def __init__(self, editor: Editor, style: ShapeStyle, parent: QWidget | None = None) -> None:
        super().__init__(editor, "", parent)
        self.shape_style = style
        self.heading.setText(self.tr("Shape"))
        self._build_geometry()
        self._build_fill()
        self._build_stroke()
        self._connect()

    def _build_geometry(self) -> None:
        self.radius = NumberField(
            self.tr("Corner radius"), minimum=0, maximum=5000, step=1, decimals=1, unit="px", value=0, default=0
        )
        self.apart = self.small("unlink", self.tr("A radius for each corner"), self.follow, checkable=True)
        self.corners = [
            NumberField(title, minimum=0, maximum=5000, step=1, decimals=1, unit="px", value=0, default=0)
            for title in (
                self.tr("Top left corner"),
                self.tr("Top right corner"),
                self.tr("Bottom right corner"),
                self.tr("Bottom left corner"),
            )
        ]
        self.sides = NumberField(self.tr("Sides"), minimum=3, maximum=100, step=1, decimals=0, value=5, default=5)
        self.points = NumberField(self.tr("Points"), minimum=3, maximum=100, step=1, decimals=0, value=5, default=5)
        self.inner = SliderField(self.tr("Depth"), minimum=5, maximum=100, step=1, unit="%", value=50, default=50)
        heads = ("none", self.tr("None")), ("arrow", self.tr("Arrow")), ("dot", self.tr("Dot"))
        self.start = choice_field(self.tr("Start"), heads, "none")
        self.end = choice_field(self.tr("End"), heads, "none")
        self.head_size = NumberField(
            self.tr("Head size"), minimum=1, maximum=20, step=0.5, unit="×", value=4, default=4
        )
        self._rows: dict[str, list[QWidget]] = {}
        self._keep("radius", self.row(self.tr("Corners"), self.radius, self.apart, gap=4), self.radius, self.apart)
        first, second = self.corners[:2], (self.corners[3], self.corners[2])
        self._keep("corners", self.row(self.tr("Top"), *first), *first)
        self._keep("corners", self.row(self.tr("Bottom"), *second), *second)
        self._keep("sides", self.row(self.tr("Sides"), self.sides), self.sides)
        self._keep("star", self.row(self.tr("Points"), self.points), self.points)
        self._keep("star", self.row(self.tr("Depth"), self.inner), self.inner)
        self._keep("line", self.row(self.tr("Start"), self.start), self.start)
        self._keep("line", self.row(self.tr("End"), self.end), self.end)
        self._keep("line", self.row(self.tr("Head size"), self.head_size), self.head_size)

    def _build_fill(self) -> None:
        self.fill = Dropdown(
            self.tr("Fill"),
            (
                ("none", self.tr("None")),
                ("solid", self.tr("Colour")),
                ("linear", self.tr("Linear")),
                ("radial", self.tr("Radial")),
            ),
            "solid",
        )
        self.colour = ColourField(self.tr("Fill colour"), alpha=True)
        self.second = ColourField(self.tr("Second colour"), alpha=True)
        self.angle = SliderField(self.tr("Angle"), minimum=-180, maximum=180, step=1, unit="°", value=90, default=90)
        self._keep("fill", self.row(self.tr("Fill"), self.fill), self.fill)
        self._keep("colour", self.row(self.tr("Colour"), self.colour), self.colour)
        self._keep("gradient", self.row(self.tr("To"), self.second), self.second)
        self._keep("linear", self.row(self.tr("Angle"), self.angle), self.angle)

    def _build_stroke(self) -> None:
        self.stroked = QCheckBox(self.tr("Stroke"))
        self.stroke_colour = ColourField(self.tr("Stroke colour"), alpha=True)
        self.width_ = NumberField(
            self.tr("Stroke width"), minimum=0.1, maximum=2000, step=1, decimals=1, unit="px", value=4, default=4
        )
        self.position = choice_field(
            self.tr("Position"),
            (("inside", self.tr("Inside")), ("centre", self.tr("Centre")), ("outside", self.tr("Outside"))),
            "centre",
        )
        self.dash = choice_field(
            self.tr("Pattern"),
            (("whole", self.tr("Solid")), ("dashed", self.tr("Dashed")), ("dotted", self.tr("Dotted"))),
            "whole",
        )
        self.cap = choice_field(
            self.tr("Ends"),
            (("butt", self.tr("Flat")), ("round", self.tr("Round")), ("square", self.tr("Square"))),
            "butt",
        )
        self.join = choice_field(
            self.tr("Joins"),
            (("miter", self.tr("Sharp")), ("round", self.tr("Round")), ("bevel", self.tr("Cut"))),
            "miter",
        )
        self.wide(self.stroked)
        self._keep("stroke", self.row(self.tr("Colour"), self.stroke_colour), self.stroke_colour)
        self._keep("stroke", self.row(self.tr("Width"), self.width_), self.width_)
        self._keep("position", self.row(self.tr("Position"), self.position), self.position)
        self._keep("stroke", self.row(self.tr("Pattern"), self.dash), self.dash)
        self._keep("stroke", self.row(self.tr("Ends"), self.cap), self.cap)
        self._keep("stroke", self.row(self.tr("Joins"), self.join), self.join)
        self.note = QLabel(self.tr("Double-click the shape to move its points."))
        theme.set_role(self.note, "secondary")
        self.note.setWordWrap(True)
        self.wide(self.note)

    def _keep(self, name: str, *widgets: QWidget) -> None:
        self._rows.setdefault(name, []).extend(widgets)

    # --- editing ----------------------------------------------------------------------------------------------------

    def _connect(self) -> None:
        self.live(self.radius, CHANGE, self._geometry(self._with_radius))
        for index, field in enumerate(self.corners):
            self.live(field, CHANGE, self._geometry(self._with_corner(index)))
        self.live(self.sides, CHANGE, self._geometry(_field(Polygon, "sides", int)))
        self.live(self.points, CHANGE, self._geometry(_field(Star, "points", int)))
        self.live(self.inner, CHANGE, self._geometry(_field(Star, "inner", lambda value: value / 100)))
        self.live(self.head_size, CHANGE, self._geometry(_field(Line, "head", float)))
        self._decide(self.start, self._geometry(_field(Line, "start", str)))
        self._decide(self.end, self._geometry(_field(Line, "end", str)))
        self._decide(self.fill, self._shapes(self._filled))
        self.live(self.colour, CHANGE, self._shapes(lambda layer, value: self._coloured(layer, value, 0)))
        self.live(self.second, CHANGE, self._shapes(lambda layer, value: self._coloured(layer, value, -1)))
        self.live(self.angle, CHANGE, self._shapes(self._turned))
        self.stroked.toggled.connect(lambda on: self._take(self._shapes(self._with_stroke), on))
        self.live(self.stroke_colour, CHANGE, self._stroke("colour"))
        self.live(self.width_, CHANGE, self._stroke("width"))
        for name, control in (("position", self.position), ("cap", self.cap), ("join", self.join)):
            self._decide(control, self._stroke(name))
        self._decide(self.dash, self._shapes(self._dashed))

    def _decide(self, control: Segmented | Dropdown, edit: Edit) -> None:
        control.committed.connect(lambda value: self._take(edit, value))

    def _take(self, edit: Edit, value: Any) -> None:
        self.apply(CHANGE, lambda document: edit(document, value))
        layers = self.shape_style.selected()
        if layers and not isinstance(layers[0].geometry, Line):
            self.shape_style.remember(layers[0])

    def _shapes(self, how: Callable[[ShapeLayer, Any], ShapeLayer]) -> Edit:
        def edit(document: ImageDocument, value: Any) -> ImageDocument:
            ids = [i for i in self.editor.selection if isinstance(document.layer(i), ShapeLayer)]
            return image_edits.change(
                document,
                ids,
                lambda layer: image_edits.checked(how(layer, value)) if isinstance(layer, ShapeLayer) else layer,
            )

        return edit

    def _geometry(self, how: Callable[[Geometry, Any], Geometry]) -> Edit:
        return self._shapes(lambda layer, value: replace(layer, geometry=how(layer.geometry, value)))

    def _stroke(self, name: str) -> Edit:
        def how(layer: ShapeLayer, value: Any) -> ShapeLayer:
            return layer if layer.stroke is None else replace(layer, stroke=replace(layer.stroke, **{name: value}))

        return self._shapes(how)

    def _with_radius(self, geometry: Geometry, value: float) -> Geometry:
        if isinstance(geometry, Rectangle):
            return replace(geometry, radii=(value,) * 4)
        return replace(geometry, radius=value) if isinstance(geometry, Polygon | Star) else geometry

    def _with_corner(self, index: int) -> Callable[[Geometry, float], Geometry]:
        def how(geometry: Geometry, value: float) -> Geometry:
            if not isinstance(geometry, Rectangle):
                return geometry
            radii = (*geometry.radii[:index], value, *geometry.radii[index + 1 :])
            return replace(geometry, radii=radii)

        return how

    def _filled(self, layer: ShapeLayer, kind: str) -> ShapeLayer:
        old, size = layer.fill, layer.geometry.size()
        first = _first(old) or self.editor.colour
        stops = old.stops if isinstance(old, LinearGradient | RadialGradient) else ()
        if len(stops) < 2:
            stops = (Stop(0.0, first), Stop(1.0, self.editor.other_colour))
        made: dict[str, ShapePaint | None] = {
            "none": None,
            "solid": Solid(colour=first),
            "linear": old if isinstance(old, LinearGradient) else linear(90.0, stops, size),
            "radial": old if isinstance(old, RadialGradient) else RadialGradient(stops=stops),
        }
        return replace(layer, fill=made[kind])

    def _coloured(self, layer: ShapeLayer, colour: str, index: int) -> ShapeLayer:
        fill = layer.fill
        if isinstance(fill, LinearGradient | RadialGradient):
            stops = list(fill.stops)
            stops[index] = stops[index]._replace(colour=colour)
            return replace(layer, fill=replace(fill, stops=tuple(stops)))
        return replace(layer, fill=Solid(colour=colour)) if fill is not None else layer

    def _turned(self, layer: ShapeLayer, angle: float) -> ShapeLayer:
        if not isinstance(layer.fill, LinearGradient):
            return layer
        return replace(layer, fill=linear(angle, layer.fill.stops, layer.geometry.size()))

    def _with_stroke(self, layer: ShapeLayer, on: bool) -> ShapeLayer:
        old = self.shape_style.stroke or ShapeStroke(colour=self.stroke_colour.value(), width=self.width_.value())
        return replace(layer, stroke=(layer.stroke or old) if on else None)

    def _dashed(self, layer: ShapeLayer, kind: str) -> ShapeLayer:
        if layer.stroke is None:
            return layer
        cap = {"dotted": "round", "dashed": "butt"}.get(kind, layer.stroke.cap)
        return replace(layer, stroke=replace(layer.stroke, dash=DASHES[kind], cap=cap))

    # --- showing ----------------------------------------------------------------------------------------------------

    def follow(self) -> None:
        layers = self.shape_style.selected()
        if not layers:
            return
        layer = layers[0]
        geometry, fill, stroke = layer.geometry, layer.fill, layer.stroke
        kinds = {type(one.geometry) for one in layers}
        same = kinds.pop() if len(kinds) == 1 else None
        self._follow_geometry(geometry)
        gradient = isinstance(fill, LinearGradient | RadialGradient)
        names: dict[type, str] = {Solid: "solid", LinearGradient: "linear", RadialGradient: "radial"}
        self.fill.set_value(names.get(type(fill), "none"))
        self.colour.set_value(_first(fill) or "#000000")
        if isinstance(fill, LinearGradient | RadialGradient):
            self.second.set_value(fill.stops[-1].colour)
        if isinstance(fill, LinearGradient):
            self.angle.set_value(angle_of(fill, geometry.size()))
        set_checked(self.stroked, stroke is not None)
        if stroke is not None:
            self.stroke_colour.set_value(stroke.colour)
            self.width_.set_value(stroke.width)
            self.position.set_value(stroke.position)
            self.cap.set_value(stroke.cap)
            self.join.set_value(stroke.join)
            self.dash.set_value(next((name for name, dash in DASHES.items() if dash == stroke.dash), "dashed"))
        line = isinstance(geometry, Line)
        apart = self.apart.isChecked()
        shown = {
            "radius": same in (Rectangle, Polygon, Star),
            "corners": same is Rectangle and apart,
            "sides": same is Polygon,
            "star": same is Star,
            "line": same is Line,
            "fill": not line,
            "colour": fill is not None and not line,
            "gradient": gradient and not line,
            "linear": isinstance(fill, LinearGradient) and not line,
            "stroke": stroke is not None,
            "position": stroke is not None and not is_open(geometry),
        }
        for name, widgets in self._rows.items():
            for widget in widgets:
                widget.setVisible(shown[name])
        self.apart.setVisible(same is Rectangle)
        self.stroked.setVisible(not line)
        self.note.setVisible(len(layers) == 1 and isinstance(geometry, Path))

    def _follow_geometry(self, geometry: Geometry) -> None:
        match geometry:
            case Rectangle():
                self.radius.set_value(max(geometry.radii))
                if len(set(geometry.radii)) > 1:
                    set_checked(self.apart, True)
                for field, radius in zip(self.corners, geometry.radii, strict=True):
                    field.set_value(radius)
            case Polygon():
                self.radius.set_value(geometry.radius)
                self.sides.set_value(geometry.sides)
            case Star():
                self.radius.set_value(geometry.radius)
                self.points.set_value(geometry.points)
                self.inner.set_value(round(geometry.inner * 100))
            case Line():
                self.start.set_value(geometry.start)
                self.end.set_value(geometry.end)
                self.head_size.set_value(geometry.head)


def _first(fill: ShapePaint | None) -> str | None:
    if fill is None:
        return None
    return fill.colour if isinstance(fill, Solid) else fill.stops[0].colour


def _field(kind: type, name: str, convert: Callable[[Any], Any]) -> Callable[[Geometry, Any], Geometry]:
    def how(geometry: Geometry, value: Any) -> Geometry:
        if not isinstance(geometry, kind):
            return geometry
        changed: Geometry = replace(geometry, **{name: convert(value)})
        return changed

    return how
