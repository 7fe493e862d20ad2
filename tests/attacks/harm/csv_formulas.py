"""Names that a spreadsheet would run, or that would move a score to another column, in the exported gradebook."""

import csv
import tempfile
from pathlib import Path

from tests.attacks.attack import Drill
from tests.attacks.harness import Arena
from tests.attacks.lesson import NAME

NAMES = (
    "=cmd|' /C calc'!A0", '=HYPERLINK("http://127.0.0.1/?"&A1,"x")', "+1+1", "-1+1", "@SUM(1+1)", "\t=1+1", "\r=1+1",
    "＝1+1", "a,12.0,12.0", 'a"b', "a\nmallory,12", "O'Brien", "{score}", "%s", "=",
)  # fmt: skip


def run(arena: Arena) -> list[str]:
    """Export a gradebook in which somebody has each of these names, and read it as a spreadsheet does."""
    from nbgrader.api import Gradebook

    from autograder.classroom.csv_export import COLUMNS, SafeCsvExport
    from autograder.classroom.settings import prepare_process

    prepare_process()
    problems = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "grades.csv"
        with Gradebook(f"sqlite:///{folder}/gradebook.db") as gradebook:
            gradebook.add_assignment(NAME)
            for number, name in enumerate(NAMES):
                gradebook.add_student(f"s{number}", first_name=name, last_name=name, email=name)
            exporter = SafeCsvExport()
            exporter.to = str(path)
            exporter.export(gradebook)
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
    if len(rows) != len(NAMES) or any(set(row) != set(COLUMNS) for row in rows):
        problems.append(f"{len(rows)} rows for {len(NAMES)} students")
    for row in rows:
        name = NAMES[int(row["student_id"][1:])]
        if (row["score"], row["max_score"]) != ("0.0", "0.0"):
            problems.append(f"{name!r} has changed a score: {row}")
        for column, cell in row.items():
            if cell[:1] in tuple("=+-@\t\r\n＝"):
                problems.append(f"{column} of {name!r} is a formula: {cell!r}")
            if column in ("first_name", "last_name", "email") and cell.removeprefix("'") != " ".join(name.split()):
                problems.append(f"{name!r} became {cell!r}")
    return problems


DRILL = Drill("formulas and commas in names of the exported gradebook", run, "quoted, and shown as text")
