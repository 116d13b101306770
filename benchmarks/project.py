"""The project file at work: what a committed edit, an undo, opening and a large picture take, against how others save.

    python benchmarks/project.py [--quick]

The edit is one layer that is moved, in documents of 10, 100 and 1,000 raster layers. Atelier commits it as one durable
transaction (one fsync) that undo can take back, also after a restart. The peers save what most editors save, and keep
no history:

* **JSON**: the whole document (no pixels) by ``msgspec``'s encoder into a temporary file, fsync, rename;
* **JSON, standard library**: the same with ``json.dumps``;
* **ZIP**: an archive as OpenRaster and Krita write it, a PNG for each layer beside the description, into a temporary
  file, fsync, rename. The PNGs are ready: encoding them anew, as those programs do for layers that changed, is left
  out in their favour;
* **bound**: 4 KB appended to a file and fsynced. Nothing that survives a power cut takes less.

Contenders take turns, so that a busy second hits all of them. Files lie in the system's temporary folder: choose
another disk with ``TMPDIR``. Whether commits grow with the history is measured in one project, from its first commit to
the last.
"""

import argparse
import io
import json
import os
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks" / "parts")]

from tables import machine, middle, percentile, table, verdict, version  # noqa: E402

from core.documents.base import to_value  # noqa: E402
from core.documents.image import ImageDocument, RasterLayer, Transform  # noqa: E402
from core.project.project import Project  # noqa: E402
from core.raster.manifest import TILE, read_manifest, read_raster, read_tile, replace_tiles, write_raster  # noqa: E402

Pixels = npt.NDArray[np.uint8]
LAYERS = (10, 100, 1000)
GROWTH = 1.5
"""How much longer a commit may take at the end of a long history than near its beginning."""
BREADTH = 2.0
"""The same for a document of many layers against one of few: an edit should cost what it changes."""
replace = msgspec.structs.replace


