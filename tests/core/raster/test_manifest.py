"""Rasters in tiles: what goes in comes out, a change costs only its tiles, and damage is always noticed."""

import msgspec
import numpy as np
import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from core.raster.manifest import (
    TILE,
    Manifest,
    decode_manifest,
    decode_tile,
    encode_manifest,
    encode_tile,
    halve,
    level_count,
    read_manifest,
    read_raster,
    read_tile,
    referenced,
    replace_tiles,
    solid_raster,
    write_raster,
)
from core.raster.pack import MemoryAssets
from core.values import AtelierError, hash_bytes

sides = st.integers(1, 600)


def picture(width: int, height: int, seed: int, sparse: bool) -> np.ndarray:
    generator = np.random.default_rng(seed)
    array = generator.integers(0, 256, (height, width, 4)).astype(np.uint8)
    if sparse:  # some tiles hold nothing at all
        for top in range(0, height, TILE):
            for left in range(0, width, TILE):
                if generator.random() < 0.5:
                    array[top : top + TILE, left : left + TILE] = 0
    return array


@settings(max_examples=30, deadline=None)
@given(sides, sides, st.integers(0, 2**32 - 1), st.booleans())
def test_round_trip(width: int, height: int, seed: int, sparse: bool) -> None:
    assets = MemoryAssets()
    array = picture(width, height, seed, sparse)
    digest = write_raster(array, assets)
    back = read_raster(digest, assets)
    visible = array.copy()
    for top in range(0, height, TILE):
        for left in range(0, width, TILE):
            tile = visible[top : top + TILE, left : left + TILE]
            if not tile[..., 3].any():
                tile[...] = 0
    assert np.array_equal(back, visible)
    assert write_raster(array, MemoryAssets()) == digest
    manifest = read_manifest(digest, assets)
    assert (manifest.width, manifest.height) == (width, height)
    assert {*manifest.digests(), digest} == set(assets.assets)
    assert referenced(assets.get(digest)) == manifest.digests()


