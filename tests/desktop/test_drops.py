"""What is dropped goes where it belongs, or one sentence says why not."""

import pickle
import struct
import zipfile
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from core.resources import resource
from desktop.drops import MAX_FOLDER, Kind, classify, gather


def write(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.png", b"\x89PNG\r\n\x1a\n....", Kind.IMAGE),
        ("wrong.txt", b"\xff\xd8\xff\xe0....", Kind.IMAGE),
        ("logo.svg", b'<svg xmlns="http://www.w3.org/2000/svg"/>', Kind.IMAGE),
        ("song.wav", b"RIFF\x00\x00\x00\x00WAVEfmt ", Kind.AUDIO),
        ("song.mid", b"MThd\x00\x00\x00\x06\x00\x01\x00\x02\x00\x60", Kind.MIDI),
        ("film.mp4", b"\x00\x00\x00\x18ftypisom....", Kind.VIDEO),
        ("words.md", "# 标题".encode(), Kind.TEXT),
        ("film.cube", b"LUT_3D_SIZE 2", Kind.TABLE),
        ("film.cube", b"\x00\x01\x02", Kind.REFUSED),
        ("model.gguf", b"GGUF\x03\x00\x00\x00", Kind.MODEL),
        ("model.safetensors", struct.pack("<Q", 2) + b"{}", Kind.MODEL),
        ("model.pt", b"anything", Kind.REFUSED),
        ("empty.png", b"", Kind.REFUSED),
        ("thing.bin", bytes(range(256)), Kind.REFUSED),
    ],
)
def test_kinds(tmp_path: Path, qapp: QApplication, name: str, data: bytes, kind: Kind) -> None:
    assert classify(write(tmp_path, name, data)).kind is kind


def test_a_pickle_is_refused_by_whatever_name(tmp_path: Path, qapp: QApplication) -> None:
    plain = write(tmp_path, "innocent.safetensors", pickle.dumps({"weights": [1, 2, 3]}))
    zipped = tmp_path / "innocent.onnx"
    with zipfile.ZipFile(zipped, "w") as archive:
        archive.writestr("archive/data.pkl", b"\x80\x02}")
    for path in (plain, zipped):
        found = classify(path)
        assert found.kind is Kind.REFUSED
        assert "pickle" in found.reason
        assert path.name in found.reason


def test_a_missing_file_says_so(tmp_path: Path, qapp: QApplication) -> None:
    found = classify(tmp_path / "gone.png")
    assert found.kind is Kind.REFUSED
    assert "gone.png" in found.reason


def test_folders_are_walked_and_hidden_files_left(tmp_path: Path, qapp: QApplication) -> None:
    (tmp_path / "shoot" / "raw").mkdir(parents=True)
    (tmp_path / "shoot" / ".git").mkdir()
    for name in ("shoot/a.png", "shoot/raw/b.png", "shoot/.git/config", "shoot/.DS_Store"):
        (tmp_path / name).write_bytes(b"x")
    files, problem = gather([tmp_path / "shoot"])
    assert [f.name for f in files] == ["a.png", "b.png"]
    assert not problem


def test_a_huge_folder_is_not_swallowed(tmp_path: Path, qapp: QApplication) -> None:
    for number in range(MAX_FOLDER + 2):
        (tmp_path / f"{number}.txt").write_bytes(b"x")
    files, problem = gather([tmp_path])
    assert files == []
    assert tmp_path.name in problem


def test_fonts(qapp: QApplication) -> None:
    font = resource("fonts", "PlayfairDisplay_400Regular.ttf")
    assert classify(font).kind is Kind.FONT
