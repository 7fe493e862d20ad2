"""The doctor: a line for each fact, and for each failure what mends it."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest

from bootstrap import chromium, doctor, machine, probe
from bootstrap.layout import Environment

GB = 10**9


def lines(text: str) -> dict[str, bool]:
    """Name of each fact and whether it is well."""
    return {name: mark == "OK" for mark, name in re.findall(r"^\[(OK|FAIL)\]\s+([^:]+):", text, flags=re.MULTILINE)}


@pytest.mark.skipif(os.name == "nt", reason="not on this system: the miniature course is for POSIX")
def test_every_failure_comes_with_what_mends_it(ready_course: Any) -> None:
    """The miniature course lacks nearly everything: each line that fails is followed by its remedy."""
    done = ready_course.run("doctor")
    said = done.stdout.splitlines()
    assert done.returncode == 1, done.stdout
    failures = [index for index, line in enumerate(said) if line.startswith("[FAIL]")]
    assert failures
    for index in failures:
        assert said[index + 1].startswith("       mend: "), said[index]
    assert said[-1] == f"{len(failures)} to mend."


@pytest.mark.skipif(os.name == "nt", reason="not on this system: the miniature course is for POSIX")
def test_before_the_set_up(tiny_course: Any) -> None:
    done = tiny_course.run("doctor")
    assert done.returncode == 1
    found = lines(done.stdout)
    assert found["Python"]
    assert not found["environment"]
    assert "mend: python3 setup/run.py lab\n" in done.stdout
    assert not (tiny_course.root / ".venv").exists(), "a doctor looks and touches nothing"


@pytest.mark.skipif(os.name == "nt", reason="not on this system: the miniature course is for POSIX")
@pytest.mark.parametrize(
    ("change", "words", "remedy"),
    [
        ({"state": "making"}, "half-made", "lab"),
        ({"folder": "/elsewhere/.venv"}, "made elsewhere, in /elsewhere/.venv", "lab --rebuild"),
        ({"lock": "0"}, "older than setup/requirements.lock", "lab"),
        ({"state": 7, "nonsense": 1}, "not made by this course", "lab"),
    ],
)
def test_environments_that_are_not_whole(ready_course: Any, change: dict[str, Any], words: str, remedy: str) -> None:
    stamp = ready_course.environment.stamp
    kept = stamp.read_text()
    stamp.write_text(json.dumps({**json.loads(kept), **change}))
    try:
        said = ready_course.run("doctor").stdout
    finally:
        stamp.write_text(kept)
    assert re.search(
        rf"\[FAIL\] environment: .*{re.escape(words)}\n       mend: python3 setup/run\.py {remedy}\n", said
    )


def test_a_whole_environment_is_well(tmp_path: Path) -> None:
    """The findings of a probe in which all is well give only good lines."""
    environment = Environment(tmp_path)
    origins = dict.fromkeys(probe.KEY_MODULES, str(tmp_path / "lib" / "x.py"))
    parts = {"pages": True, "validate": True, "widgets": True}
    facts = [
        doctor._shadows(environment, origins),
        doctor._accelerator(environment, {"version": "2.13.0+cpu", "cuda": False, "mps": False, "cuda_build": None}),
        doctor._accelerator(environment, {"version": "2.13.0", "cuda": True, "gpu": "H100", "mps": False}),
        doctor._accelerator(environment, {"version": "2.13.0", "cuda": False, "mps": True}),
        doctor._kernel(environment, {"prefix": str(tmp_path), "seconds": 1.0}),
        doctor._jupyterlab(environment, parts),
    ]
    assert all(fact.ok for fact in facts), [str(fact) for fact in facts]


def test_findings_that_are_not_well(tmp_path: Path) -> None:
    environment = Environment(tmp_path)
    origins: dict[str, str | None] = dict.fromkeys(probe.KEY_MODULES, str(tmp_path / "lib" / "x.py"))
    cases = {
        "from elsewhere: numpy": doctor._shadows(environment, {**origins, "numpy": "/home/x/numpy.py"}),
        "not found: torch": doctor._shadows(environment, {**origins, "torch": None}),
        "torch does not import (OSError: libfoo)": doctor._accelerator(environment, {"error": "OSError: libfoo"}),
        "python3 does not start": doctor._kernel(environment, {"error": "NoSuchKernel: python3"}),
        "runs in /usr instead": doctor._kernel(environment, {"prefix": "/usr", "seconds": 1.0}),
        "missing: widgets": doctor._jupyterlab(environment, {"pages": True, "validate": True, "widgets": False}),
    }
    for words, fact in cases.items():
        assert not fact.ok
        assert words in str(fact)
        assert "mend: " in str(fact)


def test_a_gpu_that_was_asked_for(tmp_path: Path) -> None:
    from bootstrap.environment import READY, Stamp, write_stamp

    environment = Environment(tmp_path)
    write_stamp(environment, Stamp(READY, "3.11.7", str(tmp_path), str(tmp_path), torch="gpu"))
    found = {"version": "2.13.0", "cuda": False, "mps": False, "cuda_build": "13.0"}
    fact = doctor._accelerator(environment, found)
    assert not fact.ok
    assert fact.mend.endswith("lab --cpu")


def test_an_idle_gpu_is_mentioned(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor.shutil, "which", lambda name, path=None: "/usr/bin/nvidia-smi")
    found = {"version": "2.13.0+cpu", "cuda": False, "mps": False, "cuda_build": None}
    fact = doctor._accelerator(Environment(tmp_path), found)
    assert fact.ok
    assert "lab --gpu" in fact.found


@pytest.mark.parametrize(("total", "ok"), [(2 * GB, False), (8 * GB, True)])
def test_memory(total: int, ok: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "memory_bytes", lambda: (total, total // 2))
    assert doctor._memory().ok is ok


def test_memory_within_a_container(tmp_path: Path) -> None:
    meminfo = tmp_path / "meminfo"
    meminfo.write_text("MemTotal:  16000000 kB\nMemFree: 1 kB\nMemAvailable:   8000000 kB\n")
    assert machine._linux_memory(meminfo, tmp_path) == (16_384_000_000, 8_192_000_000)
    (tmp_path / "memory.max").write_text("4000000000\n")
    (tmp_path / "memory.current").write_text("1000000000\n")
    assert machine._linux_memory(meminfo, tmp_path) == (4_000_000_000, 3_000_000_000)
    (tmp_path / "memory.max").write_text("max\n")
    assert machine._linux_memory(meminfo, tmp_path) == (16_384_000_000, 8_192_000_000)
    assert machine._linux_memory(tmp_path / "nothing", tmp_path) is None


def test_this_machine_has_memory_and_cores() -> None:
    sizes = machine.memory_bytes()
    assert sizes is None or sizes[0] > sizes[1] > 0
    assert machine.cores() >= 1


def test_a_full_disk(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from bootstrap.layout import Project

    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(doctor.shutil, "disk_usage", lambda place: usage._replace(free=GB // 2))
    facts = list(doctor._disks(Project(tmp_path)))
    assert [fact.ok for fact in facts] == [False, False]
    assert "0.5 GB free" in str(facts[0])


def test_variables_that_bring_in_other_packages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PYTHONHOME", raising=False)
    monkeypatch.delenv("PYTHONPATH", raising=False)
    assert not list(doctor._variables())
    monkeypatch.setenv("PYTHONHOME", "/somewhere")
    [fact] = doctor._variables()
    assert not fact.ok
    assert fact.mend == "unset PYTHONHOME"


def test_the_probe_compares_with_the_lock(tmp_path: Path) -> None:
    import importlib.metadata

    pytest_version = importlib.metadata.version("pytest")
    lock = tmp_path / "lock"
    lock.write_text(
        f"# head\npytest=={pytest_version}  # via us\npackaging==0.1\nnosuchthing==1.0\n"
        "never==1.0 ; sys_platform == 'beos'\n"
    )
    found = probe.differences(lock)
    assert found["wanted"] == 3
    installed = importlib.metadata.version("packaging")
    assert found["wrong"] == [["packaging", "0.1", installed], ["nosuchthing", "1.0", None]]


def test_a_build_of_torch_counts_as_its_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(probe.importlib.metadata, "version", lambda name: "2.13.0+cpu")
    lock = tmp_path / "lock"
    lock.write_text("torch==2.13.0\n")
    assert probe.differences(lock)["wrong"] == []
    lock.write_text("torch==2.13.1\n")
    assert probe.differences(lock)["wrong"] == [["torch", "2.13.1", "2.13.0+cpu"]]


def test_the_probe_turns_trouble_into_a_finding() -> None:
    def trouble() -> None:
        raise SystemExit("first\nlast   words\n")

    assert probe.attempt(trouble) == {"error": "SystemExit: last words"}


def test_the_probe_in_this_environment() -> None:
    """What the doctor relies on, looked at for real: the kernel starts, Lab and its extensions are in place."""
    assert Path(probe.kernel_facts()["prefix"]).resolve() == Path(sys.prefix).resolve()
    assert probe.lab_facts() == {"pages": True, "validate": True, "widgets": True}
    assert probe.torch_facts()["version"].startswith("2.")
    assert all(origin for name, origin in probe.origins().items() if name != "course")


@pytest.mark.parametrize("there", [True, False])
def test_browser(there: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chromium, "find", lambda: "/usr/bin/chromium" if there else None)
    fact = doctor.browser_fact()
    assert fact.ok is there
    assert ("/usr/bin/chromium" in str(fact)) is there
