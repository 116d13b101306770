"""The layered image document: layers, masks, transforms and adjustments as frozen values.

Coordinates are document pixels, x to the right and y down, the origin at the top left corner. Colours are
encoded RGB in the space of the document's profile, sRGB where it has none.
Pixels live in assets (raster manifests, see :mod:`core.raster.manifest`); a layer refers to them by hash, so that
every revision of a document is small.
"""

import math
from collections.abc import Callable, Iterator
from typing import Annotated, ClassVar, Literal, Self

import msgspec
from msgspec import Meta

from core.documents.base import Document, Node, document_kind
from core.documents.image_adjustments import ColourLookup, NewAdjustment
from core.documents.image_artboard import Artboard as Artboard
from core.documents.image_effects import Effect
from core.documents.image_filters import Filter, LayerFilter
from core.documents.image_shapes import Geometry, Rectangle, ShapePaint, ShapeStroke, Solid
from core.documents.image_values import MAX_SIDE as MAX_SIDE
from core.documents.image_values import BlendMode as BlendMode
from core.documents.image_values import Colour, Side, Unit
from core.documents.image_values import Depth as Depth
from core.documents.image_warp import Warp
from core.values import AssetHash, AtelierError, new_id

MAX_PIXELS = 300_000_000
MAX_DEPTH = 32
"""Groups may be nested this deep."""

Feather = Annotated[float, Meta(ge=0, le=250)]


class Transform(Node, frozen=True, kw_only=True):
    """Where a layer's content stands: scaled, then rotated about the content's own centre, then moved.

    ``x`` and ``y`` place the content's unscaled, unrotated top left corner; ``rotation`` is clockwise, in degrees.
    Negative scales mirror. The content itself is never resampled in place, so nothing is lost.
    """

    x: float = 0.0
    y: float = 0.0
    scale_x: float = 1.0
    scale_y: float = 1.0
    rotation: float = 0.0

    def matrix(self, width: float, height: float) -> tuple[float, float, float, float, float, float]:
        """Return ``(a, b, c, d, tx, ty)`` for content of that size: ``X = a·x + c·y + tx``, ``Y = b·x + d·y + ty``."""
        angle = math.radians(self.rotation)
        cos, sin = (round(math.cos(angle), 15), round(math.sin(angle), 15))
        a, b = cos * self.scale_x, sin * self.scale_x
        c, d = -sin * self.scale_y, cos * self.scale_y
        cx, cy = width / 2, height / 2
        return a, b, c, d, self.x + cx - a * cx - c * cy, self.y + cy - b * cx - d * cy


class Mask(Node, frozen=True, kw_only=True):
    """Where a layer shows: a raster whose alpha channel is read as coverage (255 shows, 0 hides).

    It covers the document rectangle at ``x``, ``y`` (document pixels); outside of it the mask hides, or shows
    when ``inverted``. It follows its layer: ``transform`` is applied to the mask's own pixels before ``x``, ``y`` are
    added, so that scaling and turning a cut-out loses nothing. It is the identity until then.

    ``feather`` softens its edge (document pixels, about how wide the edge becomes on either side); ``density`` is how
    much it hides: at 0.5 what is masked out still shows by half.
    """

    pixels: AssetHash
    x: int = 0
    y: int = 0
    width: Side
    height: Side
    transform: Transform = Transform()
    enabled: bool = True
    inverted: bool = False
    feather: Feather = 0.0
    density: Unit = 1.0

    def matrix(self) -> tuple[float, float, float, float, float, float]:
        """Return ``(a, b, c, d, tx, ty)`` from the mask's own pixels to document pixels."""
        a, b, c, d, tx, ty = self.transform.matrix(self.width, self.height)
        return a, b, c, d, tx + self.x, ty + self.y


class VectorMask(Node, frozen=True, kw_only=True):
    """Where a layer shows, as a shape: inside of it, or outside when ``inverted``. It follows its layer.

    ``transform`` places the shape's box in the document, as a shape layer's does. ``feather`` and ``density`` are as
    of a :class:`Mask`. A layer with both masks shows where both let it.
    """

    geometry: Geometry = Rectangle()
    transform: Transform = Transform()
    enabled: bool = True
    inverted: bool = False
    feather: Feather = 0.0
    density: Unit = 1.0

    def matrix(self) -> tuple[float, float, float, float, float, float]:
        """Return ``(a, b, c, d, tx, ty)`` from the shape's box to document pixels."""
        return self.transform.matrix(*self.geometry.size())


