# %% [markdown]
# # 7 · Pretrained models
#
# Training a language model from nothing takes more text and more computing than a laptop has. So hardly anybody does:
# one takes a model that somebody else has trained, and goes on from there. This lesson is about taking one *with open
# eyes*: which, how large, at what cost, and what is inside. At its heart you load the weights of a real BERT into the
# encoder of lesson 6, and get the same numbers as the library, to five digits.
#
# **At the end you can**
#
# 1. choose among BERT, RoBERTa, ALBERT, DistilBERT, GPT-2, T5, PaLM and Chinchilla, and give reasons;
# 2. count the parameters of a model from its configuration alone, and the memory that it takes to run and to train;
# 3. say how large a model, and how much text, a budget of computing allows;
# 4. load foreign weights into a model of your own, and prove that every tensor arrived;
# 5. turn a text into one vector, and search by meaning;
# 6. look at what attention heads do, and say what such a look does not prove;
# 7. open a file of weights without letting it run code.
#
# **Time**: about 165 minutes, 30 of them to read and run, the rest for ten exercises. There is a natural break before
# section 4.
#
# **You need**: lessons 4 to 6: tokens, attention, the encoder.
#
# **What counts in every exercise**: the results, however you compute them. Arguments stay unchanged.

# %% setup=true
import json
import math

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from course import bring, check, hint
from course.resources import load_bert, load_reviews

Encoder = bring("06_transformer", "Encoder")


# %% [markdown]
# ## 1 · Which one?
#
# A pretrained model is three decisions frozen together. The **objective** is the game that it was trained on. The
# **tokenizer** cuts the text; another one makes the weights worthless. The **architecture** says who may see whom: an
# *encoder* reads in both directions, a *decoder* only backwards (so it can write), an *encoder–decoder* reads the one
# way and writes the other.
#
# | model | architecture | objective | tokenizer | parameters | licence of the weights | what for |
# |---|---|---|---|---|---|---|
# | BERT (2018) | encoder | hidden words; are two passages neighbours? | WordPiece | 110 M, 340 M | Apache-2.0 | classify, tag, embed |
# | RoBERTa (2019) | encoder | hidden words only, more text, longer | byte-level BPE | 125 M, 355 M | MIT | the same |
# | ALBERT (2019) | encoder, all layers share one set of weights | hidden words; are two passages in order? | SentencePiece | 12 M (base) | Apache-2.0 | little memory, no less computing |
# | DistilBERT (2019) | encoder, half the layers | imitates BERT | WordPiece | 66 M | Apache-2.0 | the same, faster |
# | GPT-2 (2019) | decoder | the next token | byte-level BPE | 124 M to 1.5 B | MIT (modified) | write |
# | T5 (2019) | encoder–decoder | fill the gaps, in order | SentencePiece | 60 M to 11 B | Apache-2.0 | text to text: translate, sum up |
# | PaLM (2022) | decoder | the next token | SentencePiece | 8, 62, 540 B | not released | to read about |
# | Chinchilla (2022) | decoder | the next token | SentencePiece | 70 B | not released | to read about |
#
# “M” is a million, “B” a thousand million. The figures are the published, **rounded** ones (for ALBERT the paper says
# 12 M and its model card 11 M); we are about to compute exact ones. Licences are those on the model cards: read the card of what you take, it is the only binding one.
#
# **Predict.** You are to sort product reviews into good and bad, on a server without a GPU. Which two of the eight
# would you try first?
#
# <details><summary>Answer</summary>
#
# An encoder, as nothing has to be written: DistilBERT for its speed, and BERT or RoBERTa to see what the speed costs.
# ALBERT is small on disk, but it computes as many layers as BERT. PaLM and Chinchilla cannot be had.
#
# </details>

# %% [markdown]
# ## 2 · How large is it?
#
# A configuration is a handful of numbers, and they settle the number of parameters. In the names that transformers
# uses, a BERT consists of
#
# | part | parameters |
# |---|---|
# | three tables of embeddings | (words + positions + token types) × $d$ |
# | a layer normalization | a scale and a shift, $2d$ |
# | each layer: attention | four linear layers from $d$ to $d$ |
# | each layer: feed-forward | from $d$ to $d_\text{ff}$ and back |
# | each layer: normalizations | two |
# | the pooler, once | one linear layer from $d$ to $d$ |
#
# A **linear layer** from $a$ to $b$ has $ab$ weights and $b$ biases. $d$ is `hidden_size`, $d_\text{ff}$ is
# `intermediate_size`.
#
# **By hand.** 10 words, 6 positions, 2 types, $d = 4$, one layer, $d_\text{ff} = 8$. Embeddings
# $18\cdot4 + 8 = 80$. Attention $4\,(16 + 4) = 80$. Feed-forward $(32 + 8) + (32 + 4) = 76$. Normalizations $16$.
# Pooler $20$. Together $272$.
#
# **Predict.** BERT-base has 12 layers of 12 heads. How many parameters more are there with 24 heads?
#
# <details><summary>Answer</summary>
#
# None. Heads cut $d$ into pieces; the matrices stay as they are. That will matter in section 5: a wrong number of
# heads loads without a complaint.
#
# </details>
#
# ### Your turn: `bert_parameters`

