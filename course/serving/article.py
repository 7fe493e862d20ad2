"""The endpoint of the article that the course began from. Measured against, never served.

All is as it stands there but one line: the article loads a ``BertForSequenceClassification``; the folder of lesson 8
holds a model with a head of its own, which takes its place, and is called in the same way.

What is wrong with it (lesson 9 shows each):

* ``text: str`` is a query parameter, not a request body: texts end up in addresses and logs.
* No truncation: more than 512 tokens raise, and the client reads "Internal Server Error".
* No limits, no validation: an empty text is classified, a megabyte is tokenized.
* Gradients are on: a graph is kept for each answer. One text a call, whoever waits.
* The tokenizer is another folder's; that it fits is luck.
* It loads at import: no readiness, no health; a bad folder ends the import.
* The answer is a bare number: no label, no probability, no version of the model.
* Loading gives evaluation mode; a model straight from training would answer with dropout.
"""

from __future__ import annotations

from pathlib import Path

from fastapi import FastAPI

from course.resources.bert import no_progress_bars
from course.serving.fine_tuned import load_fine_tuned


def article_app(model_folder: str | Path, tokenizer_folder: str | Path) -> FastAPI:
    """The article's lines in a function, so that two folders can be named, with the model of lesson 8.

    Loads at once, as the article does at import.
    """
    from transformers import BertTokenizer

    app = FastAPI()

    with no_progress_bars():
        model, _ = load_fine_tuned(model_folder)
        tokenizer = BertTokenizer.from_pretrained(tokenizer_folder)

    @app.post("/classify")
    def classify(text: str) -> dict[str, int]:
        inputs = tokenizer(text, return_tensors="pt")
        outputs = model(**inputs)[0]
        predicted_class = outputs.argmax().item()
        return {"predicted_class": predicted_class}

    return app
