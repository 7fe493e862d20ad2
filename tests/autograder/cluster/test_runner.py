"""A real scheduler and real workers: what they leave is what one machine leaves, and trouble is told in a sentence."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from distributed import Client

from autograder.classroom.folder import Classroom, Content
from autograder.classroom.grade import grade, grade_loose
from autograder.cli import main
from autograder.cluster import Cluster, runner
from autograder.cluster.parcels import Lesson
from autograder.cluster.runner import DaskRunner
from autograder.engine import Job, Limits, Policy
from autograder.errors import AutograderError
from tests.autograder.classroom import drill
from tests.autograder.classroom.tiny import RIGHT, TINY, as_bytes, copy_of, filled_in, read_json
from tests.autograder.cluster import drill as worker_drill
from tests.autograder.cluster.conftest import Submission
from tests.autograder.cluster.loopback import Loopback, loopback

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]

SQUARED = "def double(x):\n    return x * x"
#: Loaded by workers that end whenever they meet a certain answer, as a fault of the machine would end them.
KILLER = """
import os, signal, zlib
from autograder.cluster.worker import Grader
if not hasattr(Grader, "whole"):  # Dask loads this more than once
    Grader.whole = Grader.grade
def grade(self, lesson, job):
    if b"ENDS-ITS-WORKER" in zlib.decompress(job):
        os.kill(os.getpid(), signal.SIGKILL)
    return self.whole(lesson, job)
Grader.grade = grade
"""
#: Loaded by a worker on whose machine seccomp is missing.
UNSAFE = """
from autograder.sandbox import layers
if not hasattr(layers, "spoilt"):
    found, layers.spoilt = layers.available, True
    layers.available = lambda: {**found(), "seccomp": "there is no libseccomp"}
