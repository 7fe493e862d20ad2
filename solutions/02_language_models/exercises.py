"""The contract of lesson 2, Language models: what each exercise is probed with, and what learners get wrong in it.

No case depends on a generator's stream: where an answer needs chance, uniform numbers come in as arguments. They are
float64 and have two decimals, so that a number on a border is on it in every implementation.
"""

# Edits quote lines of the solution whole:
# ruff: noqa: E501

from __future__ import annotations

import math

import torch
from torch import Tensor

from autograder.contract import Alternative, Exercise, Lesson, Misconception, call, case, gradient

NAN, INF = math.nan, math.inf


def _numbers(*shape: int, seed: int, scale: float = 1.0, dtype: torch.dtype = torch.float32) -> Tensor:
    drawn = torch.randn(*shape, generator=torch.Generator().manual_seed(seed), dtype=torch.float64) * scale
    return drawn.round(decimals=2).to(dtype)


def _uniform(*shape: int, seed: int) -> Tensor:
    """Numbers from 0.00 to 0.99, at two decimals."""
    return torch.randint(100, shape, generator=torch.Generator().manual_seed(seed)).double() / 100


def _ids(*shape: int, seed: int, low: int = 1000, high: int = 2000) -> Tensor:
    return torch.randint(low, high, shape, generator=torch.Generator().manual_seed(seed))


def _mask(lengths: list[int], longest: int) -> Tensor:
    return (torch.arange(longest) < torch.tensor(lengths)[:, None]).long()


# --------------------------------------------------------------------------------------------------------- ngram_counts
_FRAME = '["<s>"] * (n - 1) + sentence + ["</s>"]'
_THREE = [["the", "cat", "sat"], ["the", "cat", "ran"], ["the", "dog", "ran"]]

NGRAM_COUNTS = Exercise(
    name="ngram_counts",
    title="Counting n-grams",
    points=2,
    difficulty=2,
    minutes=8,
    hints=(
        (
            "Write one sentence out on paper with its symbols in front and behind, for n = 2 and n = 3, and underline "
            "each n-gram. The last token of each is counted, the others are its context."
        ),
        (
            "First make the framed list of tokens. Then walk over the places of all tokens that are to be counted: "
            "the first one is at place n - 1. A slice in front of each place is its context."
        ),
        (
            "`tuple(framed[place - n + 1 : place])` is the context of `framed[place]`, also for n = 1. A "
            "`defaultdict(Counter)` saves asking whether the context is there already."
        ),
    ),
    cases=(
        case("bigrams of three sentences", call(_THREE, 2)),
        case(
            "trigrams, one of them twice in a sentence",
            call([["To", "be", "or", "not", "to", "be", "or", "not"], ["be", "quiet"]], 3),
        ),
        case("unigrams: an empty context", call(_THREE, 1)),
        case("a sentence shorter than n, and an empty one", call([["go"], [], ["go", "on"]], 4), hidden=True),
        case("an empty sentence among bigrams", call([[], ["yes"], []], 2), hidden=True),
        case("no sentence at all", call([], 2), hidden=True),
        case("one word again and again", call([["ha"] * 6, ["ha", "ha"]], 3), hidden=True),
        case(
            "capitals and marks are tokens of their own",
            call([["The", "the", "THE", "."], ["the", "."]], 2),
            hidden=True,
        ),
        case("five-grams", call([list("abcabcabd"), list("abcab")], 5), hidden=True),
        case("unigrams of repeated sentences", call([["a", "b"], ["a", "b"], ["b"]], 1), hidden=True),
    ),
    misconceptions=(
        Misconception(
            "no_start",
            "The first words of your sentences are missing: nothing stands in front of them, so that they never have a "
            "full context. Look at what the text puts in front of a sentence, and how often.",
            0.75,
            edits={'["<s>"] * (n - 1) + sentence': "sentence"},
        ),
        Misconception(
            "one_start_only",
            "For bigrams all is right; for other n it is not: exactly one start symbol stands in front of each "
            "sentence. "
            "How many does the first word need to have a full context, with n = 3, and with n = 1?",
            1.0,
            edits={'["<s>"] * (n - 1)': '["<s>"]'},
        ),
        Misconception(
            "start_is_counted",
            "You count `<s>` itself as a token that follows: one too many of it stands in front. It only gives "
            "the first word its context; "
            "nobody ever has to predict it. Look at how many of it stand in front, and where counting begins.",
            1.0,
            edits={'["<s>"] * (n - 1)': '["<s>"] * n'},
        ),
        Misconception(
            "no_end",
            "The end of a sentence is never counted: does it stand behind the sentence, and does your loop get "
            "so far? Without it the "
            "model cannot know when to stop.",
            1.0,
            edits={' + ["</s>"]': ""},
        ),
        Misconception(
            "end_repeated",
            "The end symbol stands n - 1 times behind each sentence, as the start symbol does in front. After "
            "the first one "
            "there is nothing left to predict: one is enough for every n, also for n = 1.",
            1.0,
            edits={'+ ["</s>"]': '+ ["</s>"] * (n - 1)'},
        ),
        Misconception(
            "one_long_text",
            "Your n-grams run across the end of one sentence into the next. Each sentence stands for itself: frame it, "
            "count it, begin anew with the next.",
            0.5,
            code=(
                "def ngram_counts(sentences, n):\n"
                "    counts = defaultdict(Counter)\n"
                '    stream = ["<s>"] * (n - 1)\n'
                "    for sentence in sentences:\n"
                '        stream = stream + sentence + ["</s>"]\n'
                "    for place in range(n - 1, len(stream)):\n"
                "        counts[tuple(stream[place - n + 1 : place])][stream[place]] += 1\n"
                "    return counts\n"
            ),
        ),
        Misconception(
            "short_contexts_at_the_start",
            "At the beginning of a sentence your contexts are too short: a slice that begins before the list is "
            "cut off "
            "in silence. Every context has n - 1 tokens, and the start symbols are there to fill it.",
            0.75,
            code=(
                "def ngram_counts(sentences, n):\n"
                "    counts = defaultdict(Counter)\n"
                "    for sentence in sentences:\n"
                '        tokens = sentence + ["</s>"]\n'
                "        for place, token in enumerate(tokens):\n"
                "            counts[tuple(tokens[max(0, place - n + 1) : place])][token] += 1\n"
                "    return counts\n"
            ),
        ),
        Misconception(
            "followers_as_lists",
            "Each context has a list of what followed. Asked for is how often each token did: a dictionary of counts.",
            0.75,
            edits={"defaultdict(Counter)": "defaultdict(list)", "[framed[place]] += 1": ".append(framed[place])"},
        ),
        Misconception(
            "context_one_too_long",
            "Your contexts have n tokens, and n - 1 are asked for: an n-gram is the context *and* the token that "
            "follows.",
            0.75,
            code=(
                "def ngram_counts(sentences, n):\n"
                "    counts = defaultdict(Counter)\n"
                "    for sentence in sentences:\n"
                '        framed = ["<s>"] * n + sentence + ["</s>"]\n'
                "        for place in range(n, len(framed)):\n"
                "            counts[tuple(framed[place - n : place])][framed[place]] += 1\n"
                "    return counts\n"
            ),
        ),
        Misconception(
            "context_reversed",
            "The tokens of your contexts stand in the reverse order, the nearest one first. They are to stand as "
            "in the text.",
            1.25,
            edits={"tuple(framed[place - n + 1 : place])": "tuple(reversed(framed[place - n + 1 : place]))"},
        ),
        Misconception(
            "context_as_text",
            "Your contexts are strings. They are to be tuples, also for bigrams, where the tuple holds one "
            "token: a comma "
            'makes it one, and `tuple("the")` would cut the word into letters.',
            1.0,
            edits={"tuple(framed[place - n + 1 : place])": '" ".join(framed[place - n + 1 : place])'},
        ),
        Misconception(
            "bare_word_for_bigrams",
            "For bigrams your context is the bare word, and for longer n a tuple. Let it be a tuple always: `(word,)`.",
            1.5,
            edits={
                "            counts[context]": "            if n == 2:\n                context = context[0]\n            counts[context]"
            },
        ),
        Misconception(
            "cut_into_letters",
            "Your contexts hold letters: `tuple` of a string cuts it into characters. A slice of the list, even "
            "one of length 1, "
            "stays a list of words.",
            0.75,
            edits={"tuple(framed[place - n + 1 : place])": 'tuple("".join(framed[place - n + 1 : place]))'},
        ),
        Misconception(
            "once_a_sentence",
            "An n-gram that comes twice in one sentence is counted once: a set or a membership test drops repetitions. "
            "Count every occurrence.",
            1.0,
            code=(
                "def ngram_counts(sentences, n):\n"
                "    counts = defaultdict(Counter)\n"
                "    for sentence in sentences:\n"
                '        framed = ["<s>"] * (n - 1) + sentence + ["</s>"]\n'
                "        for gram in dict.fromkeys(tuple(framed[i : i + n]) for i in range(len(framed) - n + 1)):\n"
                "            counts[gram[:-1]][gram[-1]] += 1\n"
                "    return counts\n"
            ),
        ),
        Misconception(
            "counts_never_grow",
            "Every count is 1, however often the n-gram comes: the count is set anew each time instead of growing.",
            0.75,
            edits={"[framed[place]] += 1": "[framed[place]] = 1"},
        ),
        Misconception(
            "last_sentence_only",
            "Each context knows only what followed it last: its dictionary is made anew each time, and what was "
            "counted "
            "before is thrown away.",
            0.5,
            edits={"counts[context][framed[place]] += 1": "counts[context] = {framed[place]: 1}"},
        ),
        Misconception(
            "zeros_for_all",
            "Your rows hold a zero for every word that never followed. Only what occurs is to be in the "
            "dictionary: with a real vocabulary the zeros would fill your memory.",
            1.0,
            code=(
                "def ngram_counts(sentences, n):\n"
                '    vocabulary = {word for sentence in sentences for word in sentence} | {"</s>"}\n'
                "    counts = {}\n"
                "    for sentence in sentences:\n"
                '        framed = ["<s>"] * (n - 1) + sentence + ["</s>"]\n'
                "        for place in range(n - 1, len(framed)):\n"
                "            context = tuple(framed[place - n + 1 : place])\n"
                "            row = counts.setdefault(context, dict.fromkeys(sorted(vocabulary), 0))\n"
                "            row[framed[place]] += 1\n"
                "    return counts\n"
            ),
        ),
        Misconception(
            "flat",
            "Your dictionary has whole n-grams as keys. Asked for are two levels, context and then token, so that all "
            "followers of a context can be found at once.",
            0.75,
            edits={
                "defaultdict(Counter)": "Counter()",
                "counts[context][framed[place]]": "counts[context + (framed[place],)]",
            },
        ),
        Misconception(
            "shares_not_counts",
            "Your numbers are shares of the followers of each context. Asked for are the counts themselves; "
            "dividing is the "
            "next exercise's work, which smooths at the same time.",
            1.0,
            edits={
                "return dict(counts)": "return {c: {t: k / sum(f.values()) for t, k in f.items()} for c, f in counts.items()}"
            },
        ),
        Misconception(
            "lower_cased",
            "You change the tokens on the way: “The” and “the” are counted as one. What to do about capitals was "
            "decided when "
            "the text was cut into tokens; take them as they come.",
            1.5,
            edits={"+ sentence +": "+ [token.lower() for token in sentence] +"},
        ),
        Misconception(
            "changes_its_input",
            "The sentences that were handed in are longer afterwards: `insert`, `append` and `+=` change the "
            "caller's own "
            "list. Make a new list.",
            1.25,
            edits={
                '        framed = ["<s>"] * (n - 1) + sentence + ["</s>"]': (
                    '        sentence[:0] = ["<s>"] * (n - 1)\n        sentence.append("</s>")\n        framed = sentence'
                )
            },
        ),
    ),
    alternatives=(
        Alternative(
            "plain_dictionaries",
            code=(
                "def ngram_counts(sentences, n):\n"
                "    table = {}\n"
                "    for words in sentences:\n"
                '        history = ("<s>",) * (n - 1)\n'
                '        for word in words + ["</s>"]:\n'
                "            row = table.setdefault(history, {})\n"
                "            row[word] = row.get(word, 0) + 1\n"
                "            history = (history + (word,))[1:]\n"
                "    return table\n"
            ),
        ),
        Alternative(
            "shifted_copies",
            code=(
                "def ngram_counts(sentences, n):\n"
                "    table = defaultdict(lambda: defaultdict(int))\n"
                "    for words in sentences:\n"
                '        padded = (n - 1) * ["<s>"] + words + ["</s>"]\n'
                "        for *context, word in zip(*(padded[i:] for i in range(n))):\n"
                "            table[tuple(context)][word] += 1\n"
                "    return table\n"
            ),
        ),
        Alternative("defaultdict_returned", edits={"return dict(counts)": "return counts"}),
    ),
)

# ------------------------------------------------------------------------------------------------- smoothed_probability
_BIGRAMS = {
    ("<s>",): {"the": 3},
    ("the",): {"cat": 2, "dog": 1},
    ("cat",): {"sat": 1, "ran": 1},
    ("dog",): {"ran": 1},
    ("sat",): {"</s>": 1},
    ("ran",): {"</s>": 2},
}
_TRIGRAMS = {
    ("new", "york"): {"city": 7, "times": 3},
    ("york", "city"): {"'": 2, "</s>": 1},
    ("in", "new"): {"york": 9},
}
_UNIGRAMS = {(): {"the": 50, "cat": 3, "</s>": 12, "<unk>": 35}}
_RATIO = "(followers.get(token, 0) + alpha) / (total + alpha * vocabulary_size)"

