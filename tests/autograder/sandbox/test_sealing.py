"""seal() as a whole: what is active, what is left of the parent's world, and what happens where a layer is missing."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]


def broken(module: str, name: str, error: str) -> str:
    """Code that makes a layer's function fail as it would on a host that lacks the layer."""
    return f"from autograder.sandbox import {module}\ndef gone(*a, **k): raise {error}\n{module}.{name} = gone"


BROKEN = {
    "landlock": broken("files", "apply", "OSError('not in this kernel')"),
    "seccomp": broken("calls", "apply", "ImportError('pyseccomp')"),
    "limits": broken("rlimits", "apply", "OSError('no limits')"),
    "no_new_privs": broken("sealing", "_no_new_privs", "OSError('no prctl')"),
    "user": broken("sealing", "_become", "OSError('no users')"),
}


def test_all_layers_are_active(sealed):
    def nothing() -> None:
        pass

    layers = sealed(nothing).layers
    assert [layer.split(" ")[0] for layer in layers][:5] == ["limits", "user", "no_new_privs", "landlock", "seccomp"]


def test_the_environment_is_empty_but_for_a_few(sealed, monkeypatch):
    def read() -> list:
        import ctypes
        import tempfile

        library = ctypes.CDLL(None)
        library.getenv.restype = ctypes.c_char_p
        return [
            dict(os.environ), library.getenv(b"PYTHONPATH"), (library.getenv(b"HOME") or b"").decode(),
            tempfile.gettempdir(), os.path.expanduser("~"), __import__("getpass").getuser(),
        ]  # fmt: skip

    outcome = sealed(read, environment={"LESSON": "05"})
    variables, path, home, temporary, expanded, name = outcome.value
    assert set(variables) == {
        "HOME", "TMPDIR", "USER", "LOGNAME", "PATH", "LANG", "OMP_NUM_THREADS", "MPLBACKEND", "MPLCONFIGDIR",
        "IPYTHONDIR", "HF_HUB_OFFLINE", "HF_HOME", "LLM_FROM_ZERO_CACHE", "LESSON",
    }  # fmt: skip
    assert path is None
    assert home == expanded == str(outcome.folder / "home")
    assert temporary == str(outcome.folder / "tmp")
    assert name == "student"
    private = ("HOME", "TMPDIR", "IPYTHONDIR", "HF_HOME", "MPLCONFIGDIR")
    assert all(variables[key].startswith(str(outcome.folder)) for key in private)


def test_only_named_descriptors_stay_open(sealed):
    def read() -> dict:
        found = {}
        for name in os.listdir("/proc/self/fd"):
            try:
                found[name] = os.readlink(f"/proc/self/fd/{name}")
            except OSError:
                continue  # the one that listed the folder
        return found

    opens = "import os\nfor place in ('/etc/passwd', '/', '/etc'):\n    os.open(place, os.O_RDONLY)"
    outcome = sealed(read, before=opens)
    names = list(outcome.value.values())
    assert names.count("/dev/null") == 3
    assert [name for name in names if name != "/dev/null"] == [str(sealed.base / f"result-{sealed.number}.json")]


def test_standard_output_stays_where_it_is_named(sealed):
    def read() -> list:
        return [os.readlink(f"/proc/self/fd/{number}") for number in (0, 1, 2)]

    before = "import os\nos.dup2(os.open('/dev/zero', os.O_RDONLY), 1)"
    assert sealed(read, before=before, keep=(1,)).value == ["/dev/null", "/dev/zero", "/dev/null"]


def test_several_threads_are_refused(sealed):
    def nothing() -> None:
        pass

    before = "import threading, time\nthreading.Thread(target=time.sleep, args=(30,), daemon=True).start()"
    assert "several threads" in sealed(nothing, before=before).refusal


def test_a_folder_that_is_missing_is_refused(sealed):
    def nothing() -> None:
        pass

    before = (
        "import pathlib, autograder.sandbox as s\n"
        "kept = s.SealSpec\n"
        "s.SealSpec = lambda **k: kept(**{**k, 'folder': pathlib.Path('/never/there')})"
    )
    refusal = sealed(nothing, before=before).refusal
    assert "/never/there" in refusal
    assert "could not be made ready" in refusal


@pytest.mark.parametrize("layer", list(BROKEN))
def test_a_layer_that_cannot_be_put_on_refuses(sealed, layer):
    def nothing() -> None:
        raise AssertionError("student code ran")

    outcome = sealed(nothing, before=BROKEN[layer])
    assert outcome.refusal.startswith(f"The sandbox layer {layer} could not be put on (")
    assert outcome.layers == ()


