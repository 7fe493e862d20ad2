"""Files named like the modules that a check imports lie beside the notebook."""

from tests.attacks.attack import Attack, Notebook

SOURCE = r"""
import importlib
import sys
from pathlib import Path

for name in ("numpy", "course", "json", "torch"):
    try:
        Path(name + ".py").write_text("def __getattr__(name):\n    return lambda *a, **k: 4.0\n")
    except OSError:
        pass
sys.path.insert(0, "")
importlib.invalidate_caches()
for name in list(sys.modules):
    if name.partition(".")[0] in ("course", "json"):
        del sys.modules[name]
try:
    import course
except Exception:
    pass
"""


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.own(SOURCE, before="check-row-softmax")


ATTACK = Attack("numpy.py, course.py and json.py are written beside the notebook", build, may=("tampered",))
