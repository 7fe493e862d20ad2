# %% [markdown]
# # 3 · Data
#
# A model learns what is in its data, and nothing tells it what should not be there. A review that stands in the training
# set and again in the test set makes every model look better than it is. A label that two people would give differently
# puts a ceiling on accuracy that no architecture can lift. This lesson is about finding such things. To know how much you
# find, we do something that nobody can do with data from outside: we plant the faults ourselves, in real film reviews.
#
# **At the end you can**
#
# 1. clean text without destroying it, and say what each Unicode normal form changes;
# 2. work with the `datasets` library: map, filter, batches, the cache, streaming, and memory that is not used;
# 3. find exact and near duplicates, by Jaccard's index and by MinHash, and count what each costs;
# 4. turn several people's judgements into a label, and measure how far they agree beyond chance;
# 5. split data so that no text stands on both sides, and test that it is so;
# 6. measure a cleaner by precision and recall, and say what each fault does to a model's score;
# 7. write a data card.
#
# **Time**: about 120 minutes, 47 of them to read and run, the rest for nine exercises. There is a natural break before
# section 5.
#
# **You need** Python with its strings, lists, dicts and sets, and school mathematics. No neural network appears here.
#
# **What counts in every exercise**: the results, however you compute them. Arguments stay unchanged. `hint("clean_text")`
# gives a nudge, and a clearer one at the next call; hints cost nothing.

# %% setup=true
import html
import re
import unicodedata
from collections import Counter

import numpy as np
import pandas as pd

from course import check, hint
from course.data import FAULT_KINDS, guess_language, plant_faults

PRIME = 2**31 - 1  # for the hash functions of section 4

# %% [markdown]
# ## 1 · First, look
#
# The course brings 23,703 short texts with it: snippets of film reviews, product reviews, editorials, and tweets. Each was
# rated by at least fifteen people from −4 (most negative) to 4 (most positive) (Hutto & Gilbert, 2014). They come as a
# `Dataset` of the library `datasets`: a table with named, typed columns.

# %%
import datasets

from course.resources import load_reviews

datasets.disable_progress_bars()
movies = load_reviews("movies")
print(movies)
print(movies.features["ratings"])
print(movies[1])

# %% [markdown]
# A row is a dict, `movies["text"]` is a column, `movies[:3]` is a *dict of lists*. For questions about the whole table,
# most people hand it to **pandas**.

# %%
table = movies.select_columns(["text", "rating"]).to_pandas()
table["characters"] = table["text"].str.len()
table["people"] = [len(ratings) for ratings in movies["ratings"]]
table[["rating", "characters", "people"]].describe().round(2)

# %% [markdown]
# **From ratings to labels.** A classifier needs classes. We call a text *positive* (1) if its mean rating is above 0.5,
# *negative* (0) if it is below −0.5, and leave out what lies between. That is a decision; another threshold makes another
# data set, and a data card has to name it.
#
# **Predict.** Film snippets and product sentences: is one class more frequent than the other in both, in one, or in none?
#
# <details><summary>What to make of it</summary>
#
# Those who collected the film snippets took as many of each kind. The product sentences were taken as they came, and they
# are **skewed**: positive ones are more frequent. Here it is three to two; elsewhere, one in a hundred is common (spam, fraud,
# rare diseases), and then a model that always names the frequent class is right nearly always and useless. Section 8
# shows which measure is not fooled by that.
#
# </details>

# %%
for domain in ("movies", "products"):
    rating = pd.Series(load_reviews(domain)["rating"])
    positive, negative = int((rating > 0.5).sum()), int((rating < -0.5).sum())
    share = positive / (positive + negative)
    print(f"{domain:9} positive {positive:5}, negative {negative:5}: {share:.0%} positive")

# %% [markdown]
# ### The corpus with planted faults
#
# `plant_faults(seed)` takes real film snippets and plants eight kinds of fault in them, each a few times. The same seed
# gives the same corpus.
#
# | fault | what is wrong with the row |
# |---|---|
# | `exact_duplicate` | repeats an earlier row of the same split; spaces and capital letters aside, it is the same text |
# | `near_duplicate` | repeats an earlier row of the same split with a small change |
# | `html` | holds tags such as `<br />`, or entities such as `&#39;` |
# | `mojibake` | its characters were read with the wrong encoding: `Itâ€™s` |
# | `missing_label` | the label is None |
# | `contradictory_label` | repeats an earlier row of the same split, with the opposite label |
# | `foreign_language` | is not English |
# | `leak` | stands in the test split, and (nearly) the same text in the training split |
#
# A **split** is a part of the data with a purpose: `train` to learn from, `test` to measure with. Whatever the model has
# seen in training says nothing about what it does with new text; that is why a leak is the worst of the eight.

# %%
corpus = plant_faults(seed=3)
pd.set_option("display.max_colwidth", 72)
pd.DataFrame(corpus.rows).sample(8, random_state=275)

# %% [markdown]
# `corpus.truth` says which rows are faulty. Real data come without it: keep your eyes off it until the end of section 7.
#
# **Predict.** Look through the eight rows. Which faults can be seen in one row alone, and which only beside another?
#
# <details><summary>Answer</summary>
#
# Four show in the row itself: HTML, mojibake, a missing label, another language. The other four are relations: a
# duplicate, a contradiction and a leak each need a second row. Sections 2 and 3 deal with the first kind, section 4 with the second.
#
# </details>

# %% [markdown]
# ## 2 · Clean text
#
# ### One letter, two strings
#
# Unicode gives every character a number, its **code point**. Some characters have two spellings: é is the code point
# U+00E9, or the letter e followed by a *combining* accent, U+0301. They look the same and are different strings, so a search
# for one does not find the other. **Normal forms** choose a spelling:
#
# | form | does | é | ½ | ﬁ (one character) |
# |---|---|---|---|---|
# | **NFC** | composes: letter and accent become one | é, 1 code point | stays | stays |
# | **NFD** | decomposes | e + accent, 2 code points | stays | stays |
# | **NFKC** | composes, and replaces characters by *compatible* ones | é | 1⁄2 | fi, 2 letters |
# | **NFKD** | decomposes, and replaces | e + accent | 1⁄2 | fi |
#
# The K forms are made for searching, and they destroy differences that may matter: x² becomes x2, and ① becomes 1.

# %%
for text in ("caf\u00e9", "cafe\u0301", "x\u00b2 = \u00bd", "\ufb01lm \u2122 \u2460"):
    forms = {form: unicodedata.normalize(form, text) for form in ("NFC", "NFD", "NFKC")}
    print(f"{text:10}", *(f"{form} {value!r:14} {len(value):2}" for form, value in forms.items()), sep=" | ")


