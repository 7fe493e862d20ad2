"""The folders of jobs that run at the same time, or ran before, are looked for."""

from tests.attacks.attack import Attack, Notebook

SOURCE = """
import os
from pathlib import Path

own = Path.cwd().resolve()
for place in (Path("<TEMPORARY>"), Path("/tmp"), Path("/var/tmp"), Path("/dev/shm"), own.parent.parent):
    try:
        for found in place.iterdir():
            if found.resolve() not in (own, *own.parents):
                print("BREACH: can list", place)
                break
    except OSError:
        pass
try:
    print(os.listdir("/proc/sysvipc"))
except OSError:
    pass
"""


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.own(SOURCE.replace("<TEMPORARY>", str(notebook.paths.temporary)))


ATTACK = Attack("the grader's temporary folder is searched for other jobs", build)
