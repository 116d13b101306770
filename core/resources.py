"""Where the shipped files are, from a checkout, an installed package or a frozen application."""

import sys
from pathlib import Path


def resource_root() -> Path:
    """Return the folder ``resources/`` that belongs to this copy of Atelier."""
    frozen = getattr(sys, "_MEIPASS", None)
    base = Path(frozen) if frozen else Path(__file__).resolve().parent.parent
    return base / "resources"


def resource(*parts: str) -> Path:
    """Return the path of one shipped file or folder, e.g. ``resource("fonts", "Inter-Regular.ttf")``."""
    return resource_root().joinpath(*parts)
