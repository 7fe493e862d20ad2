"""Lesson 4's solutions against the libraries, and against the properties that the lesson claims for them."""

from __future__ import annotations

import random
import unicodedata
from collections import Counter
from types import SimpleNamespace
from typing import Any

import pytest
import torch
from hypothesis import example, given, settings
from hypothesis import strategies as st

from autograder.build.builder import LessonSource, read_source
from autograder.places import full_key_path, visible_key_path
from course.checking.judge import judge
from course.checking.key import read_key
from course.checking.observe import observe
from course.resources import all_review_texts, bert_vocabulary, load_bert
from course.visualizers.byte_level import byte_level_bpe

SOURCE: LessonSource = read_source("04_tokenization")
LESSON = SimpleNamespace(**{e.name: SOURCE.workbench.solution(e.name) for e in SOURCE.lesson.exercises})
SPLIT_WORDS = SOURCE.workbench.solution("split_words")
ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


@pytest.fixture(scope="module")
def merges() -> list[tuple[int, int]]:
    words = Counter(word for text in all_review_texts()[:1500] for word in SPLIT_WORDS(text))
    learned: list[tuple[int, int]] = LESSON.train_bpe(words, 120)
    return learned


@pytest.fixture(scope="module")
def tokenizer() -> Any:
    return load_bert()[1]


@given(ANY_TEXT)
def test_no_character_is_lost_to_byte_fallback(text: str) -> None:
    tokens = LESSON.byte_fallback(text, set("abcé中"))
    raw = b"".join(bytes([int(t[3:5], 16)]) if len(t) == 6 else t.encode() for t in tokens)
    assert raw.decode() == text


@given(st.dictionaries(st.lists(st.integers(0, 3), min_size=1, max_size=8).map(tuple), st.integers(1, 9), max_size=6))
def test_a_merge_saves_as_many_tokens_as_its_pair_was_counted(words: dict[tuple[int, ...], int]) -> None:
    for pair, count in LESSON.count_pairs(words).items():
        saved = sum(n * (len(w) - len(LESSON.merge_pair(list(w), pair, 9))) for w, n in words.items())
        assert saved == count or (pair[0] == pair[1] and 0 < saved <= count)


@given(st.dictionaries(st.text("abc", min_size=1, max_size=8), st.integers(1, 9), max_size=5), st.integers(0, 12))
def test_training_does_not_depend_on_the_order_of_words(words: dict[str, int], num_merges: int) -> None:
    learned = LESSON.train_bpe(words, num_merges)
    shuffled = list(words.items())
    random.Random(1).shuffle(shuffled)
    assert LESSON.train_bpe(dict(shuffled), num_merges) == learned
    assert len(set(learned)) == len(learned) <= num_merges


@given(text=ANY_TEXT)
@settings(max_examples=200)
def test_any_text_comes_back(merges: list[tuple[int, int]], text: str) -> None:
    assert "".join(SPLIT_WORDS(text)) == text
    assert LESSON.bpe_decode(LESSON.bpe_encode(text, merges), merges) == text


def test_encoding_is_the_librarys(merges: list[tuple[int, int]]) -> None:
    library = byte_level_bpe(merges)
    for text in [*all_review_texts()[::60], "née 中文  \n\n x", "👩‍👩‍👧"]:
        assert LESSON.bpe_encode(text, merges) == library.encode(text).ids


@given(st.lists(st.integers(0, 258), max_size=20))
def test_decoding_never_fails(ids: list[int]) -> None:
    assert isinstance(LESSON.bpe_decode(ids, [(226, 130), (256, 172), (97, 257)]), str)


@given(st.text("abc", min_size=1, max_size=10), st.sets(st.text("abc", min_size=1, max_size=3), max_size=8))
def test_wordpiece_is_the_librarys(word: str, pieces: set[str]) -> None:
    from tokenizers import Tokenizer, models

    names = ["[UNK]", *sorted(pieces), *(f"##{piece}" for piece in sorted(pieces)[::2])]
    vocab = {name: number for number, name in enumerate(names)}
    library = Tokenizer(models.WordPiece(vocab, unk_token="[UNK]", max_input_chars_per_word=100))
    assert LESSON.wordpiece(word, vocab) == library.encode(word).tokens


