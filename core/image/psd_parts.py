"""Parts of Photoshop layers that are not pixels: fills, vector masks and layer effects."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import skia
from psd_tools.api import effects as fx
from psd_tools.api.layers import Layer
from psd_tools.api.shape import VectorMask
from psd_tools.constants import StrokeFillType, StrokePosition, Tag

from core.documents.image_effects import (
    ColourOverlay,
    DropShadow,
    Effect,
    GradientOverlay,
    InnerGlow,
    InnerShadow,
    OuterGlow,
    Stroke,
)
from core.documents.image_values import BlendMode
from core.image.layering import Coverage, Intake
from core.image.pixels import Pixels

ToColour = Callable[[float, float, float], str]

OWN_FILL = {
    BlendMode.COLOUR_BURN,
    BlendMode.LINEAR_BURN,
    BlendMode.COLOUR_DODGE,
    BlendMode.LINEAR_DODGE,
    BlendMode.VIVID_LIGHT,
    BlendMode.LINEAR_LIGHT,
    BlendMode.HARD_MIX,
    BlendMode.DIFFERENCE,
}
"""The modes in which Photoshop's fill opacity is not the same as opacity."""


def colour_of(descriptor: Any, colour: ToColour) -> str | None:
    """Return what a colour descriptor says as ``#rrggbb``, ``None`` for a colour in a space that is not known."""
    if descriptor is None or not hasattr(descriptor, "get"):
        return None

    def value(key: bytes) -> float | None:
        found = getattr(descriptor.get(key), "value", descriptor.get(key))
        return float(found) if isinstance(found, int | float) and math.isfinite(found) else None

    rgb = value(b"Rd  "), value(b"Grn "), value(b"Bl  ")
    if None not in rgb:
        return colour(*rgb)  # type: ignore[arg-type]
    grey = value(b"Gry ")
    if grey is not None:  # per cent of ink
        level = 255 * (1 - min(100.0, max(0.0, grey)) / 100)
        return colour(level, level, level)
    inks = value(b"Cyn "), value(b"Mgnt"), value(b"Ylw "), value(b"Blck")
    if None not in inks:
        c, m, y, k = (min(100.0, max(0.0, v or 0.0)) / 100 for v in inks)
        return colour(*(255 * (1 - ink) * (1 - k) for ink in (c, m, y)))
    return None


def fill(layer: Layer, colour: ToColour) -> dict[str, Any] | None:
    """Return the fields of a fill layer that equals ``layer``: one colour, or a linear gradient between two."""
    solid = layer.tagged_blocks.get_data(Tag.SOLID_COLOR_SHEET_SETTING)
    if solid is not None:
        found = colour_of(_get(solid, b"Clr "), colour)
        return None if found is None else {"colour": found}
    gradient = layer.tagged_blocks.get_data(Tag.GRADIENT_FILL_SETTING)
    if gradient is None or layer.has_pixels():
        return None
    kind = _get(gradient, b"Type")
    ends = _ends(_get(gradient, b"Grad"), colour)
    if ends is None or getattr(kind, "enum", b"Lnr ") != b"Lnr ":
        return None
    first, last = ends[::-1] if _plain(gradient, b"Rvrs", False) else ends
    return {"colour": first, "colour2": last, "angle": _turn(-float(_plain(gradient, b"Angl", 90.0)))}


def gradient(
    layer: Layer, width: int, height: int, colour: ToColour, claim: Callable[[int, int], None]
) -> Pixels | None:
    """Draw a gradient fill over a canvas of that size (uint8 H×W×4); ``None`` for kinds and colours not known here."""
    setting = layer.tagged_blocks.get_data(Tag.GRADIENT_FILL_SETTING)
    stops = _stops(_get(setting, b"Grad"), colour)
    kind = getattr(_get(setting, b"Type"), "enum", b"Lnr ")
    if setting is None or not stops or kind not in (b"Lnr ", b"Rdl ", b"Rflc"):
        return None
    claim(width, height)
    if _plain(setting, b"Rvrs", False):
        stops = [(1 - at, rgba) for at, rgba in reversed(stops)]
    angle = math.radians(float(_plain(setting, b"Angl", 90.0)))
    scale = max(0.01, float(_plain(setting, b"Scl ", 100.0)) / 100)
    half = scale * (abs(width * math.cos(angle)) + abs(height * math.sin(angle))) / 2
    dx, dy = math.cos(angle) * half, -math.sin(angle) * half
    cx, cy = width / 2, height / 2
    colours = [skia.Color(*(round(v * 255) for v in rgba)) for _, rgba in stops]
    places = [at for at, _ in stops]
    if kind == b"Rdl ":
        shader = skia.GradientShader.MakeRadial((cx, cy), half, colours, places)
    else:
        start = (cx - dx, cy - dy) if kind == b"Lnr " else (cx, cy)
        tile = skia.TileMode.kClamp if kind == b"Lnr " else skia.TileMode.kMirror
        ends = [skia.Point(*start), skia.Point(cx + dx, cy + dy)]
        shader = skia.GradientShader.MakeLinear(ends, colours, places, tile)
    out: Pixels = np.zeros((height, width, 4), np.uint8)
    info = skia.ImageInfo.Make(width, height, skia.kRGBA_8888_ColorType, skia.kPremul_AlphaType)
    canvas = skia.Surface.MakeRasterDirect(info, out, width * 4).getCanvas()
    canvas.drawPaint(skia.Paint(Shader=shader))
    picture = skia.Image.fromarray(out, skia.kRGBA_8888_ColorType, skia.kPremul_AlphaType)
    straight: Pixels = np.empty_like(out)
    plain = skia.ImageInfo.Make(width, height, skia.kRGBA_8888_ColorType, skia.kUnpremul_AlphaType)
    picture.readPixels(plain, straight, width * 4, 0, 0)
    return straight


