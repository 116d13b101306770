"""The picture operations against named peers, in one run: quality on real photographs, time as ratios.

    python benchmarks/operations.py [--quick]

Times are the best of several runs on whatever the machine has (they depend on it; the ratios hardly do), quality is
PSNR in dB and SSIM against the photograph that was degraded on purpose. The product photo ships with Atelier, the
others are in ``tests/data``.
"""

import argparse
import functools
import io
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "core" / "image")]

import cv2  # noqa: E402
from image_bench import Bench, psnr  # noqa: E402
from PIL import Image  # noqa: E402

from core.image import files, matting  # noqa: E402
from core.image.pixels import to_oklab  # noqa: E402
from core.operations.base import Operation  # noqa: E402
from core.operations.image import AutoGrade, ColourTransfer, Denoise, Palette, RemoveBackground, Upscale  # noqa: E402

Pixels = npt.NDArray[np.uint8]


def ssim(a: Pixels, b: Pixels) -> float:
    """Structural similarity of luma (Wang et al. 2004): Gaussian window of 1.5 pixels."""
    x, y = (cv2.cvtColor(p[..., :3], cv2.COLOR_RGB2GRAY).astype(np.float64) for p in (a, b))

    def mean(v: npt.NDArray[Any]) -> npt.NDArray[Any]:
        return np.asarray(cv2.GaussianBlur(v, (11, 11), 1.5))

    mx, my = mean(x), mean(y)
    vx, vy, cov = mean(x * x) - mx * mx, mean(y * y) - my * my, mean(x * y) - mx * my
    c1, c2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2
    return float(np.mean((2 * mx * my + c1) * (2 * cov + c2) / ((mx * mx + my * my + c1) * (vx + vy + c2))))


def best(work: Callable[[], Any], runs: int) -> tuple[Any, float]:
    """Return the last result and the shortest wall time in seconds."""
    times, result = [], None
    for _ in range(runs):
        start = time.perf_counter()
        result = work()
        times.append(time.perf_counter() - start)
    return result, min(times)


class Report:
    """Prints rows; the first row of a section is what the others are compared to."""

    def __init__(self, runs: int) -> None:
        self.runs = runs
        self._base = 0.0

    def section(self, title: str) -> None:
        print(f"\n{title}")
        self._base = 0.0

    def row(self, name: str, work: Callable[[], Any], quality: Callable[[Any], str]) -> None:
        result, seconds = best(work, self.runs)
        self._base = self._base or seconds
        print(f"  {name:<34} {seconds * 1000:9.1f} ms  {seconds / self._base:7.2f}×   {quality(result)}")


def against(truth: Pixels) -> Callable[[Any], str]:
    """Return what prints PSNR and SSIM against ``truth``."""
    return lambda found: f"{psnr(found[..., :3], truth):5.2f} dB  SSIM {ssim(found, truth):.4f}"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--quick", action="store_true", help="one run of each")
    report = Report(1 if options.parse_args().quick else 3)
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder))
        coffee = files.load(ROOT / "resources" / "samples" / "coffee.png").pixels
        cat = files.load(ROOT / "tests" / "data" / "chelsea.png").pixels
        rocket = files.load(ROOT / "tests" / "data" / "rocket.jpg").pixels

        def ours(operation: Operation, name: str = "image") -> Callable[[], Any]:
            return lambda: bench.run(operation)[name]

        opening(report, Path(folder))
        enlarging(report, bench, ours, {"cup": coffee, "cat": cat[:300, :450]})
        noise(report, bench, ours, {"cup": coffee, "cat": cat})
        cutting_out(report, bench, ours, coffee)
        edges(report, coffee, rocket)
        colours(report, bench, ours, coffee, rocket, cat)


def opening(report: Report, folder: Path) -> None:
    """Loading must not cost much more than bare decoding, although it checks, converts and turns."""
    rng = np.random.default_rng(0)
    soft = Image.fromarray(rng.integers(0, 255, (40, 60, 3), dtype=np.uint8)).resize(
        (6000, 4000), Image.Resampling.BICUBIC
    )
    for name, arguments in (("large.jpg", {"quality": 90}), ("large.png", {"compress_level": 1})):
        path = folder / name
        soft.save(path, **arguments)
        report.section(f"open a 24-megapixel {path.suffix[1:].upper()}")
        report.row("core.image.files.load", lambda path=path: files.load(path).pixels, lambda p: str(p.shape))
        report.row(
            "Pillow, as RGBA", lambda path=path: np.array(Image.open(path).convert("RGBA")), lambda p: str(p.shape)
        )
        report.row("OpenCV", lambda path=path: cv2.imread(str(path)), lambda p: str(p.shape))


