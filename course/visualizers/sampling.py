"""Explorer of a next-token distribution: what temperature, top-k and top-p leave of it, and what a random number picks.

compute: :func:`sampled`, plain Python; static picture: ``SamplingExplorer.static``; widget: display the explorer.
Sources: Fan, Lewis & Dauphin (2018), section 5.1 (top-k); Holtzman et al. (2020), section 3 (top-p, the nucleus).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from course.visualizers.arrays import PictureError
from course.visualizers.explorer import Explorer
from course.visualizers.svg import Picture

QUESTION = "Which token comes next?"
MAX_TOKENS = 60_000
ROWS = 14
"""How many of the most probable tokens are drawn as bars."""
LOWEST, HIGHEST = 0.1, 4.0
#: Sums of probabilities are rounded; without this slack 0.5 + 0.25 might not reach 0.75.
SLACK = 1e-12

EXAMPLE_CONTEXT = "the cat sat on the"
EXAMPLE = {
    "mat": 4.1, "sofa": 3.4, "floor": 3.2, "table": 2.6, "roof": 2.1, "bed": 2.0, "chair": 1.8, "windowsill": 1.4,
    "fence": 1.1, "dog": 0.4, "keyboard": 0.3, "moon": -0.6, "of": -1.5, "parliament": -2.4, "the": -2.8, "seven": -3.3,
}  # fmt: skip


@dataclass(frozen=True)
class Distribution:
    """A distribution before and after filtering, tokens in order of falling probability.

    Attributes:
        before: probabilities under the temperature alone.
        after: probabilities of those that stay, summing to one; 0 for all others.
        kept: how many stay; they are the first ones.
        chosen: the place of the token that the random number picks.
    """

    before: list[float]
    after: list[float]
    kept: int
    chosen: int


def softmax(logits: Sequence[float], temperature: float) -> list[float]:
    """Probabilities of finite logits divided by a temperature, without overflow."""
    highest = max(logits)
    powers = [math.exp((x - highest) / temperature) for x in logits]
    total = sum(powers)
    return [power / total for power in powers]


def sampled(logits: Sequence[float], temperature: float, top_k: int, top_p: float, draw: float) -> Distribution:
    """Temperature, then top-k, then top-p, then one random number.

    Args:
        logits: finite, in falling order.
        temperature: greater than 0.
        top_k: how many stay; 0 for all.
        top_p: the smallest number of leaders stays whose probabilities, renormalised after top-k, reach it.
        draw: from 0 to below 1; the token is the first whose running sum exceeds it.
    """
    before = softmax(logits, temperature)
    kept = min(top_k, len(before)) if top_k else len(before)
    total = sum(before[:kept])
    running = 0.0
    for place in range(kept if top_p < 1 else 0):
        running += before[place] / total
        if running >= top_p - SLACK:
            kept = place + 1
            break
    total = sum(before[:kept])
    after = [p / total for p in before[:kept]]
    running, chosen = 0.0, kept - 1
    for place, p in enumerate(after):
        running += p
        if running > draw:
            chosen = place
            break
    return Distribution(before, after + [0.0] * (len(before) - kept), kept, chosen)


class SamplingExplorer(Explorer):
    """A next-token distribution under three knobs.

    Attributes to read and set: ``temperature`` (0.1 to 4), ``top_k`` (0 for all tokens), ``top_p`` (0.01 to 1, which is
    all) and ``draw``, the random number from 0 to below 1 that picks a token.
    """

    controls: ClassVar[tuple[str, ...]] = ("temperature", "top_k", "top_p", "draw")
    script: ClassVar[str] = "sampling.js"

    def __init__(self, logits: list[float], tokens: list[str], context: str) -> None:
        super().__init__()
        order = sorted((i for i, x in enumerate(logits) if x > -math.inf), key=lambda i: (-logits[i], i))
        self.places = order
        self.logits = [logits[i] for i in order]
        self.tokens = [tokens[i] for i in order]
        self.size = len(logits)
        self.context = context

    def __repr__(self) -> str:
        return f"SamplingExplorer({self.size} tokens)"

    def check(self, control: str, value: Any) -> Any:
        if control == "top_k":
            if isinstance(value, bool) or not hasattr(value, "__index__") or int(value) < 0:
                raise PictureError(f"top_k must be a whole number, 0 for all tokens, not {value!r}.")
            return int(value)
        low, high = {"temperature": (LOWEST, HIGHEST), "top_p": (0.01, 1.0), "draw": (0.0, 0.999)}[control]
        number = isinstance(value, (int, float)) and not isinstance(value, bool)
        if not number or not low <= value <= high:
            raise PictureError(f"{control} must be a number from {low:g} to {high:g}, not {value!r}.")
        return float(value)

    @property
    def distribution(self) -> Distribution:
        """The distribution under the present controls, tokens in order of falling probability."""
        return sampled(self.logits, self.temperature, self.top_k, self.top_p, self.draw)

    def compute(self) -> list[float]:
        """The probabilities that are sampled from, one for each token, in the order in which logits were given."""
        result = [0.0] * self.size
        for place, probability in zip(self.places, self.distribution.after, strict=True):
            result[place] = probability
        return result

    @property
    def choice(self) -> str:
        """The token that the random number picks."""
        return self.tokens[self.distribution.chosen]

    def payload(self) -> dict[str, Any]:
        from course.visualizers import palette

        return {
            "question": QUESTION,
            "context": self.context,
            "logits": [round(x, 6) for x in self.logits],
            "tokens": self.tokens,
            "size": self.size,
            "rows": ROWS,
            "slack": SLACK,
            "range": [LOWEST, HIGHEST],
            "palette": palette.for_javascript(),
        }

    def static(self) -> Picture:
        from course.visualizers.sampling_picture import draw

        return draw(self)


def _as_list(logits: Any) -> list[float]:
    if hasattr(logits, "tolist"):  # a torch tensor or a numpy array
        logits = logits.tolist()
    try:
        return [float(x) for x in logits]
    except (TypeError, ValueError):
        raise PictureError(
            "logits must be one row of numbers: a list, a numpy array or a torch tensor of shape (vocabulary_size,)."
        ) from None


def sampling_explorer(
    logits: Any = None,
    tokens: Sequence[str] | None = None,
    *,
    context: str = "",
    temperature: float = 1.0,
    top_k: int = 0,
    top_p: float = 1.0,
    draw: float = 0.5,
) -> SamplingExplorer:
    """Makes an explorer of one next-token distribution.

    Args:
        logits: (vocabulary_size,), unnormalised log-probabilities (logarithms of probabilities will do); -inf is
            allowed. Without it, a small built-in example.
        tokens: a label for each logit; numbers if left out.
        context: the text before, shown above the picture.
        temperature: 0.1 to 4.
        top_k: 0 for all.
        top_p: 0.01 to 1.
        draw: the random number, 0 to below 1.

    Raises:
        PictureError: a ValueError, with a sentence that says what to pass instead.
    """
    if logits is None:
        values, labels, context = list(EXAMPLE.values()), list(EXAMPLE), context or EXAMPLE_CONTEXT
    else:
        values = _as_list(logits)
        labels = [str(token) for token in tokens] if tokens is not None else [str(i) for i in range(len(values))]
    if not 1 <= len(values) <= MAX_TOKENS:
        raise PictureError(f"logits must hold 1 to {MAX_TOKENS} numbers, not {len(values)}.")
    if len(labels) != len(values):
        raise PictureError(f"There are {len(values)} logits and {len(labels)} tokens: give one token for each logit.")
    if any(math.isnan(x) or x == math.inf for x in values) or max(values) == -math.inf:
        raise PictureError("logits must be finite or -inf, at least one of them finite: look for the NaN or infinity.")
    explorer = SamplingExplorer(values, labels, context)
    explorer.temperature = temperature
    explorer.top_k = top_k
    explorer.top_p = top_p
    explorer.draw = draw
    return explorer