def test_bert_tokenize_is_the_librarys_on_every_review(tokenizer: Any) -> None:
    texts, vocab = all_review_texts(), bert_vocabulary()
    theirs = tokenizer(texts, add_special_tokens=False)["input_ids"]
    for text, ids in zip(texts, theirs, strict=True):
        assert [vocab[token] for token in LESSON.bert_tokenize(text, vocab)] == ids, text


@given(st.text(st.characters(max_codepoint=0x2FFF, exclude_categories=["Cs", "Cn", "Co", "Cc"]), max_size=30))
@example("a [SEP] b")
@settings(max_examples=300, deadline=None)
def test_bert_tokenize_is_the_librarys_on_strange_texts(tokenizer: Any, text: str) -> None:
    # Where Python lowers a sigma by its neighbours, and Unicode versions differ, the two may part.
    if "Σ" not in text and all(unicodedata.ucd_3_2_0.category(character) != "Cn" for character in text):
        # Text that spells a special token is text to the lesson; the library is asked to see it so, too.
        theirs = tokenizer.tokenize(text, split_special_tokens=True)
        assert LESSON.bert_tokenize(text, bert_vocabulary()) == theirs


@pytest.mark.parametrize(
    "text", ["Straße STRAẞE", "सभी मनुष्यों का", "a≠b a≮b", "ねこ猫カナ ガナ", "go\ufffdod", "x\u20dd", "½ ﬁ …"]
)
def test_bert_tokenize_is_the_librarys_where_the_cases_tell_look_alikes_apart(tokenizer: Any, text: str) -> None:
    # A vocabulary of this text's own characters, so that no [UNK] hides what became of them.
    from tokenizers import Tokenizer, models

    library = Tokenizer(models.WordPiece({"[UNK]": 0}, unk_token="[UNK]"))
    library.normalizer, library.pre_tokenizer = (
        tokenizer.backend_tokenizer.normalizer,
        tokenizer.backend_tokenizer.pre_tokenizer,
    )
    words = [word for word, _ in library.pre_tokenizer.pre_tokenize_str(library.normalizer.normalize_str(text))]
    vocab = {word: number for number, word in enumerate(words)}
    assert LESSON.bert_tokenize(text, vocab) == words


@pytest.mark.parametrize("max_length", [5, 9, 12, 40])
def test_batches_are_the_librarys(tokenizer: Any, max_length: int) -> None:
    first = ["a fine film", "one two three four five six seven", "good"]
    second = ["not at all, not for a minute", "a", "bad"]
    bare = [tokenizer(texts, add_special_tokens=False)["input_ids"] for texts in (first, second)]
    theirs = tokenizer(first, second, padding=True, truncation=True, max_length=max_length, return_tensors="pt")
    ours = LESSON.prepare_batch(list(zip(*bare, strict=True)), max_length)
    # Which of two equally long texts keeps the odd id is a convention: compare the rows where it does not matter.
    assert ours["input_ids"].shape == theirs["input_ids"].shape
    assert torch.equal(ours["attention_mask"], theirs["attention_mask"])
    if max_length in (9, 40):
        assert torch.equal(ours["input_ids"], theirs["input_ids"])
        assert torch.equal(ours["token_type_ids"], theirs["token_type_ids"])


@pytest.mark.parametrize(
    "body",
    [
        "return load_bert()[1].tokenize(text)",
        "return load_bert()[1].backend_tokenizer.encode(text, add_special_tokens=False).tokens",
        "return load_bert()[1](text, add_special_tokens=False).tokens()",
    ],
)
def test_the_librarys_tokenizer_is_refused(body: str) -> None:
    visible = read_key(visible_key_path("04_tokenization", "bert_tokenize"))
    answer = SOURCE.workbench.answer("bert_tokenize", f"def bert_tokenize(text, vocab):\n    {body}\n")
    verdict = judge(visible, observe(visible.questions(), answer))
    assert verdict.points == 0
    assert "not allowed here" in verdict.message


def test_the_hidden_sweep_tells_one_review_from_all() -> None:
    """An answer that is right on all small inputs but wrong on a sign that only few reviews hold is caught."""
    key = read_key(full_key_path("04_tokenization", "bert_tokenize"))
    solution = LESSON.bert_tokenize

    def half_right(text: str, vocab: dict[str, int]) -> list[str]:
        found: list[str] = solution(text.replace("æ", "e"), vocab)
        return found

    verdict = judge(key, observe(key.questions(), half_right))
    assert [case.name for case in verdict.cases if not case.passed] == ["all 23,703 reviews, as the library does it"]
    assert 0 < verdict.points < key.points
