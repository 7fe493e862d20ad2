"""The course's Python environment: is it there and whole, and if not, make it.

A stamp in the environment says what was installed from which lock and whether that was finished. So a second start
needs only to read it, and a start that was cut short is recognised by the next one. What cannot be trusted is refused
in one sentence (a broken environment, one made by another Python or in another folder); only what we left half-made is
removed.
"""

import contextlib
import errno
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from bootstrap import torch_build
from bootstrap.console import Progress
from bootstrap.layout import Environment, Project, command_name
from bootstrap.lockfile import read_lock
from bootstrap.packages import Pip, full_disk
from bootstrap.stop import Stop

READY, MAKING = "ready", "making"
UPDATE_BYTES = 10**9


@dataclass(frozen=True)
class Stamp:
    """What the environment holds.

    Attributes:
        state: "ready", or "making" while the packages are being changed.
        python: version of the Python that made it.
        folder: where it was made; environments do not survive a move.
        root: the checkout whose packages it imports in place.
        lock: hash of the runtime lock it was made from.
        tests: hash of the lock of the test packages, or "" without them.
        project: hash of pyproject.toml at the last time the course itself was installed.
        torch: "cpu" or "gpu", as asked for.
        adopted: somebody else made it and we only install into it: it is never removed unasked.
    """

    state: str
    python: str
    folder: str
    root: str
    lock: str = ""
    tests: str = ""
    project: str = ""
    torch: str = "cpu"
    adopted: bool = False


@dataclass(frozen=True)
class Wish:
    """What a command asks of the environment.

    Attributes:
        tests: with what tests and the build of lessons need.
        torch: which build of torch, "cpu" or "gpu"; None: as it is, for the CPU in a new environment.
        rebuild: remove what is there first.
    """

    tests: bool = False
    torch: str | None = None
    rebuild: bool = False


def digest(path: Path) -> str:
    """A short hash of a file's text, the same whichever line ends git gave it."""
    return hashlib.sha256(path.read_bytes().replace(b"\r\n", b"\n")).hexdigest()[:16]


