# %% [markdown]
# # 9 · Serving
#
# A model in a notebook answers one person, who waits. A **service** answers many, who do not know each other, send what
# nobody expected, and want to be told when it does not work. This lesson makes one of the model that you fine-tuned: it
# begins with an endpoint of a dozen lines that works in a demonstration, finds out what is wrong with it, and ends with
# a server that is tested, watched, and several times as fast. What you measure at the end is *your* server.
#
# **At the end you can**
#
# 1. put a model behind one function that is right for every input: mode, gradients, batches, truncation;
# 2. say exactly what a request may hold, and refuse the rest in a form that programs understand;
# 3. write an application with health, readiness and errors, and test it without a network;
# 4. collect requests into batches, and say what that costs whom;
# 5. quantize weights to int8, and show what it changes;
# 6. measure latency and throughput without fooling yourself;
# 7. publish metrics, and notice when inputs have changed;
# 8. read a Dockerfile and a Kubernetes manifest, and say what each line is for.
#
# **Time**: about 180 minutes, 40 of them to read and run, the rest for nine exercises. There is a natural break before
# section 5.
#
# **You need**: lessons 4 (tokens and padding) and 8 (the model). If you skipped lesson 8, the course's own checkpoint
# takes the place of yours; it was made when the course was set up.
#
# **What counts in every exercise**: the results, however you compute them. Arguments stay unchanged.

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

# %% [markdown]
# ## 1 · An endpoint that works in a demonstration
#
# The article that this course began from ends with a service. These are its lines:
#
# ```python
# app = FastAPI()
# model = BertForSequenceClassification.from_pretrained(model_folder)
# tokenizer = BertTokenizer.from_pretrained(tokenizer_folder)
#
# @app.post("/classify")
# def classify(text: str):
#     inputs = tokenizer(text, return_tensors="pt")
#     outputs = model(**inputs)[0]
#     predicted_class = outputs.argmax().item()
#     return {"predicted_class": predicted_class}
# ```
#
# One line has to give way below. The folder of lesson 8 holds a model with a head of its own, on the mean over the tokens,
# which `BertForSequenceClassification` does not know; so the model of that folder takes its place. Everything else is as
# it stands.
#
# FastAPI makes a web application of ordinary functions: `@app.post("/classify")` says that this one answers the requests
# `POST /classify`, and what it returns goes out as JSON. A **test client** asks an application without any network, in
# the same process.
#
# **Predict.** The endpoint gets a short text, an empty one, and one of 600 words. BERT has 512 positions. What comes
# back?
#
# <details><summary>Answer</summary>
#
# A number, a number, and “Internal Server Error”: status 500, which says that the *server* is at fault. It is.
#
# </details>

# %%
from starlette.testclient import TestClient
from transformers import logging as transformers_logging

from course.resources.sentiment import learners_folder, load_sentiment, sentiment_folder
from course.serving.article import article_app

transformers_logging.set_verbosity_error()  # it warns of the text that is too long; we want to see what happens
folder = sentiment_folder()
print("The model is", "your own, from lesson 8." if folder == learners_folder() else "the course's own checkpoint.")

article = TestClient(article_app(folder, folder), raise_server_exceptions=False)
for text in ("A fine film.", "", "film " * 600):
    answer = article.post("/classify", params={"text": text})
    print(f"{len(text):5d} characters: status {answer.status_code}")
print(article.post("/classify", params={"text": "A fine film."}).json())
print(article.post("/classify", params={"text": "A fine film."}).request.url)
print("as a body:", article.post("/classify", json={"text": "A fine film."}).status_code)


# %% [markdown]
# Each of these lines hides a fault:
#
# | what is seen | why | where to look |
# |---|---|---|
# | the text stands in the address | a plain `text: str` is a *query parameter*; addresses end up in logs and caches, and their length is limited | section 3 |
# | 600 words end in status 500 | nothing cuts the text off | section 2 |
# | an empty text gets a class, a megabyte would be tokenized | no limits | section 3 |
# | the answer is a bare `1` | no label, no probability, no version of the model | sections 2 and 4 |
# | a graph for gradients is kept for each answer | no `inference_mode` | section 2 |
# | one text a call, whoever else waits | no batches | section 5 |
# | the tokenizer comes from *another* folder | that it fits is luck: save and load both together | lesson 8 |
# | everything is loaded when the module is imported | nobody can ask whether it is ready, or test it without the weights | section 4 |
#
# One fault does *not* show: the model is in evaluation mode, as loading it sees to that. A model that comes
# straight from training would answer with dropout, a little differently each time.

