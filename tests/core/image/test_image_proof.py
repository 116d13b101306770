"""Soft proofs: the shipped profiles print what their standards say, and the table says what cannot be printed."""

import io

import numpy as np
import pytest
from image_bench import Bench
from PIL import Image, ImageCms

from core.image.profiles import srgb_profile
from core.image.proofing import SIDE, nodes
from core.operations.base import Asset
from core.operations.image_proof import ProofTable
from core.resources import resource
from core.values import AtelierError


@pytest.mark.parametrize(
    ("name", "solids"),
    [
        # CIELAB of paper and solid inks (C, M, Y, K): ISO 12647-2:2004/Amd 1, table 2, and for GRACoL CGATS TR 006.
        ("coated-fogra39", [(95, 0, -2), (55, -37, -50), (48, 74, -3), (89, -5, 93), (16, 0, 0)]),
        ("uncoated-fogra29", [(92, 0, -3), (60, -26, -44), (56, 61, -1), (89, -4, 78), (31, 1, 1)]),
        ("coated-gracol", [(95, 0, -2), (55, -37, -50), (48, 74, -3), (89, -5, 93), (16, 0, 0)]),
    ],
)
def test_shipped_profiles_print_inks_as_the_standard_says(name: str, solids: list[tuple[int, int, int]]) -> None:
    press = ImageCms.ImageCmsProfile(str(resource("profiles", f"{name}.icc")))
    inks = np.zeros((1, 5, 4), np.uint8)
    for column in range(4):
        inks[0, column + 1, column] = 255
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
    absolute = ImageCms.Intent.ABSOLUTE_COLORIMETRIC
    transform = ImageCms.buildTransform(press, lab, "CMYK", "LAB", absolute, ImageCms.Flags.NOOPTIMIZE)
    found = np.asarray(ImageCms.applyTransform(Image.fromarray(inks, "CMYK"), transform))[0]
    values = np.column_stack((found[:, 0] * (100 / 255), found[:, 1:].view(np.int8)))
    away = np.linalg.norm(values - np.array(solids), axis=1)
    assert away.max() < 6 and away.mean() < 3, (name, values.round(1).tolist())


def table(bench: Bench, **fields: object) -> np.ndarray:
    """Return blue×green×red×4."""
    return np.asarray(bench.run(ProofTable(**fields)).output).reshape(SIDE, SIDE, SIDE, 4)  # type: ignore[arg-type]


def test_what_a_press_cannot_print_is_marked_and_what_it_can_comes_back(bench: Bench) -> None:
    proof = table(bench)
    colours = nodes().reshape(SIDE, SIDE, SIDE, 3).astype(int)
    within = proof[..., 3] == 255
    assert 0.25 < within.mean() < 0.6, "offset on coated paper prints some two fifths of sRGB"
    last = SIDE - 1
    for red, green, blue in ((0, last, 0), (0, 0, last), (0, last, last), (last, 0, last)):
        assert proof[blue, green, red, 3] < 200, "pure green, blue, cyan and magenta of a screen are beyond ink"
    greys = proof[range(4, SIDE), range(4, SIDE), range(4, SIDE)]
    assert (greys[:, 3] == 255).all()
    assert np.abs(greys[:, :3].astype(int) - colours[range(4, SIDE), range(4, SIDE), range(4, SIDE)]).max() <= 6
    kept = np.abs(proof[..., :3].astype(int) - colours)[within]
    assert np.percentile(kept, 95) < 16 and kept.mean() < 4


def test_the_paper_can_be_shown_and_papers_differ(bench: Bench) -> None:
    plain, paper = table(bench), table(bench, paper_white=True)
    assert (plain[-1, -1, -1, :3] >= 253).all(), "white stays white"
    white = paper[-1, -1, -1, :3].astype(int)
    assert white.max() < 252 and white[2] > white[0], "coated stock is a little blue"
    black = paper[0, 0, 0, :3].astype(int)
    assert black.min() > 15, "ink is not as black as a screen"
    uncoated = table(bench, paper="uncoated-fogra29")
    assert (uncoated[..., 3] == 255).mean() < 0.8 * (plain[..., 3] == 255).mean(), "uncoated paper prints fewer colours"
    assert np.array_equal(plain[..., 3], paper[..., 3])


def written(bench: Bench, data: bytes) -> Asset:
    path = bench.folder / f"{len(data)}-{data[500:510].hex()}.icc"
    path.write_bytes(data)
    return bench.file(path)


def test_own_profiles_are_read_and_others_refused_with_a_reason(bench: Bench) -> None:
    press = resource("profiles", "coated-gracol.icc").read_bytes()
    assert np.array_equal(table(bench, paper="own", profile=written(bench, press)), table(bench, paper="coated-gracol"))
    screen = ImageCms.ImageCmsProfile(io.BytesIO(srgb_profile())).tobytes()
    for data, words in ((screen, "for RGB"), (b"x" * 500, "cannot be used|can be read"), (b"x", "cannot be one")):
        with pytest.raises(AtelierError, match=words):
            table(bench, paper="own", profile=written(bench, data))
    with pytest.raises(AtelierError, match="Choose the ICC profile"):
        table(bench, paper="own")
    damaged = bytearray(press)
    damaged[128:4000] = bytes(3872)
    with pytest.raises(AtelierError):
        table(bench, paper="own", profile=written(bench, bytes(damaged)))
