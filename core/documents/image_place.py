"""Where layers stand: moving, scaling, turning, mirroring and aligning them, as pure functions on image documents.

A layer is only ever given another :class:`~core.documents.image.Transform`; its pixels stay as they are, so any chain
of these edits can be taken back to the first state without loss. Masks follow their layers. How large a layer's own
content is (a text's depends on its layout) is asked of ``size_of``: ``(width, height)`` in the layer's own pixels.
Fills and adjustments cover everything and only their masks move.
"""

import math
from collections.abc import Callable, Collection, Mapping
from typing import Literal, NamedTuple

import msgspec

from core.documents import image_shapes
from core.documents.image import (
    MAX_SIDE,
    AnyLayer,
    Artboard,
    FillLayer,
    GroupLayer,
    Guide,
    ImageDocument,
    Mask,
    Placed,
    ShapeLayer,
    Transform,
    VectorMask,
    check_size,
)
from core.documents.image_artboard import FAR
from core.documents.image_edits import change, top_level
from core.documents.image_effects import scaled

replace = msgspec.structs.replace
SizeOf = Callable[[AnyLayer], tuple[float, float]]
Point = tuple[float, float]
Edge = Literal["left", "centre", "right", "top", "middle", "bottom"]


class Box(NamedTuple):
    """A rectangle in document pixels: its left, top, right and bottom edges."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def centre(self) -> Point:
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def union(self, other: "Box") -> "Box":
        """Return the smallest box around both."""
        return Box(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )


class Placement(NamedTuple):
    """A similarity: everything is scaled about ``pivot``, then turned clockwise about it, then moved.

    ``mirror`` flips left and right about the pivot first. It is all that layers with a rotation can follow exactly.
    """

    pivot: Point = (0.0, 0.0)
    scale: float = 1.0
    degrees: float = 0.0
    dx: float = 0.0
    dy: float = 0.0
    mirror: bool = False

    def point(self, x: float, y: float) -> Point:
        """Return where the document point goes."""
        px, py = self.pivot
        x, y = (x - px) * self.scale * (-1 if self.mirror else 1), (y - py) * self.scale
        cos, sin = math.cos(math.radians(self.degrees)), math.sin(math.radians(self.degrees))
        return px + cos * x - sin * y + self.dx, py + sin * x + cos * y + self.dy

    @property
    def only_moves(self) -> bool:
        return self.scale == 1 and self.degrees == 0 and not self.mirror


def move_by(document: ImageDocument, ids: Collection[str], dx: float, dy: float) -> ImageDocument:
    """Move layers with all inside them and their masks by document pixels."""
    return move_each(document, dict.fromkeys(ids, (dx, dy)))


def move_each(document: ImageDocument, offsets: Mapping[str, Point]) -> ImageDocument:
    """Move each layer by its own offset."""
    for layer_id in top_level(document, offsets):
        dx, dy = offsets[layer_id]
        document = document.replace_layer(layer_id, lambda layer, dx=dx, dy=dy: moved(layer, dx, dy))  # type: ignore[misc]
    return document


def moved(layer: AnyLayer, dx: float, dy: float) -> AnyLayer:
    """Return ``layer``, all inside it and its mask moved by document pixels."""
    return placed(layer, Placement(dx=dx, dy=dy), lambda _: (0.0, 0.0))


def place_by(document: ImageDocument, ids: Collection[str], how: Placement, size_of: SizeOf) -> ImageDocument:
    """Scale, turn, mirror and move layers as ``how`` says, with all inside them and their masks."""
    return change(document, top_level(document, ids), lambda layer: placed(layer, how, size_of))


def flip(
    document: ImageDocument,
    ids: Collection[str],
    direction: Literal["horizontal", "vertical"],
    about: Point,
    size_of: SizeOf,
) -> ImageDocument:
    """Mirror layers left to right or top to bottom about a document point."""
    how = Placement(pivot=about, mirror=True, degrees=0 if direction == "horizontal" else 180)
    return place_by(document, ids, how, size_of)


def stretch(layer: AnyLayer, scale_x: float, scale_y: float, anchor: Point, size_of: SizeOf) -> AnyLayer:
    """Scale one layer that has a place along its own axes so that the document point ``anchor`` stays where it is.

    The factors multiply the scales it has; a negative one mirrors. A shape takes them into its geometry, so that its
    stroke and corners keep their size. Its masks follow exactly when the layer is not turned or the factors are
    equal, else as nearly as masks without shear can.
    """
    if not isinstance(layer, Placed):
        return layer
    old = layer.transform
    angle = math.radians(old.rotation)
    cos, sin = math.cos(angle), math.sin(angle)

    def go(x: float, y: float) -> Point:
        x, y = x - anchor[0], y - anchor[1]
        along, across = (cos * x + sin * y) * scale_x, (-sin * x + cos * y) * scale_y
        return anchor[0] + cos * along - sin * across, anchor[1] + sin * along + cos * across

    width, height = size_of(layer)
    cx, cy = go(old.x + width / 2, old.y + height / 2)
    new = replace(
        old, x=cx - width / 2, y=cy - height / 2, scale_x=old.scale_x * scale_x, scale_y=old.scale_y * scale_y
    )
    if isinstance(layer, ShapeLayer):
        layer = replace(layer, geometry=image_shapes.resized(layer.geometry, abs(scale_x), abs(scale_y)))
        width, height = layer.geometry.size()
        signs = math.copysign(old.scale_x, old.scale_x * scale_x), math.copysign(old.scale_y, old.scale_y * scale_y)
        new = replace(old, x=cx - width / 2, y=cy - height / 2, scale_x=signs[0], scale_y=signs[1])
    vector = layer.vector_mask
    if vector is not None:
        inner = vector.transform
        w, h = vector.geometry.size()
        mx, my = go(inner.x + w / 2, inner.y + h / 2)
        layer = replace(layer, vector_mask=_vector_at(vector, mx, my, scale_x, scale_y))
    mask = layer.mask
    if mask is not None:
        inner = mask.transform
        mx, my = go(mask.x + inner.x + mask.width / 2, mask.y + inner.y + mask.height / 2)
        mask = _mask_at(mask, mx, my, inner.scale_x * scale_x, inner.scale_y * scale_y, inner.rotation)
    return replace(layer, transform=new, mask=mask)


def align(document: ImageDocument, boxes: Mapping[str, Box], edge: Edge, target: Box) -> ImageDocument:
    """Move layers so that their boxes touch ``target``'s edge, or share its centre line, in whole pixels."""
    offsets: dict[str, Point] = {}
    for layer_id, box in boxes.items():
        (bx, by), (tx, ty) = box.centre, target.centre
        dx, dy = {
            "left": (target.left - box.left, 0.0),
            "centre": (tx - bx, 0.0),
            "right": (target.right - box.right, 0.0),
            "top": (0.0, target.top - box.top),
            "middle": (0.0, ty - by),
            "bottom": (0.0, target.bottom - box.bottom),
        }[edge]
        offsets[layer_id] = (float(round(dx)), float(round(dy)))
    return move_each(document, offsets)


