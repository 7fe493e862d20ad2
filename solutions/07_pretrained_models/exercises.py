"""The contract of lesson 7, Pretrained models: what each exercise is probed with, and what learners get wrong in it."""

# Edits quote lines of the solution whole:
# ruff: noqa: E501

from __future__ import annotations

import json

import torch
from torch import Tensor

from autograder.contract import Alternative, Exercise, Lesson, Misconception, call, case, load, new, shapes, through


def _numbers(*shape: int, seed: int, scale: float = 1.0) -> Tensor:
    return (torch.randn(*shape, generator=torch.Generator().manual_seed(seed)) * scale).round(decimals=2)


# ------------------------------------------------------------------------------------------------------ bert_parameters
def _config(vocabulary: int, positions: int, types: int, d: int, layers: int, heads: int, d_ff: int) -> dict[str, int]:
    return {
        "vocab_size": vocabulary,
        "max_position_embeddings": positions,
        "type_vocab_size": types,
        "hidden_size": d,
        "num_hidden_layers": layers,
        "num_attention_heads": heads,
        "intermediate_size": d_ff,
    }


PARAMETERS = Exercise(
    name="bert_parameters",
    title="Parameters of a BERT, from its configuration",
    points=2,
    difficulty=2,
    minutes=15,
    hints=(
        "Count part by part: embeddings, one layer, pooler. Only the layer is there several times.",
        "A linear layer from a to b has a weight of a times b numbers and a bias of b; a layer normalisation of width d has 2d.",
        "One layer: four square linear layers, one linear layer up to the inner width, one back down, and two normalisations. The embeddings have a third kind of table besides words and positions, and a normalisation.",
    ),
    cases=(
        case("the example by hand", call(_config(10, 6, 2, 4, 1, 2, 8))),
        case("BERT-base", call(_config(30522, 512, 2, 768, 12, 12, 3072))),
        case("three layers", call(_config(50, 20, 3, 8, 3, 4, 20))),
        case("BERT-large", call(_config(30522, 512, 2, 1024, 24, 16, 4096)), hidden=True),
        case("the packaged BERT", call(_config(30522, 512, 2, 384, 6, 12, 1536)), hidden=True),
        case("an inner width that is no multiple", call(_config(33, 7, 1, 6, 5, 3, 11)), hidden=True),
    ),
    misconceptions=(
        Misconception("attention_without_biases", "The difference is four widths in every layer: the linear layers of attention have biases, which you left out.", 1.0, edits={"4 * (d * d + d)": "4 * d * d"}),
        Misconception("no_biases", "Weights alone were counted, of the width times the width or the inner width. Every linear layer has a bias too, also the pooler.", 0.75, edits={"4 * (d * d + d)": "4 * d * d", " + d_ff + d\n": "\n", "pooler = d * d + d": "pooler = d * d"}),
        Misconception("feed_forward_without_biases", "In every layer as many numbers are missing as the inner and the outer width together: the biases of the feed-forward network.", 1.0, edits={" + d_ff + d\n": "\n"}),
        Misconception("one_bias_too_wide", "The bias of a linear layer is as long as what comes *out* of it. Your two feed-forward biases have the same length; one of them leads to the inner width, the other back.", 1.25, edits={" + d_ff + d\n": " + 2 * d\n"}),
        Misconception("one_normalisation", "Two widths are missing in every layer: there are two normalisations in it, one after attention and one after the feed-forward network.", 1.25, edits={"feed_forward + 4 * d": "feed_forward + 2 * d"}),
        Misconception("normalisations_without_bias", "A layer normalisation has a scale *and* a shift for every number. You counted one of them, in the layers and in the embeddings.", 1.0, edits={"feed_forward + 4 * d": "feed_forward + 2 * d", "rows * d + 2 * d": "rows * d + d"}),
        Misconception("no_normalisation_at_all", "The layer normalisations are missing, all of them: they have learned parameters too, a scale and a shift.", 0.75, edits={"feed_forward + 4 * d": "feed_forward", "rows * d + 2 * d": "rows * d"}),
        Misconception("embeddings_not_normalised", "Two widths are missing, however many layers there are: a normalisation stands behind the embeddings.", 1.5, edits={"rows * d + 2 * d": "rows * d"}),
        Misconception("no_pooler", "A square linear layer with its bias is missing: BERT's pooler, which works on the first token, behind all layers.", 1.25, edits={" + pooler": ""}),
        Misconception("pooler_in_every_layer", "You counted the pooler once a layer. It stands behind the last layer only, once.", 1.0, edits={"feed_forward + 4 * d": "feed_forward + 4 * d + d * d + d", " + pooler": ""}),
        Misconception("three_projections", "One square linear layer is missing in every layer. After queries, keys and values comes the projection that mixes what the heads found.", 1.0, edits={"4 * (d * d + d)": "3 * (d * d + d)"}),
        Misconception("heads_multiply", "You multiplied by the number of heads. Heads cut the width into pieces and add no parameters: look at the count in lesson 5.", 0.5, edits={"4 * (d * d + d)": "config[\"num_attention_heads\"] * 4 * (d * d + d)"}),
        Misconception("heads_multiply_projections", "Queries, keys and values were counted once for each head. The heads share the width among them: all heads of a projection together are one square matrix.", 0.75, edits={"4 * (d * d + d)": "(3 * config[\"num_attention_heads\"] + 1) * (d * d + d)"}),
        Misconception("millions", "The number is given in millions and rounded. The exact number is asked for, to the last parameter.", 1.25, edits={"return embeddings + config[\"num_hidden_layers\"] * layer + pooler": "return round((embeddings + config[\"num_hidden_layers\"] * layer + pooler) / 1e6)"}),
        Misconception("one_layer_only", "You counted a single layer. Each layer of BERT has parameters of its own (those of ALBERT do not).", 0.5, edits={"config[\"num_hidden_layers\"] * layer": "layer"}),
        Misconception("no_positions", "The table of position embeddings is missing: BERT learns one vector for each position.", 1.0, edits={" + config[\"max_position_embeddings\"]": ""}),
        Misconception("no_token_types", "A few widths are missing: the smallest table, one vector for each token type (first or second sentence).", 1.25, edits={" + config[\"type_vocab_size\"]": ""}),
        Misconception("one_feed_forward_matrix", "The feed-forward network has two matrices, one up to the inner width and one back. You counted one.", 0.75, edits={"2 * d * d_ff": "d * d_ff"}),
        Misconception("inner_width_assumed", "BERT-base is right, other sizes are not: the inner width is taken to be four times the width. The configuration says what it is.", 1.25, edits={"d_ff = config[\"intermediate_size\"]": "d_ff = 4 * d"}),
    ),
    alternatives=(
        Alternative("list_of_shapes", code=(
            "def bert_parameters(config):\n"
            "    d, f = config['hidden_size'], config['intermediate_size']\n"
            "    layer = [(d, d), (d,)] * 4 + [(d, f), (f,), (f, d), (d,)] + [(d,)] * 4\n"
            "    tables = [(config[k], d) for k in ('vocab_size', 'max_position_embeddings', 'type_vocab_size')]\n"
            "    every = tables + [(d,), (d,)] + layer * config['num_hidden_layers'] + [(d, d), (d,)]\n"
            "    return sum(math.prod(s) for s in every)\n"
        )),
        Alternative("built_on_no_device", code=(
            "def bert_parameters(config):\n"
            "    from transformers import BertConfig, BertModel\n"
            "    with torch.device('meta'):\n"
            "        return sum(p.numel() for p in BertModel(BertConfig(**config)).parameters())\n"
        )),
    ),
)  # fmt: skip

