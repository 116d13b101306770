"""Removing objects: what is put in their place is compared to what was there, on real photographs."""

from pathlib import Path

import cv2
import numpy as np
import pytest
from image_bench import DATA, Bench, Run, psnr

from core.engine.context import Cancelled
from core.image import files, poisson, removing
from core.operations.image_retouch import RemoveObject
from core.values import AtelierError


def ellipse(shape: tuple[int, ...], x: int, y: int, width: int, height: int) -> np.ndarray:
    return cv2.ellipse(np.zeros(shape[:2], np.uint8), (x, y), (width, height), 0, 0, 360, 255, -1)


def as_mask(coverage: np.ndarray) -> np.ndarray:
    return np.dstack([coverage] * 4)


def busyness(pixels: np.ndarray, inside: np.ndarray) -> float:
    """Mean slope of grey values."""
    grey = pixels[..., :3].astype(np.float32).mean(-1)
    return float(cv2.magnitude(cv2.Sobel(grey, -1, 1, 0), cv2.Sobel(grey, -1, 0, 1))[inside].mean())


def structure(pixels: np.ndarray) -> np.ndarray:
    """What is left when texture is not asked to lie pixel on pixel, which no filling can know."""
    return cv2.GaussianBlur(np.ascontiguousarray(pixels[..., :3], np.float32), (0, 0), 3)


PLACES = [
    ("coffee", (515, 285, 40, 34)),
    ("coffee", (525, 80, 45, 40)),
    ("coffee", (140, 70, 40, 34)),
    ("coffee", (90, 60, 30, 50)),
    ("coffee", (555, 200, 30, 50)),
    ("coffee", (30, 330, 25, 40)),
    ("chelsea.png", (95, 215, 40, 34)),
    ("chelsea.png", (205, 60, 38, 28)),
    ("chelsea.png", (220, 130, 25, 40)),
    ("chelsea.png", (60, 130, 30, 40)),
    ("chelsea.png", (300, 250, 40, 30)),
    ("chelsea.png", (420, 200, 25, 40)),
    ("rocket.jpg", (60, 200, 40, 30)),
    ("rocket.jpg", (580, 180, 40, 30)),
    ("rocket.jpg", (40, 300, 40, 30)),
    ("rocket.jpg", (250, 100, 60, 40)),
    ("rocket.jpg", (600, 330, 30, 30)),
    ("rocket.jpg", (480, 370, 50, 30)),
]
"""Wood, a table's edge, fur, lattice towers and sky; the benchmark fills all of them."""

HOLES = PLACES[::3]
"""Every third, not those that come out best."""


def test_it_comes_nearer_to_what_was_there_than_smooth_filling(bench: Bench, coffee: Path) -> None:
    """Against both of OpenCV's: much nearer in structure, with the texture it should have, and pixel by pixel no worse.

    Pixel by pixel (PSNR, and SSIM more so) little beats a blur where texture is random: two samples of one differ more
    than each from the mean. Over all of :data:`PLACES` PSNR is the same as theirs and SSIM 0.04 lower.
    """
    raw, near, texture = [], [], []
    for source, (x, y, width, height) in HOLES:
        photo = files.load(coffee if source == "coffee" else DATA / source).pixels
        mask = ellipse(photo.shape, x, y, width, height)
        part = slice(max(0, y - 110), y + 110), slice(max(0, x - 130), x + 130)
        photo, mask = photo[part].copy(), mask[part].copy()
        inside = mask > 0
        hidden = photo.copy()
        hidden[inside] = (255, 0, 255, 255)  # the truth is nowhere to be found
        found = bench.run(RemoveObject(image=bench.image(hidden), mask=bench.image(as_mask(mask)), grow=0)).output
        np.testing.assert_array_equal(found[~inside], photo[~inside])
        bare = np.ascontiguousarray(hidden[..., :3])
        fills = [found, cv2.inpaint(bare, mask, 5, cv2.INPAINT_TELEA), cv2.inpaint(bare, mask, 5, cv2.INPAINT_NS)]
        raw.append([psnr(f[inside, :3], photo[inside, :3]) for f in fills])
        near.append([psnr(structure(f)[inside], structure(photo)[inside]) for f in fills])
        texture.append([abs(np.log(busyness(f, inside) / busyness(photo, inside))) for f in fills])
    told = f"ours, Telea, Navier–Stokes: PSNR {np.mean(raw, 0)}, structure {np.mean(near, 0)}, texture {texture}"
    ours, *peers = np.mean(raw, 0)
    assert ours > max(peers) - 0.3, told
    ours, *peers = np.mean(near, 0)
    assert ours > max(peers) + 1.5, told
    ours, *peers = np.mean(texture, 0)
    assert ours < 0.5 * min(peers), told


def small(coffee: Path) -> tuple[np.ndarray, np.ndarray]:
    photo = files.load(coffee).pixels[220:400, 400:600].copy()
    return photo, ellipse(photo.shape, 120, 100, 25, 20)


