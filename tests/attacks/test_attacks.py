"""All attacks and their honest twins, in batches, against the engine."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.attacks.attack import KINDS, Attack, Drill, load
from tests.attacks.harness import Arena

_SIZE = 12


def _batches() -> list[pytest.param]:  # type: ignore[valid-type]
    found = []
    for kind in KINDS:
        attacks = load((kind,))
        for start in range(0, len(attacks), _SIZE):
            part = attacks[start : start + _SIZE]
            found.append(pytest.param(part, id=f"{kind}-{part[0].name}-to-{part[-1].name}"))
    return found


@pytest.fixture(scope="module")
def arena() -> Iterator[Arena]:
    """The attacked grader."""
    with Arena() as opened:
        yield opened


# A batch takes as long as the limits that it runs into, and these grow on a busy machine.
@pytest.mark.timeout(900)
@pytest.mark.parametrize("attacks", _batches())
def test_nothing_is_gained_harmed_or_lost(arena: Arena, attacks: list[Attack | Drill]) -> None:
    problems = [
        f"{report.attack.kind}/{report.attack.name}: {problem}"
        for report in arena.run(attacks)
        for problem in report.problems
    ]
    assert not problems, "\n".join(problems)