# %% exercise="bert_parameters"
def bert_parameters(config: dict[str, int]) -> int:
    """The number of parameters of a BertModel with pooler (Devlin et al., 2019), from its configuration.

    Args:
        config: vocab_size, max_position_embeddings, type_vocab_size, hidden_size, num_hidden_layers,
            num_attention_heads (which divides hidden_size) and intermediate_size, all positive. Every linear
            layer has a bias.

    Returns:
        The number, exactly.
    """
    ### BEGIN SOLUTION
    d = config["hidden_size"]
    d_ff = config["intermediate_size"]
    rows = config["vocab_size"] + config["max_position_embeddings"] + config["type_vocab_size"]
    embeddings = rows * d + 2 * d
    attention = 4 * (d * d + d)
    feed_forward = 2 * d * d_ff + d_ff + d
    layer = attention + feed_forward + 4 * d
    pooler = d * d + d
    return embeddings + config["num_hidden_layers"] * layer + pooler
    ### END SOLUTION


# %% check="bert_parameters"
check("bert_parameters", bert_parameters)

# %%
base = {
    "vocab_size": 30522,
    "max_position_embeddings": 512,
    "type_vocab_size": 2,
    "hidden_size": 768,
    "num_hidden_layers": 12,
    "num_attention_heads": 12,
    "intermediate_size": 3072,
}
large = base | {"hidden_size": 1024, "num_hidden_layers": 24, "num_attention_heads": 16, "intermediate_size": 4096}
roberta = base | {"vocab_size": 50265, "max_position_embeddings": 514, "type_vocab_size": 1}
for name, config, published in (("BERT-base", base, 110), ("BERT-large", large, 340), ("RoBERTa-base", roberta, 125)):
    print(f"{name:13s} {bert_parameters(config):11,d}   published: {published} M")


# %% [markdown]
# The paper says 110 and 340 million for BERT: rounded to the next ten million, and for the large one generously.
#
# The other families differ in a line or two each:
#
# * **DistilBERT**: six layers, no token types, no pooler.
# * **ALBERT**: one layer's weights, used twelve times. And its tables are narrow (128), widened by one linear layer.
# * **GPT-2**: no token types, no pooler, one more normalization at the end. The output layer is **tied**: it is the
#   word table over again, and costs nothing.
# * **T5**: no biases anywhere, normalizations with a scale only, and in place of a position table 32 learned
#   **relative biases** for each head, once in the encoder and once in the decoder. A decoder layer has attention twice.
#   Words are tied, too.
# * **PaLM**: no biases; all heads share one key and one value head; three matrices in the feed-forward part (SwiGLU).

# %%
def square(d: int) -> int:
    return d * d + d


d, d_ff = 768, 3072
layer = 4 * square(d) + 2 * d * d_ff + d_ff + d + 4 * d
distilbert = (30522 + 512) * d + 2 * d + 6 * layer
albert = (30000 + 512 + 2) * 128 + 2 * 128 + (128 * d + d) + layer + square(d)
gpt2 = (50257 + 1024) * d + 12 * layer + 2 * d


def t5_parameters(d: int, d_ff: int, layers: int, heads: int) -> int:
    attention, feed_forward = 4 * d * heads * 64, 2 * d * d_ff
    encoder = layers * (attention + feed_forward + 2 * d) + 32 * heads + d
    decoder = layers * (2 * attention + feed_forward + 3 * d) + 32 * heads + d
    return 32128 * d + encoder + decoder


d, heads, d_head = 18432, 48, 256
palm = 256_000 * d + 118 * (2 * d * heads * d_head + 2 * d * d_head + 3 * d * 4 * d)
for name, count, published in (
    ("DistilBERT", distilbert, "66 M"),
    ("ALBERT-base", albert, "12 M"),
    ("GPT-2", gpt2, "124 M (117 M in the first announcement, by mistake)"),
    ("T5-small", t5_parameters(512, 2048, 6, 8), "60 M"),
    ("T5-base", t5_parameters(768, 3072, 12, 12), "220 M"),
    ("PaLM", palm, "540 B"),
):
    print(f"{name:12s} {count:15,d}   published: {published}")

# %% [markdown]
# Is that arithmetic, or what is really built? transformers can build a model on the device `meta`, which has shapes
# and no numbers, so that it costs no memory:

