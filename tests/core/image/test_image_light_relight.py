"""Relighting: cut-outs of known shape, covered with real photographs, against the light that a renderer gives them."""

from pathlib import Path

import cv2
import numpy as np
import pytest
from image_bench import DATA, Bench

from core.image import files, relighting
from core.image.pixels import from_linear, to_linear
from core.operations.image_light import Relight

NEUTRAL = "#ffffff"


def photo(name: str, coffee: Path) -> np.ndarray:
    return np.ascontiguousarray(files.load(coffee if name == "coffee" else DATA / name).pixels[..., :3])


def solid(kind: str) -> tuple[np.ndarray, np.ndarray]:
    """Normals (280×280×3) and coverage of a ball, a bottle or an egg lying down."""
    rows, columns = (np.mgrid[:280, :280].astype(np.float32) - 139.5) / 120
    if kind == "bottle":
        x = columns / 0.45
        depth = np.sqrt(np.maximum(1 - x * x, 0))
        normal = np.dstack((x, np.zeros_like(x), depth))
        inside = (np.abs(x) < 1) & (np.abs(rows) < 1)
    else:
        y = rows / (0.6 if kind == "egg" else 1)
        depth = np.sqrt(np.maximum(1 - columns**2 - y * y, 0))
        normal = np.dstack((columns, y / (0.6 if kind == "egg" else 1), depth))
        inside = columns**2 + y * y < 1
    normal /= np.maximum(np.linalg.norm(normal, axis=-1, keepdims=True), 1e-6)
    return normal.astype(np.float32), inside


def shown(normal: np.ndarray, inside: np.ndarray, albedo: np.ndarray) -> np.ndarray:
    """The solid as a camera's own flash shows it: uint8 RGBA."""
    light = to_linear(albedo / 255.0) * (0.35 + 0.65 * normal[..., 2:])
    rgb = np.rint(from_linear(light) * 255).astype(np.uint8)
    alpha = cv2.GaussianBlur(inside.astype(np.float32), (0, 0), 0.7)
    return np.dstack((rgb, np.rint(alpha * 255).astype(np.uint8)))


def change(found: np.ndarray, before: np.ndarray) -> np.ndarray:
    """How many stops brighter each place became."""
    light = [to_linear(p[..., :3] / 255.0).mean(-1) + 0.01 for p in (found, before)]
    return np.asarray(np.log2(light[0] / light[1]))


def bumps(picture: np.ndarray, towards: np.ndarray) -> np.ndarray:
    """The peer everybody has: lightness is height, its slopes are lit, in stops."""
    grey = cv2.GaussianBlur(cv2.cvtColor(picture[..., :3], cv2.COLOR_RGB2GRAY).astype(np.float32) / 255, (0, 0), 2)
    normal = np.dstack((-8 * cv2.Sobel(grey, -1, 1, 0), -8 * cv2.Sobel(grey, -1, 0, 1), np.ones_like(grey)))
    normal /= np.linalg.norm(normal, axis=-1, keepdims=True)
    return np.asarray(np.log2(0.3 + np.maximum(normal @ towards, 0)))


@pytest.mark.parametrize("kind", ["ball", "bottle", "egg"])
def test_light_falls_as_on_the_true_shape(bench: Bench, coffee: Path, kind: str) -> None:
    normal, inside = solid(kind)
    albedo = cv2.resize(photo("chelsea.png", coffee), (280, 280))
    picture = shown(normal, inside, albedo)
    core = cv2.erode(inside.astype(np.uint8), np.ones((9, 9))) > 0
    for direction in (300, 90):
        turn, lift = np.radians(direction), np.radians(30)
        towards = np.array([np.sin(turn) * np.cos(lift), -np.cos(turn) * np.cos(lift), np.sin(lift)])
        truth = np.log2(0.3 + np.maximum(normal @ towards, 0)) - np.log2(0.35 + 0.65 * normal[..., 2])
        operation = Relight(
            image=bench.image(picture), direction=direction, height=30, ambient=30, strength=100, colour=NEUTRAL
        )
        ours = change(bench.run(operation).output, picture)
        agree, peer = (np.corrcoef(x[core], truth[core])[0, 1] for x in (ours, bumps(picture, towards)))
        assert agree > 0.74, f"{kind}, {direction}°: correlation {agree:.3f}"
        assert agree > peer + 0.3, f"{kind}, {direction}°: {agree:.3f} against {peer:.3f} of a bump map"


