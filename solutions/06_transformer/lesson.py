# %% [markdown]
# # 6 · The Transformer
#
# Attention lets tokens listen to each other. A **Transformer** is what remains to be built around it: a stream that
# carries each token's vector through the model, small networks that work on it, and a normalization that keeps the
# numbers in range. You build an encoder and a decoder from your own parts, train two small models, and let one of them
# write.
#
# **At the end you can**
#
# 1. explain the residual stream, and write layer normalization and the feed-forward network;
# 2. build encoder and decoder blocks, post-norm and pre-norm, and the whole Transformer of 2017, with masks from end to
#    end and weights that start in range;
# 3. count the parameters and operations of a model from its configuration;
# 4. compute a language model's loss, check gradients, and overfit one batch before you train;
# 5. train a small decoder and an encoder–decoder;
# 6. sample with temperature, top-k and top-p, and generate with a cache of keys and values.
#
# **Time**: about 159 minutes, 34 of them to read and run, the rest for nine exercises.
#
# **You need**: lesson 5 (attention, heads, masks), and lesson 2 for cross-entropy.
#
# **What counts in every exercise**: the results, however you compute them. Arguments stay unchanged; nothing is random,
# and there is no dropout. Masks are boolean, True = may attend, and broadcast to (batch, query_length, key_length).

# %% setup=true
import math

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from course import bring, check, hint

MultiHeadAttention = bring("05_attention", "MultiHeadAttention")
sinusoidal_positions = bring("05_attention", "sinusoidal_positions")

# %% [markdown]
# Attention and positions are your own from lesson 5, if their checks have passed, and else stand-ins with the same names.
#
# ## 1 · The residual stream
#
# A deep network made of $f_1, f_2, \dots$ could compute $x_{l+1} = f_l(x_l)$. Then each layer has to pass on all that
# later ones need, and the slope of the loss goes back through a product of slopes, which vanishes or explodes. A
# **residual connection** (He et al., 2015) adds instead:
#
# $$x_{l+1} = x_l + f_l(x_l), \qquad \frac{\partial x_{l+1}}{\partial x_l} = I + \frac{\partial f_l}{\partial x_l} .$$
#
# $x_l$ is the vector of one token, of width $d$ (`d_model`); $I$ is the identity. Each layer reads from a **stream**
# that runs through the model, and writes its contribution into it. A layer that has learned nothing does no harm.
#
# **By hand.** Three layers with slope 0.1 each. Without residual connections the slope of the whole is
# $0.1^3 = 0.001$; with them $(1 + 0.1)^3 = 1.331$.

# %%
without, stream = torch.tensor(2.0, requires_grad=True), torch.tensor(2.0, requires_grad=True)
y, z = without, stream
for _ in range(3):
    y = 0.1 * y
    z = z + 0.1 * z
y.backward()
z.backward()
print(f"slope without residual connections {without.grad:.3f}, with them {stream.grad:.3f}")


# %% [markdown]
# **Predict.** Each of 24 layers adds an independent vector of variance 1 to a stream that starts with variance 1. What
# is the variance at the end?
#
# <details><summary>Answer</summary>
#
# Variances of independent terms add up: 25. The stream grows with depth, so something has to bring it to a known scale
# wherever a layer reads from it.
#
# </details>

# %% [markdown]
# ## 2 · Layer normalization
#
# **Layer normalization** (Ba et al., 2016) treats the vector $x$ of each token on its own:
#
# $$\mu = \frac1d\sum_i x_i, \quad \sigma^2 = \frac1d\sum_i (x_i-\mu)^2, \quad
# \operatorname{LN}(x)_i = \gamma_i\,\frac{x_i-\mu}{\sqrt{\sigma^2+\varepsilon}} + \beta_i .$$
#
# $\gamma$ (`weight`) and $\beta$ (`bias`), of shape $(d,)$, are learned and start as ones and zeros. $\varepsilon$ is a
# small number that keeps a vector without any variance from being divided by zero.
#
# **By hand.** $x = (1,3,5,7)$: $\mu = 4$, $\sigma^2 = (9+1+1+9)/4 = 5$, so the result is about
# $(-1.34, -0.45, 0.45, 1.34)$.
#
# **Predict.** You multiply $x$ by 10. What happens to the result?
#
# <details><summary>Answer</summary>
#
# Nothing, but for the tiny effect of $\varepsilon$: mean and root of the variance both grow tenfold.
#
# </details>
#
# ### Your turn: `LayerNorm`

# %% exercise="LayerNorm"
class LayerNorm(nn.Module):
    """Layer normalization over the last dimension (Ba, Kiros and Hinton, 2016).

    Its parameters are weight, (d_model,), ones at first, and bias, (d_model,), zeros at first. The
    variance is the mean of the squared distances from the mean; eps is added to it under the root.
    Write it with means and a root: F.layer_norm and nn.LayerNorm are refused here.

    Args:
        d_model: the size of the last dimension.
        eps: what is added to the variance.
    """

    def __init__(self, d_model: int, eps: float = 1e-5) -> None:
        super().__init__()
        ### BEGIN SOLUTION
        self.eps = eps
        self.weight = nn.Parameter(torch.ones(d_model))
        self.bias = nn.Parameter(torch.zeros(d_model))
        ### END SOLUTION

    def forward(self, x: Tensor) -> Tensor:
        """(..., d_model), with any number of leading dimensions -> the same shape."""
        ### BEGIN SOLUTION
        mean = x.mean(dim=-1, keepdim=True)
        variance = ((x - mean) ** 2).mean(dim=-1, keepdim=True)
        return (x - mean) / torch.sqrt(variance + self.eps) * self.weight + self.bias
        ### END SOLUTION


# %% check="LayerNorm"
check("LayerNorm", LayerNorm)


# %% [markdown]
# ## 3 · The feed-forward network
#
# Attention mixes *between* tokens, and what it returns is an average. The second part of a block works on each token
# alone, with the same weights at every position (hence *position-wise*):
#
# $$\operatorname{FFN}(x) = W_2\,\operatorname{GELU}(W_1 x + b_1) + b_2, \qquad
# \operatorname{GELU}(a) = a\cdot\Phi(a) .$$
#
# $W_1$ (`expand`) has the shape $(d_\text{ff}, d)$, $W_2$ (`contract`) $(d, d_\text{ff})$, often with
# $d_\text{ff} = 4d$. $\Phi(a)$ is the probability that a standard normal number lies below $a$. The paper of 2017 used
# $\operatorname{ReLU}(a) = \max(a, 0)$; BERT and GPT use GELU (Hendrycks and Gimpel, 2016).
#
# **By hand.** $\Phi(1) \approx 0.841$, so $\operatorname{GELU}(1) \approx 0.841$ and
# $\operatorname{GELU}(-1) \approx -1\cdot 0.159 = -0.159$.
#
# **Predict.** What could the network compute if GELU were left out?
#
# <details><summary>Answer</summary>
#
# $W_2(W_1x + b_1) + b_2$ is a single linear map, however wide the middle is.
#
# </details>
#
# ### Your turn: `FeedForward`

