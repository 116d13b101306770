"""One artboard for many formats: a copy of it in another size, its layers adapted.

What covers the artboard covers the copy too. Everything else is scaled by the shorter ratio of the sides and keeps its
distance to the nearest edge, or to the middle; text never sticks out. The copy is an artboard like any other, to be
changed by hand.
"""

from collections.abc import Callable

import msgspec

from core.documents import artboard_edits, image_edits, image_place
from core.documents.artboard_edits import Size, box_of
from core.documents.image import (
    AdjustmentLayer,
    AnyLayer,
    Artboard,
    FillLayer,
    GroupLayer,
    ImageDocument,
    ShapeLayer,
    TextLayer,
    check_size,
)
from core.documents.image_place import Box, Placement, SizeOf

replace = msgspec.structs.replace
BoxOf = Callable[[AnyLayer], Box]
"""A layer's box in document pixels; an empty one for what stands nowhere."""
TOUCHES = 0.01
"""A layer covers a side when it leaves at most this part of it free at either end."""
CENTRED = 1 / 6
"""A layer whose middle is within this part of a side of the artboard's middle, in its middle third, keeps to that."""


def duplicate_to_sizes(
    document: ImageDocument, board_id: str, sizes: tuple[Size, ...], size_of: SizeOf, box_of_layer: BoxOf
) -> tuple[ImageDocument, tuple[str, ...]]:
    """Copy an artboard to each size, beside the others; return the document and the copies' ids.

    Raises ``KeyError`` when the group is no artboard, and :class:`core.values.AtelierError` for impossible sizes.
    """
    made: list[str] = []
    artboard_edits.board(document, board_id)
    for size in sizes:
        check_size(size.width, size.height)
        group = image_edits.with_new_ids(document.layer(board_id))
        assert isinstance(group, GroupLayer)
        x, y = artboard_edits.free_place(document, size.width, size.height)
        target = Artboard(x=x, y=y, width=size.width, height=size.height, preset=size.preset)
        group = adapted(
            replace(group, name=size.title or f"{size.width} × {size.height}"), target, size_of, box_of_layer
        )
        document = image_edits.insert(document, [group], None, len(document.layers))
        made.append(group.id)
    return artboard_edits.fit_canvas(document), tuple(made)


def adapted(group: GroupLayer, target: Artboard, size_of: SizeOf, box_of_layer: BoxOf) -> GroupLayer:
    """Return an artboard with the place and size of ``target`` (its background stays), its layers adapted."""
    assert group.artboard is not None
    fit = _Fit(box_of(group.artboard), box_of(target), size_of, box_of_layer)
    board = replace(target, background=group.artboard.background)
    layers = fit.layers(group.layers)
    bare = image_place.placed(replace(group, layers=()), fit.middle(), size_of)  # a mask of the artboard's own
    assert isinstance(bare, GroupLayer)
    return replace(bare, layers=layers, artboard=board)


