"""The data-flow explorer: measures what is there, finds the residual additions, and leaves the module as it was."""

from __future__ import annotations

import subprocess
import sys
import xml.etree.ElementTree as ET
from typing import Any

import pytest
import torch
from torch import nn

from course.resources import load_bert
from course.visualizers import dataflow_explorer
from course.visualizers.arrays import PictureError
from course.visualizers.dataflow import MOST_AT_FIRST, QUESTION, DataflowExplorer, open_at_first, parents, visible
from course.visualizers.dataflow_record import record_flow
from course.visualizers.svg import text_width

SVG = "{http://www.w3.org/2000/svg}"
WORDS = ("the", "cat", "sat", "down", ".")


class Doubling(nn.Module):
    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return 2 * x


class Turning(nn.Module):
    """A quarter turn in the plane of the first two of two dimensions."""

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return torch.stack([-x[..., 1], x[..., 0]], dim=-1)


class Block(nn.Module):
    def __init__(self, in_place: bool = False) -> None:
        super().__init__()
        self.twice, self.turn, self.dropout = Doubling(), Turning(), nn.Dropout(0.5)
        self.in_place = in_place

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        y = self.dropout(self.turn(x))
        if self.in_place:
            x = x.clone()
            x += y
        else:
            x = y + x  # the stream is the one that was there first, wherever it stands
        return self.twice(x)


def stack(layers: int = 2, **options: Any) -> nn.TransformerEncoder:
    torch.manual_seed(0)
    options = {"batch_first": True, **options}
    return nn.TransformerEncoder(nn.TransformerEncoderLayer(8, 2, 16, **options), layers, enable_nested_tensor=False)


def vectors(*shape: int) -> torch.Tensor:
    return torch.randn(*shape, generator=torch.Generator().manual_seed(1))


def small() -> DataflowExplorer:
    return dataflow_explorer(stack(), vectors(1, 5, 8), names=WORDS)


# compute


def test_norms_and_cosines_are_those_of_the_tensors() -> None:
    x = torch.tensor([[[3.0, 4.0], [0.0, 2.0]]])
    stops = record_flow(nn.Sequential(Doubling(), Turning()), x)
    assert [(stop.name, stop.kind) for stop in stops] == [("input", "input"), ("0", "Doubling"), ("1", "Turning")]
    assert [stop.norms for stop in stops] == [[5.0, 2.0], [10.0, 4.0], [10.0, 4.0]]
    assert [stop.cosines for stop in stops] == [[], [1.0, 1.0], [0.0, 0.0]]
    assert [stop.shape for stop in stops] == [(1, 2, 2)] * 3


@pytest.mark.parametrize("in_place", [False, True])
def test_an_addition_is_measured_against_the_stream(in_place: bool) -> None:
    x = torch.tensor([[[3.0, 4.0], [0.0, 2.0]]])
    turned, addition, doubled = record_flow(Block(in_place), x)[1:]
    assert (turned.name, addition.kind, doubled.name) == ("turn", "addition", "twice")  # and dropout did nothing
    assert addition.cosine == pytest.approx(0.5**0.5)  # the stream and the same length at a right angle
    assert addition.added == pytest.approx(1.0)
    assert addition.norms == pytest.approx([50**0.5, 8**0.5], rel=1e-5)


@pytest.mark.parametrize("norm_first", [False, True])
def test_torchs_layer_is_seen_part_by_part_though_it_has_a_fast_path(norm_first: bool) -> None:
    layer: Any = stack(1, norm_first=norm_first).layers[0].eval()
    x = vectors(2, 5, 8)
    stops = record_flow(layer, x)
    attended, fed = ("self_attn", "add"), ("linear1", "linear2", "add")
    wanted = ("norm1", *attended, "norm2", *fed) if norm_first else (*attended, "norm1", *fed, "norm2")
    assert tuple(stop.name for stop in stops[1:]) == wanted
    with torch.no_grad():
        expected = layer(x)[0].norm(dim=-1)
        stream = layer.norm1(x) if norm_first else x
        attention = layer.self_attn(stream, stream, stream, need_weights=False)[0]
    assert stops[-1].norms == pytest.approx(expected.tolist(), rel=1e-4)
    addition = next(stop for stop in stops if stop.kind == "addition")
    assert addition.cosines == pytest.approx(torch.cosine_similarity(x, x + attention, dim=-1)[0].tolist(), abs=1e-5)
    assert addition.added == pytest.approx((attention[0].norm(dim=-1) / x[0].norm(dim=-1)).mean().item(), rel=1e-4)


def test_torchs_own_order_of_axes_is_understood() -> None:
    x = vectors(5, 3, 8)
    stops = record_flow(stack(batch_first=False), x)
    assert stops[0].norms == pytest.approx(x[:, 0].norm(dim=-1).tolist(), rel=1e-5)
    assert len(stops[-1].norms) == 5


