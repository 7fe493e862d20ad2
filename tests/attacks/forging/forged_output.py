"""What a passed check would show is published by another cell, as display, result and update."""

from tests.attacks.attack import Attack, Notebook

SOURCE = """
from IPython.display import display, publish_display_data, update_display

card = {"text/plain": "4.0", "text/html": "<b>All of it is right.</b>"}
shell = get_ipython()
publish_display_data(card)
for place in ("row_softmax", "check-row-softmax", "verdict", ""):
    try:
        ids = {"display_id": place, "cell_id": "check-row-softmax"}
        shell.display_pub.publish(card, {}, transient=ids, update=True)
    except Exception:
        pass
try:
    shell.displayhook.outputs.display(card, {}, count=4)
    shell.displayhook.write_format_data(card, {})
except Exception:
    pass
4.0
"""


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.own(SOURCE, before="check-row-softmax")


ATTACK = Attack("full marks are displayed under every id there is", build)
