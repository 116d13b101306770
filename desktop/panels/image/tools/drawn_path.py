"""The path that the pen draws: where it is in the document, what a press would do to it, and how a point joins it."""

import enum

import msgspec
from PySide6.QtCore import QPointF

from core.documents import image_edits, image_paths
from core.documents.image import ImageDocument, ShapeLayer
from core.documents.image_paths import Spot
from core.documents.image_shapes import Contour, Contours, Knot, Path
from core.values import AtelierError, new_id
from desktop.panels.image import marks
from desktop.panels.image.commands import Commands
from desktop.panels.image.shape_style import ShapeStyle
from desktop.panels.image.tools.base import Pointer, Tool
from desktop.panels.image.tools.path_target import Target, knot_under, put, segment_under, target_of
from desktop.panels.image.words import QT_TRANSLATE_NOOP

replace = msgspec.structs.replace
ADD, CLOSE, DELETE = (
    QT_TRANSLATE_NOOP("history", "Draw path"),
    QT_TRANSLATE_NOOP("history", "Close path"),
    QT_TRANSLATE_NOOP("history", "Delete points"),
)


class Would(enum.Enum):
    """What a press at some place would do."""

    START = 0
    APPEND = 1
    CLOSE = 2
    CORNER = 3
    JOIN = 4
    CONTINUE = 5
    INSERT = 6
    DELETE = 7


