"""An execute_result is put on the kernel's own wire, in the name of the check's request."""

from tests.attacks.attack import Attack, Notebook

SOURCE = """
kernel = getattr(get_ipython(), "kernel", None)


def answer_for_the_check(info=None):
    if kernel is None:
        return
    content = {"data": {"text/plain": "4.0"}, "metadata": {}, "execution_count": 4}
    kernel.session.send(kernel.iopub_socket, "execute_result", content, parent=kernel.get_parent("shell"))


get_ipython().events.register("pre_run_cell", answer_for_the_check)
"""


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.own(SOURCE, before="check-row-softmax")


ATTACK = Attack("an execute_result is forged on the kernel's wire", build)
