"""A hundred thousand cells; and as many as are read, each of which runs."""

from tests.attacks.attack import Drill, code_cell
from tests.attacks.harness import Arena


def run(arena: Arena) -> list[str]:
    """Hand in both."""
    problems = []
    for count, may in ((100_000, ("malformed",)), (4_900, ("timeout",))):
        notebook = arena.honest("mixed")
        for number in range(count):
            notebook.cells.append(code_cell(f"x{number} = {number}", f"many-{number}"))
        graded = arena.grader.grade({"many": notebook.to_bytes()})["many"]
        problems += [f"{count:,}: {problem}" for problem in arena.compare("mixed", graded, may)]
        statuses = {verdict.status for verdict in graded.verdicts.values()}
        if count == 100_000 and statuses != {"malformed"}:
            problems.append(f"100,000 cells came to {statuses}")
        if graded.seconds > arena.allowed(25):
            problems.append(f"{count:,} cells took {graded.seconds:.1f} s")
    return problems


DRILL = Drill("a notebook of 100,000 cells", run, "malformed; 4,900 are graded as ever", seconds=60)
