"""The contract of lesson 3, Data: what each exercise is probed with, and what learners get wrong in it.

The last exercise is scored: its cases are corpora with planted faults, its truth is what was planted, and the corpora
of the hidden cases have other seeds. Expected texts are written with escapes where an editor could change them.
"""

# Edits quote lines of the solution whole:
# ruff: noqa: E501

from __future__ import annotations

import random

from autograder.contract import Alternative, Case, Exercise, Lesson, Misconception, call, case, scored_case
from course.data import plant_faults

# ----------------------------------------------------------------------------------------------------------- clean_text
_TAGS = 're.sub(r"</?[a-zA-Z][^>]*>", " ", text)'
_UNESCAPE = "html.unescape(without_tags)"
_NFC = 'unicodedata.normalize("NFC", characters)'
_SPACES = 'return " ".join(composed.split())'

CLEAN = Exercise(
    name="clean_text",
    title="Text without HTML, in one normal form",
    points=2,
    difficulty=1,
    minutes=8,
    hints=(
        "Four steps in the order of the docstring, each of them one call: `re.sub`, `html.unescape`, `unicodedata.normalize`, and a split and a join.",
        "A tag is a `<`, perhaps a `/`, a letter, then anything that is no `>`, then a `>`. In a pattern, `[^>]` stands for one character that is no `>`.",
        "`\" \".join(text.split())`: without an argument, `split` cuts at every run of white space and leaves none at the ends. What comes before that are the three other calls, each on the result of the one before.",
    ),
    cases=(
        case("tags", call("A <b>great</b> film.<br />See it <a href='x'>here</a>, or <I>there</I>!")),
        case("entities", call("Tom &amp; Jerry: &quot;caf&eacute;&quot; &#8211; it&#39;s &#x2019;fun&#x2019; cafe&#769; a&nbsp; &nbsp;b")),
        case("a tag that is text", call("Write &lt;b&gt; for <i>bold</i>; &amp;lt; stays an entity")),
        case("signs that are no tags", call("I <3 this film, and 3 > 2, if a < b. <i>Yes</i> > no")),
        case(
            "spaces and composed letters",
            call("  Amelie\u0301 \u00bd \ufb01ne\u2026 x\u00b2\u00a0\u00a0stars\n\tout of  \u2463. \u2122 "),
        ),
        case("nothing to do", call("Nothing to do."), hidden=True),
        case("the empty text", call(""), hidden=True),
        case("tags alone", call("<p> <br/> </p>"), hidden=True),
        case("several lines", call("<div class='a'>\nOne\r\n<em>two</em>\u2003three</div>\n"), hidden=True),
        case("hearts and arrows", call("<3 <3 <3 and <b>a</b> <- b -> c; 1<2>0 &hearts;"), hidden=True),
        case("entities within entities", call("&amp;amp; &amp;copy; &lt;p class=&quot;x&quot;&gt;"), hidden=True),
        case(
            "capital letters, accents, ligatures",
            call("Stra\u00dfe O\u0308sterreich \u212b \ufb03 \u0130stanbul \u2160 \uff21"),
            hidden=True,
        ),
        case("two tags with a comparison between", call("<b>a</b> < b > <i>c</i>"), hidden=True),
    ),
    misconceptions=(
        Misconception(
            "entities_first",
            "Someone wrote the characters `<b>` on purpose, coded as entities, and they are gone: the entities became characters first, and then looked like a tag. Look at the order of the steps.",
            1.25,
            edits={_TAGS: "html.unescape(text)", _UNESCAPE: 're.sub(r"</?[a-zA-Z][^>]*>", " ", without_tags)'},
        ),
        Misconception(
            "greedy_pattern",
            "Whatever stands between the first `<` and the last `>` of a text disappears: in a pattern, `.*` takes as much as it can. A tag ends at the *next* `>`.",
            0.75,
            edits={"</?[a-zA-Z][^>]*>": "<.*>"},
        ),
        Misconception(
            "every_angle_bracket",
            "Tags are gone, but so is honest text such as `<3 …` up to the next `>`: every `<` counts as the start of a tag. What must follow a `<` that begins one?",
            1.25,
            edits={"</?[a-zA-Z][^>]*>": "<[^>]*>"},
        ),
        Misconception(
            "closing_tags_kept",
            "Opening tags go and closing ones, such as `</b>`, stay. What may stand between the `<` and the letter?",
            0.75,
            edits={"</?[a-zA-Z][^>]*>": "<[a-zA-Z][^>]*>"},
        ),
        Misconception(
            "small_letters_only",
            "`<b>` goes and `<I>` stays: your pattern knows tags in small letters only, and HTML does not care.",
            1.5,
            edits={"</?[a-zA-Z][^>]*>": "</?[a-z][^>]*>"},
        ),
        Misconception(
            "words_glued",
            "“film.<br />See” has become “film.See”: the tag was replaced by nothing, and two words became one. What does a reader see in place of a line break?",
            1.25,
            edits={'", " ", text)': '", "", text)'},
        ),
        Misconception(
            "tags_kept",
            "Entities and spaces are in order, and the tags are all still there. Look at the first step.",
            0.75,
            edits={_TAGS: "text"},
        ),
        Misconception(
            "entities_kept",
            "The tags are gone, and `&amp;` is still written out. The standard library has a function that knows all the named entities.",
            0.75,
            edits={_UNESCAPE: "without_tags"},
        ),
        Misconception(
            "a_few_entities",
            "`&amp;` and its nearest kin are decoded, `&eacute;` and numbered ones are not: there are more than two thousand entities, more than anyone should list by hand. Look into the module `html`.",
            1.0,
            edits={
                _UNESCAPE: 'without_tags.replace("&quot;", \'"\').replace("&#39;", "\'").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")'
            },
        ),
        Misconception(
            "decoded_twice",
            "`&amp;lt;` should become `&lt;`, as its author meant it, and you decode that once more. Once is right: whoever wrote about HTML coded their text for exactly one reading.",
            1.25,
            edits={_UNESCAPE: "html.unescape(html.unescape(without_tags))"},
        ),
        Misconception(
            "compatibility_form",
            "½ has become 1⁄2 and x² has become x2: that is normal form KC, which replaces a character by others that are merely like it. Asked for is the form that only puts letters and their accents together.",
            1.25,
            edits={'"NFC"': '"NFKC"'},
        ),
        Misconception(
            "decomposed_form",
            "Every é is now two characters, an e and an accent: that is form D. It looks the same and is another string, so that a search for “café” does not find it. Which form composes?",
            1.25,
            edits={'"NFC"': '"NFD"'},
        ),
        Misconception(
            "not_normalised",
            "All is right but for an é that came as two characters, e and a combining accent: it is still two. Look at the third step.",
            1.5,
            edits={_NFC: "characters"},
        ),
        Misconception(
            "normal_form_before_entities",
            "An entity may stand for a combining accent (`e&#769;`), and that stayed two characters: the normal form was made before the entities were decoded. Look at the order of the steps.",
            1.5,
            edits={_UNESCAPE: 'unicodedata.normalize("NFC", without_tags)', _NFC: "html.unescape(characters)"},
        ),
        Misconception(
            "spaces_before_entities",
            "Where `&nbsp;` stood, a no-break space is left in your text: spaces were put in order before the entities were decoded, and an entity can be a space. Look at the order of the steps.",
            1.5,
            edits={_UNESCAPE: 'html.unescape(" ".join(without_tags.split()))', _SPACES: "return composed"},
        ),
        Misconception(
            "accents_lost",
            "Every character outside ASCII has disappeared, the é of café too: encoding to ASCII and ignoring errors does not clean a text, it deletes from it.",
            0.75,
            edits={_NFC: 'characters.encode("ascii", "ignore").decode()'},
        ),
        Misconception(
            "capitals_lost",
            "Capital letters have become small. Nobody asked for that, and it cannot be undone: “US” and “us” are the same afterwards. Compare case-blind where you compare; do not store it so.",
            1.0,
            edits={_SPACES: 'return " ".join(composed.split()).lower()'},
        ),
        Misconception(
            "ordinary_spaces_only",
            "Doubled spaces are gone, but line breaks, tabs and the no-break space (`&nbsp;`, U+00A0) remain: only the ordinary space was looked at. White space is a whole family.",
            1.25,
            edits={_SPACES: 'return re.sub(" +", " ", composed).strip()'},
        ),
        Misconception(
            "spaces_not_collapsed",
            "The ends are clean, but inside the text runs of white space remain, where tags stood for instance. `strip` looks at the two ends only.",
            0.75,
            edits={_SPACES: "return composed.strip()"},
        ),
        Misconception(
            "space_left_at_the_ends",
            "A single space remains at the beginning or at the end of the text. One more step, and a short one.",
            1.25,
            edits={_SPACES: 'return re.sub(r"\\s+", " ", composed)'},
        ),
        Misconception(
            "all_spaces_removed",
            "There is not one space left: the pieces were joined with nothing between them.",
            0.5,
            edits={_SPACES: 'return "".join(composed.split())'},
        ),
        Misconception(
            "list_of_words",
            "Your result is a list of words, and a string was asked for: after the split comes a join.",
            1.0,
            edits={_SPACES: "return composed.split()"},
        ),
    ),
    alternatives=(
        Alternative(
            "character_by_character",
            code=(
                "def clean_text(text):\n"
                "    out, i = [], 0\n"
                "    while i < len(text):\n"
                "        rest = text[i + 1 : i + 3].removeprefix('/')\n"
                "        letter = rest[:1].isascii() and rest[:1].isalpha()\n"
                "        if text[i] == '<' and letter and '>' in text[i:]:\n"
                "            i = text.index('>', i)\n"
                "            out.append(' ')\n"
                "        else:\n"
                "            out.append(text[i])\n"
                "        i += 1\n"
                "    joined = unicodedata.normalize('NFC', html.unescape(''.join(out)))\n"
                "    return ' '.join(word for word in re.split(r'\\s+', joined) if word)\n"
            ),
        ),
        Alternative(
            "html_parser",
            code=(
                "def clean_text(text):\n"
                "    from html.parser import HTMLParser\n"
                "    parts = []\n"
                "    parser = HTMLParser()\n"
                "    parser.handle_data = parts.append\n"
                "    parser.handle_starttag = lambda tag, attrs: parts.append(' ')\n"
                "    parser.handle_endtag = lambda tag: parts.append(' ')\n"
                "    parser.feed(text)\n"
                "    parser.close()\n"
                "    return re.sub(r'\\s+', ' ', unicodedata.normalize('NFC', ''.join(parts))).strip()\n"
            ),
        ),
        Alternative(
            "spaces_before_normal_form",
            edits={
                _NFC: '" ".join(characters.split())',
                _SPACES: 'return unicodedata.normalize("NFC", composed)',
            },
        ),
    ),
    refuse={"course.data.pipeline.plain_text": "it is the function that this exercise builds."},
)

