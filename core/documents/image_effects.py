"""Effects of a layer: shadows, glows, strokes and overlays that follow its shape and leave its pixels alone.

Lengths are document pixels, before any zoom. ``angle`` of a shadow is where the light comes from, anticlockwise from
the right, as designers know it: 90 throws the shadow straight down. How they are drawn is in
:mod:`core.raster.effects`.
"""

import math
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from core.documents.base import Node
from core.documents.image_values import BlendMode, Colour, Unit

MAX_EFFECTS = 32

_PIXELS = {"unit": "px", "step": 1.0}
_PER_CENT = {"unit": "%", "step": 1.0}
_DEGREES = {"unit": "°", "step": 1.0}


class LayerEffect(Node, frozen=True, kw_only=True, tag_field="kind"):
    """What all effects have."""

    enabled: bool = True
    blend: BlendMode = BlendMode.NORMAL
    opacity: Unit = 1.0

    def reach(self) -> float:
        """Return how far from a pixel of the layer the effect can be seen, or is changed by it."""
        return 0.0


class _Soft(LayerEffect, frozen=True, kw_only=True):
    """A soft copy of the layer's shape. ``spread`` per cent of ``size`` widen it, the rest softens its edge."""

    colour: Annotated[Colour, Meta(title="Colour")] = "#000000"
    size: Annotated[float, Meta(ge=0, le=250, title="Size", extra=_PIXELS)] = 12.0
    spread: Annotated[float, Meta(ge=0, le=100, title="Spread", extra=_PER_CENT)] = 0.0

    def offset(self) -> tuple[float, float]:
        """Return how far the copy is moved."""
        return 0.0, 0.0

    def reach(self) -> float:
        return self.size + math.hypot(*self.offset()) + 2


class _Shadow(_Soft, frozen=True, kw_only=True):
    angle: Annotated[float, Meta(ge=-180, le=180, title="Angle", extra=_DEGREES)] = 120.0
    distance: Annotated[float, Meta(ge=0, le=500, title="Distance", extra=_PIXELS)] = 8.0

    def offset(self) -> tuple[float, float]:
        turn = math.radians(self.angle)
        return -math.cos(turn) * self.distance, math.sin(turn) * self.distance


class DropShadow(_Shadow, frozen=True, kw_only=True, tag="drop-shadow"):
    """A shadow behind the layer. Through what is translucent it is seen, as in *Filter Effects* (W3C)."""

    blend: BlendMode = BlendMode.MULTIPLY
    opacity: Unit = 0.5


class InnerShadow(_Shadow, frozen=True, kw_only=True, tag="inner-shadow"):
    """A shadow that the layer's edge throws onto the layer."""

    blend: BlendMode = BlendMode.MULTIPLY
    opacity: Unit = 0.5


class OuterGlow(_Soft, frozen=True, kw_only=True, tag="outer-glow"):
    """Light behind the layer, all around it."""

    blend: BlendMode = BlendMode.SCREEN
    opacity: Unit = 0.75
    colour: Annotated[Colour, Meta(title="Colour")] = "#ffffbe"


class InnerGlow(_Soft, frozen=True, kw_only=True, tag="inner-glow"):
    """Light on the layer along its edge."""

    blend: BlendMode = BlendMode.SCREEN
    opacity: Unit = 0.75
    colour: Annotated[Colour, Meta(title="Colour")] = "#ffffbe"


class Stroke(LayerEffect, frozen=True, kw_only=True, tag="stroke"):
    """A line along the layer's edge: behind the layer outside of it, on the layer inside of it."""

    colour: Annotated[Colour, Meta(title="Colour")] = "#000000"
    size: Annotated[float, Meta(ge=0, le=250, title="Size", extra=_PIXELS)] = 3.0
    position: Annotated[Literal["outside", "centre", "inside"], Meta(title="Position")] = "outside"

    def reach(self) -> float:
        return self.size + 2


class ColourOverlay(LayerEffect, frozen=True, kw_only=True, tag="colour-overlay"):
    """A colour over all of the layer."""

    colour: Annotated[Colour, Meta(title="Colour")] = "#e23d3d"


class GradientOverlay(LayerEffect, frozen=True, kw_only=True, tag="gradient-overlay"):
    """A linear gradient over the box around the layer; ``angle`` as of a fill: clockwise, 0 from left to right."""

    colour: Annotated[Colour, Meta(title="Colour")] = "#000000"
    colour2: Annotated[Colour, Meta(title="To")] = "#ffffff"
    angle: Annotated[float, Meta(ge=-180, le=180, title="Angle", extra=_DEGREES)] = 90.0


Effect = DropShadow | InnerShadow | OuterGlow | InnerGlow | Stroke | ColourOverlay | GradientOverlay


def scaled(effect: Effect, factor: float) -> Effect:
    """Return an effect of a layer that is made ``factor`` times as large, within the limits of its fields."""
    limits = {"size": 250.0, "distance": 500.0}
    lengths = {name: min(getattr(effect, name) * factor, limits[name]) for name in limits if hasattr(effect, name)}
    changed: Effect = msgspec.structs.replace(effect, **lengths)
    return changed


def reach(effects: tuple[Effect, ...]) -> float:
    """Return how far the effects that are on reach, in document pixels."""
    return max((effect.reach() for effect in effects if effect.enabled), default=0.0)
