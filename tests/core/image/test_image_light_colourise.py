"""Colouring photographs that were made grey, from another part of the scene or another photo, against their colours."""

from pathlib import Path

import cv2
import numpy as np
import pytest
from image_bench import DATA, Bench, Run

from core.engine.context import Cancelled
from core.image import files
from core.image.pixels import from_oklab, to_byte, to_oklab
from core.operations.image_light import Colourise
from core.values import AtelierError


def halves(name: str, coffee: Path, scale: float = 0.4) -> tuple[np.ndarray, np.ndarray]:
    """The left half of a photo, to be coloured, and its right half, the reference."""
    rgb = files.load(coffee if name == "coffee" else DATA / name).pixels[..., :3]
    rgb = cv2.resize(rgb, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    middle = rgb.shape[1] // 2
    return np.ascontiguousarray(rgb[:, :middle]), np.ascontiguousarray(rgb[:, middle:])


def grey(rgb: np.ndarray) -> np.ndarray:
    lab = to_oklab(rgb)
    lab[..., 1:] = 0
    return np.asarray(to_byte(np.clip(from_oklab(lab), 0, 1)))


def error(found: np.ndarray, truth: np.ndarray) -> float:
    """Mean distance of the colours in OKLab's plane of a and b."""
    a, b = (to_oklab(np.ascontiguousarray(p[..., :3]))[..., 1:] for p in (found, truth))
    return float(np.linalg.norm(a - b, axis=-1).mean())


def welsh(picture: np.ndarray, reference: np.ndarray) -> np.ndarray:
    """Welsh, Ashikhmin and Mueller 2002: lightness and its deviation in 5×5, 256 samples, best match wins."""
    light, other = to_oklab(picture)[..., 0], to_oklab(reference)

    def deviation(v: np.ndarray) -> np.ndarray:
        return np.sqrt(np.maximum(cv2.blur(v * v, (5, 5)) - cv2.blur(v, (5, 5)) ** 2, 0))

    moved = (other[..., 0] - other[..., 0].mean()) / other[..., 0].std() * light.std() + light.mean()
    chosen = np.random.default_rng(0).choice(moved.size, 256)
    samples = np.stack((moved.ravel()[chosen], deviation(moved).ravel()[chosen]), -1)
    points = np.stack((light.ravel(), deviation(light).ravel()), -1)
    nearest = np.concatenate([np.abs(p[:, None] - samples).sum(-1).argmin(1) for p in np.array_split(points, 16)])
    colour = other.reshape(-1, 3)[chosen][nearest, 1:].reshape(*light.shape, 2)
    return np.asarray(to_byte(np.clip(from_oklab(np.dstack((light, colour)).astype(np.float32)), 0, 1)))


def by_lightness(picture: np.ndarray, reference: np.ndarray) -> np.ndarray:
    """The mean colour that the reference has at each lightness: a duotone curve."""
    light, other = to_oklab(picture)[..., 0], to_oklab(reference).reshape(-1, 3)
    step = np.clip((other[:, 0] * 32).astype(int), 0, 31)
    count = np.maximum(np.bincount(step, minlength=32), 1)
    table = np.stack([np.bincount(step, other[:, c], 32) / count for c in (1, 2)], -1)
    lab = np.dstack((light, table[np.clip((light * 32).astype(int), 0, 31)])).astype(np.float32)
    return np.asarray(to_byte(np.clip(from_oklab(lab), 0, 1)))


@pytest.mark.parametrize("name", ["coffee", "chelsea.png"])
def test_colours_come_nearer_to_the_true_ones_than_those_of_peers(bench: Bench, coffee: Path, name: str) -> None:
    truth, reference = halves(name, coffee, 0.75)
    plain = grey(truth)
    operation = Colourise(image=bench.image(plain), reference=bench.image(reference))
    run = bench.run(operation)
    ours, none = error(run.output, truth), error(plain, truth)
    assert ours < 0.3 * none, f"{none:.4f} grey, {ours:.4f} coloured"
    first, second = error(welsh(plain, reference), truth), error(by_lightness(plain, reference), truth)
    assert ours < 0.85 * first, f"{ours:.4f} against {first:.4f} (Welsh et al.)"
    assert ours < second, f"{ours:.4f} against {second:.4f} (colour by lightness)"
    lightness = np.abs(to_oklab(run.output[..., :3])[..., 0] - to_oklab(plain)[..., 0])
    assert np.quantile(lightness, 0.99) < 0.006, "lightness must stay"
    assert run.previews and [f for f, _ in run.progress] == sorted(f for f, _ in run.progress)


def test_what_it_had_of_colour_is_not_looked_at(bench: Bench, coffee: Path) -> None:
    """A tinted print gives what the same print in grey gives."""
    truth, reference = halves("coffee", coffee)
    other = bench.image(reference)
    lab = to_oklab(grey(truth))
    lab[..., 1:] = (0.004, 0.012)
    sepia = to_byte(np.clip(from_oklab(lab), 0, 1))
    one, two = (bench.run(Colourise(image=bench.image(p), reference=other)).output for p in (grey(truth), sepia))
    assert error(one, np.ascontiguousarray(two[..., :3])) < 0.01


def test_strength_and_seed(bench: Bench, coffee: Path) -> None:
    truth, reference = halves("coffee", coffee)
    plain, other = bench.image(grey(truth)), bench.image(reference)
    none, half, full = (
        to_oklab(bench.run(Colourise(image=plain, reference=other, strength=s)).output[..., :3]) for s in (0, 50, 100)
    )
    chroma = [float(np.linalg.norm(p[..., 1:], axis=-1).mean()) for p in (none, half, full)]
    assert chroma[0] < 0.002 and chroma[1] == pytest.approx(chroma[2] / 2, rel=0.1)
    again, other_seed = (
        to_oklab(bench.run(Colourise(image=plain, reference=other, seed=s)).output[..., :3]) for s in (0, 1)
    )
    np.testing.assert_array_equal(again, full)
    assert (other_seed != full).any()


def test_transparent_pixels_stay_out_of_both(bench: Bench, coffee: Path) -> None:
    truth, reference = halves("coffee", coffee)
    pixels = np.dstack((grey(truth), np.full(truth.shape[:2], 255, np.uint8)))[:100, :100].copy()
    model = np.dstack((reference, np.full(reference.shape[:2], 255, np.uint8)))[:100].copy()
    pixels[:, :30, 3], model[:, 90:, 3] = 0, 0
    outputs = []
    for colour in ((0, 255, 0), (255, 0, 255)):
        pixels[:, :30, :3], model[:, 90:, :3] = colour, colour
        outputs.append(bench.run(Colourise(image=bench.image(pixels), reference=bench.image(model))).output)
    np.testing.assert_array_equal(outputs[0], outputs[1])
    np.testing.assert_array_equal(outputs[0][..., 3], pixels[..., 3])
    assert (outputs[0][:, :30] == 0).all()
    empty = bench.image(np.zeros((20, 20, 4), np.uint8))
    with pytest.raises(AtelierError, match="The reference is transparent"):
        bench.run(Colourise(image=bench.image(pixels), reference=empty))


@pytest.mark.parametrize("size", [(1, 1), (1, 300), (300, 1), (2, 3)])
def test_tiny_and_thin_pictures(bench: Bench, size: tuple[int, int]) -> None:
    random = np.random.default_rng(0)
    small = bench.image(random.integers(0, 255, (*size, 3)).astype(np.uint8))
    large = bench.image(random.integers(0, 255, (40, 60, 3)).astype(np.uint8))
    assert bench.run(Colourise(image=small, reference=large)).output.shape == (*size, 4)
    assert bench.run(Colourise(image=large, reference=small)).output.shape == (40, 60, 4)


@pytest.mark.parametrize("after", [0.2, 0.6])
def test_it_stops_in_the_middle(bench: Bench, coffee: Path, after: float) -> None:
    truth, reference = halves("coffee", coffee)
    run = Run()

    def on_progress(run: Run, fraction: float) -> None:
        if fraction > after:
            run.token.cancel()

    with pytest.raises(Cancelled):
        bench.run(Colourise(image=bench.image(grey(truth)), reference=bench.image(reference)), on_progress, run)
    assert run.progress[-1][0] < 0.9
