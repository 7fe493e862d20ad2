"""The attention of BERT over the built-in sentence, stored, so that the first picture needs no model.

``python -m course.visualizers.heads_example`` measures it again and writes ``heads_example.json``: the weights as
16-bit shares of one, little-endian, in base64. A test compares the file with the model.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

SENTENCE = "The cat drank the milk because it was thirsty."
FILE = Path(__file__).with_name("heads_example.json")
_FULL = 65535


def packed(tokens: tuple[str, ...], weights: np.ndarray) -> str:
    """Tokens and weights ``(layers, heads, length, length)`` as the text of the file."""
    import numpy as np

    whole = np.round(weights * _FULL).astype("<u2")
    content = {"tokens": tokens, "shape": whole.shape, "weights": b64encode(whole.tobytes()).decode()}
    return json.dumps(content, ensure_ascii=False) + "\n"


def stored() -> tuple[tuple[str, ...], np.ndarray]:
    """The tokens and the weights, float32 ``(layers, heads, length, length)``; each row adds up to one."""
    import numpy as np

    content = json.loads(FILE.read_text(encoding="utf-8"))
    whole = np.frombuffer(b64decode(content["weights"]), dtype="<u2").reshape(content["shape"]).astype(np.float64)
    return tuple(content["tokens"]), (whole / whole.sum(axis=-1, keepdims=True)).astype(np.float32)


if __name__ == "__main__":
    from course.visualizers.heads import measure

    measured = measure(SENTENCE)
    FILE.write_text(packed(measured.tokens, measured.weights), encoding="utf-8")
