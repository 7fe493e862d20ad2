"""IPython's magics and a shell read what Python may not."""

from tests.attacks.attack import Attack, Notebook

SOURCE = r"""
shell = get_ipython()
for magic, line in (
    ("run", "<KEYS>/fingerprint.json"), ("pycat", "<KEYS>/fingerprint.json"), ("load", "<KEYS>/fingerprint.json"),
    ("sx", "cat <KEYS>/*.json"), ("system", "cat <CLASSMATE>"), ("cat", "<GRADEBOOK>"),
):
    try:
        print(shell.run_line_magic(magic, line))
    except BaseException:
        pass
for source in ("!cat <KEYS>/*.json", "%%bash\ncat <KEYS>/*.json", "%cat <KEYS>/mean_of.json"):
    try:
        shell.run_cell(source)
    except BaseException:
        pass
"""


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.own(
        SOURCE.replace("<KEYS>", str(notebook.paths.keys))
        .replace("<GRADEBOOK>", str(notebook.paths.gradebook))
        .replace("<CLASSMATE>", str(notebook.paths.classmate))
    )


ATTACK = Attack("%cat, %run, %load and ! read the keys", build)
