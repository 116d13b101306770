"""Strokes in progress, caches, threads, and what happens when assets are gone."""

import threading

import msgspec
import numpy as np
import pytest
from raster_reference import Kept

from core.documents.image import BlendMode, FillLayer, ImageDocument, Mask, RasterLayer, Transform
from core.raster.compositor import Compositor
from core.raster.manifest import TILE, read_manifest, replace_tiles
from core.raster.tiles import Tile, TileCache, TileReader
from core.values import AtelierError

replace = msgspec.structs.replace


@pytest.mark.parametrize("level", [0, 1, 2, 3])
@pytest.mark.parametrize("settled", [False, True])
def test_override_tiles_look_like_the_committed_stroke(level: int, settled: bool, kept: Kept, noise) -> None:
    width, height = 1500, 1300
    layer = RasterLayer(id="a", pixels=kept.raster(noise(width, height, 1)), width=width, height=height)
    mask = Mask(pixels=kept.raster(noise(width, height, 2)), width=width, height=height)
    fill = FillLayer(id="f", colour="#ff8000", mask=mask, blend=BlendMode.MULTIPLY)
    document = ImageDocument(id="d", width=width, height=height, layers=(layer, fill))
    tiles = {(1, 1): noise(TILE, TILE, 3), (2, 1): noise(TILE, TILE, 4, 0), (4, 4): noise(TILE, TILE, 5)}
    painted = {(1, 2): noise(TILE, TILE, 6)}
    for tile in (*tiles.values(), *painted.values()):
        tile.flags.writeable = not settled
    done = replace(layer, pixels=replace_tiles(layer.pixels, tiles, kept, kept))
    shown = replace(fill, mask=replace(mask, pixels=replace_tiles(mask.pixels, painted, kept, kept)))
    committed = replace(document, layers=(done, shown))
    compositor = Compositor(kept)
    cols, rows = compositor.grid(document, level)
    for _ in range(2):  # the second time from the cache
        for col in range(cols):
            for row in range(rows):
                live = compositor.render_tile(
                    document, col, row, level, overrides={"a": tiles}, mask_overrides={"f": painted}
                )
                # Beyond the edge an override may hold anything; a stored tile is cleared there.
                right, bottom = (width >> level) - col * TILE, (height >> level) - row * TILE
                stored = compositor.render_tile(committed, col, row, level)
                assert np.array_equal(
                    live[: max(bottom, 0), : max(right, 0)], stored[: max(bottom, 0), : max(right, 0)]
                )


def test_an_array_that_still_changes_is_read_each_time(kept: Kept) -> None:
    layer = RasterLayer(id="a", pixels=kept.raster(np.zeros((300, 300, 4), np.uint8)), width=300, height=300)
    document = ImageDocument(id="d", width=300, height=300, layers=(layer,))
    compositor = Compositor(kept)
    tile = np.full((TILE, TILE, 4), 255, np.uint8)
    for value in (10, 90, 200):
        tile[..., :3] = value
        assert (compositor.render_tile(document, 0, 0, overrides={"a": {(0, 0): tile}})[..., 0] == value).all()
    assert not compositor.render_tile(document, 0, 0).any()


def test_the_cache_stays_below_its_limit(kept: Kept, noise) -> None:
    layer = RasterLayer(pixels=kept.raster(noise(2000, 2000, 1)), width=2000, height=2000)
    document = ImageDocument(id="d", width=2000, height=2000, layers=(layer,))
    compositor = Compositor(kept, cache_bytes=5 * TILE * TILE * 4)
    first = compositor.render(document)
    assert 0 < compositor.reader.cache.used <= 5 * TILE * TILE * 4
    assert np.array_equal(compositor.render(document), first)
    compositor.clear()
    assert compositor.reader.cache.used == 0


def test_the_least_recently_used_goes_first() -> None:
    cache = TileCache(3 * TILE * TILE * 4)
    tiles = [Tile(np.full((TILE, TILE, 4), value, np.uint8)) for value in range(1, 5)]
    for index in range(3):
        cache.put(index, tiles[index])
    assert cache.get(0) == (True, tiles[0])
    cache.put(3, tiles[3])
    assert cache.get(1) == (False, None)
    assert all(cache.get(index)[0] for index in (0, 2, 3))
    cache.put("nothing", None)
    assert cache.get("nothing") == (True, None)


