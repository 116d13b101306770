"""Builds ``resources/library/`` from the npm packages that are named here.

    npm pack @iconify/json@2.2.535 hero-patterns@2.1.0     (into FOLDER)
    apt-get download unicode-cldr-core                      (into FOLDER, then dpkg-deb -x … FOLDER/cldr)
    python scripts/library.py FOLDER

Wants ``node`` for the patterns, which are a script. The outcome depends on nothing but these packages: zips carry no
dates. Brands' marks, skin tones and what :mod:`core.documents.svg_drawing` cannot draw exactly are left out. It writes
the sets, their licences and their parts of the manifest.
"""

import argparse
import hashlib
import json
import re
import subprocess
import sys
import tarfile
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from core.documents import svg_drawing  # noqa: E402
from core.library.store import Element, SetFile, SetInfo, thesaurus  # noqa: E402
from core.library.words import Stems, Thesaurus, stems  # noqa: E402

RESOURCES = ROOT / "resources"
ICONIFY = "iconify-json-2.2.535.tgz"
PATTERNS = "hero-patterns-2.1.0.tgz"
CLDR = "cldr/usr/share/unicode/cldr/common"
PER_BLOCK = 48


class Chosen(NamedTuple):
    """A set to ship. ``holder`` is its copyright line, where the licence wants one; ``styles``: suffix → style."""

    prefix: str
    rank: float
    holder: str
    styles: dict[str, str]
    plain: str = "outline"
    skipped: tuple[str, ...] = ()


PH = {"fill": "fill", "duotone": "duotone"}
SETS = (
    Chosen("lucide", 0.95, "", {}),
    Chosen("tabler", 1.0, "Copyright (c) 2020-2025 Paweł Kuna", {"filled": "fill"}, skipped=("brand-",)),
    Chosen("ph", 0.9, "Copyright (c) 2022 Phosphor Icons", PH, skipped=("-thin", "-light", "-bold", "-logo")),
    Chosen("fluent-emoji-flat", 0.85, "Copyright (c) Microsoft Corporation.", {}, "colour"),
    Chosen("iconoir", 0.7, "Copyright (c) 2018 Luca Burgio", {"solid": "fill"}),
    Chosen("mdi", 0.6, "", {"outline": "outline"}, "fill"),
    Chosen("icon-park", 0.65, "", {}, "colour"),
    Chosen("icon-park-solid", 0.4, "", {}, "fill"),
    Chosen("flat-color-icons", 0.6, "Copyright (c) Icons8", {}, "colour"),
    Chosen("fluent-emoji-high-contrast", 0.5, "Copyright (c) Microsoft Corporation.", {}, "fill"),
    Chosen("circle-flags", 0.8, "Copyright (c) 2021 HatScripts", {}, "colour"),
    Chosen(
        "healthicons",
        0.4,
        "Copyright (c) 2021 Resolve to Save Lives",
        {"outline": "outline"},
        "fill",
        ("-24px", "-negative", "-negative-24px"),
    ),
    Chosen("lucide-lab", 0.5, "", {}),
    Chosen("pinhead", 0.3, "", {}, "fill"),
    Chosen("temaki", 0.3, "", {}, "fill"),
    Chosen("maki", 0.3, "", {}, "fill", ("-11", "-15")),
)
BRAND_CATEGORIES = {"Brand / Logo", "Brand", "Social Media", "Git"}
_BRANDS = """
adobe airbnb airpod airpods alipay amazon android angular ansible apple-arcade apple-music apple-pay apple-tv
apple-wallet appstore arduino artstation asana atlassian aws azure bandcamp behance bilibili bing bitbucket
blender bluesky bootstrap chrome chromecast codepen codesandbox coinbase coreos debian deezer dell deno
deviantart discord disqus docker douban dribbble dropbox drupal ebay edge-browser electron-js evernote
facebook fandango fedora figma firebase firefox flutter framer freebsd friendica ghost-blog git github gitlab
gmail gnome gnu golang google graphql hackernews huawei hulu icloud ieee imac imdb instagram invision
internet-explorer ipad iphone ipod itunes jira jquery kickstarter kotlin kubernetes lastfm laravel line-app
linkedin linux lyft macbook mastercard mastodon matrix-org medium-brand messenger meta microsoft minecraft
mint-os mongodb mozilla nintendo netflix nodejs notion-app npm nuxt odnoklassniki onedrive onenote opera
oracle origin-game outlook pandora patreon paypal pinterest playstation plex powerbi powerpoint quora react-js
reddit rust-lang safari samsung sharepoint shopify sina-weibo skype slack snapchat soundcloud spotify
stackoverflow steam-game stripe-pay svelte swift-lang symfony telegram tencent threads-app tiktok tinder
trello tumblr twitch twitter uber ubuntu unity unsplash viber vimeo visa vk vuejs vuetify wechat weibo weixin
whatsapp wikipedia wordpress xamarin xbox xing yahoo yelp youtube zend zoom-us qq tesla sketchup adidas
android-studio apple-finder apple-half apple-mac apple-shortcuts apple-swift apple-imac apple-homekit
apple-airport apple-ios apple-icloud apple-safari apple-keyboard
"""
BRANDS = set(_BRANDS.split())
TONES = ("-light", "-medium-light", "-medium", "-medium-dark", "-dark")
COUNTS = {"one", "two", "three", "four", "five", "six"}


