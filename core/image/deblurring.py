"""Sharpen a blurred photo: find what the blur looks like, and undo it.

The blur is measured on the part of the picture that has most to show, in linear light (:mod:`core.image.blur_kernels`),
and then taken out of the whole picture (:mod:`core.image.deconvolution`).
"""

from typing import TYPE_CHECKING

import cv2
import numpy as np

from core.image import memory
from core.image.blur_kernels import disc, estimate_shake, gaussian, measured_width
from core.image.deconvolution import deconvolve, sharpened
from core.image.pixels import LINEAR, Floats, Pixels, bleed, from_linear, shrink, to_byte, with_alpha
from core.operations.image_light import Deblur
from core.values import AtelierError, Message

if TYPE_CHECKING:
    from core.engine.context import Context

WINDOW = 480
"""Side of the part in which the blur is measured."""
LONGEST = 33
"""Largest blur that is measured pixel for pixel; larger ones on a smaller copy."""
AUTOMATIC = 25
FLATNESS = (1e-2, 3e-3, 2.5e-2)
_LUMINANCE = np.array([0.2126, 0.7152, 0.0722], np.float32)


def deblur(op: Deblur, ctx: "Context") -> Pixels:
    """Return the picture without its blur; alpha is kept as it is. Raises :class:`AtelierError` if that is 0."""
    pixels = ctx.image(op.image)
    height, width = pixels.shape[:2]
    memory.require(height * width * 16 + 400_000_000, Message("Sharpening"))
    alpha = np.ascontiguousarray(pixels[..., 3])
    rgb = bleed(pixels)
    if not alpha.any():
        raise AtelierError("The picture is transparent everywhere, so there is nothing to sharpen.")
    ctx.progress(0.01, "Measuring the blur")
    kernel = find_kernel(op, rgb, alpha, ctx)
    out = rgb.copy()
    amount = np.float32(op.amount / 100)

    def finish(rows: slice, columns: slice, sharp: Floats, fraction: float) -> None:
        before = rgb[rows, columns].astype(np.float32) / 255
        out[rows, columns] = to_byte(before + amount * (sharp - before))
        ctx.preview(shrink(out, 1024))
        ctx.progress(0.4 + 0.6 * fraction, "Sharpening")

    deconvolve(rgb, alpha, kernel, smoothness(op.noise), finish, ctx.check_cancelled)
    result = with_alpha(out, alpha)
    result[alpha == 0] = 0
    return result


def smoothness(noise: float) -> float:
    """Return the weight of the prior for the field ``noise`` (0…100)."""
    return float(1e-4 * 40 ** (noise / 100))


def find_kernel(op: Deblur, rgb: Pixels, alpha: Pixels, ctx: "Context") -> Floats:
    """Return the blur: of the kind and size that were given, or as it is found in the picture."""
    if op.size > 0 and op.kind != "shake":
        return disc(op.size) if op.kind == "focus" else gaussian(op.size)
    longest = int(op.size) if op.size > 0 else AUTOMATIC
    scale = min(1.0, LONGEST / longest)
    seen = _telling_part(rgb, alpha, scale)
    if min(seen.shape) < 3 * 5:  # too little to see a blur in
        return gaussian(1.0)
    side = min(max(3, round(longest * scale)), min(seen.shape) // 3) | 1
    ctx.check_cancelled()
    kernel = find_shake(seen, side, FLATNESS if op.kind == "shake" else FLATNESS[:1], ctx)
    if op.kind == "focus":
        return disc(measured_width(kernel, disc, side - 2))
    if op.kind == "soft":
        return gaussian(measured_width(kernel, gaussian, 6))
    return kernel if scale == 1 else _enlarged(kernel, longest | 1)


def find_shake(seen: Floats, side: int, costs: tuple[float, ...], ctx: "Context") -> Floats:
    """Return the blur of a part of a picture: of one estimate for each of ``costs``, the most natural one.

    No one strictness suits both fur and bricks; a wrong estimate shows in rings, which fill a picture with gradients.
    """
    best, found = np.inf, gaussian(1.0)
    for index, flatness in enumerate(costs):

        def advance(fraction: float, index: int = index) -> None:
            ctx.progress(0.02 + 0.36 * (index + fraction) / len(costs), "Measuring the blur")

        kernel = estimate_shake(seen, side, flatness, advance)
        if len(costs) == 1:
            return kernel
        rings = _restlessness(sharpened(seen, kernel, 3e-4, ctx.check_cancelled))
        if rings < best:
            best, found = rings, kernel
    return found


def _restlessness(linear: Floats) -> float:
    """Return how far a picture is from flat surfaces and clear edges: sparsity of its gradients (Krishnan et al. 2011).

    The mean root of the gradients times their mean over their root mean square.
    """
    grey = np.clip(from_linear(linear), 0, 1)
    slope = np.hypot(cv2.Sobel(grey, cv2.CV_32F, 1, 0, scale=0.125), cv2.Sobel(grey, cv2.CV_32F, 0, 1, scale=0.125))
    slope = slope + np.float32(1e-6)
    return float(np.sqrt(slope).mean() * slope.mean() / np.sqrt((slope * slope).mean()))


def _enlarged(kernel: Floats, side: int) -> Floats:
    grown = np.maximum(cv2.resize(kernel, (side, side), interpolation=cv2.INTER_CUBIC), 0)
    return np.asarray(grown / grown.sum(), np.float32)


def _telling_part(rgb: Pixels, alpha: Pixels, scale: float) -> Floats:
    """Return linear luminance (0…1) of the square with most contrast that is neither clipped nor transparent.

    At most :data:`WINDOW` pixels wide after scaling by ``scale``.
    """
    height, width = alpha.shape
    side = round(WINDOW / scale)
    shape = (min(side, height), min(side, width))
    small = shrink(rgb, 512)
    ratio = small.shape[0] / height
    grey = cv2.cvtColor(small, cv2.COLOR_RGB2GRAY).astype(np.float32)
    telling = np.abs(cv2.Sobel(grey, cv2.CV_32F, 1, 0)) + np.abs(cv2.Sobel(grey, cv2.CV_32F, 0, 1))
    telling = np.minimum(telling, 80)
    telling[grey > 250] = 0
    cover = cv2.resize(alpha, (small.shape[1], small.shape[0]), interpolation=cv2.INTER_AREA)
    telling[cover < 255] = -40  # its edge is no edge of the scene
    window = (max(1, round(shape[1] * ratio)), max(1, round(shape[0] * ratio)))
    total = cv2.boxFilter(telling, -1, window, anchor=(0, 0), normalize=True, borderType=cv2.BORDER_CONSTANT)
    fit = total[: max(1, small.shape[0] - window[1] + 1), : max(1, small.shape[1] - window[0] + 1)]
    y, x = np.unravel_index(int(np.argmax(fit)), fit.shape)
    top, left = min(round(float(y) / ratio), height - shape[0]), min(round(float(x) / ratio), width - shape[1])
    part = LINEAR[rgb[top : top + shape[0], left : left + shape[1]]] @ _LUMINANCE
    if scale < 1:
        size = (max(1, round(shape[1] * scale)), max(1, round(shape[0] * scale)))
        part = cv2.resize(part, size, interpolation=cv2.INTER_AREA)
    return np.asarray(part, np.float32)
