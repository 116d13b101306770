"""Hostile, broken and randomly damaged layered files: one sentence or a document, in bounded memory, never a crash.

The damage is always the same (seeded). Five thousand files take minutes and are marked slow; fewer run always.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parent))

import hostile_layers as hostile

from core.image import layered
from core.raster.compositor import Compositor
from core.raster.layered import LayeredReader
from core.values import AtelierError

ROOT = Path(__file__).parents[2]
DATA = ROOT / "tests" / "data" / "layered"
MEMORY_MB = 700
"""What a reader may take above what its libraries take, for any of the files here."""

OPTIONS = {"page": 1, "dpi": 300.0, "width": None}


def in_child(code: str, *arguments: str, timeout: float = 850) -> Any:
    """Run ``code`` in a process of its own (a crash shall not take the tests along) and return the JSON it prints."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT), str(Path(__file__).parent)))}
    command = [sys.executable, "-c", code, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=timeout, env=environment, check=False)
    assert done.returncode == 0, f"exit {done.returncode}: {done.stderr[-2000:]}"
    return json.loads(done.stdout)


_READ_ALL = """
import json, logging, sys, time, warnings
from pathlib import Path
from core.image import sniff
from core.image.layered_child import work
warnings.simplefilter("ignore"); logging.disable(logging.CRITICAL)
def peak():
    return int(Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0])
def read(path):
    kind = sniff.identify(path.read_bytes()[:sniff.HEAD], path.name)
    request = {"name": path.name, "source": str(path), "target": str(out), "kind": kind,
               "page": 1, "dpi": 300.0, "width": None}
    return work(request, lambda f: None)
folder, out = Path(sys.argv[1]), Path(sys.argv[2])
for warm in Path(sys.argv[3]).iterdir():
    if warm.suffix in (".psd", ".ora", ".pdf"):
        read(warm)
before, found = peak(), {}
for path in sorted(folder.iterdir()):
    started = time.monotonic()
    try:
        told = read(path)
    except Exception as error:
        told = {"error": [str(error), {}]} if type(error).__name__ == "AtelierError" else {"defect": repr(error)}
    found[path.name] = [told, time.monotonic() - started]
print(json.dumps({"files": found, "grown": (peak() - before) // 1024}))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="peak memory is read from /proc")
def test_every_hostile_file_ends_in_one_sentence_and_little_memory(tmp_path: Path) -> None:
    folder = tmp_path / "hostile"
    folder.mkdir()
    corpus = hostile.corpus()
    for name, data in corpus.items():
        (folder / name).write_bytes(data)
    result = in_child(_READ_ALL, str(folder), str(tmp_path / "out.layers"), str(DATA))
    assert set(result["files"]) == set(corpus)
    for name, (told, _) in result["files"].items():
        assert told.get("error"), f"{name}: {told}"
        template, values = told["error"]
        assert template.endswith(".") and "\n" not in template, f"{name}: {template}"
        assert values.get("name", name) == name or "name" not in template, f"{name}: {values}"
    assert result["grown"] < MEMORY_MB, f"{result['grown']} MB"


@pytest.mark.parametrize("name", ["deep.psd", "garbage.pdf"])
def test_through_the_reader_s_own_process(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(hostile.corpus()[name])
    with pytest.raises(AtelierError) as error:
        layered.read(path, tmp_path / "out.layers", {**OPTIONS, "name": name}, lambda _: None)
    assert name in str(error.value) and str(error.value).endswith(".")


def test_a_reader_that_takes_too_much_or_too_long_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.ora"
    path.write_bytes(hostile.ora(hostile.image(hostile.LAYER)))
    with monkeypatch.context() as patch:
        patch.setattr(layered, "MAX_SECONDS", 0.0)
        with pytest.raises(AtelierError, match=r"“a\.ora” takes longer"):
            layered.read(path, tmp_path / "out.layers", {**OPTIONS, "name": "a.ora"}, lambda _: None)
    monkeypatch.setattr(layered.memory, "available", lambda: 0)
    monkeypatch.setattr(layered, "BASE_MEMORY", 1 << 20)
    with pytest.raises(AtelierError, match=r"“a\.ora” needs more memory"):
        layered.read(path, tmp_path / "out.layers", {**OPTIONS, "name": "a.ora"}, lambda _: None)


def test_reading_can_be_stopped(tmp_path: Path) -> None:
    class Stop(BaseException):
        pass

    def check(_: float) -> None:
        raise Stop

    path = tmp_path / "a.ora"
    path.write_bytes(hostile.ora(hostile.image(hostile.LAYER)))
    with pytest.raises(Stop):
        layered.read(path, tmp_path / "out.layers", {**OPTIONS, "name": "a.ora"}, check)


def test_an_honest_page_opens_on_paper(tmp_path: Path) -> None:
    path = tmp_path / "page.pdf"
    path.write_bytes(hostile.page())
    target = tmp_path / "out.layers"
    info = layered.read(path, target, {**OPTIONS, "name": "page.pdf", "dpi": 144.0}, lambda _: None)
    assert (info["width"], info["height"], info["pages"], info["layers"]) == (144, 144, 1, 2)
    reader = LayeredReader(target)
    pixels = Compositor(reader).render(reader.document)
    np.testing.assert_array_equal(pixels[80, 40], (0, 0, 255, 255))
    np.testing.assert_array_equal(pixels[2, 2], (255, 255, 255, 255))


_MUTATE = """
import json, logging, random, sys, warnings
from pathlib import Path
import hostile_layers as hostile
from core.image import sniff
from core.image.layered_child import work
from core.raster.layered import LayeredReader
from core.values import AtelierError
warnings.simplefilter("ignore"); logging.disable(logging.CRITICAL)
count, folder, data = int(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3])
# One large canvas says no more than the small ones and takes longer than all of them.
seeds = [p.read_bytes() for p in sorted(data.iterdir()) if p.suffix in (".psd", ".ora") and p.name != "group.psd"]
seeds.append(hostile.page())
rng = random.Random(20261124)
path, target = folder / "mutated", folder / "out.layers"
out = {"sentences": 0, "documents": 0, "defects": []}
for index in range(count):
    broken = bytearray(seeds[index % len(seeds)])
    for _ in range(rng.choice((1, 1, 2, 8, 40))):
        # The beginning holds the structure, so it is hit more often.
        end = len(broken) if rng.random() < 0.5 else min(len(broken), 4000)
        broken[rng.randrange(end)] = rng.choice((0, 1, 127, 128, 255, rng.randrange(256)))
    if rng.random() < 0.15:
        broken = broken[: rng.randrange(1, len(broken))]
    if rng.random() < 0.1:
        at = rng.randrange(len(broken) + 1)
        broken[at:at] = rng.randbytes(rng.randrange(1, 64))
    path.write_bytes(broken)
    try:
        kind = sniff.identify(bytes(broken[: sniff.HEAD]), "mutated")
        if kind not in sniff.LAYERED:
            out["sentences"] += 1
            continue
        told = work({"name": "mutated", "source": str(path), "target": str(target), "kind": kind,
                     "page": 1, "dpi": 72.0, "width": None}, lambda f: None)
        if "error" in told:
            if not told["error"][0].endswith("."):
                out["defects"].append(told["error"])
            out["sentences"] += 1
        else:
            LayeredReader(target)  # what was written is whole, whatever it shows
            out["documents"] += 1
    except AtelierError:
        out["sentences"] += 1
    except Exception as error:
        out["defects"].append(repr(error))
print(json.dumps(out))
"""


def _mutated(count: int, folder: Path) -> None:
    result = in_child(_MUTATE, str(count), str(folder), str(DATA))
    assert not result["defects"], result["defects"][:5]
    assert result["sentences"] + result["documents"] == count
    assert result["sentences"] > count * 0.05 and result["documents"] > count * 0.05


def test_random_damage_never_becomes_a_crash(tmp_path: Path) -> None:
    _mutated(100, tmp_path)


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_five_thousand_damaged_files_never_become_a_crash(tmp_path: Path) -> None:
    _mutated(5000, tmp_path)