# %% [markdown]
# **Predict.** A file name for your data holds an é, typed on a Mac. The same name, typed on Linux, is not found. Which
# question do you ask?
#
# <details><summary>Answer</summary>
#
# Whether the two names are in the same normal form. Some systems hand out decomposed names and others composed ones. Put
# text into one form at the *entrance*, and compare only afterwards. NFC is the usual choice: it is what keyboards produce and the web expects.
#
# </details>
#
# ### HTML
#
# Text from the web brings **tags** (`<b>`, `<br />`) and **entities**, names for characters (`&amp;` for &, `&#39;` for
# an apostrophe). Their order matters. An author who wants you to *see* the characters `<b>` writes `&lt;b&gt;`. Decode the
# entities first, and the text looks like a tag and is thrown away.
#
# **By hand**, for `5 &lt; 6<br>ok`: tags out, `5 &lt; 6 ok`; entities decoded, `5 < 6 ok`.
#
# A pattern for tags is enough for snippets such as ours. For whole pages use a parser: the standard library's
# `html.parser`, or Beautiful Soup.
#
# ### Your turn: `clean_text`

# %% exercise="clean_text"
def clean_text(text: str) -> str:
    """Take HTML and odd spaces out of a text, and put it into normal form C.

    In this order:

    1. Every tag becomes a space. A tag begins with ``<`` or ``</``, directly followed by a letter
       from a to z, small or capital, and ends at the next ``>``.
    2. Every HTML entity becomes its character, once: ``&amp;lt;`` becomes ``&lt;``.
    3. The text is brought into normal form C.
    4. Every run of white space becomes one space, and none is left at either end. White space is
       whatever ``str.split()`` splits at, the no-break space and line breaks included.

    Everything else stays as it is: capital letters, accents, a ``<`` that begins no tag. (A space
    that a tag leaves before a comma stays, too.)

    Args:
        text: any string, the empty one included.

    Returns:
        The clean text, a string.
    """
    ### BEGIN SOLUTION
    without_tags = re.sub(r"</?[a-zA-Z][^>]*>", " ", text)
    characters = html.unescape(without_tags)
    composed = unicodedata.normalize("NFC", characters)
    return " ".join(composed.split())
    ### END SOLUTION


# %% check="clean_text"
check("clean_text", clean_text)

# %% [markdown]
# ### Mojibake
#
# Bytes on a disk are not text; an **encoding** says which bytes stand for which character. UTF-8 writes ’ as three bytes.
# Whoever reads those as Windows-1252, where each byte is a character of its own, sees three characters, and the Japanese
# word for it is *mojibake*. You can make it yourself:

# %%
text = "It’s a café"
data = text.encode("utf-8")
print(data)
print("read as UTF-8:       ", data.decode("utf-8"))
print("read as Windows-1252:", data.decode("cp1252"))


# %% [markdown]
# It can be undone, because nothing is lost: *encode* with the wrong encoding gives the bytes back, *decode* with the right
# one reads them. But which text was misread? Here helps that UTF-8 is strict: bytes that were never meant as UTF-8 hardly
# ever happen to be valid.
#
# Python's `cp1252` leaves five bytes without a meaning, so a few characters (the closing quotation mark ” among them)
# cannot make the round trip. For work in earnest, use the package **ftfy**, which knows this and many other accidents.
#
# **Predict.** What happens if you try to repair the honest text “café”?
#
# <details><summary>Answer</summary>
#
# In Windows-1252, é is the single byte E9. In UTF-8 that byte promises two more to come, and none do: `decode` raises a
# UnicodeDecodeError. The exception is the answer: this text was never misread.
#
# </details>
#
# ### Your turn: `repair_mojibake`

# %% exercise="repair_mojibake"
def repair_mojibake(text: str) -> str:
    """Undo mojibake: UTF-8 that was read as Windows-1252 (Python's name for it is ``cp1252``).

    A text is mojibake if it can be encoded in Windows-1252, the bytes are valid UTF-8, and read as
    UTF-8 they give another text. Then that other text takes its place, and the same is asked of it,
    for a text can be misread twice or more. Any text that is no mojibake is returned as it is,
    whole, and no exception leaves the function.

    Args:
        text: any string, the empty one included.

    Returns:
        The text as it was meant, a string.
    """
    ### BEGIN SOLUTION
    while True:
        try:
            read_again = text.encode("cp1252").decode("utf-8")
        except UnicodeError:
            return text
        if read_again == text:
            return text
        text = read_again
    ### END SOLUTION


# %% check="repair_mojibake"
check("repair_mojibake", repair_mojibake)

# %% [markdown]
# ### Which language?
#
# A text of another language is no fault in itself; in a corpus that claims to be English, it is noise that a model cannot
# learn from. `guess_language` counts **function words** (*the*, *and*, *of*), which make up much of a running text and
# hardly occur in other languages. Trained detectors (fastText, lingua) are better, above all on short texts:

# %%
sentences = "The plot is thin.", "Die Geschichte ist dünn.", "Un film tendre et drôle.", "剧情老套。", "Pure gold!"
for text in sentences:
    print(guess_language(text), text)

# %% [markdown]
# *Pure gold!* has no function word: `und`, undetermined. A filter that throws away all it is unsure of would throw away
# short English texts. What to do with doubt belongs into the rules, and the rules on the data card.
#
# ## 3 · At scale: the `datasets` library
#
# ### map, filter, batches
#
# `map` applies a function to every row and adds or replaces the columns that it returns; `filter` keeps the rows for which a
# function is true. With `batched=True` the function gets a dict of lists, so that it can do many rows at once, and it
# may return *another number* of rows.

# %%
data = datasets.Dataset.from_list(corpus.rows)
clean = data.map(lambda row: {"text": clean_text(repair_mojibake(row["text"]))})
labelled = clean.filter(lambda row: row["label"] is not None)
english = labelled.filter(
    lambda batch: [guess_language(text) in ("en", "und") for text in batch["text"]], batched=True
)
print([part.num_rows for part in (data, clean, labelled, english)])


# %%
def into_sentences(batch: dict) -> dict:
    """One row for each sentence: more rows come out than go in."""
    rows = zip(batch["id"], batch["text"], strict=True)
    found = [(number, part) for number, text in rows for part in text.split(". ")]
    return {"id": [number for number, _ in found], "sentence": [part for _, part in found]}


cut = english.map(into_sentences, batched=True, remove_columns=english.column_names)
print(english.num_rows, "rows become", cut.num_rows)

