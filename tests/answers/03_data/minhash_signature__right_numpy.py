# exercise: minhash_signature
# expect: right
# meant: numpy with 64 bits, by rows, converted back
def minhash_signature(values: list[int], a: list[int], b: list[int]) -> list[int]:
    x = np.unique(np.array(values, dtype=np.int64))
    out = []
    for factor, summand in zip(a, b):
        out.append(int(np.min(((factor % PRIME) * x + summand % PRIME) % PRIME)))
    return out
