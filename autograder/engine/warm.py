"""Imports, and first calls that import more, before the forks: what every submission would otherwise do for itself."""

from __future__ import annotations

import importlib
from collections.abc import Iterable

#: What a warm process imports, from the smallest to the largest. Memory is what a fork costs, so a submission is forked
#: from the smallest that has what its cells use.
IMPORTS = {
    "plain": ("numpy", "torch", "IPython"),
    "plots": ("matplotlib.pyplot", "matplotlib_inline.backend_inline", "ipywidgets", "course.visualizers"),
    "models": (
        "torch.optim", "pandas", "transformers", "datasets",
        "transformers.models.bert.modeling_bert", "course.resources.bert", "course.resources.reviews",
        "course.data",
    ),
}  # fmt: skip
FIRST = next(iter(IMPORTS))


def warm(modules: Iterable[str]) -> dict[str, str]:
    """Import modules and make the calls that are slow the first time.

    Args:
        modules: their dotted names.

    Returns:
        ``{module: why it could not be imported}``.
    """
    failed = {}
    for name in modules:
        try:
            importlib.import_module(name)
        except Exception as error:  # a module that is not there is missed by whoever uses it
            failed[name] = f"{type(error).__name__}: {error}"
    _course()
    if "torch" in modules and "torch" not in failed:
        _torch(optimizers="torch.optim" in modules)
    if "matplotlib.pyplot" in modules and "matplotlib.pyplot" not in failed:
        _matplotlib()
    return failed


def _course() -> None:
    from course import check, hint
    from course.checking.observe import observe

    case = {"name": "warm", "steps": [{"op": "call", "name": "", "args": [[1.0]], "kwargs": {}}]}
    observe({"exercise": "warm", "refuse": {}, "time_limit": 5.0, "cases": [case]}, lambda x: x)
    assert check is not None
    assert hint is not None


def _torch(*, optimizers: bool) -> None:
    import torch

    from course.checking.observe import observe

    torch.set_num_threads(1)
    layer = torch.nn.Linear(4, 4)
    layer(torch.ones(2, 4)).softmax(-1).sum().backward()
    if optimizers:
        # The first optimizer brings torch's compiler in: seconds, and a third more memory to fork.
        torch.optim.Adam(layer.parameters()).step()
    torch.einsum("ij,jk->ik", torch.ones(2, 2), torch.ones(2, 2))
    repr(torch.ones(2, 2)), repr(layer)
    number = {"$": "tensor", "dtype": "float32", "shape": [2], "data": "AACAPwAAAEA="}
    steps = [
        {"op": "call", "name": "", "args": [number], "kwargs": {}},
        {"op": "gradient", "name": "", "args": [number], "kwargs": {}},
    ]
    case = {"name": "warm", "steps": steps}
    refuse = {"torch.softmax": "", "torch.nn.MultiheadAttention": ""}
    observe({"exercise": "warm", "refuse": refuse, "time_limit": 5.0, "cases": [case]}, lambda x: x * 2)


def _matplotlib() -> None:
    import io

    import matplotlib.pyplot as plt

    figure, axes = plt.subplots(figsize=(1, 1))
    axes.plot([0, 1], label="x")
    axes.legend()
    axes.set(title="x", xlabel="x")
    for kind in ("png", "svg"):
        figure.savefig(io.BytesIO(), format=kind)
    plt.close("all")
