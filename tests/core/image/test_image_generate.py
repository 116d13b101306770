"""Pictures out of numbers: one composition a seed at every size, in the palette that was asked for; patterns repeat."""

import re
from typing import Any, get_args, get_type_hints

import cv2
import numpy as np
import pytest
from image_bench import Bench, psnr

from core.image import artwork, cells, lsystems
from core.image.pixels import from_oklab, to_oklab
from core.operations.base import Operation
from core.operations.image_generate import (
    Cells,
    FlowField,
    GradientMesh,
    Mark,
    Pattern,
    Plant,
    ReactionDiffusion,
)
from core.operations.recipe import from_fields
from core.values import AtelierError

PATTERNS = ("terrazzo", "truchet", "scallops", "waves", "stripes", "cubes", "arches", "leaves")
MARKS = ("rosette", "quarters", "rings", "burst", "bands", "orbit")
KINDS: list[tuple[type[Operation], dict[str, Any]]] = [
    (GradientMesh, {}),
    (FlowField, {"density": 4}),
    (FlowField, {"style": "threads", "density": 2}),
    (Cells, {"style": "facets", "count": 80}),
    (Cells, {"style": "stained glass", "count": 80}),
    (Cells, {"style": "pebbles", "count": 80, "line": 10}),
    (ReactionDiffusion, {"scale": 12}),
    *((Pattern, {"kind": kind, "repeats": 4}) for kind in PATTERNS),
    *((Plant, {"kind": kind, "detail": 30}) for kind in ("tree", "meadow", "hilbert", "dragon", "gosper")),
]


def test_declared_palettes_are_those_there_are() -> None:
    hint = get_type_hints(Pattern, include_extras=True)["palette"]
    names = get_args(get_args(hint)[0])
    assert set(names) == set(artwork.PALETTES)
    for palette in artwork.PALETTES.values():
        light = [artwork.lightness(artwork.parse_colour(colour)[:3]) for colour in palette]
        assert len(palette) == 6 and max(abs(one - light[0]) for one in light) > 0.35, "it can be read on its ground"


@pytest.mark.parametrize(("cls", "fields"), KINDS)
def test_a_seed_is_one_composition_at_every_size(bench: Bench, cls: type[Operation], fields: dict[str, Any]) -> None:
    large = bench.run(cls(width=400, height=500, seed=3, **fields))
    small = bench.run(cls(width=160, height=200, seed=3, **fields)).output
    assert large.output.shape == (500, 400, 4) and (large.output[..., 3] == 255).all() and large.previews
    assert [f for f, _ in large.progress] == sorted(f for f, _ in large.progress)
    shrunk = cv2.resize(large.output, (160, 200), interpolation=cv2.INTER_AREA)
    assert psnr(cv2.blur(shrunk, (3, 3)), cv2.blur(small, (3, 3))) > 26
    if cls is ReactionDiffusion:  # grown once for both sizes above: it is slow, and has one kind of randomness
        return
    np.testing.assert_array_equal(bench.run(cls(width=160, height=200, seed=3, **fields)).output, small)
    if fields.get("kind") not in lsystems.CURVES:
        other = bench.run(cls(width=160, height=200, seed=4, **fields)).output
        assert (np.abs(other.astype(int) - small).max(-1) > 20).mean() > 0.05, "another seed, another picture"


@pytest.mark.parametrize(("cls", "fields"), KINDS)
def test_tiny_and_narrow_ones(bench: Bench, cls: type[Operation], fields: dict[str, Any]) -> None:
    sizes = {ReactionDiffusion: ((1, 1),), FlowField: ((1, 40),)}.get(cls, ((1, 1), (1, 40), (40, 3)))
    for width, height in sizes:
        assert bench.run(cls(width=width, height=height, **fields)).output.shape == (height, width, 4)


