"""Match to background: a cut-out's light and colour move towards those of the picture it is put into.

The two never show the same things, so their statistics are not made equal (Reinhard et al. 2001 does, and spoils more
than it mends): only what a difference exceeds a usual one by counts, and only a part of it is made up for. In OKLab,
whose coordinates are cube roots of light, more light multiplies lightness, and the light's colour adds to a and b in
proportion to lightness; it is read from colours that are nearly neutral.
"""

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from core.image.pixels import Floats, Pixels, bands, from_oklab, shrink, to_byte, to_oklab
from core.operations.image_retouch import Harmonise
from core.values import AtelierError, Message

if TYPE_CHECKING:
    from core.engine.context import Context

SAMPLE_SIDE = 400
AROUND = 0.5
"""The background's light is looked for in this much of the cut-out's size around it, too."""
NEUTRAL = 0.05
"""Chroma (OKLab) up to which a colour tells of the light more than of the thing."""
EXPOSURE, USUAL_EXPOSURE, MOST_EXPOSURE = 0.6, 0.1, 0.7
"""What part of a difference in lightness (natural logarithm) is made up for, beyond what is usual, and at most."""
CONTRAST, USUAL_CONTRAST, MOST_CONTRAST = 0.9, 0.2, 0.5
TINT, USUAL_TINT, MOST_TINT = 0.9, 0.01, 0.15
SATURATION, USUAL_SATURATION, MOST_SATURATION = 0.3, 0.4, 0.6


class Match(NamedTuple):
    """What is done to a colour in OKLab."""

    exposure: float
    """What lightness is multiplied with."""
    contrast: float
    """What the distance of lightness from ``middle`` is multiplied with after that."""
    middle: float
    tint: Floats
    """What is added to a and b for each unit of lightness."""
    saturation: float
    """What a and b are multiplied with before that."""


def harmonise(op: Harmonise, ctx: "Context") -> Pixels:
    """Return the cut-out in the background's light; its size and alpha are kept."""
    pixels = ctx.image(op.image)
    source = _sample(pixels, Message("The cut-out"))
    target = _sample(_region(op, pixels, ctx.image(op.background)), Message("The background there"))
    ctx.progress(0.2, "Comparing")
    match = measure(source, target, op.light / 100, op.colour / 100)
    keep = op.keep / 100
    ctx.preview(apply(shrink(pixels, 1024), match, keep))
    out = np.empty_like(pixels)
    height, width = pixels.shape[:2]
    for top, bottom in bands(height, width * 96):
        out[top:bottom] = apply(pixels[top:bottom], match, keep)
        ctx.progress(0.2 + 0.8 * bottom / height, "Matching")
    return out


def _region(op: Harmonise, pixels: Pixels, background: Pixels) -> Pixels:
    """Return the part of the background that the cut-out is in, and some around it; all of it when it has no place."""
    if op.x is None or op.y is None:
        return background
    height, width = (side * op.scale / 100 for side in pixels.shape[:2])
    rows, columns = (
        slice(max(0, int(at - AROUND * size)), max(0, int(at + (1 + AROUND) * size) + 1))
        for at, size in ((op.y, height), (op.x, width))
    )
    part = background[rows, columns]
    if not part.size:
        raise AtelierError("At {x}, {y} the cut-out lies outside of the background.", x=op.x, y=op.y)
    return part


def _sample(pixels: Pixels, what: Message) -> Floats:
    """Return visible pixels in OKLab (N×3)."""
    small = shrink(pixels, SAMPLE_SIDE)
    seen = small[small[..., 3] >= min(128, max(1, int(small[..., 3].max())))][:, :3]
    if not len(seen):
        raise AtelierError("{what} is transparent everywhere, so it has no light to match.", what=what)
    return to_oklab(seen)


