"""Settings survive a restart and damage, and nothing else is written."""

from pathlib import Path

from desktop import settings
from desktop.settings import MAX_RECENT, Settings


def test_they_come_back(home: Path) -> None:
    made = Settings(appearance="light", language="zh_CN", text_scale=1.5, shortcuts={"edit.undo": "F2"})
    settings.save(made)
    assert settings.load() == made
    assert settings.settings_file().is_relative_to(home)


def test_damaged_ones_are_set_aside(home: Path) -> None:
    settings.save(Settings(appearance="light"))
    settings.settings_file().write_text('{"text_scale": 9000', encoding="utf-8")
    assert settings.load() == Settings()
    assert settings.settings_file().with_name("settings.damaged.json").exists()


def test_those_of_a_newer_version_are_read(home: Path) -> None:
    settings.settings_file().write_text('{"appearance": "light", "hologram": true}', encoding="utf-8")
    assert settings.load().appearance == "light"


def test_recent_projects(tmp_path: Path) -> None:
    made = Settings()
    for number in range(MAX_RECENT + 3):
        made.remember(tmp_path / f"{number}.atelier")
    made.remember(tmp_path / "5.atelier")
    assert len(made.recent) == MAX_RECENT
    assert made.recent[0].endswith("5.atelier")
    made.forget(tmp_path / "5.atelier")
    assert not any(p.endswith("5.atelier") for p in made.recent)


def test_a_folder_that_cannot_be_written_costs_the_settings_and_nothing_else(home: Path) -> None:
    target = settings.settings_file()
    target.mkdir()  # stands where the file should be: writing fails on every platform, also for root
    settings.save(Settings(appearance="light"))
    assert [p.name for p in target.parent.iterdir()] == ["settings.json"]
