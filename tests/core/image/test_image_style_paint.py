"""Paintings and drawings of real photographs: forms stay, detail becomes strokes, size does not change the picture."""

import cv2
import numpy as np
import pytest
from image_bench import Bench, psnr
from style_photos import ten

from core.operations.base import Operation
from core.operations.image_style import Cartoon, OilPaint, Pencil, Watercolour

STYLES = (OilPaint, Watercolour, Pencil, Cartoon)


def slopes(rgb: np.ndarray) -> np.ndarray:
    grey = rgb[..., :3].astype(np.float32).mean(-1)
    return cv2.magnitude(cv2.Sobel(grey, -1, 1, 0), cv2.Sobel(grey, -1, 0, 1))


def clarity(made: np.ndarray, original: np.ndarray) -> float:
    """How much steeper a result is at the original's edges than where the original is calm."""
    had, has = slopes(cv2.GaussianBlur(original, (0, 0), 1.0)), slopes(made)
    return float(has[had > np.quantile(had, 0.95)].mean() / (has[had < np.quantile(had, 0.6)].mean() + 0.5))


def test_oil_is_flatter_within_strokes_and_as_sharp_at_edges_as_opencv(bench: Bench) -> None:
    ours, peers, sharp = [], [], []
    for rgb in ten():
        made = bench.run(OilPaint(image=bench.image(rgb), brush=1.5, relief=0, colour=0)).output[..., :3]
        ours.append(clarity(made, rgb))
        peers.append(clarity(cv2.stylization(rgb), rgb))
        edges = slopes(rgb) > np.quantile(slopes(rgb), 0.95)
        sharp.append(slopes(made)[edges].mean() / slopes(cv2.stylization(rgb))[edges].mean())
        assert psnr(cv2.blur(made, (9, 9)), cv2.blur(rgb, (9, 9))) > 20, "the picture is still the picture"
    assert np.mean(ours) > np.mean(peers), (ours, peers)
    assert np.mean(sharp) > 1, sharp


def test_pencil_draws_edges_and_tones(bench: Bench) -> None:
    ours, peers = [], []
    for rgb in ten():
        made = bench.run(Pencil(image=bench.image(rgb), width=0.4)).output
        grey, _ = cv2.pencilSketch(rgb)
        small = [cv2.GaussianBlur(p.astype(np.float32), (0, 0), 8).ravel() for p in (made[..., 0], grey, rgb.mean(-1))]
        ours.append(np.corrcoef(small[0], small[2])[0, 1])
        peers.append(np.corrcoef(small[1], small[2])[0, 1])
    assert np.mean(ours) > 0.8 and np.mean(ours) > np.mean(peers), (ours, peers)


def test_a_cartoon_has_few_colours(bench: Bench) -> None:
    rgb = ten()[3]
    made = bench.run(Cartoon(image=bench.image(rgb), colours=6, lines=0, soft=0)).output[..., :3]
    _, counts = np.unique(made.reshape(-1, 3), axis=0, return_counts=True)
    assert np.sort(counts)[-6:].sum() > 0.85 * counts.sum(), "the rest are soft borders"
    inked = bench.run(Cartoon(image=bench.image(rgb), colours=6, ink="#ff00ff")).output.astype(int)
    pink = (inked[..., 0] > 180) & (inked[..., 1] < 90) & (inked[..., 2] > 180)
    assert 0.005 < pink.mean() < 0.3


@pytest.mark.parametrize("style", STYLES)
def test_a_preview_shows_what_will_come(bench: Bench, style: type[Operation]) -> None:
    """The same seed paints the same picture at another size; the same size to the byte."""
    rgb = cv2.resize(ten()[5], (320, 320), interpolation=cv2.INTER_CUBIC)
    small = cv2.resize(rgb, (160, 160), interpolation=cv2.INTER_AREA)
    first, again = (bench.run(style(image=bench.image(rgb), seed=3)) for _ in range(2))
    np.testing.assert_array_equal(first.output, again.output)
    other = bench.run(style(image=bench.image(small), seed=3)).output
    shrunk = cv2.resize(first.output, (160, 160), interpolation=cv2.INTER_AREA)
    assert psnr(cv2.blur(shrunk, (7, 7)), cv2.blur(other, (7, 7))) > 22


@pytest.mark.parametrize("style", STYLES)
def test_alpha_is_kept_and_tiny_ones_work(bench: Bench, style: type[Operation]) -> None:
    rgba = np.dstack((ten(90)[4], np.full((90, 90), 255, np.uint8)))
    rgba[:30, :30] = (255, 0, 255, 0)
    rgba[60:, 60:, 3] = 128
    made = bench.run(style(image=bench.image(rgba))).output
    np.testing.assert_array_equal(made[..., 3], rgba[..., 3])
    assert not made[:30, :30].any()
    for size in ((1, 1), (1, 50), (50, 1), (3, 2)):
        tiny = np.random.default_rng(0).integers(0, 255, (*size, 3)).astype(np.uint8)
        assert bench.run(style(image=bench.image(tiny))).output.shape == (*size, 4)


@pytest.mark.parametrize("style", [OilPaint, Pencil])
def test_it_shows_a_sketch_and_stops(bench: Bench, style: type[Operation]) -> None:
    large = bench.image(cv2.resize(ten()[1], (900, 500)))
    run = bench.stopped(style(image=large), 0.2)
    assert run.previews and max(run.previews[0].shape) == 720
    assert run.progress[-1][0] < 0.9
    assert [f for f, _ in run.progress] == sorted(f for f, _ in run.progress)
