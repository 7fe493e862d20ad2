"""A Chromium for the browser tests: found, or installed where that is ours to do."""

import os
import shutil
from pathlib import Path

from bootstrap import debian

CHROMIUM_VARIABLE = "CHROMIUM"
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
_PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)


def find() -> str | None:
    """Path of a Chromium on this machine (the one that the variable names first), or None."""
    named = os.environ.get(CHROMIUM_VARIABLE)
    if named:
        return named if Path(named).is_file() else None
    for name in _NAMES:
        found = shutil.which(name)
        if found:
            return found
    return next((place for place in _PLACES if Path(place).is_file()), None)


def ensure() -> tuple[str | None, str]:
    """Find a Chromium or install Debian's; returns its path (or None) and a sentence for people."""
    found = find()
    if found:
        return found, f"Browser tests use {found}."
    if not debian.may_install():
        return None, (
            "Browser tests are skipped: there is no Chromium or Chrome here, and installing one needs root on Debian "
            f"(sudo apt install chromium); or let {CHROMIUM_VARIABLE} name one."
        )
    print("Installing Debian's chromium for the browser tests.", flush=True)
    said = debian.install("chromium")
    found = find()
    if found:
        return found, f"Browser tests use {found}."
    return None, f"Browser tests are skipped: apt-get could not install chromium ({said or 'no reason given'})."
