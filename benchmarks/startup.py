"""How long until there is a window to work with, and what it occupies while nothing happens.

    python benchmarks/startup.py [--quick] [--platform offscreen|xcb]

Measured from just before the process is started to the first turn of the event loop after the window's first paint, on
the monotonic clock that all processes share. It is the real program (``desktop.app``'s ``main``) with its own core
process, in an ``ATELIER_HOME`` of its own; one start before the others warms the disk's cache. The floor is an empty
``QMainWindow`` of the same size, measured the same way; the peer after it is the same window in a process that has
loaded what a program without a core process of its own would have to load.

Memory is read when the core process has said that it is idle. RSS counts shared libraries in each process that maps
them, USS only what would come free if that process ended.

``xcb`` needs a display; it is chosen when there is an Xvfb at ``:99`` (the X server's part of the work is real then).
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parent.parent
PARTS = ROOT / "benchmarks" / "parts"
sys.path.insert(0, str(PARTS))

import psutil  # noqa: E402
from tables import machine, middle, table, verdict  # noqa: E402

HEAVY = ("torch", "cv2", "av", "transformers", "onnxruntime", "PIL", "diffusers", "ncnn", "scipy", "numba", "skia")
LOADED = ("torch", "cv2", "onnxruntime", "PIL.Image")
"""What the peer without a core process imports before its window."""
WANTED_SECONDS = 2.0

FLOOR = """
import json, sys, time
import PySide6.QtWidgets
from PySide6.QtCore import QTimer
class Window(PySide6.QtWidgets.QMainWindow):
    def paintEvent(self, event):
        QTimer.singleShot(0, lambda: QTimer.singleShot(0, self.usable))
    def usable(self):
        print(json.dumps({"usable": time.monotonic_ns(), "modules": []}), flush=True)
        app.quit()
