"""Random documents and random edits of them."""

import msgspec
import numpy as np
from raster_reference import Kept

from core.documents.base import decode_document, encode_document
from core.documents.image import (
    AdjustmentLayer,
    AnyLayer,
    Artboard,
    BlendMode,
    Exposure,
    FillLayer,
    GroupLayer,
    HueSaturation,
    ImageDocument,
    Mask,
    RasterLayer,
    ShapeLayer,
    SmartLayer,
    TextLayer,
    Transform,
    VectorMask,
    walk,
)
from core.documents.image_filters import (
    AddNoise,
    Bloom,
    Emboss,
    Filter,
    FindEdges,
    GaussianBlur,
    HighPass,
    Mosaic,
    MotionBlur,
    SurfaceBlur,
    UnsharpMask,
    Vignette,
)
from core.documents.image_shapes import Ellipse, ShapeStroke, Star
from core.raster.manifest import TILE, replace_tiles
from core.values import DOCUMENT_TYPE

replace = msgspec.structs.replace
SIDE = 900


class Editor:
    """Makes random documents and random edits of them."""

    def __init__(self, seed: int) -> None:
        self.kept = Kept()
        self.random = np.random.default_rng(seed)

    def chance(self, probability: float) -> bool:
        return bool(self.random.random() < probability)

    def pixels(self) -> RasterLayer:
        width, height = (int(side) for side in self.random.integers(1, 700, 2))
        array = self.random.integers(0, 256, (height, width, 4)).astype(np.uint8)
        for top in range(0, height, TILE):
            for left in range(0, width, TILE):
                array[top : top + TILE, left : left + TILE, 3] = self.random.choice([0, 255, 120])
        return RasterLayer(pixels=self.kept.raster(array), width=width, height=height)

    def transform(self) -> Transform:
        x, y = (float(v) for v in self.random.integers(-200, SIDE, 2))
        if self.chance(0.5):
            return Transform(x=x, y=y)
        scale = float(self.random.choice([0.2, 0.6, 1.0, 1.7]))
        return Transform(x=x + 0.3, y=y, rotation=float(self.random.integers(0, 360)), scale_x=scale, scale_y=scale)

    def mask(self) -> Mask | None:
        if self.chance(0.6):
            return None
        raster = self.pixels()
        x, y = (int(v) for v in self.random.integers(-100, 600, 2))
        made = Mask(pixels=raster.pixels, x=x, y=y, width=raster.width, height=raster.height, inverted=self.chance(0.3))
        return replace(made, feather=self.feather(), density=float(self.random.choice([1.0, 1.0, 0.4])))

    def feather(self) -> float:
        return float(self.random.choice([0.0, 0.0, 30.0]))

    def vector_mask(self) -> VectorMask | None:
        if self.chance(0.8):
            return None
        shape = Ellipse(width=float(self.random.integers(1, 500)), height=300.0)
        return VectorMask(geometry=shape, transform=self.transform(), inverted=self.chance(0.3), feather=self.feather())

    def smart(self, depth: int) -> SmartLayer:
        width, height = (int(side) for side in self.random.integers(1, 700, 2))
        layers = tuple(self.layer(depth + 1) for _ in range(int(self.random.integers(1, 4))))
        inner = ImageDocument(id="inner", width=width, height=height, layers=layers)
        return SmartLayer(document="inner", source=self.stored(inner), width=width, height=height)

    def stored(self, document: ImageDocument) -> str:
        return self.kept.put(encode_document(document), DOCUMENT_TYPE)

    def filter(self) -> Filter:
        radius = float(self.random.choice([0.5, 3.0, 20.0, 70.0]))
        made: tuple[Filter, ...] = (
            GaussianBlur(radius=radius),
            GaussianBlur(radius=radius * 2),
            MotionBlur(angle=float(self.random.integers(-90, 90)), distance=radius),
            SurfaceBlur(radius=min(radius, 12.0)),
            UnsharpMask(radius=radius),
            HighPass(radius=radius),
            Bloom(radius=radius),
            AddNoise(),
            Mosaic(size=max(1.0, radius)),
            Emboss(angle=radius),
            FindEdges(),
            Vignette(),
        )
        return made[int(self.random.integers(0, len(made)))]

    def layer(self, depth: int = 0) -> AnyLayer:
        common = {
            "mask": self.mask(),
            "vector_mask": self.vector_mask(),
            "blend": BlendMode(self.random.choice(list(BlendMode))) if self.chance(0.4) else BlendMode.NORMAL,
            "opacity": float(self.random.choice([1.0, 0.5])),
            "visible": self.chance(0.9),
            "clipped": self.chance(0.25),
        }
        match int(self.random.integers(0, 8 if depth < 2 else 6)):
            case 0:
                second = "#ff2080" if self.chance(0.3) else None
                colour = str(self.random.choice(["#102030", "#ff800080"]))
                return FillLayer(colour=colour, colour2=second, angle=30.0, **common)
            case 1:
                hue = HueSaturation(hue=float(self.random.integers(-90, 90)))
                return AdjustmentLayer(adjustment=self.filter() if self.chance(0.5) else hue, **common)
            case 2:
                return TextLayer(text="Ätelier 文字", size=60, transform=self.transform(), **common)
            case 5:
                star = Star(width=300.0, height=200.0, radius=8.0)
                stroke = ShapeStroke(width=20.0, position=str(self.random.choice(["inside", "outside", "centre"])))
                return ShapeLayer(geometry=star, stroke=stroke, transform=self.transform(), **common)
            case 7:
                return replace(self.smart(depth), transform=self.transform(), **common)
            case 3 | 4:
                return replace(self.pixels(), transform=self.transform(), **common)
        inside = tuple(self.layer(depth + 1) for _ in range(int(self.random.integers(0, 4))))
        return GroupLayer(layers=inside, artboard=self.artboard() if depth == 0 else None, **common)

    def artboard(self) -> Artboard | None:
        if self.chance(0.4):
            return None
        x, y = (int(v) for v in self.random.integers(-100, 600, 2))
        width, height = (int(v) for v in self.random.integers(1, 800, 2))
        background = [None, "#ffffff", "#20408080"][int(self.random.integers(0, 3))]
        return Artboard(x=x, y=y, width=width, height=height, background=background)

    def edit(self, document: ImageDocument) -> ImageDocument:
        every = list(walk(document.layers))
        if not every or self.chance(0.15):
            return document.insert_layer(self.layer(), every[0].id if every and self.chance(0.5) else None)
        victim = every[int(self.random.integers(0, len(every)))]
        if self.chance(0.1):
            return document.replace_layer(victim.id, lambda layer: None)
        if self.chance(0.1):
            moved = document.replace_layer(victim.id, lambda layer: None)
            rest = list(walk(moved.layers))
            return moved.insert_layer(victim, rest[int(self.random.integers(0, len(rest)))].id if rest else None)
        return document.replace_layer(victim.id, self.change)

    def change(self, layer: AnyLayer) -> AnyLayer:
        match int(self.random.integers(0, 9)):
            case 0:
                return replace(layer, visible=not layer.visible)
            case 1:
                return replace(layer, opacity=float(self.random.choice([0.0, 0.3, 1.0])))
            case 2:
                return replace(layer, blend=BlendMode(self.random.choice(list(BlendMode))))
            case 3:
                return replace(layer, clipped=not layer.clipped)
            case 4:
                return replace(layer, mask=self.mask())
            case 5:
                return replace(layer, name="another", locked=not layer.locked)
            case 6:
                return replace(layer, vector_mask=self.vector_mask())
        if layer.mask is not None and self.chance(0.5):
            return replace(layer, mask=replace(layer.mask, pixels=self.stroke(layer.mask)))
        match layer:
            case RasterLayer():
                if self.chance(0.5):
                    return replace(layer, pixels=self.stroke(layer))
                return replace(layer, transform=self.transform())
            case SmartLayer():
                inner = decode_document(self.kept.get(layer.source))
                assert isinstance(inner, ImageDocument)
                changed = self.edit(inner)
                return replace(layer, source=self.stored(changed), width=changed.width, height=changed.height)
            case TextLayer():
                return replace(layer, text="other", transform=self.transform())
            case ShapeLayer():
                return replace(layer, stroke=None, transform=self.transform())
            case AdjustmentLayer():
                stops = Exposure(stops=float(self.random.choice([0.0, 1.0])))
                return replace(layer, adjustment=self.filter() if self.chance(0.5) else stops)
            case FillLayer():
                return replace(layer, colour="#00ff00")
            case GroupLayer():
                if layer.artboard is not None and self.chance(0.5):
                    return replace(layer, artboard=self.artboard())
                return replace(layer, layers=(*layer.layers, self.layer(1))[::-1])

    def stroke(self, raster: RasterLayer | Mask) -> str:
        col = int(self.random.integers(0, -(-raster.width // TILE)))
        row = int(self.random.integers(0, -(-raster.height // TILE)))
        tile = self.random.integers(0, 256, (TILE, TILE, 4)).astype(np.uint8)
        return replace_tiles(raster.pixels, {(col, row): tile}, self.kept, self.kept)
