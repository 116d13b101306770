"""The workspaces: which panels there are, and where to find each when it is first shown.

A medium takes its place on the rail by one entry here. Nothing is imported until its workspace is opened.
"""

import importlib
from dataclasses import dataclass

from PySide6.QtCore import QT_TRANSLATE_NOOP

from desktop.panel import Panel


@dataclass(frozen=True)
class Workspace:
    """One entry of the rail."""

    kind: str
    """Kind of its documents."""
    word: str
    """What the rail says, translated in the context ``workspaces``."""
    icon: str
    panel: str
    """``module:class`` of its panel."""
    menu: str
    """Title of the menu for the actions that name ``menu=kind``."""

    def load(self) -> type[Panel]:
        """Import and return the panel's class."""
        module, _, name = self.panel.partition(":")
        found: type[Panel] = getattr(importlib.import_module(module), name)
        return found


WORKSPACES: tuple[Workspace, ...] = (
    Workspace(
        kind="image",
        word=str(QT_TRANSLATE_NOOP("workspaces", "Image")),
        icon="image",
        panel="desktop.panels.image.panel:ImagePanel",
        menu=str(QT_TRANSLATE_NOOP("workspaces", "&Image")),
    ),
)


def workspace(kind: str) -> Workspace | None:
    """Return the workspace for documents of ``kind``, None when this version has none."""
    return next((w for w in WORKSPACES if w.kind == kind), None)
