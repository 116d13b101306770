"""What the numbers of the document that is shown look like: on the screen, and in sRGB where something asks for that.

The document keeps its own numbers; only what is painted is converted. Between profiles of primaries and curves that is
exact and there at once. For one with tables the core is asked, and the view follows a moment later. GUI thread.
"""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from core.operations.base import Asset
from core.operations.image_colour import ConvertColours, ScreenTable
from core.operations.recipe import single
from core.raster.icc import MAX_BYTES, SPACES, Profile, read_profile, shipped
from core.raster.managing import Planes, TableConversion, between, convert_hex, convert_straight
from core.raster.manifest import Pixels
from core.raster.pack import read_pack
from core.values import AtelierError, reason
from desktop import settings
from desktop.widgets.colour import Swatch, to_qcolor

if TYPE_CHECKING:
    from desktop.panels.image.editor import Editor, Shown

Pair = tuple[str | None, str | None]
"""Assets of the profile that is converted from and of that which is converted to; None: sRGB."""


def space_name(space: str) -> str:
    """Return what one of :data:`core.raster.icc.SPACES` is called."""
    translate = QCoreApplication.translate
    return {
        "srgb": "sRGB",
        "display-p3": translate("profile", "Compatible with Display P3"),
        "adobe-compatible": translate("profile", "Compatible with Adobe RGB (1998)"),
        "romm-compatible": translate("profile", "Compatible with ProPhoto RGB (ROMM RGB)"),
    }[space]


