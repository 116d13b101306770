"""Sharpening photographs that were blurred on purpose, as blur happens: in linear light, with noise and 8 bits."""

from pathlib import Path

import cv2
import numpy as np
import pytest
from image_bench import DATA, Bench, psnr

from core.image import blur_kernels, deconvolution, files
from core.image.pixels import from_linear, to_linear
from core.operations.image_light import Deblur
from core.values import AtelierError


def photo(name: str, coffee: Path) -> np.ndarray:
    rgb = files.load(coffee if name == "coffee" else DATA / name).pixels[..., :3]
    return np.ascontiguousarray(rgb[40:290, 80:380])


def blurred(rgb: np.ndarray, kernel: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The blurred photo with noise of a level, without its rim, and the sharp one of the same size."""
    reach = kernel.shape[0] // 2
    light = cv2.filter2D(to_linear(rgb / 255.0), -1, cv2.flip(kernel, -1))[reach:-reach, reach:-reach]
    noise = np.random.default_rng(0).normal(0, 1, light.shape)
    inner = np.ascontiguousarray(rgb[reach:-reach, reach:-reach])
    return np.rint(np.clip(from_linear(light) * 255 + noise, 0, 255)).astype(np.uint8), inner


def shaken(size: int = 13) -> np.ndarray:
    """A hand's path: down, across and back up a little."""
    kernel = np.zeros((size * 8, size * 8), np.uint8)
    points = np.array([[0.15, 0.2], [0.3, 0.45], [0.55, 0.5], [0.7, 0.8], [0.85, 0.7]]) * size * 8
    cv2.polylines(kernel, [points.astype(np.int32)], False, 255, 10, cv2.LINE_AA)
    small = kernel.reshape(size, 8, size, 8).mean((1, 3)).astype(np.float32)
    return small / small.sum()


def aligned(found: np.ndarray, truth: np.ndarray) -> float:
    """PSNR at the best shift: where a shaken picture should lie is not known to anybody."""
    centre = truth[12:-12, 12:-12]
    height, width = centre.shape[:2]
    return max(
        psnr(found[12 + dy : 12 + dy + height, 12 + dx : 12 + dx + width], centre)
        for dy in range(-5, 6)
        for dx in range(-5, 6)
    )


def unsharp(rgb: np.ndarray, sigma: float) -> np.ndarray:
    return cv2.addWeighted(rgb, 2, cv2.GaussianBlur(rgb, (0, 0), sigma), -1, 0)


def richardson_lucy(rgb: np.ndarray, kernel: np.ndarray, rounds: int = 15) -> np.ndarray:
    """With the true kernel, as textbooks have it: on sRGB values."""
    y = rgb.astype(np.float32) / 255 + 1e-4
    x = y.copy()
    for _ in range(rounds):
        x *= cv2.filter2D(y / cv2.filter2D(x, -1, cv2.flip(kernel, -1)), -1, kernel)
    return np.clip(np.rint(x * 255), 0, 255).astype(np.uint8)


def test_a_shaken_photo_gets_sharp(bench: Bench, coffee: Path) -> None:
    """Blind: nothing is known of the shake but how far it reaches at most."""
    kernel = shaken()
    for name, gain in (("coffee", 3.0), ("rocket.jpg", 1.5)):
        shown, truth = blurred(photo(name, coffee), kernel)
        run = bench.run(Deblur(image=bench.image(shown), size=17))
        before, after = aligned(shown, truth), aligned(run.output[..., :3], truth)
        peer = max(aligned(unsharp(shown, s), truth) for s in (1.5, 3))
        assert after > before + gain, f"{name}: {before:.1f} dB to {after:.1f} dB"
        assert after > peer + gain / 2, f"{name}: {after:.1f} dB against {peer:.1f} dB"
    assert run.previews and [f for f, _ in run.progress] == sorted(f for f, _ in run.progress)
    assert run.progress[-1][0] == pytest.approx(1)


@pytest.mark.parametrize(("kind", "size"), [("focus", 7.0), ("soft", 3.0)])
def test_a_known_blur_is_undone_better_than_by_its_peers(bench: Bench, coffee: Path, kind: str, size: float) -> None:
    kernel = blur_kernels.disc(size) if kind == "focus" else blur_kernels.gaussian(size)
    shown, truth = blurred(photo("coffee", coffee), kernel)
    found = bench.run(Deblur(image=bench.image(shown), kind=kind, size=size)).output[..., :3]
    before, after = psnr(shown, truth), psnr(found, truth)
    peer = max(psnr(richardson_lucy(shown, kernel), truth), psnr(unsharp(shown, size / 3), truth))
    assert after > before + 2, f"{before:.1f} dB to {after:.1f} dB"
    assert after > peer + 1, f"{after:.1f} dB against {peer:.1f} dB"
    again = bench.run(Deblur(image=bench.image(shown), kind=kind, size=size)).output[..., :3]
    np.testing.assert_array_equal(found, again)


def test_the_size_is_found(bench: Bench, coffee: Path) -> None:
    shown, truth = blurred(photo("coffee", coffee), blur_kernels.disc(7))
    found = bench.run(Deblur(image=bench.image(shown), kind="focus")).output[..., :3]
    assert psnr(found, truth) > psnr(shown, truth) + 2


def test_borders_lamps_and_cut_outs_make_no_rings(bench: Bench) -> None:
    """A blurred flat field with a clipped lamp, and a cut-out: nothing beside them may ripple."""
    field = np.full((160, 160), 0.1, np.float32)
    field[70:90, 70:90] = 6.0  # six times brighter than white
    seen = np.clip(from_linear(cv2.filter2D(field, -1, blur_kernels.disc(9))), 0, 1)
    picture = np.dstack([np.rint(seen * 255).astype(np.uint8)] * 3)
    found = bench.run(Deblur(image=bench.image(picture), kind="focus", size=9)).output[..., 0].astype(int)
    far = np.ones((160, 160), bool)
    far[60:100, 60:100] = False
    assert np.abs(found - picture[..., 0].astype(int))[far].max() <= 8
    plain = bench.run(Deblur(image=bench.image(np.full((90, 70, 3), 120, np.uint8)), kind="soft", size=4)).output
    assert np.abs(plain[..., :3].astype(int) - 120).max() <= 1


def test_amount_mixes_and_transparent_pixels_stay_out(bench: Bench, coffee: Path) -> None:
    pixels = np.dstack((photo("coffee", coffee), np.full((250, 300), 255, np.uint8)))[:120, :150].copy()
    pixels[:, :50] = (0, 255, 0, 0)
    pixels[:, 50:70, 3] = 77
    operation = Deblur(image=bench.image(pixels), kind="soft", size=2)
    found = bench.run(operation).output
    np.testing.assert_array_equal(found[..., 3], pixels[..., 3])
    assert (found[:, :50] == 0).all()
    pixels[:, :50, :3] = (255, 0, 255)
    np.testing.assert_array_equal(bench.run(Deblur(image=bench.image(pixels), kind="soft", size=2)).output, found)
    none = bench.run(Deblur(image=bench.image(pixels), kind="soft", size=2, amount=0)).output
    np.testing.assert_array_equal(none[:, 50:], pixels[:, 50:])
    with pytest.raises(AtelierError, match="transparent everywhere"):
        bench.run(Deblur(image=bench.image(np.zeros((20, 20, 4), np.uint8))))


@pytest.mark.parametrize("size", [(1, 1), (1, 90), (90, 1), (2, 3), (20, 20)])
@pytest.mark.parametrize("kind", ["shake", "focus", "soft"])
def test_tiny_and_thin_pictures(bench: Bench, size: tuple[int, int], kind: str) -> None:
    picture = np.random.default_rng(0).integers(0, 255, (*size, 3)).astype(np.uint8)
    assert bench.run(Deblur(image=bench.image(picture), kind=kind)).output.shape == (*size, 4)
    assert bench.run(Deblur(image=bench.image(picture), kind=kind, size=80)).output.shape == (*size, 4)


def test_tiles_leave_no_seam(bench: Bench, coffee: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown, _ = blurred(photo("coffee", coffee), blur_kernels.disc(5))
    operation = Deblur(image=bench.image(shown), kind="focus", size=5)
    whole = bench.run(operation).output.astype(int)
    monkeypatch.setattr(deconvolution, "TILE", 128)
    difference = np.abs(bench.run(operation).output.astype(int) - whole)
    assert difference.mean() < 0.1 and np.quantile(difference, 0.999) <= 5


@pytest.mark.parametrize("after", [0.1, 0.36])
def test_it_stops_in_the_middle(bench: Bench, coffee: Path, after: float) -> None:
    run = bench.stopped(Deblur(image=bench.image(photo("coffee", coffee)), kind="shake", size=7), after)
    assert run.progress[-1][0] < 0.5
