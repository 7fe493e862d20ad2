"""System calls: a seccomp filter that lets through what computing needs and nothing else.

pyseccomp (libseccomp) writes the program, once, in the warm parent; a child only loads it. That takes microseconds,
where building it takes milliseconds. The one thing that differs from child to child is its own process number, which is
written into the finished program.

An allow-list, because a list of what is forbidden is out of date with the next kernel. What is not on it answers
ENOSYS, the answer that C libraries expect of a kernel that lacks a call, and for which they have another way; calls
that are known and refused answer EPERM.
"""

from __future__ import annotations

import ctypes
import errno
import platform
import struct
import tempfile
from typing import Any

from autograder.sandbox import linux

_OWN_PID = 0x5EA1ED5E  # stands for the child's own process number until the program is loaded


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


FREE = _words("""
    read write readv writev pread64 pwrite64 preadv pwritev preadv2 pwritev2 lseek close close_range
    open openat openat2 creat access faccessat faccessat2 stat fstat lstat newfstatat statx statfs fstatfs
    readlink readlinkat getdents getdents64 getcwd chdir fchdir mkdir mkdirat rmdir unlink unlinkat
    rename renameat renameat2 ftruncate fallocate fsync fdatasync sync_file_range fadvise64 readahead flock umask
    dup dup2 dup3 pipe pipe2 copy_file_range sendfile getxattr lgetxattr fgetxattr listxattr llistxattr flistxattr
    mmap munmap mprotect mremap madvise brk mincore msync mlock mlock2 munlock membarrier rseq map_shadow_stack
    get_mempolicy set_mempolicy mbind pkey_alloc pkey_free pkey_mprotect
    futex futex_waitv set_robust_list set_tid_address gettid getpid getppid exit exit_group restart_syscall
    sched_yield sched_getaffinity sched_getparam sched_getscheduler sched_get_priority_max sched_get_priority_min
    arch_prctl getcpu nanosleep clock_nanosleep clock_gettime clock_getres gettimeofday time times getrusage alarm
    setitimer getitimer timer_create timer_settime timer_gettime timer_getoverrun timer_delete
    timerfd_create timerfd_settime timerfd_gettime getrandom
    rt_sigaction rt_sigprocmask rt_sigreturn rt_sigpending rt_sigtimedwait rt_sigsuspend sigaltstack pause
    signalfd signalfd4 wait4 waitid
    getuid geteuid getgid getegid getresuid getresgid getgroups getpgrp getpgid getsid capget getpriority uname sysinfo
    getrlimit setrlimit poll ppoll select pselect6 epoll_create epoll_create1 epoll_ctl epoll_ctl_old epoll_wait
    epoll_wait_old epoll_pwait epoll_pwait2 eventfd eventfd2
    recvfrom shutdown getsockopt getsockname getpeername
""")
"""Calls that touch nothing but the process itself, or files, which Landlock guards."""

REFUSED = _words("""
    fork vfork execve execveat ptrace process_vm_readv process_vm_writev process_madvise process_mrelease kcmp
    tkill rt_sigqueueinfo rt_tgsigqueueinfo pidfd_open pidfd_getfd pidfd_send_signal get_robust_list move_pages
    migrate_pages setpriority ioprio_set sched_setparam sched_setscheduler sched_setattr setpgid setsid
    socket connect bind listen accept accept4 sendmsg sendmmsg recvmsg recvmmsg setsockopt
    setuid setgid setreuid setregid setresuid setresgid setgroups setfsuid setfsgid capset
    mount umount2 move_mount open_tree fsopen fsconfig fsmount fspick mount_setattr pivot_root chroot unshare setns
    bpf io_uring_setup io_uring_enter io_uring_register perf_event_open userfaultfd keyctl add_key request_key
    memfd_create memfd_secret shmget shmat shmctl shmdt semget semop semtimedop semctl msgget msgsnd msgrcv msgctl
    mq_open mq_unlink mq_timedsend mq_timedreceive mq_notify mq_getsetattr
    link linkat symlink symlinkat mknod mknodat truncate chown fchown lchown fchownat
    setxattr lsetxattr fsetxattr removexattr lremovexattr fremovexattr
    inotify_init inotify_init1 inotify_add_watch fanotify_init fanotify_mark name_to_handle_at open_by_handle_at
    init_module finit_module delete_module kexec_load kexec_file_load reboot swapon swapoff settimeofday
    clock_settime clock_adjtime adjtimex sethostname setdomainname quotactl quotactl_fd acct iopl ioperm modify_ldt
    syslog vhangup personality seccomp landlock_create_ruleset landlock_add_rule landlock_restrict_self
    vmsplice splice tee lookup_dcookie nfsservctl uselib ustat sysfs
""")
"""Calls refused with EPERM. ``sendmsg`` is among them because it hands descriptors and addresses on, which a plain
``send`` cannot; the memory and queue calls because what they allocate is counted by no limit."""

CHANGE_MODE = _words("chmod fchmod fchmodat fchmodat2")
CHANGE_TIMES = _words("utime utimes futimesat utimensat")
"""Calls that Landlock does not guard. A process with a user of its own may make them: it owns its own files only. One
that shares its user with the grader could reach the grader's files with them: there the first report success and do
nothing, because ``shutil.copy`` makes them and cannot do without; the second are refused, because ``Path.touch`` takes
success for a sign that the file is there."""

