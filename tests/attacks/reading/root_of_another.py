"""The file system is entered anew: chroot, mount, namespaces, other processes' roots."""

from tests.attacks.attack import Attack, Notebook

SOURCE = """
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
for flag in (0x10000000, 0x00020000, 0x20000000):
    if libc.unshare(flag) == 0:
        print("BREACH: unshare", hex(flag))
for kind, where in ((b"tmpfs", b"."), (b"proc", b".")):
    if libc.mount(b"none", where, kind, 0, None) == 0:
        print("BREACH: mount", kind)
try:
    os.mkdir("jail")
    os.chroot("jail")
    print("BREACH: chroot")
except OSError:
    pass
for name in ("mnt", "pid", "net", "user"):
    try:
        found = os.open(f"/proc/{os.getppid()}/ns/{name}", os.O_RDONLY)
        if libc.setns(found, 0) == 0:
            print("BREACH: setns", name)
    except OSError:
        pass
"""


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.own(SOURCE)


ATTACK = Attack(
    "chroot, mount, unshare and setns to reach the keys",
    build,
    stock="not tried: it would change this process's namespaces",
)
