"""What the operations of guidance found, as the values of their ``data``: read by the window, written by the core."""

from typing import Literal

import msgspec

from core.operations.image_guidance import Scheme

Edge = Literal["left", "top", "right", "bottom"]
"""An edge of the picture."""


class Subject(msgspec.Struct, frozen=True):
    """What stands out most, as a box and the middle of its weight; fractions of the picture."""

    left: float
    top: float
    right: float
    bottom: float
    x: float
    y: float
    contrast: float
    """How many times as salient it is as the rest of the picture."""


class Level(msgspec.Struct, frozen=True):
    """The horizon; see :class:`core.image.horizon.Horizon`."""

    left: float
    right: float
    degrees: float
    cover: float


class Crop(msgspec.Struct, frozen=True):
    """A part of the picture, of its shape, in which the subject stands on the third (``x``, ``y``)."""

    left: float
    top: float
    right: float
    bottom: float
    x: float
    y: float


class Face(msgspec.Struct, frozen=True):
    """A face, from the forehead to the chin. Fractions of the picture, beyond 0…1 where the face is cut off."""

    left: float
    top: float
    right: float
    bottom: float
    eyes: tuple[float, float]
    """The middle between them."""
    turn: float
    """How far the nose is from the middle of the eyes to the side, along their line, in distances between them: below 0
    the face looks to the left of the picture, above 0 to the right; about ±0.5 it is seen from the side."""
    score: float
    """How sure it is, 0…1."""
    cut: tuple[Edge, ...] = ()
    """The edges of the picture that cut it off."""


class Portrait(msgspec.Struct, frozen=True):
    """How the largest face, or the faces that are about as large, stand in the picture."""

    faces: int
    """How many they are: the first ones of :attr:`Composition.faces`."""
    eyes: tuple[float, float]
    """The middle of their eyes."""
    looks: Literal["left", "right", ""]
    """Where a single face looks to; empty when it looks at us, or when there are more."""
    tight: bool
    """Whether a face that looks to a side has clearly less room there than behind it."""
    crop: Crop | None
    """A crop that puts the eyes on the upper third."""
    roomy: Crop | None
    """A crop that also gives a face that looks to a side room there."""


class Composition(msgspec.Struct, frozen=True):
    """What was seen. Fractions of width and height from the top left corner."""

    subject: Subject | None
    horizon: Level | None
    balance: tuple[float, float]
    """The middle of all visual weight."""
    crop: Crop | None
    faces: tuple[Face, ...] = ()
    """The largest first."""
    portrait: Portrait | None = None
    """``None`` when no face is large enough for the picture to be about it."""


class Confusion(msgspec.Struct, frozen=True):
    """Two main colours of a picture that look alike to somebody."""

    look: Literal["protan", "deutan", "tritan"]
    first: str
    second: str


class Harmony(msgspec.Struct, frozen=True):
    """What was seen of the colours."""

    grey: bool
    """True when there is too little colour to speak of."""
    scheme: Scheme
    """The strictest scheme that the hues follow, or the nearest one when they follow none."""
    follows: bool
    stray: float
    """Mean distance of the hues from ``scheme``, in degrees, weighted by chroma."""
    outside: float
    """Part of the colour (weighted by chroma) that lies outside of its sectors, 0…1."""
    sectors: tuple[tuple[float, float], ...]
    """Middle and width of each sector, degrees of OKLCH hue."""
    hues: tuple[float, ...]
    """Weight of each of 36 hues, the largest 1."""
    turn: float
    """By how many degrees the scheme is turned."""
    colours: tuple[str, ...]
    """For each sector its middle, and what is strongest outside of them, as ``#rrggbb``."""
    confusions: tuple[Confusion, ...] = ()
    """Main colours that some people cannot tell apart."""


class NewColour(msgspec.Struct, frozen=True):
    """A colour of a layer, turned."""

    layer: str
    field: str
    """``colour``, ``colour2`` or ``background``."""
    colour: str


class NewColours(msgspec.Struct, frozen=True):
    """All colours of fills and texts that change."""

    colours: tuple[NewColour, ...]


class TextContrast(msgspec.Struct, frozen=True):
    """One text layer."""

    layer: str
    name: str
    size: float
    """Height of its letters in document pixels (font size by scale)."""
    large: bool
    needed: float
    worst: float
    """Contrast, 1…21, that all but the worst twentieth of the text reaches."""
    typical: float
    passes: bool
    colour: str = ""
    """A colour near its own with which it would reach ``needed``; empty when it passes, or when no colour does."""
    colour_reaches: float = 0.0
    """Measured with that colour in its place."""
    box: str = ""
    """A colour for a box behind the text that would do, where no colour of the text alone does."""
    box_reaches: float = 0.0


class Contrasts(msgspec.Struct, frozen=True):
    """All texts that show, from the bottom to the top."""

    texts: tuple[TextContrast, ...]
