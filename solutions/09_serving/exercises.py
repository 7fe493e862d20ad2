"""The contract of lesson 9, Serving: what each exercise is probed with, and what learners get wrong in it."""

# Edits quote lines of the solution whole:
# ruff: noqa: E501

from __future__ import annotations

import math
import random
from typing import Any

import torch
from torch import Tensor

from autograder.contract import Alternative, Exercise, Lesson, Misconception, call, case, through


def _numbers(*shape: int, seed: int, scale: float = 1.0) -> Tensor:
    return (torch.randn(*shape, generator=torch.Generator().manual_seed(seed)) * scale).round(decimals=2)


def _values(count: int, seed: int) -> list[float]:
    """Numbers as latencies are: most of them small, a few large."""
    drawn = random.Random(seed)
    return [round(-0.05 * math.log(1 - drawn.random()), 4) for _ in range(count)]


# ------------------------------------------------------------------------------------------------------------ Predictor
_PREDICTED = "course.serving.trials.predicted"
_FILMS = ["A fine film.", "Dull.", "I laughed and cried, and then I laughed again, at the wrong places."]
_MANY = [*_FILMS, "Good", "bad bad bad", "not good, not bad", "It is what it is: a film about a film."]
_KEPT = {"max_length": 24, "batch_size": 3, "version": "v1"}
_CALL = "self.model(**inputs).logits.softmax(dim=-1).tolist()"
_INPUTS = "self.tokenizer(\n                batch, padding=True, truncation=True, max_length=self.max_length, return_tensors=\"pt\"\n            )"
_PLACE_OF_BEST = "max(range(len(row)), key=row.__getitem__)"
_COUNTED = '[len(ids) for ids in self.tokenizer(batch, verbose=False)["input_ids"]]'
PREDICTOR = Exercise(
    name="Predictor",
    title="Texts in, labels and probabilities out",
    points=3,
    difficulty=3,
    minutes=20,
    time_limit=60.0,
    hints=(
        "Two things belong to the making: evaluation mode, and the names of the classes in their order. In `predict`, go through the list in steps of `batch_size`, and add the answers of each batch to one list.",
        "Ask the tokenizer twice for a batch: once as it is, for the lengths, and once with padding, truncation and `max_length`, for the model. `torch.inference_mode()` is a context manager.",
        "Softmax along the classes gives each text a row that sums to 1. `.tolist()` makes plain numbers of a tensor, before they go into the dicts.",
    ),
    cases=(
        case("one text", through(_PREDICTED, _FILMS[:1], limits={"version": "v1"}), strict_type=True, rtol=1e-3),
        case("labels and version", through(_PREDICTED, [], labels=["b", "c", "a"], limits={"version": "2026-11"}), strict_type=True),
        case("seven texts in batches of three", through(_PREDICTED, _MANY, limits=_KEPT, every=2), strict_type=True, rtol=1e-3),
        case("twenty texts in batches of eighteen", through(_PREDICTED, ["Good."] * 20, limits={"batch_size": 18}, every=19), strict_type=True, rtol=1e-3),
        case("a text that is too long", through(_PREDICTED, [_FILMS[1], "A dull and dreary film, and far too long. " * 3], limits=_KEPT), strict_type=True, rtol=1e-3),
        case("exactly as long as may be", through(_PREDICTED, ["one two three four", "one two three four five"], limits={"max_length": 6}), strict_type=True, rtol=1e-3),
        case("six hundred words", through(_PREDICTED, [_FILMS[1]], words=600, limits={"max_length": 32}), strict_type=True, rtol=1e-3),
        case("a string in place of a list", through(_PREDICTED, "Dull.", limits=_KEPT)),
        case("four classes, batches of two", through(_PREDICTED, [*_MANY[::-1], "ü, é, 好: a fine one."], labels=["d", "a", "c", "b"], limits={"batch_size": 2, "max_length": 12}, every=3), hidden=True, strict_type=True, rtol=1e-3),
        case("everything as it is by default", through(_PREDICTED, [*_MANY, *_MANY, *_MANY, ""], every=3), hidden=True, strict_type=True, rtol=1e-3),
        case("two classes, the last batch is full", through(_PREDICTED, ["bad, bad", *_MANY[:5]], labels=["negative", "positive"], limits=_KEPT), hidden=True, strict_type=True, rtol=1e-3),
    ),
    misconceptions=(
        Misconception("training_mode", "The model is in training mode, so that dropout is active: ask twice, and the same text gets two answers. `from_pretrained` would have hidden that; a model that comes straight from training does not.", 1.5, edits={"self.model = model.eval()": "self.model = model"}),
        Misconception("with_gradients", "All answers are right, but they are computed with gradients on: a graph is kept for every call, which costs memory and time, and nobody asks for it.", 2.25, edits={"torch.inference_mode()": "torch.enable_grad()"}),
        Misconception("no_truncation", "Texts of more tokens than `max_length` reach the model whole; one of 600 ends in an exception, as the model has 512 positions. The limit was never given to the tokenizer.", 1.5, edits={"truncation=True, max_length=self.max_length": "truncation=False"}),
        Misconception("truncation_without_a_limit", "Texts are cut, but at the tokenizer's own limit of 512 tokens, not at `max_length`: the longest call of the model tells.", 2.0, edits={"truncation=True, max_length=self.max_length": "truncation=True"}),
        Misconception("cut_without_its_end", "A text that is cut loses its closing [SEP], which the model has met at the end of every text in training; uncut ones keep it. Slicing the ids takes the last ones away, whichever they are.", 2.0, edits={_INPUTS: "self.tokenizer.pad([{name: ids[: self.max_length] for name, ids in self.tokenizer(text, verbose=False).items()} for text in batch], return_tensors=\"pt\")"}),
        Misconception("padded_to_the_limit", "Every batch is padded to `max_length`. The answers are right, and a short text costs as much as the longest possible one. Pad to the longest text of the batch.", 2.0, edits={"padding=True": 'padding="max_length"'}),
        Misconception("padded_before_it_was_cut", "Each batch is padded as far as the longest text of *all* requires: padding was done for the whole list. Cut the list first, then pad.", 2.0, edits={"padding=True": 'padding="max_length"', "truncation=True, max_length=self.max_length": "truncation=True, max_length=min(self.max_length, max(len(ids) for ids in self.tokenizer(list(texts), verbose=False)[\"input_ids\"]))"}),
        Misconception("one_text_a_call", "Every text is a call of the model by itself, whatever `batch_size` says. The answers are right, but what a call costs, however small it is, is paid for each.", 1.75, edits={"range(0, len(texts), self.batch_size)": "range(len(texts))", "start : start + self.batch_size": "start : start + 1"}),
        Misconception("all_in_one_call", "All texts go through the model in one call, however many they are. One request could fill the memory: cut the list into pieces of `batch_size`.", 1.75, edits={"range(0, len(texts), self.batch_size)": "range(0, len(texts), max(len(texts), 1))", "start : start + self.batch_size": "start : len(texts)"}),
        Misconception("last_batch_missing", "Where the number of texts is no multiple of `batch_size`, the last ones get no answer: the range ends too soon.", 1.25, edits={"range(0, len(texts), self.batch_size)": "range(0, len(texts) - self.batch_size + 1, self.batch_size)"}),
        Misconception("batch_size_written_out", "Your batches have 16 texts, whatever `batch_size` says: the default is written out where the argument should stand.", 2.25, edits={"self.batch_size = batch_size": "self.batch_size = 16"}),
        Misconception("no_mask", "A text alone is right, one beside a longer text is not: the model reads the padding as if it were text. What the tokenizer gives consists of more than the ids.", 1.5, edits={_CALL: 'self.model(input_ids=inputs["input_ids"]).logits.softmax(dim=-1).tolist()'}),
        Misconception("softmax_over_the_batch", "Your probabilities sum to 1 over the texts of a batch, and not over the classes of a text: softmax went along the wrong dimension.", 1.25, edits={"softmax(dim=-1)": "softmax(dim=0)"}),
        Misconception("softmax_over_the_batch_after_the_label", "Your labels are right, and the probabilities beside them sum to 1 over the texts of a batch, not over the classes of a text: softmax went along the wrong dimension.", 1.5, edits={"rows = self.model(**inputs).logits.softmax(dim=-1).tolist()": "logits = self.model(**inputs).logits\n            rows, best = logits.softmax(dim=0).tolist(), logits.argmax(dim=-1).tolist()", "for row, length in zip(rows, lengths, strict=True):": "for row, length, place in zip(rows, lengths, best, strict=True):", f"                place = {_PLACE_OF_BEST}\n": ""}),
        Misconception("sigmoid", "Your probabilities do not sum to 1: a sigmoid looks at each class by itself. Just one of them is right here, so they share.", 1.25, edits={"softmax(dim=-1)": "sigmoid()"}),
        Misconception("logits", "Negative numbers and numbers above 1 are no probabilities: these are the model's outputs as they come.", 1.25, edits={".softmax(dim=-1)": ""}),
        Misconception("logarithms", "Your probabilities are negative: they are logarithms of probabilities.", 1.5, edits={"softmax(dim=-1)": "log_softmax(dim=-1)"}),
        Misconception("number_for_label", "The label is a number. Whoever asks does not know the order of your classes: give its name.", 2.0, edits={'"label": self.labels[place]': '"label": place'}),
        Misconception("labels_sorted", "The names of the classes were put into alphabetical order, and stand at the wrong outputs. Their order is that of the model's outputs.", 1.5, edits={"tuple(model.config.id2label[place] for place in range(len(model.config.id2label)))": "tuple(sorted(model.config.id2label.values()))"}),
        Misconception("labels_of_sentiment", "The names `negative` and `positive` are written out. The model knows its own: a service must not know them better.", 1.25, edits={"tuple(model.config.id2label[place] for place in range(len(model.config.id2label)))": '("negative", "positive", "neutral", "other")[: len(model.config.id2label)]'}),
        Misconception("least_probable", "You name the least probable class.", 1.25, edits={_PLACE_OF_BEST: "min(range(len(row)), key=row.__getitem__)"}),
        Misconception("probability_of_the_last_class", "`probability` is always that of the same class, the last one, whichever the label is.", 1.75, edits={'"probability": row[place]': '"probability": row[-1]'}),
        Misconception("tensors", "Your numbers are tensors. They look like numbers when printed, but they are no JSON: make plain ones of them.", 2.0, edits={_CALL: "self.model(**inputs).logits.softmax(dim=-1)"}),
        Misconception("rounded", "Your probabilities are rounded. Who needs two digits can round; who needs more cannot get them back.", 2.25, edits={_CALL: "[[round(p, 2) for p in row] for row in self.model(**inputs).logits.softmax(dim=-1).tolist()]"}),
        Misconception("tokens_without_specials", "Your texts are two tokens too short: [CLS] and [SEP] count, they take places too.", 2.25, edits={'self.tokenizer(batch, verbose=False)': 'self.tokenizer(batch, verbose=False, add_special_tokens=False)'}),
        Misconception("tokens_after_the_cut", "No text is ever `truncated`: you count what is left after the cut. Count the whole text.", 2.0, edits={'self.tokenizer(batch, verbose=False)': 'self.tokenizer(batch, truncation=True, max_length=self.max_length)'}),
        Misconception("tokens_with_padding", "All texts of a batch have the same number of tokens: the padding is counted.", 1.75, edits={'self.tokenizer(batch, verbose=False)': 'self.tokenizer(batch, padding=True, verbose=False)'}),
        Misconception("words", "You count words. Tokens are pieces of words, punctuation, and two special ones.", 1.75, edits={_COUNTED: "[len(text.split()) for text in batch]"}),
        Misconception("truncated_at_the_limit", "A text of exactly `max_length` tokens is said to be cut. It fits: nothing of it was left out.", 2.25, edits={"length > self.max_length": "length >= self.max_length"}),
        Misconception("sorted_and_left_so", "The answers stand in another order than the texts: the texts were sorted by length, for the sake of padding, and never put back.", 1.5, edits={"        answers = []\n": "        texts = sorted(texts, key=len)\n        answers = []\n"}),
        Misconception("letters_of_a_string", "A single string is taken for a list, and each of its letters gets an answer. That is a mistake of the caller's which should be told at once.", 2.25, edits={"        if isinstance(texts, str):\n            raise TypeError(\"predict takes a list of texts, not one text: put it in brackets.\")\n": ""}),
        Misconception("a_string_is_one_text", "A single string is quietly taken for a list of one. The docstring wants a TypeError: one form that is checked is better than two that are guessed.", 2.25, edits={'raise TypeError("predict takes a list of texts, not one text: put it in brackets.")': "texts = [texts]"}),
        Misconception("version_forgotten", "The version is always the default: the argument was not kept.", 2.5, edits={"self.version = version": 'self.version = "unversioned"'}),
    ),
    alternatives=(
        Alternative("sorted_by_length_and_put_back", edits={
            "        answers = []\n": "        order = sorted(range(len(texts)), key=lambda n: len(self.tokenizer(texts[n], verbose=False)[\"input_ids\"]))\n        whole, texts = texts, [texts[n] for n in order]\n        answers = []\n",
            "        return answers\n": "        back = dict(zip(order, answers, strict=True))\n        return [back[n] for n in range(len(whole))]\n",
        }),
        Alternative("no_grad_and_argmax", edits={"torch.inference_mode()": "torch.no_grad()", _PLACE_OF_BEST: "int(torch.tensor(row).argmax())", "rows = self.model(**inputs).logits.softmax(dim=-1).tolist()": "self.model.eval()\n                logits = self.model(input_ids=inputs[\"input_ids\"], attention_mask=inputs[\"attention_mask\"]).logits\n                rows = torch.softmax(logits, 1).numpy().astype(float).tolist()"}),
        Alternative("padded_by_the_tokenizer", edits={_INPUTS: "self.tokenizer.pad(self.tokenizer(batch, truncation=True, max_length=self.max_length), return_tensors=\"pt\")", _COUNTED: '[len(self.tokenizer.tokenize(text)) + 2 for text in batch]'}),
    ),
    refuse={"transformers.pipeline": "it is what you write here by hand."},
)  # fmt: skip