class Names:
    """Unicode's names: of signs (with keywords) and of territories, in English and Chinese."""

    def __init__(self, folder: Path) -> None:
        self.signs = {language: self._signs(folder, language) for language in ("en", "zh")}
        self.lands = {language: self._lands(folder, language) for language in ("en", "zh")}

    @staticmethod
    def _signs(folder: Path, language: str) -> dict[str, tuple[str, list[str]]]:
        names: dict[str, str] = {}
        keywords: dict[str, list[str]] = {}
        for kind in ("annotations", "annotationsDerived"):
            for one in ElementTree.parse(folder / kind / f"{language}.xml").iter("annotation"):
                sign = one.get("cp", "").replace("\ufe0f", "")
                if one.get("type") == "tts":
                    names[sign] = one.text or ""
                else:
                    keywords[sign] = [word.strip() for word in (one.text or "").split("|")]
        return {sign: (name, keywords.get(sign, [])) for sign, name in names.items()}

    @staticmethod
    def _lands(folder: Path, language: str) -> dict[str, str]:
        tree = ElementTree.parse(folder / "main" / f"{language}.xml")
        return {one.get("type", ""): one.text or "" for one in tree.iter("territory") if one.get("alt") is None}


def is_brand(key: str) -> bool:
    """Return whether a name is, or holds, a mark of a company."""
    words = key.split("-")
    pairs = {"-".join(words[i : i + 2]) for i in range(len(words) - 1)}
    return bool(BRANDS & (set(words) | pairs)) or words[-1] == "logo"


def kinds_of(terms: set[str], name: Stems, words: Thesaurus) -> list[str]:
    """Return the categories of an element, from the terms that its name holds (more is said by longer terms)."""
    found: Counter[str] = Counter()
    for term, kinds in words.kinds.items():
        if set(term) <= terms:
            for kind in kinds - {"patterns"}:  # those are tiles that repeat, whatever else is called so
                found[kind] += 2 if set(term) <= set(name) else 1
    return [kind for kind, _ in found.most_common(3)]


def tidy(body: str) -> str:
    """Return a body with shorter numbers and without what draws nothing."""
    return re.sub(r"(\.\d{3})\d+", r"\1", body)


