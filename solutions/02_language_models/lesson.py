# %% [markdown]
# # 2 · Language models
#
# A language model answers one question: *what comes next, and how surely?* Everything else in this course, from
# attention to a served BERT, is a better way to answer it, or a use of the answer. This lesson builds the smallest
# language model that works, from counts alone, measures it as the largest ones are measured, and then asks what
# pre-training buys, by experiment.
#
# **At the end you can**
#
# 1. say what a language model is: a distribution over sequences, written as a product of next-token probabilities;
# 2. build one from n-gram counts, and smooth it, so that nothing new counts as impossible;
# 3. compute cross-entropy and perplexity by hand and in torch, without overflow, and name the ways in which a
#    perplexity misleads;
# 4. prepare a batch for the two great training tasks, causal and masked, and sentence pairs for BERT's third;
# 5. tell decoder-only, encoder-only and encoder–decoder models apart by what each token may see;
# 6. show with an experiment what pre-training is worth when labels are few;
# 7. estimate what training costs, and how parameters and tokens should share a budget.
#
# **Time**: about 120 minutes, 50 of them to read and run, the rest for nine exercises. There is a natural break
# before section 6.
#
# **You need**: Python, school mathematics (logarithms, and what a derivative is), and to have met tensors (`shape`,
# indexing).
#
# **How to work**: run the cells from top to bottom. Where a question is asked, answer it for yourself *before* you
# open the answer. After an exercise, run its check; `hint("perplexity")` gives a nudge, and a clearer one when you
# call it again. Hints cost nothing.
#
# **What counts in every exercise**: the results, however you compute them. Arguments stay unchanged. Where a docstring
# says float, a tensor that holds one number will do. The one thing not allowed is to call a finished function in the
# exercise that builds it: `cross_entropy` names four. Afterwards you may.

# %% setup=true
import math
import random
import re
from collections import Counter, defaultdict
from itertools import pairwise

import torch
import torch.nn.functional as F
from torch import Tensor

from course import check, hint

# %% [markdown]
# The next cell only makes outputs short and pictures sharp.

# %%
import matplotlib
import matplotlib.pyplot as plt
from matplotlib_inline.backend_inline import set_matplotlib_formats

torch.set_printoptions(precision=4, sci_mode=False)
matplotlib.set_loglevel("error")
set_matplotlib_formats("svg", metadata={"Date": None})
plt.rcParams.update({"figure.figsize": (6.4, 3.0), "svg.hashsalt": "02_language_models"})
plt.rcParams.update({"axes.spines.top": False, "axes.spines.right": False})


# %% [markdown]
# ## 1 · A distribution over sequences
#
# Text is cut into **tokens**. Here they are words and punctuation marks; in lesson 4 they will be pieces of words. The
# set of all tokens that a model knows is its **vocabulary** $V$, and $|V|$ is its size. A **language model** gives
# every sequence of tokens a probability, so that the probabilities of all sequences sum to one:
#
# $$P(w_1, w_2, \dots, w_T) \ge 0, \qquad \sum_{\text{all sequences}} P(\text{sequence}) = 1 .$$
#
# There are too many sequences to list. The **chain rule** of probability makes one problem into many small ones: the
# probability of a whole is that of its first part, times that of the second *given* the first, and so on. Nothing is
# lost or assumed:
#
# $$P(w_1, \dots, w_T) \;=\; \prod_{t=1}^{T} P(w_t \mid w_1, \dots, w_{t-1}) .$$
#
# | symbol | meaning |
# |---|---|
# | $w_t$ | the token at place $t$ |
# | $T$ | the length of the sequence, with its end symbol |
# | $P(w_t \mid w_1,\dots,w_{t-1})$ | the probability of the next token, given all that came before: its **context** |
#
# So it is enough to predict one token at a time. GPT does nothing else.
#
# **By hand.** Our whole world is three sentences: *the cat sat*, *the cat ran*, *the dog ran*. Every sentence ends with
# the symbol `</s>`, and to have a context for its first word it begins with `<s>`. Take as context the last word only,
# and as probability the share of cases in the corpus:
#
# $$P(\text{the cat ran}) = \underbrace{P(\text{the}\mid\langle\text{s}\rangle)}_{3/3}\cdot
# \underbrace{P(\text{cat}\mid\text{the})}_{2/3}\cdot\underbrace{P(\text{ran}\mid\text{cat})}_{1/2}\cdot
# \underbrace{P(\langle\text{/s}\rangle\mid\text{ran})}_{2/2} = \tfrac13 .$$
#
# **Predict.** What do *the dog ran* and *the dog sat* get? And why is the end a token at all: what would go wrong
# without it?
#
# <details><summary>Answer</summary>
#
# *the dog ran*: $1\cdot\tfrac13\cdot 1\cdot 1=\tfrac13$. With *the cat sat*, also $\tfrac13$, the three make 1:
# nothing is left over. *the dog sat* gets 0, for *sat* never followed *dog*: this model takes for impossible what it has
# not seen. Without an end symbol the probabilities of all sequences of *one* length would sum to one, those of all
# lengths to infinity; and no model could ever stop.
#
# </details>

# %% [markdown]
# ## 2 · Counting n-grams
#
# A context of all earlier words is new nearly every time, so there is nothing to count. Andrey Markov's remedy of 1913:
# pretend that only the last $n-1$ tokens matter. A run of $n$ tokens is an **n-gram** (unigram, bigram, trigram for
# $n = 1, 2, 3$), and
#
# $$P(w_t \mid w_1, \dots, w_{t-1}) \approx P(w_t \mid w_{t-n+1}, \dots, w_{t-1})
# = \frac{c(w_{t-n+1}, \dots, w_{t-1}, w_t)}{c(w_{t-n+1}, \dots, w_{t-1})} ,$$
#
# where $c(\dots)$ says how often a run occurs. This share is also the **maximum-likelihood estimate**: no other
# choice of these numbers gives the corpus a higher probability.
#
# ### Your turn: `ngram_counts`
#
# One dictionary holds the model: for each context a dictionary of what followed it, and how often.

# %% exercise="ngram_counts"
def ngram_counts(sentences: list[list[str]], n: int) -> dict[tuple[str, ...], dict[str, int]]:
    """Count which token follows which context, over all sentences.

    Each sentence stands for itself: in front of it come n - 1 times "<s>", behind it comes one "</s>".
    Then every token of the sentence, and its "</s>", is counted once, after the n - 1 tokens before
    it. "<s>" is never counted as a token that follows. For n = 1 the one context is the empty tuple.

    Args:
        sentences: lists of tokens. A sentence may be empty, which leaves its "</s>"; tokens are taken as
            they are written.
        n: 1 or more.

    Returns:
        {context: {token: count}}, the contexts tuples of n - 1 tokens, in the order of the text. Only
        what occurs is in it. A Counter or a defaultdict counts as a dict.
    """
    ### BEGIN SOLUTION
    counts = defaultdict(Counter)
    for sentence in sentences:
        framed = ["<s>"] * (n - 1) + sentence + ["</s>"]
        for place in range(n - 1, len(framed)):
            context = tuple(framed[place - n + 1 : place])
            counts[context][framed[place]] += 1
    return dict(counts)
    ### END SOLUTION


# %% check="ngram_counts"
check("ngram_counts", ngram_counts)

