"""Data-flow explorer: what happens to each token on its way through a Transformer, stop by stop.

compute: ``record_flow`` (in ``dataflow_record.py``); static picture: ``DataflowExplorer.static``; widget: display the
explorer. Works for any ``torch.nn.Module``: the learner's encoder, torch's layers, transformers' models.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, ClassVar

from course.visualizers.arrays import PictureError
from course.visualizers.dataflow_record import Stop, record_flow
from course.visualizers.explorer import Explorer
from course.visualizers.svg import Picture

if TYPE_CHECKING:
    from torch import nn

QUESTION = "What happens to a token on its way through the Transformer?"
MAX_POSITIONS = 128
MOST_AT_FIRST = 18
"""How many stops are shown before anyone opens or closes a block, where the model's structure allows."""

Names = Sequence[str] | Mapping[str, Sequence[str]]


def parents(stops: Sequence[Stop]) -> list[int]:
    """The numbers of the stops that have parts and so can be opened."""
    return sorted({stop.parent for stop in stops if stop.parent is not None})


def visible(stops: Sequence[Stop], expanded: Iterable[int]) -> list[Stop]:
    """The stops that can be seen when these are open: all their parents are."""
    unfolded = set(expanded)
    shown: dict[int, bool] = {}
    for stop in stops:  # a parent stands before its parts
        shown[stop.number] = stop.parent is None or (shown[stop.parent] and stop.parent in unfolded)
    return [stop for stop in stops if shown[stop.number]]


def open_at_first(stops: Sequence[Stop]) -> list[int]:
    """As many whole levels as leave at most :data:`MOST_AT_FIRST` stops to see."""
    opened: list[int] = []
    for depth in range(max(stop.depth for stop in stops)):
        deeper = [number for number in parents(stops) if stops[number].depth <= depth]
        if len(visible(stops, deeper)) > MOST_AT_FIRST:
            break
        opened = deeper
    return opened


def position_names(stops: Sequence[Stop], names: Names | None) -> list[tuple[str, ...]]:
    """For each stop the names of its positions: numbers where ``names`` has none of that length."""
    by_path: Mapping[str, Sequence[str]]
    by_path = {} if names is None else names if isinstance(names, Mapping) else {"": names}
    if any(isinstance(given, str) for given in by_path.values()) or isinstance(names, str):
        raise PictureError("names must be a list with a name for each token, not one string.")
    wanted = {path: tuple(str(name) for name in given) for path, given in by_path.items()}
    used: set[str] = set()
    found: list[tuple[str, ...]] = []
    for stop in stops:
        count = len(stop.norms)
        path = max((p for p in wanted if not p or f"{stop.path}.".startswith(f"{p}.")), key=len, default=None)
        if stop.pooled:
            found.append(("the whole text",))
        elif path is not None and len(wanted[path]) == count:
            used.add(path)
            found.append(wanted[path])
        else:
            found.append(tuple(f"position {place}" for place in range(count)))
    for path, given in wanted.items():
        if path not in used:
            lengths = sorted({len(stop.norms) for stop in stops if stop.norms and not stop.pooled})
            where = f" below {path!r}" if path else ""
            raise PictureError(f"names holds {len(given)} names, but the stops{where} have {lengths} positions.")
    return found