# %% [markdown]
# **Predict.** Why must `remove_columns` be given there?
#
# <details><summary>Answer</summary>
#
# All columns of a table have the same length. `text` and `label` still have one entry for each old row, and the new
# columns have more: they cannot stand side by side. Leave it out and look at the error.
#
# </details>
#
# ### Missing values
#
# `missing_label` rows have None. Three ways to deal with it, none right always: **drop** the row (simple; loses text, and
# may skew the rest if labels are missing for a reason), **fill in** (the most frequent class, say: invents knowledge),
# **ask** again. In pandas a trap waits: a column of whole numbers with a gap becomes a column of *floats* (None turns into NaN).

# %%
frame = pd.DataFrame(corpus.rows)
print("type of the column:", frame["label"].dtype, "| missing:", int(frame["label"].isna().sum()))
print("NaN == NaN:", float("nan") == float("nan"), "| so ask isna(), never ==")
print("with gaps and whole numbers:", frame["label"].astype("Int64").dtype)

# %% [markdown]
# ### Where the data live
#
# Behind a `Dataset` lies **Apache Arrow**: each column is one block of bytes, the same in memory as on disk. A saved
# data set is therefore not *read*, it is **memory-mapped**: the operating system brings in the pages that you touch, when you
# touch them. So a table larger than your memory can be opened.

# %%
import tempfile

import pyarrow

folder = tempfile.mkdtemp()
movies.save_to_disk(folder)
before = pyarrow.total_allocated_bytes()
mapped = datasets.load_from_disk(folder)
opened = pyarrow.total_allocated_bytes() - before
print(f"the table: {mapped.data.nbytes / 1e6:.1f} MB; taken from memory to open it: {opened / 1e6:.1f} MB")


# %% [markdown]
# **The cache.** The result of `map` on such a data set is written beside it, under a **fingerprint** made from the data and
# from the code of your function. Run the cell again, and the file is found and nothing is computed; change the function, and it
# is computed anew.

# %%
def short(row: dict) -> dict:
    """Whether a text has fewer than 60 characters."""
    return {"short": len(row["text"]) < 60}


def long(row: dict) -> dict:
    """Whether a text has more than 160 characters."""
    return {"long": len(row["text"]) > 160}


first, again, other = mapped.map(short), mapped.map(short), mapped.map(long)
print("the same function, the same file:", first.cache_files == again.cache_files)
print("another function, another file:  ", first.cache_files != other.cache_files)

# %% [markdown]
# (A function that reads a file or a global variable which the fingerprint does not see can give you yesterday's result.
# `load_from_cache_file=False` computes anew.)
#
# **Streaming.** An `IterableDataset` holds a plan and no rows: each row is made when somebody asks for it, so that the
# first ones are there at once, however long the whole is. (The library looks one row ahead.)

# %%
stream = mapped.to_iterable_dataset()
asked = []
plan = stream.map(lambda row: asked.append(row["id"]) or {"characters": len(row["text"])})
print("rows made after planning:", len(asked))
print("three rows:", [row["characters"] for row in plan.take(3)], "| rows made:", len(asked))

# %% [markdown]
# ## 4 · The same text twice
#
# Duplicates waste training time, weigh some texts more than others, teach a model to recite (Lee et al., 2022), and,
# across the splits, they leak. **Exact** ones are easy: put each text into a canonical form (cleaned, case-blind) and
# look it up in a dict. One pass, and each text is looked at once.

# %%
seen = {}
for row in corpus.rows:
    key = clean_text(row["text"]).casefold()
    if key in seen:
        print(f"{row['id']} repeats {seen[key]}: {row['text'][:60]!r}")
    seen.setdefault(key, row["id"])


# %% [markdown]
# **casefold** is `lower` made for comparing: it also knows that ß and ss are one. One more comma, and such a lookup finds
# nothing: a **near duplicate** is another key. (And the list above holds more than exact duplicates: a lookup by text knows
# nothing of labels and splits.) We need a *degree* of likeness.
#
# ### Shingles and Jaccard's index
#
# Cut a text into all its overlapping runs of $k$ characters, its **shingles**, and take them as a set $A$. Two texts are
# alike if their sets overlap. **Jaccard's index** is the share that they have in common:
#
# $$J(A, B) = \frac{|A \cap B|}{|A \cup B|}$$
#
# where $|\cdot|$ counts elements, $\cap$ holds what is in both, $\cup$ what is in either. It is 1 for equal sets, and 0
# if they share nothing.
#
# **By hand**, $k = 2$. *banana*: ba, an, na, that is 3 (each counts once). *bandana*: ba, an, nd, da, na, that is 5. Common: 3. Together: 5.
# $J = 3/5$.
#
# **Predict.** A review of 100 characters has 96 shingles of 5. One letter in the middle is changed. About what is $J$?
#
# <details><summary>Answer</summary>
#
# The letter lies in 5 shingles. 91 remain common, and together there are $91 + 5 + 5 = 101$: $J \approx 0.90$. With $k$ = 20 it
# would be $61/(61 + 20 + 20) \approx 0.60$: long shingles notice more, short ones find everything alike. Five is common for
# short texts, runs of several *words* for long ones.
#
# </details>
#
# ### Your turn: `jaccard`

# %% exercise="jaccard"
def jaccard(first: str, second: str, size: int = 5) -> float:
    """Jaccard's index of the shingle sets of two texts.

    Both texts are casefolded first. A shingle is a run of ``size`` neighbouring characters, spaces
    and punctuation included; one begins at every character that has enough others behind it. A text
    with fewer than ``size`` characters is a single shingle, itself; so is the empty text.

    Args:
        first: any string.
        second: any string.
        size: characters in a shingle, at least 1.

    Returns:
        The number of common shingles over the number of shingles that occur in either text, from 0
        to 1.
    """
    ### BEGIN SOLUTION
    sets = []
    for text in (first, second):
        folded = text.casefold()
        sets.append({folded[i : i + size] for i in range(max(len(folded) - size + 1, 1))})
    return len(sets[0] & sets[1]) / len(sets[0] | sets[1])
    ### END SOLUTION


# %% check="jaccard"
check("jaccard", jaccard)

# %% [markdown]
# How are the likenesses of all pairs of our corpus distributed?

# %%
texts = [clean_text(repair_mojibake(row["text"])) for row in corpus.rows]
pairs = [(i, j) for j in range(len(texts)) for i in range(j)]
alike = np.array([jaccard(texts[i], texts[j]) for i, j in pairs])
print(f"{len(texts)} texts, {len(pairs)} pairs")
for low, high in ((0, 0.2), (0.2, 0.4), (0.4, 0.6), (0.6, 0.8), (0.8, 1.01)):
    print(f"J from {low} to {min(high, 1)}: {int(((alike >= low) & (alike < high)).sum()):5}")

