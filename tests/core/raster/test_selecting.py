"""Selections grow by true distances, blur like a Gaussian, join by connection, and are stored without loss."""

import math

import msgspec
import numpy as np
import pytest

from core.documents.base import decode_document, encode_document
from core.documents.image import ImageDocument, Mask, new_image
from core.documents.image_place import crop, resize_canvas, scale_document
from core.raster import flood, selecting, shapes, within
from core.raster.manifest import read_raster, replace_tiles, write_raster
from core.raster.selecting import Coverage

IDENTITY = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class Shelf(dict[str, bytes]):
    """Assets in memory."""

    def put(self, data: bytes, media_type: str) -> str:
        from core.values import hash_bytes

        digest = hash_bytes(data)
        self[digest] = data
        return digest

    def get(self, digest: str) -> bytes:  # type: ignore[override]
        return self[digest]


def spots(*points: tuple[int, int], size: tuple[int, int] = (70, 60)) -> Coverage:
    made = np.zeros(size[::-1], np.uint8)
    for x, y in points:
        made[y, x] = 255
    return made


def far(chosen: Coverage) -> np.ndarray:
    """Each pixel's distance to the nearest chosen one, the slow way."""
    ys, xs = np.nonzero(chosen >= 128)
    down, across = np.mgrid[: chosen.shape[0], : chosen.shape[1]]
    return np.sqrt(((across[..., None] - xs) ** 2 + (down[..., None] - ys) ** 2).min(-1))


@pytest.mark.parametrize("by", [1, 2.5, 7, 20])
def test_growing_takes_in_what_is_within_the_euclidean_distance(by: float) -> None:
    chosen = spots((5, 5), (40, 30), (41, 30), (69, 59))
    grown = selecting.grown(chosen, by)
    distance = far(chosen)
    assert (grown[distance <= by] == 255).all()
    assert (grown[distance >= by + 1] == 0).all()
    between = (distance > by) & (distance < by + 1)
    assert (np.abs(grown[between] - 255.0 * (by + 1 - distance[between])) <= 1).all()


def test_growing_is_the_same_across_the_borders_of_blocks() -> None:
    chosen = np.zeros((700, 900), np.uint8)
    chosen[250:262, 250:530] = 255
    part = selecting.grown(chosen[200:320, 200:600], 9)
    assert np.array_equal(selecting.grown(chosen, 9)[200:320, 200:600], part)


def test_shrinking_undoes_growing_of_a_box_and_leaves_the_canvas_edge_alone() -> None:
    chosen = shapes.rectangle(100, 80, (20, 20, 60, 50))
    assert np.array_equal(selecting.shrunk(chosen, 5), shapes.rectangle(100, 80, (25, 25, 55, 45)))
    whole = np.full((80, 100), 255, np.uint8)
    assert np.array_equal(selecting.shrunk(whole, 5), whole)
    half = shapes.rectangle(100, 80, (0, 0, 40, 80))
    assert np.array_equal(selecting.shrunk(half, 5), shapes.rectangle(100, 80, (0, 0, 35, 80)))


def test_a_border_lies_on_both_sides_of_the_edge() -> None:
    chosen = shapes.rectangle(100, 80, (20, 20, 60, 50))
    band = selecting.bordered(chosen, 6)
    row = band[35]
    assert [int(x) for x in np.flatnonzero(row)] == [*range(17, 23), *range(57, 63)]


@pytest.mark.parametrize("sigma", [1, 3, 20, 50])
def test_feathering_is_a_gaussian(sigma: float) -> None:
    step = np.zeros((260, 600), np.uint8)
    step[:, 300:] = 255
    row = selecting.feathered(step, sigma)[130].astype(float)
    wanted = [255 * 0.5 * (1 + math.erf((x + 0.5 - 300) / sigma / math.sqrt(2))) for x in range(600)]
    assert np.abs(row - wanted).max() < 2.5


def test_smoothing_takes_specks_away_and_keeps_straight_edges() -> None:
    chosen = shapes.rectangle(200, 200, (50, 50, 150, 150))
    chosen[10, 10] = 255
    chosen[100, 100] = 0
    smooth = selecting.smoothed(chosen, 8)
    assert smooth[10, 10] == 0 and smooth[100, 100] == 255
    assert smooth[100, 49] < 128 <= smooth[100, 50]
    assert smooth[50, 50] < 128  # the corner is round now


