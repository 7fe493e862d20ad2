"""Heads explorer: what every attention head of a real BERT looks at in the learner's own sentence.

compute: ``measure`` and ``facts``; static picture: ``HeadsExplorer.static``; widget: display the explorer and type.
The built-in sentence's weights are stored, so that the first picture waits for no model; another sentence loads the
course's BERT once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar

from course.visualizers import heads_example
from course.visualizers.arrays import PictureError
from course.visualizers.attention import AttentionExplorer, attention_explorer, spread
from course.visualizers.explorer import Explorer
from course.visualizers.svg import Picture

if TYPE_CHECKING:
    import numpy as np
    from transformers import PreTrainedModel, PreTrainedTokenizerBase

QUESTION = "What do the heads of a real BERT look at?"
LAYERS, HEADS = 6, 12
MAX_TOKENS = 40
MAX_TEXT = 1000
SPECIAL = ("[CLS]", "[SEP]")
FACTS = ("previous token", "next token", "itself", "[CLS]", "[SEP]")
"""What a head's share of attention is measured on; the spread comes after these."""


@dataclass(frozen=True)
class Measured:
    """BERT's attention over one sentence: ``weights`` is float32 ``(layers, heads, length, length)``."""

    sentence: str
    tokens: tuple[str, ...]
    weights: np.ndarray
    left_out: int = 0

    @property
    def note(self) -> str:
        """What was cut, as a sentence; empty if nothing was."""
        if not self.left_out:
            return ""
        return f"The first {len(self.tokens)} tokens are shown; the sentence has {self.left_out} more."


@cache
def _bert() -> tuple[PreTrainedModel, PreTrainedTokenizerBase]:
    from course.resources import load_bert

    return load_bert(attn_implementation="eager")


def measure(sentence: str) -> Measured:
    """Runs the course's BERT over ``sentence``, at most 40 tokens of it with ``[CLS]`` and ``[SEP]``.

    The first call loads the model. Raises ResourceError with a sentence if it isn't there.
    """
    import torch

    model, tokenizer = _bert()
    batch = tokenizer(sentence, return_tensors="pt", truncation=True, max_length=MAX_TOKENS)
    with torch.inference_mode():
        attentions = model(**batch, output_attentions=True).attentions
    tokens = tokenizer.convert_ids_to_tokens(batch["input_ids"][0].tolist())
    length = len(tokenizer.tokenize(sentence)) + len(SPECIAL)
    weights = torch.cat(list(attentions)).float().numpy()
    return Measured(sentence, tuple(tokens), weights, max(length - len(tokens), 0))


def facts(weights: np.ndarray, tokens: Sequence[str]) -> np.ndarray:
    """What each head does, averaged over the words' rows: float64 ``(layers, heads, 6)``.

    The shares of attention on :data:`FACTS`, in this order, and over how many tokens a row is spread. The rows of
    ``[CLS]`` and ``[SEP]`` don't count; the first word's previous token is ``[CLS]``, the last one's next is ``[SEP]``.
    Compare Clark et al. 2019, "What Does BERT Look At?", section 3.
    """
    import numpy as np

    words = np.array([place for place, token in enumerate(tokens) if token not in SPECIAL], dtype=int)
    found = np.zeros((*weights.shape[:2], len(FACTS) + 1))
    if not len(words):
        return found
    for fact, keys in enumerate((words - 1, words + 1, words, 0 * words, 0 * words + len(tokens) - 1)):
        found[..., fact] = weights[:, :, words, keys].mean(axis=-1)
    for layer, head in np.ndindex(*weights.shape[:2]):
        found[layer, head, -1] = np.mean([spread(row) for row in weights[layer, head, words]])
    return found


def sentence_of(layer: int, head: int, row: Sequence[float] | np.ndarray) -> str:
    """One head's facts in words: the largest share first named."""
    best = max(range(len(FACTS)), key=lambda fact: row[fact])
    share = f"{row[best]:.2f} of its attention on {'the ' if best < 2 else ''}{FACTS[best]}"
    return f"Layer {layer}, head {head}: {share}, spread over {row[-1]:.1f} tokens."


