# %% [markdown]
# # 5 · Attention
#
# Attention is the one idea that every large language model is built around. It answers a small question: *a word is
# about to be understood; which other words should it listen to, and how much?* This lesson builds the answer from a
# weighted average to the multi-head attention of BERT and GPT. Nothing is imported ready-made: the functions that you
# write here are the ones that carry the Transformer in lesson 6.
#
# **At the end you can**
#
# 1. turn scores into weights with a softmax that never overflows, and say why it is an exponential;
# 2. write additive and scaled dot-product attention from their formulas, and tell them apart;
# 3. derive the $\sqrt{d_k}$, and show by experiment what goes wrong without it;
# 4. mask what may not be seen (padding, the future), including the row in which nothing may be seen;
# 5. split attention into heads and count the parameters;
# 6. explain why attention cannot see word order, and give it back with sinusoids or with RoPE;
# 7. predict what attention costs when the text gets twice as long.
#
# **Time**: about 200 minutes, 75 of them to read and run, the rest for ten exercises. There is a natural break before
# section 7.
#
# **You need**: Python, school mathematics, and to have met tensors (`shape`, indexing, `@` for matrix products),
# **broadcasting** (shapes are lined up from the right; a dimension that is missing, or of size 1, is repeated;
# `unsqueeze` and `keepdim=True` make such a dimension), modules (`nn.Module`, `nn.Linear`) and gradients
# (`backward`). Two derivations also use the quotient rule and the variance of a sum; no exercise does.
#
# **How to work**: run the cells from top to bottom. Where a question is asked, answer it for yourself *before* you
# open the answer: a wrong guess that you notice teaches more than a right answer that you read. After an exercise,
# run its check. If you are stuck, `hint("softmax")` gives a nudge; call it again for a clearer one. Hints cost
# nothing.
#
# **What counts in every exercise**: the results, however you compute them. Arguments stay unchanged. No dimension has
# size 0. Where a docstring says nothing else, numbers may come back as float32 or float64. In a shape, `...` stands
# for any number of leading dimensions, also for none. The one thing not allowed is to call PyTorch's finished function
# in the exercise that builds it (`torch.softmax` in `softmax`, and so on); the check tells you. Afterwards you may.

# %% setup=true
import math

import torch
import torch.nn.functional as F
from torch import Tensor, nn

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
plt.rcParams.update({"figure.figsize": (6.4, 3.0), "svg.hashsalt": "05_attention"})
plt.rcParams.update({"axes.spines.top": False, "axes.spines.right": False})

# %% [markdown]
# ## 1 · A weighted average is a soft lookup
#
# A Python dictionary is a lookup: you bring a **query**, it is compared with every **key**, and you get the **value**
# of the one key that is equal.
#
# ```python
# prices = {"apple": 3.0, "pear": 4.0, "plum": 8.0}
# prices["pear"]     # 4.0
# prices["peer"]     # KeyError: close is not good enough
# ```
#
# Language needs something softer. In *“The animal didn't cross the street because **it** was too tired”*, nothing
# equals *it*. Several words fit more or less, *animal* best. So instead of one value we take **all** values, each in
# proportion to how well its key fits:
#
# $$\text{output} \;=\; \sum_{j=1}^{n} w_j\, v_j, \qquad w_j \ge 0, \qquad \sum_{j=1}^{n} w_j = 1 .$$
#
# | symbol | meaning | shape |
# |---|---|---|
# | $n$ | number of keys, and of values: one pair for each word that can be listened to | |
# | $v_j$ | the $j$-th value: what word $j$ has to say, a vector of $d_v$ numbers | $(d_v,)$ |
# | $w_j$ | the $j$-th weight: how much we listen to it | a number |
# | output | a mixture of the values | $(d_v,)$ |
#
# **By hand.** Three values $v_1=(8, 0)$, $v_2=(0, 4)$, $v_3=(4, 4)$ with the weights $\tfrac12, \tfrac14, \tfrac14$:
#
# $$\tfrac12 (8,0) + \tfrac14 (0,4) + \tfrac14 (4,4) = (4 + 0 + 1,\; 0 + 1 + 1) = (5, 2).$$
#
# Written with matrices it is one product: the weights as a row of shape $(n,)$ times the values stacked as rows,
# $(n, d_v)$.

# %%
weights = torch.tensor([0.5, 0.25, 0.25])
values = torch.tensor([[8.0, 0.0], [0.0, 4.0], [4.0, 4.0]])
print(weights @ values)

# %% [markdown]
# **Predict.** With these three values, can any choice of weights give the output $(9, 0)$? And $(0, 0)$?
#
# <details><summary>Answer</summary>
#
# Neither. An average never leaves the range of what is averaged: the first coordinate stays between 0 and 8. And
# $(0,0)$ would need no weight on the first and third value (their first coordinate is positive) and none on the
# second (its second one is): then the weights could not sum to one. Attention *selects and mixes*; whatever new it
# needs must come from how values are made, and from the layers around it.
#
# </details>

# %% [markdown]
# What is left is to find the weights. That takes two steps: a **score** for each pair of query and key (any number,
# larger for a better fit), and a function that makes **weights** out of scores. We begin with the second.

# %% [markdown]
# ## 2 · From scores to weights: softmax
#
# Scores $x_1, \dots, x_n$ can be any numbers, negative ones too. From the weights we want:
#
# * **positive**, and **summing to one**, so that they make an average;
# * **order kept**: a larger score gets a larger weight;
# * **a slope everywhere**, so that training can tell each score whether to rise or fall.
#
# Giving all the weight to the largest score, as a dictionary would, fails each of the three: the other weights are not
# positive, they are equal whatever their scores, and it is a step, whose slope is zero wherever it has one.
#
# Many functions do all of it. One more wish leaves a single family. A score has no natural zero, so only *differences*
# of scores should matter: if $x_1$ is 2 ahead of $x_2$, the ratio of their weights should be the same wherever the two
# lie. Call that ratio $g$:
#
# $$\frac{w_i}{w_j} = g(x_i - x_j).$$
#
# Now take three scores and go from the first to the third by way of the second:
#
# $$g(x_1 - x_3) = \frac{w_1}{w_3} = \frac{w_1}{w_2}\cdot\frac{w_2}{w_3} = g(x_1 - x_2)\; g(x_2 - x_3).$$
#
# So $g(a + b) = g(a)\,g(b)$: a function that turns sums into products. The only continuous ones are the exponentials,
# $g(a) = e^{c a}$, and $c > 0$ if the order is to be kept. Hence $w_i$ is proportional to $e^{c x_i}$, and summing to
# one settles the factor. With $c = 1$ this is **softmax**:
#
# $$w_i = \operatorname{softmax}(x)_i = \frac{e^{x_i}}{\sum_{j=1}^{n} e^{x_j}} .$$
#
# **By hand.** Scores $0,\ \ln 2,\ \ln 3$. The exponentials are $1, 2, 3$; their sum is $6$; the weights are
# $\tfrac16, \tfrac26, \tfrac36$.

# %%
scores = torch.tensor([0.0, math.log(2), math.log(3)])
powers = torch.exp(scores)
print("exponentials:", powers)
print("weights:     ", powers / powers.sum())

# %% [markdown]
# **Temperature.** The constant $c$ is usually written $1/T$, with $T$ the temperature: $w_i \propto e^{x_i/T}$.
#
# **Predict.** For the same three scores, which weights does $T = \tfrac12$ give? You can do it by hand:
# $e^{2x} = (e^{x})^2$. And what do the weights become when $T$ is very small, or very large?
#
# <details><summary>Answer</summary>
#
# At $T=\tfrac12$ each exponential is squared: $1, 4, 9$, sum $14$, weights $\tfrac1{14}, \tfrac4{14}, \tfrac9{14}$ —
# the leader gains. As $T \to 0$ all the weight goes to the largest score (softmax becomes the lookup in a dictionary;
# hence the name *soft* max). As $T \to \infty$ all scores look alike and the weights become equal.
#
# </details>

# %% [markdown]
# *What does the temperature do to the same three scores?*

# %%
temperatures = torch.logspace(-1.5, 1.5, 61)
curves = torch.exp(scores / temperatures[:, None])
curves = curves / curves.sum(dim=1, keepdim=True)
labels, styles = ("score 0", "score ln 2", "score ln 3"), (":", "--", "-")
for curve, label, style in zip(curves.T, labels, styles, strict=True):
    plt.semilogx(temperatures, curve, style, color="black", label=label)
plt.xlabel("temperature $T$ (logarithmic)")
plt.ylabel("weight")
plt.axvline(1.0, color="0.8", zorder=0)
plt.legend(frameon=False)
plt.show()

# %% [markdown]
# ### The exponential overflows
#
# The largest number that float32 can hold is about $3.4\cdot 10^{38} = e^{88.7}$. A score of 100 is nothing unusual,
# and:

# %%
large = torch.tensor([100.0, 99.0])
print("exponentials:", torch.exp(large))
print("weights:     ", torch.exp(large) / torch.exp(large).sum())