class _Fit:
    """Takes layers from one rectangle to another."""

    def __init__(self, old: Box, new: Box, size_of: SizeOf, box_of_layer: BoxOf) -> None:
        self._old, self._new = old, new
        self._size_of, self._box_of = size_of, box_of_layer
        (self._w, self._h), (width, height) = _sides(old), _sides(new)
        self._ratios = width / self._w, height / self._h
        self._scale = min(self._ratios)

    def layers(self, layers: tuple[AnyLayer, ...]) -> tuple[AnyLayer, ...]:
        """Return one group's layers; those that are clipped go where the layer that they are clipped to goes."""
        found: list[AnyLayer] = []
        base: AnyLayer | None = None
        for layer in layers:
            if not layer.clipped or base is None:
                base = layer
            found.append(self._layer(layer, base))
        return tuple(found)

    def _layer(self, layer: AnyLayer, base: AnyLayer) -> AnyLayer:
        box = self._box_of(base)
        wide, high = self._covers(box)
        if isinstance(base, FillLayer | AdjustmentLayer):
            return self._put(layer, self._covering())
        if wide and high and isinstance(layer, GroupLayer):
            return replace(self._put(replace(layer, layers=()), self._covering()), layers=self.layers(layer.layers))
        if wide and high:
            return self._put(layer, self._covering())
        if wide != high and isinstance(layer, ShapeLayer) and layer is base and layer.transform.rotation == 0:
            return self._band(layer, box, wide=wide)
        if wide != high:
            return self._put(layer, self._anchored(box, self._ratios[0 if wide else 1]))
        how = self._anchored(box, self._scale)
        placed = self._put(layer, how)
        return self._kept_inside(placed) if isinstance(layer, TextLayer) and layer is base else placed

    def _covers(self, box: Box) -> tuple[bool, bool]:
        """Return whether a box covers the width and the height."""
        dx, dy = self._w * TOUCHES, self._h * TOUCHES
        wide = box.left <= self._old.left + dx and box.right >= self._old.right - dx
        return wide, box.top <= self._old.top + dy and box.bottom >= self._old.bottom - dy

    def middle(self) -> Placement:
        """Return the placement that keeps what is in the middle there, scaled by the shorter ratio."""
        return self._about(self._scale)

    def _covering(self) -> Placement:
        return self._about(max(self._ratios))

    def _about(self, scale: float) -> Placement:
        (cx, cy), (nx, ny) = self._old.centre, self._new.centre
        return Placement(pivot=(cx, cy), scale=scale, dx=nx - cx, dy=ny - cy)

    def _anchored(self, box: Box, scale: float) -> Placement:
        x = _along(box.left, box.right, self._old[0::2], self._new[0::2], scale)
        y = _along(box.top, box.bottom, self._old[1::2], self._new[1::2], scale)
        (px, py) = box.centre
        return Placement(pivot=(px, py), scale=scale, dx=x - px, dy=y - py)

    def _band(self, layer: ShapeLayer, box: Box, *, wide: bool) -> AnyLayer:
        """Return a shape along a whole side: as long as the new side, and scaled across it."""
        factors = (self._ratios[0], self._scale) if wide else (self._scale, self._ratios[1])
        own = image_place.stretch(layer, *factors, box.centre, self._size_of)
        how = self._anchored(box, self._scale)
        (ox, oy), (nx, ny) = self._old.centre, self._new.centre
        dx, dy = (nx - ox, how.dy) if wide else (how.dx, ny - oy)
        return image_place.moved(own, dx, dy)

    def _put(self, layer: AnyLayer, how: Placement) -> AnyLayer:
        return image_place.effects_scaled(image_place.placed(layer, how, self._size_of), how.scale)

    def _kept_inside(self, layer: AnyLayer) -> AnyLayer:
        """Return a text that is inside of the artboard: made smaller where it is too large for it."""
        box, new = self._box_of(layer), self._new
        (width, height), room = _sides(box), _sides(new)
        smaller = min(1.0, room[0] / max(width, 1e-6), room[1] / max(height, 1e-6))
        if smaller < 1:
            layer = self._put(layer, Placement(pivot=box.centre, scale=smaller))
            box = self._box_of(layer)
        dx = max(new.left - box.left, 0.0) + min(new.right - box.right, 0.0)
        dy = max(new.top - box.top, 0.0) + min(new.bottom - box.bottom, 0.0)
        return layer if dx == dy == 0 else image_place.moved(layer, dx, dy)


def _along(low: float, high: float, old: tuple[float, ...], new: tuple[float, ...], scale: float) -> float:
    """Return where the middle of what lies from ``low`` to ``high`` goes on one axis."""
    middle, centre = (low + high) / 2, (old[0] + old[1]) / 2
    half = (high - low) / 2 * scale
    if abs(middle - centre) <= CENTRED * (old[1] - old[0]):
        return (new[0] + new[1]) / 2 + (middle - centre) * scale
    if low - old[0] <= old[1] - high:
        return new[0] + (low - old[0]) * scale + half
    return new[1] - (old[1] - high) * scale - half


def _sides(box: Box) -> tuple[float, float]:
    return box.right - box.left, box.bottom - box.top