# %% [markdown]
# Now to real text: 5,190 sentences and half-sentences from newspaper editorials, in the order in which they were
# printed. We cut them into words, keep the last 500 for testing, and replace what occurs only once in the rest by one
# token `<unk>` (*unknown*), or else a new word in a test could have no probability at all.

# %%
from course.resources import load_reviews


def words(text: str) -> list[str]:
    return re.findall(r"\w+|[^\w\s]", text.lower())


editorials = load_reviews("editorials")
texts = [words(text) for text in editorials["text"]]
frequency = Counter(word for text in texts[:-500] for word in text)
vocabulary = {word for word, count in frequency.items() if count > 1} | {"<unk>", "</s>"}
known = [[word if word in vocabulary else "<unk>" for word in text] for text in texts]
train, test = known[:-500], known[-500:]
print(f"{sum(map(len, train)):,} tokens to count, a vocabulary of {len(vocabulary):,}")

counts = {n: ngram_counts(train, n) for n in (1, 2, 3, 4)}
for context in [("the", "united"), ("in", "new"), ("it", "is")]:
    followers = Counter(counts[3][context])
    print(*context, "→", ", ".join(f"{word} {count}" for word, count in followers.most_common(4)))


# %% [markdown]
# A language model can be run as a **generator**: draw a next token from its distribution, append it, repeat until
# `</s>`.

# %%
def generate(n: int, seed: int, longest: int = 24) -> str:
    draw = random.Random(seed)
    tokens = ["<s>"] * (n - 1)
    while len(tokens) < longest + n - 1:
        followers = counts[n][tuple(tokens[len(tokens) - n + 1 :])]
        token = draw.choices(sorted(followers), [followers[t] for t in sorted(followers)])[0]
        if token == "</s>":
            break
        tokens.append(token)
    return " ".join(tokens[n - 1 :])


for n in (1, 2, 3, 4):
    print(f"{n}-gram:", generate(n, seed=11))

# %% [markdown]
# The longer the context, the more it reads like English. Is the 4-gram model therefore the best?
#
# **Predict.** Of the contexts that you meet in the 500 *test* sentences, for which share does the model know any
# follower at all: with one word of context, with two, with three?
#
# <details><summary>Answer</summary>
#
# The next cell counts. Most long contexts are new. The 4-gram generator reads well because it quotes: once inside a
# sentence of the corpus, there is often one follower only, and it can but go on to the end. This is **overfitting**
# in its purest form. Language has too many sequences for counting; models that *generalise*, so that *dog* learns
# from *cat*, are why the rest of this course exists.
#
# </details>

# %%
for n in (2, 3, 4):
    met = [context for text in test for context in ngram_counts([text], n)]
    seen = sum(context in counts[n] for context in met) / len(met)
    single = sum(len(followers) == 1 for followers in counts[n].values()) / len(counts[n])
    print(f"context of {n - 1}: {seen:4.0%} of test contexts seen; {single:4.0%} of all contexts have one follower")


# %% [markdown]
# ## 3 · Smoothing: nothing is impossible
#
# One unseen n-gram makes the whole product zero. So we take a little probability from what was seen and give it to
# what was not: **smoothing**. The simplest way pretends that every token had been seen $\alpha$ more times after every
# context (Laplace's rule of succession; with $\alpha=1$ it is called *add-one*):
#
# $$P_\alpha(w \mid h) = \frac{c(h, w) + \alpha}{c(h) + \alpha\,|V|} .$$
#
# | symbol | meaning |
# |---|---|
# | $h$ | the context (*history*), $n-1$ tokens |
# | $c(h, w)$ | how often $w$ followed $h$; 0 if never |
# | $c(h)$ | how often anything followed $h$: the sum of $c(h, w)$ over all $w$ |
# | $\alpha$ | the pseudo-count, greater than 0 |
# | $\lvert V\rvert$ | how many tokens can come next. `</s>` and `<unk>` can; `<s>` cannot |
#
# Below the line stands $\alpha|V|$, because $\alpha$ was added above the line once for every token of the vocabulary;
# only so do the probabilities sum to one.
#
# **By hand.** In the world of three sentences $V$ = {the, cat, dog, sat, ran, `</s>`}, so $|V| = 6$. With $\alpha = 1$:
# $P(\text{sat}\mid\text{dog}) = \frac{0+1}{1+6} = \tfrac17$, and $P(\text{ran}\mid\text{dog}) = \tfrac27$. After a word
# that was never seen every token gets $\frac{1}{0+6}$.
#
# ### Your turn: `smoothed_probability`

# %% exercise="smoothed_probability"
def smoothed_probability(
    counts: dict[tuple[str, ...], dict[str, int]],
    context: tuple[str, ...],
    token: str,
    vocabulary_size: int,
    alpha: float,
) -> float:
    """The probability of a token after a context, with a pseudo-count of alpha for every token.

    Args:
        counts: {context: {token: count}}, plain dictionaries, as `ngram_counts` makes them. Neither the
            context nor the token need be in it; it stays unchanged.
        context: the tokens before, as many as the contexts in `counts` have.
        token: the token that is to come next.
        vocabulary_size: the number of tokens that can come next, seen or not.
        alpha: the pseudo-count, greater than 0.

    Returns:
        A float. Over the whole vocabulary these probabilities sum to one, also after an unseen context.
    """
    ### BEGIN SOLUTION
    followers = counts.get(context, {})
    total = sum(followers.values())
    return (followers.get(token, 0) + alpha) / (total + alpha * vocabulary_size)
    ### END SOLUTION


# %% check="smoothed_probability"
check("smoothed_probability", smoothed_probability)

# %% [markdown]
# *What does α do to the distribution after “the united”?* The bars are its four most frequent followers and one word
# that never followed.

# %%
shown = [*[word for word, _ in Counter(counts[3]["the", "united"]).most_common(4)], "tax"]
figure, axes = plt.subplots(1, 3, sharey=True, layout="constrained")
for axis, alpha in zip(axes, (0.0001, 0.01, 1.0), strict=True):
    heights = [smoothed_probability(counts[3], ("the", "united"), w, len(vocabulary), alpha) for w in shown]
    axis.bar(shown, heights, color="0.35")
    axis.set_title(rf"$\alpha$ = {alpha:g}", fontsize="medium")
    axis.tick_params(axis="x", rotation=60)
axes[0].set_ylabel("probability")
plt.show()


# %% [markdown]
# With $\alpha = 1$ nearly all probability has gone to thousands of words that never followed. Which $\alpha$ is best? We
# need a way to measure.