# %% [markdown]
# Infinity divided by infinity is `nan`, *not a number*, and a single `nan` poisons everything that is computed from
# it. But only differences matter. Subtract any constant $c$ from all scores:
#
# $$\frac{e^{x_i - c}}{\sum_j e^{x_j - c}} = \frac{e^{-c}\, e^{x_i}}{e^{-c} \sum_j e^{x_j}} = \frac{e^{x_i}}{\sum_j e^{x_j}} .$$
#
# The weights are the same for every $c$, so we may pick the best one: the **maximum**. Then the largest exponent is
# exactly $0$, every exponential lies between 0 and 1, and the sum is at least 1. It can neither overflow nor be a
# division by zero.
#
# **Predict.** Why the maximum, and not the mean of the scores? Try the scores $(300, 0, 0)$.
#
# <details><summary>Answer</summary>
#
# The mean is 100, which leaves an exponent of 200: $e^{200}$ overflows. Only the maximum puts a bound on every
# exponent, whatever the scores are.
#
# </details>
#
# ### Your turn: `softmax`
#
# Scores rarely come alone: a tensor of shape (batch, queries, keys) holds one row of scores for every query of every
# sentence. `dim` says along which dimension the weights are to sum to one; the other dimensions only number the rows.

# %% exercise="softmax"
def softmax(x: Tensor, dim: int = -1) -> Tensor:
    """Turn scores into weights: e^x, divided by its sum along one dimension.

    Every slice along ``dim`` is normalised on its own, whatever the others hold. Scores as large as
    1000 or as low as -1000 do no harm, and a score of -inf gets the weight 0. ``x`` itself stays
    unchanged, and gradients flow back to it.

    Args:
        x: scores, a floating-point tensor of one dimension or more. Some may be -inf, but not a whole
            slice along ``dim``.
        dim: the dimension along which the weights sum to one; negative numbers count from the end.

    Returns:
        The weights, a tensor of the shape of ``x``.
    """
    ### BEGIN SOLUTION
    highest = x.amax(dim=dim, keepdim=True)
    powers = torch.exp(x - highest)
    return powers / powers.sum(dim=dim, keepdim=True)
    ### END SOLUTION


# %% check="softmax"
check("softmax", softmax)

# %% [markdown]
# PyTorch has this function too. From here on yours does the work; this once, they are compared, on scores from tiny
# to huge.

# %%
x = torch.tensor([[1000.0, 999.0, 0.0], [-1000.0, -1001.0, -1002.0], [0.001, 0.002, 0.003]])
print(softmax(x))
print("sums:", softmax(x).sum(dim=-1))
print("equal to torch.softmax:", torch.allclose(softmax(x), torch.softmax(x, dim=-1)))

# %% [markdown]
# ## 3 · Additive attention: the first one
#
# In 2014 a translation network read a sentence word by word, kept *one* vector, and wrote the translation out of that
# vector. Long sentences did not fit into it. Bahdanau, Cho and Bengio let the writing network look back instead:
# before each word it writes, it takes a weighted average over *all* the vectors of the sentence that was read. The
# query is the state of the writer; the keys and the values are the vectors of the words read.
#
# How well does key $k_j$ fit query $q$? They let a tiny neural network of one hidden layer say so. (The letter $v$ is
# used twice, here and in most papers: $v$ alone is a learned vector, $v_j$ with an index is a value.)
#
# $$e_j = v^\top \tanh\!\left(W_q\, q + W_k\, k_j\right), \qquad w = \operatorname{softmax}(e), \qquad
# \text{output} = \sum_j w_j\, v_j .$$
#
# | symbol | meaning | shape |
# |---|---|---|
# | $q$ | the query | $(d_\text{query},)$ |
# | $k_j$ | the $j$-th key | $(d_\text{key},)$ |
# | $W_q,\ W_k$ | learned matrices that bring query and key into one common space | $(d_\text{hidden}, d_\text{query})$, $(d_\text{hidden}, d_\text{key})$ |
# | $\tanh$ | squashes each coordinate into $(-1, 1)$ | |
# | $v$ | a learned vector that turns the hidden layer into one number; the argument `v` | $(d_\text{hidden},)$ |
# | $e_j$ | the score | a number |
# | $v_j$ | the $j$-th value; all of them are the argument `values` in the exercise | $(d_v,)$ |
#
# It is called *additive* because inside the tanh the query and the key are **added**. They are never multiplied with
# each other.
#
# > **A mix-up to know about.** Many tutorials write “additive attention (Bahdanau, 2014)” and print
# > $\operatorname{softmax}(QK^\top/\sqrt{d_k})V$ below it. That is the *scaled dot product*, from three years later,
# > in which queries and keys **are** multiplied. The test is easy: a tanh and a sum of two projections, or a product
# > of query and key?
#
# **By hand.** One hidden unit, so everything is a number. $W_q = 1$, $W_k = 1$, $v = 2\ln 2$, the query is
# $q = \tfrac12\ln 3 \approx 0.5493$. Two keys, $k_1 = -\tfrac12\ln 3$ and $k_2 = 0$, with the values $9$ and $3$. One
# fact is enough: $\tanh(\tfrac12 \ln 3) = \tfrac{3-1}{3+1} = \tfrac12$.
#
# $$e_1 = 2\ln 2\cdot\tanh(0) = 0, \qquad e_2 = 2\ln2\cdot\tanh(\tfrac12\ln3) = \ln 2,$$
# $$w = \left(\tfrac13, \tfrac23\right), \qquad \text{output} = \tfrac13\cdot 9 + \tfrac23\cdot 3 = 5 .$$

# %%
half_log_3 = math.log(3) / 2
hidden = torch.tanh(torch.tensor([half_log_3 - half_log_3, half_log_3 + 0.0]))
scores = 2 * math.log(2) * hidden
weights = softmax(scores)
print("hidden: ", hidden)
print("scores: ", scores)
print("weights:", weights)
print("output: ", weights @ torch.tensor([9.0, 3.0]))


# %% [markdown]
# **Predict.** Multiply the query by 1000 and leave the rest. How large can the scores become?
#
# <details><summary>Answer</summary>
#
# Not larger than the sum of the absolute values in $v$: each tanh is at most 1. Additive scores are bounded, however
# large the query is; with all tanh saturated they stop depending on the keys. Keep this in mind for the dot product,
# which has no such bound.
#
# </details>
#
# ### Your turn: `additive_attention`
#
# Use your own `softmax`. The leading dimensions `...` may be absent (one query), or be a batch, or more than that:
# write it for the last dimensions, counted from the end, and let broadcasting do the rest. The matrices are stored as
# `nn.Linear` stores them, (out, in).

# %% exercise="additive_attention"
def additive_attention(
    query: Tensor, keys: Tensor, values: Tensor, w_query: Tensor, w_key: Tensor, v: Tensor
) -> tuple[Tensor, Tensor]:
    """Additive attention of one query over several keys (Bahdanau, Cho and Bengio, 2014).

    The score of a key k is v · tanh(w_query q + w_key k); the weights are the softmax of the scores
    over the keys; the output is the average of the values with these weights.

    Args:
        query: (..., d_query), one query for each of the leading dimensions.
        keys: (..., length, d_key).
        values: (..., length, d_v). The leading dimensions are the same in query, keys and values;
            there may be none.
        w_query: (d_hidden, d_query).
        w_key: (d_hidden, d_key).
        v: (d_hidden,).

    Returns:
        output, (..., d_v), and weights, (..., length).
    """
    ### BEGIN SOLUTION
    hidden = torch.tanh((query @ w_query.T).unsqueeze(-2) + keys @ w_key.T)
    scores = hidden @ v
    weights = softmax(scores, dim=-1)
    output = (weights.unsqueeze(-2) @ values).squeeze(-2)
    return output, weights
    ### END SOLUTION


# %% check="additive_attention"
check("additive_attention", additive_attention)

# %% [markdown]
# ## 4 · Scaled dot-product attention
#
# Additive attention has a cost that shows when there are many queries. Every query meets every key *inside* the tanh,
# so that for $n$ queries and $n$ keys a tensor of shape $(n, n, d_\text{hidden})$ has to be made before $v$ shrinks
# it to $(n, n)$:

# %%
q, k, v = torch.zeros(256, 64), torch.zeros(256, 64), torch.zeros(64)
hidden = torch.tanh(q[:, None, :] + k[None, :, :])
print(f"inside the tanh {tuple(hidden.shape)}: {hidden.nbytes:10,d} bytes")
print(f"scores          {tuple((hidden @ v).shape)}:     {(hidden @ v).nbytes:10,d} bytes")

# %% [markdown]
# The **dot product** scores a pair without that layer:
#
# $$q \cdot k = \sum_{i=1}^{d_k} q_i k_i ,$$
#
# large when the two point the same way, zero when they are perpendicular, negative when they point apart. All pairs
# at once are one matrix product, the operation that processors do best:
#
# $$\text{Attention}(Q, K, V) = \operatorname{softmax}\!\left(\frac{Q K^\top}{\sqrt{d_k}}\right) V .$$
#
# | symbol | meaning | shape |
# |---|---|---|
# | $Q$ | the queries, one a row | $(n_q, d_k)$ |
# | $K$ | the keys, one a row; as wide as the queries, or there is no dot product | $(n_k, d_k)$ |
# | $V$ | the values, one for each key; their width is free | $(n_k, d_v)$ |
# | $QK^\top$ | the scores: row $i$, column $j$ is query $i$ times key $j$ | $(n_q, n_k)$ |
# | $\sqrt{d_k}$ | a number, explained below | |
# | softmax | along each **row**: every query spreads a total weight of one over the keys | $(n_q, n_k)$ |
# | Attention | one mixture of values for each query | $(n_q, d_v)$ |
#
# **By hand.** Take $d_k = 4$, so that $\sqrt{d_k} = 2$, and write $a = \ln 2$. Queries $q_1 = (1,1,1,1)$ and
# $q_2 = (1,-1,1,-1)$; keys $k_1 = (a,a,0,0)$ and $k_2 = (0,0,0,0)$; values $v_1 = (6,0)$ and $v_2 = (0,6)$.
#
# $$QK^\top = \begin{pmatrix} 2a & 0 \\ 0 & 0 \end{pmatrix},\quad
# \frac{QK^\top}{2} = \begin{pmatrix} \ln 2 & 0 \\ 0 & 0 \end{pmatrix},\quad
# \operatorname{softmax} = \begin{pmatrix} \tfrac23 & \tfrac13 \\ \tfrac12 & \tfrac12 \end{pmatrix},\quad
# \text{output} = \begin{pmatrix} 4 & 2 \\ 3 & 3 \end{pmatrix}.$$

