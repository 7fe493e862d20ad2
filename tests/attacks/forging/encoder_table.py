"""What the observer uses inside, down to json and base64, is replaced."""

from tests.attacks.attack import Attack, Notebook

SOURCE = """
import base64
import json
import re

base64.b64encode = lambda *a, **k: b""
json.dumps = lambda *a, **k: '{"observations": []}'
json.loads = lambda *a, **k: {"op": "run", "source": "", "number": 0}
re.sub = lambda *a, **k: ""
"""


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.own(SOURCE, before="check-row-softmax")


ATTACK = Attack("json, base64 and re are patched under the observer", build, may=("tampered", "crash", "error"))
