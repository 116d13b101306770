"""Takes the pictures of the user guide from the real window with the sample campaign open, so that they never lie.

``make docs``, or ``.venv/bin/python scripts/screenshots.py [--all] [--only WORDS] [--out FOLDER]``. The open document
is taken in both themes and both languages at 1920×1080 and once at twice the pixels, every other place in the dark
theme in English; with ``--all`` every place in every set. All on a home folder of their own.
"""

import argparse
import asyncio
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from desktop.studio import Studio

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "screenshots"
SIZE = (1920, 1080)
SETS = [("dark", "en", 1), ("light", "en", 1), ("dark", "zh_CN", 1), ("light", "zh_CN", 1), ("dark", "en", 2)]


def main() -> int:
    """Take every set of pictures, each in a process of its own: a scale factor is chosen before the first window."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=FOLDER)
    parser.add_argument("--all", action="store_true", help="take every place in every set")
    parser.add_argument("--only", default="", help="take only sets whose name holds this, e.g. dark-zh_CN")
    parser.add_argument("--take", nargs=3, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    if arguments.take:
        theme, language, name = arguments.take
        return take(theme, language, name, arguments.out, everything=arguments.all or name == "dark-en")
    with tempfile.TemporaryDirectory() as home:
        for theme, language, ratio in SETS:
            name = f"{theme}-{language}{'@2x' if ratio == 2 else ''}"
            if arguments.only not in name:
                continue
            environment = os.environ | {
                "QT_QPA_PLATFORM": "offscreen",
                "QT_SCALE_FACTOR": str(ratio),
                "ATELIER_HOME": home,
            }
            command = [sys.executable, __file__, "--out", str(arguments.out), "--take", theme, language, name]
            command += ["--all"] if arguments.all else []
            subprocess.run(command, check=True, env=environment, cwd=ROOT)
    return 0


def take(theme: str, language: str, name: str, folder: Path, *, everything: bool) -> int:
    """Open the program with the sample, go through its places, and save a picture of each."""
    sys.path.insert(0, str(ROOT))
    import qasync  # noqa: PLC0415  (only in the process that shows a window)
    from PySide6.QtGui import QPainter  # noqa: PLC0415

    from desktop import settings  # noqa: PLC0415
    from desktop.single_instance import SingleInstance  # noqa: PLC0415
    from desktop.studio import Studio, make_application  # noqa: PLC0415

    chosen = settings.load()
    chosen.appearance = "dark" if theme == "dark" else "light"
    chosen.language = "zh_CN" if language == "zh_CN" else "en"
    chosen.windows.clear()
    settings.save(chosen)
    app = make_application()
    loop = qasync.QEventLoop(app)
    asyncio.set_event_loop(loop)
    instance = SingleInstance()
    if not instance.claim():
        raise SystemExit("another studio uses this home folder")
    studio = Studio(app, instance)
    studio.start([])
    studio.window.resize(*SIZE)

    def save(place: str, popup: Any = None) -> None:
        if not everything and place != "image":
            return
        path = folder / f"{place}-{name}.png"
        shown = studio.window.grab()
        if popup is not None:  # it is a window of its own, which the window's picture does not hold
            painter = QPainter(shown)
            painter.drawPixmap(studio.window.mapFromGlobal(popup.pos()), popup.grab())
            painter.end()
        shown.save(str(path))
        print(path.relative_to(ROOT) if path.is_relative_to(ROOT) else path)

    with loop:
        try:
            loop.run_until_complete(asyncio.wait_for(tour(studio, save), 300))
        finally:
            studio.window.close()
            loop.run_until_complete(studio.session.finish())
            studio.stop()
    return 0


async def tour(studio: "Studio", save: Callable[..., None]) -> None:
    """Go through the window as a person would, and call ``save`` in each place."""
    from core.documents.image import RasterLayer  # noqa: PLC0415
    from desktop.palette import CommandPalette  # noqa: PLC0415
    from desktop.panels.image.panel import ImagePanel  # noqa: PLC0415

    window = studio.window
    await until(lambda: str(studio.core.state.activity) == "idle")
    await window.files.sample()
    await settle(studio)
    panel = window.stage.panel
    if not isinstance(panel, ImagePanel):
        raise SystemExit("the sample opened no picture")
    product = next(layer for layer in panel.editor.require().layers if isinstance(layer, RasterLayer))
    panel.editor.select([product.id])
    window.docks.show_dock("assets")
    await settle(studio)
    save("image")
    await artboards(studio, save)
    # Make, with a result to compare
    panel.editor.select([product.id])
    window.commands.show_operation("image.auto_grade")
    await settle(studio)
    window.make.run()
    await settle(studio)
    await asyncio.sleep(0.5)
    save("make")
    window.docks.show_dock("history")
    await settle(studio)
    save("history")
    window.docks.show_dock("jobs")
    await settle(studio)
    save("jobs")
    popup = CommandPalette(window)
    popup.open_at(window)
    popup.search.setText("cut")
    await asyncio.sleep(0.4)
    save("palette", popup)
    popup.close()
    window.commands.go("home")
    await settle(studio)
    save("welcome")


async def artboards(studio: "Studio", save: Callable[..., None]) -> None:
    """Make the ad an artboard, copy it to other sizes, and take all of that back."""
    from desktop.panels.image.artboard_presets import PRESETS  # noqa: PLC0415
    from desktop.panels.image.panel import ImagePanel  # noqa: PLC0415

    panel = studio.window.stage.panel
    assert isinstance(panel, ImagePanel)
    panel.editor.select([])
    boards = panel.board_actions.commands
    boards.from_layers()
    resolution = panel.editor.require().resolution
    boards.duplicate_to([PRESETS[number].size(resolution) for number in (1, 3, 4)])
    panel.editor.select(panel.editor.selection[:1])
    panel.use_tool("artboard")
    panel.canvas.fit()
    await settle(studio)
    save("artboards")
    for _ in range(2):
        studio.session.undo()
    panel.use_tool("move")
    panel.canvas.fit()
    await settle(studio)


async def until(ready: Callable[[], bool], seconds: float = 120) -> None:
    """Wait until something is so."""
    for _ in range(round(seconds * 50)):
        if ready():
            return
        await asyncio.sleep(0.02)
    raise SystemExit("the program did not get there")


async def settle(studio: "Studio") -> None:
    """Wait until no work runs and everything in view is composed and painted."""
    await until(lambda: not studio.session.work.active() and not studio.session.busy)
    await asyncio.sleep(0.4)
    from desktop.panels.image.panel import ImagePanel  # noqa: PLC0415

    panel = studio.window.stage.panel
    if isinstance(panel, ImagePanel):
        canvas = panel.canvas
        await until(lambda: all(canvas.tiles.is_fresh(key) for key in canvas.visible_keys()))
    await asyncio.sleep(0.2)


if __name__ == "__main__":
    sys.exit(main())
