"""What ships is what the manifest says, and the light side of the house stays light."""

import hashlib
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
RESOURCES = ROOT / "resources"
BINARY_FOLDERS = ("fonts", "icons", "library", "looks", "models", "samples", "sounds", "profiles")
HEAVY = ("torch", "cv2", "av", "transformers", "diffusers", "onnxruntime", "ncnn", "numba", "PIL", "oidn", "pymatting")


def parts() -> list[dict[str, Any]]:
    return tomllib.loads((RESOURCES / "manifest.toml").read_text(encoding="utf-8"))["part"]  # type: ignore[no-any-return]


def test_every_shipped_file_is_in_the_manifest_with_its_hash() -> None:
    listed = {
        Path(part["folder"]) / name: digest
        for part in parts()
        if "package" not in part
        for name, digest in part["files"].items()
    }
    present = {
        file.relative_to(RESOURCES): file
        for folder in BINARY_FOLDERS
        for file in (RESOURCES / folder).rglob("*")
        if file.is_file() and not file.name.startswith(".")
    }
    assert set(present) == set(listed)
    wrong = [
        str(name) for name, file in present.items() if hashlib.sha256(file.read_bytes()).hexdigest() != listed[name]
    ]
    assert not wrong


@pytest.mark.parametrize("part", parts(), ids=lambda part: part["name"])
def test_every_part_has_an_origin_and_a_licence_with_its_text(part: dict[str, Any]) -> None:
    assert part["origin"] and part["licence"]
    assert len((RESOURCES / part["licence_file"]).read_text(encoding="utf-8")) > 200


def test_the_parts_together_stay_small() -> None:
    size = sum(file.stat().st_size for file in RESOURCES.rglob("*") if file.is_file())
    assert size < 150_000_000


@pytest.mark.parametrize(
    "statement",
    [
        "from core.operations.base import all_operations, fields; [fields(c) for c in all_operations().values()]",
        "import core.documents.image, core.project.project",
        "import desktop.window, desktop.session, desktop.welcome",
    ],
)
def test_the_light_side_imports_nothing_heavy(statement: str) -> None:
    code = f"{statement}\nimport sys; print([m for m in {HEAVY!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.stdout.strip() == "[]", done.stdout + done.stderr
