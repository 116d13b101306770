"""Other colours for a drawing."""

from core.documents.svg_drawing import CURRENT
from core.library.recolour import luminance, painter

COLOURS = ["#321b41", "#ff822d", "#ffffff", CURRENT]


def test_own_colours_stay_and_the_open_one_is_the_foreground() -> None:
    paint = painter("own", COLOURS, "#00aa00")
    assert [paint(colour) for colour in COLOURS] == [*COLOURS[:3], "#00aa00"]


def test_the_palette_keeps_what_is_dark_dark() -> None:
    paint = painter("palette", COLOURS, "#00aa00", ("#ffeedd", "#112233", "#cc4444"))
    assert [paint(colour) for colour in COLOURS[:3]] == ["#112233", "#cc4444", "#ffeedd"]
    assert paint(CURRENT) == "#ffeedd"


def test_shades_of_the_foreground_stay_apart_even_of_white_and_black() -> None:
    for foreground in ("#000000", "#ffffff", "#0044cc"):
        paint = painter("foreground", COLOURS, foreground)
        shades = [luminance(paint(colour)) for colour in COLOURS[:3]]
        assert shades[0] < shades[1] < shades[2] and foreground in {paint(colour) for colour in COLOURS}


def test_an_empty_palette_is_as_the_foreground() -> None:
    assert painter("palette", COLOURS, "#0044cc")("#321b41") == "#0044cc"
