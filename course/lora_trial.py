"""For cases of ``LoRALinear``: a linear layer of given numbers, and what an answer makes of it, as plain data."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor, nn

Answer = Callable[..., Any]


def _layer(weight: Tensor, bias: Tensor | None) -> nn.Linear:
    layer = nn.Linear(weight.shape[1], weight.shape[0], bias=bias is not None, dtype=weight.dtype)
    with torch.no_grad():
        layer.weight.copy_(weight)
        if bias is not None:
            layer.bias.copy_(bias)
    return layer


def _set(answer: Any, a: Tensor, b: Tensor) -> None:
    with torch.no_grad():
        answer.lora_a.copy_(a)
        answer.lora_b.copy_(b)


def beginning(answer: Answer, weight: Tensor, bias: Tensor | None, x: Tensor, rank: int) -> dict[str, Any]:
    """How an adapted layer begins: what learns, its shapes and dtypes, and that it gives what the base gives."""
    torch.manual_seed(0)
    base = _layer(weight, bias)
    adapted = answer(base, rank=rank)
    out = adapted(x)
    return {
        "learns": {name: list(p.shape) for name, p in adapted.named_parameters() if p.requires_grad},
        "frozen": sorted(name for name, p in adapted.named_parameters() if not p.requires_grad),
        "dtypes": [str(adapted.lora_a.dtype), str(adapted.lora_b.dtype)],
        "a has no zero": bool((adapted.lora_a != 0).all()),
        "numbers of a differ": bool(adapted.lora_a.unique().numel() > 1),
        "b is zero": bool((adapted.lora_b == 0).all()),
        "base is the layer handed in": adapted.base is base,
        "same as the base at first": bool(torch.allclose(out, _layer(weight, bias)(x), rtol=1e-5, atol=1e-6)),
        "out": out.detach(),
    }


def corrected(
    answer: Answer, weight: Tensor, bias: Tensor | None, a: Tensor, b: Tensor, x: Tensor, **options: float
) -> Tensor:
    """The output with given numbers in ``lora_a`` and ``lora_b``; what draws, draws the same each time."""
    torch.manual_seed(0)
    adapted = answer(_layer(weight, bias), **options)
    _set(adapted, a, b)
    out: Tensor = adapted(x)
    return out.detach() if isinstance(out, Tensor) else out


def gradients(
    answer: Answer, weight: Tensor, bias: Tensor | None, a: Tensor, b: Tensor, x: Tensor, **options: float
) -> dict[str, Tensor | None]:
    """Gradients of the sum of the squared output, that of the input too; None for what does not learn."""
    torch.manual_seed(0)
    x = x.clone().requires_grad_()
    adapted = answer(_layer(weight, bias), **options)
    _set(adapted, a, b)
    adapted(x).square().sum().backward()
    return {"the input": x.grad} | {name: parameter.grad for name, parameter in sorted(adapted.named_parameters())}


def merged(
    answer: Answer, weight: Tensor, bias: Tensor | None, a: Tensor, b: Tensor, x: Tensor, **options: float
) -> dict[str, Any]:
    """What ``merge`` gives, and what it leaves behind."""
    torch.manual_seed(0)
    base = _layer(weight, bias)
    adapted = answer(base, **options)
    _set(adapted, a, b)
    before = adapted(x)
    layer = adapted.merge()
    if not isinstance(layer, nn.Linear):
        return {"type": type(layer).__name__}
    facts: dict[str, Any] = {
        "weight": layer.weight.detach().clone(),
        "bias": None if layer.bias is None else layer.bias.detach().clone(),
        "same output": bool(torch.allclose(layer(x), before, rtol=1e-4, atol=1e-5)),
        "adapted as before": bool(torch.allclose(adapted(x), before, rtol=1e-5, atol=1e-6)),
        "base as before": bool(torch.equal(base.weight, weight))
        and (bias is None or bool(torch.equal(base.bias, bias))),
    }
    with torch.no_grad():
        layer.weight.zero_()
        if layer.bias is not None:
            layer.bias.zero_()
    facts["shares no memory"] = bool(torch.allclose(adapted(x), before, rtol=1e-5, atol=1e-6))
    return facts
