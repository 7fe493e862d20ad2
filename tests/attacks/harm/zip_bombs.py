"""Zips that unfold: by ratio, by number, by lies about size, by members over each other, in each other."""

import io
import resource
import zipfile
from pathlib import Path

from autograder.classroom import handed_in
from tests.attacks.attack import Drill
from tests.attacks.harm._collected import Desk, desk, hand_over
from tests.attacks.harness import Arena
from tests.attacks.lesson import NAME

_MOST_MIB = 400


def _zeros(archive: zipfile.ZipFile, name: str, megabytes: int) -> None:
    with archive.open(name, "w", force_zip64=True) as file:
        for _ in range(megabytes):
            file.write(bytes(1 << 20))


def _ratio(desk: Desk) -> Path:
    return desk.zip(lambda archive: _zeros(archive, f"mallory/{NAME}.ipynb", 1_000))


def _just_below(desk: Desk) -> Path:
    return desk.zip(lambda archive: _zeros(archive, f"mallory/{NAME}.ipynb", 47))


def _many(desk: Desk) -> Path:
    def fill(archive: zipfile.ZipFile) -> None:
        for number in range(handed_in.MAX_FILES + 10):
            archive.writestr(f"mallory/{number}.ipynb", b"{}")

    return desk.zip(fill)


def _many_large(desk: Desk) -> Path:
    """Each just below every measure of one file."""
    part = (b"0123456789abcdef" * 64 + bytes(10_000)) * 400

    def fill(archive: zipfile.ZipFile) -> None:
        for number in range(60):
            archive.writestr(f"mallory/{number}.ipynb", part + b"%d" % number)

    return desk.zip(fill)


def _nested(desk: Desk) -> Path:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
        _zeros(archive, f"{NAME}.ipynb", 40)
    data = inner.getvalue()
    for level in range(6):
        outer = io.BytesIO()
        with zipfile.ZipFile(outer, "w", zipfile.ZIP_DEFLATED) as archive:
            for number in range(10):
                archive.writestr(f"{level}-{number}.zip", data)
        data = outer.getvalue()
    return desk.zip(lambda archive: archive.writestr("mallory/work.zip", data))


def _lies(desk: Desk) -> Path:
    """It says that it has ten bytes."""
    path = desk.zip(lambda archive: _zeros(archive, f"mallory/{NAME}.ipynb", 100))
    data = bytearray(path.read_bytes())
    entry = data.index(f"mallory/{NAME}".encode(), data.index(b"PK\x01\x02")) - 46
    data[entry + 24 : entry + 28] = (10).to_bytes(4, "little")
    path.write_bytes(bytes(data))
    return path


def _overlapping(desk: Desk) -> Path:
    """A thousand names for the same megabytes."""
    path = desk.zip(lambda archive: _zeros(archive, "mallory/0.ipynb", 4))
    with zipfile.ZipFile(path) as archive:
        entries = archive.infolist()
    with zipfile.ZipFile(path, "a") as archive:
        for number in range(1, 1_000):
            copy = zipfile.ZipInfo(f"mallory/{number}.ipynb")
            real = entries[1]
            for name in ("header_offset", "CRC", "compress_size", "file_size", "compress_type"):
                setattr(copy, name, getattr(real, name))
            archive.filelist.append(copy)
        archive._didModify = True  # type: ignore[attr-defined]
    return path


def run(arena: Arena) -> list[str]:
    """Collect each, with honest work before and after it in the same zip."""
    problems = []
    for bomb in (_ratio, _just_below, _many, _many_large, _nested, _lies, _overlapping):
        with desk() as made:
            path = bomb(made)
            before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
            outcome = hand_over(made, [path])
            grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024
            name = bomb.__name__.strip("_")
            problems += [f"{name}: {problem}" for problem in outcome.problems]
            written = sum(file.stat().st_size for file in made.classroom.root.rglob("*") if file.is_file())
            if grown > _MOST_MIB:
                problems.append(f"{name}: it took {grown} MiB of memory")
            if written > 1_000_000:
                problems.append(f"{name}: {written:,} bytes were written")
            if "mallory" not in outcome.said:
                problems.append(f"{name}: nothing is said of it: {outcome.said[:300]}")
            if len(outcome.said) > 20_000:
                problems.append(f"{name}: {len(outcome.said):,} characters are said of it")
    return problems


DRILL = Drill("zip bombs of seven kinds in the zip of a class", run, "passed over and named; the others are taken",
              seconds=60)  # fmt: skip
