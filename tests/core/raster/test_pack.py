"""A raster in one file: whole, or refused in a sentence."""

from pathlib import Path

import numpy as np
import pytest

from core.raster.manifest import read_manifest, read_raster, write_raster
from core.raster.pack import MemoryAssets, PackReader, adopt_pack, pack_array, read_pack, write_pack
from core.values import AtelierError


@pytest.fixture
def array() -> np.ndarray:
    generator = np.random.default_rng(7)
    array = generator.integers(0, 256, (400, 700, 4)).astype(np.uint8)
    array[:256, :256] = 0
    array[:256, 256:512] = (5, 6, 7, 255)
    return array


def test_there_and_back(array: np.ndarray, tmp_path: Path) -> None:
    path, assets = tmp_path / "a.raster", MemoryAssets()
    digest = pack_array(path, array)
    assert np.array_equal(read_pack(path), array)
    assert adopt_pack(path, assets) == digest
    assert np.array_equal(read_raster(digest, assets), array)
    again = tmp_path / "b.raster"
    write_pack(again, digest, assets)
    assert PackReader(again).hash == digest
    assert np.array_equal(read_pack(again), array)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.raster", "b.raster"]


def test_a_pack_is_a_source(array: np.ndarray, tmp_path: Path) -> None:
    path = tmp_path / "a.raster"
    digest = pack_array(path, array)
    reader = PackReader(path)
    assert read_manifest(digest, reader) == reader.manifest
    assert np.array_equal(read_raster(digest, reader), array)
    with pytest.raises(KeyError):
        reader.get("0" * 64)


def test_every_cut_is_noticed(array: np.ndarray, tmp_path: Path) -> None:
    path = tmp_path / "a.raster"
    pack_array(path, array[:300, :300])
    data = path.read_bytes()
    generator = np.random.default_rng(1)
    for length in {0, 1, 15, 16, 17, 47, 48, 51, 52, len(data) - 1, *generator.integers(0, len(data), 60).tolist()}:
        path.write_bytes(data[:length])
        with pytest.raises(AtelierError, match="damaged"):
            read_pack(path)


def test_every_flipped_bit_is_noticed(array: np.ndarray, tmp_path: Path) -> None:
    path, sink = tmp_path / "a.raster", MemoryAssets()
    pack_array(path, array[:300, :300])
    data = path.read_bytes()
    generator = np.random.default_rng(2)
    for place in {*range(120), *generator.integers(0, len(data), 100).tolist()}:
        flipped = bytearray(data)
        flipped[place] ^= 1 << int(generator.integers(0, 8))
        path.write_bytes(flipped)
        with pytest.raises(AtelierError, match="damaged"):
            adopt_pack(path, sink)
    assert not sink.assets


def test_what_follows_the_end_is_noticed(array: np.ndarray, tmp_path: Path) -> None:
    path = tmp_path / "a.raster"
    pack_array(path, array)
    with path.open("ab") as file:
        file.write(b"\x00" * 40)
    with pytest.raises(AtelierError):
        read_pack(path)


def test_files_that_cannot_be_read_or_written_say_so(array: np.ndarray, tmp_path: Path) -> None:
    with pytest.raises(AtelierError, match="cannot be read"):
        read_pack(tmp_path / "none.raster")
    with pytest.raises(AtelierError, match="cannot be written"):
        pack_array(tmp_path / "no folder" / "a.raster", array)


def test_a_missing_tile_leaves_no_file(array: np.ndarray, tmp_path: Path) -> None:
    assets = MemoryAssets()
    digest = write_raster(array, assets)
    del assets.assets[next(iter(read_manifest(digest, assets).digests()))]
    with pytest.raises(AtelierError, match="missing"):
        write_pack(tmp_path / "a.raster", digest, assets)
    assert not list(tmp_path.iterdir())
