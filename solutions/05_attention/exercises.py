"""The contract of lesson 5, Attention: what each exercise is probed with, and what learners get wrong in it.

Inputs are rounded to two decimals, so that they are the same on every machine and can be read in a card. Sizes differ
on purpose wherever a mix-up of dimensions should raise, and agree on purpose in one case each, where it would pass in
silence.
"""

# Edits quote lines of the solution whole:
# ruff: noqa: E501

from __future__ import annotations

import math

import torch
from torch import Tensor

from autograder.contract import (
    Alternative,
    Exercise,
    Lesson,
    Misconception,
    attribute,
    call,
    case,
    gradient,
    load,
    mode,
    new,
    shapes,
)


def _numbers(*shape: int, seed: int, scale: float = 1.0, dtype: torch.dtype = torch.float32) -> Tensor:
    drawn = torch.randn(*shape, generator=torch.Generator().manual_seed(seed), dtype=torch.float64) * scale
    return drawn.round(decimals=2).to(dtype)


def _integers(*values: int) -> Tensor:
    return torch.tensor(values)


# -------------------------------------------------------------------------------------------------------------- softmax
_SOFTMAX_REASON = (
    "it is the very function that this exercise builds. Use torch.exp, a sum and a maximum; afterwards you may "
    "use either."
)

SOFTMAX = Exercise(
    name="softmax",
    title="Softmax that never overflows",
    points=2,
    difficulty=1,
    minutes=10,
    hints=(
        (
            "Two lines do for ordinary scores: exponentials, then each divided by their sum. The sum must run "
            "along `dim` only."
        ),
        (
            "Sums and maxima drop the dimension they run along, and then no longer line up with `x`. Look for the "
            "argument of `Tensor.sum` and `Tensor.amax` that keeps it, with size 1."
        ),
        (
            "Three steps: the maximum along `dim` (kept as a dimension); the exponential of `x` minus it; that "
            "divided by its own sum along `dim` (kept as well)."
        ),
    ),
    cases=(
        case("three scores, by hand", call(torch.tensor([0.0, math.log(2), math.log(3)]))),
        case("three rows of three scores", call(_numbers(3, 3, seed=1))),
        case("columns: dim=0", call(_numbers(3, 2, seed=2), dim=0)),
        case(
            "scores of a thousand, beside scores of minus a thousand",
            call(torch.tensor([[1000.0, 999.0, 0.0], [-1000.0, -1001.0, -1002.0]])),
        ),
        case("a gradient comes back", gradient(_numbers(2, 3, seed=7))),
        case("tiny scores", call(_numbers(2, 4, seed=3) * 1e-3), hidden=True, rtol=1e-5, atol=1e-7),
        case("the middle one of three dimensions", call(_numbers(2, 3, 4, seed=4), dim=1), hidden=True),
        case("saturated, in float64", call(_numbers(3, 5, seed=5, scale=300, dtype=torch.float64)), hidden=True),
        case(
            "some scores of minus infinity",
            call(torch.tensor([[1.0, -math.inf, 2.0], [-math.inf, 3.0, 5.0]])),
            hidden=True,
        ),
        case("rows of a hundred scores, dim=-2", call(_numbers(100, 2, seed=6, scale=3), dim=-2), hidden=True),
        case("a single score", call(torch.tensor([[-7.0], [200.0]])), hidden=True),
    ),
    misconceptions=(
        Misconception(
            "no_max_subtraction",
            "Ordinary scores come out right, but scores of a thousand give nan: e^1000 is more than float32 can "
            "hold, and infinity divided by infinity is no number. Look at the paragraph on overflow: what may be "
            "subtracted for free?",
            1.0,
            edits={"torch.exp(x - highest)": "torch.exp(x)"},
        ),
        Misconception(
            "nan_replaced",
            "Scores of a thousand come out as zeros: the exponential overflowed, and the nan that came of it was "
            "replaced. A number that is lost cannot be repaired afterwards; keep the exponential from "
            "overflowing.",
            1.0,
            edits={
                "torch.exp(x - highest)": "torch.exp(x)",
                "return powers / powers.sum(dim=dim, keepdim=True)": "return torch.nan_to_num(powers / powers.sum(dim=dim, keepdim=True))",
            },
        ),
        Misconception(
            "one_max_for_everything",
            "Each row is right on its own, but beside a row of large scores the row of small ones turns into nan: "
            "all its exponentials underflow to zero, because one maximum of the whole tensor was taken. Every "
            "slice needs its own.",
            1.25,
            edits={"x.amax(dim=dim, keepdim=True)": "x.max()"},
        ),
        Misconception(
            "subtracts_the_mean",
            "You subtract a constant from each slice, which is the right idea, but with the mean some exponents "
            "can still be huge, and a thousand still overflows. Which constant makes sure that no exponent is "
            "positive?",
            1.0,
            edits={"x.amax(dim=dim, keepdim=True)": "x.mean(dim=dim, keepdim=True)"},
        ),
        Misconception(
            "no_max_and_one_sum",
            "Two things: the whole tensor sums to one, because the sum was not told its dimension; and scores of "
            "a thousand give nan, because e^1000 overflows. Mend the sum first.",
            0.5,
            edits={"torch.exp(x - highest)": "torch.exp(x)", "powers.sum(dim=dim, keepdim=True)": "powers.sum()"},
        ),
        Misconception(
            "no_max_and_ignores_dim",
            "Two things: scores of a thousand give nan, because e^1000 overflows; and with dim=0 the rows sum to "
            "one in place of the columns, because -1 is written out where the argument `dim` should stand.",
            0.5,
            edits={
                "torch.exp(x - highest)": "torch.exp(x)",
                "amax(dim=dim": "amax(dim=-1",
                "sum(dim=dim": "sum(dim=-1",
            },
        ),
        Misconception(
            "no_max_and_dimension_lost",
            "Two things: scores of a thousand overflow, because nothing is subtracted before the exponential; and "
            "the sum has lost its dimension, so that it lines up with the wrong one. Print the shape of the sum, "
            "and read the paragraph on overflow.",
            0.5,
            edits={"torch.exp(x - highest)": "torch.exp(x)", "sum(dim=dim, keepdim=True)": "sum(dim=dim)"},
        ),
        Misconception(
            "one_max_and_one_sum",
            "Two things: the whole tensor sums to one, and beside large scores the small ones vanish. Both the "
            "maximum and the sum were taken of the whole tensor; each slice along `dim` needs its own.",
            0.5,
            edits={"x.amax(dim=dim, keepdim=True)": "x.max()", "powers.sum(dim=dim, keepdim=True)": "powers.sum()"},
        ),
        Misconception(
            "divides_by_the_max",
            "The weights are too equal, as if the scores had shrunk: you divide the scores by their maximum. "
            "Dividing changes the differences between scores, and with them the weights. Which operation leaves "
            "differences as they are?",
            0.5,
            edits={"torch.exp(x - highest)": "torch.exp(x / highest)"},
        ),
        Misconception(
            "clamps_the_scores",
            "Nothing overflows any more, but 1000 and 999 get equal weights: the scores were cut off at a limit, "
            "and the difference between them went with it. Look for a change that keeps all differences.",
            1.0,
            edits={"torch.exp(x - highest)": "torch.exp(x.clamp(-80.0, 80.0))"},
        ),
        Misconception(
            "ignores_dim",
            "The default works, but with dim=0 the rows sum to one in place of the columns: somewhere the "
            "dimension -1 is written out, where the argument `dim` should stand.",
            1.0,
            edits={"amax(dim=dim": "amax(dim=-1", "sum(dim=dim": "sum(dim=-1"},
        ),
        Misconception(
            "always_the_first_dim",
            "The columns sum to one whatever is asked for: the dimension 0 is written out (or taken by default) "
            "somewhere, where the argument `dim` should stand.",
            0.5,
            edits={"amax(dim=dim": "amax(dim=0", "sum(dim=dim": "sum(dim=0"},
        ),
        Misconception(
            "sums_over_everything",
            "The whole tensor sums to one, so each row gets only a share of it: the sum runs over all dimensions. "
            "A batch is many separate rows of scores; the sum has to be told its dimension.",
            0.75,
            edits={"powers.sum(dim=dim, keepdim=True)": "powers.sum()"},
        ),
        Misconception(
            "dimension_lost",
            "A vector works, and a rectangular matrix raises an error about sizes (a square one even gives wrong "
            "numbers in silence): the maximum or the sum dropped its dimension, so that it lines up with the "
            "wrong one. Look at the shapes of `x` and of the sum side by side.",
            1.0,
            edits={"amax(dim=dim, keepdim=True)": "amax(dim=dim)", "sum(dim=dim, keepdim=True)": "sum(dim=dim)"},
        ),
        Misconception(
            "sum_dimension_lost",
            "A vector works, a rectangular matrix raises an error about sizes, and in a square one the wrong "
            "slices are divided by the sums: the sum has lost its dimension, so broadcasting lines it up with the "
            "last one. Print the shape of the sum.",
            1.0,
            edits={"sum(dim=dim, keepdim=True)": "sum(dim=dim)"},
        ),
        Misconception(
            "max_dimension_lost",
            "A vector works, a rectangular matrix raises an error about sizes, and in a square one the wrong "
            "maximum is subtracted: the maximum has lost its dimension, so broadcasting lines it up with the last "
            "one. Print its shape.",
            1.0,
            edits={"amax(dim=dim, keepdim=True)": "amax(dim=dim)"},
        ),
        Misconception(
            "max_is_a_pair",
            "A TypeError: `Tensor.max` with a dimension returns a pair, the largest values and where they stand, "
            "and a pair cannot be subtracted. Take the first part, or use the method that returns the values "
            "alone.",
            1.25,
            edits={"x.amax(dim=dim, keepdim=True)": "x.max(dim=dim, keepdim=True)"},
        ),
        Misconception(
            "no_exponential",
            "Your numbers sum to one but some are negative, or the order is turned round: the scores themselves "
            "were divided by their sum. Weights have to be positive, also for negative scores; which function "
            "sees to that?",
            0.0,
            edits={"torch.exp(x - highest)": "x"},
        ),
        Misconception(
            "not_normalised",
            "The ratios are right, but each slice has a largest weight of exactly 1 and sums to more than 1: the "
            "exponentials were never divided by their sum.",
            0.75,
            edits={"return powers / powers.sum(dim=dim, keepdim=True)": "return powers"},
        ),
        Misconception(
            "logarithm_of_the_weights",
            "All your numbers are negative or zero: they are the logarithms of the weights (what is called "
            "log-softmax). One step is missing at the end.",
            1.0,
            edits={
                "return powers / powers.sum(dim=dim, keepdim=True)": (
                    "return x - highest - torch.log(powers.sum(dim=dim, keepdim=True))"
                )
            },
        ),
        Misconception(
            "order_reversed",
            "The smallest score gets the largest weight: the exponent has the wrong sign. Check which of `x` and "
            "its maximum is subtracted from which.",
            0.5,
            edits={"x - highest": "highest - x"},
        ),
        Misconception(
            "changes_its_input",
            "The weights are right, but the scores that were handed in are changed afterwards: an operation such "
            "as `-=` or one with a trailing underscore works in place. Whoever called you still needs them.",
            1.5,
            edits={"powers = torch.exp(x - highest)": "x -= highest\n    powers = torch.exp(x)"},
        ),
        Misconception(
            "changes_its_input_without_gradient",
            "Two things: the scores that were handed in are changed afterwards, because they were worked on in "
            "place; and no right gradient comes back, because PyTorch was told not to record that "
            "(`torch.no_grad`). It is not in the way: without the in-place operations nothing complains.",
            1.0,
            code=(
                "def softmax(x, dim=-1):\n"
                "    with torch.no_grad():\n"
                "        x -= x.amax(dim=dim, keepdim=True)\n"
                "        x.exp_()\n"
                "        x /= x.sum(dim=dim, keepdim=True)\n"
                "    return x\n"
            ),
        ),
        Misconception(
            "gradient_cut_off",
            "The numbers are right, but no gradient comes back: the way from the scores to the weights leaves "
            "PyTorch somewhere (`.detach()`, `.tolist()`, NumPy, a new `torch.tensor`). Training needs the slope.",
            1.5,
            edits={"powers = torch.exp(x - highest)": "powers = torch.exp((x - highest).detach())"},
        ),
    ),
    alternatives=(
        Alternative(
            "log_sum_exp",
            edits={
                "    highest = x.amax(dim=dim, keepdim=True)\n    powers = torch.exp(x - highest)\n"
                "    return powers / powers.sum(dim=dim, keepdim=True)": "    return torch.exp(x - torch.logsumexp(x, dim, keepdim=True))"
            },
        ),
        Alternative(
            "moved_dimension_and_einsum",
            code=(
                "def softmax(x, dim=-1):\n"
                "    y = x.movedim(dim, -1)\n"
                "    y = (y - y.max(dim=-1, keepdim=True).values).exp()\n"
                "    y = torch.einsum('...n,...->...n', y, 1 / y.sum(-1))\n"
                "    return y.movedim(-1, dim)\n"
            ),
        ),
        Alternative(
            "slice_by_slice",
            code=(
                "def softmax(x, dim=-1):\n"
                "    slices = x.unbind(dim)\n"
                "    top = slices[0]\n"
                "    for s in slices:\n"
                "        top = torch.maximum(top, s)\n"
                "    e = [torch.exp(s - top) for s in slices]\n"
                "    return torch.stack([p / sum(e) for p in e], dim=dim)\n"
            ),
        ),
    ),
    refuse=dict.fromkeys(
        (
            "torch.softmax",
            "torch.Tensor.softmax",
            "torch.nn.functional.softmax",
            "torch.special.softmax",
            "torch.log_softmax",
            "torch.Tensor.log_softmax",
            "torch.nn.functional.log_softmax",
            "torch.special.log_softmax",
            "torch.nn.functional.softmin",
            "torch.nn.functional.gumbel_softmax",
        ),
        _SOFTMAX_REASON,
    ),
)

# --------------------------------------------------------------------------------------------------- additive attention
_HALF_LOG_3 = math.log(3) / 2


