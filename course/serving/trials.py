"""Functions that try answers to lesson 9: each takes a learner's function or class, drives it, and gives plain data.

What an answer needs and no key can carry (a model, a queue, a running application) is made here, the same on every
machine. Steps of a case name these functions by their dotted path; see :func:`course.checking.steps.through`.
"""

from __future__ import annotations

import asyncio
import copy
from collections.abc import Callable, Coroutine, Sequence
from functools import cache
from typing import Any

from course.serving.virtual import Stuck, run
from course.threads import threads


def batches(
    answer: Callable[..., Any],
    arrivals: Sequence[tuple[float, str]],
    max_batch_size: int,
    max_wait: float,
    *,
    busy: float = 0.0,
) -> dict[str, Any]:
    """Let a learner's ``next_batch`` serve requests on a made-up clock, one batch after another.

    Args:
        answer: ``async (queue, max_batch_size, max_wait) -> list``; the queue holds :class:`Waiting`.
        arrivals: (seconds, text), the moments not falling.
        max_batch_size: handed on.
        max_wait: seconds, handed on.
        busy: seconds that the model takes for a batch, before the next one is asked for.

    Returns:
        ``batches``: (seconds on the clock when it was handed over, to 1/100, its texts) in order; ``missing``: the
        texts that no batch held; ``ended``: "all served", "stuck" (it waits, and nothing will ever come), or "gave up"
        after twice as many batches as there are requests.
    """
    from course.serving.batcher import Waiting

    handed: list[tuple[float, list[str]]] = []

    async def arrive(queue: asyncio.Queue[Waiting]) -> None:
        clock = asyncio.get_running_loop()
        for moment, text in arrivals:
            if moment > clock.time():
                await asyncio.sleep(moment - clock.time())
            queue.put_nowait(Waiting(text, clock.time(), clock.create_future()))

    async def serve() -> str:
        clock = asyncio.get_running_loop()
        queue: asyncio.Queue[Waiting] = asyncio.Queue()
        coming = clock.create_task(arrive(queue))
        for _ in range(2 * len(arrivals)):
            # One turn of the loop, so that what comes at this very moment is there.
            await asyncio.sleep(0)
            batch = await answer(queue, max_batch_size, max_wait)
            handed.append((round(clock.time(), 2), [request.text for request in batch]))
            if sum(len(served) for _, served in handed) >= len(arrivals):
                await coming
                return "all served"
            await asyncio.sleep(busy)
        return "gave up"

    try:
        ended = run(serve())
    except Stuck:
        ended = "stuck"
    served = {text for _, batch in handed for text in batch}
    missing = [text for _, text in arrivals if text not in served]
    return {"batches": handed, "missing": missing, "ended": ended}


def validated(answer: Any, *bodies: Any) -> list[Any]:
    """What a learner's request model makes of bodies: the fields that it accepts, or "refused".

    Args:
        answer: a pydantic model.
        bodies: what came as JSON, as Python values.
    """
    from pydantic import ValidationError

    found: list[Any] = []
    for body in bodies:
        try:
            found.append(answer.model_validate(body).model_dump())
        except ValidationError:
            found.append("refused")
    return found


def validated_lengths(answer: Any, *shapes: tuple[int, int, int]) -> list[Any]:
    """The same for long bodies, which no key should carry.

    Args:
        answer: a pydantic model with the field ``texts``.
        shapes: (how many texts, letters in each, spaces on either side of each).

    Returns:
        For each, how many texts are accepted and how long the longest of them is then; or "refused".
    """
    bodies = [{"texts": [" " * spaces + "a" * letters + " " * spaces] * texts} for texts, letters, spaces in shapes]
    found = validated(answer, *bodies)
    return [
        one if isinstance(one, str) else (len(one["texts"]), max(map(len, one["texts"]), default=0)) for one in found
    ]


def scraped(
    answer: Callable[..., Any], name: str, help_text: str, bounds: list[float], values: list[float]
) -> dict[str, Any]:
    """What a Prometheus client reads from a learner's page of metrics.

    Args:
        answer: ``(name, help_text, bounds, values) -> str``.
        name: of the histogram.
        help_text: its help.
        bounds: upper bounds of the buckets.
        values: what was observed.

    Returns:
        ``families``: (name, type, help) of each; ``samples``: (name, bound or None, number) in order, where a bound
        that is infinity in another spelling than "+Inf" stays the text that it is; and whether the
        text ``ends`` in a line feed. For a text that cannot be read: ``unreadable``, with the line where that is known.
    """
    from prometheus_client.parser import text_string_to_metric_families

    # Not copies: whoever changes its arguments should be seen to do so.
    text = answer(name, help_text, bounds, values)
    if not isinstance(text, str):
        return {"unreadable": f"a {type(text).__name__} in place of a text"}
    try:
        families = list(text_string_to_metric_families(text))
        samples = [
            (sample.name, _bound(sample.labels), float(sample.value))
            for family in families
            for sample in family.samples
        ]
    except Exception as problem:
        return {"unreadable": f"{type(problem).__name__}: {problem}"[:200]}
    kinds = [(family.name, family.type, family.documentation) for family in families]
    return {"families": kinds, "samples": samples, "ends": text.endswith("\n")}


