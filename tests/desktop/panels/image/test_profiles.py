"""A document in another profile: opened, seen, assigned, converted, filled and exported, by the real core."""

import asyncio
import io
from collections.abc import Callable
from pathlib import Path

import msgspec
import numpy as np
import pytest
from image_hands import Hands
from PIL import Image, ImageCms
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QToolButton
from pytestqt.qtbot import QtBot
from tests_desktop import Run

from core.documents.image import FillLayer, ImageDocument, RasterLayer, ShapeLayer, new_image
from core.documents.image_shapes import Rectangle, Solid
from core.operations.image_light import Dehaze
from core.raster import icc
from core.raster.manifest import read_raster
from core.raster.seeing import Look
from desktop.panels.image.export import ExportChoice, ExportDialog, export_file
from desktop.panels.image.panel import ImagePanel
from desktop.panels.image.profile_dialog import ProfileDialog
from desktop.preferences import Preferences
from desktop.session import Made, Session

replace = msgspec.structs.replace
DATA = Path(__file__).parents[3] / "data"
Colour = tuple[int, int, int]


def little_cms(colours: np.ndarray, source: str | bytes, target: str | bytes = "srgb") -> np.ndarray:
    """Return what Little CMS makes of …×3 colours."""
    profiles = [icc.shipped(one) if isinstance(one, str) else one for one in (source, target)]
    ends = [ImageCms.ImageCmsProfile(io.BytesIO(data)) for data in profiles]
    flags = ImageCms.Flags.NOOPTIMIZE | ImageCms.Flags.BLACKPOINTCOMPENSATION
    transform = ImageCms.buildTransform(ends[0], ends[1], "RGB", "RGB", ImageCms.Intent.RELATIVE_COLORIMETRIC, flags)
    flat = np.ascontiguousarray(colours.reshape(-1, 1, 3).astype(np.uint8))
    done = ImageCms.applyTransform(Image.fromarray(flat), transform)
    assert done is not None
    return np.asarray(done).astype(int).reshape(colours.shape)


def near(found: Colour, expected: np.ndarray, away: int = 1) -> bool:
    return bool(np.abs(np.array(found) - expected).max() <= away)


def assigned(panel: ImagePanel, space: str) -> str:
    """Give the document a profile, as an earlier session did."""
    project = panel.session.require()
    digest = project.put(icc.shipped(space), icc.PROFILE_TYPE)
    panel.session.commit("Profile", replace(panel.editor.require(), profile=digest))
    return digest


async def idle(panel: ImagePanel) -> None:
    await asyncio.sleep(0)
    while panel.session.busy:
        await asyncio.sleep(0.01)


def act(panel: ImagePanel, name: str) -> None:
    next(one for one in panel.actions() if one.objectName() == name).trigger()


def dialog(panel: ImagePanel) -> ProfileDialog:
    found = panel.profile_actions.dialog
    assert found is not None and found.isVisible() and not found.isModal()
    return found


def choose(asked: ProfileDialog, text: str) -> None:
    """Pick an entry of the list as a person does."""
    index = next(i for i in range(asked.profile.count()) if text in asked.profile.itemText(i))
    asked.profile.setCurrentIndex(index)
    asked.profile.activated.emit(index)


RED = np.array([220, 30, 30])


def test_the_canvas_shows_the_document_s_colours_and_its_numbers_stay(hands: Hands, settle: Callable[[], None]) -> None:
    panel, before = hands.panel, hands.picture()
    settle()
    assert hands.seen(150, 120) == tuple(RED) and "sRGB" in panel.status()
    assigned(panel, "adobe-compatible")
    settle()
    assert near(hands.seen(150, 120), little_cms(RED, "adobe-compatible")) and hands.seen(150, 120) != tuple(RED)
    assert hands.seen(590, 390) == (255, 255, 255) and "Adobe RGB (1998)" in panel.status()
    assert np.array_equal(hands.picture(), before)
    panel.use_tool("eyedropper")
    hands.click(150, 120)
    assert panel.editor.colour == "#dc1e1e", "the eyedropper takes the document's numbers"
    wells = panel.tools_widget().findChildren(type(panel._strip.wells))[0].grab().toImage()
    shown = wells.pixelColor(round(8 * wells.devicePixelRatio()), round(24 * wells.devicePixelRatio()))
    assert near((shown.red(), shown.green(), shown.blue()), little_cms(RED, "adobe-compatible"), 2)
    panel.session.undo()
    settle()
    assert hands.seen(150, 120) == tuple(RED) and "sRGB" in panel.status()


