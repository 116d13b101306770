"""The compositor against Pillow, OpenCV and libvips: ten 4K layers in one run, and what an editor does all day.

    python benchmarks/compositor.py [--quick]

Every contender starts from decoded pixels in the form it likes best, composes the same ten layers (four blend modes,
alpha everywhere) by the same formulas and ends with straight RGBA. They take turns, so that a busy second does not hit
one of them only; times are the best of their turns, *processor* is what all threads took together. Errors are against a
float64 reference in premultiplied colour, of 255; who is nowhere off by a whole step is *right*.

libvips takes part twice where ``pyvips`` can be imported (``scripts/setup.sh dev bench`` adds it): with its
``composite``, which blends premultiplied colour where straight is meant, and with the right formulas by its arithmetic.
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

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks" / "parts")]

from tables import machine, percentile, table, verdict, version  # noqa: E402

from core.documents.image import BlendMode, ImageDocument, RasterLayer  # noqa: E402
from core.raster.brush import Brush, Stroke  # noqa: E402
from core.raster.compositor import CACHE_BYTES, Compositor  # noqa: E402
from core.raster.depths import converted  # noqa: E402
from core.raster.manifest import TILE, read_manifest, replace_tiles, write_raster  # noqa: E402
from core.raster.pack import MemoryAssets  # noqa: E402

Pixels = npt.NDArray[np.uint8]
FRAME_MS = 16.0
"""What recomposing after a pointer move may take: one frame of a 60 Hz screen."""
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


def pictures(width: int, height: int, count: int) -> list[Pixels]:
    """Return different pictures: a few photographs, mirrored both ways. Making each anew would take longest of all."""
    made = [photograph(width, height, seed) for seed in range(-(-count // 4))]
    turns = ((slice(None, None, y), slice(None, None, x)) for y in (1, -1) for x in (1, -1))
    return [np.ascontiguousarray(one[turn]) for turn in turns for one in made][:count]


def blend(mode: BlendMode, b: npt.NDArray[Any], s: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Return B(cb, cs) of W3C Compositing 1 for the four modes."""
    if mode is BlendMode.MULTIPLY:
        return np.asarray(b * s)
    if mode is BlendMode.SCREEN:
        return np.asarray(b + s - b * s)
    if mode is BlendMode.OVERLAY:
        return np.asarray(np.where(b <= 0.5, 2 * b * s, 1 - 2 * (1 - b) * (1 - s)))
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


def _pyvips() -> Any:
    """Return the module ``pyvips``, ``None`` when it is not there (or its library is not)."""
    try:
        return importlib.import_module("pyvips")
    except (ImportError, OSError):
        return None


def with_libvips(layers: list[Pixels]) -> Callable[[], Pixels] | None:
    """libvips: one ``composite`` of all layers in sRGB, all its threads. ``None`` when pyvips is not there."""
    pyvips = _pyvips()
    if pyvips is None:
        return None
    height, width = layers[0].shape[:2]
    images = [
        pyvips.Image.new_from_memory(layer.data, width, height, 4, "uchar").copy(interpretation="srgb")
        for layer in layers
    ]
    names = {BlendMode.NORMAL: "over", BlendMode.MULTIPLY: "multiply", BlendMode.SCREEN: "screen"}
    modes = [names.get(MODES[index % 4], "overlay") for index in range(1, len(layers))]

    def run() -> Pixels:
        done = images[0].composite(images[1:], modes, compositing_space="srgb")
        data = done.rint().cast("uchar").write_to_memory()
        return np.frombuffer(data, np.uint8).reshape(height, width, 4)

    return run