"""


def on(cluster: Loopback, lesson: Lesson, patience: float = 20.0, **policy: Any) -> DaskRunner:
    """A runner with short limits."""
    limits = Limits(cell=5, grace=0.5, notebook=30)
    return DaskRunner(Cluster(cluster.address), limits, Policy(**policy), lesson, patience)


# As on one machine


def test_a_class_ends_as_on_one_machine(collected: Classroom, cluster: Loopback, tmp_path: Path) -> None:
    here, there = copy_of(collected, tmp_path / "here"), copy_of(collected, tmp_path / "there")
    grade(here, TINY, engine="fast", jobs=2)
    records = grade(there, TINY, engine="fast", cluster=Cluster(cluster.address))
    assert len({record.score for record in records}) > 2
    assert drill.rows_of(there) == drill.rows_of(here)
    assert drill.folders_of(there) == drill.folders_of(here)
    assert "s0003/90_tiny/notes.txt" in drill.folders_of(there)
    assert {layer.split()[0] for record in records for layer in record.layers} >= {"landlock", "seccomp", "limits"}
    fresh: list[str] = []
    grade(
        there, TINY, engine="fast", cluster=Cluster(cluster.address),
        progress=lambda record, new: fresh.extend([record.student] * new),
    )  # fmt: skip
    assert not fresh, "the ledger knows what the cluster graded"


def test_loose_files(content: Content, cluster: Loopback, tmp_path: Path) -> None:
    (tmp_path / "alice.ipynb").write_bytes(as_bytes(filled_in(read_json(content.release(TINY)), RIGHT)))
    (tmp_path / "bob.ipynb").write_bytes(b"")
    files = [tmp_path / "alice.ipynb", tmp_path / "bob.ipynb"]
    ours = grade_loose(TINY, files, content, engine="fast", cluster=Cluster(cluster.address))
    assert ours == grade_loose(TINY, files, content, engine="fast")
    assert [record.score for record in ours] == [6, 0]


def test_files_lie_where_the_notebook_runs(
    lesson: Lesson, submission: Submission, cluster: Loopback, tmp_path: Path
) -> None:
    (tmp_path / "three.txt").write_text("3")
    (tmp_path / "two.txt").write_text("2")
    reading = "def double(x):\n    return x * int(open('data/two.txt').read()) * int(open('three.txt').read()) / 3"
    files = {"data/two.txt": tmp_path / "two.txt"}
    common = Lesson(lesson.name, lesson.keys, lesson.sources, files)
    job = submission("alice", files={"three.txt": tmp_path / "three.txt", **files}, double=reading)
    with on(cluster, common) as running:
        (result,) = running.run([job])
    assert result.verdicts["double"].status == "pass", result.verdicts["double"]


def test_equal_submissions_are_one_task_and_each_has_its_result(
    lesson: Lesson, submission: Submission, cluster: Loopback
) -> None:
    jobs = [submission("alice"), submission("bob"), submission("carol", double=SQUARED)]
    with on(cluster, lesson) as running:
        assert running._client is not None
        sent: list[str] = []
        whole = running._client.submit

        def submit(*arguments: Any, key: str, **options: Any) -> Any:
            sent.append(key)
            return whole(*arguments, key=key, **options)

        running._client.submit = submit
        results = {result.student: result for result in running.run(jobs)}
    assert {student: result.score for student, result in results.items()} == {"alice": 6, "bob": 6, "carol": 3.5}
    assert results["alice"].notebook is not results["bob"].notebook
    assert len(sent) == len(set(sent)) == 2


def test_no_more_jobs_are_taken_than_workers_need(lesson: Lesson, submission: Submission, cluster: Loopback) -> None:
    taken = given = 0

    def jobs() -> Iterator[Job]:
        nonlocal taken
        for number in range(40):
            taken += 1
            # Half of them are the same submission: equal ones wait like any other.
            own = "" if number % 2 else f"  # {number}"
            yield submission(f"s{number}", double=f"def double(x):\n    return 2 * x{own}")

    most = 0
    with on(cluster, lesson) as running:
        for _ in running.run(jobs()):
            given += 1
            most = max(most, taken - given)
            time.sleep(0.02)
    assert given == 40
    assert 1 <= most <= 4, "two a thread"


def test_hidden_keys_stay_in_the_workers_own_process(lesson: Lesson, submission: Submission, cluster: Loopback) -> None:
    secret = b"CANARY-HIDDEN-NAME"
    with on(cluster, lesson) as running:
        assert [result.score for result in running.run([submission(f"s{n}") for n in range(4)])] == [6] * 4
        workers = [worker_drill.worker_process(cluster, name) for name in ("w0", "w1")]
        assert any(secret in memory_of(pid) for pid in workers), "this is how it is found where it is"
        warm = [pid for pid in drill.left_running(cluster.folder) if b"engine.zygote" in command_of(pid)]
        assert warm
        for pid in warm:
            assert secret not in memory_of(pid)


def command_of(pid: int) -> bytes:
    """The command line of a process."""
    return Path(f"/proc/{pid}/cmdline").read_bytes()


def memory_of(pid: int) -> bytes:
    """What a process has in memory that is its own and can be written."""
    found = bytearray()
    with open(f"/proc/{pid}/mem", "rb", 0) as memory:
        for line in Path(f"/proc/{pid}/maps").read_text().splitlines():
            place, rights, _, _, _, *name = line.split()
            if rights.startswith("rw") and (not name or name[0].startswith("[")):
                begin, end = (int(number, 16) for number in place.split("-"))
                try:
                    memory.seek(begin)
                    found += memory.read(end - begin)
                except (OSError, OverflowError):
                    continue
    return bytes(found)


# Workers that end


@pytest.mark.parametrize("seed", [0, 1], ids=["without nannies", "with nannies"])
def test_a_worker_that_is_killed_loses_nothing(tmp_path_factory: pytest.TempPathFactory, seed: int) -> None:
    folder = tmp_path_factory.mktemp("drill")
    for place in (folder, *folder.parents[:2]):
        place.chmod(0o755)
    (folder / "calm").mkdir()
    made = drill.make_class(folder, 40)
    expected = drill.undisturbed(made, folder / "calm")
    (folder / "it").mkdir()
    outcome = worker_drill.drill(made, expected, folder / "it", random.Random(seed))
    assert (outcome.nannies, len(outcome.killed_after)) == ((False, 1), (True, 2))[seed]


@pytest.fixture
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which submissions may run."""
    folder = tmp_path_factory.mktemp("scratch")
    for place in (folder, *folder.parents[:2]):
        place.chmod(0o755)
    return folder


