"""The options of the direct selection, in the bar above the canvas: what can be done to the points that are chosen."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from core.documents.image_shapes import Combining
from desktop.panels.image.option_parts import icon_button, separator
from desktop.panels.image.tools.points import PointsTool


class PointsPage(QObject):
    """Convert, delete, and how the outline of the chosen points is combined with those before it."""

    def __init__(self, tool: PointsTool, row: QHBoxLayout, page: QWidget) -> None:
        super().__init__(page)
        self.tool = tool
        self.points = [
            icon_button("spline", self.tr("Make smooth"), lambda: tool.convert(smooth=True)),
            icon_button("pentagon", self.tr("Make corners"), lambda: tool.convert(smooth=False)),
            icon_button("trash-2", self.tr("Delete points"), tool.delete),
        ]
        row.addWidget(separator())
        for button in self.points:
            row.addWidget(button)
        row.addWidget(separator())
        self.combining: dict[Combining, QToolButton] = {}
        table: tuple[tuple[Combining, str, str], ...] = (
            ("unite", "squares-unite", self.tr("Unite the outline with those before it")),
            ("subtract", "squares-subtract", self.tr("Cut the outline out of those before it")),
            ("intersect", "squares-intersect", self.tr("Keep what the outline has in common with those before it")),
            ("exclude", "squares-exclude", self.tr("Leave out where the outline overlaps those before it")),
        )
        for combine, icon, tip in table:
            button = icon_button(icon, tip, lambda c=combine: self._combine(c), checkable=True)  # type: ignore[misc]
            self.combining[combine] = button
            row.addWidget(button)
        tool.chosen_changed.connect(self.follow)
        tool.editor.committed.connect(self.follow)
        tool.editor.selection_changed.connect(self.follow)
        self.follow()

    def _combine(self, combine: Combining) -> None:
        self.tool.set_combining(combine)
        self.follow()

    def follow(self) -> None:
        """Enable what can be done with the chosen points."""
        chosen = self.tool.chosen
        for button in self.points:
            button.setEnabled(bool(chosen))
        now = self.tool.combining()
        later = any(one.contour > 0 for one in chosen)
        for combine, button in self.combining.items():
            button.setEnabled(later)
            button.setChecked(later and combine == now)
