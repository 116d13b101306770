"""Where a bent layer's content goes: through a Bézier surface, then in perspective, then by its transform.

Perspective: the projective map of a square onto four corners (Heckbert, *Fundamentals of Texture Mapping and Image
Warping*, 1989, section 2.2.3). A mesh has no inverse in closed form; it is looked up in the same triangles that are
drawn. Everything is in float64; a :class:`Bend` is immutable and may be used in any thread.
"""

import math
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from core.documents.image import AnyLayer, Pictured, TextLayer
from core.documents.image_warp import UNIT, Corners, Spot, Warp
from core.raster.affine import Affine, Point, Rect, apply, bounds, invert, placement
from core.raster.text import layout_text

Floats = npt.NDArray[np.float64]
NEAR = 1e-6
"""Points this near to the horizon, or behind it, are held off: they would be infinitely far away."""
FLATNESS = 0.1
"""How far triangles may be from the curve that they stand for, in pixels."""
COARSE, FINE = 32, 160


class Bend:
    """The way of one layer's own pixels to document pixels. ``size`` is the content's own width and height."""

    def __init__(self, warp: Warp, size: tuple[float, float], matrix: Affine) -> None:
        """``matrix`` takes the content's own pixels to the document's, as if it were not bent."""
        self.size = size
        self.matrix = matrix
        width, height = max(size[0], 1e-9), max(size[1], 1e-9)
        a, b, c, d, tx, ty = matrix
        place = np.array([[a * width, c * height, tx], [b * width, d * height, ty], [0.0, 0.0, 1.0]])
        self.outer: Floats = place @ square_to_quad(warp.corners)
        """From the unit square, after the mesh, to document pixels: homogeneous."""
        self.mesh: Floats | None = None if warp.mesh is None else np.array(warp.mesh, np.float64).reshape(4, 4, 2)
        self.projective: Floats = self.outer @ np.diag([1 / width, 1 / height, 1.0])
        """From own pixels to document pixels when there is no mesh: homogeneous."""

    def forward(self, x: Floats, y: Floats) -> tuple[Floats, Floats]:
        """Return where own points go, in document pixels."""
        u, v = x / max(self.size[0], 1e-9), y / max(self.size[1], 1e-9)
        if self.mesh is not None:
            u, v = surface(self.mesh, u, v)
        return project(self.outer, u, v)

    def grid(self, own: Rect, cells: int) -> tuple[Floats, Floats, Floats, Floats]:
        """Return own x and y, and document x and y, of (``cells`` + 1)² points spread over ``own``."""
        return _grid(self, own, cells)

    def rim(self, scale: float) -> float:
        """Return how far beyond the content's edge a pixel and a half reaches at that scale, in own pixels."""
        _, _, dx, dy = self.grid(Rect(0.0, 0.0, *self.size), COARSE)
        steps = (np.hypot(np.diff(dx, axis=axis), np.diff(dy, axis=axis)).min() for axis in (0, 1))
        own = max(self.size[0], self.size[1]) / COARSE
        stretch = max(min(float(step) for step in steps), 1e-6) / own * scale
        return min(1.5 / stretch, 0.1 * max(self.size))

    def cells(self, scale: float = 1.0) -> int:
        """Return into how many cells on a side the surface is cut, so that its triangles are flat at that scale."""
        if self.mesh is None:
            return 64
        x, y = project(self.outer, self.mesh[..., 0], self.mesh[..., 1])
        points = np.stack([x, y], axis=-1)
        bow = max(
            float(np.abs(np.diff(points, 2, axis=0)).max()), float(np.abs(np.diff(points, 2, axis=1)).max()), 1e-9
        )
        # A cubic's second derivative is six times its control points' second difference; a chord is off by an eighth.
        return int(min(FINE, max(COARSE, math.ceil(math.sqrt(6 * bow * scale / (8 * FLATNESS))))))

    def back(self, x: float, y: float) -> Point | None:
        """Return which own point goes to a document point, the last drawn one where it is folded; or ``None``.

        Without a mesh, points outside of the content are answered too.
        """
        if self.mesh is None:
            try:
                u, v, w = np.linalg.solve(self.projective, np.array([x, y, 1.0]))
            except np.linalg.LinAlgError:
                return None
            return None if abs(w) < 1e-12 else (float(u / w), float(v / w))
        return self._found(x, y)

    def _found(self, x: float, y: float) -> Point | None:
        own = Rect(0.0, 0.0, *self.size)
        ox, oy, dx, dy = self.grid(own, self.cells())
        best: Point | None = None
        best_cell = -1
        for corner in (0, 1):  # the two triangles of each cell
            i = (slice(None, -1), slice(None, -1)) if corner == 0 else (slice(1, None), slice(1, None))
            j = (slice(None, -1), slice(1, None))
            k = (slice(1, None), slice(None, -1))
            ax, ay = dx[j] - dx[i], dy[j] - dy[i]
            bx, by = dx[k] - dx[i], dy[k] - dy[i]
            px, py = x - dx[i], y - dy[i]
            det = ax * by - ay * bx
            det = np.where(np.abs(det) < 1e-12, np.nan, det)
            with np.errstate(invalid="ignore"):
                s, t = (px * by - py * bx) / det, (ax * py - ay * px) / det
                hit = (s >= -1e-9) & (t >= -1e-9) & (s + t <= 1 + 1e-9)
            for index in np.flatnonzero(hit)[-1:]:
                if index >= best_cell:
                    best_cell = int(index)
                    one, two = float(s.flat[index]), float(t.flat[index])
                    own_x = ox[i] + one * (ox[j] - ox[i]) + two * (ox[k] - ox[i])
                    own_y = oy[i] + one * (oy[j] - oy[i]) + two * (oy[k] - oy[i])
                    best = float(own_x.flat[index]), float(own_y.flat[index])
        return best

    def bounds(self, own: Rect | None = None) -> Rect:
        """Return a rectangle in document pixels around all that ``own`` (the content) becomes."""
        own = own or Rect(0.0, 0.0, *self.size)
        if self.mesh is None:
            return bounds(self.corners(own))
        cells = self.cells()
        _, _, x, y = self.grid(own, cells)
        around = Rect(float(x.min()), float(y.min()), float(x.max()), float(y.max()))
        return around.grow(FLATNESS if cells < FINE else 2.0)

    def corners(self, own: Rect | None = None) -> tuple[Point, Point, Point, Point]:
        """Return where the corners of ``own`` (the content) go, clockwise from its top left."""
        own = own or Rect(0.0, 0.0, *self.size)
        x, y = self.forward(
            np.array([own.left, own.right, own.right, own.left]), np.array([own.top, own.top, own.bottom, own.bottom])
        )
        found = [(float(a), float(b)) for a, b in zip(x, y, strict=True)]
        return found[0], found[1], found[2], found[3]


