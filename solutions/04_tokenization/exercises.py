"""The contract of lesson 4, Tokenization: what each exercise is probed with, and what learners get wrong in it.

Nearly all inputs are small and stand here. What needs every review names it instead (``sweep``): the texts and BERT's
vocabulary are on every machine, and no key carries them.
"""

# Edits quote lines of the solution whole:
# ruff: noqa: E501

from __future__ import annotations

from typing import Any

from autograder.contract import Alternative, Case, Exercise, Lesson, Misconception, call, case, sweep

# -------------------------------------------------------------------------------------------------------- byte_fallback
_LETTERS = set("abcdefghijklmnopqrstuvwxyz ")

BYTE_FALLBACK = Exercise(
    name="byte_fallback",
    title="Characters, with bytes for the unknown ones",
    points=1,
    difficulty=1,
    minutes=5,
    hints=(
        "Go through the text character by character. There are only two cases: the vocabulary has it, or it has not.",
        (
            "`str.encode` gives the bytes of a character, and looping over bytes gives whole numbers from 0 to 255. One "
            "character can need up to four."
        ),
        (
            "An f-string writes a number in hexadecimal: look up the format codes `x`, `X` and `02`. Each byte becomes an "
            "item of its own in the list."
        ),
    ),
    cases=(
        case("every character is known", call("a cat", _LETTERS)),
        case("one letter is unknown", call("née", _LETTERS)),
        case("a line break", call("a\nb", _LETTERS)),
        case("a known Chinese character, an unknown one, an emoji", call("猫狗🙂", {"猫"})),
        case("no text", call("", _LETTERS)),
        case("nothing is known", call("Ab\t", {"猫"}), hidden=True),
        case("capital letters and punctuation", call("Oh, no! (Tab:\t)", _LETTERS), hidden=True),
        case("a combining accent", call("cafe\u0301", _LETTERS), hidden=True),
        case("one, two, three and four bytes", call("\x00z\u07ff\uffff\U0010ffff", _LETTERS), hidden=True),
        case("only unknown spaces", call("  \u00a0", set("abc")), hidden=True),
        case("the name of a byte, in plain letters", call("<0xE9>", set("<>0x")), hidden=True),
    ),
    misconceptions=(
        Misconception(
            "code_point_for_bytes",
            "An unknown letter comes out as *one* number in brackets, the character's number in Unicode (what `ord` gives). "
            "Such numbers reach beyond a million; the point of falling back to bytes is that there are only 256 of them.",
            0.25,
            edits={
                'tokens.extend(f"<0x{byte:02X}>" for byte in character.encode("utf-8"))': 'tokens.append(f"<0x{ord(character):02X}>")'
            },
        ),
        Misconception(
            "lower_case_hexadecimal",
            "The bytes are right, but their digits above 9 are small letters: c3 where C3 is asked for. A vocabulary "
            "is looked up character by character, so that the two are different tokens.",
            0.75,
            edits={"{byte:02X}": "{byte:02x}"},
        ),
        Misconception(
            "no_leading_zero",
            "Large bytes are right, but a byte below 16, such as that of a line break, is written with one digit. The "
            "name of a byte always has two.",
            0.75,
            edits={"{byte:02X}": "{byte:X}"},
        ),
        Misconception(
            "decimal_bytes",
            "These are the right bytes, in decimal. The names of byte tokens are hexadecimal, with 0x in front.",
            0.5,
            edits={"<0x{byte:02X}>": "<{byte}>"},
        ),
        Misconception(
            "one_token_a_character",
            "The bytes are right, but all bytes of a character are glued into one string. Then there would have to be a "
            "token for each possible character after all; every byte is a token of its own.",
            0.5,
            edits={
                'tokens.extend(f"<0x{byte:02X}>" for byte in character.encode("utf-8"))': 'tokens.append("".join(f"<0x{byte:02X}>" for byte in character.encode("utf-8")))'
            },
        ),
        Misconception(
            "unknown_token",
            "An unknown character becomes [UNK]. That is what the fallback is there to avoid: from [UNK] nobody can tell "
            "which character it was, and the text cannot be put together again.",
            0.25,
            edits={'tokens.extend(f"<0x{byte:02X}>" for byte in character.encode("utf-8"))': 'tokens.append("[UNK]")'},
        ),
        Misconception(
            "unknown_token_of_other_models",
            "An unknown character becomes <unk>, and with that it is lost. Its bytes are never unknown: use them.",
            0.25,
            edits={'tokens.extend(f"<0x{byte:02X}>" for byte in character.encode("utf-8"))': 'tokens.append("<unk>")'},
        ),
        Misconception(
            "unknown_dropped",
            "Unknown characters are missing from your list without a trace. No character may be lost: what has no token "
            "of its own is spelled with bytes.",
            0.25,
            edits={
                'tokens.extend(f"<0x{byte:02X}>" for byte in character.encode("utf-8"))': "continue",
            },
        ),
        Misconception(
            "everything_as_bytes",
            "All characters are spelled with bytes, the known ones as well. The vocabulary is to be asked first; bytes "
            "are the fallback.",
            0.25,
            edits={"if character in vocab:": "if False:"},
        ),
        Misconception(
            "whole_text_falls_back",
            "A single unknown character turns the whole text into bytes. Each character is to be decided on its own.",
            0.5,
            edits={"if character in vocab:": "if all(each in vocab for each in text):"},
        ),
        Misconception(
            "splits_into_words",
            "The text was split at spaces, so whole words are looked up (and not found), and the spaces are gone. "
            "Looping over a string itself gives its characters.",
            0.0,
            edits={"for character in text:": "for character in text.split():"},
        ),
        Misconception(
            "ascii_always_kept",
            "ASCII characters are tokens in your result even where the vocabulary lacks them, such as the line break. The vocabulary alone decides: what is not in it becomes bytes, plain letters and signs included.",
            0.5,
            edits={
                "if character in vocab:": "if character in vocab or ord(character) < 128:",
            },
        ),
        Misconception(
            "decimal_behind_0x",
            "These are the right bytes, but in decimal: 195 stands behind the 0x, where its hexadecimal form belongs. A byte has two hexadecimal digits, never three.",
            0.5,
            edits={
                "{byte:02X}": "{byte:02}",
            },
        ),
        Misconception(
            "all_bytes_in_one_token",
            "The bytes of a character stand in a single token, between one < and one >. Then every character would need a token of its own after all; each byte is to be one, so that 256 suffice.",
            0.5,
            edits={
                'tokens.extend(f"<0x{byte:02X}>" for byte in character.encode("utf-8"))': 'tokens.append("<0x" + character.encode("utf-8").hex().upper() + ">")',
            },
        ),
        Misconception(
            "list_of_bytes_within_the_list",
            "The bytes of a character come as a list inside the list. The result is to be flat, so that each item is one token: look up how adding one item to a list differs from adding several.",
            0.5,
            edits={
                'tokens.extend(f"<0x{byte:02X}>" for byte in character.encode("utf-8"))': 'tokens.append([f"<0x{byte:02X}>" for byte in character.encode("utf-8")])',
            },
        ),
        Misconception(
            "white_space_lost",
            "Spaces and line breaks are missing: `split` throws all white space away. A space is a character like any other, and looping over the text itself meets each one.",
            0.5,
            edits={
                "for character in text:": 'for character in "".join(text.split()):',
            },
        ),
        Misconception(
            "utf_16",
            "These are the bytes of UTF-16, two for é and two for 中, often with a zero in front. Asked for is the encoding UTF-8.",
            0.5,
            edits={
                'tokens.extend(f"<0x{byte:02X}>" for byte in character.encode("utf-8"))': 'tokens.extend(f"<0x{byte:02X}>" for byte in character.encode("utf-16-be"))',
            },
        ),
    ),
    alternatives=(
        Alternative(
            "bytes_formatted_by_hex",
            code=(
                "def byte_fallback(text, vocab):\n"
                "    def spell(c):\n"
                "        return [c] if c in vocab else ['<0x' + bytes([b]).hex().upper() + '>' for b in c.encode()]\n"
                "    return sum((spell(c) for c in text), [])\n"
            ),
        ),
        Alternative(
            "generator_and_percent",
            code=(
                "def byte_fallback(text, vocab):\n"
                "    def all_of_it():\n"
                "        for c in text:\n"
                "            if c in vocab:\n"
                "                yield c\n"
                "            else:\n"
                "                for b in bytearray(c, 'utf8'):\n"
                "                    yield '<0x%02X>' % b\n"
                "    return tuple(all_of_it())\n"
            ),
        ),
    ),
)

# ---------------------------------------------------------------------------------------------------------- count_pairs
_ABC: dict[tuple[int, ...], int] = {(1, 2, 3): 4, (2, 3): 1}