# %% exercise="FeedForward"
class FeedForward(nn.Module):
    """The position-wise feed-forward network: expand, GELU (exact), contract.

    Its parameters are those of expand, nn.Linear from d_model to d_ff, and contract, nn.Linear from
    d_ff to d_model, both with bias. Modules without parameters may join them, but no dropout.

    Args:
        d_model: width of the stream.
        d_ff: width inside.
    """

    def __init__(self, d_model: int, d_ff: int) -> None:
        super().__init__()
        ### BEGIN SOLUTION
        self.expand = nn.Linear(d_model, d_ff)
        self.contract = nn.Linear(d_ff, d_model)
        ### END SOLUTION

    def forward(self, x: Tensor) -> Tensor:
        """(..., d_model) -> (..., d_model)."""
        ### BEGIN SOLUTION
        return self.contract(F.gelu(self.expand(x)))
        ### END SOLUTION


# %% check="FeedForward"
check("FeedForward", FeedForward)


# %% [markdown]
# ## 4 · The encoder block, and where the norm stands
#
# A block has two halves, attention and feed-forward, each with a residual connection. There are two places for the
# normalization:
#
# | | formula for a sub-layer $f$ | used by |
# |---|---|---|
# | **post-norm** | $x \leftarrow \operatorname{LN}(x + f(x))$ | Vaswani et al., BERT |
# | **pre-norm** | $x \leftarrow x + f(\operatorname{LN}(x))$ | GPT-2 and most models since |
#
# In post-norm the stream itself is normalized after every addition. In pre-norm it is never touched, so slopes go back
# along it unhindered, which makes deep models easier to train (Xiong et al., 2020); the last block's output is a raw
# sum, so one more normalization follows it. Large models also put **dropout** on each $f(x)$ before the addition while
# they train; we leave it out, so that everything is exact.
#
# **Predict.** In a pre-norm block both sub-layers return zero for every input. What does the block return? And a
# post-norm block?
#
# <details><summary>Answer</summary>
#
# Pre-norm: its input, unchanged. Post-norm: its input normalized, twice.
#
# </details>
#
# ### Your turn: `EncoderBlock`

# %% exercise="EncoderBlock"
class EncoderBlock(nn.Module):
    """One block of an encoder: self-attention, then a feed-forward network.

    Its modules are attention (MultiHeadAttention), attention_norm (LayerNorm), feed_forward
    (FeedForward) and feed_forward_norm (LayerNorm), and no others.

    Args:
        d_model: width of the stream.
        num_heads: number of heads.
        d_ff: width inside the feed-forward network.
        norm_first: False for post-norm, x <- norm(x + f(x)); True for pre-norm, x <- x + f(norm(x)).
        eps: handed on to both normalizations.
    """

    def __init__(
        self, d_model: int, num_heads: int, d_ff: int, *, norm_first: bool = False, eps: float = 1e-5
    ) -> None:
        super().__init__()
        ### BEGIN SOLUTION
        self.norm_first = norm_first
        self.attention = MultiHeadAttention(d_model, num_heads)
        self.attention_norm = LayerNorm(d_model, eps)
        self.feed_forward = FeedForward(d_model, d_ff)
        self.feed_forward_norm = LayerNorm(d_model, eps)
        ### END SOLUTION

    def forward(self, x: Tensor, mask: Tensor | None = None) -> Tensor:
        """Run the block.

        Args:
            x: (batch, length, d_model).
            mask: None, or boolean, broadcasting to (batch, length, length): True = may attend.

        Returns:
            (batch, length, d_model).
        """
        ### BEGIN SOLUTION
        if self.norm_first:
            normed = self.attention_norm(x)
            x = x + self.attention(normed, normed, normed, mask)[0]
            return x + self.feed_forward(self.feed_forward_norm(x))
        x = self.attention_norm(x + self.attention(x, x, x, mask)[0])
        return self.feed_forward_norm(x + self.feed_forward(x))
        ### END SOLUTION


# %% check="EncoderBlock"
check("EncoderBlock", EncoderBlock)


# %% [markdown]
# ### Your turn: `Encoder`
#
# Blocks in a row, each with weights of its own, and one mask for all of them. With `norm_first` a final normalization.

# %% exercise="Encoder"
class Encoder(nn.Module):
    """A stack of encoder blocks.

    Its modules are blocks, an nn.ModuleList of num_layers blocks of type EncoderBlock, and, only with
    norm_first, final_norm (LayerNorm), which comes after the last block. Without norm_first, final_norm
    may be None, or not be there at all; what counts is that it has no parameters.

    Args:
        num_layers: number of blocks, at least 1.
        d_model, num_heads, d_ff, norm_first: as for EncoderBlock.
        eps: handed on to every normalization.
    """

    def __init__(
        self, num_layers: int, d_model: int, num_heads: int, d_ff: int, *, norm_first: bool = False, eps: float = 1e-5
    ) -> None:
        super().__init__()
        ### BEGIN SOLUTION
        blocks = [
            EncoderBlock(d_model, num_heads, d_ff, norm_first=norm_first, eps=eps) for _ in range(num_layers)
        ]
        self.blocks = nn.ModuleList(blocks)
        self.final_norm = LayerNorm(d_model, eps) if norm_first else None
        ### END SOLUTION

    def forward(self, x: Tensor, mask: Tensor | None = None) -> Tensor:
        """(batch, length, d_model), and a mask as for EncoderBlock -> (batch, length, d_model)."""
        ### BEGIN SOLUTION
        for block in self.blocks:
            x = block(x, mask)
        return x if self.final_norm is None else self.final_norm(x)
        ### END SOLUTION


# %% check="Encoder"
check("Encoder", Encoder)


