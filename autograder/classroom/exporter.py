"""The reader of submissions that nbgrader's autograder is configured with: it lets no submission stop it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nbconvert.exporters import NotebookExporter
from nbconvert.exporters.exporter import ResourcesDict
from nbformat import NotebookNode

from autograder.classroom.intake import take_in_file
from autograder.classroom.skeleton import Skeleton, read_skeleton

_skeletons: dict[tuple[tuple[str, int], ...], Skeleton] = {}


def skeleton_of(release: Path, older: Path) -> Skeleton:
    """The skeleton of a released lesson, with the older releases kept in a folder; read once while nothing changes."""
    former = tuple(sorted(older.glob("*.ipynb"))) if older.is_dir() else ()
    state = tuple((str(path), path.stat().st_mtime_ns) for path in (release, *former))
    if state not in _skeletons:
        _skeletons.clear()
        _skeletons[state] = read_skeleton(release, former)
    return _skeletons[state]


class IntakeExporter(NotebookExporter):
    """Reads submissions through the intake, and everything else as nbconvert does.

    nbgrader reads a notebook before any of its preprocessors runs, so a file that is no notebook, or one with strange
    metadata, can only be helped here. ``submitted/`` is left as it is; what was repaired goes on to ``autograded/``.
    """

    def from_filename(
        self, filename: str, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Read a notebook file and convert it."""
        # nbgrader converts twice: submitted → autograded (sanitizing), and autograded → autograded (executing).
        if not getattr(self.parent, "_sanitizing", False):
            return _pair(super().from_filename(filename, resources=resources, **kw))
        resources = ResourcesDict() if resources is None else resources
        path = Path(filename)
        resources["metadata"] = ResourcesDict(name=path.stem, path=str(path.parent))
        converter: Any = self.parent
        coursedir = converter.coursedir
        lesson = resources["nbgrader"]["assignment"]
        release = Path(coursedir.format_path(coursedir.release_directory, ".", lesson)) / path.name
        skeleton = skeleton_of(release, Path(coursedir.root) / "releases" / lesson)
        intake = take_in_file(path, skeleton)
        intake.notebook.metadata.setdefault("course", {})["intake"] = intake.record()
        return _pair(self.from_notebook_node(intake.notebook, resources=resources, **kw))


def _pair(converted: Any) -> tuple[NotebookNode, dict[str, Any]]:
    notebook, resources = converted
    return notebook, resources
