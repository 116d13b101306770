"""Auto grade: robust statistics of a picture become adjustment layers, and the picture as those layers make it.

The adjustments are the document's own (:mod:`core.documents.image`), rendered by the compositor's own colour filters,
so that keeping the result as layers looks the same as keeping its pixels.
"""

from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np
import numpy.typing as npt
import skia

from core.documents.image import Adjustment, Curves, Exposure, HueSaturation, Levels, WhiteBalance
from core.image.pixels import LINEAR, Floats, Pixels, bands, shrink, to_byte, to_oklab
from core.operations.image import AutoGrade
from core.raster.adjust import channel_curves, colour_filter, neutral
from core.values import AtelierError

if TYPE_CHECKING:
    from core.engine.context import Context

LUMINANCE = np.array([0.2126, 0.7152, 0.0722], np.float32)

Sample = npt.NDArray[np.uint8]
"""Visible pixels of a picture in no order: uint8 N×3, sRGB."""


class Grade(msgspec.Struct, frozen=True):
    """What auto grade found: adjustment values in the order of their layers, the bottom one first."""

    adjustments: tuple[Adjustment, ...]


def auto_grade(op: AutoGrade, ctx: "Context") -> dict[str, Any]:
    """Return ``image``, graded (alpha as it was), and ``data``, the :class:`Grade`."""
    pixels = ctx.image(op.image)
    ctx.progress(0.1, "Measuring")
    grade = Grade(measure(pixels, op.strength / 100, op.exposure, op.white_balance, op.contrast, op.colour))
    ctx.preview(apply(shrink(pixels, 1280), grade.adjustments))
    out = np.empty_like(pixels)
    height, width = pixels.shape[:2]
    for top, bottom in bands(height, width * 16):
        out[top:bottom] = apply(pixels[top:bottom], grade.adjustments)
        ctx.progress(0.2 + 0.8 * bottom / height, "Grading")
    return {"image": out, "data": grade}


def measure(
    pixels: Pixels,
    strength: float = 1.0,
    exposure: bool = True,
    white_balance: bool = True,
    contrast: bool = True,
    colour: bool = True,
) -> tuple[Adjustment, ...]:
    """Return the adjustments that a picture needs, each scaled by ``strength`` (0…1), without those that do nothing.

    Each one is measured on what the ones before it leave. Raises :class:`AtelierError` when nothing is visible.
    """
    small = shrink(pixels, 512)
    seen = small[..., 3] >= 128
    if not seen.any():
        raise AtelierError("The picture is transparent everywhere, so there is nothing to grade.")
    sample: Sample = small[seen][:, :3]
    found: list[Adjustment] = []

    def add(*adjustments: Adjustment) -> None:
        nonlocal sample
        for adjustment in adjustments:
            if not neutral(adjustment):
                found.append(adjustment)
                sample = _apply_to_sample(sample, adjustment)

    if white_balance:
        add(_white_balance(small[..., :3], seen, strength))
    if exposure:
        add(_exposure(sample, strength))
    if contrast:
        add(_levels(sample, strength))
        add(_curve(sample, strength))
    if colour:
        add(_saturation(sample, strength))
    return tuple(found)


def _apply_to_sample(sample: Sample, adjustment: Adjustment) -> Sample:
    curves = channel_curves(adjustment, np.linspace(0, 1, 256))
    if curves is None:
        return sample
    tables = np.rint(curves * 255).astype(np.uint8)
    return np.stack([tables[channel][sample[:, channel]] for channel in range(3)], -1)


def _white_balance(rgb: Pixels, seen: "npt.NDArray[np.bool_]", strength: float) -> WhiteBalance:
    """Estimate the light's colour and take most of it out.

    The mean of shades of grey (Finlayson and Trezzi 2004) and grey edge (van de Weijer et al. 2007), both with the
    sixth-power norm, over pixels that are neither clipped nor black. A picture's own colours look like a cast to any
    such estimate, so small ones are left alone and the others corrected by 60 %.
    """
    linear = LINEAR[rgb]
    usable = seen & (rgb.max(-1) < 250) & (rgb.max(-1) > 12)
    if usable.sum() < 64:
        return WhiteBalance()
    grey = np.mean(linear[usable].astype(np.float64) ** 6, axis=0) ** (1 / 6)
    across = np.abs(np.diff(linear, axis=1))[:-1] + np.abs(np.diff(linear, axis=0))[:, :-1]
    both = usable[:-1, :-1] & usable[1:, :-1] & usable[:-1, 1:]
    edge = np.mean(across[both].astype(np.float64) ** 6, axis=0) ** (1 / 6) if both.any() else grey
    logs = (np.log2(np.maximum(grey, 1e-6)) + np.log2(np.maximum(edge, 1e-6))) / 2
    temperature = 100 * (logs[2] - logs[0])
    tint = 200 * (logs[1] - (logs[0] + logs[2]) / 2)
    return WhiteBalance(temperature=_soften(temperature, strength, 55), tint=_soften(tint, strength, 40))


