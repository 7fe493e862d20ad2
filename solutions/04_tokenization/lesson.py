# %% [markdown]
# # 4 · Tokenization
#
# A language model computes with numbers, and a text is a row of characters. What stands between the two is easily
# overlooked, and decides how long a text is for the model, what it can spell, which languages are dear, and what is
# lost. It is called the **tokenizer**: it cuts a text into **tokens**, and gives each one a number, its **id**, out of
# a fixed list, the **vocabulary**.
#
# In this lesson you build two real ones: byte-pair encoding, as GPT uses it, trained by you on film reviews; and the
# tokenizer of BERT, which at the end agrees with the library's on every one of 23,703 reviews.
#
# **At the end you can**
#
# 1. say what a character is to a computer, and fall back to bytes where a vocabulary has a gap;
# 2. train byte-pair encoding from scratch: count, choose, break ties, merge;
# 3. encode any text and decode it without losing a character;
# 4. cut words by WordPiece's greedy longest match, and reproduce BERT's tokenizer to the last token;
# 5. outline how Unigram differs;
# 6. prepare a batch: special tokens, pairs, truncation, padding, attention mask, token types;
# 7. use transformers' fast tokenizers and their offsets, and train one with `tokenizers`;
# 8. weigh the size of a vocabulary against the length of sequences, and say who pays for a bad fit.
#
# **Time**: about 120 minutes, 52 of them to read and run, the rest for nine exercises. There is a natural break before
# section 5.
#
# **You need**: Python (strings, lists, dictionaries, loops), and for the last exercise to have met tensors.
#
# **How to work**: run the cells from top to bottom. Where a question is asked, answer it for yourself *before* you open
# the answer. After an exercise, run its check. If you are stuck, `hint("count_pairs")` gives a nudge; call it again for
# a clearer one. Hints cost nothing.
#
# **What counts in every exercise**: the results, however you compute them. Arguments stay unchanged. Where a list is
# asked for, a tuple counts as well.

# %% setup=true
import re
import unicodedata
from collections import Counter

import torch
from torch import Tensor

from course import check, hint
from course.resources import all_review_texts, bert_vocabulary, load_bert, load_reviews

# %% [markdown]
# The next cell only makes pictures sharp and alike on every machine.

# %%
import matplotlib
import matplotlib.pyplot as plt
from matplotlib_inline.backend_inline import set_matplotlib_formats

matplotlib.set_loglevel("error")
set_matplotlib_formats("svg", metadata={"Date": None})
plt.rcParams.update({"figure.figsize": (6.4, 3.0), "svg.hashsalt": "04_tokenization"})
plt.rcParams.update({"axes.spines.top": False, "axes.spines.right": False})

# %% [markdown]
# ## 1 · What a text is to a computer
#
# **Unicode** gives every character of every script a number, its **code point**: A is 65, é is 233, 中 is 20,013.
# There is room for 1,114,112 of them. `ord` gives a character's code point, `chr` the character of a code point.
#
# A file or a network carries **bytes**, numbers from 0 to 255. **UTF-8** spells a code point with one to four of them:
#
# | code points | bytes | for example |
# |---|---|---|
# | up to 127 (ASCII) | 1 | A → 41 |
# | up to 2,047 | 2 | é → C3 A9 |
# | up to 65,535 | 3 | 中 → E4 B8 AD |
# | the rest | 4 | 🙂 → F0 9F 99 82 |
#
# (Bytes are usually written in **hexadecimal**, with the digits 0–9 and A–F: 41 is 4 · 16 + 1 = 65.)

# %%
for character in "Aé中🙂":
    print(character, ord(character), [f"{byte:02X}" for byte in character.encode("utf-8")])

# %% [markdown]
# **Predict.** How many characters, and how many bytes, has “née”? And what does `len("née")` say when the é is written
# as e followed by a *combining accent* (U+0301), which looks exactly the same?
#
# <details><summary>Answer</summary>
#
# Three characters and four bytes; with the combining accent four characters and five bytes. Both are correct Unicode.
# The two forms are called **NFC** (composed) and **NFD** (decomposed), and `unicodedata.normalize` turns one into the
# other. To a computer they are different texts, and unless somebody sees to it they get different tokens.
#
# </details>

# %%
composed = "née"
decomposed = unicodedata.normalize("NFD", composed)
print(len(composed), len(decomposed), composed == decomposed)
print(len(composed.encode("utf-8")), len(decomposed.encode("utf-8")))

# %% [markdown]
# ## 2 · Characters, words, or something between
#
# One idea is to make every **character** a token, another to make every **word** one. Let us see what the two do with
# the reviews: 10,605 snippets of film reviews serve to build the vocabulary, and the product reviews, editorials and
# tweets are new texts.

# %%
movies = list(load_reviews("movies")["text"])
new_texts = [text for domain in ("products", "editorials", "tweets") for text in load_reviews(domain)["text"]]

for name, cut in (("characters", list), ("words", str.split)):
    vocabulary = {token for text in movies for token in cut(text)}
    new_tokens = [token for text in new_texts for token in cut(text)]
    unknown = sum(token not in vocabulary for token in new_tokens) / len(new_tokens)
    length = sum(len(cut(text)) for text in movies) / len(movies)
    print(f"{name:10}  vocabulary {len(vocabulary):6,}   tokens in a review {length:5.1f}", end="   ")
    print(f"unknown in new texts {unknown:6.2%}")

# %% [markdown]
# Each has what the other one lacks.
#
# * **Characters**: a tiny vocabulary, hardly anything unknown, and sequences six times as long. Lesson 5 shows that
#   the cost of attention grows with the *square* of the length. And a character says little: what does “t” mean?
# * **Words**: short sequences, and a vocabulary of nearly 30,000 in which *film*, *film,* and *films* are three
#   unrelated entries; and still a quarter of a new text is unknown. An unknown word becomes **[UNK]**, and whatever
#   it was is lost.
#
# **Predict.** The vocabulary of words has nearly 30,000 entries. How many of them occur only once in all film reviews?
#
# <details><summary>Answer</summary>
#
# More than half, as the next cell counts. Language always does this (Zipf's law: the word of rank *r* is about *r*
# times rarer than the most frequent one). A model that sees a word once cannot learn what it means, and a vocabulary
# of words consists mostly of such ones.
#
# </details>

# %%
times = Counter(word for text in movies for word in text.split())
once = sum(count == 1 for count in times.values())
print(f"{once:,} of {len(times):,} words occur once: {once / len(times):.0%}")