# ------------------------------------------------------------------------------------------------------ repair_mojibake
_READ = 'text.encode("cp1252").decode("utf-8")'


def _misread(text: str, times: int = 1) -> str:
    for _ in range(times):
        text = text.encode("utf-8").decode("cp1252")
    return text


REPAIR = Exercise(
    name="repair_mojibake",
    title="Mojibake, undone",
    points=2,
    difficulty=2,
    minutes=6,
    hints=(
        "Go the way of the damage backwards: the wrong text was made by `decode`, so `encode` with the same wrong encoding gives the original bytes.",
        "Both steps can fail: `encode` if a character does not exist in Windows-1252, `decode` if the bytes are no UTF-8. `UnicodeError` is the parent of both exceptions. A failure is an answer: this was no mojibake.",
        "A loop: try to read the text again; if that fails or changes nothing, return the text; else go on with what was read.",
    ),
    cases=(
        case("an apostrophe", call(_misread("It\u2019s a film about\u2026 what\u2019s lost"))),
        case("accents", call(_misread("Am\u00e9lie in K\u00f6ln, ma\u00f1ana"))),
        case("misread twice", call(_misread("a caf\u00e9\u2019s door", 2))),
        case("honest accents stay", call("Am\u00e9lie, na\u00efve \u2013 and \u20ac5; cafe\u0301")),
        case("plain English stays", call("Nothing was lost here.")),
        case("characters that Windows-1252 lacks", call("\u7535\u5f71 is \u201cfilm\u201d, \u0105 too")),
        case("Greek and Chinese", call(_misread("\u03b1\u03b2\u03b3 \u7535\u5f71")), hidden=True),
        case("misread three times", call(_misread("\u00fcber", 3)), hidden=True),
        case("honest and broken mixed stay", call("caf\u00e9 and " + _misread("caf\u00e9")), hidden=True),
        case("the empty text", call(""), hidden=True),
        case("a lone accented capital", call("\u00c3 la carte"), hidden=True),
        case("a euro sign and quotation marks", call(_misread("\u20ac20 \u2018for\u2019 \u2013 what?")), hidden=True),
        case("Japanese stays", call("\u6620\u753b\u306f"), hidden=True),
        case("misread twice, with a pound sign", call(_misread("\u00a35 \u2026 \u00df", 2)), hidden=True),
    ),
    misconceptions=(
        Misconception(
            "once_only",
            "A text that was misread once is whole again; one that was misread twice is only half way back. What could be asked again after a success?",
            1.25,
            edits={"        text = read_again": "        return read_again"},
        ),
        Misconception(
            "latin_1",
            "Accents come back, but â€™ and â€¦ do not: that is Latin-1, which has no € and no ™. Browsers and Windows mean Windows-1252 when they say Latin-1; Python takes you at your word.",
            1.0,
            edits={'encode("cp1252")': 'encode("latin-1")'},
        ),
        Misconception(
            "errors_ignored",
            "Texts that were in order lose characters: the é of an honest “Amélie” is gone. `errors=\"ignore\"` deletes what it cannot read, where the failure should tell you to leave the text alone.",
            0.5,
            edits={_READ: 'text.encode("cp1252", "ignore").decode("utf-8", "ignore")'},
        ),
        Misconception(
            "errors_replaced",
            "Texts that were in order now hold question marks or �: `errors=\"replace\"` overwrites what it cannot read, where the failure should tell you to leave the text alone.",
            0.5,
            edits={
                _READ: 'text.encode("cp1252", "replace").decode("utf-8", "replace")',
            },
        ),
        Misconception(
            "no_exception_caught",
            "Mojibake is repaired, and a text that is in order raises a UnicodeError: the attempt fails on it, as it must. Catch that, and take it for what it says.",
            1.0,
            edits={"except UnicodeError:": "except ZeroDivisionError:"},
        ),
        Misconception(
            "only_decoding_may_fail",
            "A text with characters that Windows-1252 does not have raises a UnicodeEncodeError: you catch the failure of `decode`, and `encode` can fail, too.",
            1.5,
            edits={"except UnicodeError:": "except UnicodeDecodeError:"},
        ),
        Misconception(
            "only_encoding_may_fail",
            "An honest “Amélie” raises a UnicodeDecodeError: you catch the failure of `encode`, and `decode` can fail, too.",
            1.25,
            edits={"except UnicodeError:": "except UnicodeEncodeError:"},
        ),
        Misconception(
            "made_worse",
            "The text has become longer and worse: you misread it once more. The damage was UTF-8 bytes decoded as Windows-1252; which way round does it go back?",
            0.25,
            code='def repair_mojibake(text):\n    try:\n        return text.encode("utf-8").decode("cp1252")\n    except UnicodeError:\n        return text\n',
        ),
        Misconception(
            "table_by_hand",
            "The apostrophe is repaired, and all other characters are still broken: a list of replacements is never complete. Two calls undo every case at once.",
            0.5,
            code='def repair_mojibake(text):\n    return text.replace("\u00e2\u20ac\u2122", "\u2019").replace("\u00e2\u20ac\u00a6", "\u2026").replace("\u00e2\u20ac\u0153", "\u201c")\n',
        ),
        Misconception(
            "none_for_honest_text",
            "Broken texts are repaired, and for texts in order comes None: after a failure there is nothing to repair, so the text itself is the answer.",
            1.0,
            edits={"        except UnicodeError:\n            return text": "        except UnicodeError:\n            return None"},
        ),
        Misconception(
            "normalised_too",
            "Mojibake is repaired, and an honest text with a letter and a combining accent comes back composed. That is the work of `clean_text`; here a text that was never misread is to stay as it is, character by character.",
            1.5,
            edits={"        except UnicodeError:\n            return text": '        except UnicodeError:\n            return unicodedata.normalize("NFC", text)'},
        ),
        Misconception(
            "bytes_returned",
            "Your result is bytes and not a string: `encode` makes bytes out of text, and one more step makes text of them.",
            0.25,
            code='def repair_mojibake(text):\n    try:\n        return text.encode("cp1252")\n    except UnicodeError:\n        return text\n',
        ),
        Misconception(
            "nothing_done",
            "Every text comes back as it was, the broken ones too.",
            0.25,
            code="def repair_mojibake(text):\n    return text\n",
        ),
    ),
    alternatives=(
        Alternative(
            "recursion",
            code=(
                "def repair_mojibake(text):\n"
                "    try:\n"
                "        again = bytes(text, 'windows-1252').decode()\n"
                "    except (UnicodeEncodeError, UnicodeDecodeError):\n"
                "        return text\n"
                "    return text if again == text else repair_mojibake(again)\n"
            ),
        ),
        Alternative(
            "loop_with_a_flag",
            code=(
                "def repair_mojibake(text):\n"
                "    while not text.isascii():\n"
                "        try:\n"
                "            text = text.encode('cp1252').decode('utf8')\n"
                "        except ValueError:\n"
                "            break\n"
                "    return text\n"
            ),
        ),
    ),
    refuse={"course.data.pipeline.well_read": "it is the function that this exercise builds."},
)

# -------------------------------------------------------------------------------------------------------------- jaccard
_SHINGLES = "{folded[i : i + size] for i in range(max(len(folded) - size + 1, 1))}"
_RATIO = "len(sets[0] & sets[1]) / len(sets[0] | sets[1])"
_ONE = "A tender, funny film about growing old."
_OTHER = "A funny, tender film about growing up."

