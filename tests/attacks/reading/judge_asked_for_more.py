"""The judge is asked for the questions of exercises that are not being checked, and for verdicts."""

from tests.attacks.attack import Attack, Notebook

SOURCE = """
import json
import os

from course.checking import remote

for name in ("fingerprint", "mean_of", "row_softmax", "Scaler", "../keys/mean_of", ""):
    try:
        print(remote.questions(name))
    except Exception:
        pass
    try:
        print(remote.verdict(name, []))
    except Exception:
        pass
print(os.environ.get("COURSE_JUDGE"))
try:
    print(check("fingerprint", lambda text: text))
    print(check("mean_of", lambda values: str(values)))
except Exception:
    pass
"""


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.own(SOURCE)


ATTACK = Attack("the judge is asked for questions and verdicts at other times", build)
