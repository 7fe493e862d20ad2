"""The doctor: one line for each fact, and for each failure the command that mends it."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bootstrap import chromium, lab, machine
from bootstrap.environment import READY, conda_environment, digest, python_version, read_stamp
from bootstrap.layout import Environment, Project, command_name

GIGABYTE = 10**9
LEAST_MEMORY = 3.5  # GB in all: torch with the packaged BERT, JupyterLab and a browser
LEAST_DISK = 1.0  # GB free, for the cache, answers and pip's downloads
PROBE_SECONDS = 180


@dataclass(frozen=True)
class Fact:
    """One line: what was looked at, whether it is well, what was found, and what mends it if it is not."""

    name: str
    ok: bool
    found: str
    mend: str = ""

    def __str__(self) -> str:
        line = f"{'[OK]  ' if self.ok else '[FAIL]'} {self.name}: {self.found}"
        return line if self.ok or not self.mend else f"{line}\n       mend: {self.mend}"


def facts(project: Project) -> Iterator[Fact]:
    """Look at everything, cheap things first."""
    environment = conda_environment() or project.environment
    script = f"{command_name()} lab"
    yield _memory()
    yield Fact("cores", machine.cores() >= 1, f"{machine.cores()} may be used")
    yield from _disks(project)
    yield from _variables()
    version = python_version(environment)
    if version is None:
        there = environment.folder.exists()
        broken = f"{environment.folder} is broken (its Python does not start)"
        found = broken if there else f"there is no {environment.folder} yet"
        yield Fact("environment", False, found, f"{script} --rebuild" if there else script)
        yield Fact("Python", sys.version_info >= (3, 11), f"{sys.version.split()[0]} (the one that runs this script)")
        yield from _project_files(project)
        return
    new_enough = tuple(int(part) for part in version.split(".")[:2]) >= (3, 11)
    yield Fact("Python", new_enough, f"{version}, {environment.python}", "python3.11 setup/run.py lab --rebuild")
    yield _whole(project, environment)
    yield from _inside(project, environment)
    yield from _resources(environment, project)
    yield from _project_files(project)
    yield _port()


def _memory() -> Fact:
    sizes = machine.memory_bytes()
    if sizes is None:
        return Fact("memory", True, "this system does not tell")
    total, available = (size / GIGABYTE for size in sizes)
    return Fact(
        "memory",
        total >= LEAST_MEMORY,
        f"{total:.1f} GB in all, {available:.1f} GB available",
        f"close other programs and give this machine (or its container) at least {LEAST_MEMORY:.1f} GB",
    )


def _disks(project: Project) -> Iterator[Fact]:
    places = {"disk, course": project.root, "disk, temporary files": Path(tempfile.gettempdir())}
    for name, place in places.items():
        free = shutil.disk_usage(place).free / GIGABYTE
        mend = f"free at least 1 GB there; the largest things: du -xsh {place}/* | sort -h"
        yield Fact(name, free >= LEAST_DISK, f"{free:.1f} GB free at {place}", mend)


def _variables() -> Iterator[Fact]:
    home = os.environ.get("PYTHONHOME")
    path = os.environ.get("PYTHONPATH")
    if home or path:
        names = " ".join(name for name, value in (("PYTHONHOME", home), ("PYTHONPATH", path)) if value)
        yield Fact("variables", not home, f"{names} set, which can bring in other packages", f"unset {names}")


def _whole(project: Project, environment: Environment) -> Fact:
    if environment.conda:
        return Fact("environment", True, f"{environment.folder} (conda)")
    stamp = read_stamp(environment)
    rebuild = f"{command_name()} lab --rebuild"
    if stamp is None:
        return Fact("environment", False, f"{environment.folder} was not made by this course", f"{command_name()} lab")
    if stamp.state != READY:
        return Fact("environment", False, f"{environment.folder} is half-made", f"{command_name()} lab")
    if stamp.folder != str(environment.folder) or stamp.root != str(project.root):
        return Fact("environment", False, f"{environment.folder} was made elsewhere, in {stamp.folder}", rebuild)
    if stamp.lock != digest(project.lock):
        return Fact("environment", False, "it is older than setup/requirements.lock", f"{command_name()} lab")
    more = ", with test packages" if stamp.tests else ""
    return Fact("environment", True, f"{environment.folder}, made from this lock{more}")


def probe(project: Project, environment: Environment) -> dict[str, Any]:
    """What probe.py finds inside the environment; ``{"error": …}`` if it does not come to an end."""
    locks = [str(project.lock)]
    stamp = read_stamp(environment)
    if stamp is not None and stamp.tests:
        locks.append(str(project.test_lock))
    # -P: the folder of the script must not be searched for modules
    command = [str(environment.python), "-P", str(Path(__file__).with_name("probe.py")), *locks]
    try:
        done = subprocess.run(
            command,
            capture_output=True,
            text=True,
            timeout=PROBE_SECONDS,
            env=environment.variables(),
            cwd=project.root,
        )
        findings: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
        return findings
    except subprocess.TimeoutExpired:
        return {"error": f"no answer within {PROBE_SECONDS} s"}
    except (OSError, ValueError, IndexError) as problem:
        return {"error": str(problem)}


def _inside(project: Project, environment: Environment) -> Iterator[Fact]:
    findings = probe(project, environment)
    rebuild = f"{command_name()} lab --rebuild"
    if "error" in findings:
        yield Fact("packages", False, f"the environment could not be looked into ({findings['error']})", rebuild)
        return
    yield from _packages(project, environment, findings)
    yield _shadows(environment, findings["origins"])
    yield _accelerator(environment, findings["torch"])
    yield _kernel(environment, findings["kernel"])
    yield _jupyterlab(environment, findings["lab"])
    alembic = shutil.which("alembic", path=str(environment.programs))
    yield Fact(
        "nbgrader",
        alembic is not None,
        "its helper alembic is in place" if alembic else f"alembic is missing in {environment.programs}",
        f"{environment.python} -m pip install --force-reinstall --no-deps -c setup/requirements.lock alembic",
    )


def _packages(project: Project, environment: Environment, findings: dict[str, Any]) -> Iterator[Fact]:
    locks = (("packages", project.lock), ("packages for tests", project.test_lock))
    for (name, lock), result in zip(locks, findings["locks"], strict=False):
        mend = f"{environment.python} -m pip install --no-deps -r {lock.relative_to(project.root).as_posix()}"
        if "error" in result:
            yield Fact(name, False, f"they could not be compared with the lock ({result['error']})", mend)
            continue
        wrong = [f"{package} {found or 'missing'} instead of {locked}" for package, locked, found in result["wrong"]]
        more = f" and {len(wrong) - 3} more" if len(wrong) > 3 else ""
        found = ", ".join(wrong[:3]) + more if wrong else f"all {result['wanted']} as in the lock"
        yield Fact(name, not wrong, found, mend)


def _shadows(environment: Environment, origins: dict[str, str | None]) -> Fact:
    inside = environment.folder.resolve()
    foreign = [
        f"{name} ({origin})"
        for name, origin in origins.items()
        if name not in ("course", "autograder") and origin and inside not in Path(origin).resolve().parents
    ]
    missing = [name for name, origin in origins.items() if origin is None]
    if missing:
        return Fact("imports", False, f"not found: {', '.join(missing)}", f"{command_name()} lab --rebuild")
    found = f"from elsewhere: {', '.join(foreign)}" if foreign else "every package comes from the environment"
    return Fact("imports", not foreign, found, "unset PYTHONPATH, and rename what is called like a package")


def _accelerator(environment: Environment, torch: dict[str, Any]) -> Fact:
    if "error" in torch:
        mend = f"{command_name()} lab --rebuild"
        return Fact("accelerator", False, f"torch does not import ({torch['error']})", mend)
    if torch["cuda"]:
        return Fact("accelerator", True, f"{torch['gpu']}, torch {torch['version']}")
    if torch["mps"]:
        return Fact("accelerator", True, f"the GPU of this Mac (mps), torch {torch['version']}")
    stamp = read_stamp(environment)
    if stamp is not None and stamp.torch == "gpu":
        return Fact(
            "accelerator", False, f"asked for, but torch {torch['version']} sees none", f"{command_name()} lab --cpu"
        )
    idle = shutil.which("nvidia-smi") is not None and torch["cuda_build"] is None
    hint = f"; for the NVIDIA GPU here: {command_name()} lab --gpu" if idle else ", which is enough for every lesson"
    return Fact("accelerator", True, f"none, torch {torch['version']} computes on the CPU{hint}")


def _kernel(environment: Environment, kernel: dict[str, Any]) -> Fact:
    mend = f"{environment.python} -m ipykernel install --sys-prefix --name python3"
    if "error" in kernel:
        return Fact("kernel", False, f"python3 does not start ({kernel['error']})", mend)
    here = Path(kernel["prefix"]).resolve() == environment.folder.resolve()
    found = f"python3 starts, in {kernel['seconds']:.1f} s" if here else f"python3 runs in {kernel['prefix']} instead"
    return Fact("kernel", here, found, mend)


def _jupyterlab(environment: Environment, parts: dict[str, Any]) -> Fact:
    mend = (
        f"{environment.python} -m pip install --force-reinstall --no-deps -c setup/requirements.lock "
        "jupyterlab nbgrader jupyterlab-widgets anywidget"
    )
    if "error" in parts:
        return Fact("JupyterLab", False, f"it could not be looked at ({parts['error']})", mend)
    names = {"pages": "its pages", "validate": "the Validate button", "widgets": "widgets"}
    missing = [text for key, text in names.items() if not parts[key]]
    found = f"missing: {', '.join(missing)}" if missing else "pages, widgets and the Validate button are in place"
    return Fact("JupyterLab", not missing, found, mend)


def _resources(environment: Environment, project: Project) -> Iterator[Fact]:
    titles = {"bert": "BERT weights", "reviews": "reviews", "sentiment": "sentiment model"}
    mend = f"{command_name()} resources"
    done = subprocess.run(
        [str(environment.python), "-m", "course.resources", "check", "--json"],
        capture_output=True, text=True, env=environment.variables(), cwd=project.root,
    )  # fmt: skip
    try:
        states = {state["name"]: state for state in json.loads(done.stdout)}
    except ValueError:
        last = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        states = {name: {"ok": False, "detail": last, "where": ""} for name in titles}
    for name, title in titles.items():
        state = states[name]
        found = f"verified, {state['detail']}" if state["ok"] else state["detail"].split(": run ")[0]
        yield Fact(title, state["ok"], found, mend)


def _project_files(project: Project) -> Iterator[Fact]:
    page = project.workspace / lab.START_PAGE
    yield Fact(
        "working copy",
        page.is_file(),
        f"{project.workspace}" if page.is_file() else f"{page} is missing",
        f"{command_name()} course prepare",
    )
    shared = [project.root / ".run" / f"{name}.run.xml" for name in ("lab", "test", "doctor")]
    missing = [path.name for path in shared if not path.is_file()]
    found = f"missing: {', '.join(missing)}" if missing else "shared run configurations are in place (setup/pycharm.md)"
    yield Fact("PyCharm", not missing, found, "git checkout -- .run")
    settings = [project.root / "setup/jupyter/labconfig/default_setting_overrides.json"]
    settings.append(project.root / "setup/jupyter/learner/labconfig/page_config.json")
    lost = [str(path.relative_to(project.root)) for path in settings if not path.is_file()]
    found = f"missing: {', '.join(lost)}" if lost else "the course's own are in place"
    yield Fact("JupyterLab settings", not lost, found, "git checkout -- setup/jupyter")


def _port() -> Fact:
    free = lab.is_free(lab.FIRST_PORT)
    found = f"{lab.FIRST_PORT} is free" if free else f"{lab.FIRST_PORT} is taken, lab will use {lab.free_port(None)}"
    return Fact("port", True, found)


def browser_fact() -> Fact:
    """Whether the browser tests can run; only asked where test packages are installed."""
    found = chromium.find()
    text = found or "no Chromium or Chrome, so browser tests would be skipped"
    return Fact("browser for tests", found is not None, text, "sudo apt install chromium")


def run(project: Project, show: Callable[[str], None] = print) -> int:
    """Print every fact as soon as it is known; returns 0 if all is well."""
    failed = 0
    for fact in facts(project):
        show(str(fact))
        failed += not fact.ok
    stamp = read_stamp(project.environment)
    if stamp is not None and stamp.tests:
        fact = browser_fact()
        show(str(fact))
        failed += not fact.ok
    show(f"\n{failed} to mend." if failed else "\nAll is well.")
    return 1 if failed else 0
