"""The endpoint of the article that the course began from, as it stands. Measured against, never served.

What is wrong with it (lesson 9 shows each):

* ``text: str`` is a query parameter, not a request body: texts end up in addresses and logs.
* No truncation: more than 512 tokens raise, and the client reads "Internal Server Error".
* No limits, no validation: an empty text is classified, a megabyte is tokenized.
* Gradients are on: a graph is kept for each answer. One text a call, whoever waits.
* The tokenizer is another folder's; that it fits is luck.
* It loads at import: no readiness, no health; a bad folder ends the import.
* The answer is a bare number: no label, no probability, no version of the model.
* ``from_pretrained`` gives evaluation mode; a model straight from training would answer with dropout.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fastapi import FastAPI


def article_app(model_folder: str | Path, tokenizer_folder: str | Path) -> FastAPI:
    """The article's lines in a function, so that two folders can be named; nothing else is changed.

    Loads at once, as the article does at import.
    """
    raise NotImplementedError