def test_the_seed_decides_and_progress_rises(bench: Bench, coffee: Path) -> None:
    photo, mask = small(coffee)
    image, chosen = bench.image(photo), bench.image(as_mask(mask))
    first, second = (bench.run(RemoveObject(image=image, mask=chosen)) for _ in range(2))
    np.testing.assert_array_equal(first.output, second.output)
    assert (bench.run(RemoveObject(image=image, mask=chosen, seed=1)).output != first.output).any()
    assert [f for f, _ in first.progress] == sorted(f for f, _ in first.progress)
    assert first.previews and all(max(p.shape) <= removing.PREVIEW_SIDE for p in first.previews)


def test_transparent_pixels_stay_and_lend_nothing(bench: Bench, coffee: Path) -> None:
    photo, mask = small(coffee)
    photo[:, :70] = (0, 255, 0, 0)
    photo[:60, :, 3] = 128
    found = bench.run(RemoveObject(image=bench.image(photo), mask=bench.image(as_mask(mask)), grow=30)).output
    np.testing.assert_array_equal(found[..., 3], photo[..., 3])
    np.testing.assert_array_equal(found[:, :70], photo[:, :70])
    filled = found[70:140, 90:150, :3].astype(int)
    assert (filled[..., 1] < filled[..., 0]).all(), "the invisible green came in"


def test_it_looks_no_farther_than_it_may(bench: Bench, coffee: Path) -> None:
    """A hole in wood, a blue field 60 pixels away: only a wide search may fetch from there, and has no reason to."""
    photo, mask = small(coffee)
    wide = np.concatenate((photo, np.full((180, 100, 4), (0, 0, 255, 255), np.uint8)), 1)
    chosen = np.pad(mask, ((0, 0), (0, 100)))
    for reach in (5.0, 100.0):
        operation = RemoveObject(image=bench.image(wide), mask=bench.image(as_mask(chosen)), reach=reach)
        found = bench.run(operation).output
        assert found[chosen > 0][:, 2].mean() < 120


def test_a_large_picture_is_searched_smaller(bench: Bench, coffee: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    photo = files.load(coffee).pixels[:180, :250]
    mask = ellipse(photo.shape, 140, 70, 40, 34)
    monkeypatch.setattr(removing, "WORKING", 20_000)
    found = bench.run(RemoveObject(image=bench.image(photo), mask=bench.image(as_mask(mask)))).output
    inside = mask > 0
    filled = cv2.inpaint(np.ascontiguousarray(photo[..., :3]), mask, 5, cv2.INPAINT_TELEA)
    assert psnr(found[inside], photo[inside]) > psnr(filled[inside], photo[inside, :3]) - 0.5
    assert 0.5 < busyness(found, inside) / busyness(photo, inside) < 1.6


@pytest.mark.parametrize("size", [(1, 40), (40, 1), (2, 2), (6, 300), (7, 7), (9, 200)])
def test_thin_pictures(bench: Bench, size: tuple[int, int]) -> None:
    photo = np.full((*size, 4), (200, 100, 50, 255), np.uint8)
    mask = np.zeros(size, np.uint8)
    mask[0, 0] = 255
    hidden = photo.copy()
    hidden[0, 0] = (0, 0, 255, 255)
    found = bench.run(RemoveObject(image=bench.image(hidden), mask=bench.image(as_mask(mask)), grow=0)).output
    assert np.abs(found.astype(int) - photo).max() <= 2


def test_what_cannot_be_done_is_said(bench: Bench, coffee: Path) -> None:
    photo, mask = small(coffee)
    image = bench.image(photo)
    for wrong, words in (
        (np.zeros_like(mask), "covers nothing"),
        (np.full_like(mask, 255), "leaves nothing"),
        (mask[:-1], r"The mask is 200×179 pixels and the picture 200×180"),
    ):
        with pytest.raises(AtelierError, match=words):
            bench.run(RemoveObject(image=image, mask=bench.image(as_mask(wrong))))
    with pytest.raises(AtelierError, match="leaves nothing"):
        one = bench.image(photo[:1, :1])
        bench.run(RemoveObject(image=one, mask=bench.image(np.full((1, 1, 4), 255, np.uint8))))


def test_it_stops_within_a_step(bench: Bench, coffee: Path) -> None:
    photo, mask = small(coffee)

    def on_progress(run: Run, fraction: float) -> None:
        if fraction > 0.3:
            run.token.cancel()

    run = Run()
    with pytest.raises(Cancelled):
        operation = RemoveObject(image=bench.image(photo), mask=bench.image(as_mask(mask)))
        bench.run(operation, on_progress, run)
    assert run.progress[-1][0] < 0.6


@pytest.mark.parametrize("where", [np.s_[:, :], np.s_[:40, :], np.s_[20:, 30:], np.s_[10:11, 5:60]])
def test_a_picture_comes_back_from_its_gradients(coffee: Path, where: tuple[slice, slice]) -> None:
    photo = files.load(coffee).pixels[200:290, 200:311, :3].astype(np.float32)
    free = np.zeros(photo.shape[:2], bool)
    free[where] = True
    free[0, 0] = False
    start = photo.copy()
    start[free] = 0
    found = poisson.solve(start, np.diff(photo, axis=1), np.diff(photo, axis=0), free, lambda _: None)
    assert np.abs(found - photo).max() < 0.6
