"""Threads that are joined, a pool of threads, a data loader, an event loop."""

from tests.attacks.attack import Attack, Notebook

SOURCE = """
import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor

from torch.utils.data import DataLoader, TensorDataset

torch.set_num_threads(2)
results = []
workers = [threading.Thread(target=results.append, args=(number,)) for number in range(8)]
for worker in workers:
    worker.start()
for worker in workers:
    worker.join()
with ThreadPoolExecutor(4) as pool:
    squares = list(pool.map(lambda number: number**2, range(20)))
batches = list(DataLoader(TensorDataset(torch.arange(10.0)), batch_size=4, shuffle=True))
print(sorted(results), squares, len(batches))
"""
ANSWER = """
from concurrent.futures import ThreadPoolExecutor


def mean_of(values):
    with ThreadPoolExecutor(2) as pool:
        return sum(pool.map(float, values)) / len(values)
"""


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.own(SOURCE, before="check-row-softmax").answer("mean_of", ANSWER)


ATTACK = Attack("threads, a pool and a data loader are used", build, seconds=25)
