"""What one exercise was asked in hidden cases is returned in a visible case of the next."""

from tests.attacks.attack import Attack, Notebook

ROW = """
KEPT = []


def row_softmax(x):
    KEPT.append(x.tolist())
    return x - 1
"""


def build(notebook: Notebook) -> bytes | None:
    """Make the submission."""
    notebook.answer("row_softmax", ROW)
    notebook.answer("fingerprint", "def fingerprint(text):\n    KEPT.append(text)\n    return 7")
    notebook.answer("mean_of", "def mean_of(values):\n    KEPT.append(values)\n    return str(KEPT)")
    notebook.answer("Scaler", "def Scaler(size):\n    raise ValueError(str([str(kept)[-30:] for kept in KEPT]))")


ATTACK = Attack("hidden inputs are shown in the cards of later exercises", build, answer="wrong", may=("fail", "error"))
