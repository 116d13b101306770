"""Text without golden pictures: where ink is, that glyphs are real, that lines fit, and that both processes agree."""

import subprocess
import sys

import msgspec
import numpy as np
import pytest

from core.documents.image import BlendMode, ImageDocument, TextLayer, Transform
from core.raster.affine import Rect
from core.raster.bounds import ink_bounds, layer_bounds
from core.raster.compositor import Compositor
from core.raster.fonts import fonts
from core.raster.pack import MemoryAssets
from core.raster.text import families, layout_text, parse_colour
from core.resources import resource, resource_root

replace = msgspec.structs.replace


def render(layer: TextLayer, width: int = 800, height: int = 400) -> np.ndarray:
    return Compositor(MemoryAssets()).render(ImageDocument(id="d", width=width, height=height, layers=(layer,)))


def ink(array: np.ndarray) -> tuple[int, int, int, int]:
    """Return left, top, right, bottom of what is not transparent."""
    alpha = array[..., 3]
    rows, columns = np.flatnonzero(alpha.any(1)), np.flatnonzero(alpha.any(0))
    return int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1


LATIN = TextLayer(text="Hamburgefonstiv", size=60, transform=Transform(x=50, y=40))


def test_ink_stays_within_the_box_and_the_box_within_reason() -> None:
    block = layout_text(LATIN)
    left, top, right, bottom = ink(render(LATIN))
    assert left >= 50 - 3 and right <= 50 + block.width + 3
    assert top >= 40 and bottom <= 40 + block.height
    assert block.height == pytest.approx(60 * 1.2, abs=1)
    assert block.width == pytest.approx(block.lines_width, abs=1.5)
    assert right - left > 0.95 * block.width


@pytest.mark.parametrize(
    "fields", [{}, {"italic": True, "family": "Playfair Display"}, {"leading": 0.6}, {"weight": 900}]
)
def test_ink_bounds_hold_the_ink(fields: dict[str, object]) -> None:
    for turned in (Transform(x=200, y=150), Transform(x=200, y=150, rotation=30, scale_x=1.4)):
        layer = replace(LATIN, text="Äfgjy\nfÅ文字", transform=turned, **fields)
        left, top, right, bottom = ink(render(layer))
        around = ink_bounds(layer)
        assert around.left <= left and around.top <= top and right <= around.right and bottom <= around.bottom
        assert around.width < (right - left) + 80 and around.height < (bottom - top) + 80


def test_chinese_glyphs_are_real_and_all_different() -> None:
    """A missing glyph is the same box for every character."""
    pictures = set()
    for character in "永和九年岁在癸丑暮春之初，。：":
        out = render(TextLayer(text=character, size=100), 140, 160)
        assert out[..., 3].any(), character
        pictures.add(out.tobytes())
    assert len(pictures) == 15
    tofu = render(TextLayer(text="\U0010fffe", size=100), 140, 160)
    assert tofu.tobytes() not in pictures


def test_mixed_text_uses_both_fonts_on_one_line() -> None:
    for family in ("Inter", "Montserrat", "Playfair Display", "No Such Family"):
        latin, chinese, both = (
            layout_text(TextLayer(text=text, family=family, size=50)) for text in ("Atelier", "工作室", "Atelier工作室")
        )
        assert chinese.lines_width == pytest.approx(150, abs=2)
        assert both.lines_width == pytest.approx(latin.lines_width + chinese.lines_width, rel=0.02)
        assert both.height == latin.height


def test_families_differ_and_unknown_ones_fall_back_to_inter() -> None:
    pictures = {name: render(replace(LATIN, family=name)).tobytes() for name in sorted(fonts().shipped)}
    assert len(set(pictures.values())) == len(pictures) >= 4
    assert render(replace(LATIN, family="No Such Family")).tobytes() == pictures["Inter"]


