"""Small pictures of library elements, drawn away from the window's thread, the newest wish first."""

import threading
from collections import OrderedDict, deque

from PySide6.QtCore import QByteArray, QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from core.library.store import Element, Store
from core.values import AtelierError

KEPT = 1500
"""Pictures held, about 10 KB each at a scale of 1."""
WAITING = 160
"""Wishes held; older ones have been scrolled past and come again when they are looked at."""
Key = tuple[str, int, str]


class _Drawing:
    """Draws what is wished for on a thread that holds nothing of Qt's that lives in the window."""

    def __init__(self) -> None:
        self.drawn: deque[tuple[Key, QImage]] = deque()
        self._wishes: OrderedDict[Key, tuple[Store, Element]] = OrderedDict()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    @property
    def idle(self) -> bool:
        return self._thread is None and not self.drawn

    def wish(self, key: Key, store: Store, element: Element) -> None:
        """Draw that before all that was wished for earlier."""
        with self._lock:
            self._wishes[key] = store, element
            self._wishes.move_to_end(key)
            while len(self._wishes) > WAITING:
                self._wishes.popitem(last=False)
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="element-pictures", daemon=True)
                self._thread.start()

    def stop(self) -> None:
        """Draw nothing more; waits for the picture at hand."""
        with self._lock:
            self._wishes.clear()
            thread = self._thread
        if thread is not None:
            thread.join()

    def _work(self) -> None:
        while True:
            with self._lock:
                if not self._wishes:
                    self._thread = None
                    return
                key, (store, element) = self._wishes.popitem()
            try:
                image = draw(store.body(element), element.box, key[1], key[2])
            except AtelierError:
                image = QImage()
            self.drawn.append((key, image))


class ElementPictures(QObject):
    """Call on the GUI thread; :attr:`ready` arrives there too."""

    ready = Signal(str)
    """The id of an element whose picture can be had now."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pictures: OrderedDict[Key, QImage] = OrderedDict()
        # The thread leaves pictures there, and a timer fetches them: it touches no object that may be gone by then.
        self._drawing = _Drawing()
        self._timer = QTimer(self)
        self._timer.setInterval(15)
        self._timer.timeout.connect(self._fetch)

    def picture(self, store: Store, element: Element, side: int, colour: str) -> QImage | None:
        """Return the picture, ``side`` pixels at its longer side, or None and draw it soon."""
        key = element.id, side, colour
        found = self._pictures.get(key)
        if found is not None:
            self._pictures.move_to_end(key)
            return found
        self._drawing.wish(key, store, element)
        self._timer.start()
        return None

    def shut_down(self) -> None:
        """Stop drawing; waits for the picture at hand."""
        self._timer.stop()
        self._drawing.stop()

    def _fetch(self) -> None:
        drawing = self._drawing
        while drawing.drawn:
            key, image = drawing.drawn.popleft()
            self._pictures[key] = image
            while len(self._pictures) > KEPT:
                self._pictures.popitem(last=False)
            self.ready.emit(key[0])
        if drawing.idle:
            self._timer.stop()


def draw(body: str, box: tuple[float, float, float, float], side: int, colour: str) -> QImage:
    """Return the drawing with ``colour`` (``#rrggbb``) for its open colour. Any thread."""
    left, top, width, height = box
    scale = side / max(width, height)
    image = QImage(
        max(1, round(width * scale)), max(1, round(height * scale)), QImage.Format.Format_ARGB32_Premultiplied
    )
    image.fill(Qt.GlobalColor.transparent)
    text = (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'viewBox="{left} {top} {width} {height}">{body.replace("currentColor", colour)}</svg>'
    )
    renderer = QSvgRenderer(QByteArray(text.encode()))
    painter = QPainter(image)
    renderer.render(painter, QRectF(image.rect()))
    painter.end()
    return image
