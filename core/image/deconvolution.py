"""Undo a known blur: deconvolution under a prior on gradients, with borders and clipped lights treated as unknown.

Minimises ½·Σ known·(k∗x − y)² + λ·Σ|∇x|^p with the sparse prior of Krishnan and Fergus (*Fast image deconvolution using
hyper-Laplacian priors*, NIPS 2009) by splitting (ADMM) as Almeida and Figueiredo do (*Deconvolving images with unknown
boundaries*, TIP 2013): what lies beyond the border, what is transparent and what was clipped to white says nothing
about the scene, so it makes no rings. Kernels are float32, odd and square, and sum to 1.
"""

from collections.abc import Callable

import cv2
import numpy as np
import numpy.typing as npt

from core.image.pixels import LINEAR, Floats, Pixels, from_linear

TILE = 704
ROUNDS = 12
POWER = np.float32(0.75)
CLIPPED = np.float32(0.985)
"""A value from here up only says that the blurred scene was at least as bright."""
_CLIPPED_BYTE = int(np.ceil(255 * from_linear(np.asarray([CLIPPED], np.float32))[0]))


class Deconvolution:
    """One kernel and one strictness, for many tiles of the same size."""

    def __init__(self, kernel: Floats, size: tuple[int, int], smoothness: float) -> None:
        """``smoothness`` is λ: 0.0003 for a clean picture, 0.005 for a grainy one. ``size`` is of the tiles."""
        self._smoothness = np.float32(smoothness)
        self._slope_weight = np.float32(max(0.01, 25 * smoothness))
        self._blur_weight = np.float32(0.25)
        spectrum = np.fft.rfft2(centred(kernel, size).astype(np.float64))
        right = np.abs(np.fft.rfft2(centred(np.array([[0, 0, 0], [0, -1, 1], [0, 0, 0]], np.float32), size))) ** 2
        down = np.abs(np.fft.rfft2(centred(np.array([[0, 0, 0], [0, -1, 0], [0, 1, 0]], np.float32), size))) ** 2
        total = self._blur_weight * np.abs(spectrum) ** 2 + self._slope_weight * (right + down) + 1e-7
        self._kernel = _packed(spectrum, size)
        self._from_blur = _packed(self._blur_weight * np.conj(spectrum) / total, size)
        self._from_slope = _packed(self._slope_weight / total, size)

    def solve(self, blurred: Floats, trust: Floats, rounds: int, check: Callable[[], None]) -> Floats:
        """Return the sharp tile (H×W) for ``blurred``, of whose pixels each counts as much as its ``trust`` says."""
        clipped = (trust > 0) & (blurred >= CLIPPED)
        inside = trust
        shade = 1 / (inside + self._blur_weight)
        x, seen = blurred, blurred
        blur_dual = np.zeros_like(blurred)
        across_dual, down_dual = np.zeros_like(blurred), np.zeros_like(blurred)
        for _ in range(rounds):
            check()
            # What the blurred picture was before noise, borders and clipping.
            guess = seen + blur_dual
            whole = np.asarray((inside * blurred + self._blur_weight * guess) * shade, np.float32)
            whole = np.asarray(np.where(clipped & (guess > blurred), guess, whole), np.float32)
            # Slopes of the sharp one: small ones vanish, large ones stay.
            across, down = _slopes(x)
            across_in, down_in = across + across_dual, down + down_dual
            across_new, down_new = self._shrink(across_in, down_in)
            blur_dual = guess - whole
            across_dual, down_dual = across_in - across_new, down_in - down_new
            x, seen = self._sharpest(whole - blur_dual, across_new - across_dual, down_new - down_dual)
        return x

    def _sharpest(self, blurred: Floats, across: Floats, down: Floats) -> tuple[Floats, Floats]:
        """Return the picture whose blur and slopes come nearest to those wanted, and its blur."""
        back = np.roll(across, 1, 1) - across
        back += np.roll(down, 1, 0) - down
        spectrum = cv2.mulSpectrums(cv2.dft(blurred), self._from_blur, 0)
        spectrum += cv2.mulSpectrums(cv2.dft(back), self._from_slope, 0)
        return _spatial(spectrum), _spatial(cv2.mulSpectrums(spectrum, self._kernel, 0))

    def _shrink(self, across: Floats, down: Floats) -> tuple[Floats, Floats]:
        """Apply the proximal step of |v|^p to the length of the slope, by Chartrand's p-shrinkage."""
        length = np.sqrt(across * across + down * down) + np.float32(1e-8)
        limit = (self._smoothness / self._slope_weight) * length ** (POWER - 1)
        factor = np.maximum(1 - limit / length, 0)
        return across * factor, down * factor


def _slopes(x: Floats) -> tuple[Floats, Floats]:
    return np.roll(x, -1, 1) - x, np.roll(x, -1, 0) - x


def _spatial(spectrum: Floats) -> Floats:
    return np.asarray(cv2.idft(spectrum, flags=cv2.DFT_SCALE | cv2.DFT_REAL_OUTPUT), np.float32)


