"""Saved on Windows: CRLF in the file and in the sources, a byte order mark."""

from tests.attacks.attack import Attack, Notebook


def build(notebook: Notebook) -> bytes:
    """Make the submission."""
    for cell in notebook.cells:
        cell["source"] = "".join(cell["source"]).replace("\n", "\r\n")
    return b"\xef\xbb\xbf" + notebook.to_bytes().replace(b', "', b',\r\n "')


ATTACK = Attack("CRLF and a byte order mark", build)
