"""ICC profiles: those that are written are read by Little CMS, and hostile ones end in one sentence."""

import io
import random
import struct

import numpy as np
import pytest
from PIL import ImageCms

from core.raster import icc
from core.values import AtelierError


@pytest.mark.parametrize("space", icc.SPACES)
def test_a_written_profile_is_what_little_cms_reads(space: str) -> None:
    data = icc.shipped(space)
    assert struct.unpack_from(">I", data)[0] == len(data)
    assert data[36:40] == b"acsp" and struct.unpack_from(">I3I", data, 64) == (1, 0xF6D6, 0x10000, 0xD32D)
    read = ImageCms.ImageCmsProfile(io.BytesIO(data)).profile
    title, primaries, white, _ = icc.SPACES[space]
    assert read.profile_description == title and read.xcolor_space == "RGB "
    # Little CMS takes the adaptation back out: the primaries that went in.
    adapted = [np.array(one[0]) for one in (read.red_colorant, read.green_colorant, read.blue_colorant)]
    away = np.linalg.inv(np.array(read.chromatic_adaptation[0]))
    for (x, y), xyz in zip((*primaries, white), (*adapted, sum(adapted)), strict=True):
        own = away @ xyz
        assert own[:2] / own.sum() == pytest.approx((x, y), abs=0.0005)
    assert read.is_matrix_shaper


def test_names_are_of_one_line_and_of_a_sane_length() -> None:
    data = bytearray(icc.shipped("srgb"))
    at = data.index("sRGB".encode("utf-16-be"))
    data[at : at + 4] = "\n\x07".encode("utf-16-be")
    assert icc.read_profile(bytes(data)).name == "GB"


def test_a_file_that_is_no_rgb_profile_is_refused_with_a_reason() -> None:
    good = icc.shipped("display-p3")
    cases = {
        b"": "bytes cannot be one",
        b"x" * 500: "not an ICC profile",
        good[:16] + b"CMYK" + good[20:]: "for CMYK",
        good[:16] + b"\x00\x1b[m" + good[20:]: "needs one for RGB",
        good[:12] + b"link" + good[16:]: "joins devices",
        good[:128] + b"\xff\xff\xff\xff" + good[132:]: "damaged",
        good[:200]: "damaged",
        good.replace(b"rXYZ", b"zXYZ"): "damaged",
        good.replace(b"gTRC", b"zTRC"): "damaged",
        bytes(icc.MAX_BYTES + 1): "bytes cannot be one",
    }
    for data, words in cases.items():
        with pytest.raises(AtelierError, match=words):
            icc.read_profile(data)


def test_whatever_is_broken_in_a_profile_ends_in_a_profile_or_a_sentence() -> None:
    rng = random.Random(4)
    refused = 0
    for _ in range(400):
        data = bytearray(icc.shipped(rng.choice(list(icc.SPACES))))
        for _ in range(rng.randint(1, 12)):
            data[rng.randrange(36 if rng.random() < 0.5 else 128, len(data))] = rng.choice((0, 255, rng.randrange(256)))
        try:
            profile = icc.read_profile(bytes(data))
        except AtelierError as error:
            assert str(error).endswith(".")
            refused += 1
        else:
            assert len(profile.name) <= icc.MAX_NAME and profile.name.isprintable()
            if profile.curves is not None:
                assert all(
                    0 <= value <= 1 for curve in profile.curves for value in curve.decode(np.array([0.0, 0.5, 1.0]))
                )
    assert 40 < refused < 390, refused