class HeadsExplorer(Explorer):
    """All heads of BERT in small, one in large. Controls: ``sentence``, ``layer``, ``head``, ``token`` (its place).

    ``measured`` is what the browser draws; it follows the sentence.
    """

    controls: ClassVar[tuple[str, ...]] = ("sentence", "layer", "head", "token", "measured")
    shared: ClassVar[tuple[str, ...]] = ("attention_map.js",)
    script: ClassVar[str] = "heads.js"

    def __init__(self) -> None:
        super().__init__()
        self._known: Measured | None = None
        self._state["measured"] = None

    def __repr__(self) -> str:
        return f"HeadsExplorer({LAYERS} layers × {HEADS} heads, layer {self.layer}, head {self.head})"

    def check(self, control: str, value: Any) -> Any:
        if control == "sentence":
            if not isinstance(value, str) or not value.strip():
                raise PictureError("sentence must be a text with at least one word.")
            if any("\ud800" <= character <= "\udfff" for character in value):
                raise PictureError("sentence holds half of a surrogate pair, which no encoding can spell.")
            return value[:MAX_TEXT]
        if control == "measured":
            raise PictureError("measured follows the sentence: set sentence instead.")
        most = {"layer": LAYERS, "head": HEADS, "token": MAX_TOKENS}[control]
        if isinstance(value, bool | str) or not hasattr(value, "__index__") or not 0 <= int(value) < most:
            raise PictureError(f"{control} must be a number from 0 to {most - 1}.")
        return int(value)

    def compute(self) -> Measured:
        """Tokens and weights of the present sentence; the first sentence of one's own loads the model."""
        sentence = self.check("sentence", self.sentence)
        if self._known is None or self._known.sentence != sentence:
            if sentence == heads_example.SENTENCE:
                self._known = Measured(sentence, *heads_example.stored())
            else:
                self._known = measure(sentence)
        return self._known

    def attention(self) -> AttentionExplorer:
        """The chosen head as an attention explorer of its own."""
        known = self.compute()
        name = f"layer {self.layer}, head {self.head}"
        weights = known.weights[self.layer, self.head]
        row = min(self.token, len(known.tokens) - 1)
        return attention_explorer(known.tokens, weights=weights, head_names=[name], row=row)

    def payload(self) -> dict[str, Any]:
        from course.visualizers import palette

        return {
            "question": QUESTION,
            "layers": LAYERS,
            "heads": HEADS,
            "facts": list(FACTS),
            "most": MAX_TEXT,
            "palette": palette.for_javascript(),
        }

    @property
    def widget(self) -> Any:
        """The live widget; it measures a new sentence when told one, never while it is being made."""
        if self._widget is None:
            if self.sentence == heads_example.SENTENCE:
                self._state["measured"] = self._answer()
            widget = super().widget
            widget.observe(self._measure, names="sentence")
            widget.on_msg(self._measure)
        return self._widget

    def _measure(self, *_: Any) -> None:
        self._widget.measured = self._answer()

    def _answer(self) -> dict[str, Any]:
        """The measurement as the browser takes it, or the sentence that says why there is none."""
        from course.resources import ResourceError

        try:
            known = self.compute()
        except (PictureError, ResourceError) as problem:
            return {"sentence": self.sentence, "error": str(problem)}
        return {
            "sentence": self.sentence,
            "error": "",
            "note": known.note,
            "tokens": list(known.tokens),
            "weights": memoryview(known.weights.astype("<f4").tobytes()),
            "facts": facts(known.weights, known.tokens).round(4).tolist(),
        }

    def static(self) -> Picture:
        """The picture of the present sentence."""
        from course.visualizers.heads_picture import draw

        return draw(self)


def heads_explorer(
    sentence: str = heads_example.SENTENCE, layer: int = 5, head: int = 11, *, token: int = 7
) -> HeadsExplorer:
    """Makes an explorer of all heads of the course's BERT (6 layers × 12 heads, both counted from 0).

    Args:
        sentence: any text; at most 1,000 characters and 40 tokens of it are used, and the picture says so. The built-in
            one needs no model; another loads it when it is first drawn.
        layer: the chosen head's layer, 0 to 5.
        head: the chosen head, 0 to 11.
        token: the place of the token whose row is shown as bars; ``[CLS]`` is 0, and the last token stands for any
            place behind it.

    Raises PictureError, a ValueError, with a sentence that says what is allowed.
    """
    explorer = HeadsExplorer()
    explorer.sentence = sentence
    explorer.layer = layer
    explorer.head = head
    explorer.token = token
    return explorer
