"""SVG to vector layers, where it is simple enough: paths, basic shapes, groups, fills, strokes and gradients.

The file goes through :func:`core.image.svg.check` first, so what is read here is bounded and asks for nothing. What
has no counterpart among shapes (text, filters, patterns, links …) makes the whole drawing *not simple*: it is then
better drawn as it is. Geometry comes out in document pixels.
"""

import math
import re
from typing import TYPE_CHECKING, Any

import msgspec

from core.documents.base import encode_document
from core.documents.image import MAX_DEPTH, AnyLayer, BlendMode, GroupLayer, ImageDocument, ShapeLayer, new_image
from core.documents.image_shapes import MAX_STOPS, ShapePaint, ShapeStroke, Solid, Stop
from core.documents.svg_values import Affine, numbers, times, transform
from core.image import files, svg
from core.image.svg_geometry import geometry_of, similar
from core.image.svg_gradients import linear, radial
from core.image.svg_tree import Element, NotSimpleError, Sheet, Style, colour_of, parse, view
from core.operations.image import ImportVector
from core.raster.affine import invert
from core.values import Message, new_id

if TYPE_CHECKING:
    from core.engine.context import Context

MAX_LAYERS = 5_000
SHAPES = frozenset({"path", "rect", "circle", "ellipse", "line", "polyline", "polygon"})
IGNORED = frozenset({"title", "desc", "metadata", "namedview", "sodipodi", "perspective", "grid", "guide", "page"})


class VectorInfo(msgspec.Struct, frozen=True):
    """What became of a drawing: how many shapes it has, or what keeps it from being shapes (empty when nothing)."""

    shapes: int = 0
    why_not: str = ""


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
    root = parse(drawing.text)
    width, height = max(1, math.ceil(drawing.width - 1e-6)), max(1, math.ceil(drawing.height - 1e-6))
    reader = _Reader(root)
    layers = reader.children(root, reader.sheet.style(root, Style()), view(root, drawing.width, drawing.height), 0)
    if not reader.count:
        raise NotSimpleError(Message("nothing that is drawn"))
    stem = name.rpartition(".")[0] or name
    return ImageDocument(id=new_id(), title=stem, width=width, height=height, layers=tuple(layers))


