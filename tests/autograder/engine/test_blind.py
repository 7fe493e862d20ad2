"""Answers by people who saw only the release: the engine gives what the judge gives in the author's own process."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from autograder.blind import read_answers, try_answers
from autograder.build.builder import read_source, release_path
from autograder.classroom.intake import take_in
from autograder.classroom.skeleton import read_skeleton
from autograder.engine import Engine, Job, job_of
from autograder.places import SOLUTIONS, full_key_path, lesson_names
from course.checking.key import read_key

_EVERY = 7  # three minutes for all of them, and they are much alike
#: An exercise that may take longer, in seconds, is answered in the submissions that are about it, and in no others.
_LONG = 60.0


@pytest.mark.slow
@pytest.mark.timeout(1500)
@pytest.mark.parametrize("lesson", lesson_names())
def test_blind_answers_earn_what_the_judge_gives_them(lesson: str) -> None:
    answers = read_answers(lesson)[::_EVERY]
    skeleton = read_skeleton(release_path(lesson))
    keys = {name: read_key(full_key_path(lesson, name)) for name in skeleton.exercises}
    wanted = try_answers(read_source(lesson), keys, answers)
    stubs = {
        name: cell["source"]
        for cell in skeleton.notebook.cells
        if (name := cell["metadata"].get("nbgrader", {}).get("grade_id")) in keys and keys[name].time_limit > _LONG
    }
    text = (SOLUTIONS / lesson / f"{lesson}.ipynb").read_text(encoding="utf-8")

    def jobs() -> Iterator[Job]:
        for number, answer in enumerate(answers):
            notebook = json.loads(text)
            for cell in notebook["cells"]:
                name = cell["metadata"].get("nbgrader", {}).get("grade_id")
                if name == answer.exercise:
                    cell["source"] = answer.source
                elif name in stubs:
                    cell["source"] = stubs[name]
            yield job_of(str(number), take_in(json.dumps(notebook).encode(), skeleton), skeleton, keys)

    with Engine(workers=2) as engine:
        got = {int(result.student): result.verdicts for result in engine.run(jobs())}
    assert len(got) == len(answers) > 10
    for number, outcome in enumerate(wanted):
        verdict = got[number][outcome.answer.exercise]
        assert verdict.points == outcome.points, outcome.answer.path.name
        assert verdict.message.split(":")[0] == outcome.message.split(":")[0], outcome.answer.path.name