# %% [markdown]
# ## 4 · Cross-entropy and perplexity
#
# A good model is not surprised by real text. The **surprisal** of a token is $-\ln P(w_t\mid\text{context})$: zero if
# the model was certain of it, large if it thought it unlikely. The mean over all tokens of a test text is the
# **cross-entropy** of the model on that text:
#
# $$H = -\frac1N \sum_{t=1}^{N} \ln P(w_t \mid \text{context}_t) .$$
#
# $N$ counts *all* tokens of the text, ends of sentences included. With the natural logarithm $H$ is in **nats**; divided
# by $\ln 2$ it is in **bits**. Logarithms also save the arithmetic: the product of a few hundred probabilities is
# smaller than the smallest float, and the sum of their logarithms is an ordinary number.
#
# Why is it a fair measure? Suppose tokens really come with probabilities $p$, and the model says $q$. On long texts
# $H$ tends to $-\sum_w p_w \ln q_w$. What is the best $q$? Because $\ln x \le x - 1$,
#
# $$\sum_w p_w \ln\frac{q_w}{p_w} \;\le\; \sum_w p_w\left(\frac{q_w}{p_w} - 1\right) = \sum_w q_w - \sum_w p_w = 0,
# \quad\text{hence}\quad -\sum_w p_w \ln q_w \;\ge\; -\sum_w p_w \ln p_w .$$
#
# Nobody can beat the truth: the cross-entropy is lowest exactly at $q = p$. What remains then is the **entropy** of the
# language; what the model pays on top is the *Kullback–Leibler divergence*. A model that bluffs is found out.
#
# **Perplexity** is the same number on a friendlier scale:
#
# $$\operatorname{PPL} = e^{H} = \Big(\prod_{t=1}^{N} P(w_t\mid\text{context}_t)\Big)^{-1/N} .$$
#
# **By hand.** A model that always spreads its probability evenly over 4 tokens: $H = -\ln\tfrac14 = \ln 4$, and the
# perplexity is $4$. So a perplexity of 200 reads: *as unsure as among 200 equally likely tokens*. Another: two
# tokens with $\tfrac12$ and $\tfrac18$ make $(\tfrac1{16})^{-1/2} = 4$ as well.
#
# **Predict.** A model gives 9 tokens of a test text the probability 1, and to one token 0. Its perplexity?
#
# <details><summary>Answer</summary>
#
# Infinite: $-\ln 0 = \infty$, and no certainty elsewhere makes up for it. Cross-entropy punishes nothing as hard as
# being sure and wrong. This is why smoothing is no luxury.
#
# </details>
#
# ### Your turn: `perplexity`

# %% exercise="perplexity"
def perplexity(log_probs: list[list[float]]) -> float:
    """The perplexity of a model on a text: e to the mean negative log-probability of its tokens.

    All tokens of all sentences weigh the same.

    Args:
        log_probs: for each sentence the natural logarithms of the probabilities that the model gave to its
            tokens, one after another. A sentence may be empty; at least one is not. -inf stands for a
            probability of 0. Sentences may be as long as a book.

    Returns:
        A float, 1 or more; infinity if any probability was 0.
    """
    ### BEGIN SOLUTION
    tokens = [value for sentence in log_probs for value in sentence]
    entropy = -sum(tokens) / len(tokens)
    return math.exp(entropy)
    ### END SOLUTION


# %% check="perplexity"
check("perplexity", perplexity)


# %% [markdown]
# Now the question of $\alpha$ can be answered, and that of $n$, too. The function gives a sentence's log-probabilities
# under a *mixture* of models, each with a share; for the moment there is one model with the share 1.

# %%
def log_probs(sentence: list[str], models: list[tuple[int, dict, float, float]]) -> list[float]:
    framed = ["<s>", "<s>", *sentence, "</s>"]
    result = []
    for t in range(2, len(framed)):
        probability = sum(
            share * smoothed_probability(table, tuple(framed[t - n + 1 : t]), framed[t], len(vocabulary), alpha)
            for n, table, alpha, share in models
        )
        result.append(math.log(probability))
    return result


print("perplexity on 200 test sentences")
print("   alpha   unigram   bigram   trigram")
for alpha in (1.0, 0.1, 0.01, 0.001):
    models = [[(n, counts[n], alpha, 1.0)] for n in (1, 2, 3)]
    row = [perplexity([log_probs(text, model) for text in test[:200]]) for model in models]
    print(f"{alpha:8g}{row[0]:10.0f}{row[1]:9.0f}{row[2]:10.0f}")

# %% [markdown]
# More context is not better by itself: bigrams beat unigrams with the right $\alpha$ only, and the trigram model, which has
# seen too little, is far behind. Where it knows nothing it says “all words alike”. A better answer to “I have not seen this” is to ask the model with the shorter context. Mix the three
# (**interpolation**), $P = \lambda_1 P_1 + \lambda_2 P_2 + \lambda_3 P_3$ with shares that sum to one. The unigrams now keep
# everything possible, so that the others need next to no pseudo-count:

# %%
for shares in [(1.0, 0.0, 0.0), (0.5, 0.5, 0.0), (0.4, 0.4, 0.2), (0.3, 0.3, 0.4)]:
    mixture = list(zip((1, 2, 3), (counts[1], counts[2], counts[3]), (0.01, 1e-4, 1e-4), shares, strict=True))
    value = perplexity([log_probs(text, mixture) for text in test[:200]])
    print(f"shares {shares}: perplexity {value:.0f}")

# %% [markdown]
# From 261, the best of the table, to 143, with nothing but a better mixture. Decades of language modelling went into
# refining this (Kneser–Ney smoothing is the best known result). Then neural networks took over, and kept the measure.
#
# **Predict.** A colleague replaces every word that occurs fewer than 100 times by `<unk>` and reports a perplexity of 9 on
# the same sentences, with the same mixture. Is that a better model?
#
# <details><summary>Answer</summary>
#
# No: an easier test. 91 tokens are left, and nearly every second token of the text is now `<unk>`. A
# perplexity compares models only on the same text **with the same vocabulary**. When tokens are pieces of words, there are
# more of them, each is easier, and perplexity per token falls without any merit; there one compares bits per character.
#
# </details>

# %% [markdown]
# ## 5 · The same in torch
#
# A neural model ends not in probabilities but in **logits**: one number $x_v$ of any size for each token $v$ of the
# vocabulary. **Softmax** makes them a distribution (lesson 5 derives it):
#
# $$P(v) = \frac{e^{x_v}}{\sum_{u\in V} e^{x_u}} .$$
#
# Its surprisal, with $y$ the right token (the **target**), is the loss that nearly every language model is trained with:
#
# $$\ell = -\ln P(y) = \ln\Big(\sum_{u} e^{x_u}\Big) - x_y = \operatorname{LSE}(x) - x_y .$$
#
# **By hand.** Logits $0, \ln 2, \ln 3$, target the third: $\operatorname{LSE} = \ln(1 + 2 + 3) = \ln 6$, and
# $\ell = \ln 6 - \ln 3 = \ln 2$. Check: softmax gives it $\tfrac36$.
#
# The first term is called **log-sum-exp**. Computed as it is written, it fails twice:

# %%
for logits in (torch.tensor([100.0, 0.0]), torch.tensor([-200.0, -201.0])):
    total = torch.exp(logits).sum()
    print("sum of exponentials:", total, "  its logarithm:", torch.log(total))
print("log of softmax, second token:", torch.log(torch.softmax(torch.tensor([200.0, 0.0]), dim=0))[1])


