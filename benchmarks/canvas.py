"""The canvas under the hand: panning, zooming and painting on large documents, as a person's events reach the screen.

    python benchmarks/canvas.py [--quick]

Everything is real but the screen (Qt's offscreen platform): the project file, the panel, the compositor's threads and
the paint events. *Event to pixels* is from handing a mouse event to Qt until the paint event that shows it is over;
for a stroke the canvas is then grabbed once more at the end and compared with the document composed from scratch, so a
fast wrong picture does not count. Growth is measured at 1×, 4× and 16× the area.
"""

import argparse
import asyncio
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import msgspec  # noqa: E402
import numpy as np  # noqa: E402
import psutil  # noqa: E402
import qasync  # noqa: E402
from PySide6.QtCore import QEvent, QPointF, Qt, QTimer  # noqa: E402
from PySide6.QtGui import QImage, QMouseEvent, QWheelEvent  # noqa: E402
from PySide6.QtWidgets import QApplication  # noqa: E402

from core.documents.image import BlendMode, RasterLayer, TextLayer, Transform, new_image  # noqa: E402
from core.engine.client import ClientSettings  # noqa: E402
from core.project.project import Project  # noqa: E402
from core.raster import icc  # noqa: E402
from core.raster.manifest import write_raster  # noqa: E402
from desktop import i18n, theme  # noqa: E402
from desktop.core_client import Core  # noqa: E402
from desktop.panels.image.panel import ImagePanel  # noqa: E402
from desktop.session import Session  # noqa: E402
from desktop.settings import Settings  # noqa: E402

MODES = (BlendMode.NORMAL, BlendMode.MULTIPLY, BlendMode.SCREEN, BlendMode.OVERLAY, BlendMode.SOFT_LIGHT)
NONE = Qt.KeyboardModifier.NoModifier


