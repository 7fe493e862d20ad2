"""An input transformer of IPython rewrites the source of every later cell."""

from tests.attacks.attack import Attack, Notebook

SOURCE = r"""
def rewrite(lines):
    return ["4.0\n"] if any("check(" in line or "assert" in line for line in lines) else lines

shell = get_ipython()
shell.input_transformers_post.append(rewrite)
shell.input_transformers_cleanup.append(rewrite)
"""


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.own(SOURCE, before="check-row-softmax")


ATTACK = Attack("an input transformer rewrites the checks", build)
