"""A small SVG drawing as vector layers.

For icons and flat illustrations: ``g``, ``path``, the basic shapes, ``use``, solid fills and strokes, opacities,
transforms, and clips (or white masks) of shapes. Whatever else a drawing asks for raises :class:`ValueError`: what is
imported looks like the drawing or is not imported at all.
"""

import dataclasses
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal
from xml.etree import ElementTree

from core.documents import svg_paths
from core.documents.image import AnyLayer, GroupLayer, ShapeLayer, Transform, VectorMask
from core.documents.image_shapes import (
    Contours,
    Path,
    Rectangle,
    ShapeStroke,
    Solid,
    contour_bounds,
    replace,
    shifted,
    transformed,
)
from core.documents.svg_values import IDENTITY, Affine, declarations, times, transform

Paint = Callable[[str], str]
"""What a colour of a drawing becomes."""
Box = tuple[float, float, float, float]
"""Left, top, width and height in user units."""
MAX_SOURCE = 1_000_000
MAX_DEPTH = 40
MAX_PIECES = 2_000
CURRENT = "currentColor"
_SHAPES = ("path", "rect", "circle", "ellipse", "line", "polyline", "polygon")
_REFERENCE = re.compile(r"url\(\s*['\"]?#([^'\")]+)['\"]?\s*\)$")
_NAMED = {
    "black": "#000000",
    "white": "#ffffff",
    "red": "#ff0000",
    "green": "#008000",
    "blue": "#0000ff",
    "yellow": "#ffff00",
    "gray": "#808080",
    "grey": "#808080",
    "orange": "#ffa500",
    "silver": "#c0c0c0",
    "gold": "#ffd700",
}
_INHERITED = {
    "fill": "black",
    "stroke": "none",
    "stroke-width": "1",
    "stroke-linecap": "butt",
    "stroke-linejoin": "miter",
    "stroke-miterlimit": "4",
    "stroke-dasharray": "none",
    "stroke-dashoffset": "0",
    "fill-rule": "nonzero",
    "clip-rule": "nonzero",
    "fill-opacity": "1",
    "stroke-opacity": "1",
}
_IGNORED = ("title", "desc", "metadata", "defs", "clipPath", "mask")
_UNSUPPORTED = ("filter", "marker-start", "marker-mid", "marker-end")


@dataclass(frozen=True)
class Piece:
    """One shape in user units with its paint; a colour is ``#rrggbb`` or :data:`CURRENT`."""

    contours: Contours
    even_odd: bool
    fill: str | None
    fill_opacity: float
    stroke: ShapeStroke | None
    """Its colour stands in :attr:`stroke_colour`."""
    stroke_colour: str
    stroke_opacity: float
    opacity: float


@dataclass(frozen=True)
class Cluster:
    """Pieces with one opacity or one clip."""

    parts: "tuple[Piece | Cluster, ...]"
    opacity: float
    clip: Contours | None
    clip_even_odd: bool


def parse(body: str) -> tuple[Piece | Cluster, ...]:
    """Return what the inside of an ``<svg>`` draws, from the back to the front.

    Raises :class:`ValueError` when it is damaged, larger than :data:`MAX_SOURCE` characters or asks for more than
    this module draws.
    """
    if len(body) > MAX_SOURCE or "<!" in body:
        raise ValueError("not a drawing for this reader")
    links = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    try:
        root = ElementTree.fromstring(f"<svg {links}>{body}</svg>")
    except ElementTree.ParseError as error:
        raise ValueError(str(error)) from None
    reader = _Reader({name: one for one in root.iter() if (name := one.get("id"))})
    return tuple(reader.children(root, dict(_INHERITED), IDENTITY, 0))


