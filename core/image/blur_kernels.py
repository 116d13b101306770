"""What a blur looks like: the shape of a soft lens, of a lens out of focus, and of a shake that only the picture knows.

Kernels are float32, odd and square, sum to 1, and are centred.
"""

from collections.abc import Callable

import cv2
import numpy as np
import numpy.typing as npt

from core.image.deconvolution import centred, even_dft
from core.image.pixels import Floats

ROUNDS = 5
"""How often picture and kernel are found from each other at each size."""
_SHARPEST = 1e4


def gaussian(width: float) -> Floats:
    """Return the blur of a soft lens: a bell whose middle half is ``width`` pixels wide."""
    sigma = max(0.2, width / 2.355)
    reach = max(1, int(np.ceil(3 * sigma)))
    line = np.exp(-(np.arange(-reach, reach + 1) ** 2) / (2 * sigma * sigma))
    kernel = line[:, None] * line
    return np.asarray(kernel / kernel.sum(), np.float32)


def disc(diameter: float) -> Floats:
    """Return the blur of a lens out of focus: an even disc with a soft rim, ``diameter`` pixels wide."""
    side = 2 * int(np.ceil(diameter / 2)) + 3
    fine = 8
    line = (np.arange(side * fine) + 0.5) / fine - side / 2
    inside = (line[:, None] ** 2 + line**2 <= (diameter / 2) ** 2).astype(np.float32)
    kernel = inside.reshape(side, fine, side, fine).mean((1, 3))
    kernel = cv2.GaussianBlur(kernel, (3, 3), 0.5)
    return np.asarray(kernel / kernel.sum(), np.float32)


