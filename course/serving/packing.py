"""Token ids of several texts in one row, without padding, and where each token belongs; numpy alone."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

#: Marks a place of the padded block that holds no token.
EMPTY = -1


def pack(texts: Sequence[Sequence[int]]) -> dict[str, NDArray[np.int64]]:
    """Token ids of texts, each at least one token, as inputs of :class:`course.serving.packed.PackedClassifier`.

    Returns:
        With T tokens in all, B texts and the longest of L tokens: ``input_ids`` (T,), ``positions`` (T,) of each token
        in its text, ``places`` (T,) of each token in the block of B · L places, and ``slots`` (B, L), the token at
        each place or :data:`EMPTY`.
    """
    lengths = np.array([len(text) for text in texts], dtype=np.int64)
    longest = int(lengths.max())
    positions = np.concatenate([np.arange(length, dtype=np.int64) for length in lengths])
    places = np.repeat(np.arange(len(texts), dtype=np.int64) * longest, lengths) + positions
    slots = np.full(len(texts) * longest, EMPTY, dtype=np.int64)
    slots[places] = np.arange(len(places), dtype=np.int64)
    return {
        "input_ids": np.concatenate([np.asarray(text, dtype=np.int64) for text in texts]),
        "positions": positions,
        "places": places,
        "slots": slots.reshape(len(texts), longest),
    }
