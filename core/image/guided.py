"""Guided filtering in one channel, found small and applied large, and enlarging row by row.

What is computed from a small copy of a picture (a light map, a haze map) is brought to its full size along the full
picture's own edges, a band of rows at a time, so that no size needs more than a few bytes a pixel.
"""

import cv2
import numpy as np
import numpy.typing as npt

from core.image.pixels import Floats


def box(values: Floats, radius: int) -> Floats:
    """Return the mean over (2·radius + 1)² pixels around each pixel (H×W or H×W×C), mirrored at the border."""
    side = 2 * radius + 1
    # OpenCV mirrors no further than the picture is large.
    return np.asarray(cv2.blur(values, (side, side), borderType=cv2.BORDER_REFLECT), np.float32)


def coefficients(guide: Floats, source: Floats, radius: int, epsilon: float) -> Floats:
    """Return h×w×2, slope and offset: ``slope · guide + offset`` is ``source`` (h×w) smoothed along the guide's edges.

    The guided filter of He, Sun and Tang (TPAMI 2013). ``epsilon`` is the variance of ``guide`` (h×w) taken as flat.
    As in *Fast Guided Filter* (He and Sun, 2015) the coefficients may be enlarged and applied to a larger guide.
    Neighbouring windows are averaged by how flat they are (Kou et al., *Weighted guided image filtering*, TIP 2015
    in spirit), which keeps the halo of a strong edge inside the window that holds it.
    """
    mean_guide, mean_source = box(guide, radius), box(source, radius)
    covariance = box(guide * source, radius) - mean_guide * mean_source
    variance = np.maximum(box(guide * guide, radius) - mean_guide * mean_guide, 0)
    slope = covariance / (variance + np.float32(epsilon))
    return box(np.dstack((slope, mean_source - slope * mean_guide)), radius)


def smooth(source: Floats, radius: int, epsilon: float) -> Floats:
    """Return ``source`` (h×w) smoothed where its variance is small beside ``epsilon``, edges kept."""
    found = coefficients(source, source, radius, epsilon)
    return np.asarray(found[..., 0] * source + found[..., 1], np.float32)


def enlarge(small: Floats, height: int, width: int, top: int, bottom: int, left: int = 0, right: int = 0) -> Floats:
    """Return rows ``top`` to ``bottom`` of ``small`` (h×w or h×w×C) enlarged to ``height``×``width``, bilinearly.

    With ``right``, only the columns ``left`` to ``right``. Pixel centres lie where ``cv2.resize`` puts them.
    """
    rows = _along(np.asarray(small, np.float32), 0, height, top, bottom)
    return _along(rows, 1, width, left, right or width)


def _along(values: Floats, axis: int, length: int, first: int, last: int) -> Floats:
    own = values.shape[axis]
    place: npt.NDArray[np.float64] = (np.arange(first, last) + 0.5) * (own / length) - 0.5
    place = np.clip(place, 0, own - 1)
    low = np.floor(place).astype(np.intp)
    high = np.minimum(low + 1, own - 1)
    shape = [1] * values.ndim
    shape[axis] = -1
    share = (place - low).astype(np.float32).reshape(shape)
    start = values.take(low, axis)
    return np.asarray(start + share * (values.take(high, axis) - start), np.float32)
