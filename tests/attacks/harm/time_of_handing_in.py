"""A submission brings its own time: in timestamp.txt, in the zip's and the file's dates, in the notebook."""

import os
import zipfile

from tests.attacks.attack import Drill
from tests.attacks.harm._collected import CLASSMATES, NOW, desk, hand_over
from tests.attacks.harness import Arena
from tests.attacks.lesson import NAME

EARLY = "1999-12-31 23:59:59 UTC"


def run(arena: Arena) -> list[str]:
    """In a zip and in a folder; it counts when it came."""
    problems = []

    def fill(archive: zipfile.ZipFile) -> None:
        for name in ("timestamp.txt", f"{NAME}/timestamp.txt", "verdicts.json", "receipts.jsonl"):
            archive.writestr(f"mallory/{name}", EARLY)
        member = zipfile.ZipInfo(f"mallory/{NAME}.ipynb", (1999, 12, 31, 23, 59, 58))
        archive.writestr(member, b'{"cells": [], "metadata": {"timestamp": "1999-12-31", "time": "1999-12-31"}}')

    for way in ("zip", "folder"):
        with desk() as made:
            if way == "zip":
                given = made.zip(fill)
            else:
                made.classmates()
                path = made.put(f"mallory/{NAME}.ipynb", b"{}")
                made.put("mallory/timestamp.txt", EARLY.encode())
                os.utime(path, (946684799, 946684799))
                given = made.incoming
            outcome = hand_over(made, [given])
            problems += [f"{way}: {problem}" for problem in outcome.problems]
            for student in (*CLASSMATES, "mallory"):
                folder = made.classroom.submitted(student, NAME)
                names = sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
                if names != [f"{NAME}.ipynb", "timestamp.txt"]:
                    problems.append(f"{way}: of {student} there is {names}")
                elif (folder / "timestamp.txt").read_text() != f"{NOW:%Y-%m-%d %H:%M:%S} UTC\n":
                    problems.append(f"{way}: {student}'s time is {(folder / 'timestamp.txt').read_text()}")
            if "1999" in outcome.said or "1999" in (made.classroom.root / "received" / "receipts.jsonl").read_text():
                problems.append(f"{way}: a receipt names the time that the submission claims")
    return problems


DRILL = Drill("a submission brings a time of its own", run, "the time of collecting counts")