def photograph(width: int, height: int, seed: int) -> Pixels:
    """Return soft shapes, edges and grain, opaque: pixels that compress about as well as a photograph's."""
    generator = np.random.default_rng(seed)
    x, y = np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32)[:, None]
    grain = generator.normal(0, 3, (256, 256)).astype(np.float32)
    tiled = np.tile(grain, (-(-height // 256), -(-width // 256)))[:height, :width]
    out = np.full((height, width, 4), 255, np.uint8)
    for channel in range(3):
        a, b, c, d = generator.uniform(0.002, 0.05, 4)
        shapes = np.sin(x * a + seed) + np.cos(x * b) * np.sin(y * c) + np.sin(y * d + channel)
        shapes += (x + y * 2) % 701 > 350
        # Rolled, so that no two tiles are the same.
        out[..., channel] = np.clip(110 + shapes * 30 + np.roll(tiled, channel * 57, axis=1), 0, 255)
    return out


def png(pixels: Pixels, level: int) -> bytes:
    """Return pixels as PNG by Pillow."""
    from PIL import Image  # noqa: PLC0415

    out = io.BytesIO()
    Image.fromarray(pixels).save(out, "PNG", compress_level=level)
    return out.getvalue()


def atomically(path: Path, write: Callable[[Any], object]) -> None:
    """Write a file as careful programs do: a temporary one, fsync, rename."""
    part = path.with_name(path.name + ".part")
    with part.open("wb") as file:
        write(file)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)


def moved(document: ImageDocument, index: int, step: int) -> ImageDocument:
    """Return the document with one layer moved."""
    layer_id = document.layers[index % len(document.layers)].id
    place = Transform(x=float(step % 977), y=float(step % 613))
    return document.replace_layer(layer_id, lambda layer: replace(layer, transform=place))


def timed(action: Callable[[], object]) -> float:
    """Return the milliseconds that ``action`` takes."""
    start = time.perf_counter()
    action()
    return (time.perf_counter() - start) * 1000


def make_document(project: Project, count: int) -> ImageDocument:
    """Put a document of ``count`` raster layers into the project; its pictures are stored first."""
    pictures = [write_raster(photograph(256, 256, seed), project) for seed in range(10)]
    layers = tuple(
        RasterLayer(name=f"Layer {n + 1}", pixels=pictures[n % 10], width=256, height=256) for n in range(count)
    )
    document = ImageDocument(id=f"benchmark-{count}", width=1920, height=1080, layers=layers)
    commit(project, document)
    return document


def commit(project: Project, document: ImageDocument) -> None:
    """Commit a revision as one step, as a panel does."""
    with project.transaction("Move layer") as edit:
        edit.put(document)


class Zip:
    """An archive as OpenRaster writes it, with PNGs that are ready."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._pngs = [png(photograph(256, 256, seed), 6) for seed in range(10)]

    def save(self, document: ImageDocument) -> None:
        """Write all of it again."""

        def write(file: Any) -> None:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
                archive.writestr("mimetype", "image/openraster")
                archive.writestr("stack.json", msgspec.json.encode(to_value(document)), zipfile.ZIP_DEFLATED)
                for number in range(len(document.layers)):
                    archive.writestr(f"data/layer{number}.png", self._pngs[number % 10])

        atomically(self.path, write)


def editing(folder: Path, rounds: int) -> None:
    """One moved layer: all contenders, by the size of the document."""
    rows: list[list[str]] = []
    calm: dict[int, float] = {}
    archive = Zip(folder / "peer.ora")
    for count in LAYERS:
        with Project.create(folder / f"{count}.atelier") as project, (folder / "bound").open("wb") as log:
            document = make_document(project, count)

            def bound(log: Any = log) -> None:
                log.write(bytes(4096))
                log.flush()
                os.fsync(log.fileno())

            def in_json(encode: Callable[[Any], bytes], new: ImageDocument) -> None:
                atomically(folder / "peer.json", lambda file: file.write(encode(to_value(new))))

            def standard(value: Any) -> bytes:
                return json.dumps(value).encode()

            times: dict[str, list[float]] = {}
            for step in range(rounds):
                document = moved(document, step * 7, step + 1)
                work: dict[str, Callable[[], object]] = {
                    "Atelier, with history": partial(commit, project, document),
                    "JSON (msgspec), whole document": partial(in_json, msgspec.json.encode, document),
                    "JSON (standard library)": partial(in_json, standard, document),
                    "ZIP, ready PNGs": partial(archive.save, document),
                    "bound: 4 KB and fsync": bound,
                }
                for name, action in work.items():
                    if name.startswith("ZIP") and step >= max(3, rounds * 10 // count):
                        continue  # seconds each: a few are enough
                    times.setdefault(name, []).append(timed(action))
            written = {
                "Atelier, with history": middle([step.bytes for step in project.history()[1:]]),
                "JSON (msgspec), whole document": (folder / "peer.json").stat().st_size,
                "ZIP, ready PNGs": archive.path.stat().st_size,
            }
        own = middle(times["Atelier, with history"])
        calm[count] = percentile(times["Atelier, with history"], 0.1)
        for name, spent in times.items():
            size = f"{written[name] / 1000:,.1f}" if name in written else ""
            figures = [f"{middle(spent):.2f}", f"{percentile(spent, 0.95):.2f}", f"{middle(spent) / own:.2f}×", size]
            rows.append([f"{count:,} layers: {name}", *figures])
    columns = ["", "p50 ms", "p95", "of ours", "KB written"]
    table(f"One layer is moved, and that is on the disk ({machine()}):", columns, rows)
    # The fastest tenth: what others do on this machine comes and goes while the documents take their turns.
    few, many = calm[LAYERS[0]], calm[LAYERS[-1]]
    found = f"{many / few:.2f}× (p10: {few:.2f} and {many:.2f} ms)"
    verdict(f"{LAYERS[-1]:,} layers against {LAYERS[0]}", f"≤ {BREADTH}×", found, many / few <= BREADTH)


def history(folder: Path, steps: int) -> None:
    """One long history: commits along the way, then opening, undo, redo and listing at its end."""
    path = folder / "long.atelier"
    marks = sorted({100, min(1000, steps), steps})
    times: list[float] = []
    with Project.create(path) as project:
        document = make_document(project, 30)
        for step in range(steps + 50):
            document = moved(document, step * 7, step + 1)
            times.append(timed(partial(commit, project, document)))
    rows: list[list[str]] = []
    own = middle(times[50:150])
    calm = {}
    for mark in marks:
        around = times[mark - 50 : mark + 50]
        calm[mark] = percentile(around, 0.1)
        cells = [*_spread(around), f"{middle(around) / own:.2f}×"]
        rows.append([f"commit {mark:,}, with the 50 before and after it", *cells])
    opened = []
    for _ in range(5):
        start = time.perf_counter()
        with Project.open(path) as project:
            opened.append((time.perf_counter() - start) * 1000)
            assert project.document(document.id) == document
    with Project.open(path) as project:
        listed = [timed(project.history) for _ in range(3)]
        # In turns, as someone does who compares: then deep into the past.
        undo, redo = [], []
        for _ in range(50):
            undo.append(timed(project.undo))
            redo.append(timed(project.redo))
        far = project.history()[len(project.history()) // 2].id
        back = timed(lambda: project.go_to(far))
    size = path.stat().st_size
    for name, spent in (
        (f"open, {steps:,} steps, {size / 1e6:.1f} MB", opened),
        ("undo", undo),
        ("redo", redo),
        ("list the whole history", listed),
        (f"go back {steps // 2:,} steps at once", [back]),
    ):
        rows.append([name, *_spread(spent), f"{middle(spent) / own:.2f}×"])
    columns = ["", "p10 ms", "p50", "p95", "of commit 100"]
    table(f"A history of {steps:,} steps, a document of 30 layers ({machine()}):", columns, rows)
    grown = calm[marks[-1]] / calm[marks[0]]
    verdict(f"commit {marks[-1]:,} against commit {marks[0]}", f"≤ {GROWTH}×", f"{grown:.2f}× (p10)", grown <= GROWTH)


def _spread(times: list[float]) -> list[str]:
    return [f"{percentile(times, share):.2f}" for share in (0.1, 0.5, 0.95)]


def storing(folder: Path, megapixels: int) -> None:
    """A large raster into the project, and the same after a stroke; against files that hold the same pixels."""
    width = round((megapixels * 1e6 * 1.5) ** 0.5 / 4) * 4
    height = round(width / 6) * 4
    pixels = photograph(width, height, 3)
    columns = ["", "ms", "of ours", "MB", "after a stroke, ms"]
    rows: list[list[str]] = []
    with Project.create(folder / "large.atelier") as project:
        digests: list[str] = []
        own = timed(lambda: digests.append(write_raster(pixels, project)))
        project.close()
        size = project.path.stat().st_size
    with Project.open(folder / "large.atelier") as project:
        manifest = read_manifest(digests[0], project)
        document = ImageDocument(
            id="large",
            width=width,
            height=height,
            layers=(RasterLayer(pixels=digests[0], width=width, height=height),),
        )
        commit(project, document)
        touched: dict[tuple[int, int], Pixels] = {}
        for place in ((4, 4), (5, 4), (5, 5), (6, 5)):
            tile = read_tile(manifest, *place, project).copy()
            tile[20 : TILE - 20, 20 : TILE - 20, :3] = 40
            touched[place] = tile

        def stroke() -> None:
            new = replace_tiles(digests[0], touched, project, project)
            layer = document.layers[0]
            commit(project, document.replace_layer(layer.id, lambda one: replace(one, pixels=new)))

        stroked = timed(stroke)
        read = timed(lambda: read_raster(digests[0], project))
        if not np.array_equal(read_raster(digests[0], project), pixels):
            raise SystemExit("the raster is not what was stored")
    figures = [f"{own:.0f}", "1.00×", f"{size / 1e6:.1f}", f"{stroked:.0f}"]
    rows.append(["Atelier: tiles, halves and quarters too", *figures])
    painted = pixels.copy()
    painted[4 * TILE : 6 * TILE, 4 * TILE : 7 * TILE, :3] = 40
    peers: dict[str, Callable[[Pixels, Any], object]] = {
        f"PNG, Pillow {version('pillow')}, level 1 (fastest)": lambda array, file: file.write(png(array, 1)),
        "ZIP of raw pixels (deflate, level 1)": zipped,
        "bound: raw pixels": lambda array, file: file.write(array.data),
    }
    for name, write in peers.items():
        target = folder / "peer.bin"
        first = timed(partial(atomically, target, partial(write, pixels)))
        size = target.stat().st_size
        again = timed(partial(atomically, target, partial(write, painted)))
        rows.append([name, f"{first:.0f}", f"{first / own:.2f}×", f"{size / 1e6:.1f}", f"{again:.0f}"])
    table(f"A raster of {width} × {height} is stored ({width * height / 1e6:.0f} megapixels):", columns, rows)
    print(f"  read back whole, every tile checked: {read:.0f} ms")
    least = all(stroked <= float(row[-1]) for row in rows[1:] if not row[0].startswith("bound"))
    verdict("a stroke costs what it touched", "less than any peer", f"{stroked:.0f} ms", least)


def zipped(array: Pixels, file: Any) -> None:
    """Write pixels into an archive."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("pixels", array.data)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="fewer rounds, 500 steps, 3 megapixels")
    quick = parser.parse_args().quick
    with tempfile.TemporaryDirectory(prefix="atelier-bench-") as name:
        folder = Path(name)
        os.environ["ATELIER_HOME"] = str(folder / "home")
        editing(folder, 10 if quick else 100)
        history(folder, 500 if quick else 10_000)
        storing(folder, 3 if quick else 24)


if __name__ == "__main__":
    main()