# ------------------------------------------------------------------------------------------------------ ClassifyRequest
_VALID, _LONG = "course.serving.trials.validated", "course.serving.trials.validated_lengths"
_FIELD = "] = Field(min_length=1, max_length=MAX_TEXTS)"
_ITEM = "StringConstraints(strict=True, strip_whitespace=True, min_length=1, max_length=MAX_CHARACTERS)"
_CONFIG = 'model_config = ConfigDict(extra="forbid")'


def _before(text: str) -> dict[str, str]:
    """An edit that puts a validator in front of the field's own checks."""
    return {_FIELD: _FIELD + "\n\n    @field_validator(\"texts\", mode=\"before\")\n    @classmethod\n    def first(cls, value):\n        " + text + "\n        return value\n"}


REQUEST = Exercise(
    name="ClassifyRequest",
    title="What a request may ask for",
    points=2,
    difficulty=2,
    minutes=15,
    hints=(
        "Two different lengths have limits: that of the list and that of each text in it. They are written in two different places.",
        "`Field(min_length=…, max_length=…)` is about the list. A text gets limits where its type stands: `Annotated[str, StringConstraints(…)]`. What is done with fields that are not declared is part of `model_config = ConfigDict(…)`.",
        "StringConstraints takes `strip_whitespace`, `min_length` and `max_length`, and strips before it measures.",
    ),
    cases=(
        case("one text, two texts", through(_VALID, {"texts": ["A fine film."]}, {"texts": ["Good.", "Bad."]})),
        case("no text at all", through(_VALID, {"texts": []}, {"texts": [""]}, {"texts": ["Good.", " \n\t"]}, {})),
        case("white space at the ends", through(_VALID, {"texts": ["  good \n", "a  b"]})),
        case("other types", through(_VALID, {"texts": "Good."}, {"texts": [1, 2]}, {"texts": None}, {"texts": ["a", None]}, {"texts": {"a": "b"}}, {"texts": [b"bytes"]}, [])),
        case("a further field", through(_VALID, {"texts": ["Good."], "temperature": 1}, {"texts": ["Good."], "text": "Good."})),
        case("how many", through(_LONG, (32, 1, 0), (33, 1, 0))),
        case("how long", through(_LONG, (1, 5000, 0), (2, 5001, 0), (2, 4000, 0), (1, 4998, 3))),
        case("how many and how long, other numbers", through(_LONG, (31, 4999, 0), (32, 5000, 0), (200, 3, 0), (1, 9999, 0), (0, 0, 0)), hidden=True),
        case("long with spaces around", through(_LONG, (1, 5000, 4), (1, 4999, 9), (1, 5001, 1), (1, 0, 6000)), hidden=True),
        case("other types, once more", through(_VALID, {"texts": [True]}, {"texts": [["a"]]}, {"texts": [b"bytes"]}, {"texts": [2.5, "a"]}, {"Texts": ["a"]}, {"texts": ["a", " b ", "\u00a0c\u00a0"]}), hidden=True),
    ),
    misconceptions=(
        Misconception("nothing_limited", "Everything with a list of strings is accepted: no limit is set yet on how many or how long.", 0.25, edits={_FIELD: "]", _ITEM: "StringConstraints()"}),
        Misconception("settings_of_version_1", "The list has its limits and the texts have none: empty or endless, with spaces around, they are accepted. If your model's configuration names such limits, it names them as pydantic 1 did (`anystr_strip_whitespace`): version 2 has renamed them, and ignores what it does not know.", 0.75, edits={_ITEM: "StringConstraints(strict=True)"}),
        Misconception("settings_of_version_1_and_a_pattern", "Blank texts are refused, and nothing else is done about a text: it keeps the white space at its ends, and may be endless. If your model's configuration says otherwise, look at the names: `anystr_…` is pydantic 1, and version 2 ignores it.", 1.0, edits={_ITEM: "Field(pattern=r\"\\S\")"}),
        Misconception("count_without_limit", "A thousand texts in one request are accepted: the list has no upper limit.", 1.25, edits={", max_length=MAX_TEXTS": ""}),
        Misconception("length_without_limit", "A text of any length is accepted. Somebody will send a whole book, and it is tokenized before it is cut.", 1.25, edits={", max_length=MAX_CHARACTERS": ""}),
        Misconception("empty_list", "A request without any text is accepted: the list may be empty.", 1.5, edits={"Field(min_length=1, max_length=MAX_TEXTS)": "Field(max_length=MAX_TEXTS)"}),
        Misconception("empty_by_default", "A body without `texts` is accepted: the field has a default, so that a misspelt name is never noticed.", 1.25, edits={"Field(min_length=1, max_length=MAX_TEXTS)": "Field(default=[], min_length=1, max_length=MAX_TEXTS)"}),
        Misconception("empty_text", "An empty text is accepted: texts have no lower limit.", 1.5, edits={"strip_whitespace=True, min_length=1": "strip_whitespace=True"}),
        Misconception("not_stripped", "White space stays at the ends, and a text of nothing but spaces counts as one: nothing removes it.", 1.25, edits={"strip_whitespace=True, ": ""}),
        Misconception("stripped_too_late", "A text of just the allowed length with spaces around it is refused, and one of nothing but spaces comes through empty: lengths are measured before white space is removed.", 1.25, edits={_ITEM: "StringConstraints(strict=True, min_length=1, max_length=MAX_CHARACTERS), AfterValidator(str.strip)", "class ClassifyRequest(BaseModel):": "from pydantic import AfterValidator\n\n\nclass ClassifyRequest(BaseModel):"}),
        Misconception("measured_before_it_is_stripped", "A text of just the allowed length with spaces around it is refused, although they are removed where a text is accepted: its characters are counted before the white space goes, and not after.", 1.5, edits=_before("if isinstance(value, list) and any(isinstance(text, str) and len(text) > MAX_CHARACTERS for text in value):\n            raise ValueError(\"a text is too long\")")),
        Misconception("stripped_and_forgotten", "A text of nothing but spaces is refused, as it should be, but other texts keep the white space at their ends: it was removed for the check alone.", 1.5, edits={_ITEM: "AfterValidator(_filled)", "class ClassifyRequest(BaseModel):": "from pydantic import AfterValidator\n\n\ndef _filled(text):\n    if not 1 <= len(text.strip()) <= MAX_CHARACTERS:\n        raise ValueError(\"an empty or too long text\")\n    return text\n\n\nclass ClassifyRequest(BaseModel):"}),
        Misconception("spaces_inside_too", "Spaces *inside* a text were made one as well. Only those at the ends are to go; what stands between words belongs to the text.", 1.25, edits={"strip_whitespace=True, min_length=1, max_length=MAX_CHARACTERS)": "strip_whitespace=True, min_length=1, max_length=MAX_CHARACTERS), AfterValidator(lambda text: \" \".join(text.split()))", "class ClassifyRequest(BaseModel):": "from pydantic import AfterValidator\n\n\nclass ClassifyRequest(BaseModel):"}),
        Misconception("one_fewer_texts", "As many texts as MAX_TEXTS are refused: the limit itself is still allowed.", 1.5, edits={"max_length=MAX_TEXTS": "max_length=MAX_TEXTS - 1"}),
        Misconception("one_fewer_characters", "A text of exactly MAX_CHARACTERS is refused: the limit itself is still allowed.", 1.5, edits={"max_length=MAX_CHARACTERS": "max_length=MAX_CHARACTERS - 1"}),
        Misconception("one_fewer_of_both", "Exactly MAX_TEXTS texts are refused, and so are exactly MAX_CHARACTERS characters: both limits are still allowed. `range(1, n)` ends before n, and `<` leaves it out.", 1.25, edits={"max_length=MAX_TEXTS": "max_length=MAX_TEXTS - 1", "max_length=MAX_CHARACTERS": "max_length=MAX_CHARACTERS - 1"}),
        Misconception("limits_exchanged", "The two limits have changed places: texts of a few dozen characters are refused, and thousands of them are let in.", 0.75, edits={"min_length=1, max_length=MAX_CHARACTERS": "min_length=1, max_length=MAX_TEXTS", "Field(min_length=1, max_length=MAX_TEXTS)": "Field(min_length=1, max_length=MAX_CHARACTERS)"}),
        Misconception("further_fields_ignored", "A further field, one that nobody knows, is silently ignored. Who sends `temperature`, or misspells a name, believes that it does something: refuse it.", 1.5, edits={_CONFIG: ""}),
        Misconception("further_fields_kept", "A further field, one that nobody knows, is accepted and kept. Refuse it: the one who sends it believes that it does something.", 1.25, edits={'extra="forbid"': 'extra="allow"'}),
        Misconception("numbers_become_text", "Numbers are turned into strings. Nobody asks for an opinion on “1”: the caller has sent the wrong column, and should be told.", 1.25, edits={'ConfigDict(extra="forbid")': 'ConfigDict(extra="forbid", coerce_numbers_to_str=True)', "strict=True, ": ""}),
        Misconception("everything_becomes_text", "Numbers, None, lists: whatever stands in the list is converted by `str` and accepted, so that “None” gets an opinion. Look at the type before you change anything.", 1.0, edits=_before("value = [str(text) for text in value] if isinstance(value, list) else value")),
        Misconception("a_string_becomes_a_list", "A single string is accepted in place of the list: it was put into a list on the way. Nothing is to be converted to make it fit.", 1.25, edits=_before("value = [value] if isinstance(value, str) else value")),
        Misconception("list_shortened", "Too many texts are cut to as many as are allowed. The caller gets fewer answers than texts, and no word about it: refuse the request.", 1.0, edits=_before("value = value[:MAX_TEXTS] if isinstance(value, list) else value")),
        Misconception("texts_shortened", "Too long a text is cut to the allowed length, without a word. The limit here is for refusing; what the model cuts off is told by `truncated`.", 1.0, edits=_before("value = [text.strip()[:MAX_CHARACTERS] if isinstance(text, str) else text for text in value] if isinstance(value, list) else value")),
        Misconception("empty_texts_left_out", "Empty texts are left out, so that there are fewer answers than texts and nobody knows which is whose. Refuse the request.", 1.0, edits=_before("value = [text for text in value if not isinstance(text, str) or text.strip()] if isinstance(value, list) else value")),
        Misconception("all_in_lower_case", "The texts come out in lower case: that is the tokenizer's business, if at all, and who reads the log wants to see what was sent.", 1.25, edits={"strip_whitespace=True, ": "strip_whitespace=True, to_lower=True, "}),
        Misconception("all_characters_together", "Long texts are refused when they are many: the limit on characters is applied to all texts of a request together. It is for each text.", 1.25, edits={_FIELD: _FIELD + "\n\n    @field_validator(\"texts\")\n    @classmethod\n    def together(cls, value):\n        if sum(map(len, value)) > MAX_CHARACTERS:\n            raise ValueError(\"too many characters\")\n        return value\n"}),
        Misconception("bytes_become_text", "Bytes are turned into a string. JSON knows none, but other callers do: nothing is to be converted.", 1.75, edits={"strict=True, ": ""}),
    ),
    alternatives=(
        Alternative("a_validator", code=(
            "class ClassifyRequest(BaseModel, extra='forbid'):\n"
            "    texts: list[str]\n\n"
            "    @field_validator('texts', mode='before')\n"
            "    @classmethod\n"
            "    def within_limits(cls, value):\n"
            "        if not isinstance(value, list) or not all(type(text) is str for text in value):\n"
            "            raise ValueError('texts must be a list of strings')\n"
            "        value = [text.strip() for text in value]\n"
            "        if not 1 <= len(value) <= MAX_TEXTS:\n"
            "            raise ValueError('too many texts, or none')\n"
            "        if not all(1 <= len(text) <= MAX_CHARACTERS for text in value):\n"
            "            raise ValueError('a text is empty or too long')\n"
            "        return value\n"
        )),
        Alternative("annotated_on_both", edits={_CONFIG: 'model_config = {"extra": "forbid", "strict": True, "str_strip_whitespace": True}', f"{_ITEM}]\n    ] = Field(min_length=1, max_length=MAX_TEXTS)": "Field(min_length=1, max_length=MAX_CHARACTERS)]\n    ] = Field(min_length=1, max_length=MAX_TEXTS)"}),
    ),
)  # fmt: skip

# ----------------------------------------------------------------------------------------------------------- create_app
_ANSWERED = "course.serving.trials.answered"
_ASK = ("POST", "/classify", {"texts": ["a good film", "a dull film"]})
_HEALTH, _READY = ("GET", "/health", None), ("GET", "/ready", None)


