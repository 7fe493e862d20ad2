"""The arena: submissions are graded among honest neighbours, and the oracle says what an attack achieved."""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from types import TracebackType
from typing import Any, Protocol

import nbformat

from autograder.classroom.folder import Content
from autograder.classroom.skeleton import Skeleton, read_skeleton
from course.checking.card import html_card, text_card
from course.checking.judge import judge
from course.checking.key import Key, read_key
from course.checking.observe import observe
from course.checking.verdict import Verdict
from tests.attacks.attack import BREACH, Attack, Drill, Notebook, Paths, honest
from tests.attacks.lesson import ANSWERS, CELLS, EXERCISES, NAME
from tests.attacks.world import (
    SECRETS,
    adopt_orphans,
    changes,
    descendants,
    furnish,
    left_over,
    planted,
    read_blank,
    snapshot,
    surroundings,
)

#: Between them these use all that the engine keeps warm.
_EVERYTHING = {"plain": "1", "plots": "import matplotlib.pyplot", "models": "import transformers"}
#: An attack may take what the limits of time let it take, and so many times what an honest neighbour took beside it.
_SHARE = 50
#: The honest answers that stand before and after every attack.
NEIGHBOURS = ("mixed", "right")


@dataclass(frozen=True)
class Graded:
    """One submission as it comes back from the grader.

    Attributes:
        verdicts: ``{exercise: verdict}``.
        notebook: the autograded notebook, as it is written for the student.
        notes: what was repaired.
        seconds: wall time that it took.
        layers: names of the sealing layers that were active.
    """

    verdicts: Mapping[str, Verdict]
    notebook: nbformat.NotebookNode
    notes: tuple[str, ...] = ()
    seconds: float = 0.0
    layers: tuple[str, ...] = ()

    @property
    def score(self) -> float:
        """The points earned."""
        return sum(float(verdict.points) for verdict in self.verdicts.values())

    def received(self) -> str:
        """All text that the student gets to see: the notebook, the cards, the notes."""
        proper = [v for v in self.verdicts.values() if is_points(v.points, v.max_points)]
        cards = [card(verdict) for verdict in proper for card in (html_card, text_card)]
        shown = [*_texts(self.notebook), *cards, *self.notes]
        return "\n".join(shown)

    def printed(self) -> str:
        """What the submission's own code printed, showed or raised."""
        checks = {"check-" + name.replace("_", "-") for name in EXERCISES}
        cells = [cell for cell in self.notebook.cells if cell.get("id") not in checks]
        return "\n".join(text for cell in cells for text in _texts(cell.get("outputs", [])))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield str(key)
            yield from _texts(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _texts(item)
    elif value is not None:
        yield json.dumps(value)


class Grader(Protocol):
    """What the arena needs of a grader."""

    def grade(self, submissions: Mapping[str, bytes]) -> Mapping[str, Graded]:
        """Grade a batch in the order given; one entry a student."""

    def steady(self) -> float:
        """Fit limits of time to the machine as it is now; returns how many times longer everything may take."""


@dataclass
class Report:
    """What came of one attack.

    Attributes:
        attack: which one.
        problems: one sentence for everything that it achieved; empty where the grader withstood.
        graded: what the grader made of it, if it was a submission.
        baseline: the points that its honest answers earn.
    """

    attack: Attack | Drill
    problems: list[str] = field(default_factory=list)
    graded: Graded | None = None
    baseline: float = 0.0

    @property
    def outcome(self) -> str:
        """A few words for the table."""
        if self.graded is None:
            return self.attack.outcome if isinstance(self.attack, Drill) else "not graded"
        named = [v.status for v in self.graded.verdicts.values() if v.status not in ("pass", "partial", "fail")]
        why = ", ".join(dict.fromkeys(named))
        return f"{self.graded.score:g} points, {self.baseline:g} earned" + (f" ({why})" if why else "")


class Arena:
    """Surroundings, a grader, and the honest answers' verdicts; use it in a ``with`` block.

    Attributes:
        paths: where everything lies.
        content: the checkout with the attacked lesson.
        skeleton: of its release.
        blank: its release as JSON.
        keys: the hidden keys.
        grader: grades batches with the limits of :mod:`tests.attacks.grader`.
        stretch: how many times longer than on an idle machine everything may take just now.
    """

    stretch = 1.0

    def __init__(self, kind: str = "engine", workers: int = 2) -> None:
        self._grader = kind, workers

    def __enter__(self) -> Arena:
        with contextlib.ExitStack() as stack:
            root = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="arena-")))
            self.paths: Paths = furnish(root)
            self.content = Content(root / "checkout")
            self.skeleton: Skeleton = read_skeleton(self.content.release(NAME))
            self.blank = read_blank(self.content.release(NAME))
            self.keys: dict[str, Key] = {
                path.stem: read_key(path) for path in sorted(self.content.keys(NAME).glob("*.json"))
            }
            self.expected = {name: self._expected(name) for name in ANSWERS}
            stack.enter_context(surroundings(self.paths))
            adopt_orphans()
            from tests.attacks.grader import open_grader

            self.grader: Grader = stack.enter_context(open_grader(self, *self._grader))
            # Whatever a grader starts or makes once for all is there before anybody looks.
            self.grader.grade({name: self.honest("right").own(uses).to_bytes() for name, uses in _EVERYTHING.items()})
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._stack.__exit__(kind, error, traceback)
        with contextlib.suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass

    def honest(self, answer: str) -> Notebook:
        """A new notebook with the honest answers of a name."""
        return honest(self.blank, answer, self.paths)

    def _expected(self, answer: str) -> dict[str, Verdict]:
        """What the judge says of honest answers, found without any grader."""
        sources = {cell.tags["exercise"]: "raise NotImplementedError()" for cell in CELLS if "exercise" in cell.tags}
        space: dict[str, Any] = {}
        exec(next(cell.source for cell in CELLS if cell.tags.get("setup")), space)
        verdicts = {}
        for name in sources:
            source = ANSWERS[answer].get(name)
            if source is None:
                stub = next(cell["source"] for cell in self.blank["cells"] if cell["id"] == name)  # type: ignore[attr-defined]
                source = str(stub)
            exec(source, space)
            verdicts[name] = judge(self.keys[name], observe(self.keys[name].questions(), space[name]))
        return verdicts

    # Running

    def run(self, attacks: Sequence[Attack | Drill]) -> list[Report]:
        """Run attacks: all submissions in one batch, each between two honest neighbours; drills one by one after it."""
        submitted = [attack for attack in attacks if isinstance(attack, Attack)]
        reports = {attack.name: Report(attack) for attack in attacks}
        if submitted:
            self._run_batch(submitted, reports)
        for attack in attacks:
            if isinstance(attack, Drill):
                reports[attack.name].problems += self._drilled(attack)
        return list(reports.values())

    def _run_batch(self, attacks: Sequence[Attack], reports: Mapping[str, Report]) -> None:
        batch: dict[str, bytes] = {}
        for attack in attacks:
            batch |= {f"{attack.name}-before": self.honest(NEIGHBOURS[0]).to_bytes()}
            batch |= {attack.name: attack.submission(self.blank, self.paths)}
            batch |= {f"{attack.name}-after": self.honest(NEIGHBOURS[1]).to_bytes()}
        self.stretch = self.grader.steady()
        files, processes, handles = snapshot(self.paths), descendants(), len(os.listdir("/proc/self/fd"))
        started = time.monotonic()
        results = self.grader.grade(batch)
        spent = time.monotonic() - started
        shared = self._traces(files, processes)
        opened = len(os.listdir("/proc/self/fd")) - handles
        if opened > 0:
            shared.append(f"{opened} file descriptors of the grader stayed open")
        neighbours = [
            results[name].seconds for name in batch if name in results and name.endswith(("-before", "-after"))
        ]
        share = _SHARE * median(neighbours or [0.0])
        allowed = sum(self.allowed(attack.seconds) + share for attack in attacks) + len(batch)
        if spent > allowed:
            shared.append(f"the batch took {spent:.0f} s, and {allowed:.0f} s were allowed")
        for attack in attacks:
            report = reports[attack.name]
            report.baseline = sum(verdict.points for verdict in self.expected[attack.answer].values())
            report.graded = results.get(attack.name)
            report.problems += self._judged(attack, report.graded, share)
            for place, answer in zip(("before", "after"), NEIGHBOURS, strict=True):
                neighbour = results.get(f"{attack.name}-{place}")
                report.problems += [f"the one {place} it: {problem}" for problem in self.compare(answer, neighbour)]
            # What lies about after a batch may be anybody's; a name tells whose it is, where there is one.
            report.problems += [trace for trace in shared if attack.name in trace or len(attacks) == 1]
        if len(attacks) > 1 and shared:
            named = [attack for attack in attacks if any(attack.name in trace for trace in shared)]
            for attack in attacks:
                if not named or attack in named:
                    reports[attack.name].problems += [f"(somebody in this batch) {trace}" for trace in shared]

    def _drilled(self, drill: Drill) -> list[str]:
        self.stretch = self.grader.steady()
        files, processes = snapshot(self.paths), descendants()
        started = time.monotonic()
        try:
            problems = drill.run(self)
        except Exception as error:  # the other rows of the table are not lost for it
            problems = [f"the drill itself failed: {type(error).__name__}: {error}"]
        spent = time.monotonic() - started
        if spent > self.allowed(drill.seconds):
            # Somebody else may have come to the machine meanwhile.
            self.stretch = max(self.stretch, self.grader.steady())
        if spent > self.allowed(drill.seconds):
            problems = [*problems, f"it took {spent:.0f} s, and {self.allowed(drill.seconds):.0f} s were allowed"]
        return [*problems, *self._traces(files, processes)]

    def _traces(self, files: Mapping[str, str], processes: Mapping[int, str]) -> list[str]:
        traces = [f"a process was left: {command} ({pid})" for pid, command in left_over(dict(processes)).items()]
        traces += changes(dict(files), snapshot(self.paths))
        return traces + [f"{path} was planted" for path in planted(Path.cwd())]

    # The oracle

    def allowed(self, seconds: float) -> float:
        """What so many seconds on an idle machine are now: an honest submission was graded just before, to tell."""
        return seconds * self.stretch

    def _judged(self, attack: Attack, graded: Graded | None, share: float) -> list[str]:
        if graded is None:
            return ["it was not graded at all"]
        problems = self.compare(attack.answer, graded, attack.may)
        allowed = self.allowed(attack.seconds) + share
        if graded.seconds > allowed:
            problems.append(f"it took {graded.seconds:.1f} s, and {allowed:g} s were allowed")
        if attack.repaired and attack.repaired not in "\n".join(graded.notes):
            problems.append(f"nothing is said of {attack.repaired!r}; the notes are {list(graded.notes)}")
        return problems

    def compare(self, answer: str, graded: Graded | None, may: Sequence[str] = ()) -> list[str]:
        """What is wrong with a result, given the honest answers that it should be worth.

        Args:
            answer: name of the honest answers.
            graded: the result, ``None`` where there is none.
            may: statuses that, with 0 points, are all right instead.
        """
        if graded is None:
            return ["it was not graded at all"]
        problems = []
        if list(graded.verdicts) != list(EXERCISES):
            problems.append(f"there are verdicts on {list(graded.verdicts)}")
        for name, wanted in self.expected[answer].items():
            got = graded.verdicts.get(name)
            if got is None:
                problems.append(f"{name} has no verdict")
            elif not is_points(got.points, got.max_points) or got.max_points != wanted.max_points:
                problems.append(f"{name} has {got.points!r} of {got.max_points!r} points")
            elif (got.points, got.status) != (wanted.points, wanted.status) and not (
                got.points == 0 and got.status in may
            ):
                problems.append(
                    f"{name} has {got.points:g} points ({got.status}: {got.message[:160]}) and its honest twin "
                    f"{wanted.points:g} ({wanted.status})"
                )
        received = graded.received()
        problems += [f"the student gets to see {what}" for what, text in SECRETS.items() if text in received]
        told = [line for line in graded.printed().splitlines() if line.startswith(BREACH)]
        problems += [f"it got through: {line[:200]}" for line in dict.fromkeys(told)]
        return problems


def is_points(points: Any, most: Any) -> bool:
    """Whether points are numbers, and between nought and what there is."""
    return all(type(number) in (int, float) for number in (points, most)) and 0 <= points <= most
