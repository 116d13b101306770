"""16 and 32 bits a channel: what is stored comes back, what is composed loses nothing, and damage is noticed."""

import contextlib
import struct
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from core.documents.image import (
    Adjustment,
    AdjustmentLayer,
    BlendMode,
    BrightnessContrast,
    Curves,
    Exposure,
    ImageDocument,
    Levels,
    Mask,
    RasterLayer,
    Transform,
    WhiteBalance,
    new_image,
)
from core.documents.image_adjustments import Invert, Posterise
from core.documents.image_warp import FLAT, Warp
from core.raster.adjust import EXTENDED, channel_curves, extended
from core.raster.compositor import Compositor
from core.raster.converting import convert_document, convert_raster
from core.raster.depths import DTYPES, Depth, converted, encoded_beyond, linear_beyond
from core.raster.layered import LayeredWriter, adopt_layered
from core.raster.manifest import (
    TILE,
    Manifest,
    decode_manifest,
    decode_tile,
    encode_manifest,
    encode_tile,
    halve,
    read_deep,
    read_manifest,
    read_raster,
    replace_tiles,
    solid_raster,
    write_raster,
)
from core.raster.pack import MemoryAssets, adopt_pack, pack_array, read_deep_pack, read_pack, write_pack
from core.values import RASTER_TYPE, AtelierError

replace = msgspec.structs.replace
depths = st.sampled_from([8, 16, 32])
sides = st.integers(1, 560)


def picture(width: int, height: int, depth: Depth, seed: int = 0, *, sparse: bool = False, opaque: bool = False) -> Any:
    """Noise with every kind of alpha; floats go from −1 to 4."""
    generator = np.random.default_rng(seed)
    if depth == 32:
        array: Any = (generator.random((height, width, 4)) * 5 - 1).astype(np.float32)
        array[..., 3] = np.clip(array[..., 3], 0, 1)
    else:
        array = generator.integers(0, 1 << depth, (height, width, 4)).astype(DTYPES[depth])
    if sparse:
        array[:TILE, :TILE] = 0
    if opaque:
        array[..., 3] = 1 if depth == 32 else (1 << depth) - 1
    return array


# --- storage ---------------------------------------------------------------------------------------------------------


@settings(max_examples=25, deadline=None)
@given(sides, sides, depths, st.integers(0, 2**32 - 1), st.booleans())
def test_what_is_written_is_read(width: int, height: int, depth: Depth, seed: int, sparse: bool) -> None:
    assets = MemoryAssets()
    array = picture(width, height, depth, seed, sparse=sparse)
    digest = write_raster(array, assets)
    back = read_deep(digest, assets)
    for top in range(0, height, TILE):
        for left in range(0, width, TILE):
            tile = array[top : top + TILE, left : left + TILE]
            if not tile[..., 3].any():
                tile[...] = 0
    assert back.dtype == array.dtype
    assert np.array_equal(back, array)
    assert write_raster(array, MemoryAssets()) == digest
    manifest = read_manifest(digest, assets)
    assert manifest.depth == depth
    assert {*manifest.digests(), digest} == set(assets.assets)
    assert np.array_equal(read_raster(digest, assets), converted(array, 8))


def test_an_8_bit_raster_is_the_same_bytes_as_ever() -> None:
    array = np.arange(300 * 280 * 4, dtype=np.uint32).reshape(280, 300, 4).astype(np.uint8)
    assets = MemoryAssets()
    digest = write_raster(array, assets)
    assert b"depth" not in assets.get(digest)
    assert digest == "81924a60e7de9e4dea19b9c17d2b93e77afa4b1b24ff9f81834cfbe3755231f5"
    assert (
        solid_raster(300, 200, (1, 2, 3, 4), MemoryAssets())
        == "13432ba9dd34b4cd9ed53eb34d9215559f76e6837495fc501d2fc68c6dd6cd6f"
    )


