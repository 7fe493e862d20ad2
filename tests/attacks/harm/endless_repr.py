"""What a cell shows takes for ever to be shown, in every way that IPython asks for it."""

from tests.attacks.attack import Attack, Notebook

SOURCE = """
class Slow:
    def __repr__(self):
        while True:
            try:
                while True:
                    pass
            except BaseException:
                pass

    _repr_html_ = _repr_mimebundle_ = _repr_svg_ = _ipython_display_ = __str__ = __format__ = __repr__


Slow()
"""


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.own(SOURCE, before="check-row-softmax")


ATTACK = Attack("showing an object takes for ever", build, seconds=20)
