"""Style transfer: a picture takes the look of another one, and stays readable.

One network reads the style of a picture as 100 numbers, a second paints any picture with them: Ghiasi et al.,
*Exploring the structure of a real-time, arbitrary neural artistic stylization network* (BMVC 2017), in Magenta's small
form. Nothing is optimised while one waits, so it takes seconds.

The network's strokes have the size it learnt, in pixels. So the picture is painted small first, where strokes are large
beside it, and then at twice the size again, each time over a half of what was painted before and with its large forms:
outlines become finer and the large strokes stay. What is larger still takes its detail from the photograph, as much of
it as the paint beside it shows of the photograph's light and dark.
"""

from typing import TYPE_CHECKING, NamedTuple

import cv2
import numpy as np
import onnxruntime

from core.image import files, memory, networks
from core.image.guided import box, enlarge
from core.image.pixels import Floats, Pixels, bands, bleed, from_oklab, to_byte, to_oklab, with_alpha
from core.operations.image_style import StyleTransfer
from core.raster.depths import as_bytes
from core.values import AtelierError, Message

if TYPE_CHECKING:
    from core.engine.context import Context

BASE = 512
"""Longer side of the first painting, in pixels, for strokes of 100 %."""
LARGEST = 2048
"""Longer side of the last painting; larger pictures take their detail from the photograph."""
SMALLEST = 64
CARRIED = 0.5
"""How much of what was painted before goes into the next, larger painting."""

_SEEN = 256
"""Side of the square in which a style is read."""
_CROPS = 4
_STROKE = 3.0
"""Standard deviation, in pixels of the smaller painting, of what counts as larger than a stroke."""
_RADIUS = 4
_FLAT = np.float32(1e-3)
_LUMINANCE = np.array([0.2126, 0.7152, 0.0722], np.float32)
_WORKING = 260
"""Bytes for a pixel of a painting while it is painted."""
_RESIDENT_BYTES = 40_000_000


class Networks(NamedTuple):
    """The two networks, loaded."""

    predict: onnxruntime.InferenceSession
    paint: onnxruntime.InferenceSession


class Painting(NamedTuple):
    """A picture as it was made small, and as it was painted: float32 h×w×3 each, sRGB in 0…1."""

    photo: Floats
    paint: Floats


def style_transfer(op: StyleTransfer, ctx: "Context") -> Pixels:
    """Return the picture in the style of the reference; alpha and invisible pixels are kept.

    Peak memory is about 1 GB for the largest painting and 14 bytes for each of the picture's pixels.
    """
    pixels = ctx.image(op.image)
    height, width = pixels.shape[:2]
    sides = stages(max(height, width), op.strokes, fine=op.quality == "fine")
    area = sides[-1] ** 2 * min(height, width) / max(height, width)
    memory.require(int(area * _WORKING) + height * width * 14, Message("Style transfer"))
    ctx.progress(0.01, "Loading the model")
    nets = _networks(ctx)
    ctx.progress(0.05, "Reading the style")
    photo = bleed(pixels)
    share = op.strength / 100
    style = read_style(nets, _reference(op, ctx), ctx) * np.float32(share)
    if share < 1:
        style += read_style(nets, photo, ctx) * np.float32(1 - share)
    total, done = sum(side**2 for side in sides) * 1.3, 0.0
    last: Painting | None = None
    for side in sides:
        ctx.progress(0.08 + 0.92 * done / total, "Painting")
        small = resized(photo, side)
        painted = paint(nets, small if last is None else _carried(last, small), style, ctx)
        last = Painting(small, painted if last is None else _anchored(painted, last.paint))
        done += side**2
        ctx.preview(_finished(last, op, pixels))
    assert last is not None
    return _full_size(last, op, pixels, photo, ctx, 0.08 + 0.92 * done / total)


def stages(longest: int, strokes: float, *, fine: bool) -> list[int]:
    """Return the longer sides of the paintings of a picture, smallest first; ``strokes`` in per cent."""
    base = max(SMALLEST, min(round(BASE * 100 / strokes), 2 * longest))
    sides = [base]
    while fine and sides[-1] < min(longest, LARGEST):
        sides.append(min(2 * sides[-1], longest, LARGEST))
    return sides


