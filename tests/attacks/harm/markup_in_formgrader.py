"""The same for whoever grades by hand: Formgrader's page, where a script would have the instructor's rights."""

from tests.attacks.attack import Drill
from tests.attacks.harm._markup import dangers, formgrader_page, hostile
from tests.attacks.harness import Arena


def run(arena: Arena) -> list[str]:
    """The page of a hostile notebook may hold nothing that the page of an honest one does not."""
    honest = arena.grader.grade({"honest": arena.honest("mixed").to_bytes()})["honest"].notebook
    page = formgrader_page(hostile(honest))
    problems = dangers(page, formgrader_page(honest))
    if "cdnjs" in page:
        problems.append("the page asks a CDN for something")
    return problems


DRILL = Drill("markup that runs on Formgrader's page", run, "reduced to text, tables and pictures", seconds=60)
