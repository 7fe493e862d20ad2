"""Where a learner's own files are: never inside ``course/``, so that an update cannot collide with answers."""

from __future__ import annotations

import os
from pathlib import Path

ENVIRONMENT_VARIABLE = "LLM_FROM_ZERO_WORKSPACE"


def course_folder() -> Path:
    """The folder of the ``course`` package, with the released lessons in it."""
    return Path(__file__).resolve().parent


def workspace_folder() -> Path:
    """The learner's folder.

    ``$LLM_FROM_ZERO_WORKSPACE`` if set, else ``workspace/`` in the checkout, else in the user's data.
    """
    named = os.environ.get(ENVIRONMENT_VARIABLE)
    if named:
        return Path(named).expanduser()
    checkout = course_folder().parent
    if (checkout / "setup" / "run.py").is_file():
        return checkout / "workspace"
    from platformdirs import user_data_path

    return user_data_path("llm-from-zero", appauthor=False)
