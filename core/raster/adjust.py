"""Adjustments as skia colour filters that act on straight colour and leave alpha alone.

Those that treat each channel by itself are one table a channel: worked out in double precision and looked up per
pixel. The table has 16 steps for each of 255, so 8-bit colours fall on it exactly; that of deeper documents has a step
for each of 65535, and between two it is linear. In 32-bit documents those of :data:`EXTENDED` are worked out for each
pixel instead, and neither cut off at black nor at white; all others see and give 0…1. The others are small programs:
hue and saturation here, the rest in :mod:`core.raster.grading`.
"""

import math
import struct
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import skia

from core.documents.image import (
    IDENTITY,
    Adjustment,
    BrightnessContrast,
    Curve,
    Curves,
    Exposure,
    HueSaturation,
    Levels,
    WhiteBalance,
)
from core.documents.image_adjustments import (
    BlackWhite,
    ColourBalance,
    ColourLookup,
    GradientMap,
    Invert,
    PhotoFilter,
    Posterise,
    Threshold,
    Vibrance,
)
from core.raster.cube import Cube
from core.raster.depths import encoded_beyond, linear_beyond
from core.raster.grading import cube_filter, mixing_filter

STEPS = 255 * 16 + 1
DEEP_STEPS = 65536
LUMINANCE = (0.2126, 0.7152, 0.0722)
"""Rec. 709 / sRGB weights of linear red, green and blue."""

Channel = npt.NDArray[np.float64]


def to_linear(value: Channel) -> Channel:
    """Return linear light of encoded sRGB values (IEC 61966-2-1)."""
    return np.where(value <= 0.04045, value / 12.92, ((np.maximum(value, 0.0) + 0.055) / 1.055) ** 2.4)


def to_encoded(value: Channel) -> Channel:
    """Return encoded sRGB values of linear light, limited to 0…1 (IEC 61966-2-1)."""
    value = np.clip(value, 0.0, 1.0)
    return np.where(value <= 0.0031308, value * 12.92, 1.055 * value ** (1 / 2.4) - 0.055)


def monotone_cubic(points: Curve, x: Channel) -> Channel:
    """Return the monotone cubic through ``points`` at ``x``, flat beyond the ends, limited to 0…1.

    Fritsch & Carlson, *Monotone Piecewise Cubic Interpolation*, SIAM J. Numer. Anal. 17 (1980). Points that do not
    rise in x are left out; without any the curve is the identity.
    """
    kept: list[tuple[float, float]] = []
    for px, py in points:
        if not kept or px > kept[-1][0] + 1e-9:
            kept.append((px, py))
    if not kept:
        return x
    xs, ys = (np.array(axis, np.float64) for axis in zip(*kept, strict=True))
    if len(kept) == 1:
        return np.clip(np.full_like(x, ys[0]), 0.0, 1.0)
    step = np.diff(xs)
    secant = np.diff(ys) / step
    slope = np.concatenate([secant[:1], (secant[:-1] + secant[1:]) / 2, secant[-1:]])
    for index, rise in enumerate(secant):
        if index and secant[index - 1] * rise <= 0:
            slope[index] = 0.0
    for index, rise in enumerate(secant):
        if rise == 0.0:
            slope[index] = slope[index + 1] = 0.0
            continue
        alpha, beta = slope[index] / rise, slope[index + 1] / rise
        length = math.hypot(alpha, beta)
        if length > 3.0:
            slope[index], slope[index + 1] = 3 * alpha / length * rise, 3 * beta / length * rise
    inside = np.clip(x, xs[0], xs[-1])
    at = np.clip(np.searchsorted(xs, inside, side="right") - 1, 0, len(step) - 1)
    t = (inside - xs[at]) / step[at]
    h00, h10 = (1 + 2 * t) * (1 - t) ** 2, t * (1 - t) ** 2
    h01, h11 = t * t * (3 - 2 * t), t * t * (t - 1)
    y = h00 * ys[at] + h10 * step[at] * slope[at] + h01 * ys[at + 1] + h11 * step[at] * slope[at + 1]
    return np.asarray(np.clip(y, 0.0, 1.0))


def white_balance_gains(adjustment: WhiteBalance) -> tuple[float, float, float]:
    """Return gains for linear red, green and blue that keep the luminance of grey. 100 is half a stop each way."""
    red = 2.0 ** (adjustment.temperature / 200)
    green = 2.0 ** (-adjustment.tint / 200)
    blue = 2.0 ** (-adjustment.temperature / 200)
    luminance = sum(weight * gain for weight, gain in zip(LUMINANCE, (red, green, blue), strict=True))
    return red / luminance, green / luminance, blue / luminance


