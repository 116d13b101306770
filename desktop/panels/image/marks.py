"""The marks over the picture: frames, handles, guides and labels, in the canvas widget's coordinates.

They must be seen on any picture, so every line has a dark seam beneath it. Guides have a colour of their own: the
accent says "selected".
"""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen, QPolygonF

from desktop import theme
from desktop.panels.image.snapping import Line
from desktop.panels.image.viewport import Viewport

HANDLE = 9.0
"""Side of a handle, in logical pixels."""
GRIP = 12.0
"""How near the pointer must be to a handle's middle."""
KNOT = 7.0
"""Side of a point of a path."""
TURN = 26.0
"""How far the turning handle stands from the frame."""
GUIDE = QColor("#ff3d9a")
SEAM = QColor(0, 0, 0, 110)


def accent() -> QColor:
    """Return the colour of what is selected, bright enough for any picture."""
    return QColor("#8b82ff")


def frame(painter: QPainter, points: Sequence[QPointF], *, dashed: bool = False, width: float = 1.25) -> None:
    """Draw the outline of a selected layer."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    polygon = QPolygonF(list(points))
    painter.setPen(QPen(SEAM, width + 1))
    painter.drawPolygon(polygon)
    pen = QPen(accent(), width)
    if dashed:
        pen.setDashPattern([4, 3])
    painter.setPen(pen)
    painter.drawPolygon(polygon)


def handle(painter: QPainter, at: QPointF, *, round_: bool = False) -> None:
    """Draw one handle."""
    side = theme.px(HANDLE)
    box = QRectF(at.x() - side / 2, at.y() - side / 2, side, side)
    painter.setPen(QPen(SEAM, 3))
    painter.setBrush(QColor("#ffffff"))
    _shape(painter, box, round_)
    painter.setPen(QPen(accent(), 1.5))
    _shape(painter, box, round_)


def _shape(painter: QPainter, box: QRectF, round_: bool) -> None:
    if round_:
        painter.drawEllipse(box)
    else:
        painter.drawRoundedRect(box, 1.5, 1.5)


def ring(painter: QPainter, at: QPointF) -> None:
    """Draw the handle that rounds a corner: a ring, so that it is not taken for one that scales."""
    side = theme.px(HANDLE)
    box = QRectF(at.x() - side / 2, at.y() - side / 2, side, side)
    painter.setPen(QPen(SEAM, 3))
    painter.setBrush(QColor(255, 255, 255, 230))
    painter.drawEllipse(box)
    painter.setPen(QPen(accent(), 1.5))
    painter.drawEllipse(box)
    painter.setBrush(accent())
    painter.drawEllipse(box.center(), 1.25, 1.25)


def curve(painter: QPainter, path: QPainterPath, *, width: float = 1.25, dashed: bool = False) -> None:
    """Draw an outline that is being edited."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(SEAM, width + 1))
    painter.drawPath(path)
    pen = QPen(accent(), width)
    if dashed:
        pen.setDashPattern([4, 3])
    painter.setPen(pen)
    painter.drawPath(path)


def knot(painter: QPainter, at: QPointF, *, chosen: bool, smooth: bool) -> None:
    """Draw a point of a path: square for a corner, round for a smooth one, full when it is chosen."""
    side = theme.px(KNOT)
    box = QRectF(at.x() - side / 2, at.y() - side / 2, side, side)
    for pen in (QPen(SEAM, 3), QPen(accent(), 1.5)):
        painter.setPen(pen)
        painter.setBrush(accent() if chosen else QColor("#ffffff"))
        if smooth:
            painter.drawEllipse(box)
        else:
            painter.drawRect(box)


def arm(painter: QPainter, start: QPointF, end: QPointF) -> None:
    """Draw the handle of a point with the line that ties it to its point."""
    for pen in (QPen(SEAM, 2), QPen(accent(), 1)):
        painter.setPen(pen)
        painter.drawLine(start, end)
    side = theme.px(KNOT) * 0.45
    painter.setPen(QPen(SEAM, 2.5))
    painter.setBrush(accent())
    painter.drawEllipse(end, side, side)
    painter.setPen(QPen(QColor("#ffffff"), 1))
    painter.drawEllipse(end, side, side)


def stem(painter: QPainter, start: QPointF, end: QPointF) -> None:
    """Draw the line from the frame to the turning handle."""
    for pen in (QPen(SEAM, 2.25), QPen(accent(), 1.25)):
        painter.setPen(pen)
        painter.drawLine(start, end)


def guide(painter: QPainter, view: Viewport, line: Line) -> None:
    """Draw the line that something snapped to."""
    if line.axis == "x":
        start, end = view.to_widget(line.at, line.low), view.to_widget(line.at, line.high)
    else:
        start, end = view.to_widget(line.low, line.at), view.to_widget(line.high, line.at)
    painter.setPen(QPen(GUIDE, 1))
    painter.drawLine(QPointF(*start), QPointF(*end))


def measure(
    painter: QPainter, view: Viewport, start: tuple[float, float], end: tuple[float, float], *, equal: bool = False
) -> None:
    """Draw a distance between two document points, with its length in pixels.

    An ``equal`` one is thicker and says so.
    """
    length = abs(end[0] - start[0]) + abs(end[1] - start[1])
    first, second = QPointF(*view.to_widget(*start)), QPointF(*view.to_widget(*end))
    if length < 0.5 or (first - second).manhattanLength() < 20:
        return
    painter.setPen(QPen(GUIDE, 2 if equal else 1))
    painter.drawLine(first, second)
    tick = QPointF(0, 4) if start[1] == end[1] else QPointF(4, 0)
    for at in (first, second):
        painter.drawLine(at - tick, at + tick)
    words = f"= {length:.0f}" if equal else f"{length:.0f}"
    label(painter, (first + second) / 2, words, centred=True, colour=GUIDE)


def label(painter: QPainter, at: QPointF, text: str, *, centred: bool = False, colour: QColor | None = None) -> None:
    """Draw a small badge with text, its corner (or its middle) at a point, kept inside the widget."""
    font = theme.ui_font(11)
    painter.setFont(font)
    metrics = QFontMetricsF(font)
    width, height = metrics.horizontalAdvance(text) + theme.px(12), metrics.height() + theme.px(6)
    box = QRectF(at.x(), at.y(), width, height)
    if centred:
        box.moveCenter(at)
    window = painter.viewport()
    ratio = painter.device().devicePixelRatioF()
    room = QRectF(4, 4, window.width() / ratio - 8, window.height() / ratio - 8)
    box.moveLeft(min(max(box.left(), room.left()), max(room.left(), room.right() - width)))
    box.moveTop(min(max(box.top(), room.top()), max(room.top(), room.bottom() - height)))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour or QColor(24, 24, 24, 230))
    painter.drawRoundedRect(box, 4, 4)
    painter.setPen(QColor("#000000") if colour is not None else QColor("#ffffff"))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
