"""A form from a declaration: every field of an operation becomes the control it wants, with unit, help and reset."""

from collections.abc import Callable, Mapping
from typing import Any, Protocol, cast

import msgspec
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from core.operations.base import FieldInfo, FieldKind, Input, Operation, fields
from core.values import AtelierError
from desktop import i18n, icons, theme
from desktop.panel import Source
from desktop.session import Session
from desktop.widgets.choice import choice_field
from desktop.widgets.colour import ColourField
from desktop.widgets.input import InputField
from desktop.widgets.number import NumberField, SliderField
from desktop.widgets.seed import SeedField

MAX_SLIDER_SPAN = 100_000.0


class Control(Protocol):
    """What a control of a form offers, whatever it looks like."""

    def value(self) -> Any: ...
    def set_value(self, value: Any) -> None: ...


class OperationForm(QWidget):
    """Fields of one operation. ``changed`` follows every change, ``committed`` those that are decided."""

    changed = Signal()
    committed = Signal()

    def __init__(
        self, cls: type[Operation], session: Session, parent: QWidget | None = None, *, inputs: bool = True
    ) -> None:
        """Without ``inputs``, what it works on is not shown: :meth:`operation` takes that from another one."""
        super().__init__(parent)
        self.cls = cls
        self._session = session
        self._infos = {
            info.name: info
            for info in fields(cls)
            if info.kind is not FieldKind.OTHER and (inputs or info.kind is not FieldKind.INPUT)
        }
        self._controls: dict[str, Control] = {}
        self._resets: dict[str, QToolButton] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(12))
        for info in self._infos.values():
            column.addWidget(self._row(info))
        column.addStretch(1)

    # Values

    def operation(self, base: Operation | None = None) -> Operation:
        """Return the operation as the form says it; raises :class:`AtelierError` naming what is missing.

        Fields that the form does not show are those of ``base``, or as they are by default.
        """
        values: dict[str, Any] = {}
        if base is not None:
            values = {name: getattr(base, name) for name in base.__struct_fields__}
        for name, info in self._infos.items():
            value = self._controls[name].value()
            if value is None and not info.optional:
                if info.accepts == "mask":
                    raise AtelierError(self.tr("Make a selection first: it says which part of the picture is meant."))
                title = i18n.field_title(info)
                raise AtelierError(self.tr("Choose what to use as “{field}” first.").format(field=title))
            if info.kind is FieldKind.TEXT and info.optional and value == "":
                value = None
            if info.kind is FieldKind.INTEGER and value is not None:
                value = round(value)
            values[name] = value
        try:
            return msgspec.convert(msgspec.to_builtins(values), self.cls)
        except msgspec.ValidationError as error:
            raise AtelierError("{title}: {why}.", title=i18n.operation_title(self.cls.info), why=str(error)) from None

    def set_operation(self, operation: Operation) -> None:
        """Show the values of ``operation`` (make it again, vary it)."""
        for name, control in self._controls.items():
            value = getattr(operation, name)
            if value is not None or self._infos[name].optional:
                control.set_value(value)
            self._mark(name)

    def set_inputs(self, inputs: Mapping[str, Input], sources: Mapping[str, Source]) -> None:
        """Offer what is selected in the panel: the first input of each kind that was not chosen by hand follows it."""
        taken: set[str] = set()
        for name, info in self._infos.items():
            control = self._controls[name]
            if not isinstance(control, InputField) or info.accepts in taken:
                continue
            taken.add(info.accepts)
            control.follow(inputs.get(info.accepts), sources.get(info.accepts))

    def forget_inputs(self) -> None:
        """Let go of all inputs: another project is open."""
        for control in self._controls.values():
            if isinstance(control, InputField):
                control.forget()

    def sources(self) -> dict[str, Source]:
        """Return the layer behind each input that follows the selection, by field."""
        found: dict[str, Source] = {}
        for name, control in self._controls.items():
            if isinstance(control, InputField) and (source := control.source()) is not None:
                found[name] = source
        return found

    def control(self, name: str) -> Control:
        """Return the control of a field; raises ``KeyError``."""
        return self._controls[name]

    def is_empty(self) -> bool:
        """Return whether there is nothing to set."""
        return not self._infos

    def seed_field(self) -> SeedField | None:
        """Return the seed's control, if the operation has a seed."""
        return next((c for c in self._controls.values() if isinstance(c, SeedField)), None)

    def reset(self) -> None:
        """Put every field back to its default."""
        for name in self._resets:
            self._reset(name)

    # Rows

    def _row(self, info: FieldInfo) -> QWidget:
        row = QWidget()
        grid = QGridLayout(row)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.px(4))
        grid.setVerticalSpacing(theme.px(2))
        title, help_text = i18n.field_title(info), i18n.field_help(info)
        control = self._control(info)
        self._controls[info.name] = cast("Control", control)
        reset = QToolButton()
        icons.set_icon(reset, "rotate-ccw", "muted")
        reset.setIconSize(QSize(theme.px(12), theme.px(12)))
        reset.setAccessibleName(self.tr("Reset {field}").format(field=title))
        reset.setToolTip(self.tr("Back to the default"))
        reset.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        policy = reset.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        reset.setSizePolicy(policy)
        reset.clicked.connect(lambda: self._reset(info.name))
        self._resets[info.name] = reset
        if info.kind is FieldKind.BOOLEAN:
            grid.addWidget(control, 0, 0)
        else:
            label = QLabel(title)
            label.setBuddy(control.focusProxy() or control)
            label.setToolTip(help_text)
            grid.addWidget(label, 0, 0)
            grid.addWidget(control, 1, 0, 1, 2)
        grid.addWidget(reset, 0, 1, Qt.AlignmentFlag.AlignRight)
        grid.setColumnStretch(0, 1)
        if help_text:
            text = QLabel(help_text)
            theme.set_role(text, "secondary")
            text.setWordWrap(True)
            text.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
            grid.addWidget(text, 2, 0, 1, 2)
            control.setAccessibleDescription(help_text)
        if info.kind is FieldKind.INPUT:
            reset.hide()
        else:
            self._mark(info.name)
        return row

    def _control(self, info: FieldInfo) -> QWidget:
        make: dict[FieldKind, Callable[[FieldInfo], QWidget]] = {
            FieldKind.INPUT: self._input,
            FieldKind.BOOLEAN: self._boolean,
            FieldKind.INTEGER: self._number,
            FieldKind.NUMBER: self._number,
            FieldKind.CHOICE: self._choice,
            FieldKind.TEXT: self._text,
            FieldKind.COLOUR: self._colour,
            FieldKind.SEED: self._seed,
        }
        return make[info.kind](info)

    def _input(self, info: FieldInfo) -> QWidget:
        title, repeated, optional = i18n.field_title(info), info.repeated, info.optional
        control = InputField(title, info.accepts, self._session, repeated=repeated, optional=optional)
        control.committed.connect(lambda: self._changed(info.name, done=True))
        return control

    def _boolean(self, info: FieldInfo) -> QWidget:
        control = Toggle(i18n.field_title(info))
        control.set_value(bool(info.default))
        control.toggled.connect(lambda: self._changed(info.name, done=True))
        return control

    def _number(self, info: FieldInfo) -> QWidget:
        integer = info.kind is FieldKind.INTEGER
        bounded = info.minimum is not None and info.maximum is not None
        low = info.minimum if info.minimum is not None else -1e9
        high = info.maximum if info.maximum is not None else 1e9
        step = info.step or (1.0 if integer or high - low > 20 else (high - low) / 100)
        value = info.default if info.default is not None else max(low, 0.0 if not integer else low)
        unit, title = i18n.unit(info.unit), i18n.field_title(info)
        if info.optional:
            optional = OptionalNumber(title, low, high, step, unit, info.default)
            optional.committed.connect(lambda: self._changed(info.name, done=True))
            return optional
        decimals = 0 if integer else None
        made: SliderField | NumberField
        if bounded and high - low <= MAX_SLIDER_SPAN:
            made = SliderField(
                title,
                minimum=low,
                maximum=high,
                step=step,
                decimals=decimals,
                unit=unit,
                value=value,
                default=info.default,
                logarithmic=low > 0 and high / low >= 1000,
            )
        else:
            made = NumberField(
                title,
                minimum=low,
                maximum=high,
                step=step,
                decimals=decimals,
                unit=unit,
                value=value,
                default=info.default,
            )
        made.value_changed.connect(lambda: self._changed(info.name, done=False))
        made.committed.connect(lambda: self._changed(info.name, done=True))
        return made

    def _choice(self, info: FieldInfo) -> QWidget:
        unit = i18n.unit(info.unit)
        choices: list[tuple[object, str]] = [(c, i18n.choice(c) + unit) for c in info.choices]
        if info.optional:
            choices.insert(0, (None, self.tr("None")))
        control = choice_field(i18n.field_title(info), choices, info.default)
        control.committed.connect(lambda: self._changed(info.name, done=True))
        return control

    def _text(self, info: FieldInfo) -> QWidget:
        control = TextField(i18n.field_title(info), str(info.default or ""))
        control.textEdited.connect(lambda: self._changed(info.name, done=False))
        control.editingFinished.connect(lambda: self._changed(info.name, done=True))
        return control

    def _colour(self, info: FieldInfo) -> QWidget:
        control = ColourField(i18n.field_title(info), str(info.default or "#000000"))
        control.value_changed.connect(lambda: self._changed(info.name, done=False))
        control.committed.connect(lambda: self._changed(info.name, done=True))
        return control

    def _seed(self, info: FieldInfo) -> QWidget:
        control = SeedField(i18n.field_title(info), int(info.default or 0))
        control.committed.connect(lambda: self._changed(info.name, done=True))
        return control

    def _changed(self, name: str, *, done: bool) -> None:
        self._mark(name)
        self.changed.emit()
        if done:
            self.committed.emit()

    def _mark(self, name: str) -> None:
        info, reset = self._infos[name], self._resets.get(name)
        if reset is not None and info.kind is not FieldKind.INPUT:
            reset.setVisible(self._controls[name].value() != _comparable(info))

    def _reset(self, name: str) -> None:
        info = self._infos[name]
        if info.kind is FieldKind.INPUT:
            return
        self._controls[name].set_value(_comparable(info))
        self._changed(name, done=True)


