"""Paths in a zip that lead out of it: upwards, absolute, with backslashes, to drives and servers, and to streams."""

from tests.attacks.attack import Drill
from tests.attacks.harm._collected import desk, hand_over
from tests.attacks.harness import Arena
from tests.attacks.lesson import NAME

SLIPS = (
    "../../etc/sentinel.ipynb", "mallory/../../../etc/sentinel.ipynb", "/etc/sentinel.ipynb", "//server/share/x.ipynb",
    "..\\..\\etc\\sentinel.ipynb", "mallory\\..\\..\\x.ipynb", "C:\\Users\\x.ipynb", "C:x.ipynb", "mallory/x:y.ipynb",
    "mallory/../alice/92_attacked.ipynb", "./../x.ipynb", "\\\\server\\share\\x.ipynb", "../class.zip", "..",
)  # fmt: skip


def run(arena: Arena) -> list[str]:
    """Collect a zip with all of them."""
    with desk() as made:
        path = made.zip(lambda archive: [archive.writestr(name, b"slipped") for name in SLIPS] and None)
        outcome = hand_over(made, [path])
        problems = outcome.problems
        if made.students() != {"alice", "zoe"}:
            problems.append(f"taken in were {made.students()}")
        told = outcome.said.count("points outside")
        if told < 10:
            problems.append(f"only {told} of {len(SLIPS)} were named")
        if any(b"slipped" in file.read_bytes() for file in made.classroom.root.rglob("*") if file.is_file()):
            problems.append("one of them was written somewhere")
        single = made.zip(lambda archive: archive.writestr(f"../{NAME}.ipynb", b"slipped"), "mallory.zip")
        problems += hand_over(made, [single]).problems
    return problems


DRILL = Drill("a zip whose paths lead out of it", run, "passed over and named; the others are taken")