def _additive(
    lead: tuple[int, ...],
    length: int,
    widths: tuple[int, int, int, int],
    seed: int,
    scale: float = 1.0,
    dtype: torch.dtype = torch.float32,
) -> tuple[Tensor, ...]:
    d_query, d_key, d_v, d_hidden = widths
    return (
        _numbers(*lead, d_query, seed=seed, scale=scale, dtype=dtype),
        _numbers(*lead, length, d_key, seed=seed + 1, scale=scale, dtype=dtype),
        _numbers(*lead, length, d_v, seed=seed + 2, dtype=dtype),
        _numbers(d_hidden, d_query, seed=seed + 3, dtype=dtype),
        _numbers(d_hidden, d_key, seed=seed + 4, dtype=dtype),
        _numbers(d_hidden, seed=seed + 5, dtype=dtype),
    )


ADDITIVE = Exercise(
    name="additive_attention",
    title="Additive attention (Bahdanau, Cho, Bengio)",
    points=2,
    difficulty=2,
    minutes=15,
    needs=("softmax",),
    hints=(
        (
            "Follow the formula from the inside: project the query, project the keys, add, tanh, product with v, "
            "softmax, average. Write the shape of each step beside it."
        ),
        (
            "There is one projected query but `length` projected keys: (..., d_hidden) against (..., length, "
            "d_hidden). The query needs a dimension of size 1 in the right place before the two can be added."
        ),
        (
            "`query @ w_query.T` projects; `.unsqueeze(-2)` makes room for the positions; after the tanh, `@ v` "
            "gives scores of shape (..., length). For the average, put the weights into a row, (..., 1, length), "
            "and multiply it with the values."
        ),
    ),
    cases=(
        case(
            "by hand: one hidden unit",
            call(
                torch.tensor([_HALF_LOG_3]),
                torch.tensor([[-_HALF_LOG_3], [0.0]]),
                torch.tensor([[9.0], [3.0]]),
                torch.tensor([[1.0]]),
                torch.tensor([[1.0]]),
                torch.tensor([2 * math.log(2)]),
            ),
        ),
        case("one query over four keys, all widths different", call(*_additive((), 4, (3, 2, 6, 5), seed=10))),
        case("a batch as large as the sequence is long", call(*_additive((3,), 3, (3, 3, 2, 3), seed=20))),
        case("two leading dimensions", call(*_additive((2, 3), 4, (2, 3, 5, 4), seed=30)), hidden=True),
        case("a single key", call(*_additive((), 1, (3, 2, 2, 4), seed=40)), hidden=True),
        case(
            "saturated: large queries and keys", call(*_additive((2,), 5, (3, 4, 2, 6), seed=50, scale=40)), hidden=True
        ),
        case(
            "float64, tiny",
            call(*_additive((), 3, (2, 4, 3, 2), seed=60, scale=0.05, dtype=torch.float64)),
            hidden=True,
        ),
        case("forty keys", call(*_additive((), 40, (4, 4, 2, 4), seed=70)), hidden=True),
    ),
    misconceptions=(
        Misconception(
            "dot_product",
            "Your scores are products of the projected query and the projected keys: that is dot-product "
            "(multiplicative) attention, from a later paper. In the additive score the two are never multiplied "
            "with each other; look at what stands inside the tanh.",
            0.5,
            edits={
                "hidden = torch.tanh((query @ w_query.T).unsqueeze(-2) + keys @ w_key.T)": (
                    "hidden = (query @ w_query.T).unsqueeze(-2) * (keys @ w_key.T)"
                ),
                "scores = hidden @ v": "scores = hidden.sum(-1)",
            },
        ),
        Misconception(
            "scaled_dot_product",
            "These are the weights of *scaled dot-product* attention, softmax(QKᵀ/√d), the formula that many "
            "tutorials print under the name of the additive one. The additive score has a tanh, a vector v and no "
            "product of query and key.",
            0.5,
            edits={
                "hidden = torch.tanh((query @ w_query.T).unsqueeze(-2) + keys @ w_key.T)": (
                    "hidden = (query @ w_query.T).unsqueeze(-2) * (keys @ w_key.T)"
                ),
                "scores = hidden @ v": "scores = hidden.sum(-1) / math.sqrt(w_query.shape[0])",
            },
        ),
        Misconception(
            "product_inside_tanh",
            "The projected query and keys meet inside the tanh, as they should, but by a product. The name of "
            "this attention says which operation stands there.",
            1.0,
            edits={".unsqueeze(-2) + keys @ w_key.T": ".unsqueeze(-2) * (keys @ w_key.T)"},
        ),
        Misconception(
            "no_tanh",
            "The tanh is missing. Without it the query adds the same number to every score, and softmax removes "
            "it again: your weights do not depend on the query at all. Try it with another query.",
            0.75,
            edits={
                "torch.tanh((query @ w_query.T).unsqueeze(-2) + keys @ w_key.T)": "(query @ w_query.T).unsqueeze(-2) + keys @ w_key.T"
            },
        ),
        Misconception(
            "tanh_of_each",
            "The tanh is taken of query and keys separately and the two are added afterwards. Then the query's "
            "part is the same for every key and softmax removes it: the weights do not depend on the query. The "
            "sum belongs inside.",
            0.75,
            edits={
                "torch.tanh((query @ w_query.T).unsqueeze(-2) + keys @ w_key.T)": (
                    "torch.tanh(query @ w_query.T).unsqueeze(-2) + torch.tanh(keys @ w_key.T)"
                )
            },
        ),
        Misconception(
            "tanh_of_the_score",
            "The tanh comes after the product with v, so that every score lies between -1 and 1 and the weights "
            "are too equal. The tanh belongs to the hidden layer; v reads the hidden layer.",
            1.0,
            edits={
                "torch.tanh((query @ w_query.T).unsqueeze(-2) + keys @ w_key.T)": "(query @ w_query.T).unsqueeze(-2) + keys @ w_key.T",
                "scores = hidden @ v": "scores = torch.tanh(hidden @ v)",
            },
        ),
        Misconception(
            "sigmoid_for_tanh",
            "The weights are near, but the hidden layer is between 0 and 1 where it should be between -1 and 1: "
            "another squashing function than the one in the formula was used.",
            1.25,
            edits={"torch.tanh(": "torch.sigmoid("},
        ),
        Misconception(
            "relu_for_tanh",
            "The hidden layer is not bounded: negative sums become 0 and positive ones stay as they are, which is "
            "a ReLU. The formula of 2014 has another function there.",
            1.25,
            edits={"torch.tanh(": "torch.relu("},
        ),
        Misconception(
            "v_forgotten",
            "The hidden layer was simply summed up: the learned vector `v` is never used. It says how much each "
            "hidden unit counts, and in which direction.",
            1.0,
            edits={"scores = hidden @ v": "scores = hidden.sum(-1)"},
        ),
        Misconception(
            "scaled",
            "The weights are too equal, as if the scores were divided by the square root of a width. That "
            "division belongs to the dot product of the next section; the additive formula has none.",
            1.5,
            edits={"scores = hidden @ v": "scores = hidden @ v / math.sqrt(v.shape[0])"},
        ),
        Misconception(
            "no_softmax",
            "Your weights are the raw scores: they can be negative and do not sum to one, so the output is no "
            "average. One function of yours is still to be called.",
            0.75,
            edits={"weights = softmax(scores, dim=-1)": "weights = scores"},
        ),
        Misconception(
            "best_key_only",
            "All the weight goes to the key with the highest score. That is the hard lookup of a dictionary; "
            "training gets no slope from it. Softmax gives every key its share.",
            0.5,
            edits={
                "weights = softmax(scores, dim=-1)": "weights = (scores == scores.amax(-1, keepdim=True)).to(scores.dtype)"
            },
        ),
        Misconception(
            "softmax_over_the_batch",
            "A single query is right, but in a batch the weights of one sentence no longer sum to one: softmax "
            "ran along the first dimension, across sentences. It has to run along the keys, wherever they stand.",
            1.0,
            edits={"softmax(scores, dim=-1)": "softmax(scores, dim=0)"},
        ),
        Misconception(
            "softmax_over_dimension_1",
            "A batch works, but a single query raises an error, because its scores have no dimension 1. The keys "
            "are the *last* dimension, whatever stands in front of it; how is that written?",
            1.25,
            edits={"softmax(scores, dim=-1)": "softmax(scores, dim=1)"},
        ),
        Misconception(
            "matrix_on_the_left",
            "One query alone is right, and in a batch it fails, or passes in silence with wrong numbers: `w_query "
            "@ query` takes the rows of a batch for columns. Which side must the matrix stand on so that leading "
            "dimensions do not matter?",
            1.25,
            edits={"(query @ w_query.T)": "(w_query @ query)"},
        ),
        Misconception(
            "weights_not_made_a_row",
            "One query alone is right, but in a batch the output has a shape of its own: `weights @ values` takes "
            "(batch, length) for one matrix. Each sentence has one row of weights, which needs a dimension for "
            "itself before the product.",
            1.25,
            edits={"(weights.unsqueeze(-2) @ values).squeeze(-2)": "weights @ values"},
        ),
        Misconception(
            "query_not_lined_up",
            "One query alone works, but in a batch the queries are added to the wrong keys (or do not fit): "
            "broadcasting lined the batch of the queries up with the positions of the keys. Compare (batch, "
            "d_hidden) with (batch, length, d_hidden), from the right.",
            1.25,
            edits={"(query @ w_query.T).unsqueeze(-2)": "query @ w_query.T"},
        ),
        Misconception(
            "matrices_swapped",
            "With query and keys of different widths the product fails, and with equal widths the numbers are "
            "wrong: each one is multiplied with the other one's matrix.",
            1.0,
            edits={"query @ w_query.T": "query @ w_key.T", "keys @ w_key.T": "keys @ w_query.T"},
        ),
        Misconception(
            "matrices_not_transposed",
            "Square matrices give wrong numbers and others do not fit at all: `w_query` and `w_key` are stored "
            "(out, in), as nn.Linear stores them, and a row vector on the left meets the wrong side. What has to "
            "be done to a matrix so that `x @ …` fits?",
            1.0,
            edits={"query @ w_query.T": "query @ w_query", "keys @ w_key.T": "keys @ w_key"},
        ),
        Misconception(
            "averages_the_keys",
            "The weights are right, but the output mixes the keys: it is as wide as a key. Keys are what the "
            "query is compared with; what is handed out are the values.",
            1.25,
            edits={"weights.unsqueeze(-2) @ values": "weights.unsqueeze(-2) @ keys"},
        ),
        Misconception(
            "sums_over_the_features",
            "The weights are right, but the output has one number for each key: each value was weighted, and then "
            "the sum ran along its features. An average of values runs along the keys and leaves the features "
            "alone.",
            1.25,
            edits={"(weights.unsqueeze(-2) @ values).squeeze(-2)": "(weights.unsqueeze(-1) * values).sum(dim=-1)"},
        ),
        Misconception(
            "plain_mean",
            "The weights are right, but the output is the plain mean of the values: the weights were computed and "
            "then not used.",
            1.0,
            edits={"(weights.unsqueeze(-2) @ values).squeeze(-2)": "values.mean(dim=-2)"},
        ),
        Misconception(
            "output_keeps_a_dimension",
            "All numbers are right, but the output has a dimension of size 1 too many, the row that was made for "
            "the matrix product. One query gives one vector.",
            1.5,
            edits={"(weights.unsqueeze(-2) @ values).squeeze(-2)": "weights.unsqueeze(-2) @ values"},
        ),
        Misconception(
            "weights_not_returned",
            "The output is right, but it comes alone. The function is to return two things, the output and the "
            "weights: without the weights nobody can see what was attended to.",
            1.25,
            edits={"return output, weights": "return output"},
        ),
        Misconception(
            "returned_in_the_wrong_order",
            "Both results are right and stand in the wrong order: first the output, then the weights.",
            1.5,
            edits={"return output, weights": "return weights, output"},
        ),
        Misconception(
            "returns_the_scores",
            "The output is right, but what comes with it are the scores from before the softmax, not the weights: "
            "they do not sum to one.",
            1.5,
            edits={"return output, weights": "return output, scores"},
        ),
    ),
    alternatives=(
        Alternative(
            "einsum",
            edits={
                "hidden = torch.tanh((query @ w_query.T).unsqueeze(-2) + keys @ w_key.T)": "q = torch.einsum('...i,hi->...h', query, w_query)[..., None, :]\n"
                "    hidden = torch.tanh(q + torch.einsum('...ni,hi->...nh', keys, w_key))",
                "(weights.unsqueeze(-2) @ values).squeeze(-2)": "torch.einsum('...n,...nv->...v', weights, values)",
            },
        ),
        Alternative(
            "one_matrix_for_both",
            edits={
                "hidden = torch.tanh((query @ w_query.T).unsqueeze(-2) + keys @ w_key.T)": "both = torch.cat((query.unsqueeze(-2).expand(*keys.shape[:-1], query.shape[-1]), keys), dim=-1)\n"
                "    hidden = torch.tanh(nn.functional.linear(both, torch.cat((w_query, w_key), dim=1)))",
                "(weights.unsqueeze(-2) @ values).squeeze(-2)": "(weights[..., None] * values).sum(-2)",
            },
        ),
        Alternative(
            "key_by_key_with_torch_softmax",
            edits={
                "hidden = torch.tanh((query @ w_query.T).unsqueeze(-2) + keys @ w_key.T)\n    scores = hidden @ v": "q = query @ w_query.T\n"
                "    scores = torch.stack([torch.tanh(q + k @ w_key.T) @ v for k in keys.unbind(-2)], dim=-1)",
                "softmax(scores, dim=-1)": "torch.softmax(scores, -1)",
            },
        ),
    ),
    refuse={
        "torch.nn.functional.scaled_dot_product_attention": (
            "it computes another attention than the additive one; write this one from its formula."
        )
    },
)

# ----------------------------------------------------------------------------------------- scaled dot-product attention
_LIBRARY_ATTENTION = (
    "it is what you are building here. Two matrix products, a division and your own softmax are all that is needed."
)