def document(project: Project, width: int, height: int, layers: int, space: str = "") -> str:
    """Put a picture of ``layers`` layers into the project: a photo-like ground, cut-outs over it, one line of text.

    ``space`` is one of :data:`core.raster.icc.SPACES`, whose colours the canvas then has to manage.
    """
    rng = np.random.default_rng(1)
    small = rng.integers(0, 255, (height // 64 + 1, width // 64 + 1, 3), dtype=np.uint8)
    ground = np.kron(small, np.ones((64, 64, 1), np.uint8))[:height, :width]
    ground = np.dstack((ground, np.full((height, width), 255, np.uint8)))
    made = new_image(width, height, "Large")
    stack = [RasterLayer(id="ground", name="Ground", pixels=write_raster(ground, project), width=width, height=height)]
    side = min(width, height) // 2
    patch = np.full((side, side, 4), (200, 80, 60, 140), np.uint8)
    digest = write_raster(patch, project)
    for number in range(layers - 2):
        place = Transform(x=float(rng.integers(0, width - side)), y=float(rng.integers(0, height - side)))
        mode = MODES[number % len(MODES)]
        stack.append(RasterLayer(pixels=digest, width=side, height=side, transform=place, blend=mode, opacity=0.8))
    words = TextLayer(text="Slow mornings", size=height / 12, transform=Transform(x=width / 10, y=height / 10))
    profile = project.put(icc.shipped(space), icc.PROFILE_TYPE) if space else None
    made = msgspec.structs.replace(made, layers=(*stack, words), profile=profile)
    with project.transaction("New image") as edit:
        edit.put(made)
    return made.id


@contextmanager
def panel(width: int, height: int, layers: int, space: str = "") -> Iterator[ImagePanel]:
    """A shown panel of 1600×1000 with such a document, everything in view composed."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["ATELIER_HOME"] = folder
        core = Core(ClientSettings())
        session = Session(Settings(), core)
        session.adopt_project(Project.create(Path(folder) / "large.atelier", "Large"))
        shown = ImagePanel(session)
        for timer in shown.make_inputs.findChildren(QTimer):  # what *Make* is offered is composed while one rests
            timer.setInterval(1 << 30)
        shown.resize(1600, 1000)
        shown.show()
        shown.open_document(document(session.require(), width, height, layers, space))
        settle(shown)
        try:
            yield shown
        finally:
            shown.shut_down()
            session.close_project()
            core.stop()


def settle(shown: ImagePanel) -> None:
    """Wait until all that is in view is composed and painted."""
    canvas = shown.canvas
    while not all(canvas.tiles.is_fresh(key) for key in canvas.visible_keys()):
        QApplication.processEvents()
        time.sleep(0.001)
    QApplication.processEvents()


def timed(shown: ImagePanel, send: Callable[[], object]) -> float:
    """Return the milliseconds from ``send()`` to the end of the paint event that follows it."""
    painted: list[float] = []
    connection = shown.canvas.painted.connect(lambda: painted.append(time.perf_counter()))
    start = time.perf_counter()
    send()
    while not painted and time.perf_counter() - start < 1:
        QApplication.processEvents()
    shown.canvas.painted.disconnect(connection)
    return ((painted[-1] if painted else time.perf_counter()) - start) * 1000


def mouse(shown: ImagePanel, kind: QEvent.Type, x: float, y: float, buttons: Qt.MouseButton) -> None:
    """Hand the canvas a mouse event at a point of the widget."""
    at = QPointF(x, y)
    button = Qt.MouseButton.NoButton if kind is QEvent.Type.MouseMove else Qt.MouseButton.LeftButton
    QApplication.sendEvent(
        shown.canvas, QMouseEvent(kind, at, shown.canvas.mapToGlobal(at.toPoint()), button, buttons, NONE)
    )


def row(name: str, times: list[float]) -> None:
    """Print one line of the table."""
    ordered = sorted(times)
    p95 = ordered[min(len(ordered) - 1, round(len(ordered) * 0.95))]
    print(f"  {name:<44} p50 {ordered[len(ordered) // 2]:6.1f} ms   p95 {p95:6.1f} ms   worst {ordered[-1]:6.1f} ms")


def looking(shown: ImagePanel, steps: int) -> None:
    """Pan at 100 % and zoom in and out about the pointer."""
    canvas = shown.canvas
    canvas.set_zoom(1.0)
    settle(shown)
    there_and_back = [(-24, -16) if number // 20 % 2 == 0 else (24, 16) for number in range(steps)]
    row("pan at 100 %, 24 px a step", [timed(shown, lambda by=by: canvas.pan(*by)) for by in there_and_back])
    canvas.fit()
    settle(shown)
    wheel: list[float] = []
    for number in range(steps):
        turn = 40 if number < steps // 2 else -40
        event = QWheelEvent(
            QPointF(700, 500), QPointF(700, 500), QPointF(0, 0).toPoint(), QPointF(0, turn).toPoint(),
            Qt.MouseButton.NoButton, Qt.KeyboardModifier.ControlModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        wheel.append(timed(shown, lambda event=event: QApplication.sendEvent(canvas, event)))
    row("zoom with the wheel, in and out again", wheel)


def painting(shown: ImagePanel, steps: int, size: float) -> None:
    """Paint one long stroke on the ground, under everything else, and look whether it is what the document holds."""
    canvas = shown.canvas
    canvas.set_zoom(0.5)
    shown.editor.select(["ground"])
    shown.use_tool("brush")
    shown.tools["brush"].adjust(size=size)  # type: ignore[attr-defined]
    settle(shown)
    mouse(shown, QEvent.Type.MouseButtonPress, 300, 300, Qt.MouseButton.LeftButton)
    times = []
    for number in range(steps):
        x, y = 300 + number * 900 / steps, 300 + 200 * np.sin(number / steps * 9)
        move = (shown, QEvent.Type.MouseMove, float(x), float(y), Qt.MouseButton.LeftButton)
        times.append(timed(shown, lambda move=move: mouse(*move)))
    release = (shown, QEvent.Type.MouseButtonRelease, 1200.0, 300.0, Qt.MouseButton.NoButton)
    committed = timed(shown, lambda: mouse(*release))
    row(f"brush of {size:.0f} px, event to painted pixels", times)
    print(f"  {'the stroke committed to the file':<44} {committed:10.1f} ms")
    settle(shown)
    print(f"  {'largest difference to the document composed':<44} {difference(shown):10d} of 255")


def difference(shown: ImagePanel) -> int:
    """Return how far the screen is from the document composed from scratch, at 100 % around the stroke's middle."""
    canvas, compositor = shown.canvas, shown.editor.compositor
    if compositor is None:
        raise SystemExit("no document")
    shown.editor.select([])
    shown.use_tool("move")  # a brush would paint its outline
    canvas.set_zoom(1.0)
    settle(shown)
    image = canvas.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    seen = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)[..., 2::-1]
    x0, y0, x1, y1 = (round(v) for v in canvas.view.visible())
    composed = compositor.render(shown.editor.require(), (x0, y0, x1 - x0, y1 - y0))
    truth = shown.editor.colours.to_screen(composed)[..., :3]
    left, top = canvas.view.left + x0, canvas.view.top + y0
    part = seen[top : top + y1 - y0, left : left + x1 - x0]
    return int(np.abs(part.astype(int) - truth).max())


def main() -> int:
    """Run all of it and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--profile", choices=icc.SPACES, default="", help="of the documents; none: sRGB")
    options = parser.parse_args()
    app = QApplication(sys.argv[:1])
    loop = qasync.QEventLoop(app)
    asyncio.set_event_loop(loop)
    i18n.use("en")
    theme.apply("dark")
    with loop:
        loop.run_until_complete(measure(options.quick, options.profile))
    return 0


async def measure(quick: bool, space: str) -> None:
    """Print a table for each size of document."""
    process = psutil.Process()
    steps = 60 if quick else 240
    sizes = [(1500, 1000), (3000, 2000)] if quick else [(1500, 1000), (3000, 2000), (6000, 4000)]
    for width, height in sizes:
        with panel(width, height, 20, space) as shown:
            print(f"{width}×{height}, 20 layers ({process.memory_info().rss >> 20} MB)")
            looking(shown, steps)
            for brush in (40.0, 300.0):
                painting(shown, steps, brush)
            print(f"  memory afterwards: {process.memory_info().rss >> 20} MB")
    if not quick:
        with panel(8000, 6000, 5, space) as shown:
            print(f"8000×6000, 5 layers ({process.memory_info().rss >> 20} MB)")
            looking(shown, steps)


if __name__ == "__main__":
    sys.exit(main())
