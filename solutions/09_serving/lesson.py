# %% [markdown]
# # 9 · Serving

# %% setup=true
import asyncio
import contextlib
import math
import time
from typing import Annotated, Any

import torch
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator
from torch import Tensor

from course import check, hint
from course.serving.batcher import Overloaded
from course.serving.service import NotReady

MAX_TEXTS = 32
MAX_CHARACTERS = 5_000


# %% exercise="Predictor"
class Predictor:
    """A classification model and its tokenizer, ready to answer.

    However it came, the model answers in evaluation mode (dropout off) and without a graph for gradients.

    Args:
        model: of transformers, called as model(input_ids=…, attention_mask=…).logits, with or without token_type_ids;
            model.eval() puts it into evaluation mode. model.config.id2label names its classes: {0: "…", 1: "…", …}.
        tokenizer: of transformers, the one that the model was trained with.
        max_length: tokens of a text that the model reads, [CLS] and [SEP] included; the end of a longer one is cut off.
        batch_size: texts in one call of the model, at most.
        version: which weights these are.

    Attributes: labels, the names of the classes in the order of the model's outputs (a tuple or list), and version.
    """

    def __init__(
        self, model: Any, tokenizer: Any, *, max_length: int = 128, batch_size: int = 16, version: str = "unversioned"
    ) -> None:
        ### BEGIN SOLUTION
        self.model = model.eval()
        self.tokenizer = tokenizer
        self.max_length = max_length
        self.batch_size = batch_size
        self.version = version
        self.labels = tuple(model.config.id2label[place] for place in range(len(model.config.id2label)))
        ### END SOLUTION

    def predict(self, texts: list[str]) -> list[dict[str, Any]]:
        """One answer for each text, in the order of the texts; [] for no text.

        n texts take ceil(n / batch_size) calls of the model; each is padded to its own longest text and no further.
        A single string in place of a list raises TypeError.

        Returns:
            Dicts with the keys "label" (the name of the most probable class), "probability" (its probability),
            "probabilities" ({name: probability} of every class, by softmax), "tokens" (how many the *whole* text has,
            [CLS] and [SEP] included) and "truncated" (whether that is more than max_length). Plain str, float, dict,
            int and bool, so that they are JSON as they stand.
        """
        ### BEGIN SOLUTION
        if isinstance(texts, str):
            raise TypeError("predict takes a list of texts, not one text: put it in brackets.")
        answers = []
        for start in range(0, len(texts), self.batch_size):
            batch = list(texts[start : start + self.batch_size])
            lengths = [len(ids) for ids in self.tokenizer(batch, verbose=False)["input_ids"]]
            inputs = self.tokenizer(
                batch, padding=True, truncation=True, max_length=self.max_length, return_tensors="pt"
            )
            with torch.inference_mode():
                rows = self.model(**inputs).logits.softmax(dim=-1).tolist()
            for row, length in zip(rows, lengths, strict=True):
                place = max(range(len(row)), key=row.__getitem__)
                answers.append(
                    {
                        "label": self.labels[place],
                        "probability": row[place],
                        "probabilities": dict(zip(self.labels, row, strict=True)),
                        "tokens": length,
                        "truncated": length > self.max_length,
                    }
                )
        return answers
        ### END SOLUTION


# %% check="Predictor"
check("Predictor", Predictor)


# %% exercise="ClassifyRequest"
class ClassifyRequest(BaseModel):
    """The body of POST /classify: {"texts": ["…", "…"]}.

    Accepted are 1 to MAX_TEXTS texts. White space at both ends of a text is removed; what is left has 1 to
    MAX_CHARACTERS characters. Refused (with pydantic's ValidationError) is everything else: a missing or further
    field, a single string in place of the list, anything but strings in it. Nothing is converted, shortened or left
    out to make it fit.
    """

    ### BEGIN SOLUTION
    model_config = ConfigDict(extra="forbid")
    texts: list[
        Annotated[str, StringConstraints(strict=True, strip_whitespace=True, min_length=1, max_length=MAX_CHARACTERS)]
    ] = Field(min_length=1, max_length=MAX_TEXTS)
    ### END SOLUTION
    ### BEGIN STUB
    # # YOUR CODE HERE: this takes too much
    # texts: list[str]
    ### END STUB


# %% check="ClassifyRequest"
check("ClassifyRequest", ClassifyRequest)