def distribute(
    document: ImageDocument, boxes: Mapping[str, Box], axis: Literal["horizontal", "vertical"]
) -> ImageDocument:
    """Space three or more layers so that the gaps between their boxes are equal; the outermost two stay."""
    low, high = (0, 2) if axis == "horizontal" else (1, 3)
    order = sorted(boxes, key=lambda layer_id: (boxes[layer_id][low] + boxes[layer_id][high], layer_id))
    if len(order) < 3:
        return document
    span = boxes[order[-1]][high] - boxes[order[0]][low]
    gap = (span - sum(boxes[i][high] - boxes[i][low] for i in order)) / (len(order) - 1)
    at = boxes[order[0]][low]
    offsets: dict[str, Point] = {}
    for layer_id in order:
        by = float(round(at - boxes[layer_id][low]))
        offsets[layer_id] = (by, 0.0) if axis == "horizontal" else (0.0, by)
        at += boxes[layer_id][high] - boxes[layer_id][low] + gap
    return move_each(document, offsets)


def resize_canvas(document: ImageDocument, width: int, height: int, anchor: Point = (0.5, 0.5)) -> ImageDocument:
    """Give the document another size and keep everything where it is relative to ``anchor``.

    ``anchor`` is a fraction of width and height: (0, 0) keeps the top left corner, (0.5, 0.5) the centre. Nothing is
    cut off: what leaves the canvas comes back when it grows again.
    """
    check_size(width, height)
    dx, dy = float(round((width - document.width) * anchor[0])), float(round((height - document.height) * anchor[1]))
    return _cut(document, dx, dy, width, height)


def crop(document: ImageDocument, box: tuple[int, int, int, int]) -> ImageDocument:
    """Make the canvas the box (left, top, right, bottom; document pixels). Nothing is cut off for good."""
    left, top, right, bottom = box
    check_size(right - left, bottom - top)
    return _cut(document, -left, -top, right - left, bottom - top)


def _cut(document: ImageDocument, dx: float, dy: float, width: int, height: int) -> ImageDocument:
    return place_all(document, Placement(dx=dx, dy=dy), width, height, lambda _: (0.0, 0.0))


