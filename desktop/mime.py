"""An asset on its way from one place of the window to another."""

from typing import Final

import msgspec
from PySide6.QtCore import QByteArray, QMimeData

ASSET_MIME: Final = "application/x-atelier-asset"


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
