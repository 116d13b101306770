"""Vector layers written as SVG 1.1: what other programs draw from it is what the compositor draws here.

Strokes inside or outside of an outline, which SVG has not, are written as shapes. What cannot be said in SVG without
pixels (photos, text, adjustments, effects, soft masks) is left out, and said.
"""

from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape, quoteattr

import msgspec

from core.documents import image_shapes
from core.documents.image import (
    AnyLayer,
    Artboard,
    BlendMode,
    FillLayer,
    GroupLayer,
    ImageDocument,
    ShapeLayer,
    Transform,
    VectorMask,
    walk,
)
from core.documents.image_effects import reach
from core.documents.image_shapes import (
    Contour,
    Contours,
    Ellipse,
    Geometry,
    Line,
    LinearGradient,
    Path,
    RadialGradient,
    Rectangle,
    ShapePaint,
    Solid,
    Stop,
    linear,
    transformed,
)
from core.raster import vector
from core.raster.affine import IDENTITY, Affine, Rect, map_rect
from core.raster.artboards import board_rect
from core.raster.booleans import outlined_stroke
from core.raster.bounds import layer_matrix
from core.values import AtelierError, Message

replace = msgspec.structs.replace


class Written(msgspec.Struct, frozen=True):
    """An SVG file and what could not be put into it."""

    text: str
    left_out: tuple[str, ...]
    """Sentences (:class:`core.values.Message`)."""


def has_vectors(layers: Iterable[AnyLayer]) -> bool:
    """Return whether there is anything that SVG can hold."""
    return any(isinstance(layer, ShapeLayer) for layer in walk(tuple(layers)))


def write(document: ImageDocument, layers: tuple[AnyLayer, ...] | None = None, *, fitted: bool = False) -> Written:
    """Return the document's vector layers, or just ``layers`` of it, as an SVG of the canvas's size.

    ``fitted`` cuts it down to what the layers cover. Raises :class:`AtelierError` when there are none.
    """
    chosen = document.layers if layers is None else layers
    if not has_vectors(chosen):
        raise AtelierError("There are no shapes to write as SVG.")
    writer = _Writer(document)
    body = [line for layer in chosen for line in writer.layer(layer, "  ")]
    box = Rect(0, 0, document.width, document.height)
    if fitted:
        box = _covered(chosen)
    defs = ["  <defs>", *writer.defs, "  </defs>"] if writer.defs else []
    size = f'width="{_n(box.width)}" height="{_n(box.height)}"'
    view = f'viewBox="{_n(box.left)} {_n(box.top)} {_n(box.width)} {_n(box.height)}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} {view}>'
    title = [f"  <title>{escape(document.title)}</title>"] if document.title and layers is None else []
    return Written("\n".join([head, *title, *defs, *body, "</svg>", ""]), tuple(dict.fromkeys(writer.left_out)))


def _covered(layers: Iterable[AnyLayer]) -> Rect:
    box = Rect(0, 0, 0, 0)
    for layer in walk(tuple(layers)):
        if isinstance(layer, ShapeLayer):
            box = box.union(map_rect(layer_matrix(layer), vector.ink(layer)))
    return box if not box.empty else Rect(0, 0, 1, 1)


