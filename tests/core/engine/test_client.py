"""Jobs through a real core process: what they give, and what is said when they do not."""

import json
import threading
import time
from pathlib import Path

import engine_ops as ops
import numpy as np
import psutil
import pytest
from engine_help import PATIENCE, Files, running

from core.documents.base import encode_document
from core.documents.image import RasterLayer, new_image
from core.engine.jobs import JobCancelled, JobStatus
from core.engine.protocol import Activity, Cancelled, Failed, Finished, Progress, Queued, Started, Token
from core.engine.runner import out_of_memory_sentence
from core.operations.base import Asset, Lane, Output
from core.operations.recipe import Recipe, Step, single
from core.project import places
from core.raster.pack import pack_array, read_pack
from core.values import RASTER_TYPE, AtelierError, hash_bytes


def _data(result) -> dict:
    (output,) = result.outputs.values()
    return json.loads(Path(output.path).read_bytes())


def test_a_job_goes_from_request_to_result() -> None:
    with running() as (client, said):
        job = client.submit(single(ops.Paint(value=7, size=20)), title="Paint it")
        result = job.result(PATIENCE)
        (output,) = result.outputs.values()
        pixels = read_pack(Path(output.path))
        assert pixels.shape == (20, 20, 4)
        assert (pixels == (7, 255, 255, 255)).all()
        assert (output.media_type, output.width, output.height) == (RASTER_TYPE, 20, 20)
        assert job.status is JobStatus.DONE
        assert [type(e) for e in said.of(job.id) if not isinstance(e, Progress)] == [Queued, Started, Finished]
        fractions = [e.fraction for e in said.of(job.id, Progress)]
        assert fractions == sorted(fractions)
        assert fractions[-1] == 1.0


def test_steps_feed_each_other_and_only_results_stay() -> None:
    steps = (Step("a", ops.Paint(value=9)), Step("b", ops.Invert(image=Output("a"))))
    with running() as (client, _):
        job = client.submit(Recipe(steps, (Output("b"),)))
        result = job.result(PATIENCE)
        assert list(result.outputs) == ["b.image"]
        assert read_pack(Path(result.outputs["b.image"].path))[0, 0].tolist() == [246, 0, 0, 255]
        assert [p.name for p in job.folder.iterdir()] == [Path(result.outputs["b.image"].path).name]


def test_a_job_waits_in_the_lane_of_its_heaviest_step() -> None:
    steps = (Step("a", ops.Paint(value=9)), Step("b", ops.Invert(image=Output("a"))))
    with running() as (client, _):
        assert client.submit(Recipe(steps, (Output("b"),))).lane is Lane.CPU
        assert client.submit(Recipe(steps, (Output("b"),)), lane=Lane.BACKGROUND).lane is Lane.BACKGROUND


def test_files_and_data_come_out(tmp_path: Path) -> None:
    files = Files(tmp_path)
    digest = files.add(b"hello")
    with running(files) as (client, said):
        result = client.submit(single(ops.CopyFile(file=Asset(hash=digest)))).result(PATIENCE)
        (output,) = result.outputs.values()
        assert Path(output.path).read_bytes() == b"hello"
        assert output.hash == digest
        assert output.media_type == "text/plain"
        job = client.submit(single(ops.Speak(words=("a", "b"))))
        assert _data(job.result(PATIENCE))["words"] == ["a", "b"]
        assert [t.text for t in said.of(job.id, Token)] == ["a", "b"]


def test_a_document_brings_the_pictures_it_refers_to(tmp_path: Path) -> None:
    files = Files(tmp_path)
    array = np.full((300, 40, 4), 200, np.uint8)
    pack = tmp_path / "x.raster"
    raster = pack_array(pack, array)
    files.paths[raster] = pack
    document = new_image(300, 40, "Poster").insert_layer(RasterLayer(pixels=raster, width=40, height=300))
    digest = files.add(encode_document(document))
    files.refers[digest] = (raster,)
    with running(files) as (client, _):
        found = _data(client.submit(single(ops.Describe(document=Asset(hash=digest)))).result(PATIENCE))
        assert found == {"title": "Poster", "pictures": {raster: [300, 40, 4]}}


