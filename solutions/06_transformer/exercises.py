"""The contract of lesson 6, The Transformer: what each exercise is probed with, and what learners get wrong in it.

Inputs and weights are rounded to two decimals, so that they are the same on every machine. Weights of normalizations
are far from one and their biases far from zero, so that a normalization that is left out, doubled or misplaced shows.
"""

# Edits quote lines of the solution whole:
# ruff: noqa: E501

from __future__ import annotations

import torch
from torch import Tensor

from autograder.contract import (
    Alternative,
    Exercise,
    Lesson,
    Misconception,
    Step,
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


def _linear(name: str, inward: int, outward: int, seed: int) -> dict[str, Tensor]:
    return {
        f"{name}.weight": _numbers(outward, inward, seed=seed, scale=0.5),
        f"{name}.bias": _numbers(outward, seed=seed + 1, scale=0.5),
    }


def _norm(name: str, d_model: int, seed: int) -> dict[str, Tensor]:
    return {
        f"{name}weight": 1 + _numbers(d_model, seed=seed, scale=0.4),
        f"{name}bias": _numbers(d_model, seed=seed + 1, scale=0.4),
    }


def _attention(name: str, d_model: int, seed: int) -> dict[str, Tensor]:
    state = {}
    for i, part in enumerate(("w_query", "w_key", "w_value", "w_output")):
        state |= _linear(f"{name}.{part}", d_model, d_model, seed + 2 * i)
    return state


def _feed_forward(name: str, d_model: int, d_ff: int, seed: int) -> dict[str, Tensor]:
    return _linear(f"{name}expand", d_model, d_ff, seed) | _linear(f"{name}contract", d_ff, d_model, seed + 2)


def _encoder_block(d_model: int, d_ff: int, seed: int, prefix: str = "") -> dict[str, Tensor]:
    return (
        _attention(f"{prefix}attention", d_model, seed)
        | _norm(f"{prefix}attention_norm.", d_model, seed + 10)
        | _feed_forward(f"{prefix}feed_forward.", d_model, d_ff, seed + 12)
        | _norm(f"{prefix}feed_forward_norm.", d_model, seed + 16)
    )


def _decoder_block(d_model: int, d_ff: int, seed: int) -> dict[str, Tensor]:
    return (
        _attention("self_attention", d_model, seed)
        | _norm("self_attention_norm.", d_model, seed + 10)
        | _attention("cross_attention", d_model, seed + 20)
        | _norm("cross_attention_norm.", d_model, seed + 30)
        | _feed_forward("feed_forward.", d_model, d_ff, seed + 32)
        | _norm("feed_forward_norm.", d_model, seed + 36)
    )


def _encoder(num_layers: int, d_model: int, d_ff: int, seed: int, *, final: bool = False) -> dict[str, Tensor]:
    state: dict[str, Tensor] = {}
    for i in range(num_layers):
        state |= _encoder_block(d_model, d_ff, seed + 20 * i, f"blocks.{i}.")
    return state | (_norm("final_norm.", d_model, seed + 500) if final else {})


def _causal(length: int) -> Tensor:
    return torch.ones(length, length, dtype=torch.bool).tril()


def _padding(length: int, *lengths: int) -> Tensor:
    return (torch.arange(length) < torch.tensor(lengths)[:, None])[:, None]


# ------------------------------------------------------------------------------------------------------------ LayerNorm
_NORM = _norm("", 4, 10)

LAYER_NORM = Exercise(
    name="LayerNorm",
    title="Layer normalization as a module",
    points=2,
    difficulty=1,
    minutes=12,
    hints=(
        "Every vector along the last dimension is normalized on its own: subtract its mean, divide by its spread.",
        (
            "The variance is the mean of the squared distances from the mean. `eps` joins it before the root is taken. Keep "
            "the last dimension, with size 1, so that it lines up with `x`."
        ),
        (
            "Two nn.Parameter: ones for the weight, zeros for the bias. In forward: mean, variance, then `(x - mean)` over "
            "`torch.sqrt(variance + self.eps)`, times the weight, plus the bias."
        ),
    ),
    cases=(
        case("the parameters, and what they start from", new(4), shapes(), attribute("weight"), attribute("bias")),
        case("one vector, by hand", new(4), call(torch.tensor([1.0, 3.0, 5.0, 7.0]))),
        case("a square batch, with a weight and a bias", new(4), load(_NORM), call(_numbers(4, 4, seed=1))),
        case("vectors that hardly vary", new(4), load(_NORM), call(_numbers(2, 3, 4, seed=2, scale=0.02))),
        case("a gradient comes back", new(4), load(_NORM), gradient(_numbers(3, 4, seed=3))),
        case("a large eps", new(4, 0.5), load(_NORM), call(_numbers(3, 4, seed=4))),
        # Exact in float32 in every order of summation, also where the difference of the squares is taken: that is zero.
        case(
            "around 32768",
            new(4),
            load(_NORM),
            call(2.0**15 + torch.tensor([[-3.0, -1.0, 1.0, 3.0], [3.0, 1.0, 0.0, -4.0]])),
        ),
        case(
            "around -65536",
            new(4),
            load(_norm("", 4, 20)),
            call(-(2.0**16) + torch.tensor([[[5.0, -2.0, 2.0, -5.0]], [[0.0, 1.0, -1.0, 0.0]]])),
            hidden=True,
        ),
        case(
            "far from zero",
            new(4),
            load(_norm("", 4, 20)),
            call(100 + _numbers(2, 4, seed=5, scale=2)),
            hidden=True,
            rtol=1e-3,
            atol=1e-3,
        ),
        case("a constant vector", new(4), load(_NORM), call(torch.full((2, 4), 3.0)), hidden=True),
        case(
            "other sizes, four dimensions",
            new(6),
            load(_norm("", 6, 30)),
            call(_numbers(2, 2, 3, 6, seed=6, scale=9)),
            hidden=True,
        ),
        case("in training mode", new(3), mode("train"), call(_numbers(5, 3, seed=7)), hidden=True),
    ),
    misconceptions=(
        Misconception(
            "unbiased_variance",
            "Your vectors are a little too short: the squares were divided by d - 1, as `Tensor.var` and `Tensor.std` do by default. Here the vector is all there is, not a sample of something larger.",
            1.25,
            edits={"((x - mean) ** 2).mean(dim=-1, keepdim=True)": "x.var(dim=-1, keepdim=True)"},
        ),
        Misconception(
            "eps_outside_the_root",
            "Ordinary vectors are right; those that hardly vary come out too large: `eps` was added to the standard deviation. The formula adds it to the variance, under the root.",
            1.5,
            edits={"torch.sqrt(variance + self.eps)": "(torch.sqrt(variance) + self.eps)"},
        ),
        Misconception(
            "eps_forgotten",
            "Ordinary vectors are right; where a vector does not vary at all, zero is divided by zero and gives nan. What is `eps` for?",
            1.25,
            edits={"torch.sqrt(variance + self.eps)": "torch.sqrt(variance)"},
        ),
        Misconception(
            "divides_by_the_variance",
            "The spread of your vectors is not one: they are divided by the variance. Its unit is the square of that of the numbers; take the root.",
            1.0,
            edits={"torch.sqrt(variance + self.eps)": "(variance + self.eps)"},
        ),
        Misconception(
            "mean_kept",
            "The result has a spread of one but not a mean of zero: the mean was used for the variance and never subtracted from the vector. (Modern models leave it out on purpose; that is RMSNorm, and divides by something else.)",
            0.75,
            edits={"return (x - mean) /": "return x /"},
        ),
        Misconception(
            "root_mean_square",
            "This is RMSNorm, which Llama uses: no mean is subtracted and no bias added. Layer normalization does both.",
            0.75,
            edits={
                "mean = x.mean(dim=-1, keepdim=True)": "mean = torch.zeros_like(x)",
                "* self.weight + self.bias": "* self.weight",
            },
        ),
        Misconception(
            "mean_not_subtracted_anywhere",
            "No mean is subtracted, neither from the vector nor inside the variance: you divide by the root of the mean square. Look at the two places where the mean stands in the formula.",
            0.75,
            edits={"mean = x.mean(dim=-1, keepdim=True)": "mean = torch.zeros_like(x)"},
        ),
        Misconception(
            "over_the_batch",
            "Rows of the batch influence each other: mean and variance run along the first dimension. That is the idea of batch normalization; here each vector stands alone.",
            0.5,
            edits={
                "x.mean(dim=-1, keepdim=True)": "x.mean(dim=0, keepdim=True)",
                "** 2).mean(dim=-1, keepdim=True)": "** 2).mean(dim=0, keepdim=True)",
            },
        ),
        Misconception(
            "over_everything",
            "A single vector is right, but in a batch one mean and one variance were taken for all numbers together. Each vector along the last dimension needs its own.",
            0.75,
            edits={"x.mean(dim=-1, keepdim=True)": "x.mean()", "** 2).mean(dim=-1, keepdim=True)": "** 2).mean()"},
        ),
        Misconception(
            "dimension_lost",
            "A single vector works and a square batch is wrong in silence: the mean and the variance dropped their dimension, so that they line up with the wrong one. Which argument keeps it?",
            1.0,
            edits={
                "x.mean(dim=-1, keepdim=True)": "x.mean(dim=-1)",
                "** 2).mean(dim=-1, keepdim=True)": "** 2).mean(dim=-1)",
            },
        ),
        Misconception(
            "bias_forgotten",
            "With a bias of zero all is right, and as soon as the bias has learned something it is missing from the result: it exists and is never added.",
            1.25,
            edits={"* self.weight + self.bias": "* self.weight"},
        ),
        Misconception(
            "weight_forgotten",
            "With a weight of one all is right, and as soon as the weight has learned something it is missing from the result: it exists and never multiplies.",
            1.25,
            edits={"* self.weight + self.bias": "+ self.bias"},
        ),
        Misconception(
            "bias_scaled_too",
            "The bias is multiplied by the weight: it joined before the multiplication. The order in the formula is scale, then shift.",
            1.25,
            edits={
                "return (x - mean) / torch.sqrt(variance + self.eps) * self.weight + self.bias": "return ((x - mean) / torch.sqrt(variance + self.eps) + self.bias) * self.weight"
            },
        ),
        Misconception(
            "eps_written_out",
            "Right as long as `eps` is 1e-5: that number is written out in forward, and the argument is ignored. Models differ in it (BERT has 1e-12).",
            1.75,
            edits={"variance + self.eps": "variance + 1e-5"},
        ),
        Misconception(
            "starts_at_zero",
            "The weight starts at zero, so that nothing passes through a fresh layer. A fresh one is to change nothing after normalizing: which number leaves a product as it is?",
            1.25,
            edits={"torch.ones(d_model)": "torch.zeros(d_model)"},
        ),
        Misconception(
            "not_parameters",
            "The numbers would be right, but the module has no parameters: plain tensors are attributes that neither an optimizer nor `load_state_dict` sees. What does nn.Module register?",
            0.5,
            edits={
                "nn.Parameter(torch.ones(d_model))": "torch.ones(d_model)",
                "nn.Parameter(torch.zeros(d_model))": "torch.zeros(d_model)",
            },
        ),
        Misconception(
            "difference_of_squares",
            "Ordinary vectors are right; far from zero, around 32768, the spread is lost: the mean of the squares minus the square of the mean is a difference of two huge numbers that agree in all the digits float32 has. Subtract first, square then.",
            1.5,
            edits={"((x - mean) ** 2).mean(dim=-1, keepdim=True)": "(x**2).mean(dim=-1, keepdim=True) - mean**2"},
        ),
    ),
    alternatives=(
        Alternative(
            "variance_of_torch",
            edits={"((x - mean) ** 2).mean(dim=-1, keepdim=True)": "x.var(dim=-1, keepdim=True, unbiased=False)"},
        ),
        Alternative(
            "reciprocal_root",
            edits={
                "(x - mean) / torch.sqrt(variance + self.eps) * self.weight + self.bias": "self.bias + self.weight * (x - mean) * torch.rsqrt(variance + self.eps)"
            },
        ),
    ),
    refuse=dict.fromkeys(
        ("torch.nn.functional.layer_norm", "torch.layer_norm", "torch.native_layer_norm", "torch.nn.LayerNorm"),
        "it is the very function that this exercise builds. Use means and a root; the finished one is compared with yours afterwards.",
    ),
)

# ---------------------------------------------------------------------------------------------------------- FeedForward
FEED_FORWARD = Exercise(
    name="FeedForward",
    title="The position-wise feed-forward network",
    points=1,
    difficulty=1,
    minutes=6,
    hints=(
        "Three steps in a row: wider, bent, narrow again.",
        "Two nn.Linear, made in `__init__` under the names that the docstring gives; the bend is GELU, in its exact form.",
        "`F.gelu` is exact unless told otherwise. In forward, `contract` takes what GELU makes of what `expand` makes of x.",
    ),
    cases=(
        case("the parameters: names and shapes", new(3, 5), shapes()),
        case(
            "a batch of two sentences",
            new(3, 5),
            load(_feed_forward("", 3, 5, 40)),
            mode("eval"),
            call(_numbers(2, 4, 3, seed=41)),
        ),
        case(
            "as wide inside as outside",
            new(4, 4),
            load(_feed_forward("", 4, 4, 44)),
            mode("eval"),
            call(_numbers(2, 4, seed=45)),
        ),
        case(
            "in training mode",
            new(3, 5),
            load(_feed_forward("", 3, 5, 40)),
            mode("train"),
            call(_numbers(1, 3, 3, seed=46)),
            note="If it is wrong in training mode only: is something random inside, such as a dropout? This one has none.",
        ),
        case(
            "large inputs",
            new(4, 8),
            load(_feed_forward("", 4, 8, 50)),
            mode("eval"),
            call(_numbers(2, 3, 4, seed=51, scale=20)),
            hidden=True,
            atol=1e-3,
        ),
        case(
            "inputs near zero",
            new(4, 8),
            load(_feed_forward("", 4, 8, 54)),
            mode("eval"),
            call(_numbers(3, 4, seed=55, scale=0.1)),
            hidden=True,
        ),
        case(
            "narrower inside; a gradient",
            new(6, 2),
            shapes(),
            load(_feed_forward("", 6, 2, 58)),
            mode("eval"),
            gradient(_numbers(2, 6, seed=59)),
            hidden=True,
        ),
    ),
    misconceptions=(
        Misconception(
            "relu",
            "Every number differs a little: the bend is ReLU, that of the first Transformer of 2017. GELU, which BERT and GPT use, lets a little of the small negative numbers through.",
            0.5,
            edits={"F.gelu(self.expand(x))": "F.relu(self.expand(x))"},
        ),
        Misconception(
            "tanh_approximation",
            "You are off by less than a thousandth: this is the approximation of GELU with a tanh, as in GPT-2. The exact one, with the error function, is asked for.",
            0.75,
            edits={"F.gelu(self.expand(x))": "F.gelu(self.expand(x), approximate='tanh')"},
        ),
        Misconception(
            "silu",
            "Close, but the bend is SiLU (x times its sigmoid), as in Llama. GELU weighs x with the normal distribution instead of the sigmoid.",
            0.5,
            edits={"F.gelu(self.expand(x))": "F.silu(self.expand(x))"},
        ),
        Misconception(
            "sigmoid_approximation",
            "Close: x times the sigmoid of 1.702 x is the quick approximation of GELU. The exact one is asked for.",
            0.75,
            edits={"F.gelu(self.expand(x))": "self.expand(x) * torch.sigmoid(1.702 * self.expand(x))"},
        ),
        Misconception(
            "no_bend",
            "Nothing bends between the two layers: two linear maps in a row are one linear map, and the wide middle is of no use.",
            0.25,
            edits={"F.gelu(self.expand(x))": "self.expand(x)"},
        ),
        Misconception(
            "bend_at_the_end",
            "The bend is at the wrong end: it came after both layers. Between them is nothing that would keep them from being one linear map.",
            0.25,
            edits={"self.contract(F.gelu(self.expand(x)))": "F.gelu(self.contract(self.expand(x)))"},
        ),
        Misconception(
            "bend_twice",
            "The bend is right, and then there is a second one at the end, so that hardly anything negative comes out. The result is added to a stream that must be able to go down as well.",
            0.5,
            edits={"self.contract(F.gelu(self.expand(x)))": "F.gelu(self.contract(F.gelu(self.expand(x))))"},
        ),
        Misconception(
            "bend_at_the_start",
            "The bend came too early, before `expand`, on the narrow input. It belongs where the vector is wide.",
            0.25,
            edits={"self.contract(F.gelu(self.expand(x)))": "self.contract(self.expand(F.gelu(x)))"},
        ),
        Misconception(
            "residual_inside",
            "Your result is right plus `x`: the residual connection is already in it. It belongs to the block around this network, which would add `x` a second time.",
            0.5,
            edits={"return self.contract(": "return x + self.contract("},
        ),
        Misconception(
            "no_biases",
            "The layers lack their biases, so that the weights of a real model do not fit. nn.Linear has one unless it is told otherwise.",
            0.25,
            edits={
                "nn.Linear(d_model, d_ff)": "nn.Linear(d_model, d_ff, bias=False)",
                "nn.Linear(d_ff, d_model)": "nn.Linear(d_ff, d_model, bias=False)",
            },
        ),
        Misconception(
            "sizes_swapped",
            "The shapes are turned round: nn.Linear takes (in, out) and stores its matrix as (out, in). Which layer gets vectors of width d_model?",
            0.25,
            edits={
                "self.expand = nn.Linear(d_model, d_ff)\n        self.contract = nn.Linear(d_ff, d_model)": "self.expand = nn.Linear(d_ff, d_model)\n        self.contract = nn.Linear(d_model, d_ff)"
            },
        ),
        Misconception(
            "dropout",
            "In training mode the numbers are random: there is a dropout inside. It has its place in large models; here the result has to be the same every time.",
            0.5,
            edits={
                "self.contract(F.gelu(self.expand(x)))": "F.dropout(self.contract(F.gelu(self.expand(x))), 1.0, self.training)"
            },
        ),
        Misconception(
            "always_four_times_as_wide",
            "The width inside is four times d_model whatever `d_ff` is. Four times is a habit; the argument decides.",
            0.25,
            edits={
                "nn.Linear(d_model, d_ff)": "nn.Linear(d_model, 4 * d_model)",
                "nn.Linear(d_ff, d_model)": "nn.Linear(4 * d_model, d_model)",
            },
        ),
        Misconception(
            "error_function_unscaled",
            "Close, but the bend is too steep: the error function erf belongs to a narrower bell than the standard normal distribution Φ. Compare your Φ(1) with the 0.841 of the text, then look at what erf is given.",
            0.75,
            edits={
                "return self.contract(F.gelu(self.expand(x)))": "h = self.expand(x)\n        return self.contract(h * 0.5 * (1 + torch.erf(h)))"
            },
        ),
        Misconception(
            "share_without_the_number",
            "Between the two layers stands Φ, a share between zero and one. GELU lets that share *of the number* through: a factor is missing.",
            0.5,
            edits={
                "return self.contract(F.gelu(self.expand(x)))": "h = self.expand(x)\n        return self.contract(0.5 * (1 + torch.erf(h / 2**0.5)))"
            },
        ),
    ),
    alternatives=(
        Alternative(
            "error_function",
            edits={
                "return self.contract(F.gelu(self.expand(x)))": "h = self.expand(x)\n        return self.contract(h * 0.5 * (1 + torch.erf(h / 2**0.5)))"
            },
        ),
        Alternative("module_of_torch", edits={"F.gelu(self.expand(x))": "nn.GELU()(self.expand(x))"}),
    ),
)

# --------------------------------------------------------------------------------------------------------- EncoderBlock
_REASON = "build the module from your own parts; the finished one is compared with it afterwards, in the lesson."
_NO_FINISHED = dict.fromkeys(
    (
        "torch.nn.TransformerEncoderLayer", "torch.nn.TransformerEncoder", "torch.nn.TransformerDecoderLayer",
        "torch.nn.TransformerDecoder", "torch.nn.Transformer",
    ),
    _REASON,
)  # fmt: skip

_BLOCK = _encoder_block(4, 6, 100)
_X = _numbers(2, 3, 4, seed=99)
_HIDDEN_BLOCK = _encoder_block(4, 6, 180)
_HIDDEN_X = _numbers(2, 3, 4, seed=179)


def _post(*steps: Step) -> tuple[Step, ...]:
    return (new(4, 2, 6), load(_BLOCK), *steps)


def _pre(*steps: Step) -> tuple[Step, ...]:
    return (new(4, 2, 6, norm_first=True), load(_BLOCK), *steps)


ENCODER_BLOCK = Exercise(
    name="EncoderBlock",
    title="An encoder block, post-norm and pre-norm",
    points=4,
    difficulty=3,
    minutes=20,
    needs=("LayerNorm", "FeedForward"),
    hints=(
        (
            "Two sub-layers, each with an addition around it and one normalization. Where the normalization stands is all "
            "that `norm_first` decides. Attention returns a pair; you want its first part."
        ),
        (
            "Post-norm: add what the sub-layer makes of `x` to `x`, then normalize the sum. Pre-norm: normalize a copy, give "
            "that to the sub-layer, and add the result to the `x` that was never normalized."
        ),
        (
            "Pre-norm, the first half: give `self.attention_norm(x)` a name of its own, hand it three times to the attention, with "
            "the mask, and add part `[0]` of what comes back to `x`. The second half has the same form with the feed-forward "
            "network. Post-norm: the sublayer gets `x` itself, and the norm goes around the sum."
        ),
    ),
    cases=(
        case("the parameters: names and shapes", new(4, 2, 6), shapes()),
        case("post-norm, no mask", *_post(call(_X))),
        case("pre-norm, no mask", *_pre(call(_X))),
        case("post-norm with a padding mask", *_post(call(_X, _padding(3, 3, 1)))),
        case("pre-norm with a causal mask", *_pre(call(_X, _causal(3)))),
        case("a larger eps reaches both normalizations", new(4, 2, 6, eps=0.5), load(_BLOCK), call(_X)),
        case(
            "other sizes, post-norm, causal",
            new(6, 3, 4),
            load(_encoder_block(6, 4, 140)),
            call(_numbers(2, 5, 6, seed=141), _causal(5)),
            hidden=True,
        ),
        case(
            "other sizes, pre-norm, padded",
            new(6, 1, 8, norm_first=True),
            load(_encoder_block(6, 8, 160)),
            call(_numbers(3, 4, 6, seed=161), mask=_padding(4, 4, 2, 3)),
            hidden=True,
        ),
        case(
            "pre-norm, a large stream and a large eps",
            new(4, 2, 6, norm_first=True, eps=0.5),
            load(_HIDDEN_BLOCK),
            call(_HIDDEN_X * 30),
            hidden=True,
            atol=1e-3,
        ),
        case("one token", new(4, 2, 6), load(_HIDDEN_BLOCK), call(_HIDDEN_X[:, :1]), hidden=True),
        case(
            "one token, pre-norm, in training mode",
            new(4, 2, 6, norm_first=True),
            load(_HIDDEN_BLOCK),
            mode("train"),
            call(_HIDDEN_X[:, 1:2]),
            hidden=True,
        ),
        case(
            "a gradient comes back",
            new(4, 2, 6, norm_first=True),
            load(_HIDDEN_BLOCK),
            gradient(_numbers(1, 3, 4, seed=165)),
            hidden=True,
        ),
    ),
    misconceptions=(
        Misconception(
            "norm_first_ignored",
            "Post-norm is right; with `norm_first=True` the result is still that of post-norm. Remember the argument in `__init__`, and let it decide in forward.",
            2.5,
            edits={"        if self.norm_first:": "        if False:"},
        ),
        Misconception(
            "norm_first_reversed",
            "The two arrangements are exchanged: pre-norm normalizes what goes *into* a sub-layer, post-norm the sum that comes out.",
            2.0,
            edits={"        if self.norm_first:": "        if not self.norm_first:"},
        ),
        Misconception(
            "always_pre",
            "Pre-norm is right; post-norm comes out as pre-norm too. The argument `norm_first` should decide.",
            2.5,
            edits={"        if self.norm_first:": "        if True:"},
        ),
        Misconception(
            "no_residual_around_attention",
            "Post-norm without the stream around attention: a token that hears nothing useful loses itself there. Add the sub-layer's input to its output.",
            1.5,
            edits={
                "self.attention_norm(x + self.attention(x, x, x, mask)[0])": "self.attention_norm(self.attention(x, x, x, mask)[0])",
                "x = x + self.attention(normed, normed, normed, mask)[0]": "x = self.attention(normed, normed, normed, mask)[0]",
            },
        ),
        Misconception(
            "no_residual_around_feed_forward",
            "The second half has no residual connection: what attention has collected reaches the next block only as far as the feed-forward network lets it. Add its input to its output.",
            1.5,
            edits={
                "self.feed_forward_norm(x + self.feed_forward(x))": "self.feed_forward_norm(self.feed_forward(x))",
                "return x + self.feed_forward(self.feed_forward_norm(x))": "return self.feed_forward(self.feed_forward_norm(x))",
            },
        ),
        Misconception(
            "no_residual_at_all",
            "There is no residual connection in either half, in neither arrangement. The plus signs in the formulas are the stream that the whole lesson is about.",
            1.0,
            edits={
                "x + self.attention(x, x, x, mask)[0]": "self.attention(x, x, x, mask)[0]",
                "x = x + self.attention(normed, normed, normed, mask)[0]": "x = self.attention(normed, normed, normed, mask)[0]",
                "self.feed_forward_norm(x + self.feed_forward(x))": "self.feed_forward_norm(self.feed_forward(x))",
                "return x + self.feed_forward(self.feed_forward_norm(x))": "return self.feed_forward(self.feed_forward_norm(x))",
            },
        ),
        Misconception(
            "pre_norm_adds_to_the_normalized",
            "Post-norm is right. In pre-norm the sub-layer's result is added to the *normalized* vector, so the stream is normalized after all. Only the sub-layer is to see the normalized copy.",
            2.5,
            edits={
                "x = x + self.attention(normed, normed, normed, mask)[0]": "x = normed + self.attention(normed, normed, normed, mask)[0]"
            },
        ),
        Misconception(
            "pre_norm_keys_not_normalized",
            "Post-norm is right. In pre-norm only the query is normalized, and keys and values come from the stream as it is. All three are the input of the sub-layer.",
            2.75,
            edits={"self.attention(normed, normed, normed, mask)": "self.attention(normed, x, x, mask)"},
        ),
        Misconception(
            "mask_forgotten",
            "Without a mask all is right, and with one nothing changes: it never reaches the attention.",
            2.0,
            edits={
                "self.attention(x, x, x, mask)": "self.attention(x, x, x)",
                "self.attention(normed, normed, normed, mask)": "self.attention(normed, normed, normed)",
            },
        ),
        Misconception(
            "mask_only_in_post_norm",
            "In pre-norm the mask never reaches the attention, in post-norm it does. The two branches are to differ in the normalization only.",
            3.25,
            edits={"self.attention(normed, normed, normed, mask)": "self.attention(normed, normed, normed)"},
        ),
        Misconception(
            "mask_turned_round",
            "With a mask, the tokens look exactly where they should not: the mask is negated somewhere. Here, True = may attend (torch's own layers have it the other way round).",
            2.0,
            edits={
                "self.attention(x, x, x, mask)": "self.attention(x, x, x, None if mask is None else ~mask)",
                "self.attention(normed, normed, normed, mask)": "self.attention(normed, normed, normed, None if mask is None else ~mask)",
            },
        ),
        Misconception(
            "norms_exchanged",
            "The two normalizations have changed places: `attention_norm` belongs to the half with the attention. In a fresh module both are the same; with learned weights they are not.",
            2.0,
            edits={
                "x = self.attention_norm(x + self": "x = self.feed_forward_norm(x + self",
                "return self.feed_forward_norm(x + self": "return self.attention_norm(x + self",
                "normed = self.attention_norm(x)": "normed = self.feed_forward_norm(x)",
                "self.feed_forward(self.feed_forward_norm(x))": "self.feed_forward(self.attention_norm(x))",
            },
        ),
        Misconception(
            "one_norm_for_both",
            "The second half uses the normalization of the first; `feed_forward_norm` exists and is never called.",
            2.0,
            edits={
                "self.feed_forward_norm(x + self": "self.attention_norm(x + self",
                "self.feed_forward(self.feed_forward_norm(x))": "self.feed_forward(self.attention_norm(x))",
            },
        ),
        Misconception(
            "both_norms",
            "Pre-norm is right. In post-norm the sub-layers' inputs are normalized as well as the sums: each half has one normalization too many.",
            2.0,
            edits={
                "self.attention_norm(x + self.attention(x, x, x, mask)[0])": "self.attention_norm(x + self.attention(self.attention_norm(x), self.attention_norm(x), self.attention_norm(x), mask)[0])",
                "self.feed_forward_norm(x + self.feed_forward(x))": "self.feed_forward_norm(x + self.feed_forward(self.feed_forward_norm(x)))",
            },
        ),
        Misconception(
            "norm_of_the_sublayer_alone",
            "Post-norm: the sub-layer's result is normalized and then added. The formula normalizes the *sum*.",
            2.0,
            edits={
                "self.attention_norm(x + self.attention(x, x, x, mask)[0])": "x + self.attention_norm(self.attention(x, x, x, mask)[0])",
                "self.feed_forward_norm(x + self.feed_forward(x))": "x + self.feed_forward_norm(self.feed_forward(x))",
            },
        ),
        Misconception(
            "side_by_side",
            "Attention and feed-forward network both work on the block's input, side by side (GPT-J and PaLM do that on purpose). Here the second works on what the first has left.",
            1.5,
            edits={
                "        x = self.attention_norm(x + self.attention(x, x, x, mask)[0])\n        return self.feed_forward_norm(x + self.feed_forward(x))": "        y = self.attention_norm(x + self.attention(x, x, x, mask)[0])\n        return self.feed_forward_norm(y + self.feed_forward(x))",
                "            x = x + self.attention(normed, normed, normed, mask)[0]\n            return x + self.feed_forward(self.feed_forward_norm(x))": "            y = x + self.attention(normed, normed, normed, mask)[0]\n            return y + self.feed_forward(self.feed_forward_norm(x))",
            },
        ),
        Misconception(
            "eps_not_passed_on",
            "Right with the usual `eps`; another one has no effect, because it is not handed on to the normalizations. BERT needs 1e-12.",
            3.0,
            edits={
                "self.attention_norm = LayerNorm(d_model, eps)": "self.attention_norm = LayerNorm(d_model)",
                "self.feed_forward_norm = LayerNorm(d_model, eps)": "self.feed_forward_norm = LayerNorm(d_model)",
            },
        ),
        Misconception(
            "weights_not_taken_apart",
            "A TypeError about a tuple: attention returns two things, the output and the weights, and the pair was added to a tensor.",
            0.5,
            edits={
                "self.attention(x, x, x, mask)[0]": "self.attention(x, x, x, mask)",
                "self.attention(normed, normed, normed, mask)[0]": "self.attention(normed, normed, normed, mask)",
            },
        ),
        Misconception(
            "feed_forward_first",
            "The two halves have changed places: the feed-forward network runs before the attention. Attention comes first and collects; the feed-forward network works on what was collected.",
            2.0,
            edits={
                "        x = self.attention_norm(x + self.attention(x, x, x, mask)[0])\n        return self.feed_forward_norm(x + self.feed_forward(x))": "        x = self.feed_forward_norm(x + self.feed_forward(x))\n        return self.attention_norm(x + self.attention(x, x, x, mask)[0])",
                "            normed = self.attention_norm(x)\n            x = x + self.attention(normed, normed, normed, mask)[0]\n            return x + self.feed_forward(self.feed_forward_norm(x))": "            x = x + self.feed_forward(self.feed_forward_norm(x))\n            normed = self.attention_norm(x)\n            return x + self.attention(normed, normed, normed, mask)[0]",
            },
        ),
        Misconception(
            "norms_are_one_object",
            "`attention_norm` and `feed_forward_norm` are two names for one and the same module, so that its weights are shared. Each half has a normalization of its own.",
            2.0,
            edits={"self.feed_forward_norm = LayerNorm(d_model, eps)": "self.feed_forward_norm = self.attention_norm"},
        ),
        Misconception(
            "pre_norm_normalizes_the_stream",
            "Post-norm is right. In pre-norm both halves overwrite the stream with its normalized copy before they add to it. The residual connection adds to the stream as it came; only the sub-layer sees the copy.",
            2.25,
            edits={
                "            normed = self.attention_norm(x)\n            x = x + self.attention(normed, normed, normed, mask)[0]\n            return x + self.feed_forward(self.feed_forward_norm(x))": "            x = self.attention_norm(x)\n            x = x + self.attention(x, x, x, mask)[0]\n            x = self.feed_forward_norm(x)\n            return x + self.feed_forward(x)"
            },
        ),
    ),
    alternatives=(
        Alternative(
            "halves_as_functions",
            edits={
                "        if self.norm_first:": "        def half(sublayer, norm, x):\n            return x + sublayer(norm(x)) if self.norm_first else norm(x + sublayer(x))\n\n        x = half(lambda y: self.attention(y, y, y, mask)[0], self.attention_norm, x)\n        x = half(self.feed_forward, self.feed_forward_norm, x)\n        return x\n        if self.norm_first:"
            },
        ),
        Alternative(
            "keywords_and_unpacking",
            edits={
                "x = x + self.attention(normed, normed, normed, mask)[0]": "heard, _ = self.attention(query=normed, key=normed, value=normed, mask=mask)\n            x = heard + x",
                "self.attention_norm = LayerNorm(d_model, eps)": "self.attention_norm = LayerNorm(d_model, eps=eps)",
            },
        ),
    ),
    refuse=_NO_FINISHED,
)

# -------------------------------------------------------------------------------------------------------------- Encoder
_TWO = _encoder(2, 4, 6, 200)
_TWO_PRE = _encoder(2, 4, 6, 200, final=True)

ENCODER = Exercise(
    name="Encoder",
    title="The whole encoder, masked end to end",
    points=2,
    difficulty=2,
    minutes=10,
    needs=("EncoderBlock",),
    hints=(
        "A list of blocks, and the stream goes through them in order; each gets the same mask.",
        (
            "An ordinary Python list hides its modules from PyTorch; there is a list that does not. Think about what the last "
            "pre-norm block leaves un-normalized."
        ),
        (
            "`self.blocks = nn.ModuleList([...])` with a new EncoderBlock for each layer; `self.final_norm` only if "
            "`norm_first`. In forward: a loop in which each block replaces `x` by its own result, then the final norm, if there is one."
        ),
    ),
    cases=(
        case("post-norm, two blocks: the parameters", new(2, 4, 2, 6), shapes()),
        case(
            "pre-norm, one block: the parameters and the result",
            new(1, 4, 2, 6, norm_first=True),
            shapes(),
            load(_encoder(1, 4, 6, 200, final=True)),
            call(_X),
        ),
        case("post-norm, no mask", new(2, 4, 2, 6), load(_TWO), call(_X)),
        case("pre-norm, padded", new(2, 4, 2, 6, norm_first=True), load(_TWO_PRE), call(_X, _padding(3, 2, 3))),
        case("post-norm, causal", new(2, 4, 2, 6), load(_TWO), call(_X, _causal(3))),
        case("eps goes all the way", new(2, 4, 2, 6, norm_first=True, eps=0.5), load(_TWO_PRE), call(_X)),
        case(
            "three blocks, padded",
            new(3, 6, 3, 4),
            load(_encoder(3, 6, 4, 300)),
            call(_numbers(2, 5, 6, seed=301), mask=_padding(5, 5, 2)),
            hidden=True,
        ),
        case(
            "three blocks, pre-norm, causal",
            new(3, 6, 2, 8, norm_first=True),
            load(_encoder(3, 6, 8, 400, final=True)),
            call(_numbers(2, 4, 6, seed=401), _causal(4)),
            hidden=True,
        ),
        case(
            "eps in post-norm",
            new(2, 4, 2, 6, eps=0.3),
            load(_encoder(2, 4, 6, 250)),
            call(_numbers(2, 3, 4, seed=249, scale=0.5)),
            hidden=True,
        ),
        case(
            "one block, other sizes",
            new(1, 8, 4, 3),
            shapes(),
            load(_encoder(1, 8, 3, 450)),
            call(_numbers(1, 2, 8, seed=451)),
            hidden=True,
        ),
    ),
    misconceptions=(
        Misconception(
            "plain_list",
            "The encoder has no parameters of its blocks: they lie in an ordinary Python list, which PyTorch does not look into. An optimizer would never see them.",
            0.0,
            edits={"self.blocks = nn.ModuleList(blocks)": "self.blocks = blocks"},
        ),
        Misconception(
            "same_block_again",
            "All layers are one and the same block, listed several times: they share their weights (ALBERT does that on purpose). Each layer needs a block of its own.",
            0.5,
            edits={
                "blocks = [\n            EncoderBlock(d_model, num_heads, d_ff, norm_first=norm_first, eps=eps) for _ in range(num_layers)\n        ]": "blocks = [EncoderBlock(d_model, num_heads, d_ff, norm_first=norm_first, eps=eps)] * num_layers"
            },
        ),
        Misconception(
            "mask_forgotten",
            "Without a mask all is right; with one nothing changes: it stops at the encoder and never reaches the blocks.",
            1.0,
            edits={"x = block(x, mask)": "x = block(x)"},
        ),
        Misconception(
            "mask_only_in_the_first_block",
            "Only the first block hears of the mask. In the second one the forbidden tokens are looked at again: the same mask is needed in every block.",
            1.25,
            edits={"x = block(x, mask)": "x = block(x, mask)\n            mask = None"},
        ),
        Misconception(
            "each_block_gets_the_input",
            "Every block works on the encoder's input, and only the last one's result is kept. The output of a block is the input of the next.",
            0.75,
            edits={
                "        for block in self.blocks:\n            x = block(x, mask)": "        start = x\n        for block in self.blocks:\n            x = block(start, mask)"
            },
        ),
        Misconception(
            "blocks_backwards",
            "The blocks run in the wrong order: the last one first. With fresh weights nobody notices, with learned ones the result is wrong.",
            0.75,
            edits={"in self.blocks": "in reversed(self.blocks)"},
        ),
        Misconception(
            "one_block_too_few",
            "The last block is never run. Count what the loop goes over.",
            0.75,
            edits={"in self.blocks": "in self.blocks[:-1]"},
        ),
        Misconception(
            "norm_first_not_passed_on",
            "There is a final norm where `norm_first` asks for one, but the blocks inside are post-norm: the argument was not handed on.",
            1.25,
            edits={"d_ff, norm_first=norm_first, eps=eps)": "d_ff, eps=eps)"},
        ),
        Misconception(
            "eps_not_passed_on",
            "Another `eps` has no effect: it is not handed on to the blocks and the final norm. BERT has 1e-12.",
            1.5,
            edits={
                "norm_first=norm_first, eps=eps)": "norm_first=norm_first)",
                "LayerNorm(d_model, eps)": "LayerNorm(d_model)",
            },
        ),
        Misconception(
            "eps_not_in_the_final_norm",
            "The blocks know the `eps`, and the final norm does not: it has its own default.",
            1.75,
            edits={"LayerNorm(d_model, eps)": "LayerNorm(d_model)"},
        ),
        Misconception(
            "final_norm_missing",
            "Post-norm is right. With `norm_first` the module `final_norm` is missing: the last stream is a sum that nobody has normalized.",
            1.0,
            edits={"self.final_norm = LayerNorm(d_model, eps) if norm_first else None": "self.final_norm = None"},
        ),
        Misconception(
            "final_norm_never_called",
            "The final norm exists and is not called: its weights fit, and the output is the raw stream.",
            1.25,
            edits={"return x if self.final_norm is None else self.final_norm(x)": "return x"},
        ),
        Misconception(
            "final_norm_always",
            "In post-norm every block has just normalized its output; your encoder has a final norm there, too. It belongs to `norm_first` alone.",
            0.75,
            edits={"LayerNorm(d_model, eps) if norm_first else None": "LayerNorm(d_model, eps)"},
        ),
        Misconception(
            "final_norm_in_every_round",
            "The final norm is applied after every block, so the stream is normalized on its way. It stands once, behind the last block.",
            1.25,
            edits={
                "            x = block(x, mask)": "            x = block(x, mask)\n            x = x if self.final_norm is None else self.final_norm(x)",
                "return x if self.final_norm is None else self.final_norm(x)": "return x",
            },
        ),
        Misconception(
            "only_the_first_block",
            "With one block all is right; of several, only the first one runs. Is there a `return` inside the loop?",
            0.75,
            edits={"in self.blocks": "in self.blocks[:1]"},
        ),
        Misconception(
            "one_block_not_built",
            "One block too few is built: there are num_layers - 1 of them. Count what your `range` gives.",
            0.5,
            edits={"for _ in range(num_layers)": "for _ in range(1, num_layers)"},
        ),
        Misconception(
            "residual_around_the_block",
            "The block's input is added to its output once more. The residual connections are inside the block already; its output is the stream.",
            0.75,
            edits={"x = block(x, mask)": "x = x + block(x, mask)"},
        ),
        Misconception(
            "final_norm_before_the_blocks",
            "Post-norm is right. With `norm_first` the final norm comes before the first block; it belongs behind the last one, whose sum nobody has normalized.",
            1.25,
            edits={
                "        for block in self.blocks:\n            x = block(x, mask)": "        x = x if self.final_norm is None else self.final_norm(x)\n        for block in self.blocks:\n            x = block(x, mask)",
                "return x if self.final_norm is None else self.final_norm(x)": "return x",
            },
        ),
    ),
    alternatives=(
        Alternative(
            "identity_when_post",
            edits={
                "LayerNorm(d_model, eps) if norm_first else None": "LayerNorm(d_model, eps) if norm_first else nn.Identity()",
                "return x if self.final_norm is None else self.final_norm(x)": "return self.final_norm(x)",
            },
        ),
        Alternative(
            "appended",
            edits={
                "self.blocks = nn.ModuleList(blocks)": "self.blocks = nn.ModuleList()\n        for block in blocks:\n            self.blocks.append(block)",
                "        for block in self.blocks:\n": "        for i in range(len(self.blocks)):\n            block = self.blocks[i]\n",
            },
        ),
    ),
    refuse=_NO_FINISHED,
)

# --------------------------------------------------------------------------------------------------------- DecoderBlock
_DECODER = _decoder_block(4, 6, 600)
_Y = _numbers(2, 3, 4, seed=598)
_MEMORY = _numbers(2, 3, 4, seed=599)
_LONG_MEMORY = _numbers(2, 5, 4, seed=597)
_HIDDEN_DECODER = _decoder_block(4, 6, 650)
_HIDDEN_Y = _numbers(2, 3, 4, seed=648)
_HIDDEN_MEMORY = _numbers(2, 5, 4, seed=649)

DECODER_BLOCK = Exercise(
    name="DecoderBlock",
    title="A decoder block with cross-attention",
    points=3,
    difficulty=3,
    minutes=15,
    needs=("LayerNorm", "FeedForward"),
    hints=(
        "Your encoder block with one more half in the middle. In that one, who asks, and who is asked?",
        (
            "In cross-attention the queries come from the stream of the decoder, keys and values from the encoder's output. "
            "There are two masks, one for each attention. The memory is never normalized in here."
        ),
        (
            "Post-norm, the middle half: `self.cross_attention(x, memory, memory, memory_mask)[0]` is added to `x`, and "
            "`cross_attention_norm` normalizes the sum. In pre-norm the first argument is the normalized copy."
        ),
    ),
    cases=(
        case("the parameters: names and shapes", new(4, 2, 6), shapes()),
        case("post-norm, as many tokens in both", new(4, 2, 6), load(_DECODER), call(_Y, _MEMORY)),
        case("pre-norm, a longer memory", new(4, 2, 6, norm_first=True), load(_DECODER), call(_Y, _LONG_MEMORY)),
        case("post-norm, both masks", new(4, 2, 6), load(_DECODER), call(_Y, _MEMORY, _causal(3), _padding(3, 2, 3))),
        case(
            "pre-norm, both masks",
            new(4, 2, 6, norm_first=True),
            load(_DECODER),
            call(_Y, _MEMORY, _causal(3), _padding(3, 1, 2)),
        ),
        case("a larger eps", new(4, 2, 6, eps=0.5), load(_DECODER), call(_Y, _MEMORY)),
        case(
            "other sizes, masks as keywords",
            new(6, 3, 5),
            load(_decoder_block(6, 5, 700)),
            call(
                _numbers(2, 4, 6, seed=701),
                _numbers(2, 2, 6, seed=702),
                self_mask=_causal(4),
                memory_mask=_padding(2, 1, 2),
            ),
            hidden=True,
        ),
        case(
            "a mask for the memory alone, pre-norm",
            new(4, 1, 8, norm_first=True),
            load(_decoder_block(4, 8, 760)),
            call(_HIDDEN_Y, _HIDDEN_MEMORY * 3, memory_mask=_padding(5, 3, 5)),
            hidden=True,
        ),
        case(
            "a mask for the self-attention alone",
            new(4, 4, 6),
            load(_HIDDEN_DECODER),
            call(_HIDDEN_Y, _HIDDEN_MEMORY, _causal(3)),
            hidden=True,
        ),
        case(
            "gradients reach the stream and the memory",
            new(4, 2, 6, norm_first=True),
            load(_HIDDEN_DECODER),
            gradient(_HIDDEN_Y, _HIDDEN_MEMORY),
            hidden=True,
        ),
    ),
    misconceptions=(
        Misconception(
            "no_cross_attention",
            "The memory has no influence: the cross-attention exists and is never called. A decoder like that writes without having read.",
            1.0,
            edits={
                "        x = self._half(x, self.cross_attention_norm, lambda y: self.cross_attention(y, memory, memory, memory_mask)[0])\n": ""
            },
        ),
        Misconception(
            "roles_exchanged",
            "In cross-attention the roles are exchanged: the queries come from the memory, keys and values from the decoder's stream. Whoever writes asks; the shapes tell it as soon as the two lengths differ.",
            1.0,
            edits={
                "self.cross_attention(y, memory, memory, memory_mask)": "self.cross_attention(memory, y, y, memory_mask)"
            },
        ),
        Misconception(
            "values_from_the_decoder",
            "The keys come from the memory and the values do not: the block learns *where* to look in the sentence read, and then takes what it already had.",
            1.0,
            edits={
                "self.cross_attention(y, memory, memory, memory_mask)": "self.cross_attention(y, memory, y, memory_mask)"
            },
        ),
        Misconception(
            "attends_to_itself_twice",
            "Both attentions look at the decoder's own tokens; the memory is not used at all.",
            0.75,
            edits={"self.cross_attention(y, memory, memory, memory_mask)": "self.cross_attention(y, y, y)"},
        ),
        Misconception(
            "masks_exchanged",
            "With masks it goes wrong: the causal one hides the end of the sentence that was *read*, and the padding one works on what is written. Which attention does each speak of?",
            1.5,
            edits={
                "self.self_attention(y, y, y, self_mask)": "self.self_attention(y, y, y, memory_mask)",
                "self.cross_attention(y, memory, memory, memory_mask)": "self.cross_attention(y, memory, memory, self_mask)",
            },
        ),
        Misconception(
            "one_mask_for_both",
            "The causal mask is used in both attentions. The decoder may read the whole sentence from its first word on; only padding is hidden there.",
            1.5,
            edits={
                "self.cross_attention(y, memory, memory, memory_mask)": "self.cross_attention(y, memory, memory, self_mask)"
            },
        ),
        Misconception(
            "self_mask_forgotten",
            "The self-attention sees the future: its mask does not arrive. In training the model would copy its answer and learn nothing.",
            1.5,
            edits={"self.self_attention(y, y, y, self_mask)": "self.self_attention(y, y, y)"},
        ),
        Misconception(
            "memory_mask_forgotten",
            "The cross-attention looks at the padding of the sentence read: `memory_mask` does not arrive.",
            1.75,
            edits={"self.cross_attention(y, memory, memory, memory_mask)": "self.cross_attention(y, memory, memory)"},
        ),
        Misconception(
            "cross_before_self",
            "The two attentions have changed places: self-attention first, then cross-attention, as in the figure.",
            1.25,
            edits={
                "        x = self._half(x, self.self_attention_norm, lambda y: self.self_attention(y, y, y, self_mask)[0])\n        x = self._half(x, self.cross_attention_norm, lambda y: self.cross_attention(y, memory, memory, memory_mask)[0])": "        x = self._half(x, self.cross_attention_norm, lambda y: self.cross_attention(y, memory, memory, memory_mask)[0])\n        x = self._half(x, self.self_attention_norm, lambda y: self.self_attention(y, y, y, self_mask)[0])"
            },
        ),
        Misconception(
            "memory_normalized",
            "In pre-norm the memory is normalized once more in here. It comes out of the encoder's final norm already; only the decoder's own stream is normalized.",
            2.0,
            edits={
                "lambda y: self.cross_attention(y, memory, memory, memory_mask)[0]": "lambda y: self.cross_attention(y, *[self.cross_attention_norm(memory) if self.norm_first else memory] * 2, memory_mask)[0]"
            },
        ),
        Misconception(
            "norm_first_ignored",
            "Post-norm is right, pre-norm comes out as post-norm: the argument is not used.",
            1.75,
            edits={"if self.norm_first:": "if False:"},
        ),
        Misconception(
            "always_pre",
            "Pre-norm is right, post-norm comes out as pre-norm: the argument is not used.",
            1.75,
            edits={"if self.norm_first:": "if True:"},
        ),
        Misconception(
            "no_residual_connections",
            "There is no plus anywhere: each half replaces the stream, where it should add to it.",
            0.75,
            edits={
                "return x + sublayer(norm(x))": "return sublayer(norm(x))",
                "return norm(x + sublayer(x))": "return norm(sublayer(x))",
            },
        ),
        Misconception(
            "one_attention_for_both",
            "One attention module serves for both: its weights are used twice, and those of `cross_attention` never.",
            1.0,
            edits={"self.cross_attention(y, memory": "self.self_attention(y, memory"},
        ),
        Misconception(
            "eps_not_passed_on",
            "Another `eps` has no effect: it is not handed on to the three normalizations.",
            2.25,
            edits={
                "self.self_attention_norm = LayerNorm(d_model, eps)": "self.self_attention_norm = LayerNorm(d_model)",
                "self.cross_attention_norm = LayerNorm(d_model, eps)": "self.cross_attention_norm = LayerNorm(d_model)",
                "self.feed_forward_norm = LayerNorm(d_model, eps)": "self.feed_forward_norm = LayerNorm(d_model)",
            },
        ),
        Misconception(
            "causal_without_being_asked",
            "With a `self_mask` all is right; without one, your block makes a causal mask by itself. None means that nothing is hidden; who calls the block decides.",
            2.0,
            edits={
                "self.self_attention(y, y, y, self_mask)": "self.self_attention(y, y, y, torch.ones(y.shape[1], y.shape[1], dtype=torch.bool).tril() if self_mask is None else self_mask)"
            },
        ),
        Misconception(
            "no_residual_around_cross_attention",
            "The cross-attention has no residual connection: what it has read replaces the stream, and what the decoder has written so far is lost. The other two halves add to it.",
            1.5,
            edits={
                "        x = self._half(x, self.cross_attention_norm, lambda y: self.cross_attention(y, memory, memory, memory_mask)[0])\n": "        y = self.cross_attention_norm(x) if self.norm_first else x\n        y = self.cross_attention(y, memory, memory, memory_mask)[0]\n        x = y if self.norm_first else self.cross_attention_norm(y)\n"
            },
        ),
        Misconception(
            "memory_and_stream_together",
            "The cross-attention finds keys and values of the decoder's own tokens beside those of the memory: the two were concatenated. For its own tokens the decoder has the self-attention; here it looks at the memory alone.",
            1.25,
            edits={
                "        x = self._half(x, self.cross_attention_norm, lambda y: self.cross_attention(y, memory, memory, memory_mask)[0])\n": "        def cross(y):\n            both, mask = torch.cat([memory, y], dim=1), memory_mask\n            if mask is not None:\n                mask = mask.expand(len(y), y.shape[1], memory.shape[1])\n                mask = torch.cat([mask, mask.new_ones(len(y), y.shape[1], y.shape[1])], dim=2)\n            return self.cross_attention(y, both, both, mask)[0]\n\n        x = self._half(x, self.cross_attention_norm, cross)\n"
            },
        ),
        Misconception(
            "norms_are_one_object",
            "The three normalizations are names for one and the same module, so that its weights are shared. Each half has a normalization of its own.",
            1.5,
            edits={
                "self.cross_attention_norm = LayerNorm(d_model, eps)": "self.cross_attention_norm = self.self_attention_norm",
                "self.feed_forward_norm = LayerNorm(d_model, eps)": "self.feed_forward_norm = self.self_attention_norm",
            },
        ),
        Misconception(
            "queries_from_the_input",
            "The queries of the cross-attention come from the block's input. Halves run one after the other: by then the stream is what self-attention has left.",
            1.5,
            edits={
                "        x = self._half(x, self.self_attention_norm,": "        start = x\n        x = self._half(x, self.self_attention_norm,",
                "        x = self._half(x, self.cross_attention_norm, lambda y: self.cross_attention(y, memory, memory, memory_mask)[0])\n": "        y = self.cross_attention_norm(start) if self.norm_first else start\n        x = x + self.cross_attention(y, memory, memory, memory_mask)[0]\n        x = x if self.norm_first else self.cross_attention_norm(x)\n",
            },
        ),
    ),
    alternatives=(
        Alternative(
            "written_out",
            edits={
                "        x = self._half(x, self.self_attention_norm,": "        if not self.norm_first:\n            x = self.self_attention_norm(x + self.self_attention(x, x, x, self_mask)[0])\n            x = self.cross_attention_norm(x + self.cross_attention(x, memory, memory, memory_mask)[0])\n            return self.feed_forward_norm(x + self.feed_forward(x))\n        x = self._half(x, self.self_attention_norm,"
            },
        ),
        Alternative(
            "keywords",
            edits={
                "self.cross_attention(y, memory, memory, memory_mask)[0]": "self.cross_attention(query=y, key=memory, value=memory, mask=memory_mask)[0]",
                "return x + sublayer(norm(x))": "return sublayer(norm(x)) + x",
            },
        ),
    ),
    refuse=_NO_FINISHED,
)

# ----------------------------------------------------------------------------------------------------- count_parameters
COUNT = Exercise(
    name="count_parameters",
    title="How many parameters?",
    points=2,
    difficulty=2,
    minutes=12,
    hints=(
        "Count one block first: four projections, two layers of the feed-forward network, two normalizations.",
        (
            "A layer from m to n numbers has m times n weights and n biases. A normalization has a weight and a bias for each "
            "of the d_model numbers. Outside the blocks: two tables, one final normalization, and perhaps an output matrix."
        ),
        (
            "A block has 4 (d² + d) in its attention, 2 d d_ff + d_ff + d in its feed-forward network and 4 d in its two norms. "
            "The tables have a row of d for each token and each position; untied, a matrix of the size of the first is added."
        ),
    ),
    cases=(
        case("small enough to count by hand", call(1, 2, 4, 3, 5), call(1, 2, 4, 3, 5, tied=False), strict_type=True),
        case("more layers", call(3, 4, 7, 11, 6)),
        case("no layers at all", call(0, 4, 8, 10, 6), call(0, 4, 8, 10, 6, tied=False)),
        case("the size of GPT-2", call(12, 768, 3072, 50257, 1024)),
        case("untied, many layers", call(24, 1024, 4096, 30000, 2048, tied=False), hidden=True, strict_type=True),
        case("narrow inside", call(5, 16, 3, 29, 31), call(6, 16, 3, 29, 31), hidden=True),
        case("a large vocabulary", call(2, 8, 32, 100000, 12, tied=False), call(2, 8, 32, 100000, 12), hidden=True),
        case("a long context", call(2, 10, 33, 7, 100000), hidden=True),
    ),
    misconceptions=(
        Misconception(
            "no_biases",
            "Too few: the biases of the linear layers are missing. Each has as many as numbers come out of it.",
            1.0,
            edits={
                "4 * (d_model * d_model + d_model)": "4 * d_model * d_model",
                "2 * d_model * d_ff + d_ff + d_model": "2 * d_model * d_ff",
            },
        ),
        Misconception(
            "attention_biases_forgotten",
            "Too few, by four times d_model in each block: the projections of the attention have biases, too.",
            1.5,
            edits={"4 * (d_model * d_model + d_model)": "4 * d_model * d_model"},
        ),
        Misconception(
            "feed_forward_biases_forgotten",
            "Too few: the two layers of the feed-forward network have biases, one as wide as the inside and one as wide as the stream.",
            1.5,
            edits={"2 * d_model * d_ff + d_ff + d_model": "2 * d_model * d_ff"},
        ),
        Misconception(
            "no_output_projection",
            "Too few: an attention has four projections. The one that mixes the heads at the end is missing.",
            1.25,
            edits={"4 * (d_model * d_model + d_model)": "3 * (d_model * d_model + d_model)"},
        ),
        Misconception(
            "one_feed_forward_layer",
            "Too few: a feed-forward network goes up *and* down again, and only one of its two matrices is counted.",
            1.0,
            edits={"2 * d_model * d_ff + d_ff + d_model": "d_model * d_ff + d_ff + d_model"},
        ),
        Misconception(
            "norms_forgotten",
            "Too few: the normalizations have parameters as well, a weight and a bias for each number of the stream.",
            1.25,
            edits={"norms = 4 * d_model": "norms = 0", "+ 2 * d_model": ""},
        ),
        Misconception(
            "one_norm_a_block",
            "Too few, by twice d_model in each block: a block has two normalizations, one for each half.",
            1.5,
            edits={"norms = 4 * d_model": "norms = 2 * d_model"},
        ),
        Misconception(
            "norms_without_bias",
            "Too few: a normalization has a weight *and* a bias for each number of the stream; one of them is counted.",
            1.5,
            edits={"norms = 4 * d_model": "norms = 2 * d_model", "+ 2 * d_model": "+ d_model"},
        ),
        Misconception(
            "final_norm_forgotten",
            "Too few, by twice d_model in all: the final normalization is missing, the one behind the last block of a pre-norm model.",
            1.5,
            edits={"+ 2 * d_model": ""},
        ),
        Misconception(
            "positions_forgotten",
            "Too few: the table of positions is learned, and has a row of d_model numbers for each position.",
            1.25,
            edits={"(vocab_size + max_length) * d_model": "vocab_size * d_model"},
        ),
        Misconception(
            "embeddings_forgotten",
            "Too few: the tables of tokens and positions in front of the blocks are parameters like all others, and in small models the most of them.",
            1.0,
            edits={"(vocab_size + max_length) * d_model": "0"},
        ),
        Misconception(
            "tied_counted_twice",
            "With tied weights you count the output matrix a second time: it *is* the table of tokens, and one tensor is counted once.",
            1.25,
            edits={"if not tied:": "if True:"},
        ),
        Misconception(
            "untied_ignored",
            "Tied is right. Untied, the output matrix is a second one of the size of the table of tokens, and is missing.",
            1.5,
            edits={"if not tied:": "if False:"},
        ),
        Misconception(
            "tied_reversed",
            "Tied and untied are exchanged: tied means that input and output *share* a table, so there is one less to count.",
            1.25,
            edits={"if not tied:": "if tied:"},
        ),
        Misconception(
            "output_bias",
            "Untied, you count a bias of the output layer. The docstring says that it has none.",
            1.5,
            edits={"total += vocab_size * d_model": "total += vocab_size * d_model + vocab_size"},
        ),
        Misconception(
            "one_block_only",
            "One block is counted, however many layers there are.",
            0.75,
            edits={"num_layers * (": "1 * ("},
        ),
        Misconception(
            "final_norm_only_behind_blocks",
            "Right wherever there are blocks; with 0 layers, the final normalization is missing. The docstring says that it counts then, too.",
            1.75,
            edits={"+ 2 * d_model": "+ (2 * d_model if num_layers else 0)"},
        ),
        Misconception(
            "four_times_as_wide",
            "Right where `d_ff` happens to be four times d_model, as in GPT-2, and only there: the width inside is an argument, and yours is worked out from d_model.",
            1.25,
            edits={"2 * d_model * d_ff + d_ff + d_model": "8 * d_model * d_model + 5 * d_model"},
        ),
        Misconception(
            "rule_of_thumb",
            "This is the rule of thumb, 12 d² for each block: biases and normalizations are left out, and `d_ff` is taken for four times d_model. It is good for a quick guess; here every number counts.",
            0.75,
            code="def count_parameters(num_layers, d_model, d_ff, vocab_size, max_length, *, tied=True):\n    total = num_layers * 12 * d_model**2 + (vocab_size + max_length) * d_model\n    return total if tied else total + vocab_size * d_model\n",
        ),
        Misconception(
            "only_attention_times_layers",
            "With one layer all is right. With more, only the attention is counted for each of them: the multiplication by num_layers does not reach the feed-forward network and the normalizations. Look at the parentheses.",
            1.25,
            edits={"num_layers * (attention + feed_forward + norms)": "num_layers * attention + feed_forward + norms"},
        ),
        Misconception(
            "both_biases_inside",
            "Each block is off by d_ff - d_model: both biases of the feed-forward network are counted with the width inside. How many numbers come out of its second layer?",
            1.5,
            edits={"2 * d_model * d_ff + d_ff + d_model": "2 * d_model * d_ff + 2 * d_ff"},
        ),
        Misconception(
            "both_biases_outside",
            "Each block is off by d_model - d_ff: both biases of the feed-forward network are counted with the width of the stream. How many numbers come out of its first layer?",
            1.5,
            edits={"2 * d_model * d_ff + d_ff + d_model": "2 * d_model * d_ff + 2 * d_model"},
        ),
        Misconception(
            "three_norms_a_block",
            "Too many, by twice d_model in each block: three normalizations are counted in it, as in a decoder block with cross-attention. This model has no memory to look at; how many halves has its block?",
            1.5,
            edits={"norms = 4 * d_model": "norms = 6 * d_model"},
        ),
        Misconception(
            "untied_positions",
            "Tied is right. Untied, a second table of positions is counted; only the table of tokens has a counterpart at the output.",
            1.5,
            edits={"total += vocab_size * d_model": "total += (vocab_size + max_length) * d_model"},
        ),
    ),
    alternatives=(
        Alternative(
            "one_formula",
            code="def count_parameters(num_layers, d_model, d_ff, vocab_size, max_length, *, tied=True):\n    d = d_model\n    return num_layers * (4 * d**2 + 9 * d + 2 * d * d_ff + d_ff) + d * (vocab_size * (1 if tied else 2) + max_length + 2)\n",
        ),
        Alternative(
            "layer_by_layer",
            code="def count_parameters(num_layers, d_model, d_ff, vocab_size, max_length, *, tied=True):\n    def linear(m, n):\n        return m * n + n\n    total = 2 * d_model\n    for _ in range(num_layers):\n        total += sum(linear(d_model, d_model) for _ in range(4))\n        total += linear(d_model, d_ff) + linear(d_ff, d_model)\n        total += 2 * (d_model + d_model)\n    for rows in [vocab_size, max_length] + ([] if tied else [vocab_size]):\n        total += rows * d_model\n    return total\n",
        ),
    ),
)

# ------------------------------------------------------------------------------------------------------ next_token_loss
_LOGITS = _numbers(2, 5, 4, seed=800, scale=2)
_TOKENS = torch.tensor([[1, 3, 2, 2, 3], [2, 1, 3, 0, 0]])


def _draw(high: int, *shape: int, seed: int) -> Tensor:
    return torch.randint(high, shape, generator=torch.Generator().manual_seed(seed))


LOSS = Exercise(
    name="next_token_loss",
    title="The loss of a language model, shifted by one",
    points=3,
    difficulty=2,
    minutes=12,
    hints=(
        (
            "The logits at position t are a guess about the token at position t + 1. Which logits have nothing to guess, and "
            "which token is never guessed?"
        ),
        (
            "Cut the last position off the logits and the first off the tokens; then they line up. Padding is a matter of the "
            "token that was to be guessed, and the mean runs over what is counted."
        ),
        (
            "`F.cross_entropy` wants (n, vocab_size) and (n,): flatten batch and length. Take it without reduction, keep the "
            "losses whose target is not `pad_id`, and take their mean."
        ),
    ),
    cases=(
        case(
            "one sentence of two tokens, by hand",
            call(torch.tensor([[[0.0, 0.0], [9.0, 1.0]]]), torch.tensor([[0, 1]])),
        ),
        case("two sentences, nothing padded", call(_LOGITS, _TOKENS)),
        case("the second one padded", call(_LOGITS, _TOKENS, pad_id=0)),
        case("as many tokens as words in the vocabulary", call(_numbers(3, 4, 4, seed=802), _draw(4, 3, 4, seed=803))),
        case("a gradient comes back", gradient(_numbers(2, 4, 3, seed=804), _draw(3, 2, 4, seed=805))),
        case(
            "padded by another id",
            call(
                _numbers(3, 6, 8, seed=806),
                torch.tensor([[1, 2, 3, 4, 5, 6], [0, 1, 7, 7, 7, 7], [3, 0, 0, 4, 7, 7]]),
                pad_id=7,
            ),
        ),
        case("sure of the wrong one", call(_numbers(2, 3, 4, seed=818, scale=300), _draw(4, 2, 3, seed=819))),
        case(
            "very sure and wrong", call(_numbers(2, 3, 5, seed=808, scale=400), _draw(5, 2, 3, seed=809)), hidden=True
        ),
        case(
            "padding in front",
            call(_numbers(2, 5, 6, seed=810), torch.tensor([[0, 0, 4, 2, 5], [0, 3, 3, 1, 2]]), pad_id=0),
        ),
        case(
            "padding in front and behind, by another id",
            call(_numbers(2, 6, 5, seed=816), torch.tensor([[4, 4, 1, 0, 2, 4], [4, 3, 0, 4, 4, 4]]), pad_id=4),
            hidden=True,
        ),
        case(
            "a longer text in float64",
            call(_numbers(1, 40, 7, seed=812, dtype=torch.float64), _draw(7, 1, 40, seed=813)),
            hidden=True,
        ),
        case(
            "a gradient with padding",
            gradient(_numbers(2, 5, 4, seed=814), torch.tensor([[3, 2, 1, 3, 0], [1, 2, 0, 0, 0]]), pad_id=0),
            hidden=True,
        ),
    ),
    misconceptions=(
        Misconception(
            "not_shifted",
            "Nothing is shifted: each token is compared with the guess at its own place, where the model already sees it. It would learn to repeat its input, and the loss would go to zero. Line up each guess with the token that follows.",
            0.5,
            edits={"logits[:, :-1]": "logits", "tokens[:, 1:]": "tokens"},
        ),
        Misconception(
            "shifted_backwards",
            "The shift is in the wrong direction: each position is asked for the token *before* it.",
            0.5,
            edits={"logits[:, :-1]": "logits[:, 1:]", "tokens[:, 1:]": "tokens[:, :-1]"},
        ),
        Misconception(
            "last_cut_off_both",
            "Logits and tokens were both shortened at the same end, so that they line up as before: nothing is shifted. One loses its last, the other its first.",
            0.5,
            edits={"tokens[:, 1:]": "tokens[:, :-1]"},
        ),
        Misconception(
            "shifted_along_the_batch",
            "The sentences were shifted, not their tokens: the first dimension is the batch. Which one is the length?",
            0.25,
            edits={"logits[:, :-1]": "logits[:-1]", "tokens[:, 1:]": "tokens[1:]"},
        ),
        Misconception(
            "rolled",
            "Nearly: `torch.roll` brings the first token round to the end, so the last position is asked for the beginning of the text. Leave that position out.",
            1.25,
            edits={"logits[:, :-1]": "logits", "tokens[:, 1:]": "tokens.roll(-1, dims=1)"},
        ),
        Misconception(
            "padding_counted",
            "Without padding all is right; with it, `pad_id` changes nothing. What is padding is nothing to learn.",
            1.5,
            edits={"if pad_id is not None:": "if False:"},
        ),
        Misconception(
            "padding_in_the_mean",
            "The losses of padded targets are set to zero and still counted: the sum is right, and is divided by too many.",
            2.0,
            edits={"losses = losses[targets != pad_id]": "losses = losses * (targets != pad_id)"},
        ),
        Misconception(
            "padding_of_the_input",
            "The padding is looked for in the token that is *read*, and it is the one to be guessed that matters: the first padded target is counted, and with padding in front a real one is lost.",
            2.0,
            edits={"losses[targets != pad_id]": "losses[tokens[:, :-1].flatten() != pad_id]"},
        ),
        Misconception(
            "padding_on_both_sides",
            "A position is counted only if the token read *and* the one guessed are real. At the end that is no difference; with padding in front, a real target is lost.",
            2.5,
            edits={"losses[targets != pad_id]": "losses[(targets != pad_id) & (tokens[:, :-1].flatten() != pad_id)]"},
        ),
        Misconception(
            "zero_is_always_padding",
            "Token 0 is left out whatever `pad_id` is. In some vocabularies it is a word; without a `pad_id` nothing is padding.",
            1.0,
            edits={
                "if pad_id is not None:\n        losses = losses[targets != pad_id]": "losses = losses[targets != 0]"
            },
        ),
        Misconception(
            "zero_written_out",
            "Without padding all is right, and with padding as long as `pad_id` is 0: the zero is written out where the argument should stand.",
            2.25,
            edits={"losses[targets != pad_id]": "losses[targets != 0]"},
        ),
        Misconception(
            "summed",
            "The sum is returned, not the mean: long texts would weigh more, and learning rates would depend on the batch.",
            1.5,
            edits={"losses.mean()": "losses.sum()"},
        ),
        Misconception(
            "softmax_twice",
            "The losses are too alike: a softmax was applied before `F.cross_entropy`, which applies one itself. It wants raw logits.",
            1.25,
            edits={"logits[:, :-1].flatten(0, 1)": "logits[:, :-1].flatten(0, 1).softmax(-1)"},
        ),
        Misconception(
            "perplexity",
            "This is e to the loss, the perplexity: a fine number to report, but training uses the loss itself.",
            1.0,
            edits={"losses.mean()": "losses.mean().exp()"},
        ),
        Misconception(
            "sign_turned",
            "The loss is negative: training would make the right tokens *less* likely. Check the sign.",
            0.75,
            edits={"losses.mean()": "-losses.mean()"},
        ),
        Misconception(
            "in_bits",
            "The ratios are right, but you count in bits: this is the base-2 logarithm. Deep learning counts in nats, with the natural one.",
            1.25,
            edits={"losses.mean()": "losses.mean() / 0.6931471805599453"},
        ),
        Misconception(
            "gradient_cut_off",
            "The number is right, but no gradient comes back: the way to the logits is cut (`.item()`, `.detach()`, a new tensor). Nothing could be trained with it.",
            2.0,
            edits={"losses.mean()": "losses.mean().detach()"},
        ),
        Misconception(
            "log_of_a_softmax",
            "Ordinary logits are right; where the model is very sure and wrong, the loss is infinite: a small probability is rounded to zero, and the log of zero follows. There is a function that takes both in one step and never leaves the logarithms.",
            2.25,
            edits={
                'losses = F.cross_entropy(guesses, targets, reduction="none")': "losses = -guesses.softmax(-1)[torch.arange(len(targets)), targets].log()"
            },
        ),
        Misconception(
            "pad_id_zero_as_none",
            "A `pad_id` of 7 is heard and one of 0 is not: `if pad_id` asks for truth, and in a condition 0 is false. Zero is a token like any other; ask for what means “not given”.",
            2.25,
            edits={"if pad_id is not None:": "if pad_id:"},
        ),
        Misconception(
            "mean_of_means",
            "Without padding all is right; with it, you average within each sequence and then over the sequences, so that a token in a short one weighs more. The mean runs over all guesses of the batch at once.",
            2.25,
            edits={
                "    if pad_id is not None:\n        losses = losses[targets != pad_id]\n    return losses.mean()": "    counted = torch.ones_like(targets) if pad_id is None else targets != pad_id\n    rows = zip(losses.split(tokens.shape[1] - 1), counted.bool().split(tokens.shape[1] - 1), strict=True)\n    return torch.stack([row[kept].mean() for row, kept in rows if kept.any()]).mean()"
            },
        ),
        Misconception(
            "divided_by_the_batch",
            "The sum is divided by the number of sequences, not by that of the guesses that count: the loss grows with the length of the text.",
            1.5,
            edits={"losses.mean()": "losses.sum() / len(tokens)"},
        ),
        Misconception(
            "reshaped_for_cross_entropy",
            "The numbers are mixed up: `reshape` was used to bring the vocabulary to the second dimension. It keeps the order in memory and cuts it anew, so that one guess gets numbers of another; exchanging two dimensions is a different thing.",
            1.25,
            code="def next_token_loss(logits, tokens, pad_id=None):\n    batch, length, vocab_size = logits.shape\n    guesses = logits[:, :-1].reshape(batch, vocab_size, length - 1)\n    return F.cross_entropy(guesses, tokens[:, 1:], ignore_index=-100 if pad_id is None else pad_id)\n",
        ),
    ),
    alternatives=(
        Alternative(
            "ignore_index",
            code="def next_token_loss(logits, tokens, pad_id=None):\n    return F.cross_entropy(logits[:, :-1].transpose(1, 2), tokens[:, 1:], ignore_index=-100 if pad_id is None else pad_id)\n",
        ),
        Alternative(
            "gathered",
            code="def next_token_loss(logits, tokens, pad_id=None):\n    targets = tokens[:, 1:]\n    logs = logits[:, :-1].log_softmax(-1).gather(-1, targets[..., None])[..., 0]\n    weight = torch.ones_like(logs) if pad_id is None else (targets != pad_id).to(logs)\n    return -(logs * weight).sum() / weight.sum()\n",
        ),
    ),
)

# --------------------------------------------------------------------------------------------------------- sample_token
_FOUR = torch.tensor([0.1, 0.4, 0.2, 0.3]).log()  # in order of probability: 1, 3, 2, 0
_SIX = torch.tensor([1.0, 3.0, 2.5, -1.0, 3.5, 0.5])
_HIDDEN_FOUR = torch.tensor([0.35, 0.15, 0.1, 0.4]).log()
_HIDDEN_SIX = torch.tensor([2.0, -1.5, 3.0, 3.75, 1.25, 0.25])
_HIDDEN_LOGITS = torch.tensor([0.2, -0.5, 1.4, 2.3, 0.9, 1.1, -2.0])


def _draws(
    logits: Tensor, *us: float, temperature: float = 1.0, top_k: int = 0, top_p: float = 1.0
) -> tuple[Step, ...]:
    return tuple(call(logits, u, temperature=temperature, top_k=top_k, top_p=top_p) for u in us)


_GRID = (0.05, 0.2, 0.35, 0.5, 0.62, 0.72, 0.81, 0.88, 0.94, 0.985)

SAMPLE = Exercise(
    name="sample_token",
    title="Greedy, temperature, top-k, top-p",
    points=4,
    difficulty=3,
    minutes=20,
    hints=(
        "Sort first, and everything is a cut at the tail. Treat a temperature of 0 on its own: it needs no chance.",
        (
            "Divide the logits by the temperature before the softmax. After each cut the rest has to sum to one again. For "
            "top-p, ask of each candidate how much probability stands *before* it in the order."
        ),
        (
            "After the sort: slice off the first top_k, unless it is 0; divide by the sum. The probability before each candidate is the "
            "running sum (`cumsum`) less its own: keep where that is below top_p, and divide by the sum again. Then count how many "
            "running sums are at most `u`: that is the position in the order."
        ),
    ),
    cases=(
        case(
            "greedy",
            *_draws(_FOUR, 0.0, 0.5, 0.99, temperature=0.0),
            call(torch.tensor([2.0, 5.0, 5.0]), 0.9, temperature=0.0),
        ),
        case(
            "four candidates by hand",
            *_draws(_FOUR, 0.0, 0.39, 0.41, 0.69, 0.71, 0.89, 0.91, 0.999),
            strict_type=True,
        ),
        # Of four equal ones, each has exactly a quarter, so that a sum meets the edge to the last digit.
        case(
            "four equally likely ones, and u on the edge",
            *_draws(torch.zeros(4), 0.0, 0.25, 0.5, 0.75),
            *_draws(torch.zeros(4), 0.2, 0.6, 0.9, top_k=2),
            *_draws(torch.zeros(4), 0.2, 0.6, 0.9, top_p=0.5),
        ),
        case("temperature", *_draws(_SIX, *_GRID, temperature=0.5), *_draws(_SIX, *_GRID, temperature=3.0)),
        case("top-k", *_draws(_FOUR, 0.1, 0.56, 0.58, 0.9, 0.99, top_k=2), *_draws(_SIX, *_GRID, top_k=3)),
        case("top-p", *_draws(_FOUR, 0.1, 0.43, 0.46, 0.77, 0.79, 0.99, top_p=0.75), *_draws(_SIX, *_GRID, top_p=0.6)),
        case(
            "top-k and top-p together",
            *_draws(_SIX, *_GRID, top_k=3, top_p=0.79),
            *_draws(_FOUR, 0.2, 0.55, 0.6, 0.95, top_k=3, top_p=0.6),
        ),
        case(
            "all three, other logits", *_draws(_HIDDEN_LOGITS, *_GRID, temperature=1.5, top_k=4, top_p=0.8), hidden=True
        ),
        case("a top-p smaller than the best candidate", *_draws(_HIDDEN_FOUR, 0.1, 0.5, 0.99, top_p=0.05), hidden=True),
        case("a top-k larger than the vocabulary", *_draws(_HIDDEN_LOGITS, *_GRID, top_k=50), hidden=True),
        case(
            "large logits",
            *_draws(_HIDDEN_SIX * 300, 0.2, 0.9),
            *_draws(_HIDDEN_SIX * 300, 0.2, 0.8, temperature=400.0),
            hidden=True,
        ),
        case(
            "equal candidates: the lower number first",
            *_draws(torch.tensor([0.0, 1.0, 1.0, 0.0, 1.0]), *_GRID),
            hidden=True,
        ),
        case(
            "two equally likely ones among impossible ones, on the edge",
            *_draws(torch.tensor([-float("inf"), 1.5, -float("inf"), 1.5]), 0.25, 0.5, 0.75),
            *_draws(torch.tensor([-float("inf"), 1.5, -float("inf"), 1.5]), 0.25, 0.5, 0.75, top_k=1),
            *_draws(torch.tensor([-float("inf"), 1.5, -float("inf"), 1.5]), 0.25, 0.5, 0.75, top_p=0.5),
            hidden=True,
        ),
        case("hot, with top-p", *_draws(_HIDDEN_LOGITS, *_GRID, temperature=2.5, top_p=0.55), hidden=True),
        case("cold, with top-k", *_draws(_HIDDEN_LOGITS, *_GRID, temperature=0.7, top_k=3), hidden=True),
        case("what is impossible stays so", *_draws(torch.tensor([0.5, -float("inf"), 1.0, 0.7]), *_GRID)),
    ),
    misconceptions=(
        Misconception(
            "temperature_ignored",
            "Hot and cold make no difference: the temperature is not used, except for zero.",
            2.0,
            edits={"logits.double() / temperature": "logits.double()"},
        ),
        Misconception(
            "temperature_multiplied",
            "Hot is cold and cold is hot: the logits are multiplied by the temperature. A high one should make them *more* alike.",
            2.25,
            edits={"logits.double() / temperature": "logits.double() * temperature"},
        ),
        Misconception(
            "zero_divides",
            "A temperature of zero divides by zero: infinities and nan, and whatever comes of them. Zero means greedy; treat it before you divide.",
            2.75,
            edits={"    if temperature == 0:\n        return int(logits.argmax())\n": ""},
        ),
        Misconception(
            "always_greedy",
            "The best candidate comes every time, whatever `u` is: nothing is drawn.",
            0.5,
            edits={"if temperature == 0:": "if True:"},
        ),
        Misconception(
            "top_k_ignored",
            "`top_k` has no effect: unlikely candidates are still drawn.",
            2.25,
            edits={"if top_k > 0:": "if False:"},
        ),
        Misconception(
            "top_p_ignored",
            "`top_p` has no effect: the tail is still drawn from.",
            2.25,
            edits={"if top_p < 1:": "if False:"},
        ),
        Misconception(
            "one_candidate_too_few",
            "With `top_k` one candidate too few is kept. Python's slices end before their second number.",
            2.5,
            edits={"kept[:top_k]": "kept[: max(top_k - 1, 1)]"},
        ),
        Misconception(
            "one_candidate_too_many",
            "With `top_k` one candidate too many is kept.",
            2.5,
            edits={"kept[:top_k]": "kept[: top_k + 1]"},
        ),
        Misconception(
            "top_k_of_the_worst",
            "`top_k` keeps the *least* likely candidates: the cut is at the wrong end of the order.",
            1.75,
            edits={"kept = kept[:top_k]": "kept = kept[-top_k:]\n        order = order[-top_k:]"},
        ),
        Misconception(
            "top_p_stops_short",
            "The candidate that crosses `top_p` is left out: you keep those whose running sum is still below. The nucleus is the smallest set that *reaches* it, and it is never empty.",
            2.5,
            edits={"kept[kept.cumsum(0) - kept < top_p]": "kept[: max(int((kept.cumsum(0) < top_p).sum()), 1)]"},
        ),
        Misconception(
            "top_p_as_a_threshold",
            "Single probabilities are compared with `top_p`, where their running sum should be.",
            1.75,
            edits={"kept[kept.cumsum(0) - kept < top_p]": "kept[: max(int((kept >= top_p).sum()), 1)]"},
        ),
        Misconception(
            "top_p_before_top_k",
            "Each cut alone is right; together they keep too few or too many, because top-p looked at the probabilities from before top-k. First top-k, let the rest sum to one, then top-p.",
            3.25,
            edits={"kept[:top_k]\n    kept = kept / kept.sum()": "kept[:top_k]"},
        ),
        Misconception(
            "not_renormalized",
            "After a cut the rest does not sum to one, and large values of `u` fall off the end: the last candidate gets them all.",
            2.25,
            edits={"chosen = kept.cumsum(0) / kept.sum()": "chosen = kept.cumsum(0)"},
        ),
        Misconception(
            "not_sorted_for_the_draw",
            "The candidates are drawn in the order of their numbers, not of their probabilities. Both are fair draws, but the docstring fixes the order, so that one `u` gives one token.",
            1.5,
            code="def sample_token(logits, u, *, temperature=1.0, top_k=0, top_p=1.0):\n    if temperature == 0:\n        return int(logits.argmax())\n    p = torch.softmax(logits.double() / temperature, dim=-1)\n    order = p.argsort(descending=True, stable=True)\n    kept = p[order]\n    if top_k > 0:\n        kept = kept[:top_k]\n    kept = kept / kept.sum()\n    if top_p < 1:\n        kept = kept[kept.cumsum(0) - kept < top_p]\n    full = torch.zeros_like(p)\n    full[order[: len(kept)]] = kept / kept.sum()\n    return min(int((full.cumsum(0) <= u).sum()), len(p) - 1)\n",
        ),
        Misconception(
            "position_instead_of_token",
            "You return the place in the sorted order, 0 for the most likely, not the token that stands there.",
            1.25,
            edits={"return int(order[position])": "return position"},
        ),
        Misconception(
            "ascending",
            "The least likely candidate comes first: `sort` and `argsort` ascend unless told otherwise.",
            1.0,
            edits={"descending=True, stable=True": "descending=False, stable=True"},
        ),
        Misconception(
            "exponential_forgotten",
            "The logits themselves were divided by their sum; logits may be negative. Probabilities come from a softmax.",
            0.75,
            edits={
                "torch.softmax(logits.double() / temperature, dim=-1)": "(logits.double() / temperature).clamp(-1e6) / logits.double().clamp(-1e6).sum()"
            },
        ),
        Misconception(
            "ascending_among_the_possible",
            "The least likely candidate comes first: the sort is ascending. And where impossible candidates are left out, their probabilities go and their places in the order stay, so that the two no longer line up.",
            1.0,
            edits={
                "descending=True, stable=True": "descending=False, stable=True",
                "chosen = kept.cumsum(0) / kept.sum()": "kept = kept[kept > 0]\n    chosen = kept.cumsum(0) / kept.sum()",
            },
        ),
        Misconception(
            "equal_ones_backwards",
            "Of equally likely candidates the one with the larger number comes first: probably an ascending order was turned round, which turns the equal ones round, too.",
            3.0,
            edits={
                "order = probabilities.argsort(descending=True, stable=True)": "order = probabilities.argsort(stable=True).flip(0)"
            },
        ),
        Misconception(
            "greedy_takes_the_last",
            "With a temperature of zero, of several equally large logits the last is taken; the docstring asks for the first of equal ones.",
            3.5,
            edits={"return int(logits.argmax())": "return len(logits) - 1 - int(logits.flip(0).argmax())"},
        ),
        Misconception(
            "top_k_zero_keeps_one",
            "With `top_k` left at 0 one candidate is kept, so that nothing is drawn; 0 means that all of them stay. A `top_k` above 0 does what it should.",
            2.0,
            edits={"if top_k > 0:": "if True:", "kept = kept[:top_k]": "kept = kept[: max(top_k, 1)]"},
        ),
        Misconception(
            "top_k_with_all_equal_ones",
            "`top_k` keeps too many where candidates are equally likely: everything that reaches the probability of the k-th one stays. It is a number of candidates, not a threshold.",
            3.25,
            edits={"kept = kept[:top_k]": "kept = kept[kept >= kept[min(top_k, len(kept)) - 1]]"},
        ),
        Misconception(
            "top_k_not_renormalized",
            "After `top_k` the rest does not sum to one: a large `u` falls off the end, and top-p measures by the wrong sum. Without `top_k` all is right.",
            2.75,
            edits={
                "kept[:top_k]\n    kept = kept / kept.sum()": "kept[:top_k]",
                "kept.cumsum(0) / kept.sum()": "kept.cumsum(0) / (kept.sum() if top_p < 1 else 1)",
            },
        ),
        Misconception(
            "top_p_as_a_threshold_from_one",
            "Single probabilities are compared with 1 - `top_p`. How likely a candidate is by itself does not matter; look at the running sum down to it.",
            1.75,
            edits={"kept[kept.cumsum(0) - kept < top_p]": "kept[: max(int((kept >= 1 - top_p).sum()), 1)]"},
        ),
        Misconception(
            "top_p_one_more_when_reached",
            "Where the running sum is exactly `top_p`, one candidate too many is kept: a set whose sum equals `top_p` has reached it.",
            3.5,
            edits={"kept[kept.cumsum(0) - kept < top_p]": "kept[kept.cumsum(0) - kept <= top_p]"},
        ),
        Misconception(
            "u_on_the_edge",
            "Where `u` is exactly equal to a running sum, you return the candidate that ends there; the one whose sum is greater begins there. With `u` at 0 nobody notices.",
            3.5,
            edits={"(chosen <= u)": "(chosen < u)"},
        ),
        Misconception(
            "tensor_returned",
            "The number is right, but it comes as a tensor; an int was promised.",
            3.5,
            edits={"return int(order[position])": "return order[position]"},
        ),
    ),
    alternatives=(
        Alternative(
            "searchsorted", edits={"int((chosen <= u).sum())": "int(torch.searchsorted(chosen, u, right=True))"}
        ),
        Alternative(
            "plain_python",
            code="def sample_token(logits, u, *, temperature=1.0, top_k=0, top_p=1.0):\n    numbers = [float(x) for x in logits]\n    if temperature == 0:\n        return numbers.index(max(numbers))\n    top = max(numbers)\n    pairs = sorted(((-x, i) for i, x in enumerate(numbers)))\n    pairs = [(math.exp((-x - top) / temperature), i) for x, i in pairs]\n    if top_k > 0:\n        pairs = pairs[:top_k]\n    total = sum(p for p, _ in pairs)\n    kept, before = [], 0.0\n    for p, i in pairs:\n        if top_p < 1 and before / total >= top_p:\n            break\n        kept.append((p, i))\n        before += p\n    total, running = sum(p for p, _ in kept), 0.0\n    for p, i in kept:\n        running += p / total\n        if u < running:\n            return i\n    return kept[-1][1]\n",
        ),
    ),
    refuse=dict.fromkeys(
        ("torch.multinomial", "torch.Tensor.multinomial"),
        "it draws by chance of its own; the chance is the argument `u` here, so that one `u` always gives the same token.",
    ),
)


# ------------------------------------------------------------------------------------------------------ CachedAttention
def _cached(d_model: int, seed: int) -> dict[str, Tensor]:
    return {name.removeprefix("."): part for name, part in _attention("", d_model, seed).items()}


_CACHED = _cached(4, 1000)
_PROMPT = _numbers(2, 3, 4, seed=1010)
_CACHE = (_numbers(2, 3, 4, seed=1011), _numbers(2, 3, 4, seed=1012))

CACHED = Exercise(
    name="CachedAttention",
    title="Attention with a cache of keys and values",
    points=3,
    difficulty=3,
    minutes=18,
    hints=(
        (
            "Only the new tokens ask. Whom they ask is everybody so far: the old keys and values from the cache, and behind "
            "them the new ones."
        ),
        (
            "Join old and new along the length, and give the joined pair back as the next cache. The mask has a row for each "
            "new token and a column for each token so far: how far does the last column lie from the last row?"
        ),
        (
            "`torch.cat` with `dim=1` for keys and for values; `tril` takes a `diagonal`, here the number of old tokens. Then "
            "all as in lesson 5: split queries, keys and values into heads, attend under the mask, merge, `w_output`."
        ),
    ),
    cases=(
        case("the parameters: names and shapes", new(4, 2), shapes()),
        case("the first token", new(4, 2), load(_CACHED), call(_PROMPT[:, :1])),
        case("three tokens at the beginning", new(4, 2), load(_CACHED), call(_PROMPT)),
        case("one more, after three", new(4, 2), load(_CACHED), call(_numbers(2, 1, 4, seed=1013), _CACHE)),
        case("two more, after three", new(4, 2), load(_CACHED), call(_numbers(2, 2, 4, seed=1014), _CACHE)),
        case(
            "two texts, one after the other",
            new(4, 2),
            load(_CACHED),
            call(_PROMPT[:, :2]),
            call(_numbers(2, 1, 4, seed=1015)),
        ),
        case(
            "other sizes, several after several",
            new(6, 3),
            load(_cached(6, 1100)),
            call(
                _numbers(2, 3, 6, seed=1110),
                cache=(_numbers(2, 5, 6, seed=1111), _numbers(2, 5, 6, seed=1112)),
            ),
            hidden=True,
        ),
        case(
            "as many new as old",
            new(6, 2),
            load(_cached(6, 1200)),
            call(_numbers(3, 3, 6, seed=1210), (_numbers(3, 3, 6, seed=1211), _numbers(3, 3, 6, seed=1212))),
            hidden=True,
        ),
        case(
            "one head, a longer beginning",
            new(4, 1),
            load(_cached(4, 1300)),
            call(_numbers(1, 6, 4, seed=1310)),
            hidden=True,
        ),
        case(
            "a gradient comes back",
            new(4, 4),
            load(_cached(4, 1400)),
            gradient(_numbers(2, 3, 4, seed=1410)),
            hidden=True,
        ),
    ),
    misconceptions=(
        Misconception(
            "not_causal",
            "Token by token all is right; when several come at once, they see each other's future. A prompt is read in one go and still from left to right.",
            1.5,
            edits={"attn_mask=mask": "attn_mask=None"},
        ),
        Misconception(
            "mask_in_the_wrong_corner",
            "At the beginning all is right. With a cache, the triangle of the mask lies in the wrong corner: the new tokens see the oldest ones and not themselves. (`is_causal=True` does the same where lengths differ.)",
            1.5,
            edits={".tril(diagonal=total - new)": ".tril()"},
        ),
        Misconception(
            "own_token_hidden",
            "At the beginning all is right. With a cache, the newest tokens do not see themselves: the diagonal of the mask is one step too far to the left.",
            1.5,
            edits={"diagonal=total - new)": "diagonal=max(total - new - 1, 0))"},
        ),
        Misconception(
            "one_step_of_future",
            "When several tokens come at once, each sees the one behind it: the diagonal of the mask is one step too far to the right.",
            1.5,
            edits={"diagonal=total - new)": "diagonal=total - new + 1)"},
        ),
        Misconception(
            "cache_ignored",
            "At the beginning all is right, and later the model has forgotten what came before: the cache comes in and is not used.",
            1.5,
            edits={"if cache is not None:": "if False:"},
        ),
        Misconception(
            "cache_not_grown",
            "The output is right, and the cache you return is the one that came in: the new tokens will be missing from the next call on.",
            2.0,
            edits={
                "return self.w_output(heard.transpose(1, 2).flatten(2)), (keys, values)": "return self.w_output(heard.transpose(1, 2).flatten(2)), (keys, values) if cache is None else cache"
            },
        ),
        Misconception(
            "only_the_new_returned",
            "The output is right, and the cache you return holds the new keys and values only: with the next call, all that was before is gone.",
            2.0,
            edits={
                "return self.w_output(heard.transpose(1, 2).flatten(2)), (keys, values)": "return self.w_output(heard.transpose(1, 2).flatten(2)), (keys[:, -new:], values[:, -new:])"
            },
        ),
        Misconception(
            "new_before_old",
            "The new keys stand in front of the old ones: the cache is no longer in the order of the text, and the mask hides the wrong ones.",
            1.25,
            edits={
                "torch.cat([cache[0], keys], dim=1), torch.cat([cache[1], values], dim=1)": "torch.cat([keys, cache[0]], dim=1), torch.cat([values, cache[1]], dim=1)"
            },
        ),
        Misconception(
            "keys_and_values_exchanged",
            "Keys and values have changed places in the cache: first the keys, then the values, when it comes in and when it goes out.",
            1.25,
            edits={
                "torch.cat([cache[0], keys], dim=1), torch.cat([cache[1], values], dim=1)": "torch.cat([cache[1], keys], dim=1), torch.cat([cache[0], values], dim=1)",
                ", (keys, values)\n": ", (values, keys)\n",
            },
        ),
        Misconception(
            "inputs_cached",
            "The vectors `x` themselves are kept, and projected anew with every call: then nothing is saved in the projections, and a cache of keys and values from elsewhere means something else to you. Keep what w_key and w_value gave.",
            0.75,
            edits={
                "query, keys, values = self.w_query(x), self.w_key(x), self.w_value(x)": "query, keys, values = self.w_query(x), x, x",
                "(query, keys, values)]": "(query, self.w_key(keys), self.w_value(values))]",
            },
        ),
        Misconception(
            "projected_twice",
            "At the beginning all is right. Later the old keys and values go through w_key and w_value a second time; they are finished.",
            1.5,
            edits={
                "torch.cat([cache[0], keys], dim=1), torch.cat([cache[1], values], dim=1)": "self.w_key(torch.cat([cache[0], x], dim=1)), self.w_value(torch.cat([cache[1], x], dim=1))"
            },
        ),
        Misconception(
            "kept_in_the_module",
            "A second text begins with the memory of the first: keys and values were kept in the module. Whoever calls holds the cache, so that one model can write many texts at once.",
            1.75,
            edits={
                "        if cache is not None:": "        cache = cache if cache is not None else getattr(self, 'kept', None)\n        if cache is not None:",
                "        new, total =": "        self.kept = (keys, values)\n        new, total =",
            },
        ),
        Misconception(
            "one_head",
            "All the width attends as one head: `num_heads` is not used. The weights fit all the same, so nothing complains.",
            1.0,
            edits={"(self.num_heads, -1)": "(1, -1)"},
        ),
        Misconception(
            "split_the_wrong_way",
            "The numbers of the heads are dealt out like cards, where each head should get a run of neighbours: head first, then the number within the head.",
            1.0,
            edits={
                "part.unflatten(-1, (self.num_heads, -1)).transpose(1, 2)": "part.unflatten(-1, (-1, self.num_heads)).permute(0, 3, 1, 2)",
                "heard.transpose(1, 2).flatten(2)": "heard.permute(0, 2, 3, 1).flatten(2)",
            },
        ),
        Misconception(
            "no_output_projection",
            "The heads are merged and returned as they are: w_output exists and is never called.",
            1.25,
            edits={"self.w_output(heard.transpose(1, 2).flatten(2))": "heard.transpose(1, 2).flatten(2)"},
        ),
        Misconception(
            "not_scaled",
            "The scores are not divided by the root of the head's width, so that attention is too sharp.",
            1.0,
            edits={"attn_mask=mask)": "attn_mask=mask, scale=1.0)"},
        ),
        Misconception(
            "scaled_by_the_whole_width",
            "The scores are divided by the root of d_model. A head's dot product has only d_model / num_heads terms.",
            1.25,
            edits={"attn_mask=mask)": "attn_mask=mask, scale=x.shape[-1] ** -0.5)"},
        ),
        Misconception(
            "inputs_cached_once",
            "The cache you return holds the inputs `x` instead of keys and values, and only its first part is read. All are projected anew with every call. Keep what w_key and w_value gave, one tensor each.",
            0.75,
            edits={
                "query, keys, values = self.w_query(x), self.w_key(x), self.w_value(x)": "query, keys, values = self.w_query(x), x, x",
                "torch.cat([cache[0], keys], dim=1), torch.cat([cache[1], values], dim=1)": "torch.cat([cache[0], x], dim=1), torch.cat([cache[0], x], dim=1)",
                "(query, keys, values)]": "(query, self.w_key(keys), self.w_value(values))]",
            },
        ),
        Misconception(
            "heads_merged_without_turning_back",
            "For a single new token all is right. With several, the heads are joined in the wrong order: after the attention the tokens stand *inside* the heads, and reshaping alone does not bring them back to the front, it mixes the numbers of different tokens.",
            1.5,
            edits={"heard.transpose(1, 2).flatten(2)": "heard.reshape(x.shape)"},
        ),
        Misconception(
            "cache_grown_but_not_read",
            "The cache you return is right, and the output of a later call is not: the new tokens attend to each other only. The old keys and values were joined after the attention, when it was too late.",
            1.75,
            edits={
                "        if cache is not None:": "        old = cache\n        if False:",
                "        return self.w_output(": "        if old is not None:\n            keys, values = torch.cat([old[0], keys], dim=1), torch.cat([old[1], values], dim=1)\n        return self.w_output(",
            },
        ),
        Misconception(
            "argument_ignored_for_the_module",
            "The `cache` that is handed in is ignored: keys and values are stored in the module. A second text then begins with the memory of the first, and a cache from elsewhere has no effect.",
            1.25,
            edits={
                "        if cache is not None:": "        cache = getattr(self, 'kept', None)\n        if cache is not None:",
                "        new, total =": "        self.kept = (keys, values)\n        new, total =",
            },
        ),
        Misconception(
            "softmax_over_the_queries",
            "The weights of a token do not sum to one: the softmax runs over the queries instead of the keys. Each token shares out its attention among those it may see; along which dimension are they?",
            1.0,
            edits={
                "heard = F.scaled_dot_product_attention(*heads, attn_mask=mask)": "scores = heads[0] @ heads[1].transpose(-2, -1) / heads[0].shape[-1] ** 0.5\n        heard = scores.masked_fill(~mask, -float('inf')).softmax(-2) @ heads[2]"
            },
        ),
    ),
    alternatives=(
        Alternative(
            "softmax_by_hand",
            edits={
                "heard = F.scaled_dot_product_attention(*heads, attn_mask=mask)": "scores = heads[0] @ heads[1].transpose(-2, -1) / heads[0].shape[-1] ** 0.5\n        heard = scores.masked_fill(~mask, -float('inf')).softmax(-1) @ heads[2]"
            },
        ),
        Alternative(
            "token_by_token",
            edits={
                "        new, total = x.shape[1], keys.shape[1]": "        past, parts = keys.shape[1] - x.shape[1], []\n        for t in range(x.shape[1]):\n            q, k, v = (part.unflatten(-1, (self.num_heads, -1)).transpose(1, 2) for part in (query[:, t : t + 1], keys[:, : past + t + 1], values[:, : past + t + 1]))\n            parts.append(F.scaled_dot_product_attention(q, k, v).transpose(1, 2).flatten(2))\n        return self.w_output(torch.cat(parts, dim=1)), [keys, values]\n        new, total = x.shape[1], keys.shape[1]"
            },
        ),
    ),
)

LESSON = Lesson(
    name="06_transformer",
    title="The Transformer",
    summary="Residual stream, normalization, encoder and decoder blocks, parameter counts, training a small model, sampling, and a cache.",
    reading_minutes=34,
    exercises=(LAYER_NORM, FEED_FORWARD, ENCODER_BLOCK, ENCODER, DECODER_BLOCK, COUNT, LOSS, SAMPLE, CACHED),
)