def test_a_single_text_needs_no_batch_axis() -> None:
    batched, single = (record_flow(stack(), x) for x in (vectors(1, 5, 8), vectors(1, 5, 8)[0]))
    assert [stop.path for stop in single] == [stop.path for stop in batched]
    for one, other in zip(single, batched, strict=True):
        assert one.norms == pytest.approx(other.norms, rel=1e-4)


def test_bert_is_seen_from_the_ids_to_the_pooler() -> None:
    model, tokenizer = load_bert()
    batch = tokenizer(["The cat sat down.", "It slept."], return_tensors="pt", padding=True)
    stops = record_flow(model, **batch)
    with torch.no_grad():
        output = model(**batch, output_hidden_states=True)
    layers = [stop for stop in stops if stop.kind == "BertLayer"]
    assert [stop.path for stop in layers] == [f"encoder.layer.{i}" for i in range(6)]
    for stop, hidden in zip(layers, output.hidden_states[1:], strict=True):
        assert stop.norms == pytest.approx(hidden[0].norm(dim=-1).tolist(), rel=1e-3)
        before = output.hidden_states[layers.index(stop)]
        assert stop.cosines == pytest.approx(torch.cosine_similarity(before, hidden, dim=-1)[0].tolist(), abs=1e-3)
    assert sum(stop.kind == "addition" for stop in stops) == 2 + 6 * 2  # embeddings, and two in each layer
    assert stops[0].shape == (2, 7)
    assert not stops[0].norms
    pooled = stops[-1]
    assert pooled.pooled
    assert pooled.norms == pytest.approx([output.pooler_output[0].norm().item()], rel=1e-4)
    explorer = dataflow_explorer(model, **batch)
    assert len(explorer.visible()) <= MOST_AT_FIRST


def test_both_sides_of_an_encoder_decoder() -> None:
    torch.manual_seed(0)
    model = nn.Transformer(8, 2, 1, 1, 16, batch_first=True)
    names = {"encoder": WORDS, "decoder": ("le", "chat")}
    explorer = dataflow_explorer(model, vectors(1, 5, 8), vectors(1, 2, 8), names=names)
    by_path = {stop.path: explorer.names[stop.number] for stop in explorer.stops if stop.kind != "addition"}
    assert by_path["encoder.layers.0.norm1"] == WORDS
    assert by_path["decoder.layers.0.multihead_attn"] == ("le", "chat")
    explorer.token = "down"
    assert explorer.token == 3
    assert explorer.compute()[-1] is None  # the decoder has no such position
    assert str(explorer.static())


def test_numbers_that_are_not_finite_are_shown_as_such() -> None:
    stops = record_flow(nn.Sequential(Doubling()), torch.tensor([[[1.0, 1.0], [float("nan"), 0.0]]]))
    assert stops[1].norms[1] is None
    assert stops[1].norm is None
    explorer = dataflow_explorer(nn.Sequential(Doubling()), torch.tensor([[[float("inf"), 1.0]]]))
    assert "not finite" in str(explorer.static())


# the module is left as it was


def hooks(module: nn.Module) -> int:
    return sum(len(part._forward_hooks) + len(part._forward_pre_hooks) for part in module.modules())


class Failing(nn.Module):
    def forward(self, x: torch.Tensor) -> torch.Tensor:
        raise RuntimeError("the learner's own mistake")


@pytest.mark.parametrize("fails", [False, True])
def test_nothing_of_the_module_is_changed(fails: bool) -> None:
    module = nn.Sequential(nn.BatchNorm1d(5), stack(), nn.Dropout(0.9), *([Failing()] if fails else []))
    module.train()
    module.get_submodule("1.layers.0").eval()
    modes = [part.training for part in module.modules()]
    before = {name: tensor.clone() for name, tensor in module.state_dict().items()}
    x = vectors(1, 5, 8).requires_grad_()
    given = x.detach().clone()
    if fails:
        with pytest.raises(RuntimeError, match="own mistake"):
            record_flow(module, x)
    else:
        stops = record_flow(module, x)
        assert [stop.norms for stop in record_flow(module, x)] == [stop.norms for stop in stops]  # no dropout in it
    assert hooks(module) == 0
    assert [part.training for part in module.modules()] == modes
    assert all(tensor.equal(before[name]) for name, tensor in module.state_dict().items())
    assert x.detach().equal(given)
    assert x.grad is None
    assert torch.is_grad_enabled()
    assert all(parameter.grad is None for parameter in module.parameters())


def test_it_works_where_gradients_are_off_already() -> None:
    with torch.no_grad():
        off = record_flow(stack(), vectors(1, 5, 8))
    with torch.inference_mode():
        inference = record_flow(stack(), vectors(1, 5, 8))
    on = record_flow(stack(), vectors(1, 5, 8))
    assert [stop.norms for stop in off] == [stop.norms for stop in on] == [stop.norms for stop in inference]


# opening and closing


def test_what_is_open_decides_what_is_seen() -> None:
    explorer = small()
    assert [stop.path for stop in explorer.visible() if stop.depth == 0] == ["", "layers.0", "layers.1"]
    explorer.expanded = ["layers.1"]
    assert [stop.depth for stop in explorer.visible()] == [0, 0, 0] + [1] * 7
    explorer.step = "layers.0.linear1"
    assert explorer.chosen().path == "layers.0"  # the closed block that holds it
    explorer.expanded = ["layers.0"]
    assert explorer.chosen().path == "layers.0.linear1"


