"""Vectorise: a picture as filled paths, traced by vtracer (Visioncortex, MIT).

vtracer groups pixels by their bits; what comes out is only as clear as the colours that go in. So the picture is
brought to its main colours in OKLab first, anti-aliased borders go to one side or the other by majority, and vtracer
gets regions that are flat. The result is one SVG of ``<path>`` elements; the picture of it is drawn by the same child
process that draws any SVG.
"""

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
import numpy.typing as npt

from core.image import memory, palette, strokes, svg
from core.image.pixels import Floats, Pixels, bleed, from_oklab, shrink, to_byte, to_oklab
from core.operations.image_style import Vectorise
from core.values import AtelierError, Message

if TYPE_CHECKING:
    from core.engine.context import Context

SIDE = 1400
"""A larger picture is traced from a copy of this size; paths have no pixels, and fine ones only make a file slow."""
SAMPLES = 8_000
PREVIEW = 8_000
"""The picture of the paths is at most this wide or high."""


def vectorise(op: Vectorise, ctx: "Context") -> dict[str, Any]:
    """Return ``file``, an SVG as large as the picture, and ``image``, how it looks."""
    pixels = ctx.image(op.image)
    height, width = pixels.shape[:2]
    memory.require(height * width * 16 + 400_000_000, Message("Vectorising"))
    ctx.progress(0.02, "Finding colours")
    if not (pixels[..., 3] >= 128).any():
        raise AtelierError("The picture is transparent everywhere, so there is nothing to trace.")
    small = shrink(pixels, SIDE)
    # A tiny one is enlarged, so that its paths have room to be smooth.
    if max(small.shape[:2]) < SIDE // 8:
        times = min(8, SIDE // (4 * max(small.shape[:2])))
        small = cv2.resize(small, None, fx=times, fy=times, interpolation=cv2.INTER_CUBIC) if times > 1 else small
    flat, colours = regions(op, small, ctx)
    ctx.preview(flat)
    ctx.progress(0.5, "Tracing paths")
    text = _traced(op, flat, colours, width, height, small.shape[1] / width)
    ctx.progress(0.85, "Drawing paths")
    path = ctx.scratch / "drawing.svg"
    path.write_text(text, encoding="utf-8")
    image = _drawn(path, text, width, height, ctx)
    ctx.preview(shrink(image, 1024))
    ctx.progress(1.0)
    return {"image": image, "file": path}


def regions(op: Vectorise, pixels: Pixels, ctx: "Context") -> tuple[Pixels, Pixels]:
    """Return ``pixels`` in a few colours, every pixel opaque or transparent; and these colours (N×3)."""
    height, width = pixels.shape[:2]
    rgb = bleed(pixels)
    part = rgb.astype(np.float32) / np.float32(255)
    if op.simplify and min(height, width) > 3:
        radius = 1 + op.simplify / 100 * max(height, width) * 0.006
        along = strokes.flow(to_oklab(rgb)[..., 0], max(1.0, 0.8 * radius))
        out = np.empty_like(part)
        margin = round(3 * radius) + 4
        for first, top, bottom, last in strokes.bands(height, width, margin):
            ctx.progress(0.05 + 0.25 * top / height, "Finding colours")
            done = strokes.kuwahara(part[first:last], along.rows(first, last), radius, 0.5, ctx.check_cancelled)
            out[top:bottom] = done[top - first : bottom - first]
        part = np.clip(out, 0, 1)
    lab = to_oklab(part)
    random = np.random.default_rng(op.seed)
    seen = lab[pixels[..., 3] >= 128]
    centres, _ = palette.cluster(
        seen[random.choice(len(seen), min(SAMPLES, len(seen)), replace=False)], op.colours, random
    )
    ctx.progress(0.35, "Finding colours")
    labels = _labels(lab, centres, ctx)
    colours = to_byte(from_oklab(centres.astype(np.float32)))
    alpha = np.where(cv2.blur(pixels[..., 3], (3, 3)) >= 128, 255, 0).astype(np.uint8)
    flat = np.dstack((colours[labels], alpha))
    flat[alpha == 0] = 0
    return np.ascontiguousarray(flat), colours


def _labels(lab: Floats, centres: Floats, ctx: "Context") -> npt.NDArray[np.intp]:
    """Return the nearest colour for each pixel; then the one that most pixels around it have."""
    nearest = np.zeros(lab.shape[:2], np.intp)
    best = np.full(lab.shape[:2], np.inf, np.float32)
    for index, centre in enumerate(centres):
        distance = ((lab - centre) ** 2).sum(-1)
        nearer = distance < best
        nearest[nearer], best[nearer] = index, distance[nearer]
    votes = np.full(lab.shape[:2], -1, np.float32)
    out = nearest.copy()
    for index in range(len(centres)):
        ctx.check_cancelled()
        count = cv2.GaussianBlur((nearest == index).astype(np.float32), (0, 0), 1.1)
        more = count > votes
        out[more], votes[more] = index, count[more]
    return out


def _traced(op: Vectorise, flat: Pixels, colours: Pixels, width: int, height: int, scale: float) -> str:
    """Return the SVG text of flat regions, ``width``×``height`` large."""
    import vtracer

    fine, encoded = cv2.imencode(".png", cv2.cvtColor(flat, cv2.COLOR_RGBA2BGRA))
    if not fine:
        raise AtelierError("The picture could not be traced. Try fewer colours, or simplify it more.")
    smooth = op.smooth / 100
    try:
        text = vtracer.convert_raw_image_to_svg(
            encoded.tobytes(),
            img_format="png",
            colormode="color",
            hierarchical="stacked",
            mode="spline" if op.curves == "curves" else "polygon",
            filter_speckle=int(min(128, round(op.speckle * min(1.0, scale)))),
            color_precision=8,
            layer_difference=0,
            corner_threshold=round(30 + 90 * smooth),
            length_threshold=round(3.5 + 4.5 * smooth, 2),
            max_iterations=10,
            splice_threshold=round(30 + 40 * smooth),
            path_precision=2,
        )
    except BaseException as error:  # a panic of the library is no Exception
        if isinstance(error, KeyboardInterrupt | SystemExit):
            raise
        raise AtelierError("The picture could not be traced. Try fewer colours, or simplify it more.") from None
    _, _, body = text.partition("<svg")
    _, _, body = body.partition(">")
    body = _own_colours(body, colours.astype(np.int64))
    own_height, own_width = flat.shape[:2]
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<svg xmlns="http://www.w3.org/2000/svg" version="1.1" '
        f'width="{width}" height="{height}" viewBox="0 0 {own_width} {own_height}" preserveAspectRatio="none">{body}'
    )


def _own_colours(body: str, colours: npt.NDArray[np.int64]) -> str:
    """Return paths in the given colours (N×3): vtracer mixes what it leaves out into what is around it."""

    def nearest(found: "re.Match[str]") -> str:
        wanted = np.array([int(found[1][at : at + 2], 16) for at in (0, 2, 4)])
        own = colours[((colours - wanted) ** 2).sum(1).argmin()]
        return f'fill="#{own[0]:02x}{own[1]:02x}{own[2]:02x}"'

    return re.sub(r'fill="#([0-9A-Fa-f]{6})"', nearest, body)


def _drawn(path: Path, text: str, width: int, height: int, ctx: "Context") -> Pixels:
    """Return the picture of the SVG: the size of the original where that is within :data:`PREVIEW`."""
    scale = min(1.0, PREVIEW / max(width, height))
    picture, _ = svg.rasterise(text.encode(), path.name, max(1, round(width * scale)), ctx.check_cancelled)
    pixels = np.array(picture.convert("RGBA"))
    if scale == 1.0 and pixels.shape[:2] != (height, width):
        pixels = cv2.resize(pixels, (width, height), interpolation=cv2.INTER_AREA)
    return np.ascontiguousarray(pixels)
