"""What can be asked for: an operation is a small, frozen, serialisable value that says what is wanted.

Declaring one is adding a feature: its form, its command line, its cache key, its recipe and its lineage follow
from the fields. Nothing here may import a heavy module; the work is named by a lazy reference and lives in its
medium's room.
"""

import enum
import importlib
import types
from collections.abc import Callable, Mapping
from typing import Annotated, Any, ClassVar, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

import msgspec

from core.values import AssetHash, AtelierError


class Lane(enum.StrEnum):
    """Which queue a job waits in. Interactive work goes before generation, generation before background work."""

    INTERACTIVE = "interactive"
    GPU = "gpu"
    CPU = "cpu"
    BACKGROUND = "background"


class Group(enum.StrEnum):
    """Under which heading *Make* lists an operation, in the order of the headings; in sentence case."""

    RETOUCH = "Cut out and retouch"
    LIGHT = "Light and colour"
    DETAIL = "Size and detail"
    STYLE = "Style"
    ART = "Pattern and art"
    ANALYSE = "Analyse"


class Asset(msgspec.Struct, frozen=True, tag_field="from", tag="asset"):
    """An input that is an asset of the project (or, on the command line, a file that was just read)."""

    hash: AssetHash


class Output(msgspec.Struct, frozen=True, tag_field="from", tag="step"):
    """An input that is what another step of the same recipe puts out."""

    step: str
    name: str = "image"


Input = Asset | Output

ImageInput = Annotated[Input, msgspec.Meta(extra={"input": "image"})]
MaskInput = Annotated[Input, msgspec.Meta(extra={"input": "mask"})]
"""A raster of the picture's size whose alpha channel is coverage: 255 = chosen."""
DocumentInput = Annotated[Input, msgspec.Meta(extra={"input": "document"})]
FileInput = Annotated[Input, msgspec.Meta(extra={"input": "file"})]

Colour = Annotated[str, msgspec.Meta(pattern="^#[0-9a-fA-F]{6}([0-9a-fA-F]{2})?$", extra={"widget": "colour"})]
"""An sRGB colour as ``#rrggbb`` or ``#rrggbbaa``."""

Seed = Annotated[
    int,
    msgspec.Meta(ge=0, le=2**32 - 1, title="Seed", description="Same seed, same result.", extra={"widget": "seed"}),
]


class OperationInfo(msgspec.Struct, frozen=True):
    """What a declaration says of itself beside its fields. English; translated where it is shown."""

    name: str
    """``medium.verb``, stable for ever: it is stored in recipes."""
    version: int
    """Raised when the same fields would give other bytes; part of the cache key."""
    title: str
    """A verb phrase in sentence case, as a menu shows it: "Remove background"."""
    intent: str
    """Words a person would search by: "cut out, isolate, transparent"."""
    help: str
    implementation: str
    """``package.module:function``, imported in the core process only when the operation runs."""
    outputs: Mapping[str, str]
    """Name of each output to its kind: ``image``, ``mask``, ``data``, ``file``."""
    lane: Lane = Lane.CPU
    models: tuple[str, ...] = ()
    """Names in ``resources/manifest.toml`` of the weights it uses; their hashes are part of the cache key."""
    icon: str = "sparkles"
    group: Group = Group.DETAIL
    hidden: bool = False
    """True for plumbing (import, export, compose) that is not offered in *Make*."""


