"""Pixel arithmetic that the operations on pictures share.

Unless said otherwise a picture is :data:`Pixels`: uint8 H×W×4, RGBA with straight alpha, sRGB-encoded.
"""

from collections.abc import Iterator

import cv2
import numpy as np
import numpy.typing as npt

from core.engine.spawn import threads

Pixels = npt.NDArray[np.uint8]
Floats = npt.NDArray[np.float32]

BAND_BYTES = 16 * 1024 * 1024

cv2.setNumThreads(threads())


def bands(height: int, bytes_per_row: int, budget: int = BAND_BYTES) -> Iterator[tuple[int, int]]:
    """Yield ``(top, bottom)`` of horizontal bands of about ``budget`` bytes that cover ``height`` rows."""
    rows = max(1, budget // max(1, bytes_per_row))
    for top in range(0, height, rows):
        yield top, min(height, top + rows)


def parse_colour(colour: str) -> tuple[int, int, int, int]:
    """Return ``#rrggbb`` or ``#rrggbbaa`` as four numbers from 0 to 255."""
    digits = colour.lstrip("#")
    value = [int(digits[i : i + 2], 16) for i in range(0, len(digits), 2)]
    return value[0], value[1], value[2], value[3] if len(value) > 3 else 255


def flatten(pixels: Pixels, colour: tuple[int, int, int]) -> Pixels:
    """Return ``pixels`` over an opaque colour as uint8 H×W×3, rounded to nearest; worked through in bands."""
    height, width = pixels.shape[:2]
    out = np.empty((height, width, 3), np.uint8)
    back = np.array(colour, np.uint32)
    for top, bottom in bands(height, width * 16):
        band = pixels[top:bottom]
        alpha = band[..., 3:].astype(np.uint32)
        out[top:bottom] = (band[..., :3] * alpha + back * (255 - alpha) + 127) // 255
    return out


def opaque(pixels: Pixels) -> bool:
    """Return whether every pixel is fully opaque."""
    return bool((pixels[..., 3] == 255).all())


def bleed(pixels: Pixels) -> Pixels:
    """Return RGB (H×W×3) in which transparent pixels carry colours of their covered neighbours.

    Filters that know nothing of alpha would otherwise mix in whatever the invisible pixels hold. Push-pull: colours
    weighted by alpha are averaged down a pyramid and fill the holes on the way up.
    """
    rgb = np.ascontiguousarray(pixels[..., :3])
    alpha = pixels[..., 3]
    if (alpha > 0).all():
        return rgb
    weight = alpha.astype(np.float32) / 255.0
    filled = _fill(rgb.astype(np.float32) * weight[..., None], weight)
    hole = alpha == 0
    rgb = rgb.copy()
    rgb[hole] = np.clip(np.rint(filled[hole]), 0, 255).astype(np.uint8)
    return rgb


def _fill(colour: Floats, weight: Floats) -> Floats:
    """Return ``colour`` (premultiplied) divided by its weight, holes filled from the next coarser level."""
    height, width = weight.shape
    own = (colour / np.maximum(weight, np.float32(1e-6))[..., None]).astype(np.float32)
    if (weight > 1e-6).all() or min(height, width) <= 1:
        return own
    half = (max(1, width // 2), max(1, height // 2))
    coarse = _fill(
        cv2.resize(colour, half, interpolation=cv2.INTER_AREA), cv2.resize(weight, half, interpolation=cv2.INTER_AREA)
    )
    up: Floats = cv2.resize(coarse, (width, height), interpolation=cv2.INTER_LINEAR)
    known = np.minimum(weight[..., None] * 1e6, 1.0)
    return np.asarray(own * known + up * (1 - known), np.float32)


def to_linear(values: npt.NDArray[np.floating]) -> Floats:
    """Return sRGB-encoded values in 0…1 as linear light (IEC 61966-2-1)."""
    v = np.asarray(values, np.float32)
    return np.where(v <= 0.04045, v / 12.92, ((np.maximum(v, 0) + 0.055) / 1.055) ** np.float32(2.4)).astype(np.float32)


def from_linear(values: npt.NDArray[np.floating]) -> Floats:
    """Return linear light in 0…1 as sRGB-encoded values."""
    v = np.clip(np.asarray(values, np.float32), 0, None)
    return np.where(v <= 0.0031308, v * 12.92, 1.055 * v ** np.float32(1 / 2.4) - 0.055).astype(np.float32)


LINEAR = to_linear(np.arange(256, dtype=np.float32) / 255)
"""Linear light of each 8-bit sRGB value."""

_TO_LMS = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ],
    np.float32,
)
_TO_LAB = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ],
    np.float32,
)
_FROM_LAB = np.linalg.inv(_TO_LAB.astype(np.float64)).astype(np.float32)
_FROM_LMS = np.linalg.inv(_TO_LMS.astype(np.float64)).astype(np.float32)


def to_oklab(rgb: npt.NDArray[np.uint8] | Floats) -> Floats:
    """Return sRGB (…×3, uint8 or float 0…1) in OKLab (Ottosson 2020), float32."""
    linear = LINEAR[rgb] if rgb.dtype == np.uint8 else to_linear(np.asarray(rgb, np.float32))
    lms = np.cbrt(linear @ _TO_LMS.T)
    return np.asarray(lms @ _TO_LAB.T, np.float32)


def from_oklab(lab: Floats) -> Floats:
    """Return OKLab (…×3) as sRGB floats; values outside 0…1 are out of gamut and left as they are."""
    lms = lab @ _FROM_LAB.T
    linear = (lms * lms * lms) @ _FROM_LMS.T
    encoded = from_linear(linear)
    return np.where(linear < 0, linear * 12.92, encoded).astype(np.float32)


def to_byte(values: npt.NDArray[np.floating]) -> Pixels:
    """Return floats in 0…1 as uint8, clipped and rounded to nearest."""
    out: Pixels = np.clip(np.rint(values * 255.0), 0, 255).astype(np.uint8)
    return out


def shrink(pixels: npt.NDArray[np.uint8], longest: int) -> npt.NDArray[np.uint8]:
    """Return ``pixels`` scaled down by area so that the longer side is at most ``longest``; colours as they are."""
    height, width = pixels.shape[:2]
    scale = longest / max(height, width)
    if scale >= 1:
        return pixels
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)


def with_alpha(rgb: npt.NDArray[np.uint8], alpha: npt.NDArray[np.uint8]) -> Pixels:
    """Return H×W×3 colours and H×W alpha as one RGBA picture."""
    return np.dstack((rgb, alpha))
