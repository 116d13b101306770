"""Templates: image documents in which some raster layers only stand for pictures that come later."""

from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np
import numpy.typing as npt

from core.documents.base import encode_document
from core.documents.image import AnyLayer, ImageDocument, RasterLayer, Transform, walk
from core.operations.image import FillTemplate
from core.raster.compositor import Compositor
from core.raster.manifest import AssetSource, write_raster
from core.values import AtelierError, hash_bytes

if TYPE_CHECKING:
    from core.engine.context import Context

Pixels = npt.NDArray[np.uint8]

VISIBLE = 8
"""Alpha (0–255) above which a pixel counts when the picture's own border is looked for."""


class _Memory:
    """The job's assets, and what was added to them in memory. The desktop stores the same bytes when it adopts."""

    def __init__(self, below: AssetSource) -> None:
        self._below = below
        self._added: dict[str, bytes] = {}

    def get(self, digest: str) -> bytes:
        return self._added[digest] if digest in self._added else self._below.get(digest)

    def put(self, data: bytes, media_type: str) -> str:
        digest = hash_bytes(data)
        self._added[digest] = data
        return digest


def fill_template(op: FillTemplate, ctx: "Context") -> dict[str, Any]:
    """Fill the template and render it. Raises :class:`AtelierError` when it has no layer of a given name."""
    document = ctx.document(op.template)
    if not isinstance(document, ImageDocument):
        raise AtelierError("A template is an image document; this one is not.")
    if len(op.pictures) != len(op.layers):
        raise AtelierError(
            "{pictures} pictures cannot fill {layers} layers: name one layer for each.",
            pictures=len(op.pictures),
            layers=len(op.layers),
        )
    assets = _Memory(ctx.assets)
    for index, (name, source) in enumerate(zip(op.layers, op.pictures, strict=True)):
        ctx.check_cancelled()
        ctx.progress(index / (len(op.layers) + 1), "{layer}", layer=name)
        pixels = ctx.image(source)
        document = _fill(document, name, write_raster(pixels, assets), pixels)
    ctx.check_cancelled()
    picture = Compositor(assets).render(document)
    ctx.preview(picture)
    path = ctx.scratch / "document.msgpack"
    path.write_bytes(encode_document(document))
    return {"image": picture, "document": path}


def _fill(document: ImageDocument, name: str, digest: str, pixels: Pixels) -> ImageDocument:
    slots = [layer.id for layer in walk(document.layers) if isinstance(layer, RasterLayer) and layer.name == name]
    if not slots:
        raise AtelierError(
            "The template “{title}” has no picture layer named “{layer}”.", title=document.title, layer=name
        )
    box = visible_box(pixels)

    def put(layer: AnyLayer) -> AnyLayer:
        assert isinstance(layer, RasterLayer)
        height, width = pixels.shape[:2]
        return msgspec.structs.replace(
            layer, pixels=digest, width=width, height=height, transform=fit(layer, width, height, box)
        )

    for slot in slots:
        document = document.replace_layer(slot, put)
    return document


def visible_box(pixels: Pixels) -> tuple[int, int, int, int]:
    """Return (left, top, right, bottom) of what can be seen in H×W×4 straight RGBA; all of it when nothing can."""
    seen = pixels[..., 3] > VISIBLE
    rows, columns = np.flatnonzero(seen.any(axis=1)), np.flatnonzero(seen.any(axis=0))
    if not rows.size:
        return 0, 0, pixels.shape[1], pixels.shape[0]
    return int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1


def fit(slot: RasterLayer, width: int, height: int, box: tuple[int, int, int, int]) -> Transform:
    """Return where content of ``width``×``height`` stands so that its ``box`` fits the slot, centred and upright."""
    left, top, right, bottom = box
    place = slot.transform
    slot_width, slot_height = abs(slot.width * place.scale_x), abs(slot.height * place.scale_y)
    scale = min(slot_width / (right - left), slot_height / (bottom - top))
    centre_x, centre_y = place.x + slot.width / 2, place.y + slot.height / 2
    # A transform scales about the content's own centre, from which the visible part's centre may be off.
    off_x, off_y = (left + right - width) / 2 * scale, (top + bottom - height) / 2 * scale
    return Transform(
        x=centre_x - off_x - width / 2, y=centre_y - off_y - height / 2, scale_x=scale, scale_y=scale, rotation=0.0
    )