@lru_cache(maxsize=48)
def _grid(bend: Bend, own: Rect, cells: int) -> tuple[Floats, Floats, Floats, Floats]:
    across = np.linspace(own.left, own.right, cells + 1)
    down = np.linspace(own.top, own.bottom, cells + 1)
    x, y = np.meshgrid(across, down)
    found = x, y, *bend.forward(x, y)
    for part in found:
        part.flags.writeable = False
    return found


def square_to_quad(corners: Corners) -> Floats:
    """Return the projective matrix of the unit square onto four corners, clockwise from the top left."""
    if corners == UNIT:
        return np.eye(3)
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = corners
    dx1, dx2, sx = x1 - x2, x3 - x2, x0 - x1 + x2 - x3
    dy1, dy2, sy = y1 - y2, y3 - y2, y0 - y1 + y2 - y3
    den = dx1 * dy2 - dx2 * dy1
    den = den if abs(den) > 1e-12 else 1e-12
    g, h = (sx * dy2 - dx2 * sy) / den, (dx1 * sy - sx * dy1) / den
    return np.array(
        [
            [x1 - x0 + g * x1, x3 - x0 + h * x3, x0],
            [y1 - y0 + g * y1, y3 - y0 + h * y3, y0],
            [g, h, 1.0],
        ]
    )


def project(matrix: Floats, x: Floats, y: Floats) -> tuple[Floats, Floats]:
    """Return points under a projective matrix."""
    w = np.maximum(matrix[2, 0] * x + matrix[2, 1] * y + matrix[2, 2], NEAR)
    return (
        (matrix[0, 0] * x + matrix[0, 1] * y + matrix[0, 2]) / w,
        (matrix[1, 0] * x + matrix[1, 1] * y + matrix[1, 2]) / w,
    )


def weights(t: Floats) -> Floats:
    """Return the four cubic Bernstein polynomials at ``t``, along a last axis of their own."""
    s = 1 - t
    return np.stack([s**3, 3 * t * s**2, 3 * t**2 * s, t**3], axis=-1)


def surface(mesh: Floats, u: Floats, v: Floats) -> tuple[Floats, Floats]:
    """Return the points of a bicubic Bézier surface (4×4×2 control points, rows down) at ``u`` across, ``v`` down."""
    found = np.einsum("...i,...j,ijk->...k", weights(v), weights(u), mesh)
    return found[..., 0], found[..., 1]


def warp_of(layer: AnyLayer) -> Warp | None:
    """Return how a layer is bent, ``None`` when it is not, or cannot be."""
    return layer.warp if isinstance(layer, Pictured | TextLayer) else None


def bend_of(layer: AnyLayer) -> Bend | None:
    """Return the way of a bent layer's own pixels to the document's, ``None`` when it is not bent."""
    warp = warp_of(layer)
    if warp is None:
        return None
    if isinstance(layer, Pictured):
        size = float(layer.width), float(layer.height)
        return _bend(warp, size, placement(layer.transform, *size))
    assert isinstance(layer, TextLayer)
    block = layout_text(layer)
    return _bend(warp, (block.width, block.height), layer.transform.matrix(block.width, block.height))


@lru_cache(maxsize=256)
def _bend(warp: Warp, size: tuple[float, float], matrix: Affine) -> Bend:
    return Bend(warp, size, matrix)


def straightened(layer: AnyLayer, x: float, y: float) -> Point | None:
    """Return where a document point would be if the layer under it were not bent, ``None`` when it is not under it."""
    bend = bend_of(layer)
    if bend is None:
        return x, y
    own = bend.back(x, y)
    return None if own is None else apply(bend.matrix, *own)


def unplaced(layer: Pictured | TextLayer, size: tuple[float, float], x: float, y: float) -> Spot:
    """Return a document point as fractions of the layer's own size, before its transform and after its warp."""
    matrix = placement(layer.transform, *size) if isinstance(layer, Pictured) else layer.transform.matrix(*size)
    back = invert(matrix)
    own = (0.0, 0.0) if back is None else apply(back, x, y)
    return own[0] / max(size[0], 1e-9), own[1] / max(size[1], 1e-9)
