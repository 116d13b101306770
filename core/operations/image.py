"""Operations on pictures. Declarations only; the work lives in :mod:`core.image`.

Every ``image`` that goes in or comes out is uint8 H×W×4, RGBA with straight alpha, sRGB; opening, composing and writing
pictures also know 16 and 32 bits a channel.
"""

from typing import Annotated, Literal

from msgspec import Meta

from core.operations.base import (
    Colour,
    DocumentInput,
    FileInput,
    Group,
    ImageInput,
    Lane,
    Operation,
    OperationInfo,
    Seed,
    operation,
)

Depth = Literal[8, 16, 32]
"""Bits a channel, as of :data:`core.documents.image_values.Depth`."""

Strength = Annotated[
    float,
    Meta(ge=0, le=100, title="Strength", description="0 leaves the picture as it is.", extra={"unit": "%", "step": 1}),
]


@operation(
    OperationInfo(
        name="image.import_file",
        version=3,
        title="Open picture",
        intent="open, import, load, read, place, photo, svg, png, jpeg, webp, avif, tiff, hdr, exr",
        help="Reads PNG, JPEG, WebP, AVIF, TIFF, BMP, GIF (first frame), HDR, EXR or SVG, whatever the file is called, "
        "and converts it to sRGB. Turned photos are set upright.",
        implementation="core.image.exchange:import_file",
        outputs={"image": "image", "info": "data"},
        lane=Lane.INTERACTIVE,
        icon="download",
        hidden=True,
    )
)
class ImportFile(Operation, frozen=True, kw_only=True):
    """``info`` is the JSON of :class:`core.image.files.ImageInfo`: size, format, profile, resolution, notes."""

    file: Annotated[FileInput, Meta(title="File")]
    name: Annotated[str, Meta(title="Name", description="What messages call the file.", max_length=255)] = ""
    width: (
        Annotated[
            int,
            Meta(
                ge=1,
                le=30_000,
                title="Width",
                description="For SVG: how wide to draw it. Empty: as the drawing says.",
                extra={"unit": "px"},
            ),
        ]
        | None
    ) = None
    keep_profile: Annotated[
        bool, Meta(title="Keep the profile", description="Leave the numbers as they are; the info holds the profile.")
    ] = False
    into: (
        Annotated[FileInput, Meta(title="Convert to", description="An RGB ICC profile to convert to, not sRGB.")] | None
    ) = None
    deep: Annotated[
        bool,
        Meta(title="Keep all bits", description="16 or 32 bits a channel where the file has them; otherwise 8."),
    ] = False


@operation(
    OperationInfo(
        name="image.import_layers",
        version=2,
        title="Open layers",
        intent="open, import, psd, photoshop, ora, openraster, krita, gimp, pdf, layers",
        help="Reads a PSD, PSB or OpenRaster file with its layers, or a page of a PDF; says what could not be kept.",
        implementation="core.image.layered:import_layers",
        outputs={"document": "document", "info": "data"},
        lane=Lane.INTERACTIVE,
        icon="download",
        hidden=True,
    )
)
class ImportLayers(Operation, frozen=True, kw_only=True):
    """``document`` holds its rasters; ``info`` is the JSON of :class:`core.image.layering.LayersInfo`."""

    file: Annotated[FileInput, Meta(title="File")]
    name: Annotated[str, Meta(title="Name", description="What messages call the file.", max_length=255)] = ""
    page: Annotated[int, Meta(ge=1, le=100_000, title="Page", description="Of a PDF.")] = 1
    resolution: Annotated[
        float,
        Meta(ge=10, le=2400, title="Resolution", description="At which a PDF is drawn.", extra={"unit": "px/in"}),
    ] = 300.0
    width: (
        Annotated[
            int,
            Meta(
                ge=1,
                le=30_000,
                title="Width",
                description="For a PDF, in place of the resolution.",
                extra={"unit": "px"},
            ),
        ]
        | None
    ) = None
    keep_profile: Annotated[
        bool, Meta(title="Keep the profile", description="Leave the numbers of an RGB file in another profile alone.")
    ] = False


