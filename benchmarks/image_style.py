"""Looks, tiles, grown textures and tracing against named peers, in one run: what can be measured of them, and time.

    python benchmarks/image_style.py [--quick]

Beauty is not measured. Tone, edges, seams, repetition and closeness are; times are the best of several runs.
"""

import argparse
import functools
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks"), str(ROOT / "tests" / "core" / "image")]

import cv2  # noqa: E402
import test_image_style_halftone as tone_truth  # noqa: E402
import test_image_style_paint as paint_truth  # noqa: E402
import test_image_style_texture as texture_truth  # noqa: E402
import test_image_style_transfer as transfer_truth  # noqa: E402
import vtracer  # noqa: E402
from image_bench import Bench  # noqa: E402
from operations import Report, against  # noqa: E402

from core.image import files, svg  # noqa: E402
from core.operations.base import Operation  # noqa: E402
from core.operations.image import ColourTransfer  # noqa: E402
from core.operations.image_generate import (  # noqa: E402
    Cells,
    FlowField,
    GradientMesh,
    Mark,
    Pattern,
    Plant,
    ReactionDiffusion,
)
from core.operations.image_style import (  # noqa: E402
    Cartoon,
    Halftone,
    OilPaint,
    Pencil,
    SeamlessTile,
    StyleTransfer,
    SynthesiseTexture,
    Vectorise,
    Watercolour,
)

Pixels = npt.NDArray[np.uint8]
SIZE = 2000


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--quick", action="store_true", help="one run of each")
    report = Report(1 if options.parse_args().quick else 3)
    cup = np.ascontiguousarray(files.load(ROOT / "resources" / "samples" / "coffee.png").pixels[..., :3])
    cat = np.ascontiguousarray(files.load(ROOT / "tests" / "data" / "chelsea.png").pixels[..., :3])
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder))

        def run(operation: Operation) -> Callable[[], Any]:
            return lambda: bench.run(operation)["image"]

        screens(report, bench, run, cup)
        paintings(report, bench, run, cup)
        styles(report, bench, run, cat)
        textures(report, bench, run, cup, cat)
        tracing(report, bench, run, cup)
        generated(report, run)


Run = Callable[[Operation], Callable[[], Any]]


def screens(report: Report, bench: Bench, run: Run, rgb: Pixels) -> None:
    def quality(found: Any) -> str:
        error = np.abs(tone_truth.tone(found, 12) - tone_truth.tone(rgb, 12)).mean()
        return f"mean error of local tone {error:5.2f} of 255"

    report.section("halftone of a cup, 6 px")
    report.row(
        "calibrated, linear light (ours)", run(Halftone(image=bench.image(rgb), pitch=6, ink="#000000")), quality
    )
    report.row("grey against a cosine", lambda: tone_truth.plain_screen(rgb, 6), quality)


def paintings(report: Report, bench: Bench, run: Run, rgb: Pixels) -> None:
    def quality(found: Any) -> str:
        made = np.ascontiguousarray(found[..., :3])
        return f"edges {paint_truth.clarity(made, rgb):5.1f} times as steep as calm places"

    asset = bench.image(rgb)
    report.section(f"a painted cup: edges {paint_truth.clarity(rgb, rgb):.1f} before")
    report.row("oil painting without relief (ours)", run(OilPaint(image=asset, relief=0, colour=0)), quality)
    report.row("stylization (OpenCV)", lambda: cv2.stylization(rgb), quality)
    for look in (Watercolour, Pencil, Cartoon):
        report.row(f"{look.info.title} (ours)", run(look(image=asset)), lambda _: "")
    report.row("pencilSketch (OpenCV)", lambda: cv2.pencilSketch(rgb)[1], lambda _: "")


def styles(report: Report, bench: Bench, run: Run, rgb: Pixels) -> None:
    style = transfer_truth.look("stained glass")
    wanted = transfer_truth.colours(style)
    image, reference = bench.image(rgb), bench.image(style)

    def quality(found: Any) -> str:
        made = np.ascontiguousarray(found[..., :3])
        away = np.abs(transfer_truth.colours(made) - wanted).sum()
        return f"colours {away:5.2f} away, edges like the photo's {transfer_truth.likeness(made, rgb):5.2f}"

    def matched() -> Any:
        return cv2.stylization(np.ascontiguousarray(run(ColourTransfer(image=image, reference=reference))()[..., :3]))

    report.section(
        f"a cat in stained glass: colours {np.abs(transfer_truth.colours(rgb) - wanted).sum():.2f} away before"
    )
    for kind in ("fine", "quick"):
        report.row(f"{kind} (ours)", run(StyleTransfer(image=image, reference=reference, quality=kind)), quality)
    report.row("matched colours, stylization (OpenCV)", matched, quality)
    large = bench.image(cv2.resize(rgb, (4000, 2660), interpolation=cv2.INTER_CUBIC))
    report.row("fine, 4000 × 2660 (ours)", run(StyleTransfer(image=large, reference=reference)), lambda _: "")


def textures(report: Report, bench: Bench, run: Run, cup: Pixels, cat: Pixels) -> None:
    def seam(found: Any) -> str:
        return f"step over the border {max(texture_truth.step(found, axis) for axis in (0, 1)):5.2f} of those within"

    for name, rgb in (("wood", cup[290:390, 10:110]), ("fur", cat[100:260, 0:160])):
        sample = np.ascontiguousarray(rgb)
        report.section(f"a tile of {name}")
        report.row("joined by least difference (ours)", run(SeamlessTile(image=bench.image(sample))), seam)
        report.row("as it is", lambda sample=sample: sample, seam)
        side = sample.shape[0]

        def repetition(found: Any, side: int = side) -> str:
            return f"correlation one sample aside {texture_truth.repeats(found, side):5.2f}"

        report.section(f"{name}, three times as large")
        grown = SynthesiseTexture(image=bench.image(sample), width=3 * side, height=3 * side)
        report.row("quilting (ours)", run(grown), repetition)
        report.row("tiles", functools.partial(np.tile, sample, (3, 3, 1)), repetition)
        mirrored = np.concatenate((sample, sample[:, ::-1]), 1)
        twice = functools.partial(repetition, side=2 * side)
        report.row("mirrored tiles, two samples aside", functools.partial(np.tile, mirrored, (3, 3, 1)), twice)


def tracing(report: Report, bench: Bench, run: Run, rgb: Pixels) -> None:
    _, encoded = cv2.imencode(".png", rgb[..., ::-1])

    def plain() -> Any:
        text = vtracer.convert_raw_image_to_svg(encoded.tobytes(), img_format="png", color_precision=2)
        picture, _ = svg.rasterise(text.encode(), "peer.svg")
        return np.array(picture.convert("RGB"))

    report.section("a traced cup")
    report.row("main colours, then vtracer (ours)", run(Vectorise(image=bench.image(rgb), simplify=0)), against(rgb))
    report.row("vtracer alone, up to 64 colours", plain, against(rgb))


def generated(report: Report, run: Run) -> None:
    report.section(f"{SIZE} × {SIZE} pixels out of a seed, time only")
    size = {"width": SIZE, "height": SIZE}
    for cls in (GradientMesh, FlowField, Cells, ReactionDiffusion, Pattern, Plant):
        report.row(cls.info.title, run(cls(**size)), lambda _: "")
    report.row(Mark.info.title, run(Mark(size=SIZE)), lambda _: "")


if __name__ == "__main__":
    main()
