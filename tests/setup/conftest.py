"""A course in miniature: the real setup/, hand-made wheels, a stand-in for JupyterLab; set up in seconds, offline."""

from __future__ import annotations

import base64
import hashlib
import os
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bootstrap.layout import Environment, Project

ROOT = Path(__file__).resolve().parents[2]

# Stands in for the build backend, so that the tiny project installs itself without setuptools.
BACKEND = """
import base64, hashlib, pathlib, zipfile

def build_editable(wheel_directory, config_settings=None, metadata_directory=None):
    name = "tiny_course-0.1-py3-none-any.whl"
    here = pathlib.Path(__file__).resolve().parent
    files = {
        "tiny_course.pth": f"{here}\\n",
        "tiny_course-0.1.dist-info/METADATA": "Metadata-Version: 2.1\\nName: tiny-course\\nVersion: 0.1\\n",
        "tiny_course-0.1.dist-info/WHEEL": "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n",
    }
    with zipfile.ZipFile(pathlib.Path(wheel_directory) / name, "w") as wheel:
        for path, text in files.items():
            wheel.writestr(path, text)
        wheel.writestr("tiny_course-0.1.dist-info/RECORD", "".join(f"{path},,\\n" for path in files))
    return name

def build_wheel(wheel_directory, config_settings=None, metadata_directory=None):
    return build_editable(wheel_directory)
"""

LAB = """
import http.server, sys
port = next(int(a.split("=")[1]) for a in sys.argv if a.startswith("--ServerApp.port="))

class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *arguments):
        pass

http.server.HTTPServer(("127.0.0.1", port), Handler).serve_forever()
"""

COURSE = """
import os, pathlib, sys
if sys.argv[1] == "prepare":
    folder = pathlib.Path("workspace")
    folder.mkdir(exist_ok=True)
    (folder / "START.md").write_text("# Start")
elif sys.argv[1] == "path":
    print(os.environ["PATH"].split(os.pathsep)[0])
else:
    sys.exit(7)
"""

RESOURCES = """
import os, sys
if os.environ.get("TINY_RESOURCES") == "bad":
    sys.exit("What your package index sent is not what this course was made with.")
print("bert: verified, here")
"""