JACCARD = Exercise(
    name="jaccard",
    title="How alike are two texts?",
    points=2,
    difficulty=1,
    minutes=7,
    hints=(
        "A helper or a comprehension that gives the set of shingles of one text; then two set operations and a division.",
        "`text[i : i + size]` is the shingle that begins at i. The last one begins at `len(text) - size`; and `range` leaves its end out.",
        "A text shorter than `size` has one shingle, itself: see to it that the range has at least one number. Slices that run over the end do no harm.",
    ),
    cases=(
        case("by hand: banana and bandana", call("banana", "bandana", size=2)),
        case("two reviews", call(_ONE, _OTHER)),
        case("capital letters", call("The END of the affair", "the end OF THE AFFAIR", 4)),
        case("a sharp s", call("GROSSE Freiheit", "gro\u00dfe Freiheit", 4)),
        case("shorter than a shingle", call("Ok", "ok")),
        case("repetition counts once", call("na na na na na batman", "na na batman", size=3)),
        case("one text within the other", call("a warm film", "a warm film, and a wise one")),
        case("nothing in common", call("abcdefgh", "ijklmnop", 3), hidden=True),
        case("the same text", call(_ONE, _ONE), hidden=True),
        case("an empty one", call("", "abcdef"), hidden=True),
        case("two empty ones", call("", ""), hidden=True),
        case("single characters", call("listen", "silent!", size=1), hidden=True),
        case("a sharp s and capital letters", call("STRASSE im Regen", "stra\u00dfe im regen", size=3), hidden=True),
        case("exactly as long as a shingle", call("film!", "Film?", 5), hidden=True),
        case("order of words", call("good, not bad at all", "bad, not good at all", size=4), hidden=True),
        case("short beside long", call("dull", "dull, dull, dull and dull again", size=6), hidden=True),
    ),
    misconceptions=(
        Misconception(
            "capitals_matter",
            "Texts that differ in capital letters only should be equal, and yours are not: both are to be casefolded before they are cut.",
            1.25,
            edits={"text.casefold()": "text"},
        ),
        Misconception(
            "last_shingle_missed",
            "The shingle at the end of each text is missing: `range` leaves its end out. How many shingles of 2 does a word of 6 letters have? Count them by hand.",
            1.25,
            edits={"max(len(folded) - size + 1, 1)": "max(len(folded) - size, 1)"},
        ),
        Misconception(
            "short_pieces_at_the_end",
            "There are shingles that are too short: at the end of a text the slices run out of characters. Where does the last full one begin?",
            1.25,
            edits={"max(len(folded) - size + 1, 1)": "max(len(folded), 1)"},
        ),
        Misconception(
            "pieces_side_by_side",
            "Your pieces lie side by side and do not overlap. One letter put in at the front then shifts all of them, and nothing matches any more; a shingle begins at *every* character.",
            0.75,
            edits={"range(max(len(folded) - size + 1, 1))": "range(0, max(len(folded) - size + 1, 1), size)"},
        ),
        Misconception(
            "words_instead_of_characters",
            "You compare words, and asked for are runs of characters, spaces included. (Words are a choice, too; with them one misspelt word counts as wholly other.)",
            0.75,
            edits={_SHINGLES: "set(folded.split())"},
        ),
        Misconception(
            "runs_of_words",
            "Your shingles are runs of words, and asked for are runs of characters, spaces included. (Both are in use, for long texts rather the one, for short ones rather the other.)",
            0.75,
            edits={
                _SHINGLES: "{tuple(folded.split()[i : i + size]) for i in range(max(len(folded.split()) - size + 1, 1))}"
            },
        ),
        Misconception(
            "single_characters",
            "The texts are compared letter by letter, whatever `size` is: then “listen” and “silent” are the same. Look at the slice.",
            0.5,
            edits={"folded[i : i + size]": "folded[i]", "max(len(folded) - size + 1, 1)": "len(folded)"},
        ),
        Misconception(
            "size_written_out",
            "With the default size all is right, with another one nothing is: the number 5 stands somewhere where `size` should.",
            1.0,
            edits={"folded[i : i + size]": "folded[i : i + 5]", "len(folded) - size + 1": "len(folded) - 5 + 1"},
        ),
        Misconception(
            "no_shingle_in_a_short_text",
            "Two texts shorter than a shingle end in a division by zero: no shingle fits into them. The docstring says what such a text counts as.",
            1.5,
            edits={"range(max(len(folded) - size + 1, 1))": "range(len(folded) - size + 1)"},
        ),
        Misconception(
            "zero_for_short_texts",
            "Two short texts that are the same are said to have nothing in common: a text without a full shingle is treated as empty. The docstring says what it counts as.",
            1.5,
            edits={
                "range(max(len(folded) - size + 1, 1))": "range(len(folded) - size + 1)",
                _RATIO: "len(sets[0] & sets[1]) / max(len(sets[0] | sets[1]), 1)",
            },
        ),
        Misconception(
            "divided_by_the_smaller",
            "A short text inside a long one is called equal to it: you divide by the smaller set. That is the overlap coefficient; Jaccard divides by what the two have *together*.",
            1.0,
            edits={"len(sets[0] | sets[1])": "min(len(sets[0]), len(sets[1]))"},
        ),
        Misconception(
            "divided_by_the_first",
            "Exchange the two texts and your number changes: you divide by the shingles of one of them. That is containment; Jaccard's index is symmetric, because it divides by what the two have together.",
            1.0,
            edits={"len(sets[0] | sets[1])": "len(sets[0])"},
        ),
        Misconception(
            "dice",
            "Your numbers are too high, and right for equal texts: the size of both sets together counts the common shingles twice. (Twice the common ones over that sum is Dice's coefficient, a relative.) Divide by the union.",
            1.0,
            edits={_RATIO: "2 * len(sets[0] & sets[1]) / (len(sets[0]) + len(sets[1]))"},
        ),
        Misconception(
            "sum_of_sizes",
            "Even equal texts get one half: in the sum of the two sizes every common shingle is counted twice. How large is the union?",
            0.75,
            edits={"len(sets[0] | sets[1])": "(len(sets[0]) + len(sets[1]))"},
        ),
        Misconception(
            "lists_with_repetition",
            "A text that repeats itself comes out wrong: shingles were counted as often as they occur. A set holds each of them once.",
            1.25,
            edits={
                _SHINGLES: "Counter(folded[i : i + size] for i in range(max(len(folded) - size + 1, 1)))",
                _RATIO: "(sets[0] & sets[1]).total() / (sets[0] | sets[1]).total()",
            },
        ),
        Misconception(
            "distance",
            "Equal texts get 0 and strangers 1: that is Jaccard's *distance*, one minus the index.",
            1.0,
            edits={f"return {_RATIO}": f"return 1 - {_RATIO}"},
        ),
        Misconception(
            "number_of_common_ones",
            "You return how many shingles are common, and not what share: longer texts would always be more alike.",
            0.75,
            edits={f"return {_RATIO}": "return len(sets[0] & sets[1])"},
        ),
        Misconception(
            "spaces_removed",
            "The spaces are gone before the text is cut. They are characters like others here: without them “a part” and “apart” are the same.",
            1.25,
            edits={"text.casefold()": 'text.casefold().replace(" ", "")'},
        ),
        Misconception(
            "lower_for_casefold",
            "Nearly: ß and ss are the same letters once case is set aside, and `lower` does not know that. There is a method of strings made for comparing.",
            1.75,
            edits={"text.casefold()": "text.lower()"},
        ),
    ),
    alternatives=(
        Alternative(
            "zip_of_shifts",
            code=(
                "def jaccard(first, second, size=5):\n"
                "    def cut(t):\n"
                "        t = t.casefold()\n"
                "        return set(zip(*(t[k:] for k in range(size)))) or {t}\n"
                "    a, b = cut(first), cut(second)\n"
                "    common = len(a.intersection(b))\n"
                "    return common / (len(a) + len(b) - common)\n"
            ),
        ),
        Alternative(
            "loops",
            code=(
                "def jaccard(first, second, size=5):\n"
                "    found = []\n"
                "    for text in [first.casefold(), second.casefold()]:\n"
                "        pieces = []\n"
                "        if len(text) < size:\n"
                "            pieces.append(text)\n"
                "        i = 0\n"
                "        while i + size <= len(text):\n"
                "            if text[i:i + size] not in pieces:\n"
                "                pieces.append(text[i:i + size])\n"
                "            i += 1\n"
                "        found.append(pieces)\n"
                "    common = [p for p in found[0] if p in found[1]]\n"
                "    return np.float64(len(common)) / len(set(found[0] + found[1]))\n"
            ),
        ),
    ),
    refuse={"course.data.pipeline.shingle_similarity": "it is the function that this exercise builds."},
)

# ---------------------------------------------------------------------------------------------------- minhash_signature
_PRIME = 2**31 - 1
_MINHASH = "[min((slope * value + shift) % PRIME for value in values) for slope, shift in zip(a, b, strict=True)]"


def _drawn(count: int, seed: int) -> list[int]:
    rng = random.Random(seed)
    return [rng.randrange(1, _PRIME) for _ in range(count)]


