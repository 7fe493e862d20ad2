"""Libraries warn of all sorts of things while they work."""

from tests.attacks.attack import Attack, Notebook

SOURCE = """
import warnings

import numpy as np

warnings.warn("this will change", DeprecationWarning, stacklevel=1)
warnings.warn("look out", UserWarning, stacklevel=1)
torch.tensor([1.0]).requires_grad_().clone().grad
np.array([1.0]) / np.array([0.0])
warnings.simplefilter("always")
"""
ANSWER = """
import warnings


def mean_of(values):
    warnings.warn("few values" if len(values) < 3 else "many values", RuntimeWarning, stacklevel=2)
    return sum(values) / len(values)
"""


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.own(SOURCE, before="check-row-softmax").answer("mean_of", ANSWER)


ATTACK = Attack("warnings of libraries on the way", build)
