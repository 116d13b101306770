"""Living patterns: the reaction of Gray and Scott (1983; Pearson, *Complex patterns in a simple system*, Science 1993).

Two substances on a torus: one is fed, the other eats it and decays. What grows depends on the two rates alone. The grid
has as many points as the size of a branch asks for, and is enlarged by cubic splines: the field is smooth, so that its
level lines are sharp at any size.
"""

from typing import TYPE_CHECKING, NamedTuple

import cv2
import numpy as np

from core.image import artwork
from core.image.pixels import Floats, Pixels, bands, from_oklab, shrink, to_byte, to_oklab
from core.operations.image_generate import ReactionDiffusion
from core.values import AtelierError

if TYPE_CHECKING:
    from core.engine.context import Context


class _Kind(NamedTuple):
    feed: float
    kill: float
    wave: float
    """Points of the grid from one branch to the next."""
    steps: int


KINDS = {
    "coral": _Kind(0.0545, 0.0620, 12.0, 4600),
    "maze": _Kind(0.0290, 0.0570, 12.4, 3600),
    "spots": _Kind(0.0300, 0.0620, 13.3, 4000),
    "worms": _Kind(0.0580, 0.0630, 12.0, 5000),
}
SPREAD = 0.36, 0.18
"""Diffusion of both a step."""
MOST = 800
"""Points of the grid along the longer side, at most."""


def reaction_diffusion(op: ReactionDiffusion, ctx: "Context") -> Pixels:
    """Return the pattern, opaque; it repeats to all sides."""
    artwork.require(op.width, op.height)
    ctx.progress(0.01, "Growing")
    ramp = _ramp(op)
    grown = grow(op, ramp, ctx)
    out = np.empty((op.height, op.width, 4), np.uint8)
    out[..., 3] = 255
    for top, bottom in bands(op.height, op.width * 80):
        ctx.progress(0.85 + 0.15 * top / op.height, "Drawing")
        out[top:bottom, :, :3] = _drawn(grown, op, ramp, op.height, op.width, top, bottom)
    ctx.preview(shrink(out, 1024))
    ctx.progress(1.0)
    return out


