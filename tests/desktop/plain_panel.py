"""The smallest panel that keeps every promise of :class:`desktop.panel.Panel`: what window tests show."""

from typing import Any, ClassVar

import msgspec
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QLabel, QListWidget, QToolButton, QWidget

from core.documents.base import Document
from core.documents.image import FillLayer, ImageDocument, RasterLayer, new_image
from core.operations.base import Asset, Input, Operation
from core.raster.manifest import read_manifest
from desktop.actions import make_action
from desktop.panel import EditCommand, Panel, Source, ViewCommand
from desktop.panels import Workspace
from desktop.session import Made, Session


class PlainPanel(Panel):
    """Shows nothing; notes what it is asked."""

    kind: ClassVar[str] = "image"
    accepts: ClassVar[frozenset[str]] = frozenset({"image"})

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._shown = ""
        self.asked: list[Any] = []
        self.down = False
        self._properties = QLabel("properties")
        self._structure = QListWidget()
        self._structure.setAccessibleName("Layers")
        self._tools = QToolButton()
        self._tools.setAccessibleName("Move")
        self.new_layer = make_action(
            self, "layer.new", "New layer", lambda: self.asked.append("new"), menu="layer", shortcut="Ctrl+Shift+N"
        )

    def open_document(self, document_id: str) -> None:
        self._shown = document_id
        self.selection_changed.emit()

    def close_document(self, document_id: str) -> None:
        self.asked.append(("close", document_id))

    @property
    def document_id(self) -> str:
        return self._shown

    def document(self) -> ImageDocument:
        found = self.session.document(self._shown)
        assert isinstance(found, ImageDocument)
        return found

    def new_document(self, title: str, width: int, height: int, colour: str | None) -> Document:
        fill = (FillLayer(colour=colour),) if colour else ()
        return msgspec.structs.replace(new_image(width, height, title), layers=fill)

    def document_from(self, asset: str, name: str) -> Document:
        return msgspec.structs.replace(new_image(1, 1, name), **self._layer(asset, name, replace=True))

    def _layer(self, asset: str, name: str, *, replace: bool) -> dict[str, Any]:
        manifest = read_manifest(asset, self.session.require())
        layer = RasterLayer(name=name, pixels=asset, width=manifest.width, height=manifest.height)
        if replace:
            return {"layers": (layer,), "width": manifest.width, "height": manifest.height}
        return {"layers": (*self.document().layers, layer)}

    def view_state(self) -> dict[str, Any]:
        return {"zoom": 2.0}

    def restore_view_state(self, state: dict[str, Any]) -> None:
        self.asked.append(("view state", state))

    def properties_widget(self) -> QWidget:
        return self._properties

    def structure_widget(self) -> QWidget:
        return self._structure

    def tools_widget(self) -> QWidget | None:
        return self._tools

    def status(self) -> str:
        return "100 %  10 × 10 px"

    def thumbnail(self, side: int) -> QImage | None:
        image = QImage(side, side, QImage.Format.Format_RGB32)
        image.fill(QColor("#336699"))
        return image

    def can_edit(self, command: EditCommand) -> bool:
        return command in (EditCommand.COPY, EditCommand.DELETE)

    def edit(self, command: EditCommand) -> None:
        self.asked.append(command)

    def view(self, command: ViewCommand) -> None:
        self.asked.append(command)

    def selection_inputs(self) -> dict[str, Input]:
        layers = self.document().layers if self._shown else ()
        return {"image": Asset(hash=layers[-1].pixels)} if layers and isinstance(layers[-1], RasterLayer) else {}

    def selection_sources(self) -> dict[str, Source]:
        if not self.selection_inputs():
            return {}
        layer = self.document().layers[-1]
        return {"image": Source(self._shown, layer.id, layer.name)}

    def place(self, asset: str, name: str, at: QPoint | None = None) -> None:
        fields = self._layer(asset, name, replace=False)
        self.session.commit("Place picture", msgspec.structs.replace(self.document(), **fields))

    def apply_result(self, operation: Operation, made: Made) -> None:
        self.place(made.outputs["image"], operation.info.title)

    def shut_down(self) -> None:
        self.down = True


WORKSPACES = (Workspace(kind="image", word="Image", icon="image", panel="plain_panel:PlainPanel", menu="&Image"),)
