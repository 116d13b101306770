"""Which folders are taken for shared ones."""

from pathlib import Path

import pytest

from core.project import folders


def test_an_ordinary_folder_is_worked_in_and_locks(tmp_path: Path) -> None:
    assert folders.shared(tmp_path) == ""
    assert folders.can_lock(tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "name", ["Dropbox", "Dropbox (Studio)", "OneDrive - Studio Ltd", "iCloud Drive", "com~apple~CloudDocs", "Nextcloud"]
)
def test_the_folders_of_sync_programs_are_known_by_name(tmp_path: Path, name: str) -> None:
    (tmp_path / name / "Ads" / "May").mkdir(parents=True)
    assert folders.shared(tmp_path / name / "Ads" / "May") == name
    assert folders.shared(tmp_path) == ""
    (tmp_path / "elsewhere").symlink_to(tmp_path / name / "Ads")
    assert folders.shared(tmp_path / "elsewhere" / "May") == name


@pytest.mark.parametrize("mark", folders.MARKS)
def test_and_by_the_marks_they_leave(tmp_path: Path, mark: str) -> None:
    folder = tmp_path / "synced" / "deep"
    folder.mkdir(parents=True)
    (tmp_path / "synced" / mark).mkdir()
    assert folders.shared(folder) == mark


@pytest.mark.parametrize(
    ("kind", "is_shared"),
    [
        *[(kind, True) for kind in ("nfs4", "cifs", "fuse.sshfs", "9p", "vfat")],
        *[(kind, False) for kind in ("ext4", "fuseblk", "tmpfs", "btrfs")],
    ],
)
def test_file_systems_are_told_by_their_type(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, is_shared: bool
) -> None:
    share = tmp_path / "my share"
    (share / "deep").mkdir(parents=True)
    table = tmp_path / "mounts"
    escaped = str(share).replace(" ", "\\040")
    table.write_text(f"/dev/vda / ext4 rw 0 0\nautofs {escaped} autofs rw 0 0\nserver:/x {escaped} {kind} rw 0 0\n")
    monkeypatch.setattr(folders, "MOUNTS", table)
    assert folders.shared(share / "deep") == (kind if is_shared else "")
    assert folders.shared(tmp_path) == ""


def test_a_studio_can_name_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATELIER_SHARED", f"/nowhere:{tmp_path / 'a'}")
    assert folders.shared(tmp_path / "a" / "b") == "ATELIER_SHARED"
    assert folders.shared(tmp_path / "ab") == ""
