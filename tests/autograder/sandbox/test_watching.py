"""The supervisor's side: what uses up too much is ended with SIGKILL, whatever it does, and the cause is known."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest

from autograder.sandbox import Limits, Watch, watch

MIB = 1024 * 1024


def test_wall_time_although_every_signal_is_ignored(sealed):
    def stay() -> None:
        import signal
        import time

        for number in range(1, 65):
            if number not in (signal.SIGKILL, signal.SIGSTOP, 32, 33):
                signal.signal(number, signal.SIG_IGN)
        signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))
        Path("ready").write_text("yes")
        while True:
            time.sleep(1000)

    begin = time.monotonic()
    outcome = sealed(stay, limits={"wall_seconds": 0.8})
    assert (outcome.cause, outcome.code) == ("wall", -signal.SIGKILL)
    assert time.monotonic() - begin < 20
    assert (outcome.folder / "work" / "ready").exists()


def test_wall_time_inside_c_code_that_never_returns(sealed):
    def stay() -> None:
        import re

        re.match(r"(a+)+$", "a" * 60 + "b")

    outcome = sealed(stay, limits={"wall_seconds": 0.8})
    assert (outcome.cause, outcome.code) == ("wall", -signal.SIGKILL)


def test_wall_time_although_it_has_stopped_itself(sealed):
    def stop() -> None:
        import signal

        signal.raise_signal(signal.SIGSTOP)

    outcome = sealed(stop, limits={"wall_seconds": 0.8})
    assert (outcome.cause, outcome.code) == ("wall", -signal.SIGKILL)


def test_disk_filled_by_many_files(sealed):
    def fill() -> None:
        number = 0
        while True:
            Path(f"part-{number}").write_bytes(b"x" * 1_000_000)
            number += 1

    outcome = sealed(fill, limits={"disk_bytes": 20 * MIB})
    assert (outcome.cause, outcome.code) == ("disk", -signal.SIGKILL)
    written = sum(place.stat().st_size for place in (outcome.folder / "work").iterdir())
    assert 15 * MIB < written < 500 * MIB


def test_inodes_used_up_by_empty_files(sealed):
    def fill() -> None:
        number = 0
        while True:
            os.close(os.open(f"empty-{number}", os.O_CREAT | os.O_WRONLY))
            number += 1

    outcome = sealed(fill, limits={"disk_files": 500})
    assert (outcome.cause, outcome.code) == ("files", -signal.SIGKILL)


def test_folders_deeper_than_any_path(sealed):
    def dig() -> None:
        while True:
            os.mkdir("deep" * 50)
            os.chdir("deep" * 50)

    outcome = sealed(dig)
    assert (outcome.cause, outcome.code) == ("files", -signal.SIGKILL)


def test_disk_filled_by_deleted_files_that_stay_open(sealed):
    def fill() -> None:
        import time

        held = [open(f"part-{number}", "wb", buffering=0) for number in range(100)]
        for number, file in enumerate(held):
            os.unlink(f"part-{number}")
            file.write(b"x" * 1_000_000)
        time.sleep(60)

    outcome = sealed(fill, limits={"disk_bytes": 20 * MIB})
    assert (outcome.cause, outcome.code) == ("disk", -signal.SIGKILL)
    assert not (outcome.folder / "work" / "part-0").exists()
    assert not [place for place in (outcome.folder / "work").iterdir() if place.stat().st_size]


def test_disk_filled_by_deleted_files_that_are_only_mapped(sealed):
    def fill() -> None:
        import mmap
        import time

        held = []
        for number in range(100):
            with open(f"part-{number}", "w+b") as file:
                file.truncate(1_000_000)
                held.append(mmap.mmap(file.fileno(), 1_000_000))
            os.unlink(f"part-{number}")
            held[-1][:] = b"x" * 1_000_000
        time.sleep(60)

    outcome = sealed(fill, limits={"disk_bytes": 20 * MIB})
    assert (outcome.cause, outcome.code) == ("disk", -signal.SIGKILL)


def test_memory_shared_between_mappings(sealed):
    def grow() -> None:
        import mmap
        import time

        held = []
        for _ in range(64):
            held.append(mmap.mmap(-1, 16 * 1024 * 1024))
            held[-1][:] = b"x" * len(held[-1])
        time.sleep(60)

    outcome = sealed(grow, limits={"memory_bytes": 200 * MIB})
    assert (outcome.cause, outcome.code) == ("memory", -signal.SIGKILL)
    assert outcome.peak > 200 * MIB


def test_threads_that_the_kernel_does_not_count(sealed):
    """The last wall: where the process has no user of its own, the kernel's limit on threads counts others too."""

    def start() -> None:
        import threading
        import time

        for _ in range(100):
            threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
        time.sleep(60)

    no_limit = "from autograder.sandbox import rlimits\nrlimits.apply = lambda limits: None"
    outcome = sealed(start, limits={"threads": 30}, before=no_limit)
    assert (outcome.cause, outcome.code) == ("threads", -signal.SIGKILL)