# %% [markdown]
# **Is it the real thing?** PyTorch has a finished layer, with the three input projections stacked in one matrix. Copy
# your weights into it, in both arrangements, with a padding mask (which PyTorch wants the other way round).

# %%
def copied(block: nn.Module, num_heads: int, norm_first: bool) -> nn.TransformerEncoderLayer:
    """PyTorch's layer with the weights of an EncoderBlock."""
    d_model, d_ff = block.feed_forward.contract.weight.shape
    layer = nn.TransformerEncoderLayer(
        d_model, num_heads, d_ff, dropout=0.0, activation="gelu", batch_first=True, norm_first=norm_first
    )
    attention = block.attention
    inward = [attention.w_query, attention.w_key, attention.w_value]
    pairs = {
        "self_attn.in_proj_weight": torch.cat([part.weight for part in inward]),
        "self_attn.in_proj_bias": torch.cat([part.bias for part in inward]),
    }
    names = {
        "self_attn.out_proj": attention.w_output, "norm1": block.attention_norm, "norm2": block.feed_forward_norm,
        "linear1": block.feed_forward.expand, "linear2": block.feed_forward.contract,
    }  # fmt: skip
    for name, part in names.items():
        pairs |= {f"{name}.weight": part.weight, f"{name}.bias": part.bias}
    layer.load_state_dict(pairs)
    return layer


torch.manual_seed(0)
x = torch.randn(2, 5, 16)
allowed = torch.arange(5) < torch.tensor([[5], [3]])
for norm_first in (False, True):
    block = EncoderBlock(16, 4, 32, norm_first=norm_first)
    theirs = copied(block, 4, norm_first)(x, src_key_padding_mask=~allowed)
    mine = block(x, allowed[:, None])
    print(f"norm_first={norm_first!s:5}: equal to PyTorch's layer: {torch.allclose(mine, theirs, atol=1e-5)}")

layer = nn.MultiheadAttention(16, 4, batch_first=True)
layer.load_state_dict(
    {name.removeprefix("self_attn."): p for name, p in copied(block, 4, True).state_dict().items() if "self_attn" in name}
)
theirs, _ = layer(x, x, x, key_padding_mask=~allowed)
print("attention equal to nn.MultiheadAttention:", torch.allclose(block.attention(x, x, x, allowed[:, None])[0], theirs, atol=1e-5))

# %% [markdown]
# ### Check a gradient
#
# Is the backward pass right? **Central differences** ask the forward pass: move one number up and down by $h$.
#
# $$\frac{\partial L}{\partial w} \approx \frac{L(w+h)-L(w-h)}{2h} .$$
#
# In float64, since the difference of two nearly equal numbers loses digits.

# %%
block = EncoderBlock(8, 2, 16, norm_first=True).double()
x = torch.randn(1, 4, 8, dtype=torch.float64)
weight, h = block.feed_forward.expand.weight, 1e-5
(block(x) ** 2).sum().backward()
with torch.no_grad():
    weight[3, 2] += h
    above = (block(x) ** 2).sum()
    weight[3, 2] -= 2 * h
    below = (block(x) ** 2).sum()
    weight[3, 2] += h
slope = (above - below) / (2 * h)
print("the slopes agree within a millionth:", bool((slope - weight.grad[3, 2]).abs() < 1e-6 * (1 + slope.abs())))


# %% [markdown]
# **Predict.** Why not make $h$ as small as $10^{-15}$?
#
# <details><summary>Answer</summary>
#
# float64 keeps about 16 digits. With so small an $h$ the two losses agree in nearly all of them, and their difference
# is rounding noise, divided by almost zero.
#
# </details>

# %% [markdown]
# ## 5 · The decoder block
#
# The Transformer of 2017 translates. An **encoder** reads the source, everything at once; a **decoder** writes the
# target, one token after the other. A decoder block has three halves, so to speak:
#
# 1. **self-attention** over what has been written, with a causal mask;
# 2. **cross-attention**: queries from the decoder's stream, keys and values from the encoder's output, the **memory**;
# 3. the feed-forward network.
#
# | | queries from | keys, values from | mask hides | shape of the weights |
# |---|---|---|---|---|
# | self | target | target | the future (and padding) | (batch, heads, target, target) |
# | cross | target | memory | padding of the source | (batch, heads, target, source) |
#
# **Predict.** The source has 7 tokens, the target 4. Which attention's weights are not square?
#
# <details><summary>Answer</summary>
#
# Those of the cross-attention: 4 × 7, a row for each token that is written, a column for each that was read.
#
# </details>
#
# ### Your turn: `DecoderBlock`

# %% exercise="DecoderBlock"
class DecoderBlock(nn.Module):
    """One block of a decoder: self-attention, cross-attention, feed-forward network, in this order.

    Its modules are self_attention and cross_attention (MultiHeadAttention), feed_forward (FeedForward),
    and self_attention_norm, cross_attention_norm and feed_forward_norm (LayerNorm), and no others.
    Every part has its residual connection; norm_first and eps are as for EncoderBlock. The memory is
    never normalized in here.
    """

    def __init__(
        self, d_model: int, num_heads: int, d_ff: int, *, norm_first: bool = False, eps: float = 1e-5
    ) -> None:
        super().__init__()
        ### BEGIN SOLUTION
        self.norm_first = norm_first
        self.self_attention = MultiHeadAttention(d_model, num_heads)
        self.self_attention_norm = LayerNorm(d_model, eps)
        self.cross_attention = MultiHeadAttention(d_model, num_heads)
        self.cross_attention_norm = LayerNorm(d_model, eps)
        self.feed_forward = FeedForward(d_model, d_ff)
        self.feed_forward_norm = LayerNorm(d_model, eps)

    def _half(self, x, norm, sublayer):
        if self.norm_first:
            return x + sublayer(norm(x))
        return norm(x + sublayer(x))
        ### END SOLUTION

    def forward(
        self, x: Tensor, memory: Tensor, self_mask: Tensor | None = None, memory_mask: Tensor | None = None
    ) -> Tensor:
        """Run the block.

        Args:
            x: (batch, length, d_model), the decoder's stream.
            memory: (batch, source_length, d_model), the encoder's output.
            self_mask: None, or boolean, broadcasting to (batch, length, length).
            memory_mask: None, or boolean, broadcasting to (batch, length, source_length).

        Returns:
            (batch, length, d_model).
        """
        ### BEGIN SOLUTION
        x = self._half(x, self.self_attention_norm, lambda y: self.self_attention(y, y, y, self_mask)[0])
        x = self._half(x, self.cross_attention_norm, lambda y: self.cross_attention(y, memory, memory, memory_mask)[0])
        return self._half(x, self.feed_forward_norm, self.feed_forward)
        ### END SOLUTION