SYNC = _words("sync syncfs")
"""Calls that report success and do nothing: they would write out the whole machine's files."""

_PRCTL = (3, 15, 16, 23, 39, 0x53564D41)  # GET_DUMPABLE SET_NAME GET_NAME CAPBSET_READ GET_NO_NEW_PRIVS SET_VMA
# F_SETOWN and F_SETSIG are not here: with them the kernel itself would send a signal to another process.
_FCNTL = (0, 1, 2, 3, 4, 5, 6, 7, 9, 36, 37, 38, 1030, 1032)
_IOCTL = (0x5401, 0x5413, 0x541B, 0x5421, 0x5450, 0x5451)  # TCGETS TIOCGWINSZ FIONREAD FIONBIO FIONCLEX FIOCLEX
_AF_UNIX = 1

_programs: dict[bool, bytes] = {}


def missing() -> str:
    """Why this layer cannot be had here, as the end of a sentence; empty if it can."""

    action = ctypes.c_uint32(0x00050000)
    # SECCOMP_GET_ACTION_AVAIL = 2: asks whether a filter may answer with an error number.
    number = {"x86_64": 317, "aarch64": 277, "riscv64": 277}.get(platform.machine())
    if number is None:
        return f"its rules were never tried on the processor {platform.machine()}"
    if linux.libc().syscall(number, 2, 0, ctypes.byref(action)) != 0:
        return "this kernel was built without it, or a container around it forbids it"
    try:
        import pyseccomp  # noqa: F401
    except ImportError:
        return "the package pyseccomp is not installed (python3 setup/run.py brings it)"
    except RuntimeError:
        return "the library libseccomp is not installed (on Debian and Ubuntu: apt install libseccomp2)"
    return ""


def compile_program(*, own_files: bool) -> bytes:
    """The filter as an array of ``struct sock_filter``, made once a process.

    Args:
        own_files: the process will have a user of its own, so that it may change the modes of what that user owns.
    """
    if own_files not in _programs:
        _programs[own_files] = _compile(own_files)
    return _programs[own_files]


def _compile(own_files: bool) -> bytes:
    import pyseccomp as sc

    denied, nothing = sc.ERRNO(errno.EPERM), sc.ERRNO(0)
    rules = sc.SyscallFilter(sc.ERRNO(errno.ENOSYS))
    # Calls by another processor's numbers (32-bit code in a 64-bit process) would pass every rule below.
    rules.set_attr(sc.Attr.ACT_BADARCH, sc.KILL_PROCESS)

    def add(action: int, name: str, *arguments: Any) -> None:
        number = sc.resolve_syscall(sc.Arch.NATIVE, name)
        if number >= 0:  # negative: this processor, or this libseccomp, has no such call
            rules.add_rule(action, number, *arguments)

    for name in FREE:
        add(sc.ALLOW, name)
    for name in REFUSED:
        add(denied, name)
    for name in CHANGE_MODE:
        add(sc.ALLOW if own_files else nothing, name)
    for name in CHANGE_TIMES:
        add(sc.ALLOW if own_files else denied, name)
    for name in SYNC:
        add(nothing, name)

    # Threads, but no process and no namespace. clone3 hides its flags behind a pointer that a filter cannot follow;
    # ENOSYS, the default, makes the C library use clone instead.
    add(sc.ALLOW, "clone", sc.Arg(0, sc.MASKED_EQ, linux.CLONE_THREAD | linux.CLONE_NEW_ANY, linux.CLONE_THREAD))
    add(denied, "clone", sc.Arg(0, sc.MASKED_EQ, linux.CLONE_THREAD, 0))
    for name in ("kill", "tgkill"):
        add(sc.ALLOW, name, sc.Arg(0, sc.EQ, _OWN_PID))
        add(denied, name, sc.Arg(0, sc.NE, _OWN_PID))
    for name in ("prlimit64", "sched_setaffinity"):
        add(sc.ALLOW, name, sc.Arg(0, sc.EQ, 0))
        add(sc.ALLOW, name, sc.Arg(0, sc.EQ, _OWN_PID))
    # A datagram socket from socketpair() could be sent to any address; without an address it reaches its twin alone.
    add(sc.ALLOW, "socketpair", sc.Arg(0, sc.EQ, _AF_UNIX))
    add(denied, "socketpair", sc.Arg(0, sc.NE, _AF_UNIX))
    add(sc.ALLOW, "sendto", sc.Arg(4, sc.EQ, 0))
    add(denied, "sendto", sc.Arg(4, sc.NE, 0))
    for name, argument, values in (("prctl", 0, _PRCTL), ("fcntl", 1, _FCNTL), ("ioctl", 1, _IOCTL)):
        for value in values:
            add(sc.ALLOW, name, sc.Arg(argument, sc.EQ, value))
    with tempfile.TemporaryFile() as file:
        rules.export_bpf(file)
        file.seek(0)
        return file.read()


def program_for(pid: int, *, own_files: bool) -> bytes:
    """The filter for the process with this number."""
    return compile_program(own_files=own_files).replace(struct.pack("=I", _OWN_PID), struct.pack("=I", pid))


def apply(pid: int, *, own_files: bool) -> None:
    """Load the filter into the calling thread, which must be the only one and have ``no_new_privs``. Raises OSError."""
    linux.load_filter(program_for(pid, own_files=own_files))