def _qkv(
    lead: tuple[int, ...],
    lengths: tuple[int, int],
    widths: tuple[int, int],
    seed: int,
    scale: float = 1.0,
    dtype: torch.dtype = torch.float32,
) -> tuple[Tensor, Tensor, Tensor]:
    (query_length, key_length), (d_k, d_v) = lengths, widths
    return (
        _numbers(*lead, query_length, d_k, seed=seed, scale=scale, dtype=dtype),
        _numbers(*lead, key_length, d_k, seed=seed + 1, scale=scale, dtype=dtype),
        _numbers(*lead, key_length, d_v, seed=seed + 2, dtype=dtype),
    )


def _far_ahead() -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Two sentences, of which the second one's last two keys are padding, one of them with a score far above the rest."""
    query, key, value = _qkv((2,), (3, 4), (4, 3), seed=110)
    key[1, 3] = query[1, 0] * 100
    mask = torch.tensor([[[True, True, True, False]], [[True, True, False, False]]])
    return query, key, value, mask


def _nobody() -> tuple[Tensor, Tensor, Tensor, Tensor]:
    mask = torch.tensor([[True, False, True], [False, False, False], [True, True, True]])
    return *_qkv((), (3, 3), (4, 2), seed=120), mask


_LOG_2 = math.log(2)
_SCORES = "query @ key.transpose(-2, -1) / math.sqrt(query.shape[-1])"
_FILL = "scores.masked_fill(~mask, torch.finfo(scores.dtype).min)"
_ZERO = "weights.masked_fill(~mask, 0.0)"

SCALED = Exercise(
    name="scaled_dot_product_attention",
    title="Scaled dot-product attention with a mask",
    points=4,
    difficulty=2,
    minutes=20,
    needs=("softmax",),
    hints=(
        (
            "Without a mask the formula is one line for the scores, one for the weights, one for the output. Get "
            "that right first; the first two cases need no more."
        ),
        (
            "The mask acts on the scores, before the softmax: where it is False, the score must become so low "
            "that its exponential is zero. `masked_fill` takes the places that are to be *replaced*. Then ask "
            "yourself what softmax makes of a row that is all low."
        ),
        (
            "A finite, very negative score (`torch.finfo(scores.dtype).min`) keeps nan out, but gives an "
            "all-forbidden row equal weights. So fill before the softmax, and set the forbidden weights to zero "
            "after it as well."
        ),
    ),
    cases=(
        case(
            "by hand: two queries, two keys, d_k = 4",
            call(
                torch.tensor([[1.0, 1.0, 1.0, 1.0], [1.0, -1.0, 1.0, -1.0]]),
                torch.tensor([[_LOG_2, _LOG_2, 0.0, 0.0], [0.0, 0.0, 0.0, 0.0]]),
                torch.tensor([[6.0, 0.0], [0.0, 6.0]]),
            ),
        ),
        case("a batch, more keys than queries, no mask", call(*_qkv((2,), (3, 5), (4, 2), seed=100))),
        case("a padding mask, and a forbidden key with a score far ahead", call(*_far_ahead())),
        case("a query that may attend to nothing, and its gradient", call(*_nobody()), gradient(*_nobody())),
        case(
            "self-attention of two sentences, one of them padded",
            call(*[_numbers(2, 3, 4, seed=125)] * 3, torch.tensor([[[True] * 3], [[True, True, False]]])),
        ),
        case(
            "heads: four dimensions, causal mask",
            call(*_qkv((2, 3), (4, 4), (2, 5), seed=130), torch.ones(4, 4, dtype=torch.bool).tril()),
            hidden=True,
        ),
        case("saturated: scores in the hundreds", call(*_qkv((2,), (3, 4), (9, 3), seed=140, scale=15)), hidden=True),
        case(
            "tiny scores, in float64",
            call(*_qkv((2,), (3, 4), (16, 3), seed=150, scale=0.02, dtype=torch.float64)),
            hidden=True,
        ),
        case("forty keys, one dimension", call(*_qkv((), (2, 40), (1, 1), seed=160)), hidden=True),
        case(
            "padded batch with an empty sentence, and its gradient",
            call(
                *_qkv((3,), (2, 4), (6, 2), seed=170),
                torch.tensor([[[True] * 4], [[False] * 4], [[True, False, False, False]]]),
            ),
            gradient(
                *_qkv((3,), (2, 4), (6, 2), seed=170),
                torch.tensor([[[True] * 4], [[False] * 4], [[True, False, False, False]]]),
            ),
            hidden=True,
        ),
        case(
            "a mask of its own for each query, in heads",
            call(
                *_qkv((2, 3), (3, 4), (4, 4), seed=180),
                torch.tensor([[True, False, True, False], [False, True, False, False], [True, True, True, True]]),
            ),
            hidden=True,
        ),
    ),
    misconceptions=(
        Misconception(
            "no_scaling",
            "Your weights are sharper than they should be: the scores were not divided by √d_k. In the case done "
            "by hand the first row comes out as 4/5 and 1/5. Look at the formula again, and at the variance "
            "experiment for what this does to wide heads.",
            2.0,
            edits={_SCORES: "query @ key.transpose(-2, -1)"},
        ),
        Misconception(
            "no_scaling_and_nan",
            "Two things: your weights are sharper than they should be, because the scores were not divided by "
            "√d_k; and the query that may attend to nothing gives nan. Mend the first one first: compare your "
            "scores with the formula.",
            1.5,
            edits={
                _SCORES: "query @ key.transpose(-2, -1)",
                _FILL: "scores.masked_fill(~mask, float('-inf'))",
                _ZERO: "weights",
            },
        ),
        Misconception(
            "no_scaling_and_equal_weights",
            "Two things: your weights are sharper than they should be, because the scores were not divided by "
            "√d_k; and the query that may attend to nothing attends to everything equally. Mend the first one "
            "first: compare your scores with the formula.",
            1.5,
            edits={_SCORES: "query @ key.transpose(-2, -1)", _ZERO: "weights"},
        ),
        Misconception(
            "scaled_by_d_k",
            "Your weights are flatter than they should be: the scores were divided by d_k, not by its square "
            "root. It is the *standard deviation* of a dot product that is to be divided away, and that is not "
            "the variance.",
            2.0,
            edits={"/ math.sqrt(query.shape[-1])": "/ query.shape[-1]"},
        ),
        Misconception(
            "multiplied_by_the_root",
            "Your weights are much too sharp: the scores were multiplied by √d_k. The longer the vectors, the "
            "larger their dot product is already; it has to be made smaller.",
            1.75,
            edits={"/ math.sqrt(query.shape[-1])": "* math.sqrt(query.shape[-1])"},
        ),
        Misconception(
            "scaled_by_the_values_width",
            "The scaling uses the width of the values, d_v. The dot product is a sum of d_k terms, one for each "
            "feature of query and key; values are not part of it.",
            2.5,
            edits={"math.sqrt(query.shape[-1])": "math.sqrt(value.shape[-1])"},
        ),
        Misconception(
            "scaled_by_the_key_length",
            "The scaling uses the number of keys. How many keys there are has no bearing on the size of a single "
            "dot product: that depends on how many terms it sums. Check which dimension of the shape you read.",
            2.25,
            edits={"math.sqrt(query.shape[-1])": "math.sqrt(key.shape[-2])"},
        ),
        Misconception(
            "scaled_by_the_query_length",
            "The scaling uses the number of queries. d_k is the width of one query, the *last* number of its "
            "shape; check which dimension you read.",
            2.25,
            edits={"math.sqrt(query.shape[-1])": "math.sqrt(query.shape[-2])"},
        ),
        Misconception(
            "scaled_by_dimension_1",
            "Without a batch all is right, and with one the scaling is another: `shape[1]` is the width of a "
            "matrix, but the number of queries once a batch stands in front. Which index means the last one in "
            "any shape?",
            2.5,
            edits={"math.sqrt(query.shape[-1])": "math.sqrt(query.shape[1])"},
        ),
        Misconception(
            "scaled_by_dimension_1_of_the_keys",
            "Without a batch all is right, and with one the scaling is another: `key.shape[1]` is the width of a "
            "matrix, but the number of keys once a batch stands in front. Which index means the last one in any "
            "shape?",
            2.5,
            edits={"math.sqrt(query.shape[-1])": "math.sqrt(key.shape[1])"},
        ),
        Misconception(
            "scaled_after_softmax",
            "The rows of your weights sum to 1/√d_k, not to 1: the division came after the softmax. It has to act "
            "on the scores, where it makes softmax less sharp.",
            1.75,
            edits={
                _SCORES: "query @ key.transpose(-2, -1)",
                "softmax(scores, dim=-1)": "softmax(scores, dim=-1) / math.sqrt(query.shape[-1])",
            },
        ),
        Misconception(
            "mask_inverted",
            "Exactly the forbidden keys get the weight, and the allowed ones none: the mask is read the other way "
            "round. Here True means *may attend*, but `masked_fill` replaces where its mask is True.",
            2.5,
            edits={_FILL: _FILL.replace("~", ""), _ZERO: _ZERO.replace("~", "")},
        ),
        Misconception(
            "mask_inverted_and_nan",
            "Exactly the forbidden keys get the weight, and a row in which everything is allowed becomes nan: the "
            "mask is read the other way round (True means *may attend*; `masked_fill` replaces where its mask is "
            "True), and a row full of -inf is not caught.",
            2.0,
            edits={_FILL: "scores.masked_fill(mask, float('-inf'))", _ZERO: "weights"},
        ),
        Misconception(
            "mask_inverted_and_uniform",
            "Exactly the forbidden keys get the weight: the mask is read the other way round (True means *may "
            "attend*; `masked_fill` replaces where its mask is True). And a row in which nothing is left spreads "
            "its weight over all keys.",
            2.25,
            edits={_FILL: "scores.masked_fill(mask, -1e9)", _ZERO: "weights"},
        ),
        Misconception(
            "masked_scores_are_zero",
            "Forbidden keys still get weight: their scores were set to 0 (or multiplied by the mask), and e^0 is "
            "1, not 0. Which score has an exponential of zero?",
            1.75,
            edits={_FILL: "scores * mask", _ZERO: "weights"},
        ),
        Misconception(
            "masked_scores_and_weights_are_zero",
            "Forbidden keys get no weight in the end, but the rows do not sum to one: before the softmax their "
            "scores were set to 0, and e^0 = 1 takes a share that is then thrown away. Which score has an "
            "exponential of zero?",
            2.0,
            edits={_FILL: "scores * mask"},
        ),
        Misconception(
            "masked_after_softmax",
            "Forbidden keys get no weight, but the rows no longer sum to one: the mask was applied after the "
            "softmax only, and what the forbidden keys had taken is lost. They have to be out before the total is "
            "shared.",
            2.0,
            edits={_FILL: "scores"},
        ),
        Misconception(
            "renormalised_afterwards",
            "Nearly: you mask after the softmax and divide by what is left. But where a forbidden key is far "
            "ahead, the allowed weights have already been rounded to zero, and the row is 0/0. Take forbidden "
            "keys out before the exponential.",
            2.75,
            edits={
                _FILL: "scores",
                _ZERO: "weights * mask\n        weights = weights / weights.sum(dim=-1, keepdim=True)",
            },
        ),
        Misconception(
            "renormalised_afterwards_safely",
            "You mask after the softmax and divide by what is left. Usually that is right, but where a forbidden "
            "key is far ahead the allowed weights have already been rounded to zero, and the row comes out empty. "
            "Take forbidden keys out before the exponential.",
            3.0,
            edits={
                _FILL: "scores",
                _ZERO: "weights * mask\n        weights = weights / weights.sum(dim=-1, keepdim=True).clamp(min=1e-9)",
            },
        ),
        Misconception(
            "mask_added_as_number",
            "The mask went into the scores as 0 and 1 (added, or subtracted from the forbidden ones): a forbidden "
            "key is one point behind and still in the game. A boolean says *whether*; it has to become a change "
            "that no score can make up for.",
            1.5,
            edits={_FILL: "scores + mask", _ZERO: "weights"},
        ),
        Misconception(
            "forbidden_scores_minus_one",
            "Forbidden keys were set to a score of -1, and still get weight. -1 is a score like others; how low "
            "must a score be for its exponential to vanish?",
            1.5,
            edits={_FILL: "scores.masked_fill(~mask, -1.0)", _ZERO: "weights"},
        ),
        Misconception(
            "nothing_allowed_gives_nan",
            "All is right but the query that may attend to nothing: its row is nan, because every score is -inf, "
            "the maximum too, and -inf - (-inf) is no number. Such a row has to give zeros, and the nan must not "
            "arise on the way.",
            3.0,
            edits={_FILL: "scores.masked_fill(~mask, float('-inf'))", _ZERO: "weights"},
        ),
        Misconception(
            "nothing_allowed_gives_equal_weights",
            "All is right but the query that may attend to nothing: it attends to every key equally. A very "
            "negative score is only low compared with others, and here all are equally low. Such a row has to "
            "give zeros.",
            3.25,
            edits={_ZERO: "weights"},
        ),
        Misconception(
            "nan_in_the_gradient",
            "The results are right, but the gradient holds nan. A nan arises on the way (an added -inf, softmax "
            "of nothing) and is replaced afterwards, too late for the backward pass: 0 times nan is nan. Keep it "
            "from arising.",
            3.25,
            edits={
                _FILL: "scores + torch.zeros(mask.shape, dtype=scores.dtype).masked_fill(~mask, float('-inf'))",
                _ZERO: "torch.nan_to_num(weights)",
            },
        ),
        Misconception(
            "mask_ignored",
            "Without a mask all is right, and with one nothing changes: the mask is never used (a result of "
            "`masked_fill` that is not assigned is thrown away).",
            1.75,
            edits={_FILL: "scores", _ZERO: "weights"},
        ),
        Misconception(
            "padding_may_not_ask",
            "The keys are masked rightly, but in self-attention the *rows* of padded tokens are zero as well. The "
            "mask says which keys a query may attend to; that a key is hidden does not silence the query at the "
            "same place.",
            3.0,
            edits={
                _ZERO: (
                    _ZERO + "\n        if scores.shape[-2] == scores.shape[-1]:\n"
                    "            weights = weights * mask.expand(scores.shape).any(dim=-2).unsqueeze(-1)"
                )
            },
        ),
        Misconception(
            "asks_if_mask",
            "With a mask an exception comes that speaks of an ambiguous truth value: a tensor of many values was "
            "used as a condition. Ask whether there *is* a mask, not whether it is true.",
            2.0,
            edits={"    if mask is not None:\n        scores": "    if mask:\n        scores"},
        ),
        Misconception(
            "mask_as_an_index",
            "A mask of the full shape works, but one that has to be broadcast raises an IndexError: "
            "`scores[~mask]` needs exactly the shape of the scores. Use an operation that broadcasts.",
            2.75,
            edits={f"scores = {_FILL}": "scores[~mask] = torch.finfo(scores.dtype).min"},
        ),
        Misconception(
            "softmax_over_queries",
            "The columns of your weights sum to one, and the rows should: softmax ran along the queries, so that "
            "the queries compete for each key. Each query spreads its own attention over the keys; which "
            "dimension is that?",
            1.5,
            edits={"softmax(scores, dim=-1)": "softmax(scores, dim=-2)"},
        ),
        Misconception(
            "softmax_over_dimension_1",
            "Without a batch all is right, and with one the queries compete for each key: dimension 1 is the keys "
            "of a matrix, but the queries once a batch stands in front. Count the dimension from the end.",
            2.0,
            edits={"softmax(scores, dim=-1)": "softmax(scores, dim=1)"},
        ),
        Misconception(
            "softmax_over_the_first_dimension",
            "Softmax ran along the first dimension: along the queries if there is no batch, across the sentences "
            "if there is one. With leading dimensions the keys are always counted from the end.",
            1.25,
            edits={"softmax(scores, dim=-1)": "softmax(scores, dim=0)"},
        ),
        Misconception(
            "no_softmax",
            "Your weights are the scores themselves, negative ones included, and the output is no average. Scores "
            "become weights by a function that you have already written.",
            1.0,
            edits={"softmax(scores, dim=-1)": "scores"},
        ),
        Misconception(
            "key_not_transposed",
            "The product of query and key does not fit (and where it happens to fit, it compares the wrong "
            "things): every row of the queries is to meet every *row* of the keys, so the keys have to be turned.",
            1.0,
            edits={"key.transpose(-2, -1)": "key"},
        ),
        Misconception(
            "transposes_the_first_two",
            "Matrices work and batches do not: `transpose(0, 1)`, or `.T`, turns the batch as well. With leading "
            "dimensions count from the end: only the last two are to change places.",
            1.75,
            edits={"key.transpose(-2, -1)": "key.transpose(0, 1)"},
        ),
        Misconception(
            "transposes_dimensions_1_and_2",
            "A batch works, but without leading dimensions there is no dimension 2, and with heads it would be "
            "the wrong one: `transpose(1, 2)` counts from the front. Which numbers mean the last two dimensions "
            "in any shape?",
            2.25,
            edits={"key.transpose(-2, -1)": "key.transpose(1, 2)"},
        ),
        Misconception(
            "mixes_the_keys",
            "The weights are right, but the output is as wide as the keys: the keys were averaged. What is "
            "compared are keys, what is handed out are values.",
            2.5,
            edits={"return weights @ value, weights": "return weights @ key, weights"},
        ),
        Misconception(
            "roles_swapped",
            "Your weights have a row for each key: keys ask, and queries answer. Look at which of the two stands "
            "on the left of the product.",
            1.0,
            edits={_SCORES: "key @ query.transpose(-2, -1) / math.sqrt(query.shape[-1])"},
        ),
        Misconception(
            "weights_not_returned",
            "The output is right, but it comes alone; two things are to be returned, the output and the weights.",
            2.75,
            edits={"return weights @ value, weights": "return weights @ value"},
        ),
        Misconception(
            "output_not_returned",
            "The weights are right, but they come alone: the mixture of values, which all this is made for, is "
            "missing.",
            1.75,
            edits={"return weights @ value, weights": "return weights"},
        ),
        Misconception(
            "returned_in_the_wrong_order",
            "Both results are right and stand in the wrong order: first the output, then the weights.",
            3.25,
            edits={"return weights @ value, weights": "return weights, weights @ value"},
        ),
        Misconception(
            "returns_the_scores",
            "The output is right, but what comes with it are the scores, not the weights: the rows do not sum to one.",
            3.0,
            edits={"return weights @ value, weights": "return weights @ value, scores"},
        ),
        Misconception(
            "changes_the_query",
            "The numbers are right, but the query that was handed in is changed afterwards (and no gradient can "
            "be computed): it was divided in place, with `/=` or a method that ends in an underscore.",
            2.5,
            edits={
                f"scores = {_SCORES}": "query /= math.sqrt(query.shape[-1])\n    scores = query @ key.transpose(-2, -1)"
            },
        ),
    ),
    alternatives=(
        Alternative(
            "einsum_and_where",
            edits={
                _SCORES: "torch.einsum('...qd,...kd->...qk', query, key) * query.shape[-1] ** -0.5",
                _FILL: "torch.where(mask, scores, torch.tensor(-1e9, dtype=scores.dtype))",
                _ZERO: "weights * mask",
                "return weights @ value, weights": "return torch.einsum('...qk,...kv->...qv', weights, value), weights",
            },
        ),
        Alternative(
            "minus_infinity_then_nan_to_num",
            edits={
                _SCORES: "torch.matmul(query / query.size(-1) ** 0.5, key.mT)",
                _FILL: "scores.masked_fill(mask == 0, -torch.inf)",
                _ZERO: "torch.nan_to_num(weights)",
            },
        ),
        Alternative(
            "exponentials_by_hand",
            code=(
                "def scaled_dot_product_attention(query, key, value, mask=None):\n"
                "    scores = (query[..., :, None, :] * key[..., None, :, :]).sum(-1) / math.sqrt(key.shape[-1])\n"
                "    allowed = torch.ones_like(scores, dtype=torch.bool) if mask is None else mask.expand_as(scores)\n"
                "    top = scores.masked_fill(~allowed, torch.finfo(scores.dtype).min).amax(-1, keepdim=True)\n"
                "    e = torch.exp(torch.where(allowed, scores - top, torch.zeros(()))) * allowed\n"
                "    total = e.sum(-1, keepdim=True)\n"
                "    weights = e / torch.where(total == 0, 1.0, total)\n"
                "    return [weights @ value, weights]\n"
            ),
        ),
    ),
    refuse={
        "torch.nn.functional.scaled_dot_product_attention": _LIBRARY_ATTENTION,
        "torch.nn.functional.multi_head_attention_forward": _LIBRARY_ATTENTION,
        "torch.nn.MultiheadAttention": _LIBRARY_ATTENTION,
    },
)

