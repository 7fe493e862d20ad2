"""The system calls that a sealed process has: no network, no process, no hand on others; threads and honest calls."""

from __future__ import annotations

import os
import platform
import socket
import struct
from pathlib import Path

import pytest

from autograder.sandbox import calls

only_x86 = pytest.mark.skipif(platform.machine() != "x86_64", reason="numbers of x86-64")


def test_no_socket_of_any_kind(sealed):
    listener = socket.create_server(("127.0.0.1", 0))
    path = str(sealed.base / "listening")
    unix = socket.socket(socket.AF_UNIX)
    unix.bind(path)
    unix.listen()

    def connect(port: int, path: str) -> dict:
        import socket
        import urllib.error
        import urllib.request

        def fetch() -> None:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}", timeout=2)
            except urllib.error.URLError as error:
                raise error.reason from None

        def through_unix() -> None:
            socket.socket(socket.AF_UNIX).connect(path)

        kinds = {
            "tcp": (socket.AF_INET, socket.SOCK_STREAM),
            "udp": (socket.AF_INET, socket.SOCK_DGRAM),
            "tcp6": (socket.AF_INET6, socket.SOCK_STREAM),
            "unix": (socket.AF_UNIX, socket.SOCK_STREAM),
            "unix datagram": (socket.AF_UNIX, socket.SOCK_DGRAM),
            "raw": (socket.AF_INET, socket.SOCK_RAW),
            "packet": (socket.AF_PACKET, socket.SOCK_RAW),
            "netlink": (socket.AF_NETLINK, socket.SOCK_RAW),
            "vsock": (socket.AF_VSOCK, socket.SOCK_STREAM),
            "kernel crypto": (socket.AF_ALG, socket.SOCK_SEQPACKET),
        }
        found = {name: errno_of(socket.socket, *kind) for name, kind in kinds.items()}
        found["create_connection"] = errno_of(socket.create_connection, ("127.0.0.1", port), 2)
        found["server"] = errno_of(socket.create_server, ("127.0.0.1", 0))
        found["unix path"] = errno_of(through_unix)
        found["urllib"] = errno_of(fetch)
        found["pair of another family"] = errno_of(socket.socketpair, socket.AF_INET)
        return found

    with listener, unix:
        outcome = sealed(connect, port=listener.getsockname()[1], path=path)
        listener.setblocking(False)
        with pytest.raises(BlockingIOError):
            listener.accept()
    assert set(outcome.value.values()) == {"EPERM"}, outcome.value


def test_a_socket_pair_reaches_its_twin_and_nobody_else(sealed):
    path = str(sealed.base / "mailbox")
    mailbox = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    mailbox.bind(path)
    abstract = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    abstract.bind("\0sandbox-test-mailbox")

    def send(path: str) -> dict:
        import array
        import socket

        left, right = socket.socketpair()
        left.sendall(b"hello")
        one, _ = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
        null = os.open("/dev/null", os.O_RDONLY)
        descriptors = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [null]))]
        return {
            "twin": right.recv(5).decode(),
            "address": errno_of(one.sendto, b"x", path),
            "abstract": errno_of(one.sendto, b"x", "\0sandbox-test-mailbox"),
            "message": errno_of(one.sendmsg, [b"x"], [], 0, path),
            "descriptor": errno_of(left.sendmsg, [b"x"], descriptors),
            "connect": errno_of(one.connect, path),
            "bind": errno_of(one.bind, "here"),
        }

    with mailbox, abstract:
        outcome = sealed(send, path=path)
        for box in (mailbox, abstract):
            box.setblocking(False)
            with pytest.raises(BlockingIOError):
                box.recv(1)
    assert outcome.value.pop("twin") == "hello"
    assert set(outcome.value.values()) == {"EPERM"}


def test_no_process_can_be_started(sealed):
    def start() -> dict:
        import ctypes
        import multiprocessing
        import signal
        import subprocess

        def spawn() -> None:
            os.posix_spawn("/bin/true", ["true"], {})

        def pool() -> None:
            with multiprocessing.Pool(1):
                pass

        found = {
            "fork": errno_of(os.fork),
            "forkpty": errno_of(os.forkpty),
            "subprocess": errno_of(subprocess.run, ["/bin/true"], check=False),
            "shell": errno_of(subprocess.run, "true", shell=True, check=False),
            "spawn": errno_of(spawn),
            "exec": errno_of(os.execv, "/bin/true", ["true"]),
            "loader": errno_of(os.execv, "/lib64/ld-linux-x86-64.so.2", ["ld", "/bin/true"]),
            "pool": errno_of(pool),
        }
        # Straight to the kernel: fork by clone, with and without the flags that would make it look like a thread.
        library = ctypes.CDLL(None, use_errno=True)
        numbers = {"x86_64": (56, 435), "aarch64": (220, 435)}[os.uname().machine]
        for name, flags in {"clone": signal.SIGCHLD, "vfork": 0x4000 | 0x100, "namespace": 0x10000000}.items():
            found[name] = call_kernel(numbers[0], flags, 0, 0, 0, 0)
        found["thread in a namespace"] = call_kernel(numbers[0], 0x10000 | 0x10000000, 0, 0, 0, 0)
        found["clone3"] = call_kernel(numbers[1], 0, 0)
        found["system"] = str(library.system(b"exit 3"))
        return found

    outcome = sealed(start)
    found = outcome.value
    assert found.pop("clone3") == "ENOSYS"
    assert found.pop("thread in a namespace") in {"EPERM", "ENOSYS"}
    assert found.pop("pool") in {"EPERM", "EACCES"}  # its lock would lie in /dev/shm, which is closed
    assert found.pop("forkpty") in {"EPERM", "EACCES"}  # its terminal is in /dev
    assert found.pop("system") not in {"0", str(3 << 8)}
    assert set(found.values()) == {"EPERM"}, found
    assert outcome.code == 0


