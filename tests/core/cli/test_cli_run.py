"""``atelier operations``, ``atelier run`` and ``atelier models`` as a person would type them."""

import json
import os
import pty
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest
from PIL import Image

from core.cli import main
from core.cli.console import Bar, time_text
from core.cli.run import PICTURES, build, parse_targets
from core.operations.image import Palette, RemoveBackground, Upscale
from core.project import places
from core.values import AtelierError

ROOT = Path(__file__).parents[3]
OPS = ROOT / "tests" / "core" / "engine"


def _atelier(*arguments: str, cwd: Path = ROOT, **more) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(OPS)]), **more}
    command = [sys.executable, "-m", "core.cli", *arguments]
    return subprocess.run(
        command,
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        stdin=subprocess.DEVNULL,
    )


def _one_sentence(done: subprocess.CompletedProcess[str], status: int = 1) -> str:
    assert done.returncode == status, done.stderr
    lines = [line for line in done.stderr.splitlines() if line.startswith("atelier:")]
    assert len(lines) == 1, done.stderr
    assert "Traceback" not in done.stderr
    return lines[0]


def test_operations_are_listed() -> None:
    done = _atelier("operations")
    assert done.returncode == 0
    assert re.search(r"^image\.upscale +Enlarge: ", done.stdout, re.MULTILINE)
    assert "image.export" not in done.stdout
    assert "image.export" in _atelier("operations", "--all").stdout


def test_operations_as_json_hold_every_field() -> None:
    found = {o["name"]: o for o in json.loads(_atelier("operations", "--json").stdout)}
    scale = next(f for f in found["image.upscale"]["fields"] if f["name"] == "scale")
    assert scale["choices"] == [2, 4]
    assert found["image.export"]["hidden"] is True


def test_one_operation_is_described() -> None:
    text = _atelier("operations", "image.palette").stdout
    assert "--in image=FILE" in text
    assert "3 to 12, default 6" in text


def test_listing_loads_nothing_heavy() -> None:
    code = "import sys; from core.cli import main; main(['operations']); print(sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    for heavy in ("'torch'", "'cv2'", "'numpy'", "'PIL'", "'onnxruntime'", "'PySide6'"):
        assert heavy not in done.stdout


def test_a_picture_is_read_worked_on_and_written(tmp_path: Path, coffee: Path) -> None:
    out, data = tmp_path / "palette.webp", tmp_path / "palette.json"
    done = _atelier(
        "run",
        "image.palette",
        "--in",
        f"image={coffee}",
        "--set",
        "colours=4",
        "--out",
        str(out),
        "--out",
        f"data={data}",
    )
    assert done.returncode == 0, done.stderr
    with Image.open(out) as picture:
        assert picture.format == "WEBP"
    assert len(json.loads(data.read_text())["swatches"]) == 4
    assert "100%" in done.stderr
    assert "\r" not in done.stderr  # no terminal: plain lines
    assert done.stdout == ""
    assert list((places.cache() / "sessions").iterdir()) == []
    assert sorted(p.name for p in tmp_path.iterdir()) == ["palette.json", "palette.webp"]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (
            ["run", "image.upscal", "--out", "x.png"],
            "There is no operation named “image.upscal”. Did you mean image.upscale",
        ),
        (["run", "image.upscale", "--out", "x.png"], "Enlarge needs image: give it with --in image=…."),
        (
            ["run", "image.upscale", "--in", "nowhere.png", "--out", "x.png"],
            "“nowhere.png” cannot be read: No such file",
        ),
        (
            ["run", "image.upscale", "--in", "{coffee}", "--set", "scale=3", "--out", "x.png"],
            "scale is one of 2, 4, not “3”",
        ),
        (["run", "image.palette", "--in", "{coffee}", "--set", "colours=99", "--out", "x.png"], "<= 12"),
        (["run", "image.palette", "--in", "{coffee}", "--set", "colour=9", "--out", "x.png"], "it has colours, seed"),
        (["run", "image.upscale", "--in", "{coffee}", "--out", "x.psd"], "“x.psd” is none of these"),
        (["run", "image.upscale", "--in", "{coffee}", "--out", "no/where.png"], "its folder does not exist"),
        (
            ["run", "image.upscale", "--in", "{coffee}", "--out", "a.png", "--out", "b.png"],
            "no more outputs for “b.png”",
        ),
        (["run", "image.palette", "--in", "{coffee}", "--out", "data=x.txt"], "its file ends in .json"),
        (["run", "image.palette", "--in", "{coffee}", "--quality", "500", "--out", "x.jpg"], "<= 100"),
        (["run", "image.palette", "--in", "{text}", "--out", "x.jpg"], ""),
        (["models", "verify", "nothing"], "There is no model named “nothing”"),
        (["operations", "image.upscal"], "Did you mean image.upscale"),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence(
    arguments: list[str], sentence: str, tmp_path: Path, coffee: Path
) -> None:
    (tmp_path / "text.png").write_text("this is no picture")
    given = [a.format(coffee=coffee, text=tmp_path / "text.png") if "{" in a else a for a in arguments]
    assert sentence in _one_sentence(_atelier(*given, cwd=tmp_path))
    assert [p.name for p in tmp_path.iterdir()] == ["text.png"]


def test_a_wrong_command_line_is_status_2() -> None:
    assert _atelier("run").returncode == 2
    assert _atelier().returncode == 2
    assert _atelier("dance").returncode == 2


