"""Training the upper layers of a BERT on cached outputs of its lower ones.

Layers that do not learn give the same output for a text in every epoch and in every experiment. So they are run once
for each text, without a gradient, and their outputs are kept; what learns stands on top of them. With the lower four of
six layers frozen, an epoch then costs a third of the forward pass, and no backward pass goes below. The price: dropout
inside the frozen layers is off, and d_model numbers are kept for each token.
"""

from __future__ import annotations

import contextlib
import copy
import hashlib
import json
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from course import kept_weights
from course.resources import load_bert, resource
from course.threads import threads

#: Batches whose logits a model keeps.
_MOST_KEPT = 4096
#: A training that is to repeat itself runs on one thread: sums depend on how they are divided among several.
_THREADS = 1
#: Called after every optimizer step with the step, counted from 1, and the loss of its batch.
Report = Callable[[int, float], None]


def fast_bfloat16() -> bool:
    """Whether this processor multiplies in bfloat16 by itself; elsewhere autocast is slower than float32."""
    able = torch.cpu.get_capabilities()
    return bool(able.get("avx512_bf16") or able.get("amx_bf16"))


@dataclass(frozen=True)
class CachedStates:
    """What the lower layers make of texts: for each one (length, d_model), bfloat16, without padding."""

    states: tuple[Tensor, ...]

    def __len__(self) -> int:
        return len(self.states)

    def batch(self, places: Sequence[int]) -> tuple[Tensor, Tensor]:
        """The texts at these places, padded: float32 states (batch, length, d_model) and the mask (batch, length)."""
        chosen = [self.states[place].float() for place in places]
        lengths = torch.tensor([len(state) for state in chosen])
        mask = (torch.arange(int(lengths.max())) < lengths[:, None]).long()
        return nn.utils.rnn.pad_sequence(chosen, batch_first=True), mask

    def by_length(self, size: int) -> list[list[int]]:
        """All places in batches of ``size`` (the last one may be smaller), texts of like length together."""
        order = sorted(range(len(self)), key=lambda place: (len(self.states[place]), place))
        return [order[start : start + size] for start in range(0, len(order), size)]


def _run(layers: Sequence[nn.Module], states: Tensor, attention_mask: Tensor) -> Tensor:
    """Hidden states (batch, length, d_model) through BERT's layers, with padding masked as an added minus infinity."""
    masked = torch.zeros(attention_mask.shape, dtype=states.dtype)
    masked = masked.masked_fill(attention_mask == 0, torch.finfo(states.dtype).min)[:, None, None, :]
    for layer in layers:
        states = layer(states, masked)
    return states


def cache_lower(
    texts: Sequence[str], layers: int = 4, *, model: Any = None, tokenizer: Any = None, max_length: int = 64,
    batch_size: int = 64,
) -> CachedStates:  # fmt: skip
    """Run the embeddings and the lowest ``layers`` layers over texts, in evaluation mode and without a gradient.

    Args:
        texts: at least one.
        layers: 0 (embeddings alone) to as many as the model has.
        model: a BertModel; the packaged one if it is not given, with its tokenizer.
        tokenizer: belongs to ``model``.
        max_length: in tokens; longer texts are cut off.
        batch_size: how many texts go through at once.

    Raises:
        ValueError: if there is no text, or the model does not have so many layers.
    """
    if model is None or tokenizer is None:
        model, tokenizer = _bert()
    depth = len(model.encoder.layer)
    if not texts or not 0 <= layers <= depth:
        raise ValueError(f"at least one text and 0 to {depth} layers are needed, not {len(texts)} and {layers}")
    training = model.training
    model.eval()
    ids = tokenizer(list(texts), truncation=True, max_length=max_length)["input_ids"]
    order = sorted(range(len(ids)), key=lambda place: len(ids[place]))
    states: dict[int, Tensor] = {}
    with torch.inference_mode():
        for start in range(0, len(order), batch_size):
            places = order[start : start + batch_size]
            batch = tokenizer.pad({"input_ids": [ids[place] for place in places]}, return_tensors="pt")
            mask = batch["attention_mask"]
            with torch.autocast("cpu", dtype=torch.bfloat16, enabled=fast_bfloat16()):
                out = _run(model.encoder.layer[:layers], model.embeddings(batch["input_ids"]), mask)
            for place, state in zip(places, out, strict=True):
                states[place] = state[: len(ids[place])].to(torch.bfloat16)
    model.train(training)
    return CachedStates(tuple(states[place] for place in range(len(ids))))


