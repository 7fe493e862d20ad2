"""What a sealed process can read and write: the lists in autograder/sandbox/files.py, and Landlock behind them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from autograder.sandbox import files

ROOT = Path(__file__).resolve().parents[3]


def attempt_reads(places: list[str]) -> dict:
    def read(place: str) -> None:
        os.listdir(place) if os.path.isdir(place) else open(place, "rb").read(1)

    return {place: errno_of(read, place) for place in places}


def test_reading_outside_the_list_is_denied(sealed):
    lesson = ROOT / "solutions" / "05_attention"
    places = [
        str(lesson), str(lesson / "lesson.py"), str(lesson / "exercises.py"), str(lesson / "key"),
        str(next((lesson / "key").glob("*.json"))), str(ROOT), str(ROOT / "tests" / "conftest.py"),
        str(ROOT / "autograder" / "places.py"), str(ROOT / "pyproject.toml"), str(ROOT / ".git" / "HEAD"),
        "/", "/etc", "/etc/passwd", "/etc/shadow", "/etc/hosts", "/etc/hostname", "/root", "/home", "/tmp", "/var",
        "/var/log", "/dev", "/dev/shm", "/proc", "/proc/1/status", "/proc/net/tcp", "/proc/mounts/../1/cmdline",
        "/sys", "/run",
    ]  # fmt: skip
    outcome = sealed(attempt_reads, places=[place for place in places if os.path.exists(place)])
    # /proc/net is a link into the process's own folder; it shows the empty network of the namespace.
    assert {place: error for place, error in outcome.value.items() if error != "EACCES"} in (
        {}, {"/proc/net/tcp": ""},
    )  # fmt: skip
    assert len(outcome.value) > 15


def test_other_jobs_are_closed(sealed):
    other = sealed.base / "classmate" / "work"
    other.mkdir(parents=True)
    (other / "answer.py").write_text("secret")
    outcome = sealed(attempt_reads, places=[str(other), str(other / "answer.py"), str(sealed.base)])
    assert set(outcome.value.values()) == {"EACCES"}


def test_no_process_but_itself_is_visible(sealed):
    def look() -> dict:
        parent = os.getppid()
        names = ("mem", "environ", "maps", "cmdline", "status", "fd", "root/etc/passwd", "cwd", "task")
        found = {}
        for who in (parent, 1):
            for name in names:
                path = f"/proc/{who}/{name}"
                found[path] = errno_of(lambda path=path: os.close(os.open(path, os.O_RDONLY)))
        found["listing"] = errno_of(os.listdir, "/proc")
        found["by own root"] = errno_of(open, "/proc/self/root/etc/passwd")
        return found

    outcome = sealed(look)
    assert set(outcome.value.values()) <= {"EACCES", "ENOENT"}
    assert list(outcome.value.values()).count("EACCES") >= 18


def test_writing_elsewhere_is_denied(sealed):
    victim = sealed.base / "victim.txt"
    victim.write_text("whole")
    (sealed.base / "victims").mkdir()

    def harm(victim: str, folder: str, course: str) -> dict:
        found = {
            "open": errno_of(open, victim, "w"),
            "append": errno_of(open, victim, "a"),
            "truncate": errno_of(os.truncate, victim, 0),
            "unlink": errno_of(os.unlink, victim),
            "rename away": errno_of(os.rename, victim, "here"),
            "rename over": (Path("mine").write_text("x"), errno_of(os.rename, "mine", victim))[1],
            "create": errno_of(open, folder + "/new", "x"),
            "mkdir": errno_of(os.mkdir, folder + "/newdir"),
            "rmdir": errno_of(os.rmdir, folder),
            "course": errno_of(open, course + "/planted.py", "x"),
            "tmp": errno_of(open, "/tmp/planted", "x"),
            "shm": errno_of(open, "/dev/shm/planted", "x"),
            "home": errno_of(open, "/root/.bashrc", "a"),
            "zero": errno_of(open, "/dev/zero", "r+b", 0),
            "chown": errno_of(os.chown, victim, 12, 12),
            "xattr": errno_of(os.setxattr, victim, "user.x", b"1"),
        }
        errno_of(os.chmod, victim, 0o777)  # as one's own user it is refused; as the grader's it does nothing
        errno_of(os.utime, victim, (1, 1))
        return found

    before = victim.stat()
    outcome = sealed(harm, victim=str(victim), folder=str(sealed.base / "victims"), course=str(ROOT / "course"))
    assert set(outcome.value.values()) <= {"EACCES", "EPERM", "EXDEV"}, outcome.value
    after = victim.stat()
    assert victim.read_text() == "whole"
    assert (after.st_mode, after.st_mtime_ns, after.st_uid) == (before.st_mode, before.st_mtime_ns, before.st_uid)
    assert not list((sealed.base / "victims").iterdir())
    assert not Path("/tmp/planted").exists()


def test_links_and_special_files_are_denied(sealed):
    secret = sealed.base / "secret.txt"
    secret.write_text("secret")

    def link(secret: str) -> dict:
        import stat

        Path("mine").write_text("x")
        return {
            "symlink": errno_of(os.symlink, secret, "soft"),
            "symlink inside": errno_of(os.symlink, "mine", "soft"),
            "hard link": errno_of(os.link, secret, "hard"),
            "hard link inside": errno_of(os.link, "mine", "hard"),
            "fifo": errno_of(os.mkfifo, "fifo"),
            "device": errno_of(os.mknod, "null", 0o600 | stat.S_IFCHR, os.makedev(1, 3)),
            "socket": errno_of(os.mknod, "socket", 0o600 | stat.S_IFSOCK),
        }

    outcome = sealed(link, secret=str(secret))
    assert set(outcome.value.values()) <= {"EACCES", "EPERM"}
    assert [place.name for place in (outcome.folder / "work").iterdir()] == ["mine"]


def test_the_private_folder_is_its_own(sealed):
    def use() -> list:
        home, temporary = Path(os.environ["HOME"]), Path(os.environ["TMPDIR"])
        Path("a/b").mkdir(parents=True)
        Path("a/b/one.txt").write_text("one")
        os.rename("a/b/one.txt", "two.txt")
        os.rename("two.txt", temporary / "three.txt")
        with open(temporary / "three.txt", "r+") as file:
            file.truncate(2)
        (home / ".config").mkdir()
        (home / ".config" / "settings").write_text("x")
        os.unlink(home / ".config" / "settings")
        os.rmdir("a/b")
        return [os.getcwd(), (temporary / "three.txt").read_text(), sorted(os.listdir(".")), os.listdir(home)]

    outcome = sealed(use)
    assert outcome.value == [str(outcome.folder / "work"), "on", ["a"], [".config"]]


def test_nothing_is_executable_and_a_folder_above_cannot_be_opened(sealed):
    def climb() -> dict:
        Path("tool").write_text("#!/bin/sh\necho hi\n")
        return {
            "dots": errno_of(os.listdir, "../.."),
            "descriptor": errno_of(lambda: os.open("../../..", os.O_RDONLY | os.O_DIRECTORY)),
            "run": errno_of(os.execv, "tool", ["tool"]),
        }

    assert sealed(climb).value == {"dots": "EACCES", "descriptor": "EACCES", "run": "EPERM"}


def test_what_a_spec_names_can_be_read_but_not_written(sealed):
    extra = sealed.base / "extra"
    extra.mkdir()
    (extra / "data.csv").write_text("1,2")

    def use(place: str) -> list:
        return [Path(place, "data.csv").read_text(), errno_of(Path(place, "data.csv").write_text, "3")]

    missing = str(sealed.base / "never-there")
    assert sealed(use, readable=(str(extra), missing), place=str(extra)).value == ["1,2", "EACCES"]


def test_the_list_holds_no_solution_no_test_and_no_class():
    reads = files.standard_reads()
    for private in ("solutions", "tests", "autograder", "classroom", "workspace", ".git"):
        assert not [place for place in reads if place == ROOT / private or place in (ROOT / private).parents]
    assert ROOT / "course" in reads
    assert all(place.exists() for place in reads)
    assert not [place for place in reads if any(above in reads for above in place.parents)], "one rule is enough"


def test_carving_leaves_out_what_is_hidden_and_nothing_else(tmp_path):
    for name in ("usr/lib/x", "usr/src/app/solutions/s", "usr/src/app/course/c", "usr/src/other"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "usr/src/file").write_text("x")
    (tmp_path / "usr/src/link").symlink_to(tmp_path / "usr/src/app/solutions")
    hidden = [tmp_path / "usr/src/app/solutions", tmp_path / "elsewhere"]
    parts = {str(place.relative_to(tmp_path)) for place in files.carve(tmp_path / "usr", hidden)}
    assert parts == {"usr/lib", "usr/src/app/course", "usr/src/other", "usr/src/file"}
    assert list(files.carve(tmp_path / "usr/lib", hidden)) == [tmp_path / "usr/lib"]
    assert list(files.carve(hidden[0], hidden)) == []


def test_a_closed_folder_on_the_way_is_found(tmp_path):
    shut = tmp_path / "shut"
    inner = shut / "inner"
    inner.mkdir(parents=True)
    for place in (shut, inner):
        place.chmod(0o755)
    others = {place for place in inner.parents if not place.stat().st_mode & 0o001}
    assert files.closed_to_others([Path("/usr")]) is None
    assert files.closed_to_others([inner]) in (others or {None})
    shut.chmod(0o700)
    assert files.closed_to_others([Path("/usr"), inner]) in {shut, *others}
    shut.chmod(0o755)
    inner.chmod(0o750)
    assert files.closed_to_others([inner]) in {inner, *others}


@pytest.mark.parametrize("supported", [True, False])
def test_what_is_missing_is_said(monkeypatch, supported):
    import landlockpy

    monkeypatch.setattr(landlockpy, "supported", lambda: supported)
    assert bool(files.missing()) is not supported
    assert supported or "lsm=landlock" in files.missing()