def test_honest_use_is_left_alone(sealed):
    def work() -> str:
        import tempfile
        import threading
        import time

        import numpy as np

        for number in range(20):
            Path(f"plot-{number}.png").write_bytes(b"x" * 10_000)
        threads = [threading.Thread(target=time.sleep, args=(0.2,)) for _ in range(8)]
        for thread in threads:
            thread.start()
        with tempfile.TemporaryFile() as file, open("sparse", "wb") as sparse:
            file.write(b"x" * 1_000_000)
            sparse.truncate(30_000_000)  # a hole takes no disk
            held = np.ones(5_000_000)
            time.sleep(0.3)
        return f"{held.sum():.0f}"

    outcome = sealed(work, limits={"disk_bytes": 20 * MIB, "disk_files": 60, "memory_bytes": 300 * MIB})
    assert (outcome.value, outcome.cause, outcome.code) == ("5000000", "", 0)


@pytest.fixture
def sleeper(tmp_path):
    process = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    yield process
    process.kill()
    process.wait()


def test_a_watch_tells_time_and_ends_when_it_is_left(sleeper, tmp_path):
    now = [100.0]
    with Watch(sleeper.pid, tmp_path, Limits(wall_seconds=10), clock=lambda: now[0]) as watching:
        assert watching.look() == ""
        now[0] = 105.0
        watching.restart()
        now[0] = 114.0
        assert watching.seconds_left == 1.0
        assert not watching.ended
        now[0] = 116.0
        assert watching.seconds_left == 0.0
        assert watching.look() == "wall"
        assert sleeper.wait(10) == -signal.SIGKILL
        assert watching.ended
        assert watching.look() == "wall"
    watching.close()  # twice does no harm


def test_leaving_a_watch_ends_the_process(sleeper, tmp_path):
    with watch(sleeper.pid, tmp_path, Limits()):
        pass
    assert sleeper.wait(10) == -signal.SIGKILL


def test_the_first_cause_stays(sleeper, tmp_path):
    with watch(sleeper.pid, tmp_path, Limits()) as watching:
        watching.end("forged")
        watching.end("wall")
        assert watching.cause == "forged"


def test_a_process_that_ended_by_itself_has_no_cause(sealed):
    def nothing() -> None:
        pass

    assert sealed(nothing, limits={"wall_seconds": 30.0}).cause == ""


def test_a_process_that_has_gone_cannot_be_watched(tmp_path):
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    with pytest.raises(ProcessLookupError):
        watch(process.pid, tmp_path, Limits())


def test_the_descriptor_becomes_readable_at_the_end(sleeper, tmp_path):
    import select

    with watch(sleeper.pid, tmp_path, Limits()) as watching:
        assert select.select([watching], [], [], 0) == ([], [], [])
        os.kill(sleeper.pid, signal.SIGKILL)
        assert select.select([watching], [], [], 10)[0] == [watching]


def test_counting_many_files_does_not_keep_the_supervisor_busy(sleeper, tmp_path):
    for number in range(4000):
        (tmp_path / str(number)).touch()
    with watch(sleeper.pid, tmp_path, Limits()) as watching:
        begin, busy, looks = time.monotonic(), time.thread_time(), 0
        while time.monotonic() < begin + 1:
            assert watching.look() == ""
            looks += 1
            time.sleep(0.005)
        share = (time.thread_time() - busy) / (time.monotonic() - begin)
    assert looks > 20
    assert share < 0.25
