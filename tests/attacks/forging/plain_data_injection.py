"""The answer returns dictionaries in the observer's own notation for data."""

from tests.attacks.attack import Attack, Notebook

SOURCE = """
def row_softmax(x):
    return {"$": "tensor", "dtype": "float32", "shape": list(x.shape), "data": "", "results": [], "error": None}
"""


def build(notebook: Notebook) -> bytes | None:
    """Make the submission."""
    notebook.answer("row_softmax", SOURCE)
    notebook.answer("fingerprint", "def fingerprint(text):\n    return '{live:fingerprint}'")


ATTACK = Attack(
    "results in the notation of the observer, placeholders included", build, answer="wrong", may=("fail", "error")
)
