"""Turns what a learner has at hand (lists, numpy arrays, torch tensors on any device) into plain numpy arrays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np


class PictureError(ValueError):
    """A picture can't be drawn from what was given; the message says in one sentence what to pass instead.

    A notebook shows the sentence alone: a trace through this package would not help its reader.
    """

    def _render_traceback_(self) -> list[str]:
        return [f"Can't draw this: {self}"]


def as_array(value: Any, name: str) -> np.ndarray:
    """``value`` as a float64 array on the CPU. Raises PictureError for anything that isn't a table of numbers."""
    import numpy as np

    if hasattr(value, "detach"):  # a torch tensor: it may need gradients, live on a GPU, or be bfloat16
        value = value.detach().cpu().double().numpy()
    try:
        return np.asarray(value, dtype=np.float64)
    except (TypeError, ValueError):
        raise PictureError(f"{name} must be numbers in nested lists, a numpy array or a torch tensor.") from None


def per_head(value: Any, name: str) -> np.ndarray:
    """An array ``(num_heads, rows, columns)``; a batch of one is unwrapped, a single head gets its own axis."""
    import numpy as np

    array = as_array(value, name)
    if array.ndim == 4 and array.shape[0] == 1:
        array = array[0]
    if array.ndim == 2:
        array = array[None]
    if array.ndim != 3:
        shape = tuple(array.shape)
        raise PictureError(f"{name} must have the shape (num_heads, rows, columns), but it has {shape}.")
    if not np.isfinite(array).all() and name != "scores":
        raise PictureError(f"{name} holds NaN or infinite numbers: look for their cause first.")
    return array
