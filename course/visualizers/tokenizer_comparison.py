"""One text, cut in five ways: characters, words, bytes, byte-pair encoding, and BERT's WordPiece.

compute: ``cuts``; static picture: ``TokenizerComparison.static``; widget: display the comparison and type. In Python
the package ``tokenizers`` does the cutting; in the browser a script does, so that the picture follows the typing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from course.visualizers.arrays import PictureError
from course.visualizers.byte_level import Merge, byte_level_bpe, checked_merges, label, shown, spellings
from course.visualizers.explorer import Explorer
from course.visualizers.svg import Picture

QUESTION = "How do five ways of cutting treat the same text?"
MAX_TEXT = 400
UNKNOWN = "[UNK]"
WAYS = ("characters", "words", "bytes", "byte-pair encoding", "BERT's WordPiece")


@cache
def _wordpiece(tokens: tuple[str, ...]) -> Any:
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

    vocabulary = {token: number for number, token in enumerate(tokens)}
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token=UNKNOWN, max_input_chars_per_word=100))
    tokenizer.normalizer = normalizers.BertNormalizer()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    return tokenizer


def cuts(text: str, merges: Sequence[Merge], vocabulary: Sequence[str]) -> dict[str, list[str]]:
    """What stands on the tokens, for each way in :data:`WAYS`."""
    names = [label(spelling) for spelling in spellings(merges)]
    ids = byte_level_bpe(merges).encode(text, add_special_tokens=False).ids
    pieces = _wordpiece(tuple(vocabulary)).encode(text, add_special_tokens=False).tokens
    ways = (
        [shown(character) for character in text],
        text.split(),
        [f"{byte:02X}" for byte in text.encode("utf-8")],
        [names[token] for token in ids],
        pieces,
    )
    return dict(zip(WAYS, ways, strict=True))


class TokenizerComparison(Explorer):
    """Five ways to cut a text; ``text`` is the one thing to set."""

    controls = ("text",)
    script = "tokenizer_comparison.js"

    def __init__(self, merges: Sequence[Merge], vocabulary: Sequence[str]) -> None:
        super().__init__()
        self.merges = list(merges)
        self.vocabulary = list(vocabulary)

    def __repr__(self) -> str:
        return f"TokenizerComparison({len(self.merges)} merges, {len(self.vocabulary)} tokens in the vocabulary)"

    def check(self, control: str, value: Any) -> Any:
        if not isinstance(value, str) or len(value) > MAX_TEXT:
            raise PictureError(f"{control} must be a string of at most {MAX_TEXT} characters.")
        if any("\ud800" <= character <= "\udfff" for character in value):
            raise PictureError(f"{control} holds half of a surrogate pair, which no encoding can spell.")
        return value

    def compute(self) -> dict[str, list[str]]:
        """The tokens of the present text, for each way."""
        return cuts(self.text, self.merges, self.vocabulary)

    def payload(self) -> dict[str, Any]:
        from course.visualizers import palette

        return {
            "question": QUESTION,
            "ways": list(WAYS),
            "most": MAX_TEXT,
            "merges": [list(pair) for pair in self.merges],
            "vocabulary": "\n".join(self.vocabulary),
            "palette": palette.for_javascript(),
        }

    def static(self) -> Picture:
        """The picture of the present text."""
        from course.visualizers.tokenizer_comparison_picture import draw

        return draw(self)


def tokenizer_comparison(
    text: str, *, merges: Sequence[Merge] = (), vocabulary: Mapping[str, int] | None = None
) -> TokenizerComparison:
    """Makes a comparison of five ways to cut ``text`` (up to 400 characters) into tokens.

    ``merges`` are those of byte-pair encoding, as lesson 4's ``train_bpe`` gives them; without any, its row shows
    bytes. ``vocabulary`` is that of WordPiece, ``{token: id}``; by default the one of the course's BERT. Raises
    PictureError, a ValueError, with a sentence that says what is allowed.
    """
    if vocabulary is None:
        from course.resources import bert_vocabulary

        vocabulary = bert_vocabulary()
    if UNKNOWN not in vocabulary or sorted(vocabulary.values()) != list(range(len(vocabulary))):
        raise PictureError(f"vocabulary must hold {UNKNOWN} and number its tokens 0, 1, 2 … without a gap.")
    comparison = TokenizerComparison(checked_merges(merges), sorted(vocabulary, key=vocabulary.__getitem__))
    comparison.text = text
    return comparison