def chosen(data: dict[str, Any], choice: Chosen) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the icons of a set that may be shipped."""
    categories = data.get("categories", {})
    marks = {key for name in BRAND_CATEGORIES if name in categories for key in categories[name]}
    icons = data["icons"]
    for key, icon in icons.items():
        toned = any(key.endswith(tone) and key[: -len(tone)] in icons for tone in TONES)
        if icon.get("hidden") or key in marks or is_brand(key) or (toned and "emoji" in choice.prefix):
            continue
        if any(_skipped(key, part, icons) for part in choice.skipped):
            continue
        yield key, icon


def _skipped(key: str, part: str, icons: dict[str, Any]) -> bool:
    """Return whether a name has a prefix, or a suffix that makes a variant of it ("traffic-light" is none)."""
    if part.endswith("-"):
        return key.startswith(part)
    return key.endswith(part) and (part == "-logo" or key[: -len(part)] in icons)


def build(archive: tarfile.TarFile, choice: Chosen, words: Thesaurus, names: Names) -> int:
    """Write one Iconify set; return how many elements it has."""
    read = archive.extractfile(f"package/json/{choice.prefix}.json")
    assert read is not None
    data: dict[str, Any] = json.load(read)
    info = data["info"]
    others: dict[str, set[str]] = {}
    for alias, told in data.get("aliases", {}).items():
        if not set(told) - {"parent", "hidden"}:
            others.setdefault(told["parent"], set()).update(alias.split("-"))
    for category, keys in data.get("categories", {}).items():
        for key in keys:
            others.setdefault(key, set()).update(re.findall(r"[a-z]+", category.lower()))
    signs: dict[str, str] = {}
    for code, key in data.get("chars", {}).items():
        if "emoji" in choice.prefix:
            signs[key] = "".join(chr(int(part, 16)) for part in code.split("-")).replace("\ufe0f", "")
    elements: list[Element] = []
    bodies: dict[str, int] = {}
    for key, icon in chosen(data, choice):
        body = tidy(icon["body"])
        if choice.prefix == "icon-park":  # its black is an outline like any other, its blue the colour
            body = re.sub(r'"(black|#000|#000000)"', '"currentColor"', body)
        try:
            if not svg_drawing.parse(body):
                continue
        except ValueError:
            continue
        name, style = key, choice.plain
        for suffix, meant in choice.styles.items():
            if key.endswith("-" + suffix):
                name, style = key[: -len(suffix) - 1], meant
        parts = name.split("-")
        if len(parts) > 1 and (parts[-1].isdigit() or (choice.prefix.startswith("icon-park") and parts[-1] in COUNTS)):
            parts = parts[:-1]
        name, tags, chinese = " ".join(parts), set(others.get(key, ())), []
        if choice.prefix == "circle-flags":
            land = names.lands["en"].get(key.upper())
            if land is None or len(key) != 2:
                continue
            name, tags, chinese = land, {"flag", "country", key}, [names.lands["zh"][key.upper()], "国旗"]
        elif sign := signs.get(key):
            tags.update(word for part in names.signs["en"].get(sign, ("", []))[1] for word in part.split())
            title, keywords = names.signs["zh"].get(sign, ("", []))
            chinese = [title, *keywords] if title else []
        own = stems(name)
        tags = {one for tag in tags for one in stems(tag)} - set(own)
        kinds = ["flags"] if choice.prefix == "circle-flags" else kinds_of(set(own), own, words)
        slot = bodies.setdefault(body, len(bodies))
        wide, high = icon.get("width", data.get("width", 16)), icon.get("height", data.get("height", 16))
        box = (icon.get("left", 0), icon.get("top", 0), wide, high)
        row = (choice.prefix, key, name, style, " ".join(sorted(tags)), tuple(chinese), tuple(kinds), box)
        elements.append(Element(*row, slot // PER_BLOCK, slot % PER_BLOCK))
    told = SetInfo(
        choice.prefix,
        info["name"],
        info["author"]["name"],
        info["author"].get("url", ""),
        info["license"]["spdx"],
        f"licences/elements-{choice.prefix}.txt",
        bool(info.get("palette")),
        choice.rank,
    )
    write(told, elements, list(bodies), choice.holder, f"npm @iconify/json 2.2.535, json/{choice.prefix}.json")
    return len(elements)


def build_patterns(folder: Path) -> int:
    """Write the tiles of Hero Patterns."""
    unpacked = folder / "hero-patterns"
    with tarfile.open(folder / PATTERNS) as archive:
        archive.extractall(unpacked, filter="data")
    module = unpacked / "package/dist/patterns.mjs"
    module.write_bytes((unpacked / "package/dist/hero-patterns.es.js").read_bytes())
    code = (
        f"import * as all from {json.dumps(module.as_uri())};"
        "console.log(JSON.stringify(Object.fromEntries("
        "Object.entries(all).map(([k, f]) => [k, decodeURIComponent(f('#000000', 1))]))))"
    )
    run = subprocess.run(["node", "--input-type=module", "-e", code], capture_output=True, text=True, check=True)
    elements: list[Element] = []
    bodies: list[str] = []
    for key, text in sorted(json.loads(run.stdout).items()):
        match = re.search(r"<svg([^>]*)>(.*)</svg>", text, re.S)
        assert match is not None, key
        sizes = dict(re.findall(r'(width|height)="([\d.]+)"', match[1]))
        outer = dict(re.findall(r'(fill-opacity|fill-rule)="([^"]*)"', match[1]))
        body = re.sub(r"<title>.*?</title>", "", match[2]).replace("#000000", "currentColor")
        attributes = "".join(f' {name}="{value}"' for name, value in outer.items())
        body = tidy(f'<g fill="currentColor"{attributes}>{body}</g>')
        svg_drawing.parse(body)
        name = re.sub(r"([A-Z])", r" \1", key).lower()
        box = (0.0, 0.0, float(sizes["width"]), float(sizes["height"]))
        slot = len(bodies)
        bodies.append(body)
        row = ("hero-patterns", key, name, "pattern", "pattern background texture", ("图案",), ("patterns",), box)
        elements.append(Element(*row, slot // PER_BLOCK, slot % PER_BLOCK))
    link = "https://heropatterns.com"
    told = SetInfo(
        "hero-patterns",
        "Hero Patterns",
        "Steve Schoger",
        link,
        "MIT",
        "licences/elements-hero-patterns.txt",
        False,
        0.9,
    )
    write(told, elements, bodies, "Copyright (c) 2016 Alec Lomas", "npm hero-patterns 2.1.0, dist/")
    return len(elements)


def write(told: SetInfo, elements: list[Element], bodies: list[str], holder: str, origin: str) -> None:
    """Write a set's file, licence and part of the manifest."""
    blocks = {
        f"bodies/{start // PER_BLOCK}.json": bodies[start : start + PER_BLOCK]
        for start in range(0, len(bodies), PER_BLOCK)
    }
    rows = [tuple(element)[1:] for element in elements]
    assert SetFile(told, []).set is told
    index = {"set": {name: getattr(told, name) for name in told.__struct_fields__}, "elements": rows}
    pack(RESOURCES / "library" / f"{told.id}.zip", {"index.json": index, **blocks})
    (RESOURCES / told.licence_file).write_text(licence_text(told, holder), encoding="utf-8")
    title = f"{told.title} ({len(elements):,} design elements)"
    enlist(f"library-{told.id}", title, told.author, origin, told.licence, told.licence_file, f"{told.id}.zip")