# %%
a = math.log(2)
Q = torch.tensor([[1.0, 1.0, 1.0, 1.0], [1.0, -1.0, 1.0, -1.0]])
K = torch.tensor([[a, a, 0.0, 0.0], [0.0, 0.0, 0.0, 0.0]])
V = torch.tensor([[6.0, 0.0], [0.0, 6.0]])
scores = Q @ K.T
weights = softmax(scores / 2, dim=-1)
print("scores:\n", scores)
print("weights:\n", weights)
print("output:\n", weights @ V)

# %% [markdown]
# ### Why $\sqrt{d_k}$?
#
# A dot product has no bound, and it grows with the number of its terms. How fast? Suppose that the components of $q$
# and $k$ are random numbers, independent of each other, with mean 0 and variance 1 (normalisation layers keep real
# ones close to that). Write $E[\cdot]$ for the mean over many draws; a variance is then
# $\operatorname{Var}(x) = E[x^2] - E[x]^2$. For one term:
#
# * its mean is $E[q_i k_i] = E[q_i]\,E[k_i] = 0\cdot 0 = 0$, because the two are independent;
# * its variance is $E[(q_i k_i)^2] - 0^2 = E[q_i^2]\,E[k_i^2] = 1 \cdot 1 = 1$, because a variance of 1 with mean 0
#   says just that $E[q_i^2] = 1$.
#
# Variances of independent terms add up. There are $d_k$ terms:
#
# $$\operatorname{Var}(q\cdot k) = d_k, \qquad \text{standard deviation } \sqrt{d_k}, \qquad
# \operatorname{Var}\!\left(\frac{q\cdot k}{\sqrt{d_k}}\right) = \frac{d_k}{(\sqrt{d_k})^2} = 1 .$$
#
# **By hand.** The smallest example: components that are $+1$ or $-1$ with equal chance, and $d_k = 2$. Each of the
# two terms is $+1$ or $-1$, so the dot product is $2$ (chance $\tfrac14$), $0$ ($\tfrac12$) or $-2$ ($\tfrac14$), and
# its variance is $\tfrac14\cdot 4 + \tfrac12\cdot 0 + \tfrac14\cdot 4 = 2 = d_k$.
#
# **Predict.** For $d_k = 64$, as in the original Transformer: how large is a typical score without the division? If
# one score is $8$ ahead of another, what is the ratio of their weights?
#
# <details><summary>Answer</summary>
#
# The standard deviation is $\sqrt{64} = 8$. A lead of 8 makes a ratio of $e^8 \approx 2981$: one key takes nearly
# everything *before the model has learned anything*.
#
# </details>

# %% [markdown]
# Let us measure it, on 20,000 random pairs for each width.

# %%
generator = torch.Generator().manual_seed(5)
print("   d_k   variance of q·k   variance of q·k / sqrt(d_k)")
for d_k in (4, 16, 64, 256):
    q = torch.randn(20_000, d_k, generator=generator)
    k = torch.randn(20_000, d_k, generator=generator)
    dots = (q * k).sum(dim=-1)
    print(f"{d_k:6d} {dots.var().item():17.1f} {(dots / math.sqrt(d_k)).var().item():29.2f}")

# %% [markdown]
# Sharp weights would be no harm if training could soften them. It cannot, because the *slope* of softmax dies. Write
# $S$ for the sum of the exponentials. By the quotient rule, the slope of a weight with respect to its own score, and
# to another one's, is
#
# $$\frac{\partial w_i}{\partial x_i} = \frac{e^{x_i} S - e^{x_i} e^{x_i}}{S^2} = w_i (1 - w_i), \qquad
# \frac{\partial w_i}{\partial x_j} = \frac{0 \cdot S - e^{x_i} e^{x_j}}{S^2} = - w_i w_j .$$
#
# Once one weight is near 1, all the others are near 0, and *every one* of these products is near 0. By hand: at
# $w = 0.5$ the slope is $0.25$; at $w = 0.99$ it is $0.0099$; at $w = 0.9999$ it is $0.0001$. The error has nothing
# left to flow through. Autograd finds the same, for two scores of which the first is ahead by $\ln 1$, $\ln 99$ and
# $\ln 9999$:

# %%
for odds in (1, 99, 9999):
    scores = torch.tensor([math.log(odds), 0.0], requires_grad=True)
    weight = softmax(scores)[0]
    weight.backward()
    print(f"weight {weight.item():.4f}   slope {scores.grad[0].item():.4f}")

# %% [markdown]
# *How sharp is attention before training, and how much slope is left, as heads get wider?*

# %%
widths = (4, 8, 16, 32, 64, 128, 256, 512)
largest, slope = {"raw": [], "scaled": []}, {"raw": [], "scaled": []}
generator = torch.Generator().manual_seed(7)
for d_k in widths:
    q = torch.randn(500, 1, d_k, generator=generator)
    k = torch.randn(500, 16, d_k, generator=generator)
    raw = (q @ k.transpose(-2, -1)).squeeze(-2)
    for name, scores in (("raw", raw), ("scaled", raw / math.sqrt(d_k))):
        w = softmax(scores)
        largest[name].append(w.amax(dim=-1).mean().item())
        slope[name].append((w * (1 - w)).amax(dim=-1).mean().item())

figure, (left, right) = plt.subplots(1, 2, layout="constrained")
for name, style, text in (("raw", "o-", "without scaling"), ("scaled", "s--", r"divided by $\sqrt{d_k}$")):
    left.semilogx(widths, largest[name], style, color="black", base=2, markersize=4, label=text)
    right.semilogx(widths, slope[name], style, color="black", base=2, markersize=4, label=text)
left.set(xlabel="$d_k$", ylabel="largest of 16 weights, mean", ylim=(0, 1))
right.set(xlabel="$d_k$", ylabel="steepest slope, mean", ylim=(0, 0.25))
right.legend(frameon=False, fontsize="small")
plt.show()

# %% [markdown]
# Without scaling, the wider the head, the more the untrained model stares at one random key, and the less it can
# learn from that. With scaling, the width does not matter. The scaling is a temperature, $T = \sqrt{d_k}$, chosen so
# that all widths start alike.
#
# **Predict.** A colleague divides by $d_k$ instead of $\sqrt{d_k}$. What are the weights of an untrained model with
# $d_k=64$ like?
#
# <details><summary>Answer</summary>
#
# The standard deviation of the scores is then $\sqrt{64}/64 = \tfrac18$: all scores are nearly equal, so are the
# weights, and attention is close to a plain average of all values. No overflow, no error message: it just learns more
# slowly. Such bugs are found by a test of the numbers, never by a crash.
#
# </details>

# %% [markdown]
# ## 5 · Masks: what may not be seen
#
# Two things must be hidden from attention:
#
# * **padding**: sentences of different lengths are stacked into one tensor, the short ones filled up with a
#   meaningless token;
# * **the future**: a model that learns to predict the next word must not see it.
#
# A **mask** is a boolean tensor as large as the scores (or broadcastable to them): row $i$, column $j$ says whether
# query $i$ **may attend** to key $j$. In this course, as in PyTorch's `scaled_dot_product_attention`, **True = may
# attend**. Conventions differ, even within PyTorch, so look each time:
#
# | where | True (or 1) means |
# |---|---|
# | this course; `F.scaled_dot_product_attention` | may attend |
# | `attention_mask` of a transformers tokenizer | a real token, may be attended to |
# | `nn.MultiheadAttention`, `attn_mask` and `key_padding_mask` | may **not** attend |
#
# A forbidden key should get weight 0, and the allowed ones should share the total of one.
#
# **Predict.** Three keys have the scores $1, 2, 3$, and the third is forbidden. Somebody sets its score to $0$. Which
# weight does it get? Somebody else computes the softmax of all three and then sets the third weight to $0$. What is
# wrong with that?
#
# <details><summary>Answer</summary>
#
# A score of $0$ is a score like any other: $e^0 = 1$, and the weight is $1/(e^1 + e^2 + 1) \approx 0.09$. (Had the
# other scores been negative, the forbidden key would even have come first.) Zeroing the weight afterwards leaves
# $\operatorname{softmax}(1,2,3) = (0.09, 0.24, 0.67)$ with the last one removed: a sum of $0.33$ in place of $1$, so
# that the output is three times too small.
#
# </details>

# %% [markdown]
# The score must be one whose exponential is zero: $e^{-\infty} = 0$. So, before the softmax, forbidden scores become
# $-\infty$, or a number so negative that the exponential comes out as exactly 0.

