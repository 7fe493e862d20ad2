"""Points that are no numbers: NaN, infinity, a text, a list."""

from tests.attacks.attack import Attack, Notebook


def build(notebook: Notebook) -> None:
    """Make the submission."""
    for exercise, points in (
        ("mean_of", float("nan")),
        ("Scaler", float("inf")),
        ("fingerprint", "4"),
        ("row_softmax", []),
    ):
        notebook.check(exercise)["metadata"]["nbgrader"]["points"] = points


ATTACK = Attack('points: NaN, Infinity, "4", []', build)
