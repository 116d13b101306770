"""What filters make of the pixels in and around a block: float32, premultiplied RGBA, encoded sRGB, no limits on size.

A filter asks for its surroundings through a :data:`Look`. Wide blurs look at a smaller picture: a Gaussian of at least
eight pixels there and its samples differ from the one at full size by far less than a shade. Everything is defined by
places in the document, so blocks join without a seam.
"""

import math
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from core.documents.image_filters import (
    AddNoise,
    Bloom,
    Emboss,
    FindEdges,
    GaussianBlur,
    HighPass,
    LayerFilter,
    Mosaic,
    MotionBlur,
    SurfaceBlur,
    UnsharpMask,
    Vignette,
)
from core.raster.belows import Floats
from core.raster.effects import blurred
from core.raster.manifest import TILE
from core.raster.resample import DEEPEST, Block

WIDE = 16.0
"""A standard deviation in pixels from which a blur looks at a picture of half the size."""
_LUMA = np.array([0.3, 0.59, 0.11], np.float32)
_MOST_SAMPLES = 160
_ROWS, _SMALL = 16, 250_000
"""As in :func:`core.raster.effects.blurred`: pieces for which BLAS starts no threads."""


class Surroundings(NamedTuple):
    """Rows×columns×4 pixels, the first of them at (``x``, ``y``)."""

    pixels: Floats
    x: int
    y: int


Look = Callable[[int, int], Surroundings]
"""``look(factor, margin)`` gives the block and ``margin`` pixels around it, at 1/``factor`` of the block's scale."""


def filtered(one: LayerFilter, block: Block, size: tuple[int, int], look: Look) -> Floats:
    """Return what a filter makes of a block: height×width×4. ``size`` is the canvas's, in document pixels."""
    match one:
        case GaussianBlur():
            return gaussian(block, one.radius, look)
        case MotionBlur():
            return _motion(one, block, look)
        case SurfaceBlur():
            return _surface(one, block, look)
        case UnsharpMask():
            return _sharpened(one, block, look)
        case HighPass():
            own, soft = _plain(look), gaussian(block, one.radius, look)
            return _premultiplied(_straight(own) - _straight(soft) + np.float32(0.5), own[..., 3:])
        case Bloom():
            return _bloom(one, block, look)
        case AddNoise():
            return _noisy(one, block, look)
        case Mosaic():
            return _mosaic(one, block, look)
        case Emboss():
            return _embossed(one, block, look)
        case FindEdges():
            return _edges(one, block, look)
        case Vignette():
            return _vignette(one, block, size, look)
    raise TypeError(f"there is no filter {type(one).__name__}")


def _plain(look: Look) -> Floats:
    return look(1, 0).pixels


def _straight(pixels: Floats) -> Floats:
    alpha = pixels[..., 3:]
    return np.divide(pixels[..., :3], alpha, out=np.zeros_like(pixels[..., :3]), where=alpha > 0)


def _premultiplied(colour: Floats, alpha: Floats) -> Floats:
    return np.concatenate([np.clip(colour, 0, 1) * alpha, alpha], axis=-1)


# Where it looks ------------------------------------------------------------------------------------------------------


