"""The memory of the process that started this one is read through /proc."""

from tests.attacks.attack import Attack, Notebook

SOURCE = """
import os

parent = os.getppid()
for name in ("mem", "environ", "maps", "auxv", "stack", "syscall"):
    try:
        with open(f"/proc/{parent}/{name}", "rb") as file:
            if name != "mem":
                file.read(1)
        print("BREACH: could open", name, "of the parent")
    except OSError:
        pass
try:
    for number in os.listdir(f"/proc/{parent}/fd"):
        os.readlink(f"/proc/{parent}/fd/{number}")
        print("BREACH: could follow a descriptor of the parent")
except OSError:
    pass
"""


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.own(SOURCE)


ATTACK = Attack(
    "the parent's memory, environment and descriptors in /proc", build, stock="not tried: nothing would keep it from it"
)
