"""What stands out of a picture: the minimum barrier distance to the border, and how unlike the border a colour is.

Zhang, Sclaroff, Lin, Shen, Price and Mech, *Minimum Barrier Salient Object Detection at 80 FPS* (ICCV 2015), MB+. The
distance is found by sweeping whole rows and columns in the four directions instead of pixel by pixel in raster order,
which numpy does at once and which ends at nearly the same map. The paper's preference for the middle is left out:
where the subject stands is what is asked here.
"""

import cv2
import numpy as np
import numpy.typing as npt

from core.image.pixels import Floats, Pixels, flatten, shrink

SIDE = 300
"""Longer side of the picture that is looked at, as in the paper."""
ROUNDS = 3
BORDER = 0.1
"""Width of the border whose colours are taken for background, as a part of the shorter side."""


def saliency(pixels: Pixels) -> Floats:
    """Return how much each place stands out, 0…1: H×W float32, at most :data:`SIDE` long, shaped like the picture."""
    small = flatten(shrink(pixels, SIDE), (255, 255, 255))
    lab = cv2.cvtColor(small.astype(np.float32) / 255, cv2.COLOR_RGB2LAB)
    lab = cv2.medianBlur(lab, 3) if min(lab.shape[:2]) >= 3 else lab
    found = _scaled(_barrier(lab)) + _scaled(_unlike_border(lab))
    return _sharpened(_smoothed(_scaled(found)))


def _barrier(lab: Floats) -> Floats:
    """Return the sum over the channels of the minimum barrier distance of each pixel to the picture's border."""
    image = np.ascontiguousarray(lab.transpose(2, 0, 1))
    cost = np.full(image.shape, np.inf, np.float32)
    cost[:, (0, -1)] = 0
    cost[:, :, (0, -1)] = 0
    state = [cost, image.copy(), image.copy()]
    for _ in range(ROUNDS):
        _sweep(image, state)
        flipped = [np.ascontiguousarray(part.transpose(0, 2, 1)) for part in state]
        _sweep(np.ascontiguousarray(image.transpose(0, 2, 1)), flipped)
        state = [np.ascontiguousarray(part.transpose(0, 2, 1)) for part in flipped]
    return np.asarray(state[0].sum(0), np.float32)


def _sweep(image: Floats, state: list[Floats]) -> None:
    """Carry costs down and up again. The barrier of a path is its highest value less its lowest."""
    cost, high, low = state
    rows = image.shape[1]
    for order in (range(1, rows), range(rows - 2, -1, -1)):
        before = order.start - order.step
        for row in order:
            top = np.maximum(high[:, before], image[:, row])
            bottom = np.minimum(low[:, before], image[:, row])
            barrier = top - bottom
            better = barrier < cost[:, row]
            np.copyto(cost[:, row], barrier, where=better)
            np.copyto(high[:, row], top, where=better)
            np.copyto(low[:, row], bottom, where=better)
            before = row


def _unlike_border(lab: Floats) -> Floats:
    """Return how far each colour is from those of the four borders; the border that it is farthest from is left out."""
    height, width = lab.shape[:2]
    reach = max(1, round(BORDER * min(height, width)))
    borders = (lab[:reach], lab[-reach:], lab[:, :reach], lab[:, -reach:])
    distances = []
    for border in borders:
        points = border.reshape(-1, 3).astype(np.float64)
        spread = np.cov(points.T, bias=True) + np.eye(3) * 4.0  # a flat border would make every colour infinitely far
        off = (lab - points.mean(0)).astype(np.float64)
        distances.append(_scaled(np.sqrt(np.einsum("hwi,ij,hwj->hw", off, np.linalg.inv(spread), off))))
    stack = np.stack(distances)
    return np.asarray(stack.sum(0) - stack.max(0), np.float32)


def _smoothed(found: Floats) -> Floats:
    """Return the map without what is smaller than a tenth of what stands out: opened and closed by reconstruction."""
    side = max(3, round(0.02 * float(np.sqrt(found.mean() * found.size)) * 3)) | 1
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side))
    opened = cv2.morphologyEx(found, cv2.MORPH_OPEN, kernel)
    closed = cv2.morphologyEx(opened, cv2.MORPH_CLOSE, kernel)
    return np.asarray(_scaled(cv2.GaussianBlur(closed, (0, 0), side / 3)), np.float32)


def _sharpened(found: Floats) -> Floats:
    """Return the map with the paper's contrast curve about its middle."""
    return np.asarray(1 / (1 + np.exp(-10 * (found - 0.5))), np.float32)


def _scaled(values: npt.NDArray[np.floating]) -> Floats:
    low, high = float(values.min()), float(values.max())
    return np.asarray((values - low) / (high - low) if high > low else np.zeros_like(values), np.float32)


def spectral_residual(pixels: Pixels) -> Floats:
    """Return the map of Hou and Zhang, *Saliency Detection: A Spectral Residual Approach* (2007): the named peer."""
    grey = cv2.cvtColor(flatten(shrink(pixels, 64), (255, 255, 255)), cv2.COLOR_RGB2GRAY).astype(np.float32)
    spectrum = np.fft.fft2(grey)
    amplitude = np.log(np.abs(spectrum) + 1e-8)
    residual = amplitude - cv2.blur(amplitude, (3, 3))
    back = np.abs(np.fft.ifft2(np.exp(residual + 1j * np.angle(spectrum)))) ** 2
    return _scaled(cv2.GaussianBlur(back, (9, 9), 2.5))
