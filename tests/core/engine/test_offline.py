"""Neither process opens a socket to anywhere but the other one."""

import json
from pathlib import Path

import engine_help
import offline_ops
import psutil
import pytest

from core.operations.base import Asset, Output
from core.operations.image import Denoise, Export, ImportFile, Palette
from core.operations.recipe import Recipe, Step, single

MODULES = ("offline_ops", *engine_help.MODULES)


@pytest.fixture(autouse=True)
def forget_attempts():
    offline_ops.attempts.clear()
    yield
    offline_ops.attempts.clear()


def _attempts(client, number: int = 0, reach: bool = False) -> list[str]:
    result = client.submit(single(offline_ops.Attempts(number=number, reach=reach))).result(60)
    (output,) = result.outputs.values()
    return json.loads(Path(output.path).read_bytes())


def _internet(pid: int) -> list[object]:
    return psutil.Process(pid).net_connections(kind="inet")


def test_real_work_opens_no_socket_in_either_process(tmp_path: Path, coffee: Path) -> None:
    files = engine_help.Files(tmp_path)
    digest = files.add(coffee.read_bytes())
    steps = (
        Step("open", ImportFile(file=Asset(hash=digest))),
        Step("denoise", Denoise(image=Output("open"))),
        Step("palette", Palette(image=Output("denoise"))),
        Step("save", Export(image=Output("denoise"), format="webp")),
    )
    recipe = Recipe(steps, (Output("palette", "data"), Output("save", "file")))
    with engine_help.running(files, modules=MODULES) as (client, _):
        client.submit(recipe).result(120)
        assert _attempts(client) == []
        assert _internet(client.state.pid) == []
        assert offline_ops.attempts == []
        assert _internet(psutil.Process().pid) == []


def test_the_named_channel_is_the_only_one(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    with engine_help.running(modules=MODULES, channel_folder=str(tmp_path)) as (client, _):
        assert _attempts(client) == []
        assert _internet(client.state.pid) == []
        assert all(str(tmp_path) in attempt for attempt in offline_ops.attempts)


def test_the_watch_would_see_an_attempt() -> None:
    with engine_help.running(modules=MODULES) as (client, _):
        seen = _attempts(client, reach=True)
    assert any("127.0.0.1" in attempt for attempt in seen)
