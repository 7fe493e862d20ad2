"""Limits that the kernel itself enforces."""

from __future__ import annotations

from autograder.sandbox.spec import GIB, Limits

_ADDRESS_SLACK = 8 * GIB  # C libraries reserve 128 MiB of addresses a thread without using them


def missing() -> str:
    """Why this layer cannot be had here, as the end of a sentence; empty if it can."""
    try:
        import resource  # noqa: F401
    except ImportError:
        return "this system has no resource limits"
    return ""


def apply(limits: Limits) -> None:
    """Set all limits, soft and hard, on this process. Memory counts from what the process has now. Raises OSError.

    RLIMIT_DATA bounds memory rather than RLIMIT_AS, because torch maps gigabytes of addresses that it never uses;
    RLIMIT_AS only stops shared mappings, which RLIMIT_DATA does not count, from growing without end.
    """
    import resource as r

    page = r.getpagesize()
    with open("/proc/self/statm") as file:
        words = file.read().split()
    addresses, data = int(words[0]) * page, int(words[5]) * page
    wanted = {
        r.RLIMIT_DATA: data + limits.memory_bytes,
        r.RLIMIT_AS: addresses + limits.memory_bytes + _ADDRESS_SLACK,
        r.RLIMIT_NPROC: limits.threads,
        r.RLIMIT_NOFILE: limits.open_files,
        r.RLIMIT_FSIZE: limits.file_bytes,
        # The watcher ends it at cpu_seconds and can say why; the kernel does so where the watcher is late.
        r.RLIMIT_CPU: limits.cpu_seconds + 1,
        # 1 and not 0: that alone also keeps a dump from the program named in /proc/sys/kernel/core_pattern.
        r.RLIMIT_CORE: 1,
        r.RLIMIT_MEMLOCK: 0,
        r.RLIMIT_SIGPENDING: 1024,
    }
    for kind, value in wanted.items():
        _, hard = r.getrlimit(kind)
        allowed = value if hard == r.RLIM_INFINITY else min(value, hard)
        r.setrlimit(kind, (allowed, allowed))
