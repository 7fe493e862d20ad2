"""Runs inside the environment for the doctor: prints what it finds there as one line of JSON.

A script of its own, for the doctor itself may run on another Python, without any of these packages.
"""

import contextlib
import importlib.metadata
import importlib.util
import json
import re
import sys
import time
from pathlib import Path
from typing import Any

KEY_MODULES = (
    "torch",
    "transformers",
    "datasets",
    "numpy",
    "jupyterlab",
    "ipykernel",
    "nbgrader",
    "course",
    "autograder",
)


def differences(lock: Path) -> dict[str, Any]:
    """Compare installed versions with a lock: how many are wanted; ``[name, locked, installed]`` of each wrong one."""
    from packaging.requirements import Requirement
    from packaging.version import Version

    wrong: list[list[str | None]] = []
    wanted = 0
    for line in lock.read_text(encoding="utf-8").splitlines():
        text = line.split("#")[0].strip()
        if not text:
            continue
        requirement = Requirement(text)
        if requirement.marker and not requirement.marker.evaluate():
            continue
        wanted += 1
        locked = next(iter(requirement.specifier)).version
        try:
            found: str | None = importlib.metadata.version(requirement.name)
        except importlib.metadata.PackageNotFoundError:
            found = None
        # 2.13.0+cpu is a build of 2.13.0
        if found is None or Version(found).public != Version(locked).public:
            wrong.append([requirement.name, locked, found])
    return {"wanted": wanted, "wrong": wrong}


def origins() -> dict[str, str | None]:
    """Where each important module would be imported from; nothing is imported."""
    found: dict[str, str | None] = {}
    for name in KEY_MODULES:
        with contextlib.suppress(ValueError, ImportError):
            spec = importlib.util.find_spec(name)
            found[name] = spec.origin if spec else None
    return found


def torch_facts() -> dict[str, Any]:
    """Version and accelerators as torch sees them."""
    import torch

    cuda = torch.cuda.is_available()
    mps = getattr(torch.backends, "mps", None)
    return {
        "version": torch.__version__,
        "cuda_build": torch.version.cuda,
        "cuda": cuda,
        "gpu": torch.cuda.get_device_name(0) if cuda else None,
        "mps": bool(mps and mps.is_available()),
    }


def kernel_facts() -> dict[str, Any]:
    """Start the python3 kernel of this environment, have it compute, end it."""
    from jupyter_client.manager import start_new_kernel

    begun = time.monotonic()
    manager, client = start_new_kernel(kernel_name="python3", startup_timeout=60)
    try:
        said: list[str] = []
        client.execute_interactive(
            "import sys; print(sys.prefix)",
            timeout=30,
            output_hook=lambda message: said.append(message["content"].get("text", "")),
        )
        return {"prefix": "".join(said).strip(), "seconds": time.monotonic() - begun}
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def lab_facts() -> dict[str, Any]:
    """Whether JupyterLab has its pages, and nbgrader's Validate button its two halves."""
    from jupyter_core.paths import jupyter_path

    share = Path(sys.prefix) / "share" / "jupyter"
    return {
        "pages": (share / "lab" / "static" / "index.html").is_file(),
        "validate": any((Path(place) / "labextensions" / "@jupyter" / "nbgrader").is_dir() for place in jupyter_path())
        and importlib.util.find_spec("nbgrader.server_extensions.validate_assignment") is not None,
        "widgets": (share / "labextensions" / "@jupyter-widgets" / "jupyterlab-manager").is_dir()
        and (share / "labextensions" / "anywidget").is_dir(),
    }


def attempt(function: Any, *arguments: Any) -> Any:
    """What a function finds, or ``{"error": one line}``."""
    try:
        return function(*arguments)
    except BaseException as problem:
        lines = [line.strip() for line in str(problem).splitlines() if line.strip()]
        return {"error": re.sub(r"\s+", " ", f"{type(problem).__name__}: {lines[-1] if lines else ''}")[:200]}


def main() -> None:
    """Print the findings; whatever the packages themselves print goes to stderr."""
    locks = [Path(argument) for argument in sys.argv[1:]]
    with contextlib.redirect_stdout(sys.stderr):
        findings = {
            "python": ".".join(str(part) for part in sys.version_info[:3]),
            "prefix": sys.prefix,
            "locks": [attempt(differences, lock) for lock in locks],
            "origins": origins(),
            "torch": attempt(torch_facts),
            "kernel": attempt(kernel_facts),
            "lab": attempt(lab_facts),
        }
    print(json.dumps(findings))


if __name__ == "__main__":
    main()
