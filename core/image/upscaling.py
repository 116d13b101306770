"""Enlarge with waifu2x: tile by tile on the processor, without seams, with a preview after every tile.

The network (upconv 7: six 3×3 convolutions without padding and one transposed convolution) needs seven pixels around
what it enlarges; a tile that brings them along gives the very pixels that the whole picture would have given.
Weights by nagadomi, https://github.com/nagadomi/waifu2x, in ncnn form.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import cv2
import ncnn
import numpy as np

from core.documents.image import check_size
from core.engine.spawn import threads
from core.image import memory
from core.image.pixels import Floats, Pixels, bleed, opaque, shrink, to_byte, with_alpha
from core.operations.image import Upscale
from core.values import AtelierError, Message

if TYPE_CHECKING:
    from core.engine.context import Context

TILE = 192
MARGIN = 7
PREVIEW_SIDE = 1024

_FILES = {
    "none": "scale2.0x_model",
    "low": "noise0_scale2.0x_model",
    "medium": "noise1_scale2.0x_model",
    "high": "noise2_scale2.0x_model",
    "highest": "noise3_scale2.0x_model",
}
_NET_BYTES = 60_000_000


class _Progress:
    """Counts tiles over all passes and paints finished tiles into a preview."""

    def __init__(self, ctx: "Context", pixels: Pixels, scale: int, tiles: int) -> None:
        self._ctx = ctx
        self._tiles = tiles
        self._done = 0
        height, width = pixels.shape[:2]
        view = min(scale, PREVIEW_SIDE / max(height, width))
        size = (max(1, round(width * view)), max(1, round(height * view)))
        self._view = np.ascontiguousarray(
            cv2.resize(pixels, size, interpolation=cv2.INTER_AREA if view < 1 else cv2.INTER_CUBIC)
        )
        self._size = (height, width)

    def tile(self, rgb: "Pixels | None", x: int, y: int, width: int, height: int) -> None:
        """Note a finished tile; ``rgb`` stands for that rectangle of a picture ``size`` times as large as the view."""
        self._done += 1
        fraction = self._done / self._tiles
        if rgb is not None:
            self._paint(rgb, x, y, width, height)
        self._ctx.progress(fraction, "Tile {done} of {total}", done=self._done, total=self._tiles)

    def _paint(self, rgb: Pixels, x: int, y: int, width: int, height: int) -> None:
        sy, sx = self._view.shape[0] / self._size[0], self._view.shape[1] / self._size[1]
        left, top, right, bottom = round(x * sx), round(y * sy), round((x + width) * sx), round((y + height) * sy)
        if right > left and bottom > top:
            part = cv2.resize(rgb, (right - left, bottom - top), interpolation=cv2.INTER_AREA)
            self._view[top:bottom, left:right, :3] = part
            self._ctx.preview(self._view)


def upscale(op: Upscale, ctx: "Context") -> Pixels:
    """Return the picture 2 or 4 times as large. Alpha is enlarged by the same network, without noise removal."""
    pixels = ctx.image(op.image)
    height, width = pixels.shape[:2]
    check_size(width * op.scale, height * op.scale)
    memory.require(height * width * op.scale**2 * 10 + 300_000_000, Message("Enlarging"))
    folder = ctx.model(f"waifu2x-{op.model}")
    plain = opaque(pixels)
    passes = [op.noise] + ["none"] * (1 if op.scale == 4 else 0)
    count = sum(_tiles(height * 2**i, width * 2**i) for i in range(len(passes)))
    progress = _Progress(ctx, pixels, op.scale, count * (1 if plain else 2))
    rgb = bleed(pixels)
    for step, noise in enumerate(passes):
        rgb = double(_net(ctx, folder, op.model, noise), rgb, progress, 2**step)
    if plain:
        alpha = np.full(rgb.shape[:2], 255, np.uint8)
    else:
        net = _net(ctx, folder, op.model, "none")
        alpha = np.ascontiguousarray(pixels[..., 3])
        for step in range(len(passes)):
            alpha = double(net, cv2.cvtColor(alpha, cv2.COLOR_GRAY2RGB), progress, 2**step, show=False)[..., 1]
        rgb[alpha == 0] = 0
    out = with_alpha(rgb, alpha)
    ctx.preview(shrink(out, PREVIEW_SIDE))
    return out


def _tiles(height: int, width: int) -> int:
    return -(-height // TILE) * -(-width // TILE)


def _net(ctx: "Context", folder: Path, model: str, noise: str) -> Any:
    return ctx.resident(f"waifu2x-{model}-{noise}", lambda: load(folder, noise), _NET_BYTES)


def load(folder: Path, noise: str) -> Any:
    """Return the ``ncnn.Net`` for one noise level; raises :class:`AtelierError` when its files cannot be read."""
    net = ncnn.Net()
    net.opt.use_vulkan_compute = False
    net.opt.num_threads = threads()
    # The same bytes on every processor that computes in 32 bits.
    net.opt.use_fp16_packed = net.opt.use_fp16_storage = net.opt.use_fp16_arithmetic = False
    net.opt.use_bf16_storage = False
    stem = folder / _FILES[noise]
    if net.load_param(f"{stem}.param") != 0 or net.load_model(f"{stem}.bin") != 0:
        raise AtelierError("The weights “{name}” for enlarging cannot be read.", name=stem.name)
    return net


def double(net: Any, rgb: Pixels, progress: _Progress, factor: int, *, show: bool = True) -> Pixels:
    """Return ``rgb`` (H×W×3) twice as large. ``factor`` is how much larger than the original it is already."""
    height, width = rgb.shape[:2]
    out = np.empty((height * 2, width * 2, 3), np.uint8)
    padded = cv2.copyMakeBorder(rgb, MARGIN, MARGIN, MARGIN, MARGIN, cv2.BORDER_REPLICATE)
    for y in range(0, height, TILE):
        for x in range(0, width, TILE):
            tile_height, tile_width = min(TILE, height - y), min(TILE, width - x)
            piece = padded[y : y + tile_height + 2 * MARGIN, x : x + tile_width + 2 * MARGIN]
            done = _run(net, piece)
            out[2 * y : 2 * (y + tile_height), 2 * x : 2 * (x + tile_width)] = done
            shown = done if show else None
            progress.tile(shown, x // factor, y // factor, tile_width // factor, tile_height // factor)
    return out


def _run(net: Any, piece: Pixels) -> Pixels:
    planes: Floats = np.ascontiguousarray((piece.astype(np.float32) / 255).transpose(2, 0, 1))
    with net.create_extractor() as extractor:
        extractor.input("Input1", ncnn.Mat(planes).clone())
        status, result = extractor.extract("Eltwise4")
    if status != 0:
        raise AtelierError("The enlarging network stopped, most likely for lack of memory.")
    return to_byte(np.array(result).transpose(1, 2, 0))
