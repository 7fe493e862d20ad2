"""The gradebook is opened, read, and a score in it is raised."""

from tests.attacks.attack import Attack, Notebook

SOURCE = """
import sqlite3

for address in ("file:<GRADEBOOK>?mode=ro&immutable=1", "file:<GRADEBOOK>"):
    try:
        database = sqlite3.connect(address, uri=True, timeout=1)
        print(database.execute("select * from grade").fetchall())
        database.execute("update grade set score = 100")
        database.commit()
    except sqlite3.Error:
        pass
try:
    print(open("<GRADEBOOK>", "rb").read())
except OSError:
    pass
"""


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.own(SOURCE.replace("<GRADEBOOK>", str(notebook.paths.gradebook)))


ATTACK = Attack("the gradebook is read and written", build)
