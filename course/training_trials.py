"""What lesson 8's exercises are tried on: tiny models and batches, and facts about what an answer did with them.

Each function is the target of a ``through`` step (:mod:`course.checking.steps`): it gets the answer, lets it work on
something small, and returns plain data. Weights are filled by a formula, not drawn, so that the numbers are the same
everywhere. A result of another form than asked for is handed on as it is: the judge says what is wrong with it.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy

from course.threads import threads

if TYPE_CHECKING:
    from transformers import BertModel

Answer = Callable[..., Any]
Batch = dict[str, Tensor]
#: So many seeds are tried before something is called "always the same".
_SEEDS = 20


def fill(module: nn.Module, seed: int = 0, scale: float = 0.5) -> None:
    """Fill the parameters of a module with numbers from -scale to scale, by a formula."""
    with torch.no_grad():
        for number, parameter in enumerate(module.parameters()):
            places = torch.arange(parameter.numel(), dtype=torch.float64)
            wave = torch.sin(places * 12.9898 + number * 78.233 + seed * 37.719)
            parameter.copy_((wave * scale).view(parameter.shape))


# ------------------------------------------------------------------------------------------------------------- batching
def batching_facts(answer: Answer, lengths: list[int], batch_size: int) -> Any:
    """What ``answer(lengths, batch_size, seed)`` makes of lengths, over several seeds; order of batches aside.

    Returns:
        ``rows`` in order of their numbers, the ``lengths`` in each batch (batches and lengths sorted), whether each
        seed gives the same twice, the order of batches varies over seeds, it is always that of length, rows of one
        length change places, and which of the global random generators were changed.
    """
    # A generator that was seeded with the same before must not look untouched.
    random.random(), torch.rand(())
    before = (random.getstate(), torch.get_rng_state())
    first = answer(lengths, batch_size, 0)
    same = {"random": random.getstate() == before[0], "torch": torch.equal(torch.get_rng_state(), before[1])}
    if not _is_batches(first):
        return first
    plain = _numbers(first)
    if not all(0 <= row < len(lengths) for batch in plain for row in batch):
        return {"rows": sorted(row for batch in plain for row in batch)}
    results = [answer(lengths, batch_size, seed) for seed in range(_SEEDS)]
    orders = {tuple(tuple(sorted(lengths[int(row)] for row in batch)) for batch in result) for result in results}
    company = {frozenset(frozenset(int(row) for row in batch) for batch in result) for result in results}
    # Batches that are drawn anew may come out alike by chance, but not for so many seeds.
    again = all(_numbers(answer(lengths, batch_size, seed)) == _numbers(results[seed]) for seed in range(_SEEDS))
    return {
        "rows": sorted(row for batch in plain for row in batch),
        "lengths": sorted(sorted(lengths[row] for row in batch) for batch in plain),
        "one seed gives the same twice": again,
        "batches come in another order with another seed": len(orders) > 1,
        "batches always come in order of length": all(list(order) == sorted(order) for order in orders),
        "rows of one length change places": len(company) > 1,
        "global random generators that were changed": [name for name, kept in same.items() if not kept],
    }


def _numbers(batches: Any) -> list[list[int]]:
    return [[int(row) for row in batch] for batch in batches]


def _is_batches(result: Any) -> bool:
    return isinstance(result, (list, tuple)) and all(
        isinstance(batch, (list, tuple)) and all(hasattr(row, "__index__") for row in batch) for batch in result
    )


# ----------------------------------------------------------------------------------------------------------- classifier
def tiny_encoder(seed: int = 0, hidden_size: int = 8) -> BertModel:
    """A BertModel of two layers with 24 words, without dropout, its weights filled by formula, in evaluation mode."""
    from transformers import BertConfig, BertModel

    config = BertConfig(
        vocab_size=24, hidden_size=hidden_size, num_hidden_layers=2, num_attention_heads=2, intermediate_size=12,
        max_position_embeddings=16, hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0,
    )  # fmt: skip
    encoder = BertModel(config)
    fill(encoder, seed)
    return encoder.eval()


@threads(1)
def classify(answer: Answer, input_ids: Tensor, attention_mask: Tensor, num_labels: int = 2) -> Any:
    """The logits of ``answer(encoder, num_labels)`` in evaluation mode, with a tiny encoder and a filled head."""
    classifier = answer(tiny_encoder(), num_labels=num_labels, dropout=0.4)
    torch.manual_seed(0)  # what draws although it should not, draws the same each time
    fill(classifier.head, seed=5, scale=1.0)
    return classifier.eval()(input_ids, attention_mask)


@threads(1)
def classifier_parts(answer: Answer, num_labels: int) -> dict[str, Any]:
    """The shapes of what the classifier adds to the encoder, and whether it keeps the encoder that it was given."""
    encoder = tiny_encoder()
    classifier = answer(encoder, num_labels=num_labels)
    own = {id(parameter) for parameter in encoder.parameters()}
    added = {name: list(p.shape) for name, p in sorted(classifier.named_parameters()) if id(p) not in own}
    known = {id(parameter) for parameter in classifier.parameters()}
    return {"added": added, "keeps the encoder": classifier.encoder is encoder and own <= known}


@threads(1)
def classifier_dropout(answer: Answer, input_ids: Tensor, attention_mask: Tensor, rate: float) -> dict[str, Any]:
    """What dropout does in training mode, seen through a head that hands the pooled vector on.

    Each pooled number should be 0, or the number in evaluation mode divided by ``1 - rate``. The head adds 1 to each,
    so that a zero behind the head is told from one in front of it.
    """
    encoder = tiny_encoder()
    width = encoder.config.hidden_size
    classifier = answer(encoder, num_labels=width, dropout=rate)
    torch.manual_seed(0)
    with torch.no_grad():
        classifier.head.weight.copy_(torch.eye(width))
        classifier.head.bias.fill_(1.0)
        calm = classifier.eval()(input_ids, attention_mask) - 1
        again = classifier(input_ids, attention_mask) - 1
        classifier.train()
        drawn = classifier(input_ids.repeat(100, 1), attention_mask.repeat(100, 1)) - 1
        drawn = drawn.unflatten(0, (100, len(input_ids)))
    zeroed = drawn == 0
    kept = torch.isclose(drawn, calm / (1 - rate), rtol=1e-3, atol=1e-5)
    return {
        "evaluation mode draws nothing": torch.equal(calm, again),
        "every number is zeroed or scaled": bool((zeroed | kept).all()),
        "training mode draws something": not torch.equal(drawn[0], drawn[1]),
        "logits of zero": bool((drawn == -1).any()),
        "the share of zeros, to one decimal": round(float(zeroed.float().mean()), 1),
    }


@threads(1)
def classifier_gradients(answer: Answer, input_ids: Tensor, attention_mask: Tensor, labels: Tensor) -> dict[str, bool]:
    """Which parts get a gradient from a loss."""
    encoder = tiny_encoder()
    classifier = answer(encoder, num_labels=2, dropout=0.0)
    fill(classifier.head, seed=5, scale=1.0)
    loss = cross_entropy(classifier.eval()(input_ids, attention_mask), labels)
    loss.backward()
    return {
        "head": _has_gradient(classifier.head.weight),
        "last layer": _has_gradient(encoder.get_parameter("encoder.layer.1.output.dense.weight")),
        "embeddings": _has_gradient(encoder.get_parameter("embeddings.word_embeddings.weight")),
        "the encoder is meant to learn": all(parameter.requires_grad for parameter in encoder.parameters()),
    }


def _has_gradient(parameter: Tensor) -> bool:
    return parameter.grad is not None and bool(parameter.grad.abs().sum() > 0)


# --------------------------------------------------------------------------------------------------------------- groups
class _Parts(nn.Module):
    """Parameters of all sorts: tables, matrices, biases, norms under several names, a single number, tied weights."""

    def __init__(self, tied: bool) -> None:
        super().__init__()
        self.words = nn.Embedding(5, 4)
        self.norm = nn.LayerNorm(4)
        self.attention = nn.Linear(4, 4)
        self.LayerNorm = nn.LayerNorm(4)
        self.scale = nn.Parameter(torch.ones(4))
        self.temperature = nn.Parameter(torch.tensor(1.0))
        self.bias_table = nn.Embedding(3, 4)
        self.convolution = nn.Conv1d(4, 4, 3)
        self.gate = nn.Linear(4, 1)
        self.head = nn.Linear(4, 5)
        if tied:
            self.head.weight = self.words.weight


def named_groups(answer: Answer, weight_decay: float, frozen: Sequence[str] = (), tied: bool = False) -> Any:
    """The groups that ``answer(model, weight_decay)`` makes, each parameter by its name.

    Args:
        frozen: names of modules whose parameters do not learn.
        tied: whether two modules share a matrix; it has the name of the first.

    Returns:
        Groups ``{"weight_decay", "params"}`` in order of their weight decay, names sorted; groups of the same weight
        decay are one group, and empty ones none.
    """
    model = _Parts(tied)
    for name in frozen:
        model.get_submodule(name).requires_grad_(False)
    groups = answer(model, weight_decay)
    if not isinstance(groups, (list, tuple)) or not all(isinstance(group, dict) for group in groups):
        return groups
    names = {id(parameter): name for name, parameter in model.named_parameters()}
    merged: dict[float, list[str]] = {}
    for group in groups:
        if not {"params", "weight_decay"} <= group.keys():
            return {"keys of the groups": sorted(", ".join(sorted(map(str, group))) for group in groups)}
        params = [group["params"]] if isinstance(group["params"], Tensor) else list(group["params"])
        merged.setdefault(float(group["weight_decay"]), []).extend(names.get(id(p), "unknown") for p in params)
    found = [{"weight_decay": decay, "params": sorted(names)} for decay, names in sorted(merged.items()) if names]
    torch.optim.AdamW(groups, lr=1e-3)  # raises where it cannot take them
    return found


# -------------------------------------------------------------------------------------------------------- steps, epochs
class TinyClassifier(nn.Module):
    """Ids and mask to logits by the mean of word vectors; it notes in which mode it was called."""

    def __init__(self, dropout: float = 0.0, seed: int = 0) -> None:
        super().__init__()
        self.words = nn.Embedding(12, 4)
        self.dropout = nn.Dropout(dropout)
        self.head = nn.Linear(4, 2)
        self.register_buffer("seen", torch.zeros((), dtype=torch.int64))
        self.seen: Tensor
        self.modes: list[bool] = []
        fill(self, seed, scale=1.0)

    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> Tensor:
        """(batch, length) twice to (batch, 2)."""
        self.modes.append(self.training)
        if self.training:
            self.seen += len(input_ids)
        weights = attention_mask.unsqueeze(-1).float()
        pooled = (self.words(input_ids) * weights).sum(1) / weights.sum(1).clamp(min=1)
        logits: Tensor = self.head(self.dropout(pooled))
        return logits


def tiny_batches(sizes: Sequence[int], seed: int = 0) -> list[Batch]:
    """Batches of the sizes given, each as long as its longest text needs; nothing is drawn."""
    batches = []
    for number, size in enumerate(sizes, start=seed):
        lengths = [2 + (number + row) % 3 for row in range(size)]
        columns = torch.arange(max(lengths))
        mask = (columns < torch.tensor(lengths)[:, None]).long()
        ids = 1 + (columns * 5 + torch.arange(size)[:, None] * 3 + number * 7) % 11
        labels = (torch.arange(size) + number) % 3 // 2
        batches.append({"input_ids": ids * mask, "attention_mask": mask, "labels": labels})
    return batches


class _Counting(torch.optim.SGD):
    """Plain gradient descent that notes the learning rate of each step; the head has a lower one of its own."""

    def __init__(self, model: TinyClassifier, rate: float) -> None:
        head = list(model.head.parameters())
        rest = [parameter for name, parameter in model.named_parameters() if not name.startswith("head.")]
        super().__init__([{"params": rest, "lr": rate}, {"params": head, "lr": 0.75 * rate}])
        self.rates: list[float] = []

    def step(self, closure: Any = None) -> Any:
        self.rates.append(float(self.param_groups[0]["lr"]))
        return super().step(closure)


@threads(1)
def stepped(
    answer: Answer, steps: Sequence[Sequence[int]], max_norm: float = 1.0, stale: bool = False, rate: float = 1.0,
    scale: float = 1.0, training: bool = True,
) -> Any:  # fmt: skip
    """What ``answer(model, micro_batches, optimizer, max_norm)`` does.

    Args:
        steps: for each call the sizes of its micro-batches.
        max_norm: handed on.
        stale: whether gradients of something else lie about before the first call.
        rate: the learning rate of plain gradient descent, so that weights show the gradient.
        scale: of the weights; large ones have large gradients.
        training: the mode in which the model comes.

    Returns:
        What each call returned, how often the optimizer stepped, whether the model kept its mode all the time, and the
        head and some words afterwards.
    """
    model = TinyClassifier().train(training)
    fill(model, scale=scale)
    optimizer = _Counting(model, rate)
    if stale:
        batch = tiny_batches([3], seed=50)[0]
        cross_entropy(model(batch["input_ids"], batch["attention_mask"]), batch["labels"]).backward()
    returned = [answer(model, tiny_batches(sizes, seed=10 * place), optimizer, max_norm)
                for place, sizes in enumerate(steps)]  # fmt: skip
    return {
        "returned": [_plain(result) for result in returned],
        "steps of the optimizer": len(optimizer.rates),
        "mode kept": {training} == {*model.modes, model.training},
        "head": model.head.weight.detach().clone(),
        "words": model.words.weight.detach()[1:4].clone(),
    }


def _plain(result: Any) -> Any:
    """Single numbers in place of tensors of one element, so that either form is right."""
    if isinstance(result, (list, tuple)):
        return [_plain(item) for item in result]
    return result.item() if isinstance(result, Tensor) and result.numel() == 1 else result


@threads(1)
def epoch(
    answer: Answer, sizes: Sequence[int], accumulate: int = 1, epochs: int = 1, report: bool = True,
    training: bool = False,
) -> Any:  # fmt: skip
    """What ``answer(model, batches, optimizer, scheduler, accumulate=, max_norm=, report=)`` does.

    The model comes in evaluation mode, or in training mode with ``training``; the batches come in an iterator, which
    can be read once; and the learning rate halves with each step of the scheduler.
    """
    model = TinyClassifier().train(training)
    optimizer = _Counting(model, 1.0)
    scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: 0.5**step)
    reported: list[Any] = []

    def note(*values: Any) -> None:
        reported.append(_plain(values))

    returned = []
    for number in range(epochs):
        batches: Iterator[Batch] = iter(tiny_batches(sizes, seed=10 * number))
        options = {"report": note} if report else {}
        result = answer(model, batches, optimizer, scheduler, accumulate=accumulate, max_norm=0.5, **options)
        returned.append(_plain(result))
    return {
        "returned": returned,
        "reported": reported,
        "learning rates": list(optimizer.rates),
        "learning rate afterwards": optimizer.param_groups[0]["lr"],
        "always in training mode": all(model.modes),
        "batches seen": len(model.modes),
        "in training mode afterwards": model.training,
        "head": model.head.weight.detach().clone(),
    }


# ---------------------------------------------------------------------------------------------------------- checkpoints
class _Run:
    """A small training with everything that a checkpoint must keep: momentum, schedule, dropout, a buffer."""

    def __init__(self, answer: Answer, seed: int, optimizer: str) -> None:
        self.model = TinyClassifier(dropout=0.5, seed=seed).train()
        kinds = {
            "AdamW": lambda p: torch.optim.AdamW(p, lr=0.1, weight_decay=0.1),
            "SGD": lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.9),
        }
        self.optimizer: torch.optim.Optimizer = kinds[optimizer](self.model.parameters())
        self.scheduler = torch.optim.lr_scheduler.LambdaLR(self.optimizer, lambda step: 0.8**step)
        self.checkpoint = answer(self.model, self.optimizer, self.scheduler)

    def train(self, first: int, last: int) -> list[float]:
        losses = []
        for step in range(first, last):
            batch = tiny_batches([4], seed=step)[0]
            loss = cross_entropy(self.model(batch["input_ids"], batch["attention_mask"]), batch["labels"])
            self.optimizer.zero_grad()
            loss.backward()
            self.optimizer.step()
            self.scheduler.step()
            losses.append(loss.item())
        return losses


@threads(1)
def resumed(answer: Answer, before: int, after: int, optimizer: str = "AdamW", between: int = 0) -> dict[str, Any]:
    """A training with a break against the same without one: what ``answer(model, optimizer, scheduler)`` keeps.

    Args:
        before, after: steps up to the checkpoint, and from there on.
        optimizer: "AdamW" or "SGD" with momentum.
        between: steps that the restored run has made before it is restored (in vain, as they are overwritten).

    Returns:
        The step that came back, and whether weights, buffer, learning rate, losses and random numbers are those of the
        unbroken run, exactly.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "training.pt"
        torch.manual_seed(1)
        first_draws = torch.get_rng_state()
        unbroken = _Run(answer, 0, optimizer)
        unbroken.train(0, before)
        unbroken.checkpoint.save(path, before)
        draws = torch.get_rng_state()
        expected = unbroken.train(before, before + after)
        torch.manual_seed(2)
        broken = _Run(answer, 3, optimizer)
        broken.train(0, between)
        step = broken.checkpoint.restore(path)
        restored_draws = torch.get_rng_state()
        torch.rand(3)
        broken.checkpoint.restore(path)
        again_draws = torch.get_rng_state()
        rate_at_restart = broken.optimizer.param_groups[0]["lr"]
        buffer_at_restart = int(broken.model.seen)
        came = broken.train(before, before + after)
        return {
            "step": _plain(step),
            "random numbers go on": torch.equal(restored_draws, draws),
            "random numbers start again": torch.equal(restored_draws, first_draws),
            "restored twice, the same random numbers": torch.equal(restored_draws, again_draws),
            "learning rate at the restart": rate_at_restart,
            "texts seen at the restart": buffer_at_restart,
            "first loss afterwards": came[0] == expected[0],
            "all losses afterwards": came == expected,
            "learning rate at the end": broken.optimizer.param_groups[0]["lr"],
            "weights at the end": _same_state(broken.model, unbroken.model),
        }