def test_a_failing_operation_is_one_sentence_and_status_1(tmp_path: Path) -> None:
    for how, sentence in [("sentence", "The moon is not made of cheese."), ("defect", "failed unexpectedly")]:
        done = _atelier(
            "run",
            "test.trouble",
            "--set",
            f"how={how}",
            "--out",
            str(tmp_path / "x.json"),
            ATELIER_OPERATIONS="engine_ops",
        )
        assert sentence in _one_sentence(done)


def test_an_operation_that_stops_the_core_is_one_sentence(tmp_path: Path) -> None:
    done = _atelier(
        "run", "test.trouble", "--set", "how=die", "--out", str(tmp_path / "x.json"), ATELIER_OPERATIONS="engine_ops"
    )
    assert "stopped the engine twice" in _one_sentence(done)


@pytest.mark.parametrize("how", ["swallow", "deaf"])
def test_ctrl_c_cancels_and_leaves_nothing(tmp_path: Path, how: str) -> None:
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(OPS)]),
        "ATELIER_OPERATIONS": "engine_ops",
    }
    command = [sys.executable, "-m", "core.cli", "run", "test.trouble", "--set", f"how={how}", "--out", "x.json"]
    process = subprocess.Popen(command, cwd=tmp_path, env=environment, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    assert "Trouble" in process.stderr.readline()
    cores = psutil.Process(process.pid).children()
    start = time.monotonic()
    process.send_signal(signal.SIGINT)
    rest = process.stderr.read()
    assert process.wait(10) == 130
    assert time.monotonic() - start < 5
    assert rest.strip().splitlines()[-1] == "atelier: Cancelled."
    process.stderr.close()
    assert not psutil.wait_procs(cores, 5)[1]
    assert list(tmp_path.iterdir()) == []
    assert list((places.cache() / "sessions").iterdir()) == []


def test_a_terminal_gets_a_bar(tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(OPS)]),
        "ATELIER_OPERATIONS": "engine_ops",
    }
    command = [sys.executable, "-m", "core.cli", "run", "test.paint", "--set", "seconds=1.2", "--out", "x.png"]
    ours, theirs = pty.openpty()
    process = subprocess.Popen(command, cwd=tmp_path, env=environment, stderr=theirs)
    os.close(theirs)
    seen = b""
    while True:
        try:
            chunk = os.read(ours, 4096)
        except OSError:
            break
        if not chunk:
            break
        seen += chunk
    assert process.wait() == 0
    os.close(ours)
    assert b"\r[##" in seen
    assert b"Paint: painting" in seen
    assert b" s left" in seen
    assert (tmp_path / "x.png").exists()


def test_models_are_listed_and_verified() -> None:
    assert re.search(r"^isnet +weights +there", _atelier("models", "list").stdout, re.MULTILINE)
    parts = json.loads(_atelier("models", "list", "--json").stdout)
    assert {"isnet", "waifu2x-photo"} <= {p["name"] for p in parts}
    done = _atelier("models", "verify", "isnet")
    assert (done.returncode, done.stdout) == (0, "isnet: right\n")


def test_fields_are_read_from_text(coffee: Path) -> None:
    files: dict[str, Path] = {}
    operation = build(Upscale, [f"image={coffee}"], ["scale=4", "model=art"], files)
    assert isinstance(operation, Upscale)
    assert (operation.scale, operation.model) == (4, "art")
    assert list(files.values()) == [coffee]
    with pytest.raises(AtelierError, match="given twice"):
        build(Upscale, [str(coffee), str(coffee)], [], {})
    with pytest.raises(AtelierError, match="seed is a number"):
        build(Palette, [str(coffee)], ["seed=many"], {})
    with pytest.raises(AtelierError, match="no such field"):
        build(Palette, [f"picture={coffee}", f"image={coffee}"], ["image=3"], {})


def test_files_go_to_outputs_in_order(tmp_path: Path) -> None:
    targets = parse_targets(Palette, [f"data={tmp_path / 'a.json'}", str(tmp_path / "b.png")])
    assert [(t.name, t.path.name) for t in targets] == [("data", "a.json"), ("image", "b.png")]
    assert set(PICTURES.values()) == {"png", "jpeg", "webp", "avif", "tiff", "hdr", "exr"}
    assert parse_targets(RemoveBackground, [str(tmp_path / "b=c.png")])[0].path.name == "b=c.png"


def test_plain_lines_are_few(capsys: pytest.CaptureFixture[str]) -> None:
    bar = Bar(sys.stderr)
    for n in range(101):
        bar.show(n / 100, "Enlarge: tile", 10 - n / 10)
    bar.say("The engine stopped.")
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 12
    assert lines[0] == "  0%  Enlarge: tile  (10 s left)"
    assert lines[-2] == "100%  Enlarge: tile"


@pytest.mark.parametrize(("seconds", "text"), [(0.2, "1 s"), (59.4, "59 s"), (125, "2 min 05 s"), (4200, "1 h 10 min")])
def test_time_reads_like_time(seconds: float, text: str) -> None:
    assert time_text(seconds) == text


def test_a_defect_in_a_command_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from core.cli import operations

    monkeypatch.setattr(operations, "all_operations", lambda: 1 / 0)
    assert main(["operations"]) == 1
    assert "details are in" in capsys.readouterr().err


def test_a_reader_that_leaves_early_is_no_error() -> None:
    command = f"{sys.executable} -m core.cli operations --json --all | head -c 10"
    done = subprocess.run(command, shell=True, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stderr == ""


def test_an_extension_that_is_not_there_is_one_sentence() -> None:
    assert "“nowhere” that ATELIER_OPERATIONS names" in _one_sentence(
        _atelier("operations", ATELIER_OPERATIONS="nowhere")
    )