def test_no_other_process_can_be_touched(sealed):
    def touch() -> dict:
        import ctypes
        import fcntl
        import resource
        import signal
        import socket

        parent = os.getppid()
        left, _ = socket.socketpair()
        library = ctypes.CDLL(None, use_errno=True)
        library.ptrace.restype = ctypes.c_long
        numbers = {"x86_64": (310, 311, 434, 312), "aarch64": (270, 271, 434, 272)}[os.uname().machine]

        def trace(request: int) -> None:
            if library.ptrace(request, parent, None, None) == -1:
                raise OSError(ctypes.get_errno(), "ptrace")

        found = {f"kill {number}": errno_of(os.kill, parent, number) for number in (0, 9, 15, 19)}
        found |= {
            "kill all": errno_of(os.kill, -1, 9),
            "kill the group of the parent": errno_of(os.killpg, os.getpgid(parent), 9),
            "kill own group": errno_of(os.kill, 0, 15),
            "ptrace attach": errno_of(trace, 16),
            "ptrace seize": errno_of(trace, 0x4206),
            "read memory": call_kernel(numbers[0], parent, 0, 0, 0, 0, 0),
            "write memory": call_kernel(numbers[1], parent, 0, 0, 0, 0, 0),
            "open pidfd": call_kernel(numbers[2], parent, 0),
            "compare": call_kernel(numbers[3], os.getpid(), parent, 0, 0, 0),
            "signal on a socket": errno_of(fcntl.fcntl, left, fcntl.F_SETOWN, parent),
            "which signal": errno_of(fcntl.fcntl, left, fcntl.F_SETSIG, signal.SIGKILL),
            "limits": errno_of(resource.prlimit, parent, resource.RLIMIT_CPU, (1, 1)),
            "priority": errno_of(os.setpriority, os.PRIO_PROCESS, parent, 19),
            "priority of the user": errno_of(os.setpriority, os.PRIO_USER, 0, 19),
            "processors": errno_of(os.sched_setaffinity, parent, {0}),
            "scheduler": errno_of(os.sched_setscheduler, parent, os.SCHED_IDLE, os.sched_param(0)),
            "group": errno_of(os.setpgid, 0, 0),
            "session": errno_of(os.setsid),
        }
        return found

    outcome = sealed(touch)
    assert set(outcome.value.values()) <= {"EPERM", "ENOSYS", "EACCES"}, outcome.value
    assert outcome.value["kill 9"] == "EPERM"
    assert os.sched_getaffinity(sealed.process.pid) == os.sched_getaffinity(0)
    assert sealed.process.poll() is None


@only_x86
def test_dangerous_calls_are_refused_by_number(sealed):
    numbers = {
        "mount": 165, "umount": 166, "pivot_root": 155, "chroot": 161, "unshare": 272, "setns": 308, "bpf": 321,
        "io_uring_setup": 425, "io_uring_enter": 426, "perf_event_open": 298, "userfaultfd": 323, "keyctl": 250,
        "add_key": 248, "memfd_create": 319, "shmget": 29, "msgget": 68, "semget": 64, "mq_open": 240,
        "personality": 135, "init_module": 175, "kexec_load": 246, "reboot": 169, "swapon": 167, "settimeofday": 164,
        "sethostname": 170, "iopl": 172, "inotify_init1": 294, "fanotify_init": 300, "open_by_handle_at": 304,
        "landlock_restrict_self": 446, "seccomp": 317, "setfsuid": 122, "setuid": 105, "capset": 126, "vmsplice": 278,
        "fsopen": 430, "move_mount": 429, "quotactl": 179, "truncate": 76, "tkill": 200, "modify_ldt": 154,
    }  # fmt: skip

    def call(numbers: dict) -> dict:
        return {name: call_kernel(number, 0, 0, 0, 0, 0, 0) for name, number in numbers.items()}

    outcome = sealed(call, numbers=numbers)
    assert set(outcome.value.values()) == {"EPERM"}, outcome.value


@only_x86
def test_a_call_that_no_list_knows_is_unknown(sealed):
    def call() -> str:
        return call_kernel(600, 0)

    assert sealed(call).value == "ENOSYS"


