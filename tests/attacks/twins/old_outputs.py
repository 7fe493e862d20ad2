"""Outputs of an afternoon's work: errors that were mended since, cards of old verdicts, large pictures."""

from tests.attacks.attack import Attack, Notebook


def build(notebook: Notebook) -> None:
    """Make the submission."""
    picture = {"image/png": "iVBORw0KGgo=" * 50_000, "text/plain": ["<Figure size 640x480>"]}
    for count, cell in enumerate(cell for cell in notebook.cells if cell["cell_type"] == "code"):
        cell["execution_count"] = 100 - count
        cell["outputs"] = [
            {"output_type": "stream", "name": "stderr", "text": ["Warning\\n", "more\\n"]},
            {"output_type": "error", "ename": "ValueError", "evalue": "x", "traceback": ["\x1b[31mValueError\x1b[0m"]},
            {"output_type": "display_data", "metadata": {"needs_background": "light"}, "data": picture},
            {"output_type": "execute_result", "metadata": {}, "execution_count": 7, "data": {"text/plain": "0.0"}},
        ]


ATTACK = Attack("old outputs and errors stand in the file", build)
