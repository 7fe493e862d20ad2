"""Made from an older release: other texts, a demonstration that is no longer there, another fingerprint."""

from tests.attacks.attack import Attack, Notebook


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.data["metadata"]["course"] = {"lesson": "92_attacked", "release": "0123456789abcdef"}
    notebook.cells[0]["source"] = "# 92 · Attacked, first edition"
    demonstration = next(cell for cell in notebook.cells if "a demonstration" in cell["source"])
    demonstration["source"] = 'print("an older demonstration")'
    notebook.cells.remove(next(cell for cell in notebook.cells if cell["source"] == "The end."))
    notebook.check("mean_of")["metadata"]["nbgrader"]["points"] = 1


ATTACK = Attack("an older release of the lesson", build, repaired="another release")