MINHASH = Exercise(
    name="minhash_signature",
    title="MinHash: a set in a few numbers",
    points=2,
    difficulty=2,
    minutes=8,
    hints=(
        "Two loops, one inside the other. Which is the outer one, if the result has one number for each hash function?",
        "For one hash function, given by its `a` and its `b`: compute (a·x + b) mod PRIME for *every* x of the set, and keep the smallest.",
        "`min(… for x in values)`, inside a list comprehension over `zip(a, b)`.",
    ),
    cases=(
        case("by hand", call([2, 5, 11], [3, 1, 200_000_000], [1, 7, 0]), rtol=0, atol=0),
        case("two functions, four values", call(_drawn(4, 1), _drawn(2, 2), _drawn(2, 3)), rtol=0, atol=0),
        case("three functions, three values", call(_drawn(3, 4), _drawn(3, 5), _drawn(3, 6)), rtol=0, atol=0),
        case("a value that occurs twice", call([9, 9, 4, 4], [5, 6, 5], [2, 1, 2]), rtol=0, atol=0),
        case("a single value", call([123], _drawn(3, 7), _drawn(3, 8)), hidden=True, rtol=0, atol=0),
        case("sixteen functions, fifty values", call(_drawn(50, 9), _drawn(16, 10), _drawn(16, 11)), hidden=True, rtol=0, atol=0),
        case("one function", call(_drawn(20, 12), _drawn(1, 13), _drawn(1, 14)), hidden=True, rtol=0, atol=0),
        case("small values, no remainder", call([1, 2, 3], [10, 20], [5, 4]), hidden=True, rtol=0, atol=0),
        case("as many functions as values", call(_drawn(5, 15), _drawn(5, 16), _drawn(5, 17)), hidden=True, rtol=0, atol=0),
        case("the largest values", call([_PRIME - 1, _PRIME - 2, 7], [_PRIME - 1, _PRIME - 3], [_PRIME - 1, 0]), hidden=True, rtol=0, atol=0),
    ),
    misconceptions=(
        Misconception(
            "largest",
            "You keep the largest hash of each function. It would do just as well, if everyone did it; asked for is the smallest.",
            1.25,
            edits={"[min((slope": "[max((slope"},
        ),
        Misconception(
            "hash_of_the_smallest_value",
            "You look for the smallest *value* and hash that one. Then every function asks about the same element, and the signature says nothing new after its first number. Each function must hash all values before the smallest is taken.",
            0.75,
            edits={_MINHASH: "[(slope * min(values) + shift) % PRIME for slope, shift in zip(a, b, strict=True)]"},
        ),
        Misconception(
            "no_remainder",
            "Without the remainder the order of the hashes is that of the values themselves, for every function: nothing is mixed. Look at the formula again.",
            0.75,
            edits={" % PRIME": ""},
        ),
        Misconception(
            "remainder_too_early",
            "Some of your hashes are PRIME or more: the shift is added after the remainder was taken. Mind where the brackets close.",
            1.25,
            edits={"(slope * value + shift) % PRIME": "slope * value % PRIME + shift"},
        ),
        Misconception(
            "one_number_for_each_value",
            "You give one number for each value of the set, the smallest over all functions. The signature has one for each *function*, whatever the size of the set: the two loops are exchanged.",
            0.75,
            edits={
                _MINHASH: "[min((slope * value + shift) % PRIME for slope, shift in zip(a, b, strict=True)) for value in values]"
            },
        ),
        Misconception(
            "slope_and_shift_exchanged",
            "`a` multiplies and `b` is added; in your answer they have changed places.",
            1.25,
            edits={"zip(a, b, strict=True)": "zip(b, a, strict=True)"},
        ),
        Misconception(
            "the_value_itself",
            "You return the value whose hash is smallest, and not the hash. (It serves the same purpose: both sets keep the same element or not. Asked for is the hash.)",
            1.25,
            edits={
                _MINHASH: "[min(values, key=lambda value: (slope * value + shift) % PRIME) for slope, shift in zip(a, b, strict=True)]"
            },
        ),
        Misconception(
            "every_slope_with_every_shift",
            "There are too many numbers: every slope was combined with every shift. The k-th function has the k-th of each.",
            1.0,
            edits={
                "for slope, shift in zip(a, b, strict=True)]": "for slope in a for shift in b]",
            },
        ),
        Misconception(
            "sorted_signature",
            "The right numbers in the wrong order: the k-th number belongs to the k-th function, and signatures are compared place by place. Sorting destroys that.",
            1.0,
            edits={f"return {_MINHASH}": f"return sorted({_MINHASH})"},
        ),
        Misconception(
            "one_smallest_of_all",
            "You return a single number, the smallest of all functions together. A signature keeps one for each function; one alone could only say “equal” or “not equal”.",
            0.5,
            edits={f"return {_MINHASH}": f"return min({_MINHASH})"},
        ),
        Misconception(
            "numbers_of_32_bits",
            "The products do not fit: a slope and a value of up to 31 bits each have a product of up to 62, and numpy's int32 keeps the last 32 of them, in silence. Use Python's integers, or int64.",
            1.25,
            edits={
                _MINHASH: "[int(min((np.int32(slope % 2**31) * np.array(values).astype(np.int32) + np.array(shift).astype(np.int32)) % PRIME)) for slope, shift in zip(a, b, strict=True)]"
            },
        ),
        Misconception(
            "numpy_array_returned",
            "The numbers are right and come as a numpy array; a list of ints was promised. `.tolist()` makes one.",
            1.5,
            edits={f"return {_MINHASH}": f"return np.array({_MINHASH})"},
        ),
        Misconception(
            "computed_with_floats",
            "Small numbers are right and large ones are off by a little: the products were computed with floats, which hold whole numbers up to 2^53 only. A factor and a value of 31 bits each need 62; compute with integers throughout.",
            1.0,
            edits={"(slope * value + shift) % PRIME": "int((float(slope) * value + shift) % PRIME)"},
        ),
    ),
    alternatives=(
        Alternative(
            "numpy_outer",
            code=(
                "def minhash_signature(values, a, b):\n"
                "    table = np.outer(np.array(a, dtype=np.int64), np.array(values, dtype=np.int64))\n"
                "    return ((table + np.array(b, dtype=np.int64)[:, None]) % PRIME).min(axis=1).tolist()\n"
            ),
        ),
        Alternative(
            "running_minimum",
            code=(
                "def minhash_signature(values, a, b):\n"
                "    signature = [PRIME] * len(a)\n"
                "    for x in set(values):\n"
                "        for k in range(len(a)):\n"
                "            h = (a[k] * x + b[k]) % PRIME\n"
                "            if h < signature[k]:\n"
                "                signature[k] = h\n"
                "    return signature\n"
            ),
        ),
    ),
    refuse={
        "datasketch.MinHash": "it computes the signature that this exercise builds. In the next cell you may.",
        "datasketch.minhash.MinHash": "it computes the signature that this exercise builds. In the next cell you may.",
    },
)

# ------------------------------------------------------------------------------------------------------------ group_ids
_JOIN = "groups = [low if group == high else group for group in groups]"

