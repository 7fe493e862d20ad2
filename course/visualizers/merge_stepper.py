"""Stepper through byte-pair encoding: the words of a small text, merge by merge.

compute: ``training_steps``; static picture: ``MergeStepper.static``; widget: display the stepper. Source: Sennrich,
Haddow & Birch (2016), "Neural Machine Translation of Rare Words with Subword Units", section 3.2.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from itertools import pairwise
from typing import Any

from course.visualizers.arrays import PictureError
from course.visualizers.byte_level import Merge, byte_level_bpe, label, spellings
from course.visualizers.explorer import Explorer
from course.visualizers.svg import Picture

QUESTION = "Which pair is merged next, and what is left of the words?"
MAX_WORDS = 10
MAX_BYTES = 16
MAX_MERGES = 60
CANDIDATES = 7


@dataclass(frozen=True)
class TrainingStep:
    """The words after some merges.

    Attributes:
        words: for each word its tokens: what stands on them, and whether the latest merge made them.
        pairs: the leading pairs: left, right, count; the first one is merged next.
        made: what stands on the token of the latest merge, empty at the beginning.
        num_tokens: tokens in the whole text, each word as often as it occurs.
    """

    words: list[list[tuple[str, bool]]]
    pairs: list[tuple[str, str, int]]
    made: str
    num_tokens: int


def training_steps(word_counts: Mapping[str, int]) -> list[TrainingStep]:
    """All states of training, the untouched bytes first, until no pair is left (or after ``MAX_MERGES`` merges).

    Of several pairs with the highest count the smallest is merged, as in lesson 4.
    """
    merges: list[Merge] = []
    steps: list[TrainingStep] = []
    while True:
        cut = byte_level_bpe(merges)
        tokens = {word: cut.encode(word, add_special_tokens=False).ids for word in word_counts}
        counts: Counter[Merge] = Counter()
        for word, times in word_counts.items():
            for pair in pairwise(tokens[word]):
                counts[pair] += times
        leading = sorted(counts, key=lambda pair: (-counts[pair], pair))[:CANDIDATES]
        names = [label(spelling) for spelling in spellings(merges)]
        latest = 255 + len(merges) if merges else -1
        steps.append(
            TrainingStep(
                [[(names[token], token == latest) for token in tokens[word]] for word in word_counts],
                [(names[left], names[right], counts[left, right]) for left, right in leading],
                names[latest] if merges else "",
                sum(len(tokens[word]) * times for word, times in word_counts.items()),
            )
        )
        if not leading or len(merges) == MAX_MERGES:
            return steps
        merges.append(leading[0])


def sentence(steps: list[TrainingStep], step: int) -> str:
    """What the picture says in words."""
    now = steps[step]
    made = f"Merge {step} made “{now.made}”. " if step else ""
    left = f"The text has {now.num_tokens} tokens; it began with {steps[0].num_tokens}."
    if not now.pairs:
        return f"{made}{left} No pair is left: training ends."
    equals = sum(count == now.pairs[0][2] for _, _, count in now.pairs)
    rule = f" ({equals} pairs share this count: the smallest is taken)" if equals > 1 else ""
    first, second, count = now.pairs[0]
    often = "once" if count == 1 else f"{count} times"
    return f"{made}{left} Next: “{first}” + “{second}”, which occurs {often}{rule}."


class MergeStepper(Explorer):
    """Byte-pair encoding of a few words; ``step`` is the number of merges made."""

    controls = ("step",)
    script = "merge_stepper.js"

    def __init__(self, word_counts: Mapping[str, int]) -> None:
        super().__init__()
        self.word_counts = dict(word_counts)
        self.steps = training_steps(word_counts)

    def __repr__(self) -> str:
        return f"MergeStepper({len(self.word_counts)} words, {len(self.steps) - 1} merges)"

    def check(self, control: str, value: Any) -> Any:
        last = len(self.steps) - 1
        if isinstance(value, bool) or not hasattr(value, "__index__") or not 0 <= int(value) <= last:
            raise PictureError(f"{control} must be a whole number from 0 to {last}, not {value!r}.")
        return int(value)

    def payload(self) -> dict[str, Any]:
        from course.visualizers import palette

        return {
            "question": QUESTION,
            "times": list(self.word_counts.values()),
            "steps": [asdict(step) for step in self.steps],
            "sentences": [sentence(self.steps, step) for step in range(len(self.steps))],
            "palette": palette.for_javascript(),
        }

    def static(self) -> Picture:
        """The picture of the present step."""
        from course.visualizers.merge_stepper_picture import draw

        return draw(self)


def merge_stepper(word_counts: Mapping[str, int], step: int = 0) -> MergeStepper:
    """Makes a stepper through the training of byte-pair encoding.

    ``word_counts`` holds 1 to 10 words of up to 16 bytes, each with how often it occurs; ``step`` is how many merges
    are made already. Raises PictureError, a ValueError, with a sentence that says what is allowed.
    """
    if not isinstance(word_counts, Mapping) or not 1 <= len(word_counts) <= MAX_WORDS:
        raise PictureError(f"word_counts must be a dictionary of 1 to {MAX_WORDS} words with their counts.")
    for word, count in word_counts.items():
        if not isinstance(word, str) or word.split() != [word] or len(word.encode("utf-8", "replace")) > MAX_BYTES:
            raise PictureError(f"{word!r} is no word of 1 to {MAX_BYTES} bytes without white space.")
        if isinstance(count, bool) or not isinstance(count, int) or not 1 <= count <= 9999:
            raise PictureError(f"The count of {word!r} must be a whole number from 1 to 9999, not {count!r}.")
    stepper = MergeStepper(word_counts)
    stepper.step = step
    return stepper
