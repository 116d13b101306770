"""The sample campaign: a real product photo becomes one ad in three sizes, every step of it a recipe.

The photo is a cup of espresso by Rachel Michetti (CC0, see ``resources/licences/coffee.txt``). The same recipe runs in
the window (*File → Sample project*) and from the command line (``atelier sample``).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import msgspec

from core.documents.base import decode_document, encode_document
from core.documents.image import FillLayer, ImageDocument, RasterLayer, TextLayer, Transform
from core.engine.adopt import take_in
from core.engine.protocol import OutputFile
from core.operations.base import Asset, Operation, Output
from core.operations.image import AutoGrade, Export, FillTemplate, ImportFile, Palette, RemoveBackground, Upscale
from core.operations.recipe import Recipe, Step, check
from core.project.project import Project
from core.raster.manifest import solid_raster
from core.resources import resource
from core.values import DOCUMENT_TYPE, Message, new_id

CREAM, SAND, ESPRESSO, RED = "#f8f1e7", "#e4cfb4", "#2b1a12", "#8e2a17"


class Box(NamedTuple):
    """A rectangle in document pixels."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Format:
    """One size of the ad and where its parts stand."""

    name: str
    width: int
    height: int
    align: str
    headline: Box
    headline_size: float
    line: Box
    line_size: float
    button: Box
    button_size: float
    product: Box

    def title(self, language: str) -> str:
        """Return what its document is called: ``Square 1080 × 1080``."""
        return f"{NAMES[language][self.name]} {self.width} × {self.height}"


FORMATS = (
    Format(
        "square", 1080, 1080, "center",
        Box(80, 72, 920, 0), 98, Box(80, 306, 920, 0), 32, Box(367.5, 942, 300, 0), 30, Box(150, 386, 780, 500),
    ),
    Format(
        "story", 1080, 1920, "center",
        Box(80, 240, 920, 0), 120, Box(80, 532, 920, 0), 40, Box(320, 1570, 380, 0), 40, Box(70, 680, 940, 780),
    ),
    Format(
        "wide", 1200, 628, "left",
        Box(72, 142, 480, 0), 62, Box(72, 300, 430, 0), 25, Box(72, 422, 220, 0), 24, Box(570, 60, 560, 508),
    ),
)  # fmt: skip

STEPS = {
    "square": (Message("Compose: Square 1080 × 1080"), Message("Export: Square 1080 × 1080")),
    "story": (Message("Compose: Story 1080 × 1920"), Message("Export: Story 1080 × 1920")),
    "wide": (Message("Compose: Wide 1200 × 628"), Message("Export: Wide 1200 × 628")),
}
"""What the two steps of each size are called; a recipe holds them as plain texts."""

COPY = {
    "en": ("Slow mornings, small cups.", "Single-origin espresso, roasted on Mondays.", "Find your roast"),
    "zh_CN": ("慢下来，\n喝一小杯。", "单一产地浓缩咖啡，每周一新鲜烘焙。", "挑选你的烘焙"),
}


NAMES = {
    "en": {
        name: name.capitalize()
        for name in ("background", "product", "headline", "line", "button", "square", "story", "wide")
    },
    "zh_CN": {
        "background": "背景",
        "product": "产品",
        "headline": "标题",
        "line": "副标题",
        "button": "按钮",
        "square": "方形",
        "story": "竖屏快拍",
        "wide": "横幅",
    },
}
"""What the layers and the sizes are called."""


@dataclass(frozen=True)
class Sample:
    """What to run, and which outputs are the ads."""

    recipe: Recipe
    files: Mapping[str, str]
    """Name of a size to the ``step.name`` of its finished file."""
    documents: Mapping[str, str]
    """Name of a size to the ``step.name`` of its editable document."""


