"""Halftone: the tone that is printed is the tone that was there, flat and in photographs."""

import cv2
import numpy as np
import pytest
from image_bench import Bench
from style_photos import ten

from core.image.halftoning import LUMINANCE
from core.image.pixels import LINEAR, from_linear
from core.operations.image_style import Halftone
from core.values import AtelierError


def tone(pixels: np.ndarray, sigma: float = 0) -> np.ndarray:
    """Luminance as the eye mixes it from afar, then encoded again to 0…255; the mean, or a wide blur."""
    light = LINEAR[pixels[..., :3]] @ LUMINANCE
    mixed = cv2.GaussianBlur(light, (0, 0), sigma) if sigma else light.mean()
    return np.asarray(255 * from_linear(mixed))


def plain_screen(rgb: np.ndarray, pitch: float) -> np.ndarray:
    """What most filters do: grey values against a cosine, black or white."""
    y, x = np.mgrid[: rgb.shape[0], : rgb.shape[1]] / pitch
    u, v = (x + y) * np.sqrt(0.5), (x - y) * np.sqrt(0.5)
    spot = (2 + np.cos(2 * np.pi * u) + np.cos(2 * np.pi * v)) / 4
    return np.where(rgb.mean(-1) / 255 > spot, 255, 0).astype(np.uint8)[..., None].repeat(3, 2)


@pytest.mark.parametrize(("shape", "most"), [("dots", 1.2), ("lines", 1.0), ("cross", 1.6)])
@pytest.mark.parametrize("pitch", [2, 4.5, 10])
def test_flat_tints_come_out_as_they_were(bench: Bench, shape: str, most: float, pitch: float) -> None:
    for value in (0, 12, 60, 128, 200, 255):
        flat = np.full((240, 240, 3), value, np.uint8)
        run = bench.run(Halftone(image=bench.image(flat), shape=shape, pitch=pitch, ink="#000000"))
        assert abs(float(tone(run.output)) - value) < most


def test_photographs_keep_their_tones(bench: Bench) -> None:
    whole, local, peers = [], [], []
    for rgb in ten():
        run = bench.run(Halftone(image=bench.image(rgb), pitch=6, ink="#000000", detail=20))
        whole.append(abs(float(tone(run.output) - tone(rgb))))
        # A blur of two dots still shows a little of the screen; nobody sees it from afar.
        local.append(float(np.abs(tone(run.output, 12) - tone(rgb, 12)).mean()))
        peers.append(float(np.abs(tone(plain_screen(rgb, 6), 12) - tone(rgb, 12)).mean()))
    assert max(whole) < 1.5 and np.mean(whole) < 0.8, whole
    assert max(local) < 4 and np.mean(local) < 0.2 * np.mean(peers), (local, peers)


def test_four_inks_print_the_colours(bench: Bench) -> None:
    for rgb in ten()[::3]:
        run = bench.run(Halftone(image=bench.image(rgb), inks="four inks", pitch=5))
        had, has = (255 * from_linear(LINEAR[p[..., :3]].mean((0, 1))) for p in (rgb, run.output))
        np.testing.assert_allclose(has, had, atol=3)
        inked = run.output[..., :3].reshape(-1, 3)
        assert (inked.max(-1) - inked.min(-1) > 60).mean() > 0.1, "separate inks are seen"


def test_fields_paper_and_alpha(bench: Bench) -> None:
    rgba = np.dstack((ten(120)[4], np.full((120, 120), 255, np.uint8)))
    rgba[:30, :30, 3], rgba[60:, 60:, 3] = 0, 128
    image = bench.image(rgba)
    run = bench.run(Halftone(image=image, ink="#ffffff", paper="#203050", pitch=6))
    np.testing.assert_array_equal(run.output[..., 3], rgba[..., 3])
    assert not run.output[:30, :30].any()
    seen = run.output[30:60, :, :3].reshape(-1, 3)
    assert (seen.min(0) >= (0x20, 0x30, 0x50)).all() and (seen.max(0) == 255).all()
    turned = bench.run(Halftone(image=image, shape="lines", angle=0)).output
    assert (np.abs(np.diff(turned[40:60, :, 0].astype(int), axis=1)).mean()) < (
        np.abs(np.diff(turned[40:60, :, 0].astype(int), axis=0)).mean()
    ), "at 0° lines run level"
    with pytest.raises(AtelierError, match="equally bright"):
        bench.run(Halftone(image=image, ink="#808080", paper="#808080"))


@pytest.mark.parametrize("size", [(1, 1), (1, 70), (3, 2)])
@pytest.mark.parametrize("inks", ["one ink", "four inks"])
def test_tiny_ones(bench: Bench, size: tuple[int, int], inks: str) -> None:
    run = bench.run(Halftone(image=bench.image(np.full((*size, 3), 90, np.uint8)), inks=inks))
    assert run.output.shape == (*size, 4)


def test_a_large_one_previews_and_stops(bench: Bench) -> None:
    large = bench.image(cv2.resize(ten()[1], (2400, 1200)))
    run = bench.stopped(Halftone(image=large, inks="four inks", pitch=12), 0.3)
    assert run.previews and run.previews[0].shape == (512, 1024, 4)
    assert run.progress[-1][0] < 0.9
