"""Large inputs by name: whole, in order, and never the caller's to spoil."""

from __future__ import annotations

import subprocess
import sys

from course.resources import DOMAINS, all_review_texts, all_review_words, bert_vocabulary, load_bert, load_reviews


def test_all_reviews_are_there_domain_by_domain() -> None:
    texts = all_review_texts()
    assert len(texts) == 23_703
    assert texts == [text for domain in DOMAINS for text in load_reviews(domain)["text"]]
    texts.clear()
    assert len(all_review_texts()) == 23_703


def test_words_are_distinct_sorted_and_in_lower_case() -> None:
    words = all_review_words()
    assert words == sorted(set(words))
    assert all(word == word.lower() and not any(map(str.isspace, word)) for word in words)
    assert {"film", "don", "!", "£"} <= set(words)


def test_the_vocabulary_is_the_tokenizers() -> None:
    vocabulary = bert_vocabulary()
    assert vocabulary == load_bert()[1].get_vocab()
    assert list(vocabulary.values()) == list(range(30_522))


def test_nothing_heavy_is_loaded_for_them() -> None:
    code = (
        "import sys; from course.resources import *; all_review_texts(); bert_vocabulary(); "
        "print([m for m in ('torch', 'transformers', 'datasets') if m in sys.modules])"
    )
    seen = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert seen.stdout.strip() == "[]"
