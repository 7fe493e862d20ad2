from __future__ import annotations

import io
import os
import stat
import struct
import zipfile
from pathlib import Path

import pytest

from autograder.classroom import handed_in
from autograder.classroom.handed_in import gather
from autograder.errors import AutograderError

NOTEBOOK = b'{"cells": []}'


def zipped(path: Path, files: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


def paths(gathered: handed_in.Gathered) -> list[str]:
    return [str(item.path) for item in gathered.notebooks]


def test_a_file_keeps_the_path_it_was_named_by(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("alice").mkdir()
    Path("alice/a.ipynb").write_bytes(NOTEBOOK)
    found = gather(Path("alice/a.ipynb"))
    assert [(str(item.path), item.data, item.named) for item in found.notebooks] == [("alice/a.ipynb", NOTEBOOK, True)]


def test_a_folder_gives_its_notebooks_and_names_folders_without_one(tmp_path: Path) -> None:
    for name in ("alice/x.ipynb", "alice/.ipynb_checkpoints/x.ipynb", "__MACOSX/._x.ipynb", "bob/x.py", "c.IPYNB"):
        (tmp_path / name).parent.mkdir(exist_ok=True, parents=True)
        (tmp_path / name).write_bytes(NOTEBOOK)
    found = gather(tmp_path)
    assert paths(found) == ["alice/x.ipynb", "c.IPYNB"]
    assert found.folders_without == ("bob",)


@pytest.mark.skipif(os.name != "posix", reason="links need a right of their own on Windows")
def test_links_in_folders_are_passed_over_and_said(tmp_path: Path) -> None:
    (tmp_path / "secret.ipynb").write_bytes(NOTEBOOK)
    folder = tmp_path / "class"
    (folder / "mallory").mkdir(parents=True)
    (folder / "mallory" / "x.ipynb").symlink_to(tmp_path / "secret.ipynb")
    (folder / "eve").symlink_to(tmp_path)
    found = gather(folder)
    assert paths(found) == []
    assert len(found.problems) == 2
    assert all("is a link" in problem for problem in found.problems)


def test_a_zip_gives_its_notebooks(tmp_path: Path) -> None:
    files = {"hw/alice/x.ipynb": NOTEBOOK, "hw/bob/readme.txt": b"", "__MACOSX/hw/._x.ipynb": b"", "hw/.x.ipynb": b""}
    found = gather(zipped(tmp_path / "all.zip", files))
    assert paths(found) == ["hw/alice/x.ipynb"]


def test_a_zip_names_folders_without_a_notebook(tmp_path: Path) -> None:
    found = gather(zipped(tmp_path / "all.zip", {"alice/x.ipynb": NOTEBOOK, "bob/x.pdf": b"%PDF"}))
    assert found.folders_without == ("bob",)


@pytest.mark.parametrize(
    "name", ["../evil.ipynb", "/etc/evil.ipynb", "a/../../evil.ipynb", "..\\evil.ipynb", "C:\\evil.ipynb"]
)
def test_paths_that_leave_the_zip_are_refused(tmp_path: Path, name: str) -> None:
    found = gather(zipped(tmp_path / "all.zip", {name: NOTEBOOK, "alice.ipynb": NOTEBOOK}))
    assert paths(found) == ["alice.ipynb"]
    assert "outside the zip" in found.problems[0]


def test_links_in_a_zip_are_refused(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("mallory.ipynb")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.writestr(link, "/etc/passwd")
    found = gather(tmp_path / "all.zip")
    assert paths(found) == []
    assert "is a link" in found.problems[0]


def test_a_zip_bomb_is_cut_off_whatever_size_it_claims(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(handed_in, "MAX_BYTES", 1000)
    path = zipped(tmp_path / "bomb.zip", {"eve.ipynb": b"\x00" * 5_000_000, "alice.ipynb": NOTEBOOK})
    found = gather(path)
    assert paths(found) == ["alice.ipynb"]
    assert "eve.ipynb has 5 MB" in found.problems[0]


def test_the_whole_of_a_zip_is_bounded_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(handed_in, "MAX_TOTAL", 100)
    with pytest.raises(AutograderError, match="unpacks to more than"):
        gather(zipped(tmp_path / "all.zip", {f"{i}.ipynb": b"x" * 60 for i in range(3)}))


def test_the_number_of_files_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(handed_in, "MAX_FILES", 2)
    files = {f"{i}.ipynb": NOTEBOOK for i in range(3)}
    with pytest.raises(AutograderError, match="at most 2"):
        gather(zipped(tmp_path / "all.zip", files))
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    with pytest.raises(AutograderError, match="more than 2"):
        gather(tmp_path)


def test_a_damaged_member_comes_in_empty_and_the_others_whole(tmp_path: Path) -> None:
    path = zipped(tmp_path / "all.zip", {"alice.ipynb": b"a" * 4000, "bob.ipynb": NOTEBOOK})
    data = bytearray(path.read_bytes())
    name_length, extra_length = struct.unpack("<HH", data[26:30])
    data[30 + name_length + extra_length + 2] ^= 0xFF
    path.write_bytes(bytes(data))
    found = {str(item.path): item.data for item in gather(path).notebooks}
    assert found == {"alice.ipynb": b"", "bob.ipynb": NOTEBOOK}


def test_an_encrypted_member_is_said(tmp_path: Path) -> None:
    path = zipped(tmp_path / "all.zip", {"alice.ipynb": NOTEBOOK})
    data = bytearray(path.read_bytes())
    central = data.index(b"PK\x01\x02")
    data[6] |= 1
    data[central + 8] |= 1
    path.write_bytes(bytes(data))
    assert "without a password" in gather(path).problems[0]


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("none", None, "There is no file"),
        ("x.pdf", b"%PDF", "no notebook"),
        ("x.zip", b"PK no zip", "no notebook"),
    ],
)
def test_what_cannot_be_taken_is_said(tmp_path: Path, name: str, data: bytes | None, said: str) -> None:
    if data is not None:
        (tmp_path / name).write_bytes(data)
    with pytest.raises(AutograderError, match=said):
        gather(tmp_path / name)


def test_a_broken_zip_is_said(tmp_path: Path) -> None:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        archive.writestr("alice.ipynb", NOTEBOOK)
    data = bytearray(whole.getvalue())
    data[data.index(b"PK\x01\x02") :][:4] = b"XXXX"
    broken = bytes(data).replace(b"PK\x01\x02", b"XXXX")
    (tmp_path / "x.zip").write_bytes(broken)
    with pytest.raises(AutograderError, match="damaged"):
        gather(tmp_path / "x.zip")


def test_a_file_that_is_too_large_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(handed_in, "MAX_BYTES", 10)
    (tmp_path / "a.ipynb").write_bytes(b"x" * 11)
    assert "clear them" in gather(tmp_path / "a.ipynb").problems[0]
    assert "clear them" in gather(tmp_path).problems[0]


def test_what_one_folder_may_hold_is_bounded_and_the_others_are_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handed_in, "MAX_OWN_FILES", 3)
    monkeypatch.setattr(handed_in, "MAX_OWN_TOTAL", 100)
    files = {f"hw/eve/{i:02}.ipynb": NOTEBOOK for i in range(30)}
    files |= {f"hw/mallory/{i}.ipynb": b"x" * 60 for i in range(2)} | {"hw/zoe/x.ipynb": NOTEBOOK}
    found = gather(zipped(tmp_path / "all.zip", files))
    assert paths(found) == ["hw/eve/00.ipynb", "hw/eve/01.ipynb", "hw/eve/02.ipynb", "hw/mallory/0.ipynb",
                            "hw/zoe/x.ipynb"]  # fmt: skip
    assert "hw/mallory/1.ipynb was passed over: there are more than 3 notebooks or 0 MB in one folder." in "\n".join(
        found.problems
    )
    assert found.problems[-1] == "all.zip: eve: 17 more files were passed over."
    assert len(found.problems) == 12


def test_what_is_packed_like_a_bomb_is_passed_over(tmp_path: Path) -> None:
    found = gather(zipped(tmp_path / "all.zip", {"eve.ipynb": bytes(6_000_000), "alice.ipynb": NOTEBOOK}))
    assert paths(found) == ["alice.ipynb"]
    assert "unpacks from 6 kB to 6 MB" in found.problems[0]


def test_deep_paths_and_unusual_packing_are_passed_over(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.writestr("d/" * 40 + "x.ipynb", NOTEBOOK)
        archive.writestr("bob.ipynb", NOTEBOOK, compress_type=zipfile.ZIP_LZMA)
        archive.writestr("alice.ipynb", NOTEBOOK)
    found = gather(tmp_path / "all.zip")
    assert paths(found) == ["alice.ipynb"]
    assert "too long a path" in found.problems[0]
    assert "unusual way" in found.problems[1]


@pytest.mark.skipif(os.name != "posix", reason="links need a right of their own on Windows")
def test_a_link_that_is_named_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(NOTEBOOK)
    (tmp_path / "alice.ipynb").symlink_to(tmp_path / "secret")
    assert gather(tmp_path / "alice.ipynb").notebooks == ()
    assert "no ordinary file" in gather(tmp_path / "alice.ipynb").problems[0]