# ------------------------------------------------------------------------------------------------------ training_memory
MEMORY = Exercise(
    name="training_memory",
    title="Bytes to train a model with AdamW",
    points=1,
    difficulty=1,
    minutes=10,
    hints=(
        "Everything but the activations is a number of bytes for each parameter.",
        "AdamW keeps two running averages for every parameter, in float32 whatever the weights are kept in.",
        "With narrow weights, one more float32 copy of each is kept, so that small steps are not rounded away. The docstring says where it is counted.",
    ),
    cases=(
        case("a thousand parameters, float32", call(1000)),
        case("the same in bfloat16", call(1000, bytes_per_weight=2)),
        case("with activations", call(10, 4, activations=500)),
        case("BERT-base in bfloat16 with activations", call(109_482_240, bytes_per_weight=2, activations=2_000_000), hidden=True),
        case("seven billion, float32", call(7_000_000_000), hidden=True),
        case("float64", call(3, 8, activations=1)),
    ),
    misconceptions=(
        Misconception("no_gradients", "The gradients are missing: training needs one for each weight, as wide as the weight.", 0.25, edits={"gradients = num_parameters * bytes_per_weight": "gradients = 0"}),
        Misconception("gradients_always_float32", "Your gradients take four bytes each, whatever the weights do; here they are as wide as the weights.", 0.5, edits={"gradients = num_parameters * bytes_per_weight": "gradients = num_parameters * 4"}),
        Misconception("one_running_average", "AdamW keeps two running averages for each parameter, of the gradient and of its square. You counted one.", 0.5, edits={"2 * 4 * num_parameters": "4 * num_parameters"}),
        Misconception("averages_as_narrow_as_weights", "float32 is right, bfloat16 is not: the two running averages stay in float32, however narrow the weights are.", 0.5, edits={"2 * 4 * num_parameters": "2 * bytes_per_weight * num_parameters"}),
        Misconception("no_precise_copy", "In bfloat16 four bytes a parameter are missing: the float32 copy of the weights, which the optimizer updates.", 0.5, edits={"bytes_per_weight < 4": "False"}),
        Misconception("precise_copy_always", "With float32 you count the weights once more. They are precise already and need no second copy.", 0.5, edits={"bytes_per_weight < 4": "True"}),
        Misconception("precise_copy_for_all_but_float32", "float64 weights need no float32 copy: they are wider than that, not narrower.", 0.75, edits={"bytes_per_weight < 4": "bytes_per_weight != 4"}),
        Misconception("precise_copy_under_weights", "In bfloat16 the float32 copy of the weights is counted, but under \"weights\". The optimizer keeps it: it belongs to \"optimizer\", and the total stays the same.", 0.75, edits={"optimizer += 4 * num_parameters": "weights += 4 * num_parameters"}),
        Misconception("narrow_copy", "In bfloat16 the copy of the weights takes as few bytes as the weights themselves. It is kept in float32, four bytes each: that is what it is for.", 0.5, edits={"optimizer += 4 * num_parameters": "optimizer += bytes_per_weight * num_parameters"}),
        Misconception("activations_not_in_total", "The parts are right, but the total leaves the activations out.", 0.75, edits={" + optimizer + activations": " + optimizer"}),
        Misconception("optimizer_not_in_total", "The parts are right, but the total leaves the optimizer out, which is the largest of them.", 0.5, edits={" + optimizer + activations": " + activations"}),
        Misconception("bits", "Everything that depends on the weights is eight times too large: bits were counted. A float32 number takes four bytes.", 0.25, edits={"weights = num_parameters * bytes_per_weight": "num_parameters = num_parameters * 8\n    weights = num_parameters * bytes_per_weight"}),
        Misconception("megabytes", "Your numbers are a million times too small: bytes are asked for, not megabytes.", 0.5, edits={"weights = num_parameters * bytes_per_weight": "num_parameters = num_parameters / 1e6\n    activations = activations / 1e6\n    weights = num_parameters * bytes_per_weight"}),
        Misconception("gigabytes", "Your numbers are a thousand million times too small: bytes are asked for, not gigabytes.", 0.5, edits={"weights = num_parameters * bytes_per_weight": "num_parameters = num_parameters / 1e9\n    activations = activations / 1e9\n    weights = num_parameters * bytes_per_weight"}),
        Misconception("activations_per_parameter", "Your activations grow with the number of parameters. They are handed in as bytes already: they depend on batch and length.", 0.5, edits={"weights = num_parameters * bytes_per_weight": "activations = activations * num_parameters\n    weights = num_parameters * bytes_per_weight"}),
    ),
    alternatives=(
        Alternative("bytes_each", code=(
            "def training_memory(num_parameters, bytes_per_weight=4, activations=0):\n"
            "    each = {'weights': bytes_per_weight, 'gradients': bytes_per_weight, 'optimizer': 8 if bytes_per_weight >= 4 else 12}\n"
            "    out = {k: v * num_parameters for k, v in each.items()}\n"
            "    out['activations'] = activations\n"
            "    out['total'] = sum(out.values())\n"
            "    return out\n"
        )),
        Alternative("conditional_expression", edits={"    optimizer = 2 * 4 * num_parameters\n    if bytes_per_weight < 4:\n        optimizer += 4 * num_parameters\n": "    optimizer = num_parameters * 4 * (3 if bytes_per_weight < 4 else 2)\n"}),
    ),
)  # fmt: skip

# ------------------------------------------------------------------------------------------------------ compute_optimal
OPTIMAL = Exercise(
    name="compute_optimal",
    title="Compute-optimal size and data",
    points=1,
    difficulty=1,
    minutes=10,
    hints=(
        "Two equations, two unknowns: put the one for D into the one for C.",
        "What comes out is C as a multiple of N squared.",
        "The multiple is six times the ratio; divide the budget by it before you take the root.",
    ),
    cases=(
        case("by hand: 480 operations, one token a parameter each", call(480.0, 20.0)),
        case("another ratio", call(2.4e6, 4.0)),
        case("the budget of Chinchilla", call(5.76e23)),
        case("a small budget", call(1e12), hidden=True, rtol=1e-6),
        case("a ratio below one", call(3e9, 0.5), hidden=True, rtol=1e-6),
    ),
    misconceptions=(
        Misconception("no_six", "Your model is too large for its budget: each parameter costs six operations for each token, and the six is missing.", 0.5, edits={"flops / (6 * tokens_per_parameter)": "flops / tokens_per_parameter"}),
        Misconception("forward_only", "Two operations for each parameter and token are the forward pass alone; the backward pass costs about twice as much again.", 0.5, edits={"6 * tokens_per_parameter": "2 * tokens_per_parameter"}),
        Misconception("no_root", "The size grows as fast as the budget. But data grows along with it, so the budget grows with the *square* of the size.", 0.25, edits={"math.sqrt(flops / (6 * tokens_per_parameter))": "flops / (6 * tokens_per_parameter)"}),
        Misconception("ratio_twenty_written_out", "The default is right, other ratios are not: the 20 is written out somewhere, where the argument should stand.", 0.5, edits={"6 * tokens_per_parameter": "6 * 20", "num_tokens = tokens_per_parameter * num_parameters": "num_tokens = 20 * num_parameters"}),
        Misconception("root_without_ratio", "The ratio between your two results is right, but together they cost more than the budget: the ratio belongs under the root too.", 0.5, edits={"6 * tokens_per_parameter": "6"}),
        Misconception("swapped", "The two results have changed places: parameters come first, tokens second. Either they are returned in the other order, or the ratio was read upside down, as parameters for each token.", 0.5, edits={"return num_parameters, num_tokens": "return num_tokens, num_parameters"}),
        Misconception("tokens_equal_parameters", "Your second result equals the first: the number of tokens is a multiple of the number of parameters.", 0.25, edits={"num_tokens = tokens_per_parameter * num_parameters": "num_tokens = num_parameters"}),
        Misconception("tokens_without_six", "The number of parameters is right. For the tokens you divided the budget by it and forgot the six operations.", 0.5, edits={"num_tokens = tokens_per_parameter * num_parameters": "num_tokens = flops / num_parameters"}),
        Misconception("tokens_divided", "The number of parameters is right, but you have fewer tokens than parameters: the ratio was divided by, where it should multiply.", 0.5, edits={"num_tokens = tokens_per_parameter * num_parameters": "num_tokens = num_parameters / tokens_per_parameter"}),
        Misconception("ratio_multiplies_under_the_root", "Under the root the ratio multiplies the budget. More tokens for each parameter must make the model *smaller*.", 0.25, edits={"flops / (6 * tokens_per_parameter)": "flops / 6 * tokens_per_parameter"}),
        Misconception("six_outside", "The six stands outside the root, where it counts as 36. Solve the equation for N squared first, and then take the root of everything.", 0.5, edits={"math.sqrt(flops / (6 * tokens_per_parameter))": "math.sqrt(flops / tokens_per_parameter) / 6"}),
        Misconception("root_of_the_budget_alone", "The root is taken of the budget alone, and the rest is divided by afterwards. It is N squared that you solve for: everything belongs under the root.", 0.25, edits={"math.sqrt(flops / (6 * tokens_per_parameter))": "math.sqrt(flops) / (6 * tokens_per_parameter)"}),
        Misconception("six_outside_for_tokens", "The number of parameters is right. In your formula for the tokens the six stands outside the root, where it counts as 36.", 0.5, edits={"num_tokens = tokens_per_parameter * num_parameters": "num_tokens = math.sqrt(flops * tokens_per_parameter) / 6"}),
        Misconception("rounded", "Both numbers are rounded to whole ones. The equations hold exactly only for the numbers as they come out; return them as they are.", 0.75, edits={"return num_parameters, num_tokens": "return round(num_parameters), round(num_tokens)"}),
        Misconception("cut_off", "The number of parameters is cut off to a whole one, by `//`, `int` or `math.isqrt`, and the tokens inherit the error. Nothing is to be rounded.", 0.75, edits={"math.sqrt(flops / (6 * tokens_per_parameter))": "math.isqrt(int(flops // (6 * tokens_per_parameter)))"}),
        Misconception("powers_of_two", "Every size that you return is a power of two: it was searched for by doubling, and the search stops too far. Two equations with two unknowns can be solved exactly.", 0.25, edits={"num_parameters = math.sqrt(flops / (6 * tokens_per_parameter))": "num_parameters = 1.0\n    while 6 * tokens_per_parameter * num_parameters**2 < flops:\n        num_parameters *= 2"}),
        Misconception("parameters_alone", "Only the number of parameters comes back: return both, the parameters and the tokens.", 0.5, edits={"return num_parameters, num_tokens": "return num_parameters"}),
    ),
    alternatives=(
        Alternative("power_of_a_half", edits={"math.sqrt(flops / (6 * tokens_per_parameter))": "(flops / 6 / tokens_per_parameter) ** 0.5"}),
        Alternative("tokens_from_the_budget", edits={"num_tokens = tokens_per_parameter * num_parameters": "num_tokens = flops / (6 * num_parameters)"}),
    ),
)  # fmt: skip