GROUPS = Exercise(
    name="group_ids",
    title="From pairs to groups",
    points=2,
    difficulty=2,
    minutes=8,
    hints=(
        "At first every text is alone: text i has the group i. Each pair then makes one group out of two.",
        "When two groups become one, *all* members of the one must get the number of the other, not just the text that the pair names.",
        "For each pair: look up the two group numbers, call the smaller one low and the other high, and replace every high in the list by low.",
    ),
    cases=(
        case("a chain", call(5, [[0, 1], [1, 2], [3, 4]])),
        case("two groups that are joined late", call(6, [[0, 1], [2, 3], [1, 3]])),
        case("pairs from the end", call(5, [[3, 4], [2, 3], [1, 2]])),
        case("the larger number first", call(4, [[2, 1], [3, 2]])),
        case("no pairs", call(3, [])),
        case("all in one, from the middle", call(6, [[2, 5], [4, 5], [1, 4], [0, 3], [3, 4]]), hidden=True),
        case("one text", call(1, []), hidden=True),
        case("a circle", call(4, [[0, 1], [1, 2], [2, 3], [0, 3]]), hidden=True),
        case("numbers the other way round", call(5, [[4, 2], [2, 0], [3, 1]]), hidden=True),
        case("the same pair twice", call(4, [[1, 3], [1, 3], [0, 2]]), hidden=True),
        case("a long chain, shuffled", call(10, [[6, 7], [2, 3], [8, 9], [4, 5], [3, 4], [7, 8], [1, 2], [5, 6]]), hidden=True),
        case("a star around the last", call(5, [[0, 4], [1, 4], [2, 4]]), hidden=True),
    ),
    misconceptions=(
        Misconception(
            "only_the_named_two",
            "Chains in order are right, but when two groups of several texts become one, only the two texts of the pair get the new number; the others keep the old one.",
            1.0,
            edits={_JOIN: "groups[first] = groups[second] = low"},
        ),
        Misconception(
            "second_follows_first",
            "The second text of a pair gets the group of the first, and whoever was in its group before is left behind. What happens to those who were with it?",
            1.0,
            edits={_JOIN: "groups[second] = groups[first]"},
        ),
        Misconception(
            "direct_partners_only",
            "Text 2 is like 1, and 1 is like 0: then all three are one group. Yours looks at direct partners only, so that a chain breaks after one step.",
            0.75,
            edits={
                _JOIN: "groups[second] = min(first, second) if groups[second] == second else groups[second]",
            },
        ),
        Misconception(
            "counted_through",
            "The groups are right, and they are numbered 0, 1, 2, … in a row. Asked for is the position of each group's first text: such a number says where to look.",
            1.5,
            edits={"    return groups": "    return [sorted(set(groups)).index(group) for group in groups]"},
        ),
        Misconception(
            "last_member",
            "The groups are right, and each is named after its *last* text. Asked for is the smallest position.",
            1.5,
            edits={"low if group == high": "high if group == low"},
        ),
        Misconception(
            "texts_alone_left_out",
            "A text that is in no pair is a group too, of one; in your answer it has none.",
            1.25,
            edits={
                "    return groups": "    named = {i for pair in pairs for i in pair}\n    return [group if i in named else None for i, group in enumerate(groups)]"
            },
        ),
        Misconception(
            "minus_one_for_texts_alone",
            "A text that is in no pair gets -1 from you, so that all of them look like one large group. It is a group of its own.",
            1.25,
            edits={
                "    return groups": "    named = {i for pair in pairs for i in pair}\n    return [group if i in named else -1 for i, group in enumerate(groups)]"
            },
        ),
        Misconception(
            "lists_of_members",
            "You return the groups as lists of their members. Asked for is one number for each text: a column that fits beside the texts.",
            1.0,
            edits={"    return groups": "    return [[i for i, g in enumerate(groups) if g == group] for group in sorted(set(groups))]"},
        ),
        Misconception(
            "dictionary",
            "You return a dict from text to group; a list, in the order of the texts, was asked for.",
            1.5,
            edits={"    return groups": "    return dict(enumerate(groups))"},
        ),
        Misconception(
            "parents_not_followed",
            "Every text points to another of its group, but not to the first one: after the joining, the way has to be followed to its end.",
            1.0,
            code=(
                "def group_ids(count, pairs):\n"
                "    parent = list(range(count))\n"
                "    def root(i):\n"
                "        while parent[i] != i:\n"
                "            i = parent[i]\n"
                "        return i\n"
                "    for first, second in pairs:\n"
                "        low, high = sorted((root(first), root(second)))\n"
                "        parent[high] = low\n"
                "    return parent\n"
            ),
        ),
        Misconception(
            "everyone_alone",
            "Every text is a group of its own, whatever the pairs say.",
            0.25,
            edits={_JOIN: "pass"},
        ),
    ),
    alternatives=(
        Alternative(
            "union_find",
            code=(
                "def group_ids(count, pairs):\n"
                "    parent = list(range(count))\n"
                "    def root(i):\n"
                "        while parent[i] != i:\n"
                "            parent[i] = parent[parent[i]]\n"
                "            i = parent[i]\n"
                "        return i\n"
                "    for x, y in pairs:\n"
                "        x, y = root(x), root(y)\n"
                "        parent[max(x, y)] = min(x, y)\n"
                "    return [root(i) for i in range(count)]\n"
            ),
        ),
        Alternative(
            "search_from_each",
            code=(
                "def group_ids(count, pairs):\n"
                "    near = {i: set() for i in range(count)}\n"
                "    for x, y in pairs:\n"
                "        near[x].add(y)\n"
                "        near[y].add(x)\n"
                "    number = [-1] * count\n"
                "    for start in range(count):\n"
                "        stack = [start] if number[start] < 0 else []\n"
                "        while stack:\n"
                "            here = stack.pop()\n"
                "            if number[here] < 0:\n"
                "                number[here] = start\n"
                "                stack.extend(near[here])\n"
                "    return number\n"
            ),
        ),
        Alternative(
            "until_nothing_changes",
            code=(
                "def group_ids(count, pairs):\n"
                "    groups = np.arange(count)\n"
                "    before = None\n"
                "    while before is None or (before != groups).any():\n"
                "        before = groups.copy()\n"
                "        for x, y in pairs:\n"
                "            groups[[x, y]] = min(groups[x], groups[y])\n"
                "    return groups.tolist()\n"
            ),
        ),
    ),
    refuse={
        "course.data.pipeline.connected": "it is the function that this exercise builds.",
        "scipy.sparse.csgraph.connected_components": "it is the function that this exercise builds.",
    },
)

# ------------------------------------------------------------------------------------------------------- majority_label
_COUNTS = "Counter(vote for vote in votes if vote is not None)"
_TIE = "if not ranked or (len(ranked) == 2 and ranked[0][1] == ranked[1][1]):"

MAJORITY = Exercise(
    name="majority_label",
    title="Majority vote, with ties and gaps",
    points=1,
    difficulty=1,
    minutes=5,
    hints=(
        "`collections.Counter` counts; its method `most_common(2)` gives the two leaders with their counts.",
        "Take the None votes out before you count. Then there are three possibilities: nobody is left, two lead together, one leads.",
        "Compare the counts of the two leaders, if there are two. Careful: 0 is a label like any other, and `if vote` drops it.",
    ),
    cases=(
        case("two against one", call(["positive", "negative", "positive"])),
        case("a tie", call(["positive", "negative"])),
        case("abstentions", call([None, None, None, "negative", None])),
        case("less than half is enough", call(["a", "a", "b", "c", None, None])),
        case("zero is a label", call([0, 0, 1, None])),
        case("nobody voted", call([])),
        case("only abstentions", call([None, None]), hidden=True),
        case("a tie for the first place", call(["c", "b", "b", "c", "a"]), hidden=True),
        case("a tie for the second place", call([2, 1, 3, 3, 1, 2, 3]), hidden=True),
        case("one vote", call([0]), hidden=True),
        case("a tie of three", call(["z", "y", "x", None]), hidden=True),
        case("twenty raters", call([1] * 9 + [0] * 8 + [-1] * 3), hidden=True),
        case("a tie between zero and one", call([1, 0, None]), hidden=True),
        case("zeros lead", call([0, None, 0, None, None, 2]), hidden=True),
    ),
    misconceptions=(
        Misconception(
            "first_at_a_tie",
            "At a tie you return the label that came first, or the first of the alphabet: a decision that nobody made. The docstring says what a tie gives.",
            0.5,
            edits={_TIE: "if not ranked:"},
        ),
        Misconception(
            "abstentions_counted",
            "None is counted as if it were a label, and wins where many abstained. An abstention is no vote.",
            0.5,
            edits={_COUNTS: "Counter(votes)"},
        ),
        Misconception(
            "more_than_half_needed",
            "You ask for more than half of the votes. That is an absolute majority; here the label with *most* votes wins, two of four included.",
            0.5,
            edits={_TIE: "if not ranked or ranked[0][1] * 2 <= counts.total():"},
        ),
        Misconception(
            "more_than_half_of_all",
            "You ask for more than half of everyone, those who abstained included. Whoever has most of the votes that were given wins.",
            0.5,
            edits={_TIE: "if not ranked or ranked[0][1] * 2 <= len(votes):"},
        ),
        Misconception(
            "zero_dropped",
            "Votes for 0 are lost: 0 counts as false, so `if vote` takes it for an abstention. Ask whether it *is* None.",
            0.5,
            edits={"if vote is not None)": "if vote)"},
        ),
        Misconception(
            "nobody_raises",
            "Without any vote comes an exception: there is no leader to look at. Deal with that first.",
            0.75,
            edits={_TIE: "if len(ranked) == 2 and ranked[0][1] == ranked[1][1]:"},
        ),
        Misconception(
            "count_returned",
            "You return how many votes the winner has, or a pair with it; asked for is the label.",
            0.5,
            edits={"    return ranked[0][0]": "    return ranked[0][1]"},
        ),
        Misconception(
            "pair_returned",
            "You return the label together with its count; asked for is the label alone.",
            0.5,
            edits={"    return ranked[0][0]": "    return ranked[0]"},
        ),
        Misconception(
            "rarest",
            "You return the label with the fewest votes.",
            0.25,
            edits={"counts.most_common(2)": "counts.most_common()[:-3:-1]"},
        ),
        Misconception(
            "text_none",
            "At a tie you return the text \"None\"; the value None was asked for, without quotation marks.",
            0.5,
            edits={"        return None": '        return "None"'},
        ),
    ),
    alternatives=(
        Alternative(
            "multimode",
            code=(
                "def majority_label(votes):\n"
                "    from statistics import multimode\n"
                "    winners = multimode(v for v in votes if v is not None)\n"
                "    return winners[0] if len(winners) == 1 else None\n"
            ),
        ),
        Alternative(
            "list_count",
            code=(
                "def majority_label(votes):\n"
                "    given = [v for v in votes if v is not None]\n"
                "    best = [v for v in set(given) if given.count(v) == max(given.count(w) for w in given)]\n"
                "    if len(best) != 1:\n"
                "        return None\n"
                "    return best[0]\n"
            ),
        ),
        Alternative(
            "pandas_mode",
            code=(
                "def majority_label(votes):\n"
                "    modes = pd.Series(votes, dtype=object).dropna().mode()\n"
                "    return modes.iloc[0] if len(modes) == 1 else None\n"
            ),
        ),
    ),
)

# --------------------------------------------------------------------------------------------------------- fleiss_kappa
_PAIRS = "(sum(n * n for n in row) - raters) / (raters * (raters - 1))"
_CHANCE = "sum((total / (items * raters)) ** 2 for total in totals)"
# A well-known worked example of Fleiss' kappa: 10 subjects, 14 raters, 5 categories, kappa 0.210.
_TEN = [
    [0, 0, 0, 0, 14], [0, 2, 6, 4, 2], [0, 0, 3, 5, 6], [0, 3, 9, 2, 0], [2, 2, 8, 1, 1],
    [7, 7, 0, 0, 0], [3, 2, 6, 3, 0], [2, 5, 3, 2, 2], [6, 5, 2, 1, 0], [0, 2, 2, 3, 7],
]  # fmt: skip