def measure(source: Floats, target: Floats, light: float, colour: float) -> Match:
    """Return what brings ``source`` towards ``target`` (both N×3, OKLab); the strengths are from 0 to 1."""
    quantiles = (0.1, 0.5, 0.9)
    own, wanted = (np.quantile(lab[:, 0].astype(np.float64), quantiles) + 0.02 for lab in (source, target))
    lighter = np.log(wanted / own)
    exposure = EXPOSURE * light * _beyond((lighter[1] + lighter[2]) / 2, USUAL_EXPOSURE, MOST_EXPOSURE)
    spread = np.log((wanted[2] - wanted[0] + 0.05) / (own[2] - own[0] + 0.05)) - exposure
    contrast = CONTRAST * light * _beyond(spread, USUAL_CONTRAST, MOST_CONTRAST)
    before, after = tint(source), tint(target)
    shift = after - before
    size = float(np.hypot(*shift))
    shift *= TINT * colour * _beyond(size, USUAL_TINT, MOST_TINT) / max(size, 1e-9)
    richer = np.log((_chroma(target, after) + 0.02) / (_chroma(source, before) + 0.02))
    saturation = SATURATION * colour * _beyond(float(richer), USUAL_SATURATION, MOST_SATURATION)
    middle = _pivot((own - 0.02) * np.exp(exposure), float(wanted[0]) - 0.02, float(np.exp(contrast)))
    return Match(float(np.exp(exposure)), float(np.exp(contrast)), middle, shift, float(np.exp(saturation)))


def _pivot(own: npt.NDArray[np.float64], dark: float, contrast: float) -> float:
    """Return the lightness that a change of contrast leaves: the median, unless less contrast would fog the shadows.

    ``own`` are the cut-out's quantiles, dark to light; ``dark`` is the background's.
    """
    least, middle = float(own[0]), float(own[1])
    limit = max(least, dark)
    if contrast < 1 and middle + (least - middle) * contrast > limit:
        return (limit - contrast * least) / (1 - contrast)
    return middle


def _beyond(value: float, usual: float, most: float) -> float:
    """Return what ``value`` exceeds ``usual`` by, to either side, at most ``most``."""
    return float(np.copysign(min(max(0.0, abs(value) - usual), most), value))


def tint(lab: Floats) -> Floats:
    """Return the light's a and b for each unit of lightness, as nearly neutral colours (of N×3, OKLab) show it."""
    chroma = (lab[:, 1:] ** 2).sum(1)
    weight = (np.exp(-chroma / (2 * NEUTRAL**2)) + 0.02) * lab[:, 0]
    total = float((weight * lab[:, 0]).sum())
    return np.asarray((weight[:, None] * lab[:, 1:]).sum(0) / max(total, 1e-9), np.float32)


def _chroma(lab: Floats, tint: Floats) -> float:
    """Return how colourful a picture is once the light's colour is taken out."""
    own = lab[:, 1:] - lab[:, :1] * tint
    return float(np.quantile(np.hypot(own[:, 0], own[:, 1]), 0.75))


def apply(pixels: Pixels, match: Match, keep: float) -> Pixels:
    """Return ``pixels`` with ``match`` done to them; the more colourful they are, the more ``keep`` (0…1) spares them.

    Skin, brand colours and other saturated ones so keep hue and saturation, while greys take on the light.
    """
    lab = to_oklab(pixels[..., :3])
    light, colour = lab[..., 0], lab[..., 1:]
    new = match.middle + (light * match.exposure - match.middle) * match.contrast
    new = np.clip(new, 0, 1)[..., None]
    moved = colour * match.saturation + new * match.tint
    chroma = np.hypot(colour[..., 0], colour[..., 1])[..., None]
    moved += keep * np.clip((chroma - 0.03) / 0.07, 0, 1) * (colour - moved)
    rgb = to_byte(from_oklab(np.concatenate((new, moved), -1).astype(np.float32)))
    out = np.dstack((rgb, pixels[..., 3]))
    hidden = pixels[..., 3] == 0
    out[hidden] = pixels[hidden]
    return out