# %% [markdown]
# Strangers stay low, and copies stand high. The few in between are different reviews that begin with the same phrase of a publisher: alike,
# and no copies. A threshold belongs into the gap above them; we take 0.6. (In data from outside the gap is less clean. Look at the pairs
# near your threshold before you trust it.)
#
# ### The cost, and MinHash
#
# $n$ texts have $n(n-1)/2$ pairs. Twice the texts, four times the work:

# %%
for n in (104, 10_605, 1_000_000, 1_000_000_000):
    print(f"{n:13,} texts: {n * (n - 1) // 2:27,} comparisons")


# %% [markdown]
# **MinHash** (Broder, 1997) makes each text small, however long. Take a function $h$ that mixes: it sends each shingle to a
# number as if at random, the same shingle always to the same number. Keep only the smallest number of each set.
# When do $A$ and $B$ keep the same one?
#
# Of all shingles in $A \cup B$, one has the smallest number, and *each is equally likely to be it*. If it lies in both
# sets, both keep it. If it lies in only one, the other set keeps something else. So
#
# $$P\left(\min h(A) = \min h(B)\right) = \frac{|A \cap B|}{|A \cup B|} = J(A, B).$$
#
# One such experiment says yes or no. Do $K$ of them, with $K$ functions: the share of yeses estimates $J$, and its error (standard deviation) is
# $\sqrt{J(1-J)/K}$, at most $0.5/\sqrt{K}$. The $K$ minima are the **signature** of the text.
#
# A cheap family of functions, for shingles $x$ that are numbers already: $h(x) = (a x + b) \bmod p$ with a prime $p$
# and, for each function, its own random $a$ and $b$.
#
# **By hand**, $p = 11$, set $\{2, 5\}$. With $a = 3, b = 1$: $2 \to 7$, $5 \to 16 \bmod 11 = 5$; the smallest is 5. With $a = 1,
# b = 7$: $2 \to 9$, $5 \to 12 \bmod 11 = 1$; the smallest is 1. The signature is $[5, 1]$.
#
# ### Your turn: `minhash_signature`

# %% exercise="minhash_signature"
def minhash_signature(values: list[int], a: list[int], b: list[int]) -> list[int]:
    """The MinHash signature of a set of numbers.

    The k-th hash function is h(x) = (a[k]·x + b[k]) mod PRIME, with PRIME = 2³¹ - 1 from the first
    cell. The k-th number of the signature is the smallest h(x) over all x in ``values``.

    Args:
        values: the hashed shingles, at least one, each from 0 to PRIME - 1, in any order; one may
            occur twice.
        a: one factor for each hash function.
        b: one summand for each, as many as factors.

    Returns:
        The signature, a list of ints with one number for each hash function, in their order.
    """
    ### BEGIN SOLUTION
    return [min((slope * value + shift) % PRIME for value in values) for slope, shift in zip(a, b, strict=True)]
    ### END SOLUTION


# %% check="minhash_signature"
check("minhash_signature", minhash_signature)

# %% [markdown]
# Shingles become numbers by a hash function of bytes. (Not by Python's `hash`: for strings it changes with every start of
# Python, so that signatures on disk would be worthless tomorrow.)

# %%
import zlib

rng = np.random.default_rng(0)
a, b = rng.integers(1, PRIME, size=(2, 256)).tolist()


def signature(text: str, size: int = 5) -> list[int]:
    """The signature of a text with 256 hash functions."""
    folded = text.casefold()
    shingles = {folded[i : i + size] for i in range(max(len(folded) - size + 1, 1))}
    return minhash_signature(sorted(zlib.crc32(shingle.encode()) % PRIME for shingle in shingles), a, b)


one, two = "A tender, funny film about growing old.", "A tender and funny film about growing up."
same = np.equal(signature(one), signature(two))
print(f"Jaccard's index: {jaccard(one, two):.3f}")
for count in (16, 64, 256):
    print(f"{count:3} hash functions: {same[:count].mean():.3f}, error about {0.5 / count**0.5:.3f} at most")

# %% [markdown]
# *How alike are two texts, and how many hash functions does it take to see it?*

# %%
from course.visualizers import near_duplicate_explorer

near_duplicate_explorer().static()

# %% [markdown]
# With controls. Your own two texts go into the brackets: `near_duplicate_explorer("…", "…")`.
#
# **Predict.** Which of the four pairs is at $J = 1$ for shingles of one character, or nearly so, and what does a larger shingle make of it?
#
# <details><summary>What you should see</summary>
#
# *Words exchanged*: the same letters, so that single characters cannot tell the two apart. The longer the shingle, the more of them
# run over a seam between two words, and the further J falls. And for every pair: beyond a hundred functions or so the estimate moves little; to
# halve its error takes four times as many.
#
# </details>

# %%
near_duplicate_explorer()

# %% [markdown]
# **Bands.** Signatures are short, but there are as many pairs as before. The second idea: cut each signature into $r$ bands
# of $m$ numbers, and put texts into the same bucket if *a whole band* agrees. Only texts that share a bucket are compared.
# A band agrees with probability $J^m$, so a pair meets at least once with
#
# $$P(\text{candidates}) = 1 - (1 - J^m)^r,$$
#
# a curve that is flat near 0, steep in the middle, and flat near 1. With $m$ and $r$ you choose where it rises. This is
# **locality-sensitive hashing**; in the library *datasketch* it is a class.

# %%
from datasketch import MinHash, MinHashLSH

lsh = MinHashLSH(threshold=0.5, num_perm=128)
candidates = []
for number, text in enumerate(texts):
    sketch = MinHash(num_perm=128, seed=1)
    folded = text.casefold()
    sketch.update_batch([folded[i : i + 5].encode() for i in range(max(len(folded) - 4, 1))])
    candidates += [(other, number) for other in lsh.query(sketch)]
    lsh.insert(number, sketch)
found = {pair for pair in candidates if jaccard(texts[pair[0]], texts[pair[1]]) >= 0.6}
truly = {pair for pair, likeness in zip(pairs, alike, strict=True) if likeness >= 0.6}
print(f"comparisons: {len(pairs)} for all pairs, {len(candidates)} for candidates alone")
print(f"pairs at least 0.6 alike: {len(truly)}; found among the candidates: {len(found & truly)}")


# %% [markdown]
# ### From pairs to groups
#
# If A is like B, and B is like C, we keep one of the *three*, even where A and C are not alike enough to be a pair. What we
# need is a **group** for each text: all that are connected, directly or through others. In a graph these are the connected components.
#
# **By hand**, five texts, pairs (0, 1), (3, 4), (1, 3). Groups at first: 0 1 2 3 4. After (0, 1): 0 0 2 3 4. After (3, 4): 0 0 2 3 3.
# After (1, 3) *two whole groups* become one: 0 0 2 0 0.
#
# ### Your turn: `group_ids`

