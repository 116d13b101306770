"""The result cache: right or not there, bounded, and no harm done by deleting it."""

import os
import shutil
import time
from pathlib import Path

import pytest

from core.engine.cache import ResultCache, file_digest
from core.engine.protocol import OutputFile
from core.values import hash_bytes

KEY = hash_bytes(b"key")


def _nothing() -> None:
    pass


def _output(folder: Path, data: bytes, name: str = "0-image.raster") -> dict[str, OutputFile]:
    path = folder / name
    path.write_bytes(data)
    return {"image": OutputFile(str(path), "ab" * 32, "image/x", 3, 4)}


@pytest.fixture
def into(tmp_path: Path) -> Path:
    folder = tmp_path / "job"
    folder.mkdir()
    return folder


def test_what_was_put_comes_back(tmp_path: Path, into: Path) -> None:
    cache = ResultCache(tmp_path / "cache", 1 << 20)
    cache.put(KEY, _output(tmp_path, b"pixels"), tmp_path)
    found = ResultCache(tmp_path / "cache", 1 << 20).get(KEY, into, "3", _nothing)
    assert found is not None
    output = found["image"]
    assert Path(output.path).read_bytes() == b"pixels"
    assert Path(output.path).parent == into
    assert (output.hash, output.media_type, output.width, output.height) == ("ab" * 32, "image/x", 3, 4)


def test_another_key_is_a_miss(tmp_path: Path, into: Path) -> None:
    cache = ResultCache(tmp_path / "cache", 1 << 20)
    cache.put(KEY, _output(tmp_path, b"pixels"), tmp_path)
    assert cache.get(hash_bytes(b"other"), into, "3", _nothing) is None


@pytest.mark.parametrize("damage", ["flip", "cut", "gone", "entry"])
def test_a_damaged_entry_is_a_miss_and_never_a_wrong_result(tmp_path: Path, into: Path, damage: str) -> None:
    cache = ResultCache(tmp_path / "cache", 1 << 20)
    cache.put(KEY, _output(tmp_path, b"pixels"), tmp_path)
    (tmp_path / "0-image.raster").unlink()
    folder = tmp_path / "cache" / KEY[:2] / KEY
    file = folder / "image.raster"
    match damage:
        case "flip":
            file.write_bytes(b"pixelS")
        case "cut":
            file.write_bytes(b"pix")
        case "gone":
            file.unlink()
        case "entry":
            (folder / "entry.msgpack").write_bytes(b"\xc1nonsense")
    assert cache.get(KEY, into, "3", _nothing) is None
    cache.put(KEY, _output(tmp_path, b"pixels again"), tmp_path)
    if damage == "flip":
        assert cache.get(KEY, into, "4", _nothing) is not None


def test_the_least_recently_used_go_first(tmp_path: Path, into: Path) -> None:
    cache = ResultCache(tmp_path / "cache", 10_000)
    keys = [hash_bytes(bytes([n])) for n in range(4)]
    for n, key in enumerate(keys[:3]):
        cache.put(key, _output(tmp_path, bytes(3000), f"{n}.bin"), tmp_path)
        folder = tmp_path / "cache" / key[:2] / key
        os.utime(folder, (time.time() - 100 + n, time.time() - 100 + n))
    assert cache.get(keys[0], into, "0", _nothing) is not None  # now the newest
    cache.put(keys[3], _output(tmp_path, bytes(3000), "3.bin"), tmp_path)
    assert [cache.get(key, into, "x", _nothing) is not None for key in keys] == [True, False, False, True]
    total = sum(f.stat().st_size for f in (tmp_path / "cache").rglob("*") if f.is_file())
    assert total <= 10_000


def test_it_may_be_deleted_at_any_time(tmp_path: Path, into: Path) -> None:
    cache = ResultCache(tmp_path / "cache", 1 << 20)
    cache.put(KEY, _output(tmp_path, b"pixels"), tmp_path)
    found = cache.get(KEY, into, "3", _nothing)
    shutil.rmtree(tmp_path / "cache")
    assert found is not None
    assert Path(found["image"].path).read_bytes() == b"pixels"
    assert cache.get(KEY, into, "4", _nothing) is None
    cache.put(KEY, _output(tmp_path, b"pixels"), tmp_path)
    assert cache.get(KEY, into, "5", _nothing) is not None


def test_two_cores_may_share_it(tmp_path: Path, into: Path) -> None:
    one, two = (ResultCache(tmp_path / "cache", 1 << 20) for _ in range(2))
    one.put(KEY, _output(tmp_path, b"pixels"), tmp_path)
    two.put(KEY, _output(tmp_path, b"pixels"), tmp_path)
    assert two.get(KEY, into, "3", _nothing) is not None
    assert not list(tmp_path.glob("entry-*"))


def test_a_folder_that_cannot_be_written_costs_the_entry_alone(tmp_path: Path, into: Path) -> None:
    (tmp_path / "cache").write_text("a file is in the way")
    cache = ResultCache(tmp_path / "cache", 1 << 20)
    cache.put(KEY, _output(tmp_path, b"pixels"), tmp_path)
    assert cache.get(KEY, into, "3", _nothing) is None


def test_no_room_means_no_cache(tmp_path: Path, into: Path) -> None:
    cache = ResultCache(tmp_path / "cache", 0)
    cache.put(KEY, _output(tmp_path, b"pixels"), tmp_path)
    assert cache.get(KEY, into, "3", _nothing) is None
    assert not (tmp_path / "cache").exists()


def test_clear_removes_everything(tmp_path: Path, into: Path) -> None:
    cache = ResultCache(tmp_path / "cache", 1 << 20)
    cache.put(KEY, _output(tmp_path, b"pixels"), tmp_path)
    cache.clear()
    assert cache.get(KEY, into, "3", _nothing) is None


def test_reading_can_be_stopped(tmp_path: Path, into: Path) -> None:
    cache = ResultCache(tmp_path / "cache", 1 << 20)
    cache.put(KEY, _output(tmp_path, b"pixels"), tmp_path)

    class Stop(BaseException):
        pass

    def stop() -> None:
        raise Stop

    with pytest.raises(Stop):
        cache.get(KEY, into, "3", stop)


def test_a_files_digest_is_the_hash_of_its_bytes(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(bytes(3_000_000))
    assert file_digest(path) == hash_bytes(bytes(3_000_000))