def prepare(project: Project, language: str = "en") -> Sample:
    """Put the photo and the templates into ``project`` and return the recipe that makes the ads.

    A ``language`` that the sample is not written in gets the English one.
    """
    language = language if language in COPY else "en"
    photo = project.add_file(resource("samples", "coffee.png"))
    steps = [
        Step("open", ImportFile(file=Asset(hash=photo)), "Open the photo"),
        Step("enlarge", Upscale(image=Output(step="open"), scale=2, noise="low"), "Enlarge the photo"),
        Step("grade", AutoGrade(image=Output(step="enlarge"), strength=60), "Grade the photo"),
        Step("cut", RemoveBackground(image=Output(step="grade")), "Cut the product out"),
        Step("palette", Palette(image=Output(step="cut")), "Find the palette"),
    ]
    files, documents = {}, {}
    for form in FORMATS:
        title = form.title(language)
        template = project.put(encode_document(template_of(form, project, language)), DOCUMENT_TYPE, name=title)
        fill, export = f"compose-{form.name}", f"export-{form.name}"
        composed: Operation = FillTemplate(
            template=Asset(hash=template), pictures=(Output(step="cut"),), layers=(NAMES[language]["product"],)
        )
        composing, exporting = map(str, STEPS[form.name])
        steps.append(Step(fill, composed, composing))
        exported = Export(image=Output(step=fill), format="png" if form.name == "square" else "jpeg")
        steps.append(Step(export, exported, exporting))
        files[form.name], documents[form.name] = f"{export}.file", f"{fill}.document"
    wanted = [Output(step="cut"), Output(step="palette"), Output(step="palette", name="data")]
    wanted += [
        Output(step=step, name=name)
        for key in (*documents.values(), *files.values())
        for step, _, name in (key.partition("."),)
    ]
    recipe = Recipe(steps=tuple(steps), results=tuple(wanted), title="Sample campaign")
    check(recipe)
    return Sample(recipe, files, documents)


def template_of(form: Format, project: Project, language: str) -> ImageDocument:
    """Return the template of one size. The product's place is held by a plain grey picture."""
    headline, line, button = COPY[language]
    names = NAMES[language]
    chinese = language.startswith("zh")
    serif = "Noto Sans SC" if chinese else "Playfair Display"
    sans = "Noto Sans SC" if chinese else "Montserrat"
    width, height = round(form.product.width), round(form.product.height)
    text = TextLayer(align=form.align, colour=ESPRESSO, family=sans)  # type: ignore[arg-type]  # a Literal, as data
    return ImageDocument(
        # Templates are assets: the same template must be the same bytes, so its ids are not random.
        id=f"sample-{form.name}",
        title=form.title(language),
        width=form.width,
        height=form.height,
        layers=(
            FillLayer(id="background", name=names["background"], colour=CREAM, colour2=SAND, angle=90),
            RasterLayer(
                id="product",
                name=names["product"],
                pixels=solid_raster(width, height, (190, 190, 190, 255), project),
                width=width,
                height=height,
                transform=Transform(x=form.product.x, y=form.product.y),
            ),
            msgspec.structs.replace(
                text,
                id="headline",
                name=names["headline"],
                text=headline,
                family=serif,
                weight=700,
                size=form.headline_size * (0.86 if chinese else 1),
                leading=1.08,
                width=form.headline.width,
                transform=Transform(x=form.headline.x, y=form.headline.y),
            ),
            msgspec.structs.replace(
                text,
                id="line",
                name=names["line"],
                text=line,
                weight=500,
                size=form.line_size,
                leading=1.35,
                width=form.line.width,
                transform=Transform(x=form.line.x, y=form.line.y),
            ),
            msgspec.structs.replace(
                text,
                id="button",
                name=names["button"],
                text=button,
                align="center",
                weight=700,
                size=form.button_size,
                colour="#ffffff",
                background=RED,
                padding=form.button_size * 0.75,
                radius=form.button_size * 1.6,
                width=form.button.width,
                transform=Transform(x=form.button.x, y=form.button.y),
            ),
        ),
    )


def adopt(
    project: Project, sample: Sample, outputs: Mapping[str, OutputFile], model_hashes: Mapping[str, str]
) -> tuple[str, ...]:
    """Take what the recipe made into ``project``; return the ids of the three documents.

    Everything becomes assets with their recipe, and the documents arrive as one undoable step.
    """
    taken = take_in(project, outputs, sample.recipe.title)
    project.record(sample.recipe, taken, model_hashes=model_hashes)
    made = []
    with project.transaction("Make the sample campaign") as transaction:
        for key in sample.documents.values():
            document = decode_document(project.get(taken[key]))
            document = msgspec.structs.replace(document, id=new_id())
            transaction.put(document)
            made.append(document.id)
    return tuple(made)
