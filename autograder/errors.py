"""What an instructor did that cannot be carried out, in one sentence."""

from __future__ import annotations

import sys


class AutograderError(Exception):
    """Shown as its message alone, without a traceback; the message says what to do."""


def missing_extra(what: str, package: str) -> AutograderError:
    """The error where a package of the optional extra ``cluster`` is not installed; ``what`` needs it."""
    return AutograderError(
        f"{what} needs the package {package}, which is not installed: run `{sys.executable} -m pip install -e "
        "'.[cluster]'` in the project's folder."
    )