# %% [markdown]
# The true values are 100, about $-199.69$, and $-200$. $e^{100}$ overflows float32, $e^{-200}$ is rounded to
# zero. Taking the logarithm *after* softmax is the same mistake in disguise: the small probability has already become
# zero. The way out: move a constant $m$ outside.
#
# $$\ln \sum_u e^{x_u} = \ln\Big(e^{m} \sum_u e^{x_u - m}\Big) = m + \ln \sum_u e^{x_u - m} .$$
#
# True for every $m$; with $m = \max_u x_u$ the largest exponent is 0, so that the sum lies between 1 and $|V|$. Nothing
# can overflow, and the logarithm never meets a zero.
#
# **Predict.** What is the slope of the loss, $\partial \ell / \partial x_v$? You need the derivative of LSE only.
#
# <details><summary>Answer</summary>
#
# $\partial \operatorname{LSE}/\partial x_v = e^{x_v} / \sum_u e^{x_u} = P(v)$. So $\partial\ell/\partial x_v = P(v) -
# [v = y]$: **what the model said minus what came**. Training pushes the right token up by what it lacked, and all others
# down by what they had too much. It is the simplest slope in deep learning, and the reason for the choice of this loss.
#
# </details>
#
# ### Your turn: `cross_entropy`
#
# In a batch some places have nothing to predict: padding, and in section 7 most of the text. Their target is the
# **ignore index**, in the whole ecosystem $-100$: they neither add to the loss nor count in its mean.

# %% exercise="cross_entropy"
def cross_entropy(logits: Tensor, targets: Tensor, ignore_index: int = -100) -> Tensor:
    """The mean of LSE(x) - x[target] over all places whose target is not to be ignored.

    The mean is over tokens: each place that counts weighs the same, whichever row it stands in. Logits
    as large as 10000 or as low as -10000 do no harm, and gradients flow back to them. Not allowed here:
    PyTorch's own cross_entropy, nll_loss, log_softmax and logsumexp, which this exercise builds.

    Args:
        logits: (..., vocabulary_size), floating point. `...` is any number of leading dimensions, also none.
        targets: (...), int64: token ids from 0 to vocabulary_size - 1, or ignore_index.
        ignore_index: the target of places that do not count; it may be any number that is no token id.

    Returns:
        A tensor without dimensions, in nats. If no place counts, it is 0 (PyTorch's own function gives
        NaN there).
    """
    ### BEGIN SOLUTION
    counted = targets != ignore_index
    highest = logits.amax(dim=-1, keepdim=True)
    log_sum_exp = highest.squeeze(-1) + torch.log(torch.exp(logits - highest).sum(dim=-1))
    index = targets.masked_fill(~counted, 0)
    right = logits.gather(-1, index.unsqueeze(-1)).squeeze(-1)
    losses = torch.where(counted, log_sum_exp - right, 0.0)
    return losses.sum() / counted.sum().clamp(min=1)
    ### END SOLUTION


# %% check="cross_entropy"
check("cross_entropy", cross_entropy)

# %% [markdown]
# Does a model that is *trained* with this loss find what we found by counting? A bigram model of characters is small
# enough to see: a table of 27 × 27 logits, row = last character, column = next one, all zero at first.

# %%
letters = " abcdefghijklmnopqrstuvwxyz"
stream = re.sub(r"[^a-z]+", " ", " ".join(editorials["text"][:80]).lower())
ids = torch.tensor([letters.index(character) for character in stream])
pairs = torch.zeros(27, 27).index_put((ids[:-1], ids[1:]), torch.tensor(1.0), accumulate=True)
shares = pairs / pairs.sum(dim=1, keepdim=True).clamp(min=1)
by_counting = -torch.log(shares[ids[:-1], ids[1:]]).mean().item()

logits = torch.zeros(27, 27, requires_grad=True)
optimizer = torch.optim.Adam([logits], lr=0.2)
for step in range(201):
    loss = cross_entropy(logits[ids[:-1]], ids[1:])
    if step in (0, 10, 50, 200):
        print(f"step {step:3d}: loss {loss.item():.3f}, perplexity {math.exp(loss.item()):.2f}")
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
print(f"counting: loss {by_counting:.3f}, perplexity {math.exp(by_counting):.2f}")

# %% [markdown]
# It starts at $\ln 27$, the loss of pure ignorance, and slides down to the loss of the counted shares, which no table
# can beat. (Keep $\ln|V|$ in mind: a model whose first loss is far above it has a bug.) Training is a slow way to count, with one
# great advantage: the table may be replaced by a network that shares what it learns between contexts.

# %% [markdown]
# ## 6 · From distribution to text: temperature, top-k, top-p
#
# To write text, one token must be *chosen* from the distribution. Always the most probable one (**greedy**) tends to
# run in circles; drawing from the whole distribution now and then picks something from the long tail of thousands of
# unlikely tokens. In between lie three knobs:
#
# * **temperature** $T$: logits are divided by $T$ before softmax. $T<1$ sharpens, $T>1$ flattens;
# * **top-k**: only the $k$ most probable tokens stay;
# * **top-p** (*nucleus sampling*, Holtzman et al., 2020): the smallest set of most probable tokens stays whose
#   probabilities reach $p$. How many that are depends on how sure the model is, which is its point.
#
# What stays is divided by its sum. As in most libraries the knobs act in this order, each on what the one before has left.
#
# **By hand.** Probabilities $0.5, 0.25, 0.15, 0.10$. Top-k with $k=2$ leaves $\tfrac23, \tfrac13$. Top-p with $p = 0.6$
# leaves the same two: the first alone reaches $0.5$ only, with the second it is $0.75$; the token that crosses the line is
# kept.
#
# *Which tokens stay, and which one does a random number choose?* The distribution is that of our mixture after “the
# president”; $u$ is a random number between 0 and 1, and the token is the one in whose stretch of the bar it falls.

# %%
from course.visualizers import sampling_explorer

candidates = sorted(vocabulary)
mixture = [(1, counts[1], 0.01, 0.4), (2, counts[2], 1e-4, 0.4), (3, counts[3], 1e-4, 0.2)]
table = torch.tensor(
    [
        sum(
            share * smoothed_probability(model, ("the", "president")[3 - n :], word, len(vocabulary), alpha)
            for n, model, alpha, share in mixture
        )
        for word in candidates
    ]
)
explorer = sampling_explorer(table.log(), candidates, context="the president", top_p=0.6, draw=0.42)
explorer.static()

# %% [markdown]
# The same, to take hold of (arrow keys move a slider that has the focus):

# %%
explorer

# %% [markdown]
# **Predict.** Set $T = 0.5$: how does the number of tokens that top-p 0.6 keeps change, and that of top-k 10? Then try.
#
# <details><summary>Answer</summary>
#
# Top-p keeps fewer, because the leaders now hold more of the probability. Top-k keeps 10, whatever the shape: too many
# when the model is sure, too few when it is not.
#
# </details>

# %% [markdown]
# ## 7 · Two ways to hide: causal and masked
#
# The model learns from text alone, with no labels by hand: hide a part, predict it from the rest. That is
# **self-supervised** learning. *Which* part is hidden makes the two great families.
#
# * **Causal** language modelling (GPT): hide the future. Each token is predicted from those before it. All places of a
#   text train at once, and the model can write.
# * **Masked** language modelling, MLM (BERT): hide some tokens anywhere, and use what stands on *both* sides. Only the
#   hidden places train, and the model cannot write, but what it understands of a word draws on the whole sentence.
#
# **Predict.** Our counts can play both. Guess a word of the test text (a) from the word before it, (b) from the words before
# and behind it, falling back to (a) where this pair was never seen. By how much is (b) better?
#
# <details><summary>Answer</summary>
#
# See the next cell: where the pair was seen, 27 % instead of 19 % are right. The word behind knows things that the word before
# cannot know. But (b) only fills gaps: nobody can write a text with it from left to right.
#
# </details>

