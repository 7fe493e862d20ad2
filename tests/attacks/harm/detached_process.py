"""A daemon: forked twice, in a session of its own, deaf to the end of its parent."""

from tests.attacks.attack import Attack, Notebook

SOURCE = """
import os
import signal
import subprocess
import sys
import time

signal.signal(signal.SIGHUP, signal.SIG_IGN)
try:
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            time.sleep(20)
        os._exit(0)
    print("BREACH: forked")
except OSError:
    pass
sleeper = [sys.executable, "-c", "import time; time.sleep(20)"]
for command in (["nohup", "sleep", "20"], ["setsid", "sleep", "20"], sleeper):
    try:
        subprocess.Popen(command, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        print("BREACH: started", command[0])
    except OSError:
        pass
"""


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.own(SOURCE, after="check-Scaler")


ATTACK = Attack("a daemon outlives the submission", build)