def enlarging(report: Report, bench: Bench, ours: Any, photos: dict[str, Pixels]) -> None:
    for name, pixels in photos.items():
        whole = np.ascontiguousarray(pixels[..., :3])
        height, width = whole.shape[:2]
        small = cv2.resize(whole, (width // 2, height // 2), interpolation=cv2.INTER_AREA)
        asset = bench.image(small)
        report.section(f"enlarge 2×, {name}, to {width}×{height}")
        report.row("waifu2x photo (ours)", ours(Upscale(image=asset)), against(whole))
        report.row("waifu2x art (ours)", ours(Upscale(image=asset, model="art")), against(whole))
        for peer, flag in (("OpenCV bicubic", cv2.INTER_CUBIC), ("OpenCV Lanczos", cv2.INTER_LANCZOS4)):
            enlarge = functools.partial(cv2.resize, small, (width, height), interpolation=flag)
            report.row(peer, enlarge, against(whole))
        picture = functools.partial(Image.fromarray(small).resize, (width, height), Image.Resampling.LANCZOS)
        report.row("Pillow Lanczos", lambda picture=picture: np.asarray(picture()), against(whole))


def noise(report: Report, bench: Bench, ours: Any, photos: dict[str, Pixels]) -> None:
    for name, pixels in photos.items():
        clean = np.ascontiguousarray(pixels[..., :3])
        for sigma in (10, 20, 40):
            grain = np.random.default_rng(0).normal(0, sigma, clean.shape)
            noisy = np.clip(clean + grain, 0, 255).astype(np.uint8)
            report.section(f"remove noise σ {sigma}, {name}: {psnr(noisy, clean):.2f} dB before")
            report.row("Open Image Denoise (ours)", ours(Denoise(image=bench.image(noisy))), against(clean))
            strength = sigma * 0.6
            report.row(
                "OpenCV non-local means",
                lambda noisy=noisy, h=strength: cv2.fastNlMeansDenoisingColored(noisy, None, h, h, 7, 21),
                against(clean),
            )
            report.row(
                "OpenCV bilateral",
                lambda noisy=noisy, s=sigma: cv2.bilateralFilter(noisy, 9, 3.0 * s, 5),
                against(clean),
            )


def cutting_out(report: Report, bench: Bench, ours: Any, coffee: Pixels) -> None:
    from test_background import true_cutout

    rgb, truth = true_cutout(ROOT / "resources" / "samples" / "coffee.png")
    cat = files.load(ROOT / "tests" / "data" / "chelsea.png").pixels[..., :3]
    ground = cv2.GaussianBlur(cv2.resize(cat, (600, 400), interpolation=cv2.INTER_CUBIC), (0, 0), 6)
    mixed = np.rint(rgb * truth[..., None] + ground * (1 - truth[..., None])).astype(np.uint8)

    def quality(mask: npt.NDArray[Any]) -> str:
        alpha = mask[..., 3] / 255 if mask.ndim == 3 else mask
        overlap = np.minimum(alpha, truth).sum() / np.maximum(alpha, truth).sum()
        return f"IoU {overlap:.4f}  mean alpha error {np.abs(alpha - truth).mean():.4f}"

    def grabcut() -> npt.NDArray[Any]:
        mask = np.zeros((400, 600), np.uint8)
        box = (60, 10, 440, 375)
        cv2.grabCut(mixed, mask, box, np.zeros((1, 65)), np.zeros((1, 65)), 5, cv2.GC_INIT_WITH_RECT)
        return ((mask == cv2.GC_FGD) | (mask == cv2.GC_PR_FGD)).astype(np.float64)

    report.section("cut out the cup on another photograph, 600×400")
    report.row("IS-Net and guided filter (ours)", ours(RemoveBackground(image=bench.image(mixed)), "mask"), quality)
    report.row("OpenCV GrabCut, told the box", grabcut, quality)


def edges(report: Report, coffee: Pixels, rocket: Pixels) -> None:
    """Colours of half-covered pixels, known because we mixed them."""
    alpha = cv2.GaussianBlur(
        cv2.ellipse(np.zeros((400, 600), np.float32), (290, 210), (200, 150), 0, 0, 360, 1.0, -1), (0, 0), 4
    )
    front, back = coffee[..., :3], cv2.resize(rocket[..., :3], (600, 400))
    mixed = np.rint(front * alpha[..., None] + back * (1 - alpha[..., None])).astype(np.uint8)
    half = (alpha > 0.1) & (alpha < 0.95)

    def quality(found: npt.NDArray[Any]) -> str:
        return f"mean error {np.abs(found[half].astype(float) - front[half]).mean():5.2f} of 255"

    report.section("colours along a soft edge, 600×400")
    report.row("multi-level, Jacobi (ours)", lambda: matting.estimate_foreground(mixed, alpha, lambda: None), quality)
    try:
        from pymatting import estimate_foreground_ml
    except ImportError:
        print("  pymatting is not installed")
    else:
        scaled = mixed / 255.0
        report.row("pymatting, multi-level (numba)", lambda: estimate_foreground_ml(scaled, alpha) * 255, quality)
    report.row("left as they are", lambda: mixed, quality)


def colours(report: Report, bench: Bench, ours: Any, coffee: Pixels, rocket: Pixels, cat: Pixels) -> None:
    def distance(found: Pixels, wanted: Pixels) -> float:
        random, q = np.random.default_rng(5), np.linspace(0, 1, 200)
        a, b = (to_oklab(p[::3, ::3, :3]).reshape(-1, 3) for p in (found, wanted))
        axes = random.standard_normal((20, 3))
        axes /= np.linalg.norm(axes, axis=1, keepdims=True)
        return float(np.mean([np.abs(np.quantile(a @ x, q) - np.quantile(b @ x, q)).mean() for x in axes]))

    def reinhard() -> Pixels:
        """Mean and deviation in Lab (Reinhard et al. 2001): the peer everybody has."""
        source, target = (cv2.cvtColor(p[..., :3], cv2.COLOR_RGB2LAB).astype(np.float32) for p in (coffee, rocket))
        moved = (source - source.mean((0, 1))) / source.std((0, 1)) * target.std((0, 1)) + target.mean((0, 1))
        return np.asarray(cv2.cvtColor(np.clip(moved, 0, 255).astype(np.uint8), cv2.COLOR_LAB2RGB))

    report.section(f"match colours, cup to rocket: distance {distance(coffee, rocket):.4f} before")
    operation = ColourTransfer(image=bench.image(coffee), reference=bench.image(rocket))
    report.row("sliced transport (ours)", ours(operation), lambda p: f"distance {distance(p, rocket):.4f}")
    report.row("Reinhard in Lab", reinhard, lambda p: f"distance {distance(p, rocket):.4f}")

    def fit(palette: list[str]) -> str:
        points = to_oklab(coffee[::2, ::2, :3]).reshape(-1, 1, 3)
        centres = to_oklab(np.array([list(bytes.fromhex(c[1:])) for c in palette], np.uint8))
        return f"mean OKLab error {np.sqrt(((points - centres) ** 2).sum(-1)).min(1).mean():.4f}"

    def quantised() -> list[str]:
        picture = Image.open(io.BytesIO(cv2.imencode(".png", coffee[..., 2::-1])[1].tobytes())).quantize(6, 0)
        found = np.asarray(picture.getpalette()[:18], np.uint8).reshape(-1, 3)
        return ["#" + bytes(c.tolist()).hex() for c in found]

    report.section("find a palette of six")
    report.row(
        "k-means in OKLab (ours)",
        lambda: [s.colour for s in bench.run(Palette(image=bench.image(coffee)))["data"].swatches],
        fit,
    )
    report.row("Pillow median cut", quantised, fit)

    for name, good in (("cup", coffee), ("cat", cat), ("rocket", rocket)):
        bad = good.copy()
        bad[..., :3] = (255 * (good[..., :3] / 255.0) ** 1.6 * (0.8, 0.9, 1.0) * 0.8 + 12).clip(0, 255)

        def stretch(bad: Pixels = bad) -> Pixels:
            low, high = np.percentile(bad[..., :3], (0.5, 99.5), axis=(0, 1))
            return np.clip((bad[..., :3] - low) / np.maximum(high - low, 1) * 255, 0, 255).astype(np.uint8)

        truth = np.ascontiguousarray(good[..., :3])
        report.section(f"grade a dark, flat, bluish {name}: {psnr(bad[..., :3], truth):.2f} dB before")
        report.row("auto grade (ours)", ours(AutoGrade(image=bench.image(bad))), against(truth))
        report.row("stretch each channel (auto levels)", stretch, against(truth))


if __name__ == "__main__":
    main()