@operation(
    OperationInfo(
        name="image.import_vector",
        version=1,
        title="Open drawing",
        intent="open, import, svg, vector, shapes, paths, illustration",
        help="Reads an SVG as shapes that can be edited, where it holds nothing but shapes, groups and gradients.",
        implementation="core.image.svg_layers:import_vector",
        outputs={"document": "document", "info": "data"},
        lane=Lane.INTERACTIVE,
        icon="shapes",
        hidden=True,
    )
)
class ImportVector(Operation, frozen=True, kw_only=True):
    """``document`` has no layers when the drawing holds something else; ``info`` says what.

    ``info`` is the JSON of :class:`core.image.svg_layers.VectorInfo`.
    """

    file: Annotated[FileInput, Meta(title="File")]
    name: Annotated[str, Meta(title="Name", description="What messages call the file.", max_length=255)] = ""


EXPORT_DEPTHS: dict[str, tuple[Depth, ...]] = {
    "png": (8, 16),
    "tiff": (8, 16, 32),
    "hdr": (32,),
    "exr": (32,),
    "psd": (8, 16),
}
"""Bits a channel that a format can hold; formats that are not named here have 8."""


def export_depth(format: str, wanted: Depth) -> Depth:
    """Return at how many bits a format is written when ``wanted`` are there: the most that it holds of them."""
    held = EXPORT_DEPTHS.get(format, (8,))
    return max((depth for depth in held if depth <= wanted), default=held[0])


@operation(
    OperationInfo(
        name="image.export",
        version=2,
        title="Export picture",
        intent="save, write, png, jpeg, jpg, webp, avif, tiff, share, deliver",
        help="Writes a PNG, JPEG, WebP, AVIF, TIFF, HDR or EXR with an sRGB profile and without personal data.",
        implementation="core.image.exchange:export",
        outputs={"file": "file"},
        lane=Lane.INTERACTIVE,
        icon="image-up",
        hidden=True,
    )
)
class Export(Operation, frozen=True, kw_only=True):
    """Encode a picture as a file."""

    image: Annotated[ImageInput, Meta(title="Picture")]
    format: Annotated[Literal["png", "jpeg", "webp", "avif", "tiff", "hdr", "exr"], Meta(title="Format")] = "png"
    depth: Annotated[
        Literal[0, 8, 16, 32],
        Meta(
            title="Bits a channel",
            description="16 for PNG and TIFF, 32 (floating point) for TIFF, HDR and EXR; others have 8. 0: as many as "
            "the picture has.",
        ),
    ] = 8
    quality: Annotated[
        int,
        Meta(
            ge=1,
            le=100,
            title="Quality",
            description="For JPEG, WebP and AVIF; colour is kept at full resolution in JPEG and AVIF. PNG and TIFF are "
            "always lossless.",
            extra={"step": 1},
        ),
    ] = 92
    lossless: Annotated[bool, Meta(title="Lossless", description="For WebP: keep every pixel as it is.")] = False
    background: Annotated[
        Colour, Meta(title="Background", description="What shows through transparent parts in a JPEG.")
    ] = "#ffffff"
    dpi: Annotated[
        float,
        Meta(ge=1, le=10_000, title="Resolution", description="Written into the file.", extra={"unit": "px/in"}),
    ] = 72.0
    keep_metadata: Annotated[
        bool,
        Meta(
            title="Keep metadata",
            description="Copy title, description, author and copyright of the original; place, camera and owner "
            "are never copied.",
        ),
    ] = False
    original: Annotated[FileInput, Meta(title="Original", description="The file whose metadata is kept.")] | None = None
    document: (
        Annotated[
            DocumentInput, Meta(title="Document", description="The document whose colours these are; none: sRGB.")
        ]
        | None
    ) = None
    to_srgb: Annotated[
        bool, Meta(title="Convert to sRGB", description="Otherwise the document’s profile is kept and embedded.")
    ] = True


@operation(
    OperationInfo(
        name="image.export_document",
        version=2,
        title="Export document",
        intent="save, write, psd, photoshop, ora, openraster, krita, gimp, pdf, svg, layers, print",
        help="Writes a document with its layers as PSD or OpenRaster, or with its text as PDF or SVG; says what other "
        "programs will see differently.",
        implementation="core.image.document_out:export_document",
        outputs={"file": "file", "info": "data"},
        lane=Lane.INTERACTIVE,
        icon="image-up",
        hidden=True,
    )
)
class ExportDocument(Operation, frozen=True, kw_only=True):
    """``info`` is ``{"notes": [...]}``."""

    document: Annotated[DocumentInput, Meta(title="Document")]
    format: Annotated[Literal["psd", "ora", "pdf", "svg"], Meta(title="Format")] = "psd"
    to_srgb: Annotated[
        bool, Meta(title="Convert to sRGB", description="Always done but for PSD, which can keep a profile.")
    ] = False
    artboards: Annotated[bool, Meta(title="Artboards", description="Each artboard is a page of its own, in a PDF.")] = (
        False
    )
    depth: Annotated[
        Literal[0, 8, 16, 32],
        Meta(title="Bits a channel", description="Of a PSD: 8 or 16. 0: as many as the document has."),
    ] = 8