# %% check="DecoderBlock"
check("DecoderBlock", DecoderBlock)

# %% [markdown]
# ## 6 · The whole Transformer of 2017
#
# Now the parts join. Ids of the source become vectors, and the encoder reads them; ids of what has been written become
# vectors from the same table, and the decoder turns them, with the memory, into logits for what comes next.
#
# * **Embedding**: row of the table times $\sqrt d$, plus the sinusoidal vector of the position.
# * **Masks**: the source's padding is hidden in every block of the encoder *and* in every cross-attention; the causal
#   mask belongs to the decoder's self-attention. Padding at the end of the target needs no mask: under the causal one
#   no real token looks that far, and the loss leaves it out.
# * **Logits**: products with the table of tokens once more (**tied** weights).
#
# ### Initialization
#
# A linear layer sums up: $z = \sum_{i=1}^{n} w_i x_i$. With independent terms of mean zero,
# $\operatorname{Var} z = n \operatorname{Var}(w) \operatorname{Var}(x)$. The variance stays the same if
# $\operatorname{Var}(w) = 1/n_\text{in}$; for the slopes on their way back the same holds with $n_\text{out}$. **Glorot**
# (or Xavier) initialization takes the middle, $\operatorname{Var}(w) = 2/(n_\text{in}+n_\text{out})$. Biases start at
# zero. *What do twenty layers make of a signal of spread 1?*

# %% volatile=true
torch.manual_seed(0)
for name, variance in (("half of 1/n", 0.5 / 256), ("1/n", 1 / 256), ("twice 1/n", 2 / 256)):
    signal = torch.randn(64, 256)
    for _ in range(20):
        signal = signal @ (torch.randn(256, 256) * variance**0.5)
    print(f"variance of the weights {name:11s}: spread after 20 layers {signal.std():9.3f}")

# %% [markdown]
# By hand: each layer halves the variance, so twenty leave $2^{-20}$ of it, a spread of $2^{-10} \approx 0.001$; or
# double it, up to about 1000. Norms and residual connections forgive much, and a stream that starts in range learns
# sooner.
#
# The table has a part of its own. Its rows are drawn with variance $1/d$: times $\sqrt d$ they enter the stream with
# variance 1, next to sines and cosines between -1 and 1. And as output, they make of a normalized vector logits of
# variance $d \cdot 1/d = 1$.

# %%
PAD, START, END = 0, 1, 2


class Transformer(nn.Module):
    """The encoder-decoder of Vaswani et al. (2017), with one table for source, target and logits."""

    def __init__(
        self, vocab_size: int, num_layers: int, d_model: int, num_heads: int, d_ff: int, max_length: int = 512
    ) -> None:
        super().__init__()
        self.tokens = nn.Embedding(vocab_size, d_model)
        self.register_buffer("positions", sinusoidal_positions(max_length, d_model))
        self.encoder = Encoder(num_layers, d_model, num_heads, d_ff)
        self.decoder = nn.ModuleList(DecoderBlock(d_model, num_heads, d_ff) for _ in range(num_layers))
        for name, parameter in self.named_parameters():
            if name == "tokens.weight":
                nn.init.normal_(parameter, std=d_model**-0.5)
            elif parameter.dim() == 2:
                nn.init.xavier_uniform_(parameter)
            elif name.endswith("bias"):
                nn.init.zeros_(parameter)

    def embed(self, ids: Tensor) -> Tensor:
        """(batch, length) -> (batch, length, d_model)."""
        scale = self.tokens.embedding_dim**0.5
        return self.tokens(ids) * scale + self.positions[: ids.shape[1]]

    def forward(self, source: Tensor, written: Tensor) -> Tensor:
        """Ids (batch, source_length) and (batch, length) -> logits (batch, length, vocab_size)."""
        real = (source != PAD)[:, None]
        memory = self.encoder(self.embed(source), real)
        n = written.shape[1]
        causal = torch.ones(n, n, dtype=torch.bool).tril()
        x = self.embed(written)
        for block in self.decoder:
            x = block(x, memory, causal, real)
        return x @ self.tokens.weight.T


with torch.device("meta"):  # shapes without numbers: nothing is stored
    base = Transformer(vocab_size=37_000, num_layers=6, d_model=512, num_heads=8, d_ff=2048)
print(f"the paper's base model: {sum(p.numel() for p in base.parameters()):,d} parameters")

# %% [markdown]
# The paper says 65 million for this size, with a vocabulary of *about* 37,000.
#
# **Predict.** A fresh model should guess evenly among $V = 13$ tokens, for a loss of $\ln 13 \approx 2.56$. What happens
# to the loss if the table is drawn with a spread of 1, as `nn.Embedding` does by itself?
#
# <details><summary>Answer</summary>
#
# Logits are then sums of $d$ products of variance 1: their spread is $\sqrt d$. A model that knows nothing is *sure* of
# something, and is mostly wrong; the loss is several times as high.
#
# </details>

# %%
torch.manual_seed(1)
fresh = Transformer(vocab_size=13, num_layers=2, d_model=32, num_heads=4, d_ff=64, max_length=16)
ids = torch.randint(3, 13, (64, 6))
start_loss = F.cross_entropy(fresh(ids, ids)[:, :-1].flatten(0, 1), ids[:, 1:].flatten())
nn.init.normal_(fresh.tokens.weight)
wide_loss = F.cross_entropy(fresh(ids, ids)[:, :-1].flatten(0, 1), ids[:, 1:].flatten())
print("spread of the table 1/sqrt(d): loss within 1 of ln 13:", bool((start_loss - math.log(13)).abs() < 1))
print("spread of the table 1: loss more than twice ln 13:", bool(wide_loss > 2 * math.log(13)))


# %% [markdown]
# ### Proof that cross-attention works: reversing
#
# The decoder shall write three to six digits in reverse, and then an end token. Only through cross-attention does it
# learn what they were. Shorter sequences are padded, so the masks have to be right from end to end.
#
# In training the decoder is given the right target, shifted by one behind a start token: **teacher forcing**. All
# positions are trained at once, and the causal mask keeps each from seeing its own answer. The learning rate rises at
# first (**warm-up**) and then falls with the root of the step, as in the paper: post-norm does not train well without.