@only_x86
def test_calls_by_32_bit_numbers_end_the_process(sealed):
    def sneak() -> int:
        import ctypes
        import mmap

        code = b"\x53\xb8\x14\x00\x00\x00\xcd\x80\x5b\xc3"  # push rbx; mov eax, 20; int 0x80 (getpid); pop rbx; ret
        page = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
        page.write(code)
        address = ctypes.addressof(ctypes.c_char.from_buffer(page))
        return ctypes.CFUNCTYPE(ctypes.c_int)(address)()

    outcome = sealed(sneak)
    assert outcome.value is None
    assert outcome.code == -31  # SIGSYS


@only_x86
def test_calls_by_x32_numbers_end_the_process(sealed):
    def sneak() -> str:
        return call_kernel(0x40000000 + 57)  # fork

    assert sealed(sneak).code == -31


def test_what_was_set_cannot_be_undone(sealed):
    def undo() -> dict:
        import ctypes

        library = ctypes.CDLL(None, use_errno=True)
        found = {}
        options = {"parent's death": 1, "dumpable": 4, "keep caps": 8, "secure bits": 28, "subreaper": 36}
        for name, option in options.items():
            found[name] = library.prctl(option, *[ctypes.c_ulong(word) for word in (0, 0, 0, 0)])
        found["no_new_privs"] = library.prctl(39, 0, 0, 0, 0)
        found["name"] = library.prctl(15, b"honest", 0, 0, 0)
        return found

    outcome = sealed(undo)
    assert outcome.value.pop("no_new_privs") == 1
    assert outcome.value.pop("name") == 0
    assert set(outcome.value.values()) == {-1}


def test_it_may_signal_and_limit_itself(sealed):
    def use() -> list:
        import resource
        import signal

        seen = []
        signal.signal(signal.SIGUSR1, lambda number, frame: seen.append(number))
        signal.raise_signal(signal.SIGUSR1)
        os.kill(os.getpid(), signal.SIGUSR1)
        signal.setitimer(signal.ITIMER_REAL, 0.01)
        signal.signal(signal.SIGALRM, lambda number, frame: seen.append(number))
        signal.sigtimedwait([signal.SIGUSR2], 0.2)
        resource.setrlimit(resource.RLIMIT_NOFILE, (32, 32))
        raised = ""
        try:
            resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
        except (ValueError, OSError):
            raised = "no"
        os.sched_setaffinity(0, os.sched_getaffinity(0))
        return [len(seen), raised, resource.getrlimit(resource.RLIMIT_NOFILE)]

    assert sealed(use).value == [3, "no", [32, 32]]


def test_the_program_names_the_process_it_is_for():
    program = calls.compile_program(own_files=True)
    own = calls.program_for(0x01020304, own_files=True)
    assert len(own) == len(program) > 0
    assert len(program) % 8 == 0
    places = [at for at in range(0, len(program), 8) if program[at : at + 8] != own[at : at + 8]]
    assert places  # one place may serve several calls
    for at in places:
        assert program[at : at + 4] == own[at : at + 4]
        assert struct.unpack("=I", own[at + 4 : at + 8]) == (0x01020304,)
    assert calls.compile_program(own_files=True) is program
    assert calls.compile_program(own_files=False) != program


def test_no_call_stands_on_two_lists():
    conditional = {"clone", "kill", "tgkill", "prlimit64", "sched_setaffinity", "socketpair", "sendto", "prctl"}
    conditional |= {"fcntl", "ioctl"}
    lists = [*calls.FREE, *calls.REFUSED, *calls.CHANGE_MODE, *calls.CHANGE_TIMES, *calls.SYNC, *conditional]
    assert len(lists) == len(set(lists))


def test_every_name_is_known_to_libseccomp_or_to_another_processor():
    import pyseccomp

    unknown = -1  # of a name that exists on no processor; calls of other processors have other negative numbers
    known_to_newer = {"mseal", "map_shadow_stack", "futex_waitv", "quotactl_fd", "memfd_secret", "process_mrelease",
                      "fchmodat2", "mount_setattr", "landlock_create_ruleset", "landlock_add_rule",
                      "landlock_restrict_self", "epoll_pwait2"}  # fmt: skip
    names = {*calls.FREE, *calls.REFUSED, *calls.CHANGE_MODE, *calls.CHANGE_TIMES, *calls.SYNC} - known_to_newer
    assert not [name for name in names if pyseccomp.resolve_syscall(pyseccomp.Arch.NATIVE, name) == unknown]


def test_what_is_missing_is_said(monkeypatch):
    assert calls.missing() == ""
    monkeypatch.setattr(platform, "machine", lambda: "vax")
    assert "vax" in calls.missing()
    monkeypatch.undo()
    monkeypatch.setitem(__import__("sys").modules, "pyseccomp", None)
    assert "pyseccomp is not installed" in calls.missing()


def test_libseccomp_missing_is_said(monkeypatch):
    import ctypes.util
    import sys

    monkeypatch.delitem(sys.modules, "pyseccomp", raising=False)
    monkeypatch.setattr(ctypes.util, "find_library", lambda name: None if name == "seccomp" else "libc.so.6")
    assert "apt install libseccomp2" in calls.missing()
    monkeypatch.undo()
    sys.modules.pop("pyseccomp", None)
    assert calls.missing() == ""
    assert Path("/proc/self").exists()
