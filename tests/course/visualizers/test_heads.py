"""The heads explorer: BERT's own weights, facts that say what they measure, a model only when one is needed."""

from __future__ import annotations

import subprocess
import sys
import xml.etree.ElementTree as ET
from typing import Any

import numpy as np
import pytest
import torch

from course.resources import ResourceError, load_bert
from course.visualizers import heads, heads_explorer
from course.visualizers.arrays import PictureError
from course.visualizers.heads import FACTS, HEADS, LAYERS, MAX_TEXT, MAX_TOKENS, QUESTION, facts, measure
from course.visualizers.heads_example import SENTENCE, packed, stored

SVG = "{http://www.w3.org/2000/svg}"
OWN = "A film that nobody will forget."


# compute


def test_the_weights_are_those_of_the_model() -> None:
    model, tokenizer = load_bert(attn_implementation="eager")
    batch = tokenizer(OWN, return_tensors="pt")
    with torch.no_grad():
        attentions = model(**batch, output_attentions=True).attentions
    known = measure(OWN)
    assert known.weights.shape == (LAYERS, HEADS, 9, 9)
    assert known.tokens == ("[CLS]", "a", "film", "that", "nobody", "will", "forget", ".", "[SEP]")
    for layer, attention in enumerate(attentions):
        assert np.allclose(known.weights[layer], attention[0].numpy(), atol=1e-5)
    assert known.note == ""


def test_what_is_stored_is_what_the_model_gives() -> None:
    known = measure(SENTENCE)
    tokens, weights = stored()
    assert tokens == known.tokens
    assert np.allclose(weights, known.weights, atol=1e-4)
    assert np.allclose(weights.sum(axis=-1), 1.0, atol=1e-6)
    assert packed(tokens, weights).count('"') == packed(known.tokens, known.weights).count('"')


def test_a_long_sentence_is_cut_and_says_so() -> None:
    known = measure("word " * 50)
    assert len(known.tokens) == MAX_TOKENS
    assert known.tokens[-1] == "[SEP]"
    assert known.note == "The first 40 tokens are shown; the sentence has 12 more."
    assert known.note in str(heads_explorer("word " * 50).static())
    assert heads_explorer("x" * 2000).sentence == "x" * MAX_TEXT


TOKENS = ("[CLS]", "a", "b", "c", "[SEP]")


def one_head(*places: int) -> np.ndarray:
    """A head whose token i looks at ``places[i]`` alone: ``(1, 1, 5, 5)``."""
    return np.eye(5)[list(places)][None, None]


@pytest.mark.parametrize(
    ("places", "fact"),
    [((0, 0, 1, 2, 3), 0), ((1, 2, 3, 4, 4), 1), ((0, 1, 2, 3, 4), 2), ((4, 0, 0, 0, 4), 3), ((0, 4, 4, 4, 0), 4)],
)
def test_each_fact_is_full_for_the_head_that_does_just_this(places: tuple[int, ...], fact: int) -> None:
    own = facts(one_head(*places), TOKENS)[0, 0]
    assert own[fact] == pytest.approx(1.0)
    ends = {0: 3, 1: 4, 3: 0, 4: 1}  # the first word's previous token is [CLS], the last one's next is [SEP]
    for other in range(len(FACTS)):
        if other != fact:
            assert own[other] == pytest.approx(1 / 3 if ends.get(fact) == other else 0.0)
    assert own[-1] == pytest.approx(1.0)


def test_the_rows_of_cls_and_sep_do_not_count() -> None:
    weights = np.full((1, 1, 5, 5), 0.2)
    weights[0, 0, [0, 4]] = np.eye(5)[0]
    own = facts(weights, TOKENS)[0, 0]
    assert own[:-1] == pytest.approx([0.2] * 5)
    assert own[-1] == pytest.approx(5.0)
    assert facts(np.full((1, 1, 2, 2), 0.5), ("[CLS]", "[SEP]")).tolist() == [[[0.0] * 6]]


def test_a_head_of_berts_first_layer_looks_at_the_previous_token() -> None:
    tokens, weights = stored()
    found = facts(weights, tokens)
    assert found[0, 2, FACTS.index("previous token")] > 0.95
    assert np.unravel_index(found[..., 0].argmax(), (LAYERS, HEADS)) == (0, 2)


# the model is loaded when it is needed, and not before