# %%
def reversals(count: int, generator: torch.Generator) -> tuple[Tensor, Tensor]:
    """Padded sources (count, 6) and targets (count, 7) of digits; digit 0 has the id 3."""
    lengths = torch.randint(3, 7, (count, 1), generator=generator)
    place = torch.arange(7)
    digits = torch.randint(3, 13, (count, 7), generator=generator)
    source = torch.where(place < lengths, digits, PAD)[:, :6]
    backwards = digits.gather(1, (lengths - 1 - place).clamp(min=0))
    target = torch.where(place < lengths, backwards, PAD)
    return source, torch.where(place == lengths, END, target)


def behind_start(target: Tensor) -> Tensor:
    """The decoder's input: the target, shifted by one."""
    return torch.cat([torch.full_like(target[:, :1], START), target[:, :-1]], dim=1)


source, target = reversals(2, torch.Generator().manual_seed(4))
print("source:", source.tolist())
print("input: ", behind_start(target).tolist())
print("target:", target.tolist())

# %% volatile=true
from course.visualizers import TrainingDashboard

torch.set_num_threads(1)  # tensors as small as these are quicker on one core
torch.manual_seed(2)
generator = torch.Generator().manual_seed(2)
reverser = Transformer(vocab_size=13, num_layers=2, d_model=32, num_heads=4, d_ff=64, max_length=16)
optimizer = torch.optim.Adam(reverser.parameters(), betas=(0.9, 0.98), eps=1e-9)
steps, warmup = 600, 200
with TrainingDashboard(total_steps=steps) as dashboard:
    for step in range(steps):
        rate = 3e-3 * min((step + 1) / warmup, (warmup / (step + 1)) ** 0.5)
        optimizer.param_groups[0]["lr"] = rate
        source, target = reversals(64, generator)
        logits = reverser(source, behind_start(target))
        loss = F.cross_entropy(logits.flatten(0, 1), target.flatten(), ignore_index=PAD)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        dashboard.log(step, loss=loss, learning_rate=rate)


# %%
def answers(source: Tensor) -> Tensor:
    """What the model writes by itself, greedily: (batch, 7)."""
    written = torch.full_like(source[:, :1], START)
    with torch.inference_mode():
        for _ in range(7):
            following = reverser(source, written)[:, -1].argmax(-1, keepdim=True)
            written = torch.cat([written, following], dim=1)
    return written[:, 1:]


source, target = reversals(500, generator)
right = ((answers(source) == target) | (target == PAD)).all(dim=1).float().mean().item()
print("more than 90 of 100 new sequences are reversed without a fault:", right > 0.9)
longer = torch.cat([source, torch.full((500, 2), PAD)], dim=1)
with torch.inference_mode():
    logits = reverser(source, behind_start(target))
    same = torch.allclose(reverser(longer, behind_start(target)), logits, atol=1e-3)
print("two more places of padding change nothing:", same)

# %% volatile=true
print(f"{right:.1%} of 500 new sequences without a fault")

# %% [markdown]
# **Predict.** In training all seven positions are computed at once. Why seven rounds when it writes by itself?
#
# <details><summary>Answer</summary>
#
# Each digit written is an input of the next step; before it is chosen, the next step cannot be computed.
#
# </details>

# %% [markdown]
# *What happens to a token on its way through the model?* Every module is a stop; you see the shape there, the length of
# the token's vector, and how far the stop has turned it. A fresh normalization gives every vector the length
# $\sqrt d \approx 5.66$; in post-norm that is the length behind every half of every block, until weights are learned.

# %% volatile=true
from course.visualizers import dataflow_explorer

names = {0: "pad", 1: "start", 2: "end"} | {i + 3: str(i) for i in range(10)}
source, target = reversals(1, torch.Generator().manual_seed(8))
written = behind_start(target)
labels = {
    "encoder": [names[i] for i in source[0].tolist()], "decoder": [names[i] for i in written[0].tolist()]
}  # fmt: skip
flow = dataflow_explorer(reverser, source, written, names=labels)
flow.expanded = ["decoder.0"]
flow.step = "decoder.0.cross_attention"
flow.static()

# %% volatile=true
flow


# %% [markdown]
# **Predict.** The stop that is chosen is a cross-attention. Along which of the two sequences do its positions run?
#
# <details><summary>Answer</summary>
#
# Along the one that is written: one vector goes out for each query, however many keys were read.
#
# </details>

# %% [markdown]
# ## 7 · A model that writes: parameters, loss, training
#
# GPT has no encoder, and hence nothing to cross-attend to. What is left of a decoder block without its cross-attention
# is an encoder block with a causal mask: a **decoder-only** model. Tokens and positions each have a learned table;
# the logits are products with the table of tokens, tied as before, or with a matrix of their own.

# %%
class LanguageModel(nn.Module):
    """A decoder-only Transformer, pre-norm, with tied weights."""

    def __init__(
        self, vocab_size: int, max_length: int, num_layers: int, d_model: int, num_heads: int, d_ff: int
    ) -> None:
        super().__init__()
        self.tokens = nn.Embedding(vocab_size, d_model)
        self.positions = nn.Embedding(max_length, d_model)
        self.encoder = Encoder(num_layers, d_model, num_heads, d_ff, norm_first=True)
        self.num_heads = num_heads
        nn.init.normal_(self.tokens.weight, std=0.02)
        nn.init.normal_(self.positions.weight, std=0.02)

    def forward(self, ids: Tensor) -> Tensor:
        """(batch, length) -> logits (batch, length, vocab_size)."""
        n = ids.shape[1]
        causal = torch.ones(n, n, dtype=torch.bool).tril()
        x = self.tokens(ids) + self.positions.weight[:n]
        return self.encoder(x, causal) @ self.tokens.weight.T


# %% [markdown]
# Both tables start with a standard deviation of 0.02, as in GPT-2: nothing is multiplied by $\sqrt d$ here, and small
# logits let the fresh model guess evenly, for a loss near $\ln V$.
#
# ### Your turn: `count_parameters`
#
# Count: four projections in an attention, two layers in a feed-forward network, two norms in a block, all with biases;
# the two tables; the final norm.