def _post(*texts: str) -> tuple[str, str, Any]:
    return ("POST", "/classify", {"texts": list(texts)})


def _handler(name: str, exception: str) -> str:
    return f"    @app.exception_handler({exception})\n    async def {name}("


_LIFESPAN = "        await service.start()\n        yield\n        await service.close()\n"
_NOT_READY = '    @app.exception_handler(NotReady)\n    async def not_ready(request: Request, error: NotReady) -> JSONResponse:\n        return refusal(503, "not_ready", "The model is not loaded yet.")\n'
_OVERLOADED = '    @app.exception_handler(Overloaded)\n    async def overloaded(request: Request, error: Overloaded) -> JSONResponse:\n        return refusal(503, "overloaded", "Too many texts are waiting: try again.")\n'
_INTERNAL = '    @app.exception_handler(Exception)\n    async def internal(request: Request, error: Exception) -> JSONResponse:\n        return refusal(500, "internal", "Something went wrong on our side.")\n'
_INVALID = '    @app.exception_handler(RequestValidationError)\n    async def invalid(request: Request, error: RequestValidationError) -> JSONResponse:\n        return refusal(422, "invalid_request", f"Send 1 to {MAX_TEXTS} texts of 1 to {MAX_CHARACTERS} characters.")\n'
_CLASSIFIED = "predictions = await service.classify(body.texts)"
_UNREADY = '        if not service.ready:\n            return refusal(503, "not_ready", "The model is not loaded yet.")\n        return {"status": "ready", "version": service.version}\n'
APP = Exercise(
    name="create_app",
    title="The application: routes, life, errors",
    points=4,
    difficulty=3,
    minutes=20,
    needs=("ClassifyRequest",),
    time_limit=20.0,
    hints=(
        "Three routes of two or three lines each; a lifespan, which is an asynchronous context manager around the whole life; and a function for each kind of exception that makes a JSONResponse of it.",
        "`FastAPI(lifespan=…)` takes a function made by `contextlib.asynccontextmanager`: what stands before its `yield` happens at the start, what stands behind at the end. `@app.exception_handler(SomeError)` stands above an `async def` of two arguments, the request and the exception.",
        "FastAPI raises RequestValidationError for a bad body before your route is called: give it a handler as well. A handler for Exception takes what has none of its own. `JSONResponse(content, status, headers={…})`.",
    ),
    cases=(
        case("two texts", through(_ANSWERED, [_ASK])),
        case("health and readiness", through(_ANSWERED, [_HEALTH, _READY])),
        case("before the model is loaded", through(_ANSWERED, [_HEALTH, _READY, _ASK], started=False)),
        case("bodies that are none", through(_ANSWERED, [_post(), _post(" "), ("POST", "/classify", "{"), ("POST", "/classify", {"text": "secret"}), _post("a secret", ""), _ASK])),
        case("too many are waiting", through(_ANSWERED, [_post("overload"), _HEALTH, _ASK])),
        case("the model fails", through(_ANSWERED, [_post("crash"), _HEALTH, _ASK])),
        case("unready after a while", through(_ANSWERED, [_post("wear out"), _READY, _HEALTH, _ASK])),
        case("many requests", through(_ANSWERED, [_post("  good  "), _post("a", "b", "c good"), _READY, _post(*["dull"] * 32)]), hidden=True),
        case("bad bodies that nobody should read again", through(_ANSWERED, [_post("a secret", ""), ("POST", "/classify", '{"texts": ["secret"'), ("POST", "/classify", {"texts": ["good"], "remark": "secret"}), _post(*["secret"] * 33)]), hidden=True),
        case("all kinds of failure", through(_ANSWERED, [_post("good", "crash"), _post("good", "overload"), _READY, _post("good")]), hidden=True),
    ),
    misconceptions=(
        Misconception("never_started", "Nobody starts the service: it stays unready for ever. Starting belongs into the lifespan, before its `yield`.", 1.5, edits={"        await service.start()\n": ""}),
        Misconception("lifespan_not_handed_over", "A lifespan is written, and the application does not know of it: the service is neither started nor closed.", 2.0, edits={"FastAPI(lifespan=lifespan)": "FastAPI()"}),
        Misconception("never_closed", "The service is started and never closed: what stands behind the `yield` of the lifespan happens at the end.", 3.0, edits={"        yield\n        await service.close()\n": "        yield\n"}),
        Misconception("started_when_made", "The service is started when `create_app` is called, and not when the application starts. Making an application must cost nothing: whoever imports the module, a test or a tool, would load the model.", 2.5, edits={"        await service.start()\n": "", "    app = FastAPI(lifespan=lifespan)\n": "    asyncio.run(service.start())\n    app = FastAPI(lifespan=lifespan)\n"}),
        Misconception("started_for_each_request", "The model is loaded again for every request: the service is started in the route. Once is enough, when the application starts.", 1.5, edits={f"        {_CLASSIFIED}": f"        await service.start()\n        {_CLASSIFIED}"}),
        Misconception("health_needs_the_model", "`/health` fails while the model is not loaded. Whoever watches it would end the process, again and again, before it has ever been loaded. Health asks whether the process lives; readiness, whether it can work.", 2.5, edits={'        return {"status": "alive"}\n': '        if not service.ready:\n            return refusal(503, "not_ready", "The model is not loaded yet.")\n        return {"status": "alive"}\n', "async def health() -> dict[str, str]:": "async def health() -> Any:"}),
        Misconception("always_ready", "`/ready` says yes before the model is loaded: requests would be sent to a server that cannot answer.", 2.5, edits={_UNREADY: '        return {"status": "ready", "version": service.version}\n'}),
        Misconception("ready_remembered", "`/ready` says yes as long as the application runs, also when the model has failed since. Ask the service each time.", 3.0, edits={"        await service.start()\n": "        await service.start()\n        app.state.ready = True\n", "        if not service.ready:\n": '        if not getattr(app.state, "ready", False):\n'}),
        Misconception("unready_with_200", "The answer says that it is not ready, and its status says 200. Who watches a server reads the status alone.", 2.5, edits={'        if not service.ready:\n            return refusal(503, "not_ready", "The model is not loaded yet.")\n': '        if not service.ready:\n            return JSONResponse({"error": {"code": "not_ready", "message": "The model is not loaded yet."}}, 200, headers={"Retry-After": "1"})\n'}),
        Misconception("no_retry_after", "The answers with 503 do not say when to come again: the header Retry-After is missing.", 3.25, edits={'headers = {"Retry-After": "1"} if status == 503 else None': "headers = None"}),
        Misconception("ready_without_retry_after", "`/ready` does not say when to ask again: its 503 lacks the header Retry-After, which those of `/classify` have.", 3.5, edits={'        if not service.ready:\n            return refusal(503, "not_ready", "The model is not loaded yet.")\n': '        if not service.ready:\n            return JSONResponse({"error": {"code": "not_ready", "message": "The model is not loaded yet."}}, 503)\n'}),
        Misconception("retry_after_as_words", "Retry-After is there, but it is no whole number of seconds.", 3.5, edits={'{"Retry-After": "1"}': '{"Retry-After": "soon"}'}),
        Misconception("not_ready_unhandled", "A request before the model is loaded ends in 500: NotReady has no handler of its own.", 3.0, edits={_NOT_READY + "\n": ""}),
        Misconception("overloaded_unhandled", "Too much work ends in 500, as if something were broken: Overloaded has no handler of its own. 503 tells a client to come again.", 3.0, edits={_OVERLOADED + "\n": ""}),
        Misconception("overload_is_the_clients_fault", "Overload is answered with 429, which says that this client asks too often. The server is full, whoever asks: 503.", 3.25, edits={'refusal(503, "overloaded"': 'refusal(429, "overloaded"'}),
        Misconception("overload_is_429_with_retry_after", "Overload is answered with 429, Too Many Requests: that is for one client who asks too often, and tells him to slow down. Here the server is full, whoever asks: 503.", 3.25, edits={'return refusal(503, "overloaded", "Too many texts are waiting: try again.")': 'return JSONResponse({"error": {"code": "overloaded", "message": "Too many texts."}}, 429, headers={"Retry-After": "1"})'}),
        Misconception("failure_in_plain_text", "When the model fails the client gets a bare “Internal Server Error”, plain text and no JSON: any other exception than the two that have a name is left to FastAPI.", 3.0, edits={_INTERNAL + "\n": ""}),
        Misconception("gives_the_exception_away", "The message repeats what the exception says, with paths of your server in it. That belongs into the log; a client gets a sentence that gives nothing away.", 2.75, edits={'refusal(500, "internal", "Something went wrong on our side.")': 'refusal(500, "internal", f"Something went wrong: {error}")'}),
        Misconception("fastapis_own_422", "A bad body is answered in FastAPI's own form, with `detail`. Errors are to have one form, whatever their kind: RequestValidationError has no handler of yours.", 2.75, edits={_INVALID + "\n": ""}),
        Misconception("repeats_the_body", "The answer to a bad body repeats what was sent. What people type belongs neither into answers nor into logs.", 3.0, edits={'f"Send 1 to {MAX_TEXTS} texts of 1 to {MAX_CHARACTERS} characters."': 'f"This is wrong: {error.errors()} in {error.body}"'}),
        Misconception("pydantics_errors_told", "The answer to a bad body is made of pydantic's errors, and those repeat the input that was found wrong. What people type belongs neither into answers nor into logs.", 3.0, edits={'f"Send 1 to {MAX_TEXTS} texts of 1 to {MAX_CHARACTERS} characters."': '"This does not fit: " + "; ".join(f"{one[\'loc\']}: {one[\'msg\']} ({one.get(\'input\')!r})" for one in error.errors())'}),
        Misconception("bad_body_is_400", "A bad body is answered with 400. 422 is agreed here: what came can be read, and does not fit.", 3.0, edits={"refusal(422,": "refusal(400,"}),
        Misconception("bad_body_is_500", "A bad body is answered with 500, which says that the fault is on your side, and somebody will be woken up for it.", 2.5, edits={"refusal(422,": "refusal(500,"}),
        Misconception("error_without_code", "Errors hold a sentence alone. Programs need the code: sentences change.", 2.5, edits={'{"error": {"code": code, "message": message}}': '{"error": {"message": message}}'}),
        Misconception("error_not_nested", "Code and message stand at the top of the body, not under `error`.", 2.5, edits={'{"error": {"code": code, "message": message}}': '{"code": code, "message": message}'}),
        Misconception("error_under_detail", "Your errors are nested in `detail`: that is what FastAPI makes of an HTTPException. The agreed form has `error` at the top, which takes a response of your own.", 2.5, edits={'{"error": {"code": code, "message": message}}': '({"error": {"code": code, "message": message}} if status == 422 else {"detail": {"error": {"code": code, "message": message}}})'}),
        Misconception("message_is_the_code", "The message is the code over again. It is a sentence, for a person who reads it.", 3.0, edits={'"message": message': '"message": code'}),
        Misconception("error_with_200", "Errors come with the status 200. Clients, proxies and metrics look at the status and would see none.", 1.5, edits={"}}, status, headers=headers)": "}}, 200, headers=headers)"}),
        Misconception("body_and_status_as_a_tuple", "Errors come with the status 200, as a list of a body and a number: a tuple of both is how Flask answers. FastAPI writes it as JSON as it stands; a status needs a response of its own.", 1.75, edits={
            f"        {_CLASSIFIED}\n        return ": "        try:\n            predictions = await service.classify(body.texts)\n        except NotReady:\n            return {\"error\": {\"code\": \"not_ready\", \"message\": \"Not there yet.\"}}, 503\n        except Overloaded:\n            return {\"error\": {\"code\": \"overloaded\", \"message\": \"Too much.\"}}, 503\n        except Exception:\n            return {\"error\": {\"code\": \"internal\", \"message\": \"Our fault.\"}}, 500\n        return ",
            "async def classify(body: ClassifyRequest) -> dict[str, Any]:": "async def classify(body: ClassifyRequest):",
            _NOT_READY + "\n": "", _OVERLOADED + "\n": "", _INTERNAL + "\n": "",
            _UNREADY: '        if not service.ready:\n            return {"error": {"code": "not_ready", "message": "Not there yet."}}, 503\n        return {"status": "ready", "version": service.version}\n',
        }),
        Misconception("no_version", "Predictions come without the version of the model. When somebody asks next month why a text got its label, nobody will know which model it was.", 3.0, edits={'{"version": service.version, "predictions": predictions}': '{"predictions": predictions}'}),
        Misconception("version_of_the_making", "The version is read once, when the application is made and no model is loaded: it stays empty. Read it when you answer.", 3.0, edits={"    app = FastAPI(lifespan=lifespan)\n": "    app = FastAPI(lifespan=lifespan)\n    version = service.version\n", 'return {"version": service.version, "predictions"': 'return {"version": version, "predictions"', 'return {"status": "ready", "version": service.version}': 'return {"status": "ready", "version": version}'}),
        Misconception("bare_list", "The predictions come as a bare list: nothing can be added to it later, such as the version of the model.", 2.5, edits={'return {"version": service.version, "predictions": predictions}': "return predictions", "async def classify(body: ClassifyRequest) -> dict[str, Any]:": "async def classify(body: ClassifyRequest) -> Any:"}),
        Misconception("text_by_text", "The texts of a request are handed over one by one, each waiting for the one before. In one call they share a batch.", 2.75, edits={_CLASSIFIED: "predictions = [(await service.classify([text]))[0] for text in body.texts]"}),
        Misconception("first_text_alone", "Only the first text is classified.", 2.0, edits={_CLASSIFIED: "predictions = await service.classify(body.texts[:1])"}),
        Misconception("labels_alone", "Only the labels come back. The probability, and whether the text was cut, are part of the answer.", 2.25, edits={'"predictions": predictions}': '"predictions": [prediction["label"] for prediction in predictions]}'}),
        Misconception("not_awaited", "Every request ends in 500: a coroutine was called and not awaited, and cannot be written as JSON.", 1.5, edits={_CLASSIFIED: "predictions = service.classify(body.texts)"}),
        Misconception("query_parameter", "Every request is refused with 422: the route looks for `texts` in the address, not in the body. A pydantic model as the type of an argument makes it the body.", 1.5, edits={"async def classify(body: ClassifyRequest)": "async def classify(texts: str)", _CLASSIFIED: "predictions = await service.classify([texts])"}),
        Misconception("checked_by_hand_not_at_all", "Any dict is accepted, without your limits: the body has no type that checks it.", 1.5, edits={"async def classify(body: ClassifyRequest)": "async def classify(body: dict[str, Any])", _CLASSIFIED: 'predictions = await service.classify(body["texts"])'}),
        Misconception("get", "`/classify` answers to GET. A GET has no body, is kept by caches and written into logs.", 1.0, edits={'@app.post("/classify")': '@app.get("/classify")'}),
        Misconception("other_path", "The path is not `/classify`: everybody gets 404.", 1.5, edits={'@app.post("/classify")': '@app.post("/predict")'}),
    ),
    alternatives=(
        Alternative("try_and_except_in_the_route", edits={
            f"        {_CLASSIFIED}\n        return ": "        try:\n            predictions = await service.classify(body.texts)\n        except NotReady:\n            return refusal(503, \"not_ready\", \"The model is not there yet.\")\n        except Overloaded:\n            return refusal(503, \"overloaded\", \"Come again later.\")\n        except Exception:\n            return refusal(500, \"internal\", \"This is our fault.\")\n        return ",
            "async def classify(body: ClassifyRequest) -> dict[str, Any]:": "async def classify(body: ClassifyRequest):",
            _NOT_READY + "\n": "", _OVERLOADED + "\n": "", _INTERNAL + "\n": "",
        }),
        Alternative("one_table_of_handlers", edits={
            "    app = FastAPI(lifespan=lifespan)\n": "    def handler(status, code, message):\n        async def handle(request, error):\n            return refusal(status, code, message)\n        return handle\n\n    app = FastAPI(lifespan=lifespan, exception_handlers={NotReady: handler(503, \"not_ready\", \"Wait a little.\"), Overloaded: handler(503, \"overloaded\", \"Wait a little.\"), Exception: handler(500, \"internal\", \"Our fault.\")})\n",
            _NOT_READY + "\n": "", _OVERLOADED + "\n": "", _INTERNAL + "\n": "",
            _UNREADY: '        if service.ready:\n            return {"version": service.version, "status": "ready"}\n        raise NotReady\n',
        }),
        Alternative("ordinary_functions", edits={"async def health()": "def health()", "async def ready()": "def ready()", _LIFESPAN: "        try:\n            await service.start()\n            yield\n        finally:\n            await service.close()\n"}),
    ),
)  # fmt: skip