def test_a_stroke_is_shown_managed_while_it_is_painted_and_afterwards(hands: Hands, settle: Callable[[], None]) -> None:
    panel = hands.panel
    assigned(panel, "display-p3")
    panel.editor.select(["red"])
    panel.editor.set_colour("#10d030")
    panel.use_tool("brush")
    settle()
    hands.press(140, 120)
    hands.move(260, 120)
    expected = little_cms(np.array([0x10, 0xD0, 0x30]), "display-p3")
    assert near(hands.seen(200, 120), expected) and near(hands.seen(290, 170), little_cms(RED, "display-p3"))
    hands.release(260, 120)
    settle()
    assert near(hands.seen(200, 120), expected) and tuple(hands.picture()[120, 200, :3]) == (0x10, 0xD0, 0x30)
    for level in (0.5, 0.25):
        panel.canvas.set_zoom(level)
        settle()
        assert near(hands.seen(200, 120), expected, 3)


def test_looks_are_of_the_numbers_or_of_what_is_seen(hands: Hands, settle: Callable[[], None]) -> None:
    panel = hands.panel
    assigned(panel, "romm-compatible")
    settle()
    panel.looks.show(Look.GREEN)
    assert hands.seen(150, 120) == (30, 30, 30), "a channel is shown by its own numbers"
    panel.looks.show(Look.GREY)
    grey, seen = hands.seen(150, 120), little_cms(RED, "romm-compatible") / 255
    light = np.where(seen <= 0.04045, seen / 12.92, ((seen + 0.055) / 1.055) ** 2.4) @ (0.2126, 0.7152, 0.0722)
    assert near(grey, np.full(3, (1.055 * light ** (1 / 2.4) - 0.055) * 255), 3)
    panel.looks.show(Look.CLIPPED)
    assert near(hands.seen(150, 120), little_cms(RED, "romm-compatible")), "what is not clipped looks as it does"
    white = hands.seen(590, 390)
    assert white[0] > 200 > white[1], "and what is, is marked"
    panel.looks.show(Look.NORMAL)
    assert near(hands.seen(150, 120), little_cms(RED, "romm-compatible"))


def test_a_profile_is_assigned_with_a_preview_in_one_step(hands: Hands, settle: Callable[[], None]) -> None:
    panel, steps = hands.panel, len(hands.steps())
    act(panel, "image.assign-profile")
    asked = dialog(panel)
    assert not asked.apply_button.isEnabled() and asked.now.text() == "sRGB"
    choose(asked, "Display P3")
    settle()
    assert near(hands.seen(150, 120), little_cms(RED, "display-p3")) and len(hands.steps()) == steps
    asked.preview.click()
    settle()
    assert hands.seen(150, 120) == tuple(RED)
    asked.reject()
    assert hands.document.profile is None and len(hands.steps()) == steps
    act(panel, "image.assign-profile")
    asked = dialog(panel)
    choose(asked, "Display P3")
    asked.apply_button.click()
    assert panel.profile_actions.dialog is None and hands.steps()[-1] == "Assign profile"
    assert len(hands.steps()) == steps + 1
    project = panel.session.require()
    assert hands.document.profile is not None and project.get(hands.document.profile) == icc.shipped("display-p3")
    assert hands.document.profile in hands.document.assets() and project.verify() == []
    hands.undo()
    assert hands.document.profile is None


