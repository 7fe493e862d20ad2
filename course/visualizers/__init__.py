"""Interactive pictures: numbers are computed, drawn as a static SVG, and brought to life by a widget.

Importing this package loads neither torch nor numpy nor any widget library; that happens on first use.
"""

from __future__ import annotations

from typing import Any

__all__ = [
    "TrainingDashboard", "attention_explorer", "batching_explorer", "dataflow_explorer", "heads_explorer",
    "labelling_widget", "masking_explorer", "merge_stepper", "near_duplicate_explorer", "positions_explorer",
    "reliability_explorer", "sampling_explorer", "tensor_pair_svg", "tokenizer_comparison",
]  # fmt: skip

_HOME = {
    "TrainingDashboard": "course.visualizers.training",
    "attention_explorer": "course.visualizers.attention",
    "batching_explorer": "course.visualizers.batching",
    "dataflow_explorer": "course.visualizers.dataflow",
    "heads_explorer": "course.visualizers.heads",
    "labelling_widget": "course.visualizers.labelling",
    "masking_explorer": "course.visualizers.masking",
    "merge_stepper": "course.visualizers.merge_stepper",
    "near_duplicate_explorer": "course.visualizers.near_duplicates",
    "positions_explorer": "course.visualizers.positions",
    "reliability_explorer": "course.visualizers.reliability",
    "sampling_explorer": "course.visualizers.sampling",
    "tensor_pair_svg": "course.visualizers.tensor_pair",
    "tokenizer_comparison": "course.visualizers.tokenizer_comparison",
}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(_HOME[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
