"""Names of students that are paths, commands, marks of direction, devices, look-alikes, too long, or nothing."""

from tests.attacks.attack import Drill
from tests.attacks.harm._collected import Desk, desk, hand_over
from tests.attacks.harness import Arena
from tests.attacks.lesson import NAME

#: As folders, which is where most platforms put a name.
FOLDERS = (
    "...", "-rf", "--student=alice", "=cmd|' !A0'", "+1+1", "@SUM(1)", "a b", "*", "?", "$(id)", "`id`", "a;b", "a|b",
    "a'b", 'a"b', "<script>", "{student_id}", "%s", "a\nb", "a\rb", "a\tb", "\x1b[31mred", "\x07", "x" * 65, "𐍈" * 60,
    "\u202eecila", "ali\u200bce", "alice\u3164", "\u0430lice", "ａｌｉｃｅ", "alic\u0435", "ﬁona", "CON", "nul",
    "aux.txt", "LPT1", "feedback", "__pycache__", "alice.", ".alice", "a\\b", "\ufeffalice", "\U000e0061lice",
    "a\u0301\u0301\u0301", "\udcffalice", "１２",
)  # fmt: skip
#: As files, named by the instructor or found in a folder.
FILES = ("..ipynb", ".ipynb", "-.ipynb", " .ipynb", f"\x1b]0;title\x07_{NAME}.ipynb", "\udcfe.ipynb")


def _all(desk: Desk) -> None:
    for number, name in enumerate(FOLDERS):
        try:
            desk.put(f"{name}/{NAME}.ipynb", str(number).encode())
        except OSError:
            # No such name on this disk; then nobody can hand it over.
            continue
    for name in FILES:
        desk.put(name, b"file")


def run(arena: Arena) -> list[str]:
    """None of them becomes a folder; each is named in a sentence that a screen can show."""
    with desk() as made:
        made.classmates()
        _all(made)
        outcome = hand_over(made, [made.incoming])
        problems = outcome.problems
        odd = made.students() - {"alice", "zoe"}
        if odd:
            problems.append(f"taken in were {odd}")
        if outcome.collected is None or len(outcome.collected.problems) < len(FOLDERS) - 3:
            problems.append(f"too little is said: {outcome.said[:2000]}")
        # One by one, as `incoming/*.ipynb` gives them.
        for path in sorted(made.incoming.glob("*.ipynb")):
            problems += hand_over(made, [path]).problems
    return problems


DRILL = Drill("hostile names of students", run, "refused with a sentence each")
