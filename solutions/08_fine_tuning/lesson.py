# %% [markdown]
# # 8 · Fine-tuning
#
# A pretrained model knows the language and not your task. Fine-tuning trains it on, with a few thousand examples of
# the task. In this lesson you fine-tune the BERT of lesson 7 until it tells good film reviews from bad ones. You write
# every part of the training yourself: batches, model, optimizer, schedule, loop, checkpoint. Then the library's
# `Trainer` does the same, and shows the same losses. After that comes the longer half of the work: finding out what the
# model is worth.
#
# **At the end you can**
#
# 1. turn labelled texts into batches that waste little;
# 2. put a classifier on a pretrained encoder, and say which of its parameters learn;
# 3. set up AdamW, weight decay, warm-up, clipping and accumulation, and give the reason for each;
# 4. write a training loop, stop it, and go on exactly where it stopped;
# 5. choose hyperparameters on a validation set, and touch the test set once.
#
# **Time**: about 999 minutes, 999 of them to read and run, the rest for the exercises. There is a natural break before
# section 7.
#
# **You need**: lesson 3 (splits, baselines), lesson 4 (padding), lesson 6 (a first training), lesson 7 (the model).
#
# **What counts in every exercise**: the results, however you compute them. Arguments stay unchanged, except for what
# the exercise is there to change: a model that learns, an optimizer that steps.

# %% setup=true
import random
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from transformers import BertModel

from course import check, hint
from course.data import sentiment_split
from course.resources import load_bert

# %% [markdown]
# ## 1 · The task, and what must be beaten
#
# The reviews are those of lesson 3: one or two sentences from film reviews, each rated by twenty people from −4 to 4.
# The **label** is the sign of the mean rating: 1 for positive, 0 for negative. Snippets within half a point of zero get
# none and are left out, as the raters could not say either.
#
# Three sets are cut, and no text, nor nearly the same text, stands in two of them:
#
# | set | what for | how often it is looked at |
# |---|---|---|
# | training | the weights learn from it | all the time |
# | validation | we choose from it: learning rate, when to stop, which model | as often as we like |
# | test | says what the chosen model is worth | **once**, in section 7 |

# %%
reviews = sentiment_split("movies")
labels = ["negative", "positive"]
for name in ("train", "validation", "test"):
    rows = getattr(reviews, name)
    print(f"{name:10s} {len(rows):5d} snippets, {sum(row['label'] for row in rows) / len(rows):.1%} of them positive")
for row in reviews.train[:3]:
    print(f"{labels[row['label']]}: {row['text']}")

# %% [markdown]
# **Predict.** Why not choose the learning rate by the test set, if nothing is *trained* on it?
#
# <details><summary>Answer</summary>
#
# Choosing is learning, too. Try twenty settings and keep the best: its score is the best of twenty draws, partly luck,
# and no longer what a new text will see. What was chosen on the validation set must be measured on other texts.
#
# </details>
#
# ### The baseline comes first
#
# Before a large model, a small one: it takes a second, and it says what the large one has to beat. Count words and
# pairs of words, weight them by how rare they are (TF-IDF), and fit a logistic regression.

# %%
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline

train_rows, validation_rows = reviews.train[:3000], reviews.validation
baseline = make_pipeline(TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True), LogisticRegression(C=10))
baseline.fit([row["text"] for row in train_rows], [row["label"] for row in train_rows])
always = max(sum(row["label"] == label for row in validation_rows) for label in (0, 1)) / len(validation_rows)
accuracy = baseline.score([row["text"] for row in validation_rows], [row["label"] for row in validation_rows])
print(f"validation accuracy of always saying the same: {always:.2f}; of TF-IDF and logistic regression: {accuracy:.2f}")

# %% [markdown]
# The same 3,000 training snippets will do for BERT, so that the two can be compared.
#
# **Predict.** Which review will the baseline get wrong: *“A dull, dull film.”* or *“Not dull at all.”*?
#
# <details><summary>Answer</summary>
#
# The second. It counts words: *dull* is a bad sign wherever it stands. Pairs of words help only where the pair has been
# seen in training. What BERT brings is that a word's vector depends on its neighbours.
#
# </details>

# %% [markdown]
# ## 2 · Batches
#
# An **example** is a list of token ids and a label. Texts are cut off after 64 tokens; hardly any is longer.

# %%
tokenizer = load_bert()[1]