def test_the_same_request_is_not_computed_twice_and_gives_the_same_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    note = tmp_path / "runs"
    monkeypatch.setenv("ATELIER_TEST_RUNS", str(note))
    steps = (Step("a", ops.Paint(value=3)), Step("b", ops.Invert(image=Output("a"))))
    recipe = Recipe(steps, (Output("b"),))
    bytes_seen = []
    for _ in range(2):
        with running() as (client, _said):
            for _ in range(2):
                result = client.submit(recipe).result(PATIENCE)
                bytes_seen.append(Path(result.outputs["b.image"].path).read_bytes())
        assert note.read_text() == "paint 3\n"
    assert result.cached == ("a", "b")
    assert len(set(bytes_seen)) == 1


def test_without_a_cache_the_same_request_still_gives_the_same_bytes() -> None:
    seen = set()
    with running(cache_bytes=0) as (client, _):
        for _ in range(2):
            result = client.submit(single(ops.Paint(value=3))).result(PATIENCE)
            assert result.cached == ()
            (output,) = result.outputs.values()
            seen.add((output.hash, Path(output.path).read_bytes()))
    assert len(seen) == 1


@pytest.mark.parametrize(
    ("how", "sentence"),
    [
        ("sentence", "The moon is not made of cheese."),
        ("defect", "“Trouble” failed unexpectedly; details are in the log."),
        ("shape", "“Trouble” failed unexpectedly; details are in the log."),
        ("memory", out_of_memory_sentence("Trouble")),
        ("torch", out_of_memory_sentence("Trouble")),
    ],
)
def test_a_failure_is_one_sentence(how: str, sentence: str) -> None:
    with running() as (client, said):
        job = client.submit(single(ops.Trouble(how=how)))
        with pytest.raises(AtelierError) as caught:
            job.result(PATIENCE)
        assert str(caught.value) == sentence == job.error
        assert said.of(job.id)[-1] == Failed(job.id, sentence)
        assert client.submit(single(ops.Paint())).result(PATIENCE)  # and life goes on
    if how == "defect":
        assert "secret detail" in (places.log() / "core.log").read_text()


def test_what_the_core_says_arrives_with_template_and_values() -> None:
    recipe = Recipe((Step("a", ops.Trouble(how="values"), "Look at {it}"),), (Output("a", "data"),))
    with running() as (client, said):
        job = client.submit(recipe)
        with pytest.raises(AtelierError) as caught:
            job.result(PATIENCE)
        error = caught.value
        assert str(error) == job.error == "The moon has lost 1,234,567 bytes: “{0}.png” was eaten."
        assert error.template == "The moon has lost {bytes:,} bytes: {why}."
        assert error.values == {"bytes": 1234567, "why": "“{0}.png” was eaten"}
        why = error.values["why"]
        assert (why.template, why.values) == ("“{name}” was eaten", {"name": "{0}.png"})
        step = said.of(job.id, Progress)[-1].step
        assert step == "Look at {it}: Tile 1 of 2"
        assert step.template == "{title}: {step}"
        assert step.values["title"].template == "Look at {it}"
        assert step.values["step"].values == {"done": 1, "total": 2}


def test_what_makes_no_sense_is_refused_at_once() -> None:
    with running() as (client, _), pytest.raises(AtelierError, match="no earlier step"):
        client.submit(Recipe((Step("b", ops.Invert(image=Output("a"))),), (Output("b"),)))


def test_an_asset_that_cannot_be_had_fails_the_job(tmp_path: Path) -> None:
    def missing(digest: str) -> Path:
        raise AtelierError("“photo.jpg” has moved: relink it.")

    files = Files(tmp_path)
    with running(files) as (client, _):
        client._materialise = missing
        with pytest.raises(AtelierError, match=r"^“photo.jpg” has moved: relink it.$"):
            client.submit(single(ops.CopyFile(file=Asset(hash=hash_bytes(b""))))).result(PATIENCE)
        client._materialise = {}.__getitem__
        with pytest.raises(AtelierError, match="failed unexpectedly"):
            client.submit(single(ops.CopyFile(file=Asset(hash=hash_bytes(b""))))).result(PATIENCE)