# ------------------------------------------------------------------------------------------------------------ the masks
PADDING = Exercise(
    name="padding_mask",
    title="A mask for padding",
    points=1,
    difficulty=1,
    minutes=8,
    hints=(
        (
            "Position j of a sentence is a real token when j is smaller than the sentence's length. Positions "
            "count from 0."
        ),
        (
            "`torch.arange(max_length)` are the positions. Compare them with all lengths at once: which shapes "
            "let (max_length,) and (batch,) broadcast to (batch, max_length)?"
        ),
        (
            "`torch.arange(max_length) < lengths.unsqueeze(-1)` is (batch, max_length). One dimension of size 1, "
            "for the queries, is still missing in the middle."
        ),
    ),
    cases=(
        case("lengths 3, 5, 1 padded to 5", call(_integers(3, 5, 1), 5)),
        case("one sentence, padded further than needed", call(_integers(2), 4)),
        case("as many sentences as positions, one of them empty", call(_integers(0, 1, 2, 3), 4)),
        case("nothing is padded", call(_integers(6, 6), 6), hidden=True),
        case("long: up to 50", call(_integers(50, 49, 1, 0, 25), 50), hidden=True),
        case("one position", call(_integers(1, 0), 1), hidden=True),
        case("lengths as int32", call(torch.tensor([4, 2, 7], dtype=torch.int32), 9), hidden=True),
    ),
    misconceptions=(
        Misconception(
            "inverted",
            "True and False are exchanged: your mask marks the padding. In this course True means *may attend*, "
            "that is, a real token.",
            0.5,
            edits={"real.unsqueeze(-2)": "(~real).unsqueeze(-2)"},
        ),
        Misconception(
            "one_too_many",
            "Every sentence has one True too many: with `<=` the position `length` is let in, but positions count "
            "from 0, and the last real one is `length - 1`.",
            0.5,
            edits={"positions < lengths": "positions <= lengths"},
        ),
        Misconception(
            "one_too_few",
            "Every sentence loses its last real token: either the positions count from 1 while the comparison is "
            "`<`, or one was subtracted from the lengths.",
            0.5,
            edits={"positions < lengths.unsqueeze(-1)": "positions < lengths.unsqueeze(-1) - 1"},
        ),
        Misconception(
            "no_query_dimension",
            "The truth values are right, but the shape is (batch, max_length): against scores of shape (batch, "
            "queries, keys) the batch would line up with the queries. A dimension of size 1 is missing between "
            "the two.",
            0.5,
            edits={"return real.unsqueeze(-2)": "return real"},
        ),
        Misconception(
            "masks_the_queries",
            "The dimension of size 1 stands last, (batch, max_length, 1): this mask forbids padded *queries* to "
            "look at anything and lets everybody listen to padding. The keys are the last dimension.",
            0.5,
            edits={"real.unsqueeze(-2)": "real.unsqueeze(-1)"},
        ),
        Misconception(
            "masks_queries_and_keys",
            "Your mask is square: it forbids padded queries as well, which makes rows in which nothing may be "
            "seen. Only keys are asked for, in one row that broadcasts over the queries.",
            0.5,
            edits={"real.unsqueeze(-2)": "real.unsqueeze(-2) & real.unsqueeze(-1)"},
        ),
        Misconception(
            "four_dimensions",
            "The truth values are right, but the shape is (batch, 1, 1, max_length), with a dimension for heads. "
            "Here a mask speaks of (batch, queries, keys) only; the dimension for heads is put in where there are "
            "heads.",
            0.75,
            edits={"return real.unsqueeze(-2)": "return real[:, None, None]"},
        ),
        Misconception(
            "expanded_over_queries",
            "The truth values are right, but the row is repeated for every query. (batch, 1, max_length) is asked "
            "for: it broadcasts by itself, takes less memory, and fits cross-attention, where there may be "
            "another number of queries.",
            0.75,
            edits={"return real.unsqueeze(-2)": "return real.unsqueeze(-2).expand(-1, max_length, -1)"},
        ),
        Misconception(
            "longest_length",
            "The mask is only as long as the longest of the lengths, not `max_length`: that argument says how far "
            "the batch was padded, which may be further.",
            0.5,
            edits={"torch.arange(max_length, device=lengths.device)": "torch.arange(int(lengths.max()))"},
        ),
        Misconception(
            "padding_in_front",
            "The padding is marked at the beginning of each sentence. Here it stands at the end, as tokenizers of "
            "BERT put it: the real tokens come first.",
            0.5,
            edits={"positions < lengths.unsqueeze(-1)": "positions >= max_length - lengths.unsqueeze(-1)"},
        ),
        Misconception(
            "batch_and_positions_swapped",
            "Sentences and positions have changed places, so that a column is a sentence: the comparison put the "
            "lengths along the last dimension. The batch comes first, the positions last.",
            0.25,
            edits={"positions < lengths.unsqueeze(-1)": "positions.unsqueeze(-1) < lengths"},
        ),
        Misconception(
            "batch_in_the_middle",
            "The comparison is right, but the dimension of size 1 stands in front, (1, batch, max_length): the "
            "batch has become the queries.",
            0.5,
            edits={"real.unsqueeze(-2)": "real.unsqueeze(0)"},
        ),
        Misconception(
            "numbers_not_booleans",
            "Zeros and ones stand in the right places, but the mask holds numbers. It has to be boolean: `~mask` "
            "of numbers is an error for floats, and for integers something else altogether.",
            0.5,
            edits={"return real.unsqueeze(-2)": "return real.unsqueeze(-2).float()"},
        ),
        Misconception(
            "integers_not_booleans",
            "Zeros and ones stand in the right places, but they are integers, as in a tokenizer's attention_mask. "
            "The mask has to be boolean: `~1` is -2, not False.",
            0.5,
            edits={"return real.unsqueeze(-2)": "return real.unsqueeze(-2).long()"},
        ),
        Misconception(
            "additive_mask",
            "You built a mask to be *added* to the scores, 0 where allowed and -inf where not. It is a valid "
            "style, but here the mask is to be boolean, True where a key may be attended to.",
            0.5,
            edits={
                "return real.unsqueeze(-2)": "return torch.zeros(real.shape).masked_fill(~real, float('-inf')).unsqueeze(-2)"
            },
        ),
        Misconception(
            "compares_without_broadcasting",
            "The comparison sets position j against the length of sentence j: the two vectors were lined up with "
            "each other, and fit only if there are as many sentences as positions. One of them needs another "
            "dimension first.",
            0.25,
            edits={
                "positions < lengths.unsqueeze(-1)": "positions < lengths",
                "real.unsqueeze(-2)": "real.expand(len(lengths), 1, -1)",
            },
        ),
    ),
    alternatives=(
        Alternative(
            "loop",
            code=(
                "def padding_mask(lengths, max_length):\n"
                "    mask = torch.zeros(len(lengths), 1, max_length, dtype=torch.bool)\n"
                "    for i, n in enumerate(lengths.tolist()):\n"
                "        mask[i, 0, :n] = True\n"
                "    return mask\n"
            ),
        ),
        Alternative(
            "nested_lists",
            code=(
                "def padding_mask(lengths, max_length):\n"
                "    return torch.tensor([[[j < n for j in range(max_length)]] for n in lengths])\n"
            ),
        ),
        Alternative(
            "repeat_and_view",
            edits={
                "real = positions < lengths.unsqueeze(-1)": "real = positions.repeat(lengths.shape[0], 1) < lengths.view(-1, 1)",
                "real.unsqueeze(-2)": "real[:, None]",
            },
        ),
    ),
)

_TRIL = "torch.ones(length, length, dtype=torch.bool).tril()"