class UpperClassifier(nn.Module):
    """The upper layers of a BERT, the mean over the tokens, dropout and a linear layer to two or more logits.

    Called with hidden states (batch, length, d_model) of the layers below and the mask (batch, length), it gives logits
    (batch, labels).

    Args:
        layers: BERT's layers, in order; they are copied. None of them makes it a linear layer on frozen states.
        d_model: width of the states.
        labels: how many classes.
        dropout: probability, before the linear layer.
    """

    def __init__(self, layers: Sequence[nn.Module], d_model: int, labels: int = 2, dropout: float = 0.1) -> None:
        super().__init__()
        self.layers = nn.ModuleList(copy.deepcopy(layer) for layer in layers)
        self.dropout = nn.Dropout(dropout)
        self.head = nn.Linear(d_model, labels)

    def forward(self, states: Tensor, attention_mask: Tensor) -> Tensor:
        states = _run(list(self.layers), states, attention_mask)
        weights = attention_mask.unsqueeze(-1).to(states.dtype)
        pooled = (states * weights).sum(dim=1) / weights.sum(dim=1).clamp(min=1)
        logits: Tensor = self.head(self.dropout(pooled))
        return logits


def upper_classifier(above: int = 4, *, labels: int = 2, seed: int = 0) -> UpperClassifier:
    """The packaged BERT's layers above the lowest ``above`` ones, under a new head drawn from ``seed``."""
    model, _ = _bert()
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        return UpperClassifier(list(model.encoder.layer)[above:], model.config.hidden_size, labels)


@contextlib.contextmanager
def _repeatable(seed: int, number: int) -> Iterator[None]:
    """Seeded, on a fixed number of threads; generator and threads are afterwards what they were."""
    with torch.random.fork_rng(devices=[]), threads(number):
        torch.manual_seed(seed)
        yield


def fit_upper(
    classifier: nn.Module, cached: CachedStates, labels: Sequence[int], *, learning_rate: float = 1.5e-4,
    epochs: int = 2, batch_size: int = 32, seed: int = 0, threads: int | None = None, report: Report | None = None,
) -> list[float]:  # fmt: skip
    """Train what has ``requires_grad``: AdamW, 10 % warm-up, linear decay, norm clipped to 1, batches by length.

    Args:
        classifier: called with states and mask, gives logits; it is left in training mode.
        cached: of the texts.
        labels: one class a text.
        learning_rate: the highest.
        epochs: at least 1.
        batch_size: texts in a step.
        seed: of dropout and of the order of the batches.
        threads: how many while it trains; as many as torch has if not given.
        report: called after each step.

    Returns:
        The loss of each step.
    """
    if len(labels) != len(cached):
        raise ValueError(f"there are {len(cached)} texts and {len(labels)} labels")
    parameters = [parameter for parameter in classifier.parameters() if parameter.requires_grad]
    decayed = [parameter for parameter in parameters if parameter.dim() > 1]
    rest = [parameter for parameter in parameters if parameter.dim() <= 1]
    optimizer = torch.optim.AdamW(
        [{"params": decayed, "weight_decay": 0.01}, {"params": rest, "weight_decay": 0.0}], lr=learning_rate
    )
    batches = cached.by_length(batch_size)
    total = epochs * len(batches)
    warm_up = max(1, math.ceil(0.1 * total))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / warm_up, (total - step) / max(1, total - warm_up))
    )
    losses: list[float] = []
    truth = torch.tensor(labels)
    narrow = fast_bfloat16()
    classifier.train()
    with _repeatable(seed, threads or torch.get_num_threads()):
        for _ in range(epochs):
            for number in torch.randperm(len(batches)).tolist():
                places = batches[number]
                with torch.autocast("cpu", dtype=torch.bfloat16, enabled=narrow):
                    logits = classifier(*cached.batch(places))
                loss = nn.functional.cross_entropy(logits.float(), truth[places])
                optimizer.zero_grad()
                loss.backward()
                nn.utils.clip_grad_norm_(parameters, 1.0)
                optimizer.step()
                schedule.step()
                losses.append(loss.item())
                if report is not None:
                    report(len(losses), losses[-1])
    return losses


def cached_logits(classifier: nn.Module, cached: CachedStates, batch_size: int = 64) -> Tensor:
    """Logits (texts, labels) in float32, in the order of the texts, in evaluation mode; the mode is then restored."""
    training = classifier.training
    classifier.eval()
    found: dict[int, Tensor] = {}
    with torch.inference_mode():
        for places in cached.by_length(batch_size):
            found |= dict(zip(places, classifier(*cached.batch(places)).float(), strict=True))
    classifier.train(training)
    return torch.stack([found[place] for place in range(len(cached))]).clone()


def _digest(*tensors: Tensor) -> bytes:
    found = hashlib.blake2b(digest_size=16)
    for tensor in tensors:
        found.update(f"{tuple(tensor.shape)}".encode())
        found.update(tensor.long().contiguous().numpy().tobytes())
    return found.digest()


