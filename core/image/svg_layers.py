"""SVG to vector layers, where it is simple enough: paths, basic shapes, groups, fills, strokes and gradients.

The file goes through :func:`core.image.svg.check` first, so what is read here is bounded and asks for nothing. What
has no counterpart among shapes (text, filters, patterns, links …) makes the whole drawing *not simple*: it is then
better drawn as it is. Geometry comes out in document pixels.
"""

import math
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from xml.parsers import expat

import msgspec
from fontTools.svgLib.path.parser import parse_path
from PIL import ImageColor

from core.documents import image_shapes
from core.documents.base import encode_document
from core.documents.image import (
    MAX_DEPTH,
    AnyLayer,
    BlendMode,
    GroupLayer,
    ImageDocument,
    ShapeLayer,
    Transform,
    new_image,
)
from core.documents.image_shapes import (
    MAX_CONTOURS,
    MAX_KNOTS,
    MAX_STOPS,
    Contour,
    Contours,
    Ellipse,
    Geometry,
    Knot,
    Line,
    LinearGradient,
    Path,
    RadialGradient,
    Rectangle,
    ShapePaint,
    ShapeStroke,
    Solid,
    Stop,
    contour_bounds,
    shifted,
    transformed,
)
from core.image import files, svg
from core.operations.image import ImportVector
from core.raster.affine import IDENTITY, Affine, apply, invert
from core.values import Message, new_id

if TYPE_CHECKING:
    from core.engine.context import Context

MAX_LAYERS = 5_000
SHAPES = frozenset({"path", "rect", "circle", "ellipse", "line", "polyline", "polygon"})
IGNORED = frozenset({"title", "desc", "metadata", "namedview", "sodipodi", "perspective", "grid", "guide", "page"})
INHERITED = frozenset(
    {
        *("fill", "stroke", "fill-opacity", "stroke-opacity", "fill-rule", "stroke-width", "stroke-linecap", "color"),
        *("stroke-linejoin", "stroke-miterlimit", "stroke-dasharray", "stroke-dashoffset", "visibility"),
    }
)
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")
_TRANSFORM = re.compile(r"(matrix|translate|scale|rotate|skewX|skewY)\s*\(([^)]*)\)")
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_SIMPLE_SELECTOR = re.compile(r"[.#]?[A-Za-z_][\w-]*$")


class VectorInfo(msgspec.Struct, frozen=True):
    """What became of a drawing: how many shapes it has, or what keeps it from being shapes (empty when nothing)."""

    shapes: int = 0
    why_not: str = ""


class NotSimpleError(Exception):
    """The drawing holds something that shapes cannot say. Its text names that."""


def import_vector(op: ImportVector, ctx: "Context") -> dict[str, Any]:
    """Return ``document`` (without layers when the drawing is not simple) and ``info`` (:class:`VectorInfo`)."""
    path = ctx.file(op.file)
    with files.open_file(path, op.name or path.name) as stream:
        data = stream.read(svg.MAX_SOURCE + 1)
    ctx.check_cancelled()
    try:
        document = layers_of(data, op.name)
        info = VectorInfo(sum(isinstance(one, ShapeLayer) for one in _walk(document.layers)))
    except NotSimpleError as error:
        document, info = new_image(1, 1, op.name), VectorInfo(why_not=str(error))
    made = ctx.scratch / "drawing.document"
    made.write_bytes(encode_document(document))
    return {"document": made, "info": info}


def _walk(layers: tuple[AnyLayer, ...]) -> list[AnyLayer]:
    found: list[AnyLayer] = []
    for layer in layers:
        found.append(layer)
        if isinstance(layer, GroupLayer):
            found += _walk(layer.layers)
    return found


