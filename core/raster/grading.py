"""Adjustments that mix the channels, as skia colour filters; see :func:`core.raster.adjust.colour_filter`.

Sources of the formulas: colour balance is GIMP's (*app/operations/gimpoperationcolorbalance.c*); black and white
splits a colour into grey, a secondary and a primary hue, each weighted; luminosity is kept with *SetLum* of Compositing
and Blending Level 1; tables are interpolated in tetrahedra (Kasson et al., SPIE 2414, 1995); OKLab is that of Ottosson
(2020).
"""

import struct

import numpy as np
import numpy.typing as npt
import skia

from core.documents.image_adjustments import (
    BlackWhite,
    ColourBalance,
    GradientMap,
    PhotoFilter,
    Threshold,
    Vibrance,
)
from core.raster.cube import Cube
from core.raster.text import parse_colour

STEPS = 4096
"""Entries of a gradient's table, between which colours are interpolated."""
Floats = npt.NDArray[np.float64]

_COMMON = """
    half luma(half3 c) { return dot(c, half3(0.3, 0.59, 0.11)); }
    half3 set_luma(half3 c, half l) {
        c += l - luma(c);
        half low = min(c.r, min(c.g, c.b));
        half high = max(c.r, max(c.g, c.b));
        if (low < 0) { c = l + (c - l) * l / (l - low); }
        if (high > 1) { c = l + (c - l) * (1 - l) / (high - l); }
        return saturate(c);
    }
"""
_MAIN = "half4 main(half4 c) { return half4(graded(saturate(unpremul(c).rgb)), 1) * amount; }"


def _program(uniforms: str, body: str) -> "skia.RuntimeEffect":
    return skia.RuntimeEffect.MakeForColorFilter(f"uniform half amount; {uniforms} {_COMMON} {body} {_MAIN}")


_THRESHOLD = _program("uniform half level;", "half3 graded(half3 c) { return half3(step(level - 1e-5, luma(c))); }")

_VIBRANCE = _program(
    "uniform half vibrance; uniform half saturation;",
    """half3 graded(half3 c) {
        half spread = max(c.r, max(c.g, c.b)) - min(c.r, min(c.g, c.b));
        half factor = (1 + vibrance * (1 - spread)) * (1 + saturation);
        return saturate(luma(c) + (c - luma(c)) * factor);
    }""",
)

_BLACK_WHITE = _program(
    "uniform half3 primary; uniform half3 secondary;",  # red, green, blue; yellow, cyan, magenta
    """half3 graded(half3 c) {
        half high = max(c.r, max(c.g, c.b));
        half low = min(c.r, min(c.g, c.b));
        half middle = c.r + c.g + c.b - high - low;
        half first = high == c.r ? primary.r : high == c.g ? primary.g : primary.b;
        half second = low == c.b ? secondary.r : low == c.r ? secondary.g : secondary.b;
        return half3(saturate(low + (middle - low) * second + (high - middle) * first));
    }""",
)

_PHOTO = _program(
    "uniform half3 glass; uniform half density; uniform half preserve;",
    """half3 graded(half3 c) {
        half3 y = c * (1 - density + density * glass);
        return preserve > 0.5 ? set_luma(y, luma(c)) : y;
    }""",
)

_BALANCE = _program(
    "uniform half3 shadows; uniform half3 midtones; uniform half3 highlights; uniform half preserve;",
    """
    half hue_part(half low, half high, half h) {
        h = mod(h, 6);
        if (h < 1) { return low + (high - low) * h; }
        if (h < 3) { return high; }
        return h < 4 ? low + (high - low) * (4 - h) : low;
    }
    half3 set_lightness(half3 c, half l) {
        half high = max(c.r, max(c.g, c.b));
        half low = min(c.r, min(c.g, c.b));
        half chroma = high - low;
        if (chroma < 1e-6) { return half3(l); }
        half sum = high + low;
        half s = sum <= 1 ? chroma / sum : chroma / (2 - sum);
        half h = high == c.r ? (c.g - c.b) / chroma : high == c.g ? (c.b - c.r) / chroma + 2 : (c.r - c.g) / chroma + 4;
        half top = l <= 0.5 ? l * (1 + s) : l + s - l * s;
        half bottom = 2 * l - top;
        return half3(hue_part(bottom, top, h + 2), hue_part(bottom, top, h), hue_part(bottom, top, h + 4));
    }
    half3 graded(half3 c) {
        half l = (max(c.r, max(c.g, c.b)) + min(c.r, min(c.g, c.b))) / 2;
        half dark = saturate((l - 0.333) / -0.25 + 0.5) * 0.7;
        half middle = saturate((l - 0.333) / 0.25 + 0.5) * saturate((l + 0.333 - 1) / -0.25 + 0.5) * 0.7;
        half light = saturate((l + 0.333 - 1) / 0.25 + 0.5) * 0.7;
        half3 y = saturate(c + shadows * dark + midtones * middle + highlights * light);
        return preserve > 0.5 ? saturate(set_lightness(y, l)) : y;
    }""",
)

_GRADIENT = _program(
    "uniform shader table;",
    f"half3 graded(half3 c) {{ return table.eval(float2(luma(c) * {STEPS - 1} + 0.5, 0.5)).rgb; }}",
)

