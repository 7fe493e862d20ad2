"""JSON of a hundred thousand brackets in each other: as the file, and inside a notebook."""

import json

from tests.attacks.attack import Drill
from tests.attacks.harness import Arena


def run(arena: Arena) -> list[str]:
    """Hand in towers of brackets, too tall to be read and just not too tall."""
    honest = arena.honest("mixed").to_bytes()
    data = {"nothing but brackets": b"[" * 100_000, "cells of brackets": b'{"cells":' + b"[" * 100_000}
    for depth in (500, 900, 100_000):
        tower = b"[" * depth + b"]" * depth
        data[f"metadata, {depth}"] = honest.replace(b'"metadata"', b'"deep": ' + tower + b', "metadata"', 1)
        maps = b'{"a":' * depth + b"1" + b"}" * depth
        data[f"attachments, {depth}"] = honest[:-1] + b', "deep": ' + maps + b"}"
        cell = json.dumps({"cell_type": "markdown", "id": "deep", "metadata": {}, "source": "deep"}).encode()
        cell = cell[:-1] + b', "attachments": ' + maps + b"}"
        data[f"cell, {depth}"] = honest.replace(b'"cells": [', b'"cells": [' + cell + b", ", 1)
    problems = []
    for way, graded in arena.grader.grade(data).items():
        found = arena.compare("mixed", graded, ("malformed",))
        if graded.seconds > arena.allowed(10):
            found.append(f"it took {graded.seconds:.1f} s")
        problems += [f"{way}: {problem}" for problem in found]
    return problems


DRILL = Drill("brackets a hundred thousand deep", run, "malformed, or graded as ever", seconds=60)