def estimate_shake(picture: Floats, size: int, flatness: float, advance: Callable[[float], None]) -> Floats:
    """Return the path of a shake, at most ``size`` (odd) pixels long, that blurred ``picture`` (H×W, 0…1).

    From coarse to fine, picture and kernel are found from each other: the picture with as few gradients as possible
    (Xu, Zheng and Jia, *Unnatural L0 sparse representation*, CVPR 2013; Pan et al., CVPR 2014), the kernel by least
    squares on gradients (Cho and Lee, 2009). ``flatness`` is what a gradient costs at first, from 0.003 for soft
    pictures to 0.03 for those full of contrast; it falls with every round. ``advance`` is told how far it is and may
    raise to stop.
    """
    count = max(1, int(np.ceil(np.log(max(size, 3) / 3) / np.log(np.sqrt(2)))) + 1)
    sizes = [max(3, round(size * 2 ** (-i / 2)) | 1) for i in range(count)][::-1]
    work = np.cumsum([float(s) ** 2 for s in sizes]) / sum(float(s) ** 2 for s in sizes)
    kernel = np.zeros((sizes[0], sizes[0]), np.float32)
    kernel[sizes[0] // 2, sizes[0] // 2 - 1 : sizes[0] // 2 + 1] = 0.5
    smoothness = flatness
    for level, side in enumerate(sizes):
        scale = side / size
        small = picture
        if scale < 1:
            shape = (max(8, round(picture.shape[1] * scale)), max(8, round(picture.shape[0] * scale)))
            small = cv2.resize(picture, shape, interpolation=cv2.INTER_AREA)
        kernel = _resized(kernel, side)
        start = work[level - 1] if level else 0.0
        for index in range(ROUNDS):
            advance(start + (work[level] - start) * index / ROUNDS)
            sharp = few_gradients(small, kernel, smoothness)
            kernel = _tidy(_kernel_between(sharp, small, side), 0.1)
            smoothness = max(smoothness / 1.1, flatness / 30)
        kernel = _drop_islands(kernel)
    advance(1.0)
    return _middle(kernel)


def measured_width(kernel: Floats, make: Callable[[float], Floats], widest: float) -> float:
    """Return the width (1 to ``widest`` pixels) at which ``make(width)`` is most like ``kernel``."""
    best, found = -1.0, 1.0
    for width in np.arange(1.0, widest + 0.01, 0.25):
        shape = make(float(width))
        side = max(shape.shape[0], kernel.shape[0])
        ours, theirs = (np.pad(k, (side - k.shape[0]) // 2) for k in (shape, kernel))
        likeness = float((ours * theirs).sum() / np.sqrt((ours * ours).sum() * (theirs * theirs).sum()))
        if likeness > best:
            best, found = likeness, float(width)
    return found


def few_gradients(picture: Floats, kernel: Floats, smoothness: float) -> Floats:
    """Return a picture of flat pieces whose blur by ``kernel`` is ``picture``, by half-quadratic splitting."""
    height, width = picture.shape
    pad = kernel.shape[0]
    size = (even_dft(height + pad), even_dft(width + pad))
    whole = wrapped(picture, size)
    own = cv2.dft(centred(kernel, size))
    blurred = cv2.mulSpectrums(cv2.dft(whole), own, 0, conjB=True)
    power = _real_layout(np.abs(np.fft.rfft2(centred(kernel, size))) ** 2)
    across = 2 - 2 * np.cos(2 * np.pi * np.arange(size[1] // 2 + 1) / size[1])
    slope_power = _real_layout(across + (2 - 2 * np.cos(2 * np.pi * np.arange(size[0]) / size[0]))[:, None])
    weight = 2 * smoothness
    sharp = whole
    while weight < _SHARPEST:
        right, down = np.roll(sharp, -1, 1) - sharp, np.roll(sharp, -1, 0) - sharp
        steep = (right * right + down * down >= smoothness / weight).astype(np.float32)
        right *= steep
        down *= steep
        back = np.roll(right, 1, 1) - right + np.roll(down, 1, 0) - down
        factor = np.float32(weight)
        found = (blurred + factor * cv2.dft(back)) / (power + factor * slope_power)
        sharp = cv2.idft(found, flags=cv2.DFT_SCALE | cv2.DFT_REAL_OUTPUT)
        weight *= 2
    return np.asarray(sharp[:height, :width], np.float32)


def _real_layout(values: npt.NDArray[np.floating]) -> Floats:
    """Return real values for every frequency (H×(W/2+1), both even) in the places where OpenCV packs a spectrum.

    What it packs is a real and an imaginary part for each frequency: both get the value.
    """
    height, width = values.shape[0], 2 * (values.shape[1] - 1)
    out = np.empty((height, width), np.float32)
    out[:, 1:-1] = np.repeat(values[:, 1:-1], 2, axis=1)
    for column in (0, -1):
        out[:, column] = np.repeat(values[: height // 2 + 1, column], 2)[1:-1]
    return out


def wrapped(picture: Floats, size: tuple[int, int]) -> Floats:
    """Return ``picture`` grown to ``size`` so that its right side runs smoothly into its left, and below likewise."""
    height, width = picture.shape
    share = (np.arange(1, size[1] - width + 1) / (size[1] - width + 1)).astype(np.float32)
    wide = np.hstack((picture, picture[:, -1:] * (1 - share) + picture[:, :1] * share))
    share = (np.arange(1, size[0] - height + 1) / (size[0] - height + 1)).astype(np.float32)[:, None]
    return np.vstack((wide, wide[-1:] * (1 - share) + wide[:1] * share))


def _kernel_between(sharp: Floats, blurred: Floats, side: int) -> Floats:
    """Return the ``side``×``side`` kernel that best makes the gradients of ``blurred`` of the strong ones of ``sharp``.

    Normal equations in the kernel's own small support, by conjugate gradients.
    """
    pairs = []
    for axis in (0, 1):
        ours, theirs = np.diff(sharp, axis=axis), np.diff(blurred, axis=axis)
        pairs.append(
            (ours[: sharp.shape[0] - 1, : sharp.shape[1] - 1], theirs[: sharp.shape[0] - 1, : sharp.shape[1] - 1])
        )
    size = (cv2.getOptimalDFTSize(sharp.shape[0] + side), cv2.getOptimalDFTSize(sharp.shape[1] + side))
    own: npt.NDArray[np.complexfloating] = np.zeros((size[0], size[1] // 2 + 1), np.complex128)
    cross = own.copy()
    for ours, theirs in pairs:
        spectrum = np.fft.rfft2(ours, s=size)
        own += np.abs(spectrum) ** 2
        cross += np.conj(spectrum) * np.fft.rfft2(theirs, s=size)
    agree = np.fft.irfft2(own, s=size)
    wanted = np.roll(np.fft.irfft2(cross, s=size), (side // 2, side // 2), (0, 1))[:side, :side]
    field = 2 * side
    near = np.roll(agree, (side, side), (0, 1))[: 2 * side, : 2 * side]
    small = np.fft.rfft2(np.roll(near, (-side, -side), (0, 1)))
    ridge = 2e-3 * float(agree[0, 0]) + 1.0

    def apply(k: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        spread = np.fft.irfft2(small * np.fft.rfft2(k, s=(field, field)), s=(field, field))[:side, :side]
        return np.asarray(spread + ridge * k)

    k = np.full((side, side), 1 / side**2)
    rest = wanted - apply(k)
    step = rest.copy()
    norm = float((rest * rest).sum())
    for _ in range(25):
        moved = apply(step)
        much = norm / max(float((step * moved).sum()), 1e-20)
        k += much * step
        rest -= much * moved
        new = float((rest * rest).sum())
        if new < 1e-10 * float((wanted * wanted).sum()):
            break
        step = rest + (new / norm) * step
        norm = new
    return np.asarray(k, np.float32)


def _tidy(kernel: Floats, least: float) -> Floats:
    """Return ``kernel`` without what is negative or faint, with its sum 1 and its centre of mass in the middle."""
    kernel = np.where(kernel < least * kernel.max(), 0, kernel)
    total = kernel.sum()
    if not np.isfinite(total) or total <= 0:
        kernel = np.zeros_like(kernel)
        kernel[kernel.shape[0] // 2, kernel.shape[1] // 2] = total = 1
    return np.asarray(kernel / total, np.float32)


def _drop_islands(kernel: Floats) -> Floats:
    """Return ``kernel`` without pieces that hold less than a tenth of it: a shake is one path."""
    count, labels = cv2.connectedComponents((kernel > 0).astype(np.uint8))
    for label in range(1, count):
        if kernel[labels == label].sum() < 0.1:
            kernel = np.where(labels == label, 0, kernel)
    return _tidy(np.asarray(kernel, np.float32), 0)


def _middle(kernel: Floats) -> Floats:
    """Return ``kernel`` moved by whole pixels so that its centre of mass is in the middle."""
    side = kernel.shape[0]
    rows, columns = np.indices(kernel.shape)
    down, right = (side // 2 - round(float((kernel * p).sum())) for p in (rows, columns))
    field = np.zeros((3 * side, 3 * side), np.float32)
    field[side + down : 2 * side + down, side + right : 2 * side + right] = kernel
    return _tidy(np.ascontiguousarray(field[side : 2 * side, side : 2 * side]), 0)


def _resized(kernel: Floats, side: int) -> Floats:
    if kernel.shape[0] == side:
        return kernel
    return _tidy(np.maximum(cv2.resize(kernel, (side, side), interpolation=cv2.INTER_LINEAR), 0), 0.02)
