"""Vectorising real photographs: few colours, few bytes, close to the picture; the SVG is one that everyone can read."""

import re
from pathlib import Path

import cv2
import numpy as np
import pytest
import vtracer
from image_bench import Bench, psnr
from style_photos import ten

from core.image import files, svg
from core.operations.image_style import Vectorise
from core.values import AtelierError


def test_it_is_closer_than_vtracer_alone_with_as_many_colours(bench: Bench) -> None:
    """vtracer quantises by bits of RGB; of its settings the one that gives about as many colours is the peer."""
    ours, peers = [], []
    for rgb in ten()[::3]:
        made = bench.run(Vectorise(image=bench.image(rgb), colours=16, simplify=0))
        text = made["file"].read_text(encoding="utf-8")
        fills = set(re.findall(r'fill="(#[0-9A-Fa-f]{6})"', text))
        assert 2 <= len(fills) <= 16
        ours.append(psnr(made["image"][..., :3], rgb))
        _, encoded = cv2.imencode(".png", rgb[..., ::-1])
        # Two bits give up to 64 colours: the peer may use more than ours.
        other = vtracer.convert_raw_image_to_svg(encoded.tobytes(), img_format="png", color_precision=2)
        drawn, _ = svg.rasterise(other.encode(), "peer.svg")
        peers.append(psnr(np.array(drawn.convert("RGB")), rgb))
    assert np.mean(ours) > np.mean(peers) + 1, (ours, peers)


def test_the_file_is_a_drawing_of_the_pictures_size(bench: Bench, tmp_path: Path) -> None:
    rgb = cv2.resize(ten()[3], (900, 480), interpolation=cv2.INTER_CUBIC)
    made = bench.run(Vectorise(image=bench.image(rgb), colours=5))
    assert made["image"].shape == (480, 900, 4) and made.previews
    assert [f for f, _ in made.progress] == sorted(f for f, _ in made.progress)
    path = tmp_path / "drawing.svg"
    path.write_bytes(made["file"].read_bytes())
    info = files.probe(path)
    assert (info.format, info.width, info.height) == ("SVG", 900, 480) and not info.notes
    assert psnr(files.load(path, width=225).pixels[..., :3], cv2.resize(rgb, (225, 120))) > 18


def test_fields_choose(bench: Bench) -> None:
    image = bench.image(ten()[4])

    def length(**fields: object) -> int:
        return int(bench.run(Vectorise(image=image, **fields))["file"].stat().st_size)

    usual = length()
    assert length(colours=4) < usual and length(speckle=40) < 0.8 * usual < usual < length(simplify=0, speckle=0)
    assert " C" not in bench.run(Vectorise(image=image, curves="straight lines"))["file"].read_text()


def test_transparent_parts_stay_open_and_tiny_ones_work(bench: Bench) -> None:
    rgba = np.zeros((100, 100, 4), np.uint8)
    cv2.circle(rgba, (50, 50), 30, (200, 40, 20, 255), -1)
    made = bench.run(Vectorise(image=bench.image(rgba)))["image"]
    wrong = (made[..., 3] > 127) != (rgba[..., 3] > 127)
    assert wrong.mean() < 0.01 and not made[0, 0].any()
    with pytest.raises(AtelierError, match="nothing to trace"):
        bench.run(Vectorise(image=bench.image(np.zeros((9, 9, 4), np.uint8))))
    for size in ((1, 1), (1, 50), (3, 2)):
        tiny = np.full((*size, 3), 90, np.uint8)
        assert bench.run(Vectorise(image=bench.image(tiny)))["image"].shape == (*size, 4)
    bench.stopped(Vectorise(image=bench.image(ten()[0])), 0.3)