# %%
from transformers import AlbertConfig, AlbertModel, BertConfig, BertModel, DistilBertConfig, DistilBertModel

with torch.device("meta"):
    built = {
        "BERT-large": BertModel(BertConfig(**large)),
        "DistilBERT": DistilBertModel(DistilBertConfig()),
        "ALBERT-base": AlbertModel(AlbertConfig(hidden_size=768, num_attention_heads=12, intermediate_size=3072)),
    }
computed = {"BERT-large": bert_parameters(large), "DistilBERT": distilbert, "ALBERT-base": albert}
for name, model in built.items():
    print(name, "as built:", sum(p.numel() for p in model.parameters()) == computed[name])


# %% [markdown]
# **Predict.** ALBERT has a ninth of BERT's parameters. Is it nine times as fast?
#
# <details><summary>Answer</summary>
#
# No. Every text still goes through twelve layers of the same width. Sharing saves memory, not computing.
#
# </details>

# %% [markdown]
# ## 3 · What does it cost?
#
# **To run** a model you need its weights: four bytes each in float32, two in bfloat16. **To train** it with AdamW you
# need far more:
#
# | what | bytes for each parameter |
# |---|---|
# | weights | 4, or 2 in bfloat16 |
# | gradients | as wide as the weights |
# | AdamW's two running averages, of the gradient and of its square | $2\cdot4$, in float32 always |
# | a float32 copy of the weights, only where the weights are narrower than that | 4 |
#
# On top of it come the **activations**: what every layer has computed and the backward pass needs again. They grow
# with batch and length, not with the parameters.
#
# **By hand.** A thousand parameters in float32: $4000 + 4000 + 8000 = 16\,000$ bytes. In bfloat16:
# $2000 + 2000 + 8000 + 4000 = 16\,000$. The same! What bfloat16 saves in training are activations and time.
#
# **Predict.** A model of 7 B parameters runs in bfloat16 on a GPU of 16 GB. Can you train all of it there?
#
# <details><summary>Answer</summary>
#
# No. It runs, as 14 GB of weights fit. Training takes 16 bytes a parameter: 112 GB, before any activation.
#
# </details>
#
# ### Your turn: `training_memory`

# %% exercise="training_memory"
def training_memory(num_parameters: int, bytes_per_weight: int = 4, activations: int = 0) -> dict[str, int]:
    """Bytes to train a model with AdamW (Kingma and Ba, 2015; Loshchilov and Hutter, 2019).

    Args:
        num_parameters: how many parameters learn.
        bytes_per_weight: 2, 4 or 8; gradients are as wide.
        activations: bytes of activations, handed through.

    Returns:
        Bytes under "weights", "gradients", "optimizer" (two float32 averages, and the float32 copy of the
        weights where these are narrower than float32), "activations", and the sum of all as "total".
    """
    ### BEGIN SOLUTION
    weights = num_parameters * bytes_per_weight
    gradients = num_parameters * bytes_per_weight
    optimizer = 2 * 4 * num_parameters
    if bytes_per_weight < 4:
        optimizer += 4 * num_parameters
    total = weights + gradients + optimizer + activations
    return {
        "weights": weights,
        "gradients": gradients,
        "optimizer": optimizer,
        "activations": activations,
        "total": total,
    }
    ### END SOLUTION


# %% check="training_memory"
check("training_memory", training_memory)

# %%
for name, count in (("BERT-base", bert_parameters(base)), ("PaLM", palm)):
    print(f"{name:10s} run: {4 * count / 1e9:8,.2f} GB   train: {training_memory(count)['total'] / 1e9:8,.2f} GB")


# %% [markdown]
# ### How large should it have been?
#
# Training costs about six operations for each parameter $N$ and each token $D$: two forward (a product and a sum), and
# twice as many backward, where two gradients are computed, that of the input and that of the weights:
#
# $$C \approx 6\,N D .$$
#
# For a fixed budget $C$ one can have a large model that has read little, or a small one that has read much. Hoffmann
# et al. (2022) trained over 400 models to find the best mixture: parameters and tokens should grow *together*, at
# about 20 tokens for each parameter, $D = rN$ with $r \approx 20$. Put one into the other: $C = 6 r N^2$.
#
# **By hand.** $C = 480$ and $r = 20$: $N^2 = 480/120 = 4$, so $N = 2$ and $D = 40$. Check: $6\cdot2\cdot40 = 480$.
#
# **Predict.** With four times the budget, how much larger should the model be?
#
# <details><summary>Answer</summary>
#
# Twice. The other factor of two goes into more text.
#
# </details>
#
# ### Your turn: `compute_optimal`