def layers_of(data: bytes, name: str) -> ImageDocument:
    """Return an SVG as a document of vector layers.

    Raises :class:`NotSimpleError` when it holds something else, :class:`core.values.AtelierError` when it is damaged.
    """
    drawing = svg.check(data, name)
    root = _parse(drawing.text)
    width, height = max(1, math.ceil(drawing.width - 1e-6)), max(1, math.ceil(drawing.height - 1e-6))
    reader = _Reader(root)
    layers = reader.children(root, reader.style(root, _Style()), _view(root, drawing.width, drawing.height), 0)
    if not reader.count:
        raise NotSimpleError(Message("nothing that is drawn"))
    stem = name.rpartition(".")[0] or name
    return ImageDocument(id=new_id(), title=stem, width=width, height=height, layers=tuple(layers))


# --- the tree --------------------------------------------------------------------------------------------------------


@dataclass
class _Element:
    tag: str
    attributes: dict[str, str]
    children: list["_Element"] = field(default_factory=list)
    text: str = ""


def _parse(text: str) -> _Element:
    root = _Element("", {})
    stack = [root]

    def start(tag: str, attributes: dict[str, str]) -> None:
        local = {key.rpartition(":")[2]: value for key, value in attributes.items() if not key.startswith("xmlns")}
        element = _Element(tag.rpartition(":")[2], local)
        stack[-1].children.append(element)
        stack.append(element)

    def words(data: str) -> None:
        if stack[-1].tag == "style":
            stack[-1].text += data

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.EndElementHandler = lambda _: stack.pop()
    parser.CharacterDataHandler = words
    parser.Parse(text, True)
    return root.children[0]


def _numbers(text: str) -> list[float]:
    return [float(number) for number in _NUMBER.findall(text)]


def _view(root: _Element, width: float, height: float) -> Affine:
    """Return the matrix from the viewBox to pixels."""
    box = _numbers(root.attributes.get("viewBox", ""))
    if len(box) != 4 or box[2] <= 0 or box[3] <= 0:
        return IDENTITY
    how = root.attributes.get("preserveAspectRatio", "xMidYMid").split()
    sx, sy = width / box[2], height / box[3]
    if how[:1] == ["none"]:
        return sx, 0.0, 0.0, sy, -box[0] * sx, -box[1] * sy
    scale = max(sx, sy) if "slice" in how else min(sx, sy)
    part = {"Min": 0.0, "Mid": 0.5, "Max": 1.0}
    across, down = part.get(how[0][1:4], 0.5), part.get(how[0][5:8], 0.5)
    left, top = (width - box[2] * scale) * across, (height - box[3] * scale) * down
    return scale, 0.0, 0.0, scale, left - box[0] * scale, top - box[1] * scale


def _transform(text: str) -> Affine:
    """Return the matrix of a ``transform`` attribute."""
    matrix = IDENTITY
    for name, inner in _TRANSFORM.findall(text):
        values = _numbers(inner)
        try:
            matrix = _times(matrix, _one_transform(name, values))
        except (IndexError, ValueError):
            raise NotSimpleError(f"transform={text[:40]}") from None
    return matrix


def _one_transform(name: str, v: list[float]) -> Affine:
    match name:
        case "matrix":
            a, b, c, d, tx, ty = v
            return a, b, c, d, tx, ty
        case "translate":
            return 1.0, 0.0, 0.0, 1.0, v[0], v[1] if len(v) > 1 else 0.0
        case "scale":
            return v[0], 0.0, 0.0, v[1] if len(v) > 1 else v[0], 0.0, 0.0
        case "rotate":
            cos, sin = math.cos(math.radians(v[0])), math.sin(math.radians(v[0]))
            x, y = (v[1], v[2]) if len(v) > 2 else (0.0, 0.0)
            return cos, sin, -sin, cos, x - cos * x + sin * y, y - sin * x - cos * y
        case "skewX":
            return 1.0, 0.0, math.tan(math.radians(v[0])), 1.0, 0.0, 0.0
    return 1.0, math.tan(math.radians(v[0])), 0.0, 1.0, 0.0, 0.0


