"""What makes an nbgrader course of a folder: one set of settings for our commands, nbgrader's own, and Formgrader."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from nbgrader.preprocessors import (
    AssignLatePenalties,
    CheckCellMetadata,
    ClearHiddenTests,
    ClearMarkScheme,
    ClearOutput,
    ClearSolutions,
    ComputeChecksums,
    IgnorePattern,
    IncludeHeaderFooter,
    LimitOutput,
    LockCells,
    SaveAutoGrades,
    SaveCells,
)

from autograder.build.release import DropTags, RestoreStubs
from autograder.classroom.csv_export import SafeCsvExport
from autograder.classroom.exporter import IntakeExporter
from autograder.classroom.generate import FinishRelease
from autograder.classroom.judged import JudgedExecute
from autograder.classroom.records import VERDICTS
from autograder.pages.settings import configure_pages

CODE = Path(__file__).resolve().parents[2]

#: As nbgrader's, with the execution that asks the hidden judge; metadata is kept, since intake has set it.
AUTOGRADE_PREPROCESSORS = [
    JudgedExecute, IgnorePattern, LimitOutput, SaveAutoGrades, AssignLatePenalties, CheckCellMetadata,
]  # fmt: skip


def prepare_process() -> None:
    """Let nbgrader find ``alembic``, which it starts by name, also where the environment is not activated."""
    folder = str(Path(sys.executable).parent)
    if folder not in os.environ.get("PATH", "").split(os.pathsep):
        os.environ["PATH"] = folder + os.pathsep + os.environ.get("PATH", "")


def configure(config: Any, root: Path) -> None:
    """Fill a traitlets configuration for the classroom in ``root``."""
    prepare_process()
    config.CourseDirectory.root = str(root)
    config.CourseDirectory.course_id = "llm-from-zero"
    # Verdicts are the instructor's; nbgrader copies every other file beside a notebook on to feedback.
    config.CourseDirectory.ignore = [".ipynb_checkpoints", "*.pyc", "__pycache__", "feedback", VERDICTS]
    config.Exchange.root = str(root / "exchange")
    config.Exchange.cache = str(root / "exchange" / ".cache")
    # nbgrader's own order, with the stubs of find-the-bug exercises, no tags, and the release's fingerprint.
    config.GenerateAssignment.preprocessors = [
        IncludeHeaderFooter, LockCells, ClearSolutions, RestoreStubs, DropTags, ClearOutput, CheckCellMetadata,
        ComputeChecksums, SaveCells, ClearHiddenTests, ClearMarkScheme, ComputeChecksums, CheckCellMetadata,
        FinishRelease,
    ]  # fmt: skip
    config.Autograde.exporter_class = IntakeExporter
    config.Autograde.autograde_preprocessors = list(AUTOGRADE_PREPROCESSORS)
    config.JudgedExecute.keys = str(root / "keys")
    config.ExportApp.plugin_class = SafeCsvExport
    configure_pages(config)


CONFIG_FILE = """\
# Written by `autograder`, and written again whenever it runs here. Settings of your own belong in nbgrader_local.py
# beside this file, as in `c.JudgedExecute.timeout = 120`; they win over these.
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
sys.path.insert(0, {code!r})

from autograder.classroom.settings import configure  # noqa: E402

c = get_config()  # noqa: F821
configure(c, ROOT)
if (ROOT / "nbgrader_local.py").exists():
    load_subconfig("nbgrader_local.py", path=str(ROOT))  # noqa: F821
"""