class DataflowExplorer(Explorer):
    """The stops of one pass through a module: shapes, lengths of the vectors, and how far each turns them.

    Attributes to read and set: ``step`` (a stop's number, or its path, ``"blocks.0.attention"``), ``token`` (the
    position's number, or its name), ``expanded`` (numbers or paths of the stops whose parts are shown). ``stops``
    holds the measurements.
    """

    controls: ClassVar[tuple[str, ...]] = ("step", "token", "expanded")
    script: ClassVar[str] = "dataflow.js"

    def __init__(self, stops: Sequence[Stop], names: Names | None, title: str) -> None:
        super().__init__()
        self.stops = tuple(stops)
        self.names = position_names(stops, names)
        self.title = title
        self.positions = max((len(stop.norms) for stop in stops), default=0)

    def __repr__(self) -> str:
        return f"DataflowExplorer({self.title}, {len(self.stops)} stops, {self.positions} positions)"

    def check(self, control: str, value: Any) -> Any:
        if control == "step":
            return self._stop(value)
        if control == "expanded":
            if isinstance(value, str) or not isinstance(value, Iterable):
                raise PictureError("expanded must be a list of stops, by number or by path.")
            may = parents(self.stops)
            return sorted({number for number in map(self._stop, value) if number in may})
        named = next((names for names in self.names if value in names), None) if isinstance(value, str) else None
        if named is not None:
            return named.index(value)
        if isinstance(value, bool | str) or not hasattr(value, "__index__") or not 0 <= int(value) < self.positions:
            raise PictureError(f"token must be a number from 0 to {self.positions - 1}, or one of the names shown.")
        return int(value)

    def _stop(self, value: Any) -> int:
        if isinstance(value, str):
            found = [stop.number for stop in self.stops if value == (stop.path or stop.name)]
            if found:
                return found[0]
        if isinstance(value, bool | str) or not hasattr(value, "__index__") or not 0 <= int(value) < len(self.stops):
            raise PictureError(f"A stop is a number from 0 to {len(self.stops) - 1}, or a path such as 'blocks.0'.")
        return int(value)

    def visible(self) -> list[Stop]:
        """The stops that are shown now."""
        return visible(self.stops, self.expanded)

    def chosen(self) -> Stop:
        """The chosen stop, or the closed one that holds it."""
        shown = {stop.number for stop in self.visible()}
        stop = self.stops[self.step]
        while stop.number not in shown:
            assert stop.parent is not None
            stop = self.stops[stop.parent]
        return stop

    def compute(self) -> list[float | None]:
        """The chosen token's norm at every stop; None where the stop has no such position."""
        return [stop.norms[self.token] if self.token < len(stop.norms) else None for stop in self.stops]

    def payload(self) -> dict[str, Any]:
        from course.visualizers import palette

        several = sorted(set(self.names))
        return {
            "question": QUESTION,
            "title": self.title,
            "stops": [
                asdict(stop) | {"norm": stop.norm, "cosine": stop.cosine, "names": several.index(names)}
                for stop, names in zip(self.stops, self.names, strict=True)
            ],
            "names": [list(names) for names in several],
            "positions": self.positions,
            "palette": palette.for_javascript(),
        }

    def static(self) -> Picture:
        """The picture of the stops that are shown now."""
        from course.visualizers.dataflow_picture import draw

        return draw(self)


def dataflow_explorer(module: nn.Module, *inputs: Any, names: Names | None = None, **kwargs: Any) -> DataflowExplorer:
    """Calls ``module(*inputs, **kwargs)`` once and shows what happened at every stop on the way.

    Args:
        module: any ``torch.nn.Module``; it is left as it was (evaluation mode and no gradients during the call only).
        *inputs: what it is called with: ids ``(batch, length)`` or vectors ``(batch, length, d_model)``, both also
            without the batch axis. The first text of a batch is shown; at most 128 positions.
        names: the tokens, one string for each position; for an encoder–decoder by the part's path, ``{"encoder":
            [...], "decoder": [...]}``. Left out, positions are numbered.
        **kwargs: passed to the module, such as ``mask=`` or ``attention_mask=``.

    Raises PictureError with a sentence that says what to pass instead; what the module itself raises is let through.
    """
    stops = record_flow(module, *inputs, **kwargs)
    explorer = DataflowExplorer(stops, names, type(module).__name__)
    if not explorer.positions:
        raise PictureError(f"{explorer.title} gave no vectors of shape (batch, length, d_model): nothing can be drawn.")
    if explorer.positions > MAX_POSITIONS:
        raise PictureError(f"The explorer shows 1 to {MAX_POSITIONS} positions, not {explorer.positions}: pass fewer.")
    explorer.expanded = open_at_first(stops)
    explorer.step = next(stop.number for stop in explorer.visible() if stop.norms)
    explorer.token = 0
    return explorer
