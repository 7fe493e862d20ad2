"""One lock, one place: pyproject.toml, the two locks and environment.yml name the same versions."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import lock
import yaml
from packaging.requirements import Requirement
from packaging.version import Version

from bootstrap.lockfile import normalize, read_lock

ROOT = Path(__file__).resolve().parents[2]
RUNTIME = ROOT / "setup" / "requirements.lock"
TESTS = ROOT / "setup" / "requirements-test.lock"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = [requirement for extra in PROJECT["optional-dependencies"].values() for requirement in extra]


def locked(path: Path) -> dict[str, set[str]]:
    versions: dict[str, set[str]] = {}
    for pin in read_lock(path):
        versions.setdefault(pin.name, set()).add(pin.version)
    return versions


def conda_pip_lines() -> list[str]:
    data = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    [section] = [entry["pip"] for entry in data["dependencies"] if isinstance(entry, dict)]
    return list(section)


def test_conda_names_the_locked_versions() -> None:
    versions = locked(RUNTIME)
    pins = {
        normalize(pin.name): pin
        for pin in (Requirement(line) for line in conda_pip_lines() if not line.startswith("-"))
    }
    wanted = {normalize(each.name): each for each in map(Requirement, PROJECT["dependencies"])}
    assert pins.keys() == wanted.keys()
    for name, pin in pins.items():
        assert {str(pin.specifier)} == {f"=={version}" for version in versions[name]}
        assert pin.marker == wanted[name].marker, "conda on macOS or Windows must not be asked for what Linux alone has"


def test_conda_takes_everything_else_from_the_lock_and_installs_the_course() -> None:
    lines = conda_pip_lines()
    assert "-c setup/requirements.lock" in lines
    assert "-e ." in lines


def test_environment_yml_is_what_the_script_writes() -> None:
    text = RUNTIME.read_text(encoding="utf-8").splitlines()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    expected = lock.environment_yml(lock.top_level(project), lock.pinned_versions(text))
    assert (ROOT / "environment.yml").read_text(encoding="utf-8") == expected


def test_the_locks_hold_what_pyproject_asks_for() -> None:
    for requirements, path in ((PROJECT["dependencies"], RUNTIME), (EXTRAS, TESTS)):
        versions = locked(path)
        for text in requirements:
            requirement = Requirement(text)
            for version in versions[normalize(requirement.name)]:
                assert requirement.specifier.contains(Version(version)), text


def test_every_requirement_has_its_reason() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    for requirement in (*PROJECT["dependencies"], *EXTRAS):
        [line] = [line for line in text.splitlines() if f'"{requirement}"' in line]
        assert re.search(r"#\s+\S.{8,}", line), f"no reason beside {requirement}"


def test_the_test_lock_only_adds() -> None:
    assert not locked(RUNTIME).keys() & locked(TESTS).keys()


def test_no_gpu_library_is_locked() -> None:
    for path in (RUNTIME, TESTS):
        assert not [name for name in locked(path) if re.match(r"nvidia|cuda|triton", name)]


def test_one_version_for_every_system() -> None:
    """For each system and Python, a package has at most one version, and Windows and macOS have what they need."""
    systems = [("linux", "posix", "Linux"), ("darwin", "posix", "Darwin"), ("win32", "nt", "Windows")]
    for minor in (11, 12, 13, 14):
        for platform, name, system in systems:
            facts = {
                "python_full_version": f"3.{minor}.5",
                "python_version": f"3.{minor}",
                "sys_platform": platform,
                "os_name": name,
                "platform_system": system,
                "platform_machine": "x86_64",
                "platform_python_implementation": "CPython",
                "implementation_name": "cpython",
                "extra": "",
            }
            chosen: dict[str, str] = {}
            for line in RUNTIME.read_text(encoding="utf-8").splitlines():
                text = line.split("#")[0].strip()
                if not text:
                    continue
                requirement = Requirement(text)
                if requirement.marker is None or requirement.marker.evaluate(facts):
                    assert normalize(requirement.name) not in chosen, (text, facts)
                    chosen[normalize(requirement.name)] = str(requirement.specifier)
            assert {"torch", "numpy", "jupyterlab", "nbgrader"} <= chosen.keys()
            assert ("colorama" in chosen) == (platform == "win32")
            assert ("appnope" in chosen) == (platform == "darwin")


def test_reading_a_lock(tmp_path: Path) -> None:
    path = tmp_path / "x.lock"
    path.write_text("# head\nA_b.c==1.0 ; os_name == 'nt'  # via d\n\nplain==2.0+cpu\n")
    assert [(pin.name, pin.version, pin.marker) for pin in read_lock(path)] == [
        ("a-b-c", "1.0", "os_name == 'nt'"),
        ("plain", "2.0+cpu", ""),
    ]
