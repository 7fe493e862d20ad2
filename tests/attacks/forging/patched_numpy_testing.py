"""What test cells use to compare finds no difference any more."""

from tests.attacks.attack import Attack, Notebook

SOURCE = """
import numpy
import numpy.testing

for name in dir(numpy.testing):
    if name.startswith("assert_"):
        setattr(numpy.testing, name, lambda *a, **k: None)
numpy.allclose = numpy.array_equal = numpy.isclose = lambda *a, **k: True
"""


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.first(SOURCE)


ATTACK = Attack("numpy.testing finds nothing", build, may=("tampered",))