# ----------------------------------------------------------------------------------------------------------- next_batch
_SERVED = "course.serving.trials.batches"
_BURST = [(0.0, "a"), (0.0, "b"), (0.0, "c"), (0.0, "d"), (0.0, "e")]
_STEADY = [(0.13, "a"), (0.15, "b"), (0.17, "c"), (0.19, "d"), (0.21, "e"), (0.23, "f")]
_SCATTERED = [(0.5, "a"), (0.53, "b"), (0.56, "c"), (1.5, "d"), (1.52, "e"), (3.0, "f")]
_LATE = "        remaining = deadline - clock.time()\n        if remaining <= 0:\n            break\n"
_QUICK = "        if not queue.empty():\n            batch.append(queue.get_nowait())\n            continue\n"
_DRAIN = "    while len(batch) < max_batch_size and not queue.empty():\n        batch.append(queue.get_nowait())\n"
_LOOP = (
    "    while len(batch) < max_batch_size:\n" + _QUICK + _LATE
    + "        try:\n            batch.append(await asyncio.wait_for(queue.get(), remaining))\n"
    "        except TimeoutError:\n            break\n"
)  # fmt: skip
BATCH = Exercise(
    name="next_batch",
    title="Dynamic batching: when does a batch start?",
    points=3,
    difficulty=3,
    minutes=20,
    hints=(
        "Three ways out of the waiting: the batch is full; nobody is in the queue and the time is over; nobody came in what was left of the time. Only the first request is waited for without a limit.",
        "The moment at which waiting ends is fixed as soon as you have the first request. `queue.get_nowait()` takes without waiting, where `queue.empty()` is False; do that before you look at the clock.",
        "`await asyncio.wait_for(queue.get(), seconds)` raises TimeoutError if nothing comes in time. The seconds are what is left until the deadline, and get fewer with every request.",
    ),
    cases=(
        case("five at once, batches of two", through(_SERVED, _BURST, 2, 0.05)),
        case("one every 0.02 s, a wait of 0.05 s", through(_SERVED, _STEADY, 8, 0.05)),
        case("they fill the batch before the time is over", through(_SERVED, _STEADY, 3, 0.3)),
        case("a wait of three seconds", through(_SERVED, [(1.0, "a"), (1.002, "b"), (3.0, "c"), (4.5, "d")], 8, 3.0)),
        case("batches of one", through(_SERVED, _STEADY, 1, 0.05)),
        case("no waiting at all", through(_SERVED, [*_BURST, (0.2, "f"), (0.21, "g")], 4, 0.0)),
        case("a busy model: the time is over when it is free", through(_SERVED, [(0.0, "a"), (0.2, "b"), (0.25, "c"), (0.45, "d"), (0.55, "e")], 8, 0.1, busy=0.3)),
        case("single requests, far apart", through(_SERVED, [(1.0, "a"), (2.0, "b"), (5.0, "c")], 4, 0.25), hidden=True),
        case("few, then many, then one", through(_SERVED, [*_SCATTERED, *[(3.0, f"g{n}") for n in range(7)], (9.0, "h")], 5, 0.04), hidden=True),
        case("a busy model and a little time left", through(_SERVED, [(0.0, "a"), (0.15, "b"), (0.21, "c"), (0.31, "d"), (0.33, "e"), (0.5, "f"), (0.58, "g")], 4, 0.2, busy=0.1), hidden=True),
    ),
    misconceptions=(
        Misconception("time_begins_anew", "Each request that comes starts the waiting time again, so that under a steady trickle the first one waits far longer than it may. The time counts from the oldest one.", 1.5, edits={_LATE: "        remaining = max_wait\n"}),
        Misconception("since_it_was_taken", "Where the model is quick, all is right; where requests have waited for a busy model, they wait once more. The time counts from the moment of *arrival*, which the request knows, not from the moment at which you took it.", 2.25, edits={"batch[0].arrived + max_wait": "clock.time() + max_wait"}),
        Misconception("since_the_call", "The time runs from the moment at which the function was called, when nobody had come yet. After a quiet while it is over before anything arrives: the time belongs to the first request.", 1.5, edits={"    batch = [await queue.get()]\n    deadline = batch[0].arrived + max_wait\n": "    deadline = clock.time() + max_wait\n    batch = [await queue.get()]\n"}),
        Misconception("until_full", "A batch is handed over only when it is full. The last requests of the evening would wait until morning: where does the waiting end if nobody comes?", 1.0, edits={"await asyncio.wait_for(queue.get(), remaining)": "await queue.get()", "        if remaining <= 0:\n            break\n": ""}),
        Misconception("never_waits", "Your function never waits: only those go along that are there already, and `max_wait` makes no difference. Either nothing waits, or the time seems to be over at once because it is compared with another clock than that of `arrived`.", 1.0, edits={_LOOP: _DRAIN}),
        Misconception("sleeps_the_whole_time", "Every batch takes the whole waiting time, a full one too. As soon as it is full there is nothing to wait for.", 1.5, edits={_LOOP: "    await asyncio.sleep(max(deadline - clock.time(), 0))\n" + _DRAIN}),
        Misconception("blocks_the_loop", "While your function waits, nobody arrives: `time.sleep` holds the event loop, and with it everyone who would put a request into the queue. Waiting has to be awaited.", 1.0, edits={_LOOP: "    time.sleep(max(deadline - clock.time(), 0))\n" + _DRAIN}),
        Misconception("empty_batches", "Batches without any request come back, when nobody comes within the waiting time. For a *first* request it waits as long as it takes.", 1.0, edits={"    batch = [await queue.get()]\n": "    try:\n        batch = [queue.get_nowait() if not queue.empty() else await asyncio.wait_for(queue.get(), max_wait)]\n    except TimeoutError:\n        return []\n"}),
        Misconception("one_too_many", "Your batches hold one request more than they may: compare before you take the next one, and with which sign.", 1.5, edits={"while len(batch) < max_batch_size:": "while len(batch) <= max_batch_size:"}),
        Misconception("one_too_few", "Your batches are handed over with one place free: the first request counts too, and no more than that.", 1.5, edits={"while len(batch) < max_batch_size:": "while len(batch) < max_batch_size - 1:"}),
        Misconception("size_ignored", "A burst comes back in one batch, however many they are: nothing looks at `max_batch_size`. What fits into the memory of the model is limited.", 1.0, edits={"while len(batch) < max_batch_size:": "while True:"}),
        Misconception("batch_of_one_holds_two", "All is right but for a batch of one, which holds two requests: the size is looked at only after a further one was taken. The first one may have filled the batch: look before you take.", 2.25, edits={"    while len(batch) < max_batch_size:\n": "    while len(batch) < max(max_batch_size, 2):\n"}),
        Misconception("queue_emptied_at_once", "A burst comes back in one batch, and a steady trickle in batches of the right size: what stands in the queue is taken to the last, and only then `max_batch_size` is looked at. It is a limit for that too.", 1.25, edits={_LOOP: "    while True:\n        while not queue.empty():\n            batch.append(queue.get_nowait())\n        remaining = deadline - clock.time()\n        if len(batch) >= max_batch_size or remaining <= 0:\n            break\n        try:\n            batch.append(await asyncio.wait_for(queue.get(), remaining))\n        except TimeoutError:\n            break\n"}),
        Misconception("last_comes_first", "The requests of a batch come back in the wrong order: who came first stands first.", 1.5, edits={"return batch": "return batch[::-1]"}),
        Misconception("takes_one_and_drops_it", "A request is missing when a batch is full: it was taken from the queue, found no room, and was dropped. Somebody waits for its answer for ever. Ask whether there is room *before* you take.", 1.0, edits={"while len(batch) < max_batch_size:": "while True:", "            batch.append(queue.get_nowait())\n            continue\n": "            taken = queue.get_nowait()\n            if len(batch) == max_batch_size:\n                break\n            batch.append(taken)\n            continue\n", "            batch.append(await asyncio.wait_for(queue.get(), remaining))\n": "            taken = await asyncio.wait_for(queue.get(), remaining)\n            if len(batch) == max_batch_size:\n                break\n            batch.append(taken)\n"}),
        Misconception("task_left_behind", "After a pause a request is late, or gone: when the time was over you stopped waiting, but the task that waits at the queue was left behind. It still waits, takes the next request, and gives it to nobody. Nothing ends a task but its result or `cancel`.", 1.5, edits={"            batch.append(await asyncio.wait_for(queue.get(), remaining))\n        except TimeoutError:\n            break\n": "            getting = asyncio.ensure_future(queue.get())\n            done, _ = await asyncio.wait([getting], timeout=remaining)\n            if not done:\n                break\n            batch.append(getting.result())\n        except TimeoutError:\n            break\n"}),
        Misconception("lost_with_the_timeout", "A batch that does not fill holds its first request alone, and those taken after it are lost: they stood in a list inside the coroutine that the timeout cancelled. Keep them where a cancelled wait cannot take them along.", 1.0, edits={_LOOP: "    async def collect(count):\n        return [await queue.get() for _ in range(count)]\n\n    remaining = deadline - clock.time()\n    if remaining <= 0:\n    " + _DRAIN.replace("\n        ", "\n            ") + "    elif len(batch) < max_batch_size:\n        try:\n            batch += await asyncio.wait_for(collect(max_batch_size - 1), remaining)\n        except TimeoutError:\n            pass\n"}),
        Misconception("looks_ten_times", "Your batches are handed over late, by up to a tenth of the waiting time: you sleep between two looks at the queue. Who fills the batch should end the waiting: wait for the queue itself.", 2.0, edits={_LOOP: "    while True:\n    " + _DRAIN.replace("\n        ", "\n            ") + "        if len(batch) == max_batch_size or clock.time() >= deadline:\n            break\n        await asyncio.sleep(max_wait / 10)\n"}),
        Misconception("timeout_not_caught", "A batch that does not fill in time ends in a TimeoutError instead of being handed over: that exception is how `wait_for` tells that the time is over, and it is not caught.", 1.0, edits={"        except TimeoutError:\n": "        except asyncio.QueueEmpty:\n"}),
        Misconception("rest_of_the_queue_dropped", "Of a burst, one batch is served and the rest is gone: the queue was emptied and cut to size. What does not fit must stay in the queue.", 1.0, edits={"while len(batch) < max_batch_size:": "while True:", "return batch": "return batch[:max_batch_size]"}),
        Misconception("milliseconds", "You divide the waiting time by a thousand; `max_wait` is in seconds already, as the clock is.", 1.5, edits={"batch[0].arrived + max_wait": "batch[0].arrived + max_wait / 1000"}),
        Misconception("queue_ignored_when_time_is_over", "When the time is over, or is 0, one request goes alone though others stand in the queue beside it. They cost no waiting: look into the queue before you look at the clock.", 2.0, edits={_QUICK: ""}),
        Misconception("one_at_a_time", "Every batch holds one request: nothing is collected.", 0.75, edits={_LOOP: ""}),
        Misconception("stops_at_the_first_gap", "Waiting begins and ends with one further request: after it, only those in the queue are taken. Go on as long as there is time and room.", 1.5, edits={"        except TimeoutError:\n            break\n": "        except TimeoutError:\n            break\n        while len(batch) < max_batch_size and not queue.empty():\n            batch.append(queue.get_nowait())\n        break\n"}),
        Misconception("wait_split_among_the_places", "Each place of the batch gets an equal share of the waiting time, and unused shares are lost. The whole time is for all of them together.", 1.5, edits={_LATE: "        remaining = max_wait / max_batch_size\n        if remaining <= 0:\n            break\n"}),
    ),
    alternatives=(
        Alternative("timeout_block", edits={_LOOP: "    try:\n        async with asyncio.timeout_at(deadline):\n            while len(batch) < max_batch_size:\n                if queue.empty() and clock.time() >= deadline:\n                    break\n                batch.append(queue.get_nowait() if not queue.empty() else await queue.get())\n    except TimeoutError:\n        pass\n"}),
        Alternative("asks_again_and_again", edits={_LOOP: "    while len(batch) < max_batch_size:\n        try:\n            batch.append(queue.get_nowait())\n        except asyncio.QueueEmpty:\n            if clock.time() >= deadline:\n                break\n            await asyncio.sleep(min(0.0005, max(deadline - clock.time(), 0)))\n"}),
        Alternative("drain_then_wait", edits={_LOOP: _DRAIN + "    while len(batch) < max_batch_size and (left := deadline - clock.time()) > 0:\n        done, _ = await asyncio.wait([getting := asyncio.ensure_future(queue.get())], timeout=left)\n        if not done:\n            getting.cancel()\n            break\n        batch.append(getting.result())\n    " + _DRAIN.strip() + "\n"}),
    ),
)  # fmt: skip

