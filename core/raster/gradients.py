"""Gradients laid into a raster: along a line, around a point, mirrored, or by angle."""

import math
from collections.abc import Iterator
from functools import lru_cache
from typing import Annotated, Literal

import msgspec
import numpy as np
import numpy.typing as npt
from msgspec import Meta

from core.raster.affine import Affine
from core.raster.brush import Coverage, cover, lay_over
from core.raster.depths import Deep
from core.raster.manifest import TILE, AssetSource, Manifest, read_manifest, read_tile
from core.raster.selecting import Box, tile_coverage, tiles_within
from core.raster.selecting import Coverage as Chosen
from core.raster.text import parse_colour
from core.raster.tiles import TileKey

Floats = npt.NDArray[np.float32]
Shape = Literal["linear", "radial", "reflected", "angle"]
Stop = tuple[float, str]
"""Where (0…1), and ``#rrggbb`` or ``#rrggbbaa``."""
STEPS = 4096

PRESETS: dict[str, tuple[Stop, ...]] = {
    "black-white": ((0.0, "#000000"), (1.0, "#ffffff")),
    "black-clear": ((0.0, "#000000ff"), (1.0, "#00000000")),
    "dawn": ((0.0, "#1b2a49"), (0.45, "#b2597a"), (0.75, "#f2a065"), (1.0, "#ffe3b0")),
    "sea": ((0.0, "#06263f"), (0.5, "#1f7a8c"), (1.0, "#d8f3ec")),
    "copper": ((0.0, "#2b140b"), (0.3, "#8a4b2a"), (0.55, "#f3c9a5"), (0.75, "#a55a32"), (1.0, "#2f170d")),
    "chrome": ((0.0, "#2b3038"), (0.45, "#f4f6f8"), (0.52, "#5c636e"), (1.0, "#e8ebee")),
    "spectrum": (
        (0.0, "#ff0000"),
        (0.17, "#ffff00"),
        (0.33, "#00ff00"),
        (0.5, "#00ffff"),
        (0.67, "#0000ff"),
        (0.83, "#ff00ff"),
        (1.0, "#ff0000"),
    ),
}


class Gradient(msgspec.Struct, frozen=True, kw_only=True):
    """A gradient from one document point to another."""

    shape: Shape = "linear"
    stops: tuple[Stop, ...]
    start: tuple[float, float]
    end: tuple[float, float]
    opacity: Annotated[float, Meta(ge=0, le=1)] = 1.0
    dither: bool = True
    """Half a level of noise, so that long slopes show no bands."""


@lru_cache(maxsize=32)
def table(stops: tuple[Stop, ...]) -> Floats:
    """Return :data:`STEPS` colours (straight RGBA, 0…255) from the first stop to the last.

    Mixed with colours multiplied by alpha, so that a clear stop lends no colour.
    """
    ordered = sorted(stops)
    places = np.array([place for place, _ in ordered])
    values = np.array([parse_colour(colour) for _, colour in ordered])
    values[:, :3] *= values[:, 3:]
    at = np.linspace(0, 1, STEPS)
    mixed = np.stack([np.interp(at, places, values[:, channel]) for channel in range(4)], axis=1)
    alpha = mixed[:, 3:]
    # Where nothing is, the colour of the nearest stop that has one: rounding must not bring black in.
    clear = alpha[:, 0] < 1e-9
    mixed[:, :3] /= np.maximum(alpha, 1e-9)
    if clear.any() and not clear.all():
        seen = np.flatnonzero(~clear)
        mixed[clear, :3] = mixed[seen[np.abs(np.flatnonzero(clear)[:, None] - seen[None]).argmin(1)], :3]
    out = (mixed * 255).astype(np.float32)
    out.flags.writeable = False
    return out


@lru_cache(maxsize=1)
def _noise() -> Floats:
    """Return a tile of noise within half a level."""
    return (np.random.default_rng(5).random((TILE, TILE), np.float32) - np.float32(0.5)) * np.float32(0.98)


