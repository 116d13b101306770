"""The look is what LOOK promises: contrast, neutral greys, lengths that grow with the text."""

import re

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QPushButton

from core.resources import resource
from desktop import icons, theme
from desktop.theme import DARK, LIGHT, Theme, Tokens

PLANES = ("base", "window", "surface", "raised", "selected")
TEXTS = ("text", "muted", "accent_text")
SIGNALS = ("warn", "danger", "done")


@pytest.mark.parametrize("tokens", [DARK, LIGHT], ids=lambda t: t.name)
@pytest.mark.parametrize("plane", PLANES)
@pytest.mark.parametrize("ink", (*TEXTS, *SIGNALS))
def test_text_can_be_read_on_every_plane(tokens: Tokens, plane: str, ink: str) -> None:
    assert theme.contrast(getattr(tokens, ink), getattr(tokens, plane)) >= 4.5


@pytest.mark.parametrize("tokens", [DARK, LIGHT], ids=lambda t: t.name)
def test_the_main_button_can_be_read_and_the_focus_ring_seen(tokens: Tokens) -> None:
    assert theme.contrast(tokens.on_accent, tokens.accent) >= 4.5
    assert theme.contrast(tokens.on_accent, tokens.accent_hover) >= 4.5
    for plane in ("base", "window", "surface", "raised"):
        assert theme.contrast(tokens.accent_text, getattr(tokens, plane)) >= 3
        assert theme.contrast(tokens.accent, getattr(tokens, plane)) >= 3, "sliders and ticks show a value"


@pytest.mark.parametrize("tokens", [DARK, LIGHT], ids=lambda t: t.name)
def test_greys_are_neutral(tokens: Tokens) -> None:
    for name in ("base", "window", "surface", "raised", "line", "text", "muted", "disabled", "surround"):
        colour = QColor(getattr(tokens, name))
        assert colour.red() == colour.green() == colour.blue(), name


def test_contrast_is_wcags() -> None:
    assert theme.contrast("#000000", "#ffffff") == pytest.approx(21.0)
    assert theme.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("tokens", [DARK, LIGHT], ids=lambda t: t.name)
def test_the_style_sheet_knows_every_token_and_grows(tokens: Tokens, qapp: QApplication) -> None:
    normal, double = theme.style_sheet(Theme(tokens)), theme.style_sheet(Theme(tokens, 2.0))
    assert "@" not in re.sub(r"@media", "", normal)
    assert "font-size: 12px" in normal
    assert "font-size: 24px" in double
    assert "border: 1px" in double, "hairlines stay hairlines"


def test_applying_dresses_the_application(qapp: QApplication) -> None:
    theme.apply("light")
    assert qapp.palette().color(QPalette.ColorRole.Window) == QColor(LIGHT.surface)
    theme.apply("dark", 1.5)
    assert qapp.palette().color(QPalette.ColorRole.Window) == QColor(DARK.surface)
    assert theme.px(12) == 18
    assert qapp.font().family() == "Inter"
    theme.apply("dark")


def test_icons_follow_the_theme(qapp: QApplication) -> None:
    theme.apply("dark")
    theme.notifier().changed.connect(icons.retint)
    button = QPushButton()
    icons.set_icon(button, "layers")

    def brightest() -> int:
        image = button.icon().pixmap(16, 16).toImage()
        pixels = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
        return max((c.lightness() for c in pixels if c.alpha() > 200), default=0)

    assert brightest() > 180
    theme.apply("light")
    assert brightest() < 80
    theme.apply("dark")
    theme.notifier().changed.disconnect(icons.retint)


def test_every_icon_that_is_named_exists() -> None:
    from pathlib import Path

    import desktop

    named: set[str] = set()
    for path in Path(desktop.__file__).parent.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        named.update(re.findall(r"icons\.(?:icon|pixmap)\(\"([a-z0-9-]+)\"", text))
        named.update(re.findall(r"set_icon\([^,()]+, \"([a-z0-9-]+)\"", text))
        named.update(re.findall(r"icon=\"([a-z0-9-]+)\"", text))
        named.update(re.findall(r"EmptyState\(\s*\"([a-z0-9-]+)\"", text))
    missing = {name for name in named if not resource("icons", f"{name}.svg").is_file()}
    assert named
    assert not missing
