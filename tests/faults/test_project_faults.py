"""Power cuts, damage and full disks: every acknowledged edit is there, and nothing wrong is ever called right."""

import contextlib
import random
import resource
import shutil
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import msgspec
import numpy as np
import pytest
from PIL import Image

from core.documents.image import ImageDocument, RasterLayer, TextLayer, new_image
from core.project.project import Project
from core.project.schema import PAGE_SIZE
from core.raster.manifest import Pixels, read_raster, write_raster
from core.values import AtelierError

pytestmark = [pytest.mark.faults, pytest.mark.slow]

WRITER = Path(__file__).parent / "project_writer.py"
ROOT = Path(__file__).parents[2]


@pytest.mark.timeout(600)
def test_every_acknowledged_edit_survives_kill_9_at_200_moments(tmp_path: Path) -> None:
    path = tmp_path / "p.atelier"
    chance = random.Random(7)
    acknowledged = 0
    for _ in range(200):
        writer = subprocess.Popen(
            [sys.executable, str(WRITER), str(path), str(acknowledged)],
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env={"PYTHONPATH": str(ROOT), "PATH": ""},
        )
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
        time.sleep(chance.uniform(0, 0.06))
        writer.kill()
        numbers = [int(line) for line in writer.stdout.read().split("\n")[:-1]]
        writer.wait()
        writer.stdout.close()
        acknowledged = max([acknowledged, *numbers])
        with Project.open(path) as project:
            assert project.recovery is None
            entries = project.documents()
            if not entries:
                assert acknowledged == 0
                continue
            document = project.document(entries[0].id)
            assert isinstance(document, ImageDocument)
            # The edit in flight may have been committed without being acknowledged yet.
            assert int(document.title) in (acknowledged, acknowledged + 1)
            acknowledged = int(document.title)
            (layer,) = document.layers
            assert isinstance(layer, RasterLayer)
            assert (read_raster(layer.pixels, project) == acknowledged % 255).all()
    with Project.open(path) as project:
        assert project.verify() == []
        assert len(project.history()) == acknowledged
    assert acknowledged > 200


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, Pixels]:
    """A real project at rest as bytes, and the part of a photo that is in it."""
    photo = np.asarray(Image.open(ROOT / "resources" / "samples" / "coffee.png").convert("RGBA"))[:200, 150:400].copy()
    path = tmp_path_factory.mktemp("whole") / "p.atelier"
    with Project.create(path) as project:
        pixels = write_raster(photo, project)
        document = new_image(600, 400, "Ad").insert_layer(RasterLayer(pixels=pixels, width=250, height=200))
        for number in range(80):
            document = document.insert_layer(TextLayer(text=f"line {number}"))
            with project.transaction(f"Add text {number}") as edit:
                edit.put(document)
    return path.read_bytes(), photo


def examine(path: Path, photo: Pixels) -> str:
    """Open and read everything; return what became of it. Any other exception than a sentence fails the test."""
    try:
        with Project.open(path) as project:
            for entry in project.documents():
                for digest in project.document(entry.id).assets():
                    try:
                        assert (read_raster(digest, project) == photo).all()
                    except AtelierError:
                        continue
            project.verify()
            return "recovered" if project.recovery else "open"
    except AtelierError as error:
        assert 20 < len(str(error)) < 400
        return "sentence"


def damaged(tmp_path: Path, content: bytes, photo: Pixels) -> str:
    path = tmp_path / "q.atelier"
    path.write_bytes(content)
    outcome = examine(path, photo)
    for file in tmp_path.iterdir():
        file.unlink()
    return outcome


@pytest.mark.timeout(600)
def test_500_truncations(tmp_path: Path, whole: tuple[bytes, Pixels]) -> None:
    content, photo = whole
    chance = random.Random(1)
    outcomes = [damaged(tmp_path, content[: chance.randrange(len(content))], photo) for _ in range(500)]
    # Most of the file is the photo's tiles, so what comes before them is worth saving in most cuts.
    assert outcomes.count("recovered") > 100
    assert "open" not in outcomes or outcomes.count("open") < 250


