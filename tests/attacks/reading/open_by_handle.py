"""A file is opened by its handle, which goes by no path at all."""

from tests.attacks.attack import Attack, Notebook

SOURCE = """
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)


class Handle(ctypes.Structure):
    _fields_ = [("size", ctypes.c_uint), ("kind", ctypes.c_int), ("data", ctypes.c_ubyte * 128)]


path = b"<KEYS>/fingerprint.json"
handle, mount = Handle(128, 0), ctypes.c_int()
if libc.name_to_handle_at(-100, path, ctypes.byref(handle), ctypes.byref(mount), 0) == 0:
    place = os.open(".", os.O_RDONLY)
    found = libc.open_by_handle_at(place, ctypes.byref(handle), 0)
    if found >= 0:
        print(os.read(found, 1 << 20))
how = (ctypes.c_uint64 * 3)(0, 0, 0)
found = libc.syscall(437, -100, path, ctypes.byref(how), ctypes.c_size_t(24))
if found >= 0:
    print(os.read(found, 1 << 20))
"""


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.own(SOURCE.replace("<KEYS>", str(notebook.paths.keys)))


ATTACK = Attack("open_by_handle_at, name_to_handle_at and openat2 on the keys", build)