def _comparable(info: FieldInfo) -> Any:
    if info.kind is FieldKind.TEXT and info.default is None:
        return ""
    return info.default


class Toggle(QCheckBox):
    """A check box with a value."""

    def __init__(self, title: str) -> None:
        super().__init__(title)
        self.setAccessibleName(title)

    def value(self) -> bool:
        """Return whether it is on."""
        return self.isChecked()

    def set_value(self, value: bool) -> None:
        """Switch it, without a signal."""
        blocked = self.blockSignals(True)
        self.setChecked(bool(value))
        self.blockSignals(blocked)


class TextField(QLineEdit):
    """One line of text with a value."""

    def __init__(self, title: str, value: str) -> None:
        super().__init__(value)
        self.setAccessibleName(title)

    def value(self) -> str:
        """Return the text."""
        return self.text()

    def set_value(self, value: str | None) -> None:
        """Show another text, without a signal."""
        self.setText(value or "")


class OptionalNumber(QWidget):
    """A number that may be left out: a check box says whether it counts."""

    committed = Signal()

    def __init__(self, title: str, low: float, high: float, step: float, unit: str, value: float | None) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        self.setAccessibleName(title)
        self.check = QCheckBox(self.tr("Set it"))
        self.check.setAccessibleName(self.tr("Set {field}").format(field=title))
        start = value if value is not None else max(low, 1.0)
        self.number = NumberField(title, minimum=low, maximum=high, step=step, unit=unit, value=start)
        row.addWidget(self.check)
        row.addWidget(self.number, 1)
        self.set_value(value)
        self.check.toggled.connect(self.number.setEnabled)
        self.check.toggled.connect(lambda *_: self.committed.emit())
        self.number.committed.connect(lambda *_: self.committed.emit())
        self.setFocusProxy(self.check)

    def value(self) -> float | None:
        """Return the number, None when it does not count."""
        return self.number.value() if self.check.isChecked() else None

    def set_value(self, value: float | None) -> None:
        """Show another value, without a signal."""
        blocked = self.check.blockSignals(True)
        self.check.setChecked(value is not None)
        self.check.blockSignals(blocked)
        self.number.setEnabled(value is not None)
        if value is not None:
            self.number.set_value(value)