def test_combining() -> None:
    one, other = shapes.rectangle(10, 1, (0, 0, 6, 1)), shapes.rectangle(10, 1, (4, 0, 10, 1))
    other[0, 5] = 100
    wanted = {"new": other, "add": np.maximum(one, other), "intersect": np.minimum(one, other)}
    for how, result in wanted.items():
        assert np.array_equal(selecting.combined(one, other, how), result)  # type: ignore[arg-type]
    assert list(selecting.combined(one, other, "subtract")[0]) == [255] * 4 + [0, 155] + [0] * 4
    assert not selecting.combined(None, other, "intersect").any()
    assert not selecting.combined(None, other, "subtract").any()


def connected(like: np.ndarray, x: int, y: int) -> np.ndarray:
    """The slow way: pixel by pixel."""
    found, open_ = np.zeros_like(like), [(x, y)]
    while open_:
        x, y = open_.pop()
        if 0 <= x < like.shape[1] and 0 <= y < like.shape[0] and like[y, x] and not found[y, x]:
            found[y, x] = True
            open_ += [(x + 1, y), (x - 1, y), (x, y + 1), (x, y - 1)]
    return found


@pytest.mark.parametrize("density", [0.3, 0.55, 0.62, 0.9, 1.0])
def test_what_hangs_together_is_found_in_any_maze(density: float) -> None:
    rng = np.random.default_rng(round(density * 100))
    like = rng.random((83, 61)) < density
    for x, y in ((0, 0), (60, 82), (30, 40)):
        assert np.array_equal(flood.contiguous(like, x, y), connected(like, x, y))


def test_a_spiral_hangs_together() -> None:
    like = np.ones((101, 101), bool)
    for ring in range(2, 50, 2):
        like[ring, ring - 2 : 101 - ring] = False
        like[ring : 101 - ring, 100 - ring] = False
        like[100 - ring, ring : 101 - ring] = False
        like[ring + 2 : 101 - ring, ring] = False
    assert np.array_equal(flood.contiguous(like, 0, 0), connected(like, 0, 0))


def test_the_wand_compares_colours_and_what_is_clear_only_by_alpha() -> None:
    pixels = np.zeros((2, 4, 4), np.uint8)
    pixels[0] = [(10, 20, 30, 255), (40, 20, 30, 255), (43, 20, 30, 255), (10, 20, 30, 200)]
    pixels[1] = [(255, 0, 0, 0), (0, 255, 0, 3), (0, 0, 255, 40), (10, 20, 30, 255)]
    assert flood.similar(pixels, 0, 0, 32).tolist() == [[True, True, False, False], [False, False, False, True]]
    assert flood.similar(pixels, 0, 1, 10).tolist() == [[False] * 4, [True, True, False, False]]


def test_a_selection_is_stored_and_read_without_loss() -> None:
    shelf = Shelf()
    chosen = selecting.feathered(shapes.ellipse(700, 500, (200, 30, 690, 480)), 4)
    mask = selecting.store(chosen, shelf)
    assert mask is not None and (mask.width, mask.height) == (700, 500)
    assert np.array_equal(selecting.read(mask, 700, 500, shelf), chosen)
    moved = msgspec.structs.replace(mask, x=-50, y=20)
    assert np.array_equal(selecting.read(moved, 700, 500, shelf), selecting.shifted(chosen, -50, 20))
    assert selecting.store(np.zeros((20, 20), np.uint8), shelf) is None
    whole = np.full((300, 20), 255, np.uint8)
    stored = selecting.store(whole, shelf)
    assert stored is not None and np.array_equal(selecting.read(stored, 20, 300, shelf), whole)


def test_a_selection_belongs_to_the_document_and_old_files_have_none() -> None:
    shelf = Shelf()
    mask = selecting.store(shapes.rectangle(40, 30, (5, 5, 20, 20)), shelf)
    assert mask is not None
    plain = new_image(40, 30)
    document = msgspec.structs.replace(plain, selection=mask)
    assert document.assets() == {mask.pixels} and decode_document(encode_document(document)) == document
    assert b"selection" not in encode_document(plain)
    assert decode_document(encode_document(plain)) == plain


