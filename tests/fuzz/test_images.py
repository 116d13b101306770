"""Hostile, broken and randomly damaged pictures: one sentence or the right picture, in bounded memory and time."""

import json
import os
import re
import subprocess
import sys
import threading
import time
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent))

import hostile_images as hostile

from core.image import files, svg
from core.values import AtelierError

ROOT = Path(__file__).parents[2]
MEMORY_MB = 400
"""What a child may take above what its libraries take, whatever it is fed."""


def in_child(code: str, *arguments: str, timeout: float = 200) -> Any:
    """Run ``code`` in a process of its own (a crash shall not take the tests along) and return the JSON it prints."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT), str(Path(__file__).parent)))}
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        capture_output=True,
        text=True,
        timeout=timeout,
        env=environment,
        check=False,
    )
    assert done.returncode == 0, f"exit {done.returncode}: {done.stderr[-2000:]}"
    # libtiff speaks to standard error by itself; Python must not.
    assert "Traceback" not in done.stderr and "Warning" not in done.stderr, done.stderr[-2000:]
    return json.loads(done.stdout)


_LOAD_ALL = """
import json, resource, sys
from pathlib import Path
import numpy as np
from core.image.files import load
from core.values import AtelierError
def peak():  # of this process alone; getrusage counts what its parent had before
    return int(Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0])
warm = load(Path(sys.argv[2]))
before = peak()
out = {}
for path in sorted(Path(sys.argv[1]).iterdir()):
    try:
        loaded = load(path)
        out[path.name] = ["picture", list(loaded.pixels.shape), float(loaded.pixels[..., 3].mean())]
    except AtelierError as error:
        out[path.name] = ["sentence", str(error)]
    except Exception as error:
        out[path.name] = ["defect", repr(error)]
