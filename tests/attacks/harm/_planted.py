"""A submission that plants something, and later ones that look for it, also in the same warm process."""

from __future__ import annotations

from tests.attacks.harness import Arena


def problems_of(arena: Arena, plant: str, look: str) -> list[str]:
    """Grade two planters and then four who look; what went wrong with any of them.

    Args:
        arena: where.
        plant: a cell of the planters'.
        look: a cell of the later ones', which prints ``BREACH: …`` for what it finds.
    """
    problems = []
    planters = {f"planter-{n}": arena.honest("mixed").own(plant, before="check-row-softmax") for n in range(2)}
    later = {f"later-{n}": arena.honest("right").own(look, before="check-row-softmax") for n in range(4)}
    for answer, batch in (("mixed", planters), ("right", later)):
        graded = arena.grader.grade({name: notebook.to_bytes() for name, notebook in batch.items()})
        for name in batch:
            problems += [f"{name}: {problem}" for problem in arena.compare(answer, graded.get(name))]
    return problems