def read_style(nets: Networks, rgb: Pixels, ctx: "Context") -> Floats:
    """Return the 100 numbers (1×100×1×1) of a picture's style: the mean over squares along its longer side."""
    height, width = rgb.shape[:2]
    side = min(height, width)
    count = min(_CROPS, -(-max(height, width) // side))
    found = []
    for start in np.linspace(0, max(height, width) - side, count).astype(int):
        square = rgb[start : start + side, :side] if height > width else rgb[:side, start : start + side]
        (numbers,) = networks.run(nets.predict, ["out"], {"style": _planes(_scaled(square, _SEEN, _SEEN))}, ctx)
        found.append(numbers)
    return np.asarray(np.mean(found, axis=0), np.float32)


def paint(nets: Networks, rgb: Floats, style: Floats, ctx: "Context") -> Floats:
    """Return the picture (float32 h×w×3, sRGB in 0…1) as the network paints it, in the same size."""
    height, width = rgb.shape[:2]
    down, right = max(16, -(-height // 4) * 4) - height, max(16, -(-width // 4) * 4) - width
    padded = cv2.copyMakeBorder(rgb, 0, down, 0, right, cv2.BORDER_REFLECT)
    (made,) = networks.run(nets.paint, ["out"], {"picture": _planes(padded), "style": style}, ctx)
    return np.ascontiguousarray(made[0].transpose(1, 2, 0)[:height, :width])


def resized(rgb: Pixels, longest: int) -> Floats:
    """Return the picture with that longer side as float32 in 0…1, averaged when it becomes smaller."""
    height, width = rgb.shape[:2]
    scale = longest / max(height, width)
    return _scaled(rgb, max(1, round(height * scale)), max(1, round(width * scale)))


def _scaled(rgb: Pixels, height: int, width: int) -> Floats:
    smaller = height * width < rgb.shape[0] * rgb.shape[1]
    # A byte picture is made smaller before it is made floats: that needs no memory for each of its pixels.
    scaled = cv2.resize(rgb, (width, height), interpolation=cv2.INTER_AREA if smaller else cv2.INTER_CUBIC)
    return np.asarray(scaled, np.float32) / np.float32(255)


def _planes(rgb: Floats) -> Floats:
    return np.ascontiguousarray(rgb.transpose(2, 0, 1)[None])


def _networks(ctx: "Context") -> Networks:
    folder = ctx.model("style")

    def load() -> Networks:
        return Networks(*(networks.load(folder / f"style-{name}.onnx") for name in Networks._fields))

    return ctx.resident("style", load, _RESIDENT_BYTES)


def _reference(op: StyleTransfer, ctx: "Context") -> Pixels:
    """Return the picture whose style is wanted, RGB."""
    if op.reference is None:
        look = files.load(ctx.model("style-looks") / f"{op.look.replace(' ', '-')}.png")
        return as_bytes(look.pixels)[..., :3]
    pixels = ctx.image(op.reference)
    if not pixels[..., 3].any():
        raise AtelierError("The style picture is transparent everywhere, so it has no look to take over.")
    return bleed(pixels)


def _light(rgb: Floats) -> Floats:
    return np.asarray(rgb @ _LUMINANCE, np.float32)


def _slopes(painting: Painting) -> Floats:
    """Return h×w×3: by how much each channel of the paint changes where the photograph becomes brighter."""
    light = _light(painting.photo)
    mean = box(light, _RADIUS)
    variance = np.maximum(box(light * light, _RADIUS) - mean * mean, 0) + _FLAT
    lit = np.asarray(light[..., None] * painting.paint, np.float32)
    shared = box(lit, _RADIUS) - mean[..., None] * box(painting.paint, _RADIUS)
    return box(np.asarray(shared / variance[..., None], np.float32), _RADIUS)


def _carried(last: Painting, photo: Floats) -> Floats:
    """Return what the next painting is painted over: half the photograph, half the last painting with its detail."""
    height, width = photo.shape[:2]

    def grown(values: Floats) -> Floats:
        return np.asarray(cv2.resize(values, (width, height), interpolation=cv2.INTER_CUBIC), np.float32)

    detail = _light(photo) - grown(_light(last.photo))
    painted = np.clip(grown(last.paint) + grown(_slopes(last)) * detail[..., None], 0, 1)
    return np.asarray(photo + np.float32(CARRIED) * (painted - photo), np.float32)


def _anchored(paint: Floats, before: Floats) -> Floats:
    """Return the paint with what is larger than a stroke as the smaller painting ``before`` has it.

    Otherwise the whole picture tends to one middle tone, because the network sees less of it at a time.
    """
    height, width = paint.shape[:2]
    small = cv2.resize(paint, (before.shape[1], before.shape[0]), interpolation=cv2.INTER_AREA)
    coarse = cv2.GaussianBlur(before - small, (0, 0), _STROKE)
    grown = cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC)
    return np.asarray(np.clip(paint + grown, 0, 1), np.float32)


def _full_size(
    last: Painting, op: StyleTransfer, pixels: Pixels, photo: Pixels, ctx: "Context", begun: float
) -> Pixels:
    """Return the painting at the picture's size, a band at a time."""
    height, width = pixels.shape[:2]
    small_height, small_width = last.paint.shape[:2]
    smaller = small_height * small_width > height * width
    if smaller:  # the first painting of a small picture is larger than it
        paint = cv2.resize(last.paint, (width, height), interpolation=cv2.INTER_AREA)
        last = Painting(_scaled(photo, height, width), np.asarray(paint, np.float32))
    same = last.paint.shape[:2] == (height, width)
    slopes, light = (None, None) if same else (_slopes(last), _light(last.photo))
    matched = _matched_light(last)
    out = pixels.copy()
    for top, bottom in bands(height, width * 160):
        ctx.progress(begun + (1 - begun) * top / height, "Finishing")
        rows = photo[top:bottom]
        if slopes is None or light is None:
            paint = last.paint[top:bottom]
        else:
            detail = _light(np.asarray(rows, np.float32) / np.float32(255)) - enlarge(light, height, width, top, bottom)
            paint = enlarge(last.paint, height, width, top, bottom)
            paint = paint + enlarge(slopes, height, width, top, bottom) * detail[..., None]
        seen = pixels[top:bottom, :, 3:] > 0
        made = _mixed(paint, rows, op, matched)
        out[top:bottom, :, :3] = np.where(seen, made, pixels[top:bottom, :, :3])
    ctx.progress(1.0)
    return out


def _finished(painting: Painting, op: StyleTransfer, pixels: Pixels) -> Pixels:
    """Return a painting as it will look in the end, RGBA in its own size."""
    made = _mixed(painting.paint, to_byte(painting.photo), op, _matched_light(painting))
    height, width = made.shape[:2]
    return with_alpha(made, cv2.resize(np.ascontiguousarray(pixels[..., 3]), (width, height)))


def _matched_light(painting: Painting) -> tuple[np.float32, np.float32]:
    """Return factor and offset that give the paint's lightness the photograph's mean and spread (OKLab L)."""
    has, wanted = (to_oklab(np.clip(part, 0, 1))[..., 0] for part in (painting.paint, painting.photo))
    factor = np.clip(wanted.std() / max(1e-4, float(has.std())), 0.25, 4)
    return np.float32(factor), np.float32(wanted.mean() - factor * has.mean())


def _mixed(paint: Floats, photo: Pixels, op: StyleTransfer, matched: tuple[np.float32, np.float32]) -> Pixels:
    """Return paint (float, any rows of it) over the photograph's rows as ``strength`` and ``keep_colours`` say."""
    made = np.clip(paint, 0, 1)
    if op.keep_colours > 0:
        lab, own = to_oklab(made), to_oklab(photo)
        own[..., 0] = np.clip(lab[..., 0] * matched[0] + matched[1], 0, 1)
        made = np.clip(from_oklab(lab + np.float32(op.keep_colours / 100) * (own - lab)), 0, 1)
    share = np.float32(1 - (1 - op.strength / 100) ** 2)
    under = np.asarray(photo, np.float32) / np.float32(255)
    return to_byte(under + share * (made - under))