def channel_curves(adjustment: Adjustment, x: Channel) -> npt.NDArray[np.float64] | None:
    """Return what ``adjustment`` makes of encoded values ``x`` (0…1) in red, green and blue: shape 3×len(x).

    ``None`` for those that mix the channels. A colour table is not here: without it nothing changes.
    """
    match adjustment:
        case Invert():
            y = 1.0 - x
        case ColourLookup():
            y = x
        case Posterise():
            levels = round(adjustment.levels)
            y = np.minimum(np.floor(x * levels + 1e-9), levels - 1) / (levels - 1)
        case Exposure(stops=stops):
            y = to_encoded(to_linear(x) * 2.0**stops)
        case BrightnessContrast(brightness=brightness, contrast=contrast):
            y = (x + brightness / 200 - 0.5) * _slope(contrast) + 0.5
        case Levels():
            white = max(adjustment.white, adjustment.black + 1)
            y = np.clip((x * 255 - adjustment.black) / (white - adjustment.black), 0, 1) ** (1 / adjustment.gamma)
            y = (adjustment.out_black + y * (adjustment.out_white - adjustment.out_black)) / 255
        case Curves():
            master = x if adjustment.master == IDENTITY else monotone_cubic(adjustment.master, x)
            channels = (adjustment.red, adjustment.green, adjustment.blue)
            return np.stack([master if one == IDENTITY else monotone_cubic(one, master) for one in channels])
        case WhiteBalance():
            linear = to_linear(x)
            return np.stack([to_encoded(linear * gain) for gain in white_balance_gains(adjustment)])
        case _:
            return None
    y = np.clip(y, 0.0, 1.0)
    return np.stack([y, y, y])


def neutral(adjustment: Adjustment) -> bool:
    """Return whether ``adjustment`` changes nothing."""
    changing = Invert | Threshold | Posterise | BlackWhite | PhotoFilter | GradientMap
    return not isinstance(adjustment, changing) and adjustment == type(adjustment)()


EXTENDED = Exposure | WhiteBalance | BrightnessContrast | Levels | Invert
"""Adjustments that have a meaning for colours darker than black and lighter than white."""


