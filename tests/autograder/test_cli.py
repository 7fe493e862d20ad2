"""The instructor's command line, its tables, and the blind answers."""

from __future__ import annotations

import json
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from autograder import listing
from autograder.blind import read_answers, report, try_answers
from autograder.build.builder import LessonSource
from autograder.cli import main
from autograder.contract import ContractError, Lesson
from autograder.errors import AutograderError
from autograder.places import ROOT, chosen_lessons, lesson_names, load_contract
from course.checking.key import Key

HEADER = "# exercise: {exercise}\n# expect: {expect}\n# meant: {meant}\n"


def test_the_list_tells_lessons_and_exercises(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list", "--json"]) == 0
    lessons = json.loads(capsys.readouterr().out)
    assert [lesson["name"] for lesson in lessons] == lesson_names()
    for lesson in lessons:
        for exercise in lesson["exercises"]:
            assert set(exercise) == {"name", "lesson", "title", "points", "difficulty", "minutes", "misconceptions"}
            assert 5 <= exercise["minutes"] <= 20
    assert main(["list"]) == 0
    assert "misconceptions" in capsys.readouterr().out


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a file that is always full")
@pytest.mark.parametrize("command", [["list"], ["list", "--json"]])
def test_a_full_disk_is_one_sentence(command: list[str]) -> None:
    with open("/dev/full", "w", encoding="utf-8") as full:
        done = subprocess.run(
            [sys.executable, "-m", "autograder", *command], cwd=ROOT, stdout=full, stderr=subprocess.PIPE, text=True
        )
    assert done.returncode == 1
    assert done.stderr == "autograder: No space left on device.\n"


def test_nothing_is_said_where_nobody_reads_on() -> None:
    command = [sys.executable, "-m", "autograder", "list", "--json"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""


def test_what_is_to_be_done_at_the_end_is_done() -> None:
    program = """
        import atexit, sys, threading, time
        from autograder.cli import leave
        atexit.register(lambda: print("at exit"))
        threading.Thread(target=lambda: (time.sleep(0.3), print("thread"))).start()
        print("main")
        leave(3)
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(program)], cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False
    )
    assert done.returncode == 3
    assert done.stdout.split("\n") == ["main", "thread", "at exit", ""]


def test_a_number_is_enough_and_an_unknown_lesson_lists_the_known(capsys: pytest.CaptureFixture[str]) -> None:
    assert chosen_lessons(["05"]) == ["05_attention"]
    assert main(["prove", "77"]) == 1
    captured = capsys.readouterr()
    assert "There is no lesson '77'. The lessons are: 01_environment" in captured.err
    assert "Traceback" not in captured.err


def test_the_readme_table_is_generated_between_its_marks(tiny: LessonSource) -> None:
    readme = f"# Title\n{listing._BEGIN}\nold\n{listing._END}\nrest\n"
    renewed = listing.with_table(readme, [tiny.lesson])
    assert "| [99 · A tiny lesson](course/99_tiny/99_tiny.ipynb) | You try two things. | 15 | 2 |" in renewed
    assert "old" not in renewed
    assert renewed.endswith("\nrest\n")
    assert listing.with_table(renewed, [tiny.lesson]) == renewed
    with pytest.raises(AutograderError, match=r"README\.md needs the lines"):
        listing.with_table("# Title\n", [tiny.lesson])


def test_minutes_and_points_of_a_lesson_are_sums(tiny: LessonSource) -> None:
    lesson: Lesson = tiny.lesson
    assert (lesson.minutes, lesson.points) == (15, 3)


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    files = {
        "wrong_named": HEADER.format(exercise="tiny_softmax", expect="wrong", meant="no maximum is subtracted")
        + "# about: overflow|exponent\n"
        + "def tiny_softmax(x, dim=-1):\n    return x.exp() / x.exp().sum(dim, keepdim=True)\n",
        "wrong_unnamed": HEADER.format(exercise="tiny_softmax", expect="wrong", meant="forgets the powers")
        + "# about: never in any sentence\ndef tiny_softmax(x, dim=-1):\n    return x\n",
        "right": HEADER.format(exercise="tiny_batches", expect="right", meant="with islice")
        + "def tiny_batches(items, size):\n    from itertools import islice\n    it = iter(items)\n"
        "    return list(iter(lambda: list(islice(it, size)), []))\n",
    }
    for name, text in files.items():
        (tmp_path / f"{name}.py").write_text(text)
    return tmp_path


def test_blind_answers_are_counted(tiny: LessonSource, tiny_keys: dict[str, Key], answers: Path) -> None:
    outcomes = {o.answer.path.stem: o for o in try_answers(tiny, tiny_keys, read_answers("99_tiny", answers))}
    assert outcomes["wrong_named"].caught
    assert outcomes["wrong_named"].named
    assert outcomes["wrong_unnamed"].caught
    assert not outcomes["wrong_unnamed"].named
    assert outcomes["right"].accepted
    text, fine = report(list(outcomes.values()))
    assert "2 wrong answers: 2 lost points (100 %), 1 with a sentence that names the cause (50 %)" in text
    assert "1 right answers: 1 got full points (100 %)" in text
    assert not fine


def test_a_right_answer_that_is_refused_fails_the_report(
    tiny: LessonSource, tiny_keys: dict[str, Key], answers: Path
) -> None:
    path = answers / "wrong_unnamed.py"
    path.write_text(path.read_text().replace("expect: wrong", "expect: right"))
    text, fine = report(try_answers(tiny, tiny_keys, read_answers("99_tiny", answers)))
    assert "REFUSED" in text
    assert not fine


@pytest.mark.parametrize(
    ("old", "new"), [("# meant", "# ment"), ("expect: wrong", "expect: bad"), ("# about", "# abut")]
)
def test_a_header_that_lacks_a_part_is_refused(answers: Path, old: str, new: str) -> None:
    path = answers / "wrong_named.py"
    path.write_text(path.read_text().replace(old, new))
    with pytest.raises(ContractError, match="header lacks"):
        read_answers("99_tiny", answers)


@pytest.mark.parametrize("name", lesson_names())
def test_every_exercise_has_its_blind_answers(name: str) -> None:
    """What they show is shown by ``autograder prove --answers``, which the test command runs."""
    kinds: dict[str, list[bool]] = {}
    for answer in read_answers(name):
        kinds.setdefault(answer.exercise, []).append(answer.wrong)
    assert set(kinds) == {exercise.name for exercise in load_contract(name).exercises}
    for exercise, wrong in kinds.items():
        assert wrong.count(True) >= 5, f"{exercise}: {wrong.count(True)} wrong blind answers"
        assert wrong.count(False) >= 2, f"{exercise}: {wrong.count(False)} right blind answers"
