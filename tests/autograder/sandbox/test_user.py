"""Who the sealed process is."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
from pathlib import Path

import pytest

from autograder.sandbox import linux, user

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="needs root")

ORDINARY = 54321
# A host on which Python lies where everybody may read it.
OPEN_PYTHON = """
import dataclasses
from autograder.sandbox import sealing
reads = tuple(pair for pair in sealing._prepared.reads if pair[0] in ("/usr", "/etc/ld.so.cache"))
sealing._prepared = dataclasses.replace(sealing._prepared, reads=reads, closed=None)
"""
# There, grading as an ordinary user.
AS_ORDINARY_USER = OPEN_PYTHON + f"""
from autograder.sandbox import user
user.drop({ORDINARY}, reads_as_root=False)
"""


class Owned(type(Path())):  # type: ignore[misc]
    """A folder whose new folders belong to the ordinary user, as if it had made them."""

    def mkdir(self, *arguments: object, **keywords: object) -> None:
        super().mkdir(*arguments, **keywords)
        os.chown(self, ORDINARY, ORDINARY)


@pytest.fixture
def open_folder():
    """A folder that everybody may enter, as a temporary folder of root's is not."""
    folder = Path(tempfile.mkdtemp(dir="/tmp"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def who() -> dict:
    import resource

    status = dict(line.split(":\t", 1) for line in open("/proc/self/status").read().splitlines() if ":\t" in line)
    names = ("Uid", "Gid", "Groups", "CapInh", "CapPrm", "CapEff", "CapAmb", "NoNewPrivs", "Seccomp")
    Path("mine").write_text("x")
    return {
        **{name: status[name].split() for name in names},
        "become root": errno_of(os.setuid, 0),
        "become nobody": errno_of(os.setresuid, 65534, 65534, 65534),
        "groups": errno_of(os.setgroups, [0]),
        "chown": errno_of(os.chown, "mine", 0, 0),
        "owner": os.stat("mine").st_uid,
        "processes": resource.getrlimit(resource.RLIMIT_NPROC)[0],
    }


@as_root
def test_root_becomes_a_user_of_its_own_that_reads_as_root(sealed):
    first, second = sealed(who), sealed(who)
    for outcome in (first, second):
        uid = 0x70000000 + outcome.pid
        found = outcome.value
        assert found["Uid"] == found["Gid"] == [str(uid)] * 4
        assert found["Groups"] == []
        assert found["owner"] == uid
        name = outcome.layers[1]
        assert name in ("user", "user (reads as root)")
        expected = user.READING if name == "user (reads as root)" else 0
        assert {int(found[kind][0], 16) for kind in ("CapPrm", "CapEff")} == {expected}
        assert {int(found[kind][0], 16) for kind in ("CapInh", "CapAmb")} == {0}
        assert {found[key] for key in ("become root", "become nobody", "groups", "chown")} == {"EPERM"}
        assert (found["NoNewPrivs"], found["Seccomp"]) == (["1"], ["2"])
    assert first.value["Uid"] != second.value["Uid"]


@as_root
def test_where_python_is_open_no_right_is_left_at_all(sealed, open_folder):
    outcome = sealed(who, before=OPEN_PYTHON, parent_folder=open_folder)
    assert outcome.layers[1] == "user"
    assert {int(outcome.value[kind][0], 16) for kind in ("CapInh", "CapPrm", "CapEff", "CapAmb")} == {0}
    assert outcome.folder.stat().st_uid == outcome.value["owner"] == 0x70000000 + outcome.pid


@as_root
@pytest.mark.parametrize("before", ["", OPEN_PYTHON])
def test_files_of_others_keep_their_mode_and_times(sealed, open_folder, before):
    victim = open_folder / "victim.txt"
    victim.write_text("whole")
    victim.chmod(0o644)
    os.utime(victim, (1, 1))

    def change(path: str) -> dict:
        Path("mine").write_text("x")
        os.chmod("mine", 0o640)
        os.utime("mine", (5, 5))
        status = os.stat("mine")
        return {
            "mode": errno_of(os.chmod, path, 0o777),
            "times": errno_of(os.utime, path, (9, 9)),
            "owner": errno_of(os.chown, path, os.getuid(), -1),
            "own": [status.st_mode & 0o777, int(status.st_mtime)],
        }

    outcome = sealed(change, before=before, parent_folder=open_folder, path=str(victim))
    assert outcome.value == {"mode": "EPERM", "times": "EPERM", "owner": "EPERM", "own": [0o640, 5]}
    assert (victim.stat().st_mode & 0o777, victim.stat().st_mtime) == (0o644, 1)


@as_root
def test_an_ordinary_user_stays_and_what_it_owns_stays_as_it_is(sealed, open_folder):
    victim = open_folder / "gradebook.db"
    victim.write_text("whole")
    os.chown(victim, ORDINARY, ORDINARY)
    victim.chmod(0o600)
    os.utime(victim, (1, 1))

    def change(path: str) -> dict:
        import shutil

        Path("mine").write_text("x")
        shutil.copy("mine", "copy")
        Path("touched").touch()
        status = open("/proc/self/status").read().splitlines()
        return {
            "mode": errno_of(os.chmod, path, 0o777),
            "times": errno_of(os.utime, path, (9, 9)),
            "read": errno_of(open, path),
            "remove": errno_of(os.unlink, path),
            "made": sorted(os.listdir(".")),
            "rights": [int(line.split()[1], 16) for line in status if line.startswith(("CapEff", "CapPrm"))],
        }

    outcome = sealed(change, before=AS_ORDINARY_USER, parent_folder=Owned(open_folder), path=str(victim))
    found = outcome.value
    assert outcome.layers[1] == "user (the grader's own)"
    assert found["mode"] == ""  # reported, not done
    assert found["times"] == "EPERM"
    assert found["read"] == found["remove"] == "EACCES"
    assert found["made"] == ["copy", "mine", "touched"]
    assert found["rights"] == [0, 0]
    assert (outcome.folder / "work" / "mine").stat().st_uid == ORDINARY
    assert (victim.stat().st_mode & 0o777, victim.stat().st_mtime, victim.read_text()) == (0o600, 1, "whole")


@as_root
def test_an_ordinary_users_child_is_bounded_watched_and_ended(sealed, open_folder):
    def stay() -> None:
        import signal
        import threading
        import time

        signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))
        started = 0
        try:
            for _ in range(200):
                threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
                started += 1
        except RuntimeError:
            Path("started").write_text(str(started))
        with open("hidden", "wb", buffering=0) as held:
            os.unlink("hidden")
            held.write(b"x" * 30_000_000)
            time.sleep(60)

    limits = {"disk_bytes": 20_000_000, "threads": 20}
    outcome = sealed(stay, before=AS_ORDINARY_USER, parent_folder=Owned(open_folder), limits=limits)
    assert (outcome.cause, outcome.code) == ("disk", -signal.SIGKILL)
    assert int((outcome.folder / "work" / "started").read_text()) < 20


