"""Files that IPython, Jupyter and Python run whenever they start, for whoever is next."""

from tests.attacks.attack import Drill
from tests.attacks.harm._planted import problems_of
from tests.attacks.harness import Arena

PLACES = """
import os
import sys
from pathlib import Path

from IPython.paths import get_ipython_dir

homes = {Path(os.environ["HOME"]), Path.home(), Path(os.path.expanduser("~root")), Path(ROOT) / "home"}
startup = [home / ".ipython" / "profile_default" / "startup" / "00-breach.py" for home in homes]
startup += [Path(get_ipython_dir()) / "profile_default" / "startup" / "00-breach.py"]
startup += [home / name for home in homes for name in (".pythonrc.py", ".bashrc", ".profile", ".jupyter/custom/x.js")]
startup += [home / ".ipython" / "profile_default" / "ipython_config.py" for home in homes]
startup += [home / ".ipython" / "profile_default" / "history.sqlite" for home in homes]
startup += [home / ".jupyter" / "jupyter_server_config.py" for home in homes]
startup += [Path(sys.prefix) / "etc" / "ipython" / "ipython_config.py", Path("/etc/ipython/ipython_config.py")]
startup += [Path(sys.prefix) / "share" / "jupyter" / "kernels" / "python3" / "kernel.json"]
mark = "planted" + "-by-mallory"
"""
PLANT = """
for path in startup:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("print('BREACH: started') #" + mark)
    except OSError:
        pass
try:
    get_ipython().run_line_magic("store", "startup")
except BaseException:
    pass
os.environ["PYTHONSTARTUP"] = str(startup[0])
"""
LOOK = """
for path in startup:
    try:
        if mark in path.read_text(errors="replace"):
            print("BREACH: there is still", path)
    except OSError:
        pass
if os.environ.get("PYTHONSTARTUP"):
    print("BREACH: the environment was kept")
"""


def run(arena: Arena) -> list[str]:
    """Plant, and look."""
    places = f"ROOT = {str(arena.paths.root)!r}\n" + PLACES
    return problems_of(arena, places + PLANT, places + LOOK)


DRILL = Drill("start-up files are planted for the next student", run, "nothing is there for the next")
