"""Records what passes through a module: every stop of one forward pass, with shapes, lengths and directions.

Forward hooks see the modules. The additions of the residual stream are no modules: they are seen by a mode that torch
calls for each of its functions (``torch.overrides.TorchFunctionMode``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from course.visualizers.arrays import PictureError

if TYPE_CHECKING:
    import torch
    from torch import nn

MAX_STOPS = 1500
_ADDITIONS = frozenset({"add", "add_", "__add__", "__radd__", "__iadd__"})


@dataclass
class Stop:
    """One stop on the way: a module that was called, an addition, or what went in.

    ``norms`` holds the L2 norm of each position's vector (None where it isn't finite), ``cosines`` the cosine between
    what goes in and what comes out at each position; an addition's is between the stream before and after it. Both
    are of the first text of the batch, and empty where the tensor isn't one vector per position. ``pooled`` marks one
    vector for a whole text. ``added`` is how long the added vector is beside the stream's, on average.
    """

    number: int
    parent: int | None
    depth: int
    path: str
    name: str
    kind: str
    shape: tuple[int, ...] = ()
    norms: list[float | None] = field(default_factory=list)
    cosines: list[float | None] = field(default_factory=list)
    pooled: bool = False
    added: float | None = None

    @property
    def norm(self) -> float | None:
        """Mean of the norms; None if there are none, or if one isn't finite."""
        return mean(self.norms)

    @property
    def cosine(self) -> float | None:
        """Mean of the cosines; None if there are none."""
        return mean(self.cosines)


def mean(values: list[float | None]) -> float | None:
    """The mean, or None for an empty list and for one with a gap."""
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known and len(known) == len(values) else None


