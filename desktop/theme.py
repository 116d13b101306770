"""How everything looks: colours, measures and type, for dark and for light, at any text size.

One :class:`Theme` is current at a time. Widgets that paint themselves read :func:`current` when they paint and
repaint when :data:`notifier` says ``changed``; everything else is dressed by the palette and by
``resources/themes/atelier.qss``, whose ``@names`` are the tokens below and whose lengths grow with the text scale.
"""

import re
from dataclasses import dataclass, field, fields
from functools import cache
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory, QWidget

from core.project import places
from core.resources import resource

GRID = 4
CONTROL = 28
COMPACT = 24
MOTION_MS = 140
"""Length of a transition; long enough to show where something went, short enough not to be waited for."""


@dataclass(frozen=True)
class Tokens:
    """The colours of one theme, as ``#rrggbb``. Greys are neutral: they stand beside pictures."""

    name: str
    base: str
    """The lowest plane: text fields, lists, the gaps of the work area."""
    window: str
    """The frame: menu bar, rail, status bar."""
    surface: str
    """Docks, pages and dialogs."""
    raised: str
    """Buttons and rows under the pointer."""
    line: str
    """Borders and separators."""
    text: str
    muted: str
    disabled: str
    accent: str
    """The main action, and fills that show a value; never text on a surface."""
    accent_hover: str
    on_accent: str
    accent_text: str
    """Links, focus rings and selected icons: readable on every surface."""
    selected: str
    """Behind what is selected; text keeps its colour on it."""
    warn: str
    danger: str
    done: str
    surround: str
    """Around the picture, mid-grey so that it does not colour what one sees."""


DARK = Tokens(
    name="dark",
    base="#121212",
    window="#181818",
    surface="#1f1f1f",
    raised="#2b2b2b",
    line="#3c3c3c",
    text="#e4e4e4",
    muted="#ababab",
    disabled="#6a6a6a",
    accent="#6c61e8",
    accent_hover="#5d52d6",
    on_accent="#ffffff",
    accent_text="#a9a2ff",
    selected="#37335f",
    warn="#e3a63d",
    danger="#f58b82",
    done="#56b98a",
    surround="#2b2b2b",
)

LIGHT = Tokens(
    name="light",
    base="#ffffff",
    window="#f2f2f2",
    surface="#fafafa",
    raised="#e6e6e6",
    line="#d4d4d4",
    text="#1f1f1f",
    muted="#595959",
    disabled="#a0a0a0",
    accent="#5d50d8",
    accent_hover="#4d41c2",
    on_accent="#ffffff",
    accent_text="#4f43c4",
    selected="#dcd9fb",
    warn="#7f5200",
    danger="#b3261e",
    done="#1b6a43",
    surround="#cfcfcf",
)


@dataclass(frozen=True)
class Theme:
    """Tokens and the text scale they are used at."""

    tokens: Tokens
    scale: float = 1.0

    @property
    def dark(self) -> bool:
        """True for the dark theme."""
        return self.tokens.name == "dark"

    def px(self, length: float) -> int:
        """Return ``length`` logical pixels at the text scale, at least one."""
        return max(1, round(length * self.scale))

    def colour(self, token: str, alpha: float = 1.0) -> QColor:
        """Return the colour of a token by name, e.g. ``theme.colour("accent")``."""
        colour = QColor(getattr(self.tokens, token))
        colour.setAlphaF(alpha)
        return colour


class Notifier(QObject):
    """Says ``changed`` after another theme or text scale has been applied."""

    changed = Signal()


@dataclass
class _State:
    theme: Theme = field(default_factory=lambda: Theme(DARK))
    notifier: Notifier | None = None


_state = _State()


def current() -> Theme:
    """Return the theme in use."""
    return _state.theme


def notifier() -> Notifier:
    """Return the one object whose ``changed`` signal follows every change of theme."""
    if _state.notifier is None:
        _state.notifier = Notifier()
    return _state.notifier


def colour(token: str, alpha: float = 1.0) -> QColor:
    """Return a colour of the theme in use."""
    return _state.theme.colour(token, alpha)


def px(length: float) -> int:
    """Return a length of the theme in use, grown by the text scale."""
    return _state.theme.px(length)


def system_is_dark() -> bool:
    """Return whether the platform asks for a dark appearance; dark where it does not say."""
    return QGuiApplication.styleHints().colorScheme() != Qt.ColorScheme.Light


def apply(appearance: str, scale: float = 1.0) -> Theme:
    """Dress the application: ``appearance`` is ``dark``, ``light`` or ``system``, ``scale`` 1.0 to 2.0.

    GUI thread. Icons set by :mod:`desktop.icons` are tinted again.
    """
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        raise RuntimeError("the theme dresses a running application")
    dark = appearance == "dark" or (appearance == "system" and system_is_dark())
    theme = Theme(DARK if dark else LIGHT, min(2.0, max(1.0, scale)))
    _state.theme = theme
    load_fonts()
    app.setStyle(QStyleFactory.create("Fusion"))
    app.setFont(ui_font(12))
    app.setPalette(palette(theme))
    app.setStyleSheet(style_sheet(theme))
    notifier().changed.emit()
    return theme