class Operation(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of all operations. Subclasses are declared with :func:`operation`."""

    info: ClassVar[OperationInfo]


DECLARATIONS = (
    "core.operations.image",
    "core.operations.image_light",
    "core.operations.image_retouch",
    "core.operations.image_colour",
    "core.operations.image_proof",
    "core.operations.image_select",
    "core.operations.image_style",
    "core.operations.image_generate",
    "core.operations.image_guidance",
)
"""The modules that declare operations; each registers its own when it is imported."""

O = TypeVar("O", bound=type[Operation])  # noqa: E741
_registry: dict[str, type[Operation]] = {}


def operation(info: OperationInfo) -> Callable[[O], O]:
    """Register a declaration under ``info.name``. Raises ``ValueError`` when the name is taken."""

    def register(cls: O) -> O:
        if info.name in _registry:
            raise ValueError(f"two operations are named {info.name}")
        cls.info = info
        _registry[info.name] = cls
        return cls

    return register


def all_operations() -> dict[str, type[Operation]]:
    """Return every declared operation by name. Imports declarations only, nothing heavy."""
    for module in DECLARATIONS:
        importlib.import_module(module)
    return dict(sorted(_registry.items()))


def operation_class(name: str) -> type[Operation]:
    """Return the class declared as ``name``; raises :class:`AtelierError` with near names when there is none."""
    import difflib  # noqa: PLC0415

    known = all_operations()
    if name in known:
        return known[name]
    near = difflib.get_close_matches(name, known, n=3, cutoff=0.3)
    if near:
        raise AtelierError(
            "There is no operation named “{name}”. Did you mean {names}?", name=name, names=", ".join(near)
        )
    raise AtelierError("There is no operation named “{name}”. `atelier operations` lists them.", name=name)


def load_implementation(info: OperationInfo) -> Callable[..., Any]:
    """Import and return the function that does the work. Core process only: this is where heavy imports happen."""
    module, _, function = info.implementation.partition(":")
    return cast("Callable[..., Any]", getattr(importlib.import_module(module), function))


class FieldKind(enum.StrEnum):
    """What control a field wants."""

    INPUT = "input"
    BOOLEAN = "boolean"
    INTEGER = "integer"
    NUMBER = "number"
    CHOICE = "choice"
    TEXT = "text"
    COLOUR = "colour"
    SEED = "seed"
    OTHER = "other"


class FieldInfo(msgspec.Struct, frozen=True):
    """One field of an operation, ready to become a control, a command-line option or a line of documentation."""

    name: str
    kind: FieldKind
    title: str
    help: str = ""
    default: Any = None
    required: bool = False
    optional: bool = False
    """True when ``None`` is a legal value."""
    minimum: float | None = None
    maximum: float | None = None
    step: float | None = None
    unit: str = ""
    choices: tuple[str | int, ...] = ()
    accepts: str = ""
    """For an input: ``image``, ``mask``, ``document`` or ``file``."""
    repeated: bool = False
    """True for a tuple of such values."""


def fields(cls: type[Operation]) -> tuple[FieldInfo, ...]:
    """Return the fields of ``cls`` in the order of declaration."""
    hints = get_type_hints(cls, include_extras=True)
    return tuple(_field_info(f, hints[f.name]) for f in msgspec.structs.fields(cls))


def _field_info(field: msgspec.structs.FieldInfo, hint: Any) -> FieldInfo:
    metas: list[msgspec.Meta] = []
    hint = _strip(hint, metas)
    optional = repeated = False
    if get_origin(hint) in (Union, types.UnionType) and type(None) in get_args(hint):
        optional = True
        rest = tuple(a for a in get_args(hint) if a is not type(None))
        hint = _strip(rest[0], metas) if len(rest) == 1 else Union[rest]  # noqa: UP007
    if get_origin(hint) is tuple:
        repeated = True
        hint = _strip(get_args(hint)[0], metas)

    def first(attribute: str) -> Any:
        return next((v for m in metas if (v := getattr(m, attribute)) is not None), None)

    extra: dict[str, Any] = {}
    for meta in reversed(metas):
        extra.update(meta.extra or {})
    kind, choices = _kind(hint, extra)
    return FieldInfo(
        name=field.name,
        kind=kind,
        title=first("title") or field.name.replace("_", " ").capitalize(),
        help=first("description") or "",
        default=None if field.default is msgspec.NODEFAULT else field.default,
        required=field.required,
        optional=optional,
        minimum=first("ge") if first("ge") is not None else first("gt"),
        maximum=first("le") if first("le") is not None else first("lt"),
        step=extra.get("step"),
        unit=extra.get("unit", ""),
        choices=choices,
        accepts=extra.get("input", ""),
        repeated=repeated,
    )


def _strip(hint: Any, metas: list[msgspec.Meta]) -> Any:
    while get_origin(hint) is Annotated:
        base, *found = get_args(hint)
        metas.extend(m for m in reversed(found) if isinstance(m, msgspec.Meta))
        hint = base
    return hint


def _kind(hint: Any, extra: Mapping[str, Any]) -> tuple[FieldKind, tuple[str | int, ...]]:
    if "input" in extra:
        return FieldKind.INPUT, ()
    widget = extra.get("widget")
    if widget in ("colour", "seed"):
        return FieldKind(widget), ()
    if get_origin(hint) is Literal:
        return FieldKind.CHOICE, get_args(hint)
    if isinstance(hint, type) and issubclass(hint, enum.Enum):
        return FieldKind.CHOICE, tuple(m.value for m in hint)
    simple = {bool: FieldKind.BOOLEAN, int: FieldKind.INTEGER, float: FieldKind.NUMBER, str: FieldKind.TEXT}
    return simple.get(hint, FieldKind.OTHER), ()