SMOOTHED_PROBABILITY = Exercise(
    name="smoothed_probability",
    title="A probability with pseudo-counts",
    points=2,
    difficulty=1,
    minutes=6,
    hints=(
        (
            "The formula needs two counts: how often the token followed this context, and how often anything did. What "
            "is each if the context, or the token, is not in the dictionary?"
        ),
        ("`dict.get` takes a second argument: what to give if the key is missing. Used twice, no case needs an `if`."),
        (
            "Get the row of the context, or an empty dictionary. Its values sum to c(h); what it holds for the "
            "token, or 0, is c(h, w). "
            "Then the fraction as it stands in the text."
        ),
    ),
    cases=(
        case(
            "a token that was seen",
            call(_BIGRAMS, ("the",), "cat", 6, 1.0),
            call(_BIGRAMS, ("dog",), "ran", 6, 1.0),
            atol=1e-9,
        ),
        case(
            "a token that never followed",
            call(_BIGRAMS, ("dog",), "sat", 6, 1.0),
            call(_BIGRAMS, ("the",), "</s>", 6, 1.0),
            atol=1e-9,
        ),
        case("a context that was never seen", call(_BIGRAMS, ("fish",), "ran", 6, 1.0), atol=1e-9),
        case(
            "a small pseudo-count and a vocabulary of 100",
            call(_BIGRAMS, ("the",), "cat", 100, 0.01),
            call(_BIGRAMS, ("the",), "ran", 100, 0.01),
            atol=1e-9,
        ),
        case(
            "trigrams",
            call(_TRIGRAMS, ("new", "york"), "times", 1000, 0.1),
            call(_TRIGRAMS, ("york", "new"), "times", 1000, 0.1),
            hidden=True,
            atol=1e-9,
        ),
        case(
            "unigrams",
            call(_UNIGRAMS, (), "the", 400, 0.5),
            call(_UNIGRAMS, (), "dog", 400, 0.5),
            hidden=True,
            atol=1e-9,
        ),
        case(
            "a tiny pseudo-count and a large vocabulary",
            call(_TRIGRAMS, ("in", "new"), "york", 50_000, 1e-5),
            call(_TRIGRAMS, ("in", "new"), "jersey", 50_000, 1e-5),
            hidden=True,
            rtol=1e-6,
            atol=1e-14,
        ),
        case(
            "a pseudo-count of ten",
            call(_BIGRAMS, ("ran",), "</s>", 6, 10.0),
            call(_BIGRAMS, ("ran",), "cat", 6, 10.0),
            hidden=True,
            atol=1e-9,
        ),
        case("no counts at all", call({}, ("the",), "cat", 8, 0.3), hidden=True, atol=1e-9),
        case(
            "an unseen context, another pseudo-count",
            call(_TRIGRAMS, ("a", "b"), "c", 20, 0.02),
            hidden=True,
            atol=1e-9,
        ),
    ),
    misconceptions=(
        Misconception(
            "not_smoothed",
            "This is the plain share of the counts, and what was never seen still gets 0: alpha plays no part.",
            0.5,
            edits={_RATIO: "followers.get(token, 0) / total if total else 0.0"},
        ),
        Misconception(
            "alpha_below_once",
            "Your probabilities do not sum to one: alpha was added above the line for every token of the "
            "vocabulary, and below the "
            "line only once. Sum the numerators over all tokens and see what comes out.",
            0.75,
            edits={"total + alpha * vocabulary_size": "total + alpha"},
        ),
        Misconception(
            "always_add_one",
            "With alpha = 1 all is right, otherwise not: you add 1 whatever alpha is.",
            1.0,
            edits={_RATIO: "(followers.get(token, 0) + 1) / (total + vocabulary_size)"},
        ),
        Misconception(
            "alpha_above_only",
            "Above the line you add alpha, below the line 1 for each token of the vocabulary. That fits for "
            "alpha = 1 only; "
            "both must use the same pseudo-count, or the sum is not one.",
            1.0,
            edits={"alpha * vocabulary_size": "vocabulary_size"},
        ),
        Misconception(
            "alpha_below_only",
            "With alpha = 1 all is right, otherwise not: above the line stands 1 where alpha belongs, so that the "
            "probabilities do not sum to one.",
            1.0,
            edits={"(followers.get(token, 0) + alpha)": "(followers.get(token, 0) + 1)"},
        ),
        Misconception(
            "above_not_smoothed",
            "A token that never followed still gets 0: alpha is added below the line, but not to the count above it.",
            0.75,
            edits={"(followers.get(token, 0) + alpha)": "followers.get(token, 0)"},
        ),
        Misconception(
            "only_unseen_smoothed",
            "Only unseen tokens are smoothed; seen ones keep their whole share, so that all together sum to more "
            "than one. The pseudo-count goes to every token, and what the unseen get the seen must give.",
            0.75,
            edits={
                "    return (foll": "    if token in followers:\n        return followers[token] / total\n    return (foll"
            },
        ),
        Misconception(
            "whole_number_division",
            "Your probabilities are whole numbers, nearly all of them 0: `//` drops everything behind the point.",
            0.5,
            edits={") / (total": ") // (total"},
        ),
        Misconception(
            "below_not_smoothed",
            "Above the line alpha is added, below the line nothing: the probabilities sum to more than one, and "
            "after an "
            "unseen context you divide by zero.",
            0.5,
            edits={"total + alpha * vocabulary_size": "total"},
        ),
        Misconception(
            "unseen_context_zero",
            "After a context that was never seen you give 0. A model that knows nothing should spread its probability "
            "evenly: put the zeros into the formula and see what it says.",
            1.0,
            edits={"    total = sum": "    if not followers:\n        return 0.0\n    total = sum"},
        ),
        Misconception(
            "unseen_token_zero",
            "A token that never followed still gets 0. It is just these tokens that smoothing is for: their "
            "count is zero, "
            "their pseudo-count is not.",
            0.75,
            edits={
                "    total = sum": "    if followers and token not in followers:\n        return 0.0\n    total = sum"
            },
        ),
        Misconception(
            "unseen_anything_zero",
            "Whatever was never seen gets 0, token or context, and the rest is smoothed. Smoothing is for the "
            "unseen: follow "
            "the formula with a count of zero.",
            0.5,
            edits={"    total = sum": "    if token not in followers:\n        return 0.0\n    total = sum"},
        ),
        Misconception(
            "key_error",
            "Your function raises KeyError where the context or the token is not in the dictionary. In a test "
            "text that is "
            "what happens most: ask in a way that has an answer for a missing key.",
            0.75,
            edits={"counts.get(context, {})": "counts[context]", "followers.get(token, 0)": "followers[token]"},
        ),
        Misconception(
            "key_error_for_contexts",
            "Your function raises KeyError after a context that is not in the dictionary. In a test text that "
            "happens all "
            "the time: what should the counts be then?",
            1.0,
            edits={"counts.get(context, {})": "counts[context]"},
        ),
        Misconception(
            "key_error_for_tokens",
            "Your function raises KeyError for a token that never followed its context. Such a token has a "
            "count, too: which "
            "one?",
            1.0,
            edits={"followers.get(token, 0)": "(followers[token] if followers else 0)"},
        ),
        Misconception(
            "seen_followers_as_vocabulary",
            "Below the line alpha is multiplied by the number of *seen* followers. The pseudo-count goes to "
            "every token "
            "that can come next, seen or not: that is `vocabulary_size`.",
            0.75,
            edits={"alpha * vocabulary_size": "alpha * len(followers)"},
        ),
        Misconception(
            "seen_followers_where_there_are_any",
            "After a context that was seen, alpha is multiplied by the number of its *seen* followers only. The "
            "pseudo-count goes to all tokens that can come next, seen or not, in the whole vocabulary.",
            0.75,
            edits={"alpha * vocabulary_size": "alpha * (len(followers) or vocabulary_size)"},
        ),
        Misconception(
            "kinds_instead_of_counts",
            "Below the line you count *which* tokens followed, not how often: `len` of a dictionary is the "
            "number of its "
            "keys.",
            0.75,
            edits={"sum(followers.values())": "len(followers)"},
        ),
        Misconception(
            "joint_not_conditional",
            "You divide by what followed all contexts together: that is the probability of the whole n-gram. "
            "Asked for is that "
            "of the token *given* its context.",
            0.5,
            edits={"sum(followers.values())": "sum(sum(row.values()) for row in counts.values())"},
        ),
        Misconception(
            "contexts_as_vocabulary",
            "Below the line alpha is multiplied by the number of contexts in the table. What can come next is "
            "counted by "
            "`vocabulary_size`.",
            0.75,
            edits={"alpha * vocabulary_size": "alpha * len(counts)"},
        ),
        Misconception(
            "vocabulary_one_too_large",
            "Your vocabulary has one token too many: `vocabulary_size` counts all that can come next, `<unk>` "
            "and `</s>` among "
            "them.",
            1.0,
            edits={"alpha * vocabulary_size": "alpha * (vocabulary_size + 1)"},
        ),
        Misconception(
            "logarithm",
            "This is the logarithm of the probability. It is what the next section needs, but this function "
            "promises the "
            "probability itself.",
            1.0,
            edits={_RATIO: "math.log((followers.get(token, 0) + alpha) / (total + alpha * vocabulary_size))"},
        ),
        Misconception(
            "changes_the_counts",
            "The table of counts is changed afterwards: the pseudo-counts, or an empty row, were written into it. "
            "A second call would then find more than was counted. Only read from it.",
            1.25,
            edits={"counts.get(context, {})": "counts.setdefault(context, {})"},
        ),
    ),
    alternatives=(
        Alternative(
            "by_cases",
            code=(
                "def smoothed_probability(counts, context, token, vocabulary_size, alpha):\n"
                "    if context not in counts:\n"
                "        return 1 / vocabulary_size\n"
                "    row = counts[context]\n"
                "    seen = row[token] if token in row else 0\n"
                "    everything = 0\n"
                "    for word in row:\n"
                "        everything += row[word]\n"
                "    return (seen + alpha) / (everything + vocabulary_size * alpha)\n"
            ),
        ),
        Alternative(
            "a_mixture_with_the_uniform_distribution",
            code=(
                "def smoothed_probability(counts, context, token, vocabulary_size, alpha):\n"
                "    row = Counter(counts.get(context, {}))\n"
                "    n = row.total()\n"
                "    share = n / (n + alpha * vocabulary_size)\n"
                "    return share * (row[token] / n if n else 0.0) + (1 - share) / vocabulary_size\n"
            ),
        ),
        Alternative(
            "as_a_tensor",
            edits={
                _RATIO: "torch.tensor((followers.get(token, 0) + alpha) / (total + alpha * vocabulary_size), dtype=torch.float64)"
            },
        ),
    ),
)

# ----------------------------------------------------------------------------------------------------------- perplexity


def _logs(*probabilities: float) -> list[float]:
    return [math.log(p) for p in probabilities]


_LONG = [_logs(*[0.01, 0.02, 0.05] * 60), _logs(*[0.2] * 120)] * 5
_FLAT = "[value for sentence in log_probs for value in sentence]"