# %% exercise="create_app"
def create_app(service: Any) -> FastAPI:
    """The application around a service.

    ==============  ==============================================================================================
    POST /classify  body ClassifyRequest; 200 {"version": service.version, "predictions": what classify gave}
    GET /health     200 {"status": "alive"}, whatever the model does
    GET /ready      200 {"status": "ready", "version": service.version} while service.ready, else 503 "not_ready"
    ==============  ==============================================================================================

    The service is started once, when the application starts (lifespan), and closed once, when it ends; not when
    create_app is called. /classify hands all texts of a request to the service in one call.

    An error is JSON of the form {"error": {"code": "…", "message": "a sentence"}}: 422 "invalid_request" for a body
    that is no ClassifyRequest or no JSON, 503 "not_ready" for NotReady, 503 "overloaded" for Overloaded, 500
    "internal" for any other exception of the service. Both kinds of 503 carry the header Retry-After with a whole
    number of seconds, also that of /ready. No message repeats a text or what an exception says.

    Args:
        service: coroutines start(), close() and classify(texts), which raises NotReady or Overloaded, or gives one
            dict for each text; attributes ready and version, which change with time.
    """
    ### BEGIN SOLUTION

    @contextlib.asynccontextmanager
    async def lifespan(app: FastAPI):
        await service.start()
        yield
        await service.close()

    def refusal(status: int, code: str, message: str) -> JSONResponse:
        headers = {"Retry-After": "1"} if status == 503 else None
        return JSONResponse({"error": {"code": code, "message": message}}, status, headers=headers)

    app = FastAPI(lifespan=lifespan)

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> JSONResponse:
        return refusal(422, "invalid_request", f"Send 1 to {MAX_TEXTS} texts of 1 to {MAX_CHARACTERS} characters.")

    @app.exception_handler(NotReady)
    async def not_ready(request: Request, error: NotReady) -> JSONResponse:
        return refusal(503, "not_ready", "The model is not loaded yet.")

    @app.exception_handler(Overloaded)
    async def overloaded(request: Request, error: Overloaded) -> JSONResponse:
        return refusal(503, "overloaded", "Too many texts are waiting: try again.")

    @app.exception_handler(Exception)
    async def internal(request: Request, error: Exception) -> JSONResponse:
        return refusal(500, "internal", "Something went wrong on our side.")

    @app.post("/classify")
    async def classify(body: ClassifyRequest) -> dict[str, Any]:
        predictions = await service.classify(body.texts)
        return {"version": service.version, "predictions": predictions}

    @app.get("/health")
    async def health() -> dict[str, str]:
        return {"status": "alive"}

    @app.get("/ready")
    async def ready() -> Any:
        if not service.ready:
            return refusal(503, "not_ready", "The model is not loaded yet.")
        return {"status": "ready", "version": service.version}

    return app
    ### END SOLUTION


# %% check="create_app"
check("create_app", create_app)


# %% exercise="next_batch"
async def next_batch(queue: asyncio.Queue, max_batch_size: int, max_wait: float) -> list:
    """The next batch of requests from a queue (dynamic batching; Crankshaw et al., 2017, section 4.3).

    Waits for a first request, as long as it takes. Then returns as soon as max_batch_size requests are there, or the
    oldest of them has waited for max_wait since it arrived, whichever comes first. Whatever stands in the queue goes
    along, up to max_batch_size, even if that moment has passed already or max_wait is 0.

    Args:
        queue: of requests, the oldest first; others put more into it meanwhile. request.arrived is the moment at
            which it came, in seconds on the clock asyncio.get_running_loop().time().
        max_batch_size: at least 1.
        max_wait: seconds, at least 0.

    Returns:
        1 to max_batch_size requests, in the order of the queue. The others stay in the queue.
    """
    ### BEGIN SOLUTION
    clock = asyncio.get_running_loop()
    batch = [await queue.get()]
    deadline = batch[0].arrived + max_wait
    while len(batch) < max_batch_size:
        if not queue.empty():
            batch.append(queue.get_nowait())
            continue
        remaining = deadline - clock.time()
        if remaining <= 0:
            break
        try:
            batch.append(await asyncio.wait_for(queue.get(), remaining))
        except TimeoutError:
            break
    return batch
    ### END SOLUTION


# %% check="next_batch"
check("next_batch", next_batch)


# %% exercise="latency_summary"
def latency_summary(due: list[float], sent: list[float], finished: list[float | None]) -> dict[str, float]:
    """What a load test reports.

    A request's latency counts from the moment at which it was *due*, even if the client, held up by an answer that
    did not come, sent it later (Tene, 2013: leaving that time out is "coordinated omission").
    A percentile is taken by the nearest rank: the p-th of n latencies is the one at place ceil(p·n / 100), counted
    from 1, when they are sorted from the shortest to the longest.

    Args:
        due: seconds on one clock, when each request should have been sent; in any order.
        sent: seconds, when it was sent; not earlier than due.
        finished: seconds, when its answer was there, or None if it failed. At least one did not fail, and the last
            answer came after the first request was due.

    Returns:
        "p50", "p95", "p99" and "max": latencies in milliseconds, of the requests that did not fail. "failed": how
        many failed. "throughput": answers per second, from the first moment at which a request was due (failed or
        not) to the last at which an answer was there.
    """
    ### BEGIN SOLUTION
    answered = [(start, end) for start, end in zip(due, finished, strict=True) if end is not None]
    latencies = sorted(1000 * (end - start) for start, end in answered)
    count = len(latencies)
    summary: dict[str, float] = {}
    for percent in (50, 95, 99):
        rank = math.ceil(percent * count / 100)
        summary[f"p{percent}"] = latencies[rank - 1]
    summary["max"] = latencies[-1]
    summary["failed"] = len(due) - count
    seconds = max(end for _, end in answered) - min(due)
    summary["throughput"] = count / seconds
    return summary
    ### END SOLUTION