def test_neither_picture_nor_widget_of_the_built_in_sentence_needs_a_model() -> None:
    code = (
        "from course.visualizers import heads_explorer as h; h().static(); h().widget; h('My own.').widget; import sys"
    )
    check = "assert not {'torch', 'transformers'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", f"{code}; {check}"], check=True)


def test_the_widget_measures_when_asked_and_when_the_sentence_changes() -> None:
    explorer = heads_explorer(OWN)
    assert explorer.widget.measured is None
    explorer.widget._handle_custom_msg({"measure": True}, [])  # the browser, after its first paint
    known = measure(OWN)
    assert explorer.measured["tokens"] == list(known.tokens)
    assert explorer.measured["weights"] == known.weights.tobytes()
    assert explorer.measured["facts"][0][2] == pytest.approx(facts(known.weights, known.tokens)[0, 2], abs=1e-4)
    explorer.widget.sentence = "It rains."  # as the browser sets it
    assert explorer.measured["tokens"] == ["[CLS]", "it", "rains", ".", "[SEP]"]
    assert "“It rains.”" in str(explorer.static())
    explorer.sentence = SENTENCE
    assert explorer.measured["sentence"] == SENTENCE
    assert explorer.token == 7


def test_what_goes_wrong_in_the_browser_is_said_there(monkeypatch: pytest.MonkeyPatch) -> None:
    explorer = heads_explorer()
    explorer.widget.sentence = "  "
    assert explorer.measured == {"sentence": "  ", "error": "sentence must be a text with at least one word."}

    def missing() -> Any:
        raise ResourceError("run the set-up first.")

    monkeypatch.setattr(heads, "_bert", missing)
    explorer.widget.sentence = "hello"
    assert explorer.measured["error"] == "run the set-up first."


# controls and picture


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"sentence": ""}, "at least one word"),
        ({"sentence": 3}, "at least one word"),
        ({"sentence": "\ud83d"}, "half of a surrogate pair"),
        ({"layer": 6}, "layer must be a number from 0 to 5"),
        ({"head": True}, "head must be a number from 0 to 11"),
        ({"head": -1}, "head must be a number"),
        ({"token": "it"}, "token must be a number from 0 to 39"),
    ],
)
def test_what_does_not_fit_is_refused_in_one_sentence(arguments: dict[str, Any], said: str) -> None:
    with pytest.raises(PictureError, match=said):
        heads_explorer(**arguments)


def test_measured_cannot_be_set_by_hand() -> None:
    with pytest.raises(PictureError, match="set sentence instead"):
        heads_explorer().measured = {}


def test_the_picture_is_deterministic_and_says_what_it_shows() -> None:
    svg = str(heads_explorer(layer=0, head=2, token=2).static())
    assert svg == str(heads_explorer(layer=0, head=2, token=2).static())
    root = ET.fromstring(svg)
    said = root.attrib["aria-label"]
    assert said.startswith(f"{QUESTION}. Layer 0, head 2: 1.00 of its attention on the previous token, spread over 1.0")
    assert "“cat” looks at “the”" in said
    texts = {element.text for element in root.iter(f"{SVG}text")}
    assert {*FACTS, *(f"layer {layer}" for layer in range(LAYERS)), f"“{SENTENCE}”", "Layer 0, head 2"} <= texts
    assert " id=" not in svg
    assert len(svg) < 250_000


def test_every_control_changes_the_picture() -> None:
    explorer = heads_explorer()
    seen = {str(explorer.static())}
    for step, (control, value) in enumerate([("layer", 1), ("head", 4), ("token", 2), ("sentence", OWN)], start=2):
        setattr(explorer, control, value)
        seen.add(str(explorer.static()))
        assert len(seen) == step


@pytest.mark.parametrize("sentence", ["a", SENTENCE, "extraordinarily " * 60])
def test_the_picture_fits_its_frame_and_the_last_token_stands_for_any_behind_it(sentence: str) -> None:
    root = ET.fromstring(str(heads_explorer(sentence, token=MAX_TOKENS - 1).static()))
    assert "“[SEP]” looks at" in root.attrib["aria-label"]
    width, height = float(root.attrib["width"]), float(root.attrib["height"])
    for element in root.iter(f"{SVG}rect"):
        assert float(element.attrib["x"]) + float(element.attrib["width"]) <= width
        assert float(element.attrib["y"]) + float(element.attrib["height"]) <= height
