"""A product banner in three sizes, from a photo, by mouse and keys alone: the steps of ``docs/banner.md``.

With ``ATELIER_SHOTS`` set to a folder the window is photographed after each step; ``make docs`` does that.
"""

import os
from pathlib import Path

import numpy as np
from person import CTRL, Person
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QToolButton

from core.documents.image import TextLayer
from desktop.panels.image.batch_export import BatchExportDialog


def shoot(person: Person, name: str, dialog: BatchExportDialog | None = None) -> None:
    """Photograph the window, a dialog in front of it where it stands, for the guide."""
    folder = os.environ.get("ATELIER_SHOTS", "")
    if not folder:
        return
    canvas = person.panel.canvas
    person.wait(lambda: all(canvas.tiles.is_fresh(key) for key in canvas.visible_keys()))
    picture = person.window.grab()
    if dialog is not None:
        painter = QPainter(picture)
        folder_shown = dialog.folder.text()
        dialog.folder.setText("/home/mei/Ads")  # not that of a test
        at = QPoint((person.window.width() - dialog.width()) // 2, (person.window.height() - dialog.height()) // 2)
        painter.drawPixmap(at, dialog.grab())
        painter.end()
        dialog.folder.setText(folder_shown)
    Path(folder).mkdir(parents=True, exist_ok=True)
    assert picture.save(str(Path(folder) / f"banner-{name}.png"))


def test_a_banner_in_three_sizes(person: Person, coffee: Path, tmp_path: Path) -> None:
    person.session.settings.views["image.export.folder"] = str(tmp_path)
    person.drop([coffee], person.window.welcome.drop)
    person.wait()
    shoot(person, "1-photo")

    person.make("cut out")
    person.watch()
    person.keep()
    shoot(person, "2-cut-out")

    person.click_and_choose(person.layers.button("fill"), "Colour")
    person.menu("Layer", "Arrange", "Send to back")
    person.enter("Colour as hex", "#e8c9a0")
    assert person.names() == ["coffee", "Fill 1"]
    shoot(person, "3-background")

    person.select_layer("coffee")
    person.panel.canvas.setFocus()
    person.press(Qt.Key.Key_V)
    person.hands.drag([(300, 230), (360, 230), (440, 245)], CTRL)
    shoot(person, "4-place")

    person.press(Qt.Key.Key_T)
    person.hands.click(28, 70)
    person.type("Slow")
    person.press(Qt.Key.Key_Return)
    person.type("mornings")
    person.press(Qt.Key.Key_Escape)
    headline = person.document.layers[-1]
    assert isinstance(headline, TextLayer) and headline.text == "Slow\nmornings"
    person.panel.canvas.setFocus()
    person.press(Qt.Key.Key_T)
    person.hands.click(44, 300)
    person.type("Find your roast")
    person.press(Qt.Key.Key_Escape)
    inspector = person.panel.properties_widget()
    for name, value in (("Size", "18"), ("Colour as hex", "#ffffff")):
        field = next(f for f in inspector.findChildren(QLineEdit) if f.accessibleName() == name and f.isVisible())
        person.click(field)
        person.press(Qt.Key.Key_A, CTRL)
        person.type(value)
        person.press(Qt.Key.Key_Return)
    box = person.button("Box behind the text", inspector)
    QTest.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(10, box.height() // 2))
    words = person.document.layers[-1]
    assert isinstance(words, TextLayer) and words.background is not None and words.size == 18
    person.press(Qt.Key.Key_V)
    shoot(person, "5-words")

    person.menu("Image", "Export several files…")
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, BatchExportDialog)
    while dialog.rows:
        person.click(next(b for b in dialog.rows[0].findChildren(QToolButton) if b.toolTip() == "Remove this size"))
    for size in ("Instagram post, 1080 × 1080", "Story, 1080 × 1920", "Link preview, 1200 × 630"):
        person.click(dialog.add_button)
        person.wait(QApplication.activePopupWidget)
        person.choose(size)
    QApplication.processEvents()
    shoot(person, "6-sizes", dialog)
    person.click(dialog.button)
    person.wait(lambda: len(list(tmp_path.glob("*.png"))) == 3)
    person.wait()
    found = {}
    for path in tmp_path.glob("*.png"):
        with Image.open(path) as picture:
            found[path.name] = picture.size
            assert np.asarray(picture.convert("RGB")).std() > 10
    assert found == {
        "coffee-1080x1080.png": (1080, 1080),
        "coffee-1080x1920.png": (1080, 1920),
        "coffee-1200x630.png": (1200, 630),
    }
    assert person.session.require().verify() == []
