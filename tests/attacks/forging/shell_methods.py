"""The methods of the IPython shell by which cells are run are replaced."""

from tests.attacks.attack import Attack, Notebook

SOURCE = """
shell = get_ipython()
original = type(shell).run_cell


def run_cell(self, raw_cell, *args, **kwargs):
    if "check(" in raw_cell or "assert" in raw_cell:
        raw_cell = "4.0"
    return original(self, raw_cell, *args, **kwargs)


for holder in type(shell).__mro__:
    if "run_cell" in vars(holder):
        try:
            setattr(holder, "run_cell", run_cell)
        except (AttributeError, TypeError):
            pass
shell.events.register("pre_run_cell", lambda info: setattr(info, "raw_cell", "4.0"))
"""


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.own(SOURCE, before="check-row-softmax")


ATTACK = Attack("run_cell and run_code of the shell are replaced", build, may=("tampered",))
