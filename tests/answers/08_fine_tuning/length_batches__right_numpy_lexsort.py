# exercise: length_batches
# expect: right
# meant: numpy's Generator, lexsort with a random second key
import numpy as np


def length_batches(lengths: list[int], batch_size: int, seed: int) -> list[list[int]]:
    generator = np.random.default_rng([int(seed < 0), abs(seed)])
    rows = np.lexsort((generator.random(len(lengths)), np.array(lengths, dtype=np.int64))).tolist()
    batches = [rows[start : start + batch_size] for start in range(0, len(rows), batch_size)]
    return [batches[place] for place in generator.permutation(len(batches)).tolist()]
