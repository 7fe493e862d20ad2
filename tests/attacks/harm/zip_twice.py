"""The same member twice in a zip, with other contents, other cases, other ways to write an accent."""

import unicodedata
import warnings
import zipfile

from tests.attacks.attack import Drill
from tests.attacks.harm._collected import CLASSMATES, desk, hand_over
from tests.attacks.harness import Arena
from tests.attacks.lesson import NAME


def run(arena: Arena) -> list[str]:
    """Nobody's work is replaced by another's, and nothing is chosen silently."""
    problems = []

    def both(archive: zipfile.ZipFile) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            for data in (b"one", b"two"):
                archive.writestr(f"mallory/{NAME}.ipynb", data)
        for form in ("NFC", "NFD"):
            archive.writestr(unicodedata.normalize(form, f"zoé/{NAME}.ipynb"), form.encode())
        archive.writestr(f"same/{NAME}.ipynb", b"same")
        archive.writestr(f"same/copy/{NAME}.ipynb", b"same")

    with desk() as made:
        outcome = hand_over(made, [made.zip(both)])
        problems += outcome.problems
        if made.students() != {*CLASSMATES, "same"}:
            problems.append(f"taken in were {made.students()}")
        for name in ("mallory: 2 notebooks", "zoé: 2 notebooks"):
            if name not in outcome.said:
                problems.append(f"not said: {name}")
    with desk() as made:
        outcome = hand_over(
            made, [made.zip(lambda archive: archive.writestr(f"Alice/{NAME}.ipynb", b"x"))], {"zoe": CLASSMATES["zoe"]}
        )
        problems += outcome.problems
        if "alice" not in outcome.said or made.students() != {"zoe"}:
            problems.append(f"Alice and alice: {made.students()} taken in, said: {outcome.said[:300]}")
    return problems


DRILL = Drill("a member twice in a zip, with different contents", run, "both are named; nothing is chosen silently")