# %% [markdown]
# ## 2 · Texts in, labels and probabilities out
#
# First comes what has nothing to do with the web: a class that takes texts and gives answers, right for every input.
# With $z_k$ the model's output for class $k$ (its **logit**), the probability of the class is the softmax
#
# $$p_k = \frac{e^{z_k}}{\sum_j e^{z_j}} ,$$
#
# where $j$ runs over all classes.
#
# **By hand.** Two classes, $z = (0, 2)$: $e^0 = 1$ and $e^2 \approx 7.39$, so $p \approx (0.12, 0.88)$.
#
# Three decisions are part of the service, and should be told with the answer. *Which model* was it? `version`. *How long*
# may a text be? `max_length` tokens, the two special ones included; a longer one is cut. *Was* it cut? `truncated`.
#
# **Predict.** Three texts of 5, 6 and 100 tokens go through the model in one batch. How many numbers does it read, and
# how many of them are padding?
#
# <details><summary>Answer</summary>
#
# $3 \cdot 100 = 300$, and $95 + 94 = 189$ of them are padding. Padding every batch to its own longest text is the least
# that one should do; padding always to `max_length` = 128 would make it 384.
#
# </details>
#
# ### Your turn: `Predictor`

# %% exercise="Predictor"
class Predictor:
    """A classification model and its tokenizer, ready to answer.

    However it came, the model answers in evaluation mode (dropout off) and without a graph for gradients. To set the
    mode once, here, is enough.

    Args:
        model: of transformers, called as model(input_ids=…, attention_mask=…).logits, with or without token_type_ids;
            model.eval() puts it into evaluation mode. model.config.id2label names its classes, in the order of its
            outputs: {0: "…", 1: "…", …}.
        tokenizer: of transformers, the one that the model was trained with.
        max_length: tokens of a text that the model reads, [CLS] and [SEP] included; of a longer one the end of the text
            is cut off, and [SEP] closes what is left, as the tokenizer does it.
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
        Texts share a call with their neighbours in the list, or with others of about their length: never with such as
        need more padding. A single string in place of a list raises TypeError; a tuple may be taken or refused.

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

# %% [markdown]
# Your folder of lesson 8 says more than weights: to how many tokens texts were cut in training, which a server should do
# too; and the temperature $T$ that was fitted there. Both come along with the model: `model.max_length` is the first, and
# its logits are divided by $T$ already, so that your softmax gives calibrated probabilities. (The course's own checkpoint
# was not calibrated: $T = 1$.)

# %%
model, tokenizer = load_sentiment()
print("gradients in the article's way:", model(**tokenizer("A fine film.", return_tensors="pt")).logits.requires_grad)

limit = model.max_length
print("texts were cut in training after", limit, "tokens")
predictor = Predictor(model, tokenizer, max_length=limit)
for text in ("A moving film, beautifully played.", "Dull, loud, and far too long.", "film " * 600):
    (said,) = predictor.predict([text])
    print(f"{text[:36]!r:38s} {said['tokens']:4d} tokens, truncated: {said['truncated']!s:5s} label: {said['label']}")


# %% [markdown]
# ## 3 · What a request may ask for
#
# What comes from outside is checked *once*, where it comes in, and everything behind can rely on it. **pydantic**
# turns a description into that check: a class with a type for each field. FastAPI takes such a class for the body of a
# request, and answers for you when the body does not fit.
#
# Limits are part of the description. Without them, one client can keep all others waiting by sending a book.
#
# **Predict.** The model reads 64 tokens at most. Why limit the *characters*, when the rest is cut anyway?
#
# <details><summary>Answer</summary>
#
# Because it is cut *after* it was tokenized. A text of ten megabytes would be cut to 64 tokens at the end of several
# seconds. Before that it fills the memory, and before that it goes over the network: the course's application also
# counts the bytes of a body as they come in, and breaks off (status 413).
#
# </details>
#
# ### Your turn: `ClassifyRequest`
#
# MAX_TEXTS and MAX_CHARACTERS stand in the first cell.

# %% exercise="ClassifyRequest"
class ClassifyRequest(BaseModel):
    """The body of POST /classify: {"texts": ["…", "…"]}.

    Accepted are 1 to MAX_TEXTS texts. White space at both ends of a text is removed (by str.strip or by pydantic: they
    differ in a few control characters); what is left has 1 to MAX_CHARACTERS characters. Refused (with pydantic's
    ValidationError) is everything else: a missing or further field, a single string in place of the list, anything but
    strings in it, bytes too. Nothing is converted, shortened or left out to make it fit. A tuple in place of the list
    may be taken or refused: JSON has none.
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

# %%
from pydantic import ValidationError

for body in (
    {"texts": ["  Good. "]},
    {"texts": "Good."},
    {"texts": [" "]},
    {"texts": ["Good."] * 33},
    {"text": "Good"},
):
    try:
        print("accepted:", ClassifyRequest.model_validate(body).texts)
    except ValidationError:
        print("refused: ", str(body)[:50])