# %% [markdown]
# What lies between is the **sub-word**: frequent words whole, rare ones in pieces, and in the worst case letter by
# letter. *unwatchable* becomes *un·watch·able*, three pieces that a model has met a thousand times elsewhere. All
# large language models do this; they differ in how the pieces are found.
#
# ### No gap at the bottom: bytes
#
# Even a vocabulary of characters has gaps: no list of the film reviews' characters holds 猫. But every character is
# spelled with bytes, and there are only 256 of those. Put them into the vocabulary, and *nothing is unknown any
# more*. This is **byte fallback**; Llama's first tokenizer does it in this way, with byte tokens named `<0x00>` to
# `<0xFF>`.
#
# ### Your turn: `byte_fallback`

# %% exercise="byte_fallback"
def byte_fallback(text: str, vocab: set[str]) -> list[str]:
    """Cut a text into characters, and spell those with bytes that the vocabulary does not have.

    Args:
        text: any text. (Lone surrogates, which UTF-8 cannot spell, do not occur.)
        vocab: the characters that have a token of their own.

    Returns:
        The tokens in order. A character in ``vocab`` is a token itself. Every other character becomes
        its UTF-8 bytes, one token a byte: ``<0x``, two hexadecimal digits (capital letters, a zero in
        front where needed), ``>``, as in ``"<0xC3>"``.
    """
    ### BEGIN SOLUTION
    tokens: list[str] = []
    for character in text:
        if character in vocab:
            tokens.append(character)
        else:
            tokens.extend(f"<0x{byte:02X}>" for byte in character.encode("utf-8"))
    return tokens
    ### END SOLUTION


# %% check="byte_fallback"
check("byte_fallback", byte_fallback)

# %%
letters = set("abcdefghijklmnopqrstuvwxyz ")
for text in ("a fine film", "née", "猫"):
    print(byte_fallback(text, letters))

# %% [markdown]
# ## 3 · Byte-pair encoding
#
# **Byte-pair encoding** (BPE) began in 1994 as a way of compressing files (Philip Gage); Sennrich, Haddow and Birch
# brought it to translation in 2016, and with GPT-2 it came to bytes. Its idea takes two lines:
#
# 1. Begin with the single bytes as tokens.
# 2. Find the **pair of neighbouring tokens that occurs most often**, and make it a new token. Repeat.
#
# What is frequent grows together; what is rare stays in pieces. The list of **merges**, in the order in which they
# were made, *is* the trained tokenizer.
#
# **By hand.** A text with these words, as often as stated:
#
# | word | tall | taller | small | smaller | fall |
# |---|---:|---:|---:|---:|---:|
# | times | 4 | 2 | 3 | 1 | 2 |
#
# The pair *a·l* is in all of them: $4+2+3+1+2 = 12$ times. So is *l·l*. A **tie**, and ties are frequent. Some rule
# has to break them, otherwise two programs that both “implement BPE” make two different tokenizers. Ours, in this
# course:
#
# > **Of the pairs with the highest count, the smallest one is merged**: that with the smaller first token; if these
# > are equal, that with the smaller second token.
#
# Tokens are numbers: a byte is itself (*a* = 97, *l* = 108), and the token of merge number $i$, counted from 0, is
# $256 + i$. Now $(97, 108)$ is smaller than $(108, 108)$, so token 256 is *al*. Afterwards *l·l* occurs nowhere any
# more: the first *l* has been used up. Now *al·l* leads, again with 12; *all* becomes token 257.
#
# **Predict.** Which pair is third, and which fourth? Count before you look.
#
# <details><summary>Answer</summary>
#
# *t·all* occurs $4 + 2 = 6$ times: *tall* is token 258. Then two pairs have 4: *m·all* and *s·m* (both in small and
# smaller). *m* is 109 and *s* is 115, so *mall* comes first, as 259, and next *s·mall*, 260. The rule for ties has
# just decided that *mall* is a token.
#
# </details>

# %% [markdown]
# *Which pair is merged, and what is left of the words?* Step through all nine merges:

# %%
from course.visualizers import merge_stepper

stepper = merge_stepper({"tall": 4, "taller": 2, "small": 3, "smaller": 1, "fall": 2}, step=3)
stepper.static()

# %% [markdown]
# The next cell shows the same as a live widget: move the slider, or focus it and use the arrow keys.

# %%
stepper


# %% [markdown]
# ### Your turn: `count_pairs`
#
# Words are counted once; from then on a word is a tuple of tokens with a number beside it. That saves going through
# the text again for each merge.

# %% exercise="count_pairs"
def count_pairs(words: dict[tuple[int, ...], int]) -> dict[tuple[int, int], int]:
    """Count how often each pair of neighbouring tokens occurs.

    Args:
        words: each word, as a tuple of tokens, with how often it occurs in the text.

    Returns:
        ``{(left, right): count}`` for every pair that occurs. A pair that occurs at two places of a
        word counts at both, also if they overlap: (7, 7, 7) holds the pair (7, 7) twice. There are no
        pairs across words.
    """
    ### BEGIN SOLUTION
    counts: dict[tuple[int, int], int] = {}
    for tokens, times in words.items():
        for i in range(len(tokens) - 1):
            pair = (tokens[i], tokens[i + 1])
            counts[pair] = counts.get(pair, 0) + times
    return counts
    ### END SOLUTION


# %% check="count_pairs"
check("count_pairs", count_pairs)


# %% [markdown]
# ### Your turn: `merge_pair`
#
# **Predict.** The pair (7, 7) is merged into 9. What becomes of 7 7 7?
#
# <details><summary>Answer</summary>
#
# Either 9 7 or 7 9, depending on the end one begins at. We begin at the left: 9 7. Both would do, as long as training
# and encoding do the same.
#
# </details>

# %% exercise="merge_pair"
def merge_pair(tokens: list[int], pair: tuple[int, int], new_token: int) -> list[int]:
    """Replace a pair of neighbouring tokens by one new token, wherever it occurs.

    From left to right; a token that has been merged is not used again for the same pair: 7 7 7 becomes
    9 7 when (7, 7) is merged into 9.

    Args:
        tokens: a list of tokens, possibly empty.
        pair: the two tokens, in this order.
        new_token: what takes their place.

    Returns:
        A new list; ``tokens`` itself stays unchanged.
    """
    ### BEGIN SOLUTION
    merged: list[int] = []
    position = 0
    while position < len(tokens):
        if position + 1 < len(tokens) and (tokens[position], tokens[position + 1]) == pair:
            merged.append(new_token)
            position += 2
        else:
            merged.append(tokens[position])
            position += 1
    return merged
    ### END SOLUTION