@pytest.mark.parametrize("layer", list(BROKEN))
def test_an_accepted_risk_runs_and_says_so(sealed, layer):
    def work() -> int:
        return 6 * 7

    outcome = sealed(work, before=BROKEN[layer], accept_risk=(layer,))
    assert outcome.value == 42
    rest = [name.split(" ")[0] for name in outcome.layers if name != "namespaces"]
    # landlockpy sets no_new_privs itself, so only its name is missing there.
    assert rest == [name for name in ("limits", "user", "no_new_privs", "landlock", "seccomp") if name != layer]


def test_without_landlock_the_same_reads_succeed(sealed):
    """The control to the tests of files: it is this layer that denies, and accepting its risk is a real one."""

    def read(place: str) -> list:
        return [errno_of(open, "/etc/passwd"), errno_of(os.listdir, place), errno_of(os.fork)]

    place = str(ROOT / "solutions")
    without = sealed(read, before=BROKEN["landlock"], accept_risk=("landlock",), place=place)
    assert without.value == ["", "", "EPERM"]
    assert sealed(read, place=place).value == ["EACCES", "EACCES", "EPERM"]


def test_without_seccomp_processes_start_and_are_ended_all_the_same(sealed):
    """The control to the tests of calls; and the whole tree is ended for certain even then."""

    def start() -> int:
        import time

        pid = os.fork()
        if pid == 0:
            os.setsid()
            if os.fork() == 0:
                Path("grandchild").write_text(str(os.getpid()))
                time.sleep(300)
            time.sleep(300)
        while not Path("grandchild").exists() or not Path("grandchild").read_text():
            time.sleep(0.01)
        time.sleep(300)
        return pid

    outcome = sealed(start, before=BROKEN["seccomp"], accept_risk=("seccomp",), limits={"wall_seconds": 1.5})
    assert outcome.cause == "wall"
    grandchild = int((outcome.folder / "work" / "grandchild").read_text())
    deadline = time.monotonic() + 5
    while _runs(grandchild) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not _runs(grandchild)


def _runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(") ", 1)[1][0] not in "ZX"
    except OSError:
        return False


def test_a_layer_that_the_kernel_does_not_enforce_is_not_claimed(sealed):
    def nothing() -> None:
        raise AssertionError("student code ran")

    for layer, module in {"landlock": "files", "seccomp": "calls"}.items():
        before = f"from autograder.sandbox import {module}\n{module}.apply = lambda *a, **k: None"
        assert sealed(nothing, before=before).refusal == (
            f"The sandbox layer {layer} was put on, but the kernel does not enforce it."
        )


def test_the_sealed_process_dies_with_its_parent(tmp_path):
    script = textwrap.dedent("""
        import os, sys, time
        from pathlib import Path
        from autograder import sandbox
        sandbox.prepare()
        pid = os.fork()
        if pid == 0:
            sandbox.seal(sandbox.SealSpec(folder=Path(sys.argv[1])))
            Path("sealed").touch()
            time.sleep(300)
            os._exit(0)
        print(pid, flush=True)
        time.sleep(300)
    """)
    folder = tmp_path / "job"
    folder.mkdir()
    parent = subprocess.Popen(
        [sys.executable, "-c", script, str(folder)], cwd=ROOT, stdout=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert parent.stdout
    pid = int(parent.stdout.readline())
    deadline = time.monotonic() + 20
    while not (folder / "work" / "sealed").exists():
        assert time.monotonic() < deadline
        time.sleep(0.02)
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    parent.stdout.close()
    while _runs(pid):
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_a_seal_holds_in_threads_started_later(sealed):
    def start() -> list:
        import socket
        import threading

        found: list = []

        def attempt() -> None:
            found.extend([errno_of(socket.socket), errno_of(open, "/etc/passwd")])

        thread = threading.Thread(target=attempt)
        thread.start()
        thread.join()
        return found

    assert sealed(start).value == ["EPERM", "EACCES"]


def test_the_private_folders_are_shut_to_others(sealed):
    def nothing() -> None:
        pass

    outcome = sealed(nothing)
    for name in ("", "home", "tmp", "work"):
        assert (outcome.folder / name).stat().st_mode & 0o777 == 0o700
    assert json.dumps(sorted(place.name for place in outcome.folder.iterdir())) == '["home", "tmp", "work"]'


def test_no_memory_is_shared_with_the_parent(sealed):
    """What one child wrote there, the next would read."""

    def read() -> list:
        return [line for line in open("/proc/self/maps").read().splitlines() if line.split()[1][1::2] == "ws"]

    assert sealed(read).value == []