def area(document: ImageDocument, shelf: Shelf) -> tuple[int, int, int, int] | None:
    assert isinstance(document.selection, Mask)
    return selecting.bounding(selecting.read(document.selection, document.width, document.height, shelf))


def test_a_selection_follows_the_canvas() -> None:
    shelf = Shelf()
    mask = selecting.store(shapes.rectangle(100, 80, (20, 20, 60, 50)), shelf)
    document = msgspec.structs.replace(new_image(100, 80), selection=mask)
    assert area(resize_canvas(document, 120, 100, (0, 0)), shelf) == (20, 20, 60, 50)
    assert area(resize_canvas(document, 120, 100), shelf) == (30, 30, 70, 60)
    assert area(crop(document, (10, 15, 50, 60)), shelf) == (10, 5, 40, 35)
    assert area(scale_document(document, 200, 160, lambda _: (0.0, 0.0)), shelf) in (
        (40, 40, 120, 100),
        (39, 39, 121, 101),
    )


def test_a_mask_over_more_than_the_canvas_hides_what_is_outside() -> None:
    shelf = Shelf()
    chosen = shapes.rectangle(40, 30, (5, 5, 20, 20))
    document = msgspec.structs.replace(new_image(40, 30), selection=selecting.store(chosen, shelf))
    mask = selecting.as_layer_mask(document, (-10, -10, 60, 30), shelf)
    assert mask is not None and (mask.x, mask.y, mask.width, mask.height) == (-10, -10, 70, 40)
    assert np.array_equal(selecting.read(mask, 40, 30, shelf), chosen)
    hiding = selecting.as_layer_mask(document, (0, 0, 40, 30), shelf, hides=True)
    assert hiding is not None and np.array_equal(selecting.read(hiding, 40, 30, shelf), ~chosen)
    assert selecting.as_layer_mask(new_image(40, 30), (0, 0, 40, 30), shelf) is None


def test_resampling_to_a_turned_and_scaled_layer() -> None:
    chosen = shapes.rectangle(200, 200, (50, 60, 150, 140))
    doubled = selecting.resampled(chosen, (0.5, 0.0, 0.0, 0.5, 0.0, 0.0), (0, 0, 400, 400))
    assert abs(int((doubled >= 128).sum()) - 4 * 100 * 80) < 10
    turned = selecting.resampled(chosen, (0.0, 1.0, -1.0, 0.0, 200.0, 0.0), (0, 0, 200, 200))
    assert np.array_equal(turned, np.rot90(chosen))
    away = selecting.resampled(chosen, (1.0, 0.0, 0.0, 1.0, 500.0, 0.0), (0, 0, 50, 50))
    assert not away.any()


def test_clearing_changes_only_the_tiles_inside() -> None:
    shelf = Shelf()
    pixels = np.full((600, 600, 4), 255, np.uint8)
    digest = write_raster(pixels, shelf)
    chosen = shapes.rectangle(600, 600, (10, 10, 40, 40))
    tiles = within.changed_tiles(digest, chosen, IDENTITY, shelf, within.clear)
    assert set(tiles) == {(0, 0)}
    after = read_raster(replace_tiles(digest, tiles, shelf, shelf), shelf)
    wanted = pixels.copy()
    wanted[10:40, 10:40, 3] = 0
    assert np.array_equal(after, wanted)


def test_filling_half_chosen_pixels_mixes() -> None:
    shelf = Shelf()
    pixels = np.zeros((20, 20, 4), np.uint8)
    pixels[:, :10] = (0, 0, 0, 255)
    digest = write_raster(pixels, shelf)
    chosen = np.full((20, 20), 128, np.uint8)
    tiles = within.changed_tiles(digest, chosen, IDENTITY, shelf, within.fill_with(200, 100, 50))
    after = read_raster(replace_tiles(digest, tiles, shelf, shelf), shelf)
    assert tuple(after[5, 5]) == (100, 50, 25, 255)
    assert tuple(after[5, 15]) == (200, 100, 50, 128)
    everywhere = within.changed_tiles(digest, None, IDENTITY, shelf, within.fill_with(1, 2, 3))
    assert not everywhere[0, 0][20:].any()  # beyond the raster's edge nothing is written
