"""Free transform (Ctrl+T): scale, turn and move as often as one likes, distort, perspective and warp, kept with Enter.

While it lasts nothing is committed: what is shown is a preview, and Enter makes one step of all of it. Layers only get
another transform and another warp, so a later transform begins from the same pixels.
"""

from typing import Literal

import msgspec
import numpy as np
from PySide6.QtCore import QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QMenu

from core.documents import image_edits
from core.documents.image import ImageDocument, RasterLayer, SmartLayer, TextLayer, walk
from core.documents.image_place import Placement, place_by
from core.documents.image_warp import FLAT, Warp, convex, plain
from core.raster.bending import Bend, Floats, bend_of, project, square_to_quad, surface, unplaced, weights
from core.raster.bounds import content_size, layer_matrix
from desktop.panels.image import marks
from desktop.panels.image.snapping import snap_point
from desktop.panels.image.tools.base import Pointer, arrow_step
from desktop.panels.image.tools.handles import CORNERS, SIDES, Frame, Handle
from desktop.panels.image.tools.move import REACH, START, Doing, MoveTool
from desktop.panels.image.words import QT_TRANSLATE_NOOP

replace = msgspec.structs.replace
Mode = Literal["free", "distort", "perspective", "warp"]
Bendable = RasterLayer | SmartLayer | TextLayer
Point = tuple[float, float]
LABEL = QT_TRANSLATE_NOOP("history", "Transform layer")
SIDE_CORNERS: dict[Handle, tuple[int, int]] = {
    Handle.TOP: (0, 1),
    Handle.RIGHT: (1, 2),
    Handle.BOTTOM: (2, 3),
    Handle.LEFT: (3, 0),
}
FOLLOWERS: dict[int, tuple[int, ...]] = {0: (1, 4, 5), 3: (2, 6, 7), 12: (8, 9, 13), 15: (10, 11, 14)}
"""Control points that go with a corner of the mesh, so that the surface keeps its direction there."""