# ------------------------------------------------------------------------------------------------------- BertEmbeddings
def _tables(seed: int, v: int = 7, p: int = 5, t: int = 2, d: int = 4, scale: float = 1.0) -> dict[str, Tensor]:
    return {
        "words.weight": _numbers(v, d, seed=seed) * scale,
        "positions.weight": _numbers(p, d, seed=seed + 1) * scale,
        "token_types.weight": _numbers(t, d, seed=seed + 2) * scale,
        "norm.weight": _numbers(d, seed=seed + 3),
        "norm.bias": _numbers(d, seed=seed + 4),
    }


_IDS = torch.tensor([[1, 4, 0], [6, 6, 2]])
_SUM = "self.words(input_ids) + self.positions(steps) + self.token_types(token_types)"
EMBEDDINGS = Exercise(
    name="BertEmbeddings",
    title="The embeddings of BERT",
    points=2,
    difficulty=2,
    minutes=15,
    hints=(
        "Three lookups in three tables, added up, then normalised.",
        "Positions are counted along the length: 0, 1, 2, …, the same for every sentence. Token types are zeros of the shape of the ids when nobody says otherwise.",
        "`torch.arange` over the last size of the ids gives the positions; their vectors have no batch dimension and broadcasting repeats them.",
    ),
    cases=(
        case("names and shapes of the parameters", new(7, 5, 2, 4), shapes()),
        case("two sentences", new(7, 5, 2, 4), load(_tables(1)), call(_IDS)),
        case("token types that are given", new(7, 5, 2, 4), load(_tables(1)), call(_IDS, torch.tensor([[0, 0, 1], [1, 1, 1]]))),
        case("as many sentences as tokens", new(7, 5, 2, 4), load(_tables(11)), call(torch.tensor([[3, 3], [3, 1]])), hidden=True),
        case("a single token", new(7, 5, 2, 4), load(_tables(21)), call(torch.tensor([[5]])), hidden=True),
        case("tiny vectors: eps matters", new(7, 5, 2, 4, eps=1e-12), load(_tables(31, scale=1e-3)), call(_IDS)),
        case("an eps that is given", new(7, 5, 2, 4, eps=0.5), load(_tables(41)), call(_IDS)),
        case("all positions", new(9, 6, 3, 8), load(_tables(51, 9, 6, 3, 8)), call(torch.tensor([[8, 7, 6, 5, 4, 3]]), torch.tensor([[2, 1, 0, 2, 1, 0]])), hidden=True),
    ),
    misconceptions=(
        Misconception("not_normalised", "The layer norm exists, but what comes out was never sent through it.", 0.75, edits={f"self.norm({_SUM})": f"({_SUM})"}),
        Misconception("eps_of_pytorch", "Ordinary numbers are right; tiny vectors are not. The norm has PyTorch's own eps: hand it the one that the class is given.", 1.5, edits={"nn.LayerNorm(d_model, eps=eps)": "nn.LayerNorm(d_model)"}),
        Misconception("eps_written_out", "The default eps is right, another one is ignored: 1e-12 is written out where the argument should stand.", 1.5, edits={"nn.LayerNorm(d_model, eps=eps)": "nn.LayerNorm(d_model, eps=1e-12)"}),
        Misconception("no_positions", "Equal words come out equal wherever they stand: the vectors of the positions are not added.", 0.75, edits={" + self.positions(steps)": ""}),
        Misconception("no_token_types", "The vectors of the token types are never added, not even those of type 0, which every token gets by default.", 0.75, edits={" + self.token_types(token_types)": ""}),
        Misconception("token_types_ignored", "Without token types all is right, but those that are given make no difference: zeros are used always.", 1.25, edits={"if token_types is None:": "if True:"}),
        Misconception("default_type_is_one", "Type 1, the second sentence, is used when nobody gives a type. A single sentence is of type 0.", 1.25, edits={"torch.zeros_like(input_ids)": "torch.ones_like(input_ids)"}),
        Misconception("positions_from_one", "The first token gets the vector of position 1, so that all are shifted (and the last one falls off the table). Positions count from 0.", 1.0, edits={"steps = torch.arange(input_ids.shape[-1], device=input_ids.device)": "steps = torch.arange(input_ids.shape[-1], device=input_ids.device) + 1"}),
        Misconception("positions_along_the_batch", "Positions were counted along the batch, not along the sentence: every token of a sentence has the same one, or sizes do not fit.", 0.75, edits={"torch.arange(input_ids.shape[-1], device=input_ids.device)": "torch.arange(input_ids.shape[0], device=input_ids.device)[:, None].expand_as(input_ids)"}),
        Misconception("positions_reversed", "The last token gets position 0: positions are counted from the wrong end.", 0.75, edits={"torch.arange(input_ids.shape[-1], device=input_ids.device)": "torch.arange(input_ids.shape[-1], device=input_ids.device).flip(0)"}),
        Misconception("words_look_up_positions", "The positions are looked up by the ids of the words, in place of where the words stand.", 0.5, edits={"self.positions(steps)": "self.positions(input_ids % self.positions.num_embeddings)"}),
        Misconception("normalised_too_early", "The words are normalised, and positions and types added afterwards. In BERT all three are added first and the sum is normalised.", 1.0, edits={f"self.norm({_SUM})": "self.norm(self.words(input_ids)) + self.positions(steps) + self.token_types(token_types)"}),
        Misconception("multiplied", "The vectors of words and positions are multiplied; BERT adds them.", 0.5, edits={"self.words(input_ids) + self.positions(steps)": "self.words(input_ids) * self.positions(steps)"}),
        Misconception("scaled_by_the_width", "The words are multiplied by the root of the width, as in the paper of the first Transformer. BERT does not.", 1.0, edits={"self.words(input_ids) +": "self.words(input_ids) * self.words.embedding_dim**0.5 +"}),
        Misconception("dropout", "Some numbers are 0 and the others a little too large: dropout, which is random in training mode. The docstring says that there is none here.", 1.25, edits={"self.norm = nn.LayerNorm(d_model, eps=eps)": "self.norm = nn.LayerNorm(d_model, eps=eps)\n        self.dropout = nn.Dropout(0.1)", f"return self.norm({_SUM})": f"torch.manual_seed(0)\n        return self.dropout(self.norm({_SUM}))"}),
    ),
    alternatives=(
        Alternative("functional", edits={f"return self.norm({_SUM})": "total = F.embedding(input_ids, self.words.weight) + self.positions.weight[: input_ids.shape[1]] + F.embedding(token_types, self.token_types.weight)\n        return F.layer_norm(total, total.shape[-1:], self.norm.weight, self.norm.bias, self.norm.eps)"}),
        Alternative("positions_repeated", edits={"torch.arange(input_ids.shape[-1], device=input_ids.device)": "torch.ones_like(input_ids).cumsum(1) - 1"}),
    ),
    refuse={"transformers.models.bert.modeling_bert.BertEmbeddings": "it is the module that this exercise builds."},
)  # fmt: skip