COUNT_PAIRS = Exercise(
    name="count_pairs",
    title="Count pairs of neighbours",
    points=1,
    difficulty=1,
    minutes=5,
    hints=(
        "Two loops, one inside the other: over the words, and over the places at which a pair begins in a word.",
        (
            "A word of n tokens has n - 1 pairs. A pair that occurs in a word which stands in the text 7 times counts 7 each "
            "time that it occurs in the word."
        ),
        (
            "Keep a dictionary from pairs to counts. For each pair of neighbours add the word's count to what is there already; "
            "`dict.get` with a default, a `Counter` or a `defaultdict` helps with the first time."
        ),
    ),
    cases=(
        case("two words", call(_ABC)),
        case("the same token three times in a row", call({(7, 7, 7): 2, (7,): 50})),
        case("a pair and its mirror image", call({(1, 2, 1): 3})),
        case("a pair twice in one word", call({(1, 2, 9, 1, 2): 5, (2, 1): 1})),
        case("no words", call({})),
        case("words of one token", call({(1,): 10, (2,): 20}), hidden=True),
        case("four of a kind", call({(5, 5, 5, 5): 3, (5, 5): 100}), hidden=True),
        case(
            "bytes and merged tokens",
            call({(104, 256, 300): 12, (256, 300, 256, 300): 7, (32, 104, 256): 1, (300, 256): 2}),
            hidden=True,
        ),
        case("one long word", call({tuple([1, 2] * 20 + [3]): 2}), hidden=True),
        case("a hundred words", call({(i % 7, i % 11, i): i + 1 for i in range(20, 120)}), hidden=True),
    ),
    misconceptions=(
        Misconception(
            "ignores_how_often_a_word_occurs",
            "Each word counts once, however often the text has it. A pair in a word that occurs 4 times occurs 4 times: "
            "look at the values of the dictionary.",
            0.5,
            edits={"counts.get(pair, 0) + times": "counts.get(pair, 0) + 1"},
        ),
        Misconception(
            "last_word_wins",
            "Where a pair occurs more than once, only one occurrence is kept: the new count replaces the old one. It is "
            "to be added to what is there.",
            0.5,
            edits={"counts.get(pair, 0) + times": "times"},
        ),
        Misconception(
            "once_a_word",
            "A pair that occurs twice within one word counts only once there (a set removes repetitions). Every place at "
            "which it begins counts.",
            0.5,
            edits={
                "for i in range(len(tokens) - 1):": "for pair in {(tokens[i], tokens[i + 1]) for i in range(len(tokens) - 1)}:",
                "            pair = (tokens[i], tokens[i + 1])\n": "",
            },
        ),
        Misconception(
            "last_pair_missing",
            "The last pair of each word is missing: the loop ends one step too early. How many pairs of neighbours does a "
            "word of two tokens have?",
            0.5,
            edits={"range(len(tokens) - 1)": "range(len(tokens) - 2)"},
        ),
        Misconception(
            "one_step_too_far",
            "An IndexError: at the last token of a word there is no right neighbour any more, and the loop asks for it.",
            0.25,
            edits={"range(len(tokens) - 1)": "range(len(tokens))"},
        ),
        Misconception(
            "pairs_do_not_overlap",
            "In three tokens in a row only one pair is counted, as if the word were cut into blocks of two. Neighbours overlap: "
            "the right one of a pair is the left one of the next, so a pair begins at every position but the last.",
            0.5,
            edits={"range(len(tokens) - 1)": "range(0, len(tokens) - 1, 2)"},
        ),
        Misconception(
            "order_ignored",
            "A pair and its mirror image are counted together. Their order matters: “ab” and “ba” are different pairs, and one "
            "becomes a token without the other.",
            0.25,
            edits={"pair = (tokens[i], tokens[i + 1])": "pair = tuple(sorted((tokens[i], tokens[i + 1])))"},
        ),
        Misconception(
            "across_words",
            "There are pairs of the end of one word and the beginning of the next one. Words are counted one by one; "
            "in a dictionary of words nothing is next to anything.",
            0.25,
            code=(
                "def count_pairs(words):\n"
                "    counts, last = {}, None\n"
                "    for tokens, times in words.items():\n"
                "        for token in tokens:\n"
                "            if last is not None:\n"
                "                counts[last, token] = counts.get((last, token), 0) + times\n"
                "            last = token\n"
                "    return counts\n"
            ),
        ),
        Misconception(
            "counts_tokens",
            "Single tokens are counted, in place of pairs. A key of the result is a tuple of two neighbours.",
            0.0,
            edits={
                "range(len(tokens) - 1)": "range(len(tokens))",
                "pair = (tokens[i], tokens[i + 1])": "pair = tokens[i]",
            },
        ),
        Misconception(
            "all_combinations",
            "Any two tokens of a word make a pair for you, also if others stand between them. Only direct neighbours can be "
            "merged.",
            0.25,
            code=(
                "def count_pairs(words):\n"
                "    counts = {}\n"
                "    for tokens, times in words.items():\n"
                "        for i in range(len(tokens)):\n"
                "            for j in range(i + 1, len(tokens)):\n"
                "                pair = (tokens[i], tokens[j])\n"
                "                counts[pair] = counts.get(pair, 0) + times\n"
                "    return counts\n"
            ),
        ),
        Misconception(
            "words_in_one_row",
            "There are pairs across words: you put all words one behind the other, each as often as it occurs, and count in that long row. The end of one word and the beginning of the next are no neighbours, so count word by word.",
            0.25,
            code=(
                "def count_pairs(words):\n"
                "    row = [token for tokens, times in words.items() for token in tokens * times]\n"
                "    counts = {}\n"
                "    for pair in zip(row, row[1:]):\n"
                "        counts[pair] = counts.get(pair, 0) + 1\n"
                "    return counts\n"
            ),
        ),
        Misconception(
            "begins_at_one",
            "Every count is too high by 1. A pair that is met for the first time has been counted 0 times before: look at the value that you start from.",
            0.5,
            edits={
                "counts.get(pair, 0)": "counts.get(pair, 1)",
            },
        ),
        Misconception(
            "last_and_first_are_neighbours",
            "There are pairs of a word's last token and its first one, as if the word were a ring. In Python the position -1 is the end of a list; the first token has no left neighbour.",
            0.5,
            edits={
                "range(len(tokens) - 1)": "range(len(tokens))",
                "(tokens[i], tokens[i + 1])": "(tokens[i - 1], tokens[i])",
            },
        ),
        Misconception(
            "zeros_for_all_other_pairs",
            "The counts are right, but the result also holds pairs that never occur, with 0. With 50,000 tokens that would be billions; only pairs that occur belong in it.",
            0.75,
            code=(
                "def count_pairs(words):\n"
                "    seen = {token for tokens in words for token in tokens}\n"
                "    counts = {(left, right): 0 for left in seen for right in seen}\n"
                "    for tokens, times in words.items():\n"
                "        for pair in zip(tokens, tokens[1:]):\n"
                "            counts[pair] += times\n"
                "    return counts\n"
            ),
        ),
    ),
    alternatives=(
        Alternative(
            "counter_and_pairwise",
            code=(
                "from collections import Counter\n"
                "from itertools import pairwise\n\n\n"
                "def count_pairs(words):\n"
                "    counts = Counter()\n"
                "    for tokens, times in words.items():\n"
                "        for pair in pairwise(tokens):\n"
                "            counts[pair] += times\n"
                "    return counts\n"
            ),
        ),
        Alternative(
            "defaultdict_and_zip",
            code=(
                "from collections import defaultdict\n\n\n"
                "def count_pairs(words):\n"
                "    counts = defaultdict(int)\n"
                "    for tokens in words:\n"
                "        for a, b in zip(tokens, tokens[1:]):\n"
                "            counts[a, b] += words[tokens]\n"
                "    return counts\n"
            ),
        ),
    ),
)

# ----------------------------------------------------------------------------------------------------------- merge_pair
MERGE_PAIR = Exercise(
    name="merge_pair",
    title="Merge one pair everywhere",
    points=1,
    difficulty=1,
    minutes=5,
    hints=(
        "Build a new list. Walk through the old one with a position that you move yourself: by one, or by two?",
        "A `while` loop over positions. What is different at the last position, where there is no right neighbour?",
        (
            "If this token and the next one are the pair, append the new token and go two steps on; otherwise append the token "
            "as it is and go one step on."
        ),
    ),
    cases=(
        case("the pair occurs once", call([1, 2, 3, 4], (2, 3), 9)),
        case("twice, and at both ends", call([1, 2, 5, 1, 2], (1, 2), 9)),
        case("three of a kind", call([7, 7, 7], (7, 7), 9)),
        case("the mirror image only", call([2, 1, 3], (1, 2), 9)),
        case("one token", call([1], (1, 2), 9)),
        case("four of a kind", call([7, 7, 7, 7], (7, 7), 9), hidden=True),
        case("no tokens", call([], (1, 2), 9), hidden=True),
        case("the left half at the very end", call([3, 1, 2, 4, 1], (1, 2), 256), hidden=True),
        case("the new token is one of the pair's own", call([1, 1, 1, 1, 2], (1, 1), 1), hidden=True),
        case("apart from each other", call([1, 3, 2, 1, 2], (1, 2), 300), hidden=True),
        case("long", call([1, 2, 2] * 50 + [1, 1, 2], (2, 2), 256), hidden=True),
        case("numbers that end or begin with the same digit", call([11, 2, 1, 23, 1, 2], (1, 2), 9)),
        case("other numbers with the same digits", call([107, 7, 77, 7, 7, 70, 7], (7, 7), 300), hidden=True),
    ),
    misconceptions=(
        Misconception(
            "first_only",
            "Only the first occurrence is merged. Everywhere means everywhere: go on after it.",
            0.5,
            code=(
                "def merge_pair(tokens, pair, new_token):\n"
                "    for i in range(len(tokens) - 1):\n"
                "        if (tokens[i], tokens[i + 1]) == pair:\n"
                "            return tokens[:i] + [new_token] + tokens[i + 2:]\n"
                "    return list(tokens)\n"
            ),
        ),
        Misconception(
            "last_token_lost",
            "The last token is missing where it is not part of a pair: the loop looks at pairs only, and the last token begins "
            "none.",
            0.5,
            edits={"while position < len(tokens):": "while position < len(tokens) - 1:"},
        ),
        Misconception(
            "overlapping",
            "The second token of a pair is used twice: it is merged, and then it is kept, or begins the next pair. After a merge "
            "both tokens are used up.",
            0.25,
            edits={"position += 2": "position += 1"},
        ),
        Misconception(
            "from_the_right",
            "Three of a kind come out as [7, 9], and [9, 7] is expected: you merge from right to left. Training and encoding "
            "must go the same way, and here that is from the left.",
            0.5,
            code=(
                "def merge_pair(tokens, pair, new_token):\n"
                "    merged, i = [], len(tokens) - 1\n"
                "    while i >= 0:\n"
                "        if i > 0 and (tokens[i - 1], tokens[i]) == pair:\n"
                "            merged.append(new_token)\n"
                "            i -= 2\n"
                "        else:\n"
                "            merged.append(tokens[i])\n"
                "            i -= 1\n"
                "    return merged[::-1]\n"
            ),
        ),
        Misconception(
            "order_ignored",
            "The mirror image is merged as well. The order of the two counts: (2, 1) is not the pair (1, 2).",
            0.5,
            edits={
                "(tokens[position], tokens[position + 1]) == pair": "{tokens[position], tokens[position + 1]} == set(pair)"
            },
        ),
        Misconception(
            "beyond_the_end",
            "An IndexError at the last token, which has no right neighbour: ask whether there is one before you compare.",
            0.25,
            edits={"position + 1 < len(tokens) and ": ""},
        ),
        Misconception(
            "changes_its_input",
            "The result is right, but your function changes its argument: the list that was handed in is another one afterwards. "
            "Whoever called still needs it, so build a new list.",
            0.75,
            code=(
                "def merge_pair(tokens, pair, new_token):\n"
                "    i = 0\n"
                "    while i < len(tokens) - 1:\n"
                "        if (tokens[i], tokens[i + 1]) == pair:\n"
                "            tokens[i : i + 2] = [new_token]\n"
                "        i += 1\n"
                "    return tokens\n"
            ),
        ),
        Misconception(
            "pair_for_new_token",
            "Where the pair was, your list holds the pair itself (a tuple within the list). The new token, the third argument, "
            "goes there.",
            0.5,
            edits={"merged.append(new_token)": "merged.append(pair)"},
        ),
        Misconception(
            "keeps_the_pair",
            "The new token is put in, but one of the two it replaces stays too, so that the list gets no shorter. Merging takes two "
            "tokens out and puts one in.",
            0.25,
            edits={"merged.append(new_token)": "merged.extend([new_token, tokens[position + 1]])"},
        ),
        Misconception(
            "replaces_single_tokens",
            "Every token that occurs in the pair is replaced, alone or not. Only the two side by side are merged.",
            0.0,
            code=(
                "def merge_pair(tokens, pair, new_token):\n"
                "    return [new_token if token in pair else token for token in tokens]\n"
            ),
        ),
        Misconception(
            "blocks_of_two",
            "The list is cut into blocks of two, and a pair is found only if it begins at an even position. It may begin at any: after a token that is not merged go one place further, not two.",
            0.5,
            code=(
                "def merge_pair(tokens, pair, new_token):\n"
                "    merged = []\n"
                "    for i in range(0, len(tokens), 2):\n"
                "        block = tuple(tokens[i : i + 2])\n"
                "        merged.extend([new_token] if block == pair else block)\n"
                "    return merged\n"
            ),
        ),
        Misconception(
            "three_become_two_new_ones",
            "7 7 7 becomes two new tokens: the one in the middle is used twice, as the right one of one pair and the left one of the next. What has been merged is used up.",
            0.5,
            code=(
                "def merge_pair(tokens, pair, new_token):\n"
                "    begins = [(tokens[i], tokens[i + 1]) == pair for i in range(len(tokens) - 1)] + [False]\n"
                "    merged = []\n"
                "    for i, token in enumerate(tokens):\n"
                "        if begins[i]:\n"
                "            merged.append(new_token)\n"
                "        elif i == 0 or not begins[i - 1]:\n"
                "            merged.append(token)\n"
                "    return merged\n"
            ),
        ),
        Misconception(
            "new_token_twice",
            "The new token stands at both places of the pair, and the list keeps its length. One new token replaces two old ones, so each merge makes the list shorter by one.",
            0.25,
            edits={
                "merged.append(new_token)": "merged.extend([new_token, new_token])",
            },
        ),
        Misconception(
            "replaced_within_a_text",
            "11 2 is hit by the pair (1, 2): the numbers were joined to a string and replaced there, where the end of one number can look like another one. Compare whole numbers, in the list.",
            0.5,
            code=(
                "def merge_pair(tokens, pair, new_token):\n"
                '    text = " ".join(map(str, tokens)).replace(f"{pair[0]} {pair[1]}", str(new_token))\n'
                "    return [int(number) for number in text.split()]\n"
            ),
        ),
    ),
    alternatives=(
        Alternative(
            "looks_back",
            code=(
                "def merge_pair(tokens, pair, new_token):\n"
                "    merged = []\n"
                "    fresh = False\n"
                "    for token in tokens:\n"
                "        if merged and not fresh and (merged[-1], token) == tuple(pair):\n"
                "            merged[-1] = new_token\n"
                "            fresh = True\n"
                "        else:\n"
                "            merged.append(token)\n"
                "            fresh = False\n"
                "    return merged\n"
            ),
        ),
        Alternative(
            "copy_and_cut",
            code=(
                "def merge_pair(tokens, pair, new_token):\n"
                "    tokens = list(tokens)\n"
                "    i = 0\n"
                "    while i < len(tokens) - 1:\n"
                "        if tokens[i] == pair[0] and tokens[i + 1] == pair[1]:\n"
                "            tokens[i : i + 2] = [new_token]\n"
                "        i += 1\n"
                "    return tokens\n"
            ),
        ),
    ),
)

# ------------------------------------------------------------------------------------------------------------ train_bpe
_TALL = {"tall": 4, "taller": 2, "small": 3, "smaller": 1, "fall": 2}

