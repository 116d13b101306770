"""The Select menu, and the commands that work inside the selection."""

from functools import partial
from typing import TYPE_CHECKING

from core.documents.image import RasterLayer
from desktop.panels.image.action_set import ActionSet
from desktop.panels.image.amount import AmountDialog
from desktop.panels.image.selecting import MAX_AMOUNT, Change

if TYPE_CHECKING:
    from desktop.panels.image.panel import ImagePanel


class SelectActions(ActionSet):
    """Makes the actions once and keeps their state true."""

    menu = "select"

    def __init__(self, panel: "ImagePanel") -> None:
        super().__init__(panel)
        self.dialog: AmountDialog | None = None
        self._amounts: dict[Change, float] = {"grow": 5, "shrink": 5, "feather": 5, "border": 10, "smooth": 5}
        self._whole()
        self._changes()
        self._inside()

    def _whole(self) -> None:
        panel, pixels, add = self.panel, self.panel.editor.pixels, self._add
        # Its key, Ctrl+A, belongs to Edit → Select all, which comes here when no text is being typed.
        add("select.all", panel.tr("All"), pixels.everything, group="whole")
        add("select.none", panel.tr("Deselect"), pixels.nothing, group="whole", keys="Ctrl+D")
        add("select.again", panel.tr("Reselect"), pixels.again, group="whole", keys="Ctrl+Shift+D")
        add("select.invert", panel.tr("Inverse"), pixels.invert, group="whole", keys="Ctrl+Shift+I")
        add("select.layers", panel.tr("All layers"), panel.select_layers, group="layers", keys="Ctrl+Alt+A")
        add("select.no-layers", panel.tr("No layers"), lambda: panel.editor.select([]), group="layers")

    def _changes(self) -> None:
        panel = self.panel
        changes: tuple[tuple[Change, str, str], ...] = (
            ("grow", panel.tr("Grow…"), panel.tr("Grow by")),
            ("shrink", panel.tr("Shrink…"), panel.tr("Shrink by")),
            ("feather", panel.tr("Feather…"), panel.tr("Feather by")),
            ("border", panel.tr("Border…"), panel.tr("Width of the border")),
            ("smooth", panel.tr("Smooth…"), panel.tr("Smooth by")),
        )
        for change, title, label in changes:
            self._add(f"select.{change}", title, partial(self.ask, change, title, label), group="change")
        self._add(
            "select.refine",
            panel.tr("Refine edge…"),
            lambda: panel.make_requested.emit("image.refine_edge"),
            group="change",
            keys="Ctrl+Alt+R",
        )
        self._add("select.subject", panel.tr("Subject"), panel.select_subject, group="from", icon="scan")
        self._add("select.layer", panel.tr("From the layer’s pixels"), self._from_layer, group="from")
        self._add("select.mask", panel.tr("From the layer’s mask"), partial(self._from_layer, mask=True), group="from")
        self._add(
            "select.veil",
            panel.tr("Quick mask"),
            lambda: panel.ants.set_veiled(self.by_id["select.veil"].isChecked()),
            group="view",
            keys="Q",
            checkable=True,
        )

    def _inside(self) -> None:
        panel, editor, add = self.panel, self.panel.editor, self._add
        add("image.crop", panel.tr("Crop to selection"), editor.pixels.crop, menu="image", group="crop", icon="crop")
        add(
            "layer.fill-front",
            panel.tr("Fill with the foreground colour"),
            lambda: panel.pixel_commands.fill(editor.colour),
            menu="layer",
            group="fill",
            keys="Alt+Backspace",
        )
        add(
            "layer.fill-back",
            panel.tr("Fill with the background colour"),
            lambda: panel.pixel_commands.fill(editor.other_colour),
            menu="layer",
            group="fill",
            keys="Ctrl+Backspace",
        )

    def ask(self, change: Change, title: str, label: str) -> None:
        """Ask by how many pixels, and do it."""

        def run(amount: float) -> None:
            self._amounts[change] = amount
            self.panel.editor.pixels.change(change, amount)

        dialog = AmountDialog(title.rstrip("…"), label, self._amounts[change], MAX_AMOUNT, run, self.panel.window())
        self.dialog = dialog
        dialog.show()

    def _from_layer(self, *, mask: bool = False) -> None:
        layer = self.panel.editor.layer
        if layer is not None:
            self.panel.editor.pixels.from_layer(layer.id, mask=mask)

    def follow(self) -> None:
        """Enable what can be done now."""
        editor = self.panel.editor
        document, layer, chosen = editor.document, editor.layer, editor.pixels.mask is not None
        painted = isinstance(layer, RasterLayer) or editor.on_mask
        enabled = {
            "select.none": chosen,
            "select.again": editor.pixels.can_reselect(),
            "select.layers": document is not None and bool(document.layers),
            "select.no-layers": bool(editor.selection),
            "select.subject": document is not None and bool(document.layers),
            "select.layer": layer is not None,
            "select.mask": layer is not None and layer.mask is not None,
            "image.crop": chosen,
            "select.refine": chosen,
            "layer.fill-front": painted,
            "layer.fill-back": painted,
        }
        for change in self._amounts:
            enabled[f"select.{change}"] = chosen
        for name, action in self.by_id.items():
            action.setEnabled(document is not None and enabled.get(name, True))