# %%
scores = torch.tensor([1.0, 2.0, 3.0])
allowed = torch.tensor([True, True, False])
print(softmax(scores.masked_fill(~allowed, float("-inf"))))
print(softmax(scores[:2]), "the first two alone: the same")

# %% [markdown]
# ### The row in which nothing may be seen
#
# It happens: a sentence of length 0, or a query whose allowed keys all turn out to be padding. If all the scores of a
# row are $-\infty$, then so is their maximum, and $-\infty - (-\infty)$ is `nan`. We **define**: a query that may
# attend to no key gets the weights zero, and hence the output zero. (PyTorch's `scaled_dot_product_attention` does so
# too, in the version that this course installs; older ones gave `nan`.)
#
# A tempting repair is to let the `nan` happen and replace it by 0 afterwards. Here a mask is *added* to the scores,
# as many programs do it: 0 where allowed, $-\infty$ where forbidden.
#
# **Predict.** The repaired weights are zero, as defined. What will the *gradient* at the scores be?

# %%
scores = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)
forbidden = torch.full((3,), float("-inf"))
weights = torch.nan_to_num(softmax(scores + forbidden), nan=0.0)
(weights * torch.tensor([1.0, 2.0, 3.0])).sum().backward()
print("weights: ", weights.detach())
print("gradient:", scores.grad)


# %% [markdown]
# <details><summary>Why?</summary>
#
# The gradient is computed backwards through *every* step that was taken, the one with the `nan` included, and
# $0 \cdot \text{nan} = \text{nan}$. The loss looks fine, and after the next update the weights of the model are
# `nan`. (`masked_fill` and `torch.where` happen to cut the gradient off in front of the `nan`; an addition does not.)
# The rule that always holds: **do not let a `nan` arise**; repairing it afterwards may come too late.
#
# </details>

# %% [markdown]
# A number that is very negative but finite has no such problem: the difference to the maximum stays finite. But on
# its own it is not enough either. Think about which weights a row gets in which *all* scores are $-10^9$.
#
# ### Your turn: `scaled_dot_product_attention`
#
# This is the function of the lesson. The leading dimensions `...` may be none, a batch, or batch and heads: use
# `transpose(-2, -1)`, which swaps the last two dimensions and leaves the others alone.

# %% exercise="scaled_dot_product_attention"
def scaled_dot_product_attention(
    query: Tensor, key: Tensor, value: Tensor, mask: Tensor | None = None
) -> tuple[Tensor, Tensor]:
    """Mix the values by how well each query fits each key (Vaswani et al., 2017).

    weights = softmax(query keyᵀ / √d_k), along the keys; output = weights value.

    A query that may attend to no key at all gets weights of zero and an output of zero. There is no
    NaN in the results, and none in the gradients either. The mask speaks of keys alone: a token that
    nobody may attend to can still be a query.

    Args:
        query: (..., query_length, d_k).
        key: (..., key_length, d_k).
        value: (..., key_length, d_v). The leading dimensions are the same in all three; there may be
            none, or several (batch, heads).
        mask: None (every query may attend to every key), or a boolean tensor that broadcasts to
            (..., query_length, key_length): True where the query may attend to the key.

    Returns:
        output, (..., query_length, d_v), and weights, (..., query_length, key_length).
    """
    ### BEGIN SOLUTION
    scores = query @ key.transpose(-2, -1) / math.sqrt(query.shape[-1])
    if mask is not None:
        scores = scores.masked_fill(~mask, torch.finfo(scores.dtype).min)
    weights = softmax(scores, dim=-1)
    if mask is not None:
        weights = weights.masked_fill(~mask, 0.0)
    return weights @ value, weights
    ### END SOLUTION


# %% check="scaled_dot_product_attention"
check("scaled_dot_product_attention", scaled_dot_product_attention)

# %% [markdown]
# Compared with PyTorch's, on a batch of two sentences with three heads, a mask, and one row in which nothing may be
# seen:

# %%
generator = torch.Generator().manual_seed(11)
query, key, value = (torch.randn(2, 3, 5, 8, generator=generator) for _ in range(3))
mask = torch.rand(2, 1, 5, 5, generator=generator) > 0.4
mask[0, 0, 2] = False
output, weights = scaled_dot_product_attention(query, key, value, mask)
reference = F.scaled_dot_product_attention(query, key, value, attn_mask=mask)
print("output", tuple(output.shape), " weights", tuple(weights.shape))
print("largest difference below 1e-6:", (output - reference).abs().max().item() < 1e-6)
print("sums of the weights, first sentence, first head:", weights[0, 0].sum(dim=-1))


# %% [markdown]
# ### Padding
#
# A batch of sentences with 3, 5 and 1 words is a tensor of length 5. Its mask follows from the lengths alone:
#
# ```
# lengths = [3, 5, 1]        the dog sleeps  ·    ·        True  True  True  False False
#                            a  cat sees the dog           True  True  True  True  True
#                            rain ·   ·     ·    ·         True  False False False False
# ```
#
# It concerns **keys**: nobody may listen to padding, whoever asks. So one row a sentence is enough, and the dimension
# of the queries has size 1, for broadcasting: (batch, 1, max_length).
#
# **Predict.** What about the *queries* at padded positions? They get an output as well.
#
# <details><summary>Answer</summary>
#
# They do, and it is meaningless; nobody listens to it, because as keys they are masked in every layer, and the loss
# leaves them out. Masking their rows too would make rows in which nothing may be seen, for no gain.
#
# </details>
#
# ### Your turn: `padding_mask`

# %% exercise="padding_mask"
def padding_mask(lengths: Tensor, max_length: int) -> Tensor:
    """Say which keys are real tokens, not padding; the padding stands at the end.

    Args:
        lengths: (batch,), integers from 0 to max_length: how many tokens each sentence has.
        max_length: the length to which all sentences were padded. It may exceed the largest of
            ``lengths``.

    Returns:
        A boolean tensor, (batch, 1, max_length), True where the key is a real token. The dimension of
        size 1 stands for the queries and broadcasts over them.
    """
    ### BEGIN SOLUTION
    positions = torch.arange(max_length, device=lengths.device)
    real = positions < lengths.unsqueeze(-1)
    return real.unsqueeze(-2)
    ### END SOLUTION


# %% check="padding_mask"
check("padding_mask", padding_mask)


# %% [markdown]
# ### The future
#
# A language model is trained on all positions of a text at once: at each one it predicts the next token. Position $i$
# may therefore attend to the positions up to and including $i$, and to none after it. This is the **causal** mask.
# Row $i$ is the query, column $j$ the key.
#
# **Predict.** How many entries of a causal mask of length 4 are True? Of length $n$?
#
# <details><summary>Answer</summary>
#
# $1 + 2 + 3 + 4 = 10$; in general $n(n+1)/2$, a little more than half. Each token may attend to itself, so the
# diagonal is True, and no row is empty.
#
# </details>
#
# ### Your turn: `causal_mask`

# %% exercise="causal_mask"
def causal_mask(length: int) -> Tensor:
    """Say which keys are not in the future of a query.

    Args:
        length: the number of tokens, at least 1.

    Returns:
        A boolean tensor, (length, length): row i, column j is True where query i may attend to key j,
        that is, to itself and to everything before it.
    """
    ### BEGIN SOLUTION
    return torch.ones(length, length, dtype=torch.bool).tril()
    ### END SOLUTION


# %% check="causal_mask"
check("causal_mask", causal_mask)

# %% [markdown]
# Boolean masks combine with `&`: a key must be real *and* not in the future.
#
# *Who may look at whom? (Dark: may attend. The sentence has three tokens and two positions of padding.)*

# %%
padding, causal = padding_mask(torch.tensor([3]), 5), causal_mask(5)
masks = {"padding": padding[0].expand(5, 5), "causal": causal, "padding & causal": (padding & causal)[0]}
figure, axes = plt.subplots(1, 3, layout="constrained", sharey=True)
for axis, (title, mask) in zip(axes, masks.items(), strict=True):
    axis.pcolormesh(mask.flip(0), cmap="Greys", vmin=0, vmax=1.3, edgecolors="0.7", linewidth=0.5)
    axis.set(title=title, xlabel="key", aspect="equal", xticks=[0.5, 4.5], xticklabels=[1, 5])
axes[0].set(ylabel="query", yticks=[0.5, 4.5], yticklabels=[5, 1])
plt.show()
print("shapes:", tuple(padding.shape), "&", tuple(causal.shape), "->", tuple((padding & causal).shape))

# %% [markdown]
# Does the mask do what it promises? The honest test: change the future, and see whether the past notices.

# %%
generator = torch.Generator().manual_seed(3)
x = torch.randn(1, 6, 8, generator=generator)
changed = x.clone()
changed[:, 4:] = torch.randn(1, 2, 8, generator=generator)
for name, mask in (("without mask", None), ("causal mask", causal_mask(6))):
    before, _ = scaled_dot_product_attention(x, x, x, mask)
    after, _ = scaled_dot_product_attention(changed, changed, changed, mask)
    same = [torch.equal(before[0, i], after[0, i]) for i in range(6)]
    print(f"{name:13s} positions 0 to 5 unchanged:", same)