after = peak()
children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
print(json.dumps({"files": out, "grown": (after - before) // 1024, "children": children // 1024}))
"""


@pytest.fixture
def secret(coffee: Path) -> Path:
    """A picture that no other file may show."""
    return coffee


@pytest.mark.skipif(sys.platform != "linux", reason="peak memory is read from /proc")
def test_every_hostile_file_ends_in_one_sentence_and_little_memory(tmp_path: Path, secret: Path) -> None:
    corpus = hostile.corpus(secret)
    for name, data in corpus.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "a folder.png").mkdir()
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.png")
    result = in_child(_LOAD_ALL, str(tmp_path), str(secret))
    assert set(result["files"]) >= set(corpus)
    for name, (what, *rest) in result["files"].items():
        assert what == "sentence", f"{name}: {what} {rest}"
        sentence = rest[0]
        assert sentence.endswith(".") and "\n" not in sentence and "Traceback" not in sentence
        assert 15 < len(sentence) < 260, f"{name}: {sentence}"
        assert name in sentence or "too large" in sentence, f"{name}: {sentence}"
    assert result["grown"] < MEMORY_MB, f"{result['grown']} MB"


@pytest.mark.skipif(sys.platform != "linux", reason="peak memory is read from /proc")
def test_strange_but_harmless_files_open(tmp_path: Path, secret: Path) -> None:
    for name, data in hostile.harmless(secret).items():
        (tmp_path / name).write_bytes(data)
    result = in_child(_LOAD_ALL, str(tmp_path), str(secret))
    for name, (what, *rest) in result["files"].items():
        assert what == "picture", f"{name}: {rest}"
    assert result["grown"] < MEMORY_MB and result["children"] < MEMORY_MB


@pytest.mark.parametrize("name", ["local-image.svg", "file-image.svg", "nested-svg.svg"])
def test_a_drawing_shows_no_other_file(tmp_path: Path, secret: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(hostile.harmless(secret)[name])
    pixels = files.load(path).pixels
    assert not pixels[20:, 20:].any(), "the secret picture was drawn"


@pytest.mark.parametrize("name", ["web-image.svg", "style.svg", "doctype.svg"])
def test_a_drawing_fetches_nothing(secret: Path, name: str) -> None:
    """What reaches the renderer (which has no network code) names no other place; namespaces are only names."""
    safe = svg.check(hostile.harmless(secret)[name], name).text
    addresses = set(re.findall(r"https?://[^\"' )>]+", safe))
    assert addresses <= {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}


def test_a_drawing_that_takes_for_ever_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "slow.svg"
    path.write_bytes(_slow_drawing())
    monkeypatch.setattr(svg, "MAX_SECONDS", 1.0)
    start = time.monotonic()
    with pytest.raises(AtelierError, match=r"slow\.svg.*takes longer"):
        files.load(path)
    assert time.monotonic() - start < 10


def test_a_slow_drawing_can_be_cancelled(tmp_path: Path) -> None:
    path = tmp_path / "slow.svg"
    path.write_bytes(_slow_drawing())
    cancelled = threading.Event()
    threading.Timer(0.5, cancelled.set).start()

    class Stop(BaseException):
        pass

    def check() -> None:
        if cancelled.is_set():
            raise Stop

    start = time.monotonic()
    with pytest.raises(Stop):
        files.load(path, check_cancelled=check)
    assert time.monotonic() - start < 5


def test_a_drawing_that_eats_memory_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "hungry.svg"
    path.write_bytes(_slow_drawing())
    monkeypatch.setattr(svg, "MAX_MEMORY", 10 << 20)
    with pytest.raises(AtelierError, match="more memory"):
        files.load(path, width=400)


def _slow_drawing() -> bytes:
    """A drawing within every static limit that keeps the renderer busy for minutes: layered noise and blur."""
    noise = "".join(
        f'<feTurbulence baseFrequency="0.{i}3" numOctaves="255" result="n{i}"/><feGaussianBlur stdDeviation="9"/>'
        for i in range(1, 9)
    )
    body = f'<filter id="f" x="0" y="0" width="1" height="1">{noise}</filter>'
    return hostile.svg(body + '<rect width="2000" height="2000" filter="url(#f)"/>', 'width="2000" height="2000"')


_MUTATE = """
import json, random, sys, zlib
from pathlib import Path
import numpy as np
import hostile_images as hostile
from core.image.files import load
from core.values import AtelierError
kind, seed, count, folder = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[4])
if kind == "SVG":
    data = hostile.svg('<defs><g id="a"><rect width="9" height="9"/></g></defs><use href="#a" fill="red"/>'
                       '<path d="M10 10L90 20 50 90z" fill="#123456"/><text x="5" y="50">Hi</text>')
else:
    options = {"TIFF": {"compression": "tiff_adobe_deflate"}, "WEBP": {"lossless": True}}.get(kind, {})
    data = hostile.photo(kind, (48, 32), **options)
path = folder / "picture"
path.write_bytes(data)
right = load(path).pixels
rng = random.Random(seed)
out = {"sentences": 0, "right": 0, "other": 0, "defects": []}
for index in range(count):
    broken = bytearray(data)
    for _ in range(rng.choice((1, 1, 1, 2, 8, 40))):
        broken[rng.randrange(len(broken))] = rng.randrange(256)
    if rng.random() < 0.2:
        broken = broken[: rng.randrange(len(broken))]
    if rng.random() < 0.1:
        at = rng.randrange(len(broken) + 1)
        broken[at:at] = rng.randbytes(rng.randrange(1, 64))
    path.write_bytes(broken)
    try:
        pixels = load(path, name="picture").pixels
    except AtelierError as error:
        text = str(error)
        if not text.endswith(".") or "\\n" in text:
            out["defects"].append(text)
        out["sentences"] += 1
        continue
    except Exception as error:
        out["defects"].append(repr(error))
        continue
    if pixels.dtype != np.uint8 or pixels.ndim != 3 or pixels.shape[2] != 4:
        out["defects"].append(str(pixels.shape))
    out["right" if np.array_equal(pixels, right) else "other"] += 1
print(json.dumps(out))
"""


@pytest.mark.parametrize(
    ("kind", "count"),
    [("PNG", 400), ("JPEG", 400), ("WEBP", 400), ("TIFF", 400), ("GIF", 400), ("BMP", 400), ("SVG", 60)],
)
def test_random_damage_never_becomes_a_traceback(tmp_path: Path, kind: str, count: int) -> None:
    """Byte flips, cuts and insertions in a real picture of each format, some hundred of them, always the same ones."""
    result = in_child(_MUTATE, kind, "20261124", str(count), str(tmp_path))
    assert not result["defects"], result["defects"][:5]
    assert result["sentences"] > count * 0.02
    assert sum(result[k] for k in ("sentences", "right", "other")) == count
    if kind == "PNG":  # its sums tell every damage, so a wrong picture is never called right
        assert result["other"] == 0


@settings(max_examples=60, deadline=None)
@given(position=st.integers(min_value=0, max_value=10_000), value=st.integers(min_value=0, max_value=255))
def test_a_flipped_byte_of_a_png_is_noticed_or_harmless(
    tmp_path_factory: pytest.TempPathFactory, position: int, value: int
) -> None:
    data = bytearray(hostile.photo("PNG", (24, 16)))
    path = tmp_path_factory.mktemp("flip") / "a.png"
    path.write_bytes(data)
    right = files.load(path).pixels
    data[position % len(data)] = value
    path.write_bytes(data)
    try:
        found = files.load(path).pixels
    except AtelierError:
        return
    np.testing.assert_array_equal(found, right)


def test_a_picture_too_large_for_the_memory_is_refused_before_decoding(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = zlib.compress(b"\0" * (12_001 * 9_000), 1)
    path = tmp_path / "large.png"
    path.write_bytes(hostile.png(12_000, 9_000, colour=0, data=rows))
    monkeypatch.setattr("core.image.memory.available", lambda: 200 << 20)
    with pytest.raises(AtelierError, match=r"“large\.png” needs about 1\.0 GB of memory, and only 0\.1 GB is free"):
        files.load(path)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="peak memory is read from /proc")
def test_a_large_picture_takes_little_more_than_its_pixels(tmp_path: Path) -> None:
    """8000×6000: 192 MB of RGBA; decoding may hold the file's own 144–192 MB beside it, and bands."""
    from PIL import Image

    rng = np.random.default_rng(0)
    small = rng.integers(0, 255, (60, 80, 3), dtype=np.uint8)
    Image.fromarray(small).resize((8000, 6000), Image.Resampling.BICUBIC).save(tmp_path / "large.jpg", quality=80)
    result = in_child(_LOAD_ALL, str(tmp_path), str(ROOT / "resources/samples/coffee.png"))
    assert result["files"]["large.jpg"][:2] == ["picture", [6000, 8000, 4]]
    assert result["grown"] < 480