# %%
before, around = defaultdict(Counter), defaultdict(Counter)
for text in train:
    for left, word, right in zip(text, text[1:], text[2:], strict=False):
        before[left][word] += 1
        around[left, right][word] += 1

hits = {"before": [], "around": [], "before, pair seen": [], "around, pair seen": []}
for text in test:
    for left, word, right in zip(text, text[1:], text[2:], strict=False):
        if left not in before:
            continue
        guess = max(before[left], key=lambda w: (before[left][w], w))
        between = around.get((left, right), {guess: 1})
        both = max(between, key=lambda w: (between[w], w))
        hits["before"].append(guess == word)
        hits["around"].append(both == word)
        if (left, right) in around:
            hits["before, pair seen"].append(guess == word)
            hits["around, pair seen"].append(both == word)
for name, right_or_not in hits.items():
    print(f"{name:18s} {sum(right_or_not) / len(right_or_not):5.1%} of {len(right_or_not):,} guesses right")


# %% [markdown]
# ### Causal: shift by one
#
# From a row of token ids the causal task makes two rows: **inputs**, all but the last token, and **labels**, all but the
# first. At each place stands what comes next. Short rows of a batch are filled up with padding, about which the
# **attention mask** says 1 = token, 0 = padding; nobody should learn to predict padding.
#
# | | | | | | |
# |---|---|---|---|---|---|
# | a row | the | cat | sat | *pad* | *pad* |
# | attention mask | 1 | 1 | 1 | 0 | 0 |
# | inputs | the | cat | sat | *pad* | |
# | labels | cat | sat | −100 | −100 | |
#
# ### Your turn: `causal_lm_batch`

# %% exercise="causal_lm_batch"
def causal_lm_batch(input_ids: Tensor, attention_mask: Tensor) -> tuple[Tensor, Tensor]:
    """Inputs and labels of next-token prediction, shifted by one.

    Args:
        input_ids: (batch, length), int64, length 2 or more. Padding stands at the ends of rows; its id can be
            any number, also that of a token.
        attention_mask: (batch, length), int64: 1 for a token, 0 for padding.

    Returns:
        inputs: (batch, length - 1): each row without its last id.
        labels: (batch, length - 1): at each place the id that comes next in the row, or -100 if what comes
            next is padding.
    """
    ### BEGIN SOLUTION
    inputs = input_ids[:, :-1]
    follows = attention_mask[:, 1:] == 1
    labels = torch.where(follows, input_ids[:, 1:], -100)
    return inputs, labels
    ### END SOLUTION


# %% check="causal_lm_batch"
check("causal_lm_batch", causal_lm_batch)

# %% [markdown]
# One warning for later. The models of `transformers` shift *inside*: they want `labels` in step with `input_ids`, unshifted.
# Whoever shifts twice trains a model that predicts the token after next; it learns badly, and nothing says why.
#
# ### Masked: 15 %, then 80 / 10 / 10
#
# BERT's recipe (Devlin et al., 2019, section 3.1). Of the tokens that are no **special tokens** (`[CLS]` at the
# beginning, `[SEP]` at the end, padding), 15 % are *chosen*. The model must predict the chosen ones and no others. It gets to see, in
# the place of a chosen token,
#
# * with probability 0.8 the token `[MASK]`,
# * with probability 0.1 a random token,
# * with probability 0.1 the token itself, unchanged.
#
# Why not always `[MASK]`? Because it never occurs when the model is used. If only masked places had to be predicted, a model could
# save itself the trouble of representing all others. So it must be ready to be asked about every place.
#
# *What is hidden, what does the model see, and where is it asked?* Step through it:

# %%
from course.visualizers import masking_explorer

stepper = masking_explorer(step=4)
stepper.static()

# %%
stepper


# %% [markdown]
# **Predict.** A sentence has 12 ordinary tokens. How many are chosen on average? How many of them does the model see
# as `[MASK]`? What share of *all* tokens of a corpus trains the model in one pass, and in a causal model?
#
# <details><summary>Answer</summary>
#
# $0.15\cdot 12 = 1.8$, of which $0.8 \cdot 1.8 = 1.44$ are masked. 15 % train; in a causal model nearly 100 %. Per pass over the text MLM
# learns from fewer places, but from better informed ones. (Choosing 40 % can work as well or better: Wettig et al., 2023.)
#
# </details>
#
# ### Your turn: `mlm_batch`
#
# An answer that draws its own random numbers could be checked only roughly. So the numbers come as arguments, one for each
# place; what to do with them is yours to write.

# %% exercise="mlm_batch"
def mlm_batch(
    input_ids: Tensor,
    special_tokens_mask: Tensor,
    choose: Tensor,
    replace: Tensor,
    random_ids: Tensor,
    mask_id: int,
) -> tuple[Tensor, Tensor]:
    """Inputs and labels of masked language modelling, from random numbers that are given.

    A place is chosen if its number in `choose` is less than 0.15 and it holds no special token. A chosen
    place gets mask_id if its number in `replace` is less than 0.8, its id from `random_ids` if that
    number is at least 0.8 and less than 0.9, and keeps its own id otherwise.

    Args:
        input_ids: (batch, length), int64.
        special_tokens_mask: (batch, length), int64: 1 for special tokens and padding, 0 for all others.
        choose: (batch, length), uniform numbers from [0, 1).
        replace: (batch, length), uniform numbers from [0, 1), independent of `choose`.
        random_ids: (batch, length), int64: a random token id for each place.
        mask_id: the id of [MASK].

    Returns:
        inputs: (batch, length), int64: what the model gets to see.
        labels: (batch, length), int64: the original id at every chosen place, -100 everywhere else.
    """
    ### BEGIN SOLUTION
    chosen = (choose < 0.15) & (special_tokens_mask == 0)
    labels = torch.where(chosen, input_ids, -100)
    inputs = torch.where(chosen & (replace < 0.8), mask_id, input_ids)
    inputs = torch.where(chosen & (replace >= 0.8) & (replace < 0.9), random_ids, inputs)
    return inputs, labels
    ### END SOLUTION


# %% check="mlm_batch"
check("mlm_batch", mlm_batch)

# %% [markdown]
# With the real tokenizer, on a hundred real sentences:

# %%
from course.resources import load_bert

bert, tokenizer = load_bert()
batch = tokenizer(editorials["text"][:100], padding=True, return_special_tokens_mask=True, return_tensors="pt")
generator = torch.Generator().manual_seed(2)
shape = batch["input_ids"].shape
choose, replace = torch.rand(shape, generator=generator), torch.rand(shape, generator=generator)
random_ids = torch.randint(1000, tokenizer.vocab_size, shape, generator=generator)
inputs, labels = mlm_batch(
    batch["input_ids"], batch["special_tokens_mask"], choose, replace, random_ids, tokenizer.mask_token_id
)

