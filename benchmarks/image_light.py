"""Operations on light and blur against named peers, in one run: quality on held-out truth, time as ratios.

    python benchmarks/image_light.py [--quick]

Photographs are made dark, hazy, blurred or grey on purpose, and what comes back is compared with what they were. Times
are the best of several runs on whatever the machine has; the ratios hardly depend on it.
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
import test_image_light_colourise as colour_truth  # noqa: E402
import test_image_light_deblur as blur_truth  # noqa: E402
import test_image_light_dehaze as haze_truth  # noqa: E402
import test_image_light_low_light as dark_truth  # noqa: E402
from image_bench import Bench, psnr  # noqa: E402
from operations import Report, against, ssim  # noqa: E402

from core.image import blur_kernels, files  # noqa: E402
from core.operations.base import Operation  # noqa: E402
from core.operations.image_light import Clarity, Colourise, Deblur, Dehaze, LowLight, Relight, Sharpen  # noqa: E402

Pixels = npt.NDArray[np.uint8]
COFFEE = ROOT / "resources" / "samples" / "coffee.png"
PHOTOS = {"cup": COFFEE, "cat": ROOT / "tests" / "data" / "chelsea.png"}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--quick", action="store_true", help="one run of each")
    report = Report(1 if options.parse_args().quick else 3)
    photos = {name: np.ascontiguousarray(files.load(path).pixels[..., :3]) for name, path in PHOTOS.items()}
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder))

        def run(operation: Operation) -> Callable[[], Pixels]:
            return lambda: np.ascontiguousarray(bench.run(operation).output[..., :3])

        for name, rgb in photos.items():
            dark(report, bench, run, name, rgb)
        for name, rgb in photos.items():
            haze(report, bench, run, name, rgb)
        for name, rgb in photos.items():
            blur(report, bench, run, name, rgb)
        for name in photos:
            colour(report, bench, run, name)
        quick_ones(report, bench, run, photos["cup"])


Run = Callable[[Operation], Callable[[], Pixels]]


def dark(report: Report, bench: Bench, run: Run, name: str, rgb: Pixels) -> None:
    shown = dark_truth.darkened(rgb)

    def quality(found: Any) -> str:
        return f"{dark_truth.at_same_exposure(found, rgb):5.2f} dB at the same exposure"

    report.section(f"brighten a {name} 3.3 stops too dark: {quality(shown)} before")
    report.row("local light, log curve, OIDN (ours)", run(LowLight(image=bench.image(shown))), quality)
    report.row("gamma 0.45", lambda: dark_truth.gamma(shown), quality)
    report.row("CLAHE in Lab (OpenCV)", lambda: dark_truth.clahe(shown), quality)
    report.row("histogram equalisation of V", lambda: dark_truth.equalised(shown), quality)


def haze(report: Report, bench: Bench, run: Run, name: str, rgb: Pixels) -> None:
    shown = haze_truth.hazy(rgb)
    report.section(f"remove haze from a {name}: {psnr(shown, rgb):.2f} dB before")
    report.row("ours", run(Dehaze(image=bench.image(shown))), against(rgb))
    report.row("ours, sky not protected", run(Dehaze(image=bench.image(shown), sky=0)), against(rgb))
    report.row("dark channel prior as published", lambda: haze_truth.plain_dark_channel(shown), against(rgb))
    report.row("CLAHE in Lab (OpenCV)", lambda: haze_truth.clahe(shown), against(rgb))
    report.row("stretch each channel (auto levels)", lambda: haze_truth.stretched(shown), against(rgb))


def blur(report: Report, bench: Bench, run: Run, name: str, rgb: Pixels) -> None:
    shown, truth = blur_truth.blurred(rgb, blur_truth.shaken())

    def quality(found: Any) -> str:
        return f"{blur_truth.aligned(found, truth):5.2f} dB where it fits best"

    report.section(f"a shaken {name}: {quality(shown)} before")
    report.row("blind, largest size given (ours)", run(Deblur(image=bench.image(shown), size=17)), quality)
    report.row("blind, nothing given (ours)", run(Deblur(image=bench.image(shown))), quality)
    report.row("unsharp mask", lambda: blur_truth.unsharp(shown, 2), quality)
    for kind, size in (("focus", 7.0), ("soft", 3.0)):
        kernel = blur_kernels.disc(size) if kind == "focus" else blur_kernels.gaussian(size)
        soft, sharp = blur_truth.blurred(rgb, kernel)
        report.section(f"a {name}, {kind}, {size:g} px: {psnr(soft, sharp):.2f} dB before")
        known = Deblur(image=bench.image(soft), kind=kind, size=size)
        report.row("size given (ours)", run(known), against(sharp))
        report.row("size measured (ours)", run(Deblur(image=bench.image(soft), kind=kind)), against(sharp))
        lucy = functools.partial(blur_truth.richardson_lucy, soft, kernel)
        report.row("Richardson–Lucy, true kernel", lucy, against(sharp))
        report.row("unsharp mask", functools.partial(blur_truth.unsharp, soft, size / 3), against(sharp))
        if kind == "soft":
            radius = size / 2.355
            report.row("Sharpen (ours)", run(Sharpen(image=bench.image(soft), radius=radius)), against(sharp))


def colour(report: Report, bench: Bench, run: Run, name: str) -> None:
    truth, reference = colour_truth.halves("coffee" if name == "cup" else "chelsea.png", COFFEE, 1.0)
    plain = colour_truth.grey(truth)

    def quality(found: Any) -> str:
        return f"mean error of colour {colour_truth.error(found, truth):.4f}, SSIM {ssim(found, truth):.3f}"

    report.section(f"colour half of a {name} from its other half: {colour_truth.error(plain, truth):.4f} grey")
    report.row("ours", run(Colourise(image=bench.image(plain), reference=bench.image(reference))), quality)
    report.row("Welsh et al. 2002", lambda: colour_truth.welsh(plain, reference), quality)
    report.row("mean colour of each lightness", lambda: colour_truth.by_lightness(plain, reference), quality)


def quick_ones(report: Report, bench: Bench, run: Run, rgb: Pixels) -> None:
    """What is dragged with a slider has to keep up with it."""
    large = cv2.resize(rgb, (1800, 1200), interpolation=cv2.INTER_CUBIC)
    asset = bench.image(large)
    report.section("2 megapixels, time only")
    report.row("unsharp mask (OpenCV)", lambda: blur_truth.unsharp(large, 1.5), lambda _: "")
    for operation in (Sharpen(image=asset), Clarity(image=asset), Relight(image=asset), Dehaze(image=asset)):
        report.row(f"{operation.info.title} (ours)", run(operation), lambda _: "")


if __name__ == "__main__":
    main()
