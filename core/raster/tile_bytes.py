"""One tile as bytes and back, and at half its size.

A *tile* asset is a zstd frame (level 1) of 256×256 pixels, RGBA, at 8, 16 or 32 bits a channel (see
:mod:`core.raster.depths`); its unpacked length says at which. At 8 bits the bytes lie as they do in memory. At 16 and
32, those of equal weight lie together, the lowest of all numbers first, which packs better.
"""

import threading
from typing import Any, cast

import numpy as np
import numpy.typing as npt
import zstandard

from core.documents.image_values import Depth
from core.raster.depths import DTYPES, FARTHEST, Deep, settled
from core.values import AtelierError

TILE = 256
"""Side of a tile in pixels."""

TILE_BYTES = TILE * TILE * 4
MAX_TILE_FILES: dict[Depth, int] = {8: 300_000, 16: 540_000, 32: 1_070_000}
"""No honest compressed tile is larger: zstd's own bounds are 263,168, 526,336 and 1,052,672 bytes."""
MAX_TILE_FILE = max(MAX_TILE_FILES.values())

_local = threading.local()


def check_tile(tile: npt.NDArray[Any], depth: Depth | None = None) -> None:
    """Raise ``ValueError`` unless ``tile`` is one, and of that depth."""
    if tile.shape != (TILE, TILE, 4) or tile.dtype not in [DTYPES[one] for one in ([depth] if depth else DTYPES)]:
        wanted = np.dtype(DTYPES[depth]).name if depth else "uint8, uint16 or float32"
        raise ValueError(f"a tile is {TILE}×{TILE}×4 of {wanted}, not {tile.shape} of {tile.dtype}")


def encode_tile(tile: Deep) -> bytes | None:
    """Return a tile asset's bytes for a 256×256×4 straight RGBA array, or ``None`` when it is fully transparent.

    Floats that cannot be stored (no number, infinite, alpha beyond 0…1) are brought to the nearest that can.
    """
    check_tile(tile)
    if not tile[..., 3].any():
        return None
    compressor: zstandard.ZstdCompressor | None = getattr(_local, "compressor", None)
    if compressor is None:
        compressor = _local.compressor = zstandard.ZstdCompressor(level=1)
    if tile.dtype == np.uint8:
        return compressor.compress(np.ascontiguousarray(tile).data)
    little = tile.astype("<u2") if tile.dtype == np.uint16 else settled(cast(Any, tile)).astype("<f4")
    planes = np.ascontiguousarray(little).view(np.uint8).reshape(-1, little.itemsize).T
    return compressor.compress(np.ascontiguousarray(planes).data)


def tile_depth(data: bytes) -> Depth:
    """Return at which depth a tile asset's pixels are, from its header; raises :class:`AtelierError` when damaged."""
    try:
        length = zstandard.frame_content_size(data)
    except zstandard.ZstdError:
        raise AtelierError("A picture in this project is damaged: one of its tiles cannot be unpacked.") from None
    for depth in DTYPES:
        if length == TILE_BYTES * depth // 8 and len(data) <= MAX_TILE_FILES[depth]:
            return depth
    raise AtelierError("A picture in this project is damaged: one of its tiles has the wrong size.")


