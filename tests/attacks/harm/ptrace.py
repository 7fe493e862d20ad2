"""The grader's process is attached to as a debugger would, and its memory written."""

from tests.attacks.attack import Attack, Notebook

SOURCE = """
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
parent = os.getppid()
data = ctypes.create_string_buffer(b"breach")


class Vector(ctypes.Structure):
    _fields_ = [("base", ctypes.c_void_p), ("length", ctypes.c_size_t)]


local = Vector(ctypes.addressof(data), 6)
remote = Vector(id(data), 6)
ATTACH, SEIZE, TRACEME = 16, 0x4206, 0
for what, call in (
    ("traced", lambda: libc.ptrace(TRACEME, 0, None, None)),
    ("attached", lambda: libc.ptrace(ATTACH, parent, None, None)),
    ("seized", lambda: libc.ptrace(SEIZE, parent, None, None)),
    ("wrote", lambda: libc.process_vm_writev(parent, ctypes.byref(local), 1, ctypes.byref(remote), 1, 0) - 6),
    ("took a descriptor", lambda: min(libc.syscall(438, libc.syscall(434, parent, 0), 3, 0), 0)),
):
    if call() == 0:
        print("BREACH:", what)
for name in ("mem", "environ", "oom_score_adj", "comm", "clear_refs", "coredump_filter"):
    try:
        with open(f"/proc/{parent}/{name}", "r+b", buffering=0):
            print("BREACH: opened", name)
    except OSError:
        pass
"""


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.own(SOURCE, before="check-row-softmax")


ATTACK = Attack("the parent is debugged and its memory written", build)
