"""Processes that start processes, by every way there is."""

from tests.attacks.attack import Attack, Notebook

SOURCE = """
import ctypes
import multiprocessing
import os
import subprocess
import sys
import time

started = 0


def bomb():
    global started
    for _ in range(40):
        child = os.fork()
        if child == 0:
            time.sleep(3)
            os._exit(0)
        started += 1


def spawned():
    global started
    os.posix_spawn("/bin/sleep", ["sleep", "3"], {})
    started += 1


def executed():
    global started
    subprocess.Popen([sys.executable, "-c", "import time; time.sleep(3)"])
    started += 1


def shelled():
    global started
    started += os.system("true") == 0


def pooled():
    global started
    process = multiprocessing.get_context("spawn").Process(target=time.sleep, args=(3,))
    process.start()
    started += 1


def by_number():
    global started
    libc = ctypes.CDLL(None, use_errno=True)
    for number, arguments in ((57, ()), (58, ()), (56, (17, 0, 0, 0, 0))):
        child = libc.syscall(number, *arguments)
        if child == 0:
            os._exit(0)
        started += child > 0


for way in (bomb, spawned, executed, shelled, pooled, by_number):
    try:
        way()
    except (OSError, RuntimeError, ValueError):
        pass
if started:
    print("BREACH: processes started:", started)
"""


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.own(SOURCE, before="check-row-softmax")


ATTACK = Attack("a fork bomb, by fork, spawn, exec, the shell, and the bare system calls", build)
