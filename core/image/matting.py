"""Edges of a cut-out: following the picture's own edges, moving them, and taking the old background's colour out.

Alpha and guides are float32 in 0…1; colours are sRGB-encoded, as they will be blended by the compositor.
"""

from collections.abc import Callable

import cv2
import numpy as np

from core.image.pixels import Floats, Pixels

_TILE = 256


def guided_filter(guide: Floats, source: Floats, radius: int, epsilon: float, full: Floats) -> Floats:
    """Return ``source`` (H×W) made to follow the edges of a colour picture, at the size of ``full``.

    The colour guided filter of He, Sun and Tang (*Guided Image Filtering*, TPAMI 2013), with the coefficients found at
    the size of ``guide`` (h×w×3, the same picture as ``full`` made smaller) and applied to ``full`` (H×W×3) as in *Fast
    Guided Filter* (He and Sun, 2015). ``radius`` in pixels of ``guide``; ``epsilon`` is the variance taken as flat.
    """
    size = (2 * radius + 1, 2 * radius + 1)

    def mean(values: Floats) -> Floats:
        return np.asarray(cv2.blur(values, size, borderType=cv2.BORDER_REFLECT), np.float32)

    mean_guide, mean_source = mean(guide), mean(source)
    covariance = mean(guide * source[..., None]) - mean_guide * mean_source[..., None]
    r, g, b = guide[..., 0], guide[..., 1], guide[..., 2]
    mr, mg, mb = mean_guide[..., 0], mean_guide[..., 1], mean_guide[..., 2]
    rr, rg, rb = mean(r * r) - mr * mr + epsilon, mean(r * g) - mr * mg, mean(r * b) - mr * mb
    gg, gb, bb = mean(g * g) - mg * mg + epsilon, mean(g * b) - mg * mb, mean(b * b) - mb * mb + epsilon
    # The inverse of the symmetric 3×3 covariance of the guide, by cofactors.
    c_rr, c_rg, c_rb = gg * bb - gb * gb, gb * rb - rg * bb, rg * gb - gg * rb
    c_gg, c_gb, c_bb = rr * bb - rb * rb, rb * rg - rr * gb, rr * gg - rg * rg
    determinant = np.maximum(rr * c_rr + rg * c_rg + rb * c_rb, 1e-12)
    x, y, z = covariance[..., 0], covariance[..., 1], covariance[..., 2]
    slope = (
        np.dstack((c_rr * x + c_rg * y + c_rb * z, c_rg * x + c_gg * y + c_gb * z, c_rb * x + c_gb * y + c_bb * z))
        / determinant.astype(np.float32)[..., None]
    )
    offset = mean_source - (slope * mean_guide).sum(-1)
    height, width = full.shape[:2]
    coefficients = cv2.resize(mean(np.dstack((slope, offset))), (width, height), interpolation=cv2.INTER_LINEAR)
    out: Floats = np.einsum("hwc,hwc->hw", coefficients[..., :3], full) + coefficients[..., 3]
    return np.clip(out, 0, 1).astype(np.float32)


def near_edge(alpha: Floats, reach: int) -> Floats:
    """Return 1 within ``reach`` pixels of where ``alpha`` is neither 0 nor 1 or jumps, 0 elsewhere, soft between."""
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * reach + 1, 2 * reach + 1))
    spread = cv2.dilate(alpha, kernel) - cv2.erode(alpha, kernel)
    return np.asarray(cv2.blur((spread > 0.04).astype(np.float32), (reach + 1, reach + 1)), np.float32)


def shift_edge(alpha: Floats, pixels: float) -> Floats:
    """Return ``alpha`` with its edge moved outwards by ``pixels`` (inwards when negative), softness kept.

    Grey dilation or erosion with an octagon, one pixel at a time; the fraction of a pixel is mixed in.
    """
    if pixels == 0:
        return alpha
    step = cv2.dilate if pixels > 0 else cv2.erode
    cross = cv2.getStructuringElement(cv2.MORPH_CROSS, (3, 3))
    square = cv2.getStructuringElement(cv2.MORPH_RECT, (3, 3))
    whole, fraction = divmod(abs(pixels), 1)
    for index in range(int(whole)):
        alpha = step(alpha, square if index % 3 == 1 else cross)
    if fraction:
        alpha = alpha + np.float32(fraction) * (step(alpha, cross) - alpha)
    return alpha


def feather(alpha: Floats, pixels: float) -> Floats:
    """Return ``alpha`` softened so that a hard edge becomes about ``pixels`` wide."""
    return alpha if pixels <= 0 else np.asarray(cv2.GaussianBlur(alpha, (0, 0), pixels / 2), np.float32)


