"""Attention explorer: which token looks at which, head by head, under a mask and a temperature.

compute: ``attention_weights``; static picture: ``AttentionExplorer.static``; widget: display the explorer.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from course.visualizers.arrays import PictureError, as_array, per_head
from course.visualizers.explorer import Explorer
from course.visualizers.svg import Picture

if TYPE_CHECKING:
    import numpy as np

MASKS = ("none", "causal", "padding", "causal + padding")
QUESTION = "Where does each token look?"
MAX_TOKENS = 128
MIN_TEMPERATURE, MAX_TEMPERATURE = 0.1, 10.0


def allowed_keys(mask: str, queries: int, padding: Sequence[bool]) -> np.ndarray:
    """Which query may look at which key: bool ``(queries, keys)``, True = may attend.

    ``padding`` says for each key whether it is only padding.
    """
    import numpy as np

    allowed = np.ones((queries, len(padding)), dtype=bool)
    if "causal" in mask:
        allowed &= np.arange(len(padding)) <= np.arange(queries)[:, None]
    if "padding" in mask:
        allowed &= ~np.asarray(padding, dtype=bool)
    return allowed


def attention_weights(scores: np.ndarray, allowed: np.ndarray, temperature: float = 1.0) -> np.ndarray:
    """Each row of ``scores / temperature`` as shares of one: float64, the shape of ``scores``.

    Forbidden places get exactly 0; a row without a permitted place is all zeros.
    """
    import numpy as np

    usable = allowed & np.isfinite(scores)
    highest = np.max(scores, axis=-1, keepdims=True, where=usable, initial=-np.inf)
    gap = np.where(usable, scores - np.where(np.isfinite(highest), highest, 0.0), 0.0)
    powers = np.where(usable, np.exp(gap / temperature), 0.0)
    total = powers.sum(axis=-1, keepdims=True)
    return np.divide(powers, total, out=np.zeros_like(powers), where=total > 0)


def spread(row: Sequence[float] | np.ndarray) -> float:
    """Over how many tokens a row is spread: the exponential of its entropy, 1 (one token) to its length (all alike)."""
    import numpy as np

    shares = np.asarray(row, dtype=np.float64)
    shares = shares[shares > 0]
    return float(np.exp(-(shares * np.log(shares)).sum())) if shares.size else 0.0


class AttentionExplorer(Explorer):
    """A heat map of attention, tokens × tokens, with controls for head, mask, temperature, query row and scaling.

    Attributes to read and set: ``head`` (int), ``mask`` (one of ``masks``), ``temperature`` (0.1 to 10), ``row`` (int),
    ``scaled`` (bool: scores are divided by √d_k; always True where scores were given instead of query and key).
    """

    controls: ClassVar[tuple[str, ...]] = ("head", "mask", "temperature", "row", "scaled")
    shared: ClassVar[tuple[str, ...]] = ("attention_map.js",)
    script: ClassVar[str] = "attention.js"

    def __init__(
        self,
        tokens: Sequence[str],
        key_tokens: Sequence[str],
        scores: np.ndarray,
        head_names: Sequence[str],
        padding: Sequence[bool],
        d_k: int | None,
        title: str,
    ) -> None:
        super().__init__()
        self.tokens = tuple(tokens)
        self.key_tokens = tuple(key_tokens)
        self.scores = scores
        self.head_names = tuple(head_names)
        self.padding = tuple(padding)
        self.d_k = d_k
        self.title = title

    def __repr__(self) -> str:
        heads = len(self.head_names)
        return (
            f"AttentionExplorer({len(self.tokens)} × {len(self.key_tokens)} tokens, {heads} head{'s' * (heads != 1)})"
        )

    @property
    def masks(self) -> tuple[str, ...]:
        """The masks that make sense here: causal for self-attention only, padding only where there is some."""
        causal = self.tokens == self.key_tokens
        return tuple(m for m in MASKS if (causal or "causal" not in m) and (any(self.padding) or "padding" not in m))

    def check(self, control: str, value: Any) -> Any:
        if control == "head":
            return self._index(value, self.head_names, "head")
        if control == "row":
            return self._index(value, self.tokens, "row")
        if control == "mask":
            if value not in self.masks:
                raise PictureError(f"mask must be one of {', '.join(map(repr, self.masks))} here, not {value!r}.")
            return value
        if control == "scaled":
            if not value and self.d_k is None:
                raise PictureError("scaled=False needs query and key: given scores can't be told from scaled ones.")
            return bool(value)
        try:
            temperature = float(value)
        except (TypeError, ValueError):
            temperature = -1.0
        if not MIN_TEMPERATURE <= temperature <= MAX_TEMPERATURE:
            raise PictureError(f"temperature must be a number from {MIN_TEMPERATURE} to {MAX_TEMPERATURE:g}.")
        return temperature

    @staticmethod
    def _index(value: Any, names: tuple[str, ...], what: str) -> int:
        if isinstance(value, str) and value in names:
            return names.index(value)
        if isinstance(value, bool | str) or not hasattr(value, "__index__") or not 0 <= int(value) < len(names):
            raise PictureError(f"{what} must be a number from 0 to {len(names) - 1}, or one of the names shown.")
        return int(value)

    def compute(self, head: int | None = None) -> np.ndarray:
        """The weights of one head (the chosen one if left out) under the present controls: ``(queries, keys)``."""
        scores = self.scores[self.head if head is None else self.check("head", head)]
        if not self.scaled and self.d_k is not None:
            scores = scores * self.d_k**0.5
        return attention_weights(scores, allowed_keys(self.mask, len(self.tokens), self.padding), self.temperature)

    def payload(self) -> dict[str, Any]:
        from course.visualizers import palette

        return {
            "question": QUESTION,
            "title": self.title,
            "tokens": list(self.tokens),
            "keyTokens": list(self.key_tokens),
            "headNames": list(self.head_names),
            "padding": list(self.padding),
            "masks": list(self.masks),
            "dK": self.d_k,
            "scores": memoryview(self.scores.astype("<f4").tobytes()),
            "palette": palette.for_javascript(),
        }

    def static(self) -> Picture:
        from course.visualizers.attention_picture import draw

        return draw(self)


def attention_explorer(
    tokens: Sequence[str] | None = None,
    query: Any = None,
    key: Any = None,
    *,
    scores: Any = None,
    weights: Any = None,
    key_tokens: Sequence[str] | None = None,
    head_names: Sequence[str] | None = None,
    padding: Sequence[bool] | None = None,
    title: str = "",
    head: int | str = 0,
    mask: str = "none",
    temperature: float = 1.0,
    row: int | str | None = None,
    scaled: bool = True,
) -> AttentionExplorer:
    """Makes an attention explorer; without arguments it shows a built-in sentence with heads made by hand.

    Give the tokens and one of: ``query`` and ``key`` of shape ``(num_heads, length, d_k)``; ``scores`` (before the
    softmax, already scaled) or ``weights`` (after it, as transformers returns them) of shape
    ``(num_heads, queries, keys)``. Lists, numpy arrays and torch tensors will do; a leading batch axis of one is
    dropped, and a single head needs no axis of its own.

    ``key_tokens`` differ from ``tokens`` in cross-attention. ``padding`` says for each key whether it is padding; left
    out, tokens named ``[PAD]`` or ``<pad>`` count as padding. Raises PictureError with a sentence that says what to do.
    """
    import numpy as np

    if tokens is None:
        from course.visualizers import attention_example as example

        if query is not None or key is not None or scores is not None or weights is not None:
            raise PictureError("Give the tokens first: attention_explorer(tokens, query, key).")
        tokens, (query, key) = example.TOKENS, example.query_and_key()
        head_names = head_names or example.HEAD_NAMES
        row = example.QUERY_ROW if row is None else row
        title = title or "Four heads made by hand"
    given = [query is not None or key is not None, scores is not None, weights is not None]
    if sum(given) != 1 or (given[0] and (query is None or key is None)):
        raise PictureError("Give the tokens and either query and key, or scores, or weights.")
    tokens = [str(token) for token in tokens]
    key_tokens = tokens if key_tokens is None else [str(token) for token in key_tokens]

    d_k = None
    if given[0]:
        q, k = per_head(query, "query"), per_head(key, "key")
        if q.shape[0] != k.shape[0] or q.shape[2] != k.shape[2]:
            raise PictureError(
                f"query and key must agree in num_heads and d_k, but have the shapes {q.shape} and {k.shape}."
            )
        d_k = int(q.shape[2])
        table = q @ k.transpose(0, 2, 1) / d_k**0.5
    elif scores is not None:
        table = per_head(scores, "scores")
        if np.isnan(table).any():
            raise PictureError("scores holds NaN: look for its cause first.")
    else:
        table = per_head(weights, "weights")
        if (table < 0).any():
            raise PictureError("weights must not be negative: pass scores instead if these are before the softmax.")
        with np.errstate(divide="ignore"):
            table = np.log(table)  # softmax brings exactly these weights back, and takes mask and temperature with it
    if table.shape[1:] != (len(tokens), len(key_tokens)):
        raise PictureError(
            f"{len(tokens)} tokens (and {len(key_tokens)} key tokens) don't fit attention of shape {table.shape}."
        )
    if not tokens or not key_tokens or max(len(tokens), len(key_tokens)) > MAX_TOKENS:
        raise PictureError(f"The explorer shows 1 to {MAX_TOKENS} tokens: pass a slice of the sentence.")
    names = [f"head {number}" for number in range(len(table))] if head_names is None else list(map(str, head_names))
    if len(names) != len(table):
        raise PictureError(f"There are {len(table)} heads, but {len(names)} head_names.")
    if padding is None:
        padding = [token.lower() in ("[pad]", "<pad>", "<|pad|>") for token in key_tokens]
    marks = [bool(mark) for mark in as_array(padding, "padding").ravel()]
    if len(marks) != len(key_tokens):
        raise PictureError(f"padding must say True or False for each of the {len(key_tokens)} key tokens.")

    explorer = AttentionExplorer(tokens, key_tokens, table.astype(np.float32), names, marks, d_k, title)
    explorer.head = head
    explorer.mask = mask
    explorer.temperature = temperature
    explorer.row = 0 if row is None else row
    explorer.scaled = scaled
    return explorer