# %% exercise="group_ids"
def group_ids(count: int, pairs: list[list[int]]) -> list[int]:
    """Number the groups that pairs of texts form.

    Two texts are in one group if a pair connects them, or a chain of pairs does. A text in no pair
    is a group of its own.

    Args:
        count: the number of texts; they are numbered 0 to count - 1.
        pairs: any number of pairs of two different texts, in any order, the smaller number first or
            last; a pair may come twice.

    Returns:
        For each text, in order, the number of its group: the smallest number of a text in it. A
        list of ints.
    """
    ### BEGIN SOLUTION
    groups = list(range(count))
    for first, second in pairs:
        low, high = sorted((groups[first], groups[second]))
        groups = [low if group == high else group for group in groups]
    return groups
    ### END SOLUTION


# %% check="group_ids"
check("group_ids", group_ids)

# %%
groups = group_ids(len(texts), [list(pair) for pair in sorted(truly)])
largest = Counter(groups).most_common(1)[0][0]
print(f"{len(texts)} texts, {len(set(groups))} groups; one of the largest:")
for text, group in zip(texts, groups, strict=True):
    if group == largest:
        print("  ", text)

# %% [markdown]
# ## 5 · Who says that this is positive?
#
# Labels come from people. Before anyone labels, somebody writes **guidelines**: what each label means, and what to do in
# doubt. Ours, on one line each:
#
# * **positive**: the writer would rather recommend the film than not. **negative**: rather not.
# * **neutral**: facts alone, or praise and blame in balance.
# * Judge the writer's opinion, not the film's subject: a sad film can be praised. Irony counts as what is meant.
#
# Label these ten snippets yourself. In the live widget press 1, 2 or 3 (0 takes a label back); the arrow keys move. Your
# choices are in `labeller.labels`.

# %%
from course.visualizers import labelling_widget

ten = [movies[i] for i in (30, 1204, 2477, 3690, 4802, 5511, 6403, 7777, 8888, 10_101)]
labeller = labelling_widget([row["text"] for row in ten])
labeller

# %% [markdown]
# (No buttons above? Then your viewer shows pictures only. Write your labels into a list with ten entries and set
# `labeller.labels = [...]`; the rest of the lesson works the same.)

# %%
labeller.static()


# %% [markdown]
# ### Several people, one label
#
# About twenty people rated each snippet. We take each rating's sign as a **vote**: negative, neutral, positive. The
# simplest way from votes to a label is the **majority vote**: the label with the most votes. It needs a rule for ties; ours is
# that a tie gives *no* label, so that somebody looks at it.
#
# ### Your turn: `majority_label`

# %% exercise="majority_label"
def majority_label(votes: list) -> object:
    """The label with the most votes.

    Most means more than any other label has; it need not be more than half. A vote that is None is
    an abstention and does not count.

    Args:
        votes: labels (strings, or ints, 0 among them), and None for abstentions. The list may be
            empty.

    Returns:
        The label, as it stands in the votes; None if two or more labels lead together, or if nobody
        voted.
    """
    ### BEGIN SOLUTION
    counts = Counter(vote for vote in votes if vote is not None)
    ranked = counts.most_common(2)
    if not ranked or (len(ranked) == 2 and ranked[0][1] == ranked[1][1]):
        return None
    return ranked[0][0]
    ### END SOLUTION


# %% check="majority_label"
check("majority_label", majority_label)


# %%
def votes_of(ratings: list[int]) -> list[str]:
    """Each person's rating as one of three labels."""
    return ["positive" if r > 0 else "negative" if r < 0 else "neutral" for r in ratings]


crowd = [majority_label(votes_of(row["ratings"])) for row in ten]
counted = [dict(Counter(votes_of(row["ratings"]))) for row in ten]
pd.DataFrame({"crowd": crowd, "votes": counted, "text": [row["text"] for row in ten]})

# %% [markdown]
# Row 6 has no label (pandas writes NaN for None): eight people against eight.
#
# ### Agreement, and what chance gives
#
# Suppose you agree with the crowd on 8 of 10: is that good? If both of you said “positive” nine times out of ten *without reading*,
# you would agree on about 82 of 100. **Cohen's kappa** (1960) takes that away:
#
# $$\kappa = \frac{p_o - p_e}{1 - p_e}$$
#
# with $p_o$ the observed share of agreement and $p_e$ the share expected by chance: for each label, the product of the two
# raters' shares of it, summed. 1 is full agreement, 0 is chance, below 0 is worse than chance.
#
# **By hand.** Two raters, ten texts: both positive 4, both negative 3, the first positive and the second negative 1, the other way
# round 2. $p_o = 7/10$. The first says positive 5 times, the second 6: $p_e = 0.5\cdot 0.6 + 0.5\cdot 0.4 = 0.5$. $\kappa = 0.2/0.5 = 0.4$.

# %%
from sklearn.metrics import cohen_kappa_score

first_rater = [1] * 5 + [0] * 5
second_rater = [1] * 4 + [0] + [1] * 2 + [0] * 3
print(f"by hand 0.4, sklearn {cohen_kappa_score(first_rater, second_rater):.1f}")

decided = [(own, theirs) for own, theirs in zip(labeller.labels, crowd, strict=True) if own and theirs]
if decided:
    agreed, compared = labeller.agreement(crowd)
    kappa = cohen_kappa_score(*zip(*decided, strict=True))
    print(f"you and the crowd: {agreed} of {compared} agree, kappa {kappa:.2f}")
else:
    print("You have labelled nothing yet: go back to the ten snippets, and then run this cell again.")


# %% [markdown]
# Cohen's kappa knows two raters, the same two for every text. **Fleiss' kappa** (1971) takes any number $N$ of votes on each item,
# and the raters may differ from item to item. Let $n_{ij}$ be the number of votes for category $j$ on item $i$, with $I$ items:
#
# $$P_i = \frac{\sum_j n_{ij}^2 - N}{N(N-1)}, \qquad \bar P = \frac1I\sum_i P_i, \qquad
# p_j = \frac{1}{I N}\sum_i n_{ij}, \qquad \bar P_e = \sum_j p_j^2, \qquad \kappa = \frac{\bar P - \bar P_e}{1 - \bar P_e}.$$
#
# $P_i$ is the share of *pairs of different raters* that agree on item $i$. For $n$ votes on one category there are $n(n-1) = n^2 - n$
# ordered pairs; summed over the categories that is $\sum n_{ij}^2 - N$, out of $N(N-1)$. And $p_j$ is the share of category $j$
# among all votes: two raters who do not look at the item both choose it with probability $p_j^2$.
#
# **By hand**, $N = 4$, two categories, items $(4,0), (2,2), (1,3)$. $P_1 = (16-4)/12 = 1$, $P_2 = (8-4)/12 = \tfrac13$,
# $P_3 = (10-4)/12 = \tfrac12$; $\bar P = \tfrac{11}{18}$. Columns: 7 and 5 of 12; $\bar P_e = \tfrac{49+25}{144} = \tfrac{37}{72}$.
# $\kappa = (\tfrac{44}{72} - \tfrac{37}{72})/\tfrac{35}{72} = \tfrac15$.
#
# ### Your turn: `fleiss_kappa`

