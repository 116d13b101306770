"""What the operations put out lands where it belongs, by the real core process."""

import msgspec
import numpy as np
from tests_desktop import Run

from core.documents.image import (
    Exposure,
    FillLayer,
    GroupLayer,
    Levels,
    RasterLayer,
    Transform,
    WhiteBalance,
    new_image,
)
from core.documents.image_effects import DropShadow
from core.operations.base import Asset
from core.operations.image_retouch import CastShadow, SeamlessClone
from core.project.project import Project
from core.raster.manifest import solid_raster, write_raster
from desktop.panel import Source
from desktop.panels.image.grades import grade_layers, regraded
from desktop.panels.image.panel import ImagePanel
from desktop.panels.image.results import at_corner
from desktop.session import Session


def test_a_corner_stays_where_it_is_however_the_layer_is_turned() -> None:
    turned = Transform(x=40, y=-7, scale_x=1.5, scale_y=-0.5, rotation=33)
    layer = RasterLayer(pixels="0" * 64, width=200, height=100, transform=turned)
    a, b, c, d, left, top = turned.matrix(200, 100)
    placed = at_corner(layer, -30, 55, 320, 90).matrix(320, 90)
    assert np.allclose(placed[:4], (a, b, c, d))
    assert np.allclose(placed[4:], (a * -30 + c * 55 + left, b * -30 + d * 55 + top))


def test_a_grade_made_again_takes_the_place_of_the_old_one_unless_a_person_changed_it() -> None:
    old = [WhiteBalance(temperature=10), Levels(black=8)]
    new = [Levels(black=20), Exposure(stops=0.5)]
    first, second = grade_layers(old, clipped=True)
    mine = msgspec.structs.replace(second, id="mine", name="My levels", opacity=0.5)
    group = GroupLayer(id="g", layers=(FillLayer(id="f"), first, mine))
    by_hand = msgspec.structs.replace(second, id="by hand", adjustment=Levels(black=9))
    document = msgspec.structs.replace(new_image(10, 10), layers=(FillLayer(id="b"), first, by_hand, group))
    after = regraded(document, old, new)
    assert after.layers[:3] == document.layers[:3]
    _, levels, exposure = after.layer("g").layers  # type: ignore[union-attr]
    assert levels == msgspec.structs.replace(mine, adjustment=new[0]), "what was set on the layer stays"
    assert (exposure.adjustment, exposure.clipped) == (new[1], True)
    assert regraded(after, new, old).layer("g").layers[2].id == "mine"  # type: ignore[union-attr]
    assert regraded(document, [], new) is document


def test_a_shadow_lies_in_a_layer_of_its_own_below_the_cut_out(
    run: Run, panel: ImagePanel, session: Session, project: Project
) -> None:
    pixels = np.zeros((120, 160, 4), np.uint8)
    pixels[20:100, 50:110] = (200, 40, 40, 255)
    cut = RasterLayer(
        id="cut",
        name="Cut-out",
        pixels=write_raster(pixels, project),
        width=160,
        height=120,
        transform=Transform(x=100, y=80, scale_x=2.0, scale_y=2.0, rotation=10),
    )
    back = FillLayer(id="back", colour="#ffffff")
    document = msgspec.structs.replace(new_image(600, 400, "Ad"), layers=(back, cut))
    session.commit("New image", document)
    panel.open_document(document.id)
    operation = CastShadow(image=Asset(hash=cut.pixels))

    async def work() -> None:
        made = await session.make(operation, sources={"image": Source(document.id, "cut", "Cut-out")})
        panel.apply_result(operation, made)

    run(work())
    _, shadow, on_top = panel.editor.require().layers
    assert on_top == cut
    assert isinstance(shadow, RasterLayer)
    assert shadow.transform.rotation == 10 and shadow.transform.scale_x == 2.0
    compositor = panel.editor.compositor
    assert compositor is not None
    before = compositor.render(document)
    after = compositor.render(panel.editor.require())
    darker = before[..., :3].astype(int).sum(-1) - after[..., :3].astype(int).sum(-1)
    assert (darker > 30).sum() > 200, "it can be seen beside the cut-out"
    session.undo()
    assert (compositor.render(panel.editor.require()) == before).all()


def test_what_is_blended_in_lies_over_its_background_with_none_of_its_effects(
    run: Run, panel: ImagePanel, session: Session, project: Project
) -> None:
    back = RasterLayer(
        id="back",
        pixels=solid_raster(200, 150, (90, 140, 90, 255), project),
        width=200,
        height=150,
        transform=Transform(x=50, y=20, scale_x=1.5, scale_y=1.5, rotation=5),
        opacity=0.5,
        effects=(DropShadow(),),
    )
    piece = RasterLayer(id="piece", pixels=solid_raster(60, 40, (200, 40, 40, 255), project), width=60, height=40)
    document = msgspec.structs.replace(new_image(600, 400, "Ad"), layers=(back, piece))
    session.commit("New image", document)
    panel.open_document(document.id)
    panel.editor.select(["piece"])
    operation = SeamlessClone(image=Asset(hash=piece.pixels), background=Asset(hash=back.pixels), x=70, y=50)
    sources = {"image": Source(document.id, "piece", "Piece"), "background": Source(document.id, "back", "Back")}

    async def work() -> None:
        panel.apply_result(operation, await session.make(operation, sources=sources))

    run(work())
    first, second, blended = panel.editor.require().layers
    assert (first, second) == (back, piece)
    assert isinstance(blended, RasterLayer)
    assert (blended.width, blended.height, blended.transform) == (200, 150, back.transform)
    assert blended.opacity == 1.0 and blended.effects == ()