def test_a_balloon_over_a_disc_is_half_a_ball() -> None:
    rows, columns = np.mgrid[:301, :301].astype(np.float32) - 150
    distance = np.hypot(rows, columns)
    cover = np.clip(120.5 - distance, 0, 1).astype(np.float32)
    found = relighting.balloon(cover)
    truth = np.sqrt(np.maximum(120**2 - distance**2, 0)) / 2  # −∇²h = 1: h² is a quarter of the ball's
    assert np.abs(found - truth)[distance < 112].max() < 4
    assert found[distance > 130].max() < 4


def test_direction_height_colour_and_gloss_do_what_they_say(bench: Bench, coffee: Path) -> None:
    picture = cv2.resize(photo("coffee", coffee), (300, 200))
    asset = bench.image(picture)
    left, right, top = (
        bench.run(Relight(image=asset, direction=d, height=20)).output[..., :3].astype(float) for d in (270, 90, 0)
    )
    assert left[:, :100].mean() > right[:, :100].mean() + 8 and right[:, 200:].mean() > left[:, 200:].mean() + 8
    assert top[:70].mean() > top[130:].mean() - picture[130:].mean() + picture[:70].mean()
    blue = bench.run(Relight(image=asset, colour="#4060ff")).output[..., :3].astype(float)
    red = bench.run(Relight(image=asset, colour="#ff6040")).output[..., :3].astype(float)
    assert blue[..., 2].mean() > red[..., 2].mean() + 10 and red[..., 0].mean() > blue[..., 0].mean() + 10
    dull, glossy = (bench.run(Relight(image=asset, specular=s)).output[..., :3].astype(float) for s in (0, 100))
    assert (glossy - dull).mean() > 2 and (glossy - dull).min() > -20
    same = bench.run(Relight(image=asset, strength=0, ambient=100)).output[..., :3]
    np.testing.assert_array_equal(same, picture)
    np.testing.assert_array_equal(bench.run(Relight(image=asset)).output, bench.run(Relight(image=asset)).output)


def test_edges_of_things_do_not_crack(bench: Bench) -> None:
    """A flat print of light and dark fields is lit evenly: an edge of colour is no ridge."""
    picture = np.full((240, 320, 3), 70, np.uint8)
    picture[60:180, 100:220] = 190
    found = change(bench.run(Relight(image=bench.image(picture), height=30, specular=0)).output, picture)
    smooth = cv2.GaussianBlur(found, (0, 0), 25)
    assert np.abs(found - smooth).max() < 0.8, "stops off the broad light"


def test_transparent_pixels_stay_out(bench: Bench, coffee: Path) -> None:
    normal, inside = solid("ball")
    picture = shown(normal, inside, cv2.resize(photo("coffee", coffee), (280, 280)))
    picture[picture[..., 3] == 0] = (0, 255, 0, 0)
    run = bench.run(Relight(image=bench.image(picture)))
    np.testing.assert_array_equal(run.output[..., 3], picture[..., 3])
    assert (run.output[picture[..., 3] == 0] == 0).all()
    assert run.previews and [f for f, _ in run.progress] == sorted(f for f, _ in run.progress)
    picture[picture[..., 3] == 0] = (255, 0, 255, 0)
    np.testing.assert_array_equal(bench.run(Relight(image=bench.image(picture))).output, run.output)


@pytest.mark.parametrize("size", [(1, 1), (1, 300), (300, 1), (2, 3)])
def test_tiny_and_thin_pictures(bench: Bench, size: tuple[int, int]) -> None:
    picture = np.random.default_rng(0).integers(0, 255, (*size, 4)).astype(np.uint8)
    assert bench.run(Relight(image=bench.image(picture))).output.shape == (*size, 4)
    assert bench.run(Relight(image=bench.image(picture[..., :3]))).output.shape == (*size, 4)
    assert not bench.run(Relight(image=bench.image(np.zeros((*size, 4), np.uint8)))).output.any()


def test_it_stops_in_the_middle(bench: Bench, coffee: Path) -> None:
    run = bench.stopped(Relight(image=bench.image(photo("coffee", coffee))), 0.2)
    assert run.progress[-1][0] < 0.9