def test_wrapping_respects_the_width() -> None:
    words = "The quick brown fox jumps over the lazy dog and runs home 敏捷的棕色狐狸跳过了懒狗然后跑回家"
    for width in (200.0, 333.0, 600.0):
        layer = TextLayer(text=words, size=30, width=width, transform=Transform(x=100, y=10))
        block = layout_text(layer)
        assert block.width == width and block.lines_width <= width + 0.5
        left, _, right, _ = ink(render(layer, 900, 900))
        assert left >= 97 and right <= 100 + width + 3
    narrow, wide = (layout_text(TextLayer(text=words, size=30, width=w)).height for w in (200.0, 600.0))
    assert narrow > 2 * wide


def test_alignment_moves_short_lines() -> None:
    text = "A long first line\nshort"
    places = {}
    for align in ("left", "center", "right"):
        layer = TextLayer(text=text, size=40, align=align)
        height = layout_text(layer).height
        left, _, right, _ = ink(render(layer)[int(height / 2) :])
        places[align] = left, right
    assert places["left"][0] < 8
    assert places["left"][0] + 50 < places["center"][0] < places["right"][0] - 50
    assert places["right"][1] == pytest.approx(layout_text(TextLayer(text=text, size=40)).width, abs=4)


def test_justified_lines_fill_the_width() -> None:
    words = "one two three four five six seven eight nine ten eleven twelve"
    layer = TextLayer(text=words, size=30, width=300, align="justify")
    out = render(layer)
    line = layout_text(TextLayer(text="x", size=30)).height
    for index in range(2):
        left, _, right, _ = ink(out[int(index * line) : int((index + 1) * line)])
        assert left <= 4 and right >= 295


def test_tracking_and_leading_and_weight_and_italic() -> None:
    base = layout_text(LATIN)
    spaced = layout_text(replace(LATIN, tracking=100.0))
    assert spaced.lines_width - base.lines_width == pytest.approx(15 * 6, abs=7)
    two = replace(LATIN, text="a\nb", leading=2.0)
    assert layout_text(two).height == pytest.approx(2 * 2.0 * 60, abs=2)
    amount = [int(render(replace(LATIN, weight=weight))[..., 3].sum()) for weight in (400, 500, 600, 700)]
    assert amount == sorted(set(amount))
    assert not np.array_equal(render(replace(LATIN, italic=True)), render(LATIN))


def test_a_button_has_a_rounded_box_behind_its_text() -> None:
    layer = TextLayer(
        text="Buy",
        size=40,
        colour="#ffffff",
        background="#0000ff",
        padding=20,
        radius=15,
        transform=Transform(x=30, y=30),
    )
    block = layout_text(layer)
    plain = layout_text(replace(layer, background=None, padding=0.0))
    assert (block.width, block.height) == (plain.width + 40, plain.height + 40)
    out = render(layer)
    assert ink(out) == (30, 30, 30 + round(block.width), 30 + round(block.height))
    assert not out[30, 30].any() and tuple(out[30 + 20, 33]) == (0, 0, 255, 255)
    corner = out[30:45, 30:45, 3].astype(float).sum() / 255
    assert corner == pytest.approx(np.pi * 15**2 / 4, abs=3)
    white = (out[..., :3] == 255).all(-1)
    assert white.any()
    glass = replace(layer, background="#0000ff80", colour="#ffffff80", blend=BlendMode.MULTIPLY)
    assert render(glass)[50, 33, 3] == 128
    huge = replace(layer, radius=2000.0)
    assert layout_text(huge).width == block.width and not render(huge)[31, 31].any()


def test_opacity_fades_text_as_one() -> None:
    """Letters that overlap (tight tracking) do not get darker where they do."""
    layer = replace(LATIN, text="oooo", tracking=-250.0, opacity=0.5)
    assert render(layer)[..., 3].max() == 128
    assert render(replace(layer, colour="#11111180", opacity=1.0))[..., 3].max() <= 192


