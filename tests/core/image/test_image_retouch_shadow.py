"""Shadows and reflections of cut-outs: against a light of many points, and against the mirror."""

from pathlib import Path

import cv2
import numpy as np
import pytest
from image_bench import Bench, Run

from core.engine.context import Cancelled
from core.image import files, shadows
from core.image.grounds import standing
from core.operations.image_retouch import CastShadow, Reflection
from core.values import AtelierError, Message


def bottle(scale: float = 1.0) -> np.ndarray:
    """A bottle seen from slightly above, 400 × 300 at scale 1: its base is half an ellipse."""
    alpha = np.zeros((800, 600), np.uint8)
    cv2.rectangle(alpha, (200, 300), (400, 720), 255, -1)
    cv2.ellipse(alpha, (300, 720), (100, 24), 0, 0, 360, 255, -1)
    cv2.ellipse(alpha, (300, 300), (100, 90), 0, 0, 360, 255, -1)
    cv2.rectangle(alpha, (265, 90), (335, 300), 255, -1)
    alpha = cv2.resize(alpha, None, fx=scale / 2, fy=scale / 2, interpolation=cv2.INTER_AREA)
    out = np.zeros((*alpha.shape, 4), np.uint8)
    out[..., :3] = np.linspace((200, 40, 20), (20, 60, 220), len(alpha))[:, None]
    out[..., 3] = alpha
    out[alpha == 0] = (0, 255, 0, 0)
    return out


def placed(run: Run, shape: tuple[int, ...], margin: int = 300) -> np.ndarray:
    """Return what an operation made on a larger ground, premultiplied, 0…1."""
    image, place = run["image"].astype(np.float32) / 255, run["data"]
    out = np.zeros((shape[0] + 2 * margin, shape[1] + 2 * margin, 4), np.float32)
    y, x = place["y"] + margin, place["x"] + margin
    image[..., :3] *= image[..., 3:]
    out[y : y + image.shape[0], x : x + image.shape[1]] = image
    return out


def many_lights(alpha: np.ndarray, light: float, length: float, soft: float, points: int = 80) -> np.ndarray:
    """The shadow of a screen in the light of many points: each throws a hard one."""
    margin = 300
    place = standing(np.dstack([alpha] * 4), Message("It"))
    random = np.random.default_rng(1)
    rows = np.arange(alpha.shape[0])[:, None]
    far = np.clip((place.ground - rows) / place.height, 0, 1)
    screen = (alpha / 255 * (1 - 0.45 * far)).astype(np.float32)
    aside, down = -np.cos(np.deg2rad(light)) * length, np.sin(np.deg2rad(light)) * length * shadows.FORESHORTENED
    total = np.zeros((alpha.shape[0] + 2 * margin, alpha.shape[1] + 2 * margin), np.float32)
    for _ in range(points):
        a, d = aside + random.normal(0, soft), down * (1 + random.normal(0, soft))
        # x' = x + a·(ground − y), y' = ground + d·(ground − y)
        there = np.array([[1, -a, a * place.ground + margin], [0, -d, place.ground * (1 + d) + margin]])
        total += cv2.warpAffine(screen, there, total.shape[::-1], flags=cv2.INTER_LINEAR) / points
    return total


def test_a_shadow_is_that_of_a_large_light(bench: Bench) -> None:
    """Nearer to the truth than the best shadow of one softness, which is what a drop shadow is."""
    cut = bottle()
    operation = CastShadow(image=bench.image(cut), light=130, length=90, softness=60, strength=100, contact=0)
    found = placed(bench.run(operation), cut.shape)[..., 3]
    soft = (0.004 + 0.13 * 0.6) * min(1, 0.35 + 90 / 150)
    truth = many_lights(cut[..., 3], 130, 0.9, soft)
    hard = many_lights(cut[..., 3], 130, 0.9, 1e-6, 1)
    window = np.s_[680:, :]  # the ground before the bottle

    def error(shadow: np.ndarray) -> float:
        return float(np.sqrt(np.mean((shadow - truth)[window] ** 2)))

    peer = min(error(cv2.GaussianBlur(hard, (0, 0), sigma)) for sigma in (1, 2, 4, 6, 8, 11, 15))
    assert error(found) < 0.75 * peer, f"{error(found):.4f} against {peer:.4f}"
    assert truth[window].max() > 0.5


@pytest.mark.parametrize(
    ("light", "aside", "front"), [(120, 1, True), (45, -1, True), (-120, 1, False), (-45, -1, False)]
)
def test_it_falls_away_from_the_light(bench: Bench, light: float, aside: int, front: bool) -> None:
    cut = bottle()
    found = placed(bench.run(CastShadow(image=bench.image(cut), light=light, contact=0)), cut.shape)[..., 3]
    rows, columns = np.nonzero(found > 0.1)
    base = 300 + 372
    assert np.sign(columns.mean() - 450) == aside
    assert (rows.mean() > base) == front


def test_it_is_darkest_and_sharpest_where_it_touches(bench: Bench) -> None:
    cut = bottle()
    image = bench.image(cut)
    found = placed(bench.run(CastShadow(image=image, light=90, length=100, softness=60)), cut.shape)[..., 3]
    column = found[:, 450]
    assert column[675] > column[700] > column[760] > 0, "it fades with the distance"

    def edge(y: int) -> float:
        row = found[y] / found[y].max()
        return float((row > 0.1).sum() - (row > 0.9).sum())

    assert edge(780) > 2 * edge(690), "it softens with the distance"
    without = placed(bench.run(CastShadow(image=image, light=90, length=100, softness=60, contact=0)), cut.shape)
    assert column[674] > without[674, 450, 3] + 0.1
    flat = placed(bench.run(CastShadow(image=image, surface="flat lay", light=180, length=200)), cut.shape)[..., 3]
    assert flat[550, 503:].sum() > 2 * flat[550, :398].sum(), "light from the left, shadow on the right"
    assert 0.2 < flat[550, 504] < 0.9