class Layer(Node, frozen=True, kw_only=True, tag_field="type"):
    """What all layers have. ``clipped`` shows the layer only where the next unclipped layer below it is."""

    id: str = msgspec.field(default_factory=new_id)
    name: str = ""
    visible: bool = True
    locked: bool = False
    opacity: Unit = 1.0
    blend: BlendMode = BlendMode.NORMAL
    clipped: bool = False
    mask: Mask | None = None
    vector_mask: VectorMask | None = None
    effects: tuple[Effect, ...] = ()
    """From the one that is drawn first to the last. An adjustment has no shape, so they do nothing there."""


class RasterLayer(Layer, frozen=True, kw_only=True, tag="raster"):
    """Pixels: RGBA in the document's colour space, straight alpha, in 256×256 tiles.

    They have 8, 16 or 32 bits a channel: their manifest says which.
    """

    pixels: AssetHash
    width: Side
    height: Side
    transform: Transform = Transform()
    made_by_model: bool = False
    """True when a model made the pixels: the layer list marks it."""
    warp: Warp | None = None
    """How the pixels are bent before ``transform`` places them; the mask is bent with them."""


class SmartLayer(Layer, frozen=True, kw_only=True, tag="smart"):
    """Another image document of the project, shown as one picture that follows every edit of it.

    ``document`` is its id. ``source`` is a revision of it as a :data:`core.values.DOCUMENT_TYPE` asset, and ``width``
    and ``height`` that revision's size: what is shown depends on the layer alone, and stays when the document is gone.
    """

    document: str
    source: AssetHash
    width: Side
    height: Side
    transform: Transform = Transform()
    warp: Warp | None = None
    """As a :class:`RasterLayer`'s."""

    @property
    def pixels(self) -> AssetHash:
        """What its tiles are of."""
        return self.source


class FillLayer(Layer, frozen=True, kw_only=True, tag="fill"):
    """A colour, or a linear gradient from ``colour`` to ``colour2``, over the whole document, or its artboard.

    ``angle`` is clockwise in degrees, 0 from left to right, 90 from top to bottom.
    """

    colour: Colour = "#ffffff"
    colour2: Colour | None = None
    angle: float = 90.0


class TextLayer(Layer, frozen=True, kw_only=True, tag="text"):
    """A block of text, laid out in a box ``width`` document pixels wide (0: as wide as its longest line).

    ``size`` and ``tracking`` are in document pixels and in thousandths of an em, ``leading`` is the line height as
    a multiple of ``size``. ``family`` falls back to the shipped fonts, and to Noto Sans SC for Chinese.
    ``background`` paints a rounded box behind the text (a button), ``padding`` around it.
    """

    text: str = ""
    family: str = "Inter"
    weight: Annotated[int, Meta(ge=100, le=900)] = 400
    italic: bool = False
    size: Annotated[float, Meta(gt=0, le=5000)] = 48.0
    colour: Colour = "#111111"
    align: Literal["left", "center", "right", "justify"] = "left"
    width: Annotated[float, Meta(ge=0, le=MAX_SIDE)] = 0.0
    leading: Annotated[float, Meta(ge=0.5, le=5)] = 1.2
    tracking: Annotated[float, Meta(ge=-500, le=2000)] = 0.0
    background: Colour | None = None
    padding: Annotated[float, Meta(ge=0, le=2000)] = 0.0
    radius: Annotated[float, Meta(ge=0, le=2000)] = 0.0
    transform: Transform = Transform()
    warp: Warp | None = None
    """How the text is bent before ``transform`` places it; the mask is bent with it."""


class ShapeLayer(Layer, frozen=True, kw_only=True, tag="shape"):
    """A vector shape, filled and stroked, drawn anew at every zoom.

    Scaling it changes its ``geometry``, so that strokes and corners keep their size; its transform only mirrors,
    turns and moves it.
    """

    geometry: Geometry
    fill: ShapePaint | None = Solid()
    stroke: ShapeStroke | None = None
    transform: Transform = Transform()


class Exposure(Node, frozen=True, kw_only=True, tag_field="kind", tag="exposure"):
    """Multiply linear light by 2^``stops``, then apply ``gamma`` and ``offset``."""

    stops: Annotated[float, Meta(ge=-8, le=8, title="Exposure", extra={"unit": "EV", "step": 0.05})] = 0.0


class BrightnessContrast(Node, frozen=True, kw_only=True, tag_field="kind", tag="contrast"):
    """Shift and stretch encoded values about middle grey (0.5)."""

    brightness: Annotated[float, Meta(ge=-100, le=100, title="Brightness", extra={"step": 1.0})] = 0.0
    contrast: Annotated[float, Meta(ge=-100, le=100, title="Contrast", extra={"step": 1.0})] = 0.0


