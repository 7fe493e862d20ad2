"""Pickles where a grader may load them: in outputs, attachments and metadata of cells, and as the submission itself."""

import base64
import pickle

from tests.attacks.attack import Drill
from tests.attacks.harness import Arena

KINDS = ("application/x-python-pickle", "application/octet-stream", "application/vnd.torch.pt", "application/x-dill")


class _Payload:
    def __init__(self, path: str) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, tuple[str, str]]:
        return open, (self.path, "w")


def run(arena: Arena) -> list[str]:
    """Hand them in, and see whether one was loaded."""
    mark = arena.paths.notes / "breach-pickle"
    data = pickle.dumps(_Payload(str(mark)))
    text = base64.b64encode(data).decode()
    notebook = arena.honest("mixed")
    for cell in notebook.cells:
        cell["metadata"] |= {"pickle": text, "dill": text}
        if cell["cell_type"] == "code":
            output = {"output_type": "display_data", "metadata": {}, "data": dict.fromkeys(KINDS, text)}
            cell["outputs"] = [output]
        else:
            cell["attachments"] = {"weights.pkl": {KINDS[0]: text}}
    notebook.data["metadata"]["pickle"] = text
    batch = {"inside": notebook.to_bytes(), "itself": data, "zip of torch": b"PK\x03\x04" + data}
    problems = []
    for name, graded in arena.grader.grade(batch).items():
        may = () if name == "inside" else ("malformed",)
        problems += [f"{name}: {problem}" for problem in arena.compare("mixed", graded, may)]
    if mark.exists():
        problems.append("a pickle was loaded by the grader")
        mark.unlink()
    return problems


DRILL = Drill("pickles lie in the notebook, and are handed in as one", run, "never loaded")
