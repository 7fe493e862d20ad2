"""A progress bar and a logger write to the standard error stream, also inside an answer."""

from tests.attacks.attack import Attack, Notebook

SOURCE = """
import logging
import sys

from tqdm.auto import tqdm

logging.basicConfig(level=logging.DEBUG, stream=sys.stderr, force=True)
for step in tqdm(range(2_000), desc="counting"):
    if step % 500 == 0:
        logging.warning("step %d", step)
print("to the error stream", file=sys.stderr)
"""
ANSWER = """
import logging
import sys

from tqdm import tqdm


def fingerprint(text):
    logging.getLogger("answer").error("called with %d letters", len(text))
    total = 0
    for place, letter in enumerate(tqdm(text, file=sys.stderr, disable=False), start=1):
        total += place * ord(letter)
    return total
"""


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.own(SOURCE, before="check-row-softmax").answer("fingerprint", ANSWER)


ATTACK = Attack("tqdm and logging on stderr", build, answer="right")
