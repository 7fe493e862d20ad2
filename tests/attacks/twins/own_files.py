"""Files that a learner writes and reads again: data, pickles, weights, in the folder and in a temporary one."""

from tests.attacks.attack import Attack, Notebook

SOURCE = """
import json
import os
import pickle
import tempfile
from pathlib import Path

Path("data").mkdir(exist_ok=True)
Path("data/values.json").write_text(json.dumps([1, 2, 3]))
assert json.loads(Path("data/values.json").read_text()) == [1, 2, 3]
with open("object.pkl", "wb") as file:
    pickle.dump({"a": 1}, file)
torch.save(torch.ones(3), "weights.pt")
weights = torch.load("weights.pt")
with tempfile.TemporaryDirectory() as folder:
    (Path(folder) / "x.txt").write_text("x")
os.rename("object.pkl", "other.pkl")
os.remove("other.pkl")
print(sorted(os.listdir()), weights)
"""


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.own(SOURCE, before="check-mean-of")


ATTACK = Attack("files are written and read back", build)