def test_a_submission_that_ends_its_workers_is_told_so_and_nobody_else_is(
    lesson: Lesson, submission: Submission, scratch: Path
) -> None:
    (scratch / "killer.py").write_text(KILLER)
    killer = submission("killer", double=RIGHT["double"] + "  # ENDS-ITS-WORKER")
    jobs = [submission("before", double=SQUARED), killer]
    jobs += [submission(f"s{n}", mean=RIGHT["mean"] + f"  # {n}") for n in range(6)]
    failures = {"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1"}
    preload = ["--preload", str(scratch / "killer.py")]
    with (
        loopback(scratch / "dask", 2, preload, environment=failures) as cluster,
        on(cluster, lesson, patience=60) as running,
    ):
        results = {result.student: result for result in running.run(jobs)}
    assert {student: result.score for student, result in results.items()} == {
        "before": 3.5, "killer": 0, **{f"s{n}": 6.0 for n in range(6)},
    }  # fmt: skip
    assert {verdict.status for verdict in results["killer"].verdicts.values()} == {"crash"}
    assert "the worker that ran it ended" in results["killer"].verdicts["double"].message
    assert len(results["killer"].notebook.cells) == len(killer.notebook.cells)


def test_a_result_that_is_lost_after_it_was_announced_comes_again(
    lesson: Lesson, submission: Submission, scratch: Path
) -> None:
    jobs = [submission(f"s{n}", mean=RIGHT["mean"] + f"  # {n}") for n in range(6)]
    with loopback(scratch / "dask", 2, ["--no-nanny"]) as cluster, on(cluster, lesson) as running:
        client, whole, lost = running._client, running._next, False
        assert client is not None

        def after_a_loss() -> Any:
            nonlocal lost
            if not lost:
                lost = True
                while not (done := [flight.future for flight in running._flights.values() if flight.future.done()]):
                    time.sleep(0.02)
                (holder,) = client.who_has(done)[done[0].key]
                name = client.scheduler_info()["workers"][holder]["name"]
                cluster.processes[name].kill()
                deadline = time.monotonic() + 10
                while done[0].status == "finished" and time.monotonic() < deadline:
                    time.sleep(0.002)
            return whole()

        running._next = after_a_loss
        assert sorted(result.student for result in running.run(jobs)) == [f"s{n}" for n in range(6)]
        assert lost


def test_a_cluster_without_workers_or_scheduler_is_given_up(
    lesson: Lesson, submission: Submission, scratch: Path
) -> None:
    def jobs() -> Iterator[Job]:
        for number in range(200):
            yield submission(f"s{number}", double=RIGHT["double"] + f"  # {number}")

    for victim, told in (("w0", "has lost its workers"), ("scheduler", "has lost its scheduler")):
        with loopback(scratch / victim, 1, ["--no-nanny"]) as cluster, on(cluster, lesson, patience=3) as running:
            results = running.run(jobs())
            next(results)
            cluster.processes[victim].kill()
            with pytest.raises(AutograderError, match=f"{told}.*run the same command again"):
                assert len(list(results)) == 199