def test_colour_size_and_bands(bench: Bench) -> None:
    small, large = bottle(), bottle(3)
    runs = [bench.run(CastShadow(image=bench.image(c), colour="#30105080")) for c in (small, large)]
    assert (runs[0]["image"][..., :3] == (0x30, 0x10, 0x50)).all()
    assert runs[0]["image"][..., 3].max() < 0.55 * 255
    shape = runs[0]["image"].shape
    shrunk = cv2.resize(runs[1]["image"], shape[1::-1], interpolation=cv2.INTER_AREA)
    assert np.abs(shrunk[..., 3].astype(int) - runs[0]["image"][..., 3]).mean() < 1.5
    assert abs(runs[1]["data"]["x"] - 3 * runs[0]["data"]["x"]) < 6
    wide = bench.run(CastShadow(image=bench.image(large), softness=100, length=150))
    again = bench.run(CastShadow(image=bench.image(large), softness=100, length=150))
    np.testing.assert_array_equal(wide["image"], again["image"])
    ramp = wide["image"][1150 - wide["data"]["y"] :, 600 - wide["data"]["x"], 3]
    assert max(len(list(g)) for g in np.split(ramp, np.flatnonzero(np.diff(ramp)) + 1) if g[0]) < 60, "bands"


def test_a_reflection_is_the_mirror_image(bench: Bench) -> None:
    cut = bottle()
    cut[..., 3] = np.where(np.arange(400)[:, None] < 360, cut[..., 3], 0)  # a flat base at row 360
    run = bench.run(Reflection(image=bench.image(cut), blur=0, length=100, strength=100))
    found = placed(run, cut.shape)
    assert run["data"]["y"] == 360
    for away in (2, 20, 60):
        fade = (1 - (away + 0.5) / 315) ** 1.5
        shown, mirrored = found[660 + away, 450], cut[359 - away, 150] / 255
        np.testing.assert_allclose(shown[3], fade, atol=0.02)
        np.testing.assert_allclose(shown[:3] / shown[3], mirrored[:3], atol=0.02)
    assert (run["image"][run["image"][..., 3] == 0] == 0).all()
    blurred = placed(bench.run(Reflection(image=bench.image(cut), blur=60, length=100, strength=100)), cut.shape)
    edges = [np.abs(np.diff(blurred[660 + a, :, 3])).max() / blurred[660 + a, :, 3].max() for a in (2, 60, 150)]
    assert edges[0] > 1.5 * edges[1] > 2 * edges[2], "it blurs with the distance"
    seen = blurred[..., 3] > 0.05
    green = (blurred[..., 1] - np.maximum(blurred[..., 0], blurred[..., 2]))[seen] / blurred[..., 3][seen]
    assert green.max() < 0, "invisible green came in"


def test_a_reflection_follows_a_round_base(bench: Bench) -> None:
    """Below each column of the base its own mirror image begins, where a plain flip leaves a gap."""
    cut = bottle()
    gaps = []
    for curved in (True, False):
        found = placed(bench.run(Reflection(image=bench.image(cut), blur=0, curved=curved)), cut.shape)[..., 3]
        columns = range(120, 181, 5)
        lowest = [int(np.flatnonzero(cut[:, x, 3] > 127)[-1]) for x in columns]
        gaps.append([int((found[300 + y + 1 :, 300 + x] > 0.2).argmax()) for x, y in zip(columns, lowest, strict=True)])
    assert max(gaps[0]) <= 1 < max(gaps[1]), gaps


def test_of_a_photo(bench: Bench, coffee: Path) -> None:
    """Half-covered edges, a real outline: everything stays within reason, and progress rises."""
    photo = files.load(coffee).pixels
    photo[..., 3] = cv2.GaussianBlur(
        cv2.ellipse(np.zeros((400, 600), np.uint8), (290, 210), (215, 190), 0, 0, 360, 255, -1), (0, 0), 3
    )
    for operation in (CastShadow(image=bench.image(photo)), Reflection(image=bench.image(photo))):
        run = bench.run(operation)
        assert [f for f, _ in run.progress] == sorted(f for f, _ in run.progress)
        assert run.previews and run["image"].dtype == np.uint8
        assert set(run["data"]) == {"x", "y"}
        stop = Run()
        stop.token.cancel()
        with pytest.raises(Cancelled):
            bench.run(operation, run=stop)


@pytest.mark.parametrize("size", [(1, 1), (1, 50), (50, 1), (3, 3)])
def test_tiny_ones(bench: Bench, size: tuple[int, int]) -> None:
    dot = np.full((*size, 4), 255, np.uint8)
    for operation in (
        CastShadow(image=bench.image(dot)),
        CastShadow(image=bench.image(dot), surface="flat lay"),
        CastShadow(image=bench.image(dot), length=0, softness=0, strength=0, contact=0),
        Reflection(image=bench.image(dot)),
    ):
        assert min(bench.run(operation)["image"].shape) > 0


def test_nothing_to_stand_there_is_said(bench: Bench) -> None:
    empty = bench.image(np.zeros((20, 30, 4), np.uint8))
    for operation in (CastShadow(image=empty), Reflection(image=empty)):
        with pytest.raises(AtelierError, match="The picture is transparent everywhere"):
            bench.run(operation)