# %% [markdown]
# ## 4 · The application
#
# **HTTP** answers with a status: 2xx for success, 4xx if the *client* made a mistake (sending the same again won't
# help), 5xx if the *server* did (it may help). Programs read the status first, and often nothing else.
#
# | status | here |
# |---|---|
# | 200 | an answer |
# | 422 | the body can be read, and does not fit |
# | 500 | something broke, and it is our fault |
# | 503 | not now: the model is not loaded, or too many wait; `Retry-After` says in how many seconds to try again |
#
# Whoever runs many servers asks each of them two questions, every few seconds:
#
# * **health**: does the process live? If not, it is ended and started anew.
# * **readiness**: can it answer? If not, it gets no requests for the time being.
#
# A model that takes a minute to load is healthy and not ready. It is loaded in the **lifespan**, a function of which
# the first half runs when the application starts, and the second when it ends:
#
# ```python
# @contextlib.asynccontextmanager
# async def lifespan(app):
#     ...        # before the first request
#     yield      # as long as it serves
#     ...        # after the last one
# ```
#
# The functions are `async`: an **event loop** runs many of them in turn, in one thread. Where one says `await`, it
# waits, and the others go on. Where it computes without an `await`, *everybody* waits; so the model is called in another
# thread. That, and the loading, are done by a **service**, which is handed to your application:
#
# | | |
# |---|---|
# | `start()` and `close()`, coroutines | load, and let go |
# | `service.ready`, `service.version` | may change at any time |
# | `await service.classify(texts)` | a list of dicts, as your `predict` gives them; raises `NotReady` or `Overloaded` |
#
# **Predict.** `/health` answers 503 while the model is being loaded, which takes a minute. The process is started anew
# after three failures, ten seconds apart. What happens?
#
# <details><summary>Answer</summary>
#
# It is ended after half a minute, starts anew, is ended after half a minute, … and never serves. That is why there are
# two questions.
#
# </details>
#
# ### Your turn: `create_app`

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
    number of seconds, also that of /ready. No message repeats a text or what an exception says. Bodies come as
    application/json in UTF-8; what becomes of others is left to FastAPI, as are unknown paths and methods. It does no
    harm that the server writes an exception into its log, as it does where a handler for Exception answers it.

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

# %% [markdown]
# An application that gets its service from outside can be tested with any service: a pretended one that fails when you
# want it to, or the real one. Tests of a service say what it *promises*:

# %%
from course.serving.service import DirectService

app = create_app(DirectService(lambda: Predictor(model, tokenizer, max_length=limit, version="first")))
print("before the start:", TestClient(app).get("/ready").status_code, TestClient(app).get("/health").status_code)
with TestClient(app) as client:  # with: the lifespan runs
    print("ready:", client.get("/ready").json())
    answer = client.post("/classify", json={"texts": ["A moving film, beautifully played.", "Dull. " * 200]})
    assert answer.status_code == 200
    for said in answer.json()["predictions"]:
        assert abs(sum(said["probabilities"].values()) - 1) < 1e-5
        print("answer:", said["label"], "- truncated:", said["truncated"])
    print("error: ", client.post("/classify", json={"text": "A fine film."}).json())

# %% [markdown]
# ## 5 · Batches
#
# A call of the model has a price $a$ that is paid once, for starting every operation and fetching every weight, and a
# price $b$ for each text. A batch of $n$ texts takes about
#
# $$t(n) = a + b\,n ,$$
#
# and so $t(n)/n = b + a/n$ for a text: the larger the batch, the cheaper each text.
#
# **By hand.** $a = 16$ ms, $b = 2$ ms. One at a time: 18 ms each, at most 55 texts a second. In batches of 8:
# $16 + 16 = 32$ ms, 4 ms each, 250 texts a second.
#
# What is it on this machine? (Yours will be other numbers.)

# %% volatile=true
from course.resources import load_reviews

movies = load_reviews("movies")["text"][:320]


def milliseconds_per_text(predictor: Any, size: int) -> float:
    predictor.predict(movies[:size])  # the first call is slower than all others
    begin, passed, done = time.perf_counter(), 0.0, 0
    while passed < 0.5:
        start = done % (len(movies) - size)
        predictor.predict(movies[start : start + size])
        done += size
        passed = time.perf_counter() - begin
    return 1000 * passed / done


for size in (1, 4, 16):
    print(f"batches of {size:2d}: {milliseconds_per_text(predictor, size):5.1f} ms a text")

# %% [markdown]
# Where the larger batch is no better, the formula has left something out: a batch is padded to its longest text, and of
# sixteen reviews as they come one is long. Texts of about one length would go on getting cheaper (lesson 8).
#
# In a server nobody brings a batch along: requests come one by one, each with a text or two. **Dynamic batching**
# (Crankshaw et al., 2017) collects them. The first waits a moment for others. Then all go through the model together,
# and each gets its own answer.
#
# *Whom does a batch keep waiting, and what does everybody gain?*

# %% volatile=true
from course.visualizers import batching_explorer

batching_explorer().static()

# %% [markdown]
# And with controls. Find a load at which batches are not worth their wait, and one at which serving one at a time never
# catches up:

# %% volatile=true
batching_explorer()