class _Writer:
    def __init__(self, document: ImageDocument) -> None:
        self._document = document
        self._box = Rect(0.0, 0.0, float(document.width), float(document.height))
        """What fills cover: the document, or the artboard that is written."""
        self.defs: list[str] = []
        self.left_out: list[str] = []
        self._count = 0

    def _id(self, kind: str) -> str:
        self._count += 1
        return f"{kind}{self._count}"

    # --- layers -----------------------------------------------------------------------------------------------------

    def layer(self, layer: AnyLayer, indent: str) -> Iterator[str]:
        """Yield the lines of one layer."""
        if not layer.visible or layer.opacity <= 0:
            return
        if layer.clipped:
            self.left_out.append(Message("Layers clipped to others are written whole."))
        if reach(layer.effects) or any(effect.enabled for effect in layer.effects):
            self.left_out.append(Message("Effects of layers were left out."))
        if layer.mask is not None and layer.mask.enabled:
            self.left_out.append(Message("Painted masks were left out."))
        match layer:
            case GroupLayer():
                around, board = self._box, layer.artboard
                if board is not None:
                    self._box = board_rect(board)
                inner = [line for child in layer.layers for line in self.layer(child, indent + "  ")]
                if board is not None:
                    inner = [f"{indent}  <g{self._cut()}>", *self._ground(board, indent + "    "), *inner]
                    inner.append(f"{indent}  </g>")
                    self._box = around
                if inner:
                    yield f"{indent}<g{self._common(layer)}>"
                    yield from inner
                    yield f"{indent}</g>"
            case ShapeLayer():
                yield from self._shape(layer, indent)
            case FillLayer():
                yield from self._shape(self._as_shape(layer), indent)
            case _:
                self.left_out.append(Message("Layers of pixels, text and adjustments were left out."))

    def _as_shape(self, layer: FillLayer) -> ShapeLayer:
        box = Rectangle(width=self._box.width, height=self._box.height)
        fill: ShapePaint = Solid(colour=layer.colour)
        if layer.colour2 is not None:
            fill = linear(layer.angle, (Stop(0.0, layer.colour), Stop(1.0, layer.colour2)), box.size())
        shared = {name: getattr(layer, name) for name in ("name", "opacity", "blend", "vector_mask")}
        return ShapeLayer(geometry=box, fill=fill, transform=Transform(x=self._box.left, y=self._box.top), **shared)

    def _ground(self, board: Artboard, indent: str) -> Iterator[str]:
        """Yield an artboard's background."""
        if board.background is not None:
            yield from self._shape(self._as_shape(FillLayer(colour=board.background)), indent)

    def _cut(self) -> str:
        """Return the clip to what fills cover: the artboard."""
        shape = Rectangle(width=self._box.width, height=self._box.height)
        return self._clip(VectorMask(geometry=shape, transform=Transform(x=self._box.left, y=self._box.top)))

    def _common(self, layer: AnyLayer) -> str:
        parts = [f" id={quoteattr(layer.name)}"] if layer.name and layer.name.isidentifier() else []
        if layer.opacity < 1:
            parts.append(f' opacity="{_n(layer.opacity)}"')
        if layer.blend is not BlendMode.NORMAL:
            if layer.blend.value in _CSS_BLENDS:
                parts.append(f' style="mix-blend-mode:{layer.blend.value}"')
            else:
                self.left_out.append(Message("Some blend modes are unknown to SVG."))
        elif isinstance(layer, GroupLayer) and any(child.blend is not BlendMode.NORMAL for child in layer.layers):
            parts.append(' style="isolation:isolate"')
        if layer.vector_mask is not None and layer.vector_mask.enabled:
            parts.append(self._clip(layer.vector_mask))
        return "".join(parts)

    def _clip(self, mask: VectorMask) -> str:
        if mask.feather or mask.density < 1:
            self.left_out.append(Message("Soft masks are written with hard edges."))
        own, rule = vector.drawn_contours(mask.geometry)
        contours = transformed(own, mask.matrix())
        if mask.inverted:
            far = 4.0 * max(self._document.width, self._document.height)
            box = Rectangle(width=2 * far, height=2 * far).contours()
            contours, rule = (*transformed(box, (1, 0, 0, 1, -far, -far)), *contours), True
        name = self._id("mask")
        how = ' clip-rule="evenodd"' if rule else ""
        self.defs.append(f'    <clipPath id="{name}"><path d="{path_data(contours)}"{how}/></clipPath>')
        return f' clip-path="url(#{name})"'

    def _shape(self, layer: ShapeLayer, indent: str) -> Iterator[str]:
        matrix, stroke = layer_matrix(layer), layer.stroke
        is_line = isinstance(layer.geometry, Line)
        headed = is_line and isinstance(layer.geometry, Line) and {layer.geometry.start, layer.geometry.end} != {"none"}
        as_shape = stroke is not None and (
            headed or (stroke.position != "centre" and not image_shapes.is_open(layer.geometry))
        )
        common = self._common(layer)
        fill = None if is_line else layer.fill
        if as_shape:
            outline = outlined_stroke(layer)
            parts = []
            if fill is not None:
                parts.append(self._element(layer.geometry, matrix, self._fill(fill, layer.geometry)))
            outline_matrix = layer_matrix(outline)
            assert outline.fill is not None
            parts.append(self._element(outline.geometry, outline_matrix, self._fill(outline.fill, outline.geometry)))
            if len(parts) == 1 and "clip-path" not in common:
                yield f"{indent}{_with(parts[0], common)}"
            else:
                yield f"{indent}<g{common}>"
                yield from (f"{indent}  {part}" for part in parts)
                yield f"{indent}</g>"
            return
        paint = self._fill(fill, layer.geometry) if fill is not None else ' fill="none"'
        element = self._element(layer.geometry, matrix, paint + self._stroke(layer))
        if "clip-path" in common:  # in a group: the clip is in document pixels, and the shape may be turned
            yield f"{indent}<g{common}>{element}</g>"
        else:
            yield f"{indent}{_with(element, common)}"

    def _element(self, geometry: Geometry, matrix: Affine, paint: str) -> str:
        """Return an element in its shape's own box, put in its place by a transform."""
        if image_shapes.is_live(geometry):
            contours, rule = vector.drawn_contours(geometry)
            assert isinstance(geometry, Path)
            geometry = replace(geometry, parts=contours, even_odd=rule)
        a, b, c, d, tx, ty = matrix
        place = ""
        if (a, b, c, d) != IDENTITY[:4]:
            place = f' transform="matrix({" ".join(map(_n, matrix))})"'
            tx = ty = 0.0
        elif not isinstance(geometry, Rectangle | Ellipse) and "url(#" not in paint:
            geometry_contours = image_shapes.shifted(geometry.contours(), tx, ty)
            return f'<path d="{path_data(geometry_contours)}"{_rule(geometry)}{paint}/>'
        elif (tx or ty) and ("url(#" in paint or not isinstance(geometry, Rectangle | Ellipse)):
            place = f' transform="translate({_n(tx)} {_n(ty)})"'
            tx = ty = 0.0
        width, height = geometry.size()
        if isinstance(geometry, Ellipse):
            middle = f'cx="{_n(tx + width / 2)}" cy="{_n(ty + height / 2)}"'
            return f'<ellipse {middle} rx="{_n(width / 2)}" ry="{_n(height / 2)}"{paint}{place}/>'
        if isinstance(geometry, Rectangle) and len(set(geometry.radii)) == 1:
            radius = min(geometry.radii[0], width / 2, height / 2)
            corner = f' rx="{_n(radius)}"' if radius else ""
            box = f'x="{_n(tx)}" y="{_n(ty)}" width="{_n(width)}" height="{_n(height)}"'
            return f"<rect {box}{corner}{paint}{place}/>"
        contours = image_shapes.shifted(geometry.contours(), tx, ty)
        return f'<path d="{path_data(contours)}"{_rule(geometry)}{paint}{place}/>'

    # --- paint ------------------------------------------------------------------------------------------------------

    def _fill(self, fill: ShapePaint, geometry: Geometry) -> str:
        if isinstance(fill, Solid):
            return _colour("fill", fill.colour)
        width, height = geometry.size()
        if len(fill.stops) < 2 or min(width, height) <= 0:
            return _colour("fill", fill.stops[-1].colour)
        name = self._id("gradient")
        stops = "".join(
            f'<stop offset="{_n(stop.at)}"{_colour("stop-color", stop.colour, "stop-opacity")}/>'
            for stop in sorted(fill.stops, key=lambda stop: stop.at)
        )
        if isinstance(fill, LinearGradient):
            (x1, y1), (x2, y2) = fill.start, fill.end
            ends = f'x1="{_n(x1 * width)}" y1="{_n(y1 * height)}" x2="{_n(x2 * width)}" y2="{_n(y2 * height)}"'
            kind = "linearGradient"
        else:
            assert isinstance(fill, RadialGradient)
            (cx, cy), (rx, ry) = fill.centre, fill.radii
            kind = "radialGradient"
            across, down = rx * width, ry * height
            ends = (
                f'cx="0" cy="0" r="1" gradientTransform="matrix({_n(across)} 0 0 {_n(down)} '
                f'{_n(cx * width)} {_n(cy * height)})"'
            )
        self.defs.append(f'    <{kind} id="{name}" gradientUnits="userSpaceOnUse" {ends}>{stops}</{kind}>')
        return f' fill="url(#{name})"'

    def _stroke(self, layer: ShapeLayer) -> str:
        stroke = layer.stroke
        if stroke is None:
            return ""
        out = [_colour("stroke", stroke.colour), f' stroke-width="{_n(stroke.width)}"']
        if stroke.cap != "butt":
            out.append(f' stroke-linecap="{stroke.cap}"')
        if stroke.join != "miter":
            out.append(f' stroke-linejoin="{stroke.join}"')
        elif stroke.miter != 4:
            out.append(f' stroke-miterlimit="{_n(stroke.miter)}"')
        if sum(stroke.dash) > 0:
            out.append(f' stroke-dasharray="{" ".join(_n(part * stroke.width) for part in stroke.dash)}"')
            if stroke.dash_offset:
                out.append(f' stroke-dashoffset="{_n(stroke.dash_offset * stroke.width)}"')
        return "".join(out)


