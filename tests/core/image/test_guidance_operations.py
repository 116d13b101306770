"""What the guidance operations see, on real photographs and on scenes whose truth is known."""

from pathlib import Path

import cv2
import msgspec
import numpy as np
import pytest
from image_bench import DATA, Bench
from PIL import Image

from core.image.composition import crop_for, find_subject, third_of
from core.image.harmony import confusions, histogram
from core.image.horizon import find_horizon
from core.image.pixels import to_oklab
from core.image.saliency import saliency, spectral_residual
from core.operations.image_findings import Composition, Harmony
from core.operations.image_guidance import AnalyseComposition, AnalyseHarmony, HarmoniseHues

BOXES = {
    "rocket.jpg": (0.46, 0.28, 0.55, 1.0),
    "chelsea.png": (0.02, 0.0, 0.82, 1.0),
    "coffee.png": (0.12, 0.02, 0.80, 0.97),
}
"""Where a person sees the subject: left, top, right, bottom; drawn by hand before the map was looked at."""


def load(path: Path) -> np.ndarray:
    return np.array(Image.open(path).convert("RGBA"))


def photo(name: str, coffee: Path) -> np.ndarray:
    return load(coffee if name == "coffee.png" else DATA / name)


def area_under_curve(found: np.ndarray, truth: np.ndarray) -> float:
    """Return how often a place of the subject is more salient than one outside of it."""
    found = cv2.resize(found, truth.shape[::-1], interpolation=cv2.INTER_LINEAR)
    ranks = np.empty(found.size)
    ranks[np.argsort(found.ravel(), kind="stable")] = np.arange(found.size)
    inside = truth.ravel()
    count = int(inside.sum())
    return float((ranks[inside].sum() - count * (count - 1) / 2) / (count * (inside.size - count)))


def scene(coffee: Path, x: float, y: float) -> tuple[np.ndarray, np.ndarray]:
    """Return the cup, cut out by its colour, on a real sky at a place of one's choice, and where it is."""
    cup = load(coffee)[:, :, :3][10:390, 70:480]
    middle = np.array([205, 190])
    yy, xx = np.mgrid[: cup.shape[0], : cup.shape[1]]
    shape = ((xx - middle[0]) / 195) ** 2 + ((yy - middle[1]) / 180) ** 2 < 1
    small = cv2.resize(cup, None, fx=0.45, fy=0.45, interpolation=cv2.INTER_AREA)
    mask = cv2.resize(shape.astype(np.uint8), small.shape[1::-1]) > 0
    sky = cv2.resize(load(DATA / "rocket.jpg")[20:140, 150:330, :3], (900, 600), interpolation=cv2.INTER_CUBIC)
    left, top = round(x * 900 - small.shape[1] / 2), round(y * 600 - small.shape[0] / 2)
    truth = np.zeros(sky.shape[:2], bool)
    truth[top : top + small.shape[0], left : left + small.shape[1]] = mask
    sky[truth] = small[mask]
    return np.dstack((sky, np.full(sky.shape[:2], 255, np.uint8))), truth


def test_what_stands_out_is_what_people_say(coffee: Path) -> None:
    """Against boxes drawn by hand and against the true shape in made scenes: better than the spectral residual."""
    ours, peer = [], []
    for name, (left, top, right, bottom) in BOXES.items():
        pixels = photo(name, coffee)
        height, width = pixels.shape[:2]
        truth = np.zeros((height, width), bool)
        truth[round(top * height) : round(bottom * height), round(left * width) : round(right * width)] = True
        ours.append(area_under_curve(saliency(pixels), truth))
        peer.append(area_under_curve(spectral_residual(pixels), truth))
    for x, y in ((0.3, 0.4), (0.5, 0.5), (0.72, 0.6)):
        pixels, truth = scene(coffee, x, y)
        ours.append(area_under_curve(saliency(pixels), truth))
        peer.append(area_under_curve(spectral_residual(pixels), truth))
    print("area under curve", [round(v, 3) for v in ours], "spectral residual", [round(v, 3) for v in peer])
    assert np.mean(ours) > np.mean(peer) + 0.05
    assert min(ours) > 0.6 and np.mean(ours) > 0.85


def test_the_subject_is_found_where_it_was_put(coffee: Path) -> None:
    for x, y in ((0.3, 0.4), (0.72, 0.6)):
        pixels, truth = scene(coffee, x, y)
        subject = find_subject(saliency(pixels))
        assert subject is not None
        ys, xs = np.nonzero(truth)
        box = xs.min() / 900, ys.min() / 600, xs.max() / 900, ys.max() / 600
        assert np.abs(np.array(box) - (subject.left, subject.top, subject.right, subject.bottom)).max() < 0.05
    noise = np.random.default_rng(0).integers(0, 255, (300, 400, 4), dtype=np.uint8)
    assert find_subject(saliency(noise)) is None
    assert find_subject(saliency(np.full((300, 400, 4), 90, np.uint8))) is None