PERPLEXITY = Exercise(
    name="perplexity",
    title="Perplexity of a text",
    points=2,
    difficulty=1,
    minutes=6,
    hints=(
        (
            "Sentences only tell how the text is cut. How many tokens are there in all, and what is the mean of "
            "their logarithms?"
        ),
        (
            "One sum over all numbers of all lists, divided by how many numbers there are. What has to happen to "
            "the sign, and "
            "which function undoes a natural logarithm?"
        ),
        "Collect all numbers in one list. Mean, then minus, then `math.exp`.",
    ),
    cases=(
        case("always one quarter", call([_logs(0.25, 0.25, 0.25)]), atol=1e-7),
        case("two tokens, 1/2 and 1/8", call([_logs(0.5, 0.125)]), atol=1e-7),
        case("a long sentence and a short one", call([_logs(0.5, 0.5, 0.5, 0.5, 0.5, 0.5), _logs(0.001)]), atol=1e-7),
        case("a sentence without tokens", call([_logs(0.2, 0.4), [], _logs(0.1)]), atol=1e-7),
        case("a page: 400 tokens", call([_logs(*[0.1] * 150), _logs(*[0.2] * 250)]), atol=1e-7),
        case("a probability of zero", call([_logs(0.5), [-INF, math.log(0.9)]])),
        case("one token", call([_logs(0.04)]), hidden=True, atol=1e-7),
        case("certain of everything", call([[0.0, 0.0], [0.0]]), hidden=True, atol=1e-7),
        case("a book: 1,500 tokens", call(_LONG), hidden=True, atol=1e-7),
        case("every probability is zero", call([[-INF], [], [-INF, -INF]]), hidden=True),
        case(
            "sentences of many lengths",
            call([_logs(0.3), _logs(0.1, 0.9, 0.02), _logs(0.6, 0.7, 0.8, 0.9, 0.5), []]),
            hidden=True,
            atol=1e-7,
        ),
        case("very sure of the wrong thing", call([[-200.0, -300.0], [-250.0]]), hidden=True),
    ),
    misconceptions=(
        Misconception(
            "cross_entropy_returned",
            "This is the cross-entropy, the mean surprisal in nats. Perplexity is one step further, on the scale "
            "on which a "
            "guess among four equal tokens reads 4.",
            1.0,
            edits={"math.exp(entropy)": "entropy"},
        ),
        Misconception(
            "sign_forgotten",
            "Your numbers lie between 0 and 1: each is one over the perplexity. Logarithms of probabilities are "
            "negative, and the "
            "sign was not turned.",
            1.0,
            edits={"-sum(tokens)": "sum(tokens)"},
        ),
        Misconception(
            "base_two",
            "You raise 2 to the cross-entropy, but the logarithms are natural ones. Base and logarithm must belong "
            "together, or the guess among four equal tokens does not read 4.",
            1.0,
            edits={"math.exp(entropy)": "2.0**entropy"},
        ),
        Misconception(
            "mean_of_perplexities",
            "You take the mean of the sentences' perplexities. Then a short sentence weighs as much as a long "
            "one, and one bad one "
            "rules all. All *tokens* are to weigh the same; sentences play no part.",
            0.75,
            code=(
                "def perplexity(log_probs):\n"
                "    each = [math.exp(-sum(s) / len(s)) for s in log_probs if s]\n"
                "    return sum(each) / len(each)\n"
            ),
        ),
        Misconception(
            "mean_of_perplexities_fails_when_empty",
            "You compute a perplexity for each sentence and take their mean. An empty sentence then divides by "
            "zero, and a short "
            "one weighs as much as a long one. All *tokens* are to weigh the same; sentences play no part.",
            0.5,
            code=(
                "def perplexity(log_probs):\n"
                "    each = [math.exp(-sum(s) / len(s)) for s in log_probs]\n"
                "    return sum(each) / len(each)\n"
            ),
        ),
        Misconception(
            "mean_of_means",
            "You average inside each sentence first, and then over sentences: a token of a short sentence weighs "
            "more than one "
            "of a long sentence. All tokens are to weigh the same.",
            1.0,
            code=(
                "def perplexity(log_probs):\n"
                "    means = [sum(s) / len(s) for s in log_probs if s]\n"
                "    return math.exp(-sum(means) / len(means))\n"
            ),
        ),
        Misconception(
            "mean_of_means_fails_when_empty",
            "You average inside each sentence first: an empty one divides by zero, and a token of a short "
            "sentence weighs "
            "more than one of a long one. All tokens are to weigh the same.",
            0.75,
            code=(
                "def perplexity(log_probs):\n"
                "    means = [sum(s) / len(s) for s in log_probs]\n"
                "    return math.exp(-sum(means) / len(means))\n"
            ),
        ),
        Misconception(
            "weighted_perplexities",
            "You weigh the sentences' perplexities by their lengths. That is nearly it, but the mean must be "
            "taken *before* the "
            "exponential: it is the logarithms that are averaged.",
            1.0,
            code=(
                "def perplexity(log_probs):\n"
                "    number = sum(len(s) for s in log_probs)\n"
                "    return sum(len(s) / number * math.exp(-sum(s) / len(s)) for s in log_probs if s)\n"
            ),
        ),
        Misconception(
            "padded_with_zeros",
            "Sentences were padded with zeros to one length, and the zeros count as tokens of which the model "
            "was certain. Only real tokens belong in the mean.",
            1.0,
            code=(
                "def perplexity(log_probs):\n"
                "    longest = max(len(sentence) for sentence in log_probs)\n"
                "    return math.exp(-sum(sum(sentence) for sentence in log_probs) / (longest * len(log_probs)))\n"
            ),
        ),
        Misconception(
            "divided_by_sentences",
            "The sum is divided by the number of sentences, not of tokens. So longer sentences look harder than "
            "they are, and "
            "the guess among four equal tokens does not read 4.",
            0.75,
            edits={"len(tokens)": "len(log_probs)"},
        ),
        Misconception(
            "not_divided",
            "The sum of the logarithms is not divided by anything: that is one over the probability of the whole "
            "text, which "
            "grows with its length. A perplexity is per token.",
            0.5,
            edits={" / len(tokens)": "", "math.exp(entropy)": "math.exp(min(entropy, 700))"},
        ),
        Misconception(
            "product_of_probabilities",
            "On short texts all is right; on a long one the product of the probabilities is rounded to zero. "
            "This is what "
            "logarithms are for: stay with sums until the end.",
            1.25,
            code=(
                "def perplexity(log_probs):\n"
                "    tokens = [math.exp(value) for s in log_probs for value in s]\n"
                "    product = math.prod(tokens)\n"
                "    return product ** (-1 / len(tokens)) if product > 0 else math.inf\n"
            ),
        ),
        Misconception(
            "product_divides_by_zero",
            "On short texts all is right; on a long one the product of the probabilities is rounded to zero, and "
            "then you divide by "
            "it. This is what logarithms are for: stay with sums until the end.",
            1.0,
            code=(
                "def perplexity(log_probs):\n"
                "    tokens = [math.exp(value) for s in log_probs for value in s]\n"
                "    return math.prod(tokens) ** (-1 / len(tokens))\n"
            ),
        ),
        Misconception(
            "arithmetic_mean",
            "You take the mean of the probabilities and invert it. A mean of probabilities forgives a token that "
            "got nearly "
            "none; the mean must be taken of the *logarithms*, and undone at the end.",
            0.5,
            edits={"-sum(tokens) / len(tokens)": "-math.log(sum(math.exp(value) for value in tokens) / len(tokens))"},
        ),
        Misconception(
            "mean_of_inverses",
            "You take the mean of 1/p over the tokens. The exponential must come after the mean and not before it: one "
            "improbable token rules your number.",
            0.5,
            edits={
                "    return math.exp(entropy)": "    return sum(math.exp(-value) for value in tokens) / len(tokens)"
            },
        ),
        Misconception(
            "first_sentence_only",
            "Only the first sentence counts: is the `return` inside the loop, or an index too many?",
            0.5,
            edits={_FLAT: "log_probs[0]"},
        ),
        Misconception(
            "zeros_skipped",
            "A probability of zero is left out of the mean. Then a model that calls possible things impossible "
            "would not be "
            "punished for it; its perplexity is infinite.",
            1.5,
            edits={_FLAT: "[value for sentence in log_probs for value in sentence if value > -math.inf]"},
        ),
        Misconception(
            "one_token_too_many",
            "You divide by one more for each sentence, as if its end had still to be counted. The lists hold all "
            "tokens already, the "
            "end among them.",
            1.0,
            edits={"/ len(tokens)": "/ (len(tokens) + len(log_probs))"},
        ),
    ),
    alternatives=(
        Alternative(
            "running_sums",
            code=(
                "def perplexity(log_probs):\n"
                "    total, number = 0.0, 0\n"
                "    for sentence in log_probs:\n"
                "        total -= sum(sentence)\n"
                "        number += len(sentence)\n"
                "    return math.e ** (total / number)\n"
            ),
        ),
        Alternative(
            "with_torch",
            code=(
                "def perplexity(log_probs):\n"
                "    values = torch.cat([torch.tensor(s, dtype=torch.float64) for s in log_probs])\n"
                "    return torch.exp(-values.mean())\n"
            ),
        ),
        Alternative(
            "through_bits",
            edits={"math.exp(entropy)": "2.0 ** (entropy / math.log(2))"},
        ),
    ),
)

# -------------------------------------------------------------------------------------------------------- cross_entropy
_LIBRARY_LOSS = (
    "it is the function, or the half of it that matters, that this exercise builds. A maximum, exponentials, a "
    "sum and a logarithm "
    "are enough; afterwards you may use it."
)
_LSE = "highest.squeeze(-1) + torch.log(torch.exp(logits - highest).sum(dim=-1))"
_LOSSES = "torch.where(counted, log_sum_exp - right, 0.0)"
_MEAN = "losses.sum() / counted.sum().clamp(min=1)"
_TARGETS = torch.tensor([[3, 0, -100, -100], [1, 4, 2, 0], [2, -100, -100, -100]])

