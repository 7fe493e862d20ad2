"""Memory is asked for until there is no more: on the heap, as tensors, as anonymous and as shared mappings."""

from tests.attacks.attack import Attack, Notebook

# 3 GiB in all is asked for, twice what is allowed; what is not written to costs the machine nothing.
SOURCE = """
import mmap

import torch

hoard = []
for make in (
    lambda: bytearray(256 << 20),
    lambda: torch.empty(64 << 20),
    lambda: mmap.mmap(-1, 256 << 20, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS),
):
    held = []
    try:
        for _ in range(12):
            held.append(make())
    except (MemoryError, RuntimeError, OSError):
        pass
    if len(held) == 12:
        print("BREACH: 3 GiB were given")
    del held
"""


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.own(SOURCE, before="check-row-softmax")


ATTACK = Attack("a cell asks for all memory", build)
