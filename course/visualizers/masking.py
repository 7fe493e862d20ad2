"""Stepper through the making of one training example for masked language modelling (BERT's 15 %, 80/10/10).

compute: :func:`masked`, plain Python; static picture: ``MaskingExplorer.static``; widget: display the explorer.
Source: Devlin et al. (2019), section 3.1 and appendix A.1.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from course.visualizers.arrays import PictureError
from course.visualizers.explorer import Explorer
from course.visualizers.svg import Picture

QUESTION = "What is hidden, what does the model see, and where is it asked?"
STEPS = (
    "The sentence, with its special tokens.",
    "Special tokens and padding are never chosen.",
    "Every other token draws a number; below the rate it is chosen.",
    "A chosen token draws again: below 0.8 [MASK], below 0.9 a random token, else it stays.",
    "The label of a chosen token is the token itself; all others are ignored (−100).",
)
SPECIAL = ("[CLS]", "[SEP]", "[PAD]")
MASK = "[MASK]"
EXAMPLE = (
    *("[CLS]", "the", "editors", "did", "not", "expect", "the", "mayor", "to", "raise"),
    *("taxes", "again", "this", "year", ".", "[SEP]", "[PAD]", "[PAD]"),
)
WORDS = (
    *("apple", "blue", "seven", "ran", "river", "often", "music", "under", "glass", "slow", "king", "paper", "north"),
    *("green", "eat", "cloud", "iron", "soft", "train", "never", "moon", "salt", "window", "laugh"),
)
MAX_TOKENS = 40
DRAWS = 20
"""How many sets of random numbers there are to choose from."""
RATES = (0.05, 0.15, 0.4, 0.8)
SEED = 543


@dataclass(frozen=True)
class Place:
    """What became of one token.

    Attributes:
        token: what stands in the text.
        special: whether it must be left alone.
        choose: its first random number.
        replace: its second one.
        chosen: whether the model is asked about it.
        action: ``"mask"``, ``"random"`` or ``"keep"`` if chosen, else empty.
        seen: what the model gets to see.
        label: what it is to predict; None where it is not asked.
    """

    token: str
    special: bool
    choose: float
    replace: float
    chosen: bool
    action: str
    seen: str
    label: str | None


def masked(
    tokens: Sequence[str], special: Sequence[bool], choose: Sequence[float], replace: Sequence[float],
    words: Sequence[str], rate: float,
) -> list[Place]:  # fmt: skip
    """Hide tokens as BERT does, by random numbers that are given, one of each kind for every place."""
    places = []
    for token, alone, first, second, word in zip(tokens, special, choose, replace, words, strict=True):
        chosen = not alone and first < rate
        action = ("mask" if second < 0.8 else "random" if second < 0.9 else "keep") if chosen else ""
        seen = {"mask": MASK, "random": word}.get(action, token)
        places.append(Place(token, alone, first, second, chosen, action, seen, token if chosen else None))
    return places


def draws(length: int, seed: int) -> list[dict[str, list[Any]]]:
    """Sets of random numbers and random words for ``length`` places, the same on every machine."""
    generator = random.Random(seed)
    return [
        {
            "choose": [generator.randrange(100) / 100 for _ in range(length)],
            "replace": [generator.randrange(100) / 100 for _ in range(length)],
            "words": [WORDS[generator.randrange(len(WORDS))] for _ in range(length)],
        }
        for _ in range(DRAWS)
    ]


class MaskingExplorer(Explorer):
    """A sentence on its way to a training example.

    Attributes to read and set: ``step`` (0 to 4), ``rate`` (0.05, 0.15, 0.4 or 0.8) and ``draw`` (0 to 19, which set of
    random numbers is used).
    """

    controls: ClassVar[tuple[str, ...]] = ("step", "rate", "draw")
    script: ClassVar[str] = "masking.js"

    def __init__(self, tokens: list[str], special: list[bool], seed: int) -> None:
        super().__init__()
        self.tokens = tokens
        self.special = special
        self.draws = draws(len(tokens), seed)

    def __repr__(self) -> str:
        return f"MaskingExplorer({len(self.tokens)} tokens)"

    def check(self, control: str, value: Any) -> Any:
        if control == "rate":
            if isinstance(value, bool) or value not in RATES:
                raise PictureError(f"rate must be one of {', '.join(map(str, RATES))}, not {value!r}.")
            return float(value)
        limit = len(STEPS) if control == "step" else DRAWS
        if isinstance(value, bool) or not hasattr(value, "__index__") or not 0 <= int(value) < limit:
            raise PictureError(f"{control} must be a whole number from 0 to {limit - 1}, not {value!r}.")
        return int(value)

    def compute(self) -> list[Place]:
        """What becomes of each token under the present controls."""
        return masked(self.tokens, self.special, **self.draws[self.draw], rate=self.rate)

    def payload(self) -> dict[str, Any]:
        from course.visualizers import palette

        return {
            "question": QUESTION,
            "steps": list(STEPS),
            "tokens": self.tokens,
            "special": self.special,
            "mask": MASK,
            "draws": self.draws,
            "rates": list(RATES),
            "palette": palette.for_javascript(),
        }

    def static(self, step: int | None = None) -> Picture:
        """The picture at the present step, or at the one given."""
        from course.visualizers.masking_picture import draw

        return draw(self, self.step if step is None else self.check("step", step))


def masking_explorer(
    tokens: Sequence[str] | None = None,
    *,
    step: int = 0,
    rate: float = 0.15,
    draw: int = 0,
    seed: int = SEED,
) -> MaskingExplorer:
    """Makes a stepper for one sentence of 1 to 40 tokens, or for a built-in one.

    ``[CLS]``, ``[SEP]`` and ``[PAD]`` are recognised as special. Raises PictureError, a ValueError, with a sentence
    that says what is allowed.
    """
    if isinstance(tokens, str):
        raise PictureError("tokens must be a list of tokens; split the text first.")
    labels = [str(token) for token in (EXAMPLE if tokens is None else tokens)]
    if not 1 <= len(labels) <= MAX_TOKENS:
        raise PictureError(f"tokens must be 1 to {MAX_TOKENS} tokens, not {len(labels)}.")
    explorer = MaskingExplorer(labels, [label in SPECIAL for label in labels], seed)
    explorer.step = step
    explorer.rate = rate
    explorer.draw = draw
    return explorer