# %% exercise="count_parameters"
def count_parameters(
    num_layers: int, d_model: int, d_ff: int, vocab_size: int, max_length: int, *, tied: bool = True
) -> int:
    """The number of parameters of a decoder-only, pre-norm model such as LanguageModel.

    Args:
        num_layers: number of blocks, 0 or more.
        d_model, d_ff: widths of the stream and inside the feed-forward networks.
        vocab_size, max_length: rows of the tables of tokens and of positions.
        tied: whether the output uses the table of tokens; if not, it has a matrix of the same size of
            its own, without a bias.

    Returns:
        The count, a Python int, not a float or a tensor. The final normalization counts, also without any blocks.
    """
    ### BEGIN SOLUTION
    attention = 4 * (d_model * d_model + d_model)
    feed_forward = 2 * d_model * d_ff + d_ff + d_model
    norms = 4 * d_model
    total = num_layers * (attention + feed_forward + norms) + (vocab_size + max_length) * d_model + 2 * d_model
    if not tied:
        total += vocab_size * d_model
    return total
    ### END SOLUTION


# %% check="count_parameters"
check("count_parameters", count_parameters)

# %%
model = LanguageModel(vocab_size=90, max_length=64, num_layers=3, d_model=48, num_heads=4, d_ff=192)
built = sum(p.numel() for p in model.parameters())
print(f"built {built:,d}, counted {count_parameters(3, 48, 192, 90, 64):,d}")
print(f"GPT-2: {count_parameters(12, 768, 3072, 50257, 1024):,d}")

# %% [markdown]
# **Operations.** A matrix of $m \times n$ costs $2mn$ floating-point operations (**FLOPs**) a token: a multiplication
# and an addition for each entry. With $N$ numbers in matrices, a forward pass costs about $2N$ a token, and the
# backward pass twice that: $6N$ in training. Attention adds $4nd$ a layer for $n$ tokens (scores and averages).

# %%
from torch.utils.flop_counter import FlopCounterMode

n, d, d_ff, layers, vocab = 64, 48, 192, 3, 90
formula = n * (layers * (2 * (4 * d * d + 2 * d * d_ff) + 4 * n * d) + 2 * vocab * d)
with FlopCounterMode(display=False) as counter, torch.no_grad():
    model(torch.zeros(1, n, dtype=torch.long))
counted = counter.get_total_flops()
print(f"formula {formula:,d} FLOPs, counted by PyTorch {counted:,d}")


# %% [markdown]
# **Predict.** You double `d_model` and `d_ff`. By which factor do the parameters of a block grow?
#
# <details><summary>Answer</summary>
#
# Nearly four: the matrices are products of two widths. Only biases and norms merely double.
#
# </details>
#
# ### Your turn: `next_token_loss`
#
# The logits at position $t$ are the guess about token $t+1$. **By hand**: logits $(0, 0)$ say one half for each of two
# tokens, so the loss is $\ln 2 \approx 0.693$, whichever comes.

# %% exercise="next_token_loss"
def next_token_loss(logits: Tensor, tokens: Tensor, pad_id: int | None = None) -> Tensor:
    """The mean cross-entropy, in nats, of guessing each token from those before it.

    Args:
        logits: (batch, length, vocab_size); those at position t guess the token at position t + 1.
        tokens: (batch, length), int64, each from 0 to vocab_size - 1.
        pad_id: if given, guesses whose target is this token do not count. It is one of the vocabulary,
            and may be 0. Without it, every guess counts.

    Returns:
        A tensor with one number: the mean over all guesses of the batch that count, of which there is
        at least one. Gradients flow back to the logits.
    """
    ### BEGIN SOLUTION
    guesses = logits[:, :-1].flatten(0, 1)
    targets = tokens[:, 1:].flatten()
    losses = F.cross_entropy(guesses, targets, reduction="none")
    if pad_id is not None:
        losses = losses[targets != pad_id]
    return losses.mean()
    ### END SOLUTION


# %% check="next_token_loss"
check("next_token_loss", next_token_loss)

# %% [markdown]
# ### First overfit one batch
#
# Before hours of training, let the model learn *one* batch by heart. If it cannot, there is a mistake: a mask, a shift,
# a learning rate. The text is the movie reviews, by character.

# %%
from course.resources import load_reviews

text = "\n".join(load_reviews("movies")["text"]).lower()
characters = sorted(set("\n abcdefghijklmnopqrstuvwxyz.,'-!?"))
index = {character: i for i, character in enumerate(characters)}
data = torch.tensor([index[character] for character in text if character in index])
print(f"{len(characters)} characters, {len(data):,d} of them in a row; ln V = {math.log(len(characters)):.2f}")


# %%
def batch_of(size: int, length: int, generator: torch.Generator) -> Tensor:
    """(size, length): pieces of the text from random places."""
    starts = torch.randint(len(data) - length, (size, 1), generator=generator)
    return data[starts + torch.arange(length)]


torch.manual_seed(2)
generator = torch.Generator().manual_seed(2)
model = LanguageModel(len(characters), 64, num_layers=2, d_model=48, num_heads=4, d_ff=192)
one = batch_of(4, 32, generator)
print(f"fresh: within 0.2 of ln V: {abs(next_token_loss(model(one), one).item() - math.log(len(characters))) < 0.2}")
optimizer = torch.optim.AdamW(model.parameters(), lr=3e-3)
for _ in range(150):
    loss = next_token_loss(model(one), one)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
print(f"learned by heart: loss below 0.5: {loss.item() < 0.5}")

# %% [markdown]
# **Predict.** The loss of the one batch goes to 0.00 within a few steps. Is that a good sign?
#
# <details><summary>Answer</summary>
#
# Too good: the first tokens of a piece cannot be guessed with certainty so soon. Probably the answer leaks, through a
# missing causal mask or a missing shift.
#
# </details>
#
# ### Then train
#
# AdamW, a learning rate that rises at first and later falls to zero, and a limit on the length of the gradient. The last
# twentieth of the text is held out, and its loss is the second curve.

