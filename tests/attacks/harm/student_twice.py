"""A student hands in twice, somebody hands in under the name of another, and a name comes in two spellings."""

from tests.attacks.attack import Drill
from tests.attacks.harm._collected import CLASSMATES, desk, hand_over
from tests.attacks.harness import Arena
from tests.attacks.lesson import NAME


def run(arena: Arena) -> list[str]:
    """What came first is kept, what replaces it says so, and of two at once none is taken."""
    problems = []
    with desk() as made:
        made.classmates()
        problems += hand_over(made, [made.incoming]).problems
        again = hand_over(made, [made.put(f"alice_{NAME}.ipynb", b"second")], {"zoe": CLASSMATES["zoe"]})
        problems += again.problems
        if "replaces" not in again.said or made.submitted("alice") != b"second":
            problems.append(f"the second one: {again.said!r}")
        kept = {path.read_bytes() for path in (made.classroom.received(NAME) / "alice").iterdir()}
        if kept != {CLASSMATES["alice"], b"second"}:
            problems.append(f"of alice there is kept {kept}")
        both = hand_over(
            made, [made.put(f"x/alice_{NAME}.ipynb", b"third"), made.put(f"alice/{NAME}-Copy1.ipynb", b"fourth")],
            {"alice": b"second", "zoe": CLASSMATES["zoe"]},
        )  # fmt: skip
        problems += both.problems
        if "alice: 2 notebooks" not in both.said:
            problems.append(f"two at once: {both.said!r}")
        for name in ("ALICE", "aLice"):
            other = hand_over(made, [made.put(f"{name}/{NAME}.ipynb", b"other")], {"alice": b"second"})
            problems += other.problems
            if "capital letters" not in other.said or name in made.students():
                problems.append(f"{name}: {other.said!r}")
    # The engine is asked for the same student twice in a batch: both get their own result.
    first = arena.grader.grade({"twice": arena.honest("right").to_bytes()})["twice"]
    second = arena.grader.grade({"twice": arena.honest("wrong").to_bytes()})["twice"]
    return problems + arena.compare("right", first) + arena.compare("wrong", second)


DRILL = Drill("the same student twice, and in two spellings", run, "replaced with a receipt, or named")
