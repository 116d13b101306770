"""The formats that artboards are made in: social media, web banners, paper."""

from typing import NamedTuple

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from core.documents.artboard_edits import Size


class Preset(NamedTuple):
    """A format by its English name. Paper is in millimetres, all else in pixels."""

    name: str
    width: float
    height: float
    paper: bool = False

    def title(self) -> str:
        """Return its name as a person reads it."""
        return QCoreApplication.translate("artboards", self.name)

    def size(self, resolution: float) -> Size:
        """Return its size in a document of so many pixels per inch."""
        per = resolution / 25.4 if self.paper else 1.0
        return Size(max(1, round(self.width * per)), max(1, round(self.height * per)), self.name, self.title())


PRESETS = (
    Preset(str(QT_TRANSLATE_NOOP("artboards", "Square post")), 1080, 1080),
    Preset(str(QT_TRANSLATE_NOOP("artboards", "Portrait post")), 1080, 1350),
    Preset(str(QT_TRANSLATE_NOOP("artboards", "Story")), 1080, 1920),
    Preset(str(QT_TRANSLATE_NOOP("artboards", "Link preview")), 1200, 628),
    Preset(str(QT_TRANSLATE_NOOP("artboards", "Medium rectangle")), 300, 250),
    Preset(str(QT_TRANSLATE_NOOP("artboards", "Leaderboard")), 728, 90),
    Preset(str(QT_TRANSLATE_NOOP("artboards", "Skyscraper")), 160, 600),
    Preset(str(QT_TRANSLATE_NOOP("artboards", "Billboard")), 970, 250),
    Preset(str(QT_TRANSLATE_NOOP("artboards", "Mobile banner")), 320, 50),
    Preset(str(QT_TRANSLATE_NOOP("artboards", "A4")), 210, 297, paper=True),
    Preset(str(QT_TRANSLATE_NOOP("artboards", "A5")), 148, 210, paper=True),
)


def preset_of(name: str) -> Preset | None:
    """Return the preset of that English name."""
    return next((preset for preset in PRESETS if preset.name == name), None)
