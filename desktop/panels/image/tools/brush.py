"""Brush (B) and Eraser (E): strokes on a pixel layer or on a mask, stored as the tiles they touched."""

from core.raster.brush import Mode
from desktop.panels.image.tools.base import Pointer
from desktop.panels.image.tools.look import sample_colour
from desktop.panels.image.tools.quick_mask import QuickMasked
from desktop.panels.image.words import QT_TRANSLATE_NOOP


class BrushTool(QuickMasked):
    id = "brush"
    icon = "brush"
    key = "B"
    label = QT_TRANSLATE_NOOP("history", "Brush stroke")

    def title(self) -> str:
        return self.tr("Brush")

    def help(self) -> str:
        return self.tr(
            "Drag to paint. [ and ] change the size, Shift+[ and Shift+] the hardness, digits the opacity; "
            "Shift+click draws a line, Alt takes a colour."
        )

    def alt_press(self, pointer: Pointer) -> bool:
        self.alt_drag(pointer)
        return True

    def alt_drag(self, pointer: Pointer) -> None:
        colour = sample_colour(self.editor, self.canvas.tiles, pointer.x, pointer.y)
        if colour is not None:
            self.editor.set_colour(colour)


class EraserTool(BrushTool):
    id = "eraser"
    icon = "eraser"
    key = "E"
    mode: Mode = "erase"
    label = QT_TRANSLATE_NOOP("history", "Erase")
    makes_layer = False

    def title(self) -> str:
        return self.tr("Eraser")

    def help(self) -> str:
        return self.tr(
            "Drag to erase pixels, or to hide when a mask is selected. [ and ] change the size, Shift+[ and Shift+] "
            "the hardness, digits the opacity."
        )

    def needs_layer(self) -> str:
        return self.tr("Select a pixel layer or a mask to erase from.")
