"""Retouching against named peers, in one run: what is found on held-out truth, time as ratios.

    python benchmarks/image_retouch.py [--quick]

Truth is made from real photographs: what was in a hole, the photo before dust was put on it, the light a part of it
had. ``structure`` is PSNR after a Gaussian of 3 pixels, ``texture`` the ratio of mean slopes to the true one.
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
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "core" / "image"), str(ROOT / "benchmarks")]

import cv2  # noqa: E402
from image_bench import Bench, psnr  # noqa: E402
from operations import Report  # noqa: E402
from test_image_retouch_heal import dusty  # noqa: E402
from test_image_retouch_match import LIGHTS, PLACES, lit, reinhard  # noqa: E402
from test_image_retouch_remove import PLACES as HOLES  # noqa: E402
from test_image_retouch_remove import as_mask, busyness, ellipse, structure  # noqa: E402
from test_image_retouch_scale import strangeness  # noqa: E402
from test_image_retouch_shadow import bottle  # noqa: E402

from core.image import files  # noqa: E402
from core.operations.base import Operation  # noqa: E402
from core.operations.image_retouch import (  # noqa: E402
    CastShadow,
    ContentAwareScale,
    Harmonise,
    HealSpots,
    Reflection,
    RemoveObject,
    SeamlessClone,
)

Pixels = npt.NDArray[np.uint8]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--quick", action="store_true", help="one run of each")
    report = Report(1 if options.parse_args().quick else 3)
    photos = {
        "coffee": files.load(ROOT / "resources" / "samples" / "coffee.png").pixels,
        "chelsea.png": files.load(ROOT / "tests" / "data" / "chelsea.png").pixels,
        "rocket.jpg": files.load(ROOT / "tests" / "data" / "rocket.jpg").pixels,
    }
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder))

        def ours(operation: Operation, name: str = "image") -> Callable[[], Any]:
            return lambda: bench.run(operation)[name]

        removing(report, bench, ours, photos)
        shadows(report, bench, ours)
        matching(report, bench, ours, photos)
        blending(report, bench, ours, photos["coffee"])
        scaling(report, bench, ours, photos)
        healing(report, bench, ours, photos)


def removing(report: Report, bench: Bench, ours: Any, photos: dict[str, Pixels]) -> None:
    for name, hole in HOLES:
        photo = photos[name]
        mask = ellipse(photo.shape, *hole)
        inside = mask > 0
        hidden = photo.copy()
        hidden[inside] = (255, 0, 255, 255)

        def quality(found: Pixels, photo: Pixels = photo, inside: npt.NDArray[np.bool_] = inside) -> str:
            near = psnr(structure(found)[inside], structure(photo)[inside])
            texture = busyness(found, inside) / busyness(photo, inside)
            return (
                f"{psnr(found[inside, :3], photo[inside, :3]):5.2f} dB  structure {near:5.2f} dB  texture {texture:.2f}"
            )

        report.section(f"remove an object, {name}, {int(inside.sum())} pixels at {hole[:2]}")
        operation = RemoveObject(image=bench.image(hidden), mask=bench.image(as_mask(mask)), grow=0)
        report.row("patches from coarse to fine (ours)", ours(operation), quality)
        bare = np.ascontiguousarray(hidden[..., :3])
        for peer, flag in (("OpenCV Telea", cv2.INPAINT_TELEA), ("OpenCV Navier–Stokes", cv2.INPAINT_NS)):
            report.row(peer, functools.partial(cv2.inpaint, bare, mask, 5, flag), quality)


def shadows(report: Report, bench: Bench, ours: Any) -> None:
    for scale in (1, 6):
        cut = bottle(scale)
        asset = bench.image(cut)
        report.section(f"shadows and reflection of a bottle, {cut.shape[1]}×{cut.shape[0]}")

        def size(made: Pixels) -> str:
            return f"{made.shape[1]}×{made.shape[0]}"

        def drop(cut: Pixels = cut, scale: int = scale) -> Pixels:
            return np.asarray(cv2.GaussianBlur(np.pad(cut[..., 3], 60 * scale), (0, 0), 12 * scale)[..., None])

        report.row("standing (ours)", ours(CastShadow(image=asset)), size)
        report.row("flat lay (ours)", ours(CastShadow(image=asset, surface="flat lay")), size)
        report.row("reflection (ours)", ours(Reflection(image=asset)), size)
        report.row("one Gaussian blur (a drop shadow)", drop, size)


def matching(report: Report, bench: Bench, ours: Any, photos: dict[str, Pixels]) -> None:
    for name, place in PLACES.items():
        whole = photos[name]
        mask = ellipse(whole.shape, *place)
        rest = whole.copy()
        rest[mask > 0] = 0
        for light, gains in (*LIGHTS.items(), ("its own", (1.0, 1.0, 1.0))):
            cut = lit(whole, gains)
            cut[..., 3] = mask

            def quality(found: Pixels, whole: Pixels = whole, mask: Pixels = mask) -> str:
                return f"{psnr(found[mask > 0, :3], whole[mask > 0, :3]):5.2f} dB"

            report.section(f"match to background, {name} in {light} light: {quality(cut)} before")
            fields: dict[str, Any] = {"image": bench.image(cut), "background": bench.image(rest)}
            operation = Harmonise(**fields, light=100, colour=100, keep=0, x=0, y=0)
            report.row("limited moves in OKLab (ours)", ours(operation), quality)
            report.row("Reinhard in Lab", functools.partial(reinhard, cut, rest), quality)


def blending(report: Report, bench: Bench, ours: Any, coffee: Pixels) -> None:
    for scale in (1, 3):
        whole = cv2.resize(coffee, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC)
        piece = whole[80 * scale : 330 * scale, 150 * scale : 450 * scale].copy()
        ramp = np.linspace(-10, 5, piece.shape[1])[None, :, None]
        piece[..., :3] = np.clip(piece[..., :3] * 0.9 + 15 + ramp, 0, 255)
        mask = ellipse(piece.shape, 150 * scale, 125 * scale, 140 * scale, 115 * scale)
        bare, ground = piece[..., :3].copy(), whole[..., :3].copy()

        def quality(found: Pixels | str, truth: Pixels = ground) -> str:
            return found if isinstance(found, str) else f"{psnr(found[..., :3], truth):5.2f} dB"

        def peer(
            centre: tuple[int, int], bare: Pixels = bare, ground: Pixels = ground, mask: Pixels = mask
        ) -> Pixels | str:
            try:
                return np.asarray(cv2.seamlessClone(bare, ground, mask, centre, cv2.NORMAL_CLONE))
            except cv2.error:
                return "stops with an error"

        assets: dict[str, Any] = {
            "image": bench.image(piece),
            "background": bench.image(whole),
            "mask": bench.image(as_mask(mask)),
        }
        report.section(f"blend a darkened piece back in, {int((mask > 0).sum())} pixels")
        report.row("multigrid (ours)", ours(SeamlessClone(**assets, x=150 * scale, y=80 * scale)), quality)
        report.row("OpenCV seamlessClone", functools.partial(peer, (300 * scale, 205 * scale)), quality)
        report.section("blend it in over the border")
        report.row("multigrid (ours)", ours(SeamlessClone(**assets, x=-60 * scale, y=0)), lambda _: "done")
        report.row("OpenCV seamlessClone", functools.partial(peer, (90 * scale, 125 * scale)), quality)


def scaling(report: Report, bench: Bench, ours: Any, photos: dict[str, Pixels]) -> None:
    for name, photo in photos.items():
        whole = cv2.resize(photo, (400, 267), interpolation=cv2.INTER_AREA)
        for width in (280, 520):

            def quality(found: Pixels, whole: Pixels = whole) -> str:
                return f"unlikeness {strangeness(whole, found):5.2f} lost  {strangeness(found, whole):5.2f} made up"

            report.section(f"bring {name} from 400 to {width} pixels' width")
            operation = ContentAwareScale(image=bench.image(whole), width=width)
            report.row("forward seams (ours)", ours(operation), quality)
            report.row(
                "OpenCV, plain",
                functools.partial(cv2.resize, whole, (width, 267), interpolation=cv2.INTER_AREA),
                quality,
            )
    large = cv2.resize(photos["rocket.jpg"], (1730, 1155), interpolation=cv2.INTER_CUBIC)
    report.section("bring 2 megapixels from 1730 to 1200 pixels' width")
    report.row("forward seams (ours)", ours(ContentAwareScale(image=bench.image(large), width=1200)), lambda _: "")
    report.row("OpenCV, plain", functools.partial(cv2.resize, large, (1200, 1155)), lambda _: "")


def healing(report: Report, bench: Bench, ours: Any, photos: dict[str, Pixels]) -> None:
    for name, photo in photos.items():
        bad, _ = dusty(photo, 30, 1)
        truth = np.ascontiguousarray(photo[..., :3])
        bare = np.ascontiguousarray(bad[..., :3])

        def quality(found: Pixels, truth: Pixels = truth) -> str:
            return f"{psnr(found[..., :3], truth):5.2f} dB"

        report.section(f"take dust from {name}: {quality(bare)} before")
        report.row("top hats and patches (ours)", ours(HealSpots(image=bench.image(bad))), quality)
        for size in (5, 9):
            report.row(f"OpenCV median {size}×{size}", functools.partial(cv2.medianBlur, bare, size), quality)


if __name__ == "__main__":
    main()