CROSS_ENTROPY = Exercise(
    name="cross_entropy",
    title="Cross-entropy that never overflows",
    points=3,
    difficulty=3,
    minutes=12,
    hints=(
        (
            "Three steps: log-sum-exp of every row of logits; the logit of the right token of every row; the "
            "mean of their "
            "difference over the places that count."
        ),
        (
            "Take the maximum along the last dimension with `keepdim=True`, and do not forget to add it back. "
            "`gather` along the "
            "last dimension picks one logit per row, but -100 is no index: give these places a harmless one first."
        ),
        (
            "Set the losses of places that do not count to zero, sum, and divide by the number of those that do, "
            "but by at least "
            "1. For `gather` the index needs a last dimension: `index.unsqueeze(-1)`."
        ),
    ),
    cases=(
        case("by hand: logits 0, ln 2, ln 3", call(torch.tensor([[0.0, math.log(2), math.log(3)]]), torch.tensor([2]))),
        case("three sentences, some places ignored", call(_numbers(3, 4, 5, seed=200), _TARGETS)),
        case("one place, no leading dimension", call(torch.tensor([1.0, -1.0, 0.5, 0.0]), torch.tensor(1))),
        case(
            "logits of a thousand",
            call(torch.tensor([[1000.0, 999.0, 0.0], [-1000.0, -1001.0, -1000.0]]), torch.tensor([1, 0])),
        ),
        case(
            "the right token is far behind",
            call(torch.tensor([[200.0, 0.0, 10.0], [0.0, 1.0, 2.0]]), torch.tensor([1, 2])),
        ),
        case("nothing counts", call(_numbers(2, 3, seed=201), torch.tensor([-100, -100]))),
        case(
            "another ignore index, no place counts",
            call(_numbers(1, 2, 4, seed=208), torch.tensor([[-7, -7]]), ignore_index=-7),
            hidden=True,
        ),
        case(
            "another ignore index, below zero and beyond the vocabulary",
            call(_numbers(2, 4, 6, seed=202), torch.tensor([[1, -1, 5, -1], [-1, -1, 0, 3]]), ignore_index=-1),
            call(_numbers(2, 3, 6, seed=209), torch.tensor([[1, 99, 5], [99, 0, 2]]), ignore_index=99),
        ),
        case(
            "one number larger than all rows of another",
            call(torch.tensor([[10000.0, 9990.0], [-10000.0, -9999.0], [0.1, 0.2]]), torch.tensor([1, 1, 0])),
            hidden=True,
        ),
        case(
            "very sure and wrong", call(torch.tensor([[0.0, 500.0], [3000.0, 0.0]]), torch.tensor([0, 1])), hidden=True
        ),
        case(
            "float64, many places",
            call(_numbers(4, 9, 11, seed=203, scale=4, dtype=torch.float64), _ids(4, 9, seed=204, low=0, high=11)),
            hidden=True,
        ),
        case(
            "uneven rows in a batch of batches",
            call(
                _numbers(2, 2, 3, 4, seed=205, scale=3),
                torch.tensor([[[0, 1, 2], [3, -100, -100]], [[-100, -100, -100], [1, -100, 2]]]),
            ),
            hidden=True,
        ),
        case(
            "gradients flow back",
            gradient(_numbers(2, 3, 4, seed=206, scale=2), torch.tensor([[0, 3, -100], [-100, 1, -100]])),
        ),
        case(
            "gradients, far apart",
            gradient(torch.tensor([[300.0, 0.0, -300.0], [0.0, 0.0, 0.0]]), torch.tensor([2, 1])),
            hidden=True,
        ),
        case(
            "as many places as tokens",
            call(_numbers(5, 5, seed=207, scale=2), torch.tensor([4, 4, -100, 0, 1])),
            hidden=True,
        ),
    ),
    misconceptions=(
        Misconception(
            "overflow",
            "On ordinary logits all is right; on large ones infinity or NaN comes out, for their exponentials "
            "leave the range of "
            "float32. Move the maximum outside before you take them.",
            1.5,
            edits={_LSE: "torch.log(torch.exp(logits).sum(dim=-1))"},
        ),
        Misconception(
            "log_of_softmax",
            "Softmax first, then the logarithm: where the right token is far behind, its probability has been "
            "rounded to zero, and the "
            "logarithm makes it infinite. Take the logarithm apart on paper, so that it never meets that zero.",
            1.5,
            edits={
                "    highest = logits.amax(dim=-1, keepdim=True)\n": "    probabilities = torch.softmax(logits, dim=-1)\n",
                f"    log_sum_exp = {_LSE}\n": "",
                "logits.gather(": "probabilities.gather(",
                "log_sum_exp - right": "-torch.log(right)",
            },
        ),
        Misconception(
            "small_number_in_the_logarithm",
            "A small number (an epsilon) inside the logarithm hides the zero: no token can cost more than about "
            "20 nats, whatever the model said, and "
            "its gradient is gone. The true value is finite; compute it without softmax's rounding.",
            1.5,
            edits={
                "    highest = logits.amax(dim=-1, keepdim=True)\n": "    probabilities = torch.softmax(logits, dim=-1)\n",
                f"    log_sum_exp = {_LSE}\n": "",
                "logits.gather(": "probabilities.gather(",
                "log_sum_exp - right": "-torch.log(right + 1e-9)",
            },
        ),
        Misconception(
            "clamped_probability",
            "The probability was clamped before the logarithm: no token can cost more than a fixed amount, "
            "whatever the model said, and "
            "its gradient is gone. The true value is finite; compute it without softmax's rounding.",
            1.5,
            edits={
                "    highest = logits.amax(dim=-1, keepdim=True)\n": "    probabilities = torch.softmax(logits, dim=-1)\n",
                f"    log_sum_exp = {_LSE}\n": "",
                "logits.gather(": "probabilities.gather(",
                "log_sum_exp - right": "-torch.log(right.clamp(min=1e-12))",
            },
        ),
        Misconception(
            "maximum_not_added_back",
            "The maximum was subtracted inside and never added again outside: log-sum-exp is too small by just "
            "that much.",
            1.0,
            edits={"highest.squeeze(-1) + torch.log(": "torch.log("},
        ),
        Misconception(
            "mean_instead_of_maximum",
            "You move the mean of the logits outside. That is right on paper for any constant, but it puts no "
            "bound on the largest "
            "exponent, and far-apart logits still overflow.",
            1.75,
            edits={"logits.amax(dim=-1, keepdim=True)": "logits.mean(dim=-1, keepdim=True)"},
        ),
        Misconception(
            "one_maximum_for_all",
            "One maximum for the whole tensor: rows far below it have exponentials that are all rounded to zero, "
            "and the logarithm of zero "
            "comes out. Every row needs its own.",
            1.75,
            edits={"logits.amax(dim=-1, keepdim=True)": "logits.max().expand(*logits.shape[:-1], 1)"},
        ),
        Misconception(
            "clamped_logits",
            "The logits were clamped against overflow. That changes them: differences between large logits "
            "disappear, and no token can cost more than the width of the clamp. Subtracting a constant changes "
            "nothing.",
            1.5,
            edits={"    highest =": "    logits = logits.clamp(-50, 50)\n    highest ="},
        ),
        Misconception(
            "no_normalisation",
            "Only the logit of the right token is in your loss. A model could make it as large as it likes, and "
            "all others with it; "
            "log-sum-exp is what makes tokens compete.",
            0.5,
            edits={"log_sum_exp - right": "-right"},
        ),
        Misconception(
            "logits_as_probabilities",
            "You take the logarithm of the logits, as if they were probabilities; of a negative one it is NaN. "
            "Softmax stands between "
            "them, and its logarithm is log-sum-exp.",
            0.25,
            edits={"log_sum_exp - right": "-torch.log(right)"},
        ),
        Misconception(
            "sign_turned",
            "Your loss has the wrong sign: it falls as the model gets worse. It is log-sum-exp minus the right "
            "logit, never negative.",
            1.5,
            edits={"log_sum_exp - right": "right - log_sum_exp"},
        ),
        Misconception(
            "sum_instead_of_mean",
            "The losses are summed, not averaged: the loss then grows with the batch, and so does the step that "
            "training takes.",
            1.5,
            edits={_MEAN: "losses.sum()"},
        ),
        Misconception(
            "mean_over_all_places",
            "Ignored places add nothing, as they should, but the mean still divides by them: the more padding, "
            "the smaller "
            "your loss.",
            1.5,
            edits={_MEAN: "losses.mean()"},
        ),
        Misconception(
            "mean_of_row_means",
            "You average each row first, then the rows: a token in a row with few that count weighs more than "
            "others. The mean is over "
            "all places that count, whichever row they stand in.",
            1.5,
            edits={
                _MEAN: "(losses.sum(-1) / counted.sum(-1).clamp(min=1)).sum() / counted.any(-1).sum().clamp(min=1) if losses.dim() else losses"
            },
        ),
        Misconception(
            "ignored_places_count_as_zero",
            "Places that are to be ignored count as if their target were token 0: they got a harmless index, but "
            "their loss was never "
            "taken out.",
            1.0,
            edits={_LOSSES: "log_sum_exp - right", _MEAN: "losses.mean()"},
        ),
        Misconception(
            "ignored_losses_in_the_sum",
            "The mean divides by the right number, but the losses of ignored places are still in the sum, with "
            "the harmless index "
            "as their target.",
            1.25,
            edits={_LOSSES: "log_sum_exp - right"},
        ),
        Misconception(
            "ignore_index_as_index",
            "The targets of ignored places are used as an index, and the index is out of range: -100 is no "
            "token. Give these places "
            "another index, or leave them out, before you pick the right logits.",
            1.25,
            edits={"targets.masked_fill(~counted, 0)": "targets"},
        ),
        Misconception(
            "only_minus_hundred",
            "With -100 all is right, but the argument `ignore_index` is not looked at: -100 stands in your code.",
            2.25,
            edits={"targets != ignore_index": "targets != -100"},
        ),
        Misconception(
            "ignored_by_being_negative",
            "Places are left out, or made harmless, because their target is negative. The ignore index may be "
            "any number that is no token id, also one "
            "beyond the vocabulary: compare with the argument.",
            2.25,
            edits={"targets != ignore_index": "targets >= 0"},
        ),
        Misconception(
            "nan_where_nothing_counts",
            "Where no place counts, zero is divided by zero and NaN comes out. One such batch would ruin a whole "
            "training run; "
            "the docstring asks for 0.",
            2.25,
            edits={".clamp(min=1)": ""},
        ),
        Misconception(
            "bits",
            "Your loss is in bits (logarithm of base 2); asked for are nats.",
            2.0,
            edits={_MEAN: "losses.sum() / counted.sum().clamp(min=1) / math.log(2)"},
        ),
        Misconception(
            "not_averaged",
            "You return a loss for each place. Training needs one number: the mean over the places that count.",
            1.25,
            edits={_MEAN: "losses"},
        ),
        Misconception(
            "perplexity_returned",
            "This is the perplexity, e to the cross-entropy. The loss is the exponent itself.",
            1.25,
            edits={f"return {_MEAN}": f"return torch.exp({_MEAN})"},
        ),
        Misconception(
            "softmax_twice",
            "Softmax was applied before log-sum-exp, which normalises already: probabilities between 0 and 1 are "
            "taken for logits, and no "
            "token can cost much more than the logarithm of the vocabulary's size.",
            0.5,
            edits={"    highest =": "    logits = torch.softmax(logits, dim=-1)\n    highest ="},
        ),
        Misconception(
            "normalised_over_places",
            "Log-sum-exp runs over the places, not over the vocabulary: it must compare the tokens that compete "
            "for one place, which is the "
            "last dimension.",
            0.5,
            edits={
                "logits.amax(dim=-1, keepdim=True)": "logits.amax(dim=0, keepdim=True)",
                _LSE: "(highest + torch.log(torch.exp(logits - highest).sum(dim=0, keepdim=True))).expand_as(logits).amax(dim=-1)",
            },
        ),
        Misconception(
            "python_number",
            "The number is right, but the way back is cut off: `item`, `float` or `detach` leave nothing for "
            "`backward`. "
            "Return the tensor.",
            2.0,
            edits={f"return {_MEAN}": f"return ({_MEAN}).item()"},
        ),
    ),
    alternatives=(
        Alternative(
            "only_places_that_count",
            code=(
                "def cross_entropy(logits, targets, ignore_index=-100):\n"
                "    rows, wanted = logits.reshape(-1, logits.shape[-1]), targets.reshape(-1)\n"
                "    keep = wanted != ignore_index\n"
                "    rows, wanted = rows[keep], wanted[keep]\n"
                "    if len(wanted) == 0:\n"
                "        return logits.sum() * 0.0\n"
                "    top = rows.max(dim=1, keepdim=True).values\n"
                "    shifted = rows - top\n"
                "    log_p = shifted - shifted.exp().sum(dim=1, keepdim=True).log()\n"
                "    return -log_p[torch.arange(len(wanted)), wanted].mean()\n"
            ),
        ),
        Alternative(
            "place_by_place",
            code=(
                "def cross_entropy(logits, targets, ignore_index=-100):\n"
                "    total, number = torch.zeros(()), 0\n"
                "    for x, y in zip(logits.reshape(-1, logits.shape[-1]), targets.reshape(-1).tolist()):\n"
                "        if y == ignore_index:\n"
                "            continue\n"
                "        m = x.max()\n"
                "        total = total + m + torch.log(torch.sum(torch.exp(x - m))) - x[y]\n"
                "        number += 1\n"
                "    return total / max(number, 1)\n"
            ),
        ),
        Alternative(
            "one_hot",
            edits={
                "    right = logits.gather(-1, index.unsqueeze(-1)).squeeze(-1)": "    right = (logits * F.one_hot(index, logits.shape[-1])).sum(dim=-1)"
            },
        ),
        Alternative(
            "logaddexp_one_after_another",
            edits={
                "    highest = logits.amax(dim=-1, keepdim=True)\n": "",
                f"    log_sum_exp = {_LSE}": "    log_sum_exp = logits[..., 0]\n    for v in range(1, logits.shape[-1]):\n        log_sum_exp = torch.logaddexp(log_sum_exp, logits[..., v])",
            },
        ),
    ),
    refuse=dict.fromkeys(
        (
            "torch.nn.functional.cross_entropy",
            "torch.nn.functional.nll_loss",
            "torch.nn.functional.log_softmax",
            "torch.log_softmax",
            "torch.Tensor.log_softmax",
            "torch.special.log_softmax",
            "torch.logsumexp",
            "torch.Tensor.logsumexp",
            "torch.special.logsumexp",
        ),
        _LIBRARY_LOSS,
    ),
)

# ------------------------------------------------------------------------------------------------------ causal_lm_batch
_CAUSAL_LABELS = "torch.where(follows, input_ids[:, 1:], -100)"
_ROWS = torch.tensor([[11, 12, 13, 14, 15], [21, 22, 23, 9, 9], [31, 32, 9, 9, 9]])