@pytest.mark.timeout(600)
def test_2000_flipped_bytes(tmp_path: Path, whole: tuple[bytes, Pixels]) -> None:
    content, photo = whole
    chance = random.Random(2)
    for _ in range(2000):
        flipped = bytearray(content)
        flipped[chance.randrange(len(content))] ^= chance.randrange(1, 256)
        damaged(tmp_path, bytes(flipped), photo)


def test_a_full_disk_takes_the_edit_back_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "p.atelier"
    with Project.create(path) as project:
        document = new_image(300, 300, "kept")
        with project.transaction("New") as edit:
            edit.put(document)
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        import signal

        previous = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        try:
            resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, hard))
            noise = np.random.default_rng(0).integers(0, 255, (600, 600, 4), np.uint8)
            with pytest.raises(AtelierError):
                for number in range(20):
                    write_raster(noise ^ np.uint8(number), project)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
            signal.signal(signal.SIGXFSZ, previous)
        assert project.document(document.id) == document
        with project.transaction("Go on") as edit:
            edit.put(msgspec.structs.replace(document, title="after"))
    with Project.open(path) as project:
        assert project.documents()[0].title == "after"
        assert project.verify() == []


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    blocker = tmp_path / "file"
    blocker.write_text("not a folder")
    with pytest.raises(AtelierError, match=r"p\.atelier"):
        Project.create(blocker / "p.atelier")
    with pytest.raises(AtelierError):
        Project.create(Path("/proc/p.atelier"))


def cut_off_while_opening(path: Path, into: Path) -> Path:
    """Copy the project at ``path`` as it is when the power goes while SQLite changes its journal mode."""
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE meta SET value = ? WHERE key = 'title'", (b"half",))
        into.mkdir()
        half, journal = (Path(shutil.copy(f"{path}{end}", into)) for end in ("", "-journal"))
        connection.execute("ROLLBACK")
    # As it is once it was written to the disk: eight bytes that say so, and how many pages it holds.
    records = (journal.stat().st_size - 512) // (PAGE_SIZE + 8)
    with journal.open("rb+") as file:
        file.write(bytes.fromhex("d9d505f920a163d7") + records.to_bytes(4, "big"))
    with half.open("rb+") as file:
        file.seek(18)
        file.write(b"\2\2")  # the new journal mode, on its way
    return half


def test_a_project_that_was_being_opened_or_closed_when_the_power_went_opens_again(tmp_path: Path) -> None:
    path = tmp_path / "p.atelier"
    with Project.create(path, "Whole") as project, project.transaction("New") as edit:
        edit.put(new_image(300, 300, "kept"))
    left = cut_off_while_opening(path, tmp_path / "left")
    journal = left.with_name(f"{left.name}-journal")
    assert Project.peek(left).title in ("Whole", "half")
    with Project.open(left, read_only=True) as project:
        assert project.title == "Whole" and [entry.title for entry in project.documents()] == ["kept"]
    assert journal.exists(), "to read is not to write"
    with Project.open(left) as project:
        assert project.title == "Whole" and not project.notice and project.verify() == []
    assert [file.name for file in left.parent.iterdir()] == ["p.atelier"]


@pytest.mark.parametrize("read_only", [False, True])
def test_a_project_that_was_left_in_log_mode_without_a_log_is_one_file_again(tmp_path: Path, read_only: bool) -> None:
    path = tmp_path / "p.atelier"
    with Project.create(path, "Whole") as project, project.transaction("New") as edit:
        edit.put(new_image(300, 300, "kept"))
    with path.open("rb+") as file:
        file.seek(18)
        file.write(b"\2\2")  # as when the power goes right after opening
    for _ in range(2):
        with Project.open(path, read_only=read_only) as project:
            assert [entry.title for entry in project.documents()] == ["kept"]
        assert [file.name for file in tmp_path.iterdir()] == ["p.atelier"]


def test_an_index_that_a_dead_process_left_goes_with_the_next_one_to_open(tmp_path: Path) -> None:
    path = tmp_path / "p.atelier"
    Project.create(path).close()
    path.with_name("p.atelier-shm").write_bytes(bytes(32768))
    Project.open(path).close()
    assert [file.name for file in tmp_path.iterdir()] == ["p.atelier"]