CAUSAL = Exercise(
    name="causal_mask",
    title="A mask for the future",
    points=1,
    difficulty=1,
    minutes=5,
    hints=(
        (
            "Write the mask of length 3 on paper first: row 0 may see position 0; row 1 positions 0 and 1; row 2 "
            "all three."
        ),
        (
            "The True entries are a triangle, the diagonal included. PyTorch can cut a triangle out of a full "
            "matrix; or compare row numbers with column numbers."
        ),
        (
            "`torch.tril` keeps the lower left triangle, `torch.triu` the upper right one. Which of them holds "
            "column 0 of the last row? Begin with a boolean matrix of ones."
        ),
    ),
    cases=(
        case("length 4", call(4)),
        case("length 1: a token may see itself", call(1)),
        case("length 2", call(2), hidden=True),
        case("length 7", call(7), hidden=True),
        case("length 24", call(24), hidden=True),
    ),
    misconceptions=(
        Misconception(
            "diagonal_missing",
            "The diagonal is False: nobody may attend to itself, and the first token to nothing at all. A token "
            "is not its own future; it may be seen.",
            0.5,
            edits={".tril()": ".tril(diagonal=-1)"},
        ),
        Misconception(
            "one_token_of_future",
            "Each row has one True too many: every token sees the next one, which is just the one to be "
            "predicted. A model trained with this mask cheats, and cannot write.",
            0.5,
            edits={".tril()": ".tril(diagonal=1)"},
        ),
        Misconception(
            "sees_the_future_only",
            "The triangle is the upper right one: each token sees itself and the future, and not the past. Rows "
            "are queries, columns are keys; look at row 0.",
            0.5,
            edits={".tril()": ".triu()"},
        ),
        Misconception(
            "inverted",
            "True stands where attention is *forbidden*. Some libraries want it so (nn.MultiheadAttention does); "
            "here True means *may attend*.",
            0.5,
            edits={".tril()": ".triu(diagonal=1)"},
        ),
        Misconception(
            "numbers_not_booleans",
            "The triangle is right, but it holds numbers: `torch.ones` makes floats unless told otherwise. The "
            "mask has to be boolean, so that `~` and `&` work on it.",
            0.5,
            edits={"torch.ones(length, length, dtype=torch.bool)": "torch.ones(length, length)"},
        ),
        Misconception(
            "integers_not_booleans",
            "The triangle is right, but it holds integers. The mask has to be boolean: `~1` is -2, not False.",
            0.5,
            edits={"dtype=torch.bool": "dtype=torch.long"},
        ),
        Misconception(
            "additive_mask",
            "You built a mask to be *added* to the scores, 0 where allowed and -inf in the future. It is a valid "
            "style, but here the mask is to be boolean, True where a key may be attended to.",
            0.5,
            edits={_TRIL: "torch.full((length, length), float('-inf')).triu(diagonal=1)"},
        ),
        Misconception(
            "everything_allowed",
            "Every entry is True: nothing is hidden, and a model could read off the token that it is to predict.",
            0.0,
            edits={".tril()": ""},
        ),
        Misconception(
            "only_itself",
            "Only the diagonal is True: each token sees nothing but itself. The past may be seen as well.",
            0.25,
            edits={_TRIL: "torch.eye(length, dtype=torch.bool)"},
        ),
        Misconception(
            "only_itself_and_the_one_before",
            "Each token sees itself and the one directly before it, and nothing earlier: a window of two. The "
            "whole past may be seen.",
            0.25,
            edits={_TRIL: _TRIL + ".triu(diagonal=-1)"},
        ),
        Misconception(
            "one_row",
            "One row came back, but every query needs a row of its own: what is the future for one token is the "
            "past for another.",
            0.0,
            edits={_TRIL: "torch.ones(length, dtype=torch.bool)"},
        ),
        Misconception(
            "extra_dimensions",
            "The triangle is right, but dimensions of size 1 stand in front. (length, length) is asked for: it "
            "broadcasts over batch and heads by itself.",
            0.75,
            edits={_TRIL: _TRIL + "[None]"},
        ),
        Misconception(
            "two_extra_dimensions",
            "The triangle is right, but two dimensions of size 1 stand in front, for batch and heads. (length, "
            "length) is asked for: broadcasting adds them where they are needed.",
            0.75,
            edits={_TRIL: _TRIL + "[None, None]"},
        ),
        Misconception(
            "mirrored",
            "The triangle leans the wrong way: your first row sees everything, or the past is counted from the "
            "last column. Row 0 may see column 0 and nothing else.",
            0.25,
            edits={_TRIL: _TRIL + ".flip(0)"},
        ),
    ),
    alternatives=(
        Alternative("compare_rows_and_columns", edits={_TRIL: "torch.arange(length)[:, None] >= torch.arange(length)"}),
        Alternative(
            "nested_lists", edits={_TRIL: "torch.tensor([[j <= i for j in range(length)] for i in range(length)])"}
        ),
        Alternative(
            "cumulative_sum",
            edits={_TRIL: "torch.eye(length).cumsum(dim=0).flip(0, 1).T.flip(0, 1).T.cumsum(0).clamp(max=1).bool()"},
        ),
        Alternative("not_the_upper_triangle", edits={_TRIL: "~torch.triu(torch.full((length, length), True), 1)"}),
    ),
)

# ------------------------------------------------------------------------------------------------------------ the heads
_SPLIT = "x.reshape(batch, length, num_heads, d_model // num_heads).transpose(1, 2)"


def _counting(*shape: int) -> Tensor:
    return torch.arange(math.prod(shape), dtype=torch.float32).reshape(shape)


SPLIT = Exercise(
    name="split_heads",
    title="Cut vectors into heads",
    points=1,
    difficulty=2,
    minutes=10,
    hints=(
        (
            "Two steps: first cut d_model into (num_heads, d_head) and leave everything else where it is; then "
            "move the heads in front of the positions."
        ),
        (
            "`reshape` reads and writes numbers in row order and never moves one past another. To exchange two "
            "dimensions you need another operation."
        ),
        (
            "After `reshape` the shape is (batch, length, num_heads, d_head). Which two of these four have to be "
            "transposed?"
        ),
    ),
    cases=(
        case("the table of the lesson: 3 tokens, 4 numbers, 2 heads", call(_counting(1, 3, 4), 2)),
        case("batch, length and heads of different sizes", call(_counting(2, 5, 6), 3)),
        case("one head", call(_counting(2, 2, 3), 1), hidden=True),
        case("heads of width 1", call(_counting(1, 3, 4), 4), hidden=True),
        case("length equal to heads, float64", call(_numbers(3, 4, 8, seed=200, dtype=torch.float64), 4), hidden=True),
        case("one token", call(_numbers(2, 1, 8, seed=201), 2), hidden=True),
    ),
    misconceptions=(
        Misconception(
            "reshape_alone",
            "The shape is right and the numbers are in the wrong places: one reshape straight to (batch, heads, "
            "length, d_head) fills head 0 with the numbers of the first tokens, so heads mix up tokens. Cut "
            "first, then exchange two dimensions.",
            0.25,
            edits={_SPLIT: "x.reshape(batch, num_heads, length, d_model // num_heads)"},
        ),
        Misconception(
            "not_transposed",
            "The vectors are cut rightly, but the heads still stand behind the positions: (batch, length, heads, "
            "d_head). Attention would take the heads for the sequence.",
            0.5,
            edits={".transpose(1, 2)": ""},
        ),
        Misconception(
            "heads_and_width_exchanged",
            "There are as many numbers in a head as there should be heads, and the other way round: the last "
            "dimension was cut into (d_head, num_heads). What must the *third* number of the four be?",
            0.25,
            edits={"num_heads, d_model // num_heads)": "d_model // num_heads, num_heads)"},
        ),
        Misconception(
            "interleaved",
            "The shape is right, but head 0 has taken every num_heads-th number. A head owns a *block* of "
            "neighbouring numbers: 0 to d_head - 1, and so on.",
            0.5,
            edits={_SPLIT: "x.reshape(batch, length, d_model // num_heads, num_heads).permute(0, 3, 1, 2)"},
        ),
        Misconception(
            "transposed_before_cutting",
            "The shape is right and the numbers are in the wrong places: features and positions were exchanged "
            "first, and a reshape cut that. Cut the last dimension while it is last; exchange afterwards.",
            0.25,
            edits={_SPLIT: "x.transpose(1, 2).reshape(batch, num_heads, length, d_model // num_heads)"},
        ),
        Misconception(
            "heads_first",
            "The numbers are right, but the heads stand in front of the batch, as stacking the pieces puts them. "
            "The batch stays first.",
            0.5,
            edits={".transpose(1, 2)": ".permute(2, 0, 1, 3)"},
        ),
        Misconception(
            "width_before_length",
            "The heads are in place, but within a head d_head stands before length: one dimension too many was "
            "moved. Positions, then features.",
            0.5,
            edits={".transpose(1, 2)": ".permute(0, 2, 3, 1)"},
        ),
        Misconception(
            "batch_and_heads_in_one",
            "The heads are cut rightly, but batch and heads are folded into one dimension. Some old code did so; "
            "here there are four dimensions.",
            0.5,
            edits={_SPLIT: _SPLIT + ".flatten(0, 1)"},
        ),
        Misconception(
            "positions_cut",
            "The *positions* are shared out among the heads, not the numbers of each token: a head sees a part of "
            "the sentence in full width. Each head is to see all tokens, in a part of their width.",
            0.0,
            edits={_SPLIT: "torch.stack(x[:, : length - length % num_heads].chunk(num_heads, dim=1), dim=1)"},
        ),
        Misconception(
            "list_of_heads",
            "The heads come as a Python list, or tuple, of tensors. One tensor with a dimension for the heads is "
            "asked for, so that all heads are computed at once.",
            0.5,
            edits={_SPLIT: "x.chunk(num_heads, dim=-1)"},
        ),
        Misconception(
            "every_head_gets_all",
            "Every head received the full width: the vectors were repeated, not cut. d_head is d_model divided by "
            "the number of heads.",
            0.0,
            edits={_SPLIT: "x.unsqueeze(1).repeat(1, num_heads, 1, 1)"},
        ),
        Misconception(
            "every_head_gets_the_first_block",
            "All heads hold the same numbers, the first d_head of each token, and the others are lost: one block "
            "was cut out and repeated. Head 1 owns the block after head 0's, and so on.",
            0.0,
            edits={_SPLIT: "x[..., : d_model // num_heads].unsqueeze(1).repeat(1, num_heads, 1, 1)"},
        ),
    ),
    alternatives=(
        Alternative("stacked_chunks", edits={_SPLIT: "torch.stack(x.chunk(num_heads, dim=-1), dim=1)"}),
        Alternative("unflatten_and_permute", edits={_SPLIT: "x.unflatten(-1, (num_heads, -1)).permute(0, 2, 1, 3)"}),
        Alternative(
            "loop",
            code=(
                "def split_heads(x, num_heads):\n"
                "    b, n, d = x.shape\n"
                "    w = d // num_heads\n"
                "    heads = x.new_empty(b, num_heads, n, w)\n"
                "    for h in range(num_heads):\n"
                "        heads[:, h] = x[:, :, h * w : (h + 1) * w]\n"
                "    return heads\n"
            ),
        ),
        Alternative("swapped_first", edits={_SPLIT: "x.mT.reshape(batch, num_heads, -1, length).mT"}),
    ),
)

_MERGE = "x.transpose(1, 2).reshape(batch, length, num_heads * d_head)"

MERGE = Exercise(
    name="merge_heads",
    title="Put heads side by side",
    points=1,
    difficulty=2,
    minutes=7,
    hints=(
        "Do the steps of split_heads backwards, in the opposite order.",
        "First the heads go back behind the positions; only then can the last two dimensions be melted into one.",
        (
            "After the transposition the tensor's numbers no longer lie in row order: `view` refuses then, "
            "`reshape` copies where it must."
        ),
    ),
    cases=(
        case(
            "two heads, three tokens: back to the table of the lesson",
            call(_counting(1, 3, 4).reshape(1, 3, 2, 2).transpose(1, 2).contiguous()),
        ),
        case("batch, heads, length and width of different sizes", call(_counting(2, 3, 5, 4))),
        case("one head", call(_counting(2, 1, 3, 2)), hidden=True),
        case("heads of width 1", call(_counting(1, 4, 3, 1)), hidden=True),
        case(
            "as many heads as tokens, float64", call(_numbers(2, 4, 4, 3, seed=210, dtype=torch.float64)), hidden=True
        ),
        case("one token", call(_numbers(3, 2, 1, 4, seed=211)), hidden=True),
    ),
    misconceptions=(
        Misconception(
            "reshape_alone",
            "The shape is right and the numbers are in the wrong places: reshaping without moving the heads back "
            "puts numbers of different *tokens* side by side. In which order do the dimensions have to stand "
            "before the last two are melted?",
            0.25,
            edits={"x.transpose(1, 2).reshape": "x.reshape"},
        ),
        Misconception(
            "view_after_transpose",
            "A RuntimeError about strides: `transpose` only changes how the tensor is read, and `view` refuses to "
            "regroup numbers that no longer lie in row order. There is a method that copies when it must.",
            0.75,
            edits={".transpose(1, 2).reshape": ".transpose(1, 2).view"},
        ),
        Misconception(
            "interleaved",
            "Each token has the right numbers in the wrong order: they alternate between the heads. Head 0's "
            "numbers come first, all of them, then head 1's.",
            0.5,
            edits={"x.transpose(1, 2)": "x.permute(0, 2, 3, 1)"},
        ),
        Misconception(
            "heads_behind_each_other",
            "The heads were joined along the positions: the sentence is num_heads times as long and the vectors "
            "are as narrow as a head. They are to stand side by side.",
            0.25,
            edits={_MERGE: "x.reshape(batch, num_heads * length, d_head)"},
        ),
        Misconception(
            "averaged",
            "The heads were averaged into one of width d_head. Averaging loses what each of them found; they are "
            "to be put side by side.",
            0.0,
            edits={_MERGE: "x.mean(dim=1)"},
        ),
        Misconception(
            "summed",
            "The heads were added up into one of width d_head. Adding mixes what they found before the model can "
            "weigh it; put them side by side.",
            0.0,
            edits={_MERGE: "x.sum(dim=1)"},
        ),
        Misconception(
            "four_dimensions_left",
            "The heads are back behind the positions, but still a dimension of their own: the last two dimensions "
            "have to become one.",
            0.5,
            edits={_MERGE: "x.transpose(1, 2)"},
        ),
        Misconception(
            "everything_flattened",
            "Everything of a sentence lies in one row now, the tokens too: flattening began one dimension too "
            "early. Only heads and features are to become one.",
            0.5,
            edits={_MERGE: "x.transpose(1, 2).flatten(1)"},
        ),
        Misconception(
            "positions_first",
            "The numbers of each token are right, but positions and batch have changed places. The batch stays first.",
            0.5,
            edits={_MERGE: "x.permute(2, 0, 1, 3).reshape(length, batch, num_heads * d_head)"},
        ),
        Misconception(
            "wrong_pair_transposed",
            "Positions and features were exchanged, not heads and positions. Number the dimensions from 0 and "
            "look at which two have to swap.",
            0.25,
            edits={"x.transpose(1, 2)": "x.transpose(2, 3)"},
        ),
        Misconception(
            "stacked_last",
            "The heads have become the last dimension of four: they were stacked where they should have been "
            "concatenated.",
            0.5,
            edits={_MERGE: "torch.stack(x.unbind(1), dim=-1)"},
        ),
    ),
    alternatives=(
        Alternative("concatenated_heads", edits={_MERGE: "torch.cat(x.unbind(dim=1), dim=-1)"}),
        Alternative("contiguous_view", edits={_MERGE: "x.permute(0, 2, 1, 3).contiguous().view(batch, length, -1)"}),
        Alternative("flatten", edits={_MERGE: "x.swapaxes(1, 2).flatten(start_dim=2)"}),
    ),
)


