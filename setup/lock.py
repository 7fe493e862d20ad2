"""Renew the locked requirements: ``python setup/lock.py`` (for maintainers; needs uv and a package index).

Top-level requirements, with a reason each, live in pyproject.toml. From them this writes

* ``setup/requirements.lock``: everything a learner's environment holds,
* ``setup/requirements-test.lock``: what tests, the build of lessons and the extra ``cluster`` add to that,
* ``environment.yml``: the same top-level versions for conda.

The lock is universal: one file for Linux, macOS and Windows and for Python 3.11 and newer, with environment markers
where they differ. The CUDA libraries are left out, because only torch's GPU build needs them and it brings them itself.
"""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOWEST_PYTHON = "3.11"
EXTRAS = ("--extra", "test", "--extra", "cluster")
GPU_ONLY = re.compile(r"^(nvidia-|cuda-|triton\b)")
HEADER = "# Made by `python setup/lock.py` from pyproject.toml, which holds the reasons; never edited by hand.\n"


def compile_requirements(*extra: str) -> list[str]:
    """Resolve pyproject.toml for every platform; return the lines ``name==version ; marker  # via …``."""
    command = [
        sys.executable, "-m", "uv", "pip", "compile", "pyproject.toml", "--universal",
        "--python-version", LOWEST_PYTHON, "--no-header", "--annotation-style=line", "--quiet", *extra,
    ]  # fmt: skip
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"uv could not resolve the requirements: {done.stderr.strip()}")
    return [line for line in done.stdout.splitlines() if line and not GPU_ONLY.match(line)]


def pinned_versions(lines: list[str]) -> dict[str, str]:
    """Map a requirement's normalized name to its version (for a name with several markers: the first)."""
    found: dict[str, str] = {}
    for line in lines:
        match = re.match(r"([A-Za-z0-9._-]+)==([^\s;]+)", line)
        if match:
            found.setdefault(normalize(match[1]), match[2])
    return found


def normalize(name: str) -> str:
    """The name as package indexes compare it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def top_level(project: dict[str, dict[str, list[str]]]) -> dict[str, str]:
    """The runtime requirements in pyproject.toml, in its order: name to environment marker ("" for every system)."""
    names = {}
    for requirement in project["project"]["dependencies"]:
        match = re.match(r"([A-Za-z0-9._-]+)[^;]*(?:;\s*(.+))?$", requirement)
        assert match, requirement
        names[normalize(match[1])] = match[2] or ""
    return names


def environment_yml(names: dict[str, str], versions: dict[str, str]) -> str:
    """The conda environment: Python from conda, everything else from the locked versions."""
    pins = ""
    for name, marker in names.items():
        pin = f"{name}=={versions[name]}"
        pins += f'      - "{pin} ; {marker}"\n' if marker else f"      - {pin}\n"
    return (
        HEADER
        + "# conda env create -f environment.yml && conda activate llm-from-zero && python setup/run.py lab\n"
        + "name: llm-from-zero\n"
        + "channels:\n  - conda-forge\n"
        + "dependencies:\n"
        + f"  - python={LOWEST_PYTHON}\n  - pip\n"
        + "  - pip:\n"
        + "      # CPU builds of torch. For a GPU on Linux, or where this address is blocked, delete the next line.\n"
        + "      - --extra-index-url https://download.pytorch.org/whl/cpu\n"
        + "      # everything below the named packages comes in the locked version, too\n"
        + "      - -c setup/requirements.lock\n"
        + pins
        + "      # the course itself, in place\n"
        + "      - -e .\n"
    )


def main() -> None:
    """Write the three files."""
    runtime = compile_requirements()
    (ROOT / "setup/requirements.lock").write_text(HEADER + "\n".join(runtime) + "\n", encoding="utf-8")
    everything = compile_requirements(*EXTRAS, "--constraint", "setup/requirements.lock")
    known = pinned_versions(runtime)
    added = [line for line in everything if normalize(re.split(r"==", line, maxsplit=1)[0]) not in known]
    (ROOT / "setup/requirements-test.lock").write_text(HEADER + "\n".join(added) + "\n", encoding="utf-8")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    (ROOT / "environment.yml").write_text(environment_yml(top_level(project), known), encoding="utf-8")
    print(f"setup/requirements.lock: {len(runtime)} packages; setup/requirements-test.lock: {len(added)} more")


if __name__ == "__main__":
    main()