def estimate_foreground(rgb: Pixels, alpha: Floats, check: Callable[[], None]) -> Pixels:
    """Return uint8 H×W×3: the subject's own colours, which half-covered pixels show mixed with the background's.

    Fast multi-level foreground estimation (Germer, Uelwer, Conrad and Harmeling, ICPR 2020) with Jacobi sweeps, from
    coarse to fine over the whole picture up to 1024 pixels; at full size only tiles with half-covered pixels are
    worked on. Pixels that are fully covered keep their colour.
    """
    height, width = alpha.shape
    scale = min(1.0, 1024 / max(height, width))
    top = (max(1, round(width * scale)), max(1, round(height * scale)))
    picture = cv2.resize(rgb, top, interpolation=cv2.INTER_AREA).astype(np.float32) / 255
    cover = cv2.resize(alpha, top, interpolation=cv2.INTER_AREA)
    levels = max(1, int(np.ceil(np.log2(max(top)))))
    front = back = picture.mean((0, 1), keepdims=True).astype(np.float32)
    for level in range(levels + 1):
        check()
        factor = 2.0 ** (level - levels)
        size = (max(1, round(top[0] * factor)), max(1, round(top[1] * factor)))
        front = np.atleast_3d(cv2.resize(front, size, interpolation=cv2.INTER_NEAREST))
        back = np.atleast_3d(cv2.resize(back, size, interpolation=cv2.INTER_NEAREST))
        small = np.atleast_3d(cv2.resize(picture, size, interpolation=cv2.INTER_AREA))
        small_cover = cv2.resize(cover, size, interpolation=cv2.INTER_AREA).reshape(size[1], size[0])
        front, back = _sweep(small, small_cover, front, back, 12 if max(size) <= 32 else 4)
    out = rgb.copy()
    for y in range(0, height, _TILE):
        check()
        for x in range(0, width, _TILE):
            _finish_tile(out, rgb, alpha, front, back, x, y)
    return out


def _finish_tile(out: Pixels, rgb: Pixels, alpha: Floats, front: Floats, back: Floats, x: int, y: int) -> None:
    """Write the colours of half-covered pixels of one tile into ``out``; a margin around it is worked on as well."""
    height, width = alpha.shape
    inner = alpha[y : y + _TILE, x : x + _TILE]
    mixed = (inner > 0) & (inner < 1)
    if not mixed.any():
        return
    margin = 8
    left, upper = max(0, x - margin), max(0, y - margin)
    right, lower = min(width, x + _TILE + margin), min(height, y + _TILE + margin)
    size = (right - left, lower - upper)
    # Where this piece lies in the coarse level, as an affine map from piece to coarse pixels (centres to centres).
    fx, fy = front.shape[1] / width, front.shape[0] / height
    where = np.array([[fx, 0, (left + 0.5) * fx - 0.5], [0, fy, (upper + 0.5) * fy - 0.5]], np.float64)
    options = {"flags": cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP, "borderMode": cv2.BORDER_REPLICATE}
    piece = np.asarray(rgb[upper:lower, left:right], np.float32) / np.float32(255)
    fore, _ = _sweep(
        piece,
        alpha[upper:lower, left:right],
        cv2.warpAffine(front, where, size, **options),
        cv2.warpAffine(back, where, size, **options),
        4,
    )
    found = fore[y - upper : y - upper + inner.shape[0], x - left : x - left + inner.shape[1]]
    target = out[y : y + _TILE, x : x + _TILE]
    target[mixed] = np.clip(np.rint(found[mixed] * 255), 0, 255).astype(np.uint8)


def _sweep(picture: Floats, alpha: Floats, front: Floats, back: Floats, count: int) -> tuple[Floats, Floats]:
    """Do ``count`` Jacobi sweeps of α·F + (1−α)·B = I with F and B smooth where α is."""
    a = alpha[..., None]
    b = 1 - a
    padded = cv2.copyMakeBorder(alpha, 1, 1, 1, 1, cv2.BORDER_REPLICATE)
    height, width = alpha.shape
    weights = []
    for dy, dx in ((0, 1), (2, 1), (1, 0), (1, 2)):
        other = padded[dy : dy + height, dx : dx + width]
        weights.append((np.float32(1e-5) + np.abs(alpha - other))[..., None])
    total = weights[0] + weights[1] + weights[2] + weights[3]
    aa, ab, bb = a * a + total, a * b, b * b + total
    inverse = 1 / np.maximum(aa * bb - ab * ab, 1e-12)
    own_front, own_back = a * picture, b * picture
    for _ in range(count):
        right_front = own_front + _neighbours(front, weights)
        right_back = own_back + _neighbours(back, weights)
        front = np.clip((bb * right_front - ab * right_back) * inverse, 0, 1)
        back = np.clip((aa * right_back - ab * right_front) * inverse, 0, 1)
    return front.astype(np.float32), back.astype(np.float32)


def _neighbours(values: Floats, weights: list[Floats]) -> Floats:
    height, width = values.shape[:2]
    padded = np.atleast_3d(cv2.copyMakeBorder(values, 1, 1, 1, 1, cv2.BORDER_REPLICATE))
    total = weights[0] * padded[:-2, 1:-1] + weights[1] * padded[2:, 1:-1]
    total += weights[2] * padded[1:-1, :width]
    total += weights[3] * padded[1:-1, 2:]
    assert total.shape[0] == height
    return np.asarray(total, np.float32)
