"""Cast shadow: from a cut-out's outline to the shadow it would throw, as a picture of its own.

A standing product is taken for a screen that stands on the ground line, and its outline is laid on the floor: sheared
aside by the light, foreshortened by the view from slightly above. The penumbra of an extended light grows with the
distance from what throws the shadow, which is the height above the ground. A product that lies flat floats, as it
were, in layers up to its thickness, each with its own offset and penumbra. Shadows are smooth: the work is done at a
reduced size.
"""

from typing import TYPE_CHECKING, Any, NamedTuple

import cv2
import numpy as np

from core.image import memory
from core.image.grounds import Standing, blurred, blurred_by_row, standing, to_alpha
from core.image.pixels import Floats, parse_colour, shrink
from core.operations.image_retouch import CastShadow
from core.values import Message

if TYPE_CHECKING:
    from core.engine.context import Context

WORKING_SIDE = 1400
FORESHORTENED = 0.45
"""How much shorter the floor looks away from the viewer than from side to side."""
LEAST = 0.1
"""A screen seen from the light's side would throw a line; things are not that thin."""
THICKNESS = 0.1
"""A product that lies flat is taken to be so much of its smaller side thick."""
LAYERS = 6


class _Layer(NamedTuple):
    """A shadow's coverage (float32, 0…1) and where its upper left corner lies in the reduced picture."""

    alpha: Floats
    x: int
    y: int


def cast_shadow(op: CastShadow, ctx: "Context") -> dict[str, Any]:
    """Return ``image``, the shadow alone, and ``data``: ``x`` and ``y`` of its corner in pixels of the cut-out."""
    pixels = ctx.image(op.image)
    height, width = pixels.shape[:2]
    ctx.progress(0.05, "Finding the ground")
    small = shrink(pixels, WORKING_SIDE)
    place = standing(small, Message("The picture"))
    alpha = np.asarray(small[..., 3], np.float32) / np.float32(255)
    ctx.progress(0.2, "Casting the shadow")
    layer = _cast(op, alpha, place) if op.surface == "standing" else _float(op, alpha, place)
    ctx.progress(0.5, "Casting the shadow")
    layer = _trimmed(layer)
    scale = height / small.shape[0], width / small.shape[1]
    shape = max(1, round(layer.alpha.shape[0] * scale[0])), max(1, round(layer.alpha.shape[1] * scale[1]))
    memory.require(shape[0] * shape[1] * 16, Message("A shadow"))
    full = cv2.resize(layer.alpha, shape[::-1], interpolation=cv2.INTER_CUBIC)
    ctx.progress(0.8, "Casting the shadow")
    out = np.empty((*shape, 4), np.uint8)
    red, green, blue, opacity = parse_colour(op.colour)
    out[:] = red, green, blue, 0
    out[..., 3] = to_alpha(full * np.float32(opacity / 255))
    ctx.preview(shrink(out, 1024))
    ctx.progress(1.0)
    return {"image": out, "data": {"x": round(layer.x * scale[1]), "y": round(layer.y * scale[0])}}


def _cast(op: CastShadow, alpha: Floats, place: Standing) -> _Layer:
    """Return the shadow of a product that stands."""
    ground = place.ground if op.ground is None else place.bottom - op.ground / 100 * place.height
    angle = np.deg2rad(op.light)
    aside = -np.cos(angle) * op.length / 100
    down = np.sin(angle) * op.length / 100 * FORESHORTENED
    down = float(np.copysign(max(abs(down), LEAST), down))
    size = place.height
    sigma_top = (0.004 + 0.13 * op.softness / 100) * size
    pad = int(3.5 * sigma_top) + 2
    upright = np.pad(alpha[place.top : place.bottom, place.left : place.right], pad)
    above = ground - (np.arange(upright.shape[0]) - pad + place.top)  # height over the ground of each row
    far = np.clip(above / size, 0, 1)
    soft = blurred_by_row(upright, sigma_top * (0.04 + 0.96 * far) * min(1.0, 0.35 + op.length / 150))
    soft *= (1 - 0.45 * far.astype(np.float32))[:, None]  # more of the sky lights it the farther it is from the thing
    # A screen pixel at height h lands h·aside to the side and h·down towards the viewer.
    corners = np.array([[x, h] for x in (0, upright.shape[1]) for h in (above[0], above[-1])])
    xs = corners[:, 0] - pad + place.left + aside * corners[:, 1]
    ys = ground + down * corners[:, 1]
    depth = 0.06 * place.width * FORESHORTENED + 0.01 * size  # it is no screen: what it stands on has a depth
    left, right = int(np.floor(xs.min())), int(np.ceil(xs.max()))
    top, bottom = int(np.floor(ys.min() - 4 * depth)), int(np.ceil(max(ys.max() + 4 * depth, place.bottom + pad)))
    # From the shadow back to the screen: h = (y − ground) / down, x = x − h·aside.
    start = above[0]
    back = np.array(
        [
            [1, -aside / down, left - aside * (top - ground) / down - place.left + pad],
            [0, -1 / down, start - (top - ground) / down],
        ],
        np.float64,
    )
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    lying = cv2.warpAffine(_fit(soft, down), back, (right - left, bottom - top), flags=flags)
    lying = cv2.GaussianBlur(lying, (0, 0), sigmaX=0.01, sigmaY=depth / 2, borderType=cv2.BORDER_CONSTANT)
    cast = _Layer(np.asarray(lying, np.float32) * np.float32(op.strength / 100), left, top)
    return _joined(cast, _contact(op, alpha, place))


