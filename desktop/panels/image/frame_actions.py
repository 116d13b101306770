"""The Image menu's commands for the whole picture, and the View menu's for measuring."""

from functools import partial
from typing import TYPE_CHECKING

from core.documents.image import RasterLayer, SmartLayer, TextLayer
from core.documents.image_values import Depth
from desktop.panels.image.action_set import ActionSet
from desktop.panels.image.depth import DepthCommands, depth_name
from desktop.panels.image.frame_commands import FrameCommands
from desktop.panels.image.measure_dialogs import GuideDialog, MeasureDialog
from desktop.panels.image.size_dialog import SizeDialog
from desktop.panels.image.tools.transform import Mode

if TYPE_CHECKING:
    from desktop.panels.image.panel import ImagePanel


DEPTHS: tuple[Depth, ...] = (8, 16, 32)


class FrameActions(ActionSet):
    """Makes the actions once and keeps their state true."""

    menu = "image"

    def __init__(self, panel: "ImagePanel") -> None:
        super().__init__(panel)
        self.commands = FrameCommands(panel.editor, panel)
        self.dialog: SizeDialog | GuideDialog | MeasureDialog | None = None
        self.depth = DepthCommands(panel.editor, panel)
        self._picture()
        self._depths()
        self._measure()
        self._transform()
        panel.editor.measuring.options_changed.connect(self.follow)
        panel.move_tool.guide_asked.connect(self.ask_guide)

    def _picture(self) -> None:
        panel, do, add = self.panel, self.commands, self._add
        session = panel.editor.session
        add("image.size", panel.tr("Image size…"), partial(self.ask, whole=True), group="size", keys="Ctrl+Alt+I")
        add("image.canvas", panel.tr("Canvas size…"), partial(self.ask, whole=False), group="size", keys="Ctrl+Alt+C")
        add("image.trim", panel.tr("Trim transparent edges"), lambda: session.spawn(do.trim()), group="crop")
        add("image.reveal", panel.tr("Reveal all"), do.reveal, group="crop")
        add("image.turn-right", panel.tr("Rotate picture 90° clockwise"), lambda: do.turn(1), group="turn")
        add("image.turn-left", panel.tr("Rotate picture 90° anticlockwise"), lambda: do.turn(-1), group="turn")
        add("image.turn-half", panel.tr("Rotate picture 180°"), lambda: do.turn(2), group="turn")
        add("image.flip-h", panel.tr("Flip picture horizontally"), lambda: do.flip("horizontal"), group="turn")
        add("image.flip-v", panel.tr("Flip picture vertically"), lambda: do.flip("vertical"), group="turn")

    def _depths(self) -> None:
        for depth in DEPTHS:
            run = partial(self.depth.convert, depth)
            self._add(f"image.depth-{depth}", depth_name(depth), run, group="depth", checkable=True)

    def _measure(self) -> None:
        panel, measuring = self.panel, self.panel.editor.measuring
        add = partial(self._add, menu="view")
        for name, text, keys in (
            ("rulers", panel.tr("Rulers"), "Ctrl+R"),
            ("guides", panel.tr("Guides"), "Ctrl+;"),
            ("grid", panel.tr("Grid"), "Ctrl+'"),
            ("snap", panel.tr("Snap"), "Ctrl+Shift+;"),
        ):
            add(f"view.{name}", text, partial(measuring.flip, name), group="measure", keys=keys, checkable=True)
        lock = partial(measuring.flip, "locked")
        add("view.locked", panel.tr("Lock guides"), lock, group="guides", keys="Ctrl+Alt+;", checkable=True)
        add("view.guide-new", panel.tr("New guide…"), partial(self.ask_guide, None), group="guides")
        add("view.guides-clear", panel.tr("Clear guides"), panel.guides.clear, group="guides")
        add("view.measure", panel.tr("Grid and snapping…"), self.ask_measure, group="guides")

    def _transform(self) -> None:
        panel = self.panel
        modes: tuple[tuple[Mode, str, str], ...] = (
            ("free", panel.tr("Free transform"), "Ctrl+T"),
            ("distort", panel.tr("Distort"), ""),
            ("perspective", panel.tr("Perspective"), ""),
            ("warp", panel.tr("Warp"), ""),
        )
        for mode, text, keys in modes:
            run = partial(panel.transform, mode)
            self._add(f"layer.transform-{mode}", text, run, menu="layer", group="transform", keys=keys)
        add = partial(self._add, menu="layer", group="transform")
        add("layer.liquify", panel.tr("Liquify"), panel.liquify, keys="Ctrl+Shift+X")

    def ask_guide(self, index: int | None) -> None:
        """Ask where a guide stands."""
        if self.panel.editor.document is not None:
            self.dialog = GuideDialog(self.panel.guides, index, self.panel.window())
            self.dialog.show()

    def ask_measure(self) -> None:
        """Ask how one measures."""
        self.dialog = MeasureDialog(self.panel.editor.measuring, self.panel.window())
        self.dialog.show()

    def ask(self, *, whole: bool) -> None:
        """Ask for a size."""
        if self.panel.editor.document is not None:
            self.dialog = SizeDialog(self.panel.editor, whole=whole, parent=self.panel.window())
            self.dialog.show()

    def follow(self) -> None:
        """Enable what can be done now."""
        document = self.panel.editor.document
        for action in self.by_id.values():
            action.setEnabled(document is not None)
        movable = document is not None and bool(self.panel.editor.movable())
        single = movable and isinstance(self.panel.editor.layer, RasterLayer | SmartLayer | TextLayer)
        self.by_id["layer.liquify"].setEnabled(single and isinstance(self.panel.editor.layer, RasterLayer))
        # An artboard stands upright and is resized by its own tool.
        boards = bool(self.panel.editor.boards.selected())
        self.by_id["layer.transform-free"].setEnabled(movable and not boards)
        for mode in ("distort", "perspective", "warp"):
            self.by_id[f"layer.transform-{mode}"].setEnabled(single)
        self.by_id["view.guides-clear"].setEnabled(document is not None and bool(document.guides))
        options = self.panel.editor.measuring.options
        for depth in DEPTHS:
            self.by_id[f"image.depth-{depth}"].setChecked(document is not None and document.depth == depth)
        for name in ("rulers", "guides", "grid", "snap", "locked"):
            self.by_id[f"view.{name}"].setChecked(getattr(options, name))
