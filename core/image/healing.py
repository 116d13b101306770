"""Remove blemishes and dust: small specks are found by their shape and contrast, and filled from beside them.

A speck is what a morphological opening or closing by a disc a little larger takes away (a top hat), if it is compact,
stands out from what the same filter takes away around it, and lies in surroundings that are alike on all sides: in
texture nobody sees one, and a corner or a line of a thing is none.
"""

from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
import numpy.typing as npt

from core.image import filling, masks, memory
from core.image.masks import Mask
from core.image.pixels import LINEAR, Floats, Pixels, bands, bleed, shrink, to_byte, with_alpha
from core.operations.image_retouch import HealSpots
from core.values import Message

if TYPE_CHECKING:
    from core.engine.context import Context

Speck = tuple[tuple[slice, slice], Mask]
"""A box of the picture, and where in it a speck is."""

LARGE = 12
"""Specks that may be some times as wide as this are looked for in a picture as many times smaller."""
MOST = 600
"""At most so many specks are healed, those with the strongest contrast first."""
FLOOR = 0.012, 0.09
"""Least contrast (of lightness, 0…1) that counts as a speck at full and at no sensitivity."""
ABOVE = 3.0, 9.0
"""How many times it must exceed what is usual around it, likewise."""
FILLED, LONGEST = 0.5, 2.2
"""Least part of its box that a speck fills, and how much longer than wide it may be."""
BODY = 0.4
"""What part of a speck's own contrast still belongs to it."""
UNEVEN = 0.6, 0.1
"""How much of a speck's contrast may lie between two sides of its surroundings, at full and at no sensitivity."""
CROWDED = 0.15
"""In at most so much of its wider surroundings something differs from the ring by half of a speck's contrast."""
APART = 0.5
"""How much of it must lie between the speck and each of them."""
WINDOW = 3
"""A speck is filled from so many times its size around it."""


def heal_spots(op: HealSpots, ctx: "Context") -> dict[str, Any]:
    """Return ``image``, healed (alpha kept), and ``mask``: where (white, its alpha the coverage)."""
    pixels = ctx.image(op.image)
    height, width = pixels.shape[:2]
    memory.require(height * width * 40, Message("Removing blemishes"))
    ctx.progress(0.02, "Looking for specks")
    allowed = pixels[..., 3] > 0
    if op.mask is not None:
        allowed &= masks.coverage(ctx, op.mask, pixels.shape) >= 128
    rgb = bleed(pixels)
    found = _found(op, _lightness(rgb), ctx)
    found = [(box, spot) for box, spot in found if allowed[box][spot].all()]
    out, healed = rgb.copy(), np.zeros((height, width), bool)
    for box, spot in found:
        healed[box] |= spot
    hidden = pixels[..., 3] == 0
    for index, (box, _) in enumerate(found):
        ctx.progress(0.3 + 0.68 * index / len(found), "Speck {number} of {total}", number=index + 1, total=len(found))
        _heal(out, healed, hidden, box, op.seed, ctx)
        if index % 16 == 15:
            ctx.preview(shrink(with_alpha(out, pixels[..., 3]), 1024))
    result = with_alpha(out, pixels[..., 3])
    result[hidden] = pixels[hidden]
    coverage = np.where(healed, 255, 0).astype(np.uint8)
    ctx.preview(shrink(result, 1024))
    ctx.progress(1.0)
    return {"image": result, "mask": with_alpha(np.full((height, width, 3), 255, np.uint8), coverage)}


