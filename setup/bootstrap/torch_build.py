"""Which build of torch: for the CPU unless asked otherwise.

On Linux a plain ``pip install torch`` brings the CUDA build and gigabytes with it. PyTorch keeps CPU builds on an index
of its own, which not every network reaches: so it is asked first, for a second or two. macOS has one build only, which
can use the GPU of the machine. On Windows the default index has the CPU build.
"""

import os
import sys
import threading
import urllib.request
from dataclasses import dataclass

from bootstrap.stop import Stop

CPU_INDEX = "https://download.pytorch.org/whl/cpu"
CUDA_INDEX = "https://download.pytorch.org/whl/cu130"
BUILD_VARIABLE = "LLM_FROM_ZERO_TORCH"
INDEX_VARIABLE = "LLM_FROM_ZERO_TORCH_INDEX"
PROBE_SECONDS = 2.0
GIGABYTE = 10**9


@dataclass(frozen=True)
class TorchBuild:
    """A decision: which kind, from where, and how much room it takes.

    Attributes:
        kind: "cpu" or "gpu", as asked for.
        index: an extra index that pip uses for torch only, or None for the user's own settings.
        sentence: what to tell the learner.
        bytes_needed: free space that the whole environment needs with this build.
    """

    kind: str
    index: str | None
    sentence: str
    bytes_needed: int


def wanted_kind(flag: str | None) -> str | None:
    """Either "cpu" or "gpu", as asked for by the flag or the environment variable; None if neither says anything."""
    kind = flag or os.environ.get(BUILD_VARIABLE, "").strip().lower() or None
    if kind not in (None, "cpu", "gpu"):
        raise Stop(f"{BUILD_VARIABLE} is {kind!r}: set it to cpu or gpu, or unset it.")
    return kind


def choose(kind: str, platform: str = sys.platform) -> TorchBuild:
    """Decide where torch comes from."""
    small, large = 4 * GIGABYTE, 14 * GIGABYTE
    own = os.environ.get(INDEX_VARIABLE)
    if own:
        return TorchBuild(kind, own, f"torch: from {own} ({INDEX_VARIABLE}).", large if kind == "gpu" else small)
    if platform == "darwin":
        return TorchBuild(kind, None, "torch: the build for macOS, which uses the GPU where there is one.", small)
    if kind == "gpu":
        if platform == "win32":
            return TorchBuild(kind, CUDA_INDEX, f"torch: the CUDA build, from {CUDA_INDEX}.", large)
        return TorchBuild(kind, None, "torch: the CUDA build, from your package index (several gigabytes).", large)
    if platform == "win32":
        return TorchBuild(kind, None, "torch: the CPU build, from your package index.", small)
    if reachable(CPU_INDEX):
        return TorchBuild(kind, CPU_INDEX, f"torch: the CPU build, from {CPU_INDEX}.", small)
    return TorchBuild(
        kind,
        None,
        f"torch: {CPU_INDEX} does not answer here, so from your package index "
        "(if that has only the CUDA build, it is several gigabytes).",
        small,
    )


def reachable(url: str, seconds: float = PROBE_SECONDS) -> bool:
    """Whether an index answers within the time given (a slow name lookup counts, too)."""
    answers: list[bool] = []

    def ask() -> None:
        request = urllib.request.Request(url.rstrip("/") + "/torch/", method="HEAD")
        try:
            with urllib.request.urlopen(request, timeout=seconds) as answer:
                answers.append(answer.status < 400)
        except (OSError, ValueError):
            answers.append(False)

    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    asking.join(seconds)
    return bool(answers and answers[0])
