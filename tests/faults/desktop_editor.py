"""Edits a picture in the real window without end and says so of every edit once it is committed; a test kills it.

``desktop_editor.py parent FOLDER SEED`` has everything imported but no application. At ``start N`` on standard input it
forks a desktop, which opens the project in ``FOLDER`` and goes on after its edit N; at ``start N core``, with a core
process. On standard output the desktop says ``ready``, ``core`` once its core is up, and the number of each edit after
its commit. ``reap`` waits for the desktop's end and answers ``dead``.

``desktop_editor.py replay FOLDER SEED`` makes the same edits, in a window too, up to the one whose number it reads, and
answers what the picture is then. Nobody kills it.

``desktop_editor.py work FOLDER SEED`` has the core remove the background of the photo and says ``here`` in the middle.
"""

import asyncio
import itertools
import os
import random
import sys
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import numpy as np
import qasync
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

import desktop.panels.image.panel as image_panel
from core.documents.base import decode_document, encode_document
from core.documents.image import FillLayer, ImageDocument, RasterLayer, TextLayer, Transform, new_image
from core.engine.client import ClientSettings
from core.operations.base import Asset, all_operations
from core.operations.image import RemoveBackground
from core.project.project import Project
from core.raster.compositor import Compositor
from core.raster.fonts import fonts
from core.raster.manifest import solid_raster, write_raster
from core.values import hash_bytes
from desktop import i18n
from desktop.collector import Collector
from desktop.core_client import Core
from desktop.panels.image.layers import LayersDock
from desktop.session import Session
from desktop.settings import Settings
from desktop.window import MainWindow
from desktop.work import State

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests" / "desktop" / "panels" / "image"))

from image_hands import Hands  # noqa: E402  (a neighbour that is found only now)

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
KINDS = {"move": 4, "stroke": 4, "text": 3, "opacity": 3, "undo": 4, "redo": 3}


def project_path(folder: Path) -> Path:
    """Return the file that is edited in ``folder``."""
    return folder / "work.atelier"


def make_project(folder: Path) -> None:
    """Make the project that all edits begin with: the photo of a cup on a ground, an empty layer, and a headline."""
    photo = np.asarray(Image.open(ROOT / "resources" / "samples" / "coffee.png").convert("RGBA"))
    with Project.create(project_path(folder), "Ad") as project:
        cup, empty = write_raster(photo, project), solid_raster(600, 400, (0, 0, 0, 0), project)
        layers = (
            FillLayer(id="ground", colour="#e8c9a0"),
            RasterLayer(id="cup", pixels=cup, width=600, height=400),
            RasterLayer(id="paint", pixels=empty, width=600, height=400),
            TextLayer(id="words", text="Slow mornings", size=40.0, transform=Transform(x=40, y=30)),
        )
        with project.transaction("New image") as edit:
            edit.put(msgspec.structs.replace(new_image(600, 400, "Ad"), id="ad", layers=layers))


def edits(seed: int) -> Iterator[tuple[str, random.Random]]:
    """Yield what is done, one edit after the other, each with the dice for its values; the same ones each time."""
    dice = random.Random(seed)
    back = ahead = 0
    while True:
        (kind,) = dice.choices(list(KINDS), list(KINDS.values()))
        if (kind == "undo" and not back) or (kind == "redo" and not ahead):
            kind = "stroke"
        step = {"undo": -1, "redo": 1}.get(kind, 0)
        back, ahead = (back + step, ahead - step) if step else (back + 1, 0)
        yield kind, random.Random(dice.random())


