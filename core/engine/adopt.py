"""How what the core made becomes part of a project: files in a job folder turn into assets, with their recipe."""

from collections.abc import Mapping
from pathlib import Path

from core.engine.protocol import OutputFile
from core.project.project import Project
from core.raster.layered import adopt_layered
from core.raster.pack import adopt_pack
from core.values import LAYERED_TYPE, RASTER_TYPE


def take_in(project: Project, outputs: Mapping[str, OutputFile], name: str = "") -> dict[str, str]:
    """Store every output file as an asset; return ``step.name`` → hash. Takes time: call it on a worker thread.

    Rasters are taken apart into tiles, so that what they share with other revisions is stored once; of a document with
    its rasters, the hash is the document's. Raises
    :class:`core.values.AtelierError` when a file is damaged or the project cannot be written.
    """
    taken: dict[str, str] = {}
    for key, output in outputs.items():
        path = Path(output.path)
        if output.media_type == RASTER_TYPE:
            taken[key] = adopt_pack(path, project)
        elif output.media_type == LAYERED_TYPE:
            taken[key] = adopt_layered(path, project)
        else:
            taken[key] = project.put(path.read_bytes(), output.media_type, name=name)
    return taken
