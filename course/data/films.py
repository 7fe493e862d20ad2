"""Snippets about films that do not exist, without their labels: the hidden test of lesson 8.

Written for this course (CC BY 4.0) in the manner of the movie snippets: half of them praise, half do not, some with
irony, a "but", or faint praise. As the films are invented, no model has read a review of them.
"""

from __future__ import annotations

from pathlib import Path

_FILE = Path(__file__).with_name("films.txt")


def film_snippets() -> list[str]:
    """The 240 snippets, one string each, in the order of their numbers (from 0)."""
    return _FILE.read_text(encoding="utf-8").splitlines()
