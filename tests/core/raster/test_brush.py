"""The brush against what can be worked out: areas, ceilings, edges, and which tiles a stroke touches."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.raster.brush import Brush, Stroke, dab_coverage
from core.raster.manifest import TILE, read_raster, replace_tiles, solid_raster, write_raster
from core.raster.pack import MemoryAssets
from core.values import AtelierError

CLEAR = (0, 0, 0, 0)


def paint(
    stroke: Stroke, points: list[tuple[float, float]], pressure: float = 1.0
) -> dict[tuple[int, int], np.ndarray]:
    for x, y in points:
        stroke.add(x, y, pressure)
    return stroke.finish()


def result(assets: MemoryAssets, digest: str, tiles: dict[tuple[int, int], np.ndarray]) -> np.ndarray:
    return read_raster(replace_tiles(digest, tiles, assets, assets), assets)


@pytest.mark.parametrize("radius", [0.5, 1.0, 3.3, 20.0, 100.25])
def test_a_hard_dab_covers_a_disc(radius: float) -> None:
    for x, y in ((150.0, 150.0), (150.5, 149.25)):
        dab = dab_coverage(x, y, radius, 1.0, (0, 0, 300, 300))
        assert dab.sum() == pytest.approx(math.pi * radius**2, rel=0.02, abs=0.4)
        assert dab.min() >= 0 and dab.max() <= 1


@pytest.mark.parametrize("hardness", [0.0, 0.3, 0.8])
def test_a_soft_dab_falls_off_as_it_says(hardness: float) -> None:
    dab = dab_coverage(150.5, 150.5, 100, hardness, (0, 0, 301, 301))
    distance = np.arange(0, 151)
    t = np.clip((100 - distance) / (100 * (1 - hardness)), 0, 1)
    assert np.abs(dab[150, 150:] - t * t * (3 - 2 * t)).max() < 1e-5
    assert np.allclose(dab, dab[::-1]) and np.allclose(dab, dab.T)


def test_one_click_is_one_dab() -> None:
    assets = MemoryAssets()
    digest = solid_raster(400, 400, CLEAR, assets)
    stroke = Stroke(Brush(size=60, hardness=1.0, colour="#204060"), digest, assets)
    assert stroke.add(256, 200) == {(0, 0), (1, 0)}
    out = result(assets, digest, stroke.finish())
    assert out[..., 3].sum() / 255 == pytest.approx(math.pi * 30**2, rel=0.01)
    assert (out[out[..., 3] > 0][:, :3] == (0x20, 0x40, 0x60)).all()
    assert (out[200, 240] == (0x20, 0x40, 0x60, 255)).all()


def test_a_straight_hard_stroke_is_a_capsule() -> None:
    assets = MemoryAssets()
    digest = solid_raster(800, 300, CLEAR, assets)
    tiles = paint(
        Stroke(Brush(size=50, hardness=1.0, spacing=0.02), digest, assets), [(100, 150), (400, 150), (700, 150)]
    )
    alpha = result(assets, digest, tiles)[..., 3] / 255
    y, x = np.mgrid[0:300, 0:800] + 0.5
    distance = np.hypot(x - np.clip(x, 100, 700), y - 150)
    assert np.abs(alpha - np.clip(25.5 - distance, 0, 1)).max() < 0.1
    assert alpha.sum() == pytest.approx(600 * 50 + math.pi * 25**2, rel=0.005)


@pytest.mark.parametrize("opacity", [0.25, 0.6, 1.0])
@pytest.mark.parametrize("flow", [0.1, 1.0])
def test_a_stroke_never_covers_more_than_its_opacity(opacity: float, flow: float) -> None:
    """However often it crosses itself; a second stroke then goes further."""
    assets = MemoryAssets()
    digest = solid_raster(300, 300, CLEAR, assets)
    brush = Brush(size=80, hardness=0.5, opacity=opacity, flow=flow, colour="#ff0000")
    back_and_forth = [(60.0, 150.0), (240.0, 150.0)] * 12
    tiles = paint(Stroke(brush, digest, assets), back_and_forth)
    alpha = result(assets, digest, tiles)[..., 3]
    assert alpha.max() == pytest.approx(255 * opacity, abs=1)
    if opacity < 1:
        again = replace_tiles(digest, tiles, assets, assets)
        more = result(assets, again, paint(Stroke(brush, again, assets), back_and_forth))[..., 3]
        assert more.max() == pytest.approx(255 * (1 - (1 - opacity) ** 2), abs=2)


def test_paint_is_source_over_in_straight_alpha() -> None:
    assets = MemoryAssets()
    array = np.random.default_rng(4).integers(0, 256, (256, 256, 4)).astype(np.uint8)
    digest = write_raster(array, assets)
    brush = Brush(size=5000, hardness=1.0, opacity=0.4, colour="#3366cc80")
    out = result(assets, digest, paint(Stroke(brush, digest, assets), [(128, 128)])).astype(float)
    below, amount = array[..., 3:] / 255, 0.4 * 128 / 255
    alpha = amount + below * (1 - amount)
    colour = (np.array([0x33, 0x66, 0xCC]) * amount + array[..., :3] * below * (1 - amount)) / alpha
    assert np.abs(out[..., :3] - colour).max() <= 0.51
    assert np.abs(out[..., 3:] - alpha * 255).max() <= 0.51


def test_erasing_takes_alpha_and_leaves_colour() -> None:
    assets = MemoryAssets()
    digest = solid_raster(300, 300, (10, 200, 30, 200), assets)
    brush = Brush(size=100, hardness=1.0, opacity=0.5)
    out = result(assets, digest, paint(Stroke(brush, digest, assets, "erase"), [(150, 150)]))
    assert tuple(out[150, 150]) == (10, 200, 30, 100)
    assert tuple(out[20, 20]) == (10, 200, 30, 200)
    gone = result(assets, digest, paint(Stroke(Brush(size=1000, hardness=1.0), digest, assets, "erase"), [(150, 150)]))
    assert not gone.any()


@pytest.mark.parametrize(("colour", "expected"), [("#ffffff", 255), ("#000000", 0), ("#808080", 128)])
def test_a_mask_takes_the_lightness_of_the_colour(colour: str, expected: int) -> None:
    assets = MemoryAssets()
    digest = solid_raster(300, 300, (255, 255, 255, 60), assets)
    stroke = Stroke(Brush(size=100, hardness=1.0, colour=colour), digest, assets, "mask")
    out = result(assets, digest, paint(stroke, [(150, 150)]))
    assert abs(int(out[150, 150, 3]) - expected) <= 1
    assert out[10, 10, 3] == 60


def test_pressure_changes_size_or_opacity() -> None:
    assets = MemoryAssets()
    digest = solid_raster(300, 300, CLEAR, assets)

    def area(brush: Brush) -> tuple[float, int]:
        alpha = result(assets, digest, paint(Stroke(brush, digest, assets), [(150, 150)], 0.5))[..., 3]
        return float((alpha > 0).sum()), int(alpha.max())

    small = area(Brush(size=100, hardness=1.0))
    assert small[0] == pytest.approx(math.pi * 25**2, rel=0.06) and small[1] == 255
    faint = area(Brush(size=100, hardness=1.0, pressure_size=False, pressure_opacity=True))
    assert faint[0] == pytest.approx(math.pi * 50**2, rel=0.04) and faint[1] == pytest.approx(128, abs=1)


def test_the_path_is_smooth() -> None:
    """Eight points of a circle give a circle, not an octagon: the spline stays close to it."""
    assets = MemoryAssets()
    digest = solid_raster(500, 500, CLEAR, assets)
    turn = [(250 + 180 * math.cos(a), 250 + 180 * math.sin(a)) for a in np.linspace(0, 2 * math.pi, 17)]
    alpha = result(assets, digest, paint(Stroke(Brush(size=6, hardness=1.0), digest, assets), turn))[..., 3]
    y, x = np.nonzero(alpha > 128)
    radius = np.hypot(x + 0.5 - 250, y + 0.5 - 250)
    assert radius.min() > 172 and radius.max() < 186
    angles = np.degrees(np.arctan2(y - 250, x - 250)).astype(int)
    assert len(set(angles.tolist())) > 355  # no gaps


def test_how_the_events_are_cut_up_hardly_matters() -> None:
    assets = MemoryAssets()
    digest = solid_raster(600, 300, CLEAR, assets)
    brush = Brush(size=40, hardness=0.5, flow=0.4)
    coarse, fine = (
        result(assets, digest, paint(Stroke(brush, digest, assets), [(x, 150.0) for x in np.linspace(50, 550, count)]))
        for count in (5, 120)
    )
    assert np.abs(coarse[..., 3].astype(int) - fine[..., 3]).max() <= 12


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.tuples(st.floats(-100, 700), st.floats(-100, 700), st.floats(0, 1)), min_size=1, max_size=8),
    st.floats(1, 120),
    st.floats(0, 1),
)
def test_just_the_touched_tiles_change(points: list[tuple[float, float, float]], size: float, hardness: float) -> None:
    assets = MemoryAssets()
    digest = solid_raster(600, 520, (9, 9, 9, 100), assets)
    before = read_raster(digest, assets)
    stroke = Stroke(Brush(size=size, hardness=hardness, colour="#ffffff"), digest, assets)
    said: set[tuple[int, int]] = set()
    shown: dict[tuple[int, int], np.ndarray] = {}
    for x, y, pressure in points:
        touched = stroke.add(x, y, pressure)
        said |= touched
        now = stroke.tiles
        for key, tile in now.items():
            assert not tile.flags.writeable
            if key not in touched:
                assert tile is shown[key]  # what was not touched is not even copied
        shown = now
    final = stroke.finish()
    assert said <= set(final)
    after = result(assets, digest, final)
    changed = {(int(x) // TILE, int(y) // TILE) for y, x in np.argwhere((before != after).any(-1))}
    assert changed <= set(final)
    for col, row in final:
        assert 0 <= col < 3 and 0 <= row < 3
        # The path stays within the hull of its points, so a tile farther than the radius from it is never touched.
        xs, ys = ([value[axis] for value in points] for axis in (0, 1))
        assert col * TILE <= max(xs) + size / 2 + 2 and (col + 1) * TILE >= min(xs) - size / 2 - 2
        assert row * TILE <= max(ys) + size / 2 + 2 and (row + 1) * TILE >= min(ys) - size / 2 - 2


def test_painting_outside_does_nothing_and_nonsense_is_ignored() -> None:
    assets = MemoryAssets()
    digest = solid_raster(100, 100, CLEAR, assets)
    stroke = Stroke(Brush(size=20), digest, assets)
    assert stroke.add(-500, 50) == set()
    assert stroke.add(float("nan"), 50) == set()
    assert stroke.add(-400, float("inf")) == set()
    assert stroke.finish() == {}
    assert Stroke(Brush(), digest, assets).finish() == {}


def test_a_stroke_that_starts_outside_comes_in() -> None:
    assets = MemoryAssets()
    digest = solid_raster(300, 300, CLEAR, assets)
    out = result(assets, digest, paint(Stroke(Brush(size=20, hardness=1.0), digest, assets), [(-100, 150), (200, 150)]))
    assert out[150, 0, 3] == 255 and out[150, 195, 3] == 255 and out[150, 230, 3] == 0


def test_a_missing_tile_stops_the_stroke_in_a_sentence() -> None:
    assets = MemoryAssets()
    digest = solid_raster(100, 100, (1, 2, 3, 255), assets)
    for name in [name for name in assets.assets if name != digest]:
        del assets.assets[name]
    with pytest.raises(AtelierError, match="missing"):
        Stroke(Brush(), digest, assets).add(50, 50)


# --- tips ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("hardness", [0.3, 1.0])
def test_a_flat_tip_covers_an_ellipse_that_is_turned(hardness: float) -> None:
    round_ = dab_coverage(150, 150, 80, hardness, (0, 0, 300, 300))
    flat = dab_coverage(150, 150, 80, hardness, (0, 0, 300, 300), 0.25, 30.0)
    assert flat.sum() == pytest.approx(0.25 * round_.sum(), rel=0.02)
    y, x = np.mgrid[0:300, 0:300] + 0.5 - 150
    turn = 0.5 * math.atan2(2 * (flat * x * y).sum(), (flat * (x * x - y * y)).sum())
    assert math.degrees(turn) == pytest.approx(30, abs=0.5)
    assert flat[150, 150] == 1 and flat.max() <= 1


def test_what_a_pen_does_changes_what_it_is_set_to_change() -> None:
    assets = MemoryAssets()
    digest = solid_raster(400, 300, CLEAR, assets)

    def dab(pressure: float, tilt: float, speed: float, **fields: bool) -> np.ndarray:
        brush = Brush(**{"size": 100.0, "hardness": 1.0, "pressure_size": False, **fields})  # type: ignore[arg-type]
        stroke = Stroke(brush, digest, assets)
        stroke.add(200, 150, pressure, tilt, speed)
        return result(assets, digest, stroke.finish())[..., 3]

    whole = math.pi * 50**2
    assert (dab(0.5, 0.5, 0.5) > 0).sum() == pytest.approx(whole, rel=0.03)
    assert (dab(0.5, 0, 0, pressure_size=True) > 127).sum() == pytest.approx(whole / 4, rel=0.03)
    assert (dab(1, 1, 0, tilt_size=True) > 127).sum() == pytest.approx(whole * 9, rel=0.03)
    assert (dab(1, 0, 1, speed_size=True) > 127).sum() == pytest.approx(whole * 0.04, rel=0.1)
    assert dab(0.5, 0, 0, pressure_opacity=True).max() == pytest.approx(128, abs=1)
    assert dab(0.5, 0, 0, pressure_flow=True).max() == pytest.approx(128, abs=1)
    assert dab(1, 1, 0, tilt_opacity=True).max() == dab(1, 0, 1, speed_flow=True).max() == 51


def test_scatter_stays_in_reach_and_the_same_stroke_is_the_same() -> None:
    assets = MemoryAssets()
    digest = solid_raster(500, 300, CLEAR, assets)
    brush = Brush(size=10, hardness=1.0, spacing=0.5, scatter=4.0)
    points = [(50.0, 150.0), (250.0, 150.0), (450.0, 150.0)]
    first, second = (result(assets, digest, paint(Stroke(brush, digest, assets), points))[..., 3] for _ in range(2))
    rows = np.flatnonzero(first.any(1))
    assert np.array_equal(first, second)
    assert rows[0] >= 150 - 46 and rows[-1] <= 150 + 46 and rows[-1] - rows[0] > 50