_CUBE = _program(
    "uniform half3 low; uniform half3 scale; uniform half side; uniform shader table;",
    """
    half3 node(half3 n) { return table.eval(float2(n.r + n.b * side + 0.5, n.g + 0.5)).rgb; }
    half3 graded(half3 c) {
        half3 at = saturate((c - low) * scale) * (side - 1);
        half3 n = min(floor(at), half3(side - 2));
        half3 f = at - n;
        half3 first = half3(0);
        if (f.r >= f.g && f.r >= f.b) { first.r = 1; } else if (f.g >= f.b) { first.g = 1; } else { first.b = 1; }
        half3 last = half3(0);
        if (f.b <= f.r && f.b <= f.g && first.b == 0) { last.b = 1; }
        else if (f.g <= f.r && first.g == 0) { last.g = 1; }
        else { last.r = 1; }
        half high = dot(first, f);
        half least = dot(last, f);
        half middle = f.r + f.g + f.b - high - least;
        half3 y = node(n) * (1 - high) + node(n + first) * (high - middle);
        y += node(n + 1 - last) * (middle - least) + node(n + 1) * least;
        return saturate(y);
    }""",
)


def mixing_filter(
    adjustment: Threshold | Vibrance | BlackWhite | PhotoFilter | ColourBalance | GradientMap, amount: float
) -> "skia.ColorFilter":
    """Return the filter of an adjustment that mixes channels."""
    a = adjustment
    match a:
        case Threshold():
            return _filter(_THRESHOLD, amount, a.level / 255)
        case Vibrance():
            return _filter(_VIBRANCE, amount, a.vibrance / 100, a.saturation / 100)
        case BlackWhite():
            weights = a.reds, a.greens, a.blues, a.yellows, a.cyans, a.magentas
            return _filter(_BLACK_WHITE, amount, *(weight / 100 for weight in weights))
        case PhotoFilter():
            return _filter(_PHOTO, amount, *parse_colour(a.colour)[:3], a.density / 100, float(a.preserve))
        case ColourBalance():
            shifts = (
                *(a.shadows_red, a.shadows_green, a.shadows_blue),
                *(a.midtones_red, a.midtones_green, a.midtones_blue),
                *(a.highlights_red, a.highlights_green, a.highlights_blue),
            )
            return _filter(_BALANCE, amount, *(shift / 100 for shift in shifts), float(a.preserve))
        case GradientMap():
            table = np.ones((1, STEPS, 4), np.float32)
            table[0, :, :3] = gradient_colours(a, np.linspace(0.0, 1.0, STEPS))
            return _filter(_GRADIENT, amount, table=table, smooth=True)


def cube_filter(cube: Cube, amount: float) -> "skia.ColorFilter":
    """Return the filter of a 3-D table: its nodes side by side, a square of red by green for each blue."""
    side = cube.table.shape[0]
    table = np.ones((side, side * side, 4), np.float32)
    table[..., :3] = cube.table.transpose(1, 0, 2, 3).reshape(side, side * side, 3)
    scale = (1 / (high - low) for low, high in zip(cube.low, cube.high, strict=True))
    return _filter(_CUBE, amount, *cube.low, *scale, float(side), table=table)


def _filter(
    program: "skia.RuntimeEffect",
    *uniforms: float,
    table: npt.NDArray[np.float32] | None = None,
    smooth: bool = False,
) -> "skia.ColorFilter":
    packed = skia.Data.MakeWithCopy(struct.pack(f"{len(uniforms)}f", *uniforms))
    if table is None:
        return program.makeColorFilter(packed)
    image = skia.Image.fromarray(table, skia.kRGBA_F32_ColorType, skia.kUnpremul_AlphaType)
    sampling = skia.SamplingOptions(skia.FilterMode.kLinear if smooth else skia.FilterMode.kNearest)
    shader = image.makeShader(skia.TileMode.kClamp, skia.TileMode.kClamp, sampling)
    children = skia.VectorRuntimeEffectChildPtr([skia.RuntimeEffectChildPtr(shader)])
    return program.makeColorFilter(packed, skia.SpanRuntimeEffectChildPtr(children))


def gradient_colours(adjustment: GradientMap, at: Floats) -> Floats:
    """Return the encoded sRGB colours (len(at)×3, 0…1) of a gradient at ``at`` (0…1)."""
    stops = sorted(adjustment.stops, key=lambda stop: stop.at)
    places = np.array([stop.at for stop in stops])
    colours = np.array([parse_colour(stop.colour)[:3] for stop in stops])
    if adjustment.reverse:
        at = 1.0 - at
    if adjustment.space == "srgb":
        return np.stack([np.interp(at, places, channel) for channel in colours.T], -1)
    mixed = np.stack([np.interp(at, places, channel) for channel in to_oklab(colours).T], -1)
    return from_oklab(mixed)


_TO_LMS = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
_TO_LAB = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)


def to_oklab(colours: Floats) -> Floats:
    """Return OKLab (…×3) of encoded sRGB."""
    linear = np.where(colours <= 0.04045, colours / 12.92, ((colours + 0.055) / 1.055) ** 2.4)
    return np.asarray(np.cbrt(linear @ _TO_LMS.T) @ _TO_LAB.T)


def from_oklab(lab: Floats) -> Floats:
    """Return encoded sRGB (0…1, clipped) of OKLab (…×3)."""
    linear = ((lab @ np.linalg.inv(_TO_LAB).T) ** 3) @ np.linalg.inv(_TO_LMS).T
    linear = np.clip(linear, 0.0, 1.0)
    return np.where(linear <= 0.0031308, linear * 12.92, 1.055 * linear ** (1 / 2.4) - 0.055)
