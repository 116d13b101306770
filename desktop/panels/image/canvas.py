"""The canvas: the picture in its neutral surround, zoomed and panned, with the marks of the tool in use on top.

Painting never waits for composing: what is in view is painted from the tiles that are there, from coarser ones where
they are not, and again when they arrive. The painted view is kept as one image, so that panning moves it and only the
uncovered strips are painted anew.
"""

import math
import time
from collections.abc import Callable, Iterator

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QContextMenuEvent,
    QCursor,
    QFocusEvent,
    QImage,
    QInputMethodEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QRegion,
    QResizeEvent,
    QTabletEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from core.documents import artboard_edits
from core.documents.image import ImageDocument
from core.raster.compositor import MAX_LEVEL
from core.raster.manifest import TILE
from core.raster.proof import Proof
from core.raster.seeing import Look
from core.raster.surfaces import Part
from desktop import theme
from desktop.panels.image.editor import Editor, Shown
from desktop.panels.image.filtering import alpha_image, convert_view, filter_view
from desktop.panels.image.tiles import WHOLE, Dirty, Key, Tile, TileStore
from desktop.panels.image.tools.base import Pointer, Tool
from desktop.panels.image.viewport import Viewport

COARSE_FROM = 12
"""With more stale tiles in view than this, a coarser picture of all of them comes first."""
NOW_SECONDS = 0.006
"""How long the GUI thread may itself compose what a stroke has just touched."""
GRID_FROM = 8.0
"""Zoom from which the borders between pixels are drawn."""
WHEEL_PIXELS = 60.0
"""How far one notch of the wheel scrolls, in logical pixels."""
OWN_NUMBERS = (Look.RED, Look.GREEN, Look.BLUE, Look.ALPHA, Look.CLIPPED, Look.PROOF)
"""Ways to look that show the document's numbers, whatever profile it has."""
FLATTEST = 60.0
"""Degrees by which a stylus leans at most."""


