"""Bringing files forward, with a step that only these tests know: there is no format before the first."""

import sqlite3
from pathlib import Path

import pytest

from core.project import migrations, schema
from core.project.project import Project
from core.values import AtelierError

NOTES = "CREATE TABLE notes (id INTEGER PRIMARY KEY, words TEXT)"
BACKUP = "work (before Atelier format 2).atelier"


@pytest.fixture
def old(project_file: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file of the format before."""
    monkeypatch.setattr(schema, "FORMAT", 2)
    monkeypatch.setitem(schema.TABLES, "notes", NOTES)
    monkeypatch.setitem(migrations.STEPS, 1, lambda db: db.execute(NOTES))
    return project_file


def version(path: Path) -> int:
    return int.from_bytes(path.read_bytes()[60:64], "big")


def test_an_old_file_is_brought_forward_and_kept_as_it_was(old: Path) -> None:
    before = old.read_bytes()
    with Project.open(old) as project:
        assert BACKUP in project.notice
        assert not project.read_only
        assert project.undo_label == "Add text 29"
        assert project.verify() == []
        project.undo()
    backup = old.with_name(BACKUP)
    assert (version(old), version(backup)) == (2, 1)
    assert len(backup.read_bytes()) == len(before)
    assert sorted(file.name for file in old.parent.iterdir()) == [BACKUP, old.name]
    with Project.open(old) as project:
        assert project.notice == ""
        assert project.redo_label == "Add text 29"
    with Project.open(backup, read_only=True) as project:
        assert project.undo_label == "Add text 29"
        assert project.verify() == []


def test_a_step_that_fails_leaves_the_file_as_it_was(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = old.read_bytes()

    def step(db: sqlite3.Connection) -> None:
        db.execute(NOTES)
        db.execute("DELETE FROM documents")
        raise AtelierError("No.")

    monkeypatch.setitem(migrations.STEPS, 1, step)
    for _ in range(2):
        with pytest.raises(AtelierError, match=r"No\."):
            Project.open(old)
    assert version(old) == 1
    assert sorted(file.name for file in old.parent.iterdir()) == [BACKUP, old.name]
    monkeypatch.undo()
    with Project.open(old) as project:
        assert project.verify() == []
        assert len(project.documents()) == 1
    assert len(old.read_bytes()) == len(before)


def test_a_step_that_makes_other_tables_than_this_version_has_does_not_count(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(migrations.STEPS, 1, lambda db: db.execute("CREATE TABLE other (x)"))
    with pytest.raises(AtelierError):
        migrated = Project.open(old)
        migrated.close()
        raise AtelierError(migrated.notice)
    assert version(old) == 1


def test_an_old_file_is_read_without_touching_it(old: Path) -> None:
    before = old.read_bytes()
    with Project.open(old, read_only=True) as project:
        assert project.undo_label == "Add text 29"
        assert project.read_only
    assert old.read_bytes() == before
    assert [file.name for file in old.parent.iterdir()] == [old.name]


def test_a_file_that_no_step_leads_from_is_said_to_be_too_old(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(migrations.STEPS, 1)
    before = old.read_bytes()
    with pytest.raises(AtelierError, match="too old"):
        Project.open(old)
    with pytest.raises(AtelierError, match="too old"):
        Project.open(old, read_only=True)
    assert old.read_bytes() == before
    assert [file.name for file in old.parent.iterdir()] == [old.name]


def test_without_a_backup_nothing_is_brought_forward(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(migrations, "_place", refuse)
    with pytest.raises(AtelierError, match=r"needs a backup .*No space left"):
        Project.open(old)
    assert version(old) == 1
    assert [file.name for file in old.parent.iterdir()] == [old.name]


def test_another_backup_of_that_name_is_not_written_over(old: Path) -> None:
    old.with_name(BACKUP).write_bytes(b"something else")
    with Project.open(old):
        pass
    assert old.with_name(BACKUP).read_bytes() == b"something else"
    assert version(old.with_name("work (before Atelier format 2 2).atelier")) == 1


def test_on_a_share_the_backup_lies_beside_the_published_file(
    old: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ATELIER_SHARED", str(tmp_path))
    with Project.open(old) as project:
        assert project.publication is not None
        assert BACKUP in project.notice
    assert (version(old), version(old.with_name(BACKUP))) == (2, 1)
    assert sorted(file.name for file in old.parent.iterdir()) == [BACKUP, old.name]


def test_there_is_nothing_to_bring_forward_yet() -> None:
    assert schema.FORMAT == 1
    assert migrations.STEPS == {}
