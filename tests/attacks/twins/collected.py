"""Honest work as platforms, systems and people pack it: nobody is taken for an attacker."""

import unicodedata
import zipfile
from pathlib import Path

from tests.attacks.attack import Drill
from tests.attacks.harm._collected import desk, hand_over
from tests.attacks.harness import Arena
from tests.attacks.lesson import NAME

#: ``{path in the zip: whose it is}``
MOODLE = {
    f"Ada Lovelace_101_assignsubmission_file_/{NAME}.ipynb": "Ada_Lovelace_101",
    f"José Núñez_102_assignsubmission_file_/{NAME} (1).ipynb": "José_Núñez_102",
    f"张 三_103_assignsubmission_file_/{NAME}-Copy1.ipynb": "张_三_103",
    f"Иван Иванов_105_assignsubmission_file_/{NAME}.ipynb": "Иван_Иванов_105",
}
CANVAS = {
    f"lovelaceada_101_900_{NAME}.ipynb": "lovelaceada", f"nunezjose_LATE_102_901_{NAME}-2.ipynb": "nunezjose",
}  # fmt: skip
WINDOWS = {
    f"work\\ada\\{NAME}.ipynb": "ada",
    f"work\\grace.hopper@example.org\\{NAME}.ipynb": "grace.hopper@example.org",
}
MAC = {
    f"class/ada/{NAME}.ipynb": "ada", f"class/{unicodedata.normalize('NFD', 'zoë')}/{NAME}.ipynb": "zoë",
    "__MACOSX/class/ada/._x.ipynb": "", "class/.DS_Store": "", "class/ada/.ipynb_checkpoints/x-checkpoint.ipynb": "",
}  # fmt: skip
#: Compresses to a hundredth: the same output over and over.
LONG = b'{"cells": [], "out": "' + b"step 1 of 1000, loss 0.25\\n" * 150_000 + b'"}'


def _packed(path: Path, files: dict[str, str]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in files:
            archive.writestr(name, b'{"cells": []}')
    return path


def run(arena: Arena) -> list[str]:
    """Collect each."""
    problems = []
    for way, files in {"Moodle": MOODLE, "Canvas": CANVAS, "Windows": WINDOWS, "a Mac": MAC}.items():
        with desk() as made:
            outcome = hand_over(made, [_packed(made.incoming / "class.zip", files)], {})
            problems += [f"{way}: {problem}" for problem in outcome.problems]
            missing = {student for student in files.values() if student} - made.students()
            if missing:
                problems.append(f"{way}: {missing} were not taken in ({outcome.said[:500]})")
    with desk() as made:
        for number in range(300):
            made.put(f"s{number:03}/{NAME}.ipynb", b'{"cells": []}')
        made.put(f"s300/{NAME}.ipynb", LONG)
        for number in range(60):
            made.put(f"s301/notes/{number}.ipynb", b"{}")
        made.put(f"s301/{NAME}.ipynb", b'{"cells": []}')
        outcome = hand_over(made, [made.incoming], {"s300": LONG, "s301": b'{"cells": []}'})
        problems += outcome.problems
        packed = made.incoming.parent / "all.zip"
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for path in made.incoming.rglob("*.ipynb"):
                archive.write(path, path.relative_to(made.incoming))
        problems += hand_over(made, [packed], {"s300": LONG, "s301": b'{"cells": []}'}).problems
        if len(made.students()) != 302:
            problems.append(f"{len(made.students())} of 302 were taken in")
    return problems


DRILL = Drill("honest work as platforms and systems pack it", run, "all of it is taken in", seconds=40)
