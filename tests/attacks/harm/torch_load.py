"""Weights that run code when they are loaded, in the submission itself and in whatever would load them later."""

from tests.attacks.attack import Attack, Notebook

# What runs is sealed as the rest is: it tries to leave a mark in every place that lasts.
SOURCE = """
import os
import pickle
import zipfile

import torch


class Payload:
    def __reduce__(self):
        code = (
            "import os\\n"
            "for place in ('/tmp', '/var/tmp', '/dev/shm', os.path.expanduser('~root'), %r, %r):\\n"
            "    try:\\n"
            "        open(os.path.join(place, 'breach-torch-load'), 'w').close()\\n"
            "        print('BREACH: a file was written to', place)\\n"
            "    except OSError:\\n"
            "        pass\\n"
            "try:\\n"
            "    os.system('true') == 0 and print('BREACH: a command ran')\\n"
            "except OSError:\\n"
            "    pass\\n"
        )
        return exec, (code,)


torch.save({"weights": Payload()}, "weights.pt")
torch.load("weights.pt", weights_only=False)
try:
    torch.load("weights.pt")
except pickle.UnpicklingError:
    pass
with open("model.bin", "wb") as file:
    pickle.dump(Payload(), file)
pickle.loads(pickle.dumps(Payload()))
torch.save(torch.zeros(2), "course.pt")
with zipfile.ZipFile("weights.npz", "w") as archive:
    archive.writestr("../../breach-npz.npy", b"x")
"""


def build(notebook: Notebook) -> None:
    """Make the submission."""
    source = SOURCE.replace("%r, %r", f"{str(notebook.paths.home)!r}, {str(notebook.paths.notes)!r}")
    notebook.own(source, before="check-row-softmax")
    notebook.answer("mean_of", "def mean_of(values):\n    return torch.load('weights.pt', weights_only=False) or "
                    "sum(values) / len(values)")  # fmt: skip


# `torch.load` gives back a dictionary that holds what `exec` returned: no mean.
ATTACK = Attack("torch.load of weights that run code", build, may=("fail", "error"), seconds=20)
