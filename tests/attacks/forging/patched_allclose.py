"""torch's comparisons find everything equal."""

from tests.attacks.attack import Attack, Notebook

SOURCE = """
import torch
import torch.testing

torch.allclose = torch.equal = torch.isclose = lambda *a, **k: True
torch.Tensor.allclose = torch.Tensor.equal = torch.Tensor.__eq__ = lambda *a, **k: True
torch.testing.assert_close = lambda *a, **k: None
"""


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.first(SOURCE)


ATTACK = Attack("torch.allclose, equal and testing find nothing", build, may=("tampered",))
