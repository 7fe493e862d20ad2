"""Processes and all that they started are ended, also those that left their session and lost their parents."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

from autograder.sandbox import end_tree, sweep
from autograder.sandbox.ending import children, descendants, has_ended, stat_fields

ROOT = Path(__file__).resolve().parents[3]


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(") ", 1)[1][0] not in "ZX"
    except OSError:
        return False


def wait_for(condition, seconds: float = 20.0) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def run(script: str, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(script), *arguments], stdout=subprocess.PIPE, text=True, cwd=ROOT
    )


FAMILY = """
    import os, signal, time
    def child():
        signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))
        if os.fork() == 0:
            os.setsid()
            if os.fork() == 0:
                tell()
            tell()
        tell()
    def tell():
        os.write(1, f"{os.getpid()}\\n".encode())
        time.sleep(300)
    child()
"""


def test_a_tree_is_ended_with_its_grandchildren():
    process = run(FAMILY)
    assert process.stdout
    numbers = [int(process.stdout.readline()) for _ in range(3)]
    assert process.pid in numbers
    assert sorted(descendants(process.pid)) == sorted(set(numbers) - {process.pid})
    end_tree(process.pid)
    assert process.wait(10) == -signal.SIGKILL
    wait_for(lambda: not any(alive(number) for number in numbers))
    process.stdout.close()


def test_a_tree_that_keeps_forking_is_ended():
    bomb = """
        import os, sys, time
        print("up", flush=True)
        for _ in range(150):
            if os.fork() == 0:
                open(f"{sys.argv[1]}/{os.getpid()}", "w").close()
                time.sleep(300)
            time.sleep(0.002)
        time.sleep(300)
    """
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        process = run(bomb, folder)
        assert process.stdout
        process.stdout.readline()
        wait_for(lambda: len(os.listdir(folder)) > 20)
        end_tree(process.pid)
        process.wait(10)
        wait_for(lambda: not any(alive(int(name)) for name in os.listdir(folder)))
        started = len(os.listdir(folder))
        time.sleep(0.1)
        assert len(os.listdir(folder)) == started
        process.stdout.close()


def test_a_descriptor_cannot_mean_another_process():
    process = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(300)"])
    other = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(300)"])
    descriptor = os.pidfd_open(process.pid)
    assert not has_ended(descriptor)
    process.kill()
    process.wait()
    assert has_ended(descriptor)
    end_tree(other.pid, descriptor)  # as if the number had been given to another process since
    assert other.poll() is None
    other.kill()
    other.wait()
    os.close(descriptor)


def test_what_lost_its_parents_is_swept():
    script = """
        import os, sys, time
        from autograder import sandbox
        sandbox.adopt_orphans()
        kept = os.fork()
        if kept == 0:
            time.sleep(300)
        leaver = os.fork()
        if leaver == 0:
            if os.fork() == 0:
                os.setsid()
                if os.fork() == 0:
                    os.setsid()
                    os.write(1, f"{os.getpid()}\\n".encode())
                    time.sleep(300)
                os._exit(0)
            os._exit(0)
        os.waitpid(leaver, 0)
        os.write(1, f"kept {kept}\\n".encode())
        while True:
            try:
                os.waitpid(-1, 0)
            except ChildProcessError:
                break
    """
    process = run(script)
    assert process.stdout
    first, second = process.stdout.readline().split(), process.stdout.readline().split()
    kept, orphan = (int(first[1]), int(second[0])) if first[0] == "kept" else (int(second[1]), int(first[0]))
    wait_for(lambda: orphan in children(process.pid))
    assert sweep(process.pid, keep={kept}) == [orphan]
    assert not alive(orphan)
    assert alive(kept)
    assert sweep(process.pid, keep=set()) == [kept]
    assert process.wait(10) == 0
    process.stdout.close()


def test_a_process_may_call_itself_what_it_likes():
    code = "import sys, time, ctypes; ctypes.CDLL(None).prctl(15, b'\\xff) R 1'); print(flush=True); time.sleep(60)"
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as process:
        try:
            process.stdout.readline()
            assert stat_fields(process.pid)[1] == str(os.getpid())
            assert process.pid in descendants(os.getpid())
        finally:
            process.kill()


def test_a_process_that_has_gone_has_nobody():
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    assert children(process.pid) == descendants(process.pid) == []
    assert sweep(process.pid, keep=()) == []
    end_tree(process.pid)
