"""OpenEXR: files written from its specification are read, ours follow it, and damage is one sentence."""

import struct
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.image import exr, files, saving
from core.raster.depths import linear_beyond
from core.values import AtelierError

HALF, FLOAT, WHOLE = 1, 2, 0


def attribute(key: str, kind: str, data: bytes) -> bytes:
    return key.encode() + b"\0" + kind.encode() + b"\0" + struct.pack("<I", len(data)) + data


def squeezed(raw: bytes) -> bytes:
    """ZIP's way with a block, a byte at a time as the specification has it."""
    split = raw[0::2] + raw[1::2]
    out, before = bytearray(split[:1]), split[0]
    for value in split[1:]:
        out.append((value - before + 128) % 256)
        before = value
    return zlib.compress(bytes(out))


def written(
    planes: dict[str, Any],
    packing: int = 3,
    display: tuple[int, int, int, int] | None = None,
    corner: tuple[int, int] = (0, 0),
    flags: int = 0,
) -> bytes:
    names = sorted(planes)
    height, width = planes[names[0]].shape
    kinds = {np.float16: HALF, np.float32: FLOAT, np.uint32: WHOLE}
    listed = b"".join(n.encode() + b"\0" + struct.pack("<iIii", kinds[planes[n].dtype.type], 0, 1, 1) for n in names)
    data = struct.pack("<4i", corner[0], corner[1], corner[0] + width - 1, corner[1] + height - 1)
    head = exr.MAGIC + struct.pack("<I", 2 | flags)
    head += attribute("channels", "chlist", listed + b"\0") + attribute("compression", "compression", bytes([packing]))
    head += attribute("dataWindow", "box2i", data)
    head += attribute("displayWindow", "box2i", data if display is None else struct.pack("<4i", *display))
    head += attribute("lineOrder", "lineOrder", b"\0") + b"\0"
    lines = 16 if packing == 3 else 1
    blocks, offsets, at = b"", b"", len(head) + 8 * -(-height // lines)
    for top in range(0, height, lines):
        rows = range(top, min(height, top + lines))
        raw = b"".join(planes[n][y].astype(planes[n].dtype.newbyteorder("<")).tobytes() for y in rows for n in names)
        packed = squeezed(raw) if packing else raw
        packed = packed if len(packed) < len(raw) else raw
        offsets += struct.pack("<Q", at + len(blocks))
        blocks += struct.pack("<iI", corner[1] + top, len(packed)) + packed
    return head + offsets + blocks


def light(height: int = 37, width: int = 45, kind: Any = np.float32, seed: int = 0) -> dict[str, Any]:
    y, x = np.mgrid[0:height, 0:width]
    generator = np.random.default_rng(seed)
    soft = {"R": x / 8 - 1, "G": y / 20, "B": x * y / 300}
    return {name: (plane + generator.integers(0, 2) * 0.5).astype(kind) for name, plane in soft.items()}


def loaded(path: Path, data: bytes) -> Any:
    path.write_bytes(data)
    return files.load(path, deep=True).pixels


@pytest.mark.parametrize("packing", [0, 2, 3])
@pytest.mark.parametrize("kind", [np.float16, np.float32])
def test_files_by_the_specification_are_read(packing: int, kind: Any, tmp_path: Path) -> None:
    planes = light(kind=kind)
    found = loaded(tmp_path / "a", written(planes | {"Z": planes["R"].astype(np.uint32)}, packing))
    assert found.dtype == np.float32 and (found[..., 3] == 1).all()
    for index, name in enumerate("RGB"):
        assert np.abs(linear_beyond(found[..., index]) - planes[name]).max() < 1e-4
    assert files.load(tmp_path / "a").pixels.dtype == np.uint8
    assert (files.probe(tmp_path / "a").width, files.probe(tmp_path / "a").format) == (45, "EXR")


def test_alpha_is_divided_out_and_windows_are_kept(tmp_path: Path) -> None:
    planes = {name: plane * 0.25 for name, plane in light().items()}
    planes["A"] = np.full((37, 45), 0.25, np.float32)
    planes["A"][:5] = 0
    found = loaded(tmp_path / "a", written(planes, corner=(-5, 3), display=(0, 0, 59, 29)))
    assert found.shape == (30, 60, 4)
    assert (found[:8] == 0).all() and (found[:, 40:] == 0).all()
    assert np.abs(linear_beyond(found[8:30, :40, 1]) - light()["G"][5:27, 5:]).max() < 1e-4
    assert (found[8:30, :40, 3] == 0.25).all()


def test_layers_and_grey_are_found(tmp_path: Path) -> None:
    planes = {f"Beauty.{name}": plane for name, plane in light().items()}
    found = loaded(tmp_path / "a", written(planes | {"Depth.V": planes["Beauty.R"]}))
    assert np.abs(linear_beyond(found[..., 1]) - planes["Beauty.G"]).max() < 1e-4
    grey = loaded(tmp_path / "b", written({"Y": light()["G"]}))
    assert np.array_equal(grey[..., 0], grey[..., 2])


@pytest.mark.parametrize("opaque", [False, True])
def test_what_is_written_follows_the_specification(opaque: bool, tmp_path: Path) -> None:
    array = (np.random.default_rng(0).random((37, 45, 4)) * 5 - 1).astype(np.float32)
    array[..., 3] = 1 if opaque else np.clip(array[..., 3], 0.1, 1)
    saving.save(tmp_path / "a.exr", array, "exr")
    data = (tmp_path / "a.exr").read_bytes()
    found = files.load(tmp_path / "a.exr", deep=True).pixels
    assert np.abs(found - array).max() < 1e-5
    # Flat blocks are packed, by the same steps as above.
    flat = np.full((20, 30, 4), 0.5, np.float32)
    flat[..., 3] = 1
    value = linear_beyond(flat[..., 0])
    ours, theirs = exr.encode(flat), written(dict.fromkeys("RGB", value))
    assert ours[-200:].endswith(theirs[-40:]) and len(data) > 1000


@pytest.mark.parametrize(("packing", "flags", "words"), [(4, 0, "PIZ"), (3, 0x200, "tiles"), (3, 0x1000, "parts")])
def test_other_kinds_are_named(packing: int, flags: int, words: str, tmp_path: Path) -> None:
    with pytest.raises(AtelierError, match=words):
        loaded(tmp_path / "a", written(light(), packing, flags=flags))


def test_what_is_cut_off_is_one_sentence(tmp_path: Path) -> None:
    data = written(light())
    for length in range(4, len(data) - 1, max(1, len(data) // 80)):
        with pytest.raises(AtelierError):
            loaded(tmp_path / "a", data[:length])
    with pytest.raises(AtelierError, match="too large"):
        loaded(tmp_path / "a", written(light(), display=(0, 0, 2_000_000_000, 5)))
    with pytest.raises(AtelierError, match="no red"):
        loaded(tmp_path / "a", written({"R": light()["R"]}))


@settings(max_examples=120, deadline=None)
@given(st.integers(0, 2**31), st.integers(1, 8))
def test_mangled_files_are_sentences_or_pictures(seed: int, count: int) -> None:
    import io

    generator = np.random.default_rng(seed)
    data = bytearray(written(light()))
    for at in generator.integers(4, len(data), count):
        data[at] = int(generator.integers(0, 256))
    try:
        found = exr.read(io.BytesIO(bytes(data)), "a")
    except AtelierError:
        return
    assert np.isfinite(found).all()