# ------------------------------------------------------------------------------------------------------------- own_name
NAMES = Exercise(
    name="own_name",
    title="A map from transformers' names to ours",
    points=2,
    difficulty=2,
    minutes=15,
    hints=(
        "Two kinds of names: five of the embeddings, which are simply listed, and those of a layer, which have a number inside.",
        "Take a layer's name apart at the dots: the number, the middle, and `weight` or `bias` at the end. Only the middle needs a table, of eight rows.",
        "`name.split('.', 3)` leaves the number as its third part; `rest.rpartition('.')` cuts the last word off. Ask a dict for the middle with `.get`, so that unknown names give None.",
    ),
    cases=(
        case("a word table", call("embeddings.word_embeddings.weight")),
        case("the norm of the embeddings", call("embeddings.LayerNorm.bias")),
        case("queries of layer 3", call("encoder.layer.3.attention.self.query.weight")),
        case("keys and values", call("encoder.layer.0.attention.self.key.bias"), call("encoder.layer.0.attention.self.value.weight")),
        case("three outputs, all called output", call("encoder.layer.1.attention.output.dense.weight"), call("encoder.layer.1.attention.output.LayerNorm.weight"), call("encoder.layer.1.output.dense.weight"), call("encoder.layer.1.output.LayerNorm.bias")),
        case("the inner layer", call("encoder.layer.5.intermediate.dense.bias")),
        case("what we do not use", call("pooler.dense.weight")),
        case("a layer of two digits", call("encoder.layer.11.output.dense.bias"), call("encoder.layer.23.attention.self.value.weight")),
        case("positions and token types", call("embeddings.position_embeddings.weight"), call("embeddings.token_type_embeddings.weight"), hidden=True),
        case("unknown names", call("cls.predictions.bias"), call("encoder.layer.2.crossattention.self.query.weight"), call("embeddings.position_ids"), hidden=True),
        case("biases of the outputs", call("encoder.layer.7.attention.output.dense.bias"), call("encoder.layer.7.attention.output.LayerNorm.bias"), call("encoder.layer.7.output.LayerNorm.weight"), call("embeddings.LayerNorm.weight"), hidden=True),
    ),
    misconceptions=(
        Misconception("pooler_kept", "The pooler comes back under its old name. Our model has none: what it does not use is answered with None.", 1.5, edits={"    if not name.startswith(\"encoder.layer.\"):\n        return None": "    if name.startswith(\"pooler\"):\n        return name\n    if not name.startswith(\"encoder.layer.\"):\n        return None"}),
        Misconception("unknown_raises", "Names that our model has no place for raise a KeyError; None is the answer to them.", 1.5, edits={"fixed.get(name)": "fixed[name]", "    if not name.startswith(\"encoder.layer.\"):\n        return None": "    if not name.startswith(\"encoder.layer.\"):\n        raise KeyError(name)", "if middle not in parts:": "if False:"}),
        Misconception("first_digit", "Layers 0 to 9 are right; of layer 11 only the first digit is left, so that it would land in layer 1.", 1.25, edits={"blocks.{number}.": "blocks.{number[0]}."}),
        Misconception("two_digits_unknown", "Layers 0 to 9 are right, layers of two digits are answered with None: the pattern expects a single digit. The number ends at the next dot.", 1.5, edits={"if middle not in parts:": "if middle not in parts or len(number) > 1:"}),
        Misconception("always_layer_zero", "All layers go to block 0 and would overwrite each other: the number of the layer has to come along.", 0.75, edits={"blocks.{number}.": "blocks.0."}),
        Misconception("counts_from_one", "The blocks are numbered from 1. A ModuleList counts from 0, as transformers does: the number stays what it is.", 1.0, edits={"blocks.{number}.": "blocks.{int(number) + 1}."}),
        Misconception("query_and_key_swapped", "Queries and keys have changed places. No shape would tell you: both are square.", 1.0, edits={"\"attention.self.query\": \"attention.w_query\"": "\"attention.self.query\": \"attention.w_key\"", "\"attention.self.key\": \"attention.w_key\"": "\"attention.self.key\": \"attention.w_query\""}),
        Misconception("norms_swapped", "The two norms of a layer have changed places: the one inside `attention.output` is that of attention, the other follows the feed-forward network.", 1.0, edits={"return f\"encoder.blocks.{number}.{parts[middle]}.{kind}\"": "swap = {\"attention_norm\": \"feed_forward_norm\", \"feed_forward_norm\": \"attention_norm\"}\n    return f\"encoder.blocks.{number}.{swap.get(parts[middle], parts[middle])}.{kind}\""}),
        Misconception("outputs_mixed_up", "`output.dense` means two layers: inside `attention` the last projection of attention, outside it the way back from the inner width. Yours go to the same place.", 0.75, edits={"\"attention.output.dense\": \"attention.w_output\"": "\"attention.output.dense\": \"feed_forward.contract\""}),
        Misconception("expand_and_contract_swapped", "The two layers of the feed-forward network have changed places: `intermediate` is the way up to the inner width.", 1.0, edits={"\"intermediate.dense\": \"feed_forward.expand\"": "\"intermediate.dense\": \"feed_forward.contract\"", "return f\"encoder.blocks.{number}.{parts[middle]}.{kind}\"": "target = \"feed_forward.expand\" if middle == \"output.dense\" else parts[middle]\n    return f\"encoder.blocks.{number}.{target}.{kind}\""}),
        Misconception("weights_only", "Every name of a layer ends in `weight`, also that of a bias: the last word of the name has to come along.", 0.75, edits={".{kind}\"": ".weight\""}),
        Misconception("biases_dropped", "Every bias is answered with None. Biases are tensors like the weights, and our linear layers and norms have them too.", 1.0, edits={"    fixed = {": "    if name.endswith(\"bias\"):\n        return None\n    fixed = {"}),
        Misconception("ending_lost", "The names of layers stop before the last word: `weight` or `bias` is missing.", 0.5, edits={".{parts[middle]}.{kind}\"": ".{parts[middle]}\""}),
        Misconception("still_called_layer", "You kept `encoder.layer`; in our encoder the list is called `blocks`.", 0.75, edits={"f\"encoder.blocks.": "f\"encoder.layer."}),
        Misconception("encoder_prefix_lost", "The names begin with `blocks`, but the blocks stand inside a part called `encoder`.", 0.75, edits={"f\"encoder.blocks.": "f\"blocks."}),
        Misconception("embeddings_prefix_lost", "The names of the tables have lost their prefix: the tables stand inside a part called `embeddings`, and its name comes first.", 1.0, edits={"return fixed.get(name)": "return fixed[name].removeprefix(\"embeddings.\") if name in fixed else None"}),
        Misconception("embeddings_forgotten", "The layers are right, but the embeddings are answered with None: they would keep their random numbers.", 1.0, edits={"return fixed.get(name)": "return None"}),
    ),
    alternatives=(
        Alternative("regular_expression", code=(
            "import re\n"
            "def own_name(name):\n"
            "    m = re.fullmatch(r'embeddings\\.(word|position|token_type)_embeddings\\.weight', name)\n"
            "    if m: return f'embeddings.{m[1]}s.weight'\n"
            "    m = re.fullmatch(r'embeddings\\.LayerNorm\\.(weight|bias)', name)\n"
            "    if m: return 'embeddings.norm.' + m[1]\n"
            "    m = re.fullmatch(r'encoder\\.layer\\.(\\d+)\\.(.*)\\.(weight|bias)', name)\n"
            "    if not m: return None\n"
            "    table = dict(zip(['attention.self.query', 'attention.self.key', 'attention.self.value', 'attention.output.dense', 'attention.output.LayerNorm', 'intermediate.dense', 'output.dense', 'output.LayerNorm'],\n"
            "        'attention.w_query attention.w_key attention.w_value attention.w_output attention_norm feed_forward.expand feed_forward.contract feed_forward_norm'.split()))\n"
            "    return f'encoder.blocks.{m[1]}.{table[m[2]]}.{m[3]}' if m[2] in table else None\n"
        )),
        Alternative("replacements_in_order", code=(
            "def own_name(name):\n"
            "    if name.startswith(('pooler', 'cls')) or 'crossattention' in name or 'position_ids' in name:\n"
            "        return None\n"
            "    for old, new in [('word_embeddings', 'words'), ('position_embeddings', 'positions'), ('token_type_embeddings', 'token_types'), ('embeddings.LayerNorm', 'embeddings.norm'), ('encoder.layer', 'encoder.blocks'), ('self.query', 'w_query'), ('self.key', 'w_key'), ('self.value', 'w_value'), ('attention.output.dense', 'attention.w_output'), ('attention.output.LayerNorm', 'attention_norm'), ('intermediate.dense', 'feed_forward.expand'), ('output.dense', 'feed_forward.contract'), ('output.LayerNorm', 'feed_forward_norm')]:\n"
            "        name = name.replace(old, new)\n"
            "    return name\n"
        )),
    ),
)  # fmt: skip