# %% exercise="compute_optimal"
def compute_optimal(flops: float, tokens_per_parameter: float = 20.0) -> tuple[float, float]:
    """The compute-optimal size of a model and of its text (Hoffmann et al., 2022).

    Args:
        flops: the budget C = 6 N D in floating-point operations, positive.
        tokens_per_parameter: the ratio D / N, positive.

    Returns:
        (N, D), parameters and tokens, not rounded: two numbers in a tuple or a list.
    """
    ### BEGIN SOLUTION
    num_parameters = math.sqrt(flops / (6 * tokens_per_parameter))
    num_tokens = tokens_per_parameter * num_parameters
    return num_parameters, num_tokens
    ### END SOLUTION


# %% check="compute_optimal"
check("compute_optimal", compute_optimal)

# %%
for name, n, tokens in (("Chinchilla", 70e9, 1.4e12), ("PaLM", 540e9, 780e9)):
    best_n, best_d = compute_optimal(6 * n * tokens)
    print(f"{name:10s} was {n / 1e9:4.0f} B with {tokens / 1e12:.2f} T tokens; ", end="")
    print(f"optimal for its budget: {best_n / 1e9:4.0f} B with {best_d / 1e12:.2f} T")


# %% [markdown]
# By this rule PaLM was too large for its text. The rule is about the cost of *training*. A model that many people will
# run is worth training on more text than this, and kept smaller.

# %% [markdown]
# ## 4 · The embeddings
#
# Here begins the building. The packaged BERT has 6 layers, 12 heads and a width of 384; it is BERT's architecture,
# trained on so that the mean of its vectors means something (section 6). The encoder is yours. What stands before it
# are three lookups, added and normalized:
#
# $$x_t = \operatorname{LayerNorm}\bigl(E_\text{word}[\text{id}_t] + E_\text{position}[t] + E_\text{type}[\text{type}_t]\bigr)$$
#
# $t$ counts positions from 0, and each $E$ is a table with a row of $d$ numbers for each word, position or type. The
# **token type** is 0 in the first text and 1 in the second, where two are read at once. BERT's norm adds an `eps` of
# $10^{-12}$ to the variance, not PyTorch's $10^{-5}$.
#
# **By hand.** Word $(3, 1)$, position $(1, 0)$, type $(0, 1)$: the sum is $(4, 2)$, its mean 3, its standard deviation
# 1; normalized $(1, -1)$.
#
# **Predict.** Without the position table, which difference between *dog bites man* and *man bites dog* is left?
#
# <details><summary>Answer</summary>
#
# None: the same three vectors, in another order, and attention does not see order (lesson 5).
#
# </details>
#
# ### Your turn: `BertEmbeddings`

# %% exercise="BertEmbeddings"
class BertEmbeddings(nn.Module):
    """The embeddings of BERT (Devlin et al., 2019, section 3): words, positions, token types, normalized.

    Its parameters are those of nn.Embedding tables named words, positions and token_types, and of an
    nn.LayerNorm named norm. There is no dropout, and the padding token is looked up like any other.

    Args:
        vocab_size, max_positions, type_vocab_size: rows of the three tables.
        d_model: width of every row.
        eps: what the layer norm adds to the variance.
    """

    def __init__(
        self, vocab_size: int, max_positions: int, type_vocab_size: int, d_model: int, eps: float = 1e-12
    ) -> None:
        super().__init__()
        ### BEGIN SOLUTION
        self.words = nn.Embedding(vocab_size, d_model)
        self.positions = nn.Embedding(max_positions, d_model)
        self.token_types = nn.Embedding(type_vocab_size, d_model)
        self.norm = nn.LayerNorm(d_model, eps=eps)
        ### END SOLUTION

    def forward(self, input_ids: Tensor, token_types: Tensor | None = None) -> Tensor:
        """Look up and add.

        Args:
            input_ids: (batch, length), whole numbers.
            token_types: (batch, length), whole numbers; None means type 0 for every token.

        Returns:
            (batch, length, d_model).
        """
        ### BEGIN SOLUTION
        if token_types is None:
            token_types = torch.zeros_like(input_ids)
        steps = torch.arange(input_ids.shape[-1], device=input_ids.device)
        return self.norm(self.words(input_ids) + self.positions(steps) + self.token_types(token_types))
        ### END SOLUTION


# %% check="BertEmbeddings"
check("BertEmbeddings", BertEmbeddings)

# %% [markdown]
# ## 5 · Foreign weights, own model
#
# A file of weights is a dictionary from names to tensors. Theirs and ours mean the same and are called differently:

# %%
theirs, tokenizer = load_bert()
for name, tensor in list(theirs.state_dict().items())[:11]:
    print(f"{name:52s} {tuple(tensor.shape)}")


