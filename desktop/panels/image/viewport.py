"""Where the picture stands in the canvas: zoom and pan as plain arithmetic, in device pixels, without a widget.

*Zoom* is device pixels per document pixel, so 100 % shows each pixel of the picture as one pixel of the screen on any
display. The picture's corner is kept on whole device pixels: what is drawn at 100 % is never blurred by half a pixel.
"""

import enum
import math
from dataclasses import dataclass

from core.raster.compositor import level_for

MIN_ZOOM = 0.005
MAX_ZOOM = 64.0
STEPS = (
    *(0.005, 0.01, 0.02, 0.03, 0.05, 0.0667, 0.0833, 0.1, 0.125, 0.1667, 0.25, 0.3333, 0.5, 0.6667, 1.0),
    *(1.5, 2.0, 3.0, 4.0, 6.0, 8.0, 12.0, 16.0, 24.0, 32.0, 48.0, 64.0),
)
MARGIN = 32
"""Space left around a fitted picture, and how much of it stays in view however far one pans; logical pixels."""


class Fitted(enum.Enum):
    """How a picture was fitted into the view."""

    NOT = enum.auto()
    SHRUNK = enum.auto()
    """Made small enough, never enlarged."""
    FILLED = enum.auto()
    """Enlarged too, where the view is larger."""


@dataclass
class Viewport:
    """The view of a ``document`` in a widget of ``size`` device pixels, ``ratio`` of them to a logical one."""

    document: tuple[int, int] = (1, 1)
    size: tuple[int, int] = (1, 1)
    ratio: float = 1.0
    zoom: float = 1.0
    left: int = 0
    """Where the document's origin is, in device pixels from the widget's corner."""
    top: int = 0
    fitted: Fitted = Fitted.NOT
    """Whether the picture was fitted and not zoomed or panned since: then it stays fitted, however the view grows."""

    # --- converting -------------------------------------------------------------------------------------------------

    def to_document(self, x: float, y: float) -> tuple[float, float]:
        """Return the document point under the widget point (logical pixels)."""
        return (x * self.ratio - self.left) / self.zoom, (y * self.ratio - self.top) / self.zoom

    def to_widget(self, x: float, y: float) -> tuple[float, float]:
        """Return where a document point is in the widget (logical pixels)."""
        return (x * self.zoom + self.left) / self.ratio, (y * self.zoom + self.top) / self.ratio

    def length(self, document_pixels: float) -> float:
        """Return a document length in logical pixels."""
        return document_pixels * self.zoom / self.ratio

    def document_length(self, logical: float) -> float:
        """Return a logical length in document pixels."""
        return logical * self.ratio / self.zoom

    def device_x(self, x: float) -> int:
        """Return the device column of a document x; neighbours that share an edge share the column."""
        return math.floor(x * self.zoom + 0.5) + self.left

    def device_y(self, y: float) -> int:
        return math.floor(y * self.zoom + 0.5) + self.top

    def visible(self) -> tuple[float, float, float, float]:
        """Return the part of the document in view as (left, top, right, bottom) in document pixels; may be empty."""
        x0, y0 = -self.left / self.zoom, -self.top / self.zoom
        x1, y1 = (self.size[0] - self.left) / self.zoom, (self.size[1] - self.top) / self.zoom
        return max(0.0, x0), max(0.0, y0), min(float(self.document[0]), x1), min(float(self.document[1]), y1)

    def level(self) -> int:
        """Return which halving of the document has just enough pixels for this zoom."""
        return level_for(self.zoom)

    # --- changing ---------------------------------------------------------------------------------------------------

    def zoom_at(self, zoom: float, x: float, y: float) -> None:
        """Set the zoom so that the document point under the widget point (logical pixels) stays there."""
        px, py = self.to_document(x, y)
        self.fitted = Fitted.NOT
        self.zoom = min(MAX_ZOOM, max(MIN_ZOOM, zoom))
        self.left = round(x * self.ratio - px * self.zoom)
        self.top = round(y * self.ratio - py * self.zoom)
        self.keep_in_sight()

    def zoom_centre(self, zoom: float) -> None:
        """Set the zoom about the middle of the view."""
        self.zoom_at(zoom, self.size[0] / 2 / self.ratio, self.size[1] / 2 / self.ratio)

    def step(self, up: bool) -> float:
        """Return the next larger or smaller of the usual zooms."""
        if up:
            return next((z for z in STEPS if z > self.zoom * 1.001), MAX_ZOOM)
        return next((z for z in reversed(STEPS) if z < self.zoom * 0.999), MIN_ZOOM)

    def pan(self, dx: float, dy: float) -> None:
        """Move the picture by logical pixels."""
        self.fitted = Fitted.NOT
        self.left += round(dx * self.ratio)
        self.top += round(dy * self.ratio)
        self.keep_in_sight()

    def fit(self, *, enlarge: bool = True) -> None:
        """Show all of the document, centred; small ones are only enlarged with ``enlarge``."""
        margin = 2 * MARGIN * self.ratio
        zoom = min(
            max(self.size[0] - margin, self.size[0] / 2) / self.document[0],
            max(self.size[1] - margin, self.size[1] / 2) / self.document[1],
        )
        self.zoom = min(MAX_ZOOM, max(MIN_ZOOM, zoom if enlarge else min(1.0, zoom)))
        self.fitted = Fitted.FILLED if enlarge else Fitted.SHRUNK
        self.centre()

    def follow(self, document: tuple[int, int], by: tuple[float, float]) -> None:
        """The document has another size, and most of it stands elsewhere by document pixels: show the same place."""
        self.document = document
        self.left -= round(by[0] * self.zoom)
        self.top -= round(by[1] * self.zoom)
        self.keep_in_sight()

    def centre(self) -> None:
        """Bring the document's middle to the view's middle."""
        self.left = round((self.size[0] - self.document[0] * self.zoom) / 2)
        self.top = round((self.size[1] - self.document[1] * self.zoom) / 2)

    def resize(self, width: int, height: int, ratio: float) -> None:
        """The widget is now ``width``×``height`` device pixels.

        A picture that was fitted is fitted again; of any other the point in the middle stays there.
        """
        px, py = self.to_document(self.size[0] / 2 / self.ratio, self.size[1] / 2 / self.ratio)
        self.zoom *= ratio / self.ratio
        self.size, self.ratio = (max(1, width), max(1, height)), ratio
        if self.fitted is not Fitted.NOT:
            self.fit(enlarge=self.fitted is Fitted.FILLED)
            return
        self.left = round(self.size[0] / 2 - px * self.zoom)
        self.top = round(self.size[1] / 2 - py * self.zoom)
        self.keep_in_sight()

    def keep_in_sight(self) -> None:
        """Stop the picture from leaving the view altogether."""
        margin = round(MARGIN * self.ratio)
        width, height = self.document[0] * self.zoom, self.document[1] * self.zoom
        self.left = round(min(self.size[0] - min(margin, width), max(self.left, min(margin, width) - width)))
        self.top = round(min(self.size[1] - min(margin, height), max(self.top, min(margin, height) - height)))