def test_cancel_stops_a_running_job_between_steps_of_its_work() -> None:
    with running() as (client, said):
        job = client.submit(single(ops.Paint(seconds=30)))
        said.wait(lambda: bool(said.of(job.id, Progress)))
        pid = client.state.pid
        start = time.monotonic()
        job.cancel()
        with pytest.raises(JobCancelled):
            job.result(PATIENCE)
        assert time.monotonic() - start < 1
        assert said.of(job.id)[-1] == Cancelled(job.id)
        assert job.status is JobStatus.CANCELLED
        client.submit(single(ops.Paint())).result(PATIENCE)
        assert client.state.pid == pid  # the same core


def test_an_implementation_that_catches_everything_is_stopped_all_the_same() -> None:
    with running() as (client, said):
        job = client.submit(single(ops.Trouble(how="swallow")))
        said.wait(lambda: bool(said.of(job.id, Started)))
        pid = client.state.pid
        job.cancel()
        with pytest.raises(JobCancelled):
            job.result(1.5)
        assert client.state.pid == pid


def test_cancel_takes_a_waiting_job_off_the_queue() -> None:
    with running() as (client, said):
        first = client.submit(single(ops.Paint(seconds=30)))
        second = client.submit(single(ops.Paint(value=1)))
        third = client.submit(single(ops.Paint(value=2)))
        said.wait(lambda: Queued(third.id, 1) in said.of(third.id))
        second.cancel()
        with pytest.raises(JobCancelled):
            second.result(PATIENCE)
        said.wait(lambda: Queued(third.id, 0) in said.of(third.id))
        first.cancel()
        third.result(PATIENCE)
        assert not said.of(second.id, Started)


def test_cancel_before_its_files_are_ready(tmp_path: Path) -> None:
    ready = threading.Event()
    files = Files(tmp_path)
    digest = files.add(b"x")
    with running(files) as (client, _):

        def slow(digest: str) -> Path:
            ready.wait(PATIENCE)
            return files.paths[digest]

        client._materialise = slow
        job = client.submit(single(ops.CopyFile(file=Asset(hash=digest))))
        job.cancel()
        with pytest.raises(JobCancelled):
            job.result(1)
        ready.set()


def test_cancel_reaches_into_the_loading_of_a_model() -> None:
    with running() as (client, said):
        job = client.submit(single(ops.Load(model="m", seconds=30)))
        other = client.submit(single(ops.Load(model="m", seconds=30, number=1)), lane=Lane.GPU)  # waits for the first
        said.wait(lambda: bool(said.of(job.id, Started)) and bool(said.of(other.id, Started)))
        pid = client.state.pid
        other.cancel()
        job.cancel()
        for cancelled in (other, job):
            with pytest.raises(JobCancelled):
                cancelled.result(1.5)
        assert client.state.pid == pid


def test_a_loaded_model_serves_the_next_job() -> None:
    with running() as (client, _):
        assert _data(client.submit(single(ops.Load(model="m"))).result(PATIENCE)) == {"loads": 1}
        assert _data(client.submit(single(ops.Load(model="m", number=1))).result(PATIENCE)) == {"loads": 1}


@pytest.mark.parametrize("how", ["deaf", "gil"])
def test_a_job_that_does_not_stop_costs_the_core_but_no_other_job(how: str) -> None:
    with running(cancel_grace=0.4) as (client, said):
        job = client.submit(single(ops.Trouble(how=how)))
        said.wait(lambda: bool(said.of(job.id, Started)))
        other = client.submit(single(ops.Paint(value=5, seconds=2)), lane=Lane.GPU)
        waiting = client.submit(single(ops.Paint(value=6)))
        time.sleep(0.3)
        pid = client.state.pid
        job.cancel()
        with pytest.raises(JobCancelled):
            job.result(5)
        other.result(PATIENCE)
        waiting.result(PATIENCE)
        assert client.state.pid != pid
        assert other.strikes == 0


