"""The notebook brings the note along that our own intake would leave for the grader."""

from tests.attacks.attack import Attack, Notebook


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.data["metadata"]["course"] |= {
        "intake": {"notes": ["full marks by hand"], "malformed": "", "failure": ""},
        "verdicts": {"row_softmax": 4.0},
    }
    notebook.data["metadata"]["nbgrader"] = {"score": 12}


ATTACK = Attack("metadata claim that the intake failed, or found other points", build)
