"""The system calls that read another process's memory are tried on parent and ancestors."""

from tests.attacks.attack import Attack, Notebook

SOURCE = """
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)


class Part(ctypes.Structure):
    _fields_ = [("base", ctypes.c_void_p), ("length", ctypes.c_size_t)]


parent = os.getppid()
if parent > 1:
    room = ctypes.create_string_buffer(16)
    here = Part(ctypes.addressof(room), 16)
    there = Part(ctypes.addressof(room), 16)
    if libc.process_vm_readv(parent, ctypes.byref(here), 1, ctypes.byref(there), 1, 0) >= 0:
        print("BREACH: process_vm_readv")
    if libc.ptrace(16, parent, None, None) == 0:
        libc.ptrace(17, parent, None, None)
        print("BREACH: ptrace")
    handle = libc.syscall(434, parent, 0)
    if handle >= 0 and libc.syscall(438, handle, 3, 0) >= 0:
        print("BREACH: pidfd_getfd")
"""


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.own(SOURCE)


ATTACK = Attack(
    "ptrace, process_vm_readv and pidfd_getfd on the parent", build, stock="not tried: it would stop the grader"
)
