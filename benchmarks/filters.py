"""Filter layers against OpenCV on whole pictures, and what turning a knob costs on a canvas; smart layers as they nest.

    python benchmarks/filters.py [--quick]

Both start from decoded pixels and end with straight RGBA; OpenCV blurs floats, mirrored at the edge as Atelier does,
and rounds. Times are the best of three turns each, taken in turn. *A knob* is one tile of the canvas after a value was
changed: what lies below is kept from before.
"""

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path

import msgspec
import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks"), str(ROOT / "benchmarks" / "parts")]

from compositor import photograph  # noqa: E402
from tables import machine, table  # noqa: E402

from core.documents.base import encode_document  # noqa: E402
from core.documents.image import AdjustmentLayer, AnyLayer, ImageDocument, RasterLayer, SmartLayer  # noqa: E402
from core.documents.image_filters import Filter, GaussianBlur, SurfaceBlur, UnsharpMask  # noqa: E402
from core.raster.compositor import Compositor  # noqa: E402
from core.raster.manifest import Pixels, write_raster  # noqa: E402
from core.raster.pack import MemoryAssets  # noqa: E402
from core.values import DOCUMENT_TYPE  # noqa: E402

replace = msgspec.structs.replace


def peer(pixels: Pixels, one: Filter) -> Pixels:
    """Return what OpenCV makes of opaque pixels."""
    import cv2  # noqa: PLC0415

    colour = pixels[..., :3].astype(np.float32)
    out = pixels.copy()
    match one:
        case GaussianBlur(radius=radius):
            made = cv2.GaussianBlur(colour, (0, 0), radius, borderType=cv2.BORDER_REFLECT)
        case UnsharpMask(radius=radius, amount=amount):
            soft = cv2.GaussianBlur(colour, (0, 0), radius, borderType=cv2.BORDER_REFLECT)
            made = colour + (colour - soft) * np.float32(amount / 100)
        case _:
            made = cv2.bilateralFilter(colour, 17, 20, 8, borderType=cv2.BORDER_REFLECT)
    out[..., :3] = np.clip(made + 0.5, 0, 255)
    return out


def best(turns: dict[str, Callable[[], object]]) -> dict[str, float]:
    """Return the best of three turns each, in milliseconds."""
    times: dict[str, list[float]] = {name: [] for name in turns}
    for _ in range(3):
        for name, run in turns.items():
            start = time.perf_counter()
            run()
            times[name].append((time.perf_counter() - start) * 1000)
    return {name: min(found) for name, found in times.items()}


def filters(side: int) -> None:
    """Print a table of whole pictures and of knobs."""
    pixels = photograph(side, side * 9 // 16, 1)
    pixels[..., 3] = 255
    assets = MemoryAssets()
    height, width = pixels.shape[:2]
    base = RasterLayer(pixels=write_raster(pixels, assets), width=width, height=height)
    rows = []
    for name, one, turned in (
        ("Gaussian blur 4 px", GaussianBlur(radius=4), GaussianBlur(radius=5)),
        ("Gaussian blur 60 px", GaussianBlur(radius=60), GaussianBlur(radius=61)),
        ("unsharp mask 3 px", UnsharpMask(radius=3), UnsharpMask(radius=4)),
        ("surface blur 8 px (peer: bilateral)", SurfaceBlur(radius=8), SurfaceBlur(radius=9)),
    ):
        layer = AdjustmentLayer(id="filter", adjustment=one)
        document = ImageDocument(id="d", width=width, height=height, layers=(base, layer))
        found = best({"own": lambda d=document: Compositor(assets).render(d), "peer": lambda o=one: peer(pixels, o)})
        shown = Compositor(assets)
        shown.render_tile(document, 1, 1)
        knobs = []
        for value in (turned, one, turned):
            changed = document.replace_layer("filter", lambda old, v=value: replace(old, adjustment=v))
            start = time.perf_counter()
            shown.render_tile(changed, 1, 1)
            knobs.append((time.perf_counter() - start) * 1000)
        away = np.abs(Compositor(assets).render(document).astype(int) - peer(pixels, one))[..., :3]
        error = f"{away.mean():.2f}" if not isinstance(one, SurfaceBlur) else "another filter"
        own, other = found["own"], found["peer"]
        rows.append([name, f"{own:.0f} ms", f"{other:.0f} ms", f"{own / other:.2f}", error, f"{min(knobs):.1f} ms"])
    columns = ["filter", "Atelier", "OpenCV", "ratio", "mean difference of 255", "a knob, one tile"]
    table(f"{width} × {height}", columns, rows)


def nested(side: int) -> None:
    """Print how long a smart layer takes as it nests."""
    pixels = photograph(side, side, 2)
    assets = MemoryAssets()
    inside: AnyLayer = RasterLayer(pixels=write_raster(pixels, assets), width=side, height=side)
    rows = []
    for depth in (0, 1, 4, 16):
        layer = inside
        for level in range(depth):
            document = ImageDocument(id=str(level), width=side, height=side, layers=(layer,))
            source = assets.put(encode_document(document), DOCUMENT_TYPE)
            layer = SmartLayer(document=document.id, source=source, width=side, height=side)
        document = ImageDocument(id="outer", width=side, height=side, layers=(layer,))
        compositor = Compositor(assets)
        start = time.perf_counter()
        compositor.render(document)
        first = (time.perf_counter() - start) * 1000
        again = best({"again": lambda c=compositor, d=document: c.render(d)})["again"]
        rows.append([str(depth), f"{first:.0f} ms", f"{again:.0f} ms"])
    table(f"Smart layers of {side} × {side}", ["within each other", "first time", "again"], rows)


def main() -> None:
    """Run all and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="smaller pictures")
    quick = parser.parse_args().quick
    print(machine())
    for side in (960,) if quick else (960, 1920, 3840):
        filters(side)
    nested(1024 if quick else 2048)


if __name__ == "__main__":
    main()
