"""Controls for the fields that an adjustment or an effect declares: numbers, colours, choices, yes and no."""

from collections.abc import Callable
from functools import partial
from typing import Any, Literal, get_args, get_origin, get_type_hints

import msgspec
from msgspec import Meta
from PySide6.QtWidgets import QCheckBox

from core.documents.image import ImageDocument
from desktop.i18n import word
from desktop.panels.image.sections import Section, set_checked
from desktop.panels.image.words import choice_name
from desktop.widgets.choice import Dropdown, Segmented, choice_field
from desktop.widgets.colour import ColourField
from desktop.widgets.number import SliderField

Edit = Callable[[ImageDocument, Any], ImageDocument]


class DeclaredRows(Section):
    """Rows to be put into another section. Controls are found by the name of their field."""

    def __init__(self, owner: Section, context: str, label: str, edit: Callable[[str], Edit]) -> None:
        """``context`` is where titles are translated, ``label`` the history step, ``edit`` sets a field."""
        super().__init__(owner.editor, "")
        self.heading.hide()
        layout = self.layout()
        assert layout is not None
        layout.setContentsMargins(0, 0, 0, 0)
        self._context, self._label, self._edit = context, label, edit
        self.sliders: dict[str, SliderField] = {}
        self.boxes: dict[str, QCheckBox] = {}
        self.colours: dict[str, ColourField] = {}
        self.choices: dict[str, Segmented | Dropdown] = {}

    def declare(self, kind: type) -> None:
        """Add a row for each field of ``kind`` that has a title and is of a known type."""
        for name, base, meta, default in described(kind):
            title = word(self._context, meta.title or name.capitalize())
            if base is float:
                slider = self.sliders[name] = _slider(name, title, meta, default)
                self.row(title, slider)
                self.live(slider, self._label, self._edit(name))
            elif base is bool:
                box = self.boxes[name] = QCheckBox(title)
                self.row("", box)
                box.toggled.connect(partial(self._decide, name))
            elif base is str:
                field = self.colours[name] = ColourField(title)
                self.row(title, field)
                self.live(field, self._label, self._edit(name))
            elif get_origin(base) is Literal:
                choices = [(value, choice_name(value)) for value in get_args(base)]
                choice = self.choices[name] = choice_field(title, choices, default)
                self.row(title, choice)
                choice.committed.connect(partial(self._decide, name))

    def _decide(self, name: str, value: object) -> None:
        self.apply(self._label, lambda document: self._edit(name)(document, value))

    def show_values(self, values: object) -> None:
        """Show the fields of an adjustment or an effect."""
        for name, slider in self.sliders.items():
            slider.set_value(getattr(values, name))
        for name, box in self.boxes.items():
            set_checked(box, getattr(values, name))
        for name, field in self.colours.items():
            field.set_value(getattr(values, name))
        for name, choice in self.choices.items():
            choice.set_value(getattr(values, name))


def _slider(name: str, title: str, meta: Meta, default: float) -> SliderField:
    extra = meta.extra or {}
    return SliderField(
        title,
        minimum=float(meta.ge or 0),
        maximum=float(meta.le or 0),
        step=float(extra.get("step", 1.0)),
        unit=str(extra.get("unit", "")),
        value=default,
        default=default,
        logarithmic=name == "gamma",
    )


def described(kind: type) -> list[tuple[str, Any, Meta, Any]]:
    """Return (name, type, bounds and words, default) of the fields that are shown, in the order of declaration."""
    hints = get_type_hints(kind, include_extras=True)
    found: list[tuple[str, Any, Meta, Any]] = []
    for field in msgspec.structs.fields(kind):
        hint = hints[field.name]
        metas = [one for one in getattr(hint, "__metadata__", ()) if isinstance(one, Meta)]
        if metas and metas[-1].title:
            found.append((field.name, hint.__origin__, metas[-1], field.default))
    return found
