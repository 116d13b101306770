"""Guides and the grid over the picture: painted, found under the pointer, dragged, dropped, each one undo step."""

import math

from PySide6.QtCore import QObject, QPointF, QRectF
from PySide6.QtGui import QColor, QPainter

from core.documents import image_frame
from core.documents.image import Guide, ImageDocument
from desktop.panels.image import marks
from desktop.panels.image.canvas import Canvas
from desktop.panels.image.editor import Editor, Shown
from desktop.panels.image.measuring import LengthUnit
from desktop.panels.image.snapping import Axis, Targets, snap_point
from desktop.panels.image.words import QT_TRANSLATE_NOOP

COLOUR = QColor(0, 170, 255, 230)
HELD = QColor(120, 210, 255)
LINE = QColor(120, 140, 170, 120)
FINE = QColor(120, 140, 170, 60)
GRIP = 4.0
"""Logical pixels within which a guide is under the pointer."""
REACH = 6.0
CLOSEST = 6.0
"""Lines of the grid that would be nearer to each other on the screen are left out; logical pixels."""
MOVED = QT_TRANSLATE_NOOP("history", "Move guide")


class Guides(QObject):
    """What lies between the picture and the marks of tools, and the guide that is being dragged."""

    def __init__(self, editor: Editor, canvas: Canvas) -> None:
        super().__init__(canvas)
        self.editor, self.canvas = editor, canvas
        self.measuring = editor.measuring
        self.held: Guide | None = None
        """The guide that is being dragged, as it would stand if it were dropped now."""
        self._index: int | None = None
        self._pointer = QPointF()
        self._outside = False
        self._targets = Targets()
        self.measuring.options_changed.connect(canvas.update)
        editor.shown_changed.connect(self._on_shown)

    def _on_shown(self, shown: Shown) -> None:
        if shown.old is None or shown.new is None or shown.old.guides != shown.new.guides:
            self.canvas.update()

    # --- asking -----------------------------------------------------------------------------------------------------

    def at(self, point: QPointF) -> int | None:
        """Return which guide is under a point of the canvas widget, ``None`` while they are locked or hidden."""
        document, options = self.editor.document, self.measuring.options
        if document is None or not options.guides or options.locked:
            return None
        best, found = GRIP, None
        for index, guide in enumerate(document.guides):
            x, y = self.canvas.view.to_widget(guide.at, guide.at)
            distance = abs(point.x() - x) if guide.axis == "x" else abs(point.y() - y)
            if distance <= best:
                best, found = distance, index
        return found

    def words(self, guide: Guide) -> str:
        """Return where a guide stands, in the unit in use."""
        return f"{self.to_unit(guide.axis, guide.at):.{DECIMALS[self.unit]}f} {self.unit}".replace("-", "−")

    @property
    def unit(self) -> LengthUnit:
        return self.measuring.options.unit

    def per_unit(self, axis: Axis) -> float:
        """Return how many document pixels the unit in use is along an axis."""
        document = self.editor.shown
        side = 1 if document is None else document.width if axis == "x" else document.height
        return self.measuring.pixels_per(self.unit, side)

    def to_unit(self, axis: Axis, at: float) -> float:
        return at / self.per_unit(axis)

    # --- dragging ---------------------------------------------------------------------------------------------------

    def begin(self, axis: Axis, index: int | None = None) -> None:
        """Take hold of a guide, or of a new one."""
        document = self.editor.document
        if document is None:
            return
        self._index = index
        self.held = document.guides[index] if index is not None else Guide(axis=axis, at=-math.inf)
        self._outside = index is None
        self._targets = self.editor.measuring.targets()
        if not self.measuring.options.guides:
            self.measuring.adjust(guides=True)

    def drag(self, at: QPointF, *, free: bool = False, turned: bool = False) -> None:
        """Bring the guide to a point of the widget; ``free``: do not snap, ``turned``: it is of the other kind."""
        if self.held is None:
            return
        view = self.canvas.view
        axis: Axis = self.held.axis
        if self._index is None and turned != self._turned:
            axis = "y" if axis == "x" else "x"
            self._turned = turned
        x, y = view.to_document(at.x(), at.y())
        if not free:
            lines = tuple(line for line in self._targets.lines if not self._own(line.axis, line.at))
            found = snap_point(x, y, lines, view.document_length(REACH), axis, grid=self._targets.grid)
            met = any(line.axis == axis for line in found.lines) or found.dx or found.dy
            x, y = (x + found.dx, y + found.dy) if met else (round(x), round(y))
        self.held = Guide(axis=axis, at=round(float(x if axis == "x" else y), 3))
        self._pointer = at
        self._outside = not QRectF(self.canvas.rect()).contains(at)
        self.canvas.update()

    _turned = False

    def _own(self, axis: str, at: float) -> bool:
        document = self.editor.document
        if self._index is None or document is None:
            return False
        guide = document.guides[self._index]
        return guide.axis == axis and guide.at == at

    def drop(self) -> None:
        """Let go: the guide stands where it is, or is taken away when it was dragged out of the canvas."""
        held, index, document = self.held, self._index, self.editor.document
        self.cancel()
        if held is None or document is None or (index is None and self._outside):
            return
        if index is None:
            self.add(held)
        elif self._outside:
            label = QT_TRANSLATE_NOOP("history", "Remove guide")
            self.editor.commit(label, image_frame.remove_guide(document, index))
        else:
            self.editor.commit(MOVED, image_frame.move_guide(document, index, held.at))

    def cancel(self) -> bool:
        """Let go and leave everything as it was; return whether anything was held."""
        was, self.held, self._index, self._turned = self.held, None, None, False
        self.canvas.update()
        return was is not None

    # --- commands ---------------------------------------------------------------------------------------------------

    def add(self, guide: Guide) -> None:
        document = image_frame.add_guide(self.editor.require(), guide)
        self.editor.commit(QT_TRANSLATE_NOOP("history", "Add guide"), document)
        self.measuring.adjust(guides=True)

    def move(self, index: int, at: float) -> None:
        self.editor.commit(MOVED, image_frame.move_guide(self.editor.require(), index, at))

    def clear(self) -> None:
        label = QT_TRANSLATE_NOOP("history", "Clear guides")
        self.editor.commit(label, image_frame.clear_guides(self.editor.require()))

    # --- painting ---------------------------------------------------------------------------------------------------

    def paint(self, painter: QPainter) -> None:
        """Paint the grid and the guides, in the canvas widget's coordinates."""
        document, options = self.editor.shown, self.measuring.options
        if document is None:
            return
        if options.grid:
            self._paint_grid(painter, document)
        if options.guides:
            for index, guide in enumerate(document.guides):
                if self.held is None or index != self._index:
                    self._paint_guide(painter, guide, COLOUR)
        if self.held is not None and math.isfinite(self.held.at):
            colour = QColor(marks.GUIDE) if self._outside else HELD
            self._paint_guide(painter, self.held, colour)
            words = self.tr("Remove") if self._outside and self._index is not None else self.words(self.held)
            marks.label(painter, self._pointer + QPointF(14, 14), words)

    def _paint_guide(self, painter: QPainter, guide: Guide, colour: QColor) -> None:
        width, height = self.canvas.width(), self.canvas.height()
        x, y = self._pixel(guide.axis, guide.at)
        thick = 1 / self.canvas.view.ratio * max(1, round(self.canvas.view.ratio))
        bar = QRectF(x, 0, thick, height) if guide.axis == "x" else QRectF(0, y, width, thick)
        painter.fillRect(bar, colour)

    def _pixel(self, axis: Axis, at: float) -> tuple[float, float]:
        """Return the widget place of a document coordinate, on a whole device pixel so that the line is crisp."""
        view = self.canvas.view
        place = (view.device_x(at) if axis == "x" else view.device_y(at)) / view.ratio
        return place, place

    def _paint_grid(self, painter: QPainter, document: ImageDocument) -> None:
        view, options = self.canvas.view, self.measuring.options
        left, top, right, bottom = view.visible()
        if left >= right or top >= bottom:
            return
        (x0, y0), (x1, y1) = view.to_widget(left, top), view.to_widget(right, bottom)
        thick = 1 / view.ratio
        fine = options.step / options.parts
        step = fine if view.length(fine) >= CLOSEST else options.step
        while view.length(step) < CLOSEST:
            step *= 2
        every = max(1, round(options.step / step))
        for index in range(math.ceil(left / step), math.floor(right / step) + 1):
            x = view.device_x(index * step) / view.ratio
            painter.fillRect(QRectF(x, y0, thick, y1 - y0), FINE if index % every else LINE)
        for index in range(math.ceil(top / step), math.floor(bottom / step) + 1):
            y = view.device_y(index * step) / view.ratio
            painter.fillRect(QRectF(x0, y, x1 - x0, thick), FINE if index % every else LINE)


DECIMALS: dict[LengthUnit, int] = {"px": 0, "cm": 2, "in": 3, "%": 1}
"""How exactly a place is said in a unit."""