def test_ctrl_c_saves_what_is_done_and_cancels_the_rest(
    collected: Classroom, cluster: Loopback, tmp_path: Path
) -> None:
    room = copy_of(collected, tmp_path / "classroom")
    (room.source(TINY).parent / "numbers.txt").unlink()
    shutil.rmtree(room.root / "submitted" / "s0003")
    process = drill.start(room, tmp_path / "scratch", "--dask", cluster.address)
    assert process.stdout is not None
    done = [process.stdout.readline() for _ in range(3)]
    process.send_signal(signal.SIGINT)
    more, words = drill.rest_of(process, 60)
    assert process.returncode == 130, words
    count = len(done) + more.count("(graded)")
    assert words.strip() == f"autograder: stopped; {count} graded and saved. Run the same command again for the rest."
    assert count < 23
    assert drill.check_whole(room) == count
    with Client(cluster.address, set_as_default=False) as client:
        deadline = time.monotonic() + 20
        while any(client.processing().values()) and time.monotonic() < deadline:
            time.sleep(0.1)
        assert not any(client.processing().values())
    fresh: list[str] = []
    grade(
        room, TINY, engine="fast", cluster=Cluster(cluster.address),
        progress=lambda record, new: fresh.extend([record.student] * new),
    )  # fmt: skip
    assert len(fresh) == 23 - count


def test_a_fault_on_a_worker_is_the_graders_and_is_noted(
    lesson: Lesson, submission: Submission, cluster: Loopback, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack = runner.pack_job
    monkeypatch.setattr(runner, "pack_job", lambda job, lesson, digest, *rest: pack(job, lesson, "0" * 64, *rest))
    with on(cluster, lesson) as running:
        (result,) = running.run([submission()])
    assert {verdict.status for verdict in result.verdicts.values()} == {"grader_error"}
    assert any(note.startswith("Grader error: on a Dask worker: ValueError: the lesson") for note in result.notes)
    assert set(result.verdicts) == {"double", "mean", "quadruple"}


# What is refused, in a sentence


def refused(collected: Classroom, cluster: Cluster, **options: Any) -> str:
    """What is said when a run on a cluster is refused; nothing may have been graded."""
    with pytest.raises(AutograderError) as caught:
        grade(collected, TINY, engine="fast", cluster=cluster, **options)
    assert not list((collected.root / "autograded").iterdir())
    text = str(caught.value)
    assert "\n" not in text
    return text


def test_a_worker_with_another_grader_is_refused(
    collected: Classroom, cluster: Loopback, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runner, "grader_version", lambda: "another")
    told = refused(collected, Cluster(cluster.address))
    assert "its grader is not the same as here" in told
    assert "Dask worker tcp://127.0.0.1:" in told


def test_a_worker_with_another_python_is_refused(
    collected: Classroom, cluster: Loopback, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runner.platform, "python_version", lambda: "3.99.1")
    assert "this is Python 3.99.1" in refused(collected, Cluster(cluster.address))


def test_a_worker_without_the_sandbox_is_refused_by_name(
    collected: Classroom, lesson: Lesson, submission: Submission, scratch: Path
) -> None:
    (scratch / "unsafe.py").write_text(UNSAFE)
    with loopback(scratch / "dask", 1, ["--preload", str(scratch / "unsafe.py")]) as cluster:
        told = refused(collected, Cluster(cluster.address))
        assert "Dask worker tcp://127.0.0.1:" in told
        assert "lacks the sandbox layer seccomp" in told
        assert "--accept-risk seccomp" in told
        with on(cluster, lesson, accept_risk=frozenset({"seccomp"})) as running:
            assert [result.score for result in running.run([submission()])] == [6]


def test_a_worker_that_joins_later_is_asked_as_well(
    lesson: Lesson, submission: Submission, cluster: Loopback, monkeypatch: pytest.MonkeyPatch
) -> None:
    with on(cluster, lesson) as running:
        monkeypatch.setattr(runner, "grader_version", lambda: "another")
        with pytest.raises(
            AutograderError, match=r"Dask worker tcp://127\.0\.0\.1:\d+ on .* cannot grade: its grader is not"
        ):
            list(running.run([submission()]))


def test_a_cluster_without_a_worker(lesson: Lesson, scratch: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runner, "_FIRST_WORKER", 1.0)
    with (
        loopback(scratch / "dask", 0) as cluster,
        pytest.raises(AutograderError, match=f"{cluster.address} has no worker: start one with `dask worker"),
    ):
        on(cluster, lesson).__enter__()


def test_nobody_at_the_address(collected: Classroom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runner, "_CONNECT", 1.0)
    for address in ("tcp://127.0.0.1:1", "nonsense://x", "127.0.0.1:99999999"):
        assert f"no Dask scheduler to be reached at {address}" in refused(collected, Cluster(address))


def test_dask_is_not_installed(collected: Classroom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    told = refused(collected, Cluster("tcp://127.0.0.1:1"))
    assert "--dask needs the package distributed" in told
    assert "-m pip install -e '.[cluster]'" in told


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--dask", "tcp://x:1", "--jobs", "2"], "leave out --jobs"),
        (["--dask", "tcp://x:1", "--engine", "nbgrader"], "leave it out with --engine nbgrader"),
        (["--dask-tls-ca", "x"], "say with --dask where it is"),
    ],
)
def test_options_that_do_not_go_together(arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["grade", TINY, *arguments]) == 1
    assert told in capsys.readouterr().err


