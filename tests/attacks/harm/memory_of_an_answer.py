"""An answer gives back more than can be sent, and one asks for more than there is."""

from tests.attacks.attack import Attack, Notebook

SOURCE = "def fingerprint(text):\n    return 'x' * (200 << 20)"


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.answer("fingerprint", SOURCE)
    notebook.answer("row_softmax", "def row_softmax(x):\n    return torch.zeros(1 << 40)")
    notebook.answer("mean_of", "def mean_of(values):\n    return list(range(5_000_000))")


ATTACK = Attack(
    "results of hundreds of megabytes", build, answer="wrong",
    may=("fail", "error", "memory", "timeout", "tampered", "crash"), seconds=25,
)  # fmt: skip
