"""`atelier action` on real photographs, through the real core process."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from core.cli import main
from core.operations.actions import from_operations
from core.operations.base import Asset
from core.operations.image_guidance import HarmoniseHues
from core.operations.image_light import LowLight
from core.project import action_store

DATA = Path(__file__).parents[2] / "data"
SOME = Asset(hash="ab" * 32)


@pytest.fixture
def action(tmp_path: Path) -> Path:
    """Two steps that need no weights."""
    wanted = (LowLight(image=SOME, denoise=0.0), HarmoniseHues(image=SOME, scheme="opposites"))
    return action_store.save(from_operations("Night cure", wanted), tmp_path / "night.json")


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    """A folder of small real photographs, with one file in it that is none."""
    folder = tmp_path / "in"
    folder.mkdir()
    for index, name in enumerate(("rocket.jpg", "chelsea.png")):
        Image.open(DATA / name).convert("RGB").resize((160, 107)).save(folder / f"photo{index + 1}.png")
    (folder / "photo10.jpg").write_bytes(b"this is no picture")
    return folder


def test_a_folder_is_done_and_what_fails_is_named_at_the_end(
    action: Path, photos: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "new" / "out"
    arguments = ["action", "run", str(action), "--in", str(photos), "--out", str(out), "--format", "jpeg"]
    status = main([*arguments, "--name", "{action} {number:02}"])
    said = capsys.readouterr()
    assert status == 1
    assert sorted(p.name for p in out.iterdir()) == ["Night cure 01.jpg", "Night cure 02.jpg"]
    assert "2 of 3 files done." in said.out
    errors = [line for line in said.err.splitlines() if line.startswith("atelier:")]
    assert len(errors) == 1 and "photo10.jpg" in errors[0] and "Traceback" not in said.err
    before, after = (
        np.array(Image.open(p).convert("RGB")).mean() for p in (photos / "photo1.png", out / "Night cure 01.jpg")
    )
    assert after > before + 5, "the rocket at night became lighter"


def test_patterns_the_store_and_a_second_run(
    action: Path, photos: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    action_store.save(action_store.load(action))
    assert main(["action", "list"]) == 0
    assert "Night cure: Brighten dark photo, Bring colours into harmony" in capsys.readouterr().out
    out = tmp_path / "out"
    arguments = ["action", "run", "night cure", "--in", str(photos / "*1.png"), "--out", str(out)]
    assert main(arguments) == 0 and main(arguments) == 0
    assert sorted(p.name for p in out.iterdir()) == ["photo1 (2).png", "photo1.png"], "nothing is replaced unasked"
    first, second = (np.array(Image.open(out / n)) for n in ("photo1.png", "photo1 (2).png"))
    assert (first == second).all()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--in", "nowhere/*.png"], "no pictures in"),
        (["--in", ".", "--name", "same"], "all files would be called the same"),
        (["--in", ".", "--quality", "0"], "from 1 to 100"),
    ],
)
def test_what_cannot_be_is_said_before_anything_begins(
    action: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], sentence: str
) -> None:
    assert main(["action", "run", str(action), "--out", str(tmp_path / "out"), *arguments]) == 1
    assert sentence in capsys.readouterr().err and not (tmp_path / "out").exists()
    assert main(["action", "run", "Nobody", "--in", ".", "--out", str(tmp_path)]) == 1
    assert "no action “Nobody”" in capsys.readouterr().err
