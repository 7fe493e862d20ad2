"""NaN and infinity are compared with tolerances in the hope that nothing is larger than NaN."""

from tests.attacks.attack import Attack, Notebook


def build(notebook: Notebook) -> bytes | None:
    """Make the submission."""
    notebook.answer("row_softmax", "def row_softmax(x):\n    return x * float('nan')")
    notebook.answer("fingerprint", "def fingerprint(text):\n    return float('nan')")
    notebook.answer("mean_of", "def mean_of(values):\n    return float('inf')")


ATTACK = Attack("answers return NaN and infinity", build, answer="wrong", may=("fail",))
