"""IPython's history may hold what was run for others before."""

from tests.attacks.attack import Attack, Notebook

SOURCE = """
import glob
import os
import sqlite3

shell = get_ipython()
manager = shell.history_manager
try:
    for session, line, source in manager.search("*", raw=True, output=False):
        if "kestrel" in source or session < getattr(manager, "session_number", 0):
            print("BREACH: history of another session", source[:100])
            break
except Exception:
    pass
for place in ("<HOME>/.ipython", os.path.expanduser("~/.ipython")):
    for path in glob.glob(place + "/**/history.sqlite", recursive=True):
        try:
            rows = sqlite3.connect(path).execute("select count(*) from sessions").fetchone()
            if rows[0] > 1:
                print("BREACH: a history of", rows[0], "sessions")
        except sqlite3.Error:
            pass
"""


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.own(SOURCE.replace("<HOME>", str(notebook.paths.home)))


ATTACK = Attack("IPython's history is searched for earlier submissions", build)
