"""Remove haze: estimate how much light comes from the air instead of from the scene, and take it away.

The dark channel prior of He, Sun and Tang (CVPR 2009): away from the sky almost every patch holds something that is
dark in one channel, so what light is left there is the haze. Haze adds up in linear light, and there it is taken away.
Patches are opened (Meng et al., ICCV 2013, bound the transmission likewise) so that they do not widen near things,
and fitted to the picture's edges by a guided filter. Smooth bright parts that look like the air itself are sky, not
haze on a scene; a thick haze is never taken off more than eightfold, which would show noise and JPEG blocks.
"""

from typing import TYPE_CHECKING

import cv2
import numpy as np

from core.image import guided, memory
from core.image.pixels import (
    LINEAR,
    Floats,
    Pixels,
    bands,
    bleed,
    from_linear,
    from_oklab,
    shrink,
    to_byte,
    to_oklab,
    with_alpha,
)
from core.operations.image_light import Dehaze
from core.values import Message

if TYPE_CHECKING:
    from core.engine.context import Context

SIDE = 960
"""The haze is estimated on a copy of this size."""
THINNEST = np.float32(0.12)
"""Least share of the scene's own light that is believed."""
LUMINANCE = np.array([0.2126, 0.7152, 0.0722], np.float32)


def dehaze(op: Dehaze, ctx: "Context") -> Pixels:
    """Return the picture without its haze; alpha is kept as it is. About 12 bytes a pixel."""
    pixels = ctx.image(op.image)
    height, width = pixels.shape[:2]
    memory.require(height * width * 12 + 200_000_000, Message("Removing haze"))
    ctx.progress(0.02, "Measuring the haze")
    rgb = bleed(pixels)
    small = shrink(rgb, SIDE)
    air = airlight(small)
    ctx.check_cancelled()
    slopes = transmission(small, air, op.strength / 100, op.sky / 100)
    lighten = _lost_light(small, slopes, air)
    out = np.empty_like(pixels)
    out[..., 3] = pixels[..., 3]
    ctx.progress(0.3, "Removing haze")
    clear = clear_rows(small, slopes, air, lighten, op.colour / 100, small.shape[0], 0)
    ctx.preview(with_alpha(clear, shrink(np.ascontiguousarray(pixels[..., 3]), SIDE).reshape(small.shape[:2])))
    for top, bottom in bands(height, width * 128):
        out[top:bottom, :, :3] = clear_rows(rgb[top:bottom], slopes, air, lighten, op.colour / 100, height, top)
        ctx.progress(0.3 + 0.7 * bottom / height, "Removing haze")
    out[pixels[..., 3] == 0] = 0
    return out


def airlight(small: Pixels) -> Floats:
    """Return the light of the air (three linear values): the mean of the haziest thousandth of the picture.

    Its colour is held near grey: what is haziest may be a red wall, the air never is.
    """
    dark = _dark_channel(LINEAR[small], _patch(small))
    count = max(1, dark.size // 1000)
    haziest = np.argpartition(dark.ravel(), dark.size - count)[-count:]
    air = np.median(LINEAR[small].reshape(-1, 3)[haziest], 0)
    light = float(air @ LUMINANCE)
    return np.asarray(np.clip(light + 0.6 * (air - light), 0.05, 1), np.float32)


def _patch(small: Pixels) -> int:
    height, width = small.shape[:2]
    return int(max(1, round(max(height, width) / 110)))


def _dark_channel(values: Floats, radius: int) -> Floats:
    """Return the darkest channel of each patch (h×w), opened: bright parts smaller than a patch go, none grow."""
    kernel = np.ones((2 * radius + 1, 2 * radius + 1), np.uint8)
    return np.asarray(cv2.dilate(cv2.erode(np.ascontiguousarray(values.min(-1)), kernel), kernel), np.float32)


def transmission(small: Pixels, air: Floats, strength: float, protect: float) -> Floats:
    """Return h×w×2: slope and offset that give the share of scene light (0…1) from a pixel's lightness (0…1)."""
    haze = np.clip(_dark_channel(LINEAR[small] / air, _patch(small)), 0, 1)
    haze = haze * (1 - np.float32(protect) * sky(small, air))
    share = 1 - np.float32(0.95 * strength) * haze
    radius = 4 * _patch(small)
    return guided.coefficients(_lightness(small), share, radius, 5e-4)


def sky(small: Pixels, air: Floats) -> Floats:
    """Return 0…1 (h×w): how surely a place is sky: as bright as the air, without texture, not warm, joined to the top.

    Air without texture that is joined to no border is mist in a valley or a white wall; it counts by half.
    """
    linear = LINEAR[small]
    light = linear @ LUMINANCE
    lightness = _lightness(small)
    radius = max(1, round(max(small.shape[:2]) / 160))
    rough = guided.box(np.abs(lightness - guided.box(lightness, radius)), radius)
    smooth = np.clip(1.5 - rough / 0.006, 0, 1)
    bright = np.clip((light / float(air @ LUMINANCE) - 0.58) / 0.25, 0, 1)
    cold = np.clip(1.5 - (linear[..., 0] - linear[..., 2]) / np.maximum(light, 1e-3) / 0.35, 0, 1)
    likely = np.asarray(smooth * bright * cold, np.float32)
    count, labels = cv2.connectedComponents((likely > 0.35).astype(np.uint8))
    above = np.zeros(count, np.float32)
    above[np.unique(labels[0])] = 1
    above[0] = 0.5
    return guided.box(likely * np.where(above[labels] > 0, above[labels], np.float32(0.5)), 2 * radius)


def _lightness(rgb: Pixels) -> Floats:
    return np.asarray(cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY), np.float32) / np.float32(255)


