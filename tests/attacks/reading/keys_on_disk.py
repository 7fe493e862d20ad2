"""The hidden keys are opened where they lie, and expected values are returned as answers."""

from tests.attacks.attack import Attack, Notebook

SOURCE = """
import glob
import json

TEXTS = {}
for path in glob.glob("<KEYS>/*.json") or ["<KEYS>/fingerprint.json", "<KEYS>/row_softmax.json"]:
    try:
        with open(path) as file:
            TEXTS[path] = file.read()
    except OSError:
        pass
"""

ANSWER = """
def fingerprint(text):
    for path, key in TEXTS.items():
        if "fingerprint" in path:
            for case in json.loads(key)["cases"]:
                if case["steps"][0]["args"] == [text]:
                    return case["expected"]["results"][0]
    return sum(ord(c) for c in text)
"""


def build(notebook: Notebook) -> None:
    """Make the submission."""
    place = str(notebook.paths.keys)
    notebook.first(SOURCE.replace("<KEYS>", place)).own("print(TEXTS)")
    notebook.answer("fingerprint", ANSWER)


ATTACK = Attack("the hidden keys are read from their folder", build)
