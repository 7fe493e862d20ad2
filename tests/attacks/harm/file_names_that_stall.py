"""Names of files over which a pattern would think for years, and paths of thousands of folders."""

import zipfile

from tests.attacks.attack import Drill
from tests.attacks.harm._collected import desk, hand_over
from tests.attacks.harness import Arena
from tests.attacks.lesson import NAME

NAMES = (
    "copy " * 48 + "x", "-copy" * 50, "(1) " * 60 + "x", "copy1copy1" * 24 + "x", "_ -" * 80 + "copy", "1_" * 120,
    f"{'-' * 200}{NAME}", f"{NAME}{'-' * 200}", f"{NAME}_" * 20, "a_1_assignsubmission_" * 11, " " * 200 + "x",
)  # fmt: skip


def run(arena: Arena) -> list[str]:
    """As folders and as files of a zip."""

    def fill(archive: zipfile.ZipFile) -> None:
        for name in NAMES:
            archive.writestr(f"{name}.ipynb", b"{}")
            archive.writestr(f"{name}/{name}.ipynb", b"{}")
            archive.writestr(f"mallory/{name}/{NAME}.ipynb", name.encode())

    def deep(archive: zipfile.ZipFile) -> None:
        archive.writestr("a/" * 30_000 + f"{NAME}.ipynb", b"{}")
        archive.writestr("mallory/" + "b" * 60_000 + ".ipynb", b"{}")

    problems = []
    for way in (fill, deep):
        with desk() as made:
            outcome = hand_over(made, [made.zip(way)])
            problems += outcome.problems
            if outcome.seconds > 5:
                problems.append(f"{way.__name__}: it took {outcome.seconds:.0f} s")
            if len(outcome.said) > 20_000:
                problems.append(f"{len(outcome.said):,} characters are said of it")
    with desk() as made:
        for name in NAMES:
            made.put(f"{name}.ipynb"[-200:], b"{}")
        made.classmates()
        outcome = hand_over(made, [made.incoming])
        problems += outcome.problems
        for path in made.incoming.glob("*.ipynb"):
            outcome = hand_over(made, [path])
            problems += outcome.problems
            if outcome.seconds > 5:
                problems.append(f"{path.name[:20]}…: it took {outcome.seconds:.0f} s")
    return problems


DRILL = Drill("names of files that a pattern stalls over", run, "told whose they are at once")