class TransformTool(MoveTool):
    id = "transform"
    icon = "scaling"
    key = ""

    finished = Signal()
    """It is over: what was used before comes back."""
    changed = Signal()

    auto_select = False
    mode: Mode = "free"
    held: Handle | int | None = None
    """The corner or control point that was held last: its place is shown in numbers."""

    _now: ImageDocument | None = None
    _known: ImageDocument | None = None
    """The committed document that it began with."""
    _bending = False
    _grabbed: Point | None = None
    _own_commit = False
    _past: list[ImageDocument]
    """What was shown before each gesture, so that Ctrl+Z takes back one of them."""

    def title(self) -> str:
        return self.tr("Transform")

    def help(self) -> str:
        return {
            "free": self.tr(
                "Drag handles to scale, outside to turn, Ctrl on a corner distorts. Enter keeps it, Esc takes it back."
            ),
            "distort": self.tr("Drag corners and sides freely. Shift keeps a direction. Enter keeps it."),
            "perspective": self.tr("Drag a corner: its neighbour goes the other way. Enter keeps it."),
            "warp": self.tr("Drag points or the surface between them. Alt moves a corner alone. Enter keeps it."),
        }[self.mode]

    # --- beginning and ending ---------------------------------------------------------------------------------------

    def activate(self) -> None:
        self.editor.committed.connect(self._follow)
        self.editor.selection_changed.connect(self._on_selection)
        self._begin_anew()

    def deactivate(self) -> None:
        self.keep()
        self.editor.committed.disconnect(self._follow)
        self.editor.selection_changed.disconnect(self._on_selection)
        self._now = None

    def _begin_anew(self) -> None:
        self._now, self._doing, self.held, self._bending = self.editor.document, Doing.NOTHING, None, False
        self._known = self._now
        self._past, self._ids = [], self.editor.movable()
        if self.mode != "free" and self.target() is None:
            self.mode = "free"
        self._show()

    def _follow(self) -> None:
        """The document was changed by something else: what is transformed here stays so in what it is now."""
        if self._own_commit:
            return
        before = self._now
        pending = before is not None and before != self._known
        self._begin_anew()
        now = self._now
        if not pending or before is None or now is None or before.id != now.id:
            return
        for i in self._ids:
            for layer in walk((now.layer(i),)):
                old = next((one for one in walk(before.layers) if one.id == layer.id), None)
                if isinstance(layer, Bendable) and isinstance(old, Bendable):
                    placed = replace(layer, transform=old.transform, warp=old.warp)
                    now = now.replace_layer(layer.id, lambda _, placed=placed: placed)  # type: ignore[misc]
                if old is not None and old.mask is not None and layer.mask is not None:
                    mask = replace(old.mask, pixels=layer.mask.pixels)
                    now = image_edits.update_mask(now, layer.id, x=mask.x, y=mask.y, transform=mask.transform)
        self._now = now
        self.editor.preview(now)

    def _on_selection(self) -> None:
        self.keep()
        self._begin_anew()

    @property
    def pending(self) -> bool:
        """Whether there is something to keep."""
        return self._now is not None and self._now != self.editor.document

    def keep(self) -> None:
        """Commit what is shown, as one step."""
        if self._doing is not Doing.NOTHING:
            self.cancel()
        now = self._now
        if now is None or not self.pending:
            return
        self._own_commit = True
        try:
            self.editor.commit(LABEL, now)
        finally:
            self._own_commit = False
        self._begin_anew()

    def done(self) -> None:
        """Keep it and go back to what was used before."""
        self.keep()
        self.finished.emit()

    def give_up(self) -> None:
        """Take everything back and go back to what was used before."""
        self._doing, self._bending, self._now = Doing.NOTHING, False, self.editor.document
        self.editor.preview(None)
        self.finished.emit()

    def use_mode(self, mode: Mode) -> None:
        """Choose what dragging does."""
        if mode != "free" and self.target() is None:
            self.editor.hint.emit(self.tr("Select one pixel or text layer to bend it."))
            mode = "free"
        self.mode, self.held = mode, None
        self.editor.hint.emit("")  # the hint says what this mode does
        self._show()

    def reset(self) -> None:
        """Take the bending away, that of earlier transforms too."""
        target = self.target()
        if target is not None:
            self._take(replace(target, warp=None))

    def _show(self) -> None:
        self.changed.emit()
        self.canvas.update()

    # --- what is transformed ----------------------------------------------------------------------------------------

    def target(self) -> Bendable | None:
        """Return the one layer that can be bent, as it is now; ``None`` for groups, several and others."""
        ids = self.editor.movable()
        if self._now is None or len(ids) != 1:
            return None
        layer = self._now.layer(ids[0])
        return layer if isinstance(layer, Bendable) else None

    def warp(self) -> Warp:
        target = self.target()
        return (target.warp if target is not None else None) or Warp()

    def _bend(self) -> Bend | None:
        target = self.target()
        return None if target is None else bend_of(replace(target, warp=self.warp()))

    def _take(self, layer: Bendable) -> None:
        """Show the layer so."""
        if self._now is not None:
            new = replace(layer, warp=plain(layer.warp))
            self._now = self._now.replace_layer(layer.id, lambda _: new)
            self.editor.preview(self._now)
        self._show()

    def _warped(self, warp: Warp) -> None:
        target = self.target()
        if target is not None:
            self._take(replace(target, warp=warp))

    def corner_points(self) -> tuple[Point, ...]:
        """Return the four corners of the figure in the document."""
        target, warp = self.target(), self.warp()
        if target is None:
            return ()
        size = content_size(target)
        a, b, c, d, tx, ty = layer_matrix(target)
        return tuple(
            (a * x * size[0] + c * y * size[1] + tx, b * x * size[0] + d * y * size[1] + ty) for x, y in warp.corners
        )

    def mesh_points(self) -> tuple[Point, ...]:
        """Return the control points of the mesh in the document."""
        bend = self._bend()
        if bend is None:
            return ()
        mesh = np.array(self.warp().mesh or FLAT)
        x, y = project(bend.outer, mesh[:, 0], mesh[:, 1])
        return tuple((float(one), float(other)) for one, other in zip(x, y, strict=True))

    def _spot(self, x: float, y: float) -> Point:
        """Return a document point as fractions of the layer, where corners are told."""
        target = self.target()
        assert target is not None
        return unplaced(target, content_size(target), x, y)

    def _mesh_spot(self, x: float, y: float) -> Point:
        """Return a document point where points of the mesh are told: before the perspective."""
        u, v, w = np.linalg.solve(square_to_quad(self.warp().corners), np.array([*self._spot(x, y), 1.0]))
        return float(u / w), float(v / w)

    # --- the pointer ------------------------------------------------------------------------------------------------

    def frame(self) -> Frame | None:
        if self.mode in ("distort", "perspective"):
            points = self.corner_points()
            return Frame((points[0], points[1], points[2], points[3]), True) if len(points) == 4 else None
        return super().frame()

    def _bend_handle(self, pointer: Pointer) -> Handle | int | None:
        """Return the handle under the pointer that bends, ``None`` where there is none."""
        if self.target() is None:
            return None
        if self.mode == "warp":
            return self._nearest(pointer, self.mesh_points())
        if self.mode == "free" and not (pointer.ctrl and self.editor.layer is not None):
            return None
        corner = self._nearest(pointer, self.corner_points())
        if corner is not None:
            return CORNERS[corner]
        if self.mode == "perspective":
            return None
        return next((side for side in SIDES if self._side_near(side, pointer)), None)

    def _side_near(self, side: Handle, pointer: Pointer) -> bool:
        points = self.corner_points()
        (ax, ay), (bx, by) = (self.canvas.view.to_widget(*points[i]) for i in SIDE_CORNERS[side])
        middle = QPointF((ax + bx) / 2, (ay + by) / 2)
        return (pointer.at - middle).manhattanLength() <= marks.GRIP

    def _nearest(self, pointer: Pointer, points: tuple[Point, ...]) -> int | None:
        best, found = marks.GRIP * 0.9, None
        for index, point in enumerate(points):
            apart = pointer.at - QPointF(*self.canvas.view.to_widget(*point))
            distance = (apart.x() ** 2 + apart.y() ** 2) ** 0.5
            if distance < best:
                best, found = distance, index
        return found

    def cursor(self, pointer: Pointer | None) -> Qt.CursorShape:
        if pointer is None:
            return Qt.CursorShape.ArrowCursor
        if self._bending or self._bend_handle(pointer) is not None:
            return Qt.CursorShape.PointingHandCursor
        if self.mode == "free" and self._doing in (Doing.NOTHING, Doing.PRESSED):
            frame = self._usable_frame()
            handle = frame.handle_at(pointer.at, self.canvas.view) if frame is not None else None
            if frame is not None and handle is None:
                inside = frame.contains(pointer.x, pointer.y)
                return Qt.CursorShape.SizeAllCursor if inside else Qt.CursorShape.CrossCursor
        if self.mode == "warp":
            return Qt.CursorShape.SizeAllCursor if self._surface_at(pointer) else Qt.CursorShape.ArrowCursor
        return super().cursor(pointer)

    def press(self, pointer: Pointer) -> None:
        if self._now is None or not self.editor.movable():
            return
        self._start, self._at, self._base = pointer, pointer.at, self._now
        self._ids, self._copied, self._met, self._gaps, self._text = self.editor.movable(), False, (), (), ""
        self._pick_on_release, self._bending, self._grabbed = None, False, None
        held = self._bend_handle(pointer)
        if held is not None:
            self.held, self._bending, self._doing = held, True, Doing.PRESSED
            self._targets = self.editor.measuring.targets(self._ids)
            self._show()
            return
        if self.mode == "warp":
            self._grabbed = self._surface_at(pointer)
            self._bending, self._doing = self._grabbed is not None, Doing.PRESSED
            return
        self._doing = Doing.PRESSED
        self._frame = self._usable_frame()
        self._handle = None
        if self._frame is not None:
            self._handle = self._frame.handle_at(pointer.at, self.canvas.view) if self.mode == "free" else None
            if self._handle is None and not self._frame.contains(pointer.x, pointer.y):
                self._handle = Handle.TURN if self.mode == "free" else None
                if self._handle is None:
                    self._doing = Doing.NOTHING

    def _surface_at(self, pointer: Pointer) -> Point | None:
        """Return which point of the content (as fractions) is under the pointer."""
        bend, target = self._bend(), self.target()
        own = bend.back(pointer.x, pointer.y) if bend is not None else None
        if own is None or target is None:
            return None
        width, height = content_size(target)
        u, v = own[0] / max(width, 1e-9), own[1] / max(height, 1e-9)
        return (u, v) if 0 <= u <= 1 and 0 <= v <= 1 else None

    def drag(self, pointer: Pointer) -> None:
        if not self._bending:
            super().drag(pointer)
            self.changed.emit()
            return
        self._at = pointer.at
        if self._doing is Doing.PRESSED:
            if (pointer.at - self._start.at).manhattanLength() < START:
                return
            self._doing = Doing.SCALING
        if self._doing is Doing.SCALING:
            self._now = self._base  # from where the drag began, however it went on the way
            if self._grabbed is not None:
                self._pull(self._grabbed, pointer)
            elif isinstance(self.held, int):
                self._move_point(self.held, pointer)
            elif isinstance(self.held, Handle):
                self._move_handle(self.held, pointer)

    def _reached(self, pointer: Pointer, start: Point) -> Point:
        """Return the document point that what began at ``start`` is dragged to: kept straight by Shift, or snapped."""
        dx, dy = pointer.x - self._start.x, pointer.y - self._start.y
        if pointer.shift:
            dx, dy = (dx, 0.0) if abs(dx) >= abs(dy) else (0.0, dy)
        x, y = start[0] + dx, start[1] + dy
        self._met = ()
        if pointer.ctrl and self.mode != "free":
            return x, y
        reach = self.canvas.view.document_length(REACH)
        found = snap_point(x, y, self._targets.lines, reach, grid=self._targets.grid)
        self._met = found.lines
        return x + found.dx, y + found.dy

    def _move_handle(self, handle: Handle, pointer: Pointer) -> None:
        points, warp = self.corner_points(), self.warp()
        moved = [list(spot) for spot in warp.corners]
        if handle in SIDE_CORNERS:
            one, other = SIDE_CORNERS[handle]
            middle = (points[one][0] + points[other][0]) / 2, (points[one][1] + points[other][1]) / 2
            to = self._reached(pointer, middle)
            for index in (one, other):
                x, y = points[index][0] + to[0] - middle[0], points[index][1] + to[1] - middle[1]
                moved[index] = list(self._spot(x, y))
        else:
            index = CORNERS.index(handle)
            spot = self._spot(*self._reached(pointer, points[index]))
            if self.mode == "perspective":
                _lean(moved, index, spot)
            else:
                moved[index] = list(spot)
        corners = tuple((float(x), float(y)) for x, y in moved)
        if convex(corners):
            self._warped(replace(warp, corners=corners))
        else:  # as far as it goes: what was shown last stays
            self._now = self.editor.shown
            self.canvas.update()

    def _move_point(self, index: int, pointer: Pointer) -> None:
        warp = self.warp()
        mesh = np.array(warp.mesh or FLAT)
        to = np.array(self._mesh_spot(*self._reached(pointer, self.mesh_points()[index])))
        by = to - mesh[index]
        mesh[index] = to
        if not pointer.alt:
            for follower in FOLLOWERS.get(index, ()):
                mesh[follower] += by
        self._set_mesh(mesh)

    def _pull(self, grabbed: Point, pointer: Pointer) -> None:
        """Move the surface so that the point that was grabbed follows, every control point by its share."""
        mesh = np.array(self.warp().mesh or FLAT)
        u, v = (np.array(value) for value in grabbed)
        share = np.outer(weights(v), weights(u)).ravel()
        inner = share.copy()
        inner[list(FOLLOWERS)] = 0.0
        if np.square(inner).sum() > 0.02:  # the corners stay, unless one of them is what is pulled
            share = inner
        x, y = surface(mesh.reshape(4, 4, 2), u, v)
        by = np.array(self._mesh_spot(pointer.x, pointer.y)) - np.array([float(x), float(y)])
        self._set_mesh(mesh + np.outer(share / np.square(share).sum(), by))

    def _set_mesh(self, mesh: Floats) -> None:
        points = tuple((float(x), float(y)) for x, y in np.clip(mesh, -50, 50))
        self._warped(replace(self.warp(), mesh=points))

    def release(self, pointer: Pointer) -> None:
        doing, self._doing = self._doing, Doing.NOTHING
        self._met, self._gaps, self._text = (), (), ""
        if doing in (Doing.MOVING, Doing.SCALING, Doing.TURNING) and not self._bending:
            self._now = self.editor.shown
        if self._base is not None and self._now != self._base:
            self._past.append(self._base)
        self._bending, self._grabbed = False, None
        self._show()

    def hover(self, pointer: Pointer) -> None:
        """Nothing is highlighted: what is transformed was chosen before."""

    def double_click(self, pointer: Pointer) -> None:
        self.done()

    # --- keys and numbers -------------------------------------------------------------------------------------------

    def wants(self, event: QKeyEvent) -> bool:
        undo = event.key() == Qt.Key.Key_Z and event.modifiers() == Qt.KeyboardModifier.ControlModifier
        return undo and bool(self._past) and not self.busy

    def key_press(self, event: QKeyEvent) -> bool:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self.busy:
            self.done()
            return True
        if self.wants(event):
            self._now = self._past.pop()
            self.editor.preview(self._now)
            self._show()
            return True
        step = arrow_step(event)
        if step is None or self._now is None or self.busy:
            return False
        x, y = self.place()
        self.set_place(x + step[0], y + step[1])
        return True

    def cancel(self) -> bool:
        if self._doing is not Doing.NOTHING:
            self._doing, self._bending, self._met, self._gaps, self._text = Doing.NOTHING, False, (), (), ""
            self._now = self._base
            self.editor.preview(self._now)
            self._show()
            return True
        # The canvas asks while it works through the key: the tools change when that is over.
        QTimer.singleShot(0, self, self.give_up)
        return True

    def place(self) -> Point:
        """Return the place of what is held: a corner, a control point, else the middle of the frame."""
        if isinstance(self.held, int) and self.mode == "warp":
            return self.mesh_points()[self.held]
        if isinstance(self.held, Handle) and self.held in CORNERS and self.corner_points():
            return self.corner_points()[CORNERS.index(self.held)]
        frame = self.frame()
        return (0.0, 0.0) if frame is None else frame.centre

    def set_place(self, x: float, y: float) -> None:
        """Bring what is held to a document point."""
        if self._now is None:
            return
        if isinstance(self.held, int) and self.mode == "warp":
            mesh = np.array(self.warp().mesh or FLAT)
            mesh[self.held] = self._mesh_spot(x, y)
            self._set_mesh(mesh)
        elif isinstance(self.held, Handle) and self.held in CORNERS and self.target() is not None:
            corners = list(self.warp().corners)
            corners[CORNERS.index(self.held)] = self._spot(x, y)
            if convex(corners):
                self._warped(replace(self.warp(), corners=(corners[0], corners[1], corners[2], corners[3])))
        else:
            old = self.place()
            self._placed(Placement(dx=x - old[0], dy=y - old[1]))

    def set_degrees(self, degrees: float) -> None:
        """Turn the one layer to an angle, about its middle."""
        target, frame = self.target(), self.frame()
        if target is not None and frame is not None:
            self._placed(Placement(pivot=frame.centre, degrees=degrees - target.transform.rotation))

    def set_scale(self, scale: float) -> None:
        """Scale the one layer to a part of its own size, about its middle; 1 is its own size."""
        target, frame = self.target(), self.frame()
        if target is not None and frame is not None and scale > 0:
            self._placed(Placement(pivot=frame.centre, scale=scale / max(1e-9, abs(target.transform.scale_x))))

    def _placed(self, how: Placement) -> None:
        if self._now is not None:
            self._now = place_by(self._now, self.editor.movable(), how, self.editor.size_of)
            self.editor.preview(self._now)
            self._show()

    def fill_menu(self, menu: QMenu, pointer: Pointer) -> None:
        menu.addAction(self.tr("Keep the transform"), self.done)
        menu.addAction(self.tr("Take the transform back"), self.give_up)
        menu.addAction(self.tr("Reset the distortion"), self.reset).setEnabled(self.warp() != Warp())
        menu.addSeparator()

    # --- marks ------------------------------------------------------------------------------------------------------

    def paint(self, painter: QPainter) -> None:
        if self.mode == "free" and not self._bending:
            super().paint(painter)
            return
        view = self.canvas.view
        if self.mode == "warp":
            self._paint_mesh(painter)
        else:
            points = [QPointF(*view.to_widget(*point)) for point in self.corner_points()]
            if points:
                marks.frame(painter, points)
                for point in points:
                    marks.handle(painter, point)
                if self.mode != "perspective":
                    for one, other in SIDE_CORNERS.values():
                        marks.handle(painter, (points[one] + points[other]) / 2)
        for line in self._met:
            marks.guide(painter, view, line)
        if self._doing is Doing.SCALING and self._grabbed is None:
            x, y = self.place()
            words = self.tr("{x}, {y} px").format(x=f"{x:.0f}", y=f"{y:.0f}").replace("-", "−")
            marks.label(painter, self._at + QPointF(16, 20), words)

    def _paint_mesh(self, painter: QPainter) -> None:
        bend, target, view = self._bend(), self.target(), self.canvas.view
        if bend is None or target is None:
            return
        width, height = content_size(target)
        along = np.linspace(0.0, 1.0, 33)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        path = QPainterPath()
        for part in (0.0, 1 / 3, 2 / 3, 1.0):
            fixed = np.full_like(along, part)
            for u, v in ((along, fixed), (fixed, along)):
                x, y = bend.forward(u * width, v * height)
                places = [QPointF(*view.to_widget(float(a), float(b))) for a, b in zip(x, y, strict=True)]
                path.moveTo(places[0])
                for place in places[1:]:
                    path.lineTo(place)
        for pen in (QPen(marks.SEAM, 2), QPen(marks.accent(), 1)):
            painter.setPen(pen)
            painter.drawPath(path)
        points = [QPointF(*view.to_widget(*point)) for point in self.mesh_points()]
        painter.setPen(QPen(QColor(255, 255, 255, 140), 1))
        for corner, followers in FOLLOWERS.items():
            for follower in followers:
                if abs(follower - corner) in (1, 4):  # its neighbours along the two edges
                    painter.drawLine(points[corner], points[follower])
        for index, point in enumerate(points):
            marks.handle(painter, point, round_=index not in FOLLOWERS)


def _lean(moved: list[list[float]], index: int, spot: Point) -> None:
    """Move a corner along the layer's nearer axis, and its neighbour on that side as far the other way."""
    dx, dy = spot[0] - moved[index][0], spot[1] - moved[index][1]
    axis = 0 if abs(dx) >= abs(dy) else 1
    by = dx if axis == 0 else dy
    level = {0: 1, 1: 0, 2: 3, 3: 2}[index]  # the corner on the same level side
    upright = {0: 3, 3: 0, 1: 2, 2: 1}[index]
    moved[index][axis] += by
    moved[level if axis == 0 else upright][axis] -= by