# ------------------------------------------------------------------------------------------------------- compare_shapes
_OWN = {"b": [3], "a": [2, 3], "d": [4, 4], "c": [5]}
COMPARE = Exercise(
    name="compare_shapes",
    title="Every tensor once: missing, unexpected, mismatched",
    points=1,
    difficulty=1,
    minutes=10,
    hints=(
        "Three questions about two sets of names; the third looks at shapes as well.",
        "The keys of a dict can be subtracted from those of another, like sets.",
        "Missing: in `own`, not in `given`. Unexpected: the other way round. Mismatched: in both, with different shapes. Sort all three.",
    ),
    cases=(
        case("all fits", call(_OWN, dict(reversed(_OWN.items())))),
        case("one of each", call(_OWN, {"z": [1], "a": [2, 3], "d": [4, 5], "c": [5]})),
        case("a transposed matrix", call({"w": [2, 3]}, {"w": [3, 2]})),
        case("several of each, in no order", call({"d": [1], "b": [2], "f": [2, 2], "e": [4]}, {"f": [4], "z": [1], "y": [1], "e": [2, 2]})),
        case("single numbers, whose shape is empty", call({"s": [], "t": [], "u": [2]}, {"u": [2], "v": [], "s": []})),
        case("single numbers and rows of one", call({"e": [], "f": [1], "g": []}, {"f": [], "e": [1], "g": []}), hidden=True),
        case("nothing given", call(_OWN, {}), hidden=True),
        case("nothing wanted", call({}, {"q": [2], "p": [2]}), hidden=True),
        case("a size of one", call({"m": [1, 4], "k": [4], "a": [2]}, {"k": [1], "m": [4], "a": [2]}), hidden=True),
        case("many", call({f"t{i}": [i] for i in range(30)}, {f"t{i}": [i + i % 2] for i in range(10, 40)}), hidden=True),
    ),
    misconceptions=(
        Misconception("missing_and_unexpected_swapped", "Missing and unexpected have changed places. Missing is what *our model* has and nobody gives.", 0.5, edits={"\"missing\": missing, \"unexpected\": unexpected": "\"missing\": unexpected, \"unexpected\": missing"}),
        Misconception("not_sorted", "The names are right but not sorted: three runs would print three orders.", 0.75, edits={"missing = sorted(own.keys() - given.keys())": "missing = [name for name in own if name not in given]", "unexpected = sorted(given.keys() - own.keys())": "unexpected = [name for name in given if name not in own]"}),
        Misconception("sizes_in_any_order", "A transposed matrix passes: the sizes are compared as if their order did not matter.", 0.5, edits={"own[name] != given[name]": "sorted(own[name]) != sorted(given[name])"}),
        Misconception("same_number_of_elements", "Shapes with as many elements pass as equal. A matrix and its transpose hold as many numbers and are not the same.", 0.5, edits={"own[name] != given[name]": "math.prod(own[name]) != math.prod(given[name])"}),
        Misconception("same_number_of_dimensions", "Only the number of dimensions is compared, not their sizes.", 0.25, edits={"own[name] != given[name]": "len(own[name]) != len(given[name])"}),
        Misconception("first_size_only", "Only the first sizes of two shapes are compared.", 0.25, edits={"own[name] != given[name]": "own[name][0] != given[name][0]"}),
        Misconception("no_mismatches", "Names are compared, shapes are not: nothing is ever mismatched.", 0.5, edits={"if own[name] != given[name]": "if False"}),
        Misconception("empty_shape_as_absent", "A single number has the shape [], and an empty list counts as false: yours takes it for absent. Whether a name is in a dict is another question than what stands there.", 0.75, code=(
            "def compare_shapes(own, given):\n"
            "    out = {'missing': [], 'unexpected': [], 'mismatched': []}\n"
            "    for n in sorted({*own, *given}):\n"
            "        if not given.get(n): out['missing'].append(n)\n"
            "        elif not own.get(n): out['unexpected'].append(n)\n"
            "        elif own[n] != given[n]: out['mismatched'].append(n)\n"
            "    return out\n"
        )),
        Misconception("identity", "Every shape that both have is called mismatched, equal ones too: `is not` asks whether two lists are the same object, not whether they are equal.", 0.5, edits={"own[name] != given[name]": "own[name] is not given[name]"}),
        Misconception("paired_by_order", "Shapes are compared in the order in which the two dicts list them, first with first. A name says which two belong together.", 0.5, edits={"sorted(name for name in own.keys() & given.keys() if own[name] != given[name])": "sorted(name for (name, one), other in zip(own.items(), given.values()) if name in given and one != other)"}),
        Misconception("empty_lists_left_out", "What has nothing to report is left out of the dict. All three keys are promised, always: an empty list says that nothing is wrong.", 0.75, edits={"return {\"missing\": missing, \"unexpected\": unexpected, \"mismatched\": mismatched}": "return {k: v for k, v in ((\"missing\", missing), (\"unexpected\", unexpected), (\"mismatched\", mismatched)) if v}"}),
        Misconception("mismatched_is_what_agrees", "Mismatched holds the names whose shapes agree: the comparison is turned round.", 0.5, edits={"own[name] != given[name]": "own[name] == given[name]"}),
        Misconception("mismatched_is_missing_too", "A tensor of the wrong shape is listed twice, as mismatched and as missing. Missing is a name that nobody gives.", 0.5, edits={"missing = sorted(own.keys() - given.keys())": "missing = sorted(name for name in own if given.get(name) != own[name])"}),
        Misconception("missing_is_mismatched_too", "A missing tensor is listed as mismatched too. Only what both have can have two shapes.", 0.5, edits={"for name in own.keys() & given.keys() if own[name] != given[name]": "for name in own if own[name] != given.get(name)"}),
        Misconception("numbers_in_place_of_names", "You return how many there are. Which ones is the question: a list of names each.", 0.25, edits={"return {\"missing\": missing, \"unexpected\": unexpected, \"mismatched\": mismatched}": "return {\"missing\": len(missing), \"unexpected\": len(unexpected), \"mismatched\": len(mismatched)}"}),
        Misconception("unexpected_ignored", "Unexpected names are never reported: what is given and not used shows that the map is incomplete.", 0.5, edits={"unexpected = sorted(given.keys() - own.keys())": "unexpected = []"}),
    ),
    alternatives=(
        Alternative("loops", code=(
            "def compare_shapes(own, given):\n"
            "    out = {'missing': [], 'unexpected': [], 'mismatched': []}\n"
            "    for n in sorted(set(own) | set(given)):\n"
            "        if n not in given: out['missing'].append(n)\n"
            "        elif n not in own: out['unexpected'].append(n)\n"
            "        elif tuple(own[n]) != tuple(given[n]): out['mismatched'].append(n)\n"
            "    return out\n"
        )),
        Alternative("comprehensions", edits={"sorted(own.keys() - given.keys())": "sorted(n for n in own if n not in given)", "sorted(given.keys() - own.keys())": "sorted(n for n in given if n not in own)"}),
    ),
)  # fmt: skip

# --------------------------------------------------------------------------------------------------- bert_hidden_states
#: Reviews of the installed set; each figure is where one stands among the movies.
_VISIBLE_REVIEWS, _HIDDEN_REVIEWS = (5, 700), (1234, 4321, 8765)
_MANY_REVIEWS = tuple(range(17, 10_000, 417))
_TRY = "course.token_states.try_at_tokens"
_REPEATS, _GRADIENT = "course.token_states.repeats", "course.token_states.carries_gradient"


def _batch(places: tuple[int, ...]) -> tuple[Tensor, Tensor]:
    """Reviews as padded ids and a mask, cut to 10, 12, 14, 16, 10, … tokens so that there is padding."""
    from course.resources import bert_vocabulary, load_bert, load_reviews

    texts = load_reviews("movies")["text"]
    tokenizer = load_bert()[1]
    rows = [
        tokenizer(texts[place], truncation=True, max_length=10 + 2 * (n % 4))["input_ids"]
        for n, place in enumerate(places)
    ]
    width, padding = max(map(len, rows)), bert_vocabulary()["[PAD]"]
    ids = torch.tensor([row + [padding] * (width - len(row)) for row in rows])
    mask = torch.tensor([[1] * len(row) + [0] * (width - len(row)) for row in rows])
    return ids, mask


