"""The outputs that are saved in the file say that all is right."""

from tests.attacks.attack import Attack, Notebook


def build(notebook: Notebook) -> None:
    """Make the submission."""
    data = {"text/plain": ["4.0"], "text/html": ["<b>All of it is right.</b>"]}
    for exercise in ("row_softmax", "fingerprint"):
        notebook.check(exercise)["execution_count"] = 4
        notebook.check(exercise)["outputs"] = [
            {"output_type": "execute_result", "execution_count": 4, "data": data, "metadata": {}}
        ]


ATTACK = Attack("the file comes with a card and 4.0 as outputs of the check", build)