# %% check="merge_pair"
check("merge_pair", merge_pair)


# %% [markdown]
# ### Your turn: `train_bpe`
#
# Now the loop around them. Mind two things: the counts change with each merge, and a small text can run out of pairs.

# %% exercise="train_bpe"
def train_bpe(word_counts: dict[str, int], num_merges: int) -> list[tuple[int, int]]:
    """Learn byte-pair merges (Sennrich, Haddow & Birch, 2016, algorithm 1; on bytes, as in GPT-2).

    Words begin as their UTF-8 bytes, with nothing added. Each step merges the pair with the highest
    count in all words; of several with that count the smallest one: with the smaller first token, then
    with the smaller second token. The token of the first merge is 256, that of the second 257, and so
    on.

    Args:
        word_counts: the words of a text, each with how often it occurs.
        num_merges: how many merges to make, 0 or more.

    Returns:
        The merged pairs in order. Fewer than ``num_merges`` if no pair is left, which is the only
        reason to stop early: a pair that occurs once is merged, too.
    """
    ### BEGIN SOLUTION
    words = {tuple(word.encode("utf-8")): times for word, times in word_counts.items()}
    merges: list[tuple[int, int]] = []
    for step in range(num_merges):
        counts = count_pairs(words)
        if not counts:
            break
        best = min(counts, key=lambda pair: (-counts[pair], pair))
        merges.append(best)
        words = {tuple(merge_pair(list(tokens), best, 256 + step)): times for tokens, times in words.items()}
    return merges
    ### END SOLUTION


# %% check="train_bpe"
check("train_bpe", train_bpe)


# %% [markdown]
# ### From a text to words
#
# Merges stay inside words; otherwise *of·the* would be one of the first tokens. So the text is cut first, and this is
# called **pre-tokenization**. GPT-2 had a good idea for it: **the space in front of a word belongs to the word**. “a
# film” is cut into *a* and *␣film*. Then nothing is lost, not even spaces, and a word at the beginning of a text and
# within it are different.
#
# `split_words` does so, in a simplified form: an optional space and what follows up to the next white space, or white
# space alone. The parts put together always give the text.

# %% setup=true
def split_words(text: str) -> list[str]:
    """Cut a text into words with the space in front of them; joined, they are the text again."""
    return re.findall(r" ?\S+|\s+(?!\S)|\s+", text)


# %%
print(split_words("A fine film,  really!\n"))
print("".join(split_words("A fine film,  really!\n")) == "A fine film,  really!\n")

# %% [markdown]
# ### Trained on film reviews
#
# Pure Python is slow, so we train on the words that occur ten times or more, and make 500 merges: a vocabulary of 756
# tokens, small against the 50,257 of GPT-2, but enough to see what happens. (It takes a few seconds.)

# %%
word_counts = Counter(word for text in movies for word in split_words(text))
frequent = {word: count for word, count in word_counts.items() if count >= 10}
merges = train_bpe(frequent, 500)

spelling = [bytes([byte]) for byte in range(256)]
for left, right in merges:
    spelling.append(spelling[left] + spelling[right])
readable = [token.decode("utf-8", errors="replace").replace(" ", "␣") for token in spelling]
print("first:", readable[256:276])
print("last: ", readable[-20:])


# %% [markdown]
# First come *␣t*, *␣a*, *␣th*: single letters with the space that so often stands before them. Later come endings
# (*ing*, *ly*), and at the end whole words; *␣humor* and *␣worth* are among the last twenty. Nobody told it what a
# word, an ending, or a film is.
#
# **Predict.** Would the same merges be found in the editorials of a newspaper?
#
# <details><summary>Answer</summary>
#
# The first ones nearly so: they are the statistics of English letters. The last ones not: they are the vocabulary of
# the domain. A tokenizer *is* trained on something, and is best at that. Section 9 shows what this means for people
# who write something else.
#
# </details>

# %% [markdown]
# ## 4 · Encode, decode, and lose nothing
#
# To **encode** a new text, the merges are made again, in the order in which they were learned. Order matters. Suppose
# *b·c* was learned before *a·b*; then *abc* is encoded as *a·bc*, although *ab* is a token as well, and further left.
#
# **By hand.** Merges: 0: *b·c* → 256, 1: *a·b* → 257. The word *abc* begins as 97 98 99. Its pairs are (97, 98),
# which is merge 1, and (98, 99), which is merge 0. Merge 0 was learned first, so it goes first: 97 256. The pair (97,
# 256) was never learned: done.
#
# ### Your turn: `bpe_encode`

# %% exercise="bpe_encode"
def bpe_encode(text: str, merges: list[tuple[int, int]]) -> list[int]:
    """Encode a text with learned merges.

    The text is cut by ``split_words``. Every word begins as its UTF-8 bytes; as long as it holds a pair
    that was learned, the pair that was learned *first* is merged, everywhere in the word. The token of
    ``merges[i]`` is 256 + i.

    Args:
        text: any text, possibly empty.
        merges: as ``train_bpe`` gives them; no pair occurs twice.

    Returns:
        The ids of all words, one after the other, as one flat list of int.
    """
    ### BEGIN SOLUTION
    ranks = {pair: rank for rank, pair in enumerate(merges)}
    ids: list[int] = []
    for word in split_words(text):
        tokens = list(word.encode("utf-8"))
        while len(tokens) > 1:
            pairs = [(tokens[i], tokens[i + 1]) for i in range(len(tokens) - 1)]
            best = min(pairs, key=lambda pair: ranks.get(pair, len(merges)))
            if best not in ranks:
                break
            tokens = merge_pair(tokens, best, 256 + ranks[best])
        ids.extend(tokens)
    return ids
    ### END SOLUTION


# %% check="bpe_encode"
check("bpe_encode", bpe_encode)

# %%
for text in ("an unwatchable film", "née 中"):
    ids = bpe_encode(text, merges)
    print(ids)
    print([readable[token] for token in ids])


# %% [markdown]
# A token can be half a character: the three bytes of 中 stand alone here, and each of them means nothing. The sign �
# is Unicode's “here was something that I cannot read”.
#
# **Predict.** A model answers token by token, and a chat window shows each token at once. What can go wrong?
#
# <details><summary>Answer</summary>
#
# When a character is spread over several tokens, the window would show �, and correct itself later, or never.
# Programs therefore hold the bytes back until a character is complete.
#
# </details>
#
# ### Your turn: `bpe_decode`
#
# The way back. A model can produce any sequence of tokens, also one that is no UTF-8 at all; decoding must not fail
# then.

