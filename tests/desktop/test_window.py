"""The window over a real project and a real core, with the smallest panel."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from plain_panel import WORKSPACES, PlainPanel
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QAction, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTabBar, QWidget
from pytestqt.qtbot import QtBot
from tests_desktop import Run, settled

from core.documents.image import new_image
from core.project.project import Project
from core.resources import resource
from desktop import i18n
from desktop.mime import DraggedAsset
from desktop.panel import EditCommand
from desktop.project_commands import is_untitled
from desktop.session import Session
from desktop.window import MainWindow


@pytest.fixture
def window(session: Session, qtbot: QtBot) -> Iterator[MainWindow]:
    made = MainWindow(session, WORKSPACES)
    qtbot.addWidget(made)
    made.resize(1440, 900)
    made.show()
    yield made


def panel_of(window: MainWindow) -> PlainPanel:
    assert isinstance(window.stage.panel, PlainPanel)
    return window.stage.panel


def test_it_opens_on_the_welcome_page_with_nothing_around_it(window: MainWindow) -> None:
    assert window.area.stack.currentWidget() is window.welcome
    assert all(dock.isHidden() for dock in window.docks.docks.values())
    assert window.windowTitle() == "Atelier"


def test_the_same_regions_stand_in_the_same_places(window: MainWindow, project: Project) -> None:
    window.session.commit("New image", new_image(10, 10, "Poster"))
    window.stage.open_document(project.documents()[0].id)
    QApplication.processEvents()
    docks = window.docks.docks
    assert docks["properties"].x() > window.area.x()
    assert docks["structure"].y() > docks["properties"].y()
    assert docks["assets"].y() > window.area.y()
    assert {d.objectName() for d in window.tabifiedDockWidgets(docks["assets"])} == {
        "dock.elements",
        "dock.make",
        "dock.actions",
        "dock.jobs",
        "dock.history",
    }
    assert docks["assets"].geometry().right() <= docks["properties"].x(), "the tray ends where the inspector begins"


def test_a_dropped_picture_becomes_a_document_in_a_file_at_once(
    window: MainWindow, session: Session, run: Run, coffee: Path
) -> None:
    window.take([coffee])
    run(settled(session))
    assert session.project is not None
    assert is_untitled(session.project.path)
    assert session.project.path.exists()
    assert [e.title for e in session.project.documents()] == ["coffee"]
    assert panel_of(window).document().width == 600
    assert window.windowTitle() == "coffee — Atelier"
    assert window.status.panel.text() == "100 %  10 × 10 px"


def drop(window: MainWindow, path: Path, on: QWidget) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    at = QPointF(on.mapTo(window, on.rect().center()))
    event = QDropEvent(at, Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    window.dropEvent(event)


def test_a_picture_dropped_on_the_work_becomes_a_layer(
    window: MainWindow, session: Session, run: Run, coffee: Path
) -> None:
    window.take([coffee])
    run(settled(session))
    panel = panel_of(window)
    drop(window, coffee, panel)
    run(settled(session))
    assert len(panel.document().layers) == 2
    drop(window, coffee, window.rail)
    run(settled(session))
    assert len(session.require().documents()) == 2, "beside the work it becomes a document of its own"


def test_other_files_become_assets_and_refusals_are_said(
    window: MainWindow, session: Session, run: Run, tmp_path: Path
) -> None:
    song, bad = tmp_path / "song.mid", tmp_path / "weights.ckpt"
    song.write_bytes(b"MThd\x00\x00\x00\x06\x00\x01\x00\x02\x00\x60")
    bad.write_bytes(b"\x80\x04nasty")
    window.take([song, bad, resource("fonts", "PlayfairDisplay_400Regular.ttf")])
    run(settled(session))
    names = {a.name for a in session.require().assets()}
    assert names == {"song.mid", "PlayfairDisplay_400Regular.ttf"}
    assert "song.mid" in window.area.banner.text
    window.take([bad])
    run(settled(session))
    assert "pickle" in window.area.banner.text


def test_tabs_close_without_losing_the_document(window: MainWindow, project: Project) -> None:
    first, second = new_image(10, 10, "A"), new_image(20, 20, "B")
    window.session.commit("New image", first)
    window.session.commit("New image", second)
    window.stage.open_document(first.id)
    window.stage.open_document(second.id)
    assert window.area.tabs.ids() == [first.id, second.id]
    window.commands.close_document()
    assert window.area.tabs.ids() == [first.id]
    assert panel_of(window).document_id == first.id
    assert len(project.documents()) == 2
    window.commands.close_document()
    assert window.area.stack.currentWidget() is window.area.empty
    window.stage.open_document(second.id)
    assert panel_of(window).document_id == second.id


def test_undo_brings_what_it_changes_to_the_front(window: MainWindow, project: Project) -> None:
    first, second = new_image(10, 10, "A"), new_image(20, 20, "B")
    window.session.commit("New image", first)
    window.session.commit("New image", second)
    window.session.commit("Resize", msgspec.structs.replace(first, resolution=300.0))
    window.stage.open_document(first.id)
    window.stage.open_document(second.id)
    window.commands.undo()
    assert panel_of(window).document_id == first.id
    assert project.document(first.id) == first
    window.stage.open_document(second.id)
    window.commands.redo()
    assert panel_of(window).document_id == first.id


def test_a_document_that_undo_takes_away_leaves_its_tab(window: MainWindow, project: Project) -> None:
    first = new_image(10, 10, "A")
    window.session.commit("New image", first)
    window.stage.open_document(first.id)
    window.commands.undo()
    assert window.area.tabs.ids() == []
    assert window.area.stack.currentWidget() is window.area.empty
    window.commands.redo()
    window.stage.open_document(first.id)
    assert panel_of(window).document_id == first.id


def test_menus_follow_the_panel_and_say_what_undo_does(window: MainWindow, project: Project) -> None:
    titles = [a.text() for a in window.menuBar().actions()]
    assert "&Layer" not in titles
    document = new_image(10, 10, "A")
    window.session.commit("New image", document)
    window.stage.open_document(document.id)
    titles = [a.text() for a in window.menuBar().actions()]
    assert titles.index("&Layer") < titles.index("&View")
    window.menus.update_edit()
    assert window.menus.actions["edit.undo"].text() == "&Undo: New image"
    assert window.menus.actions["edit.copy"].isEnabled()
    assert not window.menus.actions["edit.paste"].isEnabled()
    window.menus.actions["edit.copy"].trigger()
    assert panel_of(window).asked[-1] is EditCommand.COPY


def test_no_two_commands_share_a_shortcut(window: MainWindow, project: Project) -> None:
    from desktop import shortcuts

    document = new_image(10, 10, "A")
    window.session.commit("New image", document)
    window.stage.open_document(document.id)
    assert shortcuts.conflicts(window.menus.all_actions()) == {}


def test_no_two_commands_share_a_shortcut_while_a_picture_is_open(
    session: Session, project: Project, qtbot: QtBot
) -> None:
    window = MainWindow(session)
    qtbot.addWidget(window)
    window.show()
    session.commit("New image", new_image(10, 10, "Poster"))
    window.stage.open_document(project.documents()[0].id)
    keys = [(k.toString(), a.objectName()) for a in window.menus.all_actions() for k in a.shortcuts()]
    assert len(keys) > 40
    shared = {k: [name for other, name in keys if other == k] for k, _ in keys}
    assert {k: names for k, names in shared.items() if len(names) > 1} == {}
    window.close()


def test_the_tabs_of_a_project_that_is_opened_can_be_seen(window: MainWindow, session: Session, tmp_path: Path) -> None:
    with Project.create(tmp_path / "two.atelier") as made, made.transaction("New") as edit:
        edit.put(new_image(10, 10, "One"))
        edit.put(new_image(10, 10, "Two"))
    session.adopt_project(Project.open(tmp_path / "two.atelier"))
    QApplication.processEvents()
    tabs = window.area.tabs
    assert tabs.count() == 2
    assert tabs.height() > 20
    assert all(tabs.rect().contains(tabs.tabRect(i).center()) for i in range(2))


def test_custom_shortcuts_are_used(session: Session, qtbot: QtBot) -> None:
    session.settings.shortcuts["edit.undo"] = "F2"
    window = MainWindow(session, WORKSPACES)
    qtbot.addWidget(window)
    assert window.menus.actions["edit.undo"].shortcut().toString() == "F2"


def test_the_tray_collapses_comes_back_and_the_layout_is_remembered(window: MainWindow, project: Project) -> None:
    document = new_image(10, 10, "A")
    window.session.commit("New image", document)
    window.stage.open_document(document.id)
    window.commands.toggle_tray()
    assert window.docks.tray_collapsed()
    assert not window.menus.actions["window.tray"].isChecked()
    window.commands.go("home")
    window.commands.go("image")
    assert window.docks.tray_collapsed(), "remembered per workspace"
    window.commands.toggle_tray()
    assert not window.docks.tray_collapsed()
    window.docks.docks["assets"].setFloating(True)
    window.docks.docks["history"].close()
    window.commands.reset_layout()
    assert not window.docks.docks["assets"].isFloating()
    assert not window.docks.docks["history"].isHidden()


def test_a_dock_says_its_name_once(window: MainWindow, project: Project) -> None:
    document = new_image(10, 10, "A")
    window.session.commit("New image", document)
    window.stage.open_document(document.id)
    for _ in range(5):
        QApplication.processEvents()
    titles = {name: d.titleBarWidget().height() for name, d in window.docks.docks.items() if d.isVisible()}
    assert titles["structure"] > 0
    assert titles["properties"] == 0, "the tab carries it, beside Info and Guidance"
    assert titles["make" if "make" in titles else "assets"] == 0, "the tab carries it"
    bars = window.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly)
    assert {bar.count() for bar in bars} >= {3, 6}


def test_an_asset_is_placed(window: MainWindow, session: Session, run: Run, coffee: Path) -> None:
    window.take([coffee])
    run(settled(session))
    panel = panel_of(window)
    raster = panel.document().layers[0]
    window.commands.place_asset(DraggedAsset(raster.pixels, "application/x-atelier-raster", "cup"))  # type: ignore[union-attr]
    run(settled(session))
    assert len(panel.document().layers) == 2


def test_make_works_on_what_is_selected_and_keeps_the_result(
    window: MainWindow, session: Session, run: Run, coffee: Path
) -> None:
    window.take([coffee])
    run(settled(session))
    window.commands.show_operation("image.auto_grade")
    form = window.make.form()
    assert form is not None
    assert form.sources()["image"].title == "coffee"
    window.make.run()
    run(settled(session))
    task = session.work.tasks[-1]
    assert window.make.results._shown is task
    assert task.result is not None
    before = len(session.require().results())
    window.make.results._on_keep()
    run(settled(session))
    assert len(session.require().results()) == before + 1
    assert len(panel_of(window).document().layers) == 2
    assert window.make.results._shown is None
    window.commands.undo()
    assert len(panel_of(window).document().layers) == 1


def test_a_discarded_result_leaves_nothing(window: MainWindow, session: Session, run: Run, coffee: Path) -> None:
    window.take([coffee])
    run(settled(session))
    before = len(session.require().results())
    window.commands.show_operation("image.auto_grade")
    window.make.run()
    run(settled(session))
    window.make.results._on_discard()
    assert len(session.require().results()) == before
    assert session.work.tasks[-1].released


def test_make_says_what_is_missing(window: MainWindow, project: Project) -> None:
    window.commands.show_operation("image.auto_grade")
    window.make.run()
    assert "Picture" in window.make._said.text()
    assert window.session.work.tasks == []


def test_the_palette_finds_commands_and_operations(window: MainWindow, project: Project, qtbot: QtBot) -> None:
    from desktop.palette import CommandPalette

    palette = CommandPalette(window)
    palette.open_at(window)
    palette.search.setText("cutout")
    assert palette.model.shown[0].text == "Remove background"
    palette.search.setText("reset lay")
    assert palette.model.shown[0].text == "Reset layout"
    palette.search.setText("zzzz")
    assert palette.model.shown == []
    palette.search.setText("remove background")
    QTest.keyClick(palette.search, Qt.Key.Key_Return)
    form = window.make.form()
    assert form is not None
    assert form.cls.info.name == "image.remove_background"


def test_another_window_takes_over_when_the_language_changes(
    window: MainWindow, project: Project, session: Session, qtbot: QtBot
) -> None:
    first, second = new_image(10, 10, "A"), new_image(20, 20, "B")
    session.commit("New image", first)
    session.commit("New image", second)
    window.stage.open_document(first.id)
    old_panel = panel_of(window)
    states = window.give_way()
    assert old_panel.down
    i18n.use("zh_CN")
    fresh = MainWindow(session, WORKSPACES)
    qtbot.addWidget(fresh)
    fresh.take_over(states)
    assert panel_of(fresh).document_id == first.id
    assert ("view state", {"zoom": 2.0}) in panel_of(fresh).asked
    assert fresh.menuBar().actions()[0].text() != "&File"
    window.close()
    assert session.project is project, "the old window leaves the project open"


def test_closing_keeps_everything_and_asks_nothing(
    window: MainWindow, session: Session, run: Run, coffee: Path
) -> None:
    window.take([coffee])
    run(settled(session))
    path = session.require().path
    window.close()
    assert session.project is None
    with Project.open(path) as again:
        assert [e.title for e in again.documents()] == ["coffee"]
    summary = Project.peek(path)
    assert summary.thumbnail is not None, "the welcome page shows it next time"
    assert str(path) in session.settings.recent


def test_an_untitled_project_without_anything_in_it_is_not_left_behind(window: MainWindow, session: Session) -> None:
    project = window.files.new_project()
    path = project.path
    assert path.exists()
    window.commands.close_project()
    assert not path.exists()
    assert session.settings.recent == []


def test_save_as_moves_an_untitled_project(
    window: MainWindow, session: Session, run: Run, coffee: Path, tmp_path: Path
) -> None:
    window.take([coffee])
    run(settled(session))
    old, new = session.require().path, tmp_path / "Campaign.atelier"
    run(window.files.move_to(new))
    assert session.require().path == new
    assert not old.exists()
    assert window.windowTitle() == "Campaign — Atelier"
    assert session.settings.recent[0] == str(new)
    session.commit("New image", new_image(10, 10, "More"))
    run(window.files.copy_to(tmp_path / "Copy.atelier"))
    with Project.open(tmp_path / "Copy.atelier") as copy:
        assert len(copy.documents()) == 2


def test_opening_what_is_no_project_says_so_and_changes_nothing(
    window: MainWindow, session: Session, run: Run, tmp_path: Path
) -> None:
    bad = tmp_path / "bad.atelier"
    bad.write_bytes(b"SQLite format 3\x00" + b"\x00" * 5000)
    session.spawn(window.files.open_path(bad))
    run(settled(session))
    assert session.project is None
    assert "bad.atelier" in window.area.banner.text


def test_everything_has_a_name_and_can_be_reached(window: MainWindow, project: Project) -> None:
    document = new_image(10, 10, "A")
    window.session.commit("New image", document)
    window.stage.open_document(document.id)
    nameless = []
    for widget in window.findChildren(QWidget):
        kind = widget.metaObject().className()
        interactive = kind in ("QToolButton", "QPushButton", "QLineEdit", "QListView", "QListWidget", "QSlider")
        internal = widget.objectName().startswith("qt_") or kind.startswith("QLineEditIcon")
        if not interactive or internal or widget.isHidden() or isinstance(widget.parent(), QTabBar):
            continue
        text = getattr(widget, "text", lambda: "")()
        if not (widget.accessibleName() or text or widget.toolTip() or isinstance(widget.parent(), PlainPanel)):
            nameless.append(f"{kind} in {widget.parent()}")
    assert not nameless
    assert all(
        a.text() for a in window.findChildren(QAction) if a.objectName() and not a.objectName().startswith("_q_")
    )


def test_the_status_line_tells_of_the_core(window: MainWindow, session: Session, run: Run, coffee: Path) -> None:
    assert "Offline" in [f.text() for f in window.status.findChildren(type(window.status.core))]
    session.core.start()

    async def ready() -> None:
        for _ in range(500):
            await asyncio.sleep(0.02)
            if window.status.core.text().startswith("Core: idle"):
                return
        raise AssertionError(window.status.core.text())

    run(ready())
