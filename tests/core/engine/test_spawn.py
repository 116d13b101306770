"""How the core process is started, frozen or not, and what becomes of it without its client."""

import subprocess
import sys
import time
from pathlib import Path

import engine_help
import psutil
import pytest

from core.engine import spawn
from core.project import places

ROOT = Path(__file__).parents[3]

CLIENT = """
import sys, time
import engine_help, engine_ops as ops
from core.operations.recipe import single
with engine_help.running() as (client, said):
    job = client.submit(single(ops.{job}))
    said.wait(lambda: any(type(e).__name__ == "Progress" for e in said.of(job.id)))
    print(client.state.pid, flush=True)
    time.sleep(60)
"""


def test_a_frozen_application_starts_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert spawn.worker_command() == [sys.executable, "--atelier-core"]


def test_only_the_flag_makes_a_program_the_core(monkeypatch: pytest.MonkeyPatch) -> None:
    from core.engine import worker

    called: list[bool] = []
    monkeypatch.setattr(worker, "main", lambda: called.append(True))
    spawn.maybe_run_worker(["atelier", "run", "--atelier-core"])
    spawn.maybe_run_worker(["atelier"])
    assert called == []
    spawn.maybe_run_worker(["atelier", "--atelier-core"])
    assert called == [True]


def test_a_program_started_with_the_flag_is_the_core(monkeypatch: pytest.MonkeyPatch) -> None:
    """As a frozen application does it: the same entry point, one flag."""
    import engine_ops as ops

    from core.operations.recipe import single

    monkeypatch.setattr(spawn, "worker_command", lambda: [sys.executable, "-P", "-m", "core.cli", spawn.FLAG])
    with engine_help.running() as (client, _):
        assert client.submit(single(ops.Paint())).result(engine_help.PATIENCE)


def test_extension_modules_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(spawn.EXTENSIONS, raising=False)
    assert spawn.extension_modules() == ()
    monkeypatch.setenv(spawn.EXTENSIONS, "one,two.three")
    assert spawn.extension_modules() == ("one", "two.three")


def test_the_current_folder_is_not_on_the_cores_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import engine_ops as ops

    from core.operations.recipe import single

    for name in ("msgspec", "psutil", "core", "numpy"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('not mine')")
    monkeypatch.chdir(tmp_path)
    with engine_help.running() as (client, _):
        assert client.submit(single(ops.Paint())).result(engine_help.PATIENCE)


@pytest.mark.faults
@pytest.mark.parametrize("job", ["Paint(seconds=30)", "Trouble(how='deaf')"])
def test_the_core_leaves_when_its_client_is_killed_and_leaves_nothing_behind(job: str) -> None:
    shared_before = set(Path("/dev/shm").iterdir()) if Path("/dev/shm").is_dir() else set()
    client = subprocess.Popen(
        [sys.executable, "-c", CLIENT.format(job=job)], cwd=engine_help.HERE, stdout=subprocess.PIPE, env=_environment()
    )
    assert client.stdout is not None
    core = psutil.Process(int(client.stdout.readline()))
    assert core.is_running()
    client.kill()
    client.wait()
    client.stdout.close()
    _gone, alive = psutil.wait_procs([core], 10)
    assert not alive
    assert list((places.cache() / "sessions").iterdir()) == []
    shared = set(Path("/dev/shm").iterdir()) if Path("/dev/shm").is_dir() else set()
    assert {p for p in shared - shared_before if "atelier" in p.name} == set()


@pytest.mark.faults
def test_a_core_whose_client_is_killed_before_they_met_leaves_too() -> None:
    client = subprocess.Popen(
        [sys.executable, "-c", CLIENT.format(job="Paint(seconds=30)")],
        cwd=engine_help.HERE,
        stdout=subprocess.PIPE,
        env=_environment(),
    )
    parent = psutil.Process(client.pid)
    end = time.monotonic() + 20
    while not (children := parent.children()) and time.monotonic() < end:
        time.sleep(0.002)
    assert children
    client.kill()
    client.wait()
    assert client.stdout is not None
    client.stdout.close()
    _gone, alive = psutil.wait_procs(children, 10)
    assert not alive


def _environment() -> dict[str, str]:
    import os

    return {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{engine_help.HERE}"}