@pytest.mark.parametrize("how", ["die", "segfault", "leave"])
def test_a_job_that_stops_the_core_twice_is_not_tried_again(how: str) -> None:
    with running() as (client, said):
        bad = client.submit(single(ops.Trouble(how=how)))
        good = client.submit(single(ops.Paint(value=5, seconds=0.5)), lane=Lane.GPU)
        with pytest.raises(AtelierError, match=r"^“Trouble” stopped the engine twice and was not tried again\.$"):
            bad.result(PATIENCE)
        good.result(PATIENCE)
        assert len(said.of(bad.id, Started)) == 2
        messages = [s.message for s in said.states if s.message]
        assert len(messages) == 2
        assert "“Trouble”" in messages[0]
        assert messages[1] == "The engine stopped while it worked on “Trouble” and is being started again."


def test_after_a_crash_finished_steps_are_not_computed_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    note = tmp_path / "runs"
    monkeypatch.setenv("ATELIER_TEST_RUNS", str(note))
    steps = (Step("a", ops.Paint(value=1)), Step("b", ops.Paint(value=2, seconds=1)))
    with running() as (client, said):
        job = client.submit(Recipe(steps, (Output("a"), Output("b"))))
        said.wait(lambda: any(p.fraction > 0.6 for p in said.of(job.id, Progress)))
        psutil.Process(client.state.pid).kill()
        result = job.result(PATIENCE)
        assert result.cached == ("a",)
    assert note.read_text() == "paint 1\npaint 2\n"


def test_an_idle_core_that_dies_comes_back_by_itself() -> None:
    with running() as (client, said):
        said.wait(lambda: client.state.activity is Activity.IDLE)
        pid = client.state.pid
        psutil.Process(pid).kill()
        said.wait(lambda: client.state.activity is Activity.IDLE and client.state.pid not in (0, pid))
        assert "The engine stopped and is being started again." in [s.message for s in said.states]


def test_a_core_that_cannot_start_says_so_and_is_tried_again_later(monkeypatch: pytest.MonkeyPatch) -> None:
    from core.engine import spawn

    command = spawn.worker_command()
    monkeypatch.setattr(spawn, "worker_command", lambda: [command[0], "-c", "raise SystemExit(1)"])
    with running() as (client, _):
        with pytest.raises(AtelierError, match=r"^The engine could not be started"):
            client.submit(single(ops.Paint())).result(PATIENCE)
        assert client.state.activity is Activity.FAILED
        monkeypatch.setattr(spawn, "worker_command", lambda: command)
        assert client.submit(single(ops.Paint())).result(PATIENCE)


def test_a_missing_program_is_a_sentence_too(monkeypatch: pytest.MonkeyPatch) -> None:
    from core.engine import spawn

    monkeypatch.setattr(spawn, "worker_command", lambda: ["/nowhere/atelier"])
    with running() as (client, _), pytest.raises(AtelierError, match=r"^The engine could not be started"):
        client.submit(single(ops.Paint())).result(PATIENCE)


def test_waiting_jobs_can_be_put_in_another_order() -> None:
    with running() as (client, said):
        first = client.submit(single(ops.Paint(seconds=30)))
        said.wait(lambda: bool(said.of(first.id, Started)))
        jobs = [client.submit(single(ops.Paint(value=n))) for n in (1, 2, 3)]
        said.wait(lambda: all(said.of(job.id, Queued) for job in jobs))
        client.reorder(jobs[2].id, 0)
        said.wait(lambda: Queued(jobs[2].id, 0) in said.of(jobs[2].id))
        assert [job.id for job in client.jobs()] == [first.id, jobs[2].id, jobs[0].id, jobs[1].id]
        first.cancel()
        for job in jobs:
            job.result(PATIENCE)
        started = [j for j, e in said.events if isinstance(e, Started)]
        assert started == [first.id, jobs[2].id, jobs[0].id, jobs[1].id]