@settings(max_examples=20, deadline=None)
@given(sides, sides, st.sampled_from([16, 32]), st.integers(0, 2**32 - 1), st.data())
def test_replacing_tiles_is_writing_the_changed_picture(
    width: int, height: int, depth: Depth, seed: int, data: st.DataObject
) -> None:
    assets = MemoryAssets()
    array = picture(width, height, depth, seed, sparse=True)
    digest = write_raster(array, assets)
    keys = [(col, row) for row in range(-(-height // TILE)) for col in range(-(-width // TILE))]
    tiles = {}
    for index, (col, row) in enumerate(data.draw(st.lists(st.sampled_from(keys), unique=True))):
        tiles[col, row] = tile = picture(TILE, TILE, depth, seed + index + 1)
        part = array[row * TILE : (row + 1) * TILE, col * TILE : (col + 1) * TILE]
        part[...] = tile[: part.shape[0], : part.shape[1]]
    assert replace_tiles(digest, tiles, assets, assets) == write_raster(array, assets)


def test_a_tile_of_another_depth_is_not_put_into_a_raster() -> None:
    assets = MemoryAssets()
    digest = write_raster(picture(300, 300, 16), assets)
    with pytest.raises(ValueError, match="uint16"):
        replace_tiles(digest, {(0, 0): picture(TILE, TILE, 8)}, assets, assets)


@pytest.mark.parametrize("depth", [16, 32])
def test_a_solid_raster_is_that_picture(depth: Depth) -> None:
    array = np.empty((300, 700, 4), np.uint8)
    array[...] = (10, 200, 30, 77)
    assets = MemoryAssets()
    assert solid_raster(700, 300, (10, 200, 30, 77), assets, depth) == write_raster(converted(array, depth), assets)


@pytest.mark.parametrize("depth", [16, 32])
def test_halving_is_the_mean_weighted_by_alpha(depth: Depth) -> None:
    array = picture(TILE, TILE, depth, 3)
    alpha = array[..., 3].astype(float)
    quads = (array[..., :3] * alpha[..., None]).reshape(128, 2, 128, 2, 3).sum((1, 3))
    weight = alpha.reshape(128, 2, 128, 2).sum((1, 3))
    expected = quads / np.where(weight > 0, weight, 1)[..., None]
    small = halve(array)
    most = 0.5 if depth == 16 else 1e-6
    assert np.abs(small[..., :3] - expected)[weight > 0].max() <= most
    assert np.abs(small[..., 3] - weight / 4).max() <= most
    array[..., 3] = 1 if depth == 32 else 65535
    mean = array.astype(float).reshape(128, 2, 128, 2, 4).mean((1, 3))
    assert np.abs(halve(array) - mean).max() <= most


@settings(max_examples=20, deadline=None)
@given(sides, sides, depths, depths, st.integers(0, 2**32 - 1))
def test_a_converted_raster_is_the_converted_picture(
    width: int, height: int, old: Depth, new: Depth, seed: int
) -> None:
    assets = MemoryAssets()
    array = picture(width, height, old, seed, sparse=True)
    digest = convert_raster(write_raster(array, assets), new, assets, assets)
    assert digest == write_raster(converted(array, new), assets)


def test_more_bits_come_back_as_they_were() -> None:
    eight, sixteen = picture(200, 200, 8), picture(200, 200, 16)
    for deeper in (16, 32):
        assert np.array_equal(converted(converted(eight, deeper), 8), eight)  # type: ignore[arg-type]
        noisy = converted(converted(eight, deeper), 8, np.random.default_rng(1))  # type: ignore[arg-type]
        assert np.array_equal(noisy, eight)
    assert np.array_equal(converted(converted(sixteen, 32), 16), sixteen)


def test_dither_keeps_the_mean_of_what_lies_between_two_steps() -> None:
    flat = np.full((256, 256, 4), 257 * 100 + 64, np.uint16)
    flat[..., 3] = 65535
    plain, noisy = converted(flat, 8), converted(flat, 8, np.random.default_rng(0))
    assert set(np.unique(plain[..., :3])) == {100}
    assert set(np.unique(noisy[..., :3])) == {100, 101}
    assert abs(noisy[..., :3].mean() - (100 + 64 / 257)) < 0.01
    assert (noisy[..., 3] == 255).all()


# --- damage ----------------------------------------------------------------------------------------------------------


def damaged(data: bytes, depth: Depth) -> str:
    with pytest.raises(AtelierError) as caught:
        decode_tile(data, depth)
    return str(caught.value)


@pytest.mark.parametrize("depth", [16, 32])
def test_damaged_tiles_are_one_sentence(depth: Depth) -> None:
    data = encode_tile(picture(TILE, TILE, depth))
    assert data is not None
    assert "wrong size" in damaged(data, 8)
    assert "unpacked" in damaged(data[:-9], depth)
    assert "unpacked" in damaged(b"nonsense", depth)
    assert "wrong size" in damaged(zstandard.compress(b"\0" * (TILE * TILE * depth // 2 + 4)), depth)
    huge = zstandard.ZstdCompressor(write_content_size=True).compress(b"\0" * (1 << 26))
    assert "wrong size" in damaged(huge, depth)


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf, 1e9])
@pytest.mark.parametrize("channel", [0, 3])
def test_floats_that_are_no_colours_are_damage(value: float, channel: int) -> None:
    array = picture(TILE, TILE, 32)
    array[3, 4, channel] = value
    planes = np.ascontiguousarray(array.view(np.uint8).reshape(-1, 4).T)
    assert "impossible" in damaged(zstandard.compress(planes.tobytes()), 32)
    stored = encode_tile(array)  # what a tool makes of such numbers is stored as the nearest that can be
    assert stored is not None and np.isfinite(decode_tile(stored, 32)).all()


@pytest.mark.parametrize("depth", [0, 7, 64, -16, "16", 16.5])
def test_a_manifest_of_an_unknown_depth_is_refused(depth: object) -> None:
    made = msgspec.to_builtins(Manifest(300, 300, [None] * 4, [[None]], 16))
    made["depth"] = depth
    with pytest.raises(AtelierError, match="damaged"):
        decode_manifest(msgspec.msgpack.encode(made))


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=200), st.integers(0, 400))
def test_mangled_manifests_are_sentences(noise: bytes, at: int) -> None:
    data = encode_manifest(Manifest(300, 300, [b"x" * 32] * 4, [[None]], 32))
    at = min(at, len(data))
    with contextlib.suppress(AtelierError):
        decode_manifest(data[:at] + noise + data[at + len(noise) :])


def test_a_manifest_that_lies_about_its_tiles_is_refused(tmp_path: Path) -> None:
    assets = MemoryAssets()
    digest = write_raster(picture(300, 300, 16), assets)
    lie = encode_manifest(replace(read_manifest(digest, assets), depth=8))
    liar = assets.put(lie, RASTER_TYPE)
    with pytest.raises(AtelierError, match="wrong size"):
        read_deep(liar, assets)
    with pytest.raises(AtelierError, match="damaged"):
        write_pack(tmp_path / "lie.raster", liar, assets)
        adopt_pack(tmp_path / "lie.raster", MemoryAssets())
    with LayeredWriter(tmp_path / "lie.layers") as out:
        for tile in sorted(read_manifest(digest, assets).digests()):
            out.put(assets.get(tile), "application/x-atelier-tile")
        out.put(lie, RASTER_TYPE)
        out.finish(document_of(RasterLayer(id="a", pixels=liar, width=300, height=300)))
    with pytest.raises(AtelierError, match="damaged"):
        adopt_layered(tmp_path / "lie.layers", MemoryAssets())


@pytest.mark.parametrize("depth", [8, 16, 32])
def test_packs_carry_every_depth(depth: Depth, tmp_path: Path) -> None:
    array = picture(500, 300, depth)
    path, assets = tmp_path / "a.raster", MemoryAssets()
    digest = pack_array(path, array)
    assert np.array_equal(read_deep_pack(path), array)
    assert np.array_equal(read_pack(path), converted(array, 8))
    assert adopt_pack(path, assets) == digest
    assert np.array_equal(read_deep(digest, assets), array)
    with LayeredWriter(tmp_path / "a.layers") as out:
        assert write_raster(array, out) == digest
        out.finish(document_of(RasterLayer(id="a", pixels=digest, width=500, height=300)))
    adopt_layered(tmp_path / "a.layers", taken := MemoryAssets())
    assert np.array_equal(read_deep(digest, taken), array)
    length = struct.unpack_from("<I", path.read_bytes(), 16 + 32)[0]
    assert length < 4000


# --- composing -------------------------------------------------------------------------------------------------------


def document_of(*layers: Any, depth: Depth = 16, size: tuple[int, int] = (300, 300)) -> ImageDocument:
    return replace(new_image(*size), layers=layers, depth=depth)


def over(below: Any, above: Any, opacity: float = 1.0) -> Any:
    """W3C source-over on straight float64 RGBA in 0…1."""
    a = above[..., 3:] * opacity
    b = below[..., 3:]
    alpha = a + b * (1 - a)
    colour = (above[..., :3] * a + below[..., :3] * b * (1 - a)) / np.where(alpha > 0, alpha, 1)
    return np.concatenate([np.where(alpha > 0, colour, 0), alpha], -1)


def units(array: Any) -> Any:
    return array.astype(np.float64) / {np.uint8: 255, np.uint16: 65535, np.float32: 1}[array.dtype.type]


@pytest.mark.parametrize("depth", [16, 32])
def test_one_layer_is_composed_bit_by_bit(depth: Depth, assets: MemoryAssets) -> None:
    array = picture(300, 300, depth, opaque=True)
    layer = RasterLayer(id="a", pixels=write_raster(array, assets), width=300, height=300)
    compositor = Compositor(assets)
    document = document_of(layer, depth=depth)
    for _ in range(3):  # the second time tiles are premultiplied ones
        assert np.array_equal(compositor.render_deep(document), array)
    half = picture(300, 300, depth, 1)
    moved = replace(layer, pixels=write_raster(half, assets), transform=Transform(x=-20, y=30))
    back = compositor.render_deep(document_of(moved, depth=depth))[30:, :280]
    seen = half[:270, 20:]
    there = seen[..., 3] > (0.01 if depth == 32 else 600)
    most = 1e-5 if depth == 32 else 1
    assert np.abs(units(back)[there] - units(seen)[there]).max() <= most / (1 if depth == 32 else 65535)


@pytest.mark.parametrize("depth", [16, 32])
@pytest.mark.parametrize("mode", [BlendMode.NORMAL, BlendMode.MULTIPLY, BlendMode.DIFFERENCE])
def test_three_layers_lose_nothing(depth: Depth, mode: BlendMode, assets: MemoryAssets) -> None:
    arrays = [picture(300, 300, depth, seed, opaque=seed == 0) for seed in range(3)]
    coverage = picture(300, 300, 8, 9)
    mask = Mask(pixels=write_raster(coverage, assets), width=300, height=300)
    layers = [
        RasterLayer(id=str(i), pixels=write_raster(array, assets), width=300, height=300)
        for i, array in enumerate(arrays)
    ]
    layers[1] = replace(layers[1], opacity=0.3, mask=mask)
    layers[2] = replace(layers[2], blend=mode)
    bottom, middle, top = (units(array) for array in arrays)
    middle[..., 3] *= units(coverage)[..., 3]
    expected = over(bottom, middle, 0.3)
    blended = {
        BlendMode.NORMAL: top[..., :3],
        BlendMode.MULTIPLY: expected[..., :3] * top[..., :3],
        BlendMode.DIFFERENCE: np.abs(expected[..., :3] - top[..., :3]),
    }[mode]
    mixed = np.concatenate([blended, top[..., 3:]], -1)
    expected = over(expected, mixed)
    found = Compositor(assets).render_deep(document_of(*layers, depth=depth))
    assert found.dtype == DTYPES[depth]
    scale = 65535 if depth == 16 else 1
    assert np.abs(units(found) - expected).max() * scale <= (1.01 if depth == 16 else 5e-6)


ADJUSTMENTS: list[Adjustment] = [
    Exposure(stops=1.3),
    WhiteBalance(temperature=40, tint=-25),
    BrightnessContrast(brightness=12, contrast=30),
    Levels(black=20, gamma=1.7, white=230, out_black=5, out_white=250),
    Invert(),
    Posterise(levels=7),
    Curves(master=((0.0, 0.05), (0.4, 0.6), (1.0, 0.95)), red=((0.0, 0.0), (0.5, 0.3), (1.0, 1.0))),
]


@pytest.mark.parametrize("adjustment", ADJUSTMENTS, ids=lambda a: type(a).__name__)
def test_adjustments_keep_16_bits(adjustment: Adjustment, assets: MemoryAssets) -> None:
    array = picture(300, 300, 16, opaque=True)
    layer = RasterLayer(id="a", pixels=write_raster(array, assets), width=300, height=300)
    found = Compositor(assets).render_deep(document_of(layer, AdjustmentLayer(id="b", adjustment=adjustment)))
    values = units(array)
    for channel in range(3):
        curves = channel_curves(adjustment, values[..., channel].ravel())
        assert curves is not None
        expected = curves[channel].reshape(300, 300) * 65535
        assert np.abs(found[..., channel] - expected).max() <= 1.0


@pytest.mark.parametrize("adjustment", ADJUSTMENTS[:5], ids=lambda a: type(a).__name__)
def test_beyond_white_the_same_curves_go_on(adjustment: Any) -> None:
    assert isinstance(adjustment, EXTENDED)
    inside = np.random.default_rng(0).random((4000, 3))
    curves = channel_curves(adjustment, inside.ravel())
    assert curves is not None
    expected = np.stack([curves[c].reshape(4000, 3)[:, c] for c in range(3)], -1)
    found = np.clip(extended(adjustment, inside.astype(np.float32)), 0, 1)
    if isinstance(adjustment, Levels):
        expected = np.clip(expected, 5 / 255, 250 / 255)
        found = np.clip(found, 5 / 255, 250 / 255)
    assert np.abs(found - expected).max() < 2e-6


def test_exposure_brings_highlights_back(assets: MemoryAssets) -> None:
    array = picture(300, 300, 32, opaque=True)
    layer = RasterLayer(id="a", pixels=write_raster(array, assets), width=300, height=300)
    compositor = Compositor(assets)
    up, down = (
        AdjustmentLayer(id="b", adjustment=Exposure(stops=3)),
        AdjustmentLayer(id="c", adjustment=Exposure(stops=-3)),
    )
    there = compositor.render_deep(document_of(layer, up, depth=32))
    linear = np.sign(array[..., :3]) * _linear(np.abs(array[..., :3].astype(np.float64)))
    assert np.abs(_linear(np.abs(there[..., :3].astype(np.float64))) / np.abs(linear * 8) - 1).max() < 1e-4
    assert there.max() > 4
    back = compositor.render_deep(document_of(layer, up, down, depth=32))
    assert np.abs(back - array).max() < 1e-5
    # Opacity and a mask mix as everywhere.
    half = compositor.render_deep(document_of(layer, replace(up, opacity=0.5), depth=32))
    assert np.abs(half - (there + array) / 2).max() < 1e-5


def _linear(v: Any) -> Any:
    return np.where(v <= 0.04045, v / 12.92, ((v + 0.055) / 1.055) ** 2.4)


def test_linear_light_goes_on_beyond_white_and_below_black() -> None:
    values = np.linspace(-5, 90, 4000)
    assert np.abs(linear_beyond(values) - np.sign(values) * _linear(np.abs(values))).max() < 1e-1
    assert np.abs(encoded_beyond(linear_beyond(values)) - values).max() < 1e-4


def test_a_screen_never_gets_more_than_it_can_show(assets: MemoryAssets) -> None:
    array = picture(300, 300, 32)
    layer = RasterLayer(id="a", pixels=write_raster(array, assets), width=300, height=300)
    tile = Compositor(assets).render_tile(document_of(layer, depth=32), 0, 0)
    assert (tile[..., :3] <= tile[..., 3:]).all()
    eight = Compositor(assets).render(document_of(layer, depth=32))
    there = array[..., 3] > 0.5
    assert np.abs(eight[there].astype(int) - converted(array, 8)[there]).max() <= 1


@pytest.mark.parametrize("scale", [0.4, 0.8, 1.7])
def test_filtered_floats_keep_what_is_beyond_white(scale: float, assets: MemoryAssets) -> None:
    y, x = np.mgrid[0:300, 0:300] / 300
    array = np.stack([x * 6 - 1, y * 6 - 1, x * y * 4, np.ones_like(x)], -1).astype(np.float32)
    place = Transform(scale_x=scale, scale_y=scale, rotation=10)
    layer = RasterLayer(id="a", pixels=write_raster(array, assets), width=300, height=300, transform=place)
    found = Compositor(assets).render_deep(document_of(layer, depth=32))
    turn = np.radians(10)
    px, py = (x * 300 + 0.5 - 150) / scale, (y * 300 + 0.5 - 150) / scale
    u = (np.cos(turn) * px + np.sin(turn) * py + 150 - 0.5) / 300
    v = (-np.sin(turn) * px + np.cos(turn) * py + 150 - 0.5) / 300
    inside = (u > 0.05) & (u < 0.95) & (v > 0.05) & (v < 0.95)
    expected = np.stack([u * 6 - 1, v * 6 - 1, u * v * 4], -1)
    assert np.abs(found[..., :3] - expected)[inside].max() < 0.02
    assert found[..., 0].max() > 4


@pytest.mark.parametrize(
    "warp",
    [
        Warp(corners=((0.0, 0.1), (0.9, 0.0), (1.0, 1.0), (0.1, 0.9))),
        Warp(mesh=tuple((x + 0.03 * (i % 3), y) for i, (x, y) in enumerate(FLAT))),
    ],
)
@pytest.mark.parametrize("depth", [16, 32])
def test_bent_layers_keep_their_depth(warp: Warp, depth: Depth, assets: MemoryAssets) -> None:
    x = np.mgrid[0:300, 0:300][1] / 300
    times = 5 if depth == 32 else 1
    ramp = 0.3 + x * 0.01 * times
    array = np.stack([ramp, ramp, ramp + (times - 1), np.ones_like(x)], -1).astype(np.float32)
    pixels = write_raster(converted(array, depth), assets)
    layer = RasterLayer(id="a", pixels=pixels, width=300, height=300, warp=warp)
    found = units(Compositor(assets).render_deep(document_of(layer, depth=depth)))[100:200, 100:200]
    assert len(np.unique(found[..., 0])) > 100
    assert 0.3 <= found[..., 0].min() < found[..., 0].max() <= 0.3 + 0.01 * times
    assert np.abs(found[..., 2] - found[..., 0] - (times - 1)).max() < 1e-4


@pytest.mark.parametrize("scale", [0.8, 1.7])
def test_filtered_16_bits_have_more_than_8(scale: float, assets: MemoryAssets) -> None:
    ramp = np.linspace(20000, 21000, 300)[None].repeat(300, 0)
    array = np.stack([ramp, ramp, ramp, np.full_like(ramp, 65535)], -1).astype(np.uint16)
    place = Transform(scale_x=scale, scale_y=scale, rotation=90 if scale > 1 else 30)
    layer = RasterLayer(id="a", pixels=write_raster(array, assets), width=300, height=300, transform=place)
    found = Compositor(assets).render_deep(document_of(layer))
    inside = found[100:200, 100:200]
    assert len(np.unique(inside[..., 0])) > 100
    assert 20000 <= inside[..., 0].min() <= inside[..., 0].max() <= 21000


def test_a_document_is_converted_as_a_whole(assets: MemoryAssets) -> None:
    array = picture(300, 300, 8)
    coverage = Mask(pixels=write_raster(picture(300, 300, 8, 2), assets), width=300, height=300)
    layer = RasterLayer(id="a", pixels=write_raster(array, assets), width=300, height=300, mask=coverage)
    document = document_of(layer, replace(layer, id="b"), depth=8)
    deep = convert_document(document, 16, assets, assets)
    assert deep.depth == 16
    for one in deep.layers:
        assert isinstance(one, RasterLayer) and one.mask == coverage
        assert np.array_equal(read_deep(one.pixels, assets), array.astype(np.uint16) * 257)
    assert convert_document(deep, 8, assets, assets, dither=True) == document
    assert np.array_equal(Compositor(assets).render(deep), Compositor(assets).render(document))


@settings(max_examples=25, deadline=None)
@given(
    st.sampled_from([16, 32]),
    st.sampled_from([(1.0, 0.0), (1.7, 0.0), (0.8, 0.0), (0.3, 0.0), (1.3, 25.0)]),
    st.tuples(st.integers(0, 250), st.integers(0, 250), st.integers(1, 256), st.integers(1, 256)),
    st.integers(0, 1),
)
def test_a_part_is_composed_bit_by_bit_as_in_the_whole(
    depth: Depth, place: tuple[float, float], box: tuple[int, int, int, int], level: int
) -> None:
    assets = MemoryAssets()
    below, above = (
        RasterLayer(id=str(seed), pixels=write_raster(picture(600, 600, depth, seed), assets), width=600, height=600)
        for seed in range(2)
    )
    turned = Transform(x=-30.5, y=12.25, scale_x=place[0], scale_y=place[0], rotation=place[1])
    above = replace(above, transform=turned, opacity=0.7, blend=BlendMode.MULTIPLY)
    bright = AdjustmentLayer(id="c", adjustment=Exposure(stops=0.7), opacity=0.6)
    document = document_of(below, above, bright, depth=depth, size=(520, 500))
    compositor = Compositor(assets)
    whole = compositor.render_tile(document, 0, 0, level)
    part = box[0], box[1], min(256, box[0] + box[2]), min(256, box[1] + box[3])
    old = np.zeros_like(whole)
    compositor.render_tile(document, 0, 0, level, old=old, part=part)
    left, top, right, bottom = part
    assert np.array_equal(old[top:bottom, left:right], whole[top:bottom, left:right])