# %% [markdown]
# | theirs, after `encoder.layer.N.` | ours, after `encoder.blocks.N.` |
# |---|---|
# | `attention.self.query`, `.key`, `.value` | `attention.w_query`, `.w_key`, `.w_value` |
# | `attention.output.dense` | `attention.w_output` |
# | `attention.output.LayerNorm` | `attention_norm` |
# | `intermediate.dense` | `feed_forward.expand` |
# | `output.dense` | `feed_forward.contract` |
# | `output.LayerNorm` | `feed_forward_norm` |
#
# each followed by `.weight` or `.bias`. In the embeddings, `word_embeddings`, `position_embeddings` and
# `token_type_embeddings` become `words`, `positions` and `token_types`, and `LayerNorm` becomes `norm`; the prefix
# `embeddings.` stays. Everything else, such as the pooler, has no place in our model.
#
# **Predict.** Swap the names of queries and keys. Will loading fail?
#
# <details><summary>Answer</summary>
#
# No: both are matrices of the same shape. Every score $q\cdot k$ would be computed with the roles exchanged, and only
# the *numbers* would tell. So checking names and shapes is needed and not enough.
#
# </details>
#
# ### Your turn: `own_name`

# %% exercise="own_name"
def own_name(name: str) -> str | None:
    """Our name for a tensor of transformers' BertModel, by the table above.

    Args:
        name: e.g. "encoder.layer.3.attention.self.query.weight" or "embeddings.LayerNorm.bias". Nothing stands
            in front of "encoder" or "embeddings". The number of a layer may be any; it stays as it is.

    Returns:
        Our name, such as "encoder.blocks.3.attention.w_query.weight", or None for a tensor that our model
        has no place for, whatever it is called.
    """
    ### BEGIN SOLUTION
    fixed = {
        "embeddings.word_embeddings.weight": "embeddings.words.weight",
        "embeddings.position_embeddings.weight": "embeddings.positions.weight",
        "embeddings.token_type_embeddings.weight": "embeddings.token_types.weight",
        "embeddings.LayerNorm.weight": "embeddings.norm.weight",
        "embeddings.LayerNorm.bias": "embeddings.norm.bias",
    }
    parts = {
        "attention.self.query": "attention.w_query",
        "attention.self.key": "attention.w_key",
        "attention.self.value": "attention.w_value",
        "attention.output.dense": "attention.w_output",
        "attention.output.LayerNorm": "attention_norm",
        "intermediate.dense": "feed_forward.expand",
        "output.dense": "feed_forward.contract",
        "output.LayerNorm": "feed_forward_norm",
    }
    if name.startswith("embeddings."):
        return fixed.get(name)
    if not name.startswith("encoder.layer."):
        return None
    _, _, number, rest = name.split(".", 3)
    middle, _, kind = rest.rpartition(".")
    if middle not in parts:
        return None
    return f"encoder.blocks.{number}.{parts[middle]}.{kind}"
    ### END SOLUTION


# %% check="own_name"
check("own_name", own_name)


# %% [markdown]
# ### Your turn: `compare_shapes`
#
# Before loading, three lists: what our model has and nobody gives (it would keep its random numbers), what is given
# and nobody wants, and what has another shape than expected.

# %% exercise="compare_shapes"
def compare_shapes(own: dict[str, list[int]], given: dict[str, list[int]]) -> dict[str, list[str]]:
    """Compare what a model has with what a file gives.

    Args:
        own: {name: shape} of the model; the shape of a single number is [].
        given: {name: shape} of the file, under the model's names.

    Returns:
        Three sorted lists of names: "missing" (in own only), "unexpected" (in given only) and "mismatched"
        (in both, with different shapes). A list may be empty, but it is there.
    """
    ### BEGIN SOLUTION
    missing = sorted(own.keys() - given.keys())
    unexpected = sorted(given.keys() - own.keys())
    mismatched = sorted(name for name in own.keys() & given.keys() if own[name] != given[name])
    return {"missing": missing, "unexpected": unexpected, "mismatched": mismatched}
    ### END SOLUTION


# %% check="compare_shapes"
check("compare_shapes", compare_shapes)

# %%
config = theirs.config
sizes = (config.vocab_size, config.max_position_embeddings, config.type_vocab_size, config.hidden_size)
model = nn.ModuleDict(
    {
        "embeddings": BertEmbeddings(*sizes),
        "encoder": Encoder(config.num_hidden_layers, config.hidden_size, config.num_attention_heads, 4 * sizes[-1]),
    }
)
renamed = [own_name(name) for name in theirs.state_dict()]
given = {
    mine: list(tensor.shape) for mine, tensor in zip(renamed, theirs.state_dict().values(), strict=True) if mine
}
print(compare_shapes({name: list(tensor.shape) for name, tensor in model.state_dict().items()}, given))
print("no name twice:", len(given) == sum(mine is not None for mine in renamed))
print("left over:", [name for name in theirs.state_dict() if own_name(name) is None])


