# exercise: minhash_signature
# expect: right
# meant: running minimum over the values, outer loop over the values
def minhash_signature(values: list[int], a: list[int], b: list[int]) -> list[int]:
    best = [PRIME for _ in a]
    for x in set(values):
        hashes = (divmod(factor * x + summand, PRIME)[1] for factor, summand in zip(a, b))
        best = [new if new < old else old for new, old in zip(hashes, best)]
    return best
