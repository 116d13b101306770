"""Adjustments that mix channels or look colours up. Their formulas are in :mod:`core.raster.grading`.

Colours are encoded sRGB; *luma* is 0.3 R + 0.59 G + 0.11 B of encoded values, as in PDF 2.0's non-separable modes.
"""

from typing import Annotated, Literal

from msgspec import Meta

from core.documents.base import Node
from core.documents.image_values import Colour, Unit
from core.values import AssetHash

_PER_CENT = {"unit": "%", "step": 1.0}


class Invert(Node, frozen=True, kw_only=True, tag_field="kind", tag="invert"):
    """The negative of each channel."""


class Threshold(Node, frozen=True, kw_only=True, tag_field="kind", tag="threshold"):
    """White where luma is at least ``level`` of 255, black elsewhere."""

    level: Annotated[float, Meta(ge=1, le=255, title="Level", extra={"step": 1.0})] = 128.0


class Posterise(Node, frozen=True, kw_only=True, tag_field="kind", tag="posterise"):
    """Each channel in so many equal ``levels``."""

    levels: Annotated[float, Meta(ge=2, le=255, title="Steps", extra={"step": 1.0})] = 4.0


class Vibrance(Node, frozen=True, kw_only=True, tag_field="kind", tag="vibrance"):
    """Saturate what has little colour more than what has much (``vibrance``), or everything alike (``saturation``)."""

    vibrance: Annotated[float, Meta(ge=-100, le=100, title="Vibrance", extra={"step": 1.0})] = 0.0
    saturation: Annotated[float, Meta(ge=-100, le=100, title="Saturation", extra={"step": 1.0})] = 0.0


class BlackWhite(Node, frozen=True, kw_only=True, tag_field="kind", tag="black-white"):
    """Grey, with a weight in per cent for each of six hues."""

    reds: Annotated[float, Meta(ge=-200, le=300, title="Reds", extra=_PER_CENT)] = 40.0
    yellows: Annotated[float, Meta(ge=-200, le=300, title="Yellows", extra=_PER_CENT)] = 60.0
    greens: Annotated[float, Meta(ge=-200, le=300, title="Greens", extra=_PER_CENT)] = 40.0
    cyans: Annotated[float, Meta(ge=-200, le=300, title="Cyans", extra=_PER_CENT)] = 60.0
    blues: Annotated[float, Meta(ge=-200, le=300, title="Blues", extra=_PER_CENT)] = 20.0
    magentas: Annotated[float, Meta(ge=-200, le=300, title="Magentas", extra=_PER_CENT)] = 80.0


class PhotoFilter(Node, frozen=True, kw_only=True, tag_field="kind", tag="photo-filter"):
    """A coloured glass before the lens, of which ``density`` per cent of the light goes through."""

    colour: Annotated[Colour, Meta(title="Colour")] = "#ec8a00"
    density: Annotated[float, Meta(ge=0, le=100, title="Density", extra=_PER_CENT)] = 25.0
    preserve: Annotated[bool, Meta(title="Preserve luminosity")] = True


class ColourBalance(Node, frozen=True, kw_only=True, tag_field="kind", tag="colour-balance"):
    """Shift shadows, midtones and highlights from cyan (−) to red (+), magenta to green, yellow to blue."""

    shadows_red: Annotated[float, Meta(ge=-100, le=100, title="Shadows: red", extra={"step": 1.0})] = 0.0
    shadows_green: Annotated[float, Meta(ge=-100, le=100, title="Shadows: green", extra={"step": 1.0})] = 0.0
    shadows_blue: Annotated[float, Meta(ge=-100, le=100, title="Shadows: blue", extra={"step": 1.0})] = 0.0
    midtones_red: Annotated[float, Meta(ge=-100, le=100, title="Midtones: red", extra={"step": 1.0})] = 0.0
    midtones_green: Annotated[float, Meta(ge=-100, le=100, title="Midtones: green", extra={"step": 1.0})] = 0.0
    midtones_blue: Annotated[float, Meta(ge=-100, le=100, title="Midtones: blue", extra={"step": 1.0})] = 0.0
    highlights_red: Annotated[float, Meta(ge=-100, le=100, title="Highlights: red", extra={"step": 1.0})] = 0.0
    highlights_green: Annotated[float, Meta(ge=-100, le=100, title="Highlights: green", extra={"step": 1.0})] = 0.0
    highlights_blue: Annotated[float, Meta(ge=-100, le=100, title="Highlights: blue", extra={"step": 1.0})] = 0.0
    preserve: Annotated[bool, Meta(title="Preserve luminosity")] = True


class Stop(Node, frozen=True, kw_only=True):
    """A colour of a gradient and where it stands, 0…1."""

    at: Unit
    colour: Colour


class GradientMap(Node, frozen=True, kw_only=True, tag_field="kind", tag="gradient-map"):
    """The colour that a gradient has at each pixel's luma, mixed between ``stops`` in OKLab or in sRGB."""

    stops: Annotated[tuple[Stop, ...], Meta(min_length=1, max_length=32, title="Stops")] = (
        Stop(at=0.0, colour="#000000"),
        Stop(at=1.0, colour="#ffffff"),
    )
    space: Annotated[Literal["oklab", "srgb"], Meta(title="Mix in")] = "oklab"
    reverse: Annotated[bool, Meta(title="Reverse")] = False


class ColourLookup(Node, frozen=True, kw_only=True, tag_field="kind", tag="colour-lookup"):
    """A table of colours: the asset ``table`` is a .cube file (see :mod:`core.raster.cube`), ``name`` what it was."""

    table: AssetHash | None = None
    name: str = ""


NewAdjustment = (
    Vibrance | ColourBalance | BlackWhite | PhotoFilter | GradientMap | ColourLookup | Invert | Posterise | Threshold
)