# %% [markdown]
# Every tensor is used once; the pooler's two are left over, on purpose. Now the real thing.
#
# **Predict.** The cell above forgot one number when it built the encoder, and loading would not complain. Which?
#
# <details><summary>Answer</summary>
#
# `eps`: the blocks got the default $10^{-5}$, and BERT has $10^{-12}$. It is no tensor, so no list of tensors misses
# it. The configuration belongs to the weights as much as the names do.
#
# </details>
#
# ### Your turn: `bert_hidden_states`

# %% exercise="bert_hidden_states"
def bert_hidden_states(input_ids: Tensor, attention_mask: Tensor) -> Tensor:
    """The last hidden states of the packaged BERT, computed by BertEmbeddings and Encoder.

    Build both with the sizes of load_bert()[0].config, load its weights under the names that own_name gives,
    and run them. transformers' own forward pass must not be called; otherwise the results count, not the way.
    Encoder(num_layers, d_model, num_heads, d_ff, *, eps=1e-5) is called with x and, if need be, a mask that is
    True where a query may attend to a key, of a shape that broadcasts to (batch, length, length).

    Args:
        input_ids: (batch, length), whole numbers.
        attention_mask: (batch, length), 1 for a token and 0 for padding, at the end or in front; at least one 1 in
            each row. Positions count along the row, padding included.

    Returns:
        (batch, length, 384), without a gradient, equal to transformers' last_hidden_state within 1e-5 at every
        token. What stands at the padding is not compared.
    """
    ### BEGIN SOLUTION
    theirs, _ = load_bert()
    config = theirs.config
    rows = (config.vocab_size, config.max_position_embeddings, config.type_vocab_size)
    embeddings = BertEmbeddings(*rows, config.hidden_size, config.layer_norm_eps)
    shape = (config.hidden_size, config.num_attention_heads, config.intermediate_size)
    encoder = Encoder(config.num_hidden_layers, *shape, eps=config.layer_norm_eps)
    model = nn.ModuleDict({"embeddings": embeddings, "encoder": encoder})
    weights = {own_name(name): tensor for name, tensor in theirs.state_dict().items() if own_name(name)}
    model.load_state_dict(weights)
    allowed = attention_mask.bool()[:, None, :]
    with torch.no_grad():
        return encoder(embeddings(input_ids), allowed)
    ### END SOLUTION


# %% check="bert_hidden_states"
check("bert_hidden_states", bert_hidden_states)

# %% [markdown]
# Forty reviews of films through both models. What either leaves at a *padding* position belongs to no token, and
# nothing will read it; so the two are compared at the tokens:

# %%
from course.token_states import largest_difference

