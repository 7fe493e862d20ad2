"""The classes that show pictures, pages and sounds are given the path of a key."""

from tests.attacks.attack import Attack, Notebook

SOURCE = """
from IPython.display import HTML, SVG, Code, FileLink, Image, Javascript, Markdown, display

for kind in (HTML, SVG, Image, Javascript, Markdown, Code):
    try:
        display(kind(filename="<KEYS>/fingerprint.json"))
    except BaseException:
        pass
try:
    display(Code("<KEYS>/fingerprint.json"))
except BaseException:
    pass
"""


def build(notebook: Notebook) -> None:
    """Make the submission."""
    place = str(notebook.paths.keys)
    notebook.own(SOURCE.replace("<KEYS>", place))
    text = f'![key](file://{place}/fingerprint.json) <img src="file://{place}/mean_of.json"> <object data="{place}"/>'
    notebook.cells.append({"cell_type": "markdown", "id": "links", "metadata": {}, "source": text})


ATTACK = Attack("IPython.display and links in text cells show files of the grader", build)