def test_a_tile_is_read_once(kept: Kept, noise) -> None:
    reads: list[str] = []

    class Counting:
        def get(self, digest: str) -> bytes:
            reads.append(digest)
            return kept.get(digest)

    layer = RasterLayer(pixels=kept.raster(noise(600, 600, 1)), width=600, height=600)
    layers = (layer, replace(layer, id="b", transform=Transform(x=100, y=50)))
    compositor = Compositor(Counting())
    for _ in range(3):
        compositor.render(ImageDocument(id="d", width=700, height=700, layers=layers))
    assert len(reads) == len(set(reads))


def test_what_is_hidden_by_an_opaque_layer_is_not_even_read(kept: Kept, noise) -> None:
    hidden = RasterLayer(id="h", pixels=kept.raster(noise(600, 600, 1)), width=600, height=600)
    cover = RasterLayer(id="c", pixels=kept.raster(noise(600, 600, 2, 255)), width=600, height=600)
    document = ImageDocument(id="d", width=600, height=600, layers=(hidden, cover))
    for tile in read_manifest(hidden.pixels, kept).digests():
        del kept.assets[tile]
    out = Compositor(kept).render(document)
    assert np.array_equal(out, kept.pixels[cover.pixels])
    with pytest.raises(AtelierError, match="missing"):
        Compositor(kept).render(replace(document, layers=(hidden,)))


def test_a_damaged_tile_is_never_drawn(kept: Kept, noise) -> None:
    layer = RasterLayer(id="h", pixels=kept.raster(noise(300, 300, 1)), width=300, height=300)
    document = ImageDocument(id="d", width=300, height=300, layers=(layer,))
    name = next(tile.hex() for tile in read_manifest(layer.pixels, kept).tiles if tile)
    kept.assets[name] = kept.assets[name][:-1] + bytes([kept.assets[name][-1] ^ 1])
    with pytest.raises(AtelierError, match="not what was stored"):
        Compositor(kept).render(document)


def test_threads_render_alike(kept: Kept, noise) -> None:
    layers = tuple(
        RasterLayer(
            id=str(index),
            pixels=kept.raster(noise(700, 500, index)),
            width=700,
            height=500,
            transform=Transform(x=index * 30, rotation=index * 10),
            blend=mode,
            opacity=0.8,
        )
        for index, mode in enumerate((BlendMode.NORMAL, BlendMode.OVERLAY, BlendMode.HUE, BlendMode.MULTIPLY))
    )
    document = ImageDocument(id="d", width=800, height=600, layers=layers)
    expected = Compositor(kept).render(document)
    compositor = Compositor(kept, cache_bytes=8 * TILE * TILE * 4)
    failures: list[object] = []

    def work() -> None:
        try:
            for _ in range(3):
                if not np.array_equal(compositor.render(document), expected):
                    failures.append("another picture")
        except Exception as error:  # noqa: BLE001  (reported below, in the test's own thread)
            failures.append(error)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures


def test_impossible_sizes_are_refused(kept: Kept) -> None:
    document = ImageDocument(id="d", width=30_000, height=10_000, layers=(FillLayer(),))
    with pytest.raises(AtelierError, match="too large"):
        Compositor(kept).render(document, scale=2.0)
    for rect, scale in (((0, 0, 0, 5), 1.0), ((0, 0, 5, 5), 0.0), ((0, 0, 5, 5), float("nan"))):
        with pytest.raises(AtelierError):
            Compositor(kept).render(document, rect, scale)
    assert Compositor(kept).render(document, scale=1e-5).shape == (1, 1, 4)


def test_a_reader_knows_what_lies_outside(kept: Kept, noise) -> None:
    digest = kept.raster(noise(300, 300, 1))
    reader = TileReader(kept, 10**7)
    for place in ((0, -1, 0), (0, 2, 0), (1, 1, 0), (0, 0, 99), (5, 1, 1)):
        assert reader.tile(digest, *place) is None
    assert reader.tile(digest, 0, 1, 1) is not None
