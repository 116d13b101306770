"""A person records what they make at the real window, and plays it on another picture."""

from pathlib import Path

import numpy as np
from person import Person

from core.documents.image import RasterLayer


def test_what_is_recorded_is_played_on_another_picture(person: Person, coffee: Path) -> None:
    person.drop([coffee], person.window.area)
    person.wait(lambda: person.window.stage.panel is not None)
    person.wait()
    record = person.button("Record an action", person.window.make)
    person.window.docks.show_dock("make")
    person.click(record)
    person.make("harmony")
    person.wait()
    person.keep()
    assert record.text().startswith("Stop recording (1")
    person.click(record)
    dock = person.window.recorded
    assert dock.isVisible() and [a.name for a in person.session.actions.all().values()] == ["Action 1"]
    kept = person.pixels()
    person.session.undo()
    assert not np.array_equal(person.pixels(), kept)
    person.click(dock.play.picture)
    person.wait()
    person.keep()
    assert np.array_equal(person.pixels(), kept), "the action does just what was recorded"
    layer = person.document.layers[-1]
    assert isinstance(layer, RasterLayer) and len(person.document.layers) == 1
    # Info and Guidance work when their tab is in front, and only then
    panel = person.panel
    assert panel.guidance._found is None and panel.info._last is None
    person.show("guidance")
    person.wait(lambda: panel.guidance._found is not None)
    assert not panel.info._front.seen
    person.show("info")
    person.wait(lambda: panel.info._last is not None and not panel.guidance._front.seen)
