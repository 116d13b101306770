"""What is chosen, drawn over the picture: the marching outline, and the red veil over what is not chosen.

The outline is found where the screen's own pixels cross half coverage, so it is one pixel wide and sharp at any zoom
and costs the same for a plain box and for a thousand specks. It marches only while it can be seen, and stands still
where the system's animations are switched off.
"""

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QObject, QPoint, QRect, QRectF, QTimer
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QStyle

from core.raster.selecting import HALF, Coverage
from core.values import AtelierError
from desktop.panels.image.canvas import Canvas
from desktop.panels.image.editor import Editor

STEP_MS = 160
DASH = 4
"""Length of a dash in logical pixels."""
BLACK, WHITE = np.uint32(0xFF000000), np.uint32(0xFFFFFFFF)
VEIL = 0.5
"""How strongly the veil covers what is not chosen at all."""
Bits = npt.NDArray[np.bool_]


class Ants(QObject):
    """Paints the selection of the document on a canvas. GUI thread."""

    def __init__(self, editor: Editor, canvas: Canvas) -> None:
        super().__init__(canvas)
        self.editor = editor
        self.canvas = canvas
        self._stale = True
        self._place = QPoint()
        self._edges: tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]] | None = None
        self._size = (0, 0)
        self._veil: tuple[QImage, npt.NDArray[np.uint32]] | None = None
        self._phase = 0
        self._timer = QTimer(self, interval=STEP_MS)
        self._timer.timeout.connect(self._step)
        canvas.view_changed.connect(self._drop)
        editor.pixels.changed.connect(self._changed)

    def set_veiled(self, on: bool) -> None:
        """Show what is not chosen under a red veil, and let brushes paint on the selection; or no longer."""
        self.editor.pixels.quick = on
        if on:
            self.editor.hint.emit(self.tr("Quick mask: paint with white to choose, with black to take out. Q ends it."))
        else:
            self.editor.hint.emit("")
        self._changed()

    @property
    def rect(self) -> QRect:
        """Where the outline is in the view, in device pixels; empty when there is none in view."""
        return QRect(self._place.x(), self._place.y(), *self._size) if self._edges is not None else QRect()

    @property
    def marching(self) -> bool:
        return self._timer.isActive()

    def _drop(self) -> None:
        self._stale = True

    def _changed(self) -> None:
        self._stale = True
        self.canvas.update()

    def _step(self) -> None:
        if not self.canvas.isVisible() or self._edges is None or not self._may_march():
            self._timer.stop()
            return
        self._phase += 1
        ratio, rect = self.canvas.view.ratio, self.rect
        self.canvas.update(
            QRectF(rect.x() / ratio, rect.y() / ratio, rect.width() / ratio, rect.height() / ratio).toAlignedRect()
        )

    def _may_march(self) -> bool:
        hint = QStyle.StyleHint.SH_Widget_Animation_Duration
        return self.canvas.style().styleHint(hint, None, self.canvas) > 0

    # --- finding the outline ----------------------------------------------------------------------------------------

    def _find(self) -> None:
        self._stale, self._edges, self._veil = False, None, None
        try:
            coverage = self.editor.pixels.coverage()
        except AtelierError as error:
            self.editor.session.report(error)
            return
        if coverage is None:
            return
        view, (dx, dy) = self.canvas.view, self.editor.pixels.offset
        # One pixel more on each side than is seen, so that the view's edge is no edge of the selection.
        columns = _lookup(view.size[0], view.left, view.zoom)
        rows = _lookup(view.size[1], view.top, view.zoom)
        shown = _seen(coverage, rows - dy, columns - dx)
        if self.editor.pixels.quick:
            self._make_veil(shown, rows, columns)
        edges = _inner_edge(shown >= HALF)[1:-1, 1:-1]
        for _ in range(round(view.ratio) - 1):  # as wide on a dense screen
            edges[1:, :] |= edges[:-1, :].copy()
            edges[:, 1:] |= edges[:, :-1].copy()
        ys, xs = np.nonzero(edges)
        if ys.size:
            left, top = int(xs.min()), int(ys.min())
            self._place = QPoint(left, top)
            self._size = int(xs.max()) - left + 1, int(ys.max()) - top + 1
            self._edges = ys - top, xs - left

    def _make_veil(self, shown: Coverage, rows: npt.NDArray[np.intp], columns: npt.NDArray[np.intp]) -> None:
        width, height = self.canvas.view.document
        inside = ((rows >= 0) & (rows < height))[:, None] & ((columns >= 0) & (columns < width))[None]
        red = np.where(inside, (255 - shown.astype(np.uint32)) * VEIL, 0).astype(np.uint32)[1:-1, 1:-1]
        values = np.ascontiguousarray((red << 24) | (red << 16))  # premultiplied: red is as much as alpha
        image = QImage(values.data, values.shape[1], values.shape[0], QImage.Format.Format_ARGB32_Premultiplied)
        self._veil = image, values

    # --- painting ---------------------------------------------------------------------------------------------------

    def paint(self, painter: QPainter) -> None:
        """Paint in the canvas widget's coordinates."""
        if self._stale:
            self._find()
        if self._edges is None and self._veil is None:
            return
        ratio = self.canvas.view.ratio
        painter.save()
        painter.scale(1 / ratio, 1 / ratio)
        if self._veil is not None:
            painter.drawImage(0, 0, self._veil[0])
        if self._edges is not None:
            ys, xs = self._edges
            values = np.zeros((self._size[1], self._size[0]), np.uint32)
            dash = max(1, round(DASH * ratio))
            at = xs + ys + self._place.x() + self._place.y() - self._phase * max(1, round(ratio))
            values[ys, xs] = np.where((at // dash) & 1, WHITE, BLACK)
            form = QImage.Format.Format_ARGB32_Premultiplied
            painter.drawImage(self._place, QImage(values.data, self._size[0], self._size[1], form))
            if not self._timer.isActive() and self._may_march():
                self._timer.start()
        painter.restore()

    def shut_down(self) -> None:
        """Stand still for good."""
        self._timer.stop()


def _lookup(length: int, origin: int, zoom: float) -> npt.NDArray[np.intp]:
    """Return which document pixel the middle of each device pixel shows, one more on either side."""
    return np.asarray(np.floor((np.arange(-1, length + 1) + 0.5 - origin) / zoom), np.intp)


def _seen(coverage: Coverage, rows: npt.NDArray[np.intp], columns: npt.NDArray[np.intp]) -> Coverage:
    """Return the coverage at those rows and columns, 0 outside of the document."""
    height, width = coverage.shape
    down, across = (np.flatnonzero((at >= 0) & (at < size)) for at, size in ((rows, height), (columns, width)))
    out = np.zeros((rows.size, columns.size), np.uint8)
    if down.size and across.size:
        part = coverage.take(rows[down], 0).take(columns[across], 1)
        out[down[0] : down[-1] + 1, across[0] : across[-1] + 1] = part
    return out


def _inner_edge(on: Bits) -> Bits:
    """Return the pixels that are on and have a neighbour that is not."""
    within = on.copy()
    within[1:] &= on[:-1]
    within[:-1] &= on[1:]
    within[:, 1:] &= on[:, :-1]
    within[:, :-1] &= on[:, 1:]
    return on & ~within
