"""The private folder: what it takes up, and that it goes whatever was put into it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from autograder.sandbox import make_room, remove_tree
from autograder.sandbox.room import usage, variables

MANY = 10**9


def test_usage_counts_space_and_entries(tmp_path):
    make_room(tmp_path)
    assert usage(tmp_path, MANY, 3) == ""
    assert usage(tmp_path, MANY, 2) == "files"
    (tmp_path / "work" / "data").write_bytes(b"x" * 1_000_000)
    assert usage(tmp_path, 999_999, 10) == "disk"
    assert usage(tmp_path, 1_100_000, 10) == ""
    with open(tmp_path / "work" / "hole", "wb") as file:
        file.truncate(10**9)
    assert usage(tmp_path, 1_100_000, 10) == ""


def test_usage_follows_no_link(tmp_path):
    (tmp_path / "room").mkdir()
    (tmp_path / "big").write_bytes(b"x" * 1_000_000)
    (tmp_path / "room" / "link").symlink_to(tmp_path / "big")
    (tmp_path / "room" / "loop").symlink_to(tmp_path / "room")
    assert usage(tmp_path / "room", 100_000, 10) == ""


def test_usage_of_a_folder_that_goes_meanwhile_is_nothing(tmp_path):
    assert usage(tmp_path / "gone", 0, 0) == ""


def test_a_tree_deeper_than_any_path_goes(tmp_path):
    room = tmp_path / "room"
    room.mkdir()
    here = os.getcwd()
    try:
        os.chdir(room)
        for _ in range(3000):
            os.mkdir("d")
            Path("file").write_text("x")
            os.chdir("d")
    finally:
        os.chdir(here)
    assert usage(room, MANY, MANY) == "files"  # too deep to be walked
    remove_tree(room)
    assert not room.exists()


def test_links_are_removed_and_not_followed(tmp_path):
    (tmp_path / "precious").mkdir()
    (tmp_path / "precious" / "file").write_text("x")
    room = tmp_path / "room"
    room.mkdir()
    (room / "link").symlink_to(tmp_path / "precious")
    (room / "inner").mkdir()
    (room / "inner" / "link").symlink_to(tmp_path / "precious")
    (room / "inner" / "deeper").mkdir()
    (room / "inner" / "deeper" / "link").symlink_to(tmp_path / "precious" / "file")
    remove_tree(room)
    assert not room.exists()
    assert (tmp_path / "precious" / "file").read_text() == "x"


def test_closed_folders_and_odd_names_go(tmp_path):
    room = tmp_path / "room"
    (room / "shut" / "inner" / "deep").mkdir(parents=True)
    os.mkfifo(room / "shut" / "pipe")
    for name in ("-rf", "new\nline", "\udcff", "x" * 255, ".0.1"):
        (room / "shut" / name).mkdir()
    for place in (room / "shut" / "inner" / "deep", room / "shut" / "inner", room / "shut", room):
        place.chmod(0)
    room.chmod(0o700)
    remove_tree(room)
    assert not room.exists()
    remove_tree(room)  # twice does no harm


def test_a_link_instead_of_the_folder_is_refused(tmp_path):
    (tmp_path / "precious").mkdir()
    (tmp_path / "precious" / "file").write_text("x")
    (tmp_path / "room").symlink_to(tmp_path / "precious")
    with pytest.raises(OSError, match="room"):
        remove_tree(tmp_path / "room")
    assert (tmp_path / "precious" / "file").exists()


def test_further_variables_come_last(tmp_path):
    found = variables(tmp_path, Path("/cache"), {"LANG": "de_DE.UTF-8", "LESSON": "05"})
    assert (found["LANG"], found["LESSON"], found["HOME"]) == ("de_DE.UTF-8", "05", str(tmp_path / "home"))
    assert found["LLM_FROM_ZERO_CACHE"] == "/cache"
