"""Dashboard of a training run: curves that grow while the loop runs, and the same as a picture afterwards.

compute: :func:`thinned` and :func:`smoothed`, plain Python; static picture: ``TrainingDashboard.static``; widget:
display the dashboard. Smoothing is an exponential moving average, corrected for its start as Kingma & Ba (2015),
section 3, do it for Adam.
"""

from __future__ import annotations

import math
import os
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from types import TracebackType
from typing import Any, ClassVar

from course.visualizers.arrays import PictureError
from course.visualizers.explorer import STATIC_ONLY, Explorer
from course.visualizers.svg import Picture

QUESTION = "Does it learn, and what does the next step cost?"
MOST_POINTS = 600
"""So many points of a curve are drawn at most; of longer curves, neighbours are averaged."""
LARGEST = 1e100
"""What is beyond is drawn here, so that no axis overflows."""
BETWEEN_DRAWINGS = 0.5
"""Seconds from one drawing to the next, at least."""
#: Drawing takes at most a twentieth of the time: a slow browser or a long run makes drawings rarer.
SHARE_OF_DRAWING = 0.05
VALIDATION = "validation_"
MOST_SMOOTHING = 0.99

Point = tuple[float, float | None]
"""A step and a value; None where the value is not finite, which breaks the line."""


def thinned(points: Sequence[tuple[int, float]], most: int = MOST_POINTS) -> list[Point]:
    """At most ``most`` points: means of equally many neighbours, clipped to :data:`LARGEST`.

    A group with NaN or infinity in it becomes None.
    """
    group = max(1, -(-len(points) // most))
    found: list[Point] = []
    for start in range(0, len(points), group):
        part = points[start : start + group]
        steps = sum(step for step, _ in part) / len(part)
        finite = all(math.isfinite(value) for _, value in part)
        mean = math.fsum(value / len(part) for _, value in part) if finite else 0.0
        found.append((steps, min(max(mean, -LARGEST), LARGEST) if finite else None))
    return found


def smoothed(points: Iterable[Point], smoothing: float) -> list[Point]:
    """Exponential moving average over points, each counting (1 - smoothing) of what is left; None stays None.

    Divided by the sum of the weights so far, so that the first points are not drawn towards zero.
    """
    average = weight = 0.0
    found: list[Point] = []
    for step, value in points:
        if value is None:
            found.append((step, None))
            continue
        average = smoothing * average + (1 - smoothing) * value
        weight = smoothing * weight + (1 - smoothing)
        found.append((step, average / weight))
    return found


def panels(names: Iterable[str]) -> list[list[str]]:
    """Which curves share a panel: ``validation_loss`` stands with ``loss``, everything else alone."""
    found: dict[str, list[str]] = {}
    for name in names:
        found.setdefault(name.removeprefix(VALIDATION), []).append(name)
    return [sorted(group, key=lambda name: name.startswith(VALIDATION)) for group in found.values()]


class TrainingDashboard(Explorer):
    """Live curves of a training run.

    ::

        with TrainingDashboard(total_steps=200) as dashboard:
            for step in range(200):
                ...
                dashboard.log(step, loss=loss.item(), learning_rate=schedule.get_last_lr()[0])
        dashboard.static()

    ``with`` shows the widget at once and draws for the last time at the end; where only pictures are wanted
    (``COURSE_STATIC=1``) it shows one picture, at the end, also when the run was broken off. Without ``with``, display
    the dashboard in a cell before the loop. Outside of a notebook, numbers are collected and nothing is shown.

    Attributes to read and set: ``smoothing`` (0 to 0.99, of the training loss; a thin line shows what was logged) and
    ``log_scale`` (of the losses).

    Attributes to read: ``history``, everything that was logged: for each metric a list of (step, value).

    Args:
        total_steps: how many steps there will be, for the progress and the time left.
        metrics: names of curves that have their place from the start, so that panels don't move when they come.
        smoothing: of the losses' strong line; validation losses are drawn as they were logged.
        log_scale: whether the losses stand on a logarithmic scale.
        clock: seconds that only grow; for tests.

    Raises:
        PictureError: a ValueError, with a sentence that says what to pass instead.
    """

    controls: ClassVar[tuple[str, ...]] = ("smoothing", "log_scale")
    script: ClassVar[str] = "training.js"

    def __init__(
        self,
        total_steps: int | None = None,
        *,
        metrics: Sequence[str] = ("loss",),
        smoothing: float = 0.0,
        log_scale: bool = False,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        super().__init__()
        if total_steps is not None and (not _is_whole(total_steps) or total_steps < 1):
            raise PictureError(f"total_steps must be a whole number from 1, or None if not known, not {total_steps!r}.")
        if isinstance(metrics, str) or not all(isinstance(name, str) and name for name in metrics):
            raise PictureError('metrics must be names in a list, such as ("loss", "validation_loss").')
        self.total_steps = None if total_steps is None else int(total_steps)
        self.history: dict[str, list[tuple[int, float]]] = {name: [] for name in metrics}
        self.drawings = 0
        self._clock = clock
        self._shift = 0
        self._first: int | None = None
        self._last = -1
        self._started = self._updated = clock()
        self._next_drawing = -math.inf
        self.restarts: list[tuple[int, int]] = []
        self.smoothing = smoothing
        self.log_scale = log_scale

    def __repr__(self) -> str:
        logged = max(map(len, self.history.values()), default=0)
        return f"TrainingDashboard({logged} {'point' if logged == 1 else 'points'})"

    def check(self, control: str, value: Any) -> Any:
        if control == "log_scale":
            if not isinstance(value, bool):
                raise PictureError(f"log_scale must be True or False, not {value!r}.")
            return value
        if not isinstance(value, (int, float)) or isinstance(value, bool) or not 0 <= value <= MOST_SMOOTHING:
            raise PictureError(f"smoothing must be a number from 0 to {MOST_SMOOTHING:g}, not {value!r}.")
        return float(value)

    def log(self, step: int, **metrics: Any) -> None:
        """Keeps the numbers of one step, and draws them if the last drawing was long enough ago.

        Args:
            step: counted through all epochs. A step smaller than the one before is counted on from there, and the
                picture says so.
            metrics: loss, learning_rate, validation_loss, accuracy or names of your own. Numbers, or tensors of one
                element; NaN and infinity are kept, and the picture shows where they came. None is left out.

        Raises:
            PictureError: if a value is no number or the step is no whole number.
        """
        if not _is_whole(step):
            raise PictureError(f"step must be a whole number, not {step!r}.")
        values = {name: _number(name, value) for name, value in metrics.items() if value is not None}
        at = int(step) + self._shift
        if self._first is None:
            self._first = at
            self._started = self._clock()
        elif at < self._last:
            self.restarts.append((int(step), self._last + 1))
            self._shift += self._last + 1 - at
            at = self._last + 1
        self._last = at
        for name, value in values.items():
            self.history.setdefault(name, []).append((at, value))
        now = self._clock()
        self._updated = now
        if self._widget is not None and now >= self._next_drawing:
            self._draw(now)

    def _draw(self, now: float) -> None:
        self._widget.data = self.payload()
        self.drawings += 1
        took = self._clock() - now
        self._next_drawing = now + max(BETWEEN_DRAWINGS, took / SHARE_OF_DRAWING)

    def finish(self) -> None:
        """Draws everything that was logged; ``with`` does this at its end."""
        if self._widget is not None:
            self._draw(self._clock())

    def __enter__(self) -> TrainingDashboard:
        if not os.environ.get(STATIC_ONLY):
            self._show()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if os.environ.get(STATIC_ONLY):
            self._show()
        else:
            self.finish()

    def _show(self) -> None:
        # In a plain script or terminal nobody sees a picture, and the text would only stand between the script's own.
        shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
        if getattr(shell, "kernel", None) is not None:
            from IPython.display import display

            display(self)

    @property
    def done(self) -> int:
        """How many steps are behind; steps may be counted from 0 or from 1."""
        if self._first is None:
            return 0
        done = self._last + (1 if self._first == 0 else 0)
        return min(done, self.total_steps) if self.total_steps else done

    def seconds_per_step(self) -> float | None:
        """Mean duration of a step between the first and the last that were logged; None before the second."""
        if self._first is None or self._last == self._first:
            return None
        return (self._updated - self._started) / (self._last - self._first)

    def payload(self) -> dict[str, Any]:
        from course.visualizers import palette
        from course.visualizers.training_picture import sentences, warnings

        return {
            "question": QUESTION,
            "panels": panels(self.history),
            "curves": {name: thinned(points) for name, points in self.history.items()},
            "broken": {name: _broken(points) for name, points in self.history.items()},
            "total": self.total_steps,
            "done": self.done,
            "last": max(self._last, 0),
            "pace": self.seconds_per_step(),
            "says": sentences(self),
            "warnings": warnings(self),
            "mostSmoothing": MOST_SMOOTHING,
            "palette": palette.for_javascript(),
        }

    def static(self) -> Picture:
        from course.visualizers.training_picture import draw

        return draw(self)


def _broken(points: Iterable[tuple[int, float]]) -> list[int]:
    return [step for step, value in points if not math.isfinite(value)][:1]


def _is_whole(value: Any) -> bool:
    return hasattr(value, "__index__") and not isinstance(value, bool)


def _number(name: str, value: Any) -> float:
    if hasattr(value, "detach"):  # torch warns on stderr of a number that still carries its graph
        value = value.detach()
    try:
        return float(value)
    except (TypeError, ValueError, RuntimeError):  # torch: a tensor with more than one element
        kind = type(value).__name__
        raise PictureError(f"{name} must be one number, not {kind}: take the mean, or .item().") from None