TRAIN_BPE = Exercise(
    name="train_bpe",
    title="Train byte-pair encoding",
    points=3,
    difficulty=3,
    minutes=10,
    needs=("count_pairs", "merge_pair"),
    hints=(
        (
            "It is one loop: count, choose, write down, merge. `count_pairs` and `merge_pair` do the two hard parts; make what "
            "`count_pairs` wants, a dictionary of tuples, out of the words first."
        ),
        (
            "Choosing among equal counts: a pair is a tuple, and tuples can be compared. `min` and `max` take a `key` function, and "
            "that function may return a tuple of two criteria; a minus sign turns one of them round."
        ),
        (
            "Before the loop: every word as a tuple of its UTF-8 bytes, with its count. In the loop: count all pairs anew; end if "
            "there are none; the best pair is the one with the highest count, then the smallest tuple; append it; merge it in every "
            "word, with 256 + the number of the merge as new token."
        ),
    ),
    cases=(
        case("the example done by hand, all merges", call(_TALL, 9)),
        case("four merges", call({"aaab": 3, "ab": 2, "ba": 5}, 4)),
        case("ties", call({"dc": 1, "ba": 1, "ab": 1, "cd": 1}, 2)),
        case("more merges than there are pairs", call({"ab": 3, "c": 9}, 5)),
        case("é and 中", call({"né": 2, "é": 3, "中": 4}, 3)),
        case("no merges", call(_TALL, 0), hidden=True),
        case("no words", call({}, 3), hidden=True),
        case("words of one letter", call({"a": 100, "b": 50}, 3), hidden=True),
        case(
            "words with spaces in front",
            call({" the": 60, " then": 12, " they": 9, "the": 20, " other": 11, " than": 14, " to": 33}, 10),
            hidden=True,
        ),
        case("a repeated letter", call({"aaaaaaaa": 2, "aaa": 1, "baaa": 1}, 5), hidden=True),
        case("a rare word against frequent ones", call({"zzzzzz": 1, "xy": 4, "yx": 3, "xyz": 2}, 6), hidden=True),
        case("ties of merged tokens", call({"abcd": 2, "cdab": 2, "abab": 1, "cdcd": 1}, 6), hidden=True),
        case("Russian and emoji", call({"да": 7, "дар": 3, "🙂🙂": 2, "🙃": 2}, 8), hidden=True),
        case("a tie of two letters with a merged token and a letter", call({"abq": 3, "zz": 3}, 3)),
        case(
            "a tie of merged tokens, with and without a space",
            call({" ab": 2, "abz": 2, "yz": 2, "zzz": 1}, 5),
            hidden=True,
        ),
    ),
    misconceptions=(
        Misconception(
            "first_of_equals",
            "Your merges are right until two pairs have the same count; then you take the one that was met first. A `max` without "
            "further criterion does that, and then the result depends on the order of the words. Read the rule for ties.",
            2.0,
            edits={"min(counts, key=lambda pair: (-counts[pair], pair))": "max(counts, key=lambda pair: counts[pair])"},
        ),
        Misconception(
            "largest_of_equals",
            "Ties are broken, but the wrong way: of pairs with equal counts yours is the largest. With `max` and a key of (count, "
            "pair) both criteria point upwards; here the count is to be high and the pair low.",
            2.0,
            edits={
                "min(counts, key=lambda pair: (-counts[pair], pair))": "max(counts, key=lambda pair: (counts[pair], pair))"
            },
        ),
        Misconception(
            "rarest_pair",
            "You merge the rarest pair. The most frequent one saves the most tokens.",
            0.5,
            edits={"(-counts[pair], pair)": "(counts[pair], pair)"},
        ),
        Misconception(
            "counted_once_before_the_loop",
            "The first merge is right, and then come pairs of bytes that have been merged already: the pairs were counted once, before "
            "the loop. Every merge changes the words, so the counts have to be made anew.",
            1.0,
            code=(
                "def train_bpe(word_counts, num_merges):\n"
                "    words = {tuple(word.encode('utf-8')): times for word, times in word_counts.items()}\n"
                "    counts = count_pairs(words)\n"
                "    return sorted(counts, key=lambda pair: (-counts[pair], pair))[:num_merges]\n"
            ),
        ),
        Misconception(
            "words_not_merged",
            "All your merges are the same pair: the words are never changed, so the same pair wins again each time. What has to happen "
            "to the words after a merge was chosen?",
            0.75,
            edits={
                "words = {tuple(merge_pair(list(tokens), best, 256 + step)): times for tokens, times in words.items()}": "pass"
            },
        ),
        Misconception(
            "error_when_nothing_is_left",
            "A ValueError once every word is a single token: then there are no pairs, and `min` or `max` of nothing fails. Training ends "
            "there, with fewer merges than were asked for.",
            2.25,
            edits={"        if not counts:\n            break\n": ""},
        ),
        Misconception(
            "stops_at_pairs_that_occur_once",
            "You stop when the best pair occurs only once. Many programs do so, but this exercise goes on until no pair is left; "
            "look at the case of ties.",
            2.25,
            edits={"if not counts:": "if not counts or max(counts.values()) < 2:"},
        ),
        Misconception(
            "new_tokens_one_too_high",
            "The first merge is right; where a later one uses its token, the number is one too high. The first new token is 256, the "
            "number right after the last byte, 255.",
            2.0,
            edits={"256 + step": "257 + step"},
        ),
        Misconception(
            "new_tokens_from_zero",
            "New tokens are numbered from 0, where the bytes already are: 97 could then be the letter a or the 98th merge. Their numbers "
            "begin after those of the bytes.",
            1.5,
            edits={"256 + step": "step"},
        ),
        Misconception(
            "characters_for_bytes",
            "English is right, é and 中 are not: their tokens begin as characters (`ord`), and these numbers reach far beyond 255, into those "
            "of the merges. Begin with the UTF-8 bytes.",
            1.5,
            edits={'tuple(word.encode("utf-8"))': "tuple(map(ord, word))"},
        ),
        Misconception(
            "ignores_word_counts",
            "Each word counts once, however often it occurs. The counts of the words are the values of `word_counts`; they belong into "
            "the dictionary that `count_pairs` gets.",
            1.25,
            edits={
                'words = {tuple(word.encode("utf-8")): times for word, times in word_counts.items()}': 'words = {tuple(word.encode("utf-8")): 1 for word in word_counts}'
            },
        ),
        Misconception(
            "merges_as_bytes",
            "These are the texts of the new tokens. What is asked for are the pairs that were merged, as tuples of two numbers; the texts "
            "follow from them.",
            1.5,
            code=(
                "def train_bpe(word_counts, num_merges):\n"
                "    table = [bytes([i]) for i in range(256)]\n"
                "    words = {tuple(word.encode('utf-8')): times for word, times in word_counts.items()}\n"
                "    for step in range(num_merges):\n"
                "        counts = count_pairs(words)\n"
                "        if not counts:\n"
                "            break\n"
                "        best = min(counts, key=lambda pair: (-counts[pair], pair))\n"
                "        table.append(table[best[0]] + table[best[1]])\n"
                "        words = {tuple(merge_pair(list(t), best, 256 + step)): n for t, n in words.items()}\n"
                "    return table[256:]\n"
            ),
        ),
        Misconception(
            "dictionary_of_merges",
            "The merges are right, but they come as a dictionary. Asked for is a list of pairs, in the order in which they were chosen: "
            "the place in the list is the number of the merge.",
            2.0,
            edits={"    return merges": "    return {pair: 256 + number for number, pair in enumerate(merges)}"},
        ),
        Misconception(
            "one_merge_missing",
            "The last merge is missing: you make one fewer than were asked for.",
            2.0,
            edits={"range(num_merges)": "range(num_merges - 1)"},
        ),
        Misconception(
            "second_token_of_equals",
            "Your merges are right until there is a tie; then you compare the second tokens of the pairs before the first ones. The rule looks at the first token, and at the second only if the first ones are equal.",
            2.25,
            edits={
                "min(counts, key=lambda pair: (-counts[pair], pair))": "min(counts, key=lambda pair: (-counts[pair], pair[1], pair[0]))",
            },
        ),
        Misconception(
            "spelling_of_equals",
            "Ties between letters are right. Where a merged token takes part, you compare what the tokens spell, so that *ab* comes before *z*. The rule compares the numbers of the tokens: *z* is 122, and *ab* is 256 or more.",
            2.25,
            code=(
                "def train_bpe(word_counts, num_merges):\n"
                "    table = [bytes([i]) for i in range(256)]\n"
                '    words = {tuple(word.encode("utf-8")): times for word, times in word_counts.items()}\n'
                "    merges = []\n"
                "    for step in range(num_merges):\n"
                "        counts = count_pairs(words)\n"
                "        if not counts:\n"
                "            break\n"
                "        best = min(counts, key=lambda pair: (-counts[pair], table[pair[0]], table[pair[1]]))\n"
                "        table.append(table[best[0]] + table[best[1]])\n"
                "        merges.append(best)\n"
                "        words = {tuple(merge_pair(list(t), best, 256 + step)): n for t, n in words.items()}\n"
                "    return merges\n"
            ),
        ),
        Misconception(
            "one_merge_too_many",
            "You make one merge too many where there is something left to merge. `num_merges` says how many there are to be; when does your loop stop?",
            2.0,
            edits={
                "range(num_merges)": "range(num_merges + 1)",
            },
        ),
        Misconception(
            "end_of_word_marked",
            "Your merges hold bytes of `</w>` (60, 47, 119, 62), which the words do not: Sennrich's paper appends this mark to each word. Here, as in GPT-2, words are their UTF-8 bytes and nothing else.",
            1.75,
            edits={
                'tuple(word.encode("utf-8"))': 'tuple((word + "</w>").encode("utf-8"))',
            },
        ),
        Misconception(
            "overlapping_places_counted_once",
            "Where a letter is repeated, your counts are too low: in *aaa* the pair *aa* begins at two places that overlap, and both count. (A `str.count` or a pattern looks for the next one only behind the last.) `count_pairs` does it right.",
            2.0,
            code=(
                "def train_bpe(word_counts, num_merges):\n"
                '    words = {tuple(word.encode("utf-8")): times for word, times in word_counts.items()}\n'
                "    merges = []\n"
                "    for step in range(num_merges):\n"
                "        counts = dict.fromkeys(count_pairs(words), 0)\n"
                "        if not counts:\n"
                "            break\n"
                "        for pair in counts:\n"
                "            for tokens, times in words.items():\n"
                "                counts[pair] += times * (len(tokens) - len(merge_pair(list(tokens), pair, -1)))\n"
                "        best = min(counts, key=lambda pair: (-counts[pair], pair))\n"
                "        merges.append(best)\n"
                "        words = {tuple(merge_pair(list(t), best, 256 + step)): n for t, n in words.items()}\n"
                "    return merges\n"
            ),
        ),
        Misconception(
            "score_of_wordpiece",
            "You choose the pair that is frequent *compared with its parts*, as WordPiece does (section 5): rare letters that always stand together win. Byte-pair encoding takes the pair with the highest count, whatever it is made of.",
            1.25,
            code=(
                "def train_bpe(word_counts, num_merges):\n"
                '    words = {tuple(word.encode("utf-8")): times for word, times in word_counts.items()}\n'
                "    merges = []\n"
                "    for step in range(num_merges):\n"
                "        counts = count_pairs(words)\n"
                "        if not counts:\n"
                "            break\n"
                "        single = {}\n"
                "        for tokens, times in words.items():\n"
                "            for token in tokens:\n"
                "                single[token] = single.get(token, 0) + times\n"
                "        best = min(counts, key=lambda pair: (-counts[pair] / (single[pair[0]] * single[pair[1]]), pair))\n"
                "        merges.append(best)\n"
                "        words = {tuple(merge_pair(list(t), best, 256 + step)): n for t, n in words.items()}\n"
                "    return merges\n"
            ),
        ),
    ),
    alternatives=(
        Alternative(
            "sorts_and_keeps_lists",
            code=(
                "def train_bpe(word_counts, num_merges):\n"
                "    state = [(list(w.encode()), n) for w, n in word_counts.items()]\n"
                "    merges = []\n"
                "    while len(merges) < num_merges:\n"
                "        counts = {}\n"
                "        for tokens, n in state:\n"
                "            for p in zip(tokens, tokens[1:]):\n"
                "                counts[p] = counts.get(p, 0) + n\n"
                "        if not counts:\n"
                "            return merges\n"
                "        highest = max(counts.values())\n"
                "        pair = sorted(p for p, n in counts.items() if n == highest)[0]\n"
                "        state = [(merge_pair(tokens, pair, 256 + len(merges)), n) for tokens, n in state]\n"
                "        merges.append(pair)\n"
                "    return merges\n"
            ),
        ),
        Alternative(
            "max_with_negated_ids",
            edits={
                "min(counts, key=lambda pair: (-counts[pair], pair))": "max(counts, key=lambda pair: (counts[pair], -pair[0], -pair[1]))"
            },
        ),
        Alternative(
            "bytes_spelled_by_hand",
            edits={'tuple(word.encode("utf-8"))': 'tuple(byte for c in word for byte in bytes(c, "utf-8"))'},
        ),
    ),
)