@cache
def load_fonts() -> tuple[str, ...]:
    """Make the shipped interface fonts known to Qt, once; return the families that were found."""
    families: list[str] = []
    for path in sorted(resource("fonts").glob("*.ttf")):
        if path.name.startswith(("Inter_", "NotoSansSC_")):
            families += QFontDatabase.applicationFontFamilies(QFontDatabase.addApplicationFont(str(path)))
    return tuple(dict.fromkeys(families))


def ui_font(size: float, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """Return the interface font at ``size`` pixels before scaling, with tabular figures."""
    font = QFont(["Inter", "Noto Sans SC", "sans-serif"])
    font.setPixelSize(px(size))
    font.setWeight(weight)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


def palette(theme: Theme) -> QPalette:
    """Return the palette for what no style sheet reaches: native painting, item views, placeholder text."""
    made = QPalette()
    role = QPalette.ColorRole
    for name, token in {
        role.Window: "surface",
        role.WindowText: "text",
        role.Base: "base",
        role.AlternateBase: "surface",
        role.Text: "text",
        role.Button: "raised",
        role.ButtonText: "text",
        role.BrightText: "on_accent",
        role.Highlight: "selected",
        role.HighlightedText: "text",
        role.ToolTipBase: "raised",
        role.ToolTipText: "text",
        role.PlaceholderText: "muted",
        role.Link: "accent_text",
        role.LinkVisited: "accent_text",
        role.Accent: "accent",
        role.Light: "raised",
        role.Midlight: "raised",
        role.Mid: "line",
        role.Dark: "line",
        role.Shadow: "base",
    }.items():
        made.setColor(name, theme.colour(token))
    for name in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
        made.setColor(QPalette.ColorGroup.Disabled, name, theme.colour("disabled"))
    return made


_LENGTH = re.compile(r"(\d+(?:\.\d+)?)px")
_TOKEN = re.compile(r"@([a-z_]+)")


def style_sheet(theme: Theme) -> str:
    """Return the style sheet for ``theme``; a name that is not a token raises ``KeyError``."""
    names = {f.name: str(getattr(theme.tokens, f.name)) for f in fields(Tokens)}
    names["art"] = _art(theme).as_posix()

    def length(match: re.Match[str]) -> str:
        value = float(match.group(1))
        return f"{value if value <= 2 else theme.px(value):g}px"

    text = _LENGTH.sub(length, _template())
    return _TOKEN.sub(lambda match: names[match.group(1)], text)


@cache
def _template() -> str:
    return resource("themes", "atelier.qss").read_text(encoding="utf-8")


_ART = {
    "down": ("muted", "m6 9 6 6 6-6"),
    "up": ("muted", "m18 15-6-6-6 6"),
    "right": ("muted", "m9 18 6-6-6-6"),
    "check": ("on_accent", "M20 6 9 17l-5-5"),
    "partial": ("on_accent", "M5 12h14"),
    "tick": ("text", "M20 6 9 17l-5-5"),
    "clear": ("muted", "M18 6 6 18M6 6l12 12"),
}
"""Marks a style sheet needs as files: token of the stroke, and the Lucide path."""


def _art(theme: Theme) -> Path:
    """Return the folder of small tinted marks for the style sheet, written on first use."""
    folder = places.cache() / "theme" / theme.tokens.name
    folder.mkdir(parents=True, exist_ok=True)
    for name, (token, path) in _ART.items():
        svg = (
            '<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24" viewBox="0 0 24 24" fill="none" '
            f'stroke="{getattr(theme.tokens, token)}" stroke-width="2.25" stroke-linecap="round" '
            f'stroke-linejoin="round"><path d="{path}"/></svg>'
        )
        target = folder / f"{name}.svg"
        if not target.exists() or target.read_text(encoding="utf-8") != svg:
            target.write_text(svg, encoding="utf-8")
    return folder


def luminance(colour_text: str) -> float:
    """Return the relative luminance (WCAG 2.2) of ``#rrggbb``, 0 to 1."""
    value = QColor(colour_text)
    red, green, blue = (_linear(c) for c in (value.redF(), value.greenF(), value.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)


def contrast(first: str, second: str) -> float:
    """Return the contrast ratio (WCAG 2.2) of two opaque colours, 1 to 21."""
    lighter, darker = sorted((luminance(first), luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def set_role(widget: QWidget, role: str) -> None:
    """Give ``widget`` a role of the style sheet (``heading``, ``secondary``, ``primary`` …) and polish it again."""
    widget.setProperty("role", role)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