def surroundings(
    block: Block, size: tuple[int, int], factor: int, margin: int, tile: Callable[[float, int, int], Floats]
) -> Surroundings:
    """Return what :data:`Look` asks for; ``tile(scale, column, row)`` composes.

    Beyond the canvas (``size``, document pixels) lies its mirror image, which is the same at every
    scale but for the part of a pixel in which the canvas may end.
    """
    scale = block.scale / factor
    rows = _inside(block.y, block.height, factor, margin, int(size[1] * scale))
    columns = _inside(block.x, block.width, factor, margin, int(size[0] * scale))
    top, bottom, left, right = int(rows.min()), int(rows.max()) + 1, int(columns.min()), int(columns.max()) + 1
    pixels = np.empty((bottom - top, right - left, 4), np.float32)
    for row in range(top // TILE, -(-bottom // TILE)):
        for column in range(left // TILE, -(-right // TILE)):
            y0, y1 = max(top, row * TILE), min(bottom, (row + 1) * TILE)
            x0, x1 = max(left, column * TILE), min(right, (column + 1) * TILE)
            one = tile(scale, column, row)
            pixels[y0 - top : y1 - top, x0 - left : x1 - left] = one[
                y0 - row * TILE : y1 - row * TILE, x0 - column * TILE : x1 - column * TILE
            ]
    if len(rows) != bottom - top or len(columns) != right - left:
        pixels = pixels[rows - top][:, columns - left]
    return Surroundings(pixels, _first(block.x, factor, margin), _first(block.y, factor, margin))


def _first(start: int, factor: int, margin: int) -> int:
    return start // factor - margin


def _inside(start: int, count: int, factor: int, margin: int, limit: int) -> npt.NDArray[np.intp]:
    """Return the places along one axis, those beyond the canvas mirrored into it."""
    whole = max(1, limit)
    places = np.arange(_first(start, factor, margin), -(-(start + count) // factor) + margin) % (2 * whole)
    return np.where(places < whole, places, 2 * whole - 1 - places)


# Blurs ----------------------------------------------------------------------------------------------------------------


def gaussian(block: Block, radius: float, look: Look) -> Floats:
    """Return the block blurred, alpha included; ``radius`` is the standard deviation in document pixels."""
    sigma = radius * block.scale
    factor = 1
    while sigma / factor >= WIDE and block.scale / factor > 1 / (1 << DEEPEST):
        factor *= 2
    if sigma < 0.05:
        return _plain(look)
    margin = math.ceil(3 * sigma / factor) + 2
    around = look(factor, margin)
    if factor == 1:
        # The kernel's weights are integrals over pixels, which is a blur by itself.
        exact = math.sqrt(max(0.0, sigma * sigma - 1 / 12))
        rows = _across(around.pixels, lambda flat: blurred(flat, margin, 0.0, exact))
        return _across(rows.swapaxes(0, 1), lambda flat: blurred(flat, margin, 0.0, exact)).swapaxes(0, 1)
    # So is that each pixel of the small picture is a mean.
    narrow = math.sqrt(sigma * sigma - (factor * factor - 1) / 12) / factor
    height, width = around.pixels.shape[:2]
    down = _weights(block.y, block.height, factor, around.y, height, narrow)
    right = _weights(block.x, block.width, factor, around.x, width, narrow)
    rows = _across(around.pixels, lambda flat: _product(down, flat))
    return _across(rows.swapaxes(0, 1), lambda flat: _product(right, flat)).swapaxes(0, 1)


def _across(pixels: Floats, along_rows: Callable[[Floats], Floats]) -> Floats:
    flat = along_rows(np.ascontiguousarray(pixels).reshape(pixels.shape[0], -1))
    return flat.reshape(flat.shape[0], *pixels.shape[1:])


def _weights(start: int, count: int, factor: int, first: int, length: int, sigma: float) -> Floats:
    """Return count×length weights of small pixels for large ones: a Gaussian between their centres."""
    centres = (np.arange(start, start + count) + 0.5) / factor
    away = np.arange(first, first + length)[None, :] + 0.5 - centres[:, None]
    weights = np.where(np.abs(away) <= 3 * sigma + 1, np.exp(-0.5 * (away / sigma) ** 2), 0.0)
    return np.asarray(weights / weights.sum(axis=1, keepdims=True), np.float32)


def _product(weights: Floats, values: Floats) -> Floats:
    out = np.empty((weights.shape[0], values.shape[1]), np.float32)
    for row in range(0, weights.shape[0], _ROWS):
        part = weights[row : row + _ROWS]
        used = np.flatnonzero(part.any(axis=0))
        first, last = int(used[0]), int(used[-1]) + 1
        columns = max(1, _SMALL // (_ROWS * (last - first)))
        band = np.ascontiguousarray(part[:, first:last])
        for left in range(0, values.shape[1], columns):
            right = left + columns
            np.matmul(band, values[first:last, left:right], out=out[row : row + _ROWS, left:right])
    return out


def _motion(one: MotionBlur, block: Block, look: Look) -> Floats:
    length = one.distance * block.scale
    if length < 0.5:
        return _plain(look)
    turn = math.radians(one.angle)
    along = math.cos(turn), -math.sin(turn)
    samples = min(_MOST_SAMPLES, math.ceil(length) + 1)
    shifts: dict[tuple[int, int], float] = {}
    for index in range(samples):
        place = ((index + 0.5) / samples - 0.5) * length
        x, y = along[0] * place, along[1] * place
        for (column, across), (row, downwards) in (
            (one_side, other) for one_side in _between(x) for other in _between(y)
        ):
            shifts[column, row] = shifts.get((column, row), 0.0) + across * downwards / samples
    margin = math.ceil(length / 2) + 2
    pixels = look(1, margin).pixels
    out = np.zeros((block.height, block.width, 4), np.float32)
    for (column, row), weight in shifts.items():
        if weight > 1e-6:
            top, left = margin + row, margin + column
            out += np.float32(weight) * pixels[top : top + block.height, left : left + block.width]
    return out


def _between(place: float) -> tuple[tuple[int, float], tuple[int, float]]:
    base = math.floor(place)
    return (base, 1 - (place - base)), (base + 1, place - base)


def _surface(one: SurfaceBlur, block: Block, look: Look) -> Floats:
    """A guided filter whose guide is each channel itself; what is translucent counts by its alpha."""
    radius = round(one.radius * block.scale)
    if radius < 1:
        return _plain(look)
    pixels = look(1, 2 * radius).pixels
    alpha, colour = pixels[..., 3:], _straight(pixels)
    weight = np.maximum(_boxed(alpha, radius), 1e-6)
    mean = _boxed(pixels[..., :3], radius) / weight
    variance = np.maximum(_boxed(pixels[..., :3] * colour, radius) / weight - mean * mean, 0)
    share = variance / (variance + (one.threshold / 255) ** 2)
    inner = slice(radius, -radius)
    near = np.maximum(_boxed(alpha[inner, inner], radius), 1e-6)
    gain = _boxed(share * alpha[inner, inner], radius) / near
    base = _boxed((1 - share) * mean * alpha[inner, inner], radius) / near
    middle = slice(2 * radius, -2 * radius)
    own = pixels[middle, middle]
    return _premultiplied((gain * colour[middle, middle] + base).astype(np.float32), own[..., 3:])


def _boxed(values: npt.NDArray[np.floating], radius: int) -> Floats:
    """Return means over squares of 2·radius+1 pixels, without ``radius`` pixels at each edge."""
    total = values.astype(np.float64)
    span = 2 * radius + 1
    for axis in (0, 1):
        np.cumsum(total, axis=axis, out=total)
        last, first = (total[span - 1 :], total[:-span]) if axis == 0 else (total[:, span - 1 :], total[:, :-span])
        sums = last.copy()
        if axis == 0:
            sums[1:] -= first
        else:
            sums[:, 1:] -= first
        total = sums / span
    return total.astype(np.float32)


# Detail and light -----------------------------------------------------------------------------------------------------


def _sharpened(one: UnsharpMask, block: Block, look: Look) -> Floats:
    own = _plain(look)
    colour = _straight(own)
    detail = colour - _straight(gaussian(block, one.radius, look))
    if one.threshold > 0:
        detail *= (np.abs(detail).max(axis=-1, keepdims=True) * 255 >= one.threshold).astype(np.float32)
    return _premultiplied(colour + detail * np.float32(one.amount / 100), own[..., 3:])


def _bloom(one: Bloom, block: Block, look: Look) -> Floats:
    limit = np.float32(one.threshold / 100)

    def bright(factor: int, margin: int) -> Surroundings:
        around = look(factor, margin)
        light = around.pixels.copy()
        light[..., :3] = np.maximum(light[..., :3] - limit * light[..., 3:], 0) / (1 - limit)
        return Surroundings(light, around.x, around.y)

    own = _plain(look)
    shine = gaussian(block, one.radius, bright)[..., :3] * np.float32(one.amount / 100)
    return _premultiplied(1 - (1 - _straight(own)) * (1 - np.clip(shine, 0, 1)), own[..., 3:])


def _noisy(one: AddNoise, block: Block, look: Look) -> Floats:
    """Noise of its own for each document pixel. In a smaller picture the mean of many: that much less of it."""
    own = _plain(look)
    rows, columns = _places(block)
    channels = 1 if one.monochrome else 3
    noise = np.stack([_normal(rows, columns, int(one.seed), channel) for channel in range(channels)], axis=-1)
    noise *= np.float32(one.amount / 100 * min(1.0, block.scale))
    return _premultiplied(_straight(own) + noise, own[..., 3:])


def _places(block: Block) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.uint32]]:
    """Return which row and column of noise the block's pixels have: the document's pixels, at most."""
    step = max(1.0, block.scale)
    rows = np.floor((np.arange(block.y, block.y + block.height) + 0.5) / step).astype(np.int64)
    columns = np.floor((np.arange(block.x, block.x + block.width) + 0.5) / step).astype(np.int64)
    low = np.int64(0xFFFFFFFF)
    return (rows & low).astype(np.uint32)[:, None], (columns & low).astype(np.uint32)[None, :]


def _normal(rows: npt.NDArray[np.uint32], columns: npt.NDArray[np.uint32], seed: int, channel: int) -> Floats:
    """Return normally distributed numbers that depend on the place alone (Box & Muller 1958, of a hash's bits)."""
    key = np.uint32((seed * 4 + channel + 1) * 0x9E3779B1 & 0xFFFFFFFF)
    first = _mixed(_mixed(rows * np.uint32(0x85EBCA77) ^ key) ^ columns * np.uint32(0xC2B2AE3D))
    second = _mixed(first ^ np.uint32(0x27D4EB2F))
    one, other = ((bits.astype(np.float64) + 0.5) / 2**32 for bits in (first, second))
    return np.asarray(np.sqrt(-2 * np.log(one)) * np.cos(2 * np.pi * other), np.float32)


def _mixed(bits: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint32]:
    """Return well-mixed bits (the finaliser of MurmurHash3)."""
    bits = bits ^ bits >> np.uint32(16)
    bits = bits * np.uint32(0x85EBCA6B)
    bits = bits ^ bits >> np.uint32(13)
    bits = bits * np.uint32(0xC2B2AE35)
    return bits ^ bits >> np.uint32(16)


# Shapes and lines -----------------------------------------------------------------------------------------------------


def _mosaic(one: Mosaic, block: Block, look: Look) -> Floats:
    side = one.size * block.scale
    if side < 1.5:
        return _plain(look)
    margin = math.ceil(side) + 1
    around = look(1, margin)
    means = around.pixels
    picks = []
    for axis, first, start, count in ((0, around.y, block.y, block.height), (1, around.x, block.x, block.width)):
        cells = np.floor((np.arange(first, first + means.shape[axis]) + 0.5) / side).astype(np.int64)
        edges = np.flatnonzero(np.diff(cells, prepend=cells[0] - 1))
        sizes = np.diff(edges, append=len(cells)).astype(np.float32)
        shape = [1, 1, 1]
        shape[axis] = len(sizes)
        means = np.asarray(np.add.reduceat(means, edges, axis=axis) / sizes.reshape(shape), np.float32)
        own = np.floor((np.arange(start, start + count) + 0.5) / side).astype(np.int64)
        picks.append(own - cells[0])
    chosen: Floats = means[picks[0]][:, picks[1]]
    return chosen


def _embossed(one: Emboss, block: Block, look: Look) -> Floats:
    height = one.height * block.scale / 2
    turn = math.radians(one.angle)
    x, y = math.cos(turn) * height, -math.sin(turn) * height
    margin = math.ceil(height) + 2
    pixels = look(1, margin).pixels
    luma = (_straight(pixels) @ _LUMA)[..., None]
    towards, away = (_moved(luma, margin, block, sign * x, sign * y) for sign in (1, -1))
    relief = 0.5 + (away - towards) * np.float32(one.amount / 100)
    own = pixels[margin : margin + block.height, margin : margin + block.width]
    return _premultiplied(np.repeat(relief, 3, axis=-1), own[..., 3:])


def _moved(values: Floats, margin: int, block: Block, x: float, y: float) -> Floats:
    """Return the block as seen ``x``, ``y`` pixels away, between pixels linearly."""
    out = np.zeros((block.height, block.width, values.shape[-1]), np.float32)
    for column, across in _between(x):
        for row, downwards in _between(y):
            top, left = margin + row, margin + column
            out += np.float32(across * downwards) * values[top : top + block.height, left : left + block.width]
    return out


def _edges(one: FindEdges, block: Block, look: Look) -> Floats:
    pixels = look(1, 1).pixels
    colour = _straight(pixels)
    smooth_down = colour[:-2] + 2 * colour[1:-1] + colour[2:]
    smooth_right = colour[:, :-2] + 2 * colour[:, 1:-1] + colour[:, 2:]
    right = smooth_down[:, 2:] - smooth_down[:, :-2]
    down = smooth_right[2:] - smooth_right[:-2]
    strength = np.sqrt(right * right + down * down) * np.float32(one.amount / 100 / 4)
    return _premultiplied(1 - strength, pixels[1:-1, 1:-1, 3:])


def _vignette(one: Vignette, block: Block, size: tuple[int, int], look: Look) -> Floats:
    own = _plain(look)
    x = ((np.arange(block.x, block.x + block.width) + 0.5) / block.scale - size[0] / 2)[None, :]
    y = ((np.arange(block.y, block.y + block.height) + 0.5) / block.scale - size[1] / 2)[:, None]
    # From an ellipse that fits the canvas to the circle around it.
    half = [side / 2 for side in size]
    round_off = one.roundness / 100
    across, downwards = (length + (max(half) - length) * round_off for length in half)
    away = np.sqrt((x / across) ** 2 + (y / downwards) ** 2) / math.sqrt(2)
    start = one.midpoint / 100 * (1 - one.feather / 100)
    end = start + max(0.01, one.feather / 100)
    place = np.clip((away - start) / (end - start), 0, 1)
    share = (place * place * (3 - 2 * place) * one.amount / 100).astype(np.float32)[..., None]
    colour = _straight(own)
    lit = colour * (1 + share) if one.amount < 0 else colour + (1 - colour) * share
    return _premultiplied(lit, own[..., 3:])
