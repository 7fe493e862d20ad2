"""A cache of its own for each test, and resources in miniature."""

from __future__ import annotations

import hashlib
import io
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from course.resources.registry import Resource

TEXTS = {"a.txt": b"alpha\n", "b.txt": b"beta\n"}


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache."""
    folder = tmp_path / "cache"
    monkeypatch.setenv("LLM_FROM_ZERO_CACHE", str(folder))
    return folder


@pytest.fixture
def make_record() -> Callable[..., Resource]:
    """A resource of two small files."""

    def make(**changes: object) -> Resource:
        values: dict[str, object] = {
            "name": "tiny",
            "title": "two words",
            "licence": "MIT",
            "source": "https://example.org",
            "citation": "@misc{tiny}",
            "requirement": "tinypackage==1.0",
            "folder": "tinypackage/data",
            "files": {name: hashlib.sha256(text).hexdigest() for name, text in TEXTS.items()},
        }
        return Resource(**{**values, **changes})  # type: ignore[arg-type]

    return make


@pytest.fixture
def make_wheel() -> Callable[..., Path]:
    """The wheel that a package index would send."""

    def make(folder: Path, texts: dict[str, bytes] | None = None) -> Path:
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / "tinypackage-1.0-py3-none-any.whl"
        with zipfile.ZipFile(path, "w") as wheel:
            for name, text in (texts or TEXTS).items():
                wheel.writestr(f"tinypackage/data/{name}", text)
            wheel.writestr(
                "tinypackage-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: tinypackage\nVersion: 1.0\n"
            )
            wheel.writestr(
                "tinypackage-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
            )
            wheel.writestr("tinypackage-1.0.dist-info/RECORD", "")
        return path

    return make


@pytest.fixture
def make_sdist() -> Callable[..., Path]:
    """A source distribution with an archive inside, as the reviews come."""

    def make(folder: Path) -> Path:
        folder.mkdir(parents=True, exist_ok=True)
        inner = io.BytesIO()
        with tarfile.open(fileobj=inner, mode="w:gz") as tar:
            for name, text in TEXTS.items():
                _add(tar, f"data/{name}", text)
        path = folder / "tinypackage-1.0.tar.gz"
        with tarfile.open(path, "w:gz") as tar:
            _add(tar, "tinypackage-1.0/inner.tar.gz", inner.getvalue())
            _add(tar, "../../escape.txt", b"never unpacked")
        return path

    return make


def _add(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size = len(content)
    tar.addfile(member, io.BytesIO(content))