movies = load_reviews("movies")["text"]
texts = [movies[place] for place in range(0, len(movies), len(movies) // 40)][:40]
batch = tokenizer(texts, padding=True, truncation=True, max_length=64, return_tensors="pt")
with torch.no_grad():
    reference = theirs(**batch).last_hidden_state
mine = bert_hidden_states(batch["input_ids"], batch["attention_mask"])
gap = largest_difference(mine, reference, batch["attention_mask"])
print(tuple(mine.shape), "- largest difference at a token below 1e-5:", gap < 1e-5)


# %% [markdown]
# That is BERT, in your own encoder. On the processor that this was written on, the largest difference at a token of
# these forty reviews was $2.1\cdot10^{-6}$, which is rounding: the two add in different orders. (At the padding it was
# $1.8\cdot10^{-5}$. Nobody trained the model for what comes out there, and its vectors are nobody's.)

# %% [markdown]
# ## 6 · One vector for a text
#
# BERT gives a vector for each token. For one vector for the whole text one **pools**: takes the vector of `[CLS]`, or
# the mean over the tokens. The packaged model was trained for the mean. Padding must not count: with $m_t$ the mask
# and $h_t$ the hidden states,
#
# $$\text{text} = \frac{\sum_t m_t\, h_t}{\sum_t m_t} .$$
#
# **By hand.** $h = (2, 0), (4, 6), (99, 99)$ with the mask $1, 1, 0$: $(6, 6) / 2 = (3, 3)$.
#
# **Predict.** Pool without the mask. Whose vector changes when you put a *longer* text into the same batch?
#
# <details><summary>Answer</summary>
#
# That of every shorter one: its padding grows. The same text would have another meaning in other company.
#
# </details>
#
# ### Your turn: `mean_pooling`

# %% exercise="mean_pooling"
def mean_pooling(hidden: Tensor, attention_mask: Tensor) -> Tensor:
    """The mean of the hidden states over the tokens that are no padding (Reimers and Gurevych, 2019).

    Args:
        hidden: (batch, length, d_model), finite numbers, at the padding too.
        attention_mask: (batch, length), 1 or True for a token, 0 or False for padding.

    Returns:
        (batch, d_model); a row without any token gives zeros.
    """
    ### BEGIN SOLUTION
    weights = attention_mask.unsqueeze(-1).to(hidden.dtype)
    total = (hidden * weights).sum(dim=1)
    count = weights.sum(dim=1).clamp(min=1)
    return total / count
    ### END SOLUTION


# %% check="mean_pooling"
check("mean_pooling", mean_pooling)


# %% [markdown]
# ### Search by meaning
#
# How alike are two vectors? The **cosine** of the angle between them,
# $\cos(a, b) = \frac{a\cdot b}{\lVert a\rVert\,\lVert b\rVert}$, is 1 for the same direction, 0 for a right angle, −1
# for opposite directions, whatever their lengths.
#
# **By hand.** $a = (1, 0)$, $b = (3, 4)$: $a \cdot b = 3$, lengths 1 and 5, cosine $0.6$.
#
# ### Your turn: `most_similar`

# %% exercise="most_similar"
def most_similar(query: Tensor, vectors: Tensor, k: int) -> list[tuple[int, float]]:
    """The k vectors that are most similar to a query, by cosine similarity.

    Args:
        query: (d,), floating-point numbers.
        vectors: (n, d), floating-point numbers; n is at least 1.
        k: how many, at least 1; more than n means all.

    Returns:
        Pairs (place in vectors, similarity), the most similar first; where two similarities come out as the
        same number, the smaller place first. Where all numbers of the query or of a vector are 0, the
        similarity is 0. Places count from 0.
    """
    ### BEGIN SOLUTION
    lengths = vectors.norm(dim=1) * query.norm()
    dots = vectors @ query
    similarity = torch.where(lengths > 0, dots / lengths.clamp(min=1e-30), 0.0)
    order = torch.sort(similarity, descending=True, stable=True).indices[:k]
    return [(int(i), float(similarity[i])) for i in order]
    ### END SOLUTION


# %% check="most_similar"
check("most_similar", most_similar)


# %%
def embed(texts: list[str]) -> Tensor:
    batch = tokenizer(texts, padding=True, truncation=True, max_length=64, return_tensors="pt")
    return mean_pooling(bert_hidden_states(batch["input_ids"], batch["attention_mask"]), batch["attention_mask"])


sentences = ["The film bored me.", "I nearly fell asleep in the cinema.", "My new phone takes sharp pictures.", "A cat."]
vectors = embed(sentences)
for place, similarity in most_similar(embed(["What a dull movie!"])[0], vectors, 3):
    print(f"{similarity:.2f}  {sentences[place]}")

# %% [markdown]
# No word of the query stands in the sentence that is found. (And a warning: similar is not *agreeing*. “The film was
# good” and “The film was not good” are close, being about the same.)

# %% [markdown]
# ## 7 · What do the heads look at?
#
# The packaged BERT has 6 layers of 12 heads. For one sentence, each of the 72 gives a square of weights: a row for each
# token that looks, a column for each that is looked at.
#
# *What do the heads of a real BERT look at?*

# %%
from course.visualizers import heads_explorer

heads_explorer().static()

# %% [markdown]
# And with controls. Type a sentence of your own; look for a head that looks at the previous token, one that looks at
# the next, and one that looks at `[SEP]`:

# %%
heads_explorer()

# %% [markdown]
# **Predict.** A head gives most of its weight to `[SEP]`, a token without meaning. What may it be doing?
#
# <details><summary>Answer</summary>
#
# Perhaps nothing: weights must sum to one, so a head that finds nothing to do has to put them somewhere. Clark et al.
# (2019) found many such heads. And a weight says what is *read*, not what it is worth: a large weight on a value near
# zero changes nothing. Pictures of attention suggest explanations; they do not prove them.
#
# </details>

# %% [markdown]
# ## 8 · A file of weights may be a program
#
# Python's own format for objects, **pickle**, is a small program that builds them, and it may call any function. A
# file with the ending `.bin` or `.pt` is such a pickle. Here is a harmless one; a malicious one looks the same.

# %%
import pickle
import pickletools


class Payload:
    def __reduce__(self) -> tuple[object, tuple[str]]:
        return print, ("this line was printed by the FILE",)


file = pickle.dumps({"weights": Payload()}, protocol=2)
for opcode, argument, _ in pickletools.genops(file):
    if opcode.name in ("BINUNICODE", "GLOBAL", "REDUCE"):
        print(f"{opcode.name:10s} {argument or ''}")

# %% [markdown]
# `pickletools` reads the program without running it. `GLOBAL` fetches a function by its name, `REDUCE` calls it.
# Here it is `print`; it could be one that deletes your files. **Loading is calling:**

# %%
print("loaded:", pickle.loads(file))

# %% [markdown]
# **Predict.** Would it help to load first, and to check the tensors afterwards?
#
# <details><summary>Answer</summary>
#
# No. When there is something to check, the call has been made.
#
# </details>

# %% [markdown]
# ### Two ways out
#
# `torch.load` calls only functions from a short list of harmless ones (`weights_only=True`, the default today):

# %%
import io

try:
    torch.load(io.BytesIO(file), weights_only=True)
except pickle.UnpicklingError as problem:
    print("torch.load refuses:", type(problem).__name__)

# %% [markdown]
# Better still, **safetensors** has no program in it. Such a file consists of
#
# | bytes | what |
# |---|---|
# | the first 8 | $n$, how long the header is: a whole number, the smallest byte first (*little-endian*) |
# | the next $n$ | the header, in JSON: for each name `dtype`, `shape` and `data_offsets` |
# | the rest | the numbers of all tensors, row after row, the smallest byte first |
#
# `data_offsets` are two places, where a tensor begins and where it ends, counted **from the end of the header**.
# `F32` is float32, `I64` int64. One name, `__metadata__`, may stand for remarks; it is no tensor.

# %%
from safetensors.torch import save

raw = save({"bias": torch.zeros(3), "weight": torch.ones(2, 3)})
print(raw[:8], len(raw), "bytes in all")
print(raw[8:65])


# %% [markdown]
# **By hand.** $n = 120$ (`x` is the character of number 120), so that the numbers begin at byte $8 + 120 = 128$. The
# three of the bias take $3\cdot4 = 12$ bytes, 128 to 140; the six of the weight 24 more, up to the end at 164.
#
# **Predict.** A file of 100 GB, and you want one tensor of it. How much must be read?
#
# <details><summary>Answer</summary>
#
# The header and that tensor. The offsets say where it lies; nothing in between has to be looked at.
#
# </details>
#
# ### Your turn: `read_tensors`

# %% exercise="read_tensors"
def read_tensors(raw: bytes) -> dict[str, Tensor]:
    """Read a safetensors file by hand, without the library.

    Args:
        raw: all bytes of the file. Every dtype in it is F32 or I64, and no tensor is empty. The header may
            list the tensors in another order than their numbers lie in, and may end in spaces.

    Returns:
        {name: tensor} in any order, float32 for F32 and int64 for I64, without "__metadata__".
    """
    ### BEGIN SOLUTION
    length = int.from_bytes(raw[:8], "little")
    header = json.loads(raw[8 : 8 + length])
    begin = 8 + length
    dtypes = {"F32": torch.float32, "I64": torch.int64}
    tensors = {}
    for name, entry in header.items():
        if name == "__metadata__":
            continue
        first, last = entry["data_offsets"]
        numbers = bytearray(raw[begin + first : begin + last])
        tensors[name] = torch.frombuffer(numbers, dtype=dtypes[entry["dtype"]]).reshape(entry["shape"])
    return tensors
    ### END SOLUTION


# %% check="read_tensors"
check("read_tensors", read_tensors)

# %%
for name, tensor in sorted(read_tensors(raw).items()):
    print(name, tensor.tolist())

# %% [markdown]
# ## 9 · In short
#
# * A pretrained model is an objective, a tokenizer and an architecture together. Take its licence and its
#   configuration as seriously as its weights.
# * Parameters follow from the configuration; published figures are rounded.
# * Training with AdamW takes 16 bytes a parameter, in float32 and in bfloat16, and activations on top.
# * Compute-optimal: 20 tokens for each parameter, both growing as the root of the budget.
# * Loading proves nothing by itself: compare names, shapes, *and numbers*.
# * Pool with the mask; compare by cosine.
# * Load weights from safetensors; a pickle is a program.
#
# **Next**: lesson 8 trains this model on, on reviews.
#
# **Sources**
#
# * J. Devlin et al.: *BERT*, 2019, arXiv:1810.04805. Y. Liu et al.: *RoBERTa*, 2019, arXiv:1907.11692. Z. Lan et al.:
#   *ALBERT*, 2019, arXiv:1909.11942. V. Sanh et al.: *DistilBERT*, 2019, arXiv:1910.01108.
# * A. Radford et al.: *Language Models are Unsupervised Multitask Learners*, 2019 (GPT-2). C. Raffel et al.: *T5*,
#   2019, arXiv:1910.10683. A. Chowdhery et al.: *PaLM*, 2022, arXiv:2204.02311 (its table 1).
# * J. Hoffmann et al.: *Training Compute-Optimal Large Language Models*, 2022, arXiv:2203.15556 (Chinchilla).
# * N. Reimers, I. Gurevych: *Sentence-BERT*, 2019, arXiv:1908.10084. K. Clark et al.: *What Does BERT Look At?*, 2019,
#   arXiv:1906.04341.
