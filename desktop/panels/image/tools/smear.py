"""Smudge, Blur and Sharpen (R)."""

from typing import ClassVar, Literal

import msgspec

from core.raster.brush import Brush, Stroke
from core.raster.sampling import RasterSampler
from core.raster.smudging import SmudgeStroke
from core.raster.stamping import FilterStroke, Limit
from desktop.panels.image.tools.base import Pointer
from desktop.panels.image.tools.painting import PaintTool
from desktop.panels.image.tools.target import Target
from desktop.panels.image.words import QT_TRANSLATE_NOOP

replace = msgspec.structs.replace


class SmudgeOptions(msgspec.Struct, frozen=True):
    """What smudging is set to."""

    finger: bool = False
    """A stroke begins with the foreground colour on the finger."""


class SmudgeTool(PaintTool):
    id = "smudge"
    icon = "pointer"
    key = "R"
    label = QT_TRANSLATE_NOOP("history", "Smudge")
    options_type = SmudgeOptions
    default_brush = Brush(size=50, hardness=0.5, opacity=0.6, spacing=0.05)
    makes_layer = False
    uses_flow = False

    def title(self) -> str:
        return self.tr("Smudge")

    def help(self) -> str:
        return self.tr(
            "Drag to smear what is there like wet paint; with Alt the stroke begins with the foreground colour. "
            "Digits change the strength."
        )

    def strength_name(self) -> str:
        return self.tr("Strength")

    def make_stroke(self, target: Target, brush: Brush, limit: Limit | None, pointer: Pointer) -> Stroke | None:
        finger = self.options.finger != pointer.alt
        project, strength = self.editor.session.require(), brush.opacity
        return SmudgeStroke(brush, target.pixels, project, strength, finger=finger, mode=target.mode, limit=limit)


class FilterTool(PaintTool):
    """Base of the two that filter."""

    key = "R"
    kind: ClassVar[Literal["blur", "sharpen"]]
    default_brush = Brush(size=60, hardness=0.3, opacity=0.5)
    makes_layer = False
    uses_flow = False

    def strength_name(self) -> str:
        return self.tr("Strength")

    def make_stroke(self, target: Target, brush: Brush, limit: Limit | None, pointer: Pointer) -> Stroke | None:
        project, strength = self.editor.session.require(), brush.opacity
        sampler = RasterSampler(target.pixels, project)
        whole = replace(brush, opacity=1.0)
        return FilterStroke(whole, target.pixels, project, sampler, self.kind, strength, target.mode, limit)


class BlurTool(FilterTool):
    id = "blur"
    icon = "droplet"
    kind = "blur"
    label = QT_TRANSLATE_NOOP("history", "Blur brush")

    def title(self) -> str:
        return self.tr("Blur")

    def help(self) -> str:
        return self.tr("Paint to soften; paint again to soften more. Digits change the strength.")


class SharpenTool(FilterTool):
    id = "sharpen"
    icon = "triangle"
    kind = "sharpen"
    label = QT_TRANSLATE_NOOP("history", "Sharpen brush")

    def title(self) -> str:
        return self.tr("Sharpen")

    def help(self) -> str:
        return self.tr("Paint to sharpen without halos. Digits change the strength.")
