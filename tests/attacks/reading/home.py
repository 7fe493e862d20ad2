"""The grader's home folder is read."""

from tests.attacks.attack import Attack, Notebook

SOURCE = """
import os
import pwd

for home in ("<HOME>", os.path.expanduser("~"), os.environ.get("HOME", "")):
    try:
        print(open(home + "/.bashrc").read())
    except OSError:
        pass
try:
    os.listdir(pwd.getpwuid(os.getuid()).pw_dir)
    print("BREACH: can list the home of", os.getuid())
except (OSError, KeyError):
    pass
"""


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.own(SOURCE.replace("<HOME>", str(notebook.paths.home)))


ATTACK = Attack("the grader's home is read", build)