class Management(QObject):
    """Follows the document's profile and the screen's. ``screen`` and ``srgb`` are None where nothing is to be done."""

    changed = Signal()
    """Colours look different now: the document has another profile, or the screen has."""

    def __init__(self, editor: "Editor") -> None:
        super().__init__(editor)
        self._editor = editor
        self._session = editor.session
        self._known: dict[str, Profile] = {}
        self._broken: set[str] = set()
        self._tables: dict[Pair, Planes] = {}
        self._asked: set[Pair] = set()
        self._shown: Pair = None, None
        self.screen: Planes | None = None
        """From the document's numbers to the screen's."""
        self.srgb: Planes | None = None
        """From the document's numbers to sRGB."""
        self.from_srgb: Planes | None = None
        """From sRGB to the document's numbers."""
        editor.session.project_changed.connect(self._forget)

    # --- what is shown ----------------------------------------------------------------------------------------------

    @property
    def asset(self) -> str | None:
        """The profile of what is shown; None: sRGB."""
        return self._editor.shown.profile if self._editor.shown is not None else None

    @property
    def name(self) -> str:
        """What the profile of what is shown is called."""
        return self.name_of(self.asset)

    def name_of(self, digest: str | None) -> str:
        """Return what a profile of the project is called."""
        found = self.profile(digest)
        if digest is None:
            return "sRGB"
        if found is None:
            return QCoreApplication.translate("profile", "Unreadable profile")
        space = next((space for space in SPACES if shipped(space) == found.data), None)
        if space is not None:
            return space_name(space)
        return found.name or QCoreApplication.translate("profile", "Unnamed profile")

    def profile(self, digest: str | None) -> Profile | None:
        """Return a profile of the project; None for sRGB, and for one that cannot be read, which is said once."""
        if digest is None or digest in self._broken or self._session.project is None:
            return None
        if digest not in self._known:
            try:
                self._known[digest] = read_profile(self._session.project.get(digest))
            except AtelierError as error:
                self._broken.add(digest)
                self._session.report(error)
                return None
        return self._known[digest]

    def usable(self, digest: str) -> bool:
        """Return whether an asset is a profile that a document can have; nothing is said where it is not."""
        try:
            if digest not in self._known:
                self._known[digest] = read_profile(self._session.require().get(digest))
        except AtelierError:
            return False
        return True

    def follow(self, shown: "Shown") -> None:
        """Another document, or another revision of it, is shown: called before anything is composed of it."""
        if shown.old is None or shown.new is None or shown.old.profile != shown.new.profile:
            self.refresh()

    def refresh(self) -> None:
        """Look at the profiles again."""
        before = self.screen, self.srgb
        self._shown = self.asset, self._monitor_key()
        self.screen = self._between(*self._shown)
        self.srgb = self._between(self.asset, None)
        self.from_srgb = self._between(None, self.asset)
        if before != (self.screen, self.srgb):
            self.changed.emit()

    def _between(self, source: str | None, target: str | None) -> Planes | None:
        pair = source, target
        if source == target or self._session.project is None:
            return None
        if pair not in self._tables:
            first, second = self.profile(source), self.profile(target)
            if (first is None) is not (source is None) or (second is None) is not (target is None):
                return None  # a profile that cannot be read: the numbers are shown as they are
            if all(one is None or one.exact for one in (first, second)):
                found = between(first, second)
                if found is None:
                    return None
                self._tables[pair] = found
            else:
                self._ask(pair)
                return None
        return self._tables[pair]

    def _ask(self, pair: Pair) -> None:
        if pair not in self._asked:
            self._asked.add(pair)
            self._session.spawn(self._asking(pair))

    async def _asking(self, pair: Pair) -> None:
        """Have the core make a table; what it cannot be made of is said, and shown as it is.

        The core reads assets only, so for a monitor with a profile of its own the table leads to sRGB and no further.
        """
        project = self._session.require()
        ends = [None if one == self._session.settings.monitor_profile else one for one in pair]
        task = self._session.start(
            single(ScreenTable(source=_asset(ends[0]), target=_asset(ends[1]))),
            title=QCoreApplication.translate("profile", "Colours of a profile"),
            origin="view",
        )
        try:
            result = await self._session.work.wait(task)
            path = Path(next(iter(result.outputs.values())).path)
            table = await asyncio.to_thread(lambda: TableConversion(read_pack(path)))
        finally:
            self._session.work.release(task)
            self._session.work.remove(task)
        if self._session.project is project:
            self._tables[pair] = table
            self.refresh()

    def _forget(self) -> None:
        self._known.clear()
        self._broken.clear()
        self._tables.clear()
        self._asked.clear()
        self.screen = self.srgb = self.from_srgb = None

    # --- the screen -------------------------------------------------------------------------------------------------

    def use_monitor(self, path: str) -> None:
        """Show colours on a monitor with that profile from now on; empty: one that shows sRGB. Raises `AtelierError`.

        Qt does not say which profile a system has set, so a person does. On macOS and under Wayland the system itself
        converts what is sRGB.
        """
        if path:
            _monitor(Path(path))
        self._session.settings.monitor_profile = path
        settings.save(self._session.settings)
        self.refresh()

    def _monitor_key(self) -> str | None:
        """Return what the monitor's profile is known by; None: the screen shows sRGB."""
        path = self._session.settings.monitor_profile
        if path and path not in self._known:
            try:
                self._known[path] = _monitor(Path(path))
            except AtelierError as error:
                self._session.settings.monitor_profile = path = ""
                self._session.report(error)
        return path or None

    # --- colours and pictures ---------------------------------------------------------------------------------------

    def colour(self, colour: str) -> QColor:
        """Return what the screen shows of a colour of the document, ``#rrggbb`` or ``#rrggbbaa``."""
        return to_qcolor(convert_hex(self.screen, [colour])[0])

    def to_screen(self, pixels: Pixels) -> Pixels:
        """Return straight RGBA of the document as the screen shows it; changed in place."""
        if self.screen is not None:
            convert_straight(self.screen, pixels)
        return pixels

    def to_srgb(self, pixels: Pixels) -> Pixels:
        """Return straight RGBA of the document in sRGB; changed in place. Any thread."""
        if self.srgb is not None:
            convert_straight(self.srgb, pixels)
        return pixels

    async def raster(self, digest: str, source: str | None, target: str | None) -> str:
        """Return a raster of the project in another profile (assets; None: sRGB), made by the core."""
        from core.engine.adopt import take_in  # loads the codecs, only when there is a result

        if source == target:
            return digest
        project = self._session.require()
        recipe = single(ConvertColours(image=Asset(hash=digest), source=_asset(source), target=_asset(target)))
        title = QCoreApplication.translate("profile", "Convert colours")
        task = self._session.start(recipe, title=title, origin="view")
        try:
            result = await self._session.work.wait(task)
            taken = await asyncio.to_thread(take_in, project, result.outputs)
        finally:
            self._session.work.release(task)
            self._session.work.remove(task)
        return next(iter(taken.values()))


def manage_swatches(around: QWidget, colours: Management) -> None:
    """Have every swatch inside of ``around`` show the document's colours as the screen shows them."""

    def repaint() -> None:
        for swatch in around.findChildren(Swatch):
            swatch.update()

    around.shown_colour = colours.colour  # type: ignore[attr-defined]  # see desktop.widgets.colour.shown_colour
    colours.changed.connect(repaint)


def _asset(digest: str | None) -> Asset | None:
    return None if digest is None else Asset(hash=digest)


def _monitor(path: Path) -> Profile:
    """Return a monitor's profile; raises :class:`AtelierError`."""
    try:
        with path.open("rb") as file:
            profile = read_profile(file.read(MAX_BYTES + 1))
    except OSError as error:
        raise AtelierError(
            "The monitor’s profile “{name}” cannot be read: {reason}.", name=path.name, reason=reason(error)
        ) from None
    except AtelierError as error:
        raise AtelierError("The monitor’s profile “{name}” cannot be used: {why}", name=path.name, why=error) from None
    if not profile.exact:
        raise AtelierError(
            "The monitor’s profile “{name}” has tables; choose one of curves and a matrix.", name=path.name
        )
    return profile
