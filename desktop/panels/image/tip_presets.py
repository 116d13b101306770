"""A few brush tips to begin with. They leave size and opacity as they are."""

from typing import Any

PLAIN: dict[str, Any] = {
    "hardness": 0.8,
    "flow": 1.0,
    "spacing": 0.1,
    "roundness": 1.0,
    "angle": 0.0,
    "scatter": 0.0,
    "smoothing": 0.0,
    "pressure_size": True,
    "pressure_opacity": False,
    "pressure_flow": False,
    "tilt_size": False,
    "tilt_opacity": False,
    "tilt_flow": False,
    "speed_size": False,
    "speed_opacity": False,
    "speed_flow": False,
}

PRESETS: dict[str, dict[str, Any]] = {
    "soft": PLAIN | {"hardness": 0.0, "pressure_size": False, "pressure_opacity": True},
    "hard": PLAIN | {"hardness": 1.0, "spacing": 0.05},
    "airbrush": PLAIN | {"hardness": 0.0, "flow": 0.08, "spacing": 0.05, "pressure_size": False, "pressure_flow": True},
    "ink": PLAIN | {"hardness": 0.95, "spacing": 0.03, "smoothing": 0.35, "speed_size": True},
    "pencil": PLAIN
    | {
        "hardness": 0.7,
        "flow": 0.6,
        "spacing": 0.08,
        "pressure_opacity": True,
        "tilt_size": True,
        "tilt_opacity": True,
    },
    "calligraphy": PLAIN
    | {"hardness": 1.0, "spacing": 0.02, "roundness": 0.2, "angle": -40.0, "smoothing": 0.2, "pressure_size": False},
    "chalk": PLAIN | {"hardness": 0.6, "flow": 0.5, "spacing": 0.12, "roundness": 0.6, "scatter": 0.25},
    "spray": PLAIN | {"hardness": 1.0, "flow": 0.7, "spacing": 0.35, "scatter": 3.0, "pressure_size": False},
}


def preset_of(fields: dict[str, Any]) -> str:
    """Return which preset a brush (as builtins) is, empty when it is none."""
    return next((name for name, preset in PRESETS.items() if all(fields[k] == v for k, v in preset.items())), "")