def _times(outer: Affine, inner: Affine) -> Affine:
    """Return the matrix that does ``inner`` first."""
    a, b, c, d, tx, ty = inner
    p, q, r, s, ux, uy = outer
    return p * a + r * b, q * a + s * b, p * c + r * d, q * c + s * d, p * tx + r * ty + ux, q * tx + s * ty + uy


# --- reading ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Style:
    """What is inherited."""

    values: dict[str, str] = field(default_factory=dict)

    def get(self, name: str, default: str) -> str:
        return self.values.get(name, default)

    def number(self, name: str, default: float) -> float:
        value = self.values.get(name)
        if value is None:
            return default
        found = svg.length(value)
        if found is None:
            raise NotSimpleError(f"{name}={value[:30]}")
        return found

    def share(self, name: str) -> float:
        value = self.values.get(name, "1").strip()
        numbers = _numbers(value)
        if not numbers:
            raise NotSimpleError(f"{name}={value[:30]}")
        return min(1.0, max(0.0, numbers[0] / (100 if value.endswith("%") else 1)))


class _Reader:
    """Turns elements into layers; ``count`` is how many shapes were made."""

    def __init__(self, root: _Element) -> None:
        self.count = 0
        self._rules: list[tuple[str, dict[str, str]]] = []
        self._by_id: dict[str, _Element] = {}
        self._index(root)

    def _index(self, element: _Element) -> None:
        if "id" in element.attributes:
            self._by_id.setdefault(element.attributes["id"], element)
        if element.tag == "style":
            self._read_rules(element.text)
        for child in element.children:
            self._index(child)

    def _read_rules(self, text: str) -> None:
        text = re.sub(r"/\*.*?\*/", "", text, flags=re.S).replace("<![CDATA[", "").replace("]]>", "")
        if "@" in text:
            raise NotSimpleError("@" + text.partition("@")[2][:12])
        for selectors, body in _RULE.findall(text):
            for selector in (one.strip() for one in selectors.split(",")):
                if not _SIMPLE_SELECTOR.match(selector):
                    raise NotSimpleError(f"<style> {selector[:30]}")
                self._rules.append((selector, _declarations(body)))

    def _own(self, element: _Element) -> dict[str, str]:
        """Return an element's presentation: attributes, then rules from the general to the exact, then ``style``."""
        own = dict(element.attributes)
        classes = own.get("class", "").split()
        for level in ("tag", ".", "#"):
            for selector, values in self._rules:
                fits = {
                    "tag": selector == element.tag,
                    ".": selector[:1] == "." and selector[1:] in classes,
                    "#": selector[:1] == "#" and selector[1:] == own.get("id"),
                }[level]
                if fits:
                    own.update(values)
        own.update(_declarations(element.attributes.get("style", "")))
        return own

    def style(self, element: _Element, outer: _Style) -> _Style:
        """Return what an element hands on to what is inside it."""
        own = {key: value for key, value in self._own(element).items() if key in INHERITED and value != "inherit"}
        return _Style({**outer.values, **own})

    def children(self, element: _Element, style: _Style, matrix: Affine, depth: int) -> list[AnyLayer]:
        """Return the layers of what is inside an element, the lowest first."""
        found: list[AnyLayer] = []
        for child in element.children:
            layer = self._layer(child, style, matrix, depth)
            if isinstance(layer, GroupLayer) and _opens(layer):
                found.extend(layer.layers)
            elif layer is not None:
                found.append(layer)
        return found

    def _layer(self, element: _Element, style: _Style, matrix: Affine, depth: int) -> AnyLayer | None:
        if element.tag in IGNORED or element.tag in ("defs", "style", "linearGradient", "radialGradient"):
            return None
        own = self._own(element)
        if own.get("display") == "none":
            return None
        if element.tag not in SHAPES and element.tag != "g" and element.tag != "a":
            raise NotSimpleError(f"<{element.tag}>")
        for name in ("clip-path", "mask", "filter", "marker-start", "marker-mid", "marker-end", "marker"):
            if own.get(name, "none").strip() not in ("none", ""):
                raise NotSimpleError(name)
        if own.get("vector-effect", "none") != "none" or own.get("paint-order", "normal") not in ("normal", "fill"):
            raise NotSimpleError("vector-effect" if "vector-effect" in own else "paint-order")
        inner = self.style(element, style)
        matrix = _times(matrix, _transform(own.get("transform", "")))
        if not all(math.isfinite(value) and abs(value) < 1e7 for value in matrix):
            raise NotSimpleError(f"transform={own.get('transform', '')[:40]}")
        shared: dict[str, Any] = {
            "name": _name(element),
            "opacity": _Style(own).share("opacity"),
            "blend": _blend(own.get("mix-blend-mode", "normal")),
        }
        if element.tag in ("g", "a"):
            if depth >= MAX_DEPTH - 2:
                raise NotSimpleError(Message("groups in groups"))
            layers = self.children(element, inner, matrix, depth + 1)
            if not layers:
                return None
            plain = shared["opacity"] == 1 and shared["blend"] is BlendMode.NORMAL
            if len(layers) == 1 and plain:
                only = layers[0]
                return only if only.name else msgspec.structs.replace(only, name=shared["name"])
            return GroupLayer(layers=tuple(layers), **shared)
        if inner.get("visibility", "visible") != "visible":
            return None
        return self._shape(element, inner, matrix, shared)

    def _shape(self, element: _Element, style: _Style, matrix: Affine, shared: dict[str, Any]) -> ShapeLayer | None:
        made = _geometry(element, matrix, style.get("fill-rule", "nonzero") == "evenodd")
        if made is None:
            return None
        geometry, transform, user_box = made
        self.count += 1
        if self.count > MAX_LAYERS:
            raise NotSimpleError(Message("too many shapes"))
        size = geometry.size()
        back = invert(transform.matrix(*size))
        assert back is not None
        fill = self._fill(style, _times(back, matrix), size, user_box)
        stroke = self._stroke(style, matrix)
        if fill is None and stroke is None:
            return None
        shared["name"] = shared["name"] or element.tag.capitalize()
        return ShapeLayer(geometry=geometry, fill=fill, stroke=stroke, transform=transform, **shared)

    def _fill(
        self, style: _Style, to_box: Affine, size: tuple[float, float], user_box: tuple[float, float, float, float]
    ) -> ShapePaint | None:
        text, opacity = style.get("fill", "black").strip(), style.share("fill-opacity")
        if not text.startswith("url("):
            colour = _colour(text, style.get("color", "black"), opacity)
            return None if colour is None else Solid(colour=colour)
        found = re.match(r"url\(\s*['\"]?#([^'\")]+)", text)
        element = self._by_id.get(found[1]) if found else None
        if element is None or element.tag not in ("linearGradient", "radialGradient"):
            raise NotSimpleError(f"fill={text[:30]}")
        return self._gradient(element, opacity, to_box, size, user_box)

    def _gradient(
        self,
        element: _Element,
        opacity: float,
        to_box: Affine,
        size: tuple[float, float],
        user_box: tuple[float, float, float, float],
    ) -> ShapePaint | None:
        values, stops = self._inherited(element)
        if values.get("spreadMethod", "pad") != "pad":
            raise NotSimpleError("spreadMethod")
        made = tuple(self._stop(stop, opacity) for stop in stops)[:MAX_STOPS]
        if not made:
            return None
        if len(made) == 1 or min(size) <= 0:
            return Solid(colour=made[-1].colour)
        rising: list[Stop] = []
        for stop in made:  # each at least as far as the one before
            rising.append(stop._replace(at=max(stop.at, rising[-1].at if rising else 0.0)))
        matrix = _transform(values.get("gradientTransform", ""))
        if values.get("gradientUnits", "objectBoundingBox") == "objectBoundingBox":
            left, top, right, bottom = user_box
            if right <= left or bottom <= top:
                return Solid(colour=made[-1].colour)
            matrix = _times((right - left, 0.0, 0.0, bottom - top, left, top), matrix)
        elif any("%" in values.get(name, "") for name in ("x1", "x2", "y1", "y2", "cx", "cy", "r")):
            raise NotSimpleError("gradientUnits")
        matrix = _times(to_box, matrix)

        def value(name: str, default: float) -> float:
            text = values.get(name)
            if text is None:
                return default
            numbers = _numbers(text)
            if not numbers:
                raise NotSimpleError(f"{name}={text[:30]}")
            return numbers[0] / 100 if text.strip().endswith("%") else numbers[0]

        if values.get("gradientUnits") == "userSpaceOnUse" and not {"x1", "y1", "x2", "y2", "cx", "cy", "r"} & set(
            values
        ):
            raise NotSimpleError("gradientUnits")
        if element.tag == "linearGradient":
            start, end = (value("x1", 0.0), value("y1", 0.0)), (value("x2", 1.0), value("y2", 0.0))
            return _linear(matrix, start, end, tuple(rising), size)
        cx, cy, radius = value("cx", 0.5), value("cy", 0.5), value("r", 0.5)
        if (value("fx", cx), value("fy", cy), value("fr", 0.0)) != (cx, cy, 0.0):
            raise NotSimpleError("fx")
        return _radial(matrix, (cx, cy), radius, tuple(rising), size)

    def _inherited(self, element: _Element) -> tuple[dict[str, str], list[_Element]]:
        """Return a gradient's attributes and stops, with those of the ones it refers to."""
        values: dict[str, str] = {}
        stops: list[_Element] = []
        seen: set[int] = set()
        kind: _Element | None = element
        while kind is not None and id(kind) not in seen:
            seen.add(id(kind))
            values = {**kind.attributes, **values}
            stops = stops or [child for child in kind.children if child.tag == "stop"]
            kind = self._by_id.get(kind.attributes.get("href", "").lstrip("#"))
        return values, stops

    def _stop(self, element: _Element, opacity: float) -> Stop:
        own = _Style(self._own(element))
        offset = own.get("offset", "0").strip()
        numbers = _numbers(offset) or [0.0]
        at = min(1.0, max(0.0, numbers[0] / (100 if offset.endswith("%") else 1)))
        colour = _colour(own.get("stop-color", "black"), own.get("color", "black"), own.share("stop-opacity") * opacity)
        if colour is None:
            raise NotSimpleError("stop-color")
        return Stop(at, colour)

    def _stroke(self, style: _Style, matrix: Affine) -> ShapeStroke | None:
        text = style.get("stroke", "none").strip()
        if text.startswith("url("):
            raise NotSimpleError(f"stroke={text[:30]}")
        colour = _colour(text, style.get("color", "black"), style.share("stroke-opacity"))
        width = style.number("stroke-width", 1.0)
        if colour is None or width <= 0:
            return None
        scale = _similar(matrix)
        if scale is None:
            raise NotSimpleError("stroke")
        join = style.get("stroke-linejoin", "miter")
        cap = style.get("stroke-linecap", "butt")
        dash = _numbers(style.get("stroke-dasharray", "none"))
        if "%" in style.get("stroke-dasharray", "") or any(part < 0 for part in dash) or len(dash) > 8:
            raise NotSimpleError("stroke-dasharray")
        dash = dash * (1 + len(dash) % 2) if sum(dash) > 0 else []
        made = width * scale
        return _valid(
            ShapeStroke(
                colour=colour,
                width=made,
                cap=cap if cap in ("round", "square") else "butt",  # type: ignore[arg-type]
                join=join if join in ("round", "bevel") else "miter",  # type: ignore[arg-type]
                miter=min(100.0, max(1.0, style.number("stroke-miterlimit", 4.0))),
                dash=tuple(part / width for part in dash),
                dash_offset=style.number("stroke-dashoffset", 0.0) / width if dash else 0.0,
            )
        )