def _bound(labels: dict[str, str]) -> Any:
    if not labels:
        return None
    if list(labels) != ["le"]:
        return sorted(labels.items())
    bound = float(labels["le"])
    # Infinity has one spelling, as the only bound that is looked up by its name.
    return labels["le"] if bound == float("inf") and labels["le"] != "+Inf" else bound


def predicted(
    answer: Callable[..., Any],
    texts: Any,
    *,
    labels: Sequence[str] = ("mixed", "bad", "good"),
    limits: dict[str, Any] | None = None,
    words: int = 0,
    every: int = 1,
) -> dict[str, Any]:
    """What a learner's ``Predictor`` says to texts, and how it called the model.

    The model is a small BERT with fixed weights, in training mode, as it comes from training.

    Args:
        answer: ``(model, tokenizer, *, max_length, batch_size, version)``.
        texts: handed to ``predict``.
        labels: names of the classes, in the order of the model's outputs.
        limits: keyword arguments of the answer.
        words: if not 0, one text of as many words is put in front: too long for a key to carry.
        every: of the predictions, the first and every so many-th after it are told.

    Returns:
        ``labels`` and ``version`` of the predictor; what ``predict`` gave, and how many; of the calls of the model how
        many there were (``calls``), the most texts (``rows``) and tokens (``length``) of one, whether any was made in
        training mode or with gradients on, and whether more padding was computed than batches in the order of the
        texts need (``padded``). In training mode numbers are random: nothing is told then but that.
    """
    tokenizer = _tokenizer()
    model, calls = _small_classifier(tuple(labels))
    limits = limits or {}
    asked = [" ".join(["film"] * words), *texts] if words else texts
    with threads(1):
        predictor = answer(model, tokenizer, **limits)
        said = predictor.predict(asked)
    if any(call["training"] for call in calls):
        return {"training": True}
    return {
        "labels": list(predictor.labels),
        "version": predictor.version,
        "predictions": said[::every] if isinstance(said, (list, tuple)) else said,
        "number": len(said),
        "calls": len(calls),
        "rows": max((call["rows"] for call in calls), default=0),
        "length": max((call["length"] for call in calls), default=0),
        "training": False,
        "gradient": any(call["gradient"] for call in calls),
        "padded": sum(call["rows"] * call["length"] for call in calls) > _needed(tokenizer, asked, limits),
    }


@cache
def _tokenizer() -> Any:
    from course.resources import load_bert

    return load_bert()[1]


def _small_classifier(labels: tuple[str, ...]) -> tuple[Any, list[dict[str, Any]]]:
    """A BERT with one layer of width 16 in training mode, and the list in which it writes down how it is called."""
    # A copy: an answer may do with its model what it likes.
    model = copy.deepcopy(_recorded_classifier(labels))
    return model, model.calls


@cache
def _recorded_classifier(labels: tuple[str, ...]) -> Any:
    import torch
    from transformers import BertConfig, BertForSequenceClassification

    from course.resources import bert_vocabulary

    class Recorded(BertForSequenceClassification):
        calls: list[dict[str, Any]]

        def forward(self, *args: Any, **kwargs: Any) -> Any:
            ids = args[0] if args else kwargs["input_ids"]
            self.calls.append(
                {
                    "rows": ids.shape[0],
                    "length": ids.shape[1],
                    "training": self.training,
                    "gradient": torch.is_grad_enabled(),
                }
            )
            return super().forward(*args, **kwargs)

    config = BertConfig(
        vocab_size=len(bert_vocabulary()), hidden_size=16, num_hidden_layers=1, num_attention_heads=2,
        intermediate_size=16, initializer_range=0.5, id2label=dict(enumerate(labels)),
    )  # fmt: skip
    with torch.random.fork_rng():
        torch.manual_seed(9)
        model = Recorded(config)
    model.calls = []
    return model.train()


def _needed(tokenizer: Any, texts: Any, limits: dict[str, Any]) -> int:
    """Numbers that batches in the order of the texts hold, each padded to its own longest text."""
    from course.serving.predictor import BATCH_SIZE, MAX_LENGTH

    size, most = limits.get("batch_size", BATCH_SIZE), limits.get("max_length", MAX_LENGTH)
    if not texts:
        return 0
    lengths = [min(len(ids), most) for ids in tokenizer(list(texts), verbose=False)["input_ids"]]
    return sum(
        len(lengths[start : start + size]) * max(lengths[start : start + size])
        for start in range(0, len(lengths), size)
    )


