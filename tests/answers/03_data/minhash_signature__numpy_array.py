# exercise: minhash_signature
# expect: wrong
# meant: returns a numpy array, not a list of ints
# about: array|list\b|type|numpy|tolist|int\b|ints\b
def minhash_signature(values: list[int], a: list[int], b: list[int]) -> list[int]:
    x, a, b = (np.asarray(part, dtype=np.int64) for part in (values, a, b))
    return ((a[:, None] * x + b[:, None]) % PRIME).min(axis=1)
