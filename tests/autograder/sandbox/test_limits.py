"""Limits that the kernel enforces in the sealed process itself: it gets an error, or its end."""

from __future__ import annotations

import os
import resource
import signal

import pytest

from autograder.sandbox import Limits, rlimits

MIB = 1024 * 1024


def test_memory_ends_in_a_memory_error(sealed):
    def grow() -> list:
        import torch

        held, first = [], ""
        try:
            while True:
                held.append(bytearray(16 * 1024 * 1024))
        except MemoryError:
            first = "MemoryError"
        size = len(held) * 16
        held.clear()
        try:
            torch.zeros(10**9)
        except RuntimeError as error:
            return [first, size, "memory" in str(error), int(torch.ones(3).sum())]
        return [first, size, False, 0]

    outcome = sealed(grow, limits={"memory_bytes": 256 * MIB})
    error, size, torch_too, alive = outcome.value
    assert error == "MemoryError"
    assert 160 <= size <= 256
    assert torch_too
    assert alive == 3
    assert outcome.cause == ""


def test_open_files(sealed):
    def open_many() -> list:
        held = []
        error = ""
        while len(held) < 1000 and not error:
            error = errno_of(lambda: held.append(open("/dev/null")))
        return [len(held), error]

    count, error = sealed(open_many, limits={"open_files": 64}).value
    assert error == "EMFILE"
    assert 40 < count < 64


def test_one_file_cannot_be_longer(sealed):
    def write() -> list:
        import signal

        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        with open("big", "wb", buffering=0) as file:
            error = ""
            while not error:
                error = errno_of(file.write, b"x" * 100_000)
        hole = errno_of(os.truncate, "big", 10**9)
        with open("other", "wb") as file:
            stretched = errno_of(os.ftruncate, file.fileno(), 10**9)
            reserved = errno_of(os.posix_fallocate, file.fileno(), 0, 10**9)
        return [error, os.path.getsize("big"), hole, stretched, reserved]

    outcome = sealed(write, limits={"file_bytes": MIB})
    assert outcome.value == ["EFBIG", MIB, "EPERM", "EFBIG", "EFBIG"]


def test_threads_are_bounded(sealed):
    def start() -> list:
        import threading

        stop = threading.Event()
        started = 0
        try:
            for _ in range(500):
                threading.Thread(target=stop.wait, daemon=True).start()
                started += 1
        except RuntimeError as error:
            return [started, str(error)]
        finally:
            stop.set()
        return [started, ""]

    outcome = sealed(start, limits={"threads": 20})
    started, error = outcome.value
    if outcome.layers[1].startswith("user (the grader's own)"):
        pytest.skip("an ordinary user's threads are counted with its other processes")
    assert "start new thread" in error
    assert 15 <= started <= 20


def test_processor_time_ends_it_for_certain(sealed):
    def spin() -> None:
        import signal
        import threading

        signal.signal(signal.SIGXCPU, signal.SIG_IGN)
        signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))

        def turn() -> None:
            while True:
                pass

        threading.Thread(target=turn).start()
        turn()

    outcome = sealed(spin, limits={"cpu_seconds": 1})
    assert outcome.code == -signal.SIGKILL
    assert outcome.cause == "cpu"
    assert outcome.processor < 2.5


def test_no_core_file_and_no_locked_memory(sealed):
    def crash() -> None:
        import ctypes

        ctypes.string_at(0)

    outcome = sealed(crash)
    assert outcome.code == -signal.SIGSEGV
    assert list((outcome.folder / "work").iterdir()) == []


def test_all_limits_are_set_hard(sealed):
    def read() -> dict:
        import resource

        names = ("DATA", "AS", "NPROC", "NOFILE", "FSIZE", "CPU", "CORE", "MEMLOCK")
        return {name: resource.getrlimit(getattr(resource, f"RLIMIT_{name}")) for name in names}

    limits = Limits(memory_bytes=300 * MIB, threads=9, open_files=77, file_bytes=5 * MIB, cpu_seconds=7)
    found = sealed(read, limits={name: getattr(limits, name) for name in Limits.__dataclass_fields__}).value
    assert all(soft == hard for soft, hard in found.values())
    assert {name: soft for name, (soft, _) in found.items() if name not in ("DATA", "AS")} == {
        "NPROC": 9, "NOFILE": 77, "FSIZE": 5 * MIB, "CPU": 8, "CORE": 1, "MEMLOCK": 0,
    }  # fmt: skip
    assert 300 * MIB < found["DATA"][0] < 2000 * MIB
    assert found["AS"][0] > found["DATA"][0]


def test_a_lower_limit_of_the_host_stays(monkeypatch):
    asked = {}
    monkeypatch.setattr(resource, "getrlimit", lambda kind: (10, 10))
    monkeypatch.setattr(resource, "setrlimit", lambda kind, pair: asked.update({kind: pair}))
    rlimits.apply(Limits())
    assert asked[resource.RLIMIT_NOFILE] == (10, 10)
    assert asked[resource.RLIMIT_CORE] == (1, 1)


def test_what_is_missing_is_said(monkeypatch):
    assert rlimits.missing() == ""
    monkeypatch.setitem(__import__("sys").modules, "resource", None)
    assert "no resource limits" in rlimits.missing()
    assert os.getpid()
