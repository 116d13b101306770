"""Every operation's declaration becomes a form that says exactly what was set."""

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QLabel, QMenu
from pytestqt.qtbot import QtBot

from core.operations.base import Asset, FieldKind, Operation, all_operations, fields
from core.operations.image import ColourTransfer, RemoveBackground, Upscale
from core.operations.image_style import StyleTransfer
from core.project.project import Project
from core.values import AtelierError
from desktop.forms import OperationForm
from desktop.panel import Source
from desktop.session import Session
from desktop.widgets.choice import Dropdown, Segmented
from desktop.widgets.input import InputField
from desktop.widgets.number import SliderField

PICTURE = Asset(hash="ab" * 32)
OTHER = Asset(hash="cd" * 32)


def form_for(cls: type[Operation], session: Session, qtbot: QtBot) -> OperationForm:
    form = OperationForm(cls, session)
    qtbot.addWidget(form)
    return form


@pytest.mark.parametrize("name", [n for n, c in all_operations().items() if not c.info.hidden])
def test_defaults_in_defaults_out(name: str, session: Session, qtbot: QtBot) -> None:
    cls = all_operations()[name]
    form = form_for(cls, session, qtbot)
    given: dict[str, object] = {}
    for info in fields(cls):
        if info.kind is FieldKind.INPUT and not info.optional:
            value = (PICTURE,) if info.repeated else PICTURE
            form.control(info.name).set_value(value)
            given[info.name] = value
    made = form.operation()
    assert made == msgspec.convert(msgspec.to_builtins({**given}), cls)
    for info in fields(cls):
        if info.kind is not FieldKind.OTHER:
            assert form.control(info.name).accessibleName() or info.kind is FieldKind.NUMBER  # type: ignore[attr-defined]


def test_what_is_set_is_what_is_made(session: Session, qtbot: QtBot) -> None:
    form = form_for(RemoveBackground, session, qtbot)
    wanted = RemoveBackground(image=PICTURE, refine=75.0, edge=-2.5, feather=1.5, clean_colours=False)
    form.set_operation(wanted)
    assert form.operation() == wanted
    form.reset()
    assert form.operation() == RemoveBackground(image=PICTURE)


def test_controls_fit_their_fields(session: Session, qtbot: QtBot) -> None:
    form = form_for(Upscale, session, qtbot)
    assert isinstance(form.control("scale"), Segmented)
    assert isinstance(form.control("noise"), Dropdown)
    assert isinstance(form_for(RemoveBackground, session, qtbot).control("refine"), SliderField)
    scale = form.control("scale")
    assert isinstance(scale, Segmented)
    assert [b.text() for b in scale._group.buttons()] == ["2×", "4×"]
    scale.set_value(4)
    form.control("image").set_value(PICTURE)
    assert form.operation() == Upscale(image=PICTURE, scale=4)


def test_help_and_units_are_shown(session: Session, qtbot: QtBot) -> None:
    form = form_for(RemoveBackground, session, qtbot)
    texts = [label.text() for label in form.findChildren(QLabel)]
    assert any("inwards" in text for text in texts)
    refine = form.control("refine")
    assert isinstance(refine, SliderField)
    assert refine.number.text() == "50%"


def test_a_missing_input_is_named(session: Session, qtbot: QtBot) -> None:
    with pytest.raises(AtelierError, match="Picture"):
        form_for(RemoveBackground, session, qtbot).operation()


def test_the_first_input_follows_the_selection_until_one_is_chosen(
    session: Session, project: Project, qtbot: QtBot
) -> None:
    form = form_for(ColourTransfer, session, qtbot)
    form.set_inputs({"image": PICTURE}, {"image": Source("doc", "layer", "Cup")})
    assert form.sources() == {"image": Source("doc", "layer", "Cup")}
    image, reference = form.control("image"), form.control("reference")
    assert isinstance(image, InputField)
    assert isinstance(reference, InputField)
    assert reference.value() is None, "only one input follows"
    reference.choose(OTHER, "mood.jpg", "File")
    made = form.operation()
    assert isinstance(made, ColourTransfer)
    assert (made.image, made.reference) == (PICTURE, OTHER)
    image.choose(OTHER, "other.png", "File")
    form.set_inputs({"image": PICTURE}, {"image": Source("doc", "layer", "Cup")})
    assert image.value() == OTHER
    assert form.sources() == {}


def test_an_optional_picture_may_stay_empty_and_be_emptied_again(
    session: Session, project: Project, qtbot: QtBot, dressed: QApplication
) -> None:
    form = form_for(StyleTransfer, session, qtbot)
    form.show()
    form.set_inputs({"image": PICTURE}, {"image": Source("doc", "layer", "Cup")})
    made, reference = form.operation(), form.control("reference")
    assert isinstance(made, StyleTransfer) and isinstance(reference, InputField)
    assert (made.image, made.reference, made.look) == (PICTURE, None, "cut paper")

    def open_menu(field: InputField) -> dict[str, QAction]:
        qtbot.waitUntil(lambda: field.findChild(QMenu) is None)
        qtbot.keyClick(field, Qt.Key.Key_Return)
        menu = field.findChild(QMenu)
        assert menu is not None
        qtbot.addWidget(menu)
        found = {action.text(): action for action in menu.actions()}
        qtbot.keyClick(menu, Qt.Key.Key_Escape)
        return found

    assert not open_menu(reference)["Leave empty"].isEnabled(), "there is nothing to let go of"
    reference.choose(OTHER, "mood.jpg", "File")
    made = form.operation()
    assert isinstance(made, StyleTransfer) and made.reference == OTHER
    open_menu(reference)["Leave empty"].trigger()
    made = form.operation()
    assert isinstance(made, StyleTransfer) and (made.image, made.reference) == (PICTURE, None)
    image = form.control("image")
    assert isinstance(image, InputField)
    assert "Leave empty" not in open_menu(image), "it cannot do without a picture"


def test_seeds_have_dice(session: Session, qtbot: QtBot) -> None:
    form = form_for(ColourTransfer, session, qtbot)
    seed = form.seed_field()
    assert seed is not None
    seen = {seed.throw() for _ in range(3)}
    assert len(seen) > 1
    assert all(0 <= s < 2**32 for s in seen)


def test_resets_appear_only_where_something_was_changed(session: Session, qtbot: QtBot, dressed: QApplication) -> None:
    form = form_for(RemoveBackground, session, qtbot)
    form.show()
    assert not form._resets["feather"].isVisible()
    feather = form.control("feather")
    assert isinstance(feather, SliderField)
    feather.number.change(10)
    assert form._resets["feather"].isVisible()
    form._resets["feather"].click()
    assert feather.value() == 0
    assert not form._resets["feather"].isVisible()
