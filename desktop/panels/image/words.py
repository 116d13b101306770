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
from core.documents.image_adjustments import (
    BlackWhite,
    ColourBalance,
    ColourLookup,
    GradientMap,
    Invert,
    PhotoFilter,
    Posterise,
    Threshold,
    Vibrance,
)
from core.documents.image_effects import (
    ColourOverlay,
    DropShadow,
    Effect,
    GradientOverlay,
    InnerGlow,
    InnerShadow,
    OuterGlow,
    Stroke,
)
from core.documents.image_filters import (
    AddNoise,
    Bloom,
    Emboss,
    Filter,
    FindEdges,
    GaussianBlur,
    HighPass,
    Mosaic,
    MotionBlur,
    SurfaceBlur,
    UnsharpMask,
    Vignette,
)

if TYPE_CHECKING:

    def QT_TRANSLATE_NOOP(context: str, text: str) -> str:
        """Mark a history label for translation; it is stored in English and translated where it is shown."""
        ...
else:
    from PySide6.QtCore import QT_TRANSLATE_NOOP

BLEND_GROUPS: tuple[tuple[BlendMode, ...], ...] = (
    (BlendMode.NORMAL,),
    (
        BlendMode.DARKEN,
        BlendMode.MULTIPLY,
        BlendMode.COLOUR_BURN,
        BlendMode.LINEAR_BURN,
        BlendMode.DARKER_COLOUR,
    ),
    (
        BlendMode.LIGHTEN,
        BlendMode.SCREEN,
        BlendMode.COLOUR_DODGE,
        BlendMode.LINEAR_DODGE,
        BlendMode.LIGHTER_COLOUR,
    ),
    (
        BlendMode.OVERLAY,
        BlendMode.SOFT_LIGHT,
        BlendMode.HARD_LIGHT,
        BlendMode.VIVID_LIGHT,
        BlendMode.LINEAR_LIGHT,
        BlendMode.PIN_LIGHT,
        BlendMode.HARD_MIX,
    ),
    (BlendMode.DIFFERENCE, BlendMode.EXCLUSION, BlendMode.SUBTRACT, BlendMode.DIVIDE),
    (BlendMode.HUE, BlendMode.SATURATION, BlendMode.COLOUR, BlendMode.LUMINOSITY),
)
"""As lists show them: those that darken, lighten, contrast, compare, and work on colour."""

__all__ = [
    "ADJUSTMENTS",
    "BLEND_GROUPS",
    "EFFECTS",
    "FILTERS",
    "FILTER_GROUPS",
    "QT_TRANSLATE_NOOP",
    "adjustment_name",
    "blend_name",
    "choice_name",
    "effect_name",
]

ADJUSTMENTS: tuple[type[Adjustment], ...] = get_args(Adjustment)
FILTERS: tuple[type[Filter], ...] = get_args(Filter)
FILTER_GROUPS: dict[type, str] = {
    GaussianBlur: "blur",
    MotionBlur: "blur",
    SurfaceBlur: "blur",
    UnsharpMask: "sharpen",
    HighPass: "sharpen",
}
"""Where they stand in the menu; the others come last."""
EFFECTS: tuple[type[Effect], ...] = get_args(Effect)


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
        BlendMode.LINEAR_BURN: translate("blend", "Linear burn"),
        BlendMode.VIVID_LIGHT: translate("blend", "Vivid light"),
        BlendMode.LINEAR_LIGHT: translate("blend", "Linear light"),
        BlendMode.PIN_LIGHT: translate("blend", "Pin light"),
        BlendMode.HARD_MIX: translate("blend", "Hard mix"),
        BlendMode.SUBTRACT: translate("blend", "Subtract"),
        BlendMode.DIVIDE: translate("blend", "Divide"),
        BlendMode.DARKER_COLOUR: translate("blend", "Darker colour"),
        BlendMode.LIGHTER_COLOUR: translate("blend", "Lighter colour"),
    }[mode]


def adjustment_name(kind: type[Adjustment | Filter]) -> str:
    """Return the name of a kind of adjustment, or of a filter."""
    translate = QCoreApplication.translate
    names: dict[type, str] = {
        Exposure: translate("adjustment", "Exposure"),
        BrightnessContrast: translate("adjustment", "Brightness and contrast"),
        Levels: translate("adjustment", "Levels"),
        Curves: translate("adjustment", "Curves"),
        HueSaturation: translate("adjustment", "Hue and saturation"),
        WhiteBalance: translate("adjustment", "White balance"),
        Vibrance: translate("adjustment", "Vibrance"),
        ColourBalance: translate("adjustment", "Colour balance"),
        BlackWhite: translate("adjustment", "Black and white"),
        PhotoFilter: translate("adjustment", "Photo filter"),
        GradientMap: translate("adjustment", "Gradient map"),
        ColourLookup: translate("adjustment", "Colour lookup"),
        Invert: translate("adjustment", "Invert"),
        Posterise: translate("adjustment", "Posterise"),
        Threshold: translate("adjustment", "Threshold"),
        GaussianBlur: translate("filter", "Gaussian blur"),
        MotionBlur: translate("filter", "Motion blur"),
        SurfaceBlur: translate("filter", "Surface blur"),
        UnsharpMask: translate("filter", "Unsharp mask"),
        HighPass: translate("filter", "High pass"),
        Bloom: translate("filter", "Bloom"),
        AddNoise: translate("filter", "Noise"),
        Mosaic: translate("filter", "Mosaic"),
        Emboss: translate("filter", "Emboss"),
        FindEdges: translate("filter", "Find edges"),
        Vignette: translate("filter", "Vignette"),
    }
    return names[kind]


def choice_name(value: str) -> str:
    """Return the name of a choice in an adjustment or an effect."""
    translate = QCoreApplication.translate
    return {
        "oklab": translate("adjustment", "OKLab"),
        "srgb": translate("adjustment", "sRGB"),
        "outside": translate("effect", "Outside"),
        "centre": translate("effect", "Centre"),
        "inside": translate("effect", "Inside"),
    }[value]


def effect_name(kind: type[Effect]) -> str:
    """Return the name of a kind of effect."""
    translate = QCoreApplication.translate
    names: dict[type, str] = {
        DropShadow: translate("effect", "Drop shadow"),
        InnerShadow: translate("effect", "Inner shadow"),
        OuterGlow: translate("effect", "Outer glow"),
        InnerGlow: translate("effect", "Inner glow"),
        Stroke: translate("effect", "Stroke"),
        ColourOverlay: translate("effect", "Colour overlay"),
        GradientOverlay: translate("effect", "Gradient overlay"),
    }
    return names[kind]