_CSS_BLENDS = {
    "multiply",
    "screen",
    "overlay",
    "darken",
    "lighten",
    "color-dodge",
    "color-burn",
    "hard-light",
    "soft-light",
    "difference",
    "exclusion",
    "hue",
    "saturation",
    "color",
    "luminosity",
    "plus-lighter",
}


def path_data(contours: Contours) -> str:
    """Return contours as the ``d`` of a path."""
    return "".join(_contour_data(contour) for contour in contours if contour.knots)


def _contour_data(contour: Contour) -> str:
    out = [f"M{_n(contour.knots[0].x)} {_n(contour.knots[0].y)}"]
    segments = contour.segments()
    for index, (start, first, second, end) in enumerate(segments):
        straight = first == start and second == end
        if straight and contour.closed and index == len(segments) - 1:
            continue  # Z draws it
        if straight:
            out.append(f"L{_n(end[0])} {_n(end[1])}")
        else:
            out.append("C" + " ".join(f"{_n(x)} {_n(y)}" for x, y in (first, second, end)))
    return "".join([*out, "Z" if contour.closed else ""])


def _rule(geometry: Geometry) -> str:
    return ' fill-rule="evenodd"' if image_shapes.even_odd(geometry) else ""


def _with(element: str, attributes: str) -> str:
    """Return an element with more attributes."""
    return element[:-2] + attributes + "/>"


def _colour(name: str, colour: str, opacity: str = "") -> str:
    alpha = int(colour[7:9], 16) / 255 if len(colour) == 9 else 1.0
    out = f' {name}="{colour[:7]}"'
    return out if alpha == 1 else f'{out} {opacity or name + "-opacity"}="{_n(alpha)}"'


def _n(value: float) -> str:
    """Return a number as short as it can be to a ten-thousandth."""
    text = f"{value:.4f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text