# ----------------------------------------------------------------------------------------------------------- bpe_encode
# Token 256 "al", 257 "all", 258 "tall", 259 "mall", 260 "small", 261 "er", 262 "fall", 263 "taller", 264 "smaller".
_MERGES = [(97, 108), (256, 108), (116, 257), (109, 257), (115, 259), (101, 114), (102, 257), (258, 261), (260, 261)]
# Order matters: "bc" before "ab" and "cd". 256 "bc", 257 "ab", 258 "abc" (of a and bc), 259 " a", 260 "cd".
_ORDER = [(98, 99), (97, 98), (97, 256), (32, 97), (99, 100)]
# A space inside of a token can only come from words that begin with one. 256 "e ", 257 " t", 258 "e t".
_SPACES = [(101, 32), (32, 116), (256, 116), (32, 32)]
_CHINESE = [(228, 184), (256, 173), (32, 257)]  # 257 is 中, 258 " 中"

BPE_ENCODE = Exercise(
    name="bpe_encode",
    title="Encode a text with learned merges",
    points=2,
    difficulty=3,
    minutes=8,
    needs=("merge_pair",),
    hints=(
        (
            "Do one word at a time: begin with its bytes and merge until nothing can be merged any more. Then join the lists "
            "of all words."
        ),
        (
            "Which merge comes first? Not the one that begins leftmost or is longest, but the one that was *learned* first. So you "
            "need to look up, for each pair of neighbours, its place in `merges`."
        ),
        (
            "Either repeat: among the pairs of neighbours find the one that stands earliest in `merges`, and merge it; stop if none stands "
            "there. Or go through `merges` in order, and apply each to the word. Both give the same."
        ),
    ),
    cases=(
        case("three words of the example", call("taller small mall", _MERGES)),
        case("the order of merges decides", call("abc abd bc bcd", _ORDER)),
        case("merges never cross words", call("the toe  t", _SPACES)),
        case("é, 中 and an emoji", call("中é中🙂 中", _CHINESE)),
        case("no text", call("", _MERGES)),
        case("no merges learned", call("ab é", []), hidden=True),
        case("the same letter again and again", call("aaaaaaa aaaa", [(97, 97), (256, 256), (32, 97)]), hidden=True),
        case(
            "spaces, tabs and line breaks",
            call("  all\n\n\ttall  ", [*_MERGES, (32, 32), (10, 10), (9, 258)]),
            hidden=True,
        ),
        case("unknown words", call("SMALLER smalls, fallen!", _MERGES), hidden=True),
        case(
            "a long chain of merges",
            call("abcdefgh bcdefgh", [(103, 104), (102, 256), (101, 257), (100, 258), (99, 259), (98, 260), (97, 261)]),
            hidden=True,
        ),
        case(
            "a late merge that an early one prevents", call("xab xa ab", [(120, 97), (97, 98), (256, 98)]), hidden=True
        ),
        case("a long text", call("small taller fall all er " * 40, _MERGES), hidden=True),
    ),
    misconceptions=(
        Misconception(
            "longest_match",
            "You look for the longest known token at each place. That is how WordPiece encodes (section 5). Byte-pair encoding applies "
            "its merges in the order in which they were learned, and this gives other tokens.",
            0.75,
            code=(
                "def bpe_encode(text, merges):\n"
                "    table = [bytes([i]) for i in range(256)]\n"
                "    for a, b in merges:\n"
                "        table.append(table[a] + table[b])\n"
                "    known = {}\n"
                "    for i, t in enumerate(table):\n"
                "        known.setdefault(t, i)\n"
                "    ids = []\n"
                "    for word in split_words(text):\n"
                "        raw, i = word.encode(), 0\n"
                "        while i < len(raw):\n"
                "            j = len(raw)\n"
                "            while raw[i:j] not in known:\n"
                "                j -= 1\n"
                "            ids.append(known[raw[i:j]])\n"
                "            i = j\n"
                "    return ids\n"
            ),
        ),
        Misconception(
            "leftmost_merge_first",
            "Where two merges compete, you take the one further left. The one that was learned earlier goes first, wherever it stands.",
            1.0,
            edits={
                "best = min(pairs, key=lambda pair: ranks.get(pair, len(merges)))": "best = next((pair for pair in pairs if pair in ranks), pairs[0])"
            },
        ),
        Misconception(
            "latest_merge_first",
            "Where two merges compete, you take the one that was learned last. Training made the early ones first, so encoding must, too.",
            1.0,
            edits={"key=lambda pair: ranks.get(pair, len(merges))": "key=lambda pair: -ranks.get(pair, -1)"},
        ),
        Misconception(
            "across_words",
            "Pairs are merged across words, such as the end of one word with the space of the next. Training saw single words; encoding has "
            "to cut the text in the same way first. Which function does that?",
            1.0,
            edits={"for word in split_words(text):": "for word in [text]:"},
        ),
        Misconception(
            "spaces_lost",
            "The spaces are gone (`str.split` drops them). Then the text cannot be put together again. The lesson's `split_words` keeps every "
            "character.",
            0.75,
            edits={"for word in split_words(text):": "for word in text.split():"},
        ),
        Misconception(
            "one_merge_a_word",
            "Each word is merged once, and then you go on. The new token can be half of another pair: go on as long as there is something to "
            "merge.",
            0.75,
            edits={
                "while len(tokens) > 1:": "if len(tokens) > 1:",
                "                break\n": "                ids.extend(tokens)\n                continue\n",
            },
        ),
        Misconception(
            "only_bytes",
            "These are the bytes of the text, and no merge was applied.",
            0.25,
            edits={"while len(tokens) > 1:": "while False:"},
        ),
        Misconception(
            "characters_for_bytes",
            "English is right, but é, 中 and the emoji come out as their number in Unicode (`ord`). The tokens below 256 are bytes.",
            1.0,
            edits={'tokens = list(word.encode("utf-8"))': "tokens = [ord(c) for c in word]"},
        ),
        Misconception(
            "rank_for_token",
            "Merged tokens have the number of their merge, 0 for the first, where the byte 0 is already. 256 numbers belong to bytes; the "
            "merges come after them.",
            1.0,
            edits={"256 + ranks[best]": "ranks[best]"},
        ),
        Misconception(
            "list_of_lists",
            "Your result is a list for each word. Asked for is one flat list of numbers: join them.",
            1.5,
            edits={"ids.extend(tokens)": "ids.append(tokens)"},
        ),
        Misconception(
            "new_tokens_one_too_high",
            "Merged tokens are one too high, and so later merges do not find them. The token of the first merge, `merges[0]`, is 256, right after the last byte.",
            1.5,
            edits={
                "256 + ranks[best]": "257 + ranks[best]",
            },
        ),
        Misconception(
            "stops_at_a_missing_pair",
            "You stop at the first learned pair that does not occur in the word. It says nothing about the later merges: skip it, and go on with the next one.",
            1.0,
            code=(
                "def bpe_encode(text, merges):\n"
                "    ids = []\n"
                "    for word in split_words(text):\n"
                '        tokens = list(word.encode("utf-8"))\n'
                "        for number, pair in enumerate(merges):\n"
                "            if pair not in zip(tokens, tokens[1:]):\n"
                "                break\n"
                "            tokens = merge_pair(tokens, pair, 256 + number)\n"
                "        ids.extend(tokens)\n"
                "    return ids\n"
            ),
        ),
        Misconception(
            "first_place_only",
            "A pair that occurs twice in a word is merged only at its first place, and then you go on to the next merge. Each merge is made everywhere in the word.",
            1.25,
            code=(
                "def bpe_encode(text, merges):\n"
                "    ids = []\n"
                "    for word in split_words(text):\n"
                '        tokens = list(word.encode("utf-8"))\n'
                "        for number, pair in enumerate(merges):\n"
                "            for i in range(len(tokens) - 1):\n"
                "                if (tokens[i], tokens[i + 1]) == pair:\n"
                "                    tokens[i : i + 2] = [256 + number]\n"
                "                    break\n"
                "        ids.extend(tokens)\n"
                "    return ids\n"
            ),
        ),
    ),
    alternatives=(
        Alternative(
            "merges_in_order",
            code=(
                "def bpe_encode(text, merges):\n"
                "    ids = []\n"
                "    for word in split_words(text):\n"
                "        tokens = list(word.encode())\n"
                "        for number, pair in enumerate(merges):\n"
                "            tokens = merge_pair(tokens, pair, 256 + number)\n"
                "        ids += tokens\n"
                "    return ids\n"
            ),
        ),
        Alternative(
            "one_place_at_a_time",
            code=(
                "def bpe_encode(text, merges):\n"
                "    numbers = {tuple(pair): 256 + i for i, pair in enumerate(merges)}\n"
                "    def encode_word(tokens):\n"
                "        found = [(numbers[p], i) for i, p in enumerate(zip(tokens, tokens[1:])) if p in numbers]\n"
                "        if not found:\n"
                "            return tokens\n"
                "        number, i = min(found)\n"
                "        return encode_word(tokens[:i] + [number] + tokens[i + 2:])\n"
                "    return [t for word in split_words(text) for t in encode_word([*word.encode()])]\n"
            ),
        ),
    ),
)

