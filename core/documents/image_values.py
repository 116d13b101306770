"""Values that layers, adjustments and effects of an image document share."""

import enum
from typing import Annotated, Literal

from msgspec import Meta

MAX_SIDE = 30_000
Side = Annotated[int, Meta(ge=1, le=MAX_SIDE)]
Unit = Annotated[float, Meta(ge=0.0, le=1.0)]
Colour = Annotated[str, Meta(pattern="^#[0-9a-fA-F]{6}([0-9a-fA-F]{2})?$")]

Depth = Literal[8, 16, 32]
"""Bits a channel. 8 and 16 are whole numbers from black to white, 32 is floating point and goes beyond both."""


class BlendMode(enum.StrEnum):
    """Blend modes of *Compositing and Blending Level 1* (W3C), linear dodge, and those that Photoshop adds.

    The formulas of the latter are in :mod:`core.raster.blending`.
    """

    NORMAL = "normal"
    MULTIPLY = "multiply"
    SCREEN = "screen"
    OVERLAY = "overlay"
    DARKEN = "darken"
    LIGHTEN = "lighten"
    COLOUR_DODGE = "color-dodge"
    COLOUR_BURN = "color-burn"
    HARD_LIGHT = "hard-light"
    SOFT_LIGHT = "soft-light"
    DIFFERENCE = "difference"
    EXCLUSION = "exclusion"
    HUE = "hue"
    SATURATION = "saturation"
    COLOUR = "color"
    LUMINOSITY = "luminosity"
    LINEAR_DODGE = "plus-lighter"
    LINEAR_BURN = "linear-burn"
    VIVID_LIGHT = "vivid-light"
    LINEAR_LIGHT = "linear-light"
    PIN_LIGHT = "pin-light"
    HARD_MIX = "hard-mix"
    SUBTRACT = "subtract"
    DIVIDE = "divide"
    DARKER_COLOUR = "darker-color"
    LIGHTER_COLOUR = "lighter-color"
