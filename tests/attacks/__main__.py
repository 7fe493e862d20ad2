"""``python -m tests.attacks``: the table of attacks, and what came of each."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from tests.attacks.attack import KINDS, Attack, Drill, load
from tests.attacks.harness import Arena, Report

STOCK = (
    "also what stock nbgrader makes of it, seconds each; it runs them unsealed and with your rights, so do this on a "
    "machine that can be thrown away"
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run attacks and print the table; 1 if one succeeded."""
    parser = argparse.ArgumentParser(prog="python -m tests.attacks", description=__doc__)
    parser.add_argument("names", nargs="*", help="kinds (forging) or attacks (forging/nan); all by default")
    parser.add_argument("--stock", action="store_true", help=STOCK)
    parser.add_argument("--engine", choices=("engine", "nbgrader"), default="engine", help="which of our graders")
    parser.add_argument("--each", action="store_true", help="one batch an attack, so that each trace has an owner")
    options = parser.parse_args(arguments)
    attacks = [attack for attack in load(KINDS) if _is_wanted(attack, options.names)]
    if not attacks:
        print(f"There is no attack {' or '.join(options.names)}.", file=sys.stderr)
        return 2
    from tests.attacks import stock

    theirs = stock.outcomes(attacks) if options.stock else {}
    with Arena(options.engine) as arena:
        batches = [[attack] for attack in attacks] if options.each else [attacks]
        reports = [report for batch in batches for report in arena.run(batch)]
    print(table(reports, theirs))
    return int(any(report.problems for report in reports))


def _is_wanted(attack: Attack | Drill, names: Sequence[str]) -> bool:
    return not names or any(name.rstrip("/") in (attack.kind, f"{attack.kind}/{attack.name}") for name in names)


def table(reports: Sequence[Report], theirs: dict[str, str]) -> str:
    """The table, a line an attack, and below it what the successful ones achieved."""
    heads = ("attack", "what it does", *(["stock nbgrader 0.9.6"] if theirs else []), "ours")
    rows = [
        (
            f"{report.attack.kind}/{report.attack.name}", report.attack.what,
            *([theirs.get(report.attack.name, "–")] if theirs else []),
            "SUCCEEDED" if report.problems and report.attack.kind != "twins"
            else "LOST" if report.problems else report.outcome,
        )
        for report in reports
    ]  # fmt: skip
    widths = [max(len(row[column]) for row in (heads, *rows)) for column in range(len(heads))]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in (heads, tuple("-" * width for width in widths), *rows)
    ]
    for report in reports:
        lines += [f"\n{report.attack.kind}/{report.attack.name}"] * bool(report.problems)
        lines += [f"  {problem}" for problem in report.problems]
    hostile = [report for report in reports if report.attack.kind != "twins"]
    twins = [report for report in reports if report.attack.kind == "twins"]
    lines.append(f"\n{len(hostile)} attacks, {sum(bool(r.problems) for r in hostile)} successes")
    if twins:
        lines.append(f"{len(twins)} honest twins, {sum(bool(r.problems) for r in twins)} losses")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
