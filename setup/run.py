"""One command for everything: python3 setup/run.py {lab,test,doctor,resources,course,autograder} (--help tells more).

This file stays readable for a Python that is too old for the course, so that such a Python can say so in one sentence.
The work is done by the package beside it, bootstrap, which needs nothing but the standard library.
"""

from __future__ import print_function

import os
import sys

NEEDED = (3, 11)


def newer_python():
    """A Python on PATH that is new enough, or None."""
    for minor in (11, 12, 13, 14):  # the tested one first
        for folder in os.environ.get("PATH", "").split(os.pathsep):
            for ending in ("", ".exe"):
                name = "python3.%d" % minor
                if os.path.isfile(os.path.join(folder, name + ending)):
                    return name
    return None


def refuse_old_python():
    """End with one sentence if this Python is too old."""
    if sys.version_info >= NEEDED:
        return
    other = newer_python()
    if other:
        remedy = "this computer has one, so run: %s setup/run.py %s" % (other, " ".join(sys.argv[1:]))
    else:
        remedy = "install one from https://www.python.org/downloads/ and run this command with it"
    found = ".".join(str(part) for part in sys.version_info[:3])
    sys.stderr.write("The course needs Python 3.11 or newer and this is Python %s: %s\n" % (found, remedy))
    sys.exit(1)


if __name__ == "__main__":
    refuse_old_python()
    sys.dont_write_bytecode = True
    from bootstrap.cli import main

    sys.exit(main(sys.argv[1:]))