CAUSAL_LM_BATCH = Exercise(
    name="causal_lm_batch",
    title="Shift by one",
    points=2,
    difficulty=1,
    minutes=6,
    hints=(
        "Lay two copies of a row over one another and push one of them by a place. Which ends stick out?",
        (
            "`[:, :-1]` is a row without its last, `[:, 1:]` without its first id. For the labels ask the mask "
            "about the place where "
            "the label comes from, not about that of the input."
        ),
        (
            "The labels are `torch.where` of three things: the attention mask without its first column, the ids "
            "without their "
            "first column, and -100. Writing -100 into a slice of `input_ids` would change `input_ids`."
        ),
    ),
    cases=(
        case("one row without padding", call(torch.tensor([[5, 6, 7, 8]]), torch.ones(1, 4, dtype=torch.int64))),
        case("three rows, two with padding", call(_ROWS, _mask([5, 3, 2], 5))),
        case(
            "padding that looks like a token", call(torch.tensor([[0, 4, 0, 9, 0], [7, 0, 0, 0, 0]]), _mask([4, 2], 5))
        ),
        case("rows of one token", call(torch.tensor([[3, 1, 1], [4, 4, 2]]), _mask([1, 3], 3)), hidden=True),
        case("length 2", call(torch.tensor([[8, 9], [7, 50256]]), _mask([2, 1], 2)), hidden=True),
        case(
            "padding with the end-of-text token",
            call(torch.tensor([[9, 50256, 50256, 50256], [50256, 3, 50256, 50256]]), _mask([2, 3], 4)),
            hidden=True,
        ),
        case(
            "many long rows",
            call(_ids(6, 40, seed=300, low=0, high=300), _mask([40, 1, 17, 39, 2, 25], 40)),
            hidden=True,
        ),
    ),
    misconceptions=(
        Misconception(
            "not_shifted",
            "Inputs and labels are in step: at each place stands the very token that the model has just been "
            "shown. It would learn to copy. "
            "(The models of transformers want it so, because they shift inside; this function promises the shift.)",
            0.5,
            code=(
                "def causal_lm_batch(input_ids, attention_mask):\n"
                "    return input_ids, torch.where(attention_mask == 1, input_ids, -100)\n"
            ),
        ),
        Misconception(
            "cut_but_not_shifted",
            "Both rows have the right length, but they are in step: at each place the label is the input itself. "
            "Which of the two must "
            "lose its *first* id?",
            0.5,
            edits={"attention_mask[:, 1:]": "attention_mask[:, :-1]", "input_ids[:, 1:]": "input_ids[:, :-1]"},
        ),
        Misconception(
            "predicts_the_past",
            "The labels are the tokens *before*: your model learns to read backwards. At each place should stand "
            "what comes next.",
            0.75,
            code=(
                "def causal_lm_batch(input_ids, attention_mask):\n"
                "    return input_ids[:, 1:], torch.where(attention_mask[:, :-1] == 1, input_ids[:, :-1], -100)\n"
            ),
        ),
        Misconception(
            "predicts_the_past_where_inputs_count",
            "The labels are the tokens *before*: inputs and labels have changed places. At each place of the "
            "labels should stand "
            "what comes next.",
            0.75,
            code=(
                "def causal_lm_batch(input_ids, attention_mask):\n"
                "    return input_ids[:, 1:], torch.where(attention_mask[:, 1:] == 1, input_ids[:, :-1], -100)\n"
            ),
        ),
        Misconception(
            "padding_is_predicted",
            "The shift is right, but padding stands among the labels: the model would learn mostly that padding "
            "follows padding. "
            "The attention mask knows which places do not count.",
            1.0,
            edits={_CAUSAL_LABELS: "input_ids[:, 1:]"},
        ),
        Misconception(
            "mask_not_shifted",
            "One padding label a row survives: you asked the mask about the place of the *input*. The last token "
            "is one, what follows it "
            "is not; shift the mask as you shift the ids.",
            1.25,
            edits={"attention_mask[:, 1:]": "attention_mask[:, :-1]"},
        ),
        Misconception(
            "padding_by_its_id",
            "You recognise padding by an id of 0. Many models have no padding token and use another one; a real "
            "token can have that "
            "id. Only the attention mask knows.",
            1.0,
            edits={"attention_mask[:, 1:] == 1": "input_ids[:, 1:] != 0"},
        ),
        Misconception(
            "ignored_as_zero",
            "Padding has the label 0, which is a token like others. The loss leaves out the ignore index only.",
            1.0,
            edits={"input_ids[:, 1:], -100": "input_ids[:, 1:], 0"},
        ),
        Misconception(
            "padding_id_looked_up",
            "You look up the id of padding and leave it out wherever it stands, also where it is a real token. "
            "Only the attention mask knows which *places* are padding.",
            1.25,
            code=(
                "def causal_lm_batch(input_ids, attention_mask):\n"
                "    labels = input_ids[:, 1:].clone()\n"
                "    if (attention_mask == 0).any():\n"
                "        labels[labels == input_ids[attention_mask == 0][0]] = -100\n"
                "    return input_ids[:, :-1], labels\n"
            ),
        ),
        Misconception(
            "last_label_lost",
            "One label too many is ignored in each row: the last real token has nothing to predict, but it is "
            "itself the label of the one before.",
            1.0,
            code=(
                "def causal_lm_batch(input_ids, attention_mask):\n"
                "    labels = input_ids[:, 1:].clone()\n"
                "    for row, length in enumerate(attention_mask.sum(dim=1).tolist()):\n"
                "        labels[row, max(length - 2, 0) :] = -100\n"
                "    return input_ids[:, :-1], labels\n"
            ),
        ),
        Misconception(
            "ignored_as_minus_one",
            "Padding has the label -1. The ignore index that the losses of this course and of torch know is "
            "another one; the text names it.",
            1.25,
            edits={"input_ids[:, 1:], -100": "input_ids[:, 1:], -1"},
        ),
        Misconception(
            "rolled",
            "The labels have the full length, and the first token of the row has come round to its end: `roll` "
            "goes in a circle. The last "
            "place has nothing to predict; leave it out, in the inputs, too.",
            0.75,
            code=(
                "def causal_lm_batch(input_ids, attention_mask):\n"
                "    labels, follows = input_ids.roll(-1, dims=1), attention_mask.roll(-1, dims=1) == 1\n"
                "    return input_ids, torch.where(follows, labels, -100)\n"
            ),
        ),
        Misconception(
            "full_length",
            "The labels are right, but both rows have the full length, with -100 at the end. Useful, too, but "
            "asked for are rows that are "
            "one shorter.",
            1.25,
            code=(
                "def causal_lm_batch(input_ids, attention_mask):\n"
                "    labels = torch.full_like(input_ids, -100)\n"
                "    labels[:, :-1] = torch.where(attention_mask[:, 1:] == 1, input_ids[:, 1:], -100)\n"
                "    return input_ids, labels\n"
            ),
        ),
        Misconception(
            "inputs_not_cut",
            "The labels are right, but the inputs still have their last token: nothing stands opposite it.",
            1.25,
            edits={"inputs = input_ids[:, :-1]": "inputs = input_ids"},
        ),
        Misconception(
            "writes_into_a_view",
            "`input_ids` is changed afterwards, and with it your inputs hold -100: a slice shares the memory of "
            "its tensor, so that writing "
            "into the labels writes into both. Make a copy or a new tensor.",
            1.0,
            code=(
                "def causal_lm_batch(input_ids, attention_mask):\n"
                "    inputs, labels = input_ids[:, :-1], input_ids[:, 1:]\n"
                "    labels[attention_mask[:, 1:] == 0] = -100\n"
                "    return inputs, labels\n"
            ),
        ),
        Misconception(
            "labels_first",
            "Both rows are right, but they come in the wrong order: inputs first, then labels.",
            1.25,
            edits={"return inputs, labels": "return labels, inputs"},
        ),
        Misconception(
            "inputs_hold_the_ignore_index",
            "Your labels are right, but -100 also stands in the inputs, where padding was. An embedding table "
            "has no row -100: only the "
            "labels know of the ignore index.",
            1.0,
            edits={"inputs = input_ids[:, :-1]": "inputs = torch.where(attention_mask == 1, input_ids, -100)[:, :-1]"},
        ),
        Misconception(
            "shifted_by_two",
            "The labels are two places ahead: it was shifted twice. The model would learn the token after next.",
            0.75,
            code=(
                "def causal_lm_batch(input_ids, attention_mask):\n"
                "    labels = torch.full_like(input_ids[:, 1:], -100)\n"
                "    labels[:, :-1] = torch.where(attention_mask[:, 2:] == 1, input_ids[:, 2:], -100)\n"
                "    return input_ids[:, :-1], labels\n"
            ),
        ),
        Misconception(
            "over_the_batch",
            "The shift goes from row to row, not along a row: the first dimension is the batch. A text runs "
            "along the second one.",
            0.5,
            code=(
                "def causal_lm_batch(input_ids, attention_mask):\n"
                "    return input_ids[:-1], torch.where(attention_mask[1:] == 1, input_ids[1:], -100)\n"
            ),
        ),
    ),
    alternatives=(
        Alternative(
            "copied_and_filled",
            code=(
                "def causal_lm_batch(input_ids, attention_mask):\n"
                "    labels = input_ids[:, 1:].clone()\n"
                "    labels[attention_mask[:, 1:] == 0] = -100\n"
                "    return input_ids[:, :-1].clone(), labels\n"
            ),
        ),
        Alternative(
            "arithmetic",
            edits={
                _CAUSAL_LABELS: "attention_mask[:, 1:] * input_ids[:, 1:] - 100 * (1 - attention_mask[:, 1:])",
            },
        ),
        Alternative(
            "row_by_row",
            code=(
                "def causal_lm_batch(input_ids, attention_mask):\n"
                "    labels = []\n"
                "    for row, mask in zip(input_ids.tolist(), attention_mask.tolist()):\n"
                "        labels.append([i if m else -100 for i, m in zip(row, mask)][1:])\n"
                "    return torch.narrow(input_ids, 1, 0, input_ids.shape[1] - 1), torch.tensor(labels)\n"
            ),
        ),
    ),
)

# ------------------------------------------------------------------------------------------------------------ mlm_batch
_OWN_DRAWS = (
    "the random numbers come as arguments, one for each decision. Whoever draws new ones gets another result at "
    "every call, which "
    "nobody can check."
)
_CHOSEN = "(choose < 0.15) & (special_tokens_mask == 0)"
_MLM_LABELS = "torch.where(chosen, input_ids, -100)"
_TO_MASK = "torch.where(chosen & (replace < 0.8), mask_id, input_ids)"
_TO_RANDOM = "torch.where(chosen & (replace >= 0.8) & (replace < 0.9), random_ids, inputs)"

_ONE_ROW = call(
    torch.tensor([[101, 2001, 2002, 2003, 2004, 2005, 2006, 102]]),
    torch.tensor([[1, 0, 0, 0, 0, 0, 0, 1]]),
    torch.tensor([[0.01, 0.10, 0.50, 0.02, 0.14, 0.90, 0.16, 0.05]], dtype=torch.float64),
    torch.tensor([[0.10, 0.30, 0.40, 0.85, 0.95, 0.20, 0.10, 0.50]], dtype=torch.float64),
    torch.tensor([[3001, 3002, 3003, 3004, 3005, 3006, 3007, 3008]]),
    103,
)


def _mlm(rows: int, length: int, seed: int, lengths: list[int], scale: float = 1.0, mask_id: int = 103):  # type: ignore[no-untyped-def]
    """A call on drawn rows, padded with 0; with ``scale`` below 1 more places are chosen."""
    attention = _mask(lengths, length)
    special = 1 - attention
    special[:, 0] = 1
    special[torch.arange(rows), torch.tensor(lengths) - 1] = 1
    ids = torch.where(special == 1, 102, _ids(rows, length, seed=seed)) * attention
    choose = (_uniform(rows, length, seed=seed + 1) * scale).round(decimals=2)
    return call(
        ids,
        special,
        choose,
        _uniform(rows, length, seed=seed + 2),
        _ids(rows, length, seed=seed + 3, low=3000, high=4000),
        mask_id,
    )


_BORDER = call(
    torch.tensor([[2000, 2001, 2002, 2003, 2004, 2005]]),
    torch.zeros(1, 6, dtype=torch.int64),
    torch.tensor([[0.15, 0.0, 0.0, 0.14, 0.15, 0.0]], dtype=torch.float64),
    torch.tensor([[0.0, 0.8, 0.9, 0.0, 0.8, 0.79]], dtype=torch.float64),
    torch.tensor([[3000, 3001, 3002, 3003, 3004, 3005]]),
    103,
)