def make_wheel(folder: Path, name: str, files: dict[str, str], version: str = "1.0") -> Path:
    """A wheel by hand."""
    folder.mkdir(parents=True, exist_ok=True)
    info = f"{name}-{version}.dist-info"
    content = {
        **files,
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    path = folder / f"{name}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as wheel:
        record = ""
        for member, text in content.items():
            wheel.writestr(member, text)
            digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()
            record += f"{member},sha256={digest},{len(text.encode())}\n"
        wheel.writestr(f"{info}/RECORD", record + f"{info}/RECORD,,\n")
    return path


@dataclass
class Started:
    """A `lab` that is running: its process and what it has printed so far."""

    process: subprocess.Popen[str]
    output: Path
    seconds: float

    @property
    def text(self) -> str:
        return self.output.read_text(encoding="utf-8")

    def stop(self) -> int:
        """Ctrl+C, as a terminal sends it: to the whole group."""
        os.killpg(self.process.pid, signal.SIGINT)
        return self.process.wait(timeout=20)


@dataclass
class Tiny:
    """The miniature course and how to run its setup/run.py."""

    root: Path
    wheels: Path
    variables: dict[str, str] = field(default_factory=dict)

    @property
    def project(self) -> Project:
        return Project(self.root)

    @property
    def environment(self) -> Environment:
        return Environment(self.root / ".venv")

    def run(self, *arguments: str, python: str = sys.executable, **variables: str) -> subprocess.CompletedProcess[str]:
        """Run a command to its end."""
        return subprocess.run(
            [python, str(self.root / "setup" / "run.py"), *arguments],
            env={**self.variables, **variables},
            cwd=self.root,
            capture_output=True,
            text=True,
            timeout=120,
        )

    def lab(self, *arguments: str, **variables: str) -> Started:
        """Start `lab` and wait until its server is ready."""
        output = self.root / "lab-output.txt"
        begun = time.monotonic()
        with output.open("w", encoding="utf-8") as file:
            process = subprocess.Popen(
                [sys.executable, str(self.root / "setup" / "run.py"), "lab", "--no-browser", *arguments],
                env={**self.variables, **variables},
                cwd=self.root,
                stdout=file,
                stderr=subprocess.STDOUT,
                text=True,
                start_new_session=True,
            )
        while "Stop it with" not in output.read_text(encoding="utf-8"):
            if process.poll() is not None or time.monotonic() - begun > 60:
                process.kill()
                raise AssertionError(output.read_text(encoding="utf-8"))
            time.sleep(0.02)
        return Started(process, output, time.monotonic() - begun)


# Installing pip takes most of the time that `python -m venv` needs: here it is linked from a copy.
QUICK_VENV = """
import pathlib, venv

def link_pip(self, context):
    site = pathlib.Path(context.env_dir, "lib", pathlib.Path(context.lib_path).parent.name, "site-packages")
    for path in pathlib.Path({template!r}).glob("pip*"):
        (site / path.name).symlink_to(path)

venv.EnvBuilder._setup_pip = link_pip
"""


@pytest.fixture(scope="session")
def quick_venv(tmp_path_factory: pytest.TempPathFactory) -> Path | None:
    """A folder for PYTHONPATH that makes `python -m venv` quick."""
    if os.name == "nt":
        return None
    folder = tmp_path_factory.mktemp("quick")
    subprocess.run([sys.executable, "-m", "venv", str(folder / "template")], check=True)
    site = next((folder / "template").glob("lib/*/site-packages"))
    patch = folder / "patch"
    patch.mkdir()
    text = QUICK_VENV.format(template=str(site)).replace(
        "pathlib.Path(context.lib_path).parent.name", repr(site.parent.name)
    )
    (patch / "sitecustomize.py").write_text(text)
    return patch


def make_tiny(root: Path, quick: Path | None) -> Tiny:
    """Lay out the miniature course."""
    wheels = root / "wheels"
    make_wheel(wheels, "torch", {"torch.py": "__version__ = '1.0'\n"})
    make_wheel(wheels, "jupyterlab", {"jupyterlab.py": LAB})
    make_wheel(wheels, "alpha", {"alpha.py": ""})
    make_wheel(wheels, "omega", {"omega.py": ""})
    course = root / "course"
    ignore = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "setup" / "bootstrap", course / "setup" / "bootstrap", ignore=ignore)
    shutil.copy(ROOT / "setup" / "run.py", course / "setup" / "run.py")
    for path, text in {
        "setup/requirements.lock": "torch==1.0\njupyterlab==1.0\nalpha==1.0 ; python_version >= '3.8'  # via tiny\n",
        "setup/requirements-test.lock": "omega==1.0\n",
        "tiny_backend.py": BACKEND,
        "pyproject.toml": '[build-system]\nrequires = []\nbuild-backend = "tiny_backend"\nbackend-path = ["."]\n',
        "course/__init__.py": "",
        "course/__main__.py": COURSE,
        "course/resources/__init__.py": "",
        "course/resources/__main__.py": RESOURCES,
    }.items():
        (course / path).parent.mkdir(parents=True, exist_ok=True)
        (course / path).write_text(text, encoding="utf-8")
    kept = ("PATH", "HOME", "SYSTEMROOT", "TMPDIR", "TEMP", "TMP", "LANG")
    variables = {name: os.environ[name] for name in kept if name in os.environ}
    variables |= {
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_NO_INDEX": "1",
        "PIP_FIND_LINKS": str(wheels),
        "PIP_RETRIES": "0",
        # nothing on this machine listens there: so the question for PyTorch's index is answered at once
        "HTTPS_PROXY": "http://127.0.0.1:9",
    }
    if quick:
        variables["PYTHONPATH"] = str(quick)
    return Tiny(course, wheels, variables)


@pytest.fixture
def tiny_course(tmp_path: Path, quick_venv: Path | None) -> Tiny:
    """A miniature course that nobody has set up yet."""
    return make_tiny(tmp_path, quick_venv)


@pytest.fixture(scope="module")
def ready_course(tmp_path_factory: pytest.TempPathFactory, quick_venv: Path | None) -> Tiny:
    """A miniature course that is set up; shared, so a test that changes it puts it back."""
    tiny = make_tiny(tmp_path_factory.mktemp("ready"), quick_venv)
    done = tiny.run("course", "prepare")
    assert done.returncode == 0, done.stdout + done.stderr
    return tiny


@pytest.fixture
def wheel() -> Callable[..., Path]:
    """Makes wheels."""
    return make_wheel