# %% exercise="fleiss_kappa"
def fleiss_kappa(counts: list[list[int]]) -> float:
    """Fleiss' kappa (1971): agreement of many raters beyond chance.

    Args:
        counts: one row for each item, one column for each category: how many raters chose it. There
            is at least one item; every row has the same sum, the number of raters, which is at
            least 2.

    Returns:
        Kappa, a number of at most 1; it may be negative. If all votes are in one category, chance
        alone would agree fully and the formula divides zero by zero: then 1.0.
    """
    ### BEGIN SOLUTION
    items, raters = len(counts), sum(counts[0])
    agreement = sum((sum(n * n for n in row) - raters) / (raters * (raters - 1)) for row in counts) / items
    totals = [sum(column) for column in zip(*counts, strict=True)]
    chance = sum((total / (items * raters)) ** 2 for total in totals)
    if chance == 1:
        return 1.0
    return (agreement - chance) / (1 - chance)
    ### END SOLUTION


# %% check="fleiss_kappa"
check("fleiss_kappa", fleiss_kappa)

# %% [markdown]
# Now the real people: every text that exactly 20 of them rated.
#
# **Predict.** Where do they agree most: on tweets, on product reviews, or on editorials? And does kappa rise or fall if all nine
# steps from −4 to 4 count as different?
#
# <details><summary>What to make of it</summary>
#
# Most on products, where a sentence says that the battery is good or that it is not; least on editorials, whose sentences often judge nothing.
# With nine steps kappa falls: 2 against 3 is now a disagreement as grave as 2 against −3. (For ordered labels there are weighted
# kappas, and Krippendorff's alpha.) A model that learns from such labels cannot agree with people better than people do with one another:
# the ceiling is in the data.
#
# </details>

# %%
signs = ("negative", "neutral", "positive")
for domain in ("tweets", "products", "editorials"):
    rated = [ratings for ratings in load_reviews(domain)["ratings"] if len(ratings) == 20]
    three = [[votes_of(ratings).count(sign) for sign in signs] for ratings in rated]
    nine = [[ratings.count(step) for step in range(-4, 5)] for ratings in rated]
    print(f"{domain:11} {len(rated)} texts: kappa {fleiss_kappa(three):.2f}, with nine labels {fleiss_kappa(nine):.2f}")


# %% [markdown]
# ### Weak labels
#
# People are slow. **Weak labels** come from rules that are often right and abstain where they know nothing; several rules
# vote. Your `majority_label` combines them.

# %%
def rule_words(text: str, words: str, label: str) -> str | None:
    """Votes for a label if one of the words occurs."""
    return label if re.search(rf"\b({words})\b", text.casefold()) else None


def weak_label(text: str) -> object:
    """What four rules make of a text, by majority."""
    return majority_label(
        [
            rule_words(text, "best|great|wonderful|funny|fun|enjoyable|charming|moving", "positive"),
            rule_words(text, "worst|bad|dull|boring|fails|lacks|tedious|mess|flat", "negative"),
            "negative" if " too " in text else None,
            "positive" if text.endswith("!") else None,
        ]
    )


rated = zip(movies["text"], movies["rating"], strict=True)
judged = [(weak_label(text), "positive" if r > 0 else "negative") for text, r in rated if abs(r) > 0.5]
spoken = [(weak, people) for weak, people in judged if weak is not None]
right = sum(weak == people for weak, people in spoken)
print(f"the rules say something on {len(spoken) / len(judged):.0%} of {len(judged)} texts")
print(f"and agree with the people on {right / len(spoken):.0%} of those")

# %% [markdown]
# **Coverage** and **accuracy** pull against each other: every rule you add speaks more often, and errs more often. And the rules
# are blind together: all that is said without those words stays unlabelled, so a model trained on weak labels sees a *selection*.
#
# ## 6 · Splits that keep their promise
#
# A test score promises: *so will it be on new text*. Two things break the promise in silence.
#
# **Labels out of proportion.** A random split of a small, skewed corpus may give the test set hardly any negative rows. A **stratified**
# split draws from each class separately.
#
# **Related rows on both sides.** The product reviews come sentence by sentence, and `id` names review and sentence: 12_3 is
# the third sentence of review 12. A random split tears reviews apart, and the model meets in the test the camera that it got to know in
# training. A **group-aware** split keeps each group on one side.

# %%
from sklearn.model_selection import StratifiedGroupKFold, train_test_split

products = load_reviews("products").to_pandas()
products = products[products["rating"].abs() > 0.5]
review = products["id"].str.split("_").str[0].to_numpy()
label = (products["rating"] > 0).to_numpy()
rows = np.arange(len(products))

train, test = train_test_split(rows, test_size=0.2, stratify=label, random_state=0)
both = len(set(review[train]) & set(review[test]))
print(f"stratified:           {label[test].mean():.3f} positive in the test set, {both} reviews on both sides")
folds = StratifiedGroupKFold(n_splits=5, shuffle=True, random_state=0)
train, test = next(folds.split(rows, label, groups=review))
both = len(set(review[train]) & set(review[test]))
print(f"stratified by groups: {label[test].mean():.3f} positive in the test set, {both} reviews on both sides")
print(f"all:                  {label.mean():.3f} positive")


# %% [markdown]
# Near-duplicates are groups like any others: `group_ids` gives the numbers.
#
# Whatever way a split was made, by you or by the people you have it from: **test** it. What would a leak look like? A test text
# that some training text resembles.
#
# ### Your turn: `find_leaks`

# %% exercise="find_leaks"
def find_leaks(train: list[str], test: list[str], threshold: float = 0.6) -> list[int]:
    """The test texts that have a likeness among the training texts.

    Both texts are cleaned with your ``clean_text`` and then compared with your ``jaccard``, with
    shingles of the default size.

    Args:
        train: texts of the training set; may be empty.
        test: texts of the test set; may be empty.
        threshold: from which likeness on, this number included, a test text is a leak.

    Returns:
        The positions in ``test`` of all leaks, each once, in rising order.
    """
    ### BEGIN SOLUTION
    known = [clean_text(text) for text in train]
    return [i for i, text in enumerate(test) if any(jaccard(clean_text(text), other) >= threshold for other in known)]
    ### END SOLUTION


