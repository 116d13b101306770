"""Affine matrices as plain tuples ``(a, b, c, d, tx, ty)``: ``X = a·x + c·y + tx``, ``Y = b·x + d·y + ty``."""

import math
from collections.abc import Iterable
from typing import NamedTuple

from core.documents.image import Mask, Transform

Affine = tuple[float, float, float, float, float, float]
Point = tuple[float, float]
IDENTITY: Affine = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
EPSILON = 1e-6


class Rect(NamedTuple):
    """A rectangle by its edges; empty unless ``left < right`` and ``top < bottom``."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def empty(self) -> bool:
        return self.right <= self.left or self.bottom <= self.top

    def intersect(self, other: "Rect") -> "Rect":
        """Return what both have in common (perhaps empty)."""
        return Rect(
            max(self.left, other.left),
            max(self.top, other.top),
            min(self.right, other.right),
            min(self.bottom, other.bottom),
        )

    def union(self, other: "Rect") -> "Rect":
        """Return the smallest rectangle around both; an empty one adds nothing."""
        if self.empty or other.empty:
            return other if self.empty else self
        return Rect(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )

    def grow(self, by: float) -> "Rect":
        return Rect(self.left - by, self.top - by, self.right + by, self.bottom + by)

    def contains(self, x: float, y: float) -> bool:
        return self.left <= x < self.right and self.top <= y < self.bottom


def bounds(points: Iterable[Point]) -> Rect:
    """Return the smallest rectangle around ``points``."""
    xs, ys = zip(*points, strict=True)
    return Rect(min(xs), min(ys), max(xs), max(ys))


def apply(matrix: Affine, x: float, y: float) -> Point:
    a, b, c, d, tx, ty = matrix
    return a * x + c * y + tx, b * x + d * y + ty


def quad(matrix: Affine, rect: Rect) -> tuple[Point, Point, Point, Point]:
    """Return where the corners of ``rect`` go, clockwise from its top left one."""
    return (
        apply(matrix, rect.left, rect.top),
        apply(matrix, rect.right, rect.top),
        apply(matrix, rect.right, rect.bottom),
        apply(matrix, rect.left, rect.bottom),
    )


def map_rect(matrix: Affine, rect: Rect) -> Rect:
    """Return the bounding rectangle of ``rect`` under ``matrix``."""
    return bounds(quad(matrix, rect))


def scaled(matrix: Affine, scale: float, x: float, y: float) -> Affine:
    """Return ``matrix`` followed by scaling by ``scale`` and moving by (``-x``, ``-y``): document to view."""
    a, b, c, d, tx, ty = matrix
    return a * scale, b * scale, c * scale, d * scale, tx * scale - x, ty * scale - y


def invert(matrix: Affine) -> Affine | None:
    """Return the inverse, or ``None`` when the matrix squashes everything flat."""
    a, b, c, d, tx, ty = matrix
    det = a * d - b * c
    if abs(det) < 1e-12:
        return None
    return d / det, -b / det, -c / det, a / det, (c * ty - d * tx) / det, (b * tx - a * ty) / det


def stretch(matrix: Affine) -> float:
    """Return by how much lengths grow on average: the square root of the area's factor."""
    a, b, c, d, _, _ = matrix
    return math.sqrt(abs(a * d - b * c))


def whole(value: float) -> bool:
    """Return whether ``value`` is a whole number, but for rounding."""
    return abs(value - round(value)) < EPSILON


def on_grid(matrix: Affine) -> bool:
    """Return whether whole pixels go to whole pixels: a move, quarter turns and mirrorings, nothing else."""
    a, b, c, d, tx, ty = matrix
    if not (whole(tx) and whole(ty)):
        return False
    straight = abs(abs(a) - 1) < EPSILON and abs(abs(d) - 1) < EPSILON and abs(b) < EPSILON and abs(c) < EPSILON
    turned = abs(abs(b) - 1) < EPSILON and abs(abs(c) - 1) < EPSILON and abs(a) < EPSILON and abs(d) < EPSILON
    return straight or turned


def placement(transform: Transform, width: float, height: float) -> Affine:
    """Return ``transform.matrix(width, height)``, put on the pixel grid where only parity keeps it off.

    A quarter turn of content with an odd and an even side lands on half pixels. Where the layer stands on whole
    pixels and is not scaled, it is moved by that half pixel instead of being blurred.
    """
    matrix = transform.matrix(width, height)
    if not (whole(transform.x) and whole(transform.y)):
        return matrix
    a, b, c, d, tx, ty = matrix
    if on_grid((a, b, c, d, 0.0, 0.0)):
        return a, b, c, d, float(math.floor(tx + 0.5 - EPSILON)), float(math.floor(ty + 0.5 - EPSILON))
    return matrix


def mask_placement(mask: Mask) -> Affine:
    """Return the matrix from a mask's own pixels to document pixels, put on the grid like :func:`placement`."""
    a, b, c, d, tx, ty = placement(mask.transform, mask.width, mask.height)
    return a, b, c, d, tx + mask.x, ty + mask.y