app = PySide6.QtWidgets.QApplication(sys.argv[:1])
window = Window()
window.resize(1280, 800)
window.show()
app.exec()
"""


class Start(NamedTuple):
    """Seconds from the start of the process."""

    usable: float
    imported: float = 0.0
    shown: float = 0.0


class Idle(NamedTuple):
    """What two processes occupy while nothing happens: MB of RSS and USS, and what is loaded that should not be."""

    window: tuple[float, float]
    core: tuple[float, float]
    window_heavy: list[str]
    core_heavy: list[str]
    core_ready: float
    """Seconds from the start of the program to a core process that takes jobs."""


def environment(home: str, platform: str) -> dict[str, str]:
    """Return the environment of a studio that touches nothing of this machine."""
    found = dict(os.environ) | {"ATELIER_HOME": home, "XDG_RUNTIME_DIR": home, "QT_QPA_PLATFORM": platform}
    if platform == "xcb":
        found["DISPLAY"] = ":99"
    return found


def read(process: "subprocess.Popen[str]") -> Mapping[str, Any]:
    """Return the next line that the process tells."""
    assert process.stdout is not None
    line = process.stdout.readline()
    if not line:
        raise SystemExit(f"the program ended with status {process.wait()} before its window could be used")
    told: dict[str, Any] = json.loads(line)
    return told


def start(command: list[str], env: dict[str, str]) -> tuple["subprocess.Popen[str]", Start, list[str]]:
    """Start a program and wait until it can be used; return it, how long that took, and what it has loaded."""
    began = time.monotonic_ns()
    process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True)
    told: dict[str, Any] = {}
    while "usable" not in told:
        told.update(read(process))
    seconds = [(told.get(what, began) - began) / 1e9 for what in Start._fields]
    return process, Start(*seconds), told["modules"]


def studio(env: dict[str, str], *, idle: bool) -> tuple[Start, Idle | None]:
    """Start the studio, look at it when it is idle if that is wanted, and close its window."""
    began = time.monotonic()
    process, found, modules = start([sys.executable, str(PARTS / "start_probe.py")], env)
    seen = None
    if idle:
        window = psutil.Process(process.pid)
        core = _core_of(window)
        ready = time.monotonic() - began
        heavy = [name for name in HEAVY if name in modules]
        seen = Idle(_memory(window), _memory(core), heavy, _mapped(core), ready)
    process.terminate()
    if process.wait(30) != 0:
        raise SystemExit(f"the studio ended with status {process.returncode}")
    return found, seen


def _core_of(window: psutil.Process) -> psutil.Process:
    """Wait until the core process does nothing any more, and return it."""
    limit = time.monotonic() + 30
    quiet = 0
    last = -1.0
    while time.monotonic() < limit:
        for child in window.children():
            used = sum(child.cpu_times()[:2])
            quiet = quiet + 1 if used == last else 0
            last = used
            if quiet >= 5:
                return child
        time.sleep(0.1)
    raise SystemExit("the core process did not come to rest within 30 seconds")


def _memory(process: psutil.Process) -> tuple[float, float]:
    full = process.memory_full_info()
    return full.rss / 2**20, full.uss / 2**20


def _mapped(process: psutil.Process) -> list[str]:
    """Return which heavy packages have a library mapped into a process that cannot be asked."""
    try:
        paths = [Path(region.path).parts for region in process.memory_maps()]
    except (AttributeError, psutil.Error):
        return ["(cannot be told here)"]
    return [name for name in HEAVY if any(name in parts for parts in paths)]


def interpreter(env: dict[str, str], code: str) -> float:
    """Return how long Python takes for ``code``."""
    began = time.monotonic()
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=env, check=True)
    return time.monotonic() - began


def measure(runs: int, platform: str) -> None:
    """Start everything, in rounds, and print it."""
    ours: list[Start] = []
    floors: list[float] = []
    loaded: list[float] = []
    bare: list[float] = []
    imports = "".join(f"import {name}\n" for name in LOADED)
    with tempfile.TemporaryDirectory(prefix="atelier-bench-") as home:
        env = environment(home, platform)
        studio(env, idle=False)  # makes its folders, and fills the disk's cache
        for index in range(runs):
            ours.append(studio(env, idle=False)[0])
            floors.append(_once([sys.executable, "-c", FLOOR], env))
            bare.append(interpreter(env, "pass"))
            if index < runs // 2:
                loaded.append(_once([sys.executable, "-c", FLOOR.replace("app = ", imports + "app = ", 1)], env))
        _, idle = studio(env, idle=True)
    assert idle is not None
    show(ours, floors, loaded, bare, idle, platform)


def _once(command: list[str], env: dict[str, str]) -> float:
    process, found, _ = start(command, env)
    process.wait(30)
    return found.usable


def show(
    ours: list[Start], floors: list[float], loaded: list[float], bare: list[float], idle: Idle, platform: str
) -> None:
    """Print the tables."""
    own = middle([one.usable for one in ours])
    rows = []
    contenders = {
        "Atelier": [one.usable for one in ours],
        "an empty QMainWindow (floor)": floors,
        f"… with {', '.join(name.split('.')[0] for name in LOADED)} loaded": loaded,
        "Python that does nothing": bare,
    }
    for name, times in contenders.items():
        times = sorted(times)
        cells = [f"{middle(times) * 1000:.0f}", f"{times[0] * 1000:.0f}", f"{times[-1] * 1000:.0f}"]
        rows.append([name, *cells, f"{middle(times) / own:.2f}×", str(len(times))])
    columns = ["ms from the start of the process", "median", "best", "worst", "of ours", "runs"]
    table(f"Warm start to a window that can be used, {platform} ({machine()}):", columns, rows)
    imported, shown = middle([one.imported for one in ours]), middle([one.shown for one in ours])
    print(
        f"  of ours: imports {imported * 1000:.0f} ms, window built and shown {(shown - imported) * 1000:.0f},"
        f" painted {(own - shown) * 1000:.0f}; the core process takes jobs and rests {idle.core_ready:.1f} s"
        " after the start"
    )
    verdict("warm start", f"≤ {WANTED_SECONDS:g} s", f"{own:.2f} s", own <= WANTED_SECONDS)
    rows = [
        [name, f"{memory[0]:.0f}", f"{memory[1]:.0f}", ", ".join(heavy) or "none"]
        for name, memory, heavy in (
            ("window", idle.window, idle.window_heavy),
            ("core process", idle.core, idle.core_heavy),
        )
    ]
    table("Idle:", ["", "MB RSS", "MB USS", f"loaded of {', '.join(HEAVY)}"], rows)
    verdict("heavy modules in the window", "none", ", ".join(idle.window_heavy) or "none", not idle.window_heavy)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="two starts of each")
    there = Path("/tmp/.X11-unix/X99").exists()
    parser.add_argument("--platform", choices=("offscreen", "xcb"), default="xcb" if there else "offscreen")
    options = parser.parse_args()
    measure(2 if options.quick else 5, options.platform)


if __name__ == "__main__":
    main()
