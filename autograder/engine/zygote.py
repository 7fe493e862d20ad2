"""The warm process: imports once, forks for every submission, and holds nothing that a submission may not see.

Started by the supervisor with an empty environment; it never reads a key, a gradebook or a submission. It listens on
one socket, whose other end only the supervisor has, and does what it is told: import, fork. Run as
``python -m autograder.engine.zygote DESCRIPTOR``.
"""

from __future__ import annotations

import array
import contextlib
import gc
import json
import os
import selectors
import signal
import socket
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from autograder.engine import wire

MAX_ORDER = 1_000_000


class Zygote:
    """The loop: orders in, children out, and news of those that have ended."""

    def __init__(self, control: socket.socket, modules: list[str], refuse: list[str], orphaned: list[str]) -> None:
        from autograder.engine.integrity import snapshot
        from autograder.engine.pages import gather
        from autograder.engine.refusals import RefusalWatch
        from autograder.engine.shell import make_shell
        from autograder.engine.warm import warm
        from autograder.sandbox import adopt_orphans, enter_namespaces, prepare

        # Hardly anything of what is imported is ever garbage, and looking for it takes a tenth of that time.
        gc.disable()
        self._control = control
        self._orphaned = orphaned
        self._dismissed = False
        self._children: dict[int, int] = {}
        # The shell first: what draws pictures looks for one when it is imported.
        self._shell = make_shell()
        self._failed = warm(modules)
        # What is imported stays: IPython looks for garbage when it is reset, which takes long among so much.
        gc.freeze()
        _settle(self._shell, plots="matplotlib.pyplot" in modules)
        self._snapshot = snapshot(refuse)
        self._watch = RefusalWatch()
        prepare()
        enter_namespaces()
        adopt_orphans()
        sys.dont_write_bytecode = True
        gc.freeze()
        gc.enable()
        gather()

    def run(self) -> None:
        """Serve until the supervisor closes its end; then everything below this process ends, too."""
        from autograder.sandbox import remove_tree, sweep

        wake, woken = socket.socketpair()
        wake.setblocking(False)
        woken.setblocking(False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(wake.fileno(), warn_on_full_buffer=False)
        with selectors.DefaultSelector() as selector:
            selector.register(self._control, selectors.EVENT_READ)
            selector.register(woken, selectors.EVENT_READ)
            try:
                # The supervisor may have been killed while this was importing.
                threads = len(os.listdir("/proc/self/task"))
                self._tell({"ready": os.getpid(), "failed": self._failed, "threads": threads})
                while True:
                    for key, _ in selector.select():
                        if key.fileobj is woken:
                            woken.recv(4096)
                        else:
                            self._obey()
                    self._reap()
            except wire.Closed:
                pass
        sweep(os.getpid(), ())
        if not self._dismissed:
            # The supervisor was killed: nobody else is left to remove what it made.
            for folder in self._orphaned:
                with contextlib.suppress(OSError):
                    remove_tree(Path(folder))

    def _obey(self) -> None:
        """Take one order: the length and the descriptor come in one packet, the rest behind it."""
        try:
            data, ancillary, _, _ = self._control.recvmsg(MAX_ORDER, socket.CMSG_SPACE(4))
        except OSError as error:
            raise wire.Closed(str(error)) from None
        if not data:
            raise wire.Closed
        descriptors = array.array("i")
        for level, kind, payload in ancillary:
            if level == socket.SOL_SOCKET and kind == socket.SCM_RIGHTS:
                descriptors.frombytes(payload[: len(payload) - len(payload) % 4])
        order = json.loads(data)
        if order.get("dismissed"):
            self._dismissed = True
            return
        self._orphaned += order.get("orphaned", ())
        # What may be watched is remembered here, where no submission has run.
        self._snapshot.know(order.get("know", ()))
        if not descriptors:
            return
        connection = socket.socket(fileno=descriptors[0])
        self._fork(order, connection)
        connection.close()

    def _fork(self, order: Mapping[str, Any], connection: socket.socket) -> None:
        from autograder.engine.child import live

        sys.stdout.flush()
        sys.stderr.flush()
        try:
            pid = os.fork()
        except OSError as error:
            self._tell({"id": order["id"], "failed": f"{type(error).__name__}: {error}"})
            return
        if pid == 0:
            signal.set_wakeup_fd(-1)
            live(connection, self._shell, order, self._snapshot, self._watch)
        self._children[pid] = order["id"]
        self._tell({"id": order["id"], "pid": pid})

    def _reap(self) -> None:
        """Tell of children that have ended, and end what they left behind."""
        from autograder.sandbox import sweep

        ended = False
        while True:
            try:
                pid, status, usage = os.wait4(-1, os.WNOHANG)
            except ChildProcessError:
                break
            if pid == 0:
                break
            ended = True
            number = self._children.pop(pid, None)
            if number is not None:
                cpu = usage.ru_utime + usage.ru_stime
                code = os.waitstatus_to_exitcode(status)
                self._tell({"id": number, "ended": code, "cpu": cpu, "memory": usage.ru_maxrss * 1024})
        if ended:
            sweep(os.getpid(), self._children)

    def _tell(self, news: Mapping[str, Any]) -> None:
        try:
            self._control.send(json.dumps(news).encode())
        except OSError as error:
            raise wire.Closed(str(error)) from None


def _settle(shell: Any, *, plots: bool) -> None:
    """Run what a notebook's first cells would make the shell import."""
    from course import _answer_name_errors

    _answer_name_errors()
    cells = ["1 + 1", "import torch\ntorch.ones(2)", "1 / 0", "print('x')"]
    if plots:
        cells.append("import matplotlib.pyplot as plt\nplt.plot([1])\nplt.show()")
    for source in cells:
        shell.outputs.start()
        shell.run_cell(source, store_history=False)
    shell.outputs.start()
    shell.reset(new_session=True)
    shell.execution_count = 1


def main() -> None:
    """Become the warm process on the socket whose descriptor is named on the command line."""
    control = socket.socket(fileno=int(sys.argv[1]))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    order = json.loads(control.recv(MAX_ORDER))
    Zygote(control, order["modules"], order["refuse"], order["orphaned"]).run()
    # Nothing is left to be tidied up, and Python would take its time over all that was imported.
    os._exit(0)


if __name__ == "__main__":
    main()
