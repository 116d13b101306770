"""Random image documents: every layer type, nested groups, masks, transforms."""

import hypothesis.strategies as st

from core.documents.image import (
    AdjustmentLayer,
    AnyLayer,
    BlendMode,
    Exposure,
    FillLayer,
    GroupLayer,
    ImageDocument,
    Mask,
    RasterLayer,
    ShapeLayer,
    TextLayer,
    Transform,
    VectorMask,
)
from core.documents.image_effects import DropShadow, Stroke
from core.documents.image_shapes import (
    Contour,
    Ellipse,
    Geometry,
    Knot,
    Line,
    LinearGradient,
    Path,
    Polygon,
    RadialGradient,
    Rectangle,
    ShapeStroke,
    Solid,
    Star,
    Stop,
    contour_bounds,
    shifted,
)
from core.values import new_id

DIGEST = "ab" * 32
numbers = st.integers(-2000, 2000).map(float)
scales = st.sampled_from([-2.0, -1.0, 0.25, 0.5, 1.0, 1.5, 3.0])
transforms = st.builds(
    Transform, x=numbers, y=numbers, scale_x=scales, scale_y=scales, rotation=st.integers(-179, 180).map(float)
)
sides = st.integers(1, 2000)
masks = st.builds(
    Mask,
    pixels=st.just(DIGEST),
    x=st.integers(-500, 500),
    y=st.integers(-500, 500),
    width=sides,
    height=sides,
    inverted=st.booleans(),
)
lengths = st.integers(1, 900).map(float)
knots = st.builds(Knot, *([st.integers(-200, 200).map(float)] * 6), st.booleans())


def at_origin(parts: tuple[Contour, ...]) -> Path:
    """A path whose box begins at (0, 0), as every path of a document does."""
    left, top, _, _ = contour_bounds(parts)
    return Path(parts=shifted(parts, -left, -top))


paths = st.lists(
    st.builds(Contour, knots=st.lists(knots, min_size=1, max_size=3).map(tuple), closed=st.booleans()),
    min_size=1,
    max_size=2,
).map(lambda parts: at_origin(tuple(parts)))
geometries: st.SearchStrategy[Geometry] = st.one_of(
    st.builds(Rectangle, width=lengths, height=lengths, radii=st.tuples(*([st.integers(0, 90).map(float)] * 4))),
    st.builds(Ellipse, width=lengths, height=lengths),
    st.builds(Polygon, width=lengths, height=lengths, sides=st.integers(3, 9), radius=st.integers(0, 50).map(float)),
    st.builds(Star, width=lengths, height=lengths, points=st.integers(3, 9), inner=st.floats(0.05, 1.0)),
    st.builds(Line, dx=numbers, dy=numbers, end=st.sampled_from(["none", "arrow", "dot"])),
    paths,
)
STOPS = (Stop(0.0, "#102030"), Stop(0.4, "#ff000080"), Stop(1.0, "#ffffff"))
paints = st.sampled_from([Solid(colour="#aa3311"), LinearGradient(stops=STOPS), RadialGradient(stops=STOPS)])
strokes = st.sampled_from(
    [
        ShapeStroke(width=1.0, position="inside", cap="round"),
        ShapeStroke(width=60.0, position="outside", join="bevel"),
        ShapeStroke(width=7.5, dash=(2.0, 1.0)),
    ]
)
# Few and ready-made: drawing every number of a mask for every layer takes longer than what is tested with it.
vector_masks = st.sampled_from(
    [
        None,
        VectorMask(geometry=Ellipse(width=300.0, height=80.0), transform=Transform(x=-20.0, y=35.0, rotation=30.0)),
        VectorMask(geometry=Star(width=90.0, height=120.0), feather=12.0, density=0.5, inverted=True),
    ]
)
shared = {
    "id": st.builds(new_id),
    "name": st.text(max_size=8),
    "visible": st.booleans(),
    "opacity": st.floats(0, 1),
    "blend": st.sampled_from(BlendMode),
    "clipped": st.booleans(),
    "mask": st.none() | masks,
    "vector_mask": vector_masks,
    "effects": st.lists(st.sampled_from([DropShadow(), Stroke(size=7, position="inside")]), max_size=2).map(tuple),
}
leaves: st.SearchStrategy[AnyLayer] = st.one_of(
    st.builds(RasterLayer, pixels=st.just(DIGEST), width=sides, height=sides, transform=transforms, **shared),  # type: ignore[arg-type]
    st.builds(TextLayer, text=st.text(max_size=8), transform=transforms, **shared),  # type: ignore[arg-type]
    st.builds(
        ShapeLayer,
        geometry=geometries,
        fill=st.none() | paints,
        stroke=st.none() | strokes,
        transform=transforms,
        **shared,  # type: ignore[arg-type]
    ),
    st.builds(FillLayer, **shared),  # type: ignore[arg-type]
    st.builds(AdjustmentLayer, adjustment=st.just(Exposure(stops=1)), **shared),  # type: ignore[arg-type]
)
layers: st.SearchStrategy[AnyLayer] = st.recursive(
    leaves,
    lambda inner: st.builds(GroupLayer, layers=st.lists(inner, max_size=4).map(tuple), **shared),  # type: ignore[arg-type]
    max_leaves=10,
)
documents = st.builds(
    ImageDocument,
    id=st.just("doc"),
    width=sides,
    height=sides,
    layers=st.lists(layers, min_size=1, max_size=5).map(tuple),
)


def size_of(layer: AnyLayer) -> tuple[float, float]:
    """A stand-in for a text's layout, which belongs to another room: any fixed size will do for geometry."""
    if isinstance(layer, RasterLayer):
        return float(layer.width), float(layer.height)
    if isinstance(layer, ShapeLayer):
        return layer.geometry.size()
    return (120.0, 40.0) if isinstance(layer, TextLayer) else (0.0, 0.0)