def centred(kernel: Floats, size: tuple[int, int]) -> Floats:
    """Return ``kernel`` in a field of ``size`` with its centre at the origin."""
    field = np.zeros(size, np.float32)
    field[: kernel.shape[0], : kernel.shape[1]] = kernel
    return np.roll(field, (-(kernel.shape[0] // 2), -(kernel.shape[1] // 2)), (0, 1))


def _packed(spectrum: npt.NDArray[np.complexfloating], size: tuple[int, int]) -> Floats:
    """Return a spectrum in the form in which OpenCV packs those of real pictures."""
    return np.asarray(cv2.dft(np.fft.irfft2(spectrum, s=size).astype(np.float32)), np.float32)


def deconvolve(
    rgb: Pixels,
    alpha: Pixels,
    kernel: Floats,
    smoothness: float,
    finish: Callable[[slice, slice, Floats, float], None],
    check: Callable[[], None],
) -> None:
    """Take the blur of ``kernel`` out of ``rgb`` (H×W×3), tile by tile, in linear light, where blur happens.

    ``finish(rows, columns, sharp, fraction)`` gets every tile (sRGB floats) and how much is done with it. Pixels of no
    ``alpha`` (H×W) do not count.
    """
    height, width = alpha.shape
    reach = kernel.shape[0] // 2
    margin = 2 * reach + 12
    tile = (_tiling(height, reach), _tiling(width, reach))
    size = (even_dft(tile[0] + 2 * margin), even_dft(tile[1] + 2 * margin))
    solver = Deconvolution(kernel, size, smoothness)
    # Lamps have to grow far beyond white before what surrounds them is explained. All tiles alike: no seams.
    rounds = 2 * ROUNDS if (rgb >= _CLIPPED_BYTE).mean() > 1e-4 else ROUNDS
    places = [(y, x) for y in range(0, height, tile[0]) for x in range(0, width, tile[1])]
    for index, (y, x) in enumerate(places):
        rows, columns = slice(y, min(height, y + tile[0])), slice(x, min(width, x + tile[1]))
        inner = (slice(margin, margin + rows.stop - y), slice(margin, margin + columns.stop - x))
        piece, inside = _piece(rgb, alpha, y - margin, x - margin, size, reach)
        sharp = np.empty((rows.stop - y, columns.stop - x, 3), np.float32)
        for channel in range(3):
            blurred = np.ascontiguousarray(LINEAR[piece[..., channel]])
            found = solver.solve(blurred, inside * trust(piece[..., channel], reach), rounds, check)
            sharp[..., channel] = found[inner]
        finish(rows, columns, np.minimum(from_linear(sharp), 1), (index + 1) / len(places))


def sharpened(part: Floats, kernel: Floats, smoothness: float, check: Callable[[], None]) -> Floats:
    """Return ``part`` (linear H×W, a part of a picture) without the blur of ``kernel``, less its rim."""
    height, width = part.shape
    size = (even_dft(height), even_dft(width))
    reach = kernel.shape[0] // 2
    inside = np.zeros(size, np.float32)
    inside[reach : height - reach, reach : width - reach] = 1
    bottom, right = size[0] - height, size[1] - width
    whole = cv2.copyMakeBorder(part, 0, bottom, 0, right, cv2.BORDER_REPLICATE)
    found = Deconvolution(kernel, size, smoothness).solve(whole, inside, ROUNDS, check)
    rim = min(2 * reach, height // 4, width // 4)
    return found[rim : height - rim, rim : width - rim]


def trust(values: Pixels, reach: int) -> Floats:
    """Return how much linear light of 8-bit values (H×W) can be trusted: dark values are finer in steps and noise.

    What a clipped lamp reaches with its blur holds light of an unknown strength, and hardly counts.
    """
    slope = 2.2 * (cv2.GaussianBlur(values, (0, 0), 1).astype(np.float32) / 255) ** np.float32(1.2)
    found = 1 / np.clip(slope, 0.2, 1.5)
    clipped = values >= _CLIPPED_BYTE
    if clipped.any():
        near = cv2.dilate(clipped.astype(np.uint8), np.ones((2 * reach + 1, 2 * reach + 1), np.uint8)) > 0
        found = np.where(near & ~clipped, found * np.float32(0.05), found)
    return np.asarray(found, np.float32)


def even_dft(length: int) -> int:
    return 2 * int(cv2.getOptimalDFTSize(-(-length // 2)))


def _tiling(length: int, reach: int) -> int:
    """Return the length of equal tiles, larger ones for large kernels, whose margins cost more."""
    count = -(-length // max(TILE, 8 * reach))
    return -(-length // count)


def _piece(rgb: Pixels, alpha: Pixels, top: int, left: int, size: tuple[int, int], reach: int) -> tuple[Pixels, Floats]:
    """Return a tile with margins and which of its pixels count (1 or 0); beyond the border the picture is continued.

    The outermost pixels do not count either, since a tile's opposite sides touch in the Fourier transform.
    """
    height, width = alpha.shape
    rows = np.clip(np.arange(top, top + size[0]), 0, height - 1)
    columns = np.clip(np.arange(left, left + size[1]), 0, width - 1)
    inside = np.zeros(size, np.float32)
    y0, y1 = max(0, -top, reach), min(size[0] - reach, height - top)
    x0, x1 = max(0, -left, reach), min(size[1] - reach, width - left)
    inside[y0:y1, x0:x1] = 1
    inside[alpha[np.ix_(rows, columns)] == 0] = 0
    return rgb[np.ix_(rows, columns)], inside