class Desktop:
    """A window over the project, with somebody in front of it."""

    def __init__(self, folder: Path, *, with_core: bool = False) -> None:
        self.app = QApplication(["atelier"])
        self.collector = Collector(self.app)
        i18n.use("en")  # and no theme: to dress every widget takes as long as all else together
        loop = qasync.QEventLoop(self.app)
        asyncio.set_event_loop(loop)
        asyncio._set_running_loop(loop)  # coroutines go on whenever Qt's events are worked through
        self.session = Session(Settings(), Core(ClientSettings(cache_bytes=64 << 20)))
        self.window = MainWindow(self.session)
        self.window.resize(1000, 700)
        self.window.show()
        self.window.activateWindow()
        self.commits = 0
        if with_core:
            self.session.core.start()
        self.session.adopt_project(Project.open(project_path(folder)))
        self.session.require().subscribe(lambda _: self._count())
        self.app.processEvents()
        panel = self.window.stage.panel
        assert isinstance(panel, image_panel.ImagePanel)
        self.panel, self.hands = panel, Hands(panel, None)  # type: ignore[arg-type]
        # A pixel of the mouse is a pixel of the picture, however large the window came out.
        panel.canvas.set_zoom(1.0)
        layers = panel.structure_widget()
        assert isinstance(layers, LayersDock)
        self.layers = layers
        panel.tools["brush"].adjust(size=24.0, hardness=0.8, opacity=1.0, flow=1.0)  # type: ignore[attr-defined]

    def _count(self) -> None:
        self.commits += 1

    @property
    def document(self) -> ImageDocument:
        """The picture as it is in the project."""
        return self.panel.editor.require()

    def do(self, kind: str, dice: random.Random) -> None:
        """Make one edit, which is one commit."""
        before = self.commits
        act: Callable[[random.Random], None] = getattr(self, f"_{kind}")
        act(dice)
        assert self.commits == before + 1, f"{kind} made {self.commits - before} commits"

    def _move(self, dice: random.Random) -> None:
        self._take("move", "cup")
        place = self.document.layer("cup").transform  # type: ignore[union-attr]
        dx, dy = dice.randint(8, 40), dice.randint(8, 40)
        dx, dy = -dx if place.x > 0 else dx, -dy if place.y > 0 else dy
        self.hands.drag([(300, 200), (300 + dx / 2, 200 + dy / 2), (300 + dx, 200 + dy)], CTRL)

    def _stroke(self, dice: random.Random) -> None:
        self._take("brush", "paint")
        self.panel.editor.set_colour(f"#{dice.randrange(1 << 24):06x}")
        x, y = dice.randint(80, 520), dice.randint(80, 320)
        self.hands.drag([(x, y), *((x + dice.randint(-60, 60), y + dice.randint(-60, 60)) for _ in range(3))])

    def _text(self, dice: random.Random) -> None:
        self._take("text", "words")
        self.hands.click(60, 55)
        assert self.panel.text_tool.busy
        self.hands.key(Qt.Key.Key_A, CTRL)
        event = QInputMethodEvent("", [])
        event.setCommitString(f"慢早晨 {dice.randrange(10**6)}")
        QApplication.sendEvent(self.panel.canvas, event)
        self.hands.key(Qt.Key.Key_Escape)

    def _opacity(self, dice: random.Random) -> None:
        self._take("move", "cup")
        before = round(self.document.layer("cup").opacity * 100)
        value = dice.choice([v for v in range(20, 101) if v != before])
        field = self.layers.opacity.number
        field.setFocus()
        QTest.keyClick(field, Qt.Key.Key_Return)
        QTest.keyClicks(field, str(value))
        QTest.keyClick(field, Qt.Key.Key_Return)

    def _undo(self, _: random.Random) -> None:
        QTest.keyClick(self.panel.canvas, Qt.Key.Key_Z, CTRL)

    def _redo(self, _: random.Random) -> None:
        QTest.keyClick(self.panel.canvas, Qt.Key.Key_Z, CTRL | SHIFT)

    def _take(self, tool: str, layer: str) -> None:
        self.panel.move_tool.auto_select = False
        self.panel.use_tool(tool)
        self.panel.editor.select([layer])
        self.panel.canvas.setFocus()


def picture(project: Project) -> str:
    """Return the picture in ``project`` as one line: its composed pixels as a hash, and its document."""
    document = project.document("ad")
    assert isinstance(document, ImageDocument)
    pixels = Compositor(project).render(document)
    as_stored = decode_document(encode_document(document))
    return f"{hash_bytes(pixels.tobytes())} {msgspec.json.encode(as_stored).decode()}"


def say(text: str) -> None:
    """Write one line; it is in the pipe when this returns, whatever happens to the process then."""
    os.write(1, f"{text}\n".encode())


def edit_for_ever(folder: Path, seed: int, number: int, *, with_core: bool) -> None:
    """Be a desktop that goes on after edit ``number``."""
    person = Desktop(folder, with_core=with_core)
    say("ready")
    told = False
    for kind, dice in itertools.islice(edits(seed), number, None):
        if not told and person.session.core.state.pid:
            told = True
            say("core")
        person.do(kind, dice)
        number += 1
        say(str(number))
        person.app.processEvents()


def parent(folder: Path, seed: int) -> None:
    """Fork desktops as they are asked for."""
    fonts()  # read once, here
    all_operations()
    child = 0
    say("here")
    for line in sys.stdin:
        command, *values = line.split()
        if command == "reap":
            os.waitpid(child, 0)
            say("dead")
            continue
        child = os.fork()
        if child == 0:
            try:
                edit_for_ever(folder, seed, int(values[0]), with_core="core" in values)
            except BaseException:
                say("failed " + traceback.format_exc().replace("\n", " | "))
            os._exit(1)
        say(f"started {child}")


def replay(folder: Path, seed: int) -> None:
    """Make the edits that are asked for and say what the picture is then."""
    person, done = Desktop(folder), 0
    todo = edits(seed)
    say("here")
    for line in sys.stdin:
        while done < int(line):
            person.do(*next(todo))
            done += 1
            if done % 16 == 0:
                person.app.processEvents()
        say(picture(person.session.require()))
    person.window.close()
    os._exit(0)


def work(folder: Path, _: int) -> None:
    """Have the core work, and wait."""
    person = Desktop(folder, with_core=True)
    cup = person.document.layer("cup")
    assert isinstance(cup, RasterLayer)
    task = person.session.start(RemoveBackground(image=Asset(hash=cup.pixels)))
    while task.state is not State.RUNNING or task.fraction < 0.1:
        QTest.qWait(5)
    say("here")
    while True:
        QTest.qWait(50)


if __name__ == "__main__":
    roles = {"parent": parent, "replay": replay, "work": work}
    roles[sys.argv[1]](Path(sys.argv[2]), int(sys.argv[3]))
