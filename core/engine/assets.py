"""The assets that were handed over for a job, as a source of manifests and tiles."""

import threading
from collections.abc import Mapping
from pathlib import Path

from core.engine.context import LAYERED_SUFFIX, RASTER_SUFFIX
from core.raster.layered import LayeredReader
from core.raster.pack import PackReader

_PACKED = (RASTER_SUFFIX, LAYERED_SUFFIX)


class JobAssets:
    """An :class:`core.raster.manifest.AssetSource` over materialised files: packs are opened when first needed."""

    def __init__(self, files: Mapping[str, str]) -> None:
        """``files`` maps asset hashes to files; a raster's is a pack that also holds its tiles."""
        self._files = dict(files)
        self._packs = [path for path in dict.fromkeys(files.values()) if path.endswith(_PACKED)]
        self._readers: dict[str, PackReader | LayeredReader] = {}
        self._lock = threading.Lock()

    def get(self, digest: str) -> bytes:
        """Return an asset's bytes; raises ``KeyError`` when it was not handed over. Any thread."""
        path = self._files.get(digest)
        if path is not None and not path.endswith(_PACKED):
            return Path(path).read_bytes()
        with self._lock:
            if path is not None:
                return self._reader(path).get(digest)
            # A tile says nothing about its raster: look into the open packs first, then open one more at a time.
            for pack in sorted(self._packs, key=lambda p: p not in self._readers):
                try:
                    return self._reader(pack).get(digest)
                except KeyError:
                    continue
        raise KeyError(digest)

    def _reader(self, path: str) -> PackReader | LayeredReader:
        reader = self._readers.get(path)
        if reader is None:
            kind = LayeredReader if path.endswith(LAYERED_SUFFIX) else PackReader
            reader = self._readers[path] = kind(Path(path))
        return reader
