"""Zips that are broken, encrypted, packed in unusual ways, cut off, or no zips at all."""

import io
import tarfile
import zipfile
from pathlib import Path

from tests.attacks.attack import Drill
from tests.attacks.harm._collected import CLASSMATES, desk, hand_over
from tests.attacks.harness import Arena
from tests.attacks.lesson import NAME


def _member(archive: zipfile.ZipFile, method: int) -> None:
    archive.writestr(f"mallory/{NAME}.ipynb", b"packed " * 100, compress_type=method)


def _flagged(path: Path, place: int, value: int) -> Path:
    """Mallory's member, with a field of both its headers changed."""
    data = bytearray(path.read_bytes())
    name = f"mallory/{NAME}".encode()
    first = data.index(name)
    data[first - 30 + place] = value
    data[data.index(name, first + 1) - 46 + place + 2] = value
    path.write_bytes(bytes(data))
    return path


def run(arena: Arena) -> list[str]:
    """One member is odd: the others are taken. The whole is odd: one sentence says so."""
    problems = []
    for way in ("bzip2", "lzma", "encrypted", "unknown method", "damaged"):
        with desk() as made:
            method = {"bzip2": zipfile.ZIP_BZIP2, "lzma": zipfile.ZIP_LZMA}.get(way, zipfile.ZIP_DEFLATED)
            path = made.zip(lambda archive, method=method: _member(archive, method))  # type: ignore[misc]
            if way == "encrypted":
                _flagged(path, 6, 1)
            if way == "unknown method":
                _flagged(path, 8, 77)
            if way == "damaged":
                data = bytearray(path.read_bytes())
                start = data.index(f"mallory/{NAME}.ipynb".encode()) + len(f"mallory/{NAME}.ipynb")
                data[start : start + 8] = bytes(8)
                path.write_bytes(bytes(data))
            outcome = hand_over(made, [path])
            problems += [f"{way}: {problem}" for problem in outcome.problems]
            if "mallory" not in outcome.said:
                problems.append(f"{way}: nothing is said of it")
    with desk() as made:
        whole = made.zip(lambda archive: None).read_bytes()
        tar = io.BytesIO()
        with tarfile.open(fileobj=tar, mode="w:gz") as archive:
            link = tarfile.TarInfo(f"mallory/{NAME}.ipynb")
            link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
            archive.addfile(link)
        odd = {
            "cut.zip": whole[:-30], "middle.zip": whole[: len(whole) // 2], "no.zip": b"PK\x05\x06" + bytes(18),
            "text.zip": b"hello", "empty.zip": b"", "end.zip": b"PK\x05\x06" + b"\xff" * 18,
            "class.tar.gz": tar.getvalue(), "class.tar": tar.getvalue(), "class.7z": b"7z\xbc\xaf\x27\x1c",
        }  # fmt: skip
        for name, data in odd.items():
            outcome = hand_over(made, [made.put(name, data)], others={})
            problems += [f"{name}: {problem}" for problem in outcome.problems]
            # Receipts would be lines, too.
            if made.students() or "\n" in outcome.said or (not outcome.said and name != "no.zip"):
                problems.append(f"{name}: {made.students()} taken, said: {outcome.said[:200]!r}")
        made.put("plain.zip", whole)
        problems += hand_over(made, [made.incoming / "plain.zip"], CLASSMATES).problems
    return problems


DRILL = Drill("broken, encrypted and unusual archives", run, "passed over, or refused in one sentence")