# ------------------------------------------------------------------------------------------------------------- quantize
_OUTLIER = torch.tensor([[0.1, -0.2, 0.05, 0.3], [0.1, -0.2, 0.05, 30.0], [-5.0, 0.02, 1.0, 4.9]])
_BY_HAND = torch.tensor([[0.5, -1.27, 0.0], [2.54, 1.0, -0.04]])
_SCALE = "torch.where(largest > 0, largest / 127, 1.0)"
_ROUND = "torch.round(weight / scales[:, None])"
QUANTIZE = Exercise(
    name="quantize",
    title="int8, one scale for each row",
    points=2,
    difficulty=2,
    minutes=10,
    hints=(
        "The largest absolute value of a row becomes 127 (or -127), and everything else in the row is measured by it.",
        "`amax(dim=1)` gives one number a row; as a divisor of the matrix it needs a second dimension of size 1.",
        "Round before you change the type: `.to(torch.int8)` alone cuts off. A row of zeros must not divide by 0: choose its scale beforehand, with `torch.where`.",
    ),
    cases=(
        case("two rows by hand", call(_BY_HAND), strict_dtype=True),
        case("a row with an outlier", call(_OUTLIER), strict_dtype=True),
        case("ties", call(torch.tensor([[31.75, 0.625, -0.375, 0.875]])), strict_dtype=True),
        case("a row of zeros", call(torch.tensor([[0.0, 0.0], [3.0, -1.0]])), strict_dtype=True, atol=1e-13),
        case("ordinary weights", call(_numbers(5, 7, seed=1, scale=0.1) + 0.004), hidden=True, strict_dtype=True),
        case("as many rows as columns", call(_numbers(4, 4, seed=2)), hidden=True, strict_dtype=True),
        case("tiny and negative", call(-torch.rand(3, 6, generator=torch.Generator().manual_seed(3)) * 1e-6), hidden=True, rtol=1e-4, atol=1e-12, strict_dtype=True),
        case("one column", call(torch.tensor([[2.0], [-3.0], [0.0]])), hidden=True, strict_dtype=True),
    ),
    misconceptions=(
        Misconception("one_scale_for_all", "All rows have the same scale. One large row makes the codes of the small ones nearly 0: each row is measured by its own largest value.", 0.75, edits={"weight.abs().amax(dim=1)": "weight.abs().amax().expand(weight.shape[0])"}),
        Misconception("scale_for_each_column", "The scales belong to the columns: there are as many as columns, or they fit by chance. A row is one output of the layer, and has a scale of its own.", 0.75, edits={"weight.abs().amax(dim=1)": "weight.abs().amax(dim=0)", "scales[:, None]": "scales"}),
        Misconception("divided_by_128", "Your scales are a little too small: the largest value gets the code 128, which int8 does not have, and comes out as something else. The codes are to end at 127.", 1.0, edits={"largest / 127": "largest / 128"}),
        Misconception("divided_by_128_and_clamped", "Your scales are a little too small: divided by 128, with the largest codes cut off to 127. Divide by the largest code that there is, and nothing has to be cut off.", 1.25, edits={"largest / 127": "largest / 128", "codes.to(torch.int8)": "codes.clamp(-128, 127).to(torch.int8)"}),
        Misconception("divided_by_128_and_clamped_on_both_sides", "Your scales are a little too small, because the largest value is divided by 128, and whatever exceeds 127, with either sign, is cut off. Divide by the largest code that there is, and nothing has to be.", 1.25, edits={"largest / 127": "largest / 128", "codes.to(torch.int8)": "codes.clamp(-127, 127).to(torch.int8)"}),
        Misconception("divided_by_255", "Your codes end near 127, but your scales cover twice as much as needed: 255 steps are for *both* signs together, and each sign has 127.", 0.75, edits={"largest / 127": "2 * largest / 255"}),
        Misconception("largest_without_sign", "A row whose largest value by amount is negative goes wrong: its codes leave the range. The largest *absolute* value sets the scale.", 0.75, edits={"weight.abs().amax(dim=1)": "weight.amax(dim=1)"}),
        Misconception("largest_without_sign_clamped", "A row whose largest value by amount is negative goes wrong: measured by its largest *positive* value, its codes leave the range and are cut off. The largest absolute value sets the scale.", 0.75, edits={"weight.abs().amax(dim=1)": "weight.amax(dim=1)", "largest > 0": "largest != 0", "codes.to(torch.int8)": "codes.clamp(-127, 127).to(torch.int8)"}),
        Misconception("cut_off", "Your codes are nearer to 0 than they should be: the change to int8 cuts off what stands behind the point. Round first.", 1.0, edits={_ROUND: "weight / scales[:, None]"}),
        Misconception("rounded_down", "Your negative codes are one too low here and there, and the positive ones too: they are rounded down. Round to the nearest whole number.", 1.0, edits={_ROUND: "torch.floor(weight / scales[:, None])"}),
        Misconception("rounded_half_up", "Right but at ties: what lies just between two codes goes to the even one, as `torch.round` does it; you round it up.", 1.5, edits={_ROUND: "torch.floor(weight / scales[:, None] + 0.5)"}),
        Misconception("zero_scale", "A row of zeros gets the scale 0. Its codes are 0 divided by 0, and what int8 makes of that is luck. The docstring names the scale of such a row.", 1.25, edits={_SCALE: "largest / 127", "torch.round(weight / scales[:, None])": "torch.round((weight / scales[:, None]).nan_to_num())"}),
        Misconception("scale_of_one_127th", "A row of zeros gets the scale 1/127: its largest value was replaced by 1, and divided by 127 after that. It is the scale that is to be 1.", 1.5, edits={_SCALE: "torch.where(largest > 0, largest, 1.0) / 127"}),
        Misconception("scale_with_a_little_more", "A row of zeros gets a tiny scale in place of 1: a small number was put in to avoid dividing by 0.", 1.5, edits={_SCALE: "largest.clamp(min=1e-8) / 127"}),
        Misconception("inverse_scale", "Your scales are upside down: 127 divided by the largest value. The codes are right, but whoever multiplies them by the scale gets no weights back.", 1.0, edits={"return codes.to(torch.int8), scales": "return codes.to(torch.int8), 1 / scales"}),
        Misconception("float_codes", "The codes are whole numbers in a float tensor: they take four bytes each, as before. int8 takes one.", 1.25, edits={"codes.to(torch.int8)": "codes"}),
        Misconception("wide_codes", "The codes are right but wide: another whole-number type than int8. The point is one byte for each.", 1.5, edits={"codes.to(torch.int8)": "codes.to(torch.int32)"}),
        Misconception("unsigned", "Your codes are unsigned, with 128 for zero. That is the other convention, with a zero point; here it is symmetric and signed.", 0.75, edits={"codes.to(torch.int8)": "(codes + 128).to(torch.uint8)"}),
        Misconception("zero_point", "The smallest value of a row gets the lowest code and the largest the highest: that is quantization with a zero point. Symmetric quantization keeps 0 at 0, so that nothing but a product is needed to get back.", 0.75, edits={"    largest = weight.abs().amax(dim=1)\n": "    low = weight.amin(dim=1)\n    largest = (weight.amax(dim=1) - low) / 2\n    weight = weight - (low + largest)[:, None]\n"}),
        Misconception("zero_point_of_255_steps", "Your codes go from -128 to 127 in every row, whatever its smallest and largest value: 255 steps between the two, moved by a zero point. Here it is symmetric: 0 stays 0, and one factor leads back.", 0.75, code=(
            "def quantize(weight):\n"
            "    low, high = weight.amin(dim=1, keepdim=True), weight.amax(dim=1, keepdim=True)\n"
            "    scale = (high - low) / 255\n"
            "    scale = torch.where(scale == 0, torch.ones_like(scale), scale)\n"
            "    codes = torch.round(weight / scale + torch.round(-128 - low / scale))\n"
            "    return codes.clamp(-128, 127).to(torch.int8), scale.squeeze(1)\n"
        )),
        Misconception("scales_with_a_dimension_more", "The scales have the shape (rows, 1), as they were needed for the division. (rows,) is asked for.", 1.5, edits={"return codes.to(torch.int8), scales": "return codes.to(torch.int8), scales[:, None]"}),
        Misconception("swapped", "The two results have changed places: codes first, scales second.", 1.25, edits={"return codes.to(torch.int8), scales": "return scales, codes.to(torch.int8)"}),
        Misconception("weights_given_back", "What comes back are weights again, as they look after rounding. The codes are wanted, one byte each: going back is the next step.", 1.0, edits={"codes.to(torch.int8), scales": "codes * scales[:, None], scales"}),
        Misconception("codes_of_four_bits", "Your codes end at 7: those are 4 bits. int8 has 8, seven of them for the amount.", 1.0, edits={"largest / 127": "largest / 7"}),
    ),
    alternatives=(
        Alternative("row_by_row", code=(
            "def quantize(weight):\n"
            "    codes, scales = [], []\n"
            "    for row in weight:\n"
            "        top = float(row.abs().max())\n"
            "        scale = torch.tensor(top / 127 if top else 1.0, dtype=torch.float32)\n"
            "        codes.append((row / scale).round().clamp(-127, 127).to(torch.int8))\n"
            "        scales.append(scale)\n"
            "    return torch.stack(codes), torch.stack(scales)\n"
        )),
        Alternative("masked", edits={_SCALE: "(largest / 127).masked_fill(largest == 0, 1.0)", "weight.abs().amax(dim=1)": "weight.norm(p=math.inf, dim=-1)"}),
    ),
    refuse={"torch.quantize_per_channel": "it is what you write here by hand."},
)  # fmt: skip

# ---------------------------------------------------------------------------------------------------------- int8_linear
def _layer(rows: int, d_in: int, d_out: int, seed: int, scale: float = 0.2) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    generator = torch.Generator().manual_seed(seed)
    codes = torch.randint(-127, 128, (d_out, d_in), generator=generator).to(torch.int8)
    scales = (torch.rand(d_out, generator=generator) * scale + 0.01).round(decimals=3)
    return _numbers(rows, d_in, seed=seed + 1), codes, scales, _numbers(d_out, seed=seed + 2)