def test_a_closed_block_hides_what_lies_deeper() -> None:
    stops = record_flow(nn.Sequential(nn.Sequential(nn.Sequential(Doubling()))), vectors(1, 2, 2))
    assert parents(stops) == [1, 2]
    assert [stop.number for stop in visible(stops, [2])] == [0, 1]
    assert open_at_first(stops) == [1, 2]


def test_many_blocks_are_closed_at_first() -> None:
    explorer = dataflow_explorer(stack(6), vectors(1, 5, 8))
    assert explorer.expanded == []
    assert len(explorer.visible()) == 7


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("text", 1), "must be a torch.nn.Module"),
        ((Doubling(),), "something to work on"),
        ((Doubling(), torch.zeros(1, 129, 2)), "1 to 128 positions, not 129"),
        ((Doubling(), torch.zeros(1, 2, dtype=torch.long)), "gave no vectors"),
    ],
)
def test_what_does_not_fit_is_refused_in_one_sentence(arguments: Any, said: str) -> None:
    with pytest.raises(PictureError, match=said):
        dataflow_explorer(*arguments)


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["a"], r"holds 1 names, but the stops have \[5\] positions"),
        ("abcde", "a name for each token"),
        ({"layers.7": WORDS}, "below 'layers.7'"),
    ],
)
def test_names_must_fit(names: Any, said: str) -> None:
    with pytest.raises(PictureError, match=said):
        dataflow_explorer(stack(), vectors(1, 5, 8), names=names)


@pytest.mark.parametrize(
    ("control", "value", "said"),
    [
        ("step", 99, "from 0 to 16"),
        ("step", "blocks.9", "a path such as"),
        ("token", 5, "from 0 to 4"),
        ("token", "dog", "or one of the names"),
        ("token", True, "token must be"),
        ("expanded", "layers.0", "must be a list"),
        ("expanded", [99], "from 0 to 16"),
    ],
)
def test_controls_are_checked(control: str, value: Any, said: str) -> None:
    with pytest.raises(PictureError, match=said):
        setattr(small(), control, value)


# the picture


def test_the_picture_is_deterministic_and_says_what_it_shows() -> None:
    explorer = small()
    explorer.step, explorer.token = "layers.0", "cat"
    svg = str(explorer.static())
    again = small()
    again.step, again.token = "layers.0", "cat"
    assert svg == str(again.static())
    root = ET.fromstring(svg)
    assert root.attrib["aria-label"].startswith(f"{QUESTION}. TransformerEncoder. layers.0: TransformerEncoderLayer, ")
    assert f"cosine between in and out {explorer.stops[1].cosine:.2f}" in root.attrib["aria-label"]
    texts = [element.text for element in root.iter(f"{SVG}text")]
    assert {"layers.0", "self_attn", "add", "1 × 5 × 16", *WORDS} <= set(texts)
    assert f"{explorer.stops[1].norms[1]:.2f}" in texts
    assert " id=" not in svg
    assert "<style" not in svg


def test_every_control_changes_the_picture() -> None:
    explorer = small()
    seen = {str(explorer.static())}
    for step, (control, value) in enumerate([("token", 1), ("step", 4), ("expanded", [1])], start=2):
        setattr(explorer, control, value)
        seen.add(str(explorer.static()))
        assert len(seen) == step


@pytest.mark.parametrize("length", [1, 5, 20, 21, 128])
@pytest.mark.parametrize("depth", [1, 6])
def test_the_picture_fits_its_frame(length: int, depth: int) -> None:
    module: nn.Module = stack(2)
    for _ in range(depth):
        module = nn.Sequential(module)
    names = [f"extraordinarily{place}" for place in range(length)]
    explorer = dataflow_explorer(module, vectors(1, length, 8), names=names)
    explorer.expanded = parents(explorer.stops)
    explorer.token = length - 1
    root = ET.fromstring(str(explorer.static()))
    width, height = float(root.attrib["width"]), float(root.attrib["height"])
    assert any(element.text == names[-1] for element in root.iter(f"{SVG}title"))  # the chosen token is among them
    for element in root.iter(f"{SVG}text"):
        x, y, size = (float(element.attrib[name]) for name in ("x", "y", "font-size"))
        long = text_width(element.text or "", size)
        left = x - {"middle": long / 2, "end": long}.get(element.attrib.get("text-anchor", ""), 0.0)
        assert left >= 0
        assert left + long <= width, element.text
        assert 0 < y < height
    for element in root.iter(f"{SVG}rect"):
        assert float(element.attrib["x"]) + float(element.attrib["width"]) <= width
        assert float(element.attrib["y"]) + float(element.attrib["height"]) <= height


def test_importing_the_package_loads_no_torch() -> None:
    code = "import course.visualizers.dataflow_picture, sys; assert 'torch' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)
