"""The one icon family: Lucide outlines from ``resources/icons``, tinted by the theme, 1.5 px strokes at any size.

``set_icon(widget_or_action, "layers")`` is all a panel needs; the icon follows the theme by itself.
"""

import math
import re
from functools import lru_cache

from PySide6.QtCore import QByteArray, QObject, QRectF, QSize, Qt
from PySide6.QtGui import QAction, QColor, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QPushButton, QWidget

from core.resources import resource
from desktop import theme

SIZES = (16, 20)
STROKE = 1.5
_PROPERTY = "atelierIcon"
_TOKEN = "atelierIconToken"
_SIDE = "atelierIconSide"
Bearer = QAbstractButton | QAction | QLabel


def set_icon(target: Bearer, name: str, token: str = "text", side: float = 16) -> None:
    """Show the icon ``name`` on ``target`` in the colour of ``token``, now and after each change of theme.

    ``side`` (logical pixels at the text scale) is for labels; buttons and actions have icons of the usual sizes.
    """
    target.setProperty(_PROPERTY, name)
    target.setProperty(_TOKEN, token)
    target.setProperty(_SIDE, side)
    _show(target, name, token)


def _show(target: Bearer, name: str, token: str) -> None:
    if isinstance(target, QLabel):
        side = theme.px(float(target.property(_SIDE)))
        target.setPixmap(pixmap(name, side, getattr(theme.current().tokens, token)))
    elif isinstance(target, QPushButton) and target.text():  # Qt sets icon and words four pixels apart; eight it is
        side, gap = theme.px(16), theme.px(4)
        target.setIconSize(QSize(side + gap, side))
        target.setIcon(_with_gap(name, token, side, gap))
    else:
        target.setIcon(icon(name, token))


def _with_gap(name: str, token: str, side: int, gap: int) -> QIcon:
    made = QIcon()
    tokens = theme.current().tokens
    for colour, mode in ((getattr(tokens, token), QIcon.Mode.Normal), (tokens.disabled, QIcon.Mode.Disabled)):
        mark = pixmap(name, side, colour)
        ratio = mark.devicePixelRatio()
        wide = QPixmap(QSize(round((side + gap) * ratio), mark.height()))
        wide.setDevicePixelRatio(ratio)
        wide.fill(Qt.GlobalColor.transparent)
        painter = QPainter(wide)
        left = QGuiApplication.layoutDirection() == Qt.LayoutDirection.LeftToRight
        painter.drawPixmap(0 if left else gap, 0, mark)
        painter.end()
        made.addPixmap(wide, mode)
    return made


def icon(name: str, token: str = "text") -> QIcon:
    """Return the icon in the theme's colour. Raises ``FileNotFoundError`` when there is no such icon."""
    made = QIcon()
    theme_now = theme.current()
    for size in SIZES:
        side = theme_now.px(size)
        made.addPixmap(pixmap(name, side, getattr(theme_now.tokens, token)))
        made.addPixmap(pixmap(name, side, theme_now.tokens.disabled), QIcon.Mode.Disabled)
    return made


def pixmap(name: str, side: int, colour: str, ratio: float | None = None) -> QPixmap:
    """Return the icon as a square pixmap of ``side`` logical pixels; ``ratio`` defaults to the sharpest screen's."""
    if ratio is None:
        screens = QGuiApplication.screens()
        ratio = max((s.devicePixelRatio() for s in screens), default=1.0)
    return _render(name, side, QColor(colour).name(QColor.NameFormat.HexRgb), math.ceil(ratio * 4) / 4)


@lru_cache(maxsize=1024)
def _render(name: str, side: int, colour: str, ratio: float) -> QPixmap:
    pixels = max(1, round(side * ratio))
    image = QPixmap(QSize(pixels, pixels))
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    svg = _STROKE_WIDTH.sub(f'stroke-width="{STROKE * 24 / side:.3f}"', _source(name)).replace("currentColor", colour)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, pixels, pixels))
    painter.end()
    image.setDevicePixelRatio(ratio)
    return image


_STROKE_WIDTH = re.compile(r'stroke-width="[\d.]+"')


@lru_cache(maxsize=512)
def _source(name: str) -> str:
    return resource("icons", f"{name}.svg").read_text(encoding="utf-8")


def retint() -> None:
    """Tint every icon set by :func:`set_icon` again; called after the theme has changed."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        return
    seen: set[int] = set()
    for widget in app.allWidgets():
        _retint(widget)
        for action in widget.actions():
            if id(action) not in seen:
                seen.add(id(action))
                _retint(action)
        if widget.isWindow():
            for child in widget.findChildren(QAction):
                _retint(child)


def _retint(target: QObject | QWidget) -> None:
    name = target.property(_PROPERTY)
    if name and isinstance(target, Bearer):
        _show(target, str(name), str(target.property(_TOKEN) or "text"))