class Canvas(QWidget):
    """Shows what the editor shows and hands pointer and keys to the tool in use."""

    view_changed = Signal()
    """Zoom or pan changed."""
    menu_requested = Signal(QPoint, object)
    """Right click: where on the screen, and the :class:`Pointer`."""
    text_requested = Signal(str, object)
    """A text was double-clicked: its layer, and the :class:`Pointer`."""
    points_requested = Signal()
    """A shape was double-clicked: its points are wanted."""
    painted = Signal()

    def __init__(self, editor: Editor, parent: QWidget | None = None, *, threads: int | None = None) -> None:
        super().__init__(parent)
        self.editor = editor
        self.view = Viewport()
        self.tiles = TileStore(threads, self)
        self.tool: Tool | None = None
        self.under_marks: Callable[[QPainter], None] | None = None
        """Paints what lies between the picture and the marks of the tool: the selection."""
        self.look = Look.NORMAL
        """How the picture is shown: a view, which changes nothing but the screen. Set with :meth:`set_look`."""
        self._proof: Proof | None = None
        self._warning = False
        self._before_pan: Tool | None = None
        self._buffer = QImage()
        self._other = QImage()
        self._damage = QRegion()
        self._expected: tuple[ImageDocument, ImageDocument] | None = None
        self._hasty = False
        self._panning: QPointF | None = None
        self._pressed = False
        self._space = False
        self._tablet = False
        self._chequer: QBrush | None = None
        self._request = QTimer(self, singleShot=True, interval=0)
        self._request.timeout.connect(self._request_tiles)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setTabletTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Canvas"))
        self.tiles.arrived.connect(self._on_tile)
        self.tiles.failed.connect(editor.session.report)
        editor.colours.changed.connect(self._on_colours)
        editor.shown_changed.connect(self._on_shown)
        editor.selection_changed.connect(self.update)
        editor.session.fonts_changed.connect(self._on_fonts)
        theme.notifier().changed.connect(self._on_theme)

    # --- what is shown ----------------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(640, 480)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, 120)

    def _on_shown(self, shown: Shown) -> None:
        old, new, compositor = shown.old, shown.new, self.editor.compositor
        if new is None or compositor is None:
            self.tiles.open(None, None)
            self.damage_all()
            return
        if old is None:
            self.tiles.open(compositor, new)
            self.view.document = (new.width, new.height)
            self.fit(enlarge=False)
            return
        if (old.width, old.height) != (new.width, new.height):
            self.view.follow((new.width, new.height), artboard_edits.shift_between(old, new))
            self.tiles.change(new, Dirty())
            self.damage_all()
            self.view_changed.emit()
            return
        expected, self._expected = self._expected, None
        if expected == (old, new):
            self.tiles.adopt(new)
            self._hasty = False
            self._request.start()
            return
        self.refresh(Dirty(compositor.dirty_tiles(old, new)))

    def expect(self, old: ImageDocument, new: ImageDocument) -> None:
        """``new`` will be shown in place of ``old``, and looks just as ``old`` with the overrides does."""
        self._expected = old, new

    def _on_fonts(self) -> None:
        self.refresh(Dirty())
        self.damage_all()

    def refresh(self, dirty: Dirty, *, now: bool = False, instead: ImageDocument | None = None) -> None:
        """What is shown differs in ``dirty``; with ``now``, compose what little is in view before returning.

        ``instead`` is composed in place of what the editor shows: a preview that the layer list need not know of.
        """
        document = instead or self.editor.shown
        if document is None or not dirty:
            return
        self.tiles.change(document, dirty)
        self._hasty, self._expected = now, None
        if now:
            deadline = time.perf_counter() + NOW_SECONDS
            keys = [key for key in self.visible_keys() if dirty.part(key)]
            self.tiles.compose_now(keys, lambda: time.perf_counter() < deadline)
        self._request.start()

    def visible_keys(self, level: int | None = None, margin: int = 0) -> list[Key]:
        """Return the tiles in view at a level (the one that fits the zoom), those in the middle first."""
        level = self.view.level() if level is None else level
        x0, y0, x1, y1 = self.view.visible()
        if x0 >= x1 or y0 >= y1:
            return []
        side = TILE << level
        last_col, last_row = (self.view.document[0] - 1) // side, (self.view.document[1] - 1) // side
        c0, c1 = max(0, int(x0 // side) - margin), min(last_col, math.ceil(x1 / side) - 1 + margin)
        r0, r1 = max(0, int(y0 // side) - margin), min(last_row, math.ceil(y1 / side) - 1 + margin)
        mx, my = (x0 + x1) / 2 / side - 0.5, (y0 + y1) / 2 / side - 0.5
        keys = [(level, col, row) for row in range(r0, r1 + 1) for col in range(c0, c1 + 1)]
        return sorted(keys, key=lambda key: (key[1] - mx) ** 2 + (key[2] - my) ** 2)

    def _overview(self) -> int:
        """Return the level at which the whole document is a handful of tiles: always kept, the last resort."""
        return min(MAX_LEVEL, max(0, math.ceil(math.log2(max(1.0, max(self.view.document) / (2 * TILE))))))

    def _request_tiles(self) -> None:
        if self.editor.shown is None:
            return
        level, overview = self.view.level(), self._overview()
        visible = self.visible_keys()
        if self._hasty:  # while the pointer paints, nothing else is composed
            self.tiles.request(visible, visible)
            return
        stale = [key for key in visible if not self.tiles.is_fresh(key)]
        whole = self.visible_keys(overview) if overview > level else []
        coarse: list[Key] = []
        if len(stale) > COARSE_FROM:
            step = min(level + (1 if len(stale) <= 4 * COARSE_FROM else 2), max(level, overview))
            if step > level:
                shift = step - level
                coarse = list(dict.fromkeys((step, col >> shift, row >> shift) for _, col, row in stale))
        around = [key for key in self.visible_keys(margin=1) if key not in set(visible)]
        keys = list(dict.fromkeys([*coarse, *visible, *whole, *around]))
        self.tiles.request(keys, [*visible, *whole, *coarse])

    def _on_tile(self, key: Key, part: Part) -> None:
        self._add_damage(self._tile_rect(key, part))

    def _tile_rect(self, key: Key, part: Part = WHOLE) -> QRect:
        """Return where a tile, or a part of it, is in the view, in device pixels, cut to the document."""
        level, col, row = key
        side = TILE << level
        width, height = self.view.document
        left, top = self.view.device_x(col * side), self.view.device_y(row * side)
        right = self.view.device_x(min(width, (col + 1) * side))
        bottom = self.view.device_y(min(height, (row + 1) * side))
        whole = QRect(left, top, right - left, bottom - top)
        if part == WHOLE:
            return whole
        x, y, scale = col * side, row * side, 1 << level
        left, top = self.view.device_x(x + part[0] * scale), self.view.device_y(y + part[1] * scale)
        right, bottom = self.view.device_x(x + part[2] * scale), self.view.device_y(y + part[3] * scale)
        # Smoothing mixes neighbours in, at most a pixel of the tile on either side.
        soft = math.ceil(scale * self.view.zoom) + 1
        return QRect(left - soft, top - soft, right - left + 2 * soft, bottom - top + 2 * soft).intersected(whole)

    def _on_colours(self) -> None:
        """The document's profile, the screen's or the look is another: tiles are shown as that wants them."""
        colours = self.editor.colours
        if self.look is Look.NORMAL:
            self.tiles.show_on(colours.screen)
        else:  # a channel, what is clipped and a proof are of the document's own numbers, the others of sRGB
            self.tiles.show_on(None if self.look in OWN_NUMBERS else colours.srgb)
        self.damage_all()

    def set_proof(self, proof: Proof) -> None:
        """Take the press that :attr:`Look.PROOF` shows."""
        self._proof = proof
        self.damage_all()

    def set_warning(self, on: bool) -> None:
        """Mark what that press cannot print, or no longer."""
        self._warning = on
        self.damage_all()

    def set_look(self, look: Look) -> None:
        """Show the picture in another way; nothing of it is ever saved."""
        if look is not self.look:
            self.look = look
            self._on_colours()

    def damage_all(self) -> None:
        """Paint the whole view anew."""
        self._add_damage(QRect(QPoint(0, 0), QSize(*self.view.size)))
        self._request.start()

    def _add_damage(self, rect: QRect) -> None:
        self._damage += rect.intersected(QRect(QPoint(0, 0), QSize(*self.view.size)))
        ratio = self.view.ratio
        self.update(
            QRectF(rect.x() / ratio, rect.y() / ratio, rect.width() / ratio, rect.height() / ratio).toAlignedRect()
        )

    def _on_theme(self) -> None:
        self._chequer = None
        self.damage_all()

    # --- painting ---------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        self._check_size()
        if not self._damage.isEmpty():
            painter = QPainter(self._buffer)
            rects = self._merged_damage()
            for rect in rects:
                self._paint_view(painter, rect)
            painter.end()
            filter_view(self.look, self._buffer, rects, self._proof, warn=self._warning)
            if self.look is Look.CLIPPED:
                self._convert_view(rects)
            self._damage = QRegion()
        painter = QPainter(self)
        # The buffer has the screen's own pixels: undoing the screen's scale keeps Qt from resampling it.
        painter.scale(1 / self.view.ratio, 1 / self.view.ratio)
        painter.drawImage(0, 0, self._buffer)
        painter.resetTransform()
        if self.editor.shown is not None:
            if self.under_marks is not None:
                self.under_marks(painter)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if self.tool is not None:
                self.tool.paint(painter)
        if self.hasFocus() and self.window().property("keyboardFocusVisible"):
            painter.setPen(theme.colour("accent_text"))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()
        self.painted.emit()

    def _convert_view(self, rects: list[QRect]) -> None:
        """Convert what was painted of the picture: it is marked by its own numbers, and shown as they look."""
        view, screen = self.view, self.editor.colours.screen
        if screen is not None and self.editor.shown is not None:
            right, bottom = view.device_x(view.document[0]), view.device_y(view.document[1])
            picture = QRect(QPoint(view.left, view.top), QPoint(right - 1, bottom - 1))
            convert_view(screen, self._buffer, [rect.intersected(picture) for rect in rects])

    def _merged_damage(self) -> list[QRect]:
        rects = list(self._damage)  # type: ignore[call-overload]
        return rects if len(rects) <= 24 else [self._damage.boundingRect()]

    def _paint_view(self, painter: QPainter, rect: QRect) -> None:
        """Paint one rectangle (device pixels) of surround and picture into the buffer."""
        view = self.view
        painter.setClipRect(rect)
        whole = QRect(
            view.left,
            view.top,
            view.device_x(view.document[0]) - view.left,
            view.device_y(view.document[1]) - view.top,
        )
        inside = rect.intersected(whole)
        surround = theme.colour("surround")
        if self.editor.shown is None or inside.isEmpty():
            painter.fillRect(rect, surround)
            return
        if inside != rect:
            painter.fillRect(rect, surround)
            edge = QColor(0, 0, 0, 0 if artboard_edits.boards(self.editor.shown) else 60)
            for side in _frame(whole):
                painter.fillRect(side, edge)
            painter.setClipRect(inside)
        zoom = view.zoom
        smooth = zoom < 2 and zoom != 1 and not math.log2(zoom).is_integer()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
        if zoom < 2 and zoom > 1:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, True)
        for key in self._keys_in(inside):
            self._paint_tile(painter, key)
        if zoom >= GRID_FROM:
            self._paint_grid(painter, inside)

    def _keys_in(self, rect: QRect) -> Iterator[Key]:
        level = self.view.level()
        side = TILE << level
        width, height = self.view.document
        zoom = self.view.zoom
        x0, y0 = (rect.left() - self.view.left - 1) / zoom, (rect.top() - self.view.top - 1) / zoom
        x1, y1 = (rect.right() + 1 - self.view.left + 1) / zoom, (rect.bottom() + 1 - self.view.top + 1) / zoom
        for row in range(max(0, int(y0 // side)), min((height - 1) // side, int(y1 // side)) + 1):
            for col in range(max(0, int(x0 // side)), min((width - 1) // side, int(x1 // side)) + 1):
                yield level, col, row

    def _paint_tile(self, painter: QPainter, key: Key) -> None:
        target = self._tile_rect(key)
        if target.isEmpty():
            return
        found = self._best(key)
        if found is None:
            painter.fillRect(target, theme.colour("surround"))
            painter.fillRect(target, QColor(128, 128, 128, 40))
            return
        (level, col, row), tile = found
        side = TILE << key[0]
        width, height = self.view.document
        scale = 1 / (1 << level)
        left, top = key[1] * side * scale - col * TILE, key[2] * side * scale - row * TILE
        right = min(width, (key[1] + 1) * side) * scale - col * TILE
        bottom = min(height, (key[2] + 1) * side) * scale - row * TILE
        image = tile.image
        if self.look is Look.ALPHA:
            image = alpha_image(tile)
        elif not tile.opaque:
            painter.setBrushOrigin(self.view.left, self.view.top)
            self._paint_ground(painter, target)
        source = QRectF(left, top, right - left, bottom - top)
        if source.width() == target.width() and source.height() == target.height():
            painter.drawImage(target.topLeft(), image, source.toRect())
        else:
            painter.drawImage(QRectF(target), image, source)

    def _paint_ground(self, painter: QPainter, rect: QRect) -> None:
        """Paint what shows through the picture: chequers, and the surround beside artboards."""
        boards = () if self.editor.shown is None else artboard_edits.boards(self.editor.shown)
        if not boards:
            painter.fillRect(rect, self._chequer_brush())
            return
        painter.fillRect(rect, theme.colour("surround"))
        for group in boards:
            board = group.artboard
            if board is not None and group.visible:
                left, top = self.view.device_x(board.x), self.view.device_y(board.y)
                right, bottom = self.view.device_x(board.right), self.view.device_y(board.bottom)
                painter.fillRect(rect.intersected(QRect(left, top, right - left, bottom - top)), self._chequer_brush())

    def _best(self, key: Key) -> tuple[Key, Tile] | None:
        """Return the tile to show for ``key``: itself if fresh, else a fresh coarser one, else what there is."""
        own = self.tiles.get(key)
        if own is not None and own.fresh:
            return key, own
        fallback: tuple[Key, Tile] | None = None if own is None else (key, own)
        for shift in range(1, min(MAX_LEVEL, max(self._overview(), key[0] + 2)) - key[0] + 1):
            coarse = (key[0] + shift, key[1] >> shift, key[2] >> shift)
            tile = self.tiles.get(coarse)
            if tile is not None:
                if tile.fresh:
                    return coarse, tile
                fallback = fallback or (coarse, tile)
        return fallback

    def _chequer_brush(self) -> QBrush:
        if self._chequer is None:
            side = max(1, round(8 * self.view.ratio))
            dark = theme.current().dark
            first, second = ("#4c4c4c", "#444444") if dark else ("#f4f4f4", "#e6e6e6")
            pixmap = QPixmap(2 * side, 2 * side)
            pixmap.fill(QColor(first))
            painter = QPainter(pixmap)
            painter.fillRect(0, 0, side, side, QColor(second))
            painter.fillRect(side, side, side, side, QColor(second))
            painter.end()
            self._chequer = QBrush(pixmap)
        return self._chequer

    def _paint_grid(self, painter: QPainter, rect: QRect) -> None:
        view = self.view
        line = QColor(128, 128, 128, 70)
        for x in range(int((rect.left() - view.left) / view.zoom), int((rect.right() - view.left) / view.zoom) + 2):
            painter.fillRect(view.device_x(x), rect.top(), 1, rect.height(), line)
        for y in range(int((rect.top() - view.top) / view.zoom), int((rect.bottom() - view.top) / view.zoom) + 2):
            painter.fillRect(rect.left(), view.device_y(y), rect.width(), 1, line)

    # --- the view ---------------------------------------------------------------------------------------------------

    def _check_size(self) -> None:
        ratio = self.devicePixelRatioF()
        width, height = math.ceil(self.width() * ratio), math.ceil(self.height() * ratio)
        if self._buffer.size() == QSize(width, height) and self.view.ratio == ratio:
            return
        if self.view.ratio != ratio:
            self._chequer = None
        self.view.resize(width, height, ratio)
        self._buffer = QImage(width, height, QImage.Format.Format_RGB32)
        self._other = QImage(width, height, QImage.Format.Format_RGB32)
        self._damage = QRegion(0, 0, width, height)
        self._request.start()
        self.view_changed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._check_size()
        super().resizeEvent(event)

    def _moved(self) -> None:
        self.damage_all()
        self.view_changed.emit()

    def fit(self, *, enlarge: bool = True) -> None:
        """Show the whole document."""
        self._check_size()
        self.view.fit(enlarge=enlarge)
        self._moved()

    def set_zoom(self, zoom: float, at: QPointF | None = None) -> None:
        """Zoom about a point of the widget, or about the middle. 1 is 100 %."""
        if at is None:
            self.view.zoom_centre(zoom)
        else:
            self.view.zoom_at(zoom, at.x(), at.y())
        self._moved()

    def zoom_step(self, up: bool, at: QPointF | None = None) -> None:
        """Go to the next of the usual zooms."""
        self.set_zoom(self.view.step(up), at)

    def pan(self, dx: float, dy: float) -> None:
        """Move the picture by logical pixels: what was painted is moved, what is uncovered is painted."""
        left, top = self.view.left, self.view.top
        self.view.pan(dx, dy)
        x, y = self.view.left - left, self.view.top - top
        if not (x or y):
            return
        whole = QRect(QPoint(0, 0), QSize(*self.view.size))
        painter = QPainter(self._other)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
        painter.drawImage(x, y, self._buffer)
        painter.end()
        self._buffer, self._other = self._other, self._buffer
        self._damage = self._damage.translated(x, y).intersected(whole) + QRegion(whole).subtracted(
            whole.translated(x, y)
        )
        self._request.start()
        self.update()
        self.view_changed.emit()

    # --- the tool ---------------------------------------------------------------------------------------------------

    def set_tool(self, tool: Tool) -> None:
        """Use another tool."""
        if tool is self.tool:
            return
        if self.tool is not None:
            self.tool.deactivate()
        self.tool = tool
        tool.activate()
        self.update_cursor()
        self.update()

    def pointer(self, at: QPointF, event: QMouseEvent | QTabletEvent | QContextMenuEvent | None = None) -> Pointer:
        """Return the pointer as tools see it."""
        x, y = self.view.to_document(at.x(), at.y())
        if event is None or isinstance(event, QContextMenuEvent):
            return Pointer(x, y, at, keys=event.modifiers() if event is not None else Qt.KeyboardModifier.NoModifier)
        pressure, tilt = 1.0, 0.0
        if isinstance(event, QTabletEvent):
            pressure, tilt = event.pressure(), min(1.0, math.hypot(event.xTilt(), event.yTilt()) / FLATTEST)
        return Pointer(x, y, at, event.buttons(), event.modifiers(), pressure, tilt, event.timestamp() / 1000)

    def update_cursor(self, pointer: Pointer | None = None) -> None:
        """Show the pointer's shape for what a press would do now."""
        if self._panning is not None:
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        elif self._space:
            self.setCursor(Qt.CursorShape.OpenHandCursor)
        elif self.tool is not None and self.editor.shown is not None:
            shape = self.tool.cursor(pointer)
            if self.cursor().shape() != shape:
                self.setCursor(QCursor(shape))
        else:
            self.unsetCursor()

    # --- events -----------------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        if event.button() == Qt.MouseButton.MiddleButton or (
            self._space and event.button() == Qt.MouseButton.LeftButton
        ):
            self._panning = event.position()
            self.update_cursor()
        elif event.button() == Qt.MouseButton.LeftButton and self._can_use_tool() and not self._tablet:
            self._pressed = True
            assert self.tool is not None
            pointer = self.pointer(event.position(), event)
            self.editor.boards.point_at(pointer.x, pointer.y)
            self.tool.press(pointer)
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._panning is not None:
            delta = event.position() - self._panning
            self._panning = event.position()
            self.pan(delta.x(), delta.y())
        elif self._can_use_tool() and not self._tablet:
            assert self.tool is not None
            pointer = self.pointer(event.position(), event)
            if self._pressed:
                self.tool.drag(pointer)
            else:
                self.tool.hover(pointer)
            self.update_cursor(pointer)
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._panning is not None and event.button() in (Qt.MouseButton.MiddleButton, Qt.MouseButton.LeftButton):
            self._panning = None
            self.update_cursor()
        elif event.button() == Qt.MouseButton.LeftButton and self._pressed:
            self._let_go()
            if self.tool is not None:
                pointer = self.pointer(event.position(), event)
                self.tool.release(pointer)
                self.update_cursor(pointer)
        event.accept()

    def _let_go(self) -> None:
        self._pressed = self._hasty = False
        self._request.start()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._can_use_tool() and not self._space:
            assert self.tool is not None
            self._pressed = True
            self.tool.double_click(self.pointer(event.position(), event))
        event.accept()

    def tabletEvent(self, event: QTabletEvent) -> None:
        """A stylus paints with its pressure; everything else it does arrives as mouse events."""
        kind = event.type()
        if (
            not self._can_use_tool()
            or self._space
            or event.button() not in (Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton)
        ):
            event.ignore()
            return
        assert self.tool is not None
        pointer = self.pointer(event.position(), event)
        if kind == QEvent.Type.TabletPress:
            self._tablet = self._pressed = True
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self.editor.boards.point_at(pointer.x, pointer.y)
            self.tool.press(pointer)
        elif kind == QEvent.Type.TabletMove:
            (self.tool.drag if self._pressed else self.tool.hover)(pointer)
        elif kind == QEvent.Type.TabletRelease and self._pressed:
            self._tablet = False
            self._let_go()
            self.tool.release(pointer)
        self.update_cursor(pointer)
        event.accept()

    def wheelEvent(self, event: QWheelEvent) -> None:
        keys = event.modifiers()
        delta, pixels = event.angleDelta(), event.pixelDelta()
        if keys & Qt.KeyboardModifier.ControlModifier:
            turn = delta.y() or delta.x()
            self.set_zoom(self.view.zoom * 2 ** (turn / 480), event.position())
        else:
            if not pixels.isNull():
                dx, dy = float(pixels.x()), float(pixels.y())
            else:
                dx, dy = delta.x() / 120 * WHEEL_PIXELS, delta.y() / 120 * WHEEL_PIXELS
            if keys & Qt.KeyboardModifier.ShiftModifier and not dx:
                dx, dy = dy, 0.0
            self.pan(dx, dy)
        event.accept()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QNativeGestureEvent) and event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
            self.set_zoom(self.view.zoom * (1 + event.value()), event.position())
            return True
        asked = event if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride else None
        if asked is not None and self.tool is not None and self.tool.wants(asked):
            event.accept()
            return True
        if event.type() == QEvent.Type.ShortcutOverride and self.tool is not None and self.tool.busy:
            # While text is typed, letters are text and not the names of tools.
            assert isinstance(event, QKeyEvent)
            if not event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        typing = self.tool is not None and self.tool.busy
        if event.key() == Qt.Key.Key_Space and not typing and not self._pressed:
            if not event.isAutoRepeat():
                self._space = True
                self.update_cursor()
            return
        if event.key() == Qt.Key.Key_Escape and self.tool is not None and self.tool.cancel():
            return
        if self._can_use_tool() and self.tool is not None and self.tool.key_press(event):
            return
        super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and self._space and not event.isAutoRepeat():
            self._space = False
            self.update_cursor()
            return
        if self.tool is not None and self.tool.key_release(event):
            return
        super().keyReleaseEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        if self.tool is None or not self.tool.input_method(event):
            super().inputMethodEvent(event)

    def inputMethodQuery(self, query: Qt.InputMethodQuery) -> object:
        answer = self.tool.input_query(query) if self.tool is not None else None
        return super().inputMethodQuery(query) if answer is None else answer

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._space = False
        super().focusOutEvent(event)
        self.update_cursor()

    def leaveEvent(self, event: QEvent) -> None:
        if self.tool is not None:
            self.tool.leave()
        super().leaveEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self.editor.shown is not None:
            self.menu_requested.emit(event.globalPos(), self.pointer(QPointF(event.pos()), event))

    def _can_use_tool(self) -> bool:
        return self.tool is not None and self.editor.shown is not None and self._panning is None

    def shut_down(self) -> None:
        """Stop composing; called once, before the project closes."""
        self._request.stop()
        self.tiles.shut_down()


def stacked(*painting: Callable[[QPainter], None] | None) -> Callable[[QPainter], None]:
    """Return what paints one after the other: for :attr:`Canvas.under_marks`."""
    parts = [part for part in painting if part is not None]

    def paint(painter: QPainter) -> None:
        for part in parts:
            part(painter)

    return paint


def _frame(rect: QRect) -> tuple[QRect, ...]:
    """Return the one-pixel lines just outside of ``rect``."""
    left, top, width, height = rect.left() - 1, rect.top() - 1, rect.width() + 2, rect.height() + 2
    return (
        QRect(left, top, width, 1),
        QRect(left, top + height - 1, width, 1),
        QRect(left, top, 1, height),
        QRect(left + width - 1, top, 1, height),
    )
