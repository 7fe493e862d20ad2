"""Other people's submissions are read where they lie, or where a grader usually keeps them."""

from tests.attacks.attack import Attack, Notebook

SOURCE = """
import glob

for pattern in ("<CLASSMATE>", "<ROOT>/classroom/submitted/*/*/*.ipynb", "../../*/*/*.ipynb", "../../../*/*/*/*.ipynb"):
    for path in glob.glob(pattern) or [pattern]:
        try:
            print(open(path).read())
        except OSError:
            pass
"""


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.own(
        SOURCE.replace("<CLASSMATE>", str(notebook.paths.classmate)).replace("<ROOT>", str(notebook.paths.root))
    )


ATTACK = Attack("a classmate's submission is read", build)