def _valid(stroke: ShapeStroke) -> ShapeStroke:
    try:
        return msgspec.convert(msgspec.to_builtins(stroke), ShapeStroke)
    except msgspec.ValidationError:
        raise NotSimpleError("stroke") from None


def _declarations(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in text.split(";"):
        key, colon, value = part.partition(":")
        if colon:
            found[key.strip()] = value.partition("!important")[0].strip()
    return found


def _name(element: _Element) -> str:
    """Return what Inkscape calls the layer, else its id unless a program made that up."""
    label = element.attributes.get("label") or element.attributes.get("data-name") or element.attributes.get("id", "")
    made_up = re.match(r"(path|rect|circle|ellipse|polygon|polyline|line|g|svg|layer|_x)[-_]?\d*[\w-]*$", label)
    return "" if made_up and "label" not in element.attributes else label.replace("_", " ").strip()[:200]


def _opens(group: GroupLayer) -> bool:
    """Return whether a group is blended layer by layer with what is below it: in SVG it may be, among layers never."""
    plain = group.opacity == 1 and group.blend is BlendMode.NORMAL
    return plain and any(layer.blend is not BlendMode.NORMAL for layer in group.layers)


def _blend(text: str) -> BlendMode:
    try:
        return BlendMode(text.strip())
    except ValueError:
        raise NotSimpleError(f"mix-blend-mode={text[:20]}") from None


def _colour(text: str, current: str, opacity: float) -> str | None:
    """Return a CSS colour as ``#rrggbb`` or ``#rrggbbaa``, ``None`` for no paint."""
    text = text.strip()
    if text in ("none", ""):
        return None
    if text.lower() == "currentcolor":
        text = current.strip()
    if text == "transparent":
        return None
    try:
        values = ImageColor.getrgb(re.sub(r"\s+", "", text))
    except ValueError:
        raise NotSimpleError(text[:30]) from None
    alpha = (values[3] / 255 if len(values) == 4 else 1.0) * opacity
    colour = "#{:02x}{:02x}{:02x}".format(*values[:3])
    return colour if alpha >= 1 else f"{colour}{round(alpha * 255):02x}"


# --- geometry --------------------------------------------------------------------------------------------------------

_Made = tuple[Geometry, Transform, tuple[float, float, float, float]]


def _similar(matrix: Affine) -> float | None:
    """Return by how much a matrix scales when it does so alike in all directions."""
    a, b, c, d, _, _ = matrix
    first, second = math.hypot(a, b), math.hypot(c, d)
    if first < 1e-9 or abs(first - second) > 1e-4 * first or abs(a * c + b * d) > 1e-4 * first * second:
        return None
    return first


def _geometry(element: _Element, matrix: Affine, even_odd: bool) -> _Made | None:
    """Return a shape, where it stands, and its box in its own coordinates; ``None`` for what draws nothing."""
    own = _simple(element)
    contours = _contours(element) if own is None else own[0].contours()
    if own is not None and not isinstance(own[0], Path):
        contours = shifted(contours, *own[1])
    if not contours or sum(len(one.knots) for one in contours) == 0:
        return None
    if len(contours) > MAX_CONTOURS or max(len(one.knots) for one in contours) > MAX_KNOTS:
        raise NotSimpleError(Message("a path with too many points"))
    box = contour_bounds(contours)
    scale = _similar(matrix)
    if own is not None and scale is not None:
        geometry, (x, y) = own
        geometry = image_shapes.scaled(geometry, scale)
        mirror = -1.0 if matrix[0] * matrix[3] - matrix[1] * matrix[2] < 0 else 1.0
        turn = math.degrees(math.atan2(matrix[1], matrix[0]))
        width, height = own[0].size()
        cx, cy = apply(matrix, x + width / 2, y + height / 2)
        w, h = geometry.size()
        place = Transform(x=cx - w / 2, y=cy - h / 2, scale_y=mirror, rotation=_plain(turn))
        return _bounded(geometry), place, box
    placed = transformed(contours, matrix)
    left, top, _, _ = contour_bounds(placed)
    path = Path(parts=shifted(placed, -left, -top), even_odd=even_odd)
    return _bounded(path), Transform(x=left, y=top), box


def _plain(degrees: float) -> float:
    rounded = round(degrees, 6)
    return rounded + 0.0


def _bounded(geometry: Geometry) -> Geometry:
    try:
        msgspec.convert(msgspec.to_builtins(geometry), type(geometry))
    except msgspec.ValidationError:
        raise NotSimpleError(Message("shapes far beyond the canvas")) from None
    return geometry


def _simple(element: _Element) -> tuple[Geometry, tuple[float, float]] | None:
    """Return a basic shape and where its box begins, ``None`` for paths and what has no parametric counterpart."""

    def number(name: str) -> float:
        text = element.attributes.get(name)
        if text is None or text.strip() == "auto":
            return 0.0
        found = svg.length(text)
        if found is None:
            raise NotSimpleError(f"{name}={text[:20]}")
        return found

    match element.tag:
        case "rect":
            width, height = number("width"), number("height")
            if width <= 0 or height <= 0:
                return Path(), (0.0, 0.0)
            rx, ry = number("rx"), number("ry")
            rx, ry = (rx or ry), (ry or rx)
            rx, ry = min(rx, width / 2), min(ry, height / 2)
            if abs(rx - ry) > 1e-6:
                return None
            return Rectangle(width=width, height=height, radii=(rx, rx, rx, rx)), (number("x"), number("y"))
        case "circle" | "ellipse":
            rx, ry = (number("r"),) * 2 if element.tag == "circle" else (number("rx"), number("ry"))
            if rx <= 0 or ry <= 0:
                return Path(), (0.0, 0.0)
            return Ellipse(width=2 * rx, height=2 * ry), (number("cx") - rx, number("cy") - ry)
        case "line":
            x1, y1, x2, y2 = (number(name) for name in ("x1", "y1", "x2", "y2"))
            return Line(dx=x2 - x1, dy=y2 - y1), (min(x1, x2), min(y1, y2))
    return None


def _contours(element: _Element) -> Contours:
    if element.tag in ("polyline", "polygon"):
        values = _numbers(element.attributes.get("points", ""))
        knots = tuple(Knot(x, y) for x, y in zip(values[::2], values[1::2], strict=False))
        return (Contour(knots=knots, closed=element.tag == "polygon"),) if len(knots) > 1 else ()
    if element.tag == "rect":  # with corners that are no quarters of circles
        return _oval_corners(element)
    pen = _Pen()
    try:
        parse_path(element.attributes.get("d", ""), pen)
    except (ValueError, IndexError, TypeError, AttributeError, OverflowError, ZeroDivisionError):
        raise NotSimpleError(Message("a path that cannot be read")) from None
    return pen.contours()


def _oval_corners(element: _Element) -> Contours:
    values = {
        name: svg.length(element.attributes.get(name, "0")) or 0.0 for name in ("x", "y", "width", "height", "rx", "ry")
    }
    rx, ry = min(values["rx"], values["width"] / 2), min(values["ry"], values["height"] / 2)
    flat = Rectangle(width=values["width"] / rx, height=values["height"] / ry, radii=(1.0,) * 4)
    return transformed(flat.contours(), (rx, 0.0, 0.0, ry, values["x"], values["y"]))


class _Pen:
    """Receives what a path draws (fontTools' pen protocol, arcs as cubics)."""

    def __init__(self) -> None:
        self._done: list[Contour] = []
        self._knots: list[Knot] = []
        self._total = 0

    def contours(self) -> Contours:
        self._end(closed=False)
        return tuple(self._done)

    def moveTo(self, to: tuple[float, float]) -> None:
        self._end(closed=False)
        self._knots = [Knot(*to)]

    def lineTo(self, to: tuple[float, float]) -> None:
        self._add(Knot(*to))

    def curveTo(self, first: tuple[float, float], second: tuple[float, float], to: tuple[float, float]) -> None:
        last = self._knots[-1]
        self._knots[-1] = last._replace(out_x=first[0] - last.x, out_y=first[1] - last.y)
        self._add(Knot(to[0], to[1], second[0] - to[0], second[1] - to[1]))

    def qCurveTo(self, control: tuple[float, float], to: tuple[float, float]) -> None:
        x, y = self._knots[-1].at
        first = x + (control[0] - x) * 2 / 3, y + (control[1] - y) * 2 / 3
        second = to[0] + (control[0] - to[0]) * 2 / 3, to[1] + (control[1] - to[1]) * 2 / 3
        self.curveTo(first, second, to)

    def closePath(self) -> None:
        self._end(closed=True)

    def endPath(self) -> None:
        self._end(closed=False)

    def _add(self, knot: Knot) -> None:
        if not self._knots:
            raise IndexError  # drawing goes on after a path was closed, without a move
        self._knots.append(knot)
        self._total += 1
        if self._total > MAX_KNOTS * 10:
            raise NotSimpleError(Message("a path with too many points"))

    def _end(self, *, closed: bool) -> None:
        knots, self._knots = self._knots, []
        if closed and len(knots) > 1 and math.dist(knots[0].at, knots[-1].at) < 1e-6:
            last = knots.pop()
            knots[0] = knots[0]._replace(in_x=last.in_x, in_y=last.in_y)
        if len(knots) > 1 or (closed and knots):
            self._done.append(Contour(knots=tuple(map(_smooth, knots)), closed=closed))


def _smooth(knot: Knot) -> Knot:
    first, second = math.hypot(knot.in_x, knot.in_y), math.hypot(knot.out_x, knot.out_y)
    if first < 1e-9 or second < 1e-9:
        return knot
    cosine = (knot.in_x * knot.out_x + knot.in_y * knot.out_y) / first / second
    return knot._replace(smooth=cosine < -0.9999)


# --- gradients -------------------------------------------------------------------------------------------------------


def _linear(
    matrix: Affine,
    start: tuple[float, float],
    end: tuple[float, float],
    stops: tuple[Stop, ...],
    size: tuple[float, float],
) -> ShapePaint:
    """Return a gradient under any affine matrix: the lines of one colour stay straight and parallel."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    if math.hypot(dx, dy) < 1e-9:
        return Solid(colour=stops[-1].colour)
    a, b, c, d, _, _ = matrix
    ix, iy = -a * dy + c * dx, -b * dy + d * dx  # along which the colour stays the same
    (sx, sy), (ex, ey) = apply(matrix, *start), apply(matrix, *end)
    nx, ny = -iy, ix
    square = nx * nx + ny * ny
    if square < 1e-18:
        return Solid(colour=stops[-1].colour)
    along = ((ex - sx) * nx + (ey - sy) * ny) / square
    width, height = size
    first, last = (sx / width, sy / height), ((sx + nx * along) / width, (sy + ny * along) / height)
    if max(map(abs, (*first, *last))) > 100:
        raise NotSimpleError("linearGradient")
    return LinearGradient(stops=stops, start=first, end=last)


def _radial(
    matrix: Affine, centre: tuple[float, float], radius: float, stops: tuple[Stop, ...], size: tuple[float, float]
) -> ShapePaint:
    if radius <= 0:
        return Solid(colour=stops[-1].colour)
    a, b, c, d, _, _ = matrix
    across, down, skew = a * a + c * c, b * b + d * d, a * b + c * d
    if abs(skew) > 1e-3 * math.sqrt(across * down):
        raise NotSimpleError("radialGradient")  # an ellipse that is turned
    x, y = apply(matrix, *centre)
    width, height = size
    radii = radius * math.sqrt(across) / width, radius * math.sqrt(down) / height
    if not all(1e-9 < value <= 100 for value in radii) or max(abs(x / width), abs(y / height)) > 100:
        raise NotSimpleError("radialGradient")
    return RadialGradient(stops=stops, centre=(x / width, y / height), radii=radii)


__all__ = ["NotSimpleError", "VectorInfo", "import_vector", "layers_of"]