#: What must not reach a client: it stands in the exception of a service that fails.
SECRET = "/srv/private/weights"


class ScriptedService:
    """A service in place of a model: what it does is decided by the words of a text.

    "overload" is refused, "crash" raises, "wear out" makes the service unready from then on. It counts what is done
    with it.
    """

    def __init__(self) -> None:
        self.ready = False
        self.version = ""
        self.labels: tuple[str, ...] = ()
        self.started = self.closed = 0
        self.asked: list[list[str]] = []
        self._begun: list[Coroutine[Any, Any, list[dict[str, Any]]]] = []

    async def start(self) -> None:
        self.started += 1
        self.ready, self.version, self.labels = True, "v7", ("bad", "good")

    async def close(self) -> None:
        self.closed += 1
        self.ready = False

    def classify(self, texts: Sequence[str]) -> Coroutine[Any, Any, list[dict[str, Any]]]:
        """What a coroutine function would give: a coroutine, to be awaited."""
        self._begun.append(self._classified(texts))
        return self._begun[-1]

    def forget_unawaited(self) -> None:
        """End the coroutines that nobody awaited; else Python would warn of each when it is thrown away."""
        for coroutine in self._begun:
            coroutine.close()

    async def _classified(self, texts: Sequence[str]) -> list[dict[str, Any]]:
        from course.serving.batcher import Overloaded
        from course.serving.service import NotReady

        if not self.ready:
            raise NotReady("the model is not loaded")
        self.asked.append(list(texts))
        await asyncio.sleep(0)
        if any("overload" in text for text in texts):
            raise Overloaded("the queue is full")
        if any("crash" in text for text in texts):
            raise RuntimeError(f"cannot read {SECRET}/model.bin")
        if any("wear out" in text for text in texts):
            self.ready = False
        return [
            {
                "label": "good" if "good" in text else "bad",
                "probability": 0.75,
                "probabilities": {"bad": 0.25, "good": 0.75} if "good" in text else {"bad": 0.75, "good": 0.25},
                "tokens": len(text.split()) + 2,
                "truncated": False,
            }
            for text in texts
        ]


def answered(
    answer: Callable[..., Any], requests: Sequence[tuple[str, str, Any]], *, started: bool = True
) -> dict[str, Any]:
    """What a learner's application answers to requests, and what it does with its service.

    Args:
        answer: ``create_app(service)``.
        requests: (method, path, body); a body that is a string is sent as it stands, anything else as JSON, None not.
        started: whether the application's lifespan runs around the requests.

    Returns:
        ``answers``: (status, what was said) of each; of an error in the agreed form its code, whether there is a
        sentence, whether and how a client is told when to come back, and whether it gives away what it must not; of a
        list that begins with an error, that and its second item; of one under ``detail``, just that.
        ``asked``: what the service was asked to classify. ``started``: how often it was started before, and after the
        lifespan began; ``closed``: how often it was closed when the lifespan had ended.
    """
    from starlette.testclient import TestClient

    service = ScriptedService()
    app = answer(service)
    before = service.started
    client = TestClient(app, raise_server_exceptions=False)
    if started:
        with client:
            answers = [_asked(client, *request) for request in requests]
    else:
        answers = [_asked(client, *request) for request in requests]
    service.forget_unawaited()
    return {
        "answers": answers,
        "asked": service.asked,
        "started": (before, service.started),
        "closed": service.closed,
    }


def _asked(client: Any, method: str, path: str, body: Any) -> tuple[int, Any]:
    if isinstance(body, str):
        response = client.request(method, path, content=body, headers={"Content-Type": "application/json"})
    else:
        response = client.request(method, path, json=body)
    try:
        said = response.json()
    except ValueError:
        return response.status_code, "no JSON"
    if isinstance(said, list) and said and isinstance(said[0], dict) and "error" in said[0]:
        # (body, status) is how other libraries answer; here it is a list. Its words are the learner's own.
        return response.status_code, ["an error as the first item of a list", *said[1:2]]
    if isinstance(said, dict) and isinstance(said.get("detail"), dict) and "error" in said["detail"]:
        # What FastAPI makes of an HTTPException that carries the agreed form.
        return response.status_code, "an error under detail"
    error = said.get("error") if isinstance(said, dict) else None
    if not isinstance(error, dict):
        return response.status_code, said
    sentence = error.get("message")
    return response.status_code, {
        "code": error.get("code"),
        "sentence": isinstance(sentence, str) and " " in sentence.strip(),
        "retry": _retry(response.headers.get("Retry-After")),
        "gives away": SECRET in response.text or "secret" in response.text.lower(),
    }


def _retry(header: str | None) -> str | None:
    if header is None:
        return None
    return "in whole seconds" if header.isdigit() else "no whole number"