def test_converting_keeps_the_look_and_changes_the_numbers(
    run: Run, hands: Hands, settle: Callable[[], None], qtbot: QtBot
) -> None:
    panel, steps, before = hands.panel, len(hands.steps()), hands.picture()
    act(panel, "image.convert-profile")
    asked = dialog(panel)
    choose(asked, "ProPhoto")

    async def previewed() -> None:
        while panel.editor.shown is panel.editor.document:
            await asyncio.sleep(0.01)
        await idle(panel)

    run(previewed())
    settle()
    # Eight bits are few for so wide a space.
    assert near(hands.seen(150, 120), RED, 3) and len(hands.steps()) == steps
    assert panel.editor.shown is not None and panel.editor.shown.profile is not None
    asked.apply_button.click()
    run(idle(panel))
    assert hands.steps()[-1] == "Convert to profile" and len(hands.steps()) == steps + 1
    after = hands.picture()
    expected = little_cms(before[..., :3], "srgb", "romm-compatible")
    solid = (before[..., :3] == RED).all(-1)
    assert np.abs(after[..., :3] - expected)[solid].max() <= 1
    fill = hands.layer("back")
    assert isinstance(fill, FillLayer) and fill.colour == "#ffffff"
    settle()
    assert near(hands.seen(150, 120), RED, 3)
    assert panel.session.work.active() == [] and panel.session.require().verify() == []
    hands.undo()
    assert np.array_equal(hands.picture(), before)


def test_a_profile_from_a_file_and_files_that_are_none(
    run: Run, hands: Hands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel = hands.panel
    act(panel, "image.assign-profile")
    asked = dialog(panel)
    for name, data in {"text.icc": b"x" * 400, "cut.icc": icc.shipped("srgb")[:200], "none.icc": b""}.items():
        (tmp_path / name).write_bytes(data)
        monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_, name=name: (str(tmp_path / name), ""))
        choose(asked, "From a file")
        run(idle(panel))
        assert name in asked.state.text() and not asked.apply_button.isEnabled()
        assert asked.profile.currentText() == "sRGB"
    good = bytearray(icc.shipped("display-p3"))
    at = good.index("Compatible".encode("utf-16-be"))
    good[at : at + 20] = "My screen ".encode("utf-16-be")
    (tmp_path / "mine.icc").write_bytes(good)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(tmp_path / "mine.icc"), ""))
    choose(asked, "From a file")
    run(idle(panel))
    assert "My screen" in asked.profile.currentText() and not asked.state.text()
    asked.apply_button.click()
    assert "My screen" in panel.status()
    act(panel, "image.assign-profile")
    assert "My screen" in dialog(panel).profile.currentText()
    dialog(panel).reject()


