"""The oracle itself: whatever an attack could achieve is seen, with a grader that lets it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

import nbformat
import pytest

from course.checking.verdict import Verdict
from tests.attacks import harness
from tests.attacks.attack import Attack, Drill, Notebook, load
from tests.attacks.harness import Arena, Graded
from tests.attacks.lesson import ANSWERS
from tests.attacks.world import SECRETS


class Puppet:
    """Gives every submission what its honest answers earn, and then does what a test wants."""

    def __init__(self, arena: Arena) -> None:
        self.arena = arena
        self.act: Callable[[dict[str, Graded]], None] = lambda results: None

    def steady(self) -> float:
        """Nothing takes any time here."""
        return 1.0

    def grade(self, submissions: Mapping[str, bytes]) -> dict[str, Graded]:
        """Grade a batch."""
        results = {}
        for student, data in submissions.items():
            answer = next((name for name in ANSWERS if self.arena.honest(name).to_bytes() == data), "mixed")
            notebook = nbformat.from_dict(self.arena.honest(answer).data)
            results[student] = Graded(self.arena.expected[answer], notebook)
        self.act(results)
        return results


@pytest.fixture(scope="module")
def opened() -> Iterator[Arena]:
    """An arena whose grader is a puppet."""
    with pytest.MonkeyPatch.context() as patch:
        from contextlib import nullcontext

        patch.setattr("tests.attacks.grader.open_grader", lambda arena, *rest: nullcontext(Puppet(arena)))
        with Arena() as arena:
            yield arena


@pytest.fixture
def achieved(opened: Arena, monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    """Runs one attack while the grader lets something happen; returns what the oracle says."""
    monkeypatch.setattr(harness, "left_over", lambda before: _quickly(before))

    def run(act: Callable[[dict[str, Graded]], None], **fields: object) -> list[str]:
        monkeypatch.setattr(opened.grader, "act", act, raising=False)
        attack = replace(Attack("x", lambda notebook: None), name="evil", kind="forging", **fields)  # type: ignore[arg-type]
        return opened.run([attack])[0].problems

    return run


def _quickly(before: dict[int, str]) -> dict[int, str]:
    from tests.attacks.world import left_over

    return left_over(before, patience=0.3)


def _verdict(results: dict[str, Graded], student: str, **fields: object) -> None:
    old = results[student]
    verdict = replace(old.verdicts["row_softmax"], **fields)  # type: ignore[arg-type]
    results[student] = replace(old, verdicts={**old.verdicts, "row_softmax": verdict})


def test_what_changes_nothing_is_no_success(achieved: Callable[..., list[str]]) -> None:
    assert achieved(lambda results: None) == []


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"points": 4.0, "status": "pass"}, "4 points (pass"),
        ({"points": 0.5}, "0.5 points"),
        ({"points": float("nan")}, "nan of 4.0"),
        ({"points": float("inf")}, "inf of 4.0"),
        ({"points": "4"}, "'4' of 4.0"),
        ({"points": True}, "True of 4.0"),
        ({"points": -1.0}, "-1.0 of 4.0"),
        ({"points": 4.0, "max_points": 400.0}, "4.0 of 400.0"),
        ({"status": "grader_error"}, "grader_error"),
        ({"status": "timeout"}, "timeout"),
    ],
)  # fmt: skip
def test_every_other_score_is_a_success(
    achieved: Callable[..., list[str]], fields: dict[str, object], told: str
) -> None:
    problems = achieved(lambda results: _verdict(results, "evil", **fields))
    assert len(problems) == 1
    assert told in problems[0]


def test_a_status_that_names_the_cause_is_allowed_with_nought_only(achieved: Callable[..., list[str]]) -> None:
    assert achieved(lambda results: _verdict(results, "evil", status="timeout"), may=("timeout",)) == []
    assert achieved(lambda results: _verdict(results, "evil", status="timeout", points=4.0), may=("timeout",))


def test_a_missing_verdict_or_result_is_a_success(achieved: Callable[..., list[str]]) -> None:
    def lose_one(results: dict[str, Graded]) -> None:
        kept = {name: v for name, v in results["evil"].verdicts.items() if name != "mean_of"}
        results["evil"] = replace(results["evil"], verdicts=kept)

    assert any("mean_of has no verdict" in problem for problem in achieved(lose_one))
    assert achieved(lambda results: results.pop("evil")) == ["it was not graded at all"]


@pytest.mark.parametrize("place", ["before", "after"])
def test_a_neighbour_that_loses_is_a_success(achieved: Callable[..., list[str]], place: str) -> None:
    problems = achieved(lambda results: _verdict(results, f"evil-{place}", points=0.25, status="partial"))
    assert len(problems) == 1
    assert problems[0].startswith(f"the one {place} it")


@pytest.mark.parametrize("what", list(SECRETS))
def test_a_secret_is_found_wherever_it_is_shown(achieved: Callable[..., list[str]], what: str) -> None:
    def show(results: dict[str, Graded]) -> None:
        output = nbformat.v4.new_output("stream", text=f"x{SECRETS[what]}x")
        results["evil"].notebook.cells[1].outputs = [output]

    def tell(results: dict[str, Graded]) -> None:
        _verdict(results, "evil", message=SECRETS[what])

    def note(results: dict[str, Graded]) -> None:
        results["evil"] = replace(results["evil"], notes=(SECRETS[what],))

    for act in (show, tell, note):
        assert achieved(act) == [f"the student gets to see {what}"]


def test_what_got_through_says_so(achieved: Callable[..., list[str]]) -> None:
    def show(results: dict[str, Graded]) -> None:
        output = nbformat.v4.new_output("stream", text="quiet\nBREACH: opened\n")
        results["evil"].notebook.cells[1].outputs = [output]

    assert achieved(show) == ["it got through: BREACH: opened"]


def test_a_changed_file_is_seen(achieved: Callable[..., list[str]], opened: Arena) -> None:
    paths = opened.paths
    for path, change in (
        (paths.gradebook, lambda path: path.write_bytes(b"x")),
        (paths.notes / "new.txt", lambda path: path.touch()),
        (paths.temporary / "left", lambda path: path.mkdir()),
        (paths.home / ".bashrc", lambda path: path.chmod(0o777)),
        (paths.notes / "about.txt", lambda path: path.unlink()),
        (paths.notes / "link", lambda path: path.symlink_to("/")),
    ):
        problems = achieved(lambda results, path=path, change=change: change(path))
        assert len(problems) == 1
        assert path.name in problems[0]


def test_a_planted_file_is_seen(achieved: Callable[..., list[str]], tmp_path: object) -> None:
    name = f"/tmp/breach-{os.getpid()}"
    try:
        assert achieved(lambda results: os.mkdir(name)) == [f"{name} was planted"]
    finally:
        os.rmdir(name)


def test_a_process_that_is_left_is_seen_though_its_parent_is_gone(achieved: Callable[..., list[str]]) -> None:
    started: list[int] = []
    script = (
        "import subprocess, sys; "
        "print(subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(20)'], start_new_session=True, "
        "stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).pid)"
    )

    def leave(results: dict[str, Graded]) -> None:
        said = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
        started.append(int(said.stdout))

    try:
        problems = achieved(leave)
        assert len(problems) == 1
        assert str(started[0]) in problems[0]
    finally:
        os.kill(started[0], 9)
        os.waitpid(started[0], 0)


def test_descriptors_that_stay_open_are_seen(achieved: Callable[..., list[str]]) -> None:
    opened: list[int] = []
    try:
        problems = achieved(lambda results: opened.append(os.open("/dev/null", os.O_RDONLY)))
        assert problems == ["1 file descriptors of the grader stayed open"]
    finally:
        os.close(opened[0])


def test_too_long_is_a_success(achieved: Callable[..., list[str]]) -> None:
    def slow(results: dict[str, Graded]) -> None:
        results["evil"] = replace(results["evil"], seconds=99.0)

    assert achieved(slow) == ["it took 99.0 s, and 15 s were allowed"]


def test_repairs_that_are_not_said_are_missed(achieved: Callable[..., list[str]]) -> None:
    assert "nothing is said of 'put back'" in achieved(lambda results: None, repaired="put back")[0]


def test_a_drill_says_what_went_wrong(opened: Arena) -> None:
    drill = Drill("x", lambda arena: ["the zip slipped"], name="zip", kind="harm")
    assert opened.run([drill])[0].problems == ["the zip slipped"]


def test_every_attack_has_a_sentence_and_builds_a_submission(opened: Arena) -> None:
    attacks = load()
    assert len({attack.name for attack in attacks}) == len(attacks), "names tell submissions apart"
    told = [attack.what for attack in attacks]
    assert len(set(told)) == len(told)
    for attack in attacks:
        if isinstance(attack, Attack):
            assert attack.submission(opened.blank, opened.paths) != opened.honest(attack.answer).to_bytes()


def test_the_honest_answers_are_worth_what_the_readme_says(opened: Arena) -> None:
    earned = {name: sum(v.points for v in verdicts.values()) for name, verdicts in opened.expected.items()}
    assert earned == {"right": 12, "wrong": 0, "mixed": 6, "refused": 8, "begun": 7}
    assert isinstance(opened.expected["mixed"]["fingerprint"], Verdict)
    assert opened.expected["mixed"]["fingerprint"].misconception == "unweighted"
    assert isinstance(opened.honest("mixed"), Notebook)