# %% exercise="bpe_decode"
def bpe_decode(ids: list[int], merges: list[tuple[int, int]]) -> str:
    """Turn ids back into a text; the inverse of ``bpe_encode``.

    Args:
        ids: tokens, each from 0 to 255 + len(merges).
        merges: as ``train_bpe`` gives them. A pair may hold tokens of earlier merges.

    Returns:
        The text. Where the bytes of all tokens together are no UTF-8, the sign U+FFFD (�) stands in
        their place, as often as Python's own decoding puts it.
    """
    ### BEGIN SOLUTION
    table = [bytes([byte]) for byte in range(256)]
    for left, right in merges:
        table.append(table[left] + table[right])
    return b"".join(table[token] for token in ids).decode("utf-8", errors="replace")
    ### END SOLUTION


# %% check="bpe_decode"
check("bpe_decode", bpe_decode)

# %% [markdown]
# Decoding what was encoded must give the text, character by character, for *any* text. Five hundred reviews, and a few
# strange strings:

# %%
strange = [
    "", " ", "\t\n  \r\n", "née", "ne\u0301e",
    "人人生而自由", "👩‍👩‍👧 🇨🇭", "\x00\x7f", "يولد جميع الناس", "x" * 50 + "\u2028",
]
for name, texts in (("strange strings", strange), ("film reviews", movies[:500])):
    right = sum(bpe_decode(bpe_encode(text, merges), merges) == text for text in texts)
    print(f"{name}: {right} of {len(texts)} come back unchanged")

# %% [markdown]
# This property, that encoding is **lossless**, is what byte-level BPE is loved for. BERT's tokenizer, which comes
# next, does not have it.
#
# *How much shorter do texts get, and whose?* One number says it: **bytes per token**. With no merges it is 1; higher
# means shorter sequences.

# %%
samples = {
    "film reviews": movies[:150],
    "editorials": list(load_reviews("editorials")["text"])[:150],
    "tweets": list(load_reviews("tweets")["text"])[:150],
}
sizes = (0, 50, 100, 200, 300, 400, 500)
for (name, texts), style in zip(samples.items(), ("o-", "s--", "^:"), strict=True):
    num_bytes = sum(len(text.encode("utf-8")) for text in texts)
    curve = [num_bytes / sum(len(bpe_encode(text, merges[:size])) for text in texts) for size in sizes]
    plt.plot(sizes, curve, style, color="black", markersize=4, label=name)
plt.xlabel("merges")
plt.ylabel("bytes per token")
plt.legend(frameon=False)
plt.show()

# %% [markdown]
# The first fifty merges bring as much as the next hundred and fifty: pairs get rarer. And what was not in the
# training text is compressed less.
#
# ### The same, with a library
#
# The package `tokenizers` (written in Rust; transformers uses it inside) trains on all words and makes thousands of
# merges in seconds. It calls our 256 bytes a *ByteLevel* alphabet, and shows each byte as a printable character: Ġ is
# the space.

# %%
from tokenizers import Tokenizer, models, pre_tokenizers, trainers


