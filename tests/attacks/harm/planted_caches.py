"""Caches that libraries trust and unpickle: matplotlib's fonts, torch's hub and kernels, the models of a hub."""

from tests.attacks.attack import Drill
from tests.attacks.harm._planted import problems_of
from tests.attacks.harness import Arena

PLACES = """
import getpass
import os
import tempfile
from pathlib import Path

import matplotlib

try:
    user = getpass.getuser()
except Exception:
    user = "root"
homes = {Path(os.environ["HOME"]), Path.home(), Path(os.path.expanduser("~root")), Path(ROOT) / "home"}
temporary = {Path(tempfile.gettempdir()), Path("/tmp"), Path("/var/tmp"), Path("/dev/shm"), Path(ROOT) / "tmp"}
files = [Path(matplotlib.get_cachedir()) / "fontlist-breach.json", Path(matplotlib.get_configdir()) / "matplotlibrc"]
files += [home / ".config" / "matplotlib" / "matplotlibrc" for home in homes]
files += [home / ".cache" / "torch" / "hub" / "hubconf.py" for home in homes]
files += [home / ".cache" / "huggingface" / "hub" / "breach.bin" for home in homes]
files += [place / f"torchinductor_{user}" / "breach.py" for place in temporary]
files += [place / "breach-cache.pkl" for place in temporary]
import course.resources

files += [Path(folder) / "breach.safetensors" for folder in course.resources.__path__] if hasattr(
    course.resources, "__path__") else []
mark = "planted" + "-by-mallory"
"""
PLANT = """
for path in files:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(mark)
    except OSError:
        pass
matplotlib.rcParams["figure.dpi"] = 7
"""
LOOK = """
for path in files:
    try:
        if mark in path.read_text(errors="replace"):
            print("BREACH: there is still", path)
    except OSError:
        pass
if matplotlib.rcParams["figure.dpi"] == 7:
    print("BREACH: settings were kept")
"""


def run(arena: Arena) -> list[str]:
    """Plant, and look."""
    places = f"ROOT = {str(arena.paths.root)!r}\n" + PLACES
    return problems_of(arena, places + PLANT, places + LOOK)


DRILL = Drill("caches of libraries are poisoned for the next student", run, "nothing is there for the next")
