"""The fonts that a project holds: made known to the compositor before anything of the project is drawn."""

import logging
import sys

from PySide6.QtCore import QByteArray
from PySide6.QtGui import QFontDatabase

from core.project.project import Project
from core.values import AtelierError

log = logging.getLogger(__name__)

MAX_BYTES = 128 * 2**20
"""So much of fonts is read from one project at most, the first ones; a typeface with all Chinese has some 20 MB."""


def keep_font(data: bytes) -> str:
    """Let texts be set in a font, and Qt show its name in it; return its family, empty when it cannot be read."""
    from core.raster.fonts import fonts  # the compositor, when there is a font

    family = fonts().keep(data)
    if family:
        QFontDatabase.addApplicationFontFromData(QByteArray(data))
    return family


def keep_fonts(project: Project) -> None:
    """Let texts be set in the fonts of ``project``. A font that cannot be read is passed over: its file stays."""
    left = MAX_BYTES
    try:
        for asset in project.assets_store.of_kind("font"):
            if asset.size <= left:
                left -= asset.size
                keep_font(project.get(asset.hash))
    except AtelierError as error:
        log.warning("a font of the project: %s", error)


def let_fonts_go() -> None:
    """The project is closed: its fonts are no longer offered."""
    compositor = sys.modules.get("core.raster.fonts")
    if compositor is not None:
        compositor.fonts().let_go()