class _Reader:
    def __init__(self, ids: Mapping[str, ElementTree.Element]) -> None:
        self._ids = ids
        self._count = 0

    def children(
        self, parent: ElementTree.Element, style: dict[str, str], matrix: Affine, depth: int
    ) -> list[Piece | Cluster]:
        found: list[Piece | Cluster] = []
        for one in parent:
            found.extend(self.element(one, style, matrix, depth + 1))
        return found

    def element(
        self, one: ElementTree.Element, style: Mapping[str, str], matrix: Affine, depth: int
    ) -> list[Piece | Cluster]:
        tag = one.tag.rpartition("}")[2]
        if depth > MAX_DEPTH:
            raise ValueError("nested too deeply")
        if tag in _IGNORED:
            return []
        attributes = {**one.attrib, **declarations(one.get("style", ""))}
        if any(attributes.get(name, "none") != "none" for name in _UNSUPPORTED) or "class" in attributes:
            raise ValueError("an effect that is not drawn here")
        if attributes.get("display") == "none" or attributes.get("visibility") == "hidden":
            return []
        own = {**style, **{key: value for key, value in attributes.items() if key in _INHERITED}}
        matrix = times(matrix, transform(attributes.get("transform", "")))
        opacity = _unit(attributes.get("opacity", "1"))
        clip = self._clip(attributes, matrix)
        if tag == "use":
            target = self._ids.get((attributes.get("href") or _linked(one) or "")[1:])
            if target is None:
                raise ValueError("a reference to nothing")
            x, y = svg_paths.number(attributes.get("x")), svg_paths.number(attributes.get("y"))
            parts = self.element(target, own, times(matrix, (1.0, 0.0, 0.0, 1.0, x, y)), depth + 1)
        elif tag == "g":
            parts = self.children(one, own, matrix, depth)
        elif tag in _SHAPES:
            piece = self._piece(tag, attributes, own, matrix, opacity if clip is None else 1.0)
            if clip is None:
                return [] if piece is None else [piece]
            parts = [] if piece is None else [piece]
        else:
            raise ValueError(f"{tag} is not drawn here")
        if not parts or (opacity == 1.0 and clip is None):
            return parts
        contours, even_odd = clip if clip is not None else (None, False)
        return [Cluster(tuple(parts), opacity, contours, even_odd)]

    def _piece(
        self, tag: str, attributes: Mapping[str, str], style: Mapping[str, str], matrix: Affine, opacity: float
    ) -> Piece | None:
        self._count += 1
        if self._count > MAX_PIECES:
            raise ValueError("too many shapes")
        contours = transformed(svg_paths.basic(tag, attributes), matrix)
        fill, stroke_colour = _colour(style["fill"]), _colour(style["stroke"])
        if tag == "line":
            fill = None
        scale = math.sqrt(abs(matrix[0] * matrix[3] - matrix[1] * matrix[2]))
        width = svg_paths.number(style["stroke-width"], 1.0) * scale
        stroke = _stroke(style, width) if stroke_colour is not None and width > 0 else None
        if not contours or (fill is None and stroke is None) or opacity == 0:
            return None
        even_odd = style["fill-rule"] == "evenodd"
        fill_opacity, stroke_opacity = _unit(style["fill-opacity"]), _unit(style["stroke-opacity"])
        return Piece(contours, even_odd, fill, fill_opacity, stroke, stroke_colour or CURRENT, stroke_opacity, opacity)

    def _clip(self, attributes: Mapping[str, str], matrix: Affine) -> tuple[Contours, bool] | None:
        """Return the contours that clip an element: of its ``clip-path``, or of a mask that is white shapes."""
        found = [(key, attributes[key]) for key in ("clip-path", "mask") if attributes.get(key, "none") != "none"]
        if not found:
            return None
        match = _REFERENCE.match(found[0][1].strip())
        target = self._ids.get(match[1]) if match else None
        if len(found) > 1 or target is None or target.get("clipPathUnits") == "objectBoundingBox":
            raise ValueError("a clip that is not drawn here")
        pieces = self.children(target, dict(_INHERITED), matrix, 1)
        contours: list[Contours] = []
        for piece in pieces:
            white = found[0][0] == "clip-path" or (isinstance(piece, Piece) and piece.fill == "#ffffff")
            if not isinstance(piece, Piece) or not white or (found[0][0] == "mask" and piece.stroke is not None):
                raise ValueError("a mask that is not drawn here")
            contours.append(piece.contours)
        if len(contours) != 1:
            raise ValueError("a clip of several shapes")
        return contours[0], isinstance(pieces[0], Piece) and pieces[0].even_odd


