"""Dodge, Burn and Sponge (O): lighter, darker, more or less colourful where one paints."""

from typing import ClassVar, Literal

import msgspec

from core.raster.brush import Brush, Stroke
from core.raster.stamping import Limit
from core.raster.toning import Range, Tone, ToneStroke
from desktop.panels.image.tools.base import Pointer
from desktop.panels.image.tools.painting import PaintTool
from desktop.panels.image.tools.target import Target
from desktop.panels.image.words import QT_TRANSLATE_NOOP


class ToneOptions(msgspec.Struct, frozen=True):
    """Which tones dodging and burning change most."""

    range: Range = "midtones"


class SpongeOptions(msgspec.Struct, frozen=True):
    """Which way the sponge goes."""

    way: Literal["saturate", "desaturate"] = "desaturate"


class ToneTool(PaintTool):
    """Base of the three. Alt takes the opposite while a stroke begins."""

    key = "O"
    makes_layer = False
    uses_flow = False
    default_brush = Brush(size=120, hardness=0.0, opacity=0.3)
    opposite: ClassVar[dict[Tone, Tone]] = {
        "dodge": "burn",
        "burn": "dodge",
        "saturate": "desaturate",
        "desaturate": "saturate",
    }

    def tone(self) -> Tone:
        """Return what painting does."""
        raise NotImplementedError

    def strength_name(self) -> str:
        return self.tr("Exposure")

    def make_stroke(self, target: Target, brush: Brush, limit: Limit | None, pointer: Pointer) -> Stroke | None:
        tone = self.tone()
        if target.inverted != pointer.alt:
            tone = self.opposite[tone]  # an inverted mask is lighter where its coverage is less
        options = self.options
        range_: Range = options.range if isinstance(options, ToneOptions) else "midtones"
        project = self.editor.session.require()
        return ToneStroke(brush, target.pixels, project, tone, 1.0, range_, target.mode, limit)


class DodgeTool(ToneTool):
    id = "dodge"
    icon = "sun"
    label = QT_TRANSLATE_NOOP("history", "Dodge")
    options_type = ToneOptions

    def title(self) -> str:
        return self.tr("Dodge")

    def help(self) -> str:
        return self.tr("Paint to make it lighter, with Alt darker. Digits change the exposure; hue and black stay.")

    def tone(self) -> Tone:
        return "dodge"


class BurnTool(ToneTool):
    id = "burn"
    icon = "flame"
    label = QT_TRANSLATE_NOOP("history", "Burn")
    options_type = ToneOptions

    def title(self) -> str:
        return self.tr("Burn")

    def help(self) -> str:
        return self.tr("Paint to make it darker, with Alt lighter. Digits change the exposure; hue and white stay.")

    def tone(self) -> Tone:
        return "burn"


class SpongeTool(ToneTool):
    id = "sponge"
    icon = "droplets"
    label = QT_TRANSLATE_NOOP("history", "Sponge")
    options_type = SpongeOptions
    paints_masks = False

    def title(self) -> str:
        return self.tr("Sponge")

    def help(self) -> str:
        return self.tr("Paint to take colour away or to strengthen it; with Alt the other way. Digits change how much.")

    def strength_name(self) -> str:
        return self.tr("Strength")

    def tone(self) -> Tone:
        way: Tone = self.options.way
        return way
