"""Small parts of the bar above the canvas and of the inspector."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QToolButton

from desktop import icons, theme


def icon_button(
    icon: str, tip: str, run: Callable[[], object], *, checkable: bool = False, token: str = "text"
) -> QToolButton:
    """Return a small flat button with an icon, in the colour of ``token``, and a name."""
    button = QToolButton()
    icons.set_icon(button, icon, token)
    button.setIconSize(QSize(theme.px(16), theme.px(16)))
    button.setToolTip(tip)
    button.setAccessibleName(tip)
    button.setCheckable(checkable)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.clicked.connect(lambda _=False: run())
    return button


def separator() -> QFrame:
    """Return a thin upright line."""
    line = QFrame()
    line.setProperty("role", "vline")
    line.setFixedHeight(theme.px(16))
    return line
