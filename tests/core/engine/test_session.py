"""Folders of one client: gone at its end, or at the start of the next one."""

import os
import subprocess
import sys
import time
from pathlib import Path

from core.engine.session import AssetFolder, SessionFolder

ROOT = Path(__file__).parents[3]


def test_a_folder_is_private_and_goes_with_its_client(tmp_path: Path) -> None:
    session = SessionFolder(tmp_path)
    assert session.path.stat().st_mode & 0o777 == 0o700
    (session.path / "x").write_text("x")
    session.close()
    assert list(tmp_path.iterdir()) == []


def test_the_folder_of_a_living_client_is_left_alone(tmp_path: Path) -> None:
    one = SessionFolder(tmp_path)
    two = SessionFolder(tmp_path)
    assert one.path.exists()
    two.close()
    assert one.path.exists()
    one.close()


def test_what_a_killed_client_left_is_removed(tmp_path: Path) -> None:
    code = (
        "import sys, time; from pathlib import Path; from core.engine.session import SessionFolder\n"
        "s = SessionFolder(Path(sys.argv[1])); (s.path / 'big').write_bytes(bytes(1000))\n"
        "print('ok', flush=True); time.sleep(60)"
    )
    client = subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE)
    assert client.stdout is not None
    assert client.stdout.readline() == b"ok\n"
    client.kill()
    client.wait()
    client.stdout.close()
    assert len(list(tmp_path.iterdir())) == 2
    SessionFolder(tmp_path).close()
    assert list(tmp_path.iterdir()) == []


def test_asset_files_stay_within_their_bytes_oldest_first(tmp_path: Path) -> None:
    assets = AssetFolder(tmp_path / "assets", 2500)
    for n in range(4):
        path = assets.folder / f"{n}"
        path.write_bytes(bytes(1000))
        os.utime(path, (time.time() - 100 + n, time.time() - 100 + n))
    with assets.filling():
        assets.prune(lambda: ())
        assert len(list(assets.folder.iterdir())) == 4
    assets.prune(lambda: {str(assets.folder / "0")})
    assert sorted(p.name for p in assets.folder.iterdir()) == ["0", "3"]
