"""Debian's packages for the tests: installed where that is ours to do."""

import os
import shutil
import subprocess
import sys


def may_install() -> bool:
    """Whether this is a Debian where we are root: only there is installing packages ours to do."""
    return sys.platform == "linux" and os.geteuid() == 0 and shutil.which("apt-get") is not None


def install(package: str) -> str:
    """Install a package; returns what apt-get said last if it failed, else nothing."""
    variables = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    said = ""
    for arguments in (["update"], ["install", "-y", "--no-install-recommends", package]):
        done = subprocess.run(
            ["apt-get", "-q", *arguments], env=variables, stdin=subprocess.DEVNULL, capture_output=True, text=True
        )
        if done.returncode:
            said = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
    return said