@pytest.mark.parametrize(
    ("cls", "fields"),
    [
        (FlowField, {"margin": 0, "density": 40}),
        (Pattern, {"kind": "terrazzo"}),
        (Pattern, {"kind": "waves"}),
        (Cells, {"style": "pebbles"}),
    ],
)
def test_own_colours_are_the_ones_seen(bench: Bench, cls: type[Operation], fields: dict[str, Any]) -> None:
    made = bench.run(cls(width=300, height=300, colours="#ffffff, #ff0000", **fields)).output[..., :3].astype(int)
    # Shades between white and red, or lighter and darker reds.
    assert (np.abs(made[..., 1] - made[..., 2]) < 40).all()
    red = (made[..., 0] > 180) & (made[..., 1] < 80)
    assert 0.1 < red.mean() < 0.98
    with pytest.raises(AtelierError, match="colours"):
        from_fields(cls.info.name, {"colours": "red, blue"})


def step(pixels: np.ndarray, axis: int, share: float = 0.9) -> float:
    """The mean step over the border between two repeats, in parts of steps within (a quantile of them)."""
    lines = np.moveaxis(pixels[..., :3].astype(np.float32), axis, 0)
    steps = np.abs(np.diff(lines, axis=0)).mean((1, 2))
    return float(np.abs(lines[0] - lines[-1]).mean() / (np.quantile(steps, share) + 0.5))


@pytest.mark.parametrize("kind", PATTERNS)
@pytest.mark.parametrize("size", [(400, 400), (300, 500)])
def test_patterns_repeat(bench: Bench, kind: str, size: tuple[int, int]) -> None:
    for seed in (0, 1):
        made = bench.run(Pattern(width=size[0], height=size[1], kind=kind, repeats=3, seed=seed)).output
        # Hard edges that run along the border are compared with those that run along it within.
        share, most = (1.0, 1.6) if kind in ("arches", "cubes", "stripes") else (0.9, 2.0)
        assert max(step(made, axis, share) for axis in (0, 1)) < most


def test_living_patterns_repeat_and_differ(bench: Bench) -> None:
    made = {}
    for kind in ("maze", "spots"):
        made[kind] = bench.run(ReactionDiffusion(width=240, height=240, kind=kind, scale=12, relief=0)).output
        assert max(step(made[kind], 0), step(made[kind], 1)) < 1.3
        assert 0.04 < (np.abs(made[kind][..., :3].astype(int) - (0xFD, 0xF3, 0xF0)).max(-1) > 60).mean() < 0.9
    islands = {
        kind: cv2.connectedComponents((pixels[..., 1] < 160).astype(np.uint8))[0] for kind, pixels in made.items()
    }
    assert islands["spots"] > 2 * islands["maze"]
    with pytest.raises(AtelierError, match=r"at least \d"):
        bench.run(ReactionDiffusion(width=4000, height=400, scale=2))


def test_a_gradient_has_no_bands_and_is_even_to_the_eye(bench: Bench) -> None:
    """Rounded without noise, wide steps have edges that a blur still shows; dithered ones have none."""
    made = bench.run(GradientMesh(width=1200, height=300, colours="#202830 #2a3440", points=2, soft=100)).output
    rows = made[100:200, :, 1].astype(np.float64)
    smooth = rows.mean(0)  # what the eye mixes
    trend = np.convolve(smooth, np.ones(41) / 41, "valid")
    ours = np.abs(smooth[20:-20] - trend).max()
    rounded = np.rint(trend)
    peer = np.abs(rounded[20:-20] - np.convolve(rounded, np.ones(41) / 41, "valid")).max()
    assert ours < 0.75 * peer, (ours, peer)
    lab = to_oklab(np.ascontiguousarray(made[..., :3]))
    ends = [to_oklab(np.array(c, np.uint8))[0] for c in ((0x20, 0x28, 0x30), (0x2A, 0x34, 0x40))]
    assert (
        min(ends) - 0.01 < cv2.blur(lab[..., 0], (9, 9)).min()
        and cv2.blur(lab[..., 0], (9, 9)).max() < max(ends) + 0.01
    )
    assert np.isfinite(from_oklab(lab)).all()