# ------------------------------------------------------------------------------------------------- multi-head attention
def _state(d_model: int, seed: int, scale: float = 0.5) -> dict[str, Tensor]:
    state = {}
    for i, name in enumerate(("w_query", "w_key", "w_value", "w_output")):
        state[f"{name}.weight"] = _numbers(d_model, d_model, seed=seed + 2 * i, scale=scale)
        state[f"{name}.bias"] = _numbers(d_model, seed=seed + 2 * i + 1, scale=scale)
    return state


def _three(
    batch: int, lengths: tuple[int, int], d_model: int, seed: int, scale: float = 1.0
) -> tuple[Tensor, Tensor, Tensor]:
    return (
        _numbers(batch, lengths[0], d_model, seed=seed, scale=scale),
        _numbers(batch, lengths[1], d_model, seed=seed + 1, scale=scale),
        _numbers(batch, lengths[1], d_model, seed=seed + 2, scale=scale),
    )


_SELF = _numbers(2, 4, 6, seed=310)
_PADDED = torch.tensor([[[True, True, True, True]], [[True, True, False, False]], [[True, False, False, False]]])
_NOT_A_MODULE = (
    "build the module from your own functions; the finished one is compared with it afterwards, in the lesson."
)

MULTI_HEAD = Exercise(
    name="MultiHeadAttention",
    title="Multi-head attention as a module",
    points=4,
    difficulty=3,
    minutes=20,
    needs=("scaled_dot_product_attention", "split_heads", "merge_heads"),
    hints=(
        (
            "`__init__` makes four layers and remembers the number of heads. `forward` is five steps: project "
            "three times, split three times, attend once, merge, project."
        ),
        (
            "Each of the three arguments has its own projection: the query goes through `w_query`, and so on. "
            "With a mask, think of the scores, (batch, num_heads, query_length, key_length): where does the mask "
            "need a dimension of size 1?"
        ),
        (
            "`mask.unsqueeze(-3)` puts it in front of the last two, where the heads are; it works for (length, "
            "length) and for (batch, 1, key_length). Only if there is a mask, of course. The last step is "
            "`self.w_output(merge_heads(output))`."
        ),
    ),
    cases=(
        case("the parameters: names and shapes", new(6, 3), shapes()),
        case(
            "self-attention, three heads, no mask",
            new(6, 3),
            load(_state(6, seed=300)),
            mode("eval"),
            call(_SELF, _SELF, _SELF),
        ),
        case(
            "cross-attention with padding, as many sentences as heads",
            new(6, 3),
            load(_state(6, seed=320)),
            mode("eval"),
            call(*_three(3, (2, 4), 6, seed=340), _PADDED),
        ),
        case(
            "causal self-attention, mask of two dimensions",
            new(4, 2),
            load(_state(4, seed=350)),
            mode("eval"),
            call(*[_numbers(3, 4, 4, seed=370)] * 3, torch.ones(4, 4, dtype=torch.bool).tril()),
        ),
        case(
            "self-attention once more, in training mode",
            new(6, 3),
            load(_state(6, seed=300)),
            mode("train"),
            call(_SELF, _SELF, _SELF),
            note=(
                "The same in evaluation mode, after `module.eval()`, is right. So something in the module works "
                "in training only, or is random, such as dropout; this one is to have nothing of the kind."
            ),
        ),
        case(
            "one head",
            new(4, 1),
            load(_state(4, seed=380)),
            mode("eval"),
            call(*_three(2, (3, 5), 4, seed=400)),
            hidden=True,
        ),
        case(
            "heads of width 1, a mask as a keyword",
            new(4, 4),
            load(_state(4, seed=410)),
            mode("eval"),
            call(*_three(2, (3, 3), 4, seed=430), mask=torch.tensor([[[True, True, False]], [[True, True, True]]])),
            hidden=True,
        ),
        case(
            "saturated: large inputs",
            new(8, 2),
            load(_state(8, seed=440)),
            mode("eval"),
            call(*_three(1, (3, 4), 8, seed=460, scale=20)),
            hidden=True,
            atol=1e-3,
        ),
        case(
            "a query that may attend to nothing",
            new(4, 2),
            load(_state(4, seed=470)),
            mode("eval"),
            call(
                *_three(2, (2, 3), 4, seed=490),
                torch.tensor([[[True] * 3, [False] * 3], [[False, True, True], [True] * 3]]),
            ),
            hidden=True,
        ),
        case(
            "other sizes: parameters and a bias",
            new(8, 4),
            shapes(),
            load(_state(8, seed=500)),
            attribute("w_value.bias"),
            hidden=True,
        ),
        case(
            "seven tokens, causal and padded",
            new(8, 4),
            load(_state(8, seed=520)),
            mode("eval"),
            call(
                *[_numbers(2, 7, 8, seed=540)] * 3,
                torch.ones(7, 7, dtype=torch.bool).tril() & (torch.arange(7) < _integers(7, 4)[:, None])[:, None],
            ),
            hidden=True,
        ),
    ),
    misconceptions=(
        Misconception(
            "output_projection_forgotten",
            "The weights of the heads are right, but the output skips `w_output`: the layer exists and is never "
            "called. Without it the heads lie side by side and are never mixed.",
            2.75,
            edits={"return self.w_output(merge_heads(output)), weights": "return merge_heads(output), weights"},
        ),
        Misconception(
            "output_projection_missing",
            "The module has three layers where four are asked for: `w_output`, which mixes what the heads found, "
            "is missing, in the parameters and in the output.",
            2.0,
            edits={
                "        self.w_output = nn.Linear(d_model, d_model)\n": "",
                "return self.w_output(merge_heads(output)), weights": "return merge_heads(output), weights",
            },
        ),
        Misconception(
            "mask_not_passed_on",
            "Without a mask all is right, with one the forbidden keys still get weight: `forward` takes the mask "
            "and never hands it on.",
            2.25,
            edits={"scaled_dot_product_attention(q, k, v, mask)": "scaled_dot_product_attention(q, k, v)"},
        ),
        Misconception(
            "mask_without_a_head_dimension",
            "The mask of a sentence was applied to a *head*: (batch, 1, keys) meets (batch, heads, queries, "
            "keys), and broadcasting lines it up from the right. With as many sentences as heads this passes in "
            "silence. The mask needs a dimension of size 1 where the heads are.",
            2.5,
            edits={"mask = mask.unsqueeze(-3)": "mask = mask"},
        ),
        Misconception(
            "mask_head_dimension_counted_from_the_front",
            "A mask with a batch works, but one of shape (length, length) does not: `unsqueeze(1)` puts the new "
            "dimension between queries and keys then. Count from the end, where both shapes agree.",
            3.0,
            edits={"mask.unsqueeze(-3)": "mask.unsqueeze(1)"},
        ),
        Misconception(
            "mask_inverted",
            "Attention goes exactly to the forbidden keys: the mask was turned round before it was handed on. "
            "Your `scaled_dot_product_attention` already reads True as *may attend*.",
            2.25,
            edits={"mask.unsqueeze(-3)": "~mask.unsqueeze(-3)"},
        ),
        Misconception(
            "query_for_everything",
            "Self-attention is right and cross-attention is not: keys and values were computed from the query. "
            "They come from the arguments `key` and `value`, which in self-attention only happen to be the same "
            "tensor.",
            2.25,
            edits={"self.w_key(key)": "self.w_key(query)", "self.w_value(value)": "self.w_value(query)"},
        ),
        Misconception(
            "key_for_value",
            "The weights are right, but the values were computed from the argument `key`. In self-attention "
            "nobody notices; when keys and values differ, it shows.",
            2.75,
            edits={"self.w_value(value)": "self.w_value(key)"},
        ),
        Misconception(
            "one_projection_for_all",
            "Query, key and value all went through `w_query`: then a token always fits itself well, and what it "
            "offers is what it asks. There are three layers for three roles.",
            1.75,
            edits={"self.w_key(key)": "self.w_query(key)", "self.w_value(value)": "self.w_query(value)"},
        ),
        Misconception(
            "values_through_the_key_layer",
            "The weights are right, but the values went through `w_key`. What a token is compared by and what it "
            "hands out are learned separately.",
            2.5,
            edits={"self.w_value(value)": "self.w_key(value)"},
        ),
        Misconception(
            "values_not_projected",
            "The weights are right, but the values were cut into heads as they came, without `w_value`.",
            2.5,
            edits={"self.w_value(value)": "value"},
        ),
        Misconception(
            "nothing_projected",
            "Query, key and value were cut into heads as they came: the layers exist, but none of the three is "
            "called. What is learned in attention is just those.",
            1.5,
            edits={"self.w_query(query)": "query", "self.w_key(key)": "key", "self.w_value(value)": "value"},
        ),
        Misconception(
            "query_and_key_layers_swapped",
            "The query goes through `w_key` and the key through `w_query`. Written from scratch a model could "
            "live with that, but with loaded weights every score is wrong.",
            2.5,
            edits={"self.w_query(query)": "self.w_key(query)", "self.w_key(key)": "self.w_query(key)"},
        ),
        Misconception(
            "one_wide_head",
            "There is one set of weights and not one for each head: the vectors were never split, so the whole "
            "width makes a single score.",
            1.75,
            edits={
                "split_heads(self.w_query(query), self.num_heads)": "self.w_query(query)",
                "split_heads(self.w_key(key), self.num_heads)": "self.w_key(key)",
                "split_heads(self.w_value(value), self.num_heads)": "self.w_value(value)",
                "mask = mask.unsqueeze(-3)": "mask = mask",
                "merge_heads(output)": "output",
            },
        ),
        Misconception(
            "one_wide_head_with_a_head_dimension",
            "There is only one head: whatever number is asked for, the whole width makes a single score. Look at "
            "what `num_heads` is when you split.",
            1.75,
            edits={"self.num_heads = num_heads": "self.num_heads = 1"},
        ),
        Misconception(
            "merged_by_reshape",
            "The weights of every head are right, but the output mixes up tokens: the heads were reshaped "
            "together without being moved back behind the positions. You have a function for that.",
            2.5,
            edits={"merge_heads(output)": "output.reshape(query.shape)"},
        ),
        Misconception(
            "split_by_reshape",
            "The heads mix up tokens: the vectors were brought into the shape (batch, heads, length, width) by "
            "one reshape, without `split_heads`. That exercise shows why its shape is right and its numbers are "
            "not.",
            1.75,
            edits={
                "split_heads(self.w_query(query), self.num_heads)": "self.w_query(query).reshape(query.shape[0], self.num_heads, query.shape[1], -1)",
                "split_heads(self.w_key(key), self.num_heads)": "self.w_key(key).reshape(key.shape[0], self.num_heads, key.shape[1], -1)",
                "split_heads(self.w_value(value), self.num_heads)": "self.w_value(value).reshape(key.shape[0], self.num_heads, key.shape[1], -1)",
            },
        ),
        Misconception(
            "split_and_merged_by_reshape",
            "The heads mix up tokens, on the way in and on the way out: both times one reshape was used where "
            "dimensions had to be exchanged. You have written `split_heads` and `merge_heads` for that.",
            1.5,
            edits={
                "split_heads(self.w_query(query), self.num_heads)": "self.w_query(query).reshape(query.shape[0], self.num_heads, query.shape[1], -1)",
                "split_heads(self.w_key(key), self.num_heads)": "self.w_key(key).reshape(key.shape[0], self.num_heads, key.shape[1], -1)",
                "split_heads(self.w_value(value), self.num_heads)": "self.w_value(value).reshape(key.shape[0], self.num_heads, key.shape[1], -1)",
                "merge_heads(output)": "output.reshape(query.shape)",
            },
        ),
        Misconception(
            "projected_before_merging",
            "The forward pass fails at `w_output`: it was handed the heads one by one, each d_model / num_heads "
            "wide, and expects vectors of d_model. In which order do merging and the last projection have to "
            "come?",
            2.25,
            edits={"self.w_output(merge_heads(output))": "merge_heads(self.w_output(output))"},
        ),
        Misconception(
            "scaled_by_d_model",
            "The weights are too equal: the scores were divided by the square root of d_model. A head compares "
            "vectors of d_model / num_heads numbers, and that is the width that counts.",
            2.5,
            edits={
                "scaled_dot_product_attention(q, k, v, mask)": "scaled_dot_product_attention(q / math.sqrt(self.num_heads), k, v, mask)"
            },
        ),
        Misconception(
            "not_scaled",
            "The weights are too sharp: the scores of the heads were not divided by the square root of their "
            "width. Your `scaled_dot_product_attention` does it; call it.",
            2.5,
            edits={
                "scaled_dot_product_attention(q, k, v, mask)": "scaled_dot_product_attention(q * math.sqrt(q.shape[-1]), k, v, mask)"
            },
        ),
        Misconception(
            "width_and_number_of_heads_mixed_up",
            "The number of heads is wrong: there are as many as a head should be wide. `split_heads` takes the "
            "*number* of heads, not their width.",
            1.75,
            edits={"self.num_heads = num_heads": "self.num_heads = d_model // num_heads"},
        ),
        Misconception(
            "no_bias",
            "The parameters lack the biases: the layers were made with bias=False. Many recent models do so, but "
            "here they are asked for, as BERT and nn.MultiheadAttention have them.",
            2.0,
            edits={
                "self.w_query = nn.Linear(d_model, d_model)": "self.w_query = nn.Linear(d_model, d_model, bias=False)",
                "self.w_key = nn.Linear(d_model, d_model)": "self.w_key = nn.Linear(d_model, d_model, bias=False)",
                "self.w_value = nn.Linear(d_model, d_model)": "self.w_value = nn.Linear(d_model, d_model, bias=False)",
                "self.w_output = nn.Linear(d_model, d_model)": "self.w_output = nn.Linear(d_model, d_model, bias=False)",
            },
        ),
        Misconception(
            "layers_as_wide_as_a_head",
            "The layers map to the width of one head. One layer serves *all* heads: it maps d_model to d_model, "
            "and the result is split afterwards.",
            1.0,
            edits={
                "self.w_query = nn.Linear(d_model, d_model)": "self.w_query = nn.Linear(d_model, d_model // num_heads)",
                "self.w_key = nn.Linear(d_model, d_model)": "self.w_key = nn.Linear(d_model, d_model // num_heads)",
                "self.w_value = nn.Linear(d_model, d_model)": "self.w_value = nn.Linear(d_model, d_model // num_heads)",
            },
        ),
        Misconception(
            "one_layer_for_three",
            "One layer of three times the width holds all the projections. It is a common way to save a call, but "
            "then weights cannot be loaded by their names, w_query, w_key and w_value, and cross-attention has to "
            "cut it apart.",
            2.0,
            edits={
                "        self.w_query = nn.Linear(d_model, d_model)\n": "        self.w_qkv = nn.Linear(d_model, 3 * d_model)\n",
                "        self.w_key = nn.Linear(d_model, d_model)\n        self.w_value = nn.Linear(d_model, d_model)\n": "",
                "self.w_query(query)": "self.w_qkv(query).chunk(3, -1)[0]",
                "self.w_key(key)": "self.w_qkv(key).chunk(3, -1)[1]",
                "self.w_value(value)": "self.w_qkv(value).chunk(3, -1)[2]",
            },
        ),
        Misconception(
            "weights_averaged",
            "The output is right, but the weights have no dimension for the heads: they were averaged, as "
            "nn.MultiheadAttention does unless told otherwise. Here the weights of every head are asked for.",
            3.25,
            edits={
                "return self.w_output(merge_heads(output)), weights": "return self.w_output(merge_heads(output)), weights.mean(dim=1)"
            },
        ),
        Misconception(
            "weights_not_returned",
            "The output is right, but it comes alone; two things are to be returned, the output and the weights "
            "of every head.",
            3.0,
            edits={"return self.w_output(merge_heads(output)), weights": "return self.w_output(merge_heads(output))"},
        ),
        Misconception(
            "residual_added",
            "The weights are right, but the query has been added to the output. That residual connection belongs "
            "to the Transformer block of the next lesson, not into the attention itself.",
            2.75,
            edits={
                "return self.w_output(merge_heads(output)), weights": "return query + self.w_output(merge_heads(output)), weights"
            },
        ),
        Misconception(
            "scaled_twice",
            "The weights are too equal: the queries were divided by the square root of the head's width here, and "
            "your `scaled_dot_product_attention` divides once more.",
            2.5,
            edits={
                "scaled_dot_product_attention(q, k, v, mask)": "scaled_dot_product_attention(q / math.sqrt(q.shape[-1]), k, v, mask)"
            },
        ),
    ),
    alternatives=(
        Alternative(
            "head_by_head",
            edits={
                "        if mask is not None:\n            mask = mask.unsqueeze(-3)\n"
                "        output, weights = scaled_dot_product_attention(q, k, v, mask)\n": "        results = [scaled_dot_product_attention(a, b, c, mask) for a, b, c in zip(q.unbind(1), k.unbind(1), v.unbind(1))]\n"
                "        output = torch.stack([o for o, _ in results], dim=1)\n"
                "        weights = torch.stack([w for _, w in results], dim=1)\n",
            },
        ),
        Alternative(
            "mask_to_four_dimensions_and_einsum",
            edits={
                "            mask = mask.unsqueeze(-3)\n": "            mask = mask[None, None] if mask.dim() == 2 else mask[:, None]\n",
                "self.w_output(merge_heads(output))": "torch.einsum('bhqd,ohd->bqo', output, self.w_output.weight.unflatten(1, (self.num_heads, -1))) + "
                "self.w_output.bias",
            },
        ),
        Alternative(
            "layers_by_setattr",
            edits={
                "        self.w_query = nn.Linear(d_model, d_model)\n        self.w_key = nn.Linear(d_model, d_model)\n"
                "        self.w_value = nn.Linear(d_model, d_model)\n        self.w_output = nn.Linear(d_model, d_model)\n": "        for name in ('query', 'key', 'value', 'output'):\n"
                "            setattr(self, f'w_{name}', nn.Linear(d_model, d_model))\n",
            },
        ),
    ),
    refuse={
        "torch.nn.MultiheadAttention": _NOT_A_MODULE,
        "torch.nn.functional.multi_head_attention_forward": _NOT_A_MODULE,
        "torch.nn.functional.scaled_dot_product_attention": (
            "call the scaled_dot_product_attention that you wrote: it also returns the weights, which PyTorch's "
            "does not."
        ),
    },
)

