"""Edits a project without end and acknowledges every commit on standard output; a test kills it at some moment."""

import sys
from pathlib import Path

import numpy as np

from core.documents.image import ImageDocument, RasterLayer, new_image
from core.project.project import Project
from core.raster.manifest import write_raster


def main() -> None:
    """Open or make the project named on the command line and go on from where it is."""
    path = Path(sys.argv[1])
    project = Project.open(path) if path.exists() else Project.create(path)
    number = int(sys.argv[2])
    if project.documents():
        document = project.document(project.documents()[0].id)
        assert isinstance(document, ImageDocument)
    else:
        document = new_image(300, 300, "0")
    print("ready", flush=True)
    while True:
        number += 1
        pixels = np.full((300, 300, 4), number % 255, np.uint8)
        digest = write_raster(pixels, project)
        layer = RasterLayer(id="only", name=str(number), pixels=digest, width=300, height=300)
        document = ImageDocument(id=document.id, title=str(number), width=300, height=300, layers=(layer,))
        with project.transaction(f"Edit {number}") as edit:
            edit.put(document)
        print(number, flush=True)


if __name__ == "__main__":
    main()
