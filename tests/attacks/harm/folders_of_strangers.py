"""Folders as students pack them: links to other people's files, pipes that never end, two hundred folders deep."""

import os

from tests.attacks.attack import Drill
from tests.attacks.harm._collected import desk, hand_over
from tests.attacks.harness import Arena
from tests.attacks.lesson import NAME


def run(arena: Arena) -> list[str]:
    """Collect the folder that holds them all, and some by name."""
    with desk() as made:
        made.classmates()
        sentinel = made.root.parents[2] / "etc" / "sentinel.ipynb"
        folder = made.incoming / "mallory"
        folder.mkdir()
        (folder / f"{NAME}.ipynb").symlink_to(sentinel)
        (made.incoming / "eve").symlink_to(sentinel.parent)
        (made.incoming / "ring").symlink_to(made.incoming)
        (made.incoming / f"trudy_{NAME}.ipynb").symlink_to(sentinel)
        (made.incoming / "peggy").mkdir()
        os.mkfifo(made.incoming / "peggy" / f"{NAME}.ipynb")
        os.mkfifo(made.incoming / f"victor_{NAME}.ipynb")
        # As deep as Python's own tools can still remove it.
        made.put("/".join(["deep"] * 200) + f"/{NAME}.ipynb", b"{}")
        (made.incoming / "olivia" / f"{NAME}.ipynb").mkdir(parents=True)
        outcome = hand_over(made, [made.incoming])
        problems = outcome.problems
        if made.students() != {"alice", "zoe"}:
            problems.append(f"taken in were {made.students()}")
        for name in ("mallory", "eve", "ring", "trudy", "too deep"):
            if name not in outcome.said:
                problems.append(f"nothing is said of {name}")
        for name in (f"trudy_{NAME}.ipynb", f"victor_{NAME}.ipynb", "peggy", "olivia"):
            outcome = hand_over(made, [made.incoming / name])
            problems += [f"{name}: {problem}" for problem in outcome.problems]
        if b"untouched" in b"".join(p.read_bytes() for p in made.classroom.root.rglob("*.ipynb") if p.is_file()):
            problems.append("a file behind a link was taken in")
    return problems


DRILL = Drill("links, pipes and deep folders are handed over", run, "passed over and named; the others are taken")
