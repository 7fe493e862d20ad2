"""The list of processes tells who else is graded and how the grader was started."""

from tests.attacks.attack import Attack, Notebook

SOURCE = """
import os

try:
    others = [pid for pid in os.listdir("/proc") if pid.isdigit() and int(pid) != os.getpid()]
except OSError:
    others = []
for pid in [*others, "1", str(os.getppid())]:
    for name in ("cmdline", "cwd", "root", "exe", "status", "mountinfo"):
        try:
            if name in ("cwd", "root", "exe"):
                os.readlink(f"/proc/{pid}/{name}")
            else:
                open(f"/proc/{pid}/{name}", "rb").read(1)
            print("BREACH: can read", name, "of another process")
        except OSError:
            pass
"""


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.own(SOURCE)


ATTACK = Attack("/proc is searched for other processes", build)