def encode(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows with a text and a label -> examples with input_ids and a label; at most 64 tokens each."""
    rows = list(rows)
    ids = tokenizer([row["text"] for row in rows], truncation=True, max_length=64)["input_ids"]
    return [{"input_ids": one, "label": row["label"]} for one, row in zip(ids, rows, strict=True)]


train_examples, validation_examples = encode(train_rows), encode(validation_rows)
print(tokenizer.convert_ids_to_tokens(train_examples[0]["input_ids"]))
print(f"{sum(len(one['input_ids']) == 64 for one in train_examples)} of {len(train_examples)} fill all 64 places")


# %% [markdown]
# A batch is a rectangle, and texts are not equally long. Shorter ones are filled up with the padding token, and the
# **attention mask** tells what is a token (1) and what is padding (0). The rectangle is as wide as the longest text *of
# this batch*, not as wide as the longest of all: **dynamic padding**. The function that makes a batch of examples is
# called a **collator**.
#
# **By hand.** Two texts, of ids $5, 6, 7$ and of id $8$: `input_ids` is $(5, 6, 7), (8, 0, 0)$ and the mask is
# $(1, 1, 1), (1, 0, 0)$.
#
# **Predict.** Could the mask be found from the ids afterwards, as `input_ids != 0`?
#
# <details><summary>Answer</summary>
#
# Only if 0 is never a token. For BERT that holds; other tokenizers pad with a token that texts contain, such as the
# end-of-text token. Whoever pads knows the lengths: the mask is made from them.
#
# </details>
#
# ### Your turn: `collate`

# %% exercise="collate"
def collate(examples: list[dict[str, Any]], pad_id: int = 0) -> dict[str, Tensor]:
    """Make a batch of examples, padded at the end to the longest of them.

    Args:
        examples: at least one {"input_ids": list of at least one whole number, "label": whole number}. A text may
            contain pad_id as a token of its own. The lists stay as they are.
        pad_id: the id to pad with.

    Returns:
        Exactly three int64 tensors: "input_ids" and "attention_mask" of shape (batch, longest), the mask 1 for
        a token and 0 for padding, and "labels" of shape (batch,), all in the order of the examples.
    """
    ### BEGIN SOLUTION
    longest = max(len(example["input_ids"]) for example in examples)
    ids, mask, labels = [], [], []
    for example in examples:
        tokens = example["input_ids"]
        padding = longest - len(tokens)
        ids.append(tokens + [pad_id] * padding)
        mask.append([1] * len(tokens) + [0] * padding)
        labels.append(example["label"])
    return {
        "input_ids": torch.tensor(ids),
        "attention_mask": torch.tensor(mask),
        "labels": torch.tensor(labels),
    }
    ### END SOLUTION


# %% check="collate"
check("collate", collate)


# %% [markdown]
# ### Texts of like length, in random order
#
# Padding costs computing and teaches nothing. It nearly vanishes if texts of like length share a batch: sort by length,
# cut into batches, and shuffle *the batches*. Two kinds of chance must stay: the order of the batches, as a model that
# sees all short texts first learns in a skewed order, and the company that texts of equal length get, so that epochs
# differ.
#
# Chance comes from a generator of one's own, made from a seed (lesson 1): the same seed gives the same batches, and
# nobody else's random numbers move.
#
# ### Your turn: `length_batches`

# %% exercise="length_batches"
def length_batches(lengths: list[int], batch_size: int, seed: int) -> list[list[int]]:
    """Batches of rows of like length, in random order.

    The rows are sorted by length, equally long ones in random order; cut into batches of batch_size from the
    shortest on, so that only the batch of the longest may be smaller; and the batches are put in random order.

    Args:
        lengths: the length of each row, in tokens; may be empty.
        batch_size: at least 1.
        seed: a whole number. The same seed gives the same result; different seeds give different orders. The
            global random generators (of random and torch) are neither used nor changed.

    Returns:
        Lists of row numbers, counted from 0, every row in exactly one of them. Order within a batch is free.
    """
    ### BEGIN SOLUTION
    chance = random.Random(seed)
    rows = list(range(len(lengths)))
    chance.shuffle(rows)
    rows.sort(key=lambda row: lengths[row])
    batches = [rows[start : start + batch_size] for start in range(0, len(rows), batch_size)]
    chance.shuffle(batches)
    return batches
    ### END SOLUTION


# %% check="length_batches"
check("length_batches", length_batches)

# %%
lengths = [len(example["input_ids"]) for example in train_examples]


def padding_share(batches: list[list[int]], width: int | None = None) -> float:
    """The share of padding, if batches are padded to a width or to their longest text."""
    places = sum(len(batch) * (width or max(lengths[row] for row in batch)) for batch in batches)
    return 1 - sum(lengths) / places


as_they_come = [list(range(start, min(start + 32, 3000))) for start in range(0, 3000, 32)]
print(f"all texts padded to 64:          {padding_share(as_they_come, 64):5.1%} of the rectangle is padding")
print(f"to the longest of a batch:       {padding_share(as_they_come):5.1%}")
print(f"batches of texts of like length: {padding_share(length_batches(lengths, 32, seed=0)):5.1%}")


# %% [markdown]
# Texts of one length in a batch have one drawback: a batch is no fair sample of all texts. Here it does no harm that we
# could measure; where labels depend on the length it might.

# %% [markdown]
# ## 3 · The model
#
# On the encoder comes a **head**: the masked mean of the last hidden states (lesson 7), dropout, and one linear layer
# to as many numbers as there are labels.
#
# $$z = W \operatorname{dropout}(h) + b, \qquad h = \frac{\sum_t m_t\, h_t}{\sum_t m_t}$$
#
# $h_t$ is the vector of token $t$ with $d$ numbers, $m_t$ its mask, $W$ a matrix of (labels × $d$) and $b$ a bias of
# (labels). The **logits** $z$ become probabilities by softmax, and the **loss** is the negative logarithm of the
# probability of the right label $y$:
#
# $$\ell(z, y) = -\log \frac{e^{z_y}}{\sum_k e^{z_k}}$$
#
# **By hand.** A fresh head with $z = (0, 0)$ gives both labels one half, and the loss is $\log 2 \approx 0.69$, whatever
# the label: a first loss far from that means a mistake. With $z = (1, 3)$ and $y = 1$ it is
# $\log(1 + e^{-2}) \approx 0.127$.
#
# **Predict.** Dropout zeroes a tenth of the numbers in training. What happens to accuracy if it stays on while you
# measure?
#
# <details><summary>Answer</summary>
#
# It gets worse, and differs from run to run, as the answer to a text is drawn anew each time. `model.eval()` turns
# dropout off, `model.train()` turns it on. Neither gives an error when it is forgotten.
#
# </details>
#
# ### Your turn: `SentimentClassifier`

# %% exercise="SentimentClassifier"
class SentimentClassifier(nn.Module):
    """A pretrained encoder with a classification head: masked mean, dropout, linear layer.

    Its parameters are those of the encoder, kept under the name encoder, and of an nn.Linear named head.

    Args:
        encoder: a BertModel. encoder(input_ids=…, attention_mask=…).last_hidden_state has the hidden states,
            (batch, length, d); encoder.config.hidden_size is d. It learns along.
        num_labels: how many labels, at least 2.
        dropout: the rate at which numbers of the pooled vector are zeroed in training mode, and there only.
    """

    def __init__(self, encoder: BertModel, num_labels: int = 2, dropout: float = 0.1) -> None:
        super().__init__()
        ### BEGIN SOLUTION
        self.encoder = encoder
        self.dropout = nn.Dropout(dropout)
        self.head = nn.Linear(encoder.config.hidden_size, num_labels)
        ### END SOLUTION

    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> Tensor:
        """Classify texts.

        Args:
            input_ids: (batch, length), whole numbers.
            attention_mask: (batch, length), 1 for a token and 0 for padding, wherever it stands; at least one 1 in
                each row.

        Returns:
            The logits (batch, num_labels), without softmax.
        """
        ### BEGIN SOLUTION
        hidden = self.encoder(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        weights = attention_mask.unsqueeze(-1).to(hidden.dtype)
        pooled = (hidden * weights).sum(dim=1) / weights.sum(dim=1)
        return self.head(self.dropout(pooled))
        ### END SOLUTION


# %% check="SentimentClassifier"
check("SentimentClassifier", SentimentClassifier)


# %% [markdown]
# ### Which parameters learn?
#
# A parameter with `requires_grad=False` is **frozen**: it gets no gradient and no step. Freezing the lower layers saves
# the backward pass below them and the optimizer's memory; the upper layers are those that have to change most.

# %%
def fresh(**options: Any) -> SentimentClassifier:
    """The packaged BERT under a new head, the same one each time."""
    torch.manual_seed(0)
    encoder = load_bert(**options)[0]
    return SentimentClassifier(encoder)


def freeze_below(model: SentimentClassifier, layers: int) -> None:
    """Freeze the embeddings and the lowest layers."""
    for part in (model.encoder.embeddings, *model.encoder.encoder.layer[:layers]):
        part.requires_grad_(False)


for frozen in (0, 4, 6):
    model = fresh()
    if frozen:
        freeze_below(model, frozen)
    learning = sum(p.numel() for p in model.parameters() if p.requires_grad)
    print(f"{frozen} of 6 layers frozen: {learning:10,d} of {sum(p.numel() for p in model.parameters()):,} learn")


# %% [markdown]
# With six layers frozen, more than the head seems to learn: BERT's pooler, 147,840 parameters that our model never
# calls. They get no gradient and stay as they are; `load_bert(add_pooling_layer=False)` leaves them out.
#
# **Predict.** Frozen, but in training mode: does the lower part of the network give the same output each time?
#
# <details><summary>Answer</summary>
#
# No. Freezing concerns gradients, dropout the mode. They are independent switches, and so is `torch.no_grad()`, which
# stops the bookkeeping for the backward pass.
#
# </details>

# %% [markdown]
# ## 4 · The optimizer
#
# **AdamW** divides each parameter's averaged gradient by the root of its averaged square, so that all parameters move
# at about the same pace, and it pulls weights towards zero, apart from the gradient (Loshchilov and Hutter, 2019):
#
# $$w \leftarrow w - \eta\,\frac{\hat m}{\sqrt{\hat v} + \epsilon} - \eta\,\lambda\,w$$
#
# $w$ is one weight, $\eta$ the **learning rate**, $\hat m$ and $\hat v$ the running averages of the gradient and of its
# square, $\epsilon$ a small number that prevents division by zero, $\lambda$ the **weight decay**. It comes from torch:
# `torch.optim.AdamW`. (Older texts import an AdamW from transformers, which has none any more.)
#
# **By hand.** $w = 2$, $\eta = 0.1$, $\lambda = 0.01$, no gradient: $w \leftarrow 2 - 0.1\cdot0.01\cdot2 = 1.998$.
#
# Decay is meant for matrices, where small weights mean a simpler function. A bias shifts, a normalization scales: pulling
# these to zero has no such meaning. The usual rule: parameters of **fewer than two dimensions** are not decayed. An
# optimizer takes **groups** of parameters, each with options of its own.
#
# **Predict.** Older code goes by names: no decay if `"bias"` or `"LayerNorm"` occurs in it. When does that go wrong?
#
# <details><summary>Answer</summary>
#
# In the next model, which calls its normalization `norm1` or `scale`. The dimension does not depend on names.
#
# </details>
#
# ### Your turn: `parameter_groups`

# %% exercise="parameter_groups"
def parameter_groups(model: nn.Module, weight_decay: float) -> list[dict[str, Any]]:
    """Two groups for torch.optim.AdamW: what is decayed and what is not.

    Args:
        model: any module. A parameter that two modules share counts once.
        weight_decay: for parameters of two or more dimensions; all others get 0.0.

    Returns:
        [{"params": list of parameters, "weight_decay": float}, …], each parameter that learns in one group
        and frozen ones (requires_grad is False) in none. The groups go to AdamW as they are.
    """
    ### BEGIN SOLUTION
    learning = [parameter for parameter in model.parameters() if parameter.requires_grad]
    decayed = [parameter for parameter in learning if parameter.dim() >= 2]
    others = [parameter for parameter in learning if parameter.dim() < 2]
    return [
        {"params": decayed, "weight_decay": weight_decay},
        {"params": others, "weight_decay": 0.0},
    ]
    ### END SOLUTION


# %% check="parameter_groups"
check("parameter_groups", parameter_groups)


# %% [markdown]
# ### The learning rate over time
#
# In the first steps the averages $\hat m$ and $\hat v$ rest on a handful of batches, and the fresh head sends noise down
# into the encoder. So the rate **warms up** from 0 over the first steps. At the end, when the model only jitters around
# a good place, it goes back to 0 in a straight line. With $s$ steps made, $s_w$ steps of warm-up and $S$ steps in all,
# the rate is $\eta$ times
#
# $$f(s) = \begin{cases} s / s_w & s < s_w \\ \max\left(0, \dfrac{S - s}{S - s_w}\right) & \text{otherwise} \end{cases}$$
#
# **By hand.** $s_w = 4$, $S = 12$: $f(0) = 0$, $f(1) = 0.25$, $f(4) = 1$, $f(8) = 4/8 = 0.5$, $f(12) = 0$.
#
# **Predict.** What does the very first step of such a training change?
#
# <details><summary>Answer</summary>
#
# No weight: its rate is 0. Only the optimizer's averages begin to fill. The library does the same, and we follow it, so
# that losses can be compared.
#
# </details>
#
# ### Your turn: `learning_rate_factor`

# %% exercise="learning_rate_factor"
def learning_rate_factor(step: int, warmup_steps: int, total_steps: int) -> float:
    """By what the learning rate is multiplied: linear warm-up, linear decay.

    Args:
        step: how many steps have been made, 0 or more; from total_steps on the factor is 0.
        warmup_steps: 0 to total_steps; 0 means that the first factor is 1, and with warmup_steps equal to
            total_steps only the warm-up is left.
        total_steps: at least 1.

    Returns:
        The factor f(step), from 0 to 1.
    """
    ### BEGIN SOLUTION
    if step < warmup_steps:
        return step / warmup_steps
    if step >= total_steps:
        return 0.0
    return (total_steps - step) / (total_steps - warmup_steps)
    ### END SOLUTION


# %% check="learning_rate_factor"
check("learning_rate_factor", learning_rate_factor)

# %% [markdown]
# *How does the rate run?* Three schedules of 100 steps:

# %%
import matplotlib.pyplot as plt

figure, axes = plt.subplots(figsize=(6, 2.2))
for warmup, style in ((0, ":"), (10, "-"), (50, "--")):
    factors = [learning_rate_factor(step, warmup, 100) for step in range(101)]
    axes.plot(factors, style, color="black", label=f"warm-up of {warmup}")
axes.set(xlabel="steps made", ylabel="factor")
axes.legend()
plt.show()


# %% [markdown]
# ## 5 · The loop
#
# ### One step
#
# A step of the optimizer: forget old gradients, compute the loss, go backward, limit the gradient, step.
#
# **Accumulation.** What if 32 texts do not fit into memory? Then take them in pieces, **micro-batches**, and step once:
# `backward()` *adds* to the gradients that are there. The sum must be that of the large batch, whose loss is the mean over
# all $N$ texts:
#
# $$L = \frac{1}{N} \sum_{k} \sum_{i \in k} \ell_i$$
#
# $k$ counts micro-batches, $i$ their texts, $\ell_i$ is the loss of one text.
#
# **By hand.** A micro-batch of 2 texts with mean loss 1 and one of 6 with mean loss 3:
# $L = (2\cdot1 + 6\cdot3)/8 = 2.5$. The mean of the two means is 2, which gives the texts of the small one three times
# the weight of the others.
#
# **Clipping.** Now and then a batch has a gradient many times longer than the others, and one step along it undoes many.
# So the gradient $g$, all parameters' gradients written as one long vector, is shortened to a length of at most $c$,
# direction unchanged: $g \leftarrow g \cdot \min(1, c / \lVert g \rVert)$. That needs the *whole* gradient: after the
# last micro-batch, before the step.
#
# **By hand.** $g = (3, 4)$, $c = 1$: its length is 5, so $g \leftarrow (0.6, 0.8)$.
#
# **Predict.** Forget `zero_grad()`. What do you step along?
#
# <details><summary>Answer</summary>
#
# Along the sum of all gradients since the start, the oldest of them taken at weights that are long gone. Nothing fails;
# the loss falls at first, and then will not settle.
#
# </details>
#
# ### Your turn: `training_step`

# %% exercise="training_step"
def training_step(
    model: nn.Module, micro_batches: list[dict[str, Tensor]], optimizer: torch.optim.Optimizer, max_norm: float = 1.0
) -> tuple[float, float]:
    """One step of the optimizer on one or more micro-batches, as if they were one large batch.

    Args:
        model: model(input_ids, attention_mask) gives logits (batch, labels). Its mode stays as it is.
        micro_batches: at least one, as collate makes them: "input_ids", "attention_mask", "labels". They may
            differ in size and in length. Each goes through the model by itself, once.
        optimizer: of the model's parameters. Gradients that lie there from before do not count.
        max_norm: to which Euclidean length the gradient of all parameters together is clipped, if it is longer.

    Returns:
        (loss, norm) as two numbers: the mean cross-entropy over all texts, computed before the step, and the length
        of the gradient before it was clipped.
    """
    ### BEGIN SOLUTION
    total = sum(len(batch["labels"]) for batch in micro_batches)
    optimizer.zero_grad()
    loss = 0.0
    for batch in micro_batches:
        logits = model(batch["input_ids"], batch["attention_mask"])
        part = F.cross_entropy(logits, batch["labels"], reduction="sum") / total
        part.backward()
        loss += part.item()
    norm = nn.utils.clip_grad_norm_(model.parameters(), max_norm)
    optimizer.step()
    return loss, norm.item()
    ### END SOLUTION


# %% check="training_step"
check("training_step", training_step)


# %% [markdown]
# ### An epoch
#
# Once through all batches is an **epoch**. Around the steps there is little left to do, and all of it can be forgotten:
# training mode before, evaluation mode after; the schedule moves once a *step of the optimizer*, behind it; and what is
# left over at the end is used, too.
#
# **Predict.** 10 micro-batches, accumulated by 4. How many steps does the optimizer make, and how far does the schedule
# get?
#
# <details><summary>Answer</summary>
#
# Three steps, of 4, 4 and 2 micro-batches, and the schedule moves three times. Whoever counts micro-batches plans for
# ten, and the rate never comes down.
#
# </details>
#
# ### Your turn: `train_epoch`

# %% exercise="train_epoch"
def train_epoch(
    model: nn.Module,
    batches: Iterable[dict[str, Tensor]],
    optimizer: torch.optim.Optimizer,
    scheduler: torch.optim.lr_scheduler.LRScheduler,
    *,
    accumulate: int = 1,
    max_norm: float = 1.0,
    report: Callable[[float, float], None] | None = None,
) -> list[float]:
    """One pass over the batches, in training mode; the model is left in evaluation mode.

    Each step is made as training_step makes it, on accumulate successive batches; the last one on those that
    are left, if there are fewer. After each step of the optimizer the scheduler makes one.

    Args:
        model: as for training_step; it may come in either mode.
        batches: as collate makes them; they can be gone through once, and there may be none.
        optimizer: of the model's parameters.
        scheduler: of the optimizer.
        accumulate: how many batches make a step, at least 1.
        max_norm: for clipping.
        report: called after each step as report(loss, rate), with the step's loss and the learning rate (of the
            optimizer's first group) with which that step was made.

    Returns:
        The loss of each step.
    """
    ### BEGIN SOLUTION
    model.train()
    losses = []
    waiting: list[dict[str, Tensor]] = []

    def make_step() -> None:
        rate = optimizer.param_groups[0]["lr"]
        loss, _ = training_step(model, waiting, optimizer, max_norm)
        scheduler.step()
        losses.append(loss)
        waiting.clear()
        if report is not None:
            report(loss, rate)

    for batch in batches:
        waiting.append(batch)
        if len(waiting) == accumulate:
            make_step()
    if waiting:
        make_step()
    model.eval()
    return losses
    ### END SOLUTION


# %% check="train_epoch"
check("train_epoch", train_epoch)


# %% [markdown]
# Predicting is the same without learning: evaluation mode, no gradients. Batches by length bring the texts into
# another order, and the logits have to come back in the order of the texts.

# %%
def batches_of(examples: list[dict[str, Any]], size: int = 32, seed: int = 0) -> Iterable[dict[str, Tensor]]:
    """An epoch of batches by length."""
    for rows in length_batches([len(example["input_ids"]) for example in examples], size, seed):
        yield collate([examples[row] for row in rows])


def predict(model: nn.Module, examples: list[dict[str, Any]]) -> Tensor:
    """Logits (examples, labels), in the order of the examples."""
    model.eval()
    found: list[Tensor | None] = [None] * len(examples)
    with torch.no_grad():
        for rows in length_batches([len(example["input_ids"]) for example in examples], 64, seed=0):
            batch = collate([examples[row] for row in rows])
            for row, logits in zip(rows, model(batch["input_ids"], batch["attention_mask"]).float(), strict=True):
                found[row] = logits
    return torch.stack(found)


def accuracy_of(logits: Tensor, examples: list[dict[str, Any]]) -> float:
    """The share of examples whose largest logit is that of their label."""
    truth = torch.tensor([example["label"] for example in examples])
    return (logits.argmax(dim=1) == truth).float().mean().item()


# %% [markdown]
# ### The same through `Trainer`
#
# transformers has all of this ready, and much more besides: `Trainer`. Does your loop do what it does? Both get the
# same model, the same batches in the same order, two micro-batches to a step. Dropout is off, so that no chance is
# left.

# %%
still = {"hidden_dropout_prob": 0.0, "attention_probs_dropout_prob": 0.0}
steps, examples = 6, train_examples[: 6 * 16]
model = fresh(**still)
model.dropout.p = 0.0
optimizer = torch.optim.AdamW(parameter_groups(model, 0.01), lr=1e-4)
scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: learning_rate_factor(step, 2, steps))
micro_batches = [collate(examples[start : start + 8]) for start in range(0, len(examples), 8)]
mine = train_epoch(model, micro_batches, optimizer, scheduler, accumulate=2)

# %% volatile=true
import tempfile

from transformers import PrinterCallback, Trainer, TrainingArguments


class ForTrainer(nn.Module):
    """Our classifier in the form that Trainer expects: it gives a dict."""

    def __init__(self, classifier: nn.Module) -> None:
        super().__init__()
        self.classifier = classifier

    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> dict[str, Tensor]:
        return {"logits": self.classifier(input_ids, attention_mask)}


def mean_loss(outputs: dict[str, Tensor], labels: Tensor, num_items_in_batch: Tensor) -> Tensor:
    """Summed over a micro-batch, divided by the texts of the whole step."""
    return F.cross_entropy(outputs["logits"], labels, reduction="sum") / num_items_in_batch


model = fresh(**still)
model.dropout.p = 0.0
with tempfile.TemporaryDirectory() as folder:
    arguments = TrainingArguments(
        output_dir=folder, per_device_train_batch_size=8, gradient_accumulation_steps=2, num_train_epochs=1,
        learning_rate=1e-4, weight_decay=0.01, warmup_steps=2, lr_scheduler_type="linear", max_grad_norm=1.0,
        train_sampling_strategy="sequential", logging_steps=1, save_strategy="no", report_to="none",
        disable_tqdm=True, use_cpu=True, remove_unused_columns=False, seed=0,
    )  # fmt: skip
    trainer = Trainer(
        ForTrainer(model), arguments, data_collator=collate, train_dataset=examples, compute_loss_func=mean_loss
    )
    trainer.remove_callback(PrinterCallback)
    trainer.train()
theirs = [entry["loss"] for entry in trainer.state.log_history if "loss" in entry]
for number, (one, other) in enumerate(zip(mine, theirs, strict=True)):
    print(f"step {number}: loss of your loop {one:.4f}, of Trainer {other:.4f}")
assert all(abs(one - other) < 2e-3 for one, other in zip(mine, theirs, strict=True))


# %% [markdown]
# The same numbers, so nothing in `Trainer` is magic. It brings what a loop of one's own lacks: several GPUs, logging,
# checkpoints. A loop of one's own shows every line, and does what nobody has foreseen. Note `num_items_in_batch`:
# without it, `Trainer` averages the means of the micro-batches, which you know from above.

# %% [markdown]
# ### Half the digits
#
# bfloat16 has the range of float32 and only 8 bits for the digits. Under **autocast** the weights stay in float32, and
# the matrix products are computed in bfloat16, where the processor or GPU has units for it. The loss and everything
# that adds up many small numbers stay in float32.

# %%
class InBfloat16(nn.Module):
    """A model whose matrix products are computed in bfloat16, on whatever device its input lies."""

    def __init__(self, model: nn.Module) -> None:
        super().__init__()
        self.model = model

    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> Tensor:
        with torch.autocast(input_ids.device.type, dtype=torch.bfloat16):
            logits = self.model(input_ids, attention_mask)
        return logits.float()


# %% volatile=true
import time

model = fresh()
batch = collate(train_examples[:32])
seconds = {}
for name, wrapped in (("float32", model), ("bfloat16", InBfloat16(model))):
    for _ in range(3):  # the first one warms up
        began = time.perf_counter()
        F.cross_entropy(wrapped(batch["input_ids"], batch["attention_mask"]), batch["labels"]).backward()
        seconds[name] = time.perf_counter() - began
        model.zero_grad()
    print(f"{name}: {seconds[name]:.2f} s for a batch of 32, forward and backward")
faster = min(seconds, key=lambda name: seconds[name])
print("this machine trains in", faster)


def in_precision(model: nn.Module) -> nn.Module:
    """The model in the precision that is faster here."""
    return InBfloat16(model) if faster == "bfloat16" else model


# %% [markdown]
# Where the processor has no units for bfloat16, autocast can be several times *slower* than float32, as every number is
# converted back and forth. So measure, as above, and take the faster one. What it does to the result is small: logits
# differ in the third digit.

# %% [markdown]
# ## 6 · A run
#
# ### Stopping, and going on
#
# Trainings are interrupted: a laptop goes to sleep, a machine is needed elsewhere. A **checkpoint** is a file from which
# a training goes on as if nothing had happened. The weights alone are not enough.
#
# | what | without it |
# |---|---|
# | weights and buffers | there is nothing to go on from |
# | the optimizer's state | its averages begin at zero, and the first steps go astray |
# | the schedule's state | the rate warms up again |
# | the step | batches are seen twice, or never |
# | the state of the random generator | dropout draws other numbers: a fair run, but another one |
#
# **Predict.** Is seeding again, with the seed of the start, as good as restoring the generator's state?
#
# <details><summary>Answer</summary>
#
# No. It would repeat the draws from the beginning. What is needed is the place that the generator had reached.
#
# </details>
#
# ### Your turn: `Checkpoint`

# %% exercise="Checkpoint"
class Checkpoint:
    """A file from which a training goes on exactly where it stopped.

    Args:
        model: a module with weights and buffers.
        optimizer: of its parameters, with whatever state it keeps.
        scheduler: of the optimizer.
    """

    def __init__(
        self, model: nn.Module, optimizer: torch.optim.Optimizer, scheduler: torch.optim.lr_scheduler.LRScheduler
    ) -> None:
        ### BEGIN SOLUTION
        self.model = model
        self.optimizer = optimizer
        self.scheduler = scheduler
        ### END SOLUTION

    def save(self, path: Path, step: int) -> None:
        """Write everything to one file, over an older one if there is one; the training does not notice.

        Args:
            path: of the file. torch.load(path, weights_only=True) must be able to read it (lesson 7, section 8).
            step: how many steps have been made.
        """
        ### BEGIN SOLUTION
        state = {
            "model": self.model.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "scheduler": self.scheduler.state_dict(),
            "step": step,
            "random": torch.get_rng_state(),
        }
        torch.save(state, path)
        ### END SOLUTION

    def restore(self, path: Path) -> int:
        """Put model, optimizer, scheduler and torch's global random generator (CPU) into the saved state.

        Args:
            path: a file that save has written, perhaps in another process and by another Checkpoint, whose
                model, optimizer and scheduler were built the same way.

        Returns:
            The step that was saved.
        """
        ### BEGIN SOLUTION
        state = torch.load(path, weights_only=True)
        self.model.load_state_dict(state["model"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.scheduler.load_state_dict(state["scheduler"])
        torch.set_rng_state(state["random"])
        return state["step"]
        ### END SOLUTION


# %% check="Checkpoint"
check("Checkpoint", Checkpoint)


# %% [markdown]
# On the real model: six steps in one go, and six steps with a break after the third, in a model that began as another.

# %% volatile=true
def short_run() -> tuple[nn.Module, torch.optim.Optimizer, torch.optim.lr_scheduler.LRScheduler]:
    model = fresh()
    freeze_below(model, 4)
    optimizer = torch.optim.AdamW(parameter_groups(model, 0.01), lr=1e-3)
    return model, optimizer, torch.optim.lr_scheduler.LambdaLR(optimizer, lambda s: learning_rate_factor(s, 2, 6))


six = [collate(train_examples[start : start + 8]) for start in range(0, 48, 8)]
with tempfile.TemporaryDirectory() as folder:
    path = Path(folder) / "training.pt"
    run = short_run()
    first_half = train_epoch(run[0], six[:3], *run[1:])
    Checkpoint(*run).save(path, step=3)
    print(f"{path.stat().st_size / 1e6:.0f} MB for 22.7 million parameters")
    unbroken = train_epoch(run[0], six[3:], *run[1:])
    other = short_run()
    other[0].head.weight.data.zero_()
    step = Checkpoint(*other).restore(path)
    resumed = train_epoch(other[0], six[step:], *other[1:])
for number, (one, two) in enumerate(zip(unbroken, resumed, strict=True), start=3):
    print(f"step {number}: loss {one:.6f} without the break, {two:.6f} with it")
assert all(abs(one - two) < 1e-3 for one, two in zip(unbroken, resumed, strict=True))

# %% [markdown]
# The file holds the weights, and two averages for each of the parameters *that learn*. (lesson 7 counted them: 16 bytes
# for each in memory, of which 4 are gradients, which no checkpoint needs.)

# %% [markdown]
# ### When to stop
#
# More epochs bring the training loss down, always. The validation loss falls, and then it rises again: the model begins
# to know its examples by heart. **Early stopping** keeps the weights of the epoch with the best validation loss, and
# breaks off when it has not been beaten for a few epochs, the **patience**.
#
# To see that in seconds, we let the upper two layers learn alone, on 1,200 snippets. Then the four frozen layers below
# give the same output for a text in every epoch, and it is enough to compute it once and keep it:

# %%
from course.cached_layers import cache_lower, cached_logits, fit_upper, upper_classifier

few, held_out = train_rows[:1200], validation_rows[:600]
few_labels, held_out_labels = [row["label"] for row in few], [row["label"] for row in held_out]
lower = cache_lower([row["text"] for row in few], layers=4)
lower_held_out = cache_lower([row["text"] for row in held_out], layers=4)
print(tuple(lower.states[0].shape), "numbers for the first text, which come out of layer 4")

# %% volatile=true
import copy

from course.visualizers import TrainingDashboard


def cached_batches(seed: int) -> Iterable[dict[str, Tensor]]:
    """Batches with the outputs of layer 4 in the place of ids."""
    for rows in length_batches([len(state) for state in lower.states], 32, seed):
        states, mask = lower.batch(rows)
        yield {"input_ids": states, "attention_mask": mask, "labels": torch.tensor([few_labels[row] for row in rows])}


upper = upper_classifier(above=4, seed=0)
optimizer = torch.optim.AdamW(parameter_groups(upper, 0.01), lr=1e-4)
scheduler = torch.optim.lr_scheduler.ConstantLR(optimizer, factor=1.0)
best, best_epoch, best_weights, patience = float("inf"), 0, upper.state_dict(), 2
with TrainingDashboard(metrics=("loss", "accuracy")) as dashboard:
    for epoch in range(1, 9):
        losses = train_epoch(upper, cached_batches(seed=epoch), optimizer, scheduler)
        logits = cached_logits(upper, lower_held_out)
        loss = F.cross_entropy(logits, torch.tensor(held_out_labels)).item()
        right = (logits.argmax(1) == torch.tensor(held_out_labels)).float().mean()
        dashboard.log(epoch, loss=sum(losses) / len(losses), validation_loss=loss, accuracy=right)
        if loss < best:
            best, best_epoch, best_weights = loss, epoch, copy.deepcopy(upper.state_dict())
        elif epoch - best_epoch >= patience:
            break
upper.load_state_dict(best_weights)
print(f"stopped after epoch {epoch}; the weights of epoch {best_epoch} are kept")
assert best_epoch < epoch

# %% volatile=true
dashboard.static()

# %% [markdown]
# Look at the two curves of the loss: where do they part? And at accuracy beside it: it hardly falls. A model that knows
# its examples by heart is not wrong more often at once, it is wrong with more *confidence*, and the loss counts that.
# Section 8 looks at it.
#
# **Predict.** Why `copy.deepcopy`? Is `state_dict()` not a copy?
#
# <details><summary>Answer</summary>
#
# It is a dictionary of the very tensors that the optimizer goes on changing. Kept without a copy, the “best” weights are
# the last ones.
#
# </details>

# %% [markdown]
# ### Which learning rate?
#
# It is the one hyperparameter that always matters. *Which is best, and how wrong may it be?* One epoch each on the same
# 1,200 snippets, measured on validation snippets:

# %% volatile=true
rates = [3e-6, 3e-5, 1e-4, 3e-4, 1e-3, 1e-2]
sweep = []
for rate in rates:
    upper = upper_classifier(above=4, seed=0)
    fit_upper(upper, lower, few_labels, learning_rate=rate, epochs=1, seed=0)
    logits, truth = cached_logits(upper, lower_held_out), torch.tensor(held_out_labels)
    sweep.append((F.cross_entropy(logits, truth).item(), (logits.argmax(1) == truth).float().mean().item()))
figure, axes = plt.subplots(1, 2, figsize=(8, 2.6), sharex=True)
for place, name in enumerate(("validation loss", "validation accuracy")):
    axes[place].plot(rates, [pair[place] for pair in sweep], "o-", color="black")
    axes[place].set(xscale="log", xlabel="learning rate", ylabel=name)
figure.tight_layout()
plt.show()
assert max(sweep, key=lambda pair: pair[1]) not in (sweep[0], sweep[-1])

# %% [markdown]
# Too small, and hardly anything is learned; too large, and the pretrained weights are destroyed in the first steps. In
# between lies a wide valley: within a factor of three the rate hardly matters, so search in such steps, on a
# logarithmic scale. A fine search would only choose by chance: 600 snippets tell accuracies apart that differ by about
# three points, no less (section 7 says how one knows).
#
# **Predict.** The best rate here is for two layers and 1,200 snippets. Is it the best for six layers and 3,000?
#
# <details><summary>Answer</summary>
#
# It need not be. More layers that learn want a smaller rate, more steps allow one. The valley is wide, though: take the
# sweep as a hint, and check with a run or two of the real thing. For all six layers we take $10^{-4}$.
#
# </details>

# %% [markdown]
# ### The whole run
#
# All layers, 3,000 snippets, one epoch, batches of 32 by length, a tenth of the steps as warm-up. The epoch is cut into
# three parts, so that a look at the validation set can be taken in between. *Does it learn, and is it learning the right
# thing?*

# %% volatile=true
model = fresh()
batches = list(batches_of(train_examples, size=32, seed=1))
optimizer = torch.optim.AdamW(parameter_groups(model, 0.01), lr=1e-4)
scheduler = torch.optim.lr_scheduler.LambdaLR(
    optimizer, lambda step: learning_rate_factor(step, len(batches) // 10, len(batches))
)
began = time.perf_counter()
with TrainingDashboard(total_steps=len(batches), metrics=("loss", "accuracy", "learning_rate"), smoothing=0.8) as run:

    def report(loss: float, rate: float) -> None:
        run.log(len(run.history["loss"]) + 1, loss=loss, learning_rate=rate)

    third = -(-len(batches) // 3)
    some = validation_examples[:500]
    truth = torch.tensor([example["label"] for example in some])
    for part in range(0, len(batches), third):
        train_epoch(in_precision(model), batches[part : part + third], optimizer, scheduler, report=report)
        logits = predict(in_precision(model), some)
        loss = F.cross_entropy(logits, truth)
        run.log(len(run.history["loss"]), validation_loss=loss, accuracy=accuracy_of(logits, some))
print(f"{time.perf_counter() - began:.0f} s on {torch.get_num_threads()} threads, validation included")

# %% volatile=true
run.static()

# %% volatile=true
validation_logits = predict(model, validation_examples)
reached = accuracy_of(validation_logits, validation_examples)
print(f"accuracy on {len(validation_examples)} validation snippets: {reached:.3f}; of the baseline: {accuracy:.3f}")
assert reached >= 0.80
assert reached > accuracy + 0.03

# %% [markdown]
# That is the model which the rest of the lesson examines. Set `frozen`, the rate or the number of snippets as you like
# and run the section again: the validation set is there for it.
#
# ### What goes wrong without a word
#
# An exception would be kind. These mistakes raise none; each stands in published notebooks:
#
# | mistake | what you see |
# |---|---|
# | `model.eval()` forgotten while measuring | accuracy a little too low, and different each time |
# | `model.train()` forgotten afterwards | the training loss is lower than it should be: dropout is off from then on |
# | no shuffling, rows sorted by label | the loss leaps at the border between the labels |
# | no validation set, the test set in its place | a good score, and a disappointment with new texts |
# | old gradients kept | the loss falls, then wanders |
# | measuring in the training loop, with gradients | memory grows until the process is ended |
# | schedule moved per micro-batch or per epoch | the rate reaches 0 too early, or never |
#
# The first of them, on our model: *how many of 300 snippets get another label when dropout is left on?*

# %% volatile=true
texts = collate(validation_examples[:300])
model.train()
with torch.no_grad():
    answers = [model(texts["input_ids"], texts["attention_mask"]).argmax(1) for _ in range(2)]
model.eval()
print(f"{int((answers[0] != answers[1]).sum())} of 300 labels differ between two calls in training mode")
with torch.no_grad():
    answers = [model(texts["input_ids"], texts["attention_mask"]).argmax(1) for _ in range(2)]
print(f"{int((answers[0] != answers[1]).sum())} of 300 in evaluation mode")
assert torch.equal(*answers)