# ----------------------------------------------------------------------------------------------------------- bpe_decode
BPE_DECODE = Exercise(
    name="bpe_decode",
    title="Decode, whatever comes",
    points=2,
    difficulty=2,
    minutes=5,
    hints=(
        "Make a table from token to bytes first. The first 256 entries are single bytes; each merge adds one entry.",
        "Put all the bytes of all tokens together *before* you turn them into text: a character may be spread over several tokens.",
        (
            "`bytes.decode` has an argument `errors` that says what to do with bytes that are no UTF-8. Look up its values; one of them "
            "puts the sign � in place of what cannot be read."
        ),
    ),
    cases=(
        case("three words of the example", call([263, 32, 260, 32, 259], _MERGES)),
        case("a character over two tokens", call([256, 173, 195, 169], _CHINESE)),
        case("half a character", call([97, 256, 98], _CHINESE)),
        case("bytes alone, the last ones white space", call([104, 105, 33, 32, 10], [])),
        case("no tokens", call([], _MERGES)),
        case("an emoji in four bytes", call([240, 159, 153, 130, 32, 257], _CHINESE), hidden=True),
        case("bytes that are never UTF-8", call([255, 97, 254, 128, 257], _CHINESE)),
        case("the same token again", call([258, 257, 256, 256, 261, 264], _MERGES), hidden=True),
        case("ends in the middle of a character", call([72, 105, 240, 159, 153], []), hidden=True),
        case(
            "merges of merges",
            call([262, 32, 261, 97], [(103, 104), (102, 256), (101, 257), (100, 258), (99, 259), (98, 260), (97, 261)]),
            hidden=True,
        ),
        case("control characters and spaces", call([0, 9, 10, 32, 32, 127, 259], _SPACES), hidden=True),
        case("a lost end and a lost beginning", call([228, 184, 65, 173, 173, 258, 255, 255], _CHINESE), hidden=True),
    ),
    misconceptions=(
        Misconception(
            "token_by_token",
            "A character that is spread over two tokens comes out as two �: each token was decoded on its own. First put all bytes together, "
            "then decode once.",
            1.0,
            edits={
                'b"".join(table[token] for token in ids).decode("utf-8", errors="replace")': '"".join(table[token].decode("utf-8", errors="replace") for token in ids)'
            },
        ),
        Misconception(
            "strict",
            "Whole texts are right, but half a character raises a UnicodeDecodeError. A model may well produce such tokens; `decode` can be told "
            "what to do then.",
            1.25,
            edits={', errors="replace"': ""},
        ),
        Misconception(
            "errors_ignored",
            "Bytes that cannot be read vanish without a trace. The docstring asks for the sign � in their place, so that a reader sees that "
            "something is missing.",
            1.5,
            edits={'errors="replace"': 'errors="ignore"'},
        ),
        Misconception(
            "one_character_a_byte",
            "English is right, and other languages come out as sequences such as Ã©: every byte was made a character of its own (by `chr` or "
            "latin-1). UTF-8 uses several bytes for one character.",
            0.75,
            edits={'.decode("utf-8", errors="replace")': '.decode("latin-1")'},
        ),
        Misconception(
            "spaces_between_tokens",
            "There is a space between any two tokens. The spaces of the text are tokens, or parts of tokens, already.",
            0.75,
            edits={'b"".join(': 'b" ".join('},
        ),
        Misconception(
            "pair_reversed",
            "The letters of merged tokens are in the wrong order: the halves of a pair were joined the wrong way round.",
            0.75,
            edits={"table[left] + table[right]": "table[right] + table[left]"},
        ),
        Misconception(
            "halves_as_bytes",
            "Merges of bytes are right, but a merge of *merged tokens* fails or gives wrong letters: its halves are looked upon as bytes. They "
            "may be tokens from further up in the table.",
            0.75,
            edits={"table[left] + table[right]": "bytes([left % 256, right % 256])"},
        ),
        Misconception(
            "halves_must_be_bytes",
            "A ValueError: bytes must be in range(0, 256). The halves of a merge can be merged tokens themselves; look them up in the table that "
            "you are building.",
            0.75,
            edits={"table[left] + table[right]": "bytes([left, right])"},
        ),
        Misconception(
            "merged_tokens_left_out",
            "Only tokens below 256 arrive in the text; merged tokens are left out.",
            0.25,
            edits={"for token in ids)": "for token in ids if token < 256)"},
        ),
        Misconception(
            "bytes_returned",
            "These are the right bytes, but still bytes: b'…'. The text is what `decode` makes of them.",
            1.0,
            edits={'.decode("utf-8", errors="replace")': ""},
        ),
        Misconception(
            "text_stripped",
            "Spaces or line breaks at the ends of the text are missing. Decoding has to give back the text to the last character: nothing may be "
            "stripped.",
            1.25,
            edits={'.decode("utf-8", errors="replace")': '.decode("utf-8", errors="replace").strip()'},
        ),
        Misconception(
            "merges_undone_forwards",
            "What the first merges made is spelled out, and what is nested stays unread: you undo the merges in the order of learning. A late token holds earlier ones, so that whoever undoes merges has to begin with the last one.",
            1.0,
            code=(
                "def bpe_decode(ids, merges):\n"
                "    tokens = list(ids)\n"
                "    for number, pair in enumerate(merges):\n"
                "        tokens = [part for token in tokens for part in (pair if token == 256 + number else (token,))]\n"
                '    return bytes(token for token in tokens if token < 256).decode("utf-8", errors="replace")\n'
            ),
        ),
        Misconception(
            "neighbouring_merge",
            "Letters are right, but each merged token is read as the one before it. The first merge, `merges[0]`, made token 256: 255 is the last byte.",
            1.0,
            code=(
                "def bpe_decode(ids, merges):\n"
                "    def spell(token):\n"
                "        if token <= 256:\n"
                "            return bytes([token % 256])\n"
                "        left, right = merges[token - 257]\n"
                "        return spell(left) + spell(right)\n"
                '    return b"".join(map(spell, ids)).decode("utf-8", errors="replace")\n'
            ),
        ),
        Misconception(
            "one_sign_for_several",
            "Several unreadable bytes in a row become a single �. Python's own decoding puts as many as there are, and that is asked for: nothing has to be done to its result.",
            1.5,
            edits={
                '.decode("utf-8", errors="replace")': '.decode("utf-8", errors="replace")\n    while "\\ufffd\\ufffd" in text:\n        text = text.replace("\\ufffd\\ufffd", "\\ufffd")\n    return text',
                "return b": "text = b",
            },
        ),
        Misconception(
            "whole_text_replaced",
            "One byte that cannot be read, and the whole text is a single �. The sign belongs in the place of the bad bytes only; all the rest can still be read. `decode` has an argument for this.",
            1.0,
            edits={
                '    return b"".join(table[token] for token in ids).decode("utf-8", errors="replace")': '    try:\n        return b"".join(table[token] for token in ids).decode("utf-8")\n    except UnicodeDecodeError:\n        return "\\ufffd"',
            },
        ),
    ),
    alternatives=(
        Alternative(
            "recursion",
            code=(
                "def bpe_decode(ids, merges):\n"
                "    def spell(token):\n"
                "        if token < 256:\n"
                "            return [token]\n"
                "        left, right = merges[token - 256]\n"
                "        return spell(left) + spell(right)\n"
                "    return str(bytes(b for token in ids for b in spell(token)), 'utf-8', 'replace')\n"
            ),
        ),
        Alternative(
            "dictionary_and_bytearray",
            code=(
                "def bpe_decode(ids, merges):\n"
                "    table = {i: bytes([i]) for i in range(256)}\n"
                "    for pair in merges:\n"
                "        table[len(table)] = b''.join(table[half] for half in pair)\n"
                "    raw = bytearray()\n"
                "    for i in ids:\n"
                "        raw += table[i]\n"
                "    return raw.decode(errors='replace')\n"
            ),
        ),
    ),
)

# ------------------------------------------------------------------------------------------------------------ wordpiece
_LIBRARY_REASON = "it is the tokenizer that this exercise builds. The vocabulary, strings and slices are enough; afterwards you may use it."
_LIBRARY = dict.fromkeys(
    (
        "tokenizers.Tokenizer.encode",
        "tokenizers.Tokenizer.encode_batch",
        "tokenizers.Tokenizer.encode_batch_fast",
        "tokenizers.models.WordPiece",
    ),
    _LIBRARY_REASON,
)


def _vocab(*tokens: str) -> dict[str, int]:
    return {token: number for number, token in enumerate(("[PAD]", "[UNK]", "[CLS]", "[SEP]", *tokens))}


_WATCH = _vocab(
    "un", "watch", "able", "##watch", "##able", "##a", "##b", "##l", "##e", "##watcha", "u", "w", "##s", "film"
)
_TRAP = _vocab("a", "ab", "abc", "##b", "##c", "##cd", "##bc", "d")

WORDPIECE = Exercise(
    name="wordpiece",
    title="WordPiece: the longest match, again and again",
    points=2,
    difficulty=2,
    minutes=8,
    hints=(
        "Two loops: the outer one goes through the word piece by piece, the inner one tries shorter and shorter pieces.",
        (
            "At every place begin with all that is left of the word, and take letters off its *end* until the vocabulary knows it. All pieces "
            "but the first are looked up with `##` in front."
        ),
        (
            "Keep `start`. Let `end` run from the word's length down to `start + 1`; at the first `word[start:end]` that is known, keep it and "
            "set `start = end`. If no `end` works, the answer is `['[UNK]']`, whatever was found before."
        ),
    ),
    cases=(
        case("three pieces", call("unwatchable", _WATCH)),
        case("a whole word", call("film", _WATCH)),
        case("the longest piece leads into a dead end", call("abcd", _TRAP)),
        case("an unknown end", call("watchx", _WATCH)),
        case("only known as a beginning", call("filmun", _WATCH)),
        case("an unknown beginning", call("xwatch", _WATCH)),
        case("a hundred letters", call("a" * 100, _vocab("a", "##a", "##aa"))),
        case("a hundred and one letters", call("a" * 101, _vocab("a", "##a", "##aa"))),
        case("one letter", call("d", _TRAP), hidden=True),
        case("a choice of lengths", call("abbc", _TRAP), hidden=True),
        case("capital letters are other letters", call("Film", _WATCH), hidden=True),
        case("only known as a continuation", call("le", _vocab("##le", "##l", "##e")), hidden=True),
        case("a hash in the word", call("#a#", _vocab("#", "##a", "###", "##b")), hidden=True),
        case("Chinese", call("看电影", _vocab("看", "##电", "##影", "##电影")), hidden=True),
        case(
            "BERT's vocabulary, on every word of all reviews",
            sweep("course.resources.all_review_words", "course.resources.bert_vocabulary"),
            hidden=True,
        ),
        case("sixty letters of two bytes", call("é" * 60, _vocab("é", "##é", "##éé"))),
        case("a long word that the vocabulary has", call("b" * 101, _vocab("b", "##b", "b" * 101))),
        case("a piece whose id is 0", call("ab", {"a": 5, "ab": 0, "##b": 3, "[UNK]": 1})),
        case("a hundred Chinese characters", call("看" * 100, _vocab("看", "##看", "##看看看")), hidden=True),
        case("a continuation whose id is 0", call("abc", {"a": 5, "##bc": 0, "##b": 3, "[UNK]": 1}), hidden=True),
        case("two long words in one", call("c" * 150, _vocab("c" * 150, "c" * 100, "##" + "c" * 50)), hidden=True),
    ),
    misconceptions=(
        Misconception(
            "no_hashes_at_all",
            "Pieces inside the word are looked up like beginnings of words. BERT's vocabulary keeps the two apart: what continues a word has ## in "
            "front.",
            0.75,
            edits={'word[start:end] if start == 0 else "##" + word[start:end]': "word[start:end]"},
        ),
        Misconception(
            "hashes_taken_off",
            "The right pieces are found, but they come back without their ##. The token is the string that stands in the vocabulary; *able* and "
            "*##able* have different ids.",
            1.25,
            edits={"pieces.append(piece)": "pieces.append(word[start:end])"},
        ),
        Misconception(
            "hashes_everywhere",
            "The first piece is looked up with ## as well. It begins a word, so it stands in the vocabulary without.",
            0.5,
            edits={'word[start:end] if start == 0 else "##" + word[start:end]': '"##" + word[start:end]'},
        ),
        Misconception(
            "shortest_match",
            "You take the shortest piece that is known. Greedy here means: the longest. Begin with all that is left and take letters off the end.",
            0.5,
            code=(
                "def wordpiece(word, vocab):\n"
                "    if len(word) > 100:\n"
                "        return ['[UNK]']\n"
                "    pieces, start = [], 0\n"
                "    while start < len(word):\n"
                "        for end in range(start + 1, len(word) + 1):\n"
                "            piece = ('##' if start else '') + word[start:end]\n"
                "            if piece in vocab:\n"
                "                break\n"
                "        else:\n"
                "            return ['[UNK]']\n"
                "        pieces.append(piece)\n"
                "        start = end\n"
                "    return pieces\n"
            ),
        ),
        Misconception(
            "tries_other_ways",
            "Where the longest match leads into a dead end, you go back and try a shorter one. It finds more words, but it is not what BERT was "
            "trained with: the greedy way never goes back, and answers [UNK].",
            1.0,
            code=(
                "def wordpiece(word, vocab):\n"
                "    if len(word) > 100:\n"
                "        return ['[UNK]']\n"
                "    dead = set()\n"
                "    def rest(start):\n"
                "        if start == len(word):\n"
                "            return []\n"
                "        if start in dead:\n"
                "            return None\n"
                "        for end in range(len(word), start, -1):\n"
                "            piece = ('##' if start else '') + word[start:end]\n"
                "            if piece in vocab:\n"
                "                more = rest(end)\n"
                "                if more is not None:\n"
                "                    return [piece, *more]\n"
                "        dead.add(start)\n"
                "        return None\n"
                "    return rest(0) or ['[UNK]']\n"
            ),
        ),
        Misconception(
            "unknown_rest",
            "You keep the pieces found so far and put [UNK] for the rest. In WordPiece one unknown part makes the whole word unknown: the answer "
            "is [UNK] alone.",
            1.25,
            edits={
                '        else:\n            return ["[UNK]"]': '        else:\n            return [*pieces, "[UNK]"]',
            },
        ),
        Misconception(
            "unknown_letters",
            "Each letter without a piece becomes an [UNK], and you go on behind it. In WordPiece one unknown part makes the whole word unknown.",
            1.0,
            edits={
                '        else:\n            return ["[UNK]"]': '        else:\n            piece, end = "[UNK]", start + 1',
            },
        ),
        Misconception(
            "unknown_dropped",
            "What has no piece is left out, so that another word remains. A word with an unknown part is [UNK], as a whole.",
            0.75,
            edits={
                '        else:\n            return ["[UNK]"]': "        else:\n            return pieces",
            },
        ),
        Misconception(
            "no_limit",
            "Short words are right. A word of more than 100 characters is [UNK] without looking; yours is taken apart. (The limit protects "
            "against endless strings: the search takes quadratic time.)",
            1.5,
            edits={"len(word) > 100": "False"},
        ),
        Misconception(
            "limit_one_too_low",
            "A word of exactly 100 characters is still allowed; the limit is for *more* than 100.",
            1.75,
            edits={"len(word) > 100": "len(word) >= 100"},
        ),
        Misconception(
            "ids_for_tokens",
            "These are the ids of the tokens. Here the tokens themselves are asked for, as strings.",
            1.0,
            edits={
                "    return pieces": "    return [vocab[piece] for piece in pieces]",
                'word) > 100:\n        return ["[UNK]"]': "word) > 100:\n        return [1]",
                'else:\n            return ["[UNK]"]': "else:\n            return [1]",
            },
        ),
        Misconception(
            "string_for_unknown",
            "Known words are right. An unknown one comes back as the bare string '[UNK]'; it has to be a list with one item, as the answer is a list "
            "for every word.",
            1.25,
            edits={
                'word) > 100:\n        return ["[UNK]"]': 'word) > 100:\n        return "[UNK]"',
                'else:\n            return ["[UNK]"]': 'else:\n            return "[UNK]"',
            },
        ),
        Misconception(
            "first_piece_only",
            "Only the first piece comes back. Go on behind it until the word is used up.",
            0.5,
            edits={"        start = end": "        break"},
        ),
        Misconception(
            "limit_in_bytes",
            "A word of sixty letters é is [UNK]: its bytes are counted, and é has two. The limit is 100 *characters*.",
            1.75,
            edits={
                "len(word) > 100": 'len(word.encode("utf-8")) > 100',
            },
        ),
        Misconception(
            "whole_word_before_limit",
            "A word of more than 100 characters is [UNK], even if the vocabulary has it. The limit comes first; you look the whole word up before.",
            1.75,
            edits={
                "    if len(word) > 100:": "    if word in vocab:\n        return [word]\n    if len(word) > 100:",
            },
        ),
        Misconception(
            "id_zero_is_not_found",
            "The piece with the id 0 is not found. `vocab.get(piece)` gives 0 then, which counts as false in an `if`. Ask whether the piece is in the vocabulary, not whether its id is true.",
            1.75,
            edits={
                "if piece in vocab:": "if vocab.get(piece):",
            },
        ),
        Misconception(
            "from_the_end",
            "You begin at the end of the word and take the longest *ending* first. BERT works from left to right: the longest beginning, then the longest beginning of the rest.",
            1.0,
            code=(
                "def wordpiece(word, vocab):\n"
                "    if len(word) > 100:\n"
                '        return ["[UNK]"]\n'
                "    pieces, end = [], len(word)\n"
                "    while end > 0:\n"
                "        for start in range(end):\n"
                '            piece = word[start:end] if start == 0 else "##" + word[start:end]\n'
                "            if piece in vocab:\n"
                "                break\n"
                "        else:\n"
                '            return ["[UNK]"]\n'
                "        pieces.insert(0, piece)\n"
                "        end = start\n"
                "    return pieces\n"
            ),
        ),
        Misconception(
            "pieces_without_hashes_too",
            "Inside a word you also take pieces without ##, where none with ## fits. They begin words; what continues one has ## in front, or else the word is [UNK].",
            1.25,
            code=(
                "def wordpiece(word, vocab):\n"
                "    if len(word) > 100:\n"
                '        return ["[UNK]"]\n'
                "    pieces, start = [], 0\n"
                "    while start < len(word):\n"
                "        for end in range(len(word), start, -1):\n"
                '            piece = "##" + word[start:end] if start and "##" + word[start:end] in vocab else word[start:end]\n'
                "            if piece in vocab:\n"
                "                break\n"
                "        else:\n"
                '            return ["[UNK]"]\n'
                "        pieces.append(piece)\n"
                "        start = end\n"
                "    return pieces\n"
            ),
        ),
    ),
    alternatives=(
        Alternative(
            "cuts_the_word_down",
            code=(
                "def wordpiece(word, vocab):\n"
                "    pieces, rest = [], word\n"
                "    while rest and len(word) <= 100:\n"
                "        mark = '##' if pieces else ''\n"
                "        fits = [n for n in range(1, len(rest) + 1) if mark + rest[:n] in vocab]\n"
                "        if not fits:\n"
                "            return ['[UNK]']\n"
                "        pieces.append(mark + rest[:max(fits)])\n"
                "        rest = rest[max(fits):]\n"
                "    return pieces or ['[UNK]']\n"
            ),
        ),
        Alternative(
            "recursion",
            code=(
                "def wordpiece(word, vocab):\n"
                "    def pieces(rest, mark):\n"
                "        if not rest:\n"
                "            return ()\n"
                "        for end in range(len(rest), 0, -1):\n"
                "            if mark + rest[:end] in vocab:\n"
                "                behind = pieces(rest[end:], '##')\n"
                "                return None if behind is None else (mark + rest[:end],) + behind\n"
                "        return None\n"
                "    found = pieces(word, '') if len(word) <= 100 else None\n"
                "    return list(found) if found is not None else ['[UNK]']\n"
            ),
        ),
    ),
    refuse=_LIBRARY,
)