def place_all(document: ImageDocument, how: Placement, width: int, height: int, size_of: SizeOf) -> ImageDocument:
    """Give the document that size, with all its layers, the selection and the guides placed as ``how`` says.

    Pixels stay as they are. Gradient fills turn with the picture; effects are scaled with it.
    """
    layers = tuple(_fills_turned(placed(layer, how, size_of), how) for layer in document.layers)
    if how.scale != 1:
        layers = tuple(effects_scaled(layer, how.scale) for layer in layers)
    chosen = document.selection and _placed_mask(document.selection, how)
    guides = tuple(_placed_guide(guide, how) for guide in document.guides)
    return replace(document, width=width, height=height, layers=layers, selection=chosen, guides=guides)


def scale_document(document: ImageDocument, width: int, height: int, size_of: SizeOf) -> ImageDocument:
    """Scale the picture with all its layers to fit ``width``×``height``, centred; pixels stay as they are.

    Proportions are kept: when the new ones differ, the shorter side decides.
    """
    check_size(width, height)
    factor = min(width / document.width, height / document.height)
    dx, dy = (width - document.width * factor) / 2, (height - document.height * factor) / 2
    return place_all(document, Placement(scale=factor, dx=dx, dy=dy), width, height, size_of)


def _fills_turned(layer: AnyLayer, how: Placement) -> AnyLayer:
    if isinstance(layer, GroupLayer):
        return replace(layer, layers=tuple(_fills_turned(child, how) for child in layer.layers))
    if not isinstance(layer, FillLayer) or (how.degrees == 0 and not how.mirror):
        return layer
    return replace(layer, angle=_normal((180.0 - layer.angle if how.mirror else layer.angle) + how.degrees))


def _placed_board(board: Artboard, how: Placement) -> Artboard:
    """Return where an artboard goes: it stays upright and on whole pixels, so the nearest quarter turn is taken."""
    width, height = (min(MAX_SIDE, max(1, round(side * how.scale))) for side in (board.width, board.height))
    if round(how.degrees / 90) % 2:
        width, height = height, width
    cx, cy = how.point(board.x + board.width / 2, board.y + board.height / 2)
    x, y = (max(-FAR, min(FAR, round(at))) for at in (cx - width / 2, cy - height / 2))
    return replace(board, x=x, y=y, width=width, height=height)


def _placed_guide(guide: Guide, how: Placement) -> Guide:
    """Return where a guide goes; lines cannot slant, so the nearest quarter turn is taken."""
    quarters = round(how.degrees / 90)
    px, py = how.pivot
    x, y = how._replace(degrees=quarters * 90.0).point(*((guide.at, py) if guide.axis == "x" else (px, guide.at)))
    upright = (guide.axis == "x") == (quarters % 2 == 0)
    at = round(x if upright else y, 6)  # a quarter's cosine is not quite nothing
    return Guide(axis="x" if upright else "y", at=at)


def effects_scaled(layer: AnyLayer, factor: float) -> AnyLayer:
    """Return ``layer`` with its effects, and those of all inside it, made ``factor`` times as large."""
    if isinstance(layer, GroupLayer):
        layer = replace(layer, layers=tuple(effects_scaled(child, factor) for child in layer.layers))
    return replace(layer, effects=tuple(scaled(effect, factor) for effect in layer.effects))


def fit_into(width: int, height: int, room: ImageDocument | Box, *, enlarge: bool = False) -> Transform:
    """Return the transform that centres content of that size on the canvas, or in a box.

    It is scaled down where it would not fit.
    """
    box = room if isinstance(room, Box) else Box(0.0, 0.0, float(room.width), float(room.height))
    factor = min((box.right - box.left) / width, (box.bottom - box.top) / height)
    factor = factor if enlarge else min(1.0, factor)
    x, y = box.centre[0] - width / 2, box.centre[1] - height / 2
    if factor == 1:
        x, y = math.floor(x), math.floor(y)
    return Transform(x=x, y=y, scale_x=factor, scale_y=factor)


def corners(layer: AnyLayer, size: tuple[float, float]) -> tuple[Point, Point, Point, Point] | None:
    """Return the corners of a layer that has a place, clockwise from its own top left; ``None`` for others.

    Those of a bent layer are where they would be if it were not.
    """
    if not isinstance(layer, Placed):
        return None
    a, b, c, d, tx, ty = layer.transform.matrix(*size)
    w, h = size
    return (tx, ty), (a * w + tx, b * w + ty), (a * w + c * h + tx, b * w + d * h + ty), (c * h + tx, d * h + ty)


