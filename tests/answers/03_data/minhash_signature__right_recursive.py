# exercise: minhash_signature
# expect: right
# meant: map, pow-free lambda and reduce
from functools import reduce


def minhash_signature(values: list[int], a: list[int], b: list[int]) -> list[int]:
    def h(k):
        return lambda x: (a[k] * x + b[k]) - (a[k] * x + b[k]) // PRIME * PRIME

    return list(map(lambda k: reduce(min, map(h(k), values)), range(len(a))))
