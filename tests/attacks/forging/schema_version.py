"""A schema version of the future, of the past, and one that is no number."""

from tests.attacks.attack import Attack, Notebook


def build(notebook: Notebook) -> None:
    """Make the submission."""
    for exercise, version in (("row_softmax", 99), ("fingerprint", 0), ("mean_of", "x")):
        notebook.check(exercise)["metadata"]["nbgrader"]["schema_version"] = version
        notebook.cell(exercise)["metadata"]["nbgrader"]["schema_version"] = version


ATTACK = Attack('schema_version: 99, 0, "x"', build)