def _same_state(one: nn.Module, other: nn.Module) -> bool:
    pairs = zip(one.state_dict().values(), other.state_dict().values(), strict=True)
    return all(torch.equal(mine, theirs) for mine, theirs in pairs)


@threads(1)
def checkpoint_file(answer: Answer, steps: int = 2) -> dict[str, Any]:
    """What saving leaves: whether the file loads without running code, and whether the training noticed.

    A second save over the first must leave the newer one, and saving must change neither weights nor random numbers.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "training.pt"
        torch.manual_seed(1)
        run = _Run(answer, 0, "AdamW")
        run.train(0, steps)
        weights = {name: tensor.clone() for name, tensor in run.model.state_dict().items()}
        draws = torch.get_rng_state()
        run.checkpoint.save(path, steps)
        unnoticed = torch.equal(draws, torch.get_rng_state()) and all(
            torch.equal(weights[name], tensor) for name, tensor in run.model.state_dict().items()
        )
        still_training = run.model.training
        try:
            torch.load(path, weights_only=True)
            safe = True
        except Exception:
            safe = False
        run.train(steps, steps + 1)
        run.checkpoint.save(path, steps + 1)
        run.train(steps + 1, steps + 3)
        return {
            "loads without running code": safe,
            "saving goes unnoticed": unnoticed and still_training,
            "the newer one counts": _plain(run.checkpoint.restore(path)),
            "files": sorted(entry.name for entry in Path(folder).iterdir()) == ["training.pt"],
        }
