"""Profiles and more than 8 bits together: nothing on the way from file to file falls back to 8."""

from pathlib import Path

import msgspec
import numpy as np
import pytest
from image_bench import Bench

from core.documents.base import encode_document
from core.documents.image import ImageDocument, RasterLayer, SmartLayer, new_image
from core.image import files, saving
from core.operations.base import Asset
from core.operations.image import Export, ImportFile, RenderDocument
from core.operations.image_colour import ConvertColours
from core.raster import icc
from core.raster.compositor import Compositor
from core.raster.manifest import write_raster
from core.raster.pack import MemoryAssets
from core.values import DOCUMENT_TYPE

replace = msgspec.structs.replace
P3 = icc.shipped("display-p3")
TO_P3 = np.array([[0.8224621, 0.177538, 0.0], [0.0331941, 0.9668058, 0.0], [0.0170827, 0.0723974, 0.9105199]])
"""Linear sRGB to linear Display P3 (CSS Color 4); both have sRGB's curve."""
CLOSE = 40
"""Of 65,535: an eighth of a level of 8 bits; the matrices in profiles have 16 bits."""


def ramp() -> np.ndarray:
    """Return 64×1024 pixels of 16 bits: soft ramps with far more than 256 levels."""
    out = np.full((64, 1024, 4), 65535, np.uint16)
    across = np.linspace(3000, 60000, 1024)
    out[..., 0], out[..., 1], out[..., 2] = across, across[::-1], 30000
    return out


def in_p3(pixels: np.ndarray) -> np.ndarray:
    values = pixels[..., :3] / 65535
    light = np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4) @ TO_P3.T
    return np.where(light <= 0.0031308, light * 12.92, 1.055 * light ** (1 / 2.4) - 0.055) * 65535


def profile(bench: Bench, tmp_path: Path) -> Asset:
    path = tmp_path / "p3.icc"
    path.write_bytes(P3)
    return bench.file(path)


@pytest.mark.parametrize("kind", ["png", "tiff"])
def test_a_deep_file_keeps_profile_and_bits(bench: Bench, tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"deep.{kind}"
    saving.save(path, ramp(), kind, profile=P3)  # type: ignore[arg-type]
    kept = files.load(path, keep_profile=True, deep=True)
    assert np.array_equal(kept.pixels, ramp()) and kept.info.icc == P3
    again = bench.run(ImportFile(file=bench.file(path), keep_profile=True, deep=True))
    assert np.array_equal(again["image"], ramp())
    plain = files.load(path, deep=True)
    assert plain.pixels.dtype == np.uint16 and not plain.info.icc


def test_colours_are_converted_at_all_their_bits(bench: Bench, tmp_path: Path) -> None:
    made = bench.run(ConvertColours(image=bench.image(ramp()), target=profile(bench, tmp_path))).output
    assert made.dtype == np.uint16
    assert np.abs(made[..., :3].astype(float) - in_p3(ramp())).max() <= CLOSE
    assert len(np.unique(made[..., 0])) > 900
    path = tmp_path / "srgb.png"
    saving.save(path, ramp(), "png")
    brought = bench.run(ImportFile(file=bench.file(path), into=profile(bench, tmp_path), deep=True))
    assert np.abs(brought["image"][..., :3].astype(float) - in_p3(ramp())).max() <= CLOSE


def wide(assets: MemoryAssets, **fields: object) -> ImageDocument:
    pixels = write_raster(ramp(), assets)
    layer = RasterLayer(id="ramp", pixels=pixels, width=1024, height=64)
    return replace(new_image(1024, 64, "Wide"), layers=(layer,), depth=16, **fields)


def test_a_deep_document_is_exported_in_its_profile_or_in_srgb(bench: Bench, tmp_path: Path) -> None:
    assets = MemoryAssets()
    document = wide(assets, profile=assets.put(P3, icc.PROFILE_TYPE))
    composed = Compositor(assets).render_deep(document)
    assert np.array_equal(composed, ramp())
    source = bench.document(document, assets)
    rendered = np.asarray(bench.run(RenderDocument(document=source, depth=0)).output)
    assert np.array_equal(rendered, ramp())
    for to_srgb in (False, True):
        operation = Export(image=bench.image(rendered), format="png", depth=16, document=source, to_srgb=to_srgb)
        found = files.load(bench.run(operation).output, keep_profile=True, deep=True)
        assert found.info.icc == (b"" if to_srgb else P3)
        if not to_srgb:
            assert np.array_equal(found.pixels, ramp())
        else:
            assert len(np.unique(found.pixels[..., 2])) > 400, "and not the 256 of 8 bits"


def test_a_smart_layer_shows_all_bits_of_another_space() -> None:
    assets = MemoryAssets()
    inner = wide(assets)
    source = assets.put(encode_document(inner), DOCUMENT_TYPE)
    layer = SmartLayer(document=inner.id, source=source, width=1024, height=64)
    outer = replace(new_image(1024, 64), layers=(layer,), depth=16, profile=assets.put(P3, icc.PROFILE_TYPE))
    found = Compositor(assets).render_deep(outer)
    assert np.abs(found[..., :3].astype(float) - in_p3(ramp())).max() <= CLOSE
    assert len(np.unique(found[..., 0])) > 900


def test_floats_are_written_as_light_of_srgb(bench: Bench, tmp_path: Path) -> None:
    assets = MemoryAssets()
    document = replace(wide(assets, profile=assets.put(P3, icc.PROFILE_TYPE)), depth=32)
    source = bench.document(document, assets)
    floats = (ramp() / 65535).astype(np.float32)
    kept = Export(image=bench.image(floats), format="tiff", depth=32, document=source, to_srgb=False)
    found = files.load(bench.run(kept).output, deep=True).pixels
    expected = in_p3((found * 65535).astype(float))
    inside = (found[..., :3] > 0.001).all(-1) & (found[..., :3] < 0.999).all(-1)
    assert inside.mean() > 0.2
    assert np.abs(expected - ramp()[..., :3])[inside].max() <= CLOSE