_MODEL = "encoder(embeddings(input_ids), allowed)"
HIDDEN_STATES = Exercise(
    name="bert_hidden_states",
    title="Real BERT weights in our own encoder",
    points=3,
    difficulty=3,
    minutes=20,
    needs=("BertEmbeddings", "own_name"),
    time_limit=20.0,
    hints=(
        "Build both parts with the sizes of the configuration, rename the weights, load, run. Nothing new has to be computed.",
        "`load_bert()[0].config` knows every size, and `layer_norm_eps`. `nn.ModuleDict` with the parts `embeddings` and `encoder` has exactly the names that `own_name` gives.",
        "The mask of the tokenizer is (batch, length) with 1 and 0. The encoder wants True and False, for (batch, queries, keys): every query has the same keys, so a dimension of size 1 does for the queries.",
    ),
    cases=(
        case("one review, twice", through(_REPEATS, *_batch(_VISIBLE_REVIEWS[:1])), note="Two calls with the same text give different numbers: some weights are still the random ones that the parts were built with. Which tensors arrived? With `strict=False` nothing complains of names that fit nowhere."),
        case("without a gradient", through(_GRADIENT, *_batch(_VISIBLE_REVIEWS[:1]))),
        case("two reviews, padded", through(_TRY, *_batch(_VISIBLE_REVIEWS), every=4), rtol=0, atol=1e-5),
        case("one review", through(_TRY, *_batch(_VISIBLE_REVIEWS[:1]), every=4), rtol=0, atol=1e-5),
        case("reviews that you do not know", through(_TRY, *_batch(_HIDDEN_REVIEWS), every=4), hidden=True, rtol=0, atol=1e-5),
        case("padding in front", through(_TRY, *(part.flip(1) for part in _batch(_VISIBLE_REVIEWS)), every=4), rtol=0, atol=1e-5),
        case("two dozen reviews", through(_TRY, *_batch(_MANY_REVIEWS), every=16), hidden=True, rtol=0, atol=1e-5),
    ),
    misconceptions=(
        Misconception("no_mask", "A single review is right, a padded one is not: the padding is attended to. The mask was never handed on.", 1.5, edits={_MODEL: "encoder(embeddings(input_ids))"}),
        Misconception("padding_zeroed", "A single review is right, a padded one is not: the vectors of the padding are set to zero, and attention still gives weight to them. A mask keeps it from looking there at all.", 1.5, edits={_MODEL: "encoder(embeddings(input_ids) * attention_mask[..., None])"}),
        Misconception("first_rows_mask", "The first text of a batch is right, the others are not: its mask is used for all of them. Each row has padding of its own.", 1.5, edits={_MODEL: "encoder(embeddings(input_ids), allowed[:1]) * attention_mask[:1, :, None]"}),
        Misconception("positions_without_padding", "Right where the padding stands at the end, wrong where it stands in front: positions count places in the row, padding included, and yours count tokens. Take the padding out behind the embeddings, not before.", 2.0, edits={_MODEL: "torch.stack([torch.zeros(len(m), config.hidden_size).masked_scatter(m.bool()[:, None], encoder(embeddings(ids[None, m.bool()]))) for ids, m in zip(input_ids, attention_mask)])"}),
        Misconception("mask_turned_round", "The words are hidden and the padding is seen: the mask is turned round. True means *may be attended to*.", 1.0, edits={"attention_mask.bool()": "(attention_mask == 0)"}),
        Misconception("causal_mask", "Every token sees only what stands before it, as in GPT. BERT looks in both directions; only padding is hidden.", 1.0, edits={_MODEL: "encoder(embeddings(input_ids), allowed & torch.ones(input_ids.shape[1], input_ids.shape[1]).tril().bool())"}),
        Misconception("eps_of_pytorch", "Nearly right: in the fifth digit the numbers differ. BERT's norms have an eps of their own, in the embeddings and in all blocks; the configuration says which.", 2.0, edits={"config.hidden_size, config.layer_norm_eps": "config.hidden_size, 1e-5", "*shape, eps=config.layer_norm_eps": "*shape"}),
        Misconception("eps_of_the_blocks", "Nearly right: the embeddings have BERT's eps and the norms of the blocks do not. The encoder takes one too, and its default is 1e-5.", 2.25, edits={"*shape, eps=config.layer_norm_eps": "*shape"}),
        Misconception("half_the_heads", "All weights fit, but the numbers are wrong: with another number of heads every shape stays the same. Take it from the configuration.", 1.5, edits={"config.num_attention_heads": "config.num_attention_heads // 2"}),
        Misconception("eight_heads", "All weights fit, and the numbers are wrong: the width is cut into 8 heads, a usual number, but not that of this model. The configuration says how many heads it has.", 1.5, edits={"config.num_attention_heads": "8"}),
        Misconception("query_and_key_swapped", "All weights fit, and the numbers are wrong: queries have the weights of keys, and keys those of queries. No shape tells these two apart; look at the names.", 1.5, edits={"model.load_state_dict(weights)": "model.load_state_dict({n.replace(\"w_query\", \"?\").replace(\"w_key\", \"w_query\").replace(\"?\", \"w_key\"): w for n, w in weights.items()})"}),
        Misconception("with_a_gradient", "All numbers are right, but the result carries a gradient: a graph of all that was computed hangs on it and keeps the memory. Nothing is trained here.", 2.5, edits={"torch.no_grad()": "torch.enable_grad()"}),
        Misconception("norms_first", "The first block already goes another way: with the norm in front of its sublayers the same weights mean something else. BERT normalises behind them.", 1.0, edits={"eps=config.layer_norm_eps)": "eps=config.layer_norm_eps, norm_first=True)", "model.load_state_dict(weights)": "model.load_state_dict(weights, strict=False)"}),
        Misconception("embeddings_alone", "What comes back is what goes *into* the first block: the embeddings, before any attention.", 1.0, edits={_MODEL: "embeddings(input_ids)"}),
        Misconception("first_token_alone", "Only the vector of the first token comes back; all positions are asked for.", 1.5, edits={_MODEL: f"{_MODEL}[:, 0]"}),
        Misconception("one_block_too_few", "The shapes are right and the numbers are not yet: the last block is missing. As many are needed as the configuration counts layers.", 1.5, edits={"Encoder(config.num_hidden_layers": "Encoder(config.num_hidden_layers - 1", "model.load_state_dict(weights)": "model.load_state_dict(weights, strict=False)"}),
        Misconception("token_type_one", "Every token was said to belong to a second sentence: token type 1 was handed in where 0 belongs.", 1.5, edits={_MODEL: "encoder(embeddings(input_ids, torch.ones_like(input_ids)), allowed)"}),
        Misconception("mask_without_queries", "A single review passes and two do not: a mask of (batch, length) has no dimension for the queries, so that the batch stands in their place.", 1.5, edits={"attention_mask.bool()[:, None, :]": "attention_mask.bool()"}),
        Misconception("mask_of_numbers", "The mask reaches the encoder as the numbers 1 and 0. Masks of this course are boolean: True where a key may be attended to.", 1.5, edits={"attention_mask.bool()[:, None, :]": "attention_mask[:, None, :]"}),
    ),
    alternatives=(
        Alternative("two_loads_without_a_dict", edits={
            "model.load_state_dict(weights)": "for prefix, part in ((\"embeddings.\", embeddings), (\"encoder.\", encoder)):\n        part.load_state_dict({n.removeprefix(prefix): t for n, t in weights.items() if n.startswith(prefix)})",
        }),
        Alternative("padding_set_to_zero", edits={_MODEL: f"{_MODEL} * attention_mask[..., None]"}),
        Alternative("copied_one_by_one", edits={"model.load_state_dict(weights)": "for name, parameter in model.named_parameters():\n        parameter.data.copy_(weights[name])", "allowed = attention_mask.bool()[:, None, :]": "allowed = (attention_mask > 0).unsqueeze(1).expand(-1, input_ids.shape[1], -1)"}),
    ),
    refuse={f"transformers.models.bert.modeling_bert.{name}.forward": "it is what your own encoder is compared with. Take its weights and its configuration, and run your own." for name in ("BertModel", "BertEncoder", "BertLayer")},
)  # fmt: skip

# --------------------------------------------------------------------------------------------------------- mean_pooling
_MASK = torch.tensor([[1, 1, 1, 0], [1, 0, 0, 0]])
POOLING = Exercise(
    name="mean_pooling",
    title="One vector for a text: the masked mean",
    points=2,
    difficulty=2,
    minutes=10,
    hints=(
        "A mean is a sum divided by a count. Both must leave the padding out.",
        "The mask is (batch, length), the vectors are (batch, length, width): give the mask a last dimension of size 1.",
        "Multiply by the mask, sum along the length, divide by the sum of the mask, of which you make at least 1.",
    ),
    cases=(
        case("by hand", call(torch.tensor([[[2.0, 0.0], [4.0, 6.0], [99.0, 99.0]]]), torch.tensor([[1, 1, 0]]))),
        case("two texts of different length", call(_numbers(2, 4, 3, seed=1), _MASK)),
        case("a text of padding only", call(_numbers(2, 3, 3, seed=2), torch.tensor([[1, 1, 0], [0, 0, 0]]))),
        case("no padding", call(_numbers(3, 3, 3, seed=3), torch.ones(3, 3, dtype=torch.long)), hidden=True),
        case("padding in front", call(_numbers(2, 4, 2, seed=4), torch.tensor([[0, 0, 1, 1], [0, 1, 1, 1]])), hidden=True),
        case("a mask of True and False", call(_numbers(2, 4, 3, seed=5), _MASK.bool()), hidden=True),
        case("a hole in the middle", call(_numbers(2, 5, 4, seed=6, scale=20), torch.tensor([[1, 0, 1, 0, 1], [1, 1, 0, 0, 1]])), hidden=True),
    ),
    misconceptions=(
        Misconception("padding_counts", "The padding takes part: this is the mean over all positions. In the example by hand a 99 has got in.", 0.5, edits={"weights = attention_mask.unsqueeze(-1).to(hidden.dtype)": "weights = torch.ones_like(attention_mask).unsqueeze(-1).to(hidden.dtype)"}),
        Misconception("divided_by_the_length", "The sum is right, but it is divided by the padded length. Divide by how many tokens were summed.", 1.0, edits={"count = weights.sum(dim=1).clamp(min=1)": "count = hidden.shape[1]"}),
        Misconception("not_divided", "This is the sum: long texts get long vectors. The division is missing.", 0.75, edits={"return total / count": "return total"}),
        Misconception("nan_for_an_empty_text", "A text of padding only gives nan: nothing, divided by a count of zero. Its vector should be zero.", 1.5, edits={".clamp(min=1)": ""}),
        Misconception("one_added_to_the_count", "All means are a little too short: one was added to every count to avoid a division by zero. Only a count of zero needs help.", 1.0, edits={".clamp(min=1)": " + 1"}),
        Misconception("one_count_for_all", "The texts are divided by one common count. Each has its own number of tokens.", 0.75, edits={"weights.sum(dim=1).clamp(min=1)": "weights.sum().clamp(min=1) / len(weights)"}),
        Misconception("tokens_of_the_whole_batch", "Every text is divided by the number of tokens of the whole batch. Each has its own count: sum the mask along the length only.", 0.75, edits={"weights.sum(dim=1).clamp(min=1)": "weights.sum().clamp(min=1)"}),
        Misconception("mask_as_places", "Your mask of 1 and 0 is used as an index while it holds whole numbers: then it picks the rows 0 and 1, again and again. To select, it has to be True and False.", 0.75, code=(
            "def mean_pooling(hidden, attention_mask):\n"
            "    rows = [h[m].mean(0) if m.any() else h[0] * 0 for h, m in zip(hidden, attention_mask)]\n"
            "    return torch.stack(rows)\n"
        )),
        Misconception("first_token", "That is the vector of the first token ([CLS]), another way to pool. Here the mean over all tokens is asked for.", 0.5, edits={"return total / count": "return hidden[:, 0]"}),
        Misconception("maximum", "That is the largest number in each coordinate (max pooling); the mean is asked for.", 0.5, edits={"return total / count": "return hidden.masked_fill(weights == 0, -1e9).amax(dim=1) * weights.amax(dim=1)"}),
        Misconception("mask_turned_round", "The padding is averaged and the words are left out: the mask is turned round.", 0.5, edits={"attention_mask.unsqueeze(-1).to(hidden.dtype)": "1 - attention_mask.unsqueeze(-1).to(hidden.dtype)"}),
        Misconception("averaged_over_the_width", "One number for each token comes back: the mean ran over the width. It should run over the tokens.", 0.25, edits={"return total / count": "return (hidden * weights).mean(dim=2)"}),
        Misconception("length_one", "Direction right, length wrong: the vectors were scaled to length 1 afterwards. That is a step of its own, which nobody asked for here.", 1.0, edits={"return total / count": "return torch.nn.functional.normalize(total / count, dim=-1)"}),
        Misconception("size_one_kept", "The numbers are right, but a dimension of size 1 is left where the tokens were.", 1.25, edits={"return total / count": "return (total / count).unsqueeze(1)"}),
    ),
    alternatives=(
        Alternative("one_by_one", code=(
            "def mean_pooling(hidden, attention_mask):\n"
            "    rows = []\n"
            "    for h, m in zip(hidden, attention_mask):\n"
            "        kept = h[m.bool()]\n"
            "        rows.append(kept.mean(0) if len(kept) else torch.zeros(h.shape[-1]))\n"
            "    return torch.stack(rows)\n"
        )),
        Alternative("matrix_product", edits={"(hidden * weights).sum(dim=1)": "(weights.transpose(1, 2) @ hidden).squeeze(1)"}),
    ),
)  # fmt: skip

