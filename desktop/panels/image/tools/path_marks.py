"""How the points and handles of a path are drawn."""

from PySide6.QtGui import QPainter, QPen

from core.documents import image_paths
from core.documents.image_paths import Spot
from desktop.panels.image import marks
from desktop.panels.image.tools.base import Tool
from desktop.panels.image.tools.path_target import Target, spot, widget_outline, with_neighbours

MANY = 400
"""With more points than this only the chosen ones have marks of their own."""


def paint_path(painter: QPainter, target: Target, chosen: set[Spot], tool: Tool) -> None:
    """Draw a path with its points, and the handles of the chosen ones and their neighbours."""
    view, contours = tool.canvas.view, target.contours
    marks.curve(painter, widget_outline(contours, view))
    for one in with_neighbours(contours, chosen):
        knot = image_paths.knot_at(contours, one)
        if knot is not None:
            at = spot(view, *knot.at)
            for dx, dy in ((knot.in_x, knot.in_y), (knot.out_x, knot.out_y)):
                if dx or dy:
                    marks.arm(painter, at, spot(view, knot.x + dx, knot.y + dy))
    every = image_paths.every(contours)
    if len(every) > MANY:  # a traced picture: its points are dots until some are chosen
        dots = [spot(view, *contours[one.contour].knots[one.knot].at) for one in every]
        painter.setPen(QPen(marks.accent(), 3))
        painter.drawPoints(dots)
        every = list(chosen)
    for one in every:
        knot = contours[one.contour].knots[one.knot]
        marks.knot(painter, spot(view, *knot.at), chosen=one in chosen, smooth=knot.smooth)
