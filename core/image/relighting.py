"""Relight: a lamp beside the picture, on a shape that is guessed from the picture itself.

The guess has two parts. A cut-out is blown up like a balloon (Johnston, *Lumo: illumination for cel animation*, NPAR
2002, by Poisson's equation inside the alpha): its outline says most about its shape. And what is lighter is taken to be
nearer, at three scales, steep steps held back, since an edge between a dark and a light thing is no cliff: the
dark-is-deep rule of Langer and Bülthoff (2000), after which people judge shape too. Light is added in linear light.
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
    opaque,
    parse_colour,
    shrink,
    to_byte,
    with_alpha,
)
from core.operations.image_light import Relight
from core.values import Message

if TYPE_CHECKING:
    from core.engine.context import Context

SIDE = 1280
"""Shape and shading are found on a copy of this size."""
BALLOON = 320
"""The balloon is smooth, so it is blown up at this size."""
WRAP = np.float32(0.5)
"""How far light reaches around a shape: real lamps are not points."""
SHININESS = np.float32(28)
_LUMINANCE = np.array([0.2126, 0.7152, 0.0722], np.float32)


def relight(op: Relight, ctx: "Context") -> Pixels:
    """Return the picture in the light of a lamp; alpha is kept as it is. About 24 bytes a pixel."""
    pixels = ctx.image(op.image)
    height, width = pixels.shape[:2]
    memory.require(height * width * 24 + 300_000_000, Message("Relighting"))
    rgb = bleed(pixels)
    small = shrink(rgb, SIDE)
    alpha = shrink(np.ascontiguousarray(pixels[..., 3]), SIDE).reshape(small.shape[:2])
    ctx.progress(0.05, "Guessing the shape")
    cover = None if opaque(pixels) else alpha.astype(np.float32) / np.float32(255)
    normals = shape(small, cover, op.relief / 100)
    ctx.check_cancelled()
    ctx.progress(0.4, "Lighting")
    light = lamp(op, normals, small, cover)
    ctx.preview(with_alpha(_lit(small, light), alpha))
    out = np.empty_like(pixels)
    out[..., 3] = pixels[..., 3]
    for top, bottom in bands(height, width * 96):
        piece = guided.enlarge(light, height, width, top, bottom)
        out[top:bottom, :, :3] = _lit(rgb[top:bottom], piece)
        ctx.progress(0.5 + 0.5 * bottom / height, "Lighting")
    out[pixels[..., 3] == 0] = 0
    return out


def shape(small: Pixels, cover: Floats | None, relief: float) -> Floats:
    """Return unit normals (h×w×3: right, down, towards the viewer) of a picture and its coverage (0…1), if any."""
    size = max(small.shape[:2])
    lightness = cv2.cvtColor(small, cv2.COLOR_RGB2GRAY).astype(np.float32) / 255
    right, down = np.zeros_like(lightness), np.zeros_like(lightness)
    # In a scene, lightness has many more reasons than shape.
    trusted = 2 * relief if cover is not None else 1.3 * relief
    # Broad forms from soft shading, folds and features, texture: weight of each, and the slope it may reach.
    for spread, weight, steepest in ((size / 16, 1.2, 0.6), (size / 70, 0.4, 0.4), (size / 400, 0.15, 0.25)):
        soft = guided.smooth(lightness, max(1, round(spread)), 0.02)
        soft = cv2.GaussianBlur(soft, (0, 0), max(0.7, spread / 5))
        across, along = _slopes(soft * np.float32(weight * spread * 4 * trusted))
        right, down = _add_bent(right, down, across, along, steepest * trusted, edges=True)
    if cover is not None:
        across, along = _slopes(balloon(cover) * np.float32(2 * (0.3 + 0.7 * relief)))
        right, down = _add_bent(right, down, across, along, 3.0)
    length = np.sqrt(right * right + down * down + 1)
    return np.dstack((-right / length, -down / length, 1 / length)).astype(np.float32)


def _slopes(height: Floats) -> tuple[Floats, Floats]:
    """Return how much ``height`` (in pixels) rises per pixel to the right and downwards."""
    return (
        cv2.Sobel(height, cv2.CV_32F, 1, 0, scale=0.125, borderType=cv2.BORDER_REPLICATE),
        cv2.Sobel(height, cv2.CV_32F, 0, 1, scale=0.125, borderType=cv2.BORDER_REPLICATE),
    )


def _add_bent(
    right: Floats, down: Floats, across: Floats, along: Floats, steepest: float, edges: bool = False
) -> tuple[Floats, Floats]:
    """Return slopes with others added that are held under ``steepest``: gentle ones count in full.

    With ``edges`` those far over it fall back to nothing: they are where one thing ends, not where it turns.
    """
    if steepest <= 0:
        return right, down
    steep = (across * across + along * along) / np.float32(steepest * steepest)
    hold = 1 / (1 + steep) if edges else 1 / np.sqrt(1 + steep)
    return np.asarray(right + across * hold, np.float32), np.asarray(down + along * hold, np.float32)


def balloon(cover: Floats) -> Floats:
    """Return the height (h×w, in pixels) of a skin blown up over ``cover``: round at the rim, smooth all over.

    Solves −∇²h = 1 with h = 0 outside, from coarse to fine, each size by relaxation; its root is round at the rim.
    Half-covered pixels hold the skin down by half, so that a soft edge gives a soft rim.
    """
    height, width = cover.shape
    top = min(1.0, BALLOON / max(height, width))
    sizes = []
    while True:
        sizes.append((max(1, round(width * top)), max(1, round(height * top))))
        if min(sizes[-1]) <= 8:
            break
        top /= 2
    skin = np.zeros(sizes[-1][::-1], np.float32)
    kernel = np.array([[0, 0.25, 0], [0.25, 0, 0.25], [0, 0.25, 0]], np.float32)
    for index, size in enumerate(reversed(sizes)):
        inside = np.minimum(1, cv2.resize(cover, size, interpolation=cv2.INTER_AREA).reshape(size[1], size[0]) * 1.02)
        # The frame of the picture holds nothing down: what runs out of it goes on there.
        if index:
            skin = 4 * cv2.resize(skin, size, interpolation=cv2.INTER_LINEAR).reshape(size[1], size[0])
        source = np.float32(0.25)
        for _ in range(120):
            skin = inside * (
                cv2.filter2D(skin, -1, kernel, borderType=cv2.BORDER_REPLICATE) * np.float32(0.9998) + source
            )
    scale = width / skin.shape[1]
    round_skin = np.sqrt(np.maximum(skin, 0)) * np.float32(scale)
    enlarged = cv2.resize(round_skin, (width, height), interpolation=cv2.INTER_CUBIC).reshape(height, width)
    return np.asarray(cv2.GaussianBlur(enlarged, (0, 0), max(0.8, 0.8 * scale)), np.float32)


def lamp(op: Relight, normals: Floats, small: Pixels, cover: Floats | None) -> Floats:
    """Return h×w×6: by what each channel of linear light is multiplied, and what is added to it.

    The lamp hangs a picture's width away from the middle, so what is near it is brighter; a flat surface in the middle
    gets, at a height of 45°, ``strength`` more light.
    """
    height, width = normals.shape[:2]
    turn, lift = np.radians(op.direction), np.radians(op.height)
    reach = 0.9 * max(height, width)
    towards = np.array([np.sin(turn) * np.cos(lift), -np.cos(turn) * np.cos(lift), max(np.sin(lift), 0.02)]) * reach
    rows, columns = np.mgrid[:height, :width].astype(np.float32)
    x, y = np.float32(towards[0] + width / 2) - columns, np.float32(towards[1] + height / 2) - rows
    z = np.float32(towards[2])
    far = np.sqrt(x * x + y * y + z * z)
    facing = (normals[..., 0] * x + normals[..., 1] * y + normals[..., 2] * z) / far
    diffuse = np.maximum((facing + WRAP) / (1 + WRAP), 0)
    diffuse = diffuse * diffuse * np.minimum((np.float32(reach) / far) ** 2, 3) / np.float32(0.65)
    half = normals[..., 2] + facing  # n · (light + viewer), the viewer in front
    half = half / np.sqrt(2 + 2 * z / far)
    mirror = np.clip(half, 0, 1) ** SHININESS * np.minimum((np.float32(reach) / far) ** 2, 2)
    colour = LINEAR[np.array(parse_colour(op.colour)[:3], np.uint8)]
    colour = colour / max(0.2, float(colour @ _LUMINANCE))
    strength = np.float32(op.strength / 100)
    own = np.float32(op.ambient / 100) * _less_shaded(small, cover, min(1.0, op.strength / 100))
    multiplied = own[..., None] + (strength * diffuse)[..., None] * colour
    gloss = np.float32(0.5 * op.specular / 100) * strength * mirror
    return np.dstack((multiplied, gloss[..., None] * colour)).astype(np.float32)


def _less_shaded(small: Pixels, cover: Floats | None, strength: float) -> Floats:
    """Return a factor (h×w) that takes a third of the picture's own broad light out, as far as it is relit."""
    light = np.log2(LINEAR[small] @ _LUMINANCE + np.float32(0.02))
    broad = guided.smooth(light, max(1, round(max(light.shape) / 10)), 4.0)
    inside = broad if cover is None else broad[cover > 0.5]
    middle = float(np.median(inside)) if inside.size else 0.0
    return np.asarray(np.exp2(np.clip(np.float32(0.3 * strength) * (middle - broad), -0.6, 0.6)), np.float32)


def _lit(rgb: Pixels, light: Floats) -> Pixels:
    """Return sRGB pixels under the light of :func:`lamp`; what would be over white is bent under it, hue kept."""
    linear = LINEAR[rgb] * light[..., :3] + light[..., 3:]
    peak = linear.max(-1)
    over = np.maximum(peak - 0.75, 0)
    bent = np.where(peak > 0.75, 0.75 + 0.25 * over / (over + np.float32(0.35)), peak)
    before = LINEAR[rgb].max(-1)
    bent = np.where(peak > before, np.maximum(bent, np.minimum(before, peak)), peak)
    scale = bent / np.maximum(peak, np.float32(1e-6))
    return to_byte(from_linear(linear * scale[..., None]))