MLM_BATCH = Exercise(
    name="mlm_batch",
    title="A batch for masked language modelling",
    points=3,
    difficulty=2,
    minutes=10,
    hints=(
        (
            "First find out which places are chosen, a boolean tensor. Labels depend on that alone. Only then "
            "ask what the model gets "
            "to see at each of them."
        ),
        (
            "Combine conditions with `&`, each in parentheses. `torch.where(condition, a, b)` makes a new "
            "tensor. Three kinds of "
            "chosen places: masked, random, unchanged; two of them need a line."
        ),
        (
            "chosen: the number in `choose` is small, and the place is not special. Labels: the ids there, -100 "
            "elsewhere. Inputs: "
            "`where` with the mask's id for `replace` below 0.8, then `where` with the random ids between 0.8 and 0.9."
        ),
    ),
    cases=(
        case("one sentence", _ONE_ROW),
        case("three sentences with padding", _mlm(3, 10, 400, [10, 7, 5], scale=0.4)),
        case("every place is chosen", _mlm(2, 8, 410, [8, 8], scale=0.1)),
        case(
            "no place is chosen",
            call(
                torch.tensor([[101, 7, 8, 102]]),
                torch.tensor([[1, 0, 0, 1]]),
                torch.tensor([[0.0, 0.5, 0.9, 0.1]], dtype=torch.float64),
                torch.zeros(1, 4, dtype=torch.float64),
                torch.tensor([[1, 2, 3, 4]]),
                103,
            ),
            hidden=True,
        ),
        case("numbers exactly on a border", _BORDER, hidden=True),
        case("a large batch", _mlm(12, 40, 420, [40, 38, 35, 33, 30, 26, 22, 19, 15, 11, 7, 3]), hidden=True),
        case("another id for [MASK]", _mlm(3, 12, 430, [12, 12, 6], scale=0.3, mask_id=50264), hidden=True),
        case(
            "[MASK] stands in the text already",
            call(
                torch.tensor([[101, 103, 2000, 103, 102]]),
                torch.tensor([[1, 0, 0, 0, 1]]),
                torch.tensor([[0.3, 0.5, 0.1, 0.05, 0.4]], dtype=torch.float64),
                torch.tensor([[0.2, 0.1, 0.97, 0.3, 0.1]], dtype=torch.float64),
                torch.tensor([[1, 2, 3, 4, 5]]),
                103,
            ),
            hidden=True,
        ),
        case(
            "a random id that is the old one",
            call(
                torch.tensor([[101, 2000, 2001, 102]]),
                torch.tensor([[1, 0, 0, 1]]),
                torch.tensor([[0.3, 0.1, 0.0, 0.4]], dtype=torch.float64),
                torch.tensor([[0.2, 0.85, 0.88, 0.1]], dtype=torch.float64),
                torch.tensor([[1, 2000, 3, 4]]),
                103,
            ),
            hidden=True,
        ),
    ),
    misconceptions=(
        Misconception(
            "special_tokens_masked",
            "Special tokens are chosen, too: a model that has to guess where a sentence ends, or padding, learns "
            "nothing about language. "
            "There is an argument that names them.",
            1.5,
            edits={" & (special_tokens_mask == 0)": ""},
        ),
        Misconception(
            "special_only",
            "Exactly the special tokens can be chosen, and no others: `special_tokens_mask` is 1 for those that "
            "must be left alone.",
            1.25,
            edits={"special_tokens_mask == 0": "special_tokens_mask == 1"},
        ),
        Misconception(
            "labels_everywhere",
            "The labels hold every token, so that the loss also counts places that the model can simply copy. It "
            "is asked about the "
            "chosen places only; the rest must be ignored.",
            1.5,
            edits={_MLM_LABELS: "input_ids.clone()"},
        ),
        Misconception(
            "labels_inverted",
            "The labels are there exactly where nothing was chosen: the condition is the wrong way round.",
            1.25,
            edits={_MLM_LABELS: "torch.where(chosen, -100, input_ids)"},
        ),
        Misconception(
            "labels_from_masked_inputs",
            "Your labels hold what the model *sees* ([MASK], random ids), and not what stood there: they were "
            "made after, or out of, the "
            "changed inputs.",
            1.25,
            edits={
                f"    labels = {_MLM_LABELS}\n": "",
                "    return inputs, labels": "    labels = torch.where(chosen, inputs, -100)\n    return inputs, labels",
            },
        ),
        Misconception(
            "asked_where_masked_only",
            "The model is asked only where it sees [MASK]. It must be asked about *all* chosen places, the "
            "random and the unchanged ones, "
            "too; else it learns that what is not [MASK] can be trusted.",
            1.5,
            edits={_MLM_LABELS: "torch.where(chosen & (replace < 0.8), input_ids, -100)"},
        ),
        Misconception(
            "asked_where_changed_only",
            "The model is not asked where a chosen token stays as it is. But that is why it stays: so that an "
            "ordinary token, too, may have "
            "to be accounted for. Labels depend on what was chosen alone.",
            1.75,
            edits={_MLM_LABELS: "torch.where(chosen & (replace < 0.9), input_ids, -100)"},
        ),
        Misconception(
            "always_masked",
            "Every chosen place became [MASK]. When the model is used there is no [MASK]; therefore one in ten "
            "is random and one in ten "
            "stays.",
            1.25,
            edits={
                "chosen & (replace < 0.8)": "chosen",
                "chosen & (replace >= 0.8) & (replace < 0.9)": "chosen & (replace < 0)",
            },
        ),
        Misconception(
            "never_random",
            "What is not masked stays as it is; no place ever gets its random id. Half of the rest, `replace` "
            "from 0.8 to 0.9, should.",
            1.75,
            edits={"(replace >= 0.8) & (replace < 0.9)": "(replace < 0)"},
        ),
        Misconception(
            "never_unchanged",
            "What is not masked always gets a random id; no chosen place keeps its own. From 0.9 on it should.",
            1.75,
            edits={"(replace >= 0.8) & (replace < 0.9)": "(replace >= 0.8)"},
        ),
        Misconception(
            "random_and_unchanged_exchanged",
            "Random and unchanged have changed places: `replace` from 0.8 to 0.9 means a random id, from 0.9 on "
            "the own one.",
            2.25,
            edits={"(replace >= 0.8) & (replace < 0.9)": "(replace >= 0.9)"},
        ),
        Misconception(
            "random_overwrites_the_mask",
            "Nothing is ever [MASK]: the random ids overwrite it, for `replace < 0.9` also holds below 0.8. "
            "Three kinds of places must not "
            "overlap.",
            1.5,
            edits={"chosen & (replace >= 0.8) & (replace < 0.9)": "chosen & (replace < 0.9)"},
        ),
        Misconception(
            "replaced_everywhere",
            "The labels are right, but tokens change at places that were never chosen, special ones among them: "
            "`replace` says what happens to a chosen place, not whether.",
            1.0,
            edits={"chosen & (replace < 0.8)": "replace < 0.8", "chosen & (replace >= 0.8)": "(replace >= 0.8)"},
        ),
        Misconception(
            "replaced_whether_chosen_or_not",
            "Tokens change that were never chosen: `replace` decides *what* happens to a chosen place, `choose` "
            "whether anything "
            "happens. Here nearly the whole sentence is masked.",
            1.0,
            edits={"chosen & (replace < 0.8)": "(special_tokens_mask == 0) & (replace < 0.8)"},
        ),
        Misconception(
            "replaced_at_special_tokens",
            "The labels are right, but in the inputs special tokens change, too: what the model sees must obey "
            "the same condition as what "
            "it is asked.",
            1.5,
            edits={
                "chosen & (replace < 0.8)": "(choose < 0.15) & (replace < 0.8)",
                "chosen & (replace >= 0.8)": "(choose < 0.15) & (replace >= 0.8)",
            },
        ),
        Misconception(
            "random_whether_chosen_or_not",
            "Random ids also stand where nothing was chosen: in that line the condition “chosen” is missing.",
            1.5,
            edits={"chosen & (replace >= 0.8)": "(replace >= 0.8)"},
        ),
        Misconception(
            "eighty_percent_of_the_choice",
            "`choose` decides twice, first whether, then what (0.8 and 0.9 of 0.15). The shares come out right, "
            "but the second decision "
            "has numbers of its own, `replace`, and the docstring says how to read them.",
            1.25,
            edits={
                "chosen & (replace < 0.8)": "chosen & (choose < 0.12)",
                "(replace >= 0.8) & (replace < 0.9)": "(choose >= 0.12) & (choose < 0.135)",
            },
        ),
        Misconception(
            "ignored_as_zero",
            "Places that are not asked have the label 0, which is a token like others: the model would have to "
            "predict it there. The "
            "ignore index is another number.",
            1.75,
            edits={"input_ids, -100": "input_ids, 0"},
        ),
        Misconception(
            "chosen_at_the_border",
            "A place whose number is exactly 0.15 is chosen. The docstring says less than; with uniform numbers "
            "from [0, 1) only that gives a "
            "share of exactly 0.15.",
            2.5,
            edits={"(choose < 0.15)": "(choose <= 0.15)"},
        ),
        Misconception(
            "all_borders_inclusive",
            "Numbers exactly on a border, 0.15, 0.8 or 0.9, fall on the wrong side: the docstring says less than "
            "for the upper end of each stretch.",
            2.25,
            edits={
                "(choose < 0.15)": "(choose <= 0.15)",
                "(replace < 0.8)": "(replace <= 0.8)",
                "(replace >= 0.8) & (replace < 0.9)": "(replace > 0.8) & (replace <= 0.9)",
            },
        ),
        Misconception(
            "borders_shifted",
            "Numbers of `replace` exactly on 0.8 or 0.9 fall on the wrong side: the docstring says less than for "
            "the upper end of each "
            "stretch.",
            2.5,
            edits={
                "(replace < 0.8)": "(replace <= 0.8)",
                "(replace >= 0.8) & (replace < 0.9)": "(replace > 0.8) & (replace <= 0.9)",
            },
        ),
        Misconception(
            "changes_its_input",
            "An argument is changed afterwards: something was written into `input_ids`, or into `choose` to take "
            "special tokens out. The caller "
            "still needs them; work on a copy, or make new tensors with `where`.",
            1.75,
            code=(
                "def mlm_batch(input_ids, special_tokens_mask, choose, replace, random_ids, mask_id):\n"
                "    chosen = (choose < 0.15) & (special_tokens_mask == 0)\n"
                "    labels = torch.where(chosen, input_ids, -100)\n"
                "    input_ids[chosen & (replace < 0.8)] = mask_id\n"
                "    swap = chosen & (replace >= 0.8) & (replace < 0.9)\n"
                "    input_ids[swap] = random_ids[swap]\n"
                "    return input_ids, labels\n"
            ),
        ),
        Misconception(
            "labels_first",
            "Both tensors are right, but they come in the wrong order: inputs first, then labels.",
            2.0,
            edits={"return inputs, labels": "return labels, inputs"},
        ),
        Misconception(
            "specials_chosen_and_labels_everywhere",
            "Two things at once: special tokens are chosen, too, and the labels hold every token, so that the "
            "loss also counts "
            "what the model can copy.",
            0.75,
            edits={" & (special_tokens_mask == 0)": "", _MLM_LABELS: "input_ids.clone()"},
        ),
        Misconception(
            "random_ids_in_a_row",
            "The random ids are handed out in their order, one to each random place. Each place has its own: "
            "pick them at the "
            "same places.",
            2.0,
            edits={
                f"    inputs = {_TO_RANDOM}\n": "    swap = chosen & (replace >= 0.8) & (replace < 0.9)\n    inputs[swap] = random_ids.flatten()[: int(swap.sum())]\n"
            },
        ),
    ),
    alternatives=(
        Alternative(
            "cloned_and_filled",
            code=(
                "def mlm_batch(input_ids, special_tokens_mask, choose, replace, random_ids, mask_id):\n"
                "    seen, asked = input_ids.clone(), input_ids.clone()\n"
                "    picked = choose.lt(0.15) & ~special_tokens_mask.bool()\n"
                "    asked[~picked] = -100\n"
                "    seen[picked & replace.lt(0.8)] = mask_id\n"
                "    swapped = picked & replace.ge(0.8) & replace.lt(0.9)\n"
                "    seen[swapped] = random_ids[swapped]\n"
                "    return seen, asked\n"
            ),
        ),
        Alternative(
            "place_by_place",
            code=(
                "def mlm_batch(input_ids, special_tokens_mask, choose, replace, random_ids, mask_id):\n"
                "    seen, asked = input_ids.tolist(), torch.full_like(input_ids, -100).tolist()\n"
                "    for i in range(len(seen)):\n"
                "        for j in range(len(seen[i])):\n"
                "            if special_tokens_mask[i, j] or choose[i, j] >= 0.15:\n"
                "                continue\n"
                "            asked[i][j] = seen[i][j]\n"
                "            r = replace[i, j].item()\n"
                "            if r < 0.8:\n"
                "                seen[i][j] = mask_id\n"
                "            elif r < 0.9:\n"
                "                seen[i][j] = random_ids[i, j].item()\n"
                "    return torch.tensor(seen), torch.tensor(asked)\n"
            ),
        ),
        Alternative(
            "nested_where",
            edits={
                f"    inputs = {_TO_MASK}\n": "",
                _TO_RANDOM: "torch.where(chosen, torch.where(replace < 0.8, mask_id, torch.where(replace < 0.9, random_ids, input_ids)), input_ids)",
            },
        ),
    ),
    refuse=dict.fromkeys(
        (
            "torch.rand",
            "torch.rand_like",
            "torch.randint",
            "torch.randperm",
            "torch.bernoulli",
            "torch.Tensor.bernoulli",
            "torch.Tensor.bernoulli_",
            "torch.Tensor.uniform_",
            "random.random",
            "numpy.random.rand",
            "numpy.random.random",
        ),
        _OWN_DRAWS,
    ),
)

# ------------------------------------------------------------------------------------------------------------ nsp_pairs
_DOCUMENTS = [["a1", "a2", "a3"], ["b1", "b2"], ["c1", "c2", "c3", "c4"]]
_DRAWS = [
    (0.2, 0.1, 0.1), (0.7, 0.3, 0.3), (0.9, 0.2, 0.5), (0.1, 0.9, 0.9), (0.6, 0.2, 0.7), (0.8, 0.99, 0.99), (0.4, 0.5, 0.5),
]  # fmt: skip
#: More draws than there are pairs, so that answers which use up too many of them part by their results alone.
_MORE = [((7 * i % 20) / 20, (3 * i % 10) / 10, (9 * i % 16) / 16) for i in range(24)]
_OTHERS = "documents[:number] + documents[number + 1 :]"
_COIN = "if coin < 0.5:"