def with_libvips_arithmetic(layers: list[Pixels]) -> Callable[[], Pixels] | None:
    """libvips: the formulas as float arithmetic, all its threads; kept in memory after each layer (else it is done
    over for each use of it). ``None`` when pyvips is not there."""
    pyvips = _pyvips()
    if pyvips is None:
        return None
    height, width = layers[0].shape[:2]
    images = [pyvips.Image.new_from_memory(layer.data, width, height, 4, "uchar") for layer in layers]

    def run() -> Pixels:
        whole: Any = None
        for index, image in enumerate(images):
            source = image * (1 / 255)
            a = source[3]
            s = source.extract_band(0, n=3) * a
            if whole is None:
                whole = s.bandjoin(a).copy_memory()
                continue
            total, alpha = whole.extract_band(0, n=3), whole[3]
            # Premultiplied: s·(1−ab) + b·(1−a) + a·ab·B.
            mode = MODES[index % 4]
            if mode is BlendMode.NORMAL:
                mixed = s + total * (1 - a)
            elif mode is BlendMode.SCREEN:
                mixed = s + total - s * total
            else:
                mixed = s * (1 - alpha) + total * (1 - a)
                if mode is BlendMode.MULTIPLY:
                    mixed = mixed + s * total
                else:
                    high = a * alpha - (alpha - total) * (a - s) * 2
                    mixed = mixed + (total * 2 <= alpha).ifthenelse(s * total * 2, high)
            whole = mixed.bandjoin(a + alpha - a * alpha).copy_memory()
        straight = whole.extract_band(0, n=3) / whole[3]
        done = (straight.bandjoin(whole[3]) * 255 + 0.5).cast("uchar")
        return np.frombuffer(done.write_to_memory(), np.uint8).reshape(height, width, 4)

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
    """All contenders in turns, their times and errors."""
    height, width = layers[0].shape[:2]
    document = document_of([write_raster(layer, assets) for layer in layers], width, height)
    compositor, roomy = Compositor(assets), Compositor(assets, cache_bytes=2**31)
    cold, _ = best(lambda: compositor.render(document), 1)
    for one in (compositor, roomy, roomy):
        one.render(document)  # tiles that are drawn again are kept as floats from their second use on, if there is room
    contenders: dict[str, Callable[[], Pixels] | None] = {
        f"Atelier, {CACHE_BYTES >> 20} MB of tiles (default)": lambda: compositor.render(document),
        "Atelier, 2 GB of tiles": lambda: roomy.render(document),
        f"Pillow {version('pillow')}": with_pillow(layers),
        f"OpenCV {version('opencv-python')}": with_opencv(layers),
        f"libvips, composite (pyvips {version('pyvips')})": with_libvips(layers),
        "libvips, arithmetic": with_libvips_arithmetic(layers),
    }
    times: dict[str, list[tuple[float, float]]] = {}
    results: dict[str, Pixels] = {}
    for turn in range(runs):
        for name, run in contenders.items():
            if run is not None and not (turn and name.endswith("arithmetic")):  # once: it is many times slower
                wall, processor = time.perf_counter(), time.process_time()
                results[name] = run()
                spent = time.perf_counter() - wall, time.process_time() - processor
                times.setdefault(name, []).append(spent)
    rows: list[list[str]] = []
    right: dict[str, float] = {}
    own = min(wall for wall, _ in next(iter(times.values())))
    for name, turns in times.items():
        wall, processor = (min(one[index] for one in turns) for index in (0, 1))
        worst, mean = errors(results[name], layers, 270)
        if worst < 1 and "2 GB" not in name:  # what ships is judged
            right[name] = wall
        cells = [f"{wall * 1000:.0f}", f"{wall / own:.2f}×", f"{processor * 1000:.0f}", f"{worst:.2f}", f"{mean:.3f}"]
        rows.append([name, *cells, "yes" if worst < 1 else "no"])
    title = f"Ten layers of {width} × {height}, {', '.join(MODES)}, alpha everywhere ({machine()}):"
    table(title, ["", "ms", "of ours", "processor ms", "error max", "mean", "right"], rows)
    if _pyvips() is None:
        print("  libvips is left out: pyvips is not installed; scripts/setup.sh dev bench adds it")
    print(f"  Atelier from compressed tiles, first time: {cold * 1000:.0f} ms")
    fastest = min(right, key=lambda name: right[name])
    verdict("fastest of those that are right", "Atelier", fastest, fastest.startswith("Atelier"))
    return document, compositor


