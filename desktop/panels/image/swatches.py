"""Colours found in a picture, ready to be used: a click makes one the foreground colour."""

from collections.abc import Sequence
from typing import Any

import msgspec
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from core.values import AtelierError
from desktop import theme
from desktop.panels.image.editor import Editor
from desktop.panels.image.sections import Section
from desktop.widgets.colour import Swatch
from desktop.widgets.flow import FlowLayout

MAX_SWATCHES = 48
VIEW = "image.swatches"


class SwatchSection(Section):
    """A palette; empty it is not shown. Kept with the settings, so that it serves the next picture too."""

    def __init__(self, editor: Editor, parent: QWidget | None = None) -> None:
        super().__init__(editor, "", parent)
        self.heading.setText(self.tr("Palette"))
        self.tool("x", self.tr("Clear the palette"), lambda: self.set_colours(()))
        self._holder = QWidget()
        self._flow = FlowLayout(self._holder, spacing=theme.px(4))
        self.wide(self._holder)
        self.set_colours(stored(editor.session.settings.views.get(VIEW)))

    def colours(self) -> tuple[str, ...]:
        """Return what is shown."""
        return tuple(stored(self.editor.session.settings.views.get(VIEW)))

    def set_colours(self, colours: Sequence[str]) -> None:
        """Show other colours, as ``#rrggbb``."""
        self.editor.session.settings.views[VIEW] = list(colours)[:MAX_SWATCHES]
        while (item := self._flow.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        for colour in colours[:MAX_SWATCHES]:
            swatch = Swatch(colour)
            swatch.setFixedSize(theme.px(28), theme.px(28))
            swatch.setToolTip(self.tr("{colour}: click to paint with it").format(colour=colour))
            swatch.setAccessibleName(colour)
            swatch.clicked.connect(lambda _=False, c=colour: self.editor.set_colour(c))
            swatch.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            swatch.customContextMenuRequested.connect(lambda at, s=swatch, c=colour: self._menu(s, at, c))
            self._flow.addWidget(swatch)
        self.setVisible(bool(colours))

    def _menu(self, swatch: Swatch, at: QPoint, colour: str) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.tr("Use as foreground colour"), lambda: self.editor.set_colour(colour))
        menu.addAction(self.tr("Copy {colour}").format(colour=colour), lambda: QApplication.clipboard().setText(colour))
        menu.popup(swatch.mapToGlobal(at))


def stored(value: Any) -> tuple[str, ...]:
    """Return the colours in a setting; anything else is left out."""
    if not isinstance(value, list):
        return ()
    return tuple(c for c in value if isinstance(c, str) and len(c) == 7 and c.startswith("#"))


class _Swatch(msgspec.Struct):
    colour: str


class _Palette(msgspec.Struct):
    swatches: list[_Swatch]


def palette_colours(data: bytes) -> tuple[str, ...]:
    """Return the colours in the JSON that *Find palette* puts out; raises :class:`AtelierError` when it is none."""
    try:
        found = msgspec.json.decode(data, type=_Palette)
    except msgspec.MsgspecError as error:
        raise AtelierError("The palette could not be read: {why}.", why=str(error)) from None
    return stored([swatch.colour for swatch in found.swatches])
