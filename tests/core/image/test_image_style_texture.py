"""Tiles without seams and grown textures, from pieces of real photographs."""

import cv2
import numpy as np
import pytest
from image_bench import Bench
from style_photos import ten

from core.image import files, seams
from core.operations.image_style import SeamlessTile, SynthesiseTexture
from core.resources import resource
from core.values import AtelierError


def step(pixels: np.ndarray, axis: int) -> float:
    """The mean step over the seam between two tiles, in parts of the mean step from pixel to pixel within one."""
    lines = np.moveaxis(pixels[..., :3].astype(np.float32), axis, 0)
    return float(np.abs(lines[0] - lines[-1]).mean() / (np.abs(np.diff(lines, axis=0)).mean() + 0.2))


def worst(pixels: np.ndarray, axis: int) -> float:
    """The largest mean step between two neighbouring lines anywhere, in parts of the usual one: a seam would show."""
    lines = np.moveaxis(pixels[..., :3].astype(np.float32), axis, 0)
    steps = np.abs(np.diff(lines, axis=0)).mean((1, 2))
    return float(steps.max() / np.median(steps))


def test_borders_fit_where_plain_tiles_do_not(bench: Bench) -> None:
    ours, plain, inside = [], [], []
    for rgb in ten(160):
        tile = bench.run(SeamlessTile(image=bench.image(rgb))).output
        assert tile.shape == (120, 120, 4) and (tile[..., 3] == 255).all()
        ours += [step(tile, 0), step(tile, 1)]
        plain += [step(rgb, 0), step(rgb, 1)]
        inside += [worst(tile, axis) / worst(rgb, axis) for axis in (0, 1)]
    assert max(ours) < 2 and np.mean(ours) < 1.1, ours
    assert np.mean(plain) > 2.5 * np.mean(ours), (np.mean(plain), np.mean(ours))
    assert np.mean(inside) < 1.25, "nor does a seam show inside the tile"


def test_light_is_evened_out(bench: Bench) -> None:
    rgb = ten(160)[0]
    ramp = np.linspace(0.5, 1.0, 160)[None, :, None]
    dark = (rgb * ramp).astype(np.uint8)

    def tilt(**fields: float) -> float:
        tile = bench.run(SeamlessTile(image=bench.image(dark), **fields)).output[..., :3].astype(np.float32)
        half = tile.shape[1] // 2
        return abs(float(np.log(tile[:, half:].mean() / tile[:, :half].mean())))

    assert tilt(even=100) < 0.4 * tilt(even=0)


def test_alpha_is_joined_and_tiny_ones_work(bench: Bench) -> None:
    rgba = np.dstack((ten(100)[4], np.full((100, 100), 255, np.uint8)))
    rgba[40:60, 40:60, 3] = 0
    tile = bench.run(SeamlessTile(image=bench.image(rgba))).output
    assert (tile[..., 3] == 0).sum() == 400 and not tile[tile[..., 3] == 0].any()
    for size in ((1, 1), (1, 60), (60, 1), (5, 4)):
        made = bench.run(SeamlessTile(image=bench.image(np.full((*size, 3), 90, np.uint8)))).output
        assert min(made.shape[:2]) >= 1
    bench.stopped(SeamlessTile(image=bench.image(ten()[0])), 0.2)


def test_the_cheapest_path_is_found_and_closes() -> None:
    random = np.random.default_rng(1)
    cost = random.random((40, 12)).astype(np.float32)
    path = seams.cut(cost)
    assert np.abs(np.diff(path)).max() <= 1
    straight = cost.sum(0).min()
    assert cost[np.arange(40), path].sum() < straight
    closed = seams.cut(cost, closed=True)
    assert closed[0] == closed[-1] and np.abs(np.diff(closed)).max() <= 1


def repeats(pixels: np.ndarray, period: int) -> float:
    """How alike the picture and itself one period aside are (correlation)."""
    grey = cv2.GaussianBlur(pixels[..., :3].astype(np.float32).mean(-1), (0, 0), 1)
    return float(np.corrcoef(grey[:, period:].ravel(), grey[:, :-period].ravel())[0, 1])


def test_a_grown_texture_is_of_its_sample_and_does_not_repeat(bench: Bench) -> None:
    wood = files.load(resource("samples") / "coffee.png").pixels[290:386, 10:106, :3]
    for rgb in (wood, ten(96)[6]):
        sample = bench.image(rgb)
        run = bench.run(SynthesiseTexture(image=sample, width=250, height=210))
        made = run.output
        assert made.shape == (210, 250, 4) and run.previews
        tiled = np.tile(rgb, (3, 3, 1))[:210, :250]
        assert repeats(tiled, 96) > 0.99 > 0.7 > repeats(made, 96)
        assert max(step(made, 0), step(made, 1)) < 1.6 and step(tiled[:96, :96], 0) > 1.6
        assert max(worst(made, 0), worst(made, 1)) < max(worst(tiled, 0), worst(tiled, 1))
        # Its colours are the sample's.
        for channel in range(3):
            had, has = (np.quantile(p[..., channel], np.linspace(0.2, 0.8, 7)) for p in (rgb, made))
            assert np.abs(had - has).mean() < 16
        again, other = (bench.run(SynthesiseTexture(image=sample, width=120, height=90, seed=s)).output for s in (0, 1))
        assert (again != other).any()


def test_what_is_no_sample_is_refused_and_it_stops(bench: Bench) -> None:
    with pytest.raises(AtelierError, match="at least 8 × 8"):
        bench.run(SynthesiseTexture(image=bench.image(np.zeros((7, 40, 3), np.uint8))))
    clear = np.zeros((40, 40, 4), np.uint8)
    with pytest.raises(AtelierError, match="transparent"):
        bench.run(SynthesiseTexture(image=bench.image(clear)))
    flat = bench.run(SynthesiseTexture(image=bench.image(np.full((8, 8, 3), 90, np.uint8)), width=1, height=30)).output
    assert (flat[..., :3] == 90).all()
    bench.stopped(SynthesiseTexture(image=bench.image(ten(96)[0]), width=400, height=400), 0.3)