# ------------------------------------------------------------------------------------------------------------ positions
_FREQUENCIES = "10000.0 ** (-torch.arange(0, d_model, 2) / d_model)"
_STACK = "torch.stack((angles.sin(), angles.cos()), dim=-1).flatten(-2)"

SINUSOIDAL = Exercise(
    name="sinusoidal_positions",
    title="Sinusoidal positions",
    points=2,
    difficulty=2,
    minutes=12,
    hints=(
        (
            "There are d_model / 2 angles for each position, one a pair. Make the table of angles first, (length, "
            "d_model / 2), then take sines and cosines of it."
        ),
        (
            "`torch.arange(0, d_model, 2)` is 0, 2, 4, …: it is 2i already, not i. Positions as a column times "
            "frequencies as a row give all angles at once."
        ),
        (
            "Sines go to the even columns and cosines of the same angles to the odd ones: assign to `table[:, "
            "0::2]` and `table[:, 1::2]`, or stack the two along a new last dimension and flatten."
        ),
    ),
    cases=(
        case("three positions, d_model 4, as by hand", call(3, 4), atol=1e-6),
        case("five positions, a single pair", call(5, 2), atol=1e-6),
        case("six positions, d_model 8", call(6, 8), atol=1e-6),
        case("position 0 alone", call(1, 6), hidden=True, atol=1e-6),
        case("long: 150 positions", call(150, 4), hidden=True, atol=1e-4),
        case("wide: d_model 32", call(4, 32), hidden=True, atol=1e-6),
        case("a width that is no power of two", call(20, 6), hidden=True, atol=1e-5),
    ),
    misconceptions=(
        Misconception(
            "sines_then_cosines",
            "All numbers are right and stand in another order: first all sines, then all cosines. Some libraries "
            "lay them out so; asked for is the order of the paper, in which sine and cosine alternate.",
            1.25,
            edits={_STACK: "torch.cat((angles.sin(), angles.cos()), dim=-1)"},
        ),
        Misconception(
            "exponent_without_the_two",
            "The first pair is right, and the others turn too fast: the exponent is i / d_model where it should "
            "be 2i / d_model. The frequencies are to reach down to nearly 1/10000.",
            1.25,
            edits={"torch.arange(0, d_model, 2) / d_model": "torch.arange(d_model // 2) / d_model"},
        ),
        Misconception(
            "exponent_doubled",
            "The first pair is right, and the others turn too slowly: the exponent is 4i / d_model. "
            "`torch.arange(0, d_model, 2)` counts 0, 2, 4, …, so it has the factor 2 already; or the divisor is "
            "d_model / 2.",
            1.25,
            edits={"-torch.arange(0, d_model, 2) / d_model": "-2 * torch.arange(0, d_model, 2) / d_model"},
        ),
        Misconception(
            "cosine_with_its_own_angle",
            "The sines are right, but each cosine is taken of another angle than the sine beside it: the exponent "
            "uses the number of the *column*, 2i + 1, where it should use the pair's, 2i. Two hands of a clock "
            "are no longer sine and cosine of one.",
            1.25,
            edits={
                _STACK: (
                    "torch.stack((angles.sin(), (positions * 10000.0 ** (-(torch.arange(0, d_model, 2) + 1) / "
                    "d_model)).cos()), dim=-1).flatten(-2)"
                )
            },
        ),
        Misconception(
            "column_number_twice",
            "The frequencies fall too fast, and differ within a pair: 2 * column / d_model was used as the "
            "exponent for every column. i numbers the *pairs*: columns 0 and 1 have i = 0, columns 2 and 3 have i "
            "= 1.",
            1.0,
            edits={
                _STACK: (
                    "torch.where(torch.arange(d_model) % 2 == 0, (positions * 10000.0 ** (-2 * "
                    "torch.arange(d_model) / d_model)).sin(), (positions * 10000.0 ** (-2 * torch.arange(d_model) "
                    "/ d_model)).cos())"
                )
            },
        ),
        Misconception(
            "sine_and_cosine_exchanged",
            "Row 0 begins with 1, 0 where it should begin with 0, 1: cosines stand in the even columns and sines "
            "in the odd ones.",
            1.25,
            edits={_STACK: "torch.stack((angles.cos(), angles.sin()), dim=-1).flatten(-2)"},
        ),
        Misconception(
            "positions_from_one",
            "Your table lacks the row for position 0 and has one too many at the end: the positions count from 1.",
            1.5,
            edits={"torch.arange(length, dtype=torch.float32)": "torch.arange(1, length + 1, dtype=torch.float32)"},
        ),
        Misconception(
            "multiplied_by_the_power",
            "The first pair is right, and the others turn faster and faster: the position was multiplied by "
            "10000^(2i / d_model) where it should be divided.",
            1.25,
            edits={"-torch.arange(0, d_model, 2)": "torch.arange(0, d_model, 2)"},
        ),
        Misconception(
            "degrees",
            "The angles are too small by a factor of 57.3: they were turned from degrees to radians, but they are "
            "radians already. Position 1 turns the first hand by 1 radian.",
            1.25,
            edits={"angles = positions * frequencies": "angles = torch.deg2rad(positions * frequencies)"},
        ),
        Misconception(
            "turns",
            "The angles are too large by a factor of 2π: a position was taken as a whole turn. The formula has no "
            "π in it.",
            1.25,
            edits={"angles = positions * frequencies": "angles = 2 * math.pi * positions * frequencies"},
        ),
        Misconception(
            "one_frequency_for_all",
            "Every pair turns at the same speed. With one hand the clock repeats itself after a little more than "
            "six positions; the exponent has to differ from pair to pair. A `//` in it makes all of them 0.",
            0.75,
            edits={_FREQUENCIES: "torch.ones(d_model // 2)"},
        ),
        Misconception(
            "last_frequency_is_the_base",
            "The first pair is right, and the last one turns at exactly 1/10000: the exponent was divided by one "
            "less than it should be, as in some programs (tensor2tensor). The paper's formula divides by d_model.",
            1.5,
            edits={_FREQUENCIES: "10000.0 ** (-torch.arange(d_model // 2) / max(d_model // 2 - 1, 1))"},
        ),
        Misconception(
            "base_1000",
            "The first pair is right and the others are near, but too fast: the base is not 10000. Count the zeros.",
            1.5,
            edits={"10000.0 **": "1000.0 **"},
        ),
        Misconception(
            "only_sines",
            "Every column is a sine. With sines alone two positions can look alike, and a shift is no rotation "
            "any more: the odd columns are cosines.",
            0.75,
            edits={_STACK: "torch.stack((angles.sin(), angles.sin()), dim=-1).flatten(-2)"},
        ),
        Misconception(
            "transposed",
            "The table lies on its side: positions along the columns. A row is to be the vector of one position, "
            "(length, d_model).",
            1.25,
            edits={_STACK: _STACK + ".T"},
        ),
        Misconception(
            "batch_dimension",
            "All numbers are right, but a dimension of size 1 stands in front. (length, d_model) is asked for; it "
            "broadcasts over a batch by itself.",
            1.5,
            edits={_STACK: _STACK + "[None]"},
        ),
        Misconception(
            "not_flattened",
            "Sine and cosine of each angle lie in a dimension of their own, (length, d_model / 2, 2). The last "
            "two dimensions have to become one.",
            1.5,
            edits={".flatten(-2)": ""},
        ),
    ),
    alternatives=(
        Alternative(
            "filled_by_columns",
            code=(
                "def sinusoidal_positions(length, d_model):\n"
                "    table = torch.zeros(length, d_model)\n"
                "    p = torch.arange(length).unsqueeze(1)\n"
                "    div = torch.exp(torch.arange(0, d_model, 2) * (-math.log(10000.0) / d_model))\n"
                "    table[:, 0::2] = torch.sin(p * div)\n"
                "    table[:, 1::2] = torch.cos(p * div)\n"
                "    return table\n"
            ),
        ),
        Alternative(
            "number_by_number",
            code=(
                "def sinusoidal_positions(length, d_model):\n"
                "    def entry(p, c):\n"
                "        angle = p / 10000 ** ((c - c % 2) / d_model)\n"
                "        return math.cos(angle) if c % 2 else math.sin(angle)\n"
                "    return torch.tensor([[entry(p, c) for c in range(d_model)] for p in range(length)])\n"
            ),
        ),
        Alternative(
            "complex_exponential",
            edits={_STACK: "torch.view_as_real(torch.polar(torch.ones_like(angles), angles)).flip(-1).flatten(1)"},
        ),
    ),
)

