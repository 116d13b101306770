"""Names of blend modes and adjustments as a person reads them, in the language in use."""

from typing import TYPE_CHECKING, get_args

from PySide6.QtCore import QCoreApplication

from core.documents.image import (
    Adjustment,
    BlendMode,
    BrightnessContrast,
    Curves,
    Exposure,
    HueSaturation,
    Levels,
    WhiteBalance,
)

if TYPE_CHECKING:

    def QT_TRANSLATE_NOOP(context: str, text: str) -> str:
        """Mark a history label for translation; it is stored in English and translated where it is shown."""
        ...
else:
    from PySide6.QtCore import QT_TRANSLATE_NOOP

BLEND_GROUPS: tuple[tuple[BlendMode, ...], ...] = (
    (BlendMode.NORMAL,),
    (BlendMode.DARKEN, BlendMode.MULTIPLY, BlendMode.COLOUR_BURN),
    (BlendMode.LIGHTEN, BlendMode.SCREEN, BlendMode.COLOUR_DODGE, BlendMode.LINEAR_DODGE),
    (BlendMode.OVERLAY, BlendMode.SOFT_LIGHT, BlendMode.HARD_LIGHT),
    (BlendMode.DIFFERENCE, BlendMode.EXCLUSION),
    (BlendMode.HUE, BlendMode.SATURATION, BlendMode.COLOUR, BlendMode.LUMINOSITY),
)
"""As lists show them: those that darken, lighten, contrast, compare, and work on colour."""

__all__ = ["ADJUSTMENTS", "BLEND_GROUPS", "QT_TRANSLATE_NOOP", "adjustment_name", "blend_name"]

ADJUSTMENTS: tuple[type[Adjustment], ...] = get_args(Adjustment)


def blend_name(mode: BlendMode) -> str:
    """Return a blend mode's name."""
    translate = QCoreApplication.translate
    return {
        BlendMode.NORMAL: translate("blend", "Normal"),
        BlendMode.MULTIPLY: translate("blend", "Multiply"),
        BlendMode.SCREEN: translate("blend", "Screen"),
        BlendMode.OVERLAY: translate("blend", "Overlay"),
        BlendMode.DARKEN: translate("blend", "Darken"),
        BlendMode.LIGHTEN: translate("blend", "Lighten"),
        BlendMode.COLOUR_DODGE: translate("blend", "Colour dodge"),
        BlendMode.COLOUR_BURN: translate("blend", "Colour burn"),
        BlendMode.HARD_LIGHT: translate("blend", "Hard light"),
        BlendMode.SOFT_LIGHT: translate("blend", "Soft light"),
        BlendMode.DIFFERENCE: translate("blend", "Difference"),
        BlendMode.EXCLUSION: translate("blend", "Exclusion"),
        BlendMode.HUE: translate("blend", "Hue"),
        BlendMode.SATURATION: translate("blend", "Saturation"),
        BlendMode.COLOUR: translate("blend", "Colour"),
        BlendMode.LUMINOSITY: translate("blend", "Luminosity"),
        BlendMode.LINEAR_DODGE: translate("blend", "Linear dodge (add)"),
    }[mode]


def adjustment_name(kind: type[Adjustment]) -> str:
    """Return the name of a kind of adjustment."""
    translate = QCoreApplication.translate
    names: dict[type, str] = {
        Exposure: translate("adjustment", "Exposure"),
        BrightnessContrast: translate("adjustment", "Brightness and contrast"),
        Levels: translate("adjustment", "Levels"),
        Curves: translate("adjustment", "Curves"),
        HueSaturation: translate("adjustment", "Hue and saturation"),
        WhiteBalance: translate("adjustment", "White balance"),
    }
    return names[kind]