def _share(rgb: Pixels, slopes: Floats, height: int, top: int) -> Floats:
    """Return the share of scene light of rows of a picture that is ``height`` rows high."""
    rows, width = rgb.shape[:2]
    piece = guided.enlarge(slopes, height, width, top, top + rows)
    return np.asarray(np.clip(piece[..., 0] * _lightness(rgb) + piece[..., 1], THINNEST, 1), np.float32)


def _scene(rgb: Pixels, share: Floats, air: Floats) -> Floats:
    """Return linear light H×W×3 without the air's; bent, not cut off, where it would be below black."""
    linear = LINEAR[rgb]
    clear = (linear - air * (1 - share[..., None])) / share[..., None]
    # A channel that the estimate pushes under a twentieth of what it was runs out softly.
    floor = linear * np.float32(0.06)
    soft = floor * np.exp2(np.clip(clear / np.maximum(floor, 1e-6), -9, 2) / 2)
    return np.asarray(np.where(clear < 2 * floor, soft, clear), np.float32)


def _lost_light(small: Pixels, slopes: Floats, air: Floats) -> float:
    """Return the exponent for linear light that a picture needs when it is dark without its haze, else 1.

    A hazy scene is exposed for its haze. Half of what is missing to a modest mean lightness is given back.
    """
    clear = _scene(small, _share(small, slopes, small.shape[0], 0), air) @ LUMINANCE
    before, after = float(from_linear(LINEAR[small] @ LUMINANCE).mean()), float(from_linear(clear).mean())
    wanted = min(before, 0.32)
    if after >= wanted or after <= 0.01:
        return 1.0
    return float(np.clip(np.log((after + wanted) / 2) / np.log(after), 0.6, 1))


def clear_rows(rgb: Pixels, slopes: Floats, air: Floats, lighten: float, keep: float, height: int, top: int) -> Pixels:
    """Return rows of the picture (uint8 n×W×3, the first one is row ``top`` of ``height``) without haze."""
    share = _share(rgb, slopes, height, top)
    linear = _scene(rgb, share, air)
    if lighten < 1:
        light = np.clip(linear @ LUMINANCE, 1e-5, 1)
        linear = linear * (light ** np.float32(lighten - 1))[..., None]
    found = np.clip(from_linear(linear), 0, 1)
    if keep > 0:
        lab, own = to_oklab(found), to_oklab(rgb)
        # The colour itself, as much stronger as haze had faded it, but not so much that faint casts begin to glow.
        grown = own[..., 1:] * np.minimum(share ** np.float32(-0.5), 1.6)[..., None]
        lab[..., 1:] += np.float32(keep) * (grown - lab[..., 1:])
        found = from_oklab(lab)
    changed = to_byte(found)
    return np.where((share >= 0.9999)[..., None], rgb, changed)
