# exercise: minhash_signature
# expect: wrong
# meant: returns the value with the smallest hash, not the hash itself
# about: (smallest|min).*(itself|hash|not the value|h\(x\))|value.*(instead|rather|not)|the shingle|argmin|which x|the x\b|hash itself|key=
def minhash_signature(values: list[int], a: list[int], b: list[int]) -> list[int]:
    return [min(values, key=lambda x: (ak * x + bk) % PRIME) for ak, bk in zip(a, b)]