# %% check="find_leaks"
check("find_leaks", find_leaks)

# %%
by_split = {split: [row["text"] for row in corpus.rows if row["split"] == split] for split in ("train", "test")}
leaks = find_leaks(by_split["train"], by_split["test"])
print(f"{len(leaks)} of {len(by_split['test'])} test texts are leaks, for instance")
print("  ", by_split["test"][leaks[0]])


# %% [markdown]
# ## 7 · The cleaner
#
# Everything is at hand. A cleaner that finds *some* of the faults is not wrong, it is so good and no better, and two numbers say
# how good:
#
# $$\text{precision} = \frac{\text{reported rows that are faulty}}{\text{reported rows}}, \qquad
# \text{recall} = \frac{\text{faulty rows that are reported}}{\text{faulty rows}}, \qquad
# F_1 = \frac{2}{1/\text{precision} + 1/\text{recall}} .$$
#
# Report everything, and recall is 1 and precision tiny. Report one sure case, and it is the reverse. $F_1$, their **harmonic
# mean**, is near the *smaller* of the two.
#
# **By hand**: 6 rows are faulty; you report 8, of which 4 are. Precision 4/8, recall 4/6, $F_1 = 2/(2 + 1.5) \approx 0.57$.
#
# Your score is the mean $F_1$ over the eight kinds, so that a rare fault counts as much as a frequent one. From 0.97 on you have all
# points, below that a share. While grading, the corpora have other seeds.
#
# ### Your turn: `find_faults`

# %% exercise="find_faults"
def find_faults(rows: list[dict]) -> dict[str, list[int]]:
    """Find the faulty rows of a corpus, kind by kind.

    A row has one fault at most. What each kind means stands in the table of section 1. In
    particular:

    * two texts count as (nearly) the same if their likeness by ``jaccard`` is at least 0.6, after
      ``repair_mojibake`` and ``clean_text``; they are the same if only spaces and capital letters
      differ;
    * of two rows of one split that are alike, the *later* one in ``rows`` is faulty:
      ``exact_duplicate`` if text and label are the same, ``contradictory_label`` if the text is the
      same and the label is not, ``near_duplicate`` otherwise;
    * of two rows of different splits that are alike, the one of the test split is faulty, whichever
      comes first: ``leak``.

    ``guess_language`` may be used; for every sound row it gives ``"en"``.

    Args:
        rows: dicts with ``id`` (int), ``text`` (str), ``label`` (1, 0 or None) and ``split``
            ("train" or "test"). They stay unchanged.

    Returns:
        ``{kind: ids of the faulty rows}`` with the kinds in ``FAULT_KINDS``; the order of the ids
        does not matter.
    """
    ### BEGIN SOLUTION
    faults = {kind: [] for kind in FAULT_KINDS}
    earlier = []
    for row in rows:
        repaired = repair_mojibake(row["text"])
        cleaned = clean_text(repaired)
        if repaired != row["text"]:
            faults["mojibake"].append(row["id"])
        if cleaned != " ".join(repaired.split()):
            faults["html"].append(row["id"])
        if row["label"] is None:
            faults["missing_label"].append(row["id"])
        if guess_language(cleaned) != "en":
            faults["foreign_language"].append(row["id"])
        for other, other_cleaned in earlier:
            similarity = jaccard(cleaned, other_cleaned)
            if similarity < 0.6:
                continue
            if row["split"] != other["split"]:
                faults["leak"].append(row["id"] if row["split"] == "test" else other["id"])
            elif similarity < 1:
                faults["near_duplicate"].append(row["id"])
            elif row["label"] != other["label"]:
                faults["contradictory_label"].append(row["id"])
            else:
                faults["exact_duplicate"].append(row["id"])
            break
        earlier.append((row, cleaned))
    return faults
    ### END SOLUTION


# %% check="find_faults"
check("find_faults", find_faults)

# %% [markdown]
# Here is the truth, and your cleaner beside it:

# %%
found = find_faults(corpus.rows)
report = []
for kind in FAULT_KINDS:
    true, flagged = set(corpus.truth[kind]), set(found[kind])
    right = len(true & flagged)
    report.append((kind, len(true), len(flagged), right / max(len(flagged), 1), right / max(len(true), 1)))
pd.DataFrame(report, columns=["fault", "planted", "reported", "precision", "recall"])

# %% [markdown]
# ## 8 · What each fault does to a model
#
# Now at scale, with one fault at a time. A small classifier (word counts and logistic regression; what they are is not important here) learns
# from 1,800 rows. Its score is measured twice: on the corpus's **own** test split, as you would report it, and on 600 **sound** rows that were
# put aside before anything was planted. `corrupt` plants one kind of fault.
#
# We score with **macro F1**: $F_1$ for each class, then the mean.
#
# **Predict.** Which faults lower the score? Which ones *raise* it on the own test split, without any gain on sound rows?

# %%
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, f1_score
from sklearn.pipeline import make_pipeline

from course.data import corrupt, labelled_reviews


def learn(rows: list[dict]) -> object:
    """A classifier that has learnt from the training rows with a label."""
    known = [row for row in rows if row["split"] == "train" and row["label"] is not None]
    model = make_pipeline(TfidfVectorizer(ngram_range=(1, 2)), LogisticRegression(C=10))
    return model.fit([row["text"] for row in known], [row["label"] for row in known])


def macro_f1(model: object, rows: list[dict]) -> float:
    """The mean of the two classes' F1 on the rows with a label."""
    known = [row for row in rows if row["label"] is not None]
    guesses = model.predict([row["text"] for row in known])
    return f1_score([row["label"] for row in known], guesses, average="macro")


everything = labelled_reviews(3000, seed=5)
put_aside, sound = everything[:600], everything[600:]
scores = {}
for kind in (None, *FAULT_KINDS):
    rows = sound if kind is None else corrupt(sound, kind, count=700, seed=5)[0]
    model = learn(rows)
    own = [row for row in rows if row["split"] == "test"]
    scores[kind or "nothing planted"] = macro_f1(model, own), macro_f1(model, put_aside)
pd.DataFrame(scores, index=["own test split", "sound rows"]).T.round(3)

