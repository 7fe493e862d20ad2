"""Which layers this host can give, and what is said where it cannot."""

from __future__ import annotations

import sys
from collections.abc import Iterable

from autograder.errors import AutograderError
from autograder.sandbox import calls, files, namespaces, rlimits, user

LAYERS = ("landlock", "seccomp", "no_new_privs", "user", "limits")
"""Layers without which nothing is graded, unless the risk is accepted by name."""

OPTIONAL = ("namespaces",)
"""A layer that is taken where it can be had and not asked for."""

_PURPOSE = {
    "landlock": "keeps submissions from reading and writing your files",
    "seccomp": "keeps submissions off the network and from starting or harming processes",
    "no_new_privs": "keeps submissions from gaining rights",
    "user": "runs submissions as a user without rights",
    "limits": "bounds memory, files and time of submissions",
}

CONTAINER = (
    'docker run --rm -it -v "$PWD":/work -w /work -e LLM_FROM_ZERO_VENV=/tmp/venv python:3.12 '
    "sh -c 'apt-get update && apt-get install -y libseccomp2 && python3 setup/run.py autograder grade'"
)
"""Grading on macOS and Windows: Docker's virtual machine is a Linux. The environment stays out of the shared folder,
where one for the other system may lie."""


class SandboxRefusal(AutograderError):
    """This host lacks a layer of the sandbox; the message names it and the flag that accepts the risk."""


def available() -> dict[str, str]:
    """Each layer with the reason why it cannot be had on this host; empty if it can."""
    if sys.platform != "linux":
        return dict.fromkeys((*LAYERS, *OPTIONAL), "it exists on Linux only")
    return {
        "landlock": files.missing(),
        "seccomp": calls.missing(),
        "no_new_privs": "",  # every Linux since 3.5 has it, and landlock needs 5.13
        "user": user.missing(),
        "limits": rlimits.missing(),
        "namespaces": namespaces.missing(),
    }


def require(accept_risk: Iterable[str] = (), found: dict[str, str] | None = None) -> tuple[str, ...]:
    """Refuse unless every layer can be had or its risk is accepted; return the layers that there will be.

    Args:
        accept_risk: names of layers that may be missing. One that is not missing is used all the same.
        found: what :func:`available` said, if it has been asked already.

    Raises:
        SandboxRefusal: naming the missing layer, why, and the flag; on macOS and Windows, the container to use.
        AutograderError: if accept_risk names no layer.
    """
    accepted = set(accept_risk)
    if unknown := sorted(accepted - set(LAYERS)):
        raise AutograderError(
            f"--accept-risk {unknown[0]} names no layer of the sandbox; the layers are {', '.join(LAYERS)}."
        )
    if sys.platform != "linux":
        system = {"darwin": "macOS", "win32": "Windows"}.get(sys.platform, sys.platform)
        raise SandboxRefusal(
            f"Submissions are not graded on {system}, which has no sandbox for them; grade inside a Linux container: "
            f"{CONTAINER}"
        )
    reasons = available() if found is None else found
    lacking = [layer for layer in LAYERS if reasons[layer] and layer not in accepted]
    if lacking:
        layer = lacking[0]
        flags = " ".join(f"--accept-risk {name}" for name in lacking)
        more = f" (also missing: {', '.join(lacking[1:])})" if lacking[1:] else ""
        raise SandboxRefusal(
            f"This host lacks the sandbox layer {layer}, which {_PURPOSE[layer]}: {reasons[layer]}{more}. "
            f"Nothing was graded; to grade without it at your own risk, add {flags}."
        )
    return tuple(layer for layer in (*LAYERS, *OPTIONAL) if not reasons[layer])
