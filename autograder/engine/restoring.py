"""Settings of the process that answers change, so that a later case meets those of its exercise's own check."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Settings:
    """The working folder, the environment's variables, and torch's switches."""

    folder: str
    variables: dict[str, str]
    torch: tuple[Any, ...]

    @classmethod
    def now(cls) -> Settings:
        """As they are; a folder that is gone is no folder."""
        try:
            folder = os.getcwd()
        except OSError:
            folder = ""
        return cls(folder, dict(os.environ), _torch_switches())

    def restore(self) -> None:
        """Set them again where they have changed."""
        now = Settings.now()
        if now.folder != self.folder and self.folder:
            os.chdir(self.folder)
        if now.variables != self.variables:
            os.environ.clear()
            os.environ.update(self.variables)
        if now.torch != self.torch and self.torch:
            torch = sys.modules["torch"]
            dtype, gradients, deterministic, threads = self.torch
            torch.set_default_dtype(dtype)
            torch.set_grad_enabled(gradients)
            torch.set_deterministic_debug_mode(deterministic)
            torch.set_num_threads(threads)


def _torch_switches() -> tuple[Any, ...]:
    torch = sys.modules.get("torch")
    if torch is None:
        return ()
    return (
        torch.get_default_dtype(), torch.is_grad_enabled(), torch.get_deterministic_debug_mode(),
        torch.get_num_threads(),
    )  # fmt: skip