_SUMS = "x_codes.to(torch.int32) @ codes.to(torch.int32).T"
_RESULT = "sums * x_scales[:, None] * scales + bias"
LINEAR = Exercise(
    name="int8_linear",
    title="A linear layer in whole numbers",
    points=2,
    difficulty=2,
    minutes=10,
    needs=("quantize",),
    hints=(
        "Four steps: quantize x, multiply codes by codes, undo both scales, add the bias.",
        "A product of two codes is up to 16,129, and hundreds are added: which type holds that? The rows of `codes` are outputs, as in `nn.Linear`.",
        "The scale of a row of x belongs to a row of the result, the scale of an output to a column: give the first a second dimension of size 1, and the second needs none.",
    ),
    cases=(
        case("by hand", call(torch.tensor([[1.27, -0.5]]), torch.tensor([[127, 0], [10, -100]], dtype=torch.int8), torch.tensor([0.01, 0.02]), torch.tensor([1.0, -1.0]))),
        case("two rows of different size", call(torch.tensor([[1.0, 2.0, 3.0], [0.0012, -0.002, 0.0005]]), *_layer(1, 3, 4, seed=1)[1:])),
        case("a row of zeros", call(torch.tensor([[0.0, 0.0], [1.0, 1.0]]), *_layer(1, 2, 3, seed=2)[1:])),
        case("sums that need their room", call(torch.ones(2, 90) * torch.tensor([[1.0], [-3.0]]), *_layer(1, 90, 2, seed=3)[1:])),
        case("all of one size: rows, columns, outputs", call(*_layer(4, 4, 4, seed=4)), hidden=True),
        case("ordinary", call(*_layer(3, 20, 5, seed=5)), hidden=True),
        case("the longest sum, of the largest codes", call(torch.full((1, 1000), 2.0), torch.full((2, 1000), 127, dtype=torch.int8), torch.tensor([0.001, 0.002]), torch.tensor([0.25, -0.25])), hidden=True, rtol=1e-5),
    ),
    misconceptions=(
        Misconception("sums_in_int8", "Your sums wrapped round: multiplied and added in int8, which ends at 127. Two codes of 100 make 10,000.", 0.75, edits={_SUMS: "x_codes @ codes.T"}),
        Misconception("products_in_int8", "The sums have room, and are wrong all the same: the products were made in int8 before and had wrapped round by then. Which type has a product of two int8 tensors?", 1.0, edits={_SUMS: "(x_codes[:, None, :] * codes[None]).sum(dim=-1, dtype=torch.int64)"}),
        Misconception("sums_in_int16", "Short sums are right, long ones wrap round: int16 ends at 32,767, which three products of large codes exceed.", 1.25, edits={_SUMS: "x_codes.to(torch.int16) @ codes.to(torch.int16).T"}),
        Misconception("sums_in_half_precision", "The sums are nearly right: half precision keeps eleven bits, and whole numbers above 2,048 are rounded. Add up in 32 bits.", 1.25, edits={_SUMS: "(x_codes[:, None, :].half() * codes[None].half()).sum(-1).float()"}),
        Misconception("input_not_quantized", "The numbers are *too good*: the input x is never quantized, only the weights are. What saves time is that both factors are whole numbers.", 1.0, edits={"sums * x_scales[:, None] * scales + bias": "x @ (codes * scales[:, None]).T + bias"}),
        Misconception("one_scale_for_the_batch", "A small row beside a large one comes out coarse: x has one scale for the whole batch. Each row of x is quantized by itself, so that an answer does not depend on who else is in the batch.", 1.0, edits={"quantize(x)": "(lambda c, s: (c.reshape(x.shape), s.expand(x.shape[0])))(*quantize(x.reshape(1, -1)))"}),
        Misconception("no_input_scale", "The scales of x are missing: only those of the weights are undone.", 1.0, edits={"sums * x_scales[:, None] * scales": "sums * scales"}),
        Misconception("no_weight_scale", "The scales of x are undone, those of the weights are not.", 1.0, edits={"sums * x_scales[:, None] * scales": "sums * x_scales[:, None]"}),
        Misconception("no_scale_at_all", "These are the sums of codes, as large as they come. Both scales have to be multiplied in to get back to numbers of the size of x and weight.", 0.5, edits={_RESULT: "sums + bias"}),
        Misconception("scales_divided", "You divide by the scales. Quantizing divided by them; the way back multiplies.", 0.75, edits={_RESULT: "sums / x_scales[:, None] / scales + bias"}),
        Misconception("scales_exchanged", "The scales are swapped: rows of the result have those of the outputs, and columns those of the rows of x. Where the sizes happen to fit, nothing complains; elsewhere the shapes do not go together.", 1.0, edits={_RESULT: "sums * x_scales * scales[:, None] + bias"}),
        Misconception("input_scale_across", "The scales of x are spread over the columns: without a second dimension, they go along the outputs.", 1.0, edits={"x_scales[:, None] * scales": "x_scales * scales"}),
        Misconception("bias_scaled", "The bias is multiplied by the scales too. It was never quantized: add it at the very end, as it is.", 1.25, edits={_RESULT: "(sums + bias) * x_scales[:, None] * scales"}),
        Misconception("no_bias", "The bias is missing: one number for each output, added when everything else is done.", 1.25, edits={" * scales + bias": " * scales"}),
        Misconception("bias_rounded", "The bias is rounded to whole numbers, together with the sums. Rounding ends with the codes: behind the sums everything is float32.", 1.0, edits={" * scales + bias": " * scales + bias.round()"}),
        Misconception("bias_in_steps_of_the_scales", "The bias is rounded to a multiple of both scales, so that it can be added to the sums: where the scales are large little is left of it. Some devices have to do that; here it is added as it is, at the end.", 1.25, edits={"sums * x_scales[:, None] * scales + bias": "(sums + torch.round(bias / (x_scales[:, None] * scales))) * x_scales[:, None] * scales"}),
        Misconception("result_rounded", "Your result consists of whole numbers: it was rounded at the end. The scales make it float32, and that is what is asked for.", 1.0, edits={_RESULT: f"({_RESULT}).round()"}),
        Misconception("not_transposed", "Where the layer is square the numbers are wrong, elsewhere the shapes do not fit: the rows of `codes` are the outputs, so each row of x meets a *row* of it.", 0.75, edits={"codes.to(torch.int32).T": "codes.to(torch.int32)"}),
        Misconception("transposed_result", "Your result is (d_out, batch): the factors changed places. A row of the result belongs to a row of x.", 1.0, edits={_RESULT: f"({_RESULT}).T"}),
        Misconception("scales_added", "The two scales are added. Each factor was divided by its own, so the product was divided by their product.", 0.75, edits={"sums * x_scales[:, None] * scales": "sums * (x_scales[:, None] + scales)"}),
        Misconception("weights_quantized_again", "The scale of an output comes out of your function as 1 or as the largest code: `codes` was quantized once more. It holds codes already; `scales` are theirs.", 0.75, edits={"    sums =": "    codes, scales = quantize(codes.float())\n    sums ="}),
        Misconception("input_cut_to_int8", "x itself was made int8: everything behind the point is gone, and small rows are all 0. Its codes come from `quantize`, with scales.", 0.5, edits={"x_codes, x_scales = quantize(x)": "x_codes, x_scales = x.to(torch.int8), torch.ones(x.shape[0])"}),
    ),
    alternatives=(
        Alternative("exact_in_float32", edits={_SUMS: "x_codes.float() @ codes.float().T"}),
        Alternative("weights_made_again", edits={_RESULT: "x_scales[:, None] * (x_codes.double() @ (codes.double() * scales.double()[:, None]).T).float() + bias", "    sums = x_codes.to(torch.int32) @ codes.to(torch.int32).T\n": ""}),
        Alternative("einsum", edits={_SUMS: "torch.einsum('bi,oi->bo', x_codes.long(), codes.long())"}),
    ),
)  # fmt: skip

# ------------------------------------------------------------------------------------------------------ latency_summary
_ON_TIME = [0.0, 0.5, 1.0, 1.5]


def _plan(count: int, seed: int, gap: float, *, late: float = 0.0) -> tuple[list[float], list[float], list[float]]:
    """Requests that are due evenly, sent up to ``late`` seconds too late, and answered after a skewed time."""
    drawn = random.Random(seed)
    due = [10 + gap * place for place in range(count)]
    sent = [moment + round(late * drawn.random(), 3) for moment in due]
    return due, sent, [moment + round(0.02 - 0.05 * math.log(1 - drawn.random()), 4) for moment in sent]


def _shuffled(rows: tuple[list[float], ...], seed: int) -> tuple[list[float], ...]:
    order = list(range(len(rows[0])))
    random.Random(seed).shuffle(order)
    return tuple([row[place] for place in order] for row in rows)


def _failing(rows: tuple[list[float], ...], places: tuple[int, ...]) -> tuple[list[Any], ...]:
    due, sent, finished = rows
    return due, sent, [None if place in places else moment for place, moment in enumerate(finished)]


