"""Programs of Debian that some tests start: a PostgreSQL server, and openssl to make certificates for TLS."""

import os
import shutil
from pathlib import Path

from bootstrap import debian

POSTGRES_VARIABLE = "POSTGRES_BIN"
_DEBIANS = Path("/usr/lib/postgresql")


def postgres() -> Path | None:
    """The folder of PostgreSQL's server programs (the one that the variable names first), or None."""
    named = os.environ.get(POSTGRES_VARIABLE)
    # Debian keeps the server off PATH, a folder a version.
    folders = [Path(named)] if named else sorted(_DEBIANS.glob("*/bin"), key=_version, reverse=True)
    on_path = shutil.which("initdb")
    if on_path and not named:
        folders.append(Path(on_path).resolve().parent)
    return next((folder for folder in folders if (folder / "initdb").is_file()), None)


def _version(folder: Path) -> int:
    return int(folder.parent.name) if folder.parent.name.isdigit() else 0


def openssl() -> Path | None:
    """The program openssl, or None."""
    found = shutil.which("openssl")
    return Path(found) if found else None


def ensure() -> list[str]:
    """Find each or install Debian's; returns a sentence for people about each that is still missing."""
    missing = []
    for package, find, tests in (
        ("postgresql", postgres, "Tests of a gradebook on PostgreSQL"),
        ("openssl", openssl, "Tests of TLS to a cluster"),
    ):
        if find() is not None:
            continue
        if not debian.may_install():
            missing.append(f"{tests} are skipped: {package} is not installed (on Debian: sudo apt install {package}).")
            continue
        print(f"Installing Debian's {package} for tests.", flush=True)
        said = debian.install(package)
        if find() is None:
            missing.append(f"{tests} are skipped: apt-get could not install {package} ({said or 'no reason given'}).")
    return missing