def stroke(assets: MemoryAssets, document: ImageDocument, compositor: Compositor, runs: int) -> None:
    """A 200 pixel brush on the fifth of ten layers: each pointer move, its end, and the same stroke undone and redone.

    The tiles are kept as a canvas keeps them: a move composes what it changed into them, and so they are right when the
    stroke is stored; that they are is looked at, byte by byte, against the stored document composed from scratch.
    """
    layer = document.layers[4]
    assert isinstance(layer, RasterLayer)
    brush = Brush(size=200, hardness=0.6, flow=0.6, colour="#c03020", pressure_size=False)
    columns, rows = compositor.grid(document)
    places = [(col, row) for row in range(rows) for col in range(columns)]
    before = {place: compositor.render_tile(document, *place) for place in places}
    moves, paints, counts, ends = [], [], [], []
    commits: list[tuple[float, float]] = []

    def follow(line: Stroke, tiles: dict[tuple[int, int], Pixels]) -> int:
        overrides = {layer.id: line.tiles}
        parts = [
            (place, part)
            for area in compositor.document_areas(document, layer.id, line.boxes)
            for place in area.tiles(0)
            if place in tiles and (part := area.part(0, *place)) is not None
        ]
        for place, part in parts:
            compositor.render_tile(document, *place, overrides=overrides, old=tiles[place], part=part)
        return len(parts)

    for _ in range(runs):
        line = Stroke(brush, layer.pixels, assets)
        tiles = {place: tile.copy() for place, tile in before.items()}
        for step in range(30):
            start = time.perf_counter()
            line.add(document.width * 0.4 + step * 9, document.height * 0.4 + step * 6)
            middle = time.perf_counter()
            counts.append(follow(line, tiles))
            moves.append((middle - start) * 1000)
            paints.append((time.perf_counter() - middle) * 1000)
        start = time.perf_counter()
        done = line.finish()
        follow(line, tiles)
        ends.append((time.perf_counter() - start) * 1000)
        pixels = replace_tiles(layer.pixels, done, assets, assets)
        new = document.replace_layer(layer.id, lambda one, pixels=pixels: replace(one, pixels=pixels))
        start = time.perf_counter()
        dirty = compositor.dirty_tiles(document, new) or set()
        found = time.perf_counter()
        for place in dirty:
            compositor.render_tile(new, *place)
        commits.append((found - start, time.perf_counter() - found))
    after = {place: compositor.render_tile(new, *place) for place in places}
    unlike = [place for place in places if not np.array_equal(tiles[place], after[place])]
    wrong = [place for place in places if np.array_equal(before[place], after[place]) is (place in dirty)]
    whole, _ = best(lambda: compositor.render(new), 1)
    table(
        f"A stroke of a 200 px brush, 30 pointer moves, on ten layers of {document.width} × {document.height}:",
        ["", "median ms", "p95", "worst", "tiles"],
        [
            ["brush, a move", *_spread(moves), ""],
            ["recompose what a move touched", *_spread(paints), f"{statistics.median(counts):g} to {max(counts)}"],
            ["recompose what is left when it ends", *_spread(ends), ""],
            ["find what the stroke made dirty", *_spread([one * 1000 for one, _ in commits]), ""],
            ["recompose that whole (undo, redo)", *_spread([one * 1000 for _, one in commits]), str(len(dirty))],
            ["recompose everything, for comparison", f"{whole * 1000:.0f}", "", "", str(len(places))],
        ],
    )
    for name, times in (("after a move", paints), ("after the stroke", ends)):
        typical = statistics.median(times)
        verdict(f"recompose {name}", f"< {FRAME_MS:g} ms", f"{typical:.1f} ms (median)", typical < FRAME_MS)
    verdict("only and all dirty tiles differ", "none wrong", f"{len(wrong)} wrong", not wrong)
    verdict("tiles are those of the stored stroke", "all, bit by bit", f"{len(unlike)} are not", not unlike)


def _spread(times: list[float]) -> tuple[str, str, str]:
    return f"{statistics.median(times):.2f}", f"{percentile(times, 0.95):.2f}", f"{max(times):.2f}"


def growth(layers: list[Pixels], runs: int) -> None:
    """How time grows with layers and with area: a layer and megapixel should cost the same everywhere."""
    assets = MemoryAssets()
    hashes = [write_raster(layer, assets) for layer in layers]
    height, width = layers[0].shape[:2]
    rows: list[list[str]] = []
    for count, shares in ((1, (1.0,)), (10, (0.01, 0.1, 1.0)), (100, (0.1,))):
        document = document_of([hashes[index % len(hashes)] for index in range(count)], width, height)
        compositor = Compositor(assets, cache_bytes=2**31)
        for share in shares:
            rect = 0, 0, round(width * share**0.5), round(height * share**0.5)
            for _ in range(2):
                compositor.render(document, rect)
            seconds, _ = best(lambda c=compositor, d=document, r=rect: c.render(d, r), runs)
            megapixels = rect[2] * rect[3] / 1e6
            each = seconds * 1000 / megapixels / count
            rows.append([f"{count} layers", f"{megapixels:.2f}", f"{seconds * 1000:.1f}", f"{each:.2f}"])
    table("Growth, warm:", ["", "megapixels", "ms", "ms a layer and megapixel"], rows)


def depths(layers: list[Pixels], runs: int) -> None:
    """The same ten layers at 8, 16 and 32 bits a channel."""
    height, width = layers[0].shape[:2]
    rows: list[list[str]] = []
    for depth in (8, 16, 32):
        assets = MemoryAssets()
        document = document_of([write_raster(converted(layer, depth), assets) for layer in layers], width, height)
        document = msgspec.structs.replace(document, depth=depth)
        compositor = Compositor(assets, cache_bytes=2**31)
        cold, _ = best(lambda c=compositor, d=document: c.render(d), 1)
        compositor.render(document)
        warm, _ = best(lambda c=compositor, d=document: c.render(d), runs)
        stored = sum(map(len, assets.assets.values())) / 1e6
        rows.append([f"{depth} bits", f"{stored:.0f}", f"{cold * 1000:.0f}", f"{warm * 1000:.0f}"])
    table("Depths, ten layers:", ["", "MB stored", "ms cold", "ms warm"], rows)


def view(runs: int) -> None:
    """Pan and zoom: a 1920×1080 view of an 8000×6000 document of ten layers."""
    assets = MemoryAssets()
    hashes = [write_raster(picture, assets) for picture in pictures(8000, 6000, 2)]
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
    layers = pictures(width, height, 10)
    assets = MemoryAssets()
    document, compositor = peers(assets, layers, runs)
    stroke(assets, document, compositor, 1 if quick else 3)
    growth(layers, runs)
    depths(layers, runs)
    if not quick:
        view(runs)


if __name__ == "__main__":
    main()