# %% check="latency_summary"
check("latency_summary", latency_summary)


# %% exercise="quantize"
def quantize(weight: Tensor) -> tuple[Tensor, Tensor]:
    """Symmetric quantization to int8, each row with a scale of its own (Jacob et al., 2018).

    Args:
        weight: (rows, columns), float32, finite.

    Returns:
        codes: (rows, columns), int8, whole numbers from -127 to 127: the weights divided by the scale of their row,
            and rounded to the nearest whole number (at a tie to the even one, as torch.round does).
        scales: (rows,), float32: the largest absolute value of each row, divided by 127; 1 for a row of zeros.
    """
    ### BEGIN SOLUTION
    largest = weight.abs().amax(dim=1)
    scales = torch.where(largest > 0, largest / 127, 1.0)
    codes = torch.round(weight / scales[:, None])
    return codes.to(torch.int8), scales
    ### END SOLUTION


# %% check="quantize"
check("quantize", quantize)


# %% exercise="int8_linear"
def int8_linear(x: Tensor, codes: Tensor, scales: Tensor, bias: Tensor) -> Tensor:
    """A linear layer in whole numbers, with its input quantized on the way ("dynamic quantization").

    Each row of x is quantized by quantize. Products of codes are added up as whole numbers, in at least 32 bits;
    the sums are multiplied by both scales, and the bias is added as it is.

    Args:
        x: (batch, d_in), float32.
        codes: (d_out, d_in), int8, and scales: (d_out,), float32: the weight as quantize gives it; d_in is at most
            1000.
        bias: (d_out,), float32.

    Returns:
        (batch, d_out), float32.
    """
    ### BEGIN SOLUTION
    x_codes, x_scales = quantize(x)
    sums = x_codes.to(torch.int32) @ codes.to(torch.int32).T
    return sums * x_scales[:, None] * scales + bias
    ### END SOLUTION


# %% check="int8_linear"
check("int8_linear", int8_linear)


# %% exercise="histogram_text"
def histogram_text(name: str, help_text: str, bounds: list[float], values: list[float]) -> str:
    """A histogram in the text format that Prometheus reads (version 0.0.4).

    Args:
        name: of the histogram, a valid one.
        help_text: what it counts. A backslash in it is written as two, a line feed as a backslash and an n.
        bounds: upper bounds of the buckets, rising; without infinity.
        values: what was observed; may be empty.

    Returns:
        Lines, each closed by a line feed, the last one too: "# HELP", name and help; "# TYPE", name and "histogram";
        for each bound, and for "+Inf" at the end, name_bucket{le="bound"} and how many values are not larger than
        it; name_sum with the sum of the values; name_count with their number. One space parts a line's words. How a
        number is written (0.5, 5e-1) does not count, its value does.
    """
    ### BEGIN SOLUTION
    escaped = help_text.replace("\\", "\\\\").replace("\n", "\\n")
    lines = [f"# HELP {name} {escaped}", f"# TYPE {name} histogram"]
    for bound in bounds:
        below = sum(value <= bound for value in values)
        lines.append(f'{name}_bucket{{le="{bound}"}} {below}')
    lines.append(f'{name}_bucket{{le="+Inf"}} {len(values)}')
    lines.append(f"{name}_sum {sum(values)}")
    lines.append(f"{name}_count {len(values)}")
    return "\n".join(lines) + "\n"
    ### END SOLUTION


# %% check="histogram_text"
check("histogram_text", histogram_text)


# %% exercise="drift_score"
def drift_score(reference: list[float], current: list[float], bounds: list[float]) -> float:
    """The population stability index between two samples.

    The bounds cut the numbers into len(bounds) + 1 bins: up to and with the first bound, above it up to and with
    the second, …, above the last. With n values in all, B bins and c values in a bin, the bin's share is
    (c + 0.5) / (n + 0.5·B), so that no share is 0. With p the shares of the reference and q those of the current
    sample, the index is the sum of (q - p)·ln(q / p) over the bins.

    Args:
        reference: numbers, at least one, in any order.
        current: numbers, at least one, in any order; how many may differ.
        bounds: rising, at least one.

    Returns:
        The index, at least 0.
    """
    ### BEGIN SOLUTION
    bins = len(bounds) + 1
    shares = []
    for sample in (reference, current):
        counts = [0] * bins
        for value in sample:
            place = sum(bound < value for bound in bounds)
            counts[place] += 1
        shares.append([(count + 0.5) / (len(sample) + 0.5 * bins) for count in counts])
    return sum((q - p) * math.log(q / p) for p, q in zip(*shares, strict=True))
    ### END SOLUTION


# %% check="drift_score"
check("drift_score", drift_score)