def placed(layer: AnyLayer, how: Placement, size_of: SizeOf) -> AnyLayer:
    """Return ``layer``, all inside it and its masks scaled, turned, mirrored and moved as ``how`` says."""
    mask = layer.mask
    if mask is not None:
        mask = _placed_mask(mask, how)
    if layer.vector_mask is not None:
        layer = replace(layer, vector_mask=_placed_vector(layer.vector_mask, how))
    if isinstance(layer, GroupLayer):
        inside = tuple(placed(child, how, size_of) for child in layer.layers)
        board = layer.artboard and _placed_board(layer.artboard, how)
        return replace(layer, mask=mask, layers=inside, artboard=board)
    if not isinstance(layer, Placed):
        return replace(layer, mask=mask)
    old = layer.transform
    if how.only_moves:
        return replace(layer, mask=mask, transform=replace(old, x=old.x + how.dx, y=old.y + how.dy))
    width, height = size_of(layer)
    cx, cy = how.point(old.x + width / 2, old.y + height / 2)
    new = _turned(old, how)
    if isinstance(layer, ShapeLayer):
        layer = _shape_scaled(layer, how.scale)
        width, height = layer.geometry.size()
        new = replace(new, scale_x=new.scale_x / how.scale, scale_y=new.scale_y / how.scale)
    return replace(layer, mask=mask, transform=replace(new, x=cx - width / 2, y=cy - height / 2))


def _shape_scaled(layer: ShapeLayer, factor: float) -> ShapeLayer:
    """Return a shape made ``factor`` times as large with its stroke and corners, within their limits."""
    if factor == 1:
        return layer
    stroke = layer.stroke
    if stroke is not None:
        stroke = replace(stroke, width=min(2000.0, max(0.01, stroke.width * factor)))
    return replace(layer, geometry=image_shapes.scaled(layer.geometry, factor), stroke=stroke)


def _placed_vector(mask: VectorMask, how: Placement) -> VectorMask:
    if how.only_moves:
        return replace(
            mask, transform=replace(mask.transform, x=mask.transform.x + how.dx, y=mask.transform.y + how.dy)
        )
    width, height = mask.geometry.size()
    cx, cy = how.point(mask.transform.x + width / 2, mask.transform.y + height / 2)
    mask = replace(mask, geometry=image_shapes.scaled(mask.geometry, how.scale))
    turned = _turned(mask.transform, how)
    width, height = mask.geometry.size()
    scale_x, scale_y = turned.scale_x / how.scale, turned.scale_y / how.scale
    placed = replace(turned, x=cx - width / 2, y=cy - height / 2, scale_x=scale_x, scale_y=scale_y)
    return replace(mask, transform=placed, feather=min(250.0, mask.feather * how.scale))


def _vector_at(mask: VectorMask, cx: float, cy: float, scale_x: float, scale_y: float) -> VectorMask:
    """Return a mask stretched along its own sides, with its middle there."""
    geometry = image_shapes.resized(mask.geometry, abs(scale_x), abs(scale_y))
    width, height = geometry.size()
    old = mask.transform
    signs = math.copysign(old.scale_x, old.scale_x * scale_x), math.copysign(old.scale_y, old.scale_y * scale_y)
    placed = replace(old, x=cx - width / 2, y=cy - height / 2, scale_x=signs[0], scale_y=signs[1])
    return replace(mask, geometry=geometry, transform=placed)


def _placed_mask(mask: Mask, how: Placement) -> Mask:
    if how.only_moves and mask.transform == Transform():
        x, y = mask.x + how.dx, mask.y + how.dy
        if x == round(x) and y == round(y):
            return replace(mask, x=round(x), y=round(y))
    inner = mask.transform
    cx, cy = how.point(mask.x + inner.x + mask.width / 2, mask.y + inner.y + mask.height / 2)
    new = _turned(inner, how)
    mask = replace(mask, feather=min(250.0, mask.feather * how.scale))
    return _mask_at(mask, cx, cy, new.scale_x, new.scale_y, new.rotation)


def _turned(old: Transform, how: Placement) -> Transform:
    sign = -1 if how.mirror else 1
    return replace(
        old,
        scale_x=old.scale_x * how.scale * sign,
        scale_y=old.scale_y * how.scale,
        rotation=_normal(how.degrees + old.rotation * sign),
    )


def _mask_at(mask: Mask, cx: float, cy: float, scale_x: float, scale_y: float, rotation: float) -> Mask:
    left, top = cx - mask.width / 2, cy - mask.height / 2
    x, y = math.floor(left), math.floor(top)
    inner = Transform(x=left - x, y=top - y, scale_x=scale_x, scale_y=scale_y, rotation=rotation)
    return replace(mask, x=x, y=y, transform=inner)


def _normal(degrees: float) -> float:
    """Return the same direction in −180…180, so that a value shown to a person stays small."""
    turned = math.remainder(degrees, 360.0)
    return 0.0 if turned == 0 else turned