class _Reader:
    """Turns elements into layers; ``count`` is how many shapes were made."""

    def __init__(self, root: Element) -> None:
        self.count = 0
        self.sheet = Sheet(root)

    def children(self, element: Element, style: Style, matrix: Affine, depth: int) -> list[AnyLayer]:
        """Return the layers of what is inside an element, the lowest first."""
        found: list[AnyLayer] = []
        for child in element.children:
            layer = self._layer(child, style, matrix, depth)
            if isinstance(layer, GroupLayer) and _opens(layer):
                found.extend(layer.layers)
            elif layer is not None:
                found.append(layer)
        return found

    def _layer(self, element: Element, style: Style, matrix: Affine, depth: int) -> AnyLayer | None:
        if element.tag in IGNORED or element.tag in ("defs", "style", "linearGradient", "radialGradient"):
            return None
        own = self.sheet.own(element)
        if own.get("display") == "none":
            return None
        if element.tag not in SHAPES and element.tag != "g" and element.tag != "a":
            raise NotSimpleError(f"<{element.tag}>")
        for name in ("clip-path", "mask", "filter", "marker-start", "marker-mid", "marker-end", "marker"):
            if own.get(name, "none").strip() not in ("none", ""):
                raise NotSimpleError(name)
        if own.get("vector-effect", "none") != "none" or own.get("paint-order", "normal") not in ("normal", "fill"):
            raise NotSimpleError("vector-effect" if "vector-effect" in own else "paint-order")
        inner = self.sheet.style(element, style)
        matrix = times(matrix, _matrix(own.get("transform", "")))
        if not all(math.isfinite(value) and abs(value) < 1e7 for value in matrix):
            raise NotSimpleError(f"transform={own.get('transform', '')[:40]}")
        shared: dict[str, Any] = {
            "name": _name(element),
            "opacity": Style(own).share("opacity"),
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

    def _shape(self, element: Element, style: Style, matrix: Affine, shared: dict[str, Any]) -> ShapeLayer | None:
        made = geometry_of(element, matrix, style.get("fill-rule", "nonzero") == "evenodd")
        if made is None:
            return None
        geometry, place, user_box = made
        self.count += 1
        if self.count > MAX_LAYERS:
            raise NotSimpleError(Message("too many shapes"))
        size = geometry.size()
        back = invert(place.matrix(*size))
        assert back is not None
        fill = self._fill(style, times(back, matrix), size, user_box)
        stroke = self._stroke(style, matrix)
        if fill is None and stroke is None:
            return None
        shared["name"] = shared["name"] or element.tag.capitalize()
        return ShapeLayer(geometry=geometry, fill=fill, stroke=stroke, transform=place, **shared)

    def _fill(
        self, style: Style, to_box: Affine, size: tuple[float, float], user_box: tuple[float, float, float, float]
    ) -> ShapePaint | None:
        text, opacity = style.get("fill", "black").strip(), style.share("fill-opacity")
        if not text.startswith("url("):
            colour = colour_of(text, style.get("color", "black"), opacity)
            return None if colour is None else Solid(colour=colour)
        found = re.match(r"url\(\s*['\"]?#([^'\")]+)", text)
        element = self.sheet.by_id.get(found[1]) if found else None
        if element is None or element.tag not in ("linearGradient", "radialGradient"):
            raise NotSimpleError(f"fill={text[:30]}")
        return self._gradient(element, opacity, to_box, size, user_box)

    def _gradient(
        self,
        element: Element,
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
        matrix = _matrix(values.get("gradientTransform", ""))
        if values.get("gradientUnits", "objectBoundingBox") == "objectBoundingBox":
            left, top, right, bottom = user_box
            if right <= left or bottom <= top:
                return Solid(colour=made[-1].colour)
            matrix = times((right - left, 0.0, 0.0, bottom - top, left, top), matrix)
        elif any("%" in values.get(name, "") for name in ("x1", "x2", "y1", "y2", "cx", "cy", "r")):
            raise NotSimpleError("gradientUnits")
        matrix = times(to_box, matrix)

        def value(name: str, default: float) -> float:
            text = values.get(name)
            if text is None:
                return default
            found = numbers(text)
            if not found:
                raise NotSimpleError(f"{name}={text[:30]}")
            return found[0] / 100 if text.strip().endswith("%") else found[0]

        if values.get("gradientUnits") == "userSpaceOnUse" and not {"x1", "y1", "x2", "y2", "cx", "cy", "r"} & set(
            values
        ):
            raise NotSimpleError("gradientUnits")
        if element.tag == "linearGradient":
            start, end = (value("x1", 0.0), value("y1", 0.0)), (value("x2", 1.0), value("y2", 0.0))
            return linear(matrix, start, end, tuple(rising), size)
        cx, cy, radius = value("cx", 0.5), value("cy", 0.5), value("r", 0.5)
        if (value("fx", cx), value("fy", cy), value("fr", 0.0)) != (cx, cy, 0.0):
            raise NotSimpleError("fx")
        return radial(matrix, (cx, cy), radius, tuple(rising), size)

    def _inherited(self, element: Element) -> tuple[dict[str, str], list[Element]]:
        """Return a gradient's attributes and stops, with those of the ones it refers to."""
        values: dict[str, str] = {}
        stops: list[Element] = []
        seen: set[int] = set()
        kind: Element | None = element
        while kind is not None and id(kind) not in seen:
            seen.add(id(kind))
            values = {**kind.attributes, **values}
            stops = stops or [child for child in kind.children if child.tag == "stop"]
            kind = self.sheet.by_id.get(kind.attributes.get("href", "").lstrip("#"))
        return values, stops

    def _stop(self, element: Element, opacity: float) -> Stop:
        own = Style(self.sheet.own(element))
        offset = own.get("offset", "0").strip()
        at = min(1.0, max(0.0, (numbers(offset) or [0.0])[0] / (100 if offset.endswith("%") else 1)))
        colour = colour_of(
            own.get("stop-color", "black"), own.get("color", "black"), own.share("stop-opacity") * opacity
        )
        if colour is None:
            raise NotSimpleError("stop-color")
        return Stop(at, colour)

    def _stroke(self, style: Style, matrix: Affine) -> ShapeStroke | None:
        text = style.get("stroke", "none").strip()
        if text.startswith("url("):
            raise NotSimpleError(f"stroke={text[:30]}")
        colour = colour_of(text, style.get("color", "black"), style.share("stroke-opacity"))
        width = style.number("stroke-width", 1.0)
        if colour is None or width <= 0:
            return None
        scale = similar(matrix)
        if scale is None:
            raise NotSimpleError("stroke")
        join = style.get("stroke-linejoin", "miter")
        cap = style.get("stroke-linecap", "butt")
        dash = numbers(style.get("stroke-dasharray", "none"))
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


def _matrix(text: str) -> Affine:
    try:
        return transform(text)
    except ValueError:
        raise NotSimpleError(f"transform={text[:40]}") from None


def _valid(stroke: ShapeStroke) -> ShapeStroke:
    try:
        return msgspec.convert(msgspec.to_builtins(stroke), ShapeStroke)
    except msgspec.ValidationError:
        raise NotSimpleError("stroke") from None


def _name(element: Element) -> str:
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


__all__ = ["NotSimpleError", "VectorInfo", "import_vector", "layers_of"]
