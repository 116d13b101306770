"""The sample campaign, made as a machine without a screen makes it: through the command line and the real core."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from core import samples
from core.documents.image import ImageDocument, RasterLayer, TextLayer
from core.project.project import Project
from core.raster.compositor import Compositor

ROOT = Path(__file__).parents[2]


@pytest.mark.slow
def test_a_product_photo_becomes_an_ad_in_three_sizes(tmp_path: Path, home: Path) -> None:
    command = [sys.executable, "-m", "core.cli", "sample", "--out", str(tmp_path / "out")]
    environment = os.environ | {"ATELIER_HOME": str(home), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        command, env=environment, capture_output=True, text=True, timeout=240, cwd=tmp_path, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "100%" in done.stderr
    ads = {path.name: Image.open(path) for path in (tmp_path / "out").iterdir() if path.suffix != ".atelier"}
    assert sorted(ad.size for ad in ads.values()) == [(1080, 1080), (1080, 1920), (1200, 628)]
    with Project.open(tmp_path / "out" / "coffee.atelier") as project:
        assert project.verify() == []
        documents = [project.document(entry.id) for entry in project.documents()]
        compositor = Compositor(project)
        for document in documents:
            assert isinstance(document, ImageDocument)
            product = next(layer for layer in document.layers if isinstance(layer, RasterLayer))
            assert len([layer for layer in document.layers if isinstance(layer, TextLayer)]) == 3
            alone = compositor.render(document.replace_layer("background", lambda _: None))
            assert alone[4, 4, 3] == 0, "the product is cut out: its corner shows what is behind it"
            assert (product.width, product.height) == (1200, 800), "the photo was enlarged"
        # What is delivered is what the document shows, and it knows how it was made.
        square = next(d for d in documents if isinstance(d, ImageDocument) and d.width == d.height)
        delivered = np.asarray(ads["coffee-square-1080x1080.png"].convert("RGBA"))
        assert np.abs(compositor.render(square).astype(int) - delivered).max() <= 1
        export = next(a.hash for a in project.assets() if a.media_type == "image/png" and a.name != "coffee.png")
        made = project.made_by(export)
        assert made is not None
        names = [step.operation.info.name for step in made.recipe.steps]
        assert names[:5] == [
            "image.import_file",
            "image.upscale",
            "image.auto_grade",
            "image.remove_background",
            "image.palette",
        ]
        assert project.undo(), "the documents arrived as one step that can be undone"
        assert project.documents() == ()


def test_it_is_written_in_the_language_of_the_window(tmp_path: Path) -> None:
    with Project.create(tmp_path / "p.atelier") as project:
        chinese = samples.template_of(samples.FORMATS[0], project, "zh_CN")
    assert chinese.title == "方形 1080 × 1080"
    assert [layer.name for layer in chinese.layers] == ["背景", "产品", "标题", "副标题", "按钮"]
    assert all(layer.family == "Noto Sans SC" for layer in chinese.layers if isinstance(layer, TextLayer))


def test_an_unknown_language_gets_the_english_one(tmp_path: Path) -> None:
    with Project.create(tmp_path / "p.atelier") as project:
        sample = samples.prepare(project, "eo")
        assert sample.recipe == samples.prepare(project, "en").recipe