# TLS


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """An authority and a certificate that it signed, for cluster and client alike."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl, which makes the certificates, is not installed (apt install openssl)")
    folder = tmp_path_factory.mktemp("tls")
    files = {name: folder / f"{name}.pem" for name in ("ca", "ca-key", "cert", "key", "request")}
    new = ["req", "-newkey", "rsa:2048", "-nodes", "-sha256"]
    for arguments in (
        [*new, "-x509", "-days", "2", "-subj", "/CN=class", "-keyout", files["ca-key"], "-out", files["ca"]],
        [*new, "-subj", "/CN=worker", "-keyout", files["key"], "-out", files["request"]],
        ["x509", "-req", "-days", "2", "-CAcreateserial", "-in", files["request"], "-CA", files["ca"],
         "-CAkey", files["ca-key"], "-out", files["cert"]],
    ):  # fmt: skip
        subprocess.run(["openssl", *map(str, arguments)], check=True, capture_output=True)
    return files


def test_a_cluster_behind_tls(
    collected: Classroom, lesson: Lesson, submission: Submission, certificates: dict[str, Path], scratch: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    own = [f"--tls-{n}={certificates[f]}" for n, f in (("ca-file", "ca"), ("cert", "cert"), ("key", "key"))]
    with loopback(scratch / "dask", 1, own, own, protocol="tls") as cluster:
        files = (certificates["ca"], certificates["cert"], certificates["key"])
        secure = DaskRunner(Cluster(cluster.address, *files), Limits(), Policy(), lesson)
        with secure as running:
            assert [result.score for result in running.run([submission()])] == [6]
        monkeypatch.setattr(runner, "_CONNECT", 2.0)
        assert "no Dask scheduler to be reached" in refused(collected, Cluster(cluster.address))


def test_certificates_that_cannot_be_used(collected: Classroom, tmp_path: Path) -> None:
    there = tmp_path / "ca.pem"
    there.touch()
    assert "give all three" in refused(collected, Cluster("tls://x:1", tls_ca=there))
    gone = tmp_path / "gone.pem"
    assert f"--dask-tls-key: there is no file {gone}" in refused(collected, Cluster("tls://x:1", there, there, gone))
    assert "begins with tls://" in refused(collected, Cluster("tcp://x:1", there, there, there))


@pytest.mark.parametrize("end", ["gently", "by force"])
def test_the_engine_ends_with_its_worker(lesson: Lesson, submission: Submission, scratch: Path, end: str) -> None:
    with loopback(scratch / "dask", 1, ["--no-nanny"]) as cluster:
        with on(cluster, lesson) as running:
            list(running.run([submission()]))
        started = drill.left_running(cluster.folder)
        assert any(b"engine.zygote" in command_of(pid) for pid in started), "it is kept for the next run"
        if end == "by force":
            cluster.processes["w0"].kill()
    deadline = time.monotonic() + 10
    while (left := drill.left_running(cluster.folder)) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not left
    assert not [name for name in os.listdir(cluster.folder) if name.startswith(("grading-", "warm-"))]