KAPPA = Exercise(
    name="fleiss_kappa",
    title="Fleiss' kappa: agreement beyond chance",
    points=2,
    difficulty=2,
    minutes=8,
    hints=(
        "Three numbers, in this order: the mean agreement of the items, the agreement by chance, and the formula that puts them together.",
        "For one item: Σ n² - N counts the ordered pairs of *different* raters that agree; N(N - 1) counts all such pairs. For chance: sum each *column*, and divide by all the votes there are.",
        "`zip(*counts)` gives the columns. If all votes are in one category, chance agreement is 1, and the denominator 0: that case comes before the division.",
    ),
    cases=(
        case("by hand: three items, four raters", call([[4, 0], [2, 2], [1, 3]])),
        case("ten items, fourteen raters, five categories", call(_TEN)),
        case("full agreement on two labels", call([[3, 0], [0, 3], [3, 0]])),
        case("all votes in one category", call([[5, 0, 0], [5, 0, 0]])),
        case("worse than chance", call([[1, 1], [1, 1], [1, 1]])),
        case("one item", call([[3, 1]]), hidden=True),
        case("twenty raters", call([[11, 5, 4], [20, 0, 0], [0, 3, 17], [7, 7, 6], [2, 18, 0]]), hidden=True),
        case("a category that nobody used", call([[2, 0, 1], [3, 0, 0], [0, 0, 3], [1, 0, 2]]), hidden=True),
        case("a skewed label", call([[9, 1]] + [[10, 0]] * 8), hidden=True),
        case("as many categories as items", call([[3, 1, 2], [0, 6, 0], [1, 1, 4]]), hidden=True),
        case("two raters, many items", call([[2, 0], [1, 1], [0, 2], [2, 0], [0, 2], [1, 1], [2, 0]]), hidden=True),
        case("all in the last category", call([[0, 4]]), hidden=True),
    ),
    misconceptions=(
        Misconception(
            "chance_ignored",
            "You return the raw agreement. It is not zero even for raters who toss coins; kappa takes away what chance alone would give.",
            0.75,
            edits={"return (agreement - chance) / (1 - chance)": "return agreement", "    if chance == 1:\n        return 1.0\n": ""},
        ),
        Misconception(
            "agrees_with_oneself",
            "Your agreement is too high: each rater was paired with themselves, too, and everyone agrees with themselves. A pair needs two different raters.",
            1.0,
            edits={_PAIRS: "sum(n * n for n in row) / (raters * raters)"},
        ),
        Misconception(
            "pairs_half_corrected",
            "The pairs of a rater with themselves are missing from the denominator and still there in the numerator (or the other way round), so that agreement can exceed 1.",
            1.0,
            edits={_PAIRS: "sum(n * n for n in row) / (raters * (raters - 1))"},
        ),
        Misconception(
            "chance_is_uniform",
            "You take chance to be 1 over the number of categories. If nearly all votes are positive, two raters agree by chance far more often than that: chance comes from the shares of the categories.",
            1.0,
            edits={_CHANCE: "1 / len(totals)"},
        ),
        Misconception(
            "chance_of_each_item",
            "Chance is computed from each item's own votes and then averaged. It has to come from all votes together: what would raters do who do not look at the item?",
            1.0,
            edits={_CHANCE: "sum(sum((n / raters) ** 2 for n in row) for row in counts) / items"},
        ),
        Misconception(
            "shares_of_items",
            "The shares of the categories do not sum to 1: a column's total was divided by the number of items, not by the number of votes.",
            1.0,
            edits={"(total / (items * raters)) ** 2": "(total / items) ** 2"},
        ),
        Misconception(
            "largest_share_as_agreement",
            "You take the share of the most frequent label as the agreement of an item. It is another measure: 2 to 2 gives one half, where only a third of the pairs agree.",
            1.0,
            edits={_PAIRS: "max(row) / raters"},
        ),
        Misconception(
            "unanimous_items",
            "You count the items on which *all* agree. One dissenter among twenty then weighs as much as ten; Fleiss counts the pairs that agree.",
            0.75,
            edits={_PAIRS: "float(max(row) == raters)"},
        ),
        Misconception(
            "not_averaged",
            "The agreement of the items was summed and not averaged: it grows with their number.",
            0.75,
            edits={"for row in counts) / items": "for row in counts)"},
        ),
        Misconception(
            "wrong_denominator",
            "The difference from chance is divided by chance. It belongs over what there is to win beyond chance, so that full agreement gives 1.",
            1.0,
            edits={"/ (1 - chance)": "/ chance"},
        ),
        Misconception(
            "difference_only",
            "Agreement minus chance is the numerator; even full agreement does not reach 1 with it. Divide by the most that was to be had.",
            1.25,
            edits={"return (agreement - chance) / (1 - chance)": "return agreement - chance"},
        ),
        Misconception(
            "one_category_divides_by_zero",
            "If all votes are in one category, you divide zero by zero. The docstring says what to return then.",
            1.5,
            edits={"    if chance == 1:\n        return 1.0\n": ""},
        ),
        Misconception(
            "one_category_is_zero",
            "If all votes are in one category you return 0; the docstring says otherwise. (There are arguments for both, which is why it says so.)",
            1.5,
            edits={"        return 1.0": "        return 0.0"},
        ),
        Misconception(
            "one_category_is_nan",
            "If all votes are in one category you return nan; the docstring promises a number. (There are arguments for nan, which is why it says so.)",
            1.5,
            edits={"        return 1.0": '        return float("nan")'},
        ),
        Misconception(
            "never_below_zero",
            "Raters who agree less than chance have a negative kappa, and you cut it off at 0: a sign that labels were mixed up would be lost.",
            1.5,
            edits={"return (agreement - chance) / (1 - chance)": "return max((agreement - chance) / (1 - chance), 0.0)"},
        ),
        Misconception(
            "chance_not_squared",
            "Your chance agreement is the sum of the shares, which is always 1. Two raters agree by chance on a category if *both* choose it.",
            0.5,
            edits={_CHANCE: "sum(total / (items * raters) for total in totals)"},
        ),
        Misconception(
            "raters_are_the_columns",
            "The number of raters was taken to be the number of columns. The columns are categories; how many voted on an item is the sum of its row.",
            0.75,
            edits={"sum(counts[0])": "len(counts[0])"},
        ),
    ),
    alternatives=(
        Alternative(
            "numpy",
            code=(
                "def fleiss_kappa(counts):\n"
                "    table = np.array(counts, dtype=float)\n"
                "    n = table.sum(axis=1)[0]\n"
                "    p = table.sum(axis=0) / table.sum()\n"
                "    observed = ((table * (table - 1)).sum(axis=1) / (n * (n - 1))).mean()\n"
                "    expected = (p**2).sum()\n"
                "    return 1.0 if np.isclose(expected, 1) else 1 - (1 - observed) / (1 - expected)\n"
            ),
        ),
        Alternative(
            "pairs_in_loops",
            code=(
                "def fleiss_kappa(counts):\n"
                "    from itertools import combinations\n"
                "    agree = pairs = 0\n"
                "    every = []\n"
                "    for row in counts:\n"
                "        votes = [c for c, n in enumerate(row) for _ in range(n)]\n"
                "        every += votes\n"
                "        for x, y in combinations(votes, 2):\n"
                "            agree += x == y\n"
                "            pairs += 1\n"
                "    p = sum((every.count(c) / len(every)) ** 2 for c in set(every))\n"
                "    if len(set(every)) == 1:\n"
                "        return 1\n"
                "    return (agree / pairs - p) / (1 - p)\n"
            ),
        ),
    ),
)

# ----------------------------------------------------------------------------------------------------------- find_leaks
_TRAIN = ["A warm and funny film.", "Dull from start to finish.", "The plot is thin; the songs are not."]
_ANY = "any(jaccard(clean_text(text), other) >= threshold for other in known)"