def test_numbers_fit_what_a_container_maps(monkeypatch):
    for ranges, expected in {
        ((1, 4294967294),): 0x70000000 + 5000,
        ((1, 65535),): 65535 - 5000 % 4096,
        ((1, 10),): 10 - 5000 % 10,
        ((1, 999), (100000, 65536)): 165535 - 5000 % 4096,
    }.items():
        monkeypatch.setattr(user, "_mapped", lambda ranges=ranges: ranges)
        assert user.number_for(5000) == expected
        assert any(first <= expected < first + count for first, count in ranges)
    monkeypatch.setattr(user, "_mapped", lambda: ())
    with pytest.raises(PermissionError):
        user.number_for(5000)


def test_the_map_is_read_without_root(monkeypatch):
    class Map:
        def __init__(self, path):
            self.path = path

        def read_text(self):
            return "         0       1000          1\n         1     100000      65536\n"

    user._mapped.cache_clear()
    monkeypatch.setattr(user, "Path", Map)
    assert user._mapped() == ((1, 65536),)
    user._mapped.cache_clear()
    monkeypatch.setattr(Map, "read_text", lambda self: "0 1000 1\n")
    assert user._mapped() == ()
    user._mapped.cache_clear()


def test_what_is_missing_is_said(monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert user.missing() == ""
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(user, "_mapped", lambda: ())
    assert "maps no user but root" in user.missing()
    monkeypatch.setattr(user, "_mapped", lambda: ((1, 65535),))
    monkeypatch.setattr(linux, "effective_capabilities", lambda: 0)
    assert "lacks CAP_CHOWN" in user.missing()
    monkeypatch.setattr(linux, "effective_capabilities", lambda: 0b11000001)
    assert user.missing() == ""