# %% [markdown]
# <details><summary>What to make of it</summary>
#
# * **Leaks** raise the reported score far, and leave the true one where it was. The gap between the two columns is what you would have
#   promised too much.
# * **Other languages** seem to do the same, and that is a leak through the back door: our corrupter knows only 32 foreign sentences, so
#   with hundreds of such rows the same ones stand on both sides. On sound rows the model has become worse, for it lost English texts to learn from.
# * **Contradictory labels** pull the reported score down: on two copies with opposite labels, no model can be right twice.
#   On sound rows the harm is small here, because the right label of each text is still there beside the wrong one.
# * **Missing labels** cost what was lost with them: rows.
# * **HTML**, **mojibake** and **copies** move this classifier little: it counts words, and most words survive. That is a finding about *this*
#   model. A language model pays for â€™ with tokens, and learns to write what it reads.
#
# </details>
#
# ### Skew
#
# Skew is a fault of the whole and of no row. The laziest of all models says “positive” to everything:

# %%
for share in (0.5, 0.75, 0.95):
    skewed = labelled_reviews(1000, seed=6, positive_share=share)
    labels = [row["label"] for row in skewed]
    lazy = [1] * len(labels)
    accuracy, f1 = accuracy_score(labels, lazy), f1_score(labels, lazy, average="macro", zero_division=0)
    print(f"{share:.0%} positive: accuracy {accuracy:.2f}, macro F1 {f1:.2f}")

# %% [markdown]
# Accuracy praises it the more, the more skewed the data are. Macro F1 does not: the class that is never found has an $F_1$ of 0.
#
# ## 9 · The pipeline, and the data card
#
# `course.data.prepare` puts the steps in a row: repair, clean, drop what has no label or another language, group what is alike, drop groups
# that contradict themselves, keep one text of each group, split with labels in proportion. Each step can be exchanged, and lesson 8 uses it to prepare
# the reviews that BERT is fine-tuned on. Here it works with *your* functions, and beside it with those of well-kept libraries:

# %%
from course.data import prepare

with_mine = prepare(
    corpus.rows, clean=clean_text, repair=repair_mojibake, similarity=jaccard,
    group=lambda count, pairs: group_ids(count, [list(pair) for pair in pairs]),
)  # fmt: skip
with_libraries = prepare(corpus.rows)
train_texts, test_texts = ([row["text"] for row in part] for part in (with_mine.train, with_mine.test))
print("the same rows:", train_texts == [row["text"] for row in with_libraries.train])
print("leaks:", find_leaks(train_texts, test_texts))
pd.Series(with_mine.report, name="rows").to_frame()

# %% [markdown]
# Data outlive the memory of those who made them. A **data card** (Gebru et al., 2021, call it a datasheet) answers the questions of the next user:
# where from, how chosen, what was done, what it must not be used for. Ours, with the numbers of the run above:

# %%
from IPython.display import Markdown

from course.resources import resource

source = resource("reviews")
kept = with_mine.report
Markdown(
    f"""
| | |
|---|---|
| **What** | {kept["train"] + kept["test"]} English snippets of film reviews, labelled positive (1) or negative (0) |
| **Source, licence** | {source.title.split(":")[0]} (Hutto & Gilbert, 2014), {source.licence}; faults planted with seed 3 |
| **Labels** | the sign of the mean rating of at least 15 people; ratings within ±0.5 are left out |
| **Cleaning** | mojibake repaired in {kept["repaired"]} rows; HTML out, normal form C, single spaces in all |
| **Left out** | {kept["without a label"]} without a label, {kept["in another language"]} in another language, \
{kept["with contradictory labels"]} with contradictory labels, {kept["repetitions"]} repetitions (Jaccard ≥ 0.6, shingles of 5) |
| **Splits** | {kept["train"]} train, {kept["test"]} test, stratified by label; no text of the test has a likeness in train |
| **Known limits** | film critics' English of before 2004; short texts; about 70 % positive; raters' background unknown |
| **Not for** | judging people; other languages; a claim about opinions on films in general |
"""
)

# %% [markdown]
# ## 10 · In short
#
# * Look first. Know the shape, the lengths, the classes, and ten rows by heart.
# * Tags before entities; NFC at the entrance; NFKC only where you search. Mojibake is undone by going back the way it came.
# * `map`, `filter`, batches; Arrow maps files into memory; the cache goes by fingerprint; a stream is a plan.
# * Likeness is a degree: Jaccard of shingles. MinHash estimates it from $K$ numbers with an error of at most $0.5/\sqrt K$; bands avoid comparing all pairs.
# * Pairs make groups. Groups stay on one side of a split.
# * Several people, a rule for ties, and kappa: agreement beyond chance. People's agreement is the ceiling of the model.
# * Precision and recall, both. Leaks flatter, contradictions harm, and skew fools accuracy.
#
# **Check yourself** (one sentence each):
#
# 1. Why does a text come out damaged if entities are decoded before tags are removed?
# 2. Two texts have Jaccard's index 0.5. With 100 hash functions, which estimates would not surprise you?
# 3. Three raters agree on 95 % of the items, and kappa is 0.1. How can that be?
# 4. A colleague reports 0.97 on a test set drawn at random from scraped reviews. What do you ask first?
# 5. You drop every row that `guess_language` calls `und`. What do you lose?
#
# <details><summary>Answers</summary>
#
# 1. `&lt;b&gt;`, meant to be read, turns into `<b>` and is then taken for a tag.
# 2. About 0.40 to 0.60: the error is $\sqrt{0.25/100} = 0.05$, and two errors to each side are usual.
# 3. Nearly all votes are in one category, so chance alone would agree on almost as many.
# 4. Whether the same text, or another one about the same thing by the same writer, stands in the training set.
# 5. Short texts without function words, many of them perfectly English.
#
# </details>

# %% [markdown]
# **Next**: lesson 4 cuts text into the pieces that a model reads.
#
# **Sources**
#
# * C. J. Hutto, E. Gilbert: *VADER: A Parsimonious Rule-based Model for Sentiment Analysis of Social Media Text*, ICWSM 2014. The snippets and ratings.
# * Unicode Standard Annex 15: *Unicode Normalization Forms*.
# * A. Broder: *On the resemblance and containment of documents*, 1997. MinHash.
# * J. Leskovec, A. Rajaraman, J. Ullman: *Mining of Massive Datasets*, 3rd edition, 2020, chapter 3. Shingles, bands.
# * K. Lee et al.: *Deduplicating Training Data Makes Language Models Better*, ACL 2022, arXiv:2107.06499.
# * J. Cohen: *A coefficient of agreement for nominal scales*, 1960. J. L. Fleiss: *Measuring nominal scale agreement among many raters*, 1971.
# * A. Ratner et al.: *Snorkel: Rapid Training Data Creation with Weak Supervision*, 2017, arXiv:1711.10160.
# * T. Gebru et al.: *Datasheets for Datasets*, 2021, arXiv:1803.09010.