def _linked(one: ElementTree.Element) -> str | None:
    return one.get("{http://www.w3.org/1999/xlink}href")


def _unit(text: str) -> float:
    text = text.strip()
    value = svg_paths.number(text[:-1]) / 100 if text.endswith("%") else svg_paths.number(text, 1.0)
    return min(1.0, max(0.0, value))


def _colour(text: str) -> str | None:
    text = text.strip()
    low = text.lower()
    if low in ("none", "transparent"):
        return None
    if low == "currentcolor":
        return CURRENT
    if re.fullmatch(r"#[0-9a-f]{6}", low):
        return low
    if re.fullmatch(r"#[0-9a-f]{3}", low):
        return "#" + "".join(2 * digit for digit in low[1:])
    if low in _NAMED:
        return _NAMED[low]
    raise ValueError(f"the paint {text} is not drawn here")


def _stroke(style: Mapping[str, str], width: float) -> ShapeStroke:
    caps: dict[str, Literal["butt", "round", "square"]] = {"round": "round", "square": "square"}
    joins: dict[str, Literal["miter", "round", "bevel"]] = {"round": "round", "bevel": "bevel"}
    plain = svg_paths.number(style["stroke-width"], 1.0) or 1.0
    dash: tuple[float, ...] = ()
    if style["stroke-dasharray"] not in ("none", "0"):
        values = [float(n) / plain for n in re.findall(r"[\d.]+", style["stroke-dasharray"])]
        dash = tuple(values * 2 if len(values) % 2 else values)
    miter = min(100.0, max(1.0, svg_paths.number(style["stroke-miterlimit"], 4.0)))
    offset = svg_paths.number(style["stroke-dashoffset"]) / plain
    return ShapeStroke(
        width=min(2000.0, width),
        cap=caps.get(style["stroke-linecap"], "butt"),
        join=joins.get(style["stroke-linejoin"], "miter"),
        miter=miter,
        dash=dash,
        dash_offset=offset,
    )


# --- colours and layers ----------------------------------------------------------------------------------------------


def colours(parts: "tuple[Piece | Cluster, ...]") -> list[str]:
    """Return the colours that are used, each once, the most used first; :data:`CURRENT` is one of them."""
    counts: dict[str, int] = {}

    def count(part: Piece | Cluster) -> None:
        if isinstance(part, Cluster):
            for one in part.parts:
                count(one)
            return
        for colour in (part.fill, part.stroke_colour if part.stroke is not None else None):
            if colour is not None:
                counts[colour] = counts.get(colour, 0) + 1

    for part in parts:
        count(part)
    return sorted(counts, key=lambda colour: -counts[colour])


def layers(
    parts: "tuple[Piece | Cluster, ...]",
    box: Box,
    target: Box,
    name: str,
    paint: Paint,
) -> AnyLayer:
    """Return one layer that draws ``parts``: a shape, or a group of shapes where one shape cannot say it.

    ``box`` of the drawing comes to stand in ``target`` (document pixels), scaled alike in both directions. ``paint``
    gives for each colour of the drawing, :data:`CURRENT` too, the ``#rrggbb`` it gets.
    """
    left, top, width, height = box
    scale = min(target[2] / width, target[3] / height)
    x = target[0] + (target[2] - width * scale) / 2 - left * scale
    y = target[1] + (target[3] - height * scale) / 2 - top * scale
    made = _made(_joined(parts), (scale, 0.0, 0.0, scale, x, y), name, paint)
    return made[0] if len(made) == 1 else GroupLayer(name=name, layers=tuple(made), expanded=False)


def _joined(parts: "tuple[Piece | Cluster, ...]") -> "list[Piece | Cluster]":
    """Return the parts, runs of alike pieces made one: strokes always, fills only where they stay apart."""
    found: list[Piece | Cluster] = []
    for part in parts:
        before = found[-1] if found else None
        if isinstance(part, Piece) and isinstance(before, Piece) and _alike(before, part):
            found[-1] = _with(before, before.contours + part.contours)
        else:
            found.append(part)
    return found