def test_ribbons_do_not_touch(bench: Bench) -> None:
    made = bench.run(
        FlowField(width=700, height=700, density=50, colours="#ffffff #000000 #ff0000 #0000ff", seed=5)
    ).output
    ink = np.select(
        [made[..., :3].min(-1) > 200, made[..., 0] > 200, made[..., 2] > 200, made[..., :3].max(-1) < 50],
        [0, 1, 2, 3],
        -1,
    )
    pairs = np.concatenate(
        [np.stack((ink[:, :-2].ravel(), ink[:, 2:].ravel())), np.stack((ink[:-2].ravel(), ink[2:].ravel()))], 1
    )
    known = (pairs > 0).all(0)
    meeting = (pairs[0] != pairs[1])[known].mean()
    assert 0.3 < (ink > 0).mean() < 0.8
    assert meeting < 0.004, "only where a ribbon is banded itself do two colours meet"


def test_cells_tile_the_sheet() -> None:
    random = np.random.default_rng(2)
    size = (1000.0, 1500.0)
    points = (random.random((150, 2)) * size).astype(np.float32)
    found = cells.regions(points, size)
    areas = [cv2.contourArea(region) for region in found]
    assert sum(areas) == pytest.approx(size[0] * size[1], rel=0.001)
    inside = [
        cv2.pointPolygonTest(region[:, None], tuple(map(float, p)), False)
        for region, p in zip(found, points, strict=True)
    ]
    assert min(inside) >= 0
    for count in (1, 3):
        few = cells.regions(points[:count], size)
        assert sum(cv2.contourArea(region) for region in few) == pytest.approx(size[0] * size[1], rel=0.01)


def test_words_are_rewritten_as_lindenmayer_says() -> None:
    start, rules, turn, _, _ = lsystems.CURVES["hilbert"]
    for rounds in (1, 3, 5):
        points = lsystems.turtle(lsystems.rewrite(start, rules, rounds), turn)
        assert len(points) == 4**rounds == len(np.unique(points.round(), axis=0)), "it visits each place once"
    start, rules, turn, _, _ = lsystems.CURVES["gosper"]
    word = lsystems.rewrite(start, rules, 3).replace("A", "F").replace("B", "F")
    points = lsystems.turtle(word, turn)
    assert len(points) == 7**3 + 1 == len(np.unique(points.round(3), axis=0))
    start, rules, turn, _, _ = lsystems.CURVES["dragon"]
    assert lsystems.rewrite(start, rules, 9).count("F") == 2**9
    assert len(lsystems.rewrite("F", {"F": ((1.0, "FFFF"),)}, 40)) <= lsystems.LONGEST, "no word grows for ever"


@pytest.mark.parametrize("kind", MARKS)
def test_marks_are_signs_on_a_transparent_ground(bench: Bench, kind: str) -> None:
    different = set()
    for seed in range(4):
        made = bench.run(Mark(size=160, kind=kind, seed=seed, parts=3 + seed, first="#ff0000", second="#0000ff")).output
        assert not made[0, 0].any() and 0.05 < (made[..., 3] > 127).mean() < 0.9
        solid = made[made[..., 3] == 255][:, :3].astype(int)
        assert (solid[:, 1] < 10).all() and (solid[:, 0] + solid[:, 2] > 200).all(), "no colours but the two"
        half = bench.run(Mark(size=80, kind=kind, seed=seed, parts=3 + seed, first="#ff0000", second="#0000ff")).output
        assert (
            np.abs(cv2.resize(made[..., 3], (80, 80), interpolation=cv2.INTER_AREA).astype(int) - half[..., 3]).mean()
            < 4
        )
        different.add(made.tobytes())
    assert len(different) > 2


@pytest.mark.parametrize("cls", [GradientMesh, FlowField, Cells, ReactionDiffusion, Pattern, Plant])
def test_it_stops_and_speaks_in_templates(bench: Bench, cls: type[Operation]) -> None:
    run = bench.stopped(cls(width=900, height=900), 0.05)
    assert run.progress[-1][0] < 0.9
    assert all(re.fullmatch(r"[A-Z][a-z ]+", str(text)) for _, text in run.progress if text)