class DrawnPath(Tool):
    """A tool that draws a path point by point. Nothing here knows of gestures."""

    commands: Commands
    style: ShapeStyle

    _first: Knot | None = None
    """The first point of a path that is not in the document yet."""
    _path: tuple[str, int, bool] | None = None
    """The path that is drawn on: its layer, its contour, and whether it grows at its beginning."""
    _knot: Knot | None = None
    """The point being placed; its handles follow the pointer."""
    _what = Would.START
    _spot: Spot | None = None
    _committing = False

    @property
    def drawing(self) -> bool:
        """True while a path waits for its next point."""
        return self._first is not None or self._path is not None

    def target(self) -> Target | None:
        """Return the path at hand as it is committed."""
        return target_of(self.editor, self.editor.document)

    def _open(self) -> tuple[Target, Contour] | None:
        """Return the contour that is drawn on."""
        if self._path is None:
            return None
        layer_id, index, _ = self._path
        target = self.target()
        if target is None or target.layer_id != layer_id or index >= len(target.contours):
            return None
        contour = target.contours[index]
        return None if contour.closed else (target, contour)

    def _end(self) -> Knot | None:
        """Return the point that the next one is joined to."""
        if self._first is not None:
            return self._first
        found = self._open()
        if found is None or self._path is None:
            return None
        knots = found[1].knots
        if not self._path[2]:
            return knots[-1]
        return image_paths.turned_round(Contour(knots=knots[:1])).knots[0]

    def finish(self) -> None:
        """End the path that is drawn."""
        self._first = self._path = None

    def _would(self, pointer: Pointer) -> tuple[Would, Spot | None]:
        target, view = self.target(), self.canvas.view
        if self._first is not None:
            x, y = view.to_widget(*self._first.at)
            near = (QPointF(x, y) - pointer.at).manhattanLength() <= marks.GRIP
            return (Would.CORNER, None) if near else (Would.APPEND, None)
        under = None if target is None else knot_under(target.contours, pointer.at, view)
        found = self._open()
        if found is not None and self._path is not None:
            _, index, front = self._path
            count = len(found[1].knots)
            last, first = (0, count - 1) if front else (count - 1, 0)
            if under == Spot(index, first) and count > 1:
                return Would.CLOSE, under
            if under == Spot(index, last):
                return Would.CORNER, under
            if under is not None and target is not None and _is_end(target.contours, under):
                return Would.JOIN, under
            return Would.APPEND, None
        if target is None:
            return Would.START, None
        if under is not None:
            return (Would.CONTINUE if _is_end(target.contours, under) else Would.DELETE), under
        near_segment = segment_under(target.contours, pointer.at, view)
        return (Would.START, None) if near_segment is None else (Would.INSERT, near_segment.spot)

    def _shown(self) -> ImageDocument | None:
        knot, found = self._knot, self._open()
        if knot is None:
            return None
        if self._first is not None and self._what is Would.APPEND:
            return self._with_new(knot)[0]
        if found is None or self._path is None:
            return None
        contours = self._joined(found[0], knot)
        return None if contours is None else put(self.editor.require(), found[0], contours)

    def _with_new(self, knot: Knot) -> tuple[ImageDocument, str]:
        """Return the document with a path of its first two points, and its layer's id."""
        assert self._first is not None
        contour = Contour(knots=(self._first, knot), closed=False)
        target, document = self.target(), self.editor.require()
        if target is not None and target.on_mask:
            return put(document, target, (*target.contours, contour)), target.layer_id
        layer = ShapeLayer(
            id=new_id(),
            name=image_edits.fresh_name(document, self.tr("Path")),
            geometry=Path(),
            fill=self.style.fill,
            stroke=self.style.stroke,
        )
        layer = image_paths.with_contours(layer, (contour,))
        parent, position = self.commands.spot()
        return image_edits.insert(document, [layer], parent, position), layer.id

    def _joined(self, target: Target, knot: Knot) -> Contours | None:
        """Return the target's contours with the point being placed."""
        assert self._path is not None
        _, index, front = self._path
        contours = target.contours
        turned = image_paths.turned_round
        own = turned(contours[index]) if front else contours[index]
        knots = own.knots
        match self._what:
            case Would.APPEND:
                own = replace(own, knots=(*knots, knot))
            case Would.CORNER:
                own = replace(own, knots=(*knots[:-1], knot))
            case Would.CLOSE:
                own = replace(own, knots=(knot, *knots[1:]), closed=True)
            case Would.JOIN if self._spot is not None:
                other = contours[self._spot.contour]
                if self._spot.knot:
                    other = turned(other)
                own = replace(own, knots=(*knots, knot, *other.knots[1:]))
                own = turned(own) if front else own
                kept = [own if i == index else one for i, one in enumerate(contours) if i != self._spot.contour]
                return tuple(kept)
            case _:
                return None
        own = turned(own) if front else own
        return (*contours[:index], own, *contours[index + 1 :])

    def _begin_path(self, knot: Knot) -> None:
        try:
            document, layer_id = self._with_new(knot)
        except AtelierError as error:
            self.editor.preview(None)
            self.editor.session.report(error)
            return
        on_path = self.editor.on_path
        self._committing = True
        try:
            if self.editor.commit(ADD, document):
                self.editor.select([layer_id], path=on_path)
                target = self.target()
                self._first = None
                self._path = None if target is None else (layer_id, len(target.contours) - 1, False)
        finally:
            self._committing = False

    def _write(self, label: str, target: Target, contours: Contours) -> None:
        try:
            document = put(self.editor.require(), target, contours)
        except AtelierError as error:
            self.editor.preview(None)
            self.editor.session.report(error)
            return
        self._committing = True
        try:
            self.editor.commit(label, document)
        finally:
            self._committing = False

    def _take_last(self) -> None:
        """Delete the last point and go on from the one before."""
        found = self._open()
        if found is None or self._path is None:
            self.finish()
            return
        layer_id, index, front = self._path
        count = len(found[1].knots)
        left = found[1].knots[::-1] if front else found[1].knots
        first = left[0]
        contours = image_paths.delete(found[0].contours, [Spot(index, 0 if front else count - 1)])
        self._write(DELETE, found[0], contours)
        if count <= 2:
            self._path = None
            self._first = None if front else first
        else:
            self._path = layer_id, index, front


def _is_end(contours: Contours, at: Spot) -> bool:
    contour = contours[at.contour]
    return not contour.closed and at.knot in (0, len(contour.knots) - 1)