_STALL_DUE = [0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]
_STALL_SENT = [0.0, 0.1, 0.2, 1.2, 1.21, 1.22, 1.23, 1.24, 1.25, 1.26]
_STALL_FINISHED = [0.01, 0.11, 1.2, 1.21, 1.22, 1.23, 1.24, 1.25, 1.26, 1.27]
_COUNT = 'summary["throughput"] = count / seconds'
_SECONDS = "seconds = max(end for _, end in answered) - min(due)"
_SORTED = "sorted(1000 * (end - start) for start, end in answered)"
SUMMARY = Exercise(
    name="latency_summary",
    title="Percentiles and throughput of a load test",
    points=2,
    difficulty=2,
    minutes=15,
    hints=(
        "Sort the requests into two heaps first: those with an answer and those without. Only the first have a latency; the second are counted.",
        "Sort the latencies. The rank p·n / 100 is rounded up; places in a Python list begin at 0, ranks at 1.",
        "Throughput is answers divided by seconds, and the seconds run from the earliest moment in `due`, of all requests, to the latest in `finished`, of those that have one.",
    ),
    cases=(
        case("four by hand", call(_ON_TIME, _ON_TIME, [0.03, 0.51, 1.02, 1.54])),
        case("a server that stands still for a second", call(_STALL_DUE, _STALL_SENT, _STALL_FINISHED)),
        case("one of five failed", call([0.0, 1.0, 2.0, 3.0, 4.0], [0.0, 1.0, 2.0, 3.0, 4.5], [0.2, 1.1, None, 3.4, 4.6])),
        case("the first one is overtaken", call([0.0, 1.0, 2.0, 3.0], [0.0, 1.0, 2.0, 3.25], [5.0, 1.25, 2.125, 3.75])),
        case("a clock that passes 0", call([-1.0, -0.5, 0.0, 0.5], [-1.0, -0.5, 0.0, 0.5], [-0.75, 0.0, 0.125, None])),
        case("eleven, in any order", call(*_shuffled(_plan(11, 1, 0.1), 2))),
        case("twenty", call(*_plan(20, 6, 0.1)), hidden=True),
        case("a single request", call([7.0], [7.25], [8.0]), hidden=True),
        case("a hundred and one", call(*_plan(101, 3, 0.01, late=0.05)), hidden=True),
        case("two hundred, late, some failed, in any order", call(*_failing(_shuffled(_plan(200, 4, 0.02, late=0.3), 5), (0, 17, 18, 19, 120, 199))), hidden=True),
        case("the first one due and the last one sent failed", call([0.0, 1.0, 2.0, 9.0], [0.5, 1.5, 2.5, 9.5], [None, 2.0, 2.75, None])),
    ),
    misconceptions=(
        Misconception("from_sent", "On time, all is right; behind a server that stood still, yours looks fast: you count from `sent`. The client could not even ask, and its users waited. Count from when a request was *due*.", 1.25, edits={"zip(due, finished, strict=True)": "zip(sent, finished, strict=True)"}),
        Misconception("waiting_only", "Your latencies end when the request is *sent*: that is the time before it went out. The one who asked waits until the answer is there.", 0.75, edits={"(start, end) for start, end in zip(due, finished, strict=True) if end is not None": "(start, leaving) for start, leaving, end in zip(due, sent, finished, strict=True) if end is not None"}),
        Misconception("interpolated", "Your percentiles lie between two latencies, where nobody's request was: that is interpolation, as numpy does it by default. The nearest rank is one of the measured values.", 1.25, edits={"rank = math.ceil(percent * count / 100)\n        summary[f\"p{percent}\"] = latencies[rank - 1]": "place = percent * (count - 1) / 100\n        low = int(place)\n        high = min(low + 1, count - 1)\n        summary[f\"p{percent}\"] = latencies[low] + (place - low) * (latencies[high] - latencies[low])"}),
        Misconception("rank_rounded_down", "Percentiles come out too low wherever p·n / 100 is no whole number: the rank is rounded down. At least p per cent of the latencies must not exceed the percentile.", 1.25, edits={"math.ceil(percent * count / 100)": "max(percent * count // 100, 1)"}),
        Misconception("rank_rounded", "The rank is rounded to the *nearest* whole number. Despite its name, the nearest rank is rounded up: below it, fewer than p per cent of the latencies would lie.", 1.25, edits={"math.ceil(percent * count / 100)": "max(round(percent * count / 100), 1)"}),
        Misconception("rank_as_place", "Your percentiles are one rank too high: ranks count from 1, and places in a list from 0.", 1.25, edits={"latencies[rank - 1]": "latencies[min(rank, count - 1)]"}),
        Misconception("place_by_multiplying", "For a hundred latencies, or any number that p·n / 100 divides, you are one rank too high: the place in the list is the rank rounded up, less one, which is not the same as rounding down.", 1.25, edits={"latencies[rank - 1]": "latencies[min(percent * count // 100, count - 1)]"}),
        Misconception("rank_of_all", "Where requests failed the percentiles are too high: the rank is computed with the number of all requests. Only the answered ones have latencies, and only they count.", 1.25, edits={"math.ceil(percent * count / 100)": "min(math.ceil(percent * len(due) / 100), count)"}),
        Misconception("not_sorted", "The latencies stand in the order in which the requests were listed. A percentile is taken from the sorted ones.", 0.75, edits={_SORTED: "[1000 * (end - start) for start, end in answered]"}),
        Misconception("longest_first", "p95 is smaller than p50: you sort from the longest to the shortest.", 0.75, edits={_SORTED: "sorted((1000 * (end - start) for start, end in answered), reverse=True)"}),
        Misconception("seconds", "The latencies are a thousand times too small: seconds, where milliseconds are asked for.", 1.25, edits={"1000 * (end - start)": "(end - start)"}),
        Misconception("failed_as_zero", "A failed request is counted as if its answer had come at once, and as answered. It has no latency: a server that fails quickly would look best.", 0.75, edits={"(start, end) for start, end in zip(due, finished, strict=True) if end is not None": "(start, start if end is None else end) for start, end in zip(due, finished, strict=True)"}),
        Misconception("failed_as_infinite", "Failed requests stand among the latencies, as infinitely long ones: they push every percentile up, and `max` is infinite. They are counted under `failed`, and nowhere else.", 1.0, edits={_SORTED: "sorted(math.inf if end is None else 1000 * (end - start) for start, end in zip(due, finished))", "count = len(latencies)": "count = len(answered)", "math.ceil(percent * count / 100)": "math.ceil(percent * len(due) / 100)"}),
        Misconception("zero_is_a_failure", "An answer that came at the moment 0 on the clock is counted as a failure: you ask whether the moment is true, and zero is not. A failure is None, and nothing else is.", 1.5, edits={"if end is not None": "if end"}),
        Misconception("failures_shift_the_others", "Behind a failure every latency belongs to a wrong pair: the failed ones were left out of `finished` alone, and each later answer was held against another request's `due`. Put together what belongs together, and only then leave out.", 0.75, edits={"zip(due, finished, strict=True)": "zip(due, [end for end in finished if end is not None])"}),
        Misconception("each_list_sorted", "Where one request overtakes another, it gets the other's answer: `due` and `finished` are sorted each for itself, so that pairs are torn apart. Sort latencies, not moments.", 1.0, edits={"for start, end in zip(due, finished, strict=True) if end is not None": "for start, end in zip(sorted(start for start, end in zip(due, finished) if end is not None), sorted(end for end in finished if end is not None))"}),
        Misconception("failed_not_counted", "`failed` is 0 though answers are missing: what was dropped at the beginning has to be counted.", 1.25, edits={"len(due) - count": "0"}),
        Misconception("failed_as_share", "`failed` is a share; how many failed is asked for.", 1.5, edits={"len(due) - count": "(len(due) - count) / len(due)"}),
        Misconception("throughput_with_failures", "Failed requests count in your throughput. It says how many *answers* came in a second.", 1.25, edits={_COUNT: 'summary["throughput"] = len(due) / seconds'}),
        Misconception("throughput_from_latency", "Your throughput is one divided by the mean latency. That holds for one client that asks without a pause; many are answered at the same time. Divide the answers by the time that passed.", 1.0, edits={_COUNT: 'summary["throughput"] = 1000 * count / sum(latencies)'}),
        Misconception("offered_load", "You divide by the time in which requests were *due*: that is how many were asked for. What the server did shows when the last answer is there.", 1.0, edits={_SECONDS: "seconds = (max(due) - min(due)) or 1.0"}),
        Misconception("from_the_first_sent", "The time for the throughput begins when the first request was sent. It begins when the first was due.", 1.5, edits={_SECONDS: "seconds = max(end for _, end in answered) - min(sent)"}),
        Misconception("from_the_first_answered", "Where the first request failed, your throughput is too high: its moment counts too. The test began when the first request was due, whatever became of it.", 1.5, edits={_SECONDS: "seconds = max(end for _, end in answered) - min(start for start, _ in answered)"}),
        Misconception("listed_order_of_time", "Your time for the throughput runs from the first to the last *listed* request. They may be listed in any order: look for the earliest and the latest.", 1.25, edits={_SECONDS: "seconds = (answered[-1][1] - due[0]) or 1.0"}),
        Misconception("throughput_per_millisecond", "Your throughput is a thousand times too small: answers per millisecond.", 1.25, edits={_COUNT: 'summary["throughput"] = count / (1000 * seconds)'}),
        Misconception("mean_for_median", "`p50` is the mean. A few long ones pull it up; the median asks how the middle request fared.", 1.0, edits={'summary["max"] = latencies[-1]': 'summary["p50"] = sum(latencies) / count\n    summary["max"] = latencies[-1]'}),
    ),
    alternatives=(
        Alternative("numpy", code=(
            "def latency_summary(due, sent, finished):\n"
            "    import numpy as np\n"
            "    end = np.array([np.nan if f is None else f for f in finished], dtype=float)\n"
            "    ok = ~np.isnan(end)\n"
            "    ms = (end - np.array(due))[ok] * 1000\n"
            "    p = np.percentile(ms, [50, 95, 99], method='inverted_cdf')\n"
            "    return {'p50': float(p[0]), 'p95': float(p[1]), 'p99': float(p[2]), 'max': float(ms.max()),\n"
            "            'failed': int((~ok).sum()), 'throughput': float(ok.sum() / (end[ok].max() - min(due)))}\n"
        )),
        Alternative("smallest_that_enough_do_not_exceed", edits={"rank = math.ceil(percent * count / 100)\n        summary[f\"p{percent}\"] = latencies[rank - 1]": "summary[f\"p{percent}\"] = next(one for place, one in enumerate(latencies, 1) if 100 * place >= percent * count)"}),
    ),
)  # fmt: skip

# ------------------------------------------------------------------------------------------------------- histogram_text
_SCRAPED = "course.serving.trials.scraped"
_INF = "    lines.append(f'{name}_bucket{{le=\"+Inf\"}} {len(values)}')\n"
_SUM = '    lines.append(f"{name}_sum {sum(values)}")\n'
_NUMBER = '    lines.append(f"{name}_count {len(values)}")\n'
_BUCKET = "lines.append(f'{name}_bucket{{le=\"{bound}\"}} {below}')"
_END = '"\\n".join(lines) + "\\n"'
HISTOGRAM = Exercise(
    name="histogram_text",
    title="Latencies as Prometheus reads them",
    points=2,
    difficulty=2,
    minutes=15,
    hints=(
        "Write the example of the text above by hand for three values and two bounds, then let the loop write it.",
        "A bucket counts everything up to its bound, what the smaller buckets count included: the numbers never fall.",
        "Inside an f-string, braces are doubled to stand for themselves: `{{` and `}}`. The last bucket has no bound of the list; it counts everything, as `_count` does.",
    ),
    cases=(
        case("by hand", through(_SCRAPED, "wait_seconds", "Time in the queue.", [0.1, 0.5], [0.05, 0.5, 0.2, 2.0])),
        case("nothing observed yet", through(_SCRAPED, "wait_seconds", "Time in the queue.", [0.1, 0.5], [])),
        case("all above the last bound", through(_SCRAPED, "text_tokens", "Tokens of a text.", [8, 16, 32], [40.0, 50.0, 33.0])),
        case("two lines, quotes and a backslash in the help", through(_SCRAPED, "text_tokens", "Tokens of a \"text\",\nas in C:\\new.", [8, 16], [4.0])),
        case("numbers of many digits", through(_SCRAPED, "payload_bytes", "Bytes of a body.", [0.0078125, 1048576.5], [1048576.25, 0.0078124, 3.0]), rtol=1e-12, atol=0.0),
        case("many values", through(_SCRAPED, "latency_seconds", "From request to answer.", [0.005, 0.01, 0.025, 0.05, 0.1, 0.25], _values(60, seed=1)), hidden=True),
        case("values on every bound, negative ones too", through(_SCRAPED, "gap", "A difference.", [-1.0, 0.0, 1.0], [-1.0, -1.0, 0.0, 1.0, 1.0, 1.0, -7.5, 2.0]), hidden=True),
        case("one bound", through(_SCRAPED, "batch_texts", "Texts in a batch.", [4], [1.0, 4.0, 5.0]), hidden=True),
    ),
    misconceptions=(
        Misconception("not_cumulative", "Each of your buckets counts only what lies between its bound and the one before. In this format buckets are cumulative: up to the bound, from the very bottom.", 1.0, edits={"    for bound in bounds:\n        below = sum(value <= bound for value in values)\n": "    for place, bound in enumerate(bounds):\n        below = sum(value <= bound and (place == 0 or value > bounds[place - 1]) for value in values)\n"}),
        Misconception("all_parts_alone", "None of your buckets is cumulative, and the last one counts only what lies above all bounds. Each counts everything up to its bound; the last has no bound, and counts all.", 0.75, edits={"    for bound in bounds:\n        below = sum(value <= bound for value in values)\n": "    for place, bound in enumerate(bounds):\n        below = sum(value <= bound and (place == 0 or value > bounds[place - 1]) for value in values)\n", "{len(values)}')": "{sum(value > bounds[-1] for value in values)}')"}),
        Misconception("overflow_only", "The bucket of +Inf counts only what lies above the last bound. It is cumulative like the others: everything is below infinity.", 1.25, edits={"{len(values)}')": "{sum(value > bounds[-1] for value in values)}')"}),
        Misconception("below_strictly", "A value just on a bound is missing from its bucket. `le` means less than or *equal*.", 1.25, edits={"value <= bound": "value < bound"}),
        Misconception("counted_from_above", "Your buckets fall from the first to the last: they count what lies above their bound.", 0.75, edits={"value <= bound": "value > bound"}),
        Misconception("no_infinity", "The bucket of +Inf is missing. Without it Prometheus cannot tell how many values there are above the last bound.", 1.0, edits={_INF: ""}),
        Misconception("nothing_without_values", "Without values your page ends after its comments. A histogram of nothing has all its lines, with zeros: Prometheus should see that it is there, and see it grow from 0.", 1.5, edits={_END: '"\\n".join(lines if values else lines[:2]) + "\\n"'}),
        Misconception("inf_as_python_writes_it", "The last bucket is called `inf`, as Python writes infinity. Whoever reads the page looks for `+Inf`, letter by letter.", 1.5, edits={'{{le="+Inf"}}': '{{le="inf"}}'}),
        Misconception("six_digits", "Your numbers have six digits: a format such as `:g` rounds a bound, and a sum of bytes or of many latencies, which then stands still where it should grow. Write all digits that the number has.", 1.25, edits={'{{le="{bound}"}}': '{{le="{bound:g}"}}', "{sum(values)}": "{sum(values):g}"}),
        Misconception("sum_of_six_digits", "`_sum` is rounded by its format: it would stand still where it should grow. Write all the digits that it has.", 1.5, edits={"{sum(values)}": "{sum(values):g}"}),
        Misconception("sum_of_three_decimals", "`_sum` is rounded to a few decimals, and small values vanish in it. Write all the digits that it has.", 1.5, edits={"{sum(values)}": "{round(sum(values), 3)}"}),
        Misconception("no_sum", "The line with the sum is missing: it is what a mean is computed from.", 1.25, edits={_SUM: ""}),
        Misconception("no_count", "The line with the count is missing.", 1.25, edits={_NUMBER: ""}),
        Misconception("mean_for_sum", "`_sum` holds the mean. Sums of several servers and moments can be added and subtracted; means cannot.", 1.25, edits={"{sum(values)}": "{sum(values) / len(values) if values else 0.0}"}),
        Misconception("count_of_buckets", "`_count` counts the buckets. It is the number of the observed values.", 1.25, edits={"_count {len(values)}": "_count {len(bounds) + 1}"}),
        Misconception("shares", "Your buckets hold shares of all values. Counts are wanted: only they can be added up over servers, and subtracted over time.", 1.0, edits={" {below}')": " {below / max(len(values), 1)}')", "{len(values)}')": "{float(bool(values))}')"}),
        Misconception("no_type", "The line with the type is missing: Prometheus reads single numbers of unknown kind, and no histogram.", 1.25, edits={', f"# TYPE {name} histogram"]': "]"}),
        Misconception("type_gauge", "Another type than `histogram` is declared, so that `_bucket`, `_sum` and `_count` do not belong to it.", 1.25, edits={"# TYPE {name} histogram": "# TYPE {name} gauge"}),
        Misconception("type_with_suffix", "The lines HELP and TYPE carry `_bucket`. They stand for the whole family: the name alone.", 1.0, edits={"# TYPE {name} histogram": "# TYPE {name}_bucket histogram", "# HELP {name} ": "# HELP {name}_bucket "}),
        Misconception("no_help", "The line with the help is missing.", 1.5, edits={'[f"# HELP {name} {escaped}", ': "["}),
        Misconception("help_not_escaped", "A help of two lines breaks the format: its second line is read as a metric. Backslash and line feed have to be escaped.", 1.25, edits={'help_text.replace("\\\\", "\\\\\\\\").replace("\\n", "\\\\n")': "help_text"}),
        Misconception("line_feed_escaped_first", "The help comes back with a backslash too many: first the line feed was escaped, and then the backslash of that once more. Which has to go first?", 1.5, edits={'help_text.replace("\\\\", "\\\\\\\\").replace("\\n", "\\\\n")': 'help_text.replace("\\n", "\\\\n").replace("\\\\", "\\\\\\\\")'}),
        Misconception("backslash_not_escaped", "The line feed in the help is escaped and the backslash is not: whoever reads `C:\\n…` would find a line feed there.", 1.5, edits={'.replace("\\\\", "\\\\\\\\")': ""}),
        Misconception("quotes_escaped", "Quotes in the help come back with a backslash before them. Escaping those is the rule for the values of labels, which stand in quotes; a help does not.", 1.5, edits={'.replace("\\n", "\\\\n")': '.replace("\\n", "\\\\n").replace(chr(34), chr(92) + chr(34))'}),
        Misconception("no_last_line_feed", "The last line is not closed by a line feed; the format wants every line closed.", 1.5, edits={_END: '"\\n".join(lines)'}),
        Misconception("bounds_without_quotes", "The text cannot be read: the bound of a bucket is a label, and the value of a label stands in quotes.", 1.0, edits={'{{le="{bound}"}}': "{{le={bound}}}"}),
        Misconception("no_suffix", "The buckets are written under the bare name; they belong under the name followed by `_bucket`.", 1.0, edits={"{name}_bucket{{le=\"{bound}\"}}": "{name}{{le=\"{bound}\"}}", "{name}_bucket{{le=\"+Inf\"}}": "{name}{{le=\"+Inf\"}}"}),
        Misconception("other_label", "The label of a bucket is called `le`, for *less or equal*; you gave it another name.", 1.25, edits={"{{le=\"{bound}\"}}": "{{bound=\"{bound}\"}}", "{{le=\"+Inf\"}}": "{{bound=\"+Inf\"}}"}),
    ),
    alternatives=(
        Alternative("counted_while_going_up", code=(
            "def histogram_text(name, help_text, bounds, values):\n"
            "    import bisect\n"
            "    ordered = sorted(values)\n"
            "    said = ''.join({'\\n': '\\\\n', '\\\\': '\\\\\\\\'}.get(c, c) for c in help_text)\n"
            "    out = f'# HELP {name} {said}\\n# TYPE {name} histogram\\n'\n"
            "    for bound in [*bounds, math.inf]:\n"
            "        le = '+Inf' if bound == math.inf else repr(bound)\n"
            "        out += '%s_bucket{le=\"%s\"} %d\\n' % (name, le, bisect.bisect_right(ordered, bound))\n"
            "    return out + f'{name}_sum {math.fsum(values)!r}\\n{name}_count {len(values)}.0\\n'\n"
        )),
        Alternative("running_total", edits={"        below = sum(value <= bound for value in values)\n": "        below = len([value for value in values if not value > bound])\n", "{sum(values)}": "{float(sum(values)):.17g}"}),
    ),
    refuse={"prometheus_client.exposition.generate_latest": "it writes the format that you write here by hand.", "prometheus_client.Histogram": "it is the histogram that you write here by hand."},
)  # fmt: skip