class FilmClassifier(nn.Module):
    """A whole model again: lower layers as they were, trained ones above. Called with ids and mask, gives logits.

    Checks ask for the same snippets again and again. So in evaluation mode and without a gradient, what came of a batch
    is kept, as long as no parameter changes.
    """

    def __init__(self, model: Any, upper: UpperClassifier, kept: dict[bytes, Tensor] | None = None) -> None:
        super().__init__()
        self.embeddings = model.embeddings
        self.lower = nn.ModuleList(list(model.encoder.layer)[: len(model.encoder.layer) - len(upper.layers)])
        self.upper = upper
        self._kept = {} if kept is None else kept

    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> Tensor:
        """Ids (batch, length) and mask (batch, length), 1 for a token, to logits (batch, labels)."""
        # a parameter counts how often it was written to since it was made; a fresh copy begins at 0
        untouched = not any(parameter._version for parameter in self.parameters())
        keeping = untouched and not self.training and not torch.is_grad_enabled()
        key = _digest(input_ids, attention_mask) if keeping else b""
        if keeping and key in self._kept:
            return self._kept[key].clone()
        states = _run(list(self.lower), self.embeddings(input_ids), attention_mask)
        logits: Tensor = self.upper(states, attention_mask)
        if keeping and len(self._kept) < _MOST_KEPT:
            self._kept[key] = logits.clone()
        return logits


@lru_cache(maxsize=1)
def _bert() -> Any:
    return load_bert()


@lru_cache(maxsize=1)
def _frozen_bert() -> Any:
    return copy.deepcopy(_bert()[0]).requires_grad_(False)


@lru_cache(maxsize=4)
def _cached(texts: tuple[str, ...], layers: int) -> CachedStates:
    return cache_lower(texts, layers)


@lru_cache(maxsize=8)
def _trained(
    texts: tuple[str, ...], labels: tuple[int, ...], layers: int, learning_rate: float, epochs: int, seed: int
) -> tuple[UpperClassifier, dict[bytes, Tensor]]:
    below = len(_bert()[0].encoder.layer) - layers
    upper = upper_classifier(below, labels=max(labels) + 1, seed=seed)
    name = _name(texts, labels, layers, learning_rate, epochs, seed)
    kept = kept_weights.recall(name)
    if kept is not None and _shapes(kept) == _shapes(upper.state_dict()):
        upper.load_state_dict(kept)
        return upper.train(), {}
    fit_upper(
        upper, _cached(texts, below), labels, learning_rate=learning_rate, epochs=epochs, seed=seed, threads=_THREADS
    )
    kept_weights.keep(name, upper.state_dict())
    return upper, {}


def _shapes(tensors: dict[str, Tensor]) -> dict[str, torch.Size]:
    return {name: tensor.shape for name, tensor in tensors.items()}


def _name(*wanted: Any) -> str:
    """Names a training by all that its result depends on: arguments, BERT, this code, the libraries, the processor."""
    import transformers  # loaded with BERT, and slow to load without need

    machine = [fast_bfloat16(), torch.backends.cpu.get_cpu_capability(), _THREADS]
    versions = [torch.__version__, transformers.__version__]
    bert = sorted(resource("bert").files.items())
    return kept_weights.fingerprint(json.dumps([wanted, machine, versions, bert]), Path(__file__).read_bytes())


def train_upper_layers(
    texts: Sequence[str], labels: Sequence[int], *, layers: int = 2, learning_rate: float = 2e-4, epochs: int = 2,
    seed: int = 0,
) -> tuple[FilmClassifier, Any]:  # fmt: skip
    """Fine-tune the upper layers of the packaged BERT on labelled texts; the same call again costs next to nothing.

    Args:
        texts: to learn from.
        labels: one each, whole numbers from 0.
        layers: how many of the six learn, the highest ones.
        learning_rate: the highest.
        epochs: how often each text is seen.
        seed: of the head, the dropout and the order.

    Returns:
        The whole model, **in training mode** as training left it, and its tokenizer. Call the model with ``input_ids``
        and ``attention_mask``; it gives logits (batch, labels). Each call gives a model of its own, but for the lower
        layers, which are frozen.

    The result of a call is kept, also on disk: the trained layers and the head of the 20 trainings used last lie in the
    folder ``trained`` of the course's cache (:func:`course.resources.cache_directory`), under a hash of everything that
    they depend on. So the same call costs nothing after a restart either; where the cache cannot be written to or read,
    it trains anew and gives the same.
    """
    upper, kept = _trained(tuple(texts), tuple(map(int, labels)), layers, float(learning_rate), epochs, seed)
    model = _frozen_bert()
    # modules of its own, so that modes are its own; the frozen numbers, 80 MB of them, are shared
    shared: dict[int, Any] = {id(tensor): tensor for tensor in (*model.parameters(), *model.buffers())}
    return FilmClassifier(copy.deepcopy(model, shared), copy.deepcopy(upper), kept).train(), _bert()[1]
