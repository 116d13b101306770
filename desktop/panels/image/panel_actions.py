"""The commands of the image panel with their names, menus and keys. Which can be used follows the selection."""

from functools import partial
from typing import TYPE_CHECKING, get_args

from PySide6.QtWidgets import QMenu

from core.documents.image import GroupLayer, Placed, RasterLayer, SmartLayer
from core.documents.image_shapes import Combining
from desktop.panels.image.action_set import ActionSet
from desktop.panels.image.effect_commands import add_effect, can_add
from desktop.panels.image.words import ADJUSTMENTS, EFFECTS, FILTER_GROUPS, FILTERS, adjustment_name, effect_name

if TYPE_CHECKING:
    from desktop.panels.image.panel import ImagePanel


OPERATIONS: tuple[Combining, ...] = get_args(Combining)


class PanelActions(ActionSet):
    """Makes every action once and keeps their state true."""

    def __init__(self, panel: "ImagePanel") -> None:
        super().__init__(panel)
        self._tools()
        self._layers()
        self._smart()
        self._arrange()

    def _tools(self) -> None:
        panel = self.panel
        taken: dict[str, list[str]] = {}
        for tool in panel.tools.values():
            taken.setdefault(tool.key, []).append(tool.id)
        for tool in panel.tools.values():
            text = panel.tr("{name} tool").format(name=tool.title())
            keys = tool.key if len(taken[tool.key]) == 1 else ""
            self._add(f"tool.{tool.id}", text, partial(panel.use_tool, tool.id), keys=keys, icon=tool.icon)
        for key, ids in taken.items():
            if key and len(ids) > 1:
                name = panel.tools[ids[0]].title()
                text = panel.tr("{name}, or what was used instead").format(name=name)
                self._add(f"tool.{ids[0]}-used", text, partial(panel.use_one_of, ids), keys=key)
                text = panel.tr("{name}: the next of its kind").format(name=name)
                self._add(f"tool.{ids[0]}-next", text, partial(panel.use_one_of, ids, 1), keys=f"Shift+{key}")
        self._add("colours.swap", panel.tr("Swap colours"), panel.editor.swap_colours, keys="X")
        self._add("colours.default", panel.tr("Black and white colours"), panel.editor.default_colours, keys="D")

    def _layers(self) -> None:
        panel, do = self.panel, self.panel.commands
        add = self._add
        add("layer.new", panel.tr("New pixel layer"), do.add_raster, menu="layer", group="new", icon="square-plus")
        add("layer.text", panel.tr("New text"), panel.add_text, menu="layer", group="new", icon="type")
        add("layer.fill", panel.tr("New colour fill"), do.add_fill, menu="layer", group="new", icon="paint-bucket")
        add("layer.gradient", panel.tr("New gradient"), lambda: do.add_fill(gradient=True), menu="layer", group="new")
        for kind in ADJUSTMENTS:
            name = kind.__name__.lower()
            title = adjustment_name(kind)
            finding = panel.tr("Adjust: {name}").format(name=title)
            run = partial(do.add_adjustment, kind)
            add(f"image.adjust-{name}", title, run, menu="image", group="adjust", finding=finding)
        for filtering in FILTERS:
            add(
                f"filter.{filtering.__name__.lower()}",
                adjustment_name(filtering),
                partial(do.add_adjustment, filtering),
                finding=panel.tr("Filter: {name}").format(name=adjustment_name(filtering)),
                menu="filter",
                group=FILTER_GROUPS.get(filtering, "look"),
            )
        several = panel.tr("Export several files…")
        add("image.export-several", several, panel.export_several, menu="image", group="export", icon="upload")
        for effect in EFFECTS:
            title = effect_name(effect)
            finding = panel.tr("Effect: {name}").format(name=title)
            run = partial(add_effect, panel.editor, effect)
            add(f"layer.effect-{effect.__name__.lower()}", title, run, menu="layer", group="effect", finding=finding)
        add("layer.group", panel.tr("Group"), do.group, menu="layer", group="group", keys="Ctrl+G", icon="group")
        add("layer.ungroup", panel.tr("Ungroup"), do.ungroup, menu="layer", group="group", keys="Ctrl+Shift+G")
        add("layer.merge", panel.tr("Merge"), do.merge, menu="layer", group="group", keys="Ctrl+E", icon="merge")
        add("layer.rasterise", panel.tr("Turn into pixels"), do.rasterise, menu="layer", group="group")
        shapes = self.panel.shape_commands
        combining: tuple[tuple[Combining, str, str], ...] = (
            ("unite", panel.tr("Unite shapes"), "squares-unite"),
            ("subtract", panel.tr("Subtract front shapes"), "squares-subtract"),
            ("intersect", panel.tr("Intersect shapes"), "squares-intersect"),
            ("exclude", panel.tr("Exclude overlap"), "squares-exclude"),
        )
        for operation, text, icon in combining:
            run = partial(shapes.combine, operation)
            add(f"layer.shape-{operation}", text, run, menu="layer", group="combine", icon=icon)
        add("layer.shape-flatten", panel.tr("Merge path parts"), shapes.flatten, menu="layer", group="combine")
        add(
            "layer.shape-outline",
            panel.tr("Turn stroke into shape"),
            shapes.outline_stroke,
            menu="layer",
            group="combine",
        )
        add(
            "layer.clip",
            panel.tr("Clip to the layer below"),
            lambda: do.toggle("clipped"),
            menu="layer",
            group="mask",
            keys="Ctrl+Alt+G",
        )
        add("layer.mask", panel.tr("Add mask"), do.add_mask, menu="layer", group="mask", icon="square-dashed")
        add(
            "layer.mask-hide",
            panel.tr("Add mask that hides all"),
            lambda: do.add_mask(hidden=True),
            menu="layer",
            group="mask",
        )
        add("layer.mask-invert", panel.tr("Invert mask"), do.invert_mask, menu="layer", group="mask", keys="Ctrl+I")
        add("layer.mask-delete", panel.tr("Delete mask"), do.delete_mask, menu="layer", group="mask")
        add(
            "layer.shape-mask",
            panel.tr("Mask with shape"),
            shapes.mask_with_shape,
            menu="layer",
            group="vector-mask",
            icon="vector-square",
        )
        add("layer.vector-mask", panel.tr("Add vector mask"), shapes.add_vector_mask, menu="layer", group="vector-mask")
        add(
            "layer.vector-mask-release",
            panel.tr("Turn vector mask into shape"),
            shapes.release_vector_mask,
            menu="layer",
            group="vector-mask",
        )
        add(
            "layer.vector-mask-delete",
            panel.tr("Delete vector mask"),
            do.delete_vector_mask,
            menu="layer",
            group="vector-mask",
        )
        files = self.panel.vector_files
        add("layer.svg-copy", panel.tr("Copy as SVG"), files.copy, menu="layer", group="svg")
        add(
            "layer.svg-export",
            panel.tr("Export as SVG…"),
            lambda: files.export(panel.window()),
            menu="layer",
            group="svg",
        )
        add(
            "layer.hide",
            panel.tr("Show or hide"),
            lambda: do.toggle("visible"),
            menu="layer",
            group="state",
            keys="Ctrl+Alt+H",
        )
        add(
            "layer.lock",
            panel.tr("Lock or unlock"),
            lambda: do.toggle("locked"),
            menu="layer",
            group="state",
            keys="Ctrl+/",
        )

    def _smart(self) -> None:
        panel, do = self.panel, self.panel.smart_commands
        add = partial(self._add, menu="layer", group="smart")
        add("layer.smart", panel.tr("Make smart layer"), do.convert, icon="file-symlink")
        add("layer.smart-edit", panel.tr("Edit contents"), do.edit_contents)
        place = panel.tr("Place a picture of this project…")
        add("layer.smart-place", place, lambda: do.choose(panel.canvas, do.place), icon="image-plus")
        replace = panel.tr("Replace contents…")
        add("layer.smart-replace", replace, lambda: do.choose(panel.canvas, do.replace_contents))
        add("layer.smart-unpack", panel.tr("Unpack into layers"), do.unpack)

    def _arrange(self) -> None:
        panel, do = self.panel, self.panel.commands
        for action_id, text, steps, keys in (
            ("layer.raise", panel.tr("Raise"), 1, "Ctrl+]"),
            ("layer.lower", panel.tr("Lower"), -1, "Ctrl+["),
            ("layer.front", panel.tr("Bring to front"), 10_000, "Ctrl+Shift+]"),
            ("layer.back", panel.tr("Send to back"), -10_000, "Ctrl+Shift+["),
        ):
            self._add(action_id, text, partial(do.shift, steps), menu="layer", group="order", keys=keys)
        add = self._add
        add(
            "layer.flip-h",
            panel.tr("Flip horizontally"),
            lambda: do.flip("horizontal"),
            menu="layer",
            group="shape",
            icon="flip-horizontal-2",
        )
        add(
            "layer.flip-v",
            panel.tr("Flip vertically"),
            lambda: do.flip("vertical"),
            menu="layer",
            group="shape",
            icon="flip-vertical-2",
        )
        add(
            "layer.turn-right",
            panel.tr("Turn 90° clockwise"),
            lambda: do.turn(90),
            menu="layer",
            group="shape",
            icon="rotate-cw",
        )
        add(
            "layer.turn-left",
            panel.tr("Turn 90° anticlockwise"),
            lambda: do.turn(-90),
            menu="layer",
            group="shape",
            icon="rotate-ccw",
        )
        add("layer.reset", panel.tr("Reset size and rotation"), do.reset_transform, menu="layer", group="shape")

    def follow(self) -> None:
        """Enable what can be done with the selection."""
        editor = self.panel.editor
        document, layers = editor.document, editor.selected()
        movable = bool(document is not None and editor.movable())
        one = layers[0] if len(layers) == 1 else None
        masked = one is not None and one.mask is not None
        enabled = {
            "layer.ungroup": any(isinstance(layer, GroupLayer) for layer in layers),
            "layer.merge": self.panel.commands.can_merge(),
            "layer.rasterise": one is not None and (not isinstance(one, RasterLayer) or one.warp is not None),
            "layer.mask": one is not None and not masked,
            "layer.mask-hide": one is not None and not masked,
            "layer.mask-invert": masked,
            "layer.mask-delete": masked,
            "layer.svg-copy": self.panel.vector_files.can_write(),
            "layer.svg-export": self.panel.vector_files.can_write(),
            "layer.shape-flatten": self.panel.shape_commands.can_flatten(),
            "layer.shape-outline": self.panel.shape_commands.can_outline(),
            "layer.shape-mask": self.panel.shape_commands.can_mask_with_shape(),
            "layer.vector-mask": one is not None and one.vector_mask is None,
            "layer.vector-mask-release": one is not None and one.vector_mask is not None,
            "layer.vector-mask-delete": one is not None and one.vector_mask is not None,
            "layer.smart": self.panel.smart_commands.can_convert(),
            "layer.smart-edit": isinstance(one, SmartLayer),
            "layer.smart-replace": isinstance(one, SmartLayer) and movable,
            "layer.smart-unpack": isinstance(one, SmartLayer) and movable,
            "layer.clip": bool(layers),
            "layer.hide": bool(layers),
            "layer.lock": bool(layers),
        }
        for operation in OPERATIONS:
            enabled[f"layer.shape-{operation}"] = self.panel.shape_commands.can_combine()
        for effect in EFFECTS:
            enabled[f"layer.effect-{effect.__name__.lower()}"] = any(map(can_add, layers))
        for name in ("raise", "lower", "front", "back", "flip-h", "flip-v", "turn-right", "turn-left"):
            enabled[f"layer.{name}"] = movable
        enabled["layer.reset"] = movable and any(isinstance(layer, Placed) for layer in layers)
        for name, action in self.by_id.items():
            action.setEnabled(document is not None and enabled.get(name, True))

    def fill_layer_menu(self, menu: QMenu) -> None:
        """Fill the context menu of layers, in the list and on the canvas."""
        groups = (
            ("layer.group", "layer.ungroup", "layer.merge", "layer.rasterise"),
            ("layer.smart", "layer.smart-edit", "layer.smart-replace", "layer.smart-unpack"),
            tuple(f"layer.shape-{operation}" for operation in OPERATIONS),
            (
                "layer.shape-flatten",
                "layer.shape-outline",
                "layer.shape-mask",
                "layer.vector-mask-release",
                "layer.vector-mask-delete",
            ),
            ("layer.mask", "layer.mask-invert", "layer.mask-delete", "layer.clip"),
            ("layer.raise", "layer.lower", "layer.front", "layer.back"),
            ("layer.flip-h", "layer.flip-v", "layer.turn-right", "layer.reset"),
            ("layer.hide", "layer.lock"),
        )
        for names in groups:
            if menu.actions() and any(self.by_id[name].isEnabled() for name in names):
                menu.addSeparator()
            for name in names:
                action = self.by_id[name]
                if action.isEnabled():
                    menu.addAction(action)
        self.panel.board_actions.fill_menu(menu)