def pack(file: Path, members: dict[str, Any]) -> None:
    """Write values as JSON into a zip without dates."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, value in members.items():
            text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), text, zipfile.ZIP_DEFLATED, 9)


def licence_text(told: SetInfo, holder: str) -> str:
    """Return the text of a set's licence with its copyright line."""
    head = f"{told.title}, by {told.author} ({told.link})\n\n"
    if told.licence == "ISC":
        return head + (RESOURCES / "licences/lucide.txt").read_text(encoding="utf-8")
    if told.licence == "MIT":
        body = (RESOURCES / "licences/waifu2x.txt").read_text(encoding="utf-8")
        start = body.index("Permission is hereby granted")
        end = body.index("SOFTWARE.", start) + len("SOFTWARE.")
        return f"{head}MIT License\n\n{holder}\n\n{body[start:end]}\n"
    return head + Path("/usr/share/common-licenses", told.licence).read_text(encoding="utf-8")


def enlist(name: str, title: str, author: str, origin: str, licence: str, licence_file: str, file: str) -> None:
    """Put a part into the manifest, in place of the one of that name."""
    path = RESOURCES / "manifest.toml"
    text = path.read_text(encoding="utf-8")
    digest = hashlib.sha256((RESOURCES / "library" / file).read_bytes()).hexdigest()
    values = {
        "name": name,
        "kind": "elements",
        "title": title,
        "author": author,
        "origin": origin,
        "licence": licence,
        "licence_file": licence_file,
        "folder": "library",
    }
    lines = "".join(f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in values.items())
    block = f'[[part]]\n{lines}[part.files]\n"{file}" = "{digest}"\n'
    old = re.compile(rf'\[\[part\]\]\nname = "{re.escape(name)}"\n(?:(?!\[\[part\]\]).)*', re.S)
    text = old.sub("", text).rstrip("\n") + "\n\n" + block
    path.write_text(text, encoding="utf-8")


def build_words(folder: Path, names: Names) -> int:
    """Write Unicode's short names of signs in both languages; the thesaurus reads them."""
    concepts = []
    for sign, (english, _) in sorted(names.signs["en"].items()):
        title, keywords = names.signs["zh"].get(sign, ("", []))
        if title and len(stems(english)) <= 2 and ":" not in english:
            concepts.append([english, title, [word for word in keywords if word != title]])
    for code, land in sorted(names.lands["en"].items()):
        if code.isalpha() and code in names.lands["zh"]:
            concepts.append([land, names.lands["zh"][code], []])
    pack(RESOURCES / "library/words.zip", {"words.json": {"concepts": concepts}})
    notice = (folder / "cldr/usr/share/doc/unicode-cldr-core/copyright").read_text(encoding="utf-8")
    end = notice.find("\nFiles:", notice.index("Files:") + 1)
    (RESOURCES / "licences/elements-words.txt").write_text(notice[: end if end > 0 else None], encoding="utf-8")
    enlist(
        "library-words",
        "Names of emoji and countries in English and Chinese",
        "Unicode, Inc.",
        "Unicode CLDR 41 (Debian unicode-cldr-core 41-0.1), annotations and territories",
        "Unicode-DFS-2016",
        "licences/elements-words.txt",
        "words.zip",
    )
    return len(concepts)


def main() -> None:
    """Build everything."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    folder: Path = parser.parse_args().folder
    (RESOURCES / "library").mkdir(exist_ok=True)
    names = Names(folder / CLDR)
    print(f"words: {build_words(folder, names)}")
    words = thesaurus()
    total = 0
    with tarfile.open(folder / ICONIFY) as archive:
        for choice in SETS:
            count = build(archive, choice, words, names)
            total += count
            print(f"{choice.prefix}: {count}")
    count = build_patterns(folder)
    size = sum(file.stat().st_size for file in (RESOURCES / "library").iterdir())
    print(f"hero-patterns: {count}\n{total + count:,} elements, {size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