def _with(piece: Piece, contours: Contours) -> Piece:
    return dataclasses.replace(piece, contours=contours)


def _alike(first: Piece, second: Piece) -> bool:
    if _with(first, ()) != _with(second, ()):
        return False
    solid = first.opacity == first.stroke_opacity == 1.0
    if first.fill is None and solid:
        return True
    reach = first.stroke.reach() if first.stroke is not None else 0.0
    left, top, right, bottom = contour_bounds(second.contours)
    for contour in first.contours:
        x0, y0, x1, y1 = contour_bounds((contour,))
        if x0 < right + reach and x1 > left - reach and y0 < bottom + reach and y1 > top - reach:
            return False
    return True


def _made(parts: "list[Piece | Cluster]", matrix: Affine, name: str, paint: Paint) -> list[AnyLayer]:
    found: list[AnyLayer] = []
    for part in parts:
        if isinstance(part, Piece):
            found.append(_shape(part, matrix, name, paint))
            continue
        mask = None
        if part.clip is not None:
            geometry, at = _placed(part.clip, matrix, part.clip_even_odd)
            mask = VectorMask(geometry=geometry, transform=at)
        inside = tuple(_made(_joined(part.parts), matrix, name, paint))
        found.append(GroupLayer(name=name, layers=inside, opacity=part.opacity, vector_mask=mask, expanded=False))
    return found


def _placed(contours: Contours, matrix: Affine, even_odd: bool) -> tuple[Path, Transform]:
    contours = transformed(contours, matrix)
    left, top, _, _ = contour_bounds(contours)
    return Path(parts=shifted(contours, -left, -top), even_odd=even_odd), Transform(x=left, y=top)


def _shape(piece: Piece, matrix: Affine, name: str, paint: Paint) -> ShapeLayer:
    geometry, at = _placed(piece.contours, matrix, piece.even_odd)
    stroke = piece.stroke
    if stroke is not None:
        colour = _faded(paint(piece.stroke_colour), piece.stroke_opacity)
        stroke = replace(stroke, colour=colour, width=min(2000.0, max(0.01, stroke.width * matrix[0])))
    fill = None if piece.fill is None else Solid(colour=_faded(paint(piece.fill), piece.fill_opacity))
    return ShapeLayer(name=name, geometry=geometry, fill=fill, stroke=stroke, opacity=piece.opacity, transform=at)


def _faded(colour: str, opacity: float) -> str:
    return colour[:7] if opacity >= 1 else f"{colour[:7]}{round(opacity * 255):02x}"


def counts(parts: "tuple[Piece | Cluster, ...]") -> tuple[int, int]:
    """Return how many knots and how many contours all of it has."""
    points = contours = 0
    for part in parts:
        if isinstance(part, Piece):
            points += sum(len(contour.knots) for contour in part.contours)
            contours += len(part.contours)
        else:
            inside = counts(part.parts)
            points, contours = points + inside[0], contours + inside[1]
    return points, contours


def repeated(
    parts: "tuple[Piece | Cluster, ...]", tile: tuple[float, float], columns: int, rows: int
) -> "tuple[Piece | Cluster, ...]":
    """Return the parts side by side, ``tile`` apart; a piece stays one piece."""
    return tuple(
        _with(part, tuple(c for at in _places(tile, columns, rows) for c in shifted(part.contours, *at)))
        if isinstance(part, Piece)
        else Cluster(
            repeated(part.parts, tile, columns, rows),
            part.opacity,
            None
            if part.clip is None
            else tuple(c for at in _places(tile, columns, rows) for c in shifted(part.clip, *at)),
            part.clip_even_odd,
        )
        for part in parts
    )


def _places(tile: tuple[float, float], columns: int, rows: int) -> list[tuple[float, float]]:
    return [(column * tile[0], row * tile[1]) for row in range(rows) for column in range(columns)]


def frame(width: float, height: float) -> Rectangle:
    """Return the rectangle that trims a pattern to its canvas."""
    return Rectangle(width=width, height=height)