def _stops(gradient: Any, colour: ToColour) -> list[tuple[float, tuple[float, float, float, float]]]:
    """Return a gradient's stops with its opacity mixed in; empty when a colour is not known."""
    found = [
        (float(_plain(stop, b"Lctn", 0)) / 4096, colour_of(_get(stop, b"Clr "), colour))
        for stop in _get(gradient, b"Clrs") or []
    ]
    clear = sorted(
        (float(_plain(stop, b"Lctn", 0)) / 4096, float(_plain(stop, b"Opct", 100.0)) / 100)
        for stop in _get(gradient, b"Trns") or []
    ) or [(0.0, 1.0)]
    if not found or len(found) > 256 or any(hexed is None for _, hexed in found):
        return []
    found.sort(key=lambda stop: stop[0])
    places = sorted({at for at, _ in found} | {at for at, _ in clear})
    known = [at for at, _ in found]
    rgb = np.array([[int(str(hexed)[i : i + 2], 16) / 255 for i in (1, 3, 5)] for _, hexed in found])
    channels = [np.interp(places, known, rgb[:, i]) for i in range(3)]
    alpha = np.interp(places, [at for at, _ in clear], [a for _, a in clear])
    return [
        (min(1.0, max(0.0, at)), (float(r), float(g), float(b), float(a)))
        for at, r, g, b, a in zip(places, *channels, alpha, strict=True)
    ]


def _ends(gradient: Any, colour: ToColour) -> tuple[str, str] | None:
    """Return the two colours of a gradient that has two, at its ends, and is opaque."""
    stops = _get(gradient, b"Clrs")
    alphas = _get(gradient, b"Trns") or []
    if stops is None or len(stops) != 2:
        return None
    if any(float(_plain(stop, b"Opct", 100.0)) < 100 for stop in alphas):
        return None
    first, last = (colour_of(_get(stop, b"Clr "), colour) for stop in stops)
    places = [_plain(stop, b"Lctn", 0) for stop in stops]
    return (first, last) if first and last and places == [0, 4096] else None


def _get(descriptor: Any, key: bytes) -> Any:
    return descriptor.get(key) if hasattr(descriptor, "get") else None


def _plain(descriptor: Any, key: bytes, default: Any) -> Any:
    found = _get(descriptor, key)
    found = getattr(found, "value", found)
    return default if found is None else found


def _turn(degrees: float) -> float:
    turned = math.remainder(degrees, 360.0)
    return 0.0 if turned == 0 or not math.isfinite(turned) else turned


# --- vector masks ---------------------------------------------------------------------------------------------------

_OPERATIONS = {
    0: skia.PathOp.kXOR_PathOp,
    1: skia.PathOp.kUnion_PathOp,
    2: skia.PathOp.kDifference_PathOp,
    3: skia.PathOp.kIntersect_PathOp,
}


def rasterise(mask: VectorMask, width: int, height: int) -> tuple[Coverage, int, int, int] | None:
    """Draw a vector mask on a canvas of that size: coverage (uint8), its place, and what it does outside.

    Knots are fractions of the canvas, (y, x); ``None`` when they make no sense.
    """
    components: list[list[Any]] = []
    for subpath in mask.paths:  # -1 continues the shape before it
        if subpath.operation == -1 and components:
            components[-1].append(subpath)
        else:
            components.append([subpath])
    whole: Any = skia.Path()
    everything = skia.Path()
    everything.addRect(skia.Rect.MakeLTRB(-width, -height, 2 * width, 2 * height))
    if not components and mask.initial_fill_rule:
        whole = everything
    for index, component in enumerate(components):
        path = skia.Path()
        path.setFillType(skia.PathFillType.kEvenOdd)
        for subpath in component:
            part = _path(subpath, width, height)
            if part is None:
                return None
            path.addPath(part)
        operation = component[0].operation
        # A mask that begins by cutting away begins with everything.
        base = everything if index == 0 and operation in (2, 3) else whole
        whole = skia.Op(base, path, _OPERATIONS.get(operation, skia.PathOp.kUnion_PathOp))
        if whole is None:
            return None
    coverage = np.zeros((height, width), np.uint8)
    if not whole.isEmpty():
        info = skia.ImageInfo.Make(width, height, skia.kAlpha_8_ColorType, skia.kPremul_AlphaType)
        canvas = skia.Surface.MakeRasterDirect(info, coverage, width).getCanvas()
        canvas.drawPath(whole, skia.Paint(AntiAlias=True, Color=skia.ColorBLACK))
    if mask.inverted:
        coverage = 255 - coverage
    rows, columns = np.flatnonzero(coverage.any(axis=1)), np.flatnonzero(coverage.any(axis=0))
    if not rows.size:
        return np.zeros((1, 1), np.uint8), 0, 0, 0
    top, left = int(rows[0]), int(columns[0])
    return coverage[top : int(rows[-1]) + 1, left : int(columns[-1]) + 1].copy(), left, top, 0