def grow(op: ReactionDiffusion, ramp: Floats, ctx: "Context") -> Floats:
    """Return how much of the eater is where (h×w, about 0…0.4)."""
    kind = KINDS[op.kind]
    points = kind.wave * 100 / op.scale
    unit = artwork.measure(op.width, op.height)
    across, down = (max(4, round(points * side / unit)) for side in (op.width, op.height))
    if max(across, down) > MOST:
        raise AtelierError(
            "So small a pattern has too many branches to grow here. Make its size at least {size:.1f} %.",
            size=op.scale * max(across, down) / MOST + 0.05,
        )
    random = np.random.default_rng(op.seed)
    # A border of one point on each side holds what lies on the other side of the torus.
    food, eater = np.ones((down + 2, across + 2), np.float32), np.zeros((down + 2, across + 2), np.float32)
    eater[1:-1, 1:-1] = _seeds(op.kind, down, across, random)
    food -= eater
    near, taken = np.empty_like(food), np.empty_like(food)
    for step in range(kind.steps):
        if step % 40 == 0:
            ctx.progress(0.02 + 0.82 * step / kind.steps, "Growing")
        if step % (kind.steps // 14) == 0:
            size = _view_size(op)
            ctx.preview(_drawn(eater[1:-1, 1:-1], op, ramp, *size, 0, size[0]))
        for values in (food, eater):
            values[0], values[-1] = values[-2], values[1]
            values[:, 0], values[:, -1] = values[:, -2], values[:, 1]
        np.multiply(eater, eater, out=taken)
        taken *= food
        cv2.filter2D(food, cv2.CV_32F, _KERNEL * np.float32(SPREAD[0]), dst=near)
        near -= taken
        food *= np.float32(1 - kind.feed)
        food += near
        food += np.float32(kind.feed)
        cv2.filter2D(eater, cv2.CV_32F, _KERNEL * np.float32(SPREAD[1]), dst=near)
        near += taken
        eater *= np.float32(1 - kind.feed - kind.kill)
        eater += near
    return np.ascontiguousarray(eater[1:-1, 1:-1])


def _seeds(kind: str, down: int, across: int, random: np.random.Generator) -> Floats:
    """Return where the eater starts (h×w): round patches of all sizes, which leave no trace of the grid."""
    noise = random.standard_normal((down, across), np.float32)
    wide = np.pad(noise, 24, mode="wrap")
    soft = cv2.GaussianBlur(wide, (0, 0), 4.0)[24:-24, 24:-24]
    share = {"coral": 0.06, "worms": 0.12}.get(kind, 0.3)
    above = np.quantile(soft, 1 - share)
    spread = np.float32(max(1e-6, float(soft.std())))
    return np.asarray(np.clip((soft - above) / spread, 0, 0.45), np.float32)


_KERNEL = np.array([[0.05, 0.2, 0.05], [0.2, -1, 0.2], [0.05, 0.2, 0.05]], np.float32)


def _view_size(op: ReactionDiffusion) -> tuple[int, int]:
    scale = min(1.0, 640 / max(op.width, op.height))
    return max(1, round(op.height * scale)), max(1, round(op.width * scale))


def _ramp(op: ReactionDiffusion) -> Floats:
    """Return 256 colours (OKLab) from the ground over the palette, by how much of the eater there is."""
    chosen = artwork.colours(op.palette, op.colours)
    inks = sorted(chosen.inks, key=artwork.lightness, reverse=not chosen.dark)
    random = np.random.default_rng(op.seed + 1)
    strong = max(inks, key=lambda ink: float(np.hypot(*to_oklab(np.array(ink, np.uint8))[1:])))
    if len(inks) > 2 and random.random() < 0.4:
        strong = inks[int(random.integers(1, len(inks)))]
    light = artwork.shaded(strong, 0.07 if not chosen.dark else 0.04)
    stops = to_oklab(np.array([chosen.ground, strong, strong, light], np.uint8))
    at = np.array([0, 0.3, 0.6, 1.0])
    place = np.linspace(0, 1, 256)
    return np.stack([np.interp(place, at, stops[:, c]) for c in range(3)], -1).astype(np.float32)


def _drawn(
    grown: Floats, op: ReactionDiffusion, ramp: Floats, height: int, width: int, top: int, bottom: int
) -> Pixels:
    """Return rows of the picture as uint8 h×width×3."""
    wide = np.pad(grown, 3, mode="wrap")
    high = float(np.quantile(grown, 0.995)) + 1e-4
    smooth = cv2.GaussianBlur(wide, (0, 0), 0.8) / np.float32(high)
    shape = bottom - top, width
    rows = ((np.arange(top, bottom, dtype=np.float32) + 0.5) * np.float32(grown.shape[0] / height) + 2.5)[:, None]
    columns = ((np.arange(width, dtype=np.float32) + 0.5) * np.float32(grown.shape[1] / width) + 2.5)[None]
    maps = [np.ascontiguousarray(np.broadcast_to(m, shape), np.float32) for m in (columns, rows)]
    value = cv2.remap(smooth, maps[0], maps[1], cv2.INTER_CUBIC, borderMode=cv2.BORDER_REFLECT)
    dx, dy = (
        cv2.remap(cv2.Sobel(smooth, cv2.CV_32F, *d, scale=0.125), maps[0], maps[1], cv2.INTER_CUBIC)
        for d in ((1, 0), (0, 1))
    )
    # The edge of a branch is as sharp as a pixel: the level line's distance is its value by its slope.
    per_pixel = np.hypot(dx, dy) * np.float32(grown.shape[0] / height)
    edge = np.float32(0.33)
    crisp = np.clip((value - edge) / np.maximum(per_pixel, np.float32(0.012)) + np.float32(0.5), 0, 1)
    inner = np.clip(np.maximum(value, np.float32(0.36)), 0, 1) * np.float32(255)
    low = np.minimum(inner.astype(np.int32), 254)
    share = (inner - low)[..., None]
    lab = ramp[low] + share * (ramp[low + 1] - ramp[low])
    ground = ramp[0]
    relief = np.float32(op.relief / 100)
    if op.relief:
        slope = np.float32(3.2) / np.sqrt(1 + np.float32(10.24) * (dx * dx + dy * dy))
        lit = np.clip((dx + dy) * slope * np.float32(0.42), -0.22, 0.22)
        lab = lab.copy()
        lab[..., 0] += relief * lit
        # A soft shadow on the ground beside what stands up.
        shade = np.clip(value, 0, edge) / edge
        ground = ground - relief * np.float32(0.10) * (shade**2)[..., None] * np.array([1, 0.2, 0.2], np.float32)
    lab = ground + crisp[..., None] * (lab - ground)
    return to_byte(from_oklab(np.asarray(lab, np.float32)))