LEAKS = Exercise(
    name="find_leaks",
    title="A test for leakage",
    points=1,
    difficulty=1,
    minutes=5,
    needs=("clean_text", "jaccard"),
    hints=(
        "For each text of the test set, one question: is *any* training text at least `threshold` like it?",
        "Clean both sides before you compare, with the function that you have. `enumerate` gives position and text together.",
        "A list comprehension over `enumerate(test)`, with a condition that begins with `any(`.",
    ),
    cases=(
        case(
            "copies, near and exact",
            call(_TRAIN, ["Bright, brash and loud.", "A warm and <b>funny</b> film!", "Dull from start to finish."]),
        ),
        case("exactly at the threshold", call(["abcdefgh", "qrstuvw"], ["abcdefgh, or so it", "qrstuvx"], threshold=0.5)),
        case("twice in the training set", call([*_TRAIN, _TRAIN[0]], ["Nothing like it.", "A WARM  and funny film.", "x"])),
        case("repetition inside the test set", call(["Something else entirely."], ["The same.", "The same."])),
        case("another threshold", call(_TRAIN, ["A warm and funny films.", "Dull."], threshold=0.9)),
        case("tags in the training text", call(["<p>Dull from<br>start&nbsp;to finish.</p>"], ["x", "Dull from start to finish."])),
        case("copies with tags and spaces", call(_TRAIN, ["New.", "Dull  from start<br>to finish."])),
        case("an empty training set", call([], ["Whatever."]), hidden=True),
        case("an empty test set", call(_TRAIN, []), hidden=True),
        case("all of them", call(_TRAIN, [*_TRAIN[::-1]]), hidden=True),
        case(
            "entities and spaces",
            call(["Tom & Jerry at their best"], ["Not it", "Tom &amp; Jerry\nat their best ", "tom & jerry at their best"]),
            hidden=True,
        ),
        case(
            "a low threshold",
            call(_TRAIN, ["A warm and sad film.", "From start to finish: superb.", "Unrelated words."], threshold=0.25),
            hidden=True,
        ),
        case("threshold one", call(_TRAIN, [_TRAIN[2], "The plot is thin; the songs are too."], 1.0), hidden=True),
    ),
    misconceptions=(
        Misconception(
            "exact_copies_only",
            "Copies that differ in a tag, a capital letter or a full stop get through: you ask whether the very same string is there. That is what `jaccard` is for.",
            0.25,
            edits={_ANY: "text in train"},
        ),
        Misconception(
            "exact_after_cleaning",
            "Exact copies are found after cleaning, near ones are not: equality has no threshold. That is what `jaccard` is for.",
            0.5,
            edits={_ANY: "clean_text(text) in known"},
        ),
        Misconception(
            "not_cleaned",
            "A copy with a tag or doubled spaces in it looks less alike than it is: one of the two sides was not cleaned before the comparison.",
            0.5,
            edits={"jaccard(clean_text(text), other)": "jaccard(text, other)"},
        ),
        Misconception(
            "training_texts_not_cleaned",
            "A training text with tags in it looks less alike than it is: the test texts are cleaned, and the training texts are compared as they come. Both sides need it.",
            0.5,
            edits={"known = [clean_text(text) for text in train]": "known = train"},
        ),
        Misconception(
            "above_the_threshold_only",
            "A pair exactly at the threshold counts, and is missing: *at least* means `>=`.",
            0.75,
            edits={">= threshold": "> threshold"},
        ),
        Misconception(
            "positions_in_the_training_set",
            "You return where the texts stand in the training set. Asked for are positions in the test set: those are the rows that cannot be trusted.",
            0.5,
            edits={
                "[i for i, text in enumerate(test) if any(jaccard(clean_text(text), other) >= threshold for other in known)]": "[i for i, other in enumerate(known) if any(jaccard(clean_text(text), other) >= threshold for text in test)]"
            },
        ),
        Misconception(
            "texts_returned",
            "You return the texts; their positions in the test set were asked for.",
            0.5,
            edits={"[i for i, text": "[text for i, text"},
        ),
        Misconception(
            "counted_instead",
            "You return how many there are; asked for is which.",
            0.5,
            edits={"return [i for": "return sum(1 for", "for other in known)]": "for other in known))"},
        ),
        Misconception(
            "truth_values",
            "You return True or False for each test text; asked for are the positions of the leaked ones.",
            0.5,
            edits={"[i for i, text in enumerate(test) if any": "[any", "for other in known)]": "for other in known) for text in test]"},
        ),
        Misconception(
            "once_for_each_partner",
            "A test text with two partners in the training set is listed twice. Once is enough: the question is *whether* there is one.",
            0.75,
            edits={
                "[i for i, text in enumerate(test) if any(jaccard(clean_text(text), other) >= threshold for other in known)]": "[i for i, text in enumerate(test) for other in known if jaccard(clean_text(text), other) >= threshold]"
            },
        ),
        Misconception(
            "side_by_side",
            "You compare the first test text with the first training text, the second with the second, and so on. A copy can stand anywhere.",
            0.25,
            edits={
                "[i for i, text in enumerate(test) if any(jaccard(clean_text(text), other) >= threshold for other in known)]": "[i for i, (text, other) in enumerate(zip(test, known)) if jaccard(clean_text(text), other) >= threshold]"
            },
        ),
        Misconception(
            "all_instead_of_any",
            "You ask for likeness to *every* training text. One is enough for a leak.",
            0.25,
            edits={"if any(jaccard": "if all(jaccard"},
        ),
        Misconception(
            "within_the_test_set",
            "Repetitions inside the test set are reported, too. They are a fault of their own; a leak is a text on *both* sides.",
            0.5,
            edits={
                "known = [clean_text(text) for text in train]": "known = [clean_text(text) for text in train]\n    copies = Counter(clean_text(text) for text in test)",
                _ANY: f"copies[clean_text(text)] > 1 or {_ANY}",
            },
        ),
        Misconception(
            "threshold_written_out",
            "The default works and another threshold changes nothing: the number stands written out in your code, where the argument should.",
            0.5,
            edits={">= threshold": ">= 0.6"},
        ),
    ),
    alternatives=(
        Alternative(
            "loops",
            code=(
                "def find_leaks(train, test, threshold=0.6):\n"
                "    leaks = []\n"
                "    for i in range(len(test)):\n"
                "        for text in train:\n"
                "            if jaccard(clean_text(test[i]), clean_text(text)) >= threshold:\n"
                "                leaks.append(i)\n"
                "                break\n"
                "    return leaks\n"
            ),
        ),
        Alternative(
            "best_match",
            code=(
                "def find_leaks(train, test, threshold=0.6):\n"
                "    best = [max((jaccard(clean_text(a), clean_text(b)) for b in train), default=-1) for a in test]\n"
                "    return np.flatnonzero(np.array(best) >= threshold).tolist()\n"
            ),
        ),
    ),
)

# ---------------------------------------------------------------------------------------------------------- find_faults
#: Seeds of the corpora: the first is the one that the lesson looks at, the others are too many to try out.
VISIBLE_SEED, HIDDEN_SEEDS = 3, (1_846_203_771, 902_577_413)


def _corpus(name: str, seed: int, hidden: bool = False) -> Case:
    corpus = plant_faults(seed)
    rows = [dict(row) for row in corpus.rows]
    return scored_case(name, call(rows), truth=corpus.truth, full=0.97, floor=0.1, hidden=hidden)


_HTML = 'if cleaned != " ".join(repaired.split()):'
_MOJIBAKE = 'if repaired != row["text"]:'
_MISSING = 'if row["label"] is None:'
_FOREIGN = 'if guess_language(cleaned) != "en":'
_LEAK = """                faults["leak"].append(row["id"] if row["split"] == "test" else other["id"])"""

