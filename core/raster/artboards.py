"""Where an artboard lets its layers show: how much of each pixel lies inside of its rectangle, at any scale."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from core.documents.image import AnyLayer, Artboard, GroupLayer
from core.raster.affine import Rect
from core.raster.resample import Block

Coverage = npt.NDArray[np.float32]


class Frame(NamedTuple):
    """What fills cover and filters take for the whole picture: the canvas, or an artboard, in document pixels.

    ``background`` lies below the layers of the group that is being drawn; ``None`` when nothing does.
    """

    rect: Rect
    background: str | None = None

    def size(self) -> tuple[int, int]:
        """Return its width and height in document pixels."""
        return round(self.rect.width), round(self.rect.height)

    def origin(self, scale: float) -> tuple[int, int]:
        """Return the pixel at its corner, at a scale; exact at full size."""
        return round(self.rect.left * scale), round(self.rect.top * scale)

    def own(self, block: Block) -> Block:
        """Return a block of the document as seen from its corner."""
        x, y = self.origin(block.scale)
        return block._replace(x=block.x - x, y=block.y - y)

    def outside(self, block: Block) -> Block:
        """Return the block of the document that is this one seen from its corner."""
        x, y = self.origin(block.scale)
        return block._replace(x=block.x + x, y=block.y + y)


def board_of(layer: AnyLayer) -> Artboard | None:
    """Return the artboard of a group, ``None`` for all else."""
    return layer.artboard if isinstance(layer, GroupLayer) else None


def board_rect(board: Artboard) -> Rect:
    """Return an artboard's rectangle in document pixels."""
    return Rect(float(board.x), float(board.y), float(board.right), float(board.bottom))


def inside(board: Artboard, block: Block) -> Coverage | float:
    """Return how much of each pixel of a block is on the artboard: 0.0 or 1.0 when it is the same for all of them.

    Each pixel's share is worked out from its own place, so blocks and parts of blocks join without a seam.
    """
    box = board_rect(board)
    across = _along(box.left * block.scale - block.x, box.right * block.scale - block.x, block.width)
    down = _along(box.top * block.scale - block.y, box.bottom * block.scale - block.y, block.height)
    if not across.any() or not down.any():
        return 0.0
    if across.min() == 1.0 and down.min() == 1.0:
        return 1.0
    shares: Coverage = down[:, None] * across[None, :]
    return shares


def _along(low: float, high: float, count: int) -> Coverage:
    edges = np.arange(count, dtype=np.float64)
    shares: Coverage = np.clip(np.minimum(high, edges + 1) - np.maximum(low, edges), 0.0, 1.0).astype(np.float32)
    return shares
