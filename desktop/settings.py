"""What a person chose, kept in the platform's place as readable JSON."""

import logging
import os
import tempfile
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from core.project import places

log = logging.getLogger(__name__)

MAX_RECENT = 12


class Settings(msgspec.Struct, omit_defaults=True):
    """All settings with their defaults. Unknown entries of a newer version are ignored when read."""

    appearance: Literal["dark", "light", "system"] = "dark"
    language: Literal["system", "en", "zh_CN"] = "system"
    text_scale: Annotated[float, Meta(ge=1.0, le=2.0)] = 1.0
    memory_budget: Annotated[int, Meta(ge=0)] = 0
    """Megabytes that models may take together; 0 lets the core decide from what the machine has."""
    recent: list[str] = []
    shortcuts: dict[str, str] = {}
    """Action id to its shortcuts where they differ from the default; empty text: none."""
    windows: dict[str, str] = {}
    """Workspace to the window's layout, base64 of ``QMainWindow.saveState``; ``geometry`` is the window's place."""
    workspace: str = "image"
    profiles: Literal["keep", "srgb"] = "keep"
    """What becomes of the colours of a picture in another profile when it is opened as a document of its own."""
    monitor_profile: str = ""
    """File of the ICC profile of the monitor; empty: it shows sRGB."""
    views: dict[str, Any] = {}
    """Small choices of views, by name: thumbnail size, whether Make previews by itself."""

    def remember(self, path: Path) -> None:
        """Put ``path`` first among the recent projects."""
        text = str(path)
        self.recent = [text, *(p for p in self.recent if p != text)][:MAX_RECENT]

    def forget(self, path: Path) -> None:
        """Take ``path`` off the recent projects."""
        self.recent = [p for p in self.recent if p != str(path)]


def settings_file() -> Path:
    """Return where the settings are kept."""
    return places.config() / "settings.json"


def load() -> Settings:
    """Return the stored settings; damaged ones are set aside as ``settings.damaged.json`` and defaults returned."""
    path = settings_file()
    try:
        return msgspec.json.decode(path.read_bytes(), type=Settings)
    except FileNotFoundError:
        return Settings()
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError) as error:
        log.warning("the settings could not be read and start afresh: %s", error)
        try:
            path.replace(path.with_name("settings.damaged.json"))
        except OSError:
            log.warning("the damaged settings could not be set aside")
        return Settings()


def save(settings: Settings) -> None:
    """Write ``settings`` so that a crash leaves the old or the new file, never half of one."""
    path = settings_file()
    data = msgspec.json.format(msgspec.json.encode(settings), indent=2)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".settings-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except OSError as error:
        Path(name).unlink(missing_ok=True)
        log.warning("the settings could not be written: %s", error)