def _soften(value: float, strength: float, limit: float) -> float:
    """Return 60 % of what ``value`` exceeds 10 by, at most ``limit``, scaled."""
    beyond = max(0.0, abs(value) - 10) * 0.6
    return round(float(np.copysign(min(limit, beyond), value)) * strength, 1)


def _luminance(sample: Sample) -> Floats:
    return np.asarray(LINEAR[sample] @ LUMINANCE, np.float32)


def _exposure(sample: Sample, strength: float) -> Exposure:
    """Bring the geometric mean of luminance half way to a middle grey of 18 %, without pushing highlights out."""
    light = _luminance(sample)
    key = float(np.exp(np.mean(np.log(light + 1e-4))))
    stops = float(np.clip(0.5 * np.log2(0.18 / key), -1.0, 1.5))
    if stops > 0:
        highlights = max(1e-4, float(np.quantile(light, 0.99)))
        stops = max(0.0, min(stops, float(np.log2(0.92 / highlights))))
    return Exposure(stops=round(stops * strength, 2)) if abs(stops) >= 0.08 else Exposure()


def _levels(sample: Sample, strength: float) -> Levels:
    """Stretch to full contrast but for half a per cent at either end; at most 36 steps up from black, 56 from white."""
    luma = sample @ np.array([0.299, 0.587, 0.114])
    low, high = (float(v) for v in np.quantile(luma, (0.005, 0.995)))
    black = min(36.0, max(0.0, low - 2)) * strength
    white = 255 - min(56.0, max(0.0, 253 - high)) * strength
    return Levels(black=round(black), white=round(white)) if black >= 1 or white <= 254 else Levels()


def _curve(sample: Sample, strength: float) -> Curves:
    """Bend a flat picture's curve into an S, steeper the flatter it is."""
    luma = (sample @ np.array([0.299, 0.587, 0.114])) / 255
    amount = float(np.clip((0.24 - luma.std()) * 0.35, 0, 0.045)) * strength
    if amount < 0.004:
        return Curves()
    bend = round(amount, 3)
    return Curves(master=((0.0, 0.0), (0.25, 0.25 - bend), (0.75, 0.75 + bend), (1.0, 1.0)))


def _saturation(sample: Sample, strength: float) -> HueSaturation:
    """Give dull pictures more colour and loud ones a little less."""
    lab = to_oklab(sample)
    chroma = np.hypot(lab[:, 1], lab[:, 2])
    mean, high = float(chroma.mean()), float(np.quantile(chroma, 0.95))
    if mean < 0.012:  # black and white, or nearly: there is no colour to strengthen
        return HueSaturation()
    percent = float(np.clip((0.085 / mean - 1) * 22, -8, 22))
    if percent > 0:
        percent *= float(np.clip((0.22 - high) / 0.1, 0, 1))
    return HueSaturation(saturation=float(round(percent * strength))) if abs(percent) >= 1 else HueSaturation()


def apply(pixels: Pixels, adjustments: tuple[Adjustment, ...]) -> Pixels:
    """Return ``pixels`` as the compositor shows them under adjustment layers; alpha is kept.

    Like the compositor (:mod:`core.raster.surfaces`), in 32-bit floats from the first layer to the last.
    """
    height, width = pixels.shape[:2]
    values = np.empty((height, width, 4), np.float32)
    np.divide(pixels, np.float32(255), out=values)
    values[..., 3] = 1.0
    info = skia.ImageInfo.Make(width, height, skia.kRGBA_F32_ColorType, skia.kPremul_AlphaType)
    surface = skia.Surface.MakeRasterDirect(info, values, width * 16)
    image = skia.Image.fromarray(values, skia.kRGBA_F32_ColorType, skia.kPremul_AlphaType, copy=False)
    for adjustment in adjustments:
        paint = skia.Paint(ColorFilter=colour_filter(adjustment), BlendMode=skia.BlendMode.kSrcATop)
        surface.getCanvas().drawImage(image, 0, 0, skia.SamplingOptions(), paint)
    out = to_byte(values)
    out[..., 3] = pixels[..., 3]
    return out