def read_stamp(environment: Environment) -> Stamp | None:
    """The stamp, or None where there is none that can be read."""
    try:
        return Stamp(**json.loads(environment.stamp.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def write_stamp(environment: Environment, stamp: Stamp) -> None:
    """Put the stamp in place in one step."""
    temporary = environment.stamp.with_suffix(".tmp")
    temporary.write_text(json.dumps(asdict(stamp), indent=1) + "\n", encoding="utf-8")
    os.replace(temporary, environment.stamp)


def python_version(environment: Environment) -> str | None:
    """Version of its Python, e.g. "3.11.7"; None if that does not start."""
    command = [str(environment.python), "-c", "import sys; print('%d.%d.%d' % sys.version_info[:3])"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, env=environment.variables())
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.strip() if done.returncode == 0 else None


def ensure(project: Project, wish: Wish, progress: Progress | None = None) -> Environment:
    """Have the environment as wished; quick when it already is.

    Raises:
        Stop: with one sentence. Nothing half-made is left that the next start would trust.
    """
    progress = progress or Progress()
    borrowed = conda_environment()
    if borrowed is not None:
        return _ensure_conda(project, borrowed, wish, progress)
    environment = project.environment
    if not _is_ready(project, environment, wish):
        with only_one(project):
            stamp = _trusted_stamp(project, environment, wish, progress)
            if stamp is None or _outdated(project, stamp, wish):
                _build(project, environment, stamp, wish, progress)
    return environment


def conda_environment() -> Environment | None:
    """The conda environment that runs this script, if it is one of environment.yml (it holds torch and JupyterLab)."""
    prefix = Path(sys.prefix)
    if not (prefix / "conda-meta").is_dir():
        return None
    site = Path(sys.modules["os"].__file__ or "").parent / "site-packages"
    holds = all(any(site.glob(f"{name}-*.dist-info")) for name in ("torch", "jupyterlab"))
    return Environment(prefix, conda=True) if holds else None


def _ensure_conda(project: Project, environment: Environment, wish: Wish, progress: Progress) -> Environment:
    if wish.rebuild or wish.torch:
        raise Stop(
            "This Python belongs to a conda environment, which conda makes anew: `conda env update -f environment.yml` "
            "(for another build of torch, edit that file first)."
        )
    if wish.tests and not _has_test_packages(project, environment):
        log = Path(tempfile.gettempdir()) / "llm-from-zero-setup.log"
        pins = read_lock(project.test_lock)
        Pip(environment, log, progress).install(
            ["--no-deps", "-r", str(project.test_lock)], len(pins), "packages for tests"
        )
    return environment


def _has_test_packages(project: Project, environment: Environment) -> bool:
    names = [pin.name for pin in read_lock(project.test_lock)]
    probe = (
        "import sys, importlib.metadata as m\n"
        "have = {d.metadata['Name'].lower().replace('_', '-') for d in m.distributions()}\n"
        "sys.exit(any(name not in have for name in sys.argv[1:]))"
    )
    return subprocess.run([str(environment.python), "-c", probe, *names], env=environment.variables()).returncode == 0


def _trusted_stamp(project: Project, environment: Environment, wish: Wish, progress: Progress) -> Stamp | None:
    """The stamp of an environment that can be used or brought up to date; None if it has to be made from nothing."""
    if not environment.folder.exists() and not environment.folder.is_symlink():
        return None
    stamp = read_stamp(environment)
    if wish.rebuild:
        if stamp is None and not (environment.folder / "pyvenv.cfg").is_file():
            raise Stop(f"{environment.folder} is no Python environment and is not removed: move it away, then retry.")
        progress.say(f"Removing {environment.folder} to make it anew.")
        remove(environment.folder)
        return None
    if stamp is not None and stamp.state != READY and not stamp.adopted:
        progress.say("The last set-up was cut short: making the environment anew.")
        remove(environment.folder)
        return None
    rebuild = f"run `{command_name()} lab --rebuild` to make it anew"
    version = python_version(environment)
    if version is None:
        raise Stop(f"The environment {environment.folder} is broken (its Python does not start): {rebuild}.")
    if tuple(int(part) for part in version.split(".")[:2]) < (3, 11):
        raise Stop(
            f"The environment {environment.folder} is from Python {version}, and the course needs 3.11 or "
            f"newer: {rebuild}."
        )
    if stamp is None or stamp.state != READY:
        progress.say(f"Using the environment {environment.folder} that was already here (Python {version}).")
        return Stamp(READY, version, str(environment.folder), str(project.root), adopted=True)
    if stamp.python.split(".")[:2] != version.split(".")[:2]:
        raise Stop(
            f"The environment {environment.folder} was made by Python {stamp.python} and now has Python {version}, "
            f"which cannot use its packages: {rebuild}."
        )
    if stamp.folder != str(environment.folder) or stamp.root != str(project.root):
        raise Stop(
            f"The environment {environment.folder} was made elsewhere ({stamp.folder}) and does not survive a "
            f"move: {rebuild}."
        )
    return stamp


def _is_ready(project: Project, environment: Environment, wish: Wish) -> bool:
    """The second start's question, answered without touching anything."""
    stamp = read_stamp(environment)
    return (
        stamp is not None
        and stamp.state == READY
        and not wish.rebuild
        and (stamp.folder, stamp.root) == (str(environment.folder), str(project.root))
        and not _outdated(project, stamp, wish)
        and (python_version(environment) or "").split(".")[:2] == stamp.python.split(".")[:2]
    )


def _outdated(project: Project, stamp: Stamp, wish: Wish) -> bool:
    return (
        stamp.lock != digest(project.lock)
        or stamp.project != digest(project.root / "pyproject.toml")
        or (wish.tests and stamp.tests != digest(project.test_lock))
        or (wish.torch is not None and wish.torch != stamp.torch)
    )


def _build(project: Project, environment: Environment, old: Stamp | None, wish: Wish, progress: Progress) -> None:
    kind = wish.torch or (old.torch if old else "cpu")
    build = torch_build.choose(kind)
    log = Path(tempfile.gettempdir()) / f"llm-from-zero-setup-{os.getpid()}.log"
    log.write_text("", encoding="utf-8")
    pip = Pip(environment, log, progress)
    try:
        check_room(environment.folder, UPDATE_BYTES if old and old.torch == kind else build.bytes_needed)
        if old is None:
            _create(environment, project, progress)
        old_or_new = old or Stamp(MAKING, "", "", "")
        _install(project, environment, old_or_new, wish, build, pip, progress)
    except BaseException as problem:
        _clear_up(environment, old, pip)
        if isinstance(problem, OSError) and problem.errno == errno.ENOSPC:
            raise Stop(full_disk(environment.folder)) from None
        raise
    log.unlink(missing_ok=True)


def _clear_up(environment: Environment, old: Stamp | None, pip: Pip) -> None:
    """After a failure: a new environment goes; one that pip had not touched yet is as good as before."""
    if old is None:
        shutil.rmtree(environment.folder, ignore_errors=True)
    elif old.lock and not pip.began_installing:
        with contextlib.suppress(OSError):  # on a full disk the stamp stays as it is, and the next start makes all anew
            write_stamp(environment, old)


def _create(environment: Environment, project: Project, progress: Progress) -> None:
    progress.say(f"Making the environment {environment.folder} with Python {sys.version.split()[0]}.")
    # not sys.executable: that may lie in the environment which was just removed
    base = getattr(sys, "_base_executable", None) or sys.executable
    command = [base, "-m", "venv", str(environment.folder)]
    done = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    if done.returncode:
        said = done.stdout + done.stderr
        if "No space left" in said or "Errno 28" in said:
            raise Stop(full_disk(environment.folder))
        if "ensurepip" in said:
            raise Stop(
                "This Python cannot make environments because its venv part is missing: install it "
                "(Debian, Ubuntu: sudo apt install python3-venv), then run the same command again."
            )
        reason = next((line for line in reversed(said.splitlines()) if line.strip()), "no reason given")
        raise Stop(
            f"Python could not make the environment {environment.folder} ({reason.strip()}): mend that, then try again."
        )
    version = python_version(environment) or ""
    write_stamp(environment, Stamp(MAKING, version, str(environment.folder), str(project.root)))


def _install(
    project: Project,
    environment: Environment,
    old: Stamp,
    wish: Wish,
    build: torch_build.TorchBuild,
    pip: Pip,
    progress: Progress,
) -> None:
    tests = wish.tests or bool(old.tests)
    stamp = Stamp(
        state=MAKING,
        python=python_version(environment) or "",
        folder=str(environment.folder),
        root=str(project.root),
        lock=digest(project.lock),
        tests=digest(project.test_lock) if tests else "",
        project=digest(project.root / "pyproject.toml"),
        torch=build.kind,
        adopted=old.adopted,
    )
    write_stamp(environment, stamp)
    pins = read_lock(project.lock)
    if old.lock != stamp.lock or old.torch != stamp.torch:
        torch = next((pin for pin in pins if pin.name == "torch"), None)
        if torch:
            progress.say(build.sentence)
            again = ["--force-reinstall"] if old.lock and old.torch != stamp.torch else []
            index = ["--extra-index-url", build.index] if build.index else []
            # A CUDA build needs packages that the lock leaves out: here pip resolves, within the lock's versions.
            pip.install(
                [f"torch=={torch.version}", "-c", str(project.lock), *index, *again],
                len(pins),
                f"torch {torch.version}",
            )
        pip.install(["--no-deps", "-r", str(project.lock)], len(pins), "packages")
    if tests and old.tests != stamp.tests:
        test_pins = read_lock(project.test_lock)
        pip.install(["--no-deps", "-r", str(project.test_lock)], len(test_pins), "packages for tests")
    if old.project != stamp.project or old.lock != stamp.lock:
        # setuptools is in the lock: so the course itself is installed, in place, without any network
        pip.install(["--no-deps", "--no-build-isolation", "--editable", str(project.root)], 1, "the course itself")
    write_stamp(environment, replace(stamp, state=READY))
    progress.say("The environment is complete.")


def check_room(folder: Path, needed: int, usage: Callable[[Path], tuple[int, int, int]] = shutil.disk_usage) -> None:
    """Refuse to begin where the disk has no room for it."""
    place = folder
    while not place.exists():
        place = place.parent
    free = usage(place)[2]
    if free < needed:
        raise Stop(
            f"The disk that holds {folder.parent} has {free / 1e9:.1f} GB free and the set-up needs "
            f"{needed / 1e9:.0f} GB: free some space (or let LLM_FROM_ZERO_VENV name a folder on another disk), then "
            "run the same command again."
        )


def remove(folder: Path) -> None:
    """Remove an environment, or say why not."""
    try:
        if folder.is_symlink():
            folder.unlink()
        else:
            shutil.rmtree(folder)
    except OSError as problem:
        raise Stop(
            f"{folder} could not be removed ({problem.strerror or problem}): close what still uses it (JupyterLab, "
            "PyCharm), then run the same command again."
        ) from None


class only_one:  # noqa: N801 - reads as a word: `with only_one(project):`
    """Keeps a second set-up of the same folder out while one is at work; freed by the system if that one dies."""

    def __init__(self, project: Project) -> None:
        name = hashlib.sha256(str(project.environment.folder).encode()).hexdigest()[:16]
        self._path = Path(tempfile.gettempdir()) / f"llm-from-zero-{name}.lock"

    def __enter__(self) -> None:
        self._file = self._path.open("a+")
        try:
            if os.name == "nt":
                import msvcrt

                msvcrt.locking(self._file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
            else:
                import fcntl

                fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            self._file.close()
            raise Stop(
                "Another set-up of this folder is still running: wait until it has finished, then try again."
            ) from None

    def __exit__(self, *_: object) -> None:
        self._file.close()