class Levels(Node, frozen=True, kw_only=True, tag_field="kind", tag="levels"):
    """Map ``black``…``white`` to ``out_black``…``out_white`` (0–255) with midtone ``gamma``."""

    black: Annotated[float, Meta(ge=0, le=254, title="Black point", extra={"step": 1.0})] = 0.0
    gamma: Annotated[float, Meta(ge=0.1, le=10, title="Midtones", extra={"step": 0.01})] = 1.0
    white: Annotated[float, Meta(ge=1, le=255, title="White point", extra={"step": 1.0})] = 255.0
    out_black: Annotated[float, Meta(ge=0, le=255, title="Output black", extra={"step": 1.0})] = 0.0
    out_white: Annotated[float, Meta(ge=0, le=255, title="Output white", extra={"step": 1.0})] = 255.0


Curve = tuple[tuple[float, float], ...]
"""Control points (x, y) in 0…1 with rising x, joined by a monotone cubic (Fritsch & Carlson 1980)."""

IDENTITY: Curve = ((0.0, 0.0), (1.0, 1.0))


class Curves(Node, frozen=True, kw_only=True, tag_field="kind", tag="curves"):
    """One curve for all channels, then one for each."""

    master: Curve = IDENTITY
    red: Curve = IDENTITY
    green: Curve = IDENTITY
    blue: Curve = IDENTITY


class HueSaturation(Node, frozen=True, kw_only=True, tag_field="kind", tag="hue-saturation"):
    """Turn hue by degrees; scale saturation and shift lightness by per cent."""

    hue: Annotated[float, Meta(ge=-180, le=180, title="Hue", extra={"unit": "°", "step": 1.0})] = 0.0
    saturation: Annotated[float, Meta(ge=-100, le=100, title="Saturation", extra={"step": 1.0})] = 0.0
    lightness: Annotated[float, Meta(ge=-100, le=100, title="Lightness", extra={"step": 1.0})] = 0.0


class WhiteBalance(Node, frozen=True, kw_only=True, tag_field="kind", tag="white-balance"):
    """Warm (+) or cool (−), magenta (+) or green (−), as gains in linear light that keep luminance."""

    temperature: Annotated[float, Meta(ge=-100, le=100, title="Temperature", extra={"step": 1.0})] = 0.0
    tint: Annotated[float, Meta(ge=-100, le=100, title="Tint", extra={"step": 1.0})] = 0.0


Adjustment = Exposure | BrightnessContrast | Levels | Curves | HueSaturation | WhiteBalance | NewAdjustment


class AdjustmentLayer(Layer, frozen=True, kw_only=True, tag="adjustment"):
    """Changes the colours of everything below it (in its group), through its mask and opacity.

    With a filter, which looks at more than one pixel, it is a filter layer.
    """

    adjustment: Adjustment | Filter

    @property
    def reach(self) -> float:
        """How far around a pixel, in document pixels, what it makes of that pixel depends on; only filters look."""
        return self.adjustment.reach() if isinstance(self.adjustment, LayerFilter) else 0.0


class GroupLayer(Layer, frozen=True, kw_only=True, tag="group"):
    """Layers composed on their own first (an isolated group), then blended as one. Bottom layer first.

    With an ``artboard`` they are shown inside of its rectangle only, and fills cover just that. Only groups that stand
    in no other group have one.
    """

    layers: tuple["AnyLayer", ...] = ()
    expanded: bool = True
    artboard: Artboard | None = None


AnyLayer = RasterLayer | SmartLayer | FillLayer | TextLayer | ShapeLayer | AdjustmentLayer | GroupLayer
Placed = RasterLayer | SmartLayer | TextLayer | ShapeLayer
"""Layers with content of their own that stands somewhere."""
Pictured = RasterLayer | SmartLayer
"""Those whose content comes in tiles."""


class Guide(Node, frozen=True, kw_only=True):
    """A line to align with: upright at ``at`` pixels from the left (``x``), or level, from the top (``y``)."""

    axis: Literal["x", "y"]
    at: float