ordinary, chosen = batch["special_tokens_mask"] == 0, labels != -100
masked = (inputs == tokenizer.mask_token_id) & chosen
unchanged = (inputs == batch["input_ids"]) & chosen
print(f"chosen: {chosen.sum() / ordinary.sum():.1%} of {ordinary.sum():,} ordinary tokens")
print(f"of these [MASK]: {masked.sum() / chosen.sum():.0%}, unchanged: {unchanged.sum() / chosen.sum():.0%}")
print("seen: ", tokenizer.decode(inputs[3][batch["attention_mask"][3] == 1]))
print("asked:", tokenizer.convert_ids_to_tokens(labels[3][labels[3] != -100].tolist()))

# %% [markdown]
# ### Pairs: does this sentence follow that one?
#
# BERT had a second task beside MLM, **next sentence prediction** (NSP). Half of the time the model gets two sentences
# that follow one another, half of the time the second one comes from another document, and it says which. Both sentences go in
# together, `[CLS] A [SEP] B [SEP]`, with **token types** (0 for A, 1 for B) to tell them apart:

# %%
pair = tokenizer("The mayor spoke.", "Nobody listened.")
for token, kind in zip(tokenizer.convert_ids_to_tokens(pair["input_ids"]), pair["token_type_ids"], strict=True):
    print(f"{token}:{kind}", end="  ")


# %% [markdown]
# ### Your turn: `nsp_pairs`
#
# The label is 0 for a pair that belongs together, and 1 for one that does not, which surprises everybody once: it is BERT's own
# convention, kept in `transformers` (0 stands for *IsNext*).

# %% exercise="nsp_pairs"
def nsp_pairs(
    documents: list[list[str]], draws: list[tuple[float, float, float]]
) -> list[tuple[str, str, int]]:
    """Sentence pairs for next sentence prediction, from random numbers that are given.

    Each sentence that has a next one in its document makes one pair, in the order of the text. The k-th pair
    uses the k-th draw, (coin, which_document, which_sentence). If coin is less than 0.5, the pair is the
    sentence and the next one, label 0. Otherwise its second sentence comes from another document, label 1.
    A number u from [0, 1) picks item int(u * m) of m items: which_document picks one of the *other*
    documents, in their order, without the one at hand; which_sentence picks any sentence of that document.

    Args:
        documents: two or more lists of one or more sentences. Two documents may hold the same text; they are
            still two.
        draws: at least as many triples as there are pairs.

    Returns:
        A list of (first, second, label). Pairs may be tuples or lists.
    """
    ### BEGIN SOLUTION
    pairs = []
    for number, document in enumerate(documents):
        others = documents[:number] + documents[number + 1 :]
        for first, second in pairwise(document):
            coin, which_document, which_sentence = draws[len(pairs)]
            if coin < 0.5:
                pairs.append((first, second, 0))
                continue
            other = others[int(which_document * len(others))]
            pairs.append((first, other[int(which_sentence * len(other))], 1))
    return pairs
    ### END SOLUTION


# %% check="nsp_pairs"
check("nsp_pairs", nsp_pairs)

# %% [markdown]
# The ids of the editorials say which sentences belong to one article, `9_3` being the third of article 9:

# %%
articles = defaultdict(list)
for identifier, text in zip(editorials["id"], editorials["text"], strict=True):
    articles[identifier.split("_")[0]].append(text)
draw = random.Random(4)
draws = [(draw.random(), draw.random(), draw.random()) for _ in range(len(editorials))]
pairs = nsp_pairs(list(articles.values()), draws)
strangers = sum(label for *_, label in pairs) / len(pairs)
print(f"{len(articles)} articles, {len(pairs):,} pairs, {strangers:.0%} with label 1")
for first, second, label in pairs[:3]:
    print(f"{label}: {first[:52]}… | {second[:52]}…")

# %% [markdown]
# **Predict.** Sentences of another article are mostly about another topic. What does a model need to solve NSP? Does it have to
# understand how one sentence follows from another?
#
# <details><summary>Answer</summary>
#
# Mostly it needs topics: do both sentences speak of the same things? Text books and articles still list “MLM and NSP” as
# *the* tasks of pre-training. RoBERTa (Liu et al., 2019) left NSP out and did no worse; ALBERT (Lan et al., 2020) replaced it by asking
# whether two neighbouring sentences have been swapped, where topics do not help. The format of pairs has stayed.
#
# </details>

# %% [markdown]
# ## 8 · Three families, one picture
#
# All of them are Transformers (lesson 6). What sets them apart is who may look at whom.
#
# *Which places may each place see?* Dark: row may look at column.

# %%
n = 8
causal = torch.ones(n, n).tril()
prefix = torch.zeros(n, n)
prefix[:5, :5], prefix[5:, :5], prefix[5:, 5:] = 1, 0.6, torch.ones(3, 3).tril()
titles = (
    "encoder-only (BERT)\neverybody sees everybody",
    "decoder-only (GPT)\nonly the past",
    "encoder–decoder (T5)\n5 tokens in, 3 out",
)
figure, axes = plt.subplots(1, 3, figsize=(7.6, 2.9), layout="constrained")
for axis, table, title in zip(axes, (torch.ones(n, n), causal, prefix), titles, strict=True):
    axis.imshow(table, cmap="Greys", vmin=0, vmax=1.3)
    axis.set_title(title, fontsize="small")
    axis.set(xticks=range(n), yticks=range(n), xlabel="may be seen")
    axis.spines[:].set_visible(True)
axes[0].set_ylabel("looks")
plt.show()

# %% [markdown]
# | | encoder-only | decoder-only | encoder–decoder |
# |---|---|---|---|
# | sees | both sides | what came before | encoder: the whole input; decoder: its own past, and the input through *cross-attention* (paler in the picture) |
# | trained by | masked modelling | causal modelling | rebuilding a damaged input (T5: missing spans; BART: noise) |
# | gives | a vector for each token | the next token | an output text for an input text |
# | used for | classification, search, tagging | writing, dialogue, and by way of prompts nearly everything | translation, summaries |
# | examples | BERT, RoBERTa, ALBERT | GPT-2 and 3, PaLM, Chinchilla, Llama | T5, BART |
#
# Two things that are often told wrongly. *PaLM and Chinchilla are no models to download and fine-tune*: their weights were never
# released, they are known from papers. And *a decoder-only model is no half of a Transformer that lacks understanding*: with enough
# scale, predicting the next token turned out to teach a great deal of it.
#
# **Predict.** You want the sentiment of a review, with 500 labelled ones and a laptop. Which family? And for replies to the reviews?
#
# <details><summary>Answer</summary>
#
# An encoder for the first: reads both sides, small, one vector into a small classifier; lesson 8 does that. A decoder (or
# encoder–decoder) for the second: an encoder-only model cannot write.
#
# </details>

# %% [markdown]
# ## 9 · Pre-training, fine-tuning, transfer: by experiment
#
# **Pre-training**: train on much text without labels, once. **Fine-tuning**: go on from there on the little text that the task has.
# **Transfer learning** is the name for the hope behind it: what was learned there helps here. A bigram model can already show it.
# Pre-train on editorials; the task is movie reviews; fine-tuning is to go on counting.
#
# *How many reviews must a model see, with and without a start from editorials?*

# %%
movies = load_reviews("movies")
reviews = [[w if w in vocabulary else "<unk>" for w in words(text)] for text in movies["text"][:1124]]
held_out, sizes = reviews[1024:], (16, 64, 256, 1024)


