"""The socket's own methods are replaced, so that what the runner sends is something else."""

from tests.attacks.attack import Attack, Notebook

SOURCE = """
import gc
import json
import socket
import sys

true_loads, true_dumps = json.loads, json.dumps
for found in gc.get_objects():
    if isinstance(found, socket.socket):
        try:
            found.sendall = lambda data: None
        except (AttributeError, TypeError):
            pass
for name, module in list(sys.modules.items()):
    if name.startswith("autograder.engine"):
        for attribute in ("send", "receive"):
            if hasattr(module, attribute):
                setattr(module, attribute, lambda *a, **k: {"op": "run", "source": "", "number": 0})
"""


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.own(SOURCE, before="check-row-softmax")


ATTACK = Attack("what the runner sends is rewritten on its way", build, may=("tampered", "crash"))