NSP_PAIRS = Exercise(
    name="nsp_pairs",
    title="Pairs for next sentence prediction",
    points=3,
    difficulty=2,
    minutes=10,
    hints=(
        (
            "Two loops: over the documents, and over the sentences that have a next one. How do you number the pairs "
            "across documents?"
        ),
        (
            "`pairwise(document)` gives neighbours, and nothing for a document of one sentence. The number of "
            "pairs so far is "
            "the number of the next draw. Leave the document at hand out by its place, with two slices."
        ),
        (
            "With `others` the documents without the one at hand: `others[int(which_document * len(others))]` is "
            "the drawn one, and the "
            "sentence is drawn from it in the same way. Label 0 for neighbours, 1 otherwise."
        ),
    ),
    cases=(
        case(
            "all pairs belong together",
            call(
                [["a1", "a2", "a3"], ["b1", "b2"]],
                [(0.1, 0.5, 0.5), (0.4, 0.2, 0.2), (0.0, 0.0, 0.0), (0.3, 0.9, 0.9), (0.2, 0.6, 0.1)],
            ),
        ),
        case("three documents, coins of both kinds", call(_DOCUMENTS, _DRAWS + _MORE)),
        case(
            "a document of one sentence", call([["a1"], ["b1", "b2", "b3"]], [(0.9, 0.3, 0.4), (0.5, 0.9, 0.9), *_MORE])
        ),
        case(
            "two documents of the same text",
            call([["a", "b"], ["c", "d"], ["a", "b"]], [(0.9, 0.6, 0.7), (0.9, 0.1, 0.2), (0.7, 0.6, 0.1), *_MORE]),
        ),
        case(
            "no pair belongs together",
            call(_DOCUMENTS, [(0.5 + i / 20, i / 7, 1 - (i + 1) / 8) for i in range(7)] + _MORE),
            hidden=True,
        ),
        case(
            "more draws than pairs",
            call([["a1", "a2"], ["b1", "b2"]], [(0.8, 0.1, 0.6), (0.3, 0.1, 0.1), (0.9, 0.9, 0.9), *_MORE]),
            hidden=True,
        ),
        case(
            "draws at the ends of their range", call(_DOCUMENTS, [(0.5, 0.0, 0.0), (0.99, 0.99, 0.99)] * 5), hidden=True
        ),
        case("nothing to pair", call([["a"], ["b"], ["c"]], _MORE), hidden=True),
        case(
            "many documents",
            call(
                [[f"{d}.{s}" for s in range(1 + d % 4)] for d in range(9)],
                _MORE,
            ),
            hidden=True,
        ),
    ),
    misconceptions=(
        Misconception(
            "labels_inverted",
            "The pairs are right and their labels the wrong way round: in BERT's convention 0 says that the "
            "second sentence is the next "
            "one, and 1 that it is not.",
            2.0,
            edits={
                "pairs.append((first, second, 0))": "pairs.append((first, second, 1))",
                "len(other))], 1))": "len(other))], 0))",
            },
        ),
        Misconception(
            "coin_turned",
            "The coin is read the wrong way round: less than 0.5 means the true next sentence.",
            2.0,
            edits={_COIN: "if coin >= 0.5:"},
        ),
        Misconception(
            "coin_at_the_border",
            "A coin of exactly 0.5 counts as less than 0.5.",
            2.5,
            edits={_COIN: "if coin <= 0.5:"},
        ),
        Misconception(
            "own_document_among_the_others",
            "The random sentence may come from the document at hand, and even be the true next one: then the "
            "label says no where the answer "
            "is yes. Leave that document out before you draw.",
            1.5,
            edits={_OTHERS: "documents"},
        ),
        Misconception(
            "place_of_the_twin",
            "`index` finds the *first* document of that text: where two are alike, the wrong one is left out. "
            "Know the place of the document at hand, and do not look for it by its text.",
            2.5,
            edits={
                "documents[:number] + documents[number + 1 :]": "[d for place, d in enumerate(documents) if place != documents.index(document)]"
            },
        ),
        Misconception(
            "others_by_text",
            "A document that happens to hold the same text as the one at hand is left out as well. They are "
            "still two: leave out one *place* "
            "of the list, not all that look alike.",
            2.5,
            edits={_OTHERS: "[d for d in documents if d != document]"},
        ),
        Misconception(
            "pairs_across_documents",
            "The last sentence of a document is paired with the first one of the next. It has no next sentence; "
            "a pair must stay inside its "
            "document.",
            1.0,
            code=(
                "def nsp_pairs(documents, draws):\n"
                "    flat = [(number, s) for number, document in enumerate(documents) for s in document]\n"
                "    pairs = []\n"
                "    for k, ((number, first), (_, second)) in enumerate(zip(flat, flat[1:])):\n"
                "        coin, u, v = draws[k]\n"
                "        others = documents[:number] + documents[number + 1 :]\n"
                "        other = others[int(u * len(others))]\n"
                "        pairs.append((first, second, 0) if coin < 0.5 else (first, other[int(v * len(other))], 1))\n"
                "    return pairs\n"
            ),
        ),
        Misconception(
            "pairs_without_overlap",
            "Sentences are used up two by two. Each sentence that has a next one makes a pair, so that a "
            "document of three sentences has "
            "two.",
            1.25,
            edits={"pairwise(document)": "zip(document[::2], document[1::2])"},
        ),
        Misconception(
            "draws_begin_anew",
            "In the first document all is right; in each further one you begin with the first draw again. The "
            "k-th pair of *all* uses the "
            "k-th draw.",
            1.5,
            edits={
                "for first, second in pairwise(document):": "for k, (first, second) in enumerate(pairwise(document)):",
                "draws[len(pairs)]": "draws[k]",
            },
        ),
        Misconception(
            "draws_by_sentence",
            "After the first document the draws are out of step: you use one for each sentence, and the last one "
            "of a document has no "
            "pair. The k-th *pair* uses the k-th draw.",
            1.75,
            edits={"draws[len(pairs)]": "draws[len(pairs) + number]"},
        ),
        Misconception(
            "one_draw_a_document",
            "All pairs of a document use the same draw. Each pair has its own.",
            1.25,
            edits={"draws[len(pairs)]": "draws[min(number, len(draws) - 1)]"},
        ),
        Misconception(
            "draws_only_for_strangers",
            "The draws get out of step: only pairs with a random sentence move on to the next draw. Each pair "
            "uses up one, also when its "
            "last two numbers are not needed.",
            1.25,
            edits={"draws[len(pairs)]": "draws[sum(label for *_, label in pairs)]"},
        ),
        Misconception(
            "rounded_and_cut",
            "You round where the docstring cuts: `round` goes up from one half on, so that the first item gets "
            "half of its chance and the last one more than its own.",
            1.75,
            edits={
                "int(which_document * len(others))": "min(round(which_document * len(others)), len(others) - 1)",
                "int(which_sentence * len(other))": "min(round(which_sentence * len(other)), len(other) - 1)",
            },
        ),
        Misconception(
            "next_one_instead_of_its_own",
            "You draw among *all* documents and take the following one where the draw hits the document at hand: "
            "that one gets twice its chance. Make the list of the other documents first, and draw from that.",
            1.5,
            edits={
                "documents[:number] + documents[number + 1 :]": "documents",
                "other = others[int(which_document * len(others))]": "place = int(which_document * len(documents))\n            other = documents[(place + (place == number)) % len(documents)]",
            },
        ),
        Misconception(
            "document_put_back_at_the_end",
            "The document at hand is taken out of the caller's list and put back at its end: the order of the "
            "others changes from document to document, and the argument with it. Make a new list.",
            1.5,
            edits={
                "    for number, document in enumerate(documents):\n        others = documents[:number] + documents[number + 1 :]": "    for _ in range(len(documents)):\n        document = documents.pop(0)\n        others = documents",
                "    return pairs": "        documents.append(document)\n    return pairs",
            },
        ),
        Misconception(
            "draws_of_strangers_counted_apart",
            "The coin is that of the pair, but documents and sentences are picked with draws that only move on "
            "at pairs which do not belong together. The k-th pair uses the whole k-th draw.",
            1.5,
            edits={
                "coin, which_document, which_sentence = draws[len(pairs)]": "coin = draws[len(pairs)][0]\n            _, which_document, which_sentence = draws[sum(label for *_, label in pairs)]"
            },
        ),
        Misconception(
            "rounded",
            "You round where the docstring cuts: `round(u * (m - 1))` gives the first and the last item only "
            "half of their chance.",
            1.75,
            edits={
                "int(which_document * len(others))": "round(which_document * (len(others) - 1))",
                "int(which_sentence * len(other))": "round(which_sentence * (len(other) - 1))",
            },
        ),
        Misconception(
            "last_never_drawn",
            "The last item can never be picked: you multiply by one less than the number of items.",
            1.75,
            edits={
                "int(which_document * len(others))": "int(which_document * (len(others) - 1))",
                "int(which_sentence * len(other))": "int(which_sentence * (len(other) - 1))",
            },
        ),
        Misconception(
            "drawn_by_all_documents",
            "The place among the other documents is computed with the number of *all* documents: shares are "
            "wrong, and large draws point behind "
            "the end of the list.",
            1.25,
            edits={"int(which_document * len(others))": "int(which_document * len(documents))"},
        ),
        Misconception(
            "draws_exchanged",
            "`which_document` and `which_sentence` have changed places: the second number of a draw picks the "
            "document, the third one the sentence.",
            2.0,
            edits={"coin, which_document, which_sentence = draws": "coin, which_sentence, which_document = draws"},
        ),
        Misconception(
            "strangers_from_all_sentences",
            "The sentences of all other documents were thrown together and one was drawn from them, so that long "
            "documents are favoured. Draw "
            "the document first, then the sentence.",
            1.25,
            edits={
                "other = others[int(which_document * len(others))]": "other = [sentence for one in others for sentence in one]"
            },
        ),
        Misconception(
            "first_sentence_replaced",
            "In pairs that do not belong together you replace the *first* sentence. The first one stays, the "
            "second comes from elsewhere.",
            1.5,
            edits={
                "pairs.append((first, other[int(which_sentence * len(other))], 1))": "pairs.append((other[int(which_sentence * len(other))], second, 1))"
            },
        ),
        Misconception(
            "both_kinds_for_each",
            "Each sentence makes two pairs, one of each kind. The coin decides for *one* of them.",
            1.0,
            code=(
                "def nsp_pairs(documents, draws):\n"
                "    pairs = []\n"
                "    k = 0\n"
                "    for number, document in enumerate(documents):\n"
                "        others = documents[:number] + documents[number + 1 :]\n"
                "        for first, second in zip(document, document[1:]):\n"
                "            coin, u, v = draws[k]\n"
                "            k += 1\n"
                "            other = others[int(u * len(others))]\n"
                "            pairs.append((first, second, 0))\n"
                "            pairs.append((first, other[int(v * len(other))], 1))\n"
                "    return pairs\n"
            ),
        ),
        Misconception(
            "always_the_next_sentence",
            "The labels follow the coin, but the second sentence is always the true next one: the model would be "
            "told no where the answer is "
            "yes.",
            1.0,
            edits={"other[int(which_sentence * len(other))], 1": "second, 1"},
        ),
        Misconception(
            "strangers_left_out",
            "Pairs that do not belong together are missing. Without them there is nothing to tell apart.",
            0.75,
            code=(
                "def nsp_pairs(documents, draws):\n"
                "    pairs, k = [], 0\n"
                "    for document in documents:\n"
                "        for first, second in zip(document, document[1:]):\n"
                "            if draws[k][0] < 0.5:\n"
                "                pairs.append((first, second, 0))\n"
                "            k += 1\n"
                "    return pairs\n"
            ),
        ),
        Misconception(
            "labels_are_booleans",
            "Pairs are right, but the labels are True and False; asked for are 0 and 1, and 0 is for the pair "
            "that belongs together.",
            2.25,
            edits={"(first, second, 0)": "(first, second, True)", "len(other))], 1)": "len(other))], False)"},
        ),
    ),
    alternatives=(
        Alternative(
            "iterator_of_draws",
            code=(
                "def nsp_pairs(documents, draws):\n"
                "    numbers = iter(draws)\n"
                "    result = []\n"
                "    for d in range(len(documents)):\n"
                "        rest = [documents[e] for e in range(len(documents)) if e != d]\n"
                "        for s in range(len(documents[d]) - 1):\n"
                "            coin, u, v = next(numbers)\n"
                "            source = rest[math.floor(u * len(rest))]\n"
                "            stranger = source[math.floor(v * len(source))]\n"
                "            label = 0 if coin < 0.5 else 1\n"
                "            result.append([documents[d][s], (documents[d][s + 1], stranger)[label], label])\n"
                "    return result\n"
            ),
        ),
        Alternative(
            "skips_its_own_place",
            code=(
                "def nsp_pairs(documents, draws):\n"
                "    k, result = 0, []\n"
                "    for d, sentences in enumerate(documents):\n"
                "        for s in range(1, len(sentences)):\n"
                "            coin, u, v = draws[k]\n"
                "            k += 1\n"
                "            e = int(u * (len(documents) - 1))\n"
                "            e += e >= d\n"
                "            far = documents[e][int(v * len(documents[e]))]\n"
                "            result.append((sentences[s - 1], sentences[s] if coin < 0.5 else far, int(coin >= 0.5)))\n"
                "    return result\n"
            ),
        ),
    ),
    refuse=dict.fromkeys(
        (
            "random.random",
            "random.choice",
            "random.randrange",
            "random.randint",
            "random.sample",
            "torch.rand",
            "torch.randint",
        ),
        _OWN_DRAWS,
    ),
)

# ------------------------------------------------------------------------------------------------------------ mean_pool
_POOL = "total / weights.sum(dim=1).clamp(min=1)"
_SCATTERED = torch.tensor([[0, 1, 1, 0], [1, 0, 0, 1], [1, 1, 1, 1]])
_FAR = torch.cat([_numbers(2, 3, 4, seed=505), _numbers(2, 2, 4, seed=506) * 1000], dim=1)

