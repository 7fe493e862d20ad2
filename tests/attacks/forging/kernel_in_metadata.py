"""The notebook asks for another kernel and another language."""

from tests.attacks.attack import Attack, Notebook


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.data["metadata"]["kernelspec"] = {"name": "always-right", "display_name": "x", "argv": ["/bin/true"]}
    notebook.data["metadata"]["language_info"] = {"name": "bash", "file_extension": ".sh"}


ATTACK = Attack("kernelspec and language_info name something else", build)