FAULTS = Exercise(
    name="find_faults",
    title="Find the planted faults",
    points=4,
    difficulty=3,
    minutes=18,
    needs=("clean_text", "repair_mojibake", "jaccard"),
    time_limit=20.0,
    hints=(
        "Begin with the four faults that one row shows by itself: mojibake, HTML, a missing label, another language. Run the check: half of the points are there.",
        "“Did `repair_mojibake` change the text?” is a test for mojibake. “Does cleaning change more than the spaces?” is one for HTML. Do not look for suspicious characters: honest texts have them, too.",
        "For the other four, go through the rows in order and compare each with all rows before it. Of a pair that is alike: other splits, a leak (the row of the test split); else similarity below 1, nearly the same; else labels that differ, a contradiction; else a copy. In the last three the later row is at fault.",
    ),
    cases=(
        _corpus("the corpus of this lesson", VISIBLE_SEED),
        *(_corpus(f"a corpus with another seed ({n})", seed, True) for n, seed in enumerate(HIDDEN_SEEDS, 1)),
    ),
    misconceptions=(
        Misconception(
            "positions_instead_of_ids",
            "Nothing matches: you give the positions of the rows. Asked for is what stands under `id`; positions change with every row that is taken out, ids do not.",
            0.5,
            edits={
                "return faults": 'places = {row["id"]: i for i, row in enumerate(rows)}\n    return {kind: [places[i] for i in ids] for kind, ids in faults.items()}'
            },
        ),
        Misconception(
            "falsy_label",
            "Every negative row is reported as one without a label: its label is 0, and 0 counts as false. Ask whether it *is* None.",
            3.5,
            edits={_MISSING: 'if not row["label"]:'},
        ),
        Misconception(
            "characters_outside_ascii",
            "All mojibake is found, and honest accents and typographic apostrophes are reported with it: a character outside ASCII is no fault. When has a text been misread? Your own `repair_mojibake` knows.",
            3.75,
            edits={_MOJIBAKE: 'if not row["text"].isascii():'},
        ),
        Misconception(
            "suspicious_signs",
            "All HTML is found, and so is every honest `&` and `<3`. The sign alone proves nothing; what does cleaning do to such a text, and what to real HTML?",
            3.75,
            edits={_HTML: 'if "<" in repaired or "&" in repaired:'},
        ),
        Misconception(
            "tags_but_no_entities",
            "Tags are found, entities are not: `&amp;` and `&#39;` are HTML, too.",
            3.75,
            edits={_HTML: 'if re.search(r"</?[a-zA-Z][^>]*>", repaired):'},
        ),
        Misconception(
            "earlier_row_flagged",
            "The pairs are right, and the wrong one of the two is reported: the first is the original, the later one repeats it.",
            2.25,
            edits={
                'faults["near_duplicate"].append(row["id"])': 'faults["near_duplicate"].append(other["id"])',
                'faults["contradictory_label"].append(row["id"])': 'faults["contradictory_label"].append(other["id"])',
                'faults["exact_duplicate"].append(row["id"])': 'faults["exact_duplicate"].append(other["id"])',
            },
        ),
        Misconception(
            "both_rows_flagged",
            "Both rows of a pair are reported, so half of what you report is sound, and deleting it would delete every such text altogether. One of the two may stay: the first.",
            3.5,
            edits={
                'faults["near_duplicate"].append(row["id"])': 'faults["near_duplicate"] += [row["id"], other["id"]]',
                'faults["contradictory_label"].append(row["id"])': 'faults["contradictory_label"] += [row["id"], other["id"]]',
                'faults["exact_duplicate"].append(row["id"])': 'faults["exact_duplicate"] += [row["id"], other["id"]]',
            },
        ),
        Misconception(
            "split_ignored",
            "No leak is found, and copies across the two splits are reported as duplicates: `split` is never looked at. It is the first thing to ask about a pair.",
            3.25,
            edits={'if row["split"] != other["split"]:': "if False:"},
        ),
        Misconception(
            "leak_in_the_training_row",
            "The leaks are found, and the row of the training split is reported. It is where it belongs; the *test* row has become worthless.",
            3.5,
            edits={
                'row["id"] if row["split"] == "test" else other["id"]': 'row["id"] if row["split"] == "train" else other["id"]'
            },
        ),
        Misconception(
            "later_row_of_a_leak",
            "Of a leak you report the row that comes later. The order does not matter there: it is always the row of the test split.",
            3.5,
            edits={'row["id"] if row["split"] == "test" else other["id"]': 'row["id"]'},
        ),
        Misconception(
            "leak_only_behind_its_original",
            "Some leaks are missing: those in which the test row comes first. Whichever comes first, two alike rows of different splits are a leak.",
            3.5,
            edits={_LEAK: '                if row["split"] == "test":\n                    faults["leak"].append(row["id"])'},
        ),
        Misconception(
            "threshold_too_low",
            "Reviews that merely begin with the same phrase of a publisher are reported as copies: your threshold is too low. Which likeness does the docstring ask for?",
            3.5,
            edits={"if similarity < 0.6:": "if similarity < 0.3:"},
        ),
        Misconception(
            "leaks_as_duplicates_too",
            "Leaks are found, and each is reported as a duplicate as well. A row has one fault here: copies across the splits are leaks, copies within a split are duplicates.",
            3.75,
            edits={_LEAK: _LEAK + '\n                faults["exact_duplicate" if similarity == 1 else "near_duplicate"].append(row["id"])'},
        ),
        Misconception(
            "labels_not_compared",
            "No contradiction is found, and the rows are reported as plain copies: two equal texts with *different* labels are a fault of their own. Compare the labels of a pair.",
            3.25,
            edits={'elif row["label"] != other["label"]:': "elif False:"},
        ),
        Misconception(
            "exact_copies_only",
            "Copies are found where the cleaned texts are equal, and nearly equal ones, leaks among them, are missed. That is what `jaccard` and a threshold are for.",
            3.25,
            edits={"if similarity < 0.6:": "if similarity < 1:"},
        ),
        Misconception(
            "no_near_duplicates",
            "Near-duplicates within a split are not reported at all, and the rest is in order.",
            3.5,
            edits={'faults["near_duplicate"].append(row["id"])': "pass"},
        ),
        Misconception(
            "foreign_is_not_ascii",
            "You take a text for a foreign one if it has a character outside ASCII. Honest accents in English are reported, and German or Spanish sentences without any are missed. Function words tell more; a function for that is at hand.",
            3.75,
            edits={_FOREIGN: "if not cleaned.isascii():"},
        ),
        Misconception(
            "raw_texts_compared",
            "Copies that differ in spaces or capital letters are missed: the texts were compared as they are, and not cleaned and case-blind.",
            3.5,
            edits={
                "similarity = jaccard(cleaned, other_cleaned)": 'similarity = float(row["text"] == other["text"]) or min(jaccard(cleaned, other_cleaned), 0.99)'
            },
        ),
        Misconception(
            "one_row_faults_only",
            "The four faults that a row shows by itself are all found, and none of those that take a second row to see. Go on with pairs.",
            1.75,
            edits={"for other, other_cleaned in earlier:": "for other, other_cleaned in ():"},
        ),
        Misconception(
            "pairs_only",
            "The faults that take two rows to see are found, and none of those that a row shows by itself: mojibake, HTML, a missing label, another language.",
            1.75,
            edits={
                _MOJIBAKE: "if False:", _HTML: "if False:", _MISSING: "if False:", _FOREIGN: "if False:",
            },
        ),
        Misconception(
            "changes_the_rows",
            "All faults are found, and the rows that were handed in are changed afterwards: cleaned texts were written back into them. Whoever called you wanted to know about their data, not to lose it.",
            3.0,
            edits={"cleaned = clean_text(repaired)": 'cleaned = clean_text(repaired)\n        row["text"] = row["text"] + ""\n        row["cleaned"] = cleaned'},
        ),
        Misconception(
            "everything_flagged",
            "Every row is reported with every fault. Recall is perfect that way, and precision tells what it is worth.",
            0.0,
            edits={"return faults": 'return {kind: [row["id"] for row in rows] for kind in FAULT_KINDS}'},
        ),
    ),
    alternatives=(
        Alternative(
            "table_of_pairs",
            code=(
                "def find_faults(rows):\n"
                "    faults = {kind: set() for kind in FAULT_KINDS}\n"
                "    clean = [clean_text(repair_mojibake(r['text'])) for r in rows]\n"
                "    for r, c in zip(rows, clean):\n"
                "        if repair_mojibake(r['text']) != r['text']:\n"
                "            faults['mojibake'].add(r['id'])\n"
                "        if re.search('</?[a-zA-Z]', r['text']) or html.unescape(r['text']) != r['text']:\n"
                "            faults['html'].add(r['id'])\n"
                "        if r['label'] not in (0, 1):\n"
                "            faults['missing_label'].add(r['id'])\n"
                "        if guess_language(c) in ('de', 'fr', 'es', 'zh'):\n"
                "            faults['foreign_language'].add(r['id'])\n"
                "    for j in range(len(rows)):\n"
                "        for i in range(j):\n"
                "            s = jaccard(clean[i], clean[j], 4)\n"
                "            if s < 0.65:\n"
                "                continue\n"
                "            one, two = rows[i], rows[j]\n"
                "            if one['split'] != two['split']:\n"
                "                faults['leak'].add((one if one['split'] == 'test' else two)['id'])\n"
                "            elif clean[i].casefold() != clean[j].casefold():\n"
                "                faults['near_duplicate'].add(two['id'])\n"
                "            else:\n"
                "                kind = 'exact_duplicate' if one['label'] == two['label'] else 'contradictory_label'\n"
                "                faults[kind].add(two['id'])\n"
                "    return faults\n"
            ),
        ),
        Alternative(
            "pandas",
            code=(
                "def find_faults(rows):\n"
                "    table = pd.DataFrame(rows)\n"
                "    table['fixed'] = table['text'].map(repair_mojibake)\n"
                "    table['clean'] = table['fixed'].map(clean_text)\n"
                "    ids = lambda mask: table.loc[mask, 'id'].tolist()\n"
                "    faults = dict.fromkeys(FAULT_KINDS)\n"
                "    faults['mojibake'] = ids(table['fixed'] != table['text'])\n"
                "    faults['html'] = ids(table['fixed'].str.split().str.join(' ') != table['clean'])\n"
                "    faults['missing_label'] = ids(table['label'].isna())\n"
                "    faults['foreign_language'] = ids(table['clean'].map(guess_language) != 'en')\n"
                "    key = table['clean'].str.casefold()\n"
                "    faults['exact_duplicate'] = ids(pd.concat([key, table[['split', 'label']]], axis=1).duplicated() & table['label'].notna())\n"
                "    both = pd.concat([key, table['split']], axis=1).duplicated()\n"
                "    faults['contradictory_label'] = [i for i in ids(both) if i not in faults['exact_duplicate']]\n"
                "    near, leak = [], []\n"
                "    seen = list(zip(table['id'], table['split'], key))\n"
                "    for n, (i, split, text) in enumerate(seen):\n"
                "        for j, other_split, other in seen[:n]:\n"
                "            s = jaccard(text, other)\n"
                "            if s >= 0.6 and split != other_split:\n"
                "                leak.append(i if split == 'test' else j)\n"
                "            elif 0.6 <= s < 1:\n"
                "                near.append(i)\n"
                "    faults['near_duplicate'], faults['leak'] = near, leak\n"
                "    return faults\n"
            ),
        ),
    ),
    refuse={"course.data.plant_faults": "it makes the corpus; a cleaner has only the rows."},
)

LESSON = Lesson(
    name="03_data",
    title="Data",
    summary="Real reviews with planted faults: Unicode and HTML, duplicates and MinHash, labels and kappa, splits and leaks, and what each fault does to F1.",
    reading_minutes=47,
    exercises=(CLEAN, REPAIR, JACCARD, MINHASH, GROUPS, MAJORITY, KAPPA, LEAKS, FAULTS),
)
