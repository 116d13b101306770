"""Outlines become coverage: rectangles, ellipses and polygons in document pixels, with or without a smooth edge."""

from collections.abc import Sequence

import numpy as np
import skia

from core.raster.selecting import Coverage

Point = tuple[float, float]


def rectangle(width: int, height: int, box: tuple[int, int, int, int]) -> Coverage:
    """Return the coverage (``height``×``width``) of the pixels from left, top to right, bottom."""
    out = np.zeros((height, width), np.uint8)
    left, top, right, bottom = box
    out[max(0, top) : max(0, bottom), max(0, left) : max(0, right)] = 255
    return out


def ellipse(width: int, height: int, box: tuple[float, float, float, float], *, smooth: bool = True) -> Coverage:
    """Return the coverage of the ellipse that touches all sides of ``box`` (left, top, right, bottom)."""
    path = skia.Path()
    path.addOval(skia.Rect.MakeLTRB(*box))
    return _filled(width, height, path, smooth=smooth)


def polygon(width: int, height: int, points: Sequence[Point], *, smooth: bool = True) -> Coverage:
    """Return the coverage of the area inside a closed line; where it crosses itself, all of it is inside."""
    path = skia.Path()
    if len(points) > 2:
        path.addPoly([skia.Point(x, y) for x, y in points], True)
        path.setFillType(skia.PathFillType.kWinding)
    return _filled(width, height, path, smooth=smooth)


def _filled(width: int, height: int, path: skia.Path, *, smooth: bool) -> Coverage:
    out = np.zeros((height, width), np.uint8)
    bounds = path.getBounds()
    left, top = max(0, int(bounds.left()) - 1), max(0, int(bounds.top()) - 1)
    right, bottom = min(width, int(bounds.right()) + 2), min(height, int(bounds.bottom()) + 2)
    if path.isEmpty() or left >= right or top >= bottom:
        return out
    part = np.zeros((bottom - top, right - left), np.uint8)
    info = skia.ImageInfo.MakeA8(part.shape[1], part.shape[0])
    canvas = skia.Surface.MakeRasterDirect(info, part, part.strides[0]).getCanvas()
    canvas.translate(-left, -top)
    canvas.drawPath(path, skia.Paint(AntiAlias=smooth))
    out[top:bottom, left:right] = part
    return out
