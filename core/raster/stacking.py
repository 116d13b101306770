"""Layers as units that are composed together, and what can be told of a layer without drawing it."""

from typing import NamedTuple

from core.documents.image import (
    AdjustmentLayer,
    AnyLayer,
    BlendMode,
    GroupLayer,
    Mask,
    Pictured,
    ShapeLayer,
    TextLayer,
    VectorMask,
)
from core.raster.text import parse_colour


class OwnedMask(NamedTuple):
    """A mask and the id of the layer it belongs to."""

    owner: str
    mask: Mask | VectorMask
    bent: Pictured | TextLayer | None = None
    """Its layer when that is bent, and the mask with it."""


class Unit(NamedTuple):
    """A layer and those clipped to it, from the bottom to the top."""

    base: AnyLayer
    clipped: tuple[AnyLayer, ...]


class Held(NamedTuple):
    """What a clipped filter looks at: a layer through its masks, and what is clipped to it below the filter."""

    base: AnyLayer
    outer: tuple[OwnedMask, ...]
    clipped: tuple[AnyLayer, ...]


Below = tuple[Unit, ...] | tuple[Held]
"""What a filter looks at: the visible units below it."""


def units(layers: tuple[AnyLayer, ...]) -> list[Unit]:
    """Return one group's layers as units. What is clipped at the very bottom has nothing to hold on to: it shows."""
    found: list[Unit] = []
    for layer in layers:
        if layer.clipped and found:
            found[-1] = Unit(found[-1].base, (*found[-1].clipped, layer))
        else:
            found.append(Unit(layer, ()))
    return found


def shows(layer: AnyLayer) -> bool:
    """Return whether a layer takes part at all."""
    return layer.visible and layer.opacity > 0.0


def spreads(layer: AnyLayer) -> bool:
    """Return whether what is painted on a layer, or on one inside of it, can be seen elsewhere than where it is."""
    bent = isinstance(layer, Pictured | TextLayer) and layer.warp is not None
    return bent or has_effects(layer) or (isinstance(layer, AdjustmentLayer) and layer.reach > 0)


def direct(layer: AnyLayer) -> bool:
    """Return whether a layer can be drawn onto what is below it without a surface of its own."""
    plain = layer.blend is BlendMode.NORMAL and layer.opacity >= 1.0
    if isinstance(layer, ShapeLayer):
        return plain
    if isinstance(layer, TextLayer):
        return plain and layer.background is None and parse_colour(layer.colour)[3] == 1.0
    return passes_through(layer) if isinstance(layer, GroupLayer) else True


def passes_through(group: GroupLayer) -> bool:
    """Return whether a group is the same drawn in place as on its own: *over* is associative, other modes are not."""
    plain = group.blend is BlendMode.NORMAL and group.opacity >= 1.0 and not has_effects(group)
    return plain and all(map(only_over, group.layers))


def has_effects(layer: AnyLayer) -> bool:
    """Return whether effects of a layer take part."""
    return not isinstance(layer, AdjustmentLayer) and any(effect.enabled for effect in layer.effects)


def only_over(layer: AnyLayer) -> bool:
    """Return whether a layer only lies on what is below: nothing blends, adjusts or has effects."""
    if layer.blend is not BlendMode.NORMAL or isinstance(layer, AdjustmentLayer) or has_effects(layer):
        return False
    return not isinstance(layer, GroupLayer) or all(map(only_over, layer.layers))