# -------------------------------------------------------------------------------------------------------- bert_tokenize
_PLAIN = _vocab(
    "a", "film", "cafe", "the", "don", "t", "'", "’", "\"", "“", "”", "!", ".", ",", "…", "-", "–", "_", "good", "##_", "file", "name",
    "5", "##$", "$", "£", "##£", "£5", "看", "电", "影", "好", "##电", "##影", "##好", "naive", "un", "##watch", "##able", "bjork",
    "co", "##op", "=", "+", "2", "i", "e", "##e", "5£", "b", "##\u0301",
)  # fmt: skip

# What casefold, NFKD, other marks and other ranges would make of the words stands in the vocabulary, too, so that it shows.
_WORLD = _vocab(
    "straße", "strasse", "सभी", "सभ", "मनषयो", "मनषय", "मनुषयों", "a", "b", "=", "a=b", "<", ">", "ねこ", "ね", "こ", "##こ", "猫",
    "カナ", "カ", "##ナ", "go", "##od", "good", "½", "1", "2", "⁄", "1⁄2", "x", "x\u20dd", "का", "क",
)  # fmt: skip

BERT_TOKENIZE = Exercise(
    name="bert_tokenize",
    title="BERT's whole tokenizer",
    points=3,
    difficulty=3,
    minutes=12,
    needs=("wordpiece",),
    hints=(
        (
            "Work on characters: build a new string in which whatever must stand alone has a space on both sides, and what must go is left out. "
            "Then `split` does the rest, and `wordpiece` cuts each word."
        ),
        (
            "`unicodedata.normalize('NFD', …)` separates letters from their accents; `unicodedata.category` tells what a character is: accents "
            "are 'Mn', punctuation begins with 'P', invisible ones with 'C'. A line break is 'Cc' too, but it is white space: ask for that first."
        ),
        (
            "For each character of the lower-cased, NFD-normalised text, in this order: white space becomes a space; 'Mn', 'C…' and U+FFFD are left "
            "out; punctuation, the nine ASCII signs and Chinese characters get spaces around them; everything else is kept."
        ),
    ),
    cases=(
        case("capitals and an accent", call("A Café", _PLAIN)),
        case("punctuation", call('Don\'t! "good"...', _PLAIN)),
        case("typographic punctuation", call("“a” – the film…", _PLAIN)),
        case("an underscore and a pound sign", call("file_name 5£", _PLAIN)),
        case("signs of ASCII", call("2+2=$5", _PLAIN)),
        case("Chinese", call("看电影 好!", _PLAIN)),
        case("line breaks and invisible characters", call("the\nfi\u00adlm\u200b\tgo\x00od", _PLAIN)),
        case("cut into pieces", call("Unwatchable, a blob", _PLAIN)),
        case("no text", call("", _PLAIN)),
        case("only an accent and spaces", call(" \u0301 \n ", _PLAIN), hidden=True),
        case("Björk, naïve", call("BJÖRK: naïve co-op_", _PLAIN), hidden=True),
        case("other spaces", call("a\u00a0film\u3000the\u2003good", _PLAIN), hidden=True),
        case("two replacement characters", call("\ufffd a fi\ufffdlm", _PLAIN), hidden=True),
        case("Chinese punctuation beside Latin letters", call("好film好。“影”", _PLAIN), hidden=True),
        case(
            "all punctuation of ASCII",
            call("".join(map(chr, range(33, 127))), _vocab(*"!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")),
            hidden=True,
        ),
        case(
            "all 23,703 reviews, as the library does it",
            sweep("course.resources.all_review_texts", "course.resources.bert_vocabulary"),
            hidden=True,
        ),
        case("the replacement character", call("go\ufffdod film", _PLAIN)),
        case("a German street", call("Straße", _WORLD)),
        case("Hindi", call("सभी मनुष्यों", _WORLD)),
        case("a sign that is another one with a stroke", call("a≠b", _WORLD)),
        case("Japanese", call("ねこ猫カナ", _WORLD)),
        case("more strokes, and an ẞ", call("a≮b≯a STRAẞE", _WORLD), hidden=True),
        case("marks that enclose or take room", call("x\u20dd का a\u0338", _WORLD), hidden=True),
        case("one half, and kana with a mark", call("½ ガナ カナ猫", _WORLD), hidden=True),
    ),
    misconceptions=(
        Misconception(
            "accents_kept",
            "Accents stay on their letters, so that *café* is not found where *cafe* would be. NFD separates the two; what is separated still has to "
            "be left out.",
            2.0,
            edits={'category == "Mn" or ': ""},
        ),
        Misconception(
            "accented_letters_kept_whole",
            "*Café* becomes [UNK]: its last letter is still one character, é. Accents can be left out only after they have been separated; which "
            "normal form does that?",
            2.0,
            edits={'unicodedata.normalize("NFD", text.lower())': "text.lower()"},
        ),
        Misconception(
            "only_ascii_survives",
            "Chinese characters, and typographic quotes, are gone: everything outside of ASCII was thrown away with the accents. Only accents (category "
            "Mn) are to go.",
            1.0,
            edits={
                'unicodedata.normalize("NFD", text.lower())': 'unicodedata.normalize("NFD", text.lower()).encode("ascii", "ignore").decode()'
            },
        ),
        Misconception(
            "capitals_kept",
            "Capital letters stay, and this vocabulary has none: such words become [UNK]. The model is *uncased*.",
            1.5,
            edits={"text.lower()": "text"},
        ),
        Misconception(
            "punctuation_glued",
            "Punctuation stays glued to its word, so *good...* is looked up as one word. Every punctuation character is to stand alone.",
            1.0,
            edits={
                'category.startswith("P") or character in "$+<=>^`|~" or ': "",
            },
        ),
        Misconception(
            "punctuation_dropped",
            "Punctuation is gone. For BERT each punctuation character is a token; think of what an exclamation mark says about a review.",
            0.75,
            edits={
                "        else:\n            spaced.append(character)": (
                    "        else:\n            spaced.append(character)\n"
                    '        if spaced[-1].strip() and (category[0] == "P" or character in "$+<=>^`|~"):\n            spaced[-1] = " "'
                )
            },
        ),
        Misconception(
            "punctuation_of_ascii_only",
            "ASCII punctuation is right, but “typographic” quotes, dashes and the one-character ellipsis stay glued: `string.punctuation` knows ASCII "
            "only. Ask for the category of a character.",
            2.0,
            edits={'category.startswith("P")': """character in "!\\"#%&'()*,-./:;?@[\\\\]_{}\""""},
        ),
        Misconception(
            "symbols_forgotten",
            "Most punctuation is right, but signs such as $, + and = stay glued. For Unicode they are symbols (categories S…), not punctuation; BERT treats "
            "these nine as punctuation all the same.",
            2.0,
            edits={'or character in "$+<=>^`|~" ': ""},
        ),
        Misconception(
            "all_symbols_separated",
            "The pound sign stands alone with you; in BERT it stays with its neighbours. Of the symbols (categories S…) only the nine of ASCII count as "
            "punctuation.",
            2.25,
            edits={'character in "$+<=>^`|~"': 'category.startswith("S")'},
        ),
        Misconception(
            "regular_expression",
            "Nearly: a pattern such as `\\w+|[^\\w\\s]` keeps the underscore inside words (for it that is a letter) and separates the pound sign "
            "(for it that is none). Decide by categories.",
            1.75,
            edits={
                'category.startswith("P") or character in "$+<=>^`|~"': 'not (character.isalnum() or character == "_")',
            },
        ),
        Misconception(
            "underscore_in_words",
            "The underscore stays inside its word. For regular expressions it is a letter; for Unicode, and for BERT, it is punctuation.",
            2.25,
            edits={'category.startswith("P")': 'category.startswith("P") and character != "_"'},
        ),
        Misconception(
            "punctuation_in_runs",
            "Three full stops come out as one word. Each punctuation character stands alone, also beside others.",
            1.5,
            code=(
                "import re\n\n\n"
                "def bert_tokenize(text, vocab):\n"
                "    kept = ''\n"
                "    for c in unicodedata.normalize('NFD', text.lower()):\n"
                "        kind = unicodedata.category(c)\n"
                "        if c.isspace():\n"
                "            kept += ' '\n"
                "        elif kind != 'Mn' and kind[0] != 'C' and c != '\\ufffd':\n"
                "            kept += c\n"
                "    def separate(c):\n"
                "        return unicodedata.category(c)[0] == 'P' or c in '$+<=>^`|~'\n"
                "    words, last = [], ''\n"
                "    for c in kept:\n"
                "        if c == ' ':\n"
                "            last = ''\n"
                "            continue\n"
                "        if '\\u4e00' <= c <= '\\u9fff':\n"
                "            words.append(c)\n"
                "            last = ''\n"
                "            continue\n"
                "        now = 'p' if separate(c) else 'w'\n"
                "        if now == last:\n"
                "            words[-1] += c\n"
                "        else:\n"
                "            words.append(c)\n"
                "        last = now\n"
                "    return [piece for word in words for piece in wordpiece(word, vocab)]\n"
            ),
        ),
        Misconception(
            "chinese_in_one_word",
            "A run of Chinese characters is treated as one word. There are no spaces in Chinese; BERT puts one on both sides of each character.",
            2.0,
            edits={' or "\\u4e00" <= character <= "\\u9fff"': ""},
        ),
        Misconception(
            "invisible_characters_kept",
            "A soft hyphen, a zero-width space or a zero byte stays inside its word, and the word is not found. Categories that begin with C are to be left "
            "out, except for white space.",
            2.0,
            edits={' or category.startswith("C") or character == "\\ufffd"': ""},
        ),
        Misconception(
            "line_breaks_lost",
            "Words on both sides of a line break or tab are glued together: it is a control character (Cc), and was left out as such. White space has to be "
            "asked for first.",
            2.0,
            edits={
                "        if character.isspace():\n": '        if character.isspace() and category[0] != "C":\n',
            },
        ),
        Misconception(
            "special_tokens_added",
            "The tokens are right, with [CLS] and [SEP] around them. Those are put in when a text is prepared for the model (section 7); here the tokens of the "
            "text alone are asked for.",
            2.25,
            edits={
                "    return [piece for word in words for piece in wordpiece(word, vocab)]": '    return ["[CLS]", *(piece for word in words for piece in wordpiece(word, vocab)), "[SEP]"]'
            },
        ),
        Misconception(
            "ids_for_tokens",
            "These are ids. Asked for are the tokens, as strings.",
            1.5,
            edits={
                "    return [piece for word in words for piece in wordpiece(word, vocab)]": "    return [vocab[piece] for word in words for piece in wordpiece(word, vocab)]"
            },
        ),
        Misconception(
            "list_a_word",
            "The pieces are right, but they come as a list for each word. Asked for is one flat list.",
            2.0,
            edits={
                "    return [piece for word in words for piece in wordpiece(word, vocab)]": "    return [wordpiece(word, vocab) for word in words]"
            },
        ),
        Misconception(
            "words_not_cut",
            "These are the words, uncut. Each of them still has to go through your `wordpiece`.",
            1.25,
            edits={"    return [piece for word in words for piece in wordpiece(word, vocab)]": "    return words"},
        ),
        Misconception(
            "replacement_character_kept",
            "The sign � (U+FFFD) stays inside its word, and the word is not found. Its category is So, so it has to be left out by name, besides the control characters.",
            2.5,
            edits={
                ' or character == "\\ufffd"': "",
            },
        ),
        Misconception(
            "all_marks_dropped",
            "In Hindi too much is gone: all marks are dropped, also those that take room of their own (categories Mc and Me). Rule 1 speaks of the category Mn only.",
            2.5,
            edits={
                'category == "Mn"': 'category[0] == "M"',
            },
        ),
        Misconception(
            "combining_class",
            "In Hindi some marks are left that BERT drops: `unicodedata.combining` is 0 for many vowel signs. Rule 1 goes by the category: all of Mn, and nothing else.",
            2.5,
            edits={
                'category == "Mn"': "unicodedata.combining(character)",
            },
        ),
        Misconception(
            "casefold",
            "*Straße* has become *strasse*: that is what `casefold` does, to compare texts. BERT only writes in lower case, and ß is lower case already.",
            2.5,
            edits={
                "text.lower()": "text.casefold()",
            },
        ),
        Misconception(
            "nfkd",
            "The ellipsis … has become three full stops: NFKD also replaces characters by similar, “compatible” ones. NFD only separates letters from their marks.",
            2.25,
            edits={
                '"NFD"': '"NFKD"',
            },
        ),
        Misconception(
            "accents_after_cutting",
            "*a≠b* remains one word: you look for punctuation first, and normalise afterwards. By NFD ≠ becomes = and a stroke, and = stands alone; so the order of the rules matters, and rule 1 comes first.",
            2.5,
            code=(
                "def bert_tokenize(text, vocab):\n"
                '    spaced = ""\n'
                "    for c in text.lower():\n"
                "        kind = unicodedata.category(c)\n"
                "        if c.isspace():\n"
                '            spaced += " "\n'
                '        elif kind[0] == "C" or c == "\\ufffd":\n'
                "            continue\n"
                '        elif kind[0] == "P" or c in "$+<=>^`|~" or "\\u4e00" <= c <= "\\u9fff":\n'
                '            spaced += f" {c} "\n'
                "        else:\n"
                "            spaced += c\n"
                "    pieces = []\n"
                "    for word in spaced.split():\n"
                '        word = "".join(c for c in unicodedata.normalize("NFD", word) if unicodedata.category(c) != "Mn")\n'
                "        if word:\n"
                "            pieces += wordpiece(word, vocab)\n"
                "    return pieces\n"
            ),
        ),
        Misconception(
            "words_looked_up_whole",
            "Words that the vocabulary has are right, and every other word is [UNK], also where it could be cut into pieces. Each word still has to go through your `wordpiece`.",
            1.5,
            edits={
                "    return [piece for word in words for piece in wordpiece(word, vocab)]": '    return [word if word in vocab else "[UNK]" for word in words]'
            },
        ),
        Misconception(
            "kana_separated",
            "The Japanese kana (ねこ, カナ) stand alone one by one, like Chinese characters. They lie below U+4E00: your range begins too early. BERT treats them as letters of a word.",
            2.5,
            edits={
                '"\\u4e00" <= character': '"\\u3000" <= character',
            },
        ),
    ),
    alternatives=(
        Alternative(
            "regular_expression_by_categories",
            code=(
                "import re\n\n\n"
                "def bert_tokenize(text, vocab):\n"
                "    text = ''.join(c for c in text if c.isspace() or unicodedata.category(c)[0] != 'C')\n"
                "    text = re.sub(r'\\s', ' ', text).replace('\\ufffd', '')\n"
                "    text = re.sub('([\\u4e00-\\u9fff])', r' \\1 ', text)\n"
                "    text = ''.join(c for c in unicodedata.normalize('NFD', text) if unicodedata.category(c) != 'Mn').lower()\n"
                "    pieces = []\n"
                "    for chunk in text.split():\n"
                "        word = ''\n"
                "        for c in chunk + ' ':\n"
                "            alone = unicodedata.category(c)[0] == 'P' or c in '$+<=>^`|~'\n"
                "            if (alone or c == ' ') and word:\n"
                "                pieces += wordpiece(word, vocab)\n"
                "                word = ''\n"
                "            if alone:\n"
                "                pieces += wordpiece(c, vocab)\n"
                "            elif c != ' ':\n"
                "                word += c\n"
                "    return pieces\n"
            ),
        ),
        Alternative(
            "remembers_words",
            code=(
                "def bert_tokenize(text, vocab):\n"
                "    def one(c):\n"
                "        kind = unicodedata.category(c)\n"
                "        if c.isspace():\n"
                "            return ' '\n"
                "        if kind == 'Mn' or kind[0] == 'C' or ord(c) in (0, 0xFFFD):\n"
                "            return ''\n"
                "        code = ord(c)\n"
                "        ascii_sign = 33 <= code <= 47 or 58 <= code <= 64 or 91 <= code <= 96 or 123 <= code <= 126\n"
                "        if ascii_sign or kind[0] == 'P' or 0x4E00 <= code <= 0x9FFF or 0x3400 <= code <= 0x4DBF:\n"
                "            return ' ' + c + ' '\n"
                "        return c\n"
                "    words = ''.join(map(one, unicodedata.normalize('NFD', text).lower())).split()\n"
                "    return sum((wordpiece(w, vocab) for w in words), [])\n"
            ),
        ),
    ),
    refuse=_LIBRARY
    | {
        "tokenizers.normalizers.BertNormalizer": _LIBRARY_REASON,
        "tokenizers.pre_tokenizers.BertPreTokenizer": _LIBRARY_REASON,
    },
)

