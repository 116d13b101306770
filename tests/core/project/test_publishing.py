"""Projects in shared folders: worked on in a copy, published whole, and never over somebody else's work."""

import sqlite3
import threading
import time
from collections.abc import Callable
from pathlib import Path

import msgspec
import numpy as np
import pytest

from core.documents.image import new_image
from core.project import presence, publishing, working
from core.project.project import Project
from core.project.publishing import Publication
from core.raster.manifest import write_raster
from core.values import AtelierError


@pytest.fixture
def share(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is taken for a share; nothing is published by itself."""
    folder = tmp_path / "share"
    folder.mkdir()
    monkeypatch.setenv("ATELIER_SHARED", str(folder))
    for name in ("QUIET", "LATEST", "RETRY"):
        monkeypatch.setattr(publishing, name, 3600.0)
    return folder


def rename(project: Project, title: str) -> None:
    entries = project.documents()
    document = project.document(entries[0].id) if entries else new_image(10, 10, "")
    with project.transaction("Rename") as edit:
        edit.put(msgspec.structs.replace(document, title=title))


def published(path: Path) -> str:
    with Project.open(path, read_only=True) as project:
        assert project.verify() == []
        return project.documents()[0].title if project.documents() else ""


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir() if file.suffix == ".atelier")


def soon(true: Callable[[], bool]) -> bool:
    end = time.monotonic() + 20
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.01)
    return False


def crash(project: Project) -> None:
    """Let go of a project as a process does that dies: nothing is published and nothing is tidied up."""
    publisher = project._publisher
    assert publisher is not None
    with publisher._cond:
        publisher._stopped = True
        publisher._cond.notify_all()
    publisher._thread.join()
    project._store.close()


def test_an_edit_is_kept_here_at_once_and_published_on_closing(share: Path) -> None:
    path = share / "p.atelier"
    with Project.create(path, title="Work") as project:
        assert project.path == path
        assert project.title == "Work"
        assert project.published
        rename(project, "one")
        assert project.publication == Publication(path, False)
        assert published(path) == ""
        assert Project.peek(path).title == "Work"
        assert presence.note_of(path).exists() or soon(presence.note_of(path).exists)
    assert project.published
    assert published(path) == "one"
    assert [file.name for file in share.iterdir()] == ["p.atelier"]
    assert list(working.every()) == []
    with Project.open(path) as project:
        assert project.undo()
    assert published(path) == ""


def test_it_is_published_after_a_few_seconds_of_quiet_and_says_so(share: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = share / "p.atelier"
    with Project.create(path) as project:
        heard: list[Publication] = []
        project.subscribe_publication(heard.append)
        monkeypatch.setattr(publishing, "QUIET", 0.3)
        rename(project, "one")
        assert soon(lambda: bool(heard))
        assert not heard[0].published
        assert soon(lambda: heard[-1].published)
        assert published(path) == "one"


def test_it_is_published_in_the_midst_of_work_at_the_latest(share: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = share / "p.atelier"
    monkeypatch.setattr(publishing, "LATEST", 0.2)
    with Project.create(path) as project:
        before = path.stat().st_mtime_ns
        end = time.monotonic() + 20
        while path.stat().st_mtime_ns == before and time.monotonic() < end:
            rename(project, str(time.monotonic_ns()))
        assert published(path) != ""


def test_editing_goes_on_while_it_is_published(share: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = share / "p.atelier"
    monkeypatch.setattr(publishing, "PAGES", 8)
    noise = np.random.default_rng(0).integers(0, 255, (700, 700, 4), np.uint8)
    with Project.create(path) as project:
        write_raster(noise, project)
        rename(project, "0")
        copied = threading.Event()
        monkeypatch.setattr(publishing, "moment", lambda step: copied.set() if step == "copied" else None)
        thread = threading.Thread(target=project.publish)
        thread.start()
        number = 0
        while not copied.is_set():
            number += 1
            rename(project, str(number))
        thread.join()
        assert number > 3
        assert 0 <= int(published(path)) <= number
        assert not project.published
    assert published(path) == str(number)


def test_somebody_elses_work_is_never_written_over(share: Path, tmp_path: Path) -> None:
    path = share / "p.atelier"
    with Project.create(path) as project:
        rename(project, "mine")
        project.publish()
        with Project.create(tmp_path / "q.atelier") as other:
            rename(other, "theirs")
        (tmp_path / "q.atelier").replace(path)
        heard: list[Publication] = []
        project.subscribe_publication(heard.append)
        rename(project, "mine still")
        project.publish()
        assert published(path) == "theirs"
        assert "(conflict" in project.path.name
        assert project.path.parent == share
        assert published(project.path) == "mine still"
        assert project.publication is not None
        assert "changed by somebody else" in project.publication.notice
        assert soon(lambda: bool(heard) and heard[-1].target == project.path)
        rename(project, "and on")
    assert published(path) == "theirs"
    assert published(project.path) == "and on"
    assert len(names(share)) == 2


def test_a_file_that_was_only_touched_or_copied_back_is_still_ours(share: Path) -> None:
    path = share / "p.atelier"
    with Project.create(path) as project:
        rename(project, "one")
        project.publish()
        path.write_bytes(path.read_bytes())  # as a sync program does
        rename(project, "two")
    assert published(path) == "two"
    assert names(share) == ["p.atelier"]


def test_a_change_in_place_by_another_program_is_noticed(share: Path) -> None:
    path = share / "p.atelier"
    with Project.create(path) as project:
        rename(project, "one")
        project.publish()
        connection = sqlite3.connect(path)
        connection.execute("PRAGMA user_version=1")
        connection.execute("DELETE FROM snapshots")
        connection.execute("UPDATE documents SET position = position + 1")
        connection.commit()
        connection.close()
        rename(project, "two")
    assert "(conflict" in project.path.name


def test_a_share_that_is_gone_holds_nothing_up(share: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, away = share / "p.atelier", tmp_path / "gone"
    with Project.create(path) as project:
        share.rename(away)
        monkeypatch.setattr(publishing, "QUIET", 0.0)
        monkeypatch.setattr(publishing, "RETRY", 0.1)
        rename(project, "one")
        assert soon(lambda: bool(project.publication and project.publication.notice))
        assert project.publication is not None
        assert "not in the shared folder yet" in project.publication.notice
        rename(project, "two")
        away.rename(share)
        assert soon(lambda: project.published)
        assert project.publication.notice == ""
        assert published(path) == "two"


def test_what_could_not_be_published_is_taken_up_again(share: Path, tmp_path: Path) -> None:
    path, away = share / "p.atelier", tmp_path / "gone"
    with Project.create(path) as project:
        share.rename(away)
        rename(project, "kept")
    assert not project.published
    assert [copy.target for copy in working.every()] == [path]
    with Project.open(path) as project:  # the share is still gone
        assert "kept on this computer" in project.notice
        assert project.documents()[0].title == "kept"
    away.rename(share)
    with Project.open(path) as project:
        rename(project, "and more")
    assert published(path) == "and more"
    assert list(working.every()) == []


def test_after_a_crash_newer_edits_come_up_and_a_conflict_with_them_is_kept_apart(share: Path, tmp_path: Path) -> None:
    path = share / "p.atelier"
    project = Project.create(path)
    rename(project, "unpublished")
    crash(project)
    with Project.create(tmp_path / "q.atelier") as other:
        rename(other, "theirs")
    (tmp_path / "q.atelier").replace(path)
    with pytest.raises(AtelierError, match="kept on this computer"):
        Project.create(path)
    with Project.open(path) as project:
        assert project.documents()[0].title == "unpublished"
    assert published(project.path) == "unpublished"
    assert "(conflict" in project.path.name
    assert published(path) == "theirs"


def test_a_copy_left_without_edits_gives_way_to_what_is_published(share: Path, tmp_path: Path) -> None:
    path = share / "p.atelier"
    project = Project.create(path)
    rename(project, "mine")
    project.publish()
    crash(project)
    with Project.create(tmp_path / "q.atelier") as other:
        rename(other, "newer")
    (tmp_path / "q.atelier").replace(path)
    with Project.open(path) as project:
        assert project.notice == ""
        assert project.documents()[0].title == "newer"
    assert names(share) == ["p.atelier"]


def test_a_damaged_copy_is_mended_before_it_is_published(share: Path) -> None:
    path = share / "p.atelier"
    project = Project.create(path)
    rename(project, "kept")
    copy = working.find(path)
    assert copy is not None
    crash(project)
    content = bytearray(copy.file.read_bytes())
    content[:100] = bytes(100)
    copy.file.write_bytes(content)
    with Project.open(path) as project:
        assert "was damaged" in project.notice
        assert project.documents()[0].title == "kept"
    assert published(path) == "kept"
    assert list((working.root() / ".damaged").iterdir())


def test_a_damaged_file_on_a_share_is_recovered_beside_itself(share: Path) -> None:
    path = share / "p.atelier"
    with Project.create(path) as project:
        rename(project, "kept")
    content = bytearray(path.read_bytes())
    content[:100] = bytes(100)
    path.write_bytes(content)
    with Project.open(path) as project:
        assert project.recovery is not None
        assert project.path.name == "p (recovered).atelier"
        rename(project, "on")
    assert path.read_bytes() == content
    assert published(project.path) == "on"
    assert list(working.every()) == []


def test_the_same_project_is_not_opened_twice(share: Path) -> None:
    path = share / "p.atelier"
    with Project.create(path), pytest.raises(AtelierError, match="open already"):
        Project.open(path)
    with Project.open(path) as project:
        rename(project, "one")
        with pytest.raises(AtelierError, match="open already"):
            Project.open(path)
    assert published(path) == "one"


def test_another_computer_that_has_it_open_is_named(share: Path) -> None:
    path = share / "p.atelier"
    Project.create(path).close()
    note = presence.Note("studio-mac", 4711, "x", time.time())
    presence.note_of(path).write_bytes(msgspec.json.encode(note))
    with Project.open(path) as project:
        assert "“studio-mac”" in project.notice
        rename(project, "one")
    assert presence.read(presence.note_of(path)) == note
    stale = msgspec.structs.replace(note, time=time.time() - presence.STALE - 1)
    presence.note_of(path).write_bytes(msgspec.json.encode(stale))
    with Project.open(path) as project:
        assert project.notice == ""
        assert soon(lambda: (presence.read(presence.note_of(path)) or stale).host != "studio-mac")
    assert not presence.note_of(path).exists()


def test_save_as_goes_to_a_share_and_back(share: Path, tmp_path: Path) -> None:
    here, there, clip = tmp_path / "p.atelier", share / "p.atelier", tmp_path / "clip.mov"
    clip.write_bytes(bytes(1000))
    with Project.create(here) as project:
        outside = project.link_file(clip)
        rename(project, "one")
        project.save_as(there)
        assert project.path == there
        assert project.publication is not None
        assert project.asset(outside).external == clip
        rename(project, "two")
        project.save_as(there)
        assert project.published
        rename(project, "three")
        project.save_as(tmp_path / "q.atelier")
        assert project.publication is None
        assert project.asset(outside).external == clip
        assert project.missing() == ()
        rename(project, "four")
    assert [published(file) for file in (here, there, tmp_path / "q.atelier")] == ["one", "three", "four"]
    assert list(working.every()) == []


def test_a_project_of_a_newer_version_on_a_share_is_only_read(share: Path) -> None:
    path = share / "p.atelier"
    Project.create(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version=99")
    connection.close()
    before = path.read_bytes()
    with Project.open(path) as project:
        assert project.read_only
        assert "newer version" in project.notice
        project.save_as(share / "q.atelier")
        assert project.read_only
        assert "newer version" in project.notice
    assert path.read_bytes() == before
    assert list(working.every()) == []
    assert list(working.root().iterdir()) == []


def test_a_log_beside_a_shared_file_is_folded_in_first(share: Path, tmp_path: Path) -> None:
    path = share / "p.atelier"
    with Project.create(tmp_path / "p.atelier") as project:
        rename(project, "in the log")
        for end in ("", "-wal"):
            (share / f"p.atelier{end}").write_bytes((tmp_path / f"p.atelier{end}").read_bytes())
    with Project.open(path) as project:
        assert project.documents()[0].title == "in the log"
        rename(project, "on")
    assert published(path) == "on"
    assert names(share) == ["p.atelier"]
    assert not (share / "p.atelier-wal").exists()