# %% [markdown]
# **By hand.** At most 8 in a batch, a wait of 50 ms, requests at 100, 120, 140 and 160 ms, an idle model. The oldest has
# waited 50 ms at 150; until then three have come. They leave as a batch of 3 at 150 ms, and the request of 160 ms begins
# the next.
#
# **Predict.** There is a single client, who sends a request when the answer to the last one is there. The longest wait
# is 50 ms. What does dynamic batching do for this client?
#
# <details><summary>Answer</summary>
#
# Harm: every request waits 50 ms for others that cannot come. So the wait should be short against what the model takes,
# and under load it hardly matters: whoever came while the model was busy has waited long enough, and goes along at once.
#
# </details>
#
# ### Your turn: `next_batch`
#
# Requests stand in an `asyncio.Queue`. `await queue.get()` waits for one, `queue.get_nowait()` takes one that is there,
# `queue.empty()` says whether there is any. The check runs on a made-up clock, on which waiting takes no time.

# %% exercise="next_batch"
async def next_batch(queue: asyncio.Queue, max_batch_size: int, max_wait: float) -> list:
    """The next batch of requests from a queue (dynamic batching; Crankshaw et al., 2017, section 4.3).

    Waits for a first request, as long as it takes. Then returns as soon as max_batch_size requests are there, or the
    oldest of them has waited for max_wait since it arrived, whichever comes first. Whatever stands in the queue goes
    along, up to max_batch_size, even if that moment has passed already or max_wait is 0. One that comes at that very
    moment may go along or stay. A millisecond late is in time, a hundredth of a second is not. Nothing that it began
    waits at the queue when it returns. Nobody cancels it.

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

# %% [markdown]
# The rest of the machinery is the course's: `BatchedService` puts texts into the queue, asks your `next_batch` for
# batches, runs the model in a thread, and gives each answer to the one who waits for it. When 256 texts wait it raises
# `Overloaded`: better to say so at once than to answer everybody too late.

# %%
from concurrent.futures import ThreadPoolExecutor

from course.serving.service import BatchedService

sizes: list[int] = []
service = BatchedService(
    lambda: Predictor(model, tokenizer, max_length=limit),
    collect=next_batch,
    max_wait=0.05,
    max_batch_size=8,
    workers=1,
    observe=lambda size, seconds: sizes.append(size),
)
with TestClient(create_app(service)) as client, ThreadPoolExecutor(20) as people:
    answers = list(people.map(lambda text: client.post("/classify", json={"texts": [text]}).json(), movies[:20]))
labels = [answer["predictions"][0]["label"] for answer in answers]
alone = [said["label"] for said in predictor.predict(movies[:20])]
print("twenty people, each with one text:", sum(sizes), "texts in fewer batches than that:", len(sizes) < 20)
print("everybody got their own answer:", labels == alone)


# %% [markdown]
# ## 6 · Fewer bits
#
# The weights are float32: four bytes each. **Quantization** replaces them by whole numbers of one byte and a scale. Of
# a row $w$ of a weight matrix take the largest absolute value; it becomes 127:
#
# $$s = \frac{\max_j |w_j|}{127}, \qquad c_j = \operatorname{round}\!\left(\frac{w_j}{s}\right), \qquad w_j \approx s\,c_j .$$
#
# $s$ is the **scale** of the row, and $c_j$ the **codes**, from −127 to 127. No $w_j$ is moved by more than half a scale.
#
# **By hand.** $w = (0.5, -1.27, 0)$: $s = 1.27/127 = 0.01$, $c = (50, -127, 0)$.
#
# **Predict.** One weight of a matrix is a hundred times as large as all others. What becomes of the others, with one
# scale for the whole matrix, and with one for each row?
#
# <details><summary>Answer</summary>
#
# With one scale for all, the others have codes of −1, 0 and 1: hardly anything is left of them. With a scale for each
# row, that happens in one row alone.
#
# </details>
#
# ### Your turn: `quantize`

# %% exercise="quantize"
def quantize(weight: Tensor) -> tuple[Tensor, Tensor]:
    """Symmetric quantization to int8, each row with a scale of its own (Jacob et al., 2018).

    Args:
        weight: (rows, columns), float32, finite; the largest absolute value of a row is 0 or at least 1e-30.

    Returns:
        codes: (rows, columns), int8, whole numbers from -127 to 127: the weights divided by the scale of their row,
            and rounded to the nearest whole number (at a tie to the even one, as torch.round does; but for exact ties,
            no quotient is so near to one that another way to compute it would round otherwise).
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

# %%
weight = model.bert.encoder.layer[0].intermediate.dense.weight.detach()
codes, scales = quantize(weight)
error = (codes * scales[:, None] - weight).abs()
print(f"{weight.numel() * 4:,} bytes become {codes.numel() + scales.numel() * 4:,}")
print("no weight moved by more than half a scale:", bool((error <= scales[:, None] / 2 + 1e-7).all()))


