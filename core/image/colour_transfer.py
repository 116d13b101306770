"""Match colours: move one picture's colour distribution onto another's.

Sliced optimal transport (Pitié, Kokaram and Dahyot, *N-dimensional probability density function transfer*, ICCV 2005;
Rabin et al. 2011) in OKLab between samples of both pictures. What it did to the samples is then learnt by a smooth
33³ colour table, so that equal colours stay equal, gradients stay gradients, and any size takes the same time.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from core.image.pixels import Floats, Pixels, bands, from_oklab, shrink, to_byte, to_oklab
from core.operations.image import ColourTransfer
from core.values import AtelierError, Message

if TYPE_CHECKING:
    from core.engine.context import Context

SAMPLES = 40_000
ROUNDS = 40
NODES = 33


def colour_transfer(op: ColourTransfer, ctx: "Context") -> Pixels:
    """Return the picture in the reference's colours; alpha and transparent pixels' colours are kept."""
    pixels = ctx.image(op.image)
    reference = ctx.image(op.reference)
    random = np.random.default_rng(op.seed)
    source = _samples(pixels, random, Message("The picture"))
    target = _samples(reference, random, Message("The reference"))
    count = min(len(source), len(target))
    moved = transport(source[:count], target[:count], random, lambda f: ctx.progress(0.05 + 0.7 * f, "Matching"))
    if op.keep_lightness:
        moved[:, 0] = source[:count, 0]
    ctx.progress(0.78, "Making the colour table")
    table = colour_table(source[:count], moved, op.strength / 100)
    ctx.preview(apply_table(shrink(pixels, 1024), table))
    out = np.empty_like(pixels)
    height, width = pixels.shape[:2]
    for top, bottom in bands(height, width * 64):
        out[top:bottom] = apply_table(pixels[top:bottom], table)
        ctx.progress(0.8 + 0.2 * bottom / height, "Applying")
    return out


def _samples(pixels: Pixels, random: np.random.Generator, what: Message) -> Floats:
    """Return up to :data:`SAMPLES` visible pixels in OKLab, drawn evenly."""
    small = shrink(pixels, 512)
    seen = small[small[..., 3] >= 128][:, :3]
    if not len(seen):
        raise AtelierError("{what} is transparent everywhere, so it has no colours to match.", what=what)
    chosen = random.choice(len(seen), SAMPLES, replace=len(seen) < SAMPLES)
    return to_oklab(seen[chosen])


def transport(source: Floats, target: Floats, random: np.random.Generator, advance: Callable[[float], None]) -> Floats:
    """Return ``source`` (N×3) moved so that its distribution is that of ``target`` (N×3).

    Each round takes a random rotation and, along each of its axes, moves the n-th smallest value to the n-th smallest
    of the target: optimal transport in one dimension.
    """
    moved = source.copy()
    for index in range(ROUNDS):
        axes, _ = np.linalg.qr(random.standard_normal((3, 3)))
        axes = axes.astype(np.float32)
        along, wanted = moved @ axes, target @ axes
        step = np.empty_like(along)
        order = np.argsort(along, axis=0, kind="stable")
        np.put_along_axis(step, order, np.sort(wanted, axis=0), axis=0)
        # Smaller steps towards the end average out what a single direction overdoes.
        moved += np.float32(1.0 if index < ROUNDS // 2 else 0.5) * ((step - along) @ axes.T)
        advance((index + 1) / ROUNDS)
    return moved


def colour_table(source: Floats, moved: Floats, strength: float) -> Floats:
    """Return a 33×33×33×3 table (indexed red, green, blue; sRGB floats) that does to colours what was done to samples.

    Displacements are spread on the lattice with the weights of trilinear interpolation, blurred in widening circles,
    and every node takes the finest level that knows enough about it.
    """
    rgb = np.clip(from_oklab(source), 0, 1)
    place = rgb * (NODES - 1)
    low = np.minimum(np.floor(place).astype(np.int32), NODES - 2)
    fraction = (place - low).astype(np.float32)
    cube = (NODES, NODES, NODES)
    weight: npt.NDArray[Any] = np.zeros(NODES**3, np.float64)
    total: npt.NDArray[Any] = np.zeros((NODES**3, 3), np.float64)
    shift = (moved - source).astype(np.float64)
    for corner in range(8):
        offset = np.array([corner >> 2 & 1, corner >> 1 & 1, corner & 1])
        share = np.prod(np.where(offset, fraction, 1 - fraction), axis=1)
        index = ((low + offset) * (NODES**2, NODES, 1)).sum(1)
        weight += np.bincount(index, share, NODES**3)
        for channel in range(3):
            total[:, channel] += np.bincount(index, share * shift[:, channel], NODES**3)
    weight, total = weight.reshape(cube), total.reshape(*cube, 3)
    displacement = np.zeros_like(total)
    known = np.zeros_like(weight)
    for radius in (1.0, 2.0, 4.0, 9.0, 25.0):
        spread, sums = _blur(weight, radius), _blur(total, radius)
        trust = (1 - known) * spread / (spread + 0.5 * radius**-1.5)
        displacement += trust[..., None] * sums / np.maximum(spread, 1e-12)[..., None]
        known += trust
    displacement /= np.maximum(known, 1e-9)[..., None]
    steps = np.linspace(0, 1, NODES, dtype=np.float32)
    lattice = np.stack(np.meshgrid(steps, steps, steps, indexing="ij"), -1)
    wanted = to_oklab(lattice) + np.float32(strength) * displacement.astype(np.float32)
    return np.clip(from_oklab(wanted), 0, 1)


def _blur(values: npt.NDArray[Any], sigma: float) -> npt.NDArray[Any]:
    """Blur the first three axes with a Gaussian that does not leak out of the cube."""
    reach = np.arange(NODES)
    kernel = np.exp(-((reach[:, None] - reach[None]) ** 2) / (2 * sigma**2))
    kernel /= kernel.sum(1, keepdims=True)
    for axis in range(3):
        values = np.moveaxis(np.tensordot(kernel, values, (1, axis)), 0, axis)
    return values


def apply_table(pixels: Pixels, table: Floats) -> Pixels:
    """Return ``pixels`` with their colours looked up in ``table``, trilinearly; alpha is kept."""
    place = pixels[..., :3].astype(np.float32) * np.float32((NODES - 1) / 255)
    low = np.minimum(place.astype(np.int32), NODES - 2)
    red, green, blue = np.moveaxis(place - low, -1, 0)[..., None]
    base = (low[..., 0] * NODES + low[..., 1]) * NODES + low[..., 2]
    flat = table.reshape(-1, 3)

    def line(offset: int) -> Floats:
        start = flat[base + offset]
        return np.asarray(start + blue * (flat[base + offset + 1] - start), np.float32)

    def face(offset: int) -> Floats:
        start = line(offset)
        return np.asarray(start + green * (line(offset + NODES) - start), np.float32)

    start = face(0)
    rgb = start + red * (face(NODES * NODES) - start)
    return np.dstack((to_byte(rgb), pixels[..., 3]))