# ---------------------------------------------------------------------------------------------------------- drift_score
_SHARE = "[(count + 0.5) / (len(sample) + 0.5 * bins) for count in counts]"
_PSI = "(q - p) * math.log(q / p)"
_PLACE = "sum(bound < value for bound in bounds)"
DRIFT = Exercise(
    name="drift_score",
    title="Have the inputs changed? The population stability index",
    points=2,
    difficulty=2,
    minutes=15,
    hints=(
        "Count both samples into the same bins, turn the counts into shares, and only then compare.",
        "There is one bin more than there are bounds. A value that equals a bound belongs to the bin below it.",
        "A share is the count and a half, divided by the number of values and half the number of bins. What goes into the sum is a difference times the logarithm of a quotient, both in the same order.",
    ),
    cases=(
        case("by hand", call([1.0, 2.0, 3.0, 9.0], [8.0, 9.0, 9.5, 1.0], [5.0])),
        case("the same sample twice", call([1.0, 2.0, 2.5, 7.0, 8.0], [8.0, 2.0, 1.0, 7.0, 2.5], [2.0, 5.0])),
        case("values on the bounds", call([1.0, 2.0, 3.0, 4.0], [2.0, 2.0, 3.0, 3.0, 3.0, 5.0], [1.0, 2.0, 3.0])),
        case("an empty bin, samples of different size", call(_values(50, seed=2), [0.01, 0.02, 0.012], [0.01, 0.03, 0.1])),
        case("bins that nobody fell into", call([1.0, 1.5, 9.0, 8.0, 1.25], [8.5, 1.75], [2.0, 3.0, 4.0, 5.0])),
        case("nothing in common", call([0.0] * 20, [10.0] * 30, [1.0, 5.0]), hidden=True),
        case("ordinary", call(_values(80, seed=3), [2 * value for value in _values(60, seed=4)], [0.01, 0.02, 0.04, 0.08, 0.16]), hidden=True),
        case("a hundred and one against one", call(_values(101, seed=5), [0.5], [0.02, 0.05, 0.1]), hidden=True),
        case("negative numbers", call([-3.0, -2.0, -1.0, 0.0], [-3.0, -3.5, -2.0, 4.0, 1.0], [-2.5, -1.0]), hidden=True),
    ),
    misconceptions=(
        Misconception("no_smoothing", "An empty bin ends in a division by 0 or the logarithm of 0, and elsewhere the numbers are off: the half that is added to each count is missing.", 0.75, edits={_SHARE: "[count / len(sample) for count in counts]"}),
        Misconception("smoothing_above_only", "The half was added to the counts and not below the line: your shares add up to more than 1.", 1.25, edits={"(len(sample) + 0.5 * bins)": "len(sample)"}),
        Misconception("smoothing_not_by_bins", "Below the line one half was added for all bins together. Each of the B bins got one.", 1.25, edits={"0.5 * bins": "0.5"}),
        Misconception("smoothing_by_bounds", "Below the line there is half of the number of *bounds*: one bin is left out. Between and around them lie one more bins than bounds, and your shares add up to more than 1.", 1.25, edits={"0.5 * bins": "0.5 * len(bounds)"}),
        Misconception("half_for_empty_bins_alone", "Only empty bins get their half, and the shares of all others are off: every bin gets it, in both samples, whatever its count.", 1.0, edits={_SHARE: "[(count or 0.5) / sum(one or 0.5 for one in counts) for count in counts]"}),
        Misconception("empty_bins_skipped", "Bins that are empty in one sample are left out, so that just the strongest drift does not count; and no bin has got its half. With that, no share is 0 and nothing has to be left out.", 0.75, edits={_SHARE: "[count / len(sample) for count in counts]", "for p, q in zip(*shares, strict=True)": "for p, q in zip(*shares, strict=True) if p and q"}),
        Misconception("unused_bins_skipped", "Bins that are empty in *both* samples are left out. Their shares differ where the samples differ in size, by the half that they got: every bin belongs to the sum.", 1.5, edits={"for p, q in zip(*shares, strict=True)": "for p, q in zip(*shares, strict=True) if p > 0.5 / (len(reference) + 0.5 * bins) or q > 0.5 / (len(current) + 0.5 * bins)"}),
        Misconception("smoothing_by_one", "1 is added to each count, in place of one half.", 1.25, edits={"(count + 0.5)": "(count + 1.0)", "0.5 * bins": "1.0 * bins"}),
        Misconception("counts_not_shares", "Counts are compared, not shares: a second sample twice as large would drift by its size alone.", 0.75, edits={_SHARE: "[count + 0.5 for count in counts]"}),
        Misconception("kullback_leibler", "One direction alone is summed, weighted by the current shares: that is the Kullback–Leibler divergence. The index weighs the logarithm by the *difference* of the shares.", 1.0, edits={_PSI: "q * math.log(q / p)"}),
        Misconception("kullback_leibler_back", "One direction alone is summed, weighted by the shares of the reference. The index weighs the logarithm by the *difference* of the shares.", 1.0, edits={_PSI: "p * math.log(p / q)"}),
        Misconception("negative", "Your index is never positive: difference and quotient are taken in opposite orders. Each term is a product of two numbers with the same sign.", 1.25, edits={_PSI: "(q - p) * math.log(p / q)"}),
        Misconception("logarithm_of_base_2", "The binary logarithm makes your index 1.44 times too large; the natural one is asked for.", 1.25, edits={_PSI: "(q - p) * math.log2(q / p)"}),
        Misconception("logarithm_of_base_10", "The decimal logarithm makes your index less than half of what it is; the natural one is asked for.", 1.25, edits={_PSI: "(q - p) * math.log10(q / p)"}),
        Misconception("absolute_differences", "The absolute differences of the shares are summed, without a logarithm: from 1 % to 2 % would weigh as much as from 50 % to 51 %.", 0.75, edits={_PSI: "abs(q - p)"}),
        Misconception("chi_square", "Squared differences divided by the reference are summed: that is the statistic of another test (chi-square).", 0.75, edits={_PSI: "(q - p) ** 2 / p"}),
        Misconception("mean_over_bins", "Your index is divided by the number of bins. It is a sum.", 1.25, edits={"return sum((q - p) * math.log(q / p) for p, q in zip(*shares, strict=True))": "return sum((q - p) * math.log(q / p) for p, q in zip(*shares, strict=True)) / bins"}),
        Misconception("halved", "Your index is half of what it is: the mean of both directions, where their sum is meant.", 1.25, edits={_PSI: "0.5 * (q - p) * math.log(q / p)"}),
        Misconception("bound_belongs_above", "A value on a bound is counted in the bin above. Up to *and with* the bound it belongs below.", 1.25, edits={_PLACE: "sum(bound <= value for bound in bounds)"}),
        Misconception("above_the_last_dropped", "Values above the last bound are counted nowhere: there is one bin more than bounds.", 1.0, edits={"bins = len(bounds) + 1": "bins = len(bounds)", "            counts[place] += 1\n": "            if place < bins:\n                counts[place] += 1\n"}),
        Misconception("below_the_first_dropped", "Values up to the first bound are counted nowhere. The bounds cut *between* bins; below the first one there is a bin too.", 1.0, edits={"bins = len(bounds) + 1": "bins = len(bounds)", "            counts[place] += 1\n": "            if place > 0:\n                counts[place - 1] += 1\n"}),
        Misconception("between_the_bounds_alone", "The bounds are taken for edges, as `numpy.histogram` takes them: what lies below the first and above the last is dropped, and there is one bin fewer than bounds instead of one more.", 0.75, code=(
            "def drift_score(reference, current, bounds):\n"
            "    import numpy as np\n"
            "    bins = len(bounds) - 1\n"
            "    p, q = ((np.histogram(sample, bins=bounds)[0] + 0.5) / (len(sample) + 0.5 * bins) for sample in (reference, current))\n"
            "    return float(((q - p) * np.log(q / p)).sum())\n"
        )),
        Misconception("cumulative", "Your bins are cumulative: each counts what the smaller ones count too, as in a Prometheus histogram. Here every value belongs to one bin.", 0.75, edits={"            counts[place] += 1\n": "            for upper in range(place, bins):\n                counts[upper] += 1\n"}),
        Misconception("size_of_the_reference", "Both samples are divided by the size of the reference. Each has a size of its own.", 1.0, edits={"len(sample) +": "len(reference) +"}),
        Misconception("equal_bins_of_the_range", "The bins are cut anew, of equal width between smallest and largest value. The bounds that are given must hold for both samples, today and next month.", 0.5, edits={"    shares = []\n": "    low, high = min(reference + current), max(reference + current)\n    bounds = [low + (high - low) * k / bins for k in range(1, bins)]\n    shares = []\n", _PLACE: "sum(bound <= value for bound in bounds)"}),
        Misconception("root_at_the_end", "A root is taken of the sum. The index is the sum itself.", 1.25, edits={"return sum((q - p) * math.log(q / p) for p, q in zip(*shares, strict=True))": "return math.sqrt(sum((q - p) * math.log(q / p) for p, q in zip(*shares, strict=True)))"}),
    ),
    alternatives=(
        Alternative("numpy", code=(
            "def drift_score(reference, current, bounds):\n"
            "    import numpy as np\n"
            "    def shares(sample):\n"
            "        counts = np.bincount(np.digitize(sample, bounds, right=True), minlength=len(bounds) + 1) + 0.5\n"
            "        return counts / counts.sum()\n"
            "    p, q = shares(reference), shares(current)\n"
            "    return float(((q - p) * (np.log(q) - np.log(p))).sum())\n"
        )),
        Alternative("both_directions", edits={_PSI: "(q * math.log(q / p) + p * math.log(p / q))", _PLACE: "next((k for k, bound in enumerate(bounds) if value <= bound), len(bounds))"}),
    ),
)  # fmt: skip

LESSON = Lesson(
    name="09_serving",
    title="Serving",
    summary="From notebook to service: a predictor, validation, health, dynamic batching, load test, int8, metrics, drift, containers.",
    reading_minutes=40,
    exercises=(PREDICTOR, REQUEST, APP, BATCH, QUANTIZE, LINEAR, SUMMARY, HISTOGRAM, DRIFT),
)
