"""What Guidance draws over the picture: grids to compose by, and what was found, in the canvas's coordinates."""

import enum
import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen

from desktop.panels.image import marks
from desktop.panels.image.canvas import Canvas
from desktop.panels.image.editor import Editor, Shown

LINE = QColor(255, 255, 255, 200)
HEAT = 0.55
GOLDEN = (math.sqrt(5) - 1) / 2


class Grid(enum.StrEnum):
    """A grid over the whole picture."""

    NONE = "none"
    THIRDS = "thirds"
    GOLDEN = "golden"
    DIAGONALS = "diagonals"
    SPIRAL = "spiral"


@dataclass(frozen=True)
class Mark:
    """Something that was found. All places are fractions of the picture."""

    box: tuple[float, float, float, float] | None = None
    line: tuple[float, float] | None = None
    """Height at the left and at the right edge."""
    point: tuple[float, float] | None = None
    crop: tuple[float, float, float, float] | None = None
    heat: bool = False
    faces: tuple[tuple[float, float, float, float], ...] = ()
    """Boxes, with rounded corners."""
    level: float | None = None
    """A height that something could stand at."""


class Overlays(QObject):
    """Keeps what is drawn and draws it. GUI thread."""

    changed = Signal()

    def __init__(self, editor: Editor, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._editor, self._canvas = editor, canvas
        self.grid = Grid.NONE
        self.corner = 0
        """In which of four corners the spiral ends."""
        self.mark: Mark | None = None
        self._heat = QImage()
        editor.shown_changed.connect(self._on_shown)

    def _on_shown(self, shown: Shown) -> None:
        if shown.old is None or shown.new is None or shown.old.id != shown.new.id:
            self.show_mark(None)

    def show_grid(self, grid: Grid) -> None:
        """Draw another grid; the spiral again turns it into the next corner."""
        if grid is Grid.SPIRAL and self.grid is Grid.SPIRAL:
            self.corner = (self.corner + 1) % 4
        self.grid = grid
        self._canvas.update()
        self.changed.emit()

    def show_mark(self, mark: Mark | None) -> None:
        """Point at something that was found; ``None`` at nothing."""
        self.mark = mark
        self._canvas.update()
        self.changed.emit()

    def set_heat(self, saliency: npt.NDArray[np.uint8]) -> None:
        """Take another map of what stands out: H×W uint8."""
        self._heat = heat_image(saliency)

    # --- painting ---------------------------------------------------------------------------------------------------

    def paint(self, painter: QPainter) -> None:
        """Draw over the picture."""
        if self._editor.shown is None or (self.grid is Grid.NONE and self.mark is None):
            return
        view = self._canvas.view
        corner = QPointF(*view.to_widget(0, 0))
        whole = QRectF(corner, QPointF(*view.to_widget(*view.document)))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.mark is not None:
            self._paint_mark(painter, whole, self.mark)
        path = grid_path(self.grid, whole, self.corner)
        if not path.isEmpty():
            _stroke(painter, path, LINE)
        painter.restore()

    def _paint_mark(self, painter: QPainter, whole: QRectF, mark: Mark) -> None:
        if mark.heat and not self._heat.isNull():
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.setOpacity(HEAT)
            painter.drawImage(whole, self._heat)
            painter.setOpacity(1.0)
        if mark.crop is not None:
            box = _part(whole, mark.crop)
            outside = QPainterPath()
            outside.addRect(whole)
            outside.addRect(box)
            painter.fillPath(outside, QColor(0, 0, 0, 130))
            frame = QPainterPath()
            frame.addRect(box)
            frame.addPath(grid_path(Grid.THIRDS, box, 0))
            _stroke(painter, frame, LINE)
        if mark.box is not None:
            frame = QPainterPath()
            frame.addRect(_part(whole, mark.box))
            _stroke(painter, frame, marks.GUIDE, 1.75)
        if mark.faces:
            frames = QPainterPath()
            for face in mark.faces:
                box = _part(whole, face)
                radius = min(box.width(), box.height()) / 6
                frames.addRoundedRect(box, radius, radius)
            _stroke(painter, frames, marks.GUIDE, 1.75)
        if mark.level is not None:
            at = whole.top() + mark.level * whole.height()
            across = QPainterPath(QPointF(whole.left(), at))
            across.lineTo(QPointF(whole.right(), at))
            _stroke(painter, across, LINE, dashed=True)
        if mark.line is not None:
            left, right = (whole.top() + at * whole.height() for at in mark.line)
            path = QPainterPath(QPointF(whole.left(), left))
            path.lineTo(QPointF(whole.right(), right))
            _stroke(painter, path, marks.GUIDE, 1.75)
            level = QPainterPath(QPointF(whole.left(), (left + right) / 2))
            level.lineTo(QPointF(whole.right(), (left + right) / 2))
            _stroke(painter, level, LINE, dashed=True)
        if mark.point is not None:
            self._paint_point(painter, whole, mark.point)

    def _paint_point(self, painter: QPainter, whole: QRectF, point: tuple[float, float]) -> None:
        at = QPointF(whole.left() + point[0] * whole.width(), whole.top() + point[1] * whole.height())
        cross = QPainterPath(QPointF(whole.center().x(), whole.top()))
        cross.lineTo(QPointF(whole.center().x(), whole.bottom()))
        cross.moveTo(QPointF(whole.left(), whole.center().y()))
        cross.lineTo(QPointF(whole.right(), whole.center().y()))
        _stroke(painter, cross, LINE, dashed=True)
        ring = QPainterPath()
        ring.addEllipse(at, 9, 9)
        ring.addEllipse(at, 1.5, 1.5)
        _stroke(painter, ring, marks.GUIDE, 2)


def _part(whole: QRectF, box: tuple[float, float, float, float]) -> QRectF:
    left, top, right, bottom = box
    return QRectF(
        whole.left() + left * whole.width(),
        whole.top() + top * whole.height(),
        (right - left) * whole.width(),
        (bottom - top) * whole.height(),
    )


def _stroke(painter: QPainter, path: QPainterPath, colour: QColor, width: float = 1.0, *, dashed: bool = False) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for pen in (QPen(marks.SEAM, width + 1.5), QPen(colour, width)):
        if dashed:
            pen.setDashPattern([5 / pen.widthF(), 4 / pen.widthF()])
        painter.setPen(pen)
        painter.drawPath(path)


def grid_path(grid: Grid, box: QRectF, corner: int) -> QPainterPath:
    """Return the lines of a grid over ``box``."""
    path = QPainterPath()
    if grid in (Grid.THIRDS, Grid.GOLDEN):
        parts = (1 / 3, 2 / 3) if grid is Grid.THIRDS else (1 - GOLDEN, GOLDEN)
        for part in parts:
            x, y = box.left() + part * box.width(), box.top() + part * box.height()
            path.moveTo(x, box.top())
            path.lineTo(x, box.bottom())
            path.moveTo(box.left(), y)
            path.lineTo(box.right(), y)
    elif grid is Grid.DIAGONALS:
        side = min(box.width(), box.height())
        for start, (dx, dy) in (
            (box.topLeft(), (1, 1)),
            (box.topRight(), (-1, 1)),
            (box.bottomLeft(), (1, -1)),
            (box.bottomRight(), (-1, -1)),
        ):
            path.moveTo(start)
            path.lineTo(start + QPointF(dx * side, dy * side))
    elif grid is Grid.SPIRAL:
        path = _spiral(box, corner)
    return path


def _spiral(box: QRectF, corner: int) -> QPainterPath:
    """Return quarter arcs in the squares of a golden rectangle, stretched to the box and mirrored into a corner."""
    path = QPainterPath()
    left, top, width, height = 0.0, 0.0, 1.0, GOLDEN
    for turn in range(10):
        side = min(width, height)
        x, y = (
            (left + side, top + side),
            (left + width - side, top + side),
            (left + width - side, top),
            (left + side, top + height - side),
        )[turn % 4]
        for step in range(49):
            angle = math.radians(180 + 90 * (turn % 4) + 90 * step / 48)
            px, py = x + side * math.cos(angle), (y + side * math.sin(angle)) / GOLDEN
            px, py = (1 - px if corner in (1, 2) else px), (1 - py if corner in (2, 3) else py)
            at = QPointF(box.left() + px * box.width(), box.top() + py * box.height())
            if turn == step == 0:
                path.moveTo(at)
            else:
                path.lineTo(at)
        if turn % 4 == 0:
            left, width = left + side, width - side
        elif turn % 4 == 1:
            top, height = top + side, height - side
        elif turn % 4 == 2:
            width -= side
        else:
            height -= side
    return path


def heat_image(saliency: npt.NDArray[np.uint8]) -> QImage:
    """Return a map of what stands out as colours from dark blue to yellow."""
    stops = np.array([[20, 16, 60], [110, 30, 110], [220, 70, 60], [250, 170, 40], [252, 250, 160]], float)
    table = np.stack([np.interp(np.arange(256), np.linspace(0, 255, 5), stops[:, i]) for i in range(3)], axis=1)
    height, width = saliency.shape
    rgba = np.full((height, width, 4), 255, np.uint8)
    rgba[..., :3] = np.rint(table).astype(np.uint8)[saliency]
    return QImage(rgba.data, width, height, 4 * width, QImage.Format.Format_RGBA8888).copy()