def _found(op: HealSpots, light: Floats, ctx: "Context") -> list[Speck]:
    """Return the specks of a picture; large ones are looked for in a smaller picture."""
    times = max(1, op.size // LARGE)
    if times == 1:
        return specks(light, op.size, op.sensitivity / 100, op.kind, ctx)
    height, width = light.shape
    size = max(1, width // times), max(1, height // times)
    small = cv2.resize(light, size, interpolation=cv2.INTER_AREA)
    found = []
    for box, spot in specks(small, op.size // times, op.sensitivity / 100, op.kind, ctx):
        rows, columns = (
            slice(side.start * full // part, -(-side.stop * full // part))
            for side, full, part in zip(box, (height, width), size[::-1], strict=True)
        )
        shape = columns.stop - columns.start, rows.stop - rows.start
        whole = cv2.resize(spot.astype(np.uint8), shape, interpolation=cv2.INTER_NEAREST) > 0
        found.append(((rows, columns), whole))
    return found


def _lightness(rgb: Pixels) -> Floats:
    """Return the cube root of luminance (H×W, 0…1), which is about as even to the eye as OKLab's lightness."""
    out = np.empty(rgb.shape[:2], np.float32)
    for top, bottom in bands(rgb.shape[0], rgb.shape[1] * 24):
        out[top:bottom] = np.cbrt(LINEAR[rgb[top:bottom]] @ np.array([0.2126, 0.7152, 0.0722], np.float32))
    return out


def specks(light: Floats, size: int, sensitivity: float, kind: str, ctx: "Context") -> list[Speck]:
    """Return boxes of the picture and where in them a speck is, the clearest first."""
    across = size | 1
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (across + 2, across + 2))
    calm = cv2.GaussianBlur(light, (0, 0), 0.7)
    found: list[tuple[float, Speck]] = []
    for sign in {"dark": (-1,), "bright": (1,), "both": (-1, 1)}[kind]:
        hat = cv2.morphologyEx(calm, cv2.MORPH_TOPHAT if sign > 0 else cv2.MORPH_BLACKHAT, disc)
        ctx.check_cancelled()
        usual = _usual(hat, across)
        floor, above, uneven = (low + (high - low) * (1 - sensitivity) for low, high in (FLOOR, ABOVE, UNEVEN))
        threshold = np.maximum(floor, above * usual)
        found += _compact(calm, hat, threshold, across, uneven, sign)
        ctx.progress(0.15 if sign < 0 and kind == "both" else 0.28, "Looking for specks")
    found.sort(key=lambda item: -item[0])
    return [speck for _, speck in found[:MOST]]


def _usual(hat: Floats, across: int) -> Floats:
    """Return the mean of ``hat`` around each place, a single speck hardly counted: large values are cut off first."""
    window = 8 * across + 1
    mean = cv2.blur(hat, (window, window))
    return np.asarray(cv2.blur(np.minimum(hat, 3 * mean), (window, window)), np.float32)


def _compact(
    light: Floats, hat: Floats, threshold: Floats, across: int, uneven: float, sign: int
) -> list[tuple[float, Speck]]:
    """Return contrast and place of what exceeds ``threshold``, is a speck by its shape, and lies in even ground."""
    seeds = hat > threshold
    # The whole speck, with its soft edge, and not what it happens to touch.
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (across, across))
    peak = cv2.dilate(np.where(seeds, hat, 0).astype(np.float32), disc)
    body = (seeds | (hat > np.maximum(threshold / 3, BODY * peak))) & (hat > BODY * peak)
    body = body.astype(np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(body, connectivity=8)
    strongest = np.zeros(count, np.float32)
    np.maximum.at(strongest, labels[seeds], hat[seeds])
    found = []
    for label in np.flatnonzero(strongest[1:] > 0) + 1:
        x, y, width, height, area = (int(v) for v in stats[label])
        longer, shorter = max(width, height), min(width, height)
        if longer > across + 4 or longer > LONGEST * shorter or area < FILLED * width * height or area < 2:
            continue
        wide = _around((y, x, height, width), 4 + across // 2, light.shape)
        if _even(light[wide], labels[wide] == label, float(strongest[label]), uneven, sign):
            box = _around((y, x, height, width), 3, light.shape)
            found.append((float(strongest[label]), (box, masks.grown(labels[box] == label, 2))))
    return found


def _around(place: tuple[int, int, int, int], margin: int, shape: tuple[int, ...]) -> tuple[slice, slice]:
    y, x, height, width = place
    return (
        slice(max(0, y - margin), min(shape[0], y + height + margin)),
        slice(max(0, x - margin), min(shape[1], x + width + margin)),
    )


def _even(values: Floats, spot: Mask, contrast: float, uneven: float, sign: int) -> bool:
    """Return whether the ring around a speck is alike on all sides, the speck unlike all of it, and nothing else near.

    What is near tells a speck from the hole in a letter, and from one of many things of its kind.
    """
    ring = masks.grown(spot, 3) & ~masks.grown(spot, 1)
    beyond = ~masks.grown(spot, 3)
    if beyond.any() and (np.abs(values[beyond] - values[ring].mean()) > contrast / 2).mean() > CROWDED:
        return False
    rows, columns = np.nonzero(ring)
    if len(rows) < 8:
        return False
    middle = np.argwhere(spot).mean(0)
    angle = np.arctan2(rows - middle[0], columns - middle[1])
    sector = np.floor((angle + np.pi) / (2 * np.pi) * 7.999).astype(int)
    total = np.bincount(sector, values[rows, columns], 8)
    number = np.bincount(sector, minlength=8)
    if (number > 0).sum() < 7:  # at the border of the picture, or of something
        return False
    sides: npt.NDArray[np.float64] = total[number > 0] / number[number > 0]
    inside = float(np.mean(values[spot]))
    apart = sign * (inside - sides)
    return bool(sides.max() - sides.min() < uneven * contrast and apart.min() > APART * contrast)


def _heal(rgb: Pixels, healed: Mask, hidden: Mask, box: tuple[slice, slice], seed: int, ctx: "Context") -> None:
    """Fill the specks in ``box`` from around it."""
    reach = WINDOW * max(box[0].stop - box[0].start, box[1].stop - box[1].start)
    place = box[0].start, box[1].start, box[0].stop - box[0].start, box[1].stop - box[1].start
    window = _around(place, max(reach, 12), healed.shape)
    part = np.asarray(rgb[window], np.float32)
    hole = np.zeros(part.shape[:2], bool)
    inner = tuple(slice(b.start - w.start, b.stop - w.start) for b, w in zip(box, window, strict=True))
    hole[inner[0], inner[1]] = healed[box]
    outside = hidden[window] | (healed[window] & ~hole)
    allowed = np.ones_like(hole)
    sources = filling.fill(part, hole, outside, allowed, seed, lambda *_: None, ctx.check_cancelled)
    if sources is not None:
        edge = masks.box(hole, 1)
        filled = filling.blend(part, sources, hole, outside, edge, 12, ctx.check_cancelled)
        inside = hole[edge]
        rgb[window][edge][inside] = to_byte(filled[inside] / np.float32(255))