# %% [markdown]
# That saves memory. To save *time*, the products must be of whole numbers too: so the input of a layer is quantized as
# well, each row when it comes (**dynamic** quantization). With $c^x$ and $s^x$ of a row of $x$, and $c$ and $s$ of an
# output's weights,
#
# $$y = s^x\, s \sum_j c^x_j\, c_j + b .$$
#
# The sum is one of whole numbers, for which processors have fast instructions; the bias $b$ is added as it is.
#
# **By hand.** $x = (1.27, -0.5)$: $s^x = 0.01$, $c^x = (127, -50)$. With $c = (10, -100)$, $s = 0.02$ and $b = -1$:
# the sum is $1270 + 5000 = 6270$, and $y = 0.01 \cdot 0.02 \cdot 6270 - 1 = 0.254$.
#
# **Predict.** How many bits does the sum need, for rows of 384?
#
# <details><summary>Answer</summary>
#
# A product is at most $127^2 = 16\,129$, and 384 of them 6,193,536: 23 bits and a sign. Eight or sixteen bits wrap round
# long before.
#
# </details>
#
# ### Your turn: `int8_linear`

# %% exercise="int8_linear"
def int8_linear(x: Tensor, codes: Tensor, scales: Tensor, bias: Tensor) -> Tensor:
    """A linear layer in whole numbers, with its input quantized on the way ("dynamic quantization").

    Each row of x is quantized by quantize. Products of codes are added up as whole numbers, in at least 32 bits (or in
    a float type that holds every such sum exactly); the sums are multiplied by both scales, and the bias is added as it
    is.

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

# %% [markdown]
# One layer of the real model, in whole numbers:

# %%
layer = model.bert.encoder.layer[0].intermediate.dense
hidden = torch.randn(4, 384, generator=torch.Generator().manual_seed(0))
with torch.inference_mode():
    exact = layer(hidden)
    whole = int8_linear(hidden, *quantize(layer.weight), layer.bias)
gap = float((whole - exact).abs().mean() / exact.abs().mean())
print(f"mean difference: {gap:.0%} of the mean output")

# %% [markdown]
# In Python that is no faster. **ONNX** is a file format for whole models: the list of their operations and their
# weights, without any Python. ONNX Runtime runs such files, and knows int8. The course has exported your model, once in
# float32 and once in int8. `OnnxClassifier` is called like the model that it was made of, so that *your* `Predictor`
# runs it.
#
# Two questions come before any other. Does it still say the same? And what is gained?

# %% volatile=true
from course.resources.sentiment import serving_folder
from course.serving.export import agreement
from course.serving.onnx_model import OnnxClassifier

served = serving_folder()
for file in ("model.onnx", "model.int8.onnx"):
    exported = Predictor(OnnxClassifier(served, file), tokenizer, max_length=limit)
    same = agreement(predictor, exported, movies[:200])
    print(
        f"{file:16s} {(served / file).stat().st_size / 1e6:5.1f} MB, same label: {same.same_label:.1%}, "
        f"largest difference of a probability: {same.largest:.1g}, "
        f"{milliseconds_per_text(exported, 16):.1f} ms a text (torch: {milliseconds_per_text(predictor, 16):.1f})"
    )
    assert same.same_label > 0.95


# %% [markdown]
# float32 gives the same numbers, up to rounding. int8 does not: some probabilities move, and here and there a label that
# stood on the edge tips over. Whether that is allowed is decided with the measures of lesson 8, on the test set, and not
# by the size of the file.

# %% [markdown]
# ## 7 · How fast is it really?
#
# **Latency** is how long one request takes, **throughput** how many are answered in a second. A mean latency hides the
# unlucky ones; so one gives **percentiles**. The $p$-th percentile of $n$ latencies, by the nearest rank, is the one at
# place
#
# $$r = \left\lceil \frac{p\,n}{100} \right\rceil$$
#
# in the sorted list, counted from 1; $\lceil\cdot\rceil$ rounds up. At least $p$ per cent of the requests were no slower.
#
# **By hand.** Latencies of 30, 10, 20 and 40 ms, sorted 10, 20, 30, 40. p50: $r = \lceil 2 \rceil = 2$, so 20 ms. p95:
# $r = \lceil 3.8 \rceil = 4$, so 40 ms.
#
# There is a trap. A test sends a request every 100 ms, and the server stands still for one second. A client that waits
# for the answer before it sends the next one sends *nothing* in that second: it records one slow request, where ten
# users would have waited. That is **coordinated omission** (Tene, 2013). The remedy is a plan: latency counts from the
# moment at which a request was *due*, whenever it was sent.
#
# **Predict.** In that test, ten requests are due in the second of the standstill and 90 at other times, which take 10 ms.
# What is p95, counted from sending, and what is it, counted from when they were due?
#
# <details><summary>Answer</summary>
#
# From sending: one is slow in a hundred, so p95 is 10 ms, and nothing seems wrong. From when they were due: ten are slow,
# by between 100 ms and a second, and p95 is about half a second.
#
# </details>
#
# ### Your turn: `latency_summary`

# %% exercise="latency_summary"
def latency_summary(due: list[float], sent: list[float], finished: list[float | None]) -> dict[str, float]:
    """What a load test reports.

    A request's latency counts from the moment at which it was *due*, even if the client, held up by an answer that
    did not come, sent it later (Tene, 2013: leaving that time out is "coordinated omission").
    A percentile is taken by the nearest rank: the p-th of n latencies is the one at place ceil(p·n / 100), counted
    from 1, when they are sorted from the shortest to the longest.

    Args:
        due: seconds on one clock, when each request should have been sent; in any order. Where the clock has its 0 is
            unknown: moments may be 0 or negative.
        sent: seconds, when it was sent; not earlier than due.
        finished: seconds, when its answer was there, or None if it failed. At least one did not fail, and the last
            answer came after the first request was due.

    Returns:
        "p50", "p95", "p99" and "max": latencies in milliseconds, of the requests that did not fail. "failed": how
        many failed (2 or 2.0). "throughput": answers per second, from the first moment at which a request was due (failed or
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

# %%
due = [0.1 * place for place in range(100)]
sent = [max(moment, 3.0) if 2.0 < moment < 3.0 else moment for moment in due]  # the server stands still at 2.0
finished = [3.0 if moment == due[20] else leaving + 0.01 for moment, leaving in zip(due, sent, strict=True)]
for name, begin in (("when it was sent", sent), ("when it was due", due)):
    summary = latency_summary(begin, sent, finished)
    told = ", ".join(f"{key} {summary[key]:4.0f}" for key in ("p50", "p95", "max"))
    print(f"milliseconds from {name:16s}: {told}")

# %% [markdown]
# ### The article's endpoint against your server
#
# Now both run, one after the other, on this machine, on loopback, each in a thread of this process. Sixteen clients in a
# process of their own send real reviews, each the next one as soon as it has its answer. Everything that serves is
# yours: `create_app`, `next_batch`, `Predictor`. Two steps, so that one sees what brings what: batches with the model as
# it is, then the int8 model.
#
# The article's endpoint has torch's own threads, as it stands. Ours gives each call of the model one thread and runs two
# calls at a time: threads that wait for each other do nothing. (A tokenizer remembers the settings of its last call, so
# two threads must not share one: each gets a predictor of its own.)

# %% volatile=true
import copy
import threading

from course.serving.load import json_requests, load_test, query_requests
from course.serving.running import running

with running(article_app(folder, folder)) as url:
    before = load_test(url, query_requests(movies), clients=16, seconds=4, warm_up=2)
threads = torch.get_num_threads()


class OnePerThread:
    def __init__(self, make: Any) -> None:
        self.make, self.own = make, threading.local()
        first = make()
        self.labels, self.version = first.labels, first.version

    def predict(self, texts: list[str]) -> list[dict[str, Any]]:
        if not hasattr(self.own, "predictor"):
            self.own.predictor = self.make()
        return self.own.predictor.predict(texts)


def measured(make: Any) -> Any:
    server = create_app(BatchedService(lambda: OnePerThread(make), collect=next_batch, max_batch_size=4, workers=2))
    with running(server) as url:
        return load_test(url, json_requests(movies), clients=16, seconds=4, warm_up=2)


torch.set_num_threads(1)
batched = measured(lambda: Predictor(model, copy.deepcopy(tokenizer), max_length=limit))
final = measured(lambda: Predictor(OnnxClassifier(served), copy.deepcopy(tokenizer), max_length=limit))
torch.set_num_threads(threads)
for name, report in (("the article", before), ("batches", batched), ("batches, int8", final)):
    print(f"{name:14s} {report}")
gained = [report.throughput / before.throughput for report in (batched, final)]
print(f"throughput: {gained[0]:.1f} times and {gained[1]:.1f} times that of the article")
assert not final.failed
assert final.throughput > before.throughput


# %% [markdown]
# Look at the latencies too: with sixteen clients who always ask, throughput times latency is about sixteen (Little's
# law: those in the house are those who come in a second, times how long they stay).
#
# Latencies told of a fault, too. An earlier state of this very server answered nobody in less than 44 ms, even with a
# pretended model that takes no time, and its processor stood idle. It sent an answer in two pieces, head and body; the
# system held the second back until the client had acknowledged the first (**Nagle's algorithm**), and the client's system
# put that off by 40 ms (**delayed acknowledgement**). One option of the socket, `TCP_NODELAY`, ends it. So measure once
# without the model: what is left is what everything else costs.
#
# **Predict.** With a *single* client, how many times as fast as the article's endpoint is your server?
#
# <details><summary>Answer</summary>
#
# No batch can form, so that only the other savings are left: no gradients, int8. Each request even waits `max_wait`, here
# 2 ms. What a server gains depends on the load; a number without its load says nothing.
#
# </details>

# %% [markdown]
# ## 8 · What a running service tells
#
# Nobody watches a server; a program does. **Prometheus** fetches a page `/metrics` from each, every few seconds, and
# draws, adds up and raises alarms. A **histogram** counts latencies in buckets:
#
# ```text
# # HELP wait_seconds Time in the queue.
# # TYPE wait_seconds histogram
# wait_seconds_bucket{le="0.1"} 1
# wait_seconds_bucket{le="0.5"} 3
# wait_seconds_bucket{le="+Inf"} 4
# wait_seconds_sum 2.75
# wait_seconds_count 4
# ```
#
# `le` is *less than or equal*: the buckets are **cumulative**. Here 0.05, 0.5, 0.2 and 2.0 seconds were observed; three
# of them are not larger than 0.5.
#
# **Predict.** Three servers have a p95 of 10, 10 and 100 ms. What is the p95 of all their requests? And how would
# histograms help?
#
# <details><summary>Answer</summary>
#
# Nobody can say: percentiles cannot be averaged. The counts of buckets can be added up, over servers and over time, and a
# percentile be read from the sums, as finely as the buckets are.
#
# </details>
#
# ### Your turn: `histogram_text`

# %% exercise="histogram_text"
def histogram_text(name: str, help_text: str, bounds: list[float], values: list[float]) -> str:
    """A histogram in the text format that Prometheus reads (version 0.0.4).

    Args:
        name: of the histogram, a valid one.
        help_text: what it counts. A backslash in it is written as two, a line feed as a backslash and an n.
        bounds: upper bounds of the buckets, at least one, rising; without infinity.
        values: what was observed, all finite; may be empty.

    Returns:
        Lines in this order, each closed by a line feed, the last one too: "# HELP", name and help; "# TYPE", name and
        "histogram"; for each bound, name_bucket{le="bound"} and how many values are not larger than it; the same for
        infinity, which is written le="+Inf" and not otherwise; name_sum with the sum of the values; name_count with
        their number. One space parts a line's words. How another number is written (0.5, 5e-1) does not count, its
        value does: no digits are lost.
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

# %% [markdown]
# The course's own application keeps such a page. Three requests, and what it says about them:

# %%
from course.serving.application import create_app as course_app
from course.serving.onnx_model import OnnxPredictor

with TestClient(course_app(BatchedService(lambda: OnnxPredictor(served)))) as client:
    client.post("/classify", json={"texts": movies[:3]})
    client.post("/classify", json={"texts": []})
    print("a body of a megabyte:", client.post("/classify", json={"texts": ["a" * 1_000_000]}).json())
    lines = client.get("/metrics").text.splitlines()
print(*(line for line in lines if line.startswith(("http_requests_total", "text_tokens_count"))), sep="\n")


# %% [markdown]
# ### Have the inputs changed?
#
# A model is as good as the day it was tested on. If people begin to send something else, no error is raised and no
# metric turns red: answers get worse, and no label tells. What can be watched are the *inputs*. The **population
# stability index** compares two samples of one number, such as the length of texts, over the same bins. With $p_i$ the
# share of bin $i$ in the reference and $q_i$ its share now,
#
# $$\text{PSI} = \sum_i (q_i - p_i) \ln\frac{q_i}{p_i} .$$
#
# It is 0 for equal shares, and every term is at least 0: where $q_i$ is larger, both factors are positive, else both
# negative. By custom, below 0.1 nothing has happened, and above 0.25 somebody should look. An empty bin would divide by
# 0, so half a count is added to each.
#
# **By hand.** Reference 1, 2, 3, 9; now 8, 9, 9.5, 1; one bound at 5. Counts $(3, 1)$ and $(1, 3)$; shares
# $3.5/5 = 0.7$ and $0.3$, then $0.3$ and $0.7$. $\text{PSI} = -0.4 \ln\frac{0.3}{0.7} + 0.4 \ln\frac{0.7}{0.3} \approx 0.68$.
#
# **Predict.** A service for film reviews gets tweets. Will the *probabilities* of the model fall, so that one notices?
#
# <details><summary>Answer</summary>
#
# Don't rely on it: a model can be sure and wrong. That is why the inputs are watched, and not only the answers.
#
# </details>
#
# ### Your turn: `drift_score`

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
        The index, at least 0 (but for rounding: -1e-17 will do).
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


# %%
def lengths(domain: str, start: int, count: int = 400) -> list[float]:
    texts = load_reviews(domain)["text"][start : start + count]
    return [float(len(ids)) for ids in tokenizer(texts)["input_ids"]]


reference = lengths("movies", 0)
ordered = sorted(reference)
bounds = sorted({ordered[place] for place in range(50, 400, 50)})
for name, now in (
    ("other film reviews", lengths("movies", 5000)),
    ("reviews of products", lengths("products", 0)),
    ("tweets", lengths("tweets", 0)),
):
    print(f"{name:20s} PSI of the lengths: {drift_score(reference, now, bounds):.2f}")

# %% [markdown]
# ## 9 · Away from your machine
#
# A **container** is a folder with everything that a program needs, down to the system's libraries, and a command to
# start it. It runs the same on any machine that has an engine for it. A **Dockerfile** is the recipe:

# %%
from pathlib import Path

import course.serving

recipes = Path(course.serving.__file__).parent
for line in (recipes / "Dockerfile").read_text().splitlines():
    if line and not line.startswith("#"):
        print(line)

# %% [markdown]
# | line | why |
# |---|---|
# | `FROM …-slim` | a small system: less to fetch, less that can have holes |
# | `requirements.txt` before the code | steps whose inputs did not change are not done again |
# | `COPY model/` | the weights are part of the image: what was tested is what runs, and no network is needed at the start |
# | `USER` | not root: whoever breaks in owns nothing |
# | `HEALTHCHECK` | the engine asks by itself |
# | `ENTRYPOINT [ … ]` as a list | no shell in between, so that the signal to end reaches the server, which then answers what it has begun |
#
# Neither torch nor transformers are in it: ONNX Runtime and the tokenizer suffice. (There is no Docker engine in this
# course. The tests check the recipe with a linter and run its start command as it stands.)
#
# **Kubernetes** runs containers on many machines. One tells it what there shall be, and it sees to that:

# %%
import yaml

for part in yaml.safe_load_all((recipes / "kubernetes.yaml").read_text()):
    print(part["kind"], part["metadata"]["name"])
    if part["kind"] == "Deployment":
        (container,) = part["spec"]["template"]["spec"]["containers"]
        for probe in ("startupProbe", "readinessProbe", "livenessProbe"):
            print(f"  {probe}: {container[probe]['httpGet']['path']}, every {container[probe]['periodSeconds']} s")
        print("  resources:", container["resources"])

# %% [markdown]
# | what one needs | Kubernetes | in a cloud, ready made |
# |---|---|---|
# | keep the image | a registry | Amazon ECR, Google Artifact Registry, Azure Container Registry |
# | run it several times, replace what died | Deployment | Amazon ECS, Google Cloud Run, Azure Container Apps |
# | one address for all | Service | their load balancers |
# | more of them under load | HorizontalPodAutoscaler | automatic scaling, by load or by requests at a time |
# | end it only when the others hold | PodDisruptionBudget | part of their updates |
# | passwords and keys | Secret | AWS Secrets Manager, Google Secret Manager, Azure Key Vault |
#
# **Predict.** A new version of the model is worse than the old one, and serves already. What is the quickest way back?
#
# <details><summary>Answer</summary>
#
# The old image, which is still in the registry under its own version: go back to that. It works because weights and
# code are one thing, and because every answer carries the version: one can say which answers were concerned.
#
# </details>

# %% [markdown]
# ## 10 · The same in other clothes
#
# **Flask** is older, and just as common: functions without `async`, a thread for each request. Nothing of the
# `Predictor` changes, as it knows nothing of the web:

# %%
from course.serving.flask_application import create_flask_app

flask_client = create_flask_app(Predictor(model, tokenizer, max_length=limit, version="first")).test_client()
answer = flask_client.post("/classify", json={"texts": ["A moving film, beautifully played."]})
print(answer.status_code, answer.get_json()["predictions"][0]["label"])
print(flask_client.post("/classify", json={"texts": []}).status_code, flask_client.get("/ready").get_json()["status"])

# %% [markdown]
# And from a terminal, without any notebook:
#
# ```text
# python -m course.serving serve                          until Ctrl+C, on http://127.0.0.1:8000
# python -m course.serving load http://127.0.0.1:8000     a load test, in a second terminal
# python -m course.serving classify "A fine film."        one JSON object a line, no server
# python -m course.serving container FOLDER               what `docker build` takes
# ```

# %% [markdown]
# ## 11 · In short
#
# * A predictor is right by itself: evaluation mode, no gradients, bounded batches, told truncation, version.
# * Check what comes in once, at the door; have limits; never repeat in an error what was sent, or what broke.
# * Health: does it live? Readiness: can it answer? Two questions, two routes.
# * Batches make each text cheaper; the wait costs the first one. Measured under load, not for one client.
# * int8: a byte for each weight; compare answers before and after.
# * Percentiles, from when a request was due. Throughput with its load.
# * Publish histograms, since they can be added up. Watch the inputs, since no label will warn you.
# * Weights and code in one image, with a version that every answer carries.
#
# **Sources**
#
# * D. Crankshaw et al.: *Clipper: A Low-Latency Online Prediction Serving System*, 2017 (NSDI). C. Olston et al.:
#   *TensorFlow-Serving: Flexible, High-Performance ML Serving*, 2017, arXiv:1712.06139.
# * B. Jacob et al.: *Quantization and Training of Neural Networks for Efficient Integer-Arithmetic-Only Inference*,
#   2018, arXiv:1712.05877. O. Zafrir et al.: *Q8BERT*, 2019, arXiv:1910.06188.
# * G. Tene: *How NOT to Measure Latency*, a talk, 2013. J. Little: *A Proof for the Queuing Formula L = λW*, 1961.
# * Prometheus: *Exposition formats*. N. Siddiqi: *Credit Risk Scorecards*, 2006 (the population stability index).
