"""The metadata says that a check is worth four hundred points."""

from tests.attacks.attack import Attack, Notebook


def build(notebook: Notebook) -> None:
    """Make the submission."""
    for exercise in ("mean_of", "Scaler"):
        notebook.check(exercise)["metadata"]["nbgrader"]["points"] = 400
    notebook.check("row_softmax")["metadata"]["nbgrader"]["points"] = -1
    notebook.cell("mean_of")["metadata"]["nbgrader"] |= {"grade": True, "points": 1000}


ATTACK = Attack("points: 400, and -1 for the one that is wrong", build)
