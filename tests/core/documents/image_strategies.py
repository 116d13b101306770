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
    TextLayer,
    Transform,
)
from core.documents.image_effects import DropShadow, Stroke
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
shared = {
    "id": st.builds(new_id),
    "name": st.text(max_size=8),
    "visible": st.booleans(),
    "opacity": st.floats(0, 1),
    "blend": st.sampled_from(BlendMode),
    "clipped": st.booleans(),
    "mask": st.none() | masks,
    "effects": st.lists(st.sampled_from([DropShadow(), Stroke(size=7, position="inside")]), max_size=2).map(tuple),
}
leaves: st.SearchStrategy[AnyLayer] = st.one_of(
    st.builds(RasterLayer, pixels=st.just(DIGEST), width=sides, height=sides, transform=transforms, **shared),  # type: ignore[arg-type]
    st.builds(TextLayer, text=st.text(max_size=8), transform=transforms, **shared),  # type: ignore[arg-type]
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
    return (120.0, 40.0) if isinstance(layer, TextLayer) else (0.0, 0.0)