def tensors(value: Any) -> Iterator[torch.Tensor]:
    """Every tensor in nested tuples, lists and mappings (such as transformers' outputs), in order."""
    import torch

    if isinstance(value, torch.Tensor):
        yield value
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from tensors(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from tensors(part)


def _finite(values: torch.Tensor) -> list[float | None]:
    return [float(f"{value:.6g}") if abs(value) < float("inf") else None for value in values.tolist()]


class _Recorder:
    """Hooks and mode of one recording. Every tensor seen is kept until the end, so that no ``id`` is used twice."""

    def __init__(self, module: nn.Module, batched: bool) -> None:
        self.stops: list[Stop] = []
        self.open: list[Stop] = []
        self.entered: list[torch.Tensor | None] = []
        self.batched = batched
        # torch's own parts take (length, batch, width) unless told otherwise.
        self.batch_axis = 1 if any(getattr(part, "batch_first", True) is False for part in module.modules()) else 0
        self.seen: dict[int, tuple[int, torch.Tensor]] = {}
        self.paths = {id(part): path for path, part in module.named_modules()}

    def see(self, value: Any) -> None:
        for tensor in tensors(value):
            self.seen.setdefault(id(tensor), (len(self.seen), tensor))

    def age(self, tensor: torch.Tensor) -> int:
        """How early the tensor was seen; one that no stop gave (a buffer, say) counts as the latest."""
        return self.seen[id(tensor)][0] if id(tensor) in self.seen else len(self.seen)

    def begin(self, path: str, kind: str, name: str | None = None) -> Stop:
        if len(self.stops) >= MAX_STOPS:
            raise PictureError(f"More than {MAX_STOPS} stops: show one part of the model, or fewer of its blocks.")
        parent = self.open[-1] if self.open else None
        if name is None:
            inside = parent is not None and parent.path and path.startswith(f"{parent.path}.")
            name = path[len(parent.path) + 1 :] if parent is not None and inside else path
        number, depth = len(self.stops), parent.depth + 1 if parent is not None else 0
        stop = Stop(number, None if parent is None else parent.number, depth, path, name or kind, kind)
        self.stops.append(stop)
        return stop

    def vectors(self, tensor: torch.Tensor) -> tuple[torch.Tensor | None, bool]:
        """The first text's vectors ``(positions, width)``, or None; and whether it is one vector for a whole text."""
        if not tensor.is_floating_point() or tensor.numel() == 0:
            return None, False
        if tensor.ndim == (3 if self.batched else 2):
            text = tensor.select(self.batch_axis, 0) if self.batched else tensor
            return text.detach().double().cpu(), False
        if tensor.ndim == 2 and self.batched:
            return tensor[:1].detach().double().cpu(), True
        return None, False

    def measure(self, stop: Stop, before: torch.Tensor | None, after: torch.Tensor | None) -> None:
        if after is None:
            return
        stop.shape = tuple(after.shape)
        vectors, stop.pooled = self.vectors(after)
        if vectors is None:
            return
        stop.norms = _finite(vectors.norm(dim=-1))
        if before is not None and before.shape == after.shape and before.is_floating_point():
            import torch

            earlier = self.vectors(before)[0]
            assert earlier is not None
            stop.cosines = _finite(torch.nn.functional.cosine_similarity(earlier, vectors, dim=-1))

    def before(self, module: nn.Module, args: Any, kwargs: Any) -> None:
        """Forward pre-hook."""
        first = next((tensor for tensor in tensors([args, kwargs]) if tensor.is_floating_point()), None)
        self.see([args, kwargs])
        self.entered.append(first if first is None else first.detach().clone())
        self.open.append(self.begin(self.paths[id(module)], type(module).__name__))

    def after(self, module: nn.Module, args: Any, kwargs: Any, output: Any) -> None:
        """Forward hook."""
        stop, before = self.open.pop(), self.entered.pop()
        result = next(tensors(output), None)
        self.see(output)
        self.measure(stop, before, result)
        # Dropout in evaluation and the like: a stop where nothing happens is no stop.
        alike = before is not None and result is not None and before.shape == result.shape and before.equal(result)
        if alike and stop is self.stops[-1] and self.open:
            self.stops.pop()

    def addition(self, pair: Sequence[torch.Tensor], result: torch.Tensor, before: Sequence[torch.Tensor]) -> None:
        """An addition of two sets of vectors (``before``: their values then); the one seen first is the stream."""
        stop = self.begin(self.open[-1].path if self.open else "", "addition", "add")
        self.see(result)
        order = sorted((0, 1), key=lambda side: self.age(pair[side]))
        stream, update = before[order[0]], before[order[1]]
        self.measure(stop, stream, result)
        if stop.norms and stream.shape == result.shape:
            added, base = (self.vectors(part.expand_as(result))[0] for part in (update, stream))
            assert added is not None
            assert base is not None
            stop.added = mean(_finite(added.norm(dim=-1) / base.norm(dim=-1)))


@contextmanager
def _evaluation(module: nn.Module) -> Iterator[None]:
    """Evaluation mode for a while: dropout and running statistics rest; each part gets its own mode back."""
    modes = [(part, part.training) for part in module.modules()]
    module.eval()
    try:
        yield
    finally:
        for part, training in modes:
            part.training = training


def record_flow(module: nn.Module, *inputs: Any, **kwargs: Any) -> list[Stop]:
    """Calls ``module(*inputs, **kwargs)`` once and returns its stops in the order of their beginning.

    The call is made in evaluation mode and without gradients. Afterwards the module is as it was: no hook stays, each
    part has its mode (training or evaluation) back, and no weight has changed, also when the call raises, in which case
    the exception is let through. Stop 0 is what went in; a stop's parts follow it, with its number as ``parent``.

    Raises PictureError where there is nothing to show, or too much.
    """
    import torch
    from torch import nn
    from torch.overrides import TorchFunctionMode

    if not isinstance(module, nn.Module):
        raise PictureError("The first argument must be a torch.nn.Module, the rest what it is called with.")
    given = list(tensors([inputs, kwargs]))
    if not given:
        raise PictureError("Give the module something to work on: dataflow_explorer(module, x).")
    first = given[0]
    recorder = _Recorder(module, batched=first.ndim >= (3 if first.is_floating_point() else 2))

    class Additions(TorchFunctionMode):
        def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
            name = getattr(func, "__name__", "")
            pair = args[:2] if name in _ADDITIONS and len(args) >= 2 else ()
            if not pair or not all(isinstance(part, torch.Tensor) and part.ndim >= 2 for part in pair):
                return func(*args, **(kwargs or {}))
            kept = [part.detach().clone() for part in pair]  # x += y overwrites the stream
            result = func(*args, **(kwargs or {}))
            if any(part.shape == result.shape for part in pair) and recorder.vectors(result)[0] is not None:
                recorder.addition(pair, result, kept)
            return result

    recorder.see(given)
    recorder.measure(recorder.begin("", "input", "input"), None, first)
    with ExitStack() as stack:
        stack.enter_context(torch.no_grad())
        stack.enter_context(_evaluation(module))
        for part in module.modules():
            stack.callback(part.register_forward_pre_hook(recorder.before, with_kwargs=True).remove)
            stack.callback(part.register_forward_hook(recorder.after, with_kwargs=True).remove)
        stack.enter_context(Additions())
        module(*inputs, **kwargs)
    return _without_root(recorder.stops)


def _without_root(stops: list[Stop]) -> list[Stop]:
    """The module itself stands over the whole picture: its parts move up a level, if it has parts."""
    root = stops[1]
    if len(stops) == 2:
        return stops
    kept = [stop for stop in stops if stop is not root]
    numbers: dict[int | None, int | None] = {stop.number: number for number, stop in enumerate(kept)}
    numbers[root.number] = numbers[None] = None
    for stop in kept[1:]:
        stop.depth -= 1
    for number, stop in enumerate(kept):
        stop.parent, stop.number = numbers[stop.parent], number
    return kept