def decode_tile(data: bytes, depth: Depth = 8) -> Deep:
    """Return a tile asset's pixels, 256×256×4 straight RGBA, read-only.

    Raises :class:`AtelierError` when it is damaged or of another depth.
    """
    decompressor: zstandard.ZstdDecompressor | None = getattr(_local, "decompressor", None)
    if decompressor is None:
        decompressor = _local.decompressor = zstandard.ZstdDecompressor(max_window_size=1 << 23)
    # The frame says how much it unpacks to; memory is only taken when that is exactly one tile.
    if tile_depth(data) != depth:
        raise AtelierError("A picture in this project is damaged: one of its tiles has the wrong size.")
    length = TILE_BYTES * depth // 8
    try:
        raw = decompressor.decompress(data, max_output_size=length, allow_extra_data=False)
    except zstandard.ZstdError:
        raise AtelierError("A picture in this project is damaged: one of its tiles cannot be unpacked.") from None
    if len(raw) != length:
        raise AtelierError("A picture in this project is damaged: one of its tiles is incomplete.")
    if depth == 8:
        return np.frombuffer(raw, np.uint8).reshape(TILE, TILE, 4)
    planes = np.frombuffer(raw, np.uint8).reshape(depth // 8, -1)
    numbers = planes[-1].astype(np.uint16 if depth == 16 else np.uint32)
    for plane in planes[-2::-1]:  # many times faster than to transpose the bytes
        numbers <<= 8
        numbers |= plane
    array: Deep = numbers.view(DTYPES[depth]).reshape(TILE, TILE, 4)
    if depth == 32:
        _check_floats(cast(Any, array))
    array.flags.writeable = False
    return array


def _check_floats(array: npt.NDArray[np.float32]) -> None:
    low, high, alpha = float(array.min()), float(array.max()), array[..., 3]
    # Written so that what is no number fails too.
    if not (low >= -FARTHEST and high <= FARTHEST and float(alpha.min()) >= 0.0 and float(alpha.max()) <= 1.0):
        raise AtelierError("A picture in this project is damaged: one of its tiles holds impossible colours.")


def halve(pixels: Deep) -> Deep:
    """Return ``pixels`` (even sides, straight RGBA) at half size: each pixel the mean of four, weighted by alpha."""
    if pixels.dtype != np.uint8:
        return _halve_deep(pixels)
    height, width = pixels.shape[0] // 2, pixels.shape[1] // 2
    quads = pixels.reshape(height, 2, width, 2, 4)
    alpha = pixels[..., 3]
    low, high = int(alpha.min()), int(alpha.max())
    if low == high:
        if high == 0:
            return np.zeros((height, width, 4), np.uint8)
        return ((_sum_quads(quads, np.uint16) + 2) >> 2).astype(np.uint8)
    weights = alpha.astype(np.uint32)[..., None]
    weighted = pixels[..., :3] * weights
    colour = weighted[0::2, 0::2] + weighted[1::2, 0::2] + weighted[0::2, 1::2] + weighted[1::2, 1::2]
    coverage = weights[0::2, 0::2] + weights[1::2, 0::2] + weights[0::2, 1::2] + weights[1::2, 1::2]
    out = np.empty((height, width, 4), np.uint8)
    out[..., :3] = (colour + coverage // 2) // np.maximum(coverage, 1)
    out[..., 3:] = (coverage + 2) >> 2
    return out


def _halve_deep(pixels: Deep) -> Deep:
    """Sums in double precision, where those of 16-bit numbers are exact."""
    height, width = pixels.shape[0] // 2, pixels.shape[1] // 2
    alpha = pixels[..., 3]
    low, high = alpha.min(), alpha.max()
    half = 0.5 if pixels.dtype == np.uint16 else 0.0
    if low == high:
        if high == 0:
            return np.zeros((height, width, 4), pixels.dtype)
        sums = _sum_quads(pixels.reshape(height, 2, width, 2, 4), np.float64)
        return cast(Deep, (sums * 0.25 + half).astype(pixels.dtype))
    values = pixels.astype(np.float64)
    values[..., :3] *= values[..., 3:]
    sums = _sum_quads(values.reshape(height, 2, width, 2, 4), np.float64)
    coverage = sums[..., 3:]
    out = np.zeros((height, width, 4), pixels.dtype)
    colour = np.divide(sums[..., :3], coverage, out=np.zeros_like(sums[..., :3]), where=coverage > 0)
    out[..., :3] = colour + half
    out[..., 3:] = coverage * 0.25 + half
    return out


def _sum_quads(quads: npt.NDArray[Any], kind: Any) -> npt.NDArray[Any]:
    # Adding slices is several times faster than numpy's reduction over short axes.
    total = quads[:, 0, :, 0].astype(kind)
    total += quads[:, 0, :, 1]
    total += quads[:, 1, :, 0]
    total += quads[:, 1, :, 1]
    return total


def quadrant(col: int, row: int) -> tuple[slice, slice]:
    """Return where in its parent tile a child at (``col``, ``row``) lies once halved: (rows, columns)."""
    half = TILE // 2
    x, y = (col & 1) * half, (row & 1) * half
    return slice(y, y + half), slice(x, x + half)
