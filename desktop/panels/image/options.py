"""The bar above the canvas: the options of the tool in use, and what it can do, in one line."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QStackedWidget,
    QWidget,
)

from core.documents.image_place import Edge
from desktop import icons, theme
from desktop.panels.image.artboard_options import ArtboardPage
from desktop.panels.image.commands import Commands
from desktop.panels.image.crop_options import CropPage
from desktop.panels.image.editor import Editor
from desktop.panels.image.fonts import FamilyField, WeightField
from desktop.panels.image.liquify_options import LiquifyPage
from desktop.panels.image.option_parts import icon_button, separator
from desktop.panels.image.painting_options import BucketPage, GradientPage, PaintPage
from desktop.panels.image.points_options import PointsPage
from desktop.panels.image.select_options import SelectPage
from desktop.panels.image.shape_options import ShapePage
from desktop.panels.image.tools.artboard import ArtboardTool
from desktop.panels.image.tools.base import Tool
from desktop.panels.image.tools.bucket import BucketTool
from desktop.panels.image.tools.crop import CropTool
from desktop.panels.image.tools.gradient import GradientTool
from desktop.panels.image.tools.liquify import LiquifyTool
from desktop.panels.image.tools.look import EyedropperTool
from desktop.panels.image.tools.move import MoveTool
from desktop.panels.image.tools.painting import PaintTool
from desktop.panels.image.tools.pen import PenTool
from desktop.panels.image.tools.points import PointsTool
from desktop.panels.image.tools.select import SelectTool
from desktop.panels.image.tools.shape import ShapeTool
from desktop.panels.image.tools.text import TextTool
from desktop.panels.image.tools.transform import TransformTool
from desktop.panels.image.transform_options import TransformPage
from desktop.widgets.choice import Segmented
from desktop.widgets.number import NumberField


class OptionsBar(QWidget):
    """One page for each tool that has options, and the tool's hint at the right end."""

    def __init__(
        self, editor: Editor, commands: Commands, tools: dict[str, Tool], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.editor = editor
        self.commands = commands
        self.setFixedHeight(theme.px(40))
        self.setMinimumWidth(theme.px(320))  # pages leave out what does not fit, rather than widen the window
        self._pages: dict[str, QWidget] = {}
        self._fit: dict[str, Callable[[int], None]] = {}
        self._stack = QStackedWidget()
        self._stack.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self._hint = QLabel()
        theme.set_role(self._hint, "secondary")
        self._hint.setAlignment(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
        self._hint.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._hint.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(12), 0, theme.px(12), 0)
        row.setSpacing(theme.px(16))
        row.addWidget(self._stack)
        row.addWidget(self._hint, 1)
        for tool in tools.values():
            self._pages[tool.id] = self._page(tool)
            self._stack.addWidget(self._pages[tool.id])
        self._tool: Tool | None = None
        self._said = ""
        editor.hint.connect(self.say)
        editor.selection_changed.connect(lambda: self.say(""))

    def show_tool(self, tool: Tool) -> None:
        """Show the options of another tool."""
        self._tool = tool
        self._stack.setCurrentWidget(self._pages[tool.id])
        for page in self._pages.values():
            policy = QSizePolicy.Policy.Maximum if page is self._pages[tool.id] else QSizePolicy.Policy.Ignored
            page.setSizePolicy(policy, QSizePolicy.Policy.Preferred)
        self._make_room()
        self.say("")

    def say(self, text: str) -> None:
        """Show a sentence about what just did not work; empty shows the tool's own help again."""
        self._said = text or (self._tool.help() if self._tool is not None else "")
        theme.set_role(self._hint, "warn" if text else "secondary")
        self._hint.setToolTip(self._said)
        self._elide()

    def resizeEvent(self, event: object) -> None:
        self._make_room()
        self._elide()

    def _make_room(self) -> None:
        if self._tool is not None and self._tool.id in self._fit:
            self._fit[self._tool.id](self.width() - theme.px(24))
        self._stack.adjustSize()

    def _elide(self) -> None:
        room = max(0, self.width() - self._stack.sizeHint().width() - theme.px(44))
        text = self._hint.fontMetrics().elidedText(self._said, Qt.TextElideMode.ElideRight, room)
        self._hint.setText(text if room > theme.px(80) else "")

    # --- pages ------------------------------------------------------------------------------------------------------

    def _page(self, tool: Tool) -> QWidget:
        page = QWidget()
        row = QHBoxLayout(page)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        icon = QLabel()
        icons.set_icon(icon, tool.icon)
        row.addWidget(icon)
        name = QLabel(tool.title())
        theme.set_role(name, "heading")
        row.addWidget(name)
        if isinstance(tool, TransformTool):
            TransformPage(tool, row, page)
        elif isinstance(tool, LiquifyTool):
            LiquifyPage(tool, row, page)
        elif isinstance(tool, MoveTool):
            self._move_page(tool, row)
        elif isinstance(tool, ArtboardTool):
            ArtboardPage(tool, row, page)
        elif isinstance(tool, PaintTool):
            self._fit[tool.id] = PaintPage(tool, row, page).fit
        elif isinstance(tool, GradientTool):
            self._fit[tool.id] = GradientPage(tool, self.editor, row, page).fit
        elif isinstance(tool, BucketTool):
            BucketPage(tool, row, page)
        elif isinstance(tool, TextTool):
            self._text_page(tool, row)
        elif isinstance(tool, ShapeTool | PenTool):
            ShapePage(tool, tool.style, row, page)
        elif isinstance(tool, PointsTool):
            PointsPage(tool, row, page)
        elif isinstance(tool, SelectTool):
            SelectPage(tool, row, page)
        elif isinstance(tool, CropTool):
            CropPage(tool, row, page)
        elif isinstance(tool, EyedropperTool):
            row.addWidget(separator())
            sizes = ((1, self.tr("1 pixel")), (3, "3 × 3"), (5, "5 × 5"))
            around = Segmented(self.tr("Sample size"), sizes, tool.around)
            around.committed.connect(lambda value: setattr(tool, "around", value))
            row.addWidget(around)
        elif tool.id == "zoom":
            row.addWidget(separator())
            canvas = tool.canvas
            row.addWidget(icon_button("maximize", self.tr("Fit in window"), canvas.fit))
            row.addWidget(icon_button("zoom-in", self.tr("Zoom in"), lambda: canvas.zoom_step(True)))
            row.addWidget(icon_button("zoom-out", self.tr("Zoom out"), lambda: canvas.zoom_step(False)))
        return page

    def _move_page(self, tool: MoveTool, row: QHBoxLayout) -> None:
        commands = self.commands
        row.addWidget(separator())
        auto = QCheckBox(self.tr("Auto-select"))
        auto.setToolTip(self.tr("A click chooses the topmost layer under the pointer."))
        auto.setChecked(tool.auto_select)
        what = Segmented(self.tr("Select"), ((False, self.tr("Layer")), (True, self.tr("Group"))), tool.whole_groups)
        auto.toggled.connect(lambda on: setattr(tool, "auto_select", on))
        auto.toggled.connect(what.setEnabled)
        what.committed.connect(lambda value: setattr(tool, "whole_groups", value))
        row.addWidget(auto)
        row.addWidget(what)
        row.addWidget(separator())
        edges: tuple[tuple[Edge, str, str], ...] = (
            ("left", "align-start-vertical", self.tr("Align left edges")),
            ("centre", "align-center-vertical", self.tr("Centre horizontally")),
            ("right", "align-end-vertical", self.tr("Align right edges")),
            ("top", "align-start-horizontal", self.tr("Align top edges")),
            ("middle", "align-center-horizontal", self.tr("Centre vertically")),
            ("bottom", "align-end-horizontal", self.tr("Align bottom edges")),
        )
        some: list[QWidget] = []
        many: list[QWidget] = []
        strip = QHBoxLayout()
        strip.setSpacing(theme.px(2))
        for edge, icon, tip in edges:
            button = icon_button(icon, tip, lambda e=edge: commands.align(e))  # type: ignore[misc]
            some.append(button)
            strip.addWidget(button)
        for icon, tip, run in (
            ("align-horizontal-space-around", self.tr("Equal gaps across"), lambda: commands.distribute("horizontal")),
            ("align-vertical-space-around", self.tr("Equal gaps down"), lambda: commands.distribute("vertical")),
        ):
            button = icon_button(icon, tip, run)
            many.append(button)
            strip.addWidget(button)
        row.addLayout(strip)

        def follow() -> None:
            count = len(self.editor.movable())
            for widget in some:
                widget.setEnabled(count > 0)
            for widget in many:
                widget.setEnabled(count > 2)

        self.editor.selection_changed.connect(follow)
        self.editor.committed.connect(follow)
        follow()

    def _text_page(self, tool: TextTool, row: QHBoxLayout) -> None:
        style = tool.style()
        row.addWidget(separator())
        family = FamilyField(style.family)
        family.setFixedWidth(theme.px(180))
        weight = WeightField(style.weight)
        size = NumberField(self.tr("Size"), minimum=1, maximum=5000, step=1, unit="px", value=style.size)
        size.setFixedWidth(theme.px(72))
        align = Segmented(
            self.tr("Alignment"),
            (("left", self.tr("Left")), ("center", self.tr("Centre")), ("right", self.tr("Right"))),
            style.align,
        )
        family.committed.connect(lambda value: tool.set_style(family=value))
        weight.committed.connect(lambda value: tool.set_style(weight=value))
        size.committed.connect(lambda value: tool.set_style(size=value))
        align.committed.connect(lambda value: tool.set_style(align=value))
        for widget in (family, weight, size, align):
            row.addWidget(widget)

        def follow() -> None:
            now = tool.style()
            family.set_value(now.family)
            weight.set_value(now.weight)
            size.set_value(now.size)
            align.set_value(now.align)

        tool.style_changed.connect(follow)
        self.editor.committed.connect(follow)