@document_kind
class ImageDocument(Document, frozen=True, kw_only=True):
    """A picture of ``width``×``height`` pixels; ``layers`` from the bottom to the top."""

    kind: ClassVar[str] = "image"

    width: Side
    height: Side
    resolution: Annotated[float, Meta(gt=0, le=10_000)] = 72.0
    """Pixels per inch, written on export."""
    layers: tuple[AnyLayer, ...] = ()
    selection: Mask | None = None
    """Which pixels are chosen, in document pixels: coverage in alpha, like a layer's mask. Not part of the picture."""
    guides: tuple[Guide, ...] = ()
    """Not part of the picture. They may stand outside of the canvas."""
    profile: AssetHash | None = None
    """The ICC profile (an asset) of an RGB space that says what all colours in it mean; sRGB when there is none."""
    depth: Depth = 8
    """Bits a channel of new pixels, and of what is exported. Layers may hold pixels of other depths; masks have 8."""

    def assets(self) -> frozenset[str]:
        found: set[str] = set() if self.selection is None else {self.selection.pixels}
        if self.profile is not None:
            found.add(self.profile)
        for layer in walk(self.layers):
            if isinstance(layer, Pictured):
                found.add(layer.pixels)
            if isinstance(layer, AdjustmentLayer) and isinstance(layer.adjustment, ColourLookup):
                found.update(filter(None, [layer.adjustment.table]))
            if layer.mask is not None:
                found.add(layer.mask.pixels)
        return frozenset(found)

    def part_asset(self, part: str) -> str | None:
        found = next((layer for layer in walk(self.layers) if layer.id == part), None)
        return found.pixels if isinstance(found, RasterLayer) else None

    def layer(self, layer_id: str) -> AnyLayer:
        """Return the layer with that id, however deep; raises ``KeyError``."""
        for layer in walk(self.layers):
            if layer.id == layer_id:
                return layer
        raise KeyError(layer_id)

    def replace_layer(self, layer_id: str, change: Callable[[AnyLayer], AnyLayer | None]) -> Self:
        """Return the document with one layer passed through ``change`` (``None`` removes it), or raise ``KeyError``."""
        layers, found = _replace(self.layers, layer_id, change)
        if not found:
            raise KeyError(layer_id)
        return msgspec.structs.replace(self, layers=layers)

    def insert_layer(self, layer: AnyLayer, above: str | None = None) -> Self:
        """Return the document with ``layer`` just above the layer ``above`` (in its group), or on top of all."""
        if above is None:
            return msgspec.structs.replace(self, layers=(*self.layers, layer))
        layers, found = _insert(self.layers, layer, above)
        if not found:
            raise KeyError(above)
        return msgspec.structs.replace(self, layers=layers)


def new_image(width: int, height: int, title: str = "") -> ImageDocument:
    """Return an empty, transparent image; raises :class:`AtelierError` when it is too large."""
    check_size(width, height)
    return ImageDocument(id=new_id(), title=title, width=width, height=height)


def check_size(width: int, height: int) -> None:
    """Raise :class:`AtelierError` unless 1…``MAX_SIDE`` on each side and at most ``MAX_PIXELS`` in all."""
    if not (1 <= width <= MAX_SIDE and 1 <= height <= MAX_SIDE and width * height <= MAX_PIXELS):
        raise AtelierError(
            "A picture of {width:,} × {height:,} pixels is too large: the limit is {side:,} on a side and "
            "{megapixels} megapixels in all.",
            width=width,
            height=height,
            side=MAX_SIDE,
            megapixels=MAX_PIXELS // 1_000_000,
        )


def walk(layers: tuple[AnyLayer, ...]) -> Iterator[AnyLayer]:
    """Yield every layer from the bottom to the top, a group before its children."""
    for layer in layers:
        yield layer
        if isinstance(layer, GroupLayer):
            yield from walk(layer.layers)


def _replace(
    layers: tuple[AnyLayer, ...], layer_id: str, change: Callable[[AnyLayer], AnyLayer | None]
) -> tuple[tuple[AnyLayer, ...], bool]:
    for index, layer in enumerate(layers):
        if layer.id == layer_id:
            new = change(layer)
            return (*layers[:index], *(() if new is None else (new,)), *layers[index + 1 :]), True
        if isinstance(layer, GroupLayer):
            children, found = _replace(layer.layers, layer_id, change)
            if found:
                group = msgspec.structs.replace(layer, layers=children)
                return (*layers[:index], group, *layers[index + 1 :]), True
    return layers, False


def _insert(layers: tuple[AnyLayer, ...], new: AnyLayer, above: str) -> tuple[tuple[AnyLayer, ...], bool]:
    for index, layer in enumerate(layers):
        if layer.id == above:
            return (*layers[: index + 1], new, *layers[index + 1 :]), True
        if isinstance(layer, GroupLayer):
            children, found = _insert(layer.layers, new, above)
            if found:
                group = msgspec.structs.replace(layer, layers=children)
                return (*layers[:index], group, *layers[index + 1 :]), True
    return layers, False
