"""A real project: a photo as a layer, texts, and some history."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from core.documents.image import ImageDocument, RasterLayer, TextLayer, new_image
from core.project.project import Project
from core.raster.manifest import Pixels, write_raster


@pytest.fixture(scope="session")
def photo() -> Pixels:
    """The sample photo, 400×600×4 straight RGBA."""
    path = Path(__file__).parents[3] / "resources" / "samples" / "coffee.png"
    return np.asarray(Image.open(path).convert("RGBA"))


@pytest.fixture
def project_file(tmp_path: Path, photo: Pixels) -> Path:
    """A project at rest with one document of 31 layers and as many steps."""
    path = tmp_path / "work.atelier"
    with Project.create(path, title="Work") as project:
        pixels = write_raster(photo, project)
        document: ImageDocument = new_image(600, 400, "Ad").insert_layer(
            RasterLayer(pixels=pixels, width=600, height=400)
        )
        with project.transaction("New image") as transaction:
            transaction.put(document)
        for number in range(30):
            document = document.insert_layer(TextLayer(text=f"line {number}"))
            with project.transaction(f"Add text {number}") as transaction:
                transaction.put(document)
    return path