def test_the_order_survives_a_crash() -> None:
    with running() as (client, said):
        first = client.submit(single(ops.Paint(seconds=1)))
        said.wait(lambda: bool(said.of(first.id, Started)))
        jobs = [client.submit(single(ops.Paint(value=n))) for n in (1, 2, 3)]
        said.wait(lambda: all(said.of(job.id, Queued) for job in jobs))
        client.reorder(jobs[2].id, 0)
        psutil.Process(client.state.pid).kill()
        for job in jobs:
            job.result(PATIENCE)
        started = [j for j, e in said.events if isinstance(e, Started)]
        assert started == [first.id, first.id, jobs[2].id, jobs[0].id, jobs[1].id]


def test_memory_over_the_limit_stops_that_job_with_a_sentence() -> None:
    with running(memory_limit=300 << 20) as (client, said):
        job = client.submit(single(ops.Trouble(how="eat")))
        with pytest.raises(AtelierError) as caught:
            job.result(PATIENCE)
        assert str(caught.value).startswith("“Trouble” needs more than the 0.3 GB of memory that Atelier may use.")
        assert client.submit(single(ops.Paint())).result(PATIENCE)
        assert not said.of(job.id, Cancelled)


def test_memory_far_over_the_limit_costs_the_core_but_no_other_job() -> None:
    with running(memory_limit=256 << 20) as (client, said):
        job = client.submit(single(ops.Trouble(how="gorge")))
        said.wait(lambda: bool(said.of(job.id, Started)))
        other = client.submit(single(ops.Paint(value=1)))
        with pytest.raises(AtelierError, match=r"needs more than the 0\.2 GB of memory"):
            job.result(PATIENCE)
        other.result(PATIENCE)
        assert other.strikes == 0


def test_a_silent_core_is_replaced() -> None:
    import os
    import signal

    with running(hang_seconds=2.0) as (client, said):
        said.wait(lambda: client.state.activity is Activity.IDLE)
        pid = client.state.pid
        os.kill(pid, signal.SIGSTOP)
        said.wait(lambda: client.state.pid not in (0, pid), 30)


def test_released_jobs_leave_no_files() -> None:
    with running() as (client, _):
        job = client.submit(single(ops.Paint()))
        job.result(PATIENCE)
        assert job.folder.exists()
        client.release(job.id)
        assert not job.folder.exists()
        assert job.id not in [j.id for j in client.jobs()]


def test_stop_ends_everything_and_leaves_nothing() -> None:
    with running() as (client, said):
        job = client.submit(single(ops.Paint(seconds=30)))
        said.wait(lambda: bool(said.of(job.id, Started)))
        pid = client.state.pid
        client.stop()
        with pytest.raises(JobCancelled):
            job.result(0)
        assert not psutil.pid_exists(pid)
        assert list((places.cache() / "sessions").iterdir()) == []
        assert client.state.activity is Activity.STOPPED
        with pytest.raises(AtelierError):
            client.submit(single(ops.Paint()))


def test_a_named_channel_does_the_same(tmp_path: Path) -> None:
    folder = tmp_path / "private"
    folder.mkdir(mode=0o700)
    with running(channel_folder=str(folder)) as (client, _):
        assert client.submit(single(ops.Paint())).result(PATIENCE)
        psutil.Process(client.state.pid).kill()
        assert client.submit(single(ops.Paint(value=1))).result(PATIENCE)
    assert list(folder.iterdir()) == []


def test_the_core_is_calm_light_and_private() -> None:
    with running(frame_bytes=4096) as (client, said):
        said.wait(lambda: client.state.device != "")
        command = psutil.Process(client.state.pid).cmdline()
        environment = psutil.Process(client.state.pid).environ()
        found = _data(client.submit(single(ops.World())).result(PATIENCE))
        assert client.state.device.startswith("CPU")
        assert client.state.memory_total > 0
        assert client.state.rss > 1 << 20
    assert command[1:] == ["-P", "-m", "core.engine.worker"]
    assert environment["OMP_WAIT_POLICY"] == "PASSIVE"
    assert found["environment"]["HF_HUB_OFFLINE"] == "1"
    heavy = {"torch", "cv2", "PySide6", "onnxruntime", "PIL", "scipy", "multiprocessing.connection"}
    assert not heavy & set(found["modules"])
    assert "" not in found["path"]