MEAN_POOL = Exercise(
    name="mean_pool",
    title="One vector for a text",
    points=2,
    difficulty=2,
    minutes=7,
    hints=(
        (
            "A mean is a sum divided by a number. Which vectors may enter the sum, and how many of them are there in "
            "each row?"
        ),
        (
            "Give the mask a last dimension, and padding's vectors can be multiplied by zero before the sum. The "
            "number of tokens is the sum of "
            "the mask, for each row its own."
        ),
        (
            "`attention_mask.unsqueeze(-1)` has the shape (batch, length, 1). Multiply, sum over dimension 1, "
            "divide by the mask's sum "
            "over dimension 1, which you keep from being 0 with `clamp(min=1)`."
        ),
    ),
    cases=(
        case("two texts without padding", call(_numbers(2, 3, 4, seed=500), torch.ones(2, 3, dtype=torch.int64))),
        case(
            "by hand: three tokens and one of padding",
            call(torch.tensor([[[1.0, 0.0], [3.0, 0.0], [2.0, 6.0], [50.0, 70.0]]]), torch.tensor([[1, 1, 1, 0]])),
        ),
        case("three texts of different lengths", call(_numbers(3, 5, 4, seed=501), _mask([5, 2, 3], 5))),
        case("a row without tokens", call(_numbers(2, 3, 2, seed=502), torch.tensor([[0, 0, 0], [1, 1, 0]]))),
        case("padding in front and in between", call(_numbers(3, 4, 5, seed=503), _SCATTERED)),
        case("one token", call(_numbers(2, 6, 3, seed=504), _mask([1, 6], 6)), hidden=True),
        case("padding with large vectors", call(_FAR, _mask([3, 2], 5)), hidden=True),
        case(
            "as many texts as places and dimensions",
            call(_numbers(4, 4, 4, seed=507), _mask([1, 2, 3, 4], 4)),
            hidden=True,
        ),
        case(
            "float64",
            call(_numbers(2, 7, 6, seed=508, dtype=torch.float64), _mask([7, 4], 7)),
            hidden=True,
            strict_dtype=False,
        ),
        case("one long text", call(_numbers(1, 50, 3, seed=509), _mask([37], 50)), hidden=True),
    ),
    misconceptions=(
        Misconception(
            "padding_counted",
            "Padding is part of your mean: the vectors there, and their number. The same text would get another "
            "vector in a batch with a "
            "longer one.",
            0.75,
            edits={_POOL: "hidden.mean(dim=1)"},
        ),
        Misconception(
            "divided_by_length",
            "The sum is right, but you divide by the length of the row, padding included. Texts in a batch with "
            "a long one shrink towards "
            "zero.",
            1.0,
            edits={_POOL: "total / hidden.shape[1]"},
        ),
        Misconception(
            "padding_in_the_sum",
            "You divide by the number of tokens, but the vectors of padding are still in the sum. BERT gives "
            "padding vectors, too, and they are not "
            "zero.",
            1.0,
            edits={"(hidden * weights).sum(dim=1)": "hidden.sum(dim=1)"},
        ),
        Misconception(
            "not_divided",
            "This is the sum, not the mean: long texts get long vectors.",
            1.0,
            edits={_POOL: "total"},
        ),
        Misconception(
            "first_token",
            "You take the first vector, that of [CLS]. That is a usual choice as well, but here the mean over "
            "all tokens is asked for.",
            0.5,
            edits={_POOL: "hidden[:, 0]"},
        ),
        Misconception(
            "first_token_or_zeros",
            "You take the first vector, that of [CLS], and zeros for empty rows. That is a usual choice as well, "
            "but here the mean over all tokens is asked for.",
            0.5,
            edits={"total / weights.sum(dim=1).clamp(min=1)": "hidden[:, 0] * (weights.sum(dim=1) > 0)"},
        ),
        Misconception(
            "last_token",
            "You take the vector of the last place, which is padding in most rows. Asked for is the mean over "
            "all tokens.",
            0.25,
            edits={_POOL: "hidden[:, -1]"},
        ),
        Misconception(
            "maximum",
            "You take the largest number in each dimension (max pooling). Asked for is the mean.",
            0.5,
            edits={_POOL: "hidden.masked_fill(weights == 0, -math.inf).amax(dim=1)"},
        ),
        Misconception(
            "maximum_over_padding",
            "You take the largest number in each dimension (max pooling), padding included. Asked for is the "
            "mean over tokens.",
            0.25,
            edits={_POOL: "hidden.amax(dim=1)"},
        ),
        Misconception(
            "nan_for_empty_rows",
            "A row without any token divides zero by zero, and NaN comes out. One such row would spoil every "
            "mean that it enters later; the "
            "docstring asks for zeros.",
            1.5,
            edits={".clamp(min=1)": ""},
        ),
        Misconception(
            "one_count_for_all",
            "You divide every row by the number of tokens of the whole batch. Each text has its own number.",
            0.75,
            edits={"weights.sum(dim=1).clamp(min=1)": "weights.sum().clamp(min=1)"},
        ),
        Misconception(
            "mean_over_the_batch",
            "The mean runs over the first dimension, the texts of the batch. It should run over the places of "
            "each text.",
            0.5,
            edits={
                "(hidden * weights).sum(dim=1)": "(hidden * weights).sum(dim=0)",
                "weights.sum(dim=1)": "weights.sum(dim=0)",
            },
        ),
        Misconception(
            "mean_over_the_width",
            "The mean runs over the numbers of each vector, and one number a place is left. It should run over "
            "the places and leave "
            "d_model numbers.",
            0.25,
            edits={_POOL: "(hidden * weights).mean(dim=-1)"},
        ),
        Misconception(
            "whole_batch_in_one",
            "All texts went into one mean. Each text should get its own vector: (batch, d_model).",
            0.25,
            edits={_POOL: "(hidden * weights).sum(dim=(0, 1)) / weights.sum().clamp(min=1)"},
        ),
        Misconception(
            "mask_turned",
            "Your mean is that of the *padding*: the mask is 1 for what counts.",
            0.75,
            edits={"attention_mask.unsqueeze(-1)": "(1 - attention_mask).unsqueeze(-1)"},
        ),
        Misconception(
            "dimension_kept",
            "The numbers are right, but the dimension of the places is still there, with size 1.",
            1.25,
            edits={
                "(hidden * weights).sum(dim=1)": "(hidden * weights).sum(dim=1, keepdim=True)",
                "weights.sum(dim=1)": "weights.sum(dim=1, keepdim=True)",
            },
        ),
        Misconception(
            "mask_without_a_last_dimension",
            "The mask has the shape (batch, length) and the vectors (batch, length, d_model): lined up from the "
            "right, they do not fit, or fit by "
            "accident. The mask needs a last dimension of size 1.",
            0.75,
            code=(
                "def mean_pool(hidden, attention_mask):\n"
                "    total = (hidden * attention_mask).sum(dim=1)\n"
                "    return total / attention_mask.sum(dim=1)\n"
            ),
        ),
        Misconception(
            "prefix_by_length",
            "Where padding stands at the end all is right: you count the tokens and average that many places "
            "from the front. The mask "
            "says *which* places, and padding may stand anywhere.",
            1.5,
            code=(
                "def mean_pool(hidden, attention_mask):\n"
                "    rows = []\n"
                "    for vectors, mask in zip(hidden, attention_mask):\n"
                "        n = int(mask.sum())\n"
                "        rows.append(vectors[:n].mean(dim=0) if n else torch.zeros_like(vectors[0]))\n"
                "    return torch.stack(rows)\n"
            ),
        ),
        Misconception(
            "specials_left_out",
            "You leave out the first token of each text. Whether [CLS] should count can be argued; the docstring "
            "says all tokens.",
            1.0,
            edits={
                "    total =": "    first = (attention_mask.cumsum(dim=1) == 1) & (attention_mask == 1)\n    weights = weights * (~first).unsqueeze(-1)\n    total ="
            },
        ),
    ),
    alternatives=(
        Alternative(
            "text_by_text",
            code=(
                "def mean_pool(hidden, attention_mask):\n"
                "    rows = []\n"
                "    for vectors, mask in zip(hidden, attention_mask):\n"
                "        kept = vectors[mask.bool()]\n"
                "        rows.append(kept.mean(dim=0) if len(kept) else torch.zeros(vectors.shape[-1], dtype=vectors.dtype))\n"
                "    return torch.stack(rows)\n"
            ),
        ),
        Alternative(
            "one_product",
            edits={
                "    total = (hidden * weights).sum(dim=1)\n": "    shares = attention_mask / attention_mask.sum(dim=1, keepdim=True).clamp(min=1)\n",
                _POOL: "torch.einsum('bl,bld->bd', shares.to(hidden.dtype), hidden)",
            },
        ),
        Alternative(
            "masked_fill",
            edits={"(hidden * weights).sum(dim=1)": "hidden.masked_fill(weights == 0, 0).sum(dim=1)"},
        ),
        Alternative("tiny_denominator", edits={".clamp(min=1)": ".clamp(min=1e-9)"}),
    ),
)

# ------------------------------------------------------------------------------------------------------ compute_optimal
_N = "math.sqrt(flops / (6 * tokens_per_parameter))"

COMPUTE_OPTIMAL = Exercise(
    name="compute_optimal",
    title="Splitting a budget",
    points=1,
    difficulty=1,
    minutes=5,
    hints=(
        "Two equations, two unknowns. Put the second one into the first, so that one unknown is left.",
        "With D = rN, C = 6ND becomes an equation with N². Which operation gives N?",
        "N is the square root of C divided by 6r. D is r times N; check that 6 · N · D gives the budget back.",
    ),
    cases=(
        case("a small budget that comes out even", call(12000.0), call(480.0)),
        case("Chinchilla's budget", call(5.88e23)),
        case("a tiny budget that does not come out even", call(1000.0), call(2000.0, 7.0)),
        case("a hundred tokens a parameter", call(6e20, 100.0)),
        case("one token a parameter", call(6e18, tokens_per_parameter=1.0), hidden=True),
        case("more parameters than tokens", call(2.5e24, 0.5), hidden=True),
        case("PaLM's budget", call(6 * 540e9 * 780e9), hidden=True),
        case("a laptop's afternoon", call(3.6e15, 20), hidden=True),
        case("nearly two thousand tokens a parameter", call(7.2e23, 1875.0), hidden=True),
    ),
    misconceptions=(
        Misconception(
            "six_forgotten",
            "Multiply your two numbers and 6: it is six times the budget. You solved C = ND.",
            0.5,
            edits={"flops / (6 * tokens_per_parameter)": "flops / tokens_per_parameter"},
        ),
        Misconception(
            "forward_only",
            "You count two operations for each parameter and token. That is reading; training also runs "
            "backwards, which costs twice as much "
            "again.",
            0.5,
            edits={"(6 * tokens_per_parameter)": "(2 * tokens_per_parameter)"},
        ),
        Misconception(
            "no_square_root",
            "Your N grows in step with the budget, and 6ND with its square: in C = 6 · N · rN the N stands "
            "twice. What undoes a square?",
            0.25,
            edits={_N: "flops / (6 * tokens_per_parameter)"},
        ),
        Misconception(
            "six_outside_the_root",
            "The 6 stands outside of the root. Put your numbers into C = 6ND: they do not give the budget back.",
            0.5,
            edits={_N: "math.sqrt(flops / tokens_per_parameter) / 6"},
        ),
        Misconception(
            "ratio_outside_the_root",
            "The ratio stands outside of the root. Put your numbers into C = 6ND: they do not give the budget back.",
            0.5,
            edits={_N: "math.sqrt(flops / 6) / tokens_per_parameter"},
        ),
        Misconception(
            "order_exchanged",
            "Your two numbers have changed places: parameters come first, and there are r times as many tokens. "
            "The ratio is tokens "
            "divided by parameters, not the other way round.",
            0.5,
            edits={
                "return parameters, tokens_per_parameter * parameters": "return tokens_per_parameter * parameters, parameters"
            },
        ),
        Misconception(
            "always_twenty",
            "With 20 tokens a parameter all is right; another ratio is not looked at.",
            0.5,
            edits={"(6 * tokens_per_parameter)": "(6 * 20)", "tokens_per_parameter * parameters": "20 * parameters"},
        ),
        Misconception(
            "half_of_the_budget_each",
            "You split the FLOPs in two halves. Parameters and tokens are not bought separately: every token is "
            "multiplied with every "
            "parameter, so that their *product* is fixed.",
            0.0,
            edits={_N: "flops / 2 / 6", "tokens_per_parameter * parameters": "flops / 2 / 6"},
        ),
        Misconception(
            "equal_numbers",
            "Your N and D are equal: the root was taken of C / 6, and the ratio left out.",
            0.25,
            edits={_N: "math.sqrt(flops / 6)", "tokens_per_parameter * parameters": "parameters"},
        ),
        Misconception(
            "tokens_without_the_ratio",
            "The parameters are right, but the tokens do not use up the budget: put both into C = 6ND.",
            0.5,
            edits={"return parameters, tokens_per_parameter * parameters": "return parameters, flops / parameters"},
        ),
        Misconception(
            "rounded",
            "The numbers are rounded. For large budgets nobody would notice, but the docstring says not rounded, "
            "and the product no longer gives the budget.",
            0.75,
            edits={
                "return parameters, tokens_per_parameter * parameters": "return round(parameters), round(tokens_per_parameter * parameters)"
            },
        ),
        Misconception(
            "cut_to_whole_numbers",
            "`int` cuts the numbers to whole ones. For large budgets nobody would notice, but the docstring says "
            "not rounded.",
            0.75,
            edits={
                "return parameters, tokens_per_parameter * parameters": "return int(parameters), int(tokens_per_parameter * int(parameters))"
            },
        ),
        Misconception(
            "whole_number_division",
            "`//` cuts off what is behind the point before the root is taken. For large budgets nobody would "
            "notice, but the docstring says not rounded.",
            0.75,
            edits={"flops / (6 * tokens": "flops // (6 * tokens"},
        ),
        Misconception(
            "parameters_only",
            "The number of parameters is right. Asked for are two numbers: what about the tokens?",
            0.5,
            edits={"return parameters, tokens_per_parameter * parameters": "return parameters"},
        ),
    ),
    alternatives=(
        Alternative(
            "tokens_first",
            code=(
                "def compute_optimal(flops, tokens_per_parameter=20.0):\n"
                "    tokens = (flops * tokens_per_parameter / 6) ** 0.5\n"
                "    return tokens / tokens_per_parameter, tokens\n"
            ),
        ),
        Alternative(
            "tokens_from_the_budget",
            edits={"tokens_per_parameter * parameters": "flops / (6 * parameters)"},
        ),
        Alternative(
            "as_a_list_of_tensors",
            code=(
                "def compute_optimal(flops, tokens_per_parameter=20.0):\n"
                "    n = torch.sqrt(torch.tensor(flops / tokens_per_parameter / 6, dtype=torch.float64))\n"
                "    return [n, n * tokens_per_parameter]\n"
            ),
        ),
    ),
)

LESSON = Lesson(
    name="02_language_models",
    title="Language models",
    summary="What a language model is, from counts to perplexity; causal and masked training; what pre-training is worth, and what scale costs.",
    reading_minutes=50,
    exercises=(
        NGRAM_COUNTS,
        SMOOTHED_PROBABILITY,
        PERPLEXITY,
        CROSS_ENTROPY,
        CAUSAL_LM_BATCH,
        MLM_BATCH,
        NSP_PAIRS,
        MEAN_POOL,
        COMPUTE_OPTIMAL,
    ),
)