def added(one: dict, other: dict, weight: int) -> dict:
    """Counts of both, those of the second as if each had been seen `weight` times."""
    return {
        context: Counter(one.get(context, {})) + Counter({t: weight * c for t, c in new.items()})
        for context in one.keys() | other.keys()
        for new in [other.get(context, {})]
    }


def judged(tables: dict) -> float:
    mixture = [(1, tables[1], 0.05, 0.5), (2, tables[2], 0.001, 0.5)]
    return perplexity([log_probs(text, mixture) for text in held_out])


ways = ("from scratch", "pre-trained, counted on", "the same, each review counts tenfold")
curves = {way: [] for way in ways}
for size in sizes:
    few = {n: ngram_counts(reviews[:size], n) for n in (1, 2)}
    tuned = [{n: added(counts[n], few[n], weight) for n in (1, 2)} for weight in (1, 10)]
    for way, tables in zip(ways, [few, *tuned], strict=True):
        curves[way].append(judged(tables))

for way, style in zip(ways, ("s--", "^:", "o-"), strict=True):
    plt.semilogx(sizes, curves[way], style, color="black", base=2, markersize=4, label=way)
alone = judged(counts)
plt.axhline(alone, color="0.6", linewidth=1, label="pre-trained, no review seen")
plt.gca().set(xlabel="movie reviews seen", ylabel="perplexity on 100 others", ylim=(0, None))
plt.gca().set(xticks=sizes, xticklabels=sizes)
plt.legend(frameon=False, fontsize="small")
plt.show()
print("no review seen:", round(alone))
for way in ways:
    print(f"{way:38s}", *(f"{value:5.0f}" for value in curves[way]))


# %% [markdown]
# Even counts transfer: commas, *the*, *of the* are the same everywhere. The less text the task has, the more the start is worth. But
# look at the right end: with 1,024 reviews the model that never saw an editorial overtakes the one that merely counted on. 100,000 old
# tokens outvote the new ones; transfer can hurt, and then it is called **negative transfer**. Where new text counts more than old, the start
# pays off all the way. In a network the *learning rate* and the number of passes settle how much the new counts against the old; too much of it,
# and what was learned before is overwritten (**catastrophic forgetting**). Lesson 8 looks for the balance.
#
# A pre-trained **network** carries over more than frequencies: features. The fairest test of features: freeze the network, take its vectors as they
# come, and train only a small classifier on top (a **linear probe**). If the vectors hold what the task needs, few labels are enough.
#
# The network gives one vector a token; a sentence needs one vector. The usual choice is their mean.
#
# ### Your turn: `mean_pool`

# %% exercise="mean_pool"
def mean_pool(hidden: Tensor, attention_mask: Tensor) -> Tensor:
    """One vector for each text: the mean of the vectors of its tokens, without those of padding.

    Args:
        hidden: (batch, length, d_model), a vector for each place. Those at padding are finite, but may
            be anything.
        attention_mask: (batch, length), int64: 1 for a token, 0 for padding, which may stand anywhere.

    Returns:
        (batch, d_model). A row without any token gets zeros.
    """
    ### BEGIN SOLUTION
    weights = attention_mask.unsqueeze(-1).to(hidden.dtype)
    total = (hidden * weights).sum(dim=1)
    return total / weights.sum(dim=1).clamp(min=1)
    ### END SOLUTION


# %% check="mean_pool"
check("mean_pool", mean_pool)

# %% [markdown]
# Now the experiment. Task: is a movie snippet positive? Three ways to turn a snippet into numbers, the same classifier
# (logistic regression) on top of each:
#
# * the **pre-trained** BERT, frozen, your `mean_pool`;
# * a **random** BERT of the same shape, frozen: the same architecture that has read nothing;
# * a **bag of words** (tf-idf weights), the honest competitor that needs no network.
#
# **Predict.** Chance is about 50 %. Sketch three curves of accuracy over 16 … 1,024 labels. Which one starts highest, and is the random
# network useless?

# %%
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from transformers import BertModel

clear = [
    (text, rating > 0)
    for text, rating in zip(movies["text"], movies["rating"], strict=True)
    if abs(rating) > 1 and len(text.split()) <= 12
]
random.Random(2).shuffle(clear)
snippets, positive = map(list, zip(*clear[:1524], strict=True))
print(f"{len(snippets):,} snippets, {sum(positive) / len(positive):.0%} positive; the last 500 are the test")


def features(model: BertModel) -> Tensor:
    order = sorted(range(len(snippets)), key=lambda i: len(snippets[i]))  # alike in length: little padding
    result = torch.zeros(len(snippets), model.config.hidden_size)
    with torch.inference_mode():
        for start in range(0, len(order), 64):
            rows = order[start : start + 64]
            batch = tokenizer([snippets[i] for i in rows], padding=True, return_tensors="pt")
            result[rows] = mean_pool(model(**batch).last_hidden_state, batch["attention_mask"])
    return result


vectors = {"pre-trained BERT": features(bert).numpy()}

# %% [markdown]
# The random one has the same architecture, and every weight drawn anew:

# %%
torch.manual_seed(0)
vectors["random BERT"] = features(BertModel(bert.config).eval()).numpy()
for name, table in vectors.items():
    print(f"{name}: {table.shape}")

# %% [markdown]
# Small samples are a matter of luck, so that each point of the curve is the mean over five different draws of the labelled
# snippets, the same draws for all three. (`C` says how freely the classifier may fit; 384 features and 16 labels call for a short leash.)

# %%
sizes, draws = (16, 32, 64, 128, 256, 512, 1024), 5
accuracy = {name: [] for name in (*vectors, "bag of words")}
for size in sizes:
    scores = defaultdict(list)
    for seed in range(draws):
        chosen = random.Random(seed).sample(range(1024), size)
        labels = [positive[i] for i in chosen]
        for name, table in vectors.items():
            probe = make_pipeline(StandardScaler(), LogisticRegression(C=0.01, max_iter=1000))
            scores[name].append(probe.fit(table[chosen], labels).score(table[1024:], positive[1024:]))
        probe = make_pipeline(TfidfVectorizer(), LogisticRegression())
        probe.fit([snippets[i] for i in chosen], labels)
        scores["bag of words"].append(probe.score(snippets[1024:], positive[1024:]))
    for name, values in scores.items():
        accuracy[name].append(sum(values) / draws)

# %% [markdown]
# *How many labels does each way of reading need?*

# %%
for (name, values), style in zip(accuracy.items(), ("o-", "s--", "^:"), strict=True):
    plt.semilogx(sizes, values, style, color="black", base=2, markersize=4, label=name)
plt.axhline(max(sum(positive[1024:]), 500 - sum(positive[1024:])) / 500, color="0.8", zorder=0)
plt.gca().set(xlabel="labelled snippets", ylabel="accuracy on 500 others", xticks=sizes, xticklabels=sizes)
plt.legend(frameon=False, fontsize="small")
plt.show()
print("labels          ", *(f"{size:5d}" for size in sizes))
for name, values in accuracy.items():
    print(f"{name:17s}", *(f"{value:5.0%}" for value in values))

