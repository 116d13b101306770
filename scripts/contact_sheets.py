"""Runs every operation on pictures of a folder and puts what comes out on contact sheets, to be looked at.

    .venv/bin/python scripts/contact_sheets.py PHOTOS OUT [--only image.denoise …] [--side 240] [--longest 800]

A sheet for each operation: the pictures above, what came of them below. What takes more than a picture gets it from
the others: a reference or a background is the next photo, a cut-out what *Remove background* makes, a mask an ellipse
in the middle. All run in a real core process, with what each form shows at first. What makes pictures of nothing is
left out.
"""

import argparse
import math
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageDraw

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from core.engine.client import CoreClient  # noqa: E402
from core.operations.base import Asset, Operation, all_operations, fields  # noqa: E402
from core.operations.recipe import single  # noqa: E402
from core.raster.pack import pack_array, read_pack  # noqa: E402
from core.values import AtelierError  # noqa: E402

Pixels = Any
KINDS = {".jpg", ".jpeg", ".png", ".tif", ".tiff", ".webp"}
GREY = (43, 43, 43)
CUT = ("image.cast_shadow", "image.reflection", "image.harmonise", "image.seamless_clone")
"""Operations on cut-outs."""


class Bench:
    """A core process and what it is given."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._paths: dict[str, Path] = {}
        self._count = 0
        self.client = CoreClient(self._paths.__getitem__)

    def put(self, pixels: Pixels) -> Asset:
        """Return an input for H×W×4."""
        self._count += 1
        path = self._folder / f"{self._count}.raster"
        digest = pack_array(path, np.ascontiguousarray(pixels))
        self._paths[digest] = path
        return Asset(hash=digest)

    def picture(self, operation: Operation) -> Pixels | None:
        """Return the first picture that an operation makes, ``None`` when it makes none."""
        job = self.client.submit(single(operation))
        try:
            for output in job.result(900).outputs.values():
                if output.path.endswith(".raster"):
                    return read_pack(Path(output.path)).copy()
        finally:
            self.client.release(job.id)
        return None


def asked(cls: type[Operation], picture: Asset, other: Asset, mask: Asset, size: tuple[int, int]) -> Operation | None:
    """Return what to ask for one photo, ``None`` when the operation takes no picture."""
    inputs: dict[str, Any] = {}
    for field in fields(cls):
        if field.accepts == "mask" and (field.required or cls.info.name == "image.remove_object"):
            inputs[field.name] = mask
        elif field.accepts == "image":
            inputs[field.name] = other if inputs else picture
    if cls.info.name == "image.content_aware_scale":
        inputs |= {"width": round(size[0] * 0.75), "height": size[1]}
    return cls(**inputs) if inputs else None


def ellipse(width: int, height: int) -> Pixels:
    """Return a mask: an ellipse in the middle."""
    drawn = Image.new("L", (width, height))
    ImageDraw.Draw(drawn).ellipse((width * 0.4, height * 0.4, width * 0.6, height * 0.6), fill=255)
    mask = np.full((height, width, 4), 255, np.uint8)
    mask[..., 3] = np.asarray(drawn)
    return mask


def sheet(rows: list[list[Pixels | None]], side: int) -> Image.Image:
    """Return pictures in rows, each within a square, on grey."""
    out = Image.new("RGB", (len(rows[0]) * (side + 8) + 8, len(rows) * (side + 8) + 8), GREY)
    for y, row in enumerate(rows):
        for x, pixels in enumerate(row):
            if pixels is None:
                continue
            small = Image.fromarray(pixels)
            small.thumbnail((side, side))
            at = 8 + x * (side + 8) + (side - small.width) // 2, 8 + y * (side + 8) + (side - small.height) // 2
            out.paste(small, at, small)
    return out


def loaded(path: Path, longest: int) -> Pixels:
    """Return a photo, no larger than that."""
    with Image.open(path) as file:
        picture = file.convert("RGBA")
    factor = min(1.0, longest / max(picture.size))
    if factor < 1:
        picture = picture.resize((math.ceil(picture.width * factor), math.ceil(picture.height * factor)))
    return np.asarray(picture)


def main() -> int:
    """Make the sheets."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("photos", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--only", nargs="*", default=[], help="names of operations")
    parser.add_argument("--side", type=int, default=240, help="of a picture on the sheet")
    parser.add_argument("--longest", type=int, default=800, help="side of a photo that is worked on")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    photos = [
        loaded(path, options.longest) for path in sorted(options.photos.iterdir()) if path.suffix.lower() in KINDS
    ]
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder))
        try:
            inputs = [bench.put(photo) for photo in photos]
            masks = [bench.put(ellipse(photo.shape[1], photo.shape[0])) for photo in photos]
            remove = all_operations()["image.remove_background"]
            cut = [bench.picture(remove(image=one)) for one in inputs]
            cut_outs = [bench.put(pixels) for pixels in cut if pixels is not None]
            for name, cls in sorted(all_operations().items()):
                if cls.info.hidden or (options.only and name not in options.only):
                    continue
                made: list[Pixels | None] = []
                began = time.perf_counter()
                for index, photo in enumerate(photos):
                    other = inputs[(index + 1) % len(inputs)]
                    first = (cut_outs if name in CUT else inputs)[index]
                    wanted = asked(cls, first, other, masks[index], (photo.shape[1], photo.shape[0]))
                    if wanted is None:
                        break
                    try:
                        made.append(bench.picture(wanted))
                    except AtelierError as error:
                        print(f"{name}: {error}")
                        made.append(None)
                if made:
                    sheet([list(photos), made], options.side).save(options.out / f"{name}.png")
                    print(f"{name}: {len(made)} pictures in {time.perf_counter() - began:.0f} s", flush=True)
        finally:
            bench.client.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
