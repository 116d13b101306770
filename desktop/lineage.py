"""How something was made, in words, and making it again: the window's side of recipes."""

import asyncio
from collections.abc import Callable, Iterable

import msgspec
from PySide6.QtCore import QCoreApplication

from core.documents import image_edits
from core.documents.image import AnyLayer, ImageDocument, RasterLayer, walk
from core.operations.base import Asset, FieldKind, Input, Operation, Output, fields
from core.operations.image import AutoGrade
from core.operations.recipe import Recipe, Step, inputs_of, replace_inputs
from core.project.project import Project
from core.project.results import ResultInfo
from desktop import i18n
from desktop.panel import Source
from desktop.session import Made, Session


def describe(recipe: Recipe, name_of: dict[str, str] | None = None) -> list[tuple[str, list[str]]]:
    """Return each step's title and one line per value that differs from its default, inputs included."""
    titles = {step.id: i18n.step_title(step) for step in recipe.steps}
    lines: list[tuple[str, list[str]]] = []
    for step in recipe.steps:
        said = []
        for info in fields(type(step.operation)):
            value = getattr(step.operation, info.name)
            text = _value_text(value, info.kind, info.unit, titles, name_of or {})
            if text and (info.kind is FieldKind.INPUT or value != info.default):
                said.append(f"{i18n.field_title(info)}: {text}")
        lines.append((titles[step.id], said))
    return lines


def _value_text(value: object, kind: FieldKind, unit: str, titles: dict[str, str], names: dict[str, str]) -> str:
    translate = QCoreApplication.translate
    if value is None:
        return ""
    if isinstance(value, tuple):
        return ", ".join(_value_text(v, kind, unit, titles, names) for v in value)
    if isinstance(value, Asset):
        return names.get(value.hash) or value.hash[:12]
    if isinstance(value, Output):
        return translate("lineage", "result of “{step}”").format(step=titles.get(value.step, value.step))
    if isinstance(value, bool):
        return translate("lineage", "yes") if value else translate("lineage", "no")
    if kind is FieldKind.CHOICE:
        return i18n.choice(value) + i18n.unit(unit)
    if isinstance(value, float):
        return f"{value:g} {i18n.unit(unit)}".strip()
    return f"{value} {i18n.unit(unit)}".strip()


def varied(recipe: Recipe, seed: int) -> Recipe:
    """Return ``recipe`` with every seed in it replaced."""
    steps = tuple(
        msgspec.structs.replace(step, operation=msgspec.structs.replace(step.operation, seed=seed))
        if "seed" in step.operation.__struct_fields__
        else step
        for step in recipe.steps
    )
    return msgspec.structs.replace(recipe, steps=steps)


def has_seed(recipe: Recipe) -> bool:
    """Return whether another seed would give another result."""
    return any("seed" in step.operation.__struct_fields__ for step in recipe.steps)


def refreshed_recipe(project: Project, result: ResultInfo, replaced: dict[str, str]) -> Recipe:
    """Return the recipe of ``result`` on what its sources show now.

    ``replaced`` maps assets of results that were refreshed before it to what took their place.
    """
    now: dict[str, Asset] = {}
    present = {entry.id for entry in project.documents()}
    for field, (document_id, part) in result.bindings.items():
        asset = project.document(document_id).part_asset(part) if document_id in present else None
        if asset is not None:
            now[field] = Asset(hash=replaced.get(asset, asset))
    steps = tuple(_moved_on(step, now, replaced) for step in result.recipe.steps)
    return msgspec.structs.replace(result.recipe, steps=steps)


def _moved_on(step: Step, now: dict[str, Asset], replaced: dict[str, str]) -> Step:
    resolve: dict[Input, Input] = {}
    for field, source in inputs_of(step.operation):
        if not isinstance(source, Asset):
            continue
        if field in now:
            resolve[source] = now[field]
        elif source.hash in replaced:
            resolve[source] = Asset(hash=replaced[source.hash])
    return msgspec.structs.replace(step, operation=replace_inputs(step.operation, resolve))


async def refresh(session: Session, results: Iterable[ResultInfo]) -> list[Made]:
    """Make results again on what their sources show now, in that order, each with what was made before it.

    Layers that show an old output show the new one, as one undoable step. Raises what :meth:`Session.make` raises.
    """
    project, results = session.require(), tuple(results)
    replaced: dict[str, str] = {}
    before = project.successors()
    made: list[Made] = []
    grades: dict[str, str] = {}
    for result in results:
        recipe = refreshed_recipe(project, result, before | replaced)
        sources = {field: Source(*binding) for field, binding in result.bindings.items()}
        title = i18n.recipe_title(recipe)
        fresh = await session.make(
            recipe, title=title, sources=sources, origin="refresh", redo=lambda: refresh(session, results)
        )
        stored = await asyncio.to_thread(project.made_by, next(iter(fresh.outputs.values())))
        new_outputs = stored.outputs if stored is not None else {}
        replaced.update({old: new_outputs[key] for key, old in result.outputs.items() if key in new_outputs})
        if isinstance(operation_of(result), AutoGrade):
            grades.update({old: replaced[old] for old in result.outputs.values() if old in replaced})
        made.append(fresh)
    _swap_in_documents(session, project, {old: new for old, new in replaced.items() if old != new}, grades)
    return made


def _swap_in_documents(session: Session, project: Project, replaced: dict[str, str], grades: dict[str, str]) -> None:
    from core.raster.manifest import read_manifest
    from desktop.panels.image.grades import read_grade, regraded

    changed = []
    lists = [
        (read_grade(project, old), read_grade(project, new))
        for old, new in grades.items()
        if old != new and project.asset(old).media_type.endswith("json")
    ]
    for entry in project.documents():
        before = project.document(entry.id)
        if not isinstance(before, ImageDocument):
            continue
        after = before
        for layer in walk(before.layers):
            if isinstance(layer, RasterLayer) and layer.pixels in replaced:
                after = after.replace_layer(layer.id, _showing(replaced[layer.pixels], project))
            if layer.mask is not None and layer.mask.pixels in replaced:
                manifest = read_manifest(replaced[layer.mask.pixels], project)
                size = {"width": manifest.width, "height": manifest.height}
                after = image_edits.update_mask(after, layer.id, pixels=replaced[layer.mask.pixels], **size)
        for old, new in lists:
            after = regraded(after, old, new)
        if after != before:
            changed.append(after)
    if changed:
        session.commit("Refresh results", *changed)


def _showing(digest: str, project: Project) -> Callable[[AnyLayer], AnyLayer]:
    from core.raster.manifest import read_manifest

    manifest = read_manifest(digest, project)

    def change(layer: AnyLayer) -> AnyLayer:
        return msgspec.structs.replace(layer, pixels=digest, width=manifest.width, height=manifest.height)

    return change


def operation_of(result: ResultInfo) -> Operation:
    """Return what was asked for: the operation of the last step."""
    return result.recipe.steps[-1].operation


def title_of(result: ResultInfo) -> str:
    """Return what a person calls the result: what was asked for."""
    return i18n.operation_title(operation_of(result).info)