def _path(subpath: Any, width: int, height: int) -> "skia.Path | None":
    knots = list(subpath)
    path = skia.Path()
    path.setFillType(skia.PathFillType.kEvenOdd)
    if not knots:
        return path

    def at(point: tuple[float, float]) -> tuple[float, float]:
        return point[1] * width, point[0] * height

    numbers = [v for knot in knots for point in (knot.preceding, knot.anchor, knot.leaving) for v in point]
    if any(not math.isfinite(v) or abs(v) > 100 for v in numbers):
        return None
    path.moveTo(*at(knots[0].anchor))
    # An open path is filled as if a straight line closed it.
    after = (*knots[1:], knots[0]) if subpath.is_closed() else knots[1:]
    for before, knot in zip(knots, after, strict=False):
        path.cubicTo(*at(before.leaving), *at(knot.preceding), *at(knot.anchor))
    path.close()
    return path


# --- effects --------------------------------------------------------------------------------------------------------


def effects(layer: Layer, name: str, colour: ToColour, intake: Intake) -> tuple[Effect, ...]:
    """Return the layer's effects that have an equal here; says which have none."""
    if not layer.has_effects():
        if Tag.EFFECTS_LAYER in layer.tagged_blocks and Tag.OBJECT_BASED_EFFECTS_LAYER_INFO not in layer.tagged_blocks:
            intake.tell_of("Layers some of whose effects were left out: {layers}.", name)
        return ()
    made: list[Effect] = []
    for effect in layer.effects:
        if not effect.enabled:
            continue
        try:
            one = _effect(effect, colour)
        except (TypeError, ValueError, AttributeError, KeyError):
            one = None
        if one is None:
            intake.tell_of("Layers some of whose effects were left out: {layers}.", name)
        else:
            made.append(one)
    if made:
        intake.tell_of("Layers whose effects may look a little different: {layers}.", name)
    return tuple(made)


def _effect(effect: Any, colour: ToColour) -> Effect | None:
    from core.image.psd import MODES  # which uses this module

    opacity = min(1.0, max(0.0, float(effect.opacity) / 100))
    mode = MODES.get(effect.blend_mode, BlendMode.NORMAL)
    common: dict[str, Any] = {"opacity": opacity, "blend": mode}
    if isinstance(effect, fx.GradientOverlay):
        ends = _ends(effect.gradient, colour)
        if ends is None or (effect.type is not None and effect.type.name != "LINEAR"):
            return None
        first, last = ends[::-1] if effect.reversed else ends
        return GradientOverlay(**common, colour=first, colour2=last, angle=_turn(-effect.angle))
    if isinstance(effect, fx.PatternOverlay | fx.BevelEmboss | fx.Satin):
        return None
    if isinstance(effect, fx.Stroke) and effect.fill_type not in (None, StrokeFillType.SOLID_COLOR):
        return None
    found = colour_of(effect.color, colour)
    if found is None:
        return None
    common["colour"] = found
    if isinstance(effect, fx.ColorOverlay):
        return ColourOverlay(**common)
    size = min(250.0, max(0.0, float(effect.size)))
    if isinstance(effect, fx.Stroke):
        places = {StrokePosition.INSIDE: "inside", StrokePosition.CENTER: "centre"}
        return Stroke(**common, size=size, position=places.get(effect.position, "outside"))  # type: ignore[arg-type]
    spread = min(100.0, max(0.0, float(effect.choke)))
    if isinstance(effect, fx.DropShadow | fx.InnerShadow):
        kind = DropShadow if isinstance(effect, fx.DropShadow) else InnerShadow
        distance = min(500.0, max(0.0, float(effect.distance)))
        return kind(**common, size=size, spread=spread, angle=_turn(float(effect.angle)), distance=distance)
    if isinstance(effect, fx.OuterGlow):
        return OuterGlow(**common, size=size, spread=spread)
    if isinstance(effect, fx.InnerGlow):
        return InnerGlow(**common, size=size, spread=spread)
    return None
