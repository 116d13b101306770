"""Filters: adjustments of what is below them that look at more than one pixel. How they work is in
:mod:`core.raster.filtering`.

Lengths are document pixels, before any zoom; ``radius`` of a blur is its standard deviation. Beyond the canvas
they see its mirror image.
"""

from typing import Annotated

from msgspec import Meta

from core.documents.base import Node

_PIXELS = {"unit": "px", "step": 0.5}
_PER_CENT = {"unit": "%", "step": 1.0}
_DEGREES = {"unit": "°", "step": 1.0}

BlurRadius = Annotated[float, Meta(ge=0, le=250, title="Radius", extra=_PIXELS)]


class LayerFilter(Node, frozen=True, kw_only=True, tag_field="kind"):
    """What all filters have."""

    def reach(self) -> float:
        """Return how far around a pixel, in document pixels, the filter looks."""
        return 0.0

    def neutral(self) -> bool:
        """Return whether the filter changes nothing."""
        return False


class GaussianBlur(LayerFilter, frozen=True, kw_only=True, tag="gaussian-blur"):
    """Soft in all directions alike; alpha is blurred with the colours."""

    radius: BlurRadius = 8.0

    def reach(self) -> float:
        return 3.3 * self.radius + 2

    def neutral(self) -> bool:
        return self.radius <= 0


class MotionBlur(LayerFilter, frozen=True, kw_only=True, tag="motion-blur"):
    """The mean along a line of ``distance`` through each pixel; ``angle`` is anticlockwise from the right."""

    angle: Annotated[float, Meta(ge=-90, le=90, title="Angle", extra=_DEGREES)] = 0.0
    distance: Annotated[float, Meta(ge=0, le=500, title="Distance", extra={"unit": "px", "step": 1.0})] = 24.0

    def reach(self) -> float:
        return self.distance / 2 + 2

    def neutral(self) -> bool:
        return self.distance <= 0


class SurfaceBlur(LayerFilter, frozen=True, kw_only=True, tag="surface-blur"):
    """Smooths surfaces and leaves edges that are stronger than ``threshold`` (a guided filter, He et al. 2010)."""

    radius: Annotated[float, Meta(ge=0, le=60, title="Radius", extra=_PIXELS)] = 8.0
    threshold: Annotated[float, Meta(ge=1, le=100, title="Threshold", extra={"step": 1.0})] = 20.0

    def reach(self) -> float:
        return 2 * self.radius + 2

    def neutral(self) -> bool:
        return self.radius <= 0


class UnsharpMask(LayerFilter, frozen=True, kw_only=True, tag="unsharp-mask"):
    """Adds ``amount`` of what a blur takes away, where that is more than ``threshold`` of 255."""

    amount: Annotated[float, Meta(ge=0, le=500, title="Amount", extra=_PER_CENT)] = 80.0
    radius: Annotated[float, Meta(ge=0.1, le=100, title="Radius", extra=_PIXELS)] = 1.5
    threshold: Annotated[float, Meta(ge=0, le=255, title="Threshold", extra={"step": 1.0})] = 0.0

    def reach(self) -> float:
        return 3.3 * self.radius + 2

    def neutral(self) -> bool:
        return self.amount <= 0


class HighPass(LayerFilter, frozen=True, kw_only=True, tag="high-pass"):
    """What a blur takes away, on middle grey: for modes such as *overlay*, which leave grey alone."""

    radius: Annotated[float, Meta(ge=0.1, le=250, title="Radius", extra=_PIXELS)] = 8.0

    def reach(self) -> float:
        return 3.3 * self.radius + 2


class Bloom(LayerFilter, frozen=True, kw_only=True, tag="bloom"):
    """What is lighter than ``threshold`` shines over its surroundings."""

    amount: Annotated[float, Meta(ge=0, le=100, title="Amount", extra=_PER_CENT)] = 60.0
    radius: BlurRadius = 24.0
    threshold: Annotated[float, Meta(ge=0, le=99, title="Threshold", extra=_PER_CENT)] = 60.0

    def reach(self) -> float:
        return 3.3 * self.radius + 2

    def neutral(self) -> bool:
        return self.amount <= 0


class AddNoise(LayerFilter, frozen=True, kw_only=True, tag="add-noise"):
    """Normally distributed noise of ``amount`` (its standard deviation), or grain when ``monochrome``."""

    amount: Annotated[float, Meta(ge=0, le=100, title="Amount", extra=_PER_CENT)] = 6.0
    monochrome: Annotated[bool, Meta(title="One noise for all channels")] = True
    seed: Annotated[float, Meta(ge=0, le=9999, title="Seed", extra={"step": 1.0})] = 1.0

    def neutral(self) -> bool:
        return self.amount <= 0


class Mosaic(LayerFilter, frozen=True, kw_only=True, tag="mosaic"):
    """Squares of ``size``, from the canvas's top left corner, of the mean of what was there."""

    size: Annotated[float, Meta(ge=1, le=250, title="Square", extra={"unit": "px", "step": 1.0})] = 16.0

    def reach(self) -> float:
        return self.size + 1

    def neutral(self) -> bool:
        return self.size <= 1


class Emboss(LayerFilter, frozen=True, kw_only=True, tag="emboss"):
    """Grey relief under a light from ``angle``, anticlockwise from the right; ``height`` is how far apart it looks."""

    angle: Annotated[float, Meta(ge=-180, le=180, title="Angle", extra=_DEGREES)] = 135.0
    height: Annotated[float, Meta(ge=0.5, le=20, title="Height", extra=_PIXELS)] = 2.0
    amount: Annotated[float, Meta(ge=0, le=500, title="Amount", extra=_PER_CENT)] = 100.0

    def reach(self) -> float:
        return self.height + 2


class FindEdges(LayerFilter, frozen=True, kw_only=True, tag="find-edges"):
    """Dark lines on white where colours change (Sobel's gradient, each channel by itself)."""

    amount: Annotated[float, Meta(ge=1, le=500, title="Amount", extra=_PER_CENT)] = 100.0

    def reach(self) -> float:
        return 2.0


class Vignette(LayerFilter, frozen=True, kw_only=True, tag="vignette"):
    """Darker (−) or lighter (+) towards the corners of the canvas."""

    amount: Annotated[float, Meta(ge=-100, le=100, title="Amount", extra=_PER_CENT)] = -40.0
    midpoint: Annotated[float, Meta(ge=0, le=100, title="Midpoint", extra=_PER_CENT)] = 50.0
    feather: Annotated[float, Meta(ge=1, le=100, title="Feather", extra=_PER_CENT)] = 50.0
    roundness: Annotated[float, Meta(ge=0, le=100, title="Roundness", extra=_PER_CENT)] = 0.0

    def neutral(self) -> bool:
        return self.amount == 0


Filter = (
    GaussianBlur
    | MotionBlur
    | SurfaceBlur
    | UnsharpMask
    | HighPass
    | Bloom
    | AddNoise
    | Mosaic
    | Emboss
    | FindEdges
    | Vignette
)