def test_the_crop_puts_the_subject_on_a_third(coffee: Path, bench: Bench) -> None:
    pixels, _ = scene(coffee, 0.5, 0.5)
    run = bench.run(AnalyseComposition(image=bench.image(pixels)))
    data = msgspec.json.decode(msgspec.json.encode(run["data"]), type=Composition)
    assert data.subject is not None and data.crop is not None
    crop, subject = data.crop, data.subject
    side = crop.right - crop.left
    assert side == pytest.approx(crop.bottom - crop.top, abs=1e-4) and 0.6 <= side < 1
    inside = (subject.x - crop.left) / side, (subject.y - crop.top) / side
    assert third_of(*inside)[1] < 0.01
    assert crop.left <= subject.left and crop.right >= subject.right
    assert run["saliency"].ndim == 2 and abs(data.balance[0] - 0.5) < 0.06
    pixels, _ = scene(coffee, 1 / 3, 1 / 3)
    found = find_subject(saliency(pixels))
    assert found is not None and crop_for(found) is None


@pytest.mark.parametrize("degrees", [-6.0, -1.5, 0.0, 2.5, 8.0])
def test_the_lean_of_a_horizon_is_measured(coffee: Path, degrees: float) -> None:
    """A real sky over real ground, turned by a known angle."""
    sky = cv2.resize(load(DATA / "rocket.jpg")[20:140, 150:330, :3], (1400, 700), interpolation=cv2.INTER_CUBIC)
    ground = cv2.resize(load(coffee)[300:400, 0:110, :3], (1400, 700), interpolation=cv2.INTER_CUBIC)
    whole = np.vstack((sky, ground))
    turn = cv2.getRotationMatrix2D((700, 700), -degrees, 1.0)
    seen = cv2.warpAffine(whole, turn, (1400, 1400), flags=cv2.INTER_CUBIC)[400:1000, 250:1150]
    found = find_horizon(np.dstack((seen, np.full(seen.shape[:2], 255, np.uint8))))
    assert found is not None
    assert found.degrees == pytest.approx(degrees, abs=0.25)
    assert (found.left + found.right) / 2 == pytest.approx(0.5, abs=0.02)


def test_pictures_without_a_horizon_have_none(coffee: Path) -> None:
    for name in BOXES:
        assert find_horizon(photo(name, coffee)) is None
    assert find_horizon(np.full((40, 40, 4), 200, np.uint8)) is None


def wheel(*hues: float) -> np.ndarray:
    """Return stripes of hues (OKLCH, degrees) with a little noise in each."""
    random = np.random.default_rng(2)
    lab = np.zeros((60, 40 * len(hues), 3), np.float32)
    for index, hue in enumerate(hues):
        part = lab[:, index * 40 : (index + 1) * 40]
        angle = np.radians(hue + random.normal(0, 3, part.shape[:2]))
        part[..., 0], part[..., 1], part[..., 2] = 0.7, 0.1 * np.cos(angle), 0.1 * np.sin(angle)
    from core.image.pixels import from_oklab, to_byte

    return np.dstack((to_byte(from_oklab(lab)), np.full(lab.shape[:2], 255, np.uint8)))


@pytest.mark.parametrize(
    ("hues", "scheme"),
    [((40,), "one"), ((40, 220), "opposites"), ((20, 50, 90), "neighbours"), ((20, 55, 90, 235), "split")],
)
def test_schemes_are_told_by_their_hues(bench: Bench, hues: tuple[float, ...], scheme: str) -> None:
    found: Harmony = bench.run(AnalyseHarmony(image=bench.image(wheel(*hues)))).output
    assert (found.scheme, found.follows, found.grey) == (scheme, True, False)


def test_hues_are_brought_into_harmony_and_nothing_else(bench: Bench, coffee: Path) -> None:
    stray = wheel(40, 130, 220, 300)
    before: Harmony = bench.run(AnalyseHarmony(image=bench.image(stray))).output
    assert not before.follows and before.stray > 4
    for pixels in (stray, load(coffee)[::2, ::2].copy()):
        image = bench.image(pixels)
        first: Harmony = bench.run(AnalyseHarmony(image=image)).output
        out = bench.run(HarmoniseHues(image=image, scheme="opposites")).output
        again: Harmony = bench.run(AnalyseHarmony(image=bench.image(out))).output
        weights = histogram(out)[0]
        from core.image.harmony import TEMPLATES, fit

        opposites = next(t for t in TEMPLATES if t.scheme == "opposites")
        assert fit(weights, opposites)[1] < fit(histogram(pixels)[0], opposites)[1] * 0.6 + 0.5
        assert again.outside <= first.outside + 0.02
        moved = np.abs(to_oklab(out[..., :3])[..., 0] - to_oklab(pixels[..., :3])[..., 0])
        assert float(np.percentile(moved, 99)) < 0.02
        assert (out[..., 3] == pixels[..., 3]).all()
    greys = np.repeat(np.arange(256, dtype=np.uint8)[None, :, None], 4, axis=2).repeat(20, 0)
    greys[..., 3] = 255
    assert (bench.run(HarmoniseHues(image=bench.image(greys))).output == greys).all()
    image = bench.image(stray)
    assert (bench.run(HarmoniseHues(image=image, strength=0)).output == stray).all()
    grey: Harmony = bench.run(AnalyseHarmony(image=bench.image(greys))).output
    assert grey.grey


def test_colours_that_some_cannot_tell_apart_are_named(coffee: Path) -> None:
    """Red and green of the same lightness: Machado's own example; blue and yellow stay apart for the same people."""
    pair = wheel(30, 140)
    assert {c.look for c in confusions(pair)} & {"protan", "deutan"}
    assert not [c for c in confusions(wheel(100, 280)) if c.look != "tritan"]