def extended(adjustment: Adjustment, values: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Return what an adjustment of :data:`EXTENDED` makes of encoded colours (…×3, float32) of any size.

    Between 0 and 1 that is what :func:`channel_curves` says, without its limits. Exposure, white balance and midtones
    treat what is below black as its mirror image.
    """
    match adjustment:
        case Invert():
            return np.asarray(1.0 - values, np.float32)
        case Exposure(stops=stops):
            return encoded_beyond(linear_beyond(values) * np.float32(2.0**stops))
        case WhiteBalance():
            return encoded_beyond(linear_beyond(values) * np.array(white_balance_gains(adjustment), np.float32))
        case BrightnessContrast(brightness=brightness, contrast=contrast):
            slope = _slope(contrast)
            return np.asarray((values + np.float32(brightness / 200 - 0.5)) * np.float32(slope) + 0.5, np.float32)
        case Levels():
            white = max(adjustment.white, adjustment.black + 1)
            y = (values * 255 - np.float32(adjustment.black)) / np.float32(white - adjustment.black)
            if adjustment.gamma != 1.0:
                y = np.copysign(np.abs(y) ** np.float32(1 / adjustment.gamma), y)
            low, high = adjustment.out_black / 255, adjustment.out_white / 255
            return np.asarray(y * np.float32(high - low) + np.float32(low), np.float32)
    raise TypeError(f"{type(adjustment).__name__} has no meaning beyond black and white")


def _slope(contrast: float) -> float:
    """From 0 (flat grey) over 1 to a step, as a tangent of the angle."""
    return math.tan(math.pi / 4 * (1 + min(contrast, 99.9) / 100))


_TABLE_SOURCE = """
    uniform shader table;
    uniform half amount;
    half4 main(half4 c) {
        half3 at = unpremul(c).rgb * %d + 0.5;
        half red = table.eval(float2(at.r, 0.5)).r;
        half green = table.eval(float2(at.g, 0.5)).g;
        half blue = table.eval(float2(at.b, 0.5)).b;
        return half4(red, green, blue, 1) * amount;
    }
"""
_TABLES = {steps: skia.RuntimeEffect.MakeForColorFilter(_TABLE_SOURCE % (steps - 1)) for steps in (STEPS, DEEP_STEPS)}

# HSL as in CSS Color 4; hue in sixths of a turn.
_HSL = skia.RuntimeEffect.MakeForColorFilter(
    """
    uniform half4 shift;   // hue, saturation factor, lightness −1…1, amount
    half3 from_hue(half h) {
        return clamp(half3(abs(h - 3) - 1, 2 - abs(h - 2), 2 - abs(h - 4)), 0, 1);
    }
    half4 main(half4 c) {
        half3 u = saturate(unpremul(c).rgb);
        half high = max(u.r, max(u.g, u.b));
        half low = min(u.r, min(u.g, u.b));
        half chroma = high - low;
        half l = (high + low) / 2;
        half h = 0;
        half s = 0;
        if (chroma > 0) {
            s = chroma / max(1 - abs(2 * l - 1), 0.000001);
            if (high == u.r) { h = (u.g - u.b) / chroma; }
            else if (high == u.g) { h = (u.b - u.r) / chroma + 2; }
            else { h = (u.r - u.g) / chroma + 4; }
        }
        h = mod(h + shift.x, 6);
        s = saturate(s * shift.y);
        l = shift.z > 0 ? l + (1 - l) * shift.z : l * (1 + shift.z);
        half3 y = (from_hue(h) - 0.5) * (1 - abs(2 * l - 1)) * s + l;
        return half4(saturate(y), 1) * shift.w;
    }
    """
)

_OPAQUE = skia.RuntimeEffect.MakeForColorFilter("half4 main(half4 c) { return half4(unpremul(c).rgb, 1); }")


@lru_cache(maxsize=1)
def opaque_filter() -> "skia.ColorFilter":
    """Return the filter that keeps straight colour and makes alpha 1."""
    return _OPAQUE.makeColorFilter(skia.Data.MakeWithCopy(b""))


def colour_filter(adjustment: Adjustment, amount: float = 1.0, *, deep: bool = False) -> "skia.ColorFilter":
    """Return the filter that gives the adjusted straight colour with alpha ``amount`` whatever alpha was.

    Drawn over its own input with *source atop*, that mixes the adjusted colour in by ``amount`` and keeps alpha.
    ``deep`` is for pictures with more than 8 bits.
    """
    return _deep_filter(adjustment, amount) if deep else _filter(adjustment, amount)


@lru_cache(maxsize=64)
def _filter(adjustment: Adjustment, amount: float) -> "skia.ColorFilter":
    return _made(adjustment, amount, STEPS)


@lru_cache(maxsize=12)
def _deep_filter(adjustment: Adjustment, amount: float) -> "skia.ColorFilter":
    """Their tables take 1 MiB each, so few are kept."""
    return _made(adjustment, amount, DEEP_STEPS)


def _made(adjustment: Adjustment, amount: float, steps: int) -> "skia.ColorFilter":
    curves = channel_curves(adjustment, np.linspace(0.0, 1.0, steps))
    if curves is None:
        if isinstance(adjustment, Threshold | Vibrance | BlackWhite | PhotoFilter | ColourBalance | GradientMap):
            return mixing_filter(adjustment, amount)
        assert isinstance(adjustment, HueSaturation)
        shift = adjustment.hue / 60, 1 + adjustment.saturation / 100, adjustment.lightness / 100, amount
        return _HSL.makeColorFilter(skia.Data.MakeWithCopy(struct.pack("4f", *shift)))
    # Between two steps of a posterised picture there is nothing.
    return _table_filter(curves, amount, smooth=steps == DEEP_STEPS and not isinstance(adjustment, Posterise))


def lookup_filter(cube: Cube, amount: float = 1.0, *, deep: bool = False) -> "skia.ColorFilter":
    """Return the filter of a colour table, like :func:`colour_filter`. 1-D tables are interpolated linearly."""
    if cube.solid:
        return cube_filter(cube, amount)
    x = np.linspace(0.0, 1.0, DEEP_STEPS if deep else STEPS)
    places = np.linspace(0.0, 1.0, len(cube.table))
    channels = zip(cube.low, cube.high, cube.table.T.astype(np.float64), strict=True)
    curves = np.stack([np.interp((x - low) / (high - low), places, column) for low, high, column in channels])
    return _table_filter(np.clip(curves, 0.0, 1.0), amount, smooth=deep)


def _table_filter(curves: npt.NDArray[np.float64], amount: float, *, smooth: bool) -> "skia.ColorFilter":
    """``curves`` has one of the numbers of steps in :data:`_TABLES`; ``smooth`` is linear between them."""
    table = np.ones((1, curves.shape[1], 4), np.float32)
    table[0, :, :3] = curves.T
    image = skia.Image.fromarray(table, skia.kRGBA_F32_ColorType, skia.kPremul_AlphaType)
    sampling = skia.SamplingOptions(skia.FilterMode.kLinear if smooth else skia.FilterMode.kNearest)
    shader = image.makeShader(skia.TileMode.kClamp, skia.TileMode.kClamp, sampling)
    children = skia.VectorRuntimeEffectChildPtr([skia.RuntimeEffectChildPtr(shader)])
    uniforms = skia.Data.MakeWithCopy(struct.pack("f", amount))
    return _TABLES[curves.shape[1]].makeColorFilter(uniforms, skia.SpanRuntimeEffectChildPtr(children))
