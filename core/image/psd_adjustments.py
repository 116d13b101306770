"""Photoshop's adjustment layers as Atelier's. Those that are not exactly equal are said to be so."""

from collections.abc import Callable, Iterable
from typing import Any

from psd_tools.api.layers import Layer
from psd_tools.constants import ColorMode, Tag

from core.documents.image import Adjustment, BrightnessContrast, Curves, Exposure, HueSaturation, Levels
from core.documents.image_adjustments import (
    BlackWhite,
    ColourBalance,
    GradientMap,
    Invert,
    Posterise,
    Stop,
    Threshold,
    Vibrance,
)
from core.image.layering import Intake

EXACT = {"invert", "threshold"}


def old_contrast(layer: Layer) -> bool:
    """Return whether a layer is the brightness and contrast of before Photoshop CS3, which has no kind of its own."""
    return Tag.BRIGHTNESS_AND_CONTRAST in layer.tagged_blocks and not layer.has_pixels()


def adjustment(layer: Layer, intake: Intake, *, exact: bool) -> Adjustment | None:
    """Return the adjustment that ``layer`` makes, ``None`` when there is no equal; says so in either case.

    ``exact`` says that the file's numbers are those of the document.
    """
    make = KINDS.get(layer.kind, _old)
    try:
        found = None if make is None else make(layer)
    except (TypeError, ValueError, AttributeError, IndexError, KeyError):
        found = None
    if found is None:
        intake.tell_of("Adjustments that have no equal here and were left out: {layers}.", layer.name)
    elif layer.kind not in EXACT or not exact:
        intake.tell_of("Adjustments that may look a little different: {layers}.", layer.name)
    return found


def _old(layer: Any) -> Adjustment | None:
    data = layer.tagged_blocks.get_data(Tag.BRIGHTNESS_AND_CONTRAST)
    if layer._psd.color_mode != ColorMode.RGB:
        return None
    return BrightnessContrast(
        brightness=_within(data.brightness, -100, 100), contrast=_within(data.contrast, -100, 100)
    )


def _within(value: float, low: float, high: float) -> float:
    return float(min(high, max(low, value)))


def _contrast(layer: Any) -> Adjustment:
    return BrightnessContrast(
        brightness=_within(layer.brightness / 1.5, -100, 100), contrast=_within(layer.contrast, -100, 100)
    )


def _levels(layer: Any) -> Adjustment | None:
    records = list(layer.data)
    first = records[0]
    for record in records[1:4]:
        if (record.input_floor, record.input_ceiling, record.output_floor, record.output_ceiling, record.gamma) != (
            *(0, 255, 0, 255),
            100,
        ):
            return None  # of single channels
    return Levels(
        black=_within(first.input_floor, 0, 254),
        white=_within(first.input_ceiling, 1, 255),
        gamma=_within(first.gamma / 100, 0.1, 10),
        out_black=_within(first.output_floor, 0, 255),
        out_white=_within(first.output_ceiling, 0, 255),
    )


def _curves(layer: Any) -> Adjustment | None:
    extra = layer.extra
    if extra is None:
        return None
    found: dict[str, tuple[tuple[float, float], ...]] = {}
    for item in extra:
        name = {0: "master", 1: "red", 2: "green", 3: "blue"}.get(item.channel_id)
        if name is None or not item.points or isinstance(item.points[0], int):
            return None
        points = sorted((x / 255, y / 255) for y, x in item.points)
        if len({x for x, _ in points}) != len(points) or not 2 <= len(points) <= 32:
            return None
        found[name] = tuple(points)
    return Curves(**found)


def _exposure(layer: Any) -> Adjustment | None:
    if abs(layer.gamma - 1) > 1e-3 or abs(layer.exposure_offset) > 1e-4:
        return None
    return Exposure(stops=_within(layer.exposure, -8, 8))


def _vibrance(layer: Any) -> Adjustment:
    return Vibrance(vibrance=_within(layer.vibrance, -100, 100), saturation=_within(layer.saturation, -100, 100))


def _hue(layer: Any) -> Adjustment | None:
    ranges: Iterable[Any] = layer.data or []
    # 1 is "colourise"; ranges that change something of their own have no equal.
    if layer._data.enable != 0 or any(any(settings) for _, settings in ranges):
        return None
    hue, saturation, lightness = layer.master
    return HueSaturation(
        hue=_within(hue, -180, 180), saturation=_within(saturation, -100, 100), lightness=_within(lightness, -100, 100)
    )


def _balance(layer: Any) -> Adjustment:
    fields = {
        f"{tone}_{channel}": _within(value, -100, 100)
        for tone in ("shadows", "midtones", "highlights")
        for channel, value in zip(("red", "green", "blue"), getattr(layer, tone), strict=True)
    }
    return ColourBalance(**fields, preserve=bool(layer.luminosity))


def _grey(layer: Any) -> Adjustment | None:
    if layer.use_tint:
        return None
    weights = {f"{hue}s": _within(getattr(layer, hue), -200, 300) for hue in ("red", "yellow", "green", "cyan", "blue")}
    return BlackWhite(**weights, magentas=_within(layer.magenta, -200, 300))


def _gradient(layer: Any) -> Adjustment | None:
    stops = layer.color_stops
    if not stops or len(stops) > 32 or any(stop.mode != 0 for stop in stops):
        return None
    made = tuple(
        Stop(
            at=_within(stop.location / 4096, 0, 1),
            colour="#{:02x}{:02x}{:02x}".format(*(round(v / 65535 * 255) for v in stop.color[:3])),
        )
        for stop in stops
    )
    return GradientMap(stops=made, space="srgb", reverse=bool(layer.reversed))


KINDS: dict[str, Callable[[Any], Adjustment | None] | None] = {
    "invert": lambda _: Invert(),
    "threshold": lambda layer: Threshold(level=_within(layer.threshold, 1, 255)),
    "posterize": lambda layer: Posterise(levels=_within(layer.posterize, 2, 255)),
    "brightnesscontrast": _contrast,
    "levels": _levels,
    "curves": _curves,
    "exposure": _exposure,
    "vibrance": _vibrance,
    "huesaturation": _hue,
    "colorbalance": _balance,
    "blackandwhite": _grey,
    "gradientmap": _gradient,
    "photofilter": None,
    "channelmixer": None,
    "selectivecolor": None,
    "colorlookup": None,
}
"""Photoshop's kinds and what makes an adjustment of them; ``None`` where Atelier has no equal."""