# --------------------------------------------------------------------------------------------------------- most_similar
_VECTORS = torch.tensor([[3.0, 4.0], [30.0, 0.0], [0.0, 2.0], [-3.0, -4.0], [1.0, 0.0]])
SIMILAR = Exercise(
    name="most_similar",
    title="Search by cosine similarity",
    points=2,
    difficulty=2,
    minutes=15,
    hints=(
        "Compute all similarities first, as one vector; sort afterwards.",
        "A dot product divided by *both* lengths. Where a length is zero, put a 0 before nan can arise.",
        "`torch.sort` with `stable=True` keeps the first of equals in front; it sorts downwards with `descending=True`. Then take k and make plain numbers of them.",
    ),
    cases=(
        case("by hand", call(torch.tensor([1.0, 0.0]), _VECTORS[:3], 2)),
        case("a tie", call(torch.tensor([2.0, 0.0]), _VECTORS, 3)),
        case("a query that is longer than 1", call(torch.tensor([6.0, 8.0]), _VECTORS, 5)),
        case("a vector of zeros", call(torch.tensor([0.0, 1.0]), torch.tensor([[1.0, -1.0], [0.0, 0.0], [1.0, 1.0]]), 3)),
        case("more asked for than there are", call(torch.tensor([1.0, 1.0]), _VECTORS[:2], 9)),
        case("a query of zeros", call(torch.zeros(2), _VECTORS[:3], 2), hidden=True),
        case("only opposites", call(torch.tensor([-1.0, 0.0]), torch.tensor([[5.0, 1.0], [1.0, 0.0], [3.0, 4.0]]), 1), hidden=True),
        case("many, wide", call(_numbers(6, seed=8), _numbers(40, 6, seed=9, scale=4), 7), hidden=True),
        case("several equals", call(torch.tensor([0.0, 3.0]), torch.tensor([[1.0, 0.0], [0.0, 1.0], [0.0, 1.0], [2.0, 0.0], [0.0, 1.0]]), 4), hidden=True),
    ),
    misconceptions=(
        Misconception("dot_product", "Long vectors win: these are dot products. The cosine is free of length; divide by both.", 0.75, edits={"dots / lengths.clamp(min=1e-30)": "dots"}),
        Misconception("query_length_forgotten", "The order is right and the numbers are too large where the query is long: they are not divided by its length.", 1.25, edits={"vectors.norm(dim=1) * query.norm()": "vectors.norm(dim=1)"}),
        Misconception("vector_lengths_forgotten", "You divide by the length of the query, which is the same for all, and not by those of the vectors: long ones win.", 0.75, edits={"vectors.norm(dim=1) * query.norm()": "torch.ones(len(vectors)) * query.norm()"}),
        Misconception("nan_for_zeros", "A vector of zeros has no direction: yours gives nan, and nan stands first in the order. Its similarity is 0 here.", 1.5, edits={"torch.where(lengths > 0, dots / lengths.clamp(min=1e-30), 0.0)": "dots / lengths"}),
        Misconception("least_similar_first", "The least similar come first: the order is turned round.", 0.75, edits={"descending=True, stable=True": "descending=False, stable=True"}),
        Misconception("absolute_values", "An opposite counts as similar: somewhere the sign is lost. A cosine of -1 is the worst there is.", 0.75, edits={"dots = vectors @ query": "dots = (vectors @ query).abs()"}),
        Misconception("distances", "The nearest come first, by distance. Cosine similarity looks at directions, and a long vector may point the right way.", 0.5, edits={"torch.where(lengths > 0, dots / lengths.clamp(min=1e-30), 0.0)": "-(vectors - query).norm(dim=1)"}),
        Misconception("cosine_distance", "One minus the cosine is returned: that is a distance, small for similar ones. The similarity itself is asked for.", 1.0, edits={"float(similarity[i])": "float(1 - similarity[i])"}),
        Misconception("places_alone", "The places are right; their similarities are missing. Each item is a pair.", 1.0, edits={"(int(i), float(similarity[i]))": "int(i)"}),
        Misconception("pairs_turned_round", "The two parts of each pair have changed places: first the place, then the similarity.", 1.25, edits={"(int(i), float(similarity[i]))": "(float(similarity[i]), int(i))"}),
        Misconception("places_from_one", "The order is right, but every place is one too large: places in a tensor count from 0.", 1.25, edits={"(int(i), float(similarity[i]))": "(int(i) + 1, float(similarity[i]))"}),
        Misconception("negatives_left_out", "Vectors with a negative similarity are left out. The k best are asked for, however bad they are: an opposite comes last, but it comes.", 1.25, edits={"for i in order]": "for i in order if similarity[i] >= 0]"}),
        Misconception("ranked_without_sign", "The similarities are right and their order is not: an opposite, at -1, stands in front, as if it were sorted by its absolute value.", 1.0, edits={"torch.sort(similarity, ": "torch.sort(similarity.abs(), "}),
        Misconception("last_of_equals_first", "Among equals the later place comes first. Sort so that equals keep their order.", 1.5, edits={"torch.sort(similarity, descending=True, stable=True).indices": "torch.sort(similarity.flip(0), descending=True, stable=True).indices.neg().add(len(vectors) - 1)"}),
        Misconception("all_of_them", "All vectors come back, however many were asked for.", 1.0, edits={".indices[:k]": ".indices"}),
        Misconception("best_left_out", "The best match is missing, as if it were the query itself. Nobody said that the query is among the vectors.", 0.75, edits={".indices[:k]": ".indices[1 : k + 1]"}),
        Misconception("more_than_there_are", "Asking for more than there are raises an error; all of them are the answer then.", 1.5, edits={"torch.sort(similarity, descending=True, stable=True).indices[:k]": "torch.tensor([torch.sort(similarity, descending=True, stable=True).indices[n] for n in range(k)])"}),
    ),
    alternatives=(
        Alternative("sorted_with_a_key", code=(
            "def most_similar(query, vectors, k):\n"
            "    def cos(v):\n"
            "        n = math.sqrt(float(v @ v)) * math.sqrt(float(query @ query))\n"
            "        return float(v @ query) / n if n else 0.0\n"
            "    s = [cos(v) for v in vectors]\n"
            "    return [(i, s[i]) for i in sorted(range(len(s)), key=lambda i: (-s[i], i))[:k]]\n"
        )),
        Alternative("normalised_first", edits={"similarity = torch.where(lengths > 0, dots / lengths.clamp(min=1e-30), 0.0)": "similarity = torch.nn.functional.normalize(vectors, dim=1) @ torch.nn.functional.normalize(query, dim=0)"}),
    ),
    refuse={"torch.cosine_similarity": "it computes what this exercise builds.", "torch.nn.functional.cosine_similarity": "it computes what this exercise builds."},
)  # fmt: skip

# --------------------------------------------------------------------------------------------------------- read_tensors
def _file(tensors: dict[str, Tensor], metadata: dict[str, str] | None = None) -> bytes:
    from safetensors.torch import save

    return bytes(save(tensors, metadata))


def _shuffled(tensors: dict[str, Tensor]) -> bytes:
    """The same file with its header turned round, which the format allows: offsets say where a tensor lies."""
    raw = _file(tensors)
    length = int.from_bytes(raw[:8], "little")
    header = json.loads(raw[8 : 8 + length])
    text = json.dumps(dict(reversed(header.items())), separators=(",", ":")).encode()
    return raw[:8] + text.ljust(length) + raw[8 + length :]



