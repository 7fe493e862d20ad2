"""Explorer of calibration: how often a classifier is right, for each level of its confidence, under a temperature.

compute: :func:`calibration`, on numpy; static picture: ``ReliabilityExplorer.static``; widget: display the explorer.
Source: Guo, Pleiss, Sun & Weinberger (2017), "On calibration of modern neural networks", sections 2 and 4.2.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from course.visualizers.arrays import PictureError, as_array
from course.visualizers.explorer import Explorer
from course.visualizers.svg import Picture

if TYPE_CHECKING:
    import numpy as np

QUESTION = "When the model says 90 %, is it right nine times out of ten?"
LOWEST, HIGHEST = 0.1, 10.0
MOST_BINS = 30
MAX_NUMBERS = 200_000


@dataclass(frozen=True)
class Bin:
    """Examples whose confidence is above ``low`` and at most ``high``.

    ``confidence`` is their mean confidence and ``accuracy`` the share of right answers; both None without examples.
    """

    low: float
    high: float
    count: int
    confidence: float | None
    accuracy: float | None

    @property
    def gap(self) -> float:
        """Confidence minus accuracy: above zero, the model promises more than it keeps. 0 without examples."""
        return 0.0 if self.confidence is None or self.accuracy is None else self.confidence - self.accuracy


@dataclass(frozen=True)
class Calibration:
    """What a reliability diagram shows.

    Attributes:
        bins: of equal width, from 0 to 1.
        expected_calibration_error: the mean of the bins' absolute gaps, weighted by their counts.
        negative_log_likelihood: mean over examples, natural logarithm.
        accuracy: share of right answers.
        confidence: mean confidence.
    """

    bins: tuple[Bin, ...]
    expected_calibration_error: float
    negative_log_likelihood: float
    accuracy: float
    confidence: float


def calibration(logits: np.ndarray, labels: np.ndarray, bins: int = 10, temperature: float = 1.0) -> Calibration:
    """Compare confidence with accuracy.

    Args:
        logits: (examples, classes), finite; divided by ``temperature`` before softmax.
        labels: (examples,), the right classes.
        bins: how many bins of equal width.
    """
    import numpy as np

    below = logits - logits.max(axis=1, keepdims=True)
    totals = np.exp(below / temperature).sum(axis=1)
    confidence = 1 / totals  # the winner's power is exp(0)
    examples = np.arange(len(labels))
    right = logits.argmax(axis=1) == labels
    place = np.clip(np.ceil(confidence * bins).astype(int) - 1, 0, bins - 1)
    found = []
    for number in range(bins):
        inside = place == number
        count = int(inside.sum())
        means = (float(confidence[inside].mean()), float(right[inside].mean())) if count else (None, None)
        found.append(Bin(number / bins, (number + 1) / bins, count, *means))
    return Calibration(
        bins=tuple(found),
        expected_calibration_error=sum(part.count * abs(part.gap) for part in found) / len(labels),
        negative_log_likelihood=float((np.log(totals) - below[examples, labels] / temperature).mean()),
        accuracy=float(right.mean()),
        confidence=float(confidence.mean()),
    )


class ReliabilityExplorer(Explorer):
    """Confidence against accuracy under a temperature.

    Attributes to read and set: ``temperature`` (0.1 to 10) and ``bins`` (2 to 30).
    """

    controls: ClassVar[tuple[str, ...]] = ("temperature", "bins")
    script: ClassVar[str] = "reliability.js"

    def __init__(self, logits: np.ndarray, labels: np.ndarray) -> None:
        super().__init__()
        self.logits = logits
        self.labels = labels

    def __repr__(self) -> str:
        return f"ReliabilityExplorer({len(self.labels)} examples, {self.logits.shape[1]} classes)"

    def check(self, control: str, value: Any) -> Any:
        if control == "bins":
            if isinstance(value, bool) or not hasattr(value, "__index__") or not 2 <= int(value) <= MOST_BINS:
                raise PictureError(f"bins must be a whole number from 2 to {MOST_BINS}, not {value!r}.")
            return int(value)
        number = isinstance(value, (int, float)) and not isinstance(value, bool)
        if not number or not LOWEST <= value <= HIGHEST:
            raise PictureError(f"temperature must be a number from {LOWEST:g} to {HIGHEST:g}, not {value!r}.")
        return float(value)

    def compute(self) -> Calibration:
        """Bins and measures under the present controls."""
        return calibration(self.logits, self.labels, self.bins, self.temperature)

    def payload(self) -> dict[str, Any]:
        from course.visualizers import palette

        below = self.logits - self.logits.max(axis=1, keepdims=True)
        return {
            "question": QUESTION,
            "below": below.tolist(),
            "labels": self.labels.tolist(),
            "right": (self.logits.argmax(axis=1) == self.labels).tolist(),
            "range": [LOWEST, HIGHEST],
            "mostBins": MOST_BINS,
            "palette": palette.for_javascript(),
        }

    def static(self) -> Picture:
        from course.visualizers.reliability_picture import draw

        return draw(self)


def reliability_explorer(logits: Any, labels: Any, bins: int = 10, temperature: float = 1.0) -> ReliabilityExplorer:
    """Makes an explorer of a classifier's calibration.

    Args:
        logits: (examples, classes), finite, at least two classes (logarithms of probabilities will do); a list, a numpy
            array or a torch tensor of any floating type.
        labels: (examples,), the right classes as whole numbers from 0.
        bins: 2 to 30 of equal width.
        temperature: 0.1 to 10; logits are divided by it.

    Raises:
        PictureError: a ValueError, with a sentence that says what to pass instead.
    """
    import numpy as np

    table, right = as_array(logits, "logits"), as_array(labels, "labels")
    if table.ndim != 2 or table.shape[0] < 1 or table.shape[1] < 2:
        raise PictureError(
            f"logits must have the shape (examples, classes) with at least two classes, but it has {table.shape}."
        )
    if table.size > MAX_NUMBERS:
        raise PictureError(f"logits must hold at most {MAX_NUMBERS} numbers, not {table.size}: show fewer examples.")
    if not np.isfinite(table).all():
        raise PictureError("logits holds NaN or infinite numbers: look for their cause first.")
    if right.shape != table.shape[:1]:
        raise PictureError(
            f"labels must have the shape ({len(table)},), one label for each row of logits, but it has {right.shape}."
        )
    classes = table.shape[1]
    # A NaN is not equal to anything, so that the first comparison finds it, too.
    if not ((right == np.floor(right)) & (right >= 0) & (right < classes)).all():
        raise PictureError(f"labels must be whole numbers from 0 to {classes - 1}, one of the {classes} classes each.")
    explorer = ReliabilityExplorer(table, right.astype(int))
    explorer.bins = bins
    explorer.temperature = temperature
    return explorer