@operation(
    OperationInfo(
        name="image.render_document",
        version=1,
        title="Compose document",
        intent="flatten, merge, render, compose, layers",
        help="Composes all visible layers of an image document into one picture.",
        implementation="core.image.exchange:render_document",
        outputs={"image": "image"},
        lane=Lane.INTERACTIVE,
        icon="layers",
        hidden=True,
    )
)
class RenderDocument(Operation, frozen=True, kw_only=True):
    """``width`` or ``height``, where given, take the place of ``scale`` and keep the proportions."""

    document: Annotated[DocumentInput, Meta(title="Document")]
    scale: Annotated[
        float, Meta(gt=0, le=16, title="Scale", description="1 is the document's own size.", extra={"step": 0.1})
    ] = 1.0
    width: Annotated[int, Meta(ge=1, le=30_000, title="Width", extra={"unit": "px"})] | None = None
    height: Annotated[int, Meta(ge=1, le=30_000, title="Height", extra={"unit": "px"})] | None = None
    depth: Annotated[
        Literal[0, 8, 16, 32], Meta(title="Bits a channel", description="0: as many as the document has.")
    ] = 8


@operation(
    OperationInfo(
        name="image.remove_background",
        version=1,
        title="Remove background",
        intent="cut out, isolate, transparent, cutout, knock out, product, mask, select subject, matting",
        help="Finds the main subject and makes everything else transparent. Colours along the edge are cleaned of "
        "the old background.",
        implementation="core.image.background:remove_background",
        outputs={"image": "image", "mask": "mask"},
        models=("isnet",),
        icon="scissors",
        group=Group.RETOUCH,
    )
)
class RemoveBackground(Operation, frozen=True, kw_only=True):
    """Cut the subject out with ISNet, a guided filter and foreground estimation."""

    image: Annotated[ImageInput, Meta(title="Picture")]
    refine: Annotated[
        float,
        Meta(
            ge=0,
            le=100,
            title="Refine edge",
            description="How closely the edge follows hair, threads and other fine detail of the picture.",
            extra={"unit": "%", "step": 1},
        ),
    ] = 50.0
    edge: Annotated[
        float,
        Meta(
            ge=-50,
            le=50,
            title="Shift edge",
            description="Moves the edge inwards (−) or outwards (+).",
            extra={"unit": "px", "step": 0.5},
        ),
    ] = 0.0
    feather: Annotated[
        float, Meta(ge=0, le=100, title="Feather", description="Softens the edge.", extra={"unit": "px", "step": 0.5})
    ] = 0.0
    clean_colours: Annotated[
        bool,
        Meta(title="Clean edge colours", description="Takes the old background's colour out of half-covered pixels."),
    ] = True


@operation(
    OperationInfo(
        name="image.upscale",
        version=1,
        title="Enlarge",
        intent="upscale, super resolution, make it bigger, 2x, 4x, sharpen, print size, enhance",
        help="Makes a picture two or four times as large and draws finer edges than plain scaling can.",
        implementation="core.image.upscaling:upscale",
        outputs={"image": "image"},
        models=("waifu2x-photo", "waifu2x-art"),
        icon="scaling",
    )
)
class Upscale(Operation, frozen=True, kw_only=True):
    """waifu2x (upconv 7), tile by tile."""

    image: Annotated[ImageInput, Meta(title="Picture")]
    scale: Annotated[Literal[2, 4], Meta(title="Scale", extra={"unit": "×"})] = 2
    model: Annotated[
        Literal["photo", "art"], Meta(title="Kind of picture", description="Art suits drawings, logos and flat colour.")
    ] = "photo"
    noise: Annotated[
        Literal["none", "low", "medium", "high", "highest"],
        Meta(title="Remove noise", description="Takes grain and JPEG traces out while enlarging."),
    ] = "none"


