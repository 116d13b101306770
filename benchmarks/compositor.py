"""The compositor against Pillow, OpenCV and libvips: ten 4K layers in one run, and what an editor does all day.

    python benchmarks/compositor.py [--quick]

Every contender starts from decoded pixels in the form it likes best, composes the same ten layers (four blend modes,
alpha everywhere) by the same formulas and ends with straight RGBA. Times are the best of several runs; errors are
against a float64 reference in premultiplied colour, of 255. libvips takes part where ``pyvips`` can be imported:

    pip install --target /tmp/vips 'pyvips[binary]' && PYTHONPATH=/tmp/vips python benchmarks/compositor.py
"""

import argparse
import importlib
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from core.documents.image import BlendMode, ImageDocument, RasterLayer
from core.raster.brush import Brush, Stroke
from core.raster.compositor import Compositor
from core.raster.manifest import TILE, read_manifest, replace_tiles, write_raster
from core.raster.pack import MemoryAssets

Pixels = npt.NDArray[np.uint8]
MODES = (BlendMode.NORMAL, BlendMode.MULTIPLY, BlendMode.SCREEN, BlendMode.OVERLAY)
replace = msgspec.structs.replace


def photograph(width: int, height: int, seed: int) -> Pixels:
    """Return a picture with the statistics of a photo (1/f spectrum, edges, grain) under a soft alpha."""
    import cv2  # noqa: PLC0415

    generator = np.random.default_rng(seed)
    out = np.zeros((height, width, 4), np.float32)
    for octave in range(2, 9):
        coarse = generator.standard_normal((height * 2**octave // 2048 + 2, width * 2**octave // 2048 + 2, 4))
        out += cv2.resize(coarse.astype(np.float32), (width, height), interpolation=cv2.INTER_CUBIC) * 0.5 ** (
            octave - 2
        )
    out[..., :3] = out[..., :3] * 40 + 128 + generator.standard_normal((height, width, 1), dtype=np.float32) * 4
    out[..., 3] = out[..., 3] * 120 + 150
    for _ in range(12):
        x, y = int(generator.integers(0, width)), int(generator.integers(0, height))
        out[y : y + height // 6, x : x + width // 6, :3] += generator.integers(-50, 50, 3).astype(np.float32)
    return np.clip(out, 0, 255).astype(np.uint8)


def blend(mode: BlendMode, b: npt.NDArray[Any], s: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Return B(cb, cs) of W3C Compositing 1 for the four modes."""
    if mode is BlendMode.MULTIPLY:
        return b * s
    if mode is BlendMode.SCREEN:
        return b + s - b * s
    if mode is BlendMode.OVERLAY:
        return np.where(b <= 0.5, 2 * b * s, 1 - 2 * (1 - b) * (1 - s))
    return s


def reference(layers: list[Pixels], rows: slice) -> npt.NDArray[np.float64]:
    """Return the rows composed in float64, premultiplied, 0…255."""
    out = np.zeros_like(layers[0][rows], np.float64)
    for index, layer in enumerate(layers):
        source = layer[rows] / 255.0
        a, ab = source[..., 3:], out[..., 3:]
        backdrop = np.divide(out[..., :3], ab, out=np.zeros_like(out[..., :3]), where=ab > 0)
        mixed = (1 - ab) * source[..., :3] + ab * blend(MODES[index % 4], backdrop, source[..., :3])
        out[..., :3] = a * mixed + (1 - a) * out[..., :3]
        out[..., 3:] = a + ab - a * ab
    return out * 255


def with_pillow(layers: list[Pixels]) -> Callable[[], Pixels]:
    """Pillow: a channel operation for B(cb, cs), weighed by the backdrop's alpha, then ``alpha_composite``."""
    from PIL import Image, ImageChops  # noqa: PLC0415

    images = [Image.fromarray(layer) for layer in layers]
    apply = {
        BlendMode.MULTIPLY: ImageChops.multiply,
        BlendMode.SCREEN: ImageChops.screen,
        BlendMode.OVERLAY: ImageChops.overlay,
    }

    def run() -> Pixels:
        out = images[0]
        for index, image in enumerate(images[1:], 1):
            mode = MODES[index % 4]
            if mode is not BlendMode.NORMAL:
                colour = image.convert("RGB")
                mixed = Image.composite(apply[mode](out.convert("RGB"), colour), colour, out.getchannel("A"))
                mixed.putalpha(image.getchannel("A"))
                image = mixed
            out = Image.alpha_composite(out, image)
        return np.asarray(out)

    return run


def with_opencv(layers: list[Pixels]) -> Callable[[], Pixels]:
    """OpenCV: float32 in bands that fit the cache, all its threads."""
    import cv2  # noqa: PLC0415

    height = layers[0].shape[0]

    def run() -> Pixels:
        out = np.empty_like(layers[0])
        for top in range(0, height, 64):
            band = slice(top, min(top + 64, height))
            first = layers[0][band].astype(np.float32) * np.float32(1 / 255)
            alpha = first[..., 3].copy()
            total = cv2.multiply(first[..., :3].copy(), cv2.merge([alpha] * 3))
            for index, layer in enumerate(layers[1:], 1):
                source = cv2.multiply(layer[band], 1.0, scale=1 / 255, dtype=cv2.CV_32F)
                a = cv2.extractChannel(source, 3)
                colour = cv2.cvtColor(source, cv2.COLOR_BGRA2BGR)
                a3, ab3 = cv2.merge([a] * 3), cv2.merge([alpha] * 3)
                s = cv2.multiply(colour, a3)
                # Premultiplied: s·(1−ab) + b·(1−a) + a·ab·B.
                product = cv2.multiply(s, total)
                mode = MODES[index % 4]
                if mode is BlendMode.NORMAL:
                    total = cv2.add(s, cv2.subtract(total, cv2.multiply(total, a3)))
                elif mode is BlendMode.SCREEN:
                    total = cv2.subtract(cv2.add(s, total), product)
                else:
                    outside = cv2.add(
                        cv2.subtract(s, cv2.multiply(s, ab3)), cv2.subtract(total, cv2.multiply(total, a3))
                    )
                    if mode is BlendMode.MULTIPLY:
                        total = cv2.add(outside, product)
                    else:
                        low = cv2.add(product, product)
                        rest = cv2.multiply(cv2.subtract(ab3, total), cv2.subtract(a3, s), scale=2)
                        high = cv2.subtract(cv2.multiply(a3, ab3), rest)
                        dark = cv2.compare(cv2.add(total, total), ab3, cv2.CMP_LE)
                        total = cv2.add(outside, np.where(dark, low, high))
                alpha = cv2.subtract(cv2.add(a, alpha), cv2.multiply(a, alpha))
            straight = cv2.divide(total, cv2.merge([alpha] * 3))
            out[band] = cv2.merge([*cv2.split(straight), alpha]).__mul__(255).__add__(0.5).clip(0, 255)
        return out

    return run


def with_libvips(layers: list[Pixels]) -> Callable[[], Pixels] | None:
    """libvips: one ``composite`` of all layers in sRGB, all its threads. ``None`` when pyvips is not there."""
    try:
        pyvips = importlib.import_module("pyvips")
    except (ImportError, OSError):
        return None
    height, width = layers[0].shape[:2]
    images = [
        pyvips.Image.new_from_memory(layer.tobytes(), width, height, 4, "uchar").copy(interpretation="srgb")
        for layer in layers
    ]
    names = {BlendMode.NORMAL: "over", BlendMode.MULTIPLY: "multiply", BlendMode.SCREEN: "screen"}
    modes = [names.get(MODES[index % 4], "overlay") for index in range(1, len(layers))]

    def run() -> Pixels:
        done = images[0].composite(images[1:], modes, compositing_space="srgb")
        data = done.rint().cast("uchar").write_to_memory()
        return np.frombuffer(data, np.uint8).reshape(height, width, 4)

    return run


def best(action: Callable[[], Any], runs: int) -> tuple[float, Any]:
    """Return the shortest time in seconds, and what the last run returned."""
    times, result = [], None
    for _ in range(runs):
        start = time.perf_counter()
        result = action()
        times.append(time.perf_counter() - start)
    return min(times), result


def errors(result: Pixels, layers: list[Pixels], step: int) -> tuple[float, float]:
    """Return the greatest and the mean error of a straight RGBA result, premultiplied, in bands across the picture."""
    worst, total, count = 0.0, 0.0, 0
    for top in range(0, result.shape[0] - 27, step):
        rows = slice(top, top + 27)
        part = result[rows].astype(np.float64)
        part[..., :3] *= part[..., 3:] / 255
        difference = np.abs(part - reference(layers, rows))
        worst, total, count = (
            max(worst, float(difference.max())),
            total + float(difference.sum()),
            count + difference.size,
        )
    return worst, total / count


def document_of(hashes: list[str], width: int, height: int) -> ImageDocument:
    layers = tuple(
        RasterLayer(id=f"layer {index}", pixels=digest, width=width, height=height, blend=MODES[index % 4])
        for index, digest in enumerate(hashes)
    )
    return ImageDocument(id="benchmark", width=width, height=height, layers=layers)


def peers(assets: MemoryAssets, layers: list[Pixels], runs: int) -> tuple[ImageDocument, Compositor]:
    height, width = layers[0].shape[:2]
    document = document_of([write_raster(layer, assets) for layer in layers], width, height)
    compositor = Compositor(assets, cache_bytes=2**31)
    cold, _ = best(lambda: compositor.render(document), 1)
    contenders: dict[str, Callable[[], Pixels] | None] = {
        "Atelier": lambda: compositor.render(document),
        "Pillow": with_pillow(layers),
        "OpenCV": with_opencv(layers),
        "libvips": with_libvips(layers),
    }
    print(f"Ten layers of {width} × {height}, {', '.join(MODES)}, alpha everywhere:")
    own = 0.0
    for name, run in contenders.items():
        if run is None:
            print(f"  {name:8s}  left out: pyvips is not installed (see the top of this file)")
            continue
        seconds, result = best(run, runs)
        own = own or seconds
        worst, mean = errors(result, layers, 270)
        ratio = f"{seconds / own:5.2f}×"
        print(f"  {name:8s} {seconds * 1000:8.0f} ms  {ratio}   error max {worst:7.2f}  mean {mean:.3f}  (of 255)")
    print(f"  Atelier from compressed tiles, first time: {cold * 1000:.0f} ms")
    return document, compositor


def stroke(assets: MemoryAssets, document: ImageDocument, compositor: Compositor) -> None:
    """A 200 pixel brush on the fifth of ten layers: each pointer move, and the committed stroke."""
    layer = document.layers[4]
    assert isinstance(layer, RasterLayer)
    brush = Brush(size=200, hardness=0.6, flow=0.6, colour="#c03020", pressure_size=False)
    moves, paints, counts = [], [], []
    stroke = Stroke(brush, layer.pixels, assets)
    for step in range(30):
        start = time.perf_counter()
        touched = stroke.add(1500 + step * 9, 900 + step * 6)
        middle = time.perf_counter()
        tiles = compositor.document_tiles(document, layer.id, touched)
        for place in tiles:
            compositor.render_tile(document, *place, overrides={layer.id: stroke.tiles})
        moves.append((middle - start) * 1000)
        paints.append((time.perf_counter() - middle) * 1000)
        counts.append(len(tiles))
    pixels = replace_tiles(layer.pixels, stroke.finish(), assets, assets)
    new = document.replace_layer(layer.id, lambda one: replace(one, pixels=pixels))
    start = time.perf_counter()
    dirty = compositor.dirty_tiles(document, new) or set()
    found = time.perf_counter()
    for place in dirty:
        compositor.render_tile(new, *place)
    done = time.perf_counter()
    print(f"\nOne stroke of a 200 px brush (30 pointer moves) on ten layers of {document.width} × {document.height}:")
    print(f"  brush                 median {statistics.median(moves):5.2f} ms a move, worst {max(moves):5.2f}")
    print(
        f"  recompose what moved  median {statistics.median(paints):5.2f} ms for {statistics.median(counts):g} tiles,"
        f" worst {max(paints):5.2f} ms for {max(counts)}"
    )
    print(
        f"  committed: {len(dirty)} dirty tiles of {np.prod(compositor.grid(document))}, found in"
        f" {(found - start) * 1000:.2f} ms, recomposed in {(done - found) * 1000:.1f} ms"
        f" ({(done - found) * 1000 / max(1, len(dirty)):.2f} ms a tile)"
    )


def growth(layers: list[Pixels], runs: int) -> None:
    """How time grows with layers and with area."""
    print("\nGrowth (warm, milliseconds a megapixel should stay flat down a column):")
    assets = MemoryAssets()
    hashes = [write_raster(layer, assets) for layer in layers]
    height, width = layers[0].shape[:2]
    for count in (1, 10, 100):
        document = document_of([hashes[index % len(hashes)] for index in range(count)], width, height)
        compositor = Compositor(assets, cache_bytes=2**31)
        for side in (1, 2):
            rect = 0, 0, width // (3 - side), height // (3 - side)
            compositor.render(document, rect)
            seconds, _ = best(lambda c=compositor, d=document, r=rect: c.render(d, r), 1 if count == 100 else runs)
            megapixels = rect[2] * rect[3] / 1e6
            print(
                f"  {count:3d} layers, {megapixels:4.1f} MP: {seconds * 1000:7.0f} ms,"
                f" {seconds * 1000 / megapixels / count:6.2f} ms a layer and megapixel"
            )


def view(runs: int) -> None:
    """Pan and zoom: a 1920×1080 view of an 8000×6000 document of ten layers."""
    assets = MemoryAssets()
    hashes = [write_raster(photograph(8000, 6000, 50 + index), assets) for index in range(2)]
    stored = sum(map(len, assets.assets.values())) / 2**20
    document = document_of([hashes[index % 2] for index in range(10)], 8000, 6000)
    # The two pictures stand in for ten, so that this fits in memory; composing is the same, reading a fifth.
    print(f"\nA 1920 × 1080 view of an 8000 × 6000 document of ten layers ({stored:.0f} MB of tiles in two pictures):")
    for name, level in (("fit (1/4)", 2), ("50 %", 1), ("100 %", 0)):
        columns, rows = 1920 // TILE + 2, 1080 // TILE + 2
        columns = min(columns, -(-(8000 >> level) // TILE))
        rows = min(rows, -(-(6000 >> level) // TILE))
        places = [(col, row) for row in range(rows) for col in range(columns)]
        compositor = Compositor(assets, cache_bytes=2**30)

        def show(level: int = level, places: list[tuple[int, int]] = places, one: Compositor = compositor) -> None:
            for col, row in places:
                one.render_tile(document, col, row, level)

        cold, _ = best(show, 1)
        warm, _ = best(show, runs)
        panned, _ = best(
            lambda c=compositor, n=rows, k=level: [c.render_tile(document, 0, r, k) for r in range(n)], runs
        )
        print(
            f"  {name:9s}  {len(places)} tiles: cold {cold * 1000:6.0f} ms, warm {warm * 1000:6.0f} ms;"
            f" a pan by one column {panned * 1000:5.0f} ms"
        )
    assert read_manifest(hashes[0], assets).levels


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="one run each, a quarter of the size")
    quick = parser.parse_args().quick
    width, height, runs = (1920, 1080, 1) if quick else (3840, 2160, 3)
    layers = [photograph(width, height, index) for index in range(10)]
    assets = MemoryAssets()
    document, compositor = peers(assets, layers, runs)
    stroke(assets, document, compositor)
    growth(layers, runs)
    if not quick:
        view(runs)


if __name__ == "__main__":
    main()