@settings(max_examples=30, deadline=None)
@given(sides, sides, st.integers(0, 2**32 - 1), st.data())
def test_replacing_tiles_is_writing_the_changed_picture(
    width: int, height: int, seed: int, data: st.DataObject
) -> None:
    assets = MemoryAssets()
    array = picture(width, height, seed, sparse=True)
    digest = write_raster(array, assets)
    keys = [(col, row) for row in range(-(-height // TILE)) for col in range(-(-width // TILE))]
    chosen = data.draw(st.lists(st.sampled_from(keys), unique=True))
    tiles = {}
    for index, (col, row) in enumerate(chosen):
        tile = picture(TILE, TILE, seed + index + 1, sparse=False)
        if data.draw(st.booleans()):
            tile[..., 3] = 0
        tiles[col, row] = tile
        part = array[row * TILE : (row + 1) * TILE, col * TILE : (col + 1) * TILE]
        part[...] = tile[: part.shape[0], : part.shape[1]]
    assert replace_tiles(digest, tiles, assets, assets) == write_raster(array, assets)


def test_a_stroke_stores_only_its_tile_and_the_reduced_ones_over_it() -> None:
    assets = MemoryAssets()
    digest = write_raster(picture(4000, 3000, 1, sparse=False), assets)
    before = set(assets.assets)
    replace_tiles(digest, {(3, 4): picture(TILE, TILE, 2, sparse=False)}, assets, assets)
    assert len(set(assets.assets) - before) == 1 + level_count(4000, 3000) + 1


@pytest.mark.parametrize("size", [(1, 1), (256, 256), (257, 300), (900, 513), (3000, 20)])
@pytest.mark.parametrize("colour", [(10, 200, 30, 255), (10, 200, 30, 77), (1, 2, 3, 0)])
def test_a_solid_raster_is_that_picture(size: tuple[int, int], colour: tuple[int, int, int, int]) -> None:
    assets = MemoryAssets()
    array = np.empty((size[1], size[0], 4), np.uint8)
    array[...] = colour
    assert solid_raster(*size, colour, assets) == write_raster(array, assets)


def test_a_huge_solid_raster_is_a_handful_of_assets() -> None:
    assets = MemoryAssets()
    digest = solid_raster(17_000, 17_000, (255, 255, 255, 255), assets)
    assert len(assets.assets) < 60
    assert (read_tile(read_manifest(digest, assets), 10, 10, assets) == 255).all()


def test_halving_is_the_mean_weighted_by_alpha() -> None:
    array = picture(TILE, TILE, 3, sparse=False)
    alpha = array[..., 3].astype(float)
    quads = (array[..., :3] * alpha[..., None]).reshape(128, 2, 128, 2, 3).sum((1, 3))
    weight = alpha.reshape(128, 2, 128, 2).sum((1, 3))
    expected = quads / np.maximum(weight, 1)[..., None]
    small = halve(array)
    assert np.abs(small[..., :3] - expected)[weight > 0].max() <= 0.5
    assert np.abs(small[..., 3] - weight / 4).max() <= 0.5
    opaque = array.copy()
    opaque[..., 3] = 255
    assert np.abs(halve(opaque) - opaque.reshape(128, 2, 128, 2, 4).mean((1, 3))).max() <= 0.5


def test_a_tile_outside_is_refused() -> None:
    assets = MemoryAssets()
    digest = solid_raster(300, 300, (1, 2, 3, 4), assets)
    with pytest.raises(ValueError, match=r"no tile \(2, 0\)"):
        replace_tiles(digest, {(2, 0): np.zeros((TILE, TILE, 4), np.uint8)}, assets, assets)
    with pytest.raises(ValueError, match="uint8"):
        write_raster(np.zeros((10, 10, 4), np.float64), assets)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "manifest",
    [
        Manifest(0, 10, []),
        Manifest(100_000, 100_000, []),
        Manifest(30_000, 30_000, [None] * (118 * 118)),
        Manifest(300, 300, [None] * 3),
        Manifest(300, 300, [None] * 5),
        Manifest(300, 300, [b"short"] * 4),
        Manifest(300, 300, [None] * 4, [[None], [None]]),
        Manifest(300, 300, [None] * 4, [[None, None]]),
        Manifest(-300, -300, [None] * 4),
    ],
)
def test_impossible_tables_are_refused_before_memory_is_taken(manifest: Manifest) -> None:
    with pytest.raises(AtelierError):
        decode_manifest(encode_manifest(manifest))


def test_anything_else_is_not_a_table() -> None:
    for data in (
        b"",
        b"\x00",
        b"\xc1",
        msgspec.msgpack.encode([1, 2]),
        msgspec.msgpack.encode({"width": "a"}),
        b"\x91" * 5_000,
    ):
        with pytest.raises(AtelierError):
            decode_manifest(data)


def test_bombs_are_refused_by_what_they_claim() -> None:
    bomb = zstandard.ZstdCompressor().compress(bytes(1 << 28))
    assert len(bomb) < 300_000
    with pytest.raises(AtelierError, match="wrong size"):
        decode_tile(bomb)
    unknown = zstandard.ZstdCompressor(write_content_size=False).compress(bytes(TILE * TILE * 4))
    with pytest.raises(AtelierError, match="wrong size"):
        decode_tile(unknown)
    with pytest.raises(AtelierError):
        decode_tile(b"not zstd at all")


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_every_flipped_bit_and_every_cut_is_noticed(data: st.DataObject) -> None:
    assets = MemoryAssets()
    digest = write_raster(picture(300, 280, 5, sparse=False), assets)
    name = data.draw(st.sampled_from(sorted(read_manifest(digest, assets).digests() | {digest})))
    body = bytearray(assets.assets[name])
    if data.draw(st.booleans()):
        body[data.draw(st.integers(0, len(body) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    else:
        del body[data.draw(st.integers(0, len(body) - 1)) :]
    assets.assets[name] = bytes(body)
    manifest_is_whole = hash_bytes(assets.assets[digest]) == digest
    level_0 = not manifest_is_whole or name in {t.hex() for t in read_manifest(digest, assets).tiles if t}
    if level_0:
        with pytest.raises(AtelierError):
            read_raster(digest, assets)
    else:  # a reduced tile: the picture itself is whole
        read_raster(digest, assets)


def test_a_missing_part_is_named() -> None:
    assets = MemoryAssets()
    digest = solid_raster(100, 100, (1, 2, 3, 255), assets)
    (tile,) = read_manifest(digest, assets).digests()
    del assets.assets[tile]
    with pytest.raises(AtelierError, match=tile[:12]):
        read_raster(digest, assets)
    with pytest.raises(AtelierError, match="missing"):
        read_raster("0" * 64, assets)


def test_transparent_tiles_are_not_stored() -> None:
    assert encode_tile(np.zeros((TILE, TILE, 4), np.uint8)) is None
    hidden = np.full((TILE, TILE, 4), 200, np.uint8)
    hidden[..., 3] = 0
    assert encode_tile(hidden) is None