def _fit(upright: Floats, down: float) -> Floats:
    """Blur rows that fall together when the picture is laid down flatter than it is high."""
    sigma = max(0.0, 0.4 / abs(down) - 0.4)
    if sigma < 0.3:
        return upright
    return np.asarray(cv2.GaussianBlur(upright, (0, 0), sigmaX=0.01, sigmaY=sigma), np.float32)


def _contact(op: CastShadow, alpha: Floats, place: Standing) -> _Layer:
    """Return the dark line along the base, where the ground sees hardly any sky."""
    thick = max(1.0, 0.03 * place.height)
    pad = int(4 * thick) + 2
    part = np.pad(alpha[place.top : place.bottom, place.left : place.right], pad)
    rows = np.arange(part.shape[0])[:, None] - pad + place.top
    over = np.pad(place.edge, pad, mode="edge")[None] - rows
    slab = part * (np.clip(1 - over / (1.6 * thick), 0, 1) * (over > -2 * thick)).astype(np.float32)
    near = cv2.GaussianBlur(slab, (0, 0), sigmaX=0.35 * thick, sigmaY=0.22 * thick, borderType=cv2.BORDER_CONSTANT)
    wide = cv2.GaussianBlur(slab, (0, 0), sigmaX=1.2 * thick, sigmaY=0.6 * thick, borderType=cv2.BORDER_CONSTANT)
    dark = np.clip(0.75 * near + 0.6 * wide, 0, 1) * (op.contact / 100)
    return _Layer(np.asarray(dark, np.float32), place.left - pad, place.top - pad + round(0.25 * thick))


def _float(op: CastShadow, alpha: Floats, place: Standing) -> _Layer:
    """Return the shadow of a product that lies flat: layers from its edge on the ground up to its thickness."""
    size = THICKNESS * min(place.width, place.height)
    angle = np.deg2rad(op.light)
    aside, down = -np.cos(angle) * size * op.length / 100, np.sin(angle) * size * op.length / 100
    most = (0.05 + 1.6 * op.softness / 100) * size
    pad = int(3.5 * most + np.hypot(aside, down) + 0.1 * size) + 2
    part = np.pad(alpha[place.top : place.bottom, place.left : place.right], pad)
    light = np.zeros_like(part)
    for index in range(LAYERS):
        high = (index + 0.5) / LAYERS
        shift = np.array([[1, 0, aside * high], [0, 1, down * high]], np.float32)
        moved = cv2.warpAffine(part, shift, part.shape[::-1], flags=cv2.INTER_LINEAR)
        light += blurred(np.asarray(moved, np.float32), most * high + 0.3) / np.float32(LAYERS)
    dark = light * np.float32(op.strength / 100)
    edge = blurred(part, 0.12 * size) * np.float32(op.contact / 100 * 0.5)
    dark = 1 - (1 - dark) * (1 - edge)
    return _Layer(np.asarray(dark, np.float32), place.left - pad, place.top - pad)


def _joined(first: _Layer, second: _Layer) -> _Layer:
    """Return both shadows in one: each takes its part of the light that the other leaves."""
    left, top = min(first.x, second.x), min(first.y, second.y)
    right = max(first.x + first.alpha.shape[1], second.x + second.alpha.shape[1])
    bottom = max(first.y + first.alpha.shape[0], second.y + second.alpha.shape[0])
    light = np.ones((bottom - top, right - left), np.float32)
    for layer in (first, second):
        height, width = layer.alpha.shape
        light[layer.y - top : layer.y - top + height, layer.x - left : layer.x - left + width] *= 1 - layer.alpha
    return _Layer(1 - light, left, top)


def _trimmed(layer: _Layer) -> _Layer:
    """Return the layer without its empty borders; one empty pixel where there is nothing at all."""
    seen = layer.alpha > 0.5 / 255
    if not seen.any():
        return _Layer(np.zeros((1, 1), np.float32), layer.x, layer.y)
    rows, columns = np.flatnonzero(seen.any(1)), np.flatnonzero(seen.any(0))
    part = layer.alpha[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    return _Layer(np.pad(part, 1), layer.x + int(columns[0]) - 1, layer.y + int(rows[0]) - 1)
