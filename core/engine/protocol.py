"""What the desktop and the core say to each other: tagged structs in msgpack, nothing pickled, no pixels.

Requests go to the core, events come back. A message that cannot be understood is a defect of this program (both
ends are the same version), never something a user can cause.
"""

import enum
from typing import Any

import msgspec

from core.operations.base import Lane
from core.values import NOTHING, Message, Value

VERSION = 1
"""Both ends compare it when they meet: a frozen application may be replaced while it runs."""

MAX_MESSAGE = 64 * 1024 * 1024


class Request(msgspec.Struct, frozen=True, tag=True):
    """Base of what the client asks of the core."""


class Submit(Request, frozen=True):
    """Run a recipe. ``assets`` maps the hash of every asset that it may read to a file."""

    job: str
    recipe: bytes
    """What :func:`core.operations.recipe.encode` wrote."""
    lane: Lane
    title: str
    folder: str
    """Where outputs go; made and owned by the client."""
    assets: dict[str, str] = {}
    alone: bool = False
    """Run it while nothing else runs: it is suspected of having stopped the core."""


class Cancel(Request, frozen=True):
    """Stop a job, waiting or running. Answered by ``Cancelled`` (or by what the job came to just before)."""

    job: str


class Move(Request, frozen=True):
    """Put a waiting job at ``index`` among all that wait (0 is first; each lane takes the first of its own)."""

    job: str
    index: int


class Stop(Request, frozen=True):
    """Finish nothing, leave."""


class Event(msgspec.Struct, frozen=True, tag=True):
    """Base of what the core tells the client."""


class Ready(Event, frozen=True):
    """The first message: the core can take requests."""

    pid: int
    version: int = VERSION


class Queued(Event, frozen=True):
    """How many jobs of its lane wait before it: 0 is next."""

    job: str
    position: int


class Started(Event, frozen=True):
    """A job left the queue."""

    job: str
    steps: int


class Progress(Event, frozen=True):
    """How far a job is, 0…1 over all of its steps; ``seconds_left`` is ``None`` while it cannot be told."""

    job: str
    fraction: float
    step: Message = NOTHING
    seconds_left: float | None = None


class Preview(Event, frozen=True):
    """A frame lies in shared memory: see :mod:`core.engine.frames`."""

    job: str
    slot: int
    sequence: int


class Token(Event, frozen=True):
    """A piece of text that a running job gave."""

    job: str
    text: str


class OutputFile(msgspec.Struct, frozen=True):
    """A result as a file. ``hash`` is what it will be called as an asset (for a raster: its manifest's hash)."""

    path: str
    hash: str
    media_type: str
    width: int = 0
    height: int = 0


class Finished(Event, frozen=True):
    """A job is done."""

    job: str
    outputs: dict[str, OutputFile]
    """``step.name`` to file, for each of the recipe's results."""
    cached: tuple[str, ...]
    """Ids of the steps that were not computed again."""
    model_hashes: dict[str, str]
    seconds: float


class Failed(Event, frozen=True):
    """A job cannot be done; ``message`` is one sentence for a person."""

    job: str
    message: Message


class Cancelled(Event, frozen=True):
    """A job was stopped because someone asked for it."""

    job: str


class Activity(enum.StrEnum):
    """What the core process is up to."""

    STOPPED = "stopped"
    STARTING = "starting"
    IDLE = "idle"
    BUSY = "busy"
    SILENT = "silent"
    """It is alive but has not answered for a while."""
    FAILED = "failed"
    """It could not be started."""


class CoreState(Event, frozen=True):
    """What a status bar shows; the core's heartbeat. Sizes in bytes."""

    activity: Activity = Activity.STOPPED
    pid: int = 0
    running: int = 0
    waiting: int = 0
    device: Message = NOTHING
    memory_used: int = 0
    """On the device where models run."""
    memory_total: int = 0
    rss: int = 0
    """Of the core process."""
    models_loaded: int = 0
    message: Message = NOTHING
    """One sentence when something happened to the core (it stopped, it is being restarted)."""


AnyRequest = Submit | Cancel | Move | Stop
AnyEvent = Ready | Queued | Started | Progress | Preview | Token | Finished | Failed | Cancelled | CoreState

JobEvent = Queued | Started | Progress | Preview | Token | Finished | Failed | Cancelled


def pack_message(value: object) -> Any:
    """Return a message as an array, template and values: so a message among the values differs from a text."""
    if isinstance(value, Message):
        return value.template, value.values
    raise NotImplementedError(type(value))


def unpack_message(_kind: type, packed: Any) -> Message:
    """Return the message that :func:`pack_message` packed; raises ``msgspec.ValidationError``."""
    template, values = msgspec.convert(packed, tuple[str, dict[str, str | int | float | list[Any]]])
    found: dict[str, Value] = {k: unpack_message(Message, v) if isinstance(v, list) else v for k, v in values.items()}
    return Message(template, **found)


_encoder = msgspec.msgpack.Encoder(enc_hook=pack_message)
_requests = msgspec.msgpack.Decoder(AnyRequest)
_events = msgspec.msgpack.Decoder(AnyEvent, dec_hook=unpack_message)


def encode(message: Request | Event) -> bytes:
    """Return ``message`` as msgpack."""
    return _encoder.encode(message)


def decode_request(data: bytes) -> AnyRequest:
    """Return the request in ``data``; raises ``msgspec.DecodeError``."""
    request: AnyRequest = _requests.decode(data)
    return request


def decode_event(data: bytes) -> AnyEvent:
    """Return the event in ``data``; raises ``msgspec.DecodeError``."""
    event: AnyEvent = _events.decode(data)
    return event