@operation(
    OperationInfo(
        name="image.denoise",
        version=1,
        title="Remove noise",
        intent="denoise, grain, clean, smooth, iso, low light",
        help="Takes grain and sensor noise out of a picture and keeps its edges.",
        implementation="core.image.denoising:denoise",
        outputs={"image": "image"},
        icon="sparkles",
    )
)
class Denoise(Operation, frozen=True, kw_only=True):
    """Open Image Denoise on sRGB values, mixed with the original by strength."""

    image: Annotated[ImageInput, Meta(title="Picture")]
    strength: Strength = 100.0


@operation(
    OperationInfo(
        name="image.colour_transfer",
        version=1,
        title="Match colours",
        intent="colour transfer, color match, look, grade like, reference, palette transfer, mood",
        help="Gives a picture the colours of another one.",
        implementation="core.image.colour_transfer:colour_transfer",
        outputs={"image": "image"},
        icon="pipette",
        group=Group.LIGHT,
    )
)
class ColourTransfer(Operation, frozen=True, kw_only=True):
    """Sliced optimal transport between the colour distributions in OKLab, applied as a smooth colour table."""

    image: Annotated[ImageInput, Meta(title="Picture")]
    reference: Annotated[ImageInput, Meta(title="Reference", description="The picture whose colours are wanted.")]
    strength: Strength = 100.0
    keep_lightness: Annotated[bool, Meta(title="Keep lightness", description="Takes over hue and saturation only.")] = (
        False
    )
    seed: Seed = 0


@operation(
    OperationInfo(
        name="image.palette",
        version=1,
        title="Find palette",
        intent="palette, swatches, colours, harmony, complementary, contrast, wcag, brand colours",
        help="Finds a picture's main colours, colours in harmony with them, and which pairs are readable together.",
        implementation="core.image.palette:palette",
        outputs={"image": "image", "data": "data"},
        lane=Lane.INTERACTIVE,
        icon="palette",
        group=Group.ANALYSE,
    )
)
class Palette(Operation, frozen=True, kw_only=True):
    """k-means in OKLab. ``data`` is the JSON of :class:`core.image.palette.PaletteData`; ``image`` shows swatches."""

    image: Annotated[ImageInput, Meta(title="Picture")]
    colours: Annotated[int, Meta(ge=3, le=12, title="Colours", extra={"step": 1})] = 6
    seed: Seed = 0


@operation(
    OperationInfo(
        name="image.auto_grade",
        version=1,
        title="Auto grade",
        intent="auto, enhance, exposure, white balance, contrast, colour correction, fix, improve, levels",
        help="Corrects exposure, colour cast, contrast and saturation. Keep the result as adjustment layers to "
        "change it later.",
        implementation="core.image.grading:auto_grade",
        outputs={"image": "image", "data": "data"},
        lane=Lane.INTERACTIVE,
        icon="wand-sparkles",
        group=Group.LIGHT,
    )
)
class AutoGrade(Operation, frozen=True, kw_only=True):
    """``data`` is ``{"adjustments": [...]}``: :data:`core.documents.image.Adjustment` values, bottom layer first."""

    image: Annotated[ImageInput, Meta(title="Picture")]
    strength: Strength = 100.0
    exposure: Annotated[bool, Meta(title="Exposure")] = True
    white_balance: Annotated[bool, Meta(title="White balance")] = True
    contrast: Annotated[bool, Meta(title="Contrast")] = True
    colour: Annotated[bool, Meta(title="Saturation")] = True


@operation(
    OperationInfo(
        name="image.fill_template",
        version=1,
        title="Fill template",
        intent="template, layout, compose, ad, banner, sizes",
        help="Puts pictures into the layers of a template that are named for them, fitted and centred.",
        implementation="core.image.templates:fill_template",
        outputs={"image": "image", "document": "document"},
        lane=Lane.INTERACTIVE,
        icon="layers",
        hidden=True,
    )
)
class FillTemplate(Operation, frozen=True, kw_only=True):
    """``pictures[i]`` replaces the pixels of every raster layer named ``layers[i]``.

    A picture's transparent border is left out of account; what is left is scaled to fit the layer's box, and centred
    in it. ``document`` is the filled document as a :data:`core.values.DOCUMENT_TYPE` asset, its layers still editable;
    ``image`` is how it looks.
    """

    template: Annotated[DocumentInput, Meta(title="Template")]
    pictures: Annotated[tuple[ImageInput, ...], Meta(title="Pictures")]
    layers: Annotated[tuple[str, ...], Meta(title="Layers")]