def train_library_bpe(texts: list[str], vocab_size: int) -> Tokenizer:
    """Byte-level BPE with ``vocab_size`` tokens, the 256 bytes included."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    tokenizer.train_from_iterator(
        texts, trainers.BpeTrainer(vocab_size=vocab_size, initial_alphabet=alphabet, show_progress=False)
    )
    return tokenizer


library = train_library_bpe(movies, 5000)
print(library.get_vocab_size(), library.encode("an unwatchable film").tokens)

# %% [markdown]
# Its tokens are not quite ours: it cuts punctuation off words, breaks ties by another rule, and has seen all the
# words. So **a tokenizer belongs to its model like a key to its lock**. Ids of one tokenizer mean nothing to a model
# that was trained with another, and no error message will tell you.

# %% [markdown]
# ## 5 · WordPiece, the tokenizer of BERT
#
# **WordPiece** (Schuster and Nakajima, 2012) looks similar and differs in two things.
#
# **In training**, it does not merge the most frequent pair, but the one that gains most compared with its parts:
#
# $$\text{score}(a, b) = \frac{\text{count}(ab)}{\text{count}(a)\;\text{count}(b)} .$$
#
# | symbol | meaning |
# |---|---|
# | $a$, $b$ | two neighbouring tokens |
# | $\text{count}(ab)$ | how often they stand side by side |
# | $\text{count}(a)$, $\text{count}(b)$ | how often each occurs at all |
#
# **By hand.** In our small text *a·l* occurs 12 times, *a* 12 times, *l* 24 times: $12 / (12 \cdot 24) = 1/24$. The
# pair *e·r* occurs 3 times, *e* 3 times and *r* 3 times: $3/(3\cdot 3) = 1/3$. BPE would take *al* first; WordPiece
# takes *er*, since *e* and *r* never occur without each other here.
#
# **In use**, it forgets how it was trained: there are no merges, only a vocabulary. A word is cut by **greedy longest
# match**: take the longest beginning that the vocabulary knows, then the longest beginning of the rest, and so on.
# Pieces that continue a word are written with **##** in front: *able* begins a word, *##able* continues one. If some
# rest has no piece, the *whole word* becomes **[UNK]**.
#
# **By hand.** With the vocabulary *un, able, ##watch, ##able, ##a, ##b*: of *unwatchable* no beginning is known that
# is longer than *un*. The rest is *watchable*; its longest known beginning is *##watch*. The rest is *able*: *##able*
# beats *##a*. Result: *un, ##watch, ##able*.
#
# **Predict.** The vocabulary is *ab, abc, ##cd*. What does greedy longest match make of *abcd*?
#
# <details><summary>Answer</summary>
#
# It takes *abc*, and for *d* there is no piece: [UNK]. That *ab + ##cd* would have worked, it never finds out. Greedy
# is fast, and it is not always right. But it is what the model was trained with; a “better” search would give it
# tokens that it is not used to.
#
# </details>

# %% [markdown]
# BERT's real vocabulary has 30,522 tokens, of which the first hundred are mostly reserved, and `[PAD]`, `[UNK]`,
# `[CLS]`, `[SEP]` have the ids 0, 100, 101, 102.

# %%
vocab = bert_vocabulary()
tokens = list(vocab)
print(len(tokens), "tokens;", sum(token.startswith("##") for token in tokens), "continue a word")
print([tokens[number] for number in (0, 100, 101, 102, 103, 1037, 2000, 10000, 20000, 30000)])


# %% [markdown]
# ### Your turn: `wordpiece`

# %% exercise="wordpiece"
def wordpiece(word: str, vocab: dict[str, int]) -> list[str]:
    """Cut one word into pieces by greedy longest match.

    Args:
        word: at least one character, no white space. Nothing about it is to be changed (no lower case).
        vocab: ``{token: id}``. A piece inside or at the end of the word stands there with ``##`` in
            front.

    Returns:
        The pieces as they stand in the vocabulary. Each one is the longest that is possible at its
        place, and no choice is taken back. If at some place nothing fits, or if the word has more than
        100 characters (even one that stands in the vocabulary): ``["[UNK]"]`` alone.
    """
    ### BEGIN SOLUTION
    if len(word) > 100:
        return ["[UNK]"]
    pieces: list[str] = []
    start = 0
    while start < len(word):
        for end in range(len(word), start, -1):
            piece = word[start:end] if start == 0 else "##" + word[start:end]
            if piece in vocab:
                break
        else:
            return ["[UNK]"]
        pieces.append(piece)
        start = end
    return pieces
    ### END SOLUTION


# %% check="wordpiece"
check("wordpiece", wordpiece)

# %%
for word in ("film", "unwatchable", "tarantino", "cinematographically", "猫", "中"):
    print(word, wordpiece(word, vocab))

# %% [markdown]
# ### What happens before
#
# A word has to come from somewhere. BERT (the *uncased* one, which we use) first cleans the text and cuts it into
# words, by these rules:
#
# 1. **Lower case**, then **NFD**, then all **accents are dropped**: category *Mn*, “mark, nonspacing”. *Café* becomes
#    *cafe*.
# 2. **White space** separates words. Invisible **control characters** (any category that begins with C, except for
#    white space such as line breaks and tabs) and the sign U+FFFD are dropped, leaving no gap.
# 3. **Punctuation** stands alone, each character of it: any category that begins with P, and in addition the nine
#    ASCII signs ``$ + < = > ^ ` | ~``.
# 4. Each **Chinese character** stands alone: Chinese has no spaces between words. (Here: U+4E00 to U+9FFF. The
#    library knows a few blocks of rare ones, too.)
#
# `unicodedata.category` gives a character's category:

# %%
for character in ("a", "\u0301", "!", "“", "_", "$", "£", "\n", "\u200b", "电"):
    print(f"U+{ord(character):04X}", unicodedata.category(character), "white space" if character.isspace() else "")


# %% [markdown]
# **Predict.** Many programs cut text with the regular expression `\w+|[^\w\s]`. For which characters of this list
# does it decide otherwise than BERT?
#
# <details><summary>Answer</summary>
#
# For the underscore: `\w` takes it for a letter, but its category is Pc, so BERT separates it. And for £: it is not
# `\w`, so the pattern separates it; its category is Sc, and it is not one of the nine, so BERT leaves *5£* in one
# piece. Accents, and invisible characters such as U+200B, it does not handle at all.
#
# </details>
#
# ### Your turn: `bert_tokenize`
#
# The hidden cases hold your function against the library on all 23,703 reviews.

# %% exercise="bert_tokenize"
def bert_tokenize(text: str, vocab: dict[str, int]) -> list[str]:
    """Cut a text into tokens exactly as the uncased BERT does (Devlin et al., 2019).

    By the four rules above: lower case and NFD without accents (category Mn); white space
    (``str.isspace``) separates, control characters (C…) and U+FFFD vanish; punctuation (P… and the nine
    ASCII signs $ + < = > ^ ` | ~) and Chinese characters (U+4E00 to U+9FFF) stand alone. Each word that
    results is cut by ``wordpiece``.

    Args:
        text: any text, possibly empty. It holds no special tokens such as [SEP].
        vocab: ``{token: id}``.

    Returns:
        The tokens of all words as one flat list of strings, without [CLS] and [SEP].
    """
    ### BEGIN SOLUTION
    spaced: list[str] = []
    for character in unicodedata.normalize("NFD", text.lower()):
        category = unicodedata.category(character)
        if character.isspace():
            spaced.append(" ")
        elif category == "Mn" or category.startswith("C") or character == "\ufffd":
            continue
        elif category.startswith("P") or character in "$+<=>^`|~" or "\u4e00" <= character <= "\u9fff":
            spaced.append(f" {character} ")
        else:
            spaced.append(character)
    words = "".join(spaced).split()
    return [piece for word in words for piece in wordpiece(word, vocab)]
    ### END SOLUTION


# %% check="bert_tokenize"
check("bert_tokenize", bert_tokenize)

# %% [markdown]
# The moment of truth: the library's tokenizer of this very BERT, on every review.

# %%
model, tokenizer = load_bert()
texts = all_review_texts()
theirs = tokenizer(texts, add_special_tokens=False)["input_ids"]
ours = [[vocab[token] for token in bert_tokenize(text, vocab)] for text in texts]
same = sum(a == b for a, b in zip(ours, theirs, strict=True))
print(f"{same:,} of {len(texts):,} reviews: the same ids; {sum(map(len, ours)):,} tokens in all")

# %% [markdown]
# `tokenizer` is what transformers calls a **fast** tokenizer: the work is done by `tokenizers`, in Rust. In
# transformers 5 there is no other kind for BERT any more.
#
# **What is lost.** Decoding cannot give back what cleaning threw away: capitals, accents, the number of spaces. For
# English that is a small price. Look at Hindi, where many vowels are signs of category Mn, so that rule 1 takes them
# for accents:

# %%
print(tokenizer.decode(tokenizer("Née  in CAFÉ", add_special_tokens=False)["input_ids"]))
hindi = "सभी मनुष्यों"
print(hindi, "→", "".join(c for c in unicodedata.normalize("NFD", hindi) if unicodedata.category(c) != "Mn"))
print(bert_tokenize(hindi, vocab))


# %% [markdown]
# That is as if an English text arrived without half of its vowels.

# %% [markdown]
# ## 6 · Unigram, in outline
#
# BPE and WordPiece build a vocabulary *up*, greedily. **Unigram** (Kudo, 2018; used by T5, and offered by
# SentencePiece) goes the other way: it begins with far too many pieces, gives each a **probability** $p$, and throws
# out again and again those whose loss would hurt the training text least. In use it takes, of all ways to cut a word,
# the one with the highest product of probabilities:
#
# $$\text{best cut} = \operatorname*{argmax}_{x_1 x_2 \dots x_m \,=\, \text{word}} \; \prod_{i=1}^{m} p(x_i) .$$
#
# | symbol | meaning |
# |---|---|
# | $x_1 \dots x_m$ | pieces that, joined, give the word |
# | $p(x_i)$ | probability of the piece $x_i$, learned in training |
# | $\operatorname{argmax}$ | that cut for which the product is largest |
#
# **By hand.** $p(\textit{ab}) = 0.1$, $p(\textit{abc}) = 0.05$, $p(\textit{cd}) = 0.1$, $p(\textit{d}) = 0.01$. For
# *abcd* there are two cuts: *ab·cd* with $0.1 \cdot 0.1 = 0.01$, and *abc·d* with $0.05 \cdot 0.01 = 0.0005$. Unigram
# takes the first; greedy longest match would have taken the second.
#
# A word of $n$ letters has $2^{n-1}$ cuts, but nobody needs to try them all. The best cut of the first $j$ letters
# ends in some piece, and before it stands the best cut of a shorter beginning. So one keeps, for each $j$, the best
# probability so far (this is the **Viterbi** algorithm):

# %%
def best_cut(word: str, p: dict[str, float]) -> tuple[list[str], float]:
    """The most probable cut of a word into pieces, and its probability."""
    best: list[tuple[float, list[str]]] = [(1.0, [])]
    for j in range(1, len(word) + 1):
        ways = [(best[i][0] * p.get(word[i:j], 0.0), [*best[i][1], word[i:j]]) for i in range(j)]
        best.append(max(ways))
    return best[-1][1], best[-1][0]


pieces, probability = best_cut("abcd", {"ab": 0.1, "abc": 0.05, "cd": 0.1, "d": 0.01})
print(pieces, f"{probability:.4f}")

# %% [markdown]
# (Real programs add logarithms, since products of many small numbers underflow.) And since every cut has a
# probability, one may *draw* cuts at random in training, so that the model meets a word in several spellings:
# **sub-word regularization**.
#
# | | BPE | WordPiece | Unigram |
# |---|---|---|---|
# | training | merges the most frequent pair | merges the pair that gains most | removes the least useful piece |
# | what is kept | list of merges | vocabulary | vocabulary with probabilities |
# | in use | merges, in learned order | greedy longest match | most probable cut |
# | models | GPT, Llama | BERT | T5, ALBERT |

# %% [markdown]
# ## 7 · From ids to a batch
#
# ### Special tokens and token types
#
# BERT reads one text or a pair of them, such as question and answer. Three **special tokens** are put in:
#
# ```
# one text    [CLS] first [SEP]
# a pair      [CLS] first [SEP] second [SEP]
# types         0     0     0     1      1
# ```
#
# `[CLS]` (“classification”) stands in front, and its output vector will stand for the whole text in lesson 7. `[SEP]`
# ends each text. The **token types** tell the two texts apart.

# %%
pair = tokenizer("An unwatchable film!", "Really?")
print(tokenizer.convert_ids_to_tokens(pair["input_ids"]))
print(pair["token_type_ids"])

# %% [markdown]
# ### Truncation
#
# BERT has learned 512 positions; a longer text has to be cut. Which one of a pair? The usual rule is **longest
# first**: as long as there are too many, take away the last id of the *longer* text.
#
# **By hand.** Room for 6 ids; the texts have 6 and 3. Nine are three too many: 6 → 5 → 4 → 3, all from the first
# text. Then both have 3, and together 6: done. With 6 and 5 it is five too many: 6 → 5; now they are equal, and by
# convention the second one's turn: 5 → 4; then 5 → 4 of the first, 4 → 3 of the second, 4 → 3 of the first.
#
# ### Padding and the attention mask
#
# The rows of a tensor are equally long, texts are not. Short ones are filled up with `[PAD]`, id 0. The **attention
# mask** says what is real: 1 for a token, special ones included, and 0 for padding. (Lesson 5 shows what a model does
# with it.)
#
# **Predict.** What happens if somebody forgets to pass the mask to the model?
#
# <details><summary>Answer</summary>
#
# No error. But the padding takes part, and the vector of a text depends on how long its *neighbours* in the batch
# are. The next cell shows it.
#
# </details>

# %%
short = tokenizer(["a fine film"], return_tensors="pt")
padded = tokenizer(["a fine film"], padding="max_length", max_length=32, return_tensors="pt")
with torch.no_grad():
    alone = model(**short).last_hidden_state[0, 0]
    with_mask = model(**padded).last_hidden_state[0, 0]
    without_mask = model(input_ids=padded["input_ids"]).last_hidden_state[0, 0]
print("padded, with the mask:    close to the text alone:", torch.allclose(alone, with_mask, atol=1e-4))
print("padded, without the mask: close to the text alone:", torch.allclose(alone, without_mask, atol=1e-4))

# %% [markdown]
# ### Your turn: `prepare_batch`
#
# The three ids get names first:

# %% setup=true
CLS, SEP, PAD = 101, 102, 0


# %% exercise="prepare_batch"
def prepare_batch(pairs: list[tuple[list[int], list[int] | None]], max_length: int) -> dict[str, Tensor]:
    """Make a batch of texts or pairs of texts, as BERT reads them.

    Each row is [CLS] first [SEP], or [CLS] first [SEP] second [SEP]; the ids of [CLS], [SEP] and [PAD]
    are 101, 102 and 0. If a row would have more than ``max_length`` ids, special tokens included, the
    texts are shortened at their ends: one id at a time from the longer of the two; where both are
    equally long, from the second. Rows are filled up with [PAD] at their ends, up to the longest row of
    this batch (not up to ``max_length``).

    Args:
        pairs: one row each: the ids of the first text, and of the second one or None. No text is empty,
            and any id may occur in it, 0 and 102 too.
        max_length: the most ids that a row may have; at least 5.

    Returns:
        A dictionary of three tensors of integers, each (len(pairs), longest row): ``input_ids``;
        ``token_type_ids``, 1 for the second text and the [SEP] behind it, 0 for everything else and for
        padding; ``attention_mask``, 1 for tokens and 0 for padding.
    """
    ### BEGIN SOLUTION
    rows: list[tuple[list[int], list[int]]] = []
    for first, second in pairs:
        room = max_length - (2 if second is None else 3)
        first, second = list(first), None if second is None else list(second)
        while len(first) + len(second or []) > room:
            (first if len(first) > len(second or []) else second).pop()
        ids = [CLS, *first, SEP]
        types = [0] * len(ids)
        if second is not None:
            ids += [*second, SEP]
            types += [1] * (len(second) + 1)
        rows.append((ids, types))
    longest = max(len(ids) for ids, _ in rows)
    input_ids = torch.full((len(rows), longest), PAD)
    token_type_ids = torch.zeros_like(input_ids)
    attention_mask = torch.zeros_like(input_ids)
    for row, (ids, types) in enumerate(rows):
        input_ids[row, : len(ids)] = torch.tensor(ids)
        token_type_ids[row, : len(ids)] = torch.tensor(types)
        attention_mask[row, : len(ids)] = 1
    return {
        "input_ids": input_ids,
        "token_type_ids": token_type_ids,
        "attention_mask": attention_mask,
    }
    ### END SOLUTION


# %% check="prepare_batch"
check("prepare_batch", prepare_batch)

# %% [markdown]
# Beside the library, which does the same in one call: `padding=True` pads to the longest row, `truncation=True`
# shortens the longer text first.

# %%
questions = ["Is it any good?", "What is it about?", "Who would like it?"]
answers = [movies[10], movies[11], movies[12]]
theirs = tokenizer(questions, answers, padding=True, truncation=True, max_length=24, return_tensors="pt")
bare = [tokenizer(side, add_special_tokens=False)["input_ids"] for side in (questions, answers)]
ours = prepare_batch(list(zip(*bare, strict=True)), 24)
for name in ours:
    print(name, tuple(ours[name].shape), "the same:", torch.equal(ours[name], theirs[name]))

# %% [markdown]
# > **A trap to know about.** A tokenizer file can carry its own settings. The file of this very model says: cut at
# > 128 tokens, pad to 128. transformers ignores that unless you ask for it; the bare `tokenizers` library, reading
# > the same file, obeys. Then long texts lose their ends without a word.
#
# ### Offsets: from tokens back to the text
#
# A fast tokenizer remembers from which characters each token came: its **offsets**, a pair of numbers (begin, end) as
# in `text[begin:end]`. That is how one marks an answer in a text, or colours words by their weight, although the
# tokens themselves have lost capitals and accents.

# %%
text = "A CAFÉ: unwatchable!"
encoded = tokenizer(text, return_offsets_mapping=True)
for token, (begin, end) in zip(encoded.tokens(), encoded["offset_mapping"], strict=True):
    print(f"{token:9} {begin:2}–{end:2}  {text[begin:end]!r}")

# %% [markdown]
# **Predict.** Why do `[CLS]` and `[SEP]` have the offsets (0, 0)?
#
# <details><summary>Answer</summary>
#
# They come from no character at all; an empty slice says so. Programs that look for “the token at character 0” must
# not find `[CLS]`: leave out tokens whose begin equals their end.
#
# </details>
#
# ### What padding costs
#
# Padding is computed with like everything else, for nothing. Three ways to do it, on the film reviews, in batches of 32:

# %%
lengths = [len(ids) for ids in tokenizer(movies)["input_ids"]]


def padding_share(lengths: list[int], batch_size: int = 32, fixed: int | None = None) -> float:
    """The share of padding; rows are padded to ``fixed``, or to the longest of their batch."""
    batches = [lengths[i : i + batch_size] for i in range(0, len(lengths), batch_size)]
    computed = sum(len(batch) * (fixed or max(batch)) for batch in batches)
    return 1 - sum(lengths) / computed


shares = {
    "all to 128": padding_share(lengths, fixed=128),
    "to the longest of the batch": padding_share(lengths),
    "… batches of like length": padding_share(sorted(lengths)),
}
for name, share in shares.items():
    print(f"{name:28} {share:6.1%} padding, computes {1 / (1 - share):.2f} times what is needed")

# %% [markdown]
# Padding to the longest of the batch is called **dynamic padding**. Sorting by length removes nearly all that is
# left; but then a batch holds only short or only long texts, which are not a random sample. So in training one
# *shuffles*, and sorts only within groups of, say, fifty batches.
#
# *How long are the reviews, in tokens?*

# %%
plt.hist(lengths, bins=range(0, 100, 2), color="0.35")
plt.axvline(max(lengths), color="black", linestyle=":")
plt.xlabel(f"tokens, special ones included (dotted: the longest, {max(lengths)})")
plt.ylabel("reviews")
plt.show()

# %% [markdown]
# ## 8 · How large should a vocabulary be?
#
# More tokens make shorter sequences. But each token needs a row in the **embedding table**, $\text{vocabulary} \times
# d_{\text{model}}$ numbers (in this BERT $d_{\text{model}} = 384$), and rare tokens are seen too seldom to be
# learned.
#
# **Predict.** The vocabulary grows tenfold, from 1,000 to 10,000. By which factor do sequences get shorter?
#
# *What does a larger vocabulary buy, and what does it cost?*

# %%
sizes = (300, 1_000, 3_000, 10_000, 30_000)
held_out = new_texts[:3000]
mean_lengths = []
for size in sizes:
    encodings = train_library_bpe(movies, size).encode_batch(held_out)
    mean_lengths.append(sum(len(encoding) for encoding in encodings) / len(held_out))
    millions = size * 384 / 1e6
    print(f"{size:6,} tokens: {mean_lengths[-1]:5.1f} in a text, embedding table of {millions:5.2f} million numbers")

figure, (left, right) = plt.subplots(1, 2, layout="constrained")
left.semilogx(sizes, mean_lengths, "o-", color="black", markersize=4)
left.set(xlabel="vocabulary", ylabel="tokens in a new text", ylim=(0, None))
right.semilogx(sizes, [size * 384 / 1e6 for size in sizes], "s--", color="black", markersize=4)
right.set(xlabel="vocabulary", ylabel="embedding table, millions")
plt.show()

# %% [markdown]
# <details><summary>Answer</summary>
#
# By less than two. The table grew tenfold. Of the 22.7 million parameters of our BERT, 11.7 million are the embedding
# table of its 30,522 tokens: more than half. Large models can afford larger vocabularies (Llama 3 has 128,256), since
# the rest of them grows faster.
#
# </details>

# %% [markdown]
# ## 9 · Whose language?
#
# A tokenizer is good at what it was trained on. One sentence, the first of the Universal Declaration of Human Rights,
# in the official translations of the United Nations, in fifteen languages. How many tokens has it?

# %%
article_1 = {
    "English": "All human beings are born free and equal in dignity and rights.",
    "German": "Alle Menschen sind frei und gleich an Würde und Rechten geboren.",
    "French": "Tous les êtres humains naissent libres et égaux en dignité et en droits.",
    "Spanish": "Todos los seres humanos nacen libres e iguales en dignidad y derechos.",
    "Portuguese": "Todos os seres humanos nascem livres e iguais em dignidade e em direitos.",
    "Italian": "Tutti gli esseri umani nascono liberi ed eguali in dignità e diritti.",
    "Swahili": "Watu wote wamezaliwa huru, hadhi na haki zao ni sawa.",
    "Russian": "Все люди рождаются свободными и равными в своем достоинстве и правах.",
    "Greek": "Όλοι οι άνθρωποι γεννιούνται ελεύθεροι και ίσοι στην αξιοπρέπεια και τα δικαιώματα.",
    "Arabic": "يولد جميع الناس أحراراً متساوين في الكرامة والحقوق.",
    "Hindi": "सभी मनुष्यों को गौरव और अधिकारों के मामले में जन्मजात स्वतन्त्रता और समानता प्राप्त है।",
    "Thai": "มนุษย์ทั้งหลายเกิดมามีอิสระและเสมอภาคกันในเกียรติศักดิ์และสิทธิ",
    "Korean": "모든 인간은 태어날 때부터 자유로우며 그 존엄과 권리에 있어 동등하다.",
    "Japanese": "すべての人間は、生まれながらにして自由であり、かつ、尊厳と権利とについて平等である。",
    "Chinese": "人人生而自由，在尊严和权利上一律平等。",
}

# %% [markdown]
# **Predict.** The Chinese sentence has 19 characters, the English one 63. Which of the two has more tokens in your
# BPE, trained on English reviews? And in BERT's tokenizer?

# %%
print(f"{'':10} {'characters':>10} {'bytes':>6} {'your BPE':>9} {'× English':>9} {'BERT':>5} {'[UNK]':>6}")
rows = {}
for language, sentence in article_1.items():
    in_bpe = len(bpe_encode(sentence, merges))
    in_bert = bert_tokenize(sentence, vocab)
    rows[language] = (len(sentence), len(sentence.encode("utf-8")), in_bpe, len(in_bert), in_bert.count("[UNK]"))
for language, (characters, num_bytes, in_bpe, in_bert, unknown) in rows.items():
    ratio = in_bpe / rows["English"][2]
    print(f"{language:10} {characters:10} {num_bytes:6} {in_bpe:9} {ratio:9.1f} {in_bert:5} {unknown:6}")

# %% [markdown]
# <details><summary>Answer</summary>
#
# In your BPE the Chinese sentence has more than twice as many tokens as the English one, though it has less than a
# third of the characters: each character is three bytes, and no merge was ever learned for them. In BERT it has as
# many tokens as it has characters, since each stands alone; and those that the vocabulary lacks are [UNK], gone.
#
# </details>

# %% [markdown]
# *The same sentence, the same meaning: how long is it for the model?*

# %%
order = sorted(rows, key=lambda language: rows[language][2])
figure, axes = plt.subplots(figsize=(6.4, 4.2), layout="constrained")
in_bpe, in_bert = ([rows[language][column] for language in order] for column in (2, 3))
axes.barh(order, in_bpe, color="0.6", label="your BPE (lossless)")
axes.barh(order, in_bert, height=0.35, color="black", label="BERT ([UNK] counts as one)")
axes.set_xlabel("tokens")
axes.legend(frameon=False)
plt.show()

# %% [markdown]
# Who writes Hindi, Thai or Greek pays **several times the tokens for the same sentence**. With a model that is paid
# by the token, that is several times the price; with a window of fixed length, a fraction of the text fits; and
# attention costs the square. Petrov and others (2023) found differences of up to fifteen times between languages, in
# tokenizers that are in use. Nobody meant it: the training text was mostly English, and the most frequent pairs are
# those of the majority.
#
# In BERT's column the injustice looks smaller, and is worse: **[UNK] is short because it says nothing**. The Thai
# sentence has one token, and that is [UNK]. Numbers of tokens alone can deceive; look at what is lost, too.
#
# What helps? Train the tokenizer on the languages it will serve. Here is byte-level BPE, trained on these very
# sentences, twenty times over, and on 300 English snippets; with so little text it learns them by heart, so look at
# the direction, not at the size:

# %%
balanced = train_library_bpe([*article_1.values()] * 20 + movies[:300], 3000)
english_only = train_library_bpe(movies[:1000], 3000)
for language in ("English", "Hindi", "Chinese"):
    before, after = (len(t.encode(article_1[language])) for t in (english_only, balanced))
    print(f"{language:8} {before:4} tokens with the English tokenizer, {after:3} with the balanced one")

# %% [markdown]
# ### Chinese in particular
#
# Chinese has no spaces, so where a word ends is a matter of judgement. Three ways are in use: single characters (BERT:
# simple, and long), words from a segmenter (short, and with gaps), or sub-words learned on Chinese text, where 自由
# (“freedom”) becomes one token because the two characters so often stand together. Byte-level BPE does the third by
# itself, if only it is *trained* on Chinese: its first merges there are bytes into characters, the next ones
# characters into words.
#
# ## 10 · Try your own text
#
# *How do five ways of cutting treat the same text?* Once as a picture:

# %%
from course.visualizers import tokenizer_comparison

comparison = tokenizer_comparison("An unwatchable café, née 电影院! 🙂", merges=merges)
comparison.static()

# %% [markdown]
# And live: type into the box. Try a word that you made up, another language, a web address, an emoji, a row of
# digits, “ing” with and without a space in front.

# %%
comparison

# %% [markdown]
# ## What you take along
#
# * Text is code points, spelled in bytes. With the 256 bytes in the vocabulary nothing is unknown.
# * **BPE** merges the most frequent pair, again and again; encoding repeats the merges in learned order; decoding
#   joins bytes, and then reads them. Ties need a rule.
# * **WordPiece** takes the longest match and never turns back; one gap makes the word [UNK]. What happens *before*
#   (lower case, accents, punctuation) decides as much as the algorithm.
# * **Unigram** takes the most probable cut.
# * A batch is `input_ids`, `token_type_ids`, `attention_mask`. Shorten first, then add special tokens; pad to the
#   longest of the batch, and batch like lengths together.
# * A tokenizer belongs to its model. It is trained on a text, and everybody else pays.
#
# The attention mask comes back in lesson 5 as `padding_mask`; in lessons 7 and 8 the library's tokenizer does all of
# this work, and now you know what it does.
#
# **Sources**: Gage (1994), *A New Algorithm for Data Compression*; Schuster & Nakajima (2012), *Japanese and Korean
# Voice Search*; Sennrich, Haddow & Birch (2016), *Neural Machine Translation of Rare Words with Subword Units*; Kudo
# (2018), *Subword Regularization*; Devlin et al. (2019), *BERT*; Radford et al. (2019), *Language Models are
# Unsupervised Multitask Learners* (GPT-2, byte-level BPE); Petrov et al. (2023), *Language Model Tokenizers Introduce
# Unfairness Between Languages*.
