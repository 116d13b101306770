"""Small pictures of assets and results, made on worker threads and kept on disk by content hash."""

import asyncio
import contextlib
import os
import tempfile
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QColorSpace, QImage, QImageReader

from core.project import places
from core.project.project import Project
from core.values import DOCUMENT_TYPE, RASTER_TYPE, AtelierError
from desktop.imaging import image_of_array

SIDE = 256
MAX_FILE = 256 * 1024 * 1024
"""Larger encoded pictures are not decoded for a thumbnail."""


async def thumbnail(project: Project, digest: str, media_type: str) -> QImage:
    """Return a picture of the asset, at most :data:`SIDE` pixels on a side; a null image where there is none."""
    cached = _cache_file(digest)
    if cached.exists():
        image = QImage(str(cached))
        if not image.isNull():
            return image
    try:
        image = await asyncio.to_thread(_make, project, digest, media_type)
    except (AtelierError, OSError, ValueError):
        return QImage()
    if not image.isNull():
        await asyncio.to_thread(_store, image, cached)
    return image


def _make(project: Project, digest: str, media_type: str) -> QImage:
    if media_type == RASTER_TYPE:
        return shrink(raster_image(project, digest, SIDE))
    if media_type == DOCUMENT_TYPE:
        return QImage()
    if media_type.startswith("image/"):
        if project.asset(digest).size > MAX_FILE:
            return QImage()
        buffer = QBuffer()
        buffer.setData(QByteArray(project.get(digest)))
        buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        reader = QImageReader(buffer)
        reader.setAutoTransform(True)
        size = reader.size()
        if size.isValid() and max(size.width(), size.height()) > SIDE:
            reader.setScaledSize(size.scaled(QSize(SIDE, SIDE), Qt.AspectRatioMode.KeepAspectRatio))
        image = reader.read()
        del reader  # Qt's TIFF reader lets go of the buffer when it ends, so the buffer must outlive it
        return _in_srgb(image)
    return QImage()


def _in_srgb(image: QImage) -> QImage:
    """Return a picture whose file has another profile in the colours of an sRGB screen."""
    srgb = QColorSpace(QColorSpace.NamedColorSpace.SRgb)
    if image.colorSpace().isValid() and image.colorSpace() != srgb:
        return image.convertedToColorSpace(srgb)
    return image


def pack_image(path: Path) -> QImage:
    """Return the picture in a ``.raster`` file in full. Worker thread."""
    from core.raster.pack import read_pack

    return image_of_array(read_pack(path))


def raster_image(project: Project, digest: str, side: int = 0) -> QImage:
    """Return the picture of a raster asset: in full, or the smallest stored size that has ``side`` pixels.

    Worker thread.
    """
    import numpy as np

    from core.raster.depths import as_bytes
    from core.raster.manifest import TILE, read_manifest, read_tile

    manifest = read_manifest(digest, project)
    level = 0
    while side and level < len(manifest.levels) and max(manifest.size(level + 1)) >= side:
        level += 1
    width, height = manifest.size(level)
    pixels = np.zeros((-(-height // TILE) * TILE, -(-width // TILE) * TILE, 4), np.uint8)
    for row in range(pixels.shape[0] // TILE):
        for col in range(pixels.shape[1] // TILE):
            if manifest.digest(col, row, level) is not None:
                tile = read_tile(manifest, col, row, project, level)
                pixels[row * TILE : (row + 1) * TILE, col * TILE : (col + 1) * TILE] = as_bytes(tile)
    return image_of_array(pixels[:height, :width])


def shrink(image: QImage, side: int = SIDE) -> QImage:
    """Return ``image`` fitted into a square of ``side`` pixels; smaller ones stay as they are."""
    if max(image.width(), image.height()) <= side:
        return image
    if max(image.width(), image.height()) > side * 4:  # one cheap step first: smooth scaling reads every pixel
        image = image.scaled(QSize(side * 2, side * 2), Qt.AspectRatioMode.KeepAspectRatio)
    return image.scaled(
        QSize(side, side), Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    )


def _cache_file(digest: str) -> Path:
    return places.cache() / "thumbnails" / digest[:2] / f"{digest}.png"


def _store(image: QImage, path: Path) -> None:
    with contextlib.suppress(OSError):  # a thumbnail can be made again
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, suffix=".png")
        os.close(handle)
        if image.save(name):
            Path(name).replace(path)
        else:
            Path(name).unlink(missing_ok=True)