def test_empty_and_odd_texts() -> None:
    assert not render(replace(LATIN, text="")).any()
    assert not render(replace(LATIN, text=" \n\t ")).any()
    empty = layout_text(replace(LATIN, text=""))
    assert empty.width == 0 and empty.height > 0 and empty.ink == Rect(0, 0, 0, 0)
    for text in ("e\u0301\u0301\u0301", "👩‍👩‍👧", "שלום עולם", "\u202e abc", "a\r\nb", "\x00\x07", "\ud7ff", "ﷺ" * 50):
        render(replace(LATIN, text=text))
    render(replace(LATIN, size=5000.0))
    render(replace(LATIN, size=0.01))


def test_box_and_transform() -> None:
    block = layout_text(LATIN)
    assert layer_bounds(LATIN) == pytest.approx((50, 40, 50 + block.width, 40 + block.height))
    upright = render(replace(LATIN, transform=Transform(x=100, y=150)))
    turned = render(replace(LATIN, transform=Transform(x=100, y=150, rotation=180)))
    left, _, right, _ = ink(upright)
    turned_left, _, turned_right, _ = ink(turned)
    middle = 100 + block.width / 2
    assert abs((middle - left) - (turned_right - middle)) <= 2 and abs((right - middle) - (middle - turned_left)) <= 2
    double = render(replace(LATIN, transform=Transform(x=150, y=100, scale_x=2, scale_y=2)), 1200, 400)
    # Small letters are drawn a little heavier.
    assert double[..., 3].sum() == pytest.approx(4 * upright[..., 3].sum(), rel=0.1)


def test_shipped_families_are_listed_first() -> None:
    names = families()
    assert {"Inter", "Montserrat", "Playfair Display", "Noto Sans SC"} <= fonts().shipped
    assert names[: len(fonts().shipped)] == sorted(fonts().shipped)
    assert len(names) == len(set(names))


def test_a_project_brings_its_own_fonts() -> None:
    data = resource("fonts", "PlayfairDisplay_700Bold.ttf").read_bytes()
    for coding in ("ascii", "utf-16-be"):
        data = data.replace("Playfair Display".encode(coding), "Playfair Project".encode(coding))
    layer = TextLayer(text="Slow", family="Playfair Project", size=60)
    known = fonts()
    assert not known.has("Playfair Project")
    stand_in = layout_text(layer).width
    assert known.keep(data) == known.keep(data) == "Playfair Project"
    assert known.has("Playfair Project") and known.kept == ("Playfair Project",)
    assert known.families()[: len(known.shipped) + 1] == [*sorted(known.shipped), "Playfair Project"]
    assert (
        layout_text(layer).width
        == layout_text(msgspec.structs.replace(layer, family="Playfair Display", weight=700)).width
    )
    assert layout_text(layer).width != stand_in, "what was laid out before is laid out again"
    known.let_go()
    assert "Playfair Project" not in known.families()
    assert known.keep(b"not a font") == "" and known.kept == ()


def test_colours() -> None:
    assert parse_colour("#ff0080") == (1.0, 0.0, 128 / 255, 1.0)
    assert parse_colour("#00000040") == (0.0, 0.0, 0.0, 64 / 255)


PROGRAM = """
import hashlib, sys
from core.documents.image import ImageDocument, TextLayer, Transform
from core.raster.compositor import Compositor
from core.raster.pack import MemoryAssets
layers = (
    TextLayer(text="Open 工作室 开放", size=44, weight=700, width=300, transform=Transform(x=20, y=10, rotation=7)),
    TextLayer(text="Button", family="Montserrat", background="#224466", padding=9, radius=8, italic=True),
)
out = Compositor(MemoryAssets()).render(ImageDocument(id="d", width=400, height=300, layers=layers))
assert not [name for name in sys.modules if name.split(".")[0] in ("torch", "cv2", "PySide6", "PIL")]
print(hashlib.sha256(out.tobytes()).hexdigest())
"""


def test_two_processes_set_the_same_text_in_the_same_pixels() -> None:
    runs = [
        subprocess.run(
            [sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True, cwd=resource_root().parent
        ).stdout
        for _ in range(2)
    ]
    assert runs[0] == runs[1] and len(runs[0].strip()) == 64