# -------------------------------------------------------------------------------------------------------- prepare_batch
Pairs = list[tuple[list[int], list[int] | None]]


def _ids(start: int, count: int) -> list[int]:
    return list(range(start, start + count))


_TWO: Pairs = [([7, 8, 9], [5, 6]), ([4], None)]


def _batch(name: str, pairs: Any, max_length: int, *, hidden: bool = False) -> Case:
    return case(name, call(pairs, max_length), hidden=hidden)


PREPARE_BATCH = Exercise(
    name="prepare_batch",
    title="A batch for BERT: special tokens, pairs, truncation, padding",
    points=3,
    difficulty=2,
    minutes=10,
    hints=(
        (
            "Do one pair at a time, to the end: shorten, put special tokens in, note the token types. When all rows are there, their lengths "
            "are known, and padding is easy."
        ),
        (
            "How much room is there for ids of the texts? `max_length` counts the special tokens too: two of them for one text, three for a pair. "
            "Shorten first, then add them, or [SEP] is cut off."
        ),
        (
            "A row is [CLS] first [SEP], with type 0, then second [SEP], with type 1. Make three tensors of zeros, (rows, length of the longest row), and "
            "fill in the beginning of each row: [PAD] is 0, and so are the types and the mask of padding."
        ),
    ),
    cases=(
        _batch("a pair and a single text", _TWO, 16),
        _batch("all of the same length", [([7, 8], None), ([5, 6], None)], 16),
        _batch("one text is too long", [(_ids(1000, 9), None), ([4, 5], None)], 6),
        _batch("the second of a pair is too long", [([7, 8], _ids(1000, 9))], 9),
        _batch("the first of a pair is too long", [(_ids(1000, 9), [7, 8])], 9),
        _batch("both are too long", [(_ids(1000, 6), _ids(2000, 5))], 10),
        _batch("exactly as long as allowed", [([7, 8, 9], [5, 6]), ([4, 5, 6, 7, 8, 9], None)], 8),
        _batch("one single text", [([42], None)], 512, hidden=True),
        _batch("both are equally long", [(_ids(1000, 6), _ids(2000, 6))], 12, hidden=True),
        _batch("the smallest that is allowed", [(_ids(1000, 6), _ids(2000, 4)), (_ids(3000, 8), None)], 5, hidden=True),
        _batch(
            "ids of special tokens inside of texts",
            [([0], None), ([101, 5, 0], [0, 102, 0]), ([7, 0, 0, 8], None)],
            16,
            hidden=True,
        ),
        _batch(
            "a long batch",
            [(_ids(1000 + i, 3 * i + 1), _ids(5000 + i, 20 - 2 * i) if i % 3 else None) for i in range(6)],
            20,
            hidden=True,
        ),
        _batch(
            "one far longer than the others",
            [([4], [5]), (_ids(1000, 60), _ids(2000, 60)), ([6], None)],
            100,
            hidden=True,
        ),
        _batch("an id that is 0, and one that is 102", [([0, 102], [0]), ([102, 0, 101, 0], None)], 16),
        _batch("a short pair beside a long text", [([4], [5, 6]), (_ids(1000, 9), None)], 16),
    ),
    misconceptions=(
        Misconception(
            "padded_to_max_length",
            "All is right, but every row is as long as `max_length`. Padding to the longest row *of the batch* is enough, and cheaper: `max_length` is a "
            "limit, not a target.",
            2.25,
            edits={"longest = max(len(ids) for ids, _ in rows)": "longest = max_length"},
        ),
        Misconception(
            "separator_cut_off",
            "Where a text is too long, its [SEP] is missing: the special tokens were added first, and the end was cut off with them. Shorten the texts, then "
            "add.",
            1.5,
            edits={
                "        room = max_length - (2 if second is None else 3)\n": "        room = 10**6\n",
                "        rows.append((ids, types))": "        rows.append((ids[:max_length], types[:max_length]))",
            },
        ),
        Misconception(
            "special_tokens_not_counted",
            "A long row is longer than `max_length`, by the number of special tokens: they count, too.",
            2.0,
            edits={"room = max_length - (2 if second is None else 3)": "room = max_length"},
        ),
        Misconception(
            "two_special_tokens_for_pairs",
            "Single texts are right. A long pair is one token too long: it has three special tokens, and room was left for two.",
            2.25,
            edits={"(2 if second is None else 3)": "2"},
        ),
        Misconception(
            "three_special_tokens_for_all",
            "Pairs are right. A long single text loses one id too many: it has two special tokens, and room was left for three.",
            2.25,
            edits={"(2 if second is None else 3)": "3"},
        ),
        Misconception(
            "mask_covers_padding",
            "The attention mask is 1 everywhere, padding included. It is there to tell the model what is *not* part of the text.",
            1.5,
            edits={"attention_mask[row, : len(ids)] = 1": "attention_mask[row] = 1"},
        ),
        Misconception(
            "mask_inverted",
            "The attention mask is the wrong way round: in transformers 1 means a real token, and 0 padding. (PyTorch's `key_padding_mask` means the "
            "opposite.)",
            1.75,
            edits={
                "attention_mask[row, : len(ids)] = 1": "attention_mask[row, len(ids) :] = 1",
            },
        ),
        Misconception(
            "mask_without_special_tokens",
            "[CLS] or [SEP] has a 0 in the attention mask. They are real tokens; the model was trained to look at them. Only padding is masked.",
            2.0,
            edits={"attention_mask[row, : len(ids)] = 1": "attention_mask[row, 1 : len(ids) - 1] = 1"},
        ),
        Misconception(
            "mask_as_booleans",
            "The mask has the right places, as True and False. The docstring asks for whole numbers, as the library gives them.",
            2.5,
            edits={'"attention_mask": attention_mask,': '"attention_mask": attention_mask.bool(),'},
        ),
        Misconception(
            "token_types_all_zero",
            "All token types are 0, so the model cannot tell the second text from the first. Its tokens are of type 1.",
            2.0,
            edits={"types += [1] * (len(second) + 1)": "types += [0] * (len(second) + 1)"},
        ),
        Misconception(
            "first_separator_belongs_to_second",
            "The first [SEP] has token type 1. It ends the first text and belongs to it: type 0.",
            2.25,
            edits={
                "types = [0] * len(ids)": "types = [0] * (len(ids) - 1) + [0 if second is None else 1]",
            },
        ),
        Misconception(
            "last_separator_of_type_zero",
            "The last [SEP] of a pair has token type 0. It ends the second text and belongs to it: type 1.",
            2.25,
            edits={"types += [1] * (len(second) + 1)": "types += [1] * len(second) + [0]"},
        ),
        Misconception(
            "padding_of_type_one",
            "Padding behind a text gets token type 1. It has no meaning there, but by convention, and in the library, it is 0.",
            2.25,
            edits={
                "token_type_ids[row, : len(ids)] = torch.tensor(types)": "token_type_ids[row] = torch.tensor(types + [1] * (longest - len(ids)))"
            },
        ),
        Misconception(
            "no_separator_between",
            "There is no [SEP] between the two texts of a pair. A row has one behind *each* text.",
            1.5,
            edits={
                "ids = [CLS, *first, SEP]": "ids = [CLS, *first] if second is not None else [CLS, *first, SEP]",
            },
        ),
        Misconception(
            "separator_missing_at_the_end",
            "The last [SEP] of a pair is missing: each text is followed by one, the second as well.",
            1.5,
            edits={
                "ids += [*second, SEP]": "ids += second",
                "types += [1] * (len(second) + 1)": "types += [1] * len(second)",
            },
        ),
        Misconception(
            "second_text_begins_with_cls",
            "The second text begins with a [CLS] of its own. There is one in each row, at its beginning.",
            1.5,
            edits={
                "ids += [*second, SEP]": "ids += [CLS, *second, SEP]",
                "types += [1] * (len(second) + 1)": "types += [1] * (len(second) + 2)",
            },
        ),
        Misconception(
            "cuts_the_beginning",
            "Long texts lose their beginning. The end is to be cut off.",
            1.75,
            edits={
                "(first if len(first) > len(second or []) else second).pop()": "(first if len(first) > len(second or []) else second).pop(0)",
            },
        ),
        Misconception(
            "cuts_the_second_first",
            "A long *first* text is spared, and the second loses its ids. The longer of the two is to be shortened, one id at a time.",
            1.75,
            edits={
                "(first if len(first) > len(second or []) else second).pop()": "(second if second and len(second) > 1 else first).pop()",
            },
        ),
        Misconception(
            "cuts_the_first_only",
            "A long *second* text is spared, and the first loses its ids. The longer of the two is to be shortened, one id at a time.",
            1.75,
            edits={
                "(first if len(first) > len(second or []) else second).pop()": "(first if len(first) > 1 else second).pop()",
            },
        ),
        Misconception(
            "each_gets_half",
            "Each text gets half of the room, whether it needs it or not: a short one leaves its room unused. Only the longer one is to be shortened, until "
            "the two are equally long.",
            1.75,
            code=(
                "def prepare_batch(pairs, max_length):\n"
                "    rows = []\n"
                "    for first, second in pairs:\n"
                "        if second is None:\n"
                "            ids = [CLS, *first[: max_length - 2], SEP]\n"
                "            types = [0] * len(ids)\n"
                "        else:\n"
                "            room = max_length - 3\n"
                "            if len(first) + len(second) > room:\n"
                "                first, second = first[: room - room // 2], second[: room // 2]\n"
                "            ids = [CLS, *first, SEP, *second, SEP]\n"
                "            types = [0] * (len(first) + 2) + [1] * (len(second) + 1)\n"
                "        rows.append((ids, types))\n"
                "    longest = max(len(ids) for ids, _ in rows)\n"
                "    def padded(lists):\n"
                "        return torch.tensor([row + [0] * (longest - len(row)) for row in lists])\n"
                "    return {\n"
                "        'input_ids': padded([ids for ids, _ in rows]),\n"
                "        'token_type_ids': padded([types for _, types in rows]),\n"
                "        'attention_mask': padded([[1] * len(ids) for ids, _ in rows]),\n"
                "    }\n"
            ),
        ),
        Misconception(
            "tie_taken_from_the_first",
            "Nearly all is right. Where both texts are equally long and still too long, you shorten the first; by the docstring it is the second one's "
            "turn.",
            2.25,
            edits={"len(first) > len(second or [])": "len(first) >= len(second or [])"},
        ),
        Misconception(
            "padding_on_the_left",
            "The padding stands in front of the texts. BERT's tokenizer puts it behind them; where it belongs depends on the model, and positions are "
            "counted from the left here.",
            1.75,
            edits={
                "input_ids[row, : len(ids)] =": "input_ids[row, longest - len(ids) :] =",
                "token_type_ids[row, : len(ids)] =": "token_type_ids[row, longest - len(ids) :] =",
                "attention_mask[row, : len(ids)] =": "attention_mask[row, longest - len(ids) :] =",
            },
        ),
        Misconception(
            "lists_for_tensors",
            "The numbers are right, as lists. A model takes tensors: rows of equal length can be made into one.",
            2.25,
            edits={
                '"input_ids": input_ids,': '"input_ids": input_ids.tolist(),',
                '"token_type_ids": token_type_ids,': '"token_type_ids": token_type_ids.tolist(),',
                '"attention_mask": attention_mask,': '"attention_mask": attention_mask.tolist(),',
            },
        ),
        Misconception(
            "changes_its_input",
            "The batch is right, but the lists that were handed in are shorter afterwards: `pop` or `del` worked on the caller's own lists. Take copies.",
            2.25,
            edits={
                "first, second = list(first), None if second is None else list(second)": "pass",
            },
        ),
        Misconception(
            "mask_from_the_ids",
            "The mask is 0 at a token inside a text whose id happens to be 0: you made it from the ids, by asking which are not [PAD]. Padding is what stands behind the end of a row, whatever its id.",
            2.25,
            edits={
                "attention_mask[row, : len(ids)] = 1": "attention_mask[row] = (input_ids[row] != PAD).long()",
            },
        ),
        Misconception(
            "mask_without_any_special_token",
            "All [CLS] and [SEP] have a 0 in the attention mask. They are real tokens, and the model was trained to look at them; only padding is masked.",
            2.0,
            edits={
                "attention_mask[row, : len(ids)] = 1": "attention_mask[row, : len(ids)] = torch.tensor([int(each not in (CLS, SEP)) for each in ids])",
            },
        ),
        Misconception(
            "padding_goes_on_with_the_type",
            "Padding behind a pair gets token type 1, as if it went on with the second text. It belongs to no text; by convention, and in the library, its type is 0.",
            2.25,
            edits={
                "token_type_ids[row, : len(ids)] = torch.tensor(types)": "token_type_ids[row] = torch.tensor(types + types[-1:] * (longest - len(ids)))",
            },
        ),
    ),
    alternatives=(
        Alternative(
            "slices_and_pad_sequence",
            code=(
                "def prepare_batch(pairs, max_length):\n"
                "    columns = {'input_ids': [], 'token_type_ids': [], 'attention_mask': []}\n"
                "    for first, second in pairs:\n"
                "        if second is None:\n"
                "            kept = first[: max_length - 2]\n"
                "            ids = [CLS] + kept + [SEP]\n"
                "            kinds = [0] * len(ids)\n"
                "        else:\n"
                "            a, b = len(first), len(second)\n"
                "            while a + b + 3 > max_length:\n"
                "                if a > b:\n"
                "                    a -= 1\n"
                "                else:\n"
                "                    b -= 1\n"
                "            ids = [CLS] + first[:a] + [SEP] + second[:b] + [SEP]\n"
                "            kinds = [0] * (a + 2) + [1] * (b + 1)\n"
                "        columns['input_ids'].append(torch.tensor(ids))\n"
                "        columns['token_type_ids'].append(torch.tensor(kinds))\n"
                "        columns['attention_mask'].append(torch.ones(len(ids), dtype=torch.long))\n"
                "    pad = torch.nn.utils.rnn.pad_sequence\n"
                "    return {name: pad(rows, batch_first=True, padding_value=0) for name, rows in columns.items()}\n"
            ),
        ),
        Alternative(
            "int32_and_lists",
            code=(
                "def prepare_batch(pairs, max_length):\n"
                "    ids, types, mask = [], [], []\n"
                "    for first, second in pairs:\n"
                "        first = first[:]\n"
                "        second = second[:] if second else []\n"
                "        special = 3 if second else 2\n"
                "        while len(first) + len(second) + special > max_length:\n"
                "            del (second if len(second) >= len(first) else first)[-1]\n"
                "        ids.append([101] + first + [102] + (second + [102] if second else []))\n"
                "        types.append([0] * (len(first) + 2) + [1] * (len(second) + 1 if second else 0))\n"
                "        mask.append([1] * len(ids[-1]))\n"
                "    width = max(map(len, ids))\n"
                "    for rows in (ids, types, mask):\n"
                "        for row in rows:\n"
                "            row.extend([0] * (width - len(row)))\n"
                "    made = [torch.tensor(rows, dtype=torch.int32) for rows in (ids, types, mask)]\n"
                "    return dict(zip(['attention_mask', 'token_type_ids', 'input_ids'], made[::-1]))\n"
            ),
        ),
    ),
    refuse=dict.fromkeys(
        (
            "tokenizers.Tokenizer.encode",
            "tokenizers.Tokenizer.encode_batch",
            "transformers.PreTrainedTokenizerBase.pad",
        ),
        "the library's tokenizer prepares such batches, and here you build that part. Lists and torch.tensor are enough.",
    ),
)

LESSON = Lesson(
    name="04_tokenization",
    title="Tokenization",
    summary=(
        "From text to numbers and back: bytes, byte-pair encoding from scratch, BERT's WordPiece on every review, padding and masks, "
        "and what it costs in which language."
    ),
    reading_minutes=52,
    exercises=(
        BYTE_FALLBACK,
        COUNT_PAIRS,
        MERGE_PAIR,
        TRAIN_BPE,
        BPE_ENCODE,
        BPE_DECODE,
        WORDPIECE,
        BERT_TOKENIZE,
        PREPARE_BATCH,
    ),
)
