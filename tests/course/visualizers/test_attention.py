"""The attention explorer: right weights, controls that refuse nonsense, a picture that holds what it should."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from itertools import pairwise

import numpy as np
import pytest

from course.visualizers import attention_example as example
from course.visualizers import attention_explorer, palette
from course.visualizers.arrays import PictureError
from course.visualizers.attention import MAX_TOKENS, allowed_keys, attention_weights, spread
from course.visualizers.svg import text_width

SVG = "{http://www.w3.org/2000/svg}"


def picture_texts(svg: str) -> list[str]:
    return [element.text or "" for element in ET.fromstring(svg).iter(f"{SVG}text")]


@pytest.fixture
def scores() -> np.ndarray:
    return np.random.default_rng(7).normal(size=(3, 6, 6)) * 4


# compute


@pytest.mark.parametrize("mask", ["none", "causal", "padding", "causal + padding"])
@pytest.mark.parametrize("temperature", [0.1, 1.0, 10.0])
def test_rows_sum_to_one_and_masked_places_are_exactly_zero(scores: np.ndarray, mask: str, temperature: float) -> None:
    allowed = allowed_keys(mask, 6, [False] * 4 + [True] * 2)
    weights = attention_weights(scores, allowed, temperature)
    assert np.allclose(weights.sum(axis=-1), 1.0)
    assert (weights[:, ~allowed] == 0).all()
    assert (weights >= 0).all()


def test_weights_agree_with_torch(scores: np.ndarray) -> None:
    torch = pytest.importorskip("torch")
    allowed = allowed_keys("causal", 6, [False] * 6)
    hidden = torch.from_numpy(scores / 0.7).masked_fill(~torch.from_numpy(allowed), float("-inf"))
    assert np.allclose(attention_weights(scores, allowed, 0.7), hidden.softmax(-1).numpy())


def test_large_scores_do_not_overflow() -> None:
    weights = attention_weights(np.array([[1e5, 0.0, -1e5]]), np.ones((1, 3), dtype=bool), 0.1)
    assert weights.tolist() == [[1.0, 0.0, 0.0]]


def test_a_row_without_permitted_keys_is_zero_not_nan() -> None:
    assert attention_weights(np.ones((2, 2)), np.array([[False, False], [True, True]])).tolist() == [[0, 0], [0.5, 0.5]]


def test_masks_hide_what_they_say() -> None:
    causal = allowed_keys("causal", 3, [False, False, True])
    both = allowed_keys("causal + padding", 3, [False, False, True])
    assert causal.tolist() == [[True, False, False], [True, True, False], [True, True, True]]
    assert both.tolist() == [[True, False, False], [True, True, False], [True, True, False]]


def test_temperature_sharpens_and_flattens(scores: np.ndarray) -> None:
    allowed = np.ones((6, 6), dtype=bool)
    cold, warm, hot = (attention_weights(scores, allowed, t).max() for t in (0.2, 1.0, 10.0))
    assert cold >= warm > hot


def test_spread_counts_tokens() -> None:
    assert spread([1.0, 0.0, 0.0]) == pytest.approx(1)
    assert spread([0.25] * 4) == pytest.approx(4)
    assert spread([0.0, 0.0]) == 0


# the built-in example


def test_each_built_in_head_does_what_it_is_called() -> None:
    explorer = attention_explorer(mask="padding")
    words = len(example.TOKENS) - sum(example.PADDING)
    previous, following, same, meant = (explorer.compute(head) for head in range(4))
    for row in range(1, words):
        assert previous[row].argmax() == row - 1
        assert previous[row, row - 1] > 0.5
    for row in range(words - 1):
        assert following[row].argmax() == row + 1
    first, second = (i for i, token in enumerate(example.TOKENS) if token == "the")
    assert same[first, second] == pytest.approx(same[second, first])
    assert same[first, [first, second]].sum() > 0.5
    assert example.TOKENS[int(meant[example.QUERY_ROW].argmax())] == "cat"


def test_the_causal_mask_takes_the_next_word_away() -> None:
    explorer = attention_explorer(mask="causal", head="next word")
    assert np.triu(explorer.compute(), 1).max() == 0


# what can be given


def test_query_and_key_are_scaled_by_the_root_of_d_k() -> None:
    random = np.random.default_rng(0)
    query, key = random.normal(size=(2, 4, 16)), random.normal(size=(2, 4, 16))
    explorer = attention_explorer(["a", "b", "c", "d"], query, key)
    assert np.allclose(explorer.scores, query @ key.transpose(0, 2, 1) / 4, atol=1e-6)
    scaled = explorer.compute()
    explorer.scaled = False
    assert np.allclose(explorer.compute(), attention_weights(query @ key.transpose(0, 2, 1), np.ones((4, 4), bool))[0])
    assert explorer.compute().max() > scaled.max()


def test_weights_come_back_as_they_were(scores: np.ndarray) -> None:
    weights = attention_weights(scores, np.tril(np.ones((6, 6), dtype=bool)))
    explorer = attention_explorer(list("abcdef"), weights=weights)
    assert np.allclose([explorer.compute(head) for head in range(3)], weights, atol=1e-6)


@pytest.mark.parametrize("dtype", ["float32", "float64", "bfloat16"])
def test_torch_tensors_with_gradients_and_a_batch_axis(dtype: str) -> None:
    torch = pytest.importorskip("torch")
    query = torch.ones(1, 2, 3, 4, dtype=getattr(torch, dtype), requires_grad=True)
    explorer = attention_explorer(["a", "b", "c"], query, query)
    assert np.allclose(explorer.compute(), 1 / 3)


def test_cross_attention_has_no_causal_mask() -> None:
    explorer = attention_explorer(["le", "chat"], scores=np.zeros((1, 2, 3)), key_tokens=["the", "cat", "[PAD]"])
    assert explorer.masks == ("none", "padding")
    explorer.mask = "padding"
    assert explorer.compute().tolist() == [[0.5, 0.5, 0.0]] * 2


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ({"query": [[1.0]]}, "Give the tokens first"),
        ({"tokens": ["a"]}, "either query and key, or scores, or weights"),
        ({"tokens": ["a"], "query": [[1.0]]}, "either query and key, or scores, or weights"),
        ({"tokens": ["a", "b"], "scores": [[1.0]]}, "2 tokens .* don't fit attention of shape"),
        ({"tokens": ["a"], "scores": [1.0]}, r"must have the shape \(num_heads, rows, columns\)"),
        ({"tokens": ["a"], "scores": "text"}, "must be numbers"),
        ({"tokens": ["a"], "scores": [[float("nan")]]}, "holds NaN"),
        ({"tokens": ["a"], "weights": [[-1.0]]}, "must not be negative"),
        ({"tokens": ["a"], "query": [[1.0, 2.0]], "key": [[1.0]]}, "must agree in num_heads and d_k"),
        ({"tokens": ["a"], "scores": [[1.0]], "head_names": ["x", "y"]}, "1 heads, but 2 head_names"),
        ({"tokens": ["a"], "scores": [[1.0]], "padding": [True, False]}, "for each of the 1 key tokens"),
        ({"tokens": ["a"] * 129, "scores": np.zeros((129, 129))}, f"1 to {MAX_TOKENS} tokens"),
        ({"head": 4}, "head must be a number from 0 to 3"),
        ({"head": "nobody"}, "or one of the names"),
        ({"row": True}, "row must be a number"),
        ({"mask": "sideways"}, "mask must be one of 'none', 'causal'"),
        ({"temperature": 0}, "temperature must be a number from 0.1 to 10"),
        ({"temperature": "hot"}, "temperature must be a number"),
        ({"tokens": ["a"], "scores": [[1.0]], "scaled": False}, "needs query and key"),
    ],
)
def test_what_does_not_fit_is_refused_in_one_sentence(arguments: dict[str, object], sentence: str) -> None:
    with pytest.raises(PictureError, match=sentence) as caught:
        attention_explorer(**arguments)
    assert caught.value._render_traceback_() == [f"Can't draw this: {caught.value}"]


def test_controls_are_checked_when_set_later() -> None:
    explorer = attention_explorer()
    explorer.head = "same word"
    assert explorer.head == 2
    with pytest.raises(PictureError):
        explorer.temperature = 11
    assert explorer.temperature == 1.0
    with pytest.raises(AttributeError):
        _ = explorer.heat


# the picture


def test_the_picture_is_deterministic_valid_and_says_what_it_shows() -> None:
    explorer = attention_explorer(head="who is meant", mask="causal", temperature=0.5)
    svg = str(explorer.static())
    assert svg == str(attention_explorer(head="who is meant", mask="causal", temperature=0.5).static())
    root = ET.fromstring(svg)
    assert "“it” looks at “cat”" in root.attrib["aria-label"]
    assert "Head: who is meant · Mask: causal · temperature 0.50" in " ".join(picture_texts(svg))
    assert " id=" not in svg
    assert "<style" not in svg
    assert "http" not in svg.replace("http://www.w3.org/2000/svg", "")


def test_the_numbers_of_the_chosen_row_stand_in_the_picture() -> None:
    explorer = attention_explorer(head=3, row="it")
    shown = picture_texts(str(explorer.static()))
    for weight in explorer.compute()[explorer.row]:
        assert f"{weight:.2f}" in shown


def test_every_control_changes_the_picture() -> None:
    explorer = attention_explorer()
    seen = {str(explorer.static())}
    changes = [
        ("head", 2),
        ("mask", "causal"),
        ("temperature", 3.0),
        ("row", 1),
        ("scaled", False),
        ("mask", "padding"),
    ]
    for step, (control, value) in enumerate(changes, start=2):
        setattr(explorer, control, value)
        seen.add(str(explorer.static()))
        assert len(seen) == step


@pytest.mark.parametrize("length", [1, 2, 11, 16, 17, 48, 128])
def test_the_picture_fits_its_frame_at_every_length(length: int) -> None:
    tokens = [f"extraordinarily{i}" if i % 5 == 0 else f"t{i}" for i in range(length)]
    scores = np.random.default_rng(1).normal(size=(14, length, length)) * 3
    explorer = attention_explorer(tokens, scores=scores, mask="causal", row=length - 1)
    root = ET.fromstring(str(explorer.static()))
    width, height = float(root.attrib["width"]), float(root.attrib["height"])
    assert width <= 1000
    labels = []
    for element in root.iter(f"{SVG}text"):
        left, y, size = (float(element.attrib[name]) for name in ("x", "y", "font-size"))
        long = text_width(element.text or "", size)
        assert 0 < y < height
        if "transform" in element.attrib:  # a turned label leads up and to the right from its foot
            assert y - long > 0
            assert left + long * 0.71 < width or element.attrib["transform"].startswith("rotate(-90")
            continue
        left -= {"middle": long / 2, "end": long}.get(element.attrib.get("text-anchor", ""), 0.0)
        assert left >= 0
        assert left + long <= width
        if element.attrib["fill"] == palette.QUERY.light and element.attrib.get("text-anchor") == "end":
            labels.append((y, size))
    assert all(later[0] - sooner[0] >= sooner[1] * 0.95 for sooner, later in pairwise(sorted(labels)))
    assert len(labels) >= length / 2


def test_a_long_token_keeps_its_whole_name_in_a_tooltip() -> None:
    word = "incomprehensibilities" * 2
    svg = str(attention_explorer([word, "b"], scores=[[0.0, 1.0], [1.0, 0.0]]).static())
    titles = [element.text for element in ET.fromstring(svg).iter(f"{SVG}title")]
    assert word in titles
    assert any(text.endswith("…") for text in picture_texts(svg))


def test_strange_tokens_are_escaped() -> None:
    explorer = attention_explorer(["<b>", "&", '"'], scores=np.zeros((1, 3, 3)))
    assert {"<b>", "&", '"'} <= set(picture_texts(str(explorer.static())))


def test_a_large_picture_stays_small_enough_for_a_notebook() -> None:
    scores = np.random.default_rng(0).normal(size=(12, 64, 64)) * 2
    svg = str(attention_explorer([f"t{i}" for i in range(64)], scores=scores).static())
    assert len(svg) < 700_000