_READ = "torch.frombuffer(numbers, dtype=dtypes[entry[\"dtype\"]]).reshape(entry[\"shape\"])"
_SLICE = "raw[begin + first : begin + last]"
READ = Exercise(
    name="read_tensors",
    title="A safetensors file, read by hand",
    points=2,
    difficulty=2,
    minutes=15,
    hints=(
        "Three parts, one after the other: eight bytes, the header, the numbers. The table above says how long each is.",
        "`int.from_bytes` makes a number of bytes, and `json.loads` takes bytes as they are. Add what stands before the numbers to both offsets.",
        "`torch.frombuffer` makes a tensor of a `bytearray`, given a dtype; what it gives is flat, and the header knows the shape.",
    ),
    cases=(
        case("bias and weight", call(_file({"bias": _numbers(3, seed=61), "weight": _numbers(2, 3, seed=62)}))),
        case("with remarks", call(_file({"w": _numbers(3, 2, seed=63), "x": _numbers(2, seed=69), "y": _numbers(4, seed=60)}, {"format": "pt"}))),
        case("whole numbers too", call(_file({"ids": torch.tensor([7, -1, 2**53 + 1]), "scale": _numbers(2, seed=64)})), strict_dtype=True),
        case("three dimensions", call(_shuffled({"a": _numbers(2, 3, 4, seed=65), "b": _numbers(5, seed=66)})), hidden=True),
        case("a single number without a dimension", call(_file({"x": torch.tensor(2.5), "y": _numbers(2, 2, seed=67)}, {"by": "hand"})), hidden=True),
        case("a long header", call(_file({f"layer.{n}.weight": _numbers(1, n + 1, seed=80 + n) for n in range(5)}))),
        case("many", call(_file({f"layer.{n}.weight": _numbers(2, n + 1, seed=70 + n) for n in range(6)})), hidden=True),
        case("a header in another order than the numbers", call(_shuffled({"b": _numbers(2, 2, seed=91), "a": _numbers(2, 2, seed=92), "c": torch.tensor([3, 1])}))),
        case("names that begin with an underscore", call(_shuffled({"_b": _numbers(2, seed=93), "__scale__": _numbers(1, 3, seed=94), "_": torch.tensor([2**62 - 1])}))),
        case("whole numbers in a table", call(_file({"t": torch.arange(6).reshape(3, 2), "u": _numbers(4, 1, seed=68)})), hidden=True, strict_dtype=True),
    ),
    misconceptions=(
        Misconception("length_read_backwards", "The length of the header comes out astronomically large: its eight bytes are read with the largest first (big-endian). In this format the smallest stands first (little-endian).", 0.75, edits={"\"little\"": "\"big\""}),
        Misconception("header_from_the_first_byte", "JSON is looked for from the first byte on; the eight bytes of the length come before it.", 0.5, edits={"raw[8 : 8 + length]": "raw[:length]"}),
        Misconception("header_eight_bytes_short", "The header is cut off eight bytes before its end: its length does not count the eight bytes in front of it.", 0.75, edits={"raw[8 : 8 + length]": "raw[8:length]"}),
        Misconception("offsets_from_the_start_of_the_file", "The numbers are taken from the start of the file, where the header lies. Offsets count from the end of the header.", 1.0, edits={_SLICE: "raw[first:last]"}),
        Misconception("length_bytes_forgotten", "Every tensor begins eight bytes too early: before the numbers stand the header *and* the eight bytes that give its length.", 1.25, edits={"begin = 8 + length": "begin = length"}),
        Misconception("header_forgotten", "The numbers are looked for right behind the first eight bytes; the header comes in between.", 1.0, edits={"begin = 8 + length": "begin = 8"}),
        Misconception("second_offset_as_a_size", "The first tensor of a file is right and later ones are too long: the second offset is where a tensor ends, not how long it is.", 1.0, edits={_SLICE: "raw[begin + first : begin + first + last]"}),
        Misconception("remarks_as_a_tensor", "Files without remarks are right. `__metadata__` has no offsets, as it is no tensor: leave it out.", 1.5, edits={"name == \"__metadata__\"": "False"}),
        Misconception("every_underscore_skipped", "Right but for tensors whose names begin with an underscore: they are skipped. Only `__metadata__`, exactly so, is no tensor.", 1.5, edits={"name == \"__metadata__\"": "name.startswith(\"_\")"}),
        Misconception("header_order", "Wherever the header lists tensors in another order than their numbers lie in, they get those of another one: you read on and on. Each has offsets that say where it lies.", 1.25, edits={_SLICE: "raw[(begin := begin + (last - first)) - (last - first) : begin]"}),
        Misconception("whole_numbers_through_floats", "Small whole numbers are right, and those beyond 2^53 lose their last digits: on the way they pass through float64, which is not exact any more there.", 1.5, edits={_READ: f"{_READ}.double().to(dtypes[entry[\"dtype\"]])"}),
        Misconception("one_byte_of_the_length", "Short headers are right, those of more than 255 bytes are cut off: the length is a number of eight bytes, of which you take the first alone.", 1.0, edits={"int.from_bytes(raw[:8], \"little\")": "raw[0]"}),
        Misconception("end_of_the_braces", "The numbers begin too early wherever the header is filled up with spaces behind its last brace. Its length, the first eight bytes, counts them; do not look for the braces.", 1.0, edits={"begin = 8 + length": "begin = raw.index(b\"}}\", 8) + 2"}),
        Misconception("flat", "The numbers are right and the shapes are lost: every tensor comes back as one row.", 1.25, edits={".reshape(entry[\"shape\"])": ""}),
        Misconception("always_float32", "Every tensor is read as float32. Whole numbers have another type and twice as many bytes each.", 1.25, edits={"dtypes[entry[\"dtype\"]]": "torch.float32"}),
        Misconception("whole_numbers_as_floats", "The values of the whole numbers are right, but they come back as floating-point numbers: `I64` is int64.", 1.5, edits={_READ: f"{_READ}.float()"}),
        Misconception("columns_first", "The numbers run down the columns, as in Fortran. The format writes row after row.", 1.25, edits={".reshape(entry[\"shape\"])": ".reshape(entry[\"shape\"][::-1]).permute(tuple(range(len(entry[\"shape\"])))[::-1])"}),
        Misconception("numbers_read_backwards", "The bytes *inside* each number are taken in the wrong order, the largest first (big-endian). The format writes the smallest first (little-endian).", 1.0, edits={"bytearray(raw[begin + first : begin + last])": "bytearray(raw[begin + first : begin + last][::-1])", _READ: _READ.replace(".reshape", ".flip(0).reshape")}),
        Misconception("lists", "Lists of numbers come back; tensors are asked for.", 1.25, edits={_READ: f"{_READ}.tolist()"}),
        Misconception("shapes_alone", "These are the shapes that the header names. The numbers themselves are asked for.", 0.75, edits={_READ: "entry[\"shape\"]"}),
    ),
    alternatives=(
        Alternative("struct", code=(
            "def read_tensors(raw):\n"
            "    import struct\n"
            "    (n,) = struct.unpack_from('<Q', raw)\n"
            "    body, out = raw[8 + n:], {}\n"
            "    for name, e in json.loads(raw[8:8 + n].decode('utf-8')).items():\n"
            "        if 'dtype' not in e: continue\n"
            "        kind, dtype = {'F32': ('f', torch.float32), 'I64': ('q', torch.int64)}[e['dtype']]\n"
            "        part = body[slice(*e['data_offsets'])]\n"
            "        count = len(part) // struct.calcsize('<' + kind)\n"
            "        out[name] = torch.tensor(struct.unpack(f'<{count}{kind}', part), dtype=dtype).view(e['shape'])\n"
            "    return out\n"
        )),
        Alternative("numpy", code=(
            "def read_tensors(raw):\n"
            "    import numpy as np\n"
            "    n = int(np.frombuffer(raw, '<u8', 1)[0])\n"
            "    header = json.loads(raw[8:8 + n])\n"
            "    header.pop('__metadata__', None)\n"
            "    kinds = {'F32': '<f4', 'I64': '<i8'}\n"
            "    return {k: torch.from_numpy(np.frombuffer(raw, kinds[e['dtype']], math.prod(e['shape']), 8 + n + e['data_offsets'][0]).reshape(e['shape']).copy()) for k, e in header.items()}\n"
        )),
    ),
    refuse=dict.fromkeys(("safetensors.torch.load", "safetensors.torch.load_file", "safetensors.deserialize"), "it is the library whose format you read here by hand."),
)  # fmt: skip

LESSON = Lesson(
    name="07_pretrained_models",
    title="Pretrained models",
    summary="Choosing, counting and loading pretrained models: real BERT weights in your own encoder, pooling, similarity search, safe files.",
    reading_minutes=30,
    exercises=(PARAMETERS, MEMORY, OPTIMAL, EMBEDDINGS, NAMES, COMPARE, HIDDEN_STATES, POOLING, SIMILAR, READ),
)
