"""The flags that say what is graded and what is locked are turned round."""

from tests.attacks.attack import Attack, Notebook


def build(notebook: Notebook) -> None:
    """Make the submission."""
    for cell in notebook.cells:
        grading = cell["metadata"].get("nbgrader")
        if grading:
            for flag in ("grade", "solution", "locked", "task"):
                grading[flag] = not grading.get(flag)


ATTACK = Attack("grade, solution, locked and task are inverted", build)
