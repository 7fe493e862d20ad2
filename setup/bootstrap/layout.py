"""Where things are: the checkout, its environment, and what that environment's programs are called on this system."""

import os
from dataclasses import dataclass
from pathlib import Path

VENV_VARIABLE = "LLM_FROM_ZERO_VENV"
WORKSPACE_VARIABLE = "LLM_FROM_ZERO_WORKSPACE"


@dataclass(frozen=True)
class Environment:
    """A Python environment on disk, whether it exists yet or not.

    Attributes:
        folder: its root (``sys.prefix`` of its Python).
        windows: whether it is laid out as on Windows (``Scripts`` and ``.exe``).
        conda: whether conda made it: then its Python lies elsewhere on Windows, and it is never rebuilt by us.
    """

    folder: Path
    windows: bool = os.name == "nt"
    conda: bool = False

    @property
    def programs(self) -> Path:
        """The folder of its commands."""
        return self.folder / ("Scripts" if self.windows else "bin")

    @property
    def python(self) -> Path:
        """Its interpreter."""
        if self.windows:
            return (self.folder if self.conda else self.programs) / "python.exe"
        return self.programs / "python"

    @property
    def stamp(self) -> Path:
        """The note that says what was installed, and whether that was finished."""
        return self.folder / "llm-from-zero.json"

    def variables(self, **more: str) -> dict[str, str]:
        """Environment variables for a child: as if this environment were activated.

        nbgrader starts `alembic` by name, so its commands must come first on PATH.
        """
        child = dict(os.environ)
        paths = [str(self.programs)]
        if self.conda and self.windows:
            paths += [str(self.folder), str(self.folder / "Library" / "bin")]
        child["PATH"] = os.pathsep.join([*paths, child.get("PATH", "")])
        if not self.conda:
            child["VIRTUAL_ENV"] = str(self.folder)
        child.pop("PYTHONHOME", None)
        child.update(more)
        return child


@dataclass(frozen=True)
class Project:
    """A checkout of the course."""

    root: Path

    @property
    def environment(self) -> Environment:
        """Its own environment: ``.venv``, or the folder that LLM_FROM_ZERO_VENV names."""
        chosen = os.environ.get(VENV_VARIABLE)
        return Environment(Path(chosen).expanduser().absolute() if chosen else self.root / ".venv")

    @property
    def lock(self) -> Path:
        """Exact versions of what a learner needs."""
        return self.root / "setup" / "requirements.lock"

    @property
    def test_lock(self) -> Path:
        """Exact versions of what tests and the build of lessons add."""
        return self.root / "setup" / "requirements-test.lock"

    @property
    def workspace(self) -> Path:
        """The learner's working copy: ``workspace``, or the folder that LLM_FROM_ZERO_WORKSPACE names."""
        chosen = os.environ.get(WORKSPACE_VARIABLE)
        return Path(chosen).expanduser().absolute() if chosen else self.root / "workspace"


def this_project() -> Project:
    """The checkout that this file belongs to."""
    return Project(Path(__file__).resolve().parent.parent.parent)


def command_name() -> str:
    """How a person starts the entry script here, for remedies."""
    return "py setup\\run.py" if os.name == "nt" else "python3 setup/run.py"