# %% [markdown]
# Read the figure from left to right. With 16 labels nobody knows much. With 64, the pre-trained features are better than the bag of
# words is with 1,024: reading unlabelled text has saved more than nine labels out of ten. The random network is no use as such, but it
# is above chance in the end: even a random mixture of word vectors tells words apart, worse than simply listing them. So it is not
# the *architecture* that knows something, it is what the network has read. The bag is still climbing where the figure ends: the more
# labels, the less the start is worth.
#
# Two honest remarks. This BERT was pre-trained with more than MLM: it learned from a larger model, and then from a billion pairs of
# sentences (see `resource("bert")`). And frozen features are only the first half: fine-tuning lets the vectors themselves move, and gets
# further (lesson 8).
#
# ## 10 · Scale: what it costs, and what it buys
#
# Three numbers describe a training run: the parameters $N$, the tokens $D$ that are read, and the arithmetic $C$, counted in **FLOPs**
# (floating-point operations; one addition or one multiplication each). They hang together. In a Transformer nearly every
# parameter is an entry of a matrix; for each token it is multiplied once and the product is added to a sum, so that reading
# a token takes $2N$ FLOPs. Training also runs backwards: for every matrix one product gives the slope with respect to its input,
# another one that with respect to its entries: $4N$ more. Hence (Kaplan et al., 2020, section 2.1)
#
# $$C \approx 6\,N D .$$
#
# Left out are the embedding table (looked up, not multiplied) and the scores of attention, which matter for long texts only.
#
# **By hand.** BERT's matrices: each layer has $4$ of size $d \times d$ in attention and two of $d \times 4d$ after it, together $12d^2$. Ours has
# 6 layers of $d = 384$: $12\cdot 6\cdot 384^2 \approx 10.6$ million.

# %%
total = sum(p.numel() for p in bert.parameters())
table_size = bert.embeddings.word_embeddings.weight.numel()
matrices = sum(p.numel() for p in bert.encoder.parameters() if p.dim() == 2)
print(f"all {total:,}; word embeddings {table_size:,}; matrices of the layers {matrices:,}")
print(f"by the formula: {12 * 6 * 384**2:,}")
tokens_read = sum(len(ids) for ids in tokenizer(snippets)["input_ids"])
print(f"features of all snippets: {tokens_read:,} tokens, 2ND = {2 * matrices * tokens_read:.1e} FLOPs")

runs = {
    "GPT-3 (2020)": (175e9, 300e9), "Gopher (2021)": (280e9, 300e9), "Chinchilla (2022)": (70e9, 1.4e12),
    "PaLM (2022)": (540e9, 780e9), "Llama 3 8B (2024)": (8e9, 15e12),
}  # fmt: skip
print("\n                    parameters     tokens   6ND FLOPs   tokens per parameter")
for name, (n_parameters, n_tokens) in runs.items():
    cost, ratio = 6 * n_parameters * n_tokens, n_tokens / n_parameters
    print(f"{name:18s} {n_parameters:11.2e} {n_tokens:10.2e} {cost:11.2e} {ratio:13.1f}")

# %% [markdown]
# **PaLM** (Chowdhery et al., 2022) showed what sheer size does: 540 billion parameters, trained on 6,144 chips. It solved tasks from a few
# examples in the prompt, and on some of them quality leapt where smaller models had been near chance.
#
# **Chinchilla** (Hoffmann et al., 2022) showed that such models were too large for what they had read. Over 400 training runs gave a fit
# of the loss,
#
# $$L(N, D) = 1.69 + \frac{406.4}{N^{0.34}} + \frac{410.7}{D^{0.28}} ,$$
#
# the first term being the entropy of the text that no model can get below, the second the price of a finite model, the third that of finite
# data. With $C$ fixed, more parameters mean fewer tokens, and somewhere between lies the best split. With Gopher's compute they
# trained a model of a quarter of its size on 4.7 times as many tokens, and it was better: 67.5 % instead of 60 % on the MMLU
# benchmark. Rule of thumb: *parameters and tokens grow in step, about 20 tokens a parameter*.
#
# *For a fixed budget, how large should the model be?*

# %%
sizes_n = torch.logspace(7, 12, 400, dtype=torch.float64)
for budget, style in ((1e20, ":"), (1e22, "--"), (5.76e23, "-")):
    loss = 1.69 + 406.4 / sizes_n**0.34 + 410.7 / (budget / (6 * sizes_n)) ** 0.28
    usable = loss < 3.2
    plt.semilogx(sizes_n[usable], loss[usable], style, color="black", label=f"C = {budget:.3g} FLOPs")
    plt.semilogx(sizes_n[loss.argmin()], loss.min(), "o", color="black", markersize=5)
plt.gca().set(xlabel="parameters N", ylabel="predicted loss, nats a token")
plt.legend(frameon=False, fontsize="small")
plt.show()


# %% [markdown]
# The valleys are flat: half or twice the best size costs little. And the fit is a fit: at the largest budget here its minimum lies at a smaller model
# than the paper's two other methods found (and a recomputation by Besiroglu et al., 2024, moved it). The rule of 20 agrees with
# those two. Note also what it is optimal *for*: the cost of training. A model that millions will use is worth training far longer at a smaller
# size, since each answer costs $2N$ a token: Llama 3 8B read nearly 1,900 tokens a parameter.
#
# ### Your turn: `compute_optimal`
#
# Two equations, $C = 6ND$ and $D = rN$ with $r$ tokens a parameter; solve them for $N$ and $D$.

# %% exercise="compute_optimal"
def compute_optimal(flops: float, tokens_per_parameter: float = 20.0) -> tuple[float, float]:
    """How to split a budget of training compute.

    Args:
        flops: the budget C, greater than 0; all of it is spent, and C = 6 N D.
        tokens_per_parameter: the ratio D / N, greater than 0.

    Returns:
        (N, D): parameters and tokens, not rounded.
    """
    ### BEGIN SOLUTION
    parameters = math.sqrt(flops / (6 * tokens_per_parameter))
    return parameters, tokens_per_parameter * parameters
    ### END SOLUTION


# %% check="compute_optimal"
check("compute_optimal", compute_optimal)

# %%
for name, (n_parameters, n_tokens) in runs.items():
    best_n, best_d = compute_optimal(6 * n_parameters * n_tokens)
    print(f"{name:18s} {n_parameters / 1e9:4.0f} billion parameters; the rule of 20 says {best_n / 1e9:4.0f}")

# %% [markdown]
# **Predict.** You get ten times the compute. By how much do the parameters grow, and the tokens? And if you also wanted to *serve* the model to
# many people?
#
# <details><summary>Answer</summary>
#
# Both by $\sqrt{10}\approx 3.2$. For serving, smaller than that, trained for longer.
#
# </details>
#
# ## What you have now
#
# * A language model is a distribution over sequences, by the chain rule one next-token distribution at a time.
# * Counting works and does not generalise; smoothing and interpolation keep the impossible from happening.
# * Cross-entropy is mean surprisal, perplexity its exponential; both only compare on the same text with the same vocabulary.
# * Log-sum-exp with the maximum outside makes the loss safe; its slope is what the model said minus what came.
# * Causal models hide the future and write; masked models hide 15 % and read both sides.
# * Pre-trained features need few labels where random ones need many.
# * $C \approx 6ND$; parameters and tokens share it about 1 : 20.
#
# Next: where the text comes from, and what is wrong with it (lesson 3); where tokens come from (lesson 4).
