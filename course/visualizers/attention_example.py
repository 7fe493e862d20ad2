"""A sentence with four attention heads made by hand, so that the explorer has something to show before any model.

Each head is a small idea written as queries and keys: two vectors point the same way where one word should look at the
other. Real heads are rarely so tidy; these are what one hopes to recognise in them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

TOKENS = ("the", "cat", "drank", "the", "milk", "because", "it", "was", "thirsty", "[PAD]", "[PAD]")
PADDING = tuple(token == "[PAD]" for token in TOKENS)
HEAD_NAMES = ("previous word", "next word", "same word", "who is meant")
QUERY_ROW = TOKENS.index("it")
D_K = 24

# What each word offers as a key in the last head, and what it asks for as a query. Columns: a being, a thing,
# a pronoun, an action, a property, anything else.
_OFFERS = {
    "cat": (1.0, 0.0, 0.0, 0.0, 0.0, 0.0),
    "milk": (0.0, 1.0, 0.0, 0.0, 0.0, 0.0),
    "it": (0.0, 0.0, 1.0, 0.0, 0.0, 0.0),
    "drank": (0.0, 0.0, 0.0, 1.0, 0.0, 0.0),
    "thirsty": (0.0, 0.0, 0.0, 0.0, 1.0, 0.0),
}
_ASKS = {
    "it": (4.6, 3.1, 1.6, 0.5, 1.2, 0.0),
    "thirsty": (3.6, 0.6, 3.0, 0.4, 1.5, 0.0),
    "was": (2.2, 0.4, 3.2, 0.2, 1.6, 0.0),
    "drank": (3.4, 3.0, 0.6, 1.2, 0.2, 0.0),
    "cat": (2.6, 0.2, 1.8, 1.4, 0.6, 0.0),
    "milk": (0.4, 2.6, 0.8, 1.6, 0.0, 0.0),
}
_OTHERWISE = (0.0, 0.0, 0.0, 0.0, 0.0, 1.0)


def query_and_key() -> tuple[np.ndarray, np.ndarray]:
    """The example's query and key, both of shape ``(4 heads, 11 tokens, 24)``."""
    import numpy as np

    length = len(TOKENS)
    query, key = np.zeros((4, length, D_K)), np.zeros((4, length, D_K))
    root = np.sqrt(D_K)

    # Places: waves of many lengths agree only at the same place, so a query may ask for the place before or after its
    # own.
    frequencies = np.pi * np.arange(1, D_K // 2 + 1) / (length + 2)

    def waves(place: int) -> np.ndarray:
        return np.concatenate([np.cos(frequencies * place), np.sin(frequencies * place)])

    for i, token in enumerate(TOKENS):
        key[0, i] = key[1, i] = waves(i)
        query[0, i] = 0.5 * root * waves(max(i - 1, 0))
        query[1, i] = 0.5 * root * waves(min(i + 1, length - 1))

        # Words: one direction for each different word.
        key[2, i, sorted(set(TOKENS)).index(token)] = 1.0
        query[2, i, sorted(set(TOKENS)).index(token)] = 3.5 * root

        # Meaning: the six columns above; a word that asks for nothing looks at itself.
        key[3, i, :6] = _OFFERS.get(token, _OTHERWISE)
        key[3, i, 6 + i] = 1.0
        query[3, i, :6] = root * np.array(_ASKS.get(token, np.zeros(6)))
        query[3, i, 6 + i] = 0.0 if token in _ASKS else 3.0 * root
    return query, key
