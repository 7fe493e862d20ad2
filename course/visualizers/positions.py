"""Explorer of positional encodings: the sinusoidal table, what its dot products tell, and rotary positions (RoPE).

compute: the plain functions below, one number at a time; static picture: ``PositionsExplorer.static``; widget: display
the explorer. Sources: Vaswani et al. (2017), section 3.5; Su et al. (2021), "RoFormer", section 3.2.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, ClassVar

from course.visualizers.arrays import PictureError
from course.visualizers.explorer import Explorer
from course.visualizers.svg import Picture

VIEWS = ("table", "distance", "rotation")
QUESTIONS = {
    "table": "How does a vector say where its token stands?",
    "distance": "What do two positions know about each other?",
    "rotation": "How does RoPE turn a position into an angle?",
}
WIDTHS = (8, 16, 32, 64, 128)
BASES = (10, 100, 1_000, 10_000, 100_000, 500_000)
MAX_LENGTH = 128

# The pair of numbers that the rotation view turns: a query and a key as length and angle in radians.
QUERY_PAIR = (1.0, 0.35)
KEY_PAIR = (0.85, 1.15)


def frequency(pair: int, d_model: int, base: float) -> float:
    """The angle in radians by which pair number ``pair`` (0 to d_model/2 - 1) turns from one position to the next."""
    return float(base ** (-2 * pair / d_model))


def encoding(position: float, dimension: int, d_model: int, base: float) -> float:
    """One number of the sinusoidal table, from -1 to 1: sine in even dimensions, cosine in odd ones."""
    wave = math.cos if dimension % 2 else math.sin
    return wave(position * frequency(dimension // 2, d_model, base))


def agreement(distance: float, d_model: int, base: float) -> float:
    """The dot product of two encodings ``distance`` positions apart, as a share of its largest value (-1 to 1).

    The sum of cos(distance × frequency) over all pairs: it depends on the distance only, not on where the two stand.
    """
    pairs = d_model // 2
    return sum(math.cos(distance * frequency(pair, d_model, base)) for pair in range(pairs)) / pairs


def turned(pair: tuple[float, float], position: float, angle: float) -> tuple[float, float]:
    """Where the arrow ``pair`` (length, direction in radians) points at ``position``: x and y."""
    length, direction = pair
    heading = direction + position * angle
    return length * math.cos(heading), length * math.sin(heading)


def rotary_score(query_position: float, key_position: float, angle: float) -> float:
    """The dot product of the query pair and the key pair after both have been turned to their positions."""
    qx, qy = turned(QUERY_PAIR, query_position, angle)
    kx, ky = turned(KEY_PAIR, key_position, angle)
    return qx * kx + qy * ky


def period(pair: int, d_model: int, base: float) -> float:
    """After how many positions a pair has turned once around."""
    return 2 * math.pi / frequency(pair, d_model, base)


class PositionsExplorer(Explorer):
    """Three views of position: the sinusoidal ``"table"``, dot products by ``"distance"``, and ``"rotation"`` (RoPE).

    Attributes to read and set: ``view``, ``d_model``, ``base``, ``position`` (under rotation that of the query),
    ``other`` (the position compared with, under rotation that of the key) and ``dimension``.
    """

    controls: ClassVar[tuple[str, ...]] = ("view", "d_model", "base", "position", "other", "dimension")
    script: ClassVar[str] = "positions.js"

    def __init__(self, length: int) -> None:
        super().__init__()
        self.length = length

    def __repr__(self) -> str:
        return f"PositionsExplorer({self.length} positions)"

    def __setattr__(self, name: str, value: Any) -> None:
        super().__setattr__(name, value)
        if name == "d_model" and self._state.get("dimension", 0) >= self.d_model:
            self.dimension = self.d_model - 1

    @property
    def pair(self) -> int:
        """The pair of dimensions that the chosen dimension belongs to."""
        return int(self.dimension) // 2

    def check(self, control: str, value: Any) -> Any:
        if control == "view":
            return _one_of(value, VIEWS, "view")
        if control == "d_model":
            return _one_of(value, WIDTHS, "d_model")
        if control == "base":
            return _one_of(value, BASES, "base")
        return _whole(value, self.d_model if control == "dimension" else self.length, control)

    def compute(self) -> list[list[float]]:
        """The sinusoidal table under the present controls: ``length`` rows of ``d_model`` numbers."""
        return [
            [encoding(place, dimension, self.d_model, self.base) for dimension in range(self.d_model)]
            for place in range(self.length)
        ]

    def payload(self) -> dict[str, Any]:
        from course.visualizers import palette

        return {
            "length": self.length,
            "views": list(VIEWS),
            "questions": QUESTIONS,
            "widths": list(WIDTHS),
            "bases": list(BASES),
            "queryPair": list(QUERY_PAIR),
            "keyPair": list(KEY_PAIR),
            "palette": palette.for_javascript(),
        }

    def static(self, view: str | None = None) -> Picture:
        """The picture of the present view, or of the one named."""
        from course.visualizers.positions_picture import draw

        return draw(self, self.view if view is None else self.check("view", view))


def _one_of(value: Any, choices: Sequence[Any], what: str) -> Any:
    if isinstance(value, bool) or value not in choices:
        raise PictureError(f"{what} must be one of {', '.join(map(str, choices))}, not {value!r}.")
    return choices[choices.index(value)]


def _whole(value: Any, limit: int, what: str) -> int:
    if isinstance(value, bool) or not hasattr(value, "__index__") or not 0 <= int(value) < limit:
        raise PictureError(f"{what} must be a whole number from 0 to {limit - 1}, not {value!r}.")
    return int(value)


def positions_explorer(
    length: int = 48,
    d_model: int = 64,
    base: float = 10_000,
    *,
    view: str = "table",
    position: int | None = None,
    other: int | None = None,
    dimension: int = 6,
) -> PositionsExplorer:
    """Makes an explorer of positional encodings for ``length`` positions (2 to 128) and vectors ``d_model`` wide.

    ``d_model`` is one of 8, 16, 32, 64, 128; ``base`` one of 10, 100, 1 000, 10 000 (the paper's), 100 000, 500 000
    (that of Llama 3). Raises PictureError, a ValueError, with a sentence that says what is allowed.
    """
    if isinstance(length, bool) or not hasattr(length, "__index__") or not 2 <= int(length) <= MAX_LENGTH:
        raise PictureError(f"length must be a whole number from 2 to {MAX_LENGTH}, not {length!r}.")
    explorer = PositionsExplorer(int(length))
    explorer.view = view
    explorer.d_model = d_model
    explorer.base = base
    explorer.position = min(10, length - 1) if position is None else position
    explorer.other = min(14, length - 1) if other is None else other
    explorer.dimension = dimension
    return explorer
