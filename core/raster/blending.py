"""Blending one surface onto another, in skia's own modes or in those that skia lacks, as small programs for it.

The general formula is that of *Compositing and Blending Level 1* (W3C, §10): where source and backdrop overlap, the
blended colour shows; elsewhere each shows as it is. The functions are Adobe's and ISO 32000-2's in words (*linear
burn*, *vivid*, *linear* and *pin light*, *hard mix*, *subtract*, *divide*), as Krita writes them down; the darker and
lighter colour are chosen by the luma of ISO 32000-2 §11.3.5.3.
"""

import struct
from functools import lru_cache

import skia

from core.documents.image_values import BlendMode
from core.raster.surfaces import Scratch

SKIA = {
    BlendMode.NORMAL: skia.BlendMode.kSrcOver,
    BlendMode.MULTIPLY: skia.BlendMode.kMultiply,
    BlendMode.SCREEN: skia.BlendMode.kScreen,
    BlendMode.OVERLAY: skia.BlendMode.kOverlay,
    BlendMode.DARKEN: skia.BlendMode.kDarken,
    BlendMode.LIGHTEN: skia.BlendMode.kLighten,
    BlendMode.COLOUR_DODGE: skia.BlendMode.kColorDodge,
    BlendMode.COLOUR_BURN: skia.BlendMode.kColorBurn,
    BlendMode.HARD_LIGHT: skia.BlendMode.kHardLight,
    BlendMode.SOFT_LIGHT: skia.BlendMode.kSoftLight,
    BlendMode.DIFFERENCE: skia.BlendMode.kDifference,
    BlendMode.EXCLUSION: skia.BlendMode.kExclusion,
    BlendMode.HUE: skia.BlendMode.kHue,
    BlendMode.SATURATION: skia.BlendMode.kSaturation,
    BlendMode.COLOUR: skia.BlendMode.kColor,
    BlendMode.LUMINOSITY: skia.BlendMode.kLuminosity,
    BlendMode.LINEAR_DODGE: skia.BlendMode.kPlus,
}
"""What skia can do by itself."""

# b is the backdrop's straight colour, s the source's. Comparisons leave 1e-5 for what float32 adds to equal values.
_PROGRAMS = {
    BlendMode.LINEAR_BURN: "return max(b + s - 1, 0);",
    BlendMode.LINEAR_LIGHT: "return clamp(b + 2 * s - 1, 0, 1);",
    BlendMode.SUBTRACT: "return max(b - s, 0);",
    BlendMode.PIN_LIGHT: "return min(max(b, 2 * s - 1), 2 * s);",
    BlendMode.HARD_MIX: "return step(half3(1 - 1e-5), b + s);",
    BlendMode.DIVIDE: "return quotient(b, s);",
    BlendMode.VIVID_LIGHT: "return mix(1 - quotient(1 - b, 2 * s), quotient(b, 2 - 2 * s), step(0.5, s));",
    BlendMode.DARKER_COLOUR: "return luma(s) < luma(b) - 1e-5 ? s : b;",
    BlendMode.LIGHTER_COLOUR: "return luma(s) > luma(b) + 1e-5 ? s : b;",
}

_SOURCE = """
    uniform shader backdrop;
    uniform shader source;
    uniform half opacity;
    half luma(half3 c) { return dot(c, half3(0.3, 0.59, 0.11)); }
    // Nothing by nothing is nothing, and something by nothing is full.
    half3 quotient(half3 a, half3 b) { return min(a * step(1e-6, a) / max(b, 1e-6), 1); }
    half3 blend(half3 b, half3 s) { %s }
    half3 straight(half4 c) { return c.a > 0 ? saturate(c.rgb / c.a) : half3(0); }
    half4 main(float2 at) {
        half4 b = backdrop.eval(at);
        half4 s = source.eval(at) * opacity;
        half3 both = blend(straight(b), straight(s));
        half3 colour = s.rgb * (1 - b.a) + b.rgb * (1 - s.a) + both * (b.a * s.a);
        return half4(colour, s.a + b.a * (1 - s.a));
    }
"""


def blend_onto(target: Scratch, own: Scratch, mode: BlendMode, opacity: float = 1.0) -> None:
    """Blend ``own`` onto ``target`` (which is not ``own``), within the target's clip."""
    if mode in SKIA:
        target.canvas.drawImage(own.image, 0, 0, _NEAREST, skia.Paint(BlendMode=SKIA[mode], Alphaf=opacity))
    else:
        shaders = [image.makeShader(_CLAMP, _CLAMP, _NEAREST) for image in (target.image, own.image)]
        children = skia.VectorRuntimeEffectChildPtr([skia.RuntimeEffectChildPtr(shader) for shader in shaders])
        uniforms = skia.Data.MakeWithCopy(struct.pack("f", opacity))
        shader = _program(mode).makeShader(uniforms, skia.SpanRuntimeEffectChildPtr(children))
        # The program reads the backdrop itself, each pixel only its own: see Scratch.
        target.canvas.drawPaint(skia.Paint(Shader=shader, BlendMode=skia.BlendMode.kSrc))
    target.empty = False


_NEAREST = skia.SamplingOptions()
_CLAMP = skia.TileMode.kClamp


@lru_cache(maxsize=len(_PROGRAMS))
def _program(mode: BlendMode) -> "skia.RuntimeEffect":
    return skia.RuntimeEffect.MakeForShader(_SOURCE % _PROGRAMS[mode])