def along(gradient: Gradient, to_document: Affine, box: Box) -> Floats:
    """Return how far along the gradient each pixel of ``box`` is, 0…1; its pixels lie under ``to_document``."""
    a, b, c, d, tx, ty = (np.float32(value) for value in to_document)
    across = np.arange(box[0], box[2], dtype=np.float32)[None] + np.float32(0.5)
    down = np.arange(box[1], box[3], dtype=np.float32)[:, None] + np.float32(0.5)
    sx, sy = gradient.start
    wx, wy = gradient.end[0] - sx, gradient.end[1] - sy
    length = max(math.hypot(wx, wy), 1e-6)
    x = a * across + c * down + np.float32(tx - sx)
    y = b * across + d * down + np.float32(ty - sy)
    if gradient.shape == "radial":
        far = np.sqrt(x * x + y * y) * np.float32(1 / length)
    elif gradient.shape == "angle":
        turn = np.arctan2(y, x) - np.float32(math.atan2(wy, wx))
        far = turn * np.float32(1 / (2 * math.pi))
        far -= np.floor(far)
    else:
        far = (x * np.float32(wx) + y * np.float32(wy)) * np.float32(1 / length**2)
        if gradient.shape == "reflected":
            far = np.abs(far)
    return np.asarray(np.clip(far, 0, 1), np.float32)


def lay(gradient: Gradient, to_document: Affine, box: Box, under: Deep, amount: Coverage, *, mask: bool) -> Deep:
    """Return ``under`` (the pixels of ``box``, straight RGBA) with the gradient over it by ``amount`` (0…1).

    On a ``mask`` the lightness of its colours (Rec. 601 luma) is what coverage becomes.
    """
    far = along(gradient, to_document, box) * np.float32(STEPS - 1)
    places = (far + np.float32(0.5)).astype(np.intp)
    deep = under.dtype != np.uint8
    colours = table(gradient.stops)
    out = under.copy()
    weight = amount * np.float32(gradient.opacity)
    alpha = colours[:, 3]
    if alpha.min() < 255:
        weight = weight * (alpha * np.float32(1 / 255))[places]
    noise: Floats | float = 0.0
    if gradient.dither and not deep:  # more bits show no steps
        rows, columns = ((np.arange(low, high)) % TILE for low, high in ((box[1], box[3]), (box[0], box[2])))
        noise = _noise()[rows[:, None], columns[None]]
    if mask:
        grey = colours[:, 0] * np.float32(0.299) + colours[:, 1] * np.float32(0.587) + colours[:, 2] * np.float32(0.114)
        cover(under, out, weight, np.clip(grey[places] + noise, 0, 255).astype(np.float32))
        return out
    painted = np.empty((*places.shape, 3), np.float32)
    if deep:
        steps = np.arange(STEPS, dtype=np.float32)
        for channel in range(3):
            painted[..., channel] = np.interp(far, steps, colours[:, channel])
        lay_over(under, out, weight, painted)
        return out
    for channel in range(3):
        np.clip(colours[:, channel][places] + noise, 0, 255, out=painted[..., channel])
    lay_over(under, out, weight, painted)
    return out


def changed_tiles(
    digest: str,
    chosen: Chosen | None,
    to_document: Affine,
    source: AssetSource,
    gradient: Gradient,
    *,
    mask: bool = False,
) -> Iterator[tuple[TileKey, Deep]]:
    """Yield place and pixels of each tile that the gradient can change inside the selection.

    ``to_document`` takes the raster's pixels to the document's. Raises :class:`core.values.AtelierError`.
    """
    manifest = read_manifest(digest, source)
    keys = [(col, row) for row in range(manifest.rows) for col in range(manifest.cols)]
    if chosen is not None:
        keys = tiles_within(chosen, to_document, (manifest.width, manifest.height))
    for col, row in keys:
        amount = _within(manifest, chosen, to_document, col, row)
        if amount.any():
            under = read_tile(manifest, col, row, source)
            box = col * TILE, row * TILE, (col + 1) * TILE, (row + 1) * TILE
            yield (col, row), lay(gradient, to_document, box, under, amount, mask=mask)


def _within(manifest: Manifest, chosen: Chosen | None, to_document: Affine, col: int, row: int) -> Coverage:
    amount = np.zeros((TILE, TILE), np.float32)
    amount[: manifest.height - row * TILE, : manifest.width - col * TILE] = 1.0
    if chosen is not None:
        amount *= tile_coverage(chosen, to_document, col, row) * np.float32(1 / 255)
    return amount
