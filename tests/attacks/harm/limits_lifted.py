"""The limits themselves: raised, or put on others; priorities, timers, the choice of whom the kernel kills first."""

from tests.attacks.attack import Attack, Notebook

SOURCE = """
import os
import resource

for kind in (resource.RLIMIT_DATA, resource.RLIMIT_NOFILE, resource.RLIMIT_FSIZE, resource.RLIMIT_CPU,
             resource.RLIMIT_NPROC, resource.RLIMIT_AS, resource.RLIMIT_CORE):
    soft, hard = resource.getrlimit(kind)
    try:
        resource.setrlimit(kind, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        print("BREACH: a limit was lifted:", kind)
    except (OSError, ValueError):
        pass
    try:
        resource.prlimit(os.getppid(), kind, (1, 1))
        print("BREACH: a limit was put on the parent:", kind)
    except (OSError, ValueError):
        pass
for act in (
    lambda: os.nice(-5),
    lambda: os.setpriority(os.PRIO_PROCESS, os.getppid(), 19),
    lambda: os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(10)),
    lambda: open("/proc/self/oom_score_adj", "w").write("-1000"),
    lambda: os.setuid(0) or os.getuid() == 0 or 1 / 0,
    lambda: os.unshare(0x10000000),
):
    try:
        act()
        print("BREACH: a privilege was used")
    except (OSError, ZeroDivisionError, AttributeError):
        pass
"""


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.own(SOURCE, before="check-row-softmax")


ATTACK = Attack("limits are lifted, or put on the grader", build)