_ANGLES = "angles = positions.unsqueeze(-1) * frequencies"
_ROTATE = "torch.stack((even * cos - odd * sin, even * sin + odd * cos), dim=-1).flatten(-2)"

ROPE = Exercise(
    name="apply_rope",
    title="Rotary positions (RoPE)",
    points=2,
    difficulty=3,
    minutes=18,
    hints=(
        (
            "The angles are a table like the one of the sinusoids: positions as a column times d_head / 2 "
            "frequencies as a row, here with the positions that are given."
        ),
        (
            "`x[..., 0::2]` and `x[..., 1::2]` are the first and second members of all pairs. The formula of the "
            "rotation gives the two new ones out of both old ones."
        ),
        (
            "New first = first · cos - second · sin; new second = first · sin + second · cos. Then put them back "
            "alternately: stack along a new last dimension, and flatten the last two."
        ),
    ),
    cases=(
        case(
            "one pair, positions 0, 1 and 2",
            call(torch.tensor([[1.0, 0.0], [1.0, 0.0], [0.0, 1.0]]), _integers(0, 1, 2)),
        ),
        case("two pairs, four positions", call(_numbers(4, 4, seed=600), _integers(0, 1, 2, 3))),
        case("heads: as many as positions, which begin at 5", call(_numbers(2, 3, 3, 8, seed=601), _integers(5, 6, 7))),
        case(
            "positions with gaps and out of order",
            call(_numbers(1, 4, 6, seed=602), _integers(9, 2, 2, 0)),
            hidden=True,
        ),
        case(
            "far away: positions around 1000",
            call(_numbers(2, 3, 4, seed=603), _integers(998, 1000, 1024)),
            hidden=True,
            atol=2e-3,
        ),
        case("one vector, as in generating text", call(_numbers(1, 2, 1, 4, seed=604), _integers(11)), hidden=True),
        case(
            "float64, large numbers",
            call(_numbers(3, 2, seed=605, scale=100, dtype=torch.float64), _integers(1, 2, 3)),
            hidden=True,
            atol=1e-3,
        ),
        case("long and wide", call(_numbers(40, 16, seed=606), torch.arange(40)), hidden=True, atol=1e-4),
    ),
    misconceptions=(
        Misconception(
            "half_split",
            "This is a right RoPE of the *other* convention: pairs are made of the first and the second half, "
            "(x[0], x[d/2]), as in the Llama of transformers. Asked for are adjacent pairs, (x[0], x[1]), as in "
            "the paper. Weights trained with one do not work with the other.",
            1.5,
            edits={
                "x[..., 0::2], x[..., 1::2]": "x[..., : d_head // 2], x[..., d_head // 2 :]",
                _ROTATE: "torch.cat((even * cos - odd * sin, even * sin + odd * cos), dim=-1)",
            },
        ),
        Misconception(
            "places_not_restored",
            "Each number is right, but not in its old place: all first members of the pairs come first, then all "
            "second ones, as `cat` puts them. They have to alternate again, as they came.",
            1.25,
            edits={_ROTATE: "torch.cat((even * cos - odd * sin, even * sin + odd * cos), dim=-1)"},
        ),
        Misconception(
            "conventions_mixed",
            "Two conventions are mixed: the partner of a number is its neighbour, but the angles are laid out for "
            "halves (repeated as a block). So the two numbers of a pair turn by different angles, and it is no "
            "rotation. Check that lengths stay as they were.",
            1.0,
            edits={
                "even, odd = x[..., 0::2], x[..., 1::2]": (
                    "cos, sin = torch.cat((cos, cos), dim=-1), torch.cat((sin, sin), dim=-1)\n"
                    "    neighbours = torch.stack((-x[..., 1::2], x[..., 0::2]), dim=-1).flatten(-2)"
                ),
                _ROTATE: "x * cos + neighbours * sin",
            },
        ),
        Misconception(
            "halves_with_adjacent_angles",
            "Two conventions are mixed: the angles are laid out for adjacent pairs, but the partner of a number "
            "is taken from the other half (`rotate_half`). It is no rotation; check that lengths stay as they "
            "were.",
            1.0,
            edits={
                "even, odd = x[..., 0::2], x[..., 1::2]": (
                    "cos, sin = cos.repeat_interleave(2, dim=-1), sin.repeat_interleave(2, dim=-1)\n"
                    "    neighbours = torch.cat((-x[..., d_head // 2 :], x[..., : d_head // 2]), dim=-1)"
                ),
                _ROTATE: "x * cos + neighbours * sin",
            },
        ),
        Misconception(
            "each_column_its_own_angle",
            "The two numbers of a pair turn by different angles, so it is no rotation: the exponent was counted "
            "by column, where both columns of a pair share one angle. Check that lengths stay as they were.",
            1.0,
            edits={
                "cos, sin = angles.cos(), angles.sin()": "angles = positions.unsqueeze(-1) * 10000.0 ** (-torch.arange(d_head) / d_head)\n    cos, sin = angles.cos(), angles.sin()",
                "even, odd = x[..., 0::2], x[..., 1::2]": "neighbours = torch.stack((-x[..., 1::2], x[..., 0::2]), dim=-1).flatten(-2)",
                _ROTATE: "x * cos + neighbours * sin",
            },
        ),
        Misconception(
            "turned_backwards",
            "The pairs turn clockwise: the sign of the sine is the wrong way round. Distances come out right all "
            "the same, so a model would learn with it, but loaded weights would not fit. (1, 0) is to turn to "
            "(cos, sin).",
            1.25,
            edits={"even * cos - odd * sin, even * sin + odd * cos": "even * cos + odd * sin, odd * cos - even * sin"},
        ),
        Misconception(
            "mirrored",
            "Lengths are kept, but the pairs are mirrored and not turned: even at position 0, where nothing should "
            "move, the second number of each pair changes its sign. Look where the minus stands in the matrix of "
            "a rotation.",
            1.0,
            edits={"even * cos - odd * sin, even * sin + odd * cos": "even * cos + odd * sin, even * sin - odd * cos"},
        ),
        Misconception(
            "minus_sign_missing",
            "The lengths of the vectors change: both new numbers were computed with a plus. A rotation has one "
            "minus; look at its matrix.",
            1.0,
            edits={"even * cos - odd * sin": "even * cos + odd * sin"},
        ),
        Misconception(
            "uses_the_new_number",
            "The first number of each pair is right and the second is not: it was computed from the first one's "
            "*new* value, which has already been overwritten. Both need the old values.",
            1.0,
            edits={
                _ROTATE: "torch.stack((even * cos - odd * sin, (even * cos - odd * sin) * sin + odd * cos), dim=-1).flatten(-2)"
            },
        ),
        Misconception(
            "changes_its_input",
            "The vectors that were handed in are changed afterwards: the result was written into `x` itself. Make "
            "a new tensor.",
            1.25,
            edits={
                f"return {_ROTATE}": (
                    "x[..., 0::2], x[..., 1::2] = even * cos - odd * sin, even * sin + odd * cos\n    return x"
                )
            },
        ),
        Misconception(
            "overwrites_while_reading",
            "The second number of each pair is wrong and `x` is changed afterwards: slices of `x` share its "
            "memory, so that writing the first number into it also changes the one you still need to read. Make a "
            "new tensor.",
            0.75,
            edits={
                f"return {_ROTATE}": (
                    "x[..., 0::2] = even * cos - odd * sin\n    x[..., 1::2] = even * sin + odd * cos\n    return x"
                )
            },
        ),
        Misconception(
            "halves_put_back_alternately",
            "The pairs are made of the first and the second half, and put back as neighbours, so every number "
            "changes its place. Asked for are adjacent pairs, (x[0], x[1]), and every number at its old place.",
            1.0,
            edits={"x[..., 0::2], x[..., 1::2]": "x[..., : d_head // 2], x[..., d_head // 2 :]"},
        ),
        Misconception(
            "each_number_alone",
            "Each number was multiplied by the cosine and the sine of its angle, but never meets its partner. A "
            "rotation mixes the two numbers of a pair; without that it is only a stretching.",
            0.5,
            edits={_ROTATE: "torch.stack((even * cos + even * sin, odd * cos + odd * sin), dim=-1).flatten(-2)"},
        ),
        Misconception(
            "added_like_sinusoids",
            "Sines and cosines of the positions were *added* to the vectors: that is the sinusoidal encoding. "
            "RoPE turns the vectors, so that lengths stay and only directions change.",
            0.25,
            edits={_ROTATE: "torch.stack((even + sin, odd + cos), dim=-1).flatten(-2)"},
        ),
        Misconception(
            "positions_ignored",
            "Positions that begin at 0 are right, others are not: the vectors are numbered 0, 1, 2, … whatever "
            "`positions` says. When text is generated, a single vector comes at position 500; it must not count "
            "as the first.",
            1.0,
            edits={_ANGLES: "angles = torch.arange(x.shape[-2]).unsqueeze(-1) * frequencies"},
        ),
        Misconception(
            "positions_along_the_heads",
            "Without heads all is right; with heads, they turn in place of the positions: the angles were lined "
            "up with the wrong dimension. The positions are the last dimension but one of `x`, whatever stands in "
            "front.",
            1.25,
            edits={
                "cos, sin = angles.cos(), angles.sin()": (
                    "cos, sin = angles.cos(), angles.sin()\n    if x.dim() == 4:\n        cos, sin = cos[:, None], sin[:, None]"
                )
            },
        ),
        Misconception(
            "exponent_without_the_two",
            "The first pair is right, and the others turn too fast: the exponent is i / d_head where it should be "
            "2i / d_head.",
            1.25,
            edits={"torch.arange(0, d_head, 2, device=x.device) / d_head": "torch.arange(d_head // 2) / d_head"},
        ),
        Misconception(
            "exponent_doubled",
            "The first pair is right, and the others turn too slowly: `torch.arange(0, d_head, 2)` counts 0, 2, "
            "4, … and has the factor 2 already, or the divisor is half of what it should be.",
            1.25,
            edits={"-torch.arange(0, d_head, 2, device=x.device) / d_head": "-2 * torch.arange(0, d_head, 2) / d_head"},
        ),
        Misconception(
            "multiplied_by_the_power",
            "The first pair is right, and the others turn faster and faster: the exponent of 10000 has the wrong sign.",
            1.25,
            edits={"-torch.arange(0, d_head, 2, device=x.device)": "torch.arange(0, d_head, 2)"},
        ),
        Misconception(
            "one_frequency_for_all",
            "Every pair turns at the speed of the first one. Then distances of a little more than six positions "
            "look like 0; each pair has a speed of its own.",
            0.75,
            edits={"10000.0 ** (-torch.arange(0, d_head, 2, device=x.device) / d_head)": "torch.ones(d_head // 2)"},
        ),
        Misconception(
            "degrees",
            "The vectors turn by a 57th of the angle: it was turned from degrees to radians, but it is in radians "
            "already.",
            1.25,
            edits={_ANGLES: "angles = torch.deg2rad(positions.unsqueeze(-1) * frequencies)"},
        ),
        Misconception(
            "positions_from_one",
            "The vector at position 0 is turned as well: one was added to the positions. They are to be used as "
            "they come.",
            1.25,
            edits={_ANGLES: "angles = (positions.unsqueeze(-1) + 1) * frequencies"},
        ),
        Misconception(
            "sine_and_cosine_exchanged",
            "At position 0 the vectors should not move at all, and yours do: sine and cosine have changed places.",
            1.0,
            edits={"cos, sin = angles.cos(), angles.sin()": "cos, sin = angles.sin(), angles.cos()"},
        ),
        Misconception(
            "not_flattened",
            "The numbers are right, but the pairs are still a dimension of their own, (..., d_head / 2, 2). The "
            "last two dimensions have to become one.",
            1.5,
            edits={".flatten(-2)": ""},
        ),
    ),
    alternatives=(
        Alternative(
            "complex_numbers",
            edits={
                _ROTATE: (
                    "torch.view_as_real(torch.view_as_complex(torch.stack((even, odd), -1).contiguous()) * "
                    "torch.complex(cos, sin)).flatten(-2)"
                )
            },
        ),
        Alternative(
            "rotate_every_two",
            edits={
                "even, odd = x[..., 0::2], x[..., 1::2]": "turned = torch.stack((-x[..., 1::2], x[..., 0::2]), dim=-1).reshape(x.shape)",
                _ROTATE: "x * cos.repeat_interleave(2, -1) + turned * sin.repeat_interleave(2, -1)",
            },
        ),
        Alternative(
            "matrices_and_einsum",
            edits={
                _ROTATE: (
                    "torch.einsum('nprc,...npc->...npr', torch.stack((cos, -sin, sin, cos), -1).unflatten(-1, (2, "
                    "2)), torch.stack((even, odd), -1).to(cos.dtype)).flatten(-2)"
                )
            },
        ),
        Alternative(
            "pair_by_pair",
            code=(
                "def apply_rope(x, positions):\n"
                "    d = x.shape[-1]\n"
                "    out = torch.empty_like(x)\n"
                "    for i in range(d // 2):\n"
                "        for t, p in enumerate(positions.tolist()):\n"
                "            a = p / 10000 ** (2 * i / d)\n"
                "            one, two = x[..., t, 2 * i], x[..., t, 2 * i + 1]\n"
                "            out[..., t, 2 * i] = one * math.cos(a) - two * math.sin(a)\n"
                "            out[..., t, 2 * i + 1] = one * math.sin(a) + two * math.cos(a)\n"
                "    return out\n"
            ),
        ),
    ),
    refuse={
        "transformers.models.gptj.modeling_gptj.apply_rotary_pos_emb": "it is the function that this exercise builds.",
        "transformers.models.llama.modeling_llama.apply_rotary_pos_emb": "it is the function that this exercise builds, in the other convention.",
    },
)

LESSON = Lesson(
    name="05_attention",
    title="Attention",
    summary="From a weighted average to multi-head attention: softmax, scores, masks, heads, positions, RoPE, and what it all costs.",
    reading_minutes=75,
    exercises=(SOFTMAX, ADDITIVE, SCALED, PADDING, CAUSAL, SPLIT, MERGE, MULTI_HEAD, SINUSOIDAL, ROPE),
)