# %% [markdown]
# ## 6 · Self-attention and cross-attention
#
# The function never asks where its three arguments come from. That is what the names of the two kinds say:
#
# | | queries from | keys and values from | weights | used in |
# |---|---|---|---|---|
# | **self-attention** | the text itself | the same text | $(n, n)$, square | every layer of BERT and GPT |
# | **cross-attention** | the text being written | the text that was read | $(n_\text{write}, n_\text{read})$ | translation, speech to text, images from text |
#
# Bahdanau's attention was cross-attention: the translation looks at the original. In 2017 the Transformer turned it
# upon the text itself and threw out the recurrent network around it; hence the paper's title, *Attention Is All You
# Need*.
#
# **Predict.** A translation of 4 words so far, an original of 7 words, $d_k = 8$, $d_v = 16$. Which shapes do the
# weights and the output have? Along which dimension does softmax run? Does the causal mask make sense here?
#
# <details><summary>Answer</summary>
#
# The weights are (4, 7), the output (4, 16): as many rows as queries, as wide as the values. Softmax runs along the 7
# keys. A causal mask does not make sense: the original is known in full before the first word is written. (The
# *self*-attention of the translation has one.)
#
# </details>

# %%
generator = torch.Generator().manual_seed(6)
writing, reading = torch.randn(4, 8, generator=generator), torch.randn(7, 8, generator=generator)
said = torch.randn(7, 16, generator=generator)
output, weights = scaled_dot_product_attention(writing, reading, said)
print("weights", tuple(weights.shape), " output", tuple(output.shape))
print("rows sum to one:", torch.allclose(weights.sum(dim=-1), torch.ones(4)))

# %% [markdown]
# ### See it move
#
# The explorer below shows one sentence and four small sets of queries and keys, made by hand so that each has a
# purpose that you can see. (Why there are several, and why they are called *heads*, is the subject of the next
# section.) Rows are queries, columns are keys: read along a row.
#
# **Predict.** Under a causal mask, what does the *first* row look like, whatever the scores are?
#
# <details><summary>Answer</summary>
#
# One dark square: the first token may attend to itself only, and the weights of its row sum to one.
#
# </details>

# %% [markdown]
# *Where does each token look?* The picture first, as it also shows on paper:

# %%
from course.visualizers import attention_explorer

attention_explorer(head="who is meant").static()

# %% [markdown]
# And now with controls. Try four things, and predict each before you do it:
#
# 1. Choose the row *it* and the head *who is meant*; then turn the temperature down to 0.1, and up to 10.
# 2. Choose the causal mask. Which rows change, and which keep all their weights?
# 3. Choose the padding mask. Where does the weight go that the padding had?
# 4. Switch the scaling by $\sqrt{d_k}$ off.
#
# <details><summary>What you should see</summary>
#
# 1. At 0.1 *it* looks at *cat* alone; at 10 at all tokens nearly alike.
# 2. Every row loses its right part, and what is left grows to a sum of one. Only the last row keeps all.
# 3. It goes to the other keys of the row, in proportion to what they had. The queries named `[PAD]` still have a row of
#    weights: the mask hides keys, not queries.
# 4. Everything becomes sharper, as with a temperature of $1/\sqrt{24} \approx 0.2$, because here $d_k = 24$.
#
# </details>

# %% [markdown]
# (In every picture of this course queries are blue, keys are orange, values are green.)

# %%
attention_explorer(head="who is meant")


# %% [markdown]
# ## 7 · Several heads
#
# A softmax makes *one* mixture for each query. But a word often needs several things at once: a verb wants its
# subject *and* its object, and must not confuse the two.
#
# **Predict.** Two words carry the values $A = (1, 0)$ and $B = (0, 1)$. A query attends to both with the weight
# $\tfrac12$. What is the output? What is it when the two words swap places? What can be told with *two* heads, of
# which the first looks at the first word and the second at the second?
#
# <details><summary>Answer</summary>
#
# $(\tfrac12, \tfrac12)$ both times: who was first is lost in the average. Two heads, their outputs put side by side,
# give $(1,0 \mid 0,1)$ and, swapped, $(0,1 \mid 1,0)$: nothing is lost.
#
# </details>

# %% [markdown]
# So attention is done $h$ times side by side, each **head** with projections of its own, and the results are
# concatenated and mixed by one more matrix:
#
# $$\text{head}_i = \text{Attention}(Q W_i^Q,\; K W_i^K,\; V W_i^V), \qquad
# \text{MultiHead}(Q, K, V) = \text{Concat}(\text{head}_1, \dots, \text{head}_h)\, W^O .$$
#
# | symbol | meaning | shape |
# |---|---|---|
# | $d_\text{model}$ | the width of the vectors that go in and come out | 768 in BERT-base |
# | $h$ | the number of heads, `num_heads` | 12 in BERT-base |
# | $d_k = d_\text{model} / h$ | the width of a head, `d_head` in the code | 64 in BERT-base |
# | $W_i^Q, W_i^K, W_i^V$ | the projections of head $i$ | $(d_\text{model}, d_k)$ each |
# | $W^O$ | mixes what the heads found | $(d_\text{model}, d_\text{model})$ |
#
# **Counting parameters.** The $h$ matrices $W_i^Q$, put side by side, form one matrix of shape
# $(d_\text{model}, h\, d_k) = (d_\text{model}, d_\text{model})$. The same holds for keys and values, and there is
# $W^O$. With biases:
#
# $$4\,d_\text{model}^2 + 4\,d_\text{model},$$
#
# in which $h$ does not occur: heads are free. Eight narrow heads have as many parameters as one wide head. For
# BERT-base: $4\cdot 768^2 + 4\cdot768 = 2\,362\,368$ for each of its 12 layers.
#
# This is also how it is programmed. *One* `nn.Linear(d_model, d_model)` computes the queries of all heads; then the
# last dimension is **split**: numbers $0 \dots d_k-1$ belong to head 0, the next $d_k$ to head 1, and so on. The
# heads move in front of the positions, where they are one more leading dimension, and your
# `scaled_dot_product_attention` treats them all at once:
#
# $$(\text{batch}, \text{length}, d_\text{model}) \;\xrightarrow{\text{split}}\; (\text{batch}, h, \text{length}, d_k)
# \;\xrightarrow{\text{attention}}\; (\text{batch}, h, \text{length}, d_k) \;\xrightarrow{\text{merge}}\; (\text{batch}, \text{length}, d_\text{model}).$$
#
# **By hand.** One sentence of 3 tokens, $d_\text{model} = 4$, two heads. Token by token, the left half goes to head 0
# and the right half to head 1:
#
# ```
#            d_model                   head 0        head 1
# token 0    0  1 | 2  3               0  1          2  3
# token 1    4  5 | 6  7       ->      4  5          6  7
# token 2    8  9 | 10 11              8  9          10 11
# ```
#
# ### Your turn: `split_heads` and its inverse, `merge_heads`
#
# Beware: there is a one-line answer with the right shape and the wrong numbers. Compare with the table.

