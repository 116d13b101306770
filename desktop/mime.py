"""An asset on its way from one place of the window to another."""

from typing import Final, Literal

import msgspec
from PySide6.QtCore import QByteArray, QMimeData

ASSET_MIME: Final = "application/x-atelier-asset"


ELEMENT_MIME: Final = "application/x-atelier-element"


class DraggedElement(msgspec.Struct, frozen=True):
    """What is dragged out of the Elements dock."""

    id: str
    """As :attr:`core.library.store.Element.id`."""
    mode: Literal["own", "foreground", "palette"]
    """Which colours it gets."""


class DraggedAsset(msgspec.Struct, frozen=True):
    """What is dragged out of the Assets dock."""

    hash: str
    media_type: str
    name: str


def mime_of(asset: DraggedAsset) -> QMimeData:
    """Return ``asset`` as what a drag carries."""
    data = QMimeData()
    data.setData(ASSET_MIME, QByteArray(msgspec.json.encode(asset)))
    data.setText(asset.name)
    return data


def asset_from(data: QMimeData) -> DraggedAsset | None:
    """Return the asset that a drag carries, None when it carries something else."""
    if not data.hasFormat(ASSET_MIME):
        return None
    try:
        return msgspec.json.decode(data.data(ASSET_MIME).data(), type=DraggedAsset)
    except msgspec.MsgspecError:
        return None


def mime_of_element(element: DraggedElement, name: str) -> QMimeData:
    """Return a library element as what a drag carries."""
    data = QMimeData()
    data.setData(ELEMENT_MIME, QByteArray(msgspec.json.encode(element)))
    data.setText(name)
    return data


def element_from(data: QMimeData) -> DraggedElement | None:
    """Return the library element that a drag carries, None when it carries something else."""
    if not data.hasFormat(ELEMENT_MIME):
        return None
    try:
        return msgspec.json.decode(data.data(ELEMENT_MIME).data(), type=DraggedElement)
    except msgspec.MsgspecError:
        return None
