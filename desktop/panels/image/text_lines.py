"""Where the characters of a text layer stand, for the cursor and the selection while it is typed on the canvas.

The letters themselves are drawn by the compositor (skia). Qt lays out the same text with the same font files to learn
where lines break and how wide characters are; each line is then fitted to the width that skia gives it, so the
cursor stands where the letter ends. Positions count UTF-16 units; coordinates are the layer's own pixels.
"""

from dataclasses import dataclass
from functools import cache, lru_cache

import msgspec
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFont, QFontDatabase, QTextLayout, QTextOption

from core.documents.image import TextLayer
from core.raster.text import layout_text
from core.resources import resource

replace = msgspec.structs.replace
_UNLIMITED = 1e7


@cache
def load_fonts() -> None:
    """Make the shipped fonts known to Qt, once."""
    for path in sorted(resource("fonts").glob("*.ttf")):
        QFontDatabase.addApplicationFont(str(path))


@dataclass(frozen=True)
class Line:
    """One line: its characters from ``start`` to ``end``, and the x of each place between them."""

    start: int
    end: int
    top: float
    height: float
    stops: tuple[float, ...]
    """x of the cursor before each character and after the last: ``end - start + 1`` of them."""


class TextLines:
    """The lines of one text layer."""

    def __init__(self, layer: TextLayer) -> None:
        load_fonts()
        self.layer = layer
        block = layout_text(layer)
        self.size = block.width, block.height
        inner = block.width - 2 * layer.padding
        self.lines = self._fit(_break(layer, inner), inner, block.height - 2 * layer.padding)

    def _fit(self, found: list[tuple[int, int, list[float], float]], inner: float, height: float) -> tuple[Line, ...]:
        layer, lines = self.layer, []
        step = height / max(1, len(found))
        for index, (start, end, stops, width) in enumerate(found):
            text = _slice(layer.text, start, end).rstrip("\n ")
            measured = _width(_words(layer, text)) if text else 0.0
            factor = measured / width if width > 0 and measured > 0 else 1.0
            last = index == len(found) - 1 or _slice(layer.text, start, end).endswith("\n")
            if layer.align == "justify" and layer.width and not last and width > 0:
                factor, measured = inner / width, inner
            free = max(0.0, inner - measured)
            left = layer.padding + {"center": free / 2, "right": free}.get(layer.align, 0.0)
            xs = tuple(left + x * factor for x in stops)
            lines.append(Line(start, end, layer.padding + index * step, step, xs))
        return tuple(lines)

    def line_of(self, position: int) -> int:
        """Return which line a cursor position is on."""
        for index, line in enumerate(self.lines):
            if position < line.end or index == len(self.lines) - 1:
                return index
        return 0

    def caret(self, position: int) -> QRectF:
        """Return where the cursor stands: a line without width."""
        line = self.lines[self.line_of(position)]
        x = line.stops[max(0, min(position - line.start, len(line.stops) - 1))]
        middle, reach = line.top + line.height / 2, self.layer.size * 0.6
        return QRectF(x, middle - reach, 0.0, 2 * reach)

    def position_at(self, point: QPointF) -> int:
        """Return the cursor position nearest to a point."""
        index = min(
            range(len(self.lines)),
            key=lambda i: abs(self.lines[i].top + self.lines[i].height / 2 - point.y()),
        )
        line = self.lines[index]
        nearest = min(range(len(line.stops)), key=lambda i: abs(line.stops[i] - point.x()))
        if nearest == line.end - line.start and index < len(self.lines) - 1 and nearest > 0:
            nearest -= 1  # behind the break is the next line
        return line.start + nearest

    def vertical(self, position: int, down: bool, x: float | None) -> tuple[int, float]:
        """Return the position a line below (above), as near as possible to ``x``, and that x for the next step."""
        x = self.caret(position).x() if x is None else x
        index = self.line_of(position) + (1 if down else -1)
        if index < 0:
            return 0, x
        if index >= len(self.lines):
            return self.lines[-1].end, x
        line = self.lines[index]
        return self.position_at(QPointF(x, line.top + line.height / 2)), x

    def ends(self, position: int) -> tuple[int, int]:
        """Return the first and the last cursor position of the line."""
        index = self.line_of(position)
        line = self.lines[index]
        return line.start, line.end if index == len(self.lines) - 1 else line.end - 1

    def boxes(self, start: int, end: int) -> list[QRectF]:
        """Return the rectangles of what is selected, one a line."""
        found: list[QRectF] = []
        for line in self.lines:
            first, last = max(start, line.start), min(end, line.end)
            if first < last or (first == last == line.start and start < end and line.end == line.start):
                left, right = line.stops[first - line.start], line.stops[last - line.start]
                found.append(QRectF(min(left, right), line.top, max(abs(right - left), 2.0), line.height))
        return found


def _slice(text: str, start: int, end: int) -> str:
    return text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le", "replace")


def _font(layer: TextLayer) -> QFont:
    font = QFont([layer.family, "Inter", "Noto Sans SC"])
    font.setPixelSize(100)  # proportions are the same at any size, and whole pixels are all Qt takes
    font.setWeight(QFont.Weight(layer.weight))
    font.setItalic(layer.italic)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, layer.tracking / 1000 * 100)
    return font


def _break(layer: TextLayer, inner: float) -> list[tuple[int, int, list[float], float]]:
    """Return (start, end, stops, width) of each line as Qt breaks them, in the layer's pixels from the line's left."""
    scale = layer.size / 100
    found: list[tuple[int, int, list[float], float]] = []
    offset = 0
    paragraphs = layer.text.split("\n")
    for number, paragraph in enumerate(paragraphs):
        layout = QTextLayout(paragraph, _font(layer))
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        option.setUseDesignMetrics(True)
        layout.setTextOption(option)
        layout.beginLayout()
        units = len(paragraph.encode("utf-16-le")) // 2
        ends_with_break = number < len(paragraphs) - 1
        any_line = False
        while (line := layout.createLine()).isValid():
            any_line = True
            line.setLineWidth((inner + 0.5) / scale if layer.width else _UNLIMITED)
            start, count = line.textStart(), line.textLength()
            stops = [_x(line.cursorToX(start + i)) * scale for i in range(count + 1)]
            if start + count >= units and ends_with_break:
                stops.append(stops[-1])
                count += 1
            found.append((offset + start, offset + start + count, stops, line.naturalTextWidth() * scale))
        layout.endLayout()
        if not any_line:
            found.append((offset, offset + ends_with_break, [0.0] * (1 + ends_with_break), 0.0))
        offset += units + 1
    return found


def _x(value: object) -> float:
    return float(value[0] if isinstance(value, tuple) else value)  # type: ignore[arg-type]


def _words(layer: TextLayer, text: str) -> TextLayer:
    return replace(layer, text=text, width=0.0, padding=0.0, background=None, align="left")


@lru_cache(maxsize=512)
def _width(layer: TextLayer) -> float:
    return layout_text(layer).lines_width
