"""Verdicts, each found once: in a class, many answers to an exercise do the same to the last bit."""

from __future__ import annotations

import hashlib
import json
import threading
from collections import OrderedDict

from autograder.classroom import judge_server
from autograder.engine.passing import Observations
from course.checking.key import Key
from course.checking.verdict import Verdict

_KEPT = 2_000


class Judging:
    """The judge, with a memory: the same observations on the same key get the same verdict. Safe in several threads."""

    def __init__(self) -> None:
        self._known: OrderedDict[tuple[int, bytes], tuple[Key, Verdict]] = OrderedDict()
        self._lock = threading.Lock()

    def verdict(self, key: Key, observations: Observations) -> Verdict:
        """The verdict on an answer.

        Args:
            key: with hidden cases.
            observations: of all cases, as :func:`autograder.engine.evidence.are_observations` lets them through.
        """
        text = json.dumps(observations, separators=(",", ":")).encode()
        mark = (id(key), hashlib.sha256(text).digest())
        with self._lock:
            found = self._known.get(mark)
            # A key is remembered with its verdict, so that its number cannot be given to another one meanwhile.
            if found is not None and found[0] is key:
                self._known.move_to_end(mark)
                return found[1]
        given = judge_server.judge(key, observations)
        with self._lock:
            self._known[mark] = (key, given)
            while len(self._known) > _KEPT:
                self._known.popitem(last=False)
        return given