# %% exercise="split_heads"
def split_heads(x: Tensor, num_heads: int) -> Tensor:
    """Cut the last dimension into heads, and move the heads in front of the positions.

    Args:
        x: (batch, length, d_model).
        num_heads: divides d_model. With d_head = d_model // num_heads, head h gets the numbers
            h * d_head, ..., (h + 1) * d_head - 1 of every token.

    Returns:
        (batch, num_heads, length, d_head).
    """
    ### BEGIN SOLUTION
    batch, length, d_model = x.shape
    return x.reshape(batch, length, num_heads, d_model // num_heads).transpose(1, 2)
    ### END SOLUTION


# %% check="split_heads"
check("split_heads", split_heads)


# %% exercise="merge_heads"
def merge_heads(x: Tensor) -> Tensor:
    """Put the heads side by side again: the inverse of split_heads.

    Args:
        x: (batch, num_heads, length, d_head).

    Returns:
        (batch, length, num_heads * d_head): for every token, the numbers of head 0, then those of
        head 1, and so on.
    """
    ### BEGIN SOLUTION
    batch, num_heads, length, d_head = x.shape
    return x.transpose(1, 2).reshape(batch, length, num_heads * d_head)
    ### END SOLUTION


# %% check="merge_heads"
check("merge_heads", merge_heads)

# %%
table = torch.arange(12).reshape(1, 3, 4)
heads = split_heads(table, 2)
print("head 0:\n", heads[0, 0])
print("head 1:\n", heads[0, 1])
print("merged again, nothing changed:", torch.equal(merge_heads(heads), table))


# %% [markdown]
# ### Your turn: `MultiHeadAttention`
#
# Now put it together: project, split, attend, merge, project. One detail deserves thought. A mask speaks of (batch,
# query_length, key_length), but the scores have one more dimension, that of the heads, *between* batch and queries.
# Broadcasting lines dimensions up from the right. Where must the mask get an additional dimension?

# %% exercise="MultiHeadAttention"
class MultiHeadAttention(nn.Module):
    """Attention in several heads, as in the Transformer (Vaswani et al., 2017).

    Its parameters are those of four layers nn.Linear(d_model, d_model), with bias, named w_query,
    w_key, w_value and w_output, and no others. Nothing in it is random: there is no dropout. You will
    want to call split_heads, scaled_dot_product_attention and merge_heads.

    Args:
        d_model: width of the vectors that go in and come out.
        num_heads: number of heads; divides d_model.
    """

    def __init__(self, d_model: int, num_heads: int) -> None:
        super().__init__()
        if d_model % num_heads != 0:
            raise ValueError(f"d_model ({d_model}) must be a multiple of num_heads ({num_heads})")
        ### BEGIN SOLUTION
        self.num_heads = num_heads
        self.w_query = nn.Linear(d_model, d_model)
        self.w_key = nn.Linear(d_model, d_model)
        self.w_value = nn.Linear(d_model, d_model)
        self.w_output = nn.Linear(d_model, d_model)
        ### END SOLUTION

    def forward(
        self, query: Tensor, key: Tensor, value: Tensor, mask: Tensor | None = None
    ) -> tuple[Tensor, Tensor]:
        """Attend.

        Args:
            query: (batch, query_length, d_model).
            key: (batch, key_length, d_model).
            value: (batch, key_length, d_model).
            mask: None, or a boolean tensor of two or three dimensions that broadcasts to (batch,
                query_length, key_length), such as (length, length) or (batch, 1, key_length): True
                where the query may attend to the key, the same in every head.

        Returns:
            output, (batch, query_length, d_model), and the weights of every head,
            (batch, num_heads, query_length, key_length).
        """
        ### BEGIN SOLUTION
        q = split_heads(self.w_query(query), self.num_heads)
        k = split_heads(self.w_key(key), self.num_heads)
        v = split_heads(self.w_value(value), self.num_heads)
        if mask is not None:
            mask = mask.unsqueeze(-3)
        output, weights = scaled_dot_product_attention(q, k, v, mask)
        return self.w_output(merge_heads(output)), weights
        ### END SOLUTION


# %% check="MultiHeadAttention"
check("MultiHeadAttention", MultiHeadAttention)

# %% [markdown]
# **The same as PyTorch's?** `nn.MultiheadAttention` stores the three input projections as one matrix, (3 · d_model,
# d_model). With the same numbers inside, the two must agree. Mind the mask: there, True means may *not* attend.

# %%
torch.manual_seed(0)
d_model, num_heads = 16, 4
mine = MultiHeadAttention(d_model, num_heads)
theirs = nn.MultiheadAttention(d_model, num_heads, batch_first=True)
with torch.no_grad():
    for i, layer in enumerate((mine.w_query, mine.w_key, mine.w_value)):
        rows = slice(i * d_model, (i + 1) * d_model)
        layer.weight.copy_(theirs.in_proj_weight[rows])
        layer.bias.copy_(theirs.in_proj_bias[rows])
    mine.w_output.load_state_dict(theirs.out_proj.state_dict())

x = torch.randn(2, 6, d_model)
real = padding_mask(torch.tensor([6, 4]), 6)
output, weights = mine(x, x, x, real & causal_mask(6))
output_theirs, weights_theirs = theirs(
    x, x, x, key_padding_mask=~real[:, 0], attn_mask=~causal_mask(6), average_attn_weights=False
)
print("outputs agree:", torch.allclose(output, output_theirs, atol=1e-6))
print("weights agree:", torch.allclose(weights, weights_theirs, atol=1e-6))

# %% [markdown]
# And the parameters: for any number of heads the same, and as the formula says.

# %%
for num_heads in (1, 2, 4, 12):
    count = sum(p.numel() for p in MultiHeadAttention(768, num_heads).parameters())
    print(f"d_model 768, {num_heads:2d} heads of width {768 // num_heads:3d}: {count:9,d} parameters")
print(f"formula 4 d² + 4 d:               {4 * 768**2 + 4 * 768:9,d}")

# %% [markdown]
# ### The same module inside a real model
#
# Your module holds nothing but four layers. So the weights of a real BERT must fit in. `load_bert` gives one that was
# trained on more than a billion pairs of sentences (all-MiniLM-L6-v2: 6 layers, 12 heads, width 384). The code below
# fills your module with the weights of each layer, hands it what that layer received, and compares its attention
# weights with those that the transformers library reports.
#
# **Predict.** The batch holds two sentences of different length. Which mask has to be handed over, and is it causal?
#
# <details><summary>Answer</summary>
#
# The padding mask alone. BERT reads whole sentences, so every token may look ahead.
#
# </details>

# %%
from course import load_bert

# "eager" is the implementation that can return the weights.
bert, tokenizer = load_bert(attn_implementation="eager")
sentences = ["The animal did not cross the street because it was too tired.", "Dogs bark."]
batch = tokenizer(sentences, padding=True, return_tensors="pt")
with torch.no_grad():
    reported = bert(**batch, output_attentions=True, output_hidden_states=True)

mask = padding_mask(batch["attention_mask"].sum(dim=1), batch["input_ids"].shape[1])
for number, layer in enumerate(bert.encoder.layer):
    mine = MultiHeadAttention(bert.config.hidden_size, bert.config.num_attention_heads)
    mine.w_query.load_state_dict(layer.attention.self.query.state_dict())
    mine.w_key.load_state_dict(layer.attention.self.key.state_dict())
    mine.w_value.load_state_dict(layer.attention.self.value.state_dict())
    mine.w_output.load_state_dict(layer.attention.output.dense.state_dict())
    x = reported.hidden_states[number]
    with torch.no_grad():
        _, weights = mine(x, x, x, mask)
    same = torch.allclose(weights, reported.attentions[number], atol=1e-5)
    print(f"layer {number}: weights {tuple(weights.shape)}, equal to the library's: {same}")

# %% [markdown]
# What did training make of the heads? Two simple questions to all $6 \cdot 12 = 72$ of them: how much weight goes, on
# average, to the token before, and how much to the token after?

# %%
tokens = tokenizer.convert_ids_to_tokens(batch["input_ids"][0])
# The first sentence: (layer, head, query, key).
attention = torch.stack([layer[0] for layer in reported.attentions])
for name, offset in (("the token before", -1), ("the token after", 1)):
    average = attention.diagonal(offset=offset, dim1=-2, dim2=-1).mean(dim=-1)
    layer, head = divmod(int(average.argmax()), 12)
    print(f"{name:16s}: layer {layer}, head {head} gives it {average.max().item():.2f} of its weight")
    print(f"{'':16s}  the median of all heads is {average.median().item():.2f}")

# %% [markdown]
# One head in the very first layer does nothing but look one token back. Nobody programmed that. (It can find the
# previous token only because BERT tells it positions: section 8.)
#
# And *it*? In layer 3, head 1 looks from *it* to *animal*:

# %%
title = "BERT (all-MiniLM-L6-v2), layer 3"
attention_explorer(tokens, weights=attention[3], head=1, row="it", title=title).static()

# %% [markdown]
# It is tempting to say: this head resolves pronouns. A claim like that has to survive a test.
#
# **Predict.** Change one word: “… because it was too **wide**”. Now *it* is the street. Where does the head look?

# %%
for ending in ("tired", "wide"):
    batch = tokenizer(sentences[0].replace("tired", ending), return_tensors="pt")
    tokens = tokenizer.convert_ids_to_tokens(batch["input_ids"][0])
    with torch.no_grad():
        row = bert(**batch, output_attentions=True).attentions[3][0, 1, tokens.index("it")]
    shares = [f"{word} {row[tokens.index(word)].item():.2f}" for word in ("animal", "street", "[CLS]")]
    print(f"too {ending:5s}:", "  ".join(shares))

# %% [markdown]
# <details><summary>What to make of it</summary>
#
# The weight moves in the right direction, but *animal* stays in front of *street*. The head has a leaning towards the
# subject of the sentence; it does not understand pronouns. A picture of one sentence proves nothing about what a head
# is *for*: look for the sentence that would prove you wrong. (Attention weights also say only what is mixed in
# *here*; six layers with residual connections lie around it.)
#
# </details>

# %% [markdown]
# ## 8 · Order, lost and found
#
# *Dog bites man* and *man bites dog* hold the same words.
#
# **Predict.** Self-attention without positions and without a mask reads both. Does the output at the word *dog*
# differ between the two sentences?

# %%
torch.manual_seed(1)
layer = MultiHeadAttention(16, 4)
dog, bites, man = torch.randn(3, 16)


def compare_sentences(positions: Tensor) -> None:
    """Read both sentences, each with the positions added, and compare the outputs word by word."""
    outputs = []
    for words in ([dog, bites, man], [man, bites, dog]):
        x = (torch.stack(words) + positions)[None]
        with torch.no_grad():
            output, _ = layer(x, x, x)
        outputs.append(output[0])
    first, second = outputs
    print("output at 'dog' the same:  ", torch.allclose(first[0], second[2], atol=1e-6))
    print("output at 'bites' the same:", torch.allclose(first[1], second[1], atol=1e-6))


compare_sentences(torch.zeros(3, 16))


# %% [markdown]
# It does not. Attention takes a *set* of pairs of keys and values; a sum does not care about the order of its terms.
# In matrices: let $P$ reorder the rows (a permutation matrix, so $P^\top P = 1$). If the input is reordered to $PX$,
# then $Q, K, V$ become $PQ, PK, PV$, and
#
# $$\operatorname{softmax}\!\left(\tfrac{(PQ)(PK)^\top}{\sqrt{d_k}}\right) PV
# = \operatorname{softmax}\!\left(P\,\tfrac{QK^\top}{\sqrt{d_k}}\,P^\top\right) PV
# = P \operatorname{softmax}\!\left(\tfrac{QK^\top}{\sqrt{d_k}}\right) P^\top P\, V = P\,\text{Attention}(Q,K,V),$$
#
# because a softmax along rows does the same whichever order rows and columns stand in. The outputs are the same
# vectors, in the new order. This is called **permutation equivariance**. For a set it is a virtue; for language,
# order has to be brought in from outside.
#
# ### Sinusoidal positions
#
# The Transformer of 2017 **adds** to each token's vector one that depends only on its position. What would be good
# vectors? The position number itself grows without bound. A one-hot vector has no notion of near and far. A clock
# solves both: a hand that turns is always of length 1, and it moves a little from one minute to the next. One hand
# repeats itself, so take many, from fast to slow, as a clock has seconds, minutes and hours:
#
# $$PE_{p,\,2i} = \sin\!\left(\frac{p}{10000^{\,2i/d_\text{model}}}\right), \qquad
# PE_{p,\,2i+1} = \cos\!\left(\frac{p}{10000^{\,2i/d_\text{model}}}\right), \qquad i = 0, 1, \dots, \tfrac{d_\text{model}}{2}-1 .$$
#
# | symbol | meaning |
# |---|---|
# | $p$ | the position: 0, 1, 2, … |
# | $i$ | the number of the **pair** (the hand of the clock). Columns $2i$ and $2i+1$ are the sine and the cosine of *the same* angle |
# | $\omega_i = 10000^{-2i/d_\text{model}}$ | how far hand $i$ turns at each step, in radians: 1 for the first; for the last, the nearer to $\tfrac{1}{10000}$ the larger $d_\text{model}$ is |
#
# **By hand.** $d_\text{model}=4$: two hands. $\omega_0 = 10000^0 = 1$ and $\omega_1 = 10000^{-2/4} = \tfrac{1}{100}$.
# Row $p=1$ is $(\sin 1, \cos 1, \sin 0.01, \cos 0.01) \approx (0.84147,\, 0.54030,\, 0.01000,\, 0.99995)$.
#
# **Predict.** What is row $p = 0$, for any $d_\text{model}$?
#
# <details><summary>Answer</summary>
#
# $(0, 1, 0, 1, \dots)$: all angles are 0, all sines 0, all cosines 1.
#
# </details>
#
# ### Your turn: `sinusoidal_positions`

# %% exercise="sinusoidal_positions"
def sinusoidal_positions(length: int, d_model: int) -> Tensor:
    """Position vectors made of sines and cosines (Vaswani et al., 2017).

    Sine and cosine alternate: column 2i of row p is sin(p / 10000^(2i / d_model)), and column 2i + 1
    is the cosine of the same angle, for i = 0, 1, ..., d_model / 2 - 1. Positions count from 0; angles
    are in radians.

    Args:
        length: number of positions.
        d_model: width of the vectors; even.

    Returns:
        A floating-point tensor, (length, d_model).
    """
    ### BEGIN SOLUTION
    positions = torch.arange(length, dtype=torch.float32).unsqueeze(1)
    frequencies = 10000.0 ** (-torch.arange(0, d_model, 2) / d_model)
    angles = positions * frequencies
    return torch.stack((angles.sin(), angles.cos()), dim=-1).flatten(-2)
    ### END SOLUTION


# %% check="sinusoidal_positions"
check("sinusoidal_positions", sinusoidal_positions)

# %% [markdown]
# The row that was computed by hand; and with positions added, *dog* knows where it stands:

# %%
print("row 1 of width 4:", [f"{number:.5f}" for number in sinusoidal_positions(2, 4)[1].tolist()])
compare_sentences(sinusoidal_positions(3, 16))

# %% [markdown]
# *How does a vector say where its token stands?* Each row is the vector of one position; on the left the fast hands,
# on the right the slow ones.

# %%
from course.visualizers import positions_explorer

positions_explorer(view="table").static()

# %% [markdown]
# With controls (the view *dot products* belongs to the next section, and *rotation* to the one after that: come back to
# them).
#
# **Predict.** What changes when the base is 10 and not 10,000? What when the vectors are only 8 wide?
#
# <details><summary>What you should see</summary>
#
# With base 10 the right side waves too: even the slowest hand comes round, after $2\pi\cdot 10^{62/64} \approx 58$
# positions. In a longer text, far positions would begin to look like near ones. With 8 numbers (and base 10,000) there
# are four hands, each ten times as slow as the one before: fast or slow, and little in between.
#
# </details>

# %%
positions_explorer()

# %% [markdown]
# ### A shift is a rotation
#
# Why sine *and* cosine? Because then a step of $k$ positions is the same operation everywhere. With the addition
# theorems, for one hand with the angle $a = \omega p$ and the shift $b = \omega k$:
#
# $$\begin{pmatrix} \sin(a+b) \\ \cos(a+b) \end{pmatrix} =
# \begin{pmatrix} \sin a\cos b + \cos a\sin b \\ \cos a\cos b - \sin a\sin b \end{pmatrix} =
# \begin{pmatrix} \cos b & \sin b \\ -\sin b & \cos b \end{pmatrix}
# \begin{pmatrix} \sin a \\ \cos a \end{pmatrix}.$$
#
# The matrix is a rotation, and $p$ does not occur in it: only the shift $k$. (It turns clockwise, because the sine
# stands first here. Points on a circle are written $(\cos a, \sin a)$, and the matrix that turns those onward has the
# minus in its upper row: it follows in the next section.) A linear layer can therefore learn “look
# three back” once, for all positions. And the dot product of two position vectors tells how far apart they are, and
# nothing else:
#
# $$PE_p \cdot PE_{p+k} = \sum_i \left(\sin a_i \sin(a_i+b_i) + \cos a_i\cos(a_i+b_i)\right) = \sum_i \cos(\omega_i k).$$

# %%
positions = sinusoidal_positions(200, 32)
print(" k   PE(10)·PE(10+k)   PE(150)·PE(150+k)   sum of cos(omega k)")
omega = 10000.0 ** (-torch.arange(0, 32, 2) / 32)
for k in (0, 1, 5, 20):
    pair = [(positions[p] @ positions[p + k]).item() for p in (10, 150)]
    print(f"{k:2d} {pair[0]:14.3f} {pair[1]:19.3f} {torch.cos(omega * k).sum().item():20.3f}")


# %% [markdown]
# ### RoPE: rotate instead of adding
#
# An added position has to share the vector with the meaning of the word, and in $(x_m + PE_m)\cdot(x_n + PE_n)$ the
# product mixes meaning with position. **Rotary position embedding** (Su et al., 2021), RoPE, draws the consequence
# from the last section: if a shift is a rotation anyway, *rotate the queries and the keys themselves*, by an angle
# that grows with their position. In two dimensions, with $R_m$ the counter-clockwise rotation by the angle $m\theta$:
#
# $$R_m = \begin{pmatrix} \cos m\theta & -\sin m\theta \\ \sin m\theta & \cos m\theta \end{pmatrix}, \qquad
# (R_m q)\cdot(R_n k) = q^\top R_m^\top R_n\, k = q^\top R_{n-m}\, k .$$
#
# The last step is the point: turning back by $m\theta$ and forward by $n\theta$ is turning by $(n-m)\theta$. The
# score depends on the words and on **how far apart** they are, not on where they stand. And a rotation changes no
# length, so nothing is drowned.
#
# **By hand.** $q = k = (1, 0)$ and $\theta = 30°$. At the positions $m = 2$ and $n = 4$ the vectors point to $60°$
# and $120°$; the angle between them is $60°$, and the dot product is $\cos 60° = \tfrac12$. At the positions 12 and
# 14: $360°$ and $420°$, again $60°$ apart, again $\tfrac12$.

# %%
def turned(degrees: float) -> Tensor:
    """The vector (1, 0), turned by an angle in degrees."""
    return torch.tensor([math.cos(math.radians(degrees)), math.sin(math.radians(degrees))])


for m, n in ((2, 4), (12, 14)):
    print(f"positions {m:2d} and {n:2d}: {torch.dot(turned(30 * m), turned(30 * n)).item():.4f}")


# %% [markdown]
# For more than two dimensions, the coordinates are taken in pairs, each pair turning at a speed of its own, the same
# speeds as before: $\theta_i = 10000^{-2i/d}$ for pair $i$ of a head of width $d$. Pair $i$ of the vector at position
# $m$ becomes
#
# $$\begin{pmatrix} x'_{2i} \\ x'_{2i+1} \end{pmatrix} =
# \begin{pmatrix} x_{2i} \cos m\theta_i - x_{2i+1}\sin m\theta_i \\ x_{2i} \sin m\theta_i + x_{2i+1}\cos m\theta_i \end{pmatrix}.$$
#
# **Which numbers form a pair?** There are two conventions, and weights trained with one are useless with the other:
#
# | pairs | who uses it |
# |---|---|
# | **adjacent**: $(x_0, x_1), (x_2, x_3), \dots$ | the paper; Meta's own code for Llama; in transformers: RoFormer, GPT-J, Llama 4 |
# | **half-split**: $(x_0, x_{d/2}), (x_1, x_{d/2+1}), \dots$ | in transformers: Llama 2 and 3, Mistral, Qwen, Gemma, GPT-NeoX (look for `rotate_half`) |
#
# We take **adjacent** pairs, as in the paper. RoPE is applied to the queries and the keys of every head, after the
# split; the values are left alone.
#
# ### Your turn: `apply_rope`

# %% exercise="apply_rope"
def apply_rope(x: Tensor, positions: Tensor) -> Tensor:
    """Rotate queries or keys by their positions: rotary position embedding (Su et al., 2021).

    The pairs are adjacent: for i = 0, 1, ..., d_head / 2 - 1, the pair (x[2i], x[2i + 1]) of the vector
    at position m turns by the angle m * 10000^(-2i / d_head), in radians, counter-clockwise: (1, 0)
    turns to (cos, sin).

    Args:
        x: (..., length, d_head), with d_head even; the leading dimensions are none, or batch, or batch
            and heads. It stays unchanged.
        positions: (length,), integers: the position of each of the vectors, the same for all leading
            dimensions. They need not begin at 0, nor be in order.

    Returns:
        The rotated vectors, a tensor of the shape of ``x``, every number at its old place.
    """
    ### BEGIN SOLUTION
    d_head = x.shape[-1]
    frequencies = 10000.0 ** (-torch.arange(0, d_head, 2, device=x.device) / d_head)
    angles = positions.unsqueeze(-1) * frequencies
    cos, sin = angles.cos(), angles.sin()
    even, odd = x[..., 0::2], x[..., 1::2]
    return torch.stack((even * cos - odd * sin, even * sin + odd * cos), dim=-1).flatten(-2)
    ### END SOLUTION


# %% check="apply_rope"
check("apply_rope", apply_rope)

# %% [markdown]
# *How does RoPE turn a position into an angle?*

# %%
positions_explorer(view="rotation").static()

# %% [markdown]
# Does the score depend on the distance alone? One query and one key, at several pairs of positions, 3 apart and 7
# apart:

# %%
generator = torch.Generator().manual_seed(8)
q, k = torch.randn(2, 1, 64, generator=generator)
for distance in (3, 7):
    for m in (0, 50, 500):
        score = apply_rope(q, torch.tensor([m])) @ apply_rope(k, torch.tensor([m + distance])).T
        print(f"query at {m:3d}, key at {m + distance:3d}: {score.item():8.3f}")
print("length kept:", torch.allclose(apply_rope(q, torch.tensor([500])).norm(), q.norm()))

# %% [markdown]
# *How does the score of two equal vectors fall with their distance, and does it matter where they stand?*

# %%
length = 64
same = torch.ones(length, 64) / 8.0
for start, style in ((1000, {"color": "0.7", "linewidth": 5}), (0, {"color": "black", "linewidth": 1})):
    rotated = apply_rope(same, torch.arange(start, start + length))
    plt.plot(rotated[0] @ rotated.T, label=f"query at position {start}", **style)
plt.xlabel("distance from query to key")
plt.ylabel("score")
plt.legend(frameon=False)
plt.show()

# %% [markdown]
# Near words start with an advantage, and the curves lie on each other. (Real queries and keys are not equal to each
# other: a head can learn any preference for distances that these waves can form.)
#
# **The other convention.** The Llama of the transformers library splits in halves. Reordering the coordinates, so
# that the pairs come to lie as it wants them, turns one into the other. The same reordering of query and key changes
# no dot product, so models are equally good with either; but *weights* must be converted.

# %%
from transformers.models.llama.modeling_llama import apply_rotary_pos_emb

d_head = 8
x = torch.randn(1, 2, 5, d_head, generator=generator)
positions = torch.arange(5)
angles = positions[:, None] * 10000.0 ** (-torch.arange(0, d_head, 2) / d_head)
angles = torch.cat((angles, angles), dim=-1)[None]
order = torch.cat((torch.arange(0, d_head, 2), torch.arange(1, d_head, 2)))
mine = apply_rope(x, positions)
direct, _ = apply_rotary_pos_emb(x, x, angles.cos(), angles.sin())
reordered, _ = apply_rotary_pos_emb(x[..., order], x[..., order], angles.cos(), angles.sin())
print("the same as Llama's:                      ", torch.allclose(direct, mine, atol=1e-6))
print("order of the coordinates that Llama wants:", order.tolist())
print("the same after reordering:                ", torch.allclose(reordered, mine[..., order], atol=1e-6))

# %% [markdown]
# ## 9 · What it costs
#
# Every query meets every key: $n$ tokens make $n^2$ scores, in each head of each layer. Count multiplications and
# additions for one layer, width $d$ (a product of matrices $(a, b)$ and $(b, c)$ takes $2abc$):
#
# | step | operations | for $n \to 2n$ |
# |---|---|---|
# | four projections, $(n, d) \times (d, d)$ | $4 \cdot 2nd^2 = 8nd^2$ | twice |
# | $QK^\top$, all heads together | $h \cdot 2 n\, d_k\, n = 2n^2 d$ | four times |
# | weights times $V$ | $2n^2 d$ | four times |
# | memory of the weights | $h\, n^2$ numbers | four times |
#
# **Predict.** For which $n$ do the two kinds cost the same? What is that for BERT-base, $d = 768$, which reads at
# most 512 tokens?
#
# <details><summary>Answer</summary>
#
# $8nd^2 = 4n^2d$ gives $n = 2d = 1536$. Within BERT's 512 tokens the projections cost more than attention itself; the
# square only begins to rule beyond 1536 tokens.
#
# </details>

# %%
d, heads = 768, 12
print(" length   projections     attention   weights of one layer, float32")
for n in (128, 512, 1536, 8192, 32768, 131072):
    mebibytes = heads * n * n * 4 / 2**20
    memory = f"{mebibytes:8.1f} MiB" if mebibytes < 1024 else f"{mebibytes / 1024:8.1f} GiB"
    print(f"{n:7d} {8 * n * d * d:13.2e} {4 * n * n * d:13.2e}   {memory}")

# %% [markdown]
# That was arithmetic. What do real tensors say?

# %%
layer = MultiHeadAttention(32, 4)
for n in (64, 128, 256, 512):
    x = torch.zeros(1, n, 32)
    with torch.no_grad():
        output, weights = layer(x, x, x)
    print(f"length {n:3d}: output {output.nbytes:7,d} bytes, weights {weights.nbytes:9,d} bytes")

# %% [markdown]
# The output doubles, the weights quadruple. Three answers that you will meet:
#
# * **FlashAttention** (Dao et al., 2022) computes exactly the same output without ever storing the $n \times n$
#   weights, piece by piece, with the maximum of the softmax corrected as it goes. The operations stay $n^2$; the
#   memory becomes proportional to $n$. It is what `F.scaled_dot_product_attention` uses where it can, and one reason
#   why that function does not return the weights.
# * **A cache of keys and values** when text is generated: the past does not change under a causal mask, so its keys
#   and values are kept, and each new token is a single query.
# * **Fewer keys and values than query heads** (multi-query, grouped-query attention): several query heads share one
#   pair, which shrinks that cache. Llama 3 and most recent models do so.

# %% [markdown]
# ## 10 · In short
#
# * Attention is a weighted average of values; the weights come from a softmax of scores, one score for each pair of
#   query and key.
# * Softmax is the exponential because only differences of scores should matter; subtracting the maximum of each row
#   keeps it finite.
# * Additive: $v^\top\tanh(W_q q + W_k k)$. Scaled dot product: $q\cdot k/\sqrt{d_k}$. The $\sqrt{d_k}$ keeps the
#   variance of scores at 1 and the slope of softmax alive.
# * True = may attend. Forbidden scores are taken out before the softmax. A row without any allowed key gives zero,
#   and no `nan` may arise on the way.
# * Heads are a reshaping, not new parameters: $4d^2 + 4d$, whatever $h$ is.
# * Without positions attention sees a set. Sinusoids add a clock; RoPE turns queries and keys, so that scores depend
#   on distance.
# * Cost: $n^2$ in scores, $n d^2$ in projections; equal at $n = 2d$.
#
# **Check yourself** (no code, one sentence each):
#
# 1. The scores of a query are all equal. What is the output?
# 2. You multiply all keys by 10. What happens to the weights? Which quantity of section 2 did you change?
# 3. In a causal model, what is the weight of the first token on itself?
# 4. A model with 8 heads is changed to 16 heads, `d_model` the same. How do parameters, scores and $d_k$ change?
# 5. Why does a mask of shape (batch, key_length) do harm silently when the batch happens to be as large as the number
#    of queries?
#
# <details><summary>Answers</summary>
#
# 1. The plain mean of the values.
# 2. They become sharper: scores ten times as large are a temperature of a tenth.
# 3. One: it is the only key that it may attend to.
# 4. Parameters the same, twice as many scores, $d_k$ halved (and so the divisor becomes smaller, by $\sqrt2$).
# 5. Broadcasting takes its first dimension for the queries: each *query* is given the mask of a *sentence*, and no
#    error is raised.
#
# </details>

# %% [markdown]
# **Next**: lesson 6 puts this module, a small feed-forward network, normalisation and residual connections into a
# Transformer block, and trains it.
#
# **Sources**
#
# * D. Bahdanau, K. Cho, Y. Bengio: *Neural Machine Translation by Jointly Learning to Align and Translate*, 2014,
#   arXiv:1409.0473. Additive attention: its section 3.1 and appendix A.1.2.
# * A. Vaswani et al.: *Attention Is All You Need*, 2017, arXiv:1706.03762. Section 3.2 (attention, with the footnote
#   on the variance), 3.5 (positions).
# * J. Su et al.: *RoFormer: Enhanced Transformer with Rotary Position Embedding*, 2021, arXiv:2104.09864.
# * T. Dao et al.: *FlashAttention: Fast and Memory-Efficient Exact Attention with IO-Awareness*, 2022,
#   arXiv:2205.14135.
# * J. Ainslie et al.: *GQA: Training Generalized Multi-Query Transformer Models from Multi-Head Checkpoints*, 2023,
#   arXiv:2305.13245.