def test_a_profile_with_tables_is_shown_as_soon_as_the_core_has_worked_it_out(
    run: Run, hands: Hands, settle: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    panel, path = hands.panel, DATA / "tables.icc"
    digest = panel.session.require().put(path.read_bytes(), icc.PROFILE_TYPE)
    panel.session.commit("Profile", replace(hands.document, profile=digest))
    run(idle(panel))
    settle()
    assert near(hands.seen(150, 120), little_cms(RED, path.read_bytes()), 3) and hands.seen(150, 120) != tuple(RED)
    assert near(hands.seen(590, 390), np.array([255, 255, 255])) and "Test profile" in panel.status()
    assert panel.session.work.active() == []
    said: list[str] = []
    panel.session.notice.connect(lambda notice: said.append(notice.text))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    act(panel, "view.monitor-own")
    assert "has tables" in said[-1] and not panel.session.settings.monitor_profile


def test_a_profile_that_is_damaged_in_the_project_is_said_and_the_numbers_are_shown(
    hands: Hands, settle: Callable[[], None]
) -> None:
    panel, said = hands.panel, list[str]()
    panel.session.notice.connect(lambda notice: said.append(notice.text))
    digest = panel.session.require().put(b"x" * 400, icc.PROFILE_TYPE)
    panel.session.commit("Profile", replace(hands.document, profile=digest))
    settle()
    panel.canvas.set_zoom(2.0)
    settle()
    assert hands.seen(150, 120) == tuple(RED) and len(said) == 1 and "ICC profile" in said[0]
    assert "Unreadable" in panel.status()


def test_drawings_come_in_and_go_out_in_srgb(hands: Hands) -> None:
    panel = hands.panel
    assigned(panel, "display-p3")
    drawing = replace(new_image(50, 50), layers=(ShapeLayer(geometry=Rectangle(), fill=Solid(colour="#ff0000")),))
    assert panel.place_shapes(drawing, "Square")
    layer = hands.document.layers[-1]
    assert isinstance(layer, ShapeLayer) and isinstance(layer.fill, Solid)
    numbers = np.array([int(layer.fill.colour[i : i + 2], 16) for i in (1, 3, 5)])
    assert near(tuple(numbers.tolist()), little_cms(np.array([255, 0, 0]), "srgb", "display-p3"))
    panel.vector_files.copy()
    text = QGuiApplication.clipboard().mimeData().data("image/svg+xml").data().decode()
    assert "#ff0000" in text.lower() or "#fe0000" in text.lower() or "red" in text


def test_the_dialog_goes_when_its_picture_does(hands: Hands) -> None:
    act(hands.panel, "image.convert-profile")
    asked = dialog(hands.panel)
    choose(asked, "Display P3")
    hands.panel.open_document("")
    assert hands.panel.profile_actions.dialog is None and not asked.isVisible()


@pytest.fixture
def wide(tmp_path: Path, photo: Path) -> Path:
    """The product photo, said to be in Adobe RGB's numbers."""
    path = tmp_path / "wide.png"
    Image.open(photo).convert("RGB").resize((300, 200)).save(path, icc_profile=icc.shipped("adobe-compatible"))
    return path


def test_the_settings_say_what_becomes_of_other_profiles(session: Session, qtbot: QtBot) -> None:
    asked = Preferences(session, [])
    qtbot.addWidget(asked)
    asked.show()
    button = next(one for one in asked.profiles.findChildren(QToolButton) if "sRGB" in one.text())
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert session.settings.profiles == "srgb"
    asked.close()


def test_a_wide_picture_keeps_its_profile_or_is_converted(run: Run, hands: Hands, wide: Path) -> None:
    session, numbers = hands.panel.session, np.asarray(Image.open(wide))
    kept = run(session.import_picture(wide))
    assert isinstance(kept, ImageDocument) and kept.profile is not None
    layer = kept.layers[0]
    assert isinstance(layer, RasterLayer) and (layer.width, kept.title) == (300, "wide")
    assert np.array_equal(read_raster(layer.pixels, session.require())[..., :3], numbers)
    session.settings.profiles = "srgb"
    plain = run(session.import_picture(wide))
    assert isinstance(plain, str)
    found = read_raster(plain, session.require())[..., :3].astype(int)
    assert np.abs(found - little_cms(numbers, "adobe-compatible")).mean() < 0.2


def test_what_is_placed_or_pasted_takes_the_document_s_profile(run: Run, hands: Hands, wide: Path) -> None:
    panel, session = hands.panel, hands.panel.session
    p3 = assigned(panel, "display-p3")
    placed = run(session.import_image(wide, into=panel.profile()))
    numbers = np.asarray(Image.open(wide))
    found = read_raster(placed, session.require())[..., :3].astype(int)
    assert np.abs(found - little_cms(numbers, "adobe-compatible", "display-p3")).max() <= 1
    again = run(session.raster_of(run(session.import_image(wide)), into=p3))
    assert again != placed and read_raster(again, session.require()).shape == (200, 300, 4)
    # Layers copied here look the same in a document that is sRGB.
    panel.editor.select(["red", "words"])
    assert panel.clipboard.copy()
    image = QGuiApplication.clipboard().image()
    managed = image.pixelColor(60, 20)
    assert near((managed.red(), managed.green(), managed.blue()), little_cms(RED, "display-p3"))
    other = replace(hands.document, id="other", profile=None, layers=())
    session.commit("New image", other)
    panel.open_document("other")
    panel.clipboard.paste()
    run(idle(panel))
    pasted = panel.editor.require().layers
    assert [layer.name for layer in pasted] == ["Red", ""]
    first = pasted[0]
    assert isinstance(first, RasterLayer)
    assert near(tuple(read_raster(first.pixels, session.require())[5, 5, :3].tolist()), little_cms(RED, "display-p3"))


def test_operations_work_in_srgb_and_their_results_come_back(run: Run, hands: Hands, qtbot: QtBot) -> None:
    panel = hands.panel
    profile = assigned(panel, "adobe-compatible")
    panel.editor.select(["red"])

    async def ready() -> None:
        while "image" not in panel.selection_inputs():
            await asyncio.sleep(0.02)

    run(ready())
    given = panel.selection_inputs()["image"]
    source = panel.selection_sources()["image"]
    assert source.layer == "red" and not source.own
    plain = read_raster(given.hash, panel.session.require())  # type: ignore[union-attr]
    assert near(tuple(plain[3, 3, :3].tolist()), little_cms(RED, "adobe-compatible"))
    made: Made = run(panel.session.make(Dehaze(image=given, strength=0), sources={"image": source}))
    result = read_raster(made.outputs["image"], panel.session.require())
    panel.apply_result(made.operation, made)
    run(idle(panel))
    layer = hands.layer("red")
    assert isinstance(layer, RasterLayer) and hands.document.profile == profile
    kept = read_raster(layer.pixels, panel.session.require())
    back = little_cms(result[..., :3], "srgb", "adobe-compatible")
    assert np.abs(kept[..., :3] - back).max() <= 1
    assert panel.session.require().stale() == frozenset()


def test_exporting_converts_or_keeps_as_the_format_and_the_person_want(
    run: Run, hands: Hands, tmp_path: Path, qtbot: QtBot
) -> None:
    panel = hands.panel
    assigned(panel, "adobe-compatible")
    asked = ExportDialog(panel.editor, panel)
    asked.show()
    assert asked.srgb.isVisible() and asked.srgb.isChecked() and "Adobe" in asked.srgb.toolTip()
    asked.format.set_value("tiff")
    asked._follow()
    assert not asked.srgb.isChecked()
    asked.format.set_value("pdf")
    asked._follow()
    assert asked.srgb.isChecked() and not asked.srgb.isEnabled()
    asked.format.set_value("png")
    asked._follow()
    qtbot.mouseClick(asked.srgb, Qt.MouseButton.LeftButton)
    assert not asked.srgb.isChecked() and asked.choice().profile == "keep"
    asked.reject()
    for choice, expected in (
        (ExportChoice(format="png"), little_cms(RED, "adobe-compatible")),
        (ExportChoice(format="png", profile="keep"), RED),
        (ExportChoice(format="tiff"), RED),
        (ExportChoice(format="tiff", profile="srgb"), little_cms(RED, "adobe-compatible")),
    ):
        path = tmp_path / f"out.{choice.format}"
        run(export_file(panel.session, hands.document, choice, path))
        with Image.open(path) as picture:
            embedded = ImageCms.ImageCmsProfile(io.BytesIO(picture.info["icc_profile"]))
            name = str(embedded.profile.profile_description)
            assert ("Adobe" in name) is (not choice.to_srgb), (choice, name)
            assert near(picture.convert("RGB").getpixel((150, 120)), expected), choice  # type: ignore[arg-type]


def test_the_monitor_s_profile_is_used_and_a_bad_one_is_refused(
    hands: Hands, settle: Callable[[], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel = hands.panel
    said: list[str] = []
    panel.session.notice.connect(lambda notice: said.append(notice.text))
    (tmp_path / "screen.icc").write_bytes(icc.shipped("display-p3"))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(tmp_path / "screen.icc"), ""))
    act(panel, "view.monitor-own")
    settle()
    assert near(hands.seen(150, 120), little_cms(RED, "srgb", "display-p3")) and not said
    assigned(panel, "display-p3")
    settle()
    assert hands.seen(150, 120) == tuple(RED), "the screen shows just these numbers"
    (tmp_path / "bad.icc").write_bytes(b"x" * 400)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(tmp_path / "bad.icc"), ""))
    act(panel, "view.monitor-own")
    assert "bad.icc" in said[-1] and panel.session.settings.monitor_profile.endswith("screen.icc")
    act(panel, "view.monitor-srgb")
    settle()
    assert near(hands.seen(150, 120), little_cms(RED, "display-p3")) and not panel.session.settings.monitor_profile


def test_a_proof_is_of_the_document_s_profile(run: Run, hands: Hands, settle: Callable[[], None]) -> None:
    panel = hands.panel
    green = replace(hands.layer("back"), colour="#40a060")
    panel.session.commit("Colour", hands.document.replace_layer("back", lambda _: green))
    act(panel, "view.proof-on")
    run(idle(panel))
    settle()
    plain = hands.seen(500, 380)
    assigned(panel, "romm-compatible")
    run(idle(panel))
    settle()
    wide = hands.seen(500, 380)
    assert np.abs(np.subtract(wide, plain)).max() > 10, "the same numbers are another green"
    seen = little_cms(np.array([0x40, 0xA0, 0x60]), "romm-compatible")
    assert np.abs(wide - seen).max() < 60