# %% volatile=true
torch.manual_seed(3)
held_out, data = data[-len(data) // 20 :], data[: -len(data) // 20]
pieces = held_out[: 200 * 64].view(200, 64)
model = LanguageModel(len(characters), 64, num_layers=2, d_model=64, num_heads=4, d_ff=256)
optimizer = torch.optim.AdamW(model.parameters())
generator = torch.Generator().manual_seed(3)
losses = []


def held_out_loss() -> float:
    """On pieces that the training never sees."""
    with torch.inference_mode():
        return next_token_loss(model(pieces), pieces).item()


before = held_out_loss()
steps = 900
with TrainingDashboard(total_steps=steps, smoothing=0.8) as dashboard:
    for step in range(steps):
        optimizer.param_groups[0]["lr"] = 6e-3 * min(1.0, (step + 1) / 50, (steps - step) / (0.7 * steps))
        batch = batch_of(16, 64, generator)
        loss = next_token_loss(model(batch), batch)
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        losses.append(loss.item())
        dashboard.log(step, loss=loss, validation_loss=held_out_loss() if step % 100 == 99 else None)

# %%
final = held_out_loss()
first, second = sum(losses[: steps // 2]) / (steps // 2), sum(losses[steps // 2 :]) / (steps // 2)
print("the loss falls from the first half of the training to the second:", second < first - 0.1)
print(f"held out, in nats: more than one below the fresh model's: {final < before - 1}")

# %% [markdown]
# ## 8 · Sampling
#
# The model gives probabilities; a text needs choices.
#
# * **Greedy**: the likeliest token, always. It is exact, and tends to repeat itself.
# * **Temperature** $T$: logits divided by $T$ before the softmax; below 1 sharper, above 1 more even.
# * **Top-k**: only the $k$ likeliest tokens.
# * **Top-p** (Holtzman et al., 2019): the smallest set of likeliest tokens whose probabilities sum to at least $p$. It
#   is small where the model is sure and large where it is not.
#
# *Which candidates are left?* The explorer of lesson 2, on the logits of the model that you have just trained:

# %% volatile=true
from course.visualizers import sampling_explorer

context = "this is one of the mo"
with torch.inference_mode():
    logits = model(torch.tensor([[index[character] for character in context]]))[0, -1]
shown = [{" ": "space", "\n": "new line"}.get(character, character) for character in characters]
explorer = sampling_explorer(logits, shown, context=context, top_p=0.8, draw=0.42)
explorer.static()

# %% volatile=true
explorer


# %% [markdown]
# **Predict.** Probabilities 0.4, 0.3, 0.2, 0.1 and $p = 0.75$. How many candidates stay?
#
# <details><summary>Answer</summary>
#
# Three: the first two reach only 0.7; the third crosses 0.75 and belongs to the set.
#
# </details>
#
# ### Your turn: `sample_token`
#
# Chance comes in as a number $u$, so that the result can be checked exactly. Lay the remaining candidates side by side
# on a line of length one, likeliest first, each as wide as its probability: $u$ falls on one of them.

# %% exercise="sample_token"
def sample_token(logits: Tensor, u: float, *, temperature: float = 1.0, top_k: int = 0, top_p: float = 1.0) -> int:
    """Choose the next token.

    In this order: divide by the temperature and take the softmax; sort by probability, the largest
    first, equal ones by their number, the smaller first; keep the first top_k, no more even if the next
    is as likely, and let them sum to one; keep the smallest set at the front whose sum is at least
    top_p, and let it sum to one. The token is the first whose running sum is greater than u, or, should
    rounding leave none, the last that is kept. In the checks a sum meets top_p or u exactly only where
    all possible candidates are equally likely, so that no rounding is involved.

    Args:
        logits: (vocab_size,), floating point; some may be -inf, not all.
        u: a number from 0 to below 1.
        temperature: positive, or 0 for greedy: the token of the largest logit, the first of equal ones,
            whatever the other arguments are.
        top_k: 0 for all; may be larger than the vocabulary.
        top_p: above 0 and at most 1; 1 for all. At least one token is always kept.

    Returns:
        The number of the token, a Python int, not a tensor.
    """
    ### BEGIN SOLUTION
    if temperature == 0:
        return int(logits.argmax())
    probabilities = torch.softmax(logits.double() / temperature, dim=-1)
    order = probabilities.argsort(descending=True, stable=True)
    kept = probabilities[order]
    if top_k > 0:
        kept = kept[:top_k]
    kept = kept / kept.sum()
    if top_p < 1:
        kept = kept[kept.cumsum(0) - kept < top_p]
    chosen = kept.cumsum(0) / kept.sum()
    position = min(int((chosen <= u).sum()), len(kept) - 1)
    return int(order[position])
    ### END SOLUTION


# %% check="sample_token"
check("sample_token", sample_token)


# %%
def write(start: str, length: int, **how: float) -> str:
    """Continue a text, one character at a time."""
    chance = torch.Generator().manual_seed(5)
    ids = [index[character] for character in start]
    with torch.inference_mode():
        for _ in range(length):
            # The last of the 64 positions never had a next character to guess in training.
            logits = model(torch.tensor([ids[-63:]]))[0, -1]
            ids.append(sample_token(logits, torch.rand(1, generator=chance).item(), **how))
    return "".join(characters[i] for i in ids)


# %% volatile=true
samples = {
    "greedy": {"temperature": 0.0}, "temperature 0.7": {"temperature": 0.7}, "temperature 1.5": {"temperature": 1.5},
    "top-k 5": {"top_k": 5}, "top-p 0.8": {"top_p": 0.8},
}  # fmt: skip
for name, how in samples.items():
    print(f"{name:15s} | {write('this movie ', 100, **how)!r}")


# %% [markdown]
# Greedy goes round in circles; the hot one falls apart; the cuts keep the unlikely out. Half a minute of training gets
# the sound of English, short words, and no sense. (On another processor the text is another.)

# %% [markdown]
# ## 9 · A cache of keys and values
#
# `write` computes the whole text anew for each character. But under a causal mask the past does not depend on the
# future: keys and values of old tokens stay as they are. Keep them, and each new token is a single query.
#
# Usually the first call brings several tokens at once (the **prompt**), and each further call one.
#
# **Predict.** Three tokens are in the cache and two new ones come. What shape has the mask, and what does it hide?
#
# <details><summary>Answer</summary>
#
# 2 × 5, a row for each new query, a column for each key. Only one thing is the future: the first new token must not see
# the second.
#
# </details>
#
# ### Your turn: `CachedAttention`

# %% exercise="CachedAttention"
class CachedAttention(nn.Module):
    """Causal self-attention in several heads, one piece of the text after the other.

    Its parameters are those of w_query, w_key, w_value and w_output, each nn.Linear from d_model to
    d_model with bias, as in MultiHeadAttention, and no others. It remembers nothing by itself: what it
    needs of the past comes in as cache, and stays unchanged.

    Args:
        d_model: width of the stream.
        num_heads: number of heads; divides d_model.
    """

    def __init__(self, d_model: int, num_heads: int) -> None:
        super().__init__()
        ### BEGIN SOLUTION
        self.num_heads = num_heads
        self.w_query, self.w_key, self.w_value, self.w_output = (nn.Linear(d_model, d_model) for _ in range(4))
        ### END SOLUTION

    def forward(
        self, x: Tensor, cache: tuple[Tensor, Tensor] | None = None
    ) -> tuple[Tensor, tuple[Tensor, Tensor]]:
        """Let each new token attend to all tokens before it and to itself.

        Args:
            x: (batch, new, d_model), only the new tokens, one or more.
            cache: None at the beginning, later a pair: keys and values of all tokens before, each of
                shape (batch, past, d_model), with past at least 1.

        Returns:
            The output, (batch, new, d_model), and the cache for the next call: a pair of keys and
            values, each (batch, past + new, d_model), in the order of the text, as w_key and w_value
            gave them, not split into heads.
        """
        ### BEGIN SOLUTION
        query, keys, values = self.w_query(x), self.w_key(x), self.w_value(x)
        if cache is not None:
            keys, values = torch.cat([cache[0], keys], dim=1), torch.cat([cache[1], values], dim=1)
        new, total = x.shape[1], keys.shape[1]
        mask = torch.ones(new, total, dtype=torch.bool).tril(diagonal=total - new)
        heads = [part.unflatten(-1, (self.num_heads, -1)).transpose(1, 2) for part in (query, keys, values)]
        heard = F.scaled_dot_product_attention(*heads, attn_mask=mask)
        return self.w_output(heard.transpose(1, 2).flatten(2)), (keys, values)
        ### END SOLUTION


# %% check="CachedAttention"
check("CachedAttention", CachedAttention)


# %% [markdown]
# Now the model can go on from where it was. Each block's attention lends its weights to one of yours.

# %%
class Writer:
    """A LanguageModel that is given its text piece by piece, and keeps a cache for each block."""

    def __init__(self, model: LanguageModel) -> None:
        self.model = model
        self.attentions = []
        self.caches = [None] * len(model.encoder.blocks)
        self.length = 0
        for block in model.encoder.blocks:
            attention = CachedAttention(model.tokens.embedding_dim, model.num_heads)
            attention.load_state_dict(block.attention.state_dict())
            self.attentions.append(attention)

    def read(self, ids: Tensor) -> Tensor:
        """(batch, new), the next ids -> the logits at those places, (batch, new, vocab_size)."""
        end = self.length + ids.shape[1]
        x = self.model.tokens(ids) + self.model.positions.weight[self.length : end]
        for i, block in enumerate(self.model.encoder.blocks):
            heard, self.caches[i] = self.attentions[i](block.attention_norm(x), self.caches[i])
            x = x + heard
            x = x + block.feed_forward(block.feed_forward_norm(x))
        self.length = end
        return self.model.encoder.final_norm(x) @ self.model.tokens.weight.T


ids = held_out[None, :64]
with torch.inference_mode():
    whole = model(ids)
    writer = Writer(model)
    pieces_of_ids = [ids[:, :10], *ids[:, 10:].split(1, dim=1)]
    cached = torch.cat([writer.read(piece) for piece in pieces_of_ids], dim=1)
print("same logits at all 64 positions:", torch.allclose(whole, cached, atol=1e-3))

# %% [markdown]
# How much time does it save? Both ways write greedily with a fresh, larger model; the ratio of the processor times is
# measured here.

# %% volatile=true
import time

large = LanguageModel(len(characters), 256, num_layers=4, d_model=128, num_heads=4, d_ff=512)
with torch.inference_mode():
    for length in (64, 128, 256):
        began = time.process_time()
        plain = [0]
        while len(plain) < length:
            plain.append(int(large(torch.tensor([plain]))[0, -1].argmax()))
        between = time.process_time()
        writer, quick = Writer(large), [0]
        while len(quick) < length:
            quick.append(int(writer.read(torch.tensor([quick[-1:]]))[0, -1].argmax()))
        ratio = (between - began) / (time.process_time() - between)
        print(f"{length:3d} tokens: the cache is {ratio:.1f} times as fast, and writes the same: {plain == quick}")

# %% [markdown]
# **Predict.** Without a cache, the model runs over $1, 2, \dots, n$ tokens. With it, over one token $n$ times. What does
# the gain grow with?
#
# <details><summary>Answer</summary>
#
# With $n$: $1 + 2 + \dots + n = n(n+1)/2$ token passes against $n$, a factor of $(n+1)/2$ in the feed-forward networks.
# Small models gain less, because each call has a cost of its own.
#
# </details>

# %% [markdown]
# ## 10 · In short
#
# * Each sub-layer reads from the residual stream and adds to it; normalization keeps what is read in range.
# * Post-norm normalizes the sum, pre-norm the sub-layer's input, with one more norm at the end.
# * An encoder block under a causal mask is a decoder-only model; cross-attention joins two sequences.
# * Weights start with a variance of about one over the number of inputs, so that signals keep their scale.
# * About $12d^2$ parameters a block (with $d_\text{ff} = 4d$), about $6N$ FLOPs a token in training.
# * Shift by one; look at the first loss ($\ln V$); overfit one batch; then train.
# * Temperature, top-k and top-p reshape one distribution; a cache changes the time, not the result.
#
# **Check yourself**: what would a decoder learn without its causal mask, and why is its loss then so low?
#
# <details><summary>Answer</summary>
#
# To copy: at position $t$ it sees token $t+1$, the answer. The loss goes to zero, and the model can write nothing.
#
# </details>

# %% [markdown]
# **Sources**
#
# * A. Vaswani et al.: *Attention Is All You Need*, 2017, arXiv:1706.03762.
# * J. L. Ba, J. R. Kiros, G. E. Hinton: *Layer Normalization*, 2016, arXiv:1607.06450.
# * X. Glorot, Y. Bengio: *Understanding the Difficulty of Training Deep Feedforward Neural Networks*, AISTATS 2010.
# * K. He et al.: *Deep Residual Learning for Image Recognition*, 2015, arXiv:1512.03385.
# * D. Hendrycks, K. Gimpel: *Gaussian Error Linear Units*, 2016, arXiv:1606.08415.
# * R. Xiong et al.: *On Layer Normalization in the Transformer Architecture*, 2020, arXiv:2002.04745.
# * A. Holtzman et al.: *The Curious Case of Neural Text Degeneration*, 2019, arXiv:1904.09751.
