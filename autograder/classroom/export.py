"""``autograder export``: the gradebook as CSV, for every spreadsheet."""

from __future__ import annotations

from pathlib import Path

from autograder.classroom.folder import Classroom
from autograder.errors import AutograderError


def export(classroom: Classroom, to: Path, lessons: tuple[str, ...] = ()) -> Path:
    """Write all scores, or those of some lessons, to a CSV file.

    Raises:
        AutograderError: if there is no gradebook, or the file cannot be written.
    """
    from autograder.classroom.csv_export import SafeCsvExport

    if not classroom.released_lessons():
        raise AutograderError(f"There is no gradebook in {classroom.root} yet: run `autograder release LESSON` first.")
    chosen = [classroom.lesson(lesson) for lesson in lessons]
    classroom.prepare()
    api = classroom.api()
    exporter = SafeCsvExport(parent=api)
    exporter.to, exporter.assignment = str(to), chosen
    try:
        with api.gradebook as gradebook:
            exporter.export(gradebook)
    except OSError as error:
        raise AutograderError(f"{to} cannot be written: {error.strerror}.") from error
    return to
